import { describe, expect, test } from 'vitest';
import { globTrouble, scopeMatcher } from '../../src/lessons/glob.ts';

test.for([
  '**', '**/*.ts', 'src/**/*.{ts,tsx}', '.env*', '**/.env', 'src/[id]/page.ts', String.raw`app/\(auth\)/**`, '**/test/**/*-*.spec.ts', 'a?c.js', 'Makefile', '**/*.[jt]s',
])('can be used: %s', (glob, { expect: here }) => { here(globTrouble(glob)).toBeUndefined(); });

test.for(['/src', './src', '../src', 'src/../x', 'src/', '!x', String.raw`src\lib`, '*a*a*a*a', '**/**/**/**/**/**/**', '[a', '{a', 'a)', '@(a|b)', '+(+(a))', 'a\n', ' a'])(
  'cannot be used: %j', (glob, { expect: here }) => { here(globTrouble(glob)).toMatchObject({ message: expect.any(String), hint: expect.any(String) }); },
);

describe('a scope', () => {
  test.for<[string[], string[], string, boolean]>([
    [['**'], [], 'a/b.ts', true],
    [['**'], [], '.github/x.yml', true],
    [['**/*.ts'], [], 'a.ts', true],
    [['**/*.ts'], [], '.hidden/a.ts', true],
    [['*.ts'], [], 'src/a.ts', false],
    [['src/**'], ['**/*.test.ts'], 'src/a.test.ts', false],
    [['src/**', 'lib/*.js'], [], 'lib/a.js', true],
    [['.env*'], [], '.env.production', true],
    [['src/[id]/page.ts'], [], 'src/[id]/page.ts', true],
    [[String.raw`app/\(auth\)/**`], [], 'app/(auth)/page.tsx', true],
    [['**'], ['**/generated/**'], 'src/generated/a.ts', false],
    [['**/*.ts'], [], 'src/a\nb.ts', true],
    [['src/**'], ['**/*.test.ts'], 'src/\n/a.ts', true],
    [['**'], ['**/*.test.ts'], 'src/a\nb.test.ts', false],
    [['a?c.js'], [], 'a\nc.js', true],
  ])('%j without %j holds %s: %s', ([files, except, path, isIn], { expect: here }) => { here(scopeMatcher(files, except)(path)).toBe(isIn); });

  test('holds a path of absurd length: leaving it out would let it pass unseen', () => {
    const path = `${'a/'.repeat(2_000)}a.ts`;
    expect(scopeMatcher(['src/**'])(path)).toBe(true);
    expect(scopeMatcher(['**'], ['**/*.ts'])(path)).toBe(true);
  });

  test('is decided quickly for paths that are made to take long', () => {
    const globs = ['**/*a*a*b', '**a**a**b', '**/a/**/a/**/*a*b', '**/{a,aa,aaa}*{a,aa}*.ts', '**/test/**/*.ts'];
    for (const glob of globs) expect(globTrouble(glob)).toBeUndefined();
    const isIn = scopeMatcher(globs);
    const before = performance.now();
    for (const piece of ['a', 'a/', 'a/a', 'test/', 'aaa/aa']) isIn(piece.repeat(Math.floor(400 / piece.length)));
    expect(performance.now() - before).toBeLessThan(5_000);
  });
});
