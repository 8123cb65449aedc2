import type { Call, Library } from './library.ts';

const one: Call = { verb: 'read-one', gives: 'query' };
const write: Call = { verb: 'write', gives: 'query' };
const count: Call = { verb: 'aggregate', gives: 'query' };
const bounded: Call = { gives: 'query', bounds: { argument: -1 } };
const sized: Call = { gives: 'query', bounds: [{ argument: -1 }, { argument: 1 }] };
const where: Call = { gives: 'query', condition: { column: 0 } };
const whole: Call = { verb: 'read-many', bounds: { argument: -1 } };

/** Source: Vincit/objection.js doc/api/query-builder/find-methods.md, mutate-methods.md, eager-methods.md, doc/api/model/instance-methods.md. */
export const objection: Library = {
  name: 'objection',
  title: 'Objection',
  packages: ['objection'],
  exports: { Model: { extended: 'model', extendedInstance: 'row', made: 'row' }, mixin: { result: 'model' }, compose: { result: 'model' }, QueryBuilder: { made: 'query' }, ModelClass: { made: 'model' } },
  kinds: {
    model: {
      made: 'row',
      calls: {
        query: { verb: 'read-many', gives: 'query' }, relatedQuery: { verb: 'read-many', gives: 'query' }, bindKnex: { gives: 'model' }, bindTransaction: { gives: 'model' }, fromJson: { gives: 'row' },
        fetchGraph: whole, loadRelated: whole, transaction: {}, knex: {}, knexQuery: {},
      },
    },
    row: {
      calls: {
        $query: { verb: 'read-one', gives: 'query' }, $relatedQuery: { verb: 'read-many', owner: -1, gives: 'query' }, $fetchGraph: whole, $loadRelated: whole,
        $set: {}, $setJson: {}, $toJson: {}, $clone: {}, $validate: {},
      },
    },
    query: {
      runs: 'when-awaited',
      row: 'row',
      members: { results: 'query' },
      calls: {
        first: one, findById: one, findOne: one,
        insert: write, insertAndFetch: write, insertGraph: write, insertGraphAndFetch: write, upsertGraph: write, upsertGraphAndFetch: write, patch: write, patchAndFetch: write, patchAndFetchById: write,
        update: write, updateAndFetch: write, updateAndFetchById: write, delete: write, deleteById: write, relate: write, unrelate: write, increment: write, decrement: write, del: write, truncate: write,
        count, countDistinct: count, resultSize: count, min: count, max: count, sum: count, avg: count,
        findByIds: bounded, for: bounded, page: sized, paginate: sized, range: bounded, limit: { gives: 'query', bounds: { argument: 0 } },
        where, andWhere: where, whereIn: { gives: 'query', condition: { column: 0, membership: true } }, whereInComposite: bounded,
        toKnexQuery: {}, toFindQuery: {}, as: {}, '*': { gives: 'query' },
      },
    },
  },
  shapes: [
    // `models.User.query()`, `User.query(trx)`, wherever the models come from.
    { calls: ['query', 'relatedQuery'], on: 'model', under: /(?:\bmodels?\.\w+|(?:^|\.)[A-Z][a-z]\w*)$/, dependent: true },
    { calls: ['$query', '$relatedQuery', '$fetchGraph', '$loadRelated'], on: 'row' },
    { calls: ['withGraphFetched', 'withGraphJoined', 'patchAndFetchById', 'updateAndFetchById', 'insertAndFetch', 'upsertGraph', 'insertGraph'], on: 'query', dependent: true },
  ],
  repair: {
    read: 'one query with `.findByIds(ids)` or `.whereIn(…, ids)`, or `.withGraphFetched(…)` on the query before the loop, loads the same rows at once',
    write: 'one `.insert([...])`, `.insertGraph([...])`, or a `.patch`/`.delete` with `.whereIn(…, ids)`, does the same work',
    limit: '`.page(index, size)` or `.limit(n)` with a keyset `where` reads them page by page',
  },
};
