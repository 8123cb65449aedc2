import type { Library } from './library.ts';

/** Source: ClickHouse/clickhouse-js README.md, clickhouse.com/docs/integrations/javascript. */
export const clickhouse: Library = {
  name: 'clickhouse',
  title: 'ClickHouse',
  packages: ['@clickhouse/client', '@clickhouse/client-web', '@clickhouse/client-common'],
  exports: { createClient: { result: 'client', made: 'client' }, ClickHouseClient: { made: 'client' }, NodeClickHouseClient: { made: 'client' } },
  kinds: { client: { names: /^_?(?:clickhouse|ch)(?:Client)?$/i, calls: { query: { verb: 'raw', text: 0 }, insert: { verb: 'write' }, command: { verb: 'write', text: 0 }, exec: { verb: 'raw', text: 0 }, ping: {}, close: {} } } },
  repair: {
    read: 'one statement with `IN ({ids:Array(String)})` loads the same rows at once',
    write: 'one `insert({ values: [...] })` for all rows; the server copes badly with many small ones',
    limit: '`LIMIT` with a keyset condition reads them page by page',
  },
};
