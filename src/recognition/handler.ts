import { ts, type ClassLikeDeclaration, type Decorator, type Expression, type FunctionBody, type Node, type ParameterDeclaration, type SourceFile } from '../code/compiler.ts';
import { exportsOf } from '../code/scope.ts';
import type { Scene } from '../code/scene.ts';
import { bare, functionName, inOneLine, isFunctionBody, memberAccess, nameText, pathOf, wrapped } from '../code/syntax.ts';
import { servers, type InputSource, type ServerKey } from '../libraries/servers.ts';
import { contractPackages, middlewarePackages } from '../libraries/validators.ts';
import { beginning } from './call-text.ts';
import { isSchema } from './checking.ts';
import { maySendMessages, messageFacts } from './message-inputs.ts';
import { functionsIn, routeElsewhere, routesIn, type Checked } from './routes.ts';
import type { Trace } from './tracked.ts';

/** A function that serves requests. */
export type Handler = {
  fn: FunctionBody;
  server: ServerKey;
  /** In upper case; undefined where nothing says it. */
  method: string | undefined;
  route: string | undefined;
  /** The parameter that holds the request; -1 when there is none. */
  request: number;
  /** Parameters that are inputs themselves. */
  inputs: ReadonlyMap<number, Input>;
  /** Ways to inputs from the parameter that holds the request, where they are not those of its server. */
  ways?: Readonly<Record<string, InputSource>>;
  /** Those of the ways that lead to texts for sure. */
  texts?: ReadonlySet<string>;
  /** What was checked before it runs. */
  checked: Checked;
};

/** A parameter that holds an input. */
export type Input = {
  source: InputSource;
  /** The framework checks it by its declared class or by a pipe. */
  checked: boolean;
  /** A whole object whose declared type nobody checks at run time. */
  loose: boolean;
  /** It is a text for sure, which is all that a schema says of it: harmless but where a text does harm. */
  isText?: true;
};

const ofHandlers = Symbol('handlers');
/** A file whose text does not match holds no handler, unless its path makes it one. */
export const mayServe = /\bonCall\b|\b(?:HttpContext|APIRoute)\b|\b(?:req|request|ctx|reply|res|response|event|formData|c)\b|Request\b|@(?:Get|Post|Put|Patch|Delete|All)\b|use server|@SubscribeMessage\b|\.\s?(?:get|post|put|patch|delete|all|use|route)\(\s?['"`{[/]/;
const servedPath = /(?:^|\/)(?:route\.[cm]?[jt]sx?|\+(?:server|page\.server)\.[jt]s)$|(?:^|\/)pages\/api\//;

/** The functions of a file that serve requests. */
export function handlersIn(tree: SourceFile, scene: Scene): ReadonlyMap<FunctionBody, Handler> {
  // Asked at every input and sink, so the text is looked through once a file and not once a question.
  return scene.remember(ofHandlers, tree, () => (mayServe.test(tree.text) || maySendMessages.test(tree.text) || servedPath.test(tree.fileName) ? read(tree, scene) : noHandlers), noHandlers);
}

/** What is known of a function that serves requests; undefined for every other function. */
export function handlerOf(fn: FunctionBody, scene: Scene): Handler | undefined {
  return handlersIn(fn.getSourceFile(), scene).get(fn);
}

const noHandlers: ReadonlyMap<FunctionBody, Handler> = new Map();
const noInputs: ReadonlyMap<number, Input> = new Map();
const nothingChecked: Checked = new Set();

function read(tree: SourceFile, scene: Scene): Map<FunctionBody, Handler> {
  const found = new Map<FunctionBody, Handler>();
  const add = (handler: Handler | undefined): void => {
    if (handler && !found.has(handler.fn)) found.set(handler.fn, withContract(handler, tree, scene));
  };
  for (const handler of byFile(tree, scene)) add(handler);
  for (const handler of byRoute(tree, scene)) add(handler);
  const visit = (node: Node): void => {
    if (isFunctionBody(node) && node.body) add(byDecorators(node, scene) ?? byDirective(node) ?? byCallable(node) ?? byMessage(node, scene) ?? (found.has(node) ? undefined : byParameters(node, scene)));
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** Some packages check every request against the written contract of the server. */
function withContract(handler: Handler, tree: SourceFile, scene: Scene): Handler {
  const dependencies = scene.dependencies(tree.fileName.slice(1));
  return dependencies && contractPackages.some((each) => dependencies.has(each)) ? { ...handler, checked: 'all' } : handler;
}

// -- by the file it stands in ------------------------------------------------------------------------------------------

const httpMethod = /^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)$/;

/** Files whose exports a framework calls: route files of Next and SvelteKit, `pages/api`, modules with `'use server'`, loaders and actions. */
function byFile(tree: SourceFile, scene: Scene): Handler[] {
  const path = tree.fileName.slice(1);
  if (isDirective(tree.statements[0], 'use server')) return exported(tree, () => true).map(({ fn, wrapper }) => action(fn, wrapper, scene));
  if (/(?:^|\/)app\/(?:.*\/)?route\.[cm]?[jt]sx?$/.test(path)) return fetchHandlers(tree, 'next', routeOfFolder(path), scene);
  if (/(?:^|\/)\+server\.[jt]s$/.test(path)) return fetchHandlers(tree, 'sveltekit', undefined, scene);
  if (/(?:^|\/)\+(?:page|layout)\.server\.[jt]s$/.test(path)) return [...formActions(tree), ...exported(tree, (name) => name === 'load').map(({ fn }) => make(fn, 'sveltekit', { method: 'GET' }))];
  if (/(?:^|\/)pages\//.test(path) && /\bAPI(?:Route|Context)\b/.test(tree.text)) return fetchHandlers(tree, 'astro', undefined, scene);
  if (/(?:^|\/)pages\/api\//.test(path)) {
    return exported(tree, (name) => name === 'default').map(({ fn, wrapper }) => make(fn, isFetchStyle(fn) ? 'next' : 'nextPages', { route: routeOfPages(path), checked: checkedByWrapper(wrapper, scene) }));
  }
  if (/(?:^|\/)(?:app\/)?routes\//.test(path) && /@remix-run|react-router/.test(tree.text)) {
    return exported(tree, (name) => name === 'action' || name === 'loader').map(({ name, fn, wrapper }) => make(fn, 'remix', { method: name === 'action' ? 'POST' : 'GET', checked: checkedByWrapper(wrapper, scene) }));
  }
  if (/(?:^|\/)server\/(?:api|routes)\//.test(path) && /[eE]ventHandler\s*\(/.test(tree.text)) {
    return exported(tree, (name) => name === 'default').map(({ fn }) => make(fn, 'h3', { method: /\.(get|post|put|patch|delete)\.[jt]s$/.exec(path)?.[1]?.toUpperCase() }));
  }
  return [];
}

function isFetchStyle(fn: FunctionBody): boolean {
  return fn.parameters.length < 2 || /NextRequest|: Request\b/.test(fn.parameters[0]!.getText());
}

function fetchHandlers(tree: SourceFile, server: ServerKey, route: string | undefined, scene: Scene): Handler[] {
  return exported(tree, (name) => httpMethod.test(name)).map(({ name, fn, wrapper }) => make(fn, server, { method: name, route, checked: checkedByWrapper(wrapper, scene) }));
}

/** The functions of `export const actions = { default: async ({ request }) => … }`, to which the forms of a page of SvelteKit are sent. */
function formActions(tree: SourceFile): Handler[] {
  const declared = exportsOf(tree).named.get('actions');
  const value = declared && 'node' in declared && ts.isVariableDeclaration(declared.node) && declared.node.initializer ? bare(declared.node.initializer) : undefined;
  if (!value || !ts.isObjectLiteralExpression(value)) return [];
  return value.properties.flatMap((property) => {
    const fn: Node = ts.isPropertyAssignment(property) ? bare(property.initializer) : property;
    return isFunctionBody(fn) ? [make(fn, 'sveltekit', { method: 'POST' })] : [];
  });
}

function routeOfFolder(path: string): string {
  return `/${path.replace(/^(?:.*\/)?app\//, '').replace(/\/?route\.[^/]+$/, '').replaceAll(/\([^/]*\)\/?/g, '')}`;
}

function routeOfPages(path: string): string {
  return `/${path.replace(/^(?:.*\/)?pages\//, '').replace(/(?:\/index)?\.[^/.]+$/, '')}`;
}

type Exported = { name: string; fn: FunctionBody; wrapper: Expression | undefined };

/** The functions behind a file's exports, with the call that wraps them, where one does. */
function exported(tree: SourceFile, wanted: (name: string) => boolean): Exported[] {
  const found: Exported[] = [];
  const exports = exportsOf(tree);
  const entries: [string, Node][] = [...exports.named].flatMap(([name, value]) => ('node' in value ? [[name, value.node] as [string, Node]] : []));
  if (exports.whole) entries.push(['default', exports.whole]);
  for (const [name, node] of entries) {
    if (!wanted(name)) continue;
    const value = ts.isVariableDeclaration(node) ? node.initializer : node;
    if (!value) continue;
    if (isFunctionBody(value)) found.push({ name, fn: value, wrapper: undefined });
    else if (ts.isExpression(value)) {
      const outer = outermostCall(value);
      for (const fn of functionsIn(value)) found.push({ name, fn, wrapper: outer });
    }
  }
  return found;
}

function outermostCall(expression: Expression): Expression | undefined {
  const node = bare(expression);
  return ts.isCallExpression(node) ? node : undefined;
}

/** What a wrapper checks: one that is given a schema, or says so by its name, checks everything. */
function checkedByWrapper(wrapper: Expression | undefined, scene: Scene): Checked {
  if (!wrapper) return nothingChecked;
  for (let call = bare(wrapper); ts.isCallExpression(call); ) {
    const name = beginning(call.expression, 300);
    if (/validat|schema|\.input\(|\.inputSchema\(|withBody|withParse|zod/i.test(name)) return 'all';
    if (call.arguments.some((each) => !isFunctionBody(bare(each)) && (isSchema(each, scene) || hasSchemaProperty(each)))) return 'all';
    const inner = call.arguments.map((each) => bare(each)).find((each) => ts.isCallExpression(each));
    if (!inner) break;
    call = inner;
  }
  return nothingChecked;
}

function hasSchemaProperty(expression: Expression): boolean {
  const node = bare(expression);
  return ts.isObjectLiteralExpression(node) && node.properties.some((property) => property.name && /schema|validat|^(?:body|input|query|params)$/i.test(nameText(property.name) ?? ''));
}

// -- server actions ----------------------------------------------------------------------------------------------------

function isDirective(statement: Node | undefined, text: string): boolean {
  return statement !== undefined && ts.isExpressionStatement(statement) && ts.isStringLiteralLike(statement.expression) && statement.expression.text === text;
}

function byDirective(fn: FunctionBody): Handler | undefined {
  if (!fn.body || !ts.isBlock(fn.body) || !isDirective(fn.body.statements[0], 'use server')) return undefined;
  return action(fn, undefined, undefined);
}

/** Every argument of a server action is whatever a client sends. */
function action(fn: FunctionBody, wrapper: Expression | undefined, scene: Scene | undefined): Handler {
  // What a wrapper hands on is its own affair: clients of safe actions and the like check first.
  const checked: Checked = wrapper === undefined || !scene ? nothingChecked : checkedByWrapper(wrapper, scene) === 'all' ? 'all' : 'unknown';
  const inputs = new Map(fn.parameters.map((_, index) => [index, { source: 'argument' as const, checked: false, loose: false }]));
  return { fn, server: 'action', method: 'POST', route: undefined, request: -1, inputs, checked };
}

// -- callable functions of Firebase -------------------------------------------------------------------------------------

/** `onCall((data, context) => …)`, and since the second version `onCall((request) => …)` with the data behind it. */
function byCallable(fn: FunctionBody): Handler | undefined {
  const call = fn.parent && wrapped(fn).parent;
  if (!call || !ts.isCallExpression(call) || !/(?:^|\.)onCall$/.test(beginning(call.expression, 300)) || !/['"]firebase-functions(?:\/[\w/]+)?['"]/.test(fn.getSourceFile().text)) return undefined;
  const [first] = fn.parameters;
  if (!first) return undefined;
  const holdsData = ts.isObjectBindingPattern(first.name) ? fn.parameters.length === 1 && first.name.elements.some((each) => (each.propertyName ?? each.name).getText() === 'data') : requestName.test(first.name.getText());
  const inputs = new Map<number, Input>(holdsData ? [] : [[0, { source: 'argument', checked: false, loose: false }]]);
  return { fn, server: 'firebase', method: 'POST', route: undefined, request: holdsData ? 0 : -1, inputs, checked: nothingChecked };
}

// -- by the message it is sent -------------------------------------------------------------------------------------------

function byMessage(fn: FunctionBody, scene: Scene): Handler | undefined {
  const facts = messageFacts(fn, scene);
  if (!facts) return undefined;
  const inputs = new Map<number, Input>(facts.inputs.map((index) => [index, { source: 'argument', checked: false, loose: false, ...(facts.areTexts?.has(index) && { isText: true as const }) }]));
  return { fn, server: facts.server, method: undefined, route: undefined, request: facts.request, inputs, checked: nothingChecked, ...(facts.ways && { ways: facts.ways }), ...(facts.texts && { texts: facts.texts }) };
}

// -- by the route it is registered for ---------------------------------------------------------------------------------

function byRoute(tree: SourceFile, scene: Scene): Handler[] {
  return routesIn(tree, scene).flatMap(({ server, method, path, handlers, checked }) =>
    handlers.flatMap((expression) => functionsIn(expression).filter((fn) => fn.parameters.length > 0).map((fn) =>
      make(fn, server, { method, route: path, checked: union(checked, checkedByWrapper(outermostCall(expression), scene)) }))));
}

function union(one: Checked, other: Checked): Checked {
  if (one === 'all' || other === 'all') return 'all';
  if (one === 'unknown' || other === 'unknown') return 'unknown';
  return new Set([...one, ...other]);
}

// -- NestJS ------------------------------------------------------------------------------------------------------------

const nestMethods: Record<string, string | undefined> = { Get: 'GET', Post: 'POST', Put: 'PUT', Patch: 'PATCH', Delete: 'DELETE', All: undefined, Options: 'OPTIONS', Head: 'HEAD', Search: 'SEARCH', Sse: 'GET', SubscribeMessage: undefined };
/** Of NestJS; then of routing-controllers and tsoa, whose controllers look alike. */
const nestInputs: Record<string, InputSource> = {
  Body: 'body', MessageBody: 'body', Query: 'query', Param: 'params', Headers: 'headers', RawBody: 'body', Cookies: 'cookies',
  QueryParam: 'query', QueryParams: 'query', BodyParam: 'body', HeaderParam: 'headers', CookieParam: 'cookies', Queries: 'query', Path: 'params',
};

function decoratorsOf(node: Node): readonly Decorator[] {
  return ts.canHaveDecorators(node) ? (ts.getDecorators(node) ?? []) : [];
}

function decoratorCall(decorator: Decorator): { name: string; arguments: readonly Expression[] } {
  const expression = decorator.expression;
  const callee = ts.isCallExpression(expression) ? expression.expression : expression;
  return { name: ts.isIdentifier(callee) ? callee.text : (memberAccess(callee)?.name ?? ''), arguments: ts.isCallExpression(expression) ? expression.arguments : [] };
}

function byDecorators(fn: FunctionBody, scene: Scene): Handler | undefined {
  if (!ts.isMethodDeclaration(fn)) return undefined;
  const own = decoratorsOf(fn).map(decoratorCall);
  const route = own.find(({ name }) => Object.hasOwn(nestMethods, name));
  const inClass = ts.isClassLike(fn.parent) ? decoratorsOf(fn.parent).map(decoratorCall) : [];
  // tsoa generates the code that checks what comes by its type.
  const isTsoa = inClass.some(({ name }) => name === 'Route');
  if (!route || !(isTsoa || inClass.some(({ name }) => /(?:Controller|Gateway)$/.test(name)))) return undefined;
  const pipes = isTsoa || [...own, ...inClass].some(({ name, arguments: given }) => name === 'TsRestHandler' || (name === 'UsePipes' && !given.every((each) => isPlainPipe(each))));
  const inputs = new Map<number, Input>();
  let request = -1;
  for (const [index, parameter] of fn.parameters.entries()) {
    for (const { name, arguments: given } of decoratorsOf(parameter).map(decoratorCall)) {
      if (name === 'Req' || name === 'Request') request = index;
      const source = nestInputs[name];
      if (source) inputs.set(index, nestInput(source, parameter, given, scene));
    }
  }
  // Controllers of a project's own making are given the request as it is.
  if (request < 0) request = fn.parameters.findIndex(({ name, modifiers }) => !modifiers?.length && ts.isIdentifier(name) && requestName.test(name.text));
  const path = route.arguments[0] && bare(route.arguments[0]);
  return { fn, server: 'nest', method: nestMethods[route.name], route: path && ts.isStringLiteralLike(path) ? path.text : undefined, request, inputs, checked: pipes ? 'all' : nothingChecked };
}

/** `ValidationPipe`, which is there for all controllers as well: it checks what is declared as a class. */
function isPlainPipe(expression: Expression): boolean {
  const node = bare(expression);
  return beginning(ts.isNewExpression(node) ? node.expression : node, 40) === 'ValidationPipe';
}

/** The pipe of NestJS checks what is declared as a class, and nothing else. */
function nestInput(source: InputSource, parameter: ParameterDeclaration, given: readonly Expression[], scene: Scene): Input {
  const named = given[0] !== undefined && ts.isStringLiteralLike(bare(given[0]));
  const hasPipe = given.length > (named ? 1 : 0) && given.some((each) => !ts.isStringLiteralLike(bare(each)));
  if (hasPipe) return { source, checked: true, loose: false };
  const declared = declaredShape(parameter, scene);
  if (declared === 'class') return { source, checked: true, loose: false };
  return { source, checked: false, loose: !named && declared === 'loose' };
}

/** What a parameter's declared type means at run time: a class can be checked; a type, an interface or `any` is gone by then. */
function declaredShape(parameter: ParameterDeclaration, scene: Scene): 'class' | 'scalar' | 'loose' {
  const { type } = parameter;
  if (!type) return 'loose';
  if (type.kind === ts.SyntaxKind.StringKeyword || type.kind === ts.SyntaxKind.NumberKeyword || type.kind === ts.SyntaxKind.BooleanKeyword) return 'scalar';
  if (type.kind === ts.SyntaxKind.AnyKeyword || type.kind === ts.SyntaxKind.UnknownKeyword || type.kind === ts.SyntaxKind.ObjectKeyword || ts.isTypeLiteralNode(type)) return 'loose';
  if (ts.isTypeReferenceNode(type)) {
    if (ts.isIdentifier(type.typeName) && /^(?:Record|Partial|Pick|Omit|object)$/.test(type.typeName.text)) return 'loose';
    const value = scene.valueOfType(type);
    // `type Params = Record<string, string>`
    if (value.kind === 'made' && value.of.kind === 'global' && /^(?:Record|Partial|Map|Object)$/.test(value.of.name)) return 'loose';
    return value.kind === 'interface' || (value.kind === 'instance' && saysNothing(value.node)) ? 'loose' : 'class';
  }
  // Unions, arrays and generics: pipes may be told of them in other ways, so they get the benefit of the doubt.
  return 'class';
}

/** A class whose fields bear no rules is as good as none: the pipe finds nothing to check by. What it inherits might. */
function saysNothing(node: ClassLikeDeclaration): boolean {
  if (node.heritageClauses?.some((clause) => clause.token === ts.SyntaxKind.ExtendsKeyword)) return false;
  const fields = node.members.filter((member) => ts.isPropertyDeclaration(member));
  if (fields.length === 0) return false;
  const { text } = node.getSourceFile();
  // Beside classes whose fields bear rules of class-validator, one whose fields bear none has none.
  if (/from ['"]class-validator['"]/.test(text)) return !/zod|typia|\bjoi\b|typebox|\bvine\b/i.test(text) && [node, ...fields].every((each) => (ts.canHaveDecorators(each) ? (ts.getDecorators(each) ?? []) : []).length === 0);
  return !/valid|zod|typia|joi|typebox|vine|@Is[A-Z]/i.test(text);
}

// -- by its parameters -------------------------------------------------------------------------------------------------

const requestName = /^_?(?:req|request|httpRequest)$/;
const responseName = /^_?(?:res|resp|response|reply|rep|httpResponse)$/;

/** `(req, res)` and its like, for handlers that are registered elsewhere. */
function byParameters(fn: FunctionBody, scene: Scene): Handler | undefined {
  const names = fn.parameters.map((parameter) => (ts.isIdentifier(parameter.name) ? parameter.name.text : ''));
  const server = serverByTypes(fn);
  const at = names.findIndex((name, index) => requestName.test(name) && responseName.test(names[index + 1] ?? ''));
  if (at === 0 || at === 1) {
    const key = server ?? (/^_?(?:reply|rep)$/.test(names[at + 1]!) ? 'fastify' : 'express');
    return make(fn, key, { request: at, method: methodByName(fn), checked: checkedElsewhere(fn, scene), ...routeFacts(fn, scene) });
  }
  // Adonis checks within the handler.
  if (server === 'adonis') return make(fn, server, { method: methodByName(fn) });
  if (server) return make(fn, server, { method: methodByName(fn), checked: checkedElsewhere(fn, scene), ...routeFacts(fn, scene) });
  const [first] = names;
  if (names.length === 0 || names.length > 2) return undefined;
  if (first === 'ctx' || first === 'context') return /\b(?:ctx|context)\.(?:request\.(?:body|query)|query\b|params\b)/.test(fn.getText()) && /\b(?:ctx|context)\.(?:body|status|throw|redirect|send|created|badRequest|notFound)\b|\bstrapi\./.test(fn.getText()) ? make(fn, 'koa', { method: methodByName(fn), checked: checkedElsewhere(fn, scene) }) : undefined;
  if (first === 'c' && names.length <= 2) return /\bc\.req\.(?:json|query|param|parseBody|formData)\(/.test(fn.getText()) && /\bc\.(?:json|text|html|redirect|body)\(/.test(fn.getText()) ? make(fn, 'hono', { checked: checkedElsewhere(fn, scene) }) : undefined;
  if (first === 'event' && isLambda(fn, scene)) return make(fn, 'lambda', {});
  if (names.length === 1 && requestName.test(first!)) return byRequestAlone(fn, scene);
  if (requestName.test(first!) && names[1] === 'h') return make(fn, 'hapi', { checked: 'unknown' });
  return undefined;
}

/** `async (req) => save(req.body)`, where a route of another file leads to it: what it gives is the answer. */
function byRequestAlone(fn: FunctionBody, scene: Scene): Handler | undefined {
  const name = functionName(outermostWrapped(fn));
  const dependencies = scene.dependencies(pathOf(fn));
  const server = (['fastify', 'express'] as const).find((key) => servers[key].packages.some((each) => dependencies?.has(each)));
  if (name === undefined || !server || isPagesFile(fn) || !/\b(?:req|request)\.(?:body|query|params)\b/.test(fn.getText())) return undefined;
  const route = scene.remember(ofElsewhere, fn, () => routeElsewhere(fn, name.slice(name.lastIndexOf('.') + 1), scene), 'unknown');
  return route === 'unknown' ? undefined : make(fn, server, { method: route.method, route: route.path, checked: route.checked });
}

/** `exports.handler = async (event) => …` that reads what API Gateway puts into an event. */
function isLambda(fn: FunctionBody, scene: Scene): boolean {
  const name = functionName(outermostWrapped(fn)) ?? '';
  const holder = wrapped(fn).parent;
  const type = ts.isVariableDeclaration(holder) ? (holder.type?.getText() ?? '') : '';
  if (/^(?:APIGatewayProxyHandler\w*|ProxyHandler)$/.test(type)) return true;
  const dependencies = scene.dependencies(pathOf(fn));
  if (lambdaPackages.some((each) => dependencies?.has(each)) && outermostWrapped(fn) !== fn && /\bevent\b/.test(fn.body?.getText() ?? '') && isExported(outermostWrapped(fn))) return true;
  return /(?:^|\.)(?:handler|main)$|Handler$/.test(name) && /\bevent\.(?:body|queryStringParameters|pathParameters)\b|\bstatusCode\b/.test(fn.getText());
}

const lambdaPackages = ['aws-lambda', '@types/aws-lambda', '@middy/core', 'serverless', 'sst'];

/** `export const hook = http(async (event) => …)`. */
function isExported(node: Node): boolean {
  const holder = node.parent;
  if (ts.isBinaryExpression(holder)) return memberAccess(holder.left) !== undefined;
  const statement = ts.isVariableDeclaration(holder) ? holder.parent.parent : holder;
  return ts.isExportAssignment(statement) || (ts.canHaveModifiers(statement) && (ts.getModifiers(statement) ?? []).some((each) => each.kind === ts.SyntaxKind.ExportKeyword));
}

function serverByTypes(fn: FunctionBody): ServerKey | undefined {
  const type = fn.parameters[0]?.type;
  if (!type || !ts.isTypeReferenceNode(type)) return undefined;
  const name = inOneLine(ts.isIdentifier(type.typeName) ? type.typeName : type.typeName.right, 60);
  const text = fn.getSourceFile().text;
  for (const key of ['nextPages', 'fastify', 'koa', 'hono', 'remix', 'sveltekit', 'astro', 'adonis', 'h3', 'lambda'] as const) {
    const { requestTypes, packages } = servers[key];
    if ((requestTypes as readonly string[]).includes(name) && packages.some((each) => text.includes(`'${each}'`) || text.includes(`"${each}"`))) return key;
  }
  return undefined;
}

function methodByName(fn: FunctionBody): string | undefined {
  const name = functionName(fn) ?? '';
  return /(?:^|\.)(?:handle)?_?(GET|POST|PUT|PATCH|DELETE)(?:Handler)?$/.exec(name)?.[1];
}

function routeFacts(fn: FunctionBody, scene: Scene): { method?: string | undefined; route?: string | undefined } {
  const route = elsewhere(fn, scene);
  return route && route !== 'unknown' ? { ...(route.method !== undefined && { method: route.method }), route: route.path } : {};
}

/**
 * A handler in a file of its own may be guarded where its route is declared. Where the project has no package that could do
 * that, nothing guards it; otherwise the route is looked for nearby, and unless it is found nobody knows.
 */
function checkedElsewhere(fn: FunctionBody, scene: Scene): Checked {
  const route = elsewhere(fn, scene);
  return route === undefined ? nothingChecked : route === 'unknown' ? 'unknown' : route.checked;
}

function elsewhere(fn: FunctionBody, scene: Scene): ReturnType<typeof routeElsewhere> | undefined {
  const dependencies = scene.dependencies(pathOf(fn));
  // Fastify checks by schemas of its own, without a package for it.
  if (dependencies && !dependencies.has('fastify') && !middlewarePackages.some((each) => dependencies.has(each))) return undefined;
  const name = functionName(outermostWrapped(fn));
  if (name === undefined || isPagesFile(fn)) return undefined;
  return scene.remember(ofElsewhere, fn, () => routeElsewhere(fn, name.slice(name.lastIndexOf('.') + 1), scene), 'unknown');
}

const ofElsewhere = Symbol('route elsewhere');

/** Functions of a page's file are called by the page's own handler, not by a router. */
function isPagesFile(fn: FunctionBody): boolean {
  return /(?:^|\/)(?:pages\/api|app)\//.test(pathOf(fn)) && !/from ['"]express['"]|require\(['"]express['"]\)/.test(fn.getSourceFile().text);
}

/** The call that wraps a function, where one does: `const create = asyncHandler(async (req, res) => …)` names its outermost call. */
function outermostWrapped(fn: Node): Node {
  let outer: Node = wrapped(fn);
  while (outer.parent && ts.isCallExpression(outer.parent) && outer.parent.expression !== outer) outer = wrapped(outer.parent);
  return outer === wrapped(fn) ? fn : outer;
}

type Facts = { method?: string | undefined; route?: string | undefined; request?: number; checked?: Checked };

function make(fn: FunctionBody, server: ServerKey, { method, route, request = 0, checked = nothingChecked }: Facts): Handler {
  // `(error, req, res, next)`: Express hands errors to functions with four parameters.
  const at = server === 'express' && fn.parameters.length === 4 ? 1 : request;
  return { fn, server, method, route, request: at, inputs: noInputs, checked };
}

// -- what of its parameters is input -----------------------------------------------------------------------------------

/** Where something that a handler reads comes from, and what is left of its path there. Undefined for what is no input. */
export function sourceOf(handler: Handler, trace: Pick<Trace, 'parameter' | 'path'>): { source: InputSource; rest: readonly string[] } | undefined {
  const input = handler.inputs.get(trace.parameter);
  if (input) return settled(input.source, trace.path);
  if (handler.request < 0) return undefined;
  const inputs: Readonly<Record<string, InputSource>> = waysOf(handler);
  if (trace.parameter !== handler.request) {
    return trace.path[0] === 'params' && holdsParams(handler, trace.parameter) ? settled('params', trace.path.slice(1)) : undefined;
  }
  for (let length = Math.min(trace.path.length, 4); length > 0; length -= 1) {
    const source = inputs[trace.path.slice(0, length).join('.')];
    if (source) return settled(source, trace.path.slice(length));
  }
  return undefined;
}

function waysOf(handler: Handler): Readonly<Record<string, InputSource>> {
  return handler.ways ?? servers[handler.server].inputs;
}

/** True for what is an input, holds one, or leads to one. */
export function mayBecomeInput(handler: Handler, { parameter, path }: Pick<Trace, 'parameter' | 'path'>): boolean {
  if (handler.inputs.has(parameter)) return true;
  if (parameter !== handler.request) return holdsParams(handler, parameter) && (path[0] === undefined || path[0] === 'params');
  const text = path.join('.');
  return path.length === 0 || Object.keys(waysOf(handler)).some((way) => way === text || way.startsWith(`${text}.`) || text.startsWith(`${way}.`));
}

/** The second parameter of handlers that get `{ params }` beside a request of the Fetch API. */
function holdsParams({ fn, request, server }: Handler, parameter: number): boolean {
  if (request < 0 || parameter !== request + 1 || server !== 'next') return false;
  const second = fn.parameters[parameter];
  return second !== undefined && !(ts.isIdentifier(second.name) && responseName.test(second.name.text));
}

/** Ways to take one value out of a form or a query string; every other method gives something that is no input any more. */
const takers = new Set(['get()', 'getAll()', 'entries()', 'values()', 'then()', 'parse()', 'json()', 'text()', 'query()', 'param()']);

function settled(source: InputSource, rest: readonly string[]): { source: InputSource; rest: readonly string[] } | undefined {
  if (rest.some((name) => name.endsWith('()') && !takers.has(name))) return undefined;
  return { source, rest: rest.filter((name) => !name.endsWith('()')) };
}

/** True for what a schema says to be a text, and no more: it has no operators or fields of its own. */
export function isTextOnly(handler: Handler, { parameter, path }: Pick<Trace, 'parameter' | 'path'>): boolean {
  if (handler.inputs.get(parameter)?.isText) return true;
  return parameter === handler.request && handler.texts !== undefined && path.some((_, index) => handler.texts!.has(path.slice(0, index + 1).join('.')));
}

/** True when an input was checked before the handler runs. */
export function isCheckedBefore(handler: Handler, parameter: number, source: InputSource): boolean {
  if (handler.inputs.get(parameter)?.checked) return true;
  return handler.checked === 'all' || (handler.checked !== 'unknown' && handler.checked.has(source));
}
