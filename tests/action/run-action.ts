import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Pull, SmallGitHub } from '../github/small-github/host.ts';
import { owner, repo } from '../github/small-github/host.ts';
import type { BuiltAction } from './built-action.ts';

/** Node 24, the Action's own runtime, whatever Node runs the tests. */
const node = join(dirname(createRequire(import.meta.url).resolve('node/package.json')), 'bin', 'node');

export type Run = {
  exitCode: number | null;
  /** Everything that the job's log shows. */
  log: string;
  outputs: Record<string, string>;
  summary: string;
  report: Report | undefined;
  sarif: string | undefined;
  requests: number;
};
type Report = { verdict: string; findings: { lesson: string; path: string; line: number; placement: string; message: string; fingerprint: string }[]; waived: unknown[]; notes: { code: string; message: string; incomplete: boolean }[]; skipped: { path: string; why: string }[]; stats: { rounds: number; parsed: number } };

export type Start = { event: string; payload: unknown; inputs?: Record<string, string>; env?: Record<string, string>; token?: string };

/** Runs the built Action as a runner would: inputs, event and outputs through the environment and files. */
export async function runAction(action: BuiltAction, host: SmallGitHub, { event, payload, inputs = {}, env = {}, token = 'the-token' }: Start): Promise<Run> {
  const folder = mkdtempSync(join(tmpdir(), 'action-run-'));
  try {
    const file = (name: string, text = ''): string => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    mkdirSync(join(folder, 'work'));
    const before = host.sent.length;
    const given = { token, id: 'default', lessons: '.github/lessons', gate: '', 'pull-request': '', comments: 'inline', 'time-budget': '300', ...inputs };
    const environment = {
      ...Object.fromEntries(Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
      GITHUB_ACTIONS: 'true', GITHUB_EVENT_NAME: event, GITHUB_EVENT_PATH: file('event.json', JSON.stringify(payload)), GITHUB_OUTPUT: file('output'), GITHUB_STEP_SUMMARY: file('summary'),
      GITHUB_REPOSITORY: `${owner}/${repo}`, GITHUB_SERVER_URL: 'https://github.com', GITHUB_API_URL: host.address, GITHUB_GRAPHQL_URL: `${host.address}/graphql`,
      GITHUB_RUN_ID: '42', GITHUB_ACTION_REPOSITORY: 'once-bitten/once-bitten', GITHUB_ACTION_REF: 'v1', RUNNER_TEMP: folder, NODE_COMPILE_CACHE: join(action.folder, 'cache'), ...env,
    };
    const { exitCode, log } = await start(join(action.folder, 'dist', 'action.js'), join(folder, 'work'), environment);
    const read = (path: string | undefined): string | undefined => (path ? readFileSync(path, 'utf8') : undefined);
    const outputs = outputsIn(readFileSync(join(folder, 'output'), 'utf8'));
    const report = read(outputs['report']);
    return { exitCode, log, outputs, summary: readFileSync(join(folder, 'summary'), 'utf8'), report: report === undefined ? undefined : (JSON.parse(report) as Report), sarif: read(outputs['sarif']), requests: host.sent.length - before };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function start(door: string, cwd: string, env: Record<string, string>): Promise<{ exitCode: number | null; log: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(node, [door], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let log = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => (log += piece.toString()));
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, log }));
  });
}

/** The runner's own format: `name<<delimiter`, lines, `delimiter`. */
function outputsIn(text: string): Record<string, string> {
  return Object.fromEntries([...text.matchAll(/^([\w-]+)<<(\S+)\n([\s\S]*?)\n\2$/gm)].map(([, name, , value]) => [name!, value!]));
}

/** The payload of an event about a pull request. */
export function payloadOf(pull: Pull, action = 'synchronize'): unknown {
  return { action, number: pull.number, pull_request: { number: pull.number, state: pull.state, draft: pull.draft, head: { sha: pull.head, ref: pull.headBranch }, base: { ref: pull.baseBranch } }, repository: { full_name: `${owner}/${repo}`, default_branch: 'main' } };
}
