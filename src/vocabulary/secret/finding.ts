import type { KindName } from './kinds.ts';
import type { Strength } from './value.ts';

/**
 * A secret as the parts of this word hand it to each other. Offsets are those of the value itself, without its quotes.
 * The value is in the file's text only: no field here may hold it.
 */
export type FoundSecret = {
  start: number;
  end: number;
  kind: KindName;
  /** What the value was given to: a variable, a key, the call that takes it; for a provider's key without a name, its public prefix. */
  name: string;
  strength: Strength;
  /** True for a provider's format that is no test key and cannot be anything else. */
  live: boolean;
  /** True when it opens something on the developer's own machine only. */
  local: boolean;
  /** True when the code around it says that it is made up: a test's body, a sample, a mock. */
  staged?: boolean;
};
