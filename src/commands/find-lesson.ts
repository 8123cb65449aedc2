import { Fault } from '../fault.ts';
import type { Lesson } from '../lessons/lesson.ts';
import { byNearness, nearest } from '../lessons/nearest.ts';
import type { OwnWord } from '../lessons/read-vocabulary.ts';
import { soundWords } from '../matching/prove.ts';
import { openDisk } from '../workspace/disk.ts';
import { findRepository } from '../workspace/git.ts';
import { openObjects } from '../workspace/objects.ts';
import type { CardTexts } from './card-texts.ts';
import { builtInLessons, cardTextsAt, cardTextsIn } from './lessons-in-force.ts';
import { readTeamCards } from './team-cards.ts';

/** Every lesson that can be named here, speaking or not: of those with one id the repository's (or a folder's) own, then a shared one. Faulty cards are left out. */
export async function lessonsAtHand({ repo, lessons }: { repo?: string; lessons?: string }): Promise<Lesson[]> {
  const texts = lessons === undefined ? await repositorysCards(repo) : cardTextsIn(lessons);
  const { lessons: own, shared } = await readTeamCards(texts);
  return [...new Map([builtInLessons, ...shared.values(), own].flat().map((lesson) => [lesson.id, lesson])).values()];
}

/** The repository's (or a folder's) own words, as far as they can be used; none where there is no repository. What is wrong with them, `check` tells. */
export async function wordsOf({ repo, lessons }: { repo?: string; lessons?: string }): Promise<readonly OwnWord[]> {
  const texts = lessons === undefined ? await repositorysCards(repo) : cardTextsIn(lessons);
  return (await soundWords((await readTeamCards(texts)).words)).words;
}

/** The cards of the working tree, of HEAD in a bare repository, none where there is no repository at all. */
async function repositorysCards(repo: string | undefined): Promise<Pick<CardTexts, 'cards' | 'vocabulary' | 'shared'>> {
  const found = await findRepository(repo ?? '.').catch((error: unknown) => {
    if (repo === undefined && error instanceof Fault) return undefined;
    throw error;
  });
  if (!found) return { cards: [] };
  const reader = found.root === undefined ? await openObjects(found.gitFolder, { head: 'HEAD' }) : await openDisk(found.root);
  try {
    return await cardTextsAt(reader, 'head');
  } finally {
    await reader.close();
  }
}

/** The lesson of this id. Throws a Fault `usage/no-such-lesson` with the nearest one. */
export function lessonNamed(id: string, lessons: readonly Lesson[]): Lesson {
  const found = lessons.find((lesson) => lesson.id === id);
  if (found) return found;
  const ids = lessons.map((lesson) => lesson.id);
  const guess = nearest(id, ids);
  const some = byNearness(id, ids).slice(0, 12).sort();
  throw new Fault('usage/no-such-lesson', {
    message: `no lesson here is called "${id}"`,
    hint: [guess === undefined ? '' : `did you mean "${guess}"?`, `lessons: ${some.join(', ')}${ids.length > some.length ? ', …\nall of them: explain, without an id' : ''}`].filter((line) => line !== '').join('\n'),
  });
}
