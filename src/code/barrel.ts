/** Files that pass on what others export: which of many is worth opening for a name. */

/** Ways in which a file gives out what it does not name. */
const passesOn = /\bexport\s*\*|\bmodule\.exports\s*=|\bexports\s*=|\b__exportStar\b|\bObject\.assign\(\s*(?:module\.)?exports\b/;

/** False where a file's text shows that it cannot export a name: no need to parse it. */
export function mayExport(text: string, name: string): boolean {
  return name === 'default' || name === '*' || text.includes(name) || passesOn.test(text);
}

/** Of a barrel that names more files than this, only those are opened whose names have something in common with what is looked for; of one within another, sooner. */
const mostUnlikely = { outer: 24, inner: 8 };

/**
 * The files of a barrel that are worth opening for a name, in groups: those first whose own names have most in common with it.
 * `MessageRepository` stands in `./message` rather than in `./layout`.
 */
export function likeliestFirst(specifiers: readonly string[], name: string, isInner: boolean): string[][] {
  if (specifiers.length < 2) return specifiers.length === 0 ? [] : [[...specifiers]];
  const wanted = wordsIn(name);
  const groups = new Map<number, string[]>();
  for (const specifier of specifiers) {
    const own = wordsIn(specifier.slice(specifier.lastIndexOf('/', specifier.length - 2) + 1));
    const shared = wanted.filter((word) => own.some((each) => isAlike(each, word))).length;
    groups.set(shared, [...(groups.get(shared) ?? []), specifier]);
  }
  const isLong = specifiers.length > mostUnlikely[isInner ? 'inner' : 'outer'];
  return [...groups].filter(([shared]) => shared > 0 || !isLong).sort(([one], [other]) => other - one).map(([, group]) => group);
}

function wordsIn(text: string): string[] {
  return text.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase().split(/[^a-z0-9]+/).filter((word) => word.length > 1);
}

/** Singular and plural, and other endings, are alike: `repository` and `repositories`. */
function isAlike(one: string, other: string): boolean {
  const length = Math.min(one.length, other.length);
  return one === other || (length > 2 && one.slice(0, Math.max(3, length - 2)) === other.slice(0, Math.max(3, length - 2)));
}
