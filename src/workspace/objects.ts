import { isRepositoryPath } from '../change/path.ts';
import { largestFile, type Reader, type Source } from '../change/change.ts';
import type { Side } from '../model.ts';
import { openObjectStore, type Objects } from './cat-file.ts';
import { resolveRevision } from './revisions.ts';
import { searchWithGit } from './search.ts';
import { sourceOf } from './source.ts';

/** A reader that holds something open on this machine. */
export type OpenReader = Reader & {
  /** Ends what it holds open. Reading afterwards fails. */
  close(): Promise<void>;
};

/** Which revisions the two sides are. In a scan there is no base, and nothing exists there. */
export type Sides = { base?: string; head?: string };

/** A folder's list above this size is not read. In bytes: several hundred thousand names. */
const largestFolder = 32 * 1024 * 1024;

/**
 * Reads both sides from git objects; a bare repository will do. An object that this copy of the repository lacks, or that is
 * damaged, is `unreadable`. Throws a Fault `usage/no-such-revision` or `usage/no-repository`.
 */
export async function openObjects(repo: string, sides: Sides): Promise<OpenReader> {
  const resolved = (revision: string | undefined) => (revision === undefined ? undefined : resolveRevision(repo, revision));
  const [base, head] = await Promise.all([resolved(sides.base), resolved(sides.head)]);
  const store = openObjectStore(repo);
  return { ...readerOf(repo, store, { base, head }), close: () => store.close() };
}

/** Reads one pair of revisions after the other, all from the same git processes. */
export type History = {
  /** A reader of two commits, each by its full hash. */
  between(base: string, head: string): Reader;
  close(): Promise<void>;
};

/** Opens a repository whose commits are read one after the other, as a replay does. */
export function openHistory(repo: string): History {
  const store = openObjectStore(repo);
  return { between: (base, head) => readerOf(repo, store, { base, head }), close: () => store.close() };
}

function readerOf(repo: string, store: Objects, revisions: Record<Side, string | undefined>): Reader {
  const trees = new Trees(store);
  const entryAt = (side: Side, path: string) => {
    const revision = revisions[side];
    return revision === undefined ? undefined : trees.entryAt(`${revision}^{tree}`, path);
  };
  return {
    read: (side, paths) => answers(paths, async path => sourceAt(store, await entryAt(side, path), path)),
    list: (side, folders) => answers(folders, async folder => namesIn(trees, await entryAt(side, folder))),
    search: async search => (revisions.head === undefined ? undefined : searchWithGit(repo, revisions.head, search)),
  };
}

/** Asks for every key at once, and keeps the answers in the order of the keys. */
async function answers<Answer>(keys: readonly string[], ask: (key: string) => Promise<Answer | undefined>): Promise<Map<string, Answer>> {
  const unique = [...new Set(keys)];
  const found = await Promise.all(unique.map(ask));
  return new Map(unique.flatMap((key, at) => (found[at] === undefined ? [] : [[key, found[at]]])));
}

/** What stands at a path of a tree. A folder whose list cannot be had hides what is below it: that is `lost`. */
type Entry = { kind: 'file' | 'folder' | 'symlink' | 'submodule'; hash: string } | 'lost';

async function sourceAt(store: Objects, entry: Entry | undefined, path: string): Promise<Source | undefined> {
  if (entry === undefined) return undefined;
  if (entry === 'lost') return { unread: 'unreadable' };
  if (entry.kind === 'folder') return undefined;
  // A tree made by hand may hold names that no working tree can.
  if (!isRepositoryPath(path)) return { unread: 'unreadable' };
  if (entry.kind !== 'file') return { unread: entry.kind };
  const header = await store.header(entry.hash);
  if (header?.type !== 'blob') return { unread: 'unreadable' };
  if (header.size > largestFile) return { unread: 'too-large' };
  const found = await store.content(entry.hash, largestFile);
  return found?.content ? sourceOf(found.content) : { unread: 'unreadable' };
}

async function namesIn(trees: Trees, entry: Entry | undefined): Promise<string[] | undefined> {
  if (entry === undefined || entry === 'lost' || entry.kind !== 'folder') return undefined;
  const tree = await trees.open(entry.hash);
  return tree && [...tree].map(([name, { kind }]) => (kind === 'folder' || kind === 'submodule' ? `${name}/` : name)).sort();
}

type Tree = Map<string, Exclude<Entry, 'lost'>>;

/** The folders of both sides, each read once: so a path costs as many small objects as it has folders, whatever the repository's size. */
class Trees {
  readonly #store: Objects;
  readonly #known = new Map<string, Promise<Tree | undefined>>();

  constructor(store: Objects) {
    this.#store = store;
  }

  /** The entry at a path; '' is the root itself. */
  async entryAt(root: string, path: string): Promise<Entry | undefined> {
    let entry: Exclude<Entry, 'lost'> = { kind: 'folder', hash: root };
    for (const name of path === '' ? [] : path.split('/')) {
      if (entry.kind !== 'folder') return undefined;
      const tree: Tree | undefined = await this.open(entry.hash);
      if (!tree) return 'lost';
      const next = tree.get(name);
      if (!next) return undefined;
      entry = next;
    }
    return entry;
  }

  open(hash: string): Promise<Tree | undefined> {
    const known = this.#known.get(hash);
    if (known) return known;
    const tree = this.#read(hash);
    this.#known.set(hash, tree);
    return tree;
  }

  async #read(hash: string): Promise<Tree | undefined> {
    const found = await this.#store.content(hash, largestFolder);
    if (found?.type !== 'tree' || !found.content) return undefined;
    return parseTree(found.content, found.hash.length / 2);
  }
}

/** A tree object is a row of `<mode> <name>NUL<hash>`, the hash in bytes. */
function parseTree(content: Buffer, hashLength: number): Tree {
  const tree: Tree = new Map();
  for (let at = 0; at < content.length; ) {
    const space = content.indexOf(32, at);
    const nul = content.indexOf(0, space);
    if (space === -1 || nul === -1) break;
    const name = content.toString('utf8', space + 1, nul);
    const hash = content.toString('hex', nul + 1, nul + 1 + hashLength);
    // Two names that differ only in bytes which are no UTF-8 read the same: the first is kept.
    if (!tree.has(name)) tree.set(name, { kind: kindOf(content.toString('latin1', at, space)), hash });
    at = nul + 1 + hashLength;
  }
  return tree;
}

function kindOf(mode: string): Exclude<Entry, 'lost'>['kind'] {
  if (mode === '40000' || mode === '040000') return 'folder';
  if (mode === '120000') return 'symlink';
  if (mode === '160000') return 'submodule';
  return 'file';
}
