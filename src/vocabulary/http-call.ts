import { ts, type CallExpression, type Node } from '../code/compiler.ts';
import { calleeName, inOneLine, isFunctionBody, wrapped } from '../code/syntax.ts';
import { httpClients, serviceClients, type RequestVerb } from '../libraries/http-clients.ts';
import { rpcClients } from '../libraries/rpc-clients.ts';
import { isOfTheLanguage, type Done } from '../recognition/behind-calls.ts';
import { requestAt, type Request } from '../recognition/request.ts';
import { requests } from '../recognition/requests-of-function.ts';
import type { CodeWord, Recognition } from './word.ts';

type HttpCall = {
  client: string;
  verb: RequestVerb | undefined;
  timeout: boolean | undefined;
  url: string | undefined;
  many: boolean;
  via: 'direct' | 'call';
  call: string;
  whom: string;
  /** Calls go out together. */
  batched: boolean;
};

export const httpCall: CodeWord<HttpCall> = {
  name: 'http-call',
  summary: 'a request to another service',
  sees: `${[...new Set([...httpClients, ...serviceClients, ...rpcClients].map(({ title }) => title))].join(', ')}: functions of the packages, instances made with settings (\`axios.create\`), the clients' own methods and commands; procedures of other services, by what makes their client (\`createTRPCClient\`), what a generated client is constructed with or extends, and \`promisify\` around a method; calls of functions, methods and injected classes that lead to one, across files`,
  blindTo: 'clients that a project generated or wrote itself, clients out of containers, generated clients of gRPC that are only declared by a type from a package; settings that a client is given elsewhere',
  reads: 'code',
  attributes: {
    client: { means: 'the client, such as `axios`' },
    verb: { means: 'whether it asks for something or changes it', values: ['read', 'write'] },
    timeout: { means: 'whether it ends when it takes too long', values: [true, false] },
    url: { means: 'the address, where one is written' },
    many: { means: 'the client has a call that takes many at once', values: [true, false] },
    via: { means: '`direct` when the call is the request, `call` when it leads to one', values: ['direct', 'call'] },
    call: { means: 'the call as a reader would say it, such as `stripe.customers.retrieve`' },
    whom: { means: 'whom it asks, as a phrase, such as `another service` or `the service Users (gRPC)`' },
    batched: { means: 'such calls go out together: the client makes one request of those that are made at the same time', values: [true, false] },
  },
  kinds: () => [ts.SyntaxKind.CallExpression],
  mayBe: (node) => ts.isCallExpression(node) && !isOfTheLanguage(node),
  followsCalls: true,
  heeds: ['via'],
  recognise(node, scene, asked) {
    const request = requestAt(node, scene);
    if (request) return { attributes: { ...attributesOf(request), via: 'direct', call: request.says, batched: request.batches && isMadeWithOthers(node) }, advice: adviceFor(request) };
    if (!ts.isCallExpression(node) || asked?.['via']?.every((value) => value === 'direct')) return undefined;
    return behind(node, requests.behind(node, scene));
  },
};

/** What is asked for tells the story best; what only sends may have to be sent to each. */
function behind(node: CallExpression, done: readonly Done<Request>[]): Recognition<HttpCall> | undefined {
  const telling = done.find(({ what }) => what.verb !== 'write') ?? done[0];
  if (!telling) return undefined;
  const { what, chain } = telling;
  return { attributes: { ...attributesOf(what), via: 'call', call: inOneLine(node.expression, 60), batched: done.every((each) => each.what.batches) && isMadeWithOthers(node) }, evidence: chain.slice(1), advice: adviceFor(what) };
}

/**
 * True for a call that is made in the same tick as those of its neighbours: nobody awaits it before the next one is made, or each callback
 * of a list awaits its own, and nothing before.
 */
function isMadeWithOthers(node: Node): boolean {
  let awaited: Node | undefined;
  for (let up = node.parent; up; up = up.parent) {
    if (isFunctionBody(up)) return !awaited || (isForEach(up) && isFirstAwait(awaited, up));
    if (ts.isAwaitExpression(up)) awaited = up;
    if (awaited && ts.isIterationStatement(up, false)) return false;
  }
  return !awaited;
}

/** `ids.map(async (id) => …)`: all of them begin before the first one is done. */
function isForEach(fn: Node): boolean {
  const call = wrapped(fn).parent;
  return call !== undefined && ts.isCallExpression(call) && call.arguments.some((each) => each === fn) && /^(?:map|flatMap|forEach)$/.test(calleeName(call) ?? '');
}

function isFirstAwait(awaited: Node, fn: Node): boolean {
  let first: Node | undefined;
  const visit = (each: Node): void => {
    if (first || (isFunctionBody(each) && each !== fn)) return;
    if (ts.isAwaitExpression(each)) first = each;
    else ts.forEachChild(each, visit);
  };
  visit(fn);
  return first === awaited;
}

function attributesOf({ client, verb, limited, url, many, whom }: Request): Omit<HttpCall, 'via' | 'call' | 'batched'> {
  return { client, verb, timeout: limited, url, many: many !== undefined, whom };
}

function adviceFor({ many, client }: Request): Record<string, string> {
  if (many === undefined) return {};
  const what = /^(?:one|an?) /.test(many) ? many : many.startsWith('`') ? many : `\`${many}\``;
  return { 'request-per-row': `${client} takes many at once: ${what}.` };
}
