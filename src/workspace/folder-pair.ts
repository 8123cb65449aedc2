import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { Change, ChangedFile, Reader, Source } from '../change/change.ts';
import { diffLines } from '../change/line-diff.ts';
import type { Side } from '../model.ts';
import { sourceOf } from './source.ts';

/** A change that lies in two folders, before and after it, and a reader of both. It needs no git; every file is read at once. */
export async function openFolderPair(base: string, head: string): Promise<{ change: Change; reader: Reader }> {
  const sides: Record<Side, Map<string, Kept>> = { base: await filesIn(base), head: await filesIn(head) };
  const paths = [...new Set([...sides.base.keys(), ...sides.head.keys()])].sort();
  const files = paths.flatMap((path) => changedFile(path, sides.base.get(path), sides.head.get(path)) ?? []);
  const reader: Reader = {
    read: async (side, asked) => new Map(asked.flatMap((path) => (sides[side].has(path) ? [[path, sides[side].get(path)!.source] as const] : []))),
    list: async (side, folders) => new Map(folders.flatMap((folder) => {
      const names = namesIn(folder, sides[side]);
      return names.length > 0 ? [[folder, names] as const] : [];
    })),
  };
  return { change: { base: 'base', head: 'head', files }, reader };
}

type Kept = { bytes: Buffer; source: Source };

async function filesIn(folder: string): Promise<Map<string, Kept>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).sort();
  return new Map(await Promise.all(files.map(async (file) => {
    const bytes = await readFile(file);
    return [file.slice(folder.length + 1).split(sep).join('/'), { bytes, source: sourceOf(bytes) }] as const;
  })));
}

function changedFile(path: string, before: Kept | undefined, after: Kept | undefined): ChangedFile | undefined {
  if (before && after && before.bytes.equals(after.bytes)) return undefined;
  const [was, is] = [before, after].map((kept) => (kept === undefined ? '' : 'text' in kept.source ? kept.source.text : undefined));
  const status = before ? (after ? 'modified' : 'deleted') : 'added';
  const known = was !== undefined && is !== undefined;
  return { path, ...(before && { basePath: path }), status, binary: !known, hunks: known ? diffLines(was, is) : [], hunksKnown: known };
}

function namesIn(folder: string, files: ReadonlyMap<string, Kept>): string[] {
  const prefix = folder === '' ? '' : `${folder}/`;
  const names = [...files.keys()].filter((path) => path.startsWith(prefix)).map((path) => path.slice(prefix.length).replace(/\/.*/s, '/'));
  return [...new Set(names)].sort();
}
