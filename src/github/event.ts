/** Which change an event is about. Pure: a name and a payload in, a task out. */
import { Fault } from '../fault.ts';

/** What there is to review. Commits are full hashes. */
export type Task =
  /** A pull request; `head` is the commit that the event speaks of, where it speaks of one. */
  | { kind: 'pull-request'; number: number; head?: string }
  /** A workflow of a pull request has ended: the pull request is still to be found, by where its head lies. */
  | { kind: 'after-run'; headRepository: string; headBranch: string; head: string }
  /** A merge queue's candidate. `number` is the pull request that was queued last. */
  | { kind: 'queue'; base: string; head: string; baseBranch: string; number?: number }
  /** Commits on a branch. `base` is absent where the branch is new. */
  | { kind: 'push'; base?: string; head: string; branch: string; defaultBranch: string }
  /** An event that is understood, and asks for nothing. */
  | { kind: 'nothing'; why: string };

/** Events that carry their pull request with them. */
const ofPullRequest = new Set(['pull_request', 'pull_request_target', 'pull_request_review', 'pull_request_review_comment']);

/**
 * The task that an event means. A number in the `pull-request` input stands above the event.
 * Throws a Fault `github/unknown-event` or `github/wrong-input`.
 */
export function taskOf(event: string, payload: unknown, pullRequestInput = ''): Task {
  const asked = pullRequestInput.trim();
  if (asked !== '') return { kind: 'pull-request', number: numberOf(asked) };
  const about = new Payload(payload);
  if (ofPullRequest.has(event)) return fromPullRequest(about);
  if (event === 'issue_comment' && about.has('issue', 'pull_request')) return { kind: 'pull-request', number: about.number('issue', 'number') };
  if (event === 'issue_comment') return { kind: 'nothing', why: 'The comment is on an issue, not on a pull request.' };
  if (event === 'workflow_run') return fromWorkflowRun(about);
  if (event === 'merge_group') return fromQueue(about);
  if (event === 'push') return fromPush(about);
  if (event === 'workflow_dispatch') {
    throw new Fault('github/wrong-input', { message: 'A run by hand needs the number of a pull request', hint: 'give the Action the input `pull-request`' });
  }
  throw new Fault('github/unknown-event', {
    message: `The event "${event.slice(0, 60)}" says nothing about a change`,
    hint: 'start the Action on pull_request, merge_group, workflow_run, push, or with the input `pull-request`',
  });
}

function numberOf(text: string): number {
  if (!/^#?[1-9]\d{0,8}$/.test(text)) {
    throw new Fault('github/wrong-input', { message: `The input pull-request is "${text.slice(0, 40)}", which is no number of a pull request`, hint: 'give a number such as 123' });
  }
  return Number(text.replace('#', ''));
}

function fromPullRequest(about: Payload): Task {
  const number = about.number('pull_request', 'number');
  if (about.text('pull_request', 'state') === 'closed') return { kind: 'nothing', why: `Pull request #${number} is closed.` };
  return { kind: 'pull-request', number, head: about.commit('pull_request', 'head', 'sha') };
}

function fromWorkflowRun(about: Payload): Task {
  const event = about.text('workflow_run', 'event');
  if (event !== 'pull_request') return { kind: 'nothing', why: `The workflow ran for "${event.slice(0, 40)}", not for a pull request.` };
  return {
    kind: 'after-run',
    headRepository: about.text('workflow_run', 'head_repository', 'full_name'),
    headBranch: about.text('workflow_run', 'head_branch'),
    head: about.commit('workflow_run', 'head_sha'),
  };
}

const branchPrefix = 'refs/heads/';

function fromQueue(about: Payload): Task {
  if (about.text('action') === 'destroyed') return { kind: 'nothing', why: 'The merge group is gone.' };
  // Such as refs/heads/gh-readonly-queue/main/pr-12-<hash>: the only place where the queue names its pull request.
  const queued = /\/pr-(\d{1,9})-[0-9a-f]{40}$/.exec(about.text('merge_group', 'head_ref'));
  return {
    kind: 'queue',
    base: about.commit('merge_group', 'base_sha'),
    head: about.commit('merge_group', 'head_sha'),
    baseBranch: withoutPrefix(about.text('merge_group', 'base_ref')),
    ...(queued && { number: Number(queued[1]) }),
  };
}

function fromPush(about: Payload): Task {
  const ref = about.text('ref');
  if (!ref.startsWith(branchPrefix)) return { kind: 'nothing', why: 'What was pushed is a tag.' };
  if (about.isTrue('deleted')) return { kind: 'nothing', why: 'The branch was deleted.' };
  const before = about.commit('before');
  return { kind: 'push', head: about.commit('after'), branch: withoutPrefix(ref), defaultBranch: about.text('repository', 'default_branch') || 'main', ...(!/^0+$/.test(before) && { base: before }) };
}

function withoutPrefix(ref: string): string {
  return ref.startsWith(branchPrefix) ? ref.slice(branchPrefix.length) : ref;
}

/** A payload that is looked into by names, and says which one was missing. */
class Payload {
  readonly #value: unknown;

  constructor(value: unknown) {
    this.#value = value;
  }

  #at(names: readonly string[]): unknown {
    let value = this.#value;
    for (const name of names) {
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
      value = (value as Record<string, unknown>)[name];
    }
    return value;
  }

  has(...names: string[]): boolean {
    const value = this.#at(names);
    return value !== undefined && value !== null;
  }

  isTrue(...names: string[]): boolean {
    return this.#at(names) === true;
  }

  text(...names: string[]): string {
    const value = this.#at(names);
    return typeof value === 'string' ? value : '';
  }

  number(...names: string[]): number {
    const value = this.#at(names);
    if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0) return value;
    throw missing(names);
  }

  commit(...names: string[]): string {
    const value = this.text(...names);
    if (/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(value)) return value;
    throw missing(names);
  }
}

function missing(names: readonly string[]): Fault {
  return new Fault('github/unknown-event', { message: `The event's payload has no usable ${names.join('.')}`, hint: 'start the Action from a workflow, where GitHub writes the payload' });
}
