import type { Annotation, CheckReport } from '../github/check-run.ts';
import type { Finding, Review, Severity } from '../model.ts';
import { cardOf } from '../reports/lesson-cards.ts';
import { asSentence, capitalised, counted } from '../reports/phrases.ts';
import { failsCheck, worstFirst, type Gate } from '../reports/placement.ts';
import { summary, type SummaryOptions } from '../reports/summary.ts';
import { brief } from '../reports/visible-text.ts';

/** GitHub takes 65,535 characters. https://docs.github.com/rest/checks/runs */
const longestSummary = 65_000;

const levels: Record<Severity, Annotation['annotation_level']> = { block: 'failure', warn: 'warning', note: 'notice' };

/** What the check run says of a review: exactly what was judged. */
export function checkReport(review: Review, options: SummaryOptions & { gate: Gate; name: string; pull: number; details: string | undefined }): CheckReport {
  return {
    name: options.name,
    verdict: review.verdict,
    pull: options.pull,
    title: titleOf(review, options.gate),
    summary: wholeSummary(review, options, longestSummary),
    annotations: [...faultAnnotations(review), ...review.findings.filter((finding) => !hasComment(finding)).sort(worstFirst).map((finding) => annotationOf(finding, review))],
    ...(options.details !== undefined && { details: options.details }),
  };
}

/** A finding with a comment in the diff needs no second box beside it. */
function hasComment({ placement }: Finding): boolean {
  return placement === 'inline' || placement === 'file';
}

/** All of a review as Markdown; one quiet sentence where there is nothing to say. */
export function wholeSummary(review: Review, options: SummaryOptions, limit: number): string {
  return summary(review, { ...options, listAll: true, limit }) ?? `No lesson repeats itself in this change (${counted(review.stats.files, 'file')} reviewed${review.fixed.length > 0 ? `, ${review.fixed.length} fixed` : ''}).`;
}

/** The review in one line. */
export function titleOf(review: Review, gate: Gate): string {
  const blocking = review.findings.filter((finding) => failsCheck(finding, gate)).length;
  const findings = counted(review.findings.length, 'finding');
  if (review.verdict === 'incomplete') return `Not everything was reviewed; ${findings} so far.`;
  if (review.verdict === 'block') return `${findings}, ${blocking} ${blocking === 1 ? 'blocks' : 'block'} this change.`;
  return review.findings.length === 0 ? 'No lesson repeats itself here.' : `${findings}, none blocks.`;
}

/** What is to be mended before a review can be whole (a faulty card or setting), as annotations on the lines where it stands. */
export function faultAnnotations({ notes }: Pick<Review, 'notes'>): Annotation[] {
  return notes.flatMap(({ code, message, hint, path, line, incomplete }): Annotation[] => {
    if (!incomplete || path === undefined || line === undefined) return [];
    const next = hint === undefined ? '' : ` ${brief(asSentence(capitalised(hint)), 600)}`;
    return [{ path, start_line: Math.max(1, line), end_line: Math.max(1, line), annotation_level: 'failure', title: code, message: `${brief(asSentence(capitalised(message)), 800)}${next}` }];
  });
}

/** A finding as the line of an annotation, in plain text: annotations know no Markdown. */
export function annotationOf(finding: Finding, review: Review): Annotation {
  const card = cardOf(review.lessons, finding.lesson);
  const advice = finding.advice.trim() || card.lesson.trim();
  const link = card.link === undefined ? '' : ` ${card.link}`;
  return {
    path: finding.path,
    start_line: Math.max(1, finding.line),
    end_line: Math.max(1, finding.line, finding.endLine),
    annotation_level: finding.status === 'active' ? levels[finding.severity] : 'notice',
    title: brief(card.title, 200) || card.id,
    message: `${finding.commit === undefined ? '' : `In commit ${finding.commit.slice(0, 10)}, no longer at the head: `}${brief(asSentence(finding.message), 800)} ${brief(advice, 600)}${link}`.trim(),
  };
}
