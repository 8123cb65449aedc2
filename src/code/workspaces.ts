/** The folders in which a workspace keeps its packages. */
import { looseJson, manifestOf } from './manifests.ts';
import type { OpenedFiles } from './opened-files.ts';
import { inFolder } from './paths.ts';

/** More packages than this in one folder of a workspace are not searched. */
const mostPackages = 300;

const workspaces = new WeakMap<OpenedFiles, { folders?: readonly string[]; found: Map<string, string | undefined> }>();

/** The folder of a package of the workspace. Those that bear its name are asked first: mostly no other manifest need be opened. */
export function workspaceFolder(name: string, files: OpenedFiles, isPublished: boolean): string | 'pending' | undefined {
  let known = workspaces.get(files);
  if (!known) workspaces.set(files, (known = { found: new Map() }));
  if (known.found.has(name)) return known.found.get(name);
  const folders = known.folders ?? workspaceFolders(files);
  if (folders === 'pending') return 'pending';
  known.folders = folders;
  const short = name.slice(name.indexOf('/') + 1);
  const namesakes = folders.filter((folder) => folder.slice(folder.lastIndexOf('/') + 1) === short);
  // What bears a version as if it came from outside, and has no folder of its name, does.
  for (const some of isPublished ? [namesakes] : [namesakes, folders]) {
    const folder = some.find((each) => manifestOf(each, files)?.name === name);
    if (folder === undefined && some.some((each) => files.wanted.has(inFolder(each, 'package.json')))) return 'pending';
    if (folder !== undefined) {
      known.found.set(name, folder);
      return folder;
    }
  }
  if (!isPublished) known.found.set(name, undefined);
  return undefined;
}

/** Wishes for the names of the folders in which a workspace keeps its packages: nearly every import of a package asks for them. */
export function wishForPackages(files: OpenedFiles): void {
  workspaceFolders(files);
}

/** All folders in which the workspace may keep a package. */
function workspaceFolders(files: OpenedFiles): readonly string[] | 'pending' {
  const root = manifestOf('', files);
  const pnpm = files.text('pnpm-workspace.yaml');
  const lerna = files.text('lerna.json');
  if (files.wanted.has('package.json') || files.wanted.has('pnpm-workspace.yaml') || files.wanted.has('lerna.json')) return 'pending';
  const globs = [...stringsOf(root?.workspaces), ...(pnpm === undefined ? [] : yamlList(pnpm, 'packages')), ...lernaPackages(lerna)];
  // Others may wait for folders as well: only what is missing here keeps the answer back.
  const misses = files.misses;
  const folders = new Set(globs.flatMap((glob) => expand(glob.replace(/^\.\//, '').replace(/\/$/, ''), files)));
  return files.misses > misses ? 'pending' : [...folders].slice(0, mostPackages);
}

function lernaPackages(text: string | undefined): string[] {
  return text === undefined ? [] : stringsOf((looseJson(text) as { packages?: unknown } | undefined)?.packages);
}

function stringsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.filter((each) => typeof each === 'string');
  if (value && typeof value === 'object' && 'packages' in value) return stringsOf(value.packages);
  return [];
}

/** The items of a top-level list in simple YAML; enough for pnpm-workspace.yaml, which holds nothing else we need. */
function yamlList(text: string, key: string): string[] {
  const items: string[] = [];
  let inside = false;
  for (const line of text.split('\n')) {
    if (/^\S/.test(line)) inside = line.startsWith(`${key}:`);
    const item = inside ? /^\s*-\s*['"]?([^'"#]+?)['"]?\s*(?:#.*)?$/.exec(line) : null;
    if (item) items.push(item[1]!);
  }
  return items;
}

/** The folders that a workspace glob means: `packages/*`, `apps/**`, `tools/cli`. Depth of `**` is bounded. */
function expand(glob: string, files: OpenedFiles): string[] {
  if (glob.startsWith('!') || glob.startsWith('..')) return [];
  let folders = [''];
  for (const part of glob.split('/')) {
    if (part === '**') folders = folders.flatMap((folder) => [folder, ...under(folder, files), ...under(folder, files).flatMap((each) => under(each, files))]);
    else if (part.includes('*')) folders = folders.flatMap((folder) => under(folder, files).filter((each) => partMatches(part, each.slice(each.lastIndexOf('/') + 1))));
    else folders = folders.map((folder) => inFolder(folder, part));
  }
  return folders;
}

function partMatches(part: string, name: string): boolean {
  const star = part.indexOf('*');
  return name.startsWith(part.slice(0, star)) && name.endsWith(part.slice(part.lastIndexOf('*') + 1));
}

function under(folder: string, files: OpenedFiles): string[] {
  return (files.names(folder) ?? []).filter((name) => name.endsWith('/') && name !== 'node_modules/' && !name.startsWith('.')).map((name) => inFolder(folder, name.slice(0, -1)));
}
