import { samples } from '../samples.ts';

samples('unbounded-limit', {
  'graphql args in js resolvers': {
    'package.json': `
      { "dependencies": { "mongoose": "^7", "@apollo/server": "4", "graphql": "16" } }`,
    'models.js': `
      import mongoose from 'mongoose';
      export const Post = mongoose.model('Post', new mongoose.Schema({ text: String }));`,
    'query.js': `
      import * as models from './models.js';
      export const Query = {
        feed: async (_root, { first = 20, after }, { viewer }) => {
          const nodes = await models.Post.find({}).limit(first + 1).lean(); // want unbounded-limit
          return { nodes };
        },
        feed2: async (_root, { first = 20 }) => {
          return models.Post.find({}).limit(first); // want unbounded-limit
        },
      };
      export const resolvers = { Query: {
        feed3: async (_root, { first = 20 }) => models.Post.find({}).limit(first + 1), // want unbounded-limit
        feed4: async (_root, args) => models.Post.find({}).limit(args.first), // want unbounded-limit
        feed5: async (_root, args) => models.Post.find({}).limit(Math.min(args.first, 50)),
      } };`,
  },
  'hapi joi without max': {
    'package.json': `
      { "dependencies": { "mongoose": "^7", "@hapi/hapi": "21", "joi": "17" } }`,
    'a.js': `
      const Joi = require('joi');
      const mongoose = require('mongoose');
      const Course = mongoose.model('Course', new mongoose.Schema({ text: String }));
      module.exports = [
        { method: 'GET', path: '/a',
          options: { validate: { query: Joi.object({ q: Joi.string(), limit: Joi.number().integer().positive().default(20) }) } },
          handler: async (request) => {
            const { q, limit } = request.query;
            return await Course.find({ q }).limit(limit).lean(); // want unbounded-limit
          } },
        { method: 'GET', path: '/b',
          options: { validate: { query: Joi.object({ q: Joi.string(), limit: Joi.number().integer().max(100).default(20) }) } },
          handler: async (request) => {
            const { q, limit } = request.query;
            return await Course.find({ q }).limit(limit).lean();
          } },
        { method: 'GET', path: '/c',
          handler: async (request) => Course.find({}).limit(Number(request.query.limit) || 10) }, // want unbounded-limit
        { method: 'GET', path: '/d', config: { validate: { query: { limit: Joi.number().integer() } } },
          handler: async (request, h) => Course.find({}).limit(request.query.limit) }, // want unbounded-limit
      ];`,
  },
  'statics with options': {
    'package.json': `
      { "dependencies": { "mongoose": "^7", "express": "4" } }`,
    'post.js': `
      const mongoose = require('mongoose');
      const PostSchema = new mongoose.Schema({ text: String });
      PostSchema.statics.list = function (options, cb) {
        var criteria = options.criteria || {};
        var perPage = options.perPage || 15;
        this.find(criteria).limit(perPage).skip(perPage * (options.page || 0)).exec(cb);
      };
      PostSchema.statics.list2 = function (options) {
        return this.find({}).limit(options.perPage || 15);
      };
      module.exports = mongoose.model('Post', PostSchema);`,
    'use.js': `
      const Post = require('./post');
      exports.json = function (req, res, next) {
        Post.list({ criteria: { draft: false }, perPage: +req.query.count || 15 }, function (err, posts) { // want unbounded-limit
          res.json(posts);
        });
      };
      exports.json2 = async function (req, res, next) {
        res.json(await Post.list2({ perPage: +req.query.count || 15 })); // want unbounded-limit
      };
      exports.json3 = async function (req, res, next) {
        res.json(await Post.list2({ perPage: Math.min(+req.query.count, 15) }));
      };`,
  },
  'meteor': {
    'package.json': `
      { "dependencies": { "meteor-node-stubs": "1" } }`,
    'server/a.js': `
      import { Meteor } from 'meteor/meteor';
      import { Mongo } from 'meteor/mongo';
      import { check, Match } from 'meteor/check';
      const Activities = new Mongo.Collection('activities');
      const Sane = Match.Where((n) => { check(n, Match.Integer); return n > 0 && n <= 200; });
      Meteor.publish('a', function (boardId, limit) {
        check(boardId, String);
        check(limit, Number);
        return Activities.find({ boardId }, { limit, sort: { createdAt: -1 } }); // miss: a check of its kind says nothing of its size
      });
      Meteor.publish('b', function (boardId, limit) {
        check(boardId, String);
        check(limit, Sane);
        return Activities.find({ boardId }, { limit, sort: { createdAt: -1 } });
      });
      Meteor.methods({
        async c(boardId, limit) {
          return Activities.find({ boardId }, { limit }).fetchAsync(); // want unbounded-limit
        },
        async d(boardId, options) {
          return Activities.find({ boardId }, { limit: options.limit || 20 }).fetchAsync(); // want unbounded-limit
        },
      });`,
  },
  'parse, in a chain': {
    'package.json': `
      { "dependencies": { "parse-server": "5" } }`,
    'cloud/a.js': `
      Parse.Cloud.define('searchOrders', async (request) => {
        const { text, limit, skip } = request.params;
        const query = new Parse.Query('Order');
        query.include('shop').descending('createdAt').skip(skip || 0).limit(limit || 25);
        const orders = await query.find({ useMasterKey: true }); // want unbounded-limit
        return orders.map((o) => o.toJSON());
      });
      Parse.Cloud.define('b', async ({ params }) => {
        return new Parse.Query('Order').limit(params.limit).find(); // want unbounded-limit
      });
      Parse.Cloud.define('c', async ({ params }) => {
        const query = new Parse.Query('Order');
        query.limit(Math.min(Number(params.limit) || 20, 50));
        return query.find();
      });`,
  },
  'sqlite placeholders': {
    'package.json': `
      { "dependencies": { "better-sqlite3": "11", "express": "4", "pg": "8", "mssql": "10" } }`,
    'sql.ts': `
      export const RECENT = \`SELECT status FROM heartbeats WHERE monitor_id = ? ORDER BY at DESC LIMIT ?\`;`,
    'store.ts': `
      import type { Database } from 'better-sqlite3';
      import * as SQL from './sql.js';
      export class Store {
        constructor(private readonly db: Database) {}
        recent(monitorId: number, n: number) {
          return this.db.prepare(SQL.RECENT).all(monitorId, n);
        }
      }`,
    'http.ts': `
      import { Router } from 'express';
      import type { Store } from './store.js';
      export default function router(beats: Store) {
        const r = Router();
        r.get('/a', (req, res) => {
          const { lines = '100' } = req.query as Record<string, string>;
          const found = beats.recent(Number(req.params.id), parseInt(lines, 10)); // want unbounded-limit
          res.json(found);
        });
        r.get('/b', (req, res) => {
          res.json(beats.recent(Number(req.params.id), parseInt(req.query.n, 10))); // want unbounded-limit
        });
        r.get('/c', (req, res) => {
          res.json(beats.recent(Number(req.params.id), Math.min(50, parseInt(req.query.n, 10))));
        });
        return r;
      }`,
    'direct.js': `
      const Database = require('better-sqlite3');
      const db = new Database('x');
      const stmt = db.prepare('SELECT a FROM b WHERE c = ? LIMIT ?');
      const named = db.prepare('SELECT a FROM b WHERE c = @c LIMIT @n');
      exports.a = (req, res) => res.json(stmt.all(req.params.id, Number(req.query.n))); // want unbounded-limit
      exports.b = (req, res) => res.json(named.all({ c: req.params.id, n: Number(req.query.n) })); // want unbounded-limit`,
    'pg.js': `
      const { Pool } = require('pg');
      const pool = new Pool();
      exports.a = async (req, res) => res.json((await pool.query('SELECT a FROM b WHERE c = $1 LIMIT $2', [req.params.id, Number(req.query.n)])).rows); // want unbounded-limit`,
    'ms.js': `
      const sql = require('mssql');
      exports.a = async (req, res) => {
        const r = await new sql.Request().input('n', sql.Int, Number(req.query.n)).query('SELECT TOP (@n) a FROM b'); // want unbounded-limit
        res.json(r.recordset);
      };`,
  },
  'mongoose paginate': {
    'package.json': `
      { "dependencies": { "mongoose": "^7", "express": "4", "mongoose-paginate-v2": "1" } }`,
    'post.js': `
      const mongoose = require('mongoose');
      const paginate = require('mongoose-paginate-v2');
      const PostSchema = new mongoose.Schema({ text: String });
      PostSchema.plugin(paginate);
      module.exports = mongoose.model('Post', PostSchema);`,
    'use.js': `
      const Post = require('./post');
      const pick = require('./pick');
      exports.json = async function (req, res, next) {
        res.json(await Post.paginate({}, { page: req.query.page, limit: req.query.limit })); // want unbounded-limit
      };
      exports.json2 = async function (req, res, next) {
        const options = pick(req.query, ['sortBy', 'limit', 'page']);
        res.json(await Post.paginate({}, options)); // want unbounded-limit
      };
      exports.json3 = async function (req, res, next) {
        const options = { limit: 20, page: req.query.page };
        res.json(await Post.paginate({}, options));
      };`,
    'pick.js': `
      module.exports = (obj, keys) => keys.reduce((out, k) => (obj[k] === undefined ? out : { ...out, [k]: obj[k] }), {});`,
  },
  'window by arithmetic': {
    'package.json': `
      { "dependencies": { "mongodb": "^4", "express": "4" } }`,
    'db.js': `
      const { MongoClient } = require('mongodb');
      const db = new MongoClient('x').db();
      exports.range = function (key, start, stop) {
        const limit = stop - start + 1;
        return db.collection('objects').find({ key }).skip(start).limit(limit).toArray();
      };`,
    'use.js': `
      const store = require('./db');
      exports.a = async (req, res) => {
        const start = Math.max(0, parseInt(req.query.start, 10) || 0);
        const count = parseInt(req.query.count, 10) || 20;
        res.json(await store.range('x', start, start + count - 1)); // want unbounded-limit
      };
      exports.b = async (req, res) => {
        const page = Math.max(1, parseInt(req.query.page, 10) || 1);
        const start = (page - 1) * 20;
        res.json(await store.range('x', start, start + 19));
      };`,
  },
  'adonis': {
    'package.json': `
      { "type": "module", "dependencies": { "@adonisjs/core": "^6", "@adonisjs/lucid": "^21" } }`,
    'app/models/ticket.ts': `
      import { BaseModel, column } from '@adonisjs/lucid/orm';
      export default class Ticket extends BaseModel {
        @column({ isPrimary: true }) declare id: number;
      }`,
    'app/controllers/tickets_controller.ts': `
      import type { HttpContext } from '@adonisjs/core/http';
      import Ticket from '../models/ticket.js';
      export default class TicketsController {
        async index({ params, request, view }: HttpContext) {
          const perPage = Number(request.input('per_page', 20));
          const tickets = await Ticket.query().where('customer_id', 1).paginate(request.input('page', 1), perPage); // want unbounded-limit
          return tickets;
        }
        async index2({ request }: HttpContext) {
          return Ticket.query().limit(request.input('limit', 20)); // want unbounded-limit
        }
        async index3({ request }: HttpContext) {
          return Ticket.query().limit(Math.min(request.input('limit', 20), 50));
        }
        async index4({ request }: HttpContext) {
          const { limit } = request.qs();
          return Ticket.query().paginate(1, limit); // want unbounded-limit
        }
      }`,
  },
  'nest, inputs without a checked type': {
    'package.json': `
      { "dependencies": { "@nestjs/common": "^10.2", "@mikro-orm/core": "^6", "@mikro-orm/nestjs": "^6", "@mikro-orm/postgresql": "^6", "@prisma/client": "5", "@nestjs/websockets": "10" } }`,
    'src/a.ts': `
      import { Controller, Get, Query } from '@nestjs/common';
      import { EntityManager } from '@mikro-orm/postgresql';
      import { Observation } from './entities';
      type SearchParams = Record<string, string | undefined>;
      @Controller('Observation')
      export class ObservationsController {
        constructor(private readonly em: EntityManager) {}
        @Get()
        async search(@Query() params: SearchParams) {
          const count = parseInt(params._count ?? '50', 10);
          const [rows, total] = await this.em.findAndCount(Observation, {}, { limit: count }); // want unbounded-limit
        }
        @Get()
        async search2(@Query() params: SearchParams) {
          const count = parseInt(params._count ?? '50', 10);
          return this.em.find(Observation, {}, { limit: count }); // want unbounded-limit
        }
        @Get()
        async search3(@Query() params: any) {
          return this.em.find(Observation, {}, { limit: params.limit }); // want unbounded-limit
        }
        @Get()
        async search4(@Query('limit') limit: string) {
          return this.em.find(Observation, {}, { limit: Number(limit) }); // want unbounded-limit
        }
      }`,
  },
  'nest, messages of sockets': {
    'package.json': `
      { "dependencies": { "@nestjs/common": "^10.2", "@prisma/client": "5", "@nestjs/websockets": "10" } }`,
    'src/a.ts': `
      import { SubscribeMessage, WebSocketGateway, MessageBody } from '@nestjs/websockets';
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      export interface Frame { roomId: string; limit?: number }
      @WebSocketGateway()
      export class G {
        @SubscribeMessage('a')
        async a(@MessageBody() frame: Frame) {
          return prisma.message.findMany({ where: { roomId: frame.roomId }, take: frame.limit ?? 50 }); // want unbounded-limit
        }
        @SubscribeMessage('b')
        async b(@MessageBody() frame: Frame) {
          return this.replay('x', frame); // want unbounded-limit
        }
        async replay(a: string, frame: Frame) {
          return prisma.message.findMany({ where: { roomId: frame.roomId }, take: frame.limit ?? 50 });
        }
      }`,
  },
  'parse, in statements': {
    'package.json': `
      { "dependencies": { "parse-server": "5" } }`,
    'cloud/a.js': `
      Parse.Cloud.define('a', async (request) => {
        const { limit } = request.params;
        const query = new Parse.Query('Order');
        query.limit(limit || 25);
        const orders = await query.find({ useMasterKey: true }); // want unbounded-limit
        return orders;
      });
      Parse.Cloud.define('b', async (request) => {
        const { limit } = request.params;
        const query = new Parse.Query('Order');
        query.descending('createdAt').skip(0).limit(limit || 25);
        const orders = await query.find(); // want unbounded-limit
        return orders;
      });`,
  },
  'schemas that are put together': {
    'package.json': `
      { "dependencies": { "@trpc/server": "10", "@prisma/client": "5", "zod": "3" } }`,
    'a.ts': `
      import { z } from "zod";
      import { initTRPC } from '@trpc/server';
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      const t = initTRPC.context().create();
      const p = t.procedure;
      const projectInput = z.object({ projectId: z.string() });
      const infiniteZod = z.object({ cursor: z.string().nullish(), limit: z.number().default(20) });
      const pageZod = { page: z.number(), limit: z.number().max(100) };
      const openPage = { page: z.number(), limit: z.number() };
      export const r = t.router({
        a: p.input(infiniteZod).query(async ({ input, ctx }) => {
          return prisma.trace.findMany({ take: input.limit + 1 }); // want unbounded-limit
        }),
        b: p.input(projectInput.merge(infiniteZod)).query(async ({ input, ctx }) => {
          return prisma.trace.findMany({ take: input.limit + 1 }); // want unbounded-limit
        }),
        c: p.input(projectInput.extend({ ...pageZod })).query(async ({ input, ctx }) => {
          return prisma.trace.findMany({ take: input.limit + 1 });
        }),
        d: p.input(projectInput.extend({ ...openPage, q: z.string() })).query(async ({ input: { limit } }) => {
          return prisma.trace.findMany({ take: limit }); // want unbounded-limit
        }),
        e: p.input(infiniteZod.extend({ limit: z.number().max(50) })).query(async ({ input: { limit } }) => {
          return prisma.trace.findMany({ take: limit });
        }),
      });`,
  },
  'functions that Nuxt brings along': {
    'package.json': `
      { "dependencies": { "nuxt": "3", "@prisma/client": "5" } }`,
    'server/api/a.get.ts': `
      import { prisma } from '../db';
      export default defineEventHandler(async (event) => {
        const { n } = getQuery(event) as { n?: string };
        return prisma.a.findMany({ where: { x: 1 }, take: n ? parseInt(n) : 5 }); // want unbounded-limit
      });`,
    'server/api/b.get.ts': `
      import { prisma } from '../db';
      export default defineEventHandler(async (event) => {
        const { n } = getQuery(event);
        return prisma.a.findMany({ where: { x: 1 }, take: Number(n) || 5 }); // want unbounded-limit
      });`,
    'server/db.ts': `
      import { PrismaClient } from '@prisma/client';
      export const prisma = new PrismaClient();`,
  },
  'fastify typebox, hono valid, elysia': {
    'package.json': `
      { "dependencies": { "fastify": "4", "@sinclair/typebox": "0.32", "hono": "4", "@hono/zod-validator": "0.4", "zod": "3", "elysia": "1", "@prisma/client": "5" } }`,
    'db.ts': `
      import { PrismaClient } from '@prisma/client';
      export const prisma = new PrismaClient();`,
    'a.ts': `
      import Fastify from 'fastify';
      import { Type } from '@sinclair/typebox';
      import { prisma } from './db';
      const app = Fastify();
      const Open = Type.Object({ limit: Type.Optional(Type.Integer({ minimum: 1, default: 20 })) });
      const Capped = Type.Object({ limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })) });
      app.get('/a', { schema: { querystring: Open } }, async (req: any) => {
        return prisma.a.findMany({ take: req.query.limit }); // want unbounded-limit
      });
      app.get('/b', { schema: { querystring: Capped } }, async (req: any) => {
        return prisma.a.findMany({ take: req.query.limit });
      });`,
    'b.ts': `
      import { Hono } from 'hono';
      import { z } from 'zod';
      import { zValidator } from '@hono/zod-validator';
      import { prisma } from './db';
      const open = z.object({ limit: z.coerce.number().default(10) });
      const capped = z.object({ limit: z.coerce.number().max(50).default(10) });
      export const app = new Hono()
        .get('/a', zValidator('query', open), async (c) => {
          const { limit } = c.req.valid('query');
          return c.json(await prisma.a.findMany({ take: limit })); // want unbounded-limit
        })
        .get('/b', zValidator('query', capped), async (c) => {
          const { limit } = c.req.valid('query');
          return c.json(await prisma.a.findMany({ take: limit }));
        });`,
    'c.ts': `
      import { Elysia, t } from 'elysia';
      import { prisma } from './db';
      export const app = new Elysia()
        .get('/a', async ({ query }) => prisma.a.findMany({ take: query.take }), { query: t.Object({ take: t.Optional(t.Numeric()) }) }) // want unbounded-limit
        .get('/b', async ({ query }) => prisma.a.findMany({ take: query.take }), { query: t.Object({ take: t.Optional(t.Numeric({ maximum: 40 })) }) });`,
    'd.ts': `
      import { prisma } from './db';
      import express from 'express';
      const app = express();
      const list = (filter: object, page: { take: number }) => prisma.a.findMany({ where: filter, ...page });
      app.get('/a', async (req, res) => {
        res.json(await list({}, { take: Number(req.query.take) })); // want unbounded-limit
      });
      app.get('/b', async (req, res) => {
        res.json(await list({}, { take: Math.min(Number(req.query.take), 50) }));
      });`,
  },
  'the folder that SvelteKit calls lib': {
    'package.json': `
      { "dependencies": { "@sveltejs/kit": "2", "@prisma/client": "5" } }`,
    'src/lib/server/db.ts': `
      import { PrismaClient } from '@prisma/client';
      export const prisma = new PrismaClient();`,
    'src/routes/a/+server.ts': `
      import { prisma } from '$lib/server/db';
      export const GET = async ({ url }) => {
        return Response.json(await prisma.a.findMany({ take: Number(url.searchParams.get('take')) })); // want unbounded-limit
      };`,
  },
  'one more than a page': {
    'package.json': `
      { "dependencies": { "express": "4", "@prisma/client": "5" } }`,
    'a.ts': `
      import express from 'express';
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      const app = express();
      app.get('/a', async (req, res) => {
        const limit = Number(req.query.limit) || 20;
        const rows = await prisma.a.findMany({ take: limit + 1 }); // want unbounded-limit
        const more = rows.length > limit;
        res.json({ rows: rows.slice(0, limit), more });
      });
      app.get('/b', async (req, res) => {
        const limit = Number(req.query.limit) || 20;
        if (limit > 100) throw new Error('too many');
        const rows = await prisma.a.findMany({ take: limit + 1 });
        res.json({ rows, more: rows.length > limit });
      });`,
  },
  'types that a schema says': {
    'package.json': `
      { "dependencies": { "@prisma/client": "5", "zod": "3" } }`,
    'schema.ts': `
      import { z } from 'zod';
      export const ZOpen = z.object({ limit: z.number().optional(), cursor: z.string() });
      export const ZCapped = z.object({ limit: z.number().max(100).optional() });
      export type TOpen = z.infer<typeof ZOpen>;
      export type TCapped = z.infer<typeof ZCapped>;`,
    'a.handler.ts': `
      import { PrismaClient } from '@prisma/client';
      import type { TCapped, TOpen } from './schema';
      const prisma = new PrismaClient();
      type Options = { ctx: { user: string }; input: TOpen };
      export const a = async ({ ctx, input }: { ctx: { user: string }; input: TOpen }) => {
        const { limit = 25 } = input;
        return prisma.attendee.findMany({ take: limit }); // want unbounded-limit
      };
      export const b = async ({ ctx, input }: { ctx: { user: string }; input: TCapped }) => {
        return prisma.attendee.findMany({ take: input.limit ?? 20 });
      };
      export const c = async ({ ctx, input }: Options) => {
        return prisma.attendee.findMany({ take: input.limit ?? 20 }); // want unbounded-limit
      };`,
  },
  'endpoints that say what they are given': {
    'package.json': `
      { "dependencies": { "typeorm": "0.3" } }`,
    'a.ts': `
      import { Repository } from 'typeorm';
      import { Endpoint } from './endpoint-base.js';
      import { Note } from './note.js';
      const meta = { tags: ['notes'] } as const;
      const capped = { type: 'object', properties: { limit: { type: 'integer', minimum: 1, maximum: 100, default: 10 } } } as const;
      const open = { type: 'object', properties: { limit: { type: 'integer', minimum: 1, default: 10 } } } as const;
      export class A extends Endpoint<typeof meta, typeof capped> {
        constructor(private notes: Repository<Note>) {
          super(meta, capped, async (ps, me) => {
            return this.notes.createQueryBuilder('note').limit(ps.limit).getMany();
          });
        }
      }
      export class B extends Endpoint<typeof meta, typeof open> {
        constructor(private notes: Repository<Note>) {
          super(meta, open, async (ps, me) => {
            return this.notes.createQueryBuilder('note').limit(ps.limit).getMany(); // want unbounded-limit
          });
        }
      }`,
  },
  'controllers of a project\'s own making': {
    'package.json': `
      { "dependencies": { "typeorm": "0.3", "express": "4" } }`,
    'a.ts': `
      import { Repository } from 'typeorm';
      import { Get, RestController } from './decorators';
      import { Run } from './run';
      @RestController('/runs')
      export class RunsController {
        constructor(private readonly runs: Repository<Run>) {}
        @Get('/')
        async all(req: { query: { limit?: string } }) {
          const limit = req.query.limit ? parseInt(req.query.limit, 10) : 20;
          return await this.runs.find({ take: limit }); // want unbounded-limit
        }
        @Get('/few')
        async few(req: { query: { limit?: string } }) {
          return await this.runs.find({ take: Math.min(Number(req.query.limit), 50) });
        }
      }`,
  },
  'objection\'s pages': {
    'package.json': `
      { "dependencies": { "objection": "3", "express": "4" } }`,
    'a.js': `
      const { Model } = require('objection');
      const express = require('express');
      class Patient extends Model {}
      const router = express.Router();
      router.get('/a', async (req, res) => {
        res.json(await Patient.query().where('open', true).page(Number(req.query.page), Number(req.query.size) || 20)); // want unbounded-limit
      });
      router.get('/b', async (req, res) => {
        res.json(await Patient.query().where('open', true).page(Number(req.query.page), 20));
      });`,
  },
});
