import { ts, type CallExpression, type Expression, type FunctionBody, type Node, type SourceFile } from '../code/compiler.ts';
import { declarationOf } from '../code/scope.ts';
import type { Scene } from '../code/scene.ts';
import { bare, calleeName, inOneLine, isFunctionBody, memberAccess, nameText, nodesWithin, pathOf, propertyObject, propertyOf, propertyValue, wrapped } from '../code/syntax.ts';
import { resolveModule } from '../code/modules.ts';
import { folderOf } from '../code/paths.ts';
import { isCode } from '../code/opened-files.ts';
import type { Value } from '../code/value.ts';
import { servers, type InputSource, type ServerKey } from '../libraries/servers.ts';
import { beginning, isInChain } from './call-text.ts';
import { looksLikeValidator } from './checking.ts';
import { checkedByMiddleware } from './middleware.ts';
import { writtenObject } from './written-object.ts';

/** What of a request was checked before its handler runs. */
export type Checked = 'all' | 'unknown' | ReadonlySet<InputSource>;

/** A route as it is declared: `router.post('/orders', validate(schema), create)`. */
export type Route = {
  server: ServerKey;
  /** In upper case; undefined for `use` and `all`. */
  method: string | undefined;
  path: string | undefined;
  /** The expressions that handle it, middleware and handler alike. */
  handlers: readonly Expression[];
  checked: Checked;
};

const verbs = new Set(['get', 'post', 'put', 'patch', 'delete', 'del', 'head', 'options', 'all', 'use', 'route']);
const receivers = /^(?:app|api|server|router|fastify|instance|web|express|koa|hono|blueprint|v\d+|routes?|\w*(?:Router|Routes?|App|Api|Server)|\w*_(?:router|routes?|app))$/;

const [ofRoutes, ofCalls, ofRoute, ofGuarded] = [Symbol('routes'), Symbol('calls that may declare routes'), Symbol('route'), Symbol('guarded routers')];

/** The routes that a file declares. */
export function routesIn(tree: SourceFile, scene: Scene): readonly Route[] {
  return scene.remember(ofRoutes, tree, () => [...routesAt(callsIn(tree, scene), tree, scene), ...listedIn(tree, scene)], []);
}

/** Those of them that mention a name: what stands before the handlers of others is not looked up. */
function routesNaming(name: string, tree: SourceFile, scene: Scene): readonly Route[] {
  return routesAt(callsIn(tree, scene).filter((call) => call.arguments.some((each) => beginning(each, 2_000).includes(name))), tree, scene);
}

/** Calls that declare routes, as far as their names tell. */
function callsIn(tree: SourceFile, scene: Scene): readonly CallExpression[] {
  if (!/\.\s*(?:get|post|put|patch|delete|del|all|use|route)\s*(?:<[^(]{0,200}>)?\(/.test(tree.text)) return [];
  return scene.remember(ofCalls, tree, () => {
    const found: CallExpression[] = [];
    const visit = (node: Node): void => {
      if (ts.isCallExpression(node) && verbs.has(memberAccess(bare(node.expression))?.name ?? '')) found.push(node);
      ts.forEachChild(node, visit);
    };
    visit(tree);
    return found;
  }, []);
}

function routesAt(calls: readonly CallExpression[], tree: SourceFile, scene: Scene): Route[] {
  const found = calls.flatMap((call) => scene.remember(ofRoute, call, () => routeAt(call, scene), undefined) ?? []);
  if (found.length === 0) return [];
  // `router.use(validate(schema))` serves every route of that router.
  const guarded = scene.remember(ofGuarded, tree, () => callsIn(tree, scene).flatMap((call) => guardedRouter(call, scene) ?? []), [] as Guarded[]);
  const isGuarded = ({ handlers: [handler], path }: Route): boolean => {
    const router = handler && receiverOf(handler);
    return guarded.some((each) => each.router === router && (each.below === undefined || path?.startsWith(each.below) === true));
  };
  return guarded.length === 0 ? found : found.map((route) => (isGuarded(route) ? { ...route, checked: 'all' } : route));
}

/** The router on which a handler's expression is registered, by its text. */
function receiverOf(handler: Expression): string {
  for (let up: Node | undefined = handler.parent; up; up = up.parent) {
    const access = ts.isCallExpression(up) ? memberAccess(bare(up.expression)) : undefined;
    if (access && verbs.has(access.name)) return inOneLine(access.of, 60);
  }
  return '';
}

/** A router whose routes are all checked, or those below a path. */
type Guarded = { router: string; below?: string };

function guardedRouter(node: CallExpression, scene: Scene): Guarded | undefined {
  const access = memberAccess(bare(node.expression));
  if (access?.name !== 'use' || !node.arguments.some((each) => looksLikeValidator(each, scene))) return undefined;
  // `router.use('/courses/:id', validate(params), courses)` serves those routes alone.
  const path = pathOfRoute(node.arguments[0]!);
  const last = bare(node.arguments.at(-1)!);
  const router = inOneLine(access.of, 60);
  if (path === undefined || /^\/?\*?$/.test(path)) return { router };
  return looksLikeValidator(last, scene) ? { router, below: path } : ts.isIdentifier(last) ? { router: last.text } : undefined;
}

function routeAt(node: CallExpression, scene: Scene): Route | undefined {
  const access = memberAccess(bare(node.expression));
  if (!access || !verbs.has(access.name) || node.arguments.length === 0) return undefined;
  if (access.name === 'route') return byObject(node, access.of, scene);
  const [first, ...others] = node.arguments;
  const path = pathOfRoute(first!);
  const viaRoute = pathOfChain(access.of);
  if (path === undefined && viaRoute === undefined && access.name !== 'use') return undefined;
  const given = (path === undefined ? [first!, ...others] : others).flatMap(flattened);
  if (given.length === 0 || !given.some((each) => mayHandle(each))) return undefined;
  const server = serverOf(access.of, scene);
  if (!server) return undefined;
  const options = given.find((each) => ts.isObjectLiteralExpression(bare(each))) ?? optionsOf(given, server, scene);
  const method = access.name === 'use' || access.name === 'all' ? undefined : access.name === 'del' ? 'DELETE' : access.name.toUpperCase();
  return {
    server, method, path: path ?? viaRoute, handlers: given.filter((each) => mayHandle(each)),
    checked: options === 'unknown' || (server === 'elysia' && isInChain(access.of, /^guard$/)) ? 'unknown' : checkedBy(given, options && (bare(options) as import('ts-morph').ts.ObjectLiteralExpression), scene, server),
  };
}

/** The options of a route of Fastify that are kept under a name. */
function optionsOf(given: readonly Expression[], server: ServerKey, scene: Scene): Expression | 'unknown' | undefined {
  const [first, second] = given;
  if (server !== 'fastify' || !first || !second || isFunctionBody(bare(first))) return undefined;
  const value = scene.valueOf(first);
  return value.kind === 'object' ? value.node : 'unknown';
}

function flattened(expression: Expression): Expression[] {
  const node = bare(expression);
  if (ts.isArrayLiteralExpression(node)) return node.elements.flatMap((each) => flattened(each));
  return [ts.isSpreadElement(node) ? node.expression : expression];
}

function mayHandle(expression: Expression): boolean {
  const node = bare(expression);
  return isFunctionBody(node) || ts.isIdentifier(node) || ts.isCallExpression(node) || memberAccess(node) !== undefined;
}

/** The path of a route as it is written; undefined for what is no path. */
function pathOfRoute(expression: Expression): string | undefined {
  const node = bare(expression);
  if (ts.isStringLiteralLike(node)) return node.text === '' || /^[/*:({]/.test(node.text) ? node.text : undefined;
  if (ts.isTemplateExpression(node)) return inOneLine(node, 80).replaceAll('`', '');
  if (ts.isRegularExpressionLiteral(node)) return node.text;
  if (ts.isArrayLiteralExpression(node) && node.elements[0]) return pathOfRoute(node.elements[0]);
  // A constant such as `ROUTES.login`, or `base + '/login'`.
  if (memberAccess(node) && /path|route|url|endpoint/i.test(beginning(node, 80))) return inOneLine(node, 80);
  return ts.isBinaryExpression(node) && /\/['"`]|['"`]\//.test(beginning(node, 200)) ? inOneLine(node, 80) : undefined;
}

/** `router.route('/x').get(…).post(…)`: the path that stands before. */
function pathOfChain(receiver: Expression): string | undefined {
  let node = bare(receiver);
  for (let depth = 0; depth < 12 && ts.isCallExpression(node); depth += 1) {
    const access = memberAccess(bare(node.expression));
    if (!access) return undefined;
    if (access.name === 'route' && node.arguments[0]) return pathOfRoute(node.arguments[0]);
    node = bare(access.of);
  }
  return undefined;
}

/** The framework behind the receiver of a route; undefined where nothing says that it is a server. */
function serverOf(receiver: Expression, scene: Scene): ServerKey | undefined {
  let root = bare(receiver);
  // `new Hono().get(…).post(…)`, `app.route('/x').get(…)`.
  for (let depth = 0; depth < 40 && ts.isCallExpression(root); depth += 1) {
    const access = memberAccess(bare(root.expression));
    if (!access) break;
    root = bare(access.of);
  }
  let value = scene.valueOf(root);
  while (value.kind === 'made' || value.kind === 'result' || value.kind === 'member') value = value.of;
  if (value.kind === 'external') {
    const { from } = value;
    for (const [key, { packages }] of Object.entries(servers)) if ((packages as readonly string[]).includes(from)) return key as ServerKey;
    if (!from.startsWith('.') && !from.startsWith('@/')) return undefined;
  }
  const name = ts.isIdentifier(root) ? root.text : memberAccess(root)?.name;
  if (name === undefined || !receivers.test(name) || value.kind === 'function' || value.kind === 'class') return undefined;
  const dependencies = scene.dependencies(pathOf(receiver));
  return (['fastify', 'koa', 'hono', 'hapi', 'elysia', 'express'] as const).find((key) => servers[key].packages.some((each) => dependencies?.has(each))) ?? 'express';
}

/** `fastify.route({ method, url, schema, handler })`, `server.route({ method, path, handler, options })` of hapi. */
function byObject(node: CallExpression, receiver: Expression, scene: Scene): Route | undefined {
  const settings = node.arguments[0] && bare(node.arguments[0]);
  if (!settings || !ts.isObjectLiteralExpression(settings)) return undefined;
  const server = serverOf(receiver, scene) ?? (propertyValue(settings, 'url') ? 'fastify' : undefined);
  return server && bySettings(settings, server, scene);
}

/** Routes of hapi in lists of their own, which something registers elsewhere: `module.exports = [{ method: 'GET', path: '/users', handler }]`. */
function listedIn(tree: SourceFile, scene: Scene): Route[] {
  if (!/\bhandler\b/.test(tree.text) || !/\bmethod:/.test(tree.text) || !servers.hapi.packages.some((each) => scene.dependencies(pathOf(tree))?.has(each))) return [];
  return nodesWithin(tree, ts.isObjectLiteralExpression).flatMap((settings) => {
    const call = wrapped(settings).parent;
    const isGiven = ts.isCallExpression(call) && memberAccess(bare(call.expression))?.name === 'route';
    return isGiven || !propertyValue(settings, 'method') || !propertyValue(settings, 'path') ? [] : (bySettings(settings, 'hapi', scene) ?? []);
  });
}

function bySettings(settings: import('ts-morph').ts.ObjectLiteralExpression, server: ServerKey, scene: Scene): Route | undefined {
  const inner = propertyObject(settings, 'options') ?? propertyObject(settings, 'config');
  const handler = handlerIn(settings) ?? (inner && handlerIn(inner));
  if (!handler) return undefined;
  const path = propertyValue(settings, 'url') ?? propertyValue(settings, 'path');
  const method = propertyValue(settings, 'method');
  return {
    server, method: method && ts.isStringLiteralLike(method) && method.text !== '*' ? method.text.toUpperCase() : undefined, path: path && pathOfRoute(path), handlers: [handler],
    checked: checkedBy([], settings, scene),
  };
}

function handlerIn(settings: import('ts-morph').ts.ObjectLiteralExpression): Expression | undefined {
  const property = propertyOf(settings, 'handler');
  return propertyValue(settings, 'handler') ?? (property && ts.isMethodDeclaration(property) ? (property as unknown as Expression) : undefined);
}

/** What the other arguments of a route check. */
function checkedBy(given: readonly Expression[], options: import('ts-morph').ts.ObjectLiteralExpression | undefined, scene: Scene, server?: ServerKey): Checked {
  const checked = new Set<InputSource>();
  for (const [index, each] of given.entries()) {
    if (isFunctionBody(bare(each)) || !looksLikeValidator(each, scene)) {
      // The last one handles the request; what stands before it may have looked at it.
      if (index < given.length - 1) for (const source of checkedByMiddleware(each, scene)) checked.add(source);
      continue;
    }
    const targets = validatorTargets(each);
    if (!targets) return 'all';
    for (const target of targets) checked.add(target);
  }
  if (options) {
    // Elysia's options are the schema themselves.
    const schema = server === 'elysia' ? options : propertyValue(options, 'schema') ?? propertyValue(propertyObject(options, 'options') ?? propertyObject(options, 'config') ?? options, 'validate');
    const written = schema && writtenObject(schema, scene);
    if (schema && !written) return 'all';
    if (written) for (const [key, source] of schemaKeys) if (propertyOf(written, key)) checked.add(source);
    if (options.properties.some((property) => ts.isSpreadAssignment(property) || mayCheck(property))) return 'unknown';
  }
  return checked;
}

/** Names of what lets people in, or brings what belongs to them: it looks at nothing that they send. */
const letsIn = /auth|require|guard|verify|admin|role|permission|session|login|jwt|limit|csrf|^load|owner|member|scope/i;

/** True for a hook of a route that may look at the request before the handler does. */
function mayCheck(property: import('ts-morph').ts.ObjectLiteralElementLike): boolean {
  const name = property.name && nameText(property.name);
  if (name === undefined || !/^(?:preValidation|validatorCompiler|preHandler)$/.test(name)) return false;
  const value = ts.isPropertyAssignment(property) ? bare(property.initializer) : undefined;
  const hooks = value && ts.isArrayLiteralExpression(value) ? value.elements.map((each) => bare(each)) : [value];
  return !hooks.every((each) => each !== undefined && !isFunctionBody(each) && letsIn.test(beginning(ts.isCallExpression(each) ? each.expression : each, 80)) && !/valid|schema/i.test(beginning(each, 200)));
}

const schemaKeys: readonly [string, InputSource][] = [['body', 'body'], ['payload', 'body'], ['querystring', 'query'], ['query', 'query'], ['params', 'params'], ['headers', 'headers']];

/** What a validator says that it checks: `zValidator('json', schema)` of Hono, `celebrate({ [Segments.BODY]: schema })`, `validate({ body: schema })`. */
function validatorTargets(expression: Expression): InputSource[] | undefined {
  const node = bare(expression);
  const first = ts.isCallExpression(node) && node.arguments[0] ? bare(node.arguments[0]) : undefined;
  if (!first || !ts.isCallExpression(node)) return undefined;
  if (ts.isObjectLiteralExpression(first)) {
    const targets = first.properties.map((property) => partsOfRequest[(property.name ? (ts.isComputedPropertyName(property.name) ? (memberAccess(property.name.expression)?.name ?? '') : (nameText(property.name) ?? '')) : '').toLowerCase()]);
    return targets.length > 0 && targets.every((each) => each !== undefined) ? targets : undefined;
  }
  if (!/validator$/i.test(calleeName(node) ?? '') || !ts.isStringLiteralLike(first)) return undefined;
  const target = partsOfRequest[first.text];
  return target && [target];
}

const partsOfRequest: Readonly<Record<string, InputSource>> = { json: 'body', form: 'body', body: 'body', payload: 'body', query: 'query', querystring: 'query', param: 'params', params: 'params', header: 'headers', headers: 'headers', cookie: 'cookies', cookies: 'cookies', signedcookies: 'cookies' };

/** The functions of this file that an expression stands for or wraps: `asyncHandler(create)`, `withAuth(async (req) => …)`. */
export function functionsIn(expression: Expression, depth = 0): FunctionBody[] {
  const node = bare(expression);
  if (isFunctionBody(node)) return [node];
  if (depth > 3) return [];
  if (ts.isCallExpression(node)) {
    const access = memberAccess(bare(node.expression));
    const bound = access?.name === 'bind' ? functionsIn(access.of, depth + 1) : [];
    return [...bound, ...node.arguments.flatMap((each) => functionsIn(each, depth + 1))];
  }
  if (!ts.isIdentifier(node)) return [];
  const declared = declarationOf(node);
  if (declared?.kind === 'function') return [declared.node as FunctionBody];
  return declared?.kind === 'variable' && declared.node.initializer ? functionsIn(declared.node.initializer, depth + 1) : [];
}

// -- routes of handlers that stand in files of their own ---------------------------------------------------------------

/** Files looked at for the routes of one handler. */
const mostFiles = 10;

/** The route that leads to a handler from another file; `unknown` where none was found. */
export function routeElsewhere(fn: FunctionBody, name: string, scene: Scene): Route | 'unknown' {
  const path = pathOf(fn);
  for (const file of routeFilesNear(path, scene)) {
    const text = scene.files.text(file);
    if (text === undefined || !text.includes(name)) continue;
    const tree = scene.files.tree(file);
    for (const route of tree ? routesNaming(name, tree, scene) : []) {
      if (route.handlers.some((each) => leadsTo(each, fn, name, scene))) return route;
    }
  }
  return 'unknown';
}

function leadsTo(expression: Expression, fn: FunctionBody, name: string, scene: Scene, depth = 0): boolean {
  const node = bare(expression);
  if (depth > 3 || !beginning(node, 400).includes(name)) return false;
  if (ts.isCallExpression(node)) {
    const access = memberAccess(bare(node.expression));
    return (access?.name === 'bind' && leadsTo(access.of, fn, name, scene, depth + 1)) || node.arguments.some((each) => leadsTo(each, fn, name, scene, depth + 1));
  }
  const value = scene.valueOf(node);
  if (value.kind === 'function' && value.node === fn) return true;
  // `users.create` where `create` is what a wrapper made of the function: the file and the name tell.
  const access = memberAccess(node);
  if (access) return access.name === name && comesFrom(scene.valueOf(access.of), fn);
  const declared = ts.isIdentifier(node) ? declarationOf(node) : undefined;
  if (declared?.kind !== 'import' || (declared.name !== name && declared.name !== 'default')) return false;
  const resolved = resolveModule(declared.from, pathOf(node), scene.files);
  return typeof resolved === 'object' && 'path' in resolved && resolved.path === pathOf(fn);
}

/** True for a module, object or class that is the function's own file or stands in it. */
function comesFrom(value: Value, fn: FunctionBody): boolean {
  if (value.kind === 'module') return value.path === pathOf(fn);
  return (value.kind === 'object' || value.kind === 'class' || value.kind === 'instance') && value.node.getSourceFile() === fn.getSourceFile();
}

/** Files that a server starts from or keeps its routes in: `app.ts`, `routes.public.ts`, `api-routes.js`. */
const entrance = /^(?:index|app|server|routes?|router|main)\.[cm]?[jt]s$|^(?:routes?|router)[.\-_][a-z\d]{1,20}\.[cm]?[jt]s$|^(?:api|web|app|rest|v\d{1,2}|public|private|internal)[.\-_]?(?:routes?|router)\.[cm]?[jt]s$/;

/**
 * Files near a handler's own that may hold its routes: in folders named for routes, and named like it or like an entrance. What is
 * called `controllers/orders/index.ts` goes by the name of its folder, as `routes/orders/index.ts` does.
 */
function routeFilesNear(path: string, scene: Scene): string[] {
  const home = nameOf(folderOf(path)).toLowerCase();
  const own = nameOf(path).toLowerCase().split('.')[0]!;
  const stem = (own === 'index' ? home : own).split(/[-_]/)[0]!.replace(/(?:controller|handler)s?$/, '');
  const folders: string[] = [];
  for (let folder = folderOf(path), up = 0; up < 4; folder = folderOf(folder), up += 1) {
    folders.push(folder);
    for (const name of scene.files.names(folder) ?? []) {
      if (!/^(?:routes?|routers?|api|endpoints|http|rest)\/$/i.test(name)) continue;
      const inner = folder === '' ? name.slice(0, -1) : `${folder}/${name.slice(0, -1)}`;
      folders.push(inner);
      for (const deeper of scene.files.names(inner) ?? []) if (/^(?:v\d+|api)\/$/.test(deeper) || isSameThing(deeper.slice(0, -1), home)) folders.push(`${inner}/${deeper.slice(0, -1)}`);
    }
    if (folder === '') break;
  }
  const near: string[] = [];
  const entrances: string[] = [];
  for (const folder of new Set(folders)) {
    for (const name of scene.files.names(folder) ?? []) {
      const file = folder === '' ? name : `${folder}/${name}`;
      if (!isCode(name) || file === path) continue;
      const lower = name.toLowerCase();
      const isNamesake = stem.length > 2 && lower.startsWith(stem.replace(/s$/, ''));
      if ((isNamesake || (own === 'index' && isSameThing(nameOf(folder), home))) && /rout/i.test(file)) near.push(file);
      else if (entrance.test(lower) || (/^routers?$|^routes?$/i.test(nameOf(folder)) && /^(?:api|web|rest|v\d{1,2}|public|private|internal)\./.test(lower))) entrances.push(file);
    }
  }
  return [...near, ...entrances].slice(0, mostFiles);
}

/** `order` and `orders`: folders of one subject, whichever number their names are in. */
function isSameThing(one: string, other: string): boolean {
  return one.toLowerCase().replace(/s$/, '') === other.replace(/s$/, '');
}

/** The last name of a path. */
function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
