import { samples } from '../samples.ts';

// The database lives in the process: a query per row is worth a thought, and no more.
samples('n-plus-one', {
  'a prepared statement per row': `
    import Database from 'better-sqlite3';
    const db = new Database('shop.db');
    const linesOf = db.prepare('SELECT * FROM notes WHERE order_id = ?');
    for (const order of orders) {
      order.lines = linesOf.all(order.id); // want n-plus-one:note
    }`,
  'prepared where it is run': `
    import { DatabaseSync } from 'node:sqlite';
    const db = new DatabaseSync(':memory:');
    export const names = (ids: number[]) => ids.map((id) => db.prepare('SELECT name FROM users WHERE id = ?').get(id)); // want n-plus-one:note`,
  'every write is a transaction of its own': `
    const Database = require('better-sqlite3');
    class Store {
      constructor(file) {
        this.db = new Database(file);
        this.insert = this.db.prepare('INSERT INTO rows (a, b) VALUES (?, ?)');
      }
      add(rows) {
        for (const row of rows) this.insert.run(row.a, row.b); // want n-plus-one:note
      }
    }`,
  'callbacks of old': `
    const sqlite3 = require('sqlite3').verbose();
    const db = new sqlite3.Database('app.db');
    names.forEach((name) => {
      db.run('INSERT INTO names VALUES (?)', [name], (error) => { // want n-plus-one:note
        if (error) console.error(error);
      });
    });`,
  'with promises': `
    import sqlite3 from 'sqlite3';
    import { open } from 'sqlite';
    const db = await open({ filename: 'app.db', driver: sqlite3.Database });
    for (const user of users) {
      user.team = await db.get('SELECT * FROM teams WHERE id = ?', user.teamId); // want n-plus-one:note
    }`,
  'a database that came as a parameter, by its text': `
    export function load(handle, ids) {
      for (const id of ids) {
        const row = handle.prepare('SELECT * FROM items WHERE id = ?').get(id); // want n-plus-one:note
        show(row);
      }
    }`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'a transaction around the loop': `
    import Database from 'better-sqlite3';
    const db = new Database('shop.db');
    const insert = db.prepare('INSERT INTO cats (name, age) VALUES (@name, @age)');
    const insertMany = db.transaction((cats) => {
      for (const cat of cats) insert.run(cat);
    });
    insertMany(cats);`,
  'the loop lies deeper in the transaction': `
    import type { Database } from 'better-sqlite3';
    export class Store {
      constructor(private readonly db: Database) {}
      private add(row: Row) { this.db.prepare('INSERT INTO rows VALUES (?)').run(row.name); }
      fill(rows: Row[]) {
        this.db.transaction(() => {
          rows.forEach((row) => this.add(row));
        })();
      }
    }`,
  'a transaction begun by hand': `
    import { DatabaseSync } from 'node:sqlite';
    const db = new DatabaseSync('shop.db');
    export function fill(rows) {
      const insert = db.prepare('INSERT INTO rows VALUES (?)');
      db.exec('BEGIN');
      for (const row of rows) insert.run(row.name);
      db.exec('COMMIT');
    }`,
  'one statement for all': `
    import Database from 'better-sqlite3';
    const db = new Database('shop.db');
    const rows = db.prepare('SELECT * FROM lines WHERE order_id IN (SELECT value FROM json_each(?))').all(JSON.stringify(ids));
    for (const row of rows) show(row);
    for (const row of db.prepare('SELECT * FROM lines').iterate()) show(row);`,
  'statements are prepared, not run': `
    import Database from 'better-sqlite3';
    const db = new Database('shop.db');
    const statements = Object.fromEntries(tables.map((table) => [table, db.prepare('SELECT count(*) FROM ' + table)]));`,
  'get, all and run of anything else': `
    import Database from 'better-sqlite3';
    for (const task of tasks) show(await Promise.all(task.parts), runner.run(task), settings.get(task.name));`,
});

samples('missing-limit', {
  'the whole table': `
    import Database from 'better-sqlite3';
    const db = new Database('shop.db');
    export const orders = () => db.prepare('SELECT * FROM orders ORDER BY id').all(); // want missing-limit`,
  'a statement that was kept': `
    import { DatabaseSync } from 'node:sqlite';
    const db = new DatabaseSync('shop.db');
    const open = db.prepare("SELECT * FROM orders WHERE status = 'open'");
    export const openOrders = () => open.all(); // want missing-limit`,
  'with promises': `
    import { open } from 'sqlite';
    const db = await open({ filename: 'app.db' });
    const users = await db.all('SELECT * FROM users WHERE active = 1'); // want missing-limit`,
  'the children of one parent': `
    import Database from 'better-sqlite3';
    const db = new Database('shop.db');
    const lines = db.prepare('SELECT * FROM notes WHERE order_id = ?').all(id); // want missing-limit:note`,
  'a statement kept in a class': `
    import Database from 'better-sqlite3';
    class Store {
      constructor() {
        this.db = new Database('shop.db');
        this.everything = this.db.prepare('SELECT * FROM rows');
      }
      list() { return this.everything.all(); } // want missing-limit
    }`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'a limit': `
    import Database from 'better-sqlite3';
    const db = new Database('shop.db');
    const latest = db.prepare('SELECT * FROM orders ORDER BY id DESC LIMIT ?').all(20);
    const names = db.prepare('SELECT name FROM orders WHERE id IN (?, ?)').pluck().all(1, 2);`,
  'one row, counts and writes': `
    import Database from 'better-sqlite3';
    const db = new Database('shop.db');
    db.prepare('SELECT * FROM orders').get();
    db.prepare('SELECT count(*) AS n FROM orders').all();
    db.prepare('UPDATE orders SET seen = 1').run();
    db.exec('VACUUM');
    db.pragma('table_info(orders)');`,
  'rows one by one': `
    import Database from 'better-sqlite3';
    const db = new Database('shop.db');
    for (const order of db.prepare('SELECT * FROM orders').iterate()) show(order);`,
  'text that cannot be read': `
    import Database from 'better-sqlite3';
    const db = new Database('shop.db');
    export const all = (text, values) => db.prepare(text).all(...values);`,
});
