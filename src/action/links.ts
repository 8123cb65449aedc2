import type { Lesson } from '../lessons/lesson.ts';
import type { Runner } from './runner.ts';

/** Where a lesson can be read in full: a team's card at the commit whose cards hold, a built-in one in this Action's repository at its own ref. */
export function lessonAddress(lesson: Lesson, runner: Runner, tip: string): string {
  const own = `${runner.repository.owner}/${runner.repository.repo}`;
  if (lesson.origin !== 'built-in') return fileAddress(runner.server, own, tip, lesson.source.file);
  const { repository, ref } = runner.action ?? { repository: own, ref: tip };
  return fileAddress(runner.server, repository, ref, `lessons/${lesson.id}.yml`);
}

/** A line of a file at a commit, or at another one that is asked for, on GitHub's page. */
export function lineAddress(runner: Runner, commit: string): (path: string, line: number, other?: string) => string {
  const own = `${runner.repository.owner}/${runner.repository.repo}`;
  return (path, line, other = commit) => `${fileAddress(runner.server, own, other, path)}#L${line}`;
}

/** A file of a repository at a ref, on GitHub's page. */
export function fileAddress(server: string, repository: string, ref: string, path: string): string {
  const encoded = [...ref.split('/'), ...path.split('/')].map((part) => encodeURIComponent(part.toWellFormed()));
  return `${server}/${repository}/blob/${encoded.join('/')}`;
}
