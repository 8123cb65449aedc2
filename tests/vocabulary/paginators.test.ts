import { samples } from '../samples.ts';

samples(['unbounded-limit'], {
  "fastify: a paginator of the project's own that is told how many": {
    'src/pagination/build-paginator.ts': `
      import { EntitySchema, ObjectLiteral } from 'typeorm';
      import Paginator from './paginator';
      export type PagingQuery = { afterCursor?: string; limit?: number; order?: 'ASC' | 'DESC' };
      export function buildPaginator<Entity extends ObjectLiteral>(options: { entity: EntitySchema<Entity>; query?: PagingQuery }): Paginator<Entity> {
        const { entity, query = {} } = options;
        const paginator = new Paginator<Entity>(entity);
        if (query.afterCursor) paginator.setAfterCursor(query.afterCursor);
        if (query.limit) {
          paginator.setLimit(query.limit);
        }
        return paginator;
      }`,
    'src/pagination/paginator.ts': `
      import { EntitySchema, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
      export default class Paginator<Entity extends ObjectLiteral> {
        private afterCursor: string | null = null;
        private limit = 100;
        public constructor(private readonly entity: EntitySchema) {}
        public setAfterCursor(cursor: string): void { this.afterCursor = cursor; }
        public setLimit(limit: number): void { this.limit = limit; }
        public async paginate(builder: SelectQueryBuilder<Entity>) {
          const result = await this.append(builder).getRawAndEntities();
          const hasMore = result.entities.length > this.limit;
          return { data: result.entities, hasMore };
        }
        private append(builder: SelectQueryBuilder<Entity>): SelectQueryBuilder<Entity> {
          const cloned = new SelectQueryBuilder<Entity>(builder);
          cloned.take(this.limit + 1);
          return cloned;
        }
      }`,
    'src/run.service.ts': `
      import { DataSource } from 'typeorm';
      import { buildPaginator } from './pagination/build-paginator';
      import { RunEntity } from './run.entity';
      const source = new DataSource({ type: 'postgres' });
      export const runService = (log: unknown) => ({
        async list({ projectId, limit, cursor }: ListParams) {
          const paginator = buildPaginator<Run>({ entity: RunEntity, query: { limit, order: 'DESC', afterCursor: cursor ?? undefined } });
          const query = source.getRepository(RunEntity).createQueryBuilder('run').where({ projectId });
          const { data, hasMore } = await paginator.paginate(query);
          return { data, hasMore };
        },
      });
      type ListParams = { projectId: string; limit: number; cursor: string | null };`,
    'src/run.controller.ts': `
      import { FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
      import { ListRunsQuery, ListCapped } from './dto';
      import { runService } from './run.service';
      export const runController: FastifyPluginAsyncTypebox = async (app) => {
        app.get('/', ListRequest, async (request) => {
          return runService(request.log).list({ // want unbounded-limit
            projectId: request.query.projectId,
            cursor: request.query.cursor ?? null,
            limit: Number(request.query.limit ?? 10),
          });
        });
        app.get('/mine', { schema: { querystring: Type.Omit(ListRunsQuery, ['projectId']) } }, async (request) => {
          return runService(request.log).list({ projectId: request.principal.projectId, cursor: null, limit: request.query.limit ?? 1000000 }); // want unbounded-limit
        });
        app.get('/capped', { schema: { querystring: ListCapped } }, async (request) => {
          return runService(request.log).list({ projectId: request.query.projectId, cursor: null, limit: request.query.limit ?? 10 });
        });
      };
      const ListRequest = { config: { security: 'all' }, schema: { tags: ['runs'], querystring: ListRunsQuery } };`,
    'src/dto.ts': `
      import { Static, Type } from '@sinclair/typebox';
      export const ListRunsQuery = Type.Object({ projectId: Type.String(), limit: Type.Optional(Type.Number({})), cursor: Type.Optional(Type.String({})) });
      export const ListCapped = Type.Object({ projectId: Type.String(), limit: Type.Optional(Type.Number({ maximum: 100 })) });`,
    'src/run.entity.ts': `
      import { EntitySchema } from 'typeorm';
      export const RunEntity = new EntitySchema<Run>({ name: 'run', columns: { id: { type: String, primary: true }, projectId: { type: String } } });`,
  },
  'a paginator that caps what it is told': {
    'src/paginate.ts': `
      import { Knex } from 'knex';
      const MAX_PAGE = 100;
      export async function paginate(query: Knex.QueryBuilder, { page = 1, limit = 20 }: { page?: number; limit?: number }) {
        const size = Math.min(limit, MAX_PAGE);
        return query.limit(size).offset((page - 1) * size);
      }`,
    'src/paginate-freely.ts': `
      import { Knex } from 'knex';
      export async function paginateFreely(query: Knex.QueryBuilder, { page = 1, limit = 20 }: { page?: number; limit?: number }) {
        return query.limit(limit).offset((page - 1) * limit);
      }`,
    'src/app.ts': `
      import express from 'express';
      import knex from 'knex';
      import { paginate } from './paginate';
      import { paginateFreely } from './paginate-freely';
      const db = knex({ client: 'pg' });
      const app = express();
      app.get('/orders', async (req, res) => {
        res.json(await paginate(db('orders').orderBy('id'), { limit: Number(req.query.limit) }));
      });
      app.get('/all', async (req, res) => {
        res.json(await paginateFreely(db('orders').orderBy('id'), { limit: Number(req.query.limit) })); // want unbounded-limit
      });`,
  },
});

samples(['unbounded-limit'], {
  'a query that is handed to a function which limits it': `
    import { Knex } from 'knex';
    import knex from 'knex';
    import express from 'express';
    const db = knex({ client: 'pg' });
    const app = express();
    async function freely(query: Knex.QueryBuilder, limit: number) {
      return query.limit(limit);
    }
    async function untyped(query, limit) {
      return query.limit(limit).offset(3);
    }
    app.get('/all', async (req, res) => {
      res.json(await freely(db('orders').orderBy('id'), Number(req.query.limit))); // want unbounded-limit
    });
    app.get('/all2', async (req, res) => {
      res.json(await untyped(db('orders').orderBy('id'), Number(req.query.limit))); // want unbounded-limit
    });`,
});

samples(['missing-limit'], {
  'a query that is handed to a function which goes on with it': `
    import { Knex } from 'knex';
    import knex from 'knex';
    import express from 'express';
    const db = knex({ client: 'pg' });
    const app = express();
    async function freely(query: Knex.QueryBuilder) {
      return query.orderBy('x');
    }
    async function named(query) {
      return query.orderBy('x');
    }
    app.get('/all', async (req, res) => {
      res.json(await freely(db('orders').orderBy('id'))); // want missing-limit
    });
    app.get('/all', async (req, res) => {
      res.json(await freely(db('orders'))); // want missing-limit
    });
    app.get('/all', async (req, res) => {
      res.json(await named(db('orders').orderBy('id'))); // want missing-limit
    });`,
});

samples(['missing-limit'], {
  'handed on: a script, all in one file': `
    import knex from 'knex';
    const db = knex({});
    function paginate(q: any, page: number) { q.limit(20).offset(page * 20); }
    const query = db('orders').where('status', 'open');
    paginate(query, 1);
    export const rows = await query;`,
});

// Setters and schemas that say how much, of lists and of other things.
samples(['n-plus-one', 'missing-limit', 'unbounded-limit'], {
  'credit limit set on an account is no size of a list': {
    'src/account.ts': `
      export class Account {
        private limit = 0;
        setLimit(limit: number) { this.limit = limit; }
      }`,
    'src/service.ts': `
      import { PrismaClient } from '@prisma/client';
      import { Account } from './account';
      const prisma = new PrismaClient();
      export async function raise(account: Account, limit: number) {
        account.setLimit(limit);
        const admins = await prisma.user.findMany({ where: { role: 'admin' }, take: 20 });
        return notify(admins, account);
      }`,
    'src/routes.ts': `
      import express from 'express';
      import { raise } from './service';
      import { Account } from './account';
      const app = express();
      app.post('/accounts/:id/limit', async (req, res) => {
        const account = new Account();
        await raise(account, Number(req.body.limit));
        res.json(account);
      });`,
  },
  'pizza size': {
    'src/pizza.ts': `
      export class Pizza {
        private size = 0;
        setSize(size: number) { this.size = size; return this; }
      }`,
    'src/service.ts': `
      import { PrismaClient } from '@prisma/client';
      import { Pizza } from './pizza';
      const prisma = new PrismaClient();
      export async function order(size: number) {
        const pizza = new Pizza();
        pizza.setSize(size);
        const toppings = await prisma.topping.findMany({ take: 50 });
        return { pizza, toppings };
      }`,
    'src/routes.ts': `
      import express from 'express';
      import { order } from './service';
      const app = express();
      app.post('/orders', async (req, res) => {
        res.json(await order(Number(req.body.size)));
      });`,
  },
  'pagination helper of arrays': {
    'src/page.ts': `
      export function firstOf(list: any, n: number) { return list.take(n); }
      export function cut(items: any, n: number) { return items.limit(n); }`,
    'src/routes.ts': `
      import express from 'express';
      import { PrismaClient } from '@prisma/client';
      import { firstOf, cut } from './page';
      const prisma = new PrismaClient();
      const app = express();
      app.get('/a', async (req, res) => {
        const rows = await prisma.user.findMany({ take: 50 });
        res.json(firstOf(collect(rows), Number(req.query.n)));
      });
      app.get('/b', async (req, res) => {
        const rows = await prisma.user.findMany({ take: 50 });
        res.json(cut(collect(rows), Number(req.query.n)));
      });`,
  },
  'trpc chain of inputs, later one caps': {
    'src/r.ts': `
      import { initTRPC } from '@trpc/server';
      import { z } from 'zod';
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      const t = initTRPC.create();
      export const r = t.router({
        a: t.procedure.input(z.object({ limit: z.number().max(100) })).input(z.object({ q: z.string() })).query(({ input }) => prisma.user.findMany({ take: input.limit })),
        b: t.procedure.input(z.object({ limit: z.number() })).input(z.object({ q: z.string() })).query(({ input }) => prisma.user.findMany({ take: input.limit })), // want unbounded-limit
        c: t.procedure.input(z.number()).query(({ input }) => prisma.user.findMany({ take: input })), // want unbounded-limit
        d: t.procedure.input(z.object({ limit: z.number().max(50) }).optional()).query(({ input }) => prisma.user.findMany({ take: input?.limit ?? 10 })),
      });`,
  },
  'typebox omit': {
    'src/r.ts': `
      import Fastify from 'fastify';
      import { Type } from '@sinclair/typebox';
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      const app = Fastify();
      const Page = Type.Object({ limit: Type.Integer(), offset: Type.Integer() });
      const Query = Type.Composite([Type.Object({ limit: Type.Integer({ maximum: 100 }) }), Type.Omit(Page, ['limit'])]);
      const options = { schema: { querystring: Query } };
      app.get('/a', options, async (req: any) => prisma.user.findMany({ take: req.query.limit }));
      const Open = { schema: { querystring: Page } };
      app.get('/b', Open, async (req: any) => prisma.user.findMany({ take: req.query.limit })); // want unbounded-limit
      const Picked = { schema: { querystring: Type.Pick(Page, ['offset']) } };
      app.get('/c', Picked, async (req: any) => prisma.user.findMany({ take: Math.min(req.query.limit ?? 10, 50) }));`,
  },
  'shared number schema with caps': {
    'src/r.ts': `
      import { initTRPC } from '@trpc/server';
      import { z } from 'zod';
      import { PrismaClient } from '@prisma/client';
      import { limit, openLimit } from './limit';
      const prisma = new PrismaClient();
      const t = initTRPC.create();
      export const r = t.router({
        a: t.procedure.input(z.object({ limit })).query(({ input }) => prisma.user.findMany({ take: input.limit })),
        b: t.procedure.input(z.object({ limit: openLimit })).query(({ input }) => prisma.user.findMany({ take: input.limit })), // want unbounded-limit
        c: t.procedure.input(z.object({ limit: openLimit.max(50) })).query(({ input }) => prisma.user.findMany({ take: input.limit })),
        d: t.procedure.input(z.object({ limit: openLimit.refine((n) => n <= 50) })).query(({ input }) => prisma.user.findMany({ take: input.limit })),
      });`,
    'src/limit.ts': `
      import { z } from 'zod';
      export const limit = z.number().int().max(100).default(20);
      export const openLimit = z.number().int().default(20);`,
  },
  'knex builder helper with limit of a client': {
    'src/r.ts': `
      import express from 'express';
      import knex from 'knex';
      const db = knex({ client: 'pg' });
      const app = express();
      function page(query: any, n: number) { return query.limit(n); }
      function capped(query: any, n: number) { return query.limit(Math.min(n, 100)); }
      app.get('/a', async (req, res) => { res.json(await page(db('orders'), Number(req.query.limit))); }); // want unbounded-limit
      app.get('/b', async (req, res) => { res.json(await capped(db('orders'), Number(req.query.limit))); });`,
  },
  'failure of an element: catch is the usual path': {
    'src/a.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      export async function importAll(rows: Row[]) {
        for (const row of rows) {
          try {
            parse(row);
          } catch {
            await prisma.failure.create({ data: { row: row.id } }); // want n-plus-one:note
          }
        }
      }`,
  },
  "express options: a repository class's setPageSize is fine": {
    'src/grid.ts': `
      export class Grid {
        private pageSize = 10;
        setPageSize(size: number) { this.pageSize = size; }
      }`,
    'src/r.ts': `
      import express from 'express';
      import { PrismaClient } from '@prisma/client';
      import { Grid } from './grid';
      const prisma = new PrismaClient();
      const app = express();
      async function store(size: number, user: string) {
        const grid = new Grid();
        grid.setPageSize(size);
        await prisma.preference.update({ where: { user }, data: { grid: JSON.stringify(grid) } });
        return prisma.preference.findMany({ where: { user }, take: 10 });
      }
      app.put('/preference', async (req, res) => { res.json(await store(Number(req.body.pageSize), req.body.user)); });`,
  },
});

// A schema and the type that it says often have one name: what is parsed, and what a route has, is the schema.
samples(['unbounded-limit'], {
  'schemas in another file, with a type of the same name': {
    'src/dto.ts': `
      import { Static, Type } from '@sinclair/typebox';
      import { z } from 'zod';
      export const ListRuns = Type.Object({ limit: Type.Optional(Type.Number({})) });
      export type ListRuns = Static<typeof ListRuns>;
      export const ListFew = Type.Object({ limit: Type.Optional(Type.Number({ maximum: 100 })) });
      export type ListFew = Static<typeof ListFew>;
      export const Search = z.object({ limit: z.number() });
      export type Search = z.infer<typeof Search>;
      export const Narrow = z.object({ limit: z.number().max(50) });
      export type Narrow = z.infer<typeof Narrow>;`,
    'src/routes.ts': `
      import Fastify from 'fastify';
      import { PrismaClient } from '@prisma/client';
      import { ListRuns, ListFew, Search, Narrow } from './dto';
      const prisma = new PrismaClient();
      const app = Fastify();
      app.get('/runs', { schema: { querystring: ListRuns } }, async (request) => prisma.run.findMany({ take: request.query.limit })); // want unbounded-limit
      app.get('/few', { schema: { querystring: ListFew } }, async (request) => prisma.run.findMany({ take: request.query.limit }));
      app.post('/search', async (request) => {
        const { limit } = Search.parse(request.body);
        return prisma.run.findMany({ take: limit }); // want unbounded-limit
      });
      app.post('/narrow', async (request) => {
        const { limit } = Narrow.parse(request.body);
        return prisma.run.findMany({ take: limit });
      });`,
    'src/procedures.ts': `
      import { initTRPC } from '@trpc/server';
      import { PrismaClient } from '@prisma/client';
      import { Search, Narrow } from './dto';
      const prisma = new PrismaClient();
      const t = initTRPC.create();
      export const search = async ({ input }: { input: Search }) => prisma.run.findMany({ take: input.limit }); // want unbounded-limit
      export const narrow = async ({ input }: { input: Narrow }) => prisma.run.findMany({ take: input.limit });
      export const router = t.router({ narrow: t.procedure.input(Narrow).query(narrow), search: t.procedure.input(Search).query(search) });`,
  },
});
