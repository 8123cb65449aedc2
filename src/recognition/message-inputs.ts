/** Handlers of what clients send in other ways than requests with a route: messages of sockets, procedures and arguments whose declared input is of any kind. */
import type { ts as C } from 'ts-morph';
import { ts, type CallExpression, type Expression, type FunctionBody, type Node, type ParameterDeclaration, type TypeNode } from '../code/compiler.ts';
import type { Scene } from '../code/scene.ts';
import { bare, calleeName, inOneLine, isFunctionBody, memberAccess, nameText, pathOf, wrapped } from '../code/syntax.ts';
import type { InputSource, ServerKey } from '../libraries/servers.ts';
import { decoratorName, propertyHolding } from './resolver.ts';

/** What makes a function a handler of messages: the parameters that are inputs themselves, or the ways to inputs from the one that holds them. */
export type MessageFacts = {
  server: ServerKey; inputs: readonly number[]; request: number; ways?: Readonly<Record<string, InputSource>>;
  /** Those of the ways, and of the parameters, that are texts for sure. */
  texts?: ReadonlySet<string>; areTexts?: ReadonlySet<number>;
};

/** Text without any of these holds no such handler. */
export const maySendMessages = /\bsocket\b|\bws\b|\.\s?on\(\s?['"`]|Meteor\.(?:methods|publish)\b|Parse\.Cloud\.define|\.\s?(?:query|mutation|subscription)\(|[rR]esolver|\b(?:Query|Mutation)\b|\bserve\(|\bfetch\s*\(/;

/** The facts of a function that handles messages; undefined for every other function. */
export function messageFacts(fn: FunctionBody, scene: Scene): MessageFacts | undefined {
  return bySocket(fn, scene) ?? byMeteor(fn) ?? byCloud(fn) ?? byProcedure(fn) ?? byArguments(fn) ?? byDecoratedArguments(fn) ?? byFetch(fn);
}

// -- sockets ------------------------------------------------------------------------------------------------------------

/** Events that tell of the connection itself, with nothing of a client's making. */
const ofConnection = /^(?:connect\w*|disconnect\w*|error|close|open|end|drain|timeout|ping|pong|listening|reconnect\w*|upgrade|finish)$/;
const socketNames = /^(?:socket|client|conn(?:ection)?|ws|websocket|peer|spark)$/i;
const acknowledgements = /^(?:ack|acknowledge|cb|callback|fn|done|next|respond|reply|isBinary|_\w*)$/;
const socketPackages = ['socket.io', 'ws', '@fastify/websocket', 'express-ws', 'uWebSockets.js', 'sockjs', 'primus'];

/** `socket.on('orders:create', async (order, ack) => …)`, also within wrappers of the project: everything that it is told comes from a client. */
function bySocket(fn: FunctionBody, scene: Scene): MessageFacts | undefined {
  if (fn.parameters.length === 0) return undefined;
  const call = listeningTo(fn);
  const access = call && memberAccess(bare(call.expression));
  const receiver = access && (ts.isIdentifier(access.of) ? access.of.text : (memberAccess(access.of)?.name ?? ''));
  if (!call || !receiver || !socketNames.test(receiver) || !usesSockets(fn, scene)) return undefined;
  const inputs = fn.parameters.flatMap(({ name }, index) => (acknowledgements.test(name.getText()) ? [] : [index]));
  return inputs.length > 0 ? { server: 'socket', inputs, request: -1 } : undefined;
}

/** The call of `on` that a function is given to, at once or by way of what wraps it. */
function listeningTo(fn: FunctionBody): CallExpression | undefined {
  let given: Node = wrapped(fn);
  for (let depth = 0; depth < 3; depth += 1) {
    const call: Node | undefined = given.parent;
    if (!call || !ts.isCallExpression(call) || call.expression === given) return undefined;
    const [event] = call.arguments;
    if (memberAccess(bare(call.expression))?.name === 'on') return event && ts.isStringLiteralLike(event) && !ofConnection.test(event.text) ? call : undefined;
    given = wrapped(call);
  }
  return undefined;
}

/** A server's sockets: those of a client listen as well, to what the server tells them. */
function usesSockets(fn: FunctionBody, scene: Scene): boolean {
  const { text } = fn.getSourceFile();
  if (/socket\.io-client|new WebSocket\(/.test(text)) return false;
  const dependencies = scene.dependencies(pathOf(fn));
  return dependencies ? socketPackages.some((each) => dependencies.has(each)) : /['"](?:socket\.io|ws)['"]/.test(text);
}

// -- Meteor -------------------------------------------------------------------------------------------------------------

/** `Meteor.methods({ 'posts.create'(post) { … } })`, `Meteor.publish('posts', function (limit) { … })`. */
function byMeteor(fn: FunctionBody): MessageFacts | undefined {
  const property = propertyHolding(fn);
  const call = property ? wrapped(property.parent).parent : wrapped(fn).parent;
  if (!call || !ts.isCallExpression(call) || inOneLine(call.expression, 40) !== (property ? 'Meteor.methods' : 'Meteor.publish')) return undefined;
  // Who refuses all that came over a connection is called by the server alone.
  if (/\bif \(this\.connection(?: !==? null)?\)\s*(?:\{\s*)?(?:throw|return)\b/.test(fn.body?.getText() ?? '')) return undefined;
  return { server: 'meteor', inputs: fn.parameters.map((_, index) => index), request: -1 };
}

// -- Parse --------------------------------------------------------------------------------------------------------------

/** `Parse.Cloud.define('search', async (request) => …)`: what a client calls it with is in `params`. */
function byCloud(fn: FunctionBody): MessageFacts | undefined {
  const call = wrapped(fn).parent;
  if (!call || !ts.isCallExpression(call) || fn.parameters.length === 0 || inOneLine(call.expression, 40) !== 'Parse.Cloud.define') return undefined;
  return { server: 'parse', inputs: [], request: 0, ways: { params: 'argument' } };
}

// -- procedures whose input takes anything ------------------------------------------------------------------------------

/** `procedure.input((raw) => raw as Post).mutation(({ input }) => …)`: a schema that says nothing of a value, or of one of its fields. */
function byProcedure(fn: FunctionBody): MessageFacts | undefined {
  const call = wrapped(fn).parent;
  const access = call && ts.isCallExpression(call) && call.expression !== wrapped(fn) ? memberAccess(bare(call.expression)) : undefined;
  if (!access || !/^(?:query|mutation|subscription)$/.test(access.name) || fn.parameters.length !== 1) return undefined;
  const schema = inputOf(access.of);
  const open = schema ? openParts(schema, 0) : [];
  if (open.length === 0) return undefined;
  const name = ({ path }: OpenPart): string => ['input', ...path].join('.');
  return { server: 'trpc', inputs: [], request: 0, ways: Object.fromEntries(open.map((part) => [name(part), 'argument' as const])), texts: new Set(open.filter(({ isText }) => isText).map(name)) };
}

/** What the last `.input(…)` along a chain is given. */
function inputOf(chain: Expression): Expression | undefined {
  for (let node = bare(chain); ts.isCallExpression(node); ) {
    const access = memberAccess(bare(node.expression));
    if (access?.name === 'input') return node.arguments[0];
    if (!access) return undefined;
    node = bare(access.of);
  }
  return undefined;
}

const takesAnything = /^(?:any|unknown|custom|looseObject|passthrough|loose)$/;
/** What is said of a schema without saying more of its values. */
const saysNoMore = /^(?:optional|nullable|nullish|default|describe|array|partial|readonly)$/;

/** What is said of a text that leaves it any text. */
const anyText = /^(?:trim|min|max|length|nonempty|toLowerCase|toUpperCase|describe|normalize)$/;

/** A part of a schema that takes anything, or any text. */
type OpenPart = { path: readonly string[]; isText: boolean };

/** The parts of a schema that say nothing of a value, or only that it is a text. */
function openParts(schema: Expression, depth: number): OpenPart[] {
  const node = bare(schema);
  if (depth > 3) return [];
  if (isFunctionBody(node)) return givesItself(node) ? [{ path: [], isText: false }] : [];
  if (!ts.isCallExpression(node)) return [];
  const name = calleeName(node) ?? '';
  const access = memberAccess(bare(node.expression));
  const [first] = node.arguments;
  if (takesAnything.test(name)) return [{ path: [], isText: false }];
  if (name === 'string' && node.arguments.length === 0) return [{ path: [], isText: true }];
  if (name === 'record') return node.arguments.some((each) => openParts(each, depth + 1).some(({ path, isText }) => path.length === 0 && !isText)) ? [{ path: [], isText: false }] : [];
  if (name === 'object' && first && ts.isObjectLiteralExpression(bare(first))) {
    return (bare(first) as C.ObjectLiteralExpression).properties.flatMap((property) => (ts.isPropertyAssignment(property) ? openParts(property.initializer, depth + 1).map(({ path, isText }) => ({ path: [nameText(property.name) ?? '', ...path], isText })) : []));
  }
  if (saysNoMore.test(name)) return access ? [...openParts(access.of, depth), ...(first && name === 'array' ? openParts(first, depth + 1) : [])] : [];
  return anyText.test(name) && access ? openParts(access.of, depth).filter(({ isText }) => isText) : [];
}

/** `(raw: unknown) => raw as Post`. */
function givesItself(fn: FunctionBody): boolean {
  const [parameter] = fn.parameters;
  const given = fn.body && !ts.isBlock(fn.body) ? bare(fn.body) : undefined;
  return parameter !== undefined && ts.isIdentifier(parameter.name) && given !== undefined && ts.isIdentifier(given) && given.text === parameter.name.text;
}

// -- arguments of resolvers ---------------------------------------------------------------------------------------------

/** `(_parent, { filter }: { filter: any }, ctx)`: an argument that the schema lets be of any kind, as its type tells. */
function byArguments(fn: FunctionBody): MessageFacts | undefined {
  const given = fn.parameters[1];
  if (!given?.type || fn.parameters.length > 4 || !isResolver(fn)) return undefined;
  if (!ts.isTypeLiteralNode(given.type)) return undefined;
  const open = given.type.members.flatMap((member) => (ts.isPropertySignature(member) && member.type && isOfAnyKind(member.type) ? (nameText(member.name) ?? []) : []));
  return open.length > 0 ? { server: 'graphql', inputs: [], request: 1, ways: Object.fromEntries(open.map((name) => [name, 'argument' as const])) } : undefined;
}

/** `@Query() films(@Arg('lang') lang: string)`: what GraphQL takes for a text is any text. */
function byDecoratedArguments(fn: FunctionBody): MessageFacts | undefined {
  if (!ts.isMethodDeclaration(fn) || !isDecorated(fn, /^(?:Query|Mutation|Subscription)$/) || !ts.isClassLike(fn.parent) || !isDecorated(fn.parent, /^Resolver$/)) return undefined;
  const given = fn.parameters.flatMap((parameter, index) => (parameter.type && isDecorated(parameter, /^Args?$/) ? [{ index, type: parameter.type }] : []));
  const texts = given.filter(({ type }) => type.kind === ts.SyntaxKind.StringKeyword || (ts.isArrayTypeNode(type) && type.elementType.kind === ts.SyntaxKind.StringKeyword)).map(({ index }) => index);
  const inputs = [...texts, ...given.filter(({ type }) => isOfAnyKind(type)).map(({ index }) => index)];
  return inputs.length > 0 ? { server: 'graphql', inputs, request: -1, areTexts: new Set(texts) } : undefined;
}

function isDecorated(node: Node, name: RegExp): boolean {
  return (ts.canHaveDecorators(node) ? (ts.getDecorators(node) ?? []) : []).some((each) => name.test(decoratorName(each)));
}

/** A function of a map of resolvers for the root types. */
function isResolver(fn: FunctionBody): boolean {
  const property = propertyHolding(fn);
  if (!property) return false;
  const holder = wrapped(property.parent).parent;
  const name = ts.isPropertyAssignment(holder) || ts.isVariableDeclaration(holder) ? inOneLine(holder.name, 40) : '';
  return /^(?:Query|Mutation|Subscription)$|(?:Query|Mutation|Quer(?:y|ies)|Mutations)(?:Resolvers?)?$/.test(name);
}

/** True for a type under which anything may come in. */
export function isOfAnyKind(type: TypeNode): boolean {
  if (type.kind === ts.SyntaxKind.AnyKeyword || type.kind === ts.SyntaxKind.UnknownKeyword || type.kind === ts.SyntaxKind.ObjectKeyword) return true;
  if (ts.isArrayTypeNode(type)) return isOfAnyKind(type.elementType);
  if (!ts.isTypeReferenceNode(type) || !ts.isIdentifier(type.typeName)) return false;
  if (/^(?:Record|Map)$/.test(type.typeName.text)) return type.typeArguments?.[1] === undefined || isOfAnyKind(type.typeArguments[1]);
  return /^(?:JSON\w*|Json\w*|GraphQLJSON\w*|object)$/.test(type.typeName.text);
}

// -- servers that are one function --------------------------------------------------------------------------------------

/** `Bun.serve({ fetch(request) { … } })`, `Deno.serve((request) => …)`, `export default { fetch(request, env) { … } }`. */
function byFetch(fn: FunctionBody): MessageFacts | undefined {
  const first: ParameterDeclaration | undefined = fn.parameters[0];
  if (!first || !/^_?(?:req|request)$/.test(first.name.getText())) return undefined;
  const isServer = isGivenToServe(fn) || isFetchOfServer(fn);
  return isServer ? { server: 'fetch', inputs: [], request: 0 } : undefined;
}

function isGivenToServe(fn: FunctionBody): boolean {
  const call = wrapped(fn).parent;
  return call !== undefined && ts.isCallExpression(call) && /^(?:Bun\.|Deno\.)?serve$/.test(inOneLine(call.expression, 40));
}

function isFetchOfServer(fn: FunctionBody): boolean {
  const property = propertyHolding(fn);
  if (!property || nameText(property.name) !== 'fetch') return false;
  const holder = wrapped(property.parent).parent;
  return ts.isExportAssignment(holder) || (ts.isCallExpression(holder) && /^(?:Bun\.)?serve$/.test(inOneLine(holder.expression, 40)));
}
