import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { Octokit } from '@octokit/rest';
import { paced } from './pace.ts';

/** A repository on GitHub. */
export type Repository = { owner: string; repo: string };

export type GraphqlError = { type?: string; message: string; path?: (string | number)[] };

/** The way to GitHub: REST calls by name, GraphQL queries with what they could answer, and how many requests it took. */
export type Client = {
  rest: Octokit['rest'];
  /** Answers what GitHub could, beside the errors for what it could not. Throws only where there is no answer at all. */
  graphql<Answer>(query: string, variables: Record<string, unknown>): Promise<{ data: Answer | null; errors: GraphqlError[] }>;
  /** Requests sent so far, repeated ones included. */
  requests(): number;
};

export type ClientOptions = {
  token: string;
  /** The API's address, as the runner gives it (GITHUB_API_URL). */
  api: string;
  /** GraphQL's address (GITHUB_GRAPHQL_URL). */
  graphql: string;
  /** Milliseconds that are left for all requests; waits that would take longer are not begun. */
  left: () => number;
  /** Told when a limit makes us wait. */
  say: (message: string) => void;
};

/** One request may take so long before it is given up and tried again. In milliseconds. */
const longestRequest = 60_000;

/** Writes are never repeated blindly: an error may come after the deed. Who writes looks first, then writes again. */
export const once = { request: { retries: 0 } } as const;

/** Opens the way to GitHub. The token is sent to the API's own hosts, and to nobody else. */
export function openClient(options: ClientOptions): Client {
  const hosts = new Set([options.api, options.graphql].map((address) => new URL(address).origin));
  let requests = 0;
  const send: typeof fetch = (input, init) => {
    const address = new URL(input instanceof Request ? input.url : input);
    if (!hosts.has(address.origin)) throw new Error(`a request to ${address.origin} was held back: it is not the API`);
    requests += 1;
    return fetch(input, { ...init, signal: AbortSignal.timeout(longestRequest) });
  };
  const mayWait = (seconds: number, what: string, tries: number): boolean => {
    if (tries >= 3 || seconds * 1000 > options.left()) return false;
    options.say(`GitHub asks for a pause of ${seconds} seconds (${what}).`);
    return true;
  };
  const Paced = Octokit.plugin(plainLimits, throttling, retry);
  const octokit = new Paced({
    auth: options.token,
    baseUrl: options.api,
    userAgent: 'once-bitten',
    request: { fetch: send },
    log: { debug() {}, info() {}, warn() {}, error() {} },
    // A number given to a single request would make the plugin repeat refusals as well.
    retry: { retries: 2 },
    throttle: {
      onRateLimit: (seconds: number, _options: unknown, _octokit: unknown, tries: number) => mayWait(seconds, 'its hourly limit', tries),
      onSecondaryRateLimit: (seconds: number, _options: unknown, _octokit: unknown, tries: number) => mayWait(seconds, 'a limit on fast writing', tries),
      // The plugin's own queues would hold back every GraphQL question for a second, and every comment for three.
      ...({ write: paced(12), notifications: paced(5) } as object),
    },
  });
  const root = new URL(options.graphql);
  return {
    rest: octokit.rest,
    requests: () => requests,
    async graphql<Answer>(query: string, variables: Record<string, unknown>) {
      const { data } = await octokit.request('POST /graphql', { baseUrl: root.href.replace(/\/graphql\/?$/, ''), query, variables });
      if (typeof data !== 'object' || data === null || !('data' in data || 'errors' in data)) throw new Error('GitHub broke off its answer');
      const answer = data as { data?: Answer | null; errors?: GraphqlError[] };
      return { data: answer.data ?? null, errors: answer.errors ?? [] };
    },
  };
}

/**
 * GitHub may answer 429 with `retry-after` and none of the words by which the throttling plugin knows a limit; here such an
 * answer gets them.
 */
function plainLimits(octokit: Pick<Octokit, 'hook'>): object {
  octokit.hook.error('request', (error) => {
    const { status, response } = error as { status?: number; response?: { headers?: Record<string, unknown> } };
    if (status === 429 && response?.headers?.['retry-after'] !== undefined && !/secondary rate/i.test(error.message)) error.message += ' (secondary rate limit)';
    throw error;
  });
  return {};
}

/** Why GitHub did not do what it was asked. `uncertain`: it may have done it all the same. */
export type Refusal = 'token' | 'permission' | 'missing' | 'invalid' | 'limit' | 'uncertain';

/** What an error of a request means; undefined when it is no answer of GitHub at all, but our own mistake. */
export function refusalOf(error: unknown): Refusal | undefined {
  const { status, name } = (error ?? {}) as { status?: unknown; name?: unknown };
  if (name !== 'HttpError' || typeof status !== 'number') return undefined;
  if (status === 401) return 'token';
  if (status === 429 || (status === 403 && /rate limit|abuse/i.test((error as Error).message))) return 'limit';
  if (status === 403) return 'permission';
  if (status === 404 || status === 410) return 'missing';
  if (status >= 500 || status < 400) return 'uncertain';
  return 'invalid';
}
