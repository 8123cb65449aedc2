import { describe, expect, test } from 'vitest';
import { codeSpan, htmlText, markdownLink, markdownMessage, markdownText, webAddress } from '../../src/reports/markdown-escape.ts';
import { hostileTexts } from './sample-review.ts';

describe('text', () => {
  test.each([
    ['@octocat', '@&#8203;octocat'],
    ['fixes #12', 'fixes \\#&#8203;12'],
    ['see GH-7', 'see GH-&#8203;7'],
    ['a/b#3', 'a/b\\#&#8203;3'],
    ['https://evil.example', 'https:&#8203;//evil.example'],
    ['_www.evil.example', '\\_www&#8203;.evil.example'],
    ['me@evil.example', 'me@&#8203;evil.example'],
    ['<img src=x>', '&lt;img src=x&gt;'],
    ['&lt;', '&amp;lt;'],
    ['[a](b)', '\\[a\\](b)'],
    ['![a](b)', '!\\[a\\](b)'],
    ['*a* _b_ ~~c~~', '\\*a\\* \\_b\\_ \\~\\~c\\~\\~'],
    ['a | b', 'a \\| b'],
    ['`code`', '\\`code\\`'],
    ['a\\b', 'a\\\\b'],
    ['$x$', '<span>$</span>x<span>$</span>'],
    [':tada:', '\\:&#8203;tada:'],
    ['::error::x', '\\:&#8203;:&#8203;error:&#8203;:x'],
    ['##[error]x', '\\#\\#\\[error\\]x'],
    ['- a\n- b', '\\- a - b'],
    ['1. one', '1\\. one'],
    ['2026-01-31', '2026-01-31'],
    ['# Heading', '\\# Heading'],
    ['===', '\\==='],
    [':-:', '\\:&#8203;-:'],
    ['deadbeef1 is a commit', 'dead&#8203;beef1 is a commit'],
    ['a fade of 10000000 rows', 'a fade of 10000000 rows'],
    ['What if so? Yes: 5 (of 7).', 'What if so? Yes: 5 (of 7).'],
  ])('%j', (text, markdown) => {
    expect(markdownText(text)).toBe(markdown);
  });

  test('is cut with an ellipsis before it is escaped', () => {
    expect(markdownText('*'.repeat(20), 5)).toBe('\\*\\*\\*\\*…');
  });
});

describe('a code span', () => {
  test.each([
    ['a.b(c)', '`a.b(c)`'],
    ['`select ${x}`', '`` `select ${x}` ``'],
    ['a ``` b', '````a ``` b````'],
    ['@octocat #1 <b>', '`@octocat #1 <b>`'],
    ['a\n  b', '`a b`'],
    ['a | b', '<code>a \\| b</code>'],
    ['##[error]<b>', '<code>\\#\\#\\[error\\]&lt;b&gt;</code>'],
    ['', ''],
    [' \n ', ''],
  ])('%j', (code, markdown) => {
    expect(codeSpan(code)).toBe(markdown);
  });

  test('keeps its fence closed when the code is cut', () => {
    expect(codeSpan('x'.repeat(500), 10)).toBe(`\`${'x'.repeat(9)}…\``);
    expect(codeSpan('`'.repeat(500), 10)).toBe(`${'`'.repeat(10)} ${'`'.repeat(9)}… ${'`'.repeat(10)}`);
  });
});

describe('a message', () => {
  test('keeps its code and escapes all else', () => {
    expect(markdownMessage('`load(@x)` is called by @x <b>')).toBe('`load(@x)` is called by @&#8203;x &lt;b&gt;');
    expect(markdownMessage('``q(`s`)`` runs')).toBe('``q(`s`)`` runs');
  });

  test('with unclosed code stays text', () => {
    expect(markdownMessage('`open **x**')).toBe('\\`open \\*\\*x\\*\\*');
  });
});

describe('a link', () => {
  test('is made of web addresses only', () => {
    expect(markdownLink('docs', 'https://a.example/b?c=1&d=2')).toBe('[docs](https://a.example/b?c=1&amp;d=2)');
    for (const address of ['javascript:alert(1)', 'data:text/html,x', '//a.example', 'docs/x.md', '#812', '', 'https://', 'https://user:word@a.example/', `https://a.example/${'x'.repeat(3000)}`]) {
      expect(markdownLink('docs', address)).toBe('docs');
    }
    expect(markdownLink('docs', undefined)).toBe('docs');
  });

  test('keeps the address it was given', () => {
    for (const address of ['https://a.example/', 'https://a.example/b/c.ts#L12-L14', 'http://a.example:8080/?q=%20x&y=1#top', 'https://a.example/%C3%BC']) {
      expect(webAddress(address)).toBe(address);
    }
    expect(webAddress('https://a.example/x#a#b{c}')).toBe('https://a.example/x#a%23b%7Bc%7D');
  });

  test('cannot be ended by its address', () => {
    expect(webAddress('https://a.example/x) [y](https://evil.example "t" <b>`|\\')).toBe(
      'https://a.example/x%29%20%5By%5D%28https://evil.example%20%22t%22%20%3Cb%3E%60%7C/',
    );
  });
});

test.each(hostileTexts.map((text, index) => ({ text, index })))('no Markdown, HTML or reference is left of hostile text $index', ({ text }) => {
  const outside = markdownText(text);
  expect(outside).not.toMatch(/\n|<(?!\/?span>)|@[\w-]|(?<!&)#\d|GH-\d|https?:\/\/|www\.|^::|##\[/);
  expect(outside.replace(/\\[!-/:-@[-`{-~]/g, '')).not.toMatch(/[`*_~[\]|]/);
  expect(htmlText(text)).not.toMatch(/\n|<(?!\/?span>)|@[\w-]|(?<!&)#\d|https?:\/\/|##\[/);
  const code = codeSpan(text);
  expect(code).not.toMatch(/\n|##\[/);
  const fence = /^`+/.exec(code)?.[0];
  if (fence !== undefined) {
    expect(code.endsWith(fence)).toBe(true);
    expect(code.slice(fence.length, -fence.length)).not.toMatch(new RegExp(`(?<!\`)${fence}(?!\`)`));
  }
});
