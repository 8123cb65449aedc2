import type { Call, Library } from './library.ts';

const write: Call = { verb: 'write' };

/** Source: feathersjs/feathers docs/api/services.md, docs/api/databases/common.md, querying.md. A service gives pages only where it was set up to, so only `paginate: false` tells. */
export const feathers: Library = {
  name: 'feathers',
  title: 'Feathers',
  packages: ['@feathersjs/feathers', '@feathersjs/express', '@feathersjs/koa', '@feathersjs/client', '@feathersjs/knex', '@feathersjs/mongodb'],
  exports: { feathers: { result: 'app' }, default: { result: 'app' }, express: { result: 'app' }, koa: { result: 'app' }, Application: { made: 'app' }, HookContext: { made: 'context' } },
  kinds: {
    app: { names: /^_?(?:app|feathers(?:App|Client)?)$/, calls: { service: { gives: 'service', table: 0 }, configure: { gives: 'app' }, use: { gives: 'app' }, hooks: { gives: 'app' } } },
    context: { members: { app: 'app', service: 'service' } },
    service: {
      calls: {
        find: { verb: 'read-many', options: 0, capped: true }, _find: { verb: 'read-many', options: 0, capped: true }, get: { verb: 'read-one' }, _get: { verb: 'read-one' },
        create: write, update: write, patch: write, remove: write, _create: write, _update: write, _patch: write, _remove: write, on: {}, hooks: { gives: 'service' },
      },
    },
  },
  options: { bounds: ['$limit'], filter: ['query'], nested: ['query'], lifts: { paginate: [false], $limit: [-1] } },
  repair: {
    read: 'one `find({ query: { id: { $in: ids } } })` loads the same records at once',
    write: '`create` takes a list, and `patch(null, …)` or `remove(null, …)` with a query changes many at once, where the service allows `multi`',
    limit: '`$limit` and `$skip` read them page by page',
  },
};
