import { samples } from '../samples.ts';

samples('n-plus-one', {
  'a client of another file': {
    'db.js': `
      const knex = require('knex');
      module.exports = knex({ client: 'pg', connection: process.env.DATABASE_URL });`,
    'orders.js': `
      const db = require('./db');
      async function withLines(orders) {
        for (const order of orders) {
          order.lines = await db('lines').where({ order_id: order.id }); // want n-plus-one
        }
        return orders;
      }
      module.exports = { withLines };`,
  },
  'the client by its type': `
    import { Knex } from 'knex';
    export async function rename(store: Knex, names: Map<string, string>) {
      for (const [id, name] of names) {
        await store('users').where('id', id).update({ name }); // want n-plus-one:note
      }
    }`,
  'inside a transaction': `
    import knex from 'knex';
    const db = knex(config);
    await db.transaction(async (session) => {
      for (const item of items) {
        await session('stock').insert({ sku: item.sku, count: item.count }); // want n-plus-one
        await session('log').insert({ sku: item.sku });
      }
    });`,
  'a transaction that was handed over': `
    import { Knex } from 'knex';
    export const link = (trx: Knex.Transaction, tags: string[]) =>
      Promise.all(tags.map((tag) => trx('tags').where('name', tag).first())); // want n-plus-one`,
  'a statement in raw text': `
    import knexLibrary from 'knex';
    const knex = knexLibrary({ client: 'mysql2' });
    for (const id of ids) await knex.raw('UPDATE users SET seen = NOW() WHERE id = ?', [id]); // want n-plus-one`,
  'a builder that begins with its verb': `
    import knex from 'knex';
    const db = knex(config);
    const rows = await Promise.all(ids.map(async (id) => {
      const [row] = await db.select('name').from('users').where({ id }); // want n-plus-one
      return row;
    }));`,
  'a repository that keeps the client': `
    import { Knex } from 'knex';
    class Users {
      constructor(private readonly knex: Knex) {}
      byName(name: string) { return this.knex('users').where({ name }).first(); }
      async all(names: string[]) {
        const users = [];
        for (const name of names) users.push(await this.byName(name)); // want n-plus-one
        return users;
      }
    }`,
  'a client that hangs on something and is itself called': `
    import type { Knex } from 'knex';
    export const each = (ctx: { db: Knex }, ids: string[]) => Promise.all(ids.map((id) => ctx.db('orders').where({ id }).first())); // want n-plus-one
    export async function close(ctx: { db: Knex }, ids: string[]) {
      for (const id of ids) await ctx.db('orders').where({ id }).update({ open: false }); // want n-plus-one
    }`,
  'many ways to begin': `
    import Knex from 'knex';
    const knex = Knex(config);
    for (const row of rows) await knex.insert(row).into('users'); // want n-plus-one
    for (const row of rows) await knex('users').transacting(trx).insert(row); // want n-plus-one
    for (const id of ids) await knex<User>('users').where({ id }).first(); // want n-plus-one
    await knex.transaction((trx) => Promise.all(rows.map((row) => trx('users').insert(row)))); // want n-plus-one
    for (const table of tables) await knex.schema.dropTableIfExists(table);`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'one query for all': `
    import knex from 'knex';
    const db = knex(config);
    const lines = await db('lines').whereIn('order_id', orders.map((order) => order.id));
    for (const order of orders) order.lines = lines.filter((line) => line.order_id === order.id);`,
  'one insert for all, or in batches': `
    import knex from 'knex';
    const db = knex(config);
    const rows = items.map((item) => ({ sku: item.sku }));
    await db('stock').insert(rows).onConflict('sku').merge();
    await db.batchInsert('stock', rows, 500);`,
  'a query grows in the loop and runs once': `
    import knex from 'knex';
    const db = knex(config);
    const query = db('users').limit(20);
    for (const [column, value] of Object.entries(filters)) query.where(column, value);
    const rows = await query;`,
  'columns and sub-queries are built per element': `
    import knex from 'knex';
    const db = knex(config);
    const columns = names.map((name) => db.ref(name).as(name + '_label'));
    const rows = await db.select(columns).from('users').limit(10);`,
  'a function of the same shape': `
    const db = (name) => registry.get(name);
    for (const name of names) db(name);`,
});

samples('n-plus-one', {
  'every round asks another table': `
    import knex from 'knex';
    const db = knex({ client: 'pg' });
    for (const table of tables) await db(table).del();
    await Promise.all(models.map((model) => db(model.table).count()));
    for (const table of tables) {
      for (const id of ids) await db(table).where({ id }).del(); // want n-plus-one
    }`,
});

samples('missing-limit', {
  'a table that a constant names, and nothing more': `
    import knex from 'knex';
    const db = knex({ client: 'pg' });
    const TABLE = 'users';
    export const all = () => db(TABLE); // want missing-limit
    export const among = (filters, trx = db) => {
      const query = trx(TABLE); // want missing-limit
      if (filters.active) query.where('active', true);
      return query;
    };
    export const some = () => db(TABLE).limit(20);
    export const shown = () => show(TABLE);`,
  'what modifies a query may limit it': `
    import knex from 'knex';
    const db = knex({ client: 'pg' });
    export const paged = (page) => db('users').where({ active: true }).modify((query) => { if (page) query.limit(10).offset(page * 10); });
    export const helped = (page) => db('users').where({ active: true }).modify(paginate, page);
    export const sorted = () => db('users').where({ active: true }).modify((query) => query.orderBy('id')); // want missing-limit`,
  'a limit that is put on for nothing but that': `
    import { Knex } from 'knex';
    export async function findUsers(db: Knex, filter, { limit }: { limit?: number } = {}) {
      const query = db('users').where(filter);
      if (limit) void query.limit(limit);
      return query;
    }
    export const active = (db: Knex) => findUsers(db, { active: true }); // want missing-limit
    export const some = (db: Knex) => findUsers(db, { active: true }, { limit: 20 });`,
  'a client that gives another one': {
    'package.json': '{ "dependencies": { "knex": "^3.0.0" } }',
    'client.ts': `
      import type { Knex } from 'knex';
      export type Client = Knex & { replica: () => Knex };`,
    'users.ts': `
      import type { Client } from './client';
      export const usersOf = (db: Client) => ({
        all: async () => await db.replica()('users').where({ open: true }), // want missing-limit
        either: async (tx) => await (tx || db.replica())('users').where({ open: true }), // want missing-limit
        some: async () => await db.replica()('users').where({ open: true }).limit(10),
      });`,
  },
  'the whole table': `
    import knex from 'knex';
    const db = knex(config);
    const users = await db('users'); // want missing-limit
    const names = await db('users').pluck('name'); // want missing-limit`,
  'a filter and an order do not limit': `
    import knex from 'knex';
    const db = knex(config);
    export const active = () => db('users').where({ active: true }).orderBy('name'); // want missing-limit
    export const all = () => db.select('*').from('users').leftJoin('teams', 'teams.id', 'users.team'); // want missing-limit`,
  'text without a limit': `
    import knex from 'knex';
    const db = knex(config);
    const { rows } = await db.raw('SELECT * FROM users WHERE active'); // want missing-limit`,
  'a query that is kept in a variable': `
    import knex from 'knex';
    const db = knex(config);
    async function search(filter) {
      const query = db('users').select('id'); // want missing-limit
      if (filter.name) query.where('name', 'like', filter.name);
      return query;
    }`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'limits of all kinds': `
    import knex from 'knex';
    const db = knex(config);
    await db('users').limit(20).offset(40);
    await db('users').where({ active: true }).first();
    await db('users').where('name', 'like', 'a%').paginate({ perPage: 20, currentPage: 2 });
    await db.raw('SELECT * FROM users ORDER BY id LIMIT ?', [size]);`,
  'the limit is put on later': `
    import knex from 'knex';
    const db = knex(config);
    async function search(filter) {
      let query = db('users').select('id');
      if (filter.name) query = query.where('name', filter.name);
      query.limit(filter.size);
      return query;
    }`,
  'the rows of a list, or one': `
    import knex from 'knex';
    const db = knex(config);
    await db('users').whereIn('id', ids);
    await db('users').where({ id });
    await db('users').where('users.id', id).select('name');
    await db('users').where('id', 'in', ids);`,
  'counts, streams and writes': `
    import knex from 'knex';
    const db = knex(config);
    await db('users').count('* as total');
    await db('users').where({ active: false }).del();
    await db('users').where({ active: false }).update({ archived: true }).returning('*');
    for await (const user of db('users').stream()) show(user);`,
  'sub-queries and builders that nobody runs': `
    import knex from 'knex';
    const db = knex(config);
    const admins = db('users').where({ role: 'admin' }).select('id');
    await db('posts').whereIn('author', admins).limit(5);
    const text = db('users').toString();`,
});

samples('missing-limit', {
  'a count of another query, as text': `
    import knexOf from 'knex';
    const knex = knexOf({});
    export async function count(orders) {
      const [row] = await knex.from(orders.as('o')).select(knex.raw('count(*)::integer as count'));
      return row.count;
    }
    export async function perShop() {
      return await knex.from('orders').select('shop_id', knex.raw('count(*)::integer as count')); // want missing-limit
    }`,
  'a query that is made for others, with a part that a function makes': `
    import knexOf from 'knex';
    const knex = knexOf({});
    function makeOrdersQuery(isAdmin, userId) {
      const query = knex.select('id').from('orders');
      if (!isAdmin) {
        query.whereIn('shop_id', (shops) => {
          shops.select('shop_id').from('shop_members').where('user_id', userId);
        });
      }
      return query;
    }
    export const page = async (user) => makeOrdersQuery(user.isAdmin, user.id).limit(20);
    export function makeLinesQuery(open) {
      const orders = knex.select('id').from('orders');
      if (open) orders.whereIn('status', (states) => states.select('name').from('states'));
      return getLinesBaseQuery(knex, orders);
    }
    export async function all(open) {
      const query = knex.select('id').from('orders'); // want missing-limit
      if (open) query.whereIn('status', (states) => states.select('name').from('states'));
      return await query;
    }`,
  'a list that is written once chooses kinds of rows, and not rows': `
    import knex from 'knex';
    const db = knex(config);
    const open = await db('orders').whereIn('status', ['open', 'paid']); // want missing-limit
    const own = await db('orders').where('status', 'in', ['open', 'paid']); // want missing-limit
    const chosen = await db('orders').whereIn('status', statuses); // want missing-limit
    const named = await db('orders').whereIn('author_id', authors);
    const known = await db('orders').whereIn('id', ['first', 'second']);`,
  'a key that is called after its table, and groups of one row each': `
    import knex from 'knex';
    const db = knex(config);
    const survey = await db('survey').where('survey_id', id);
    const order = await db.select('*').from('orders').where({ order_id: id });
    const line = await db('order_lines').where('order_line_id', id);
    const notes = await db('order_notes').where('order_id', id); // want missing-limit:note
    const joined = await db('survey').join('samples', 'samples.survey_id', 'survey.survey_id').where('survey.survey_id', id); // want missing-limit:note
    const kinds = await db('orders').select('status').count('* as total').groupBy('status');
    const perRow = await db('orders').leftJoin('lines', 'lines.order_id', 'orders.id').select('orders.id', db.raw('max(lines.at)')).groupBy('orders.id'); // want missing-limit
    const perOwn = await db('survey').leftJoin('samples', 'samples.survey_id', 'survey.survey_id').select('survey.name').groupBy('survey.survey_id', 'survey.name'); // want missing-limit`,
  'a client that hangs on something and is itself called': {
    'package.json': '{ "dependencies": { "knex": "3" } }',
    'base.ts': `
      import type { Knex } from 'knex';
      export abstract class Base<Row> {
        private knex_: Knex;
        protected abstract get tableName(): string;
        protected get db(): Knex { return this.knex_; }
        all(): Promise<Row[]> { return this.db(this.tableName).select('*'); } // want missing-limit
        async open() { return await this.knex_('orders').where('open', true); } // want missing-limit
        some(ids: string[]) { return this.db<Row>('orders').whereIn('id', ids); }
        page(size: number) { return this.db('orders').limit(size); }
      }`,
    'context.ts': `
      import type { Knex } from 'knex';
      type Context = { db: Knex; user: string };
      export const names = async (ctx: Context) => ctx.db('orders').select('id', 'name'); // want missing-limit
      export const own = async (ctx: Context) => ctx.db<Order>('orders').where({ user_id: ctx.user }); // want missing-limit:note`,
    'store.js': `
      module.exports = class Store {
        constructor({ knex }) { this.knex = knex; }
        open() { return this.knex('orders').where('open', true); } // want missing-limit
        run(query) { return this.knex(query, { nest: true }); }
        all() { return this.client('orders'); }
      };`,
    'other.ts': `
      export class Model {
        get db() { return (name: string) => fetch(name); }
        async all() { return this.db('orders'); }
      }`,
  },
  'a query that a connection runs, whose first row is taken': `
    import knexOf from 'knex';
    const knex = knexOf({});
    export class Submissions {
      async one(id) {
        const query = knex.queryBuilder().select('*').from('uploads').where('submission', id);
        const response = await this.connection.knex(query, Upload);
        if (!response.rowCount) throw new Error('none');
        return response.rows[0];
      }
      async all(state) {
        const query = knex.queryBuilder().select('*').from('uploads').where('state', state); // want missing-limit
        const response = await this.connection.knex(query, Upload);
        return response.rows;
      }
    }`,
  'what is joined to a page': `
    import knexOf from 'knex';
    const knex = knexOf({});
    export const page = (limit) => knex.with('page', (query) => query.from('orders').orderBy('id').limit(limit)).select('*').from('page').join('lines', 'lines.order_id', 'page.id').orderBy('page.id');
    export async function all() {
      return await knex.with('open', (query) => query.from('orders').where('open', true)).select('*').from('open').orderBy('id'); // want missing-limit
    }`,
  'a query that a method of the class begins, and others go on with': {
    'package.json': '{ "dependencies": { "knex": "3" } }',
    'base.ts': `
      import { knex, type Db } from './knex';
      export abstract class Base {
        protected abstract readonly table: string;
        protected db: Db = knex;
        protected qb() { return this.db(this.table); }
        protected rows() { return this.db.from(this.table); }
        all() { return this.db(this.table); } // want missing-limit
      }`,
    'knex.ts': `
      import makeKnex, { type Knex } from 'knex';
      export const knex: Knex = makeKnex({});
      export type Db = Knex | Knex.Transaction;`,
    'observations.ts': `
      import { Base } from './base';
      export class Observations extends Base {
        protected readonly table = 'observations';
        open() { return this.qb().where('open', true); } // want missing-limit
        closed() { return this.rows().where('open', false); } // want missing-limit
        page() { return this.qb().where('open', true).limit(20); }
        latest(id) { return this.qb().where('field_id', id).orderBy('at', 'desc').first(); }
        async noted(kind) {
          let query = this.qb().where('kind', kind); // want missing-limit
          if (kind) query = query.andWhere({ kind });
          return query;
        }
      }`,
  },
  'a helper that limits the query which it is given': {
    'package.json': '{ "dependencies": { "knex": "3" } }',
    'paged.js': `
      module.exports.paged = (query, { limit = 15, page = 1 } = {}) => query.limit(Math.min(limit, 100)).offset((page - 1) * limit);
      module.exports.sorted = (query) => query.orderBy('id');`,
    'posts.js': `
      const knex = require('knex')({});
      const { paged, sorted } = require('./paged');
      exports.page = async (options) => paged(knex('posts').where({ open: true }), options);
      exports.all = async () => sorted(knex('posts').where({ open: true })); // want missing-limit
      exports.given = async () => show(await knex('posts').where({ open: true })); // want missing-limit`,
  },
});
