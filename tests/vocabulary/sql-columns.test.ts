import { samples } from '../samples.ts';

samples(['missing-limit'], {
  'one value of all rows, however it is worked out': `
    import { Pool } from 'pg';
    const pool = new Pool();
    export const total = () => pool.query('select count(*) filter (where open) as open, count(*)::int as total from orders');
    export const share = (from: Date) => pool.query('select count(case when late then 1 end) * 100.0 / count(*) as share, avg(days) from orders where at > $1', [from]);
    export const rate = () => pool.query('select (sum(paid) / nullif(count(*), 0))::float as rate from orders');
    export const span = () => pool.query('select max(at) - min(at) span, extract(epoch from max(at)) as last from orders');
    export const median = () => pool.query('select percentile_cont(0.5) within group (order by days) as median from orders');
    export const balance = () => pool.query("select coalesce(sum(paid), 0) - coalesce(sum(due), 0) as balance, 'orders' as of from orders");
    export const any = () => pool.query('select case when count(*) > 0 then true else false end as has_any from orders');`,
  'a value of every row, whatever functions stand around it': `
    import { Pool } from 'pg';
    const pool = new Pool();
    export const names = () => pool.query('select coalesce(nick, name) as name from people'); // want missing-limit
    export const rounded = () => pool.query('select round(price) from orders'); // want missing-limit
    export const beside = () => pool.query('select sum(paid) over (order by at) as so_far from orders'); // want missing-limit
    export const mixed = () => pool.query('select id, (select count(*) from lines where lines.order_id = orders.id) as lines from orders'); // want missing-limit
    export const star = () => pool.query('select orders.* from orders'); // want missing-limit`,
  'rows of a query that is named before': `
    import { Pool } from 'pg';
    const pool = new Pool();
    export const touch = (id: string) => pool.query('with before as materialized (select id, seen_at from users where id = $1), after as (update users set seen_at = now() from before where users.id = before.id returning before.seen_at) select seen_at from after', [id]);
    export const tree = (id: string) => pool.query('with recursive tree as (select * from tasks where id = $1 union all select t.* from tasks t join tree on t.parent_id = tree.id) select * from tree', [id]); // want missing-limit:note
    export const forest = () => pool.query('with recursive tree as (select * from tasks where parent_id is null union all select t.* from tasks t join tree on t.parent_id = tree.id) select * from tree'); // want missing-limit
    export const touchAll = () => pool.query('with before as (select id, seen_at from users), after as (update users set seen_at = now() from before where users.id = before.id returning before.seen_at) select seen_at from after'); // want missing-limit
    export const ping = () => pool.query('select 1 from dual');`,
});

samples(['missing-limit'], {
  'sums and lists whose default or type is of two words: one row': `
    import { Pool } from 'pg';
    const pool = new Pool();
    export const total = (s: string) => pool.query('select coalesce(sum(amount)::double precision, 0) as total from payments where status = $1', [s]);
    export const ids = (s: string) => pool.query('select coalesce(array_agg(id), ARRAY[]::uuid[]) as ids from orders where status = $1', [s]);
    export const last = (s: string) => pool.query(\`select coalesce(max(updated_at), timestamp '1970-01-01') as last from orders where status = $1\`, [s]);
    export const last2 = (s: string) => pool.query(\`select coalesce(max(updated_at)::timestamp with time zone, now()) as last from orders where status = $1\`, [s]);
    export const avg = (s: string) => pool.query(\`select coalesce(cast(avg(stars) as double precision), 0) as avg from reviews where status = $1\`, [s]);`,
  'the same in drizzle and knex': `
    import { drizzle } from 'drizzle-orm/node-postgres';
    import { eq, sql } from 'drizzle-orm';
    import knex from 'knex';
    import { payments } from './schema';
    const db = drizzle();
    const k = knex({});
    export const a = (s: string) => db.select({ total: sql<number>\`cast(sum(\${payments.amount}) as double precision)\` }).from(payments).where(eq(payments.status, s));
    export const b = (s: string) => db.select({ total: sql<number>\`coalesce(sum(\${payments.amount})::double precision, 0)\` }).from(payments).where(eq(payments.status, s));
    export const c = (s: string) => db.select({ ids: sql<string[]>\`coalesce(array_agg(\${payments.id}), ARRAY[]::text[])\` }).from(payments).where(eq(payments.status, s));
    export const d = (s: string) => db.select({ n: sql<number>\`cast(count(*) as unsigned integer)\` }).from(payments).where(eq(payments.status, s));
    export const e = (s: string) => k('payments').where('status', s).select(k.raw('coalesce(sum(amount)::double precision, 0) as total'));`,
});

samples(['missing-limit'], {
  'many rows that are taken for one': `
    import { Pool } from 'pg';
    import { drizzle } from 'drizzle-orm/node-postgres';
    import { eq, sql } from 'drizzle-orm';
    import { posts } from './schema';
    const pool = new Pool();
    const db = drizzle();
    export const union = (s: string) => pool.query('select count(*) as id, null as name from payments union all select id, name from payments where status = $1', [s]); // want missing-limit
    export const series = () => pool.query(\`select generate_series(min(created_at), max(created_at), '1 minute') as at from orders\`); // want missing-limit
    export const tags = (s: string) => db.select({ tag: sql<string>\`unnest(array_agg(distinct \${posts.tag}))\` }).from(posts).where(eq(posts.status, s)); // want missing-limit
    export const mine = (me: string) => db.select({ mine: sql<boolean>\`\${me} = any(\${posts.owners})\` }).from(posts).where(eq(posts.status, me)); // want missing-limit
    export const price = (id: string) => pool.query('with price as (select amount from plans where id = $1), upd as (update subscriptions set amount = price.amount from price returning *) select * from upd', [id]); // want missing-limit
    export const vip = (id: string) => pool.query('with vip as (select org_id from customers where id = $1), upd as (update orders set flag = true from vip where orders.org_id = vip.org_id returning *) select * from upd', [id]); // want missing-limit`,
});

samples(['missing-limit'], {
  'columns that are put into a statement': `
    import { createPool, sql } from 'slonik';
    const pool = await createPool('postgres://');
    const fields = { userId: sql.identifier(['user_id']), name: sql.identifier(['name']) };
    export const grantsOf = (userId: string) => pool.any(sql.unsafe\`select * from grants where \${fields.userId} = \${userId}\`); // want missing-limit:note
    export const all = () => pool.any(sql.unsafe\`select \${fields.name} from grants\`); // want missing-limit
    export const open = () => pool.any(sql.unsafe\`select \${fields.name} from grants where \${fields.name} is not null\`); // want missing-limit`,
});
