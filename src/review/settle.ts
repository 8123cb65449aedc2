import type { Change, ChangedFile } from '../change/change.ts';
import { baseLineOf, isAdded } from '../change/lines.ts';
import type { Lesson } from '../lessons/lesson.ts';
import type { SettledPlace } from '../lessons/settings.ts';
import { waiversIn } from '../lessons/waiver-book.ts';
import type { Waiver } from '../lessons/waivers.ts';
import type { Sighting } from '../matching/examine.ts';
import { names } from '../matching/fingerprint.ts';
import type { Finding, Fixed, LessonCard, Note, Waived } from '../model.ts';
import type { ReviewInput } from './input.ts';

/** A sighting as the review tells it. */
export function findingOf(sighting: Sighting, fingerprint: string, { lessons, subject }: ReviewInput): Finding {
  const lesson = lessons.find((each) => each.id === sighting.lesson)!;
  const { span } = sighting;
  return {
    lesson: lesson.id,
    severity: sighting.severity,
    status: lesson.status,
    path: span.path,
    line: span.line,
    endLine: span.endLine,
    column: span.column,
    message: sighting.message,
    advice: sighting.advice,
    evidence: sighting.evidence,
    fingerprint,
    introduced: 'change' in subject ? true : null,
    placement: 'none',
  };
}

/** True for a path that the head still has; what was deleted with its file was not repaired. */
export function isStillThere(basePath: string, change: Change | undefined): boolean {
  const file = change?.files.find((each: ChangedFile) => each.basePath === basePath);
  return file === undefined || file.status !== 'deleted';
}

/** A finding, and the sighting that it was made of. */
export type Entry = { sighting: Sighting; finding: Finding; /** What the commit itself says of it, for what stands in an earlier one. */ waiver?: Waiver };

/** Takes out what was settled in the code, one place at a time, and says which waivers settle nothing. What is left is told as stories. */
export function settle(entries: readonly Entry[], head: readonly Sighting[], withWaivers: readonly ReadonlyMap<string, string>[], { lessons, subject, waivers, places = [], today }: ReviewInput): { open: Finding[]; waived: Waived[]; notes: Note[] } {
  const files = new Map('change' in subject ? subject.change.files.map((file) => [file.path, file]) : []);
  const texts = new Map(waivers ? withWaivers.flatMap((each) => [...each]) : []);
  const isNew = (path: string, line: number): boolean => !('change' in subject) || files.get(path) === undefined || isAdded(files.get(path)!, line);
  const wasThere = (path: string, line: number): boolean => files.get(path) === undefined || baseLineOf(files.get(path)!, line) !== undefined;
  const standing = head.map(({ lesson, span }) => ({ lesson, path: span.path, line: span.line, endLine: span.endLine }));
  const book = waiversIn(texts, today, isNew);
  const isWaivable = (id: string): boolean => lessons.find((lesson) => lesson.id === id)?.waivable ?? true;
  const sightings = new Map(entries.map(({ finding, sighting }) => [finding, sighting]));
  const placesOf = (finding: Finding): SettledPlace[] => {
    const { symbol, code } = sightings.get(finding)!;
    return places.filter((place) => place.path === finding.path && names(place.fingerprint, finding.lesson, symbol, code));
  };
  const ofCommits = entries.flatMap(({ finding, waiver }): Waived[] => {
    if (!waiver || waivers !== true || !isWaivable(finding.lesson)) return [];
    return [{ ...finding, waiver: { reason: waiver.reason, path: waiver.path, line: waiver.line, ...(waiver.until !== undefined && { until: waiver.until }) } }];
  });
  const done = new Set(ofCommits.map(({ fingerprint }) => fingerprint));
  const asked = entries.map(({ finding }) => finding).filter(({ commit, fingerprint }) => commit === undefined || !done.has(fingerprint));
  const { open, waived, notes } = book.settle(asked, isWaivable, { standing, places: placesOf, ...(waivers === 'older' && { counts: wasThere }) });
  const stillOpen = new Set(open);
  return { open: oneStoryEach(entries.filter(({ finding }) => stillOpen.has(finding))), waived: [...waived, ...ofCommits], notes };
}

/** Findings of one lesson in one loop tell one story: the gravest, of equals the first, stands for all, and names the lines of the others. */
function oneStoryEach(entries: readonly Entry[]): Finding[] {
  const stories = new Map<string, Finding>();
  const others = new Map<Finding, Finding[]>();
  const gravity = { block: 0, warn: 1, note: 2 };
  for (const { sighting, finding } of entries.toSorted((one, other) => gravity[one.finding.severity] - gravity[other.finding.severity])) {
    const first = sighting.group === undefined ? undefined : stories.get(sighting.group);
    if (first === undefined) {
      others.set(finding, []);
      if (sighting.group !== undefined) stories.set(sighting.group, finding);
    } else if (finding.path === first.path && finding.line !== first.line) others.get(first)!.push(finding);
  }
  return [...others].map(([finding, more]) => (more.length === 0 ? finding : withOthers(finding, more)));
}

function withOthers(finding: Finding, others: readonly Finding[]): Finding {
  const lines = [...new Set(others.map(({ line }) => line))].sort((one, other) => one - other);
  const alike = new Map(others.flatMap(({ evidence }) => evidence).map((step) => [`${step.path}:${step.line}`, step]));
  for (const { path, line } of finding.evidence) alike.delete(`${path}:${line}`);
  return { ...finding, message: `${finding.message.replace(/[.\s]+$/, '')}. The same goes for ${saidLines(lines)}.`, alike: [...alike.values()] };
}

/** More lines than this are only counted. */
const mostLines = 5;

/** `line 12`, `lines 12, 14 and 20`. */
function saidLines(lines: readonly number[]): string {
  const said = lines.slice(0, mostLines).map(String);
  if (lines.length > said.length) said.push(`${lines.length - said.length} more`);
  return said.length === 1 ? `line ${said[0]}` : `lines ${said.slice(0, -1).join(', ')} and ${said.at(-1)}`;
}

export function fixedOf({ lesson, span, message }: Sighting, fingerprint: string): Fixed {
  return { lesson, path: span.path, line: span.line, message, fingerprint };
}

export function cardsOf(lessons: readonly Lesson[]): Record<string, LessonCard> {
  return Object.fromEntries(lessons.map((lesson) => [lesson.id, {
    id: lesson.id, title: lesson.title, severity: lesson.severity, status: lesson.status, story: lesson.story, lesson: lesson.lesson,
    links: lesson.links, ask: lesson.ask, steps: lesson.steps, origin: lesson.origin, waivable: lesson.waivable, ...(lesson.link !== undefined && { link: lesson.link }),
  }]));
}
