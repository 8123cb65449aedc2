import { samples } from '../samples.ts';

const base = `
      import { Model } from 'mongoose';
      export class BaseRepository<T> {
        constructor(protected readonly model: Model<T>) {}
        find(filter, options?: { limit?: number }) { return this.model.find(filter).limit(options?.limit); }
        list(filter, { limit, skip = 0 }: { limit?: number; skip?: number } = {}) { return this.model.find(filter, null, { limit, skip }); }
        some(filter, options: { limit?: number } = {}) { return this.model.find(filter).limit(options.limit ?? 50); }
        paged(filter, limit = 50) { return this.model.find(filter).limit(limit); }
        listByIds(ids, options?: { limit?: number }) { return this.model.find({ _id: { $in: ids } }).limit(options?.limit); }
        async findLatest(limit?: number) {
          const query = this.model.find({ hidden: false }).sort('-at'); // want missing-limit:note
          if (limit) query.limit(limit);
          return query;
        }
      }`;

/** A limit that is an argument which the caller may leave out: the query is not to blame, the call is. */
samples('missing-limit', {
  'factories of repositories, handed over by their types': {
    'base.ts': `
      import { Knex } from 'knex';
      export const ormify = (db: Knex, table: string) => ({
        find: async (filter: object, { limit, tx }: { limit?: number; tx?: Knex } = {}) => {
          const query = (tx || db)(table).where(filter);
          if (limit) void query.limit(limit);
          return await query;
        },
      });`,
    'orders-dal.ts': `
      import { Knex } from 'knex';
      import { ormify } from './base';
      export type OrdersDal = ReturnType<typeof ordersDal>;
      export const ordersDal = (db: Knex) => {
        const orm = ormify(db, 'orders');
        return { ...orm };
      };`,
    'orders-service.ts': `
      import { OrdersDal } from './orders-dal';
      type Dependencies = { ordersDal: Pick<OrdersDal, 'find'> };
      export const ordersService = ({ ordersDal }: Dependencies) => ({
        open: async () => ordersDal.find({ status: 'open' }), // want missing-limit
        page: async () => ordersDal.find({ status: 'open' }, { limit: 20 }),
        one: async (id: string) => ordersDal.find({ id }),
        among: (names: string[]) => names.find((name) => name.length > 3),
      });`,
  },
  'a cursor that is put together in a variable': {
    'orders.ts': `
      import { Collection } from 'mongodb';
      export async function findOrders(orders: Collection, query, limit?: number) {
        let cursor = orders.find({ ...query });
        if (limit) cursor = cursor.limit(limit);
        return await cursor.toArray();
      }
      export const open = (orders: Collection) => findOrders(orders, { status: 'open' }); // want missing-limit
      export const some = (orders: Collection) => findOrders(orders, { status: 'open' }, 20);`,
  },
  'a base repository, and a service that leaves the limit out': {
    'base.repository.ts': base,
    'users.repository.ts': `
      import { BaseRepository } from './base.repository';
      export class UsersRepository extends BaseRepository<User> {}`,
    'users.service.ts': `
      import { UsersRepository } from './users.repository';
      export class UsersService {
        constructor(private readonly users: UsersRepository) {}
        active() { return this.users.find({ active: true }); } // want missing-limit
        all() { return this.users.find({}, {}); } // want missing-limit
        async listed() {
          const users = await this.users.list({ active: true }, { skip: 20 }); // want missing-limit
          return users;
        }
        ofAuthor(authorId: string) { return this.users.find({ authorId }); } // want missing-limit:note
        latest() { return this.users.findLatest(); } // want missing-limit
        channels(tenantId: string) { return this.channelsRepository.find({ tenantId }); } // want missing-limit:note
        notices(tenantId: string) { return this.noticesRepository.find({ tenantId }); } // want missing-limit
        private channelsRepository: UsersRepository;
        private noticesRepository: UsersRepository;
      }`,
  },
  'limits that are given, have a default, or cannot be seen': {
    'base.repository.ts': base,
    'users.repository.ts': `
      import { BaseRepository } from './base.repository';
      export class UsersRepository extends BaseRepository<User> {}`,
    'users.service.ts': `
      import { UsersRepository } from './users.repository';
      export class UsersService {
        constructor(private readonly users: UsersRepository) {}
        page() { return this.users.find({ active: true }, { limit: 20 }); }
        listed() { return this.users.list({ active: true }, { limit: 20 }); }
        some() { return this.users.some({ active: true }); }
        paged() { return this.users.paged({ active: true }); }
        passed(options) { return this.users.find({ active: true }, options); }
        spread(options) { return this.users.find({ active: true }, { ...options }); }
        through(filter) { return this.users.find(filter); }
        byIds(ids: string[]) { return this.users.find({ _id: { $in: ids } }); }
        byKey(email: string) { return this.users.find({ email }); }
        listByIds(ids: string[]) { return this.users.listByIds(ids); }
        latest() { return this.users.findLatest(10); }
        async first() { return (await this.users.find({ active: true }))[0]; }
        named(names: string[]) { return names.find((name) => name.length > 3); }
      }`,
  },
  'limits that callers may leave out, at the query itself': {
    'kinds.ts': `
      export type Page = { limit?: number; offset?: number };
      export interface Fixed { limit: number }`,
    'orders.ts': `
      import { PrismaClient } from '@prisma/client';
      import type { Fixed, Page } from './kinds';
      const prisma = new PrismaClient();
      export const open = (limit?: number) => prisma.order.findMany({ where: { open: true }, take: limit }); // want missing-limit:note
      export const paged = ({ limit, offset = 0 }: Page) => prisma.order.findMany({ take: limit, skip: offset }); // want missing-limit:note
      export const either = (options: Page) => prisma.order.findMany({ take: options.limit }); // want missing-limit:note
      export const none = (limit: number | undefined) => prisma.order.findMany({ take: limit }); // want missing-limit:note
      export const ofCustomer = (customerId: string, limit?: number) => prisma.order.findMany({ where: { customerId }, take: limit }); // want missing-limit:note
      export const withDefault = (limit = 50) => prisma.order.findMany({ take: limit });
      export const takenApart = ({ limit = 50 }: Page) => prisma.order.findMany({ take: limit });
      export const elsewhere = (limit?: number) => prisma.order.findMany({ take: limit ?? 50 });
      export const capped = (limit?: number) => prisma.order.findMany({ take: Math.min(limit ?? 50, 100) });
      export const given = (limit: number) => prisma.order.findMany({ take: limit });
      export const fixed = ({ limit }: Fixed) => prisma.order.findMany({ take: limit });
      export const untyped = (limit) => prisma.order.findMany({ take: limit });
      export const filled = (limit?: number) => {
        limit ??= 50;
        return prisma.order.findMany({ take: limit });
      };
      export const chosen = (where, limit?: number) => prisma.order.findMany({ where, take: limit });
      export const byKeys = (ids: string[], limit?: number) => prisma.order.findMany({ where: { id: { in: ids } }, take: limit });`,
  },
  'limits that are minded where they are left out': `
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    export function checked(limit?: number) {
      if (limit === undefined || limit > 100) throw new Error('how many?');
      return prisma.order.findMany({ take: limit });
    }
    export function none(limit: number | null) {
      if (limit === null) return [];
      return prisma.order.findMany({ take: limit });
    }
    export function inBranch(limit?: number) {
      if (limit) return prisma.order.findMany({ take: limit });
      return [];
    }
    export const either = (limit?: number) => (limit ? prisma.order.findMany({ take: limit }) : prisma.order.findMany({ take: 20 }));
    export function filledIn(options: { limit?: number }) {
      options.limit = options.limit ?? 50;
      return prisma.order.findMany({ take: options.limit });
    }`,
  'options that are passed through as they are': {
    'orders.service.ts': `
      import { InjectRepository } from '@nestjs/typeorm';
      import { FindManyOptions, In, Repository } from 'typeorm';
      export class OrdersService {
        constructor(@InjectRepository(Order) private readonly orders: Repository<Order>) {}
        find(options?: FindManyOptions<Order>) { return this.orders.find(options); }
      }`,
    'orders.controller.ts': `
      import { In } from 'typeorm';
      import { OrdersService } from './orders.service';
      export class OrdersController {
        constructor(private readonly service: OrdersService) {}
        all() { return this.service.find(); } // want missing-limit
        open() { return this.service.find({ where: { status: 'open' }, order: { id: 'DESC' } }); } // want missing-limit
        page() { return this.service.find({ where: { status: 'open' }, take: 20 }); }
        some(ids: string[]) { return this.service.find({ where: { id: In(ids) } }); }
        hidden(where) { return this.service.find({ where }); }
        passed(options) { return this.service.find(options); }
      }`,
  },
  'a service that passes filter and options on to a repository': {
    'orders.repository.ts': `
      import { Model } from 'mongoose';
      export class OrdersRepository {
        constructor(private readonly model: Model<Order>) {}
        find(filter, options: { limit?: number } = {}) { return this.model.find(filter).limit(options.limit); }
        findOpen(limit?: number) { return this.model.find({ status: 'open' }).limit(limit); } // want missing-limit:note
      }`,
    'orders.service.ts': `
      import { OrdersRepository } from './orders.repository';
      export class OrdersService {
        constructor(private readonly orders: OrdersRepository) {}
        async list(filter, options) { return this.orders.find(filter, options); }
        listOfStatus(status, limit) { return this.orders.find({ status }, { limit }); }
        listOfCustomer(customerId, { limit }) { return this.orders.find({ customerId }, { limit }); }
        listSome(filter) { return this.orders.find(filter, { limit: 20 }); }
        listPages(filter, page = 20) { return this.orders.find(filter, { limit: page }); }
        listAll(filter) { return this.orders.find(filter); } // miss missing-limit
        listOpen(limit) {
          if (this.closed) return [];
          return this.orders.findOpen(limit);
        }
      }`,
    'orders.controller.ts': `
      import { OrdersService } from './orders.service';
      export class OrdersController {
        constructor(private readonly service: OrdersService) {}
        all() { return this.service.list({ status: 'open' }); } // want missing-limit
        paid() { return this.service.listOfStatus('paid'); } // want missing-limit
        ofCustomer(customer) { return this.service.listOfCustomer(customer.id, {}); } // want missing-limit:note
        open() { return this.service.listOpen(); } // want missing-limit
        page() { return this.service.list({ status: 'open' }, { limit: 20 }); }
        page2() { return this.service.listOfStatus('paid', 20); }
        some() { return this.service.listSome({ status: 'open' }); }
        pages() { return this.service.listPages({ status: 'open' }); }
        byKey(id) { return this.service.list({ _id: id }); }
        hidden(options) { return this.service.list({ status: 'open' }, options); }
      }`,
  },
  'a cursor that is given or read': {
    'imports/cache.js': `
      import { Meteor } from 'meteor/meteor';
      const Boards = lazily(() => require('/models/boards').default);
      function lazily(load) {
        return new Proxy({}, { get(_, name) { return load()[name]; } });
      }
      const OnServer = {
        async getBoards(selector = {}, options = {}, getQuery = false) {
          let ret = Boards.find(selector, options);
          if (getQuery !== true) {
            ret = typeof ret.fetchAsync === 'function' ? await ret.fetchAsync() : ret.fetch();
          }
          return ret;
        },
      };
      export const Cache = {
        async getBoards(selector, options, getQuery) {
          if (Meteor.isServer) {
            return await OnServer.getBoards(selector, options, getQuery);
          } else {
            return Boards.find(selector, options);
          }
        },
      };`,
    'models/boards.js': `
      import { Mongo } from 'meteor/mongo';
      const Boards = new Mongo.Collection('boards');
      export default Boards;`,
    'server/boards.js': `
      import { Meteor } from 'meteor/meteor';
      import { Cache } from '/imports/cache';
      Meteor.publish('allBoards', async function () {
        return await Cache.getBoards({ archived: true }, {}, true); // want missing-limit
      });
      export async function metrics() {
        const count = (await Cache.getBoards({})).length; // want missing-limit
        return count;
      }
      export async function counted() {
        const cursor = await Cache.getBoards({ archived: true }, {}, true);
        return typeof cursor.countAsync === 'function' ? cursor.countAsync() : cursor.count();
      }
      export async function read(query) {
        const boards = await Cache.getBoards(query.selector, query.options, true);
        return await boards.fetchAsync();
      }
      export async function one(id) { return (await Cache.getBoards({ _id: id }))[0]; }
      export async function page() { return Cache.getBoards({ archived: true }, { limit: 20 }); }`,
  },
  'one of two tables, by a condition': {
    'events.store.ts': `
      import { PrismaClient } from '@prisma/client';
      export class EventStore {
        constructor(private readonly db: PrismaClient) {}
        async findMany(partitioned: boolean, where, options?: { limit?: number }) {
          let whole = where;
          if (partitioned) whole = { AND: [where, { createdAt: { gt: this.start } }] };
          if (partitioned) return this.db.eventPartitioned.findMany({ where: { ...whole, kind: { not: 'LOG' } }, take: options?.limit });
          return this.db.event.findMany({ where: { ...whole, kind: { not: 'LOG' } }, take: options?.limit });
        }
      }`,
    'events.ts': `
      import { EventStore } from './events.store';
      export class Events {
        constructor(private readonly store: EventStore) {}
        open() { return this.store.findMany(true, { status: 'open' }); } // want missing-limit
        ofRun(runId: string) { return this.store.findMany(true, { runId }); } // want missing-limit:note
        page() { return this.store.findMany(true, { status: 'open' }, { limit: 10 }); }
        byKey(id: string) { return this.store.findMany(true, { id }); }
      }`,
  },
  'a limit that the function fills in itself': {
    'orders.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      export async function findOrders(where, limit?: number) {
        limit = limit ?? 50;
        return prisma.order.findMany({ where, take: limit });
      }
      export async function findLines(where, limit?: number) {
        let take = limit;
        if (!take) take = limit ?? 50;
        return prisma.line.findMany({ where, take });
      }
      export async function findNotes(where, options: { limit?: number } = {}) {
        let chosen = options;
        if (!chosen.limit) chosen = { ...options, limit: 100 };
        return prisma.note.findMany({ where, take: chosen.limit });
      }`,
    'use.ts': `
      import { findOrders, findLines, findNotes } from './orders';
      export const orders = () => findOrders({ open: true });
      export const lines = () => findLines({ open: true });
      export const notes = () => findNotes({ open: true });`,
  },
});

/** Statements that are limited where a caller says so. */
samples('missing-limit', {
  'a wrapper that streams what it is asked': {
    'db.js': `
      const mysql = require('mysql2');
      const pool = mysql.createPool(process.env.DATABASE_URL);
      exports.stream = (sql, params) => pool.query(sql, params).stream({ highWaterMark: 200 });
      exports.rows = (sql, params) => pool.promise().query(sql, params).then(([rows]) => rows);`,
    'routes.js': `
      const db = require('./db');
      exports.all = (req, res) => { db.stream('SELECT * FROM students ORDER BY id').pipe(res); };
      exports.list = async (req, res) => { res.json(await db.rows('SELECT * FROM students ORDER BY id')); }; // want missing-limit`,
  },
  'a base class that limits where somebody says so': {
    'db.js': `
      const mysql = require('mysql2/promise');
      module.exports = mysql.createPool(process.env.DATABASE_URL);`,
    'models/Base.js': `
      const db = require('../db');
      class Base {
        constructor(row) { Object.assign(this, row); }
        static query(sql, params) { return db.query(sql, params).then((answer) => answer[0]); }
        static whereClause(where) {
          const parts = Object.keys(where || {}).map((column) => (Array.isArray(where[column]) ? \`\${column} IN (?)\` : \`\${column} = ?\`));
          return parts.length ? \` WHERE \${parts.join(' AND ')}\` : '';
        }
        static async find(where, options = {}) {
          let sql = \`SELECT * FROM \${this.table}\${this.whereClause(where)}\`;
          if (options.order) sql += \` ORDER BY \${options.order}\`;
          if (options.limit) sql += \` LIMIT \${Number(options.limit)}\`;
          const rows = await this.query(sql, Object.values(where || {}));
          return rows.map((row) => new this(row));
        }
        static all(options) { return this.find({}, options); }
        static async findOne(where) {
          const [row] = await this.find(where, { limit: 1 });
          return row || null;
        }
        static findByIds(ids) { return this.find({ id: ids }); }
        static ofKey(ids) { return this.find({ [this.key]: ids }); }
      }
      module.exports = Base;`,
    'models/Pupil.js': `
      const Base = require('./Base');
      class Pupil extends Base {
        static get table() { return 'pupils'; }
        static enrolled() { return this.find({ status: 'enrolled' }, { order: 'name' }); } // want missing-limit
        static firstEnrolled() { return this.find({ status: 'enrolled' }, { order: 'name', limit: 50 }); }
        static inClass(id) { return this.find({ class_id: id }, { order: 'name' }); } // want missing-limit:note
      }
      module.exports = Pupil;`,
    'routes.js': `
      const Pupil = require('./models/Pupil');
      const { pageParams } = require('./page');
      exports.status = async (req, res) => { res.json(await Pupil.find({ status: req.params.status })); }; // want missing-limit
      exports.all = async (req, res) => { res.json(await Pupil.all({ order: 'name' })); }; // want missing-limit
      exports.everything = async (req, res) => { res.json(await Pupil.all()); }; // want missing-limit
      exports.some = async (req, res) => { res.json(await Pupil.all({ limit: 20 })); };
      exports.page = async (req, res) => { res.json(await Pupil.find({ status: 'a' }, pageParams(req))); };
      exports.one = async (req, res) => { res.json(await Pupil.findOne({ no: req.params.no })); };
      exports.ids = async (req, res) => { res.json(await Pupil.findByIds(req.body.ids)); };
      exports.keys = async (req, res) => { res.json(await Pupil.ofKey(req.body.ids)); };`,
    'page.js': `
      exports.pageParams = (req) => ({ limit: 20, offset: 20 * Number(req.query.page || 0) });`,
  },
  'a function that limits a statement where it is told to': {
    'orders.js': `
      const { Pool } = require('pg');
      const pool = new Pool();
      async function listOrders({ status, customerId, id, limit }) {
        let sql = 'SELECT * FROM orders WHERE deleted_at IS NULL';
        const params = [];
        if (status) { params.push(status); sql += \` AND status = $\${params.length}\`; }
        if (customerId) { params.push(customerId); sql += \` AND customer_id = $\${params.length}\`; }
        if (id) { params.push(id); sql += \` AND id = $\${params.length}\`; }
        sql += ' ORDER BY created_at';
        if (limit) { params.push(limit); sql += \` LIMIT $\${params.length}\`; }
        const { rows } = await pool.query(sql, params);
        return rows;
      }
      async function listOrSome({ limit } = {}) {
        let sql = 'SELECT * FROM orders';
        if (limit) sql += \` LIMIT \${Number(limit)}\`;
        else sql += ' LIMIT 100';
        return (await pool.query(sql)).rows;
      }
      async function listCapped(options = {}) {
        const limit = options.limit || 50;
        let sql = 'SELECT * FROM orders';
        if (limit) sql += \` LIMIT \${Number(limit)}\`;
        return (await pool.query(sql)).rows;
      }
      const findAll = async (where, { limit } = {}) => (await pool.query(\`SELECT * FROM orders \${whereOf(where)} ORDER BY id \${limit ? \`LIMIT \${limit}\` : ''}\`)).rows;
      const whereOf = (where) => Object.entries(where).map(([column, value]) => \`\${column} = '\${value}'\`).join(' AND ');
      module.exports = { listOrders, listOrSome, listCapped, findAll };`,
    'routes.js': `
      const { listOrders, listOrSome, listCapped, findAll } = require('./orders');
      exports.open = async (req, res) => res.json(await listOrders({ status: 'open' })); // want missing-limit
      exports.all = async (req, res) => res.json(await listOrders({})); // want missing-limit
      exports.mine = async (req, res) => res.json(await listOrders({ customerId: req.user.id })); // want missing-limit:note
      exports.one = async (req, res) => res.json(await listOrders({ id: req.params.id }));
      exports.some = async (req, res) => res.json(await listOrders({ status: 'open', limit: 20 }));
      exports.hidden = async (req, res) => res.json(await listOrders(req.filters));
      exports.capped = async (req, res) => res.json([await listOrSome(), await listCapped({ status: 'open' })]);
      exports.paid = async (req, res) => res.json(await findAll({ status: 'paid' })); // want missing-limit
      exports.byKey = async (req, res) => res.json(await findAll({ id: req.params.id }));
      exports.few = async (req, res) => res.json(await findAll({ status: 'paid' }, { limit: 10 }));`,
  },
  'what a class gives by its own name may be few': {
    'db.js': `
      const mysql = require('mysql2/promise');
      module.exports = mysql.createPool(process.env.DATABASE_URL);`,
    'models.js': `
      const db = require('./db');
      class Base {
        static async find(where, options = {}) {
          let sql = \`SELECT * FROM \${this.table}\${clauseOf(where)}\`;
          if (options.limit) sql += \` LIMIT \${Number(options.limit)}\`;
          const [rows] = await db.query(sql);
          return rows;
        }
        static all(options) { return this.find({}, options); }
      }
      const clauseOf = (where) => ' WHERE ' + Object.keys(where).map((column) => \`\${column} = 1\`).join(' AND ');
      class Role extends Base { static get table() { return 'roles'; } }
      class Order extends Base { static get table() { return 'orders'; } }
      module.exports = { Role, Order };`,
    'routes.js': `
      const { Role, Order } = require('./models');
      exports.roles = async (req, res) => res.json(await Role.all());
      exports.orders = async (req, res) => res.json(await Order.all()); // want missing-limit`,
  },
});

/** What others hand on, and what is put into options later. */
samples('missing-limit', {
  'what a field of Pothos hands on says what to select, and limits nothing': {
    'schema.ts': `
      import SchemaBuilder from '@pothos/core';
      import PrismaPlugin from '@pothos/plugin-prisma';
      import { prisma } from './client';
      export const builder = new SchemaBuilder<any>({ plugins: [PrismaPlugin] });
      builder.queryFields((t) => ({
        customers: t.prismaField({
          type: ['Customer'],
          resolve: (query, _root, { city }) => prisma.customer.findMany({ ...query, where: { city }, orderBy: { name: 'asc' } }), // want missing-limit
        }),
        sellers: t.prismaField({ type: ['Seller'], resolve: async (query) => prisma.seller.findMany({ ...query }) }), // want missing-limit
        firstSellers: t.prismaField({ type: ['Seller'], resolve: async (query) => prisma.seller.findMany({ ...query, take: 20 }) }),
        orders: t.prismaConnection({ type: 'Order', cursor: 'id', resolve: (query) => prisma.order.findMany({ ...query }) }),
        ordersWith: t.prismaField({ type: ['Order'], resolve: (query, _root, args) => prisma.order.findMany({ ...query, ...pageOf(args) }) }),
      }));`,
    'client.ts': `
      import { PrismaClient } from '@prisma/client';
      export const prisma = new PrismaClient();`,
  },
  'options that are filled before they are used': {
    'events.ts': `
      import { PrismaClient, type Prisma } from '@prisma/client';
      import { pageOf } from './page';
      const prisma = new PrismaClient();
      export function page(args: { page: number }) {
        const query: Prisma.EventFindManyArgs = { where: { deletedAt: null }, orderBy: { startsAt: 'asc' } };
        Object.assign(query, pageOf(args));
        return prisma.event.findMany(query);
      }
      export function all(city: string) {
        const query: Prisma.EventFindManyArgs = { where: { deletedAt: null }, orderBy: { startsAt: 'asc' } };
        Object.assign(query, { where: { city } });
        return prisma.event.findMany(query); // want missing-limit
      }`,
    'page.ts': `
      export function pageOf({ page }: { page: number }) { return { take: 20, skip: page * 20 }; }`,
  },
});

/** Conditions that leave a limit out, and those that do not; tables by the class that is asked. */
samples('missing-limit', {
  'a limit that is there unless somebody says otherwise: noLimit, unlimited, disableLimit': {
    'orders.js': `
      const { Pool } = require('pg');
      const pool = new Pool();
      exports.listOrders = async (options = {}) => {
        let sql = 'SELECT * FROM orders ORDER BY id';
        if (!options.noLimit) sql += ' LIMIT 100';
        return (await pool.query(sql)).rows;
      };
      exports.listItems = async ({ unlimited, status } = {}) => {
        let sql = 'SELECT * FROM items';
        if (!unlimited) sql += ' LIMIT 500';
        return (await pool.query(sql)).rows;
      };`,
    'routes.js': `
      const { listOrders, listItems } = require('./orders');
      exports.a = async (req, res) => res.json(await listOrders());
      exports.b = async (req, res) => res.json(await listItems({ status: 'open' }));`,
  },
  'compared with what switches it off: limit !== -1, !== null, !== \'all\'': {
    'orders.js': `
      const { Pool } = require('pg');
      const pool = new Pool();
      exports.listRows = async (options = {}) => {
        let sql = 'SELECT * FROM events';
        if (options.limit !== -1) sql += \` LIMIT \${options.limit || 100}\`;
        return (await pool.query(sql)).rows;
      };
      exports.listCells = async ({ limit } = {}) => {
        let sql = 'SELECT * FROM cells';
        if (limit !== null) sql += \` LIMIT \${limit ?? 50}\`;
        return (await pool.query(sql)).rows;
      };
      exports.listNotes = async ({ limit } = {}) => {
        const sql = \`SELECT * FROM notes ORDER BY id \${limit !== 'all' ? \`LIMIT \${Number(limit) || 50}\` : ''}\`;
        return (await pool.query(sql)).rows;
      };`,
    'routes.js': `
      const { listRows, listCells, listNotes } = require('./orders');
      exports.c = async (req, res) => res.json(await listRows({ status: 'open' }));
      exports.d = async (req, res) => res.json(await listCells({}));
      exports.e = async (req, res) => res.json(await listNotes({}));`,
  },
  'two conditions that leave nothing out': {
    'orders.js': `
      const { Pool } = require('pg');
      const pool = new Pool();
      exports.listOrders = async ({ limit } = {}) => {
        let sql = 'SELECT * FROM orders';
        if (limit && limit < 100) sql += \` LIMIT \${limit}\`;
        if (!limit || limit >= 100) sql += ' LIMIT 100';
        return (await pool.query(sql)).rows;
      };`,
    'routes.js': `
      const { listOrders } = require('./orders');
      exports.c = async (req, res) => res.json(await listOrders({}));`,
  },
  'one of two unique keys, by if / else': {
    'a.js': `
      const mysql = require('mysql2/promise');
      const db = mysql.createPool('x');
      exports.getUser = async ({ id, email }) => {
        let sql = 'SELECT * FROM users WHERE ';
        if (id) sql += \`id = \${mysql.escape(id)}\`;
        else sql += \`email = \${mysql.escape(email)}\`;
        const [rows] = await db.query(sql);
        return rows[0];
      };`,
  },
  'one of several unique keys, given as a list': {
    'a.js': `
      const { Pool } = require('pg');
      const pool = new Pool();
      exports.byRef = async (ref) => {
        let sql = 'SELECT o.* FROM orders o';
        if (isUuid(ref)) sql += \` WHERE o.uuid = '\${ref}'\`;
        else sql += \` WHERE o.id = \${Number(ref)}\`;
        return (await pool.query(sql)).rows;
      };
      exports.byKey = async (key, by) => {
        let sql = 'SELECT * FROM users ';
        if (by === 'id') sql += \`WHERE id = \${Number(key)}\`;
        if (by === 'email') sql += \`WHERE email = '\${key}'\`;
        const { rows } = await pool.query(sql);
        return rows;
      };
      exports.byIds = async (ids) => {
        let sql = 'SELECT * FROM users';
        if (Array.isArray(ids)) sql += \` WHERE id IN (\${ids.map(Number)})\`;
        else sql += \` WHERE id = \${Number(ids)}\`;
        return (await pool.query(sql)).rows;
      };`,
  },
  'a base repository that calls every table its model': {
    'base.ts': `
      import { Model, FilterQuery } from 'mongoose';
      export class BaseRepository<T> {
        constructor(protected readonly model: Model<T>) {}
        find(filter: FilterQuery<T>, limit?: number) { return this.model.find(filter, null, { limit }); }
      }`,
    'repos.ts': `
      import { BaseRepository } from './base';
      import { Currency, Order } from './schemas';
      export class CurrencyRepository extends BaseRepository<Currency> {}
      export class OrderRepository extends BaseRepository<Order> {}`,
    'svc.ts': `
      import { CurrencyRepository, OrderRepository } from './repos';
      export class Svc {
        constructor(private currencies: CurrencyRepository, private orders: OrderRepository) {}
        a() { return this.currencies.find({}); }
        b() { return this.orders.find({ status: 'open' }); } // want missing-limit
      }`,
  },
  'a base repository of TypeORM': {
    'base.repository.ts': `
      import { Repository, FindOptionsWhere } from 'typeorm';
      export class BaseRepository<T extends object> {
        constructor(protected readonly repo: Repository<T>) {}
        findAll(where: FindOptionsWhere<T>, take?: number) { return this.repo.find({ where, take }); }
      }`,
    'role.repository.ts': `
      import { BaseRepository } from './base.repository';
      import { Role } from './role.entity';
      export class RoleRepository extends BaseRepository<Role> {}`,
    'svc.ts': `
      import { RoleRepository } from './role.repository';
      export class Svc {
        constructor(private roles: RoleRepository) {}
        all() { return this.roles.findAll({}); }
      }`,
  },
  'a base repository of Knex': {
    'base.js': `
      class BaseRepo {
        constructor(knex, table) { this.knex = knex; this.table = table; }
        async list(where = {}, { limit } = {}) {
          const q = this.knex(this.table).where(where).orderBy('id');
          if (limit) q.limit(limit);
          return q;
        }
      }
      module.exports = BaseRepo;`,
    'repos.js': `
      const knex = require('knex')({ client: 'pg' });
      const BaseRepo = require('./base');
      class CountryRepo extends BaseRepo { constructor() { super(knex, 'countries'); } }
      module.exports = { countries: new CountryRepo() };`,
    'use.js': `
      const { countries } = require('./repos');
      exports.a = async (req, res) => res.json(await countries.list());`,
  },
  'the first row of what MySQL answers': {
    'a.js': `
      const mysql = require('mysql2/promise');
      const db = mysql.createPool('x');
      exports.byName = async (name) => {
        const [rows] = await db.query('SELECT * FROM users WHERE name = ?', [name]);
        return rows[0];
      };`,
  },
  'filters joined by Object.assign are not read': {
    'repo.js': `
      const mongoose = require('mongoose');
      const Order = mongoose.model('Order', new mongoose.Schema({}));
      const base = { deleted: false };
      exports.a = (userId) => Order.find(Object.assign({}, base, { userId })); // want missing-limit:note
      exports.b = (id) => Order.find(Object.assign({}, base, { _id: id }));
      exports.c = (filter) => Order.find(Object.assign({}, base, filter)); // want missing-limit:note`,
  },
});
