import type { Change, ChangedFile, Hunk, HunkLine } from '../src/change/change.ts';
import type { Files } from './in-memory.ts';

/** The change between two sides in memory, as git would tell it: hunks with three lines of context, and files that moved. */
export function changeBetween(base: Files, head: Files): Change {
  const gone = Object.keys(base).filter((path) => !Object.hasOwn(head, path));
  const files: ChangedFile[] = [];
  for (const [path, text] of Object.entries(head)) {
    const before = Object.hasOwn(base, path) ? path : takeLikest(text, gone, base);
    if (before === undefined) files.push(changed({ path, status: 'added' }, '', text));
    else if (before !== path) files.push(changed({ path, basePath: before, status: 'renamed' }, base[before]!, text));
    else if (base[path] !== text) files.push(changed({ path, basePath: path, status: 'modified' }, base[path]!, text));
  }
  for (const path of gone) files.push(changed({ path, basePath: path, status: 'deleted' }, base[path]!, ''));
  return { base: 'base', head: 'head', files };
}

function changed(what: Pick<ChangedFile, 'path' | 'basePath' | 'status'>, before: string, after: string): ChangedFile {
  return { ...what, binary: false, hunks: hunksBetween(linesOf(before), linesOf(after)), hunksKnown: true };
}

/** The deleted file that shares at least half of its lines with a new one. It is then taken. */
function takeLikest(text: string, gone: string[], base: Files): string | undefined {
  const lines = new Set(linesOf(text));
  const share = (path: string): number => {
    const before = linesOf(base[path]!);
    return before.filter((line) => lines.has(line)).length / Math.max(before.length, lines.size);
  };
  const best = gone.toSorted((one, other) => share(other) - share(one))[0];
  if (best === undefined || share(best) < 0.5) return undefined;
  gone.splice(gone.indexOf(best), 1);
  return best;
}

function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

type Edit = HunkLine & { base: number; head: number };

/** Every line of both sides in one list, by the longest common sequence of lines. */
function edits(before: readonly string[], after: readonly string[]): Edit[] {
  const longest = Array.from({ length: before.length + 1 }, () => new Uint16Array(after.length + 1));
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      longest[i]![j] = before[i] === after[j] ? longest[i + 1]![j + 1]! + 1 : Math.max(longest[i + 1]![j]!, longest[i]![j + 1]!);
    }
  }
  const found: Edit[] = [];
  const add = (kind: HunkLine['kind'], line: string, i: number, j: number): void => {
    found.push({ kind, text: line.replace(/\n$/, ''), ...(line.endsWith('\n') ? {} : { unterminated: true as const }), base: i + 1, head: j + 1 });
  };
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) add('context', before[i]!, i++, j++);
    else if (i < before.length && (j === after.length || longest[i + 1]![j]! >= longest[i]![j + 1]!)) add('removed', before[i]!, i++, j);
    else add('added', after[j]!, i, j++);
  }
  return found;
}

const context = 3;

function hunksBetween(before: readonly string[], after: readonly string[]): Hunk[] {
  const all = edits(before, after);
  const kept = all.map((_, at) => all.slice(Math.max(0, at - context), at + context + 1).some(({ kind }) => kind !== 'context'));
  const hunks: Hunk[] = [];
  for (const [at, { base, head, ...line }] of all.entries()) {
    if (!kept[at]) continue;
    if (at === 0 || !kept[at - 1]) hunks.push({ baseStart: base, baseLines: 0, headStart: head, headLines: 0, lines: [] });
    const hunk = hunks.at(-1)!;
    hunk.lines.push(line);
    if (line.kind !== 'added') hunk.baseLines += 1;
    if (line.kind !== 'removed') hunk.headLines += 1;
  }
  // A side without lines names the line above, as diffs do.
  for (const hunk of hunks) {
    if (hunk.baseLines === 0) hunk.baseStart -= 1;
    if (hunk.headLines === 0) hunk.headStart -= 1;
  }
  return hunks;
}
