import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Review } from '../../src/model.ts';
import { newFolder, newRepository, type TestRepository } from '../workspace/repository.ts';
import { callCard } from './biting-card.ts';
import { once } from './once.ts';

function repositoryWith(files: Record<string, string>): TestRepository {
  const repository = newRepository();
  for (const [path, text] of Object.entries(files)) repository.write(path, text);
  repository.commit();
  return repository;
}

function cardFile(text: string): string {
  const file = join(newFolder(), 'give-away.yml');
  writeFileSync(file, text);
  return file;
}

const timeless = (text: string): string => text.replace(/in \d+ ms|in [\d.]+ s/, 'in T');

test('a draft is run over everything, and its places are printed with their lines', async () => {
  const { folder } = repositoryWith({ 'src/a.ts': 'if (a) {\n  giveAway(everything);\n}\n', 'b.js': 'giveAway(one); // lesson-ok give-away: it is ours to give\n', 'c.md': 'giveAway(two)\n' });
  const { code, out, err } = await once(['try', cardFile(callCard('give-away', 'giveAway', { status: 'status: draft' })), '--repo', folder]);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(timeless(out)).toMatchInlineSnapshot(`
    "src/a.ts:2:3  warn
      \`everything\` is given away.
          2 │ giveAway(everything);

    1 place in 1 file, 1 waived: 3 files looked at in T. All 2 examples of the card hold.
    "
  `);
});

test('on a change only what the change brings', async () => {
  const repository = repositoryWith({ 'a.ts': 'giveAway(one);\n' });
  repository.write('b.ts', 'giveAway(two);\n');
  const card = cardFile(callCard('give-away', 'giveAway'));
  const { out } = await once(['try', card, '--repo', repository.folder, '--base', 'HEAD']);
  expect(timeless(out)).toContain('b.ts:1:1  warn');
  expect(timeless(out)).toContain('1 place in 1 file: 1 file of the change looked at in T. All 2 examples of the card hold.');
});

test.each([
  ['the pattern', '{ code: "giveAway($X)" }', 1],
  ['what is around it', '{ code: "giveAway($X)", inside: { code: "lend($$$)" } }', 0],
  ['one of two ways', '{ any: [ { code: "giveAway($X)" }, { code: "lend($X)" } ] }', 2],
  ['what rules it out need not be there', '{ code: "giveAway($X)", not: { inside: { code: "steal($$$)" } } }', 1],
  ['a word may be anywhere', '{ is: db-call }', 3],
])('only files with the names that a card needs are parsed: %s', async (_, detect, parsed) => {
  const { folder } = repositoryWith({ 'a.ts': 'giveAway(one);\n', 'b.ts': 'lend(one);\n', 'c.ts': 'keep(one);\n' });
  const { out } = await once(['try', cardFile(callCard('give-away', 'giveAway', { message: 'message: It is given away.', detect: `detect: ${detect}` })), '--repo', folder, '--format', 'json']);
  expect((JSON.parse(out) as Review).stats.parsed).toBe(parsed);
});

test('a lesson by its id', async () => {
  const { folder } = repositoryWith({ 'a.ts': 'export {};\n', '.github/lessons/g.yml': callCard('give-away', 'giveAway') });
  for (const id of ['give-away', 'n-plus-one']) expect((await once(['try', id, '--repo', folder])).out).toContain('No place: 2 files looked at');
  const { code, err } = await once(['try', 'give-awy', '--repo', folder]);
  expect(code).toBe(2);
  expect(err).toContain('did you mean "give-away"?');
});

test('a card whose examples fail is run all the same, and its faults are told', async () => {
  const { folder } = repositoryWith({ 'a.ts': 'giveAway(one);\n' });
  const { code, out, err } = await once(['try', cardFile(callCard('give-away', 'giveAway', { examples: 'examples: { bad: ["keep(one)"], good: ["a"] }' })), '--repo', folder]);
  expect(code).toBe(2);
  expect(err).toContain('the card does not catch this bad example');
  expect(out).toContain('a.ts:1:1  warn');
  expect(out).toContain('1 example of the card fails.');
});

test.each([
  ['a card with faults', 'id: [', 'give-away.yml:'],
  ['a broken pattern', callCard('give-away', 'giveAway').replace('code: giveAway($WHAT)', 'code: "giveAway($WHAT"'), 'is not TypeScript'],
  ['a story', 'id: a\ntitle: A\nstory: { what: b }\nlesson: c\ntouches: { files: ["a"] }\n', 'only tells a story'],
])('%s is told and not run', async (_, text, message) => {
  const { code, out, err } = await once(['try', cardFile(text), '--repo', repositoryWith({ 'a.ts': '' }).folder]);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(message);
});

test('a file that is not there', async () => {
  const { code, err } = await once(['try', './nowhere.yml']);
  expect(code).toBe(2);
  expect(err).toContain('there is no card ./nowhere.yml');
});

test('as JSON', async () => {
  const { folder } = repositoryWith({ 'a.ts': 'giveAway(one);\n' });
  const { out } = await once(['try', cardFile(callCard('give-away', 'giveAway')), '--repo', folder, '--format', 'json']);
  expect((JSON.parse(out) as Review).findings.map(({ lesson, path }) => `${lesson} ${path}`)).toEqual(['give-away a.ts']);
});
