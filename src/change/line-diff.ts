import type { Hunk, HunkLine } from './change.ts';

/** Lines of context around what changed, as in git and on GitHub. */
const context = 3;
/** Above so many pairs of lines, what lies between the common beginning and end counts as replaced. */
const mostPairs = 4_000_000;

/**
 * The hunks that turn one text into another, for texts that git has no diff of. Shortest by lines: a longest common
 * subsequence is kept. Equal texts have no hunks.
 */
export function diffLines(base: string, head: string): Hunk[] {
  return hunksOf(compared(linesOf(base), linesOf(head)));
}

/** A line with its line feed, so that a missing one at the end makes a difference. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function compared(base: readonly string[], head: readonly string[]): HunkLine[] {
  let start = 0;
  while (start < base.length && start < head.length && base[start] === head[start]) start += 1;
  let end = 0;
  while (end < base.length - start && end < head.length - start && base.at(-1 - end) === head.at(-1 - end)) end += 1;
  return [
    ...base.slice(0, start).map((line) => lineOf('context', line)),
    ...middle(base.slice(start, base.length - end), head.slice(start, head.length - end)),
    ...base.slice(base.length - end).map((line) => lineOf('context', line)),
  ];
}

function middle(base: readonly string[], head: readonly string[]): HunkLine[] {
  if (base.length * head.length > mostPairs) return [...base.map((line) => lineOf('removed', line)), ...head.map((line) => lineOf('added', line))];
  const common = commonLengths(base, head);
  const lines: HunkLine[] = [];
  let [at, to] = [0, 0];
  while (at < base.length || to < head.length) {
    if (at < base.length && to < head.length && base[at] === head[to]) {
      lines.push(lineOf('context', base[at]!));
      at += 1;
      to += 1;
    } else if (to >= head.length || (at < base.length && common[at + 1]![to]! >= common[at]![to + 1]!)) lines.push(lineOf('removed', base[at++]!));
    else lines.push(lineOf('added', head[to++]!));
  }
  return lines;
}

/** How many lines the rest of both texts have in common, for each pair of places in them. */
function commonLengths(base: readonly string[], head: readonly string[]): Uint32Array[] {
  const lengths = Array.from({ length: base.length + 1 }, () => new Uint32Array(head.length + 1));
  for (let at = base.length - 1; at >= 0; at -= 1) {
    for (let to = head.length - 1; to >= 0; to -= 1) {
      lengths[at]![to] = base[at] === head[to] ? lengths[at + 1]![to + 1]! + 1 : Math.max(lengths[at + 1]![to]!, lengths[at]![to + 1]!);
    }
  }
  return lengths;
}

function lineOf(kind: HunkLine['kind'], line: string): HunkLine {
  return line.endsWith('\n') ? { kind, text: line.slice(0, -1) } : { kind, text: line, unterminated: true };
}

function hunksOf(lines: readonly HunkLine[]): Hunk[] {
  const hunks: Hunk[] = [];
  let [base, head] = [1, 1];
  let open: Hunk | undefined;
  for (const [index, line] of lines.entries()) {
    if (isNearChange(lines, index)) {
      if (!open) hunks.push((open = { baseStart: base, baseLines: 0, headStart: head, headLines: 0, lines: [] }));
      open.lines.push(line);
      if (line.kind !== 'added') open.baseLines += 1;
      if (line.kind !== 'removed') open.headLines += 1;
    } else open = undefined;
    if (line.kind !== 'added') base += 1;
    if (line.kind !== 'removed') head += 1;
  }
  // A side without lines names the line above it.
  for (const hunk of hunks) {
    if (hunk.baseLines === 0) hunk.baseStart -= 1;
    if (hunk.headLines === 0) hunk.headStart -= 1;
  }
  return hunks;
}

function isNearChange(lines: readonly HunkLine[], index: number): boolean {
  return lines.slice(Math.max(0, index - context), index + context + 1).some(({ kind }) => kind !== 'context');
}
