import type { Call, Library } from './library.ts';

const write: Call = { verb: 'write' };
const modules = [
  'Product', 'Cart', 'Order', 'Customer', 'Pricing', 'SalesChannel', 'Region', 'Store', 'Tax', 'User', 'Auth', 'Payment', 'Promotion', 'Fulfillment', 'Currency', 'ApiKey', 'Notification', 'Settings',
];

/** Source: docs.medusajs.com/resources/service-factory-reference (list gives 15 rows unless `take` says otherwise), docs.medusajs.com/learn/fundamentals/module-links/query. */
export const medusa: Library = {
  name: 'medusa',
  title: 'Medusa',
  packages: ['@medusajs/framework', '@medusajs/medusa', '@medusajs/types', '@medusajs/utils', '@medusajs/modules-sdk'],
  exports: {
    MedusaService: { result: 'service' }, RemoteQueryFunction: { made: 'query' }, IInventoryService: { made: 'service' }, IStockLocationService: { made: 'service' },
    ...Object.fromEntries(modules.map((name) => [`I${name}ModuleService`, { made: 'service' }])),
  },
  kinds: {
    query: { names: /^_?(?:remoteQuery|query)_?$/, calls: { graph: { verb: 'read-many', capped: true }, index: { verb: 'read-many', capped: true } } },
    service: {
      names: /^_?\w*[mM]odule(?:Service)?_?$/,
      patterns: [
        { name: /^list(?:AndCount)?[A-Z]/, call: { verb: 'read-many', filter: 0, options: 1, capped: true } },
        { name: /^retrieve[A-Z]/, call: { verb: 'read-one' } },
        { name: /^(?:create|update|upsert|delete|softDelete|restore)[A-Z]/, call: write },
      ],
    },
  },
  options: { bounds: ['take'], filter: [], lifts: { take: [null] } },
  repair: {
    read: 'one `list…({ id: ids })`, or `relations` and linked fields on the query before the loop, loads the same records at once',
    write: 'the methods that create, update and delete take a list: one call does the same work',
    limit: '`take` and `skip` read them page by page',
  },
};
