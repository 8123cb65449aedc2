import type { Finding, Fixed, LessonCard, Note, Review, Skipped, Waived } from '../model.ts';
import { comment, evidenceLine, furtherLinks, lessonLink, notHere, whatHappened, whomToAsk, type CommentOptions } from './comment.ts';
import { byLesson, cardOf } from './lesson-cards.ts';
import { codeSpan, htmlText, markdownLink, markdownMessage, markdownText } from './markdown-escape.ts';
import { markerText } from './marker.ts';
import { fitPage, type Section } from './page.ts';
import { asSentence, counted, hintSentences, listed, whySkipped } from './phrases.ts';
import { byPlace, failsCheck, worstFirst } from './placement.ts';

export type SummaryOptions = CommentOptions & {
  /** List the findings that have comments of their own as well: for a job summary, which stands away from the diff. */
  listAll?: boolean;
  /** The longest text the place takes, in UTF-16 units. GitHub takes 65,536 characters in a comment and 65,535 in a check run. */
  limit?: number;
};

/** Below GitHub's limit for a comment, with a little room for what others may add around the text. */
const usualLimit = 65_000;

/** More lessons than this are listed together, without their stories. */
const mostFolds = 25;

/**
 * The one summary of a review as GitHub Markdown: the verdict, what was not reviewed (first, and loudly), findings without a
 * comment of their own folded by lesson, waivers with their reasons, notes, what was fixed, what was skipped by policy.
 * Undefined when there is nothing to say: findings that all have their comments, or nothing but repairs, need no summary.
 */
export function summary(review: Review, options: SummaryOptions): string | undefined {
  const here = review.findings.filter((finding) => options.listAll === true || !hasOwnComment(finding)).sort(worstFirst);
  if (here.length === 0 && review.waived.length === 0 && review.notes.length === 0) return undefined;
  const sections = [
    opening(review, here, options),
    ...incompleteSection(review.notes, options),
    ...lessonSections(review, here, options),
    ...listSection('Waived', review.waived.map((waived) => waivedItem(waived, options))),
    ...listSection('Notes', review.notes.filter((note) => !note.incomplete).map((note) => `- ${noteText(note, options)}`)),
    ...listSection('Fixed by this change', review.fixed.map(fixedItem)),
    ...skippedSection(review.skipped),
  ];
  const marker = markerText({ run: options.run, summary: true });
  return `${fitPage(sections, (options.limit ?? usualLimit) - marker.length - 2)}\n\n${marker}`;
}

function hasOwnComment(finding: Finding): boolean {
  return finding.placement === 'inline' || finding.placement === 'file';
}

function opening(review: Review, here: readonly Finding[], options: SummaryOptions): Section {
  return { head: `### Once Bitten: ${headline(review, options)}\n\n${tally(review, here, options.listAll === true)}`, items: [], foot: '', bullet: '' };
}

function headline(review: Review, options: SummaryOptions): string {
  if (review.verdict === 'incomplete') return 'the review is incomplete';
  const failing = review.findings.filter((finding) => failsCheck(finding, options.gate ?? 'block')).length;
  if (review.verdict === 'block') return `${counted(failing, 'finding blocks', 'findings block')} this change`;
  if (review.verdict === 'warn') return 'nothing blocks, something is worth a look';
  return 'nothing blocks this change';
}

/** The numbers, which always add up: what stands on the diff and what stands here make all findings. */
function tally(review: Review, here: readonly Finding[], isWhole: boolean): string {
  const commented = review.findings.filter(hasOwnComment).length;
  const places = [
    commented > 0 ? `${commented} as ${commented === 1 ? 'a comment' : 'comments'} on the diff` : '',
    // Where all are listed, those on the diff are among them.
    isWhole ? 'all listed here' : here.length > 0 ? `${here.length} listed here` : '',
  ].filter((place) => place !== '');
  const parts = [
    `Verdict: **${review.verdict}**`,
    review.findings.length > 0 ? `${counted(review.findings.length, 'finding')} (${listed(places)})` : 'no findings',
    review.waived.length > 0 ? `${review.waived.length} waived` : '',
    review.fixed.length > 0 ? `${review.fixed.length} fixed` : '',
    // No times here: the text of an unchanged review must not change, or every push would edit the comment.
    `${counted(review.stats.files, 'file')} ${review.base === undefined ? 'scanned' : 'in the change'}`,
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

function incompleteSection(notes: readonly Note[], options: SummaryOptions): Section[] {
  const missing = notes.filter((note) => note.incomplete);
  if (missing.length === 0) return [];
  return [
    {
      head: '> [!CAUTION]\n> **Not everything was reviewed, so the check is red whatever else was found.** What to mend:',
      gap: '\n>\n',
      items: missing.map((note) => `> - ${noteText(note, options)}`),
      foot: '',
      bullet: '> - ',
    },
  ];
}

function noteText(note: Note, options: SummaryOptions): string {
  const sentences = hintSentences(note.hint);
  const hint = sentences.length === 0 ? '' : ` ${markdownMessage(sentences.join(' '), 300)}`;
  const place = note.path === undefined ? '' : `${placeLink(note.path, note.line, options, note.column)}: `;
  return `${place}${markdownMessage(asSentence(note.message), 400)}${hint} <sub>${codeSpan(note.code, 60)}</sub>`;
}

function placeLink(path: string, line: number | undefined, options: SummaryOptions, column?: number, commit?: string): string {
  const place = [path, line, line === undefined ? undefined : column].filter((part) => part !== undefined).join(':');
  return markdownLink(codeSpan(place, 200), line === undefined ? undefined : options.blobUrl?.(path, line, commit));
}

function lessonSections(review: Review, here: readonly Finding[], options: SummaryOptions): Section[] {
  const groups = [...byLesson(here).entries()];
  const further = groups.slice(mostFolds).flatMap(([, findings]) => findings);
  const folds = groups.slice(0, mostFolds).map(([lesson, findings]) => foldedLesson(cardOf(review.lessons, lesson), findings, options));
  if (further.length === 0) return folds;
  const items = further.map((finding) => findingItem(finding, options, `${codeSpan(finding.lesson, 60)} `));
  const head = `<details><summary><b>Further lessons</b> · ${counted(further.length, 'place')}</summary>`;
  return [...folds, { head, items, foot: '</details>', bullet: '- ' }];
}

function foldedLesson(card: LessonCard, findings: readonly Finding[], options: SummaryOptions): Section {
  const blocks = findings.some((finding) => failsCheck(finding, options.gate ?? 'block'));
  const facts = [
    `<b>${htmlText(card.title, 90)}</b>`,
    `<code>${htmlText(card.id, 60)}</code>`,
    counted(findings.length, 'place'),
    blocks ? 'blocks the check' : '',
    findings.every((finding) => finding.status === 'trial') ? 'never blocks while on trial' : '',
  ];
  return {
    head: `<details${blocks ? ' open' : ''}><summary>${facts.filter((fact) => fact !== '').join(' · ')}</summary>`,
    items: findings.map((finding) => findingItem(finding, options)),
    foot: `${lessonFoot(card, findings)}\n\n</details>`,
    bullet: '- ',
  };
}

function findingItem(finding: Finding, options: SummaryOptions, before = ''): string {
  const facts = [
    finding.severity,
    finding.status === 'trial' ? 'on trial' : '',
    finding.commit === undefined ? '' : `in commit ${codeSpan(finding.commit.slice(0, 10))}, no longer at the head; fingerprint ${codeSpan(finding.fingerprint)}`,
  ];
  const place = placeLink(finding.path, finding.line, options, undefined, finding.commit);
  const message = markdownMessage(asSentence(finding.message), 400);
  const line = `- ${before}${place} (${facts.filter((fact) => fact !== '').join(', ')}) ${message}`;
  const evidence = evidenceLine(finding, options);
  return evidence === '' ? line : `${line}<br>${evidence}`;
}

function lessonFoot(card: LessonCard, findings: readonly Finding[]): string {
  const lesson = card.lesson.trim();
  const steps = card.steps.slice(0, 5).map((step, index) => `${index + 1}. ${markdownMessage(step, 200)}`);
  const smallPrint = [`lesson: ${lessonLink(card)}`, ...furtherLinks(card), whomToAsk(card), ...waysOut(card, findings)];
  return [
    whatHappened(card),
    lesson === '' ? '' : `**What we do now:** ${markdownMessage(asSentence(lesson), 420)}`,
    steps.join('\n'),
    `<sub>${smallPrint.filter((part) => part !== '').join(' · ')}</sub>`,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** How to settle what is here: at its line, and what stands in an earlier commit in another way. */
function waysOut(card: LessonCard, findings: readonly Finding[]): string[] {
  const examples = [findings.find(({ commit }) => commit === undefined), findings.find(({ commit }) => commit !== undefined)];
  return [...new Set(examples.flatMap((example) => (example ? [notHere(example, card)] : [])))];
}

function listSection(title: string, items: string[]): Section[] {
  return items.length === 0 ? [] : [{ head: `**${title}** (${items.length})`, items, foot: '', bullet: '- ' }];
}

function waivedItem(waived: Waived, options: SummaryOptions): string {
  const until = waived.waiver.until === undefined ? '' : `, until ${markdownText(waived.waiver.until, 20)}`;
  const reason = markdownText(waived.waiver.reason, 300);
  const givenAt = placeLink(waived.waiver.path, waived.waiver.line, options);
  const place = placeLink(waived.path, waived.line, options, undefined, waived.commit);
  const message = markdownMessage(asSentence(waived.message), 300);
  return `- ${place} ${codeSpan(waived.lesson, 60)} (${waived.severity}) ${message}<br>Reason, given at ${givenAt}${until}: ${reason}`;
}

function fixedItem(fixed: Fixed): string {
  // Its place is one of the base, which the head's address would not show.
  return `- ${codeSpan(`${fixed.path}:${fixed.line}`, 200)} ${codeSpan(fixed.lesson, 60)} ${markdownMessage(asSentence(fixed.message), 300)}`;
}

function skippedSection(skipped: readonly Skipped[]): Section[] {
  if (skipped.length === 0) return [];
  const items = skipped.map((file) => `- ${codeSpan(file.path, 200)} (${whySkipped[file.why]})`);
  return [{ head: `<details><summary>${counted(skipped.length, 'file')} not reviewed</summary>`, items, foot: '</details>', bullet: '- ' }];
}

/**
 * Everything that a review would post, as one Markdown text: every comment under its place, then the summary. Says so when
 * nothing would be posted.
 */
export function markdownReport(review: Review, options: SummaryOptions = { run: 'default' }): string {
  const comments = review.findings
    .filter(hasOwnComment)
    .sort(byPlace)
    .map((finding) => `${headingOf(finding)}\n\n${comment(finding, cardOf(review.lessons, finding.lesson), options)}`);
  const whole = summary(review, options);
  const parts = whole === undefined ? comments : [...comments, whole];
  if (parts.length === 0) return `Nothing to say: no comment would be posted (${counted(review.stats.files, 'file')}, verdict: ${review.verdict}).\n`;
  return `${parts.join('\n\n---\n\n')}\n`;
}

function headingOf(finding: Finding): string {
  const where = finding.placement === 'inline' ? `line ${finding.line}` : 'on the file';
  return `#### ${codeSpan(finding.path, 200)}, ${where}`;
}
