import type { Call, Library } from './library.ts';

const page: Call = { verb: 'read-many', capped: true, batches: true };
const write: Call = { verb: 'write', batches: true };

/**
 * Source: datastax/nodejs-driver README.md, doc/features/paging/README.md, doc/features/mapper/README.md. An answer holds the first page,
 * 5,000 rows. Each partition is best asked for itself, all at the same time; one after the other is what costs.
 */
export const cassandra: Library = {
  name: 'cassandra',
  title: 'Cassandra',
  packages: ['cassandra-driver', 'scylladb-driver-alpha'],
  exports: { Client: { made: 'client' }, 'default.Client': { made: 'client' }, 'mapping.Mapper': { made: 'mapper' }, Mapper: { made: 'mapper' }, 'mapping.ModelMapper': { made: 'model' } },
  kinds: {
    client: { names: /^_?(?:cassandra(?:Client)?|scylla(?:Client)?)$/i, calls: { execute: { verb: 'raw', text: 0, capped: true, batches: true }, batch: { verb: 'write', bulk: true }, eachRow: {}, stream: {}, connect: {}, shutdown: {} } },
    mapper: { names: /^mapper$/, calls: { forModel: { gives: 'model', table: 0 }, batch: { verb: 'write', bulk: true } } },
    model: { calls: { find: page, findAll: page, get: { verb: 'read-one', batches: true }, insert: write, update: write, remove: write } },
  },
  shapes: [{ calls: ['execute'], on: 'client', sqlText: true, dependent: true }],
  repair: {
    read: '`concurrent.executeConcurrent` (or `Promise.all` with a cap) asks all partitions at the same time; rows of one partition come with one `IN`',
    write: '`concurrent.executeConcurrent` sends the writes at the same time; those of one partition go in one `batch`',
    limit: '`LIMIT`, or `fetchSize` with `pageState`, reads them page by page',
  },
};
