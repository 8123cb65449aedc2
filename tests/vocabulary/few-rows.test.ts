import { samples } from '../samples.ts';

samples(['missing-limit'], {
  'kysely: tables in which a database describes itself': `
    import { Kysely, sql } from 'kysely';
    export const getTables = (db: Kysely<any>, schema: string) => db.selectFrom('information_schema.tables').where('table_schema', '=', schema).selectAll().execute();
    export const getIndexes = (db: Kysely<any>) => db.selectFrom('pg_index as ix').innerJoin('pg_class as i', 'ix.indexrelid', 'i.oid').select(['i.relname as name']).execute();
    export const orders = (db: Kysely<any>) => db.selectFrom('orders as o').selectAll().execute(); // want missing-limit`,
  'kysely: one row without a table': `
    import { Kysely, sql } from 'kysely';
    export async function upsertFaces(db: Kysely<any>, added: any[]) {
      let query = db.selectFrom(sql\`(select 1)\`.as('dummy'));
      await query.execute();
      await db.selectFrom(sql\`(select id from faces)\`.as('f')).execute(); // want missing-limit
    }`,
});

samples(['missing-limit'], {
  'groups of rows with a condition on the group are as many as rows': `
    import { Repository } from 'typeorm';
    import { Person } from './person.entity';
    export class PersonRepository {
      constructor(private people: Repository<Person>) {}
      getAll(userId: string) {
        return this.people.createQueryBuilder('person').leftJoin('person.faces', 'face').where('person.ownerId = :userId', { userId }).having('COUNT(face.assetId) >= :faces', { faces: 1 }).groupBy('person.id').getMany(); // want missing-limit:note
      }
      getAllWithoutFaces() {
        return this.people.createQueryBuilder('person').leftJoin('person.faces', 'face').having('COUNT(face.assetId) = 0').groupBy('person.id').getMany(); // want missing-limit
      }
      twins() {
        return this.people.createQueryBuilder('person').select('person.email').groupBy('person.email').having('COUNT(*) > 1').getRawMany();
      }
    }`,
});

samples(['missing-limit'], {
  'groups of a joined parent, and duplicates': `
    import { Pool } from 'pg';
    import knex from 'knex';
    const db = knex({});
    const pool = new Pool();
    export const dups = () => pool.query('select id, count(*) as n from imports group by id having count(*) > 1');
    export const cats = () => pool.query('select c.id, c.name, count(*) as n from products p join categories c on c.id = p.category_id group by c.id, c.name having count(*) > 0');
    export const cats2 = () => db('products as p').join('categories as c', 'c.id', 'p.category_id').groupBy('c.id', 'c.name').having(db.raw('count(*)'), '>', 3).select('c.id', db.raw('count(*) as n'));`,
});

samples(['missing-limit'], {
  'a source of few rows, to which a table is joined': `
    import { Kysely, sql } from 'kysely';
    import { drizzle } from 'drizzle-orm/node-postgres';
    import { sql as raw } from 'drizzle-orm';
    import { orders } from './schema';
    const dz = drizzle();
    export const a = (db: Kysely<any>) => db.selectFrom(sql\`(select 1)\`.as('one')).innerJoin('orders', 'orders.shop', 'one.shop').selectAll().execute(); // want missing-limit
    export const b = (db: Kysely<any>, id: string) => db.selectFrom(sql\`(select id from customers where id = \${id})\`.as('c')).leftJoin('orders', 'orders.customerId', 'c.id').selectAll().execute(); // want missing-limit
    export const c = () => dz.select().from(raw\`(select id from customers limit 10) c\`).innerJoin(orders, raw\`orders.customer_id = c.id\`); // want missing-limit`,
});

samples(['missing-limit'], {
  "tables that are only called like a database's own": `
    import { drizzle } from 'drizzle-orm/node-postgres';
    import { eq } from 'drizzle-orm';
    import { pgTable, text } from 'drizzle-orm/pg-core';
    import { Kysely } from 'kysely';
    import knex from 'knex';
    const db = drizzle();
    const k = knex({});
    export const mysql = pgTable('mysql', { mysqlId: text('mysqlId').primaryKey(), status: text('status') });
    export const a = () => db.select().from(mysql).where(eq(mysql.status, 'running')); // want missing-limit
    export const b = (d: Kysely<any>) => d.selectFrom('pg_backups').where('status', '=', 'done').selectAll().execute(); // want missing-limit
    export const c = () => k('pg_instances').where('status', 'running'); // want missing-limit
    export const d = () => k('pg_instances').join('orders', 'orders.instance', 'pg_instances.id').where('status', 'running'); // want missing-limit`,
});

samples(['missing-limit'], {
  'typeorm and knex': `
    import { Repository } from 'typeorm';
    import knex from 'knex';
    const db = knex({});
    export class S { constructor(private readonly payments: Repository<any>) {}
      sum(shop: string) { return this.payments.createQueryBuilder('p').select('COALESCE(SUM(p.amount)::double precision, 0)', 'sum').where('p.status = :shop', { shop }).getRawMany(); }
      sum2(shop: string) { return this.payments.createQueryBuilder('p').select('SUM(p.amount)', 'sum').where('p.status = :shop', { shop }).getRawMany(); }
      sum3(shop: string) { return this.payments.createQueryBuilder('p').select('CAST(SUM(p.amount) AS double precision)', 'sum').where('p.status = :shop', { shop }).getRawMany(); }
    }
    export const k = (s: string) => db('payments').where('status', s).select(db.raw('coalesce(sum(amount)::double precision, 0) as total'));
    export const k2 = (s: string) => db('payments').where('status', s).select(db.raw('cast(sum(amount) as double precision) as total'));
    export const k3 = (s: string) => db('payments').where('status', s).select(db.raw('count(*) as n, status')).groupBy('status');`,
});

samples(['missing-limit'], {
  'filters that a helper leaves parts out of': `
    import { Model, DataTypes, Op } from 'sequelize';
    import { omitBy, isUndefined } from 'lodash';
    export class Transaction extends Model {}
    Transaction.init({ id: { type: DataTypes.INTEGER, primaryKey: true } }, { sequelize: null as any });
    export function related(group: string, options: { type: string }) {
      return Transaction.findAll({ where: omitBy({ TransactionGroup: group, type: options.type, isDebt: { [Op.not]: true } }, isUndefined) }); // want missing-limit:note
    }
    export function ofUser(userId: number, options: { type: string }) {
      return Transaction.findAll({ where: omitBy({ userId, type: options.type }, isUndefined) }); // want missing-limit:note
    }`,
  'one row of a query that is named before': `
    import knex from 'knex';
    const db = knex({ client: 'pg' });
    export async function upsert(environmentId: number, name: string) {
      const [config] = await db
        .with('integration', (qb) => qb.from('integrations').select('id').where({ environment_id: environmentId, unique_key: name }))
        .with('upserted', (qb) => qb.insert({ name }).into('configs').onConflict('name').merge().returning('*'))
        .from('upserted')
        .select('upserted.*');
      return config;
    }
    export async function all() {
      const rows = await db.from('orders').select('*'); // want missing-limit
      return rows;
    }`,
});

samples(['missing-limit'], {
  "a limit that nobody's rows are ever to reach": `
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    export const flows = () => prisma.flow.findMany({ where: { status: 'enabled' }, take: 1_000_000 }); // want missing-limit
    export const chunk = () => prisma.flow.findMany({ where: { status: 'enabled' }, take: 10_000 });`,
});

samples(['missing-limit'], {
  'the keys of a tenant, which programs may make as well': `
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    export const keys = (organizationId: string) => prisma.apiKey.findMany({ where: { organizationId } }); // want missing-limit:note
    export const hooks = (organizationId: string) => prisma.webhook.findMany({ where: { organizationId } });`,
});
