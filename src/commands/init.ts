import fs from 'node:fs';
import path from 'node:path';
import { Fault } from '../fault.ts';
import { workingTreeOf } from '../workspace/git.ts';
import type { Command } from './command.ts';
import { exitCode } from './exit-code.ts';
import { firstCard, forksWorkflow, settingsTemplate, workflow } from './init-files.ts';

/** `init`: writes what a repository needs, and leaves what is there as it is. */
export const run: Command = async ({ options }, terminal) => {
  const { root } = await workingTreeOf(options.repo ?? '.', 'Name a clone that has one, and commit there what is written.');
  const files: [string, string][] = [
    ['.github/workflows/lessons.yml', workflow],
    ...(options.forks ? [['.github/workflows/lessons-forks.yml', forksWorkflow] as [string, string]] : []),
    ['.github/once-bitten.yml', settingsTemplate],
    ['.github/lessons/money-as-float.yml', firstCard],
  ];
  const outcomes = files.map(([file, text]) => `${writeNew(root, file, text) ? 'wrote' : 'kept '}  ${file}`);
  terminal.print(`${[...outcomes, '', ...nextSteps(options.forks === true, terminal.program)].join('\n')}\n`);
  return exitCode.fine;
};

/** Writes a file that is not there yet; false when something stands in its place. No link is followed out of the repository. */
function writeNew(root: string, file: string, text: string): boolean {
  const folders = path.dirname(file).split('/').map((_, at, all) => path.join(root, ...all.slice(0, at + 1)));
  for (const folder of folders) {
    const there = fs.lstatSync(folder, { throwIfNoEntry: false });
    if (there && !there.isDirectory()) throw new Fault('usage/exists', { message: `${path.relative(root, folder)} is there, and it is no folder`, hint: 'move it away, then run init again' });
    if (!there) fs.mkdirSync(folder);
  }
  try {
    fs.writeFileSync(path.join(root, file), text, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw new Fault('usage/wrong-value', { message: `${file} cannot be written: ${(error as Error).message}`, hint: 'see whether the folder may be written to' });
  }
}

function nextSteps(forks: boolean, program: string): string[] {
  const commands = [`${program} review`, `${program} check`] as const;
  const width = Math.max(...commands.map((command) => command.length));
  return [
    'What to do next:',
    `  1. ${commands[0].padEnd(width)}  what the current branch would be told`,
    `  2. ${commands[1].padEnd(width)}  proves the cards; write a first story of your own into .github/lessons`,
    '  3. Commit these files and open a pull request: the check is named "Once Bitten".',
    '  4. Require that check in the rules of the default branch, once you trust it.',
    ...(forks ? ['  5. The second workflow begins to work when it is on the default branch.'] : ['', `Pull requests come from forks, too? Then also: ${program} init --forks`]),
  ];
}
