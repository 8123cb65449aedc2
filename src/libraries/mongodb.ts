import type { Call, Kind, Library } from './library.ts';

const one: Call = { verb: 'read-one' };
const write: Call = { verb: 'write' };
const bulk: Call = { verb: 'write', bulk: true };

/** A collection; `cursor` is the kind that what it finds goes by. */
export const collectionOf = (cursor: string): Kind => ({
  // What collection hooks offer: the same without the hooks.
  members: { direct: 'collection' },
  calls: {
    find: { verb: 'read-many', filter: 0, options: 1, gives: cursor },
    aggregate: { verb: 'read-many', pipeline: 0, gives: cursor },
    listIndexes: { verb: 'read-many', gives: cursor, bounds: { argument: -1 } },
    distinct: { verb: 'aggregate', filter: 1 },
    findOne: one, findOneAsync: one, findOneAndUpdate: write, findOneAndDelete: write, findOneAndReplace: write,
    countDocuments: { verb: 'aggregate' }, estimatedDocumentCount: { verb: 'aggregate' },
    insertOne: write, updateOne: write, replaceOne: write, deleteOne: write, insertAsync: write, updateAsync: write, removeAsync: write, upsertAsync: write, insert: write, update: write, upsert: write, remove: write,
    insertMany: bulk, updateMany: bulk, deleteMany: bulk, bulkWrite: bulk, initializeUnorderedBulkOp: {}, initializeOrderedBulkOp: {},
    rawCollection: { gives: 'collection' },
  },
});

/** What is called on what was found; `itself` is the kind that it stays. */
export const cursorOf = (itself: string): Kind => ({
  runs: 'by-terminal',
  calls: {
    toArray: { verb: 'read-many' }, fetch: { verb: 'read-many' }, fetchAsync: { verb: 'read-many' }, forEach: { verb: 'read-many', bounds: { argument: -1 } },
    next: { verb: 'read-one' }, hasNext: { verb: 'read-one' }, count: { verb: 'aggregate' }, countAsync: { verb: 'aggregate' },
    stream: { verb: 'read-many', bounds: { argument: -1 } },
    limit: { gives: itself, bounds: { argument: 0 } },
    '*': { gives: itself },
  },
});

/** Source: mongodb/node-mongodb-native src/collection.ts, src/cursor/find_cursor.ts. */
export const mongodb: Library = {
  name: 'mongodb',
  title: 'MongoDB',
  packages: ['mongodb', '@fastify/mongodb', 'meteor/mongo', 'meteor/meteor', 'meteor/ostrio:files'],
  // What Meteor runs in the browser asks a copy in memory.
  inMemory: /(?:^|\/)client\//,
  exports: {
    MongoClient: { made: 'client' },
    'MongoClient.connect': { result: 'client' },
    Db: { made: 'database' },
    Collection: { made: 'collection' },
    'Mongo.Collection': { made: 'collection' },
    'Meteor.users': { is: 'collection' },
    // Files with their records: https://github.com/veliovgroup/Meteor-Files, https://github.com/CollectionFS/Meteor-CollectionFS
    FilesCollection: { made: 'collection' },
    'FS.Collection': { made: 'collection' },
  },
  // Meteor's older code imports neither.
  globals: { Meteor: 'Meteor', Mongo: 'Mongo', FS: 'FS' },
  kinds: {
    client: { names: /^mongoClient$/, calls: { db: { gives: 'database' }, connect: { gives: 'client' } } },
    database: { names: /^(?:db|database|mongo(?:Db)?)$/, members: { db: 'database' }, calls: { collection: { gives: 'collection', table: 0 } } },
    // What many keep all of them in: `context.collections.Orders`.
    collections: { names: /^collections$/, members: { '*': 'collection' } },
    collection: collectionOf('query'),
    query: cursorOf('query'),
  },
  shapes: [
    { calls: ['find', 'aggregate'], on: 'collection', before: ['toArray'] },
    { calls: ['collection'], on: 'database', before: ['find', 'findOne', 'findOneAndUpdate', 'findOneAndDelete', 'insertOne', 'insertMany', 'updateOne', 'updateMany', 'replaceOne', 'deleteOne', 'deleteMany', 'countDocuments', 'aggregate', 'bulkWrite', 'distinct'], dependent: true },
    // Meteor's own names, for calls that wait.
    { calls: ['find'], on: 'collection', before: ['fetchAsync'] },
    { calls: ['findOneAsync', 'upsertAsync'], on: 'collection' },
    { calls: ['insertAsync', 'updateAsync', 'removeAsync'], on: 'collection', dependent: true },
    { calls: ['insertOne', 'updateOne', 'replaceOne', 'deleteOne', 'findOneAndUpdate', 'bulkWrite', 'insertMany', 'updateMany', 'deleteMany'], on: 'collection', object: { argument: 0, anyOf: ['_id'] } },
  ],
  options: { bounds: ['limit'], filter: [] },
  membership: ['$in'],
  repair: {
    read: 'one `find({ _id: { $in: ids } })`, or a `$lookup`, loads the same documents at once',
    write: 'one `bulkWrite`, `insertMany` or `updateMany` does the same work',
    limit: '`.limit(n)` with a cursor on `_id` reads them page by page',
  },
};
