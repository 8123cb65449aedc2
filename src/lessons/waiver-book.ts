import type { Finding, Note, Waived } from '../model.ts';
import type { SettledPlace } from './settings.ts';
import { appliesTo, findWaivers, type MalformedWaiver, type Waiver } from './waivers.ts';

/** The waivers of all files of a review, and what they settle. */
export type WaiverBook = {
  /**
   * Divides findings into open and waived, and tells of waivers that are malformed, expired, refused or settle nothing.
   * @param isWaivable whether a card lets itself be waived at all.
   */
  settle(findings: readonly Finding[], isWaivable: (lesson: string) => boolean, options?: SettleOptions): { open: Finding[]; waived: Waived[]; notes: Note[] };
};

export type SettleOptions = {
  /** Whether the settings let a waiver on this line hold; all do when absent. */
  counts?: (path: string, line: number) => boolean;
  /** What the settings settle, whoever brought it, for each finding. */
  places?: (finding: Finding) => readonly SettledPlace[];
  /** Everything that lessons see at the head, also what the change did not bring: a waiver of such a place settles something. */
  standing?: readonly Place[];
};

/** Where a lesson sees something. */
type Place = { lesson: string; path: string; line: number; endLine: number };

/** Reads the waivers of these files. `today` is YYYY-MM-DD; `isNew` tells whether a line was written by the change, so that old waivers are left in peace. */
export function waiversIn(texts: ReadonlyMap<string, string>, today: string, isNew: (path: string, line: number) => boolean = () => true): WaiverBook {
  const byPath = new Map<string, Waiver[]>();
  const malformed: (MalformedWaiver & { path: string })[] = [];
  for (const [path, text] of texts) {
    const found = findWaivers(text, path);
    byPath.set(path, found.waivers);
    malformed.push(...found.malformed.map((each) => ({ ...each, path })));
  }
  return { settle: (findings, isWaivable, options = {}) => settle(findings, isWaivable, options, byPath, malformed, today, isNew) };
}

function settle(
  findings: readonly Finding[],
  isWaivable: (lesson: string) => boolean,
  { counts = () => true, places = () => [], standing = [] }: SettleOptions,
  byPath: ReadonlyMap<string, readonly Waiver[]>,
  malformed: readonly (MalformedWaiver & { path: string })[],
  today: string,
  isNew: (path: string, line: number) => boolean,
): { open: Finding[]; waived: Waived[]; notes: Note[] } {
  const open: Finding[] = [];
  const waived: Waived[] = [];
  const used = new Set<Waiver>();
  const notes: Note[] = malformed
    .filter((each) => isNew(each.path, each.line))
    .map(({ path, line, column, message, hint }) => ({ code: 'waiver/malformed', message, hint, path, line, column, incomplete: false }));
  for (const finding of findings) {
    // A comment at the head says nothing of a line that only an earlier commit has.
    const candidates = (finding.commit === undefined ? (byPath.get(finding.path) ?? []) : []).map((waiver) => ({ waiver, effect: appliesTo(waiver, finding, today) }));
    const holding = candidates.find(({ effect }) => effect === 'holds')?.waiver;
    const expired = candidates.find(({ effect }) => effect === 'expired')?.waiver;
    for (const waiver of [holding, expired]) if (waiver) used.add(waiver);
    if (holding && isWaivable(finding.lesson) && counts(holding.path, holding.line)) {
      waived.push({ ...finding, placement: 'none', waiver: { reason: holding.reason, path: holding.path, line: holding.line, ...(holding.until !== undefined && { until: holding.until }) } });
      continue;
    }
    const settled = places(finding);
    const inForce = settled.find((place) => !isOver(place, today) && (finding.commit === undefined || place.rotated !== undefined));
    if (inForce && isWaivable(finding.lesson)) {
      waived.push({ ...finding, placement: 'none', waiver: { reason: reasonOf(inForce), path: inForce.file, line: inForce.line, ...(inForce.until !== undefined && { until: inForce.until }) } });
      continue;
    }
    if (holding && isWaivable(finding.lesson)) notes.push(noteAt(holding, 'waiver/not-counted', `This change brought its own waiver of \`${finding.lesson}\`, and the settings do not let such a waiver hold.`, 'ask somebody who may write to the repository'));
    else if (holding) notes.push(noteAt(holding, 'waiver/refused', `The lesson \`${finding.lesson}\` does not let itself be waived.`));
    else if (settled[0]) notes.push(whyNotSettled(settled[0], finding, isWaivable, today));
    else if (expired) notes.push(noteAt(expired, 'waiver/expired', `This waiver of \`${finding.lesson}\` ended on ${expired.until}.`));
    open.push(finding);
  }
  for (const place of standing) {
    for (const waiver of byPath.get(place.path) ?? []) if (appliesTo(waiver, place, today) !== 'elsewhere') used.add(waiver);
  }
  for (const waivers of byPath.values()) {
    for (const waiver of waivers) {
      if (used.has(waiver) || !isNew(waiver.path, waiver.line)) continue;
      notes.push(noteAt(waiver, 'waiver/unused', `This waiver of ${waiver.lessons.map((id) => `\`${id}\``).join(', ')} settles nothing here.`, 'take it out, or move it to the line it is about'));
    }
  }
  return { open, waived, notes };
}

function isOver({ until }: SettledPlace, today: string): boolean {
  return until !== undefined && until < today;
}

function reasonOf({ reason, rotated }: SettledPlace): string {
  return rotated === undefined ? reason : `${reason} (rotated on ${rotated})`;
}

/** Why an entry of the settings does not settle the finding that it names. */
function whyNotSettled(place: SettledPlace, { lesson, commit }: Finding, isWaivable: (lesson: string) => boolean, today: string): Note {
  const at = { path: place.file, line: place.line, incomplete: false };
  if (!isWaivable(lesson)) return { code: 'waiver/refused', message: `The lesson \`${lesson}\` does not let itself be waived.`, ...at };
  if (isOver(place, today)) return { code: 'waiver/expired', message: `This waiver of \`${lesson}\` ended on ${place.until}.`, ...at };
  return { code: 'waiver/not-rotated', message: `This waiver of \`${lesson}\` is about a secret in commit ${commit?.slice(0, 10)}, and does not say when it was made worthless.`, hint: 'rotate the secret, and add `rotated: YYYY-MM-DD`', ...at };
}

function noteAt(waiver: Waiver, code: string, message: string, hint?: string): Note {
  return { code, message, path: waiver.path, line: waiver.line, column: waiver.column, incomplete: false, ...(hint !== undefined && { hint }) };
}
