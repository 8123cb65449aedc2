/** Files that pass on what others export: which of many is worth opening for a name. */

/** Ways in which a file gives out what it does not name. */
const passesOn = /\bexport\s*\*|\brequire\([^()\n]*\)\(|\bmodule\.exports\s*=|\bexports\s*=|\b__exportStar\b|\bObject\.assign\(\s*(?:module\.)?exports\b/;

/** False where a file's text shows that it cannot export a name: no need to parse it. */
export function mayExport(text: string, name: string): boolean {
  return name === 'default' || name === '*' || text.includes(name) || passesOn.test(text);
}

/** So many files are opened in search of one name behind barrels, the likeliest first; of further barrels some more, for they are short and lead on. */
export const mostOpened = { files: 16, barrels: 32 };

/** So many are fetched at once: fewer rounds, and not many in vain. */
export const openedAtOnce = 5;

/** A file that a barrel passes on: how many barrels stand before it, and how much its name has in common with what is looked for. */
export type Candidate = { specifier: string; from: string; depth: number; likeness: number };

/** The files that are worth opening for a name before others: those that bear it, then those of outer barrels, which may be barrels as well. */
export function byPromise(one: Candidate, other: Candidate): number {
  return Number(other.likeness > 1) - Number(one.likeness > 1) || (one.likeness > 1 ? other.likeness - one.likeness : one.depth - other.depth || other.likeness - one.likeness);
}

/**
 * How much the name of a file has in common with a name that it may export: the words that both have.
 * `MessageRepository` stands in `./message` rather than in `./layout`.
 */
export function likeness(specifier: string, name: string): number {
  const own = wordsIn(specifier.slice(specifier.lastIndexOf('/', specifier.length - 2) + 1).replace(/\.[cm]?[jt]sx?$/, ''));
  const words = wordsIn(name);
  const shared = words.filter((word) => own.some((each) => isAlike(each, word))).length;
  // A name of one word is borne as a whole.
  return shared === words.length && shared > 0 ? Math.max(shared, 2) : shared;
}

function wordsIn(text: string): string[] {
  return text.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase().split(/[^a-z0-9]+/).filter((word) => word.length > 1);
}

/** Singular and plural, and other endings, are alike: `repository` and `repositories`. */
function isAlike(one: string, other: string): boolean {
  const length = Math.min(one.length, other.length);
  return one === other || (length > 2 && one.slice(0, Math.max(3, length - 2)) === other.slice(0, Math.max(3, length - 2)));
}
