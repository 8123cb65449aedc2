import { describe, expect, test } from 'vitest';
import type { ChangedFile } from '../../src/change/change.ts';
import { parseDiff, parsePatch } from '../../src/change/diff.ts';
import { baseLineOf, commentLine, headLineOf, isAdded, isInDiff, isReplacement, type Lines } from '../../src/change/lines.ts';

/** A file of twenty lines: the fourth is edited, two come after the tenth, the sixteenth and seventeenth go. */
const patch = [
  '@@ -1,7 +1,7 @@', ' 1', ' 2', ' 3', '-4', '+four', ' 5', ' 6', ' 7',
  '@@ -8,6 +8,8 @@', ' 8', ' 9', ' 10', '+10a', '+10b', ' 11', ' 12', ' 13',
  '@@ -14,6 +16,4 @@', ' 14', ' 15', '-16', '-17', ' 18', ' 19',
].join('\n');

function edited(patchText: string): ChangedFile {
  return { path: 'a', basePath: 'a', status: 'modified', binary: false, hunks: parsePatch(patchText)!, hunksKnown: true };
}

const every = (count: number) => Array.from({ length: count }, (_, at) => at + 1);

describe('lines of an edited file', () => {
  const file = edited(patch);

  test('from the base to the head', () => {
    expect(every(20).map(line => headLineOf(file, line))).toEqual([1, 2, 3, undefined, 5, 6, 7, 8, 9, 10, 13, 14, 15, 16, 17, undefined, undefined, 18, 19, 20]);
  });

  test('from the head to the base', () => {
    expect(every(20).map(line => baseLineOf(file, line))).toEqual([1, 2, 3, undefined, 5, 6, 7, 8, 9, 10, undefined, undefined, 11, 12, 13, 14, 15, 18, 19, 20]);
  });

  test('what was added, and where a comment may stand', () => {
    expect(every(25).filter(line => isAdded(file, line))).toEqual([4, 11, 12]);
    expect(every(25).filter(line => isInDiff(file, line))).toEqual(every(19));
  });

  test('no line is no line', () => {
    for (const line of [0, -1, 1.5, Number.NaN, Infinity]) {
      expect([headLineOf(file, line), baseLineOf(file, line), isInDiff(file, line), isAdded(file, line)]).toEqual([undefined, undefined, false, false]);
    }
  });
});

test('what replaces what', () => {
  const file = edited('@@ -1,5 +1,5 @@\n a\n-b\n-c\n+bee\n d\n+e\n f\n@@ -20,3 +20,2 @@\n x\n-y\n z');
  const said = (base: Lines, head: Lines) => isReplacement(file, base, head);
  expect([said([2, 2], [2, 2]), said([1, 9], [1, 9]), said([3, 3], [2, 4])]).toEqual([true, true, true]);
  expect([said([1, 1], [2, 2]), said([2, 3], [3, 9]), said([4, 9], [4, 4]), said([21, 21], [20, 21]), said([30, 31], [30, 31])]).toEqual([false, false, false, false, false]);
  expect(isReplacement({ ...file, hunks: [], hunksKnown: false }, [2, 2], [2, 2])).toBe(false);
});

describe('the line for a comment', () => {
  const file = edited('@@ -10,4 +10,5 @@\n a\n b\n+c\n d\n e\n@@ -30,2 +31,3 @@\n x\n+y\n z');

  test.each([
    ['the line itself', 12, 12, 12],
    ['an added line before context above it', 10, 20, 12],
    ['context, when nothing was added in the span', 13, 14, 13],
    ['the first line of the diff below a start outside it', 5, 10, 10],
    ['an added line far below', 20, 40, 32],
    ['nothing outside the diff', 15, 30, undefined],
    ['nothing above it', 1, 9, undefined],
    ['nothing below it', 34, 99, undefined],
    ['nothing in a span that ends before it begins', 13, 11, 13],
  ])('%s', (_, line, endLine, expected) => {
    expect(commentLine(file, line, endLine)).toBe(expected);
  });
});

describe('whole files', () => {
  test('an added file has no line at the base', () => {
    const [file] = parseDiff('diff --git a/n b/n\nnew file mode 100644\n@@ -0,0 +1,2 @@\n+x\n+y\n');
    expect([1, 2, 3].map(line => isAdded(file!, line))).toEqual([true, true, false]);
    expect([1, 2, 3].map(line => baseLineOf(file!, line))).toEqual([undefined, undefined, undefined]);
    expect(headLineOf(file!, 1)).toBeUndefined();
  });

  test('a deleted file has no line at the head', () => {
    const [file] = parseDiff('diff --git a/o b/o\ndeleted file mode 100644\n@@ -1,2 +0,0 @@\n-x\n-y\n');
    expect([1, 2, 3].map(line => headLineOf(file!, line))).toEqual([undefined, undefined, undefined]);
    expect([0, 1, 2].some(line => isInDiff(file!, line))).toBe(false);
  });

  test('a renamed file keeps its lines', () => {
    const [file] = parseDiff('diff --git a/o b/n\nsimilarity index 100%\nrename from o\nrename to n\n');
    expect([headLineOf(file!, 7), baseLineOf(file!, 7), isInDiff(file!, 7)]).toEqual([7, 7, false]);
  });

  test('of a link that took a file’s place, no line is the file’s', () => {
    const [file] = parseDiff(
      'diff --git a/x b/x\ndeleted file mode 100644\n@@ -1,2 +0,0 @@\n-a\n-b\ndiff --git a/x b/x\nnew file mode 120000\n@@ -0,0 +1 @@\n+t\n\\ No newline at end of file\n',
    );
    expect([headLineOf(file!, 1), headLineOf(file!, 2), isAdded(file!, 1)]).toEqual([undefined, undefined, true]);
  });

  test('with unknown hunks nothing is known, least of all that a line is unchanged', () => {
    const file: ChangedFile = { path: 'a', basePath: 'a', status: 'modified', binary: false, hunks: [], hunksKnown: false };
    expect([headLineOf(file, 1), baseLineOf(file, 1), isInDiff(file, 1), isAdded(file, 1), commentLine(file, 1, 9)]).toEqual([undefined, undefined, false, false, undefined]);
  });
});

describe('hunks without context', () => {
  test('lines that only come, and lines that only go', () => {
    const file = edited('@@ -2,0 +3,2 @@\n+a\n+b\n@@ -5,2 +6,0 @@\n-x\n-y');
    expect(every(8).map(line => headLineOf(file, line))).toEqual([1, 2, 5, 6, undefined, undefined, 7, 8]);
    expect(every(8).map(line => baseLineOf(file, line))).toEqual([1, 2, undefined, undefined, 3, 4, 7, 8]);
  });

  test('hunks that contradict each other lead to an answer, not to a crash', () => {
    const file = edited('@@ -9 +9 @@\n-a\n+b\n@@ -1 +1 @@\n-a\n+b');
    for (const line of every(20)) expect([headLineOf(file, line), baseLineOf(file, line)]).toHaveLength(2);
  });

  test('a hundred thousand questions to a large diff take no time', () => {
    const big = edited(`@@ -1,40000 +1,60000 @@\n${'-x\n+y\n+z\n a\n'.repeat(20000)}`);
    const start = performance.now();
    for (let line = 1; line <= 60_000; line += 1) {
      const base = baseLineOf(big, line);
      if (base !== undefined && headLineOf(big, base) !== line) throw new Error(`line ${line} is not itself`);
    }
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
