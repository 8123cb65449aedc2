import { describe, expect, test } from 'vitest';
import type { Review } from '../../src/model.ts';
import { newRepository, type TestRepository } from '../workspace/repository.ts';
import { callCard } from './biting-card.ts';
import { once } from './once.ts';

/** What every repository here has: a file to change, and settings that name a folder of cards. */
const team = {
  '.github/once-bitten.yml': 'extends: [.github/shared]\n',
  '.github/shared/leak.yml': callCard('leak', 'leak'),
  'src/a.ts': 'export const a = 1;\n',
};

type Files = Readonly<Record<string, string | undefined>>;

function repositoryWith(base: Files, change: Files = { 'src/a.ts': 'leak(1);\nspill(2);\n' }): TestRepository {
  const repository = newRepository();
  const put = (files: Files): void => {
    for (const [path, text] of Object.entries(files)) text === undefined ? repository.remove(path) : repository.write(path, text);
  };
  put(Object.fromEntries(Object.entries({ ...team, ...base }).filter(([, text]) => text !== undefined)));
  repository.commit('The team');
  repository.git('switch', '--quiet', '--create', 'feature');
  put(change);
  repository.commit('The change');
  return repository;
}

type Outcome = { findings: string[]; notes: string[]; verdict: string; code: number; review: Review };

async function reviewOf(repository: TestRepository, ...argv: string[]): Promise<Outcome> {
  const { code, out, err } = await once(['review', '--repo', repository.folder, '--head', 'feature', '--format', 'json', ...argv]);
  if (out === '') throw new Error(err);
  const review = JSON.parse(out) as Review;
  return {
    findings: review.findings.map(({ lesson, path, line }) => `${lesson} ${path}:${line}`), verdict: review.verdict, code, review,
    notes: review.notes.map((note) => [note.code, note.path, note.line, note.column].filter((part) => part !== undefined).join(' ')),
  };
}

const checked = async (repository: TestRepository): Promise<{ code: number; out: string }> => {
  const { code, out } = await once(['check', '--repo', repository.folder]);
  return { code, out: out.replaceAll(/\d+ cards? ready \(\d+ built in/g, 'N cards ready (B built in') };
};

describe('a folder of the repository', () => {
  test('gives its cards and its words, without the built-in lessons unless they are named', async () => {
    const { findings, review, code } = await reviewOf(repositoryWith({
      '.github/shared/vocabulary.yml': 'spilling: { means: gives away, matches: [ { code: "spill($WHAT)" } ] }\n',
      '.github/shared/spill.yml': callCard('spill', 'spill', { detect: 'detect: { is: { spilling: { as: $WHAT } } }' }),
      '.github/lessons/ours.yml': callCard('ours', 'ours', { detect: 'detect: { is: spilling, code: "spill($WHAT)" }', examples: 'examples: { bad: ["spill(1)"], good: ["keep(1)"] }' }),
    }));
    expect({ findings, code }).toEqual({ findings: ['leak src/a.ts:1', 'ours src/a.ts:2', 'spill src/a.ts:2'], code: 0 });
    expect(review.lessons['leak']!.origin).toBe('.github/shared/leak.yml');
    expect(Object.keys(review.lessons)).toEqual(['leak', 'ours', 'spill']);
  });

  test('what comes later wins, the repository\'s own cards win over all, and it is said', async () => {
    const repository = repositoryWith({
      '.github/once-bitten.yml': 'extends: [once-bitten:recommended, .github/shared, cards/more]\n',
      'cards/more/leak.yml': callCard('leak', 'spill'),
      'cards/more/n.yml': callCard('n-plus-one', 'spill'),
      '.github/lessons/leak.yml': callCard('leak', 'leak', { message: 'message: "ours: `$WHAT`"' }),
    });
    const { findings, notes, review } = await reviewOf(repository);
    expect(findings).toEqual(['leak src/a.ts:1', 'n-plus-one src/a.ts:2']);
    expect(review.findings[0]!.message).toBe('ours: `1`');
    expect(notes).toEqual(['lesson/replaced cards/more/leak.yml', 'lesson/replaced cards/more/n.yml', 'lesson/replaced .github/lessons/leak.yml']);
    const { code, out } = await checked(repository);
    expect(code).toBe(0);
    expect(out).toContain('cards/more/leak.yml  note: takes the place of .github/shared/leak.yml\n');
    expect(out).toContain('.github/lessons/leak.yml  note: takes the place of cards/more/leak.yml\n');
    expect(out).toContain('cards/more/n.yml  note: takes the place of the built-in lesson n-plus-one\n');
    expect(out).toContain('cards/more/n.yml  n-plus-one (warn, active): 1 bad example caught');
    expect(out).toMatch(/N cards ready \(B built in, 2 here\), and the settings are sound\.\n$/);
  });

  test('of a word that is defined twice the later definition holds, and additions to a built-in word add up', async () => {
    const own = (call: string): string => `risk: { means: a risk, matches: [ { code: "${call}($_)" } ] }\nlog-call: { add: [ { code: "${call}Log($_)" } ] }\n`;
    const { findings } = await reviewOf(repositoryWith({
      '.github/shared/vocabulary.yml': own('leak'),
      '.github/shared/leak.yml': undefined,
      '.github/lessons/vocabulary.yml': own('spill'),
      '.github/lessons/risk.yml': callCard('risk', 'spill', { detect: 'detect: { is: { risk: { as: $WHAT } } }' }),
      '.github/lessons/logged.yml': callCard('logged', 'leakLog', { detect: 'detect: { is: { log-call: { as: $WHAT } } }' }),
    }, { 'src/a.ts': 'leak(1);\nspill(2);\nleakLog(3);\nspillLog(4);\n' }));
    expect(findings).toEqual(['risk src/a.ts:2', 'logged src/a.ts:3', 'logged src/a.ts:4']);
  });

  test('settings, and other commands, know its lessons', async () => {
    const off = repositoryWith({ '.github/once-bitten.yml': 'extends: [.github/shared]\nlessons: { leak: off }\n' });
    expect(await reviewOf(off)).toMatchObject({ findings: [], notes: [], verdict: 'pass' });
    const { folder } = repositoryWith({});
    expect((await once(['words', '--repo', repositoryWith({ '.github/shared/vocabulary.yml': 'risk: { means: a risk, matches: [ { code: "risky($_)" } ] }\n' }).folder])).out).toContain('a risk');
    expect((await once(['explain', 'leak', '--repo', folder])).out).toContain('`.github/shared/leak.yml`');
    expect((await once(['try', 'leak', '--repo', folder])).out).toContain('src/a.ts:1:1');
    expect(JSON.parse((await once(['scan', '--repo', folder, '--format', 'json'])).out)).toMatchObject({ findings: [{ lesson: 'leak' }] });
    expect((await once(['backtest', 'leak', '--repo', folder, '--head', 'feature', '--last', '1', '--format', 'json'])).out).toContain('"lesson": "leak"');
  });

  test('is read at the base: a change cannot take its own check away', async () => {
    const change = { 'src/a.ts': 'leak(1);\n' };
    expect((await reviewOf(repositoryWith({}, { ...change, '.github/shared/leak.yml': callCard('leak', 'other') }))).findings).toEqual(['leak src/a.ts:1']);
    expect((await reviewOf(repositoryWith({}, { ...change, '.github/once-bitten.yml': 'extends: []\n' }))).findings).toEqual(['leak src/a.ts:1']);
  });

  test('faulty cards in it are told like others, and hold up all but the change that repairs them', async () => {
    const broken = { '.github/shared/leak.yml': callCard('leak', 'leak', { severity: 'severity: loud' }) };
    expect(await reviewOf(repositoryWith(broken))).toMatchObject({ notes: ['lesson/wrong-value .github/shared/leak.yml 8 11'], verdict: 'incomplete', code: 3 });
    expect(await reviewOf(repositoryWith(broken, { '.github/shared/leak.yml': callCard('leak', 'leak') }))).toMatchObject({ notes: ['lesson/repaired .github/shared/leak.yml'], verdict: 'pass' });
    expect(await reviewOf(repositoryWith(broken, { '.github/once-bitten.yml': 'extends: []\n' }))).toMatchObject({ notes: ['lesson/repaired .github/shared/leak.yml'], verdict: 'pass' });
    expect(await reviewOf(repositoryWith({}, broken))).toMatchObject({ notes: ['lesson/wrong-value .github/shared/leak.yml 8 11'], verdict: 'incomplete' });
    const silent = { '.github/shared/leak.yml': callCard('leak', 'leak', { detect: 'detect: { code: other($WHAT) }' }) };
    expect(await reviewOf(repositoryWith(silent))).toMatchObject({ notes: [expect.stringContaining('lesson/bad-example-silent .github/shared/leak.yml')], verdict: 'incomplete' });
    expect((await checked(repositoryWith({}, broken))).out).toContain('.github/shared/leak.yml:8:11  "severity" must be');
  });

  test('that is missing is told at its line, with what to do, and a change that brings it goes through', async () => {
    const missing = { '.github/once-bitten.yml': 'gate: warn\nextends:\n  - acme/lessons/packs\n', '.github/shared/leak.yml': undefined };
    const repository = repositoryWith(missing);
    expect(await reviewOf(repository)).toMatchObject({ notes: ['settings/no-cards .github/once-bitten.yml 3 5'], verdict: 'incomplete', code: 3 });
    const { code, out } = await checked(repository);
    expect(code).toBe(2);
    expect(out).toContain(`.github/once-bitten.yml:3:5  there is no folder "acme/lessons/packs" in this repository
    2 | extends:
    3 |   - acme/lessons/packs
      |     ^^^^^^^^^^^^^^^^^^ paths count from the top of the repository
   of another repository say as well at which ref, such as acme/lessons/packs@v1
`);
    expect(await reviewOf(repositoryWith(missing, { 'acme/lessons/packs/leak.yml': callCard('leak', 'leak') }))).toMatchObject({ notes: ['lesson/repaired .github/once-bitten.yml'], verdict: 'pass' });
    expect(await reviewOf(repositoryWith({}, { '.github/shared/leak.yml': undefined }))).toMatchObject({ notes: ['settings/no-cards .github/once-bitten.yml 1 11'], verdict: 'incomplete' });
    expect(await reviewOf(repositoryWith({}, { '.github/once-bitten.yml': 'extends: [./nowhere]\n' }))).toMatchObject({ notes: ['settings/no-cards .github/once-bitten.yml 1 11'], verdict: 'incomplete' });
  });

  test.for<[string, (repository: TestRepository) => void, string]>([
    ['a link', (repository) => repository.link('cards', '.github/shared'), 'the folder "cards" holds no cards: it is a symbolic link, and links are not followed'],
    ['a link to outside', (repository) => repository.link('cards', '/etc'), 'the folder "cards" holds no cards: it is a symbolic link, and links are not followed'],
    ['a file', (repository) => repository.write('cards', 'no folder'), '"cards" is a file'],
    ['a folder of other things', (repository) => repository.write('cards/deeper/a.yml', 'id: a'), 'the folder "cards" holds no cards'],
  ])('that is %s is told', async ([, make, message], { expect: here }) => {
    const repository = repositoryWith({ '.github/once-bitten.yml': 'extends: [./cards]\n' });
    repository.git('switch', '--quiet', 'main');
    make(repository);
    repository.commit('The folder');
    repository.git('switch', '--quiet', 'feature');
    repository.git('rebase', '--quiet', 'main');
    const { notes, review } = await reviewOf(repository);
    here(notes).toEqual(['settings/no-cards .github/once-bitten.yml 1 11']);
    here(review.notes[0]!.message).toBe(message);
    here((await checked(repository)).out).toContain(message);
  });

  test('behind a link on the way is not there', async () => {
    const repository = repositoryWith({ '.github/once-bitten.yml': 'extends: [way/shared]\n' });
    repository.link('way', '.github');
    repository.commit('A way round');
    const { code, out } = await checked(repository);
    expect(code).toBe(2);
    expect(out).toContain('there is no folder "way/shared" in this repository');
  });
});

describe('another repository', () => {
  const elsewhere = { '.github/once-bitten.yml': 'extends:\n  - .github/shared\n  - acme/lessons/packs@v1\n  - acme/other/cards@main\nlessons: { theirs: off }\n' };

  test('is left to the Action, and the review says so without holding anything up', async () => {
    const repository = repositoryWith(elsewhere);
    const { notes, review, verdict, code, findings } = await reviewOf(repository);
    expect({ notes, verdict, code, findings }).toEqual({ notes: ['settings/not-read-here .github/once-bitten.yml 3 5'], verdict: 'warn', code: 0, findings: ['leak src/a.ts:1'] });
    expect(review.notes[0]).toMatchObject({
      message: '2 entries of `extends` name cards of other repositories, which only the Action reads; here they were left out: `acme/lessons/packs@v1`, `acme/other/cards@main`', incomplete: false,
    });
    expect((await once(['review', '--repo', repository.folder, '--head', 'feature'])).out).toContain('note  settings/not-read-here');
    expect((await once(['backtest', '--repo', repository.folder, '--last', '1'])).err).toContain('here they were left out');
    const { code: sound, out } = await checked(repository);
    expect(sound).toBe(0);
    expect(out).toContain('.github/once-bitten.yml:3:5  note: 2 entries of `extends` name cards of other repositories');
  });

  test('of a clone is read with --lessons, beside what the settings name', async () => {
    const clone = newRepository();
    clone.write('packs/spill.yml', callCard('spill', 'spill'));
    const { findings, notes } = await reviewOf(repositoryWith(elsewhere), '--lessons', `${clone.folder}/packs`);
    expect({ findings, notes }).toEqual({ findings: ['leak src/a.ts:1', 'spill src/a.ts:2'], notes: ['settings/not-read-here .github/once-bitten.yml 3 5'] });
  });
});
