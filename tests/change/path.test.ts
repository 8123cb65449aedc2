import { describe, expect, test } from 'vitest';
import { isRepositoryPath } from '../../src/change/path.ts';

describe('paths inside the repository', () => {
  test.each([
    'a.ts', 'src/a.ts', '.github/lessons/a.yml', '.gitignore', '.gitattributes', 'src/.env', 'app/[...slug]/page.tsx', 'app/(group)/page.tsx',
    'a b/c d.ts', 'ä/🐝.ts', 'a:b.ts', ':(top)x', '"quoted".ts', 'two\nlines.ts', '..a', 'a..b', '...a', 'git/x', 'x.git/y', '-rf', '*', 'con.ts',
  ])('%j', path => {
    expect(isRepositoryPath(path)).toBe(true);
  });
});

describe('paths that reach no disk', () => {
  test.each([
    '', '/', '/etc/passwd', '..', '../x', 'a/../../x', 'a/..', '.', './a', 'a/./b', 'a//b', 'a/', 'a\0b', '\0',
    '.git', '.git/config', 'sub/.git/hooks/x', '.GIT/config', '.Git', '.git./config', '.git /config', '.git::$INDEX_ALLOCATION/config', 'git~1/config', '.g\u200cit/config', '\ufeff.git/x',
    'C:/Windows', 'c:\\Windows', '\\\\host\\share', '\\x', '..\\x', 'a\\..\\..\\x', 'a/..\\x', 'a\\.git\\config', '.. /x', '.../x', ' /x',
  ])('%j', path => {
    expect(isRepositoryPath(path)).toBe(false);
  });
});
