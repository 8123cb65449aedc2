/** What HTTP frameworks look like in source, as plain data: how a request arrives, and where in it the client's words stand. */

/** Where in a request an input stands. `argument` is an argument of a function that clients call directly. */
export type InputSource = 'body' | 'query' | 'params' | 'headers' | 'cookies' | 'argument';

export type Server = {
  /** The name that cards use. */
  name: string;
  packages: readonly string[];
  /** Types that a parameter with the request is declared to be. */
  requestTypes: readonly string[];
  /**
   * Ways from the handler's request parameter to an input: `body`, `json()` (what calling `json` gives), `nextUrl.searchParams`.
   * The longest one that fits an expression says where it comes from.
   */
  inputs: Readonly<Record<string, InputSource>>;
  /** True where texts of the query string may arrive as objects (`?a[b]=c`), and not as texts or lists of them only. */
  nestedQuery?: true;
};

const fields: Record<string, InputSource> = {
  body: 'body', query: 'query', params: 'params', headers: 'headers', cookies: 'cookies', signedCookies: 'cookies',
};

const express: Record<string, InputSource> = {
  ...fields,
  'header()': 'headers', 'get()': 'headers', 'param()': 'query', rawBody: 'body',
  'url.parse().query': 'query', 'url.URL.searchParams': 'query', 'originalUrl.parse().query': 'query', 'originalUrl.URL.searchParams': 'query',
  // Of an upload, the name and the content are the client's; the path on disk is ours.
  'file.originalname': 'body', 'file.buffer': 'body', files: 'body',
};

/** A request of the Fetch API, as Next, Remix, SvelteKit and others hand it over. */
const fetchRequest: Record<string, InputSource> = {
  'json()': 'body', 'text()': 'body', 'formData()': 'body', 'nextUrl.searchParams': 'query', 'url.URL.searchParams': 'query', 'headers': 'headers', 'cookies': 'cookies',
};

/** The same inputs behind one more name, for handlers that get `{ request, params }`. */
function behind(names: readonly string[], inputs: Readonly<Record<string, InputSource>>): Record<string, InputSource> {
  return Object.fromEntries(names.flatMap((name) => Object.entries(inputs).map(([path, source]) => [`${name}.${path}`, source])));
}

const fetchHandler: Record<string, InputSource> = {
  ...fetchRequest, ...behind(['req', 'request'], fetchRequest), params: 'params', searchParams: 'query', 'context.params': 'params', 'ctx.params': 'params',
};

/**
 * Every server framework we know. Sources: expressjs.com guide/migrating-5; fastify docs/Reference/Validation-and-Serialization.md;
 * koajs.com; honojs/website docs/guides/validation.md; nextjs.org docs/app; remix-run/react-router docs; sveltejs/kit docs; h3js/h3 docs;
 * withastro/docs guides/endpoints; elysiajs.com essential/validation; docs.adonisjs.com basics/request; firebase.google.com/docs/functions/callable.
 */
export const servers = {
  express: { name: 'express', packages: ['express', 'restify', 'polka', '@types/express'], requestTypes: ['Request', 'RequestHandler', 'Handler'], inputs: express, nestedQuery: true },
  fastify: {
    name: 'fastify', packages: ['fastify', '@fastify/type-provider-typebox', 'fastify-type-provider-zod', '@fastify/type-provider-json-schema-to-ts'], requestTypes: ['FastifyRequest'],
    inputs: { ...fields, 'raw.url.URL.searchParams': 'query', 'raw.headers': 'headers' },
  },
  koa: {
    name: 'koa', packages: ['koa', 'koa-router', '@koa/router', '@midwayjs/koa'], requestTypes: ['Context', 'ParameterizedContext', 'RouterContext', 'ExtendableContext'],
    inputs: {
      'request.body': 'body', 'req.body': 'body', 'request.rawBody': 'body', 'request.query': 'query', query: 'query', params: 'params', 'request.params': 'params',
      headers: 'headers', header: 'headers', 'request.headers': 'headers', 'get()': 'headers', 'cookies.get()': 'cookies', 'request.files': 'body',
    },
  },
  hono: {
    name: 'hono', packages: ['hono', '@hono/zod-openapi'], requestTypes: ['Context'],
    inputs: {
      'req.json()': 'body', 'req.text()': 'body', 'req.parseBody()': 'body', 'req.formData()': 'body', 'req.query()': 'query', 'req.queries()': 'query',
      'req.param()': 'params', 'req.header()': 'headers', 'req.raw.json()': 'body',
    },
  },
  nest: { name: 'nest', packages: ['@nestjs/common'], requestTypes: [], inputs: express },
  next: {
    name: 'next', packages: ['next'], requestTypes: ['NextRequest'], inputs: fetchHandler,
  },
  nextPages: { name: 'next', packages: ['next'], requestTypes: ['NextApiRequest'], inputs: { ...fields } },
  action: { name: 'server-action', packages: ['next', 'react'], requestTypes: [], inputs: {} },
  remix: {
    name: 'remix', packages: ['@remix-run/node', '@remix-run/server-runtime', '@remix-run/cloudflare', 'react-router', '@react-router/node'],
    requestTypes: ['ActionFunctionArgs', 'LoaderFunctionArgs', 'ActionArgs', 'LoaderArgs'], inputs: { ...behind(['request'], fetchRequest), params: 'params' },
  },
  sveltekit: {
    name: 'sveltekit', packages: ['@sveltejs/kit'], requestTypes: ['RequestEvent'],
    inputs: { ...behind(['request'], fetchRequest), params: 'params', 'url.searchParams': 'query', 'cookies.get()': 'cookies' },
  },
  astro: {
    name: 'astro', packages: ['astro'], requestTypes: ['APIContext'],
    inputs: { ...behind(['request'], fetchRequest), params: 'params', 'url.searchParams': 'query', 'cookies.get()': 'cookies' },
  },
  elysia: {
    name: 'elysia', packages: ['elysia'], requestTypes: [], inputs: { body: 'body', query: 'query', params: 'params', headers: 'headers', cookie: 'cookies' },
  },
  adonis: {
    name: 'adonis', packages: ['@adonisjs/core/http', '@adonisjs/core', '@ioc:Adonis/Core/HttpContext'], requestTypes: ['HttpContext', 'HttpContextContract'],
    inputs: {
      'request.all()': 'body', 'request.body()': 'body', 'request.input()': 'body', 'request.only()': 'body', 'request.except()': 'body', 'request.raw()': 'body', 'request.qs()': 'query',
      'request.param()': 'params', 'request.params()': 'params', params: 'params', 'request.header()': 'headers', 'request.headers()': 'headers', 'request.cookie()': 'cookies',
    },
  },
  firebase: { name: 'firebase', packages: ['firebase-functions'], requestTypes: [], inputs: { data: 'argument' } },
  h3: {
    name: 'h3', packages: ['h3', 'nitropack', 'nuxt'], requestTypes: ['H3Event'],
    inputs: {
      'readBody()': 'body', 'readRawBody()': 'body', 'readFormData()': 'body', 'readMultipartFormData()': 'body', 'getQuery()': 'query', 'getRouterParam()': 'params',
      'getRouterParams()': 'params', 'getHeader()': 'headers', 'getHeaders()': 'headers', 'getCookie()': 'cookies', 'context.params': 'params',
    },
  },
  hapi: {
    name: 'hapi', packages: ['@hapi/hapi', 'hapi'], requestTypes: [],
    inputs: { payload: 'body', query: 'query', params: 'params', headers: 'headers', state: 'cookies' },
  },
  lambda: {
    name: 'lambda', packages: ['aws-lambda', '@types/aws-lambda'], requestTypes: ['APIGatewayProxyEvent', 'APIGatewayProxyEventV2', 'APIGatewayEvent'],
    inputs: { body: 'body', queryStringParameters: 'query', multiValueQueryStringParameters: 'query', pathParameters: 'params', headers: 'headers' },
  },
  // What holds their inputs is told by where they are registered.
  socket: { name: 'socket', packages: ['socket.io', 'ws'], requestTypes: [], inputs: {} },
  meteor: { name: 'meteor', packages: ['meteor'], requestTypes: [], inputs: {} },
  parse: { name: 'parse', packages: ['parse-server'], requestTypes: [], inputs: { params: 'argument' } },
  trpc: { name: 'trpc', packages: ['@trpc/server'], requestTypes: [], inputs: {} },
  graphql: { name: 'graphql', packages: ['graphql'], requestTypes: [], inputs: {} },
  fetch: { name: 'fetch', packages: [], requestTypes: [], inputs: fetchHandler },
} as const satisfies Record<string, Server>;

export type ServerKey = keyof typeof servers;

/** Functions that take the request's event and give an input: `readBody(event)` is kept as the way `readBody()`. */
export const readers = new Set(['readBody', 'readRawBody', 'readFormData', 'readMultipartFormData', 'getQuery', 'getRouterParam', 'getRouterParams', 'getHeader', 'getHeaders', 'getCookie']);
