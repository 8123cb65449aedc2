import { samples } from '../samples.ts';

samples('n-plus-one', {
  'a client of another file': {
    'src/database.ts': `
      import { Kysely, PostgresDialect } from 'kysely';
      export const store = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });`,
    'src/pets.ts': `
      import { store } from './database';
      export async function withOwners(pets: Pet[]) {
        for (const pet of pets) {
          pet.owner = await store.selectFrom('person').selectAll().where('id', '=', pet.owner_id).executeTakeFirst(); // want n-plus-one
        }
      }`,
  },
  'the client by its type': `
    import type { Kysely } from 'kysely';
    export const names = (db: Kysely<DB>, ids: string[]) =>
      Promise.all(ids.map((id) => db.selectFrom('person').select('name').where('id', '=', id).executeTakeFirstOrThrow())); // want n-plus-one`,
  'inside a transaction': `
    import { Kysely } from 'kysely';
    export async function store(db: Kysely<DB>, rows: Row[]) {
      await db.transaction().execute(async (session) => {
        for (const row of rows) {
          await session.insertInto('row').values(row).execute(); // want n-plus-one
        }
      });
    }`,
  'a client of which nothing is known, by the shape of the call': `
    for (const pet of pets) {
      await this.db.updateTable('pet').set({ fed: true }).where('id', '=', pet.id).execute(); // want n-plus-one
    }`,
  'a repository in between': `
    import { Kysely } from 'kysely';
    class Persons {
      constructor(private db: Kysely<DB>) {}
      find(id: string) { return this.db.selectFrom('person').selectAll().where('id', '=', id).executeTakeFirst(); }
    }
    export async function all(persons: Persons, ids: string[]) {
      const found = [];
      for (const id of ids) found.push(await persons.find(id)); // want n-plus-one
      return found;
    }`,
  'text that is executed': `
    import { Kysely, sql } from 'kysely';
    export async function touch(db: Kysely<DB>, ids: string[]) {
      for (const id of ids) await sql\`UPDATE person SET seen = now() WHERE id = \${id}\`.execute(db); // want n-plus-one
      for (const id of ids) parts.push(sql\`\${id}::uuid\`);
    }`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'one query for all, one insert for all': `
    import { Kysely } from 'kysely';
    export async function load(db: Kysely<DB>, ids: string[]) {
      const rows = await db.selectFrom('person').selectAll().where('id', 'in', ids).execute();
      await db.insertInto('visit').values(rows.map((row) => ({ person: row.id }))).execute();
      for (const row of rows) show(row);
    }`,
  'a query grows in the loop and runs once': `
    import { Kysely } from 'kysely';
    export async function search(db: Kysely<DB>, filters: Filter[]) {
      let query = db.selectFrom('person').selectAll().limit(20);
      for (const filter of filters) query = query.where(filter.column, '=', filter.value);
      return query.execute();
    }`,
  'use cases have an execute as well': `
    for (const order of orders) {
      await this.shipOrder.execute(order);
      await commandBus.execute(new ShipOrder(order.id));
    }`,
  'chunks': `
    import { Kysely } from 'kysely';
    export async function store(db: Kysely<DB>, rows: Row[]) {
      for (let start = 0; start < rows.length; start += 500) await db.insertInto('row').values(rows.slice(start, start + 500)).execute();
    }`,
});

samples('missing-limit', {
  'a list of ids that may be left out': `
    import { Kysely } from 'kysely';
    export async function assignments(db: Kysely<Database>, ids?: string[]) {
      let query = db.selectFrom('assignment').selectAll().where('endedAt', 'is', null);
      if (ids?.length) query = query.where('id', 'in', ids);
      return await query.execute(); // want missing-limit
    }
    export async function those(db: Kysely<Database>, ids: string[]) {
      let query = db.selectFrom('assignment').selectAll();
      query = query.where('id', 'in', ids);
      return await query.execute();
    }`,
  'the whole table': `
    import { Kysely } from 'kysely';
    export const all = (db: Kysely<DB>) => db.selectFrom('person').selectAll().execute(); // want missing-limit`,
  'a filter and an order do not limit': `
    import { Kysely } from 'kysely';
    export async function active(db: Kysely<DB>) {
      const rows = await db.selectFrom('person').select(['id', 'name']).where('active', '=', true).orderBy('name').execute(); // want missing-limit
      return rows;
    }`,
  'a query that grows': `
    import { Kysely } from 'kysely';
    export async function search(db: Kysely<DB>, filter: Filter) {
      let query = db.selectFrom('person').selectAll();
      if (filter.name) query = query.where('name', '=', filter.name);
      return query.execute(); // want missing-limit
    }`,
  'the children of one parent': `
    import { Kysely } from 'kysely';
    export const pets = (db: Kysely<DB>, owner: string) => db.selectFrom('pet').selectAll().where('owner_id', '=', owner).execute(); // want missing-limit:note`,
  'text without a limit': `
    import { Kysely, sql } from 'kysely';
    export const all = (db: Kysely<DB>) => sql\`SELECT * FROM person\`.execute(db); // want missing-limit`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'limits of all kinds': `
    import { Kysely } from 'kysely';
    export async function pages(db: Kysely<DB>, size: number) {
      await db.selectFrom('person').selectAll().limit(size).offset(40).execute();
      await db.selectFrom('person').selectAll().fetch(10).execute();
      await db.selectFrom('person').selectAll().where('active', '=', true).executeTakeFirst();
      for await (const person of db.selectFrom('person').selectAll().stream(100)) show(person);
    }`,
  'the limit is put on later': `
    import { Kysely } from 'kysely';
    export async function search(db: Kysely<DB>, filter: Filter) {
      let query = db.selectFrom('person').selectAll();
      if (filter.size) query = query.limit(filter.size);
      return query.execute();
    }`,
  'the rows of a list, or one': `
    import { Kysely } from 'kysely';
    export async function some(db: Kysely<DB>, ids: string[]) {
      await db.selectFrom('person').selectAll().where('id', 'in', ids).execute();
      await db.selectFrom('person').selectAll().where('person.id', '=', ids[0]).execute();
    }`,
  'counts, writes and sub-queries': `
    import { Kysely } from 'kysely';
    export async function report(db: Kysely<DB>) {
      await db.deleteFrom('person').where('active', '=', false).execute();
      await db.insertInto('person').values(rows).returningAll().execute();
      const inner = db.selectFrom('pet').select('owner_id').where('name', '=', 'Rex');
      await db.selectFrom('person').selectAll().where('id', 'in', inner).limit(5).execute();
    }`,
});

/** A query that is put together step by step, each of which is made of all before it. */
const steps = (count: number): string => Array.from({ length: count }, (_, index) => `
          if (params.f${index} !== undefined) { query = query.where('f${index}', '=', params.f${index}); }`).join('');

samples('missing-limit', {
  'put together in eighty steps, with a type that leads through many files': {
    'src/schema/index.ts': `
      import type { Event } from './event';
      export interface Schema { event: Event.Row }`,
    'src/schema/event.ts': `
      export namespace Event { export interface Row { id: number } }`,
    'src/store.ts': `
      import type { Kysely } from 'kysely';
      import type { Schema } from './schema';
      export class Store {
        constructor(readonly db: Kysely<Schema>) {}
        async events(params: Params) {
          let query = this.db.selectFrom('event').selectAll();${steps(80)}
          return query.execute(); // want missing-limit
        }
        async latest(params: Params) {
          let query = this.db.selectFrom('event').selectAll();${steps(80)}
          query = query.orderBy('id', 'desc').limit(params.limit ?? 50);
          return query.execute();
        }
      }`,
  },
});
