import type { Finding, Review, Verdict } from '../model.ts';
import { findingValue, cardValue } from './json.ts';
import { jsonText } from './json-text.ts';
import { byLesson, cardOf } from './lesson-cards.ts';
import { codeSpan, markdownMessage, markdownText } from './markdown-escape.ts';
import { asSentence, counted, duration } from './phrases.ts';
import { byPlace } from './placement.ts';
import { brief, oneLine, withoutLogCommand } from './visible-text.ts';

/** What a review of one merged pull request would have said. */
export type BacktestPull = {
  commit: string;
  subject: string;
  /** The day it was merged, as YYYY-MM-DD. */
  date: string;
  /** Comments on the diff it would have got. */
  inline: number;
  /** Findings listed in its summary. */
  summaryLines: number;
  findings: Finding[];
  verdict: Verdict;
  milliseconds: number;
  /** Files that were read although the change leaves them alone, because a call leads there. */
  readOutsideChange: number;
  /** Why the review could not be made, when it could not; the other figures are then empty. */
  failed?: string;
};

/** The replay of a repository's merged pull requests, newest first. */
export type BacktestResult = {
  repository: string;
  head: string;
  pulls: BacktestPull[];
  lessons: Review['lessons'];
};

export type BacktestFormat = 'terminal' | 'json' | 'markdown';

/** What the figures of a backtest say. Failed reviews are counted and left out of all other figures. */
export type BacktestFigures = {
  pulls: number;
  failed: number;
  incomplete: number;
  /** Comments on the diff per pull request. */
  comments: { total: number; mean: number; median: number; p95: number; max: number };
  /** Pull requests with at least one comment, and those with at least one finding anywhere. */
  withComments: number;
  withFindings: number;
  blocked: number;
  /** Findings and pull requests by lesson, the most frequent first. */
  lessons: { lesson: string; findings: number; comments: number; pulls: number }[];
  milliseconds: { median: number; p95: number; max: number };
  /** Files that a review read outside its change. */
  readOutsideChange: { median: number; p95: number; max: number };
};

/** The figures of a backtest. */
export function backtestFigures(result: BacktestResult): BacktestFigures {
  const reviewed = result.pulls.filter((pull) => pull.failed === undefined);
  const comments = ascending(reviewed.map((pull) => pull.inline));
  const times = ascending(reviewed.map((pull) => pull.milliseconds));
  const total = comments.reduce((sum, count) => sum + count, 0);
  return {
    pulls: result.pulls.length,
    failed: result.pulls.length - reviewed.length,
    incomplete: reviewed.filter((pull) => pull.verdict === 'incomplete').length,
    comments: { total, mean: comments.length === 0 ? 0 : total / comments.length, ...spread(comments) },
    withComments: reviewed.filter((pull) => pull.inline > 0).length,
    withFindings: reviewed.filter((pull) => pull.findings.length > 0).length,
    blocked: reviewed.filter((pull) => pull.verdict === 'block').length,
    lessons: lessonFigures(reviewed),
    milliseconds: spread(times),
    readOutsideChange: spread(ascending(reviewed.map((pull) => pull.readOutsideChange))),
  };
}

function lessonFigures(pulls: readonly BacktestPull[]): BacktestFigures['lessons'] {
  const groups = [...byLesson(pulls.flatMap((pull) => pull.findings))];
  return groups
    .map(([lesson, findings]) => ({
      lesson,
      findings: findings.length,
      comments: findings.filter(isComment).length,
      pulls: pulls.filter((pull) => pull.findings.some((finding) => finding.lesson === lesson)).length,
    }))
    .sort((a, b) => b.findings - a.findings || (a.lesson < b.lesson ? -1 : 1));
}

function isComment(finding: Finding): boolean {
  return finding.placement === 'inline' || finding.placement === 'file';
}

function ascending(numbers: number[]): number[] {
  return numbers.sort((a, b) => a - b);
}

function spread(sorted: readonly number[]) {
  return { median: quantile(sorted, 0.5), p95: quantile(sorted, 0.95), max: sorted.at(-1) ?? 0 };
}

/**
 * The smallest value that at least this share of the values does not exceed (nearest rank); the median of an even number of
 * values is the mean of the middle two.
 */
function quantile(sorted: readonly number[], share: number): number {
  if (sorted.length === 0) return 0;
  const middle = sorted.length / 2;
  if (share === 0.5 && Number.isInteger(middle)) return (sorted[middle - 1]! + sorted[middle]!) / 2;
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
}

/** So many of the slowest reviews are named. */
const namedSlowest = 3;

/**
 * What merged pull requests would have been told: comments per pull request, by lesson, every finding with its commit and
 * place, the slowest reviews and the failures. As text for a terminal, Markdown, or JSON (`once-bitten.backtest/1`).
 */
export function backtestReport(result: BacktestResult, format: BacktestFormat): string {
  if (format === 'json') return backtestJson(result);
  return format === 'markdown' ? backtestMarkdown(result) : backtestText(result);
}

function backtestJson(result: BacktestResult): string {
  return jsonText({
    schema: 'once-bitten.backtest/1',
    repository: result.repository,
    head: result.head,
    figures: backtestFigures(result),
    pulls: result.pulls.map(({ commit, subject, date, verdict, inline, summaryLines, milliseconds, readOutsideChange, failed, findings }) => ({
      commit,
      subject,
      date,
      verdict,
      inline,
      summaryLines,
      milliseconds,
      readOutsideChange,
      ...(failed !== undefined && { failed }),
      findings: findings.map(findingValue),
    })),
    lessons: Object.fromEntries(Object.entries(result.lessons).map(([id, card]) => [id, cardValue(card)])),
  });
}

function backtestText(result: BacktestResult): string {
  const figures = backtestFigures(result);
  const title = `${counted(figures.pulls, 'pull request')} of ${brief(result.repository, 200)}, up to ${brief(result.head, 40)}`;
  if (figures.pulls === 0) return `${withoutLogCommand(title)}\n\n${nothingToReplay}\n`;
  const lines = [title, '', ...figureLines(figures)];
  if (figures.lessons.length > 0) {
    const widest = Math.max(...figures.lessons.map(({ lesson }) => lesson.length));
    lines.push('', 'By lesson');
    for (const row of figures.lessons) lines.push(`  ${oneLine(row.lesson).padEnd(widest)}  ${lessonCounts(row)}`);
  }
  for (const pull of result.pulls.filter(({ findings }) => findings.length > 0)) {
    lines.push('', `${pullName(pull)}  ${pull.verdict}`);
    for (const finding of [...pull.findings].sort(byPlace)) {
      lines.push(`  ${brief(`${finding.path}:${finding.line}`, 300)}  ${finding.severity}  ${oneLine(finding.lesson)}  ${finding.placement}`);
      lines.push(`    ${asSentence(brief(finding.message, 300))}`);
    }
  }
  lines.push(...section('Slowest', slowest(result).map((pull) => `  ${duration(pull.milliseconds)}  ${pullName(pull)}`)));
  lines.push(...section('Not fully reviewed', failures(result).map((pull) => `  ${pullName(pull)}: ${brief(pull.failed ?? 'incomplete', 300)}`)));
  return `${lines.map(withoutLogCommand).join('\n')}\n`;
}

const nothingToReplay = 'Nothing to replay: git shows no merge here, and no commit but the first. A clone that holds only the newest commits gets the others with git fetch --unshallow; --since may also name too late a day.';

function section(title: string, lines: string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines];
}

function figureLines({ comments, milliseconds, readOutsideChange, ...figures }: BacktestFigures): string[] {
  const reviewed = figures.pulls - figures.failed;
  const spreadOfComments = `median ${decimal(comments.median)}, p95 ${decimal(comments.p95)}, max ${comments.max}`;
  const times = [milliseconds.median, milliseconds.p95, milliseconds.max].map(duration);
  const lines = [
    `Comments per pull request: mean ${comments.mean.toFixed(2)}, ${spreadOfComments} (${comments.total} in all)`,
    `Pull requests with a comment: ${share(figures.withComments, reviewed)}`,
    `Pull requests with any finding: ${share(figures.withFindings, reviewed)}`,
    `Pull requests that would have been blocked: ${share(figures.blocked, reviewed)}`,
    `Time per pull request: median ${times[0]}, p95 ${times[1]}, max ${times[2]}`,
    `Files read outside the change: median ${decimal(readOutsideChange.median)}, p95 ${readOutsideChange.p95}, max ${readOutsideChange.max}`,
  ];
  if (figures.failed + figures.incomplete > 0) lines.push(`Not fully reviewed: ${figures.failed} failed, ${figures.incomplete} incomplete`);
  return lines;
}

function decimal(number: number): string {
  return Number.isInteger(number) ? String(number) : number.toFixed(1);
}

function share(part: number, whole: number): string {
  return `${part} of ${whole} (${whole === 0 ? 0 : Math.round((part / whole) * 100)} %)`;
}

function lessonCounts(row: BacktestFigures['lessons'][number]): string {
  return `${counted(row.findings, 'finding')} in ${counted(row.pulls, 'pull request')}, ${counted(row.comments, 'comment')}`;
}

function slowest(result: BacktestResult): BacktestPull[] {
  return result.pulls
    .filter((pull) => pull.failed === undefined)
    .sort((a, b) => b.milliseconds - a.milliseconds)
    .slice(0, namedSlowest);
}

function failures(result: BacktestResult): BacktestPull[] {
  return result.pulls.filter((pull) => pull.failed !== undefined || pull.verdict === 'incomplete');
}

function pullName(pull: BacktestPull): string {
  return `${brief(pull.commit, 12).slice(0, 10)}  ${brief(pull.date, 10)}  ${brief(pull.subject, 80)}`;
}

function backtestMarkdown(result: BacktestResult): string {
  const figures = backtestFigures(result);
  const parts = [
    `## ${counted(figures.pulls, 'pull request')} of ${codeSpan(result.repository, 200)}, up to ${codeSpan(result.head, 40)}`,
    figures.pulls === 0 ? nothingToReplay : figureLines(figures).map((line) => `- ${line}`).join('\n'),
  ];
  if (figures.lessons.length > 0) {
    const rows = figures.lessons.map((row) => `| ${lessonName(result, row.lesson)} | ${row.findings} | ${row.comments} | ${row.pulls} |`);
    parts.push(['| lesson | findings | comments | pull requests |', '|---|--:|--:|--:|', ...rows].join('\n'));
  }
  for (const pull of result.pulls.filter(({ findings }) => findings.length > 0)) {
    const items = [...pull.findings].sort(byPlace).map(findingItem);
    parts.push([`**${markdownPull(pull)}** · ${pull.verdict}`, '', ...items].join('\n'));
  }
  parts.push(...markdownList('Slowest', slowest(result).map((pull) => `- ${duration(pull.milliseconds)}: ${markdownPull(pull)}`)));
  const failed = failures(result).map((pull) => `- ${markdownPull(pull)}: ${markdownText(pull.failed ?? 'incomplete', 300)}`);
  parts.push(...markdownList('Not fully reviewed', failed));
  return `${parts.join('\n\n')}\n`;
}

function markdownList(title: string, items: string[]): string[] {
  return items.length === 0 ? [] : [`### ${title}\n\n${items.join('\n')}`];
}

function lessonName(result: BacktestResult, lesson: string): string {
  const { title } = cardOf(result.lessons, lesson);
  return title === lesson ? codeSpan(lesson, 60) : `${codeSpan(lesson, 60)} ${markdownText(title, 90)}`;
}

function markdownPull(pull: BacktestPull): string {
  return `${codeSpan(pull.commit.slice(0, 10))} ${markdownText(pull.date, 10)} ${markdownText(pull.subject, 80)}`;
}

function findingItem(finding: Finding): string {
  const place = codeSpan(`${finding.path}:${finding.line}`, 200);
  const message = markdownMessage(asSentence(finding.message), 300);
  return `- ${place} ${codeSpan(finding.lesson, 60)} (${finding.severity}, ${finding.placement}) ${message}`;
}
