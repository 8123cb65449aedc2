import { samples } from '../samples.ts';

/** Queries that helpers, observables and other queries take, and keys that are called after their tables. */
samples(['n-plus-one', 'missing-limit', 'unbounded-limit'], {
  'rxjs mongoose nest': `
    import { from, of, map, lastValueFrom, defer } from 'rxjs';
    import { Injectable } from '@nestjs/common';
    import { InjectModel } from '@nestjs/mongoose';
    import { Model } from 'mongoose';
    @Injectable()
    export class UsersService {
      constructor(@InjectModel('User') private readonly userModel: Model<any>) {}
      a() { return from(this.userModel.find({ active: true })); } // want missing-limit
      b() { return from(this.userModel.find({ active: true }).exec()); } // want missing-limit
      c() { return from(this.userModel.find({ active: true }).lean()).pipe(map((x) => x)); } // want missing-limit
      d() { return defer(() => this.userModel.find({ active: true })); } // want missing-limit
      e(ids) { return ids.map((id) => from(this.userModel.findOne({ id }))); } // want n-plus-one
    }`,
  'unique keys after the table': `
    import { Pool } from 'pg';
    const pool = new Pool();
    export const a = async (c) => (await pool.query('SELECT * FROM coupons WHERE coupon_code = $1', [c])).rows[0];
    export const b = async (c) => (await pool.query('SELECT * FROM products WHERE product_code = $1', [c])).rows[0];
    export const c = async (c) => (await pool.query('SELECT * FROM orders WHERE order_ref = $1', [c])).rows[0];
    export const d = async (c) => (await pool.query('SELECT * FROM api_keys WHERE api_key = $1', [c])).rows[0];
    export const e = async (c) => { const { rows } = await pool.query('SELECT * FROM coupons WHERE coupon_code = $1', [c]); if (rows.length === 0) throw new Error('x'); return rows[0]; };
    export const f = async (c) => { const { rows } = await pool.query('SELECT * FROM vouchers WHERE voucher_code = $1 AND active', [c]); return rows; };
    export const g = async (c) => { const { rows } = await pool.query('SELECT * FROM products WHERE product_key = $1', [c]); return rows; };
    export const h = async (c) => { const { rows } = await pool.query('SELECT * FROM orders WHERE order_number = $1', [c]); return rows; };
    export const i = async (c) => { const { rows } = await pool.query('SELECT * FROM countries WHERE country_code = $1', [c]); return rows; };`,
  'knex unions': `
    import knex from 'knex';
    const db = knex({});
    export const a = async () => db.union([db('orders').where('a', 1), db('orders').where('b', 1)]).limit(10);
    export const b = async () => db('orders').where('a', 1).union([db('orders').where('b', 1)]).limit(10);
    export const c = async () => db('orders').where('a', 1).unionAll(db('orders').where('b', 1), true).limit(10);
    export const d = async () => db('orders').where('a', 1).union(function () { this.select('*').from('orders').where('b', 1); }).limit(10);
    export const e = async () => db.select('*').from(db('orders').where('a', 1).unionAll([db('orders').where('b', 1)]).as('u')).limit(10);
    export const f = async () => db.queryBuilder().union([db('a').select('id'), db('b').select('id')], true).orderBy('id').limit(5);
    export const g = async () => db('orders').where('a', 1).union([db('orders').where('b', 1)]); // want missing-limit
    export const h = async () => db.select('*').fromRaw('(?) as t', [db('orders').where('a', 1)]).limit(10);
    export const i = async () => db.raw('select count(*) from (?) t', [db('orders').where('a', 1)]);
    export const j = async () => db.raw('insert into archive ?', [db('orders').where('a', 1)]);
    export const k = async () => db.select(db.raw('exists (?) as has', [db('orders').where('a', 1)])).first();
    export const l = async () => db('users').select('*', db.raw('(?) as n', [db('orders').count('*').where('a', 1)])).limit(5);
    export const m = async () => db('users').where('id', 'in', db('orders').select('user_id')).limit(5);
    export const n = async () => db('users').join(db('orders').select('user_id').as('o'), 'o.user_id', 'users.id').limit(5);`,
  'objection unions': `
    import { Model, raw } from 'objection';
    class Order extends Model { static tableName = 'orders'; }
    class User extends Model { static tableName = 'users'; }
    export const a = async () => Order.query().unionAll([Order.query().where('b', 1)]).limit(5);
    export const b = async () => User.query().whereIn('id', Order.query().select('userId')).limit(5);
    export const c = async () => User.query().select('users.*', User.relatedQuery('orders').count().as('n')).limit(5);
    export const d = async () => User.query().whereExists(Order.query().where('a', 1)).limit(5);
    export const e = async () => User.query().select(raw('exists(?)', [Order.query().where('a', 1)])).limit(5);`,
  'asks whether there is one': `
    import express from 'express';
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    const app = express();
    app.get('/a', async (req, res) => {
      const url = new URL(req.url, 'http://x');
      const take = url.searchParams.has('limit') ? Number(url.searchParams.get('limit')) : 20;
      res.json(await prisma.user.findMany({ take })); // want unbounded-limit
    });
    app.get('/b', async (req, res) => {
      const take = Object.keys(req.query).includes('limit') ? Number(req.query.limit) : 20;
      res.json(await prisma.user.findMany({ take })); // want unbounded-limit
    });
    app.get('/c', async (req, res) => {
      const take = 'limit' in req.query ? Number(req.query.limit) : 20;
      res.json(await prisma.user.findMany({ take })); // want unbounded-limit
    });
    app.get('/d', async (req, res) => {
      const take = req.query.hasOwnProperty('limit') ? Number(req.query.limit) : 20;
      res.json(await prisma.user.findMany({ take })); // want unbounded-limit
    });
    app.get('/e', async (req, res) => {
      const take = _.has(req.query, 'limit') ? Number(req.query.limit) : 20;
      res.json(await prisma.user.findMany({ take })); // want unbounded-limit
    });
    app.get('/f', async (req, res) => {
      const take = isNaN(req.query.limit) ? 20 : Number(req.query.limit);
      res.json(await prisma.user.findMany({ take })); // want unbounded-limit
    });
    app.get('/g', async (req, res) => {
      const take = Number.isInteger(Number(req.query.limit)) ? Number(req.query.limit) : 20;
      res.json(await prisma.user.findMany({ take })); // want unbounded-limit
    });
    app.get('/h', async (req, res) => {
      const take = [10, 20, 50].includes(Number(req.query.limit)) ? Number(req.query.limit) : 20;
      res.json(await prisma.user.findMany({ take }));
    });
    app.get('/i', async (req, res) => {
      const allowed = new Set([10, 20]);
      const take = allowed.has(Number(req.query.limit)) ? Number(req.query.limit) : 20;
      res.json(await prisma.user.findMany({ take }));
    });
    app.get('/j', async (req, res) => {
      const allowed = new Set(['10', '20']);
      const take = allowed.has(req.query.limit) ? Number(req.query.limit) : 20;
      res.json(await prisma.user.findMany({ take }));
    });
    app.get('/k', async (req, res) => {
      const take = typeof req.query.limit === 'string' && req.query.limit.length > 0 ? Number(req.query.limit) : 20;
      res.json(await prisma.user.findMany({ take })); // want unbounded-limit
    });`,
  'takers that give back, called as statements': `
    import knex from 'knex';
    import { Model } from 'objection';
    import mongoose from 'mongoose';
    import { DataSource } from 'typeorm';
    import { E } from './e';
    const db = knex({});
    class Order extends Model { static tableName = 'orders'; }
    const Doc = mongoose.model('Doc', new mongoose.Schema({}));
    const repo = new DataSource({}).getRepository(E);
    const page = (q, p) => q.limit(20).offset(p * 20);
    const mpage = (q, p) => q.skip(p * 20).limit(20);
    const tpage = (q, p) => q.skip(p * 20).take(20);
    export async function a(p) { const q = db('orders').where('a', 1); page(q, p); return q; }
    export async function a2(p) { const q = db('orders').where('a', 1); page(q, p); return await q; }
    export async function a3(p) { const q = db('orders').where('a', 1); page(q, p); const rows = await q.orderBy('at'); return rows; }
    export async function b(p) { const q = Order.query().where('a', 1); page(q, p); return q; }
    export async function b2(p) { const q = Order.query().where('a', 1); page(q, p); return await q; }
    export async function c(p) { const q = Doc.find({ a: 1 }); mpage(q, p); return q; }
    export async function c2(p) { const q = Doc.find({ a: 1 }); mpage(q, p); return q.exec(); }
    export async function d(p) { const q = repo.createQueryBuilder('o'); tpage(q, p); return q.getMany(); }
    export async function d2(p) { const q = repo.createQueryBuilder('o').where('a = 1'); tpage(q, p); return { rows: await q.getMany(), n: await q.getCount() }; }
    export async function d3(p) { let q = repo.createQueryBuilder('o').where('a = 1'); q = tpage(q, p); return q.getMany(); }
    export async function d4(p) { const q = repo.createQueryBuilder('o').where('a = 1'); if (p) tpage(q, p); else tpage(q, 0); return q.getMany(); }`,
  'nest typeorm paginate helper in another file': {
    'src/common/paginate.ts': `
      import { SelectQueryBuilder } from 'typeorm';
      export function applyPagination<T>(qb: SelectQueryBuilder<T>, dto: { page: number }): SelectQueryBuilder<T> {
        return qb.skip((dto.page - 1) * 20).take(20);
      }`,
    'src/orders.service.ts': `
      import { Injectable } from '@nestjs/common';
      import { InjectRepository } from '@nestjs/typeorm';
      import { Repository } from 'typeorm';
      import { Order } from './order.entity';
      import { applyPagination } from './common/paginate';
      @Injectable()
      export class OrdersService {
        constructor(@InjectRepository(Order) private readonly orders: Repository<Order>) {}
        async list(dto) {
          const qb = this.orders.createQueryBuilder('order').leftJoinAndSelect('order.user', 'user');
          if (dto.status) qb.andWhere('order.status = :status', { status: dto.status });
          applyPagination(qb, dto);
          const [rows, total] = await qb.getManyAndCount();
          return { rows, total };
        }
      }`,
  },
  'takers that count and read': `
    import knex from 'knex';
    const db = knex({});
    async function withTotal(query) { const [{ n }] = await query.clone().count('* as n'); const rows = await query.select('*').orderBy('at'); return { rows, n }; }
    export async function a(t) { return withTotal(db('orders').where('tenant', t)); } // want missing-limit
    export async function b(t) { const q = db('orders').where('tenant', t); if (t) q.where('x', 1); return withTotal(q); } // want missing-limit`,
  'takers objection count and read': `
    import { Model } from 'objection';
    class Order extends Model { static tableName = 'orders'; }
    async function listing(query) { const [rows, total] = await Promise.all([query, query.resultSize()]); return { rows, total }; }
    export const a = (t) => listing(Order.query().where('tenant', t)); // want missing-limit`,
  'limits that are converted in place': `
    import express from 'express';
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    const app = express();
    app.get('/a', async (req, res) => {
      let limit = req.query.limit;
      limit = parseInt(limit, 10) || 10;
      res.json(await prisma.user.findMany({ take: limit })); // want unbounded-limit
    });
    app.get('/b', async (req, res) => {
      let { page, limit } = req.query;
      page = parseInt(page, 10) || 1;
      limit = parseInt(limit, 10) || 10;
      res.json(await prisma.user.findMany({ take: limit, skip: (page - 1) * limit })); // want unbounded-limit
    });
    app.get('/c', async (req, res) => {
      let limit = req.query.limit;
      if (!limit) limit = 20;
      res.json(await prisma.user.findMany({ take: Number(limit) })); // want unbounded-limit
    });
    app.get('/d', async (req, res) => {
      let { limit = 10 } = req.query;
      limit = Number(limit);
      res.json(await prisma.user.findMany({ take: limit })); // want unbounded-limit
    });
    app.get('/e', async (req, res) => {
      let limit = Number(req.query.limit);
      if (isNaN(limit)) limit = 20;
      res.json(await prisma.user.findMany({ take: limit })); // want unbounded-limit
    });
    app.get('/f', async (req, res) => {
      let limit = Number(req.query.limit);
      limit = Math.min(limit, 100);
      res.json(await prisma.user.findMany({ take: limit }));
    });
    app.get('/g', async (req, res) => {
      let limit = Number(req.query.limit);
      if (limit > 100) limit = 100;
      res.json(await prisma.user.findMany({ take: limit }));
    });
    app.get('/h', async (req, res) => {
      let opts = req.query;
      opts = Object.assign({ limit: 20 }, opts);
      res.json(await prisma.user.findMany({ take: Number(opts.limit) })); // want unbounded-limit
    });
    app.get('/i', async (req, res) => {
      let opts = { ...req.query };
      opts = _.defaults(opts, { limit: 20 });
      res.json(await prisma.user.findMany({ take: Number(opts.limit) })); // want unbounded-limit
    });`,
  'monorepo: server package with react for mails': {
    'package.json': '{ "private": true, "workspaces": ["packages/*"] }',
    'packages/db/package.json': '{ "name": "@acme/db", "dependencies": { "mongoose": "8" } }',
    'packages/db/src/models/Invoice.js': `
      const mongoose = require('mongoose');
      module.exports = mongoose.model('Invoice', new mongoose.Schema({ name: String }));`,
    'packages/api/package.json': '{ "name": "@acme/api", "dependencies": { "express": "4", "react": "18", "@react-email/components": "1", "@acme/db": "*" } }',
    'packages/api/src/invoices.js': `
      module.exports = ({ Invoice }) => ({
        async invoices(ids) { return Promise.all(ids.map((id) => Invoice.findOne({ _id: id }))); }, // want n-plus-one
      });`,
  },
  'populate by a helper': `
    import mongoose, { Schema } from 'mongoose';
    const Order = mongoose.model('Order', new Schema({ env: String }));
    const withItems = (q) => q.populate('items');
    const withBoth = (q) => q.populate('items').populate('user');
    const active = (q) => q.where('active', true);
    const activeLean = (q) => q.where('active', true).lean();
    const sorted = (q) => q.sort('-createdAt');
    function scoped(q, tenant) { return q.where({ tenant }); }
    function scoped2(q, tenant) { q.where({ tenant }); return q; }
    export const a = async () => withItems(Order.find({ a: 1 })); // want missing-limit
    export const b = async () => withBoth(Order.find({ a: 1 })); // want missing-limit
    export const c = async () => active(Order.find({ a: 1 })); // want missing-limit
    export const d = async () => activeLean(Order.find({ a: 1 })); // want missing-limit
    export const e = async () => sorted(Order.find({ a: 1 })); // want missing-limit
    export const f = async (t) => scoped(Order.find({ a: 1 }), t); // want missing-limit
    export const g = async (t) => scoped2(Order.find({ a: 1 }), t); // want missing-limit
    export const h = async (t) => scoped(Order.find(), t); // want missing-limit
    export const i = async (t) => await scoped(Order.find({ a: 1 }), t); // want missing-limit
    export const j = async (t) => scoped(Order.find({ a: 1 }), t).lean(); // want missing-limit
    export const k = async (t) => scoped(Order.find({ a: 1 }), t).exec(); // want missing-limit
    export async function l(t) { return scoped(Order.find({ a: 1 }), t); } // want missing-limit
    export async function m(t) { const rows = await withItems(Order.find({ a: 1 })); return rows; } // want missing-limit
    export async function o(ids) { for (const id of ids) { const q = withItems(Order.findById(id)); const order = await q.lean(); use(order); } } // want n-plus-one
    export async function p(ids) { for (const id of ids) { const order = await withItems(Order.findById(id)); use(order); } } // want n-plus-one
    export async function q(ids) { for (const id of ids) { const order = await withItems(Order.findOne({ id })).lean(); use(order); } } // want n-plus-one`,
});
