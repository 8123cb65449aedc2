import { samples } from '../samples.ts';

samples('n-plus-one', {
  'one get after the other': `
    import { createClient } from 'redis';
    const client = createClient({ url: process.env.REDIS_URL });
    await client.connect();
    export async function prices(skus: string[]) {
      const found = new Map();
      for (const sku of skus) found.set(sku, await client.get('price:' + sku)); // want n-plus-one
      return found;
    }`,
  'a client that is connected where it is made': `
    import { createClient } from 'redis';
    const store = await createClient().on('error', console.error).connect();
    for (const user of users) {
      user.roles = await store.sMembers(\`roles:\${user.id}\`); // want n-plus-one
    }`,
  'a client by its type': `
    import type { RedisClientType } from 'redis';
    export class Sessions {
      constructor(private readonly store: RedisClientType) {}
      async revoke(ids: string[]) {
        for (const id of ids) {
          await this.store.del('session:' + id); // want n-plus-one
        }
      }
    }`,
  'the type of what a factory gives': `
    import { createClient } from 'redis';
    type Client = ReturnType<typeof createClient>;
    export async function load(store: Client, ids: string[]) {
      const all = [];
      for (const id of ids) all.push(await store.hGetAll(id)); // want n-plus-one
      return all;
    }`,
  'callbacks of old': `
    const redis = require('redis');
    const client = redis.createClient(6379);
    ids.forEach(function (id) {
      client.hgetall('user:' + id, function (error, user) { // miss: commands that nobody awaits are written to the socket together
        show(user);
      });
    });`,
  'documents, one by one': `
    import { createClient } from 'redis';
    const client = await createClient().connect();
    for (const id of ids) {
      const document = await client.json.get('doc:' + id); // want n-plus-one
      show(document);
    }`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'commands of one tick go to the server together': `
    import { createClient } from 'redis';
    const client = await createClient().connect();
    const values = await Promise.all(ids.map((id) => client.get('user:' + id)));
    await Promise.all(ids.map((id) => client.expire('user:' + id, 60)));`,
  'mGet, multi and one delete': `
    import { createClient } from 'redis';
    const client = await createClient().connect();
    const values = await client.mGet(ids);
    const multi = client.multi();
    for (const id of ids) multi.hGetAll('user:' + id);
    const users = await multi.exec();
    await client.del(ids);`,
  'an iterator': `
    import { createClient } from 'redis';
    const client = await createClient().connect();
    for await (const keys of client.scanIterator({ MATCH: 'user:*' })) show(keys);`,
  'a client of something else': `
    import { createClient } from 'webdav';
    const client = createClient();
    for (const id of ids) show(await client.get(id), await client.del(id));`,
});

samples('missing-limit', {
  'all keys': `
    import { createClient } from 'redis';
    const client = await createClient().connect();
    const sessions = await client.keys('session:*'); // want missing-limit`,
  'a whole set and a whole list': `
    import { createClient } from 'redis';
    const client = await createClient().connect();
    const online = await client.sMembers('online'); // want missing-limit
    const latest = await client.lRange('events', 0, -1); // want missing-limit`,
  'a set of one owner': `
    import { createClient } from 'redis';
    const client = await createClient().connect();
    export const rolesOf = (id: string) => client.sMembers('roles:' + id); // want missing-limit:note`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'ranges and portions': `
    import { createClient } from 'redis';
    const client = await createClient().connect();
    await client.lRange('events', 0, 49);
    await client.zRange('scores', 0, 9, { REV: true });
    await client.sScan('online', 0, { COUNT: 100 });`,
  'hashes, counts and single values': `
    import { createClient } from 'redis';
    const client = await createClient().connect();
    await client.hGetAll('user:' + id);
    await client.sCard('online');
    await client.get('version');`,
  'queued and sent with others': `
    import { createClient } from 'redis';
    const client = await createClient().connect();
    const [members] = await client.multi().sMembers('online').sCard('online').exec();`,
});
