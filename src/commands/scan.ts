import type { Command } from './command.ts';
import { deliver, reportOf } from './deliver.ts';
import { exitCodeOf } from './exit-code.ts';
import { scanAll } from './look.ts';
import { progressOn } from './progress.ts';

/** `scan`: what whole files hold, changed or not. */
export const run: Command = async ({ options, paths }, terminal) => {
  const progress = progressOn(terminal, 'Scanning');
  const looked = await scanAll(options, paths, { progress: progress.at }).finally(progress.end);
  deliver(await reportOf(looked, options, terminal), options.output, terminal);
  return exitCodeOf(looked.review.verdict);
};
