import { dbCall } from './db-call.ts';
import { iteration } from './iteration.ts';
import type { Word } from './word.ts';

/** Every word that cards may use. */
export const vocabulary: readonly Word[] = [dbCall, iteration];

const byName = new Map(vocabulary.map((word) => [word.name, word]));

/** The word of this name. */
export function wordNamed(name: string): Word | undefined {
  return byName.get(name);
}
