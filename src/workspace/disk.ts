import { constants } from 'node:fs';
import { lstat, open, readdir, realpath, type FileHandle } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { largestFile, type Source } from '../change/change.ts';
import { isRepositoryPath } from '../change/path.ts';
import { openObjects, type OpenReader } from './objects.ts';
import { workingTreeOf } from './revisions.ts';
import { bytesOf, gitEntries, gitFault, runGit } from './run-git.ts';
import { searchWithGit } from './search.ts';
import { sourceOf } from './source.ts';

/**
 * Reads the head from the working tree and the base from git objects. What git ignores is not there, just as it is not in a
 * revision. No link is followed. Throws a Fault `usage/no-such-revision`, `usage/no-repository` or `usage/no-working-tree`.
 */
export async function openDisk(repo: string, { base }: { base?: string } = {}): Promise<OpenReader> {
  const { root } = await workingTreeOf(repo);
  const tracked = readIndex(root);
  // It is asked for with the first file; until then a failure is nobody's.
  tracked.catch(() => undefined);
  const objects = await openObjects(root, base === undefined ? {} : { base });
  // One look at each folder is enough: a review takes seconds, and wants one answer throughout.
  const disk: Disk = { root: await realpath(root), looseNames: await isThere(join(root, '.GIT')), folders: new Map(), tracked };
  return {
    read: (side, paths) => (side === 'base' ? objects.read(side, paths) : readFiles(disk, [...new Set(paths)])),
    list: (side, folders) => (side === 'base' ? objects.list(side, folders) : listFolders(disk, [...new Set(folders)])),
    search: search => searchWithGit(root, undefined, search),
    close: () => objects.close(),
  };
}

type Disk = {
  root: string;
  /** The disk takes `a.ts` and `A.ts` for the same name, as it does on macOS and Windows. Git does not. */
  looseNames: boolean;
  folders: Map<string, Promise<boolean>>;
  tracked: Promise<Tracked>;
};

/** So many files are opened at once: beyond it the system may run out of handles. */
const mostOpenFiles = 64;

async function readFiles(disk: Disk, paths: readonly string[]): Promise<Map<string, Source>> {
  const [tracked, found] = await Promise.all([disk.tracked, inTurns(paths, async path => ({ path, kind: await kindAt(disk, path) }))]);
  const there = found.flatMap(({ path, kind }) => (kind === undefined ? [] : [{ path, kind }]));
  const ignored = await ignoredAmong(disk.root, there.flatMap(({ path, kind }) => (kind === 'folder' || isTracked(tracked, path) ? [] : [path])));
  const sources = await inTurns(there, async ({ path, kind }): Promise<Source | undefined> => {
    if (kind === 'folder' && isSubmodule(tracked, path)) return { unread: 'submodule' };
    if (kind === 'folder' || ignored.has(path)) return undefined;
    return kind === 'file' ? readWhole(join(disk.root, path)) : { unread: kind };
  });
  return new Map(there.flatMap(({ path }, at) => (sources[at] ? [[path, sources[at]]] : [])));
}

/** What stands at a path, links not followed; undefined for nothing, and for what git would not track (a pipe, a socket). */
async function kindAt(disk: Disk, path: string): Promise<'file' | 'folder' | 'symlink' | 'unreadable' | undefined> {
  if (!isPathHere(path) || !(await isFolderInside(disk, parentOf(path)))) return undefined;
  const place = join(disk.root, path);
  try {
    const status = await lstat(place);
    if (status.isSymbolicLink()) return 'symlink';
    if (!status.isFile() && !status.isDirectory()) return undefined;
    if (!(await isSpelledSo(disk, path))) return undefined;
    return status.isFile() ? 'file' : 'folder';
  } catch (error) {
    if (!isAbsence(error)) return 'unreadable';
    // A name that is no UTF-8 cannot be opened by what is left of it, so nothing is known of such a file.
    return path.includes('\ufffd') ? 'unreadable' : undefined;
  }
}

/** Windows reads more into a path than git does. */
function isPathHere(path: string): boolean {
  return isRepositoryPath(path) && (sep === '/' || !/[\\:]/.test(path));
}

function parentOf(path: string): string {
  const end = path.lastIndexOf('/');
  return end === -1 ? '' : path.slice(0, end);
}

/** True for a folder of this repository itself: reached without a link, and no other repository's. */
function isFolderInside(disk: Disk, folder: string): Promise<boolean> {
  if (folder === '') return Promise.resolve(true);
  const known = disk.folders.get(folder);
  if (known) return known;
  // What may not be looked at is taken for a folder: whatever is asked of it then turns out unreadable, and not absent.
  const answer = looksInside(disk, folder).catch((error: unknown) => !isAbsence(error));
  disk.folders.set(folder, answer);
  return answer;
}

async function looksInside(disk: Disk, folder: string): Promise<boolean> {
  if (!(await isFolderInside(disk, parentOf(folder)))) return false;
  const place = join(disk.root, folder);
  const [status, isRepository] = await Promise.all([lstat(place), isThere(join(place, '.git'))]);
  // A link is no directory here: each folder on the way was looked at like this, so the place is where it says it is.
  return status.isDirectory() && !isRepository && isSpelledSo(disk, folder);
}

/** True when these are the letters as they stand on disk, also where the disk takes others for the same. */
async function isSpelledSo(disk: Disk, path: string): Promise<boolean> {
  if (!disk.looseNames) return true;
  return (await realpath(join(disk.root, path))).normalize() === join(disk.root, path).normalize();
}

async function isThere(place: string): Promise<boolean> {
  return lstat(place).then(() => true, () => false);
}

function isAbsence(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP'].includes((error as NodeJS.ErrnoException).code ?? '');
}

// Neither a link nor a pipe that took the file's place since it was looked at may be opened, or waited for.
const readPlainly = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

async function readWhole(place: string): Promise<Source> {
  let file: FileHandle | undefined;
  try {
    file = await open(place, readPlainly);
    const status = await file.stat();
    if (!status.isFile()) return { unread: 'unreadable' };
    if (status.size > largestFile) return { unread: 'too-large' };
    return sourceOf(await file.readFile());
  } catch {
    return { unread: 'unreadable' };
  } finally {
    await file?.close();
  }
}

async function listFolders(disk: Disk, folders: readonly string[]): Promise<Map<string, string[]>> {
  const [tracked, lists] = await Promise.all([disk.tracked, inTurns(folders, async folder => ({ folder, names: await namesIn(disk, folder) }))]);
  const there = lists.flatMap(({ folder, names }) => (names ? [{ folder, names }] : []));
  const pathIn = (folder: string, name: string) => `${folder === '' ? '' : `${folder}/`}${name}`.replace(/\/$/, '');
  const paths = there.flatMap(({ folder, names }) => names.map(name => pathIn(folder, name)));
  const ignored = await ignoredAmong(disk.root, paths.filter(path => !isTracked(tracked, path)));
  // A folder may be ignored, and some of its files be tracked all the same.
  const isHere = (path: string) => !ignored.has(path) || holdsTracked(tracked, path);
  return new Map(there.map(({ folder, names }) => [folder, names.filter(name => isHere(pathIn(folder, name)))]));
}

async function namesIn(disk: Disk, folder: string): Promise<string[] | undefined> {
  if (folder !== '' && (!isPathHere(folder) || !(await isFolderInside(disk, folder)))) return undefined;
  const entries = await readdir(join(disk.root, folder), { withFileTypes: true }).catch(() => undefined);
  return entries
    ?.filter(entry => entry.name !== '.git' && (entry.isFile() || entry.isDirectory() || entry.isSymbolicLink()))
    .map(entry => (entry.isDirectory() ? `${entry.name}/` : entry.name))
    .sort();
}

/** Which of these paths git ignores. */
async function ignoredAmong(root: string, paths: readonly string[]): Promise<Set<string>> {
  if (paths.length === 0) return new Set();
  // This command takes its paths for pathspecs, and will not hear that they are literal; `./` keeps a colon from being read as magic.
  const args = ['--no-literal-pathspecs', 'check-ignore', '-z', '--stdin'];
  const outcome = await runGit(root, args, { input: paths.map(path => `./${path}\0`).join('') });
  // 1 says that none is ignored.
  if (outcome.code === 0 || outcome.code === 1) return new Set(outcome.stdout.toString('utf8').split('\0').slice(0, -1).map(path => path.slice('./'.length)));
  // Git refuses the whole question for one path inside a submodule (an emptied one, which still stands in the index).
  if (!outcome.stderr.includes('is in submodule')) throw gitFault(root, args, outcome);
  if (paths.length === 1) return new Set(paths);
  const middle = paths.length >> 1;
  const halves = await Promise.all([ignoredAmong(root, paths.slice(0, middle)), ignoredAmong(root, paths.slice(middle))]);
  return new Set(halves.flatMap(half => [...half]));
}

/**
 * What git tracks: the lines of its index, as bytes and in their order, so that a path is found by halving. Read once: most
 * paths then need no further question, however many rounds a review takes.
 */
type Tracked = readonly string[];

function readIndex(root: string): Promise<Tracked> {
  return gitEntries(root, ['ls-files', '-z', '--stage']);
}

function pathOf(line: string): string {
  return line.slice(line.indexOf('\t') + 1);
}

/** The first line whose path is not before this one. */
function lineAt(tracked: Tracked, path: string): string {
  let low = 0;
  let high = tracked.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (pathOf(tracked[middle]!) < path) low = middle + 1;
    else high = middle;
  }
  return tracked[low] ?? '';
}

function isTracked(tracked: Tracked, path: string): boolean {
  const bytes = bytesOf(path);
  return pathOf(lineAt(tracked, bytes)) === bytes;
}

function isSubmodule(tracked: Tracked, path: string): boolean {
  return isTracked(tracked, path) && lineAt(tracked, bytesOf(path)).startsWith('160000 ');
}

function holdsTracked(tracked: Tracked, folder: string): boolean {
  const bytes = `${bytesOf(folder)}/`;
  return pathOf(lineAt(tracked, bytes)).startsWith(bytes);
}

/** Does the work for every item, some at a time, and keeps their order. */
async function inTurns<Item, Result>(items: readonly Item[], work: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results = new Array<Result>(items.length);
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const at = next++;
      results[at] = await work(items[at]!);
    }
  };
  await Promise.all(Array.from({ length: Math.min(mostOpenFiles, items.length) }, worker));
  return results;
}
