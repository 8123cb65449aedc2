import { lstat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { Fault } from '../fault.ts';
import { resolveRevision, workingTreeOf } from './revisions.ts';
import { gitEntries, nameOf } from './run-git.ts';

/**
 * The files at these paths, relative to the repository and in the order of their names: of a revision, or (without one) of
 * the working tree, where what git ignores is left out. A path is a literal file or folder, never a pattern; without paths,
 * or with `.`, it is the whole repository. Links and submodules are named too: reading them says what they are.
 * Throws a Fault `usage/no-such-path` for a path that is not there.
 */
export async function scanFiles(repo: string, head: string | undefined, paths: readonly string[] = []): Promise<string[]> {
  const wanted = paths.map(plainPath);
  const files = head === undefined ? await filesOnDisk(repo) : await filesOfRevision(repo, head);
  const found = new Set<string>();
  for (const [at, path] of wanted.entries()) {
    const inside = filesAt(files, path);
    if (inside.length === 0 && path !== '') throw await noSuchPath(repo, head, paths[at]!, path);
    for (const file of inside) found.add(file);
  }
  return wanted.length === 0 ? files : [...found].sort();
}

/** The path as git writes it: no `./` before it, no slash after it, '' for the repository itself. */
function plainPath(path: string): string {
  const slashed = sep === '\\' ? path.replaceAll('\\', '/') : path;
  return slashed.split('/').filter((name, at) => name !== '.' && (name !== '' || at === 0)).join('/');
}

/** The files that are this path, or lie in it. */
function filesAt(files: readonly string[], path: string): readonly string[] {
  if (path === '') return files;
  return files.filter(file => file === path || file.startsWith(`${path}/`));
}

async function filesOfRevision(repo: string, head: string): Promise<string[]> {
  const commit = await resolveRevision(repo, head);
  return (await gitEntries(repo, ['ls-tree', '-r', '-z', '--name-only', '--full-tree', commit])).map(nameOf).sort();
}

async function filesOnDisk(repo: string): Promise<string[]> {
  const { root } = await workingTreeOf(repo);
  const listed = (...what: string[]) => gitEntries(root, ['ls-files', '-z', ...what]);
  const [there, deleted] = await Promise.all([listed('--cached', '--others', '--exclude-standard'), listed('--deleted')]);
  const gone = new Set(deleted);
  // A name that ends with a slash is another repository inside this one.
  return [...new Set(there)].filter(name => !gone.has(name) && !name.endsWith('/')).map(nameOf).sort();
}

async function noSuchPath(repo: string, head: string | undefined, asked: string, path: string): Promise<Fault> {
  const message = head === undefined ? `"${asked}" is not in the working tree.` : `"${asked}" is not in ${head}.`;
  return new Fault('usage/no-such-path', { message, hint: await whereToLook(repo, head, path) });
}

async function whereToLook(repo: string, head: string | undefined, path: string): Promise<string> {
  if (path.startsWith('/') || path.split('/').includes('..')) return 'A path is relative to the root of the repository.';
  if (head === undefined && (await isOnDisk(repo, path))) return 'It is on disk, but git ignores it, or it holds no files.';
  if (/[*?[]/.test(path)) return 'A path is taken literally, never as a pattern. Name a folder to scan everything in it.';
  return 'Paths are relative to the root of the repository, with the letters as git has them.';
}

async function isOnDisk(repo: string, path: string): Promise<boolean> {
  const { root } = await workingTreeOf(repo);
  return lstat(join(root, path)).then(() => true, () => false);
}
