import { describe, expect, test } from 'vitest';
import { formatFault } from '../../src/fault.ts';
import { duplicateIds, readLesson } from '../../src/lessons/read-lesson.ts';
import type { CardPlace } from '../../src/lessons/lesson.ts';
import { cardWith } from './sound-card.ts';
import { knownWords } from './words.ts';

const file = '.github/lessons/orders.yml';
const read = (text: string) => readLesson(text, file, { knownWords });
const printed = (text: string) => `\n${read(text).faults.map(formatFault).join('\n\n')}\n`;
const codes = (text: string) => read(text).faults.map((fault) => fault.code);

describe('a sound card', () => {
  const text = `
id: n-plus-one
title: Load related rows in one query
severity: block
status: trial
story:
  what: |
    Listing 100 users took over 10,000 queries.
  cost: { minutes: 95, money: "about 18,000 EUR", people-days: 2.5 }
lesson: Ask once for all rows.
links: { docs: https://example.com/a?b=c, postmortem: docs/2025.md, fix: "#812" }
ask: ["@acme/data"]
scope: { files: ["**/*.ts"], except: ["**/*.test.ts"] }
message: "\`$CALL\` goes to the database once for every $ITEM of \`$LIST\`, as db.$queryRaw would."
detect:
  is: { db-call: { as: $CALL, verb: [read-many, read-one], bounded: false } }
  inside: { is: { iteration: { item: $ITEM, list: $LIST } } }
  where:
    $LIST: { text: '^users\\b', literal: false }
    $CALL: { number: ">= 5.5", is: db-call }
grades: [ { when: { is: { db-call: { verb: write } } }, severity: note } ]
fine-when:
  - inside: { code: "chunk($LIST, $$$REST)", from: lodash }
    because: one query per chunk is the fix
fix: { steps: [collect the ids, ask once], replace: "loadAll($LIST)", safe: true }
examples:
  bad:
    - "for (const u of users) await db.post.findMany({ where: { id: u.id } });"
    - |
      users.map(async (u) => {
        await db.post.findMany();
      });
  good:
    - { file: src/a.ts, code: await db.post.findMany() }
expires: { review: 2027-06-01 }
waivers: false
`;

  test('becomes a lesson with every part of it, and places for what is proven later', () => {
    const { lesson, faults, id } = read(text);
    expect(faults).toEqual([]);
    expect(id).toBe('n-plus-one');
    expect(lesson).toMatchObject({
      id: 'n-plus-one', severity: 'block', status: 'trial', waivable: false, origin: file, review: '2027-06-01',
      story: { what: 'Listing 100 users took over 10,000 queries.', cost: { minutes: 95, money: 'about 18,000 EUR', 'people-days': 2.5 } },
      links: { docs: 'https://example.com/a?b=c', postmortem: 'docs/2025.md', fix: '#812' },
      ask: ['@acme/data'], steps: ['collect the ids', 'ask once'],
      scope: { files: ['**/*.ts'], except: ['**/*.test.ts'] },
      detect: {
        is: { word: 'db-call', as: '$CALL', attributes: { verb: { equals: ['read-many', 'read-one'] }, bounded: { equals: [false] } } },
        inside: { is: { word: 'iteration', attributes: { item: { bind: '$ITEM' }, list: { bind: '$LIST' } } } },
        where: [
          { variable: '$LIST', text: { source: '^users\\b' }, literal: false },
          { variable: '$CALL', number: { operator: '>=', value: 5.5 }, is: { word: 'db-call', attributes: {} } },
        ],
      },
      grades: [{ when: { is: { word: 'db-call', attributes: { verb: { equals: ['write'] } } } }, severity: 'note' }],
      fineWhen: [{ because: 'one query per chunk is the fix', matcher: { inside: { code: { text: 'chunk($LIST, $$$REST)', from: 'lodash' } } } }],
      replace: { text: 'loadAll($LIST)', safe: true },
    });
    expect(lesson!.examples.bad.map((example) => example.code)).toEqual([
      'for (const u of users) await db.post.findMany({ where: { id: u.id } });',
      'users.map(async (u) => {\n  await db.post.findMany();\n});\n',
    ]);
    expect(lesson!.examples.good).toMatchObject([{ code: 'await db.post.findMany()', file: 'src/a.ts' }]);
  });

  test.for<[string, (from: string) => string]>([['as it is', (from) => from], ['with a byte order mark and CR LF', (from) => `\ufeff${from.replaceAll('\n', '\r\n')}`]])(
    'knows where its parts stand, %s', ([, written], { expect: here }) => {
      const { lesson } = read(written(text));
      const lines = text.split('\n');
      const standsAt = ({ line, column }: CardPlace) => lines[line - 1]!.slice(column - 1);
      const places: [CardPlace, string][] = [
        [lesson!.detect!.is!.at, 'db-call'],
        [lesson!.detect!.inside!.at, '{ is: { iteration'],
        [lesson!.detect!.where![0]!.at, '$LIST: {'],
        [lesson!.detect!.where![0]!.text!.at, '^users'],
        [lesson!.fineWhen[0]!.matcher.inside!.code!.at, 'chunk('],
        [lesson!.replace!.at, 'loadAll('],
        [lesson!.examples.bad[0]!.at, 'for (const'],
        [lesson!.examples.bad[1]!.at, 'users.map('],
        [lesson!.examples.good[0]!.at, 'await db'],
      ];
      for (const [place, beginning] of places) {
        here(standsAt(place).slice(0, beginning.length)).toBe(beginning);
        here(place.file).toBe(file);
      }
      here(lesson!.examples.bad[1]!.code).toBe('users.map(async (u) => {\n  await db.post.findMany();\n});\n');
    },
  );

  test('is plain data, so that built-in cards can be kept as JSON', () => {
    const { lesson } = read(text);
    expect(JSON.parse(JSON.stringify(lesson))).toEqual(lesson);
  });

  test('needs few keys: what is not said is warn, active, everywhere and waivable', () => {
    expect(read(cardWith()).lesson).toMatchObject({
      severity: 'warn', status: 'active', waivable: true, scope: { files: ['**'], except: [] }, links: {}, ask: [], steps: [], grades: [], fineWhen: [],
    });
  });

  test('without detect reminds as a note', () => {
    const { lesson, faults } = read(cardWith({ message: undefined, detect: undefined, examples: undefined, touches: 'touches: { files: ["billing/**"], symbols: [charge] }' }));
    expect(faults).toEqual([]);
    expect(lesson).toMatchObject({ severity: 'note', touches: { files: ['billing/**'], symbols: ['charge'] } });
    expect(lesson!.detect).toBeUndefined();
  });

  test('may use an anchor for what it says twice', () => {
    const { lesson, faults } = read(cardWith({ scope: 'scope: { files: &code ["src/**"], except: ["src/gen/**"] }', detect: 'detect: &d { is: { db-call: { as: $CALL } }, inside: { is: { iteration: { item: $ITEM } } } }', grades: 'grades: [ { when: *d, severity: note } ]' }));
    expect(faults).toEqual([]);
    expect(lesson!.grades[0]!.when.is?.word).toBe('db-call');
  });

  test('may name what code itself begins with a dollar sign', () => {
    const detect = 'detect: { code: "$DB.$queryRaw({ $where: $X, a: \'$lower\' })", where: { $DB: { literal: false } } }';
    expect(read(cardWith({ detect, message: 'message: "$DB.$queryRaw takes `$X`"' })).faults).toEqual([]);
  });

  test('says its origin when it is given one', () => {
    expect(readLesson(cardWith(), 'lessons/a.yml', { knownWords, origin: 'built-in' }).lesson?.origin).toBe('built-in');
  });
});

describe('what a team reads when a card is wrong', () => {
  test('keys that do not exist', () => {
    expect(printed(`id: orders-n-plus-one
titel: Load order lines at once
story:
  what: At month end 4,100 orders exhausted the pool.
  cost: { minutes: 47, customers: 3 }
lesson: One call with all ids.
mesage: "\`$CALL\` runs for every order"
detect:
  is: { db-call: { as: $CALL } }
  insde: { is: iteration }
  reaches: { is: secret }
  pattern: db.find($X)
  where: { $CALL: { regex: ^db } }
examples:
  bad: ["a"]
  message: too deep
  good: ["b"]
what: too high
`)).toMatchInlineSnapshot(`
  "
  .github/lessons/orders.yml:2:1  unknown key "titel"
      1 | id: orders-n-plus-one
      2 | titel: Load order lines at once
        | ^^^^^ did you mean "title"?
     allowed here: title, id, status, links, detect, fix, story, ask, scope, grades, expires, touches, …

  .github/lessons/orders.yml:5:24  unknown key "customers"
      4 |   what: At month end 4,100 orders exhausted the pool.
      5 |   cost: { minutes: 47, customers: 3 }
        |                        ^^^^^^^^^ did you mean "users"?
     allowed here: users, minutes, money, people-days

  .github/lessons/orders.yml:7:1  unknown key "mesage"
      6 | lesson: One call with all ids.
      7 | mesage: "\`$CALL\` runs for every order"
        | ^^^^^^ did you mean "message"?
     allowed here: message, lesson, title, ask, scope, detect, grades, id, status, story, links, fix, …

  .github/lessons/orders.yml:10:3  unknown key "insde"
      9 |   is: { db-call: { as: $CALL } }
     10 |   insde: { is: iteration }
        |   ^^^^^ did you mean "inside"?
     allowed here: inside, is, code, any, not, file, where, from, after, before, all, text, …

  .github/lessons/orders.yml:12:3  unknown key "pattern"
     11 |   reaches: { is: secret }
     12 |   pattern: db.find($X)
        |   ^^^^^^^ did you mean "code"?
     allowed here: after, text, where, code, contains, before, reaches, without, any, all, not, together, …

  .github/lessons/orders.yml:13:21  unknown key "regex"
     12 |   pattern: db.find($X)
     13 |   where: { $CALL: { regex: ^db } }
        |                     ^^^^^ did you mean "text"?
     allowed here: text, number, is, one-of, literal

  .github/lessons/orders.yml:16:3  unknown key "message"
     15 |   bad: ["a"]
     16 |   message: too deep
        |   ^^^^^^^ "message" belongs at the top of the card; is it indented too far?

  .github/lessons/orders.yml:18:1  unknown key "what"
     17 |   good: ["b"]
     18 | what: too high
        | ^^^^ "what" belongs under "story"
  "
`);
  });

  test('keys that are missing', () => {
    expect(printed('severity: warn\nstory: { cost: { minutes: 5 } }\ndetect: { is: secret }\n')).toMatchInlineSnapshot(`
      "
      .github/lessons/orders.yml:1:1  "id", "title" and "lesson" are missing
         add these keys:
         id: The name of the lesson, such as n-plus-one: what waivers and settings call it.
         title: The lesson in one short line.
         lesson: What we do now, in one or two sentences.

      .github/lessons/orders.yml:2:1  "what" is missing
          1 | severity: warn
          2 | story: { cost: { minutes: 5 } }
            | ^^^^^ what: What happened, in one to four sentences. No names of people.

      .github/lessons/orders.yml:3:1  a card with "detect" also needs "message" and "examples"
          2 | story: { cost: { minutes: 5 } }
          3 | detect: { is: secret }
            | ^^^^^^ add these keys:
         message: one sentence about the line, with $X for what was found
         examples: { bad: […], good: […] }, because a card must prove that it bites
      "
    `);
  });

  test('values of the wrong kind', () => {
    expect(printed(cardWith({
      id: 'id: 12345678',
      title: 'title: 2027',
      story: 'story: { what: true, cost: { minutes: "95", users: -1 } }',
      severity: 'severity: error',
      status: 'status:',
      links: 'links:\n  fix: #812\n  docs: "javascript:alert(1)"',
      ask: 'ask: "@acme/data"',
      scope: 'scope: "**/*.ts"',
      expires: 'expires: { review: 2027-02-30 }',
      waivers: 'waivers: no',
      fix: 'fix: { safe: true, steps: [5] }',
    }))).toMatchInlineSnapshot(`
      "
      .github/lessons/orders.yml:1:5  "id" must be lower-case words with hyphens, such as n-plus-one, not 12345678
          1 | id: 12345678
            |     ^^^^^^^^

      .github/lessons/orders.yml:2:8  "title" must be a text, not 2027
          1 | id: 12345678
          2 | title: 2027
            |        ^^^^ without quotes YAML reads a number here; in quotes it is a text: "2027"

      .github/lessons/orders.yml:3:16  "what" must be a text, not true
          2 | title: 2027
          3 | story: { what: true, cost: { minutes: "95", users: -1 } }
            |                ^^^^
         without quotes YAML reads true or false here; in quotes it is a text: "true"

      .github/lessons/orders.yml:3:39  "minutes" must be a number, not "95"
          2 | title: 2027
          3 | story: { what: true, cost: { minutes: "95", users: -1 } }
            |                                       ^^^^ without quotes: 95

      .github/lessons/orders.yml:3:52  "users" must not be below 0
          2 | title: 2027
          3 | story: { what: true, cost: { minutes: "95", users: -1 } }
            |                                                    ^^

      .github/lessons/orders.yml:8:11  "severity" must be note, warn or block, not "error"
          7 | examples: { bad: ["for (const u of us) await db.find(u)"], good: ["await db.find(us)"] }
          8 | severity: error
            |           ^^^^^ did you mean "block"?

      .github/lessons/orders.yml:9:1  "status" must be draft, trial, active or retired, not nothing
          8 | severity: error
          9 | status:
            | ^^^^^^

      .github/lessons/orders.yml:11:3  "fix" must be a text, not nothing
         10 | links:
         11 |   fix: #812
            |   ^^^ "#812" begins a comment in YAML; put it in quotes

      .github/lessons/orders.yml:12:9  the link "docs" leads nowhere
         11 |   fix: #812
         12 |   docs: "javascript:alert(1)"
            |         ^^^^^^^^^^^^^^^^^^^^^
         write an address that begins with https://, a path in the repository, or "#123"

      .github/lessons/orders.yml:13:6  "ask" must be a list such as ["@acme/data"], not "@acme/data"
         12 |   docs: "javascript:alert(1)"
         13 | ask: "@acme/data"
            |      ^^^^^^^^^^^^
         write it as a list: ["…"], or each entry on a line of its own after a hyphen

      .github/lessons/orders.yml:14:8  "scope" must be { files: […], except: […] }, not "**/*.ts"
         13 | ask: "@acme/data"
         14 | scope: "**/*.ts"
            |        ^^^^^^^^^

      .github/lessons/orders.yml:15:20  "review" must be a day such as 2027-06-01, not "2027-02-30"
         14 | scope: "**/*.ts"
         15 | expires: { review: 2027-02-30 }
            |                    ^^^^^^^^^^

      .github/lessons/orders.yml:16:10  "waivers" must be true or false, not "no"
         15 | expires: { review: 2027-02-30 }
         16 | waivers: no
            |          ^^ did you mean false?

      .github/lessons/orders.yml:17:14  "safe" needs "replace" beside it
         16 | waivers: no
         17 | fix: { safe: true, steps: [5] }
            |              ^^^^ say in replace what the code becomes

      .github/lessons/orders.yml:17:28  "steps[0]" must be a text, not 5
         16 | waivers: no
         17 | fix: { safe: true, steps: [5] }
            |                            ^
         without quotes YAML reads a number here; in quotes it is a text: "5"
      "
    `);
  });

  test('words, attributes and values that the vocabulary does not have', () => {
    expect(printed(cardWith({
      detect: `detect:
  is: { db-cal: { as: $CALL } }
  inside: { is: { iteration: { itm: $ITEM, over: dataa } } }
  any:
    - is: loop
    - is: { db-call: { bounded: "false", verb: [write, reed-many] } }
    - is: { db-call: {}, secret: {} }
    - is: { db-call: }
    - {}`,
    }))).toMatchInlineSnapshot(`
      "
      .github/lessons/orders.yml:7:9  "db-cal" is not a word of the vocabulary
          6 | detect:
          7 |   is: { db-cal: { as: $CALL } }
            |         ^^^^^^ did you mean "db-call"?
         words: db-call, secret, iteration, request-handler, untrusted-input

      .github/lessons/orders.yml:8:32  "iteration" has no attribute "itm"
          7 |   is: { db-cal: { as: $CALL } }
          8 |   inside: { is: { iteration: { itm: $ITEM, over: dataa } } }
            |                                ^^^ did you mean "item"?
         allowed here: item, list, as, over

      .github/lessons/orders.yml:8:50  "over" of iteration is data, constant, chunks, pages or attempts, never "dataa"
          7 |   is: { db-cal: { as: $CALL } }
          8 |   inside: { is: { iteration: { itm: $ITEM, over: dataa } } }
            |                                                  ^^^^^ did you mean "data"?

      .github/lessons/orders.yml:10:11  "loop" is not a word of the vocabulary
          9 |   any:
         10 |     - is: loop
            |           ^^^^ words: db-call, secret, iteration, untrusted-input, request-handler

      .github/lessons/orders.yml:11:33  "bounded" of db-call is true or false, never "false"
         10 |     - is: loop
         11 |     - is: { db-call: { bounded: "false", verb: [write, reed-many] } }
            |                                 ^^^^^^^ without quotes: false

      .github/lessons/orders.yml:11:56  "verb" of db-call is read-many, read-one, write, aggregate or raw, never "reed-many"
         10 |     - is: loop
         11 |     - is: { db-call: { bounded: "false", verb: [write, reed-many] } }
            |                                                        ^^^^^^^^^ did you mean "read-many"?

      .github/lessons/orders.yml:12:26  "is" takes one word, not "db-call" and "secret"
         11 |     - is: { db-call: { bounded: "false", verb: [write, reed-many] } }
         12 |     - is: { db-call: {}, secret: {} }
            |                          ^^^^^^ for either of them write any: [ { is: … }, { is: … } ]

      .github/lessons/orders.yml:13:13  nothing follows "db-call"
         12 |     - is: { db-call: {}, secret: {} }
         13 |     - is: { db-call: }
            |             ^^^^^^^ without attributes write is: db-call

      .github/lessons/orders.yml:14:7  an empty matcher matches everything
         13 |     - is: { db-call: }
         14 |     - {}
            |       ^ say what to look for: is, code, inside, …
      "
    `);
  });

  test('variables that are misspelt or that nothing binds', () => {
    expect(printed(cardWith({
      message: 'message: "`$CALL` runs $TIMES for $item with $T and $LEFT"',
      detect: `detect:
  is: { db-call: { as: $CALL, table: $Table } }
  any: [ { code: "f($LEFT)" }, { code: "g($RIGHT)" } ]
  without: { code: "{ timeout: $T }", where: { $T: { literal: true } } }
  where: { $T: { number: "> 5" }, CALL: { literal: true } }`,
      grades: 'grades: [ { when: { where: { $NOBODY: { text: x } } }, severity: note } ]',
      fix: 'fix: { replace: "h($RIGHT, $call)" }',
    }))).toMatchInlineSnapshot(`
      "
      .github/lessons/orders.yml:5:24  nothing binds $TIMES
          4 | lesson: Ask once for all rows, never once per row.
          5 | message: "\`$CALL\` runs $TIMES for $item with $T and $LEFT"
            |                        ^^^^^^ bound here: $CALL, $LEFT, $RIGHT, $T, $TABLE

      .github/lessons/orders.yml:5:35  "$item" is not a variable: those are $ and upper-case letters
          4 | lesson: Ask once for all rows, never once per row.
          5 | message: "\`$CALL\` runs $TIMES for $item with $T and $LEFT"
            |                                   ^^^^^
         a name that code itself begins with $ is written behind a dot: db.$queryRaw

      .github/lessons/orders.yml:7:38  "$Table" is not a variable: those are $ and upper-case letters
          6 | detect:
          7 |   is: { db-call: { as: $CALL, table: $Table } }
            |                                      ^^^^^^ did you mean "$TABLE"?

      .github/lessons/orders.yml:10:35  "CALL" is not a variable: those are $ and upper-case letters
          9 |   without: { code: "{ timeout: $T }", where: { $T: { literal: true } } }
         10 |   where: { $T: { number: "> 5" }, CALL: { literal: true } }
            |                                   ^^^^ did you mean "$CALL"?

      .github/lessons/orders.yml:12:30  nothing binds $NOBODY
         11 | examples: { bad: ["for (const u of us) await db.find(u)"], good: ["await db.find(us)"] }
         12 | grades: [ { when: { where: { $NOBODY: { text: x } } }, severity: note } ]
            |                              ^^^^^^^ bound here: $CALL, $LEFT, $RIGHT, $T, $TABLE

      .github/lessons/orders.yml:13:28  "$call" is not a variable: those are $ and upper-case letters
         12 | grades: [ { when: { where: { $NOBODY: { text: x } } }, severity: note } ]
         13 | fix: { replace: "h($RIGHT, $call)" }
            |                            ^^^^^ did you mean "$CALL"?
      "
    `);
  });

  test('variables that are bound somewhere else', () => {
    expect(printed(cardWith({
      message: 'message: "`$CALL` runs with $T and $LEFT"',
      detect: `detect:
  is: { db-call: { as: $CALL } }
  any: [ { code: "f($LEFT)", where: { $LEFT: { literal: true } } }, { code: "g($RIGHT)", where: { $LEFT: { literal: true } } } ]
  without: { code: "{ timeout: $T }", where: { $T: { literal: true }, $CALL: { literal: true } } }
  where: { $T: { number: "> 5" } }`,
    }))).toMatchInlineSnapshot(`
      "
      .github/lessons/orders.yml:5:29  nothing binds $T
          4 | lesson: Ask once for all rows, never once per row.
          5 | message: "\`$CALL\` runs with $T and $LEFT"
            |                             ^^
         it stands under "not" or "without" only, and what they look for is not there

      .github/lessons/orders.yml:5:36  nothing binds $LEFT
          4 | lesson: Ask once for all rows, never once per row.
          5 | message: "\`$CALL\` runs with $T and $LEFT"
            |                                    ^^^^^
         only some branches of "any" bind it; bind it in each of them

      .github/lessons/orders.yml:8:99  nothing binds $LEFT
          8 | …re: { $LEFT: { literal: true } } }, { code: "g($RIGHT)", where: { $LEFT: { literal: true } } } ]
            |                                                                    ^^^^^
         bound here: $CALL, $RIGHT

      .github/lessons/orders.yml:10:12  nothing binds $T
          9 |   without: { code: "{ timeout: $T }", where: { $T: { literal: true }, $CALL: { literal: true } }…
         10 |   where: { $T: { number: "> 5" } }
            |            ^^ it stands under "not" or "without" only, and what they look for is not there
      "
    `);
  });

  test('regular expressions and comparisons', () => {
    expect(printed(cardWith({
      detect: `detect:
  is: { db-call: { as: $CALL } }
  inside: { is: { iteration: { item: $ITEM } } }
  where:
    $CALL: { text: '(?!a)b' }
    $ITEM: { text: '[z-a]', number: 5 }
  all:
    - where:
        $CALL:
          text: |
            ^db
    - where: { $CALL: { number: "above 5" } }
    - where: { $CALL: {} }`,
    }))).toMatchInlineSnapshot(`
      "
      .github/lessons/orders.yml:10:20  the regular expression cannot be used: invalid or unsupported Perl syntax: \`(?!\`
          9 |   where:
         10 |     $CALL: { text: '(?!a)b' }
            |                    ^^^^^^^^
         expressions run in linear time (RE2), which has no look-around and no back-references

      .github/lessons/orders.yml:11:20  the regular expression cannot be used: invalid character class range: \`z-a\`
         10 |     $CALL: { text: '(?!a)b' }
         11 |     $ITEM: { text: '[z-a]', number: 5 }
            |                    ^^^^^^^ in single quotes a backslash is written once; the syntax is RE2

      .github/lessons/orders.yml:11:37  "number" must be a comparison such as "> 5000", "<= 10" or "= 0", not 5
         10 |     $CALL: { text: '(?!a)b' }
         11 |     $ITEM: { text: '[z-a]', number: 5 }
            |                                     ^

      .github/lessons/orders.yml:16:13  the regular expression holds a line break, so it hardly ever matches
         15 |           text: |
         16 |             ^db
            |             ^^^
         a YAML block with | or > ends with a line break; put the expression in single quotes

      .github/lessons/orders.yml:17:33  "number" must be a comparison such as "> 5000", "<= 10" or "= 0", not "above 5"
         16 |             ^db
         17 |     - where: { $CALL: { number: "above 5" } }
            |                                 ^^^^^^^^^

      .github/lessons/orders.yml:18:23  nothing is asked of $CALL
         17 |     - where: { $CALL: { number: "above 5" } }
         18 |     - where: { $CALL: {} }
            |                       ^ ask for text, number, one-of, is or literal
      "
    `);
  });

  test('globs', () => {
    expect(printed(cardWith({
      scope: String.raw`scope:
  files: ["/src/**", ./src, "!gen/**", 'src\lib\*.ts', "src/", "a{b", "app/(auth)/**"]
  except: ["../x", "*a*b*c*d", " x", 5]`,
    }))).toMatchInlineSnapshot(`
      "
      .github/lessons/orders.yml:9:11  paths count from the root of the repository, without a slash before them
          8 | scope:
          9 |   files: ["/src/**", ./src, "!gen/**", 'src\\lib\\*.ts', "src/", "a{b", "app/(auth)/**"]
            |           ^^^^^^^^^ write "src/**"

      .github/lessons/orders.yml:9:22  paths count from the root of the repository, without a slash before them
          8 | scope:
          9 |   files: ["/src/**", ./src, "!gen/**", 'src\\lib\\*.ts', "src/", "a{b", "app/(auth)/**"]
            |                      ^^^^^ write "src"

      .github/lessons/orders.yml:9:29  a glob cannot begin with !
          8 | scope:
          9 |   files: ["/src/**", ./src, "!gen/**", 'src\\lib\\*.ts', "src/", "a{b", "app/(auth)/**"]
            |                             ^^^^^^^^^ list what is left alone under "except": "gen/**"

      .github/lessons/orders.yml:9:40  folders are separated by / in a glob
          8 | scope:
          9 |   files: ["/src/**", ./src, "!gen/**", 'src\\lib\\*.ts', "src/", "a{b", "app/(auth)/**"]
            |                                        ^^^^^^^^^^^^^^ write "src/lib/*.ts"

      .github/lessons/orders.yml:9:56  a folder alone matches no file
          8 | scope:
          9 |   files: ["/src/**", ./src, "!gen/**", 'src\\lib\\*.ts', "src/", "a{b", "app/(auth)/**"]
            |                                                        ^^^^^^ write "src/**"

      .github/lessons/orders.yml:9:64  missing closing: "}" - use "\\}" to match literal characters
          8 | scope:
          9 |   files: ["/src/**", ./src, "!gen/**", 'src\\lib\\*.ts', "src/", "a{b", "app/(auth)/**"]
            |                                                                ^^^^^
         every bracket needs its partner

      .github/lessons/orders.yml:9:71  parentheses have no meaning in a glob
          8 | scope:
          9 |   files: ["/src/**", ./src, "!gen/**", 'src\\lib\\*.ts', "src/", "a{b", "app/(auth)/**"]
            |                                                                       ^^^^^^^^^^^^^^^
         for a choice write {a,b}; for a folder that is named so put a backslash before each

      .github/lessons/orders.yml:10:12  a glob cannot leave the repository
          9 |   files: ["/src/**", ./src, "!gen/**", 'src\\lib\\*.ts', "src/", "a{b", "app/(auth)/**"]
         10 |   except: ["../x", "*a*b*c*d", " x", 5]
            |            ^^^^^^ paths count from the root of the repository

      .github/lessons/orders.yml:10:20  a part of the glob has more than 3 stars
          9 |   files: ["/src/**", ./src, "!gen/**", 'src\\lib\\*.ts', "src/", "a{b", "app/(auth)/**"]
         10 |   except: ["../x", "*a*b*c*d", " x", 5]
            |                    ^^^^^^^^^^ write two globs instead

      .github/lessons/orders.yml:10:32  the glob begins or ends with a space
          9 |   files: ["/src/**", ./src, "!gen/**", 'src\\lib\\*.ts', "src/", "a{b", "app/(auth)/**"]
         10 |   except: ["../x", "*a*b*c*d", " x", 5]
            |                                ^^^^ write "x"

      .github/lessons/orders.yml:10:38  "except[3]" must be a text, not 5
          9 |   files: ["/src/**", ./src, "!gen/**", 'src\\lib\\*.ts', "src/", "a{b", "app/(auth)/**"]
         10 |   except: ["../x", "*a*b*c*d", " x", 5]
            |                                      ^
         without quotes YAML reads a number here; in quotes it is a text: "5"
      "
    `);
  });

  test('a detect that does not look for anything', () => {
    expect(printed(cardWith({ message: 'message: m', detect: 'detect: { inside: { is: iteration } }' }))).toMatchInlineSnapshot(`
      "
      .github/lessons/orders.yml:6:1  "detect" does not say what to look for
          5 | message: m
          6 | detect: { inside: { is: iteration } }
            | ^^^^^^
         it needs is, code, removed, text, file or together (with any: in every branch); the other keys only narrow that down
      "
    `);
    expect(codes(cardWith({ message: 'message: m', detect: 'detect: { any: [ { is: secret }, { not: { is: secret } } ] }' }))).toEqual(['lesson/wrong-value']);
    expect(codes(cardWith({ message: 'message: m', detect: 'detect: { all: [ { is: secret }, { not: { is: db-call } } ] }' }))).toEqual([]);
  });

  test('a card that can never speak', () => {
    expect(printed(cardWith({ detect: undefined, severity: 'severity: block', grades: 'grades: []' }))).toMatchInlineSnapshot(`
      "
      .github/lessons/orders.yml:1:1  this card can never speak: it has neither "detect" nor "touches"
          1 | id: n-plus-one
            | ^^
         say in detect what to look for, or in touches which files recall it; until then status: draft

      .github/lessons/orders.yml:7:1  a card without "detect" only reminds: its severity is note
          6 | examples: { bad: ["for (const u of us) await db.find(u)"], good: ["await db.find(us)"] }
          7 | severity: block
            | ^^^^^^^^ write severity: note, or say in detect what to look for

      .github/lessons/orders.yml:8:1  "grades" needs "detect" beside it
          7 | severity: block
          8 | grades: []
            | ^^^^^^ say in detect what to look for
      "
    `);
    expect(codes(cardWith({ detect: undefined, status: 'status: draft' }))).toEqual([]);
  });

  test('a detect without message and examples', () => {
    expect(printed(cardWith({ message: undefined, examples: undefined }))).toMatchInlineSnapshot(`
      "
      .github/lessons/orders.yml:5:1  a card with "detect" also needs "message" and "examples"
          4 | lesson: Ask once for all rows, never once per row.
          5 | detect: { is: { db-call: { as: $CALL } }, inside: { is: { iteration: { item: $ITEM } } } }
            | ^^^^^^ add these keys:
         message: one sentence about the line, with $X for what was found
         examples: { bad: […], good: […] }, because a card must prove that it bites
      "
    `);
  });

  test('examples that prove nothing', () => {
    expect(printed(cardWith({ examples: 'examples: { bad: [], good: [" ", { code: x, file: ../../etc/passwd }, { code: y, also-changed: [a] }] }' }))).toMatchInlineSnapshot(`
      "
      .github/lessons/orders.yml:7:18  "bad" must hold at least one example
          6 | detect: { is: { db-call: { as: $CALL } }, inside: { is: { iteration: { item: $ITEM } } } }
          7 | examples: { bad: [], good: [" ", { code: x, file: ../../etc/passwd }, { code: y, also-changed: […
            |                  ^

      .github/lessons/orders.yml:7:29  "good[0]" must not be empty
          6 | detect: { is: { db-call: { as: $CALL } }, inside: { is: { iteration: { item: $ITEM } } } }
          7 | examples: { bad: [], good: [" ", { code: x, file: ../../etc/passwd }, { code: y, also-changed: […
            |                             ^^^

      .github/lessons/orders.yml:7:51  the file of an example is a path in the repository
          6 | … { is: { db-call: { as: $CALL } }, inside: { is: { iteration: { item: $ITEM } } } }
          7 | …s: { bad: [], good: [" ", { code: x, file: ../../etc/passwd }, { code: y, also-changed: [a] }] }
            |                                             ^^^^^^^^^^^^^^^^ such as src/orders.ts
      "
    `);
  });

  test('a misspelt detect is not also missed elsewhere', () => {
    expect(codes(cardWith({ detect: 'detct: { is: db-call }', 'fine-when': 'fine-when: [ { is: secret, because: b } ]' }))).toEqual(['lesson/unknown-key']);
  });
});

describe('the traps of YAML', () => {
  const traps: [string, string][] = [
    ['a tab', 'id: a\n\ttitle: b\n\tlesson: c\n'],
    ['a tab further down', cardWith({ fix: 'fix:\n\tsteps: [a]' })],
    ['an empty file', ''],
    ['only comments', '# to be written\n\n'],
    ['two documents', `---\n${cardWith()}---\nid: other\n`],
    ['a key twice', cardWith({ severity: 'severity: note\nseverity: block' })],
    ['a glob without quotes', cardWith({ scope: 'scope: { files: [**/*.ts], except: [!src/**] }' })],
    ['a handle without quotes', cardWith({ ask: 'ask: @acme/data' })],
    ['backticks without quotes', cardWith({ message: 'message: `$CALL` runs' })],
    ['a colon inside a text', cardWith({ title: 'title: Queries: one, not many' })],
    ['an apostrophe inside single quotes', cardWith({ title: "title: 'the user's posts'" })],
    ['a backslash inside double quotes', cardWith({ detect: 'detect: { code: "a", where: { $A: { text: "\\d" } } }' })],
    ['a comparison without quotes', cardWith({ detect: 'detect:\n  code: f($A)\n  where:\n    $A:\n      number: > 5' })],
    ['a bracket left open', cardWith({ ask: 'ask: ["@acme/data"\nwaivers: true' })],
    ['a line too far to the right', cardWith({ severity: ' severity: warn' })],
    ['a hyphen where a key belongs', cardWith({ severity: '- severity: warn' })],
    ['a list instead of a card', '- id: a\n- id: b\n'],
    ['no structure at all', 'Never query in a loop!\n'],
    ['a tag', cardWith({ title: 'title: !!js/function "x"' })],
    ['a list as a key', cardWith({ x: '? [a]\n: b' })],
    ['the prototype', cardWith({ x: '__proto__: { id: other }\nconstructor: 1' })],
    ['a file that is no text', 'id: a\u0000b\n'],
    ['the number 1e5 for a text', cardWith({ title: 'title: 1e5' })],
  ];

  test('are named, and none of them lets a card through', () => {
    for (const [, text] of traps) expect(read(text).lesson).toBeUndefined();
    expect(traps.map(([name, text]) => `\n# ${name}${printed(text)}`).join('')).toMatchInlineSnapshot(`
      "
      # a tab
      .github/lessons/orders.yml:2:1  this line is indented with a tab
          1 | id: a
          2 | →title: b
            | ^ indent with spaces (also line 3)

      # a tab further down
      .github/lessons/orders.yml:9:1  this line is indented with a tab
          8 | fix:
          9 | →steps: [a]
            | ^ indent with spaces

      # an empty file
      .github/lessons/orders.yml:1:1  the card is empty
         a card needs id, title, story and lesson

      # only comments
      .github/lessons/orders.yml:1:1  the card is empty
         a card needs id, title, story and lesson

      # two documents
      .github/lessons/orders.yml:9:1  a second document begins here
          8 | examples: { bad: ["for (const u of us) await db.find(u)"], good: ["await db.find(us)"] }
          9 | ---
            | ^^^ the card is one YAML document; put the other one into a file of its own

      # a key twice
      .github/lessons/orders.yml:9:1  "severity" stands here a second time
          8 | severity: note
          9 | severity: block
            | ^^^^^^^^ keep one of the two; YAML does not join them

      # a glob without quotes
      .github/lessons/orders.yml:8:18  "**/*.ts" refers to an anchor that is not defined above
          7 | examples: { bad: ["for (const u of us) await db.find(u)"], good: ["await db.find(us)"] }
          8 | scope: { files: [**/*.ts], except: [!src/**] }
            |                  ^^^^^^^ a text that begins with * must be in quotes: "**/*.ts"

      .github/lessons/orders.yml:8:37  "!src/**" is a YAML tag, and tags have no meaning here
          7 | examples: { bad: ["for (const u of us) await db.find(u)"], good: ["await db.find(us)"] }
          8 | scope: { files: [**/*.ts], except: [!src/**] }
            |                                     ^^^^^^^
         a text that begins with ! must be in quotes: "!src/**"

      # a handle without quotes
      .github/lessons/orders.yml:8:6  a value in YAML cannot begin with @
          7 | examples: { bad: ["for (const u of us) await db.find(u)"], good: ["await db.find(us)"] }
          8 | ask: @acme/data
            |      ^^^^^^^^^^ put the whole value in quotes

      # backticks without quotes
      .github/lessons/orders.yml:5:10  a value in YAML cannot begin with \`
          4 | lesson: Ask once for all rows, never once per row.
          5 | message: \`$CALL\` runs
            |          ^^^^^^^^^^^^ put the whole value in quotes

      # a colon inside a text
      .github/lessons/orders.yml:2:15  a colon and a space inside a text begin a new key
          1 | id: n-plus-one
          2 | title: Queries: one, not many
            |               ^ put the whole value in quotes

      # an apostrophe inside single quotes
      .github/lessons/orders.yml:2:18  the value goes on after its closing quote
          1 | id: n-plus-one
          2 | title: 'the user's posts'
            |                  ^
         put the whole value in one pair of quotes; inside '…' an apostrophe is written twice

      # a backslash inside double quotes
      .github/lessons/orders.yml:6:45  "\\d" is not an escape of YAML's double quotes
          5 | message: "\`$CALL\` goes to the database once for every $ITEM."
          6 | detect: { code: "a", where: { $A: { text: "\\d" } } }
            |                                             ^
         use single quotes, or double the backslash: "\\\\d"

      # a comparison without quotes
      .github/lessons/orders.yml:10:17  a value that begins with > is a block of lines to YAML
          9 |     $A:
         10 |       number: > 5
            |                 ^ put it in quotes, as in "> 5"

      # a bracket left open
      .github/lessons/orders.yml:9:1  a bracket or a quote that was opened above is still open here
          8 | ask: ["@acme/data"
          9 | waivers: true
            | ^ close it, or indent this line further than the key above it

      # a line too far to the right
      .github/lessons/orders.yml:8:2  this line does not fit the indentation around it
          7 | examples: { bad: ["for (const u of us) await db.find(u)"], good: ["await db.find(us)"] }
          8 |  severity: warn
            |  ^ keys of one map begin in the same column, and every key ends with a colon and a space

      # a hyphen where a key belongs
      .github/lessons/orders.yml:8:1  this line does not fit the indentation around it
          7 | examples: { bad: ["for (const u of us) await db.find(u)"], good: ["await db.find(us)"] }
          8 | - severity: warn
            | ^ keys of one map begin in the same column, and every key ends with a colon and a space

      # a list instead of a card
      .github/lessons/orders.yml:1:1  the card must be a mapping of keys, such as id: n-plus-one, not a list
          1 | - id: a
            | ^

      # no structure at all
      .github/lessons/orders.yml:1:1  the card must be a mapping of keys, such as id: n-plus-one, not "Never query in a loop!"
          1 | Never query in a loop!
            | ^^^^^^^^^^^^^^^^^^^^^^

      # a tag
      .github/lessons/orders.yml:2:8  "!!js/function" is a YAML tag, and tags have no meaning here
          1 | id: n-plus-one
          2 | title: !!js/function "x"
            |        ^^^^^^^^^^^^^ a text that begins with ! must be in quotes: "!!js/function"

      # a list as a key
      .github/lessons/orders.yml:8:3  a key must be a plain name
          7 | examples: { bad: ["for (const u of us) await db.find(u)"], good: ["await db.find(us)"] }
          8 | ? [a]
            |   ^ write \`name: value\`

      # the prototype
      .github/lessons/orders.yml:8:1  no key can be called "__proto__"
          7 | examples: { bad: ["for (const u of us) await db.find(u)"], good: ["await db.find(us)"] }
          8 | __proto__: { id: other }
            | ^^^^^^^^^ take another name

      .github/lessons/orders.yml:9:1  unknown key "constructor"
          8 | __proto__: { id: other }
          9 | constructor: 1
            | ^^^^^^^^^^^
         allowed here: status, story, detect, touches, title, severity, lesson, scope, links, ask, message, grades, …

      # a file that is no text
      .github/lessons/orders.yml:1:6  a character here is not allowed in YAML
          1 | id: a␀b
            |      ^ save the file as UTF-8 text

      # the number 1e5 for a text
      .github/lessons/orders.yml:2:8  "title" must be a text, not 1e5
          1 | id: n-plus-one
          2 | title: 1e5
            |        ^^^ without quotes YAML reads a number here; in quotes it is a text: "1e5"
      "
    `);
  });
});

describe('hostile cards', () => {
  const quickly = (text: string) => {
    const before = performance.now();
    const result = read(text);
    expect(performance.now() - before).toBeLessThan(5_000);
    expect(result.lesson).toBeUndefined();
    expect(result.faults.length).toBeGreaterThan(0);
    expect(result.faults.length).toBeLessThan(50);
    return result.faults;
  };

  test('aliases that grow without measure', () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x, x]', ...[...'bcdefghij'].map((name, index) => `${name}: &${name} [${Array(10).fill(`*${'abcdefghij'[index]}`).join(', ')}]`)].join('\n');
    expect(quickly(`${cardWith()}${bomb}\n`).map((fault) => fault.message)).toContain('the aliases make the card grow without measure');
  });

  test('an alias to what holds it', () => {
    expect(quickly(cardWith({ detect: 'detect: &d { is: db-call, not: *d }' })).map((fault) => fault.message)).toContain('"*d" refers to an anchor that is not defined above');
  });

  test.for<[string, string]>([
    ['brackets', '['.repeat(60_000)],
    ['braces', '{a: '.repeat(15_000)],
    ['hyphens', '- '.repeat(30_000)],
    ['keys', Array.from({ length: 6_000 }, (_, index) => `k${index}: 1`).join('\n')],
    ['keys of one line', `{${'a, '.repeat(20_000)}}`],
    ['spaces', ' '.repeat(65_000)],
    ['spaces around a text', `title: "${' '.repeat(60_000)}x\n"`],
    ['line breaks', '\n'.repeat(65_000)],
    ['tabs', `id: a\n${'\t'.repeat(60_000)}`],
    ['lines of tabs', `id: a\n${'\tx\n'.repeat(20_000)}`],
    ['quotes', '"'.repeat(65_000)],
    ['colons', 'a: '.repeat(20_000)],
    ['dollars', cardWith({ message: `message: "${'$a'.repeat(25_000)}"` })],
    ['a pattern of dollars', cardWith({ detect: `detect: { code: "${'$a,'.repeat(15_000)}" }` })],
    ['stars', cardWith({ scope: `scope: { files: ["${'*'.repeat(30_000)}", "${'{a,'.repeat(60)}"] }` })],
    ['unknown words', cardWith({ detect: `detect: { any: [${'{ is: dbcall }, '.repeat(3_500)}] }` })],
    ['one long word', cardWith({ detect: `detect: { is: ${'db-call'.repeat(8_000)} }` })],
    ['nested matchers', cardWith({ detect: `detect: ${'{ not: '.repeat(36)}{ is: x }${' }'.repeat(36)}` })],
    ['a wide regular expression', cardWith({ detect: `detect: { code: "f($A)", where: { $A: { text: "${'(a{1000})'.repeat(50)}" } } }` })],
    ['ends of lines of old', 'id: a\r\tb: c\r'],
  ])('%s', ([, text]) => { quickly(text); });

  test('a card above 64 kB is not read', () => {
    expect(quickly(`${cardWith()}# ${'x'.repeat(66_000)}`).map((fault) => fault.code)).toEqual(['lesson/too-large']);
  });

  test('nothing in a fault moves the cursor of a terminal or turns the reading direction', () => {
    const esc = String.fromCharCode(27);
    const text = cardWith({ title: `title: "\\u001b[31mred"`, severity: 'severity: "war\\u202e\\x07n"', status: 'status: "\u202eactive"' });
    const all = read(text).faults.map(formatFault).join('\n');
    expect(all).not.toContain(esc);
    expect(all).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    expect(read(text).faults.map((fault) => fault.message)).toContain('"title" must not hold control characters, not "␛[31mred"');
  });

  test('a long line is shown around the place', () => {
    const text = cardWith({ links: `links: { a: ${'docs/x'.repeat(40)}, b: "//elsewhere", c: ${'docs/y'.repeat(40)} }` });
    const [fault] = read(text).faults;
    for (const line of fault!.frame!.split('\n')) expect(line.length).toBeLessThan(110);
    expect(fault!.frame).toContain('"//elsewhere"');
    const [shown, carets] = fault!.frame!.split('\n').slice(-2) as [string, string];
    expect(shown.slice(carets.indexOf('^'), carets.lastIndexOf('^') + 1)).toBe('"//elsewhere"');
  });

  test('a caret stands under the right character behind an emoji', () => {
    const [fault] = read(cardWith({ links: 'links: { a: "🎉🎉", zzz: "//x" }' })).faults;
    expect(fault!.at!.column).toBe('links: { a: "🎉🎉", zzz: '.length + 1);
    const [shown, carets] = fault!.frame!.split('\n').slice(-2) as [string, string];
    expect([...shown].slice(carets.indexOf('^'), carets.lastIndexOf('^') + 1).join('')).toBe('"//x"');
  });
});

describe('a card that was damaged anywhere', () => {
  /** The same numbers on every run. */
  const dice = (seed: number) => () => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
  const pieces = ['\t', '\n', '  ', ':', ': ', '"', "'", '#', ' #', '*', '&a ', '*a', '!', '|', '>', '{', '}', '[', ']', ',', '- ', '---\n', '$', '$x', '$X', '\\', '\r', '\u0000', '\ud800', '__proto__: 1\n', '? ', '<<: ', '@', '`', 'null', '1e9', '.nan', 'true'];
  const sound = cardWith({
    scope: 'scope:\n  files: ["src/**"]', fix: 'fix: { steps: [a], replace: "g($CALL)" }', links: 'links: { docs: https://example.com }',
    grades: 'grades:\n  - when: { is: { db-call: { verb: write } } }\n    severity: note', 'fine-when': 'fine-when: [ { code: "chunk($$$)", because: b } ]',
  });

  test('becomes a lesson or faults at places that exist, and never an exception', () => {
    const roll = dice(7);
    for (let round = 0; round < 1_500; round++) {
      const start = Math.floor(roll() * sound.length);
      const end = roll() < 0.5 ? start : Math.min(sound.length, start + Math.floor(roll() * 20));
      const text = sound.slice(0, start) + (roll() < 0.8 ? pieces[Math.floor(roll() * pieces.length)] : '') + sound.slice(end);
      const { lesson, faults } = read(text);
      expect(lesson === undefined, JSON.stringify(text)).toBe(faults.length > 0);
      const lines = text.split(/\r\n|\n|\r/);
      for (const fault of faults) {
        const { line, column } = fault.at as { line: number; column: number };
        expect(line >= 1 && line <= lines.length && column >= 1 && column <= lines[line - 1]!.length + 2, `${formatFault(fault)}\n${JSON.stringify(text)}`).toBe(true);
      }
    }
  });
});

describe('two cards with one id', () => {
  test('the later file is told, with the other one named', () => {
    const lessonIn = (name: string) => readLesson(cardWith(), name, { knownWords }).lesson!;
    const faults = duplicateIds([lessonIn('b.yml'), lessonIn('a.yml')]);
    expect(faults.map(formatFault).join('\n')).toBe([
      'b.yml:1:1  "n-plus-one" is the id of another card as well',
      '    1 | id: n-plus-one',
      '      | ^^^^^^^^^^^^^^ the other one is a.yml; give one of them a new id',
    ].join('\n'));
    expect(duplicateIds([lessonIn('a.yml')])).toEqual([]);
  });
});

describe('$$$ARGS', () => {
  const detect = 'detect: { code: "f($A, $$$REST)", where: { $A: { literal: true } } }';

  test('is another variable than $ARGS', () => {
    expect(codes(cardWith({ detect, message: 'message: "`$$$REST` after $A"' }))).toEqual([]);
    expect(read(cardWith({ detect, message: 'message: "`$REST` after $A"' })).faults).toMatchObject([{ message: 'nothing binds $REST', hint: 'did you mean "$$$REST"?' }]);
    expect(read(cardWith({ detect, message: 'message: "`$$A`"' })).faults).toMatchObject([{ code: 'lesson/lower-case-variable', hint: 'did you mean "$A"?' }]);
  });

  test('and $$$ and $_ name nothing', () => {
    expect(codes(cardWith({ detect: 'detect: { code: "f($_, $$$)" }', message: 'message: "costs $$$ and 5$"' }))).toEqual([]);
  });
});
