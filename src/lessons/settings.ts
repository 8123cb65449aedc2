import type { Note, Severity, Status } from '../model.ts';
import { isShared, type Extended } from './extends.ts';
import type { Lesson } from './lesson.ts';

/** What settings say of one lesson: that it is off, or what differs from its card. */
export type LessonSetting = 'off' | {
  severity?: Severity | undefined;
  status?: Status | undefined;
  scope?: { files?: string[] | undefined; except?: string[] | undefined } | undefined;
};

/** A finding that the settings settle, by where it stands and what it is. `line` and `file` are where they say so. */
export type SettledPlace = { path: string; fingerprint: string; reason: string; rotated?: string; until?: string; file: string; line: number };

/** What a team decided about the review as a whole. */
export type Settings = {
  /** The built-in lessons and the shared cards that apply; what comes later wins. */
  extends: readonly Extended[];
  /** By lesson id. */
  lessons: ReadonlyMap<string, LessonSetting>;
  /** Which findings fail the check. */
  gate: 'block' | 'warn' | 'never';
  /** At most so many comments in the diff of one pull request, and so many of them of one lesson. */
  comments: { inline: number; perLesson: number };
  /** Globs of files that are not reviewed. */
  ignore: readonly string[];
  waivers: { allow: boolean; byAuthor: boolean; fromForks: boolean; places: readonly SettledPlace[] };
};

/** What holds where no settings say otherwise. */
export const defaultSettings: Settings = {
  extends: ['once-bitten:recommended'],
  lessons: new Map(),
  gate: 'block',
  comments: { inline: 10, perLesson: 3 },
  ignore: [],
  waivers: { allow: true, byAuthor: true, fromForks: false, places: [] },
};

/** The cards of each entry of `extends` that names some, by the entry's name. */
export type SharedLessons = ReadonlyMap<string, readonly Lesson[]>;

/** A card that takes the place of another one with the same id, and where a reader finds it (or the other one, where it is built in). */
export type Replacement = { lesson: Lesson; other: Lesson; at: { path: string; line?: number; column?: number } };

/**
 * All lessons that were chosen, by id: those of `extends` in the order of its entries, then the team's own. Of two with one id the
 * later one holds.
 * @param lessons the built-in ones and the team's own.
 */
export function chooseLessons(lessons: readonly Lesson[], settings: Pick<Settings, 'extends'>, shared: SharedLessons = new Map()): { lessons: Lesson[]; replaced: Replacement[] } {
  const chosen = new Map<string, Lesson>();
  const replaced: Replacement[] = [];
  const choose = (lesson: Lesson, at: Replacement['at']): void => {
    const other = chosen.get(lesson.id);
    if (other && other.origin !== lesson.origin) replaced.push({ lesson, other, at: lesson.origin === 'built-in' ? { path: other.source.file } : at });
    chosen.set(lesson.id, lesson);
  };
  const builtIn = lessons.filter(({ origin }) => origin === 'built-in');
  for (const entry of settings.extends) {
    const layer = isShared(entry) ? shared.get(entry.name) ?? [] : builtIn;
    for (const lesson of layer) choose(lesson, placeOf(lesson, entry));
  }
  const own = new Set<string>();
  for (const lesson of lessons) {
    // Two team cards with one id are a fault that is told elsewhere; the first one stands.
    if (lesson.origin === 'built-in' || own.has(lesson.id)) continue;
    own.add(lesson.id);
    choose(lesson, { path: lesson.source.file });
  }
  return { lessons: [...chosen.values()], replaced };
}

/** A card of another repository has no place in this one but the line that names it. */
function placeOf(lesson: Lesson, entry: Extended): Replacement['at'] {
  if (!isShared(entry) || !entry.elsewhere) return { path: lesson.source.file };
  const { file, line, column } = entry.at;
  return { path: file, line, column };
}

/** A card by the name that a reader knows it by. */
export function nameOfCard({ id, origin }: Lesson): string {
  return origin === 'built-in' ? `the built-in lesson ${id}` : origin;
}

/**
 * The lessons in force under these settings, by id: those that are not off and speak, with the team's severity, status and
 * scope. A card that takes the place of another one is told in a note.
 */
export function applySettings(lessons: readonly Lesson[], settings: Settings, shared?: SharedLessons): { lessons: Lesson[]; notes: Note[] } {
  const chosen = chooseLessons(lessons, settings, shared);
  const notes = chosen.replaced.map(({ lesson, other, at }): Note => ({ code: 'lesson/replaced', message: `${nameOfCard(lesson)} takes the place of ${nameOfCard(other)}`, ...at, incomplete: false }));
  const inForce = chosen.lessons.flatMap((lesson) => withSetting(lesson, settings) ?? []);
  return { lessons: inForce.sort((a, b) => (a.id < b.id ? -1 : 1)), notes };
}

/** A lesson as the settings want it, or undefined when it does not speak. */
function withSetting(lesson: Lesson, settings: Settings): Lesson | undefined {
  const setting = settings.lessons.get(lesson.id) ?? {};
  if (setting === 'off') return undefined;
  const isWantedDraft = lesson.origin === 'built-in' && lesson.status === 'draft' && settings.extends.includes('once-bitten:all');
  const status = setting.status ?? (isWantedDraft ? 'trial' : lesson.status);
  if (status === 'draft' || status === 'retired') return undefined;
  return {
    ...lesson,
    status,
    // A card that only reminds has nothing to block on.
    severity: lesson.detect ? setting.severity ?? lesson.severity : lesson.severity,
    scope: { files: setting.scope?.files ?? lesson.scope.files, except: setting.scope?.except ?? lesson.scope.except },
  };
}
