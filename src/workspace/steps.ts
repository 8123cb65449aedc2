import { mostSteps, type Change, type Steps } from '../change/change.ts';
import { Fault } from '../fault.ts';
import { changeBetween } from './changes.ts';
import { commitsBetween } from './history.ts';
import { resolveRevision } from './revisions.ts';

/** So many diffs are made at once. */
const atOnce = 4;

/**
 * The commits that lead from `base` to `head`, each as the change it makes. The last one is left out where it is the head itself, and
 * kept where the head is the working tree. Throws a Fault as `changeBetween` does for revisions that are none.
 */
export async function stepsBetween(repo: string, base: string, head: string, isHeadItself: boolean): Promise<Steps> {
  const last = await resolveRevision(repo, head);
  const commits = (await commitsBetween(repo, base, head)).filter(({ commit, parents }) => parents.length === 1 && !(isHeadItself && commit === last));
  const newest = commits.slice(-mostSteps);
  const changes: (Change | undefined)[] = [];
  for (let at = 0; at < newest.length; at += atOnce) {
    changes.push(...(await Promise.all(newest.slice(at, at + atOnce).map(({ commit, parents }) => changeOf(repo, parents[0]!, commit)))));
  }
  const seen = changes.filter((change) => change !== undefined);
  return { changes: seen, tooMany: commits.length - newest.length, missing: newest.length - seen.length };
}

/** Undefined where this copy of the repository lacks what the commit is made of. */
async function changeOf(repo: string, parent: string, commit: string): Promise<Change | undefined> {
  try {
    return await changeBetween(repo, parent, commit);
  } catch (error) {
    if (error instanceof Fault) return undefined;
    throw error;
  }
}
