/** Where a text has runs of characters long enough to be a key: every provider's key is one, and hardly any line of code has one. */

/** A stretch of the text: from, inclusive, to, exclusive. */
export type Stretch = { from: number; to: number };

/** The shortest run that counts. No provider's key has a shorter one. */
const shortest = 20;
/** No stretch is longer, so that nothing done with one grows faster than the text; neighbours share what a key may need. */
const longest = 12_000;
const overlap = 2_000;
/** How far a form reaches around its longest run: prefixes, host names, the names that secretlint asks for. */
const reach = { before: 100, after: 120 };

/** Upper case, lower case, digits, and the signs of base64 and of the keys themselves; 0 is what parts runs. One entry for every UTF-16 unit. */
const classes = new Uint8Array(65_536);
for (const [characters, value] of [['ABCDEFGHIJKLMNOPQRSTUVWXYZ', 1], ['abcdefghijklmnopqrstuvwxyz', 2], ['0123456789', 3], ['_-+/=~', 4]] as const) for (const character of characters) classes[character.charCodeAt(0)] = value;

/**
 * The stretches around all long runs, in order, overlapping ones joined as far as they may be. Only every twentieth character is looked at until one belongs to a
 * run, so this costs a fraction of what any search for the keys themselves would.
 */
export function aroundLongTokens(text: string): Stretch[] {
  const found: Stretch[] = [];
  const { length } = text;
  for (let at = shortest - 1; at < length; at += shortest) {
    if (classes[text.charCodeAt(at)] === 0) continue;
    let from = at;
    while (from > 0 && classes[text.charCodeAt(from - 1)] !== 0) from -= 1;
    let to = at + 1;
    while (to < length && classes[text.charCodeAt(to)] !== 0) to += 1;
    // From the end of this run the next one is as far away as it was at the beginning.
    at = to - 1;
    if (to - from >= shortest && isMixed(text, from, to)) add(found, { from: Math.max(0, from - reach.before), to: Math.min(length, to + reach.after) });
  }
  return found;
}

/** Whether a run is of the mixture that keys have: both cases or capitals alone with a digit, several digits, or great length. */
function isMixed(text: string, from: number, to: number): boolean {
  let upper = 0;
  let lower = 0;
  let digits = 0;
  for (let at = from; at < to; at += 1) {
    const kind = classes[text.charCodeAt(at)];
    if (kind === 1) upper += 1;
    else if (kind === 2) lower += 1;
    else if (kind === 3) digits += 1;
  }
  if (digits === 0) return (to - from >= 36 && upper > 2) || (lower === 0 && upper === to - from);
  return upper > 0 || digits >= 3;
}

function add(found: Stretch[], next: Stretch): void {
  const last = found.at(-1);
  if (last && next.from <= last.to && next.to - last.from <= longest) last.to = Math.max(last.to, next.to);
  else if (next.to - next.from <= longest) found.push(next);
  else for (let { from } = next; from < next.to; from += longest - overlap) found.push({ from, to: Math.min(next.to, from + longest) });
}
