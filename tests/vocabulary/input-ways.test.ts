import { describe, expect, test } from 'vitest';
import type { Files } from '../in-memory.ts';
import { builtInLesson, findingsIn } from '../samples.ts';

/**
 * Every way in which what a client sends comes in, and every way in which it goes from there to where it is stored: unchecked it is told in the
 * file of the handler, or where it is stored; checked it is not.
 */
const store = "import { prisma } from './prisma';";
const prisma: Files = { 'prisma.ts': "import { PrismaClient } from '@prisma/client';\nexport const prisma = new PrismaClient();" };

/** How a handler gets its input: the text of the file, with `@` where the input is used. */
const entrances: Record<string, string | Files> = {
  'express, an app': "import express from 'express';\nconst app = express();\napp.post('/posts', async (req, res) => {\n  @(req.body);\n  res.end();\n});",
  'express, a router and its route': "import { Router } from 'express';\nconst router = Router();\nrouter.route('/posts').post(async (req, res) => {\n  @(req.body);\n  res.end();\n});",
  'express, within a wrapper': "import { Router } from 'express';\nimport asyncHandler from 'express-async-handler';\nconst router = Router();\nrouter.post('/posts', asyncHandler(async (req, res) => {\n  @(req.body);\n  res.end();\n}));",
  'express, a wrapper that gives only the request': "import { Router } from 'express';\nconst wrap = (fn) => (req, res, next) => fn(req).then((found) => res.json(found)).catch(next);\nconst router = Router();\nrouter.post('/posts', wrap(async (req) => {\n  return @(req.body);\n}));",
  'express, a controller in an object': { 'handler.ts': `${store}\nimport type { Request, Response } from 'express';\nexport const posts = {\n  async create(req: Request, res: Response) {\n    @(req.body);\n    res.end();\n  },\n};`, 'routes.ts': "import { Router } from 'express';\nimport { posts } from './handler';\nconst router = Router();\nrouter.post('/posts', posts.create);" },
  'express, a controller in a class': { 'handler.ts': `${store}\nimport type { Request, Response } from 'express';\nexport class Posts {\n  create = async (req: Request, res: Response) => {\n    @(req.body);\n    res.end();\n  };\n}`, 'routes.ts': "import { Router } from 'express';\nimport { Posts } from './handler';\nconst posts = new Posts();\nconst router = Router();\nrouter.post('/posts', posts.create);" },
  'express, CommonJS without types': "const { prisma } = require('./prisma');\nexports.create = async (req, res, next) => {\n  try {\n    @(req.body);\n    res.end();\n  } catch (error) {\n    next(error);\n  }\n};",
  'express, taken apart': "import express from 'express';\nconst app = express();\napp.post('/posts', async ({ body }, res) => {\n  @(body);\n  res.end();\n});",
  'express, a query': "import express from 'express';\nconst app = express();\napp.post('/posts', async (req, res) => {\n  @(req.query);\n  res.end();\n});",
  fastify: "import fastify from 'fastify';\nconst app = fastify();\napp.post('/posts', async (request, reply) => {\n  @(request.body);\n  return reply.send();\n});",
  'fastify, a plugin': "import type { FastifyPluginAsync } from 'fastify';\nconst posts: FastifyPluginAsync = async (app) => {\n  app.post('/posts', { onRequest: app.authenticate }, async (req: any, reply) => {\n    @(req.body);\n    return reply.send();\n  });\n};\nexport default posts;",
  'fastify, its route': "import fastify from 'fastify';\nconst app = fastify();\napp.route({ method: 'POST', url: '/posts', handler: async (request, reply) => {\n  @(request.body);\n} });",
  'fastify, a handler elsewhere': { 'handler.ts': `${store}\nexport async function create(req, reply) {\n  @(req.body);\n  return reply.send();\n}`, 'routes.ts': "import { create } from './handler';\nexport default async function routes(fastify) {\n  fastify.post('/posts', create);\n}" },
  koa: "import Router from '@koa/router';\nconst router = new Router();\nrouter.post('/posts', async (ctx) => {\n  @(ctx.request.body);\n  ctx.status = 201;\n});",
  hapi: "import Hapi from '@hapi/hapi';\nconst server = Hapi.server();\nserver.route({ method: 'POST', path: '/posts', handler: async (request, h) => {\n  @(request.payload);\n  return h.response();\n} });",
  hono: "import { Hono } from 'hono';\nconst app = new Hono();\napp.post('/posts', async (c) => {\n  @(await c.req.json());\n  return c.body(null);\n});",
  'a route of Next.js': { 'app/api/posts/route.ts': "import { prisma } from '../../../prisma';\nexport async function POST(request: Request) {\n  @(await request.json());\n  return new Response();\n}" },
  'an API of Next.js': { 'pages/api/posts.ts': "import { prisma } from '../../prisma';\nimport type { NextApiRequest, NextApiResponse } from 'next';\nexport default async function handler(req: NextApiRequest, res: NextApiResponse) {\n  @(req.body);\n  res.end();\n}" },
  'an action of Next.js': { 'app/actions.ts': "'use server';\nimport { prisma } from '../prisma';\nexport async function create(data: any) {\n  @(data);\n}" },
  'an action with a form': { 'app/actions.ts': "'use server';\nimport { prisma } from '../prisma';\nexport async function create(form: FormData) {\n  @(Object.fromEntries(form));\n}" },
  'Remix': { 'app/routes/posts.tsx': "import { prisma } from '../../prisma';\nimport type { ActionFunctionArgs } from '@remix-run/node';\nexport async function action({ request }: ActionFunctionArgs) {\n  @(await request.json());\n  return null;\n}" },
  'SvelteKit': { 'src/routes/posts/+server.ts': "import { prisma } from '../../../prisma';\nexport async function POST({ request }) {\n  @(await request.json());\n  return new Response();\n}" },
  'Nuxt': { 'server/api/posts.post.ts': "import { prisma } from '../../prisma';\nexport default defineEventHandler(async (event) => {\n  @(await readBody(event));\n  return null;\n});" },
  'Nest, without a class': "import { Body, Controller, Post } from '@nestjs/common';\n@Controller('posts')\nexport class PostsController {\n  @Post()\n  async create(@Body() body: any) {\n    @(body);\n  }\n}",
  'Nest, an interface': "import { Body, Controller, Post } from '@nestjs/common';\ninterface Input { title: string }\n@Controller('posts')\nexport class PostsController {\n  @Post()\n  async create(@Body() body: Input) {\n    @(body);\n  }\n}",
  'Nest, a gateway': "import { MessageBody, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';\n@WebSocketGateway()\nexport class PostsGateway {\n  @SubscribeMessage('create')\n  async create(@MessageBody() body: any) {\n    @(body);\n  }\n}",
  'routing-controllers': "import { Body, JsonController, Post } from 'routing-controllers';\n@JsonController('/posts')\nexport class PostsController {\n  @Post()\n  async create(@Body() body: any) {\n    @(body);\n  }\n}",
  'Lambda': "import type { APIGatewayProxyEvent } from 'aws-lambda';\nexport const handler = async (event: APIGatewayProxyEvent) => {\n  @(JSON.parse(event.body ?? '{}'));\n  return { statusCode: 201 };\n};",
  'Lambda, its parser elsewhere': { 'handler.ts': `${store}\nimport { bodyOf } from './parse';\nexport const handler = async (event) => {\n  @(bodyOf(event));\n  return { statusCode: 201 };\n};`, 'parse.ts': "export function bodyOf(event) {\n  const text = event.isBase64Encoded ? Buffer.from(event.body, 'base64').toString() : event.body;\n  return JSON.parse(text);\n}" },
  'a cloud function': "import { onRequest } from 'firebase-functions/v2/https';\nexport const create = onRequest(async (req, res) => {\n  @(req.body);\n  res.end();\n});",
  'a callable function': "import { onCall } from 'firebase-functions/v2/https';\nexport const create = onCall(async (request) => {\n  @(request.data);\n});",
  'socket.io': "import { Server } from 'socket.io';\nconst io = new Server();\nio.on('connection', (socket) => {\n  socket.on('posts:create', async (payload, ack) => {\n    @(payload);\n    ack();\n  });\n});",
  'socket.io, a handler elsewhere': "export function register(io, socket) {\n  socket.on('posts:create', async (payload) => {\n    @(payload);\n  });\n}",
  'socket.io, within a wrapper': "const guarded = (socket, handler) => async (payload, ack) => {\n  try {\n    ack(await handler(payload));\n  } catch (error) {\n    ack({ error });\n  }\n};\nexport function register(io, socket) {\n  socket.on('posts:create', guarded(socket, async (payload) => {\n    @(payload);\n  }));\n}",
  'ws': "import { WebSocketServer } from 'ws';\nconst server = new WebSocketServer();\nserver.on('connection', (ws) => {\n  ws.on('message', async (data) => {\n    const message = JSON.parse(data.toString());\n    @(message.post);\n  });\n});",
  'Elysia': "import { Elysia } from 'elysia';\nnew Elysia().post('/posts', async ({ body }) => {\n  @(body);\n});",
  'GraphQL, an argument of any kind': "export const resolvers = {\n  Mutation: {\n    createPost: async (_parent: unknown, { input }: { input: any }) => {\n      return @(input);\n    },\n  },\n};",
  'tRPC, whose input nobody reads': "import { initTRPC } from '@trpc/server';\nconst t = initTRPC.create();\nexport const posts = t.router({\n  create: t.procedure.input((raw: unknown) => raw as any).mutation(async ({ input }) => {\n    return @(input);\n  }),\n});",
  'tRPC, a schema that takes anything': "import { initTRPC } from '@trpc/server';\nimport { z } from 'zod';\nconst t = initTRPC.create();\nexport const posts = t.router({\n  create: t.procedure.input(z.any()).mutation(async ({ input }) => {\n    return @(input);\n  }),\n});",
  'Bun': "Bun.serve({\n  async fetch(req) {\n    @(await req.json());\n    return new Response();\n  },\n});",
  'Meteor': "import { Meteor } from 'meteor/meteor';\nMeteor.methods({\n  async 'posts.create'(post) {\n    @(post);\n  },\n});",
};

/** The packages of the project: what its files import, and what those that import nothing are written for. */
const usual = ['express', 'fastify', 'socket.io', 'ws', 'elysia', '@apollo/server', 'hono', 'next', '@nestjs/common', '@hapi/hapi', '@koa/router', 'meteor-node-stubs', 'nuxt', '@sveltejs/kit'];
const manifestOf = (files: Files): string => {
  const imported = Object.values(files).flatMap((text) => [...text.matchAll(/(?:from|require\()\s*'([^'.][^']*)'/g)].map(([, name]) => name!.split('/').slice(0, name!.startsWith('@') ? 2 : 1).join('/')));
  const named = usual.filter((each) => !Object.values(files).some((text) => /from '(?:express|fastify|hono|@koa|@hapi|elysia|@nestjs|ws|socket)/.test(text)) && (each !== 'fastify' || Object.values(files).some((text) => text.includes('fastify'))));
  return JSON.stringify({ dependencies: Object.fromEntries(['@prisma/client', ...imported, ...named].map((each) => [each, '*'])) });
};
const lessons = ['no-validation', 'mass-assignment'].map(builtInLesson);

/** The lessons found in these files, with `@(input)` for a call that stores the input. */
async function told(files: Files, sink: (input: string) => string): Promise<string[]> {
  const written = Object.fromEntries(Object.entries(files).map(([path, text]) => [path, withSinks(text, sink)]));
  return (await findingsIn({ 'package.json': manifestOf(files), ...prisma, ...written }, lessons)).map(({ lesson }) => lesson);
}

/** `@(…)`, whose parentheses may hold others. */
function withSinks(text: string, sink: (input: string) => string): string {
  const start = text.search(/(?<![\w'"/])@\((?!nestjs)/);
  if (start < 0) return text;
  let depth = 0;
  let end = start + 1;
  do { depth += text[end] === '(' ? 1 : text[end] === ')' ? -1 : 0; end += 1; } while (depth > 0);
  return `${text.slice(0, start)}${sink(text.slice(start + 2, end - 1))}${withSinks(text.slice(end), sink)}`;
}

const filesOf = (entrance: string | Files): Files => (typeof entrance === 'string' ? { 'handler.ts': entrance.includes('prisma') ? entrance : `${store}\n${entrance}` } : entrance);

describe('comes in', () => {
  test.each(Object.entries(entrances))('%s', async (_, entrance) => {
    expect(await told(filesOf(entrance), (input) => `await prisma.post.create({ data: ${input} })`)).not.toEqual([]);
  });
});

describe('comes in, and one field is stored', () => {
  test.each(Object.entries(entrances))('%s', async (_, entrance) => {
    expect(await told(filesOf(entrance), (input) => `await prisma.post.create({ data: { title: (${input}).title } })`)).not.toEqual([]);
  });
});

test('an argument that only finds rows by an id, and one that is stored', async () => {
  const sample = `
    import { Server } from 'socket.io';
    import { Pool } from 'pg';
    const pool = new Pool();
    new Server().on('connection', (socket) => {
      socket.on('orders:close', async (orderId) => { await pool.query('UPDATE orders SET closed = true WHERE id = $1', [orderId]); });
      socket.on('orders:find', async (filter) => { await pool.query('DELETE FROM orders WHERE state = $1', [filter]); });
      socket.on('orders:note', async (note) => { await pool.query('INSERT INTO notes (text) VALUES ($1)', [note]); });
    });`;
  const found = await findingsIn({ 'sample.ts': sample }, [builtInLesson('no-validation')]);
  expect(found.map(({ line, severity }) => `${line} ${severity}`)).toEqual(['7 warn', '8 warn', '6 note']);
});
