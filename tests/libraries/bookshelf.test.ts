import { samples } from '../samples.ts';

samples('n-plus-one', {
  'a model of another file': {
    'models/post.js': `
      const bookshelf = require('../bookshelf');
      module.exports = bookshelf.model('Post', { tableName: 'posts' });`,
    'bookshelf.js': `
      const knex = require('knex')({ client: 'pg' });
      module.exports = require('bookshelf')(knex);`,
    'authors.js': `
      const Post = require('./models/post');
      exports.withPosts = async (authors) => {
        for (const author of authors) {
          author.posts = await Post.where({ author_id: author.id }).fetchAll(); // want n-plus-one
        }
      };`,
  },
  'a new model by its key': `
    import Bookshelf from 'bookshelf';
    const bookshelf = Bookshelf(knex);
    const User = bookshelf.Model.extend({ tableName: 'users' });
    const users = await Promise.all(ids.map((id) => new User({ id }).fetch())); // want n-plus-one`,
  'a class': `
    import createBookshelf from 'bookshelf';
    const orm = createBookshelf(knex);
    class Tag extends orm.Model { get tableName() { return 'tags'; } }
    for (const name of names) {
      await new Tag({ name }).save(); // want n-plus-one:note
    }`,
  'forged and saved': {
    'package.json': '{ "dependencies": { "bookshelf": "1" } }',
    'tags.js': `
      module.exports = async (db, names) => {
        for (const name of names) await db.Tag.forge({ name }).save(); // want n-plus-one:note
      };`,
  },
  'related rows of each row': `
    import createBookshelf from 'bookshelf';
    const Post = createBookshelf(knex).model('Post', { tableName: 'posts' });
    const posts = await Post.fetchAll();
    for (const post of posts.models) {
      await post.related('tags').fetch(); // want n-plus-one
    }`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'the related rows come with the query': `
    import createBookshelf from 'bookshelf';
    const Post = createBookshelf(knex).model('Post', { tableName: 'posts' });
    const posts = await Post.where('id', 'in', ids).fetchAll({ withRelated: ['tags'] });
    posts.forEach((post) => show(post.get('title'), post.related('tags').toJSON()));`,
  'models are made and saved together': `
    import createBookshelf from 'bookshelf';
    const orm = createBookshelf(knex);
    const Tag = orm.model('Tag', { tableName: 'tags' });
    const Tags = orm.Collection.extend({ model: Tag });
    await Tags.forge(names.map((name) => ({ name }))).invokeThen('save');`,
  'fetch of something else': `
    import createBookshelf from 'bookshelf';
    for (const url of urls) show(await fetch(url), await store.fetch(url), settings.get(url));`,
});

samples('missing-limit', {
  'the whole table': `
    import createBookshelf from 'bookshelf';
    const Post = createBookshelf(knex).model('Post', { tableName: 'posts' });
    export const posts = () => Post.fetchAll(); // want missing-limit`,
  'a filter and an order do not limit': `
    import createBookshelf from 'bookshelf';
    const Post = createBookshelf(knex).model('Post', { tableName: 'posts' });
    export const posts = () => Post.where({ published: true }).orderBy('-created').fetchAll({ withRelated: ['tags'] }); // want missing-limit`,
  'forged': `
    import createBookshelf from 'bookshelf';
    const Post = createBookshelf(knex).model('Post', { tableName: 'posts' });
    const posts = await Post.forge().where('published', true).fetchAll(); // want missing-limit`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'a page': `
    import createBookshelf from 'bookshelf';
    const Post = createBookshelf(knex).model('Post', { tableName: 'posts' });
    const posts = await Post.where({ published: true }).fetchPage({ page, pageSize: 20 });`,
  'a limit on the builder': `
    import createBookshelf from 'bookshelf';
    const Post = createBookshelf(knex).model('Post', { tableName: 'posts' });
    await Post.query((builder) => builder.limit(20)).fetchAll();
    await Post.where({ published: true }).query('limit', 20).fetchAll();`,
  'one row, and a count': `
    import createBookshelf from 'bookshelf';
    const Post = createBookshelf(knex).model('Post', { tableName: 'posts' });
    await Post.where({ id }).fetch();
    await Post.where({ published: true }).count();`,
});
