// How the doors are bundled: as ES modules with split chunks, so that the compiler is loaded only by a run that parses.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
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

/**
 * Bundles the doors that exist into a folder, and tells what went into which file (esbuild's metafile). The same sources give
 * the same bytes wherever the clone and the folder lie: every path that esbuild sees is relative to the clone.
 */
export async function bundle(outdir, doors = ['src/cli.ts', 'src/action.ts']) {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: doors.filter((door) => fs.existsSync(path.join(root, door))),
    outdir: path.resolve(outdir),
    metafile: true,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    minify: true,
    legalComments: 'none',
    chunkNames: 'chunks/[name]-[hash]',
    plugins: [withoutOidc],
    define: { 'process.env.NODE_ENV': '"production"' },
    // Packages in CommonJS (ts-morph among them) call `require`; ES modules have none until one is made.
    banner: { js: "import { createRequire as __createRequire } from 'node:module'; import { fileURLToPath as __toPath } from 'node:url'; import { dirname as __dirnameOf } from 'node:path'; const require = __createRequire(import.meta.url); const __filename = __toPath(import.meta.url); const __dirname = __dirnameOf(__filename);" },
  });
  fs.writeFileSync(path.join(outdir, 'licenses.txt'), licencesOf(Object.keys(metafile.inputs), root));
  return metafile;
}
