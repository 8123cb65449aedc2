import type { Call, Library } from './library.ts';

const one: Call = { verb: 'read-one' };
const write: Call = { verb: 'write' };
const bulk: Call = { verb: 'write', bulk: true };
const next: Call = { gives: 'query' };
const together: Call = { verb: 'read-many', bounds: { argument: -1 } };

/** Source: parse-community/Parse-SDK-JS src/ParseQuery.ts, src/ParseObject.ts. `find` gives 100 objects unless a limit says otherwise, `findAll` every one. In Cloud Code, `Parse` is there without an import. */
export const parse: Library = {
  name: 'parse',
  title: 'Parse',
  packages: ['parse', 'parse-server', 'parse/node'],
  exports: {
    default: { is: 'parse' }, '*': { is: 'parse' }, Query: { made: 'query' }, 'Query.or': { result: 'query' }, 'Query.and': { result: 'query' }, 'default.Query.or': { result: 'query' }, 'default.Query.and': { result: 'query' },
    Object: { extended: 'class', extendedInstance: 'object', made: 'object', is: 'class' }, User: { extended: 'class', extendedInstance: 'object', made: 'object', is: 'class' }, Role: { made: 'object', is: 'class' },
  },
  kinds: {
    parse: { members: { Object: 'class', User: 'class', Role: 'class' } },
    class: { made: 'object', calls: { extend: { gives: 'class' }, createWithoutData: { gives: 'object' }, saveAll: bulk, destroyAll: bulk, fetchAll: together, fetchAllIfNeeded: together, fetchAllWithInclude: together } },
    object: { calls: { save: write, destroy: write, fetch: one, fetchWithInclude: one, relation: { gives: 'relation' }, get: { gives: 'object' }, set: { gives: 'object' }, increment: { gives: 'object' }, unset: { gives: 'object' } } },
    relation: { calls: { query: { gives: 'query' }, add: {}, remove: {} } },
    query: {
      runs: 'by-terminal',
      row: 'object',
      calls: {
        find: { verb: 'read-many', capped: true, row: 'object' }, findAll: { verb: 'read-many', row: 'object' }, first: { ...one, row: 'object' }, get: { ...one, row: 'object' }, count: { verb: 'aggregate' },
        aggregate: { verb: 'aggregate' }, distinct: { verb: 'read-many' }, each: {}, eachBatch: {}, map: {}, reduce: {}, filter: {}, subscribe: {}, toJSON: {},
        limit: { gives: 'query', bounds: { argument: 0 } }, equalTo: { gives: 'query', condition: { column: 0 } }, containedIn: { gives: 'query', condition: { column: 0, membership: true } }, '*': next,
      },
    },
  },
  globals: { Parse: 'default' },
  repair: {
    read: 'one query with `containedIn("objectId", ids)`, `include(…)` on the query before the loop, or `Parse.Object.fetchAll(list)`, loads the same objects at once',
    write: 'one `Parse.Object.saveAll(list)` or `destroyAll(list)` sends the writes in batches',
    limit: '`limit(n)` with `skip`, or `eachBatch`, reads them page by page',
  },
};
