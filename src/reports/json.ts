import type { Cost, Finding, Fixed, LessonCard, Note, Review, Skipped, Stats, Step, Waived } from '../model.ts';
import { jsonText } from './json-text.ts';
import { stepsForMachines } from './withheld.ts';

/**
 * A review as JSON, versioned by its `schema` key and described by `schema/review.schema.json`. The order of keys is fixed, so
 * that two reports can be compared as text. Evidence that could hold a secret keeps its places and loses its text (see `isWithheld`).
 */
export function jsonReport(review: Review): string {
  return jsonText({
    schema: review.schema,
    base: review.base,
    head: review.head,
    verdict: review.verdict,
    findings: review.findings.map(findingValue),
    fixed: review.fixed.map(fixedValue),
    waived: review.waived.map(waivedValue),
    notes: review.notes.map(noteValue),
    skipped: review.skipped.map(skippedValue),
    lessons: Object.fromEntries(Object.entries(review.lessons).map(([id, card]) => [id, cardValue(card)])),
    stats: statsValue(review.stats),
  });
}

/** A finding with its keys in the published order. */
export function findingValue(finding: Finding): Finding {
  return {
    lesson: finding.lesson,
    severity: finding.severity,
    status: finding.status,
    path: finding.path,
    line: finding.line,
    endLine: finding.endLine,
    column: finding.column,
    message: finding.message,
    advice: finding.advice,
    evidence: stepsForMachines(finding).map(stepValue),
    fingerprint: finding.fingerprint,
    introduced: finding.introduced,
    placement: finding.placement,
    ...(finding.commit !== undefined && { commit: finding.commit }),
  };
}

function stepValue({ path, line, text }: Step): Step {
  return { path, line, text };
}

function fixedValue({ lesson, path, line, message, fingerprint }: Fixed): Fixed {
  return { lesson, path, line, message, fingerprint };
}

function waivedValue(waived: Waived): Waived {
  const { reason, path, line, until } = waived.waiver;
  return { ...findingValue(waived), waiver: { reason, path, line, ...(until !== undefined && { until }) } };
}

function noteValue({ code, message, hint, path, line, column, incomplete }: Note): Note {
  return {
    code,
    message,
    ...(hint !== undefined && { hint }),
    ...(path !== undefined && { path }),
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column }),
    incomplete,
  };
}

function skippedValue({ path, why }: Skipped): Skipped {
  return { path, why };
}

/** A card as reports know it: what else a lesson holds (its matcher, its source) stays inside. */
export function cardValue(card: LessonCard): LessonCard {
  const { id, title, severity, status, story, lesson, links, ask, steps, origin, link, waivable } = card;
  const told = { what: story.what, cost: costValue(story.cost) };
  return { id, title, severity, status, story: told, lesson, links, ask, steps, origin, ...(link !== undefined && { link }), waivable };
}

function costValue(cost: Cost): Cost {
  return {
    ...(cost.minutes !== undefined && { minutes: cost.minutes }),
    ...(cost.users !== undefined && { users: cost.users }),
    ...(cost.money !== undefined && { money: cost.money }),
    ...(cost['people-days'] !== undefined && { 'people-days': cost['people-days'] }),
  };
}

function statsValue({ files, parsed, readOutsideChange, rounds, milliseconds }: Stats): Stats {
  return { files, parsed, readOutsideChange, rounds, milliseconds };
}
