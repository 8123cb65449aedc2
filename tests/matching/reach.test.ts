import { describe, expect, test } from 'vitest';
import { openCompiler, parse, ts, type Node, type SourceFile } from '../../src/code/compiler.ts';
import { functionName, isFunctionBody } from '../../src/code/syntax.ts';
import { namesDeclaredIn, reachOf, type FilePair } from '../../src/matching/reach.ts';
import { changeBetween } from '../change-between.ts';
import type { Files } from '../in-memory.ts';

await openCompiler();

/** The functions that are asked about at each side, by their names, in the order of files and lines; one without a name by its beginning. */
function asked(base: Files, head: Files, further: readonly string[] = []): { head: string[]; base: string[] } {
  const pairs: FilePair[] = changeBetween(base, head).files.map((file) => ({
    file,
    head: file.status === 'deleted' ? undefined : parse(`/${file.path}`, head[file.path]!),
    base: file.basePath === undefined ? undefined : parse(`/${file.basePath}`, base[file.basePath]!),
  }));
  const reach = reachOf(pairs, further, false);
  const functionsOf = (tree: SourceFile | undefined): string[] => {
    const found: string[] = [];
    const visit = (node: Node): void => {
      if (isFunctionBody(node) && node.body && reach!.includes(node.body)) found.push(functionName(node) ?? node.getText().slice(0, 14));
      ts.forEachChild(node, visit);
    };
    if (tree) visit(tree);
    return found;
  };
  return { head: pairs.flatMap((pair) => functionsOf(pair.head)), base: pairs.flatMap((pair) => functionsOf(pair.base)) };
}

/** The same at both sides, for changes that leave the functions themselves where they were. */
function askedBoth(base: Files, head: Files): string[] {
  const found = asked(base, head);
  expect(found.head).toEqual(found.base);
  return found.head;
}

const edit = (files: Files, path: string, from: string | RegExp, to: string): Files => {
  const text = files[path]!.replace(from, to);
  expect(text).not.toBe(files[path]);
  return { ...files, [path]: text };
};

const posts = `import { db } from './db';

const pageSize = 50;

export function load(id: string) {
  return db.post(id);
}

export function latest() {
  return db.posts(pageSize);
}

export async function titles(ids: string[]) {
  return Promise.all(ids.map((id) => load(id)));
}

export function format(post: { title: string }) {
  return post.title.trim();
}
`;

describe('of one file', () => {
  const files: Files = { 'posts.ts': posts };
  test.each<[string, string | RegExp, string, string[]]>([
    ['a function, who calls it, and what it calls', 'return db.post(id);', 'return db.post(id, format);', ['load', 'titles', '(id) => load(i', 'format']],
    ['a constant, and who uses it', 'pageSize = 50', 'pageSize = 60', ['latest']],
    ['an import, and who uses it', "'./db'", "'./other'", ['load', 'latest', 'titles', '(id) => load(i']],
    ['an import that only gets company', '{ db }', '{ db, log }', []],
    ['an import under another name', '{ db }', '{ database as db }', ['load', 'latest', 'titles', '(id) => load(i']],
    ['nothing, by a comment at the end', /$/, '// The end.\n', []],
    ['what a comment stands above', 'export function format', '// Of a blog.\nexport function format', ['format']],
    ['nothing else, by a new function', /$/, '\nexport function other() {\n  return 1;\n}\n', []],
    ['everything that says what it runs in', /^/, "'use server';\n", ['load', 'latest', 'titles', '(id) => load(i', 'format']],
    ['everything, by a package that says what a file is', /^/, "import express from 'express';\n", ['load', 'latest', 'titles', '(id) => load(i', 'format']],
  ])('%s', (_what, from, to, expected) => {
    const found = asked(files, edit(files, 'posts.ts', from, to));
    expect(found.base).toEqual(expected);
    expect(found.head.filter((name) => name !== 'other')).toEqual(expected);
  });

  test('who called what is gone', () => {
    expect(asked(files, edit(files, 'posts.ts', /export function load[^]*?\n}\n\n/, ''))).toEqual({ head: ['titles', '(id) => load(i'], base: ['load', 'titles', '(id) => load(i'] });
  });

  test('functions that move into another one', () => {
    const head = { 'posts.ts': posts.replace('export function load', 'export function make() {\nfunction load').replace('export function latest', 'function latest').replace(/export async function titles/, 'return { load, latest };\n}\n\nexport async function titles') };
    const found = asked(files, head);
    expect(found.head).toEqual(expect.arrayContaining(['load', 'latest']));
    expect(found.base).toEqual(expect.arrayContaining(['load', 'latest']));
  });

  test('all of a file under another name', () => {
    expect(asked(files, { 'blog/posts.ts': posts }).head).toEqual(asked({}, files).head);
  });
});

describe('in other files', () => {
  const files: Files = {
    'posts.ts': posts,
    'named.ts': "import { load } from './posts';\nexport const one = (id: string) => load(id);\nexport const two = () => 2;\n",
    'renamed.ts': "import { load as loadPost } from './posts';\nexport const three = (id: string) => loadPost(id);\nexport const four = () => 4;\n",
    'whole.ts': "import * as blog from './posts';\nexport const five = (id: string) => blog.load(id);\nexport const six = () => blog.format({ title: '' });\n",
    'required.js': "const { load: get } = require('./posts');\nexports.seven = (id) => get(id);\nexports.eight = () => 8;\n",
    'passed.ts': "export { load as fetchPost } from './posts';\n",
    'through.ts': "import { fetchPost } from './passed';\nexport const nine = (id: string) => fetchPost(id);\n",
  };
  /** Every file is part of the change, by a remark at its end. */
  const touched = (each: Files): Files => Object.fromEntries(Object.entries(each).map(([path, text]) => [path, `${text}// Seen.\n`]));

  test('who calls it, by whatever name', () => {
    expect(askedBoth(files, touched(edit(files, 'posts.ts', 'return db.post(id);', 'return db.find(id);')))).toEqual(['load', 'titles', '(id) => load(i', 'one', 'three', 'five', 'seven', 'nine']);
  });

  test('nobody who says the same word of something else', () => {
    const members: Files = {
      'posts.service.ts': 'export class PostsService {\n  constructor(private readonly repo: Repo) {}\n\n  count() {\n    return this.repo.count();\n  }\n\n  private own() {\n    return 1;\n  }\n}\n',
      'shelf.ts': 'export function width(shelf: Shelf) {\n  return shelf.count() + shelf.own();\n}\n',
      'report.ts': "import type { PostsService } from './posts.service';\nexport const lines = (posts: PostsService) => posts.count();\n",
    };
    expect(askedBoth(members, touched(edit(members, 'posts.service.ts', 'this.repo.count()', 'this.repo.size()')))).toEqual(['PostsService.count', 'lines']);
    expect(askedBoth(members, touched(edit(members, 'posts.service.ts', 'return 1', 'return 2')))).toEqual(['PostsService.own']);
  });

  test('who takes the default export', () => {
    const whole: Files = { 'load-post.ts': 'export default async function (id: string) {\n  return db.post(id);\n}\n', 'page.ts': "import get from './load-post';\nexport const page = (id: string) => get(id);\nexport const other = () => 1;\n" };
    expect(askedBoth(whole, touched(edit(whole, 'load-post.ts', 'db.post', 'db.find')))).toEqual(['async function ', 'page'].map((name) => (name.startsWith('async') ? expect.any(String) as unknown as string : name)));
  });

  test('names of files that nobody parses', () => {
    const head = touched(files);
    expect(asked(files, head, ['load']).head).toEqual(expect.arrayContaining(['titles', 'one', 'three']));
    const [file] = changeBetween({ 'gen.ts': 'export const plans = 1;\n' }, { 'gen.ts': 'export const prices = () => 1;\n' }).files;
    expect(namesDeclaredIn(file!)).toEqual(['plans', 'prices', 'gen']);
  });
});

describe('of a class', () => {
  const service = "import { Repository } from 'typeorm';\n\n@Injectable()\nexport class Posts extends Base {\n  @Column({ unique: true })\n  slug: string;\n\n  size = 5;\n\n  constructor(\n    private readonly posts: Repository<Post>,\n    private readonly log: Logger,\n  ) {\n    super();\n  }\n\n  one(id: string) {\n    return this.posts.findOne({ id });\n  }\n\n  two() {\n    this.log.info(this.size);\n    return this.one('2');\n  }\n}\n\nexport const slugs = (all: Posts[]) => all.map((each) => each.slug);\n";
  const files: Files = { 'posts.ts': service };
  test.each<[string, string | RegExp, string, string[]]>([
    ['a method and who calls it', 'findOne({ id })', 'findOneBy({ id })', ['Posts.one', 'Posts.two']],
    ['a field, who uses it, and what that calls', 'size = 5', 'size = 6', ['Posts.one', 'Posts.two']],
    ['what the constructor takes and who uses it', 'Repository<Post>', 'Repository<Article>', ['Posts.constructor', 'Posts.one', 'Posts.two']],
    ['a column says something of the class', 'unique: true', 'unique: false', ['slugs', '(each) => each']],
    ['what it is built on bears on all of it', 'extends Base', 'extends Other', ['Posts.constructor', 'Posts.one', 'Posts.two', 'slugs', '(each) => each']],
  ])('%s', (_what, from, to, expected) => {
    expect(askedBoth(files, edit(files, 'posts.ts', from, to))).toEqual(expected);
  });
});

describe('of what serves requests', () => {
  const routes = "import { Router } from 'express';\nimport { create, list } from './handlers';\n\nexport const posts = Router();\nconst check = (req, res, next) => next();\n\nposts.get('/', list);\nposts.post('/', check, (req, res) => res.json(1));\nposts.put('/', (req, res) => res.json(2));\n";
  const handlers = 'export const list = (req, res) => res.json([]);\nexport const create = (req, res) => res.json({});\n';
  const files: Files = { 'handlers.ts': handlers, 'routes.ts': routes };
  test('the handler of a route whose middleware changed, and no other route', () => {
    expect(askedBoth(files, edit({ ...files, 'handlers.ts': `${handlers}//\n` }, 'routes.ts', "'/', list", "'/', check, list"))).toEqual(expect.arrayContaining(['list', 'check']));
    expect(asked(files, edit(files, 'routes.ts', "'/', list", "'/', check, list")).head).toEqual(['check']);
  });

  test('every route of a router that uses something else', () => {
    const found = asked(files, edit(files, 'routes.ts', "posts.get('/', list);", "posts.use(check);\nposts.get('/', list);"));
    expect(found.head).toEqual(['check', '(req, res) => ', '(req, res) => ']);
  });

  test('a handler whose schema changed, and not the procedure beside another one', () => {
    const route: Files = { 'route.ts': 'export const route = {\n  schema: { body: strict },\n  handler: async (req) => save(req.body),\n};\n' };
    expect(askedBoth(route, edit(route, 'route.ts', 'strict', 'loose'))).toEqual(['handler']);
    const router: Files = { 'router.ts': 'export const router = t.router({\n  one: t.procedure\n    .input(first)\n    .query(async ({ input }) => load(input)),\n  two: t.procedure\n    .input(second)\n    .query(async ({ input }) => loadTwo(input)),\n});\n' };
    expect(askedBoth(router, edit(router, 'router.ts', 'second', 'third'))).toHaveLength(1);
    expect(askedBoth(router, edit(router, 'router.ts', 'load(input)', 'find(input)'))).toHaveLength(1);
  });

  test('the methods of a factory and the routes of a plugin one by one', () => {
    const factory: Files = { 'factory.ts': 'export function makePosts(db) {\n  const load = async (id) => {\n    return db.post(id);\n  };\n  const all = async () => {\n    return load(1);\n  };\n  const other = () => 3;\n  return { load, all, other };\n}\n' };
    expect(askedBoth(factory, edit(factory, 'factory.ts', 'db.post', 'db.find')).filter((name) => name !== 'makePosts')).toEqual(['load', 'all']);
    const plugin: Files = { 'plugin.ts': "export default async function routes(app) {\n  app.get('/a', async () => {\n    return db.a();\n  });\n  app.get('/b', async () => {\n    return db.b();\n  });\n}\n" };
    expect(askedBoth(plugin, edit(plugin, 'plugin.ts', 'db.b()', 'db.c()')).filter((name) => name !== 'routes')).toHaveLength(1);
  });
});

describe('of events', () => {
  const listeners: Files = {
    'paid.listener.ts': "export class PaidListener {\n  @OnEvent('order.paid')\n  async onPaid(order) {\n    await this.load(order);\n  }\n}\n@EventsHandler(OrderSent)\nexport class SentHandler {\n  handle(event) {\n    return mail(event);\n  }\n}\n",
    'orders.ts': "export const pay = (events, order) => events.emit('order.paid', order);\nexport const send = (bus, order) => bus.publish(new OrderSent(order));\nexport const other = (events, order) => events.emit('order.kept', order);\n",
  };
  const seen = (files: Files): Files => ({ ...files, 'orders.ts': `${files['orders.ts']!}//\n` });
  test('whoever emits what a listener takes up', () => {
    expect(askedBoth(listeners, seen(edit(listeners, 'paid.listener.ts', 'this.load', 'this.find')))).toEqual(['PaidListener.onPaid', 'pay']);
    expect(askedBoth(listeners, seen(edit(listeners, 'paid.listener.ts', 'mail(event)', 'letter(event)')))).toEqual(['SentHandler.handle', 'send']);
  });
});

describe('of types', () => {
  const types: Files = { 'types.ts': 'export interface Context {\n  name: string;\n  posts: Posts;\n}\n', 'use.ts': 'export const a = (context: Context) => context.posts.all();\nexport const b = (context: Context) => context.name;\n' };
  const seen = (files: Files): Files => ({ ...files, 'use.ts': `${files['use.ts']!}//\n` });
  test('a member that leads somewhere, and none that holds a text', () => {
    expect(askedBoth(types, seen(edit(types, 'types.ts', 'posts: Posts', 'posts: Articles')))).toEqual(['a']);
    expect(askedBoth(types, seen(edit(types, 'types.ts', 'name: string', 'name: string | number')))).toEqual([]);
  });
});

describe('by way of what a file says of itself and of others', () => {
  /** Who is asked when one line of one file changes and every other file is part of the change by a remark. */
  const reached = (files: Files, path: string, from: string, to: string): string[] => {
    const head = edit(files, path, from, to);
    return askedBoth(files, Object.fromEntries(Object.entries(head).map(([each, text]) => [each, `${text}// Seen.\n`])));
  };

  test('who calls something of its own name', () => {
    const files: Files = {
      'repo.ts': 'export class PostsRepo {\n  load(id) {\n    return db.post(id);\n  }\n}\n',
      'service.ts': 'export class Posts {\n  constructor(private repo: PostsRepo) {}\n  load(id) {\n    return this.repo.load(id);\n  }\n  count() {\n    return 1;\n  }\n}\n',
      'shelf.ts': 'export class Shelf {\n  constructor(private posts: PostsRepo) {}\n  load() {\n    return 1;\n  }\n}\n',
    };
    expect(reached(files, 'repo.ts', 'db.post', 'db.find')).toEqual(['PostsRepo.load', 'Posts.load']);
  });

  test.each<[string, Files]>([
    ['what inherits it', { 'holder.ts': 'export class Articles extends PostsRepo {}\n', 'use.ts': 'export const use = (shelf: Articles) => shelf.load(1);\n' }],
    ['what it stands in for', { 'use.ts': 'export const use = (shelf: Loads) => shelf.load(1);\n' }],
    ['what holds one', { 'holder.ts': 'export type Context = {\n  shelf: PostsRepo;\n};\n', 'use.ts': 'export const use = ({ shelf }: Context) => shelf.load(1);\n' }],
    ['who makes one', { 'holder.ts': 'export function shelf() {\n  return new PostsRepo();\n}\n', 'use.ts': 'export const use = () => shelf().load(1);\n' }],
  ])('a method, by %s', (_what, others) => {
    const files: Files = { 'repo.ts': 'export class PostsRepo implements Loads {\n  load(id) {\n    return db.post(id);\n  }\n}\n', ...others };
    expect(reached(files, 'repo.ts', 'db.post', 'db.find')).toEqual(expect.arrayContaining(['PostsRepo.load', 'use']));
  });

  test('what a constructor keeps, in classes that inherit it', () => {
    const files: Files = { 'base.js': 'export class Base {\n  constructor() {\n    this.posts = db.posts;\n  }\n}\n', 'repo.js': 'export class Repo extends Base {\n  load() {\n    return this.posts.all();\n  }\n}\n' };
    expect(reached(files, 'base.js', 'db.posts', 'db.articles')).toEqual(['Base.constructor', 'Repo.load']);
  });

  test('each of two methods that are called the same', () => {
    const load = '  load(id) {\n    return db.post(id);\n  }\n';
    const files: Files = {
      'repos.ts': `export class PostsRepo {\n${load}}\nexport class UsersRepo {\n${load}}\n`,
      'one.ts': 'export const one = (shelf: PostsRepo) => shelf.load(1);\n', 'two.ts': 'export const two = (shelf: UsersRepo) => shelf.load(1);\n',
    };
    const head = Object.fromEntries(Object.entries(files).map(([path, text]) => [path, `${text.replaceAll('db.post', 'db.find')}// Seen.\n`]));
    expect(askedBoth(files, head)).toEqual(['PostsRepo.load', 'UsersRepo.load', 'one', 'two']);
  });

  test('names of one letter', () => {
    const files: Files = { 'q.ts': 'export const q = (id) => db.post(id);\n', 'use.ts': 'export const use = (id) => q(id);\n' };
    expect(reached(files, 'q.ts', 'db.post', 'db.find')).toEqual(['q', 'use']);
  });

  test.each(['./lib', '@acme/lib'])('whatever is imported from a file that passes another one on: %s', (from) => {
    const files: Files = { 'lib/src/index.ts': "export * from './posts';\n", 'lib/index.ts': "export * from './posts';\n", 'use.ts': `import { load } from '${from}';\nexport const use = (id) => load(id);\nexport const other = () => 1;\n` };
    expect(reached(files, from === './lib' ? 'lib/index.ts' : 'lib/src/index.ts', './posts', './articles')).toEqual(['use']);
  });

  test('the same, by an import that gets company', () => {
    const files: Files = { 'lib/index.ts': "export * from './posts';\n", 'use.ts': "import { load } from './lib';\nexport const use = (id) => load(id);\n" };
    expect(askedBoth(files, edit(edit(files, 'lib/index.ts', './posts', './articles'), 'use.ts', '{ load }', '{ load, save }'))).toEqual(['use']);
  });

  test('who takes a file as a whole that is another one now', () => {
    expect(reached({ 'use.ts': "import posts = require('./posts');\nexport const use = (id) => posts.load(id);\nexport const other = () => 1;\n" }, 'use.ts', './posts', './articles')).toEqual(['use']);
  });

  test('all that is done to a router which is another one now', () => {
    const files: Files = { 'routes.ts': "const router = Router();\nrouter.route('/').post(create);\n", 'handlers.ts': 'export const create = (req, res) => res.json({});\n' };
    expect(reached(files, 'routes.ts', 'Router()', 'other()')).toEqual(['create']);
  });

  test('what stands on the lines of what is asked about, on both sides', () => {
    const files: Files = { 'repo.ts': 'export const make = (db) => {\n  const one = (id) => db.one(id);\n  const two = (id) => db.two(id);\n  return { one, two, count: () => db.count() };\n};\n' };
    expect(reached(files, 'repo.ts', 'db.one', 'db.first')).toEqual(['make', 'one', 'count']);
  });

  test('a statement with a parameter in it, in the file of a handler', () => {
    const files: Files = { 'find.ts': "export const handler = (req) => first(req.query.text);\nconst first = (text) => second(text);\nconst second = (text) => pool.query(`select * from posts where text = '${text}'`);\nconst third = () => 3;\n" };
    expect(reached(files, 'find.ts', 'first(req.query.text)', 'first(parse(req.query.text))')).toEqual(['handler', 'first', 'second']);
  });
});

describe('of what runs as a file is loaded', () => {
  const files: Files = { 'load.ts': 'export const load = () => db.posts();\n', 'run.ts': "const posts = await load();\nawait audit.write();\nserve('/', () => 1);\n" };
  const statementsAsked = (beside: boolean): string[] => {
    const head = { 'load.ts': files['load.ts']!.replace('posts', 'articles'), 'run.ts': `${files['run.ts']!}// Seen.\n` };
    const pairs = changeBetween(files, head).files.map((file): FilePair => ({ file, head: parse(`/${file.path}`, head[file.path as 'run.ts']), base: parse(`/${file.path}`, files[file.path]!) }));
    const reach = reachOf(pairs, [], beside);
    return pairs[1]!.head!.statements.filter((statement) => reach!.extentOf(statement) !== 'none').map((statement) => statement.getText());
  };
  test('what stands beside what does something else now, where a lesson looks beside', () => {
    expect(statementsAsked(false)).toEqual(['const posts = await load();']);
    expect(statementsAsked(true)).toEqual(['const posts = await load();', 'await audit.write();', "serve('/', () => 1);"]);
  });
});
