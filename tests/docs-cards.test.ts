import fs from 'node:fs';
import { describe, expect, test } from 'vitest';
import { formatFault } from '../src/fault.ts';
import { builtInLessons } from '../src/commands/lessons-in-force.ts';
import { readLesson } from '../src/lessons/read-lesson.ts';
import { readSettings } from '../src/lessons/read-settings.ts';
import { readVocabulary } from '../src/lessons/read-vocabulary.ts';
import { prove, proveWords } from '../src/matching/prove.ts';
import { vocabulary } from '../src/vocabulary/index.ts';

// Every snippet of the guide is run: cards are proven, a `detect` must find the code behind it that is marked so, and leave the other alone.
const known = { words: new Map(vocabulary.map((word) => [word.name, word])) };
const page = fs.readFileSync('docs/cards.md', 'utf8');

type Snippet = { line: number; language: string; role: string; text: string };

function snippets(): Snippet[] {
  return [...page.matchAll(/^```(\w+)? ?(\w+)?\n([\s\S]*?)^```$/gm)].map(({ 1: language = '', 2: role = '', 3: text = '', index }) => ({ line: page.slice(0, index).split('\n').length, language, role, text }));
}

async function faultsOf(text: string, line: number): Promise<string> {
  const { lesson, faults } = readLesson(text, `cards.md:${line}`, { knownWords: known });
  return [...faults, ...(lesson ? await prove(lesson) : [])].map(formatFault).join('\n');
}

const all = snippets();

describe('cards', () => {
  test.for(all.filter(({ role }) => role === 'card').map(({ line, text }) => [line, text] as const))('line %i', async ([line, text], { expect: here }) => {
    here(await faultsOf(text, line)).toBe('');
  });
});

describe('cards that do not bite, and what is told of them', () => {
  const cards = all.flatMap((snippet, index) => (snippet.role === 'faulty' ? [{ ...snippet, told: all[index + 1]! }] : []));
  test.for(cards.map((snippet) => [snippet.line, snippet] as const))('line %i', async ([line, { text, told }], { expect: here }) => {
    here(told.role).toBe('told');
    const { lesson } = readLesson(text, `cards.md:${line}`, { knownWords: known });
    here((await prove(lesson!)).map(({ hint }) => hint).join('\n\n')).toBe(told.text.trimEnd());
  });
});

describe('vocabularies', () => {
  test.for(all.filter(({ role }) => role === 'vocabulary').map(({ line, text }) => [line, text] as const))('line %i', async ([, text], { expect: here }) => {
    const { words, faults } = readVocabulary(text, 'vocabulary.yml', known);
    here([...faults, ...(await proveWords(words))].map(formatFault)).toEqual([]);
  });
});

describe('settings', () => {
  test.for(all.filter(({ role }) => role === 'settings').map(({ line, text }) => [line, text] as const))('line %i', ([, text], { expect: here }) => {
    here(readSettings(text, 'once-bitten.yml', builtInLessons.map(({ id }) => id)).faults.map(formatFault)).toEqual([]);
  });
});

describe('matchers', () => {
  const matchers = all.flatMap((snippet, index) => (snippet.role === 'detect' ? [{ ...snippet, found: all[index + 1]!, silent: all[index + 2]! }] : []));
  test.for(matchers.map((matcher) => [matcher.line, matcher] as const))('line %i', async ([line, { text, found, silent }], { expect: here }) => {
    here([found.role, silent.role]).toEqual(['found', 'silent']);
    const indented = (code: string): string => code.replaceAll(/^/gm, '      ').trimEnd();
    const card = `id: sample\ntitle: A sample\nstory: { what: It happened. }\nlesson: Do it otherwise.\nmessage: It is here.\ndetect:\n${text.replaceAll(/^(?=.)/gm, '  ')}examples:\n  bad:\n    - |\n${indented(found.text)}\n  good:\n    - |\n${indented(silent.text)}\n`;
    here(await faultsOf(card, line)).toBe('');
  });
});

test('no snippet is left out', () => {
  const roles = all.map(({ role }) => role);
  expect(roles.filter((role) => role === 'card').length).toBeGreaterThan(5);
  expect(roles.filter((role) => role === 'detect').length).toBeGreaterThan(8);
  expect(roles.filter((role) => role === 'faulty').length).toBeGreaterThan(0);
  expect(all.filter(({ language, role }) => language !== '' && role === '')).toEqual([]);
});
