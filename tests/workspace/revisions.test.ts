import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { defaultBranch, findRepository, mergeBase, resolveRevision, workingTreeOf } from '../../src/workspace/git.ts';
import { faultOf, newFolder, newRepository } from './repository.ts';

describe('revisions', () => {
  test('branches, tags, short hashes and relatives of them are commits', async () => {
    const repo = newRepository();
    const first = repo.commit('one');
    const second = repo.commit('two');
    repo.git('tag', '-a', 'v1', '-m', 'a tag is an object of its own', first);
    expect(await resolveRevision(repo.folder, 'main')).toBe(second);
    expect(await resolveRevision(repo.folder, 'v1')).toBe(first);
    expect(await resolveRevision(repo.folder, 'HEAD~1')).toBe(first);
    expect(await resolveRevision(repo.folder, second.slice(0, 10))).toBe(second);
  });

  test.each(['nowhere', '', '--help', '-h', '--output=/tmp/x', 'main..main', 'HEAD:a.ts', 'a\nb', 'a\0b', '0'.repeat(40), '4b825dc642cb6eb9a060e54bf8d69288fbee4904'])(
    '%j is none',
    async revision => {
      const repo = newRepository();
      repo.write('a.ts', 'x');
      repo.commit();
      expect((await faultOf(resolveRevision(repo.folder, revision))).code).toBe('usage/no-such-revision');
    },
  );

  test('a branch that only the remote has is named', async () => {
    const repo = newRepository();
    repo.git('update-ref', 'refs/remotes/origin/develop', repo.commit());
    expect((await faultOf(resolveRevision(repo.folder, 'develop'))).hint).toContain('"origin/develop"');
  });

  test('a clone without its history says how to get it', async () => {
    const origin = newRepository();
    const first = origin.commit('one');
    origin.commit('two');
    const clone = newRepository();
    clone.git('fetch', '--quiet', '--depth=1', `file://${origin.folder}`, 'main:main', '--update-head-ok');
    expect((await faultOf(resolveRevision(clone.folder, first))).hint).toContain('--unshallow');
  });
});

describe('repositories', () => {
  test('a folder inside one leads to it', async () => {
    const repo = newRepository();
    mkdirSync(join(repo.folder, 'a/b'), { recursive: true });
    expect(await findRepository(join(repo.folder, 'a/b'))).toEqual({ gitFolder: join(repo.folder, '.git'), root: repo.folder });
  });

  test('a bare one has no working tree', async () => {
    const repo = newRepository('--bare');
    expect(await findRepository(repo.folder)).toEqual({ gitFolder: repo.folder });
    expect(await faultOf(workingTreeOf(repo.folder))).toMatchObject({ code: 'usage/no-working-tree', hint: expect.stringContaining('--head') });
    expect(await faultOf(workingTreeOf(repo.folder, 'Name another.'))).toMatchObject({ code: 'usage/no-working-tree', hint: 'Name another.' });
  });

  test('one without a commit says so', async () => {
    const repo = newRepository();
    const faults = await Promise.all([defaultBranch(repo.folder), resolveRevision(repo.folder, 'HEAD')].map(faultOf));
    for (const fault of faults) expect(fault).toMatchObject({ code: 'usage/no-such-revision', hint: expect.stringContaining('no commit yet') });
  });

  test('other folders, and folders that are not there, are faults', async () => {
    const folder = newFolder();
    expect((await faultOf(findRepository(folder))).code).toBe('usage/no-repository');
    expect((await faultOf(resolveRevision(folder, 'main'))).code).toBe('usage/no-repository');
    expect((await faultOf(resolveRevision(join(folder, 'missing'), 'main'))).code).toBe('usage/no-repository');
  });

  test('variables that point git elsewhere are not followed', async () => {
    const [repo, other] = [newRepository(), newRepository()];
    const commit = repo.commit('mine');
    other.commit('other');
    const before = process.env.GIT_DIR;
    process.env.GIT_DIR = join(other.folder, '.git');
    try {
      expect(await resolveRevision(repo.folder, 'main')).toBe(commit);
    } finally {
      if (before === undefined) delete process.env.GIT_DIR;
      else process.env.GIT_DIR = before;
    }
  });
});

describe('where a change starts', () => {
  test('the merge base is the last commit both have', async () => {
    const repo = newRepository();
    const fork = repo.commit('fork');
    repo.git('branch', 'feature');
    repo.commit('main goes on');
    repo.git('switch', '--quiet', 'feature');
    repo.commit('the feature');
    expect(await mergeBase(repo.folder, 'main', 'feature')).toBe(fork);
  });

  test('histories that never met are a fault', async () => {
    const repo = newRepository();
    repo.commit('here');
    repo.git('checkout', '--quiet', '--orphan', 'stranger');
    repo.commit('there');
    expect(await faultOf(mergeBase(repo.folder, 'main', 'stranger'))).toMatchObject({ code: 'usage/no-such-revision', hint: expect.stringContaining('--base') });
  });

  test('the default branch: what origin says, before main, before master', async () => {
    const repo = newRepository();
    const commit = repo.commit();
    repo.git('branch', 'master');
    expect(await defaultBranch(repo.folder)).toBe('refs/heads/main');
    repo.git('branch', '--move', 'main', 'topic');
    expect(await defaultBranch(repo.folder)).toBe('refs/heads/master');
    repo.git('update-ref', 'refs/remotes/origin/develop', commit);
    repo.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/develop');
    expect(await defaultBranch(repo.folder)).toBe('refs/remotes/origin/develop');
  });

  test('the default branch: an origin/HEAD that leads nowhere is passed over, and so is a missing local branch', async () => {
    const repo = newRepository();
    const commit = repo.commit();
    repo.git('branch', '--move', 'main', 'topic');
    repo.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/gone');
    repo.git('update-ref', 'refs/remotes/origin/main', commit);
    expect(await defaultBranch(repo.folder)).toBe('refs/remotes/origin/main');
  });

  test('the default branch: the user’s own name for it, and the HEAD of a bare repository', async () => {
    const repo = newRepository();
    repo.commit();
    repo.git('branch', '--move', 'main', 'trunk');
    repo.git('config', 'init.defaultBranch', 'trunk');
    expect(await defaultBranch(repo.folder)).toBe('refs/heads/trunk');
    repo.git('config', '--unset', 'init.defaultBranch');
    repo.git('config', 'core.bare', 'true');
    expect(await defaultBranch(join(repo.folder, '.git'))).toBe('refs/heads/trunk');
  });

  test('the default branch: none of them is a fault that says what to do', async () => {
    const repo = newRepository();
    repo.git('config', 'init.defaultBranch', '');
    repo.commit();
    repo.git('branch', '--move', 'main', 'topic');
    expect(await faultOf(defaultBranch(repo.folder))).toMatchObject({ code: 'usage/no-such-revision', hint: expect.stringContaining('--base') });
  });
});
