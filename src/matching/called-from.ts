/** What a change does to code that it leaves alone: the places where unchanged code now repeats a lesson, shown where the change caused it. */
import type { Change, ChangedFile } from '../change/change.ts';
import { commentLine, isAdded } from '../change/lines.ts';
import type { Step } from '../model.ts';
import type { Sought } from './changed-functions.ts';
import { byPlace, fingerprints, type Introduced } from './compare.ts';
import type { Sighting } from './examine.ts';

/** Other places that a finding names beside its own. */
const mostNamed = 3;

/**
 * The sightings of unchanged files that the change brought about: they are there at the head, not at the base, and rest on a
 * file that the change touches. All that one line caused is told at once, by the gravest of them.
 * @param sought the functions of changed files that mean something else now.
 */
export function calledFrom(head: readonly Sighting[], base: readonly Sighting[], change: Change, sought: readonly Sought[]): Introduced[] {
  const before = new Set(base.map(placeOf));
  const stories = new Map<string, { cause: Step; told: Sighting[] }>();
  for (const sighting of head.filter((each) => !before.has(placeOf(each))).sort(byGravity)) {
    const cause = causeOf(sighting, change, sought);
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
function placeOf({ lesson, span }: Sighting): string {
  return `${lesson} ${span.line}:${span.column} ${span.path}`;
}

const gravity = { block: 0, warn: 1, note: 2 };

function byGravity(one: Sighting, other: Sighting): number {
  return gravity[one.severity] - gravity[other.severity] || byPlace(one, other);
}

/** The last step of the evidence that the change wrote; else the last one in a file that it touches, at the line that changed nearby. */
function causeOf({ evidence }: Sighting, { files }: Change, sought: readonly Sought[]): Step | undefined {
  const fileOf = (path: string): ChangedFile | undefined => files.find((file) => file.path === path && file.status !== 'deleted');
  const inChange = evidence.filter(({ path }) => fileOf(path));
  const written = inChange.findLast(({ path, line }) => isAdded(fileOf(path)!, line));
  if (written) return written;
  const last = inChange.at(-1);
  if (!last) return undefined;
  const around = sought.find(({ path, line, endLine }) => path === last.path && line <= last.line && last.line <= endLine);
  const line = around && commentLine(fileOf(last.path)!, around.line, around.endLine);
  return line === undefined ? last : { ...last, line };
}

function shownAt({ path, line }: Step, [first, ...others]: readonly Sighting[]): Sighting {
  const { message, symbol } = first!;
  const more = others.length > mostNamed ? ` and ${others.length - mostNamed} more` : '';
  const named = others.slice(0, mostNamed).map((each) => `\`${nameOf(each)}\``).join(', ');
  return {
    ...first!,
    span: { path, line, column: 1, endLine: line, endColumn: 1 },
    statement: { line, endLine: line },
    message: `In \`${nameOf(first!)}\`, which this change leaves as it is: ${message}${others.length > 0 ? ` The same holds for ${named}${more}.` : ''}`,
    // The caller says who it is: the changed line may be written anew with every push.
    symbol: `unchanged › ${symbol}`,
  };
}

/** `src/report.ts:12`, fit for a span of code. */
function nameOf({ span }: Sighting): string {
  return `${span.path.replaceAll('`', "'")}:${span.line}`;
}
