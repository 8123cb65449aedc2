/** What a change does to code that it leaves alone: the places where unchanged code now repeats a lesson, shown where the change caused it. */
import type { Change, ChangedFile } from '../change/change.ts';
import { commentLine, isAdded, isInDiff } from '../change/lines.ts';
import type { Step } from '../model.ts';
import type { Sought } from './sought.ts';
import { byPlace, fingerprints, type Introduced } from './compare.ts';
import type { Sighting } from './examine.ts';

/** Other places that a finding names beside its own. */
const mostNamed = 3;

/**
 * The sightings of unchanged files that the change brought about: they are there at the head, not at the base, and rest on a
 * file that the change touches. All that one line caused is told at once, by the gravest of them.
 * @param sought the functions of changed files that mean something else now.
 * @param textAt the text of a line of a changed file at the head.
 */
export function calledFrom(head: readonly Sighting[], base: readonly Sighting[], change: Change, sought: readonly Sought[], textAt: (path: string, line: number) => string): Introduced[] {
  const before = new Set(base.map(placeOf));
  const stories = new Map<string, { cause: Step; told: Sighting[] }>();
  const places = new Set<string>();
  for (const sighting of head.filter((each) => !before.has(placeOf(each))).sort(byGravity)) {
    // Where a place repeats a lesson in earnest, what is worth a thought beside it is not said as well.
    if (sighting.severity === 'note' && places.has(placeOf({ ...sighting, lesson: '' }))) continue;
    places.add(placeOf({ ...sighting, lesson: '' }));
    const cause = causeOf(sighting, change, sought, textAt);
    if (!cause) continue;
    const key = `${sighting.lesson} ${cause.line} ${cause.path}`;
    const story = stories.get(key);
    if (story) story.told.push(sighting);
    else stories.set(key, { cause, told: [sighting] });
  }
  const found = [...stories.values()].map(({ cause, told }) => shownAt(cause, told));
  return [...fingerprints(found)].map(([sighting, fingerprint]) => ({ sighting, fingerprint }));
}

/** An unchanged file is the same on both sides, so one place in it is one place. */
function placeOf({ lesson, span }: Pick<Sighting, 'lesson' | 'span'>): string {
  return `${lesson} ${span.line}:${span.column} ${span.path}`;
}

const gravity = { block: 0, warn: 1, note: 2 };

function byGravity(one: Sighting, other: Sighting): number {
  return gravity[one.severity] - gravity[other.severity] || byPlace(one, other);
}

/**
 * The last step of the evidence that the change wrote; else the line that it changed in the function that a step of the evidence stands
 * in, or that this place leads to without showing it: a check that is gone is nowhere to be seen.
 */
function causeOf(sighting: Sighting, { files }: Change, sought: readonly Sought[], textAt: (path: string, line: number) => string): Step | undefined {
  const fileOf = (path: string): ChangedFile | undefined => files.find((file) => file.path === path && file.status !== 'deleted');
  const inChange = sighting.evidence.filter(({ path }) => fileOf(path));
  const written = inChange.findLast(({ path, line }) => isAdded(fileOf(path)!, line));
  if (written) return written;
  const last = inChange.at(-1);
  const around = last ? sought.find(({ step, endLine }) => step.path === last.path && step.line <= last.line && last.line <= endLine) : unseenBehind(sighting, sought, textAt);
  if (!around) return last;
  // What was taken out of a query stood there, and no line of the head was written for it.
  if (last && around.why === 'rows' && isInDiff(fileOf(last.path)!, last.line)) return last;
  const { step: { path, line }, endLine } = around;
  const changed = commentLine(fileOf(path)!, line, endLine) ?? line;
  return { path, line: changed, text: textAt(path, changed) };
}

/** Lines of a caller that are looked through for the name of what it calls. */
const mostLines = 300;

/** The function that no longer does what nobody sees, and is named between the beginning of the place, such as its route, and its end. */
function unseenBehind({ span, evidence }: Sighting, sought: readonly Sought[], textAt: (path: string, line: number) => string): Sought | undefined {
  const start = Math.min(span.line, ...evidence.flatMap(({ path, line }) => (path === span.path ? [line] : [])));
  const lines = Array.from({ length: Math.min(mostLines, span.endLine - start + 1) }, (_, at) => textAt(span.path, start + at));
  const said = new Set(lines.flatMap((line) => line.match(/[\p{L}\p{N}_$]+/gu) ?? []));
  return sought.find(({ why, names }) => why !== 'deed' && names.some((name) => said.has(name)));
}

function shownAt({ path, line, text }: Step, [first, ...others]: readonly Sighting[]): Sighting {
  const { message, symbol, evidence } = first!;
  const more = others.length > mostNamed ? ` and ${others.length - mostNamed} more` : '';
  const named = others.slice(0, mostNamed).map((each) => `\`${nameOf(each)}\``).join(', ');
  return {
    ...first!,
    span: { path, line, column: 1, endLine: line, endColumn: 1 },
    statement: { line, endLine: line },
    message: `In \`${nameOf(first!)}\`, which this change leaves as it is: ${message}${others.length > 0 ? ` The same holds for ${named}${more}.` : ''}`,
    evidence: evidence.some((step) => step.path === path && step.line === line) ? evidence : [...evidence, { path, line, text }],
    // The caller says who it is: the changed line may be written anew with every push.
    symbol: `unchanged › ${symbol}`,
  };
}

/** `src/report.ts:12`, fit for a span of code. */
function nameOf({ span }: Sighting): string {
  return `${span.path.replaceAll('`', "'")}:${span.line}`;
}
