import { samples } from '../samples.ts';

samples('n-plus-one', {
  'a connection of a pool': `
    const oracledb = require('oracledb');
    exports.load = async (ids) => {
      const connection = await oracledb.getConnection();
      for (const id of ids) {
        const { rows } = await connection.execute('SELECT name FROM users WHERE id = :id', [id]); // want n-plus-one
        show(rows);
      }
      await connection.close();
    };`,
  'one insert after the other': `
    import oracledb from 'oracledb';
    const pool = await oracledb.createPool(config);
    const work = await pool.getConnection();
    for (const row of rows) await work.execute('INSERT INTO rows (name) VALUES (:name)', { name: row.name }); // want n-plus-one`,
  'a connection by its type': `
    import type { Connection } from 'oracledb';
    export const load = (db: Connection, ids: number[]) => Promise.all(ids.map((id) => db.execute('SELECT * FROM users WHERE id = :id', { id }))); // want n-plus-one`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'all rows in one statement': `
    import oracledb from 'oracledb';
    const connection = await oracledb.getConnection(config);
    await connection.executeMany('INSERT INTO rows (name) VALUES (:name)', rows.map(({ name }) => ({ name })));`,
  'one statement for all': `
    import oracledb from 'oracledb';
    const connection = await oracledb.getConnection(config);
    const { rows } = await connection.execute(\`SELECT * FROM users WHERE id IN (\${places})\`, ids);
    for (const row of rows) show(row);`,
  'use cases are executed': `
    import oracledb from 'oracledb';
    for (const job of jobs) await job.execute();`,
});

samples('missing-limit', {
  'the whole table': `
    import oracledb from 'oracledb';
    const connection = await oracledb.getConnection(config);
    const { rows } = await connection.execute('SELECT * FROM users'); // want missing-limit`,
  'a condition does not limit': `
    import oracledb from 'oracledb';
    const connection = await oracledb.getConnection(config);
    const { rows } = await connection.execute('SELECT id, name FROM users WHERE active = :active', { active: 1 }, { outFormat: oracledb.OUT_FORMAT_OBJECT }); // want missing-limit`,
  'the children of one parent': `
    import oracledb from 'oracledb';
    const connection = await oracledb.getConnection(config);
    const { rows } = await connection.execute('SELECT * FROM notes WHERE order_id = :id', [id]); // want missing-limit:note`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'limits': `
    import oracledb from 'oracledb';
    const connection = await oracledb.getConnection(config);
    await connection.execute('SELECT * FROM users ORDER BY id FETCH FIRST 20 ROWS ONLY');
    await connection.execute('SELECT * FROM users WHERE ROWNUM <= 20');
    await connection.execute('SELECT * FROM users', [], { maxRows: 100 });`,
  'read in portions': `
    import oracledb from 'oracledb';
    const connection = await oracledb.getConnection(config);
    const { resultSet } = await connection.execute('SELECT * FROM users', [], { resultSet: true });
    connection.queryStream('SELECT * FROM users').on('data', show);`,
  'one row and writes': `
    import oracledb from 'oracledb';
    const connection = await oracledb.getConnection(config);
    await connection.execute('SELECT * FROM users WHERE id = :id', [id]);
    await connection.execute('DELETE FROM sessions WHERE ended < SYSDATE');`,
});
