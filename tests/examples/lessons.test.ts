import fs from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Review } from '../../src/model.ts';
import { once } from '../commands/once.ts';
import { newRepository } from '../workspace/repository.ts';
import type { Files } from '../in-memory.ts';

const folder = 'examples/lessons';
const cards = fs.readdirSync(folder).sort();

test('every card passes check', async () => {
  const { code, out } = await once(['check', '--lessons', folder]);
  expect(out).toContain(`${cards.length - 1} here`);
  expect(code).toBe(0);
});

/** What the cards say of a change in a repository that has them, with the built-in ones switched off or on. */
async function saidOf(base: Files, head: Files, extendsBuiltIn = false): Promise<string[]> {
  const repository = newRepository();
  for (const card of cards) repository.write(`.github/lessons/${card}`, fs.readFileSync(`${folder}/${card}`));
  if (!extendsBuiltIn) repository.write('.github/once-bitten.yml', 'extends: []\n');
  repository.write('package.json', '{ "name": "shop", "dependencies": { "@acme/orders": "1", "@acme/pay": "1", "bullmq": "5", "express": "5" } }\n');
  for (const [path, text] of Object.entries(base)) repository.write(path, text);
  const before = repository.commit('Before');
  for (const path of Object.keys(base)) if (!Object.hasOwn(head, path)) repository.remove(path);
  for (const [path, text] of Object.entries(head)) repository.write(path, text);
  repository.commit('After');
  const { out } = await once(['review', '--repo', repository.folder, '--base', before, '--head', 'HEAD', '--format', 'json']);
  const review = JSON.parse(out) as Review;
  expect(review.notes).toEqual([]);
  return review.findings.map(({ lesson, path, line, message }) => `${path}:${line} ${lesson}: ${message}`);
}

describe('a wrapper in a loop, known through vocabulary.yml', () => {
  const exportOf = (body: string): string => `import { ordersRepo } from '@acme/orders';\n\nexport async function exportOrders(rows) {\n${body}\n}\n`;
  const whole = exportOf('  return ordersRepo.loadMany(rows.map((row) => row.orderId));');
  const single = exportOf('  const lines = [];\n  for (const row of rows) {\n    lines.push(await ordersRepo.load(row.orderId));\n  }\n  return lines;');

  test('is found, by the built-in lesson as well', async () => {
    expect(await saidOf({ 'src/export.ts': whole }, { 'src/export.ts': single })).toEqual(['src/export.ts:6 orders-one-by-one: `ordersRepo.load` loads one order for every `row` of `rows`.']);
    expect((await saidOf({ 'src/export.ts': whole }, { 'src/export.ts': single }, true)).map((said) => said.split(' ')[1]).sort()).toEqual(['n-plus-one:', 'orders-one-by-one:']);
  });

  test('also behind a function of another file', async () => {
    const line = "import { ordersRepo } from '@acme/orders';\nexport const lineOf = (row) => ordersRepo.load(row.orderId);\n";
    const loop = "import { lineOf } from './line';\nexport async function exportOrders(rows) {\n  return Promise.all(rows.map((row) => lineOf(row)));\n}\n";
    expect(await saidOf({ 'src/line.ts': line }, { 'src/line.ts': line, 'src/export.ts': loop })).toEqual(['src/export.ts:3 orders-one-by-one: `lineOf` loads one order for every `row` of `rows`.']);
  });

  test('not when it was there, when it loads all at once, or in a test', async () => {
    expect(await saidOf({ 'src/export.ts': single }, { 'src/export.ts': single.replace('const lines', 'const all').replaceAll('lines', 'all') })).toEqual([]);
    expect(await saidOf({ 'src/export.ts': single }, { 'src/export.ts': whole })).toEqual([]);
    expect(await saidOf({}, { 'src/export.test.ts': single })).toEqual([]);
  });
});

describe('a client without a timeout, or with one too long', () => {
  const client = (options: string): string => `import { PayClient as Client } from '@acme/pay';\nconst wait = 60 * 1000;\nexport const pay = new Client(${options});\n`;
  const found = ['src/pay.ts:3 payment-client-timeout: This payment client may wait longer than a customer does.'];

  test('is found', async () => {
    expect(await saidOf({}, { 'src/pay.ts': client('{ key }') })).toEqual(found);
    expect(await saidOf({ 'src/pay.ts': client('{ key, timeoutMs: 5000 }') }, { 'src/pay.ts': client('{ key, timeoutMs: wait }') })).toEqual(found);
    expect(await saidOf({ 'src/pay.ts': client('{ key, timeoutMs: 5000 }') }, { 'src/pay.ts': client('{ key }') })).toEqual(found);
  });

  test('not with one that is short, or where the options cannot be seen', async () => {
    expect(await saidOf({}, { 'src/pay.ts': client('{ key, timeoutMs: 3 * 1000 }') })).toEqual([]);
    expect(await saidOf({}, { 'src/pay.ts': "import { PayClient } from '@acme/pay';\nexport const make = (options) => new PayClient(options);\n" })).toEqual([]);
    expect(await saidOf({}, { 'src/pay.ts': "class PayClient {}\nexport const pay = new PayClient({});\n" })).toEqual([]);
    expect(await saidOf({ 'src/pay.ts': client('{ key }') }, { 'src/pay.ts': client('{ key, retries: 2 }') })).toEqual([]);
  });
});

describe('a duplicate check that a change takes away', () => {
  const hook = (guard: string): string => `import express from 'express';\nconst app = express();\napp.post('/hooks', async (req, res) => {\n  const event = req.body;\n${guard}  await charge(event);\n  res.end();\n});\n`;
  const guard = '  if (await alreadyHandled(event.id)) return res.end();\n';

  test('is found where it was', async () => {
    expect(await saidOf({ 'src/hook.ts': hook(guard) }, { 'src/hook.ts': hook('') })).toEqual(['src/hook.ts:5 webhook-duplicate-check: This change takes away the duplicate check `alreadyHandled(event.id)`.']);
  });

  test('not when it moves, is rewritten, or never was there', async () => {
    expect(await saidOf({ 'src/hook.ts': hook(guard) }, { 'src/hook.ts': hook(`  log(event);\n${guard}`) })).toEqual([]);
    expect(await saidOf({ 'src/hook.ts': hook(guard) }, { 'src/hook.ts': hook('  if (await alreadyHandled(event.key)) {\n    return res.end();\n  }\n') })).toEqual([]);
    expect(await saidOf({ 'src/hook.ts': hook(guard) }, { 'src/webhook.ts': hook(guard) })).toEqual([]);
    expect(await saidOf({ 'src/hook.ts': hook('') }, { 'src/hook.ts': hook('  log(event);\n') })).toEqual([]);
  });
});

describe('a queue without an option', () => {
  const queue = (rest: string): string => `import * as bull from 'bullmq';\nexport const mails = new bull.Queue('mail'${rest});\n`;

  test('is found', async () => {
    expect(await saidOf({}, { 'src/queue.ts': queue(', { connection }') })).toEqual(["src/queue.ts:2 queue-keeps-jobs: The queue 'mail' keeps every finished job."]);
    expect(await saidOf({ 'src/queue.ts': queue(', { defaultJobOptions: { removeOnComplete: 10 } }') }, { 'src/queue.ts': queue('') })).toHaveLength(1);
  });

  test('not with it, and not another queue', async () => {
    expect(await saidOf({}, { 'src/queue.ts': queue(', { defaultJobOptions: { removeOnComplete: true } }') })).toEqual([]);
    expect(await saidOf({}, { 'src/queue.ts': queue(', queueOptions()') })).toEqual([]);
    expect(await saidOf({}, { 'src/queue.ts': queue('').replace('bullmq', 'bee-queue') })).toEqual([]);
  });
});

describe('a route without its contract', () => {
  const routes = "import { router } from '../router';\nrouter.get('/v1/stock', list);\n";
  const more = `${routes}router.post('/v1/stock', add);\n`;

  test('is found', async () => {
    expect(await saidOf({ 'src/routes/stock.ts': routes, 'openapi.yaml': 'a: 1\n' }, { 'src/routes/stock.ts': more, 'openapi.yaml': 'a: 1\n' })).toEqual(["src/routes/stock.ts:3 route-without-contract: The route '/v1/stock' is new, and openapi.yaml is as it was."]);
  });

  test('not with its contract, when it was there, or elsewhere', async () => {
    expect(await saidOf({ 'src/routes/stock.ts': routes, 'openapi.yaml': 'a: 1\n' }, { 'src/routes/stock.ts': more, 'openapi.yaml': 'a: 2\n' })).toEqual([]);
    expect(await saidOf({ 'src/routes/stock.ts': more }, { 'src/routes/stock.ts': more.replace('list', 'listAll') })).toEqual([]);
    expect(await saidOf({ 'src/tools.ts': routes }, { 'src/tools.ts': more })).toEqual([]);
  });
});
