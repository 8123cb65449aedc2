import { expect, test } from 'vitest';
import { review } from '../../src/review.ts';
import { changeBetween } from '../change-between.ts';
import { inMemory, type Files } from '../in-memory.ts';
import { builtInLesson } from '../samples.ts';

const packages = { 'package.json': '{ "dependencies": { "pg": "*" } }' };
const search = (name: string, statement: string): string => `import { db } from './db';\n\nexport async function ${name}(term: string) {\n  const statement = ${statement};\n  const result = await db.query(statement);\n  return result.rows.map((row) => row.title);\n}\n`;
const db = "import { Pool } from 'pg';\n\nexport const db = new Pool();\n";
const unlimited = '`select title from books order by title`';
const limited = '`select title from books order by title limit 20`';

/** Where the change between two sides repeats a lesson. */
async function brought(base: Files, head: Files, lesson = 'missing-limit'): Promise<string[]> {
  const sides = { base: { ...packages, 'db.ts': db, ...base }, head: { ...packages, 'db.ts': db, ...head } };
  const { findings } = await review({
    reader: inMemory(sides), subject: { change: changeBetween(sides.base, sides.head) }, lessons: [builtInLesson(lesson)], ignore: [], waivers: true, today: '2026-06-01', clock: () => 0,
  });
  return findings.map(({ path, line }) => `${path}:${line}`);
}

test('code that says little is known in another file by the function around it', async () => {
  expect(await brought({ 'old.ts': search('titles', unlimited) }, { 'new.ts': search('titles', unlimited) })).toEqual([]);
  expect(await brought({ 'old.ts': search('titles', unlimited), 'books.ts': 'export {};\n' }, { 'old.ts': 'export {};\n', 'books.ts': search('titles', unlimited) })).toEqual([]);
});

test('a file that goes does not excuse another query, which lost its limit, because both are called alike', async () => {
  expect(await brought({ 'gone.ts': search('everything', unlimited), 'books.ts': search('page', limited) }, { 'books.ts': search('page', unlimited) })).toEqual(['books.ts:5']);
});

test('what is taken out into a function of the same file is what it was', async () => {
  const inline = "import { db } from './db';\n\nexport async function show() {\n  const result = await db.query('select title from books');\n  return result.rows.map((row) => row.title);\n}\n";
  const apart = "import { db } from './db';\n\nexport async function show() {\n  return titles();\n}\n\nasync function titles() {\n  const result = await db.query('select title from books');\n  return result.rows.map((row) => row.title);\n}\n";
  expect(await brought({ 'books.ts': inline }, { 'books.ts': apart })).toEqual([]);
});

test('a list that an inline handler loaded and a service or a controller loads now is what it was', async () => {
  const orm = { 'package.json': '{ "dependencies": { "@prisma/client": "*", "express": "*" } }', 'db.ts': "import { PrismaClient } from '@prisma/client';\n\nexport const prisma = new PrismaClient();\n" };
  const inline = "import express from 'express';\nimport { prisma } from './db';\n\nexport const app = express();\napp.get('/orders', async (req, res) => {\n  const orders = await prisma.order.findMany();\n  res.json(orders);\n});\n";
  const calling = inline.replace("import { prisma } from './db';", "import { listOrders } from './orders.service';").replace('prisma.order.findMany()', 'listOrders()');
  const service = "import { prisma } from './db';\n\nexport async function listOrders() {\n  return prisma.order.findMany();\n}\n";
  expect(await brought({ ...orm, 'routes.ts': inline }, { ...orm, 'routes.ts': calling, 'orders.service.ts': service })).toEqual([]);
});

test('a list that one service stops loading whole does not excuse another that begins to, though both say `this.repo.find()`', async () => {
  const orm = { 'package.json': '{ "dependencies": { "typeorm": "*", "@nestjs/typeorm": "*", "@nestjs/common": "*" } }', 'tag.entity.ts': "import { Entity } from 'typeorm';\n\n@Entity()\nexport class Tag {}\n" };
  const service = (name: string, method: string, call: string): string => `import { InjectRepository } from '@nestjs/typeorm';\nimport { Repository } from 'typeorm';\nimport { Tag } from './tag.entity';\n\nexport class ${name} {\n  constructor(@InjectRepository(Tag) private readonly repo: Repository<Tag>) {}\n\n  async ${method}() {\n    return ${call};\n  }\n}\n`;
  const before = { ...orm, 'tags.ts': service('Tags', 'allTags', 'this.repo.find()'), 'labels.ts': service('Labels', 'howMany', 'this.repo.count()') };
  expect(await brought(before, { ...orm, 'tags.ts': service('Tags', 'allTags', 'this.repo.find({ take: 100 })'), 'labels.ts': service('Labels', 'everything', 'this.repo.find()') })).toEqual(['labels.ts:9']);
});

test('a list that was limited where it stood, and is loaded whole elsewhere, is new there', async () => {
  const orm = { 'package.json': '{ "dependencies": { "@prisma/client": "*" } }' };
  const loading = (name: string, call: string): string => `import { PrismaClient } from '@prisma/client';\n\nconst prisma = new PrismaClient();\n\nexport async function ${name}() {\n  return ${call};\n}\n`;
  const before = { ...orm, 'nightly.ts': loading('nightly', 'prisma.user.findMany()'), 'api.ts': 'export {};\n' };
  expect(await brought(before, { ...orm, 'nightly.ts': loading('nightly', 'prisma.user.findMany({ take: 50 })'), 'api.ts': loading('everybody', 'prisma.user.findMany()') })).toEqual(['api.ts:6']);
});

test('what names its table is known wherever it goes, whatever the client is called, and whatever the function that loads it now', async () => {
  const orm = { 'package.json': '{ "dependencies": { "@prisma/client": "*" } }', 'db.ts': "import { PrismaClient } from '@prisma/client';\n\nexport const db = new PrismaClient();\n" };
  const loading = (name: string): string => `import { db } from './db';\n\nexport async function ${name}() {\n  return db.order.findMany();\n}\n`;
  for (const name of ['listOrders', 'findManyOrders']) {
    const calling = `import { ${name} } from './orders';\n\nexport async function load() {\n  return ${name}();\n}\n`;
    expect(await brought({ ...orm, 'page.ts': loading('load') }, { ...orm, 'page.ts': calling, 'orders.ts': loading(name) })).toEqual([]);
  }
});

const clients: Files = {
  'package.json': '{ "dependencies": { "@prisma/client": "*", "typeorm": "*", "knex": "*", "mongoose": "*" } }',
  'prisma.ts': "import { PrismaClient } from '@prisma/client';\n\nexport const prisma = new PrismaClient();\n",
  'orm.ts': "import { DataSource } from 'typeorm';\nimport { Order } from './order.entity';\n\nexport const orderRepo = new DataSource({ type: 'postgres' }).getRepository(Order);\n",
  'order.entity.ts': "import { Entity } from 'typeorm';\n\n@Entity()\nexport class Order {}\n",
  'knex.ts': "import knex from 'knex';\n\nexport const db = knex({ client: 'pg' });\n",
};
const asking = (name: string, call: string): string => `import { prisma } from './prisma';\nimport { orderRepo } from './orm';\nimport { db } from './knex';\n\nexport async function ${name}() {\n  return ${call};\n}\n`;

test.each([
  ['orderRepo.find()', 'orderRepo.findAndCount({ take: 50 })'],
  ["db('orders')", "db('orders').limit(50)"],
  ["db('orders').select()", "db('orders').select().limit(50)"],
  ["db('orders').where('open', true)", "page(db('orders').where('open', true))"],
  ['prisma.user.findMany()', 'prisma.user\n    .findMany({ take: 50 })\n    .then((users) => users.filter(Boolean))'],
  ['prisma.user.findMany({ where: { active: true } })', 'prisma.user.findMany({ where: { active: true }, take: 50 })'],
])('%s that was mended in its place is new elsewhere', async (call, mended) => {
  const before = { ...clients, 'nightly.ts': asking('nightly', call), 'api.ts': 'export {};\n' };
  expect(await brought(before, { ...before, 'nightly.ts': asking('nightly', mended), 'api.ts': asking('everybody', call) })).toEqual(['api.ts:6']);
});

test.each([
  ['prisma.client.findMany()', ''], ['prisma.model.findMany()', ''], ['prisma.run.findMany()', ''], ["db('orders')", ''],
  ['prisma.user.findMany()', '  // was prisma.user.findMany() here\n'],
])('%s that a new function of another file makes now has moved', async (call, comment) => {
  const calling = `import { everybody } from './api';\n\nexport async function nightly() {\n${comment}  return everybody();\n}\n`;
  const before = { ...clients, 'nightly.ts': asking('nightly', call) };
  expect(await brought(before, { ...before, 'nightly.ts': calling, 'api.ts': asking('everybody', call) })).toEqual([]);
});

test('a call whose text is like a pattern, or that has no members, is compared as it stands', async () => {
  const remote = { ...clients, 'user.ts': "import { prisma } from './prisma';\n\nexport async function loadUser(id: string) {\n  return prisma.user.findUnique({ where: { id } });\n}\n" };
  const looping = (name: string, call: string): string => `import { loadUser } from './user';\n\nexport async function ${name}(ids: string[]) {\n  const all = [];\n  for (const id of ids) {\n    all.push(await ${call});\n  }\n  return all;\n}\n`;
  for (const call of ['loadUser(id)', "loadUser('c++(' + id)", 'loadUser(`c(${id})`)']) {
    const before = { ...remote, 'one.ts': looping('one', call) };
    const after = { ...remote, 'one.ts': "import { two } from './two';\n\nexport async function one(ids: string[]) {\n  return two(ids);\n}\n", 'two.ts': looping('two', call) };
    expect(await brought(before, after, 'n-plus-one')).toEqual([]);
    expect(await brought(remote, after, 'n-plus-one')).not.toEqual([]);
  }
});

test.each([
  ['prisma.order.findMany({ where: { tenant: 3, open: true } })', 'prisma.order.create({ data: { open: true } })'],
  ['prisma.order.findMany()', 'prisma.order.count()'],
  ["db('orders')", "db('orders').count('* as n')"],
  ["db('orders').where('open', true)", "db('orders').where('id', 3).first()"],
  ["db.select('*').from('orders').where('open', true)", "db.select('id').from('users').where('id', 3).limit(1)"],
  ["prisma.order.findMany({ where: { open: true } })", 'prisma.order.findUnique({ where: { id: 3 } })'],
])('%s that goes to another file has moved, though another call on the same table is written beside its old place', async (call, beside) => {
  const before = { ...clients, 'orders.ts': asking('list', call), 'orders.repository.ts': 'export {};\n' };
  const calling = `import { all } from './orders.repository';\n${asking('list', 'all()')}\nexport async function other() {\n  return ${beside};\n}\n`;
  expect(await brought(before, { ...before, 'orders.ts': calling, 'orders.repository.ts': asking('all', call) })).toEqual([]);
});
