import { samples } from '../samples.ts';

samples('n-plus-one', {
  'a pool made here': `
    import { createPool, sql } from 'slonik';
    const store = await createPool(process.env.DATABASE_URL);
    for (const id of ids) {
      const user = await store.maybeOne(sql.unsafe\`SELECT * FROM users WHERE id = \${id}\`); // want n-plus-one
    }`,
  'a pool by its type': `
    import { type CommonQueryMethods, sql } from 'slonik';
    export const findNames = async (db: CommonQueryMethods, ids: string[]) =>
      Promise.all(ids.map(async (id) => db.oneFirst(sql.type(schema)\`SELECT name FROM users WHERE id = \${id}\`))); // want n-plus-one`,
  'inside a transaction': `
    import { type DatabasePool, sql } from 'slonik';
    export async function store(pool: DatabasePool, rows: Row[]) {
      await pool.transaction(async (connection) => {
        for (const row of rows) {
          await connection.query(sql.unsafe\`INSERT INTO rows (name) VALUES (\${row.name})\`); // want n-plus-one
        }
      });
    }`,
  'queries made by a factory': {
    'queries/users.ts': `
      import { type CommonQueryMethods, sql } from 'slonik';
      export const createUserQueries = (pool: CommonQueryMethods) => {
        const findUserById = async (id: string) => pool.one(sql.unsafe\`SELECT * FROM users WHERE id = \${id}\`);
        return { findUserById };
      };`,
    'libraries/users.ts': `
      import { type CommonQueryMethods } from 'slonik';
      import { createUserQueries } from '../queries/users';
      export const createUserLibrary = (pool: CommonQueryMethods) => {
        const { findUserById } = createUserQueries(pool);
        const resolveAll = async (ids: string[]) => {
          const users = [];
          for (const id of ids) users.push(await findUserById(id)); // want n-plus-one
          return users;
        };
        return { resolveAll };
      };`,
  },

  // -- innocents ------------------------------------------------------------------------------------------------------
  'one statement for all': `
    import { createPool, sql } from 'slonik';
    const pool = await createPool(url);
    const users = await pool.any(sql.unsafe\`SELECT * FROM users WHERE id = ANY(\${sql.array(ids, 'int4')})\`);
    await pool.query(sql.unsafe\`INSERT INTO rows SELECT * FROM \${sql.unnest(rows, ['text'])}\`);
    for (const user of users) show(user);`,
  'fragments are no statements': `
    import { createPool, sql } from 'slonik';
    const pool = await createPool(url);
    const conditions = [];
    for (const filter of filters) conditions.push(sql.fragment\`name = \${filter.name}\`);
    await pool.any(sql.unsafe\`SELECT * FROM users WHERE \${sql.join(conditions, sql.fragment\` AND \`)} LIMIT 20\`);`,
  'any and one of something else': `
    import { createPool } from 'slonik';
    for (const item of items) {
      expect(item).toEqual(expect.any(String));
      signals.push(AbortSignal.any([item.signal]));
    }`,
});

samples('missing-limit', {
  'columns that a helper names': `
    import { type CommonQueryMethods, sql } from 'slonik';
    const { table, fields } = convertToIdentifiers(Grants);
    export const createQueries = (pool: CommonQueryMethods) => ({
      ofUser: async (userId: string) => pool.any(sql.unsafe\`select \${fields.scope} from \${table} where \${fields.userId} = \${userId}\`), // want missing-limit:note
      byId: async (id: string) => pool.any(sql.unsafe\`select \${fields.scope} from \${table} where \${fields.id} = \${id}\`),
      all: async () => pool.any(sql.unsafe\`select \${fields.scope} from \${table}\`), // want missing-limit
    });`,
  'the whole table': `
    import { createPool, sql } from 'slonik';
    const pool = await createPool(url);
    const users = await pool.any(sql.unsafe\`SELECT * FROM users\`); // want missing-limit`,
  'a filter and an order do not limit': `
    import { type CommonQueryMethods, sql } from 'slonik';
    export const open = async (pool: CommonQueryMethods) => pool.many(sql.type(ticket)\` // want missing-limit
      SELECT id, title FROM tickets
      WHERE status = 'open'
      ORDER BY id
    \`);`,
  'one column of all rows': `
    import { type CommonQueryMethods, sql } from 'slonik';
    export const names = async (pool: CommonQueryMethods) => pool.anyFirst(sql.unsafe\`SELECT name FROM users WHERE active\`); // want missing-limit`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'limits of all kinds': `
    import { createPool, sql } from 'slonik';
    const pool = await createPool(url);
    await pool.any(sql.unsafe\`SELECT * FROM users ORDER BY id LIMIT \${size}\`);
    await pool.one(sql.unsafe\`SELECT * FROM users WHERE active\`);
    await pool.maybeOne(sql.unsafe\`SELECT * FROM users WHERE name = \${name}\`);
    await pool.any(sql.unsafe\`SELECT * FROM users WHERE id = ANY(\${sql.array(ids, 'int4')})\`);`,
  'counts and writes': `
    import { createPool, sql } from 'slonik';
    const pool = await createPool(url);
    await pool.query(sql.unsafe\`UPDATE users SET active = false\`);
    await pool.any(sql.unsafe\`DELETE FROM users WHERE active RETURNING id\`);
    await pool.oneFirst(sql.unsafe\`SELECT count(*) FROM users\`);`,
  'streams': `
    import { createPool, sql } from 'slonik';
    const pool = await createPool(url);
    await pool.stream(sql.unsafe\`SELECT * FROM users\`, (stream) => stream.pipe(out));`,
});
