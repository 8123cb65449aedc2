import { ts, type CallExpression } from '../code/compiler.ts';
import { inOneLine } from '../code/syntax.ts';
import { httpClients, serviceClients, type RequestVerb } from '../libraries/http-clients.ts';
import type { Done } from '../recognition/behind-calls.ts';
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
};

export const httpCall: CodeWord<HttpCall> = {
  name: 'http-call',
  summary: 'a request to another service',
  sees: `${[...new Set([...httpClients, ...serviceClients].map(({ title }) => title))].join(', ')}: functions of the packages, instances made with settings (\`axios.create\`), the clients' own methods and commands; calls of functions, methods and injected classes that lead to one, across files`,
  blindTo: 'clients that a project generated or wrote itself, clients out of containers, gRPC; settings that a client is given elsewhere',
  reads: 'code',
  attributes: {
    client: { means: 'the client, such as `axios`' },
    verb: { means: 'whether it asks for something or changes it', values: ['read', 'write'] },
    timeout: { means: 'whether it ends when it takes too long', values: [true, false] },
    url: { means: 'the address, where one is written' },
    many: { means: 'the client has a call that takes many at once', values: [true, false] },
    via: { means: '`direct` when the call is the request, `call` when it leads to one', values: ['direct', 'call'] },
    call: { means: 'the call as a reader would say it, such as `stripe.customers.retrieve`' },
  },
  kinds: () => [ts.SyntaxKind.CallExpression],
  followsCalls: true,
  heeds: ['via'],
  recognise(node, scene, asked) {
    const request = requestAt(node, scene);
    if (request) return { attributes: { ...attributesOf(request), via: 'direct', call: request.says }, advice: adviceFor(request) };
    if (!ts.isCallExpression(node) || asked?.['via']?.every((value) => value === 'direct')) return undefined;
    return behind(node, requests.behind(node, scene));
  },
};

/** What is asked for tells the story best; what only sends may have to be sent to each. */
function behind(node: CallExpression, done: readonly Done<Request>[]): Recognition<HttpCall> | undefined {
  const telling = done.find(({ what }) => what.verb !== 'write') ?? done[0];
  if (!telling) return undefined;
  const { what, chain } = telling;
  return { attributes: { ...attributesOf(what), via: 'call', call: inOneLine(node.expression, 60) }, evidence: chain.slice(1), advice: adviceFor(what) };
}

function attributesOf({ client, verb, limited, url, many }: Request): Omit<HttpCall, 'via' | 'call'> {
  return { client, verb, timeout: limited, url, many: many !== undefined };
}

function adviceFor({ many, client }: Request): Record<string, string> {
  if (many === undefined) return {};
  const what = /^one |^a /.test(many) ? many : many.startsWith('`') ? many : `\`${many}\``;
  return { 'request-per-row': `${client} takes many at once: ${what}.` };
}
