import { samples } from '../samples.ts';

samples('n-plus-one', {
  'a pool with promises': {
    'db.js': `
      const mysql = require('mysql2/promise');
      module.exports = mysql.createPool({ uri: process.env.DATABASE_URL });`,
    'orders.js': `
      const pool = require('./db');
      async function withCustomers(orders) {
        for (const order of orders) {
          const [[customer]] = await pool.execute('SELECT * FROM customers WHERE id = ?', [order.customer_id]); // want n-plus-one
          order.customer = customer;
        }
      }`,
  },
  'a connection by import': `
    import mysql from 'mysql2/promise';
    const connection = await mysql.createConnection(url);
    for (const row of rows) {
      await connection.query('INSERT INTO log SET ?', row); // want n-plus-one
    }`,
  'one connection of a pool': `
    import { createPool } from 'mysql2/promise';
    const pool = createPool(url);
    const connection = await pool.getConnection();
    await Promise.all(ids.map((id) => connection.execute('UPDATE users SET seen = 1 WHERE id = ?', [id]))); // want n-plus-one`,
  'callbacks': `
    const mysql = require('mysql');
    const connection = mysql.createConnection(config);
    users.forEach((user) => {
      connection.query('SELECT * FROM posts WHERE user_id = ?', [user.id], (error, posts) => show(user, posts)); // want n-plus-one
    });`,
  'a pool by its type': `
    import type { Pool } from 'mysql2/promise';
    export class Tags {
      constructor(private readonly db: Pool) {}
      async ids(names: string[]) {
        const ids = [];
        for (const name of names) {
          const [rows] = await this.db.query('SELECT id FROM tags WHERE name = ?', [name]); // want n-plus-one
          ids.push(rows[0].id);
        }
        return ids;
      }
    }`,
  'a driver over HTTP': `
    import { connect } from '@planetscale/database';
    const db = connect({ url: process.env.DATABASE_URL });
    for (const slug of slugs) await db.execute('SELECT * FROM pages WHERE slug = ?', [slug]); // want n-plus-one`,
  'a driver that was made to give promises by hand': `
    const mysql = require('mysql');
    const { promisify } = require('util');
    const connection = mysql.createConnection(config);
    const query = promisify(connection.query).bind(connection);
    for (const id of ids) await query('SELECT * FROM users WHERE id = ?', [id]); // want n-plus-one`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'one statement for all': `
    import mysql from 'mysql2/promise';
    const pool = mysql.createPool(url);
    const [posts] = await pool.query('SELECT * FROM posts WHERE user_id IN (?)', [users.map((user) => user.id)]);
    await pool.query('INSERT INTO tags (name) VALUES ?', [names.map((name) => [name])]);
    for (const post of posts) show(post);`,
  'values are made safe in the loop': `
    import mysql from 'mysql2/promise';
    const parts = [];
    for (const [key, value] of Object.entries(filter)) parts.push(mysql.format('?? = ?', [key, value]));
    for (const name of names) parts.push(mysql.escape(name));`,
  'attempts': `
    import mysql from 'mysql2/promise';
    const pool = mysql.createPool(url);
    for (let attempt = 0; attempt < 5; attempt++) {
      try {
        await pool.query('SELECT 1');
        break;
      } catch { await sleep(1000); }
    }`,
});

samples('missing-limit', {
  'the whole table': `
    import mysql from 'mysql2/promise';
    const pool = mysql.createPool(url);
    const [rows] = await pool.query('SELECT * FROM users'); // want missing-limit`,
  'a filter and an order do not limit': `
    const mysql = require('mysql2');
    const pool = mysql.createPool(url).promise();
    exports.open = () => pool.execute('SELECT * FROM tickets WHERE status = ? ORDER BY created_at DESC', ['open']); // want missing-limit`,
  'text in pieces': `
    import mysql from 'mysql2/promise';
    const pool = mysql.createPool(url);
    const [rows] = await pool.query('SELECT id, name ' + // want missing-limit
      'FROM users ' +
      'WHERE active = 1');`,
  'the children of one parent': `
    import mysql from 'mysql2/promise';
    const pool = mysql.createPool(url);
    const [rows] = await pool.query('SELECT * FROM posts WHERE user_id = ?', [id]); // want missing-limit:note`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'limits of all kinds': `
    import mysql from 'mysql2/promise';
    const pool = mysql.createPool(url);
    await pool.query('SELECT * FROM users LIMIT ?, ?', [from, size]);
    await pool.query('select * from users order by id limit 20');
    await pool.query('SELECT * FROM users WHERE id = ?', [id]);`,
  'the rows of a list': `
    import mysql from 'mysql2/promise';
    const pool = mysql.createPool(url);
    await pool.query('SELECT * FROM users WHERE team IN (?)', [teams]);`,
  'counts and writes': `
    import mysql from 'mysql2/promise';
    const pool = mysql.createPool(url);
    await pool.query('SELECT COUNT(*) AS total FROM users');
    await pool.query('UPDATE users SET active = 0');
    await pool.query('SHOW TABLES');`,
});
