import picomatch from 'picomatch';

/** Stars in one folder's or file's name, and twice as many in a whole glob: more would let a hostile path keep a review busy. */
const mostStars = 3;

/** The flag `s`: a star also stands for a line break in a name, or such a name would let a file pass unseen. */
const options = { dot: true, noextglob: true, flags: 's' } as const;

/** Why a glob cannot be used, and what to write instead; undefined for one that can. */
export function globTrouble(glob: string): { message: string; hint: string } | undefined {
  const bare = glob.replace(/\\[^A-Za-z0-9]/g, '');
  if (glob.includes('\n')) return { message: 'a glob is one line', hint: 'write it in quotes; a block with | ends with a line break' };
  if (glob !== glob.trim()) return { message: 'the glob begins or ends with a space', hint: `write ${JSON.stringify(glob.trim())}` };
  if (bare.includes('\\')) return { message: 'folders are separated by / in a glob', hint: `write ${JSON.stringify(glob.replaceAll('\\', '/'))}` };
  if (bare.startsWith('!')) return { message: 'a glob cannot begin with !', hint: `list what is left alone under "except": ${JSON.stringify(glob.slice(1))}` };
  if (glob.startsWith('/') || glob.startsWith('./')) return { message: 'paths count from the root of the repository, without a slash before them', hint: `write ${JSON.stringify(glob.replace(/^\.?\/+/, ''))}` };
  if (glob.split('/').some((part) => part === '..' || part === '.')) return { message: 'a glob cannot leave the repository', hint: 'paths count from the root of the repository' };
  if (glob.endsWith('/')) return { message: 'a folder alone matches no file', hint: `write ${JSON.stringify(`${glob}**`)}` };
  if (/[()]/.test(bare)) return { message: 'parentheses have no meaning in a glob', hint: 'for a choice write {a,b}; for a folder that is named so put a backslash before each' };
  if (bare.split('/').some((part) => part !== '**' && (part.match(/\*+/g) ?? []).length > mostStars)) return { message: `a part of the glob has more than ${mostStars} stars`, hint: 'write two globs instead' };
  if ((bare.match(/\*+/g) ?? []).length > 2 * mostStars) return { message: `the glob has more than ${2 * mostStars} stars`, hint: 'write two globs instead' };
  try {
    picomatch.makeRe(glob, { ...options, strictBrackets: true });
  } catch (error) {
    return { message: error instanceof Error ? lowerFirst(error.message.replaceAll('\\\\', '\\')) : 'the glob cannot be read', hint: 'every bracket needs its partner' };
  }
  return undefined;
}

/** A longer path is in every scope: matching it could take long, and leaving it out would let it pass unseen. In UTF-16 units. */
const longestPath = 400;

/**
 * Whether a path (from the root of the repository) matches one of `files` and none of `except`. Files that begin with a
 * dot count like all others. For a list of ignored files, ask with `files` as `['**']` and the list as `except`.
 */
export function scopeMatcher(files: readonly string[], except: readonly string[] = []): (path: string) => boolean {
  const isIn = files.includes('**') ? () => true : picomatch([...files], options);
  const isOut = except.length === 0 ? () => false : picomatch([...except], options);
  return (path) => path.length > longestPath || (isIn(path) && !isOut(path));
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
