import { expect, test } from 'vitest';
import { byNearness, nearest } from '../../src/lessons/nearest.ts';

const keys = ['inside', 'is', 'code', 'fine-when', 'without', 'where'];

test.for<[string, string | undefined]>([
  ['insde', 'inside'],
  ['inisde', 'inside'],
  ['INSIDE', 'inside'],
  ['fineWhen', 'fine-when'],
  ['fine_when', 'fine-when'],
  ['cod', 'code'],
  ['iss', 'is'],
  ['wheer', 'where'],
  ['banana', undefined],
  ['', undefined],
  ['x', undefined],
  ['constructor', undefined],
])('%s most likely means %s', ([name, meant], { expect: here }) => { here(nearest(name, keys)).toBe(meant); });

test('all candidates, the nearest first, equally near ones in their order', () => {
  expect(byNearness('insid', keys)).toEqual(['inside', 'is', 'code', 'where', 'fine-when', 'without']);
  expect(byNearness('a', ['b', 'c', 'b'])).toEqual(['b', 'c']);
});

test('nothing is near to nothing', () => {
  expect(nearest('a', [])).toBeUndefined();
});
