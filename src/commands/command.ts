import type { Arguments } from '../arguments.ts';
import type { Terminal } from './terminal.ts';

/** Does what a command line asks for, speaks through the terminal, and gives the exit code. */
export type Command = (args: Arguments, terminal: Terminal) => Promise<number>;
