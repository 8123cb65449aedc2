import type { Call, Library } from './library.ts';

const one: Call = { verb: 'read-one', options: 0 };
const write: Call = { verb: 'write', options: 0 };
const list: Call = { verb: 'read-many', options: 0, capped: true };
const count: Call = { verb: 'aggregate', options: 0 };

/** Source: payloadcms/payload docs/local-api/overview.mdx, docs/queries/pagination.mdx, packages/payload/src/collections/operations/find.ts. Ten documents come back, unless pagination is off or the limit is 0. */
export const payload: Library = {
  name: 'payload',
  title: 'Payload',
  packages: ['payload', '@payloadcms/next', '@payloadcms/sdk'],
  exports: { getPayload: { result: 'client' }, default: { is: 'client' }, Payload: { made: 'client' }, BasePayload: { made: 'client' }, PayloadSDK: { made: 'client' }, getPayloadHMR: { result: 'client' }, PayloadRequest: { made: 'request' } },
  kinds: {
    request: { members: { payload: 'client' } },
    client: {
      members: { db: 'adapter' },
      calls: {
        find: list, findByID: one, findDistinct: list, findVersions: list, findVersionByID: one, findGlobal: one, count, countVersions: count,
        create: write, update: write, delete: write, duplicate: write, updateGlobal: write, restoreVersion: write, unlock: write,
      },
    },
    adapter: {
      calls: {
        find: list, findOne: one, findVersions: list, queryDrafts: list, findGlobal: one, count, countVersions: count,
        create: write, updateOne: write, deleteOne: write, upsert: write, createVersion: write, updateVersion: write, updateMany: { ...write, bulk: true }, deleteMany: { ...write, bulk: true }, deleteVersions: { ...write, bulk: true },
      },
    },
  },
  shapes: [
    { calls: ['find', 'findByID', 'findVersions', 'create', 'update', 'delete', 'count', 'duplicate'], on: 'client', under: /(?:^|\.)payload$/, object: { argument: 0, anyOf: ['collection'] } },
    { calls: ['findGlobal', 'updateGlobal'], on: 'client', under: /(?:^|\.)payload$/, object: { argument: 0, anyOf: ['slug'] } },
    { calls: ['find', 'findOne', 'create', 'updateOne', 'deleteOne', 'deleteMany'], on: 'adapter', under: /(?:^|\.)payload\.db$/, object: { argument: 0, anyOf: ['collection'] } },
  ],
  options: { bounds: ['limit'], filter: ['where'], table: 'collection', lifts: { limit: [0], pagination: [false] } },
  repair: {
    read: 'one `find` with `where: { id: { in: ids } }`, or `depth` on the query before the loop, loads the same documents at once',
    write: 'one `update` or `delete` with a `where` over all ids does the same work where every document gets the same values',
    limit: '`limit` and `page` read them page by page',
  },
};
