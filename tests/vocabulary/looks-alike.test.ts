import { samples } from '../samples.ts';

samples('n-plus-one', {
  'chained by property name (user/post.user)': {
    'package.json': `
      { "dependencies": { "mongoose": "8" } }`,
    'src/models.js': `
      const mongoose = require('mongoose');
      exports.User = mongoose.model('User', new mongoose.Schema({ name: String }));
      exports.Post = mongoose.model('Post', new mongoose.Schema({ user: String }));`,
    'src/feed.js': `
      const { User, Post } = require('./models');
      exports.feed = async function (topic) {
        const posts = await Post.find({ topic }).limit(50);
        const out = [];
        let user;
        for (const post of posts) {
          user = await User.findById(post.user); // want n-plus-one
          out.push({ title: post.title, by: user.name });
        }
        return out;
      };`,
  },
  'chained by property name (id)': {
    'package.json': `
      { "dependencies": { "@prisma/client": "6" } }`,
    'src/orders.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      export async function names(orderIds: string[]) {
        let name: string | null = null;
        const out: string[] = [];
        for (const orderId of orderIds) {
          const customer = await prisma.customer.findFirst({ where: { orderId }, select: { name: true } }); // want n-plus-one
          name = customer?.name ?? null;
          out.push(name ?? '-');
        }
        return out;
      }`,
  },
  'control of A2': {
    'package.json': `
      { "dependencies": { "@prisma/client": "6" } }`,
    'src/orders.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      export async function names(orderIds: string[]) {
        const out: string[] = [];
        for (const orderId of orderIds) {
          const customer = await prisma.customer.findFirst({ where: { orderId }, select: { name: true } }); // want n-plus-one
          out.push(customer?.name ?? '-');
        }
        return out;
      }`,
  },
  'cache of pools by tenant': {
    'package.json': `
      { "dependencies": { "pg": "8" } }`,
    'src/tenant-db.ts': `
      import { Pool } from 'pg';
      const pools = new Map<string, Pool>();
      export async function findUser(tenant: string, id: string) {
        let pool = pools.get(tenant);
        if (!pool) {
          pool = new Pool({ database: tenant });
          pools.set(tenant, pool);
        }
        const { rows } = await pool.query('SELECT * FROM users WHERE id = $1', [id]);
        return rows[0];
      }`,
    'src/report.ts': `
      import { findUser } from './tenant-db';
      export async function report(tenant: string, ids: string[]) {
        const out = [];
        for (const id of ids) {
          out.push(await findUser(tenant, id)); // want n-plus-one
        }
        return out;
      }`,
  },
  'two-level cache': {
    'package.json': `
      { "dependencies": { "pg": "8" } }`,
    'src/db.ts': `
      import { Pool } from 'pg';
      export const pool = new Pool();`,
    'src/price.ts': `
      import { pool } from './db';
      const byShop = new Map<string, Map<string, number>>();
      export async function priceOf(shop: string, sku: string) {
        let prices = byShop.get(shop);
        if (!prices) byShop.set(shop, (prices = new Map()));
        let price = prices.get(sku);
        if (price === undefined) {
          const { rows } = await pool.query('SELECT price FROM prices WHERE shop = $1 AND sku = $2', [shop, sku]);
          price = rows[0].price as number;
          prices.set(sku, price);
        }
        return price;
      }`,
    'src/cart.ts': `
      import { priceOf } from './price';
      export async function total(shop: string, items: { sku: string; n: number }[]) {
        let sum = 0;
        for (const item of items) {
          sum += item.n * (await priceOf(shop, item.sku)); // want n-plus-one
        }
        return sum;
      }`,
  },
  'key of outer loop': {
    'package.json': `
      { "dependencies": { "pg": "8", "react": "19" } }`,
    'src/access.ts': `
      import { cache } from 'react';
      import { Pool } from 'pg';
      const pool = new Pool();
      export const accessOf = cache(async (userId: string) => (await pool.query('SELECT role FROM access WHERE user_id = $1', [userId])).rows[0]);`,
    'src/page.ts': `
      import { accessOf } from './access';
      export async function matrix(users: { id: string }[], actions: string[]) {
        const out = [];
        for (const user of users) {
          for (const action of actions) {
            const access = await accessOf(user.id); // want n-plus-one
            out.push({ user, action, ok: access.role === action });
          }
        }
        return out;
      }`,
  },
  'variable outside that changes': {
    'package.json': `
      { "dependencies": { "pg": "8", "react": "19" } }`,
    'src/access.ts': `
      import { cache } from 'react';
      import { Pool } from 'pg';
      const pool = new Pool();
      export const accessOf = cache(async (userId: string) => (await pool.query('SELECT role FROM access WHERE user_id = $1', [userId])).rows[0]);`,
    'src/page.ts': `
      import { accessOf } from './access';
      export async function matrix(users: { id: string }[]) {
        const out = [];
        let i = 0;
        while (i < users.length) {
          const access = await accessOf(users[i].id); // want n-plus-one
          out.push(access);
          i += 1;
        }
        return out;
      }`,
  },
  'kept on the row itself': {
    'package.json': `
      { "dependencies": { "pg": "8" } }`,
    'src/order.ts': `
      import { Pool } from 'pg';
      const pool = new Pool();
      export class Order {
        private customer?: { name: string };
        constructor(private readonly row: { id: string; customer_id: string }) {}
        async getCustomer() {
          if (!this.customer) {
            const { rows } = await pool.query('SELECT name FROM customers WHERE id = $1', [this.row.customer_id]);
            this.customer = rows[0];
          }
          return this.customer!;
        }
      }
      export async function openOrders() {
        const { rows } = await pool.query('SELECT id, customer_id FROM orders WHERE open LIMIT 100');
        return rows.map((row) => new Order(row));
      }`,
    'src/list.ts': `
      import { openOrders } from './order';
      export async function list() {
        const orders = await openOrders();
        const out = [];
        for (const order of orders) {
          const customer = await order.getCustomer(); // want n-plus-one
          out.push(customer.name);
        }
        return out;
      }`,
  },
  'kept on the row itself, row typed': {
    'package.json': `
      { "dependencies": { "pg": "8" } }`,
    'src/order.ts': `
      import { Pool } from 'pg';
      const pool = new Pool();
      export class Order {
        private customer?: { name: string };
        constructor(private readonly row: { id: string; customer_id: string }) {}
        async getCustomer() {
          if (!this.customer) {
            const { rows } = await pool.query('SELECT name FROM customers WHERE id = $1', [this.row.customer_id]);
            this.customer = rows[0];
          }
          return this.customer!;
        }
      }`,
    'src/list.ts': `
      import { Order } from './order';
      export async function list(orders: Order[]) {
        const out = [];
        for (const order of orders) {
          const customer = await order.getCustomer(); // want n-plus-one
          out.push(customer.name);
        }
        return out;
      }`,
  },
  'control: no cache': {
    'package.json': `
      { "dependencies": { "pg": "8" } }`,
    'src/order.ts': `
      import { Pool } from 'pg';
      const pool = new Pool();
      export class Order {
        constructor(private readonly row: { id: string; customer_id: string }) {}
        async getCustomer() {
          const { rows } = await pool.query('SELECT name FROM customers WHERE id = $1', [this.row.customer_id]);
          return rows[0];
        }
      }`,
    'src/list.ts': `
      import { Order } from './order';
      export async function list(orders: Order[]) {
        const out = [];
        for (const order of orders) {
          const customer = await order.getCustomer(); // want n-plus-one
          out.push(customer.name);
        }
        return out;
      }`,
  },
  'userInDb': {
    'package.json': `
      { "dependencies": { "mongoose": "8" } }`,
    'src/models.ts': `
      import mongoose from 'mongoose';
      export const User = mongoose.model('User', new mongoose.Schema({ name: String }));`,
    'src/sync.ts': `
      import { User } from './models';
      export async function statusOf(id: string) {
        const userInDb = await User.findById(id);
        return userInDb?.name;
      }
      export async function statuses(ids: string[]) {
        const out = [];
        for (const id of ids) {
          out.push(await statusOf(id)); // want n-plus-one
        }
        return out;
      }`,
  },
  'connection row': {
    'package.json': `
      { "dependencies": { "@prisma/client": "6" } }`,
    'src/sync.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      async function findConnection(id: string) {
        return prisma.connection.findUnique({ where: { id } });
      }
      async function labelOf(connectionId: string) {
        const connection = await findConnection(connectionId);
        return connection?.label;
      }
      export async function labels(ids: string[]) {
        const out = [];
        for (const id of ids) {
          out.push(await labelOf(id)); // want n-plus-one
        }
        return out;
      }`,
  },
  'isTable': {
    'package.json': `
      { "dependencies": { "@prisma/client": "6" } }`,
    'src/presence.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      const Online: Record<string, { since: number }> = {};
      export function join(id: string) { Online[id] = { since: Date.now() }; }
      export async function whoIsThere() {
        const out = [];
        for (const id of Object.keys(Online)) {
          out.push(await prisma.user.findUnique({ where: { id } })); // want n-plus-one
        }
        return out;
      }`,
  },
  'allowedProjects': {
    'package.json': `
      { "dependencies": { "@prisma/client": "6" } }`,
    'src/projects.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      export async function dashboard(userId: string, canView: (p: { id: string }) => boolean) {
        const projects = await prisma.project.findMany({ where: { userId }, take: 100 });
        const allowedProjects = projects.filter(canView);
        const out = [];
        for (const project of allowedProjects) {
          out.push({ project, open: await prisma.task.count({ where: { projectId: project.id } }) }); // want n-plus-one
        }
        return out;
      }`,
  },
  'supportedTickets': {
    'package.json': `
      { "dependencies": { "@prisma/client": "6" } }`,
    'src/projects.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      export async function dashboard(ids: string[], mayRead: Set<string>) {
        const allowedIds = ids.filter((id) => mayRead.has(id));
        return Promise.all(allowedIds.map(async (id) => {
          const last = await prisma.message.findFirst({ where: { roomId: id }, orderBy: { at: 'desc' } }); // want n-plus-one
          return { id, last };
        }));
      }`,
  },
  'effect, read through a call': {
    'package.json': `
      { "dependencies": { "@prisma/client": "6", "nodemailer": "6" } }`,
    'src/digest.ts': `
      import { PrismaClient } from '@prisma/client';
      import nodemailer from 'nodemailer';
      const prisma = new PrismaClient();
      const mailer = nodemailer.createTransport({});
      async function preferencesOf(userId: string) {
        return prisma.preference.findUnique({ where: { userId } });
      }
      export async function digest(users: { id: string; email: string }[]) {
        for (const user of users) {
          const preferences = await preferencesOf(user.id); // want n-plus-one
          if (preferences?.digest) await mailer.sendMail({ to: user.email, subject: 'digest' });
        }
      }`,
  },
  'operation: reads four tables, writes an audit': {
    'package.json': `
      { "dependencies": { "@prisma/client": "6" } }`,
    'src/list.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      async function detail(id: string) {
        const order = await prisma.order.findUnique({ where: { id } });
        const items = await prisma.item.findMany({ where: { orderId: id }, take: 50 });
        const customer = await prisma.customer.findUnique({ where: { id: order!.customerId } });
        await prisma.view.create({ data: { orderId: id } });
        return { order, items, customer };
      }
      export async function list(ids: string[]) {
        const out = [];
        for (const id of ids) out.push(await detail(id)); // want n-plus-one:note
        return out;
      }`,
  },
  'found by name: the wrong one': {
    'package.json': `
      { "dependencies": { "@prisma/client": "6" } }`,
    'src/models/invoice.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      export const invoices = {
        async summary(id: string) { return prisma.invoice.findUnique({ where: { id } }); },
      };`,
    'src/import.ts': `
      import { parse } from './csv';
      export function totals(text: string) {
        const out = [];
        for (const invoice of parse(text)) {
          out.push(invoice.summary());
        }
        return out;
      }`,
    'src/csv.ts': `
      class CsvInvoice { constructor(private cells: string[]) {} summary() { return this.cells.join(' '); } }
      export function parse(text: string) { return text.split('\\n').map((line) => new CsvInvoice(line.split(','))); }`,
  },
  'found by name: deps of a package': {
    'package.json': `
      { "dependencies": { "@prisma/client": "6", "stripe": "14" } }`,
    'src/charges/charge-repository.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      export class ChargeRepository {
        async retrieve(id: string) { return prisma.charge.findUnique({ where: { id } }); }
      }`,
    'src/sync.ts': `
      export async function sync(stripeService: any, ids: string[]) {
        const out = [];
        for (const id of ids) {
          out.push(await stripeService.charges.retrieve(id));
        }
        return out;
      }`,
  },
  'validators by name': {
    'package.json': `
      { "dependencies": { "@prisma/client": "6" } }`,
    'src/services/tokens.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      export async function verifyToken(id: string) { return prisma.token.findUnique({ where: { id } }); }`,
    'src/check.ts': `
      import jwt from './jwt-lib';
      export function check(services: any, list: string[]) {
        return list.map((each) => services.tokens.decode(each));
      }
      export function check2({ tokens }: any, list: string[]) {
        return list.map((each) => tokens.verifyToken(each)); // miss: nothing says what is handed over
      }`,
    'src/jwt-lib.ts': `
      export default {};`,
  },
  'prototype dao': {
    'package.json': `
      { "dependencies": { "pg": "8" } }`,
    'src/dao.js': `
      const { Pool } = require('pg');
      function Dao(pool) { this.pool = pool; this.byId = null; }
      Dao.prototype = Object.create(Object.prototype);
      Dao.prototype.byId = function (id) { return this.pool.query('SELECT * FROM t WHERE id = $1', [id]); };
      module.exports = new Dao(new Pool());`,
    'src/use.js': `
      const dao = require('./dao');
      exports.all = async (ids) => {
        const out = [];
        for (const id of ids) out.push(await dao.byId(id)); // want n-plus-one
        return out;
      };`,
  },
  'react component like functions': {
    'package.json': `
      { "dependencies": { "pg": "8" } }`,
    'src/dao.js': `
      const { Pool } = require('pg');
      const pool = new Pool();
      function Counter() { this.load = function () { return 1; }; }
      Counter.prototype.load = function () { return pool.query('SELECT 1'); };
      exports.run = (ids) => ids.map((id) => new Counter().load(id));`,
  },
  'memberOfSome picks one that is not asked': {
    'package.json': `
      { "dependencies": { "pg": "8" } }`,
    'src/h.js': `
      const { Pool } = require('pg');
      const pool = new Pool();
      const exporters = {
        csv: { line: (row) => Object.values(row).join(',') },
        json: { line: (row) => JSON.stringify(row) },
        audit: { line: async (row) => { await pool.query('INSERT INTO audit (id) VALUES ($1)', [row.id]); return row.id; } },
      };
      exports.write = async (rows, kind) => {
        const out = [];
        for (const row of rows) out.push(await exporters[kind].line(row)); // want n-plus-one
        return out;
      };`,
  },
  'isKeptForRequest once': {
    'package.json': `
      { "dependencies": { "pg": "8" } }`,
    'src/h.js': `
      const { Pool } = require('pg');
      const pool = new Pool();
      const isFlush = (ids, ops) => ops.length >= 1;
      exports.write = async (rows) => {
        const seen = [];
        for (const row of rows) {
          seen.push(row);
          if (seen.length > row.min) {
            const { rows: found } = await pool.query('SELECT * FROM t WHERE id = $1', [row.id]); // want n-plus-one
            row.found = found[0];
          }
        }
      };`,
  },
  'flush test counts': {
    'package.json': `
      { "dependencies": { "pg": "8" } }`,
    'src/h.js': `
      const { Pool } = require('pg');
      const pool = new Pool();
      exports.write = async (users) => {
        for (const user of users) {
          const orders = user.orders;
          if (orders.length > 2) {
            const { rows: found } = await pool.query('SELECT * FROM t WHERE id = $1', [user.id]); // want n-plus-one
            user.found = found[0];
          }
          const count = user.count;
          if (count >= 3) user.other = await pool.query('SELECT * FROM s WHERE id = $1', [user.id]);
        }
      };`,
  },
  'viewer types that are lists': {
    'package.json': `
      { "dependencies": { "@prisma/client": "6", "graphql": "16" } }`,
    'src/r.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      export const resolvers = {
        Self: { user: (self: any) => prisma.user.findUnique({ where: { id: self.userId } }) },
        Video: { viewers: (video: any) => prisma.view.findMany({ where: { videoId: video.id }, take: 10 }) }, // want n-plus-one
        Viewer: { user: (viewer: any) => prisma.user.findFirst({ where: { name: viewer.userName } }) }, // miss: taken for the one who asks
      };`,
  },
});

samples('missing-limit', {
  'answered by a helper': {
    'package.json': `
      { "dependencies": { "@prisma/client": "6", "express": "4" } }`,
    'src/app.ts': `
      import { PrismaClient } from '@prisma/client';
      import express from 'express';
      import { sendJson } from './http';
      const prisma = new PrismaClient();
      export const router = express.Router();
      router.get('/names', async (req, res) => {
        const users = await prisma.user.findMany({ select: { id: true, name: true } }); // want missing-limit
        const items = users.map((user) => ({ ...user, href: \`/users/\${user.id}\` }));
        sendJson(res, items);
      });`,
    'src/http.ts': `
      export function sendJson(res: any, body: unknown) { res.json(body); }`,
  },
  'kept on this': {
    'package.json': `
      { "dependencies": { "@prisma/client": "6" } }`,
    'src/index.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      export class Search {
        private all: { id: string }[] = [];
        async reload(): Promise<void> {
          const users = await prisma.user.findMany({ select: { id: true, name: true } }); // want missing-limit
          this.all = users.filter((user) => user.name);
        }
      }`,
  },
  'kept few by rate limit': {
    'package.json': `
      { "dependencies": { "@prisma/client": "6" } }`,
    'src/messages.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      export async function send(senderId: string, roomId: string, text: string) {
        const sent = await prisma.message.count({ where: { senderId, createdAt: { gte: new Date(Date.now() - 3600_000) } } });
        if (sent >= 60) throw new Error('slow down');
        return prisma.message.create({ data: { senderId, roomId, text } });
      }
      export async function history(roomId: string) {
        return prisma.message.findMany({ where: { roomId }, orderBy: { createdAt: 'asc' } }); // want missing-limit:note
      }`,
  },
  'kept few per user, but all are listed': {
    'package.json': `
      { "dependencies": { "@prisma/client": "6" } }`,
    'src/labels.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      const MAX_LINKS = 20;
      export async function add(userId: string, url: string) {
        if ((await prisma.link.count({ where: { userId } })) >= MAX_LINKS) throw new Error('too many');
        return prisma.link.create({ data: { userId, url } });
      }
      export async function everything() {
        return prisma.link.findMany(); // want missing-limit
      }`,
  },
  'the rows are loaded to see that they are too many': {
    'package.json': `
      { "dependencies": { "@prisma/client": "6" } }`,
    'src/export.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      export async function exportOrders(shopId: string) {
        const orders = await prisma.order.findMany({ where: { shopId } }); // want missing-limit
        if (orders.length > 1000) throw new Error('too many to export');
        return orders;
      }`,
  },
  'tables': {
    'package.json': `
      { "dependencies": { "@prisma/client": "6" } }`,
    'src/t.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      export async function a(roleId: string) {
        return prisma.userRole.findMany({ where: { roleId } }); // want missing-limit:note
      }
      export async function b() {
        return prisma.userSetting.findMany(); // want missing-limit
      }
      export async function c() {
        return prisma.emailQueue.findMany(); // want missing-limit
      }
      export async function d() {
        return prisma.healthcareProvider.findMany(); // want missing-limit
      }
      export async function e() {
        return prisma.pollOption.findMany(); // want missing-limit
      }
      export async function f(tenantId: string) {
        return prisma.userPreference.findMany({ where: { tenantId } }); // want missing-limit
      }
      export async function g() {
        return prisma.filePermission.findMany(); // want missing-limit
      }
      export async function h(stockId: string) {
        return prisma.stockPrice.findMany({ where: { stockId } }); // want missing-limit:note
      }
      export async function i(siteId: string) {
        return prisma.device.findMany({ where: { siteId } }); // want missing-limit
      }
      export async function j() {
        return prisma.cashier.findMany(); // want missing-limit
      }
      export async function k() {
        return prisma.userBadge.findMany(); // want missing-limit
      }
      export async function l() {
        return prisma.mealPlan.findMany(); // want missing-limit
      }
      export async function m(organizationId: string) {
        return prisma.userRole.findMany({ where: { organizationId } }); // want missing-limit
      }`,
  },
  'spread with default': {
    'package.json': `
      { "dependencies": { "@prisma/client": "6" } }`,
    'src/l.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      export async function recent(roomId: string, limit = 50) {
        return prisma.message.findMany({ where: { roomId }, ...(limit ? { take: limit } : {}) });
      }
      export async function latest(roomId: string, wanted?: number) {
        const limit = Math.min(wanted ?? 20, 100);
        return prisma.message.findMany({ where: { roomId }, ...(limit && { take: limit }) });
      }
      export async function newest(roomId: string, { limit = 20 }: { limit?: number }) {
        return prisma.message.findMany({ where: { roomId }, ...(limit !== undefined ? { take: limit } : {}) });
      }`,
  },
});

samples('unbounded-limit', {
  'z.infer, no client': {
    'package.json': `
      { "dependencies": { "@prisma/client": "6", "zod": "3", "express": "4" } }`,
    'src/recent.ts': `
      import { PrismaClient } from '@prisma/client';
      import { z } from 'zod';
      const prisma = new PrismaClient();
      const Options = z.object({ roomId: z.string(), limit: z.number().int().positive() });
      type RecentOptions = z.infer<typeof Options>;
      export async function recent(options: RecentOptions) {
        return prisma.message.findMany({ where: { roomId: options.roomId }, take: options.limit });
      }`,
    'src/job.ts': `
      import { recent } from './recent';
      export async function digest(roomId: string) {
        return recent({ roomId, limit: 20 });
      }`,
    'src/routes.ts': `
      import express from 'express';
      import { recent } from './recent';
      export const router = express.Router();
      router.get('/rooms/:id', async (req, res) => {
        res.json(await recent({ roomId: req.params.id, limit: Math.min(Number(req.query.limit) || 20, 100) }));
      });`,
  },
  'TypeBox with options elsewhere': {
    'package.json': `
      { "dependencies": { "@prisma/client": "6", "@sinclair/typebox": "0.34", "fastify": "5" } }`,
    'src/app.ts': `
      import { PrismaClient } from '@prisma/client';
      import { Type } from '@sinclair/typebox';
      import Fastify from 'fastify';
      const prisma = new PrismaClient();
      const app = Fastify();
      const pageSize = { minimum: 1, maximum: 100, default: 20 };
      app.get('/messages', { schema: { querystring: Type.Object({ limit: Type.Integer(pageSize), free: Type.Integer({ minimum: 1 }) }) } }, async (request) => {
        const { limit } = request.query as { limit: number };
        return prisma.message.findMany({ take: limit });
      });`,
  },
  'TypeBox spread': {
    'package.json': `
      { "dependencies": { "@prisma/client": "6", "@sinclair/typebox": "0.34", "fastify": "5" } }`,
    'src/app.ts': `
      import { PrismaClient } from '@prisma/client';
      import { Type } from '@sinclair/typebox';
      import Fastify from 'fastify';
      const prisma = new PrismaClient();
      const app = Fastify();
      const bounds = { minimum: 1, maximum: 100 };
      app.get('/messages', { schema: { querystring: Type.Object({ limit: Type.Optional(Type.Integer({ ...bounds, default: 20 })) }) } }, async (request) => {
        const { limit } = request.query as { limit: number };
        return prisma.message.findMany({ take: limit });
      });`,
  },
  'later spread caps': {
    'package.json': `
      { "dependencies": { "@prisma/client": "6", "express": "4" } }`,
    'src/app.ts': `
      import { PrismaClient } from '@prisma/client';
      import express from 'express';
      const prisma = new PrismaClient();
      export const router = express.Router();
      const page = { take: 20 };
      router.post('/search', async (req, res) => {
        res.json(await prisma.message.findMany({ ...req.body, ...page }));
      });
      router.post('/search2', async (req, res) => {
        const paging = { take: Math.min(req.body.take, 50) };
        res.json(await prisma.message.findMany({ ...req.body, ...paging }));
      });`,
  },
  'fastify json spread': {
    'package.json': `
      { "dependencies": { "@prisma/client": "6", "fastify": "5" } }`,
    'src/app.ts': `
      import { PrismaClient } from '@prisma/client';
      import Fastify from 'fastify';
      const prisma = new PrismaClient();
      const app = Fastify();
      const bounds = { minimum: 1, maximum: 100 };
      app.get('/messages', { schema: { querystring: { type: 'object', properties: { limit: { type: 'integer', ...bounds } } } } }, async (request) => {
        const { limit } = request.query as { limit: number };
        return prisma.message.findMany({ take: limit });
      });`,
  },
  'zod later spread caps': {
    'package.json': `
      { "dependencies": { "@prisma/client": "6", "zod": "3", "express": "4" } }`,
    'src/app.ts': `
      import { PrismaClient } from '@prisma/client';
      import express from 'express';
      import { z } from 'zod';
      const prisma = new PrismaClient();
      export const router = express.Router();
      const capped = { limit: z.coerce.number().max(100) };
      const Query = z.object({ limit: z.coerce.number(), ...capped });
      router.get('/search', async (req, res) => {
        const { limit } = Query.parse(req.query);
        res.json(await prisma.message.findMany({ take: limit }));
      });`,
  },
});

/** What a reviewer would not have said: rows by a key, groups at once, lists of constants, elements alone, loaders that are handed on. */
samples(['n-plus-one', 'missing-limit'], {
  'loaders that are handed on three calls deep': {
    'features.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      const loadSubscription = (id: number, loaders?: Loaders) => {
        if (loaders) {
          return loaders.Subscription.current.load(id);
        } else {
          return prisma.subscription.findFirst({ where: { id } });
        }
      };
      const getAccess = async (account: Account, { loaders }: { loaders?: Loaders } = {}) => {
        const subscription = await loadSubscription(account.id, loaders);
        return { access: subscription !== null };
      };
      export const hasFeature = async (account: Account, { loaders = null }: { loaders?: Loaders | null } = {}) => {
        const { access } = await getAccess(account, { loaders });
        return access;
      };`,
    'use.ts': `
      import { hasFeature } from './features';
      export async function withLoaders(accounts: Account[], req: Request) {
        for (const account of accounts) await hasFeature(account, { loaders: req.loaders });
      }
      export async function without(accounts: Account[]) {
        for (const account of accounts) await hasFeature(account);
      }`,
  },
  'a loader, or else a call that asks': `
    import { Model } from 'sequelize';
    class Account extends Model {
      getAdmins() {
        return Admin.findAll({ where: { accountId: this.id }, limit: 20 });
      }
    }
    class Admin extends Model {}
    export async function check(ids: number[], loaders?: Loaders) {
      const accounts = await Account.findAll({ where: { id: ids } });
      for (const account of accounts) {
        const admins = loaders
          ? await loaders.Admin.ofAccount.load(account.id)
          : await account.getAdmins();
        console.log(admins);
      }
      for (const account of accounts) console.log(await account.getAdmins()); // want n-plus-one
    }`,
  'the first of rows that a pattern takes out': `
    import { Pool } from 'pg';
    const pool = new Pool();
    export async function keys(tenant: string) {
      const { rows } = await pool.query('SELECT value FROM entries WHERE name = $1', [tenant]);
      return rows[0]?.value;
    }
    export async function all(tenant: string) {
      const { rows } = await pool.query('SELECT value FROM entries WHERE name = $1', [tenant]); // want missing-limit
      return rows.map((row) => row.value);
    }
    export async function some(ids: string[]) {
      const { rows } = await pool.query(\`SELECT id FROM transactions t WHERE t.data #>> '{captureId}' IN (SELECT UNNEST($1::text[])) AND kind = 'x'\`, [ids]);
      return rows.map((row) => row.id);
    }`,
  'one element alone': `
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    export async function renew(workspaces: { id: string; plan: { slug: string } }[], ownId: string) {
      for (const workspace of workspaces) {
        if (workspace.id === ACME_WORKSPACE_ID) {
          await prisma.project.findUniqueOrThrow({ where: { id: ownId } });
        }
        if (workspace.id === ownId) {
          await prisma.workspace.findUniqueOrThrow({ where: { id: workspace.id } }); // want n-plus-one
        }
        if (workspace.plan.slug === 'pro') {
          await prisma.invoice.findFirst({ where: { workspaceId: workspace.id } });
        }
      }
    }`,
  'each group at once': `
    import { groupBy } from 'lodash';
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    const track = (programId: string, rows: Row[]) => prisma.log.createMany({ data: rows.map((row) => ({ programId, rowId: row.id })) });
    export async function hold(rows: Row[]) {
      const byProgram = groupBy(rows, (row) => row.programId);
      for (const group of Object.values(byProgram)) {
        await track(group[0].programId, group); // want n-plus-one:note
      }
      for (const [programId, group] of Object.entries(byProgram)) {
        await prisma.program.findFirst({ where: { id: programId, size: group.length } }); // want n-plus-one
      }
    }`,
  'a list of constants that a function gives': `
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    const ENDPOINTS = ['clicks', 'leads', 'sales'] as const;
    function endpointsFor(skip: string[]) {
      return ENDPOINTS.filter((each) => !skip.includes(each));
    }
    function idsOf(rows: { id: string }[]) {
      return rows.map((row) => row.id);
    }
    export async function stats(rows: { id: string }[]) {
      const endpoints = endpointsFor(['sales']);
      for (const endpoint of endpoints) await prisma.event.findFirst({ where: { endpoint } });
      for (const id of idsOf(rows)) await prisma.event.findFirst({ where: { id } }); // want n-plus-one
    }`,
  'keys that a cache forgets': {
    'cache.js': `
      const Redis = require('ioredis');
      const client = new Redis();
      const remove = { domain: (domain) => client.del('d:' + domain.address) };
      module.exports = { remove };`,
    'domains.js': `
      const cache = require('./cache');
      async function forget(domains) {
        domains.forEach(cache.remove.domain); // want n-plus-one:note
      }
      async function forgetSlowly(domains) {
        for (const domain of domains) await cache.remove.domain(domain); // want n-plus-one
      }
      module.exports = { forget, forgetSlowly };`,
  },
});
