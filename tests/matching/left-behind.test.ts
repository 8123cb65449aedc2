import { describe, expect, test } from 'vitest';
import type { Change } from '../../src/change/change.ts';
import type { SettledPlace } from '../../src/lessons/settings.ts';
import { review } from '../../src/review.ts';
import type { ReviewInput } from '../../src/review/input.ts';
import { changeBetween } from '../change-between.ts';
import { inMemory, type Files } from '../in-memory.ts';
import { builtInLesson } from '../samples.ts';
import { made } from '../vocabulary/secret/recognised.ts';

const lessons = [builtInLesson('secret-in-code'), builtInLesson('env-file-committed'), builtInLesson('secret-in-log')];
const key = `ghp_${made(36)}`;
const other = `ghp_${made(36, undefined, 7)}`;

/** Reviews a change that came about in commits, the first onto the base, the last being the head. Every one is its files. */
async function reviewed(base: Files, commits: readonly Files[], options: Partial<ReviewInput> = {}) {
  const head = commits.at(-1)!;
  const sides = [base, ...commits];
  const changes = commits.slice(0, -1).map((files, at): Change => ({ ...changeBetween(sides[at]!, files), head: `commit-${at + 1}` }));
  return review({
    reader: inMemory({ base, head }), subject: { change: changeBetween(base, head) }, lessons, ignore: [], waivers: true, today: '2026-06-01', clock: () => 0,
    steps: async () => ({ changes, tooMany: 0, missing: 0 }), ...options,
  });
}

/** What is found, as `commit path:line lesson`. */
async function found(base: Files, commits: readonly Files[], options?: Partial<ReviewInput>): Promise<string[]> {
  return (await reviewed(base, commits, options)).findings.map(({ commit, path, line, lesson }) => `${commit ?? 'head'} ${path}:${line} ${lesson}`);
}

const code = (value: string) => `import { Client } from './client';\n\nexport const client = new Client({ githubToken: ${value} });\n`;
const clean = { 'a.ts': code('process.env.GITHUB_TOKEN') };

describe('a secret that was taken out again', () => {
  test('is told with its commit, in code, in settings, in a file that is gone', async () => {
    expect(await found({ 'a.ts': '' }, [{ 'a.ts': code(`'${key}'`) }, clean])).toEqual(['commit-1 a.ts:3 secret-in-code']);
    expect(await found({}, [{ 'b.yml': `a: 1\ngithub_token: ${key}\n` }, {}])).toEqual(['commit-1 b.yml:2 secret-in-code']);
    expect(await found({}, [{ 'c.ts': '1;\n' }, { 'c.ts': code(`'${key}'`) }, { 'c.ts': '1;\n' }, clean])).toEqual(['commit-2 c.ts:1 secret-in-code'.replace(':1', ':3')]);
  });

  test('whatever the name of its file', async () => {
    const name = 'two\nlines.ts';
    expect(await found({}, [{ [name]: code(`'${key}'`) }, { 'b.ts': '1;\n' }])).toEqual([`commit-1 ${name}:3 secret-in-code`]);
    expect(await found({}, [{ [name]: code(`'${key}'`) }])).toEqual([`head ${name}:3 secret-in-code`]);
  });

  test('lines are those of the commit', async () => {
    const lines = Array.from({ length: 40 }, (_, at) => `line ${at + 1}`);
    const text = (more: string) => [...lines.slice(0, 30), more, ...lines.slice(30)].join('\n');
    expect(await found({ 'a.txt': lines.join('\n') }, [{ 'a.txt': text(`token = "${key}"`) }, { 'a.txt': text('token = env') }])).toEqual(['commit-1 a.txt:31 secret-in-code']);
  });

  test('a .env that was added and deleted', async () => {
    expect(await found({}, [{ '.env': `SESSION_SECRET=${made(40)}\n` }, { 'a.ts': '1;\n' }])).toEqual(['commit-1 .env:1 secret-in-code', 'commit-1 .env:1 env-file-committed']);
    expect(await found({}, [{ '.env': 'MAIL_HOST=mail.acme.org\n' }, { 'a.ts': '1;\n' }])).toEqual([]);
  });

  test('once, for the first commit that had it', async () => {
    const wrong = { 'a.ts': code(`'${key}'`) };
    expect(await found({}, [wrong, { 'b.ts': code(`'${key}'`) }, { 'b.ts': '1;\n' }, wrong, clean])).toEqual(['commit-1 a.ts:3 secret-in-code']);
    expect(await found({}, [wrong, { 'a.ts': code(`'${other}'`) }, clean])).toEqual(['commit-1 a.ts:3 secret-in-code', 'commit-2 a.ts:3 secret-in-code']);
  });

  test('blocks, stands in no diff, and holds nothing of the value', async () => {
    const report = await reviewed({}, [{ 'a.ts': code(`'${key}'`) }, clean]);
    expect(report.findings).toMatchObject([{ severity: 'block', introduced: true, commit: 'commit-1', evidence: [{ path: 'a.ts', line: 3, text: '' }] }]);
    expect(JSON.stringify(report)).not.toContain(key.slice(4, 10));
  });
});

describe('what is no news', () => {
  test('what is still at the head is told there, wherever it went', async () => {
    const wrong = { 'a.ts': code(`'${key}'`) };
    expect(await found({}, [wrong, wrong])).toEqual(['head a.ts:3 secret-in-code']);
    expect(await found({}, [wrong, { 'lib/b.ts': `// moved\n${code(`'${key}'`)}` }])).toEqual(['head lib/b.ts:4 secret-in-code']);
    expect(await found({}, [{ 'a.yml': `token: ${key}\n` }, { 'a.yml': `auth:\n  token: ${key}\n` }])).toEqual(['head a.yml:2 secret-in-code']);
  });

  test('what was at the base was known before', async () => {
    const wrong = { 'a.ts': code(`'${key}'`) };
    expect(await found(wrong, [{ 'a.ts': code(`'${key}' as string`) }, clean])).toEqual([]);
    expect(await found(wrong, [{ 'b.ts': code(`'${key}'`) }, wrong])).toEqual([]);
    expect(await found({ ...wrong, 'c.ts': '1;\n' }, [{ 'a.ts': code(`'${key}', 1`), 'c.ts': '2;\n' }, { ...wrong, 'c.ts': '3;\n' }])).toEqual([]);
    expect(await found({ '.env': `A_SECRET=${made(30)}\n` }, [{ '.env': `B=1\nA_SECRET=${made(30)}\n` }, { '.env': 'B=1\n' }])).toEqual([]);
  });

  test('what a card plays down, placeholders, and lessons about code', async () => {
    expect(await found({}, [{ 'tests/a.ts': "login({ user: 'a', password: 'Tr0ub4dor-3' });\n" }, {}])).toEqual([]);
    expect(await found({}, [{ '.env.example': 'A_SECRET=change-me\n' }, {}])).toEqual([]);
    expect(await found({}, [{ 'a.ts': 'console.log(password);\n' }, {}])).toEqual([]);
    expect(await found({ '.gitignore': '.env\n' }, [{ '.gitignore': 'a\n' }, { '.gitignore': '.env\n' }])).toEqual([]);
  });

  test('files that are ignored, and lessons that are off', async () => {
    const commits = [{ 'a.ts': code(`'${key}'`) }, clean];
    expect(await found({}, commits, { ignore: ['a.ts'] })).toEqual([]);
    expect(await found({}, commits, { lessons: [builtInLesson('secret-in-log')], steps: () => Promise.reject(new Error('nobody needs the commits')) })).toEqual([]);
  });
});

describe('settling it', () => {
  const commits = [{ 'a.ts': code(`'${key}'`) }, clean];
  const place = (more: Partial<SettledPlace>): SettledPlace => ({ path: 'a.ts', fingerprint: '', reason: 'it was a token of the sandbox', file: '.github/once-bitten.yml', line: 4, ...more });
  const fingerprintOf = async () => (await reviewed({}, commits)).findings[0]!.fingerprint;

  test('by the settings, when they say on which day it was rotated', async () => {
    const fingerprint = await fingerprintOf();
    const { findings, waived, notes } = await reviewed({}, commits, { places: [place({ fingerprint, rotated: '2026-05-30' })] });
    expect([findings, notes]).toEqual([[], []]);
    expect(waived).toMatchObject([{ commit: 'commit-1', path: 'a.ts', waiver: { reason: 'it was a token of the sandbox (rotated on 2026-05-30)', path: '.github/once-bitten.yml', line: 4 } }]);
  });

  test('not without that day, for another file, or for another secret', async () => {
    const fingerprint = await fingerprintOf();
    const { findings, notes } = await reviewed({}, commits, { places: [place({ fingerprint })] });
    expect(findings).toHaveLength(1);
    expect(notes).toMatchObject([{ code: 'waiver/not-rotated', path: '.github/once-bitten.yml', line: 4, incomplete: false }]);
    expect(await found({}, commits, { places: [place({ fingerprint, path: 'b.ts', rotated: '2026-05-30' }), place({ fingerprint: '0123456789abcdef', rotated: '2026-05-30' })] })).toHaveLength(1);
    expect(await found({}, commits, { places: [place({ fingerprint, rotated: '2026-05-30', until: '2026-05-31' })] })).toHaveLength(1);
  });

  test('what settles the one at the head does not settle the one that is past', async () => {
    const both = [{ 'a.ts': code(`'${key}'`) }, { 'a.ts': code(`'${other}'`) }];
    const report = await reviewed({}, both);
    expect(report.findings).toHaveLength(2);
    const [one, two] = report.findings.map(({ fingerprint }) => fingerprint);
    expect(one).not.toBe(two);
    const head = report.findings.find(({ commit }) => commit === undefined)!;
    expect(await found({}, both, { places: [place({ fingerprint: head.fingerprint, rotated: '2026-05-30' })] })).toEqual(['commit-1 a.ts:3 secret-in-code']);
  });

  test('by the commit itself, where a waiver stood at the line', async () => {
    const waived = [{ 'a.ts': code(`'${key}' /* lesson-ok secret-in-code: made up for the demo */`) }, clean];
    expect(await found({}, waived)).toEqual([]);
    expect((await reviewed({}, waived)).waived).toMatchObject([{ commit: 'commit-1', waiver: { reason: 'made up for the demo', path: 'a.ts', line: 3 } }]);
    expect(await found({}, waived, { waivers: 'older' })).toHaveLength(1);
  });

  test('one at the head by path and fingerprint, whatever else the change touches', async () => {
    const wrong: Files = { 'config.json': `{ "github_token": "${key}" }\n` };
    const { fingerprint } = (await reviewed({}, [wrong])).findings[0]!;
    const settled = { places: [place({ path: 'config.json', fingerprint })] };
    expect(await found({}, [wrong], settled)).toEqual([]);
    expect(await found({}, [{ 'a.json': `{ "github_token": "${other}" }\n`, ...wrong }], settled)).toEqual(['head a.json:1 secret-in-code']);
  });
});

describe('what could not be looked at', () => {
  const commits = [{ 'a.ts': code(`'${key}'`) }, clean];

  test('too many commits are told, missing ones and spent time make the review incomplete', async () => {
    const notes = async (options: Partial<ReviewInput>) => (await reviewed({}, commits, options)).notes.map(({ code: name, incomplete }) => `${name} ${incomplete}`);
    expect(await notes({ steps: async () => ({ changes: [], tooMany: 3, missing: 0 }) })).toEqual(['review/many-commits false']);
    expect(await notes({ steps: async () => ({ changes: [], tooMany: 0, missing: 2 }) })).toEqual(['review/missing-commits true']);
    let now = 0;
    // The change itself takes all the time that there is.
    const progress = (share: number) => void (now = share >= 0.5 ? 10 : 0);
    expect(await notes({ clock: () => now, budget: 1, progress, steps: async () => ({ changes: [changeBetween({}, commits[0]!)], tooMany: 0, missing: 0 }) })).toEqual(['review/budget true']);
  });

  test('fifty commits of long lines cost no more than their length', async () => {
    const long = `${'x '.repeat(200_000)}\n`;
    const changes = Array.from({ length: 50 }, (_, at): Change => ({ base: 'a', head: `${at}`, files: [{ path: 'a.txt', status: 'added', binary: false, hunksKnown: true, hunks: [{ baseStart: 0, baseLines: 0, headStart: 1, headLines: 1, lines: [{ kind: 'added', text: `${long}token ${at}` }] }] }] }));
    const started = performance.now();
    await reviewed({}, commits, { steps: async () => ({ changes, tooMany: 0, missing: 0 }) });
    expect(performance.now() - started).toBeLessThan(15_000);
  });
});
