import type { Call, Library } from './library.ts';

const one: Call = { verb: 'read-one', gives: 'query' };
const write: Call = { verb: 'write', gives: 'query' };
const count: Call = { verb: 'aggregate', gives: 'query' };

/** Source: balderdashy/waterline lib/waterline/methods; sailsjs.com/documentation/reference/waterline-orm. Models of Sails are globals, or `sails.models.user`. */
export const waterline: Library = {
  name: 'waterline',
  title: 'Waterline',
  packages: ['sails', 'waterline', 'sails-hook-orm'],
  exports: {},
  kinds: {
    sails: { names: /^(?:sails|_?app)$/, members: { models: 'models' }, calls: { getDatastore: { gives: 'datastore' }, sendNativeQuery: { verb: 'raw', text: 0 } } },
    models: { names: /^models$/, members: { '*': 'model' } },
    datastore: { calls: { sendNativeQuery: { verb: 'raw', text: 0 }, transaction: {} } },
    model: {
      // Every name with a capital that nothing declares, but those of the language itself.
      globals: /^(?!(?:Array|Object|Promise|Map|Set|Math|JSON|Date|Number|String|Boolean|Symbol|Reflect|Proxy|RegExp|Error|Buffer|Intl|URL|URLSearchParams|Function|BigInt|WeakMap|WeakSet|Atomics|Bun|Deno)$)[A-Z][A-Za-z0-9]*$/,
      calls: {
        find: { verb: 'read-many', filter: 0, options: 0, gives: 'query' }, findOne: one, findOrCreate: one, findOneAndUpdate: write,
        create: write, update: write, updateOne: write, destroy: write, destroyOne: write, archive: write, archiveOne: write, addToCollection: write, removeFromCollection: write, replaceCollection: write,
        createEach: { verb: 'write', bulk: true, gives: 'query' }, count, sum: count, avg: count,
        native: {}, stream: {}, getDatastore: { gives: 'datastore' },
      },
    },
    query: {
      runs: 'when-awaited',
      calls: {
        limit: { gives: 'query', bounds: { argument: 0 } }, paginate: { gives: 'query', bounds: { argument: -1 } }, where: { gives: 'query', filter: 0 }, set: { gives: 'query' }, '*': { gives: 'query' },
      },
    },
  },
  options: { bounds: ['limit'], filter: ['where'] },
  membership: ['in'],
  repair: {
    read: 'one `find({ id: ids })`, or `.populate(…)` on the query before the loop, loads the same records at once',
    write: 'one `createEach([...])`, or an `update`/`destroy` with `{ id: ids }`, does the same work',
    limit: '`.limit(n)` and `.skip(n)`, or `.stream()`, read them in portions',
  },
};
