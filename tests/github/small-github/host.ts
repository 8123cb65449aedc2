import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { GraphQLError, execute, parse, validate, type DocumentNode } from 'graphql';
import { graphqlSchema, judged } from './contract.ts';
import { newHistory, type Files, type History, type ListedFile, type Stored } from './history.ts';

/** A GitHub on 127.0.0.1 that keeps what it is told: enough of one to review pull requests on, and as strict as the real one. */

export type Comment = { id: number; body: string; author: string; isBot: boolean };
export type Thread = { id: string; path: string; line: number | null; commit: string; isResolved: boolean; comments: Comment[] };
export type Pull = {
  number: number; state: 'open' | 'closed'; draft: boolean; baseBranch: string; headBranch: string; headRepository: string; head: string; commits: string[];
  threads: Thread[]; conversation: Comment[]; reviews: { id: number; comments: number }[];
};
export type Annotation = { path: string; start_line: number; end_line: number; annotation_level: string; title: string; message: string };
export type CheckRun = { id: number; name: string; head: string; status: string; conclusion: string; externalId: string; title: string; summary: string; annotations: Annotation[]; updates: number };

export type Permissions = { contents: Access; 'pull-requests': Access; checks: Access };
type Access = 'none' | 'read' | 'write';
export const usual: Permissions = { contents: 'read', 'pull-requests': 'write', checks: 'write' };
export const readOnly: Permissions = { contents: 'read', 'pull-requests': 'read', checks: 'read' };

/** What goes wrong once: before the deed, after it, or instead of it. */
export type Failure = { on: RegExp; status: number; headers?: Record<string, string>; body?: unknown; when?: 'before' | 'after'; times?: number; skip?: number };

export type Download = { path: string; authorization: string; finished: boolean };
export type Sent = { method: string; path: string; body: unknown; authorization: string };

export const owner = 'acme';
export const repo = 'shop';
const viewer = 'github-actions';

export class SmallGitHub {
  readonly history: History;
  readonly branches = new Map<string, string>();
  readonly pulls: Pull[] = [];
  readonly checkRuns: CheckRun[] = [];
  readonly tokens = new Map<string, Permissions>();
  readonly sent: Sent[] = [];
  /** Requests that GitHub would not know, or not so. */
  readonly wrongs: string[] = [];
  readonly failures: Failure[] = [];
  /** Lists of files of a comparison end here. */
  mostCompared = 300;
  /** Paths whose patch GitHub leaves out. */
  readonly withoutPatch = new Set<string>();
  /** Lines that GitHub refuses though the diff shows them. */
  readonly refusedLines = new Set<string>();
  /** The head that GraphQL still shows of a pull request, while REST is a moment ahead. */
  readonly lagging = new Map<number, string>();
  /** Other repositories that everybody may see, and where their branches and tags point; a tag may be an object of its own. */
  readonly others = new Map<string, Map<string, string | { tag: string }>>();
  /** What the other host, which hands out archives, was asked for. */
  readonly downloads: Download[] = [];
  address = '';
  private server: http.Server | undefined;
  private archives: http.Server | undefined;
  private ids = 100;

  private constructor(history: History) {
    this.history = history;
  }

  static async open(history?: History): Promise<SmallGitHub> {
    const host = new SmallGitHub(history ?? (await newHistory()));
    host.server = http.createServer((request, response) => void host.take(request, response));
    await new Promise<void>((resolve) => host.server!.listen(0, '127.0.0.1', resolve));
    host.address = `http://127.0.0.1:${(host.server.address() as AddressInfo).port}`;
    host.archives = http.createServer((request, response) => host.handOut(request, response));
    await new Promise<void>((resolve) => host.archives!.listen(0, '127.0.0.1', resolve));
    return host;
  }

  close(): void {
    for (const server of [this.server, this.archives]) {
      server?.close();
      server?.closeAllConnections();
    }
    this.history.remove();
  }

  newId(): number {
    return (this.ids += 1);
  }

  /** A pull request from `base` files to `head` files; the base branch's tip is the base commit until it is moved. */
  async pull(base: Files, head: Files, options: Partial<Pick<Pull, 'draft' | 'headRepository' | 'headBranch' | 'baseBranch'>> = {}): Promise<Pull> {
    const baseBranch = options.baseBranch ?? 'main';
    const baseCommit = this.branches.get(baseBranch) ?? (await this.history.commit(base));
    this.branches.set(baseBranch, baseCommit);
    const headCommit = await this.history.commit(head, baseCommit);
    const pull: Pull = {
      number: this.pulls.length + 7, state: 'open', draft: false, baseBranch, headBranch: `change-${this.pulls.length}`, headRepository: `${owner}/${repo}`, head: headCommit, commits: [headCommit],
      threads: [], conversation: [], reviews: [], ...options,
    };
    this.pulls.push(pull);
    return pull;
  }

  /** Pushes another commit onto a pull request, a merge where another commit is merged. */
  async push(pull: Pull, files: Files, merged?: string): Promise<string> {
    pull.head = await this.history.commit(files, pull.head, merged);
    pull.commits.push(pull.head);
    return pull.head;
  }

  say(pull: Pull, thread: Thread, body: string, author = 'a-person'): void {
    thread.comments.push({ id: this.newId(), body, author, isBot: false });
    void pull;
  }

  private async take(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const text = Buffer.concat(pieces).toString();
    const url = new URL(request.url ?? '/', this.address);
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    const method = request.method ?? 'GET';
    const authorization = request.headers.authorization ?? '';
    this.sent.push({ method, path: url.pathname, body, authorization });
    const answer = (status: number, value?: unknown, headers: Record<string, string> = {}): void => {
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
      response.end(value === undefined ? undefined : JSON.stringify(value));
    };
    const failure = this.failureFor(`${method} ${url.pathname} ${text}`);
    if (failure && failure.when !== 'after') return answer(failure.status, failure.body ?? { message: 'Something failed' }, failure.headers);
    try {
      const { status, value, headers } = await this.answerTo(method, url, body, authorization.replace(/^(?:token|bearer) /i, ''));
      if (failure) return answer(failure.status, failure.body ?? { message: 'Something failed' }, failure.headers);
      answer(status, value, headers);
    } catch (error) {
      if (error instanceof Refused) return answer(error.status, { message: error.message, ...error.details }, error.headers);
      this.wrongs.push(`the small GitHub broke: ${(error as Error).stack ?? String(error)}`);
      answer(500, { message: String(error) });
    }
  }

  /** Archives come from a host of their own, by an address that needs no token. */
  private handOut(request: http.IncomingMessage, response: http.ServerResponse): void {
    const path = request.url ?? '/';
    const download: Download = { path, authorization: request.headers.authorization ?? '', finished: false };
    this.downloads.push(download);
    response.on('finish', () => (download.finished = true));
    const failure = this.failureFor(`DOWNLOAD ${path}`);
    if (failure) return void response.writeHead(failure.status).end(failure.body);
    response.writeHead(200, { 'content-type': 'application/x-gzip' });
    response.end(this.history.archive(path.split('/').at(-1)!));
  }

  private failureFor(line: string): Failure | undefined {
    const failure = this.failures.find((each) => each.on.test(line));
    if (!failure) return undefined;
    if (failure.skip) {
      failure.skip -= 1;
      return undefined;
    }
    failure.times = (failure.times ?? 1) - 1;
    if (failure.times <= 0) this.failures.splice(this.failures.indexOf(failure), 1);
    return failure;
  }

  private async answerTo(method: string, url: URL, body: unknown, token: string): Promise<Answer> {
    const permissions = this.tokens.get(token);
    if (!permissions) throw new Refused(401, 'Bad credentials');
    if (url.pathname === '/graphql') return { status: 200, value: await this.graphql(body as { query: string; variables?: Record<string, unknown> }, permissions) };
    const { template, parameters, wrongs } = judged(method, url.pathname, url.searchParams, body);
    this.wrongs.push(...wrongs);
    if (wrongs.length > 0) throw new Refused(400, wrongs.join('; '));
    if (parameters['owner'] !== owner || parameters['repo'] !== repo) throw new Refused(404, 'Not Found');
    const answer = this.routes[`${method} ${template.replace('/repos/{owner}/{repo}', '')}`];
    if (!answer) throw new Error(`${method} ${template} is not built here`);
    return answer({ parameters, query: url.searchParams, body: (body ?? {}) as Record<string, unknown>, permissions });
  }

  private readonly routes: Record<string, (call: Call) => Answer | Promise<Answer>> = {
    'GET /compare/{basehead}': async ({ parameters, permissions }) => {
      need(permissions, 'contents', 'read');
      const [base, head] = parameters['basehead']!.split('...').map((name) => this.commitOf(name)) as [string?, string?];
      const mergeBase = base && head && (await this.history.mergeBase(base, head));
      if (!base || !head || !mergeBase) throw new Refused(404, 'Not Found');
      const files = (await this.filesBetween(mergeBase, head)).slice(0, this.mostCompared);
      return { status: 200, value: { merge_base_commit: { sha: mergeBase }, total_commits: 1, commits: [], files } };
    },
    'GET /pulls': ({ query, permissions }) => {
      need(permissions, 'pull-requests', 'read');
      const found = this.pulls.filter((pull) => pull.state === (query.get('state') ?? 'open') && `${pull.headRepository.split('/')[0]}:${pull.headBranch}` === query.get('head'));
      return { status: 200, value: found.map(pullValue) };
    },
    'GET /pulls/{pull_number}': ({ parameters, permissions }) => {
      need(permissions, 'pull-requests', 'read');
      return { status: 200, value: pullValue(this.pullOf(parameters)) };
    },
    'GET /pulls/{pull_number}/files': async ({ parameters, query, permissions }) => {
      need(permissions, 'pull-requests', 'read');
      const files = await this.filesOf(this.pullOf(parameters));
      const per = Number(query.get('per_page') ?? 30);
      const page = Number(query.get('page') ?? 1);
      return { status: 200, value: files.slice((page - 1) * per, page * per) };
    },
    'POST /pulls/{pull_number}/reviews': async ({ parameters, body, permissions }) => {
      need(permissions, 'pull-requests', 'write');
      const pull = this.pullOf(parameters);
      if (!pull.commits.includes(body['commit_id'] as string)) throw new Refused(422, 'Unprocessable Entity', { errors: ['The commitOID is not part of the pull request'] });
      const comments = (body['comments'] ?? []) as { path: string; line: number; body: string }[];
      // All or nothing, and nobody is told which line it was.
      for (const comment of comments) if (!(await this.mayStand(pull, comment.path, comment.line))) throw new Refused(422, 'Unprocessable Entity', { errors: ['Line could not be resolved'] });
      for (const comment of comments) this.addThread(pull, comment.path, comment.line, body['commit_id'] as string, comment.body);
      pull.reviews.push({ id: this.newId(), comments: comments.length });
      return { status: 200, value: { id: pull.reviews.at(-1)!.id } };
    },
    'POST /pulls/{pull_number}/comments': async ({ parameters, body, permissions }) => {
      need(permissions, 'pull-requests', 'write');
      const pull = this.pullOf(parameters);
      const { path, line, subject_type: subject, commit_id: commit, body: text } = body as { path: string; line?: number; subject_type?: string; commit_id: string; body: string };
      if (!pull.commits.includes(commit)) throw new Refused(422, 'Validation Failed', { errors: [{ message: 'commit_id is not part of the pull request' }] });
      const isThere = subject === 'file' ? (await this.filesOf(pull)).some((file) => file.filename === path) && !this.refusedLines.has(`${path}:file`) : line !== undefined && (await this.mayStand(pull, path, line));
      if (!isThere) throw new Refused(422, 'Validation Failed', { errors: [{ message: 'pull_request_review_thread.line must be part of the diff' }] });
      return { status: 201, value: { id: this.addThread(pull, path, subject === 'file' ? null : line!, commit, text).comments[0]!.id } };
    },
    'PATCH /pulls/comments/{comment_id}': ({ parameters, body, permissions }) => {
      need(permissions, 'pull-requests', 'write');
      const { comment } = this.threadOfComment(Number(parameters['comment_id']));
      comment.body = bounded(body['body'] as string);
      return { status: 200, value: { id: comment.id } };
    },
    'DELETE /pulls/comments/{comment_id}': ({ parameters, permissions }) => {
      need(permissions, 'pull-requests', 'write');
      const { pull, thread, comment } = this.threadOfComment(Number(parameters['comment_id']));
      thread.comments.splice(thread.comments.indexOf(comment), 1);
      if (thread.comments.length === 0) pull.threads.splice(pull.threads.indexOf(thread), 1);
      return { status: 204 };
    },
    'POST /issues/{issue_number}/comments': ({ parameters, body, permissions }) => {
      need(permissions, 'pull-requests', 'write');
      const comment = { id: this.newId(), body: bounded(body['body'] as string), author: viewer, isBot: true };
      this.pullOf({ pull_number: parameters['issue_number']! }).conversation.push(comment);
      return { status: 201, value: { id: comment.id } };
    },
    'PATCH /issues/comments/{comment_id}': ({ parameters, body, permissions }) => {
      need(permissions, 'pull-requests', 'write');
      this.conversationComment(Number(parameters['comment_id'])).comment.body = bounded(body['body'] as string);
      return { status: 200, value: {} };
    },
    'DELETE /issues/comments/{comment_id}': ({ parameters, permissions }) => {
      need(permissions, 'pull-requests', 'write');
      const { pull, comment } = this.conversationComment(Number(parameters['comment_id']));
      pull.conversation.splice(pull.conversation.indexOf(comment), 1);
      return { status: 204 };
    },
    'POST /check-runs': ({ body, permissions }) => {
      need(permissions, 'checks', 'write');
      if (!this.history.isKnown(body['head_sha'] as string)) throw new Refused(422, 'No commit found for SHA');
      const run: CheckRun = { id: this.newId(), name: body['name'] as string, head: body['head_sha'] as string, status: 'queued', conclusion: '', externalId: '', title: '', summary: '', annotations: [], updates: 0 };
      update(run, body);
      this.checkRuns.push(run);
      return { status: 201, value: { id: run.id } };
    },
    'PATCH /check-runs/{check_run_id}': ({ parameters, body, permissions }) => {
      need(permissions, 'checks', 'write');
      const run = this.checkRuns.find(({ id }) => id === Number(parameters['check_run_id']));
      if (!run) throw new Refused(404, 'Not Found');
      update(run, body);
      run.updates += 1;
      return { status: 200, value: { id: run.id } };
    },
    'GET /check-runs/{check_run_id}/annotations': ({ parameters, permissions }) => {
      need(permissions, 'checks', 'read');
      return { status: 200, value: this.checkRuns.find(({ id }) => id === Number(parameters['check_run_id']))?.annotations.slice(0, 100) ?? [] };
    },
    'GET /commits/{ref}/check-runs': ({ parameters, query, permissions }) => {
      need(permissions, 'checks', 'read');
      const found = this.checkRuns.filter((run) => run.head === parameters['ref'] && run.name === query.get('check_name'));
      return { status: 200, value: { total_count: found.length, check_runs: found.map((run) => ({ id: run.id, name: run.name, external_id: run.externalId })) } };
    },
    'GET /commits/{ref}': async ({ parameters, permissions }) => {
      need(permissions, 'contents', 'read');
      const sha = this.commitOf(parameters['ref']!);
      if (!sha) throw new Refused(422, 'No commit found for SHA');
      const parents = this.history.parents(sha);
      const files = parents[0] === undefined ? [] : await this.filesBetween(parents[0], sha);
      return { status: 200, value: { sha, parents: parents.map((parent) => ({ sha: parent })), files: files.slice(0, this.mostCompared) } };
    },
    'GET /git/blobs/{file_sha}': ({ parameters, permissions }) => {
      need(permissions, 'contents', 'read');
      const bytes = this.history.blob(parameters['file_sha']!);
      if (!bytes) throw new Refused(404, 'Not Found');
      return { status: 200, value: { sha: parameters['file_sha'], encoding: 'base64', size: bytes.length, content: bytes.toString('base64').replace(/(.{60})/g, '$1\n') } };
    },
    'GET /tarball/{ref}': ({ parameters, permissions }) => {
      need(permissions, 'contents', 'read');
      const commit = this.commitOf(parameters['ref']!);
      if (!commit) throw new Refused(404, 'Not Found');
      return { status: 302, headers: { location: `http://127.0.0.1:${(this.archives!.address() as AddressInfo).port}/${owner}/${repo}/legacy.tar.gz/${commit}` } };
    },
    'GET /git/trees/{tree_sha}': ({ parameters, permissions }) => {
      need(permissions, 'contents', 'read');
      const tree = this.history.tree(parameters['tree_sha']!);
      if (!tree) throw new Refused(404, 'Not Found');
      return { status: 200, value: { sha: parameters['tree_sha'], truncated: false, tree: [...tree].map(([path, { oid, mode }]) => ({ path, mode: mode.toString(8), type: 'blob', sha: oid })) } };
    },
  };

  private async graphql({ query, variables }: { query: string; variables?: Record<string, unknown> }, permissions: Permissions): Promise<unknown> {
    const schema = graphqlSchema();
    const { document, wrong } = judgedQuery(query);
    if (wrong.length > 0) {
      this.wrongs.push(...wrong.map(String));
      return { errors: wrong.map(({ message }) => ({ message })) };
    }
    const { data, errors } = await execute({ schema, document, rootValue: this.root(permissions), variableValues: variables ?? {} });
    for (const error of errors ?? []) if (!error.extensions['type']) this.wrongs.push(`GraphQL: ${String(error)}`);
    return { data, ...(errors && { errors: errors.map((error) => ({ type: error.extensions['type'], message: error.message, path: error.path })) }) };
  }

  private root(permissions: Permissions): unknown {
    const see = (what: keyof Permissions): void => {
      if (permissions[what] === 'none') throw new GraphQLError('Resource not accessible by integration', { extensions: { type: 'FORBIDDEN' } });
    };
    const commitAt = (oid: string | undefined): unknown => {
      const tree = oid === undefined ? undefined : this.history.tree(oid);
      if (!tree) return null;
      return {
        __typename: 'Commit', oid,
        tree: () => folderOf(tree, ''),
        file: ({ path }: { path: string }) => {
          see('contents');
          return entryAt(tree, path);
        },
        checkSuites: ({ filterBy }: { filterBy?: { checkName?: string } }) => {
          see('checks');
          const runs = this.checkRuns.filter((run) => run.head === oid && (filterBy?.checkName === undefined || run.name === filterBy.checkName));
          return { nodes: runs.map((run) => ({ checkRuns: { nodes: [{ databaseId: run.id, status: run.status.toUpperCase(), conclusion: run.conclusion.toUpperCase() || null, externalId: run.externalId, title: run.title, summary: run.summary }] } })) };
        },
      };
    };
    const otherObject = (refs: Map<string, string | { tag: string }>, name: string): unknown => {
      const found = refs.get(name) ?? [...refs.values()].find((commit) => commit === name);
      return typeof found === 'object' ? { __typename: 'Tag', oid: '1'.repeat(40), target: commitAt(found.tag) } : commitAt(found);
    };
    return {
      repository: ({ owner: askedOwner, name }: { owner: string; name: string }) => {
        const other = this.others.get(`${askedOwner}/${name}`);
        if (other) return { object: ({ oid, expression }: { oid?: string; expression?: string }) => otherObject(other, oid ?? expression ?? '') };
        if (askedOwner !== owner || name !== repo) throw new GraphQLError('Could not resolve to a Repository', { extensions: { type: 'NOT_FOUND' } });
        return {
          object: ({ oid, expression }: { oid?: string; expression?: string }) => {
            see('contents');
            return commitAt(oid ?? this.commitOf(expression ?? ''));
          },
          pullRequest: async ({ number }: { number: number }) => {
            see('pull-requests');
            const pull = this.pulls.find((each) => each.number === number);
            if (!pull) throw new GraphQLError('Could not resolve to a PullRequest', { extensions: { type: 'NOT_FOUND' } });
            return {
              state: pull.state === 'open' ? 'OPEN' : 'CLOSED', isCrossRepository: pull.headRepository !== `${owner}/${repo}`, headRefOid: this.lagging.get(number) ?? pull.head, baseRefOid: this.branches.get(pull.baseBranch) ?? pull.head,
              changedFiles: (await this.filesOf(pull)).length,
              baseRef: this.branches.has(pull.baseBranch) ? { target: commitAt(this.branches.get(pull.baseBranch)) } : null,
              commits: ({ last }: { last: number }) => ({ totalCount: pull.commits.length, nodes: this.commitsOf(pull).slice(-last).map((oid) => ({ commit: { ...(commitAt(oid) as object), parents: { nodes: this.history.parents(oid).map((parent) => ({ oid: parent })) } } })) }),
              reviewThreads: paged(pull.threads, (thread) => this.threadValue(thread, permissions)),
              comments: paged(pull.conversation, saidValue),
            };
          },
        };
      },
      resolveReviewThread: ({ input }: { input: { threadId: string } }) => {
        if (permissions['pull-requests'] !== 'write' || permissions.contents !== 'write') throw new GraphQLError('Resource not accessible by integration', { extensions: { type: 'FORBIDDEN' } });
        const thread = this.pulls.flatMap(({ threads }) => threads).find(({ id }) => id === input.threadId)!;
        thread.isResolved = true;
        return { thread: { isResolved: true } };
      },
    };
  }

  private threadValue(thread: Thread, permissions: Permissions): unknown {
    return {
      id: thread.id, isResolved: thread.isResolved, viewerCanResolve: permissions['pull-requests'] === 'write', subjectType: thread.line === null ? 'FILE' : 'LINE',
      comments: ({ first }: { first: number }) => ({ totalCount: thread.comments.length, nodes: thread.comments.slice(0, first).map(saidValue) }),
    };
  }

  private addThread(pull: Pull, path: string, line: number | null, commit: string, body: string): Thread {
    const thread: Thread = { id: `T${this.newId()}`, path, line, commit, isResolved: false, comments: [{ id: this.newId(), body: bounded(body), author: viewer, isBot: true }] };
    pull.threads.push(thread);
    return thread;
  }

  private commitOf(name: string): string | undefined {
    if (this.history.isKnown(name)) return name;
    return this.branches.get(name.replace(/^refs\/heads\//, ''));
  }

  private pullOf(parameters: Record<string, string>): Pull {
    const pull = this.pulls.find(({ number }) => number === Number(parameters['pull_number']));
    if (!pull) throw new Refused(404, 'Not Found');
    return pull;
  }

  /** The commits of a pull request as GraphQL tells them, which may be a moment behind. */
  private commitsOf({ number, head, commits }: Pull): string[] {
    const seen = this.lagging.get(number) ?? head;
    return [...commits.filter((commit) => commit !== seen), seen];
  }

  private async filesBetween(base: string, head: string): Promise<ListedFile[]> {
    const files = await this.history.compare(base, head);
    return files.map((file) => {
      const { patch, ...rest } = file;
      return patch === undefined || this.withoutPatch.has(file.filename) ? { ...rest, additions: 0, deletions: 0, changes: 0 } : file;
    });
  }

  private async filesOf(pull: Pull): Promise<ListedFile[]> {
    const tip = this.branches.get(pull.baseBranch) ?? pull.commits[0]!;
    return this.filesBetween((await this.history.mergeBase(tip, pull.head)) ?? tip, pull.head);
  }

  /** Whether GitHub would take a comment on this line: one that the diff shows on its right side. */
  private async mayStand(pull: Pull, path: string, line: number): Promise<boolean> {
    const file = (await this.filesOf(pull)).find(({ filename }) => filename === path);
    if (!file?.patch || this.refusedLines.has(`${path}:${line}`)) return false;
    return [...file.patch.matchAll(/^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@/gm)].some(([, start, count]) => line >= Number(start) && line < Number(start) + Number(count ?? 1));
  }

  private threadOfComment(id: number): { pull: Pull; thread: Thread; comment: Comment } {
    for (const pull of this.pulls) for (const thread of pull.threads) for (const comment of thread.comments) if (comment.id === id) return { pull, thread, comment };
    throw new Refused(404, 'Not Found');
  }

  private conversationComment(id: number): { pull: Pull; comment: Comment } {
    for (const pull of this.pulls) for (const comment of pull.conversation) if (comment.id === id) return { pull, comment };
    throw new Refused(404, 'Not Found');
  }
}

const judgedQueries = new Map<string, { document: DocumentNode; wrong: readonly GraphQLError[] }>();
/** A query and what GitHub's schema finds wrong with it; the same text is judged once. */
function judgedQuery(query: string): { document: DocumentNode; wrong: readonly GraphQLError[] } {
  let judged = judgedQueries.get(query);
  if (!judged) {
    const document = parse(query);
    judged = { document, wrong: validate(graphqlSchema(), document) };
    judgedQueries.set(query, judged);
  }
  return judged;
}

type Call = { parameters: Record<string, string>; query: URLSearchParams; body: Record<string, unknown>; permissions: Permissions };
type Answer = { status: number; value?: unknown; headers?: Record<string, string> };

class Refused extends Error {
  readonly status: number;
  readonly details: object;
  readonly headers: Record<string, string>;
  constructor(status: number, message: string, details: object = {}, headers: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.details = details;
    this.headers = headers;
  }
}

function need(permissions: Permissions, what: keyof Permissions, access: 'read' | 'write'): void {
  const has = permissions[what];
  if (has === 'write' || (access === 'read' && has === 'read')) return;
  throw new Refused(403, 'Resource not accessible by integration', {}, { 'x-accepted-github-permissions': `${what.replace('-', '_')}=${access}` });
}

function bounded(body: string): string {
  if (body.length > 65_536) throw new Refused(422, 'Body is too long (maximum is 65536 characters)');
  return body;
}

function update(run: CheckRun, body: Record<string, unknown>): void {
  const output = body['output'] as { title?: string; summary?: string; annotations?: Annotation[] } | undefined;
  if ((output?.annotations?.length ?? 0) > 50) throw new Refused(422, 'No more than 50 annotations');
  if ((output?.summary?.length ?? 0) > 65_535) throw new Refused(422, 'The summary is too long');
  for (const annotation of output?.annotations ?? []) if (annotation.start_line < 1 || annotation.end_line < annotation.start_line) throw new Refused(422, 'The annotation has no place');
  run.status = (body['status'] as string | undefined) ?? run.status;
  run.conclusion = (body['conclusion'] as string | undefined) ?? run.conclusion;
  run.externalId = (body['external_id'] as string | undefined) ?? run.externalId;
  run.title = output?.title ?? run.title;
  run.summary = output?.summary ?? run.summary;
  run.annotations.push(...(output?.annotations ?? []));
}

function pullValue(pull: Pull): unknown {
  return { number: pull.number, state: pull.state, head: { sha: pull.head, ref: pull.headBranch, repo: { full_name: pull.headRepository } } };
}

function saidValue({ id, body, author, isBot }: Comment): unknown {
  return { fullDatabaseId: id, body, viewerDidAuthor: author === viewer, author: { __typename: isBot ? 'Bot' : 'User', login: author } };
}

function paged<Item>(items: readonly Item[], value: (item: Item) => unknown) {
  return ({ first, after }: { first: number; after?: string | null }) => {
    const start = after ? Number(after) : 0;
    const end = Math.min(items.length, start + first);
    return { pageInfo: { hasNextPage: end < items.length, endCursor: String(end) }, nodes: items.slice(start, end).map(value) };
  };
}

function entryAt(tree: ReadonlyMap<string, Stored>, path: string): unknown {
  const stored = tree.get(path);
  if (stored) return entryOf(path.split('/').at(-1)!, stored);
  return [...tree.keys()].some((name) => name.startsWith(`${path}/`)) ? { mode: 0o040000, oid: '0'.repeat(40), name: path.split('/').at(-1), type: 'tree', object: folderOf(tree, path) } : null;
}

function entryOf(name: string, { oid, mode, bytes }: Stored): unknown {
  const text = bytes.toString();
  // As the real one: judged by likelihood, cut at 512,000 bytes, a byte order mark lost.
  const isBinary = bytes.subarray(0, 8000).includes(0) || !Buffer.from(text).equals(bytes);
  const object = { __typename: 'Blob', oid, byteSize: bytes.length, isBinary, isTruncated: bytes.length > 512_000, text: isBinary ? null : text.replace(/^\ufeff/, '').slice(0, 512_000) };
  return { mode, oid, name, type: 'blob', object };
}

function folderOf(tree: ReadonlyMap<string, Stored>, folder: string): unknown {
  const prefix = folder === '' ? '' : `${folder}/`;
  const entries = new Map<string, unknown>();
  for (const [path, stored] of tree) {
    if (!path.startsWith(prefix)) continue;
    const [name, ...rest] = path.slice(prefix.length).split('/');
    if (!entries.has(name!)) entries.set(name!, rest.length > 0 ? { name, type: 'tree', mode: 0o040000, oid: '0'.repeat(40), object: null } : entryOf(name!, stored));
  }
  return { __typename: 'Tree', entries: [...entries.values()] };
}
