import type { Call, Library } from './library.ts';

const one: Call = { verb: 'read-one' };
const write: Call = { verb: 'write' };
const bulk: Call = { verb: 'write', bulk: true };

/** Source: elastic/elasticsearch-js docs/reference/client-helpers.md; opensearch-project/opensearch-js guides. A search gives ten hits unless `size` says otherwise, and never more than a window. */
export const elasticsearch: Library = {
  name: 'elasticsearch',
  title: 'Elasticsearch',
  packages: ['@elastic/elasticsearch', '@opensearch-project/opensearch', '@nestjs/elasticsearch', 'nestjs-opensearch', 'elasticsearch', '@elastic/elasticsearch-serverless'],
  exports: { Client: { made: 'client' }, 'default.Client': { made: 'client' }, ElasticsearchService: { made: 'client', extendedInstance: 'client' }, OpensearchClient: { made: 'client' } },
  kinds: {
    client: {
      names: /^_?(?:elastic(?:search)?(?:Client|Service)?|es(?:Client)?|openSearch(?:Client)?)$/i,
      members: { helpers: 'helpers' },
      calls: {
        search: { verb: 'read-many', capped: true }, get: one, getSource: one, exists: one, existsSource: one, explain: one, mget: { verb: 'read-many', bounds: { argument: -1 } }, msearch: { verb: 'read-many', bounds: { argument: -1 } }, count: { verb: 'aggregate' },
        index: write, create: write, update: write, delete: write, bulk, updateByQuery: bulk, deleteByQuery: bulk, reindex: bulk,
      },
    },
    helpers: { calls: { bulk, search: { verb: 'read-many', capped: true }, scrollSearch: {}, scrollDocuments: {}, msearch: {} } },
  },
  repair: {
    read: 'one `mget`, one `msearch`, or a `terms` query with all ids finds the same documents at once',
    write: 'one `bulk` sends the writes together',
    limit: '`size` with `search_after` reads them page by page',
  },
};
