import { samples } from '../samples.ts';

samples(['unbounded-limit'], {
  'trpc: numbers that go through models': {
    'src/router.ts': `
      import { z } from 'zod';
      import { authed, router } from './trpc';
      import { SessionModel } from './model';
      import { serverDatabase } from './middleware';
      const sessionProcedure = authed.use(serverDatabase).use(async (opts) => {
        const { ctx } = opts;
        return opts.next({ ctx: { sessionModel: new SessionModel(ctx.serverDB, ctx.userId) } });
      });
      export const sessionRouter = router({
        getSessions: sessionProcedure
          .input(z.object({ current: z.number().optional(), pageSize: z.number().optional() }))
          .query(async ({ input, ctx }) => {
            const { current, pageSize } = input;
            return ctx.sessionModel.query({ current, pageSize }); // want unbounded-limit
          }),
        rankSessions: sessionProcedure.input(z.number().optional()).query(async ({ ctx, input }) => {
          return ctx.sessionModel.rank(input); // want unbounded-limit
        }),
        rankCapped: sessionProcedure.input(z.number().max(50).optional()).query(async ({ ctx, input }) => {
          return ctx.sessionModel.rank(input);
        }),
        queryAgents: sessionProcedure
          .input(z.object({ keyword: z.string().optional(), limit: z.number().optional() }).optional())
          .query(async ({ input, ctx }) => {
            return ctx.sessionModel.queryAgents(input); // want unbounded-limit
          }),
        recent: sessionProcedure
          .input(z.object({ limit: z.number().optional(), types: z.array(z.enum(['a', 'b'])).optional() }).optional())
          .query(async ({ ctx, input }) => {
            const limit = input?.limit ?? 10;
            const items = await ctx.sessionModel.queryRecent(limit, input?.types); // want unbounded-limit
            return items.map((item) => item.id);
          }),
      });`,
    'src/trpc.ts': `
      import { initTRPC } from '@trpc/server';
      const t = initTRPC.create();
      export const router = t.router;
      export const authed = t.procedure;`,
    'src/middleware.ts': `
      import { db } from './db';
      export const serverDatabase = async (opts) => opts.next({ ctx: { serverDB: db } });`,
    'src/db.ts': `
      import { drizzle } from 'drizzle-orm/node-postgres';
      import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
      export type Database = NodePgDatabase<any>;
      export const db: Database = drizzle(process.env.URL!);`,
    'src/model.ts': `
      import { and, desc, eq, ilike } from 'drizzle-orm';
      import { sessions, agents } from './schemas';
      import type { Database } from './db';
      export class SessionModel {
        private db: Database;
        private userId: string;
        constructor(db: Database, userId: string) { this.db = db; this.userId = userId; }
        query = async ({ current = 0, pageSize = 9999 } = {}) => {
          const offset = current * pageSize;
          const result = await this.db.select({ session: sessions }).from(sessions).where(eq(sessions.userId, this.userId)).orderBy(desc(sessions.updatedAt)).limit(pageSize).offset(offset);
          return result.map((row) => row.session);
        };
        _rank = async (limit: number = 10) => {
          return this.db.select({ id: sessions.id }).from(sessions).where(eq(sessions.userId, this.userId)).orderBy(desc(sessions.score)).limit(limit);
        };
        rank = async (limit: number = 10) => {
          const inbox = await this.db.$count(sessions);
          if (!inbox) return this._rank(limit);
          const result = await this._rank(limit ? limit - 1 : undefined);
          return [{ id: 'inbox' }, ...result];
        };
        queryAgents = async (params?: { keyword?: string; limit?: number; offset?: number }) => {
          const { keyword, limit = 9999, offset = 0 } = params ?? {};
          return this.db.select({ id: agents.id }).from(agents).where(and(eq(agents.userId, this.userId), keyword ? ilike(agents.title, keyword) : undefined)).orderBy(desc(agents.updatedAt)).limit(limit).offset(offset);
        };
        queryRecent = async (limit: number = 10, types?: string[]) => {
          const rows = await this.db.select().from(agents).where(eq(agents.userId, this.userId)).orderBy(desc(agents.updatedAt)).limit(limit);
          return rows.filter((row) => !types || types.includes(row.type));
        };
      }`,
    'src/schemas.ts': `
      import { pgTable, text, integer } from 'drizzle-orm/pg-core';
      export const sessions = pgTable('sessions', { id: text('id').primaryKey(), userId: text('user_id'), score: integer('score') });
      export const agents = pgTable('agents', { id: text('id').primaryKey(), userId: text('user_id'), title: text('title'), type: text('type') });`,
  },
});

samples(['n-plus-one'], {
  'trpc: models of one name in many routers': {
    'src/a.ts': `
      import { authed, serverDatabase } from './trpc';
      import { SessionModel } from './models/session';
      import { z } from 'zod';
      const sessionProcedure = authed.use(serverDatabase).use(async (opts) => {
        const { ctx } = opts;
        return opts.next({ ctx: { model: new SessionModel(ctx.serverDB, ctx.userId) } });
      });
      export const a = { list: sessionProcedure.input(z.object({ ids: z.array(z.string()) })).query(async ({ input, ctx }) => Promise.all(input.ids.map((id) => ctx.model.query(id)))) }; // want n-plus-one`,
    'src/b.ts': `
      import { authed, serverDatabase } from './trpc';
      import { AgentModel } from './models/agent';
      import { z } from 'zod';
      const agentProcedure = authed.use(serverDatabase).use(async ({ ctx, next }) => next({ ctx: { ...ctx, model: new AgentModel() } }));
      export const b = { list: agentProcedure.input(z.object({ ids: z.array(z.string()) })).query(async ({ input, ctx }) => Promise.all(input.ids.map((id) => ctx.model.query(id)))) };`,
    'src/trpc.ts': `
      import { initTRPC } from '@trpc/server';
      import { db } from './db';
      const t = initTRPC.create();
      export const authed = t.procedure;
      export const serverDatabase = t.middleware(async (opts) => opts.next({ ctx: { serverDB: db } }));`,
    'src/db.ts': `
      import { drizzle } from 'drizzle-orm/node-postgres';
      export const db = drizzle(process.env.URL!);`,
    'src/models/session.ts': `
      import { eq } from 'drizzle-orm';
      import { sessions } from '../schemas';
      import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
      export class SessionModel {
        constructor(private db: NodePgDatabase<any>, private userId: string) {}
        query = async (id: string) => this.db.query.sessions.findFirst({ where: eq(sessions.id, id) });
      }`,
    'src/models/agent.ts': `
      export class AgentModel {
        query = async (id: string) => ({ id });
      }`,
  },
});
