import { samples } from '../samples.ts';

samples(['missing-limit'], {
  'the first of what then gives, in a class': `
    import { eq } from 'drizzle-orm';
    import { sessions, users } from './schemas';
    import { drizzle, NodePgDatabase } from 'drizzle-orm/node-postgres';
    export class Service {
      private readonly db: NodePgDatabase<any>;
      constructor(db: NodePgDatabase<any>) { this.db = db; }
      a = async (sessionToken: string) => {
        const result = await this.db.select({ session: sessions, user: users }).from(sessions).where(eq(sessions.sessionToken, sessionToken)).innerJoin(users, eq(users.id, sessions.userId)).then((res: any) => (res.length > 0 ? res[0] : null));
        return result;
      };
      b = async (sessionToken: string) => {
        const result = await this.db.select().from(sessions).where(eq(sessions.sessionToken, sessionToken)).then((res: any) => res[0] ?? null);
        return result;
      };
    }`,
  'the first of what then gives, or nothing': `
    import { eq } from 'drizzle-orm';
    import { sessions, users } from './schemas';
    import { drizzle } from 'drizzle-orm/node-postgres';
    const db = drizzle();
    export  const a = async (sessionToken: string) => {
        const result = await db.select({ session: sessions, user: users }).from(sessions).where(eq(sessions.sessionToken, sessionToken)).innerJoin(users, eq(users.id, sessions.userId)).then((res: any) => (res.length > 0 ? res[0] : null));
        return result;
      };
    export  const c = async (sessionToken: string) => {
        const result = await db.select({ session: sessions, user: users }).from(sessions).where(eq(sessions.sessionToken, sessionToken)).innerJoin(users, eq(users.id, sessions.userId)).then((res: any) => res.map((r) => r.session)); // want missing-limit
        return result;
      };`,
  'the first of what then gives, of a member': `
    import { eq } from 'drizzle-orm';
    import { sessions, users } from './schemas';
    import { drizzle } from 'drizzle-orm/node-postgres';
    const ctx = { db: drizzle() };
    export  const b = async (sessionToken: string) => {
        const result = await ctx.db.select().from(sessions).where(eq(sessions.sessionToken, sessionToken)).then((res: any) => res[0] ?? null);
        return result;
      };`,
});

samples(['missing-limit'], {
  'drizzle: first of then, with an alternative': `
    import { drizzle } from 'drizzle-orm/node-postgres';
    import { eq } from 'drizzle-orm';
    import { authenticators, sessions, users } from './schema';
    const db = drizzle();
    export const one = (credentialID: string) => db.select().from(authenticators).where(eq(authenticators.credentialKey, credentialID)).then((res) => res[0] ?? null);
    export const two = async (token: string) => {
      const result = await db.select({ session: sessions, user: users }).from(sessions).where(eq(sessions.token, token)).innerJoin(users, eq(users.id, sessions.userId)).then((res: any) => (res.length > 0 ? res[0] : null));
      return result;
    };
    export const three = async (token: string) => db.select().from(sessions).where(eq(sessions.token, token)).then((rows) => { return rows[0]; });
    export const four = async (token: string) => db.select().from(sessions).where(eq(sessions.token, token)).then((rows) => rows.at(0) || undefined);
    export const five = async (token: string) => db.select().from(sessions).where(eq(sessions.kind, token)).then((rows) => rows.map((row) => row.id)); // want missing-limit`,
  'drizzle: members of a class': {
    'src/service.ts': `
      import { eq } from 'drizzle-orm';
      import { authenticators, sessions, users } from './schemas';
      import type { Database } from './db';
      export class Service {
        private readonly db: Database;
        constructor(db: Database) { this.db = db; }
        getAuthenticator = async (credentialID: string) => {
          const result = await this.db
            .select()
            .from(authenticators)
            .where(eq(authenticators.credentialID, credentialID))
            .then((res) => res[0] ?? null);
          return result;
        };
        getSessionAndUser = async (sessionToken: string) => {
          const result = await this.db
            .select({ session: sessions, user: users })
            .from(sessions)
            .where(eq(sessions.sessionToken, sessionToken))
            .innerJoin(users, eq(users.id, sessions.userId))
            .then((res: any) => (res.length > 0 ? res[0] : null));
          return result;
        };
      }`,
    'src/db.ts': `
      import { drizzle, NodePgDatabase } from 'drizzle-orm/node-postgres';
      export type Database = NodePgDatabase<any>;
      export const db: Database = drizzle();`,
    'src/schemas/index.ts': `
      export * from './auth';`,
    'src/schemas/auth.ts': `
      import { pgTable, text } from 'drizzle-orm/pg-core';
      export const users = pgTable('users', { id: text('id').primaryKey() });
      export const authenticators = pgTable('a', { credentialID: text('credentialID').notNull().unique(), transports: text('t') });
      export const sessions = pgTable('s', { sessionToken: text('sessionToken').primaryKey(), userId: text('user_id').notNull() });`,
  },
});

samples(['missing-limit'], {
  'the first row, or all of them': `
    import { drizzle } from 'drizzle-orm/node-postgres';
    import { eq } from 'drizzle-orm';
    import { orders } from './schema';
    const db = drizzle();
    export const list = (s: string, single: boolean) => db.select().from(orders).where(eq(orders.status, s)).then((rows) => (single ? rows[0] : rows)); // want missing-limit
    export const list2 = (s: string) => db.select().from(orders).where(eq(orders.status, s)).then((rows) => (rows.length === 1 ? rows[0] : rows)); // want missing-limit`,
});
