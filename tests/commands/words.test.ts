import { expect, test } from 'vitest';
import { vocabulary } from '../../src/vocabulary/index.ts';
import { once } from './once.ts';

test('every word with all that it says of itself', async () => {
  const { code, out } = await once(['words']);
  expect(code).toBe(0);
  const flat = out.replaceAll(/\s+/g, ' ');
  for (const word of vocabulary) {
    expect(out).toContain(`\n${word.name}  `);
    for (const text of [word.summary, word.sees, word.blindTo, ...Object.values(word.attributes).map(({ means }) => means)]) expect(flat).toContain(text.replaceAll(/\s+/g, ' '));
    for (const name of Object.keys(word.attributes)) expect(out).toMatch(new RegExp(`^ {2}(?:attributes| {10}) {2}${name} `, 'm'));
  }
});

test('keeps to the width', async () => {
  for (const width of [60, 100, 300]) {
    const { out } = await once(['words'], { width });
    for (const line of out.split('\n')) if (line.length > Math.min(width, 110)) expect(line.trim().split(' ').length).toBeLessThan(4);
  }
});
