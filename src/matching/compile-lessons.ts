import type { Fault } from '../fault.ts';
import type { Lesson } from '../lessons/lesson.ts';
import { duplicateIds, readLesson } from '../lessons/read-lesson.ts';
import { vocabulary } from '../vocabulary/index.ts';
import { prove } from './prove.ts';

/**
 * The built-in cards as the values that the bundle carries: read, proven, and without the text that a repository's own cards
 * keep for their faults. Gives every fault of all cards; the lessons are whole only when there is none.
 */
export async function compileLessons(cards: readonly { file: string; text: string }[]): Promise<{ lessons: Lesson[]; faults: Fault[] }> {
  const words = new Map(vocabulary.map((word) => [word.name, word]));
  const lessons: Lesson[] = [];
  const faults: Fault[] = [];
  for (const { file, text } of cards) {
    const read = readLesson(text, file, { knownWords: { words }, origin: 'built-in' });
    faults.push(...read.faults, ...(read.lesson ? await prove(read.lesson) : []));
    if (read.lesson) lessons.push(read.lesson);
  }
  faults.push(...duplicateIds(lessons));
  return { lessons: lessons.map((lesson) => ({ ...lesson, source: { file: lesson.source.file, text: '' } })), faults };
}
