import { samples } from '../samples.ts';

samples('n-plus-one', {
  'a document per element': `
    import { Client, Databases } from 'node-appwrite';
    const databases = new Databases(new Client().setProject('shop'));
    for (const id of ids) {
      const order = await databases.getDocument('shop', 'orders', id); // want n-plus-one
      show(order);
    }`,
  'the whole package under one name': `
    const sdk = require('node-appwrite');
    const tables = new sdk.TablesDB(client);
    module.exports = (rows) => Promise.all(rows.map((row) => tables.createRow('shop', 'rows', sdk.ID.unique(), row))); // want n-plus-one`,
  'users': `
    import { Users } from 'node-appwrite';
    export async function names(users: Users, ids: string[]) {
      const found = [];
      for (const id of ids) found.push((await users.get(id)).name); // want n-plus-one
      return found;
    }`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'all ids at once': `
    import { Query, TablesDB } from 'node-appwrite';
    const tables = new TablesDB(client);
    const { rows } = await tables.listRows('shop', 'orders', [Query.equal('$id', ids)]);
    await tables.createRows('shop', 'orders', orders);`,
  'files and functions': `
    import { Functions, Storage } from 'node-appwrite';
    for (const id of ids) show(await new Storage(client).getFile('bucket', id), await new Functions(client).get(id));`,
  'the browser\'s databases': `
    for (const id of ids) show(databases.get(id), await store.getDocument(id));`,
});

samples('missing-limit', {
  // Twenty-five come back unless more are asked for.
  'lists': `
    import { Databases, Query } from 'node-appwrite';
    const databases = new Databases(client);
    await databases.listDocuments('shop', 'orders');
    await databases.listDocuments('shop', 'orders', [Query.limit(100)]);`,
});
