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
