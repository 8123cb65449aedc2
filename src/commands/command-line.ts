import { helpText, parseArguments, type Arguments, type CommandName } from '../arguments.ts';
import { Fault, formatFault, printable } from '../fault.ts';
import type { Command } from './command.ts';
import { exitCode } from './exit-code.ts';
import type { Terminal } from './terminal.ts';

/** Every command in a module of its own, loaded only when it is called for: help and small reviews stay fast. */
const commands: Record<CommandName, () => Promise<{ run: Command }>> = {
  review: () => import('./review.ts'),
  scan: () => import('./scan.ts'),
  check: () => import('./check.ts'),
  try: () => import('./try.ts'),
  explain: () => import('./explain.ts'),
  words: () => import('./words.ts'),
  backtest: () => import('./backtest.ts'),
  init: () => import('./init.ts'),
  demo: () => import('./demo.ts'),
};

/** Runs a command line (without the program's own name). Never throws: a mistake is told as a fault, our own failure in one sentence. */
export async function runCommandLine(argv: readonly string[], terminal: Terminal, env: Readonly<Record<string, string | undefined>> = {}): Promise<number> {
  try {
    return await dispatch(parseArguments(argv), terminal);
  } catch (error) {
    terminal.say(`${sayFailure(error, env)}\n`);
    return exitCodeOfFailure(error);
  }
}

async function dispatch(args: Arguments, terminal: Terminal): Promise<number> {
  if (args.command === 'help') {
    terminal.print(helpText(args.paths[0]));
    return exitCode.fine;
  }
  if (args.command === 'version') {
    terminal.print(`${(await import('./version.ts')).version}\n`);
    return exitCode.fine;
  }
  const { run } = await commands[args.command]();
  return run(args, terminal);
}

/** A fault as it is always printed; anything else that was thrown is our bug, told in one sentence unless somebody wants the stack. */
export function sayFailure(error: unknown, env: Readonly<Record<string, string | undefined>>): string {
  if (error instanceof Fault) return formatFault(error);
  if (env['ONCE_BITTEN_DEBUG'] === '1') return error instanceof Error ? (error.stack ?? error.message) : String(error);
  const reason = printable(error instanceof Error ? error.message : String(error)).slice(0, 300);
  return `Once Bitten failed on its own account: ${reason}\n   Please report it; with ONCE_BITTEN_DEBUG=1 the same command prints where it happened.`;
}

/** Git that fails is no mistake of the user's: nothing was reviewed. */
export function exitCodeOfFailure(error: unknown): number {
  return error instanceof Fault && error.code !== 'git/failed' ? exitCode.mistaken : exitCode.incomplete;
}
