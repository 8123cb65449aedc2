import { basename } from 'node:path';
import { usualReplay, type CommandOptions } from '../arguments.ts';
import { formatFault, printable } from '../fault.ts';
import { backtestReport, type BacktestFormat, type BacktestPull } from '../reports/backtest.ts';
import { changeBetween, defaultBranch, firstParentCommits, mergeBase, resolveRevision, type HistoryQuestion, type MergedCommit } from '../workspace/git.ts';
import { openHistory, type History } from '../workspace/objects.ts';
import type { Command } from './command.ts';
import { deliver } from './deliver.ts';
import { exitCode } from './exit-code.ts';
import { lessonNamed } from './find-lesson.ts';
import { withAddress } from './home.ts';
import { builtInLessons, cardTextsAt, inForce, proven, withCardsIn, type InForce } from './lessons-in-force.ts';
import { lookWith, repositoryOf } from './look.ts';
import { progressOn } from './progress.ts';

/** `backtest`: what merged pull requests would have been told by the lessons of today, one after the other. */
export const run: Command = async ({ options, paths }, terminal) => {
  const repo = await repositoryOf(options);
  const head = await resolveRevision(repo, options.head ?? (await defaultBranch(repo)));
  const history = openHistory(repo);
  const progress = progressOn(terminal, 'Replaying');
  const pulls: BacktestPull[] = [];
  try {
    const force = await lessonsOfToday(history, head, options.lessons, paths);
    for (const fault of force.faults) terminal.say(`${formatFault(fault)}\n\n`);
    for (const { code, message } of force.notes) if (code === 'settings/not-read-here') terminal.say(`${printable(message)}\n\n`);
    for await (const commit of firstParentCommits(repo, questionOf(head, options))) {
      pulls.push(await replay(repo, history, commit, force));
      progress.say(`Replaying merged pull requests: ${pulls.length}, back to ${commit.date.slice(0, 10)}`);
    }
    progress.end();
    const lessons = Object.fromEntries(force.lessons.map((lesson) => [lesson.id, withAddress(lesson)]));
    deliver(backtestReport({ repository: options.repo ?? basename(repo), head, pulls, lessons }, (options.format ?? 'terminal') as BacktestFormat), options.output, terminal);
    if (pulls.some(({ failed, verdict }) => failed !== undefined || verdict === 'incomplete')) return exitCode.incomplete;
    return force.faults.length > 0 ? exitCode.mistaken : exitCode.fine;
  } finally {
    progress.end();
    await history.close();
  }
};

function questionOf(head: string, { last, since }: CommandOptions): HistoryQuestion {
  return { head, ...(since !== undefined && { since }), ...(last !== undefined ? { last } : since === undefined && { last: usualReplay }) };
}

/** The cards and settings of the newest commit, or the cards of a folder; only those named, where some are named. */
async function lessonsOfToday(history: History, head: string, folder: string | undefined, ids: readonly string[]): Promise<InForce> {
  const texts = await cardTextsAt(history.between(head, head), 'head');
  const force = await proven(await inForce(folder === undefined ? texts : withCardsIn(folder, texts)), () => true);
  if (ids.length === 0) return force;
  // A lesson that is off or a draft can be asked for by its name.
  const chosen = ids.map((id) => force.lessons.find((lesson) => lesson.id === id) ?? { ...lessonNamed(id, [...force.lessons, ...builtInLessons]), status: 'active' as const });
  return { ...force, lessons: chosen };
}

/** The longest that one pull request may take. In milliseconds. */
const patience = 120_000;
/** GitHub shows no more files of a pull request. https://docs.github.com/rest/pulls/pulls#list-pull-requests-files */
const mostFiles = 3_000;

/** What one merged pull request would have been told. One that fails is told as failed, and the replay goes on. */
async function replay(repo: string, history: History, commit: MergedCommit, force: InForce): Promise<BacktestPull> {
  const started = performance.now();
  const pull = { commit: commit.commit, subject: commit.subject, date: commit.date.slice(0, 10) };
  try {
    const { base, head } = await sidesOf(repo, commit);
    const change = await changeBetween(repo, base, head);
    if (change.files.length > mostFiles) throw new Error(`it changes ${change.files.length.toLocaleString('en-US')} files, more than GitHub shows`);
    const { review } = await lookWith(history.between(base, head), { change }, force, [], { budget: patience });
    const inline = review.findings.filter(({ placement }) => placement === 'inline' || placement === 'file').length;
    return { ...pull, inline, summaryLines: review.findings.length - inline, findings: review.findings, verdict: review.verdict, milliseconds: Math.round(performance.now() - started), readOutsideChange: review.stats.readOutsideChange };
  } catch (error) {
    const failed = printable(error instanceof Error ? error.message : String(error)).slice(0, 300);
    return { ...pull, inline: 0, summaryLines: 0, findings: [], verdict: 'incomplete', milliseconds: Math.round(performance.now() - started), readOutsideChange: 0, failed };
  }
}

/** A merge brought what its second parent has since it left the branch; a squashed pull request is the commit itself. */
async function sidesOf(repo: string, { commit, parents, parent, merge }: MergedCommit): Promise<{ base: string; head: string }> {
  const [, second, third] = parents;
  if (!merge || second === undefined || third !== undefined) return { base: parent, head: commit };
  return { base: await mergeBase(repo, parent, second), head: second };
}
