import { relative } from 'node:path';

/** Where a command speaks. It is handed in, so that a test hears exactly what a user would. */
export type Terminal = {
  /** Standard output: what was asked for. */
  print(text: string): void;
  /** Standard error: what went wrong, and how far a long work has come. */
  say(text: string): void;
  /** Whether standard output takes ANSI colours. */
  colour: boolean;
  /** The columns of standard output. */
  width: number;
  /** Somebody watches standard error, so that a line on it may be drawn and wiped again. */
  isWatched: boolean;
  /** How this program is called here, for the commands that it suggests. */
  program: string;
};

/** What is read of a process to speak through it. */
type Speaker = {
  stdout: { write(text: string): unknown; isTTY?: boolean; columns?: number };
  stderr: { write(text: string): unknown; isTTY?: boolean };
  env: Readonly<Record<string, string | undefined>>;
  argv: readonly string[];
  cwd(): string;
};

/** Prose reads badly in longer lines, and a pipe has no width of its own. In columns. */
const usualWidth = 100;

/** The terminal of this process: coloured for people, plain for pipes and files. */
export function terminalOf({ stdout, stderr, env, argv, cwd }: Speaker): Terminal {
  return {
    print: (text) => void stdout.write(text),
    say: (text) => void stderr.write(text),
    colour: wantsColour(env, stdout.isTTY === true),
    width: stdout.columns ?? usualWidth,
    isWatched: stderr.isTTY === true && env['TERM'] !== 'dumb' && !env['CI'],
    program: programName(argv[1], cwd()),
  };
}

/** `once-bitten` where it is installed, `node dist/cli.js` in a clone. */
function programName(script: string | undefined, folder: string): string {
  if (script === undefined || !/\.[jt]s$/.test(script)) return 'once-bitten';
  const nearest = relative(folder, script);
  return `node ${nearest.startsWith('..') ? script : nearest}`;
}

/** FORCE_COLOR decides where it is set, then NO_COLOR (https://no-color.org: any text but the empty one), then the terminal. */
function wantsColour(env: Speaker['env'], isTerminal: boolean): boolean {
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false';
  return isTerminal && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
}
