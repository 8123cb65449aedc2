#!/usr/bin/env node
/** The command line's door: speaks through this process and leaves its exit code. */
import { exitCodeOfFailure, runCommandLine, sayFailure } from './commands/command-line.ts';
import { terminalOf } from './commands/terminal.ts';

// Whoever reads our output may stop early (`| head`); that is no failure.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

// Node would print the line of bundled code that threw, which may be all of it.
process.on('uncaughtException', (error) => {
  process.stderr.write(`${sayFailure(error, process.env)}\n`, () => process.exit(exitCodeOfFailure(error)));
});

process.exitCode = await runCommandLine(process.argv.slice(2), terminalOf(process), process.env);
