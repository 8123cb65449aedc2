import type { Call, Library } from './library.ts';

/** What is asked at the same time runs at the same time, next to the data. */
const one: Call = { verb: 'read-one', batches: true };
const write: Call = { verb: 'write', batches: true };
const run: Call = { verb: 'raw' };

/** Source: npm:convex dist/esm-types/server/query.d.ts; docs.convex.dev/database/reading-data, docs.convex.dev/understanding/best-practices. Functions run beside the database. */
export const convex: Library = {
  name: 'convex',
  title: 'Convex',
  packages: ['convex'],
  exports: {
    GenericQueryCtx: { made: 'context' }, GenericMutationCtx: { made: 'context' }, GenericActionCtx: { made: 'context' }, QueryCtx: { made: 'context' }, MutationCtx: { made: 'context' }, ActionCtx: { made: 'context' },
    GenericDatabaseReader: { made: 'database' }, GenericDatabaseWriter: { made: 'database' },
  },
  kinds: {
    context: { names: /^_?ctx$/, members: { db: 'database' }, calls: { runQuery: run, runMutation: run, runAction: {} } },
    database: { calls: { query: { gives: 'query', table: 0 }, get: one, insert: write, patch: write, replace: write, delete: write, normalizeId: {} } },
    query: {
      runs: 'by-terminal',
      calls: {
        collect: { verb: 'read-many', batches: true }, take: { verb: 'read-many', bounds: { argument: -1 }, batches: true }, paginate: { verb: 'read-many', bounds: { argument: -1 } }, first: one, unique: one,
        withIndex: { gives: 'query', filter: 1 }, withSearchIndex: { gives: 'query', bounds: { argument: -1 } }, '*': { gives: 'query' },
      },
    },
  },
  shapes: [{ calls: ['query'], on: 'database', under: /\bdb$/, dependent: true }, { calls: ['query'], on: 'database', under: /\bdb$/, before: ['collect', 'unique'] }],
  repair: {
    read: '`Promise.all` reads all of them at the same time (or one `.withIndex(…)` range, where they lie together)',
    write: '`Promise.all` writes all of them at the same time; from an action, one mutation that takes the whole list is one transaction',
    limit: '`.take(n)` or `.paginate(…)` reads a part; a function may only read so much before it fails',
  },
};
