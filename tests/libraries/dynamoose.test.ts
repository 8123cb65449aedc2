import { samples } from '../samples.ts';

samples('n-plus-one', {
  'a model of another file': {
    'models/user.js': `
      const dynamoose = require('dynamoose');
      module.exports = dynamoose.model('User', new dynamoose.Schema({ id: String }));`,
    'load.js': `
      const User = require('./models/user');
      exports.load = async (ids) => {
        const users = [];
        for (const id of ids) users.push(await User.get(id)); // want n-plus-one
        return users;
      };`,
  },
  'a query per parent': `
    import * as dynamoose from 'dynamoose';
    const Post = dynamoose.model('Post', schema);
    const posts = await Promise.all(users.map((user) => Post.query('author').eq(user.id).exec())); // want n-plus-one`,
  'one delete after the other': `
    import dynamoose from 'dynamoose';
    const Post = dynamoose.model('Post', schema);
    for (const id of ids) {
      await Post.delete(id); // want n-plus-one
    }`,
  'a model that NestJS injects': `
    import { InjectModel, type Model } from 'nestjs-dynamoose';
    export class Users {
      constructor(@InjectModel('User') private readonly users: Model<User, Key>) {}
      async load(ids: string[]) {
        for (const id of ids) show(await this.users.get({ id })); // want n-plus-one
      }
    }`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'batches': `
    import * as dynamoose from 'dynamoose';
    const Post = dynamoose.model('Post', schema);
    await Post.batchGet(ids);
    await Post.batchPut(posts);
    await Post.batchDelete(ids);`,
  'items in memory': `
    import * as dynamoose from 'dynamoose';
    const Post = dynamoose.model('Post', schema);
    const posts = rows.map((row) => new Post(row));
    for (const post of posts) show(post.toJSON(), titles.get(post.id));`,
  'a query that is only built': `
    import * as dynamoose from 'dynamoose';
    const Post = dynamoose.model('Post', schema);
    const queries = users.map((user) => Post.query('author').eq(user.id));`,
});

samples('missing-limit', {
  'every page of a scan': `
    import * as dynamoose from 'dynamoose';
    const Post = dynamoose.model('Post', schema);
    export const posts = () => Post.scan().all().exec(); // want missing-limit`,
  'every page of a query': `
    import * as dynamoose from 'dynamoose';
    const Post = dynamoose.model('Post', schema);
    const posts = await Post.query('status').eq('open').all().exec(); // want missing-limit`,
  'asked for last': `
    import * as dynamoose from 'dynamoose';
    const Post = dynamoose.model('Post', schema);
    const posts = await Post.query('status').eq('open').sort('descending').all(100).exec(); // want missing-limit`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'one page': `
    import * as dynamoose from 'dynamoose';
    const Post = dynamoose.model('Post', schema);
    await Post.scan().exec();
    await Post.query('status').eq('open').exec();`,
  'a limit': `
    import * as dynamoose from 'dynamoose';
    const Post = dynamoose.model('Post', schema);
    await Post.query('status').eq('open').limit(20).exec();
    await Post.scan().limit(500).all().exec();`,
  'expressions also have exec': `
    import * as dynamoose from 'dynamoose';
    const found = /a/.exec(text);`,
});
