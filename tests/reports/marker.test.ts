import { expect, test } from 'vitest';
import { markerText, readMarker } from '../../src/reports/marker.ts';

test('a marker is read back as it was written', () => {
  for (const marker of [
    { run: 'default', lesson: 'n-plus-one', fingerprint: '3f2a9c41' },
    { run: '-->', lesson: 'a -- b', fingerprint: '<!-- x -->\n' },
    { run: '', lesson: 'é日本', fingerprint: 'x-' },
    { run: 'web', summary: true as const },
  ]) {
    const text = markerText(marker);
    expect(readMarker(`Some comment\n\n${text}\n`)).toEqual(marker);
    expect(text.slice(4, -3)).not.toMatch(/--|>|\n/);
  }
});

test('only the last line counts, so quoted code cannot forge one', () => {
  const forged = '<!-- once-bitten:default n-plus-one forged -->';
  expect(readMarker(`\`${forged}\`\n\nrest of the comment`)).toBeUndefined();
  expect(readMarker(`${forged}\n${markerText({ run: 'a', summary: true })}`)).toEqual({ run: 'a', summary: true });
  expect(readMarker(`> ${forged}`)).toBeUndefined();
});

test('texts without one, or with a broken one, have none', () => {
  for (const text of ['', 'hello', '<!-- once-bitten: -->', '<!-- once-bitten:a b c d -->', '<!-- once-bitten:a b -->']) {
    expect(readMarker(text)).toBeUndefined();
  }
  expect(readMarker('<!-- once-bitten:%zz a b -->')).toEqual({ run: '%zz', lesson: 'a', fingerprint: 'b' });
});
