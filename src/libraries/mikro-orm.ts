import type { Call, Library } from './library.ts';

const one: Call = { verb: 'read-one', table: 0, row: 'row' };
/** Of what is loaded already, nothing is asked again. */
const once: Call = { verb: 'read-one', onceFor: -1 };
const write: Call = { verb: 'write' };
const bulk: Call = { verb: 'write', bulk: true };
const count: Call = { verb: 'aggregate' };
const builder: Call = { verb: 'read-many', gives: 'query', table: 0 };

/**
 * Source: mikro-orm/mikro-orm packages/core/src/EntityManager.ts, EntityRepository.ts, docs/docs/unit-of-work.md, query-builder.md.
 * Up to version 6 a query builder may be awaited as it is. What a loaded collection finds, it finds in memory.
 */
export const mikroOrm: Library = {
  name: 'mikro-orm',
  title: 'MikroORM',
  packages: [
    '@mikro-orm/core', '@mikro-orm/postgresql', '@mikro-orm/mysql', '@mikro-orm/mariadb', '@mikro-orm/sqlite', '@mikro-orm/better-sqlite', '@mikro-orm/libsql', '@mikro-orm/mongodb', '@mikro-orm/mssql',
    '@mikro-orm/knex', '@mikro-orm/sql', '@mikro-orm/nestjs',
  ],
  exports: {
    MikroORM: { made: 'orm' }, 'MikroORM.init': { result: 'orm' }, 'MikroORM.initSync': { result: 'orm' }, 'RequestContext.getEntityManager': { result: 'em' },
    EntityManager: { made: 'em', extendedInstance: 'em' }, SqlEntityManager: { made: 'em', extendedInstance: 'em' }, MongoEntityManager: { made: 'em' },
    EntityRepository: { made: 'repository', extendedInstance: 'repository' }, SqlEntityRepository: { made: 'repository', extendedInstance: 'repository' }, MongoEntityRepository: { made: 'repository', extendedInstance: 'repository' },
    QueryBuilder: { made: 'query' }, Collection: { made: 'collection' },
    Reference: { made: 'reference' }, Ref: { made: 'reference' }, IdentifiedReference: { made: 'reference' }, ScalarReference: { made: 'reference' }, ScalarRef: { made: 'reference' }, 'Reference.create': { result: 'reference' },
    wrap: { result: 'wrapped' }, BaseEntity: { extendedInstance: 'row' },
  },
  kinds: {
    orm: { names: /^orm$/, members: { em: 'em' } },
    em: {
      names: /^_?(?:em|entityManager)$/,
      calls: {
        find: { verb: 'read-many', table: 0, filter: 1, options: 2, leastArguments: 2, row: 'row' }, findAll: { verb: 'read-many', table: 0, options: 1, row: 'row' }, findAndCount: { verb: 'read-many', table: 0, filter: 1, options: 2, gives: 'counted' },
        findByCursor: { verb: 'read-many', table: 0, bounds: { argument: -1 } }, findOne: one, findOneOrFail: one, refresh: { verb: 'read-one' }, populate: { verb: 'read-many', bounds: { argument: -1 } },
        count: { ...count, table: 0 }, countBy: { ...count, table: 0 },
        insert: write, upsert: write, nativeUpdate: write, nativeDelete: write, insertMany: bulk, upsertMany: bulk, flush: write, persistAndFlush: write, removeAndFlush: write,
        persist: { gives: 'em' }, remove: { gives: 'em' }, fork: { gives: 'em' }, getContext: { gives: 'em' }, getRepository: { gives: 'repository', table: 0 },
        transactional: { callback: { 0: 'em' } }, execute: { verb: 'raw', text: 0 }, getConnection: { gives: 'connection' }, createQueryBuilder: builder, qb: builder, queryBuilder: builder,
        create: {}, assign: {}, merge: {}, map: {}, getReference: {}, clear: {},
      },
    },
    connection: { calls: { execute: { verb: 'raw', text: 0 } } },
    repository: {
      names: /^_?\w+Repo(?:sitory)?$/,
      members: { em: 'em' },
      calls: {
        find: { verb: 'read-many', filter: 0, options: 1, row: 'row' }, findAll: { verb: 'read-many', options: 0, row: 'row' }, findAndCount: { verb: 'read-many', filter: 0, options: 1, gives: 'counted' }, findByCursor: { verb: 'read-many', bounds: { argument: -1 } },
        findOne: { verb: 'read-one', row: 'row' }, findOneOrFail: { verb: 'read-one', row: 'row' }, populate: { verb: 'read-many', bounds: { argument: -1 } }, count,
        insert: write, upsert: write, nativeUpdate: write, nativeDelete: write, insertMany: bulk, upsertMany: bulk, flush: write, persistAndFlush: write, removeAndFlush: write,
        persist: { gives: 'repository' }, remove: { gives: 'repository' }, getEntityManager: { gives: 'em' }, createQueryBuilder: { verb: 'read-many', gives: 'query' }, qb: { verb: 'read-many', gives: 'query' },
        create: {}, assign: {}, merge: {}, map: {}, getReference: {},
      },
    },
    query: {
      runs: 'when-awaited',
      calls: {
        getSingleResult: { verb: 'read-one' }, getResult: { verb: 'read-many' }, getResultList: { verb: 'read-many' }, getResultAndCount: { verb: 'read-many' }, getCount: count, count: { ...count, gives: 'query' }, execute: { gives: 'query' }, stream: { gives: 'query', bounds: { argument: -1 } },
        insert: { verb: 'write', gives: 'query' }, update: { verb: 'write', gives: 'query' }, delete: { verb: 'write', gives: 'query' }, truncate: { verb: 'write', gives: 'query' },
        limit: { gives: 'query', bounds: { argument: 0 } }, where: { gives: 'query', filter: 0 }, andWhere: { gives: 'query', filter: 0 },
        as: {}, getQuery: {}, getFormattedQuery: {}, getKnexQuery: {}, getParams: {}, '*': { gives: 'query' },
      },
    },
    // Of the rows and their number: `const [authors, total] = …`.
    counted: { row: 'list' },
    list: { row: 'row' },
    // What stands in a member of a row whose class cannot be seen: of these calls, a collection or a reference has them.
    related: { calls: { init: once, load: once, loadOrFail: once, loadProperty: once, loadItems: { ...once, verb: 'read-many', owner: -1 }, loadCount: count } },
    row: { members: { '*': 'related' }, calls: { init: { verb: 'read-one' }, populate: { verb: 'read-one' } } },
    wrapped: { calls: { init: once, populate: { verb: 'read-one' } } },
    reference: { calls: { load: once, loadOrFail: once, loadProperty: once } },
    collection: {
      calls: {
        loadItems: { verb: 'read-many', owner: -1, options: 0, onceFor: -1 }, load: { verb: 'read-many', owner: -1, options: 0, onceFor: -1 }, init: { verb: 'read-many', owner: -1, options: 0, onceFor: -1 },
        loadCount: count, matching: { verb: 'read-many', owner: -1, options: 0 },
      },
    },
  },
  injected: { InjectRepository: 'repository', InjectEntityManager: 'em' },
  shapes: [
    { calls: ['persistAndFlush', 'removeAndFlush', 'nativeUpdate', 'nativeDelete'], on: 'em' },
    { calls: ['loadItems', 'loadCount'], on: 'collection', dependent: true },
  ],
  options: { bounds: ['limit', 'first', 'last'], filter: ['where'] },
  membership: ['$in'],
  repair: {
    read: 'one `find` with `{ $in: ids }`, `populate` on the query before the loop, or `em.populate(list, [...])`, loads the same rows at once',
    write: 'one `flush()` after the loop writes all that was queued in it; `insertMany`, `upsertMany` and `nativeUpdate` with `$in` take all rows at once',
    limit: '`limit` and `offset`, or `findByCursor`, read them page by page',
  },
};
