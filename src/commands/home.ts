import type { Lesson } from '../lessons/lesson.ts';

/** Where Once Bitten lives, and the release that its own documents name. */
export const home = 'https://github.com/once-bitten/once-bitten';
export const release = 'v1';

/** A built-in lesson with the address of its card; a team's card is a file of the repository at hand. */
export function withAddress(lesson: Lesson): Lesson {
  if (lesson.origin !== 'built-in' || lesson.link !== undefined) return lesson;
  return { ...lesson, link: `${home}/blob/${release}/lessons/${lesson.id}.yml` };
}
