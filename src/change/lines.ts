import type { Side } from '../model.ts';
import type { ChangedFile, Hunk } from './change.ts';

/** The line at the head that the base's line became; undefined where it is gone, or the hunks are unknown. Lines count from 1. */
export function headLineOf(file: ChangedFile, baseLine: number): number | undefined {
  const run = runAt(ledgerOf(file).unchanged, baseLine, 'base');
  return run && run.head + (baseLine - run.base);
}

/** The line at the base that the head's line was; undefined where it is new, or the hunks are unknown. Lines count from 1. */
export function baseLineOf(file: ChangedFile, headLine: number): number | undefined {
  const run = runAt(ledgerOf(file).unchanged, headLine, 'head');
  return run && run.base + (headLine - run.head);
}

/** True when a comment may stand on this line of the head: GitHub takes added lines and the context around them. */
export function isInDiff(file: ChangedFile, headLine: number): boolean {
  return runAt(ledgerOf(file).shown, headLine, 'head') !== undefined;
}

/** True when the change wrote this line of the head. */
export function isAdded(file: ChangedFile, headLine: number): boolean {
  return runAt(ledgerOf(file).added, headLine, 'head') !== undefined;
}

/** The line between `line` and `endLine` where a comment may stand: the first that was added, else the first in the diff. */
export function commentLine(file: ChangedFile, line: number, endLine: number): number | undefined {
  const { added, shown } = ledgerOf(file);
  return firstWithin(added, line, endLine) ?? firstWithin(shown, line, endLine);
}

/** Lines of one side, the first and the last. They count from 1. */
export type Lines = readonly [first: number, last: number];

/** True when these lines of one side stand on the other as well, one after another, with nothing put between them. */
export function areLeftAlone(file: ChangedFile, side: Side, [first, last]: Lines): boolean {
  const run = runAt(ledgerOf(file).unchanged, first, side);
  return run !== undefined && last < run[side] + run.length;
}

/** The lines of the other side that some of these became, or were before. */
export function onOtherSide(file: ChangedFile, side: Side, [first, last]: Lines): Lines[] {
  const { unchanged } = ledgerOf(file);
  const other = side === 'head' ? 'base' : 'head';
  const found: Lines[] = [];
  for (let at = Math.max(0, indexOfLastStart(unchanged, first, side)); at < unchanged.length && unchanged[at]![side] <= last; at += 1) {
    const run = unchanged[at]!;
    const [from, to] = [Math.max(first, run[side]), Math.min(last, run[side] + run.length - 1)];
    if (from <= to) found.push([run[other] + (from - run[side]), run[other] + (to - run[side])]);
  }
  return found;
}

/** True when one run of lines that the change took out and put others in their place touches both: the old lines here, the new ones there. */
export function isReplacement(file: ChangedFile, [baseFirst, baseLast]: Lines, [headFirst, headLast]: Lines): boolean {
  if (!file.hunksKnown) return false;
  const { unchanged } = ledgerOf(file);
  for (let at = indexOfLastStart(unchanged, baseFirst, 'base'); at < unchanged.length; at += 1) {
    const [before, after] = [unchanged[at], unchanged[at + 1]];
    const base = before ? before.base + before.length : 1;
    if (base > baseLast) break;
    const head = before ? before.head + before.length : 1;
    const touchesBase = Math.max(base, baseFirst) <= Math.min((after?.base ?? Infinity) - 1, baseLast);
    const touchesHead = Math.max(head, headFirst) <= Math.min((after?.head ?? Infinity) - 1, headLast);
    if (touchesBase && touchesHead) return true;
  }
  return false;
}

/** Lines that follow each other on both sides. Lines of the head alone are written with the head's number for both. */
type Run = { base: number; head: number; length: number };

/** A file's hunks, ordered so that one line is found by halving. */
type Ledger = { unchanged: Run[]; added: Run[]; shown: Run[] };

// Asked for every finding and every statement that two sides share, so each file's ledger is written once.
const ledgers = new WeakMap<ChangedFile, Ledger>();

function ledgerOf(file: ChangedFile): Ledger {
  const known = ledgers.get(file);
  if (known) return known;
  const ledger = writeLedger(file);
  ledgers.set(file, ledger);
  return ledger;
}

function writeLedger(file: ChangedFile): Ledger {
  const ledger: Ledger = { unchanged: [], added: [], shown: [] };
  if (!file.hunksKnown) return ledger;
  let base = 1;
  let head = 1;
  for (const hunk of file.hunks) {
    const start = startOf(hunk);
    push(ledger.unchanged, base, head, start.base - base);
    push(ledger.shown, start.head, start.head, hunk.headLines);
    ({ base, head } = enterHunk(ledger, hunk, start));
  }
  // Lines after the last hunk are the same on both sides, where both sides exist.
  if (file.basePath !== undefined && file.status !== 'deleted') push(ledger.unchanged, base, head, Infinity);
  return ledger;
}

/** A side without lines names the line above it, so that its place begins one line further down. */
function startOf(hunk: Hunk): { base: number; head: number } {
  return {
    base: hunk.baseLines === 0 ? hunk.baseStart + 1 : hunk.baseStart,
    head: hunk.headLines === 0 ? hunk.headStart + 1 : hunk.headStart,
  };
}

function enterHunk(ledger: Ledger, hunk: Hunk, start: { base: number; head: number }): { base: number; head: number } {
  let { base, head } = start;
  for (const line of hunk.lines) {
    if (line.kind === 'context') push(ledger.unchanged, base, head, 1);
    if (line.kind === 'added') push(ledger.added, head, head, 1);
    if (line.kind !== 'added') base += 1;
    if (line.kind !== 'removed') head += 1;
  }
  return { base, head };
}

/** Adds lines to the last run where they continue it on both sides. */
function push(runs: Run[], base: number, head: number, length: number): void {
  if (!(length > 0)) return;
  const last = runs.at(-1);
  if (last && last.head + last.length === head && last.base + last.length === base) last.length += length;
  else runs.push({ base, head, length });
}

function runAt(runs: Run[], line: number, side: 'base' | 'head'): Run | undefined {
  if (!Number.isInteger(line) || line < 1) return undefined;
  const run = runs[indexOfLastStart(runs, line, side)];
  return run && line < run[side] + run.length ? run : undefined;
}

function firstWithin(runs: Run[], line: number, endLine: number): number | undefined {
  if (runAt(runs, line, 'head')) return line;
  const next = runs[indexOfLastStart(runs, line, 'head') + 1];
  return next && next.head <= endLine ? next.head : undefined;
}

/** The last run that begins at or above the line; -1 when all begin below it. */
function indexOfLastStart(runs: Run[], line: number, side: 'base' | 'head'): number {
  let low = 0;
  let high = runs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (runs[middle]![side] <= line) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
