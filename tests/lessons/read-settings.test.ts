import { describe, expect, test } from 'vitest';
import { formatFault } from '../../src/fault.ts';
import { readSettings } from '../../src/lessons/read-settings.ts';
import { defaultSettings } from '../../src/lessons/settings.ts';

const file = '.github/once-bitten.yml';
const known = ['n-plus-one', 'missing-limit', 'secret-in-code', 'sql-injection'];
const read = (text: string) => readSettings(text, file, known);
const printed = (text: string) => `\n${read(text).faults.map(formatFault).join('\n\n')}\n`;

describe('sound settings', () => {
  test('say what differs from the defaults', () => {
    const { settings, faults } = read(`
extends: [once-bitten:all]
lessons:
  n-plus-one: { severity: block, status: trial, scope: { files: ["src/**"], except: ["src/gen/**"] } }
  missing-limit: off
gate: warn
comments: { inline: 0 }
ignore: ["**/generated/**"]
waivers: { by-author: false, from-forks: true }
`);
    expect(faults).toEqual([]);
    expect(settings).toEqual({
      extends: ['once-bitten:all'],
      lessons: new Map<string, unknown>([
        ['n-plus-one', { severity: 'block', status: 'trial', scope: { files: ['src/**'], except: ['src/gen/**'] } }],
        ['missing-limit', 'off'],
      ]),
      gate: 'warn',
      comments: { inline: 0, perLesson: 3 },
      ignore: ['**/generated/**'],
      waivers: { allow: true, byAuthor: false, fromForks: true, places: [] },
    });
  });

  test.for(['', '# nothing decided yet\n', '{}', '---\n'])('may say nothing: %j', (text, { expect: here }) => {
    here(read(text)).toEqual({ settings: defaultSettings, faults: [] });
  });

  test('settle findings by path and fingerprint, and know where they say so', () => {
    const { settings, faults } = read(`waivers:
  places:
    - { path: config.json, fingerprint: "0123456789abcdef", reason: the sandbox }
    - path: src/a.ts
      fingerprint: fedcba9876543210
      reason: never used
      rotated: "2026-05-30"
      until: "2027-01-31"
`);
    expect(faults).toEqual([]);
    expect(settings.waivers).toEqual({ ...defaultSettings.waivers, places: [
      { path: 'config.json', fingerprint: '0123456789abcdef', reason: 'the sandbox', file: '.github/once-bitten.yml', line: 3 },
      { path: 'src/a.ts', fingerprint: 'fedcba9876543210', reason: 'never used', rotated: '2026-05-30', until: '2027-01-31', file: '.github/once-bitten.yml', line: 4 },
    ] });
  });

  test('settle nothing where an entry is wrong', () => {
    const { settings, faults } = read('waivers:\n  places:\n    - { path: a.json, fingerprint: 0123, reason: x }\n    - { path: a.json, fingerprint: "0123456789abcdef" }\n    - { file: a.json, fingerprint: "0123456789abcdef", reason: x, rotated: yesterday }\n');
    expect(settings.waivers.places).toEqual([]);
    expect(faults.map(({ message }) => message)).toEqual(expect.arrayContaining([expect.stringContaining('fingerprint'), expect.stringContaining('"reason" is missing'), expect.stringContaining('unknown key "file"'), expect.stringContaining('rotated')]));
  });

  test('may do without the built-in lessons', () => {
    expect(read('extends: []').settings.extends).toEqual([]);
  });
});

describe('extends', () => {
  test('names packs, folders of the repository, and other repositories at a ref, in their order', () => {
    const { settings, faults } = read(`
extends:
  - once-bitten:recommended
  - .github/shared-lessons/
  - "./lessons"
  - packages/@acme/lessons
  - acme/lessons/packs/node@v1.2
  - acme/lessons/packs@feature/more
`);
    expect(faults).toEqual([]);
    expect(settings.extends).toEqual([
      'once-bitten:recommended',
      { name: '.github/shared-lessons', folder: '.github/shared-lessons', at: { file, line: 4, column: 5 } },
      { name: 'lessons', folder: 'lessons', at: { file, line: 5, column: 5 } },
      { name: 'packages/@acme/lessons', folder: 'packages/@acme/lessons', at: { file, line: 6, column: 5 } },
      { name: 'acme/lessons/packs/node@v1.2', folder: 'packs/node', elsewhere: { owner: 'acme', repo: 'lessons', ref: 'v1.2' }, at: { file, line: 7, column: 5 } },
      { name: 'acme/lessons/packs@feature/more', folder: 'packs', elsewhere: { owner: 'acme', repo: 'lessons', ref: 'feature/more' }, at: { file, line: 8, column: 5 } },
    ]);
  });

  test.for([
    ['../lessons', 'is no folder inside this repository'],
    ['.github/../../lessons', 'is no folder inside this repository'],
    ['/etc/lessons', 'is no folder inside this repository'],
    ['C:/lessons', 'is no folder inside this repository'],
    ['.', 'is no folder inside this repository'],
    ['./', 'is no folder inside this repository'],
    ['.git/lessons', 'is no folder inside this repository'],
    ['a//b', 'is no folder inside this repository'],
    ['.github\\lessons', 'holds a backslash'],
    ['https://github.com/acme/lessons', 'is an address'],
    ['acme/lessons@v1', 'names no folder of acme/lessons'],
    ['acme/lessons/packs@', 'is no ref'],
    ['acme/lessons/packs@v1:other', 'is no ref'],
    ['acme/lessons/packs@main^{tree}', 'is no ref'],
    ['acme/lessons/packs@a..b', 'is no ref'],
    ['acme/lessons/../packs@v1', 'is no folder inside acme/lessons'],
    ['lessons', 'is not a pack of lessons'],
    ['once-bitten:../x', 'is not a pack of lessons'],
  ] as const)('does not take %j', ([entry, message], { expect: here }) => {
    const { settings, faults } = read(`extends: [once-bitten:all, '${entry}']\n`);
    here(faults.map((fault) => [fault.code, fault.at])).toEqual([['settings/wrong-value', { file, line: 1, column: 28 }]]);
    here(faults[0]!.message).toContain(message);
    // What is right beside it still holds.
    here(settings.extends).toEqual(['once-bitten:all']);
  });

  test('with nothing right in it counts as not said', () => {
    expect(read('extends: [once-bitten:recomended]').settings.extends).toEqual(defaultSettings.extends);
    expect(read('extends: once-bitten:all').settings.extends).toEqual(defaultSettings.extends);
  });

  test('whose cards could not all be read leaves open which lessons there are', () => {
    expect(readSettings('lessons: { theirs: off, n-plus-one: warn }', file, undefined).faults.map((fault) => fault.message)).toEqual(['"n-plus-one" is set to a severity alone']);
  });
});

describe('what a team reads when settings are wrong', () => {
  test('every slip at once', () => {
    expect(printed(`extends: [once-bitten:recomended, all, ./lessons, acme/lessons/packs@v1, 7]
lessons:
  n-plus-one: { severity: blok, levl: 3 }
  missing-limt: off
  missing-limit: { scope: { files: ["/src/**"] } }
  secret-in-code: warn
  sql-injection: false
gate: off
comments: { inline: 1000, per-leson: 3 }
ignore: "**/generated/**"
waivers: { allow: yes, from-forks: 1 }
rules: []
severity: block
`)).toMatchInlineSnapshot(`
  "
  .github/once-bitten.yml:1:11  "once-bitten:recomended" is not a pack of lessons
      1 | extends: [once-bitten:recomended, all, ./lessons, acme/lessons/packs@v1, 7]
        |           ^^^^^^^^^^^^^^^^^^^^^^ did you mean "once-bitten:recommended"?

  .github/once-bitten.yml:1:35  "all" is not a pack of lessons
      1 | extends: [once-bitten:recomended, all, ./lessons, acme/lessons/packs@v1, 7]
        |                                   ^^^ did you mean "once-bitten:all"?

  .github/once-bitten.yml:1:74  "extends[4]" must be a text, not 7
      1 | extends: [once-bitten:recomended, all, ./lessons, acme/lessons/packs@v1, 7]
        |                                                                          ^
     without quotes YAML reads a number here; in quotes it is a text: "7"

  .github/once-bitten.yml:3:27  "severity" must be note, warn or block, not "blok"
      2 | lessons:
      3 |   n-plus-one: { severity: blok, levl: 3 }
        |                           ^^^^ did you mean "block"?

  .github/once-bitten.yml:3:33  unknown key "levl"
      2 | lessons:
      3 |   n-plus-one: { severity: blok, levl: 3 }
        |                                 ^^^^ allowed here: scope, severity, status

  .github/once-bitten.yml:4:3  no lesson here is called "missing-limt"
      3 |   n-plus-one: { severity: blok, levl: 3 }
      4 |   missing-limt: off
        |   ^^^^^^^^^^^^ did you mean "missing-limit"?
     lessons: missing-limit, n-plus-one, sql-injection, secret-in-code

  .github/once-bitten.yml:5:37  paths count from the root of the repository, without a slash before them
      4 |   missing-limt: off
      5 |   missing-limit: { scope: { files: ["/src/**"] } }
        |                                     ^^^^^^^^^ write "src/**"

  .github/once-bitten.yml:6:19  "secret-in-code" is set to a severity alone
      5 |   missing-limit: { scope: { files: ["/src/**"] } }
      6 |   secret-in-code: warn
        |                   ^^^^ write secret-in-code: { severity: warn }

  .github/once-bitten.yml:7:18  "sql-injection" must be off, or { severity: …, status: …, scope: … }, not false
      6 |   secret-in-code: warn
      7 |   sql-injection: false
        |                  ^^^^^

  .github/once-bitten.yml:8:7  "gate" must be block, warn or never, not "off"
      7 |   sql-injection: false
      8 | gate: off
        |       ^^^ did you mean "never"?

  .github/once-bitten.yml:9:21  "inline" must not be above 50
      8 | gate: off
      9 | comments: { inline: 1000, per-leson: 3 }
        |                     ^^^^

  .github/once-bitten.yml:9:27  unknown key "per-leson"
      8 | gate: off
      9 | comments: { inline: 1000, per-leson: 3 }
        |                           ^^^^^^^^^ did you mean "per-lesson"?
     allowed here: per-lesson, inline

  .github/once-bitten.yml:10:9  "ignore" must be a list of globs, such as ["src/**/*.ts"], not "**/generated/**"
      9 | comments: { inline: 1000, per-leson: 3 }
     10 | ignore: "**/generated/**"
        |         ^^^^^^^^^^^^^^^^^
     write it as a list: ["…"], or each entry on a line of its own after a hyphen

  .github/once-bitten.yml:11:19  "allow" must be true or false, not "yes"
     10 | ignore: "**/generated/**"
     11 | waivers: { allow: yes, from-forks: 1 }
        |                   ^^^ did you mean true?

  .github/once-bitten.yml:11:36  "from-forks" must be true or false, not 1
     10 | ignore: "**/generated/**"
     11 | waivers: { allow: yes, from-forks: 1 }
        |                                    ^

  .github/once-bitten.yml:12:1  unknown key "rules"
     11 | waivers: { allow: yes, from-forks: 1 }
     12 | rules: []
        | ^^^^^ did you mean "lessons"?
     allowed here: gate, extends, waivers, lessons, comments, ignore

  .github/once-bitten.yml:13:1  unknown key "severity"
     12 | rules: []
     13 | severity: block
        | ^^^^^^^^ allowed here: waivers, extends, lessons, gate, comments, ignore
  "
`);
  });

  test('settings that are not YAML, or no settings', () => {
    expect(printed('gate: block\n\tignore: []\n')).toMatchInlineSnapshot(`
      "
      .github/once-bitten.yml:2:1  this line is indented with a tab
          1 | gate: block
          2 | →ignore: []
            | ^ indent with spaces
      "
    `);
    expect(printed('- gate: block\n')).toMatchInlineSnapshot(`
      "
      .github/once-bitten.yml:1:1  the settings must be a mapping of keys, such as gate: block, not a list
          1 | - gate: block
            | ^
      "
    `);
    expect(read('gate: warn\ngate: block\n').faults.map((fault) => fault.code)).toEqual(['settings/not-yaml']);
    expect(read(`gate: warn # ${'x'.repeat(70_000)}`).faults.map((fault) => fault.code)).toEqual(['settings/too-large']);
  });

  test('what is right beside a slip still holds, key by key and lesson by lesson', () => {
    const { settings, faults } = read(`
extends: []
gate: blok
ignore: ["docs/**"]
comments: { inline: 5, per-lesson: many }
lessons:
  n-plus-one: { severity: block }
  missing-limit: { severity: blok }
  sql-injection: off
  nobody: off
waivers: { allow: false }
`);
    expect(faults).toHaveLength(4);
    expect(settings).toEqual({
      ...defaultSettings,
      extends: [],
      ignore: ['docs/**'],
      lessons: new Map<string, unknown>([['n-plus-one', { severity: 'block' }], ['sql-injection', 'off']]),
      waivers: { ...defaultSettings.waivers, allow: false },
    });
  });

  test('a lesson that is named twice keeps its first setting and is told', () => {
    const { settings, faults } = read('lessons:\n  n-plus-one: off\n  n-plus-one: { severity: note }\n');
    expect(faults.map((fault) => fault.code)).toEqual(['settings/not-yaml']);
    expect(settings.gate).toBe('block');
  });

  test.for<[string, string]>([
    ['thousands of lessons', `lessons:\n${Array.from({ length: 5_000 }, (_, index) => `  l${index}: off`).join('\n')}`],
    ['thousands of packs', `extends: [${'once-bitten:x, '.repeat(4_000)}]`],
    ['thousands of globs', `ignore: [${'"/x", '.repeat(9_000)}]`],
  ])('quickly, with %s', ([, text], { expect: here }) => {
    const before = performance.now();
    const { faults } = read(text);
    here(performance.now() - before).toBeLessThan(5_000);
    here(faults.length).toBeGreaterThan(0);
    here(faults.length).toBeLessThan(50);
  });
});
