import { samples } from '../samples.ts';

samples('n-plus-one', {
  'a client made here': `
    import { createClient } from '@supabase/supabase-js';
    const client = createClient(url, key);
    export async function withPosts(users) {
      for (const user of users) {
        const { data } = await client.from('posts').select('*').eq('user_id', user.id); // want n-plus-one
        user.posts = data;
      }
    }`,
  'the project\'s own factory': {
    'utils/supabase/server.ts': `
      import { createServerClient } from '@supabase/ssr';
      import { cookies } from 'next/headers';
      export async function createClient() {
        const jar = await cookies();
        return createServerClient(process.env.SUPABASE_URL!, process.env.SUPABASE_KEY!, { cookies: jar });
      }`,
    'app/teams/page.tsx': `
      import { createClient } from '../../utils/supabase/server';
      export default async function Page() {
        const db = await createClient();
        const { data: teams } = await db.from('teams').select('id, name').limit(20);
        const rows = await Promise.all(teams.map(async (team) => {
          const { count } = await db.from('members').select('*', { count: 'exact', head: true }).eq('team_id', team.id); // want n-plus-one
          return { ...team, count };
        }));
        return rows;
      }`,
  },
  'a client by its type': `
    import type { SupabaseClient } from '@supabase/supabase-js';
    export async function rename(db: SupabaseClient<Database>, names: Record<string, string>) {
      for (const id of Object.keys(names)) {
        await db.from('users').update({ name: names[id] }).eq('id', id); // want n-plus-one:note
      }
    }`,
  'a client of which only the name is known': `
    import { supabase } from '@/lib/supabase';
    import type { User } from '@supabase/supabase-js';
    for (const row of rows) {
      const { data } = await supabase.from('users').select().eq('id', row.user).single(); // want n-plus-one
      const { error } = await supabase.from('rows').insert(row);
    }`,
  'a function of the database': `
    import { createClient } from '@supabase/supabase-js';
    const client = createClient(url, key);
    await Promise.all(ids.map((id) => client.rpc('increment', { id }))); // want n-plus-one`,
  'a client of a file that cannot be seen': `
    import { createClient } from '@/utils/supabase/server';
    import type { Session } from '@supabase/supabase-js';
    const supabase = await createClient();
    for (const id of ids) await supabase.from('users').delete().eq('id', id); // want n-plus-one`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'one query for all, or embedded': `
    import { createClient } from '@supabase/supabase-js';
    const client = createClient(url, key);
    const { data: posts } = await client.from('posts').select('*').in('user_id', ids);
    const { data: users } = await client.from('users').select('*, posts(*)').limit(20);
    for (const user of users) show(user, user.posts, posts);`,
  'one insert for all': `
    import { createClient } from '@supabase/supabase-js';
    const client = createClient(url, key);
    const rows = [];
    for (const name of names) rows.push({ name });
    await client.from('users').upsert(rows);`,
  'files and sessions are no rows': `
    import { createClient } from '@supabase/supabase-js';
    const client = createClient(url, key);
    for (const file of files) await client.storage.from('avatars').upload(file.name, file);
    for (const name of names) client.channel(name).subscribe();`,
  'from of arrays and buffers': `
    import { supabase } from './supabase';
    for (const row of rows) show(Array.from(row.cells), Buffer.from(row.text));`,
});

samples('missing-limit', {
  'the whole table': `
    import { createClient } from '@supabase/supabase-js';
    const client = createClient(url, key);
    const { data } = await client.from('users').select('*'); // want missing-limit`,
  'a filter and an order do not limit': `
    import { createClient } from '@supabase/supabase-js';
    const client = createClient(url, key);
    export async function open() {
      const { data, error } = await client // want missing-limit
        .from('tickets')
        .select('id, title')
        .eq('status', 'open')
        .order('created_at', { ascending: false });
      return data;
    }`,
  'a query that grows': `
    import { createClient } from '@supabase/supabase-js';
    const client = createClient(url, key);
    export async function search(filter) {
      let query = client.from('tickets').select('*'); // want missing-limit
      if (filter.status) query = query.eq('status', filter.status);
      const { data } = await query;
      return data;
    }`,
  'a limit that callers may leave out': `
    import type { SupabaseClient } from '@supabase/supabase-js';
    export async function search(client: SupabaseClient, kinds: string[], limit?: number) {
      let query = client.from('projects').select('*'); // want missing-limit:note
      if (kinds.length > 0) query = query.in('kind_id', kinds);
      if (limit) query = query.limit(limit);
      const { data } = await query;
      return data;
    }
    export async function searchSome(client: SupabaseClient, kinds: string[], limit?: number) {
      let query = client.from('projects').select('*').in('owner_id', kinds);
      if (limit) query = query.limit(limit);
      return query;
    }`,
  'the children of one parent': `
    import { createClient } from '@supabase/supabase-js';
    const client = createClient(url, key);
    const { data } = await client.from('posts').select('*').eq('user_id', user.id); // want missing-limit:note`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'limits of all kinds': `
    import { createClient } from '@supabase/supabase-js';
    const client = createClient(url, key);
    await client.from('users').select('*').limit(20);
    await client.from('users').select('*').range(0, 49);
    await client.from('users').select('*').eq('email', email).single();
    await client.from('users').select('*').eq('name', name).maybeSingle();`,
  'the rows of a list, or one': `
    import { createClient } from '@supabase/supabase-js';
    const client = createClient(url, key);
    await client.from('users').select('*').in('id', ids);
    await client.from('users').select('*').eq('id', id);`,
  'a count without rows': `
    import { createClient } from '@supabase/supabase-js';
    const client = createClient(url, key);
    const { count } = await client.from('users').select('*', { count: 'exact', head: true });`,
  'what a write gives back': `
    import { createClient } from '@supabase/supabase-js';
    const client = createClient(url, key);
    const { data } = await client.from('users').insert(rows).select();
    await client.from('users').update({ seen: true }).eq('active', true).select('id');
    await client.from('users').delete().eq('active', false);`,
});
