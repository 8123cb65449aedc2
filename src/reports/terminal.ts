import type { Finding, LessonCard, Note, Review, Severity } from '../model.ts';
import { codeLine } from './code-line.ts';
import { columnsOf, firstColumns } from './columns.ts';
import { cardOf } from './lesson-cards.ts';
import { asSentence, capitalised, counted, duration, hintSentences, storySentence, whySkipped } from './phrases.ts';
import { byPlace, failsCheck, weight, type Gate } from './placement.ts';
import { proseLines } from './prose.ts';
import { brief, oneLine, shortened, withoutLogCommand } from './visible-text.ts';
import { waiverLine } from './waiver-line.ts';
import { isWithheld, shownEvidence } from './withheld.ts';

export type TerminalOptions = {
  /** Whether to write ANSI colours. The doors decide: on a terminal, and not when NO_COLOR is set. */
  colour: boolean;
  /** The terminal's width in columns; prose is wrapped and code is cut to it. */
  width: number;
  /** The text of a line of the head, when it is at hand. It may be hostile: it is made visible here. */
  lineOf?: (path: string, line: number) => string | undefined;
  /** What fails the check; `block` when absent. */
  gate?: Gate;
};

type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'cyan';
const codes: Record<Style, [number, number]> = { bold: [1, 22], dim: [2, 22], red: [31, 39], yellow: [33, 39], green: [32, 39], cyan: [36, 39] };
type Paint = (style: Style, text: string) => string;

const styleOf: Record<Severity, Style> = { block: 'red', warn: 'yellow', note: 'cyan' };

/** Beyond this, lines of prose are hard to follow. In columns. */
const longestProse = 110;

/**
 * A review for a developer's terminal: files with the worst findings first, each finding with a place that can be clicked, its
 * line of code, the chain of evidence, what to do, and how to say "not here"; then notes, waivers and one closing line.
 * No line of code is shown for a finding that may be about a secret (see `isWithheld`). Nothing from the reviewed code or a
 * card reaches the terminal as a control character, and no line can be read as a command by a CI's log.
 */
export function terminalReport(review: Review, options: TerminalOptions): string {
  const paint: Paint = options.colour ? (style, text) => `\u001b[${codes[style][0]}m${text}\u001b[${codes[style][1]}m` : (_, text) => text;
  const page = new Page(paint, options);
  const told = new Set<string>();
  for (const finding of byFileWorstFirst(review.findings)) {
    writeFinding(page, finding, options);
    writeLesson(page, finding, cardOf(review.lessons, finding.lesson), told);
  }
  writeWaived(page, review);
  writeFixed(page, review);
  writeSkipped(page, review);
  for (const note of review.notes) if (!note.incomplete) writeNote(page, note);
  for (const note of review.notes) if (note.incomplete) writeNote(page, note);
  page.blank();
  page.raw(closingLine(review, paint, options.gate ?? 'block'));
  return page.text();
}

/** Collects lines, all of which have been made safe. */
class Page {
  readonly paint: Paint;
  readonly width: number;
  readonly #colour: boolean;
  readonly #lines: string[] = [];

  constructor(paint: Paint, options: TerminalOptions) {
    this.paint = paint;
    this.width = Math.max(40, options.width);
    this.#colour = options.colour;
  }

  raw(...lines: string[]): void {
    this.#lines.push(...lines);
  }

  blank(): void {
    if (this.#lines.length > 0 && this.#lines.at(-1) !== '') this.#lines.push('');
  }

  /** Prose with `code` in backticks, wrapped, behind a label that stands in the margin of the first line. */
  prose(label: string, message: string): void {
    const indent = 2 + (label === '' ? 0 : labelWidth);
    const paintCode = this.#colour ? (code: string) => this.paint('cyan', code) : undefined;
    for (const [index, line] of proseLines(message, Math.min(this.width, longestProse) - indent, paintCode).entries()) {
      const margin = label === '' ? '' : index === 0 ? this.paint('dim', label.padEnd(labelWidth)) : ' '.repeat(labelWidth);
      this.raw(`  ${margin}${line}`);
    }
  }

  /** Text behind a label that stays on one line however long it is, so that it can be copied. */
  line(label: string, text: string): void {
    this.raw(`  ${this.paint('dim', label.padEnd(labelWidth))}${text}`);
  }

  text(): string {
    return `${this.#lines.map(withoutLogCommand).join('\n')}\n`;
  }
}

const labelWidth = 10;

function byFileWorstFirst(findings: readonly Finding[]): Finding[] {
  const worst = new Map<string, number>();
  for (const finding of findings) worst.set(finding.path, Math.min(weight(finding), worst.get(finding.path) ?? Infinity));
  return [...findings].sort((a, b) => {
    if (a.path !== b.path) return worst.get(a.path)! - worst.get(b.path)! || byPlace(a, b);
    return weight(a) - weight(b) || byPlace(a, b);
  });
}

function writeFinding(page: Page, finding: Finding, options: TerminalOptions): void {
  const { paint } = page;
  const severity = paint(styleOf[finding.severity], finding.status === 'trial' ? `${finding.severity}, on trial` : finding.severity);
  page.blank();
  page.raw(`${paint('bold', place(finding.path, finding.line, finding.column))}  ${severity}  ${oneLine(finding.lesson)}`);
  page.prose('', asSentence(brief(finding.message, 600)));
  if (finding.commit !== undefined) {
    page.prose('', `It stands in commit ${brief(finding.commit.slice(0, 10), 12)} of this change, no longer at its head (fingerprint ${brief(finding.fingerprint, 40)}).`);
  }
  writeCode(page, finding, options);
  writeEvidence(page, finding);
}

/** What the lesson says. Its story, whom to ask and how to waive it are told once, at its first finding; `told` remembers. */
function writeLesson(page: Page, finding: Finding, card: LessonCard, told: Set<string>): void {
  const first = !told.has(finding.lesson);
  told.add(finding.lesson);
  const story = storySentence(card.story);
  if (first && story !== '') page.prose('before', brief(story, 400));
  const advice = finding.advice.trim() || card.lesson.trim();
  // Lesson ids hold no space, so this is no lesson's name.
  const saying = `${finding.lesson} ${advice}`;
  if (advice !== '' && !told.has(saying)) page.prose('now', capitalised(asSentence(brief(advice, 600))));
  told.add(saying);
  if (!first) return;
  const ask = card.ask.slice(0, 3).map((name) => brief(name, 60));
  if (ask.length > 0) page.prose('ask', ask.join(', '));
  page.line('not here', notHere(finding, card));
}

function notHere(finding: Finding, card: LessonCard): string {
  if (!card.waivable) return 'this lesson takes no waiver';
  if (finding.commit !== undefined) return 'once it is rotated, name path, fingerprint and the day (rotated) under waivers.places in .github/once-bitten.yml';
  const line = waiverLine(oneLine(finding.lesson), finding.path);
  return line ?? `name the path and ${oneLine(finding.fingerprint)} under waivers.places in .github/once-bitten.yml`;
}

function place(path: string, line?: number, column?: number): string {
  return [brief(path, 400), line, line === undefined ? undefined : column].filter((part) => part !== undefined).join(':');
}

function writeCode(page: Page, finding: Finding, options: TerminalOptions): void {
  // At the head the line of an earlier commit holds something else.
  if (isWithheld(finding) || finding.commit !== undefined) return;
  const gutter = String(finding.line).padStart(6);
  const room = page.width - gutter.length - 3;
  const source = options.lineOf?.(finding.path, finding.line);
  page.blank();
  if (source === undefined) {
    const own = finding.evidence.find((step) => step.path === finding.path && step.line === finding.line);
    if (own !== undefined) page.raw(`${page.paint('dim', `${gutter} │`)} ${shortened(brief(own.text, 400), room)}`);
  } else {
    const { text, caret } = codeLine(source, finding.column, room);
    page.raw(`${page.paint('dim', `${gutter} │`)} ${text}`);
    page.raw(`${page.paint('dim', `${' '.repeat(gutter.length)} │`)} ${' '.repeat(caret)}${page.paint(styleOf[finding.severity], '^')}`);
  }
  page.blank();
}

/** Where a long place leaves less room than this, its code goes to a line of its own. In columns. */
const leastCode = 36;

function writeEvidence(page: Page, finding: Finding): void {
  const steps = shownEvidence(finding);
  if (steps.every((step) => step.path === finding.path && step.line === finding.line)) return;
  const places = steps.map((step) => place(step.path, step.line));
  const widest = Math.min(40, Math.max(...places.map(columnsOf)));
  for (const [index, step] of steps.entries()) {
    const label = page.paint('dim', (index === 0 ? 'evidence' : '').padEnd(labelWidth));
    const where = places[index]! + ' '.repeat(Math.max(0, widest - columnsOf(places[index]!)));
    const room = page.width - 2 - labelWidth - columnsOf(where) - 2;
    const code = brief(step.text, 400);
    if (code === '' || room >= leastCode) page.raw(`  ${label}${where}${code === '' ? '' : `  ${page.paint('dim', firstColumns(code, room))}`}`.trimEnd());
    else page.raw(`  ${label}${where}`, `${' '.repeat(labelWidth + 4)}${page.paint('dim', firstColumns(code, page.width - labelWidth - 4))}`);
  }
}

function writeWaived(page: Page, review: Review): void {
  for (const waived of [...review.waived].sort(byPlace)) {
    page.blank();
    page.raw(`${place(waived.path, waived.line)}  ${page.paint('dim', 'waived')}  ${oneLine(waived.lesson)}`);
    const until = waived.waiver.until === undefined ? '' : `, until ${brief(waived.waiver.until, 20)}`;
    page.prose('', `${brief(waived.waiver.reason, 300)} (${place(waived.waiver.path, waived.waiver.line)}${until})`);
  }
}

function writeFixed(page: Page, review: Review): void {
  if (review.fixed.length > 0) page.blank();
  for (const fixed of review.fixed) page.raw(`${place(fixed.path, fixed.line)}  ${page.paint('green', 'fixed')}  ${oneLine(fixed.lesson)}`);
}

/** More files than this are only counted. */
const mostSkipped = 20;

function writeSkipped(page: Page, review: Review): void {
  if (review.skipped.length > 0) page.blank();
  for (const file of review.skipped.slice(0, mostSkipped)) page.raw(page.paint('dim', `${place(file.path)}  not reviewed: ${whySkipped[file.why]}`));
  const hidden = review.skipped.length - mostSkipped;
  if (hidden > 0) page.raw(page.paint('dim', `… and ${counted(hidden, 'more file')} not reviewed. The JSON report has them all.`));
}

/** A hint is a few sentences, each on a line of its own. */
const mostHintLines = 8;

function writeNote(page: Page, note: Note): void {
  page.blank();
  const kind = note.incomplete ? page.paint('red', 'incomplete') : page.paint('dim', 'note');
  const where = note.path === undefined ? '' : `${page.paint('bold', place(note.path, note.line, note.column))}  `;
  page.raw(`${where}${kind}  ${oneLine(note.code)}`);
  page.prose('', capitalised(asSentence(brief(note.message, 500))));
  for (const sentence of hintSentences(note.hint).slice(0, mostHintLines)) page.prose('', brief(sentence, 500));
}

function closingLine(review: Review, paint: Paint, gate: Gate): string {
  const facts = [
    review.waived.length > 0 ? `${counted(review.waived.length, 'finding')} waived` : '',
    review.fixed.length > 0 ? `${review.fixed.length} fixed` : '',
    `${counted(review.stats.files, 'file')} in ${duration(review.stats.milliseconds)}`,
  ].filter((fact) => fact !== '');
  if (review.verdict === 'incomplete') {
    return paint('red', ['Incomplete: not everything was reviewed', findingCounts(review, gate), ...facts].join(' · '));
  }
  if (review.findings.length === 0) {
    const isEmpty = review.base !== undefined && review.stats.files + review.skipped.length + review.notes.length + review.waived.length === 0;
    return paint('green', isEmpty ? `No file was added or changed since ${brief(review.base!, 40).slice(0, 10)}.` : `Nothing here repeats a lesson (${facts.join(', ')}).`);
  }
  const style = { pass: 'green', warn: 'yellow', block: 'red' } as const;
  return paint(style[review.verdict], [findingCounts(review, gate), ...facts, `verdict: ${review.verdict}`].join(' · '));
}

function findingCounts(review: Review, gate: Gate): string {
  const failing = review.findings.filter((finding) => failsCheck(finding, gate)).length;
  const total = counted(review.findings.length, 'finding');
  if (failing === 0) return total;
  const verb = failing === 1 ? 'blocks' : 'block';
  if (failing < review.findings.length) return `${total}, of which ${failing} ${verb}`;
  return failing === 1 ? `${total}, which blocks` : `${total}, all of which block`;
}
