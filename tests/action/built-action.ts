import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

/** A folder with the built Action and nothing else: no node_modules, no sources. */
export type BuiltAction = { folder: string };

declare module 'vitest' {
  interface ProvidedContext {
    action: BuiltAction;
  }
}

/** Builds the Action as the release is built, into a folder of its own, once for all files that run it. */
export async function setup(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'built-action-'));
  const { bundle } = (await import(new URL('../../scripts/bundle.mjs', import.meta.url).href)) as { bundle: (folder: string, doors: string[]) => Promise<void> };
  await bundle(join(folder, 'dist'), ['src/action.ts']);
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}\n');
  project.provide('action', { folder });
  return () => rmSync(folder, { recursive: true, force: true });
}
