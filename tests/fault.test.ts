import { expect, test } from 'vitest';
import { Fault, faultCodes, formatFault, printable } from '../src/fault.ts';

test('a fault is printed with its place, the line and what to do', () => {
  const fault = new Fault('lesson/unknown-key', {
    message: 'unknown key "insde"', hint: 'did you mean "inside"?\nallowed here: inside, is',
    at: { file: 'a.yml', line: 14, column: 3 }, frame: '   14 |   insde: x\n      |   ^^^^^',
  });
  expect(formatFault(fault)).toBe([
    'a.yml:14:3  unknown key "insde"',
    '   14 |   insde: x',
    '      |   ^^^^^ did you mean "inside"?',
    '   allowed here: inside, is',
  ].join('\n'));
});

test('a hint that is too wide for its place beside the caret stands below it', () => {
  const fault = new Fault('lesson/wrong-value', { message: 'm', hint: 'w'.repeat(80), at: { file: 'a.yml', line: 1, column: 20 }, frame: `    1 | x\n      | ${' '.repeat(19)}^` });
  expect(formatFault(fault).split('\n').at(-1)).toBe(`   ${'w'.repeat(80)}`);
});

test.for<[ConstructorParameters<typeof Fault>[1], string]>([
  [{ message: 'no such command' }, 'no such command'],
  [{ message: 'no such command ^', hint: 'try --help' }, 'no such command ^\n   try --help'],
  [{ message: 'empty', at: { file: 'a.yml' } }, 'a.yml  empty'],
  [{ message: 'empty', at: { file: 'a.yml', line: 3 }, hint: 'a\nb' }, 'a.yml:3  empty\n   a\n   b'],
])('a fault may know less: %j', ([details, printed], { expect: here }) => {
  here(formatFault(new Fault('usage/unknown-command', details))).toBe(printed);
});

test('what a repository wrote cannot move the cursor, forge a line or turn the reading direction', () => {
  const evil = `a${String.fromCharCode(27)}[2J\r\n\u202eb\u0007`;
  const text = formatFault(new Fault('lesson/wrong-value', { message: evil, hint: evil.replace('\n', ''), at: { file: evil, line: 1, column: 1 }, frame: evil.replace('\n', '') }));
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
  expect(text.split('\n')[0]).toBe('a␛[2J␍␊\ufffdb␇:1:1  a␛[2J␍␊\ufffdb␇');
});

test('printable keeps the width of a text and everything that can be seen', () => {
  expect(printable('a\tb\u0000ü🎉漢\u200b')).toBe('a→b␀ü🎉漢\ufffd');
  expect(printable('\ud800x\udc00')).toBe('\ufffdx\ufffd');
});

test('every code says what it is about', () => {
  for (const [code, meaning] of Object.entries(faultCodes)) {
    expect(code).toMatch(/^[a-z]+\/[a-z-]+$/);
    expect(meaning.length).toBeGreaterThan(10);
  }
});
