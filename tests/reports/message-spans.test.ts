import { expect, test } from 'vitest';
import { spansOf } from '../../src/reports/message-spans.ts';

const marked = (message: string) => spansOf(message).map(({ code, text }) => (code ? `[${text}]` : text)).join('');

test('code stands in backticks, all else is text', () => {
  expect(marked('`a` runs for `b`.')).toBe('[a] runs for [b].');
  expect(spansOf('')).toEqual([]);
  expect(spansOf('plain')).toEqual([{ code: false, text: 'plain' }]);
});

test('code that holds backticks is quoted with a longer run', () => {
  expect(marked('``db.query(`select ${x}`)`` runs')).toBe('[db.query(`select ${x}`)] runs');
  expect(marked('`` `x` `` is a tag')).toBe('[`x`] is a tag');
});

test('a run without a partner is text', () => {
  expect(marked('`open')).toBe('`open');
  expect(marked('a ``` b `c` d')).toBe('a ``` b [c] d');
  expect(marked('``a`')).toBe('``a`');
});

test('nothing is lost, whatever the backticks', () => {
  for (let number = 0; number < 2_000; number++) {
    const message = Array.from({ length: 12 }, (_, index) => ['`', '``', ' ', 'x', '```'][(number * 7 + index * index * (number + 3)) % 5]).join('');
    const shown = spansOf(message).map(({ text }) => text).join('');
    expect(shown.replace(/[` ]/g, '')).toBe(message.replace(/[` ]/g, ''));
  }
});

test('a flood of stray backticks costs little', () => {
  const runs = Array.from({ length: 20_000 }, (_, index) => '`'.repeat(1 + (index % 90))).join('x');
  const started = performance.now();
  spansOf(runs);
  expect(performance.now() - started).toBeLessThan(2_000);
});
