/** Longer names are compared by their beginning only: nobody misspells a name of this length by accident. */
const longestName = 48;

/** The candidate that a misspelt name most likely meant, or undefined when none is near. */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  const [best] = byNearness(name, candidates);
  if (best === undefined) return undefined;
  const allowed = Math.max(1, Math.floor(Math.min(name.length, best.length) / 3));
  return distance(folded(name), folded(best)) <= allowed ? best : undefined;
}

/** The candidates, the nearest first; equally near ones keep their order. */
export function byNearness(name: string, candidates: Iterable<string>): string[] {
  const wanted = folded(name);
  return [...new Set(candidates)]
    .map((candidate) => ({ candidate, far: distance(wanted, folded(candidate)) }))
    .sort((a, b) => a.far - b.far)
    .map(({ candidate }) => candidate);
}

/** Case, hyphens and underscores are the commonest slips, so they count for nothing. */
function folded(name: string): string {
  return name.slice(0, longestName).toLowerCase().replace(/[-_\s]/g, '');
}

/** Insertions, deletions, replacements and swaps of neighbours that turn one text into the other. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const next = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let cost = Math.min(last[column]! + 1, next[column - 1]! + 1, last[column - 1]! + (same ? 0 : 1));
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) cost = Math.min(cost, before[column - 2]! + 1);
      next.push(cost);
    }
    before = last;
    last = next;
  }
  return last[b.length]!;
}
