import { describe, expect, test } from 'vitest';
import type { Review } from '../../src/model.ts';
import { newFolder, newRepository, type TestRepository } from '../workspace/repository.ts';
import { once } from './once.ts';

type Files = Readonly<Record<string, string>>;

const shop: Files = {
  'package.json': JSON.stringify({ dependencies: { '@prisma/client': '^6.0.0', typeorm: '^0.3.0', '@nestjs/common': '^11.0.0', axios: '^1.0.0' } }),
  'src/db.ts': "import { PrismaClient } from '@prisma/client';\nexport const prisma = new PrismaClient();\n",
};

/** A repository whose `main` has these files, with a branch on which some of them change. */
function repositoryWith(base: Files, change: Record<string, string | undefined>): TestRepository {
  const repository = newRepository();
  for (const [path, text] of Object.entries({ ...shop, ...base })) repository.write(path, text);
  repository.commit('The shop');
  repository.git('switch', '--quiet', '--create', 'feature');
  for (const [path, text] of Object.entries(change)) text === undefined ? repository.remove(path) : repository.write(path, text);
  repository.commit('The change');
  return repository;
}

async function reviewed(repository: TestRepository, ...argv: string[]): Promise<Review> {
  const { out, err } = await once(['review', '--repo', repository.folder, '--head', 'feature', '--format', 'json', ...argv]);
  if (out === '') throw new Error(err);
  return JSON.parse(out) as Review;
}

const brief = ({ findings, notes }: Review): string[] => [...findings.map(({ lesson, path, line, placement }) => `${lesson} ${path}:${line} ${placement}`), ...notes.map(({ code }) => code)];

/** What a change of these files would be told, and how many files the review opened beside it. */
async function told(base: Files, change: Record<string, string | undefined>): Promise<string[]> {
  return brief(await reviewed(repositoryWith(base, change)));
}

const label = (body: string, before = ''): string => `${before}import { prisma } from './db';

export async function label(user: { id: string; name: string }) {
${body}
}
`;
const withoutQuery = label('  return user.name;');
const withQuery = label("  const plan = await prisma.plan.findFirst({ where: { userId: user.id } });\n  return `${user.name} (${plan?.name})`;");
const report = (from = './label', call = 'await label(user)'): string => `import { label } from '${from}';

export async function report(users: { id: string; name: string }[]) {
  const lines: string[] = [];
  for (const user of users) {
    lines.push(${call});
  }
  return lines;
}
`;

describe('a query put into a helper that unchanged code runs in a loop', () => {
  test('is told on the line of the query, with the chain that leads to it', async () => {
    const { findings } = await reviewed(repositoryWith({ 'src/label.ts': withoutQuery, 'src/report.ts': report() }, { 'src/label.ts': withQuery }));
    expect(findings).toHaveLength(1);
    const [finding] = findings;
    expect(finding).toMatchObject({ lesson: 'n-plus-one', path: 'src/label.ts', line: 4, placement: 'inline', introduced: true });
    expect(finding!.message).toBe('In `src/report.ts:6`, which this change leaves as it is: `label` goes to the database once for every `user` of `users`.');
    expect(finding!.evidence.map(({ path, line }) => `${path}:${line}`)).toEqual(['src/report.ts:5', 'src/report.ts:6', 'src/label.ts:4']);
  });

  test('from the working tree, and from a bare repository', async () => {
    const repository = repositoryWith({ 'src/label.ts': withoutQuery, 'src/report.ts': report() }, { 'src/label.ts': withQuery });
    expect(brief(JSON.parse((await once(['review', '--repo', repository.folder, '--format', 'json'])).out) as Review)).toEqual(['n-plus-one src/label.ts:4 inline']);
    const bare = `${newFolder()}/bare.git`;
    repository.git('clone', '--quiet', '--bare', repository.folder, bare);
    expect(brief(JSON.parse((await once(['review', '--repo', bare, '--base', 'main', '--head', 'feature', '--format', 'json'])).out) as Review)).toEqual(['n-plus-one src/label.ts:4 inline']);
    repository.write('src/new-report.ts', report());
    const { findings } = JSON.parse((await once(['review', '--repo', repository.folder, '--format', 'json'])).out) as Review;
    expect(findings.map(({ path, line }) => `${path}:${line}`)).toEqual(['src/label.ts:4', 'src/new-report.ts:6']);
  });

  test('several callers are told at once', async () => {
    const { findings } = await reviewed(repositoryWith({ 'src/label.ts': withoutQuery, 'src/report.ts': report(), 'src/mail.ts': report(), 'src/a/page.ts': report('../label'), 'src/b/page.ts': report('../label'), 'src/c/page.ts': report('../label') }, { 'src/label.ts': withQuery }));
    expect(findings.map(({ path, line }) => `${path}:${line}`)).toEqual(['src/label.ts:4']);
    expect(findings[0]!.message).toContain('The same holds for `src/b/page.ts:6`, `src/c/page.ts:6`, `src/mail.ts:6` and 1 more.');
  });

  test('through a barrel, under another name, and as a default export', async () => {
    expect(await told({ 'src/label.ts': withoutQuery, 'src/index.ts': "export * from './label';\n", 'src/jobs/report.ts': report('..') }, { 'src/label.ts': withQuery })).toEqual(['n-plus-one src/label.ts:4 inline']);
    const renamed = report('./index').replace('{ label }', '{ caption }').replace('label(user)', 'caption(user)');
    expect(await told({ 'src/label.ts': withoutQuery, 'src/index.ts': "export { label as caption } from './label';\n", 'src/report.ts': renamed }, { 'src/label.ts': withQuery })).toEqual(['n-plus-one src/label.ts:4 inline']);
    const asDefault = (text: string): string => text.replace('export async function label', 'export default async function');
    expect(await told({ 'src/user-label.ts': asDefault(withoutQuery), 'src/report.ts': report('./user-label').replace('{ label }', 'label') }, { 'src/user-label.ts': asDefault(withQuery) })).toEqual(['n-plus-one src/user-label.ts:4 inline']);
  });

  test('in CommonJS', async () => {
    const db = { 'src/db.js': "const { PrismaClient } = require('@prisma/client');\nmodule.exports = new PrismaClient();\n" };
    const helper = (body: string): string => `const prisma = require('./db');\n\nasync function label(user) {\n  ${body}\n}\n\nmodule.exports = { label };\n`;
    const caller = "const { label } = require('./label');\n\nmodule.exports = async function report(users) {\n  for (const user of users) console.log(await label(user));\n};\n";
    expect(await told({ ...db, 'src/label.js': helper('return user.name;'), 'src/report.js': caller }, { 'src/label.js': helper('return prisma.plan.findFirst({ where: { userId: user.id } });') })).toEqual(['n-plus-one src/label.js:4 inline']);
  });

  test('two and three calls away', async () => {
    const service = "import { label } from './label';\n\nexport class Users {\n  async caption(user: { id: string; name: string }) {\n    return (await label(user)).trim();\n  }\n}\n";
    const caller = "import { Users } from './users';\n\nconst users = new Users();\nexport async function report(all: { id: string; name: string }[]) {\n  return Promise.all(all.map((user) => users.caption(user)));\n}\n";
    expect(await told({ 'src/label.ts': withoutQuery, 'src/users.ts': service, 'src/report.ts': caller }, { 'src/label.ts': withQuery })).toEqual(['n-plus-one src/label.ts:4 inline']);
    const facade = "import { Users } from './users';\n\nconst users = new Users();\nexport const headline = async (user: { id: string; name: string }) => users.caption(user);\n";
    const far = "import { headline } from './facade';\n\nexport async function report(all: { id: string; name: string }[]) {\n  for (const user of all) console.log(await headline(user));\n}\n";
    expect(await told({ 'src/label.ts': withoutQuery, 'src/users.ts': service, 'src/facade.ts': facade, 'src/report.ts': far }, { 'src/label.ts': withQuery })).toEqual(['n-plus-one src/label.ts:4 inline']);
  });

  test('two calls away, by names that files give', async () => {
    const middle = "import caption from './user-label';\n\nexport const headline = (user: { id: string; name: string }) => caption(user);\n";
    const caller = "import { headline as title } from './headline';\n\nexport async function report(all: { id: string; name: string }[]) {\n  for (const user of all) console.log(await title(user));\n}\n";
    const asDefault = (text: string): string => text.replace('export async function label', 'export default async function');
    expect(await told({ 'src/user-label.ts': asDefault(withoutQuery), 'src/headline.ts': middle, 'src/report.ts': caller }, { 'src/user-label.ts': asDefault(withQuery) })).toEqual(['n-plus-one src/user-label.ts:4 inline']);
  });

  test('by a call of a function in a file that nobody changed', async () => {
    const plans = "import { prisma } from './db';\n\nexport const planOf = (userId: string) => prisma.plan.findFirst({ where: { userId } });\n";
    const calling = withQuery.replace("import { prisma } from './db';", "import { planOf } from './plans';").replace('prisma.plan.findFirst({ where: { userId: user.id } })', 'planOf(user.id)');
    expect(await told({ 'src/label.ts': withoutQuery, 'src/plans.ts': plans, 'src/report.ts': report() }, { 'src/label.ts': calling })).toEqual(['n-plus-one src/label.ts:4 inline']);
  });

  test('in a function that others of the changed files call', async () => {
    const inner = (body: string): string => `import { prisma } from './db';\n\nasync function planOf(user: { id: string }) {\n  ${body}\n}\n\nexport async function label(user: { id: string; name: string }) {\n  return user.name + (await planOf(user));\n}\n`;
    expect(await told({ 'src/label.ts': inner("return 'free';"), 'src/report.ts': report() }, { 'src/label.ts': inner('return prisma.plan.findFirst({ where: { userId: user.id } });') })).toEqual(['n-plus-one src/label.ts:4 inline']);
  });
});

describe('a request to another service, put into a helper that unchanged code runs in a loop', () => {
  const rates = (body: string): string => `import axios from 'axios';

const api = axios.create({ baseURL: 'https://rates.example.com', timeout: 3000 });

export async function rateOf(currency: string) {
  ${body}
}

export const health = () => api.get('/health');
`;
  const asking = "return (await api.get('/rates/' + currency)).data.rate as number;";
  const price = `import { rateOf } from './rates';

export class Prices {
  async inEuro(order: { price: number; currency: string }) {
    return order.price * (await rateOf(order.currency));
  }
}
`;
  const caller = `import { rateOf } from './rates';

export async function total(orders: { price: number; currency: string }[]) {
  let sum = 0;
  for (const order of orders) sum += order.price * (await rateOf(order.currency));
  return sum;
}
`;

  test('is told on the line of the request, with the chain that leads to it', async () => {
    const { findings } = await reviewed(repositoryWith({ 'src/rates.ts': rates('return currency.length;'), 'src/total.ts': caller }, { 'src/rates.ts': rates(asking) }));
    expect(findings.map(({ lesson, path, line }) => `${lesson} ${path}:${line}`)).toEqual(['request-per-row src/rates.ts:6']);
    expect(findings[0]!.message).toMatch(/^In `src\/total\.ts:5`, which this change leaves as it is: `rateOf` /);
    expect(findings[0]!.evidence.map(({ path, line }) => `${path}:${line}`)).toEqual(['src/total.ts:5', 'src/rates.ts:6']);
  });

  test('through a service that nobody changed', async () => {
    const far = "import { Prices } from './prices';\n\nconst prices = new Prices();\nexport const total = (orders: { price: number; currency: string }[]) => Promise.all(orders.map((order) => prices.inEuro(order)));\n";
    const { findings } = await reviewed(repositoryWith({ 'src/rates.ts': rates('return currency.length;'), 'src/prices.ts': price, 'src/total.ts': far }, { 'src/rates.ts': rates(asking) }));
    expect(findings.map(({ lesson, path, line }) => `${lesson} ${path}:${line}`)).toEqual(['request-per-row src/rates.ts:6']);
    expect(findings[0]!.evidence.map(({ path, line }) => `${path}:${line}`)).toEqual(['src/total.ts:4', 'src/prices.ts:5', 'src/rates.ts:6']);
  });

  test('beside a query that was there before, and a query beside a request', async () => {
    const both = (first: string, second: string): string => rates(`${first}${second}return currency.length;`).replace("import axios", "import { prisma } from './db';\nimport axios");
    const query = 'await prisma.visit.count({ where: { currency } });\n  ';
    const request = "await api.get('/rates/' + currency);\n  ";
    expect(await told({ 'src/rates.ts': both(query, ''), 'src/total.ts': caller }, { 'src/rates.ts': both(query, request) })).toEqual([expect.stringMatching(/^request-per-row src\/rates\.ts:8 /)]);
    expect(await told({ 'src/rates.ts': both('', request), 'src/total.ts': caller }, { 'src/rates.ts': both(query, request) })).toEqual(['n-plus-one src/rates.ts:7 summary']);
  });

  test('to a procedure of a service, unless the client makes one request of what is asked together', async () => {
    const manifest = { 'package.json': JSON.stringify({ dependencies: { '@trpc/client': '11', '@grpc/grpc-js': '1' } }) };
    const client = (link: string): string => `import { createTRPCClient, ${link} } from '@trpc/client';\n\nexport const client = createTRPCClient<any>({ links: [${link}({ url: '/trpc' })] });\n`;
    const trpc = (body: string): string => `import { client } from './client';\n\nexport async function rateOf(currency: string): Promise<number> {\n  return ${body};\n}\n`;
    const together = "import { rateOf } from './rates';\n\nexport const rates = (orders: { currency: string }[]) => Promise.all(orders.map((order) => rateOf(order.currency)));\n";
    const asked = trpc('client.rates.of.query(currency)');
    const base = (link: string, from: string) => ({ ...manifest, 'src/client.ts': client(link), 'src/rates.ts': trpc('currency.length'), 'src/total.ts': from });
    expect(await told(base('httpLink', together), { 'src/rates.ts': asked })).toEqual([expect.stringMatching(/^request-per-row src\/rates\.ts:4 /)]);
    expect(await told(base('httpBatchLink', caller), { 'src/rates.ts': asked })).toEqual([expect.stringMatching(/^request-per-row src\/rates\.ts:4 /)]);
    expect(await told(base('httpBatchLink', together), { 'src/rates.ts': asked })).toEqual([]);
    const grpc = "import { credentials } from '@grpc/grpc-js';\nimport { promisify } from 'node:util';\nimport { RateServiceClient } from './gen/rates';\n\nconst client = new RateServiceClient('rates:50051', credentials.createInsecure());\nconst getRate = promisify(client.getRate).bind(client);\n\nexport async function rateOf(currency: string): Promise<number> {\n  return getRate({ currency });\n}\n";
    const { findings } = await reviewed(repositoryWith(base('httpLink', caller), { 'src/rates.ts': grpc }));
    expect(findings.map(({ lesson, path, line }) => `${lesson} ${path}:${line}`)).toEqual(['request-per-row src/rates.ts:9']);
    expect(findings[0]!.message).toMatch(/`rateOf` calls the service RateService \(gRPC\) once for every `order` of `orders`\.$/);
  });

  test('not where it was there before, where one is asked, or where only another function asks', async () => {
    expect(await told({ 'src/rates.ts': rates(asking), 'src/total.ts': caller }, { 'src/rates.ts': rates(asking.replace('/rates/', '/v2/rates/')) })).toEqual([]);
    const once = "import { rateOf } from './rates';\n\nexport const dollars = async (orders: { price: number }[]) => {\n  const rate = await rateOf('USD');\n  return orders.map(({ price }) => price * rate);\n};\n";
    expect(await told({ 'src/rates.ts': rates('return currency.length;'), 'src/total.ts': once }, { 'src/rates.ts': rates(asking) })).toEqual([]);
    expect(await told({ 'src/rates.ts': rates('return currency.length;'), 'src/total.ts': caller }, { 'src/rates.ts': rates('return currency.length;').replace("'/health'", "'/healthz'") })).toEqual([]);
  });
});

describe('a method of an injected service', () => {
  const service = (body: string): string => `import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

@Injectable()
export class PlansService {
  constructor(private readonly dataSource: DataSource) {}

  async priceOf(id: string) {
    ${body}
  }
}
`;
  const controller = `import { Injectable } from '@nestjs/common';
import { PlansService } from './plans.service';

@Injectable()
export class ReportService {
  constructor(private readonly plans: PlansService) {}

  async sum(ids: string[]) {
    let sum = 0;
    for (const id of ids) sum += await this.plans.priceOf(id);
    return sum;
  }
}
`;
  const other = controller.replaceAll('PlansService', 'TaxService').replaceAll('plans', 'tax').replace('ReportService', 'TaxReport');
  const tax = "export class TaxService {\n  async priceOf(id: string) {\n    return id.length;\n  }\n}\n";

  test('that asks the database now', async () => {
    const base = { 'src/plans.service.ts': service('return id.length;'), 'src/report.service.ts': controller, 'src/tax.service.ts': tax, 'src/tax-report.ts': other };
    expect(await told(base, { 'src/plans.service.ts': service("const [row] = await this.dataSource.query('SELECT price FROM plans WHERE id = $1', [id]);\n    return row.price;") })).toEqual(['n-plus-one src/plans.service.ts:9 inline']);
  });

  test('that asked for all at once, and now asks for one', async () => {
    const loaders = `import DataLoader from 'dataloader';
import { prisma } from './db';

const loader = new DataLoader(async (ids: readonly string[]) => {
  const plans = await prisma.plan.findMany({ where: { id: { in: [...ids] } } });
  return ids.map((id) => plans.find((plan) => plan.id === id));
});

export function planOf(id: string) {
  return loader.load(id);
}
`;
    const single = "import { prisma } from './db';\n\nexport function planOf(id: string) {\n  return prisma.plan.findFirst({ where: { id } });\n}\n";
    const caller = "import { planOf } from './plans';\n\nexport const plans = (ids: string[]) => Promise.all(ids.map((id) => planOf(id)));\n";
    expect(await told({ 'src/plans.ts': loaders, 'src/caller.ts': caller }, { 'src/plans.ts': single })).toEqual(['n-plus-one src/plans.ts:4 inline']);
    expect(await told({ 'src/plans.ts': single, 'src/caller.ts': caller }, { 'src/plans.ts': loaders })).toEqual([]);
  });
});

test('a method that other classes inherit, and one that takes the place of an inherited one', async () => {
  const parent = (body: string): string => `import { prisma } from './db';\n\nexport abstract class Repository {\n  async ownerOf(id: string) {\n    ${body}\n  }\n}\n`;
  const orders = "import { Repository } from './repository';\n\nexport class Orders extends Repository {\n  readonly table = 'orders';\n}\n";
  const caller = "import { Orders } from './orders';\n\nexport async function owners(orders: Orders, ids: string[]) {\n  for (const id of ids) console.log(await orders.ownerOf(id));\n}\n";
  const base = { 'src/repository.ts': parent('return id;'), 'src/orders.ts': orders, 'src/owners.ts': caller };
  expect(await told(base, { 'src/repository.ts': parent('return prisma.owner.findFirst({ where: { id } });') })).toEqual(['n-plus-one src/repository.ts:5 inline']);
  const own = orders.replace("  readonly table = 'orders';", '  async ownerOf(id: string) {\n    return prisma.owner.findFirst({ where: { id } });\n  }').replace('import', "import { prisma } from './db';\nimport");
  expect(await told(base, { 'src/orders.ts': own })).toEqual(['n-plus-one src/orders.ts:6 inline']);
});

test('a function of an object that a file gives out, that another function makes, or that hands it to a framework', async () => {
  const given = (body: string): string => `import { prisma } from './db';\n\nexport const plans = {\n  of: {\n    price: async (id: string) => ${body},\n  },\n};\n`;
  const query = 'prisma.plan.findFirst({ where: { id } })';
  const caller = "import { plans } from './plans';\n\nexport async function sum(ids: string[]) {\n  for (const id of ids) console.log(await plans.of.price(id));\n}\n";
  expect(await told({ 'src/plans.ts': given('id.length'), 'src/sum.ts': caller }, { 'src/plans.ts': given(query) })).toEqual(['n-plus-one src/plans.ts:5 inline']);
  const made = (body: string): string => `import { prisma } from './db';\n\nexport function makePlans() {\n  const price = async (id: string) => ${body};\n  return { price };\n}\n`;
  const withMaker = "import { makePlans } from './plans';\n\nconst plans = makePlans();\nexport async function sum(ids: string[]) {\n  for (const id of ids) console.log(await plans.price(id));\n}\n";
  expect(await told({ 'src/plans.ts': made('id.length'), 'src/sum.ts': withMaker }, { 'src/plans.ts': made(query) })).toEqual(['n-plus-one src/plans.ts:4 inline']);
  const options = (body: string): string => `import { prisma } from './db';\nimport { define } from 'jobs';\n\nexport default define({ price: async (id: string) => ${body} });\n`;
  expect(await told({ 'src/plans.ts': options('id.length'), 'src/sum.ts': caller }, { 'src/plans.ts': options(query) })).toEqual([]);
});

describe('a check that is taken out of what unchanged code relies on', () => {
  const input = (reading: string, ensuring: string, before: string): string => `import { z } from 'zod';

const newUser = z.object({ name: z.string() });

export function readUser(req: { body: { name: string } }) {
  return ${reading};
}

export function ensureUser(body: unknown) {
  ${ensuring}
}

export function onlyUsers(req: { body: unknown }, res: unknown, next: () => void) {
  ${before}
  next();
}
`;
  const all = ['newUser.parse(req.body)', 'newUser.parse(body);', 'newUser.parse(req.body);'] as const;
  const routes = (handler: string, middleware = ''): string => `import { Router } from 'express';
import { prisma } from './db';
import { ensureUser, onlyUsers, readUser } from './input';

export const router = Router();
router.post('/users', ${middleware}async (req, res) => {
  ${handler}
  res.json({});
});
`;
  const plain = 'await prisma.user.create({ data: { name: req.body.name } });';
  const base = (caller: string) => ({
    'package.json': JSON.stringify({ dependencies: { '@prisma/client': '6', express: '5', zod: '4' } }), '.github/once-bitten.yml': 'extends: [once-bitten:all]\n', 'src/input.ts': input(...all), 'src/routes.ts': caller,
  });

  test('a function that read the input', async () => {
    const caller = routes('const user = readUser(req);\n  await prisma.user.create({ data: { name: user.name } });');
    const { findings } = await reviewed(repositoryWith(base(caller), { 'src/input.ts': input('req.body', all[1], all[2]) }));
    expect(findings.map(({ lesson, path, line }) => `${lesson} ${path}:${line}`)).toEqual(['no-validation src/input.ts:6']);
    expect(findings[0]!.message).toMatch(/^In `src\/routes\.ts:\d+`, which this change leaves as it is: /);
    expect(findings[0]!.evidence.at(-1)).toEqual({ path: 'src/input.ts', line: 6, text: 'return req.body;' });
  });

  test('a function that was shown it, and a middleware', async () => {
    expect(await told(base(routes(`ensureUser(req.body);\n  ${plain}`)), { 'src/input.ts': input(all[0], 'void body;', all[2]) })).toEqual(['no-validation src/input.ts:10 inline']);
    expect(await told(base(routes(plain, 'onlyUsers, ')), { 'src/input.ts': input(all[0], all[1], '') })).toEqual([expect.stringMatching(/^no-validation src\/input\.ts:1[3-6] inline$/)]);
  });

  test('not where the caller was open before, where another check is left, or where nobody calls it', async () => {
    expect(await told(base(routes(plain)), { 'src/input.ts': input(all[0], 'void body;', '') })).toEqual([]);
    expect(await told(base(routes(`ensureUser(req.body);\n  ${plain}`, 'onlyUsers, ')), { 'src/input.ts': input(all[0], 'void body;', all[2]) })).toEqual([]);
    expect(await told(base(routes('res.json([]);')), { 'src/input.ts': input('req.body', 'void body;', '') })).toEqual([]);
    expect(await told(base(routes(plain, 'onlyUsers, ')), { 'src/input.ts': input(all[0], all[1], 'newUser.strict().parse(req.body);') })).toEqual([]);
  });
});

describe('nothing is said', () => {
  test('where the query was there before', async () => {
    const longer = withQuery.replace('${user.name}', '${user.name.trim()}').replace('userId: user.id', 'userId: user.id, active: true');
    expect(await told({ 'src/label.ts': withQuery, 'src/report.ts': report() }, { 'src/label.ts': longer })).toEqual([]);
  });

  test('where the helper got one query more, and its callers asked once per row already', async () => {
    const two = withQuery.replace('  return', '  await prisma.visit.create({ data: { userId: user.id } });\n  return');
    expect(await told({ 'src/label.ts': withQuery, 'src/report.ts': report() }, { 'src/label.ts': two })).toEqual([]);
  });

  test('where the helper was renamed with its callers, or moved and passed on', async () => {
    expect(await told({ 'src/label.ts': withQuery, 'src/report.ts': report() }, { 'src/label.ts': withQuery.replace('function label', 'function caption'), 'src/report.ts': report().replaceAll('label(', 'caption(').replace('{ label }', '{ caption }') })).toEqual([]);
    expect(await told({ 'src/label.ts': withQuery, 'src/report.ts': report() }, { 'src/label.ts': "export * from './users/label';\n", 'src/users/label.ts': withQuery.replace('./db', '../db') })).toEqual([]);
  });

  test('of what GraphQL calls, whoever else says `resolve`', async () => {
    const field = (body: string): string => `import { prisma } from './db';\n\nexport const plans = {\n  price: {\n    type: 'Float',\n    async resolve(id: string) {\n      return ${body};\n    },\n  },\n};\n`;
    const caller = "import { plans } from './plans';\n\nexport const all = (ids: string[]) => Promise.all(ids.map((id) => plans.price.resolve(id)));\n";
    expect(await told({ 'src/plans.ts': field('id.length'), 'src/all.ts': caller }, { 'src/plans.ts': field('prisma.plan.findFirst({ where: { id } })') })).toEqual([]);
  });

  test('of names that no code can say, and it does no harm to look', async () => {
    const odd = (body: string): string => `import { prisma } from './db';\n\nexport const odd = {\n  'a\\0b': async (id: string) => ${body},\n  '--open-files-in-pager': async (id: string) => ${body},\n  'of two words': async (id: string) => ${body},\n};\n`;
    expect(await told({ 'src/it is odd.ts': odd('id'), 'src/report.ts': report() }, { 'src/it is odd.ts': odd('prisma.plan.findFirst({ where: { id } })') })).toEqual([]);
  });

  test('of a function with several signatures that asked before, where another one changed', async () => {
    const several = (other: string): string => `import { prisma } from './db';\n\nexport class Labels {\n  static of(id: string): Promise<string>;\n  static of(id: string, plain?: boolean): Promise<string>;\n  static async of(id: string) {\n    return String(await prisma.plan.findFirst({ where: { id } }));\n  }\n\n  static other() {\n    return ${other};\n  }\n}\n`;
    const { findings, stats } = await reviewed(repositoryWith({ 'src/labels.ts': several('1'), 'src/report.ts': "import { Labels } from './labels';\n\nexport const all = (ids: string[]) => Promise.all(ids.map((id) => Labels.of(id)));\n" }, { 'src/labels.ts': several('2') }));
    expect([findings, stats.readOutsideChange]).toEqual([[], 0]);
  });

  test('where the query only stands in for a loader', async () => {
    const loading = withQuery.replace("await prisma.plan.findFirst", "loaders ? await loaders.plan.load(user.id) : await prisma.plan.findFirst").replace('name: string }', 'name: string }, loaders?: any');
    expect(await told({ 'src/label.ts': withoutQuery, 'src/report.ts': report('./label', 'await label(user, context.loaders)') }, { 'src/label.ts': loading })).toEqual([]);
  });

  test('where the loop goes over a constant, or there is none', async () => {
    const constant = report().replace('for (const user of users)', "for (const user of [{ id: '1', name: 'one' }, { id: '2', name: 'two' }])");
    const alone = "import { label } from './label';\n\nexport const greet = async (user: { id: string; name: string }) => `Hello ${await label(user)}`;\n";
    expect(await told({ 'src/label.ts': withoutQuery, 'src/report.ts': constant, 'src/greet.ts': alone }, { 'src/label.ts': withQuery })).toEqual([]);
  });

  test('of a function of the same name in another module', async () => {
    const other = "export async function label(user: { name: string }) {\n  return user.name;\n}\n";
    expect(await told({ 'src/label.ts': withoutQuery, 'src/other/label.ts': other, 'src/report.ts': report('./other/label') }, { 'src/label.ts': withQuery })).toEqual([]);
  });

  test('of callers in tests, in ignored files, and where somebody said before that it is fine', async () => {
    const settings = { '.github/once-bitten.yml': 'ignore: ["src/old/**"]\n' };
    expect(await told({ ...settings, 'src/label.ts': withoutQuery, 'tests/report.test.ts': report('../src/label'), 'src/old/report.ts': report('../label') }, { 'src/label.ts': withQuery })).toEqual([]);
    const settled = report().replace('    lines', '    // lesson-ok n-plus-one: ten users at most\n    lines');
    expect(await told({ 'src/label.ts': withoutQuery, 'src/report.ts': settled }, { 'src/label.ts': withQuery })).toEqual([]);
  });

  test('twice: of a limit that is gone, or of a loop around the query itself', async () => {
    const list = (take: string): string => `import { prisma } from './db';\n\nexport class Orders {\n  newest() {\n    return prisma.order.findMany({ orderBy: { id: 'desc' }${take} });\n  }\n}\n`;
    const caller = "import { Orders } from './orders';\n\nexport const show = async () => console.log(await new Orders().newest());\n";
    expect(await told({ 'src/orders.ts': list(', take: 50'), 'src/show.ts': caller }, { 'src/orders.ts': list('') })).toEqual(['missing-limit src/orders.ts:5 inline']);
    const all = label('  return user.name;').replace('(user: { id: string; name: string })', '(...users: { id: string; name: string }[])').replace('return user.name;', 'return users.length;');
    const looping = all.replace('  return users.length;', '  for (const user of users) await prisma.plan.findFirst({ where: { userId: user.id } });\n  return users.length;');
    expect(await told({ 'src/label.ts': all, 'src/report.ts': report() }, { 'src/label.ts': looping })).toEqual(['n-plus-one src/label.ts:4 inline']);
  });
});

describe('a relation taken out of a query, which then is loaded for each row', () => {
  const entity = "import { Entity, OneToMany } from 'typeorm';\nimport { Post } from './post';\n\n@Entity()\nexport class User {\n  @OneToMany(() => Post, (post) => post.author) posts: Promise<Post[]>;\n  @OneToMany(() => Post, (post) => post.editor) edited: Promise<Post[]>;\n}\n";
  const entities = { 'src/user.ts': entity, 'src/post.ts': 'export class Post {}\n' };
  const users = (relations: string): string => `import { Repository } from 'typeorm';\nimport { User } from './user';\n\nexport class Users {\n  constructor(private readonly users: Repository<User>) {}\n  newest(): Promise<User[]> {\n    return this.users.find({ take: 20${relations} });\n  }\n}\n`;
  const page = (line = '', reading = 'await user.posts'): string => `import { Users } from './users';\n\nexport async function page(users: Users) {\n${line}  for (const user of await users.newest()) show(user, ${reading});\n}\n`;

  test('is told where the change touches who reads it too', async () => {
    const base = { ...entities, 'src/users.ts': users(', relations: { posts: true }'), 'src/page.ts': page() };
    expect(await told(base, { 'src/users.ts': users(''), 'src/page.ts': page('  start();\n') })).toEqual(['n-plus-one src/page.ts:5 inline']);
    expect(await told(base, { 'src/users.ts': users(', relations: { posts: true }, order: { id: 1 }'), 'src/page.ts': page('  start();\n') })).toEqual([]);
  });

  test('and where nobody touches who reads it, on the line that was changed', async () => {
    const { findings } = await reviewed(repositoryWith({ ...entities, 'src/users.ts': users(', relations: { posts: true }'), 'src/page.ts': page() }, { 'src/users.ts': users('') }));
    expect(findings.map(({ lesson, path, line }) => `${lesson} ${path}:${line}`)).toEqual(['n-plus-one src/users.ts:7']);
    expect(findings[0]!.message).toBe('In `src/page.ts:4`, which this change leaves as it is: `user.posts` goes to the database once for every `user` of `users.newest()`.');
    expect(findings[0]!.evidence.map(({ path, line }) => `${path}:${line}`)).toEqual(['src/page.ts:4', 'src/users.ts:7']);
  });

  test('where only its own line went, beside another relation, and out of a constant', async () => {
    const several = (posts: string): string => users(`,\n      order: { id: 'DESC' },\n      where: { active: true },\n      relations: {\n${posts}        edited: true,\n      },\n    `);
    const base = { ...entities, 'src/users.ts': several('        posts: true,\n'), 'src/page.ts': page() };
    expect(await told(base, { 'src/users.ts': several('') })).toEqual([expect.stringMatching(/^n-plus-one src\/users\.ts:(?:7|8|9|10|11) inline$/)]);
    const constant = (names: string): string => users(', relations: shown').replace('export class', `const shown = [${names}];\n\nexport class`);
    const kept = { ...entities, 'src/users.ts': constant("'posts', 'edited'"), 'src/page.ts': page() };
    expect(await told(kept, { 'src/users.ts': constant("'edited'") })).toEqual([expect.stringMatching(/^n-plus-one src\/users\.ts:\d+ (?:inline|file)$/)]);
    expect(await told(kept, { 'src/users.ts': constant("'posts'") })).toEqual([]);
  });

  test('through a service that gives the rows on, and where they are kept first', async () => {
    const service = "import { Users } from './users';\n\nexport class Members {\n  constructor(private readonly users: Users) {}\n  async list() {\n    const all = await this.users.newest();\n    return all;\n  }\n}\n";
    const far = "import { Members } from './members';\n\nexport async function page(members: Members) {\n  const all = await members.list();\n  start();\n  await Promise.all(all.map(async (user) => show(user, await user.posts)));\n}\n";
    const { findings } = await reviewed(repositoryWith({ ...entities, 'src/users.ts': users(', relations: { posts: true }'), 'src/members.ts': service, 'src/page.ts': far }, { 'src/users.ts': users('') }));
    expect(findings.map(({ lesson, path, line }) => `${lesson} ${path}:${line}`)).toEqual(['n-plus-one src/users.ts:7']);
    expect(findings[0]!.evidence.map(({ path, line }) => `${path}:${line}`)).toEqual(['src/page.ts:6', 'src/page.ts:4', 'src/members.ts:6', 'src/users.ts:7']);
  });

  test('by a query of the loop that stands in for it', async () => {
    const list = (include: string): string => `import { prisma } from './db';\n\nexport const newestUsers = () => prisma.user.findMany({ take: 20${include} });\n`;
    const feed = "import { prisma } from './db';\nimport { newestUsers } from './users';\n\nexport async function feed() {\n  for (const user of await newestUsers()) {\n    const posts = user.posts ?? (await prisma.post.findMany({ where: { userId: user.id } }));\n    show(user, posts);\n  }\n}\n";
    const { findings } = await reviewed(repositoryWith({ 'src/users.ts': list(', include: { posts: true }'), 'src/feed.ts': feed }, { 'src/users.ts': list('') }));
    expect(findings.map(({ lesson, path, line }) => `${lesson} ${path}:${line}`)).toEqual(['n-plus-one src/users.ts:3']);
    const posts = "import { prisma } from './db';\n\nexport async function postsOf(user: { id: string; posts?: unknown[] }) {\n  if (user.posts) return user.posts;\n  return prisma.post.findMany({ where: { userId: user.id } });\n}\n";
    const calling = "import { postsOf } from './posts';\nimport { newestUsers } from './users';\n\nexport async function feed() {\n  for (const user of await newestUsers()) show(user, await postsOf(user));\n}\n";
    const base = { 'src/users.ts': list(', include: { posts: true }'), 'src/posts.ts': posts, 'src/feed.ts': calling };
    expect(await told(base, { 'src/users.ts': list('') })).toEqual(['n-plus-one src/users.ts:3 inline']);
    expect(await told(base, { 'src/users.ts': list(", include: { posts: { orderBy: { id: 'asc' } } }") })).toEqual([]);
  });

  test('in the words of MikroORM', async () => {
    const book = "import { Collection, Entity, OneToMany } from '@mikro-orm/core';\nimport { Book } from './book';\n\n@Entity()\nexport class Author {\n  @OneToMany(() => Book, (each) => each.author) books = new Collection<Book>(this);\n}\n";
    const authors = (populate: string): string => `import { EntityManager } from '@mikro-orm/core';\nimport { Author } from './author';\n\nexport const newestAuthors = (em: EntityManager) => em.find(Author, {}, { limit: 20${populate} });\n`;
    const list = "import { newestAuthors } from './authors';\n\nexport async function list(em: any) {\n  for (const author of await newestAuthors(em)) show(await author.books.loadItems());\n}\n";
    const manifest = { 'package.json': JSON.stringify({ dependencies: { '@mikro-orm/core': '6' } }) };
    expect(await told({ ...manifest, 'src/author.ts': book, 'src/book.ts': 'export class Book {}\n', 'src/authors.ts': authors(", populate: ['books']"), 'src/list.ts': list }, { 'src/authors.ts': authors('') })).toEqual(['n-plus-one src/authors.ts:4 inline']);
  });

  test('not where nobody reads it, where it is loaded for all at once, or where it was not there before', async () => {
    const before = { ...entities, 'src/users.ts': users(', relations: { posts: true }') };
    expect(await told({ ...before, 'src/page.ts': page('', 'user.name') }, { 'src/users.ts': users('') })).toEqual([]);
    expect(await told({ ...before, 'src/page.ts': page('', 'await user.edited') }, { 'src/users.ts': users('') })).toEqual([]);
    expect(await told({ ...before, 'src/page.ts': page('', 'await loaders.posts.load(user.id)') }, { 'src/users.ts': users('') })).toEqual([]);
    expect(await told({ ...before, 'src/page.ts': page() }, { 'src/users.ts': users('').replace('return this.users.find({ take: 20 });', "return this.users.createQueryBuilder('user').leftJoinAndSelect('user.posts', 'posts').take(20).getMany();") })).toEqual([]);
    expect(await told({ ...entities, 'src/users.ts': users(', relations: { edited: true }'), 'src/page.ts': page() }, { 'src/users.ts': users('') })).toEqual([]);
    const filled = "import { Users } from './users';\nimport { preload } from './preload';\n\nexport async function page(users: Users) {\n  const all = await users.newest();\n  await preload(all, 'posts');\n  for (const user of all) show(user, await user.posts);\n}\n";
    expect(await told({ ...before, 'src/page.ts': filled }, { 'src/users.ts': users('') })).toEqual([]);
  });

  test('not yet where a field resolver falls back to a query, or a file that never says the relation calls who reads it', async () => {
    const list = (include: string): string => `import { prisma } from './db';\n\nexport const newestUsers = () => prisma.user.findMany({ take: 20${include} });\n`;
    const resolvers = "import { prisma } from './db';\nimport { newestUsers } from './users';\n\nexport const resolvers = {\n  Query: { users: () => newestUsers() },\n  User: { posts: (user: any) => user.posts ?? prisma.post.findMany({ where: { userId: user.id } }) },\n};\n";
    expect(await told({ 'src/users.ts': list(', include: { posts: true }'), 'src/resolvers.ts': resolvers }, { 'src/users.ts': list('') })).toEqual([]);
    const card = "import { User } from './user';\n\nexport const card = async (user: User) => show(user, await user.posts);\n";
    const feed = "import { card } from './card';\nimport { Users } from './users';\n\nexport async function feed(users: Users) {\n  for (const user of await users.newest()) await card(user);\n}\n";
    expect(await told({ ...entities, 'src/users.ts': users(', relations: { posts: true }'), 'src/card.ts': card, 'src/feed.ts': feed }, { 'src/users.ts': users('') })).toEqual([]);
  });
});

describe('a limit taken out of a query', () => {
  const list = (take: string): string => `import { prisma } from './db';\n\nexport function listOrders(limit?: number) {\n  return prisma.order.findMany({ where: { open: true }${take} });\n}\n`;
  const caller = (given = ''): string => `import { listOrders } from './orders';\n\nexport async function page() {\n  for (const order of await listOrders(${given})) show(order);\n}\n`;

  test('is told at the query, once, whoever calls', async () => {
    expect(await told({ 'src/orders.ts': list(', take: 50'), 'src/page.ts': caller(), 'src/other.ts': caller() }, { 'src/orders.ts': list('') })).toEqual(['missing-limit src/orders.ts:4 inline']);
  });

  test('is told there too where it stood in for what callers leave out', async () => {
    const { findings } = await reviewed(repositoryWith({ 'src/orders.ts': list(', take: limit ?? 50'), 'src/page.ts': caller(), 'src/other.ts': caller('20') }, { 'src/orders.ts': list(', take: limit') }));
    expect(findings.map(({ lesson, path, line, message }) => `${lesson} ${path}:${line} ${message}`)).toEqual(['missing-limit src/orders.ts:4 In `src/page.ts:4`, which this change leaves as it is: `listOrders` returns every row that matches, however many there will be.']);
    const { findings: ofNobody } = await reviewed(repositoryWith({ 'src/orders.ts': list(', take: limit ?? 50'), 'src/other.ts': caller('20') }, { 'src/orders.ts': list(', take: limit') }));
    expect(ofNobody.map(({ severity, path, line }) => `${severity} ${path}:${line}`)).toEqual(['note src/orders.ts:4']);
    expect(await told({ 'src/orders.ts': list(', take: limit ?? 50'), 'src/page.ts': caller() }, { 'src/orders.ts': list(', take: limit ?? 100') })).toEqual([]);
  });
});
