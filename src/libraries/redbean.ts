import type { Library } from './library.ts';

/** Source: louislam/redbean-node lib/redbean-node.ts. */
export const redbean: Library = {
  name: 'redbean',
  title: 'RedBeanNode',
  packages: ['redbean-node'],
  exports: { R: { is: 'store' }, RedBeanNode: { made: 'store' } },
  kinds: {
    store: {
      names: /^R$/,
      calls: {
        find: { verb: 'read-many', table: 0, filter: 1 }, findAll: { verb: 'read-many', table: 0, filter: 1 }, findOne: { verb: 'read-one', table: 0 }, load: { verb: 'read-one', table: 0 },
        getAll: { verb: 'raw', text: 0 }, getAssoc: { verb: 'raw', text: 0 }, getCol: { verb: 'raw', text: 0 }, getRow: { verb: 'read-one' }, getCell: { verb: 'read-one' },
        count: { verb: 'aggregate', table: 0 }, exec: { verb: 'raw', text: 0 }, store: { verb: 'write' }, trash: { verb: 'write' }, storeAll: { verb: 'write', bulk: true }, trashAll: { verb: 'write', bulk: true },
        dispense: {}, isoDateTime: {}, convertToBeans: {},
      },
    },
  },
  options: { bounds: [], filter: [] },
  repair: {
    read: 'one `R.find(type, ` id IN (${R.genSlots(ids)}) `, ids)` loads the same beans at once',
    write: 'one `R.exec` with all ids, or an insert of several rows, does the same work',
    limit: 'a `LIMIT` at the end of the condition reads them page by page',
  },
};
