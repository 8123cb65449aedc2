import { describe, expect, test } from 'vitest';
import { commitsBetween, firstParentCommits, type HistoryQuestion } from '../../src/workspace/git.ts';
import { faultOf, newFolder, newRepository } from './repository.ts';

async function history(folder: string, question: HistoryQuestion) {
  const commits = [];
  for await (const commit of firstParentCommits(folder, question)) commits.push(commit);
  return commits;
}

/** A branch with a commit of its own, a merge of two commits, and a squash. */
function branchWithMerge() {
  const repo = newRepository();
  const first = repo.commit('The beginning');
  const second = repo.commit('Directly on the branch');
  repo.git('switch', '--quiet', '--create', 'feature');
  const inside = [repo.commit('Inside, one'), repo.commit('Inside, two')];
  repo.git('switch', '--quiet', 'main');
  repo.git('merge', '--quiet', '--no-ff', '-m', 'Merge pull request #7 from someone/feature\n\nwith a body', 'feature');
  const merge = repo.git('rev-parse', 'HEAD');
  const squash = repo.commit('Squashed: ä 🐝 "quotes" (#8)');
  return { repo, first, second, inside, merge, squash };
}

describe('the line of a branch', () => {
  test('merges and single commits, newest first, each with what was there before', async () => {
    const { repo, first, second, inside, merge, squash } = branchWithMerge();
    expect(await history(repo.folder, { head: 'main' })).toEqual([
      { commit: squash, parent: merge, parents: [merge], subject: 'Squashed: ä 🐝 "quotes" (#8)', date: expect.stringMatching(/^2026-01-01T00:05:00/), merge: false },
      { commit: merge, parent: second, parents: [second, inside[1]], subject: 'Merge pull request #7 from someone/feature', date: expect.any(String), merge: true },
      { commit: second, parent: first, parents: [first], subject: 'Directly on the branch', date: expect.any(String), merge: false },
    ]);
  });

  test('the last few, and those since a date', async () => {
    const { repo, merge, squash } = branchWithMerge();
    expect((await history(repo.folder, { head: 'main', last: 1 })).map(({ commit }) => commit)).toEqual([squash]);
    expect((await history(repo.folder, { head: 'main', since: '2026-01-01T00:04:00Z' })).map(({ commit }) => commit)).toEqual([squash, merge]);
    expect(await history(repo.folder, { head: 'main', since: '2099-01-01' })).toEqual([]);
    expect(await history(repo.folder, { head: 'main', since: '200 years ago' })).toHaveLength(3);
  });

  test.each(['yesterdya', '', '31.1.2026', '2026-13-45', '--all', 'now; rm'])('%j is no date', async since => {
    const { repo } = branchWithMerge();
    expect((await faultOf(history(repo.folder, { head: 'main', since }))).code).toBe('usage/wrong-value');
  });

  test('faults come to the reader', async () => {
    const { repo } = branchWithMerge();
    expect((await faultOf(history(repo.folder, { head: 'nowhere' }))).code).toBe('usage/no-such-revision');
    expect((await faultOf(history(newFolder(), { head: 'main' }))).code).toBe('usage/no-repository');
  });

  test('a long history is read as it comes, and reading may stop', async () => {
    const repo = newRepository();
    const commits = Array.from({ length: 5000 }, (_, at) => `commit refs/heads/main\ncommitter A <a@example.com> ${1_700_000_000 + at} +0000\ndata ${String(at).length + 2}\nn ${at}\n`).join('');
    repo.gitWith(commits, 'fast-import', '--quiet');
    for await (const commit of firstParentCommits(repo.folder, { head: 'main' })) {
      expect(commit.subject).toBe('n 4999');
      break;
    }
    expect(await history(repo.folder, { head: 'main' })).toHaveLength(4999);
  });

  test('a subject of many megabytes is cut', async () => {
    const repo = newRepository();
    repo.commit('one');
    const tree = repo.git('rev-parse', 'HEAD^{tree}');
    const commit = repo.gitWith('x'.repeat(5_000_000), 'commit-tree', tree, '-p', 'HEAD');
    const [only] = await history(repo.folder, { head: commit });
    expect(only?.subject).toBe('x'.repeat(500));
  });
});

describe('the commits of a change', () => {
  test('those that only the head has, oldest first', async () => {
    const { repo, second, inside, merge } = branchWithMerge();
    expect((await commitsBetween(repo.folder, second, 'feature')).map(({ commit }) => commit)).toEqual(inside);
    expect((await commitsBetween(repo.folder, second, merge)).map(({ commit }) => commit)).toEqual([...inside, merge]);
    expect(await commitsBetween(repo.folder, 'main', 'main')).toEqual([]);
  });

  test('a signature is never checked, whatever the repository asks for', async () => {
    const { repo, second } = branchWithMerge();
    repo.git('config', 'log.showSignature', 'true');
    repo.git('config', 'gpg.program', 'false');
    repo.git('config', 'i18n.logOutputEncoding', 'ISO-8859-1');
    expect((await commitsBetween(repo.folder, second, 'main')).at(-1)?.subject).toBe('Squashed: ä 🐝 "quotes" (#8)');
  });
});
