import path from 'node:path';
import { version } from '../commands/version.ts';
import { Fault } from '../fault.ts';
import { writeCheckRun, fails, type Annotation } from '../github/check-run.ts';
import { openClient, refusalOf, type Client } from '../github/client.ts';
import { taskOf } from '../github/event.ts';
import type { Review } from '../model.ts';
import { jsonReport } from '../reports/json.ts';
import { asSentence, capitalised } from '../reports/phrases.ts';
import { failsCheck, worstFirst, type Gate } from '../reports/placement.ts';
import { sarifReport } from '../reports/sarif.ts';
import { terminalReport } from '../reports/terminal.ts';
import { brief, withoutLogCommand } from '../reports/visible-text.ts';
import { annotationOf, checkReport, faultAnnotations, titleOf, wholeSummary } from './check-report.ts';
import { readInputs, type Inputs } from './inputs.ts';
import { lineAddress } from './links.ts';
import { lookOnGitHub } from './look-on-github.ts';
import { readRunner, type Runner } from './runner.ts';
import { speakOnGitHub } from './speak-on-github.ts';
import { checkName, subjectsOf, type Subject } from './subject.ts';

/** What the Action does to the runner: handed in by the door, which alone knows `@actions/core`. */
export type RunnerDesk = {
  hide(secret: string): void;
  say(text: string): void;
  annotate(annotation: Annotation): void;
  warn(text: string): void;
  output(name: string, value: string | number): void;
  summary(markdown: string): Promise<void>;
  write(file: string, text: string): void;
  makeFolder(folder: string): void;
  /** Ends the job red, with one sentence. */
  fail(text: string): void;
  /** For whoever switched debug logging on. */
  trace(text: string): void;
};

export type ActionCall = {
  env: Readonly<Record<string, string | undefined>>;
  input: (name: string) => string;
  readEvent: (file: string) => unknown;
  desk: RunnerDesk;
};

/** The runner shows ten annotations of a kind and step. https://github.com/actions/toolkit/blob/main/docs/problem-matchers.md */
const mostOfALevel = 10;
/** A job summary may have 1 MiB; one character takes four bytes at most. */
const longestJobSummary = 250_000;

/** One run of the Action, from its inputs to its end. Never throws. */
export async function runAction({ env, input, readEvent, desk }: ActionCall): Promise<void> {
  const started = performance.now();
  const known: Known = {};
  try {
    const inputs = readInputs(input);
    desk.hide(inputs.token);
    const runner = readRunner(env);
    const left = () => inputs.budget - (performance.now() - started);
    const client = openClient({ token: inputs.token, api: runner.api, graphql: runner.graphql, left, say: desk.say });
    Object.assign(known, { inputs, runner, client });
    const task = taskOf(runner.event, readEvent(runner.eventPath), inputs.pullRequest);
    for await (const found of subjectsOf(client, runner.repository, task, inputs)) {
      if ('nothing' in found) tellNothing(found.nothing, desk);
      else {
        known.subject = found;
        await reviewSubject({ client, runner, inputs, subject: found, left, desk });
        delete known.subject;
      }
    }
    desk.say(`${client.requests()} requests to GitHub.`);
  } catch (error) {
    const sentence = sayFailure(error, known.client?.requests() ?? 0);
    desk.trace(error instanceof Error ? (error.stack ?? error.message) : String(error));
    desk.output('verdict', 'incomplete');
    await tellFailure(known, sentence);
    desk.fail(sentence);
  }
}

/** How far a run had come when it failed. */
type Known = { inputs?: Inputs; runner?: Runner; client?: Client; subject?: Subject };

type Work = { client: Client; runner: Runner; inputs: Inputs; subject: Subject; left: () => number; desk: RunnerDesk };

function tellNothing(why: string, desk: RunnerDesk): void {
  desk.say(withoutLogCommand(`Nothing to review. ${why}`));
  desk.output('verdict', 'pass');
  desk.output('findings', 0);
  desk.output('blocking', 0);
}

async function reviewSubject({ client, runner, inputs, subject, left, desk }: Work): Promise<void> {
  const looked = await lookOnGitHub(client, runner, inputs, subject, left);
  const { gate } = looked.settings;
  const options = { run: inputs.id, gate, blobUrl: lineAddress(runner, subject.head) };
  const { pull } = subject;
  const stage = { client, inputs, options, ...(pull && { scene: { ...runner.repository, number: pull.number, head: subject.head } }) };
  const review = await speakOnGitHub(stage, looked, pull ?? { threads: [], conversation: [] });
  const check = checkReport(review, { ...options, name: checkName(inputs.id), pull: pull?.number ?? 0, details: runner.runPage });
  const written = subject.hasCheck && !subject.situation.checksHidden ? await writeCheckRun(client, runner.repository, subject.head, subject.situation.check, check) : 'refused';
  if (written === 'refused') carryVerdict(review, gate, subject, desk);
  await tellJob(review, { ...options, gate }, inputs, runner, desk);
}

/** No check run holds the verdict, so the job does: its annotations stand on the lines, and it ends red where the check would have. */
function carryVerdict(review: Review, gate: Gate, subject: Subject, desk: RunnerDesk): void {
  const counts = { failure: 0, warning: 0, notice: 0 };
  for (const annotation of [...faultAnnotations(review), ...[...review.findings].sort(worstFirst).map((finding) => annotationOf(finding, review))]) {
    if ((counts[annotation.annotation_level] += 1) <= mostOfALevel) desk.annotate(annotation);
  }
  if (subject.hasCheck && !subject.isFromFork) desk.warn('The token may not write the check run, so this job carries the verdict. Add `checks: write` under `permissions:` in the workflow.');
  if (fails(review.verdict)) desk.fail(titleOf(review, gate));
}

async function tellJob(review: Review, options: { run: string; gate: Gate; blobUrl: (path: string, line: number) => string }, inputs: Inputs, runner: Runner, desk: RunnerDesk): Promise<void> {
  desk.say(terminalReport(review, { colour: false, width: 100, gate: options.gate }));
  await desk.summary(wholeSummary(review, options, longestJobSummary));
  const folder = path.join(runner.temp, 'once-bitten', inputs.id);
  desk.makeFolder(folder);
  const [report, sarif] = [path.join(folder, 'review.json'), path.join(folder, 'review.sarif')];
  desk.write(report, jsonReport(review));
  desk.write(sarif, sarifReport(review, { version, run: inputs.id }));
  desk.output('verdict', review.verdict);
  desk.output('findings', review.findings.length);
  desk.output('blocking', review.findings.filter((finding) => failsCheck(finding, options.gate)).length);
  desk.output('report', report);
  desk.output('sarif', sarif);
}

/** A run that broke leaves a red check behind, so that a required one neither hangs nor stays green. */
async function tellFailure({ inputs, runner, client, subject }: Known, sentence: string): Promise<void> {
  if (!inputs || !runner || !client || !subject?.hasCheck || subject.situation.checksHidden) return;
  try {
    await writeCheckRun(client, runner.repository, subject.head, subject.situation.check, {
      name: checkName(inputs.id), verdict: 'incomplete', pull: subject.pull?.number ?? 0, title: 'The review did not come to its end.',
      summary: brief(sentence, 2_000), annotations: [], ...(runner.runPage !== undefined && { details: runner.runPage }),
    });
  } catch {
    // The job ends red in any case, and says why.
  }
}

/** What went wrong, in one sentence with its next step. No stack, no request, no token: an error's own text may hold repository names alone. */
function sayFailure(error: unknown, requests: number): string {
  if (error instanceof Fault) return [error.message, error.hint].filter((part) => part !== undefined).map((part) => asSentence(capitalised(part))).join(' ');
  const refusal = refusalOf(error);
  const message = error instanceof Error ? error.message : String(error);
  if (refusal === 'token') return 'GitHub does not accept the token (401). Leave the input `token` out, or give it a token that is still valid.';
  if (refusal === 'permission') return `GitHub refused a request (403): ${brief(message, 200)}. ${neededPermission(error)}`;
  if (refusal === 'limit') return "GitHub's limit on requests is spent, so the review did not come to its end. Run the job again later.";
  if (refusal === 'uncertain') return `GitHub did not answer after ${requests} requests (${brief(message, 120)}). Run the job again.`;
  if (refusal !== undefined) return `GitHub refused a request: ${brief(message, 200)}. Run the job again; if it stays, please report it.`;
  return `Once Bitten failed on its own account: ${brief(message, 300)}. Please report it; a run with debug logging shows where it happened.`;
}

/** GitHub names the permissions that would do in a header, such as `contents=read`. */
function neededPermission(error: unknown): string {
  const { response } = error as { response?: { headers?: Record<string, unknown> } };
  const accepted = String(response?.headers?.['x-accepted-github-permissions'] ?? '');
  const lines = /^[a-z_]{1,40}=[a-z]{1,10}(?:[,;] ?[a-z_]{1,40}=[a-z]{1,10}){0,5}$/.test(accepted) ? accepted.split(/[,;] ?/).map((pair) => `\`${pair.replace('=', ': ').replaceAll('_', '-')}\``) : ['`contents: read`', '`pull-requests: write`', '`checks: write`'];
  return `Add ${[...new Set(lines)].join(', ')} under \`permissions:\` in the workflow.`;
}
