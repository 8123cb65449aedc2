import { mostSteps, type Source } from '../change/change.ts';
import { Fault } from '../fault.ts';
import { entryFields, isBlob, sourceOfBytes, sourceOfEntry, symlink, type Entry } from './blob.ts';
import { refusalOf, type Client, type GraphqlError, type Repository } from './client.ts';
import { readState, type CheckState } from './check-state.ts';

/** A review thread, as far as a next run must know it. */
export type Thread = {
  id: string;
  /** The number of its first comment, for REST. */
  commentId: number;
  body: string;
  /** What the thread hangs on. */
  on: 'line' | 'file';
  isOurs: boolean;
  isResolved: boolean;
  /** Somebody other than us said something in it. */
  isAnswered: boolean;
  mayResolve: boolean;
};

/** A comment in the conversation of a pull request. */
export type Conversation = { id: number; body: string; isOurs: boolean };

/** The check run on the head that is ours. */
export type OurCheck = { id: number; conclusion: string; title: string; summary: string; state: CheckState };

/** A commit of a pull request. A merge has two parents. */
export type PullCommit = { commit: string; parents: string[] };

export type PullRequest = {
  number: number;
  isOpen: boolean;
  isFromFork: boolean;
  head: string;
  /** The tip of the base branch now; the base that GitHub remembers where the branch is gone. */
  baseTip: string;
  files: number;
  /** Its newest commits, oldest first, and how many there are in all. */
  commits: { newest: PullCommit[]; total: number };
  threads: Thread[];
  conversation: Conversation[];
};

/** What there is before we say anything. */
export type Situation = {
  /** Every YAML file in the folder of cards, and the settings, by path; what GitHub failed to tell is `unreadable`. */
  sources: Map<string, Source>;
  check: OurCheck | undefined;
  /** True when the token may not even look at check runs. */
  checksHidden: boolean;
};

/** Where cards and settings lie, and the name of the check. */
export type Places = { lessons: string; settings: string; check: string };

const cardsAndSettings = `fragment Cards on Commit {
  oid
  lessons: file(path: $lessons) { mode object { ... on Tree { entries { name ${entryFields} } } } }
  settings: file(path: $settings) { ${entryFields} }
}`;

const checks = `fragment Checks on Commit {
  checkSuites(first: 30, filterBy: { checkName: $check }) {
    nodes { checkRuns(first: 20, filterBy: { checkName: $check }) { nodes { databaseId status conclusion externalId title summary } } }
  }
}`;

const spoken = `fragment Spoken on PullRequest {
  reviewThreads(first: 100, after: $threads) {
    pageInfo { hasNextPage endCursor }
    nodes {
      id isResolved viewerCanResolve subjectType
      comments(first: 20) { totalCount nodes { fullDatabaseId body viewerDidAuthor author { __typename login } } }
    }
  }
  comments(first: 100, after: $comments) {
    pageInfo { hasNextPage endCursor }
    nodes { fullDatabaseId body viewerDidAuthor author { __typename login } }
  }
}`;

const pullQuery = `query($owner: String!, $repo: String!, $number: Int!, $lessons: String!, $settings: String!, $check: String!, $threads: String, $comments: String) {
  repository(owner: $owner, name: $repo) {
    pullRequest(number: $number) {
      state isCrossRepository headRefOid baseRefOid changedFiles
      baseRef { target { oid ...Cards } }
      commits(last: 1) { nodes { commit { oid ...Checks } } }
      steps: commits(last: ${mostSteps + 1}) { totalCount nodes { commit { oid parents(first: 2) { nodes { oid } } } } }
      ...Spoken
    }
  }
}
${cardsAndSettings}
${checks}
${spoken}`;

const rangeQuery = (hasPull: boolean): string => `query($owner: String!, $repo: String!, $tip: String!, $head: GitObjectID!, $lessons: String!, $settings: String!, $check: String!${hasPull ? ', $number: Int!' : ''}) {
  repository(owner: $owner, name: $repo) {
    tip: object(expression: $tip) { ... on Commit { oid ...Cards } }
    head: object(oid: $head) { ... on Commit { ...Checks } }
    ${hasPull ? 'pullRequest(number: $number) { isCrossRepository }' : ''}
  }
}
${cardsAndSettings}
${checks}`;

const spokenQuery = `query($owner: String!, $repo: String!, $number: Int!, $threads: String, $comments: String) {
  repository(owner: $owner, name: $repo) { pullRequest(number: $number) { ...Spoken } }
}
${spoken}`;

type Author = { __typename: string; login: string } | null;
type SaidNode = { fullDatabaseId: string | number; body: string; viewerDidAuthor: boolean; author: Author };
type Page<Node> = { pageInfo: { hasNextPage: boolean; endCursor: string | null }; nodes: (Node | null)[] | null };
type ThreadNode = { id: string; isResolved: boolean; viewerCanResolve: boolean; subjectType: string; comments: { totalCount: number; nodes: (SaidNode | null)[] } };
type SpokenPart = { reviewThreads: Page<ThreadNode> | null; comments: Page<SaidNode> | null };
type CardsPart = { oid: string; lessons: { mode: number; object: { entries?: ({ name: string } & Entry)[] | null } | null } | null; settings: Entry | null };
type CheckRunNode = { databaseId: number; status: string; conclusion: string | null; externalId: string | null; title: string | null; summary: string | null };
type ChecksPart = { checkSuites: { nodes: ({ checkRuns: { nodes: (CheckRunNode | null)[] | null } | null } | null)[] | null } | null };
type PullPart = SpokenPart & {
  state: string; isCrossRepository: boolean; headRefOid: string; baseRefOid: string; changedFiles: number;
  baseRef: { target: CardsPart | null } | null;
  commits: { nodes: { commit: { oid: string } & ChecksPart }[] };
  steps: { totalCount: number; nodes: ({ commit: { oid: string; parents: { nodes: ({ oid: string } | null)[] | null } } } | null)[] | null } | null;
};

/**
 * A pull request with everything that was said on it, its check run, and the cards and settings at the tip of its base branch: one
 * request, more only for long conversations. Throws a Fault when GitHub does not show it.
 */
export async function situationOfPull(client: Client, repository: Repository, number: number, places: Places): Promise<{ pull: PullRequest; situation: Situation }> {
  const { data, errors } = await client.graphql<{ repository: { pullRequest: PullPart | null } | null }>(pullQuery, { ...repository, number, ...places });
  const found = data?.repository?.pullRequest;
  if (!found) throw notShown(errors, `pull request #${number}`, 'pull-requests: write');
  if (!found.commits || !found.reviewThreads || !found.comments) throw notShown(errors, `what was said on pull request #${number}`, 'pull-requests: write');
  const said = await wholeConversation(client, repository, number, found);
  const tip = found.baseRef?.target;
  const atBase = tip ? await situationAt(client, repository, places, tip, found.commits.nodes.at(-1)?.commit, errors) : await situationOfRange(client, repository, found.baseRefOid, found.headRefOid, places);
  return {
    pull: {
      number, isOpen: found.state === 'OPEN', isFromFork: found.isCrossRepository, head: found.headRefOid, baseTip: tip?.oid ?? found.baseRefOid, files: found.changedFiles, commits: commitsOf(found), ...said,
    },
    situation: atBase,
  };
}

function commitsOf({ steps }: PullPart): PullRequest['commits'] {
  const newest = (steps?.nodes ?? []).flatMap((node) => (node ? [{ commit: node.commit.oid, parents: (node.commit.parents.nodes ?? []).flatMap((parent) => parent?.oid ?? []) }] : []));
  return { newest, total: steps?.totalCount ?? newest.length };
}

/** The same for a range of commits, which nobody comments on. `tip` is any name of the commit whose cards and settings hold. */
export async function situationOfRange(client: Client, repository: Repository, tip: string, head: string, places: Places, number?: number): Promise<Situation & { tip: string; isFromFork: boolean }> {
  const variables = { ...repository, tip, head, ...places, ...(number !== undefined && { number }) };
  const { data, errors } = await client.graphql<{ repository: { tip: CardsPart | null; head: ChecksPart | null; pullRequest?: { isCrossRepository: boolean } | null } | null }>(rangeQuery(number !== undefined), variables);
  const found = data?.repository;
  if (!found?.tip?.oid) throw notShown(errors, `the commit ${tip.slice(0, 60)}`, 'contents: read');
  const situation = await situationAt(client, repository, places, found.tip, found.head ?? undefined, errors);
  // A pull request that cannot be seen is treated like one from a fork: its own waivers are not trusted.
  return { ...situation, tip: found.tip.oid, isFromFork: number !== undefined && found.pullRequest?.isCrossRepository !== false };
}

/** All that was said on a pull request until now. */
export async function conversationOf(client: Client, repository: Repository, number: number): Promise<Pick<PullRequest, 'threads' | 'conversation'>> {
  return wholeConversation(client, repository, number, await spokenPage(client, repository, number, {}));
}

async function wholeConversation(client: Client, repository: Repository, number: number, first: SpokenPart): Promise<Pick<PullRequest, 'threads' | 'conversation'>> {
  const threads: Thread[] = [];
  const conversation: Conversation[] = [];
  for (let page = first; ; ) {
    threads.push(...(page.reviewThreads?.nodes ?? []).flatMap((node) => (node ? thread(node) : [])));
    conversation.push(...(page.comments?.nodes ?? []).flatMap((node) => (node ? [{ id: Number(node.fullDatabaseId), body: node.body, isOurs: isOurs(node) }] : [])));
    const nextThreads = page.reviewThreads?.pageInfo;
    const nextComments = page.comments?.pageInfo;
    if (!nextThreads?.hasNextPage && !nextComments?.hasNextPage) return { threads, conversation };
    page = await spokenPage(client, repository, number, {
      ...(nextThreads && { threads: nextThreads.endCursor }), ...(nextComments && { comments: nextComments.endCursor }),
    });
  }
}

async function spokenPage(client: Client, repository: Repository, number: number, after: { threads?: string | null; comments?: string | null }): Promise<SpokenPart> {
  const { data, errors } = await client.graphql<{ repository: { pullRequest: SpokenPart | null } | null }>(spokenQuery, { ...repository, number, ...after });
  const found = data?.repository?.pullRequest;
  // Half a list would make us say everything twice.
  if (!found?.reviewThreads || !found.comments) throw notShown(errors, `what was said on pull request #${number}`, 'pull-requests: write');
  return found;
}

function thread(node: ThreadNode): Thread[] {
  const [first, ...others] = node.comments.nodes.flatMap((comment) => comment ?? []);
  if (!first) return [];
  const more = node.comments.totalCount - 1 > others.length;
  return [{
    id: node.id, commentId: Number(first.fullDatabaseId), body: first.body, on: node.subjectType === 'FILE' ? 'file' : 'line', isOurs: isOurs(first),
    isResolved: node.isResolved, isAnswered: more || others.some((comment) => !isOurs(comment)), mayResolve: node.viewerCanResolve,
  }];
}

/**
 * Ours is what this token wrote, or the workflow's own user did: a token may be changed for another one. The marker alone would not
 * do, since anybody can copy it.
 */
function isOurs({ viewerDidAuthor, author }: SaidNode): boolean {
  return viewerDidAuthor || (author?.__typename === 'Bot' && author.login === 'github-actions');
}

async function situationAt(client: Client, repository: Repository, places: Places, tip: CardsPart, head: ChecksPart | undefined, errors: readonly GraphqlError[]): Promise<Situation> {
  const checksHidden = errors.some(({ type, path }) => type === 'FORBIDDEN' && path?.includes('checkSuites'));
  const runs = (head?.checkSuites?.nodes ?? []).flatMap((suite) => suite?.checkRuns?.nodes ?? []).flatMap((run) => (run ? ourCheck(run) : []));
  return { sources: await sourcesAt(client, repository, places, tip, errors), check: runs.sort((a, b) => b.id - a.id)[0], checksHidden };
}

function ourCheck(run: CheckRunNode): OurCheck[] {
  const state = readState(run.externalId ?? '');
  if (!state) return [];
  return [{ id: run.databaseId, conclusion: (run.conclusion ?? '').toLowerCase(), title: run.title ?? '', summary: run.summary ?? '', state }];
}

async function sourcesAt(client: Client, repository: Repository, places: Places, tip: CardsPart, errors: readonly GraphqlError[]): Promise<Map<string, Source>> {
  const cards = (tip.lessons?.object?.entries ?? []).filter(({ name }) => /\.ya?ml$/.test(name)).map((entry): [string, Entry] => [`${places.lessons}/${entry.name}`, entry]);
  const entries = [...cards, ...(tip.settings ? [[places.settings, tip.settings] as [string, Entry]] : [])];
  const read = await Promise.all(entries.map(async ([file, entry]): Promise<[string, Source] | undefined> => {
    const source = await sourceOf(client, repository, entry);
    return source && [file, source];
  }));
  const sources = new Map(read.flatMap((each) => (each ? [each] : [])));
  if (tip.lessons?.mode === symlink) sources.set(places.lessons, { unread: 'symlink' });
  // A part that GitHub failed to tell is not a part that is not there.
  if (errors.some(({ path }) => path?.includes('lessons'))) sources.set(places.lessons, { unread: 'unreadable' });
  if (errors.some(({ path }) => path?.includes('settings'))) sources.set(places.settings, { unread: 'unreadable' });
  return sources;
}

async function sourceOf(client: Client, repository: Repository, entry: Entry): Promise<Source | undefined> {
  const source = sourceOfEntry(entry);
  if (source !== 'ask') return source;
  try {
    const { data } = await client.rest.git.getBlob({ ...repository, file_sha: entry.oid });
    const bytes = Buffer.from(data.content, 'base64');
    return isBlob(bytes, entry.oid) ? sourceOfBytes(bytes) : { unread: 'unreadable' };
  } catch (error) {
    if (refusalOf(error) === undefined) throw error;
    return { unread: 'unreadable' };
  }
}

function notShown(errors: readonly GraphqlError[], what: string, permission: string): Fault {
  if (errors.some(({ type }) => type === 'FORBIDDEN')) return lacking(permission, `GitHub does not let this token see ${what}`);
  if (errors.length === 0 || errors.some(({ type }) => type === 'NOT_FOUND')) {
    return new Fault('github/not-found', { message: `GitHub does not show ${what}`, hint: `see that it exists, and that the workflow's permissions hold \`contents: read\` and \`pull-requests: write\`` });
  }
  return new Fault('github/unavailable', { message: `GitHub did not tell ${what} (${errors[0]!.message.slice(0, 200)})`, hint: 'run the job again' });
}

/** A permission that the token lacks, with the line that gives it. */
export function lacking(permission: string, message: string): Fault {
  return new Fault('github/permission', { message, hint: `add \`${permission}\` under \`permissions:\` in the workflow` });
}

/** Looks for the open pull requests whose head is this commit of this branch: a workflow's payload does not name them for forks. */
export async function pullsOfHead(client: Client, repository: Repository, run: { headRepository: string; headBranch: string; head: string }): Promise<number[]> {
  const owner = run.headRepository.split('/')[0] ?? '';
  const { data } = await client.rest.pulls.list({ ...repository, state: 'open', head: `${owner}:${run.headBranch}`, per_page: 100 });
  return data.filter((pull) => pull.head.sha === run.head && pull.head.repo?.full_name === run.headRepository).map((pull) => pull.number);
}
