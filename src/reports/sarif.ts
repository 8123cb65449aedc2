import type { Finding, LessonCard, Note, Review, Severity, Waived } from '../model.ts';
import { cardOf } from './lesson-cards.ts';
import { jsonText } from './json-text.ts';
import { furtherLinks, whomToAsk } from './comment.ts';
import { codeSpan, markdownMessage, markdownText, percentEncoded, webAddress } from './markdown-escape.ts';
import { asSentence, capitalised, counted, storySentence } from './phrases.ts';
import { worstFirst } from './placement.ts';
import { brief, oneLine } from './visible-text.ts';
import { waiverLine } from './waiver-line.ts';
import { stepsForMachines } from './withheld.ts';

export type SarifOptions = {
  /** The version of this tool, as in package.json. */
  version?: string;
  /** The `id` input of this run: keeps several reviews apart in code scanning. */
  run?: string;
};

/** GitHub refuses a file with more results in one run. https://docs.github.com/code-security/code-scanning/troubleshooting-sarif-uploads */
const mostResults = 25_000;

/** GitHub reads no more locations than this for one result. */
const mostLocations = 100;

/** The words that code scanning shows. */
const problemSeverity: Record<Severity, string> = { block: 'error', warn: 'warning', note: 'recommendation' };

const levelOf: Record<Severity, 'error' | 'warning' | 'note'> = { block: 'error', warn: 'warning', note: 'note' };

/**
 * A review as SARIF 2.1.0, in the form GitHub's code scanning reads: one rule a lesson with its story as help, one result a
 * finding with its evidence as related locations, waived findings as suppressed in the source. An incomplete review is an
 * unsuccessful invocation and its notes are tool notifications. Texts are one line; no line of code of a secret is in it.
 */
export function sarifReport(review: Review, options: SarifOptions = {}): string {
  const all = [...[...review.findings].sort(worstFirst), ...[...review.waived].sort(worstFirst)];
  const told = all.slice(0, mostResults);
  const ids = [...new Set(told.map((finding) => finding.lesson))].sort();
  const ruleIndex = new Map(ids.map((id, index) => [id, index]));
  const notifications = review.notes.map(notification);
  const left = all.length - told.length;
  if (left > 0) {
    const text = `${counted(left, 'result')} more than SARIF viewers take are left out; the JSON report has them all.`;
    notifications.push(notificationOf('report/cut', 'warning', text));
  }
  return jsonText({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Once Bitten',
            informationUri: 'https://github.com/once-bitten/once-bitten',
            ...(options.version !== undefined && { semanticVersion: options.version }),
            rules: ids.map((id) => rule(cardOf(review.lessons, id))),
          },
        },
        automationDetails: { id: `once-bitten/${encodeURIComponent((options.run ?? 'default').toWellFormed())}/` },
        originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The root of the repository.' } } },
        columnKind: 'utf16CodeUnits',
        invocations: [{ executionSuccessful: review.verdict !== 'incomplete', toolExecutionNotifications: notifications }],
        results: told.map((finding) => result(finding, ruleIndex.get(finding.lesson)!)),
        properties: { verdict: review.verdict, ...(review.base !== undefined && { base: review.base }), head: review.head },
      },
    ],
  });
}

function rule(card: LessonCard) {
  const help = [storySentence(card.story), asSentence(card.lesson)].filter((part) => part !== '');
  const ask = card.ask.length > 0 ? [`Questions: ${card.ask.slice(0, 3).map(oneLine).join(', ')}.`] : [];
  const helpUri = card.link === undefined ? undefined : webAddress(card.link);
  const title = plain(card.title, 200) || card.id;
  return {
    id: card.id,
    shortDescription: { text: title },
    fullDescription: { text: plain(help.join(' '), 1000) || title },
    help: { text: plain([...help, ...ask].join(' '), 2000) || title, markdown: helpMarkdown(card) },
    ...(helpUri !== undefined && { helpUri }),
    defaultConfiguration: { level: levelOf[card.severity] },
    properties: { tags: ['once-bitten', card.status], precision: 'high', 'problem.severity': problemSeverity[card.severity] },
  };
}

function helpMarkdown(card: LessonCard): string {
  const story = storySentence(card.story);
  const steps = card.steps.slice(0, 10).map((step, index) => `${index + 1}. ${markdownMessage(step, 300)}`);
  const waiver = waiverLine(card.id, 'any.ts');
  const parts = [
    `**${markdownText(card.title, 200) || codeSpan(card.id)}**`,
    story === '' ? '' : `**Once bitten:** ${markdownText(story, 1000)}`,
    card.lesson.trim() === '' ? '' : `**What we do now:** ${markdownMessage(asSentence(card.lesson), 1000)}`,
    steps.join('\n'),
    capitalised(whomToAsk(card)),
    furtherLinks(card).join(' · '),
    card.waivable && waiver !== undefined ? `Where it does not apply: ${codeSpan(waiver)} on the line or above it.` : '',
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function result(finding: Finding | Waived, ruleIndex: number) {
  const steps = stepsForMachines(finding).slice(0, mostLocations);
  const advice = finding.advice.trim();
  return {
    ruleId: finding.lesson,
    ruleIndex,
    level: levelOf[finding.severity],
    message: { text: plain(sentences(finding.commit === undefined ? finding.message : `In commit ${finding.commit.slice(0, 10)}, no longer at the head: ${finding.message}`, advice), 1500) || finding.lesson },
    locations: [placeOf(finding.path, regionOf(finding))],
    ...(steps.length > 0 && {
      relatedLocations: steps.map((step, index) => ({
        id: index + 1,
        ...placeOf(step.path, { startLine: atLeastOne(step.line) }),
        message: { text: plain(step.text, 200) || `line ${step.line}` },
      })),
    }),
    // GitHub follows an alert by `primaryLocationLineHash`; ours outlives a move, which a hash of the lines around would not.
    partialFingerprints: { primaryLocationLineHash: finding.fingerprint, 'onceBitten/v1': finding.fingerprint },
    ...('waiver' in finding && { suppressions: [suppression(finding)] }),
    properties: { status: finding.status, placement: finding.placement, ...(finding.commit !== undefined && { commit: finding.commit }) },
  };
}

function regionOf(finding: Finding): Region {
  const startLine = atLeastOne(finding.line);
  return { startLine, startColumn: atLeastOne(finding.column), ...(finding.endLine > startLine && { endLine: finding.endLine }) };
}

function suppression(waived: Waived) {
  const until = waived.waiver.until === undefined ? '' : ` (until ${oneLine(waived.waiver.until)})`;
  return {
    kind: 'inSource',
    status: 'accepted',
    justification: `${plain(waived.waiver.reason, 500)}${until}`,
    location: placeOf(waived.waiver.path, { startLine: atLeastOne(waived.waiver.line) }),
  };
}

function notification(note: Note) {
  const text = sentences(note.message, capitalised(note.hint ?? ''));
  const told = notificationOf(note.code, note.incomplete ? 'error' : 'note', text);
  if (note.path === undefined) return told;
  const column = note.column === undefined ? {} : { startColumn: atLeastOne(note.column) };
  const region = note.line === undefined ? undefined : { startLine: atLeastOne(note.line), ...column };
  return { ...told, locations: [placeOf(note.path, region)] };
}

function notificationOf(code: string, level: 'error' | 'warning' | 'note', text: string) {
  return { descriptor: { id: code }, level, message: { text: plain(text, 1500) || code } };
}

function sentences(...parts: string[]): string {
  return parts.filter((part) => part.trim() !== '').map(asSentence).join(' ');
}

/** One line of plain text in which SARIF viewers find no link: `[text](target)` is one even in plain messages. */
function plain(text: string, most: number): string {
  return brief(text, most).replaceAll('](', ']\u200b(');
}

type Region = { startLine: number; startColumn?: number; endLine?: number };

function placeOf(path: string, region: Region | undefined) {
  const artifactLocation = { uri: uriOf(path), uriBaseId: '%SRCROOT%' };
  return { physicalLocation: region === undefined ? { artifactLocation } : { artifactLocation, region } };
}

/** A repository-relative path as a relative URI: every odd character percent-encoded, so that none starts a scheme, query or fragment. */
function uriOf(path: string): string {
  return path.toWellFormed().split('/').map((part) => encodeURIComponent(part).replace(/[!'()*]/g, percentEncoded)).join('/');
}

function atLeastOne(number: number): number {
  return Number.isInteger(number) && number > 0 ? number : 1;
}
