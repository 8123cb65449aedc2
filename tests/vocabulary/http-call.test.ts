import { describe, expect, test } from 'vitest';
import { ts, type Node } from '../../src/code/compiler.ts';
import { OpenedFiles } from '../../src/code/opened-files.ts';
import { Scene } from '../../src/code/scene.ts';
import { httpCall } from '../../src/vocabulary/http-call.ts';
import { samples } from '../samples.ts';

/** Every request of a file, as `call client verb timeout`; a question mark for what cannot be seen. */
function requestsOf(code: string, dependencies: Readonly<Record<string, string>> = {}): string[] {
  const path = 'src/app.ts';
  const files = new OpenedFiles();
  files.add(['package.json', 'tsconfig.json', 'jsconfig.json', 'src/package.json', 'src/tsconfig.json', 'src/jsconfig.json', 'tsconfig.base.json', 'pnpm-workspace.yaml', 'lerna.json', path], new Map([['package.json', { text: JSON.stringify({ dependencies }) }], [path, { text: code }]]));
  const scene = new Scene('head', files);
  const found: string[] = [];
  const visit = (node: Node): void => {
    const recognition = ts.isCallExpression(node) ? httpCall.recognise(node, scene) : undefined;
    if (recognition) {
      const { call, client, verb, timeout, many } = recognition.attributes;
      found.push([call, client, verb ?? '?', timeout === undefined ? '?' : timeout ? 'limited' : 'unlimited', many ? 'many' : ''].join(' ').trim());
    }
    ts.forEachChild(node, visit);
  };
  visit(files.tree(path)!);
  return found;
}

describe('requests', () => {
  test('fetch and its kin, with and without a limit', () => {
    expect(requestsOf(`
      import nodeFetch from 'node-fetch';
      import { request } from 'undici';
      await fetch(url);
      await fetch(url, { method: 'POST', body });
      await fetch(url, { signal: AbortSignal.timeout(5000) });
      await fetch(url, options);
      await fetch(url, { method, ...rest });
      await nodeFetch(url, { timeout: 3000 });
      await request(url, { method: 'HEAD', bodyTimeout: 1000 });
      const settings = { signal };
      await fetch(url, settings);
    `)).toEqual([
      'fetch fetch read unlimited', 'fetch fetch write unlimited', 'fetch fetch read limited', 'fetch fetch ? ?', 'fetch fetch ? ?', 'nodeFetch fetch read limited',
      'request undici read limited', 'fetch fetch read limited',
    ]);
  });

  test('clients with methods, and instances with settings', () => {
    expect(requestsOf(`
      import axios from 'axios';
      import got from 'got';
      import ky from 'ky';
      import https from 'node:https';
      const api = axios.create({ baseURL, timeout: 5000 });
      const bare = axios.create();
      await axios.get(url);
      await axios.post(url, body, { timeout: 1000 });
      await axios({ method: 'put', url, data });
      await api.delete(url);
      await bare.patch(url, {});
      await got(url).json();
      await ky.post(url, { json: body });
      https.get(url, (response) => response.resume());
    `)).toEqual([
      'axios.get axios read unlimited', 'axios.post axios write limited', 'axios axios write unlimited', 'api.delete axios write limited', 'bare.patch axios write unlimited',
      'got got read unlimited', 'ky.post ky write limited', 'https.get http read unlimited',
    ]);
  });

  test('clients of services: their methods and commands, and what takes many', () => {
    expect(requestsOf(`
      import Stripe from 'stripe';
      import OpenAI from 'openai';
      import { S3Client, GetObjectCommand } from '@aws-sdk/client-s3';
      import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';
      import { Resend } from 'resend';
      const stripe = new Stripe(key);
      const openai = new OpenAI();
      await stripe.customers.retrieve(id);
      await openai.embeddings.create({ model, input });
      await new S3Client({}).send(new GetObjectCommand({ Bucket, Key }));
      await new SQSClient({}).send(new SendMessageCommand({ QueueUrl, MessageBody }));
      await new Resend(key).emails.send({ to });
      stripe.webhooks.constructEvent(body, signature, secret);
      const itemOf = ({ subscription }: { subscription: Stripe.Subscription }) => subscription.items.data.find((item) => item.price.id === id);
    `)).toEqual([
      'stripe.customers.retrieve Stripe read limited', 'openai.embeddings.create OpenAI write limited many', 'GetObjectCommand AWS read ?', 'SendMessageCommand AWS write ? many', 'send Resend write ? many',
    ]);
  });

  test('procedures of other services: gRPC, by what the client is constructed with, extends or is made by', () => {
    expect(requestsOf(`
      import * as grpc from '@grpc/grpc-js';
      import { credentials, ChannelCredentials } from '@grpc/grpc-js';
      import { promisify } from 'node:util';
      import { UserServiceClient } from './gen/user';
      import { createClient, createChannel } from 'nice-grpc';
      import { GrpcTransport } from '@protobuf-ts/grpc-transport';
      import { TwirpFetchTransport } from '@protobuf-ts/twirp-transport';
      const proto = grpc.loadPackageDefinition(definition).shop as any;
      const orders = new proto.OrderService(address, grpc.credentials.createInsecure());
      const users = new UserServiceClient(address, credentials.createSsl());
      const plans = new PlanClient(address, ChannelCredentials.createInsecure());
      class Rates extends grpc.Client {}
      orders.GetOrder({ id }, (error, order) => done(error, order));
      orders.createOrder({ id }, { deadline: Date.now() + 500 }, done);
      users.sayHello(request, metadata, done);
      const getUser = promisify(users.getUser).bind(users);
      const listUsers = promisify(users.listUsers.bind(users));
      await getUser({ id });
      await listUsers({});
      plans.listPlans({});
      new Rates(address).makeUnaryRequest(path, to, from, argument, done);
      users.close();
      await createClient(StockDefinition, createChannel(address)).readStock({ id });
      await new CartServiceClient(new GrpcTransport({ host })).getCart({ id }, { timeout: 500 });
      await new HatClient(new TwirpFetchTransport({ baseUrl })).makeHat({ inches: 12 });
    `, { '@grpc/grpc-js': '1' })).toEqual([
      'orders.GetOrder gRPC read unlimited', 'orders.createOrder gRPC write limited', 'users.sayHello gRPC ? ?', 'getUser gRPC read unlimited', 'listUsers gRPC read unlimited',
      'plans.listPlans gRPC read unlimited', 'makeUnaryRequest gRPC ? ?', 'readStock gRPC read unlimited', 'getCart gRPC read limited', 'makeHat Twirp ? ?',
    ]);
  });

  test('procedures of other services: NestJS, tRPC and its kin, Connect, JSON-RPC', () => {
    expect(requestsOf(`
      import { ClientProxy, ClientGrpc, ClientKafka } from '@nestjs/microservices';
      import { createTRPCClient, createTRPCProxyClient, httpLink, httpBatchLink } from '@trpc/client';
      import { createPromiseClient, createClient } from '@connectrpc/connect';
      import { createORPCClient } from '@orpc/client';
      import { hc } from 'hono/client';
      import jayson from 'jayson/promise';
      import { JSONRPCClient } from 'json-rpc-2.0';
      interface UserService { findOne(data: { id: string }): Observable<User>; sayHello(data: object): Observable<User> }
      class Gateway {
        private users: UserService;
        constructor(private readonly client: ClientProxy, private readonly kafka: ClientKafka, private readonly grpc: ClientGrpc) {}
        onModuleInit() { this.users = this.grpc.getService<UserService>('UserService'); }
        async all() {
          await lastValueFrom(this.client.send({ cmd: 'get_user' }, id));
          await firstValueFrom(this.client.send('sum', numbers));
          this.kafka.emit('order.created', order);
          await lastValueFrom(this.users.findOne({ id }));
          await lastValueFrom(this.users.sayHello({}));
        }
      }
      const plain = createTRPCClient<AppRouter>({ links: [httpLink({ url })] });
      const together = createTRPCProxyClient<AppRouter>({ links: [loggerLink(), httpBatchLink({ url })] });
      await plain.post.byId.query(id);
      await together.post.create.mutate({ title });
      await createPromiseClient(ElizaService, transport).say({ sentence }, { timeoutMs: 1000 });
      await createClient(ElizaService, transport).getMood({});
      await createORPCClient(link).planet.find({ id });
      await hc<AppType>(url).posts[':id'].$get({ param: { id } });
      await jayson.Client.https({ port: 3000 }).request('user.get', [id]);
      await new JSONRPCClient(post).request('createUser', { name });
    `, { '@nestjs/microservices': '11' })).toEqual([
      'send NestJS microservices read ?', 'send NestJS microservices ? ?', 'emit NestJS microservices write ?', 'findOne gRPC read unlimited', 'sayHello gRPC ? unlimited',
      'plain.post.byId.query tRPC read ? many', 'together.post.create.mutate tRPC write ? many', 'say Connect ? limited', 'getMood Connect read ?', 'find oRPC read ? many', '$get Hono RPC read ?',
      'request JSON-RPC read ? many', 'request JSON-RPC write ? many',
    ].map((each) => each.replace(/^send/, 'this.client.send').replace(/^emit/, 'this.kafka.emit').replace(/^(findOne|sayHello)/, 'this.users.$1')));
  });

  test('what only looks like a procedure of another service', () => {
    expect(requestsOf(`
      import { initTRPC } from '@trpc/server';
      import { createClient } from 'redis';
      import { credentials, Server } from '@grpc/grpc-js';
      import { Controller } from '@nestjs/common';
      const t = initTRPC.create();
      t.procedure.input(schema).query(({ input }) => input);
      const caller = t.createCallerFactory(router)({});
      await caller.post.byId(id);
      await createClient().get('key');
      const server = new Server();
      server.addService(definition, {});
      server.bindAsync(address, credentials.createInsecure(), done);
      class Users { getUser(id: string) { return id; } }
      new Users().getUser('1');
      response.send('done');
      events.emit('done', 1);
      db.query('SELECT 1');
    `, { '@grpc/grpc-js': '1', '@trpc/server': '11' })).toEqual([]);
  });

  test('what only looks like a request', () => {
    expect(requestsOf(`
      import { fetch as load } from './loader';
      const map = new Map();
      map.get('a');
      cache.get(url);
      repository.fetch(id);
      router.post('/orders', handler);
      function get(url: string) { return url; }
      get('/a');
      class Api { fetch(url: string) { return url; } }
      new Api().fetch('/a');
    `)).toEqual([]);
  });
});

samples('request-per-row', {
  'a service in another file, and one that only builds addresses': {
    'src/rates.ts': `import axios from 'axios';
const api = axios.create({ baseURL: 'https://rates.example.com', timeout: 3000 });
export class Rates {
  async of(currency: string) { return (await api.get('/rates/' + currency)).data; }
  address(currency: string) { return 'https://rates.example.com/' + currency; }
}`,
    'src/orders.ts': `import { Rates } from './rates';
export class Orders {
  constructor(private readonly rates: Rates) {}
  async price(orders: Order[]) {
    for (const order of orders) order.rate = await this.rates.of(order.currency); // want request-per-row
    for (const order of orders) order.link = this.rates.address(order.currency);
  }
}`,
  },
  'a request per element': `
    for (const user of users) {
      user.avatar = await fetch(user.avatarUrl); // want request-per-row
    }
    const repositories = await Promise.all(names.map((name) => fetch(\`https://api.example.com/\${name}\`))); // want request-per-row`,
  'sending to each is a note, unless many can be sent at once': `
    import axios from 'axios';
    import { SNSClient, PublishCommand } from '@aws-sdk/client-sns';
    const topic = new SNSClient({});
    for (const hook of hooks) {
      await axios.post(hook.url, event); // want request-per-row:note
    }
    for (const event of events) {
      await topic.send(new PublishCommand({ TopicArn, Message: event.text })); // want request-per-row
    }`,
  'pages, attempts, constants and one request for all': `
    for (const region of ['eu', 'us']) await fetch(\`https://\${region}.example.com/\`);
    let cursor;
    do {
      const page = await (await fetch(url + '?cursor=' + cursor)).json();
      cursor = page.next;
    } while (cursor);
    for (let attempt = 0; attempt < 3; attempt += 1) await fetch(url);
    const all = await fetch(url + '?ids=' + ids.join());
    for (const user of users) user.avatar = all[user.id];`,
  'a function that asks': `
    async function load(id) { return fetch('https://api.example.com/' + id); }
    for (const user of users) await load(user.id); // want request-per-row`,
  'a client of gRPC in another file, and its promises': {
    'src/clients.ts': `import { credentials } from '@grpc/grpc-js';
import { promisify } from 'node:util';
import { UserServiceClient } from './gen/user';
export const users = new UserServiceClient('users:50051', credentials.createInsecure());
export const getUser = promisify(users.getUser).bind(users);`,
    'src/page.ts': `import { getUser, users } from './clients';
export async function page(posts: Post[], ids: string[]) {
  for (const post of posts) post.author = await getUser({ id: post.authorId }); // want request-per-row
  for (const post of posts) users.deleteDraft({ id: post.id }, done); // want request-per-row:note
  const all = await getUser({ ids });
  for (const post of posts) post.author = all[post.authorId];
  for (const post of posts) users.close();
}`,
  },
  'a service of NestJS behind a gateway': {
    'src/users.gateway.ts': `import { Inject, Injectable } from '@nestjs/common';
import { ClientGrpc, ClientProxy } from '@nestjs/microservices';
import { lastValueFrom } from 'rxjs';
import type { UserService } from './gen/user';
@Injectable()
export class UsersGateway {
  private users: UserService;
  constructor(@Inject('PLANS') private readonly plans: ClientProxy, @Inject('USERS') private readonly grpc: ClientGrpc) {}
  onModuleInit() { this.users = this.grpc.getService<UserService>('UserService'); }
  find(id: string) { return lastValueFrom(this.users.findOne({ id })); }
  findMany(ids: string[]) { return lastValueFrom(this.users.findMany({ ids })); }
  planOf(id: string) { return lastValueFrom(this.plans.send({ cmd: 'get_plan' }, id)); }
  told(id: string) { this.plans.emit('user.seen', id); }
}`,
    'src/page.service.ts': `import { Injectable } from '@nestjs/common';
import { UsersGateway } from './users.gateway';
@Injectable()
export class PageService {
  constructor(private readonly users: UsersGateway) {}
  async page(posts: Post[]) {
    for (const post of posts) post.author = await this.users.find(post.authorId); // want request-per-row
    await Promise.all(posts.map((post) => this.users.planOf(post.authorId))); // want request-per-row
    for (const post of posts) this.users.told(post.authorId); // want request-per-row:note
    const all = await this.users.findMany(posts.map((post) => post.authorId));
    for (const post of posts) post.author = all[post.authorId];
  }
}`,
  },
  'tRPC without batches, and with them where calls cannot share one': {
    'src/trpc.ts': `import { createTRPCClient, createTRPCProxyClient, httpBatchLink, httpLink } from '@trpc/client';
export const plain = createTRPCClient<AppRouter>({ links: [httpLink({ url, headers })] });
const links = [httpBatchLink({ url })];
export const together = createTRPCProxyClient<AppRouter>({ links });
export const rateOf = async (currency: string) => together.rates.byCurrency.query(currency);`,
    'src/page.ts': `import { plain, rateOf, together } from './trpc';
export async function page(posts: Post[]) {
  const each = await Promise.all(posts.map((post) => plain.user.byId.query(post.authorId))); // want request-per-row
  for (const post of posts) post.author = await together.user.byId.query(post.authorId); // want request-per-row
  for (const post of posts) post.rate = await rateOf(post.currency); // want request-per-row
  await Promise.all(posts.map(async (post) => {
    await save(post);
    await together.user.seen.mutate(post.authorId); // want request-per-row
  }));
}`,
  },
  'tRPC with batches, for calls of one tick': {
    'src/trpc.ts': `import { createTRPCClient, httpBatchLink, httpLink, splitLink } from '@trpc/client';
export const together = createTRPCClient<AppRouter>({ links: [splitLink({ condition, true: httpLink({ url }), false: httpBatchLink({ url }) })] });
export const rateOf = async (currency: string) => together.rates.byCurrency.query(currency);`,
    'src/page.ts': `import { rateOf, together } from './trpc';
export async function page(posts: Post[]) {
  const authors = await Promise.all(posts.map((post) => together.user.byId.query(post.authorId)));
  const rates = await Promise.all(posts.map(async (post) => ({ ...post, rate: await rateOf(post.currency) })));
  const seen = [];
  for (const post of posts) seen.push(together.user.seen.mutate(post.id));
  await Promise.all(seen);
  return together.user.list.query({ ids: posts.map((post) => post.authorId) });
}`,
  },
  'Connect and JSON-RPC': `
    import { createClient } from '@connectrpc/connect';
    import { createConnectTransport } from '@connectrpc/connect-node';
    import jayson from 'jayson';
    const users = createClient(UserService, createConnectTransport({ baseUrl }));
    const rpc = jayson.Client.http({ port: 3000 });
    for (const id of ids) await users.getUser({ id }); // want request-per-row
    for (const id of ids) rpc.request('user.get', [id], done); // want request-per-row
    const all = await users.listUsers({ ids });
    rpc.request(ids.map((id) => rpc.request('user.get', [id], undefined, false)), done);`,
});
