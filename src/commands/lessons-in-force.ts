import fs from 'node:fs';
import path from 'node:path';
import type { Reader } from '../change/change.ts';
import { Fault } from '../fault.ts';
import builtIn from '../lessons/built-in.json' with { type: 'json' };
import type { Lesson } from '../lessons/lesson.ts';
import { applySettings, defaultSettings, type Settings } from '../lessons/settings.ts';
import type { Note } from '../model.ts';

/** Where a repository keeps its cards and settings. */
export const lessonsFolder = '.github/lessons';
export const settingsFile = '.github/once-bitten.yml';

/** The cards that ship with Once Bitten. */
export const builtInLessons = builtIn as unknown as readonly Lesson[];

/** The lessons that apply to one repository, its settings, and every fault that was found while reading them. */
export type InForce = { lessons: Lesson[]; settings: Settings; faults: Fault[]; notes: Note[] };

/** A card or a settings file as text. */
export type CardText = { file: string; text: string };
export type CardTexts = { cards: CardText[]; settings: CardText | undefined };

/** Reads a repository's cards and settings at one side. In a review that is the base: a change cannot switch off its own check. */
export async function cardTextsAt(reader: Reader, side: 'base' | 'head'): Promise<CardTexts> {
  const names = (await reader.list(side, [lessonsFolder])).get(lessonsFolder) ?? [];
  const files = names.filter(isCardName).map((name) => `${lessonsFolder}/${name}`);
  const sources = await reader.read(side, [...files, settingsFile]);
  const textAt = (file: string): CardText | undefined => {
    const source = sources.get(file);
    return source && 'text' in source ? { file, text: source.text } : undefined;
  };
  return { cards: files.flatMap((file) => textAt(file) ?? []), settings: textAt(settingsFile) };
}

/** Reads the cards of a folder on disk, for `--lessons DIR`. Throws `usage/no-such-path`. */
export function cardTextsIn(folder: string): CardText[] {
  if (!fs.existsSync(folder) || !fs.statSync(folder).isDirectory()) {
    throw new Fault('usage/no-such-path', { message: `there is no folder ${folder}`, hint: 'give --lessons a folder that holds cards (*.yml)' });
  }
  return fs.readdirSync(folder).filter(isCardName).sort().map((name) => ({ file: path.join(folder, name), text: fs.readFileSync(path.join(folder, name), 'utf8') }));
}

/** Cards are YAML; `vocabulary.yml` is a reserved name for a team's own words. */
function isCardName(name: string): boolean {
  return /\.ya?ml$/.test(name) && !/^vocabulary\.ya?ml$/.test(name);
}

/** Puts built-in cards, a team's cards and its settings together. A repository without cards and settings parses no YAML at all. */
export async function inForce({ cards, settings }: CardTexts): Promise<InForce> {
  const team: Lesson[] = [];
  const faults: Fault[] = [];
  if (cards.length > 0) {
    const { readTeamCards } = await import('./team-cards.ts');
    const read = await readTeamCards(cards);
    team.push(...read.lessons);
    faults.push(...read.faults);
  }
  const all = [...builtInLessons, ...team];
  const ids = all.map((lesson) => lesson.id);
  const chosen = settings ? (await import('../lessons/read-settings.ts')).readSettings(settings.text, settings.file, ids) : { settings: defaultSettings, faults: [] };
  const applied = applySettings(all, chosen.settings);
  return { lessons: applied.lessons, settings: chosen.settings, faults: [...faults, ...chosen.faults], notes: applied.notes };
}

/** A faulty card or setting as a note. The lesson it held is not enforced, so the review is not complete. */
export function noteOfFault(fault: Fault): Note {
  return {
    code: fault.code, message: fault.message, incomplete: true,
    ...(fault.hint !== undefined && { hint: fault.hint }),
    ...(fault.at && { path: fault.at.file, ...(fault.at.line !== undefined && { line: fault.at.line }), ...(fault.at.column !== undefined && { column: fault.at.column }) }),
  };
}
