import type { Call, Library } from './library.ts';

const text: Call = { verb: 'raw', text: 0 };
export const sqlRepair = {
  read: 'one statement with `IN (…)`, `= ANY($1)` or a JOIN loads the same rows at once',
  write: 'one statement for all rows (several `VALUES`, `UNNEST`, or `WHERE id = ANY($1)`) does the same work',
  limit: '`LIMIT` with a keyset condition reads them page by page',
};
const connection = { calls: { query: text, execute: text, connect: { gives: 'client', callback: { 0: 'none' } }, getConnection: { gives: 'client' }, promise: { gives: 'client' }, end: {}, release: {}, on: {}, beginTransaction: {}, commit: {}, rollback: {} } };

/** Source: brianc/node-postgres docs/pages/features/queries.mdx, docs/pages/apis/pool.mdx. */
export const pg: Library = {
  name: 'pg',
  title: 'PostgreSQL',
  packages: ['pg', 'pg-pool', '@neondatabase/serverless', '@vercel/postgres'],
  exports: {
    Pool: { made: 'client', extendedInstance: 'client' }, Client: { made: 'client', extendedInstance: 'client' }, PoolClient: { made: 'client' }, ClientBase: { made: 'client' },
    'default.Pool': { made: 'client' }, 'default.Client': { made: 'client' }, default: { made: 'client' },
    neon: { result: 'tag' }, sql: { is: 'tag' }, createPool: { result: 'client' }, db: { is: 'client' },
  },
  kinds: {
    client: { names: /^_?(?:pool|pg|(?:db|pg|read|write|reader|writer|replica|postgres)_?[pP]ool|(?:pg|db|pool|postgres)_?[cC]lient)$/, ...connection },
    tag: { called: text, calls: { query: text } },
    none: {},
  },
  shapes: [{ calls: ['query', 'execute'], on: 'client', sqlText: true }],
  repair: sqlRepair,
};

/** Source: sidorares/node-mysql2 website/docs. */
export const mysql: Library = {
  name: 'mysql',
  title: 'MySQL',
  packages: ['mysql2', 'mysql', 'promise-mysql', 'mariadb', 'serverless-mysql', '@planetscale/database'],
  exports: {
    createPool: { result: 'client' }, createConnection: { result: 'client' }, createPoolCluster: { result: 'client' }, connect: { result: 'client' },
    'default.createPool': { result: 'client' }, 'default.createConnection': { result: 'client' },
    Pool: { made: 'client' }, PoolConnection: { made: 'client' }, Connection: { made: 'client' },
  },
  kinds: { client: { names: /^_?(?:pool|conn|connection|mysql|(?:db|mysql|read|write|reader|writer|replica)_?(?:[pP]ool|[cC]onn(?:ection)?))$/, calls: { ...connection.calls, queryAsync: text } }, none: {} },
  shapes: [{ calls: ['queryAsync'], on: 'client', sqlText: true }],
  repair: sqlRepair,
};

/** Source: porsager/postgres README.md. The tag runs when awaited; a tag inside a tag is a fragment. */
export const postgresJs: Library = {
  name: 'postgres',
  title: 'postgres.js',
  packages: ['postgres'],
  exports: { default: { result: 'tag' }, '*': { result: 'tag' }, Sql: { made: 'tag' }, TransactionSql: { made: 'tag' }, 'default.Sql': { made: 'tag' } },
  kinds: {
    tag: { names: /^sql$/, called: { ...text, gives: 'statement' }, runs: 'when-awaited', calls: { unsafe: text, begin: { callback: { 0: 'tag', 1: 'tag' } }, array: {}, json: {}, end: {}, file: {} } },
    statement: { calls: { cursor: { bounds: { argument: -1 } }, forEach: { bounds: { argument: -1 } } } },
  },
  repair: sqlRepair,
};

/** Source: gajus/slonik README.md. `many` and `any` read lists; `one` and `maybeOne` one row. */
export const slonik: Library = {
  name: 'slonik',
  title: 'Slonik',
  packages: ['slonik', '@silverhand/slonik'],
  exports: { createPool: { result: 'pool' }, DatabasePool: { made: 'pool' }, CommonQueryMethods: { made: 'pool' }, DatabaseTransactionConnection: { made: 'pool' }, DatabasePoolConnection: { made: 'pool' } },
  kinds: {
    pool: {
      names: /^pool$/,
      calls: {
        any: text, many: text, anyFirst: text, manyFirst: text, query: text,
        one: { verb: 'read-one' }, maybeOne: { verb: 'read-one' }, oneFirst: { verb: 'read-one' }, maybeOneFirst: { verb: 'read-one' }, exists: { verb: 'read-one' },
        transaction: { callback: { 0: 'pool' } }, connect: { callback: { 0: 'pool' } }, stream: { verb: 'read-many', bounds: { argument: -1 } },
      },
    },
  },
  shapes: [{ calls: ['maybeOne', 'oneFirst', 'manyFirst', 'anyFirst', 'maybeOneFirst'], on: 'pool' }],
  repair: sqlRepair,
};

/** Source: vitaly-t/pg-promise README.md. */
export const pgPromise: Library = {
  name: 'pg-promise',
  title: 'pg-promise',
  packages: ['pg-promise'],
  exports: { default: { result: 'factory' }, '*': { result: 'factory' }, IDatabase: { made: 'database' }, ITask: { made: 'database' }, IBaseProtocol: { made: 'database' } },
  kinds: {
    factory: { called: { gives: 'database' } },
    database: {
      calls: {
        any: text, many: text, manyOrNone: text, query: text, map: text, each: text, result: text, multi: text,
        one: { verb: 'read-one' }, oneOrNone: { verb: 'read-one' }, none: { verb: 'write', text: 0 },
        tx: { callback: { 0: 'database', 1: 'database' } }, task: { callback: { 0: 'database', 1: 'database' } }, txIf: { callback: { 0: 'database', 1: 'database' } },
      },
    },
  },
  shapes: [{ calls: ['oneOrNone', 'manyOrNone'], on: 'database' }, { calls: ['any', 'many', 'one', 'none', 'map'], on: 'database', sqlText: true }],
  repair: sqlRepair,
};
