import { expect, test } from 'vitest';
import { asSentence, costPhrase, counted, duration, grouped, listed, storySentence } from '../../src/reports/phrases.ts';

test('numbers read as people write them', () => {
  expect([grouped(7), grouped(1200), grouped(1_234_567)]).toEqual(['7', '1,200', '1,234,567']);
  expect([counted(1, 'finding'), counted(0, 'finding'), counted(2, 'day of work', 'days of work')]).toEqual(['1 finding', '0 findings', '2 days of work']);
  expect([duration(0.4), duration(999), duration(1234), duration(59_940), duration(59_990), duration(125_000)]).toEqual(['0 ms', '999 ms', '1.2 s', '59.9 s', '1 min 0 s', '2 min 5 s']);
  expect([listed([]), listed(['a']), listed(['a', 'b']), listed(['a', 'b', 'c'])]).toEqual(['', 'a', 'a and b', 'a, b and c']);
});

test('a cost names what was written down and nothing else', () => {
  expect(costPhrase({})).toBeUndefined();
  expect(costPhrase({ money: ' ' })).toBeUndefined();
  expect(costPhrase({ minutes: 1 })).toBe('1 minute');
  expect(costPhrase({ minutes: 95, users: 9000, money: 'about 18,000 EUR', 'people-days': 0.5 })).toBe('95 minutes, 9,000 affected users, about 18,000 EUR and 0.5 days of work');
  expect(costPhrase({ money: 18000 })).toBe('18,000 in money');
});

test('a story is one sentence with its cost', () => {
  expect(storySentence({ what: 'The pool ran dry.', cost: { minutes: 47 } })).toBe('The pool ran dry (cost: 47 minutes).');
  expect(storySentence({ what: 'The pool ran dry', cost: {} })).toBe('The pool ran dry.');
  expect(storySentence({ what: '', cost: { minutes: 47 } })).toBe('The cost: 47 minutes.');
  expect(storySentence({ what: ' ', cost: {} })).toBe('');
  expect(storySentence({ what: 'x'.repeat(1000), cost: {} }, 10)).toBe(`${'x'.repeat(10)}…`);
});

test('a sentence gets a full stop unless it has an end of its own', () => {
  expect([asSentence('a'), asSentence('a.'), asSentence('a?'), asSentence('`a`'), asSentence(' ')]).toEqual(['a.', 'a.', 'a?', '`a`.', '']);
});
