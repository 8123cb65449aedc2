import { settingsFile } from '../commands/lessons-in-force.ts';
import { Fault } from '../fault.ts';
import type { Client, Repository } from '../github/client.ts';
import { changeFromApi, type ApiChange } from '../github/api-change.ts';
import type { Task } from '../github/event.ts';
import { pullsOfHead, situationOfPull, situationOfRange, type PullRequest, type Situation } from '../github/situation.ts';
import type { Inputs } from './inputs.ts';

/** One thing to review: a change, what holds for it, and where it is spoken of. */
export type Subject = {
  /** The commit whose check run speaks. */
  head: string;
  /** The commit whose cards and settings hold. */
  tip: string;
  situation: Situation;
  isFromFork: boolean;
  /** Absent where nobody comments. */
  pull?: PullRequest;
  /** False for a push: its verdict is only about the pushed commits, and must not stand for that of a pull request with this head. */
  hasCheck: boolean;
  change: () => Promise<ApiChange>;
};

/** A subject, or one sentence that says why there is nothing to review. */
export type Found = Subject | { nothing: string };

/** The name of the check run that repositories require. */
export function checkName(id: string): string {
  return id === 'default' ? 'Once Bitten' : `Once Bitten (${id})`;
}

/** Looks up what a task is about. Every subject is looked up when its turn comes, so that a later one sees what was said of an earlier one. */
export async function* subjectsOf(client: Client, repository: Repository, task: Task, inputs: Inputs): AsyncGenerator<Found> {
  if (task.kind === 'nothing') yield { nothing: task.why };
  else if (task.kind === 'pull-request') yield await pullSubject(client, repository, task.number, task.head, inputs);
  else if (task.kind === 'after-run') yield* afterRun(client, repository, task, inputs);
  else if (task.kind === 'queue') yield await queueSubject(client, repository, task, inputs);
  else yield await pushSubject(client, repository, task, inputs);
}

async function pullSubject(client: Client, repository: Repository, number: number, head: string | undefined, inputs: Inputs): Promise<Found> {
  const { pull, situation } = await situationOfPull(client, repository, number, placesOf(inputs));
  if (!pull.isOpen) return { nothing: `Pull request #${number} is closed.` };
  if (head !== undefined && pull.head !== head && (await hasMovedOn(client, repository, number, head))) {
    return { nothing: `Pull request #${number} has moved on from ${head.slice(0, 10)}; the run of its newest commit reviews it.` };
  }
  const reviewed = head ?? pull.head;
  return {
    head: reviewed, tip: pull.baseTip, isFromFork: pull.isFromFork, pull, hasCheck: true,
    // Here: what was seen on the head that GraphQL still takes for the newest says nothing about this one.
    situation: reviewed === pull.head ? situation : { ...situation, check: undefined },
    change: () => changeFromApi(client, repository, pull.baseTip, reviewed, { number, files: pull.files }),
  };
}

/** GraphQL may be a moment behind the event; only when REST agrees has the head really moved. */
async function hasMovedOn(client: Client, repository: Repository, number: number, head: string): Promise<boolean> {
  const { data } = await client.rest.pulls.get({ ...repository, pull_number: number });
  return data.head.sha !== head;
}

async function* afterRun(client: Client, repository: Repository, run: Extract<Task, { kind: 'after-run' }>, inputs: Inputs): AsyncGenerator<Found> {
  const numbers = await pullsOfHead(client, repository, run);
  if (numbers.length === 0) yield { nothing: `No open pull request has ${run.head.slice(0, 10)} as its head.` };
  for (const number of numbers) {
    const found = await pullSubject(client, repository, number, run.head, inputs);
    const isDone = 'head' in found && found.situation.check?.state.verdicts.has(number);
    yield isDone ? { nothing: `Pull request #${number} was reviewed already.` } : found;
  }
}

async function queueSubject(client: Client, repository: Repository, task: Extract<Task, { kind: 'queue' }>, inputs: Inputs): Promise<Found> {
  const situation = await situationOfRange(client, repository, `refs/heads/${task.baseBranch}`, task.head, placesOf(inputs), task.number);
  return {
    head: task.head, tip: situation.tip, situation, isFromFork: situation.isFromFork, hasCheck: true,
    change: () => changeFromApi(client, repository, task.base, task.head),
  };
}

/** On another branch than the default one, the default branch's cards hold: a branch must not switch off its own review in two steps. */
async function pushSubject(client: Client, repository: Repository, task: Extract<Task, { kind: 'push' }>, inputs: Inputs): Promise<Found> {
  const isDefault = task.branch === task.defaultBranch;
  if (isDefault && task.base === undefined) return { nothing: 'The branch is new: there is nothing to compare it with.' };
  const situation = await situationOfRange(client, repository, isDefault ? task.base! : `refs/heads/${task.defaultBranch}`, task.head, placesOf(inputs));
  return {
    head: task.head, tip: situation.tip, situation, isFromFork: false, hasCheck: false,
    change: () => changeOfPush(client, repository, task.base, situation.tip, task.head),
  };
}

/** After a forced push the commit before may be gone; the review then starts where the branch left the default one. */
async function changeOfPush(client: Client, repository: Repository, before: string | undefined, tip: string, head: string): Promise<ApiChange> {
  try {
    return await changeFromApi(client, repository, before ?? tip, head);
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'github/not-found' || before === tip) throw error;
    return changeFromApi(client, repository, tip, head);
  }
}

function placesOf(inputs: Inputs): { lessons: string; settings: string; check: string } {
  return { lessons: inputs.lessons, settings: settingsFile, check: checkName(inputs.id) };
}
