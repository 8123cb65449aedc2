import type { Call, Library } from './library.ts';

const one: Call = { verb: 'read-one', row: 'row' };
const write: Call = { verb: 'write', row: 'row' };
const bulk: Call = { verb: 'write', bulk: true };
const rows: Call = { verb: 'read-many', gives: 'query' };
const first: Call = { verb: 'read-one', gives: 'query' };
const change: Call = { verb: 'write', gives: 'query' };
const count: Call = { verb: 'aggregate', gives: 'query' };
const where: Call = { gives: 'query', condition: { column: 0 } };

/** Source: adonisjs/lucid src/orm/base_model/index.ts, src/orm/query_builder/index.ts, src/database/main.ts; version 5 imports by `@ioc:`. */
export const lucid: Library = {
  name: 'lucid',
  title: 'Lucid',
  packages: ['@adonisjs/lucid', '@ioc:Adonis/Lucid', '@adonisjs/core/helpers', '@ioc:Adonis/Core'],
  exports: {
    BaseModel: { extended: 'model', extendedInstance: 'row', made: 'row' }, compose: { result: 'model' }, default: { is: 'database' }, Database: { made: 'database', is: 'database' },
    LucidModel: { made: 'model' }, LucidRow: { made: 'row' }, ModelQueryBuilderContract: { made: 'query' }, TransactionClientContract: { made: 'database' }, QueryClientContract: { made: 'database' },
  },
  kinds: {
    model: {
      made: 'row',
      calls: {
        query: rows, all: { verb: 'read-many', row: 'row' }, find: one, findOrFail: one, findBy: one, findByOrFail: one, first: one, firstOrFail: one, firstOrNew: one,
        findMany: { verb: 'read-many', bounds: { argument: -1 }, row: 'row' }, findManyBy: { verb: 'read-many', row: 'row', condition: { column: 0 } },
        create: write, firstOrCreate: write, updateOrCreate: write, createQuietly: write, createMany: bulk, fetchOrCreateMany: bulk, updateOrCreateMany: bulk, truncate: bulk,
      },
    },
    row: {
      calls: {
        save: write, delete: write, saveQuietly: write, deleteQuietly: write, refresh: one, load: { verb: 'read-one' }, loadOnce: { verb: 'read-one', onceFor: 0 }, loadCount: { verb: 'aggregate' }, loadAggregate: { verb: 'aggregate' },
        merge: { gives: 'row' }, fill: { gives: 'row' }, useTransaction: { gives: 'row' }, related: { gives: 'relation' }, serialize: {}, toJSON: {},
      },
    },
    relation: { calls: { query: { verb: 'read-many', owner: -1, gives: 'query' }, create: write, save: write, associate: write, dissociate: write, attach: write, detach: write, sync: write, firstOrCreate: write, updateOrCreate: write, createMany: bulk, saveMany: bulk } },
    database: {
      calls: {
        from: { ...rows, table: 0 }, table: { ...rows, table: 0 }, query: rows, insertQuery: change, rawQuery: { verb: 'raw', text: 0 }, connection: { gives: 'database' },
        transaction: { callback: { 0: 'database' }, gives: 'database' }, raw: {},
      },
    },
    query: {
      runs: 'when-awaited',
      row: 'row',
      calls: {
        first, firstOrFail: first, find: first, findOrFail: first,
        insert: change, multiInsert: change, update: change, delete: change, del: change, increment: change, decrement: change,
        count, countDistinct: count, min: count, max: count, sum: count, avg: count, getCount: { verb: 'aggregate' },
        limit: { gives: 'query', bounds: { argument: 0 } }, forPage: { gives: 'query', bounds: [{ argument: -1 }, { argument: 1 }] }, paginate: { gives: 'query', bounds: [{ argument: -1 }, { argument: 1 }] },
        where, andWhere: where, whereIn: { gives: 'query', condition: { column: 0, membership: true } }, from: { gives: 'query', table: 0 }, table: { gives: 'query', table: 0 },
        toSQL: {}, toQuery: {}, clone: { gives: 'query' }, as: {}, '*': { gives: 'query' },
      },
    },
  },
  shapes: [
    { calls: ['query'], on: 'relation', under: /\.related\(\s*['"`]\w+['"`]\s*\)$/, dependent: true },
    { calls: ['findOrFail', 'findByOrFail', 'updateOrCreate', 'firstOrCreate', 'updateOrCreateMany', 'fetchOrCreateMany'], on: 'model', dependent: true },
  ],
  repair: {
    read: '`preload(…)` on the query before the loop, or one `findMany(ids)` or `whereIn(…, ids)`, loads the same rows at once',
    write: 'one `createMany`, `updateOrCreateMany`, or an `update`/`delete` with `whereIn(…, ids)`, does the same work',
    limit: '`paginate(page, size)` reads them page by page',
  },
};
