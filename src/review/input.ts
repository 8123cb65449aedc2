import type { Change, Reader, Steps } from '../change/change.ts';
import type { Lesson } from '../lessons/lesson.ts';
import type { SettledPlace } from '../lessons/settings.ts';
import type { OwnWord } from '../lessons/read-vocabulary.ts';
import type { Note } from '../model.ts';

/** What a review is given, and nothing else: it asks the world for nothing. */
export type ReviewInput = {
  reader: Reader;
  /** The change to review; for a scan, the files to look at as they stand. */
  subject: { change: Change } | { head: string; paths: readonly string[] };
  lessons: readonly Lesson[];
  /** The team's own words. */
  words?: readonly OwnWord[];
  /** Globs of files that the team wants left alone. */
  ignore: readonly string[];
  /** The commits that lead to the head of the change, asked for when a lesson is about what outlives its line. */
  steps?: () => Promise<Steps>;
  /** What the settings settle by path and fingerprint. */
  places?: readonly SettledPlace[];
  /** Which waivers in the code hold: all, none, or those that were there before the change (`older`). */
  waivers: boolean | 'older';
  /** The day on which waivers are judged, as YYYY-MM-DD. */
  today: string;
  /** What is already known to be wrong: faulty cards, faulty settings. */
  notes?: readonly Note[];
  /** Milliseconds since some fixed moment, and how many of them this review may take. */
  clock: () => number;
  budget?: number;
  /** Told between two lots of files that nothing of the first is needed any more. */
  tidy?: () => void;
  /** Told now and then how much is done, from 0 to 1. */
  progress?: (share: number) => void;
};
