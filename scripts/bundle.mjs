// How the doors are bundled: as ES modules with split chunks, and the compiler beside them, loaded only by a run that parses.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { compilerWith, wholeCompiler } from './compiler.mjs';
import { licencesOf } from './licenses.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));

/**
 * `@actions/core` brings a client for OIDC tokens, and with it an HTTP library of 400 kB that every start would read. Nobody here asks
 * for such a token, so the client stays out.
 */
const withoutOidc = {
  name: 'without-oidc',
  setup(build) {
    build.onLoad({ filter: /@actions[\\/]core[\\/]lib[\\/]oidc-utils\.js$/ }, () => ({ contents: 'export class OidcClient {}', loader: 'js' }));
  },
};

/** Of ts-morph only the compiler is used. It stays a file by itself, without what else ts-morph brings. */
const compilerFile = 'compiler.cjs';
const withCompilerApart = {
  name: 'with-compiler-apart',
  setup(build) {
    build.onResolve({ filter: /^ts-morph$/ }, ({ kind }) => (kind === 'dynamic-import' ? { path: 'compiler', namespace: 'apart' } : undefined));
    build.onLoad({ filter: /^compiler$/, namespace: 'apart' }, () => ({ contents: `export const ts = require('../${compilerFile}');`, loader: 'js' }));
    build.onResolve({ filter: /compiler\.cjs$/, namespace: 'apart' }, ({ path: file }) => ({ path: file, external: true }));
  },
};

/** All `ts.name` of our code, values and types alike. */
function namesAskedOfCompiler() {
  const source = path.join(root, 'src');
  const files = fs.readdirSync(source, { recursive: true }).filter((file) => file.endsWith('.ts'));
  return [...new Set(files.flatMap((file) => [...fs.readFileSync(path.join(source, file), 'utf8').matchAll(/\bts\.(\w+)/g)].map(([, name]) => name)))].sort();
}

/** What both builds have in common. */
const common = { absWorkingDir: root, metafile: true, platform: 'node', target: 'node20', minify: true, legalComments: 'none', define: { 'process.env.NODE_ENV': '"production"' } };

/**
 * Bundles the doors that exist into a folder, and tells what went into which file (esbuild's metafile). The same sources give
 * the same bytes wherever the clone and the folder lie: every path that esbuild sees is relative to the clone.
 */
export async function bundle(outdir, doors = ['src/cli.ts', 'src/action.ts']) {
  const doorways = await build({
    ...common,
    entryPoints: doors.filter((door) => fs.existsSync(path.join(root, door))),
    bundle: true,
    outdir: path.resolve(outdir),
    splitting: true,
    format: 'esm',
    chunkNames: 'chunks/[name]-[hash]',
    plugins: [withoutOidc, withCompilerApart],
    // Packages in CommonJS call `require`; ES modules have none until one is made.
    banner: { js: "import { createRequire as __createRequire } from 'node:module'; import { fileURLToPath as __toPath } from 'node:url'; import { dirname as __dirnameOf } from 'node:path'; const require = __createRequire(import.meta.url); const __filename = __toPath(import.meta.url); const __dirname = __dirnameOf(__filename);" },
  });
  const compiler = await build({
    ...common,
    stdin: { contents: compilerWith(namesAskedOfCompiler()), sourcefile: path.relative(root, wholeCompiler).split(path.sep).join('/') },
    outfile: path.join(path.resolve(outdir), compilerFile),
    format: 'cjs',
  });
  const metafile = { inputs: { ...doorways.metafile.inputs, ...compiler.metafile.inputs }, outputs: { ...doorways.metafile.outputs, ...compiler.metafile.outputs } };
  fs.writeFileSync(path.join(outdir, 'licenses.txt'), licencesOf(Object.keys(metafile.inputs), root));
  return metafile;
}
