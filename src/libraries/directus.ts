import type { Call, Library } from './library.ts';

const one: Call = { verb: 'read-one' };
const write: Call = { verb: 'write' };
const bulk: Call = { verb: 'write', bulk: true };
const list: Call = { verb: 'read-many', options: 0, capped: true };
/** System collections have commands of their own: `readUsers`, `updateUser`. */
const system = ['User', 'Role', 'File', 'Folder', 'Policy', 'Permission', 'Comment', 'Flow', 'Operation', 'Preset', 'Panel', 'Dashboard', 'Notification', 'Revision', 'Translation', 'Activity', 'Share', 'Version'];
const plural = (name: string): string => (name.endsWith('y') ? `${name.slice(0, -1)}ies` : `${name}s`);

/** Source: directus/directus sdk/src/rest/commands, api/src/services/items.ts, packages/env/src/constants/defaults.ts (100 rows unless `limit` says otherwise; -1 for all). */
export const directus: Library = {
  name: 'directus',
  title: 'Directus',
  packages: ['@directus/sdk', 'directus', '@directus/api', '@directus/extensions-sdk', '@directus/extensions', '@directus/types'],
  exports: { createDirectus: { result: 'client' }, DirectusClient: { made: 'client' }, RestClient: { made: 'client' }, ItemsService: { made: 'service' } },
  kinds: {
    client: { names: /^_?directus(?:Client)?$/i, calls: { with: { gives: 'client' }, request: { command: 0 } } },
    service: {
      names: /^_?\w*(?:items?|users?|files?|folders?|roles?|collections?)Service$/i,
      calls: {
        readByQuery: list, readOne: one, readMany: { verb: 'read-many', bounds: { argument: -1 } }, readSingleton: one,
        createOne: write, updateOne: write, upsertOne: write, deleteOne: write, upsertSingleton: write,
        createMany: bulk, updateMany: bulk, updateBatch: bulk, updateByQuery: bulk, upsertMany: bulk, deleteMany: bulk, deleteByQuery: bulk,
      },
    },
  },
  commands: {
    readItems: { ...list, options: 1, table: 0 }, readItem: { ...one, table: 0 }, readSingleton: { ...one, table: 0 }, aggregate: { verb: 'aggregate', table: 0 },
    createItem: { ...write, table: 0 }, createItems: { ...bulk, table: 0 }, updateItem: { ...write, table: 0 }, updateItems: { ...bulk, table: 0 }, updateItemsBatch: { ...bulk, table: 0 }, deleteItem: { ...write, table: 0 }, deleteItems: { ...bulk, table: 0 },
    ...Object.fromEntries(system.flatMap((name): [string, Call][] => [
      [`read${name}`, one], [`read${plural(name)}`, list], [`create${name}`, write], [`create${plural(name)}`, bulk], [`update${name}`, write], [`update${plural(name)}`, bulk], [`delete${name}`, write], [`delete${plural(name)}`, bulk],
    ])),
  },
  shapes: [{ calls: ['request'], on: 'client', command: 0 }, { calls: ['readByQuery'], on: 'service' }],
  options: { bounds: ['limit'], filter: ['filter'], lifts: { limit: [-1] } },
  repair: {
    read: 'one read with `filter: { id: { _in: ids } }`, or the related fields (`fields: ["*", "author.*"]`) on the read before the loop, loads the same items at once',
    write: '`createItems`, `updateItemsBatch` and `deleteItems` (`createMany`, `updateBatch`, `deleteMany` of a service) take all items at once',
    limit: '`limit` and `page` read them page by page',
  },
};
