import type { Call, Library } from './library.ts';

const one: Call = { verb: 'read-one', gives: 'query' };

/** Source: drizzle-team/drizzle-orm-docs pg/select.mdx, pg/rqb.mdx, pg/dynamic-query-building.mdx. */
export const drizzle: Library = {
  name: 'drizzle',
  title: 'Drizzle',
  packages: ['drizzle-orm'],
  exports: {
    drizzle: { result: 'client' },
    NodePgDatabase: { made: 'client' }, PostgresJsDatabase: { made: 'client' }, PgDatabase: { made: 'client' }, BetterSQLite3Database: { made: 'client' },
    DrizzleD1Database: { made: 'client' }, LibSQLDatabase: { made: 'client' }, MySql2Database: { made: 'client' }, NeonHttpDatabase: { made: 'client' },
    NeonDatabase: { made: 'client' }, VercelPgDatabase: { made: 'client' }, PgTransaction: { made: 'client' }, BunSQLDatabase: { made: 'client' },
    PgliteDatabase: { made: 'client' }, PlanetScaleDatabase: { made: 'client' }, withReplicas: { result: 'client' },
    union: { is: 'uniting' }, unionAll: { is: 'uniting' }, intersect: { is: 'uniting' }, except: { is: 'uniting' },
  },
  kinds: {
    client: {
      names: /^(?:db|tx|trx|drizzle|database)$/,
      members: { query: 'tables', _query: 'tables' },
      calls: {
        select: { gives: 'query', columns: 0 }, selectDistinct: { gives: 'query' }, selectDistinctOn: { gives: 'query' },
        insert: { verb: 'write', gives: 'query', table: 0 }, update: { verb: 'write', gives: 'query', table: 0 }, delete: { verb: 'write', gives: 'query', table: 0 },
        $count: { verb: 'aggregate', table: 0 }, execute: { verb: 'raw', text: 0 },
        all: { verb: 'raw', text: 0 }, run: { verb: 'write' }, get: { verb: 'read-one' },
        transaction: { callback: { 0: 'client' } }, batch: { verb: 'write', bulk: true, sends: 0 }, with: { gives: 'client' }, $with: {},
      },
    },
    tables: { members: { '*': 'table' } },
    table: { calls: { findMany: { verb: 'read-many', options: 0, gives: 'query' }, findFirst: { verb: 'read-one', options: 0, gives: 'query' } } },
    query: {
      runs: 'when-awaited',
      calls: {
        from: { verb: 'read-many', gives: 'query', table: 0 },
        where: { gives: 'query', filter: 0 },
        limit: { gives: 'query', bounds: { argument: 0 } },
        get: one, iterator: { gives: 'query', bounds: { argument: -1 } },
        toSQL: {}, as: {}, getSQL: {}, prepare: { gives: 'prepared' },
        '*': { gives: 'query' },
      },
    },
    // https://orm.drizzle.team/docs/set-operations
    uniting: { called: { verb: 'read-many', gives: 'query', gathers: true }, runs: 'when-awaited' },
    prepared: { calls: { execute: { verb: 'raw' }, all: { verb: 'raw' }, values: { verb: 'raw' }, get: { verb: 'read-one' }, run: { verb: 'write' } } },
  },
  shapes: [
    { calls: ['findMany', 'findFirst'], on: 'table', under: /\.query\.\w+$/ },
    { calls: ['findMany', 'findFirst'], on: 'table', object: { argument: 0, anyOf: ['columns', 'with'] }, ofMember: true },
  ],
  options: { bounds: ['limit'], filter: ['where'] },
  membership: ['inArray', 'arrayContains'],
  aggregates: ['count', 'countDistinct', 'sum', 'sumDistinct', 'avg', 'avgDistinct', 'min', 'max'],
  repair: {
    read: 'one query with `inArray(…, ids)`, a join, or `with: { … }` loads the same rows at once',
    write: 'one `insert(…).values([...])`, or an `update`/`delete` with `inArray(…, ids)`, does the same work',
    limit: '`.limit(n)` with a keyset `where(gt(…))` or `.offset` reads them page by page',
  },
};
