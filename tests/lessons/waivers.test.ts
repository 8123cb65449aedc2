import { describe, expect, test } from 'vitest';
import { appliesTo, findWaivers } from '../../src/lessons/waivers.ts';

const found = (text: string, path = 'src/a.ts') => findWaivers(text, path);
/** The line each waiver is about, by the first lesson it names. */
const targets = (text: string, path?: string) => Object.fromEntries(found(text, path).waivers.map((waiver) => [waiver.lessons[0], waiver.target]));
const complaint = (text: string, path?: string) => {
  const { waivers, malformed } = found(text, path);
  expect(waivers).toEqual([]);
  return malformed.map(({ message }) => message).join('; ');
};

describe('a waiver', () => {
  test('names lessons, a reason, and perhaps a last day', () => {
    expect(found('f(); // lesson-ok n-plus-one, missing-limit: three rows at most until=2027-06-01\n')).toEqual({
      waivers: [{ lessons: ['n-plus-one', 'missing-limit'], reason: 'three rows at most', path: 'src/a.ts', line: 1, column: 9, target: 1, until: '2027-06-01' }],
      malformed: [],
    });
  });

  test.for<[string, string]>([
    ['// lesson-ok a: few rows', 'src/a.ts'],
    ['//lesson-ok a: few rows', 'src/a.js'],
    ['/// lesson-ok a: few rows', 'src/a.ts'],
    ['/* lesson-ok a: few rows */', 'src/a.css'],
    ['/** lesson-ok a: few rows */', 'src/a.tsx'],
    ['/*! lesson-ok a: few rows */', 'src/a.js'],
    ['{/* lesson-ok a: few rows */}', 'src/a.tsx'],
    ['# lesson-ok a: few rows', '.github/workflows/ci.yml'],
    ['## lesson-ok a: few rows', 'run.sh'],
    ['# lesson-ok a: few rows', '.env.production'],
    ['# lesson-ok a: few rows', 'Dockerfile'],
    ['-- lesson-ok a: few rows', 'migrations/1.sql'],
    ['<!-- lesson-ok a: few rows -->', 'index.html'],
    ['<!-- lesson-ok a: few rows -->', 'App.vue'],
    ['// lesson-ok a: few rows', 'schema.prisma'],
    ['-- lesson-ok a: few rows', 'a.unknown'],
    ['\t// lesson-ok a: few rows\r', 'src/a.ts'],
  ])('is read from %s in %s', ([comment, path], { expect: here }) => {
    const { waivers, malformed } = found(`${comment}\nnext\n`, path);
    here(malformed).toEqual([]);
    here(waivers).toMatchObject([{ lessons: ['a'], reason: 'few rows', line: 1, target: 2 }]);
  });

  test('ends with its comment', () => {
    expect(found('f(/* lesson-ok a: few rows */ x, y);').waivers).toMatchObject([{ reason: 'few rows', target: 1 }]);
  });

  test('may hold a colon, an address and any language in its reason', () => {
    expect(found('f(); // lesson-ok a: see https://x.example/y: 三行のみ').waivers).toMatchObject([{ reason: 'see https://x.example/y: 三行のみ' }]);
  });

  test('keeps a reason short', () => {
    expect(found(`f(); // lesson-ok a: ${'very '.repeat(300)}`).waivers[0]!.reason.length).toBeLessThanOrEqual(500);
  });
});

describe('which line a waiver is about', () => {
  test('its own, when code stands before it or behind it', () => {
    expect(targets('f(); // lesson-ok a: why not\ng();')).toEqual({ a: 1 });
    expect(targets('/* lesson-ok a: why not */ f();\ng();')).toEqual({ a: 1 });
    expect(targets('} // lesson-ok a: why not\ng();')).toEqual({ a: 1 });
    expect(targets('<b>{/* lesson-ok a: why not */}</b>\ng();', 'a.tsx')).toEqual({ a: 1 });
  });

  test('else the next line that is neither blank nor a comment', () => {
    expect(targets('// lesson-ok a: why not\n\n  // more words\n/* and\n * more\n */\nf();')).toEqual({ a: 7 });
    expect(targets('# lesson-ok a: why not\n# more\nkey: value', 'a.yml')).toEqual({ a: 3 });
    expect(targets('<!-- lesson-ok a: why not -->\n<!-- more\n -->\n<p>', 'a.html')).toEqual({ a: 4 });
    expect(targets('{/* lesson-ok a: why not */}\n{/* more\n lines */}\n<b/>', 'a.tsx')).toEqual({ a: 4 });
  });

  test('the same for several comments above one line', () => {
    expect(targets('// lesson-ok a: why not\n// lesson-ok b: why not\nf(); // lesson-ok c: why not')).toEqual({ a: 3, b: 3, c: 3 });
    expect(targets('/* lesson-ok a: why not */ /* lesson-ok b: why not */\nf();')).toEqual({ a: 2, b: 2 });
  });

  test('code of the language is no comment: a private field, a decrement, a generator', () => {
    expect(targets('// lesson-ok a: why not\n#count = 0;')).toEqual({ a: 2 });
    expect(targets('// lesson-ok a: why not\n--count;\nf();')).toEqual({ a: 2 });
    expect(targets('// lesson-ok a: why not\n*rows() {}\nf();')).toEqual({ a: 2 });
    expect(targets("// lesson-ok a: why not\nglob('**/*.ts');\nf();")).toEqual({ a: 2 });
  });

  test('none, when no code follows', () => {
    expect(found('f();\n// lesson-ok a: why not\n\n// the end').waivers[0]).not.toHaveProperty('target');
    expect(found('/* lesson-ok a: why not\nf();').waivers[0]).not.toHaveProperty('target');
  });

  test('the comment may go on over several lines', () => {
    expect(targets('/* lesson-ok a: why not\n   because */\nf();')).toEqual({ a: 3 });
  });
});

describe('what is no waiver', () => {
  test.for<[string, string?]>([
    ['const lessonOk = "lesson-ok";'],
    ['lesson-ok a: reason'],
    ['f(a, lesson-ok);'],
    ['// write lesson-ok and the reason'],
    ['// lesson-okay a: reason'],
    ['# lesson-ok a: no comment in this language', 'a.ts'],
    ['-- lesson-ok a: no comment in this language', 'a.ts'],
    ['// lesson-ok a: no comment in this language', 'a.py'],
  ])('%s', ([text, path], { expect: here }) => {
    here(found(text, path)).toEqual({ waivers: [], malformed: [] });
  });

  test.for<[string, string]>([
    ['// lesson-ok', 'this lesson-ok names no lesson'],
    ['// lesson-ok: too small to matter', 'this lesson-ok names no lesson'],
    ['// lesson-ok n-plus-one', 'this lesson-ok gives no reason'],
    ['// lesson-ok n-plus-one small table', 'this lesson-ok gives no reason'],
    ['// lesson-ok n-plus-one:', 'this lesson-ok gives no reason'],
    ['// lesson-ok n-plus-one: <reason>', 'this lesson-ok gives no reason'],
    ['// lesson-ok n-plus-one: ...', 'this lesson-ok gives no reason'],
    ['// lesson-ok n-plus-one: x', 'this lesson-ok gives no reason'],
    ['// lesson-ok n-plus-one: until=2027-01-01', 'this lesson-ok gives no reason'],
    ['// lesson-ok *: all fine', '"*" is not the id of a lesson'],
    ['// lesson-ok N-Plus-One: few rows', '"N-Plus-One" is not the id of a lesson'],
    ['// lesson-ok n-plus-one missing-limit: few rows', '"n-plus-one missing-limit" is not the id of a lesson'],
    ['// lesson-ok n-plus-one,: few rows', 'this lesson-ok names no lesson'],
    ['// lesson-ok n-plus-one until=2027-01-01: few rows', 'until= stands at the end, behind the reason'],
    ['// lesson-ok n-plus-one: few rows until=2027-02-30', 'until= is not followed by a day'],
    ['// lesson-ok n-plus-one: few rows until=tomorrow', 'until= is not followed by a day'],
    ['// lesson-ok n-plus-one: few rows until 2027-01-01', 'the day until which this holds cannot be read'],
    ['// lesson-ok n-plus-one: until: 1 June, few rows', 'the day until which this holds cannot be read'],
    ['// lesson-ok n-plus-one: until=2027-01-01 few rows', 'the day until which this holds cannot be read'],
    [`// lesson-ok ${Array.from({ length: 11 }, (_, index) => `a${index}`).join(', ')}: all`, 'this lesson-ok names more than 10 lessons'],
    ['// eslint-disable-line no-await-in-loop -- lesson-ok n-plus-one: few rows', 'lesson-ok must be the first word of its comment'],
    [' * lesson-ok n-plus-one: few rows', 'lesson-ok must be the first word of its comment'],
    ["const help = '// lesson-ok n-plus-one: few rows';", 'this lesson-ok stands inside a text, not in a comment'],
    ['const help = "it\'s \\" // lesson-ok n-plus-one: few rows";', 'this lesson-ok stands inside a text, not in a comment'],
  ])('malformed, and therefore waives nothing: %s', ([text, message], { expect: here }) => {
    here(complaint(`${text}\nf();`)).toBe(message);
  });

  test('a malformed one says where it stands and how to write it', () => {
    expect(found('f();\n  <b/> {/* lesson-ok N-PLUS-ONE: few */}\ng(); // lesson-ok').malformed).toEqual([
      { line: 2, column: 12, message: '"N-PLUS-ONE" is not the id of a lesson', hint: 'did you mean "n-plus-one"?' },
      { line: 3, column: 9, message: 'this lesson-ok names no lesson', hint: 'write `// lesson-ok <id>: <reason>`' },
    ]);
    expect(found('<!-- lesson-ok -->', 'a.html').malformed[0]!.hint).toBe('write `<!-- lesson-ok <id>: <reason> -->`');
  });

  test('how to write it names the lesson, where that can be read', () => {
    const hint = (line: string, path = 'a.ts') => found(`${line}\nf();`, path).malformed[0]!.hint;
    expect(hint('// lesson-ok n-plus-one')).toBe('write `// lesson-ok n-plus-one: <reason>`');
    expect(hint('// lesson-ok n-plus-one few rows')).toBe('write `// lesson-ok n-plus-one: <reason>`');
    expect(hint('# lesson-ok n-plus-one, missing-limit:', 'a.yml')).toBe('write `# lesson-ok n-plus-one, missing-limit: <reason>`');
    expect(hint('// lesson-ok `x`')).toBe('write `// lesson-ok <id>: <reason>`');
    expect(hint('/* lesson-ok n-plus-one until=2027-06-01: few rows */')).toBe('write `/* lesson-ok <id>: <reason> until=2027-06-01 */`');
  });
});

describe('what a waiver says about a finding', () => {
  const finding = { lesson: 'n-plus-one', path: 'src/a.ts', line: 3, endLine: 5 };
  const waiver = (change = {}) => ({ lessons: ['n-plus-one'], reason: 'few rows', path: 'src/a.ts', line: 2, column: 4, target: 3, ...change });

  test.for<[string, object, string]>([
    ['on its line', {}, 'holds'],
    ['beside its first line', { line: 3 }, 'holds'],
    ['behind its last line', { line: 5, target: 5 }, 'holds'],
    ['above its last line', { line: 4, target: 5 }, 'elsewhere'],
    ['in its middle', { line: 4, target: 4 }, 'elsewhere'],
    ['above it', { line: 1, target: 2 }, 'elsewhere'],
    ['of another file', { path: 'src/b.ts' }, 'elsewhere'],
    ['of another lesson', { lessons: ['missing-limit'] }, 'elsewhere'],
    ['of several lessons', { lessons: ['missing-limit', 'n-plus-one'] }, 'holds'],
    ['that found no code', { target: undefined }, 'elsewhere'],
    ['on its last day', { until: '2027-06-01' }, 'holds'],
    ['a day later', { until: '2027-05-31' }, 'expired'],
    ['expired, but elsewhere', { until: '2027-05-31', target: 9 }, 'elsewhere'],
  ])('one %s', ([, change, effect], { expect: here }) => {
    here(appliesTo(waiver(change), finding, '2027-06-01')).toBe(effect);
  });
});

describe('hostile files', () => {
  test.for<[string, string]>([
    ['a megabyte on one line', `// lesson-ok ${'a'.repeat(1_000_000)}`],
    ['markers on one line', 'lesson-ok '.repeat(100_000)],
    ['comments on one line', '// lesson-ok a: b '.repeat(60_000)],
    ['blanks before a marker', `${' '.repeat(1_000_000)}// lesson-ok a: few rows`],
    ['blanks between opener and marker', `//${' '.repeat(1_000_000)}lesson-ok a: few rows`],
    ['stars between opener and marker', `/${'*'.repeat(1_000_000)}lesson-ok a: few rows`],
    ['slashes', `${'/'.repeat(1_000_000)} lesson-ok a: few rows`],
    ['quotes', `${'"\\'.repeat(500_000)}// lesson-ok a: few rows`],
    ['commas', `// lesson-ok ${','.repeat(1_000_000)}: few rows`],
    ['stacked waivers', '// lesson-ok a: few rows\n'.repeat(45_000)],
    ['stacked waivers with an open comment', '/* lesson-ok a: few rows\n'.repeat(45_000)],
    ['comments after a waiver', `// lesson-ok a: few rows\n${'/**/'.repeat(250_000)}`],
    ['comments after each waiver', `// lesson-ok a: few rows\n${'/**/'.repeat(2_000)}\n`.repeat(100)],
    ['lines of malformed ones', '// lesson-ok *\n'.repeat(70_000)],
  ])('%s', ([, text], { expect: here }) => {
    const before = performance.now();
    const { waivers, malformed } = findWaivers(text, 'src/a.ts');
    here(performance.now() - before).toBeLessThan(5_000);
    here(waivers.length + malformed.length).toBeLessThanOrEqual(text.length / 10);
  });
});
