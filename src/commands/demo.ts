import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Change } from '../change/change.ts';
import { Fault } from '../fault.ts';
import type { Finding, Review } from '../model.ts';
import { comment } from '../reports/comment.ts';
import { cardOf } from '../reports/lesson-cards.ts';
import { codeSpan } from '../reports/markdown-escape.ts';
import { markdownForTerminal } from '../reports/markdown-for-terminal.ts';
import { counted } from '../reports/phrases.ts';
import { byPlace } from '../reports/placement.ts';
import { summary } from '../reports/summary.ts';
import { isWithheld } from '../reports/withheld.ts';
import { openFolderPair } from '../workspace/folder-pair.ts';
import type { Command } from './command.ts';
import { exitCode } from './exit-code.ts';
import { look } from './look.ts';

/** `demo`: the review of the pull request under `examples/`, as it would stand on GitHub. Needs no git, no network and no install. */
export const run: Command = async (_args, terminal) => {
  const folder = examplesFolder();
  const { change, reader } = await openFolderPair(path.join(folder, 'base'), path.join(folder, 'head'));
  const { review } = await look(reader, { change }, undefined);
  const markdown = `${[opening(change), ...posted(review, change), closing(review, terminal.program)].join('\n\n---\n\n')}\n`;
  terminal.print(terminal.colour ? markdownForTerminal(markdown, terminal.width) : markdown);
  return exitCode.fine;
};

/** The example stands beside the bundle (`dist/`) or beside the sources, some folders up from this module. */
function examplesFolder(): string {
  for (let folder = path.dirname(fileURLToPath(import.meta.url)), up = 0; up < 4; up += 1, folder = path.dirname(folder)) {
    const examples = path.join(folder, 'examples', 'pull-request');
    if (fs.existsSync(examples)) return examples;
  }
  throw new Fault('usage/no-such-path', { message: 'the example pull request is not beside this program', hint: 'it lies in the folder examples/ of the repository and of the npm package' });
}

function opening({ files }: Change): string {
  const changed = files.map((file) => `${codeSpan(file.path)}${file.status === 'added' ? ' (new)' : ''}`).join(', ');
  return `# A pull request at the corner shop\n\nIt changes ${counted(files.length, 'file')} of a small service on Express and Prisma: ${changed}. This is what Once Bitten would write under it. The code is read as text; nothing of it is installed or run.`;
}

/** The comments as they would be posted, each under its place in the diff, then the summary. */
function posted(review: Review, change: Change): string[] {
  const options = { run: 'default' };
  const comments = review.findings.filter(({ placement }) => placement === 'inline' || placement === 'file').sort(byPlace);
  const whole = summary(review, options);
  return [
    ...comments.map((finding) => [`## ${codeSpan(finding.path)}, line ${finding.line}`, ...diffAbove(finding, change), comment(finding, cardOf(review.lessons, finding.lesson), options)].join('\n\n')),
    ...(whole === undefined ? [] : [whole]),
  ];
}

/** So many lines of the diff are shown above the line of a comment, as on GitHub, and below it where its code goes on. */
const linesAbove = 4;
const linesBelow = 6;

/** The diff around the line of a comment. Where a secret stands, no line is repeated. */
function diffAbove(finding: Finding, change: Change): string[] {
  if (isWithheld(finding)) return [];
  const marks = { context: ' ', added: '+', removed: '-' };
  for (const hunk of change.files.find(({ path: file }) => file === finding.path)?.hunks ?? []) {
    let next = hunk.headStart;
    const lines = hunk.lines.map(({ kind, text }) => ({ kind, text, line: kind === 'removed' ? next : next++ }));
    const at = lines.findIndex(({ kind, line }) => kind !== 'removed' && line === finding.line);
    if (at < 0) continue;
    const shown = lines.slice(Math.max(0, at - linesAbove), at + 1 + linesBelow).filter(({ line }) => line <= Math.max(finding.line, finding.endLine));
    return [`\`\`\`diff\n${shown.map(({ kind, text }) => marks[kind] + text).join('\n')}\n\`\`\``];
  }
  return [];
}

function closing(review: Review, program: string): string {
  const says = { pass: 'green', warn: 'green, with something worth a look', block: 'red', incomplete: 'red, because the review is incomplete' }[review.verdict];
  return [
    `The check \`Once Bitten\` would be ${says}: verdict **${review.verdict}**, ${counted(review.findings.length, 'finding')}.`,
    '## On code of your own',
    'Nothing is written, and nothing leaves this machine:',
    [
      '```sh',
      `${program} review --repo PATH               # what the current branch would be told`,
      `${program} backtest --repo PATH --last 20   # what the last 20 merged pull requests would have been told`,
      `${program} scan --repo PATH                 # what stands in the code today`,
      '```',
    ].join('\n'),
    `${codeSpan(`${program} init --repo PATH`)} writes the workflow that reviews every pull request on GitHub.`,
  ].join('\n\n');
}
