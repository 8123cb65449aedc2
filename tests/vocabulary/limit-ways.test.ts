import { describe, expect, test } from 'vitest';
import type { Files } from '../in-memory.ts';
import { builtInLesson, findingsIn } from '../samples.ts';

/**
 * Every way in which a list gets its limit, for every library: what caps it is silent, also where it stands in another function or file; what
 * a client chooses without a cap is told.
 */
type Listing = { packages: readonly string[]; above: string; /** The query, with `@` for its limit. */ lists: string };

const listings: Record<string, Listing> = {
  Prisma: { packages: ['@prisma/client'], above: "import { PrismaClient } from '@prisma/client';\nconst prisma = new PrismaClient();", lists: 'await prisma.order.findMany({ where: { open: true }, take: @ })' },
  'TypeORM, find': { packages: ['typeorm'], above: "import { DataSource } from 'typeorm';\nimport { Order } from './order';\nconst orders = new DataSource({}).getRepository(Order);", lists: 'await orders.find({ where: { open: true }, take: @ })' },
  'TypeORM, a builder': { packages: ['typeorm'], above: "import { DataSource } from 'typeorm';\nimport { Order } from './order';\nconst orders = new DataSource({}).getRepository(Order);", lists: "await orders.createQueryBuilder('o').where('o.open').take(@).getMany()" },
  Sequelize: { packages: ['sequelize'], above: "import { Sequelize } from 'sequelize';\nconst Order = new Sequelize(url).define('Order', {});", lists: 'await Order.findAll({ where: { open: true }, limit: @ })' },
  Mongoose: { packages: ['mongoose'], above: "import mongoose from 'mongoose';\nconst Order = mongoose.model('Order', schema);", lists: 'await Order.find({ open: true }).limit(@).lean()' },
  MongoDB: { packages: ['mongodb'], above: "import { MongoClient } from 'mongodb';\nconst orders = new MongoClient(url).db().collection('orders');", lists: 'await orders.find({ open: true }).limit(@).toArray()' },
  Drizzle: { packages: ['drizzle-orm'], above: "import { drizzle } from 'drizzle-orm/node-postgres';\nconst db = drizzle(url, { schema });", lists: 'await db.select().from(orders).limit(@)' },
  'Drizzle, relations': { packages: ['drizzle-orm'], above: "import { drizzle } from 'drizzle-orm/node-postgres';\nconst db = drizzle(url, { schema });", lists: 'await db.query.orders.findMany({ limit: @ })' },
  Knex: { packages: ['knex'], above: "import makeKnex from 'knex';\nconst knex = makeKnex({});", lists: "await knex('orders').where('open', true).limit(@)" },
  Kysely: { packages: ['kysely'], above: "import { Kysely } from 'kysely';\nconst db = new Kysely({});", lists: "await db.selectFrom('orders').selectAll().limit(@).execute()" },
  Objection: { packages: ['objection'], above: "import { Model } from 'objection';\nclass Order extends Model {}", lists: 'await Order.query().where({ open: true }).limit(@)' },
  MikroORM: { packages: ['@mikro-orm/core'], above: "import { MikroORM } from '@mikro-orm/core';\nimport { Order } from './order';\nconst em = MikroORM.initSync({}).em;", lists: 'await em.find(Order, { open: true }, { limit: @ })' },
  pg: { packages: ['pg'], above: "import { Pool } from 'pg';\nconst pool = new Pool();", lists: "await pool.query('SELECT * FROM orders WHERE open LIMIT $1', [@])" },
  Supabase: { packages: ['@supabase/supabase-js'], above: "import { createClient } from '@supabase/supabase-js';\nconst supabase = createClient(url, key);", lists: "await supabase.from('orders').select('*').limit(@)" },
};

const handler = (above: string, body: string): string => `import express from 'express';\n${above}\nconst app = express();\napp.get('/orders', async (req, res) => {\n  ${body}\n});`;
const service = (above: string, parameters: string, lists: string): string => `${above}\nexport async function list(${parameters}) {\n  return ${lists};\n}`;

type Way = (above: string, lists: (limit: string) => string) => Files;

/** What nobody has to be told. */
const capped: Record<string, Way> = {
  'a number': (above, lists) => ({ 'a.ts': handler(above, `res.json(${lists('50')});`) }),
  'a constant': (above, lists) => ({ 'a.ts': handler(`${above}\nconst PAGE_SIZE = 50;`, `res.json(${lists('PAGE_SIZE')});`) }),
  'a constant of another file': (above, lists) => ({ 'constants.ts': 'export const PAGE_SIZE = 50;', 'a.ts': handler(`${above}\nimport { PAGE_SIZE } from './constants';`, `res.json(${lists('PAGE_SIZE')});`) }),
  'a setting': (above, lists) => ({ 'a.ts': handler(`${above}\nimport { config } from './config';`, `res.json(${lists('config.pageSize')});`) }),
  'the smaller one': (above, lists) => ({ 'a.ts': handler(above, `res.json(${lists('Math.min(Number(req.query.limit) || 20, 100)')});`) }),
  'the smaller one, before': (above, lists) => ({ 'a.ts': handler(above, `const limit = Math.min(parseInt(req.query.limit, 10) || 20, 100);\n  res.json(${lists('limit')});`) }),
  'a condition': (above, lists) => ({ 'a.ts': handler(above, `const asked = Number(req.query.limit);\n  const limit = asked > 100 ? 100 : asked;\n  res.json(${lists('limit')});`) }),
  'a correction': (above, lists) => ({ 'a.ts': handler(above, `let limit = Number(req.query.limit) || 20;\n  if (limit > 100) limit = 100;\n  res.json(${lists('limit')});`) }),
  'a refusal': (above, lists) => ({ 'a.ts': handler(above, `const limit = Number(req.query.limit) || 20;\n  if (limit > 100) return res.status(400).end();\n  res.json(${lists('limit')});`) }),
  'a schema': (above, lists) => ({ 'a.ts': handler(`${above}\nimport { z } from 'zod';\nconst query = z.object({ limit: z.coerce.number().int().min(1).max(100).default(20) });`, `const { limit } = query.parse(req.query);\n  res.json(${lists('limit')});`) }),
  'a function that caps': (above, lists) => ({ 'clamp.ts': 'export const clamp = (n: number, least: number, most: number) => Math.max(least, Math.min(n, most));', 'a.ts': handler(`${above}\nimport { clamp } from './clamp';`, `res.json(${lists('clamp(Number(req.query.limit), 1, 100)')});`) }),
  'a function of lodash': (above, lists) => ({ 'a.ts': handler(`${above}\nimport { clamp } from 'lodash';`, `res.json(${lists('clamp(Number(req.query.limit), 1, 100)')});`) }),
  'one of a few': (above, lists) => ({ 'a.ts': handler(above, `const limit = [10, 20, 50].includes(Number(req.query.limit)) ? Number(req.query.limit) : 10;\n  res.json(${lists('limit')});`) }),
  'a function of another file that reads the page': (above, lists) => ({ 'page.ts': 'export function pageOf(query) {\n  const size = Math.min(Math.max(Number(query.size) || 20, 1), 100);\n  return { size, skip: (Number(query.page) || 0) * size };\n}', 'a.ts': handler(`${above}\nimport { pageOf } from './page';`, `const { size } = pageOf(req.query);\n  res.json(${lists('size')});`) }),
  'a service that is given a cap': (above, lists) => ({ 'service.ts': service(above, 'limit: number', lists('limit')), 'a.ts': handler("import { list } from './service';", 'res.json(await list(Math.min(Number(req.query.limit) || 20, 100)));') }),
  'a service with a default': (above, lists) => ({ 'service.ts': service(above, 'limit = 20', lists('limit')), 'a.ts': handler("import { list } from './service';", 'res.json(await list());') }),
  'a service that caps what it is given': (above, lists) => ({ 'service.ts': service(above, '{ limit = 20 } = {}', lists('Math.min(limit, 100)')), 'a.ts': handler("import { list } from './service';", 'res.json(await list({ limit: Number(req.query.limit) }));') }),
  'a schema of a route': (above, lists) => ({ 'a.ts': `import fastify from 'fastify';\n${above}\nfastify().get('/orders', { schema: { querystring: { type: 'object', properties: { limit: { type: 'integer', maximum: 100 } } } } }, async (req: any) => {\n  return ${lists('req.query.limit')};\n});` }),
  'a part of a list that was cut': (above, lists) => ({ 'a.ts': handler(above, `const ids = req.body.ids.slice(0, 50);\n  res.json(${lists('ids.length')});`) }),
};

/** What a client chooses as it likes. */
const open: Record<string, Way> = {
  'a number of the query': (above, lists) => ({ 'a.ts': handler(above, `res.json(${lists('Number(req.query.limit)')});`) }),
  'an integer, before': (above, lists) => ({ 'a.ts': handler(above, `const limit = parseInt(req.query.limit, 10);\n  res.json(${lists('limit')});`) }),
  'with a default': (above, lists) => ({ 'a.ts': handler(above, `const limit = +req.query.limit || 20;\n  res.json(${lists('limit')});`) }),
  'taken apart, with a default': (above, lists) => ({ 'a.ts': handler(above, `const { limit = 20 } = req.query;\n  res.json(${lists('Number(limit)')});`) }),
  'only a least one': (above, lists) => ({ 'a.ts': handler(above, `const limit = Math.max(1, Number(req.query.limit));\n  res.json(${lists('limit')});`) }),
  'a schema without a most': (above, lists) => ({ 'a.ts': handler(`${above}\nimport { z } from 'zod';\nconst query = z.object({ limit: z.coerce.number().int().min(1).default(20) });`, `const { limit } = query.parse(req.query);\n  res.json(${lists('limit')});`) }),
  'a service': (above, lists) => ({ 'service.ts': service(above, 'limit: number', lists('limit')), 'a.ts': handler("import { list } from './service';", 'res.json(await list(Number(req.query.limit)));') }),
  'a service with options': (above, lists) => ({ 'service.ts': service(above, '{ limit = 20 }', lists('limit')), 'a.ts': handler("import { list } from './service';", 'res.json(await list({ limit: Number(req.query.limit) }));') }),
  'a service that is given the query': (above, lists) => ({ 'service.ts': service(above, 'query', lists('Number(query.limit) || 20')), 'a.ts': handler("import { list } from './service';", 'res.json(await list(req.query));') }),
  'a class of a service': (above, lists) => ({ 'service.ts': `${above}\nexport class Orders {\n  async list(open: boolean, limit: number) {\n    return ${lists('limit')};\n  }\n}`, 'a.ts': handler("import { Orders } from './service';\nconst orders = new Orders();", 'res.json(await orders.list(true, Number(req.query.limit) || 20));') }),
  'a function that reads the page': (above, lists) => ({ 'page.ts': 'export function pageOf(query) {\n  const size = Number(query.size) || 20;\n  return { size, skip: (Number(query.page) || 0) * size };\n}', 'a.ts': handler(`${above}\nimport { pageOf } from './page';`, `const { size } = pageOf(req.query);\n  res.json(${lists('size')});`) }),
  'a schema of a route without a most': (above, lists) => ({ 'a.ts': `import fastify from 'fastify';\n${above}\nfastify().get('/orders', { schema: { querystring: { type: 'object', properties: { limit: { type: 'integer', default: 20 } } } } }, async (req: any) => {\n  return ${lists('req.query.limit')};\n});` }),
  'a message of a socket': (above, lists) => ({ 'a.ts': `import { Server } from 'socket.io';\n${above}\nnew Server().on('connection', (socket) => {\n  socket.on('orders', async ({ limit }, done) => {\n    done(${lists('limit')});\n  });\n});` }),
};

const lessons = ['missing-limit', 'unbounded-limit'].map(builtInLesson);

async function told(files: Files, packages: readonly string[]): Promise<string[]> {
  const manifest = JSON.stringify({ dependencies: Object.fromEntries([...packages, 'express', 'zod', 'lodash', 'socket.io'].map((each) => [each, '*'])) });
  return (await findingsIn({ 'package.json': manifest, ...files }, lessons)).map(({ lesson }) => lesson);
}

describe.each(Object.entries(listings))('%s', (_, { packages, above, lists }) => {
  const listing = (limit: string): string => lists.replace('@', limit);
  test.each(Object.entries(capped))('capped by %s', async (_way, filesFor) => {
    expect(await told(filesFor(above, listing), packages)).toEqual([]);
  });
  test.each(Object.entries(open))('open by %s', async (_way, filesFor) => {
    expect(await told(filesFor(above, listing), packages)).toEqual(['unbounded-limit']);
  });
});
