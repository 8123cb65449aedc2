import fs from 'node:fs';
import path from 'node:path';
import { workingTreeOf } from '../workspace/git.ts';
import { exitCode } from './exit-code.ts';
import { lessonsFolder, settingsFile } from './lessons-in-force.ts';
import type { Terminal } from './terminal.ts';

/** How often the files are looked at. Looking is what works on every system and network drive. In milliseconds. */
const pause = 300;

/** Runs again whenever a card, the vocabulary or the settings change, until the process is interrupted. Mistakes are printed and waited out. */
export async function onChange({ repo, lessons }: { repo?: string; lessons?: string }, terminal: Terminal, again: () => Promise<number>, until: AbortSignal = interrupted()): Promise<number> {
  const root = await workingTreeOf(repo ?? '.').then((found) => found.root, () => undefined);
  const folder = lessons ?? path.join(root ?? '.', lessonsFolder);
  const settings = root === undefined ? undefined : path.join(root, settingsFile);
  terminal.say('\nWaiting for changes; interrupt to stop.\n');
  let before = stateOf(folder, settings);
  while (!until.aborted) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    const now = stateOf(folder, settings);
    if (now === before || until.aborted) continue;
    before = now;
    terminal.print(`\n${'─'.repeat(40)}\n\n`);
    await again().catch((error: unknown) => terminal.say(`${error instanceof Error ? error.message : String(error)}\n`));
  }
  return exitCode.fine;
}

function interrupted(): AbortSignal {
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  return stop.signal;
}

/** Names, sizes and times of what is watched, as one text that differs when something changed. */
function stateOf(folder: string, settings: string | undefined): string {
  const names = fs.existsSync(folder) ? fs.readdirSync(folder).sort().map((name) => path.join(folder, name)) : [];
  return [...names, ...(settings === undefined ? [] : [settings])].map((file) => {
    const found = fs.statSync(file, { throwIfNoEntry: false });
    return found ? `${file} ${found.size} ${found.mtimeMs}` : file;
  }).join('\n');
}
