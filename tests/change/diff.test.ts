import { describe, expect, test } from 'vitest';
import { parseDiff, parsePatch, readDiff } from '../../src/change/diff.ts';
import { Fault } from '../../src/fault.ts';

const index = 'index 1111111111111111111111111111111111111111..2222222222222222222222222222222222222222';

/** A diff as git prints it: the lines, each with a line feed. */
function lines(...all: string[]): string {
  return all.map(line => `${line}\n`).join('');
}

function section(path: string, ...body: string[]): string {
  return lines(`diff --git a/${path} b/${path}`, `${index} 100644`, `--- a/${path}`, `+++ b/${path}`, ...body);
}

describe('the files of a diff', () => {
  test('a change in the middle of a file', () => {
    const [file] = parseDiff(section('src/a.ts', '@@ -3,3 +3,4 @@ export function a() {', ' one', '-two', '+zwei', '+drei', ' four'));
    expect(file).toEqual({
      path: 'src/a.ts',
      basePath: 'src/a.ts',
      status: 'modified',
      binary: false,
      hunksKnown: true,
      hunks: [
        {
          baseStart: 3,
          baseLines: 3,
          headStart: 3,
          headLines: 4,
          lines: [
            { kind: 'context', text: 'one' },
            { kind: 'removed', text: 'two' },
            { kind: 'added', text: 'zwei' },
            { kind: 'added', text: 'drei' },
            { kind: 'context', text: 'four' },
          ],
        },
      ],
    });
  });

  test('added and deleted files, with and without lines', () => {
    const text =
      lines('diff --git a/new b/new', 'new file mode 100644', index, '--- /dev/null', '+++ b/new', '@@ -0,0 +1 @@', '+x') +
      lines('diff --git a/empty b/empty', 'new file mode 100755', index) +
      lines('diff --git a/old b/old', 'deleted file mode 100644', index, '--- a/old', '+++ /dev/null', '@@ -1 +0,0 @@', '-x');
    expect(parseDiff(text)).toMatchObject([
      { path: 'new', status: 'added', hunks: [{ baseStart: 0, baseLines: 0, headStart: 1, headLines: 1 }] },
      { path: 'empty', status: 'added', hunks: [], hunksKnown: true },
      { path: 'old', basePath: 'old', status: 'deleted', hunks: [{ baseStart: 1, baseLines: 1, headStart: 0, headLines: 0 }] },
    ]);
    expect(parseDiff(text)[0]).not.toHaveProperty('basePath');
  });

  test('renames, edited or not, and a copy, whose lines are all new', () => {
    const text =
      lines('diff --git a/from b/to', 'similarity index 100%', 'rename from from', 'rename to to') +
      lines('diff --git a/a.ts b/b.ts', 'similarity index 90%', 'rename from a.ts', 'rename to b.ts', `${index} 100644`, '--- a/a.ts', '+++ b/b.ts', '@@ -1 +1 @@', '-x', '+y') +
      lines('diff --git a/c b/d', 'similarity index 100%', 'copy from c', 'copy to d');
    const files = parseDiff(text);
    expect(files).toMatchObject([
      { path: 'to', basePath: 'from', status: 'renamed', hunks: [] },
      { path: 'b.ts', basePath: 'a.ts', status: 'renamed', hunks: [{ lines: [{ text: 'x' }, { text: 'y' }] }] },
      { path: 'd', status: 'added' },
    ]);
    expect(files[2]).not.toHaveProperty('basePath');
  });

  test('a change of mode alone is a change without lines', () => {
    expect(parseDiff(lines('diff --git a/run.sh b/run.sh', 'old mode 100644', 'new mode 100755'))).toEqual([
      { path: 'run.sh', basePath: 'run.sh', status: 'modified', binary: false, hunks: [], hunksKnown: true },
    ]);
  });

  test('binary files, told or printed', () => {
    const text =
      lines('diff --git a/a.png b/a.png', `${index} 100644`, 'Binary files a/a.png and b/a.png differ') +
      lines('diff --git a/b.png b/b.png', `${index} 100644`, 'GIT binary patch', 'literal 3', 'Kc-jZL0RR91', '', 'literal 2', 'Jc-jZL', '') +
      section('c.ts', '@@ -1 +1 @@', '-x', '+y');
    expect(parseDiff(text)).toMatchObject([
      { path: 'a.png', binary: true, hunks: [] },
      { path: 'b.png', binary: true, hunks: [] },
      { path: 'c.ts', binary: false },
    ]);
  });

  test('submodules and links', () => {
    const text =
      lines('diff --git a/sub b/sub', `${index} 160000`, '--- a/sub', '+++ b/sub', '@@ -1 +1 @@', '-Subproject commit 1', '+Subproject commit 2') +
      lines('diff --git a/link b/link', 'new file mode 120000', index, '--- /dev/null', '+++ b/link', '@@ -0,0 +1 @@', '+/etc/passwd', '\\ No newline at end of file') +
      lines('diff --git a/gone b/gone', 'deleted file mode 120000', index, '--- a/gone', '+++ /dev/null', '@@ -1 +0,0 @@', '-x', '\\ No newline at end of file');
    expect(parseDiff(text)).toMatchObject([
      { path: 'sub', special: 'submodule' },
      { path: 'link', special: 'symlink', status: 'added' },
      { path: 'gone', special: 'symlink', status: 'deleted' },
    ]);
  });

  test('a file that became a link is that one link; a link that became a file is a new file', () => {
    const gone = (mode: string, line: string) => lines('diff --git a/x b/x', `deleted file mode ${mode}`, index, '--- a/x', '+++ /dev/null', '@@ -1 +0,0 @@', `-${line}`);
    const come = (mode: string, line: string) => lines('diff --git a/x b/x', `new file mode ${mode}`, index, '--- /dev/null', '+++ b/x', '@@ -0,0 +1 @@', `+${line}`);
    expect(parseDiff(gone('100644', 'code') + come('120000', 'target'))).toMatchObject([
      { path: 'x', basePath: 'x', status: 'modified', special: 'symlink', hunks: [{ baseStart: 1, baseLines: 1, headStart: 1, headLines: 1, lines: [{ text: 'code' }, { text: 'target' }] }] },
    ]);
    const [file, ...others] = parseDiff(gone('120000', 'target') + come('100644', 'code'));
    expect(others).toEqual([]);
    expect(file).toMatchObject({ path: 'x', status: 'added', hunks: [{ baseLines: 0, headLines: 1 }] });
    expect(file).not.toHaveProperty('special');
    expect(file).not.toHaveProperty('basePath');
  });
});

describe('paths', () => {
  const pathOf = (header: string, ...more: string[]) => parseDiff(lines(`diff --git ${header}`, 'old mode 100644', 'new mode 100755', ...more))[0]?.path;

  test.each([
    ['spaces', 'a/my file.ts b/my file.ts', 'my file.ts'],
    ['the separator itself', 'a/x b/x b/x b/x', 'x b/x'],
    ['an escaped quote, tab and backslash', String.raw`"a/\"\t\\.ts" "b/\"\t\\.ts"`, '"\t\\.ts'],
    ['a line feed', String.raw`"a/two\nlines.ts" "b/two\nlines.ts"`, 'two\nlines.ts'],
    ['bytes of UTF-8 in octal', String.raw`"a/\303\244\360\237\220\235.ts" "b/\303\244\360\237\220\235.ts"`, 'ä🐝.ts'],
    ['plain UTF-8 beside an escape', String.raw`"a/ä\"ö.ts" "b/ä\"ö.ts"`, 'ä"ö.ts'],
    ['bytes that are no UTF-8', String.raw`"a/\377.ts" "b/\377.ts"`, '\ufffd.ts'],
    ['a colon and a star', 'a/:(top)*.ts b/:(top)*.ts', ':(top)*.ts'],
    ['dots that lead outside, for a reader to refuse', 'a/../../etc/passwd b/../../etc/passwd', '../../etc/passwd'],
  ])('%s', (_, header, path) => {
    expect(pathOf(header)).toBe(path);
  });

  test('a rename between a quoted and an unquoted path', () => {
    const [file] = parseDiff(lines(String.raw`diff --git "a/a\tb" b/c d`, 'similarity index 100%', String.raw`rename from "a\tb"`, 'rename to c d'));
    expect(file).toMatchObject({ path: 'c d', basePath: 'a\tb', status: 'renamed' });
  });

  test('a header that names nothing is a fault', () => {
    expect(() => pathOf('a/x b/y')).toThrow(Fault);
    expect(() => pathOf('')).toThrow(Fault);
    expect(() => pathOf('"a/x')).toThrow(Fault);
  });
});

describe('lines', () => {
  test('a missing line feed at the end, on either side', () => {
    const [file] = parseDiff(section('a', '@@ -1,2 +1,2 @@', ' x', '-y', '\\ No newline at end of file', '+z', '\\ No newline at end of file'));
    expect(file?.hunks[0]?.lines).toEqual([
      { kind: 'context', text: 'x' },
      { kind: 'removed', text: 'y', unterminated: true },
      { kind: 'added', text: 'z', unterminated: true },
    ]);
  });

  test('carriage returns, form feeds, byte order marks and other line ends belong to the text', () => {
    const odd = '\ufeffa\f\u2028b\rc\r';
    expect(parseDiff(section('a', '@@ -0,0 +1 @@', `+${odd}`))[0]?.hunks[0]?.lines).toEqual([{ kind: 'added', text: odd }]);
  });

  test('content that looks like a diff stays content', () => {
    const body = ['+diff --git a/evil b/evil', '+--- a/evil', '+++ b/evil', '+@@ -1 +1 @@', '--- a/x', '+\\ No newline at end of file', '+rename from x'];
    const files = parseDiff(section('a', '@@ -1,1 +1,6 @@', ...body) + section('b', '@@ -1 +1 @@', '-x', '+y'));
    expect(files.map(file => file.path)).toEqual(['a', 'b']);
    expect(files[0]?.hunks[0]?.lines.map(line => line.text)).toEqual(body.map(line => line.slice(1)));
    expect(files[0]?.hunks[0]?.lines.some(line => line.unterminated)).toBe(false);
  });

  test('an empty context line may have lost its space', () => {
    const [file] = parseDiff(section('a', '@@ -1,3 +1,3 @@', '', '-x', '+y', ''));
    expect(file?.hunksKnown).toBe(true);
    expect(file?.hunks[0]?.lines.map(line => line.kind)).toEqual(['context', 'removed', 'added', 'context']);
  });

  test.each([
    ['a hunk that is cut off', ['@@ -1,3 +1,3 @@', ' x', '-y']],
    ['a hunk with more lines than it says', ['@@ -1,1 +1,1 @@', '-x', '+y', '+z']],
    ['a hunk header that is none', ['@@ -1,a +1 @@', '-x', '+y']],
    ['a line that no hunk has', ['@@ -1,2 +1,2 @@', ' x', '?y']],
    ['a hunk of two parents', ['@@@ -1,1 -1,1 +1,2 @@@', '  x', '++y', '@@ -1 +1 @@']],
  ])('%s is unknown, and the next file is still seen', (_, body) => {
    const files = parseDiff(section('a', ...body) + section('b', '@@ -1 +1 @@', '-x', '+y'));
    expect(files).toMatchObject([
      { path: 'a', hunks: [], hunksKnown: false },
      { path: 'b', hunksKnown: true, hunks: [{}] },
    ]);
  });

  test('the combined diff of a merge is a change with unknown hunks', () => {
    const text = lines('diff --cc src/a b.ts', 'index 1,2..3', '--- a/src/a b.ts', '+++ b/src/a b.ts', '@@@ -1,1 -1,1 +1,2 @@@', '  x', '++y') + lines(String.raw`diff --combined "\303\244"`, 'index 1,2..3');
    expect(parseDiff(text)).toMatchObject([
      { path: 'src/a b.ts', status: 'modified', hunks: [], hunksKnown: false },
      { path: 'ä', hunksKnown: false },
    ]);
  });
});

describe('the whole text', () => {
  test('nothing at all is no change', () => {
    expect(parseDiff('')).toEqual([]);
    expect(parseDiff('\n')).toEqual([]);
  });

  test('what is no git diff is a fault, not an empty change', () => {
    expect(() => parseDiff('* Unmerged path a.ts\n')).toThrow(Fault);
    expect(() => parseDiff('<html>502 Bad Gateway</html>')).toThrow(Fault);
    expect(() => parseDiff('--- a/x\n+++ b/x\n@@ -1 +1 @@\n-x\n+y\n')).toThrow(Fault);
  });

  test('it may arrive in pieces that end anywhere', () => {
    const text = section('ä.ts', '@@ -1,2 +1,2 @@', ' x', '-y', '+z', '\\ No newline at end of file') + lines('diff --git a/b b/c', 'similarity index 100%', 'rename from b', 'rename to c');
    const whole = parseDiff(text);
    for (let at = 0; at <= text.length; at += 1) {
      const diff = readDiff();
      diff.write(text.slice(0, at));
      diff.write(text.slice(at));
      expect(diff.end()).toEqual(whole);
    }
    const single = readDiff();
    for (const character of text) single.write(character);
    expect(single.end()).toEqual(whole);
  });

  test('a line of many megabytes does not stop it, and its file is unknown', () => {
    const diff = readDiff();
    diff.write('diff --git a/min.js b/min.js\nindex 1..2 100644\n@@ -0,0 +1 @@\n+');
    const megabyte = 'x'.repeat(1024 * 1024);
    for (let count = 0; count < 20; count += 1) diff.write(megabyte);
    diff.write(`\n${section('next', '@@ -1 +1 @@', '-x', '+y')}`);
    expect(diff.end()).toMatchObject([
      { path: 'min.js', hunks: [], hunksKnown: false },
      { path: 'next', hunksKnown: true },
    ]);
  });

  test('more than a memory should hold is not kept: later files are unknown, and still named', () => {
    const diff = readDiff();
    const line = `+${'x'.repeat(8 * 1024 * 1024)}\n`;
    for (let file = 0; file < 20; file += 1) diff.write(`diff --git a/${file} b/${file}\nnew file mode 100644\n@@ -0,0 +1 @@\n${line}`);
    const files = diff.end();
    expect(files).toHaveLength(20);
    expect(files[0]?.hunksKnown).toBe(true);
    expect(files.at(-1)).toMatchObject({ path: '19', hunks: [], hunksKnown: false });
  });
});

describe('the patch that GitHub gives', () => {
  test('hunks alone, without a line feed at the end', () => {
    expect(parsePatch('@@ -1,2 +1,2 @@ head\n x\n-y\n+z\n@@ -9 +9,2 @@\n a\n+b\n\\ No newline at end of file')).toMatchObject([
      { baseStart: 1, lines: [{ text: 'x' }, { text: 'y' }, { text: 'z' }] },
      { baseStart: 9, headLines: 2, lines: [{ text: 'a' }, { text: 'b', unterminated: true }] },
    ]);
  });

  test.each([
    ['cut off', '@@ -1,3 +1,3 @@\n x\n-y'],
    ['empty', ''],
    ['no patch', 'Binary files differ'],
    ['text before the first hunk', 'x\n@@ -1 +1 @@\n-x\n+y'],
  ])('%s: its hunks are unknown', (_, patch) => {
    expect(parsePatch(patch)).toBeUndefined();
  });
});
