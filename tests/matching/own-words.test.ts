import { describe, expect, test } from 'vitest';
import { readVocabulary, type OwnWord } from '../../src/lessons/read-vocabulary.ts';
import { knownWith } from '../../src/lessons/read-vocabulary.ts';
import { readLesson } from '../../src/lessons/read-lesson.ts';
import type { Lesson } from '../../src/lessons/lesson.ts';
import { prove, proveWords } from '../../src/matching/prove.ts';
import { review } from '../../src/review.ts';
import { vocabulary } from '../../src/vocabulary/index.ts';
import { inMemory, type Files } from '../in-memory.ts';
import { builtInLesson } from '../samples.ts';

const known = { words: new Map(vocabulary.map((word) => [word.name, word])) };

function wordsIn(text: string): OwnWord[] {
  const { words, faults } = readVocabulary(text, 'vocabulary.yml', known);
  if (faults.length > 0) throw new Error(faults.map(({ message }) => message).join('\n'));
  return words;
}

async function placesOf(lesson: Lesson, words: readonly OwnWord[], files: Files): Promise<string[]> {
  const { findings, notes } = await review({
    reader: inMemory({ head: files }), subject: { head: 'head', paths: Object.keys(files).filter((path) => path.endsWith('.ts')) }, lessons: [lesson], words, ignore: [], waivers: true, today: '2026-06-01', clock: () => 0,
  });
  expect(notes).toEqual([]);
  return findings.map(({ path, line, message }) => `${path}:${line} ${message}`);
}

const orders = wordsIn('db-call:\n  add:\n    - { code: "ordersRepo.load($$$)", from: "@acme/orders", with: { verb: read-many, bounded: false, table: orders } }\n');

describe('an addition to a built-in word', () => {
  test('what it does not say is told by the name of its variable', async () => {
    const words = wordsIn('iteration: { add: [ { code: "eachRow($LIST, $FN)", with: { over: data, list: $LIST } } ] }');
    const code = "import { PrismaClient } from '@prisma/client';\nconst prisma = new PrismaClient();\neachRow(rows, async (row) => { await prisma.user.findMany({ where: { id: row.id } }); });\n";
    expect(await placesOf(builtInLesson('n-plus-one'), words, { 'a.ts': code })).toEqual(['a.ts:3 `prisma.user.findMany` goes to the database once for every `item` of `rows`.']);
  });

  const loop = "import { ordersRepo } from '@acme/orders';\nfor (const o of orders) {\n  await ordersRepo.load(o.id);\n}\n";

  test('is used by the built-in lessons at once', async () => {
    expect(await placesOf(builtInLesson('n-plus-one'), orders, { 'a.ts': loop })).toEqual(['a.ts:3 `ordersRepo.load` goes to the database once for every `o` of `orders`.']);
    expect(await placesOf(builtInLesson('n-plus-one'), [], { 'a.ts': loop })).toEqual([]);
    expect(await placesOf(builtInLesson('n-plus-one'), orders, { 'a.ts': loop.replace('@acme/orders', '@acme/cache') })).toEqual([]);
    expect(await placesOf(builtInLesson('n-plus-one'), orders, { 'a.ts': "import { ordersRepo } from '@acme/orders';\nawait ordersRepo.load(ids);\n" })).toEqual([]);
  });

  test('also where the call hides behind functions of other files', async () => {
    const files = {
      'orders.ts': "import { ordersRepo } from '@acme/orders';\nexport async function withLines(o) {\n  return { ...o, lines: await ordersRepo.load(o.id) };\n}\n",
      'service.ts': "import { withLines } from './orders';\nexport class Service {\n  async full(o) { return withLines(o); }\n}\n",
      'a.ts': "import { Service } from './service';\nexport async function run(orders) {\n  const service = new Service();\n  return Promise.all(orders.map((o) => service.full(o)));\n}\n",
    };
    expect(await placesOf(builtInLesson('n-plus-one'), orders, files)).toEqual(['a.ts:4 `service.full` goes to the database once for every `o` of `orders`.']);
  });

  test('works for words that look at other things', async () => {
    const words = wordsIn('iteration: { add: [ { code: "eachRow($LIST, ($ITEM) => $BODY)", with: { over: data, list: $LIST, item: $ITEM } } ] }\n');
    expect(await placesOf(builtInLesson('n-plus-one'), words, { 'a.ts': "import { PrismaClient } from '@prisma/client';\nconst prisma = new PrismaClient();\neachRow(users, (u) => prisma.post.findMany({ where: { id: u.id } }));\n" })).toEqual(['a.ts:3 `prisma.post.findMany` goes to the database once for every `u` of `users`.']);
  });
});

describe('a word of the team', () => {
  const words = wordsIn('billing:\n  means: a call of the old billing system\n  matches:\n    - { code: "billing.$METHOD($$$)", with: { method: $METHOD } }\nslow-billing: { means: a slow one, matches: [ { is: { billing: { method: charge } } } ] }\n');
  const card = (detect: string): Lesson => readLesson(`id: a\ntitle: A\nstory: { what: It happened. }\nlesson: Do it otherwise.\nmessage: "\`$CALL\` by $METHOD."\ndetect: ${detect}\nexamples: { bad: ["for (const a of as) billing.charge(a)"], good: ["billing.list()"] }\n`, 'a.yml', { knownWords: knownWith(known, words) }).lesson!;

  test('is found like any other, with attributes, alone and through another one', async () => {
    const code = { 'a.ts': 'for (const a of as) {\n  billing.charge(a);\n  billing.list();\n}\nbilling.charge(b);\n' };
    expect(await placesOf(card('{ is: { billing: { as: $CALL, method: $METHOD } }, inside: { is: iteration } }'), words, code)).toEqual(['a.ts:2 `billing.charge(a)` by charge. The same goes for line 3.']);
    expect(await placesOf(card('{ is: { billing: { as: $CALL, method: $METHOD } }, all: [ { is: slow-billing } ] }'), words, code)).toEqual(['a.ts:2 `billing.charge(a)` by charge.', 'a.ts:5 `billing.charge(b)` by charge.']);
  });

  test('proves the examples of cards', async () => {
    expect(await prove(card('{ is: { billing: { as: $CALL, method: $METHOD } }, inside: { is: iteration } }'), words)).toEqual([]);
  });

  test('words that go in circles end', async () => {
    const circle = wordsIn('one: { means: a, matches: [ { is: two } ] }\ntwo: { means: b, matches: [ { is: one } ] }\n');
    const lesson = readLesson('id: a\ntitle: A\nstory: { what: It happened. }\nlesson: Do it otherwise.\nmessage: m\ndetect: { is: one }\nexamples: { bad: ["a"], good: ["b"] }\n', 'a.yml', { knownWords: knownWith(known, circle) }).lesson!;
    expect(await placesOf(lesson, circle, { 'a.ts': 'f();\n' })).toEqual([]);
  });
});

test('a pattern that is no code is told at its place', async () => {
  const { words } = readVocabulary('db-call:\n  add:\n    - { code: "f(" }\n', 'vocabulary.yml', known);
  expect((await proveWords(words)).map(({ message, at }) => `${at?.line}:${at?.column} ${message}`)).toEqual([expect.stringMatching(/^3:\d+ the pattern `f\(` is not TypeScript/)]);
});
