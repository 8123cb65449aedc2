import { expect, test } from 'vitest';
import { brief, oneLine, shortened, visible, withoutLogCommand } from '../../src/reports/visible-text.ts';
import { hostileTexts } from './sample-review.ts';

test('what draws nothing or turns the writing direction is spelled out', () => {
  expect(visible('a\u202eb')).toBe('a⟨U+202E⟩b');
  expect(visible('\u001b[31mred')).toBe('⟨U+001B⟩[31mred');
  expect(visible('\u009b2J\u0000\u007f')).toBe('⟨U+009B⟩2J⟨U+0000⟩⟨U+007F⟩');
  expect(visible('pay\u200bload\u2066x')).toBe('pay⟨U+200B⟩load⟨U+2066⟩x');
  expect(visible('\u{e0041}')).toBe('⟨U+E0041⟩');
  expect(visible('\ud800!')).toBe('⟨U+D800⟩!');
});

test('ordinary writing stays as it is', () => {
  for (const text of ['naïve café', '日本語のコード', 'می\u200cخواهم', '❤️ 👩\u200d💻 ❤️\u200d🔥', 'x => `${x}`', 'a\tb']) {
    expect(visible(text)).toBe(text === 'a\tb' ? 'a⟨U+0009⟩b' : text);
  }
});

test('a joiner between ASCII letters hides something and is shown', () => {
  expect(visible('is\u200dAdmin')).toBe('is⟨U+200D⟩Admin');
  expect(visible('é\u200d\u200d')).toBe('é\u200d⟨U+200D⟩');
});

test('piled marks are cut to what a script can use', () => {
  expect(visible(`a${'\u0301'.repeat(500)}b`)).toBe(`a${'\u0301'.repeat(4)}b`);
});

test('line ends of every kind become one space', () => {
  expect(oneLine(' a\r\n\r\nb\u2028c\u0085d\t e ')).toBe('a b c d e');
});

test('long text is cut with an ellipsis, never inside a character', () => {
  expect(shortened('abcdef', 6)).toBe('abcdef');
  expect(shortened('abcdefg', 6)).toBe('abcde…');
  expect(shortened('abcd😀😀', 6)).toBe('abcd…');
  expect(brief('x'.repeat(50_000_000), 20)).toBe(`${'x'.repeat(19)}…`);
});

test.each(hostileTexts.map((text, index) => ({ text, index })))('hostile text $index becomes one short line without anything unseen', ({ text }) => {
  const line = brief(text, 200);
  expect(line.length).toBeLessThanOrEqual(200);
  expect(line).not.toMatch(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069\u200b]/u);
});

test('commands to the runner that keeps a log are parted', () => {
  expect(withoutLogCommand('::error::x')).toBe(':\u200b:error::x');
  expect(withoutLogCommand('  \u001b[1m::add-mask::x')).toBe('  \u001b[1m:\u200b:add-mask::x');
  expect(withoutLogCommand('a ##[error]b ##[x]')).toBe('a ##\u200b[error]b ##\u200b[x]');
  expect(withoutLogCommand('std::vector')).toBe('std::vector');
});
