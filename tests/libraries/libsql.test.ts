import { samples } from '../samples.ts';

samples('n-plus-one', {
  'a statement per row': `
    import { createClient } from '@libsql/client';
    const turso = createClient({ url: process.env.TURSO_URL!, authToken: process.env.TURSO_TOKEN });
    for (const user of users) {
      const posts = await turso.execute({ sql: 'SELECT * FROM posts WHERE author = ?', args: [user.id] }); // want n-plus-one
      user.posts = posts.rows;
    }`,
  'in a transaction': `
    import { createClient } from '@libsql/client';
    const turso = createClient({ url: 'libsql://shop.example' });
    const work = await turso.transaction('write');
    for (const row of rows) {
      await work.execute({ sql: 'INSERT INTO rows VALUES (?)', args: [row.name] }); // want n-plus-one
    }
    await work.commit();`,
  'a client by its type': `
    import type { Client } from '@libsql/client/web';
    export async function clear(client: Client, ids: string[]) {
      await Promise.all(ids.map((id) => client.execute({ sql: 'DELETE FROM rows WHERE id = ?', args: [id] }))); // want n-plus-one
    }`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'one batch': `
    import { createClient } from '@libsql/client';
    const turso = createClient({ url: 'libsql://shop.example' });
    await turso.batch(rows.map((row) => ({ sql: 'INSERT INTO rows VALUES (?)', args: [row.name] })), 'write');`,
  'one statement for all': `
    import { createClient } from '@libsql/client';
    const turso = createClient({ url: 'libsql://shop.example' });
    const { rows } = await turso.execute({ sql: 'SELECT * FROM posts WHERE author IN (SELECT value FROM json_each(?))', args: [JSON.stringify(ids)] });
    for (const row of rows) show(row);`,
  'a command of another kind': `
    import { createClient } from '@libsql/client';
    for (const command of commands) await command.execute({ dryRun: true });`,
});

samples('missing-limit', {
  'the whole table': `
    import { createClient } from '@libsql/client';
    const turso = createClient({ url: 'libsql://shop.example' });
    const { rows } = await turso.execute('SELECT * FROM users'); // want missing-limit`,
  'with values': `
    import { createClient } from '@libsql/client';
    const turso = createClient({ url: 'libsql://shop.example' });
    const { rows } = await turso.execute({ sql: 'SELECT * FROM users WHERE active = ?', args: [1] }); // want missing-limit`,
  'the children of one parent': `
    import { createClient } from '@libsql/client';
    const turso = createClient({ url: 'libsql://shop.example' });
    const { rows } = await turso.execute({ sql: 'SELECT * FROM posts WHERE author_id = ?', args: [id] }); // want missing-limit:note`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'a limit': `
    import { createClient } from '@libsql/client';
    const turso = createClient({ url: 'libsql://shop.example' });
    const { rows } = await turso.execute('SELECT * FROM users ORDER BY id LIMIT 20');`,
  'one row by its key': `
    import { createClient } from '@libsql/client';
    const turso = createClient({ url: 'libsql://shop.example' });
    const { rows: [user] } = await turso.execute({ sql: 'SELECT * FROM users WHERE id = ?', args: [id] });`,
  'a count': `
    import { createClient } from '@libsql/client';
    const turso = createClient({ url: 'libsql://shop.example' });
    const { rows: [count] } = await turso.execute('SELECT COUNT(*) AS n FROM users');`,
});
