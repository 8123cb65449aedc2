import { samples } from '../samples.ts';

samples('n-plus-one', {
  'a database of another file': {
    'db.js': `
      const pgp = require('pg-promise')({ capSQL: true });
      module.exports = pgp(process.env.DATABASE_URL);`,
    'users.js': `
      const store = require('./db');
      async function names(ids) {
        const names = [];
        for (const id of ids) {
          const user = await store.one('SELECT name FROM users WHERE id = $1', [id]); // want n-plus-one
          names.push(user.name);
        }
        return names;
      }`,
  },
  'a database by its type': `
    import { IDatabase } from 'pg-promise';
    export class Tags {
      constructor(private readonly db: IDatabase<{}>) {}
      find(name: string) { return this.db.oneOrNone('SELECT * FROM tags WHERE name = $1', name); }
      all(names: string[]) { return Promise.all(names.map((name) => this.find(name))); } // want n-plus-one
    }`,
  'a task': `
    import pgPromise from 'pg-promise';
    const pgp = pgPromise();
    const db = pgp(url);
    await db.task(async (t) => {
      for (const id of ids) await t.none('UPDATE users SET seen = now() WHERE id = $1', [id]); // want n-plus-one
    });`,
  'a shape that says enough': `
    for (const id of ids) {
      const user = await db.oneOrNone('select * from users where id = $1', [id]); // want n-plus-one
    }`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'one statement for all': `
    import pgPromise from 'pg-promise';
    const pgp = pgPromise();
    const db = pgp(url);
    const users = await db.any('SELECT * FROM users WHERE id = ANY($1)', [ids]);
    await db.none(pgp.helpers.insert(rows, columns));
    for (const user of users) show(user);`,
  'columns are described per element': `
    import pgPromise from 'pg-promise';
    const pgp = pgPromise();
    const columns = names.map((name) => new pgp.helpers.Column(name));
    const texts = rows.map((row) => pgp.as.format('($1)', row));`,
  'promises also have any': `
    import pgPromise from 'pg-promise';
    for (const group of groups) await Promise.any(group.tasks);`,
  'statements about the tables themselves': `
    import pgPromise from 'pg-promise';
    const db = pgPromise()(url);
    for (const index of indexes) await db.none('reindex index concurrently $1:name', [index]);
    for (const table of tables) await db.none(\`vacuum \${table}\`);
    for (const role of roles) await db.none(\`grant select on all tables in schema public to \${role}\`);`,
});

samples('missing-limit', {
  'the whole table': `
    import pgPromise from 'pg-promise';
    const db = pgPromise()(url);
    const users = await db.any('SELECT * FROM users'); // want missing-limit`,
  'a filter and an order do not limit': `
    import { IDatabase } from 'pg-promise';
    export const open = (db: IDatabase<unknown>) => db.manyOrNone('SELECT * FROM tickets WHERE status = $1 ORDER BY id', ['open']); // want missing-limit`,
  'rows that are mapped': `
    import pgPromise from 'pg-promise';
    const db = pgPromise()(url);
    const names = await db.map('SELECT name FROM users WHERE active', [], (row) => row.name); // want missing-limit`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'limits of all kinds': `
    import pgPromise from 'pg-promise';
    const db = pgPromise()(url);
    await db.any('SELECT * FROM users LIMIT $1', [size]);
    await db.one('SELECT * FROM users WHERE name = $1', [name]);
    await db.any('SELECT * FROM users WHERE id IN ($1:csv)', [ids]);`,
  'counts and writes': `
    import pgPromise from 'pg-promise';
    const db = pgPromise()(url);
    await db.one('SELECT count(*) FROM users');
    await db.none('DELETE FROM sessions');
    await db.result('UPDATE users SET active = false');`,
  'text from a file': `
    import pgPromise from 'pg-promise';
    const db = pgPromise()(url);
    await db.any(queries.findUsers, { active: true });`,
});
