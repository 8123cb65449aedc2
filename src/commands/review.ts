import type { Command } from './command.ts';
import { deliver, reportOf } from './deliver.ts';
import { exitCodeOf } from './exit-code.ts';
import { reviewChange } from './look.ts';
import { progressOn } from './progress.ts';

/** `review`: what the change between two revisions repeats. */
export const run: Command = async ({ options }, terminal) => {
  const progress = progressOn(terminal, 'Reviewing');
  const looked = await reviewChange(options, { progress: progress.at }).finally(progress.end);
  deliver(await reportOf(looked, options, terminal), options.output, terminal);
  return exitCodeOf(looked.review.verdict);
};
