import { expect, test } from 'vitest';
import { nestsAsyncTooDeep } from '../../src/code/async-nesting.ts';
import { ts, type CallExpression, type Node } from '../../src/code/compiler.ts';
import { OpenedFiles } from '../../src/code/opened-files.ts';
import { Scene } from '../../src/code/scene.ts';
import { handleOf } from '../../src/recognition/handle.ts';
import { builtInLesson, findingsIn } from '../samples.ts';
import { linesOf } from './cards.ts';

test('an expression nested 5,000 deep, and regular expressions on a long text, cannot stall a review', async () => {
  const started = performance.now();
  const deep = `g();\n${'f('.repeat(5_000)}1${')'.repeat(5_000)}`;
  await linesOf('{ code: "f($X)", contains: { code: "g($X)" } }', deep).catch((error: Error) => expect(error.message).toMatch(/review\/(?:too-deep|stumbled)/));
  await expect(linesOf('{ code: "f($X)", inside: { code: "f($Y)", inside: { code: "g($Y)" } } }', `g();\n${'f('.repeat(400)}1${')'.repeat(400)}`)).rejects.toThrow('review/stumbled');
  const long = `f('${'a'.repeat(500_000)}b');\n${'g();\n'.repeat(3_000)}`;
  expect(await linesOf('{ code: "f($X)", where: { $X: { text: "^(a|a)*(a+)+c$" } } }', long)).toEqual([]);
  expect(performance.now() - started).toBeLessThan(30_000);
}, 60_000);

test('statements that add to themselves, builders that give each other, and interfaces in a circle cannot stall a review', async () => {
  const started = performance.now();
  const adding = `import { Pool } from 'pg';\nconst pool = new Pool();\nexport function all() {\n  let sql = 'select * from orders';\n${'  sql += sql;\n'.repeat(120)}  return pool.query(sql);\n}`;
  const giving = Array.from({ length: 8 }, (_, at) => `function f${at}(n) {\n${Array.from({ length: 10 }, (_, k) => `  if (n === ${k}) return ${at === 7 ? "knex('orders')" : `f${at + 1}(n)`}.where('b', ${k});`).join('\n')}\n}`).join('\n');
  const builders = `import knexOf from 'knex';\nconst knex = knexOf({});\n${giving}\nexport const rows = async (n) => await f0(n).select('*');`;
  const circle = `interface A extends ${Array(60).fill('A').join(', ')} { ${Array.from({ length: 500 }, (_, at) => `m${at}: string;`).join(' ')} }\nexport async function run(a: A) {\n${Array.from({ length: 300 }, (_, at) => `  await a.query${at}('select 1 from b');`).join('\n')}\n}`;
  for (const sample of [adding, builders, circle]) await findingsIn({ 'sample.ts': sample }, [builtInLesson('missing-limit'), builtInLesson('n-plus-one')]);
  expect(performance.now() - started).toBeLessThan(30_000);
}, 60_000);

test('statements of thousands of limits, and texts that never end, cannot stall a review', async () => {
  const started = performance.now();
  const query = `import express from 'express';\nimport { Pool } from 'pg';\nconst pool = new Pool();\nconst app = express();\napp.get('/', async (req, res) => res.json(await pool.query(\`select * from a ${'limit ?\n'.repeat(20_000)}\`, [req.query.n])));`;
  expect((await findingsIn({ 'sample.ts': query }, [builtInLesson('unbounded-limit')])).map(({ line }) => line)).toEqual([5]);
  const many = 'async x;\n'.repeat(20);
  for (const text of ['/* '.repeat(60_000), `'${"\\'".repeat(90_000)}`, `"${'\\"'.repeat(90_000)}`]) expect(nestsAsyncTooDeep(many + text)).toBe(false);
  expect(performance.now() - started).toBeLessThan(10_000);
}, 60_000);

test('a statement of white space, and a loop of a thousand names made of each other, cannot stall a review', async () => {
  const started = performance.now();
  const space = '\n'.repeat(90_000);
  const statements = ['select count(*)' + space + 'x, a from t', 'select count(*)::numeric(' + space + 'x) from t'].map((text) => `pool.query(\`${text}\`);`);
  const names = Array.from({ length: 900 }, (_, at) => `    a${900 - at} = a${899 - at};`).join('\n');
  const chained = `import { PrismaClient } from '@prisma/client';\nconst prisma = new PrismaClient();\nexport async function run(rows) {\n  let p = 1;\n  for (const row of rows) {\n    const a0 = await prisma.a.findFirst({ where: { p } });\n${names}\n    p = a900;\n${'    await prisma.b.findFirst({ where: { p } });\n'.repeat(40)}  }\n}`;
  await findingsIn({ 'sample.ts': `import { Pool } from 'pg';\nconst pool = new Pool();\n${statements.join('\n')}` }, [builtInLesson('missing-limit')]);
  await findingsIn({ 'sample.ts': chained }, [builtInLesson('n-plus-one')]);
  expect(performance.now() - started).toBeLessThan(10_000);
}, 60_000);

test('a query that is put together in thousands of steps, and as many streams in one function, cannot stall a review', async () => {
  const started = performance.now();
  const steps = `import knex from 'knex';\nconst db = knex({ client: 'pg' });\nexport async function all() {\n  let query = db('orders');\n${Array.from({ length: 1_500 }, (_, at) => `  query = query.where('a', ${at});`).join('\n')}\n  return await query;\n}`;
  const stream = '    const read = prisma.user.findMany({ where: { x } }); for await (const y of read) print(y);\n';
  const streams = `import { PrismaClient } from '@prisma/client';\nconst prisma = new PrismaClient();\nexport async function run(rows) {\n  for (const x of rows) {\n${stream.repeat(500)}  }\n}`;
  await findingsIn({ 'sample.ts': steps }, [builtInLesson('missing-limit')]);
  await findingsIn({ 'sample.ts': streams }, [builtInLesson('missing-limit'), builtInLesson('n-plus-one')]);
  expect(performance.now() - started).toBeLessThan(30_000);
}, 60_000);

test('a long chain in a file whose manifest has not come yet is read link by link', () => {
  const files = new OpenedFiles();
  files.add(['lib/words.ts'], new Map([['lib/words.ts', { text: `const words = (url) => url${".split('-').join(' ')".repeat(12)};` }]]));
  const scene = new Scene('head', files);
  const calls: CallExpression[] = [];
  const visit = (node: Node): void => {
    if (ts.isCallExpression(node)) calls.push(node);
    ts.forEachChild(node, visit);
  };
  visit(files.tree('lib/words.ts')!);
  expect(calls.map((call) => handleOf(call, scene))).toEqual(Array(24).fill(undefined));
  expect(files.wanted).toContain('lib/package.json');
  expect(files.misses).toBeLessThan(1_000);
});
