import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));

/** What one file of the bundle was made of and leans on, as far as we ask (esbuild's metafile). */
export type BundleFile = { inputs: Record<string, unknown>; imports: { path: string; kind: string }[]; entryPoint?: string };
/** Paths are relative to the clone. */
export type Bundled = { outputs: Record<string, BundleFile> };

/** Builds the doors into a folder. The bundler is plain JavaScript, so that every Node can run it. */
export async function bundleInto(folder: string): Promise<Bundled> {
  const { bundle } = (await import(new URL('bundle.mjs', import.meta.url).href)) as { bundle: (folder: string) => Promise<Bundled> };
  return bundle(folder);
}

/** Runs with a folder of its own below the machine's temporary one, which is gone afterwards. */
export async function inTemporaryFolder<T>(work: (folder: string) => T | Promise<T>): Promise<T> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'once-bitten-'));
  try {
    return await work(folder);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Builds anew and compares byte by byte: one sentence for every file of dist/ that is missing, left over or different. */
export function staleFilesOfDist(): Promise<string[]> {
  return inTemporaryFolder(async (fresh) => {
    await bundleInto(fresh);
    return differences(path.join(root, 'dist'), fresh);
  });
}

function differences(committed: string, fresh: string): string[] {
  const [there, wanted] = [filesIn(committed), filesIn(fresh)];
  if (there.length === 0) return ['dist/ is not there.'];
  return [
    ...wanted.filter((file) => !there.includes(file)).map((file) => `dist/${file} is missing`),
    ...there.filter((file) => !wanted.includes(file)).map((file) => `dist/${file} is left over from another build`),
    ...wanted.filter((file) => there.includes(file) && !fs.readFileSync(path.join(committed, file)).equals(fs.readFileSync(path.join(fresh, file)))).map((file) => `dist/${file} differs`),
  ];
}

/** All files below a folder, relative to it, with forward slashes; none when the folder is missing. */
export function filesIn(folder: string): string[] {
  if (!fs.existsSync(folder)) return [];
  const entries = fs.readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/')).sort();
}
