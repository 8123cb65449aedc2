/** What ids of lessons look like: lower-case words with hyphens, such as `n-plus-one`. */
export const lessonIdPattern = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

/** Longer ids are not accepted: they stand in comments beside code. */
export const longestLessonId = 60;

/** True for a text that can be the id of a lesson. */
export function isLessonId(text: string): boolean {
  return text.length <= longestLessonId && lessonIdPattern.test(text);
}
