import { mostSteps, type Change, type Steps } from '../change/change.ts';
import { changedFile, type Listed } from './api-change.ts';
import { refusalOf, type Client, type Repository } from './client.ts';
import type { PullCommit, PullRequest } from './situation.ts';

/** So many commits are asked for at once. */
const atOnce = 5;

/**
 * The commits of a pull request before this head, each as the change it makes: one request a commit. A pull request of one commit
 * takes none. What the refusal of one commit means for the others is not guessed: each that could not be had is counted.
 */
export async function stepsOfPull(client: Client, repository: Repository, { newest, total }: PullRequest['commits'], head: string): Promise<Steps> {
  const until = newest.findIndex(({ commit }) => commit === head);
  const before = until < 0 ? newest : newest.slice(0, until);
  const steps = before.filter(({ parents }) => parents.length === 1).slice(-mostSteps);
  const changes: (Told | undefined)[] = [];
  for (let at = 0; at < steps.length; at += atOnce) {
    changes.push(...(await Promise.all(steps.slice(at, at + atOnce).map((step) => changeOf(client, repository, step)))));
  }
  const seen = changes.filter((change) => change !== undefined);
  const partial = seen.filter(({ isPartial }) => isPartial).length;
  return { changes: seen.map(({ change }) => change), ...(partial > 0 && { partial }), tooMany: total - newest.length, missing: steps.length - seen.length };
}

/** GitHub tells so many files of a commit at once. https://docs.github.com/rest/commits/commits#get-a-commit */
const mostFiles = 300;

type Told = { change: Change; isPartial: boolean };

async function changeOf(client: Client, repository: Repository, { commit, parents }: PullCommit): Promise<Told | undefined> {
  try {
    const { data } = await client.rest.repos.getCommit({ ...repository, ref: commit });
    const files = (data.files ?? []) as Listed[];
    return { change: { base: parents[0]!, head: commit, files: files.map(changedFile) }, isPartial: files.length >= mostFiles };
  } catch (error) {
    // A refused token or a spent limit ends the whole review; a commit that GitHub does not give is one that was not seen.
    const refusal = refusalOf(error);
    if (refusal === undefined || refusal === 'token' || refusal === 'limit') throw error;
    return undefined;
  }
}
