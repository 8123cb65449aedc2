/** From an import's specifier to a file of the repository, by the repository's own text: no node_modules, no build, nothing run. */
import type { OpenedFiles } from './opened-files.ts';

/** Where a specifier leads: a file here, a package from outside, or nowhere yet (`pending`, until wanted files arrive). */
export type Resolved = { path: string } | { package: string } | 'pending' | 'unknown';

const endings = ['.ts', '.tsx', '.js', '.jsx', '.mjs', '.cjs', '.mts', '.cts', '.vue', '.svelte'];
/** More packages than this in one folder of a workspace are not searched. */
const mostPackages = 300;

const resolvedBefore = new WeakMap<OpenedFiles, Map<string, Resolved>>();

/** Resolves `specifier` as written in the file at `from`. */
export function resolveModule(specifier: string, from: string, files: OpenedFiles): Resolved {
  let known = resolvedBefore.get(files);
  if (!known) resolvedBefore.set(files, (known = new Map()));
  const key = `${folderOf(from)}\0${specifier}`;
  const before = known.get(key);
  if (before) return before;
  const misses = files.misses;
  const resolved = resolve(specifier, from, files);
  if (files.misses > misses) return resolved;
  // Here: what waits for a file is no answer yet, whoever asked for that file first.
  if (resolved === 'pending') files.miss();
  else known.set(key, resolved);
  return resolved;
}

function resolve(specifier: string, from: string, files: OpenedFiles): Resolved {
  if (specifier.startsWith('.')) return resolveFile(joinPath(folderOf(from), specifier), files);
  if (specifier.includes('\\')) return 'unknown';
  if (specifier.startsWith('/')) return resolveFromRoot(specifier.slice(1), from, files);
  if (specifier.startsWith('node:')) return { package: specifier };
  const mapped = resolveByConfig(specifier, from, files);
  if (mapped) return mapped;
  return resolveInWorkspace(specifier, from, files) ?? { package: specifier };
}

/** `/models/cards`: what Meteor and Vite take for a path from the folder of the application, which has its manifest. */
function resolveFromRoot(rest: string, from: string, files: OpenedFiles): Resolved {
  for (const folder of foldersAbove(folderOf(from))) {
    const manifest = inFolder(folder, 'package.json');
    if (files.text(manifest) !== undefined) return resolveFile(joinPath(folder, rest), files);
    if (files.wanted.has(manifest)) return 'pending';
  }
  return 'unknown';
}

/** The first file that a path without its ending may mean. All candidates are wanted at once, so that one round answers. */
function resolveFile(path: string | undefined, files: OpenedFiles): Resolved {
  if (path === undefined) return 'unknown';
  const candidates = candidatesFor(path);
  // Ask for every candidate before looking at the first: each look notes what is missing.
  const wantedBefore = files.wanted.size;
  const found = candidates.find((candidate) => files.text(candidate) !== undefined);
  if (found === undefined) return candidates.some((candidate) => files.wanted.has(candidate)) ? 'pending' : 'unknown';
  const earlier = candidates.slice(0, candidates.indexOf(found));
  return files.wanted.size > wantedBefore && earlier.some((candidate) => files.wanted.has(candidate)) ? 'pending' : { path: found };
}

function candidatesFor(path: string): string[] {
  const script = /\.([cm]?)jsx?$/.exec(path);
  // In TypeScript with ES modules one imports the file that will be built: './a.js' is written in a.ts.
  const sources = script ? [`${path.slice(0, -script[0].length)}.${script[1]}ts`, `${path.slice(0, -script[0].length)}.tsx`] : [];
  if (/\.[cm]?[jt]sx?$|\.(?:json|vue|svelte)$/.test(path)) return [path, ...sources];
  return [...endings.map((ending) => path + ending), ...endings.slice(0, 4).map((ending) => `${path}/index${ending}`)];
}

/** `a/b` + `../c` → `a/c`; undefined when it leaves the repository. */
export function joinPath(folder: string, relative: string): string | undefined {
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of relative.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') {
      if (parts.length === 0) return undefined;
      parts.pop();
    } else parts.push(part);
  }
  return parts.join('/');
}

/** The folder of a path; '' is the root. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

/** How other files name a file: without its ending, and by its folder when it is the folder's index. */
export function stemOf(path: string): string {
  const stem = path.slice(path.lastIndexOf('/') + 1).replace(/\.[cm]?[jt]sx?$/i, '');
  const folder = path.split('/').at(-2);
  return stem === 'index' && folder !== undefined ? folder : stem;
}

/** This folder and all above it, nearest first. */
function foldersAbove(folder: string): string[] {
  const folders = [folder];
  for (let up = folder; up !== ''; ) folders.push((up = folderOf(up)));
  return folders;
}

/** The files about the project that resolving in this file may ask for: worth fetching in the first round. */
export function projectFilesFor(path: string): string[] {
  return foldersAbove(folderOf(path)).flatMap((folder) => projectFiles.map((name) => inFolder(folder, name))).concat('pnpm-workspace.yaml', 'lerna.json');
}
const projectFiles = ['package.json', 'tsconfig.json', 'jsconfig.json'];

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

function inFolder(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

type Config = { folder: string; baseUrl?: string; paths: Record<string, string[]>; pathsFolder: string };

/** tsconfig `paths` and `baseUrl`, and the `#imports` of package.json. */
function resolveByConfig(specifier: string, from: string, files: OpenedFiles): Resolved | undefined {
  const config = configFor(from, files);
  if (config === 'pending') return 'pending';
  if (config) {
    for (const [pattern, targets] of bestPatterns(config.paths, specifier)) {
      for (const target of targets) {
        const path = joinPath(config.pathsFolder, target.replace('*', starOf(pattern, specifier)));
        const resolved = resolveFile(path, files);
        if (resolved !== 'unknown') return resolved;
      }
    }
    const published = dependenciesOf(from, files)?.has(packageName(specifier));
    if (config.baseUrl !== undefined && !published && !specifier.startsWith('@')) {
      const resolved = resolveFile(joinPath(config.baseUrl, specifier), files);
      if (resolved !== 'unknown') return resolved;
    }
  }
  return /^[@~]\//.test(specifier) ? resolveByHabit(specifier.slice(2), from, files) : undefined;
}

/** `@/x` and `~/x` mean the project's source folder nearly everywhere, also where a bundler's settings say so. */
function resolveByHabit(rest: string, from: string, files: OpenedFiles): Resolved | undefined {
  let pending = false;
  for (const folder of foldersAbove(folderOf(from))) {
    const manifest = files.text(inFolder(folder, 'package.json'));
    if (manifest === undefined) {
      pending ||= files.wanted.has(inFolder(folder, 'package.json'));
      continue;
    }
    for (const root of ['src', 'app', '']) {
      const resolved = resolveFile(joinPath(folder, root === '' ? rest : `${root}/${rest}`), files);
      if (resolved === 'pending') pending = true;
      else if (resolved !== 'unknown') return resolved;
    }
    break;
  }
  return pending ? 'pending' : undefined;
}

function bestPatterns(paths: Record<string, string[]>, specifier: string): [string, string[]][] {
  return Object.entries(paths)
    .filter(([pattern]) => matchesPattern(pattern, specifier))
    .sort(([a], [b]) => b.indexOf('*') - a.indexOf('*') || b.length - a.length);
}

function matchesPattern(pattern: string, specifier: string): boolean {
  const star = pattern.indexOf('*');
  if (star < 0) return pattern === specifier;
  return specifier.length >= pattern.length - 1 && specifier.startsWith(pattern.slice(0, star)) && specifier.endsWith(pattern.slice(star + 1));
}

function starOf(pattern: string, specifier: string): string {
  const star = pattern.indexOf('*');
  return star < 0 ? '' : specifier.slice(star, specifier.length - (pattern.length - star - 1));
}

/** The nearest configuration above a file, with what it extends inside the repository. Where one is missing, all about the project is wanted at once, so that one round brings the whole way up. */
function configFor(from: string, files: OpenedFiles): Config | 'pending' | undefined {
  for (const folder of foldersAbove(folderOf(from))) {
    for (const name of ['tsconfig.json', 'jsconfig.json']) {
      const path = inFolder(folder, name);
      const text = files.text(path);
      if (text !== undefined) {
        const config = readConfig(path, text, files, 0);
        // A config that only points at others (`references`, `files: []`) may leave the paths to one of them or to a parent.
        if (config === 'pending' || Object.keys(config.paths).length > 0 || config.baseUrl !== undefined) return config;
      } else if (files.wanted.has(path)) {
        for (const each of projectFilesFor(from)) files.text(each);
        return 'pending';
      }
    }
  }
  return undefined;
}

function readConfig(path: string, text: string, files: OpenedFiles, depth: number): Config | 'pending' {
  const folder = folderOf(path);
  const json = looseJson(text) as { extends?: unknown; compilerOptions?: { baseUrl?: unknown; paths?: unknown } } | undefined;
  const config: Config = { folder, paths: {}, pathsFolder: folder };
  for (const extended of depth < 4 ? [json?.extends].flat() : []) {
    if (typeof extended !== 'string' || !extended.startsWith('.')) continue;
    const above = joinPath(folder, extended.endsWith('.json') ? extended : `${extended}.json`);
    const aboveText = above === undefined ? undefined : files.text(above);
    if (above !== undefined && aboveText === undefined && files.wanted.has(above)) return 'pending';
    if (above === undefined || aboveText === undefined) continue;
    const inherited = readConfig(above, aboveText, files, depth + 1);
    if (inherited === 'pending') return 'pending';
    Object.assign(config, inherited, { folder });
  }
  const { baseUrl, paths } = json?.compilerOptions ?? {};
  if (typeof baseUrl === 'string') {
    const base = joinPath(folder, baseUrl);
    if (base !== undefined) config.baseUrl = base;
  }
  if (paths && typeof paths === 'object') {
    config.paths = Object.fromEntries(
      Object.entries(paths as Record<string, unknown>).map(([pattern, targets]) => [pattern, [targets].flat().filter((target) => typeof target === 'string')]),
    );
    config.pathsFolder = config.baseUrl ?? folder;
  }
  return config;
}

/** JSON as TypeScript's configuration files allow it: comments and trailing commas. Undefined when it is not even that. */
function looseJson(text: string): unknown {
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
function manifestOf(folder: string, files: OpenedFiles): Manifest | undefined {
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

/** A package of this very repository, found by the workspace globs of the root's manifest. */
function resolveInWorkspace(specifier: string, from: string, files: OpenedFiles): Resolved | undefined {
  const name = packageName(specifier);
  if (specifier.startsWith('#')) return resolveImports(specifier, from, files);
  // No package can be called so: an alias that nobody explained.
  if (specifier.startsWith('@/')) return undefined;
  const declared = dependenciesOf(from, files)?.get(name);
  // A range that names a published version is a package from outside; workspaces say so, or say `*`.
  const mayBeLocal = declared === undefined ? name.startsWith('@') : /^(?:workspace:|file:|link:|portal:|\*$|catalog:)/.test(declared) || name.startsWith('@');
  if (!mayBeLocal) return undefined;
  const beside = declared === undefined ? undefined : folderBeside(name, declared, from, files);
  if (beside !== undefined) return resolveInPackage(beside, specifier.slice(name.length + 1), files);
  const folder = workspaceFolder(name, files, declared !== undefined && /^(?:[\^~>=\s]*\d|catalog:)/.test(declared));
  if (folder === 'pending') return 'pending';
  if (folder === undefined) return undefined;
  return resolveInPackage(folder, specifier.slice(name.length + 1), files);
}

/** `"@acme/util": "file:../util"`: a folder of this repository, whether or not a workspace names it. */
function folderBeside(name: string, declared: string, from: string, files: OpenedFiles): string | undefined {
  const path = /^(?:file|link|portal):(\.{1,2}\/.+?)\/?$/.exec(declared)?.[1];
  if (path === undefined || /\.(?:tgz|tar\.gz)$/.test(path)) return undefined;
  const home = foldersAbove(folderOf(from)).find((folder) => [manifestOf(folder, files)?.dependencies, manifestOf(folder, files)?.devDependencies].some((group) => group?.[name] === declared));
  return home === undefined ? undefined : joinPath(home, path);
}

function resolveImports(specifier: string, from: string, files: OpenedFiles): Resolved | undefined {
  for (const folder of foldersAbove(folderOf(from))) {
    const imports = manifestOf(folder, files)?.imports;
    if (!imports || typeof imports !== 'object') continue;
    for (const [pattern, target] of Object.entries(imports)) {
      const path = firstPath(target);
      if (path === undefined || !matchesPattern(pattern, specifier)) continue;
      return resolveBuilt(joinPath(folder, path.replace('*', starOf(pattern, specifier))), folder, files);
    }
  }
  return undefined;
}

const workspaces = new WeakMap<OpenedFiles, { folders?: readonly string[]; found: Map<string, string | undefined> }>();

/** The folder of a package of the workspace. Those that bear its name are asked first: mostly no other manifest need be opened. */
function workspaceFolder(name: string, files: OpenedFiles, isPublished: boolean): string | 'pending' | undefined {
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

/** A file of a package by its sub-path (`''` is the package itself), preferring sources over what is built from them. */
function resolveInPackage(folder: string, rest: string, files: OpenedFiles): Resolved {
  const manifest = manifestOf(folder, files);
  const tries: (string | undefined)[] = [];
  for (const [pattern, target] of exportEntries(manifest?.exports)) {
    if (!matchesPattern(pattern, rest === '' ? '.' : `./${rest}`)) continue;
    for (const path of allPaths(target)) tries.push(joinPath(folder, path.replace('*', starOf(pattern, `./${rest}`))));
  }
  if (rest === '') {
    for (const entry of [manifest?.source, manifest?.types, manifest?.module, manifest?.main]) if (typeof entry === 'string') tries.push(joinPath(folder, entry));
    tries.push(inFolder(folder, 'src/index'), inFolder(folder, 'index'), inFolder(folder, 'src/main'), inFolder(folder, 'lib/index'));
  } else tries.push(inFolder(folder, `src/${rest}`), inFolder(folder, rest), inFolder(folder, `lib/${rest}`));
  let pending = false;
  for (const path of tries) {
    const resolved = resolveBuilt(path, folder, files);
    if (resolved === 'pending') pending = true;
    else if (resolved !== 'unknown') return pending ? 'pending' : resolved;
  }
  return pending ? 'pending' : 'unknown';
}

/** `dist/a.d.ts` and `build/a.js` are built from `src/a.ts`, or `lib/a.ts`: look for the source, then for the file as named. */
function resolveBuilt(path: string | undefined, folder: string, files: OpenedFiles): Resolved {
  if (path === undefined) return 'unknown';
  const within = folder === '' ? path : path.slice(folder.length + 1);
  const built = /^(?:dist|build|lib|out|esm|cjs|_?generated)\/(?:(?:esm|cjs|src|types|node)\/)*(.+)$/.exec(within);
  const stem = (text: string) => text.replace(/\.d\.[cm]?ts$|\.[cm]?js$/, '');
  const tries = built ? [inFolder(folder, `src/${stem(built[1]!)}`), inFolder(folder, stem(built[1]!)), inFolder(folder, `lib/${stem(built[1]!)}`), path] : [stem(path) === path ? path : `${stem(path)}`, path];
  let pending = false;
  for (const each of tries) {
    const resolved = resolveFile(each, files);
    if (resolved === 'pending') pending = true;
    else if (resolved !== 'unknown') return pending ? 'pending' : resolved;
  }
  return pending ? 'pending' : 'unknown';
}

function exportEntries(exports: unknown): [string, unknown][] {
  if (typeof exports === 'string' || Array.isArray(exports)) return [['.', exports]];
  if (!exports || typeof exports !== 'object') return [];
  const entries = Object.entries(exports);
  return entries.some(([key]) => key.startsWith('.')) ? entries : [['.', exports]];
}

function allPaths(target: unknown, depth = 0): string[] {
  if (typeof target === 'string') return [target];
  if (!target || typeof target !== 'object' || depth > 4) return [];
  return Object.values(target).flatMap((each) => allPaths(each, depth + 1));
}

function firstPath(target: unknown): string | undefined {
  return allPaths(target)[0];
}
