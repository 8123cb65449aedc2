import type { Call, Library } from './library.ts';

const select: Call = { gives: 'query', table: 0 };

/** Source: kysely-org/kysely src/kysely.ts, src/query-builder/select-query-builder.ts. `executeTakeFirst` adds no LIMIT, yet says that one row is meant. */
export const kysely: Library = {
  name: 'kysely',
  title: 'Kysely',
  packages: ['kysely'],
  exports: { Kysely: { made: 'client', extendedInstance: 'client' }, Transaction: { made: 'client' }, ControlledTransaction: { made: 'client' }, sql: { is: 'tag' } },
  kinds: {
    client: {
      calls: {
        selectFrom: select, insertInto: { gives: 'writing', table: 0 }, updateTable: { gives: 'writing', table: 0 }, deleteFrom: { gives: 'writing', table: 0 },
        replaceInto: { gives: 'writing', table: 0 }, mergeInto: { gives: 'writing', table: 0 },
        transaction: { gives: 'transaction' }, with: { gives: 'client' }, withRecursive: { gives: 'client' }, withSchema: { gives: 'client' }, selectNoFrom: { gives: 'query' },
      },
    },
    transaction: { calls: { execute: { callback: { 0: 'client' } }, '*': { gives: 'transaction' } } },
    // A tag is a fragment until somebody executes it.
    tag: { called: { verb: 'raw', text: 0, gives: 'statement' }, runs: 'by-terminal' },
    statement: { calls: { execute: { verb: 'raw' } } },
    query: {
      runs: 'by-terminal',
      calls: {
        execute: { verb: 'read-many' }, executeTakeFirst: { verb: 'read-one' }, executeTakeFirstOrThrow: { verb: 'read-one' }, stream: { verb: 'read-many', bounds: { argument: -1 } },
        limit: { gives: 'query', bounds: { argument: 0 } }, fetch: { gives: 'query', bounds: { argument: 0 } }, top: { gives: 'query', bounds: { argument: 0 } },
        where: { gives: 'query', condition: { column: 0 } }, compile: {}, as: {}, $castTo: { gives: 'query' }, '*': { gives: 'query' },
      },
    },
    writing: { runs: 'by-terminal', calls: { execute: { verb: 'write' }, executeTakeFirst: { verb: 'write' }, executeTakeFirstOrThrow: { verb: 'write' }, compile: {}, '*': { gives: 'writing' } } },
  },
  shapes: [
    { calls: ['selectFrom', 'insertInto', 'updateTable', 'deleteFrom'], on: 'client' },
  ],
  options: { bounds: [], filter: [] },
  repair: {
    read: "one query with `.where('…', 'in', ids)`, or a join, loads the same rows at once",
    write: "one `.values([...])`, or an update with `.where('…', 'in', ids)`, does the same work",
    limit: '`.limit(n)` with a keyset `.where` reads them page by page',
  },
};
