import { samples } from '../samples.ts';

samples('n-plus-one', {
  'one request after the other': `
    import { Redis } from '@upstash/redis';
    const redis = Redis.fromEnv();
    for (const slug of slugs) {
      const views = await redis.get<number>(\`views:\${slug}\`); // want n-plus-one
      show(slug, views ?? 0);
    }`,
  'a client of another file': {
    'lib/upstash.ts': `
      import { Redis } from '@upstash/redis';
      export const store = new Redis({ url: process.env.UPSTASH_URL!, token: process.env.UPSTASH_TOKEN! });`,
    'app/api/links/route.ts': `
      import { store } from '../../../lib/upstash';
      export async function cleanUp(links) {
        for (const link of links) {
          await store.hdel(link.domain, link.key); // want n-plus-one
        }
      }`,
  },
  'the client that comes ready': `
    import { kv } from '@vercel/kv';
    for (const id of ids) {
      const chat = await kv.hgetall('chat:' + id); // want n-plus-one
      chats.push(chat);
    }`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'requests of one tick are sent as one': `
    import { Redis } from '@upstash/redis';
    const redis = Redis.fromEnv();
    const views = await Promise.all(slugs.map((slug) => redis.get('views:' + slug)));`,
  'pipelines': `
    import { kv } from '@vercel/kv';
    const pipeline = kv.pipeline();
    for (const id of ids) pipeline.hgetall('chat:' + id);
    const chats = await pipeline.exec();`,
  'mget': `
    import { Redis } from '@upstash/redis';
    const views = await Redis.fromEnv().mget(...slugs.map((slug) => 'views:' + slug));`,
});

samples('missing-limit', {
  'all keys': `
    import { Redis } from '@upstash/redis';
    const redis = Redis.fromEnv();
    const keys = await redis.keys('*'); // want missing-limit`,
  'a whole set': `
    import { kv } from '@vercel/kv';
    const domains = await kv.smembers('domains'); // want missing-limit`,
  'a whole list of one owner': `
    import { Redis } from '@upstash/redis';
    const redis = Redis.fromEnv();
    export const messages = (chat: string) => redis.lrange(chat, 0, -1); // want missing-limit:note`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'a range with an end': `
    import { Redis } from '@upstash/redis';
    const latest = await Redis.fromEnv().lrange('events', 0, 19);`,
  'a range by rank': `
    import { kv } from '@vercel/kv';
    const chats = await kv.zrange('user:chat:' + id, 0, limit - 1, { rev: true });`,
  'portions': `
    import { kv } from '@vercel/kv';
    const [cursor, keys] = await kv.scan(0, { match: '*', count: 100 });`,
});
