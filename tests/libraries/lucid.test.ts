import { samples } from '../samples.ts';

samples('n-plus-one', {
  'a model of another file': {
    'app/models/post.ts': `
      import { BaseModel, column } from '@adonisjs/lucid/orm';
      export default class Post extends BaseModel { @column() declare userId: number; }`,
    'app/controllers/users.ts': `
      import Post from '../models/post.js';
      export async function withPosts(users: User[]) {
        const found = [];
        for (const user of users) {
          found.push(await Post.query().where('user_id', user.id)); // want n-plus-one
        }
        return found;
      }`,
  },
  'one row by its id': `
    import { BaseModel } from '@ioc:Adonis/Lucid/Orm';
    class Tag extends BaseModel {}
    const tags = await Promise.all(ids.map((id) => Tag.findOrFail(id))); // want n-plus-one`,
  'a relation is loaded for each row': `
    import { BaseModel } from '@adonisjs/lucid/orm';
    class Post extends BaseModel {}
    for (const post of await Post.query().limit(20)) {
      await post.load('comments'); // want n-plus-one
    }`,
  'related rows are asked for': {
    'package.json': '{ "dependencies": { "@adonisjs/lucid": "21" } }',
    'app/services/feed.ts': `
      export async function feed(users) {
        for (const user of users) show(await user.related('posts').query().where('published', true)); // want n-plus-one
      }`,
  },
  'a row is made for each element': `
    import { BaseModel } from '@adonisjs/lucid/orm';
    class Tag extends BaseModel {}
    for (const name of names) {
      await Tag.firstOrCreate({ name }); // want n-plus-one
    }`,
  'rows are saved one by one': `
    import { BaseModel } from '@adonisjs/lucid/orm';
    class Tag extends BaseModel { declare name: string }
    for (const name of names) {
      const tag = new Tag();
      tag.name = name;
      await tag.save(); // want n-plus-one
    }`,
  'the builder of the database': `
    import db from '@adonisjs/lucid/services/db';
    for (const id of ids) {
      const row = await db.from('users').where('id', id).first(); // want n-plus-one
      show(row);
    }`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'the related rows come with the query': `
    import { BaseModel } from '@adonisjs/lucid/orm';
    class Post extends BaseModel {}
    const posts = await Post.query().preload('comments').paginate(page, 20);
    for (const post of posts) show(post.comments, post.serialize());`,
  'all at once': `
    import { BaseModel } from '@adonisjs/lucid/orm';
    class Tag extends BaseModel {}
    const tags = await Tag.findMany(ids);
    await Tag.createMany(names.map((name) => ({ name })));
    await Tag.query().whereIn('id', ids).update({ seen: true });`,
  'conditions in a loop, and load of something else': `
    import { BaseModel } from '@adonisjs/lucid/orm';
    class Tag extends BaseModel {}
    const query = Tag.query();
    for (const word of words) query.where('name', 'like', word);
    for (const plugin of plugins) await plugin.load('settings');
    const tags = await query.limit(20);`,
});

samples('missing-limit', {
  'all rows': `
    import { BaseModel } from '@adonisjs/lucid/orm';
    class Tag extends BaseModel {}
    export const tags = () => Tag.all(); // want missing-limit`,
  'a filter and an order do not limit': `
    import { BaseModel } from '@adonisjs/lucid/orm';
    class Post extends BaseModel {}
    export async function posts() {
      return await Post.query().where('published', true).preload('author').orderBy('id', 'desc'); // want missing-limit
    }`,
  'the builder of the database': `
    import Database from '@ioc:Adonis/Lucid/Database';
    const rows = await Database.from('logs').select('*').where('level', 'error'); // want missing-limit`,
  'the children of one parent': `
    import { BaseModel } from '@adonisjs/lucid/orm';
    class Post extends BaseModel {}
    export const posts = async (id: number) => Post.query().where('user_id', id).orderBy('id'); // want missing-limit:note`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'limits of all kinds': `
    import { BaseModel } from '@adonisjs/lucid/orm';
    class Post extends BaseModel {}
    await Post.query().where('published', true).paginate(page, 20);
    await Post.query().limit(20);
    await Post.query().forPage(2, 20);
    await Post.findMany([1, 2, 3]);
    await Post.query().whereIn('id', ids);`,
  'one row, and counts': `
    import { BaseModel } from '@adonisjs/lucid/orm';
    class Post extends BaseModel {}
    await Post.find(1);
    await Post.query().where('slug', slug).firstOrFail();
    await Post.query().count('* as total');`,
  'a query that is handed on as a part of another': `
    import { BaseModel } from '@adonisjs/lucid/orm';
    class Post extends BaseModel {}
    const authors = await Author.query().whereIn('id', Post.query().select('author_id')).limit(20);`,
});
