import { Fault } from '../fault.ts';
import type { Lesson } from '../lessons/lesson.ts';
import { readLesson } from '../lessons/read-lesson.ts';
import { vocabulary } from '../vocabulary/index.ts';
import type { CardText } from './lessons-in-force.ts';

/** The vocabulary as the reader of cards wants to know it. */
export const knownWords = { words: new Map(vocabulary.map((word) => [word.name, word])) };

/** Reads a team's cards: all that are sound, and every fault of all others. Two cards with one id are a fault of the second. */
export async function readTeamCards(cards: readonly CardText[]): Promise<{ lessons: Lesson[]; faults: Fault[] }> {
  const lessons: Lesson[] = [];
  const faults: Fault[] = [];
  for (const { file, text } of cards) {
    const read = readLesson(text, file, { knownWords });
    faults.push(...read.faults);
    if (!read.lesson) continue;
    const twin = lessons.find((lesson) => lesson.id === read.lesson!.id);
    if (twin) faults.push(new Fault('lesson/duplicate-id', { message: `the id ${read.lesson.id} is also that of ${twin.source.file}`, hint: 'give one of the two another id', at: { file, line: 1, column: 1 } }));
    else lessons.push(read.lesson);
  }
  return { lessons, faults };
}
