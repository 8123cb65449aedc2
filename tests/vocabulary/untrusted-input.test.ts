import { describe, expect, test } from 'vitest';
import { builtInLesson, findingsIn, samples } from '../samples.ts';

samples('no-validation', {
  'fields of a body are stored': `
    import express from 'express';
    const app = express();
    app.post('/users', async (req, res) => {
      const user = await prisma.user.create({ data: { name: req.body.name, email: req.body.email } }); // want no-validation
      res.json(user);
    });`,
  'the body goes through a variable, a pattern and a default': `
    import express from 'express';
    const router = express.Router();
    router.post('/users', async (req, res) => {
      const { body } = req; // want no-validation
      const { name: title = 'untitled', ...rest } = body;
      await prisma.post.create({ data: { title, ...rest } });
    });`,
  'asserting a type checks nothing': `
    import express from 'express';
    const app = express();
    app.post('/users', async (req, res) => {
      const input = req.body as NewUser; // want no-validation
      await prisma.user.create({ data: { name: input!.name } });
    });`,
  'middleware of the repository, by what it does and not by what it is called': {
    'src/routes.ts': `
      import { Router } from 'express';
      import { prisma } from './db';
      import { measured, onlyUsers, shaped } from './before';
      export const router = Router();
      router.post('/a', onlyUsers, async (req, res) => {
        await prisma.user.create({ data: { name: req.body.name } });
      });
      router.post('/b', shaped('user'), async (req, res) => {
        await prisma.user.create({ data: { name: req.body.name } });
      });
      router.post('/c', measured, async (req, res) => {
        await prisma.user.create({ data: { name: req.body.name } }); // want no-validation
      });
      router.post('/d', onlyUsers, async (req, res) => {
        await prisma.user.create({ data: { name: req.query.name } }); // want no-validation:note
      });`,
    'src/before.ts': `
      import { z } from 'zod';
      const forms = { user: z.object({ name: z.string() }) };
      export function onlyUsers(req, res, next) {
        const { success } = forms.user.safeParse(req.body);
        return success ? next() : res.sendStatus(400);
      }
      export const shaped = (name) => (req, res, next) => {
        req.body = forms[name].parse(req.body);
        next();
      };
      export function measured(req, res, next) {
        console.log(req.body.length);
        next();
      }`,
    'src/db.ts': `
      import { PrismaClient } from '@prisma/client';
      export const prisma = new PrismaClient();`,
  },
  'asking whether it is there checks nothing': `
    import express from 'express';
    const app = express();
    app.post('/users', async (req, res) => {
      const { name } = req.body; // want no-validation
      if (!name || name === '') return res.status(400).json({ error: 'name is missing' });
      await prisma.user.create({ data: { name } });
    });`,
  'stored by a service in another file, two calls away': {
    'src/app.ts': `
      import express from 'express';
      import { signUp } from './sign-up.ts';
      const app = express();
      app.post('/users', async (req, res) => {
        await signUp({ email: req.body.email, by: req.user.id }); // want no-validation
        res.sendStatus(204);
      });`,
    'src/sign-up.ts': `
      import { users } from './users.ts';
      export async function signUp({ email, by }) {
        await users.insert({ email, by });
      }`,
    'src/users.ts': `
      import { prisma } from './db.ts';
      export const users = {
        insert(row) { return prisma.user.create({ data: row }); },
      };`,
    'src/db.ts': `
      import { PrismaClient } from '@prisma/client';
      export const prisma = new PrismaClient();`,
  },
  'handlers of a controllers file are known by their parameters': {
    'controllers/users.js': `
      const User = require('../models/user');
      exports.create = function (req, res, next) {
        new User({ name: req.body.name }).save((error) => error ? next(error) : res.sendStatus(201)); // want no-validation
      };
      exports.rename = async (req, res) => {
        const user = await User.findById(req.user.id);
        user.name = req.body.name; // want no-validation
        await user.save();
        res.json(user);
      };`,
    'models/user.js': `
      const mongoose = require('mongoose');
      module.exports = mongoose.model('User', new mongoose.Schema({ name: String }));`,
  },
  'a folder of models that is gathered at run time, and statements with values beside them': {
    'package.json': '{ "dependencies": { "express": "4", "sequelize": "6", "pg": "8", "ioredis": "5" } }',
    'src/app.js': `
      const express = require('express');
      const { Pool } = require('pg');
      const Redis = require('ioredis');
      const db = require('./models');
      const pool = new Pool();
      const redis = new Redis();
      const app = express();
      app.post('/a', async (req, res) => { res.json(await db.User.create({ name: req.body.name })); }); // want no-validation
      app.post('/b', async (req, res) => { res.json(await pool.query('INSERT INTO users (name) VALUES ($1)', [req.body.name])); }); // want no-validation
      app.post('/c', async (req, res) => { await redis.set('motd', req.body.text); res.end(); }); // want no-validation
      app.get('/d', async (req, res) => { res.json(await pool.query('SELECT * FROM users WHERE id = $1', [req.query.id])); });`,
    'src/models/index.js': `
      const db = {};
      for (const file of files) db[file.name] = sequelize.import(file);
      module.exports = db;`,
  },
  'elements of a list are stored one by one': `
    import express from 'express';
    const app = express();
    app.post('/tags', async (req, res) => {
      for (const tag of req.body.tags) { // want no-validation
        await prisma.tag.create({ data: { label: tag.label } });
      }
      res.sendStatus(204);
    });`,
  'a query string decides what is deleted': `
    import express from 'express';
    const app = express();
    app.delete('/sessions', async (req, res) => {
      await prisma.session.deleteMany({ where: { userId: req.query.user } }); // want no-validation:note
      res.sendStatus(204);
    });`,
  'one field is checked, the others are stored as they came': `
    import express from 'express';
    const app = express();
    app.put('/team', async (req, res) => {
      const { name, domain } = req.body; // want no-validation:note
      if (!isValidDomain(domain)) return res.sendStatus(400);
      await prisma.team.update({ where: { id: req.user.teamId }, data: { name, domain } });
    });`,
  'what a failed schema was asked about is used after all': `
    import express from 'express';
    import { z } from 'zod';
    const app = express();
    app.post('/users', async (req, res) => {
      const parsed = z.object({ name: z.string() }).safeParse(req.query);
      await prisma.user.create({ data: { name: req.body.name } }); // want no-validation
    });`,
  'route handlers of Next, wrapped and not': {
    'src/app/api/posts/route.ts': `
      import { prisma } from '@prisma/client';
      export async function POST(request: Request) {
        const { title } = await request.json(); // want no-validation
        return Response.json(await prisma.post.create({ data: { title } }));
      }
      export const PATCH = withSession(async ({ req, session }) => {
        const { bio } = (await req.json()) as { bio: string }; // want no-validation
        return Response.json(await prisma.user.update({ where: { id: session.user.id }, data: { bio } }));
      });
      export const PUT = withSession(async ({ req }) => {
        const body = update.parse(await req.json());
        return Response.json(await prisma.user.update({ where: { id: body.id }, data: { bio: body.bio } }));
      });`,
  },
  'API pages of Next, whose methods are functions of their own': {
    'pages/api/teams/index.ts': `
      import type { NextApiRequest, NextApiResponse } from 'next';
      import { createTeam } from '../../../models/team';
      export default async function handler(req: NextApiRequest, res: NextApiResponse) {
        if (req.method === 'POST') return handlePOST(req, res);
        res.status(405).end();
      }
      const handlePOST = async (req: NextApiRequest, res: NextApiResponse) => {
        const { name } = JSON.parse(req.body) as { name: string }; // want no-validation
        res.json(await createTeam({ name, ownerId: 1 }));
      };`,
    'models/team.ts': `
      import { prisma } from '../lib/prisma';
      export const createTeam = async (data: { name: string; ownerId: number }) => prisma.team.create({ data });`,
    'lib/prisma.ts': `
      import { PrismaClient } from '@prisma/client';
      export const prisma = new PrismaClient();`,
  },
  'server actions of Next: every argument comes from a client': {
    'src/app/posts/actions.ts': `
      'use server';
      import { prisma } from '@prisma/client';
      export async function createPost(form: FormData) {
        const title = form.get('title') as string; // want no-validation
        await prisma.post.create({ data: { title } });
      }
      export async function createChecked(form: FormData) {
        const { title } = newPost.parse(Object.fromEntries(form));
        await prisma.post.create({ data: { title } });
      }
      export const createSafely = action.inputSchema(newPost).action(async ({ parsedInput }) => {
        await prisma.post.create({ data: parsedInput });
      });`,
  },
  'controllers of NestJS: a class can be checked, a type is gone when the program runs': {
    'src/users.controller.ts': `
      import { Body, Controller, Get, Param, Post, Put, Query, UsePipes } from '@nestjs/common';
      import { CreateUserDto } from './create-user.dto';
      import { BareDto } from './bare.dto';
      import { UnseenDto } from '@acme/shared';
      @Controller('users')
      export class UsersController {
        constructor(private readonly users: UsersService) {}
        @Post()
        create(@Body() dto: CreateUserDto) { return this.users.create(dto); }
        @Post('import')
        importAll(@Body() body: any) { return this.users.importAll(body.rows); } // want no-validation
        @Put(':id')
        update(@Param('id') id: string, @Body() changes: { name: string }) { return this.users.update(id, changes); } // want no-validation
        @Post('piped')
        piped(@Body(new ZodValidationPipe(schema)) body: any) { return this.users.create(body); }
        @Post('used')
        @UsePipes(new ZodValidationPipe(schema))
        used(@Body() body: any) { return this.users.create(body); }
        @Post('bare')
        bare(@Body() dto: BareDto) { return this.users.create(dto); } // want no-validation
        @Post('unseen')
        unseen(@Body() dto: UnseenDto) { return this.users.create(dto); }
        @Get(':id')
        one(@Param('id') id: string, @Query('full') full: string) { return this.users.one(id, full); }
      }`,
    'src/create-user.dto.ts': `
      import { IsString } from 'class-validator';
      export class CreateUserDto { @IsString() name: string; }`,
    'src/bare.dto.ts': `export class BareDto { @ApiProperty() name: string; }`,
  },
  'Lambda behind an API': {
    'create.js': `
      const { DynamoDBClient } = require('@aws-sdk/client-dynamodb');
      const { DynamoDBDocumentClient, PutCommand } = require('@aws-sdk/lib-dynamodb');
      const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));
      exports.handler = async (event) => {
        const { title } = JSON.parse(event.body); // want no-validation
        await client.send(new PutCommand({ TableName: 'posts', Item: { title } }));
        return { statusCode: 204 };
      };`,
  },
  'Koa, Fastify and Hono': {
    'koa.ts': `
      import Router from '@koa/router';
      const router = new Router();
      router.post('/users', async (ctx) => {
        const { email } = ctx.request.body; // want no-validation
        ctx.body = await prisma.user.create({ data: { email } });
      });`,
    'fastify.ts': `
      import Fastify from 'fastify';
      const fastify = Fastify();
      fastify.post('/users', async (request, reply) => {
        return prisma.user.create({ data: { email: request.body.email } }); // want no-validation
      });
      fastify.post('/checked', { schema: { body: newUser } }, async (request, reply) => {
        return prisma.user.create({ data: { email: request.body.email } });
      });
      fastify.route({ method: 'POST', url: '/also', schema: { body: newUser }, handler: async (request, reply) => {
        return prisma.user.create({ data: { email: request.body.email } });
      } });`,
    'hono.ts': `
      import { Hono } from 'hono';
      import { zValidator } from '@hono/zod-validator';
      const app = new Hono();
      app.post('/users', async (c) => {
        const { email } = await c.req.json(); // want no-validation
        return c.json(await prisma.user.create({ data: { email } }));
      });
      app.post('/checked', zValidator('json', newUser), async (c) => {
        const { email } = c.req.valid('json');
        return c.json(await prisma.user.create({ data: { email } }));
      });`,
  },
});

samples('no-validation', {
  'a schema reads the body': `
    import express from 'express';
    const app = express();
    app.post('/users', async (req, res) => {
      const { name } = newUser.parse(req.body);
      await prisma.user.create({ data: { name } });
    });
    app.post('/joi', async (req, res) => {
      const { error, value } = schema.validate(req.body);
      if (error) return res.status(400).json(error);
      await prisma.user.create({ data: value });
    });
    app.post('/ajv', async (req, res) => {
      if (!validateUser(req.body)) return res.sendStatus(400);
      await prisma.user.create({ data: { name: req.body.name } });
    });`,
  'a schema stands before the handler': `
    import express from 'express';
    import { body, validationResult } from 'express-validator';
    const router = express.Router();
    router.post('/a', validate(newUser), async (req, res) => {
      await prisma.user.create({ data: { name: req.body.name } });
    });
    router.post('/b', [body('name').isString()], async (req, res) => {
      await prisma.user.create({ data: { name: req.body.name } });
    });
    router.post('/c', celebrate({ body: newUser }), async (req, res) => {
      await prisma.user.create({ data: { name: req.body.name } });
    });`,
  'the whole router is guarded': `
    import express from 'express';
    const router = express.Router();
    router.use(validateBody(anything));
    router.post('/a', async (req, res) => {
      await prisma.user.create({ data: { name: req.body.name } });
    });`,
  'the handler stands in a file of its own, the schema where its route is declared': {
    'package.json': '{ "dependencies": { "express": "4", "joi": "17", "@prisma/client": "5" } }',
    'src/controllers/users.ts': `
      import { prisma } from '../db';
      export async function create(req, res) {
        await prisma.user.create({ data: { name: req.body.name } });
        res.sendStatus(204);
      }
      export async function rename(req, res) {
        await prisma.user.update({ where: { id: req.user.id }, data: { name: req.body.name } }); // want no-validation
        res.sendStatus(204);
      }
      export async function elsewhere(req, res) {
        await prisma.user.create({ data: { name: req.body.name } });
        res.sendStatus(204);
      }`,
    'src/routes/users.ts': `
      import { Router } from 'express';
      import * as users from '../controllers/users';
      const router = Router();
      router.post('/', validate(newUser), users.create);
      router.put('/', users.rename);
      export default router;`,
    'src/db.ts': `
      import { PrismaClient } from '@prisma/client';
      export const prisma = new PrismaClient();`,
  },
  'wrapped handlers, exported through an index': {
    'package.json': '{ "dependencies": { "express": "4", "joi": "17", "mongoose": "8" } }',
    'src/controllers/user.controller.js': `
      const { User } = require('../models');
      const catchAsync = require('../utils/catchAsync');
      const createUser = catchAsync(async (req, res) => {
        res.status(201).send(await User.create({ name: req.body.name }));
      });
      const renameUser = catchAsync(async (req, res) => {
        res.send(await User.findOneAndUpdate({ _id: req.user.id }, { name: req.body.name })); // want no-validation
      });
      module.exports = { createUser, renameUser };`,
    'src/controllers/index.js': `module.exports.userController = require('./user.controller');`,
    'src/routes/v1/user.route.js': `
      const express = require('express');
      const validate = require('../../middlewares/validate');
      const { userController } = require('../../controllers');
      const router = express.Router();
      router.route('/').post(auth('manage'), validate(userValidation.createUser), userController.createUser);
      router.route('/name').post(auth('manage'), userController.renameUser);
      module.exports = router;`,
    'src/utils/catchAsync.js': `module.exports = (fn) => (req, res, next) => { Promise.resolve(fn(req, res, next)).catch((error) => next(error)); };`,
    'src/models/index.js': `
      const db = {};
      for (const name of names) db[name] = load(name);
      module.exports = db;`,
  },
  'options of a Fastify route under a name': {
    'package.json': '{ "dependencies": { "fastify": "5", "@prisma/client": "5" } }',
    'src/app.ts': `
      import Fastify from 'fastify';
      import { imported } from './options';
      const fastify = Fastify();
      const checked = { schema: { body: newUser } };
      const open = { config: { rateLimit: 10 } };
      fastify.post('/a', checked, async (request, reply) => prisma.user.create({ data: { name: request.body.name } }));
      fastify.post('/b', open, async (request, reply) => prisma.user.create({ data: { name: request.body.name } })); // want no-validation
      fastify.post('/c', imported, async (request, reply) => prisma.user.create({ data: { name: request.body.name } }));`,
    'src/controller.ts': `
      import type { FastifyReply, FastifyRequest } from 'fastify';
      export async function create(request: FastifyRequest, reply: FastifyReply) {
        return prisma.user.create({ data: { name: request.body.name } });
      }`,
  },
  'a helper checks and throws': {
    'src/app.ts': `
      import express from 'express';
      import { readBody } from './read-body.ts';
      const app = express();
      app.post('/users', async (req, res) => {
        const body = await readBody(req, newUser);
        await prisma.user.create({ data: { name: body.name } });
      });
      app.post('/other', async (req, res) => {
        assertName(req.body.name);
        await prisma.user.create({ data: { name: req.body.name } });
      });
      function assertName(name) {
        if (typeof name !== 'string' || name.length > 80) throw new Error('name');
      }`,
    'src/read-body.ts': `
      export async function readBody(req, schema) {
        const result = schema.safeParse(req.body);
        if (!result.success) throw new Error('bad request');
        return result.data;
      }`,
  },
  'guards written by hand': `
    import express from 'express';
    const app = express();
    const roles = ['admin', 'editor'];
    app.post('/a', async (req, res) => {
      if (typeof req.body.name !== 'string') return res.sendStatus(400);
      await prisma.user.create({ data: { name: req.body.name } });
    });
    app.post('/b', async (req, res) => {
      const { role } = req.body;
      if (!roles.includes(role)) return res.sendStatus(400);
      await prisma.user.update({ where: { id: req.user.id }, data: { role } });
    });
    app.post('/c', async (req, res) => {
      const amount = Number(req.body.amount);
      await prisma.payment.create({ data: { amount } });
    });
    app.post('/d', async (req, res) => {
      const { mode } = req.body;
      switch (mode) {
        case 'fast': await prisma.job.create({ data: { mode } }); break;
        default: res.sendStatus(400);
      }
    });`,
  'harmless uses': `
    import express from 'express';
    const app = express();
    app.get('/users/:id', async (req, res) => {
      res.json(await prisma.user.findUnique({ where: { id: req.params.id } }));
    });
    app.put('/users/:id/seen', async (req, res) => {
      await prisma.user.update({ where: { id: req.params.id }, data: { seen: new Date() } });
    });
    app.post('/log', (req, res) => {
      logger.info('received', { body: req.body });
      res.json({ received: Boolean(req.body.text) });
    });
    app.post('/hash', async (req, res) => {
      await prisma.user.update({ where: { id: req.user.id }, data: { password: await bcrypt.hash(req.body.password, 10) } });
    });
    app.post('/headers', async (req, res) => {
      await prisma.visit.create({ data: { agent: req.headers['user-agent'] } });
    });`,
  'a signature over the body says who wrote it': `
    import express from 'express';
    const app = express();
    app.post('/webhook', async (req, res) => {
      if (!verifyWebhookSignature(req)) return res.sendStatus(401);
      await prisma.event.create({ data: { type: req.body.type } });
    });`,
  'no handlers: parameters that only look like requests': `
    export function merge(req, overrides) {
      return prisma.user.create({ data: { name: req.body.name } });
    }
    const cache = new Map();
    cache.get('/users', (req) => prisma.user.create({ data: req.body }));
    axios.post('/users', { name: form.body.name });`,
  'a package checks every request against the contract': {
    'package.json': '{ "dependencies": { "express": "4", "express-openapi-validator": "5", "@prisma/client": "5" } }',
    'src/app.ts': `
      import express from 'express';
      const app = express();
      app.post('/users', async (req, res) => { await prisma.user.create({ data: { name: req.body.name } }); });`,
  },
  'a value is put through its own cleaner': `
    import express from 'express';
    const app = express();
    app.post('/users', async (req, res) => {
      let { name } = req.body;
      if (name) name = sanitizeName(name);
      await prisma.user.create({ data: { name } });
    });
    app.post('/assigned', async (req, res) => {
      req.body = newUser.parse(req.body);
      await prisma.user.create({ data: { name: req.body.name } });
    });`,
  'the route of a handler stands in a folder of the same name': {
    'package.json': '{ "dependencies": { "express": "4", "zod": "4", "@prisma/client": "5" } }',
    'src/controllers/orders/index.ts': `
      import { prisma } from '@prisma/client';
      const createOrder = async (req, res) => {
        res.json(await prisma.order.create({ data: { note: req.body.note } })); // want no-validation
      };
      const renameOrder = async (req, res) => {
        res.json(await prisma.order.update({ where: { id: 1 }, data: { name: req.body.name } }));
      };
      const nobodyKnows = async (req, res) => {
        res.json(await prisma.order.create({ data: { note: req.body.note } })); // miss: its route is nowhere near, and may check
      };
      export default { createOrder, renameOrder, nobodyKnows };`,
    'src/routes/orders/index.ts': `
      import express from 'express';
      import orders from '../../controllers/orders';
      const router = express.Router();
      router.post('/', mayCreate('orders'), orders.createOrder);
      router.put(['/', '/:id'], validate(orderName), orders.renameOrder);
      export default router;`,
    'src/controllers/evaluators/index.ts': `
      import { prisma } from '@prisma/client';
      export const addEvaluator = async (req, res) => {
        res.json(await prisma.evaluator.create({ data: { name: req.body.name } })); // want no-validation
      };`,
    'src/routes/evaluator/index.ts': `
      import express from 'express';
      import { addEvaluator } from '../../controllers/evaluators';
      const router = express.Router();
      router.post('/', addEvaluator);
      export default router;`,
  },
  'the routes of a server, in a file that says so': {
    'package.json': '{ "dependencies": { "express": "4", "zod": "4", "@prisma/client": "5" } }',
    'lib/controllers/orders.controller.ts': `
      import { prisma } from '@prisma/client';
      class OrdersController {
        async create(req, res) { res.json(await prisma.order.create({ data: { note: req.body.note } })); } // want no-validation
        async rename(req, res) { res.json(await prisma.order.update({ where: { id: 1 }, data: { name: req.body.name } })); }
        async move(req, res) { res.json(await prisma.order.create({ data: { to: req.body.to } })); } // want no-validation
      }
      export default new OrdersController();`,
    'lib/routes.public.ts': `
      import express from 'express';
      import orders from './controllers/orders.controller';
      const api = express.Router();
      api.route('/orders').post(signedIn, orders.create.bind(orders));
      api.route('/orders/name').put(validate(orderName), orders.rename.bind(orders));`,
    'lib/routes/api.ts': `
      import express from 'express';
      import orders from '../controllers/orders.controller';
      export default express.Router().post('/orders/move', orders.move);`,
  },
  'form actions of SvelteKit': {
    'src/routes/posts/+page.server.ts': `
      import { prisma } from '@prisma/client';
      export const actions = {
        default: async ({ request }) => {
          const form = await request.formData();
          await prisma.post.create({ data: { title: form.get('title') as string } }); // want no-validation
        },
        async checked({ request }) {
          const form = await superValidate(request, zod(schema));
          await prisma.post.create({ data: form.data });
        },
        named: async ({ request }) => {
          const data = Object.fromEntries(await request.formData());
          await prisma.post.create({ data: { title: data.title } }); // want no-validation
        },
      } satisfies Actions;
      export const load = async ({ params }) => ({ post: await prisma.post.findUnique({ where: { id: params.id } }) });`,
  },
  'endpoints of Astro': {
    'src/pages/api/posts.ts': `
      import type { APIRoute } from 'astro';
      import { prisma } from '@prisma/client';
      export const POST: APIRoute = async ({ request }) => {
        const { title } = await request.json(); // want no-validation
        return Response.json(await prisma.post.create({ data: { title } }));
      };
      export const PUT: APIRoute = async ({ request }) => {
        const { title } = posts.parse(await request.json());
        return Response.json(await prisma.post.update({ where: { id: 1 }, data: { title } }));
      };`,
  },
  'routes of Elysia, whose options are their schema': `
    import { Elysia, t } from 'elysia';
    import { prisma } from '@prisma/client';
    new Elysia()
      .post('/a', async ({ body }) => prisma.post.create({ data: { title: body.title } })) // want no-validation
      .post('/b', async ({ body }) => prisma.post.create({ data: { title: body.title } }), { body: t.Object({ title: t.String() }) })
      .post('/c', async ({ body, query }) => prisma.post.create({ data: { title: body.title, by: query.by } }), { body: Post }) // want no-validation:note
      .post('/d', async ({ body: { title } }) => { await prisma.post.create({ data: { title } }); }); // want no-validation
    new Elysia().guard({ body: Post }).post('/e', async ({ body }) => prisma.post.create({ data: { title: body.title } }));`,
  'controllers of Adonis': `
    import type { HttpContext } from '@adonisjs/core/http';
    import { prisma } from '@prisma/client';
    export default class PostsController {
      async store({ request }: HttpContext) {
        const data = request.only(['title', 'text']); // want no-validation
        return prisma.post.create({ data });
      }
      async rename({ request }: HttpContext) {
        return prisma.post.update({ where: { id: 1 }, data: { title: request.input('title') } }); // want no-validation
      }
      async update({ request }: HttpContext) {
        const data = await request.validateUsing(postValidator);
        return prisma.post.update({ where: { id: 1 }, data });
      }
      async show({ params }: HttpContext) {
        return prisma.post.findUnique({ where: { id: params.id } });
      }
    }`,
  'callable functions of Firebase': {
    'functions/one.js': `
      const functions = require('firebase-functions');
      const { prisma } = require('@prisma/client');
      exports.rename = functions.https.onCall(async (data, context) => {
        await prisma.user.update({ where: { id: context.auth.uid }, data: { name: data.name } }); // want no-validation
      });
      exports.hide = functions.https.onCall(async (data, context) => {
        await prisma.user.update({ where: { id: context.auth.uid }, data: hidden.parse(data) });
      });`,
    'functions/two.ts': `
      import { onCall } from 'firebase-functions/v2/https';
      import { prisma } from '@prisma/client';
      export const rename = onCall({ cors: true }, async (request) => {
        await prisma.user.update({ where: { id: request.auth.uid }, data: { name: request.data.name } }); // want no-validation
      });
      export const greet = onCall(async ({ data, auth }) => { // want no-validation
        await prisma.user.update({ where: { id: auth.uid }, data: { greeting: data.text } });
      });`,
  },
  'a command is checked by the rules of its class where it is made': {
    'src/users.controller.ts': `
      import { Body, Controller, Post } from '@nestjs/common';
      import { RenameUser, NoteUser, TagUser, OwnUser, ListUser } from './commands';
      class NameDto { @ApiProperty() name: string; }
      @Controller('/users')
      export class UsersController {
        @Post('/rename')
        rename(@Body() body: NameDto) { return this.users.execute(RenameUser.create({ by: this.me, name: body.name })); }
        @Post('/any')
        any(@Body() body: any) { return this.users.execute(RenameUser.create({ by: this.me, name: body.name })); } // want no-validation:note
        @Post('/list')
        list(@Body() { name }: NameDto) { return this.users.execute(ListUser.create({ name })); }
        @Post('/note')
        note(@Body() body: any) { return this.users.execute(NoteUser.create({ note: body.note })); } // want no-validation
        @Post('/tag')
        tag(@Body() body: any) { return this.users.execute(TagUser.create({ tag: body.tag })); } // want no-validation
        @Post('/own')
        own(@Body() body: any) { return this.users.execute(OwnUser.create({ name: body.name })); } // want no-validation
      }`,
    'src/commands.ts': `
      import { IsDefined, IsString } from 'class-validator';
      import { BaseCommand } from '@shop/commands';
      export class RenameUser extends BaseCommand { by: string; @IsString() @IsDefined() name: string; }
      export class ListUser extends BaseCommand { @IsString() name: string; }
      export class NoteUser extends BaseCommand { note: unknown; @IsString() title: string; }
      export class TagUser extends BaseCommand { @IsDefined() tag: unknown; }
      export class OwnUser extends BaseCommand {
        @IsString() name: string;
        static create(data) { return Object.assign(new OwnUser(), data); }
      }`,
  },
  'known misses': `
    import express from 'express';
    const app = express();
    app.post('/users', async (req, res) => {
      this.pending = req.body;
      await flush(); // miss: values kept on this are not followed
      await stripe.customers.create({ email: req.body.email }); // miss: what packages do with a value is not known
    });`,
});

describe('what is told of an input', () => {
  const lessons = [builtInLesson('no-validation')];

  test('one finding a handler, on its first unchecked input', async () => {
    const found = await findingsIn({ 'app.ts': `
      import express from 'express';
      const app = express();
      app.post('/users', async (req, res) => {
        const user = {};
        user.name = req.body.name;
        user.role = req.body.role;
        await userRepository.save(user);
      });` }, lessons);
    expect(found.map(({ line, message }) => [line, message])).toEqual([[6, '`req.body.name` comes from the client and is used without having been checked. The same goes for line 7.']]);
  });

  test('the advice speaks of the library that the project has', async () => {
    const code = `
      import express from 'express';
      const app = express();
      app.post('/users', async (req, res) => { await prisma.user.create({ data: { name: req.body.name } }); });`;
    const [plain] = await findingsIn({ 'package.json': '{ "dependencies": { "express": "4", "@prisma/client": "5" } }', 'app.ts': code }, lessons);
    const [withZod] = await findingsIn({ 'package.json': '{ "dependencies": { "express": "4", "@prisma/client": "5", "zod": "4" } }', 'app.ts': code }, lessons);
    expect(plain!.advice).toBe(lessons[0]!.lesson);
    expect(withZod!.advice).toContain('zod schema');
  });

  test('the evidence leads to where it is stored', async () => {
    const [finding] = await findingsIn({
      'app.ts': `
        import express from 'express';
        import { save } from './save.ts';
        const app = express();
        app.post('/users', async (req, res) => { await save(req.body); });`,
      'save.ts': `
        import { PrismaClient } from '@prisma/client';
        const prisma = new PrismaClient();
        export const save = (data) => prisma.user.create({ data });`,
    }, lessons);
    expect(finding!.evidence.map(({ path, line }) => `${path}:${line}`)).toContain('save.ts:4');
  });
});

describe('hostile and odd files', () => {
  const lessons = [builtInLesson('no-validation'), builtInLesson('sql-injection')];
  const handler = (body: string) => `import express from 'express'; const app = express(); app.post('/x', async (req, res) => { ${body} });`;

  test.each([
    ['a function that calls itself', handler('const f = (x) => { f(x); return f(x); }; f(req.body);')],
    ['functions that call each other', `${handler('a(req.body)')} function a(x) { b(x); } function b(x) { a(x); }`],
    ['an object spread into itself', handler('let o = { a: req.body }; o = { ...o, b: o }; await prisma.user.create({ data: o });')],
    ['a pattern within a pattern', handler('const { a: { b: [{ c = req.query.q }] } } = req.body; db.query(c);')],
    ['nothing but holes', handler('const [, , x] = [...req.body]; ({ [x]: y } = req.query);')],
    ['objects that double and double again', handler(`let o = { a: 1 }; ${'o = { a: o, b: o };'.repeat(60)} if (x) o = { a: o, b: req.body }; ${'o = { a: o, b: o };'.repeat(60)} await prisma.user.create({ data: o });`)],
    ['half a handler', 'app.post("/x", async (req, res) => { const { a'],
  ])('%s', async (_, code) => {
    await expect(findingsIn({ 'app.ts': code }, lessons)).resolves.toBeDefined();
  });

  test('thousands of pieces in one text, and thousands of checks, take no time to speak of', async () => {
    const started = performance.now();
    const sum = Array.from({ length: 3_000 }, (_, index) => `'${index}' + req.body.a${index}`).join(' + ');
    const checks = Array.from({ length: 3_000 }, (_, index) => `if (!isText(req.body.a${index})) return;`).join('\n');
    await findingsIn({ 'app.ts': handler(`${checks}\n db.query('SELECT * FROM t WHERE x = ' + ${sum.slice(0, 20_000)} + ''); verif${'verif'.repeat(20_000)}(req.body);`) }, lessons);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
