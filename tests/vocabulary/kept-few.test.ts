import { samples } from '../samples.ts';

samples('missing-limit', {
  'nobody can add more than a few': {
    'package.json': `
      { "dependencies": { "@mikro-orm/postgresql": "^6", "@prisma/client": "5", "mongoose": "7" } }`,
    'a.ts': `
      import { EntityManager } from '@mikro-orm/postgresql';
      import { Label } from './label.entity';
      import { Card } from './card.entity';
      const LABELS_PER_BOARD = 40;
      export class Boards {
        constructor(private readonly em: EntityManager) {}
        labels(board: string) {
          return this.em.find(Label, { board });
        }
        cards(board: string) {
          return this.em.find(Card, { board }); // want missing-limit
        }
        async add(board: string, name: string) {
          if ((await this.em.count(Label, { board })) >= LABELS_PER_BOARD) throw new Error('too many');
          if ((await this.em.count(Card, { board })) >= 1) return undefined;
          return this.em.create(Label, { board, name });
        }
      }`,
    'b.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      export const keysOf = (userId: string) => prisma.accessKey.findMany({ where: { userId } });
      export const logOf = (userId: string) => prisma.accessLog.findMany({ where: { userId } }); // want missing-limit:note
      export async function addKey(userId: string, limits: { maxKeys: number }) {
        const existing = await prisma.accessKey.findMany({ where: { userId } });
        if (existing.length >= limits.maxKeys) {
          throw new Error('too many');
        }
        const logged = await prisma.accessLog.count({ where: { userId } });
        if (logged > 100_000) throw new Error('too many');
        return prisma.accessKey.create({ data: { userId } });
      }`,
  },
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
        for (const candidate of candidates) await q.one('SELECT id FROM a WHERE b = $1', [candidate.id]);
        for (const candidate of candidates) await findImported(accountId, candidate.id, client);
        for (const candidate of candidates) await matchExisting(accountId, candidate, client);
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
        for (const id of ids) await db.person(1, id);
        for (const id of ids) await hub.postgres.query(0, 'SELECT 1 FROM a WHERE id = $1', [id], 'a');
      }`,
  },
  'what is called like a page, and keys of old': {
    'package.json': `
      { "dependencies": { "sequelize": "6", "kysely": "0.27", "mysql2": "3", "@prisma/client": "5" } }`,
    'a.js': `
      const { Order } = require('./models');
      const pool = require('mysql2/promise').createPool({});
      exports.page = (shop, page) => Order.scope({ method: ['ofShop', shop] }, { method: ['page', page] }).findAll();
      exports.open = (shop) => Order.scope({ method: ['ofShop', shop] }).findAll(); // want missing-limit
      exports.groups = (uid) => pool.query('SELECT group_id FROM group_members WHERE uid = ?', [uid]); // want missing-limit:note
      exports.members = (open) => pool.query('SELECT group_id FROM group_members WHERE open = ?', [open]); // want missing-limit`,
    'models.js': `
      const { Sequelize, DataTypes } = require('sequelize');
      const sequelize = new Sequelize('x');
      exports.Order = sequelize.define('Order', {});`,
    'b.ts': `
      import { Kysely } from 'kysely';
      const db = new Kysely<any>({} as any);
      export const rooms = (site: string, p: object) => db.selectFrom('rooms').selectAll().$call(page(p)).execute();
      export const all = (site: string) => db.selectFrom('rooms').selectAll().$call(sorted('name')).execute(); // want missing-limit`,
    'c.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      export const states = (workspaceId: string) => prisma.ticketStatus.findMany({ where: { workspaceId } });
      export const priorities = () => prisma.ticketPriority.findMany();
      export const tickets = (workspaceId: string) => prisma.ticket.findMany({ where: { workspaceId } }); // want missing-limit`,
  },
  'lists that are given among the tables': {
    'package.json': `
      { "dependencies": { "pg": "8" } }`,
    'a.js': `
      const { Pool } = require('pg');
      const pool = new Pool();
      exports.a = (ids) => pool.query('SELECT p.* FROM persons p JOIN unnest($1::int[]) AS wanted(id) ON p.id = wanted.id', [ids]);
      exports.b = (ids) => pool.query('SELECT d.id, r.value FROM unnest($1::int[]) AS d(id) CROSS JOIN LATERAL (SELECT value FROM readings WHERE device_id = d.id LIMIT 5) r', [ids]);
      exports.c = (open) => pool.query('SELECT p.* FROM persons p JOIN teams t ON p.team_id = t.id WHERE t.open = $1', [open]); // want missing-limit`,
  },
});
