import { samples } from '../samples.ts';

samples('n-plus-one', {
  'a builder in a loop': `
    import { eq } from 'drizzle-orm';
    import { drizzle } from 'drizzle-orm/node-postgres';
    import { posts } from './schema';
    const db = drizzle(process.env.DATABASE_URL!);
    for (const user of users) {
      user.posts = await db.select().from(posts).where(eq(posts.userId, user.id)); // want n-plus-one
    }`,
  'the relational queries of a client in another file': {
    'src/db/index.ts': `
      import { drizzle } from 'drizzle-orm/postgres-js';
      import postgres from 'postgres';
      import * as schema from './schema';
      export const database = drizzle(postgres(process.env.DATABASE_URL!), { schema });`,
    'src/teams.ts': `
      import { database } from './db';
      export const withOwner = (teams) => Promise.all(teams.map(async (team) => ({
        ...team,
        owner: await database.query.users.findFirst({ where: (users, { eq }) => eq(users.id, team.ownerId) }), // want n-plus-one
      })));`,
  },
  'inside a transaction': `
    import { drizzle } from 'drizzle-orm/node-postgres';
    import { lines } from './schema';
    const db = drizzle(pool);
    await db.transaction(async (session) => {
      for (const line of cart) {
        await session.insert(lines).values(line); // want n-plus-one
      }
    });`,
  'a client that is injected by its type': `
    import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
    import { eq } from 'drizzle-orm';
    import { cards } from './schema';
    export class Cards {
      constructor(@Inject('DRIZZLE') private readonly drizzle: NodePgDatabase) {}
      async reorder(ids: string[]) {
        for (const [position, id] of ids.entries()) {
          await this.drizzle.update(cards).set({ position }).where(eq(cards.id, id)); // want n-plus-one:note
        }
      }
    }`,
  'a client of which only the name is known': `
    import { eq } from 'drizzle-orm';
    import { db } from '@acme/database';
    import { sessions } from './schema';
    for (const id of ids) await db.delete(sessions).where(eq(sessions.userId, id)); // want n-plus-one`,
  'SQLite of a worker': `
    import { drizzle } from 'drizzle-orm/d1';
    import { eq } from 'drizzle-orm';
    import { pages } from './schema';
    export async function views(env, slugs) {
      const db = drizzle(env.DB);
      const rows = [];
      for (const slug of slugs) rows.push(await db.select().from(pages).where(eq(pages.slug, slug)).get()); // want n-plus-one
      return rows;
    }`,
  'a client in the context, and a query that was prepared': `
    import { eq, sql } from 'drizzle-orm';
    import { drizzle } from 'drizzle-orm/d1';
    import { users } from './schema';
    const add = procedure.mutation(async ({ ctx, input }) => {
      for (const row of input) await ctx.db.insert(users).values(row); // want n-plus-one
    });
    const db = drizzle(env.DB);
    const byId = db.select().from(users).where(eq(users.id, sql.placeholder('id'))).prepare('byId');
    for (const id of ids) await byId.execute({ id }); // want n-plus-one`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'one query for all, or with the relation': `
    import { inArray } from 'drizzle-orm';
    import { drizzle } from 'drizzle-orm/node-postgres';
    import { posts } from './schema';
    const db = drizzle(pool);
    const rows = await db.select().from(posts).where(inArray(posts.userId, users.map((user) => user.id)));
    const teams = await db.query.teams.findMany({ with: { members: true }, limit: 20 });
    for (const team of teams) show(team, team.members, rows);`,
  'one insert for all rows': `
    import { drizzle } from 'drizzle-orm/node-postgres';
    import { lines } from './schema';
    const db = drizzle(pool);
    const values = [];
    for (const line of cart) values.push({ sku: line.sku });
    await db.insert(lines).values(values).onConflictDoNothing();`,
  'conditions and columns are built in the loop, the query runs once': `
    import { and, eq } from 'drizzle-orm';
    import { drizzle } from 'drizzle-orm/node-postgres';
    import { posts } from './schema';
    const db = drizzle(pool);
    const conditions = filters.map((filter) => eq(posts[filter.name], filter.value));
    const query = db.select().from(posts).where(and(...conditions)).limit(20).$dynamic();
    await query;`,
  'a sub-query is not run': `
    import { drizzle } from 'drizzle-orm/node-postgres';
    import { posts } from './schema';
    const db = drizzle(pool);
    for (const filter of filters) parts.push(exists(db.select().from(posts).as(filter.name)));`,
  'select and delete of other things': `
    for (const row of rows) {
      d3.select(row).from('x');
      cache.delete(row.id);
      params.delete('page');
    }`,
});

samples('missing-limit', {
  'kinds of rows that are written out once': `
    import { drizzle } from 'drizzle-orm/node-postgres';
    import { and, inArray, isNotNull } from 'drizzle-orm';
    const db = drizzle(pool);
    const ended = await db.select().from(subscriptions).where(and(inArray(subscriptions.status, ACTIVE_STATUSES), isNotNull(subscriptions.endsAt))); // want missing-limit
    const some = await db.select().from(subscriptions).where(and(inArray(subscriptions.id, ids), isNotNull(subscriptions.endsAt)));`,
  'the whole table': `
    import { drizzle } from 'drizzle-orm/node-postgres';
    import { users } from './schema';
    const db = drizzle(pool);
    const everybody = await db.select().from(users); // want missing-limit`,
  'a filter and an order do not limit': `
    import { desc, eq } from 'drizzle-orm';
    import { drizzle } from 'drizzle-orm/node-postgres';
    import { users } from './schema';
    const db = drizzle(pool);
    export const active = () => db.select({ name: users.name }).from(users).where(eq(users.active, true)).orderBy(desc(users.createdAt)); // want missing-limit`,
  'a relational query': `
    import { drizzle } from 'drizzle-orm/node-postgres';
    const db = drizzle(pool, { schema });
    const teams = await db.query.teams.findMany({ with: { members: { limit: 5 } } }); // want missing-limit
    const rows = await db.query.teams.findMany(); // want missing-limit`,
  'the children of one parent': `
    import { eq } from 'drizzle-orm';
    import { drizzle } from 'drizzle-orm/node-postgres';
    import { posts } from './schema';
    const db = drizzle(pool);
    const mine = await db.select().from(posts).where(eq(posts.authorId, me)); // want missing-limit:note`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'a limit in all places': `
    import { drizzle } from 'drizzle-orm/node-postgres';
    import { eq } from 'drizzle-orm';
    import { users } from './schema';
    const db = drizzle(pool, { schema });
    await db.select().from(users).limit(20).offset(40);
    await db.query.users.findMany({ limit: 20 });
    await db.query.users.findFirst({ where: eq(users.active, true) });
    let query = db.select().from(users).$dynamic();
    query = query.limit(size);
    await query;`,
  'the rows of a list, or one': `
    import { drizzle } from 'drizzle-orm/node-postgres';
    import { and, eq, inArray } from 'drizzle-orm';
    import { users } from './schema';
    const db = drizzle(pool);
    await db.select().from(users).where(inArray(users.id, ids));
    await db.select().from(users).where(eq(users.id, id));
    await db.select().from(users).where(and(eq(users.email, email), eq(users.active, true)));
    const [user] = await db.select().from(users).where(eq(users.slug, slug));`,
  'counts and writes': `
    import { drizzle } from 'drizzle-orm/node-postgres';
    import { count, eq, sql } from 'drizzle-orm';
    import { users } from './schema';
    const db = drizzle(pool);
    await db.$count(users, eq(users.active, true));
    await db.select({ total: count() }).from(users);
    await db.select({ total: sql\`count(*)\` }).from(users);
    await db.update(users).set({ active: false }).returning();
    await db.delete(users);`,
});

samples(['n-plus-one', 'missing-limit'], {
  'queries that are united': `
    import { drizzle } from 'drizzle-orm/node-postgres';
    import { unionAll, union } from 'drizzle-orm/pg-core';
    import { desc, eq, sql } from 'drizzle-orm';
    import { tasks, topics } from './schema';
    const db = drizzle(process.env.URL!);
    export async function recent(limit: number) {
      const tasksOf = db.select({ id: tasks.id, at: tasks.updatedAt }).from(tasks).where(eq(tasks.open, true));
      const topicsOf = db.select({ id: topics.id, at: topics.updatedAt }).from(topics);
      const rows = await unionAll(tasksOf, topicsOf).orderBy(desc(sql\`updated_at\`)).limit(limit);
      return rows.map((row) => row.id);
    }
    export async function everything() {
      const rows = await unionAll(db.select({ id: tasks.id }).from(tasks), db.select({ id: topics.id }).from(topics)).orderBy(desc(sql\`id\`)); // want missing-limit
      return rows.map((row) => row.id);
    }
    export async function each(ids: string[]) {
      for (const id of ids) {
        const rows = await union(db.select({ id: tasks.id }).from(tasks).where(eq(tasks.ownerId, id)), db.select({ id: topics.id }).from(topics).where(eq(topics.ownerId, id))).limit(10); // want n-plus-one
        if (rows.length > 0) console.log(id, rows.length);
      }
    }`,
});

samples(['unbounded-limit'], {
  "a client's limit of queries that are united": `
    import { drizzle } from 'drizzle-orm/node-postgres';
    import { unionAll } from 'drizzle-orm/pg-core';
    import { desc, sql } from 'drizzle-orm';
    import express from 'express';
    import { tasks, topics } from './schema';
    const db = drizzle(process.env.URL!);
    const app = express();
    app.get('/recent', async (req, res) => {
      const rows = await unionAll(db.select({ id: tasks.id }).from(tasks), db.select({ id: topics.id }).from(topics)).orderBy(desc(sql\`id\`)).limit(Number(req.query.limit)); // want unbounded-limit
      res.json(rows);
    });`,
});
