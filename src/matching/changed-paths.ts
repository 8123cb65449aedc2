import { scopeMatcher } from '../lessons/glob.ts';
import type { Matcher } from '../lessons/lesson.ts';

/** The paths that a change touches, at either side. */
export type ChangedPaths = {
  paths: readonly string[];
  /** The code at hand stands in a file without a name, as in an example: it counts as any changed file. */
  anywhere?: true;
};

const matchers = new WeakMap<readonly string[], (path: string) => boolean>();

/** True when a path matches one of the globs. */
export function isAmong(globs: readonly string[], path: string): boolean {
  let test = matchers.get(globs);
  if (!test) matchers.set(globs, (test = scopeMatcher(globs)));
  return test(path);
}

/** True when the change touches one file of the first kind and none of the second. Without a change, as in a scan, it never holds. */
export function isIncomplete({ changed, needs }: NonNullable<Matcher['together']>, change: ChangedPaths | undefined): boolean {
  if (!change || change.paths.some((path) => isAmong(needs, path))) return false;
  return change.anywhere === true || change.paths.some((path) => isAmong(changed, path));
}
