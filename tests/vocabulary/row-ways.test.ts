import { describe, expect, test } from 'vitest';
import type { Files } from '../in-memory.ts';
import { builtInLesson, findingsIn } from '../samples.ts';

/**
 * Every way to come by a row, for every library whose rows write themselves: saving what was found, made or taken out of a list is a query
 * each time, whatever stands between. `one` and `many` are promises; `act` stands at `@`.
 */
type Rows = { packages: readonly string[]; model: Files; imports: string; one: string; many: string; create?: string; made: string; act: string };

const lines = (...text: string[]): string => text.join('\n');

const active: Record<string, Rows> = {
  mongoose: {
    packages: ['mongoose'],
    model: { 'order.ts': "import mongoose from 'mongoose';\nconst schema = new mongoose.Schema({ open: Boolean });\nexport const Order = mongoose.model('Order', schema);" },
    imports: "import { Order } from './order';", one: 'Order.findOne({ number })', many: 'Order.find({ number })', create: 'Order.create({ number })', made: 'new Order({ number })', act: 'await @.save()',
  },
  'mongoose, its own method': {
    packages: ['mongoose'],
    model: { 'order.ts': "import mongoose from 'mongoose';\nconst schema = new mongoose.Schema({ open: Boolean });\nschema.methods.close = function () { this.open = false; return this.save(); };\nexport const Order = mongoose.model('Order', schema);" },
    imports: "import { Order } from './order';", one: 'Order.findOne({ number }).exec()', many: 'Order.find({ number }).sort({ at: 1 })', create: 'Order.create({ number })', made: 'new Order({ number })', act: 'await @.close()',
  },
  sequelize: {
    packages: ['sequelize'],
    model: { 'order.ts': "import { Model } from 'sequelize';\nexport class Order extends Model {\n  declare open: boolean;\n}" },
    imports: "import { Order } from './order';", one: 'Order.findOne({ where: { number } })', many: 'Order.findAll({ where: { number } })', create: 'Order.create({ number })', made: 'Order.build({ number })', act: 'await @.save()',
  },
  'sequelize, defined': {
    packages: ['sequelize'],
    model: { 'order.ts': "import { sequelize } from './sequelize';\nexport const Order = sequelize.define('Order', { open: {} });", 'sequelize.ts': "import { Sequelize } from 'sequelize';\nexport const sequelize = new Sequelize(url);" },
    imports: "import { Order } from './order';", one: 'Order.findByPk(number)', many: 'Order.findAll()', create: 'Order.create({ number })', made: 'Order.build({ number })', act: 'await @.update({ open: false })',
  },
  TypeORM: {
    packages: ['typeorm'],
    model: { 'order.ts': "import { BaseEntity, Entity } from 'typeorm';\n@Entity()\nexport class Order extends BaseEntity {\n  open: boolean;\n}" },
    imports: "import { Order } from './order';", one: 'Order.findOneBy({ number })', many: 'Order.findBy({ number })', made: 'Order.create({ number })', act: 'await @.save()',
  },
  objection: {
    packages: ['objection'],
    model: { 'order.ts': "import { Model } from 'objection';\nexport class Order extends Model {\n  static tableName = 'orders';\n}" },
    imports: "import { Order } from './order';", one: 'Order.query().findOne({ number })', many: 'Order.query().where({ number })', create: 'Order.query().insert({ number })', made: 'Order.fromJson({ number })', act: 'await @.$query().patch({ note })',
  },
  bookshelf: {
    packages: ['bookshelf', 'knex'],
    model: { 'order.ts': "import { bookshelf } from './bookshelf';\nexport const Order = bookshelf.model('Order', { tableName: 'orders' });", 'bookshelf.ts': "import makeKnex from 'knex';\nimport makeBookshelf from 'bookshelf';\nexport const bookshelf = makeBookshelf(makeKnex({}));" },
    imports: "import { Order } from './order';", one: 'Order.where({ number }).fetch()', many: 'Order.where({ number }).fetchAll()', made: 'Order.forge({ number })', act: 'await @.save({ open: false })',
  },
  lucid: {
    packages: ['@adonisjs/lucid'],
    model: { 'order.ts': "import { BaseModel } from '@adonisjs/lucid/orm';\nexport default class Order extends BaseModel {\n  declare open: boolean;\n}" },
    imports: "import Order from './order';", one: "Order.findBy('number', number)", many: "Order.query().where('number', number)", create: 'Order.create({ number })', made: 'new Order()', act: 'await @.save()',
  },
};

const runs = (body: string): string => `export async function run(numbers: string[], number: string) {\n${body}\n}`;
const often = (act: string): string => lines('  for (const note of numbers) {', '    show(note);', `    ${act}; //!`, '  }');

/** What the file that works with rows says, by how it comes by them. The line that ends in `//!` writes once per round. */
const ways: Record<string, (rows: Rows & { does: (row: string) => string }) => string | Files | undefined> = {
  'is awaited': ({ one, does }) => runs(lines(`  const row = await ${one};`, often(does('row')))),
  'is awaited in the round': ({ one, does }) => runs(lines('  for (const number of numbers) {', `    const row = await ${one}; //!`, '    if (!row) continue;', '    row.open = false;', `    ${does('row')}; //!`, '  }')),
  'is awaited later': ({ one, does }) => runs(lines(`  const found = ${one};`, '  const row = await found;', often(does('row')))),
  'is told': ({ one, does }) => runs(`  return ${one}.then(async (row) => {\n${often(does('row'))}\n  });`),
  'is made': ({ made, does }) => runs(lines(`  const row = ${made};`, often(does('row')))),
  'is created': ({ create, does }) => create && runs(lines(`  const row = await ${create};`, often(does('row')))),
  'a function loads it': ({ one, does }) => `const load = async (number: string) => ${one};\n${runs(lines('  const row = await load(number);', often(does('row'))))}`,
  'a function loads it and looks at it': ({ one, does }) => `async function load(number: string) {\n  const found = await ${one};\n  if (!found) throw new Error('none');\n  return found;\n}\n${runs(lines('  const row = await load(number);', often(does('row'))))}`,
  'another file loads it': ({ imports, one, does }) => ({ 'load.ts': `${imports}\nexport async function load(number: string) {\n  return await ${one};\n}`, 'orders.ts': `import { load } from './load';\n${runs(lines('  const row = await load(number);', often(does('row'))))}` }),
  'a service loads it': ({ imports, one, does }) => ({ 'load.ts': `${imports}\nexport class Loading {\n  async load(number: string) {\n    return ${one};\n  }\n}\nexport const loading = new Loading();`, 'orders.ts': `import { loading } from './load';\n${runs(lines('  const row = await loading.load(number);', often(does('row'))))}` }),
  'found or made': ({ one, made, does }) => runs(lines(`  const row = (await ${one}) ?? ${made};`, often(does('row')))),
  'found, or else made': ({ one, made, does }) => runs(lines(`  let row = await ${one};`, `  if (!row) row = ${made};`, often(does('row')))),
  'within try': ({ one, does }) => runs(lines('  let row;', '  try {', `    row = await ${one};`, '  } catch (error) {', '    throw wrapped(error);', '  }', often(does('row')))),
  'the first of a list': ({ many, does }) => runs(lines(`  const [row] = await ${many};`, often(does('row')))),
  'each of a list': ({ many, does }) => runs(lines(`  const rows = await ${many};`, '  for (const row of rows) {', '    row.open = false;', `    ${does('row')}; //!`, '  }')),
  'each of a list that is loaded there': ({ many, does }) => runs(lines(`  for (const row of await ${many}) {`, `    ${does('row')}; //!`, '  }')),
  'each at a place of a list': ({ many, does }) => runs(lines(`  const rows = await ${many};`, '  for (let i = 0; i < rows.length; i++) {', `    ${does('rows[i]')}; //!`, '  }')),
  'each, all at once': ({ many, does }) => runs(lines(`  const rows = await ${many};`, '  await Promise.all(rows.map(async (row) => {', '    row.open = false;', `    ${does('row')}; //!`, '  }));')),
  'some of a list': ({ many, does }) => runs(lines(`  const rows = await ${many};`, '  const late = rows.filter((row) => row.open);', '  for (const row of late) {', `    ${does('row')}; //!`, '  }')),
  'a list that is loaded beside others': ({ many, does }) => runs(lines(`  const [rows, settings] = await Promise.all([${many}, load()]);`, '  for (const row of rows) {', `    ${does('row')}; //!`, '  }')),
  'a list that a function gives with its length': ({ many, does }) => `async function load(number: string) {\n  const rows = await ${many};\n  return { rows, total: rows.length };\n}\n${runs(lines('  const { rows } = await load(number);', '  for (const row of rows) {', `    ${does('row')}; //!`, '  }'))}`,
  'found in a list': ({ many, does }) => runs(lines(`  const rows = await ${many};`, '  for (const each of numbers) {', '    const row = rows.find((candidate) => candidate.number === each);', '    row.open = false;', `    ${does('row')}; //!`, '  }')),
  'found in a map': ({ many, does }) => runs(lines(`  const rows = await ${many};`, '  const byNumber = new Map(rows.map((row) => [row.number, row]));', '  for (const each of numbers) {', '    const row = byNumber.get(each);', '    row.open = false;', `    ${does('row')}; //!`, '  }')),
  'the last of a list': ({ many, does }) => runs(lines(`  const rows = await ${many};`, '  while (rows.length > 0) {', '    const row = rows.pop();', `    ${does('row')}; //!`, '  }')),
  'found in a map that is filled': ({ many, does }) => runs(lines(`  const rows = await ${many};`, '  const byNumber = new Map();', '  for (const row of rows) byNumber.set(row.number, row);', '  for (const each of numbers) {', '    const row = byNumber.get(each);', '    row.open = false;', `    ${does('row')}; //!`, '  }')),
  'found by key': ({ many, does }) => `import { keyBy } from 'lodash';\n${runs(lines(`  const rows = await ${many};`, "  const byNumber = keyBy(rows, 'number');", '  for (const each of numbers) {', '    const row = byNumber[each];', '    row.open = false;', `    ${does('row')}; //!`, '  }'))}`,
  'found in an object': ({ many, does }) => runs(lines(`  const rows = await ${many};`, '  const byNumber = Object.fromEntries(rows.map((row) => [row.number, row]));', '  for (const each of numbers) {', '    const row = byNumber[each];', '    row.open = false;', `    ${does('row')}; //!`, '  }')),
  'sorted by lodash': ({ many, does }) => `import _ from 'lodash';\n${runs(lines(`  const rows = await ${many};`, "  for (const row of _.sortBy(rows, 'number')) {", `    ${does('row')}; //!`, '  }'))}`,
  'each, by lodash': ({ many, does }) => `const _ = require('lodash');\n${runs(lines(`  const rows = await ${many};`, '  await Promise.all(_.map(rows, async (row) => {', `    ${does('row')}; //!`, '  }));'))}`,
  'each, by bluebird': ({ many, does }) => `import Bluebird from 'bluebird';\n${runs(lines(`  const rows = await ${many};`, '  await Bluebird.map(rows, async (row) => {', `    ${does('row')}; //!`, '  }, { concurrency: 5 });'))}`,
  'each, by p-map': ({ many, does }) => `import pMap from 'p-map';\n${runs(lines(`  const rows = await ${many};`, '  await pMap(rows, async (row) => {', `    ${does('row')}; //!`, '  });'))}`,
  'each, by async': ({ many, does }) => `import async from 'async';\n${runs(lines(`  const rows = await ${many};`, '  await async.eachLimit(rows, 5, async (row) => {', `    ${does('row')}; //!`, '  });'))}`,
  'added up': ({ many, does }) => runs(lines(`  const rows = await ${many};`, '  await rows.reduce(async (before, row) => {', '    await before;', `    ${does('row')}; //!`, '  }, Promise.resolve());')),
  'with its place': ({ many, does }) => runs(lines(`  const rows = await ${many};`, '  for (const [index, row] of rows.entries()) {', '    row.place = index;', `    ${does('row')}; //!`, '  }')),
  'a function does it for each': ({ many, does }) => `async function close(row) {\n  row.open = false;\n  ${does('row')};\n}\n${runs(lines(`  const rows = await ${many};`, '  for (const row of rows) {', '    await close(row); //!', '  }'))}`,
  'a parameter called after its model': ({ does }) => `export async function run(orders) {\n  for (const order of orders) {\n    order.open = false;\n    ${does('order')}; //!\n  }\n}`,
};

const lesson = builtInLesson('n-plus-one');

describe.each(Object.entries(active))('%s', (_, rows) => {
  test.each(Object.entries(ways))('%s', async (_way, textFor) => {
    const written = textFor({ ...rows, does: (row) => rows.act.replace('@', row) });
    if (written === undefined) return;
    const files: Files = typeof written === 'string' ? { 'orders.ts': `${rows.imports}\n${written}` } : written;
    const manifest = JSON.stringify({ dependencies: Object.fromEntries(rows.packages.map((each) => [each, '*'])) });
    const wanted = files['orders.ts']!.split('\n').flatMap((line, index) => (line.includes('//!') ? [index + 1] : []));
    const findings = await findingsIn({ 'package.json': manifest, ...rows.model, ...files }, [lesson]);
    const told = new Set(findings.flatMap(({ path, line, alike = [] }) => [{ path, line }, ...alike]).map(({ path, line }) => `${path}:${line}`).filter((place) => place.startsWith('orders.ts:')));
    expect([...told].sort()).toEqual(wanted.map((line) => `orders.ts:${line}`).sort());
  });
});
