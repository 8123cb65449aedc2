import { samples } from '../samples.ts';

/** Queries that a function is given and gives back are judged by all that is said of them. */
samples('missing-limit', {
  'D knex helper': {
    'src/a.ts': `
      import knex from 'knex';
      const db = knex({ client: 'pg' });
      const visible = (q: any, t: string) => q.where('tenant', t);
      const paged = (q: any, page: number) => q.limit(20).offset(page * 20);
      export const d1 = async (t: string) => await visible(db('orders'), t).sum('amount as total');
      export const d2 = async (t: string) => await visible(db('orders'), t).avg('x');
      export const d3 = async (t: string) => await visible(db('orders'), t).where({ id: t });
      export const d4 = async (t: string, id: string) => { const [row] = await visible(db('orders'), t).where('id', id); return row; };
      export const d5 = async (t: string) => await visible(db('orders'), t).whereIn('id', [1, 2]);
      export const d6 = async (t: string) => await visible(db('orders'), t).select(db.raw('count(*) as n'));
      export const d7 = async (t: string) => await visible(db('orders'), t).modify((b: any) => b.limit(5));
      export const d8 = async (t: string) => await visible(db('orders'), t).modify(paged, 2);
      export const d9 = async (t: string) => await visible(db('orders'), t).increment('seen', 1);
      export const d10 = async (t: string) => { for await (const row of visible(db('orders'), t).stream()) console.log(row); };
      export const d11 = (t: string, res: any) => visible(db('orders'), t).pipe(res);
      export const d12 = (t: string) => visible(db('orders'), t).toSQL();
      export const d13 = async (t: string) => await visible(db('orders'), t).then((rows: any) => rows[0]);
      export const d14 = async (t: string) => await db('items').join(visible(db('orders').select('id'), t).as('o'), 'o.id', 'items.order_id').limit(5);
      export const d15 = async (t: string) => { const o = visible(db('orders').select('id'), t).as('o'); return await db('items').join(o, 'o.id', 'items.order_id').limit(5); };
      export const d16 = async (t: string) => { const q = visible(db('orders'), t); const [{ total }] = await q.sum('amount as total'); return total; };
      export const e1 = async (t: string) => { const q = visible(db('orders').select('*'), t); const [{ n }] = await q.clone().count('* as n'); const rows = await q.orderBy('at'); return { n, rows }; }; // want missing-limit
      export const e2 = async (t: string, page: number) => { const q = visible(db('orders').select('*'), t); const [{ n }] = await q.clone().count('* as n'); const rows = await q.orderBy('at').limit(20).offset(page * 20); return { n, rows }; };
      const sorted = (q: any) => q.orderBy('at');
      export const e3 = async (t: string) => { return await sorted(visible(db('orders').select('*'), t)); }; // want missing-limit
      export const e4 = async (t: string) => { const q = visible(db('orders').select('*'), t); return await sorted(q); }; // want missing-limit
      export const e5 = async (t: string) => { return await visible(visible(db('orders').select('*'), t), t); }; // want missing-limit
      export const e6 = async (t: string) => { return await paged(visible(db('orders').select('*'), t), 2); };
      export const e7 = async (t: string) => { const q = visible(db('orders').select('*'), t); q.limit(20); return await q; };
      export const e8 = async (t: string) => { const q = visible(db('orders').select('*'), t); return await paged(q, 3); };`,
  },
  'D others': {
    'src/a.ts': `
      import { drizzle } from 'drizzle-orm/node-postgres';
      import mongoose, { Schema } from 'mongoose';
      import { Model } from 'objection';
      import { createClient } from '@supabase/supabase-js';
      import { orders } from './schema';
      const db = drizzle('x');
      const OrderDoc = mongoose.model('Order', new Schema({ tenant: String }));
      class Order extends Model { static tableName = 'orders'; }
      const supabase = createClient('u', 'k');
      const visible = (q: any, t: string) => q.where('tenant', t);
      const own = (q: any, t: string) => q.eq('tenant', t);
      export const a1 = async (t: string) => { const sub = visible(db.select().from(orders).$dynamic(), t).as('sub'); return await db.select().from(sub).limit(5); };
      export const a2 = async (t: string) => { for await (const o of visible(OrderDoc.find(), t).cursor()) console.log(o); };
      export const a3 = async (t: string, id: string) => await visible(Order.query(), t).findById(id);
      export const a4 = async (t: string, p: number) => await visible(Order.query(), t).page(p, 20);
      export const a5 = async (t: string) => await visible(Order.query(), t).resultSize();
      export const a6 = async (t: string) => await visible(Order.query(), t).patch({ seen: true });
      export const a7 = async (t: string) => await own(supabase.from('orders').select('*'), t).single();
      export const a8 = async (t: string) => await own(supabase.from('orders').select('*'), t).range(0, 9);
      export const a9 = async (t: string) => { const q = visible(OrderDoc.find(), t); const n = await q.clone().countDocuments(); return { n, rows: await q.lean() }; }; // want missing-limit
      export const b1 = async (t: string) => await visible(Order.query(), t).orderBy('at'); // want missing-limit
      export const b2 = async (t: string) => await own(supabase.from('orders').select('*'), t).order('at'); // want missing-limit`,
  },
});

/** Functions that limit, count or change what they are given. */
samples(['missing-limit', 'n-plus-one'], {
  'takers and what they do': {
    'src/a.ts': `
      import knex from 'knex';
      const db = knex({});
      const visible = (q, t) => q.where('tenant', t);
      const countOf = async (q) => (await q.clone().count('* as n').first()).n;
      const remove = (q) => q.del();
      const paged = (q) => q.limit(20);
      export const clear = async (t) => remove(visible(db('orders'), t));
      export async function page(t) { const q = visible(db('orders'), t); const total = await countOf(q); return { total, rows: await q.limit(20) }; }
      export async function every(t) { const q = visible(db('orders'), t); const total = await countOf(q); return { total, rows: await q }; } // want missing-limit
      export const total = async (t) => countOf(visible(db('orders'), t));
      export async function b(t) { const q = db('orders').where('a', 1); return paged(visible(q, t)); }
      export async function c(t) { const q = db('orders').where('a', 1); return paged(q); }
      export async function d(t) { const q = db('orders').where('a', 1); return visible(q, t); } // want missing-limit
      export async function each(ids, t) {
        for (const id of ids) {
          await visible(db('orders').where({ id }), t).first(); // want n-plus-one
        }
        for (const id of ids) {
          await paged(visible(db('lines').where('order_id', id), t)); // want n-plus-one
        }
      }
      export async function posts2(post) {
        const posts = db('posts'); // want missing-limit
        if (post.id) {
          await posts.where('id', post.id).update(post);
        }
        return posts.where('open', true);
      }`,
  },
});

samples('missing-limit', {
  'rows that are handed on': `
    import mongoose, { Schema } from 'mongoose';
    const Change = mongoose.model('Change', new Schema({ env: String }));
    const mapEntities = (items) => items.map((item) => item.toObject());
    const visible = (q, env) => q.where('env', env);
    export async function list(enabled: boolean) {
      const items = await Change.find({ enabled }).populate('user'); // want missing-limit
      return mapEntities(items);
    }
    export async function seen(env: string) {
      const items = await visible(Change.find(), env); // want missing-limit
      return mapEntities(items);
    }`,
});
