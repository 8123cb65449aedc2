import { samples } from '../samples.ts';

samples('n-plus-one', {
  'a request of a pool': `
    import sql from 'mssql';
    const pool = await sql.connect(process.env.DATABASE_URL!);
    for (const order of orders) {
      const { recordset } = await pool.request().input('id', sql.Int, order.id).query('SELECT * FROM lines WHERE order_id = @id'); // want n-plus-one
      order.lines = recordset;
    }`,
  'the tag': `
    import * as sql from 'mssql';
    for (const id of ids) {
      const result = await sql.query\`SELECT name FROM users WHERE id = \${id}\`; // want n-plus-one
      show(result.recordset[0]);
    }`,
  'a procedure per row': `
    const sql = require('mssql');
    const pool = new sql.ConnectionPool(config);
    exports.bill = async (customers) => {
      await pool.connect();
      for (const customer of customers) {
        await new sql.Request(pool).input('customer', customer.id).execute('BillCustomer'); // want n-plus-one
      }
    };`,
  'a pool of another file': {
    'db.js': `
      const sql = require('mssql');
      exports.poolPromise = new sql.ConnectionPool(config).connect();`,
    'users.js': `
      const { poolPromise } = require('./db');
      exports.add = async (rows) => {
        const pool = await poolPromise;
        await Promise.all(rows.map((row) => pool.request().input('name', row.name).query('INSERT INTO users (name) VALUES (@name)'))); // want n-plus-one
      };`,
  },

  // -- innocents ------------------------------------------------------------------------------------------------------
  'one bulk load': `
    import sql from 'mssql';
    const pool = await sql.connect(config);
    const table = new sql.Table('users');
    for (const row of rows) table.rows.add(row.name);
    await pool.request().bulk(table);`,
  'parameters are put on one request': `
    import sql from 'mssql';
    const pool = await sql.connect(config);
    const request = pool.request();
    ids.forEach((id, at) => request.input('id' + at, sql.Int, id));
    const { recordset } = await request.query('SELECT * FROM users WHERE id IN (' + names.join(', ') + ')');`,
  'requests of another kind': `
    import sql from 'mssql';
    for (const url of urls) show(await axios.request(url), await graph.query({ url }));`,
});

samples('missing-limit', {
  'the whole table': `
    import sql from 'mssql';
    const pool = await sql.connect(config);
    const { recordset } = await pool.request().query('SELECT * FROM users'); // want missing-limit`,
  'a condition and an order do not limit': `
    import sql from 'mssql';
    export const users = (pool: sql.ConnectionPool) => pool.request().input('team', team).query('SELECT id, name FROM users WHERE team = @team ORDER BY name'); // want missing-limit`,
  'the tag': `
    import sql from 'mssql';
    const result = await sql.query\`SELECT * FROM users WHERE active = \${true}\`; // want missing-limit`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'limits': `
    import sql from 'mssql';
    const pool = await sql.connect(config);
    await pool.request().query('SELECT TOP 20 * FROM users ORDER BY id');
    await pool.request().query('SELECT * FROM users ORDER BY id OFFSET 20 ROWS FETCH NEXT 20 ROWS ONLY');
    await pool.request().input('id', id).query('SELECT * FROM users WHERE id = @id');`,
  'counts and writes': `
    import sql from 'mssql';
    const pool = await sql.connect(config);
    await pool.request().query('SELECT COUNT(*) AS total FROM users');
    await pool.request().query('UPDATE users SET seen = 1');`,
  'procedures': `
    import sql from 'mssql';
    const pool = await sql.connect(config);
    await pool.request().execute('ListUsers');`,
});
