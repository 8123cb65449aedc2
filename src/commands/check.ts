import { Fault, formatFault, printable } from '../fault.ts';
import { cardRemarks, settingsRemarks } from '../lessons/card-remarks.ts';
import type { Lesson } from '../lessons/lesson.ts';
import { readSettings } from '../lessons/read-settings.ts';
import { chooseLessons, defaultSettings, nameOfCard } from '../lessons/settings.ts';
import { prove, soundWords } from '../matching/prove.ts';
import { contradictions, untestedClauses } from '../matching/strength.ts';
import type { Note } from '../model.ts';
import { counted, listed } from '../reports/phrases.ts';
import { openDisk } from '../workspace/disk.ts';
import { workingTreeOf } from '../workspace/git.ts';
import { scanFiles } from '../workspace/scan-files.ts';
import type { Command } from './command.ts';
import { exitCode } from './exit-code.ts';
import type { CardTexts } from './card-texts.ts';
import { builtInLessons, cardTextsAt, cardTextsIn, isVocabularyName, knownIds, lessonsFolder, settingsFile, unreadFaults, withCardsIn } from './lessons-in-force.ts';
import { readTeamCards } from './team-cards.ts';

/** `check`: proves every card and the settings, and tells all that is wrong at once; with `--watch` again and again. */
export const run: Command = async (given, terminal) => {
  const code = await checkOnce(given, terminal);
  if (!given.options.watch) return code;
  const { onChange } = await import('./watch-cards.ts');
  return onChange(given.options, terminal, () => checkOnce(given, terminal));
};

const checkOnce: Command = async ({ options }, terminal) => {
  const { texts, files, notes } = await whatToCheck(options);
  const team = await readTeamCards(texts);
  const { words, faults: wrongWords } = await soundWords(team.words);
  const lessons = [...[...team.shared.values()].flat(), ...team.lessons];
  const proofs = new Map<Lesson, Fault[]>();
  for (const lesson of lessons) proofs.set(lesson, await prove(lesson, words));
  const settings = texts.settings && readSettings(texts.settings.text, texts.settings.file, knownIds(team, texts.shared));
  const all = [...unreadFaults(texts), ...team.faults, ...wrongWords, ...[...proofs.values()].flat(), ...(settings?.faults ?? [])].sort((one, other) => byPlace(placeOf(one), placeOf(other)));
  const isReady = (lesson: Lesson): boolean => proofs.get(lesson)!.length === 0;
  const ready = lessons.filter(isReady);
  const { lessons: chosen, replaced } = chooseLessons([...builtInLessons, ...team.lessons.filter(isReady)], settings?.settings ?? defaultSettings, new Map([...team.shared].map(([name, some]) => [name, some.filter(isReady)])));
  const surroundings = { files: files ?? [], today: new Date().toISOString().slice(0, 10) };
  const remarks = [
    ...(texts.notes ?? []),
    ...notes,
    ...replaced.map(({ lesson, other, at }): Note => ({ code: 'lesson/replaced', message: `${lesson.origin === 'built-in' ? `${nameOfCard(lesson)} takes its place` : `takes the place of ${nameOfCard(other)}`}`, ...at, incomplete: false })),
    ...(await Promise.all(ready.map((lesson) => untestedClauses(lesson, words)))).flat(),
    ...(ready.length > 0 ? await contradictions(chosen, words) : []),
    ...(files ? ready.flatMap((lesson) => cardRemarks(lesson.source, surroundings)) : []),
    ...(files && texts.settings && settings?.faults.length === 0 ? settingsRemarks(texts.settings, surroundings) : []),
  ].sort(byPlace);
  const blocks = [...all.map(formatFault), ...remarks.map(sayRemark), ready.map(sayReady).join('\n'), closing(all, chosen, settings !== undefined)];
  terminal.print(`${blocks.filter((block) => block !== '').join('\n\n')}\n`);
  return all.length > 0 ? exitCode.mistaken : exitCode.fine;
};

type ToCheck = { texts: CardTexts; /** All paths of the repository, where there is one. */ files?: string[]; notes: Note[] };

/** The cards of a folder need no repository around them; with one, its settings are checked as well. */
async function whatToCheck({ repo, lessons }: { repo?: string; lessons?: string }): Promise<ToCheck> {
  const cards = lessons === undefined ? undefined : cardTextsIn(lessons);
  const root = await workingTreeOf(repo ?? '.', 'Name a clone that has one: cards are proven as they stand there.').then((found) => found.root, (error: unknown) => {
    if (cards && repo === undefined && error instanceof Fault && error.code === 'usage/no-repository') return undefined;
    throw error;
  });
  if (root === undefined) return { texts: { cards: [], settings: undefined, ...cards }, notes: [] };
  const reader = await openDisk(root);
  try {
    const [own, files, names] = await Promise.all([cardTextsAt(reader, 'head'), scanFiles(root, undefined), reader.list('head', [lessonsFolder])]);
    const texts = lessons === undefined ? own : withCardsIn(lessons, own);
    return { texts, files, notes: cards ? [] : passedOver(names.get(lessonsFolder) ?? []) };
  } finally {
    await reader.close();
  }
}

/** Folders inside the folder of cards, whose cards nobody reads. */
function passedOver(names: readonly string[]): Note[] {
  return names.filter((name) => name.endsWith('/')).map((name) => ({
    code: 'lesson/not-read', message: 'cards in a folder inside the folder of cards are not read', hint: `move them to ${lessonsFolder}`, path: `${lessonsFolder}/${name}`, incomplete: false,
  }));
}

type Place = Pick<Note, 'path' | 'line' | 'column'>;

function placeOf({ at }: Fault): Place {
  return { ...(at && { path: at.file }), ...(at?.line !== undefined && { line: at.line }), ...(at?.column !== undefined && { column: at.column }) };
}

function byPlace(one: Place, other: Place): number {
  if (one.path !== other.path) return (one.path ?? '') < (other.path ?? '') ? -1 : 1;
  return (one.line ?? 0) - (other.line ?? 0) || (one.column ?? 0) - (other.column ?? 0);
}

function sayRemark({ path, line, column, message, hint }: Note): string {
  const place = [path, line, column].filter((part) => part !== undefined).join(':');
  return [`${place}  note: ${message}`, ...(hint === undefined ? [] : [`   ${hint}`])].map(printable).join('\n');
}

function sayReady({ id, status, severity, detect, examples, source }: Lesson): string {
  const proof = detect ? `${counted(examples.bad.length, 'bad example')} caught, ${counted(examples.good.length, 'good one')} left alone` : 'a story without detect, nothing to prove';
  return printable(`${source.file}  ${id} (${severity}, ${status}): ${proof}`);
}

function isVocabulary(file: string | undefined): boolean {
  return file !== undefined && isVocabularyName(file.slice(file.lastIndexOf('/') + 1));
}

/** The last line, which says how it stands, and below it what faults mean for the reviews that are to come. */
function closing(faults: readonly Fault[], ready: readonly Lesson[], hasSettings: boolean): string {
  const ours = ready.filter(({ origin }) => origin === 'built-in').length;
  const all = `${counted(ready.length, 'card')} ready (${ours} built in, ${ready.length - ours} here)`;
  if (faults.length === 0) return `${all}${hasSettings ? ', and the settings are sound' : ''}.`;
  const files = new Set(faults.map(({ at }) => at?.file));
  const inSettings = files.delete(settingsFile);
  const inWords = [...files].some((file) => isVocabulary(file) && files.delete(file));
  const where = [...(files.size > 0 ? [counted(files.size, 'card')] : []), ...(inWords ? ['the vocabulary'] : []), ...(inSettings ? ['the settings'] : [])];
  const meaning = files.size > 0 ? 'A review leaves a faulty card out, and its check stays red (incomplete) until the card is mended.' : 'Until that is mended, every review is incomplete and its check red.';
  return `${counted(faults.length, 'problem')} in ${listed(where)}, ${all}.\n${meaning}`;
}
