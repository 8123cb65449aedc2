import type { Call, Library } from './library.ts';
import { collectionOf, cursorOf } from './mongodb.ts';

const one: Call = { verb: 'read-one', gives: 'query' };
const write: Call = { verb: 'write', gives: 'query' };
const bulk: Call = { verb: 'write', bulk: true };
const count: Call = { verb: 'aggregate', gives: 'query' };

/** What is called on a query while it is made; `itself` is the kind that it stays. */
const building = (itself: string): Record<string, Call> => ({
  limit: { gives: itself, bounds: { argument: 0 } },
  findOne: { gives: itself, verb: 'read-one' },
  countDocuments: { gives: itself, verb: 'aggregate' }, count: { gives: itself, verb: 'aggregate' }, estimatedDocumentCount: { gives: itself, verb: 'aggregate' },
  ...Object.fromEntries(['deleteOne', 'deleteMany', 'updateOne', 'updateMany', 'replaceOne', 'findOneAndUpdate', 'findOneAndDelete', 'findOneAndReplace'].map((name) => [name, { gives: itself, verb: 'write' } as const])),
  cursor: { gives: itself, bounds: { argument: -1 } }, stream: { gives: itself, bounds: { argument: -1 } },
  where: { gives: itself, condition: { column: 0 } },
  in: { gives: itself, bounds: { argument: -1 } },
  lean: { gives: 'plain' },
  getFilter: {}, getQuery: {}, getOptions: {},
  '*': { gives: itself },
});

/** Named like a model, and not like what stands in front of one: `User`, `models.User`, `this._User`, `this.#User`, `models[name]`. */
export const modelName = /(?:^|\.)[_#]?(?!(?:Array|Object|Promise|Map|Set|Reflect|JSON)$)[A-Z][a-z]\w*(?<!Service|Repository|Repo|Controller|Client|Api|API|Store|Manager|Helper|Utils?|Factory|Cache|Dao|DAO|Collection)$|\bmodels\[[^\]]{1,60}\]$/;

/** Source: Automattic/mongoose lib/model.js, types/query.d.ts, docs/populate.md. */
export const mongoose: Library = {
  name: 'mongoose',
  title: 'Mongoose',
  packages: ['mongoose', '@nestjs/mongoose', '@typegoose/typegoose'],
  exports: {
    model: { result: 'model' },
    models: { is: 'models' },
    Model: { made: 'model', extended: 'model' },
    ReturnModelType: { made: 'model' },
    PaginateModel: { made: 'model' },
    getModelForClass: { result: 'model' },
    getDiscriminatorModelForClass: { result: 'model' },
    'mongoose.model': { result: 'model' },
    'mongoose.models': { is: 'models' },
    'default.model': { result: 'model' },
    'default.models': { is: 'models' },
    'default.Model': { made: 'model' },
    createConnection: { result: 'connection' },
    'default.createConnection': { result: 'connection' },
    connection: { is: 'connection' },
    'default.connection': { is: 'connection' },
    Connection: { made: 'connection' },
    Document: { made: 'document', extendedInstance: 'document' },
    HydratedDocument: { made: 'document' },
  },
  kinds: {
    connection: { members: { models: 'models', db: 'database' }, calls: { model: { gives: 'model' }, collection: { gives: 'collection', table: 0 }, useDb: { gives: 'connection' } } },
    // The driver's own, below.
    database: { calls: { collection: { gives: 'collection', table: 0 } } },
    collection: collectionOf('cursor'),
    cursor: cursorOf('cursor'),
    models: { names: /^models$/, members: { '*': 'model' } },
    model: {
      made: 'document',
      members: { collection: 'collection' },
      names: /^(?:[A-Z]\w*Model|\w+Model|MongooseModel)$/,
      calls: {
        find: { verb: 'read-many', filter: 0, options: 2, gives: 'query' },
        where: { verb: 'read-many', gives: 'query' },
        distinct: { verb: 'aggregate', filter: 1, gives: 'plain' },
        aggregate: { verb: 'read-many', gives: 'aggregation', pipeline: 0 },
        paginate: { verb: 'read-many', options: 1, bounds: { argument: -1 } },
        findOne: one, findById: one, exists: one, findOneAndUpdate: write, findOneAndDelete: write, findOneAndReplace: write, findOneAndRemove: write,
        findByIdAndUpdate: write, findByIdAndDelete: write, findByIdAndRemove: write,
        countDocuments: count, estimatedDocumentCount: count, count,
        create: write, insertOne: write, updateOne: write, replaceOne: write, deleteOne: write, remove: write, update: write,
        insertMany: bulk, bulkWrite: bulk, bulkSave: bulk, updateMany: bulk, deleteMany: bulk,
        populate: { verb: 'read-many', bounds: { argument: -1 } },
        discriminator: { gives: 'model' },
      },
    },
    query: { runs: 'when-awaited', row: 'document', calls: building('query') },
    // It gives values, or copies that know nothing of the database.
    plain: { runs: 'when-awaited', calls: building('plain') },
    aggregation: {
      runs: 'when-awaited',
      calls: { limit: { gives: 'aggregation', bounds: { argument: 0 } }, sample: { gives: 'aggregation', bounds: { argument: 0 } }, group: { gives: 'aggregation', verb: 'aggregate' }, count: { gives: 'aggregation', verb: 'aggregate' }, cursor: { gives: 'aggregation', bounds: { argument: -1 } }, '*': { gives: 'aggregation' } },
    },
    document: { calls: { model: { gives: 'model' }, $model: { gives: 'model' }, save: { verb: 'write' }, deleteOne: { verb: 'write' }, updateOne: { verb: 'write' }, remove: { verb: 'write' }, populate: { verb: 'read-one' }, execPopulate: { verb: 'read-one' } } },
  },
  lends: { argument: 1, statics: 'model', methods: 'document' },
  injected: { InjectModel: 'model', InjectConnection: 'connection' },
  shapes: [
    { calls: ['findByIdAndUpdate', 'findByIdAndDelete', 'countDocuments', 'estimatedDocumentCount', 'findByIdAndRemove'], on: 'model' },
    { calls: ['lean', 'populate'], on: 'query' },
    { calls: ['find', 'findOne', 'findById'], on: 'model', under: /^[A-Z]\w*Model$/, before: ['exec'] },
    { calls: ['find', 'findOne', 'findById', 'findOneAndUpdate', 'updateOne', 'updateMany', 'deleteOne', 'deleteMany', 'insertMany', 'aggregate'], on: 'model', under: modelName, dependent: true },
  ],
  options: { bounds: ['limit'], filter: [] },
  membership: ['$in'],
  repair: {
    read: 'one `find({ _id: { $in: ids } })`, or `.populate(…)` on the query before the loop, loads the same documents at once',
    write: 'one `insertMany`, `updateMany` or `bulkWrite` does the same work',
    limit: '`.limit(n)` with a cursor on `_id` (or `.skip`) reads them page by page',
  },
};
