import type { Library } from './library.ts';

/** Source: knex/documentation src/guide/query-builder.md, src/guide/interfaces.md. Objection and Bookshelf build on it but speak their own words. */
export const knex: Library = {
  name: 'knex',
  title: 'Knex',
  packages: ['knex'],
  exports: {
    default: { result: 'client' }, '*': { result: 'client' }, knex: { result: 'client' }, Knex: { made: 'client', result: 'client' },
    'Knex.Transaction': { made: 'client' }, 'Knex.QueryBuilder': { made: 'query' }, 'default.Knex': { made: 'client' },
    'knex.Knex': { made: 'client' }, 'knex.Transaction': { made: 'client' }, 'Knex.Knex': { made: 'client' },
  },
  kinds: {
    client: {
      names: /^(?:knex|trx)$/i,
      called: { verb: 'read-many', gives: 'query', table: 0, leastArguments: 1 },
      calls: {
        raw: { verb: 'raw', text: 0, gives: 'raw' },
        transaction: { callback: { 0: 'client' }, gives: 'client' },
        batchInsert: { verb: 'write', bulk: true },
        select: { verb: 'read-many', gives: 'query' }, from: { verb: 'read-many', gives: 'query', table: 0 }, table: { verb: 'read-many', gives: 'query', table: 0 },
        queryBuilder: { verb: 'read-many', gives: 'query' }, withSchema: { verb: 'read-many', gives: 'query' }, with: { verb: 'read-many', gives: 'query' },
        insert: { verb: 'write', gives: 'query' }, column: { verb: 'read-many', gives: 'query' }, distinct: { verb: 'read-many', gives: 'query' },
        where: { verb: 'read-many', gives: 'query' }, ref: {}, destroy: {}, initialize: {},
      },
    },
    raw: { runs: 'when-awaited', calls: { '*': { gives: 'raw' } } },
    query: {
      runs: 'when-awaited',
      calls: {
        first: { verb: 'read-one', gives: 'query' },
        insert: { verb: 'write', gives: 'query' }, update: { verb: 'write', gives: 'query' }, del: { verb: 'write', gives: 'query' }, delete: { verb: 'write', gives: 'query' },
        increment: { verb: 'write', gives: 'query' }, decrement: { verb: 'write', gives: 'query' }, truncate: { verb: 'write', gives: 'query' }, upsert: { verb: 'write', gives: 'query' },
        count: { verb: 'aggregate', gives: 'query' }, countDistinct: { verb: 'aggregate', gives: 'query' }, min: { verb: 'aggregate', gives: 'query' }, max: { verb: 'aggregate', gives: 'query' },
        sum: { verb: 'aggregate', gives: 'query' }, avg: { verb: 'aggregate', gives: 'query' },
        limit: { gives: 'query', bounds: { argument: 0 } }, stream: { verb: 'read-many', bounds: { argument: -1 } }, pipe: { verb: 'read-many', bounds: { argument: -1 } },
        paginate: { gives: 'query', bounds: { argument: -1 } },
        from: { gives: 'query', table: 0 }, table: { gives: 'query', table: 0 }, into: { gives: 'query', table: 0 },
        where: { gives: 'query', condition: { column: 0 } }, andWhere: { gives: 'query', condition: { column: 0 } },
        whereIn: { gives: 'query', condition: { column: 0, membership: true } },
        whereExists: { gives: 'query' }, toSQL: {}, toString: {}, toQuery: {}, as: {}, clone: { gives: 'query' },
        '*': { gives: 'query' },
      },
    },
  },
  shapes: [{ calls: ['select', 'with', 'withRecursive'], on: 'client', under: /(?:^|\.)_?(?:db|database|knex|trx|tx|conn(?:ection)?|client|replica|pool)$/i, before: ['from'], dependent: true }, { calls: ['raw'], on: 'client', under: /(?:^|\.)_?(?:db|database|knex|trx|tx|conn(?:ection)?|client|replica)$/i, dependent: true }],
  injected: { InjectKnex: 'client', InjectConnection: 'client' },
  options: { bounds: ['limit'], filter: [] },
  repair: {
    read: 'one query with `.whereIn(…, ids)` or a join loads the same rows at once',
    write: 'one `.insert([...])`, or an `.update`/`.del` with `.whereIn(…, ids)`, does the same work',
    limit: '`.limit(n)` with a keyset `where` (or `.offset`) reads them page by page',
  },
};
