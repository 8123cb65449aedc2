import fs from 'node:fs';
import path from 'node:path';
import { largestFile, type Reader, type Source } from '../change/change.ts';
import { isCode } from '../code/opened-files.ts';
import { Fault } from '../fault.ts';
import builtIn from '../lessons/built-in.json' with { type: 'json' };
import { scopeMatcher } from '../lessons/glob.ts';
import type { Lesson } from '../lessons/lesson.ts';
import type { OwnWord } from '../lessons/read-vocabulary.ts';
import { readsAnyFile } from '../lessons/parts.ts';
import { applySettings, defaultSettings, type Settings } from '../lessons/settings.ts';
import type { Note } from '../model.ts';
import { wordNamed } from '../vocabulary/index.ts';

/** Where a repository keeps its cards and settings. */
export const lessonsFolder = '.github/lessons';
export const settingsFile = '.github/once-bitten.yml';

/** The cards that ship with Once Bitten. */
export const builtInLessons = builtIn as unknown as readonly Lesson[];

/** The lessons that apply to one repository, its settings, and every fault that was found while reading them. */
export type InForce = { lessons: Lesson[]; settings: Settings; faults: Fault[]; notes: Note[]; /** The team's own words. */ words?: readonly OwnWord[] };

/** A card or a settings file as text. */
export type CardText = { file: string; text: string };
/** What a repository says about lessons; `faults` are the files that cannot be read at all. */
export type CardTexts = { cards: CardText[]; settings: CardText | undefined; /** The team's own words. */ vocabulary?: CardText; faults?: Fault[] };

/** Reads a repository's cards and settings at one side. In a review that is the base: a change cannot switch off its own check. */
export async function cardTextsAt(reader: Reader, side: 'base' | 'head'): Promise<CardTexts> {
  const names = (await reader.list(side, [lessonsFolder])).get(lessonsFolder) ?? [];
  const files = names.filter((name) => isCardName(name) || isVocabularyName(name)).map((name) => `${lessonsFolder}/${name}`);
  // The folder itself is asked for as well: a link in its place holds no cards that anybody would miss.
  return cardTextsOf(await reader.read(side, [...files, settingsFile, lessonsFolder]), lessonsFolder, names);
}

/** Cards and settings among files that were read. `names` are all names in the folder of cards. */
export function cardTextsOf(sources: ReadonlyMap<string, Source>, folder: string, names: readonly string[]): CardTexts {
  const faults = [...sources].flatMap(([file, source]) => ('unread' in source ? [unreadable(file, source.unread)] : []));
  const textAt = (file: string): CardText | undefined => {
    const source = sources.get(file);
    return source && 'text' in source ? { file, text: source.text } : undefined;
  };
  const cards = names.filter(isCardName).flatMap((name) => textAt(`${folder}/${name}`) ?? []);
  const [vocabulary] = names.filter(isVocabularyName).flatMap((name) => textAt(`${folder}/${name}`) ?? []);
  return { cards, settings: textAt(settingsFile), ...(vocabulary && { vocabulary }), faults };
}

const whyUnreadable = {
  binary: ['it is not text in UTF-8', 'save it as UTF-8'],
  'too-large': ['it is larger than 1 MB', 'keep the story short and link to the long version'],
  symlink: ['it is a symbolic link, and links are not followed', 'put the file itself there'],
  submodule: ['it lies in a submodule', 'put the file itself there'],
  unreadable: ['it cannot be read', 'see whether the clone is whole and the file may be read'],
} as const satisfies Record<Unread, readonly [string, string]>;
type Unread = Extract<Source, { unread: string }>['unread'];

/** The fault of a file that cannot be read: a lesson that nobody enforces. */
export function unreadable(file: string, why: Unread): Fault {
  const [reason, hint] = whyUnreadable[why];
  const isSettings = file === settingsFile;
  const what = isSettings ? 'the settings say' : file === lessonsFolder ? 'this folder says' : 'this card says';
  return new Fault(isSettings ? 'settings/unreadable' : 'lesson/unreadable', { message: `${what} nothing: ${reason}`, hint, at: { file, line: 1, column: 1 } });
}

/** Reads the cards of a folder on disk, for `--lessons DIR`. Throws `usage/no-such-path`. */
export function cardTextsIn(folder: string): { cards: CardText[]; vocabulary?: CardText; faults: Fault[] } {
  if (!fs.existsSync(folder) || !fs.statSync(folder).isDirectory()) {
    throw new Fault('usage/no-such-path', { message: `there is no folder ${folder}`, hint: 'give --lessons a folder that holds cards (*.yml)' });
  }
  const names = fs.readdirSync(folder).sort();
  const read = names.filter(isCardName).map((name) => cardOnDisk(path.join(folder, name)));
  const own = names.filter(isVocabularyName).slice(0, 1).map((name) => cardOnDisk(path.join(folder, name)));
  const [vocabulary] = own.flatMap((card) => ('text' in card ? [card] : []));
  return { cards: read.flatMap((card) => ('text' in card ? [card] : [])), ...(vocabulary && { vocabulary }), faults: [...read, ...own].flatMap((card) => ('text' in card ? [] : [card])) };
}

/** A card of the user's own disk, read or as the fault that it cannot be. */
export function cardOnDisk(file: string): CardText | Fault {
  try {
    const bytes = fs.readFileSync(file);
    if (bytes.length > largestFile) return unreadable(file, 'too-large');
    return bytes.includes(0) ? unreadable(file, 'binary') : { file, text: bytes.toString('utf8') };
  } catch {
    return unreadable(file, 'unreadable');
  }
}

/** Cards are YAML; `vocabulary.yml` is a reserved name for a team's own words. */
export function isCardName(name: string): boolean {
  return /\.ya?ml$/.test(name) && !isVocabularyName(name);
}

/** The file of a team's own words. */
export function isVocabularyName(name: string): boolean {
  return /^vocabulary\.ya?ml$/.test(name);
}

/** Puts built-in cards, a team's cards and its settings together. A repository without cards and settings parses no YAML at all. */
export async function inForce({ cards, settings, vocabulary, faults: unread = [] }: CardTexts): Promise<InForce> {
  const team: Lesson[] = [];
  const faults: Fault[] = [...unread];
  let words: readonly OwnWord[] = [];
  if (cards.length > 0 || vocabulary) {
    const { readTeamCards } = await import('./team-cards.ts');
    const read = await readTeamCards(cards, vocabulary);
    words = read.words;
    team.push(...read.lessons);
    faults.push(...read.faults);
  }
  const all = [...builtInLessons, ...team];
  const ids = all.map((lesson) => lesson.id);
  const chosen = settings ? (await import('../lessons/read-settings.ts')).readSettings(settings.text, settings.file, ids) : { settings: defaultSettings, faults: [] };
  const applied = applySettings(all, chosen.settings);
  return { lessons: applied.lessons, settings: chosen.settings, faults: [...faults, ...chosen.faults], notes: applied.notes, ...(words.length > 0 && { words }) };
}

/**
 * Proves a team's cards, and leaves out those that do not hold their proof. Built-in cards were proven when they were built.
 * @param isMeant which of them: in a review those whose scope meets the change (`meetsAny`).
 */
export async function proven(force: InForce, isMeant: (lesson: Lesson) => boolean): Promise<InForce> {
  const meeting = force.lessons.filter((lesson) => lesson.origin !== 'built-in' && lesson.detect !== undefined && isMeant(lesson));
  if (meeting.length === 0 && !force.words?.length) return force;
  const { prove, soundWords } = await import('../matching/prove.ts');
  const { words, faults } = await soundWords(force.words ?? []);
  const unproven = new Set<Lesson>();
  for (const lesson of meeting) {
    const found = await prove(lesson, words);
    faults.push(...found);
    if (found.length > 0) unproven.add(lesson);
  }
  return { ...force, lessons: force.lessons.filter((lesson) => !unproven.has(lesson)), faults: [...force.faults, ...faults], words };
}

/** Whether a card has something to look at in these files. A card about code has not in a change of documents. */
export function meetsAny(paths: readonly string[]): (lesson: Lesson) => boolean {
  return (lesson) => {
    const isInScope = scopeMatcher(lesson.scope.files, lesson.scope.except);
    const readsText = lesson.detect !== undefined && (readsAnyFile(lesson.detect) || (lesson.detect.is !== undefined && wordNamed(lesson.detect.is.word)?.reads === 'text'));
    return paths.some((path) => (readsText || isCode(path)) && isInScope(path));
  };
}

/** A faulty card or setting as a note. The lesson it held is not enforced, so the review is not complete. */
export function noteOfFault(fault: Fault): Note {
  return {
    code: fault.code, message: fault.message, incomplete: true,
    ...(fault.hint !== undefined && { hint: fault.hint }),
    ...(fault.at && { path: fault.at.file, ...(fault.at.line !== undefined && { line: fault.at.line }), ...(fault.at.column !== undefined && { column: fault.at.column }) }),
  };
}
