import type { Call, Library } from './library.ts';

const find: Call = { verb: 'read-many', options: 0, row: 'entity' };
const findBy: Call = { verb: 'read-many', filter: 0, row: 'entity' };
const one: Call = { verb: 'read-one', row: 'entity' };
const write: Call = { verb: 'write' };
const count: Call = { verb: 'aggregate' };
const emFind: Call = { verb: 'read-many', options: 1, table: 0, leastArguments: 1, row: 'entity' };
const emFindBy: Call = { verb: 'read-many', filter: 1, table: 0, row: 'entity' };
const emOne: Call = { verb: 'read-one', table: 0, row: 'entity' };

const repositoryCalls: Record<string, Call> = {
  find, findAndCount: { ...find, gives: 'counted' }, findBy, findAndCountBy: { ...findBy, gives: 'counted' },
  findByIds: { verb: 'read-many', bounds: { argument: -1 }, row: 'entity' },
  findOne: one, findOneBy: one, findOneOrFail: one, findOneByOrFail: one, findOneById: one, preload: one, exists: one, existsBy: one, exist: one,
  count, countBy: count, sum: count, average: count, minimum: count, maximum: count,
  save: write, remove: write, softRemove: write, recover: write, insert: write, update: write, upsert: write, delete: write,
  softDelete: write, restore: write, increment: write, decrement: write, clear: write,
  query: { verb: 'raw', text: 0 },
  createQueryBuilder: { gives: 'query' },
  extend: { gives: 'repository' },
  create: { gives: 'entity' }, merge: { gives: 'entity' },
  findTrees: { verb: 'read-many' }, findRoots: { verb: 'read-many' }, findDescendants: { verb: 'read-many' }, findAncestors: { verb: 'read-many' },
};

/** Source: typeorm/typeorm docs/docs/working-with-entity-manager/6-repository-api.md, docs/docs/releases/1.0/02-upgrading-from-0.3.md. */
export const typeorm: Library = {
  name: 'typeorm',
  title: 'TypeORM',
  packages: ['typeorm', '@nestjs/typeorm', 'typeorm-extension', 'typeorm-transactional'],
  exports: {
    DataSource: { made: 'manager', extendedInstance: 'manager' },
    Connection: { made: 'manager' },
    EntityManager: { made: 'manager', extendedInstance: 'manager' },
    MongoEntityManager: { made: 'manager' },
    Repository: { made: 'repository', extendedInstance: 'repository' },
    TreeRepository: { made: 'repository', extendedInstance: 'repository' },
    MongoRepository: { made: 'repository', extendedInstance: 'repository' },
    AbstractRepository: { extendedInstance: 'abstractRepository' },
    QueryRunner: { made: 'runner' },
    SelectQueryBuilder: { made: 'query' },
    BaseEntity: { extended: 'repository', extendedInstance: 'entity' },
    getRepository: { result: 'repository' },
    getCustomRepository: { result: 'repository' },
    getConnection: { result: 'manager' },
    getManager: { result: 'manager' },
    createConnection: { result: 'manager' },
  },
  kinds: {
    manager: {
      names: /^(?:dataSource|manager|entityManager|transactionalEntityManager|AppDataSource|queryRunner\.manager|connection)$/,
      members: { manager: 'manager', mongoManager: 'manager' },
      calls: {
        getRepository: { gives: 'repository', table: 0 }, getTreeRepository: { gives: 'repository' }, getMongoRepository: { gives: 'repository' },
        getCustomRepository: { gives: 'repository' }, withRepository: { gives: 'repository' },
        createQueryRunner: { gives: 'runner' },
        transaction: { callback: { 0: 'manager', 1: 'manager' } },
        createQueryBuilder: { gives: 'query', table: 0 },
        query: { verb: 'raw', text: 0 },
        find: emFind, findAndCount: { ...emFind, gives: 'counted' }, findBy: emFindBy, findAndCountBy: { ...emFindBy, gives: 'counted' },
        findOne: emOne, findOneBy: emOne, findOneOrFail: emOne, findOneByOrFail: emOne, exists: emOne, existsBy: emOne, preload: emOne,
        count: { verb: 'aggregate', table: 0 }, countBy: { verb: 'aggregate', table: 0 },
        save: write, remove: write, softRemove: write, recover: write, insert: write, update: write, upsert: write, delete: write, softDelete: write,
        restore: write, increment: write, decrement: write, clear: write,
      },
    },
    runner: { names: /^queryRunner$/, members: { manager: 'manager' }, calls: { query: { verb: 'raw', text: 0 } } },
    abstractRepository: { members: { repository: 'repository', manager: 'manager' }, calls: { createQueryBuilder: { gives: 'query' }, createQueryBuilderFor: { gives: 'query' }, getRepositoryFor: { gives: 'repository' } } },
    repository: { names: /^(?:\w*Repository|\w*Repo)$/, members: { manager: 'manager' }, calls: repositoryCalls },
    // Of the rows and their number: `const [users, total] = …`.
    counted: { row: 'entities' },
    entities: { row: 'entity' },
    entity: { calls: { save: write, remove: write, softRemove: write, recover: write, reload: one } },
    query: {
      runs: 'by-terminal',
      calls: {
        getMany: { verb: 'read-many', row: 'entity' }, getManyAndCount: { verb: 'read-many', gives: 'counted' }, getRawMany: { verb: 'read-many' }, getRawAndEntities: { verb: 'read-many' },
        getOne: one, getOneOrFail: one, getRawOne: one, getExists: one, getCount: count, execute: write, stream: { verb: 'read-many', bounds: { argument: -1 } },
        take: { gives: 'query', bounds: { argument: 0 } }, limit: { gives: 'query', bounds: { argument: 0 } },
        setFindOptions: { gives: 'query', options: 0 },
        whereInIds: { gives: 'query', bounds: { argument: 0 } },
        where: { gives: 'query', filter: 0 }, andWhere: { gives: 'query', filter: 0 },
        from: { gives: 'query', table: 0 }, into: { gives: 'query', table: 0 },
        getQuery: {}, getSql: {}, getParameters: {}, getQueryAndParameters: {},
        relation: { gives: 'relation' },
        '*': { gives: 'query' },
      },
    },
    // `createQueryBuilder().relation(User, 'posts').of(user).loadMany()`: the other side of one row.
    relation: {
      runs: 'by-terminal',
      calls: { of: { gives: 'relation' }, loadOne: one, loadMany: { verb: 'read-many', bounds: { argument: -1 }, row: 'entity' }, add: write, set: write, remove: write, addAndRemove: write },
    },
  },
  injected: { InjectRepository: 'repository', InjectDataSource: 'manager', InjectEntityManager: 'manager' },
  shapes: [
    { calls: ['getRepository', 'getTreeRepository', 'getMongoRepository'], on: 'manager', dependent: true },
    { calls: ['findOneBy', 'findOneByOrFail', 'findAndCountBy', 'existsBy'], on: 'repository' },
    { calls: ['getMany', 'getRawMany', 'getManyAndCount', 'getRawAndEntities', 'getRawOne', 'getOneOrFail'], on: 'query', bare: true },
    { calls: ['createQueryBuilder'], on: 'repository' },
    { calls: ['find', 'findOne', 'findOneOrFail', 'findAndCount'], on: 'repository', object: { argument: 0, anyOf: ['relations'] } },
  ],
  lazyRelations: ['OneToMany', 'ManyToOne', 'OneToOne', 'ManyToMany'],
  options: { bounds: ['take'], filter: ['where'] },
  membership: ['In', 'InIds', 'Any'],
  repair: {
    read: 'one `find` with `In([...])`, or `relations` on the query before the loop, loads the same rows at once',
    write: 'one `save([...])`, `insert([...])` or `update` with `In([...])` does the same work',
    limit: '`take` and `skip` (or a keyset `where`) read them page by page',
  },
};
