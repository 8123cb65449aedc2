import { samples } from '../samples.ts';

samples('n-plus-one', {
  'a binding by its type': `
    type Env = { DB: D1Database };
    export default {
      async fetch(request: Request, env: Env) {
        const names = [];
        for (const id of await idsOf(request)) {
          const row = await env.DB.prepare('SELECT name FROM users WHERE id = ?').bind(id).first(); // want n-plus-one
          names.push(row);
        }
        return Response.json(names);
      },
    };`,
  'a database that is handed in': `
    export async function tag(db: D1Database, names: string[]) {
      await Promise.all(names.map((name) => db.prepare('INSERT INTO tags (name) VALUES (?)').bind(name).run())); // want n-plus-one
    }`,
  'by its text, where the package says so': {
    'package.json': '{ "devDependencies": { "wrangler": "4" } }',
    'src/index.js': `
      export async function load(env, ids) {
        for (const id of ids) {
          const { results } = await env.DB.prepare('SELECT * FROM posts WHERE author = ?1').bind(id).all(); // want n-plus-one
          show(results);
        }
      }`,
  },

  // -- innocents ------------------------------------------------------------------------------------------------------
  'one batch': `
    export async function tag(db: D1Database, names: string[]) {
      const insert = db.prepare('INSERT INTO tags (name) VALUES (?)');
      await db.batch(names.map((name) => insert.bind(name)));
    }`,
  'statements are bound in the loop and sent after it': `
    export async function tag(db: D1Database, names: string[]) {
      const statements = [];
      for (const name of names) statements.push(db.prepare('INSERT INTO tags (name) VALUES (?)').bind(name));
      await db.batch(statements);
    }`,
  'one statement for all': `
    export async function load(db: D1Database, ids: string[]) {
      const { results } = await db.prepare(\`SELECT * FROM posts WHERE id IN (\${ids.map(() => '?').join(', ')})\`).bind(...ids).all();
      for (const row of results) show(row);
    }`,
});

samples('missing-limit', {
  'the whole table': `
    export const users = (db: D1Database) => db.prepare('SELECT * FROM users').all(); // want missing-limit`,
  'with values': `
    export const users = (db: D1Database) => db.prepare('SELECT * FROM users WHERE active = ?').bind(1).all(); // want missing-limit`,
  'as arrays': `
    export const users = (db: D1Database) => db.prepare('SELECT id, name FROM users').raw(); // want missing-limit`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'a limit': `
    export const users = (db: D1Database, from: number) => db.prepare('SELECT * FROM users LIMIT 20 OFFSET ?').bind(from).all();`,
  'the first row': `
    export const user = (db: D1Database, email: string) => db.prepare('SELECT * FROM users WHERE email = ?').bind(email).first();`,
  'counts and writes': `
    export async function count(db: D1Database) {
      await db.prepare('UPDATE users SET seen = 1').run();
      return db.prepare('SELECT COUNT(*) AS n FROM users').all();
    }`,
});
