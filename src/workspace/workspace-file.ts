import fs from 'node:fs/promises';
import path from 'node:path';
import { largestFile } from '../change/change.ts';
import { isRepositoryPath } from '../change/path.ts';

/**
 * A file of the workspace as bytes, when it is an ordinary file inside it: no link is followed on the way. Whether it is the right
 * one is the asker's to judge, by its hash: a checkout may be of any commit.
 */
export async function workspaceFile(workspace: string, file: string): Promise<Buffer | undefined> {
  if (!isRepositoryPath(file)) return undefined;
  try {
    const root = await fs.realpath(workspace);
    const place = path.join(root, ...file.split('/'));
    if ((await fs.realpath(place)) !== place) return undefined;
    const stat = await fs.lstat(place);
    return stat.isFile() && stat.size <= largestFile ? await fs.readFile(place) : undefined;
  } catch {
    return undefined;
  }
}
