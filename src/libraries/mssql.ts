import type { Call, Library } from './library.ts';

const text: Call = { verb: 'raw', text: 0 };
const request: Call = { gives: 'request' };
const input: Call = { gives: 'request', binds: true };

/** Source: tediousjs/node-mssql README.md. */
export const mssql: Library = {
  name: 'mssql',
  title: 'SQL Server',
  packages: ['mssql'],
  exports: {
    default: { is: 'module' }, '*': { is: 'module' }, ConnectionPool: { made: 'pool' }, Request: { made: 'request' }, Transaction: { made: 'pool' }, PreparedStatement: { made: 'prepared' },
    connect: { result: 'pool' }, query: { is: 'tag' }, 'default.ConnectionPool': { made: 'pool' }, 'default.Request': { made: 'request' },
  },
  kinds: {
    module: { calls: { query: text, batch: text, connect: { gives: 'pool' } } },
    tag: { called: text },
    pool: { names: /^_?(?:pool|mssql|sqlPool|mssqlPool|poolConnection)$/i, calls: { request, query: text, batch: text, connect: { gives: 'pool' }, transaction: { gives: 'pool' }, begin: {}, commit: {}, rollback: {}, close: {} } },
    request: { runs: 'by-terminal', calls: { input, output: request, replaceInput: input, query: text, batch: text, execute: { verb: 'raw' }, bulk: { verb: 'write', bulk: true } } },
    prepared: { calls: { input: {}, prepare: { text: 0 }, execute: { verb: 'raw' }, unprepare: {} } },
  },
  shapes: [{ calls: ['query'], on: 'request', sqlText: true, dependent: true }],
  repair: {
    read: 'one statement with `IN (…)`, a table-valued parameter or a JOIN loads the same rows at once',
    write: 'one `request.bulk(table)`, or one statement over a table-valued parameter, does the same work',
    limit: '`OFFSET … FETCH NEXT` reads them page by page',
  },
};
