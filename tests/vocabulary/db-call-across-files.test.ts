import { expect, test } from 'vitest';
import { review } from '../../src/review.ts';
import { inMemory, type Files } from '../in-memory.ts';
import { builtInLesson, samples } from '../samples.ts';

/** Chains through barrels, packages, interfaces and bases: how far they are followed, and where they rightly end. */
samples('n-plus-one', {
  'active record elements by declared type': {
    'package.json': '{ "dependencies": { "typeorm": "^0.3.0" } }',
    'entities.ts': `
      import { BaseEntity, Entity, Column } from 'typeorm';
      @Entity() export class Code extends BaseEntity { @Column() code: string; }
      export function makeCodes(id: string): Code[] { const codes: Code[] = []; return codes; }
      export function makeMore(id: string) { const codes: Code[] = []; return codes; }`,
    'use.ts': `
      import { Code, makeCodes, makeMore } from './entities';
      export async function a(codes: Code[]) { await Promise.all(codes.map((x) => x.save())); } // want n-plus-one:note
      export async function b() { let codes: Code[]; codes = makeCodes('1'); await Promise.all(codes.map((x) => x.save())); } // want n-plus-one:note
      export async function c() { const codes = makeCodes('1'); for (const code of codes) await code.save(); } // want n-plus-one:note
      export async function d() { const pairs = makeMore('1'); await Promise.all(pairs.sort((x, y) => (x.code > y.code ? 1 : -1)).map((pair) => pair.save())); } // want n-plus-one:note
      export async function e() { const codes = await Code.find({ where: { code: 'x' }, take: 10 }); for (const code of codes) await code.save(); } // want n-plus-one:note
      export async function f() { const codes = await Code.find({ take: 10 }); for (const code of codes) { code.code = 'x'; await code.remove(); } } // want n-plus-one
    `,
  },
  'what a file of CommonJS calls of its own exports': {
    'package.json': '{ "dependencies": { "mongoose": "^5.0.0" } }',
    'topic.js': `
      var mongoose = require('mongoose');
      var Topic = mongoose.model('Topic', new mongoose.Schema({}));
      exports.getTopicById = function (id, callback) { Topic.findOne({ _id: id }, callback); };
      var getAuthor = exports.getAuthor = function (id, callback) { Topic.findOne({ author: id }, callback); };
      exports.all = function (ids, callback) {
        ids.forEach(function (id) { exports.getTopicById(id, callback); }); // want n-plus-one
        ids.forEach(function (id) { module.exports.getTopicById(id, callback); }); // want n-plus-one
        ids.forEach(function (id) { exports.label(id); });
      };
      exports.label = function (id) { return '#' + id; };`,
    'users.js': `
      var Topic = require('./topic');
      exports.authors = function (ids, callback) {
        ids.forEach(function (id) { Topic.getAuthor(id, callback); }); // want n-plus-one
      };`,
  },
  'clients that are kept by a key, with the type that the code says': {
    'package.json': '{ "dependencies": { "@prisma/client": "^6.0.0" } }',
    'use.ts': `
      import { PrismaClient } from '@prisma/client';
      const clients: Record<string, unknown> = {};
      export async function a(tenant: string, ids: string[]) { for (const id of ids) await (clients[tenant] as PrismaClient).user.findFirst({ where: { id } }); } // want n-plus-one
      export async function b(req, tenant: string, ids: string[]) {
        const client = req.clients[tenant] as PrismaClient;
        for (const id of ids) await client.user.findFirst({ where: { id } }); // want n-plus-one
      }`,
  },
  'interfaces that extend others, and types that are joined': {
    'package.json': '{ "dependencies": { "typeorm": "^0.3.0", "@prisma/client": "^6.0.0" } }',
    'context.ts': `
      import type { DataSource } from 'typeorm';
      import type { PrismaClient } from '@prisma/client';
      interface Base { source: DataSource }
      export interface Context extends Base { name: string }
      export interface Loop extends Loop { other: string }
      export type Joined = { name: string } & { prisma: PrismaClient };
      export type Both = Context & Joined;`,
    'use.ts': `
      import { Context, Joined, Both, Loop } from './context';
      import { User } from './user';
      export async function a({ source }: Context, ids: string[]) { for (const id of ids) await source.getRepository(User).findOneBy({ id }); } // want n-plus-one
      export async function b(context: Joined, ids: string[]) { for (const id of ids) await context.prisma.user.findFirst({ where: { id } }); } // want n-plus-one
      export async function c(context: Both, ids: string[]) { for (const id of ids) await context.prisma.user.findFirst({ where: { id } }); } // want n-plus-one
      export async function d(context: Both, ids: string[]) { for (const id of ids) await context.source.getRepository(User).findOneBy({ id }); } // want n-plus-one
      export async function e(context: Loop, ids: string[]) { for (const id of ids) await context.missing.findFirst({ id }); }
      export async function f(context: Context, ids: string[]) { for (const id of ids) await context.name.startsWith(id); }`,
  },
  'a query that runs only with something that a call does not give': {
    'package.json': '{ "dependencies": { "@prisma/client": "^6.0.0" } }',
    'format.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      export async function format(order: Order, db?: PrismaClient) {
        if (db) {
          return { ...order, lines: await db.line.findMany({ where: { orderId: order.id } }) };
        }
        return order;
      }
      export async function formatWith({ order, ctx }: { order: Order; ctx?: Context }) {
        const names = ctx
          ? await prisma.name.findMany({ where: { orderId: order.id } })
          : [];
        return { order, names };
      }
      export async function formatAlways(order: Order, db?: PrismaClient) {
        db = db ?? prisma;
        if (db) {
          return db.line.findMany({ where: { orderId: order.id } });
        }
      }
      export async function formatElse(order: Order, known?: string[]) {
        if (known) {
          return known;
        } else {
          return prisma.name.findMany({ where: { orderId: order.id } });
        }
      }`,
    'use.ts': `
      import { format, formatAlways, formatWith, formatElse } from './format';
      export const always = (orders) => Promise.all(orders.map((order) => formatAlways(order))); // want n-plus-one
      export const plain = (orders) => Promise.all(orders.map((order) => format(order)));
      export const plainly = (orders) => Promise.all(orders.map((order) => formatWith({ order })));
      export const full = (orders, db) => Promise.all(orders.map((order) => format(order, db))); // want n-plus-one
      export const fully = (orders, ctx) => Promise.all(orders.map((order) => formatWith({ order, ctx }))); // want n-plus-one
      export const spread = (orders, rest) => Promise.all(orders.map((order) => formatWith({ order, ...rest }))); // want n-plus-one
      export const other = (orders) => Promise.all(orders.map((order) => formatElse(order))); // want n-plus-one`,
  },
  'what nobody can be sure of keeps no function from its query': {
    'package.json': '{ "dependencies": { "@prisma/client": "^6.0.0" } }',
    'users.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      export async function load(id: string, options: any = {}) {
        options.full ??= true;
        if (options.full) {
          return prisma.user.findUnique({ where: { id } });
        }
        return id;
      }
      export async function loadSome(id: string, options: any = {}) {
        if (options.full) {
          return prisma.user.findFirst({ where: { id } });
        }
        return id;
      }
      export async function canSee(userId: string, admin: boolean) {
        const ok = admin ||
          (await prisma.member.findFirst({ where: { userId } }));
        return ok;
      }
      export async function nameOf(id: string, user?: any) {
        const found = user ??
          (await prisma.user.findFirst({ where: { id } }));
        return found.name;
      }
      export async function loadOwn(this: any, id: string, full: boolean) {
        if (full) {
          return prisma.user.findFirst({ where: { id } });
        }
        return id;
      }`,
    'use.ts': `
      import { canSee, load, loadOwn, loadSome, nameOf } from './users';
      export async function run(orders, admin, wanted) {
        for (const order of orders) await load(order.userId); // want n-plus-one
        for (const order of orders) await loadSome(order.userId);
        const options = {};
        if (wanted) options.full = true;
        for (const order of orders) await loadSome(order.userId, options); // want n-plus-one
        for (const order of orders) await canSee(order.userId, admin); // want n-plus-one
        for (const order of orders) { const user = order.user; await nameOf(order.userId, user); } // want n-plus-one
        let previous = null;
        for (const order of orders) await nameOf(order.userId, previous); // want n-plus-one
        for (const order of orders) await loadOwn(order.userId, true); // want n-plus-one
      }`,
  },
  'what a call gives may keep a function from its query': {
    'package.json': '{ "dependencies": { "@prisma/client": "^6.0.0" } }',
    'requests.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      export enum Access { Team, Order }
      async function checkAuth(request: Request) {
        return prisma.user.findFirst({ where: { token: request.token } });
      }
      export async function parseRequest(request: Request, options?: { skipAuth?: boolean }) {
        if (!options?.skipAuth) {
          request.user = await checkAuth(request);
        }
        return request.json();
      }
      export async function parseEarly(request: Request, skipAuth: boolean) {
        if (skipAuth) return request.json();
        request.user = await checkAuth(request);
        return request;
      }
      export async function sendMessage(message: Message, known?: Credentials) {
        const credentials =
          known ?? (await prisma.credentials.findFirst({ where: { id: message.credentials } }));
        return { message, credentials };
      }
      export async function mayJoin(user: User, isAdmin: boolean) {
        return (
          isAdmin || (await prisma.member.findFirst({ where: { userId: user.id } }))
        );
      }
      export async function joinGuild(user: User, isNew = false) {
        if (!isNew) {
          await prisma.ban.findFirst({ where: { userId: user.id } });
        }
        return user;
      }
      export async function can(id: string, access: Access) {
        if (access === Access.Team) {
          return prisma.team.findFirst({ where: { id } });
        }
        return id;
      }
      export async function find(identifier: { email: string } | { external: string }) {
        if ('email' in identifier) {
          return prisma.user.findFirst({ where: { email: identifier.email } });
        }
        return lookUp(identifier.external);
      }
      export async function post(request: Request) {
        return parseRequest(request, { skipAuth: true });
      }`,
    'use.ts': `
      import { Access, can, find as findUser, joinGuild, mayJoin, parseEarly, parseRequest, post, sendMessage } from './requests';
      export const a = (all) => Promise.all(all.map((each) => parseRequest(each, { skipAuth: true })));
      export const b = (all) => Promise.all(all.map((each) => parseRequest(each, { skipAuth: false }))); // want n-plus-one
      export const c = (all) => Promise.all(all.map((each) => parseRequest(each))); // want n-plus-one
      export const d = (all, skip) => Promise.all(all.map((each) => parseRequest(each, { skipAuth: skip }))); // want n-plus-one
      export const e = (all) => Promise.all(all.map((each) => parseEarly(each, true)));
      export const f = (all) => Promise.all(all.map((each) => parseEarly(each, false))); // want n-plus-one
      export const g = (all, credentials) => Promise.all(all.map((each) => sendMessage(each, credentials)));
      export const h = (all) => Promise.all(all.map((each) => sendMessage(each))); // want n-plus-one
      export const i = (all) => Promise.all(all.map((each) => sendMessage(each, each.credentials))); // want n-plus-one
      export const j = (all, isAdmin) => Promise.all(all.map((each) => mayJoin(each, isAdmin))); // want n-plus-one
      export const k = (all) => Promise.all(all.map((each) => mayJoin(each, true)));
      export const l = (all) => Promise.all(all.map((each) => joinGuild(each, true)));
      export const m = (all) => Promise.all(all.map((each) => joinGuild(each))); // want n-plus-one
      export const n = (all) => Promise.all(all.map((each) => can(each, Access.Order)));
      export const o = (all) => Promise.all(all.map((each) => can(each, Access.Team))); // want n-plus-one
      export const p = (all) => Promise.all(all.map((each) => post(each)));
      export const q = (all) => Promise.all(all.map((external) => findUser({ external })));
      export const r = (all) => Promise.all(all.map((email) => findUser({ email }))); // want n-plus-one`,
  },
  'an injected interface with one implementation': {
    'package.json': '{ "dependencies": { "@prisma/client": "^6.0.0", "@nestjs/common": "^10.0.0" } }',
    'repo.interface.ts': `export interface UserRepository { findById(id: string): Promise<any>; }
      export const USER_REPOSITORY = Symbol('USER_REPOSITORY');`,
    'prisma-user.repository.ts': `
      import { PrismaClient } from '@prisma/client';
      import { UserRepository } from './repo.interface';
      export class PrismaUserRepository implements UserRepository {
        constructor(private readonly prisma: PrismaClient) {}
        async findById(id: string) { return this.prisma.user.findUnique({ where: { id } }); }
      }`,
    'users.module.ts': `
      import { Module } from '@nestjs/common';
      import { USER_REPOSITORY } from './repo.interface';
      import { PrismaUserRepository } from './prisma-user.repository';
      @Module({ providers: [{ provide: USER_REPOSITORY, useClass: PrismaUserRepository }] })
      export class UsersModule {}`,
    'service.ts': `
      import { Inject } from '@nestjs/common';
      import { USER_REPOSITORY, UserRepository } from './repo.interface';
      export class Service {
        constructor(@Inject(USER_REPOSITORY) private readonly users: UserRepository) {}
        async all(ids: string[]) { for (const id of ids) await this.users.findById(id); } // want n-plus-one
      }`,
  },
  'an injected abstract class': {
    'package.json': '{ "dependencies": { "@prisma/client": "^6.0.0", "@nestjs/common": "^10.0.0" } }',
    'repo.ts': `export abstract class UserRepository { abstract findById(id: string): Promise<any>; }`,
    'prisma-user.repository.ts': `
      import { PrismaClient } from '@prisma/client';
      import { UserRepository } from './repo';
      export class PrismaUserRepository extends UserRepository {
        constructor(private readonly prisma: PrismaClient) { super(); }
        async findById(id: string) { return this.prisma.user.findUnique({ where: { id } }); }
      }`,
    'service.ts': `
      import { UserRepository } from './repo';
      export class Service {
        constructor(private readonly users: UserRepository) {}
        async all(ids: string[]) { for (const id of ids) await this.users.findById(id); } // want n-plus-one
      }`,
  },
  'a generic base repository with an abstract model': {
    'package.json': '{ "dependencies": { "mongoose": "^8.0.0" } }',
    'base.ts': `
      import { Model, Document } from 'mongoose';
      export abstract class BaseRepository<T extends Document> {
        protected abstract model: Model<T>;
        findById(id: string) { return this.model.findById(id).exec(); }
      }`,
    'user.repository.ts': `
      import { BaseRepository } from './base';
      import { UserModel } from './user.model';
      export class UserRepository extends BaseRepository<any> { protected model = UserModel; }
      export const userRepository = new UserRepository();`,
    'user.model.ts': `import { model, Schema } from 'mongoose'; export const UserModel = model('User', new Schema({}));`,
    'use.ts': `
      import { userRepository } from './user.repository';
      export async function all(ids) { return Promise.all(ids.map((id) => userRepository.findById(id))); } // want n-plus-one
    `,
  },
  'query functions destructured from a factory': {
    'package.json': '{ "dependencies": { "slonik": "^40.0.0" } }',
    'queries.ts': `
      import { CommonQueryMethods, sql } from 'slonik';
      export const createUserQueries = (pool: CommonQueryMethods) => {
        const findUserById = async (id: string) => pool.maybeOne(sql.unsafe\`select * from users where id = \${id}\`);
        const other = 1;
        return { findUserById, other };
      };`,
    'use.ts': `
      import { createUserQueries } from './queries';
      export const createLibrary = (queries) => {
        const { findUserById } = createUserQueries(queries.pool);
        return async (ids: string[]) => { for (const id of ids) await findUserById(id); }; // want n-plus-one
      };
      export const createOther = (queries: ReturnType<typeof createUserQueries>) => {
        const { findUserById } = queries;
        return async (ids: string[]) => { for (const id of ids) await findUserById(id); }; // want n-plus-one
      };`,
  },
  'a facade of classes': {
    'package.json': '{ "dependencies": { "knex": "^3.0.0" } }',
    'db.ts': `
      import knex from 'knex';
      const connection = knex({ client: 'pg' });
      class Users { async byId(id) { return connection('users').where({ id }).first(); } }
      class Orders { async byUser(id) { return connection('orders').where({ user_id: id }); } }
      export class Db { users = new Users(); private _orders?: Orders; get orders() { return (this._orders ??= new Orders()); } }
      export const db = new Db();`,
    'use.ts': `
      import { db } from './db';
      export async function all(ids) {
        for (const id of ids) await db.users.byId(id); // want n-plus-one
        for (const id of ids) await db.orders.byUser(id); // want n-plus-one
      }`,
  },
  'synchronous drivers': `
    import Database from 'better-sqlite3';
    const db = new Database('x.db');
    const find = db.prepare('SELECT * FROM posts WHERE user_id = ?');
    for (const user of users) user.posts = find.all(user.id); // want n-plus-one:note
    for (const user of users) user.posts = db.prepare('SELECT * FROM posts WHERE user_id = ?').all(user.id); // want n-plus-one:note
    `,
  'event emitters whose listener queries': {
    'package.json': '{ "dependencies": { "@prisma/client": "^6.0.0", "@nestjs/event-emitter": "^2.0.0" } }',
    'listener.ts': `
      import { OnEvent } from '@nestjs/event-emitter';
      import { PrismaClient } from '@prisma/client';
      export class Listener {
        constructor(private prisma: PrismaClient) {}
        @OnEvent('order.created') async onCreated(event) { await this.prisma.order.findMany({ where: { userId: event.userId } }); }
      }`,
    'use.ts': `
      import { EventEmitter2 } from '@nestjs/event-emitter';
      export class Use {
        constructor(private events: EventEmitter2) {}
        async all(orders) { for (const order of orders) await this.events.emitAsync('order.created', order); } // want n-plus-one
      }`,
  },
  'recursion per element': `
    async function tree(node) {
      const children = await prisma.node.findMany({ where: { parentId: node.id } });
      for (const child of children) await tree(child); // want n-plus-one
    }
    async function comments(id) {
      const replies = await prisma.comment.findMany({ where: { parentId: id } });
      return Promise.all(replies.map(async (reply) => ({ ...reply, replies: await comments(reply.id) }))); // want n-plus-one
    }`,
  'decorators that wrap': {
    'package.json': '{ "dependencies": { "@prisma/client": "^6.0.0" } }',
    'use.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      export class Repo {
        @Transactional() @Cached(60) async one(id) { return prisma.user.findUnique({ where: { id } }); }
        all(ids) { return Promise.all(ids.map(async (id) => { const x = await this.one(id); return x; })); } // want n-plus-one:note
      }`,
  },
  'lazy relations of TypeORM': {
    'package.json': '{ "dependencies": { "typeorm": "^0.3.0" } }',
    'entities.ts': `
      import { Entity, OneToMany } from 'typeorm';
      @Entity() export class Post {}
      @Entity() export class User { @OneToMany(() => Post, (post) => post.user, { lazy: true }) posts: Promise<Post[]>; }`,
    'use.ts': `
      import { DataSource } from 'typeorm';
      import { User } from './entities';
      export async function all(source: DataSource) {
        const users = await source.getRepository(User).find({ take: 50 });
        for (const user of users) show(await user.posts); // want n-plus-one
      }`,
  },
  'then chains': `
    prisma.user.findMany({ take: 50 }).then((users) => Promise.all(users.map((user) => prisma.post.findMany({ where: { userId: user.id } })))).then(show); // want n-plus-one
    getUsers().then((users) => { users.forEach((user) => loadPosts(user).then((posts) => { user.posts = posts; })); }); // want n-plus-one
    function loadPosts(user) { return prisma.post.findMany({ where: { userId: user.id } }); }`,
  'a presenter with a hidden query': {
    'package.json': '{ "dependencies": { "@prisma/client": "^6.0.0" } }',
    'presenter.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      export class Presenter {
        static async present(user) { return { ...user, posts: await prisma.post.count({ where: { userId: user.id } }) }; }
        static presentAll(users) { return Promise.all(users.map(Presenter.present)); } // want n-plus-one
        static presentMany(users) { return Promise.all(users.map((user) => this.present(user))); } // want n-plus-one
      }`,
  },
  'a service made by a function that the context only declares': {
    'context.ts': `
      import { ModerationService } from './service';
      export type ServiceMaker = (db: unknown) => ModerationService;
      export interface Context { service: ServiceMaker; other(db: unknown): ModerationService; db: unknown }`,
    'service.ts': `
      export class ModerationService {
        async record(subject) { await prisma.event.findFirst({ where: { subject } }); }
        name(subject) { return subject.name; }
      }`,
    'use.ts': `
      import type { Context } from './context';
      export async function all(ctx: Context, subjects: string[]) {
        const service = ctx.service(ctx.db);
        for (const subject of subjects) await service.record(subject); // want n-plus-one
        for (const subject of subjects) await ctx.other(ctx.db).record(subject); // want n-plus-one
        for (const subject of subjects) service.name(subject);
      }`,
  },
  'an update behind a call: other values for each row are worth a thought, the same ones are one statement': `
    const updateUser = (id, data) => prisma.user.update({ where: { id }, data });
    async function setState({ id, state }) { await prisma.user.update({ where: { id }, data: { state } }); }
    for (const user of users) await updateUser(user.id, { name: user.name.trim() }); // want n-plus-one:note
    for (const user of users) await updateUser(user.id, { seen: true }); // want n-plus-one
    for (const user of users) await setState({ id: user.id, state: 'gone' }); // want n-plus-one
    for (const user of users) await setState({ id: user.id, state: user.next }); // want n-plus-one:note`,
  'a function that a wrapper made of another': {
    'cache.ts': `
      export class WellKnownCache {
        memoize(run, keys) { return async (...args) => { const known = this.get(keys); return known ?? run(...args); }; }
        mutate(run, keys) { return async (...args) => { const result = await run.apply(this, args); this.drop(keys); return result; }; }
        named(run, keys) { return async (...args) => this.get(keys); }
      }`,
    'queries.ts': `
      import { cache } from 'react';
      import pMemoize from 'p-memoize';
      import { WellKnownCache } from './cache';
      export const createQueries = (pool, wellKnown: WellKnownCache) => {
        const deleteById = wellKnown.mutate(async (id) => prisma.connector.delete({ where: { id } }), ['all']);
        const findById = wellKnown.memoize(async (id) => prisma.connector.findFirst({ where: { id } }), ['one']);
        const nameOf = wellKnown.named(async (id) => prisma.connector.findFirst({ where: { id } }), ['one']);
        return { deleteById, findById, nameOf };
      };
      export const getUser = cache(async (id) => prisma.user.findFirst({ where: { id } }));
      export const getTeam = pMemoize(async (id) => prisma.team.findFirst({ where: { id } }));`,
    'use.ts': `
      import { createQueries, getTeam, getUser } from './queries';
      import { pool, wellKnown } from './pool';
      const { deleteById, findById, nameOf } = createQueries(pool, wellKnown);
      export async function all(connectors) {
        await Promise.all(connectors.map(async (connector) => deleteById(connector.id))); // want n-plus-one
        for (const connector of connectors) await findById(connector.id); // want n-plus-one
        for (const connector of connectors) await nameOf(connector.id);
        for (const connector of connectors) await getUser(connector.userId); // want n-plus-one
        for (const connector of connectors) await getTeam(connector.teamId); // want n-plus-one
      }`,
  },
  'work among the options of a helper': `
    async function inBatches({ deleteFn, limit }) { while ((await deleteFn()) >= limit); }
    async function remove(config) {
      await inBatches({ limit: 100, deleteFn: async () => prisma.sync.deleteMany({ where: { configId: config.id } }) });
    }
    async function describe(config) {
      register({ name: config.name, run: async () => prisma.sync.deleteMany({ where: { configId: config.id } }) });
    }
    for (const config of configs) await remove(config); // want n-plus-one
    for (const config of configs) await describe(config);`,
  'a base class that is told its model by name': {
    'base.ts': `
      import { PrismaClient } from '@prisma/client';
      export abstract class Base {
        constructor(protected readonly client: PrismaClient, private readonly model: string) {}
        async first(where: object) { return this.client[this.model].findFirst({ where }); }
        nameOf(key: string) { return this.names[key].trim(); }
      }
      export class Users extends Base {}`,
    'use.ts': `
      import { Users } from './base';
      export async function all(users: Users, ids: string[]) {
        for (const id of ids) await users.first({ id }); // want n-plus-one
        for (const id of ids) show(users.nameOf(id));
      }`,
  },
  'a package that lies in a folder beside': {
    'package.json': '{ "name": "root" }',
    'api/package.json': '{ "name": "@acme/api", "dependencies": { "@acme/util": "file:../util", "@acme/packed": "file:../packed.tgz", "@prisma/client": "5" } }',
    'util/package.json': '{ "name": "@acme/util", "main": "dist/index.js", "dependencies": { "@prisma/client": "5" } }',
    'util/src/index.ts': `
      import { PrismaClient } from '@prisma/client';
      const client = new PrismaClient();
      export const load = (id: string) => client.user.findFirst({ where: { id } });`,
    'api/src/use.ts': `
      import { load } from '@acme/util';
      import { other } from '@acme/packed';
      export async function all(ids: string[]) {
        for (const id of ids) await load(id); // want n-plus-one
        for (const id of ids) await other(id);
      }`,
  },
  'interfaces that objects implement': {
    'types.ts': `
      export interface UserRepository { findById(id: string): Promise<User>; load: (id: string) => Promise<User>; }
      export type PostRepository = { findById(id: string): Promise<Post> };
      export interface ClockService { now(id: string): Promise<number>; }`,
    'user-repository.ts': `
      import type { UserRepository } from './types';
      export const createUserRepository = (db: typeof prisma): UserRepository => ({
        findById: async (id) => db.user.findUnique({ where: { id } }),
        load: (id) => prisma.user.findFirst({ where: { id } }),
      });`,
    'data/post-repository.ts': `
      import type { PostRepository } from '../types';
      export function makePosts(): PostRepository {
        return { async findById(id) { return prisma.post.findFirst({ where: { id } }); } };
      }`,
    'clock-service.ts': `
      import type { ClockService } from './types';
      export const clockService: ClockService = { async now() { return Date.now(); } };
      export const other = { async now(id) { return prisma.clock.findFirst({ where: { id } }); } };`,
    'use.ts': `
      import type { ClockService, PostRepository, UserRepository } from './types';
      export const send = ({ users, posts, clock }: { users: UserRepository; posts: PostRepository; clock: ClockService }) => async (ids: string[]) => {
        for (const id of ids) await users.findById(id); // want n-plus-one
        for (const id of ids) await users.load(id); // want n-plus-one
        for (const id of ids) await posts.findById(id); // want n-plus-one
        for (const id of ids) await clock.now(id);
      };`,
  },
  'what a function makes of what it is given': {
    'collections.ts': `
      export const usersOf = (database) => database.collection('users');
      export function cacheOf(store) { return store.collection('users'); }`,
    'use.ts': `
      import { MongoClient } from 'mongodb';
      import { cacheOf, usersOf } from './collections';
      const database = new MongoClient('mongodb://localhost').db('shop');
      const users = usersOf(database);
      const cached = cacheOf(new Map());
      export async function all(ids) {
        for (const id of ids) await users.insert({ id }); // want n-plus-one
        for (const id of ids) await cached.insert({ id });
      }`,
  },
  'interfaces whose classes lie in another layer': {
    'src/domain/user.repository.ts': `
      export interface UserRepository { findById(id: string): Promise<User>; names(): string[]; }
      export const USER_REPOSITORY = Symbol('users');`,
    'src/domain/stores.ts': `
      export interface IOrderStore { load(id: string): Promise<Order>; }
      export interface IStores { orderStore: IOrderStore }
      export interface LogStore { write(line: string): Promise<void>; }`,
    'src/infrastructure/prisma/prisma-user.repository.ts': `
      import { PrismaClient } from '@prisma/client';
      import { UserRepository } from '../../domain/user.repository';
      export class PrismaUserRepository implements UserRepository {
        constructor(private readonly prisma: PrismaClient) {}
        async findById(id: string) { return this.prisma.user.findUnique({ where: { id } }); }
        names() { return ['a']; }
      }`,
    'tests/user.repository.fake.ts': `
      import { UserRepository } from '../src/domain/user.repository';
      export class FakeUserRepository implements UserRepository { async findById() { return undefined; } names() { return []; } }`,
    'src/db/order-store.ts': `
      import type { Knex } from 'knex';
      import type { IOrderStore } from '../domain/stores';
      export default class OrderStore implements IOrderStore {
        constructor(private readonly db: Knex) {}
        async load(id: string) { return this.db('orders').where({ id }).first(); }
      }`,
    'src/files/log-store.ts': `
      import { appendFile } from 'node:fs/promises';
      import type { LogStore } from '../domain/stores';
      export class FileLogStore implements LogStore { async write(line: string) { await appendFile('log', line); } }`,
    'src/use.ts': `
      import { USER_REPOSITORY, UserRepository } from './domain/user.repository';
      import type { IStores, LogStore } from './domain/stores';
      export class Mails {
        private readonly orderStore: IStores['orderStore'];
        constructor(@Inject(USER_REPOSITORY) private readonly users: UserRepository, { orderStore }: Pick<IStores, 'orderStore'>, private readonly logs: LogStore) { this.orderStore = orderStore; }
        async send(ids: string[]) {
          for (const id of ids) await this.users.findById(id); // want n-plus-one
          for (const id of ids) await this.orderStore.load(id); // want n-plus-one
          for (const id of ids) await this.logs.write(id);
          for (const id of ids) show(id, this.users.names());
        }
      }`,
  },
  // -- innocents ------------------------------------------------------------------------------------------------------
  'an interface with nothing but a double beside it': {
    'mailer.ts': 'export interface Mailer { send(id: string): Promise<void>; }',
    'mock-mailer.ts': `
      import { Mailer } from './mailer';
      export class MockMailer implements Mailer { async send(id) { await prisma.mail.create({ data: { id } }); } }`,
    'use.ts': `
      import { Mailer } from './mailer';
      export async function all(mailer: Mailer, ids: string[]) { for (const id of ids) await mailer.send(id); }`,
  },
  'an interface whose class asks nobody, and another class of a name like it': {
    'clock.ts': 'export interface Clock { now(id: string): Promise<number>; }',
    'clock.impl.ts': "import { Clock } from './clock'; export class ClockImpl implements Clock { async now() { return Date.now(); } }",
    'clock-store.ts': `
      export class ClockStore { async now(id) { return prisma.clock.findFirst({ where: { id } }); } }`,
    'use.ts': `
      import { Clock } from './clock';
      export async function all(clock: Clock, ids: string[]) { for (const id of ids) await clock.now(id); }`,
  },
  'an abstract class whose subclass works in memory': {
    'store.ts': 'export abstract class Store { abstract get(id: string): Promise<string>; }',
    'file-store.ts': "import { Store } from './store'; export class FileStore extends Store { private items = {}; async get(id) { return this.items[id]; } }",
    'use.ts': `
      import { Store } from './store';
      export async function all(store: Store, ids: string[]) { return Promise.all(ids.map((id) => store.get(id))); }`,
  },
  'elements of a list that are plain things': {
    'package.json': '{ "dependencies": { "typeorm": "^0.3.0" } }',
    'use.ts': `
      class Canvas { save() { this.stack.push(1); } stack = []; }
      export function all(canvases: Canvas[]) { canvases.forEach((canvas) => canvas.save()); for (const canvas of canvases) canvas.save(); }`,
  },
  'listeners that ask nobody': `
    for (const order of orders) this.events.emit('order.created', order);`,
  'a tree that is in memory': `
    function count(node) { let sum = 1; for (const child of node.children) sum += count(child); return sum; }
    async function walk(node) { for (const child of node.children) await walk(child); }`,
  'the same way leads to something that asks nobody': {
    'package.json': '{ "name": "root" }',
    'pnpm-workspace.yaml': 'packages:\n  - "libs/*"\n  - "apps/*"\n',
    'libs/generic/package.json': '{ "name": "@acme/generic", "main": "build/main/index.js" }',
    'libs/generic/src/index.ts': "export * from './usecases';",
    'libs/generic/src/usecases/index.ts': "export * from './name-template';",
    'libs/generic/src/usecases/name-template/index.ts': "export * from './name-template.usecase';",
    'libs/generic/src/usecases/name-template/name-template.usecase.ts': `
      export class NameTemplate {
        async execute(command) { return command.name.trim().toLowerCase(); }
      }`,
    'apps/api/package.json': '{ "name": "api", "dependencies": { "@acme/generic": "workspace:*" } }',
    'apps/api/src/name-workflow.ts': `
      import { NameTemplate } from '@acme/generic';
      export class NameWorkflow {
        constructor(private readonly nameTemplate: NameTemplate) {}
        async execute(workflow) {
          for (const step of workflow.steps) step.name = await this.nameTemplate.execute(step);
        }
      }`,
  },
});

/** A use case of one package, a repository of another, a base class, and barrels before each. */
const far: Files = {
  'package.json': '{ "name": "root" }',
  'pnpm-workspace.yaml': 'packages:\n  - "libs/*"\n  - "apps/*"\n',
  'tsconfig.json': '{ "compilerOptions": { "strict": true } }',
  'libs/store/package.json': '{ "name": "@acme/store", "main": "dist/index.js", "dependencies": { "mongoose": "^8.0.0" } }',
  'libs/store/src/index.ts': "export * from './data/mongo/repositories';",
  'libs/store/src/data/mongo/repositories/index.ts': "export * from './templates';",
  'libs/store/src/data/mongo/repositories/templates/index.ts': "export * from './template.repository';",
  'libs/store/src/data/mongo/repositories/templates/template.repository.ts': `
    import { BaseRepository } from '../base/base-repository';
    import { Template } from './template.schema';
    export class TemplateRepository extends BaseRepository {
      constructor() { super(Template); }
    }`,
  'libs/store/src/data/mongo/repositories/templates/template.schema.ts': `
    import { model, Schema } from 'mongoose';
    export const Template = model('Template', new Schema({ name: String }));`,
  'libs/store/src/data/mongo/repositories/base/base-repository.ts': `
    import { Model } from 'mongoose';
    export class BaseRepository {
      constructor(protected model: Model<any>) {}
      async remove(query) {
        return this.model.deleteMany(query);
      }
    }`,
  'libs/generic/package.json': '{ "name": "@acme/generic", "main": "build/main/index.js", "dependencies": { "@acme/store": "workspace:*" } }',
  'libs/generic/src/index.ts': "export * from './usecases';",
  'libs/generic/src/usecases/index.ts': "export * from './templates/commands/remove-template';",
  'libs/generic/src/usecases/templates/commands/remove-template/index.ts': "export * from './remove-template.usecase';",
  'libs/generic/src/usecases/templates/commands/remove-template/remove-template.usecase.ts': `
    import { TemplateRepository } from '@acme/store';
    export class RemoveTemplate {
      constructor(private readonly templates: TemplateRepository) {}
      async execute(command) {
        await this.templates.remove({ _id: command.id });
      }
    }`,
  'apps/api/package.json': '{ "name": "api", "dependencies": { "@acme/generic": "workspace:*" } }',
  'apps/api/src/workflows/remove/remove-workflow.ts': `
    import { RemoveTemplate } from '@acme/generic';
    export class RemoveWorkflow {
      constructor(private readonly removeTemplate: RemoveTemplate) {}
      async execute(workflow) {
        for (const step of workflow.steps) {
          await this.removeTemplate.execute({ id: step.templateId });
        }
      }
    }`,
};

test('one file leads through all of them, and little is asked for on the way', async () => {
  const path = 'apps/api/src/workflows/remove/remove-workflow.ts';
  const { findings, stats } = await review({
    reader: inMemory({ head: far }), subject: { head: 'head', paths: [path] }, lessons: [builtInLesson('n-plus-one')], ignore: [], waivers: true, today: '2026-06-01', clock: () => 0,
  });
  expect(findings.map(({ line, evidence }) => [line, evidence.at(-1)?.text])).toEqual([[7, 'return this.model.deleteMany(query);']]);
  expect(stats.rounds).toBeLessThanOrEqual(14);
});

samples(['n-plus-one', 'missing-limit'], {
  'a proxy of an interface, whose class inherits what it has': {
    'package.json': '{ "workspaces": ["packages/*", "apps/*"] }',
    'packages/typings/package.json': '{ "name": "@chat/typings", "dependencies": { "mongodb": "6" } }',
    'packages/typings/src/index.ts': `
      import type { Filter, FindCursor } from 'mongodb';
      export interface IBaseModel<T> {
        findOneById(id: string): Promise<T | null>;
        find(query: Filter<T>, options?: object): FindCursor<T>;
      }
      export interface IUsersModel extends IBaseModel<any> {
        findActive(options?: object): FindCursor<any>;
        nameOf(id: string): string;
      }`,
    'packages/models/package.json': '{ "name": "@chat/models", "dependencies": { "@chat/typings": "*" } }',
    'packages/models/src/index.ts': `
      import type { IUsersModel } from '@chat/typings';
      import { proxify } from './proxify';
      export const Users = proxify<IUsersModel>('IUsersModel');`,
    'packages/models/src/proxify.ts': `
      const models = new Map<string, any>();
      export function proxify<T extends object>(name: string): T {
        return new Proxy({}, { get: (_, key) => models.get(name)[key] }) as T;
      }`,
    'apps/server/package.json': '{ "name": "server", "dependencies": { "@chat/models": "*", "mongodb": "6" } }',
    'apps/server/models/BaseRaw.ts': `
      import type { Collection, Db } from 'mongodb';
      export abstract class BaseRaw<T> {
        protected readonly col: Collection<T>;
        constructor(db: Db, name: string) { this.col = db.collection(name); }
        async findOneById(id: string) { return this.col.findOne({ _id: id }); }
        find(query, options?: object) { return this.col.find(query, options); }
      }`,
    'apps/server/models/Users.ts': `
      import type { IUsersModel } from '@chat/typings';
      import { BaseRaw } from './BaseRaw';
      export class UsersRaw extends BaseRaw<any> implements IUsersModel {
        findActive(options = {}) { return this.find({ active: true }, options); }
        nameOf(id: string) { return id.slice(1); }
      }`,
    'apps/server/notify.ts': `
      import { Users } from '@chat/models';
      export async function notify(ids: string[]) {
        for (const id of ids) mail(Users.nameOf(id), await Users.findOneById(id)); // want n-plus-one
      }
      export const active = async () => await Users.findActive().toArray(); // want missing-limit
      export async function each() {
        for await (const user of Users.findActive()) mail(user);
        for (const id of ids) mail(Users.nameOf(id));
      }`,
  },
  'files that put their functions on what they are handed, and a file that the settings choose': {
    'package.json': '{ "dependencies": { "mongodb": "4", "redis": "4" } }',
    'src/database/index.js': `
      const name = settings.get('database');
      const primary = require(\`./\${name}\`);
      module.exports = primary;`,
    'src/database/mongo.js': `
      const mongo = module.exports;
      mongo.init = async () => { mongo.client = (await connect()).db(); };
      require('./mongo/main')(mongo);
      require('./mongo/hash')(mongo);`,
    'src/database/mongo/main.js': `
      module.exports = function (module) {
        module.exists = async (key) => (await module.client.collection('objects').findOne({ _key: key })) !== undefined;
      };`,
    'src/database/mongo/hash.js': `
      module.exports = function (module) {
        module.getObject = async (key) => (await module.getObjects([key]))[0];
        module.getObjects = async (keys) => module.client.collection('objects').find({ _key: { $in: keys } }).toArray();
        module.keyOf = (name, id) => name + ':' + id;
      };`,
    'src/posts/index.js': `
      const db = require('../database');
      const Posts = module.exports;
      require('./data')(Posts);
      Posts.exists = async (pid) => db.exists('post:' + pid);`,
    'src/posts/data.js': `
      const db = require('../database');
      module.exports = function (Posts) {
        Posts.getPostData = async (pid) => db.getObject('post:' + pid);
        Posts.getAll = async (pids) => {
          for (const pid of pids) show(await Posts.getPostData(pid)); // want n-plus-one
          for (const pid of pids) show(db.keyOf('post', pid));
          show(await db.getObjects(pids));
        };
      };`,
    'src/topics.js': `
      const posts = require('./posts');
      exports.load = async (pids) => Promise.all(pids.map(async (pid) => posts.getPostData(pid))); // want n-plus-one
      exports.exist = async (pids) => {
        for (const pid of pids) show(await posts.exists(pid)); // want n-plus-one
      };`,
  },
  'what a function or the exports of a file are given beside them': {
    'package.json': '{ "dependencies": { "mysql": "2" } }',
    'db.js': `
      const mysql = require('mysql');
      const pool = mysql.createPool({});
      exports.query = (sql, params, done) => pool.query(sql, params, done);`,
    'event.js': `
      const db = require('./db');
      const Event = module.exports = {};
      Event.count = (id, done) => db.query('SELECT COUNT(*) AS n FROM signups WHERE event_id = ?', [id], done);`,
    'member.js': `
      const db = require('./db');
      function Member() {}
      Member.count = (id, done) => db.query('SELECT COUNT(*) AS n FROM signups WHERE member_id = ?', [id], done);
      Member.label = (id) => 'member ' + id;
      module.exports = Member;`,
    'page.js': `
      const Event = require('./event');
      const Member = require('./member');
      exports.events = (events) => events.forEach((event) => {
        Event.count(event.id, (error, n) => show(event, n)); // want n-plus-one
      });
      exports.members = (members) => members.forEach((member) => {
        show(Member.label(member.id));
        Member.count(member.id, (error, n) => show(member, n)); // want n-plus-one
      });`,
  },
  'the handler of a message that a bus is asked': {
    'package.json': '{ "dependencies": { "@nestjs/cqrs": "10", "@prisma/client": "5" } }',
    'src/progress.handler.ts': `
      import { QueryHandler } from '@nestjs/cqrs';
      import { PrismaService } from './prisma.service';
      export class GetProgress { constructor(readonly id: string) {} }
      @QueryHandler(GetProgress)
      export class GetProgressHandler {
        constructor(private readonly prisma: PrismaService) {}
        async execute({ id }: GetProgress) { return this.prisma.lesson.count({ where: { courseId: id } }); }
      }`,
    'src/prisma.service.ts': `
      import { PrismaClient } from '@prisma/client';
      export class PrismaService extends PrismaClient {}`,
    'src/log.handler.ts': `
      import { EventsHandler } from '@nestjs/cqrs';
      export class Logged { constructor(readonly id: string) {} }
      @EventsHandler(Logged)
      export class LoggedHandler { handle({ id }: Logged) { console.log(id); } }`,
    'src/dashboard.ts': `
      import { QueryBus } from '@nestjs/cqrs';
      import { GetProgress } from './progress.handler';
      import { Logged } from './log.handler';
      export class Dashboard {
        constructor(private readonly queryBus: QueryBus, private readonly eventBus) {}
        async all(courses) {
          for (const { id } of courses) {
            show(await this.queryBus.execute(new GetProgress(id))); // want n-plus-one
          }
          for (const { id } of courses) await this.eventBus.execute(new Logged(id));
        }
      }`,
  },
  'what is asked once, whoever calls': {
    'package.json': '{ "dependencies": { "@prisma/client": "5" } }',
    'zones.ts': `
      import { prisma } from './prisma';
      let plans;
      const byKey = {};
      export class Zones {
        async all() {
          this.zones ??= prisma.zone.findMany({ take: 100 });
          return this.zones;
        }
        async named() {
          if (!this.names) this.names = await prisma.name.findMany({ take: 100 });
          return this.names;
        }
        async plans() {
          if (plans) return plans;
          plans = await prisma.plan.findMany({ take: 100 });
          return plans;
        }
        async rows() {
          const rows = this._rows || (await prisma.row.findMany({ take: 100 }));
          if (rows.length === 0) return [];
          this._rows = rows;
          return rows;
        }
        async other() { return this._other || (await prisma.other.findMany({ take: 100 })); }
        async customer() {
          const customer = this._customer ?? (await prisma.customer.findFirst({ where: { id: this.row.customerId } }));
          this._customer = customer;
          return customer;
        }
        async cleared() {
          const cleared = this._cleared ?? (await prisma.row.findFirst());
          this._cleared = null;
          return cleared;
        }
        async one(key) { return (byKey[key] ??= await prisma.zone.findFirst({ where: { key } })); }
        async fresh() {
          this.latest = await prisma.zone.findFirst({ orderBy: { at: 'desc' } });
          return this.latest;
        }
        async run(stops) {
          for (const stop of stops) show(await this.all(), await this.named(), await this.plans(), await this.rows());
          for (const stop of stops) show(await this.other()); // want n-plus-one
          for (const stop of stops) show(await this.customer()); // want n-plus-one
          for (const stop of stops) show(await this.cleared()); // want n-plus-one
          for (const stop of stops) show(await this.one(stop.zone)); // want n-plus-one
          for (const stop of stops) show(stop, await this.fresh()); // want n-plus-one
        }
      }`,
  },
  'connections and models of each tenant, made where a cache has none': {
    'package.json': '{ "dependencies": { "mongoose": "5" } }',
    'tenants.js': `
      const mongoose = require('mongoose');
      const LRU = require('lru-cache');
      const cache = new LRU({ max: 50 });
      function connectionFor(tenant) {
        let connection = cache.get(tenant);
        if (!connection) {
          connection = mongoose.createConnection(url + tenant);
          cache.set(tenant, connection);
        }
        return connection;
      }
      exports.modelFor = (tenant, name) => connectionFor(tenant).model(name);`,
    'reports.js': `
      const { modelFor } = require('./tenants');
      exports.students = (tenant) => modelFor(tenant, 'Student').find({}).lean(); // want missing-limit
      exports.grades = async (tenant, students) => {
        for (const student of students) show(await modelFor(tenant, 'Grade').findOne({ student: student.id })); // want n-plus-one
      };`,
  },
});
