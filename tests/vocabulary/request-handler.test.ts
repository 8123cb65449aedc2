import { describe, expect, test } from 'vitest';
import { ts, type Node } from '../../src/code/compiler.ts';
import { OpenedFiles } from '../../src/code/opened-files.ts';
import { Scene } from '../../src/code/scene.ts';
import { functionName, isFunctionBody } from '../../src/code/syntax.ts';
import { requestHandler } from '../../src/vocabulary/request-handler.ts';

/** Every handler of a file, as `framework method route name`. */
function handlersOf(code: string, path = 'src/app.ts', others: Record<string, string> = {}): string[] {
  const files = new OpenedFiles();
  const texts = new Map(Object.entries({ 'package.json': '{ "dependencies": { "express": "4" } }', ...others, [path]: code }).map(([name, text]) => [name, { text }]));
  files.add(texts.keys(), texts);
  for (let round = 0; ; round += 1) {
    const scene = new Scene('head', files);
    const found: string[] = [];
    const visit = (node: Node): void => {
      const recognition = isFunctionBody(node) ? requestHandler.recognise(node, scene) : undefined;
      if (recognition) {
        const { framework, method, route } = recognition.attributes;
        found.push([framework, method ?? '-', route ?? '-', isFunctionBody(node) ? (functionName(node) ?? '') : ''].join(' ').trim());
      }
      ts.forEachChild(node, visit);
    };
    visit(files.tree(path)!);
    if (round > 5 || (files.wanted.size === 0 && files.wantedFolders.size === 0)) return found;
    files.add([...files.wanted], new Map());
    files.addFolders([...files.wantedFolders], new Map());
  }
}

describe('handlers by their route', () => {
  test('Express: in place, by name, in a list, in a wrapper, behind route()', () => {
    expect(handlersOf(`
      import express, { Router } from 'express';
      const app = express();
      const users = Router();
      app.get('/health', (req, res) => res.end());
      users.post('/', auth, asyncHandler(async (req, res) => res.end()));
      users.put('/:id', [auth, update]);
      users.route('/:id').delete(remove).all((req, res) => res.end());
      app.use('/users', users);
      async function update(request, response) {}
      const remove = async (req, res) => {};
    `)).toEqual(['express GET /health', 'express POST /', 'express - /:id', 'express PUT /:id update', 'express DELETE /:id remove']);
  });

  test('Fastify, Koa, Hono and hapi', () => {
    expect(handlersOf(`import Fastify from 'fastify'; const f = Fastify(); f.post('/a', { schema }, async (q) => q.body); f.route({ method: 'PUT', url: '/b', handler: async (q) => q.body });`)).toEqual(['fastify POST /a', 'fastify PUT /b handler']);
    expect(handlersOf(`import Router from 'koa-router'; const r = new Router(); r.post('/a', async (ctx, next) => { ctx.body = 1; });`)).toEqual(['koa POST /a']);
    expect(handlersOf(`import { Hono } from 'hono'; export const app = new Hono().get('/a', (c) => c.text('')).post('/b', async (c) => c.json({}));`)).toEqual(['hono GET /a', 'hono POST /b']);
    expect(handlersOf(`const Hapi = require('@hapi/hapi'); const server = Hapi.server(); server.route({ method: 'GET', path: '/a', handler: (request, h) => 1 });`)).toEqual(['hapi GET /a handler']);
  });

  test('NestJS', () => {
    expect(handlersOf(`
      @Controller('cats') export class Cats {
        @Get(':id') one(@Param('id') id: string) {}
        @Post() async create(@Body() cat: Cat) {}
        helper(req: string) {}
      }
      @Injectable() export class Service { @Get() none() {} }
    `)).toEqual(['nest GET :id Cats.one', 'nest POST - Cats.create']);
  });
});

describe('handlers by their file', () => {
  test('route files of Next, with wrappers and in export lists', () => {
    expect(handlersOf(`
      export async function GET() {}
      export const POST = withSession(async ({ req }) => {});
      const put = async (request) => {};
      export { put as PUT };
      export const dynamic = 'force-dynamic';
      export function helper(request) {}
    `, 'apps/web/app/(shop)/orders/[id]/route.ts')).toEqual(['next GET /orders/[id] GET', 'next POST /orders/[id]', 'next PUT /orders/[id] put']);
  });

  test('API pages, server actions, loaders, endpoints', () => {
    expect(handlersOf('export default withAuth(handler); async function handler(req, res) {}', 'pages/api/users/[id].ts')).toEqual(['next - /users/[id] handler'.replace('/users', '/api/users')]);
    expect(handlersOf("'use server';\nexport async function save(form: FormData) {}\nasync function local(x) {}", 'app/actions.ts')).toEqual(['server-action POST - save']);
    expect(handlersOf("export function Page() { async function save(form) { 'use server'; } }", 'app/page.tsx')).toEqual(['server-action POST - save']);
    expect(handlersOf("import { json } from '@remix-run/node';\nexport async function action({ request }) {}\nexport const loader = async ({ params }) => {};", 'app/routes/users.tsx')).toEqual(['remix POST - action', 'remix GET - loader']);
    expect(handlersOf('export const POST = async ({ request }) => {};', 'src/routes/api/+server.ts')).toEqual(['sveltekit POST - POST']);
    expect(handlersOf('export const actions = { default: async ({ request }) => {}, async rename({ request }) {} } satisfies Actions; export const load = async () => {};', 'src/routes/+page.server.ts')).toEqual(['sveltekit POST - default', 'sveltekit POST - rename', 'sveltekit GET - load']);
    expect(handlersOf("import type { APIRoute } from 'astro';\nexport const POST: APIRoute = async ({ request }) => {};\nexport const prerender = false;", 'src/pages/api/users.ts')).toEqual(['astro POST - POST']);
    expect(handlersOf('export default defineEventHandler(async (event) => { await readBody(event); });', 'server/api/users.post.ts')).toEqual(['h3 POST -']);
  });
});

describe('handlers by their parameters', () => {
  test('controllers in files of their own', () => {
    expect(handlersOf(`
      exports.create = function (req, res, next) {};
      class Users { async remove(req: Request, res: Response) {} list = async (req, res) => {}; }
      export function onError(error, req, res, next) {}
      async function list(ctx) { ctx.body = await find(ctx.query.name); }
    `, 'controllers/users.ts')).toEqual(['express - - create', 'express - - Users.remove', 'express - - Users.list', 'express - - onError', 'koa - - list']);
  });

  test('types of a request', () => {
    expect(handlersOf(`
      import type { NextApiRequest, NextApiResponse } from 'next';
      const handlePOST = async (a: NextApiRequest, b: NextApiResponse) => {};
    `, 'lib/handlers.ts')).toEqual(['next POST - handlePOST']);
  });

  test('callable functions of Firebase', () => {
    expect(handlersOf(`
      import { onCall } from 'firebase-functions/v2/https';
      export const rename = onCall(async (request) => {});
    `)).toEqual(['firebase POST -']);
  });

  test('what is no handler', () => {
    expect(handlersOf(`
      phone.onCall((data) => data.number);
      const cache = new Map();
      cache.get('/users', (key) => key);
      axios.post('/users', { name: 1 });
      client.get('/users', (error, answer) => answer);
      export function request(url, options) {}
      export const render = (ctx) => ctx.fillRect(0, 0, 1, 1);
      function compare(c, d) { return c.value - d.value; }
      items.use((x) => x);
      const app = new Vue(); app.use(plugin);
    `)).toEqual([]);
  });
});
