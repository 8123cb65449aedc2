import { samples } from '../samples.ts';

samples('n-plus-one', {
  'the tag in a loop': `
    import postgres from 'postgres';
    const sql = postgres(process.env.DATABASE_URL!);
    for (const user of users) {
      user.posts = await sql\`SELECT * FROM posts WHERE user_id = \${user.id}\`; // want n-plus-one
    }`,
  'the tag of another file': {
    'db.ts': `
      import postgres from 'postgres';
      const sql = postgres({ max: 5 });
      export default sql;`,
    'tags.ts': `
      import sql from './db';
      export const ids = (names: string[]) => Promise.all(names.map((name) => sql\`SELECT id FROM tags WHERE name = \${name}\`)); // want n-plus-one`,
  },
  'inside a transaction': `
    import postgres from 'postgres';
    const sql = postgres();
    await sql.begin(async (tx) => {
      for (const item of items) {
        await tx\`INSERT INTO items \${tx(item)}\`; // want n-plus-one
      }
    });`,
  'the tag by its type': `
    import type { Sql } from 'postgres';
    export async function touch(db: Sql, ids: string[]) {
      for (const id of ids) await db\`UPDATE pages SET seen = now() WHERE id = \${id}\`; // want n-plus-one
    }`,
  'text that is put together': `
    import postgres from 'postgres';
    const sql = postgres();
    for (const id of ids) await sql.unsafe('DELETE FROM orders WHERE id = ' + id); // want n-plus-one`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'one statement for all': `
    import postgres from 'postgres';
    const sql = postgres();
    const posts = await sql\`SELECT * FROM posts WHERE user_id IN \${sql(users.map((user) => user.id))}\`;
    await sql\`INSERT INTO items \${sql(items, 'name', 'count')}\`;
    for (const post of posts) show(post);`,
  'fragments are no statements': `
    import postgres from 'postgres';
    const sql = postgres();
    let where = sql\`WHERE true\`;
    for (const filter of filters) where = sql\`\${where} AND \${sql(filter.name)} = \${filter.value}\`;
    await sql\`SELECT * FROM posts \${where} LIMIT 20\`;`,
  'a cursor': `
    import postgres from 'postgres';
    const sql = postgres();
    for await (const rows of sql\`SELECT * FROM posts\`.cursor(100)) for (const row of rows) show(row);`,
  'a tag of another library': `
    import { sql } from 'drizzle-orm';
    const parts = names.map((name) => sql\`\${name} = 1\`);`,
});

samples('missing-limit', {
  'the whole table': `
    import postgres from 'postgres';
    const sql = postgres();
    const users = await sql\`SELECT * FROM users\`; // want missing-limit`,
  'a filter and an order do not limit': `
    import postgres from 'postgres';
    const sql = postgres();
    export const open = () => sql<Ticket[]>\`SELECT * FROM tickets WHERE status = 'open' ORDER BY id\`; // want missing-limit`,
  'the first of many rows': `
    import postgres from 'postgres';
    const sql = postgres();
    const [newest] = await sql\`SELECT * FROM posts ORDER BY created_at DESC\`; // want missing-limit`,
  'text that is put together': `
    import postgres from 'postgres';
    const sql = postgres();
    const rows = await sql.unsafe('SELECT * FROM posts'); // want missing-limit`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'limits of all kinds': `
    import postgres from 'postgres';
    const sql = postgres();
    await sql\`SELECT * FROM users ORDER BY id LIMIT \${size}\`;
    await sql\`SELECT * FROM users WHERE id = \${id}\`;
    await sql\`SELECT * FROM users WHERE id IN \${sql(ids)}\`;
    await sql\`SELECT * FROM users WHERE id = ANY(\${ids})\`;`,
  'counts and writes': `
    import postgres from 'postgres';
    const sql = postgres();
    await sql\`SELECT count(*) FROM users\`;
    await sql\`UPDATE users SET active = false\`;
    await sql\`SELECT 1\`;`,
  'rows that are read in portions': `
    import postgres from 'postgres';
    const sql = postgres();
    for await (const rows of sql\`SELECT * FROM posts\`.cursor(100)) show(rows);
    await sql\`SELECT * FROM posts\`.forEach((row) => show(row));`,
});
