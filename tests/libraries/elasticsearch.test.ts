import { samples } from '../samples.ts';

samples('n-plus-one', {
  'documents are indexed one by one': `
    import { Client } from '@elastic/elasticsearch';
    const search = new Client({ node: process.env.ELASTIC_URL });
    for (const product of products) {
      await search.index({ index: 'products', id: product.id, document: product }); // want n-plus-one
    }`,
  'a search per element, by a service of NestJS': `
    import { ElasticsearchService } from '@nestjs/elasticsearch';
    export class Similar {
      constructor(private readonly elastic: ElasticsearchService) {}
      async of(titles: string[]) {
        return Promise.all(titles.map((title) => this.elastic.search({ index: 'books', query: { match: { title } } }))); // want n-plus-one
      }
    }`,
  'one get after the other': {
    'lib/opensearch.js': `
      const { Client } = require('@opensearch-project/opensearch');
      exports.openSearch = new Client({ node: 'https://localhost:9200' });`,
    'load.js': `
      const { openSearch } = require('./lib/opensearch');
      exports.load = async (ids) => {
        for (const id of ids) {
          const { body } = await openSearch.get({ index: 'books', id }); // want n-plus-one
          show(body._source);
        }
      };`,
  },

  // -- innocents ------------------------------------------------------------------------------------------------------
  'bulk, mget and msearch': `
    import { Client } from '@elastic/elasticsearch';
    const client = new Client({ node });
    await client.bulk({ operations: products.flatMap((product) => [{ index: { _index: 'products', _id: product.id } }, product]) });
    await client.helpers.bulk({ datasource: products, onDocument: (product) => ({ index: { _index: 'products' } }) });
    await client.mget({ index: 'products', ids });
    await client.search({ index: 'products', query: { terms: { _id: ids } } });`,
  'indexes are set up': `
    import { Client } from '@elastic/elasticsearch';
    const client = new Client({ node });
    for (const index of ['books', 'authors']) await client.indices.create({ index });`,
  'a client of something else': `
    import { Client } from 'ssh2';
    const client = new Client();
    for (const id of ids) show(client.get(id), await client.index(id), await client.search(id));`,
});

samples('missing-limit', {
  // Ten hits come back unless size says otherwise, and no more than a window.
  'searches of all sizes': `
    import { Client } from '@elastic/elasticsearch';
    const client = new Client({ node });
    await client.search({ index: 'books', query: { match_all: {} } });
    await client.search({ index: 'books', size: 10000 });`,
  'reading on from where it stopped': `
    import { Client } from '@elastic/elasticsearch';
    const client = new Client({ node });
    for await (const book of client.helpers.scrollDocuments({ index: 'books' })) show(book);`,
  'counts': `
    import { Client } from '@opensearch-project/opensearch';
    const client = new Client({ node });
    await client.count({ index: 'books' });`,
});
