/** What a project says about itself: its manifests, and the packages that a file may use. */
import type { OpenedFiles } from './opened-files.ts';
import { folderOf, foldersAbove, inFolder } from './paths.ts';

/** The files about the project that resolving in this file may ask for: worth fetching in the first round. */
export function projectFilesFor(path: string): string[] {
  return foldersAbove(folderOf(path)).flatMap((folder) => projectFiles.map((name) => inFolder(folder, name))).concat(sharedConfig, 'pnpm-workspace.yaml', 'lerna.json');
}
const projectFiles = ['package.json', 'tsconfig.json', 'jsconfig.json'];
/** Where a workspace of Nx keeps its paths; the configurations of its parts extend it. */
export const sharedConfig = 'tsconfig.base.json';

/** True for a file about the project that resolving may ask for: manifests, and configurations with those that they extend. */
export function isProjectFile(path: string): boolean {
  return /(?:^|\/)(?:package|[tj]sconfig(?:\.[\w.-]+)?)\.json$|^(?:pnpm-workspace\.yaml|lerna\.json)$/.test(path);
}

/** True when two texts of one project file say the same as far as resolving and libraries go: other scripts, or a patch of a package, do not count. */
export function saysTheSame(one: string, other: string): boolean {
  if (one === other) return true;
  const [said, before] = [one, other].map((text) => {
    const json = looseJson(text);
    if (!json || typeof json !== 'object') return text;
    const { compilerOptions, extends: from, name, main, module, types, source, exports, imports, workspaces, ...rest } = json as Manifest & { compilerOptions?: { paths?: unknown; baseUrl?: unknown }; extends?: unknown };
    const packages = [rest.dependencies, rest.devDependencies, rest.peerDependencies].map((group) => Object.entries(group ?? {}).map(([each, range]) => `${each} ${majorOf(String(range))}`).sort());
    return JSON.stringify([compilerOptions?.paths, compilerOptions?.baseUrl, from, name, main, module, types, source, exports, imports, workspaces, packages]);
  });
  return said === before;
}

/** `^5.1.2` → `^5`; below one, the second number tells what changed. */
function majorOf(range: string): string {
  return range.replace(/^([^\d]*)(0\.\d+|\d+)[\d.]*$/, '$1$2');
}

/** JSON as TypeScript's configuration files allow it: comments and trailing commas. Undefined when it is not even that. */
export function looseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    // Strings first, so that `//` inside one is no comment.
    const plain = text.replace(/^\uFEFF/, '').replace(/"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (part) => (part.startsWith('"') ? part : ' '));
    try {
      return JSON.parse(plain.replace(/"(?:[^"\\\n]|\\.)*"|,(?=\s*[}\]])/g, (part) => (part === ',' ? '' : part)));
    } catch {
      return undefined;
    }
  }
}

/** The name of the package that a specifier belongs to: `@a/b/c` → `@a/b`. */
export function packageName(specifier: string): string {
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0]!;
}

export type Manifest = {
  name?: string;
  main?: unknown;
  module?: unknown;
  types?: unknown;
  source?: unknown;
  exports?: unknown;
  imports?: unknown;
  workspaces?: unknown;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
};

const manifests = new WeakMap<OpenedFiles, Map<string, Manifest | undefined>>();

/** A folder's package.json; undefined when there is none (or it is still wanted). */
export function manifestOf(folder: string, files: OpenedFiles): Manifest | undefined {
  const text = files.text(inFolder(folder, 'package.json'));
  if (text === undefined) return undefined;
  let known = manifests.get(files);
  if (!known) manifests.set(files, (known = new Map()));
  if (!known.has(folder)) {
    const json = looseJson(text);
    known.set(folder, json && typeof json === 'object' ? (json as Manifest) : undefined);
  }
  return known.get(folder);
}

/** The packages that a file may use, with the ranges written for them: its own manifest and all above. Undefined where no manifest can be seen. */
export function dependenciesOf(path: string, files: OpenedFiles): ReadonlyMap<string, string> | undefined {
  let known = dependenciesBefore.get(files);
  if (!known) dependenciesBefore.set(files, (known = new Map()));
  const folder = folderOf(path);
  if (known.has(folder)) return known.get(folder);
  const misses = files.misses;
  const all = readDependencies(path, files);
  if (files.misses === misses) known.set(folder, all);
  return all;
}

const dependenciesBefore = new WeakMap<OpenedFiles, Map<string, ReadonlyMap<string, string> | undefined>>();

function readDependencies(path: string, files: OpenedFiles): ReadonlyMap<string, string> | undefined {
  const all = new Map<string, string>();
  let seen = false;
  for (const folder of foldersAbove(folderOf(path))) {
    const manifest = manifestOf(folder, files);
    if (!manifest) continue;
    seen = true;
    for (const group of [manifest.dependencies, manifest.devDependencies, manifest.peerDependencies]) {
      for (const [name, range] of Object.entries(group ?? {})) if (!all.has(name)) all.set(name, String(range));
    }
  }
  return seen ? all : undefined;
}
