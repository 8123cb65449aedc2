import type { Call, Library } from './library.ts';

const write: Call = { verb: 'write' };
const bulk: Call = { verb: 'write', bulk: true };
const count: Call = { verb: 'aggregate' };
const paged: Call = { verb: 'read-many', bounds: { argument: -1 } };

/** Source: docs.strapi.io cms/api/document-service, cms/api/query-engine; v4 entity service. Only the REST and GraphQL doors put a limit of their own. */
export const strapi: Library = {
  name: 'strapi',
  title: 'Strapi',
  packages: ['@strapi/strapi', 'strapi', '@strapi/types', '@strapi/core'],
  exports: { Strapi: { made: 'strapi' }, 'Core.Strapi': { made: 'strapi' }, createStrapi: { result: 'strapi' } },
  kinds: {
    strapi: {
      names: /^_?strapi$/,
      members: { entityService: 'entities', db: 'database' },
      calls: { documents: { gives: 'documents', table: 0 }, query: { gives: 'table', table: 0 }, load: { gives: 'strapi' } },
    },
    database: { calls: { query: { gives: 'table', table: 0 }, transaction: {} } },
    documents: {
      calls: {
        findMany: { verb: 'read-many', options: 0 }, findOne: { verb: 'read-one' }, findFirst: { verb: 'read-one' }, count,
        create: write, update: write, delete: write, clone: write, publish: write, unpublish: write, discardDraft: write,
      },
    },
    entities: {
      calls: {
        findMany: { verb: 'read-many', options: 1, table: 0 }, findOne: { verb: 'read-one', table: 0 }, findPage: { ...paged, table: 0 }, count: { ...count, table: 0 },
        create: { ...write, table: 0 }, update: { ...write, table: 0 }, delete: { ...write, table: 0 }, deleteMany: { ...bulk, table: 0 }, load: { verb: 'read-many', bounds: { argument: -1 }, table: 0 },
      },
    },
    table: {
      calls: {
        findMany: { verb: 'read-many', options: 0 }, findOne: { verb: 'read-one' }, findPage: paged, findWithCount: { verb: 'read-many', options: 0 }, find: { verb: 'read-many', capped: true, options: 0 }, load: paged,
        create: write, update: write, delete: write, createMany: bulk, updateMany: bulk, deleteMany: bulk, count,
      },
    },
  },
  options: { bounds: ['limit', 'pageSize', '_limit'], filter: ['filters', 'where'], nested: ['pagination'], lifts: { limit: [-1], _limit: [-1] } },
  repair: {
    read: 'one `findMany` with `filters: { id: { $in: ids } }`, or `populate` on the query before the loop, loads the same entries at once',
    write: '`strapi.db.query(uid).createMany`, `updateMany` or `deleteMany` does the same work, where no lifecycle hook has to run',
    limit: '`limit` and `start` read them page by page',
  },
};
