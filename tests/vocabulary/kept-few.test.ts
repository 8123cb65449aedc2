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
  'what one has within a span of time': {
    'package.json': `
      { "dependencies": { "@prisma/client": "5", "pg": "8", "knex": "3", "drizzle-orm": "0.30", "typeorm": "0.3" } }`,
    'a.ts': `
      import { PrismaClient } from '@prisma/client';
      import { Pool } from 'pg';
      import knex from 'knex';
      const prisma = new PrismaClient();
      const pool = new Pool();
      const db = knex({});
      export const busy = (userId: string, from: Date, to: Date) => prisma.booking.findMany({ where: { userId, startsAt: { gte: from, lt: to } } });
      export const overlapping = (userId: string, from: Date, to: Date) => prisma.booking.findMany({ where: { userId, startTime: { lt: to }, endTime: { gt: from } } });
      export const since = (userId: string, from: Date) => prisma.booking.findMany({ where: { userId, startsAt: { gte: from } } }); // want missing-limit:note
      export const ofAll = (from: Date, to: Date) => prisma.booking.findMany({ where: { startsAt: { gte: from, lt: to } } }); // want missing-limit
      export const beats = (userId: string, from: Date, to: Date) => pool.query('SELECT at, ping FROM beats WHERE user_id = $1 AND at >= $2 AND at < $3', [userId, from, to]);
      export const beatsSince = (userId: string, from: Date) => pool.query('SELECT at, ping FROM beats WHERE user_id = $1 AND at >= $2', [userId, from]); // want missing-limit:note
      export const shifts = (userId: string, from: Date, to: Date) => db('shifts').where('user_id', userId).whereBetween('at', [from, to]);`,
  },
});
