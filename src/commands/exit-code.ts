import type { Verdict } from '../model.ts';

/** How a command ends, for scripts. Where several apply, the highest wins. */
export const exitCode = {
  /** Passed, or there is something to look at. */
  fine: 0,
  /** The change repeats a lesson that blocks. */
  blocked: 1,
  /** A mistake in usage, settings or a card. */
  mistaken: 2,
  /** Not everything was reviewed, or we failed. */
  incomplete: 3,
} as const;

/** The exit code that says a verdict. */
export function exitCodeOf(verdict: Verdict): number {
  if (verdict === 'incomplete') return exitCode.incomplete;
  return verdict === 'block' ? exitCode.blocked : exitCode.fine;
}
