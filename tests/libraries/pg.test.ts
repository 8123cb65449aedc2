import { samples } from '../samples.ts';

samples('n-plus-one', {
  'a pool of another file': {
    'db/index.js': `
      const { Pool } = require('pg');
      const pool = new Pool({ connectionString: process.env.DATABASE_URL });
      module.exports = {
        query: (text, params) => pool.query(text, params),
      };`,
    'users.js': `
      const db = require('./db');
      exports.list = async (req, res) => {
        const { rows } = await db.query('SELECT id FROM users LIMIT 50');
        for (const user of rows) {
          const posts = await db.query('SELECT * FROM posts WHERE user_id = $1', [user.id]); // want n-plus-one
          user.posts = posts.rows;
        }
        res.json(rows);
      };`,
  },
  'a pool made here, by its default export': `
    import pg from 'pg';
    const { Pool } = pg;
    const store = new Pool();
    await Promise.all(ids.map((id) => store.query('DELETE FROM sessions WHERE id = $1', [id]))); // want n-plus-one`,
  'one connection of the pool': `
    import { Pool } from 'pg';
    const pool = new Pool();
    export async function load(items) {
      const connection = await pool.connect();
      try {
        await connection.query('BEGIN');
        for (const item of items) {
          await connection.query('INSERT INTO items (name) VALUES ($1)', [item.name]); // want n-plus-one
        }
        await connection.query('COMMIT');
      } finally {
        connection.release();
      }
    }`,
  'a connection by its type': `
    import type { PoolClient } from 'pg';
    export async function tag(db: PoolClient, names: string[]) {
      const ids = [];
      for (const name of names) {
        const { rows: [row] } = await db.query({ text: 'SELECT id FROM tags WHERE name = $1', values: [name] }); // want n-plus-one
        ids.push(row.id);
      }
      return ids;
    }`,
  'text that begins like SQL, on something unknown': `
    for (const user of users) {
      const result = await database.query(\`SELECT * FROM posts WHERE user_id = \${user.id}\`); // want n-plus-one
    }`,
  'the tag of a serverless driver': `
    import { neon } from '@neondatabase/serverless';
    const sql = neon(process.env.DATABASE_URL!);
    for (const slug of slugs) {
      const [page] = await sql\`SELECT title FROM pages WHERE slug = \${slug}\`; // want n-plus-one
    }`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'one statement for all': `
    import { Pool } from 'pg';
    const pool = new Pool();
    const { rows } = await pool.query('SELECT * FROM posts WHERE user_id = ANY($1)', [users.map((user) => user.id)]);
    await pool.query('INSERT INTO tags (name) SELECT * FROM UNNEST($1::text[])', [names]);
    for (const row of rows) show(row);`,
  'text and values are collected, the statement runs once': `
    import { Pool } from 'pg';
    const pool = new Pool();
    const values = [];
    const places = [];
    for (const item of items) places.push('($' + values.push(item.name) + ')');
    await pool.query('INSERT INTO items (name) VALUES ' + places.join(', '), values);`,
  'procedures and clients that also have a query': `
    for (const name of names) {
      router[name] = t.procedure.input(schema).query(({ input }) => load(input));
      const result = await apollo.query({ query: GET_USER, variables: { name } });
      document.query(name);
    }`,
  'tables with a fixed list of names': `
    import { Pool } from 'pg';
    const pool = new Pool();
    for (const table of ['users', 'posts', 'tags']) await pool.query('TRUNCATE ' + table);`,
});

samples('missing-limit', {
  'the whole table': `
    import { Pool } from 'pg';
    const pool = new Pool();
    const { rows } = await pool.query('SELECT * FROM users'); // want missing-limit`,
  'a filter and an order do not limit': `
    import { Pool } from 'pg';
    const pool = new Pool();
    const { rows } = await pool.query( // want missing-limit
      \`SELECT u.id, u.name FROM users u
       JOIN teams t ON t.id = u.team WHERE t.active = $1
       ORDER BY u.name\`,
      [true],
    );`,
  'the limit of a sub-query is another\'s': `
    import { Pool } from 'pg';
    const pool = new Pool();
    const { rows } = await pool.query('SELECT * FROM posts WHERE team = (SELECT id FROM teams ORDER BY size LIMIT 1)'); // want missing-limit`,
  'text in a constant': `
    import { Pool } from 'pg';
    const pool = new Pool();
    const everything = 'SELECT * FROM events WHERE kind = $1';
    export const events = (kind) => pool.query(everything, [kind]); // want missing-limit`,
  'with a common table': `
    import { Pool } from 'pg';
    const pool = new Pool();
    const { rows } = await pool.query('WITH newest AS (SELECT max(id) FROM events) SELECT * FROM events WHERE kind = $1 ORDER BY id', [kind]); // want missing-limit`,
  'a function of the project that hands text on': {
    'db.ts': `
      import { Pool } from 'pg';
      const pool = new Pool();
      export const query = (text: string, values?: unknown[]) => pool.query({ text, values });
      export async function rowsOf<T>(text: string, ...values: unknown[]): Promise<T[]> {
        const { rows } = await query(text, values);
        return rows;
      }
      export default { query };`,
    'users.ts': `
      import db, { query, rowsOf } from './db';
      import * as all from './db';
      const a = await query('SELECT * FROM users'); // want missing-limit
      const b = await db.query('SELECT * FROM users WHERE active'); // want missing-limit
      const c = await all.rowsOf('SELECT * FROM users WHERE active ORDER BY id'); // want missing-limit
      const d = await rowsOf('SELECT * FROM users WHERE id = $1', id);
      const e = await query('SELECT count(*) FROM users');
      const f = await query('SELECT * FROM users LIMIT 10');`,
    'text.ts': `
      const explain = (text: string) => text.length;
      explain('SELECT * FROM users');`,
  },

  // -- innocents ------------------------------------------------------------------------------------------------------
  'a worker that takes all that is due': `
    import { Pool } from 'pg';
    const pool = new Pool();
    await pool.query("WITH due AS (SELECT id FROM jobs WHERE run_at < now() AND state = 'waiting' FOR UPDATE SKIP LOCKED) UPDATE jobs SET state = 'taken' FROM due WHERE jobs.id = due.id RETURNING jobs.*"); // want missing-limit
    await pool.query("UPDATE jobs SET state = 'taken' WHERE id IN (SELECT id FROM jobs WHERE state = 'waiting' ORDER BY run_at FOR UPDATE SKIP LOCKED) RETURNING *"); // want missing-limit
    await pool.query("UPDATE jobs SET state = 'taken' WHERE id IN (SELECT id FROM jobs WHERE state = 'waiting' FOR UPDATE SKIP LOCKED LIMIT 10) RETURNING *");
    await pool.query("UPDATE jobs SET state = 'taken' WHERE id = (SELECT id FROM jobs WHERE id = $1 FOR UPDATE SKIP LOCKED) RETURNING *", [id]);
    await pool.query("UPDATE jobs SET state = 'lost' WHERE id IN (SELECT id FROM jobs WHERE state = 'waiting' FOR UPDATE SKIP LOCKED)");`,
  'limits of all kinds': `
    import { Pool } from 'pg';
    const pool = new Pool();
    await pool.query('SELECT * FROM users ORDER BY id LIMIT 20 OFFSET $1', [from]);
    await pool.query('SELECT * FROM users FETCH FIRST 20 ROWS ONLY');
    await pool.query(\`SELECT * FROM users ORDER BY id \${page(size)}\`);`,
  'one row by its key, or the rows of a list': `
    import { Pool } from 'pg';
    const pool = new Pool();
    await pool.query('SELECT * FROM users WHERE id = $1', [id]);
    await pool.query('SELECT * FROM users WHERE lower(email) = $1 AND id = ANY($2)', [email, ids]);
    await pool.query('SELECT * FROM users WHERE id IN ($1, $2)', ids);`,
  'counts, writes and statements about statements': `
    import { Pool } from 'pg';
    const pool = new Pool();
    await pool.query('SELECT COUNT(*) FROM users WHERE active');
    await pool.query('SELECT EXISTS (SELECT 1 FROM users WHERE active)');
    await pool.query('UPDATE users SET active = false RETURNING id');
    await pool.query('DELETE FROM sessions WHERE expires < now()');
    await pool.query('BEGIN');
    await pool.query('SELECT now()');
    await pool.query("SELECT pg_advisory_lock(1)");`,
  'text that cannot be read, or that grows': `
    import { Pool } from 'pg';
    const pool = new Pool();
    export const run = (text, values) => pool.query(text, values);
    export function search(filter) {
      let text = 'SELECT * FROM users WHERE active';
      if (filter.size) text += ' LIMIT ' + Number(filter.size);
      return pool.query(text);
    }`,
});

samples('missing-limit', {
  'a limit in the query that another one reads from': `
    import { Pool } from 'pg';
    const pool = new Pool();
    await pool.query('SELECT ts, price FROM (SELECT ts, price FROM prices WHERE feed = $1 ORDER BY ts DESC LIMIT $2) sub ORDER BY ts', [feed, n]);
    await pool.query('WITH latest AS (SELECT * FROM orders ORDER BY at DESC LIMIT 20) SELECT latest.id FROM latest ORDER BY latest.at', []);
    await pool.query('SELECT * FROM (SELECT * FROM (SELECT * FROM orders LIMIT 5) a) b');
    await pool.query('SELECT DISTINCT country FROM orders');
    await pool.query("SELECT 'orders' AS name, COUNT(*) FROM orders UNION ALL SELECT 'users' AS name, COUNT(*) FROM users");
    await pool.query("SELECT 'orders' AS name, id FROM orders UNION ALL SELECT 'users' AS name, COUNT(*) FROM users"); // want missing-limit
    await pool.query('SELECT DISTINCT country, customer FROM orders'); // want missing-limit
    await pool.query('SELECT * FROM (SELECT * FROM orders) sub ORDER BY at'); // want missing-limit
    await pool.query('WITH latest AS (SELECT * FROM orders LIMIT 20) SELECT * FROM orders JOIN latest ON latest.kind = orders.kind'); // want missing-limit
    await pool.query('WITH latest AS (SELECT * FROM orders LIMIT 20) SELECT * FROM latest, users'); // want missing-limit
    await pool.query('SELECT * FROM orders WHERE kind = (SELECT kind FROM kinds LIMIT 1)'); // want missing-limit`,
});
