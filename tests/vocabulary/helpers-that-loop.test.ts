import { samples } from '../samples.ts';

/** Helpers that are given a function: in which rounds they call it, and with what. */
samples('n-plus-one', {
  'helper asks once in the head of its for...of': {
    'lib.ts': `
      export async function fetchAllBy<T extends { id: string }>(ids: string[], load: (ids: string[]) => Promise<T[]>) {
        const byId = new Map<string, T>();
        for (const row of await load(ids)) byId.set(row.id, row);
        return ids.map((id) => byId.get(id));
      }`,
    'use.ts': `
      import { PrismaClient } from '@prisma/client';
      import { fetchAllBy } from './lib';
      const prisma = new PrismaClient();
      export const users = (ids: string[]) => fetchAllBy(ids, (some) => prisma.user.findMany({ where: { id: { in: some } } }));`,
  },
  'a helper that asks once, behind a cache': {
    'cache.ts': `
      const store = new Map<string, unknown>();
      export async function cachedAll<T>(keys: string[], load: (missing: string[]) => Promise<Map<string, T>>): Promise<T[]> {
        const missing = keys.filter((key) => !store.has(key));
        if (missing.length) for (const [k, v] of await load(missing)) store.set(k, v);
        return keys.map((k) => store.get(k) as T);
      }`,
    'use.ts': `
      import { PrismaClient } from '@prisma/client';
      import { cachedAll } from './cache';
      const prisma = new PrismaClient();
      export const users = (ids: string[]) => cachedAll(ids, async (missing) => {
        const found = await prisma.user.findMany({ where: { id: { in: missing } } });
        return new Map(found.map((u) => [u.id, u]));
      });`,
  },
  'a helper that makes a DataLoader': {
    'loaders.ts': `
      import DataLoader from 'dataloader';
      export function batchBy<V>(column: string, fetch: (keys: readonly string[]) => Promise<V[]>) {
        return new DataLoader<string, V[]>(async (keys) => {
          const out = new Map<string, V[]>();
          for (const row of await fetch(keys)) out.set((row as any)[column], [row]);
          return keys.map((k) => out.get(k) ?? []);
        });
      }`,
    'use.ts': `
      import { PrismaClient } from '@prisma/client';
      import { batchBy } from './loaders';
      const prisma = new PrismaClient();
      const COLUMN = 'userId';
      export const posts = batchBy(COLUMN, (ids) => prisma.post.findMany({ where: { userId: { in: [...ids] } } }));`,
  },
  'helper maps what its one call answers': {
    'lib.ts': `
      export async function mapRows<T, R>(args: T, fn: (args: T) => Promise<any[]>): Promise<R[]> {
        return (await fn(args)).map((row) => ({ ...row }));
      }`,
    'use.ts': `
      import { PrismaClient } from '@prisma/client';
      import { mapRows } from './lib';
      const prisma = new PrismaClient();
      export const a = (args: any) => mapRows(args, (x) => prisma.user.findMany({ where: { id: { in: x.ids } } }));`,
  },
  'helper hands out chunks: Promise.all over a list of pieces': {
    'lib.ts': `
      export async function eachChunk<T>(rows: T[], fn: (part: T[]) => Promise<unknown>) {
        const chunks: T[][] = [];
        for (let i = 0; i < rows.length; i += 100) chunks.push(rows.slice(i, i + 100));
        await Promise.all(chunks.map((c) => fn(c)));
      }`,
    'use.ts': `
      import { PrismaClient } from '@prisma/client';
      import { eachChunk } from './lib';
      const prisma = new PrismaClient();
      export const c = (rows: any[]) => eachChunk(rows, (some) => prisma.user.createMany({ data: some }));`,
  },
  'helper hands out chunks: counted rounds with slice': {
    'lib.ts': `
      export async function batchProcess<T>(rows: T[], fn: (part: T[]) => Promise<unknown>) {
        const n = Math.ceil(rows.length / 100);
        for (let b = 0; b < n; b++) {
          const part = rows.slice(b * 100, (b + 1) * 100);
          await fn(part);
        }
      }`,
    'use.ts': `
      import { PrismaClient } from '@prisma/client';
      import { batchProcess } from './lib';
      const prisma = new PrismaClient();
      export const d = (rows: any[]) => batchProcess(rows, (data) => prisma.user.createMany({ data }));`,
  },
  'helper hands out chunks: groups put together first': {
    'lib.ts': `
      export async function limitedBatches<K>(keys: K[], fn: (keys: K[]) => Promise<unknown>) {
        const groups = [];
        while (keys.length) groups.push(keys.splice(0, 50));
        for (const group of groups) await fn(group);
      }`,
    'use.ts': `
      import { PrismaClient } from '@prisma/client';
      import { limitedBatches } from './lib';
      const prisma = new PrismaClient();
      export const c = (ids: string[]) => limitedBatches(ids, (some) => prisma.user.deleteMany({ where: { id: { in: some } } }));`,
  },
  'helper flushes when a batch is full': {
    'lib.ts': `
      export async function drainBatches<T>(source: AsyncIterable<T>, fn: (rows: T[]) => Promise<void>) {
        let buffer: T[] = [];
        for await (const row of source) {
          buffer.push(row);
          if (buffer.length >= 500) { await fn(buffer); buffer = []; }
        }
        if (buffer.length) await fn(buffer);
      }`,
    'use.ts': `
      import { PrismaClient } from '@prisma/client';
      import { drainBatches } from './lib';
      const prisma = new PrismaClient();
      export const load = (source: AsyncIterable<any>) => drainBatches(source, async (rows) => { await prisma.log.createMany({ data: rows }); });`,
  },
  'helper subscribes one handler to several topics': {
    'bus.ts': `
      import { EventEmitter } from 'node:events';
      export const bus = new EventEmitter();
      export function subscribeAll(topics: string[], handler: (e: any) => Promise<void>) {
        for (const topic of topics) bus.on(topic, handler);
      }`,
    'audit.ts': `
      import { PrismaClient } from '@prisma/client';
      import { subscribeAll } from './bus';
      const prisma = new PrismaClient();
      export const start = (topics: string[]) => subscribeAll(topics, async (e) => { await prisma.audit.create({ data: { body: e } }); });`,
  },
  'helper mounts one handler under several paths': {
    'routes.js': `
      exports.mountAll = (router, paths, handler) => { for (const path of paths) router.get(path, handler); };`,
    'app.js': `
      const express = require('express');
      const { Pool } = require('pg');
      const { mountAll } = require('./routes');
      const pool = new Pool();
      const router = express.Router();
      const paths = require('./paths');
      mountAll(router, paths, async (req, res) => { const { rows } = await pool.query('SELECT * FROM pages WHERE path = $1', [req.path]); res.json(rows[0]); });`,
  },
  'helper schedules a job at several times, starts several workers': {
    'jobs.js': `
      const cron = require('node-cron');
      const { Worker } = require('bullmq');
      exports.scheduleAll = (times, job) => { for (const time of times) cron.schedule(time, job); };
      exports.workerPool = (count, handler) => { for (let i = 0; i < count; i++) startWorker(handler); };
      const startWorker = (handler) => new Worker('orders', handler);`,
    'use.js': `
      const { Pool } = require('pg');
      const { scheduleAll, workerPool } = require('./jobs');
      const { times } = require('./config');
      const pool = new Pool();
      const count = Number(process.env.WORKERS);
      scheduleAll(times, async () => { await pool.query('DELETE FROM sessions WHERE expires_at < now()'); });
      workerPool(count, async (job) => { await pool.query('UPDATE jobs SET done = true WHERE id = $1', [job.data.id]); });`,
  },
  'helper wraps every handler of a map, which run later': {
    'wrap.ts': `
      type Handler = (req: any, res: any) => Promise<void>;
      export function wrapAll(handlers: Record<string, Handler>, around: (handler: Handler, req: any, res: any) => Promise<void>) {
        const out: Record<string, Handler> = {};
        for (const [name, handler] of Object.entries(handlers)) out[name] = (req, res) => around(handler, req, res);
        return out;
      }`,
    'users.ts': `
      import { PrismaClient } from '@prisma/client';
      import { handlers } from './handlers';
      import { wrapAll } from './wrap';
      const prisma = new PrismaClient();
      export const a = wrapAll(handlers, async (handler, req, res) => {
        req.user = await prisma.user.findUnique({ where: { id: req.session.userId } });
        await handler(req, res);
      });`,
  },
  'failover: the first pool that answers': {
    'db.ts': `
      import { Pool, PoolClient } from 'pg';
      export const replicas = (process.env.REPLICAS ?? '').split(',').map((connectionString) => new Pool({ connectionString }));
      export async function withReadPool<T>(pools: Pool[], fn: (c: PoolClient) => Promise<T>): Promise<T> {
        let last: unknown;
        for (const pool of pools) {
          try {
            const client = await pool.connect();
            try { return await fn(client); } finally { client.release(); }
          } catch (e) { last = e; }
        }
        throw last;
      }`,
    'orders.ts': `
      import { replicas, withReadPool } from './db';
      export const read = (id: string) => withReadPool(replicas, async (client) => {
        const { rows } = await client.query('SELECT * FROM orders WHERE id = $1', [id]);
        return rows[0];
      });`,
  },
  'the first rule that matches, the one element that is meant': {
    'lib.ts': `
      export async function runInOrder<T>(rules: Array<(x: T) => boolean>, fn: (x: T) => Promise<void>, x: T) {
        for (const rule of rules) {
          if (rule(x)) { await fn(x); return; }
        }
      }
      export async function visitMatching(list: any[], id: string, fn: (x: any) => Promise<void>) {
        for (const each of list) if (each.id === id) { await fn(each); break; }
      }`,
    'use.ts': `
      import { PrismaClient } from '@prisma/client';
      import { runInOrder, visitMatching } from './lib';
      const prisma = new PrismaClient();
      export const a = (rules: any[], x: any) => runInOrder(rules, async (order) => { await prisma.order.update({ where: { id: order.id }, data: { flagged: true } }); }, x);
      export const b = (list: any[], id: string) => visitMatching(list, id, async (x) => { await prisma.order.update({ where: { id: x.id }, data: { flagged: true } }); });`,
  },
  'what is done once for a failed element': {
    'lib.ts': `
      export async function processOrders(orders: any[], onFailure: (e: unknown) => Promise<void>) {
        for (const order of orders) {
          try { order.total = total(order); } catch (e) { await onFailure(e); }
        }
      }
      const total = (o: any) => o.lines.reduce((a: number, l: any) => a + l.price, 0);`,
    'use.ts': `
      import { PrismaClient } from '@prisma/client';
      import { processOrders } from './lib';
      const prisma = new PrismaClient();
      export const a = (orders: any[], id: string) => processOrders(orders, async (e) => { await prisma.failure.create({ data: { runId: id, text: String(e) } }); });`,
  },
  'every shard is another database': {
    'shards.ts': `
      import { Pool } from 'pg';
      export const shards: Pool[] = (process.env.SHARDS ?? '').split(',').map((s) => new Pool({ connectionString: s }));
      export async function onAllShards<T>(fn: (shard: Pool) => Promise<T>): Promise<T[]> { return Promise.all(shards.map((shard) => fn(shard))); }`,
    'use.ts': `
      import { onAllShards, shards } from './shards';
      export const count = () => onAllShards(async (shard) => (await shard.query('SELECT count(*) FROM orders')).rows[0].count);
      export const direct = () => Promise.all(shards.map(async (shard) => (await shard.query('SELECT count(*) FROM orders')).rows[0].count));`,
  },
  'a helper whose first argument is no list': {
    'lib.ts': `
      export async function mapLimited<T, R>(width: number, items: T[], fn: (item: T) => Promise<R>): Promise<R[]> {
        const out: R[] = [];
        for (const item of items) out.push(await fn(item));
        return out;
      }`,
    'use.ts': `
      import { PrismaClient } from '@prisma/client';
      import { mapLimited } from './lib';
      import { config } from './config';
      const prisma = new PrismaClient();
      export const a = (users: { id: string }[]) => mapLimited(config.concurrency, users, async (user) => prisma.post.findMany({ where: { userId: user.id }, take: 5 })); // want n-plus-one`,
  },
  'a CSV reader cuts texts, and no lists': {
    'csv.ts': `
      export function parseCsv(text: string) {
        const rows: string[][] = [];
        let cells: string[] = [];
        let start = 0;
        for (let i = 0; i < text.length; i++) {
          if (text[i] === ',') { cells.push(text.slice(start, i)); start = i + 1; }
          else if (text[i] === '\\n') { cells.push(text.slice(start, i)); rows.push(cells); cells = []; start = i + 1; }
        }
        return rows;
      }`,
    'use.ts': `
      import { PrismaClient } from '@prisma/client';
      import { parseCsv } from './csv';
      const prisma = new PrismaClient();
      export async function importUsers(text: string) {
        for (const row of parseCsv(text)) {
          await prisma.user.create({ data: { name: row[0], email: row[1] } }); // want n-plus-one
        }
      }`,
  },
  'hashtags are no pieces of a list': {
    'tags.ts': `
      export function tagsOf(text: string) {
        const tags: string[] = [];
        for (const word of text.split(' ')) if (word.startsWith('#')) tags.push(word.slice(1));
        return tags;
      }`,
    'use.ts': `
      import { PrismaClient } from '@prisma/client';
      import { tagsOf } from './tags';
      const prisma = new PrismaClient();
      export async function tag(text: string, postId: string) {
        for (const name of tagsOf(text)) {
          const tag = await prisma.tag.findFirst({ where: { name } }); // want n-plus-one
          await prisma.postTag.create({ data: { postId, tagId: tag!.id } });
        }
      }`,
  },
  'hapi: the options with the cache stand in a variable': {
    'server.js': `
      const Hapi = require('@hapi/hapi');
      const { Pool } = require('pg');
      const pool = new Pool();
      const server = Hapi.server({ port: 3000 });
      const cached = { cache: { expiresIn: 60000, generateTimeout: 2000 } };
      server.method('users.byId', async (id) => (await pool.query('SELECT * FROM users WHERE id = $1', [id])).rows[0], cached);
      module.exports = server;`,
    'h.js': `
      exports.a = async (request) => { const out = []; for (const id of request.payload.ids) out.push(await request.server.methods.users.byId(id)); return out; };`,
  },
});

/** Known to be read too loudly or not at all. */
samples('n-plus-one', {
  'a pause that the helper makes is not seen': `
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
    async function throttledEach<T>(rows: T[], work: (row: T) => Promise<unknown>) {
      for (const row of rows) { await work(row); await sleep(200); }
    }
    export const remind = (users: { id: string }[]) => throttledEach(users, async (user) => {
      await prisma.user.update({ where: { id: user.id }, data: { reminded: true } }); // want n-plus-one
    });`,
});
