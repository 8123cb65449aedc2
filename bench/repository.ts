import { spawnSync } from 'node:child_process';
import path from 'node:path';
import type { Files } from './service-code.ts';

/** A branch of two commits: what was there, and what the pull request leaves. An absent text deletes the file. */
export type Branch = { name: string; base: Files; head: Readonly<Record<string, string | undefined>> };

/** Makes a bare repository in which every branch has its change between `<name>-base` and `<name>-head`. Nothing of it touches a working tree. */
export function makeRepository(folder: string, branches: readonly Branch[]): string {
  git(['init', '--quiet', '--bare', folder]);
  const stream = branches.map(({ name, base, head }) => commit(`${name}-base`, 'As it was', base, undefined) + commit(`${name}-head`, 'As it would be', head, `${name}-base`));
  git(['-C', folder, 'fast-import', '--quiet'], stream.join(''));
  return path.resolve(folder);
}

function commit(branch: string, message: string, files: Branch['head'], from: string | undefined): string {
  const changes = Object.entries(files).map(([file, text]) => (text === undefined ? `D ${file}\n` : `M 100644 inline ${file}\n${data(text)}`));
  return `commit refs/heads/${branch}\ncommitter Bench <bench@example.test> 1767225600 +0000\n${data(message)}${from === undefined ? '' : `from refs/heads/${from}\n`}${changes.join('')}\n`;
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}

function git(args: readonly string[], input?: string): void {
  const { status, stderr } = spawnSync('git', args, { input, encoding: 'utf8' });
  if (status !== 0) throw new Error(`git ${args.join(' ')} failed: ${stderr}`);
}
