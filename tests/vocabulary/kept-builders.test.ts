import { samples } from '../samples.ts';

/** A builder that is kept in a variable does what its runs do. */
samples(['missing-limit', 'n-plus-one'], {
  'knex reassigned then write': `
    import knexLib from 'knex';
    const knex = knexLib({ client: 'pg' });
    export async function insertSingle(knex: Knex, table: string, record: object, options: any) {
      let k = knex(table);
      if (options.transacting) {
        k = k.transacting(options.transacting);
      }
      await k.insert(record);
    }
    export async function editMultiple(options: any, chunk: string[]) {
      let k = knex('posts');
      if (options.transacting) k = k.transacting(options.transacting);
      await k.whereIn('id', chunk).update({ a: 1 });
    }
    export async function del(options: any) {
      let k = knex('posts');
      if (options.transacting) k = k.transacting(options.transacting);
      await k.where('author', 3).del();
    }
    export async function one(options: any) {
      let k = knex('posts');
      if (options.transacting) k = k.transacting(options.transacting);
      const row = await k.where('author', 3).first();
      return row;
    }
    export async function all(options: any) {
      let k = knex('posts'); // want missing-limit
      if (options.transacting) k = k.transacting(options.transacting);
      return await k.where('open', true);
    }
    export async function all2(options: any) {
      const k = knex('posts'); // want missing-limit
      if (options.transacting) k.transacting(options.transacting);
      return await k.where('open', true);
    }
    export async function ins2(options: any) {
      const k = knex('posts');
      if (options.transacting) k.transacting(options.transacting);
      await k.insert({ a: 1 });
    }`,
});

/** The same of other libraries, and what is counted before it is read. */
samples(['missing-limit', 'n-plus-one'], {
  'objection kept': `
    import { Model } from 'objection';
    class Post extends Model { static tableName = 'posts'; }
    export async function a(trx) {
      const q = Post.query(trx);
      if (trx) q.context({ trx });
      await q.insert({ title: 'x' });
    }
    export async function b(open) {
      const q = Post.query();
      if (open) q.where('open', true);
      await q.patch({ seen: true });
    }
    export async function c(open) {
      const q = Post.query();
      if (open) q.where('open', true);
      return await q.resultSize();
    }
    export async function d(open, id) {
      const q = Post.query();
      if (open) q.where('open', true);
      return await q.findById(id);
    }
    export async function e(open) {
      const q = Post.query(); // want missing-limit
      if (open) q.where('open', true);
      return await q.orderBy('at');
    }
    export async function f(open) {
      let q = Post.query();
      if (open) q = q.where('open', true);
      return q.first();
    }
    export async function g(open) {
      const q = Post.query().where('team', 3); // want missing-limit
      if (open) q.where('open', true);
      const total = await q.clone().resultSize();
      return { total, rows: await q };
    }
    export async function h(open, page) {
      const q = Post.query().where('team', 3);
      if (open) q.where('open', true);
      const total = await q.clone().resultSize();
      return { total, rows: await q.page(page, 20) };
    }`,
  'knex kept, counted and read': `
    import knexLib from 'knex';
    const knex = knexLib({ client: 'pg' });
    export async function list(page) {
      const base = knex('posts').where('open', true);
      const [{ count }] = await base.clone().count('* as count');
      const rows = await base.clone().orderBy('at').limit(20).offset(page * 20);
      return { count, rows };
    }
    export async function every() {
      const base = knex('posts').where('open', true); // want missing-limit
      const [{ count }] = await base.clone().count('* as count');
      const rows = await base.clone().orderBy('at');
      return { count, rows };
    }
    export async function count() {
      const base = knex('posts');
      base.where('open', true);
      const [{ count }] = await base.count('* as count');
      return count;
    }
    export async function pluck() {
      const base = knex('posts'); // want missing-limit
      base.where('open', true);
      return await base.pluck('id');
    }
    export async function max() {
      let base = knex('posts');
      base = base.where('open', true);
      const row = await base.max('at as at').first();
      return row.at;
    }
    export function remove(ids) {
      const q = knex('posts');
      if (ids) q.whereIn('id', ids);
      return q.delete();
    }
    export async function upsert(rows) {
      const q = knex('posts');
      return await q.insert(rows).onConflict('id').merge();
    }`,
  'supabase kept': `
    import { createClient } from '@supabase/supabase-js';
    const supabase = createClient('u', 'k');
    export async function a(row) {
      const posts = supabase.from('posts');
      const { data, error } = await posts.insert(row);
      return { data, error };
    }
    export async function b(id, open) {
      let q = supabase.from('posts').select('*').eq('author', id);
      if (open) q = q.eq('open', true);
      const { data } = await q.single();
      return data;
    }
    export async function c(id, open) {
      let q = supabase.from('posts').select('*').eq('author', id);
      if (open) q = q.eq('open', true);
      const { data } = await q.range(0, 19);
      return data;
    }
    export async function e(id) {
      const q = supabase.from('posts').update({ seen: true });
      const { error } = id ? await q.eq('id', id) : await q.eq('open', true);
      return error;
    }
    export async function f(open) {
      let q = supabase.from('posts').select('*', { count: 'exact', head: true });
      if (open) q = q.eq('open', true);
      const { count } = await q;
      return count;
    }`,
  'mikro kept': `
    import { MikroORM } from '@mikro-orm/postgresql';
    const orm = await MikroORM.init();
    export async function a(open) {
      const qb = orm.em.createQueryBuilder(Post);
      qb.update({ seen: true });
      if (open) qb.where({ open });
      await qb.execute();
    }
    export async function b(open) {
      const qb = orm.em.createQueryBuilder(Post).select('*');
      if (open) qb.where({ open });
      return await qb.getSingleResult();
    }
    export async function c(open) {
      const qb = orm.em.createQueryBuilder(Post).select('*'); // want missing-limit
      if (open) qb.where({ open });
      return await qb.getResultList();
    }
    export async function d(open) {
      const qb = orm.em.createQueryBuilder(Post);
      if (open) qb.where({ open });
      return await qb.getCount();
    }`,
  'mongoose kept': `
    import mongoose, { Schema } from 'mongoose';
    const Post = mongoose.model('Post', new Schema({ open: Boolean }));
    export async function a(open) {
      const q = Post.find();
      if (open) q.where('open', true);
      return await q.countDocuments();
    }
    export async function b(open) {
      const q = Post.find();
      if (open) q.where('open').equals(true);
      return await q.findOne();
    }
    export async function c(open) {
      const q = Post.find(); // want missing-limit
      if (open) q.where('open').equals(true);
      return await q.lean();
    }
    export async function d(open) {
      const q = Post.find();
      if (open) q.where('open').equals(true);
      await q.deleteMany();
    }
    export async function e(open) {
      const q = Post.where('open', open);
      return await q.findOne().lean();
    }`,
  'firestore kept': `
    import { getFirestore } from 'firebase-admin/firestore';
    const db = getFirestore();
    export async function a(open) {
      let q = db.collection('posts');
      if (open) q = q.where('open', '==', true);
      const snap = await q.count().get();
      return snap.data().count;
    }
    export async function b(row) {
      const q = db.collection('posts');
      await q.add(row);
      await q.doc('x').set(row);
    }
    export async function c(open) {
      let q = db.collection('posts');
      if (open) q = q.where('open', '==', true);
      const snap = await q.get(); // want missing-limit
      return snap.docs;
    }
    export async function d(open) {
      let q = db.collection('posts').orderBy('at');
      if (open) q = q.where('open', '==', true);
      const snap = await q.limit(10).get();
      return snap.docs;
    }`,
  'kysely and drizzle kept': `
    import { Kysely } from 'kysely';
    import { drizzle } from 'drizzle-orm/node-postgres';
    import { count, eq } from 'drizzle-orm';
    import { posts } from './schema';
    const db = new Kysely({});
    const d = drizzle('x');
    export async function a(open) {
      let q = db.selectFrom('posts').selectAll();
      if (open) q = q.where('open', '=', true);
      return await q.executeTakeFirst();
    }
    export async function b(open) {
      let q = db.selectFrom('posts').selectAll();
      if (open) q = q.where('open', '=', true);
      return await q.execute(); // want missing-limit
    }
    export async function c(open) {
      let q = db.selectFrom('posts');
      if (open) q = q.where('open', '=', true);
      const { n } = await q.select((eb) => eb.fn.countAll().as('n')).executeTakeFirstOrThrow();
      const rows = await q.selectAll().limit(20).execute();
      return { n, rows };
    }
    export async function e(open) {
      let q = d.select({ n: count() }).from(posts).$dynamic();
      if (open) q = q.where(eq(posts.open, true));
      const [{ n }] = await q;
      return n;
    }
    export async function f(open) {
      let q = d.select().from(posts).$dynamic(); // want missing-limit
      if (open) q = q.where(eq(posts.open, true));
      return await q;
    }`,
});

/** What is done with rows says nothing of the query. */
samples('missing-limit', {
  'rows that are cut into pieces afterwards': `
    import { drizzle } from 'drizzle-orm/node-postgres';
    import { and, eq, inArray, isNotNull, notExists } from 'drizzle-orm';
    import { customers, customerProducts, customerPrices } from './schema';
    const db = drizzle('x');
    export const run = async () => {
      const results = await db // want missing-limit:note
        .select()
        .from(customerProducts)
        .innerJoin(customers, eq(customerProducts.internal_customer_id, customers.internal_id))
        .where(and(
          notExists(db.select().from(customerPrices).where(eq(customerPrices.customer_product_id, customerProducts.id))),
          inArray(customerProducts.status, ACTIVE), isNotNull(customerProducts.trial_ends_at)));
      for (let i = 0; i < results.length; i += 250) { const batch = results.slice(i, i + 250); await expire(batch.map((r) => r.id)); }
      return results;
    };`,
  'rows of which a part is shown': `
    import knex from 'knex';
    const db = knex({ client: 'pg' });
    export async function shown(page: number) {
      const rows = await db('orders').where('open', true); // want missing-limit
      return { rows: rows.slice(page * 20, page * 20 + 20), total: rows.length };
    }`,
});
