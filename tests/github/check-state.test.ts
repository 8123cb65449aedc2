import { expect, test } from 'vitest';
import { readState, stateText } from '../../src/github/check-state.ts';

const digest = '0123456789abcdef';

test('a check run remembers what was judged', () => {
  const state = { verdicts: new Map([[7, 'block'], [12, 'pass']]), digest };
  expect(stateText(state)).toBe(`once-bitten/1 7=block 12=pass ${digest}`);
  expect(readState(stateText(state))).toEqual(state);
});

test('the text stays short, and the newest verdicts in it', () => {
  const verdicts = new Map(Array.from({ length: 40 }, (_, number) => [number + 1, 'incomplete'] as const));
  expect(stateText({ verdicts, digest }).length).toBeLessThan(300);
  expect([...readState(stateText({ verdicts, digest }))!.verdicts.keys()].at(-1)).toBe(40);
});

test.each(['', 'ca395085-040a-526b-2ce8-bdc85f692774', 'once-bitten/1', `once-bitten/1 ${digest}`, `once-bitten/2 7=block ${digest}`, `once-bitten/1 7=block ${digest} `, `once-bitten/1 x=block ${digest}`])('a check run of somebody else: %o', (text) => {
  expect(readState(text)).toBeUndefined();
});
