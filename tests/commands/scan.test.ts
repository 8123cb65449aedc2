import { describe, expect, test } from 'vitest';
import type { Review } from '../../src/model.ts';
import { newRepository, type TestRepository } from '../workspace/repository.ts';
import { callCard } from './biting-card.ts';
import { once } from './once.ts';

const bad = 'giveAway(everything);\n';

function repositoryWith(files: Record<string, string>): TestRepository {
  const repository = newRepository();
  repository.write('.github/lessons/give-away.yml', callCard('give-away', 'giveAway'));
  repository.write('.github/once-bitten.yml', 'extends: []\nignore: ["vendor/**"]\n');
  for (const [path, text] of Object.entries(files)) repository.write(path, text);
  repository.commit();
  return repository;
}

async function scanOf({ folder }: TestRepository, ...argv: string[]): Promise<Review> {
  const { out, err } = await once(['scan', '--repo', folder, '--format', 'json', ...argv]);
  if (out === '') throw new Error(err);
  return JSON.parse(out) as Review;
}

const places = ({ findings }: Review): string[] => findings.map(({ path, line }) => `${path}:${line}`);

describe('what is looked at', () => {
  const repository = (): TestRepository => repositoryWith({ 'src/a.ts': bad, 'src/b/c.ts': `\n${bad}`, 'lib/[id].ts': bad, 'vendor/x.ts': bad });

  test('everything, without a base and without places in a diff', async () => {
    const review = await scanOf(repository());
    expect(places(review)).toEqual(['lib/[id].ts:1', 'src/a.ts:1', 'src/b/c.ts:2']);
    expect(review).not.toHaveProperty('base');
    expect(new Set(review.findings.map(({ introduced, placement }) => `${introduced} ${placement}`))).toEqual(new Set(['null none']));
    expect(review.skipped).toEqual([{ path: 'vendor/x.ts', why: 'ignored' }]);
  });

  test('files and folders by their literal names', async () => {
    const here = repository();
    expect(places(await scanOf(here, 'src'))).toEqual(['src/a.ts:1', 'src/b/c.ts:2']);
    expect(places(await scanOf(here, '--', 'lib/[id].ts', './src/b/'))).toEqual(['lib/[id].ts:1', 'src/b/c.ts:2']);
    const { code, err } = await once(['scan', '--repo', here.folder, 'src/*.ts']);
    expect(code).toBe(2);
    expect(err).toContain('A path is taken literally, never as a pattern.');
  });

  test('the working tree, or a revision with its own cards', async () => {
    const here = repository();
    here.write('src/new.ts', bad);
    expect(places(await scanOf(here, 'src'))).toContain('src/new.ts:1');
    expect(places(await scanOf(here, '--head', 'HEAD', 'src'))).not.toContain('src/new.ts:1');
    here.remove('.github/lessons');
    expect(places(await scanOf(here))).toEqual([]);
    expect(places(await scanOf(here, '--head', 'HEAD', 'src'))).toEqual(['src/a.ts:1', 'src/b/c.ts:2']);
  });
});

test('many files, some at a time: each is looked at once, and all fingerprints differ', async () => {
  const files = Object.fromEntries(Array.from({ length: 905 }, (_, at) => [`src/f${String(at).padStart(4, '0')}.ts`, at % 100 === 0 ? `${bad}// lesson-ok give-away: once is enough\n${bad}` : 'export {};\n']));
  const review = await scanOf(repositoryWith(files));
  expect(review.findings).toHaveLength(10);
  expect(review.waived).toHaveLength(10);
  expect(new Set([...review.findings, ...review.waived].map(({ fingerprint }) => fingerprint)).size).toBe(20);
  expect(review.stats.files).toBe(907);
  expect(review.notes).toEqual([]);
});

test('names are followed into files that another portion holds, or that were not asked for', async () => {
  const repository = newRepository();
  repository.write('package.json', JSON.stringify({ dependencies: { '@prisma/client': '^6.0.0' } }));
  repository.write('z/load.ts', "import { PrismaClient } from '@prisma/client';\nconst prisma = new PrismaClient();\nexport const load = (id: number) => prisma.post.findMany({ where: { userId: id }, take: 5 });\n");
  repository.write('a/page.ts', "import { load } from '../z/load';\nexport async function page(users: { id: number }[]) {\n  for (const user of users) await load(user.id);\n}\n");
  repository.commit();
  const review = await scanOf(repository, 'a/page.ts');
  expect(review.findings.map(({ lesson, path, line, evidence }) => [lesson, path, line, evidence.at(-1)?.path])).toEqual([['n-plus-one', 'a/page.ts', 3, 'z/load.ts']]);
});
