import { once, refusalOf, type Client, type Refusal, type Repository } from './client.ts';
import type { Plan, Posted, Retirement, SummaryPlan, Wanted } from './plan.ts';

/** The pull request that is spoken on, and the commit that comments are tied to. */
export type Scene = Repository & { number: number; head: string };

/** What became of a plan. */
export type Outcome = {
  /** Where each new comment ended up, by key: `left` when GitHub took it nowhere. */
  placed: Map<string, 'line' | 'file' | 'left'>;
  /** True when something new was written: then it is worth a look whether somebody else wrote the same. */
  wrote: boolean;
  /** Why the rest was not done: the token may not write, or GitHub's limits are spent. */
  refused?: 'permission' | 'limit';
  /** An answer was lost, so nobody knows whether a comment stands: look at what is there, then plan again. */
  isUncertain: boolean;
};

/** A review takes many comments at once; beyond this, GitHub may run out of time over it. */
const mostInReview = 20;

/** Carries a plan out: new comments in one review, then the quiet changes. Throws only for our own mistakes. */
export async function carryOut(client: Client, scene: Scene, plan: Plan, goneText: (posted: Posted) => string): Promise<Outcome> {
  const outcome: Outcome = { placed: new Map(), wrote: false, isUncertain: false };
  const steps: Step[] = [...reviewSteps(client, scene, plan.create), ...plan.edit.map(({ posted, body }) => (outcome: Outcome) => editComment(client, scene, posted, body, outcome)), ...plan.retire.map(({ posted, ways }) => (outcome: Outcome) => retire(client, scene, posted, ways, goneText(posted), outcome))];
  for (const step of steps) {
    if (outcome.refused || outcome.isUncertain) break;
    await step(outcome);
  }
  for (const { key } of plan.create) if (!outcome.placed.has(key)) outcome.placed.set(key, 'left');
  return outcome;
}

type Step = (outcome: Outcome) => Promise<void>;

function reviewSteps(client: Client, scene: Scene, create: readonly Wanted[]): Step[] {
  const onLines = create.filter(hasLine);
  const steps: Step[] = [];
  for (let at = 0; at < onLines.length; at += mostInReview) {
    const part = onLines.slice(at, at + mostInReview);
    steps.push((outcome) => postReview(client, scene, part, outcome));
  }
  return [...steps, ...create.filter((wanted) => !hasLine(wanted)).map((wanted): Step => (outcome) => postOnFile(client, scene, wanted, outcome))];
}

type OnLine = Wanted & { line: number };

function hasLine(wanted: Wanted): wanted is OnLine {
  return wanted.line !== undefined;
}

/** One review with all comments: one mail. GitHub refuses it whole for one bad line and names no culprit, so then each goes alone. */
async function postReview(client: Client, scene: Scene, comments: readonly OnLine[], outcome: Outcome): Promise<void> {
  const { owner, repo, number, head } = scene;
  const refusal = await attempt(outcome, () => client.rest.pulls.createReview({
    owner, repo, pull_number: number, commit_id: head, event: 'COMMENT', body: '',
    comments: comments.map(({ path, line, body }) => ({ path, line, side: 'RIGHT', body: body('line') })), ...once,
  }));
  if (refusal === 'invalid') for (const comment of comments) {
    if (outcome.refused || outcome.isUncertain) return;
    await postOnLine(client, scene, comment, outcome);
  }
  if (refusal === undefined) for (const { key } of comments) outcome.placed.set(key, 'line');
}

async function postOnLine(client: Client, scene: Scene, wanted: OnLine, outcome: Outcome): Promise<void> {
  const { owner, repo, number, head } = scene;
  const refusal = await attempt(outcome, () => client.rest.pulls.createReviewComment({
    owner, repo, pull_number: number, commit_id: head, path: wanted.path, line: wanted.line, side: 'RIGHT', body: wanted.body('line'), ...once,
  }));
  if (refusal === undefined) outcome.placed.set(wanted.key, 'line');
  else if (refusal === 'invalid') await postOnFile(client, scene, wanted, outcome);
}

async function postOnFile(client: Client, scene: Scene, wanted: Wanted, outcome: Outcome): Promise<void> {
  const { owner, repo, number, head } = scene;
  const refusal = await attempt(outcome, () => client.rest.pulls.createReviewComment({
    owner, repo, pull_number: number, commit_id: head, path: wanted.path, subject_type: 'file', body: wanted.body('file'), ...once,
  } as Parameters<typeof client.rest.pulls.createReviewComment>[0]));
  outcome.placed.set(wanted.key, refusal === undefined ? 'file' : 'left');
}

async function editComment(client: Client, { owner, repo }: Scene, posted: Posted, body: string, outcome: Outcome): Promise<void> {
  await attempt(outcome, () => client.rest.pulls.updateReviewComment({ owner, repo, comment_id: posted.commentId, body }), false);
}

/** Lets a comment go in the first way that GitHub allows. */
async function retire(client: Client, scene: Scene, posted: Posted, ways: readonly Retirement[], gone: string, outcome: Outcome): Promise<void> {
  for (const way of ways) {
    // A resolved thread is marked as well, so that it is known for ours to reopen the matter, and no person's word.
    if (way === 'resolve' && (await resolveThread(client, posted.id))) return editComment(client, scene, posted, gone, outcome);
    if (way === 'delete') return deleteComment(client, scene, posted, outcome);
    if (way === 'edit') return editComment(client, scene, posted, gone, outcome);
  }
}

/** Resolving asks for `contents: write` beside the permission to comment; a token without it is told so here, and nowhere before. */
async function resolveThread(client: Client, id: string): Promise<boolean> {
  const { data, errors } = await client.graphql<{ resolveReviewThread: { thread: { isResolved: boolean } | null } | null }>('mutation($id: ID!) { resolveReviewThread(input: { threadId: $id }) { thread { isResolved } } }', { id });
  return errors.length === 0 && data?.resolveReviewThread?.thread?.isResolved === true;
}

/** Deletes a comment of ours that nobody answered. One that is gone already is as good. */
export async function deleteComment(client: Client, { owner, repo }: Scene, posted: Pick<Posted, 'commentId'>, outcome?: Outcome): Promise<void> {
  await attempt(outcome, () => client.rest.pulls.deleteReviewComment({ owner, repo, comment_id: posted.commentId }), false);
}

/** Carries out what is planned for the summary. */
export async function carryOutSummary(client: Client, scene: Scene, plan: SummaryPlan): Promise<Omit<Outcome, 'placed'>> {
  const { owner, repo, number } = scene;
  const outcome: Outcome = { placed: new Map(), wrote: false, isUncertain: false };
  const { create, edit } = plan;
  if (create !== undefined) await attempt(outcome, () => client.rest.issues.createComment({ owner, repo, issue_number: number, body: create, ...once }));
  if (edit) await attempt(outcome, () => client.rest.issues.updateComment({ owner, repo, comment_id: edit.id, body: edit.body }), false);
  for (const id of plan.remove) await attempt(outcome, () => client.rest.issues.deleteComment({ owner, repo, comment_id: id }), false);
  return outcome;
}

/**
 * Sends one request, and notes in the outcome what it means for the others: after a missing permission or a spent limit none is
 * worth trying. Gives back why it was refused, undefined when it was done.
 */
async function attempt(outcome: Outcome | undefined, send: () => Promise<unknown>, isNew = true): Promise<Refusal | undefined> {
  try {
    await send();
    if (outcome && isNew) outcome.wrote = true;
    return undefined;
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === undefined || refusal === 'token') throw error;
    if (!outcome) return refusal;
    // Where the pull request was just seen, "not found" is how GitHub says "not for this token".
    if (refusal === 'permission' || (refusal === 'missing' && isNew)) outcome.refused = 'permission';
    if (refusal === 'limit') outcome.refused = 'limit';
    if (refusal === 'uncertain' && isNew) outcome.isUncertain = true;
    return refusal;
  }
}
