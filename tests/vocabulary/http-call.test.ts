import { describe, expect, test } from 'vitest';
import { ts, type Node } from '../../src/code/compiler.ts';
import { OpenedFiles } from '../../src/code/opened-files.ts';
import { Scene } from '../../src/code/scene.ts';
import { httpCall } from '../../src/vocabulary/http-call.ts';
import { samples } from '../samples.ts';

/** Every request of a file, as `call client verb timeout`; a question mark for what cannot be seen. */
function requestsOf(code: string): string[] {
  const path = 'src/app.ts';
  const files = new OpenedFiles();
  files.add(['package.json', 'tsconfig.json', 'jsconfig.json', 'src/package.json', 'src/tsconfig.json', 'src/jsconfig.json', 'pnpm-workspace.yaml', 'lerna.json', path], new Map([['package.json', { text: '{}' }], [path, { text: code }]]));
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
    `)).toEqual([
      'stripe.customers.retrieve Stripe read limited', 'openai.embeddings.create OpenAI write limited many', 'GetObjectCommand AWS read ?', 'SendMessageCommand AWS write ? many', 'send Resend write ? many',
    ]);
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
});
