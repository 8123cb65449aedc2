import { lessonPage } from '../lessons/page.ts';
import { markdownForTerminal } from '../reports/markdown-for-terminal.ts';
import type { Command } from './command-line.ts';
import { exitCode } from './exit-code.ts';
import { lessonNamed, lessonsAtHand } from './find-lesson.ts';

/** `explain`: a lesson as a page. */
export const run: Command = async ({ options, paths }, terminal) => {
  const page = lessonPage(lessonNamed(paths[0]!, await lessonsAtHand(options)));
  terminal.print(terminal.colour ? markdownForTerminal(page, terminal.width) : page);
  return exitCode.fine;
};
