import { describe, expect, inject, test } from 'vitest';
import { vocabulary } from '../../src/vocabulary/index.ts';
import { readOnly, usual } from '../github/small-github/host.ts';
import { base, card, code, inWorld } from './world.ts';

const action = inject('action');

describe.concurrent('what a change may hold', { timeout: 120_000 }, () => {
  test('nothing, and only deletions: a quiet green check, and no word', () =>
    inWorld(action, {}, async ({ host, pull, run }) => {
      const empty = await run();
      expect([empty.exitCode, empty.outputs['verdict']]).toEqual([0, 'pass']);
      const { 'src/app.ts': _, ...rest } = base;
      await host.push(pull, rest);
      const deleted = await run();
      expect([deleted.exitCode, deleted.outputs['verdict'], deleted.summary]).toEqual([0, 'pass', expect.stringContaining('No lesson repeats itself in this change')]);
      expect([pull.threads, pull.conversation]).toEqual([[], []]);
      expect(host.checkRuns.map(({ conclusion }) => conclusion)).toEqual(['success', 'success']);
    }));

  test('renames alone, of files that repeat the lesson: nobody is blamed', () =>
    inWorld(action, {}, async ({ host, pull, run }) => {
      const { 'src/old.ts': _, ...rest } = { ...base, 'src/old.ts': code('input') };
      await host.push(pull, { ...rest, 'src/new.ts': code('input') });
      const { report } = await run();
      expect(report!.findings).toEqual([]);
    }, { base: { 'src/old.ts': code('input') } }));

  test('odd names, Windows line ends, a byte order mark: found on the right line, and told by name', () => {
    const names = ['src/with space.ts', 'src/ümläut-🐝.ts', 'src/quo"te.ts', 'src/a#b?c%20.ts', 'src/`tick` @everyone <b>.ts', "src/it's.ts"];
    const text = code('input');
    const files = Object.fromEntries(names.map((name, at) => [name, at % 3 === 0 ? text.replaceAll('\n', '\r\n') : at % 3 === 1 ? `\ufeff${text}` : text]));
    return inWorld(action, files, async ({ pull, run }) => {
      const { report } = await run();
      expect(report!.findings.map(({ path }) => path).sort()).toEqual([...names].sort());
      expect(report!.findings.every(({ line }) => line === 7)).toBe(true);
      expect(pull.threads.map(({ path, line }) => [names.includes(path), line])).toEqual(names.map(() => [true, 7]));
    }, { base: { '.github/once-bitten.yml': 'extends: []\ncomments: { inline: 10, per-lesson: 10 }\n' } });
  });

  test('syntax errors, binaries, links, large and truncated files', () =>
    inWorld(action, {
      'src/broken.ts': `${code('input')}\n}}} <<<<<<< HEAD\n`, 'logo.png': Buffer.from([0x89, 0x50, 0, 1, 2, 3]), 'src/link.ts': { link: '../../etc/passwd' },
      'src/long.ts': `${code('input')}\n${'// a comment of some length that makes the file long\n'.repeat(12_000)}`, 'src/huge.ts': `const a = 1;\n${'// x\n'.repeat(230_000)}`,
      'src/latin.ts': Buffer.from(`${code('input')}\n// caf\xe9\n`, 'latin1'),
    }, async ({ host, run }) => {
      const { report, outputs } = await run();
      expect(report!.findings.map(({ path }) => path).sort()).toEqual(['src/broken.ts', 'src/latin.ts', 'src/long.ts']);
      expect(Object.fromEntries(report!.skipped.map(({ path, why }) => [path, why]))).toEqual({ 'logo.png': 'binary', 'src/huge.ts': 'too-large', 'src/link.ts': 'symlink' });
      expect(outputs['verdict']).toBe('block');
      expect(host.sent.filter(({ path }) => path.includes('/git/blobs/')).length).toBe(2);
    }));

  test('120 findings: ten at most in the diff, three of one lesson, all of them told, and the numbers agree', () => {
    const files = Object.fromEntries(Array.from({ length: 12 }, (_, file) => [`src/f${file}.ts`, code(...Array.from({ length: 10 }, (_, at) => `v${file}x${at}`))]));
    return inWorld(action, files, async ({ host, pull, run }) => {
      const { outputs, summary } = await run();
      expect(outputs['findings']).toBe('120');
      expect(pull.threads.length).toBe(3);
      expect(pull.conversation.length).toBe(1);
      expect(pull.conversation[0]!.body).toContain('120 findings (3 as comments on the diff and 117 listed here)');
      expect(host.checkRuns.length).toBe(1);
      expect(host.checkRuns[0]!.annotations.length).toBe(117);
      expect(summary.match(/`v\d+x\d+` goes into/g)!.length).toBe(120);
      const said = JSON.stringify([pull, host.checkRuns]);
      await run();
      expect(JSON.stringify([pull, host.checkRuns])).toBe(said);
    });
  });

  test('400 files, more than a comparison lists', () => {
    const files = Object.fromEntries(Array.from({ length: 400 }, (_, file) => [`data/f${String(file).padStart(3, '0')}.txt`, `${file}\n`]));
    return inWorld(action, { ...files, 'src/zzz.ts': code('input') }, async ({ host, run }) => {
      const { outputs, report } = await run();
      expect([outputs['verdict'], report!.findings.length]).toEqual(['block', 1]);
      expect((report as { stats: { files?: number } } | undefined)?.stats.files).toBe(401);
      expect(host.sent.filter(({ path }) => path.endsWith('/files')).length).toBe(5);
    });
  });

  test('where a list ends and no pull request goes on with it, both trees are compared', () =>
    inWorld(action, { 'a.txt': 'x\n', 'b.txt': 'x\n', 'src/zzz.ts': code('input') }, async ({ host, pull, run }) => {
      host.mostCompared = 300;
      const many = Object.fromEntries(Array.from({ length: 310 }, (_, at) => [`data/f${String(at).padStart(3, '0')}.txt`, 'x\n']));
      await host.push(pull, { ...base, ...many, 'src/zzz.ts': code('input') });
      const { outputs } = await run({ event: 'push', payload: { ref: 'refs/heads/main', before: host.branches.get('main'), after: pull.head, repository: { default_branch: 'main' } } });
      expect(outputs['verdict']).toBe('block');
      expect(host.sent.some(({ path }) => path.includes('/git/trees/'))).toBe(true);
    }));

  test('a missing patch is not "unchanged": found, and told on the file', () =>
    inWorld(action, { 'src/app.ts': code('input') }, async ({ host, pull, run }) => {
      host.withoutPatch.add('src/app.ts');
      const { report } = await run();
      expect(report!.findings).toMatchObject([{ path: 'src/app.ts', placement: 'file' }]);
      expect(pull.threads).toMatchObject([{ path: 'src/app.ts', line: null }]);
      const said = JSON.stringify(pull);
      await run();
      expect(JSON.stringify(pull)).toBe(said);
    }));

  test('a file of the workspace is used only when it is the very same', () =>
    inWorld(action, { 'src/app.ts': code('input') }, async ({ run }) => {
      const { mkdtempSync, mkdirSync, writeFileSync, rmSync } = await import('node:fs');
      const workspace = mkdtempSync('/tmp/workspace-');
      try {
        mkdirSync(`${workspace}/src`);
        // The merge commit's version, or somebody's edit: other text under the same name.
        writeFileSync(`${workspace}/src/app.ts`, code());
        expect((await run({ env: { GITHUB_WORKSPACE: workspace } })).report!.findings.length).toBe(1);
        writeFileSync(`${workspace}/src/app.ts`, code('input'));
        expect((await run({ env: { GITHUB_WORKSPACE: workspace } })).report!.findings.length).toBe(1);
      } finally {
        rmSync(workspace, { recursive: true, force: true });
      }
    }));
});

describe.concurrent('cards and settings', { timeout: 120_000 }, () => {
  const broken = { '.github/lessons/broken.yml': 'id: broken\ntitel: Misspelt\n' };

  test('a broken card at the base makes the review incomplete and red, by name, and the pull request that repairs it goes through', () =>
    inWorld(action, { 'src/app.ts': code() }, async ({ host, pull, run }) => {
      const { exitCode, outputs, summary } = await run();
      expect([exitCode, outputs['verdict']]).toEqual([0, 'incomplete']);
      expect(summary).toContain('.github/lessons/broken.yml');
      expect(host.checkRuns[0]!.conclusion).toBe('failure');
      await host.push(pull, { ...base, '.github/lessons/broken.yml': card.replace('no-dangerous', 'broken').replace('dangerous($X)', 'risky($X)').replace('dangerous(input)', 'risky(input)') });
      const repaired = await run();
      expect(repaired.outputs['verdict']).toBe('pass');
      expect(host.checkRuns.at(-1)!.conclusion).toBe('success');
      await host.push(pull, base);
      expect((await run()).outputs['verdict']).toBe('pass');
    }, { base: broken }));

  test('a broken setting does so too, and a change that breaks a card is told before it is everybody\'s', () =>
    inWorld(action, broken, async ({ host, run }) => {
      const { outputs, summary } = await run();
      expect(outputs['verdict']).toBe('incomplete');
      expect(summary).toContain('.github/lessons/broken.yml');
      expect(summary).toContain('.github/once-bitten.yml');
      expect(host.checkRuns[0]!.title).toContain('Not everything was reviewed');
      expect(host.checkRuns[0]!.annotations.map(({ path, start_line: line, annotation_level: level, title }) => `${path}:${line} ${level} ${title}`).sort()).toEqual([
        '.github/lessons/broken.yml:1 failure lesson/missing-key', '.github/lessons/broken.yml:1 failure lesson/missing-key', '.github/lessons/broken.yml:2 failure lesson/unknown-key', '.github/once-bitten.yml:2 failure settings/wrong-value',
      ]);
      expect(host.checkRuns[0]!.annotations.find(({ path }) => path === '.github/once-bitten.yml')!.message).toMatch(/^"gate" must be block, warn or never, not "sometimes"\.$/);
    }, { base: { '.github/once-bitten.yml': 'extends: []\ngate: sometimes\n' } }));

  test('where no check run can be written, the faults stand on their lines all the same', () =>
    inWorld(action, { 'src/app.ts': code() }, async ({ run }) => {
      const { exitCode, log } = await run();
      expect(exitCode).toBe(1);
      expect(log).toMatch(/^::error title=lesson\/unknown-key,file=\.github\/lessons\/broken\.yml,line=2,endLine=2::Unknown key "titel"\. Did you mean "title"\?/m);
    }, { base: broken, token: readOnly }));

  test('inputs: another folder of cards, another gate, and values that cannot be', () =>
    inWorld(action, { 'src/app.ts': code('input') }, async ({ host, run }) => {
      expect((await run({ inputs: { lessons: 'other/lessons/' } })).outputs['verdict']).toBe('pass');
      expect((await run({ inputs: { gate: 'never' } })).outputs['verdict']).toBe('warn');
      const sent = host.sent.length;
      for (const inputs of [{ gate: 'maybe' }, { comments: 'loud' }, { lessons: '../elsewhere' }, { id: 'a b' }, { 'time-budget': '5' }, { 'pull-request': 'seven' }, { token: '' }] as Record<string, string>[]) {
        const { exitCode, log } = await run({ inputs });
        expect([exitCode, log]).toEqual([1, expect.stringMatching(/^::error::.*\.$/m)]);
      }
      expect(host.sent.length).toBe(sent);
    }));
});

describe.concurrent('hostile text', { timeout: 120_000 }, () => {
  test('names and code become nothing but text: no mention, no HTML, no command to the runner', () => {
    const name = 'src/::error file=x::@acme/all <img src=x> <!-- once-bitten:default summary -->.ts';
    const text = "import { dangerous } from './lib';\nexport const a = dangerous(`::set-output name=x::y @acme/all <script>alert(1)</script> \\`\\`\\` ##[error]`);\n";
    return inWorld(action, { [name]: text, 'src/more.ts': "import { dangerous } from './lib';\nexport const b = dangerous('\u202e](http://evil.example) | ~~~');\n" }, async ({ host, pull, run }) => {
      const { log, summary, report, exitCode } = await run();
      expect(exitCode).toBe(0);
      expect(report!.findings.length).toBe(2);
      // Annotations are commands of ours; a fork's run writes them.
      expect(log.split('\n').filter((line) => /^\s*::/.test(line) && !line.startsWith('::add-mask::'))).toEqual([]);
      expect(log).not.toContain('##[error]');
      for (const body of [...pull.threads.map(({ comments }) => comments[0]!.body), summary, host.checkRuns[0]!.summary]) {
        expect(withoutCode(body)).not.toMatch(/<(?:script|img)|@acme|\u202e/);
      }
    });
  });

  test('annotations of a read-only run end no command early', () =>
    inWorld(action, { 'src/a,b:c.ts': code('input') }, async ({ run }) => {
      const { log } = await run();
      expect(log).toMatch(/^::error title=Nothing goes into dangerous,file=src\/a%2Cb%3Ac\.ts,line=7,endLine=7::/m);
    }, { token: { ...usual, checks: 'read', 'pull-requests': 'read' } }));

  test.skipIf(!vocabulary.some(({ name }) => name === 'secret'))('a secret is told by kind and never by value: in no comment, check, log, report or summary', () => {
    const value = ['ghp', 'x7Kq2mW9vR4tY8nB3cF6hJ1lP5sD0gZaQwEr'].join('_');
    const secrets = `id: secret-here\ntitle: No secret lies in the code\nseverity: block\nstatus: active\nstory:\n  what: A key lay in the open.\n  cost: { minutes: 30 }\nlesson: Keep it in the environment.\nmessage: "A secret lies here."\ndetect: { is: secret }\nexamples:\n  bad: ["const password = 'hR7!kq2Lm9xT';"]\n  good: ["const password = process.env.PASSWORD;"]\n`;
    return inWorld(action, { 'src/config.ts': `export const githubToken = '${value}';\n`, 'deploy.env': `GITHUB_TOKEN=${value}\n` }, async ({ host, pull, run }) => {
      const { log, summary, report, sarif } = await run();
      expect(report!.findings.length).toBeGreaterThanOrEqual(1);
      const told = [log, summary, JSON.stringify(report), sarif, JSON.stringify([pull, host.checkRuns])].join('\n');
      expect(told).not.toContain(value);
      expect(told).not.toContain(value.slice(6, 20));
    }, { base: { '.github/lessons/secret-here.yml': secrets } });
  });
});

/** Markdown without its code spans and comments, which show text as it is and do nothing. */
function withoutCode(markdown: string): string {
  return markdown.replace(/(`+)(?:(?!\1)[\s\S])*?\1/g, '').replace(/<!--[\s\S]*?-->/g, '');
}
