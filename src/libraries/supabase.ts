import type { Library } from './library.ts';

/** Source: supabase/postgrest-js src/PostgrestQueryBuilder.ts, PostgrestTransformBuilder.ts. The server caps a read at 1,000 rows and says nothing. */
export const supabase: Library = {
  name: 'supabase',
  title: 'Supabase',
  packages: ['@supabase/supabase-js', '@supabase/ssr', '@supabase/auth-helpers-nextjs', '@supabase/postgrest-js'],
  exports: {
    createClient: { result: 'client' }, createServerClient: { result: 'client' }, createBrowserClient: { result: 'client' }, createServerComponentClient: { result: 'client' },
    createRouteHandlerClient: { result: 'client' }, SupabaseClient: { made: 'client', extendedInstance: 'client' },
  },
  kinds: {
    client: { names: /^_?(?:supabase\w*|sb)$/i, calls: { from: { gives: 'table', table: 0 }, schema: { gives: 'client' }, rpc: { verb: 'raw', gives: 'query' } } },
    table: {
      calls: {
        // With `head: true` only the count comes back.
        select: { verb: 'read-many', gives: 'query', options: 1 },
        insert: { verb: 'write', gives: 'query' }, update: { verb: 'write', gives: 'query' }, upsert: { verb: 'write', gives: 'query' }, delete: { verb: 'write', gives: 'query' },
      },
    },
    query: {
      runs: 'when-awaited',
      calls: {
        limit: { gives: 'query', bounds: { argument: 0 } }, range: { gives: 'query', bounds: { argument: 0 } },
        single: { gives: 'query', verb: 'read-one' }, maybeSingle: { gives: 'query', verb: 'read-one' },
        in: { gives: 'query', condition: { column: 0, membership: true } }, eq: { gives: 'query', condition: { column: 0 } }, match: { gives: 'query', filter: 0 },
        '*': { gives: 'query' },
      },
    },
  },
  shapes: [
    { calls: ['maybeSingle'], on: 'query' },
    { calls: ['from'], on: 'client', before: ['select', 'insert', 'update', 'upsert', 'delete'], dependent: true },
  ],
  options: { bounds: ['head'], filter: [] },
  repair: {
    read: "one `.in('…', ids)`, or an embedded `select('*, …(*)')`, loads the same rows at once",
    write: 'one `insert([...])` or `upsert([...])` does the same work',
    limit: '`.range(from, to)` reads them page by page; without it the server stops at 1,000 rows without a word',
  },
};
