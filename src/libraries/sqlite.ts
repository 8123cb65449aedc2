import type { Call, Library } from './library.ts';

const text: Call = { verb: 'raw', text: 0 };
const one: Call = { verb: 'read-one' };
const write: Call = { verb: 'write' };
const statement: Call = { text: 0, gives: 'statement' };
const again: Call = { gives: 'statement' };
const limit = '`LIMIT` with a keyset condition reads them page by page; `iterate()` hands rows on one by one';

/**
 * Source: WiseLibs/better-sqlite3 docs/api.md; nodejs/node doc/api/sqlite.md; TryGhost/node-sqlite3; kriasoft/node-sqlite README.md.
 * The database lives in the process, so a statement costs no round trip; what costs is a transaction for each write.
 */
export const sqlite: Library = {
  name: 'sqlite',
  title: 'SQLite',
  packages: ['better-sqlite3', 'node:sqlite', 'bun:sqlite', 'sqlite3', 'sqlite', 'better-sqlite3-multiple-ciphers', '@vscode/sqlite3', 'expo-sqlite'],
  exports: {
    default: { made: 'client' }, '*': { made: 'client' }, Database: { made: 'client' }, 'default.Database': { made: 'client' }, DatabaseSync: { made: 'client' }, 'cached.Database': { made: 'client' },
    open: { result: 'client' }, openDatabaseSync: { result: 'client' }, openDatabaseAsync: { result: 'client' }, SQLiteDatabase: { made: 'client' }, useSQLiteContext: { result: 'client' },
    Statement: { made: 'statement' }, 'Database.Statement': { made: 'statement' }, 'default.Statement': { made: 'statement' }, StatementSync: { made: 'statement' },
  },
  kinds: {
    client: {
      calls: {
        prepare: statement, query: statement, transaction: { unites: true }, exec: { text: 0, unites: true }, withTransactionAsync: { unites: true }, withTransactionSync: { unites: true },
        pragma: {}, close: {}, serialize: {}, parallelize: {}, createTagStore: { gives: 'tags' },
        all: text, each: {}, get: { ...one, text: 0 }, run: { ...write, text: 0 },
        getAllAsync: text, getAllSync: text, getFirstAsync: { ...one, text: 0 }, getFirstSync: { ...one, text: 0 }, runAsync: { ...write, text: 0 }, runSync: { ...write, text: 0 },
      },
    },
    statement: {
      calls: { all: { verb: 'raw' }, values: { verb: 'raw' }, get: one, run: write, iterate: {}, each: {}, pluck: again, raw: again, expand: again, bind: again, safeIntegers: again, columns: {}, finalize: {} },
    },
    tags: { calls: { all: text, get: one, run: write, iterate: {} } },
  },
  shapes: [{ calls: ['prepare', 'all', 'get', 'run'], on: 'client', sqlText: true }],
  repair: {
    read: 'one statement with `IN (…)`, `json_each(?)` or a JOIN loads the same rows at once',
    write: 'one transaction around the loop (`db.transaction(…)`, or `BEGIN` and `COMMIT`) writes to the disk once instead of once per row',
    limit,
  },
};

/** Source: developers.cloudflare.com/d1/worker-api. A statement is a request to another machine. */
export const d1: Library = {
  name: 'd1',
  title: 'Cloudflare D1',
  packages: ['@cloudflare/workers-types', 'wrangler'],
  exports: { D1Database: { made: 'client' }, D1PreparedStatement: { made: 'statement' }, D1DatabaseSession: { made: 'client' } },
  globals: { D1Database: 'D1Database', D1PreparedStatement: 'D1PreparedStatement', D1DatabaseSession: 'D1DatabaseSession' },
  kinds: {
    client: { calls: { prepare: statement, withSession: { gives: 'client' }, batch: { verb: 'write', bulk: true, sends: 0 }, exec: { text: 0 } } },
    statement: { calls: { bind: again, all: { verb: 'raw' }, raw: { verb: 'raw' }, first: one, run: write } },
  },
  shapes: [{ calls: ['prepare'], on: 'client', sqlText: true, dependent: true }],
  repair: {
    read: 'one statement with `IN (…)` or a JOIN, or one `batch([...])`, loads the same rows in one request',
    write: 'one `batch([...])` sends the statements in one request',
    limit,
  },
};

/** Source: tursodatabase/libsql-client-ts README.md. */
export const libsql: Library = {
  name: 'libsql',
  title: 'libSQL',
  packages: ['@libsql/client', '@tursodatabase/serverless'],
  exports: { createClient: { result: 'client' }, Client: { made: 'client' }, Transaction: { made: 'client' }, connect: { result: 'client' } },
  kinds: { client: { calls: { execute: text, batch: { verb: 'write', bulk: true }, migrate: {}, transaction: { gives: 'client' }, commit: {}, rollback: {}, close: {} } } },
  repair: {
    read: 'one statement with `IN (…)` or a JOIN, or one `batch([...], "read")`, loads the same rows in one request',
    write: 'one `batch([...], "write")` sends the statements in one request',
    limit: '`LIMIT` with a keyset condition reads them page by page',
  },
};
