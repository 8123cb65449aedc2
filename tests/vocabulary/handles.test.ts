import { describe, expect, test } from 'vitest';
import type { Files } from '../in-memory.ts';
import { builtInLesson, findingsIn } from '../samples.ts';

/**
 * Every way to come by a library's thing, for every library: what can be queried through a constant is seen as well through a field of a
 * class, a context or a factory. The names say nothing where a type or an import does; where neither does, they are the usual ones.
 */
type Way = (make: { imports: string; made: string; typeImport: string; type: string }, body: (handle: string) => string) => Files;

/** A query for each element, and one without a limit, with `@` for the thing that is asked. */
type Queries = { packages: readonly string[]; each: string; all: string };
type Typed = Queries & { imports: string; made: string; typeImport: string; type: string };

const typed: Record<string, Typed> = {
  knex: { packages: ['knex'], imports: "import knex from 'knex';", made: "knex({ client: 'pg' })", typeImport: "import type { Knex } from 'knex';", type: 'Knex', each: "await @('orders').where({ id }).first()", all: "await @('orders').where('open', true)" },
  pg: { packages: ['pg'], imports: "import { Pool } from 'pg';", made: 'new Pool({})', typeImport: "import type { Pool } from 'pg';", type: 'Pool', each: "await @.query('SELECT * FROM orders WHERE id = $1', [id])", all: "await @.query('SELECT * FROM orders WHERE open')" },
  mysql2: { packages: ['mysql2'], imports: "import mysql from 'mysql2/promise';", made: 'mysql.createPool({})', typeImport: "import type { Pool } from 'mysql2/promise';", type: 'Pool', each: "await @.execute('SELECT * FROM orders WHERE id = ?', [id])", all: "await @.execute('SELECT * FROM orders WHERE open')" },
  postgres: { packages: ['postgres'], imports: "import postgres from 'postgres';", made: 'postgres(url)', typeImport: "import type { Sql } from 'postgres';", type: 'Sql', each: 'await @`SELECT * FROM orders WHERE id = ${id}`', all: 'await @`SELECT * FROM orders WHERE open`' },
  drizzle: { packages: ['drizzle-orm'], imports: "import { drizzle } from 'drizzle-orm/node-postgres';", made: 'drizzle(url, { schema })', typeImport: "import type { NodePgDatabase } from 'drizzle-orm/node-postgres';", type: 'NodePgDatabase', each: 'await @.select().from(orders).where(eq(orders.id, id))', all: 'await @.query.orders.findMany({ where: eq(orders.open, true) })' },
  kysely: { packages: ['kysely'], imports: "import { Kysely } from 'kysely';", made: 'new Kysely<Tables>({})', typeImport: "import type { Kysely } from 'kysely';", type: 'Kysely<Tables>', each: "await @.selectFrom('orders').selectAll().where('id', '=', id).executeTakeFirst()", all: "await @.selectFrom('orders').selectAll().where('open', '=', true).execute()" },
  prisma: { packages: ['@prisma/client'], imports: "import { PrismaClient } from '@prisma/client';", made: 'new PrismaClient()', typeImport: "import type { PrismaClient } from '@prisma/client';", type: 'PrismaClient', each: 'await @.order.update({ where: { id }, data: { open: false } })', all: 'await @.order.findMany({ where: { open: true } })' },
  'TypeORM, the source': { packages: ['typeorm'], imports: "import { DataSource } from 'typeorm';", made: 'new DataSource({})', typeImport: "import type { DataSource } from 'typeorm';", type: 'DataSource', each: 'await @.getRepository(Order).findOneBy({ id })', all: 'await @.getRepository(Order).find({ where: { open: true } })' },
  'TypeORM, a repository': { packages: ['typeorm'], imports: "import { DataSource } from 'typeorm';", made: 'new DataSource({}).getRepository(Order)', typeImport: "import type { Repository } from 'typeorm';", type: 'Repository<Order>', each: 'await @.findOneBy({ id })', all: 'await @.find({ where: { open: true } })' },
  mongoose: { packages: ['mongoose'], imports: "import mongoose from 'mongoose';", made: "mongoose.model('Order', schema)", typeImport: "import type { Model } from 'mongoose';", type: 'Model<Order>', each: 'await @.findOne({ _id: id })', all: 'await @.find({ open: true })' },
  'MongoDB, a database': { packages: ['mongodb'], imports: "import { MongoClient } from 'mongodb';", made: "new MongoClient(url).db('shop')", typeImport: "import type { Db } from 'mongodb';", type: 'Db', each: "await @.collection('orders').findOne({ _id: id })", all: "await @.collection('orders').find({ open: true }).toArray()" },
  'MongoDB, a collection': { packages: ['mongodb'], imports: "import { MongoClient } from 'mongodb';", made: "new MongoClient(url).db('shop').collection('orders')", typeImport: "import type { Collection } from 'mongodb';", type: 'Collection<Order>', each: 'await @.findOne({ _id: id })', all: 'await @.find({ open: true }).toArray()' },
  sequelize: { packages: ['sequelize'], imports: "import { Sequelize } from 'sequelize';", made: "new Sequelize(url).define('Order', {})", typeImport: "import type { ModelStatic } from 'sequelize';", type: 'ModelStatic<any>', each: 'await @.findByPk(id)', all: 'await @.findAll({ where: { open: true } })' },
  supabase: { packages: ['@supabase/supabase-js'], imports: "import { createClient } from '@supabase/supabase-js';", made: 'createClient(url, key)', typeImport: "import type { SupabaseClient } from '@supabase/supabase-js';", type: 'SupabaseClient', each: "await @.from('orders').select('*').eq('id', id).single()", all: "await @.from('orders').select('*').eq('open', true)" },
  firestore: { packages: ['firebase-admin'], imports: "import { getFirestore } from 'firebase-admin/firestore';", made: 'getFirestore()', typeImport: "import type { Firestore } from 'firebase-admin/firestore';", type: 'Firestore', each: "await @.collection('orders').doc(id).get()", all: "await @.collection('orders').where('open', '==', true).get()" },
  'better-sqlite3': { packages: ['better-sqlite3'], imports: "import Database from 'better-sqlite3';", made: "new Database('shop.db')", typeImport: "import type { Database } from 'better-sqlite3';", type: 'Database', each: "@.prepare('INSERT INTO orders (id) VALUES (?)').run(id)", all: "@.prepare('SELECT * FROM orders WHERE open').all()" },
  slonik: { packages: ['slonik'], imports: "import { createPool, sql } from 'slonik';", made: 'createPool(url)', typeImport: "import { sql, type DatabasePool } from 'slonik';", type: 'DatabasePool', each: 'await @.one(sql.unsafe`SELECT * FROM orders WHERE id = ${id}`)', all: 'await @.any(sql.unsafe`SELECT * FROM orders WHERE open`)' },
  'MikroORM': { packages: ['@mikro-orm/core', '@mikro-orm/postgresql'], imports: "import { MikroORM } from '@mikro-orm/postgresql';", made: 'MikroORM.initSync({}).em', typeImport: "import type { EntityManager } from '@mikro-orm/postgresql';", type: 'EntityManager', each: 'await @.findOne(Order, { id })', all: 'await @.find(Order, { open: true })' },
  'pg-promise': { packages: ['pg-promise'], imports: "import pgPromise from 'pg-promise';", made: 'pgPromise()(url)', typeImport: "import type { IDatabase } from 'pg-promise';", type: 'IDatabase<{}>', each: "await @.one('SELECT * FROM orders WHERE id = $1', [id])", all: "await @.any('SELECT * FROM orders WHERE open')" },
};

const run = (parameters: string, body: string): string => `export async function run(${parameters}) {\n${body}\n}`;
const inClass = (head: string, body: string): string => `export class Orders {\n${head}\n  async run(ids: string[]) {\n${body}\n  }\n}`;

const ways: Record<string, Way> = {
  'a constant': ({ imports, made }, body) => ({ 'orders.ts': `${imports}\nconst thing = ${made};\n${run('ids: string[]', body('thing'))}` }),
  'an import': ({ imports, made }, body) => ({ 'thing.ts': `${imports}\nexport const thing = ${made};`, 'orders.ts': `import { thing } from './thing';\n${run('ids: string[]', body('thing'))}` }),
  'a default import': ({ imports, made }, body) => ({ 'thing.ts': `${imports}\nconst made = ${made};\nexport default made;`, 'orders.ts': `import thing from './thing';\n${run('ids: string[]', body('thing'))}` }),
  'a namespace': ({ imports, made }, body) => ({ 'thing.ts': `${imports}\nexport const held = ${made};`, 'orders.ts': `import * as thing from './thing';\n${run('ids: string[]', body('thing.held'))}` }),
  'a barrel behind an alias': ({ imports, made }, body) => ({ 'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }', 'src/lib/thing.ts': `${imports}\nexport const thing = ${made};`, 'src/lib/index.ts': "export { thing } from './thing';", 'src/orders.ts': `import { thing } from '@/lib';\n${run('ids: string[]', body('thing'))}` }),
  'what a module is': ({ imports, made }, body) => ({ 'thing.js': `${imports}\nmodule.exports = ${made};`, 'orders.js': `const thing = require('./thing');\nexports.run = async (ids) => {\n${body('thing')}\n};` }),
  'what a module requires': ({ imports, made }, body) => ({ 'thing.js': `${imports}\nmodule.exports = { held: ${made} };`, 'orders.js': `const { held } = require('./thing');\nexports.run = async (ids) => {\n${body('held')}\n};` }),
  'a field': ({ typeImport, type }, body) => ({ 'orders.ts': `${typeImport}\n${inClass(`  private readonly held: ${type};\n  constructor(held: ${type}) { this.held = held; }`, body('this.held'))}` }),
  'a parameter that is a field': ({ typeImport, type }, body) => ({ 'orders.ts': `${typeImport}\n${inClass(`  constructor(private readonly held: ${type}) {}`, body('this.held'))}` }),
  'a private name': ({ typeImport, type }, body) => ({ 'orders.ts': `${typeImport}\n${inClass(`  #held: ${type};\n  constructor(held: ${type}) { this.#held = held; }`, body('this.#held'))}` }),
  'a field of what a class needs': ({ typeImport, type }, body) => ({ 'orders.ts': `${typeImport}\ntype Needs = { held: ${type}; log: Logger };\n${inClass('  private needs: Needs;\n  constructor(needs: Needs) { this.needs = needs; }', body('this.needs.held'))}` }),
  'what a constructor takes apart': ({ typeImport, type }, body) => ({ 'orders.ts': `${typeImport}\ntype Needs = { held: ${type} };\n${inClass('  private kept;\n  constructor({ held }: Needs) { this.kept = held; }', body('this.kept'))}` }),
  'a getter': ({ typeImport, type }, body) => ({ 'orders.ts': `${typeImport}\n${inClass(`  constructor(private readonly owner: { held: ${type} }) {}\n  private get kept() { return this.owner.held; }`, body('this.kept'))}` }),
  'a base class': ({ typeImport, type }, body) => ({ 'base.ts': `${typeImport}\nexport abstract class Base {\n  protected constructor(protected readonly held: ${type}) {}\n}`, 'orders.ts': `import { Base } from './base';\nexport class Orders extends Base {\n  async run(ids: string[]) {\n${body('this.held')}\n  }\n}` }),
  'a parameter': ({ typeImport, type }, body) => ({ 'orders.ts': `${typeImport}\n${run(`held: ${type}, ids: string[]`, body('held'))}` }),
  'a context': ({ typeImport, type }, body) => ({ 'context.ts': `${typeImport}\nexport interface Context { held: ${type}; user: string }`, 'orders.ts': `import type { Context } from './context';\n${run('ctx: Context, ids: string[]', body('ctx.held'))}` }),
  'a context that is taken apart': ({ typeImport, type }, body) => ({ 'context.ts': `${typeImport}\nexport interface Context { held: ${type}; user: string }`, 'orders.ts': `import type { Context } from './context';\n${run('{ held }: Context, ids: string[]', body('held'))}` }),
  'a factory': ({ typeImport, type }, body) => ({ 'orders.ts': `${typeImport}\nexport const makeOrders = (held: ${type}) => ({\n  async run(ids: string[]) {\n${body('held')}\n  },\n});` }),
  'a factory that takes apart what it needs': ({ typeImport, type }, body) => ({ 'orders.ts': `${typeImport}\nexport function makeOrders({ held, log }: { held: ${type}; log: Logger }) {\n  const run = async (ids: string[]) => {\n${body('held')}\n  };\n  return { run };\n}` }),
  'a function that makes it once': ({ imports, made }, body) => ({ 'thing.ts': `${imports}\nlet kept;\nexport function getThing() {\n  if (!kept) kept = ${made};\n  return kept;\n}`, 'orders.ts': `import { getThing } from './thing';\n${run('ids: string[]', `const thing = getThing();\n${body('thing')}`)}` }),
  'a function that gives it': ({ imports, made }, body) => ({ 'thing.ts': `${imports}\nconst kept = ${made};\nexport const getThing = () => kept;`, 'orders.ts': `import { getThing } from './thing';\n${run('ids: string[]', body('getThing()'))}` }),
  'a function that connects': ({ imports, made }, body) => ({ 'thing.ts': `${imports}\nlet kept: any;\nexport async function connect() {\n  kept ??= ${made};\n  return kept;\n}`, 'orders.ts': `import { connect } from './thing';\n${run('ids: string[]', `const thing = await connect();\n${body('thing')}`)}` }),
  'the only one of its class': ({ imports, made }, body) => ({ 'thing.ts': `${imports}\nexport class Thing {\n  private static instance: Thing;\n  readonly held = ${made};\n  static getInstance() {\n    if (!Thing.instance) Thing.instance = new Thing();\n    return Thing.instance;\n  }\n}`, 'orders.ts': `import { Thing } from './thing';\n${run('ids: string[]', body('Thing.getInstance().held'))}` }),
  'a static field': ({ imports, made }, body) => ({ 'thing.ts': `${imports}\nexport class Thing {\n  static held = ${made};\n}`, 'orders.ts': `import { Thing } from './thing';\n${run('ids: string[]', body('Thing.held'))}` }),
  'a variable that is set later': ({ imports, made }, body) => ({ 'thing.ts': `${imports}\nexport let thing;\nexport async function init() { thing = ${made}; }`, 'orders.ts': `import { thing } from './thing';\n${run('ids: string[]', body('thing'))}` }),
  'a global of development': ({ imports, made }, body) => ({ 'thing.ts': `${imports}\nconst kept = globalThis as unknown as { thing: any };\nexport const thing = kept.thing ?? ${made};\nif (process.env.NODE_ENV !== 'production') kept.thing = thing;`, 'orders.ts': `import { thing } from './thing';\n${run('ids: string[]', body('thing'))}` }),
  'the type of what a function makes': ({ imports, made }, body) => ({ 'thing.ts': `${imports}\nexport const createThing = () => ${made};\nexport type Thing = ReturnType<typeof createThing>;`, 'orders.ts': `import type { Thing } from './thing';\n${run('thing: Thing, ids: string[]', body('thing'))}` }),
  'the type of a constant': ({ imports, made }, body) => ({ 'thing.ts': `${imports}\nexport const kept = ${made};\nexport type Thing = typeof kept;`, 'orders.ts': `import type { Thing } from './thing';\n${inClass('  constructor(private readonly held: Thing) {}', body('this.held'))}` }),
  'a member of an object': ({ imports, made }, body) => ({ 'thing.ts': `${imports}\nconst held = ${made};\nexport const services = { things: { held }, mail: {} };`, 'orders.ts': `import { services } from './thing';\n${run('ids: string[]', body('services.things.held'))}` }),
  'an injected service': ({ imports, made }, body) => ({ 'thing.service.ts': `${imports}\nimport { Injectable } from '@nestjs/common';\n@Injectable()\nexport class ThingService {\n  readonly held = ${made};\n}`, 'orders.ts': `import { Injectable } from '@nestjs/common';\nimport { ThingService } from './thing.service';\n@Injectable()\n${inClass('  constructor(private readonly thingService: ThingService) {}', body('this.thingService.held'))}` }),
  'what a token injects': ({ typeImport, type }, body) => ({ 'orders.ts': `${typeImport}\nimport { Inject, Injectable } from '@nestjs/common';\n@Injectable()\n${inClass(`  constructor(@Inject('THING') private readonly held: ${type}) {}`, body('this.held'))}` }),
};

/** What neither a type nor an import tells; `names` are the usual ones. */
const untyped: Record<string, Queries & { names: readonly string[] }> = {
  knex: { packages: ['knex'], names: ['knex', 'db', 'trx'], each: "await @('orders').where({ id }).update({ open: false })", all: "await @.select('*').from('orders')" },
  'knex, called': { packages: ['knex'], names: ['knex', 'db'], each: "await @('orders').where({ id }).first()", all: "await @('orders').where('open', true)" },
  pg: { packages: ['pg'], names: ['db', 'pool', 'client'], each: "await @.query('SELECT * FROM orders WHERE id = $1', [id])", all: "await @.query('SELECT * FROM orders WHERE open')" },
  postgres: { packages: ['postgres'], names: ['sql'], each: 'await @`SELECT * FROM orders WHERE id = ${id}`', all: 'await @`SELECT * FROM orders WHERE open`' },
  drizzle: { packages: ['drizzle-orm'], names: ['db', 'tx'], each: 'await @.insert(orders).values({ id })', all: 'await @.select().from(orders)' },
  kysely: { packages: ['kysely'], names: ['db', 'trx'], each: "await @.updateTable('orders').set({ open: false }).where('id', '=', id).execute()", all: "await @.selectFrom('orders').selectAll().execute()" },
  prisma: { packages: ['@prisma/client'], names: ['prisma', 'db', 'tx'], each: 'await @.order.delete({ where: { id } })', all: 'await @.order.findMany()' },
  'TypeORM, the source': { packages: ['typeorm'], names: ['dataSource', 'db'], each: 'await @.getRepository(Order).findOneBy({ id })', all: 'await @.getRepository(Order).find({ where: { open: true } })' },
  'TypeORM, its manager': { packages: ['typeorm'], names: ['manager', 'entityManager'], each: 'await @.findOne(Order, { where: { id } })', all: 'await @.find(Order, { where: { open: true } })' },
  mongoose: { packages: ['mongoose'], names: ['Order', 'OrderModel', 'orderModel'], each: 'await @.findById(id)', all: 'await @.find({ open: true }).sort({ at: -1 })' },
  'MongoDB': { packages: ['mongodb'], names: ['db', 'mongo'], each: "await @.collection('orders').updateOne({ _id: id }, { $set: { open: false } })", all: "await @.collection('orders').find({ open: true }).toArray()" },
  sequelize: { packages: ['sequelize'], names: ['Order', 'OrderModel'], each: 'await @.findOne({ where: { id } })', all: 'await @.findAll()' },
  supabase: { packages: ['@supabase/supabase-js'], names: ['supabase', 'client', 'db'], each: "await @.from('orders').update({ open: false }).eq('id', id)", all: "await @.from('orders').select('*')" },
  firestore: { packages: ['firebase-admin'], names: ['firestore', 'db'], each: "await @.collection('orders').doc(id).get()", all: "await @.collection('orders').get()" },
  slonik: { packages: ['slonik'], names: ['pool', 'db'], each: 'await @.maybeOne(sql.unsafe`SELECT * FROM orders WHERE id = ${id}`)', all: 'await @.any(sql.unsafe`SELECT * FROM orders`)' },
  'MikroORM': { packages: ['@mikro-orm/core'], names: ['em'], each: 'await @.findOne(Order, { id })', all: 'await @.find(Order, { open: true })' },
};

const untypedWays: Record<string, (name: string, body: (handle: string) => string) => string> = {
  'hangs on the app': (name, body) => `export default async function routes(app) {\n  app.get('/', async (req) => {\n    const { ids } = req.body;\n${body(`app.${name}`)}\n  });\n}`,
  'hangs on the request': (name, body) => `module.exports = async (req, res) => {\n  const { ids } = req.body;\n${body(`req.${name}`)}\n};`,
  'hangs on this': (name, body) => `module.exports = class Orders {\n  async run(ids) {\n${body(`this.${name}`)}\n  }\n};`,
  'is taken out of a context': (name, body) => `export const run = async ({ ${name} }, ids) => {\n${body(name)}\n};`,
  'is given to a factory': (name, body) => `module.exports = ({ ${name}, log }) => {\n  async function run(ids) {\n${body(name)}\n  }\n  return { run };\n};`,
  'hangs on the context of a resolver': (name, body) => `export const Query = {\n  orders: async (parent, { ids }, context) => {\n${body(`context.${name}`)}\n  },\n};`,
};

const bodyFor = ({ each, all }: Queries) => (handle: string): string => [
  'for (const id of ids) {', `  show(${each.replace('@', handle)});`, '}', `return ${all.replace('@', handle)};`,
].join('\n');

const lessons = ['n-plus-one', 'missing-limit'].map(builtInLesson);

async function lessonsFoundIn(files: Files, packages: readonly string[]): Promise<string> {
  const manifest = JSON.stringify({ dependencies: Object.fromEntries([...packages, '@nestjs/common', 'express', 'fastify'].map((each) => [each, '*'])) });
  const findings = await findingsIn({ 'package.json': manifest, ...files }, lessons);
  return findings.filter(({ path }) => path.includes('orders')).map(({ lesson }) => lesson).sort().join(' ');
}

describe.each(Object.entries(typed))('%s', (_, library) => {
  test.each(Object.entries(ways))('%s', async (way, filesFor) => {
    expect(await lessonsFoundIn(filesFor(library, bodyFor(library)), library.packages), way).toBe('missing-limit n-plus-one');
  });
});

describe.each(Object.entries(untyped))('%s, untyped', (_, library) => {
  test.each(Object.entries(untypedWays))('%s', async (way, textFor) => {
    for (const name of library.names) {
      expect(await lessonsFoundIn({ 'orders.js': textFor(name, bodyFor(library)) }, library.packages), `${way}: ${name}`).toBe('missing-limit n-plus-one');
    }
  });
});

test('what is called alike without the package is nobody\'s', async () => {
  const names = ['db', 'client', 'Order', 'manager'];
  for (const library of [untyped['knex, called']!, untyped['supabase']!, untyped['firestore']!, untyped['mongoose']!, untyped['TypeORM, its manager']!]) {
    for (const name of names) expect(await lessonsFoundIn({ 'orders.js': untypedWays['hangs on this']!(name, bodyFor(library)) }, []), `${name}: ${library.all}`).toBe('');
  }
});

test('texts that are hashed or logged ask no database', async () => {
  const orders = `
    import crypto from 'node:crypto';
    import { log } from './log';
    export function run(ids, digest) {
      for (const id of ids) show(crypto.createHash('sha256').update(id).digest('hex'), log.channel('orders').first(id), digest.createHmac('sha1').update(id));
      return log.channel('orders').select('all');
    }`;
  expect(await lessonsFoundIn({ 'orders.js': orders, 'log.js': 'export const log = { channel: (name) => ({ first: (id) => id, select: (id) => id }) };' }, ['knex', 'mongoose'])).toBe('');
});
