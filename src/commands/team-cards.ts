import { Fault } from '../fault.ts';
import type { Lesson } from '../lessons/lesson.ts';
import { duplicateIds, readLesson } from '../lessons/read-lesson.ts';
import { knownWith, readVocabulary, type OwnWord } from '../lessons/read-vocabulary.ts';
import { vocabulary as builtInWords } from '../vocabulary/index.ts';
import type { CardText } from './lessons-in-force.ts';

/** The vocabulary as the reader of cards wants to know it. */
export const knownWords = { words: new Map(builtInWords.map((word) => [word.name, word])) };

/** Reads a team's cards: all that are sound, and every fault of all others. Of two cards with one id, the second is faulty. */
export async function readTeamCards(cards: readonly CardText[], vocabulary?: CardText): Promise<{ lessons: Lesson[]; words: readonly OwnWord[]; faults: Fault[] }> {
  const own = vocabulary ? readVocabulary(vocabulary.text, vocabulary.file, knownWords) : { words: [], faults: [] };
  const words = knownWith(knownWords, own.words);
  const read = cards.map(({ file, text }) => readLesson(text, file, { knownWords: words }));
  const lessons = read.flatMap(({ lesson }) => lesson ?? []);
  const twins = duplicateIds(lessons);
  const isTwin = (lesson: Lesson): boolean => twins.some((fault) => fault.at?.file === lesson.source.file);
  return { lessons: lessons.filter((lesson) => !isTwin(lesson)), words: own.words, faults: [...own.faults, ...read.flatMap(({ faults }) => faults), ...twins] };
}
