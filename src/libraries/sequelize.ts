import type { Call, Library } from './library.ts';

const find: Call = { verb: 'read-many', options: 0, row: 'row' };
const one: Call = { verb: 'read-one', row: 'row' };
const write: Call = { verb: 'write' };
const bulk: Call = { verb: 'write', bulk: true };
const count: Call = { verb: 'aggregate' };

/** Options of what associations give a row. Source: npm:sequelize@6.37.8 types/associations/belongs-to-many.d.ts and types/model.d.ts */
const ofAssociations = new Set([
  'where', 'limit', 'offset', 'order', 'attributes', 'include', 'transaction', 'raw', 'nest', 'paranoid', 'scope', 'schema', 'joinTableAttributes', 'through', 'lock', 'skipLocked', 'logging', 'benchmark', 'group', 'having', 'subQuery',
  'plain', 'rejectOnEmpty', 'searchPath', 'useMaster', 'hooks', 'individualHooks', 'distinct', 'col', 'mapToModel', 'indexHints', 'dotNotation', 'type', 'save', 'validate', 'separate', 'required', 'duplicating',
]);

/** Source: npm:sequelize@6.37.8 types/model.d.ts; sequelize/website docs/querying/select-methods.md, docs/associations/has-many.md. */
export const sequelize: Library = {
  name: 'sequelize',
  title: 'Sequelize',
  packages: ['sequelize', '@sequelize/core', 'sequelize-typescript', '@nestjs/sequelize'],
  exports: {
    Sequelize: { made: 'database', extendedInstance: 'database' },
    default: { made: 'database' },
    '*': { made: 'database' },
    Model: { extended: 'model', extendedInstance: 'row', made: 'row' },
    ModelStatic: { made: 'model' },
    ModelCtor: { made: 'model' },
  },
  kinds: {
    database: {
      names: /^sequelize$/,
      members: { models: 'models' },
      calls: {
        define: { gives: 'model' }, model: { gives: 'model' }, import: { gives: 'model' },
        transaction: { callback: { 0: 'transaction', 1: 'transaction' } },
        query: { verb: 'raw', text: 0 },
      },
    },
    models: { names: /^(?:models|db)$/, members: { sequelize: 'database', '*': 'model' } },
    transaction: {},
    model: {
      made: 'row',
      calls: {
        findAll: find, findAndCountAll: { ...find, gives: 'counted' }, all: find,
        findOne: one, findByPk: one, findById: one, findOrBuild: one, find: one,
        findOrCreate: { ...write, gives: 'rows' }, findCreateFind: { ...write, gives: 'rows' },
        count, max: count, min: count, sum: count, aggregate: count,
        create: { ...write, row: 'row' }, upsert: write, increment: write, decrement: write,
        bulkCreate: bulk, update: bulk, destroy: bulk, restore: bulk, truncate: bulk,
        scope: { gives: 'model' }, unscoped: { gives: 'model' }, schema: { gives: 'model' }, unscope: { gives: 'model' },
        build: { gives: 'row' }, init: { gives: 'model' },
      },
    },
    counted: { members: { rows: 'rows' } },
    rows: { row: 'row' },
    row: {
      calls: {
        $get: { verb: 'read-one', row: 'row' }, $count: count, $has: one, $set: write, $add: write, $remove: write, $create: write,
        save: write, update: write, destroy: write, increment: write, decrement: write, restore: write, reload: one, getDataValue: {}, getDialect: {},
      },
      // Getters that associations generate. `get('name')` alone reads a column.
      // Getters of plain values go by their nouns.
      patterns: [{ name: /^(?:get|count|has)[A-Z](?!\w*(?:Ur[li]|Path|Name|Title|Label|Text|Html|Type|Date|Time|Token|Key|Config|Settings?|Options?|Value|Data|State|Status|Ids?|Hash|Format|Slug|Link|Version|Locale|Currency|Class|Style|Colou?r|Role)s?$)/, call: { verb: 'read-one', row: 'row', takes: ofAssociations } }, { name: /^(?:set|add|remove|create)[A-Z]/, call: write }],
    },
  },
  resolverParent: 'row',
  lends: { statics: 'model', methods: 'row' },
  injected: { InjectModel: 'model', InjectConnection: 'database' },
  shapes: [
    { calls: ['findByPk', 'findAndCountAll', 'findOrCreate', 'bulkCreate', 'findOrBuild', 'findCreateFind'], on: 'model' },
    { calls: ['findAll', 'findOne'], on: 'model', object: { argument: 0, anyOf: ['where', 'include', 'attributes', 'paranoid', 'raw', 'transaction'] } },
    // Rows of unknown origin, given away by the transaction that they write in.
    { calls: ['update', 'increment', 'decrement'], on: 'row', object: { argument: 1, anyOf: ['transaction'] }, dependent: true },
    { calls: ['save', 'destroy', 'reload', 'restore'], on: 'row', object: { argument: 0, anyOf: ['transaction'] }, dependent: true },
    { calls: ['count', 'destroy'], on: 'model', object: { argument: 0, anyOf: ['where'] } },
  ],
  options: { bounds: ['limit'], filter: ['where'], groups: ['group'] },
  membership: ['Op.in'],
  repair: {
    read: 'one `findAll` with `where: { id: ids }`, or an `include` on the query before the loop, loads the same rows at once',
    write: 'one `bulkCreate`, or a static `update`/`destroy` with a `where` over all ids, does the same work',
    limit: '`limit` with `offset` (or a keyset `where`) reads them page by page',
  },
};
