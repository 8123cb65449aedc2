import type { Lesson } from '../lessons/lesson.ts';
import { lessonPage } from '../lessons/page.ts';
import { markdownForTerminal } from '../reports/markdown-for-terminal.ts';
import { brief, withoutLogCommand } from '../reports/visible-text.ts';
import type { Command } from './command.ts';
import { exitCode } from './exit-code.ts';
import { lessonNamed, lessonsAtHand } from './find-lesson.ts';

/** `explain`: a lesson as a page, or the lessons there are. */
export const run: Command = async ({ options, paths: [id] }, terminal) => {
  const lessons = await lessonsAtHand(options);
  if (id === undefined) {
    terminal.print(`${listOf(lessons).map(withoutLogCommand).join('\n')}\n`);
    return exitCode.fine;
  }
  const page = lessonPage(lessonNamed(id, lessons));
  terminal.print(terminal.colour ? markdownForTerminal(page, terminal.width) : page);
  return exitCode.fine;
};

/** One line a lesson, by id; a team's own says where its card is. */
function listOf(lessons: readonly Lesson[]): string[] {
  const rows = [...lessons].sort((one, other) => (one.id < other.id ? -1 : 1)).map(({ id, severity, status, title, origin }) => ({
    id, how: `${severity}, ${status}`, title: `${brief(title, 200)}${origin === 'built-in' ? '' : ` (${brief(origin, 200)})`}`,
  }));
  const [ids, hows] = [Math.max(...rows.map(({ id }) => id.length)), Math.max(...rows.map(({ how }) => how.length))];
  return rows.map(({ id, how, title }) => `${id.padEnd(ids)}  ${how.padEnd(hows)}  ${title}`);
}
