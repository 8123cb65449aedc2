import { describe, expect, test } from 'vitest';
import { newRepository, type TestRepository } from '../workspace/repository.ts';
import { callCard } from './biting-card.ts';
import { once } from './once.ts';

/** What a backtest prints as JSON, as far as it is asked about here. */
type Replay = { head: string; figures: { pulls: number; failed: number; comments: { total: number; max: number } }; pulls: { commit: string; subject: string; inline: number; verdict: string; failed?: string; findings: { path: string; line: number; lesson: string }[] }[] };

const bad = 'giveAway(everything);\n';

/** A merged pull request that gives away, a squashed one that does not, one that repairs, and a merge that brings old news. */
function merged(): TestRepository {
  const repository = newRepository();
  const { write, commit, git } = repository;
  write('.github/lessons/give-away.yml', callCard('give-away', 'giveAway'));
  write('.github/once-bitten.yml', 'extends: []\n');
  commit('The beginning');
  git('switch', '--quiet', '--create', 'gift');
  write('a.ts', bad);
  commit('A step');
  write('b.ts', bad);
  commit('Another step');
  git('switch', '--quiet', 'main');
  write('c.ts', 'export {};\n');
  commit('Squashed (#2)');
  git('merge', '--quiet', '--no-ff', '-m', 'Merge pull request #1 from gift', 'gift');
  repository.remove('a.ts');
  commit('Repaired (#3)');
  return repository;
}

async function replayOf({ folder }: TestRepository, ...argv: string[]): Promise<Replay & { code: number }> {
  const { code, out, err } = await once(['backtest', '--repo', folder, '--format', 'json', ...argv]);
  if (out === '') throw new Error(err);
  return { ...(JSON.parse(out) as Replay), code };
}

describe('the replay', () => {
  test('newest first; a merge brings what its branch has, and nothing else', async () => {
    const { code, pulls, figures } = await replayOf(merged());
    expect(code).toBe(0);
    expect(pulls.map(({ subject, inline, verdict, findings }) => [subject, inline, verdict, findings.map(({ path, line }) => `${path}:${line}`).join(' ')])).toEqual([
      ['Repaired (#3)', 0, 'pass', ''],
      ['Merge pull request #1 from gift', 2, 'warn', 'a.ts:1 b.ts:1'],
      ['Squashed (#2)', 0, 'pass', ''],
    ]);
    expect(figures).toMatchObject({ pulls: 3, failed: 0, comments: { total: 2, max: 2 } });
  });

  test('so many, since a day, up to a revision', async () => {
    const repository = merged();
    expect((await replayOf(repository, '--last', '1')).pulls.map(({ subject }) => subject)).toEqual(['Repaired (#3)']);
    expect((await replayOf(repository, '--since', '2026-01-01')).pulls).toHaveLength(3);
    expect((await replayOf(repository, '--since', '2027-01-01')).pulls).toHaveLength(0);
    expect((await replayOf(repository, '--head', 'HEAD~2')).pulls.map(({ subject }) => subject)).toEqual(['Squashed (#2)']);
  });

  test.each(['terminal', 'markdown'])('nothing to replay is said as such (%s)', async (format) => {
    const repository = newRepository();
    repository.commit('The beginning');
    const { code, out } = await once(['backtest', '--repo', repository.folder, '--format', format]);
    expect(code).toBe(0);
    expect(out).toContain('Nothing to replay');
    expect(out).not.toContain('0 of 0');
  });

  test('only the lessons that are named, also one that is a draft', async () => {
    const repository = merged();
    expect((await replayOf(repository, 'n-plus-one')).figures.comments.total).toBe(0);
    expect((await replayOf(repository, 'n-plus-one', 'give-away')).figures.comments.total).toBe(2);
    const { code, err } = await once(['backtest', '--repo', repository.folder, 'give-awy']);
    expect(code).toBe(2);
    expect(err).toContain('did you mean "give-away"?');
  });

  test('on a terminal with every finding and its commit', async () => {
    const { folder } = merged();
    const { out } = await once(['backtest', '--repo', folder]);
    expect(out).toContain('Comments per pull request: mean 0.67, median 0, p95 2, max 2 (2 in all)');
    expect(out).toMatch(/[0-9a-f]{10} {2}2026-01-01 {2}Merge pull request #1 from gift {2}warn\n {2}a\.ts:1 {2}warn {2}give-away {2}inline/);
  });

  test('a faulty card is told, and the others are replayed', async () => {
    const repository = merged();
    repository.write('.github/lessons/broken.yml', 'id: [');
    repository.commit('A broken card (#4)');
    const { code, out, err } = await once(['backtest', '--repo', repository.folder, '--format', 'json']);
    expect(code).toBe(2);
    expect(err).toContain('.github/lessons/broken.yml:');
    expect((JSON.parse(out) as Replay).figures.comments.total).toBe(2);
  });
});

test('a commit that fails is listed, and the replay goes on', async () => {
  const repository = merged();
  const broken = repository.git('rev-parse', 'HEAD~1^2^{tree}');
  repository.remove(`.git/objects/${broken.slice(0, 2)}/${broken.slice(2)}`);
  const { code, pulls } = await replayOf(repository);
  expect(code).toBe(3);
  expect(pulls).toHaveLength(3);
  expect(pulls.filter(({ failed }) => failed !== undefined)).toHaveLength(1);
});

test('one change with more files than GitHub shows', async () => {
  const repository = merged();
  for (let at = 0; at < 3_001; at += 1) repository.write(`many/${at}.txt`, `${at}\n`);
  repository.commit('Everything (#5)');
  const { pulls } = await replayOf(repository, '--last', '2');
  expect(pulls.map(({ failed }) => failed)).toEqual(['it changes 3,001 files, more than GitHub shows', undefined]);
});

test('an empty history', async () => {
  const repository = newRepository();
  repository.write('a.txt', 'a\n');
  repository.commit();
  expect((await replayOf(repository)).figures.pulls).toBe(0);
});
