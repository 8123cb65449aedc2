import { describe, expect, test } from 'vitest';
import { readLesson } from '../../src/lessons/read-lesson.ts';
import { prove } from '../../src/matching/prove.ts';
import { review } from '../../src/review.ts';
import { vocabulary } from '../../src/vocabulary/index.ts';
import { changeBetween } from '../change-between.ts';
import { inMemory, type Files } from '../in-memory.ts';
import { cardOf, linesOf } from './cards.ts';

/** What a card says of a change, as `path:line message`. */
async function saidOf(detect: string, base: Files, head: Files, more = '') {
  const looked = await review({
    reader: inMemory({ base, head }), subject: { change: changeBetween(base, head) }, lessons: [cardOf(detect, more)], ignore: [], waivers: true, today: '2026-06-01', clock: () => 0,
  });
  return looked;
}
const placesOf = async (...args: Parameters<typeof saidOf>): Promise<string[]> => (await saidOf(...args)).findings.map(({ path, line, message }) => `${path}:${line} ${message}`);

const faultsOf = async (text: string): Promise<string[]> => {
  const { lesson, faults } = readLesson(text, 'card.yml', { knownWords: { words: new Map(vocabulary.map((word) => [word.name, word])) } });
  return [...faults, ...(lesson ? await prove(lesson) : [])].map(({ message, hint }) => `${message} | ${hint}`);
};

const hook = (guard: string): string => `app.post('/hook', async (req, res) => {\n  const event = req.body;\n${guard}  await charge(event);\n  res.end();\n});\n`;
const guard = '  if (await alreadyHandled(event.id)) return res.end();\n';
const removed = '{ removed: { code: "alreadyHandled($EVENT)", inside: { is: request-handler } } }';
const message = 'message: "`alreadyHandled($EVENT)` is gone."\n';

describe('removed', () => {
  test('a check that the change takes away, on the line where it was', async () => {
    expect(await placesOf(removed, { 'a.ts': hook(guard) }, { 'a.ts': hook('') }, message)).toEqual(['a.ts:3 `alreadyHandled(event.id)` is gone.']);
    expect(await placesOf(removed, { 'a.ts': hook(guard) }, { 'a.ts': hook('  log(event);\n') }, message)).toEqual(['a.ts:3 `alreadyHandled(event.id)` is gone.']);
  });

  test('silent when it is there, moved, renamed around, moved to another file, or was never there', async () => {
    expect(await placesOf(removed, { 'a.ts': hook(guard) }, { 'a.ts': hook(guard.replace('event.id', 'event.key')) })).toEqual([]);
    expect(await placesOf(removed, { 'a.ts': hook(guard) }, { 'a.ts': hook(`  log(event);\n${guard}`) })).toEqual([]);
    expect(await placesOf(removed, { 'a.ts': hook(guard) }, { 'a.ts': hook(`  await transaction(async () => {\n  ${guard}  });\n`) })).toEqual([]);
    expect(await placesOf(removed, { 'a.ts': hook(guard), 'b.ts': 'x();\n' }, { 'a.ts': 'x();\n', 'b.ts': hook(guard) })).toEqual([]);
    expect(await placesOf(removed, { 'a.ts': hook('') }, { 'a.ts': hook('  log(event);\n') })).toEqual([]);
    expect(await placesOf(removed, { 'a.ts': hook(guard) }, { 'a.ts': hook(guard) })).toEqual([]);
  });

  test('one of two is gone', async () => {
    expect(await placesOf(removed, { 'a.ts': hook(guard + guard.replace('.id', '.key')) }, { 'a.ts': hook(guard) }, message)).toEqual(['a.ts:4 `alreadyHandled(event.key)` is gone.']);
  });

  test('with its file, and not where the head could not be seen', async () => {
    expect(await placesOf(removed, { 'a.ts': hook(guard), 'b.ts': '1;\n' }, { 'b.ts': '2;\n' }, message)).toEqual(['a.ts:1 `alreadyHandled(event.id)` is gone.']);
    expect(await placesOf(removed, { 'a.ts': hook(guard) }, { 'a.ts': `// @generated\n${hook('')}` })).toEqual([]);
  });

  test('beside other ways to be found, never in a scan', async () => {
    const either = '{ any: [ { removed: { code: "guard()" } }, { code: "danger()" } ] }';
    expect(await placesOf(either, { 'a.ts': 'guard();\na();\n' }, { 'a.ts': 'a();\ndanger();\n' })).toEqual(['a.ts:1 It is here.', 'a.ts:2 It is here.']);
    expect(await linesOf(either, 'guard();\ndanger();')).toEqual([2]);
  });

  test('a waiver on the line settles it', async () => {
    const { findings, waived } = await saidOf(removed, { 'a.ts': hook(guard) }, { 'a.ts': hook('  // lesson-ok sample: the queue does it now\n') });
    expect([findings.length, waived.length]).toEqual([0, 1]);
  });
});

describe('together', () => {
  const route = '{ all: [ { code: "router.$VERB($PATH, $$$)", where: { $VERB: { text: "^(get|post)$" } } }, { together: { changed: "src/routes/**", needs: "openapi.yaml" } } ] }';
  const routes = "router.get('/a', a);\n";

  test('a new route without its contract', async () => {
    expect(await placesOf(route, { 'src/routes/a.ts': routes }, { 'src/routes/a.ts': `${routes}router.post('/b', b);\n` }, 'message: "$PATH is new."\n')).toEqual(["src/routes/a.ts:2 '/b' is new."]);
    expect(await placesOf(route, { 'src/routes/a.ts': routes, 'openapi.yaml': '1\n' }, { 'src/routes/a.ts': `${routes}router.post('/b', b);\n`, 'openapi.yaml': '2\n' })).toEqual([]);
    expect(await placesOf(route, { 'src/routes/a.ts': routes }, { 'src/routes/a.ts': `// first\n${routes}` })).toEqual([]);
    expect(await placesOf(route, { 'src/other/a.ts': routes }, { 'src/other/a.ts': `${routes}router.post('/b', b);\n` })).toEqual([]);
    expect(await linesOf(route, { 'src/routes/a.ts': routes })).toEqual([]);
  });

  test('files alone, whatever they hold', async () => {
    const schema = '{ together: { changed: "prisma/schema.prisma", needs: "prisma/migrations/**" } }';
    expect(await placesOf(schema, { 'prisma/schema.prisma': 'a\nb\n' }, { 'prisma/schema.prisma': 'a\nc\n' })).toEqual(['prisma/schema.prisma:2 It is here.']);
    expect(await placesOf(schema, { 'prisma/schema.prisma': 'a\n' }, { 'prisma/schema.prisma': 'b\n', 'prisma/migrations/1.sql': 'c\n' })).toEqual([]);
    expect(await placesOf(schema, { 'a.ts': '1;\n' }, { 'a.ts': '2;\n' })).toEqual([]);
  });
});

describe('text and file', () => {
  const latest = '{ text: "^\\\\s*image:\\\\s*(?<IMAGE>\\\\S+:latest)\\\\b", file: "**/*.{yml,yaml}" }';

  test('a finding on every line, with what its groups matched', async () => {
    expect(await placesOf(latest, {}, { 'k8s/a.yaml': 'a:\n  image: web:latest\n  image: db:15\n', 'a.md': 'image: web:latest\n' }, 'message: "$IMAGE moves."\n')).toEqual(['k8s/a.yaml:2 web:latest moves.']);
    expect(await placesOf(latest, { 'a.yml': 'image: web:latest\n' }, { 'a.yml': '# first\nimage: web:latest\n' })).toEqual([]);
  });

  test('where, not and fine-when read the same line', async () => {
    const detect = '{ text: "timeout=(?<MS>[0-9]+)", where: { $MS: { number: "> 5000" } }, not: { text: "# long on purpose" } }';
    expect(await placesOf(detect, {}, { 'a.ini': 'timeout=100\ntimeout=9000\ntimeout=9000 # long on purpose\n' })).toEqual(['a.ini:2 It is here.']);
    expect(await placesOf('{ text: "DEBUG=1" }', {}, { '.env': 'DEBUG=1\n', 'dev.env': 'DEBUG=1\n' }, 'fine-when: [ { file: "dev.env", because: it is for development } ]\n')).toEqual(['.env:1 It is here.']);
  });

  test('a file as such, only where it is new', async () => {
    const detect = '{ file: ["**/.env", "**/.env.production"] }';
    expect(await placesOf(detect, { 'a/.env': 'A=1\n' }, { 'a/.env': 'A=2\n', 'b/.env': 'B=1\n' })).toEqual(['b/.env:1 It is here.']);
    expect(await linesOf(detect, { 'a.ts': '1;', '.env.production': 'x' })).toEqual([]);
  });

  test('at most 20 in a file, by the beginning of long lines, in linear time', async () => {
    expect(await placesOf('{ text: "x" }', {}, { 'a.txt': 'x\n'.repeat(100) })).toHaveLength(20);
    const started = performance.now();
    expect(await placesOf('{ text: "(a+)+$" }', {}, { 'a.txt': `${'a'.repeat(900_000)}b\n${'x\n'.repeat(3_000)}` })).toHaveLength(1);
    expect(await placesOf('{ text: "^(a|a)*(aa)*b$" }', {}, { 'a.txt': `${'a'.repeat(3_900)}c\n`.repeat(200) })).toEqual([]);
    expect(performance.now() - started).toBeLessThan(20_000);
  });

  test('file beside code', async () => {
    expect(await linesOf('{ code: "f()", file: "src/**" }', { 'src/a.ts': 'f();', 'lib/a.ts': 'f();' })).toEqual(['src/a.ts:1']);
  });
});

describe('touches', () => {
  const card = (id: string, touches: string): string => `id: ${id}\ntitle: Remember ${id}\nstory: { what: It happened. }\nlesson: Take care.\nseverity: note\ntouches: ${touches}\n`;
  const notesOf = async (base: Files, head: Files, ...cards: string[]): Promise<string[]> => {
    const lessons = cards.map((text) => readLesson(text, 'x.yml', { knownWords: { words: new Map() } }).lesson!);
    const { notes, findings } = await review({ reader: inMemory({ base, head }), subject: { change: changeBetween(base, head) }, lessons, ignore: [], waivers: true, today: '2026-06-01', clock: () => 0 });
    expect(findings).toEqual([]);
    return notes.map(({ code, message: said, path, line }) => `${code} ${path}:${line} ${said}`);
  };

  test('recalls the story of files and names, at most two of them', async () => {
    const cards = [card('billing', '{ files: ["src/billing/**"] }'), card('pool', '{ symbols: [createPool] }'), card('other', '{ files: ["docs/**"] }')];
    expect(await notesOf({ 'src/a.ts': 'a();\n' }, { 'src/a.ts': 'a();\nx.createPool(1);\n', 'src/billing/b.ts': '1;\n' }, ...cards)).toEqual([
      'lesson/reminder src/a.ts:2 Remember pool. It happened.', 'lesson/reminder src/billing/b.ts:undefined Remember billing. It happened.',
    ]);
    expect(await notesOf({ 'src/a.ts': 'a();\n' }, { 'src/a.ts': 'createPools();\n' }, ...cards)).toEqual([]);
    const many = ['a', 'b', 'c'].map((id) => card(id, '{ files: ["**"] }'));
    expect(await notesOf({ 'src/a.ts': 'a();\n' }, { 'src/a.ts': 'b();\n' }, ...many)).toHaveLength(2);
  });
});

describe('examples of changes prove a card', () => {
  const head = 'id: sample\ntitle: A sample\nstory: { what: It happened. }\nlesson: Do it otherwise.\nmessage: It is gone.\n';
  const q = JSON.stringify;

  test('before and after', async () => {
    const text = (bad: string, good: string): string => `${head}detect: ${removed}\nexamples: { bad: [${bad}], good: [${good}] }\n`;
    const change = (before: string, after: string): string => `{ before: ${q(before)}, after: ${q(after)} }`;
    expect(await faultsOf(text(change(hook(guard), hook('')), change(hook(guard), hook(`  log();\n${guard}`))))).toEqual([]);
    expect(await faultsOf(text(change(hook(guard), hook(guard)), change(hook(guard), hook(''))))).toEqual([
      'the card does not catch this bad example | `alreadyHandled($EVENT)`, inside `request-handler` is there after the change as well',
      'the card catches this good example: It is gone. | narrow `detect`, say under fine-when why it is fine, or move the example to bad',
    ]);
    expect(await faultsOf(text(q(hook(guard)), q('1')))).toEqual(['what a change takes away is shown by the code before and after it | write { before: "…", after: "…" }']);
    expect(await faultsOf(text(change('a()', 'b()'), q('1')))).toEqual([expect.stringContaining('before the change it holds no')]);
  });

  test('also-changed', async () => {
    const text = `${head}detect: { code: "router.get($$$)", together: { changed: "src/routes/**", needs: "openapi.yaml" } }\nexamples: { bad: ["router.get('/a', b)"], good: [ { code: "router.get('/a', b)", also-changed: ["openapi.yaml"] }, { file: lib/a.ts, code: "router.get('/a', b)" } ] }\n`;
    expect(await faultsOf(text)).toEqual([]);
    const alone = `${head}detect: { together: { changed: "*.prisma", needs: "migrations/**" } }\nexamples: { bad: [{ file: a.prisma, code: "x" }, "y"], good: [{ file: a.prisma, code: x, also-changed: [migrations/1.sql] }] }\n`;
    expect(await faultsOf(alone)).toEqual([]);
  });

  test('lines and files', async () => {
    const text = `${head}detect: { text: "FROM .*:latest", file: "**/Dockerfile" }\nexamples: { bad: ["FROM node:latest", { file: a/Dockerfile, code: "# one\\nFROM node:latest" }], good: ["FROM node:24", { file: a.md, code: "FROM node:latest" }] }\n`;
    expect(await faultsOf(text)).toEqual([]);
    expect(await faultsOf(text.replace('"FROM node:latest"', '"FROM node:22"'))).toEqual(['the card does not catch this bad example | no line of it matches `FROM .*:latest`']);
  });

  test('names pinned by from count as imported', async () => {
    expect(await faultsOf(`${head}detect: { code: "new Queue($$$)", from: bullmq }\nexamples: { bad: ["new Queue('a')"], good: ["class Queue {}\\nnew Queue('a')", "import { Queue } from 'bull';\\nnew Queue('a')"] }\n`)).toEqual([]);
    expect(await faultsOf(`${head}detect: { code: "$REPO.load($$$)", from: "@acme/orders" }\nexamples: { bad: ["for (const a of b) ordersRepo.load(a)"], good: ["const other = make();\\nother.load(1)"] }\n`)).toEqual([]);
    expect(await faultsOf(`${head}detect: { code: "db.load($$$)", from: src/db.ts }\nexamples: { bad: ["db.load(1)", { file: src/web/a.ts, code: "import { db } from '../db';\\ndb.load(a)" }], good: ["load(1)"] }\n`)).toEqual([]);
  });
});

test('what reads something else than code cannot stand just anywhere', async () => {
  const card = (detect: string, more = ''): string => `id: sample\ntitle: A sample\nstory: { what: It happened. }\nlesson: Do it otherwise.\nmessage: It is gone.\ndetect: ${detect}\nexamples: { bad: ["a"], good: ["b"] }\n${more}`;
  expect(await faultsOf(card('{ code: "f()", inside: { removed: { code: "g()" } } }'))).toEqual(['"removed" cannot stand here | it stands at the top of detect, or in any and all there']);
  expect(await faultsOf(card('{ code: "f()", inside: { text: g } }'))).toEqual([expect.stringContaining('"text" reads the lines of a file')]);
  expect(await faultsOf(card('{ code: "f()", text: g }'))).toEqual([expect.stringContaining('cannot ask about code as well')]);
  expect(await faultsOf(card('{ text: "(" }'))).toEqual([expect.stringContaining('missing')]);
  expect(await faultsOf(card('{ file: "/a" }'))).toEqual([expect.stringContaining('paths count from the root')]);
  expect(await faultsOf(card('{ together: { changed: "a" } }'))).toEqual([expect.stringContaining('"needs" is missing')]);
});
