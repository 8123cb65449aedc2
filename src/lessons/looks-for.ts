import type { Matcher } from './lesson.ts';

/** True when a matcher looks for something of its own, instead of only ruling out or narrowing. */
export function looksForSomething(matcher: Matcher): boolean {
  if (matcher.is || matcher.code || matcher.text || matcher.file || matcher.together) return true;
  if (matcher.removed) return looksForSomething(matcher.removed);
  if (matcher.all?.some(looksForSomething)) return true;
  return matcher.any !== undefined && matcher.any.length > 0 && matcher.any.every(looksForSomething);
}
