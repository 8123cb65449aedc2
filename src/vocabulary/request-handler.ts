import { ts } from '../code/compiler.ts';
import { isFunctionBody, stepAt } from '../code/syntax.ts';
import { servers } from '../libraries/servers.ts';
import { handlerOf, handlersIn } from '../recognition/handler.ts';
import type { CodeWord } from './word.ts';

type RequestHandler = {
  framework: string;
  method: string | undefined;
  route: string | undefined;
};

export const requestHandler: CodeWord<RequestHandler> = {
  name: 'request-handler',
  summary: 'a function that serves the requests of clients',
  sees: 'routes of Express, Fastify, Koa, Hono, Elysia and hapi with functions written in place or named in the same file, also inside wrappers; functions with the parameters `(req, res)`, `(ctx)` or of a request\'s declared type; controllers of NestJS, routing-controllers and tsoa; route files, API pages and server actions of Next; loaders and actions of Remix; endpoints of SvelteKit, Astro and h3, and form actions and loads of SvelteKit; controllers of Adonis with a typed context; callable functions of Firebase; Lambda handlers behind an API; servers of Bun, Deno and Workers that are one function; listeners of socket.io and ws, gateways of NestJS, methods of Meteor; procedures of tRPC and resolvers of GraphQL whose declared input leaves open what comes',
  blindTo: 'resolvers of GraphQL and procedures of tRPC whose inputs are declared; consumers of queues; listeners of other sockets; handlers with unusual parameter names in files of their own',
  reads: 'code',
  attributes: {
    framework: { means: 'the framework it is written for', values: [...new Set(Object.values(servers).map(({ name }) => name))] },
    method: { means: 'the method it answers to, in upper case, such as `POST`' },
    route: { means: 'the path it serves, as it is written' },
  },
  kinds: () => [ts.SyntaxKind.FunctionDeclaration, ts.SyntaxKind.FunctionExpression, ts.SyntaxKind.ArrowFunction, ts.SyntaxKind.MethodDeclaration],
  places: () => (tree, scene) => handlersIn(tree, scene).keys(),
  recognise(node, scene) {
    const handler = isFunctionBody(node) ? handlerOf(node, scene) : undefined;
    if (!handler) return undefined;
    return { attributes: { framework: servers[handler.server].name, method: handler.method, route: handler.route }, evidence: [stepAt(node)] };
  },
};
