import { describe, expect, inject, test } from 'vitest';
import type { Pull, SmallGitHub } from '../github/small-github/host.ts';
import type { Files } from '../github/small-github/history.ts';
import { payloadOf, type Run } from './run-action.ts';
import { base, card, code, inWorld } from './world.ts';

const action = inject('action');

const file = '.github/once-bitten.yml';
const another = (id: string, call: string): string => card.replaceAll('dangerous', call).replace(/^id: .*/, `id: ${id}`);
const entry = (written: string): Files => ({ [file]: `extends:\n  - ${written}\n` });
const told = ({ report }: Run): string[] => report!.findings.map(({ lesson, path, line }) => `${lesson} ${path}:${line}`);
const notes = ({ report }: Run) => report!.notes.map((note) => ({ ...note }) as { code: string; message: string; hint?: string; path?: string; line?: number; column?: number; incomplete: boolean });
const change: Files = { 'src/app.ts': code('query'), 'src/more.ts': 'export const more = (what: string) => risky(what);\n' };

const payload = (pull: Pull): { payload: unknown } => ({ payload: payloadOf(pull) });

/** Another repository, `acme/lessons`, whose tag `v1` is these files. */
async function lessonsOf(host: SmallGitHub, files: Files, refs: (commit: string) => [string, string | { tag: string }][] = (commit) => [['v1', commit]]): Promise<string> {
  const commit = await host.history.commit(files);
  host.others.set('acme/lessons', new Map(refs(commit)));
  return commit;
}

const asked = (host: SmallGitHub): number => host.sent.filter(({ path, body }) => path === '/graphql' && JSON.stringify(body).includes('"repo":"lessons"')).length;

describe.concurrent('cards in a folder of the repository', { timeout: 120_000 }, () => {
  test('are read at the base tip, with their words, and a finding links to the card', () =>
    inWorld(action, { ...change, [file]: 'extends: []\n' }, async ({ host, pull, run }) => {
      const done = await run();
      expect(told(done).sort()).toEqual(['no-dangerous src/app.ts:7', 'no-risky src/more.ts:1']);
      const tip = host.branches.get('main')!;
      expect(pull.threads.find(({ path }) => path === 'src/more.ts')!.comments[0]!.body).toContain(`https://github.com/acme/shop/blob/${tip}/shared/cards/no-risky.yml`);
      expect(done.requests).toBeLessThanOrEqual(9);
    }, { base: { ...entry('shared/cards'), 'shared/cards/no-risky.yml': another('no-risky', 'risky').replace('code: "risky($X)"', 'is: { risk: { as: $X } }'), 'shared/cards/vocabulary.yml': 'risk: { means: a risk, matches: [ { code: "risky($_)" } ] }\n' } }));

  test('missing or linked make the review incomplete, at the line of the settings, and the pull request that repairs it goes through', () =>
    inWorld(action, { 'src/other.ts': 'export {};\n' }, async ({ host, pull, run }) => {
      const done = await run();
      expect(done.outputs['verdict']).toBe('incomplete');
      expect(notes(done)).toEqual([expect.objectContaining({ code: 'settings/no-cards', path: file, line: 2, column: 5, incomplete: true, message: 'the folder "shared" holds no cards: it is a symbolic link, and links are not followed' })]);
      await host.push(pull, { ...base, [file]: 'extends: []\n' });
      expect((await run(payload(pull))).outputs['verdict']).toBe('pass');
    }, { base: { ...entry('./shared'), shared: { link: '.github/lessons' } } }));
});

describe.concurrent('cards of another repository', { timeout: 120_000 }, () => {
  test('are read at their ref, in two requests, and a finding links to the card at the commit', () =>
    inWorld(action, change, async ({ host, pull, run }) => {
      const commit = await lessonsOf(host, { 'packs/no-risky.yml': another('no-risky', 'risky'), 'packs/no-dangerous.yml': another('no-dangerous', 'harmless'), 'packs/README.md': '# Cards\n', 'packs/deeper/x.yml': 'broken: [' });
      const done = await run();
      expect(told(done).sort()).toEqual(['no-dangerous src/app.ts:7', 'no-risky src/more.ts:1']);
      expect(pull.threads.find(({ path }) => path === 'src/more.ts')!.comments[0]!.body).toContain(`https://github.com/acme/lessons/blob/${commit}/packs/no-risky.yml`);
      expect(notes(done)).toEqual([expect.objectContaining({ code: 'lesson/replaced', message: '.github/lessons/no-dangerous.yml takes the place of acme/lessons/packs/no-dangerous.yml@v1', incomplete: false })]);
      expect(asked(host)).toBe(2);
    }, { base: entry('acme/lessons/packs@v1') }));

  test('by a branch, a commit, and a tag with a message', () =>
    inWorld(action, change, async ({ host, run }) => {
      const commit = await lessonsOf(host, { 'packs/no-risky.yml': another('no-risky', 'risky') }, (made) => [['main', made], ['v2', { tag: made }]]);
      expect(told(await run())).toContain('no-risky src/more.ts:1');
      for (const ref of ['v2', commit]) {
        host.branches.set('main', await host.history.commit({ ...base, ...entry(`acme/lessons/packs@${ref}`) }, host.branches.get('main')!));
        expect(told(await run()), ref).toContain('no-risky src/more.ts:1');
      }
    }, { base: entry('acme/lessons/packs@main') }));

  test.for<[string, string, RegExp]>([
    ['a repository that nobody shows', 'acme/secret/packs@v1', /^the repository acme\/secret cannot be read: it is not there, or this token may not see it$/],
    ['a ref that is not there', 'acme/lessons/packs@v9', /^acme\/lessons has no commit, tag or branch "v9"$/],
    ['a folder that is not there', 'acme/lessons/pax@v1', /^acme\/lessons has no folder "pax" at v1$/],
    ['a folder that is a link', 'acme/lessons/linked@v1', /^acme\/lessons has no folder "linked" at v1$/],
    ['a folder without cards', 'acme/lessons/docs@v1', /^"docs" of acme\/lessons at v1 holds no cards$/],
    ['too many cards', 'acme/lessons/many@v1', /^"many" of acme\/lessons holds 101 cards of 1 kB, more than are read$/],
    ['cards that are too large', 'acme/lessons/large@v1', /^"large" of acme\/lessons holds 3 cards of 1500 kB, more than are read$/],
  ])('%s makes the review incomplete, and says what to do', ([, written, message], { expect: here }) =>
    inWorld(action, change, async ({ host, run }) => {
      await lessonsOf(host, {
        'packs/no-risky.yml': another('no-risky', 'risky'), 'docs/a.md': '# A\n', linked: { link: 'packs' },
        ...Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`many/c${at}.yml`, 'id: a\n'])),
        ...Object.fromEntries(Array.from({ length: 3 }, (_, at) => [`large/c${at}.yml`, `# ${'x'.repeat(511_998)}`])),
      });
      const done = await run();
      here(done.outputs['verdict']).toBe('incomplete');
      here(told(done)).toEqual(['no-dangerous src/app.ts:7']);
      const [note, ...others] = notes(done);
      here(others).toEqual([]);
      here(note).toMatchObject({ code: 'settings/out-of-reach', path: file, line: 2, column: 5, incomplete: true });
      here(note!.message).toMatch(message);
      here(note!.hint!.length).toBeGreaterThan(10);
      here(host.checkRuns[0]!.conclusion).toBe('failure');
      here(host.checkRuns[0]!.summary).toContain(note!.hint!.slice(1, 40).split('`')[0]!);
    }, { base: { ...entry(written) } }));

  test('a faulty one is told at the line that names it, and does not hold up the others', () =>
    inWorld(action, change, async ({ host, run }) => {
      await lessonsOf(host, {
        'packs/no-risky.yml': another('no-risky', 'risky'), 'packs/broken.yml': another('broken', 'broken').replace('severity: block', 'severity: loud'),
        'packs/silent.yml': another('silent', 'silent').replace('code: "silent($X)"', 'code: "other($X)"'), 'packs/link.yml': { link: 'no-risky.yml' },
      });
      const done = await run();
      expect(done.outputs['verdict']).toBe('incomplete');
      expect(told(done)).toContain('no-risky src/more.ts:1');
      expect(notes(done).map(({ message, path, line }) => `${path}:${line} ${message}`).sort()).toEqual([
        expect.stringMatching(/^\.github\/once-bitten\.yml:2 acme\/lessons\/packs\/broken\.yml@v1:3:11: "severity" must be note, warn or block/),
        '.github/once-bitten.yml:2 acme/lessons/packs/link.yml@v1 says nothing: it is a symbolic link, and links are not followed',
        expect.stringMatching(/^\.github\/once-bitten\.yml:2 acme\/lessons\/packs\/silent\.yml@v1:\d+:\d+: the card does not catch this bad example/),
      ]);
    }, { base: entry('acme/lessons/packs@v1') }));

  test('that only the change names is not read before the merge', () =>
    inWorld(action, { ...change, ...entry('acme/lessons/packs@v1') }, async ({ host, run }) => {
      await lessonsOf(host, { 'packs/no-risky.yml': another('no-risky', 'risky') });
      const done = await run();
      expect(told(done)).toEqual(['no-dangerous src/app.ts:7']);
      expect(notes(done)).toEqual([expect.objectContaining({ code: 'settings/read-later', path: file, line: 2, incomplete: false })]);
      expect(asked(host)).toBe(0);
    }));

  test('out of reach holds up a change of other settings, and not the one that takes it away', () =>
    inWorld(action, { [file]: 'extends:\n  - acme/lessons/packs@v1\ngate: warn\n' }, async ({ host, pull, run }) => {
      expect((await run()).outputs['verdict']).toBe('incomplete');
      await host.push(pull, { ...base, [file]: 'extends: []\n' });
      const done = await run(payload(pull));
      expect({ verdict: done.outputs['verdict'], codes: notes(done).map(({ code: each }) => each) }).toEqual({ verdict: 'pass', codes: ['lesson/repaired'] });
    }, { base: entry('acme/lessons/packs@v1') }));

  test('hostile cards are text: nothing of them runs, and what they say is escaped', () =>
    inWorld(action, change, async ({ host, pull, run }) => {
      const hostile = another('no-risky', 'risky').replace('Nothing goes into risky', '"@acme/everyone <img src=x> ::error::"').replace('Somebody called risky', '"[click](https://evil.example) @acme/everyone"').replace(', and the night was short.', '');
      await lessonsOf(host, { 'packs/no-risky.yml': hostile });
      const done = await run();
      expect(told(done)).toContain('no-risky src/more.ts:1');
      const body = pull.threads.find(({ path }) => path === 'src/more.ts')!.comments[0]!.body;
      expect(body).not.toMatch(/<img|(?<![`\w])@acme|\]\(https:\/\/evil/);
      expect(done.log).not.toMatch(/^::error::/m);
    }, { base: entry('acme/lessons/packs@v1') }));

  test('that GitHub fails to tell is not taken for absent', () =>
    inWorld(action, change, async ({ host, run }) => {
      await lessonsOf(host, { 'packs/no-risky.yml': another('no-risky', 'risky') });
      host.failures.push({ on: /Listed/, status: 502, times: 10 });
      const done = await run();
      expect(done.outputs['verdict']).toBe('incomplete');
      expect(notes(done)).toEqual([expect.objectContaining({ code: 'settings/out-of-reach', message: 'GitHub did not tell the cards of acme/lessons', hint: 'run the job again' })]);
    }, { base: entry('acme/lessons/packs@v1') }));
});
