import type { Change, Reader, Source } from '../change/change.ts';
import type { SharedCards } from '../lessons/extends.ts';
import type { Note } from '../model.ts';
import type { CardText, CardTexts } from './card-texts.ts';
import { inForce, isCardName, isSharedFile, isVocabularyName, lessonsFolder, noteOfFault, proven, settingsFile, unreadable, withShared, type InForce, type ReadElsewhere,  } from './lessons-in-force.ts';

/**
 * What is wrong with cards and settings, as notes. The base's cards hold, so their faults make the review incomplete, except those
 * in a file that this change repairs: else a required check could never turn green again. A fault that the change brings is told
 * as well, before it is everybody's.
 */
export async function cardNotes(force: InForce, base: CardTexts, change: Change, reader: Reader, folder = lessonsFolder): Promise<Note[]> {
  const isOwn = (path: string): boolean => isCardIn(folder, path);
  const paths = change.files.flatMap((file) => [file.path, file.basePath ?? file.path]);
  const touched = new Set(paths.filter((path) => path === settingsFile || isOwn(path)));
  const isShared = (path: string): boolean => base.shared?.some(({ entry }) => !entry.elsewhere && isCardIn(entry.folder, path)) ?? false;
  const shared = paths.filter(isShared);
  if (touched.size === 0 && shared.length === 0) return force.faults.map(noteOfFault);
  const after = await textsAfter(touched, base, reader);
  // A folder that was missing, or is to go, is told at the line of the settings that names it.
  const judged = new Set([...touched, ...shared, ...(shared.length > 0 ? [settingsFile] : [])]);
  const isJudged = (file: string | undefined): boolean => file !== undefined && (judged.has(file) || (touched.has(settingsFile) && (isSharedFile(file, base.shared) || isSharedFile(file, after.shared))));
  const atHead = await proven(await inForce(after), (lesson) => isJudged(lesson.source.file));
  const stillFaulty = new Set(atHead.faults.flatMap(({ at }) => at?.file ?? []));
  const repaired = new Set(force.faults.filter(({ at }) => isJudged(at?.file) && !stillFaulty.has(at!.file)).map(({ at }) => at!.file));
  return [
    ...force.faults.filter(({ at }) => !isJudged(at?.file)).map(noteOfFault),
    ...atHead.faults.filter(({ at }) => isJudged(at?.file)).map(noteOfFault),
    ...[...repaired].map((path): Note => ({ code: 'lesson/repaired', message: 'This change repairs a faulty file; what it says holds from the merge on.', path, incomplete: false })),
    ...(after.notes ?? []),
  ];
}

function isCardIn(folder: string, path: string): boolean {
  const name = path.slice(folder.length + 1);
  return path.startsWith(`${folder}/`) && !name.includes('/') && (isCardName(name) || isVocabularyName(name));
}

/** Cards and settings as they will be after the merge. */
async function textsAfter(touched: ReadonlySet<string>, base: CardTexts, reader: Reader): Promise<CardTexts> {
  const after = touched.size > 0 ? await reader.read('head', [...touched]) : new Map<string, Source>();
  const textOf = (file: string): CardText | undefined => {
    const source = after.get(file);
    return source && 'text' in source ? { file, text: source.text } : undefined;
  };
  const isVocabulary = (file: string): boolean => isVocabularyName(file.slice(file.lastIndexOf('/') + 1));
  const vocabulary = [...touched].filter(isVocabulary).map(textOf).at(0) ?? ([...touched].some(isVocabulary) ? undefined : base.vocabulary);
  const cards = [...base.cards.filter(({ file }) => !touched.has(file)), ...[...touched].filter((file) => file !== settingsFile && !isVocabulary(file)).flatMap((file) => textOf(file) ?? [])];
  const faults = [...after].flatMap(([file, source]) => ('unread' in source ? [unreadable(file, source.unread)] : []));
  const own = { cards, settings: touched.has(settingsFile) ? textOf(settingsFile) : base.settings, ...(vocabulary && { vocabulary }), faults };
  return withShared(own, reader, 'head', async (entries) => asAtTheBase(entries, base));
}

/**
 * The cards of other repositories as they were read for the base. What only the head names is not read before the merge: whoever
 * opens a pull request must not choose what our token reads aloud.
 */
function asAtTheBase(entries: readonly SharedCards[], { shared = [] }: CardTexts): Awaited<ReturnType<ReadElsewhere>> {
  const known = new Map(shared.map((each) => [each.entry.name, each]));
  const later = entries.filter(({ name }) => !known.has(name));
  return {
    shared: entries.map((entry) => known.get(entry.name) ?? { entry, cards: [], faults: [], unread: true }),
    notes: later.map(({ name, at: { file, line, column } }): Note => ({ code: 'settings/read-later', message: `The cards of \`${name}\` are read, and hold, from the merge on.`, path: file, line, column, incomplete: false })),
  };
}
