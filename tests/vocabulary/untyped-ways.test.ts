import { samples } from '../samples.ts';

samples('n-plus-one', {
  'namespaces that mixins fill': {
    'package.json': `
      { "dependencies": { "async": "^2.6.0", "express": "^4.16.0", "mongodb": "^3.1.0" } }`,
    'src/database.js': `
      var client = require('mongodb').MongoClient;
      var store = module.exports = {};
      store.init = function (uri, callback) {
        client.connect(uri, {}, function (err, conn) {
          var db = conn.db();
          require('./hash')(db, store);
          callback();
        });
      };`,
    'src/hash.js': `
      module.exports = function (db, module) {
        module.getObjectField = function (key, field, callback) {
          db.collection('objects').findOne({ _key: key }, {}, function (err, item) {
            callback(err, item);
          });
        };
      };`,
    'src/privileges/topics.js': `
      var db = require('../database');
      module.exports = function (privileges) {
        privileges.topics = {};
        privileges.topics.can = function (privilege, tid, uid, callback) {
          db.getObjectField('cid:' + tid + ':privileges:' + uid, privilege, function (err, value) {
            callback(err, parseInt(value, 10) === 1);
          });
        };
        privileges.can = function (tid, cb) { db.getObjectField('x' + tid, cb); };
      };`,
    'src/privileges/index.js': `
      var privileges = module.exports = {};
      require('./topics')(privileges);`,
    'src/use.js': `
      var db = require('./database');
      var privileges = require('./privileges');
      exports.a = async function (tids) { for (const tid of tids) await db.getObjectField(tid, 'a'); } // want n-plus-one
      exports.b = async function (tids) { for (const tid of tids) await privileges.can(tid); } // want n-plus-one
      exports.c = async function (tids) { for (const tid of tids) await privileges.topics.can('x', tid); } // want n-plus-one
      exports.d = function (tids, next) { async.filter(tids, function (tid, cb) { privileges.topics.can('topics:read', tid, cb); }, next); } // want n-plus-one`,
  },
  'methods that a schema lends call each other': {
    'package.json': `
      { "dependencies": { "mongoose": "^6" } }`,
    'product.js': `
      const { Schema, model } = require('mongoose');
      const productSchema = new Schema({ title: String });
      productSchema.methods.rating = async function () {
        const [row] = await this.model('Review').aggregate([{ $match: { product: this._id } }]);
        return row;
      };
      productSchema.methods.rating2 = async function () {
        return this.constructor.findOne({ product: this._id });
      };
      productSchema.methods.rating3 = async function () {
        return model('Review').findOne({ product: this._id });
      };
      productSchema.methods.toCard = async function (opts = {}) {
        const card = {};
        if (opts.withRating !== false) {
          card.rating = await this.rating();
        }
        return card;
      };
      productSchema.methods.toCard2 = async function (opts = {}) {
        return { r: await this.rating3() };
      };
      module.exports = model('Product', productSchema);`,
    'use.js': `
      const Product = require('./product');
      exports.a = async () => { const products = await Product.find({ active: true }).limit(24);
        await Promise.all(products.map((p) => p.rating())); // want n-plus-one
        await Promise.all(products.map((p) => p.rating2())); // want n-plus-one
        await Promise.all(products.map((p) => p.rating3())); // want n-plus-one
        await Promise.all(products.map((p) => p.toCard())); // want n-plus-one
        await Promise.all(products.map((p) => p.toCard({ withRating: false })));
        await Promise.all(products.map((p) => p.toCard2())); // want n-plus-one
        for (const product of products) await product.save(); // want n-plus-one:note
        for (const product of products) { if (!(await product.isStale(5))) continue; product.archived = true; await product.save(); } // want n-plus-one:note
      }`,
  },
  'functions that are bound, and classes from before there were any': {
    'package.json': `
      { "dependencies": { "mongodb": "^3", "bluebird": "3" } }`,
    'dao.js': `
      function InvoiceDao(db) {
        this.invoices = db.collection('invoices');
      }
      InvoiceDao.prototype.withCustomer = function (invoice) {
        return Promise.resolve(this.invoices.findOne({ _id: invoice.customer }));
      };
      module.exports = InvoiceDao;`,
    'use.js': `
      const Promise = require('bluebird');
      const InvoiceDao = require('./dao');
      exports.a = async (rows, db) => {
        var dao = new InvoiceDao(db);
        for (const r of rows) await dao.withCustomer(r); // want n-plus-one
        await Promise.map(rows, (r) => dao.withCustomer(r)); // want n-plus-one
        await Promise.map(rows, dao.withCustomer.bind(dao), { concurrency: 5 }); // want n-plus-one
        await Promise.all(rows.map(dao.withCustomer.bind(dao))); // want n-plus-one
        await Promise.all(rows.map(dao.withCustomer, dao)); // miss: a function with its \`this\` beside it
        await Promise.all(rows.map((r) => dao.withCustomer.call(dao, r))); // miss: a function that is called by way of \`call\`
      }`,
  },
  'one of a table of objects, and a few of a list': {
    'package.json': `
      { "dependencies": { "pg": "^8" } }`,
    'a.ts': `
      import { Pool } from 'pg';
      const pool = new Pool();
      const directives: Record<string, { roomName(s: string): Promise<string> }> = {
        c: { roomName: async (sub) => sub },
        d: {
          async roomName(sub) { return pool.query('select name from a where id = $1', [sub]); },
        },
      };
      export const coordinator = {
        async getRoomName(type: string, sub: string) { return directives[type].roomName(sub); },
      };
      export async function a(subs: any[]) {
        for (const sub of subs) await coordinator.getRoomName(sub.t, sub); // want n-plus-one
        for (const sub of subs) await directives[sub.t].roomName(sub); // want n-plus-one
        for (const sub of subs) await directives[sub.t]?.roomName(sub); // want n-plus-one
        for (const sub of subs) { const d = directives[sub.t]; await d.roomName(sub); } // want n-plus-one
        for (const sub of subs.slice(0, 3)) await directives.d.roomName(sub);
        const few = subs.slice(0, 3);
        for (const sub of few) await directives.d.roomName(sub);
        await Promise.all(few.map((sub) => directives.d.roomName(sub)));
      }`,
  },
  'what a lent method is given keeps it from its query': {
    'package.json': `
      { "dependencies": { "mongoose": "^6", "koa": "2", "@koa/router": "12" } }`,
    'product.js': `
      const { Schema, model } = require('mongoose');
      const productSchema = new Schema({ title: String });
      productSchema.methods.rating = async function () {
        const [row] = await this.model('Review').aggregate([{ $match: { product: this._id } }]);
        return row;
      };
      productSchema.methods.toCard = async function (opts = {}) {
        const card = { a: this.images.length ? this.images[0].url : null };
        if (opts.withRating !== false) {
          card.rating = await this.rating();
        }
        return card;
      };
      module.exports = model('Product', productSchema);`,
    'use.js': `
      const Router = require('@koa/router');
      const Product = require('./product');
      const router = new Router({ prefix: '/catalog' });
      router.get('/latest', async (ctx) => {
        const products = await Product.find({ active: true }).sort('-createdAt').limit(24);
        ctx.body = await Promise.all(products.map((p) => p.toCard())); // want n-plus-one
      });
      router.get('/latest2', async (ctx) => {
        const products = await Product.find({ active: true }).sort('-createdAt').limit(24);
        const x = await Promise.all(products.map((p) => p.toCard())); // want n-plus-one
      });
      router.get('/latest3', async (ctx) => {
        const products = await Product.find({ active: true }).limit(24);
        const x = await Promise.all(products.map((p) => p.toCard())); // want n-plus-one
      });`,
  },
  'pages that are rows': {
    'package.json': `
      { "dependencies": { "mongoose": "^6" } }`,
    'page.js': `
      const mongoose = require('mongoose');
      const pageSchema = new mongoose.Schema({ title: String });
      pageSchema.plugin(require('./plugins/watched'));
      pageSchema.methods.isStale = function (days) { return this.updatedAt < days; };
      module.exports = mongoose.model('Page', pageSchema);`,
    'use.js': `
      const Page = require('./page');
      exports.archiveStale = async (req, res, next) => {
        try {
          const pages = await Page.find({ space: req.params.id }).setOptions({ skipWatchers: true }).limit(500);
          let archived = 0;
          for (const page of pages) {
            if (!(await page.isStale(req.body.days))) continue;
            page.archived = true;
            await page.save(); // want n-plus-one:note
            archived += 1;
          }
          res.json({ archived });
        } catch (err) { next(err); }
      };
      exports.b = async (req, res, next) => {
          const pages = await Page.find({ space: req.params.id }).setOptions({ skipWatchers: true }).limit(500);
          for (const page of pages) await page.save(); // want n-plus-one:note
      };
      exports.c = async (req, res, next) => {
          const pages = await Page.find({ space: req.params.id }).limit(500);
          for (const page of pages) await page.save(); // want n-plus-one:note
      };`,
  },
  'a model by its name, and its statics': {
    'package.json': `
      { "dependencies": { "mongoose": "3.8.x", "express": "3" } }`,
    'models/comment.js': `
      var mongoose = require('mongoose');
      var CommentSchema = new mongoose.Schema({ post: String });
      CommentSchema.statics.countFor = function (post, cb) {
        this.count({ post: post._id, spam: false }, cb);
      };
      mongoose.model('Comment', CommentSchema);`,
    'lib/decorate.js': `
      var mongoose = require('mongoose');
      function addCount(post, done) {
        var Comment = mongoose.model('Comment');
        Comment.countFor(post, function (err, n) {
          if (err) return done(err);
          post.commentCount = n;
          done();
        });
      }
      function addCount2(post, done) {
        var Comment = mongoose.model('Comment');
        Comment.count({ post: post._id }, function (err, n) {
          done();
        });
      }
      exports.addCount = addCount;
      exports.addCount2 = addCount2;`,
    'use.js': `
      var decorate = require('./lib/decorate');
      exports.a = function (posts) {
        posts.forEach(function (post) {
            decorate.addCount2(post, function (err) { // want n-plus-one
              done();
            });
        });
      };
      exports.b = function (posts) {
        posts.forEach(function (post) {
            decorate.addCount(post, function (err) { // want n-plus-one
              done();
            });
        });
      };`,
  },
  'what a collection helps its documents with': {
    'package.json': `
      { "dependencies": { "meteor-node-stubs": "1" } }`,
    'models/boards.js': `
      import { Mongo } from 'meteor/mongo';
      import Cards from './cards';
      const Boards = new Mongo.Collection('boards');
      Boards.helpers({
        cardCount() {
          return Cards.find({ boardId: this._id }).countAsync();
        },
        async top() {
          return Cards.find({ boardId: this._id }, { limit: 20 }).fetchAsync();
        },
        hasMember(userId) {
          return this.members.some((m) => m.userId === userId);
        },
      });
      export default Boards;`,
    'models/cards.js': `
      import { Mongo } from 'meteor/mongo';
      const Cards = new Mongo.Collection('cards');
      export default Cards;`,
    'a.js': `
      import Boards from '/models/boards';
      export async function a() {
          const boards = await Boards.find({}, { limit: 60 }).fetchAsync();
          for (const board of boards) await board.cardCount(); // want n-plus-one
          return Promise.all(boards.map(async (board) => ({ cards: await board.top() }))); // want n-plus-one
      }
      export async function b(boards) {
          for (const board of boards) await board.cardCount(); // want n-plus-one
          for (const board of boards) await board.hasMember('x');
      }`,
  },
  'a raw model behind a base class': {
    'package.json': `
      { "dependencies": { "mongodb": "4" } }`,
    'base.ts': `
      import type { Collection, Db, Filter, FindOptions } from 'mongodb';
      export abstract class BaseRaw<T> {
        public readonly col: Collection<T>;
        constructor(private readonly db: Db, protected readonly name: string) {
          this.col = db.collection<T>(\`p_\${name}\`);
        }
        findOneById(_id: string, options: FindOptions<T> = {}) {
          return this.col.findOne({ _id } as Filter<T>, options);
        }
      }
      export class UsersRaw extends BaseRaw<any> {
        constructor(db: Db) { super(db, 'user'); }
      }`,
    'models.ts': `
      import { db } from './database';
      import { UsersRaw } from './base';
      export const Users = new UsersRaw(db);`,
    'coordinator.ts': `
      import { Users } from './models';
      type Directive = { roomName(sub: any): Promise<string> | string; icon: string };
      const directives: Record<string, Directive> = {
        c: { icon: 'hashtag', roomName: (sub) => sub.name },
        d: {
          icon: 'at',
          async roomName(sub) {
            if (!sub.peerId) { return sub.name; }
            const peer = await Users.findOneById(sub.peerId, { projection: { name: 1 } });
            return peer?.name ?? sub.name;
          },
        },
      };
      export const roomCoordinator = {
        async getRoomName(type: string, sub: any) {
          return directives[type].roomName(sub);
        },
      };`,
    'a.ts': `
      import { Users } from './models';
      import { roomCoordinator } from './coordinator';
      export async function a(subs: any[]) {
        for (const sub of subs) await Users.findOneById(sub.id); // want n-plus-one
        for (const sub of subs) {
          const displayName = await roomCoordinator.getRoomName(sub.t, sub); // want n-plus-one
        }
      }`,
  },
  'a bag of things that nobody types': {
    'package.json': `
      { "dependencies": { "mysql2": "^3" } }`,
    'lib/dao/BaseDao.js': `
      'use strict';
      class BaseDao {
        constructor(pool, table, pk = 'id') { this.pool = pool; this.table = table; this.pk = pk; }
        async run(sql, params) {
          const [result] = await this.pool.query(sql, params);
          return result;
        }
        async findById(id) {
          const rows = await this.run('SELECT * FROM ?? WHERE ?? = ? LIMIT 1', [this.table, this.pk, id]);
          return rows[0];
        }
      }
      module.exports = BaseDao;`,
    'lib/dao/index.js': `
      'use strict';
      const BaseDao = require('./BaseDao');
      class SlaDao extends BaseDao {
        constructor(pool) { super(pool, 'sla_policies', 'priority'); }
        async minutesFor(priority) {
          const policy = await this.findById(priority);
          return policy ? policy.first_response_minutes : null;
        }
      }
      module.exports = (pool) => ({ slas: new SlaDao(pool), SlaDao });`,
    'lib/a.js': `
      const make = require('./dao');
      const pool = require('mysql2/promise').createPool({});
      const daos = make(pool);
      exports.a = async (tickets) => {
        for (const t of tickets) {
          const m = await daos.slas.minutesFor(t.priority); // want n-plus-one
        }
      };`,
    'lib/b.js': `
      async function sweep(daos, tickets) {
        for (const t of tickets) {
          const m = await daos.slas.minutesFor(t.priority); // want n-plus-one
        }
      }
      exports.sweep = sweep;`,
  },
  'statements in a table': {
    'package.json': `
      { "type": "module", "dependencies": { "ws": "^8" } }`,
    'src/players.js': `
      const SQL = { profile: 'SELECT id FROM players WHERE id = ?' };
      export function createPlayerStore(db) {
        const stmts = { profile: db.prepare(SQL.profile) };
        return {
          profile: (id) => stmts.profile.get(id),
          profile2: (id) => db.prepare(SQL.profile).get(id),
          matches(id) {
            return db.prepare('select a from b where c = ?').all(id);
          },
          matches2(id) {
            return db.prepare(SQL.profile).all(id);
          },
        };
      }`,
    'src/db.js': `
      import { DatabaseSync } from 'node:sqlite';
      import { createPlayerStore } from './players.js';
      const db = new DatabaseSync('x');
      export const store = createPlayerStore(db);
      export const a = (ids) => ids.map((id) => store.profile(id)); // miss: statements that are prepared on a client without a type
      export const b = (ids) => ids.map((id) => store.profile2(id)); // want n-plus-one:note`,
  },
  'a service that is handed on': {
    'package.json': `
      { "dependencies": { "@feathersjs/feathers": "^4.5.18", "feathers-knex": "8" } }`,
    'a.js': `
      async function withAssignee(users, card, params) {
        if (!card.assignee_id) return { ...card, assignee: null };
        const user = await users.get(card.assignee_id, { provider: undefined });
        return { ...card, assignee: user };
      }
      module.exports = () => async (context) => {
        const users = context.app.service('users');
        const items = context.items;
        for (const card of items) await users.get(card.id); // want n-plus-one
        for (const card of items) await withAssignee(users, card, context.params); // miss: a service that is handed on
      };`,
  },
  'rows that are handed on': {
    'package.json': `
      { "dependencies": { "sequelize": "^6" } }`,
    'models/order.js': `
      module.exports = (sequelize, T) => {
        const Order = sequelize.define('Order', { number: T.STRING });
        Order.associate = ({ Customer }) => Order.belongsTo(Customer, { foreignKey: 'customerId', as: 'customer' });
        return Order;
      };`,
    'models/index.js': `
      const { Sequelize, DataTypes } = require('sequelize');
      const sequelize = new Sequelize('x');
      const db = { sequelize };
      for (const define of [require('./order')]) { const model = define(sequelize, DataTypes); db[model.name] = model; }
      module.exports = db;`,
    'ser.js': `
      module.exports = async function serializeOrder(order) {
        const customer = await order.getCustomer({ attributes: ['id'] });
        return { customer };
      };`,
    'a.js': `
      const { Order } = require('./models');
      const serializeOrder = require('./ser');
      exports.a = async (ids) => {
        const orders = await Order.findAll({ where: { id: ids } });
        for (const order of orders) await order.getCustomer(); // want n-plus-one
        for (const order of orders) await serializeOrder(order); // miss: a row that is handed to another file
      };`,
  },
  'a store of copies, and what is kept': {
    'package.json': `
      { "dependencies": { "pg": "8", "react": "18", "lru-cache": "10" } }`,
    'actors.js': `
      import { LRUCache } from 'lru-cache';
      import { Pool } from 'pg';
      import { cache } from 'react';
      const pool = new Pool();
      const known = new LRUCache({ max: 500 });
      export async function actorBy(uri) {
        const hit = known.get(uri);
        if (hit) return hit;
        const { rows } = await pool.query('SELECT * FROM actors WHERE uri = $1', [uri]);
        known.set(uri, rows[0]);
        return rows[0];
      }
      export const mayEdit = cache(async (user, team) => (await pool.query('SELECT 1 FROM members WHERE user_id = $1 AND team_id = $2', [user, team])).rows.length > 0);
      let plans = null;
      export async function planBy(id) {
        if (!plans) {
          const { rows } = await pool.query('SELECT * FROM plans LIMIT 100');
          plans = new Map(rows.map((row) => [row.id, row]));
        }
        return plans.get(id);
      }`,
    'use.js': `
      import { actorBy, mayEdit, planBy } from './actors.js';
      export async function all(items, user, team) {
        for (const item of items) await actorBy(item.actor); // want n-plus-one:note
        for (const item of items) await actorBy(team.actor);
        for (const item of items) if (await mayEdit(user, team)) show(item);
        for (const item of items) if (await mayEdit(user, item.team)) show(item); // want n-plus-one
        for (const item of items) show(await planBy(item.plan));
      }`,
  },
  'rounds that depend on each other': {
    'package.json': `
      { "dependencies": { "@prisma/client": "5" } }`,
    'a.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      export async function walk(names: string[]) {
        let parentId: string | null = null;
        for (const name of names) {
          const folder = await prisma.folder.findFirst({ where: { name, parentId } }); // want n-plus-one:note
          parentId = folder!.id;
        }
        let last: unknown;
        for (const name of names) {
          const folder = await prisma.folder.findFirst({ where: { name } }); // want n-plus-one
          last = folder;
        }
        return [parentId, last];
      }`,
  },
  'an effect for each element': {
    'package.json': `
      { "dependencies": { "@prisma/client": "5" } }`,
    'a.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      async function report(id: string) {
        const user = await prisma.user.findUnique({ where: { id } });
        const answer = await fetch('https://mail.example/send', { method: 'POST', body: user!.email });
        return answer.ok;
      }
      export async function all(ids: string[]) {
        for (const id of ids) await report(id); // want n-plus-one:note
        for (const id of ids) {
          const user = await prisma.user.findFirst({ where: { team: id } }); // want n-plus-one
          await fetch('https://mail.example/send', { method: 'POST', body: user!.email });
        }
        for (const id of ids) {
          await prisma.job.create({ data: { id } }); // want n-plus-one:note
          await sleep(1000);
        }
      }`,
  },
  'who is asking has no rows': {
    'package.json': `
      { "dependencies": { "@nestjs/graphql": "12", "@prisma/client": "5", "zod": "3" } }`,
    'viewer.resolver.ts': `
      import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
      import { PrismaClient } from '@prisma/client';
      @Resolver(() => ViewerModel)
      export class ViewerResolver {
        constructor(private readonly prisma: PrismaClient) {}
        @ResolveField()
        views(@Parent() viewer: ViewerModel) {
          return this.prisma.view.findMany({ where: { ownerId: viewer.id }, take: 50 });
        }
      }
      @Resolver(() => UserModel)
      export class UserResolver {
        constructor(private readonly prisma: PrismaClient) {}
        @ResolveField()
        views(@Parent() user: UserModel) {
          return this.prisma.view.findMany({ where: { ownerId: user.id }, take: 50 }); // want n-plus-one
        }
      }`,
    'kinds.ts': `
      import { z } from 'zod';
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      const source = z.enum(['api', 'job', 'note']);
      export const scores = () => Promise.all(source.options.map(async (each) => prisma.score.count({ where: { source: each } })));`,
  },
  'a database of each tenant': {
    'package.json': `
      { "dependencies": { "pg": "8" } }`,
    'a.js': `
      const { Pool } = require('pg');
      class Tenants {
        pool(name) { return new Pool({ database: name }); }
      }
      const tenants = new Tenants();
      async function run(name) {
        const pool = tenants.pool(name);
        return (await pool.query('SELECT count(*) FROM due')).rows;
      }
      async function mail(name) {
        const pool = tenants.pool('mail');
        return (await pool.query('SELECT * FROM mails WHERE name = $1 LIMIT 1', [name])).rows;
      }
      exports.all = async (names) => {
        for (const name of names) await run(name);
        for (const name of names) await mail(name); // want n-plus-one
      };`,
  },
  'who is asking is asked for once a request': {
    'package.json': `
      { "dependencies": { "react": "18", "@prisma/client": "5", "lru-cache": "10" } }`,
    'viewer.ts': `
      import { cache } from 'react';
      import { PrismaClient } from '@prisma/client';
      export const prisma = new PrismaClient();
      export const getViewer = cache(async () => prisma.user.findFirst({ where: { session: token() } }));
      export async function canSee(project: { ownerId: string }) {
        const viewer = await getViewer();
        return viewer!.id === project.ownerId;
      }`,
    'keep.ts': `
      import { LRUCache } from 'lru-cache';
      import { prisma } from './viewer';
      const memory = new LRUCache({ max: 100 });
      export async function remember(key: string, load: () => Promise<unknown>) {
        const hit = memory.get(key);
        if (hit !== undefined) return hit;
        const value = await load();
        memory.set(key, value);
        return value;
      }
      export const priceOf = (model: string) => remember(\`price:\${model}\`, async () => prisma.price.findFirst({ where: { model } }));`,
    'use.ts': `
      import { canSee } from './viewer';
      import { priceOf } from './keep';
      export async function all(projects: { ownerId: string; model: string }[]) {
        for (const project of projects) if (await canSee(project)) show(project);
        for (const project of projects) show(await priceOf(project.model)); // want n-plus-one:note
      }`,
  },
  'things of a context, and rows that say what they are': {
    'package.json': `
      { "dependencies": { "@prisma/client": "5", "redbean-node": "0.3" } }`,
    'services/application.service.ts': `
      import type { PrismaClient } from '@prisma/client';
      export class ApplicationService {
        constructor(private readonly prisma: PrismaClient) {}
        pendingFor(jobId: string) { return this.prisma.application.count({ where: { jobId } }); }
      }`,
    'model/monitor.js': `
      const { BeanModel } = require('redbean-node/dist/bean-model');
      const { R } = require('redbean-node');
      class Monitor extends BeanModel {
        async toJSON() {
          return { id: this.id, tags: await R.getAll('SELECT name FROM tag WHERE monitor_id = ? LIMIT 10', [this.id]) };
        }
      }
      module.exports = Monitor;`,
    'use.ts': `
      export async function all(jobs, monitors, ctx) {
        for (const job of jobs) show(await ctx.applications.pendingFor(job.id)); // want n-plus-one
        for (const monitor of monitors) show(await monitor.toJSON()); // want n-plus-one
        for (const monitor of monitors) show(monitor.toJSON());
      }`,
  },
  'what is handed on keeps the second function from its query': {
    'package.json': `
      { "dependencies": { "typeorm": "0.3" } }`,
    'a.ts': `
      import { Repository } from 'typeorm';
      import { Note } from './note';
      import { Reaction } from './reaction';
      type Options = { detail?: boolean; hint?: { mine: Map<string, string> } };
      export class Notes {
        constructor(
          private notes: Repository<Note>,
          private reactions: Repository<Reaction>,
        ) {}
        private async mine(noteId: string, me: string, hint?: Options['hint']) {
          if (hint) return hint.mine.get(noteId);
          const reaction = await this.reactions.findOneBy({ noteId, userId: me });
          return reaction?.kind;
        }
        async pack(note: { id: string }, me: string, options: Options = {}) {
          return {
            id: note.id,
            mine: await this.mine(note.id, me, options.hint),
          };
        }
        async packMany(notes: Note[], me: string, mine: Map<string, string>) {
          return await Promise.all(notes.map((n) => this.pack(n, me, { hint: { mine } })));
        }
        async packAll(notes: Note[], me: string) {
          return await Promise.all(notes.map((n) => this.pack(n, me))); // want n-plus-one
        }
        async packSome(notes: Note[], me: string) {
          return await Promise.all(notes.map((n) => this.pack(n, me, { detail: true }))); // want n-plus-one
        }
        async packGiven(notes: Note[], me: string, options: Options) {
          return await Promise.all(notes.map((n) => this.pack(n, me, options))); // want n-plus-one
        }
      }`,
  },
});

samples(['n-plus-one', 'missing-limit'], {
  'a client that may be handed on': {
    'package.json': `
      { "type": "module", "dependencies": { "pg": "8" } }`,
    'src/pg.js': `
      import pg from 'pg';
      let pool;
      const getPool = () => (pool ??= new pg.Pool({ max: 10 }));
      async function run(text, values, client) {
        try {
          return await (client ?? getPool()).query(text, values);
        } finally {
          log(text);
        }
      }
      export const many = async (text, values = [], client) => (await run(text, values, client)).rows;
      export const one = async (text, values = [], client) => (await run(text, values, client)).rows[0] ?? null;`,
    'src/use.js': `
      import * as q from './pg.js';
      const findImported = (accountId, importedId, client) =>
        q.one('SELECT id FROM transactions WHERE account_id = $1 AND imported_id = $2', [accountId, importedId], client);
      async function matchExisting(accountId, candidate, client) {
        if (!candidate.importedId) return null;
        const hit = await findImported(accountId, candidate.importedId, client);
        return hit ? { ...candidate, existingId: hit.id } : null;
      }
      export async function all(accountId, candidates, client) {
        for (const candidate of candidates) await q.one('SELECT id FROM a WHERE b = $1', [candidate.id]); // want n-plus-one
        for (const candidate of candidates) await findImported(accountId, candidate.id, client); // want n-plus-one
        for (const candidate of candidates) await matchExisting(accountId, candidate, client); // want n-plus-one
        return q.many('SELECT id FROM a WHERE b = $1', [accountId]); // want missing-limit
      }`,
  },
  'a router of pools': {
    'package.json': `
      { "dependencies": { "pg": "8" } }`,
    'src/postgres.ts': `
      import { Pool, QueryResult } from 'pg';
      export enum Use { READ, WRITE }
      export class PostgresRouter {
        private pools: Map<Use, Pool>;
        constructor(urls: Record<Use, string>) {
          this.pools = new Map(Object.entries(urls).map(([use, connectionString]) => [Number(use) as Use, new Pool({ connectionString })]));
        }
        public async query<R = any>(use: Use, queryString: string, values: any[] | undefined, tag: string): Promise<QueryResult<R>> {
          return await this.pools.get(use)!.query<R>(queryString, values);
        }
      }`,
    'src/types.ts': `
      import { PostgresRouter } from './postgres';
      export interface Hub { postgres: PostgresRouter; instanceId: string }`,
    'src/db.ts': `
      import { Hub } from './types';
      import { Use } from './postgres';
      export class DB {
        constructor(private hub: Pick<Hub, 'postgres'>) {}
        async person(team: number, id: string) {
          const { rows } = await this.hub.postgres.query(Use.READ, \`SELECT * FROM person WHERE team_id = $1 AND id = $2\`, [team, id], 'person');
          return rows[0];
        }
        async annotations(team: number) {
          const { rows } = await this.hub.postgres.query(Use.READ, 'SELECT id FROM annotation WHERE team_id = $1 ORDER BY id', [team], 'annotations'); // want missing-limit
          return rows;
        }
        async few(team: number) {
          const { rows } = await this.hub.postgres.query(Use.READ, 'SELECT id FROM annotation WHERE team_id = $1 ORDER BY id LIMIT 10', [team], 'few');
          return rows;
        }
      }`,
    'src/use.ts': `
      import { DB } from './db';
      import { Hub } from './types';
      export async function all(db: DB, hub: Hub, ids: string[]) {
        for (const id of ids) await db.person(1, id); // want n-plus-one
        for (const id of ids) await hub.postgres.query(0, 'SELECT 1 FROM a WHERE id = $1', [id], 'a'); // want n-plus-one
      }`,
  },
});
