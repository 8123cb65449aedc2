/** Secrets that one commit of a pull request brought and a later one took away: they stand in the history all the same. */
import { largestFile, type Change, type ChangedFile } from '../change/change.ts';
import { isBinaryName } from '../code/binary-name.ts';
import { openCompiler } from '../code/compiler.ts';
import { isGenerated } from '../code/generated.ts';
import { isCode, OpenedFiles } from '../code/opened-files.ts';
import type { Lesson } from '../lessons/lesson.ts';
import { appliesTo, findWaivers, type Waiver } from '../lessons/waivers.ts';
import { examineText, type Sighting } from './examine.ts';
import { fingerprint } from './fingerprint.ts';
import { textWordOf } from './searches.ts';

/** A sighting in a commit that is past. Its lines are those of that commit. */
export type LeftBehind = {
  sighting: Sighting;
  fingerprint: string;
  commit: string;
  /** What that commit itself said of it. */
  waiver?: Waiver;
};

/** True when what this commit did to some text was not told, because it is too large. */
function hidesText({ files }: Change): boolean {
  return files.some(({ path, status, binary, hunksKnown }) => !hunksKnown && !binary && (status === 'added' || status === 'modified') && !isBinaryName(path));
}

/** Characters of diffs that are looked at in all commits together. */
const mostText = 50_000_000;

export type Looking = {
  lessons: readonly Lesson[];
  applies: (lesson: Lesson, path: string) => boolean;
  /** Sightings of both sides of the whole change: what is among them is told there, or was known before. */
  known: readonly Sighting[];
  /** Whether either side of the whole change has this text in this file, however it was read there. */
  holds: (path: string, text: string) => boolean;
  today: string;
  isSpent: () => boolean;
};

/** True when a lesson is about what does harm in the history as well. */
export function outlivesItsLine(lesson: Lesson): boolean {
  return textWordOf(lesson)?.aboutSecrets === true;
}

/**
 * What the added lines of these commits held and neither side of the whole change has. Each is told for the first commit that had it.
 * What the card's grades play down is no emergency when it is gone, so it is left out. `left` are commits that nobody looked at,
 * `partial` those of which some text was not to be had.
 */
export async function leftBehind(steps: readonly Change[], { lessons, applies, known, holds, today, isSpent }: Looking): Promise<{ found: LeftBehind[]; left: number; partial: number }> {
  const about = lessons.filter(outlivesItsLine);
  const told = new Set(known.map(keyOf));
  const found: LeftBehind[] = [];
  const numbers = new Map<string, number>();
  const partial = steps.filter(hidesText).length;
  let room = mostText;
  for (const [at, step] of steps.entries()) {
    room -= step.files.reduce((sum, { hunks }) => sum + hunks.reduce((size, { lines }) => size + lines.reduce((all, { text }) => all + text.length, 0), 0), 0);
    if (isSpent() || room < 0) return { found, left: steps.length - at, partial };
    for (const { sighting, value, waiver } of await broughtBy(step, about, applies, today)) {
      if (told.has(keyOf(sighting)) || (value !== '' && holds(sighting.span.path, value))) continue;
      told.add(keyOf(sighting));
      const number = numbers.get(sighting.code) ?? 0;
      numbers.set(sighting.code, number + 1);
      found.push({ sighting, fingerprint: fingerprint(sighting.lesson, sighting.symbol, sighting.code, number), commit: step.head, ...(waiver && { waiver }) });
    }
  }
  return { found, left: 0, partial };
}

/** The same secret, wherever it stands; of a file as such, the same file. */
function keyOf({ lesson, content, code, span }: Sighting): string {
  return `${lesson}\0${content ?? `${span.path}\0${code}`}`;
}

type Brought = { sighting: Sighting; /** What must not be told; '' for a file as such. */ value: string; waiver: Waiver | undefined };

async function broughtBy(step: Change, lessons: readonly Lesson[], applies: Looking['applies'], today: string): Promise<Brought[]> {
  const files = step.files.filter(({ status, hunks, path }) => status !== 'deleted' && hunks.length > 0 && lessons.some((lesson) => applies(lesson, path)));
  if (files.some(({ path }) => isCode(path))) await openCompiler();
  const brought: Brought[] = [];
  for (const file of files) {
    const own = lessons.filter((lesson) => applies(lesson, file.path));
    const after = pieceOf(file, 'added');
    const sightings = (await look(file.path, after, own)).filter((each) => isBroughtBy(file, after, each, own));
    if (sightings.length === 0) continue;
    const before = new Set((await look(file.basePath ?? file.path, pieceOf(file, 'removed'), own)).map(keyOf));
    const { waivers } = findWaivers(after.text, file.path);
    for (const sighting of sightings) {
      if (before.has(keyOf(sighting))) continue;
      const { line, endLine } = sighting.span;
      const waiver = waivers.find((each) => appliesTo(each, { lesson: sighting.lesson, path: file.path, line, endLine }, today) === 'holds');
      brought.push({ sighting: asInCommit(sighting, after), value: after.text.slice(sighting.secret?.start, sighting.secret?.end), waiver: waiver && { ...waiver, line: after.lines[waiver.line - 1]?.number ?? waiver.line } });
    }
  }
  return brought;
}

function isBroughtBy(file: ChangedFile, { lines }: Piece, { span, content, severity, lesson, removed }: Sighting, lessons: readonly Lesson[]): boolean {
  if (removed || severity !== lessons.find(({ id }) => id === lesson)!.severity) return false;
  // Here: it is about the file as such, which was there before unless the commit added it.
  if (content === undefined) return file.status === 'added';
  return lines.slice(span.line - 1, span.endLine).some(({ isNew }) => isNew);
}

/** One side of a file's diff as a text of its own, with the line numbers that its lines have in the commit. */
type Piece = { text: string; lines: readonly { number: number; isNew: boolean }[] };

function pieceOf({ hunks }: ChangedFile, side: 'added' | 'removed'): Piece {
  const lines: { number: number; isNew: boolean }[] = [];
  const texts: string[] = [];
  let size = 0;
  for (const { baseStart, headStart, lines: written } of hunks) {
    let number = side === 'added' ? headStart : baseStart;
    for (const { kind, text } of written) {
      if (kind !== 'context' && kind !== side) continue;
      if ((size += text.length) > largestFile) return { text: texts.join('\n'), lines };
      texts.push(text);
      lines.push({ number, isNew: kind !== 'context' });
      number += 1;
    }
    // An empty line between hunks, so that nothing is read across the gap.
    texts.push('');
    lines.push({ number, isNew: false });
  }
  return { text: texts.join('\n'), lines };
}

function look(path: string, { text }: Piece, lessons: readonly Lesson[]): Promise<Sighting[]> {
  const files = new OpenedFiles();
  files.add([path], new Map([[path, { text }]]));
  return examineText({ path, text, generated: isGenerated(path, text), tree: () => files.tree(path) }, lessons);
}

function asInCommit(sighting: Sighting, { lines }: Piece): Sighting {
  const at = (line: number): number => lines[line - 1]?.number ?? line;
  const { span, evidence } = sighting;
  const [line, endLine] = [at(span.line), at(span.endLine)];
  // A symbol of its own: who settles what stands in the history has not settled what stands at the head.
  return { ...sighting, symbol: 'in an earlier commit', span: { ...span, line, endLine }, statement: { line, endLine }, evidence: evidence.map((step) => ({ ...step, line })) };
}
