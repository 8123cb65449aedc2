import type { Fault } from '../fault.ts';
import type { Lesson } from '../lessons/lesson.ts';
import { duplicateIds, readLesson, type KnownWords, type ReadLesson } from '../lessons/read-lesson.ts';
import { knownWith, readVocabulary, type OwnWord } from '../lessons/read-vocabulary.ts';
import type { SharedLessons } from '../lessons/settings.ts';
import { vocabulary as builtInWords } from '../vocabulary/index.ts';
import type { CardText, CardTexts } from './card-texts.ts';

/** The vocabulary as the reader of cards wants to know it. */
export const knownWords = { words: new Map(builtInWords.map((word) => [word.name, word])) };

export type TeamCards = { /** The repository's own. */ lessons: Lesson[]; /** Those that `extends` names. */ shared: SharedLessons; words: readonly OwnWord[]; faults: Fault[] };

/** Reads a team's cards: all that are sound, and every fault of all others. All may use the words of every vocabulary. */
export async function readTeamCards({ cards, vocabulary, shared = [] }: Pick<CardTexts, 'cards' | 'vocabulary' | 'shared'>): Promise<TeamCards> {
  const books = [...shared.map((each) => each.vocabulary), vocabulary].flatMap((book) => (book ? [readVocabulary(book.text, book.file, knownWords)] : []));
  const words = books.flatMap((book) => book.words);
  const known = knownWith(knownWords, words);
  const own = await readFolder(cards, known);
  const others = await Promise.all(shared.map(async (each) => ({ name: each.entry.name, ...(await readFolder(each.cards, known)) })));
  return {
    lessons: own.lessons, shared: new Map(others.map(({ name, lessons }) => [name, lessons])), words,
    faults: [...books, ...others, own].flatMap(({ faults }) => faults),
  };
}

/** The cards of one folder. Of two with one id, the second is faulty. */
async function readFolder(cards: readonly CardText[], words: KnownWords): Promise<{ lessons: Lesson[]; faults: Fault[] }> {
  const read = await Promise.all(cards.map(async (card) => {
    const { lesson, faults } = await readCard(card, words);
    return { lesson: lesson && card.link !== undefined ? { ...lesson, link: card.link } : lesson, faults };
  }));
  const lessons = read.flatMap(({ lesson }) => lesson ?? []);
  const twins = duplicateIds(lessons);
  const isTwin = (lesson: Lesson): boolean => twins.some((fault) => fault.at?.file === lesson.source.file);
  return { lessons: lessons.filter((lesson) => !isTwin(lesson)), faults: [...read.flatMap(({ faults }) => faults), ...twins] };
}

/** A card, or everything that is wrong with it: the patterns of a faulty one are proven as well, so that it need not be mended twice. */
export async function readCard({ file, text }: CardText, words: KnownWords): Promise<Pick<ReadLesson, 'lesson' | 'faults'>> {
  const { lesson, faults, matchers = [] } = readLesson(text, file, { knownWords: words });
  if (lesson || matchers.length === 0) return { ...(lesson && { lesson }), faults };
  const { provePatterns } = await import('../matching/prove.ts');
  const placeOf = ({ at }: Fault): string => `${at?.line}:${at?.column}`;
  const told = new Set(faults.map(placeOf));
  return { faults: [...faults, ...(await provePatterns(matchers, { file, text })).filter((fault) => !told.has(placeOf(fault)))] };
}
