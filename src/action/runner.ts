import { Fault } from '../fault.ts';
import type { Repository } from '../github/client.ts';

/** What the runner tells of the workflow's run. */
export type Runner = {
  repository: Repository;
  event: string;
  eventPath: string;
  /** GitHub's address for people, and those of its API. */
  server: string;
  api: string;
  graphql: string;
  /** The page of this run. */
  runPage: string | undefined;
  /** Where this Action comes from, when it is not the reviewed repository itself. */
  action: { repository: string; ref: string } | undefined;
  workspace: string | undefined;
  /** A folder for files that later steps may read. */
  temp: string;
};

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the runner's environment. Throws a Fault `github/unknown-event` outside of a workflow. */
export function readRunner(env: Environment): Runner {
  const [owner, repo, ...rest] = need(env, 'GITHUB_REPOSITORY').split('/');
  if (!owner || !repo || rest.length > 0) throw outside('GITHUB_REPOSITORY');
  const server = env['GITHUB_SERVER_URL'] || 'https://github.com';
  const api = env['GITHUB_API_URL'] || 'https://api.github.com';
  const run = env['GITHUB_RUN_ID'];
  const action = env['GITHUB_ACTION_REPOSITORY'];
  return {
    repository: { owner, repo },
    event: need(env, 'GITHUB_EVENT_NAME'),
    eventPath: need(env, 'GITHUB_EVENT_PATH'),
    server,
    api,
    graphql: env['GITHUB_GRAPHQL_URL'] || `${api}/graphql`,
    runPage: run ? `${server}/${owner}/${repo}/actions/runs/${run}` : undefined,
    action: action ? { repository: action, ref: env['GITHUB_ACTION_REF'] || 'main' } : undefined,
    workspace: env['GITHUB_WORKSPACE'] || undefined,
    temp: env['RUNNER_TEMP'] || '.',
  };
}

function need(env: Environment, name: string): string {
  const value = env[name];
  if (value === undefined || value === '') throw outside(name);
  return value;
}

function outside(name: string): Fault {
  return new Fault('github/unknown-event', { message: `${name} is not set, as it is in every workflow`, hint: 'run the Action in a workflow; on your own machine use the command line' });
}
