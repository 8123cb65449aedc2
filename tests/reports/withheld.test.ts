import { expect, test } from 'vitest';
import { isWithheld, shownEvidence } from '../../src/reports/withheld.ts';
import { finding, secretFinding } from './sample-review.ts';

test('evidence of secrets keeps its places and loses its text', () => {
  const evidence = [{ path: 'a.ts', line: 1, text: 'x' }];
  for (const lesson of ['secret-in-code', 'secret-in-log', 'secrets']) {
    expect(isWithheld({ lesson, evidence })).toBe(true);
    expect(shownEvidence({ lesson, evidence })).toEqual([{ path: 'a.ts', line: 1, text: '' }]);
  }
  expect(isWithheld(secretFinding)).toBe(true);
});

test('one text held back holds back all of that finding', () => {
  const evidence = [{ path: 'a.ts', line: 1, text: 'x' }, { path: 'b.ts', line: 1, text: ' ' }];
  expect(shownEvidence({ lesson: 'no-keys', evidence }).map(({ text }) => text)).toEqual(['', '']);
});

test('other evidence is shown', () => {
  const other = finding();
  expect(isWithheld(other)).toBe(false);
  expect(shownEvidence(other)).toBe(other.evidence);
  expect(shownEvidence({ lesson: 'n-plus-one', evidence: [] })).toEqual([]);
});
