/**
 * The whole story on one page: a change comes in, its code is opened on both sides, lessons are looked for, both sides are
 * compared, and what the change brought comes out. Text in, values out: nothing here touches disk, network or environment.
 */
import { byPlace, compare, fingerprints, type Introduced } from './matching/compare.ts';
import type { Sighting } from './matching/examine.ts';
import type { LeftBehind } from './matching/left-behind.ts';
import { reminders } from './matching/whole-change.ts';
import { withoutSecrets, type Secrets } from './matching/withhold.ts';
import type { Note, Review, Skipped } from './model.ts';
import { Desk } from './review/desk.ts';
import type { ReviewInput } from './review/input.ts';
import { cardsOf, findingOf, fixedOf, isStillThere, settle, type Entry } from './review/settle.ts';

/** A scan opens so many files at a time, and forgets them before it goes on: a repository of any size fits into memory. */
const mostAtOnce = 50;

/** Reviews a change, or looks at files as they stand. Placement and verdict are the door's to add: they depend on where it speaks. */
export async function review(input: ReviewInput): Promise<Omit<Review, 'verdict'>> {
  const started = input.clock();
  const change = 'change' in input.subject ? input.subject.change : undefined;
  const sittings = await sitFor(input, started);
  const head = sittings.flatMap((sitting) => sitting.head);
  const { introduced, fixed } = change ? compare(head, sittings.flatMap((sitting) => sitting.base), change) : { introduced: asTheyStand(head), fixed: [] };
  const brought = sittings.flatMap((sitting) => [...sitting.brought, ...notToldYet(sitting.called, introduced)]);
  const all = brought.length > 0 ? [...graverThan(introduced, brought), ...brought].sort((one, other) => byPlace(one.sighting, other.sighting)) : introduced;
  const findings = all.map(({ sighting, fingerprint }): Entry => ({ sighting, finding: findingOf(sighting, fingerprint, input) }));
  const past = sittings.flatMap((sitting) => sitting.past).map((each): Entry => ({ sighting: each.sighting, finding: { ...findingOf(each.sighting, each.fingerprint, input), commit: each.commit }, ...(each.waiver && { waiver: each.waiver }) }));
  const settled = settle([...findings, ...past], head, sittings.map(({ withWaivers }) => withWaivers), input);
  const left = sum(sittings, (sitting) => sitting.left);
  const told = (text: string): string => sittings.reduce((so, { secrets }) => withoutSecrets(so, secrets), text);
  return {
    schema: 'once-bitten.review/1',
    ...(change && { base: change.base }),
    head: 'change' in input.subject ? input.subject.change.head : input.subject.head,
    findings: settled.open,
    fixed: fixed.filter(({ sighting }) => isStillThere(sighting.span.path, change)).map(({ sighting, fingerprint }) => fixedOf(sighting, fingerprint)),
    waived: settled.waived.map((each) => ({ ...each, waiver: { ...each.waiver, reason: told(each.waiver.reason) } })),
    notes: [...(input.notes ?? []), ...sittings.flatMap((sitting) => sitting.notes), ...(left > 0 ? [spent(left)] : []), ...settled.notes.map((note) => ({ ...note, message: told(note.message), ...(note.hint !== undefined && { hint: told(note.hint) }) })), ...(change ? reminders(input.lessons, change) : [])],
    skipped: sittings.flatMap((sitting) => sitting.skipped),
    lessons: cardsOf(input.lessons),
    stats: {
      files: sum(sittings, (sitting) => sitting.files),
      parsed: sum(sittings, (sitting) => sitting.parsed),
      readOutsideChange: sum(sittings, (sitting) => sitting.outside),
      rounds: sum(sittings, (sitting) => sitting.rounds),
      milliseconds: Math.round(input.clock() - started),
    },
  };
}

/** What is left of some files once they have been looked at: plain data, so that their text and trees can go. */
type Sitting = {
  head: Sighting[];
  base: Sighting[];
  /** What only the change as such shows: code that it took away, files that should have changed together. */
  brought: Introduced[];
  /** What the change brought about in files that it leaves alone. */
  called: Introduced[];
  /** What earlier commits of the change had. */
  past: LeftBehind[];
  notes: Note[];
  skipped: Skipped[];
  /** What must not be told, as it stands at the head. */
  secrets: Secrets;
  /** The texts that hold waivers, by path. */
  withWaivers: ReadonlyMap<string, string>;
  files: number;
  parsed: number;
  outside: number;
  rounds: number;
  /** Files that the time did not suffice for. */
  left: number;
};

/** A change is looked at as one, because its files answer for each other's counterparts; a scan some files at a time. */
async function sitFor(input: ReviewInput, started: number): Promise<Sitting[]> {
  if ('change' in input.subject) return [await sit(input, started, input.progress)];
  const { head, paths } = input.subject;
  const sittings: Sitting[] = [];
  for (let at = 0; at < paths.length; at += mostAtOnce) {
    const some = paths.slice(at, at + mostAtOnce);
    if (at > 0) input.tidy?.();
    sittings.push(await sit({ ...input, subject: { head, paths: some } }, started, (share) => input.progress?.((at + share * some.length) / paths.length)));
  }
  return sittings;
}

async function sit(input: ReviewInput, started: number, progress: ReviewInput['progress']): Promise<Sitting> {
  const desk = new Desk(input, started, progress);
  await desk.open();
  const head = await desk.examine('head');
  const base = desk.change ? await desk.examine('base') : [];
  const brought = desk.change ? desk.brought(head, base, desk.change) : [];
  const called = desk.change ? await desk.called(head, desk.change) : [];
  const past = desk.change ? await desk.past([...head, ...base]) : [];
  const { notes, skipped, outside, rounds, left } = desk;
  return { head: head.filter(isPresent), base: base.filter(isPresent), brought, called, past, notes, skipped, secrets: desk.secrets.head, withWaivers: desk.textsWith('lesson-ok'), files: desk.paths.length, parsed: desk.head.parsed + desk.base.parsed, outside, rounds, left };
}

/** False for what counts only where the other side has none. */
function isPresent({ removed }: Sighting): boolean {
  return !removed;
}

/** A line that repeats a lesson by itself says so once, whoever calls it; one that does so only where its callers let it says what they do. */
function notToldYet(called: readonly Introduced[], introduced: readonly Introduced[]): Introduced[] {
  const told = new Set(introduced.filter(({ sighting }) => !sighting.mild).map(placeOf));
  return called.filter((each) => !told.has(placeOf(each)));
}

/** What is introduced, without what is less than what callers bring about on the same line. */
function graverThan(introduced: readonly Introduced[], brought: readonly Introduced[]): Introduced[] {
  const told = new Set(brought.map(placeOf));
  return introduced.filter((each) => !each.sighting.mild || !told.has(placeOf(each)));
}

function placeOf({ sighting: { lesson, span } }: Introduced): string {
  return `${lesson} ${span.line} ${span.path}`;
}

function asTheyStand(head: readonly Sighting[]): Introduced[] {
  return [...fingerprints(head)].map(([sighting, fingerprint]) => ({ sighting, fingerprint }));
}

function sum<T>(items: readonly T[], count: (item: T) => number): number {
  return items.reduce((total, item) => total + count(item), 0);
}

function spent(left: number): Note {
  return { code: 'review/budget', message: `The time allowed for this review ran out; ${left} file${left === 1 ? ' was' : 's were'} not reviewed.`, hint: 'raise `time-budget`, or split the change', incomplete: true };
}
