import { samples } from '../samples.ts';

samples('n-plus-one', {
  'in JavaScript the comment says the type of a parameter': {
    'src/orders.js': `/**
 * @param {import('pg').Pool} source
 * @param {{ id: string }[]} orders
 */
export async function load(source, orders) {
  for (const order of orders) {
    await source.query('SELECT * FROM lines WHERE order_id = $1', [order.id]); // want n-plus-one
  }
}`,
    'package.json': '{ "dependencies": { "pg": "8" } }',
  },
  'of a variable, of what a function gives, and of a member': {
    'src/store.js': `const { Pool } = require('pg');
/** @type {import('pg').Pool} */
let shared;
/** @returns {import('pg').Pool} */
function pool() { return shared; }
class Store {
  /** @type {import('pg').Pool} */
  source;
  async load(orders) {
    for (const order of orders) await this.source.query('SELECT * FROM lines WHERE order_id = $1', [order.id]); // want n-plus-one
  }
}
async function load(orders) {
  for (const order of orders) await shared.query('SELECT * FROM lines WHERE order_id = $1', [order.id]); // want n-plus-one
  for (const order of orders) await pool().query('SELECT * FROM lines WHERE order_id = $1', [order.id]); // want n-plus-one
}`,
  },
  'a type that is imported where it is used': {
    'src/orders.ts': `export async function load(source: import('pg').Pool, orders: { id: string }[]) {
  for (const order of orders) {
    await source.query('SELECT * FROM lines WHERE order_id = $1', [order.id]); // want n-plus-one
  }
}`,
    'package.json': '{ "dependencies": { "pg": "8" } }',
  },
  'a class of the repository, by its comment': {
    'src/store.js': `const { Pool } = require('pg');
const pool = new Pool();
class Store { async lines(id) { return pool.query('SELECT * FROM lines WHERE order_id = $1', [id]); } }
module.exports = { Store };`,
    'src/orders.js': `/** @param {import('./store').Store} store */
export async function load(store, orders) {
  for (const order of orders) await store.lines(order.id); // want n-plus-one
}`,
  },
  'other things that have a query': {
    'src/client.js': `/** @param {import('@tanstack/react-query').QueryClient} source */
export async function load(source, orders) {
  for (const order of orders) await source.query('lines', order.id);
}
/** @param {Map<string, string>} names */
export function show(names, orders) {
  for (const order of orders) names.get(order.id);
}`,
    'package.json': '{ "dependencies": { "pg": "8", "@tanstack/react-query": "5" } }',
  },
  'a comment is no type of TypeScript': {
    'src/orders.ts': `/** @param {import('pg').Pool} source */
export async function load(source: Source, orders: { id: string }[]) {
  for (const order of orders) await source.query('lines', order.id);
}
type Source = { query(table: string, id: string): Promise<void> };`,
    'package.json': '{ "dependencies": { "pg": "8" } }',
  },
});
