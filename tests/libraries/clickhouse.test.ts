import { samples } from '../samples.ts';

samples('n-plus-one', {
  'a statement per element': `
    import { createClient } from '@clickhouse/client';
    const events = createClient({ url: process.env.CLICKHOUSE_URL });
    for (const project of projects) {
      const result = await events.query({ // want n-plus-one
        query: 'SELECT count() FROM events WHERE project = {project:String}', query_params: { project: project.id }, format: 'JSONEachRow',
      });
      project.total = await result.json();
    }`,
  'rows are inserted one by one': `
    import { createClient } from '@clickhouse/client';
    const events = createClient();
    for (const row of rows) {
      await events.insert({ table: 'events', values: [row], format: 'JSONEachRow' }); // want n-plus-one
    }`,
  'a client by its type': `
    import type { ClickHouseClient } from '@clickhouse/client';
    export const totals = (db: ClickHouseClient, ids: string[]) =>
      Promise.all(ids.map((id) => db.query({ query: \`SELECT sum(total) FROM orders WHERE id = '\${id}'\` }))); // want n-plus-one`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'all rows in one insert, one statement for all': `
    import { createClient } from '@clickhouse/client';
    const events = createClient();
    await events.insert({ table: 'events', values: rows, format: 'JSONEachRow' });
    const result = await events.query({ query: 'SELECT project, count() FROM events WHERE project IN ({ids:Array(String)}) GROUP BY project LIMIT 100', query_params: { ids } });
    for (const row of await result.json()) show(row);`,
  'a fixed list of tables': `
    import { createClient } from '@clickhouse/client';
    const events = createClient();
    for (const table of ['events', 'visits']) await events.command({ query: 'TRUNCATE TABLE ' + table });`,
  'queries of other clients': `
    import { createClient } from '@clickhouse/client';
    for (const id of ids) show(await apollo.query({ query: USER, variables: { id } }));`,
});

samples('missing-limit', {
  'every row': `
    import { createClient } from '@clickhouse/client';
    const events = createClient();
    const result = await events.query({ query: 'SELECT * FROM events', format: 'JSONEachRow' }); // want missing-limit`,
  'a condition does not limit': `
    import { createClient } from '@clickhouse/client';
    const events = createClient();
    const result = await events.query({ query: 'SELECT id, name FROM events WHERE day = today() ORDER BY id', format: 'JSON' }); // want missing-limit`,
  'text in a constant': `
    import { createClient } from '@clickhouse/client';
    const events = createClient();
    const query = \`SELECT * FROM events WHERE day = {day:Date}\`;
    const result = await events.query({ query, query_params: { day } }); // want missing-limit`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'a limit': `
    import { createClient } from '@clickhouse/client';
    const events = createClient();
    await events.query({ query: 'SELECT * FROM events ORDER BY id LIMIT {limit:UInt32}', query_params: { limit } });`,
  'groups, and the rows of a list': `
    import { createClient } from '@clickhouse/client';
    const events = createClient();
    await events.query({ query: 'SELECT day, count() AS total FROM events WHERE project = {project:String} GROUP BY day ORDER BY day' });
    await events.query({ query: 'SELECT * FROM events WHERE project IN {ids:Array(String)}', query_params: { ids } });`,
  'one number': `
    import { createClient } from '@clickhouse/client';
    const events = createClient();
    await events.query({ query: 'SELECT count() AS total FROM events' });`,
  'text that cannot be read': `
    import { createClient } from '@clickhouse/client';
    const events = createClient();
    export const run = (query: string, values: object) => events.query({ query, query_params: values });`,
});
