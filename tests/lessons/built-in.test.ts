import fs from 'node:fs';
import { expect, test } from 'vitest';
import { formatFault } from '../../src/fault.ts';
import builtIn from '../../src/lessons/built-in.json' with { type: 'json' };
import { compileLessons } from '../../src/matching/compile-lessons.ts';

const names = fs.readdirSync('lessons').filter((name) => name.endsWith('.yml')).sort();
const cards = names.map((name) => ({ file: `lessons/${name}`, text: fs.readFileSync(`lessons/${name}`, 'utf8') }));

test('every built-in card is sound and proven', async () => {
  const { faults } = await compileLessons(cards);
  expect(faults.map(formatFault).join('\n\n')).toBe('');
});

test('what the bundle carries is what the cards say: node_modules/.bin/node scripts/compile-lessons.ts', async () => {
  const { lessons } = await compileLessons(cards);
  expect(builtIn).toEqual(JSON.parse(JSON.stringify(lessons)));
});

test('a card is named as its file', async () => {
  const { lessons } = await compileLessons(cards);
  expect(lessons.map(({ id }) => `${id}.yml`)).toEqual(names);
});
