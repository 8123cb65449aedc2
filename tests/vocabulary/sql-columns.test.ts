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
