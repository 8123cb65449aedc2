import type { Call, Library } from './library.ts';

const write: Call = { verb: 'write', options: 0 };
const bulk: Call = { verb: 'write', options: 0, bulk: true };

/** Source: keystonejs/keystone docs/content/docs/context/db-items.md, query.md; packages/core/src/lib/context/createContext.ts. */
export const keystone: Library = {
  name: 'keystone',
  title: 'Keystone',
  packages: ['@keystone-6/core'],
  exports: { getContext: { result: 'context' }, KeystoneContext: { made: 'context' } },
  kinds: {
    context: {
      names: /^_?(?:ctx|context|\w+Context)$/,
      members: { db: 'lists', query: 'lists' },
      calls: { sudo: { gives: 'context' }, internal: { gives: 'context' }, withSession: { gives: 'context' }, withRequest: { gives: 'context' }, transaction: { callback: { 0: 'context' } } },
    },
    lists: { members: { '*': 'list' } },
    list: {
      calls: {
        findMany: { verb: 'read-many', options: 0 }, findOne: { verb: 'read-one', options: 0 }, count: { verb: 'aggregate', options: 0 },
        createOne: write, updateOne: write, deleteOne: write, createMany: bulk, updateMany: bulk, deleteMany: bulk,
      },
    },
  },
  shapes: [{ calls: ['findMany', 'findOne', 'createOne', 'updateOne', 'deleteOne', 'createMany', 'updateMany', 'deleteMany'], on: 'list', under: /\.(?:db|query)\.[A-Z]\w*$/, dependent: true }],
  options: { bounds: ['take'], filter: ['where'] },
  repair: {
    read: 'one `findMany` with `where: { id: { in: ids } }`, or the related items in the `query` of the call before the loop, loads the same items at once',
    write: 'one `createMany`, `updateMany` or `deleteMany` does the same work',
    limit: '`take` and `skip` (or a cursor) read them page by page',
  },
};
