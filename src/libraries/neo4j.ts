import type { Call, Library } from './library.ts';

const text: Call = { verb: 'raw', text: 0 };

/** Source: neo4j/neo4j-javascript-driver packages/core/src/driver.ts, session.ts. */
export const neo4j: Library = {
  name: 'neo4j',
  title: 'Neo4j',
  packages: ['neo4j-driver', 'neo4j-driver-lite', 'nest-neo4j'],
  exports: { driver: { result: 'driver' }, 'default.driver': { result: 'driver' }, Driver: { made: 'driver' }, Session: { made: 'session' }, Transaction: { made: 'session' }, ManagedTransaction: { made: 'session' }, 'default.Session': { made: 'session' }, 'default.Driver': { made: 'driver' } },
  kinds: {
    driver: { names: /^_?(?:neo4j)?(?:driver)$|^neo4j$/i, calls: { session: { gives: 'session' }, executeQuery: text, close: {} } },
    session: {
      names: /^_?(?:neo4j)?session$/i,
      calls: { run: text, executeRead: { callback: { 0: 'session' } }, executeWrite: { callback: { 0: 'session' } }, readTransaction: { callback: { 0: 'session' } }, writeTransaction: { callback: { 0: 'session' } }, beginTransaction: { gives: 'session' }, close: {} },
    },
  },
  language: 'cypher',
  repair: {
    read: 'one statement that begins with `UNWIND $ids AS id`, or matches `WHERE n.id IN $ids`, finds the same nodes at once',
    write: 'one statement that begins with `UNWIND $rows AS row` writes all of them',
    limit: '`LIMIT` with `SKIP`, or with a condition on the last one seen, reads them page by page',
  },
};
