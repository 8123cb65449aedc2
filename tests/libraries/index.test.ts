import fs from 'node:fs';
import { describe, expect, test } from 'vitest';
import { libraries } from '../../src/libraries/index.ts';

test('every library has samples of its own', () => {
  const samples = fs.readdirSync('tests/libraries').filter((file) => file !== 'index.test.ts').map((file) => file.replace(/\.test\.ts$/, ''));
  expect(samples.sort()).toEqual(libraries.map((library) => library.name).sort());
});

test.each(libraries.map(({ name }) => name))('%s is shown both ways: at least three culprits, and three samples of innocents', (name) => {
  const text = fs.readFileSync(`tests/libraries/${name}.test.ts`, 'utf8');
  // A sample begins at its name, which stands alone on its level.
  const samples = text.split(/\n {2}(?=['"`])/).slice(1);
  const innocents = samples.filter((sample) => !/\/\/ (?:want|miss)\b/.test(sample));
  expect(text.match(/\/\/ want /g)?.length ?? 0).toBeGreaterThanOrEqual(3);
  expect(innocents.length).toBeGreaterThanOrEqual(3);
});

describe.each(libraries)('$name', (library) => {
  const kinds = Object.keys(library.kinds);

  test('speaks of kinds that it has', () => {
    const spoken = [
      ...Object.values(library.exports).flatMap((each) => Object.values(each)),
      ...Object.values(library.injected ?? {}),
      ...(library.shapes ?? []).map((shape) => shape.on),
      ...Object.values(library.kinds).flatMap(({ members, calls, called, patterns }) => [
        ...Object.values(members ?? {}),
        ...[...Object.values(calls ?? {}), ...(called ? [called] : []), ...(patterns ?? []).map((pattern) => pattern.call)].flatMap((call) => [call.gives, call.row, ...Object.values(call.callback ?? {})]),
      ]),
    ];
    expect(spoken.filter((kind) => kind !== undefined && !kinds.includes(kind))).toEqual([]);
  });

  test('says what to write instead, as a clause that a sentence can end with', () => {
    for (const clause of Object.values(library.repair)) expect(clause).toMatch(/^[`a-z][^\n]*[^.\s]$/);
  });
});
