import { Fault } from '../fault.ts';
import { rememberCommit, resolveRevision } from './revisions.ts';
import { gitPieces } from './run-git.ts';

/** A commit, as far as a list of commits tells. */
export type Commit = {
  commit: string;
  /** First parent first. Never empty here: a commit without parents is no change to anything. */
  parents: string[];
  subject: string;
  /** When it was committed, as ISO 8601. */
  date: string;
};

/** A step of a branch's own line: a merged or squashed pull request, or a commit made right on it. */
export type MergedCommit = Commit & {
  /** The first parent: the branch as it was before. The change that was merged is `parent`..`commit`. */
  parent: string;
  /** True for a merge commit. */
  merge: boolean;
};

/** Which commits of a branch's own line are asked for. */
export type HistoryQuestion = {
  /** The newest commit; a revision. */
  head: string;
  /** At most so many. */
  last?: number;
  /** Only commits after this date: `2026-01-31` (its beginning in UTC), any ISO 8601, or `3 months ago`. */
  since?: string;
};

/** The commits that `head` has and `base` has not, oldest first. */
export async function commitsBetween(repo: string, base: string, head: string): Promise<Commit[]> {
  const [from, to] = [await resolveRevision(repo, base), await resolveRevision(repo, head)];
  const commits: Commit[] = [];
  for await (const commit of listCommits(repo, ['--topo-order', '--reverse', to, `^${from}`])) commits.push(commit);
  return commits;
}

/**
 * The steps of a branch's own line (first parents only), newest first, while git finds them. The very first commit is left
 * out: it changes nothing. Stopping early ends git. Throws a Fault `usage/wrong-value` for a date that is none.
 */
export async function* firstParentCommits(repo: string, { head, last, since }: HistoryQuestion): AsyncGenerator<MergedCommit, void, undefined> {
  const from = since === undefined ? undefined : dateOf(since);
  if (from !== undefined && Number.isNaN(from)) {
    throw new Fault('usage/wrong-value', { message: `"${since}" is not a date.`, hint: 'Write it as 2026-01-31, or as "3 months ago".' });
  }
  const limits: string[] = [];
  if (last !== undefined) limits.push(`--max-count=${last}`);
  // Git cannot think of a date before 1970, where its own time begins: everything is after it.
  if (from !== undefined && from > 0) limits.push(`--since=${new Date(from).toISOString()}`);
  for await (const commit of listCommits(repo, ['--first-parent', ...limits, await resolveRevision(repo, head)])) {
    yield { ...commit, parent: commit.parents[0]!, merge: commit.parents.length > 1 };
  }
}

const relativeDate = /^(\d{1,5}) (day|week|month|year)s? ago$/;
const absoluteDate = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;
const days = { day: 1, week: 7, month: 30.44, year: 365.25 };

/**
 * A date in milliseconds; NaN for what is none. Git takes any words for a date, and those it does not know for now, so that
 * "yesterdya" would find nothing and say nothing.
 */
function dateOf(text: string): number {
  const relative = relativeDate.exec(text);
  if (relative) return Date.now() - Number(relative[1]) * days[relative[2] as keyof typeof days] * 86_400_000;
  return absoluteDate.test(text) ? Date.parse(text) : Number.NaN;
}

// A subject is shown on one line; what is longer was never meant as one. In characters.
const longestSubject = 500;
const longestLine = 100_000;

async function* listCommits(repo: string, args: readonly string[]): AsyncGenerator<Commit, void, undefined> {
  const lines = linesOf(gitPieces(repo, ['rev-list', '--encoding=UTF-8', '--format=%P%n%cI%n%s', ...args]));
  for (let header = await lines.next(); !header.done; header = await lines.next()) {
    const [parents, date, subject] = [await lines.next(), await lines.next(), await lines.next()].map(line => line.value ?? '');
    if (parents === '') continue;
    yield { commit: rememberCommit(repo, header.value.slice('commit '.length)), parents: parents!.split(' '), date: date!, subject: subject!.slice(0, longestSubject) };
  }
}

/** The lines of what git prints. What is longer than any line of ours is cut there. */
async function* linesOf(pieces: AsyncIterable<Buffer>): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let unfinished = '';
  for await (const piece of pieces) {
    const parts = decoder.decode(piece, { stream: true }).split('\n');
    if (unfinished.length < longestLine) unfinished += parts[0]!;
    if (parts.length === 1) continue;
    yield unfinished;
    yield* parts.slice(1, -1);
    unfinished = parts.at(-1)!;
  }
  if (unfinished !== '') yield unfinished;
}
