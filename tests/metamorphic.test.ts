import { describe, expect, test } from 'vitest';
import type { Change, Reader } from '../src/change/change.ts';
import { openCompiler } from '../src/code/compiler.ts';
import { isCode } from '../src/code/opened-files.ts';
import type { Review } from '../src/model.ts';
import { review } from '../src/review.ts';
import { openDisk } from '../src/workspace/disk.ts';
import { changeBetween as changeInGit, changeInWorkingTree } from '../src/workspace/git.ts';
import { openObjects } from '../src/workspace/objects.ts';
import { changeBetween } from './change-between.ts';
import { inMemory, type Files } from './in-memory.ts';
import { project as marked } from './metamorphic/project.ts';
import { moveFunction, movableFunctions, print, renameFile, renameFunctions, renameLocals, reorder, restyle, spread } from './metamorphic/transformations.ts';
import { builtInLesson, samples, withoutMarks } from './samples.ts';
import { newRepository } from './workspace/repository.ts';

// Variants are made while tests are collected.
await openCompiler();

const lessons = ['n-plus-one', 'missing-limit'].map(builtInLesson);
const project = withoutMarks(marked);
const sources = Object.keys(project).filter(isCode);

type Looked = Omit<Review, 'verdict'>;

function look(reader: Reader, subject: { change: Change } | { head: string; paths: readonly string[] }): Promise<Looked> {
  return review({ reader, subject, lessons, ignore: [], waivers: true, today: '2026-06-01', clock: () => 0 });
}

/** The review of what leads from one side to the other. One that could not see everything throws. */
async function reviewed(base: Files, head: Files): Promise<Looked> {
  const looked = await look(inMemory({ base, head }), { change: changeBetween(base, head) });
  if (looked.notes.length > 0) throw new Error(looked.notes.map((note) => note.message).join('\n'));
  const whole = await askedAboutAll(base, head);
  expect({ told: told(looked, head), repaired: repaired(looked, base) }).toEqual({ told: told(whole, head), repaired: repaired(whole, base) });
  return looked;
}

/** The same change as it looks to who asks about all code of its files: as where a project takes in a package, which may bear on everything. */
function askedAboutAll(base: Files, head: Files): Promise<Looked> {
  const taken = { ...head, 'package.json': head['package.json']!.replace('"dependencies":{', '"dependencies":{"taken-in":"1.0.0",') };
  if (taken['package.json'] === head['package.json']) throw new Error('the manifest holds no dependencies');
  return look(inMemory({ base, head: taken }), { change: changeBetween(base, taken) });
}

const scanned = (files: Files, paths: readonly string[] = Object.keys(files).filter(isCode)): Promise<Looked> => look(inMemory({ head: files }), { head: 'head', paths });

/** What a reader would see: lesson, place and line of code. */
const told = ({ findings }: Looked, files: Files): string[] => findings.map(({ lesson, path, line }) => `${lesson} ${path}: ${files[path]!.split('\n')[line - 1]!.trim()}`);

const repaired = ({ fixed }: Looked, files: Files): string[] => fixed.map(({ lesson, path, line }) => `${lesson} ${path}: ${files[path]!.split('\n')[line - 1]!.trim()}`);

/** Nothing came, and nothing went. */
async function changesNothing(base: Files, head: Files): Promise<void> {
  const looked = await reviewed(base, head);
  expect({ introduced: told(looked, head), fixed: repaired(looked, base) }).toEqual({ introduced: [], fixed: [] });
}

samples(['n-plus-one', 'missing-limit'], { 'the project as it stands': marked });

test('there are enough files to turn around', () => {
  expect(sources.length).toBeGreaterThanOrEqual(30);
});

describe('what changes nothing introduces nothing', () => {
  test('no change at all', async () => {
    await changesNothing(project, project);
    const touched: Change = { base: 'base', head: 'head', files: sources.map((path) => ({ path, basePath: path, status: 'modified', binary: false, hunks: [], hunksKnown: true })) };
    expect((await look(inMemory({ base: project, head: project }), { change: touched })).findings).toEqual([]);
  });

  const ways: Record<string, (path: string, text: string) => string> = {
    'a comment and empty lines at the top': (_path, text) => `// A shop.\n\n\n${text}`,
    'other names for locals': renameLocals,
    "the printer's format": print,
    'other quotes, indentation and line ends': restyle,
    'every argument on its own line': spread,
    'members and functions in another order': reorder,
    'in another order, printed, with other names': (path, text) => print(path, renameLocals(path, reorder(path, text))),
  };
  test.each(Object.entries(ways))('%s', async (way, transform) => {
    const transformed: Files = Object.fromEntries(sources.map((path) => [path, transform(path, project[path]!)]));
    const turned = sources.filter((path) => transformed[path] !== project[path]);
    expect(turned.length).toBeGreaterThan(way.startsWith('members') ? 10 : 25);
    for (const path of turned) await changesNothing(project, { ...project, [path]: transformed[path]! });
    await changesNothing(project, { ...project, ...transformed });
  });

  test('files that get another name', async () => {
    for (const path of sources) {
      await changesNothing(project, renameFile(project, path, path.replace(/(\.\w+)$/, '-renamed$1')));
    }
  });

  test('a folder that gets another name', async () => {
    const head = Object.fromEntries(Object.entries(project).map(([path, text]) => [path.replace('src/billing/', 'src/money/'), text]));
    await changesNothing(project, head);
  });

  test('functions and methods that get another name', async () => {
    const renamed = renameFunctions(project);
    expect(sources.filter((path) => renamed[path] !== project[path]).length).toBeGreaterThan(25);
    await changesNothing(project, renamed);
    for (const path of sources.filter((each) => !/(?:import|export) /.test(project[each]!))) await changesNothing(project, { ...project, [path]: renamed[path]! });
  });

  test('functions that move to a file of their own', async () => {
    const movable = sources.flatMap((path) => movableFunctions(path, project[path]!)).filter(({ path }) => /\.tsx?$/.test(path));
    expect(movable.length).toBeGreaterThan(15);
    for (const each of movable) await changesNothing(project, moveFunction(project, each, each.path.replace(/[^/]+$/, 'moved-here.ts')));
  });

  test('imports that lead through a barrel', async () => {
    const behindBarrel: Files = {
      ...project,
      'src/orders/index.ts': "export * from './orders';\nexport { report } from './report';\n",
      'src/lib/index.ts': "export * from './pool';\nexport { prisma } from './prisma';\nexport { db } from './drizzle';\n",
      'src/orders/report.ts': project['src/orders/report.ts']!.replace("'./orders'", "'.'"),
      'src/web/server.ts': project['src/web/server.ts']!.replace("'../orders/orders'", "'../orders'"),
      'src/billing/ledger.ts': project['src/billing/ledger.ts']!.replace("'../lib/pool'", "'../lib'"),
      'src/teams/teams.ts': project['src/teams/teams.ts']!.replace("'../lib/drizzle'", "'../lib'"),
      'src/jobs/digest.ts': project['src/jobs/digest.ts']!.replace("'@lib/prisma'", "'@lib/index'"),
    };
    await changesNothing(project, behindBarrel);
    await changesNothing(behindBarrel, project);
  });

  test('an alias instead of a relative import', async () => {
    await changesNothing(project, { ...project, ...Object.fromEntries(sources.map((path) => [path, project[path]!.replace(/'\.\.\/lib\/(\w+)'/, "'@lib/$1'")])) });
  });

  test('files and functions that are deleted', async () => {
    for (const path of sources) {
      const { [path]: _gone, ...rest } = project;
      const looked = await reviewed(project, rest);
      expect(told(looked, rest), path).toEqual([]);
    }
  });
});

describe('one change gives one finding', () => {
  type Case = { path: string; from: string | RegExp; to: string; finds: string };
  const introduces = async ({ path, from, to, finds }: Case): Promise<void> => {
    const head = { ...project, [path]: project[path]!.replace(from, to) };
    expect(head[path]).not.toBe(project[path]);
    const looked = await reviewed(project, head);
    expect(told(looked, head)).toEqual([`${finds.split(' ')[0]} ${path}: ${finds.slice(finds.indexOf(' ') + 1)}`]);
    expect(looked.findings[0]).toMatchObject({ introduced: true, placement: 'none' });
  };

  test.each<[string, Case]>([
    ['Prisma', { path: 'src/orders/orders.ts', from: '    take: 50,\n', to: '', finds: 'missing-limit return prisma.order.findMany({' }],
    ['TypeORM', { path: 'src/catalogue/catalogue.service.ts', from: ', take: 20', to: '', finds: "missing-limit return this.products.findAndCount({ order: { name: 'ASC' }, skip });" }],
    ['a builder of TypeORM', { path: 'src/catalogue/search.ts', from: '.take(count)', to: '', finds: "missing-limit return products.createQueryBuilder('product').orderBy('product.price').getMany();" }],
    ['Sequelize', { path: 'src/people/people.js', from: 'limit: 20, ', to: '', finds: 'missing-limit res.json(await Person.findAndCountAll({ offset: Number(req.query.offset) }));' }],
    ['Mongoose', { path: 'src/posts/posts.js', from: '.limit(10)', to: '', finds: 'missing-limit exports.newest = () => Post.find({ published: true }).sort({ createdAt: -1 }).lean();' }],
    ['MongoDB', { path: 'src/events/events.ts', from: '.limit(count)', to: '', finds: 'missing-limit return events.find({}).sort({ date: 1 }).toArray();' }],
    ['Drizzle', { path: 'src/teams/teams.ts', from: '.limit(25)', to: '', finds: 'missing-limit export const someTeams = (offset: number) => db.select().from(teams).orderBy(asc(teams.id)).offset(offset);' }],
    ['relations of Drizzle', { path: 'src/teams/boards.ts', from: ', limit: 10', to: '', finds: 'missing-limit return db.query.boards.findMany({ with: { cards: true } });' }],
    ['Knex', { path: 'src/shipping/parcels.js', from: '.limit(20)', to: '', finds: "missing-limit return db('parcels').where('order_id', orderId);" }],
    ['Kysely', { path: 'src/pets/pets.ts', from: '.limit(count)', to: '', finds: "missing-limit return this.db.selectFrom('pet').selectAll().execute();" }],
    ['Supabase', { path: 'src/chat/rooms.ts', from: '.limit(30)', to: '', finds: "missing-limit const { data } = await client.from('messages').select('*').order('sent_at');" }],
    ['text of SQL', { path: 'src/billing/ledger.ts', from: ' LIMIT 20', to: '', finds: "missing-limit const { rows } = await pool.query('SELECT * FROM entries ORDER BY booked_at DESC');" }],
  ])('a limit that is taken away: %s', async (_library, each) => {
    await introduces(each);
  });

  test.each<[string, Case]>([
    ['a second query beside an old one', { path: 'src/orders/invoices.ts', from: 'export const overdue', to: "export const paid = () => prisma.invoice.findMany({ where: { paid: true } });\n\nexport const overdue", finds: 'missing-limit export const paid = () => prisma.invoice.findMany({ where: { paid: true } });' }],
    ['a second query in the same function', { path: 'src/orders/stock.ts', from: '  const rows = ', to: "  const lost = await prisma.stock.findMany({ where: { lost: true } });\n  const rows = ", finds: 'missing-limit const lost = await prisma.stock.findMany({ where: { lost: true } });' }],
    ['the same query once more, above', { path: 'src/orders/stock.ts', from: '  const rows = ', to: "  await prisma.stock.findMany({ where: { count: 0 }, select: { sku: true } });\n  const rows = ", finds: 'missing-limit await prisma.stock.findMany({ where: { count: 0 }, select: { sku: true } });' }],
    ['the same query once more, below', { path: 'src/orders/stock.ts', from: '  return rows.map', to: "  await prisma.stock.findMany({ where: { count: 0 }, select: { sku: true } });\n  return rows.map", finds: 'missing-limit await prisma.stock.findMany({ where: { count: 0 }, select: { sku: true } });' }],
    ['a query that moves into a loop', {
      path: 'src/orders/report.ts', from: /  const orders = await newestOrders\(page\);\n/, to: '  const orders = [];\n  for (const each of pages) {\n    orders.push(...(await newestOrders(each)));\n  }\n',
      finds: 'n-plus-one orders.push(...(await newestOrders(each)));',
    }],
    ['a call in a loop that leads to a query in another file', {
      path: 'src/orders/invoices.ts', from: '  await Promise.all(\n', to: "  for (const invoice of invoices) log(await linesOf(invoice.id));\n  await Promise.all(\n",
      finds: 'n-plus-one for (const invoice of invoices) log(await linesOf(invoice.id));',
    }],
    ['a loop of its own beside an old one', {
      path: 'src/posts/tags.ts', from: 'export async function popular', to: "export async function touch(names: string[]) {\n  for (const name of names) await Tag.exists({ name });\n}\n\nexport async function popular",
      finds: 'n-plus-one for (const name of names) await Tag.exists({ name });',
    }],
    ['a list that becomes data', { path: 'src/events/events.ts', from: "  const counts = new Map<string, number>();\n", to: "  for (const kind of kinds) await events.findOne({ kind });\n  const counts = new Map<string, number>();\n", finds: 'n-plus-one for (const kind of kinds) await events.findOne({ kind });' }],
  ])('%s', async (_what, { path, from, to, finds }) => {
    const source = path === 'src/orders/invoices.ts' ? project[path]!.replace("import { prisma } from '@lib/prisma';\n", "import { prisma } from '@lib/prisma';\nimport { linesOf } from './orders';\n") : project[path]!;
    const base = { ...project, [path]: source };
    const head = { ...base, [path]: source.replace(from, to) };
    const looked = await reviewed(base, head);
    expect(told(looked, head)).toEqual([`${finds.split(' ')[0]} ${path}: ${finds.slice(finds.indexOf(' ') + 1)}`]);
    expect(repaired(looked, base)).toEqual([]);
  });

  test.each<[string, string, string, string[], string[]]>([
    [
      'a new query above one that is edited',
      "const orders = await prisma.order.findMany({ where: { status: 'open' } });",
      "const customers = await prisma.customer.findMany({ orderBy: { name: 'asc' } });\nconst orders = await prisma.order.findMany({ where: { status: 'open', paid: true } });",
      ["const customers = await prisma.customer.findMany({ orderBy: { name: 'asc' } });"], [],
    ],
    [
      'a new query below one that is edited',
      "const orders = await prisma.order.findMany({ where: { status: 'open' } });",
      "const orders = await prisma.order.findMany({ where: { status: 'open', paid: true } });\nconst customers = await prisma.customer.findMany({ orderBy: { name: 'asc' } });",
      ["const customers = await prisma.customer.findMany({ orderBy: { name: 'asc' } });"], [],
    ],
    [
      'one limit comes and another goes',
      "const orders = await prisma.order.findMany({ where: { status: 'open' } });\nconst customers = await prisma.customer.findMany({ take: 20, orderBy: { name: 'asc' } });",
      "const orders = await prisma.order.findMany({ take: 20, where: { status: 'open' } });\nconst customers = await prisma.customer.findMany({ orderBy: { name: 'asc' } });",
      ["const customers = await prisma.customer.findMany({ orderBy: { name: 'asc' } });"], ["const orders = await prisma.order.findMany({ where: { status: 'open' } });"],
    ],
    [
      'one limit goes while the neighbour is edited',
      "const orders = await prisma.order.findMany({ where: { status: 'open' } });\nconst customers = await prisma.customer.findMany({ take: 20 });",
      "const orders = await prisma.order.findMany({ where: { status: 'paid' } });\nconst customers = await prisma.customer.findMany({});",
      ['const customers = await prisma.customer.findMany({});'], [],
    ],
    [
      'a limit that callers could give is gone',
      "const orders = await prisma.order.findMany({ where: { status: 'open' }, take: limit });",
      "const orders = await prisma.order.findMany({ where: { status: 'open' } });",
      ["const orders = await prisma.order.findMany({ where: { status: 'open' } });"], [],
    ],
    [
      'callers may give a limit where there was none',
      "const orders = await prisma.order.findMany({ where: { status: 'open' } });",
      "const orders = await prisma.order.findMany({ where: { status: 'open' }, take: limit });",
      [], [],
    ],
    [
      'the children of one parent become all there are',
      "const orders = await prisma.order.findMany({ where: { customerId } });",
      "const orders = await prisma.order.findMany({ where: { status: 'open' } });",
      ["const orders = await prisma.order.findMany({ where: { status: 'open' } });"], [],
    ],
    [
      'all there are become the children of one parent',
      "const orders = await prisma.order.findMany({ where: { status: 'open' } });",
      "const orders = await prisma.order.findMany({ where: { customerId } });",
      [], [],
    ],
    [
      'two queries change places, and one loses its limit',
      "const orders = await prisma.order.findMany({ where: { status: 'open' } });\nconst customers = await prisma.customer.findMany({ take: 20 });",
      "const customers = await prisma.customer.findMany({});\nconst orders = await prisma.order.findMany({ where: { status: 'open' } });",
      ['const customers = await prisma.customer.findMany({});'], [],
    ],
  ])('%s', async (_what, before, after, introduced, fixed) => {
    const wrap = (text: string): Files => ({ ...project, 'src/one.ts': `import { prisma } from '@lib/prisma';\n\nexport async function one(customerId: string, limit?: number) {\n  ${text.replaceAll('\n', '\n  ')}\n  return orders.length;\n}\n` });
    const looked = await reviewed(wrap(before), wrap(after));
    expect({ introduced: told(looked, wrap(after)), fixed: repaired(looked, wrap(before)) }).toEqual({
      introduced: introduced.map((line) => `missing-limit src/one.ts: ${line}`), fixed: fixed.map((line) => `missing-limit src/one.ts: ${line}`),
    });
  });

  describe('a call in a loop that led to a query before', () => {
    const calling = (call: string, work: string): Files => ({
      ...project,
      'src/one.ts': `import { prisma } from '@lib/prisma';\n\nasync function settle(order: Order, isLast = false) {\n  ${work}\n}\n\nexport async function settleAll(orders: Order[]) {\n  for (const order of orders) {\n    await ${call};\n  }\n}\n`,
    });
    const paid = "await prisma.order.findFirst({ where: { id: order.id, paid: true } });";
    const mailed = "await prisma.mail.count({ where: { orderId: order.id } });";

    test('is introduced where it is edited and leads to one more', async () => {
      const [base, head] = [calling('settle(order)', paid), calling('settle(order, true)', `${paid}\n  ${mailed}`)];
      const looked = await reviewed(base, head);
      expect({ introduced: told(looked, head), fixed: repaired(looked, base) }).toEqual({ introduced: ['n-plus-one src/one.ts: await settle(order, true);'], fixed: [] });
    });

    test.each([
      ['it is edited and leads to as many', calling('settle(order)', paid), calling('settle(order, true)', paid)],
      ['it leads to fewer', calling('settle(order)', `${paid}\n  ${mailed}`), calling('settle(order, true)', paid)],
      ['it is not edited', calling('settle(order)', paid), calling('settle(order)', `${paid}\n  ${mailed}`)],
    ])('is none where %s', async (_what, base, head) => {
      await changesNothing(base, head);
    });
  });

  test('a file that is new is found as a scan finds it', async () => {
    const { 'package.json': manifest, 'tsconfig.json': config, ...code } = project;
    const before: Files = { 'package.json': manifest!, 'tsconfig.json': config! };
    const [looked, whole] = [await reviewed(before, { ...before, ...code }), await scanned(project)];
    expect(told(looked, project)).toEqual(told(whole, project));
    expect(looked.findings.map((finding) => finding.fingerprint)).toEqual(whole.findings.map((finding) => finding.fingerprint));
  });
});

describe('an edit of what was there before blames nobody', () => {
  test.each<[string, string, string | RegExp, string]>([
    ['the filter', 'src/orders/orders.ts', "where: { status: 'open' }, orderBy", "where: { status: 'open', paid: true }, orderBy"],
    ['a filter that goes', 'src/orders/orders.ts', "where: { status: 'open' }, orderBy", 'orderBy'],
    ['a filter over several lines', 'src/orders/orders.ts', "findMany({ where: { status: 'open' }, orderBy: { createdAt: 'desc' } })", "findMany({\n    where: {\n      status: 'open',\n      archived: false,\n    },\n    orderBy: { createdAt: 'desc' },\n  })"],
    ['columns', 'src/orders/stock.ts', 'select: { sku: true }', 'select: { sku: true, place: true }'],
    ['options of TypeORM', 'src/catalogue/catalogue.service.ts', '{ where: { hidden: false } }', "{ where: { hidden: false }, relations: { tags: true } }"],
    ['a condition of a builder', 'src/catalogue/search.ts', ".orderBy('product.name').getMany()", ".andWhere('product.hidden = false').orderBy('product.name').getMany()"],
    ['a filter of Sequelize', 'src/people/people.js', '{ where: { active: true } }', '{ where: { active: true, team: req.query.team } }'],
    ['a filter of Mongoose', 'src/posts/posts.js', "Post.find({ published: true }).sort('title')", "Post.find({ published: true, draft: false }).sort('-title')"],
    ['a pipeline', 'src/posts/tags.ts', '{ $match: { hidden: false } }', '{ $match: { hidden: false, locale } }'],
    ['a condition of Drizzle', 'src/teams/teams.ts', 'eq(teams.active, true)', 'and(eq(teams.active, true), eq(teams.kind, kind))'],
    ['a condition of Knex', 'src/shipping/parcels.js', "where({ state: 'lost' })", "where({ state: 'lost', found: false })"],
    ['a condition of Kysely', 'src/pets/pets.ts', "where('alive', '=', true)", "where('alive', '=', true).where('kind', '=', 'dog')"],
    ['text of SQL', 'src/billing/ledger.ts', 'WHERE kind = $1 ORDER', 'WHERE kind = $1 AND voided IS NULL ORDER'],
    ['a tag of SQL', 'src/billing/taxes.ts', 'WHERE active', 'WHERE active AND rate > 0'],
    ['the query in a loop', 'src/orders/invoices.ts', 'where: { id: invoice.customerId }', 'where: { id: invoice.customerId, active: true }'],
    ['what a loop does besides', 'src/orders/report.ts', '    rows.push(', '    log(order.id);\n    rows.push('],
    ['the head of a loop', 'src/posts/posts.js', 'for (const post of posts)', 'for (const post of posts.filter((each) => each.author))'],
    ['another form of loop', 'src/people/import.js', /rows\.forEach\(async \(row\) => \{([^]*?)\n {2}\}\);/, 'for (const row of rows) {$1\n  }'],
    ['a loop that becomes a map', 'src/orders/report.ts', /for \(const order of orders\) \{([^]*?)\n {2}\}\n/, 'await Promise.all(orders.map(async (order) => {$1\n  }));\n'],
    ['a try around it', 'src/events/events.ts', /( {2}return events\.find\(\{ date[^\n]*\n)/, '  try {\n  $1  } catch (error) {\n    throw new Error(String(error));\n  }\n'],
    ['a variable for the result', 'src/billing/taxes.ts', /return (sql`SELECT country[^\n]*)\n/, 'const taxes = await $1\n  return taxes;\n'],
    ['a callback instead of await', 'src/people/people.js', /const people = await (Person\.findAll[^\n]*);\n  res\.json\(people\);/, 'return $1.then((people) => res.json(people));'],
  ])('%s', async (_what, path, from, to) => {
    const head = { ...project, [path]: project[path]!.replace(from, to) };
    expect(head[path]).not.toBe(project[path]);
    expect(told(await reviewed(project, head), head)).toEqual([]);
  });

  const orders = 'src/orders/orders.ts';
  test.each<[string, string, [string | RegExp, string][]]>([
    ['an arrow function instead of a declaration', orders, [[/export async function openOrders\(customerId: string\) \{/, 'export const openOrders = async (customerId: string) => {'], ['=== customerId);\n}', '=== customerId);\n};']]],
    ['options in a constant', orders, [[/  const orders = await prisma\.order\.findMany\((\{.*\})\);/, '  const options = $1;\n  const orders = await prisma.order.findMany(options);']]],
    ['the filter in a constant', orders, [[/  const orders = await prisma\.order\.findMany\(\{ where: (\{[^}]*\}),/, '  const where = $1;\n  const orders = await prisma.order.findMany({ where,']]],
    ['the promise in a constant', orders, [[/  const orders = await (prisma\.order\.findMany\(.*\));/, '  const loading = $1;\n  const orders = await loading;']]],
    ['two promises at once', orders, [[/  const orders = await (prisma\.order\.findMany\(.*\));/, '  const [orders, total] = await Promise.all([$1, prisma.order.count()]);']]],
    ['a condition around it', orders, [[/  const orders = await (prisma\.order\.findMany\(.*\));/, '  const orders = customerId ? await $1 : [];']]],
    ['types', orders, [[/  const orders = await (prisma\.order\.findMany\(.*\));/, '  const orders: Order[] = (await $1)! as Order[];']]],
    ['another way to write a member', orders, [['await prisma.order.findMany({ where: { status: \'open\' }, orderBy', "await prisma['order'].findMany({ where: { status: 'open' }, orderBy"]]],
    ['a client in a class', orders, [['export async function openOrders', 'class Orders {\n  constructor(private readonly prisma: PrismaClient) {}\n  async openOrders'], ['await prisma.order.findMany({ where', 'await this.prisma.order.findMany({ where'], ['=== customerId);\n}', '=== customerId);\n}\n}'], ['import { prisma }', "import type { PrismaClient } from '@prisma/client';\nimport { prisma }"]]],
    ['another name for the client', orders, [['import { prisma }', 'import { prisma as database }'], [/\bprisma\.order/g, 'database.order']]],
    ['a function taken out of a loop', 'src/orders/invoices.ts', [[/const customer = await prisma\.customer\.findFirst\(\{ where: \{ id: invoice\.customerId \} \}\)/, 'const customer = await customerOf(invoice)'], ['export const overdue', 'function customerOf(invoice: Invoice) {\n  return prisma.customer.findFirst({ where: { id: invoice.customerId } });\n}\n\nexport const overdue']]],
    ['a function put into a loop', 'src/catalogue/catalogue.service.ts', [['await this.reviewsOf(product.id)', 'await this.reviews.find({ where: { productId: product.id }, take: 5 })']]],
    ['the body of a loop in a function', 'src/orders/report.ts', [['    const lines = await linesOf(order.id);\n', ''], ['    rows.push({ id: order.id, total: lines.reduce((sum, line) => sum + line.price, 0) });', '    rows.push(await row(order));'], [/$/, '\nasync function row(order: { id: string }) {\n  const lines = await linesOf(order.id);\n  return { id: order.id, total: lines.reduce((sum, line) => sum + line.price, 0) };\n}\n']]],
    ['a query taken out of a function', 'src/billing/taxes.ts', [[/return (sql`SELECT country[^\n]*)\n/, 'return activeTaxes();\n'], [/$/, '\nfunction activeTaxes() {\n  return sql`SELECT country, rate FROM taxes WHERE active`;\n}\n']]],
    ['a query taken out of a handler', 'src/web/server.ts', [["  const customers = await prisma.customer.findMany({ orderBy: { name: 'asc' } });\n  res.json(customers);", '  res.json(await everybody());'], ['export default app;', "async function everybody() {\n  return prisma.customer.findMany({ orderBy: { name: 'asc' } });\n}\n\nexport default app;"]]],
    ['a byte order mark', orders, [[/^/, '\ufeff']]],
    ['text of SQL in a template', 'src/billing/ledger.ts', [["'SELECT * FROM entries WHERE kind = $1 ORDER BY booked_at'", '`\n    SELECT *\n    FROM entries\n    WHERE kind = $1\n    ORDER BY booked_at\n  `']]],
    ['text of SQL in a constant', 'src/billing/ledger.ts', [["await pool.query('SELECT * FROM entries WHERE kind = $1 ORDER BY booked_at', [kind])", 'await pool.query(byKind, [kind])'], ['export async function entries', "const byKind = 'SELECT * FROM entries WHERE kind = $1 ORDER BY booked_at';\n\nexport async function entries"]]],
  ])('code that is said in another way: %s', async (_what, path, edits) => {
    const head = { ...project, [path]: edits.reduce((text, [from, to]) => {
      expect(text).toMatch(from);
      return text.replace(from, to);
    }, project[path]!) };
    expect(told(await reviewed(project, head), head)).toEqual([]);
  });

  test('an edit and a move at once', async () => {
    const edited = { ...project, 'src/orders/orders.ts': project['src/orders/orders.ts']!.replace("where: { status: 'open' }, orderBy", "where: { status: 'open', paid: true }, orderBy") };
    const head = renameFile(edited, 'src/orders/orders.ts', 'src/orders/order-book.ts');
    expect(told(await reviewed(project, head), head)).toEqual([]);
  });

  test('a limit that comes repairs the old query, and only that', async () => {
    const head = { ...project, 'src/orders/orders.ts': project['src/orders/orders.ts']!.replace("orderBy: { createdAt: 'desc' } }", "orderBy: { createdAt: 'desc' }, take: 100 }") };
    const looked = await reviewed(project, head);
    expect({ introduced: told(looked, head), fixed: repaired(looked, project) }).toEqual({
      introduced: [], fixed: ["missing-limit src/orders/orders.ts: const orders = await prisma.order.findMany({ where: { status: 'open' }, orderBy: { createdAt: 'desc' } });"],
    });
  });
});

describe('whoever reads, and in whatever order, sees the same', () => {
  const head: Files = {
    ...renameFile(project, 'src/people/people.js', 'src/people/persons.js'),
    'src/orders/orders.ts': project['src/orders/orders.ts']!.replace('    take: 50,\n', ''),
    'src/teams/teams.ts': renameLocals('src/teams/teams.ts', project['src/teams/teams.ts']!),
    'src/shipping/parcels.js': restyle('src/shipping/parcels.js', project['src/shipping/parcels.js']!),
    'src/jobs/new.ts': "import { linesOf } from '../orders/orders';\n\nexport async function all(ids: string[]) {\n  for (const id of ids) await linesOf(id);\n}\n",
  };
  delete (head as Record<string, string>)['src/billing/rates.ts'];
  const expected = [
    'n-plus-one src/jobs/new.ts: for (const id of ids) await linesOf(id);',
    'missing-limit src/orders/orders.ts: return prisma.order.findMany({',
  ];

  test('in memory', async () => {
    expect(told(await reviewed(project, head), head)).toEqual(expected);
  });

  const turned = (transform: (path: string, text: string) => string): Files => ({ ...project, ...Object.fromEntries(sources.map((path) => [path, transform(path, project[path]!)])) });
  test.each<[string, () => Files, string[]]>([
    ['many things at once', () => head, expected],
    ["the printer's format", () => turned(print), []],
    ['another style, in another order', () => turned((path, text) => restyle(path, reorder(path, text))), []],
    ['other names for functions and files', () => renameFile(renameFunctions(project), 'src/lib/prisma.ts', 'src/lib/client.ts'), []],
  ])('git objects and the disk: %s', async (_what, make, introduced) => {
    const after = make();
    const repository = newRepository();
    for (const [path, text] of Object.entries(project)) repository.write(path, text);
    const base = repository.commit('before');
    for (const path of Object.keys(project)) if (!Object.hasOwn(after, path)) repository.remove(path);
    for (const [path, text] of Object.entries(after)) repository.write(path, text);
    const disk = await openDisk(repository.folder, { base });
    const onDisk = await look(disk, { change: await changeInWorkingTree(repository.folder, base) });
    const wholeDisk = await look(disk, { head: 'head', paths: Object.keys(after).filter(isCode) });
    disk.close();
    const tip = repository.commit('after');
    const objects = await openObjects(repository.folder, { base, head: tip });
    const inGit = await look(objects, { change: await changeInGit(repository.folder, base, tip) });
    const wholeGit = await look(objects, { head: 'head', paths: Object.keys(after).filter(isCode) });
    objects.close();
    const bare = (looked: Looked) => ({ findings: byPlace(looked), fixed: looked.fixed, notes: looked.notes, skipped: looked.skipped });
    expect(told(inGit, after)).toEqual(introduced);
    expect(bare(onDisk)).toEqual(bare(inGit));
    expect(bare(await reviewed(project, after))).toEqual(bare(inGit));
    expect(bare(wholeDisk)).toEqual(bare(wholeGit));
    expect(bare(await scanned(after))).toEqual(bare(wholeGit));
  });

  test('the order of files', async () => {
    const change = changeBetween(project, head);
    const inOrder = await look(inMemory({ base: project, head }), { change });
    for (const files of [change.files.toReversed(), shuffled(change.files, 1), shuffled(change.files, 2)]) {
      const other = await look(inMemory({ base: project, head }), { change: { ...change, files } });
      expect(other.findings).toEqual(inOrder.findings);
      expect(other.fixed).toEqual(inOrder.fixed);
    }
    const whole = await scanned(project, sources);
    for (const paths of [sources.toReversed(), shuffled(sources, 3), shuffled(sources, 4)]) {
      expect(byPlace(await scanned(project, paths))).toEqual(byPlace(whole));
    }
  });

  test('one file at a time, following the others in rounds', async () => {
    const whole = byPlace(await scanned(project));
    const single = [];
    for (const path of sources) single.push(...(await scanned(project, [path])).findings);
    expect(byPlace({ findings: single })).toEqual(whole);
  });

  test('only what a finding may lead to is read', async () => {
    const read = async (edit: (text: string) => string): Promise<string[]> => {
      const reader = inMemory({ base: project, head });
      await look(reader, { change: changeBetween(project, { ...project, 'src/orders/report.ts': edit(project['src/orders/report.ts']!) }) });
      return [...reader.asked].filter((path) => Object.hasOwn(project, path)).sort();
    };
    expect(await read((text) => `${text}\n`)).toEqual(['package.json', 'src/orders/report.ts', 'tsconfig.json']);
    expect(await read((text) => text.replace(') {\n', ') {\n  console.time();\n'))).toEqual(['package.json', 'src/lib/prisma.ts', 'src/orders/orders.ts', 'src/orders/report.ts', 'tsconfig.json']);
  });
});

/** The same fingerprints may be numbered in the order in which files come, so they are left out. */
function byPlace({ findings }: Pick<Looked, 'findings'>): unknown[] {
  return findings.map(({ fingerprint, ...rest }) => rest).sort((one, other) => (one.path === other.path ? one.line - other.line || one.column - other.column : one.path < other.path ? -1 : 1));
}

function shuffled<T>(items: readonly T[], seed: number): T[] {
  const rest = [...items];
  const taken: T[] = [];
  for (let state = seed; rest.length > 0; ) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    taken.push(...rest.splice(state % rest.length, 1));
  }
  return taken;
}
