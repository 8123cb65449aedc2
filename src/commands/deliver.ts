import fs from 'node:fs';
import path from 'node:path';
import type { CommandOptions } from '../arguments.ts';
import { Fault } from '../fault.ts';
import type { Looked } from './look.ts';
import type { Terminal } from './terminal.ts';

/** A review in the format that was asked for. Reports are loaded when they are needed. */
export async function reportOf(looked: Looked, options: CommandOptions, terminal: Terminal): Promise<string> {
  const { review, inForce, lineOf } = looked;
  const { gate } = inForce.settings;
  switch (options.format) {
    case 'json':
      return (await import('../reports/json.ts')).jsonReport(review);
    case 'sarif':
      return (await import('../reports/sarif.ts')).sarifReport(review, { version: (await import('./version.ts')).version });
    case 'markdown':
      return (await import('../reports/summary.ts')).markdownReport(review, { run: 'default', gate });
    default:
      return (await import('../reports/terminal.ts')).terminalReport(review, { colour: terminal.colour && options.output === undefined, width: terminal.width, lineOf, gate });
  }
}

/** Writes a report where it belongs: to a file, or to standard output. Throws a Fault `usage/wrong-value` for a file that cannot be written. */
export function deliver(text: string, output: string | undefined, terminal: Terminal): void {
  const whole = text.endsWith('\n') ? text : `${text}\n`;
  if (output === undefined) {
    terminal.print(whole);
    return;
  }
  try {
    fs.mkdirSync(path.dirname(path.resolve(output)), { recursive: true });
    fs.writeFileSync(output, whole);
    if (terminal.isWatched) terminal.say(`The report is in ${output}.\n`);
  } catch (error) {
    throw new Fault('usage/wrong-value', { message: `the report cannot be written to ${output}: ${reasonOf(error as NodeJS.ErrnoException)}`, hint: 'name another file with --output' });
  }
}

function reasonOf({ code, message }: NodeJS.ErrnoException): string {
  const known: Record<string, string> = { EISDIR: 'it is a folder', EACCES: 'that is not allowed', EPERM: 'that is not allowed', ENOSPC: 'the disk is full', EROFS: 'the disk is read-only', ENOTDIR: 'a part of its path is a file', EEXIST: 'a part of its path is a file' };
  return known[code ?? ''] ?? message;
}
