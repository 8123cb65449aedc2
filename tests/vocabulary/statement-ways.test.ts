import { describe, expect, test } from 'vitest';
import type { Files } from '../in-memory.ts';
import { builtInLesson, findingsIn, samples } from '../samples.ts';

/**
 * Every way in which projects hand statements to a driver, times every way in which the text of one comes about: a query for each element and
 * one without a limit are told where they are asked, in the file that knows what for, and not within the project's own wrapper.
 */
type Wrapper = { packages: readonly string[]; files: Files; imports: string; /** The call, with `@` for the text and its values. */ asks: string };

const pool = "import { Pool } from 'pg';\nconst pool = new Pool();";

const wrappers: Record<string, Wrapper> = {
  'the pool itself': { packages: ['pg'], files: { 'db.ts': `${pool}\nexport { pool };` }, imports: "import { pool } from './db';", asks: 'await pool.query(@)' },
  'a function': { packages: ['pg'], files: { 'db.ts': `${pool}\nexport async function query(text: string, params?: unknown[]) {\n  const started = Date.now();\n  const result = await pool.query(text, params);\n  log.debug({ text, took: Date.now() - started });\n  return result.rows;\n}` }, imports: "import { query } from './db';", asks: 'await query(@)' },
  'an arrow': { packages: ['pg'], files: { 'db.ts': `${pool}\nexport const query = (text, params) => pool.query(text, params);` }, imports: "import { query } from './db';", asks: 'await query(@)' },
  'a member of a module': { packages: ['pg'], files: { 'db.ts': `${pool}\nexport default {\n  query: (text, params) => pool.query(text, params),\n};` }, imports: "import db from './db';", asks: 'await db.query(@)' },
  'what a module exports': { packages: ['pg'], files: { 'db.js': "const { Pool } = require('pg');\nconst pool = new Pool();\nmodule.exports = {\n  async query(text, params) {\n    const { rows } = await pool.query(text, params);\n    return rows;\n  },\n};" }, imports: "const db = require('./db');", asks: 'await db.query(@)' },
  'a client that is let go': { packages: ['pg'], files: { 'db.ts': `${pool}\nexport async function run(text: string, values: unknown[] = []) {\n  const client = await pool.connect();\n  try {\n    const found = await client.query(text, values);\n    return found.rows;\n  } finally {\n    client.release();\n  }\n}` }, imports: "import { run } from './db';", asks: 'await run(@)' },
  'a class': { packages: ['pg'], files: { 'db.ts': `${pool}\nexport class Database {\n  async many(text: string, values: unknown[] = []) {\n    return (await pool.query(text, values)).rows;\n  }\n}\nexport const database = new Database();` }, imports: "import { database } from './db';", asks: 'await database.many(@)' },
  'a base class': { packages: ['pg'], files: { 'db.ts': `${pool}\nexport class Base {\n  protected async many(text: string, values: unknown[] = []) {\n    return (await pool.query(text, values)).rows;\n  }\n}` }, imports: "import { Base } from './db';", asks: 'await this.many(@)' },
  'an object with the text': { packages: ['pg'], files: { 'db.ts': `${pool}\nexport const query = async (text, values) => (await pool.query({ text, values })).rows;` }, imports: "import { query } from './db';", asks: 'await query(@)' },
  'two on top of each other': { packages: ['pg'], files: { 'db.ts': `${pool}\nconst exec = (text, values) => pool.query(text, values);\nexport const rows = async (text, values) => (await exec(text, values)).rows;` }, imports: "import { rows } from './db';", asks: 'await rows(@)' },
  'mysql2': { packages: ['mysql2'], files: { 'db.ts': "import mysql from 'mysql2/promise';\nconst pool = mysql.createPool({});\nexport async function query(sql: string, params: unknown[] = []) {\n  const [rows] = await pool.execute(sql, params);\n  return rows;\n}" }, imports: "import { query } from './db';", asks: 'await query(@)' },
  'mysql with callbacks': { packages: ['mysql'], files: { 'db.js': "var mysql = require('mysql');\nvar pool = mysql.createPool({});\nexports.query = function (sql, params) {\n  return new Promise(function (resolve, reject) {\n    pool.query(sql, params, function (err, rows) {\n      if (err) return reject(err);\n      resolve(rows);\n    });\n  });\n};" }, imports: "const db = require('./db');", asks: 'await db.query(@)' },
  'mysql, promisified': { packages: ['mysql'], files: { 'db.js': "const mysql = require('mysql');\nconst util = require('util');\nconst pool = mysql.createPool({});\nmodule.exports = { query: util.promisify(pool.query).bind(pool) };" }, imports: "const db = require('./db');", asks: 'await db.query(@)' },
  'sqlite, promisified': { packages: ['sqlite3'], files: { 'db.js': "const sqlite3 = require('sqlite3');\nconst { promisify } = require('util');\nconst db = new sqlite3.Database('shop.db');\nexports.all = promisify(db.all.bind(db));" }, imports: "const { all } = require('./db');", asks: 'await all(@)' },
  'ClickHouse': { packages: ['@clickhouse/client'], files: { 'db.ts': "import { createClient } from '@clickhouse/client';\nconst client = createClient({});\nexport async function query<T>(query: string, query_params: Record<string, unknown> = {}): Promise<T[]> {\n  const found = await client.query({ query, query_params, format: 'JSONEachRow' });\n  return found.json<T[]>();\n}" }, imports: "import { query } from './db';", asks: 'await query(@)' },
  'postgres.js, its text unsafe': { packages: ['postgres'], files: { 'db.ts': "import postgres from 'postgres';\nconst sql = postgres(url);\nexport const query = (text: string, values: any[] = []) => sql.unsafe(text, values);" }, imports: "import { query } from './db';", asks: 'await query(@)' },
};

/** `before` stands in the function, `above` in the file. */
type Text = { above?: string; before?: string; given: string; files?: Files };
const texts = (where: string): Record<string, Text> => ({
  'as it stands': { given: `'SELECT id, total FROM orders WHERE ${where}'` },
  'a template': { given: `\`\n      SELECT id, total\n      FROM orders\n      WHERE ${where}\n    \`` },
  'a variable': { before: `const sql = 'SELECT id, total FROM orders WHERE ${where}';`, given: 'sql' },
  'a constant of the file': { above: `const ORDERS = 'SELECT id, total FROM orders WHERE ${where}';`, given: 'ORDERS' },
  'a constant of another file': { above: "import { ORDERS } from './texts';", files: { 'texts.ts': `export const ORDERS = 'SELECT id, total FROM orders WHERE ${where}';` }, given: 'ORDERS' },
  'a member of constants': { above: `const queries = {\n  orders: \`SELECT id, total FROM orders WHERE ${where}\`,\n};`, given: 'queries.orders' },
  'put together': { given: `'SELECT id, total ' + 'FROM orders ' + 'WHERE ${where}'` },
  'added to': { before: `let sql = 'SELECT id, total FROM orders';\n  sql += ' WHERE ${where}';`, given: 'sql' },
  'joined': { before: `const sql = ['SELECT id, total', 'FROM orders', 'WHERE ${where}'].join(' ');`, given: 'sql' },
  'with columns of a constant': { above: "const columns = 'id, total';", given: `\`SELECT \${columns} FROM orders WHERE ${where}\`` },
});

const lessons = ['n-plus-one', 'missing-limit'].map(builtInLesson);

async function told(wrapper: Wrapper, { above = '', before = '', given, files = {} }: Text, values: string, each: boolean): Promise<string> {
  const manifest = JSON.stringify({ dependencies: Object.fromEntries(wrapper.packages.map((name) => [name, '*'])) });
  const ask = wrapper.asks.replace('@', `${given}, ${values}`);
  const isOwn = wrapper.asks.includes('this.');
  const body = each ? `  ${before}\n  for (const id of ids) {\n    show(${ask}); //!\n  }` : `  ${before}\n  return ${ask}; //!`;
  const text = [wrapper.imports, above, isOwn ? `export class Orders extends Base {\n  async main(ids) {\n${body}\n  }\n}` : `export async function main(ids) {\n${body}\n}`].join('\n');
  const findings = await findingsIn({ 'package.json': manifest, ...wrapper.files, ...files, 'orders.js': text }, lessons);
  const wanted = text.split('\n').findIndex((line) => line.includes(wrapper.asks.split('@')[0]!)) + 1;
  return findings.map(({ lesson, path, line }) => `${lesson} ${path}:${path === 'orders.js' && Math.abs(line - wanted) < 1 ? 'there' : line}`).join(', ');
}

describe.each(Object.entries(wrappers))('%s', (_, wrapper) => {
  test.each(Object.entries(texts('id = ?')))('each: %s', async (_way, text) => {
    expect(await told(wrapper, text, '[id]', true)).toBe('n-plus-one orders.js:there');
  });
  test.each(Object.entries(texts('open = true')))('all: %s', async (_way, text) => {
    expect(await told(wrapper, text, '[]', false)).toBe('missing-limit orders.js:there');
  });
});

/** Statements that read groups which other queries have made. */
samples('missing-limit', {
  'groups of a query in FROM': `
    import { Pool } from 'pg';
    const pool = new Pool();
    export function daily(site: string) {
      return pool.query(\`select to_char(g.t, 'YYYY') as x, g.y as y from (
        select date_trunc('day', created_at) as t, count(*) as y from website_event where website_id = $1 group by t
      ) as g order by t\`, [site]);
    }
    export function all(site: string) {
      return pool.query(\`select g.id, g.y as y from ( // want missing-limit
        select id, url as y from website_event where created_at > $1
      ) as g order by id\`, [site]);
    }
    export function perUser(site: string) {
      return pool.query(\`select g.user_id, g.y as y from ( // want missing-limit
        select user_id, count(*) as y from website_event where created_at > $1 group by user_id
      ) as g order by g.y\`, [site]);
    }`,
  'cohorts joined': `
    import { Pool } from 'pg';
    const pool = new Pool();
    export function retention(site: string) {
      return pool.query(\`with items as (select min(day) as cohort_date, session_id from website_event where website_id = $1 group by session_id),
        cohort_size as (select cohort_date, count(*) as visitors from items group by 1),
        cohort_date as (select c.cohort_date, a.day_number, count(*) as visitors from activities a join items c on a.session_id = c.session_id group by 1, 2)
        select c.cohort_date, s.visitors from cohort_date c join cohort_size s on c.cohort_date = s.cohort_date order by 1, 2\`, [site]);
    }
    export function sessions(site: string) {
      return pool.query(\`with items as (select min(day) as cohort_date, session_id from website_event where created_at > $1 group by session_id) // want missing-limit
        select c.cohort_date, c.session_id from items c order by 1, 2\`, [site]);
    }
    export function joined(site: string) {
      return pool.query(\`with sizes as (select day, count(*) as n from website_event where created_at > $1 group by day) // want missing-limit
        select e.id, e.url, s.n from website_event e join sizes s on s.day = e.day order by e.id\`, [site]);
    }`,
  'a source that is put in': `
    import { Pool } from 'pg';
    const pool = new Pool();
    export function funnel(levels: string) {
      return pool.query(\`with level0 as (select session_id from website_event where created_at > $1) select * from (\${levels}) order by level\`);
    }`,
});
