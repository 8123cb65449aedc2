import { copyFile, mkdtemp, rm, stat, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Change, ChangedFile, Reader, Source } from '../change/change.ts';
import { readDiff } from '../change/diff.ts';
import type { Side } from '../model.ts';
import { Fault } from '../fault.ts';
import { openDisk } from './disk.ts';
import { openObjectStore } from './cat-file.ts';
import { openObjects, type OpenReader } from './objects.ts';
import { portions } from './portions.ts';
import { resolveRevision, workingTreeOf } from './revisions.ts';
import { gitEntries, gitLine, gitOutput, gitPieces, nameOf, runGit, type GitCall } from './run-git.ts';

// With an index at hand, git would take a file from the working tree where it believes that to be the same as its object.
const noIndex = join(dirname(process.execPath), 'no-index-here');

/** What a change to the working tree has for its head. */
export const workingTree = 'working-tree';

/**
 * The change between two revisions: what their trees hold, compared as GitHub compares them. `base` is taken literally.
 * Throws a Fault `usage/no-such-revision`, `usage/no-repository` or `git/failed`.
 */
export async function changeBetween(repo: string, base: string, head: string): Promise<Change> {
  const [from, to] = await Promise.all([resolveRevision(repo, base), resolveRevision(repo, head)]);
  const comparison = { repo, command: ['diff-tree', '-r'], revisions: [from, to], call: { env: { GIT_INDEX_FILE: noIndex } } };
  const files = await compare(comparison, () => openObjects(repo, { base: from, head: to }));
  return { base: from, head: to, files };
}

/**
 * The change from a revision to what is on disk now: tracked files as they are, and untracked ones that git does not ignore.
 * Nothing is written to the repository. Throws a Fault as `changeBetween` does, and `usage/no-working-tree`.
 */
export async function changeInWorkingTree(repo: string, base: string): Promise<Change> {
  const { root } = await workingTreeOf(repo);
  const [from, settings] = await Promise.all([resolveRevision(repo, base), filtersOff(root)]);
  const folder = await mkdtemp(join(tmpdir(), 'once-bitten-'));
  try {
    const env = { GIT_INDEX_FILE: await indexOfEverything(root, folder, settings) };
    const comparison = { repo: root, command: ['diff'], revisions: [from], call: { env, settings } };
    return { base: from, head: workingTree, files: await compare(comparison, () => openDisk(root, { base: from })) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What git is asked to compare. */
type Comparison = { repo: string; command: readonly string[]; revisions: readonly string[]; call?: GitCall };

const asGitHubShowsIt = [
  '--no-color', '--no-ext-diff', '--no-textconv', '-M', '-U3', '--full-index', '--src-prefix=a/', '--dst-prefix=b/',
  '--submodule=short', '--ignore-submodules=dirty',
];

async function compare(comparison: Comparison, openReader: () => Promise<OpenReader>): Promise<ChangedFile[]> {
  const files = await diffOf(comparison).catch(fault => diffOfPresent(comparison, fault));
  if (!files.some(file => file.binary)) return files;
  const reader = await openReader();
  try {
    return await withTrueBinaries(comparison, files, reader);
  } finally {
    await reader.close();
  }
}

async function diffOf({ repo, command, revisions, call }: Comparison, options: readonly string[] = [], paths: readonly string[] = []): Promise<ChangedFile[]> {
  const diff = readDiff();
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  for await (const piece of gitPieces(repo, [...command, '-p', ...asGitHubShowsIt, ...options, ...revisions, '--', ...paths], call)) {
    diff.write(decoder.decode(piece, { stream: true }));
  }
  diff.write(decoder.decode());
  return diff.end();
}

/**
 * The diff without the files whose content this copy of the repository lacks (a partial clone): git refuses the whole diff
 * for one of them. They are part of the change all the same, with unknown hunks.
 */
async function diffOfPresent(comparison: Comparison, fault: unknown): Promise<ChangedFile[]> {
  const touched = await touchedPaths(comparison);
  const absent = await withoutContent(comparison.repo, touched);
  if (absent.length === 0) throw fault;
  const names = absent.map(({ path }) => `:(top,exclude,literal)${path}`);
  const fits = portions(names).length === 1;
  const present = fits ? await diffOf({ ...comparison, command: ['--no-literal-pathspecs', ...comparison.command] }, [], [':(top)', ...names]) : [];
  const unknown = fits ? absent : touched;
  return [...present, ...unknown.map(unknownFile)].sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** One line of `--raw`: what git knows of a change without opening a file. */
type Touched = { path: string; status: string; baseMode: string; headMode: string; hashes: string[] };

async function touchedPaths({ repo, command, revisions, call }: Comparison): Promise<Touched[]> {
  const entries = await gitEntries(repo, [...command, '--raw', '-z', '--no-renames', '--no-abbrev', '--ignore-submodules=dirty', ...revisions, '--'], call);
  return entries.flatMap((fields, at) => {
    if (!fields.startsWith(':') || at % 2 === 1) return [];
    const [baseMode, headMode, base, head, status] = fields.slice(1).split(' ');
    return [{ path: nameOf(entries[at + 1]!), status: status!, baseMode: baseMode!, headMode: headMode!, hashes: [base!, head!] }];
  });
}

async function withoutContent(repo: string, touched: Touched[]): Promise<Touched[]> {
  const store = openObjectStore(repo);
  try {
    const isHere = async (hash: string) => /^0+$/.test(hash) || (await store.header(hash)) !== undefined;
    const here = await Promise.all(touched.map(async ({ baseMode, headMode, hashes }) => {
      // A submodule's commit is never here, and a diff does not need it.
      const needed = hashes.filter((_, side) => [baseMode, headMode][side] !== '160000');
      return (await Promise.all(needed.map(isHere))).every(Boolean);
    }));
    return touched.filter((_, at) => !here[at]);
  } finally {
    await store.close();
  }
}

function unknownFile({ path, status, baseMode, headMode }: Touched): ChangedFile {
  const word = status === 'A' ? 'added' : status === 'D' ? 'deleted' : 'modified';
  const file: ChangedFile = { path, status: word, binary: false, hunks: [], hunksKnown: false };
  if (word !== 'added') file.basePath = path;
  const mode = word === 'deleted' ? baseMode : headMode;
  if (mode === '120000') file.special = 'symlink';
  if (mode === '160000') file.special = 'submodule';
  return file;
}

/**
 * Git also calls binary what .gitattributes calls so, and a line there would otherwise hide any file from review. So a file is
 * binary here when its own content at the head (at the base, when it was deleted) is.
 */
async function withTrueBinaries(comparison: Comparison, files: ChangedFile[], reader: Reader): Promise<ChangedFile[]> {
  const judged = await judgeBinaries(reader, files.filter(file => file.binary));
  const texts = [...judged].flatMap(([file, verdict]) => (verdict === 'text' ? [file] : []));
  const asText = new Map<string, ChangedFile>();
  for (const paths of portions(texts.flatMap(file => [file.path, ...(file.basePath === undefined || file.basePath === file.path ? [] : [file.basePath])]))) {
    for (const file of await diffOf(comparison, ['--text'], paths)) asText.set(file.path, file);
  }
  return files.map(file => {
    const verdict = judged.get(file);
    if (verdict === undefined || verdict === 'binary') return file;
    const text = verdict === 'text' ? asText.get(file.path) : undefined;
    return text && text.basePath === file.basePath ? text : { ...file, binary: false, hunks: [], hunksKnown: false };
  });
}

/** `unknown` is text that cannot be compared with its base, and what cannot be read at all. */
type Verdict = 'binary' | 'text' | 'unknown';

async function judgeBinaries(reader: Reader, files: ChangedFile[]): Promise<Map<ChangedFile, Verdict>> {
  const pathOn = (side: Side, file: ChangedFile) => (side === 'base' ? file.basePath : file.status === 'deleted' ? undefined : file.path);
  const read = (side: Side) => reader.read(side, files.flatMap(file => pathOn(side, file) ?? []));
  const [base, head] = await Promise.all([read('base'), read('head')]);
  return new Map(files.map(file => {
    const before = base.get(pathOn('base', file) ?? '');
    const after = head.get(pathOn('head', file) ?? '');
    return [file, file.status === 'deleted' ? verdictOf(before, undefined) : verdictOf(after, before)];
  }));
}

/** What is too large to be read is left with git's word for it: it would not be reviewed either way. */
function verdictOf(source: Source | undefined, other: Source | undefined): Verdict {
  if (!source) return 'binary';
  if ('text' in source) return !other || 'text' in other ? 'text' : 'unknown';
  return source.unread === 'unreadable' ? 'unknown' : 'binary';
}

/**
 * Switches off the programs that the user's settings would run over a working file before it is compared: attributes of the
 * pull request choose among them.
 */
async function filtersOff(root: string): Promise<string[]> {
  const found = await runGit(root, ['config', '-z', '--name-only', '--get-regexp', '^filter\\..*\\.(clean|smudge|process|required)$']);
  const names = found.stdout.toString('utf8').split('\0').filter(name => name !== '');
  return [...new Set(names)].map(name => {
    // Such a name cannot be given another value on a command line.
    if (name.includes('=')) throw new Fault('git/failed', { message: `The setting "${name}" runs a program over working files and cannot be switched off.`, hint: 'Rename this filter.' });
    return name.endsWith('.required') ? `${name}=false` : `${name}=`;
  });
}

/**
 * A copy of the index in which untracked files stand as well, so that one diff sees everything on disk, renames among it.
 * Files in conflict stand in it as they are on disk. The repository's own index is left as it is.
 */
async function indexOfEverything(root: string, folder: string, settings: readonly string[]): Promise<string> {
  const index = join(folder, 'index');
  const listed = (what: string) => gitEntries(root, ['ls-files', '-z', what, '--exclude-standard']);
  const [untracked, unmerged] = await Promise.all([listed('--others'), listed('--unmerged'), copyIndex(root, index)]);
  const inConflict = unmerged.map(entry => entry.slice(entry.indexOf('\t') + 1));
  // A name that ends with a slash is another repository inside this one: none of this one's files.
  const names = [...untracked.filter(name => !name.endsWith('/')), ...new Set(inConflict)];
  if (names.length === 0) return index;
  const format = await gitLine(root, ['rev-parse', '--show-object-format']);
  const hash = '1'.repeat(format === 'sha256' ? 64 : 40);
  // The hash is of no object. Git never looks for it: the entry has no time of change, so the file on disk is read instead.
  const entries = names.map(name => `100644 ${hash} 0\t${name}\0`).join('');
  const call = { input: Buffer.from(entries, 'latin1'), env: { GIT_INDEX_FILE: index }, settings };
  await gitOutput(root, ['update-index', '--add', '--replace', '-z', '--index-info'], call);
  return index;
}

async function copyIndex(root: string, copy: string): Promise<void> {
  const own = resolve(root, await gitLine(root, ['rev-parse', '--git-path', 'index']));
  try {
    await copyFile(own, copy);
    // Git looks again into files as young as its index. A copy that were younger would hide an edit of the same second.
    const { mtimeMs } = await stat(own);
    await utimes(copy, Math.floor(mtimeMs / 1000), Math.floor(mtimeMs / 1000));
  } catch (error) {
    // A repository has no index before its first `git add`.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
