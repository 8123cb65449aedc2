import type { Finding, LessonCard, Step } from '../model.ts';
import { codeSpan, markdownLink, markdownMessage, markdownText, webAddress } from './markdown-escape.ts';
import { markerText } from './marker.ts';
import { asSentence, capitalised, storySentence } from './phrases.ts';
import { failsCheck, type Gate } from './placement.ts';
import { waiverLine } from './waiver-line.ts';
import { shownEvidence } from './withheld.ts';

export type CommentOptions = {
  /** The `id` input of this run: part of the hidden marker, so that several reviews leave each other's comments alone. */
  run: string;
  /** What fails the check; `block` when absent. A comment says so when its finding is the reason. */
  gate?: Gate;
  /** The address of a line of the head, or of an earlier commit, for links in the evidence. Without it places are plain text. */
  blobUrl?: (path: string, line: number, commit?: string) => string;
};

/** More steps than this are folded in the middle: both ends of the chain matter most. */
const longestChain = 5;

/**
 * One comment on a pull request, as GitHub Markdown: what the line does, what that has cost before, what is done now, and in
 * small print the lesson, whom to ask and how to say "not here". Its last line is the hidden marker. Never blames anybody.
 * Code lines of evidence are left out where they could hold a secret (see `isWithheld`).
 */
export function comment(finding: Finding, card: LessonCard, options: CommentOptions): string {
  const paragraphs = [
    [whatItDoes(finding, options), evidenceLine(finding, options)],
    [whatHappened(card), whatWeDoNow(finding, card)],
    [`<sub>${smallPrint(finding, card, options)}</sub>`, markerText({ run: options.run, lesson: finding.lesson, fingerprint: finding.fingerprint })],
  ];
  return paragraphs
    .map((lines) => lines.filter((line) => line !== '').join('\n'))
    .filter((paragraph) => paragraph !== '')
    .join('\n\n');
}

function whatItDoes(finding: Finding, options: CommentOptions): string {
  const message = markdownMessage(asSentence(finding.message), 500);
  if (finding.commit !== undefined) {
    return `In commit ${codeSpan(finding.commit.slice(0, 10))}, line ${finding.line}: ${message}`;
  }
  // A comment on the file has no line of its own to stand on.
  if (finding.placement === 'file') return `${placeOf(finding, finding.path, options, 'Line')}: ${message}`;
  return message;
}

/**
 * The chain of a finding in one line of Markdown: each step's code and place, from where it starts to where it ends.
 * '' when the finding rests on its own line alone.
 */
export function evidenceLine(finding: Finding, options: Pick<CommentOptions, 'blobUrl'>): string {
  const steps = shownEvidence(finding);
  if (steps.every((step) => step.path === finding.path && step.line === finding.line)) return '';
  const shown = steps.map((step) => stepText(step, finding.path, options));
  if (shown.length <= longestChain) return `Evidence: ${shown.join(' → ')}`;
  const hidden = shown.length - (longestChain - 1);
  return `Evidence: ${[...shown.slice(0, 3), `… ${hidden} more …`, shown.at(-1)].join(' → ')}`;
}

function stepText(step: Step, home: string, options: Pick<CommentOptions, 'blobUrl'>): string {
  const place = placeOf(step, home, options, 'line');
  // An opening brace or a semicolon at the end of a line says nothing here.
  const code = codeSpan(step.text.trim().replace(/[{;]$/, ''), 60);
  return code === '' ? place : `${code} (${place})`;
}

/** `line 12` in the finding's own file, `src/posts.ts:30` in another. */
function placeOf(at: { path: string; line: number }, home: string, options: Pick<CommentOptions, 'blobUrl'>, word: string): string {
  const label = at.path === home ? `${word} ${at.line}` : codeSpan(`${at.path}:${at.line}`, 120);
  return markdownLink(label, options.blobUrl?.(at.path, at.line));
}

/** The card's story and its cost in one sentence of Markdown; '' when the card tells none. */
export function whatHappened(card: LessonCard): string {
  const story = storySentence(card.story);
  return story === '' ? '' : `**Once bitten:** ${markdownText(story, 420)}`;
}

function whatWeDoNow(finding: Finding, card: LessonCard): string {
  const advice = finding.advice.trim() || card.lesson.trim();
  return advice === '' ? '' : `**What we do now:** ${markdownMessage(asSentence(capitalised(advice)), 420)}`;
}

function smallPrint(finding: Finding, card: LessonCard, options: CommentOptions): string {
  const parts = [
    failsCheck(finding, options.gate ?? 'block') ? '<b>blocks the check</b>' : '',
    `lesson: ${lessonLink(card)}`,
    ...furtherLinks(card),
    whomToAsk(card),
    notHere(finding, card),
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

/** The card's title as a link to where it can be read in full. */
export function lessonLink(card: LessonCard): string {
  return markdownLink(markdownText(card.title, 90) || codeSpan(card.id), card.link);
}

/** The card's own links that lead to the web, at most three, by their names. */
export function furtherLinks(card: LessonCard): string[] {
  return Object.entries(card.links)
    .filter(([, address]) => webAddress(address) !== undefined)
    .slice(0, 3)
    .map(([name, address]) => markdownLink(markdownText(name, 30), address));
}

/** Whom to ask, as code, so that nobody is pinged. '' when the card names nobody. */
export function whomToAsk(card: LessonCard): string {
  const people = card.ask.slice(0, 3).map((name) => codeSpan(name, 60));
  return people.length > 0 ? `questions: ${people.join(', ')}` : '';
}

/** How to say that the lesson does not apply here. */
export function notHere(finding: Pick<Finding, 'lesson' | 'path' | 'fingerprint' | 'commit'>, card: Pick<LessonCard, 'waivable'>): string {
  if (!card.waivable) return 'this lesson takes no waiver';
  const settings = codeSpan('.github/once-bitten.yml');
  if (finding.commit !== undefined) return `once it is rotated: name path, fingerprint and the day (${codeSpan('rotated')}) under ${codeSpan('waivers.places')} in ${settings}`;
  const line = waiverLine(finding.lesson, finding.path);
  if (line !== undefined) return `not here: ${codeSpan(line)} on the line or above it`;
  return `not here: name the path and ${codeSpan(finding.fingerprint)} under ${codeSpan('waivers.places')} in ${settings}`;
}
