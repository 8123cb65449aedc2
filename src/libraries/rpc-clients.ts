/** Clients that call procedures of another service as if they were methods of their own, as plain data. */
import type { RequestVerb } from './http-clients.ts';

/** How a procedure is called on a client. `by-name`: the method is the procedure. `by-text`: the first argument names it. */
export type RpcMethod = { verb?: RequestVerb; named: 'by-name' | 'by-text' };

export type RpcClient = {
  title: string;
  from: RegExp;
  /** What the package gives that is a client or makes one: its functions, classes and types, by their path. */
  clients?: RegExp;
  /** Classes and interfaces of the package that generated clients extend. */
  parents?: RegExp;
  /** What generated clients are constructed with: `new UserServiceClient(address, credentials.createInsecure())`. */
  madeWith?: RegExp;
  /** The methods that ask, by the last name of what is called; absent where every method of the client is a procedure. */
  methods?: Readonly<Record<string, RpcMethod>>;
  /** Options that end a call which takes too long. */
  limits: readonly string[];
  /** It does not end a call that takes too long unless the call says so. */
  isUnlimited?: true;
  /** What puts the calls of one tick into one request, by its name in what makes the client; and what it looks like where it is absent. */
  batching?: { by: RegExp; absent: string; present: string };
  /** Calls that take many in one request. */
  many?: string;
};

const named: RpcMethod = { named: 'by-name' };
const told: RpcMethod = { named: 'by-text' };

/**
 * Sources: grpc/grpc-node packages/grpc-js/src/{client,make-client}.ts; nestjs docs microservices/{basics,grpc,kafka}.md; trpc www/docs/client/links;
 * connectrpc docs web/using-clients; timostamm/protobuf-ts MANUAL.md; deeplay-io/nice-grpc README; tedeh/jayson README; json-rpc-2.0 README;
 * orpc docs plugins/batch-requests; hono docs guides/rpc; ts-rest docs core/fetch.
 */
export const rpcClients: readonly RpcClient[] = [
  {
    title: 'gRPC', from: /^(?:@grpc\/grpc-js|grpc)$/, parents: /^Client$/, madeWith: /^(?:credentials|ChannelCredentials)\.\w+$/, limits: ['deadline'], isUnlimited: true,
  },
  { title: 'gRPC', from: /^nice-grpc(?:-web)?$/, clients: /^(?:createClient|createClientFactory|Client)$/, limits: ['signal', 'deadline'], isUnlimited: true },
  { title: 'gRPC', from: /^@protobuf-ts\/(?:grpc|grpcweb)-transport$/, madeWith: /^Grpc(?:WebFetch)?Transport$/, limits: ['timeout', 'abort'] },
  { title: 'gRPC', from: /^@nestjs\/microservices$/, clients: /^Client(?:Grpc|GrpcProxy)\.getService$/, limits: ['deadline'], isUnlimited: true },
  {
    title: 'NestJS microservices', from: /^@nestjs\/microservices$/, clients: /^(?:Client(?:Proxy|Kafka|KafkaProxy|RMQ|TCP|Redis|Nats|Mqtt)|ClientProxyFactory\.create)$/,
    methods: { send: told, emit: { verb: 'write', named: 'by-text' } }, limits: [],
  },
  { title: 'Connect', from: /^@(?:connectrpc|bufbuild)\/connect$/, clients: /^(?:create(?:Promise|Callback)?Client|(?:Promise|Callback)?Client)$/, limits: ['timeoutMs', 'signal'] },
  { title: 'Twirp', from: /^@protobuf-ts\/twirp-transport$/, madeWith: /^TwirpFetchTransport$/, limits: ['timeout', 'abort'] },
  {
    title: 'tRPC', from: /^@trpc\/client$/, clients: /^(?:createTRPC(?:Proxy|Untyped)?Client|(?:Create)?TRPC(?:Proxy|Untyped)?Client)$/,
    methods: { query: { verb: 'read', named: 'by-text' }, mutate: { verb: 'write', named: 'by-text' }, mutation: { verb: 'write', named: 'by-text' } }, limits: ['signal'],
    batching: {
      by: /^(?:unstable_)?httpBatch(?:Stream)?Link$/,
      absent: 'a client with `httpBatchLink` puts all calls that are made together into one request',
      present: 'one `Promise.all` over the calls makes one request of them, for the client has a batch link',
    },
  },
  {
    title: 'oRPC', from: /^@orpc\/client$/, clients: /^createORPCClient$/, limits: ['signal'],
    batching: {
      by: /^BatchLinkPlugin$/,
      absent: 'a link with `BatchLinkPlugin` puts all calls that are made together into one request',
      present: 'one `Promise.all` over the calls makes one request of them, for the link has the batch plugin',
    },
  },
  { title: 'ts-rest', from: /^@ts-rest\/core$/, clients: /^initClient$/, limits: ['signal'] },
  {
    title: 'Hono RPC', from: /^hono\/client$/, clients: /^hc$/, limits: ['signal'],
    methods: { $get: { verb: 'read', named: 'by-name' }, $post: { verb: 'write', named: 'by-name' }, $put: { verb: 'write', named: 'by-name' }, $patch: { verb: 'write', named: 'by-name' }, $delete: { verb: 'write', named: 'by-name' } },
  },
  { title: 'JSON-RPC', from: /^jayson(?:\/\w+)?$/, clients: /^(?:Client|client)(?:\.(?:http|https|tcp|tls|websocket|browser))?$/, methods: { request: told }, limits: ['timeout'], many: 'one `request` with a list of calls' },
  { title: 'JSON-RPC', from: /^json-rpc-2\.0$/, clients: /^JSONRPC(?:Client|ServerAndClient)$/, methods: { request: told, requestAdvanced: named, notify: told }, limits: [], many: 'one `requestAdvanced` with a list of calls' },
];

/** Methods of clients that ask nobody. */
export const isNoProcedure = /^(?:close|getChannel|waitForReady|connect|disconnect|on|off|once|then|catch|finally|bind|call|apply|toString|constructor|unwrap|subscribe|unsubscribe|subscribeToResponseOf|status|use|create)$/;
