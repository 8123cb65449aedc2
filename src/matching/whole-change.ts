/** What concerns a change as a whole: files that should have changed together, and cards that only remind. */
import type { Change, ChangedFile } from '../change/change.ts';
import { scopeMatcher } from '../lessons/glob.ts';
import type { Lesson } from '../lessons/lesson.ts';
import { partsOf } from '../lessons/parts.ts';
import type { Note } from '../model.ts';
import { fillIn, noBindings } from './bindings.ts';
import { isAmong, isIncomplete, type ChangedPaths } from './changed-paths.ts';
import type { Introduced } from './compare.ts';
import { fingerprint } from './fingerprint.ts';

/** The paths that a change touches, at both sides. */
export function changedPaths(change: Change): ChangedPaths {
  return { paths: [...new Set(change.files.flatMap((file) => [file.path, ...(file.basePath === undefined ? [] : [file.basePath])]))] };
}

/** Findings of lessons that look at nothing but which files changed. They stand on the first file that asked for another one. */
export function examineChange(lessons: readonly Lesson[], change: Change, paths: ChangedPaths, applies: (lesson: Lesson, path: string) => boolean): Introduced[] {
  return lessons.flatMap((lesson): Introduced[] => {
    const parts = lesson.detect ? partsOf(lesson.detect).filter(({ reads }) => reads === 'change') : [];
    const asked = parts.flatMap(({ matcher }) => [matcher.together, ...(matcher.all ?? []).map((each) => each.together)]).filter((each) => each !== undefined);
    if (asked.length === 0 || !asked.every((together) => isIncomplete(together, paths))) return [];
    const file = change.files.find(({ path, basePath }) => applies(lesson, path) && asked.some(({ changed }) => paths.anywhere || isAmong(changed, path) || (basePath !== undefined && isAmong(changed, basePath))));
    if (!file) return [];
    const line = firstLine(file);
    return [{
      sighting: {
        lesson: lesson.id, severity: lesson.severity, span: { path: file.path, line, column: 1, endLine: line, endColumn: 1 }, statement: { line, endLine: line },
        message: fillIn(lesson.message, noBindings), advice: lesson.lesson, evidence: [], symbol: '', code: 'change',
      },
      fingerprint: fingerprint(lesson.id, '', 'change', 0),
    }];
  });
}

/** The first line of the head that the change wrote, or that stands where it took lines away. */
function firstLine({ hunks, status }: ChangedFile): number {
  const [hunk] = hunks;
  if (!hunk || status === 'deleted') return 1;
  const before = hunk.lines.findIndex(({ kind }) => kind !== 'context');
  return Math.max(1, hunk.headStart + Math.max(0, before));
}

/** Reminders that one change brings at most. */
const mostReminders = 2;

/** The stories that a change recalls, because it touches files or names that a card without `detect` is about. */
export function reminders(lessons: readonly Lesson[], change: Change): Note[] {
  const recalled = lessons.flatMap((lesson) => {
    if (!lesson.touches || lesson.status === 'draft' || lesson.status === 'retired') return [];
    const isInScope = scopeMatcher(lesson.scope.files, lesson.scope.except);
    const files = change.files.filter(({ path }) => isInScope(path));
    const place = byName(lesson.touches.symbols, files) ?? byPath(lesson.touches.files, files);
    return place ? [{ lesson, ...place }] : [];
  });
  // A name says more than a path, so cards that a name recalls come first.
  const ordered = recalled.sort((one, other) => Number(other.line !== undefined) - Number(one.line !== undefined) || (one.lesson.id < other.lesson.id ? -1 : 1));
  return ordered.slice(0, mostReminders).map(({ lesson, path, line }): Note => ({
    code: 'lesson/reminder', message: `${lesson.title}. ${lesson.story.what}`, hint: lesson.lesson, path, ...(line !== undefined && { line }), incomplete: false,
  }));
}

type Place = { path: string; line?: number };

function byPath(globs: readonly string[], files: readonly ChangedFile[]): Place | undefined {
  const file = globs.length === 0 ? undefined : files.find(({ path, basePath }) => isAmong(globs, path) || (basePath !== undefined && isAmong(globs, basePath)));
  return file && { path: file.path };
}

/** The first line of the diff that mentions one of the names, as a whole word. */
function byName(names: readonly string[], files: readonly ChangedFile[]): Place | undefined {
  if (names.length === 0) return undefined;
  for (const file of files) {
    for (const hunk of file.hunks) {
      let line = hunk.headStart;
      for (const { kind, text } of hunk.lines) {
        if (kind !== 'context' && names.some((name) => mentions(text, name))) return { path: file.path, line: Math.max(1, line) };
        if (kind !== 'removed') line += 1;
      }
    }
  }
  return undefined;
}

function mentions(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const isPartOfWord = /[\w$]/.test(text[at - 1] ?? '') || /[\w$]/.test(text[at + name.length] ?? '');
    if (!isPartOfWord) return true;
  }
  return false;
}
