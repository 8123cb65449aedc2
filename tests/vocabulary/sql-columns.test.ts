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

// Statements of SQL as people write them.
samples(['n-plus-one', 'missing-limit', 'unbounded-limit'], {
  'catalogs': {
    'src/a.ts': `
      import { Pool } from 'pg';
      const pool = new Pool();
      export const a = () => pool.query('select * from pg_prepared_xacts');
      export const b = () => pool.query('select * from pg_auth_members');
      export const c = () => pool.query('select * from pg_rules');
      export const d = () => pool.query('select * from pg_partitioned_table');
      export const e = () => pool.query('select * from pg_subscription');
      export const f = () => pool.query('select * from pg_foreign_table');
      export const g = () => pool.query('select * from pg_event_trigger');
      export const h = () => pool.query('select * from pg_cast');
      export const i = () => pool.query('SELECT * FROM pg_shadow');
      export const j = () => pool.query('SELECT * FROM pg_group');
      export const k = () => pool.query('SELECT c.relname, i.inhparent FROM pg_class c JOIN pg_inherits i ON i.inhrelid = c.oid');
      export const l = () => pool.query('SELECT * FROM sys.tables');
      export const m = () => pool.query('select o.* from orders o join pg_class c on true');`,
  },
  'pg queue claims': {
    'src/a.ts': `
      import { Pool } from 'pg';
      const pool = new Pool();
      export const a = () => pool.query(\`with picked as (select id from jobs where state = 'new' order by at limit 10 for update skip locked), done as (update jobs set state = 'busy' from picked where picked.id = jobs.id returning jobs.*) select * from done\`);
      export const b = () => pool.query(\`with picked as (select id from jobs where state = 'new' order by at limit 10 for update skip locked), done as (update jobs j set state = 'busy' from picked p where j.id = p.id returning j.*) select * from done\`);
      export const c = () => pool.query(\`with picked as (select id from jobs where state = 'new' order by at limit 10 for update skip locked), done as (update jobs set state = 'busy' from picked where jobs.id = picked.id returning jobs.*) select * from done\`);
      export const d = () => pool.query(\`with picked as (select id from jobs where state = 'new' order by at limit 10 for update skip locked), done as (update jobs set state = 'busy' from picked where jobs.id = picked.id and (jobs.state = 'new' or jobs.state = 'failed') returning jobs.*) select * from done\`);
      export const e = () => pool.query(\`with picked as (select id from jobs where state = 'new' order by at limit 10 for update skip locked), done as (update jobs set state = 'busy' where id in (select id from picked) returning *) select * from done order by at\`); // want missing-limit:note
      export const f = () => pool.query(\`with gone as (delete from jobs using picked where jobs.job_id = picked.job_id returning *), picked as (select job_id from jobs limit 5) select * from gone\`); // want missing-limit:note`,
  },
  'unions': {
    'src/a.ts': `
      import { Pool } from 'pg';
      const pool = new Pool();
      export const a = () => pool.query(\`(select * from orders order by at limit 5) union all (select * from drafts order by at limit 5)\`);
      export const b = () => pool.query(\`(select * from orders) union all (select * from drafts) order by at limit 5\`);
      export const c = () => pool.query(\`select count(*) from orders union all select count(*) from drafts\`);
      export const d = () => pool.query(\`select 'orders' as name, count(*) from orders union all select 'drafts', count(*) from drafts\`);
      export const e = () => pool.query(\`(select 'orders' as name, count(*) as n from orders) union all (select 'drafts', count(*) from drafts)\`);
      export const f = () => pool.query(\`select * from orders where id = $1 union all select * from drafts where id = $1\`);
      export const g = () => pool.query(\`(select * from orders where id = $1) union (select * from drafts where id = $1)\`);
      export const h = () => pool.query(\`select * from ((select * from orders limit 5) union all (select * from drafts limit 5)) x order by at\`);
      export const i = () => pool.query(\`(select min(at) from orders) union (select max(at) from orders)\`);
      export const j = () => pool.query(\`with o as (select * from orders limit 5), d as (select * from drafts limit 5) (select * from o) union all (select * from d)\`);
      export const k = () => pool.query(\`with o as (select * from orders limit 5), d as (select * from drafts limit 5) select * from o union all select * from d\`);
      export const l = () => pool.query(\`select * from orders union all select * from drafts\`); // want missing-limit
      export const n = () => pool.query(\`(select * from orders) union all (select * from drafts)\`); // want missing-limit`,
  },
  'aggregates': {
    'src/a.ts': `
      import { Pool } from 'pg';
      const pool = new Pool();
      export const a = () => pool.query(\`select coalesce(sum(total), 0)::numeric(12, 2) as total, count(*) filter (where status = 'paid') as paid from orders\`);
      export const b = () => pool.query(\`select date_part('day', max(at)) as d from orders\`);
      export const c = () => pool.query(\`select json_build_object('n', count(*), 'first', min(at)) from orders\`);
      export const d = () => pool.query(\`select cast(sum(total) as double precision) as t from orders\`);
      export const e = () => pool.query(\`select count(*) > 0 as has from orders\`);
      export const f = () => pool.query(\`select percentile_cont(0.5) within group (order by total) as median from orders\`);
      export const g = () => pool.query(\`select sum(case when status = any($1) then 1 else 0 end) n from orders\`);
      export const h = () => pool.query(\`select array_agg(id order by at desc) as ids from orders\`);
      export const i = () => pool.query(\`select exists (select 1 from orders where open) as any\`);
      export const j = () => pool.query(\`select round(avg(total)::numeric, 2) as a, max(at at time zone 'utc') as b from orders\`);
      export const k = () => pool.query(\`select extract(epoch from (now() - min(created_at)))::int as age from jobs\`);
      export const l = () => pool.query(\`select bool_or(open) as "anyOpen", (select count(*) from drafts) as n from orders\`);
      export const m = () => pool.query(\`select timestampdiff(second, min(at), max(at)) as s from orders\`);
      export const n = () => pool.query(\`select date_trunc('day', max(at)), interval '1 day', current_date from orders\`);
      export const o = () => pool.query(\`select ifnull(sum(total), 0) as total, group_concat(distinct tag separator ', ') as tags from orders\`);
      export const p = () => pool.query(\`select count(distinct (a, b)) from orders\`);
      export const q = () => pool.query(\`select now() - max(at) as lag, to_char(max(at), 'YYYY') y from orders\`);
      export const r = () => pool.query(\`select convert(sum(total), decimal(10,2)) as t from orders\`);
      export const s = () => pool.query(\`select (array_agg(name order by at))[1] as name from orders\`);
      export const t = () => pool.query(\`select coalesce(json_agg(o.*), '[]'::json) as rows from orders o\`);
      export const u = () => pool.query(\`select day from orders\`); // want missing-limit
      export const v = () => pool.query(\`select max(at)::date as d, sum(total)::double precision t, min(at)::timestamp with time zone from orders\`);
      export const w = () => pool.query(\`select row_to_json(orders) from orders\`); // want missing-limit
      export const x = () => pool.query(\`select id, type, day from orders\`); // want missing-limit
      export const y = () => pool.query(\`select date from orders\`); // want missing-limit
      export const z = () => pool.query(\`select max(any_value) from orders\`);`,
  },
  'having': {
    'src/a.ts': `
      import { Pool } from 'pg';
      const pool = new Pool();
      export const a = () => pool.query(\`select o.id, count(*) from orders o join items i on i.order_id = o.id group by o.id having count(i.id) > 1\`); // want missing-limit
      export const b = () => pool.query(\`select email, count(*) from users group by email having count(*) > 1\`);
      export const c = () => pool.query(\`select u.id, sum(o.total) from users u join orders o on o.user_id = u.id group by u.id having sum(o.total) > 100\`); // want missing-limit
      export const d = () => pool.query(\`select users.id, sum(o.total) from orders o join users on o.user_id = users.id group by users.id having sum(o.total) > 100\`); // want missing-limit`,
  },
  'real defects that stay told: having over own key': {
    'src/a.ts': `
      import { Pool } from 'pg';
      const pool = new Pool();
      export const a = () => pool.query(\`select o.id, count(i.id) from orders o left join items i on i.order_id = o.id group by o.id having count(i.id) > 1\`); // want missing-limit
      export const b = () => pool.query(\`select o.id, count(i.id) from orders o left join items i on i.order_id = o.id group by o.id having count(i.id) > 2\`); // want missing-limit
      export const d = () => pool.query(\`select users.id, sum(o.total) from orders o join users on o.user_id = users.id group by users.id having sum(o.total) > 100\`); // want missing-limit
      export const e = () => pool.query(\`select u.id, u.email, count(o.id) as orders from orders o inner join users u on u.id = o.user_id group by u.id having count(o.id) >= 1\`); // want missing-limit`,
  },
});
