import { samples } from '../samples.ts';

const names = Array.from({ length: 60 }, (_, index) => `exports.name${index}`).join(' = ');

samples('n-plus-one', {
  'a long chain of exports, as compilers write it, is read in one go': {
    'store.js': `
      const knex = require('knex')({});
      ${names} = void 0;
      exports.load = exports.find = (id) => knex('users').where({ id }).first();
      module.exports.store = exports.store = (row) => knex('users').insert(row);`,
    'index.js': `
      const { load, store } = require('./store');
      async function copy(ids) {
        for (const id of ids) {
          const user = await load(id); // want n-plus-one
        }
      }
      async function write(rows) {
        for (const row of rows) await store(row); // want n-plus-one
      }`,
  },
});
