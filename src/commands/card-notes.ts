import type { Change, Reader } from '../change/change.ts';
import type { Note } from '../model.ts';
import { inForce, isCardName, isVocabularyName, lessonsFolder, noteOfFault, proven, settingsFile, unreadable, type CardText, type CardTexts, type InForce } from './lessons-in-force.ts';

/**
 * What is wrong with cards and settings, as notes. The base's cards hold, so their faults make the review incomplete, except those
 * in a file that this change repairs: else a required check could never turn green again. A fault that the change brings is told
 * as well, before it is everybody's.
 */
export async function cardNotes(force: InForce, base: CardTexts, change: Change, reader: Reader, folder = lessonsFolder): Promise<Note[]> {
  const isCard = (path: string): boolean => path.startsWith(`${folder}/`) && !path.slice(folder.length + 1).includes('/') && (isCardName(path.slice(folder.length + 1)) || isVocabularyName(path.slice(folder.length + 1)));
  const touched = new Set(change.files.flatMap((file) => [file.path, file.basePath ?? file.path]).filter((path) => path === settingsFile || isCard(path)));
  if (touched.size === 0) return force.faults.map(noteOfFault);
  const atHead = await whatHoldsAfter(touched, base, reader);
  const isTouched = ({ at }: { at?: { file: string } }): boolean => at !== undefined && touched.has(at.file);
  const stillFaulty = new Set(atHead.faults.flatMap(({ at }) => at?.file ?? []));
  const repaired = new Set(force.faults.filter((fault) => isTouched(fault) && !stillFaulty.has(fault.at!.file)).map((fault) => fault.at!.file));
  return [
    ...force.faults.filter((fault) => !isTouched(fault)).map(noteOfFault),
    ...atHead.faults.filter(isTouched).map(noteOfFault),
    ...[...repaired].map((path): Note => ({ code: 'lesson/repaired', message: 'This change repairs a faulty file; what it says holds from the merge on.', path, incomplete: false })),
  ];
}

/** The lessons as they will be in force after the merge; the cards that the change touches are proven, whatever they look at. */
async function whatHoldsAfter(touched: ReadonlySet<string>, base: CardTexts, reader: Reader): Promise<InForce> {
  const after = await reader.read('head', [...touched]);
  const textOf = (file: string): CardText | undefined => {
    const source = after.get(file);
    return source && 'text' in source ? { file, text: source.text } : undefined;
  };
  const isVocabulary = (file: string): boolean => isVocabularyName(file.slice(file.lastIndexOf('/') + 1));
  const vocabulary = [...touched].filter(isVocabulary).map(textOf).at(0) ?? ([...touched].some(isVocabulary) ? undefined : base.vocabulary);
  const cards = [...base.cards.filter(({ file }) => !touched.has(file)), ...[...touched].filter((file) => file !== settingsFile && !isVocabulary(file)).flatMap((file) => textOf(file) ?? [])];
  const unread = [...after].flatMap(([file, source]) => ('unread' in source ? [unreadable(file, source.unread)] : []));
  const force = await inForce({ cards, settings: touched.has(settingsFile) ? textOf(settingsFile) : base.settings, ...(vocabulary && { vocabulary }), faults: unread });
  return proven(force, (lesson) => touched.has(lesson.source.file));
}
