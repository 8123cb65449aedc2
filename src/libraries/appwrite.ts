import type { Call, Library } from './library.ts';

const list: Call = { verb: 'read-many', capped: true };
const one: Call = { verb: 'read-one' };
const write: Call = { verb: 'write' };
const bulk: Call = { verb: 'write', bulk: true };

/** Source: appwrite.io/docs/products/databases (25 rows come back unless `Query.limit` says otherwise); appwrite/sdk-for-node src/services. */
export const appwrite: Library = {
  name: 'appwrite',
  title: 'Appwrite',
  packages: ['node-appwrite', 'appwrite'],
  exports: {
    Databases: { made: 'rows' }, TablesDB: { made: 'rows' }, Users: { made: 'users' }, Teams: { made: 'users' },
    'default.Databases': { made: 'rows' }, 'default.TablesDB': { made: 'rows' }, 'default.Users': { made: 'users' },
  },
  kinds: {
    rows: {
      calls: {
        listDocuments: list, listRows: list, getDocument: one, getRow: one,
        createDocument: write, updateDocument: write, upsertDocument: write, deleteDocument: write, createRow: write, updateRow: write, upsertRow: write, deleteRow: write,
        createDocuments: bulk, updateDocuments: bulk, upsertDocuments: bulk, deleteDocuments: bulk, createRows: bulk, updateRows: bulk, upsertRows: bulk, deleteRows: bulk,
      },
    },
    users: { calls: { list, get: one, create: write, delete: write, updatePrefs: write, updateLabels: write, listMemberships: list } },
  },
  repair: {
    read: 'one list with `Query.equal("$id", ids)` loads the same rows at once',
    write: '`createRows`, `updateRows` and `deleteRows` (`createDocuments` and its kind) write many at once',
    limit: '`Query.limit` with `Query.cursorAfter` reads them page by page',
  },
};
