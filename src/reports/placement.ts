import type { Finding, Note, Placement, Verdict } from '../model.ts';
import { loudness } from './phrases.ts';

/** What fails the check: findings that block, those that warn as well, or none. */
export type Gate = 'block' | 'warn' | 'never';

/** How many comments one pull request gets at most, in all and of one lesson. */
export type PlacementLimits = { inline: number; perLesson: number };

/** The line of the diff on which a comment about these lines of the head can stand, if there is one. */
export type DiffLine = (path: string, line: number, endLine: number) => number | undefined;

/**
 * Decides where each finding is shown, and gives them back worst first, whatever order they came in.
 * Comments go to `active` findings that warn or block: blocking ones first, then spread over the lessons so that one lesson
 * with many findings hides no other. They stand on their line where the diff shows it, else on the file (`isInDiff`), and
 * count toward the limits alike. All others go to the summary; a scan's findings (nothing introduced) go nowhere.
 */
export function place(
  findings: readonly Finding[],
  limits: PlacementLimits,
  diffLine: DiffLine,
  isInDiff: (path: string) => boolean,
): Finding[] {
  const sorted = [...findings].sort(worstFirst);
  const commented = new Map<Finding, Placement>();
  const ofLesson = new Map<string, number>();
  for (const finding of spreadOverLessons(sorted.filter(deservesComment))) {
    if (commented.size >= limits.inline) break;
    const used = ofLesson.get(finding.lesson) ?? 0;
    if (used >= limits.perLesson) continue;
    const spot = spotFor(finding, diffLine, isInDiff);
    if (spot === 'summary') continue;
    commented.set(finding, spot);
    ofLesson.set(finding.lesson, used + 1);
  }
  return sorted.map((finding) => ({ ...finding, placement: commented.get(finding) ?? quietPlacement(finding) }));
}

function deservesComment(finding: Finding): boolean {
  // A finding in an earlier commit of the pull request has a line of that commit, which the head's diff does not show.
  return finding.commit === undefined && finding.introduced === true && finding.status === 'active' && finding.severity !== 'note';
}

function quietPlacement(finding: Finding): Placement {
  return finding.introduced === true ? 'summary' : 'none';
}

function spotFor(finding: Finding, diffLine: DiffLine, isInDiff: (path: string) => boolean): Placement {
  if (diffLine(finding.path, finding.line, finding.endLine) !== undefined) return 'inline';
  return isInDiff(finding.path) ? 'file' : 'summary';
}

/** All first findings of every lesson, then all second ones, within one severity. Expects them worst first. */
function spreadOverLessons(sorted: readonly Finding[]): Finding[] {
  const seen = new Map<string, number>();
  const ranked = sorted.map((finding) => {
    const key = `${finding.severity} ${finding.lesson}`;
    const rank = seen.get(key) ?? 0;
    seen.set(key, rank + 1);
    return { finding, rank };
  });
  return ranked
    .sort((a, b) => loudness(a.finding.severity) - loudness(b.finding.severity) || a.rank - b.rank)
    .map(({ finding }) => finding);
}

/** Blocking before warning before noting, trials last; then by place, so that the order never depends on chance. */
export function worstFirst(a: Finding, b: Finding): number {
  return weight(a) - weight(b) || byPlace(a, b);
}

/** How soon a reader should see this finding: 0 for a blocking one, and what is on trial after all that is not. */
export function weight(finding: Pick<Finding, 'severity' | 'status'>): number {
  return loudness(finding.severity) + (finding.status === 'active' ? 0 : 3);
}

/** By path, line and column; equal places by lesson and fingerprint. */
export function byPlace(a: Finding, b: Finding): number {
  return (
    compare(a.path, b.path) ||
    a.line - b.line ||
    a.column - b.column ||
    compare(a.lesson, b.lesson) ||
    compare(a.fingerprint, b.fingerprint)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * True when this finding fails the check. Lessons on trial never do, so that a new built-in lesson turns nobody's pull
 * request red.
 */
export function failsCheck(finding: Pick<Finding, 'severity' | 'status'>, gate: Gate): boolean {
  if (finding.status !== 'active' || gate === 'never') return false;
  return finding.severity === 'block' || (gate === 'warn' && finding.severity === 'warn');
}

/**
 * The verdict over unwaived findings: `incomplete` as soon as something was not reviewed, whatever the gate says; `block` when
 * a finding fails the check; `warn` when an active one at least warns; else `pass`.
 */
export function verdictOf(findings: readonly Finding[], notes: readonly Note[], gate: Gate = 'block'): Verdict {
  if (notes.some((note) => note.incomplete)) return 'incomplete';
  if (findings.some((finding) => failsCheck(finding, gate))) return 'block';
  return findings.some((finding) => finding.status === 'active' && finding.severity !== 'note') ? 'warn' : 'pass';
}
