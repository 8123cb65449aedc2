import type { Call, Library } from './library.ts';
import { modelName } from './mongoose.ts';

/** A page, of ten rows unless said otherwise. */
const page: Call = { verb: 'read-many', capped: true, options: 0, gives: 'rows' };

/** What a callback puts on the builder, a limit among it, cannot be seen; a call that is named can. */
const onBuilder = { argument: 0, none: ['where', 'andWhere', 'orWhere', 'whereIn', 'whereNot', 'whereNotIn', 'whereNull', 'whereNotNull', 'orderBy', 'select', 'join', 'leftJoin', 'innerJoin'] };

const same: Call = { gives: 'row' };
const one: Call = { verb: 'read-one', row: 'row' };
const write: Call = { verb: 'write', row: 'row' };
const finding: Record<string, Call> = {
  fetch: one, fetchAll: { verb: 'read-many', gives: 'rows' }, fetchPage: page, count: { verb: 'aggregate' },
  where: { gives: 'row', condition: { column: 0 } }, orderBy: same,
  query: { gives: 'row', bounds: onBuilder, condition: { column: 1 } },
};

/** Source: bookshelf/bookshelf lib/model.js, lib/collection.js, lib/plugins/pagination.js. */
export const bookshelf: Library = {
  name: 'bookshelf',
  title: 'Bookshelf',
  packages: ['bookshelf'],
  exports: { default: { result: 'orm' }, '*': { result: 'orm' } },
  kinds: {
    orm: { names: /^bookshelf$/i, members: { Model: 'model', Collection: 'collection' }, calls: { model: { gives: 'model' }, collection: { gives: 'collection' }, transaction: {} } },
    model: { made: 'row', calls: { ...finding, forge: same, extend: { gives: 'model' }, fetchAll: finding['fetchAll']!, findOne: one, findById: one, findAll: { verb: 'read-many', gives: 'rows' }, findPage: page, create: write, add: write, edit: write, update: write, upsert: write, destroy: write, collection: { gives: 'rows' } } },
    row: {
      calls: { ...finding, save: write, destroy: write, refresh: one, load: one, related: { gives: 'row' }, attach: write, detach: write, updatePivot: write, create: write, forge: same, get: {}, set: same, toJSON: {} },
    },
    collection: { made: 'rows', calls: { extend: { gives: 'collection' }, forge: { gives: 'rows' } } },
    rows: {
      row: 'row',
      members: { models: 'rows' },
      calls: { fetch: { verb: 'read-many' }, fetchOne: one, load: { verb: 'read-many', bounds: { argument: -1 } }, count: { verb: 'aggregate' }, query: { gives: 'rows', bounds: onBuilder, condition: { column: 1 } }, where: { gives: 'rows' }, orderBy: { gives: 'rows' }, create: write, invokeThen: write },
    },
  },
  shapes: [
    { calls: ['fetchAll', 'fetchPage'], on: 'row', dependent: true },
    { calls: ['fetch', 'save', 'destroy'], on: 'row', under: /\.forge\(/, dependent: true },
    { calls: ['updatePivot'], on: 'row', dependent: true },
    { calls: ['fetch', 'fetchOne'], on: 'row', under: /\.related\(['"\w]+\)$/, dependent: true },
    // Statics that plugins and base classes give to models. What only changes something may be said of anything that is written like one.
    { calls: ['findOne', 'findById', 'findAll', 'findPage'], on: 'model', under: new RegExp(`${modelName.source}|(?:^|\\.)[_#]?model$`), dependent: true },
    { calls: ['create', 'add', 'edit', 'update', 'upsert', 'destroy'], on: 'model', under: /\bmodels(?:\.[A-Z]\w*|\[[^\]]{1,60}\])$|(?:^|\.)[_#]?[A-Z]\w*Model$/, dependent: true },
  ],
  options: { bounds: ['limit', 'pageSize'], filter: [], lifts: { limit: ['all'], pageSize: ['all'] } },
  repair: {
    read: '`withRelated` on the query before the loop, or one `.where("id", "in", ids).fetchAll()`, loads the same rows at once',
    write: 'one insert, update or delete through Knex for all rows does the same work',
    limit: '`.fetchPage({ page, pageSize })` reads them page by page',
  },
};
