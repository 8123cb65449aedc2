import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { createGunzip } from 'node:zlib';
import { extract, type Header } from 'tar-stream';
import { largestFile, type Mentions, type Search, type Source } from '../change/change.ts';
import { sourceOfBytes } from './blob.ts';
import type { Client, Repository } from './client.ts';

/** All files of one commit, as one archive told them. */
export type Archive = {
  /** What stands at a path; `ask` where the archive cannot tell. */
  source(path: string): Source | undefined | 'ask';
  /** The names directly inside a folder, as a reader lists them; `ask` where the archive cannot tell. */
  names(folder: string): string[] | undefined | 'ask';
  search(search: Search): Mentions;
};

/** How much of an archive is read. What lies beyond was not searched, and that is said. */
export type Bounds = { packed: number; unpacked: number; kept: number; entries: number; milliseconds: number };

export const usualBounds: Bounds = { packed: 256 * 1024 * 1024, unpacked: 2 * 1024 * 1024 * 1024, kept: 160 * 1024 * 1024, entries: 300_000, milliseconds: 45_000 };

/**
 * Downloads the archive of a commit and reads it as it comes in: one request, nothing on disk, and in memory only the texts that
 * are wanted. Undefined where GitHub does not give it.
 * @param keeps whether a file's text may be asked for; of all others only the path is kept.
 */
export async function downloadArchive(client: Client, repository: Repository, commit: string, keeps: (path: string) => boolean, bounds: Bounds = usualBounds): Promise<Archive | undefined> {
  try {
    // https://docs.github.com/rest/repos/contents#download-a-repository-archive-tar
    const { data } = await client.rest.repos.downloadTarballArchive({ ...repository, ref: commit, request: { parseSuccessResponseBody: false } });
    return await readArchive(Readable.fromWeb(data as ReadableStream<Uint8Array>), keeps, bounds);
  } catch {
    // Here: nothing of it, or not a single entry. Callers are then not searched, and the review says so.
    return undefined;
  }
}

type Kept = Buffer | 'too-large' | 'symlink' | 'unkept';

/** Reads a packed archive whose files lie in one folder, as GitHub makes them. Throws where it is none. */
export async function readArchive(packed: Readable, keeps: (path: string) => boolean, bounds: Bounds): Promise<Archive> {
  const files = new Map<string, Kept>();
  const folders = new Set<string>();
  const left = { ...bounds };
  let isWhole = true;
  let isAltered = false;
  const entries = extract();
  const flow = pipeline(packed, atMost(bounds.packed), createGunzip(), atMost(bounds.unpacked), entries);
  const timer = setTimeout(() => packed.destroy(new Error('the archive takes too long')), bounds.milliseconds);
  flow.catch(() => undefined);
  try {
    for await (const entry of entries) {
      const { header } = entry;
      const path = pathIn(header);
      if (path === '') {
        entry.resume();
        continue;
      }
      if ((left.entries -= 1) < 0) throw new Error('the archive holds more files than are looked through');
      if (header.type === 'directory') folders.add(path);
      else if (header.type === 'symlink') files.set(path, 'symlink');
      else if ((header.size ?? 0) > largestFile) files.set(path, 'too-large');
      else {
        const isAttributes = path === '.gitattributes' || path.endsWith('/.gitattributes');
        const bytes = isAttributes || (keeps(path) && left.kept >= (header.size ?? 0)) ? await bytesOf(entry) : undefined;
        if (bytes && isAttributes) isAltered ||= alters.test(bytes.toString('latin1'));
        else if (bytes) left.kept -= bytes.length;
        else if (keeps(path)) isWhole = false;
        files.set(path, bytes ?? 'unkept');
      }
      entry.resume();
    }
    await flow;
  } catch (error) {
    if (files.size === 0) throw error;
    isWhole = false;
  } finally {
    clearTimeout(timer);
    packed.destroy();
  }
  return archiveOf(files, folders, isWhole, isAltered);
}

/** Hands on what comes in, up to so many bytes. */
function atMost(bytes: number): (pieces: AsyncIterable<Buffer>) => AsyncGenerator<Buffer> {
  return async function* (pieces) {
    let left = bytes;
    for await (const piece of pieces) {
      if ((left -= piece.length) < 0) throw new Error('the archive is larger than what is read of one');
      yield piece;
    }
  };
}

/** Attributes that let an archive differ from the commit: files left out, texts filled in or written otherwise. */
const alters = /\bexport-(?:ignore|subst)\b|\beol=crlf\b|\bident\b|\bworking-tree-encoding\b|\bfilter=/;

/** The path without the folder that GitHub puts around everything. */
function pathIn({ name }: Header): string {
  const start = name.indexOf('/');
  return start < 0 ? '' : name.slice(start + 1).replace(/\/$/, '');
}

async function bytesOf(entry: AsyncIterable<unknown>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of entry) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

function archiveOf(files: ReadonlyMap<string, Kept>, folders: ReadonlySet<string>, isWhole: boolean, isAltered: boolean): Archive {
  // What is missing from an archive is missing from the commit only when nothing was left out.
  const isTree = isWhole && !isAltered;
  let inFolders: Map<string, Set<string>> | undefined;
  return {
    source(path) {
      const kept = files.get(path);
      if (kept === undefined) return isTree && !folders.has(path) ? undefined : 'ask';
      if (kept === 'unkept' || isAltered) return 'ask';
      return typeof kept === 'string' ? { unread: kept } : sourceOfBytes(kept);
    },
    names(folder) {
      if (!isTree) return 'ask';
      inFolders ??= namesByFolder(files.keys(), folders);
      const names = inFolders.get(folder);
      // An empty folder is a submodule's place.
      return names ? [...names].sort() : folders.has(folder) ? 'ask' : undefined;
    },
    search({ words, endings }) {
      const found = new Map<string, ReadonlySet<string>>();
      for (const [path, kept] of files) {
        const name = path.toLowerCase();
        if (typeof kept === 'string' || !endings.some((ending) => name.endsWith(`.${ending}`))) continue;
        const said = words.filter((word) => mentions(kept, word));
        if (said.length > 0) found.set(path, new Set(said));
      }
      return { files: found, isWhole };
    },
  };
}

function namesByFolder(paths: Iterable<string>, folders: Iterable<string>): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const add = (path: string, name: string): void => {
    const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    const names = found.get(folder);
    if (names) names.add(name);
    else found.set(folder, new Set([name]));
  };
  for (const path of paths) add(path, path.slice(path.lastIndexOf('/') + 1));
  for (const path of folders) add(path, `${path.slice(path.lastIndexOf('/') + 1)}/`);
  return found;
}

/** True when a text holds a word that is not a part of a longer one, as `git grep --word-regexp` tells it. */
function mentions(text: Buffer, word: string): boolean {
  const bytes = Buffer.from(word, 'utf8');
  for (let at = text.indexOf(bytes); at >= 0; at = text.indexOf(bytes, at + 1)) {
    if (!isWordByte(text[at - 1]) && !isWordByte(text[at + bytes.length])) return true;
  }
  return false;
}

function isWordByte(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  return (byte >= 48 && byte <= 57) || (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122) || byte === 95;
}
