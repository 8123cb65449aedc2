import { ts, type CallExpression, type Expression, type Node, type ObjectLiteralExpression } from '../code/compiler.ts';
import { declarationOf } from '../code/scope.ts';
import type { Scene } from '../code/scene.ts';
import { bare, calleeName, decapitalised, hasHiddenProperties, inOneLine, isFunctionBody, memberAccess, propertyValue } from '../code/syntax.ts';
import { asks, changesSomething, httpClients, serviceClients, type HttpClient, type RequestVerb, type ServiceClient } from '../libraries/http-clients.ts';
import { originOf, type Origin } from './callee-origin.ts';
import { remoteCallAt } from './remote-procedure.ts';

/** A request to another service, as far as its own text tells. */
export type Request = {
  node: CallExpression;
  client: string;
  /** Undefined where its method cannot be seen. */
  verb: RequestVerb | undefined;
  /** Whether it ends when it takes too long. Undefined where its options cannot be seen. */
  limited: boolean | undefined;
  /** The address, where one is written. */
  url: string | undefined;
  /** The call as a reader would say it: `stripe.customers.retrieve`. */
  says: string;
  /** What asks for many at once, where the client has it. */
  many: string | undefined;
  /** Whom it asks, as a phrase. */
  whom: string;
  /** Such calls of one tick go out as one request, as far as one can tell. */
  batches: boolean;
};

const ofRequest = Symbol('request');
const anotherService = 'another service';

/** The request that this call makes; undefined when it makes none, or only through functions of this repository. */
export function requestAt(node: Node, scene: Scene): Request | undefined {
  return ts.isCallExpression(node) ? scene.remember(ofRequest, node, () => (mayRequest(node) ? read(node, scene) : undefined) ?? ofRemote(node, scene), undefined) : undefined;
}

const names = new Set(httpClients.flatMap((client) => client.names.map(lastPart)));
const named = new Map<string, HttpClient[]>();
for (const client of httpClients) for (const from of client.from) named.set(from, [...(named.get(from) ?? []), client]);

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

/** A default import has whatever name its file gave it; everything else is told by its own. */
function mayRequest({ expression }: CallExpression): boolean {
  const callee = bare(expression);
  if (ts.isIdentifier(callee)) return names.has(callee.text) || declarationOf(callee)?.kind === 'import' || declarationOf(callee)?.kind === 'variable';
  const name = memberAccess(callee)?.name;
  return name !== undefined && (names.has(name) || asks.test(name) || changesSomething.test(name));
}

/** `subscription.items.data.find((item) => …)`: a list is asked with a function, a service with values. */
function isOfList(node: CallExpression): boolean {
  const given = node.arguments[0] && bare(node.arguments[0]);
  return given !== undefined && isFunctionBody(given) && /^(?:find|findLast|findIndex|filter|map|flatMap|forEach|some|every|reduce|sort)$/.test(calleeName(node) ?? '');
}

function read(node: CallExpression, scene: Scene): Request | undefined {
  if (isOfList(node)) return undefined;
  const origin = originOf(scene.valueOf(bare(node.expression)));
  if (!origin) return undefined;
  const http = named.get(origin.from)?.find((client) => client.names.includes(origin.path));
  if (http) return ofHttp(node, http, origin, scene);
  const service = serviceClients.find(({ from }) => from.test(origin.from));
  return service && ofService(node, service, origin);
}

/** A procedure of another service that is called. */
function ofRemote(node: CallExpression, scene: Scene): Request | undefined {
  const call = remoteCallAt(node, scene);
  if (!call) return undefined;
  const { client, service } = call;
  return { ...call, node, url: undefined, whom: service === undefined ? `another service (${client})` : `the service ${service} (${client})` };
}

function ofHttp(node: CallExpression, client: HttpClient, origin: Origin, scene: Scene): Request {
  const options = [...node.arguments, ...(origin.call?.arguments ?? [])].map((each) => optionsIn(each, scene));
  const address = node.arguments[0] && bare(node.arguments[0]);
  const said = address && ts.isObjectLiteralExpression(address) ? propertyValue(address, 'url') : address;
  return {
    node, client: client.title, verb: verbOf(node, origin.path, options), limited: isLimited(client, options),
    url: said && (ts.isStringLiteralLike(said) || ts.isTemplateExpression(said)) ? inOneLine(said, 60) : undefined, says: says(node), many: undefined, whom: anotherService, batches: false,
  };
}

/** The options that an argument is or stands for; `hidden` where it may be some. */
function optionsIn(argument: Expression, scene: Scene): ObjectLiteralExpression | 'hidden' | undefined {
  if (ts.isSpreadElement(argument)) return 'hidden';
  const node = bare(argument);
  if (ts.isObjectLiteralExpression(node)) return node;
  if (ts.isLiteralExpression(node) || ts.isTemplateExpression(node) || ts.isFunctionLike(node) || ts.isNewExpression(node) || ts.isBinaryExpression(node)) return undefined;
  const value = scene.valueOf(node);
  if (value.kind === 'object') return value.node;
  return value.kind === 'literal' || value.kind === 'function' ? undefined : 'hidden';
}

function isLimited(client: HttpClient, options: readonly (ObjectLiteralExpression | 'hidden' | undefined)[]): boolean | undefined {
  const written = options.filter((each) => each !== undefined && each !== 'hidden');
  if (written.some((each) => client.limits.some((limit) => propertyValue(each, limit) !== undefined))) return true;
  if (client.isLimited) return true;
  // Here: the first argument is the address, so only what stands behind it can be options that nobody sees.
  return options.slice(1).includes('hidden') || written.some(hasHiddenProperties) ? undefined : false;
}

function verbOf(node: CallExpression, path: string, options: readonly (ObjectLiteralExpression | 'hidden' | undefined)[]): RequestVerb | undefined {
  const name = lastPart(path);
  if (/^(?:get|head|options)$/.test(name)) return 'read';
  if (/^(?:post|put|patch|delete|del)$/.test(name)) return 'write';
  const written = options.filter((each) => each !== undefined && each !== 'hidden');
  for (const each of written) {
    const method = propertyValue(each, 'method');
    if (method) return ts.isStringLiteralLike(bare(method)) ? (/^(?:get|head)$/i.test((bare(method) as { text?: string }).text ?? '') ? 'read' : 'write') : undefined;
    if (['body', 'data', 'json', 'form'].some((key) => propertyValue(each, key) !== undefined)) return 'write';
  }
  return node.arguments.slice(1).length > 0 && options.slice(1).includes('hidden') ? undefined : 'read';
}

function ofService(node: CallExpression, service: ServiceClient, origin: Origin): Request | undefined {
  const path = origin.path.replace(/^(?:[A-Z]\w*|default)\./, '');
  const asked = service.sends && path === 'send' ? commandOf(node) : lastPart(path);
  if (asked === undefined) return undefined;
  const action = decapitalised(asked);
  const verb = asks.test(action) ? 'read' : changesSomething.test(action) ? 'write' : undefined;
  if (!verb) return undefined;
  const many = Object.entries(service.many ?? {}).find(([one]) => path === one || path.endsWith(`.${one}`) || asked === one)?.[1];
  return { node, client: service.title, verb, limited: service.isLimited ?? undefined, url: undefined, says: service.sends && path === 'send' ? asked : says(node), many, whom: anotherService, batches: false };
}

/** `GetObjectCommand` of `client.send(new GetObjectCommand({…}))`. */
function commandOf(node: CallExpression): string | undefined {
  const command = node.arguments[0] && bare(node.arguments[0]);
  return command && ts.isNewExpression(command) ? (ts.isIdentifier(command.expression) ? command.expression.text : memberAccess(command.expression)?.name) : undefined;
}

function says(node: CallExpression): string {
  const text = inOneLine(node.expression, 60);
  return text.includes('(') ? (calleeName(node) ?? text) : text;
}
