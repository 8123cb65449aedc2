import { resolve } from 'node:path';
import { Fault } from '../fault.ts';
import { gitEntries, gitFault, gitLine, nameOf, runGit } from './run-git.ts';

/** A repository on this machine. Both folders are absolute. */
export type Repository = {
  gitFolder: string;
  /** The working tree's root; absent in a bare repository. */
  root?: string;
};

/** The repository that this folder is, or lies in. Throws a Fault `usage/no-repository`. */
export async function findRepository(repo: string): Promise<Repository> {
  const args = ['rev-parse', '--absolute-git-dir', '--show-toplevel'];
  const found = await runGit(repo, args);
  const [gitFolder, root] = found.stdout.toString('utf8').split('\n');
  if (!gitFolder) throw gitFault(repo, args, found);
  // Of a bare repository git tells the folder, and then fails.
  return found.code === 0 && root ? { gitFolder, root: resolve(root) } : { gitFolder };
}

/** The repository's working tree. Throws a Fault `usage/no-working-tree` for a bare repository, with the next step for who asks. */
export async function workingTreeOf(repo: string, hint = 'Name the revision to read with --head.'): Promise<Repository & { root: string }> {
  const { gitFolder, root } = await findRepository(repo);
  if (root !== undefined) return { gitFolder, root };
  throw new Fault('usage/no-working-tree', {
    message: `"${repo}" is a bare repository: it has no working tree.`,
    hint,
  });
}

/** Commits that git has named, by repository. A review asks about the same few again and again, a replay about each of a long list. */
const namedCommits = new Map<string, Set<string>>();

/** Keeps that this full hash, which git itself has just given, is a commit of the repository. */
export function rememberCommit(repo: string, hash: string): string {
  const named = namedCommits.get(repo) ?? new Set();
  namedCommits.set(repo, named.add(hash));
  return hash;
}

/** The full hash of the commit that a revision names. Throws a Fault `usage/no-such-revision`. */
export async function resolveRevision(repo: string, revision: string): Promise<string> {
  if (namedCommits.get(repo)?.has(revision)) return revision;
  if (revision === '' || revision.startsWith('-') || /[\0\n]/.test(revision)) throw noSuchRevision(revision, 'A revision is a branch, a tag, or a commit.');
  const found = await runGit(repo, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]);
  if (found.code === 0) return rememberCommit(repo, found.stdout.toString('utf8').trim());
  // Here: git knows no such commit, or is no repository at all; asking for the repository throws in that case.
  await findRepository(repo);
  throw noSuchRevision(revision, await whereElse(repo, revision));
}

function noSuchRevision(revision: string, hint: string): Fault {
  return new Fault('usage/no-such-revision', { message: `git knows no revision "${revision}" here.`, hint });
}

/** A next step for a revision that is not here. */
async function whereElse(repo: string, revision: string): Promise<string> {
  if (await isWithoutCommit(repo)) return nothingCommitted;
  const remote = await gitEntries(repo, ['for-each-ref', '--format=%(refname:short)%00', `refs/remotes/*/${revision}`]).catch(() => []);
  if (remote[0]) return `did you mean "${nameOf(remote[0])}"?`;
  if (await isShallow(repo)) return 'This clone holds only the newest commits. Fetch the others: git fetch --unshallow (with actions/checkout: fetch-depth: 0).';
  return 'Its branches and tags: git branch --all, git tag.';
}

const nothingCommitted = 'This repository has no commit yet, and so no change. The command scan looks through the files as they are.';

async function isWithoutCommit(repo: string): Promise<boolean> {
  const newest = await runGit(repo, ['rev-list', '--all', '--max-count=1']);
  return newest.code === 0 && newest.stdout.length === 0;
}

async function isShallow(repo: string): Promise<boolean> {
  return (await gitLine(repo, ['rev-parse', '--is-shallow-repository'])) === 'true';
}

/** The best common ancestor of two revisions. Throws a Fault `usage/no-such-revision` when they have none. */
export async function mergeBase(repo: string, one: string, other: string): Promise<string> {
  const [a, b] = [await resolveRevision(repo, one), await resolveRevision(repo, other)];
  const args = ['merge-base', a, b];
  const found = await runGit(repo, args);
  if (found.code === 0) return rememberCommit(repo, found.stdout.toString('utf8').trim());
  if (found.code !== 1) throw gitFault(repo, args, found);
  throw new Fault('usage/no-such-revision', {
    message: `"${one}" and "${other}" have no common ancestor here.`,
    hint: (await isShallow(repo)) ? 'This clone holds only the newest commits: git fetch --unshallow.' : 'Name where the change starts with --base.',
  });
}

/**
 * The full name of the branch that changes go to: what `origin` says, what a bare repository's HEAD says, `main`, `master`,
 * or the user's own `init.defaultBranch`. Throws a Fault `usage/no-such-revision` when there is none of them.
 */
export async function defaultBranch(repo: string): Promise<string> {
  const { root } = await findRepository(repo);
  const configured = (await runGit(repo, ['config', '--get', 'init.defaultBranch'])).stdout.toString('utf8').trim();
  const said = [await branchBehind(repo, 'refs/remotes/origin/HEAD'), root === undefined ? await branchBehind(repo, 'HEAD') : undefined];
  const usual = ['main', 'master', configured].filter(name => name !== '').flatMap(name => [`refs/heads/${name}`, `refs/remotes/origin/${name}`]);
  for (const branch of [...said, ...usual]) {
    if (branch !== undefined && (await isReference(repo, branch))) return branch;
  }
  if (await isWithoutCommit(repo)) throw new Fault('usage/no-such-revision', { message: 'There is no branch here that changes go to.', hint: nothingCommitted });
  throw new Fault('usage/no-such-revision', {
    message: 'This repository does not say which branch changes go to: it has neither origin/HEAD, main nor master.',
    hint: 'Name where the change starts with --base, or once for all: git remote set-head origin --auto.',
  });
}

async function branchBehind(repo: string, name: string): Promise<string | undefined> {
  const found = await runGit(repo, ['symbolic-ref', '--quiet', name]);
  return found.code === 0 ? found.stdout.toString('utf8').trim() : undefined;
}

async function isReference(repo: string, name: string): Promise<boolean> {
  return (await runGit(repo, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`])).code === 0;
}
