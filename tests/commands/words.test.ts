import { expect, test } from 'vitest';
import { vocabulary } from '../../src/vocabulary/index.ts';
import { newRepository } from '../workspace/repository.ts';
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

test("a team's own words, and what it added", async () => {
  const { folder, write } = newRepository();
  write('.github/lessons/vocabulary.yml', `db-call:
  add:
    - { code: ordersRepo.load($$$), with: { verb: read-many, table: orders } }
money:
  means: an amount of money
  matches: [ { code: toCents($AMOUNT), with: { amount: $AMOUNT } }, { code: new Money($$$) } ]
`);
  const { out } = await once(['words', '--repo', folder]);
  expect(out).toContain('\n  here also   `ordersRepo.load($$$)`, with verb `read-many`, table `orders`\n');
  expect(out).toContain('\nmoney  an amount of money\n  matches     `toCents($AMOUNT)`, with amount `$AMOUNT`\n              `new Money($$$)`\n');
  expect((await once(['words', '--lessons', `${folder}/.github/lessons`])).out).toBe(out);
});

test('keeps to the width', async () => {
  for (const width of [60, 100, 300]) {
    const { out } = await once(['words'], { width });
    for (const line of out.split('\n')) if (line.length > Math.min(width, 110)) expect(line.trim().split(' ').length).toBeLessThan(4);
  }
});
