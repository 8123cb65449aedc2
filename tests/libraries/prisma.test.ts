import { samples } from '../samples.ts';

samples('n-plus-one', {
  'a query per row, by shape alone': `
    for (const user of users) {
      user.posts = await prisma.post.findMany({ where: { userId: user.id } }); // want n-plus-one
    }`,
  'the client is made in this file under a name of its own': `
    import { PrismaClient } from '@prisma/client';
    const store = new PrismaClient();
    export async function report(teams) {
      for (const team of teams) {
        const count = await store.member.count({ where: { teamId: team.id } }); // want n-plus-one
        console.log(team.name, count);
      }
    }`,
  'the client of the project, kept in one global': {
    'src/lib/db.ts': `
      import { PrismaClient } from '@prisma/client';
      const globalForPrisma = globalThis as unknown as { prisma?: PrismaClient };
      export const db = globalForPrisma.prisma ?? new PrismaClient();
      if (process.env.NODE_ENV !== 'production') globalForPrisma.prisma = db;`,
    'src/orders.ts': `
      import { db } from './lib/db';
      export const withLines = (orders) => Promise.all(orders.map(async (order) => ({
        ...order,
        lines: await db.orderLine.findMany({ where: { orderId: order.id } }), // want n-plus-one
      })));`,
  },
  'an import through an alias of tsconfig.json': {
    'tsconfig.json': `{
      // where the server's code lies
      "compilerOptions": { "baseUrl": ".", "paths": { "@server/*": ["./src/server/*"] }, },
    }`,
    'package.json': '{ "dependencies": { "@prisma/client": "^6.0.0" } }',
    'src/server/store.ts': `
      import { PrismaClient } from '@prisma/client';
      export const store = new PrismaClient();`,
    'src/pages/teams.ts': `
      import { store } from '@server/store';
      for (const team of teams) {
        await store.team.update({ where: { id: team.id }, data: { seats: team.members.length } }); // want n-plus-one:note
      }`,
  },
  'a package of the workspace': {
    'package.json': '{ "workspaces": ["packages/*", "apps/*"] }',
    'packages/db/package.json': '{ "name": "@acme/db", "main": "dist/index.js", "dependencies": { "@prisma/client": "^6.0.0" } }',
    'packages/db/src/index.ts': `
      export * from '@prisma/client';
      export { client } from './client';`,
    'packages/db/src/client.ts': `
      import { PrismaClient } from '@prisma/client';
      export const client = new PrismaClient({ log: ['warn'] });`,
    'apps/web/package.json': '{ "name": "web", "dependencies": { "@acme/db": "workspace:*" } }',
    'apps/web/app/sync.ts': `
      import { client } from '@acme/db';
      export async function sync(contacts) {
        for (const contact of contacts) {
          await client.contact.upsert({ where: { email: contact.email }, create: contact, update: contact }); // want n-plus-one:note
        }
      }`,
  },
  'a service of NestJS that extends the client': {
    'src/prisma.service.ts': `
      import { Injectable, OnModuleInit } from '@nestjs/common';
      import { PrismaClient } from '@prisma/client';
      @Injectable()
      export class PrismaService extends PrismaClient implements OnModuleInit {
        async onModuleInit() { await this.$connect(); }
      }`,
    'src/invoices.service.ts': `
      import { Injectable } from '@nestjs/common';
      import { PrismaService } from './prisma.service';
      @Injectable()
      export class InvoicesService {
        constructor(private readonly database: PrismaService) {}
        async totals(customers: Customer[]) {
          const totals = new Map<string, number>();
          for (const customer of customers) {
            const sum = await this.database.invoice.aggregate({ where: { customerId: customer.id }, _sum: { amount: true } }); // want n-plus-one
            totals.set(customer.id, sum._sum.amount ?? 0);
          }
          return totals;
        }
      }`,
  },
  'inside a transaction, by its parameter': `
    import { db } from './db';
    await db.$transaction(async (session) => {
      for (const line of cart.lines) {
        await session.product.update({ where: { id: line.productId }, data: { stock: { decrement: line.count } } }); // want n-plus-one:note
      }
    });`,
  'a transaction handed over with its type': `
    import type { Prisma } from '@prisma/client';
    export async function reorder(t: Prisma.TransactionClient, cards: Card[]) {
      for (const [position, card] of cards.entries()) {
        await t.card.update({ where: { id: card.id }, data: { position } }); // want n-plus-one:note
      }
    }`,
  'an extended client': `
    import { PrismaClient } from '@prisma/client';
    import { withAccelerate } from '@prisma/extension-accelerate';
    const data = new PrismaClient().$extends(withAccelerate());
    export const load = async (ids) => {
      for (const id of ids) await data.page.findFirst({ where: { id } }); // want n-plus-one
    };`,
  'a generated client': `
    import { PrismaClient } from '../generated/prisma/client';
    const data = new PrismaClient();
    for (const row of rows) await data.event.create({ data: row }); // want n-plus-one`,
  'a service built on a client that is generated where no file lies': {
    'src/prisma/prisma.service.ts': `
      import { Injectable } from '@nestjs/common';
      import { PrismaClient } from '../../prisma/generated-prisma-client';
      @Injectable()
      export class PrismaService extends PrismaClient {}`,
    'src/plugin/plugin.service.base.ts': `
      import { PrismaService } from '../prisma/prisma.service';
      export class PluginServiceBase {
        constructor(protected readonly prisma: PrismaService) {}
        async findOne(args) {
          return this.prisma.plugin.findUnique(args);
        }
      }`,
    'src/plugin/plugin.service.ts': `
      import { PluginServiceBase } from './plugin.service.base';
      export class PluginService extends PluginServiceBase {
        async known(plugins) {
          for (const { id } of plugins) show(await this.findOne({ where: { id } })); // want n-plus-one
        }
      }`,
  },
  'a service of another package that says what it is': {
    'package.json': '{ "dependencies": { "@prisma/client": "*", "nestjs-prisma": "*", "@acme/database": "*", "keyed": "*" } }',
    'src/a.service.ts': `
      import { PrismaService } from 'nestjs-prisma';
      import { PrismaService as Shared } from '@acme/database';
      import { Cache } from 'keyed';
      export class PostService {
        constructor(private readonly prisma: PrismaService) {}
        findOne(args) { return this.prisma.post.findFirst(args); }
        async all(ids) { for (const id of ids) show(await this.findOne({ where: { id } })); } // want n-plus-one
      }
      export class UserService {
        constructor(private readonly prisma: Shared) {}
        findOne(args) { return this.prisma.user.findFirst(args); }
        async all(ids) { for (const id of ids) show(await this.findOne({ where: { id } })); } // want n-plus-one
      }
      export class CacheService {
        constructor(private readonly db: Cache) {}
        findOne(args) { return this.db.user.findFirst(args); }
        async all(ids) { for (const id of ids) show(await this.findOne({ where: { id } })); }
      }`,
  },
  'a client in the context of a request': `
    export const listRouter = t.router({
      withOwners: t.procedure.query(async ({ ctx }) => {
        const boards = await ctx.prisma.board.findMany({ take: 20 });
        for (const board of boards) {
          board.owner = await ctx.prisma.user.findFirst({ where: { id: board.ownerId } }); // want n-plus-one
        }
        return boards;
      }),
    });`,
  'unique look-ups that are awaited one by one are not batched': `
    for (const id of ids) {
      const user = await prisma.user.findUnique({ where: { id } }); // want n-plus-one
      send(user);
    }`,
  'raw statements in a loop': `
    import { db } from './db';
    for (const id of ids) {
      await db.$executeRaw\`UPDATE posts SET views = views + 1 WHERE id = \${id}\`; // want n-plus-one
    }`,
  'many rows per element are still one statement per element': `
    for (const user of users) {
      await prisma.notification.updateMany({ where: { userId: user.id }, data: { read: true } }); // want n-plus-one
    }`,
  'models that are taken out of a client, or named at run time': `
    import type { User } from '@prisma/client';
    import { prisma } from './prisma';
    const { user } = prisma;
    for (const id of ids) await user.findFirst({ where: { id } }); // want n-plus-one
    for (const name of names) await prisma[name].findFirst({ where: { id } }); // miss: members by a computed name
    for (const id of ids) await prisma.user.findUnique({ where: { id } }).posts(); // want n-plus-one`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'one query for all rows': `
    const posts = await prisma.post.findMany({ where: { userId: { in: users.map((user) => user.id) } } });
    for (const post of posts) show(post);`,
  'the related rows come with the query': `
    const users = await prisma.user.findMany({ include: { posts: { take: 3 } }, take: 50 });
    for (const user of users) show(user, user.posts);`,
  'unique look-ups of one tick become one query': `
    const users = await Promise.all(ids.map((id) => prisma.user.findUnique({ where: { id } })));
    const owners = await Promise.all(posts.map(async (post) => prisma.user.findUniqueOrThrow({ where: { id: post.ownerId } })));`,
  'one insert for all rows': `
    const rows = [];
    for (const user of users) rows.push({ userId: user.id, text: 'welcome' });
    await prisma.notification.createMany({ data: rows });`,
  'a query per chunk is the repair': `
    for (const ids of chunk(allIds, 500)) await prisma.post.findMany({ where: { id: { in: ids } } });
    for (let start = 0; start < rows.length; start += 1000) await prisma.row.createMany({ data: rows.slice(start, start + 1000) });`,
  'a helper that returns the look-up shares the tick as well': `
    const getUser = (id) => prisma.user.findUnique({ where: { id } });
    await Promise.all(ids.map((id) => getUser(id)));
    await Promise.all(ids.map(getUser));
    for (const id of ids) show(await getUser(id)); // want n-plus-one`,
  'a callback that awaits may have awaited before': `
    await Promise.all(posts.map(async (post) => {
      await lock(post);
      return await prisma.user.findUnique({ where: { id: post.ownerId } }); // want n-plus-one
    }));`,
  'the first that a callback awaits which runs for all at once': `
    await Promise.all(posts.map(async (post) => {
      if (!post.ownerId) return null;
      const owner = await prisma.user.findUnique({ where: { id: post.ownerId } }); // want n-plus-one:note
      return { ...post, owner };
    }));
    const loadOwner = async (post) => {
      const owner = await prisma.user.findUnique({ where: { id: post.ownerId }, include: { teams: true } });
      if (!owner) throw new Error('no owner');
      return owner;
    };
    await Promise.all(posts.map(async (post) => ({ ...post, owner: await loadOwner(post) }))); // want n-plus-one:note
    for (const post of posts) post.owner = await loadOwner(post); // want n-plus-one
    const afterAnother = async (post) => {
      await audit(post);
      return prisma.user.findUnique({ where: { id: post.ownerId } });
    };
    await Promise.all(posts.map(async (post) => ({ ...post, owner: await afterAnother(post) }))); // want n-plus-one
    await Promise.all(posts.map(async (post) => {
      for (const id of post.reviewers) await prisma.user.findUnique({ where: { id } }); // want n-plus-one
    }));`,
  'a resolver of a field runs for all objects of an answer at once': {
    'src/user.resolver.ts': `
      import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
      import { UserService } from './user.service';
      @Resolver(() => User)
      export class UserResolver {
        constructor(private readonly users: UserService) {}
        @ResolveField(() => Account)
        async account(@Parent() user: User) {
          return (await this.users.account(user.accountId)).name; // want n-plus-one:note
        }
        @ResolveField(() => [Post])
        async posts(@Parent() user: User) {
          return await this.users.posts(user.id); // want n-plus-one
        }
      }`,
    'src/user.service.ts': `
      import { PrismaService } from './prisma.service';
      export class UserService {
        constructor(private readonly prisma: PrismaService) {}
        async account(id: string) {
          const account = await this.prisma.account.findUnique({ where: { id } });
          return account ?? nobody;
        }
        async posts(userId: string) {
          return await this.prisma.post.findMany({ where: { userId }, take: 10 });
        }
      }`,
  },
  'writes that are collected and sent as one transaction': `
    await prisma.$transaction(cards.map((card, position) => prisma.card.update({ where: { id: card.id }, data: { position } })));
    const writes = [];
    for (const card of cards) writes.push(prisma.card.update({ where: { id: card.id }, data: { seen: true } }));
    await prisma.$transaction(writes);
    const deletions = ids.map((id) => prisma.card.delete({ where: { id } }));
    await prisma.$transaction([prisma.log.create({ data }), ...deletions]);`,
  'writes that are collected and only awaited together': `
    const writes = [];
    for (const card of cards) writes.push(prisma.card.update({ where: { id: card.id }, data: { seen: true } })); // want n-plus-one
    await Promise.all(writes);
    await prisma.$transaction(async (tx) => {
      await Promise.all(cards.map((card) => tx.card.delete({ where: { id: card.id } }))); // want n-plus-one
    });`,
  'pages of a table': `
    let cursor;
    while (true) {
      const page = await prisma.user.findMany({ take: 500, ...(cursor && { skip: 1, cursor: { id: cursor } }) });
      if (page.length === 0) break;
      cursor = page.at(-1).id;
    }`,
  'a look-alike that is no client': `
    class Registry { find(options) { return this.items.find((item) => item.id === options.id); } }
    const registry = new Registry();
    for (const id of ids) registry.find({ id });
    for (const id of ids) await cache.user.get({ where: { id } });`,
  'extensions and connections are no queries': `
    import { PrismaClient } from '@prisma/client';
    for (const tenant of tenants) {
      const client = new PrismaClient({ datasourceUrl: tenant.url });
      await client.$connect();
      await client.$disconnect();
    }`,
});

samples('missing-limit', {
  'the whole table': `
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    export const everybody = () => prisma.user.findMany(); // want missing-limit`,
  'a filter that grows with the table': `
    const open = await prisma.ticket.findMany({ where: { status: 'open' }, orderBy: { createdAt: 'desc' } }); // want missing-limit`,
  'all of one tenant': `
    const links = await prisma.link.findMany({ where: { workspaceId: workspace.id }, include: { tags: true } }); // want missing-limit`,
  'a limit that may be undefined is none': `
    const rows = await prisma.row.findMany({ take: undefined }); // want missing-limit`,
  'a relation with a limit of its own does not limit the rows': `
    const users = await prisma.user.findMany({ include: { posts: { take: 5 } } }); // want missing-limit`,
  'raw text without a limit': `
    import { db } from './db';
    const rows = await db.$queryRaw\`SELECT * FROM events WHERE kind = \${kind}\`; // want missing-limit`,
  'the children of one parent deserve a thought, not a comment': `
    const comments = await prisma.comment.findMany({ where: { postId } }); // want missing-limit:note`,
  'promises that go on with then': `
    import { prisma } from './prisma';
    import type { User } from '@prisma/client';
    const ids = await prisma.user.findMany().then((users) => users.map((user) => user.id)); // want missing-limit
    const [users, total] = await Promise.all([prisma.user.findMany({ where: { active: true } }), prisma.user.count()]); // want missing-limit
    export const getServerSideProps = async () => ({ props: { users: await prisma.user.findMany() } }); // want missing-limit`,
  'a model that is handed over with its type': `
    import { PrismaClient } from '@prisma/client';
    export const active = (model: PrismaClient['user']) => model.findMany({ where: { active: true } }); // want missing-limit`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'a limit': `
    const page = await prisma.user.findMany({ take: 50, skip: 50 * number });
    const last = await prisma.event.findMany({ where: { userId }, orderBy: { id: 'desc' }, take: -10 });`,
  'a limit in a constant, a spread or a condition': `
    const pagination = { take: 20, skip: 0 };
    const one = await prisma.user.findMany({ ...pagination, where: { active: true } });
    const options = { where: { active: true }, take: limit };
    const two = await prisma.user.findMany(options);
    const three = await prisma.user.findMany({ ...(limit && { take: limit }) });`,
  'options that cannot be seen': `
    export const list = (options) => prisma.user.findMany(options);
    export const listActive = (options) => prisma.user.findMany({ where: { active: true }, ...options });
    export const listPage = (query) => prisma.user.findMany(paginate(query));`,
  'the rows of a list of ids': `
    const posts = await prisma.post.findMany({ where: { id: { in: ids } } });
    const users = await prisma.user.findMany({ where: { AND: [{ email: { in: emails } }, { active: true }] } });`,
  'at most one row': `
    const user = await prisma.user.findFirst({ where: { email } });
    const same = await prisma.user.findMany({ where: { email } });
    const members = await prisma.membership.findMany({ where: { userId_teamId: { userId, teamId } } });`,
  'counts and sums': `
    const total = await prisma.user.count({ where: { active: true } });
    const { _sum } = await prisma.invoice.aggregate({ _sum: { amount: true } });`,
  'writes that touch many rows': `
    await prisma.user.updateMany({ where: { active: false }, data: { archived: true } });
    await prisma.session.deleteMany();`,
  'raw text with a limit, by key, or counting': `
    import { db } from './db';
    await db.$queryRaw\`SELECT * FROM events ORDER BY id LIMIT \${size}\`;
    await db.$queryRaw\`SELECT * FROM users WHERE id = \${id}\`;
    await db.$queryRaw\`SELECT COUNT(*) FROM users\`;`,
});

samples('missing-limit', {
  'a list that is written once chooses kinds of rows, and not rows': `
    const open = await prisma.order.findMany({ where: { status: { in: ['open', 'paid'] } } }); // want missing-limit
    const links = await prisma.link.findMany({ where: { domain: { in: DEFAULT_DOMAINS } } }); // want missing-limit
    const runs = await prisma.run.findMany({ where: { state: { in: [State.Done, State.Failed] } } }); // want missing-limit
    const roles = await prisma.user.findMany({ where: { id: { in: ['root', 'guest'] } } });
    const chosen = await prisma.order.findMany({ where: { status: { in: statuses } } }); // want missing-limit
    const named = await prisma.order.findMany({ where: { authorId: { in: authors } } });
    const few = await prisma.order.findMany({ where: { status: { in: ['open', 'paid'] } }, take: 20 });`,
  'all rows, of which one is taken in memory': `
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    const users = await prisma.user.findMany({ where: { active: true } }); // want missing-limit
    const [first] = _.orderBy(users, 'score');`,
});
