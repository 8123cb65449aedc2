#!/usr/bin/env node
/** The command line: reads arguments, hands over, prints, and chooses an exit code. */
import { parseArguments, type Arguments } from './arguments.ts';
import { Fault, formatFault } from './fault.ts';
import { reviewChange, scan, deliver } from './commands/look.ts';
import { jsonReport } from './reports/json.ts';

async function run(args: Arguments): Promise<number> {
  const place = args.options;
  if (args.command === 'review') { const { review } = await reviewChange(place); deliver(jsonReport(review), place.output); return review.verdict === 'block' ? 1 : 0; }
  if (args.command === 'scan') { const { review } = await scan(place, args.paths); deliver(jsonReport(review), place.output); return review.verdict === 'block' ? 1 : 0; }
  return 2;
}

try {
  process.exitCode = await run(parseArguments(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof Fault)) throw error;
  process.stderr.write(`${formatFault(error)}\n`);
  process.exitCode = 2;
}
