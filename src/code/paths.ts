/** Paths within a repository: folders, and what files are called after. */

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
export function foldersAbove(folder: string): string[] {
  const folders = [folder];
  for (let up = folder; up !== ''; ) folders.push((up = folderOf(up)));
  return folders;
}

export function inFolder(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
