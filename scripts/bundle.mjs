// How the doors are bundled: as ES modules with split chunks, so that the compiler is loaded only by a run that parses.
import fs from 'node:fs';
import { build } from 'esbuild';

/** Bundles the doors that exist into a folder. */
export async function bundle(outdir, doors = ['src/cli.ts', 'src/action.ts']) {
  await build({
    entryPoints: doors.filter((door) => fs.existsSync(door)),
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    minify: true,
    keepNames: true,
    legalComments: 'none',
    chunkNames: 'chunks/[name]-[hash]',
    define: { 'process.env.NODE_ENV': '"production"' },
    // Packages in CommonJS (ts-morph among them) call `require`; ES modules have none until one is made.
    banner: { js: "import { createRequire as __createRequire } from 'node:module'; import { fileURLToPath as __toPath } from 'node:url'; import { dirname as __dirnameOf } from 'node:path'; const require = __createRequire(import.meta.url); const __filename = __toPath(import.meta.url); const __dirname = __dirnameOf(__filename);" },
  });
}
