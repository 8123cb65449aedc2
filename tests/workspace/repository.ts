import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A git repository in a folder of its own, for one test. It is removed when the test is over. */
export type TestRepository = {
  folder: string;
  /** Runs git in it, and returns what it prints, without the last line feed. */
  git(...args: string[]): string;
  /** Runs git with something on its standard input. */
  gitWith(input: string | Buffer, ...args: string[]): string;
  write(path: string, content: string | Buffer): void;
  link(path: string, target: string): void;
  remove(path: string): void;
  makeExecutable(path: string): void;
  /** Commits everything that is on disk; returns the commit. */
  commit(subject?: string): string;
};

/** Nothing of the developer's own settings reaches these repositories. */
const environment = {
  GIT_AUTHOR_NAME: 'A Tester', GIT_AUTHOR_EMAIL: 'tester@example.com', GIT_COMMITTER_NAME: 'A Tester', GIT_COMMITTER_EMAIL: 'tester@example.com',
  GIT_CONFIG_GLOBAL: devNull, GIT_CONFIG_NOSYSTEM: '1', LC_ALL: 'C',
};

/** One shell for three commands: to start a process costs this large one more than git takes for a commit. */
const commitAll = 'git add --all && git -c maintenance.auto=false commit --quiet --allow-empty --message "$1" && git rev-parse HEAD';

export function newFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'once-bitten-test-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function newRepository(...initOptions: string[]): TestRepository {
  const folder = newFolder();
  let minutes = 0;
  const run = (command: string, args: string[], input: string | Buffer = '') => {
    // Commits a minute apart have an order that dates can tell.
    const date = `2026-01-01T${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}:00Z`;
    const env = { ...process.env, ...environment, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
    return execFileSync(command, args, { cwd: folder, env, input, encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'], maxBuffer: 2 ** 30 }).replace(/\n$/, '');
  };
  const git = (...args: string[]) => run('git', args);
  const place = (path: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    return join(folder, path);
  };
  git('init', '--quiet', '--template=', '--initial-branch=main', ...initOptions);
  return {
    folder,
    git,
    gitWith: (input, ...args) => run('git', args, input),
    write: (path, content) => writeFileSync(place(path), content),
    link: (path, target) => symlinkSync(target, place(path)),
    remove: path => rmSync(join(folder, path), { recursive: true }),
    makeExecutable: path => chmodSync(join(folder, path), 0o755),
    commit(subject = 'A step') {
      minutes += 1;
      return run('sh', ['-c', commitAll, 'sh', subject]);
    },
  };
}

/** The fault that a promise ends with. */
export async function faultOf(promise: Promise<unknown>): Promise<{ code: string; message: string; hint: string }> {
  const error = await promise.then(() => undefined, (reason: unknown) => reason);
  if (!error) throw new Error('no fault was thrown');
  const { code, message, hint } = error as { code: string; message: string; hint?: string };
  return { code, message, hint: hint ?? '' };
}
