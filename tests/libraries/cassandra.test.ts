import { samples } from '../samples.ts';

samples('n-plus-one', {
  'one statement after the other': `
    import { Client } from 'cassandra-driver';
    const client = new Client({ contactPoints: ['db'], localDataCenter: 'dc1', keyspace: 'shop' });
    for (const id of ids) {
      const result = await client.execute('SELECT * FROM users WHERE id = ?', [id], { prepare: true }); // want n-plus-one
      show(result.first());
    }`,
  'one insert after the other': `
    const cassandra = require('cassandra-driver');
    const db = new cassandra.Client({ contactPoints: ['db'] });
    module.exports = async (rows) => {
      for (const row of rows) await db.execute('INSERT INTO rows (id, name) VALUES (?, ?)', [row.id, row.name], { prepare: true }); // want n-plus-one
    };`,
  'a mapper': `
    import { Client, mapping } from 'cassandra-driver';
    const mapper = new mapping.Mapper(new Client({ contactPoints: ['db'] }), { models: {} });
    const users = mapper.forModel('User');
    for (const id of ids) {
      const user = await users.get({ id }); // want n-plus-one
      show(user);
    }`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'each partition for itself, all at the same time': `
    import { Client } from 'cassandra-driver';
    const client = new Client({ contactPoints: ['db'] });
    const users = await Promise.all(ids.map((id) => client.execute('SELECT * FROM users WHERE id = ?', [id], { prepare: true })));`,
  'a batch': `
    import { Client } from 'cassandra-driver';
    const client = new Client({ contactPoints: ['db'] });
    await client.batch(rows.map((row) => ({ query: 'INSERT INTO rows (id) VALUES (?)', params: [row.id] })), { prepare: true });`,
  'use cases are executed': `
    import { Client } from 'cassandra-driver';
    for (const useCase of useCases) await useCase.execute(input);`,
});

samples('missing-limit', {
  // An answer holds a page of 5,000 rows.
  'pages': `
    import { Client } from 'cassandra-driver';
    const client = new Client({ contactPoints: ['db'] });
    await client.execute('SELECT * FROM users');
    await client.execute('SELECT * FROM users WHERE team = ?', [team], { prepare: true, fetchSize: 100 });`,
  'rows one by one': `
    import { Client } from 'cassandra-driver';
    const client = new Client({ contactPoints: ['db'] });
    client.eachRow('SELECT * FROM users', [], { autoPage: true }, (n, row) => show(row));`,
  'an unknown client, by its text and the package': {
    'package.json': '{ "dependencies": { "cassandra-driver": "4" } }',
    'users.js': `
      module.exports = (store) => store.execute('SELECT * FROM users');`,
  },
});
