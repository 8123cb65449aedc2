// Everything that must hold before a change may land: types, a fresh dist/, and all tests. Told check by check; the last line
// is `N passed, N failed`, where a check counts like a test.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { startVitest, type TestModule } from 'vitest/node';
import { staleFilesOfDist } from './dist.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
process.chdir(root);

type Tally = { passed: number; failed: number };
type Check = { name: string; /** What is wrong; '' when nothing is. */ run(): string | Promise<string> };

const checks: readonly Check[] = [
  { name: 'types', run: () => outputOfFailed('tsc', ['-p', '.']) },
  { name: 'dist/ is what the sources build', run: async () => sayStale(await staleFilesOfDist()) },
];

/** What a tool of node_modules/.bin says when it fails. */
function outputOfFailed(tool: string, args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(`node_modules/.bin/${tool}`, args, { encoding: 'utf8' });
  return status === 0 ? '' : [stdout, stderr, error?.message].filter(Boolean).join('\n') || `${tool} ended with ${status}`;
}

function sayStale(stale: readonly string[]): string {
  const more = stale.length > 10 ? [`and ${stale.length - 10} more`] : [];
  return stale.length === 0 ? '' : [...stale.slice(0, 10), ...more, 'Build it again with `npm run build`, and commit dist/ with its sources.'].join('\n');
}

async function runChecks(): Promise<Tally> {
  const tally = { passed: 0, failed: 0 };
  for (const { name, run } of checks) {
    const started = performance.now();
    const trouble = await Promise.resolve().then(run).catch((error: unknown) => (error instanceof Error ? (error.stack ?? error.message) : String(error)));
    tally[trouble === '' ? 'passed' : 'failed'] += 1;
    console.log(`${trouble === '' ? '✓' : '✗'} ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
    if (trouble !== '') console.log(trouble.trimEnd().replaceAll(/^/gm, '    '));
  }
  return tally;
}

/** Counts single tests; a file that could not even be loaded, and an error outside all tests, fail like one. */
async function runTests(): Promise<Tally> {
  const vitest = await startVitest('test', [], { watch: false });
  const modules = vitest.state.getTestModules();
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  const failedTests = tests.filter((test) => test.result().state === 'failed').length;
  const tally = {
    passed: tests.filter((test) => test.result().state === 'passed').length,
    failed: failedTests + modules.filter(failedItself).length + vitest.state.getUnhandledErrors().length,
  };
  await vitest.close();
  if (tests.length === 0) tally.failed += 1;
  return tally;
}

/** Whether a file or one of its suites failed by itself: a syntax error, an import that is not there, a hook that threw. */
function failedItself(module: TestModule): boolean {
  return module.errors().length > 0 || [...module.children.allSuites()].some((suite) => suite.errors().length > 0);
}

const checked = await runChecks();
const tested = await runTests();
const failed = checked.failed + tested.failed;
// Whatever vitest found wrong besides stays an exit code of its own.
process.exitCode = failed > 0 ? 1 : (process.exitCode ?? 0);
console.log(`${checked.passed + tested.passed} passed, ${failed === 0 && process.exitCode !== 0 ? 1 : failed} failed`);
