/** From an import's specifier to a file of the repository, by the repository's own text: no node_modules, no build, nothing run. */
import type { OpenedFiles } from './opened-files.ts';
import { dependenciesOf, looseJson, manifestOf, packageName, projectFilesFor, sharedConfig } from './manifests.ts';
import { folderOf, foldersAbove, inFolder, joinPath } from './paths.ts';
import { workspaceFolder } from './workspaces.ts';

/** Where a specifier leads: a file here, a package from outside, or nowhere yet (`pending`, until wanted files arrive). */
export type Resolved = { path: string } | { package: string } | 'pending' | 'unknown';

const endings = ['.ts', '.tsx', '.js', '.jsx', '.mjs', '.cjs', '.mts', '.cts', '.vue', '.svelte'];

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
  if (/^[@~]\//.test(specifier)) return resolveByHabit(specifier.slice(2), from, files);
  // SvelteKit writes down what `$lib` is when it builds.
  return specifier.startsWith('$lib/') ? resolveByHabit(specifier.slice(1), from, files) : undefined;
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
    for (const name of ['tsconfig.json', 'jsconfig.json', ...(folder === '' ? [sharedConfig] : [])]) {
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
