import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import type { Review } from '../../src/model.ts';
import { newFolder, newRepository, type TestRepository } from '../workspace/repository.ts';
import { bitingCard, callCard } from './biting-card.ts';
import { once } from './once.ts';

const shop = {
  'package.json': JSON.stringify({ dependencies: { '@prisma/client': '^6.0.0' } }),
  'src/db.ts': "import { PrismaClient } from '@prisma/client';\nexport const prisma = new PrismaClient();\n",
  'src/users.ts': "import { prisma } from './db';\n\nexport async function list(ids: number[]) {\n  return prisma.user.findMany({ where: { id: { in: ids } } });\n}\n",
};

/** One more function of `src/users.ts`, which asks once per user. */
const perUser = (before = '', after = ''): string => `${shop['src/users.ts']}
export async function touch(users: { id: number }[]) {
  for (const user of users) {
${before}    await prisma.user.update({ where: { id: user.id }, data: { seen: true } });${after}
  }
}
`;

/** A shop on `main`, and a branch on which files change. */
function repositoryWith(change: Record<string, string | undefined>, more: Record<string, string> = {}): TestRepository {
  const repository = newRepository();
  for (const [path, text] of Object.entries({ ...shop, ...more })) repository.write(path, text);
  repository.commit('The shop');
  repository.git('switch', '--quiet', '--create', 'feature');
  for (const [path, text] of Object.entries(change)) text === undefined ? repository.remove(path) : repository.write(path, text);
  repository.commit('The change');
  return repository;
}

async function reviewOf(repository: TestRepository, ...argv: string[]): Promise<Review & { code: number }> {
  const { code, out, err } = await once(['review', '--repo', repository.folder, '--head', 'feature', '--format', 'json', ...argv]);
  if (out === '') throw new Error(err);
  return { ...(JSON.parse(out) as Review), code };
}

const brief = ({ findings }: Review): string[] => findings.map(({ lesson, path, line, placement }) => `${lesson} ${path}:${line} ${placement}`);
const noteCodes = ({ notes }: Review): string[] => notes.map(({ code, path, line }) => [code, path, line].filter((part) => part !== undefined).join(' '));

describe('a change that repeats a lesson', () => {
  const repository = (): TestRepository => repositoryWith({ 'src/users.ts': perUser() });

  test('as JSON, by the published schema', async () => {
    const review = await reviewOf(repository());
    expect(brief(review)).toEqual(['n-plus-one src/users.ts:9 inline']);
    expect({ verdict: review.verdict, code: review.code }).toEqual({ verdict: 'warn', code: 0 });
    const { code: _, ...report } = review;
    const validate = new Ajv({ allowUnionTypes: true }).compile(JSON.parse(readFileSync('schema/review.schema.json', 'utf8')));
    expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
  });

  test('on a terminal: its line, its evidence, in colours only where they are wanted', async () => {
    const { folder } = repository();
    const plain = await once(['review', '--repo', folder]);
    expect(plain.code).toBe(0);
    expect(plain.out).toContain('src/users.ts:9:11  warn  n-plus-one');
    expect(plain.out).toContain('9 │ await prisma.user.update(');
    expect(plain.out).toContain('verdict: warn');
    expect(plain.out).not.toContain('\u001b');
    expect((await once(['review', '--repo', folder], { colour: true })).out).toContain('\u001b[');
  });

  test('as Markdown and SARIF', async () => {
    const { folder } = repository();
    const markdown = await once(['review', '--repo', folder, '--format', 'markdown']);
    expect(markdown.out).toContain('#### `src/users.ts`, line 9');
    expect(markdown.out).toContain('blob/v1/lessons/n-plus-one.yml');
    const sarif = JSON.parse((await once(['review', '--repo', folder, '--format', 'sarif'])).out) as { runs: { results: unknown[]; tool: { driver: { semanticVersion: string } } }[] };
    expect(sarif.runs[0]!.results).toHaveLength(1);
    expect(sarif.runs[0]!.tool.driver.semanticVersion).toMatch(/^\d+\.\d+\.\d+/);
  });

  test('into a file, in folders that are made for it', async () => {
    const output = join(newFolder(), 'deep/er/report.txt');
    const { code, out, err } = await once(['review', '--repo', repository().folder, '--output', output], { colour: true });
    expect({ code, out, err }).toEqual({ code: 0, out: '', err: '' });
    expect(readFileSync(output, 'utf8')).toContain('n-plus-one');
    expect(readFileSync(output, 'utf8')).not.toContain('\u001b');
  });

  test('somebody who watches is told where the report is', async () => {
    const output = join(newFolder(), 'report.json');
    expect((await once(['review', '--repo', repository().folder, '--format', 'json', '--output', output], { isWatched: true })).err).toContain(`The report is in ${output}.`);
  });

  test('a file that cannot be written is a mistake of usage', async () => {
    const folder = newFolder();
    mkdirSync(join(folder, 'taken'));
    const { code, err } = await once(['review', '--repo', repository().folder, '--output', join(folder, 'taken')]);
    expect(code).toBe(2);
    expect(err).toContain('it is a folder');
  });

  test('from a bare repository, and from the working tree', async () => {
    const { folder, git, write } = repository();
    const bare = join(newFolder(), 'bare.git');
    git('clone', '--quiet', '--bare', folder, bare);
    const fromBare = JSON.parse((await once(['review', '--repo', bare, '--base', 'main', '--head', 'feature', '--format', 'json'])).out) as Review;
    expect(brief(fromBare)).toEqual(['n-plus-one src/users.ts:9 inline']);
    write('src/more.ts', perUser().replaceAll('list', 'others'));
    const fromDisk = JSON.parse((await once(['review', '--repo', folder, '--format', 'json'])).out) as Review;
    expect(brief(fromDisk)).toEqual(['n-plus-one src/more.ts:9 inline', 'n-plus-one src/users.ts:9 inline']);
  });

  test('what blocks ends with 1, and a gate decides what blocks', async () => {
    const settings = (text: string) => ({ '.github/once-bitten.yml': text });
    expect((await reviewOf(repositoryWith({ 'src/users.ts': perUser() }, settings('lessons: { n-plus-one: { severity: block } }\n')))).code).toBe(1);
    expect((await reviewOf(repositoryWith({ 'src/users.ts': perUser() }, settings('gate: warn\n')))).code).toBe(1);
    expect((await reviewOf(repositoryWith({ 'src/users.ts': perUser() }, settings('gate: never\nlessons: { n-plus-one: { severity: block } }\n')))).code).toBe(0);
    expect(brief(await reviewOf(repositoryWith({ 'src/users.ts': perUser() }, settings('lessons: { n-plus-one: off }\n'))))).toEqual([]);
  });

  test('a change cannot switch off its own check', async () => {
    const review = await reviewOf(repositoryWith({ 'src/users.ts': perUser(), '.github/once-bitten.yml': 'extends: []\n' }));
    expect(brief(review)).toEqual(['n-plus-one src/users.ts:9 inline']);
  });
});

describe('waivers', () => {
  const waiver = (text: string): string => `    // lesson-ok n-plus-one: ${text}\n`;

  test('above the line, beside it, and until a day that has not come', async () => {
    for (const text of [perUser(waiver('at most ten users')), perUser('', ' // lesson-ok n-plus-one: at most ten users'), perUser(waiver('at most ten users until=2999-12-31'))]) {
      const review = await reviewOf(repositoryWith({ 'src/users.ts': text }));
      expect(brief(review)).toEqual([]);
      expect(review.verdict).toBe('pass');
      expect(review.waived).toMatchObject([{ lesson: 'n-plus-one', placement: 'none', waiver: { reason: 'at most ten users' } }]);
      expect(review.notes).toEqual([]);
    }
  });

  test('are listed on the terminal, in Markdown, in SARIF', async () => {
    const { folder } = repositoryWith({ 'src/users.ts': perUser(waiver('at most ten users')) });
    const report = async (format: string) => (await once(['review', '--repo', folder, '--format', format])).out;
    expect(await report('terminal')).toContain('waived  n-plus-one\n  at most ten users (src/users.ts:9)');
    expect(await report('markdown')).toContain('Reason, given at `src/users.ts:9`: at most ten users');
    expect(await report('sarif')).toContain('"justification": "at most ten users"');
  });

  test('that ended, that say no reason, that settle nothing or another lesson are told', async () => {
    const of = async (text: string) => {
      const review = await reviewOf(repositoryWith({ 'src/users.ts': text }));
      return { found: brief(review).length, waived: review.waived.length, notes: noteCodes(review) };
    };
    expect(await of(perUser(waiver('at most ten users until=2020-01-31')))).toEqual({ found: 1, waived: 0, notes: ['waiver/expired src/users.ts 9'] });
    expect(await of(perUser(waiver('')))).toEqual({ found: 1, waived: 0, notes: ['waiver/malformed src/users.ts 9'] });
    expect(await of(perUser('    // lesson-ok missing-limit: at most ten\n'))).toEqual({ found: 1, waived: 0, notes: ['waiver/unused src/users.ts 9'] });
    expect(await of(`// lesson-ok n-plus-one: at most ten\n${perUser()}`)).toEqual({ found: 1, waived: 0, notes: ['waiver/unused src/users.ts 1'] });
  });

  test('old ones are left in peace, and a new one over old code settles something', async () => {
    const old = perUser(waiver('at most ten users'));
    const touched = await reviewOf(repositoryWith({ 'src/users.ts': `// A comment.\n${old}` }, { 'src/users.ts': old }));
    expect({ found: brief(touched), notes: touched.notes }).toEqual({ found: [], notes: [] });
    const waived = await reviewOf(repositoryWith({ 'src/users.ts': old }, { 'src/users.ts': perUser() }));
    expect({ found: brief(waived), notes: waived.notes }).toEqual({ found: [], notes: [] });
  });

  test('settle one place, not the loop around it', async () => {
    const two = perUser(waiver('at most ten users')).replace('seen: true } });\n', 'seen: true } });\n    await prisma.visit.create({ data: { userId: user.id } });\n');
    const review = await reviewOf(repositoryWith({ 'src/users.ts': two }));
    expect(brief(review)).toEqual(['n-plus-one src/users.ts:11 inline']);
    expect(review.waived.map(({ line }) => line)).toEqual([10]);
  });

  test('hold only as far as the settings and the card let them', async () => {
    const settled = async (settings: string, card?: string) => {
      const more = { '.github/once-bitten.yml': settings, ...(card !== undefined && { '.github/lessons/a.yml': card }) };
      const review = await reviewOf(repositoryWith({ 'src/users.ts': perUser(waiver('at most ten users')) }, more));
      return { found: brief(review).length, notes: noteCodes(review) };
    };
    expect(await settled('waivers: { allow: false }\n')).toMatchObject({ found: 1 });
    expect(await settled('waivers: { by-author: false }\n')).toEqual({ found: 1, notes: ['waiver/not-counted src/users.ts 9'] });
    expect(await settled('gate: block\n', bitingCard({ waivers: 'waivers: false' }))).toEqual({ found: 1, notes: ['lesson/replaced .github/lessons/a.yml', 'waiver/refused src/users.ts 9'] });
  });
});

describe('a secret', () => {
  // Put together here, so that no scanner takes this file for a leak.
  const password = ['violet', 'Anchor', '58', 'meadow'].join('-');
  const change = { 'src/mail.ts': `export const mail = { user: 'shop', password: '${password}' };\n`, 'deploy/app.yml': `database:\n  password: ${password}\n` };

  test('blocks, and no format repeats its value', async () => {
    const repository = repositoryWith(change);
    const review = await reviewOf(repository);
    expect(brief(review)).toEqual(['secret-in-code deploy/app.yml:2 inline', 'secret-in-code src/mail.ts:1 inline']);
    expect(review.code).toBe(1);
    for (const format of ['terminal', 'json', 'sarif', 'markdown']) {
      const { out } = await once(['review', '--repo', repository.folder, '--format', format]);
      expect(out).toContain('secret-in-code');
      expect(out).not.toContain(password);
    }
  });

  test('is waived in the comments of its own kind of file', async () => {
    const waived = await reviewOf(repositoryWith({
      'src/mail.ts': `// lesson-ok secret-in-code: opens a test server only\n${change['src/mail.ts']}`,
      'deploy/app.yml': `database:\n  password: ${password} # lesson-ok secret-in-code: opens a test server only\n`,
    }));
    expect({ found: brief(waived), waived: waived.waived.map(({ path }) => path), code: waived.code, notes: waived.notes }).toEqual({ found: [], waived: ['deploy/app.yml', 'src/mail.ts'], code: 0, notes: [] });
  });
});

describe("a team's own cards", () => {
  const card = '.github/lessons/give-away.yml';
  const sound = callCard('give-away', 'giveAway');
  const toothless = callCard('give-away', 'giveAway', { examples: 'examples: { bad: ["keep(one)"], good: ["keep(two)"] }' });
  const change = { 'src/gift.ts': 'giveAway(everything);\n' };

  test('speak beside the built-in ones', async () => {
    expect(brief(await reviewOf(repositoryWith(change, { [card]: sound })))).toEqual(['give-away src/gift.ts:1 inline']);
  });

  test.each([
    ['cannot be read', 'id: [\n'],
    ['has an unknown word', sound.replace('code: giveAway($WHAT)', 'is: db-cal')],
    ['does not bite', toothless],
    ['has a broken pattern', sound.replace('code: giveAway($WHAT)', 'code: "giveAway("')],
  ])('one that %s is left out, the others speak, and the review is incomplete', async (_, text) => {
    const review = await reviewOf(repositoryWith({ ...change, 'src/users.ts': perUser() }, { [card]: text }));
    expect(brief(review)).toEqual(['n-plus-one src/users.ts:9 inline']);
    expect({ verdict: review.verdict, code: review.code }).toEqual({ verdict: 'incomplete', code: 3 });
    expect(review.notes[0]).toMatchObject({ path: card, incomplete: true });
  });

  test('one that does not bite is not asked where its scope does not meet the change', async () => {
    const scoped = toothless.replace('lesson:', 'scope: { files: ["app/**"] }\nlesson:');
    expect((await reviewOf(repositoryWith(change, { [card]: scoped }))).verdict).toBe('pass');
    expect((await reviewOf(repositoryWith({ 'README.md': '# Read me\n' }, { [card]: toothless }))).verdict).toBe('pass');
  });

  test('the change that repairs a card, or takes it away, is not held up by it', async () => {
    for (const after of [sound, undefined]) {
      const review = await reviewOf(repositoryWith({ ...change, [card]: after }, { [card]: toothless }));
      expect({ verdict: review.verdict, notes: noteCodes(review) }).toEqual({ verdict: 'pass', notes: [`lesson/repaired ${card}`] });
    }
    const settings = await reviewOf(repositoryWith({ '.github/once-bitten.yml': 'gate: warn\n' }, { '.github/once-bitten.yml': 'gat: warn\n' }));
    expect({ verdict: settings.verdict, notes: noteCodes(settings) }).toEqual({ verdict: 'pass', notes: ['lesson/repaired .github/once-bitten.yml'] });
  });

  test('a repair that does not hold is told at its new place', async () => {
    const review = await reviewOf(repositoryWith({ [card]: `# Mended.\n${toothless}` }, { [card]: toothless }));
    expect({ verdict: review.verdict, notes: noteCodes(review) }).toEqual({ verdict: 'incomplete', notes: [`lesson/bad-example-silent ${card} 8`] });
  });

  test('a change that breaks a card is told so before it is everybody\'s', async () => {
    const review = await reviewOf(repositoryWith({ [card]: toothless }, { [card]: sound }));
    expect({ verdict: review.verdict, notes: noteCodes(review) }).toEqual({ verdict: 'incomplete', notes: [`lesson/bad-example-silent ${card} 7`] });
  });

  test('of a folder on disk take the place of the repository\'s', async () => {
    const folder = newFolder();
    const repository = repositoryWith({ ...change, 'src/take.ts': 'takeAll(everything);\n' }, { [card]: sound });
    writeFileSync(join(folder, 'take-all.yml'), callCard('take-all', 'takeAll'));
    expect(brief(await reviewOf(repository, '--lessons', folder))).toEqual(['take-all src/take.ts:1 inline']);
    writeFileSync(join(folder, 'broken.yml'), 'id: [');
    expect((await reviewOf(repository, '--lessons', folder)).verdict).toBe('incomplete');
  });
});

describe('what is not read', () => {
  test('policy passes with a note; what might hold something is incomplete', async () => {
    const repository = repositoryWith({ 'logo.png': '\u0000PNG', 'big.json': `{"a":"${'x'.repeat(1_100_000)}"}`, 'dist/app.js': 'var a=1;\n', 'film.mp4': 'x', 'notes.txt': 'y' });
    const review = await reviewOf(repository);
    expect(review.verdict).toBe('pass');
    expect(review.skipped).toEqual(expect.arrayContaining([{ path: 'logo.png', why: 'binary' }, { path: 'big.json', why: 'too-large' }, { path: 'dist/app.js', why: 'generated' }]));
  });

  test('an object that this clone lacks', async () => {
    const lacking = async (path: string): Promise<Review> => {
      const repository = repositoryWith({ [path]: 'something\n' });
      const hash = repository.git('rev-parse', `feature:${path}`);
      repository.remove(`.git/objects/${hash.slice(0, 2)}/${hash.slice(2)}`);
      return reviewOf(repository);
    };
    expect((await lacking('film.mp4')).verdict).toBe('pass');
    for (const path of ['src/a.ts', '.env', 'config.yml']) {
      const review = await lacking(path);
      expect({ verdict: review.verdict, notes: noteCodes(review) }).toEqual({ verdict: 'incomplete', notes: [`review/unreadable ${path}`] });
    }
  });

  test('code that is nested too deep is named, and the rest is reviewed', async () => {
    const review = await reviewOf(repositoryWith({ 'src/deep.ts': `export const a = ${'[\n'.repeat(20_000)}`, 'src/users.ts': perUser() }));
    expect(brief(review)).toEqual(['n-plus-one src/users.ts:9 inline']);
    expect(noteCodes(review)).toEqual(['review/too-deep src/deep.ts']);
  });

  test('async functions that nobody could read are named, and many beside each other are reviewed', async () => {
    const nested = (depth: number): string => (depth === 0 ? 'go();' : `await (async function g(n) { ${nested(depth - 1)} })(3);`);
    const beside = Array.from({ length: 60 }, (_, at) => `const f${at} = async (a) => { await g(async function () { return '{${'('.repeat(3)}'; }); /* ( */ };`).join('\n');
    const review = await reviewOf(repositoryWith({ 'src/deep.ts': nested(60), 'src/called.ts': `${'async('.repeat(60)}1${')'.repeat(60)}`, 'src/users.ts': perUser(), 'src/beside.ts': beside, 'src/four.ts': nested(4) }));
    expect(brief(review)).toEqual(['n-plus-one src/users.ts:9 inline']);
    expect(noteCodes(review)).toEqual(['review/too-deep src/called.ts', 'review/too-deep src/deep.ts']);
  });
});

describe('mistakes of usage', () => {
  test.each([
    [['--base', 'nowhere'], 'git knows no revision "nowhere" here.'],
    [['--head', 'featur'], 'git knows no revision "featur" here.'],
    [['--lessons', '/nowhere'], 'there is no folder /nowhere'],
  ])('%j', async (argv, message) => {
    const { folder } = repositoryWith({ 'a.txt': 'a\n' });
    const { code, out, err } = await once(['review', '--repo', folder, ...argv]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
  });

  test('outside of a repository', async () => {
    const { code, err } = await once(['review', '--repo', newFolder()]);
    expect(code).toBe(2);
    expect(err).toContain('is not a git repository');
  });
});

test('nothing of the repository changes', async () => {
  const repository = repositoryWith({ 'src/users.ts': perUser() });
  const before = [repository.git('status', '--porcelain'), repository.git('rev-parse', 'HEAD'), readFileSync(join(repository.folder, '.git/index')).toString('hex')];
  await once(['review', '--repo', repository.folder]);
  expect([repository.git('status', '--porcelain'), repository.git('rev-parse', 'HEAD'), readFileSync(join(repository.folder, '.git/index')).toString('hex')]).toEqual(before);
});
