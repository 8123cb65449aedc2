import { runCommandLine } from '../../src/commands/command-line.ts';
import type { Terminal } from '../../src/commands/terminal.ts';

/** What a command printed, said on standard error, and left as its exit code. */
export type Ran = { code: number; out: string; err: string };

/** Runs a command line in this process, with a terminal that keeps what it hears. */
export async function once(argv: readonly string[], terminal: Partial<Terminal> = {}): Promise<Ran> {
  const heard = { out: '', err: '' };
  const code = await runCommandLine(argv, {
    print: (text) => void (heard.out += text),
    say: (text) => void (heard.err += text),
    colour: false,
    width: 100,
    isWatched: false,
    program: 'once-bitten',
    ...terminal,
  });
  return { code, ...heard };
}
