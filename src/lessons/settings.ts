import type { Note, Severity, Status } from '../model.ts';
import type { Lesson } from './lesson.ts';

/** A set of built-in lessons: the recommended ones, or all, where drafts speak as `trial`. */
export type Pack = 'once-bitten:recommended' | 'once-bitten:all';

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
  /** The built-in lessons that apply. */
  extends: readonly Pack[];
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

/**
 * The lessons in force under these settings, by id: those that are not off and speak, with the team's severity, status and
 * scope. A team's card takes the place of the built-in one with the same id, and a note says so.
 */
export function applySettings(lessons: readonly Lesson[], settings: Settings): { lessons: Lesson[]; notes: Note[] } {
  const chosen = new Map<string, Lesson>();
  const notes: Note[] = [];
  for (const lesson of lessons) {
    if (lesson.origin === 'built-in' && settings.extends.length > 0) chosen.set(lesson.id, lesson);
  }
  for (const lesson of lessons) {
    if (lesson.origin === 'built-in') continue;
    const other = chosen.get(lesson.id);
    // Two team cards with one id are a fault that is told elsewhere; the first one stands.
    if (other && other.origin !== 'built-in') continue;
    if (other) notes.push({ code: 'lesson/replaced', message: `${lesson.origin} takes the place of the built-in lesson ${lesson.id}`, path: lesson.source.file, incomplete: false });
    chosen.set(lesson.id, lesson);
  }
  const inForce = [...chosen.values()].flatMap((lesson) => withSetting(lesson, settings) ?? []);
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
