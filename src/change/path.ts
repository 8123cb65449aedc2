/** Where a path of a pull request may point: inside the repository, and nowhere else. */

// A drive letter opens an absolute path on Windows; elsewhere it is an unlikely name.
const drive = /^[A-Za-z]:[\\/]/;

// Characters that macOS leaves out when it compares names, so that `.g<U+200C>it` opens `.git` there.
const unseenByMac = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;

/**
 * True for a path that names a file inside the repository on any system: relative, without `.` or `..`, and outside git's own
 * folder, however Windows and macOS would spell them. A backslash separates names on Windows, so it is judged as if it did
 * everywhere. A path that fails never reaches a disk.
 */
export function isRepositoryPath(path: string): boolean {
  if (path.includes('\0') || drive.test(path)) return false;
  return path.split(/[\\/]/).every(isOrdinaryName);
}

/** A name that stands for itself in a folder. Windows drops dots and spaces at the end, and takes what follows a colon for a stream. */
function isOrdinaryName(name: string): boolean {
  const seen = name.replace(unseenByMac, '');
  const plain = withoutTail(seen.split(':', 1)[0]!).toLowerCase();
  if (plain === '') return seen.startsWith(':') && seen.length > 1;
  return plain !== '.git' && plain !== 'git~1';
}

function withoutTail(name: string): string {
  let length = name.length;
  while (length > 0 && (name[length - 1] === '.' || name[length - 1] === ' ')) length -= 1;
  return name.slice(0, length);
}
