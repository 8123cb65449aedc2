import { describe, expect, test } from 'vitest';
import { formatFault } from '../../src/fault.ts';
import { knownWith, readVocabulary } from '../../src/lessons/read-vocabulary.ts';
import { readLesson } from '../../src/lessons/read-lesson.ts';
import { cardWith } from './sound-card.ts';
import { knownWords } from './words.ts';

const file = '.github/lessons/vocabulary.yml';
const read = (text: string) => readVocabulary(text, file, knownWords);
const printed = (text: string) => read(text).faults.map(formatFault).join('\n\n');

const sound = `
db-call:
  add:
    - { code: "ordersRepo.load($$$)", from: "@acme/orders", with: { verb: read-many, table: orders } }
billing:
  means: a call of the old billing system
  matches:
    - { code: "billing.$METHOD($$$)", with: { method: $METHOD, slow: true } }
`;

describe('a sound vocabulary', () => {
  test('gives additions and own words, with what is known of them', () => {
    const { words, faults } = read(sound);
    expect(faults).toEqual([]);
    expect(words).toMatchObject([
      { name: 'db-call', entries: [{ matcher: { code: { text: 'ordersRepo.load($$$)', from: '@acme/orders' } }, attributes: { verb: 'read-many', table: 'orders' }, at: { file, line: 4, column: 7 } }] },
      { name: 'billing', means: 'a call of the old billing system', entries: [{ attributes: { method: '$METHOD', slow: true } }] },
    ]);
  });

  test('lets cards use the own words, and ask for their attributes', () => {
    const known = knownWith(knownWords, read(sound).words);
    const card = (detect: string) => readLesson(cardWith({ message: 'message: m', detect }), 'a.yml', { knownWords: known }).faults.map(({ code }) => code);
    expect(card('detect: { is: { billing: { method: charge } } }')).toEqual([]);
    expect(card('detect: { is: { billing: { methd: charge } } }')).toEqual(['lesson/unknown-attribute']);
    expect(card('detect: { is: biling }')).toEqual(['lesson/unknown-word']);
  });
});

test('every mistake is told at its place, all at once', () => {
  expect(`\n${printed(`
db-cal:
  add: [ { code: f() } ]
db-call:
  add:
    - { code: f(), with: { verb: reads, tabel: x } }
    - { cod: f() }
    - { code: "f($X)", with: { table: $Y } }
    - { inside: { is: iteration } }
iteration:
  means: mine
  matches: [ { code: f() } ]
own:
  matches: [ { code: f() } ]
Upper: { means: a, matches: [ { is: nothing } ] }
request-handler: { add: f() }
`)}\n`).toMatchInlineSnapshot(`
  "
  .github/lessons/vocabulary.yml:2:1  "db-cal" is not a word of the vocabulary that could be added to
      2 | db-cal:
        | ^^^^^^ did you mean "db-call"?
     words: db-call, secret, iteration, request-handler, untrusted-input
     a word of your own has means and matches

  .github/lessons/vocabulary.yml:6:34  "verb" of db-call is read-many, read-one, write, aggregate or raw, never "reads"
      5 |   add:
      6 |     - { code: f(), with: { verb: reads, tabel: x } }
        |                                  ^^^^^

  .github/lessons/vocabulary.yml:6:41  "db-call" has no attribute "tabel"
      5 |   add:
      6 |     - { code: f(), with: { verb: reads, tabel: x } }
        |                                         ^^^^^ did you mean "table"?
     allowed here: table, as, verb, client, bounded

  .github/lessons/vocabulary.yml:7:9  unknown key "cod"
      6 |     - { code: f(), with: { verb: reads, tabel: x } }
      7 |     - { cod: f() }
        |         ^^^ did you mean "code"?
     allowed here: code, not, is, from, any, all, text, file, with, inside, after, before, …

  .github/lessons/vocabulary.yml:8:39  nothing binds $Y
      7 |     - { cod: f() }
      8 |     - { code: "f($X)", with: { table: $Y } }
        |                                       ^^ bound here: $X

  .github/lessons/vocabulary.yml:9:7  this does not say which code it is
      8 |     - { code: "f($X)", with: { table: $Y } }
      9 |     - { inside: { is: iteration } }
        |       ^ it needs code or is; removed, together and text are for cards

  .github/lessons/vocabulary.yml:10:1  "iteration" is a word that Once Bitten has already
      9 |     - { inside: { is: iteration } }
     10 | iteration:
        | ^^^^^^^^^ write what it is here as well under add, or give your word another name

  .github/lessons/vocabulary.yml:13:1  a word of your own needs "means" and "matches"
     12 |   matches: [ { code: f() } ]
     13 | own:
        | ^^^ write own: { means: "…", matches: [ { code: "…" } ] }

  .github/lessons/vocabulary.yml:15:1  "Upper" must be a lower-case word with hyphens, such as db-call
     14 |   matches: [ { code: f() } ]
     15 | Upper: { means: a, matches: [ { is: nothing } ] }
        | ^^^^^

  .github/lessons/vocabulary.yml:15:37  "nothing" is not a word of the vocabulary
     14 |   matches: [ { code: f() } ]
     15 | Upper: { means: a, matches: [ { is: nothing } ] }
        |                                     ^^^^^^^
     words: own, db-cal, Upper, db-call, secret, iteration, untrusted-input, request-handler

  .github/lessons/vocabulary.yml:16:25  "add" must be a list of matchers, not "f()"
     15 | Upper: { means: a, matches: [ { is: nothing } ] }
     16 | request-handler: { add: f() }
        |                         ^^^
     write it as a list: ["…"], or each entry on a line of its own after a hyphen
  "
`);
});

test.for(['', '- a', 'a: 1', 'a: [', 'a:', '"a', 'db-call: { add: [] }', 'db-call: { add: [1] }', 'db-call: { add: [{ code: 1 }] }', 'own: { means: "", matches: [ { code: "" } ] }', '__proto__: { add: [ { code: a } ] }', 'a: &a { add: *a }'])('%j is no exception', (text, { expect: here }) => {
  const { words, faults } = read(text);
  here(words).toEqual([]);
  here(faults.every(({ at }) => at?.file === file && at.line !== undefined)).toBe(true);
  if (text !== '') here(faults.length).toBeGreaterThan(0);
});

test('a variable that is spelt wrong is one, in code and as an attribute', () => {
  expect(read('billing: { means: m, matches: [ { code: "f($x)" } ] }').faults.map(({ code, message }) => [code, message])).toEqual([['lesson/lower-case-variable', '"$x" is not a variable: those are $ and upper-case letters']]);
  expect(read('billing: { means: m, matches: [ { code: "f($Y)", with: { a: $y } } ] }').faults.map(({ code, hint }) => [code, hint])).toEqual([['lesson/lower-case-variable', 'did you mean "$Y"?']]);
});

test('only words that code can be added to are proposed', () => {
  const known = { words: new Map<string, { attributes: Record<string, { means: string }>; reads?: 'text' }>([...knownWords.words, ['secret', { reads: 'text', attributes: {} }]]) };
  expect(readVocabulary('secrets: { add: [ { code: "f()" } ] }', file, known).faults.map(({ hint }) => hint)).toEqual([expect.not.stringMatching(/\bsecret\b/)]);
});
