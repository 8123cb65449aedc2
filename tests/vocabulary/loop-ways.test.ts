import { describe, expect, test } from 'vitest';
import type { Files } from '../in-memory.ts';
import { builtInLesson, findingsIn, samples } from '../samples.ts';

/** Every form of a loop over data, and every way from it to the query: each asks once per element. Rounds of another kind do not. */
const loops: Record<string, (asks: string) => string> = {
  'for of': (asks) => `for (const order of orders) {\n    order.customer = await ${asks};\n  }`,
  'for of, without braces': (asks) => `for (const order of orders) show(await ${asks});`,
  'for of entries': (asks) => `for (const [index, order] of orders.entries()) {\n    show(index, await ${asks});\n  }`,
  'for of a map': (asks) => `for (const [, order] of byId) {\n    show(await ${asks});\n  }`,
  'for of values': (asks) => `for (const order of Object.values(orders)) {\n    show(await ${asks});\n  }`,
  'for in': (asks) => `for (const key in orders) {\n    const order = orders[key];\n    show(await ${asks});\n  }`,
  'for with an index': (asks) => `for (let i = 0; i < orders.length; i++) {\n    const order = orders[i];\n    show(await ${asks});\n  }`,
  'while there are some': (asks) => `while (orders.length > 0) {\n    const order = orders.shift();\n    show(await ${asks});\n  }`,
  'for await': (asks) => `for await (const order of stream) {\n    show(await ${asks});\n  }`,
  'forEach': (asks) => `orders.forEach(async (order) => {\n    order.customer = await ${asks};\n  });`,
  'Promise.all of a map': (asks) => `await Promise.all(orders.map((order) => ${asks}));`,
  'Promise.all of a map with a body': (asks) => `const found = await Promise.all(orders.map(async (order) => {\n    const customer = await ${asks};\n    return { ...order, customer };\n  }));`,
  'Promise.all of a map of before': (asks) => `const asked = orders.map(async (order) => ${asks});\n  await Promise.all(asked);`,
  'Promise.all of a filtered map': (asks) => `await Promise.all(orders.filter((order) => order.open).map(async (order) => ${asks}));`,
  'Promise.allSettled': (asks) => `await Promise.allSettled(orders.map(async (order) => ${asks}));`,
  'promises that are pushed': (asks) => `const asked = [];\n  for (const order of orders) asked.push(${asks});\n  await Promise.all(asked);`,
  'flatMap': (asks) => `await Promise.all(orders.flatMap((order) => order.lines.map((line) => ${asks})));`,
  'reduce': (asks) => `await orders.reduce(async (before, order) => {\n    await before;\n    show(await ${asks});\n  }, Promise.resolve());`,
  'reduce, chained': (asks) => `await orders.reduce((before, order) => before.then(() => ${asks}), Promise.resolve());`,
  'some, for each of which one waits': (asks) => `const open = [];\n  for (const order of orders) {\n    if (!order.open) continue;\n    open.push(await ${asks});\n  }`,
  'p-map': (asks) => `await pMap(orders, async (order) => ${asks}, { concurrency: 4 });`,
  'p-limit': (asks) => `const limit = pLimit(4);\n  await Promise.all(orders.map((order) => limit(() => ${asks})));`,
  'bluebird': (asks) => `await Bluebird.map(orders, (order) => ${asks}, { concurrency: 4 });`,
  'bluebird, each': (asks) => `await Bluebird.each(orders, async (order) => {\n    show(await ${asks});\n  });`,
  'async, each': (asks) => `await async.eachLimit(orders, 4, async (order) => {\n    show(await ${asks});\n  });`,
  'lodash, map': (asks) => `await Promise.all(_.map(orders, async (order) => ${asks}));`,
  'Array.from': (asks) => `await Promise.all(Array.from(orders, async (order) => ${asks}));`,
  'a generator that is gone through': (asks) => `async function* all() {\n    for (const order of orders) yield await ${asks};\n  }\n  for await (const customer of all()) show(customer);`,
  'within a transaction': (asks) => `await prisma.$transaction(async () => {\n    for (const order of orders) {\n      show(await ${asks});\n    }\n  });`,
  'within try': (asks) => `for (const order of orders) {\n    try {\n      show(await ${asks});\n    } catch (error) {\n      log.warn(error);\n    }\n  }`,
  'nested loops': (asks) => `for (const customer of customers) {\n    for (const order of customer.orders) {\n      show(await ${asks});\n    }\n  }`,
};

const query = 'prisma.customer.findFirst({ where: { orderId: order.id } })';
const inner = query.replace('order.id', 'id');
const head = "import { prisma } from './prisma';\nimport pMap from 'p-map';\nimport pLimit from 'p-limit';\nimport Bluebird from 'bluebird';\nimport async from 'async';\nimport _ from 'lodash';";
const main = (loop: string, above = ''): string => `${head}\n${above}\nexport async function main(orders, customers, byId, stream) {\n  ${loop}\n}`;

/** From the loop to the query. */
const ways: Record<string, (loop: (asks: string) => string) => Files> = {
  'there': (loop) => ({ 'orders.ts': main(loop(query)) }),
  'by a function of the file': (loop) => ({ 'orders.ts': main(loop('customerOf(order.id)'), `async function customerOf(id) {\n  return ${inner};\n}`) }),
  'by a function of another file': (loop) => ({ 'customers.ts': `import { prisma } from './prisma';\nexport const customerOf = async (id: string) => {\n  const found = await ${inner};\n  return found ?? null;\n};`, 'orders.ts': main(loop('customerOf(order.id)'), "import { customerOf } from './customers';") }),
  'by a service': (loop) => ({ 'customers.ts': `import { prisma } from './prisma';\nclass Customers {\n  async of(id: string) {\n    return ${inner};\n  }\n}\nexport const customers = new Customers();`, 'orders.ts': main(loop('customers.of(order.id)'), "import { customers } from './customers';").replace('main(orders, customers,', 'main(orders, others,').replaceAll('of customers)', 'of others)') }),
  'by an injected service and its repository': (loop) => ({
    'customers.repository.ts': `import { Injectable } from '@nestjs/common';\nimport { prisma } from './prisma';\n@Injectable()\nexport class CustomersRepository {\n  of(id: string) { return ${inner}; }\n}`,
    'customers.service.ts': "import { Injectable } from '@nestjs/common';\nimport { CustomersRepository } from './customers.repository';\n@Injectable()\nexport class CustomersService {\n  constructor(private readonly repository: CustomersRepository) {}\n  async of(id: string) {\n    const found = await this.repository.of(id);\n    if (!found) throw new Error('none');\n    return found;\n  }\n}",
    'orders.ts': `${head}\nimport { CustomersService } from './customers.service';\nexport class Orders {\n  constructor(private readonly customers: CustomersService) {}\n  async main(orders, customers, byId, stream) {\n  const { customers: service } = this;\n  ${loop('service.of(order.id)')}\n  }\n}`,
  }),
};

/** Rounds that ask for many at once, of a few, or until there is no more. */
const rounds: Record<string, string> = {
  'chunks': 'for (const ids of chunk(orders.map((order) => order.id), 500)) {\n    show(await prisma.customer.findMany({ where: { orderId: { in: ids } } }));\n  }',
  'slices': 'for (let i = 0; i < orders.length; i += 500) {\n    const ids = orders.slice(i, i + 500).map((order) => order.id);\n    show(await prisma.customer.findMany({ where: { orderId: { in: ids } } }));\n  }',
  'pages': 'for (let page = 0; ; page += 1) {\n    const found = await prisma.customer.findMany({ skip: page * 100, take: 100 });\n    if (found.length === 0) break;\n    found.forEach(show);\n  }',
  'a cursor': 'let cursor;\n  do {\n    const found = await prisma.customer.findMany({ take: 100, cursor });\n    cursor = found.at(-1)?.id;\n  } while (cursor);',
  'tries': 'for (let attempt = 0; attempt < 3; attempt += 1) {\n    try {\n      return await prisma.customer.create({ data });\n    } catch (error) {\n      if (attempt === 2) throw error;\n    }\n  }',
  'polls': "while ((await prisma.job.findFirst({ where: { id } }))?.state !== 'done') await sleep(1000);",
  'names that are written out': "for (const state of ['open', 'paid', 'late']) {\n    show(state, await prisma.order.count({ where: { state } }));\n  }",
  'a map of before': 'const found = await prisma.customer.findMany({ where: { id: { in: orders.map((order) => order.customerId) } } });\n  const known = new Map(found.map((each) => [each.id, each]));\n  for (const order of orders) show(known.get(order.customerId));',
  'one write for all': 'const rows = [];\n  for (const order of orders) rows.push({ orderId: order.id });\n  await prisma.line.createMany({ data: rows });',
  'a list in memory': 'for (const order of orders) {\n    const customer = customers.find((each) => each.id === order.customerId);\n    show(customer);\n  }',
  'the first that fits': 'for (const order of orders) {\n    if (order.open) return prisma.order.findFirst({ where: { id: order.id } });\n  }',
};

const lesson = builtInLesson('n-plus-one');
const shared: Files = { 'package.json': JSON.stringify({ dependencies: Object.fromEntries(['@prisma/client', '@nestjs/common', 'p-map', 'p-limit', 'bluebird', 'async', 'lodash'].map((each) => [each, '*'])) }), 'prisma.ts': "import { PrismaClient } from '@prisma/client';\nexport const prisma = new PrismaClient();" };

describe.each(Object.entries(ways))('%s', (_, filesFor) => {
  test.each(Object.entries(loops))('%s', async (_form, loop) => {
    const findings = await findingsIn({ ...shared, ...filesFor(loop) }, [lesson]);
    expect(findings.map(({ path, severity }) => `${path} ${severity}`)).toEqual(['orders.ts warn']);
  });
});

describe('rounds of another kind', () => {
  test.each(Object.entries(rounds))('%s', async (_, body) => {
    expect(await findingsIn({ ...shared, 'orders.ts': main(body) }, [lesson])).toEqual([]);
  });
});

// What only looks like a reason for one query per round: sets that grow, names of tables, members of rows that may be missing.
samples(['n-plus-one', 'missing-limit', 'unbounded-limit'], {
  'a table called messages is no language model': {
    'src/notify.ts': `
      import { prisma } from './prisma';
      export async function notifyAll(userIds: string[], body: string) {
        for (const id of userIds) {
          const user = await prisma.users.findUnique({ where: { id } }); // want n-plus-one
          await prisma.messages.create({ data: { email: user!.email, body } });
        }
      }`,
    'src/prisma.ts': `
      import { PrismaClient } from '@prisma/client';
      export const prisma = new PrismaClient();`,
  },
  'a table called responses': {
    'src/notify.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      export async function submit(answers: Answer[]) {
        for (const answer of answers) {
          const question = await prisma.questions.findUnique({ where: { id: answer.questionId } }); // want n-plus-one
          await prisma.responses.create({ data: { questionId: question!.id, value: answer.value } });
        }
      }`,
  },
  'set that grows': {
    'src/a.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      export async function notify(order: Order, watchers: Watcher[]) {
        const recipients = new Set([order.ownerId]);
        for (const watcher of watchers) recipients.add(watcher.userId);
        for (const id of recipients) {
          const user = await prisma.user.findUnique({ where: { id } }); // want n-plus-one
          send(user!.email);
        }
      }`,
  },
  'set that grows while walked': {
    'src/a.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      export async function subtree(root: string) {
        const seen = new Set<string>([root]);
        for (const id of seen) {
          const children = await prisma.folder.findMany({ where: { parentId: id }, take: 100 }); // want n-plus-one
          for (const child of children) seen.add(child.id);
        }
        return seen;
      }`,
  },
  'map kept by a class that grows': {
    'src/a.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      export class Sessions {
        private readonly byUser: Map<string, number>;
        constructor() { this.byUser = new Map([['system', 0]]); }
        touch(id: string) { this.byUser.set(id, Date.now()); }
        async flush() {
          for (const [id, at] of this.byUser) {
            const user = await prisma.user.findFirst({ where: { name: id } }); // want n-plus-one
            log(user, at);
          }
        }
      }`,
  },
  'array that grows (control)': {
    'src/a.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      export async function notify(order: Order, watchers: Watcher[]) {
        const recipients = [order.ownerId];
        for (const watcher of watchers) recipients.push(watcher.userId);
        for (const id of recipients) {
          const user = await prisma.user.findUnique({ where: { id } }); // want n-plus-one
          send(user!.email);
        }
      }`,
  },
  'streamed mongoose per post': {
    'src/a.ts': `
      import mongoose from 'mongoose';
      const Comment = mongoose.model('Comment', new mongoose.Schema({ post: String }));
      export async function exportAll(posts: Post[]) {
        for (const post of posts) {
          for await (const comment of Comment.find({ post: post.id })) { // miss: n-plus-one a cursor that is read within a loop
            write(comment);
          }
        }
      }`,
  },
  'optional value of a row': {
    'src/a.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      async function ensureCustomer(id: string, customerId?: string | null) {
        if (!customerId) {
          const user = await prisma.user.findUnique({ where: { id } });
          return create(user);
        }
        return customerId;
      }
      export async function sync(users: { id: string; customerId: string | null }[]) {
        const out = [];
        for (const { id, customerId } of users) {
          out.push(await ensureCustomer(id, customerId)); // want n-plus-one
        }
        return out;
      }`,
  },
  'test mode of a payment provider': {
    'src/a.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      async function balanceOf(id: string, isTestMode: boolean) {
        if (isTestMode) {
          return prisma.testBalance.findFirst({ where: { accountId: id } });
        }
        return cachedBalance(id);
      }
      export async function balances(accounts: { id: string }[], isTestMode: boolean) {
        const out = [];
        for (const account of accounts) out.push(await balanceOf(account.id, isTestMode)); // want n-plus-one
        return out;
      }`,
  },
  'messages table, only writes': {
    'src/notify.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      export async function broadcast(userIds: string[], body: string) {
        for (const id of userIds) {
          await prisma.messages.create({ data: { id, body } }); // want n-plus-one
        }
      }`,
  },
  'optional owner of rows': {
    'src/a.ts': `
      import { PrismaClient, type User } from '@prisma/client';
      const prisma = new PrismaClient();
      async function label(id: string, ownerId: string, owner?: User) {
        const user = owner ?? (await prisma.user.findUnique({ where: { id: ownerId } }));
        return \`\${id} \${user!.name}\`;
      }
      export async function labels(posts: { id: string; ownerId: string; owner?: User }[]) {
        const out = [];
        for (const { id, ownerId, owner } of posts) {
          out.push(await label(id, ownerId, owner)); // want n-plus-one
        }
        return out;
      }`,
  },
  'optional owner of rows, not destructured': {
    'src/a.ts': `
      import { PrismaClient, type User } from '@prisma/client';
      const prisma = new PrismaClient();
      async function label(id: string, ownerId: string, owner?: User) {
        const user = owner ?? (await prisma.user.findUnique({ where: { id: ownerId } }));
        return \`\${id} \${user!.name}\`;
      }
      export async function labels(posts: { id: string; ownerId: string; owner?: User }[]) {
        const out = [];
        for (const post of posts) {
          out.push(await label(post.id, post.ownerId, post.owner)); // want n-plus-one
        }
        return out;
      }`,
  },
  'test environment of an api key': {
    'src/a.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      async function chargesOf(key: { id: string; env: string }) {
        if (key.env === 'test') {
          return prisma.testCharge.findMany({ where: { keyId: key.id }, take: 50 });
        }
        return stripe.list(key.id);
      }
      export async function all(keys: { id: string; env: string }[]) {
        const out = [];
        for (const key of keys) out.push(await chargesOf(key)); // want n-plus-one
        return out;
      }`,
  },
  'class keeps a map begun with a literal': {
    'src/a.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      export class Watchers {
        private readonly ids: Set<string>;
        constructor(owner: string) { this.ids = new Set([owner]); }
        add(id: string) { this.ids.add(id); }
        async mails() {
          const out: string[] = [];
          for (const id of this.ids) {
            const user = await prisma.user.findUnique({ where: { id } }); // want n-plus-one
            out.push(user!.email);
          }
          return out;
        }
      }`,
  },
  'module-level set that grows': {
    'src/a.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      const dirty = new Set<string>(['root']);
      export function touch(id: string) { dirty.add(id); }
      export async function flush() {
        for (const id of dirty) {
          const page = await prisma.page.findUnique({ where: { id } }); // want n-plus-one
          render(page);
        }
      }`,
  },
  'map with a default entry, filled in a loop': {
    'src/a.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      export async function totals(rows: Row[]) {
        const byOwner = new Map([['none', 0]]);
        for (const row of rows) byOwner.set(row.ownerId, (byOwner.get(row.ownerId) ?? 0) + row.total);
        for (const [ownerId, total] of byOwner) {
          const owner = await prisma.user.findUnique({ where: { id: ownerId } }); // want n-plus-one
          print(owner, total);
        }
      }`,
  },
  'map filled, keys()': {
    'src/a.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      export async function totals(rows: Row[]) {
        const byOwner = new Map([['none', 0]]);
        for (const row of rows) byOwner.set(row.ownerId, row.total);
        for (const ownerId of byOwner.keys()) {
          const owner = await prisma.user.findUnique({ where: { id: ownerId } }); // want n-plus-one
          print(owner);
        }
      }`,
  },
  'db failure catch as lookup path': {
    'src/a.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      export async function f(rows: any[]) {
        const out = [];
        for (const row of rows) {
          try {
            out.push(cache.get(row.userId));
          } catch {
            const user = await prisma.user.findUnique({ where: { id: row.userId } }); // want n-plus-one:note
            out.push(user);
          }
        }
        return out;
      }`,
  },
  'enum-file type that is a row': {
    'src/a.ts': `
      import { PrismaClient } from '@prisma/client';
      import type { Country } from './enums/country';
      const prisma = new PrismaClient();
      export async function f(countries: Country[]) {
        for (const c of countries) {
          const x = await prisma.tax.findUnique({ where: { country: c.code } }); // want n-plus-one
          print(x);
        }
      }`,
    'src/enums/country.ts': `
      export interface Country { code: string }`,
  },
  'class field map with a default entry': {
    'src/a.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      export class Watchers {
        private readonly ids = new Set(['owner']);
        add(id: string) { this.ids.add(id); }
        async mails() {
          for (const id of this.ids) {
            const user = await prisma.user.findUnique({ where: { id } }); // want n-plus-one
            print(user!.email);
          }
        }
      }`,
  },
});

// What only runs in tests, by what the process was started with.
samples(['n-plus-one'], {
  'a function that asks only in tests': {
    'src/a.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      const { NODE_ENV } = process.env;
      const env1 = process.env['NODE_ENV'] ?? 'development';
      const isTest = process.env.NODE_ENV === 'test';
      const isTesting = !!process.env.VITEST;
      import { config } from './config';
      export async function a(ids: string[]) { for (const id of ids) await one(id); }
      async function one(id: string) { if (process.env.NODE_ENV === 'test') { print(await prisma.user.findUnique({ where: { id } })); } }
      export async function b(ids: string[]) { for (const id of ids) await two(id); }
      async function two(id: string) { if (NODE_ENV === 'test') { print(await prisma.user.findUnique({ where: { id } })); } }
      export async function c(ids: string[]) { for (const id of ids) await three(id); }
      async function three(id: string) { if (env1 === 'test') { print(await prisma.user.findUnique({ where: { id } })); } }
      export async function d(ids: string[]) { for (const id of ids) await four(id); }
      async function four(id: string) { if (isTest) { print(await prisma.user.findUnique({ where: { id } })); } }
      export async function e(ids: string[]) { for (const id of ids) await five(id); }
      async function five(id: string) { if (isTesting) { print(await prisma.user.findUnique({ where: { id } })); } }
      export async function f(ids: string[]) { for (const id of ids) await six(id); }
      async function six(id: string) { if (config.env === 'test') { print(await prisma.user.findUnique({ where: { id } })); } }
      const appEnv = process.env.APP_ENV ?? 'dev';
      export async function g(ids: string[]) { for (const id of ids) await seven(id); }
      async function seven(id: string) { if (appEnv === 'test') { print(await prisma.user.findUnique({ where: { id } })); } }
      const nodeEnv = (process.env.NODE_ENV || 'development') as string;
      export async function h(ids: string[]) { for (const id of ids) await eight(id); }
      async function eight(id: string) { if (nodeEnv === 'test') { print(await prisma.user.findUnique({ where: { id } })); } }`,
    'src/config.ts': `
      export const config = { env: process.env.NODE_ENV };`,
  },
});
