import fs from 'node:fs';
import path from 'node:path';
import { isShared } from '../lessons/extends.ts';
import { readSettings } from '../lessons/read-settings.ts';
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
  const state = (): string => stateOf([folder, ...sharedFolders(root, settings)], settings);
  let before = state();
  while (!until.aborted) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    const now = state();
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

/** The folders of this repository that the settings name in `extends`, as they stand. */
function sharedFolders(root: string | undefined, settings: string | undefined): string[] {
  if (root === undefined || settings === undefined || !fs.statSync(settings, { throwIfNoEntry: false })?.isFile()) return [];
  const { extends: entries } = readSettings(fs.readFileSync(settings, 'utf8'), settings, undefined).settings;
  return entries.flatMap((entry) => (isShared(entry) && !entry.elsewhere ? path.join(root, entry.folder) : []));
}

/** Names, sizes and times of what is watched, as one text that differs when something changed. */
function stateOf(folders: readonly string[], settings: string | undefined): string {
  const names = folders.flatMap((folder) => (fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? fs.readdirSync(folder).sort().map((name) => path.join(folder, name)) : []));
  return [...names, ...(settings === undefined ? [] : [settings])].map((file) => {
    const found = fs.statSync(file, { throwIfNoEntry: false });
    return found ? `${file} ${found.size} ${found.mtimeMs}` : file;
  }).join('\n');
}
