import { samples } from '../samples.ts';

const db = `
      import { PrismaClient } from '@prisma/client';
      export const prisma = new PrismaClient();`;
const load = `
      import { prisma } from './db';
      export const load = (id: string) => prisma.post.findFirst({ where: { userId: id } });
      export const loadMany = (ids: string[]) => prisma.post.findMany({ where: { userId: { in: ids } }, take: 5000 });`;

/** Work that a loop only collects, and queries behind constructors, listeners and decorators. */
samples('n-plus-one', {
  // -- thunks and limiters --------------------------------------------------------------------------------------------
  'thunks that a limiter runs': {
    'db.ts': db, 'load.ts': load,
    'jobs.ts': `
      import pAll from 'p-all';
      import pLimit from 'p-limit';
      import PQueue from 'p-queue';
      import async from 'async';
      import { load, loadMany } from './load';
      const limit = pLimit(5);
      export async function run(users) {
        await Promise.all(users.map((user) => limit(() => load(user.id)))); // want n-plus-one
        const tasks = users.map((user) => () => load(user.id)); // want n-plus-one
        await pAll(tasks, { concurrency: 3 });
        await pAll(users.map((user) => async () => show(await load(user.id))), { concurrency: 3 }); // want n-plus-one
        const queue = new PQueue({ concurrency: 2 });
        for (const user of users) queue.add(() => load(user.id)); // want n-plus-one
        const limited = [];
        for (const user of users) limited.push(limit(() => load(user.id))); // want n-plus-one
        await Promise.all(limited);
        const later = [];
        for (const user of users) later.push(() => load(user.id)); // want n-plus-one
        await async.parallelLimit(later, 5);
        const made = users.map((user) => async () => load(user.id)); // want n-plus-one
        for (const task of made) await task();
        const others = users.map((user) => () => load(user.id)); // want n-plus-one
        await Promise.all(others.map((task) => task()));
        await Promise.all(users.map((user) => limit(load, user.id))); // want n-plus-one
      }`,
  },
  'functions that are kept for a reader, or run over pieces': {
    'db.ts': db, 'load.ts': load,
    'jobs.ts': `
      import pAll from 'p-all';
      import { load, loadMany } from './load';
      export function rows(users) {
        return users.map((user) => ({ name: user.name, open: () => load(user.id) }));
      }
      export function bind(buttons) {
        for (const button of buttons) button.addEventListener('click', () => load(button.id));
      }
      export async function run(users) {
        const tasks = chunk(users, 100).map((some) => () => loadMany(some.map((user) => user.id)));
        await pAll(tasks, { concurrency: 3 });
      }`,
  },
  'chains of then': {
    'db.ts': db, 'load.ts': load,
    'chain.ts': `
      import { load, loadMany } from './load';
      export const all = (users) => Promise.all(users.map((user) => check(user).then(() => load(user.id)))); // want n-plus-one
      export const one = (users) => users.reduce((done, user) => done.then(() => load(user.id)), Promise.resolve()); // want n-plus-one
      export const named = (users) => users.reduce((done, user) => done.then(() => user.id).then(load), Promise.resolve()); // want n-plus-one
      export const listed = (ids) => getUsers(ids).then((users) => Promise.all(users.map((user) => load(user.id).then(show)))); // want n-plus-one
      export const once = (users) => loadMany(users.map((user) => user.id)).then((posts) => posts.map((post) => show(post)));`,
  },

  // -- presenters -----------------------------------------------------------------------------------------------------
  'presenters that ask': {
    'db.ts': db, 'load.ts': load,
    'user.presenter.ts': `
      import { load } from './load';
      export class UserPresenter {
        constructor(private readonly user) {}
        async toJSON() { return { ...this.user, post: await load(this.user.id) }; }
        short() { return this.user.name; }
        static async present(user) { return new UserPresenter(user).toJSON(); }
      }
      export class EagerPresenter {
        private readonly post;
        constructor(user) { this.post = load(user.id); }
      }
      export class Report {
        constructor(private readonly user) {}
        private post() { return load(this.user.id); }
        async render() { return show(await this.post()); }
      }`,
    'controller.ts': `
      import { UserPresenter, EagerPresenter, Report } from './user.presenter';
      export async function list(users) {
        const out = await Promise.all(users.map((user) => new UserPresenter(user).toJSON())); // want n-plus-one
        const more = await Promise.all(users.map((user) => UserPresenter.present(user))); // want n-plus-one
        const eager = users.map((user) => new EagerPresenter(user)); // want n-plus-one
        for (const user of users) {
          const report = new Report(user);
          await report.render(); // want n-plus-one
        }
        const presenters = users.map((user) => new UserPresenter(user));
        for (const presenter of presenters) await presenter.toJSON(); // want n-plus-one
        return [out, more, eager];
      }
      export function innocent(users) {
        const presenters = users.map((user) => new UserPresenter(user));
        return presenters.map((presenter) => presenter.short());
      }`,
  },

  // -- decorators -----------------------------------------------------------------------------------------------------
  'decorators around what is asked': {
    'db.ts': db, 'load.ts': load,
    'users.ts': `
      import { Cacheable } from './cacheable';
      import { BatchLoader } from './batch-loader';
      import { Traced } from './traced';
      import { load } from './load';
      export class Users {
        @Cacheable({ ttl: 60 }) async cached(id: string) { return load(id); }
        @Traced() async traced(id: string) { return load(id); }
        @BatchLoader() async merged(id: string) { return load(id); }
      }`,
    'list.ts': `
      import { Users } from './users';
      export class List {
        constructor(private readonly users: Users) {}
        async run(ids: string[]) {
          for (const id of ids) await this.users.cached(id); // want n-plus-one
          for (const id of ids) await this.users.traced(id); // want n-plus-one
          await Promise.all(ids.map((id) => this.users.merged(id)));
        }
      }`,
  },

  // -- synchronous drivers, recursion ---------------------------------------------------------------------------------
  'a driver that needs no await': {
    'db.ts': `
      import Database from 'better-sqlite3';
      export const db = new Database('app.db');
      const byUser = db.prepare('SELECT * FROM posts WHERE user_id = ? LIMIT 10');
      export const postsOf = (id) => byUser.all(id);`,
    'page.ts': `
      import { db, postsOf } from './db';
      export const page = (users) => users.map((user) => ({ ...user, posts: postsOf(user.id) })); // want n-plus-one:note
      export const names = (users) => users.map((user) => db.prepare('SELECT name FROM users WHERE id = ?').get(user.id)); // want n-plus-one:note
      export const all = () => db.prepare('SELECT * FROM users LIMIT 10').all().map((user) => user.name);`,
  },
  'recursion per element': {
    'db.ts': db,
    'tree.ts': `
      import { prisma } from './db';
      export async function tree(node) {
        const kids = await prisma.node.findMany({ where: { parentId: node.id }, take: 100 });
        return { ...node, kids: await Promise.all(kids.map((kid) => tree(kid))) }; // want n-plus-one
      }
      export async function named(node) {
        const kids = await prisma.node.findMany({ where: { parentId: node.id }, take: 100 });
        return Promise.all(kids.map(named)); // want n-plus-one
      }
      export class Walker {
        async walk(node) {
          for (const kid of await prisma.node.findMany({ where: { parentId: node.id }, take: 100 })) await this.walk(kid); // want n-plus-one
        }
      }
      export async function ancestors(node) {
        const parent = await prisma.node.findFirst({ where: { id: node.parentId } }); // want n-plus-one:note
        return parent ? [parent, ...(await ancestors(parent))] : [];
      }
      export function flat(node) { return [node, ...node.kids.flatMap((kid) => flat(kid))]; }`,
  },

  'functions that a package wraps, under another name': {
    'db.ts': db,
    'users.ts': `
      import { cache as perRequest } from 'react';
      import { prisma } from './db';
      export const getUser = perRequest(async (id: string) => prisma.user.findUnique({ where: { id } }));`,
    'list.ts': `
      import { getUser } from './users';
      export async function list(ids: string[]) {
        for (const id of ids) show(await getUser(id)); // want n-plus-one
      }`,
  },
  'what is no loader of a cache': {
    'db.ts': db,
    'use.ts': `
      import { prisma } from './db';
      export async function all(ids) {
        for (const id of ids) cache.get(id, async (error, hit) => { await prisma.audit.findFirst({ where: { id, hit } }); }); // want n-plus-one
        for (const id of ids) await getOrderMemos(id, () => prisma.memo.findFirst({ where: { orderId: id } })); // want n-plus-one
        for (const id of ids) await getOrganizationMemory(id, () => prisma.memo.findFirst({ where: { orderId: id } })); // want n-plus-one
      }`,
  },
  'what a cache asks for once a key': {
    'db.ts': db,
    'roles.ts': `
      import { prisma } from './db';
      export class Roles {
        async ofUser(context) {
          const user = await this.requestCache.get(context, \`user.\${context.userId}\`, () => prisma.user.findFirst({ where: { id: context.userId } }));
          return user.roles;
        }
        async plain(context) {
          const user = await this.registry.get(context, () => prisma.user.findFirst({ where: { id: context.userId } }));
          return user.roles;
        }
      }
      export const one = (id) => withCache(\`role.\${id}\`, async () => prisma.role.findFirst({ where: { id } }));`,
    'list.ts': `
      import { Roles, one } from './roles';
      import { prisma } from './db';
      export async function list(channels, context, roles: Roles) {
        for (const channel of channels) show(channel, await roles.ofUser(context));
        for (const channel of channels) show(channel, await one(channel.roleId));
        for (const channel of channels) show(channel, await cacheManager.wrap(channel.id, () => prisma.channel.findFirst({ where: { id: channel.id } })));
        for (const channel of channels) show(channel, await roles.plain(context)); // want n-plus-one
        for (const channel of channels) await cacheManager.set(channel.id, await prisma.channel.findFirst({ where: { id: channel.id } })); // want n-plus-one
      }`,
  },

  // -- what nobody waits for ----------------------------------------------------------------------------------------
  'answers that are used as they are: no driver of this project gives one at once': {
    'package.json': '{ "dependencies": { "@prisma/client": "6" } }',
    'db.ts': db,
    'load.ts': load,
    'format.ts': `
      import { load } from './load';
      export const isKnown = (id) => load(id) !== undefined;
      export const nameOf = (id) => load(id);`,
    'page.tsx': `
      import { isKnown, nameOf } from './format';
      import { load } from './load';
      export async function list(users) {
        const known = users.filter((user) => isKnown(user.id));
        for (const user of users) if (!isKnown(user.id)) show(user);
        const titles = users.map((user) => \`\${nameOf(user.id)}!\`);
        const long = users.map((user) => nameOf(user.id) + '!');
        for (const user of users) { const name = nameOf(user.id); show(name.first); }
        for (const user of users) { const { first } = nameOf(user.id); show(first); }
        for (const user of users) await show({ user, name: nameOf(user.id) });
        const row = users.map((user) => <li>{nameOf(user.id)}</li>);
        return [known, titles, long, row];
      }
      export async function waiting(users) {
        for (const user of users) if (!(await load(user.id))) show(user); // want n-plus-one
        for (const user of users) { const post = await load(user.id); show(post.title); } // want n-plus-one
        for (const user of users) { const post = load(user.id); show(await post); } // want n-plus-one
        for (const user of users) { const post = load(user.id); post.then(show); } // want n-plus-one
        const tasks = [];
        for (const user of users) tasks.push(load(user.id)); // want n-plus-one
        const cards = users.map((user) => <Card post={load(user.id)} />); // want n-plus-one
        return users.map((user) => load(user.id)); // want n-plus-one
      }`,
  },
  'answers that a driver gives at once': {
    'package.json': '{ "dependencies": { "better-sqlite3": "11" } }',
    'known.ts': `
      import Database from 'better-sqlite3';
      const db = new Database('x.db');
      export const isKnown = (id) => db.prepare('SELECT 1 FROM users WHERE id = ?').get(id) !== undefined;`,
    'use.ts': `
      import { isKnown } from './known';
      export const list = (users) => users.filter((user) => isKnown(user.id)); // want n-plus-one:note`,
  },
  // -- events ---------------------------------------------------------------------------------------------------------
  'listeners that ask, in the same file or beside the emitter': {
    'db.ts': db, 'load.ts': load,
    'events.ts': `
      import { EventEmitter } from 'node:events';
      import { load } from './load';
      export const events = new EventEmitter();
      events.on('user:seen', async (user) => { await load(user.id); });
      events.on('user:named', (user) => show(user.name));`,
    'seen.ts': `
      import { events } from './events';
      export function seen(users) {
        for (const user of users) events.emit('user:seen', user); // want n-plus-one
        for (const user of users) events.emit('user:named', user);
        for (const user of users) events.emit('user:other', user);
        for (const page of chunk(users, 100)) events.emit('user:seen', page);
      }`,
    'own.ts': `
      import { EventEmitter } from 'node:events';
      import { prisma } from './db';
      const own = new EventEmitter();
      const other = new EventEmitter();
      const count = async (id) => prisma.post.count({ where: { userId: id } });
      own.on('count', count);
      other.once('start', () => prisma.post.findMany({ take: 10 }));
      export function counted(users) {
        users.forEach((user) => own.emit('count', user.id)); // want n-plus-one
        users.forEach((user) => own.emit('start', user.id));
      }`,
  },
  'listeners that only a framework brings together': {
    'db.ts': db, 'load.ts': load,
    'listener.ts': `
      import { OnEvent } from '@nestjs/event-emitter';
      import { load } from './load';
      export class Listener {
        @OnEvent('order.paid')
        async paid(order) { await load(order.userId); }
      }`,
    'orders.ts': `
      import { EventEmitter2 } from '@nestjs/event-emitter';
      export class Orders {
        constructor(private readonly events: EventEmitter2) {}
        pay(orders) {
          for (const order of orders) this.events.emit('order.paid', order); // want n-plus-one
          for (const order of orders) this.events.emit('order.seen', order);
        }
      }`,
    'billing/refunds.ts': `
      import { EventEmitter2 } from '@nestjs/event-emitter';
      export class Refunding {
        constructor(private readonly events: EventEmitter2) {}
        refund(orders) {
          for (const order of orders) this.events.emit('order.refunded', order); // want n-plus-one
          for (const order of orders) this.events.emit('order.paid', order); // miss: its listener stands in another corner of the project
        }
      }`,
    'billing/handlers/order-refunded.handler.ts': `
      import { OnEvent } from '@nestjs/event-emitter';
      import { load } from '../../load';
      export class OrderRefundedHandler {
        @OnEvent('order.refunded')
        async refunded(order) { await load(order.userId); }
      }`,
    'billing/handlers/order-seen.handler.ts': `
      import { OnEvent } from '@nestjs/event-emitter';
      export class OrderSeenHandler {
        @OnEvent('order.seen')
        seen(order) { show(order); }
      }`,
    'together.ts': `
      import { EventEmitter2, OnEvent } from '@nestjs/event-emitter';
      import { CommandHandler, EventBus, EventsHandler } from '@nestjs/cqrs';
      import { load } from './load';
      export class Paid { constructor(readonly id: string) {} }
      @EventsHandler(Paid)
      export class PaidHandler { async handle(event: Paid) { await load(event.id); } }
      export class Refunds {
        constructor(private readonly events: EventEmitter2, private readonly bus: EventBus) {}
        @OnEvent('refund')
        async onRefund(order) { await load(order.userId); }
        all(orders) {
          for (const order of orders) this.events.emit('refund', order); // want n-plus-one
          for (const order of orders) this.bus.publish(new Paid(order.id)); // want n-plus-one
          for (const order of orders) this.events.emit('refunded', order);
        }
      }`,
  },
});
