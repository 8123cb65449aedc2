// The budgets of the design, measured: `npm run bench [-- --rounds N]`. Runs the built command line (`npm run build` first) on
// repositories that it makes itself in a temporary folder, and prints a table. Writes nothing else.
import { parseArgs } from 'node:util';
import { inTemporaryFolder } from '../scripts/dist.ts';
import { builtInLessons } from '../src/commands/lessons-in-force.ts';
import { medians, outputOf, usageOf, type Task, type Times } from './measure.ts';
import { fewFiles, filesInChange, filesOfAnyKind, manyFiles, prepare, scannedFiles, wideScan } from './workload.ts';

const { values: options } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } });
const rounds = Number(options.rounds);

type Row = { what: string; budget: string; measured: string; holds: boolean | undefined };

/** All rows that compare times. Their tasks run in turn within each round. */
async function times(folder: string): Promise<Row[]> {
  say('making repositories');
  const { tasks, hasLinter } = prepare(folder);
  const startUp = await usageOf(tasks.documents);
  const compilers = startUp.modules.filter((url) => /ts-morph|typescript|compiler\.cjs/.test(url));
  const { findings } = JSON.parse(await outputOf(tasks.all)) as { findings: unknown[] };
  if (findings.length < 3) throw new Error(`the change of the benchmark must give findings, and it gave ${findings.length}`);
  const taken = await medians(Object.values(tasks), rounds, say);
  const of = (task: Task): Times => taken.get(task.name)!;
  const { parse, first, all, empty, documents, tenCards, manyCards, large, linter, secrets, secretlint } = tasks;
  const over = of(documents).wall - of(empty).wall;
  return [
    { what: `(a) loading TypeScript, parsing ${filesInChange} files on both sides once, visiting every node`, budget: '', measured: said(of(parse)), holds: undefined },
    ratioRow(`review of the ${filesInChange}-file change, the first lessons`, of(first), of(parse), 1.5, 'at most'),
    ratioRow(`review of the ${filesInChange}-file change, all ${builtInLessons.length} lessons`, of(all), of(parse), 2, 'at most'),
    hasLinter
      ? ratioRow('ESLint, typescript-eslint parser, eslint-plugin-security on both sides, against all lessons', of(linter), of(all), 2, 'at least')
      : { what: 'against ESLint', budget: '≥ 2 ×', measured: 'left out: npm ci --prefix bench/eslint', holds: undefined },
    ratioRow(`secrets in a change of ${grouped(filesOfAnyKind)} files of any kind, against secretlint's preset alone`, of(secrets), of(secretlint), 2, 'at most'),
    { what: 'start-up: a change without JavaScript, no team cards, over an empty Node process', budget: '≤ 150 ms', measured: `${over.toFixed(0)} ms${compilers.length > 0 ? ', and TypeScript was loaded' : ''}`, holds: over <= 150 && compilers.length === 0 },
    ratioRow('100 team cards against 10', of(manyCards), of(tenCards), 1.5, 'at most'),
    ratioRow(`the same change in a repository of ${grouped(manyFiles)} files against one of ${fewFiles}`, of(large), of(all), 1.2, 'at most'),
  ];
}

async function memory(folder: string): Promise<Row> {
  say(`scanning ${grouped(scannedFiles)} files`);
  const task = wideScan(folder);
  const started = performance.now();
  const { memory: peak } = await usageOf(task);
  const seconds = (performance.now() - started) / 1000;
  return { what: `memory, a scan of ${grouped(scannedFiles)} files`, budget: '≤ 1,024 MB', measured: `${grouped(Math.round(peak / 2 ** 20))} MB (in ${seconds.toFixed(1)} s)`, holds: peak <= 2 ** 30 };
}

function ratioRow(what: string, one: Times, other: Times, budget: number, is: 'at most' | 'at least'): Row {
  const ratio = one.wall / other.wall;
  const ofProcessor = one.processor !== undefined && other.processor ? `, processor ${(one.processor / other.processor).toFixed(2)} ×` : '';
  return { what, budget: `${is === 'at most' ? '≤' : '≥'} ${budget} ×`, measured: `${ratio.toFixed(2)} × (${said(one)} / ${said(other)}${ofProcessor})`, holds: is === 'at most' ? ratio <= budget : ratio >= budget };
}

function said({ wall }: Times): string {
  return `${grouped(Math.round(wall))} ms`;
}

function grouped(count: number): string {
  return count.toLocaleString('en-US');
}

function asTable(rows: readonly Row[]): string {
  const verdict = (holds: boolean | undefined): string => (holds === undefined ? '' : holds ? 'ok' : 'over');
  return ['| what | budget | measured | |', '|---|---|---|---|', ...rows.map(({ what, budget, measured, holds }) => `| ${what} | ${budget} | ${measured} | ${verdict(holds)} |`)].join('\n');
}

/** Tells how far it has come where somebody watches; never into the table. */
function say(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}

await inTemporaryFolder(async (folder) => {
  const rows = [...(await times(folder)), await memory(folder)];
  say('');
  console.log(asTable(rows));
  if (rows.some(({ holds }) => holds === false)) process.exitCode = 1;
});
