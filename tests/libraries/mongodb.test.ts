import { samples } from '../samples.ts';

samples('n-plus-one', {
  'all collections in one place': `
    export async function send(context, ids) {
      const { collections: { Orders } } = context;
      for (const id of ids) await Orders.findOne({ _id: id }); // miss: taken out of a member that only its name tells
      for (const id of ids) await context.collections.Users.updateOne({ _id: id }, { $set: { seen: true } }); // want n-plus-one
      for (const name of ids) show(context.collections[name]);
      for (const id of ids) await context.queues.Orders.findOne({ _id: id });
    }`,
  'collections of Meteor, imported from the root of the application': {
    'package.json': '{ "name": "board", "dependencies": { "meteor-node-stubs": "^1.0.0" } }',
    'models/cards.js': `
      import { Mongo } from 'meteor/mongo';
      const Cards = new Mongo.Collection('cards');
      export default Cards;`,
    'models/users.js': `
      import { Meteor } from 'meteor/meteor';
      const Users = Meteor.users;
      export default Users;`,
    'server/lists.js': `
      import Cards from '/models/cards';
      import Users from '/models/users';
      export async function rename(cards, title) {
        for (const card of cards) await Cards.updateAsync({ _id: card._id }, { $set: { title } }); // want n-plus-one
        for (const card of cards) await Cards.direct.insertAsync(card); // want n-plus-one
        for (const card of cards) card.owner = await Users.findOneAsync({ _id: card.userId }); // want n-plus-one
        await Cards.updateAsync({ _id: { $in: cards.map((card) => card._id) } }, { $set: { title } }, { multi: true });
      }`,
    'client/lists.js': `
      import Cards from '/models/cards';
      export function titles(ids) { return ids.map((id) => Cards.findOne({ _id: id })?.title); }`,
  },
  'collections of Meteor that are made in a roundabout way': {
    'package.json': '{ "name": "board", "dependencies": { "meteor-node-stubs": "^1.0.0" } }',
    'imports/cache.js': `
      const Cards = lazily(() => require('/models/cards').default);
      export const Cache = {
        async getCard(id) { return await Cards.findOneAsync(id); },
        async getCards(selector) { return await Cards.find(selector).fetchAsync(); },
      };`,
    'server/lists.js': `
      import { Cache } from '/imports/cache';
      export async function titles(ids) {
        const titles = [];
        for (const id of ids) titles.push((await Cache.getCard(id)).title); // want n-plus-one
        return titles;
      }`,
    'client/lists.js': `
      import { Cache } from '/imports/cache';
      export async function titles(ids) {
        const titles = [];
        for (const id of ids) titles.push((await Cache.getCard(id)).title);
        return titles;
      }`,
  },
  'a collection of a client made here': `
    import { MongoClient } from 'mongodb';
    const client = new MongoClient(process.env.MONGO_URL!);
    const events = client.db('shop').collection('events');
    export async function enrich(users) {
      for (const user of users) {
        user.events = await events.find({ userId: user._id }).toArray(); // want n-plus-one
      }
    }`,
  'a database in another file': {
    'lib/mongo.js': `
      const { MongoClient } = require('mongodb');
      let database;
      async function connect() {
        if (!database) database = (await MongoClient.connect(process.env.MONGO_URL)).db('shop');
        return database;
      }
      module.exports = { connect };`,
    'jobs/stock.js': `
      const { connect } = require('../lib/mongo');
      async function restock(items) {
        const db = await connect();
        await Promise.all(items.map((item) => db.collection('stock').updateOne({ sku: item.sku }, { $inc: { count: item.count } }))); // want n-plus-one:note
      }`,
  },
  'a collection by its declared type': `
    import type { Collection, Db } from 'mongodb';
    export class Accounts {
      private readonly accounts: Collection<Account>;
      constructor(db: Db) { this.accounts = db.collection<Account>('accounts'); }
      async resolve(names: string[]) {
        const found = [];
        for (const name of names) found.push(await this.accounts.findOne({ name })); // want n-plus-one
        return found;
      }
    }`,
  'a database of which nothing is known, by the shape of the call': `
    export async function names(db, ids) {
      for (const id of ids) {
        const [row] = await db.collection('people').find({ _id: id }).toArray(); // want n-plus-one
      }
    }`,
  'one insert after the other': `
    import { MongoClient } from 'mongodb';
    const db = new MongoClient(url).db();
    rows.forEach(async (row) => {
      await db.collection('rows').insertOne(row); // want n-plus-one
    });`,
  'a database by its usual name': `
    import type { Document } from 'mongodb';
    export async function run(req, ids) {
      for (const id of ids) await req.app.locals.db.collection('users').findOne({ _id: id }); // want n-plus-one
    }`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'one query with $in, one write for all': `
    import { MongoClient } from 'mongodb';
    const db = new MongoClient(url).db();
    const people = await db.collection('people').find({ _id: { $in: ids } }).toArray();
    const operations = [];
    for (const person of people) operations.push({ updateOne: { filter: { _id: person._id }, update: { $set: { seen: true } } } });
    await db.collection('people').bulkWrite(operations);
    await db.collection('people').insertMany(rows);`,
  'a cursor is read row by row': `
    import { MongoClient } from 'mongodb';
    const cursor = new MongoClient(url).db().collection('people').find({});
    for await (const person of cursor) show(person);
    while (await cursor.hasNext()) show(await cursor.next());`,
  'batches': `
    import { MongoClient } from 'mongodb';
    const people = new MongoClient(url).db().collection('people');
    let batch = [];
    for (let start = 0; start < rows.length; start += 500) await people.insertMany(rows.slice(start, start + 500));`,
  'toArray of something else': `
    import { lastValueFrom } from 'rxjs';
    for (const stream of streams) stream.values().toArray();
    for (const id of ids) collection.find((each) => each.id === id);`,
});

samples('n-plus-one', {
  'children of a composite publication': `
    import { Meteor } from 'meteor/meteor';
    import { Mongo } from 'meteor/mongo';
    const Posts = new Mongo.Collection('posts');
    const Comments = new Mongo.Collection('comments');
    Meteor.publishComposite('posts', function (tag) {
      return {
        find() { return Posts.find({ tag }, { limit: 20 }); },
        children: [
          { find(post) { return Meteor.users.find({ _id: post.authorId }); } }, // want n-plus-one
          {
            find: (post) => Comments.find({ postId: post._id }), // want n-plus-one
            children: [{ find(comment) { return Meteor.users.find({ _id: comment.authorId }); } }], // want n-plus-one
          },
        ],
      };
    });
    Meteor.publishComposite('post', (postId) => ({
      find() { return Posts.find({ _id: postId }); },
      children: [
        {
          find(post) { return Comments.find({ postId: post._id }, { limit: 50 }); },
          children: [{ find(comment) { return Meteor.users.find({ _id: comment.authorId }); } }], // want n-plus-one
        },
      ],
    }));`,
  'Meteor without imports': `
    const Posts = new Mongo.Collection('posts');
    Meteor.methods({
      async 'posts.notify'(ids) {
        for (const id of ids) {
          const post = await Posts.findOneAsync(id); // want n-plus-one
          const author = Meteor.users.findOne(post.authorId);
        }
      },
      'posts.authors'(posts) {
        return posts.map((post) => Meteor.users.findOne({ _id: post.authorId })); // want n-plus-one
      },
    });`,
});

samples('missing-limit', {
  'what Meteor publishes': `
    import { Meteor } from 'meteor/meteor';
    import { Mongo } from 'meteor/mongo';
    const Posts = new Mongo.Collection('posts');
    Meteor.publish('posts', function () {
      return Posts.find({ open: true }); // want missing-limit
    });
    Meteor.publish('newest', (limit) => Posts.find({}, { sort: { at: -1 }, limit }));
    Meteor.publish('own', function () { return Posts.find({ authorId: this.userId }); }); // want missing-limit:note
    const cursorOf = (open) => Posts.find({ open });`,
  'the whole collection': `
    import { MongoClient } from 'mongodb';
    const db = new MongoClient(url).db();
    const people = await db.collection('people').find().toArray(); // want missing-limit`,
  'a cursor that is handed to a function which reads it': {
    'read.js': `
      export async function readAll(cursor) {
        const rows = await cursor.toArray();
        return rows.map(toJson);
      }`,
    'people.js': `
      import { MongoClient } from 'mongodb';
      import { readAll } from './read.js';
      const people = new MongoClient(url).db().collection('people');
      export const active = () => readAll(people.find({ active: true })); // want missing-limit
      export const first = () => readAll(people.find({ active: true }).limit(20));`,
  },
  'a filter that grows with the collection': `
    import { MongoClient } from 'mongodb';
    const db = new MongoClient(url).db();
    const people = await db.collection('people').find({ active: true }).sort({ name: 1 }).project({ name: 1 }).toArray(); // want missing-limit`,
  'the size of a batch is no limit': `
    import { MongoClient } from 'mongodb';
    const people = await new MongoClient(url).db().collection('people').find({}).batchSize(100).toArray(); // want missing-limit`,
  'the limit of another query on the same collection': `
    import { MongoClient } from 'mongodb';
    const people = new MongoClient(url).db().collection('people');
    export const some = (count) => people.find({ active: true }).limit(count).toArray();
    export const all = () => people.find({ active: true }).toArray(); // want missing-limit`,
  'a pipeline without a limit': `
    import { Db } from 'mongodb';
    export const report = (db: Db) => db.collection('people').aggregate([{ $match: { active: true } }, { $sort: { age: 1 } }]).toArray(); // want missing-limit`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'a limit on the cursor, in the options or in the pipeline': `
    import { Db } from 'mongodb';
    export async function report(db: Db, size: number) {
      await db.collection('people').find({ active: true }).limit(size).toArray();
      await db.collection('people').find({ active: true }, { limit: 20 }).toArray();
      await db.collection('people').aggregate([{ $match: { active: true } }, { $limit: 20 }]).toArray();
      await db.collection('people').aggregate([{ $match: { active: true } }, { $group: { _id: '$team', n: { $sum: 1 } } }]).toArray();
    }`,
  'the documents of a list, or one': `
    import { Db } from 'mongodb';
    export async function report(db: Db, ids: string[]) {
      await db.collection('people').find({ _id: { $in: ids } }).toArray();
      await db.collection('people').findOne({ active: true });
      await db.collection('people').find({ email }).toArray();
    }`,
  'cursors, counts and writes': `
    import { Db } from 'mongodb';
    export async function report(db: Db) {
      for await (const person of db.collection('people').find({ active: true })) show(person);
      await db.collection('people').countDocuments({ active: true });
      await db.collection('people').updateMany({ active: true }, { $set: { seen: true } });
      return db.collection('people').find({ active: true });
    }`,
});

samples('missing-limit', {
  'collections of which nothing is known, by the shape of the chain': `
    export async function groups({ collections: { Groups, Carts } }, { ids, shopId }) {
      const own = await Groups.find({ _id: { $in: ids } }).toArray();
      const some = await Groups.find({ shopId }).sort({ name: 1 }).limit(20).toArray();
      const few = await Groups.find({ shopId }, { limit: 20 }).toArray();
      const kinds = await Carts.aggregate([{ $group: { _id: '$kind' } }]).toArray();
      const all = await Carts.find({ state: 'open' }).toArray(); // want missing-limit
      const sorted = await Carts.aggregate([{ $sort: { at: -1 } }]).toArray(); // want missing-limit
      return { own, some, few, kinds, all, sorted };
    }`,
});

/** Records of files. */
samples('missing-limit', {
  'Meteor: collections of files': {
    'lib/collections.js': `
      export const Media = new FS.Collection("Media", { stores: [] });`,
    'server/pub.js': `
      import { Media } from '../lib/collections';
      Meteor.publish("Images", function () {
        return Media.find({}); // want missing-limit
      });
      Meteor.publish("Image", function (id) {
        return Media.find({ _id: id });
      });
      Meteor.publish("Latest", function () {
        return Media.find({}, { limit: 10 });
      });`,
    'package.json': '{"dependencies":{"meteor-node-stubs":"*"}}',
  },
  'Meteor: files of another package': {
    'models/attachments.js': `
      import { FilesCollection } from 'meteor/ostrio:files';
      export const Attachments = new FilesCollection({ collectionName: 'attachments' });`,
    'server/pub.js': `
      import { Attachments } from '/models/attachments';
      Meteor.methods({
        async all() { return Attachments.find({}).fetch(); }, // want missing-limit
        async some(id) { return Attachments.find({ _id: id }).fetch(); },
      });`,
    'package.json': '{"dependencies":{"meteor-node-stubs":"*"}}',
  },
});
