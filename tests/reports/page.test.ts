import { expect, test } from 'vitest';
import { fitPage, type Section } from '../../src/reports/page.ts';

const section = (name: string, count: number, width = 10): Section => ({
  head: `# ${name}`,
  items: Array.from({ length: count }, (_, index) => `- ${name}${index} ${'.'.repeat(width)}`),
  foot: `end of ${name}`,
  bullet: '- ',
});

test('what fits is whole', () => {
  expect(fitPage([section('a', 2, 1), section('b', 0)], 1000)).toBe('# a\n\n- a0 .\n- a1 .\n\nend of a\n\n# b\n\nend of b');
});

test('short sections stay whole, long ones are cut and say how much is missing', () => {
  const text = fitPage([section('long', 500), section('short', 3), section('other', 400)], 2000);
  expect(text.length).toBeLessThanOrEqual(2000);
  expect(text).toContain('- short2');
  for (const name of ['long', 'other']) {
    const shown = [...text.matchAll(new RegExp(`^- ${name}\\d`, 'gm'))].length;
    const hidden = Number(new RegExp(`- … and (\\d+) more[^]*?end of ${name}`).exec(text)?.[1]);
    expect(shown).toBeGreaterThan(10);
    if (name === 'long') expect(shown + hidden).toBe(500);
  }
});

test('every item is either shown or counted, at any limit', () => {
  const sections = [section('a', 30), section('b', 70, 300), section('c', 1), section('d', 200, 0)];
  for (const limit of [130, 200, 500, 900, 2_000, 5_000, 20_000, 60_000]) {
    const text = fitPage(sections, limit);
    expect(text.length).toBeLessThanOrEqual(limit);
    const shown = [...text.matchAll(/^- [abcd]\d/gm)].length;
    const hidden = [...text.matchAll(/… and (\d+) more/g)].reduce((sum, [, count]) => sum + Number(count), 0);
    expect(shown + hidden).toBe(301);
  }
});
