import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readDiff } from '../../src/change/diff.ts';
import { diffLines } from '../../src/change/line-diff.ts';
import { applied } from '../workspace/applied.ts';
import { newFolder } from '../workspace/repository.ts';

/** The hunks that git makes of two texts. */
function gitHunks(base: string, head: string) {
  const folder = newFolder();
  writeFileSync(join(folder, 'a'), base);
  writeFileSync(join(folder, 'b'), head);
  let diff = '';
  try {
    execFileSync('git', ['diff', '--no-index', '--no-color', '--no-prefix', '--diff-algorithm=minimal', '--no-indent-heuristic', 'a', 'b'], { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
  } catch (error) {
    diff = String((error as { stdout: Buffer }).stdout);
  }
  const reader = readDiff();
  reader.write(diff.replace(/^(diff --git) a b$/m, '$1 a/x b/x').replace(/^--- a$/m, '--- a/x').replace(/^\+\+\+ b$/m, '+++ b/x'));
  return reader.end()[0]?.hunks ?? [];
}

const numbers = (from: number, to: number): string => Array.from({ length: to - from + 1 }, (_, at) => `${from + at}\n`).join('');

describe('as git has it', () => {
  test.each<[string, string, string]>([
    ['nothing changed', numbers(1, 20), numbers(1, 20)],
    ['a line replaced', numbers(1, 20), numbers(1, 20).replace('\n10\n', '\nten\n')],
    ['a line taken away', numbers(1, 20), numbers(1, 20).replace('\n10\n', '\n')],
    ['a line added', numbers(1, 20), numbers(1, 20).replace('\n10\n', '\n10\nten\n')],
    ['two changes far apart', numbers(1, 40), numbers(1, 40).replace('\n5\n', '\nfive\n').replace('\n30\n', '\n30\nthirty\n')],
    ['two changes near each other', numbers(1, 40), numbers(1, 40).replace('\n10\n', '\nten\n').replace('\n16\n', '\n16\nsixteen\n')],
    ['the first and the last line', numbers(1, 20), `zero\n${numbers(2, 19)}last\n`],
    ['a new file', '', numbers(1, 3)],
    ['an emptied file', numbers(1, 3), ''],
    ['no line feed at the end any more', numbers(1, 5), numbers(1, 5).trimEnd()],
    ['a line feed at the end at last', numbers(1, 5).trimEnd(), numbers(1, 5)],
    ['carriage returns', 'a\r\nb\r\nc\r\n', 'a\r\nB\r\nc\r\n'],
  ])('%s', (_, base, head) => {
    expect(diffLines(base, head)).toEqual(gitHunks(base, head));
  });
});

test('the hunks turn one text into the other, whatever they are', () => {
  const words = ['a', 'b', 'c', '', '}'];
  let seed = 7;
  const random = (below: number): number => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) % below;
  const text = (): string => Array.from({ length: random(30) }, () => `${words[random(words.length)]}\n`).join('') + (random(3) === 0 ? 'end' : '');
  for (let round = 0; round < 300; round += 1) {
    const [base, head] = [text(), text()];
    expect(applied({ path: 'a', basePath: 'a', status: 'modified', binary: false, hunks: diffLines(base, head), hunksKnown: true }, base)).toBe(head);
  }
});

test('texts that have nothing in common, and are long, cost little', () => {
  const started = performance.now();
  const hunks = diffLines(numbers(1, 20_000), numbers(30_001, 50_000));
  expect(hunks).toMatchObject([{ baseStart: 1, baseLines: 20_000, headStart: 1, headLines: 20_000 }]);
  expect(performance.now() - started).toBeLessThan(5_000);
});
