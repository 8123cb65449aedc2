import type { Mentions, Search } from '../change/change.ts';
import { lastWords, nameOf, startGit } from './run-git.ts';

/** Git's answer is not read beyond so many bytes; names that fill more stand everywhere. */
const mostBytes = 64 * 1024 * 1024;
/** One search may take so long. In milliseconds. */
const longest = 60_000;

/**
 * Looks for whole words with `git grep`: in the files of a commit, or in those of the working tree that git tracks or would
 * track. A file that this copy of the repository lacks or that is damaged makes the search a partial one.
 * @param commit a commit by its full hash; undefined for the working tree.
 */
export async function searchWithGit(repo: string, commit: string | undefined, { words, endings }: Search): Promise<Mentions | undefined> {
  if (words.length === 0) return { files: new Map(), isWhole: true };
  const args = [
    // Endings are patterns; everything else that is said here is taken as it is.
    '--no-literal-pathspecs', 'grep',
    '-z', '--text', '--only-matching', '--word-regexp', '--fixed-strings', '--no-color', '--no-line-number', '--no-column', '--full-name', '--no-recurse-submodules',
    ...(commit === undefined ? ['--untracked'] : []),
    ...words.flatMap((word) => ['-e', word]),
    ...(commit === undefined ? [] : [commit]),
    '--', ...endings.map((ending) => `:(icase)*.${ending}`),
  ];
  const answer = await ask(repo, args);
  if (!answer) return undefined;
  const files = new Map<string, Set<string>>();
  const prefix = commit === undefined ? 0 : commit.length + 1;
  // A path ends with a null character and may hold line breaks; a word ends with a line break and holds none.
  for (const [, name, match] of answer.text.matchAll(/([^\0]*)\0([^\n]*)\n/g)) {
    const path = nameOf(name!.slice(prefix));
    const word = nameOf(match!);
    const said = files.get(path);
    if (said) said.add(word);
    else files.set(path, new Set([word]));
  }
  return { files, isWhole: answer.isWhole };
}

type Answer = { text: string; isWhole: boolean };

/** What git prints, as bytes in a `latin1` string; undefined where it cannot search at all. */
function ask(repo: string, args: readonly string[]): Promise<Answer | undefined> {
  const child = startGit(repo, args);
  const said = lastWords(child);
  const pieces: Buffer[] = [];
  let bytes = 0;
  let isCut = false;
  const stop = (): void => {
    isCut = true;
    child.kill();
  };
  const timer = setTimeout(stop, longest);
  child.stdin!.on('error', () => undefined);
  child.stdin!.end();
  child.stdout!.on('data', (piece: Buffer) => {
    if (isCut) return;
    pieces.push(piece);
    bytes += piece.length;
    if (bytes > mostBytes) stop();
  });
  return new Promise((resolve) => {
    const end = (answer: Answer | undefined): void => {
      clearTimeout(timer);
      resolve(answer);
    };
    child.once('error', () => end(undefined));
    child.once('close', (code) => {
      // 1 says that nothing was found. A missing file is told on the way and does not change how git ends; a missing folder ends it.
      const hasEnded = code === 0 || code === 1;
      if (!hasEnded && bytes === 0) return end(undefined);
      // The last line may have been cut through.
      const text = Buffer.concat(pieces).toString('latin1');
      end({ text: text.slice(0, text.lastIndexOf('\n') + 1), isWhole: hasEnded && !isCut && !/^(?:error|fatal): /m.test(said()) });
    });
  });
}
