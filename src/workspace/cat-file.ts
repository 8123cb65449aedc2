import type { ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import { lastWords, notStarted, startGit } from './run-git.ts';

/** What git knows of an object before its content is read. */
export type ObjectHeader = { hash: string; type: string; size: number };

/** An object with its content; without, when the content is above the limit it was asked with. */
export type ObjectContent = ObjectHeader & { content?: Buffer };

/**
 * The objects of one repository, from git processes that live as long as this does. A name is a hash, or a hash with
 * `^{tree}`: nothing else, so that no path is ever spelled in git's line-by-line protocol. An object that is missing or
 * damaged is undefined.
 */
export type Objects = {
  header(name: string): Promise<ObjectHeader | undefined>;
  content(name: string, mostBytes: number): Promise<ObjectContent | undefined>;
  close(): Promise<void>;
};

/** The objects of the repository at this folder. Git is started by the first question; a Fault `git/failed` rejects it when that fails. */
export function openObjectStore(repo: string): Objects {
  const headers = new Conversation(repo, '--batch-check');
  const contents = new Conversation(repo, '--batch');
  return {
    header: name => headers.ask(name, 0),
    content: (name, mostBytes) => contents.ask(name, mostBytes),
    close: async () => {
      await Promise.all([headers.close(), contents.close()]);
    },
  };
}

type Question = {
  name: string;
  mostBytes: number;
  answer(found: ObjectContent | undefined): void;
  fail(reason: Error): void;
};

/** Content that is arriving. Git ends it with a line feed, which is counted in `left`. */
type Arriving = { found: ObjectContent; filled: number; left: number };

/** So many deaths of git in a row, without an answer between them, and the questions are given up. */
const mostDeaths = 20;

const nameOfObject = /^[0-9a-f]{40,64}(?:\^\{tree\})?$/;

/** One `git cat-file` process: questions go in as lines, answers come back in the same order. */
class Conversation {
  readonly #repo: string;
  readonly #mode: '--batch' | '--batch-check';
  #child: ChildProcess | undefined;
  #waiting: Question[] = [];
  /** The place in `#waiting` of the next question to be answered, so that a long queue is not shifted each time. */
  #next = 0;
  #header = '';
  #arriving: Arriving | undefined;
  #deaths = 0;
  #closed = false;

  constructor(repo: string, mode: '--batch' | '--batch-check') {
    this.#repo = repo;
    this.#mode = mode;
  }

  ask(name: string, mostBytes: number): Promise<ObjectContent | undefined> {
    if (this.#closed) return Promise.reject(new Error('the reader is closed'));
    if (!nameOfObject.test(name)) return Promise.resolve(undefined);
    return new Promise((answer, fail) => {
      this.#waiting.push({ name, mostBytes, answer, fail });
      const child = (this.#child ??= this.#start());
      if (this.#waiting.length - this.#next === 1) keepAlive(child, true);
      child.stdin!.write(`${name}\n`);
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    keepAlive(child, true);
    const gone = new Promise<void>(resolve => child.once('close', () => resolve()));
    // A question may still be open, and its answer may never be read: git is not asked to finish it.
    child.kill();
    await gone;
  }

  #start(): ChildProcess {
    const child = startGit(this.#repo, ['cat-file', this.#mode]);
    lastWords(child);
    this.#header = '';
    this.#arriving = undefined;
    // How git ended is told by 'close'; a broken pipe is only its echo.
    child.stdin!.on('error', () => undefined);
    child.stdout!.on('data', (piece: Buffer) => this.#take(piece));
    child.once('error', error => this.#giveUp(notStarted(error)));
    child.once('close', () => this.#restart(child));
    return child;
  }

  #take(piece: Buffer): void {
    let at = 0;
    while (at < piece.length) at = this.#arriving ? this.#takeContent(this.#arriving, piece, at) : this.#takeHeader(piece, at);
  }

  #takeHeader(piece: Buffer, at: number): number {
    const end = piece.indexOf(10, at);
    this.#header += piece.toString('latin1', at, end === -1 ? piece.length : end);
    if (end === -1) return piece.length;
    const [hash, type, size] = this.#header.split(' ');
    this.#header = '';
    // Otherwise git says "<name> missing", or another single word.
    if (size === undefined) this.#answer(undefined);
    else this.#begin({ hash: hash!, type: type!, size: Number(size) });
    return end + 1;
  }

  #begin(found: ObjectContent): void {
    if (this.#mode === '--batch-check') return this.#answer(found);
    if (found.size <= (this.#waiting[this.#next]?.mostBytes ?? -1)) found.content = Buffer.allocUnsafe(found.size);
    this.#arriving = { found, filled: 0, left: found.size + 1 };
  }

  #takeContent(arriving: Arriving, piece: Buffer, at: number): number {
    const count = Math.min(arriving.left, piece.length - at);
    // The buffer is one byte shorter than what arrives: the line feed at the end falls off.
    if (arriving.found.content) piece.copy(arriving.found.content, arriving.filled, at, at + count);
    arriving.filled += count;
    arriving.left -= count;
    if (arriving.left === 0) {
      this.#arriving = undefined;
      this.#answer(arriving.found);
    }
    return at + count;
  }

  #answer(found: ObjectContent | undefined): void {
    const question = this.#waiting[this.#next];
    this.#next += 1;
    this.#deaths = 0;
    if (this.#next === this.#waiting.length) {
      this.#waiting = [];
      this.#next = 0;
      if (this.#child) keepAlive(this.#child, false);
    }
    question?.answer(found);
  }

  /** Git died, most likely of the object it was about to give (a damaged one). That one is given up, the others are asked again. */
  #restart(child: ChildProcess): void {
    if (this.#child !== child) return;
    this.#child = undefined;
    if (this.#closed) return this.#giveUp(new Error('the reader was closed before it had answered'));
    const open = this.#waiting.slice(this.#next);
    this.#waiting = [];
    this.#next = 0;
    open.shift()?.answer(undefined);
    this.#deaths += 1;
    if (this.#deaths >= mostDeaths) return open.forEach(question => question.answer(undefined));
    for (const { name, mostBytes, answer, fail } of open) this.ask(name, mostBytes).then(answer, fail);
  }

  #giveUp(reason: Error): void {
    const open = this.#waiting.slice(this.#next);
    this.#waiting = [];
    this.#next = 0;
    this.#child = undefined;
    for (const question of open) question.fail(reason);
  }
}

/** An idle git does not keep our own process from ending, even when nobody closed it. */
function keepAlive(child: ChildProcess, alive: boolean): void {
  for (const part of [child, child.stdin as Socket, child.stdout as Socket, child.stderr as Socket]) {
    if (alive) part.ref();
    else part.unref();
  }
}
