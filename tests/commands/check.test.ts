import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { builtInLessons } from '../../src/commands/lessons-in-force.ts';
import { newFolder, newRepository } from '../workspace/repository.ts';
import { bitingCard } from './biting-card.ts';
import { brokenCards } from './broken-cards.ts';
import { once } from './once.ts';

/** The number of built-in lessons grows; what is tested here does not depend on it. */
const settled = (text: string): string => text.replaceAll(/\d+ cards? ready \(\d+ built in/g, 'N cards ready (B built in').replaceAll(/^ {3}(?:words|allowed here): .*$/gm, '   …');

test('a folder of broken cards: every mistake at its place, in one run', async () => {
  const repository = newRepository();
  for (const [name, text] of Object.entries(brokenCards)) repository.write(`.github/lessons/${name}`, text);
  const { code, out, err } = await once(['check', '--repo', repository.folder]);
  expect(code).toBe(2);
  expect(err).toBe('');
  expect(settled(out)).toMatchInlineSnapshot(`
    ".github/lessons/bad-regex.yml:8:29  the regular expression cannot be used: missing closing ): \`(price|amount\`
        7 |   code: parseFloat($AMOUNT)
        8 |   where: { $AMOUNT: { text: "(price|amount" } }
          |                             ^^^^^^^^^^^^^^^
       in single quotes a backslash is written once; the syntax is RE2

    .github/lessons/broken-pattern.yml:7:37  the pattern \`child_process.exec($COMMAND\` is not TypeScript: ')' expected
        6 | detect:
        7 |   code: "child_process.exec($COMMAND"
          |                                     ^
       write an expression or statements as they would stand in the code, with $X for one part and $$$ for any number

    .github/lessons/hit-example.yml:12:7  the card catches this good example: \`console.debug\` writes where nobody reads.
       11 |       logger.error('payment failed', error);
       12 |       console.debug('only while developing');
          |       ^ narrow \`detect\`, say under fine-when why it is fine, or move the example to bad

    .github/lessons/misspelt-key.yml:3:1  unknown key "severty"
        2 | title: Orders are loaded at once
        3 | severty: warn
          | ^^^^^^^ did you mean "severity"?
       …

    .github/lessons/silent-example.yml:9:8  the card does not catch this bad example
        8 |   bad:
        9 |     - "const all = await prisma.article.findMany({ where: { title: { contains: word } }, take: 1…
          |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       line 1 comes nearest: \`prisma.article.findMany({ where: { title: { contains: word …\`, but its \`bounded\` is \`true\`, not \`false\`
       (clause by clause: \`db-call\` holds at 1 place; verb \`read-many\` at 1 of them; bounded \`false\` at none of them)

    .github/lessons/tab.yml:4:1  this line is indented with a tab
        3 | story:
        4 | →what: "The indentation is a tab."
          | ^ indent with spaces

    .github/lessons/unknown-word.yml:7:9  "db-cal" is not a word of the vocabulary
        6 | detect:
        7 |   is: { db-cal: { as: $CALL } }
          |         ^^^^^^ did you mean "db-call"?
       …

    7 problems in 7 cards, N cards ready (B built in, 0 here).
    A review leaves a faulty card out, and its check stays red (incomplete) until the card is mended.
    "
  `);
});

test('the same folder without a repository around it', async () => {
  const folder = newFolder();
  for (const [name, text] of Object.entries(brokenCards)) writeFileSync(join(folder, name), text);
  const { code, out } = await once(['check', '--lessons', folder]);
  expect(code).toBe(2);
  expect(out).toContain(`${join(folder, 'tab.yml')}:4:1  this line is indented with a tab`);
  expect(out).toContain('7 problems in 7 cards');
});

describe('sound cards', () => {
  test('are named with their proof, and what is odd about them is told', async () => {
    const repository = newRepository();
    repository.write('src/a.ts', 'export {};\n');
    repository.write('docs/2025.md', '# What happened\n');
    repository.write('.github/lessons/n-plus-one.yml', bitingCard({
      links: 'links: { postmortem: docs/2025.md, fix: "#12", plan: docs/gone.md }',
      scope: 'scope: { files: ["src/**/*.ts", "source/**"], except: ["nowhere/**"] }',
      expires: 'expires: { review: 2020-01-31 }',
    }));
    repository.write('.github/lessons/story.yaml', bitingCard({ id: 'id: story', message: undefined, detect: undefined, examples: undefined, touches: 'touches: { files: ["src/**", "billing/**"] }' }));
    repository.write('.github/lessons/old/a.yml', 'broken: [');
    repository.write('.github/once-bitten.yml', 'ignore: ["src/a.ts", "lib/**"]\nlessons: { n-plus-one: { scope: { files: ["app/**"] } } }\n');
    const { code, out } = await once(['check', '--repo', repository.folder]);
    expect(code).toBe(0);
    expect(settled(out)).toMatchInlineSnapshot(`
      ".github/lessons/n-plus-one.yml  note: takes the place of the built-in lesson n-plus-one

      .github/lessons/n-plus-one.yml:8:54  note: there is no file "docs/gone.md" in this repository
         paths count from the root of the repository

      .github/lessons/n-plus-one.yml:9:33  note: the glob "source/**" matches no file of this repository
         paths count from the root of the repository

      .github/lessons/n-plus-one.yml:10:20  note: this card was to be looked at again on 2020-01-31
         see whether it still holds, then set a new day or status: retired

      .github/lessons/old/  note: cards in a folder inside the folder of cards are not read
         move them to .github/lessons

      .github/lessons/story.yaml:5:30  note: the glob "billing/**" matches no file of this repository
         paths count from the root of the repository

      .github/once-bitten.yml:1:22  note: the glob "lib/**" matches no file of this repository
         paths count from the root of the repository

      .github/once-bitten.yml:2:43  note: the glob "app/**" matches no file of this repository
         paths count from the root of the repository

      .github/lessons/n-plus-one.yml  n-plus-one (warn, active): 1 bad example caught, 1 good one left alone
      .github/lessons/story.yaml  story (note, active): a story without detect, nothing to prove

      N cards ready (B built in, 2 here), and the settings are sound.
      "
    `);
  });

  test('no card at all is fine, in a repository without a commit', async () => {
    const { code, out } = await once(['check', '--repo', newRepository().folder]);
    expect({ code, out }).toEqual({ code: 0, out: `${builtInLessons.length} cards ready (${builtInLessons.length} built in, 0 here).\n` });
  });

  test('without built-in lessons', async () => {
    const repository = newRepository();
    repository.write('.github/once-bitten.yml', 'extends: []\n');
    expect((await once(['check', '--repo', repository.folder])).out).toBe('0 cards ready (0 built in, 0 here), and the settings are sound.\n');
  });
});

describe('what cannot be read', () => {
  test('is a fault: links, other encodings, folders that are links, words of its own', async () => {
    const repository = newRepository();
    repository.write('.github/lessons/utf-16.yml', Buffer.from(bitingCard(), 'utf16le'));
    repository.link('.github/lessons/link.yml', '../../elsewhere.yml');
    repository.write('.github/lessons/vocabulary.yml', 'words: []\n');
    repository.write('.github/once-bitten.yml', Buffer.from('gate: never', 'utf16le'));
    const { code, out } = await once(['check', '--repo', repository.folder]);
    expect(code).toBe(2);
    expect(settled(out)).toMatchInlineSnapshot(`
      ".github/lessons/link.yml:1:1  this card says nothing: it is a symbolic link, and links are not followed
         put the file itself there

      .github/lessons/utf-16.yml:1:1  this card says nothing: it is not text in UTF-8
         save it as UTF-8

      .github/lessons/vocabulary.yml:1:8  "words" must be { add: [ … ] }, or { means: "…", matches: [ … ] }, not a list
          1 | words: []
            |        ^

      .github/once-bitten.yml:1:1  the settings say nothing: it is not text in UTF-8
         save it as UTF-8

      4 problems in 2 cards, the vocabulary and the settings, N cards ready (B built in, 0 here).
      A review leaves a faulty card out, and its check stays red (incomplete) until the card is mended.
      "
    `);
  });

  test('a folder of cards that is a link', async () => {
    const repository = newRepository();
    repository.write('cards/a.yml', bitingCard());
    mkdirSync(join(repository.folder, '.github'));
    symlinkSync('../cards', join(repository.folder, '.github/lessons'));
    const { code, out } = await once(['check', '--repo', repository.folder]);
    expect(code).toBe(2);
    expect(out).toContain('.github/lessons:1:1  this folder says nothing: it is a symbolic link, and links are not followed');
  });
});

test('what is wrong with the form of a card and what is wrong with its patterns, at once', async () => {
  const repository = newRepository();
  repository.write('.github/lessons/a.yml', bitingCard({ severity: 'severity: loud', message: 'message: "Away with it."', detect: 'detect: { code: "f($A", not: { inside: { code: "g(" } } }', 'fine-when': 'fine-when: [ { code: "h((", because: it is fine } ]' }));
  const { code, out } = await once(['check', '--repo', repository.folder]);
  expect(code).toBe(2);
  expect([...out.matchAll(/^\.github\/lessons\/a\.yml:\d+:\d+  (.*)$/gm)].map(([, message]) => message)).toEqual([
    expect.stringContaining('the pattern `f($A` is not TypeScript'), expect.stringContaining('the pattern `g(` is not TypeScript'),
    expect.stringContaining('"severity" must be note, warn or block'), expect.stringContaining('the pattern `h((` is not TypeScript'),
  ]);
  expect((await once(['try', `${repository.folder}/.github/lessons/a.yml`, '--repo', repository.folder])).err).toContain('the pattern `f($A` is not TypeScript');
});

test('two cards with one id, and settings for a lesson that is not there', async () => {
  const repository = newRepository();
  repository.write('.github/lessons/a.yml', bitingCard());
  repository.write('.github/lessons/b.yml', bitingCard());
  repository.write('.github/once-bitten.yml', 'lessons: { n-plus-on: off }\ngate: sometimes\n');
  const { code, out } = await once(['check', '--repo', repository.folder]);
  expect(code).toBe(2);
  expect(out).toContain('.github/lessons/b.yml:1:1  "n-plus-one" is the id of another card as well');
  expect(out).toContain('.github/once-bitten.yml:1:12  no lesson here is called "n-plus-on"');
  expect(out).toContain('did you mean "n-plus-one"?');
  expect(out).toContain('3 problems in 1 card and the settings');
});

test.each([
  [['check', '--lessons', '/nowhere/at/all'], 'there is no folder /nowhere/at/all'],
  [['check', '--repo', '/nowhere/at/all'], '"/nowhere/at/all" is not a git repository.'],
])('%j is a mistake of usage', async (argv, message) => {
  const { code, out, err } = await once(argv);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(message);
});

test('hostile texts in cards and names cannot move the terminal', async () => {
  const repository = newRepository();
  repository.write('.github/lessons/\u001b[31mred.yml', 'id: "\u001b[2J"\n');
  const { code, out } = await once(['check', '--repo', repository.folder]);
  expect(code).toBe(2);
  expect(out).not.toContain('\u001b');
});
