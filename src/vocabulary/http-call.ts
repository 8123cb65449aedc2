import { ts } from '../code/compiler.ts';
import { httpClients, serviceClients, type RequestVerb } from '../libraries/http-clients.ts';
import { requestAt, type Request } from '../recognition/request.ts';
import type { CodeWord } from './word.ts';

type HttpCall = {
  client: string;
  verb: RequestVerb | undefined;
  timeout: boolean | undefined;
  url: string | undefined;
  many: boolean;
  call: string;
};

export const httpCall: CodeWord<HttpCall> = {
  name: 'http-call',
  summary: 'a request to another service',
  sees: `${[...new Set([...httpClients, ...serviceClients].map(({ title }) => title))].join(', ')}: functions of the packages, instances made with settings (\`axios.create\`), the clients' own methods and commands`,
  blindTo: 'clients that a project generated or wrote itself, clients out of containers, gRPC; settings that a client is given elsewhere',
  reads: 'code',
  attributes: {
    client: { means: 'the client, such as `axios`' },
    verb: { means: 'whether it asks for something or changes it', values: ['read', 'write'] },
    timeout: { means: 'whether it ends when it takes too long', values: [true, false] },
    url: { means: 'the address, where one is written' },
    many: { means: 'the client has a call that takes many at once', values: [true, false] },
    call: { means: 'the call as a reader would say it, such as `stripe.customers.retrieve`' },
  },
  kinds: () => [ts.SyntaxKind.CallExpression],
  recognise(node, scene) {
    const request = requestAt(node, scene);
    if (!request) return undefined;
    const { client, verb, limited, url, many, says } = request;
    return { attributes: { client, verb, timeout: limited, url, many: many !== undefined, call: says }, advice: adviceFor(request) };
  },
};

function adviceFor({ many, client }: Request): Record<string, string> {
  if (many === undefined) return {};
  const what = /^one |^a /.test(many) ? many : many.startsWith('`') ? many : `\`${many}\``;
  return { 'request-per-row': `${client} takes many at once: ${what}.` };
}
