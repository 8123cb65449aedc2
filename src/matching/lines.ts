/** Lessons that read the lines of files, whatever they hold. */
import type { Lesson, Matcher, WhereTest } from '../lessons/lesson.ts';
import { partsOf } from '../lessons/parts.ts';
import { groupsIn } from '../lessons/variables.ts';
import type { Severity } from '../model.ts';
import type { TextFile } from '../vocabulary/word.ts';
import { bind, fillIn, noBindings, type Bindings } from './bindings.ts';
import { isAmong, isIncomplete, type ChangedPaths } from './changed-paths.ts';
import type { Sighting } from './examine.ts';
import { compares } from './number-test.ts';
import { expressionOf } from './text-test.ts';

/** Findings of one lesson in one file; more say nothing new. */
const mostInFile = 20;
/** A longer line is read by its beginning: nobody wrote it by hand. In UTF-16 units. */
const longestLine = 4_000;

type Line = { path: string; text: string; change: ChangedPaths | undefined };
type Held = { bindings: Bindings; start: number; end: number };

/** True when a lesson reads lines or names of files. */
export function readsLines(lesson: Lesson): boolean {
  return lesson.detect !== undefined && partsOf(lesson.detect).some(({ reads }) => reads === 'lines' || reads === 'file');
}

/** Finds where the lines of a file, or its name, repeat lessons. */
export function examineLines(file: TextFile, lessons: readonly Lesson[], change: ChangedPaths | undefined): Sighting[] {
  if (file.generated) return [];
  const reading = lessons.filter(readsLines);
  if (reading.length === 0) return [];
  let lines: readonly string[] | undefined;
  return reading.flatMap((lesson) => {
    const parts = partsOf(lesson.detect!);
    const named = parts.filter(({ reads }) => reads === 'file').flatMap(({ matcher }) => inFile(lesson, matcher, file, change));
    const byLine = parts.filter(({ reads }) => reads === 'lines').flatMap(({ matcher }) => {
      if (!change?.anywhere && !mayBeIn(matcher, file.path)) return [];
      return inLines(lesson, matcher, file, (lines ??= file.text.split(/\r\n|\n|\r/)), change);
    });
    return [...named, ...byLine].slice(0, mostInFile);
  });
}

/** Files that a glob beside the expression rules out are not read line by line. */
function mayBeIn({ file, all }: Matcher, path: string): boolean {
  return (!file || isAmong(file.globs, path)) && (all?.every((each) => mayBeIn(each, path)) ?? true);
}

function inFile(lesson: Lesson, matcher: Matcher, { path, text }: TextFile, change: ChangedPaths | undefined): Sighting[] {
  const held = hold(matcher, { path, text: '', change }, { bindings: noBindings, start: 0, end: 0 });
  const [first = ''] = text.slice(0, longestLine).split(/\r\n|\n|\r/, 1);
  return held ? sightingOf(lesson, { path, text: '', change }, 1, held, first.length, `file ${path.slice(path.lastIndexOf('/') + 1)}`) : [];
}

function inLines(lesson: Lesson, matcher: Matcher, { path }: TextFile, lines: readonly string[], change: ChangedPaths | undefined): Sighting[] {
  const found: Sighting[] = [];
  for (const [index, whole] of lines.entries()) {
    if (found.length >= mostInFile) break;
    const line = { path, text: whole.slice(0, longestLine), change };
    const held = hold(matcher, line, { bindings: noBindings, start: 0, end: 0 });
    if (held) found.push(...sightingOf(lesson, line, index + 1, held, Math.max(held.end, held.start + 1), line.text.replaceAll(/\s+/g, ' ').trim()));
  }
  return found;
}

function sightingOf(lesson: Lesson, line: Line, number: number, held: Held, end: number, code: string): Sighting[] {
  if (lesson.fineWhen.some(({ matcher }) => hold(matcher, line, held))) return [];
  return [{
    lesson: lesson.id,
    severity: gradeOf(lesson, line, held),
    span: { path: line.path, line: number, column: held.start + 1, endLine: number, endColumn: end + 1 },
    statement: { line: number, endLine: number },
    message: fillIn(lesson.message, held.bindings),
    advice: lesson.lesson,
    evidence: [],
    symbol: '',
    code,
  }];
}

function gradeOf(lesson: Lesson, line: Line, held: Held): Severity {
  return lesson.grades.find(({ when }) => hold(when, line, held))?.severity ?? lesson.severity;
}

/** Tests a matcher at a line. What asks about code never holds here. */
function hold(matcher: Matcher, line: Line, so: Held): Held | undefined {
  if (matcher.is || matcher.code || matcher.removed || matcher.inside || matcher.contains || matcher.after || matcher.before || matcher['guarded-by'] || matcher.without) return undefined;
  // An example without a name stands wherever the card looks.
  if (matcher.file && !line.change?.anywhere && !isAmong(matcher.file.globs, line.path)) return undefined;
  if (matcher.together && !isIncomplete(matcher.together, line.change)) return undefined;
  let held: Held | undefined = so;
  if (matcher.text) held = find(matcher.text.source, line.text, held);
  for (const each of matcher.all ?? []) held = held && hold(each, line, held);
  if (held && matcher.any) held = firstOf(matcher.any, line, held);
  if (!held || matcher.where?.some((test) => !passes(test, held.bindings))) return undefined;
  return matcher.not && hold(matcher.not, named(line), held) ? undefined : held;
}

/** What is ruled out is ruled out by the name that is there. */
function named(line: Line): Line {
  return line.change?.anywhere ? { ...line, change: { paths: line.change.paths } } : line;
}

function firstOf(matchers: readonly Matcher[], line: Line, so: Held): Held | undefined {
  for (const each of matchers) {
    const held = hold(each, line, so);
    if (held) return held;
  }
  return undefined;
}

/** The first place where an expression matches. Its named groups bind variables. */
function find(source: string, text: string, { bindings }: Held): Held | undefined {
  const matcher = expressionOf(source).matcher(text);
  if (!matcher.find()) return undefined;
  let bound: Bindings | undefined = bindings;
  for (const name of groupsIn(source)) {
    const value = matcher.group(name.slice(1));
    if (value !== null && value !== undefined) bound = bound && bind(bound, name, value);
  }
  return bound && { bindings: bound, start: matcher.start(), end: matcher.end() };
}

function passes(test: WhereTest, bindings: Bindings): boolean {
  const text = bindings.get(test.variable)?.text;
  if (text === undefined || test.is || test.literal === false) return false;
  if (test.text && !expressionOf(test.text.source).matcher(text).find()) return false;
  const number = text.trim() === '' ? Number.NaN : Number(text.replaceAll('_', ''));
  if (test.number && (Number.isNaN(number) || !compares(number, test.number))) return false;
  return !test['one-of'] || test['one-of'].some((value) => (typeof value === 'number' ? number === value : text === String(value)));
}
