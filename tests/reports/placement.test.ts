import { describe, expect, test } from 'vitest';
import type { Finding, Note } from '../../src/model.ts';
import { failsCheck, place, verdictOf, worstFirst } from '../../src/reports/placement.ts';
import { finding } from './sample-review.ts';

/** The whole of `src/users.ts` and lines up to 50 of `src/long.ts` are in this diff. */
const diffLine = (path: string, line: number, endLine: number) =>
  path === 'src/users.ts' ? line : path === 'src/long.ts' && line <= 50 ? Math.min(endLine, 50) : undefined;
const isInDiff = (path: string) => path === 'src/users.ts' || path === 'src/long.ts';

const placed = (findings: Finding[], limits = { inline: 10, perLesson: 3 }) => place(findings, limits, diffLine, isInDiff);
const names = (findings: Finding[]) => findings.map(({ lesson, line, placement }) => `${lesson}:${line} ${placement}`);

describe('where a finding is shown', () => {
  test('on its line in the diff, else on the file, else in the summary', () => {
    expect(names(placed([finding({ line: 1 }), finding({ path: 'src/long.ts', line: 99, endLine: 99 }), finding({ path: 'src/elsewhere.ts', line: 3 })]))).toEqual([
      'n-plus-one:3 summary',
      'n-plus-one:99 file',
      'n-plus-one:1 inline',
    ]);
  });

  test('notes and trials never get a comment', () => {
    const quiet = [finding({ severity: 'note', line: 1 }), finding({ status: 'trial', severity: 'block', line: 2 }), finding({ status: 'draft', line: 3 })];
    expect(placed(quiet).map(({ placement }) => placement)).toEqual(['summary', 'summary', 'summary']);
  });

  test('a scan has no diff', () => {
    expect(placed([finding({ introduced: null, severity: 'block' })])[0]!.placement).toBe('none');
  });

  test('a line of an earlier commit is no line of the diff', () => {
    expect(placed([finding({ commit: 'abc', line: 2 })])[0]!.placement).toBe('summary');
    expect(placed([finding({ commit: 'abc', path: 'gone.ts' })])[0]!.placement).toBe('summary');
  });

  test('the findings given are left as they were', () => {
    const given = finding({ placement: 'none' });
    placed([given]);
    expect(given.placement).toBe('none');
  });
});

describe('the limits', () => {
  test('at most three of one lesson, comments on files included', () => {
    const five = [1, 2, 3, 4].map((line) => finding({ line })).concat(finding({ path: 'src/long.ts', line: 60 }));
    expect(names(placed(five))).toEqual(['n-plus-one:60 file', 'n-plus-one:1 inline', 'n-plus-one:2 inline', 'n-plus-one:3 summary', 'n-plus-one:4 summary']);
  });

  test('what blocks comes first, then the room is spread over the lessons', () => {
    const many = [
      ...[1, 2, 3].map((line) => finding({ lesson: 'a', line })),
      ...[4, 5, 6].map((line) => finding({ lesson: 'b', line })),
      finding({ lesson: 'c', severity: 'block', line: 70 }),
    ];
    const shown = placed(many, { inline: 4, perLesson: 3 }).filter(({ placement }) => placement === 'inline');
    expect(shown.map(({ lesson, line }) => `${lesson}${line}`)).toEqual(['c70', 'a1', 'a2', 'b4']);
  });

  test('one that has no place in the diff takes no room', () => {
    const findings = [finding({ path: 'src/a.ts', line: 1 }), finding({ path: 'src/b.ts', line: 1 }), finding({ line: 9 })];
    expect(placed(findings, { inline: 1, perLesson: 1 }).map(({ placement }) => placement)).toEqual(['summary', 'summary', 'inline']);
  });

  test('none at all when so wished', () => {
    expect(placed([finding({ severity: 'block' })], { inline: 0, perLesson: 3 })[0]!.placement).toBe('summary');
  });

  test('nothing gets lost, and the order they come in makes no difference', () => {
    const findings = Array.from({ length: 40 }, (_, index) =>
      finding({ lesson: `l${index % 7}`, severity: index % 5 === 0 ? 'block' : 'warn', line: (index * 17) % 41 + 1, fingerprint: `f${index}` }),
    );
    const once = placed(findings);
    expect(once).toHaveLength(40);
    expect(once.filter(({ placement }) => placement === 'inline')).toHaveLength(10);
    expect(placed([...findings].reverse())).toEqual(once);
    expect(placed(once)).toEqual(once);
    expect([...once].sort(worstFirst)).toEqual(once);
  });
});

describe('the verdict', () => {
  const note = (incomplete: boolean): Note => ({ code: 'x', message: 'y', incomplete });

  test.each([
    [[], 'block', 'pass'],
    [[finding({ severity: 'note' })], 'block', 'pass'],
    [[finding({ severity: 'note' })], 'warn', 'pass'],
    [[finding()], 'block', 'warn'],
    [[finding()], 'warn', 'block'],
    [[finding()], 'never', 'warn'],
    [[finding({ severity: 'block' })], 'block', 'block'],
    [[finding({ severity: 'block' })], 'never', 'warn'],
    [[finding({ severity: 'block', status: 'trial' })], 'warn', 'pass'],
    [[finding(), finding({ severity: 'block' })], 'block', 'block'],
  ] as const)('case %#', (findings, gate, verdict) => {
    expect(verdictOf(findings, [note(false)], gate)).toBe(verdict);
    expect(verdictOf(findings, [note(false), note(true)], gate)).toBe('incomplete');
    expect(findings.some((one) => failsCheck(one, gate))).toBe(verdict === 'block');
  });
});
