import { spawn, type ChildProcess } from 'node:child_process';
import { dirname, resolve } from 'node:path';
import { Fault } from '../fault.ts';

/** How one git command is run, besides its words. */
export type GitCall = {
  /** Written to its standard input. */
  input?: string | Uint8Array;
  /** Settings for this command alone, as `name=value`. */
  settings?: readonly string[];
  env?: Readonly<Record<string, string>>;
};

/** How a git command ended. */
export type GitOutcome = { code: number; stdout: Buffer; stderr: string };

/**
 * What a repository could make git run, and what would make the same diff look different elsewhere, is switched off here.
 * The repository's own settings belong to its user, but its attributes come with the pull request and choose among them.
 */
const settings = [
  // Programs.
  'core.fsmonitor=',
  'core.hooksPath=/dev/null',
  'core.pager=cat',
  'log.showSignature=false',
  'submodule.recurse=false',
  'gc.auto=0',
  'maintenance.auto=false',
  // Network: an object that is not here is missing, it is not fetched.
  'protocol.allow=never',
  // Output.
  'core.attributesFile=/dev/null',
  'core.quotePath=false',
  'core.splitIndex=false',
  'diff.orderFile=/dev/null',
  'diff.suppressBlankEmpty=false',
  'diff.interHunkContext=0',
  'diff.relative=false',
  'diff.algorithm=default',
  'diff.indentHeuristic=true',
  'diff.autoRefreshIndex=true',
  'diff.renameLimit=1000',
  // A file above 8 MiB is never loaded to be compared; it would not be read either.
  'core.bigFileThreshold=8m',
  // The user named the repository; its programs are off, so a bare one inside another is no danger.
  'safe.bareRepository=all',
];

/** Variables of git's that say how the user's git finds its settings and itself. All others would point it at another repository. */
const keptVariables = /^GIT_(?:CONFIG_.+|CEILING_DIRECTORIES|DISCOVERY_ACROSS_FILESYSTEM|EXEC_PATH)$/;

function environment(extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_') || keptVariables.test(name));
  return {
    ...Object.fromEntries(kept),
    LC_ALL: 'C',
    LANGUAGE: 'C',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_LAZY_FETCH: '1',
    // Git before 2.45 does not know the line above; without any protocol it cannot fetch either.
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_ADVICE: '0',
    ...extra,
  };
}

/**
 * Starts git for the repository at this folder, without a shell, and leaves its pipes to the caller. Node's own folder is the
 * process's: on Windows a program is looked for where the process stands, and a repository may hold a git.exe.
 */
export function startGit(repo: string, args: readonly string[], call: GitCall = {}): ChildProcess {
  const switches = [...settings, ...(call.settings ?? [])].flatMap(setting => ['-c', setting]);
  return spawn('git', ['-C', resolve(repo), '--no-pager', '--literal-pathspecs', ...switches, ...args], {
    cwd: dirname(process.execPath),
    env: environment(call.env),
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
}

/** Runs git to its end, whatever the end is. Throws a Fault `git/failed` when it cannot be started. */
export async function runGit(repo: string, args: readonly string[], call: GitCall = {}): Promise<GitOutcome> {
  const run = follow(repo, args, call);
  const chunks: Buffer[] = [];
  for await (const chunk of run.stdout) chunks.push(chunk);
  return { ...(await run.ended), stdout: Buffer.concat(chunks) };
}

/** What git prints. Throws a Fault `git/failed` or `usage/no-repository` when it does not end well. */
export async function gitOutput(repo: string, args: readonly string[], call: GitCall = {}): Promise<Buffer> {
  const outcome = await runGit(repo, args, call);
  if (outcome.code !== 0) throw gitFault(repo, args, outcome);
  return outcome.stdout;
}

/** What git prints, as one line of text. */
export async function gitLine(repo: string, args: readonly string[], call: GitCall = {}): Promise<string> {
  const text = (await gitOutput(repo, args, call)).toString('utf8');
  return text.endsWith('\n') ? text.slice(0, -1) : text;
}

/**
 * What git prints, while it prints it. Throws a Fault as `gitOutput` does, after the last piece. Git is ended when the
 * reader stops early.
 */
export async function* gitPieces(repo: string, args: readonly string[], call: GitCall = {}): AsyncGenerator<Buffer, void, undefined> {
  const run = follow(repo, args, call);
  try {
    yield* run.stdout;
    const { code, stderr } = await run.ended;
    if (code !== 0) throw gitFault(repo, args, { code, stderr });
  } finally {
    run.stop();
  }
}

/** The entries of git's output with `-z`, as bytes in a `latin1` string: a name need not be UTF-8. */
export async function gitEntries(repo: string, args: readonly string[], call: GitCall = {}): Promise<string[]> {
  const entries = (await gitOutput(repo, args, call)).toString('latin1').split('\0');
  entries.pop();
  return entries;
}

/** The text of a name that was read as bytes. */
export function nameOf(bytes: string): string {
  if (!/[\x80-\xff]/.test(bytes)) return bytes;
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** The bytes of a name, in the order that git sorts by. */
export function bytesOf(name: string): string {
  return Buffer.from(name).toString('latin1');
}

type Run = {
  stdout: AsyncIterable<Buffer>;
  ended: Promise<{ code: number; stderr: string }>;
  stop(): void;
};

function follow(repo: string, args: readonly string[], call: GitCall): Run {
  const child = startGit(repo, args, call);
  const stderr = lastWords(child);
  const ended = new Promise<{ code: number; stderr: string }>((resolve, reject) => {
    child.once('error', error => reject(notStarted(error)));
    child.once('close', code => resolve({ code: code ?? -1, stderr: stderr() }));
  });
  // Whoever stops reading early does not wait for the end.
  ended.catch(() => undefined);
  // Git may end without reading all of its input; how it ended tells more than the broken pipe.
  child.stdin!.on('error', () => undefined);
  child.stdin!.end(call.input ?? '');
  return { stdout: child.stdout!, ended, stop: () => child.kill() };
}

/** Collects what git says on standard error, up to a length that is enough for a message. */
export function lastWords(child: ChildProcess): () => string {
  let said = '';
  child.stderr!.setEncoding('utf8');
  child.stderr!.on('data', (piece: string) => {
    if (said.length < 10_000) said += piece;
  });
  return () => said;
}

/** Git could not be started at all. */
export function notStarted(error: NodeJS.ErrnoException): Fault {
  if (error.code !== 'ENOENT') return new Fault('git/failed', { message: `git could not be started: ${error.message}` });
  return new Fault('git/failed', { message: 'git was not found on this machine.', hint: 'Install git, or add its folder to PATH.' });
}

/** What went wrong, in words for a user. */
export function gitFault(repo: string, args: readonly string[], outcome: { code: number; stderr: string }): Fault {
  const said = outcome.stderr;
  if (said.includes('not a git repository') || said.includes('cannot change to')) {
    return new Fault('usage/no-repository', { message: `"${repo}" is not a git repository.`, hint: 'Name the folder of one with --repo.' });
  }
  if (said.includes('dubious ownership')) {
    return new Fault('git/failed', {
      message: `git does not trust "${repo}", because it belongs to another user of this machine.`,
      hint: `If it is yours: git config --global --add safe.directory "${resolve(repo)}"`,
    });
  }
  const reason = said.split('\n').find(line => line.startsWith('fatal: ') || line.startsWith('error: ')) ?? `it ended with code ${outcome.code}`;
  return new Fault('git/failed', { message: `git ${args.find(word => !word.startsWith('-')) ?? ''} failed: ${reason.slice(0, 500)}` });
}
