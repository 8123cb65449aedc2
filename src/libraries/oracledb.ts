import type { Library } from './library.ts';

/** Source: oracle/node-oracledb doc/src/api_manual/connection.rst. */
export const oracledb: Library = {
  name: 'oracledb',
  title: 'Oracle Database',
  packages: ['oracledb'],
  exports: {
    getConnection: { result: 'client' }, createPool: { result: 'pool' }, getPool: { result: 'pool' }, 'default.getConnection': { result: 'client' }, 'default.createPool': { result: 'pool' }, 'default.getPool': { result: 'pool' },
    Connection: { made: 'client' }, Pool: { made: 'pool' }, 'default.Connection': { made: 'client' }, 'default.Pool': { made: 'pool' },
  },
  kinds: {
    pool: { calls: { getConnection: { gives: 'client' }, close: {} } },
    client: { names: /^(?:connection|conn)$/, calls: { execute: { verb: 'raw', text: 0, options: 2 }, executeMany: { verb: 'write', bulk: true }, queryStream: {}, commit: {}, rollback: {}, close: {} } },
  },
  shapes: [{ calls: ['execute'], on: 'client', sqlText: true, dependent: true }],
  options: { bounds: ['maxRows', 'resultSet'], filter: [] },
  repair: {
    read: 'one statement with `IN (…)`, a bound collection or a JOIN loads the same rows at once',
    write: 'one `executeMany(text, rows)` does the same work',
    limit: '`FETCH FIRST n ROWS ONLY`, `maxRows`, or a result set read in portions',
  },
};
