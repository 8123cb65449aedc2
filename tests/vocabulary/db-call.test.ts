import { samples } from '../samples.ts';

// Where the query is one or more calls away: functions, methods, injected classes, modules, and what is no query at all.

samples('n-plus-one', {
  'statements about tables and transactions ask for no rows': `
    import { Pool } from 'pg';
    const pool = new Pool();
    const createPartition = (name) => prisma.$executeRawUnsafe(\`CREATE TABLE IF NOT EXISTS "\${name}" PARTITION OF deliveries\`);
    for (const day of days) await createPartition(day.name);
    for (const { name } of leftovers) {
      await prisma.$executeRawUnsafe(\`ALTER TABLE deliveries DETACH PARTITION "\${name}"\`);
      await prisma.$executeRawUnsafe(\`DROP TABLE "\${name}"\`);
    }
    for (const order of orders) {
      await pool.query('SAVEPOINT one_order');
      await pool.query('UPDATE orders SET sent = true WHERE id = $1', [order.id]); // want n-plus-one
    }`,
  // -- functions and methods ------------------------------------------------------------------------------------------
  'a function of the same file, declared below': `
    for (const user of users) show(await loadPosts(user)); // want n-plus-one
    async function loadPosts(user) {
      return prisma.post.findMany({ where: { userId: user.id } });
    }`,
  'arrow functions, function expressions, and functions in an object': `
    const one = async (user) => prisma.post.findFirst({ where: { userId: user.id } });
    const two = async function (user) { return await prisma.post.findFirst({ where: { userId: user.id } }); };
    const posts = { of: (user) => prisma.post.findFirst({ where: { userId: user.id } }), async newest(user) { return this.of(user); } };
    for (const user of users) await one(user); // want n-plus-one
    for (const user of users) await two(user); // want n-plus-one
    for (const user of users) await posts.of(user); // want n-plus-one
    for (const user of users) await posts.newest(user); // want n-plus-one`,
  'five calls away, and recursion on the way': `
    const a = (id) => b(id);
    const b = (id) => c(id);
    const c = (id) => (id ? d(id) : a(id));
    const d = (id) => e(id);
    const e = (id) => prisma.post.findFirst({ where: { id } });
    for (const id of ids) await a(id); // want n-plus-one`,
  'functions that call each other without end': `
    const a = (id) => b(id);
    const b = (id) => a(id);
    for (const id of ids) await a(id);`,
  'the query stands in a branch, a callback or a transaction of the function': `
    async function load(user) {
      const known = cache.get(user.id);
      if (known) return known;
      return retry(async () => {
        const found = await prisma.$transaction((tx) => tx.post.findFirst({ where: { userId: user.id } }));
        return found;
      });
    }
    for (const user of users) await load(user); // want n-plus-one`,
  'the function only makes a handler': `
    const handlerFor = (user) => async () => prisma.post.findFirst({ where: { userId: user.id } });
    function listen(user) { bus.on(user.id, async () => { await prisma.post.findFirst({ where: { userId: user.id } }); }); }
    for (const user of users) handlers.push(handlerFor(user));
    for (const user of users) listen(user);`,
  'the function only sets a clock': `
    function daily(user) { cron.schedule(user.cron, async () => { await prisma.post.findFirst({ where: { userId: user.id } }); }, { timezone: 'UTC' }); }
    function nightly(user) { nodeSchedule.scheduleJob('0 3 * * *', () => prisma.post.findFirst({ where: { userId: user.id } })); }
    function often(user) { setInterval(() => prisma.post.findFirst({ where: { userId: user.id } }), 60_000); }
    for (const user of users) daily(user);
    for (const user of users) nightly(user);
    users.forEach((user) => often(user));`,
  'a limiter only lets them wait for their turn': `
    function soon(user) { return limiter.schedule(() => prisma.post.findFirst({ where: { userId: user.id } })); }
    function sooner(user) { return limiter.schedule({ priority: 1 }, () => prisma.post.findFirst({ where: { userId: user.id } })); }
    for (const user of users) await soon(user); // want n-plus-one
    for (const user of users) await sooner(user); // want n-plus-one`,
  'methods of the same class': `
    class Report {
      private readonly load = async (user) => prisma.post.findFirst({ where: { userId: user.id } });
      async newest(user) { return this.load(user); }
      #hidden(user) { return prisma.post.count({ where: { userId: user.id } }); }
      async run(users) {
        for (const user of users) await this.newest(user); // want n-plus-one
        for (const user of users) await this.load(user); // want n-plus-one
        for (const user of users) await this.#hidden(user); // want n-plus-one
        users.forEach((user) => this.newest(user)); // want n-plus-one
        await Promise.all(users.map(this.load)); // want n-plus-one
      }
    }`,
  'static methods and getters': `
    class Posts {
      static of(user) { return prisma.post.findMany({ where: { userId: user.id } }); }
      static get instance() { return new Posts(); }
      newest(user) { return Posts.of(user); }
    }
    for (const user of users) await Posts.of(user); // want n-plus-one
    for (const user of users) await Posts.instance.newest(user); // want n-plus-one
    for (const user of users) await new Posts().newest(user); // want n-plus-one`,
  'functions within functions': `
    export function makeReport(users) {
      async function posts(user) { return prisma.post.findMany({ where: { userId: user.id } }); }
      const all = async () => {
        for (const user of users) await posts(user); // want n-plus-one
      };
      return all;
    }`,
  'a parameter of the same name hides the function': `
    async function load(user) { return prisma.post.findMany({ where: { userId: user.id } }); }
    export async function run(users, load) {
      for (const user of users) await load(user);
    }`,

  // -- two and three files --------------------------------------------------------------------------------------------
  'a function of another file': {
    'posts.ts': `
      export async function loadPosts(user: User) { return prisma.post.findMany({ where: { userId: user.id } }); }
      export const newest = (user: User) => prisma.post.findFirst({ where: { userId: user.id } });`,
    'report.ts': `
      import { loadPosts, newest as newestPost } from './posts';
      import * as posts from './posts.js';
      for (const user of users) await loadPosts(user); // want n-plus-one
      for (const user of users) await newestPost(user); // want n-plus-one
      for (const user of users) await posts.newest(user); // want n-plus-one
      await Promise.all(users.map(loadPosts)); // want n-plus-one
      await Promise.all(users.map(posts.newest)); // want n-plus-one`,
  },
  'default exports of every kind': {
    'a.ts': 'export default async function load(user) { return prisma.post.findMany({ where: { userId: user.id } }); }',
    'b.ts': 'export default (user) => prisma.post.findMany({ where: { userId: user.id } });',
    'c.ts': `
      const load = (user) => prisma.post.findMany({ where: { userId: user.id } });
      export { load as default };`,
    'd.ts': 'export default { load: (user) => prisma.post.findMany({ where: { userId: user.id } }) };',
    'e.ts': 'export default class { load(user) { return prisma.post.findMany({ where: { userId: user.id } }); } }',
    'report.ts': `
      import a from './a';
      import b from './b';
      import c from './c';
      import d from './d';
      import E from './e';
      import { default as again } from './a';
      for (const user of users) await a(user); // want n-plus-one
      for (const user of users) await b(user); // want n-plus-one
      for (const user of users) await c(user); // want n-plus-one
      for (const user of users) await d.load(user); // want n-plus-one
      for (const user of users) await new E().load(user); // want n-plus-one
      for (const user of users) await again(user); // want n-plus-one`,
  },
  'a barrel of barrels': {
    'src/users/load.ts': 'export const loadUser = (id: string) => prisma.user.findFirst({ where: { id } });',
    'src/users/index.ts': `
      export * from './load';
      export { loadUser as getUser } from './load';`,
    'src/index.ts': `
      export * from './users';
      export * as users from './users';`,
    'src/report.ts': `
      import { getUser, loadUser, users } from '.';
      for (const id of ids) await loadUser(id); // want n-plus-one
      for (const id of ids) await getUser(id); // want n-plus-one
      for (const id of ids) await users.getUser(id); // want n-plus-one`,
  },
  'barrels that lead in a circle': {
    'a.ts': "export * from './b';",
    'b.ts': "export * from './a';",
    'report.ts': `
      import { load } from './a';
      for (const id of ids) await load(id);`,
  },
  'CommonJS': {
    'posts.js': `
      async function ofUser(user) { return prisma.post.findMany({ where: { userId: user.id } }); }
      exports.newest = async (user) => prisma.post.findFirst({ where: { userId: user.id } });
      module.exports.ofUser = ofUser;`,
    'whole.js': `
      const load = async (id) => prisma.user.findFirst({ where: { id } });
      module.exports = { load, again: load };`,
    'single.js': 'module.exports = async (id) => prisma.user.findFirst({ where: { id } });',
    'service.js': `
      class Service { load(id) { return prisma.user.findFirst({ where: { id } }); } }
      module.exports = new Service();`,
    'report.js': `
      const posts = require('./posts');
      const { ofUser, newest: newestPost } = require('./posts');
      const { load } = require('./whole');
      const single = require('./single');
      const service = require('./service');
      for (const user of users) await posts.ofUser(user); // want n-plus-one
      for (const user of users) await ofUser(user); // want n-plus-one
      for (const user of users) await newestPost(user); // want n-plus-one
      for (const user of users) await load(user.id); // want n-plus-one
      for (const user of users) await require('./whole').again(user.id); // want n-plus-one
      for (const user of users) await single(user.id); // want n-plus-one
      for (const user of users) await service.load(user.id); // want n-plus-one`,
  },
  'an import at run time': {
    'posts.ts': 'export const load = (id: string) => prisma.post.findFirst({ where: { id } });',
    'report.ts': `
      import { ids } from './ids';
      const { load } = await import('./posts');
      for (const id of ids) await load(id); // want n-plus-one
      for (const id of ids) await (await import('./posts')).load(id); // want n-plus-one`,
  },
  'an object of functions, exported': {
    'repository.ts': `
      const byName = (name: string) => prisma.user.findFirst({ where: { name } });
      export const userRepository = {
        byName,
        async byId(id: string) { return prisma.user.findFirst({ where: { id } }); },
        posts: { of: (id: string) => prisma.post.findMany({ where: { userId: id } }) },
      } as const;`,
    'report.ts': `
      import { userRepository } from './repository';
      for (const id of ids) await userRepository.byId(id); // want n-plus-one
      for (const name of names) await userRepository.byName(name); // want n-plus-one
      for (const id of ids) await userRepository.posts.of(id); // want n-plus-one
      const { byId } = userRepository;
      for (const id of ids) await byId(id); // want n-plus-one`,
  },
  'a factory whose result is taken apart': {
    'users.ts': `
      export function createUsers(db: PrismaClient) {
        const byId = (id: string) => db.user.findFirst({ where: { id } });
        return { byId, rename: async (id: string, name: string) => db.user.update({ where: { id }, data: { name } }) };
      }`,
    'report.ts': `
      import { PrismaClient } from '@prisma/client';
      import { createUsers } from './users';
      const { byId } = createUsers(new PrismaClient());
      const users = createUsers(new PrismaClient());
      for (const id of ids) await byId(id); // want n-plus-one
      for (const id of ids) await users.rename(id, 'nobody'); // want n-plus-one`,
  },
  'classes that are injected, three files deep': {
    'src/users.repository.ts': `
      import { Injectable } from '@nestjs/common';
      import { InjectRepository } from '@nestjs/typeorm';
      import { Repository } from 'typeorm';
      @Injectable()
      export class UsersRepository {
        constructor(@InjectRepository(User) private readonly users: Repository<User>) {}
        async byName(name: string): Promise<User | null> { return this.users.findOne({ where: { name } }); }
      }`,
    'src/users.service.ts': `
      import { Injectable } from '@nestjs/common';
      import { UsersRepository } from './users.repository';
      @Injectable()
      export class UsersService {
        constructor(private readonly repository: UsersRepository) {}
        resolve(name: string) { return this.repository.byName(name); }
      }`,
    'src/mentions.service.ts': `
      import { Injectable } from '@nestjs/common';
      import { UsersService } from './users.service';
      @Injectable()
      export class MentionsService {
        private readonly users: UsersService;
        constructor(users: UsersService, private readonly texts: TextService) { this.users = users; }
        async resolve(names: string[]) {
          const found = [];
          for (const name of names) {
            found.push(await this.users.resolve(name)); // want n-plus-one
          }
          for (const name of names) this.texts.resolve(name);
          return found;
        }
      }`,
  },
  'a base class in another file': {
    'base.ts': `
      import { EntityManager } from 'typeorm';
      export abstract class BaseRepository<T> {
        constructor(protected readonly manager: EntityManager, private readonly entity: new () => T) {}
        byId(id: string) { return this.manager.findOne(this.entity, { where: { id } }); }
      }`,
    'users.ts': `
      import { BaseRepository } from './base';
      export class UserRepository extends BaseRepository<User> {
        async all(ids: string[]) {
          const users = [];
          for (const id of ids) users.push(await this.byId(id)); // want n-plus-one
          for (const id of ids) users.push(await super.byId(id)); // want n-plus-one
          return users;
        }
      }`,
    'report.ts': `
      import { UserRepository } from './users';
      export async function report(users: UserRepository, ids: string[]) {
        for (const id of ids) await users.byId(id); // want n-plus-one
      }`,
  },
  'a method of the own class hides the one of the base': {
    'base.ts': 'export class Base { load(id: string) { return prisma.user.findFirst({ where: { id } }); } }',
    'report.ts': `
      import { Base } from './base';
      export class Report extends Base {
        load(id: string) { return this.cache.get(id); }
        run(ids: string[]) { for (const id of ids) this.load(id); }
      }`,
  },
  'an abstract method is nobody\'s': `
    abstract class Source {
      abstract load(id: string): Promise<unknown>;
      async all(ids: string[]) { for (const id of ids) await this.load(id); }
    }`,
  'an interface with the class that implements it beside': {
    'users.ts': `
      export interface Users { byId(id: string): Promise<User>; }
      export class PrismaUsers implements Users {
        byId(id: string) { return prisma.user.findFirst({ where: { id } }); }
      }`,
    'report.ts': `
      import type { Users } from './users';
      export async function report(users: Users, ids: string[]) {
        for (const id of ids) await users.byId(id); // want n-plus-one
      }`,
  },
  'a handle by a type that is written in place': {
    'client.ts': `
      import type { PrismaClient } from '@prisma/client';
      export type Db = PrismaClient & { audited: true };`,
    'posts.ts': `
      import type { PrismaClient } from '@prisma/client';
      import type { Db } from './client';
      export const ofUsers = async ({ store, ids }: { store: PrismaClient; ids: string[] }) => {
        for (const id of ids) await store.post.findFirst({ where: { userId: id } }); // want n-plus-one
      };
      export const ofTeams = async ({ own, ids }: { own: Db; ids: string[] }) => {
        for (const id of ids) await own.post.findFirst({ where: { teamId: id } }); // want n-plus-one
      };`,
  },
  'a handle that comes out of a container': {
    'users.ts': 'export class Users { byId(id: string) { return prisma.user.findFirst({ where: { id } }); } }',
    'report.ts': `
      import { Users } from './users';
      const users = container.resolve<Users>(Users);
      for (const id of ids) await users.byId(id); // want n-plus-one
      const typed: Users = container.resolve('users');
      for (const id of ids) await typed.byId(id); // want n-plus-one`,
  },
  'a function that is passed around as a value': `
    const load = (id) => prisma.user.findFirst({ where: { id } });
    async function each(ids, fn) { for (const id of ids) await fn(id); }
    await each(ids, load); // want n-plus-one`,
  'ES modules in folders, with endings and without': {
    'package.json': '{ "type": "module", "dependencies": { "@prisma/client": "6" }, "imports": { "#data/*": "./src/data/*.js" } }',
    'src/data/users.mts': 'export const byId = (id: string) => prisma.user.findFirst({ where: { id } });',
    'src/data/posts.ts': 'export const byId = (id: string) => prisma.post.findFirst({ where: { id } });',
    'src/data/teams/index.js': 'export const byId = (id) => prisma.team.findFirst({ where: { id } });',
    'src/report.ts': `
      import * as users from './data/users.mjs';
      import * as posts from '#data/posts';
      import * as teams from './data/teams';
      for (const id of ids) await users.byId(id); // want n-plus-one
      for (const id of ids) await posts.byId(id); // want n-plus-one
      for (const id of ids) await teams.byId(id); // want n-plus-one`,
  },
  'aliases of tsconfig.json, also of one that extends another': {
    'tsconfig.base.json': '{ "compilerOptions": { "baseUrl": "src", "paths": { "~data": ["data/index.ts"], "@app/*": ["app/*", "legacy/*"] } } }',
    'tsconfig.json': '{ "extends": "./tsconfig.base" }',
    'package.json': '{ "dependencies": { "@prisma/client": "6" } }',
    'src/data/index.ts': 'export const byId = (id: string) => prisma.user.findFirst({ where: { id } });',
    'src/legacy/posts.ts': 'export const byUser = (id: string) => prisma.post.findFirst({ where: { userId: id } });',
    'src/pages/report.ts': `
      import { byId } from '~data';
      import { byUser } from '@app/posts';
      import { byId as again } from 'data';
      for (const id of ids) await byId(id); // want n-plus-one
      for (const id of ids) await byUser(id); // want n-plus-one
      for (const id of ids) await again(id); // want n-plus-one`,
  },
  'the alias that most projects share, without a configuration': {
    'package.json': '{ "dependencies": { "@prisma/client": "6" } }',
    'src/lib/users.ts': 'export const byId = (id: string) => prisma.user.findFirst({ where: { id } });',
    'src/pages/report.ts': `
      import { byId } from '@/lib/users';
      for (const id of ids) await byId(id); // want n-plus-one`,
  },
  'a package of the workspace, by its exports': {
    'package.json': '{ "private": true }',
    'pnpm-workspace.yaml': "packages:\n  - 'packages/*'\n",
    'packages/users/package.json': '{ "name": "@acme/users", "exports": { ".": { "types": "./dist/index.d.ts", "import": "./dist/index.js" }, "./admin": "./dist/admin.js" }, "dependencies": { "@prisma/client": "6" } }',
    'packages/users/src/index.ts': 'export const byId = (id: string) => prisma.user.findFirst({ where: { id } });',
    'packages/users/src/admin.ts': 'export const admins = (id: string) => prisma.admin.findFirst({ where: { id } });',
    'packages/web/package.json': '{ "name": "web", "dependencies": { "@acme/users": "workspace:^" } }',
    'packages/web/src/report.ts': `
      import { byId } from '@acme/users';
      import { admins } from '@acme/users/admin';
      for (const id of ids) await byId(id); // want n-plus-one
      for (const id of ids) await admins(id); // want n-plus-one`,
  },

  // -- what is no query -----------------------------------------------------------------------------------------------
  'lists, maps, caches, clients of services': `
    import { Cache } from './cache';
    import axios from 'axios';
    import { S3Client } from '@aws-sdk/client-s3';
    const cache = new Map();
    for (const user of users) {
      user.posts = posts.find((post) => post.userId === user.id);
      cache.set(user.id, user);
      cache.delete(user.id);
      await axios.get('/users/' + user.id);
      await new S3Client({}).send(new PutObjectCommand({}));
      await fetch('/users');
      user.roles.some((role) => role.name === 'admin');
      await queue.add('mail', { to: user.email });
      Object.assign(user, { seen: true });
    }`,
  'classes of one\'s own with the names of a library': `
    class Registry {
      items = [];
      findMany(options) { return this.items.filter((item) => item.kind === options.where.kind); }
      findOne(id) { return this.items.find((item) => item.id === id); }
      create(data) { this.items.push(data); }
      query(text) { return text.length; }
    }
    const registry = new Registry();
    for (const id of ids) {
      registry.findMany({ where: { kind: id } });
      registry.findOne(id);
      registry.create({ data: id });
      registry.query('SELECT 1 FROM x');
    }`,
  'a stub of a client': `
    const prisma = { user: { findMany: async () => [], findFirst: async (options) => null } };
    for (const id of ids) await prisma.user.findFirst({ where: { id } });`,
  'a helper that only computes': {
    'names.ts': `
      export function initials(user) { return user.name.split(' ').map((part) => part[0]).join(''); }
      export const load = (id) => prisma.user.findFirst({ where: { id } });`,
    'report.ts': `
      import { initials, load } from './names';
      for (const user of users) show(initials(user));
      const first = await load(users[0].id);`,
  },
  'commands, use cases and schemas': `
    import { z } from 'zod';
    for (const order of orders) {
      await this.commandBus.execute(new ShipOrder(order.id));
      z.object({ id: z.string() }).parse(order);
      router.query(order.name);
      validator.validate(order);
      await this.mailer.send({ to: order.email });
    }`,
  'the DOM and jQuery': `
    for (const row of rows) {
      $(row).find('td').remove();
      document.querySelector('table').insert(row);
      d3.select(row).append('g');
    }`,
});

samples('n-plus-one', {
  'every round asks another database': `
    import Redis from 'ioredis';
    import { Pool } from 'pg';
    const regions: { name: string; redis: Redis }[] = connect();
    const shards = urls.map((url) => new Pool({ connectionString: url }));
    for (const { redis } of regions) await redis.get(key);
    for (const { redis } of regions) {
      const value = await withRetry({ operation: () => redis.get(key) });
      if (value) values.push(value);
    }
    for (const key of keys) await withRetry(() => regions[0].redis.get(key)); // want n-plus-one
    async function clear({ redis, keys }: { redis: Redis; keys: string[] }) { await redis.del(keys); }
    for (const { redis, name } of regions) await clear({ redis, keys: [name] });
    for (const [redis, keys] of keysByRedis) await clear({ redis, keys });
    for (const { name } of regions) await clear({ redis: regions[0].redis, keys: [name] }); // want n-plus-one
    async function ordersOf(client) { return (await shards[0].query('SELECT count(*) FROM orders WHERE client = $1', [client.id])).rows; }
    for (const client of clients) await ordersOf(client); // want n-plus-one
    await Promise.all(regions.map(async (region) => region.redis.del(key)));
    for (const shard of shards) await shard.query('SELECT count(*) FROM users WHERE active');
    for (const prisma of [reader, writer]) for (const id of ids) await prisma.user.findUnique({ where: { id } }); // want n-plus-one
    for (const { redis } of regions) {
      for (const key of keys) await redis.get(key); // want n-plus-one
    }`,
  'a row that asks, and a transaction of the loop, are no other databases': `
    import { Model } from 'sequelize';
    class User extends Model {}
    for (const user of await User.findAll()) {
      await user.getPosts(); // want n-plus-one
    }
    for (const id of ids) {
      await prisma.$transaction((tx) => tx.user.findMany({ where: { teamId: id } })); // want n-plus-one
    }`,
});

samples('missing-limit', {
  'all rows fill a set or a map, in which something else is looked up': `
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    const names = new Set((await prisma.category.findMany({ select: { name: true } })).map((row) => row.name));
    const rows = await prisma.classification.findMany(); // want missing-limit:note
    if (rows.length === 0) return;
    const byId = new Map(rows.map((row) => [row.id, row]));
    const prices = keyBy(await prisma.price.findMany(), 'sku'); // want missing-limit:note
    const totals = (await prisma.sale.findMany()).reduce((all, row) => ({ ...all, [row.id]: row }), {}); // want missing-limit:note
    const brands = await prisma.brand.findMany(); // want missing-limit:note
    for (const brand of brands) bySlug[brand.slug] = brand;
    for (const label of await prisma.label.findMany()) { // want missing-limit:note
      labels.add(label.name);
    }`,
  'rows that are shown, or searched one by one, are no set': `
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    const users = await prisma.user.findMany(); // want missing-limit
    const admin = users.find((user) => user.isAdmin);
    const posts = await prisma.post.findMany(); // want missing-limit
    const titles = new Set(posts.map((post) => post.title));
    res.json({ posts, count: titles.size });
    const orders = await prisma.order.findMany(); // want missing-limit
    for (const order of orders) {
      byId.set(order.id, order);
      await ship(order);
    }
    const sum = (await prisma.sale.findMany()).reduce((all, row) => all + row.price, 0); // want missing-limit`,
});

samples('n-plus-one', {
  'only administrators get here': `
    export const eligibility = async (props, auth) => {
      throwErrorIfNotAdmin(auth.uid);
      for (const id of props.ids) await prisma.ticket.findFirst({ where: { id } }); // want n-plus-one:note
    };
    export async function remove(req, res) {
      if (!req.user.isAdmin || !isSuperAdmin(req.user.id)) return res.sendStatus(403);
      for (const id of req.body.ids) await prisma.post.findFirst({ where: { id } }); // want n-plus-one:note
    }
    router.post('/users', requireAdmin, async (req) => {
      for (const id of req.body.ids) await prisma.user.findFirst({ where: { id } }); // want n-plus-one:note
    });
    export const list = adminProcedure.input(schema).query(async ({ input }) => {
      for (const id of input.ids) await prisma.user.findFirst({ where: { id } }); // want n-plus-one:note
    });
    class Users {
      @Roles('admin')
      async purge(ids) {
        for (const id of ids) await prisma.user.findFirst({ where: { id } }); // want n-plus-one:note
      }
    }`,
  'administrators are among those who get here': `
    export async function editWebhooks(args, remoteUser) {
      if (!(remoteUser && remoteUser.isAdmin(args.collectiveId))) throw new Forbidden();
      for (const id of args.ids) await prisma.webhook.findFirst({ where: { id } }); // want n-plus-one
    }
    export async function mine(req) {
      if (req.user.isAdmin) log.info('an admin');
      const isAdmin = await isAdminOf(req.user);
      for (const id of req.body.ids) await prisma.post.findFirst({ where: { id } }); // want n-plus-one
    }
    router.post('/users', requireUser, async (req) => {
      for (const id of req.body.ids) await prisma.user.findFirst({ where: { id } }); // want n-plus-one
    });
    export async function notify(team) {
      for (const admin of team.admins) await prisma.user.findFirst({ where: { id: admin.id } }); // want n-plus-one
    }
    class Users {
      @Roles('member')
      async list(ids) {
        for (const id of ids) await prisma.user.findFirst({ where: { id } }); // want n-plus-one
      }
    }`,
});
