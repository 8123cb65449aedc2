import { samples } from '../samples.ts';

samples('unbounded-limit', {
  'the options of a query take it as it comes': `
    import { PrismaClient } from '@prisma/client';
    import express from 'express';
    const prisma = new PrismaClient();
    const app = express();
    app.get('/users', async (req, res) => {
      res.json(await prisma.user.findMany({ take: Number(req.query.limit) })); // want unbounded-limit
    });
    app.get('/teams', async (req, res) => {
      const { limit = '20', page = '1' } = req.query;
      const size = parseInt(limit, 10);
      const teams = await prisma.team.findMany({ skip: (Number(page) - 1) * size, take: size }); // want unbounded-limit
      res.json(teams);
    });
    app.get('/posts', async (req, res) => {
      let take = 20;
      if (req.query.take) take = +req.query.take;
      res.json(await prisma.post.findMany({ take })); // want unbounded-limit
    });`,
  'a builder takes it': `
    import express from 'express';
    import knex from 'knex';
    const db = knex({ client: 'pg' });
    const router = express.Router();
    router.get('/orders', async (req, res) => {
      const query = db('orders').where({ open: true }); // want unbounded-limit
      if (req.query.limit) query.limit(Number(req.query.limit));
      res.json(await query);
    });
    router.get('/events', async (req, res) => {
      res.json(await db('events').orderBy('id').limit(req.query.limit || 50)); // want unbounded-limit
    });`,
  'mongoose, and a stage of a pipeline': `
    import express from 'express';
    import mongoose from 'mongoose';
    const Post = mongoose.model('Post', new mongoose.Schema({ title: String }));
    const router = express.Router();
    router.get('/posts', async (req, res) => {
      const limit = parseInt(req.query.limit) || 10;
      res.json(await Post.find({ open: true }).sort('-at').limit(limit)); // want unbounded-limit
    });
    router.post('/top', async (req, res) => {
      const { amount } = req.body;
      res.json(await Post.aggregate([{ $sort: { votes: -1 } }, { $limit: amount }])); // want unbounded-limit
    });`,
  'a statement of SQL, put in or beside it': `
    import express from 'express';
    import { Pool } from 'pg';
    const pool = new Pool();
    const router = express.Router();
    router.get('/orders', async (req, res) => {
      const limit = Number(req.query.limit ?? 20);
      const { rows } = await pool.query(\`SELECT * FROM orders ORDER BY id LIMIT \${limit}\`); // want unbounded-limit
      res.json(rows);
    });
    router.get('/lines', async (req, res) => {
      const { rows } = await pool.query('SELECT * FROM lines WHERE open = $1 ORDER BY id LIMIT $2', [true, req.query.limit]); // want unbounded-limit
      res.json(rows);
    });`,
  'the query stands in a service': {
    'src/users.service.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      export class UsersService {
        async list(options: { limit: number; offset: number }) {
          return prisma.user.findMany({ take: options.limit, skip: options.offset });
        }
        async newest(limit: number) {
          return prisma.user.findMany({ take: Math.min(limit, 50), orderBy: { at: 'desc' } });
        }
      }`,
    'src/users.routes.ts': `
      import express from 'express';
      import { UsersService } from './users.service';
      const service = new UsersService();
      export const router = express.Router();
      router.get('/users', async (req, res) => {
        res.json(await service.list({ limit: Number(req.query.limit), offset: 0 })); // want unbounded-limit
      });
      router.get('/newest', async (req, res) => {
        res.json(await service.newest(Number(req.query.limit)));
      });`,
  },
  'a helper reads the page': `
    import express from 'express';
    import { User } from './models';
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    const router = express.Router();
    const pageOf = (query) => ({ take: Number(query.limit) || 20, skip: Number(query.offset) || 0 });
    const smallPageOf = (query) => ({ take: Math.min(Number(query.limit) || 20, 100), skip: Number(query.offset) || 0 });
    router.get('/users', async (req, res) => {
      const { take, skip } = pageOf(req.query);
      res.json(await prisma.user.findMany({ take, skip })); // want unbounded-limit
    });
    router.get('/teams', async (req, res) => {
      const { take, skip } = smallPageOf(req.query);
      res.json(await prisma.team.findMany({ take, skip }));
    });`,
  'NestJS: a number of its own, and classes with and without a largest value': {
    'src/page.dto.ts': `
      import { IsInt, IsOptional, Max, Min } from 'class-validator';
      import { Type } from 'class-transformer';
      export class OpenPage {
        @IsOptional() @Type(() => Number) @IsInt() @Min(1)
        limit?: number = 20;
      }
      export class SmallPage {
        @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(100)
        limit?: number = 20;
      }
      export class Filter extends OpenPage {
        @IsOptional() name?: string;
      }`,
    'src/users.controller.ts': `
      import { Controller, DefaultValuePipe, Get, ParseIntPipe, Query } from '@nestjs/common';
      import { PrismaClient } from '@prisma/client';
      import { Filter, OpenPage, SmallPage } from './page.dto';
      import { CappedPipe } from './capped.pipe';
      @Controller('users')
      export class UsersController {
        constructor(private readonly prisma: PrismaClient) {}
        @Get('a') async a(@Query('limit') limit: number) {
          return this.prisma.user.findMany({ take: +limit }); // want unbounded-limit
        }
        @Get('b') async b(@Query('limit', new DefaultValuePipe(20), ParseIntPipe) limit: number) {
          return this.prisma.user.findMany({ take: limit }); // want unbounded-limit
        }
        @Get('c') async c(@Query() page: OpenPage) {
          return this.prisma.user.findMany({ take: page.limit }); // want unbounded-limit
        }
        @Get('d') async d(@Query() { limit }: Filter) {
          return this.prisma.user.findMany({ take: limit }); // want unbounded-limit
        }
        @Get('e') async e(@Query() page: SmallPage) {
          return this.prisma.user.findMany({ take: page.limit });
        }
        @Get('f') async f(@Query('limit', CappedPipe) limit: number) {
          return this.prisma.user.findMany({ take: limit });
        }
      }`,
  },
  'the larger of both caps nothing, the smaller does': `
    import express from 'express';
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    const app = express();
    app.get('/a', async (req, res) => {
      const limit = parseInt(req.query.count) > 50 ? parseInt(req.query.count) : 50;
      res.json(await prisma.link.findMany({ take: limit })); // want unbounded-limit
    });
    app.get('/b', async (req, res) => {
      const limit = parseInt(req.query.count) < 50 ? parseInt(req.query.count) : 50;
      res.json(await prisma.link.findMany({ take: limit }));
    });
    app.get('/c', async (req, res) => {
      const limit = Number(req.query.count);
      res.json(await prisma.link.findMany({ take: limit > 50 ? 50 : limit }));
    });`,
  'a statement that a wrapper runs': {
    'db.js': `
      const mysql = require('mysql2/promise');
      const pool = mysql.createPool({});
      exports.query = async (sql, params) => { const [rows] = await pool.execute(sql, params); return rows; };`,
    'users.js': `
      const { query } = require('./db');
      exports.search = (term, limit = 20) => query('SELECT * FROM users WHERE name LIKE ? LIMIT ?', [term, limit]);`,
    'routes.js': `
      const router = require('express').Router();
      const { query } = require('./db');
      const users = require('./users');
      router.get('/a', async (req, res) => { res.json(await users.search(req.query.term, Number(req.query.limit))); }); // want unbounded-limit
      router.get('/b', async (req, res) => { res.json(await query('SELECT * FROM users WHERE team = ? LIMIT ?', [req.query.team, Number(req.query.limit)])); }); // want unbounded-limit
      router.get('/c', async (req, res) => { res.json(await users.search(req.query.term, Math.min(Number(req.query.limit), 50))); });
      router.get('/d', async (req, res) => { res.json(await users.search(req.query.term)); });`,
  },
  'NestJS: commands and queries that carry it from the controller to the repository': {
    'src/users.dto.ts': `
      import { ApiPropertyOptional } from '@nestjs/swagger';
      import { IsInt, Max } from 'class-validator';
      export class UsersRequest {
        @ApiPropertyOptional({ type: Number, default: 10, maximum: 100 })
        limit?: number = 10;
      }
      export class CappedRequest {
        @ApiPropertyOptional({ type: Number, default: 10, maximum: 100 }) @IsInt() @Max(100)
        limit?: number = 10;
      }`,
    'src/users.command.ts': `
      import { IsNumber, Max } from 'class-validator';
      import { BaseCommand } from './base.command';
      export class ListUsersCommand extends BaseCommand {
        @IsNumber() limit: number;
      }
      export class CappedCommand extends BaseCommand {
        @IsNumber() @Max(100) limit: number;
      }
      export class ListUsersQuery {
        constructor(public readonly tenantId: string, public readonly limit: number) {}
      }`,
    'src/base.command.ts': `
      import { plainToInstance } from 'class-transformer';
      export abstract class BaseCommand {
        static create<T extends BaseCommand>(this: new (...args: unknown[]) => T, data: T): T { return plainToInstance(this, { ...data }); }
      }`,
    'src/users.repository.ts': `
      import { Model } from 'mongoose';
      export class UsersRepository {
        constructor(private readonly model: Model<User>) {}
        async getList(tenantId: string, skip = 0, limit = 10) { return this.model.find({ tenantId }).skip(skip).limit(limit); }
      }`,
    'src/list-users.usecase.ts': `
      import { UsersRepository } from './users.repository';
      export class ListUsers {
        constructor(private readonly users: UsersRepository) {}
        async execute(command: ListUsersCommand) { return this.users.getList(command.tenantId, 0, command.limit); }
      }`,
    'src/users.controller.ts': `
      import { Controller, Get, Query } from '@nestjs/common';
      import { ListUsers } from './list-users.usecase';
      import { CappedCommand, ListUsersCommand, ListUsersQuery } from './users.command';
      import { CappedRequest, UsersRequest } from './users.dto';
      @Controller('users')
      export class UsersController {
        constructor(private readonly listUsers: ListUsers) {}
        @Get('a') a(@Query() query: UsersRequest) {
          return this.listUsers.execute(ListUsersCommand.create({ tenantId: 'a', limit: query.limit ? Number(query.limit) : 10 })); // want unbounded-limit
        }
        @Get('b') b(@Query() query: UsersRequest) {
          return this.listUsers.execute(new ListUsersQuery('a', Number(query.limit))); // want unbounded-limit
        }
        @Get('c') c(@Query() query: CappedRequest) {
          return this.listUsers.execute(ListUsersCommand.create({ tenantId: 'a', limit: query.limit ? Number(query.limit) : 10 }));
        }
        @Get('d') d(@Query() query: UsersRequest) {
          return this.listUsers.execute(CappedCommand.create({ tenantId: 'a', limit: Number(query.limit) }));
        }
        @Get('e') e(@Query() query: UsersRequest) {
          return this.listUsers.execute(new ListUsersQuery('a', Math.min(query.limit, 100)));
        }
      }`,
  },
  'routes of Next': {
    'src/app/api/users/route.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      export async function GET(request: Request) {
        const { searchParams } = new URL(request.url);
        const limit = parseInt(searchParams.get('limit') ?? '10');
        return Response.json(await prisma.user.findMany({ take: limit })); // want unbounded-limit
      }`,
    'src/app/api/teams/route.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      export async function GET(request: Request) {
        const asked = Number(new URL(request.url).searchParams.get('limit'));
        const limit = asked > 0 && asked <= 100 ? asked : 20;
        return Response.json(await prisma.team.findMany({ take: limit }));
      }`,
  },
  'a procedure of tRPC says it in its schema': `
    import { z } from 'zod';
    import { PrismaClient } from '@prisma/client';
    import { router, procedure } from './trpc';
    const prisma = new PrismaClient();
    const open = z.object({ cursor: z.string().nullish(), limit: z.number().min(1).default(20) });
    export const posts = router({
      list: procedure.input(open).query(async ({ input }) => {
        return prisma.post.findMany({ take: input.limit + 1, cursor: input.cursor ? { id: input.cursor } : undefined }); // want unbounded-limit
      }),
      small: procedure.input(z.object({ limit: z.number().min(1).max(100) })).query(async ({ input }) => {
        return prisma.post.findMany({ take: input.limit });
      }),
      some: procedure.input(z.object({ limit: z.number() })).query(({ input: { limit }, ctx }) => {
        return prisma.post.findMany({ take: limit, where: { authorId: ctx.user.id } }); // want unbounded-limit
      }),
    });`,
  'arguments of root fields in GraphQL': `
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    export const resolvers = {
      Query: {
        users: (_, { first }) => prisma.user.findMany({ take: first }), // want unbounded-limit
        teams: (_, args) => prisma.team.findMany({ take: Math.min(args.first, 50) }),
        posts(_, args) {
          if (args.first > 100) throw new Error('at most 100');
          return prisma.post.findMany({ take: args.first });
        },
      },
    };`,
  'resolvers of root fields, each in a file of its own': {
    'package.json': '{ "dependencies": { "@apollo/server": "4", "mysql2": "3", "@prisma/client": "6", "mongoose": "8" } }',
    'src/mysql.ts': `
      import mysql from 'mysql2/promise';
      export default mysql.createPool({});`,
    'src/graphql/operations/votes.ts': `
      import db from '../../mysql';
      export default async function (parent, { first, skip, where = {} }) {
        return db.query('SELECT * FROM votes WHERE space = ? LIMIT ?, ?', [where.space, skip, first]); // want unbounded-limit
      }`,
    'src/graphql/operations/spaces.ts': `
      import db from '../../mysql';
      import { checkLimits } from '../helpers';
      export default async function (parent, args) {
        const { first, skip } = args;
        checkLimits(args, 'spaces');
        return db.query('SELECT * FROM spaces LIMIT ?, ?', [skip, first]);
      }
      export async function some(_: void, args, req) {
        if (args.first > 1000 && !req.user.isRoot) throw new Error('at most 1,000');
        const { first } = args;
        return db.query('SELECT * FROM spaces LIMIT ?', [first]);
      }
      export async function few(_parent, { first, skip }) {
        if (first > 100) throw new Error('at most 100');
        return db.query('SELECT * FROM spaces LIMIT ?, ?', [skip, first]);
      }`,
    'src/resolvers/posts.js': `
      const Post = require('mongoose').model('Post', schema);
      const latest = async (_, args, context) => Post.find({ open: true }).sort('-_id').limit(args.limit); // want unbounded-limit
      module.exports = { latest };`,
    'src/users/resolvers/Query/users.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      export const users: NonNullable<QueryResolvers['users']> = (_parent, { limit }) => prisma.user.findMany({ take: limit ?? 10 }); // want unbounded-limit
      export const queries: QueryResolvers = {
        orders: (parent, args) => prisma.order.findMany({ take: args.first }), // want unbounded-limit
      };`,
    // Neither beside a schema nor called with a parent.
    'src/jobs/posts.js': `
      const Post = require('mongoose').model('Post', schema);
      exports.latest = async (_, args) => Post.find({ open: true }).limit(args.limit);`,
    'src/graphql/loaders.js': `
      const Post = require('mongoose').model('Post', schema);
      exports.recent = async (ids, options) => Post.find({ open: true }).limit(options.limit);`,
  },
  'arguments that builders of schemas declare': `
    import { extendType, intArg, nonNull } from 'nexus';
    import { PrismaClient } from '@prisma/client';
    import { builder } from './builder';
    const prisma = new PrismaClient();
    builder.queryFields((t) => ({
      posts: t.prismaField({
        type: ['Post'],
        args: { take: t.arg.int() },
        resolve: (query, root, args) => prisma.post.findMany({ ...query, take: args.take ?? undefined }), // want unbounded-limit
      }),
      drafts: t.field({
        type: [Draft],
        args: { limit: t.arg.int({ required: true, validate: { max: 50 } }) },
        resolve: (root, { limit }) => prisma.draft.findMany({ take: limit }),
      }),
    }));
    export const users = extendType({
      type: 'Query',
      definition(t) {
        t.list.field('users', {
          type: 'User',
          args: { limit: nonNull(intArg()) },
          resolve: (root, args) => prisma.user.findMany({ take: args.limit }), // want unbounded-limit
        });
      },
    });`,
  'placeholders of statements': `
    import express from 'express';
    import Database from 'better-sqlite3';
    import mysql from 'mysql2/promise';
    const db = new Database('shop.db');
    const pool = mysql.createPool({});
    const app = express();
    app.get('/a', (req, res) => {
      const { limit, offset } = req.query;
      res.json(db.prepare('SELECT * FROM posts ORDER BY id LIMIT ? OFFSET ?').all(limit, offset)); // want unbounded-limit
    });
    app.get('/b', (req, res) => {
      res.json(db.prepare('SELECT * FROM posts ORDER BY id LIMIT @limit').all({ limit: req.query.limit })); // want unbounded-limit
    });
    app.get('/c', (req, res) => res.json(db.prepare('SELECT * FROM posts ORDER BY id LIMIT 20 OFFSET ?').all(req.query.offset)));
    app.get('/d', async (req, res) => res.json(await pool.query(\`SELECT * FROM posts ORDER BY id LIMIT \${req.query.offset}, 10\`)));
    app.get('/e', async (req, res) => res.json(await pool.query('SELECT * FROM posts ORDER BY id LIMIT ' + 0 + ', ' + req.query.limit))); // want unbounded-limit
    app.get('/f', async (req, res) => {
      const values = [];
      let sql = 'SELECT * FROM posts WHERE open = 1';
      if (req.query.title) { values.push(req.query.title); sql += ' AND title = ?'; }
      sql += ' ORDER BY id LIMIT ? OFFSET ?';
      values.push(Number(req.query.limit) || 20, 0);
      res.json(await pool.query(sql, values)); // want unbounded-limit
    });
    app.get('/g', async (req, res) => {
      const values = [];
      if (req.query.title) values.push(req.query.title);
      const where = values.length > 0 ? 'WHERE title = ?' : '';
      res.json(await pool.query(\`SELECT * FROM posts \${where} ORDER BY id LIMIT ? OFFSET ?\`, [...values, 20, req.query.offset]));
    });`,
  'arguments that a field of graphql-js declares': `
    import { GraphQLInt, GraphQLList, GraphQLObjectType } from 'graphql';
    import { Model } from 'sequelize';
    class Member extends Model {}
    export const Team = new GraphQLObjectType({
      name: 'Team',
      fields: () => ({
        members: {
          type: new GraphQLList(Person),
          args: { limit: { type: GraphQLInt }, offset: { type: GraphQLInt } },
          resolve(team, args) {
            const query = { limit: args.limit, offset: args.offset };
            query.where = { teamId: team.id };
            return Member.findAll(query); // want unbounded-limit
          },
        },
        some: {
          type: new GraphQLList(Person),
          args: { limit: { type: GraphQLInt, defaultValue: 10 } },
          resolve: (team, args) => Member.findAll({ where: { teamId: team.id }, limit: args.limit }),
        },
        few: {
          type: new GraphQLList(Person),
          args: { limit: { type: GraphQLInt } },
          resolve: (team, args) => Member.findAll({ where: { teamId: team.id }, limit: Math.min(args.limit ?? 10, 100) }),
        },
      }),
    });`,
  'a schema that is read by hand': `
    import express from 'express';
    import { z } from 'zod';
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    const router = express.Router();
    const openPage = z.object({ limit: z.coerce.number().int().positive().default(20) });
    const smallPage = z.object({ limit: z.coerce.number().int().max(100).default(20) });
    const chosen = z.object({ limit: z.enum(['10', '50']) });
    router.get('/a', async (req, res) => {
      const { limit } = openPage.parse(req.query);
      res.json(await prisma.user.findMany({ take: limit })); // want unbounded-limit
    });
    router.get('/b', async (req, res) => {
      const parsed = openPage.safeParse(req.query);
      if (!parsed.success) return res.sendStatus(400);
      res.json(await prisma.user.findMany({ take: parsed.data.limit })); // want unbounded-limit
    });
    router.get('/c', async (req, res) => {
      const { limit } = smallPage.parse(req.query);
      res.json(await prisma.user.findMany({ take: limit }));
    });
    router.get('/d', async (req, res) => {
      const { limit } = chosen.parse(req.query);
      res.json(await prisma.user.findMany({ take: Number(limit) }));
    });`,
});

samples('unbounded-limit', {
  'a cap where it is read': `
    import express from 'express';
    import { clamp } from 'lodash';
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    const router = express.Router();
    router.get('/a', async (req, res) => res.json(await prisma.user.findMany({ take: Math.min(Number(req.query.limit) || 20, 100) })));
    router.get('/b', async (req, res) => res.json(await prisma.user.findMany({ take: clamp(Number(req.query.limit), 1, 100) })));
    router.get('/c', async (req, res) => {
      let limit = Number(req.query.limit) || 20;
      if (limit > 100) limit = 100;
      res.json(await prisma.user.findMany({ take: limit }));
    });
    router.get('/d', async (req, res) => {
      let limit = Number(req.query.limit);
      limit = Math.max(1, Math.min(limit, 100));
      res.json(await prisma.user.findMany({ take: limit }));
    });
    router.get('/e', async (req, res) => {
      const limit = Number(req.query.limit);
      if (!(limit <= MOST)) return res.status(400).send('too many');
      res.json(await prisma.user.findMany({ take: limit }));
    });
    router.get('/f', async (req, res) => {
      const limit = ['10', '50'].includes(req.query.limit) ? Number(req.query.limit) : 10;
      res.json(await prisma.user.findMany({ take: limit }));
    });
    router.get('/g', async (req, res) => {
      const limit = Number(req.query.limit) > 100 ? 100 : Number(req.query.limit);
      res.json(await prisma.user.findMany({ take: limit }));
    });`,
  'a size of our own': `
    import express from 'express';
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    const router = express.Router();
    const pageSize = 50;
    router.get('/a', async (req, res) => {
      const page = Number(req.query.page) || 1;
      res.json(await prisma.user.findMany({ take: pageSize, skip: (page - 1) * pageSize }));
    });
    router.get('/b', async (req, res) => {
      const sizes = { small: 10, large: 100 };
      res.json(await prisma.user.findMany({ take: sizes[req.query.size] ?? 10 }));
    });
    router.get('/c', async (req, res) => {
      res.json(await prisma.user.findMany({ take: req.user.pageSize }));
    });`,
  'a helper or a middleware that may cap it': {
    'package.json': '{ "dependencies": { "express": "^4.0.0", "joi": "^17.0.0", "@prisma/client": "^6.0.0", "express-validator": "^7.0.0" } }',
    'src/routes.ts': `
      import express from 'express';
      import Joi from 'joi';
      import { query } from 'express-validator';
      import { PrismaClient } from '@prisma/client';
      import { readPage } from '@acme/pages';
      import { validate } from './validate';
      const prisma = new PrismaClient();
      const router = express.Router();
      router.get('/a', async (req, res) => res.json(await prisma.user.findMany({ take: readPage(req.query).limit })));
      router.get('/b', validate(Joi.object({ limit: Joi.number().max(100) })), async (req, res) => {
        res.json(await prisma.user.findMany({ take: Number(req.query.limit) }));
      });
      router.get('/c', query('limit').isInt({ max: 100 }), async (req, res) => {
        res.json(await prisma.user.findMany({ take: Number(req.query.limit) }));
      });
      router.get('/d', async (req, res) => {
        const { value } = Joi.object({ limit: Joi.number() }).validate(req.query);
        res.json(await prisma.user.findMany({ take: value.limit })); // miss: only schemas of zod are read
      });`,
  },
  'the schema of a route of Fastify': `
    import fastify from 'fastify';
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    const app = fastify();
    app.get('/users', { schema: { querystring: { type: 'object', properties: { limit: { type: 'integer', maximum: 100 } } } } }, async (request) => {
      return prisma.user.findMany({ take: request.query.limit });
    });
    app.get('/teams', { schema: { querystring: { type: 'object', properties: { limit: { type: 'integer' } } } } }, async (request) => {
      return prisma.team.findMany({ take: request.query.limit }); // want unbounded-limit
    });`,
  'a limit that no client names': `
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    export async function newest(limit: number) {
      return prisma.user.findMany({ take: limit });
    }
    export async function nightly(options) {
      return prisma.user.findMany({ take: options.limit });
    }`,
  'a number as it comes in by every kind of server': {
    'package.json': '{ "name": "a", "dependencies": { "@prisma/client": "5", "koa": "2", "@koa/router": "12", "fastify": "4", "hono": "4", "next": "14", "@nestjs/common": "10", "class-validator": "0.14", "@trpc/server": "10", "zod": "3", "@hapi/hapi": "21", "type-graphql": "2", "@nestjs/graphql": "12", "h3": "1", "elysia": "1", "firebase-functions": "4" } }',
    'prisma.ts': `
      import { PrismaClient } from '@prisma/client';
      export const prisma = new PrismaClient();`,
    'koa.ts': `
      import Router from '@koa/router';
      import { prisma } from './prisma';
      const router = new Router();
      router.get('/posts', async (ctx) => {
        ctx.body = await prisma.post.findMany({ take: Number(ctx.query.limit) || 20 }); // want unbounded-limit
      });`,
    'fastify.ts': `
      import fastify from 'fastify';
      import { prisma } from './prisma';
      const app = fastify();
      app.get('/posts', async (req: any) => {
        const { limit = 20 } = req.query;
        return prisma.post.findMany({ take: Number(limit) }); // want unbounded-limit
      });`,
    'fastify2.ts': `
      import fastify from 'fastify';
      import { prisma } from './prisma';
      const app = fastify();
      app.get('/posts', { schema: { querystring: { type: 'object', properties: { limit: { type: 'integer', default: 20 } } } } }, async (req: any) => {
        return prisma.post.findMany({ take: req.query.limit }); // want unbounded-limit
      });
      app.get('/capped', { schema: { querystring: { type: 'object', properties: { limit: { type: 'integer', maximum: 100 } } } } }, async (req: any) => {
        return prisma.post.findMany({ take: req.query.limit });
      });`,
    'hono.ts': `
      import { Hono } from 'hono';
      import { prisma } from './prisma';
      const app = new Hono();
      app.get('/a', async (c) => {
        return c.json(await prisma.post.findMany({ take: Number(c.req.query('limit')) })); // want unbounded-limit
      });
      app.get('/b', async (c) => {
        const { limit } = c.req.query();
        return c.json(await prisma.post.findMany({ take: Number(limit) })); // want unbounded-limit
      });
      app.get('/c', async (c) => c.json(await list(c.req.query()))); // want unbounded-limit
      async function list({ limit }: any = {}) {
        return prisma.post.findMany({ take: Number(limit) || 50 });
      }`,
    'app/api/posts/route.ts': `
      import { prisma } from '../../../prisma';
      export async function GET(request: Request) {
        const { searchParams } = new URL(request.url);
        const limit = parseInt(searchParams.get('limit') ?? '20');
        return Response.json(await prisma.post.findMany({ take: limit })); // want unbounded-limit
      }`,
    'pages/api/posts.ts': `
      import { prisma } from '../../prisma';
      export default async function handler(req, res) {
        res.json(await prisma.post.findMany({ take: Number(req.query.limit) })); // want unbounded-limit
      }`,
    'nest.ts': `
      import { Controller, Get, Query } from '@nestjs/common';
      import { IsInt, IsOptional, Max, Min } from 'class-validator';
      import { prisma } from './prisma';
      export class PageDto { @IsInt() @Min(1) @IsOptional() limit?: number = 20; }
      export class CappedDto { @IsInt() @Min(1) @Max(100) @IsOptional() limit?: number = 20; }
      @Controller('posts')
      export class PostsController {
        @Get('a')
        a(@Query('limit') limit: number) {
          return prisma.post.findMany({ take: +limit }); // want unbounded-limit
        }
        @Get('b')
        b(@Query() page: PageDto) {
          return prisma.post.findMany({ take: page.limit }); // want unbounded-limit
        }
        @Get('c')
        c(@Query() page: CappedDto) {
          return prisma.post.findMany({ take: page.limit });
        }
      }`,
    'trpc.ts': `
      import { initTRPC } from '@trpc/server';
      import { z } from 'zod';
      import { prisma } from './prisma';
      const t = initTRPC.create();
      export const posts = t.router({
        a: t.procedure.input(z.object({ limit: z.number().int().default(20) })).query(({ input }) => {
          return prisma.post.findMany({ take: input.limit }); // want unbounded-limit
        }),
        b: t.procedure.input(z.object({ limit: z.number().int().max(50).default(20) })).query(({ input }) => {
          return prisma.post.findMany({ take: input.limit });
        }),
      });`,
    'hapi.ts': `
      import Hapi from '@hapi/hapi';
      import { prisma } from './prisma';
      const server = Hapi.server();
      server.route({ method: 'GET', path: '/posts', handler: async (request, h) => {
        return prisma.post.findMany({ take: Number(request.query.limit) }); // want unbounded-limit
      } });`,
    'tg.ts': `
      import { Arg, Int, Query, Resolver } from 'type-graphql';
      import { prisma } from './prisma';
      @Resolver()
      export class PostResolver {
        @Query(() => [Post])
        posts(@Arg('first', () => Int) first: number) {
          return prisma.post.findMany({ take: first }); // want unbounded-limit
        }
      }`,
    'gql.ts': `
      import { prisma } from './prisma';
      export const resolvers = {
        Query: {
          posts: (_: unknown, args: { first: number }) => prisma.post.findMany({ take: args.first }), // want unbounded-limit
          capped: (_: unknown, args: { first: number }) => prisma.post.findMany({ take: Math.min(args.first, 100) }),
        },
      };`,
    'server/api/posts.get.ts': `
      import { prisma } from '../../prisma';
      export default defineEventHandler(async (event) => {
        const { limit } = getQuery(event);
        return prisma.post.findMany({ take: Number(limit) }); // want unbounded-limit
      });`,
    'elysia.ts': `
      import { Elysia } from 'elysia';
      import { prisma } from './prisma';
      new Elysia().get('/posts', ({ query }) => prisma.post.findMany({ take: Number(query.limit) })); // want unbounded-limit`,
    'lambda.ts': `
      import { prisma } from './prisma';
      export const handler = async (event) => {
        const limit = Number(event.queryStringParameters?.limit ?? 20);
        return { statusCode: 200, body: JSON.stringify(await prisma.post.findMany({ take: limit })) }; // want unbounded-limit
      };`,
    'callable.ts': `
      import { onCall } from 'firebase-functions/v2/https';
      import { prisma } from './prisma';
      export const list = onCall(async (request) => {
        return prisma.post.findMany({ take: request.data.limit }); // want unbounded-limit
      });`,
    'app/actions.ts': `
      'use server';
      import { prisma } from '../prisma';
      export async function more(limit: number) {
        return prisma.post.findMany({ take: limit }); // want unbounded-limit
      }`,
  },
});
