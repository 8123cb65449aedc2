import fs from 'node:fs';
import path from 'node:path';
import { largestFile, type Reader, type Source } from '../change/change.ts';
import { isCode } from '../code/opened-files.ts';
import { Fault, type FaultCode } from '../fault.ts';
import builtIn from '../lessons/built-in.json' with { type: 'json' };
import { isShared, type SharedCards } from '../lessons/extends.ts';
import { scopeMatcher } from '../lessons/glob.ts';
import type { Lesson } from '../lessons/lesson.ts';
import type { OwnWord } from '../lessons/read-vocabulary.ts';
import { readsAnyFile } from '../lessons/parts.ts';
import { applySettings, defaultSettings, type Settings, type SharedLessons } from '../lessons/settings.ts';
import { faultInCard, quoted } from '../lessons/source-text.ts';
import type { Note } from '../model.ts';
import { wordNamed } from '../vocabulary/index.ts';
import type { CardText, CardTexts, SharedTexts } from './card-texts.ts';

/** Where a repository keeps its cards and settings. */
export const lessonsFolder = '.github/lessons';
export const settingsFile = '.github/once-bitten.yml';

/** The cards that ship with Once Bitten. */
export const builtInLessons = builtIn as unknown as readonly Lesson[];

/** The lessons that apply to one repository, its settings, and every fault that was found while reading them. */
export type InForce = { lessons: Lesson[]; settings: Settings; faults: Fault[]; notes: Note[]; /** The team's own words. */ words?: readonly OwnWord[] };

/** Reads a repository's cards and settings at one side. In a review that is the base: a change cannot switch off its own check. */
export async function cardTextsAt(reader: Reader, side: 'base' | 'head'): Promise<CardTexts> {
  const names = (await reader.list(side, [lessonsFolder])).get(lessonsFolder) ?? [];
  const files = names.filter((name) => isCardName(name) || isVocabularyName(name)).map((name) => `${lessonsFolder}/${name}`);
  // The folder itself is asked for as well: a link in its place holds no cards that anybody would miss.
  const texts = cardTextsOf(await reader.read(side, [...files, settingsFile, lessonsFolder]), lessonsFolder, names);
  return withShared(texts, reader, side, leftToTheAction);
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

/** Reads the cards of other repositories, told of the entries that name some. */
export type ReadElsewhere = (entries: readonly SharedCards[], settings: CardText) => Promise<{ shared: SharedTexts[]; notes: Note[] }>;

/** Adds the cards that the settings name in `extends`: those of folders from the same side as the settings. */
export async function withShared(texts: CardTexts, reader: Reader, side: 'base' | 'head', readElsewhere: ReadElsewhere): Promise<CardTexts> {
  const { settings } = texts;
  const entries = await sharedEntries(settings);
  if (!settings || entries.length === 0) return texts;
  const abroad = entries.filter(({ elsewhere }) => elsewhere);
  const [here, there] = await Promise.all([
    cardsOfFolders(entries.filter(({ elsewhere }) => !elsewhere), settings, reader, side),
    abroad.length > 0 ? readElsewhere(abroad, settings) : undefined,
  ]);
  const read = new Map([...here, ...(there?.shared ?? [])].map((each) => [each.entry.name, each]));
  return {
    ...texts,
    // In the order of the settings, by which of two words with one name the later one holds.
    shared: entries.flatMap(({ name }) => read.get(name) ?? []),
    notes: [...(texts.notes ?? []), ...(there?.notes ?? [])],
  };
}

/** The entries of `extends` that name cards, each once. */
async function sharedEntries(settings: CardText | undefined): Promise<SharedCards[]> {
  if (!settings) return [];
  const { readSettings } = await import('../lessons/read-settings.ts');
  const entries = readSettings(settings.text, settings.file, undefined).settings.extends.filter(isShared);
  return [...new Map(entries.map((entry) => [entry.name, entry])).values()];
}

async function cardsOfFolders(entries: readonly SharedCards[], settings: CardText, reader: Reader, side: 'base' | 'head'): Promise<SharedTexts[]> {
  const folders = entries.map(({ folder }) => folder);
  if (folders.length === 0) return [];
  // The folders themselves are asked for as well: a link in the place of one is told for what it is.
  const [lists, themselves] = await Promise.all([reader.list(side, folders), reader.read(side, folders)]);
  const files = [...lists].flatMap(([folder, names]) => names.filter((name) => isCardName(name) || isVocabularyName(name)).map((name) => `${folder}/${name}`));
  const sources = files.length > 0 ? await reader.read(side, files) : new Map<string, Source>();
  return entries.map((entry) => {
    const { folder } = entry;
    const names = lists.get(folder) ?? [];
    const itself = themselves.get(folder);
    if (itself || !names.some((name) => isCardName(name) || isVocabularyName(name))) return { entry, cards: [], faults: [noCards(entry, settings, lists.has(folder), itself)], unread: true };
    return { entry, ...sharedTextsOf(new Map([...sources].filter(([file]) => folderOf(file) === folder)), folder, names) };
  });
}

/** Cards among files that were read, of a folder that `extends` names. */
export function sharedTextsOf(sources: ReadonlyMap<string, Source>, folder: string, names: readonly string[]): Omit<SharedTexts, 'entry'> {
  const { cards, vocabulary, faults = [] } = cardTextsOf(sources, folder, names);
  return { cards, ...(vocabulary && { vocabulary }), faults };
}

function folderOf(file: string): string {
  return file.slice(0, Math.max(0, file.lastIndexOf('/')));
}

function noCards(entry: SharedCards, settings: CardText, isFolder: boolean, itself: Source | undefined): Fault {
  const { folder } = entry;
  if (itself && 'unread' in itself) return faultOfEntry(entry, settings, 'settings/no-cards', `the folder ${quoted(folder)} holds no cards: ${whyUnreadable[itself.unread][0]}`, itself.unread === 'unreadable' ? whyUnreadable.unreadable[1] : 'name the folder itself, inside this repository');
  if (itself) return faultOfEntry(entry, settings, 'settings/no-cards', `${quoted(folder)} is a file`, 'name the folder that holds it');
  if (isFolder) return faultOfEntry(entry, settings, 'settings/no-cards', `the folder ${quoted(folder)} holds no cards`, 'cards are its own files that end in .yml; those in folders inside of it are not read');
  const isLikeARepository = /^[A-Za-z0-9][A-Za-z0-9-]*(?:\/[\w.-]+){2,}$/.test(folder);
  return faultOfEntry(entry, settings, 'settings/no-cards', `there is no folder ${quoted(folder)} in this repository`, `paths count from the top of the repository${isLikeARepository ? `\nof another repository say as well at which ref, such as ${folder}@v1` : ''}`);
}

/** What is wrong with an entry of `extends`, shown in the settings. */
export function faultOfEntry({ at, name }: SharedCards, settings: CardText, code: FaultCode, message: string, hint: string): Fault {
  return faultInCard(settings, at, { code, message, hint, length: name.length });
}

/** On a command line nothing is read over the network; what is left out is said, for a lesson that nobody enforces is a silent pass. */
async function leftToTheAction(entries: readonly SharedCards[]): ReturnType<ReadElsewhere> {
  const [first] = entries;
  const { file, line, column } = first!.at;
  const many = entries.length > 1;
  const note: Note = {
    code: 'settings/not-read-here',
    message: `${many ? `${entries.length} entries of \`extends\` name` : 'One entry of `extends` names'} cards of other repositories, which only the Action reads; here ${many ? 'they were' : 'it was'} left out: ${entries.map(({ name }) => `\`${name}\``).join(', ')}`,
    hint: '`--lessons DIR` looks for the cards of a folder on this machine, such as that of a clone', path: file, line, column, incomplete: false,
  };
  return { shared: entries.map((entry) => ({ entry, cards: [], faults: [], unread: true })), notes: [note] };
}

/** A repository's settings and what they name, with the cards of a folder on disk in place of its own. */
export function withCardsIn(folder: string, { settings, vocabulary, shared, notes, faults = [] }: CardTexts): CardTexts {
  const cards = cardTextsIn(folder);
  return {
    settings, ...(vocabulary && { vocabulary }), ...(shared && { shared }), ...(notes && { notes }), ...cards,
    faults: [...cards.faults, ...faults.filter(({ at }) => at?.file === settingsFile)],
  };
}

/** True for a file that `extends` names by its folder. */
export function isSharedFile(file: string, shared: readonly SharedTexts[] = []): boolean {
  return shared.some(({ entry, cards, vocabulary }) => (entry.elsewhere ? [...cards, ...(vocabulary ? [vocabulary] : [])].some((text) => text.file === file) : entry.folder === folderOf(file)));
}

/** Every file and folder that cannot be read, and why. */
export function unreadFaults({ faults = [], shared = [] }: CardTexts): Fault[] {
  return [...faults, ...shared.flatMap((each) => each.faults)];
}

const whyUnreadable = {
  binary: ['it is not text in UTF-8', 'save it as UTF-8'],
  'too-large': ['it is larger than 1 MB', 'keep the story short and link to the long version'],
  symlink: ['it is a symbolic link, and links are not followed', 'put the file itself there'],
  submodule: ['it lies in a submodule', 'put the file itself there'],
  unreadable: ['it cannot be read', 'see whether the clone is whole and the file may be read'],
} as const satisfies Record<Unread, readonly [string, string]>;
type Unread = Extract<Source, { unread: string }>['unread'];

/** Why a source has no text, in a few words. */
export function unreadReason(source: Source | undefined): string {
  return whyUnreadable[source && 'unread' in source ? source.unread : 'unreadable'][0];
}

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
export async function inForce(texts: CardTexts): Promise<InForce> {
  const { cards, settings, vocabulary, shared = [], notes = [] } = texts;
  const hasCards = cards.length > 0 || vocabulary !== undefined || shared.length > 0;
  const read = hasCards ? await (await import('./team-cards.ts')).readTeamCards(texts) : { lessons: [], shared: new Map<string, Lesson[]>(), words: [], faults: [] };
  const all = [...builtInLessons, ...read.lessons];
  const ids = knownIds(read, shared);
  const chosen = settings ? (await import('../lessons/read-settings.ts')).readSettings(settings.text, settings.file, ids) : { settings: defaultSettings, faults: [] };
  const applied = applySettings(all, chosen.settings, read.shared);
  return {
    lessons: applied.lessons, settings: chosen.settings, faults: [...unreadFaults(texts), ...read.faults, ...chosen.faults], notes: [...notes, ...applied.notes],
    ...(read.words.length > 0 && { words: read.words }),
  };
}

/** The ids that settings may name; undefined where cards could not be read, so that nobody can say of an id that there is none. */
export function knownIds({ lessons, shared }: { lessons: readonly Lesson[]; shared: SharedLessons }, texts: readonly SharedTexts[] = []): string[] | undefined {
  if (texts.some(({ unread }) => unread)) return undefined;
  return [...builtInLessons, ...lessons, ...[...shared.values()].flat()].map(({ id }) => id);
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
