import { Fault, printable } from '../fault.ts';
import type { FaultCode } from '../fault.ts';
import type { CardPlace } from './lesson.ts';

/** A stretch of a text: UTF-16 offsets from 0, the end is the first one after it. */
export type Extent = { start: number; end: number };

/** What is wrong at a stretch of text, and what to do. */
export type Complaint = { code: FaultCode; message: string; hint?: string | undefined; extent?: Extent | undefined };

/** A card's text or the settings' text, opened: it can say where an offset is and show the line. */
export type SourceText = {
  file: string;
  text: string;
  /** Where an offset is. */
  place(offset: number): CardPlace;
  /** The offset of a place. */
  offset(at: { line: number; column: number }): number;
  /** The fault for a complaint, with file, line, column and the line itself. Without an extent it is about the whole file. */
  fault(complaint: Complaint): Fault;
  /** The faults for complaints, in the order of the text. */
  faults(complaints: readonly Complaint[]): Fault[];
};

/** Wider lines are shown around the caret only. In characters. */
const shownWidth = 96;

/** More faults of one text than these are not told one by one. */
const mostFaults = 40;

/** Opens a text for places and frames. A byte order mark is dropped, because editors do not count it as a column. */
export function openSourceText(file: string, original: string): SourceText {
  const text = original.startsWith('\ufeff') ? original.slice(1) : original;
  const starts = lineStarts(text);
  const place = (offset: number): CardPlace => {
    const line = lineOf(starts, offset);
    return { file, line: line + 1, column: offset - starts[line]! + 1 };
  };
  const offset = (at: { line: number; column: number }): number => Math.min((starts[at.line - 1] ?? text.length) + at.column - 1, text.length);
  const fault = ({ code, message, hint, extent }: Complaint): Fault => new Fault(code, {
    message,
    ...(hint !== undefined && { hint }),
    at: extent ? place(extent.start) : { file, line: 1, column: 1 },
    ...(extent && { frame: frame(text, starts, extent) }),
  });
  const faults = (complaints: readonly Complaint[]): Fault[] => {
    const ordered = [...complaints].sort((a, b) => (a.extent?.start ?? -1) - (b.extent?.start ?? -1));
    const told = ordered.slice(0, mostFaults).map(fault);
    const [next, ...others] = ordered.slice(mostFaults);
    if (next) told.push(fault({ ...next, message: `${others.length + 1} more faults from here on`, hint: 'mend the ones above first' }));
    return told;
  };
  return { file, text, place, offset, fault, faults };
}

/** A fault found after a card was read (a broken pattern, a silent example), shown at its place in the card's own text. */
export function faultInCard(
  source: { file: string; text: string },
  at: { line: number; column: number },
  complaint: { code: FaultCode; message: string; hint?: string; length?: number },
): Fault {
  const opened = openSourceText(source.file, source.text);
  const start = opened.offset(at);
  return opened.fault({ ...complaint, extent: { start, end: start + (complaint.length ?? 1) } });
}

/** Where the lines begin. CR LF, LF and CR end a line, as they do in YAML. */
function lineStarts(text: string): number[] {
  const starts = [0];
  for (let offset = 0; offset < text.length; offset++) {
    const character = text.charCodeAt(offset);
    if (character === 10 || (character === 13 && text.charCodeAt(offset + 1) !== 10)) starts.push(offset + 1);
  }
  return starts;
}

/** The number of the line, from 0, that holds an offset. */
function lineOf(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The line of the extent and the one before it, with line numbers, and a caret under every character of the extent on its first line. */
function frame(text: string, starts: readonly number[], extent: Extent): string {
  const line = lineOf(starts, extent.start);
  const lineText = (number: number): string => text.slice(starts[number], starts[number + 1]).replace(/[\r\n]+$/, '');
  const shown = lineText(line);
  const column = Math.min(extent.start - starts[line]!, shown.length);
  // Here: a line that is too wide begins a third of the width before the caret.
  const from = shown.length <= shownWidth ? 0 : Math.max(0, Math.min(column - shownWidth / 3, shown.length - shownWidth));
  const row = (number: number, content: string): string => `${String(number + 1).padStart(5)} | ${content}`.trimEnd();
  const above = line > 0 ? excerpt(lineText(line - 1), from) : '';
  const before = above.trim() === '' ? [] : [row(line - 1, above)];
  const lead = (from > 0 ? '…' : '') + shown.slice(from, column);
  const width = Math.min(extent.end - extent.start, shown.length - column, from + shownWidth - column);
  const carets = '^'.repeat(Math.max(1, characters(shown.slice(column, column + width))));
  return [...before, row(line, excerpt(shown, from)), `      | ${' '.repeat(characters(lead))}${carets}`].join('\n');
}

function excerpt(line: string, from: number): string {
  const cut = printable(line.slice(from, from + shownWidth));
  return (from > 0 && cut !== '' ? '…' : '') + cut + (line.length > from + shownWidth ? '…' : '');
}

/** How many characters a terminal shows: a pair of surrogates is one. */
function characters(text: string): number {
  return [...text].length;
}

/** A piece of the user's text inside a message: on one line, printable, and not longer than needed to recognise it. */
export function quoted(text: string): string {
  const short = text.length > 60 ? `${text.slice(0, 59)}…` : text;
  return `"${printable(short)}"`;
}

/** `a`, `a or b`, `a, b or c`. */
export function oneOf(choices: readonly string[]): string {
  return choices.length < 2 ? choices.join('') : `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`;
}
