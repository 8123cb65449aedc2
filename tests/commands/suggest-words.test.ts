import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readVocabulary } from '../../src/lessons/read-vocabulary.ts';
import { onChange } from '../../src/commands/watch-cards.ts';
import { vocabulary } from '../../src/vocabulary/index.ts';
import { newRepository } from '../workspace/repository.ts';
import { once } from './once.ts';

test('words --suggest names wrappers that end in a known call, with their calls, ready to paste', async () => {
  const repository = newRepository();
  repository.write('package.json', '{ "name": "shop", "dependencies": { "@prisma/client": "6" } }');
  repository.write('src/orders.ts', "import { PrismaClient } from '@prisma/client';\nconst prisma = new PrismaClient();\nexport const ordersRepo = {\n  async load(id) { return prisma.order.findUnique({ where: { id } }); },\n  async unused(id) { return prisma.order.findMany(); },\n};\nexport class StockRepo {\n  all() { return prisma.stock.findMany(); }\n}\nexport const plain = (a) => a + 1;\n");
  repository.write('src/a.ts', "import { ordersRepo, plain } from './orders';\nexport const f = (id) => ordersRepo.load(id);\nexport const g = (id) => plain(ordersRepo.load(id));\nexport function h(container) {\n  const stockRepo = container.get('stock');\n  return stockRepo.all();\n}\n");
  const { code, out } = await once(['words', '--suggest', '--repo', repository.folder]);
  expect(code).toBe(0);
  expect(out).toContain('2 wrappers of this repository end in a database call.');
  expect(out).toContain('    # ordersRepo.load, src/orders.ts:4: 2 calls, all seen\n    - { code: "ordersRepo.load($$$)", from: src/orders.ts, with: { verb: read-one, table: order } }\n');
  expect(out).toContain('    # StockRepo.all, src/orders.ts:8: 1 call, none seen\n    - { code: "stockRepo.all($$$)", with: { verb: read-many, table: stock } }\n');
  const { words, faults } = readVocabulary(out.slice(out.indexOf('db-call:')), 'vocabulary.yml', { words: new Map(vocabulary.map((word) => [word.name, word])) });
  expect(faults).toEqual([]);
  expect(words[0]?.entries).toHaveLength(2);
});

test('words --suggest says so when there is nothing to suggest', async () => {
  const repository = newRepository();
  repository.write('a.ts', 'export const a = 1;\n');
  expect((await once(['words', '--suggest', '--repo', repository.folder])).out).toBe('No function of this repository that ends in a database call is called from anywhere.\n');
});

test('check --watch checks again when a card changes, and goes on after a mistake', async () => {
  const repository = newRepository();
  repository.write('.github/lessons/a.yml', 'id: a\n');
  const stop = new AbortController();
  let runs = 0;
  const heard: string[] = [];
  const terminal = { print: (text: string) => void heard.push(text), say: (text: string) => void heard.push(text), colour: false, width: 80, isWatched: false, program: 'once-bitten' };
  const watching = onChange({ repo: repository.folder }, terminal as unknown as Parameters<typeof onChange>[1], async () => {
    runs += 1;
    if (runs === 1) throw new Error('half written');
    return 0;
  }, stop.signal);
  for (const text of ['id: bb\n', 'id: ccc\n']) {
    const before = runs;
    await new Promise((resolve) => setTimeout(resolve, 400));
    fs.writeFileSync(path.join(repository.folder, '.github/lessons/a.yml'), text);
    for (let waited = 0; runs === before && waited < 50; waited += 1) await new Promise((resolve) => setTimeout(resolve, 100));
  }
  stop.abort();
  expect(await watching).toBe(0);
  expect(runs).toBe(2);
  expect(heard.join('')).toContain('half written');
});
