import { samples } from '../samples.ts';

samples('n-plus-one', {
  'one get after the other': `
    import Redis from 'ioredis';
    const cache = new Redis(process.env.REDIS_URL);
    export async function sessions(ids: string[]) {
      const found = [];
      for (const id of ids) {
        const raw = await cache.get(\`session:\${id}\`); // want n-plus-one
        if (raw) found.push(JSON.parse(raw));
      }
      return found;
    }`,
  'a client of another file, all at once but each for itself': {
    'lib/redis.js': `
      const Redis = require('ioredis');
      module.exports = new Redis({ host: process.env.REDIS_HOST });`,
    'presence.js': `
      const redis = require('./lib/redis');
      exports.online = async (users) => {
        const flags = await Promise.all(users.map((user) => redis.exists('online:' + user.id))); // want n-plus-one:note
        return users.filter((user, at) => flags[at] === 1);
      };`,
  },
  'hashes by a service of NestJS': {
    'cache.service.ts': `
      import { Injectable } from '@nestjs/common';
      import { Redis } from 'ioredis';
      @Injectable()
      export class CacheService {
        constructor(@Inject('REDIS') private readonly store: Redis) {}
        profile(id: string) { return this.store.hgetall('profile:' + id); }
      }`,
    'feed.service.ts': `
      import { CacheService } from './cache.service';
      export class FeedService {
        constructor(private readonly cache: CacheService) {}
        async withAuthors(posts: Post[]) {
          for (const post of posts) post.author = await this.cache.profile(post.authorId); // want n-plus-one
        }
      }`,
  },
  'keys are deleted one by one': `
    import { Redis } from 'ioredis';
    const redis = new Redis();
    export async function forget(keys: string[]) {
      for (const key of keys) await redis.del(key); // want n-plus-one
    }`,
  'values are set one by one': `
    import { Redis } from 'ioredis';
    const redis = new Redis();
    for (const price of prices) await redis.set('price:' + price.sku, price.cents, 'EX', 3600); // want n-plus-one:note`,
  'a transaction per element': `
    import { Redis } from 'ioredis';
    const redis = new Redis();
    for (const visit of visits) await redis.multi().incr('visits:' + visit.page).expire('visits:' + visit.page, 3600).exec(); // want n-plus-one`,
  'by the name of the client': {
    'package.json': '{ "dependencies": { "ioredis": "5" } }',
    'jobs.js': `
      module.exports = async function (container) {
        const redisClient = container.get('redisClient');
        for (const id of container.ids) await redisClient.lpush('queue', id); // want n-plus-one
      };`,
  },
  'a client that a wrapper keeps under any name': {
    'package.json': '{ "dependencies": { "ioredis": "5" } }',
    'queue.js': `
      for (const id of ids) await options.storage.get('job:' + id); // miss: a name that says nothing, of a value from nowhere`,
  },

  // -- innocents ------------------------------------------------------------------------------------------------------
  'mget, pipelines and multi': `
    import Redis from 'ioredis';
    const redis = new Redis();
    const raw = await redis.mget(ids.map((id) => 'session:' + id));
    const pipeline = redis.pipeline();
    for (const id of ids) pipeline.hgetall('profile:' + id);
    const profiles = await pipeline.exec();
    const multi = redis.multi();
    ids.forEach((id) => multi.set('seen:' + id, '1').expire('seen:' + id, 60));
    await multi.exec();
    await redis.del(...ids);`,
  'a scan in portions': `
    import Redis from 'ioredis';
    const redis = new Redis();
    let cursor = '0';
    do {
      const [next, keys] = await redis.scan(cursor, 'MATCH', 'session:*', 'COUNT', 100);
      cursor = next;
      if (keys.length > 0) await redis.unlink(...keys);
    } while (cursor !== '0');`,
  'maps, headers and caches have the same words': {
    'package.json': '{ "dependencies": { "ioredis": "5" } }',
    'sample.ts': `
      const names = new Map<string, string>();
      for (const id of ids) {
        names.set(id, headers.get(id));
        cache.del(id);
        const hit = await localCache.get(id);
        show(names.get(id), hit, params.keys(), store.exists(id));
      }`,
  },
  'a fixed list of keys': `
    import Redis from 'ioredis';
    const redis = new Redis();
    for (const key of ['users', 'posts']) await redis.del(key);`,
  'commands that wait for work': `
    import Redis from 'ioredis';
    const redis = new Redis();
    for (;;) {
      const [, job] = await redis.brpop('jobs', 0);
      await work(JSON.parse(job));
    }`,
});

samples('missing-limit', {
  'all keys': `
    import Redis from 'ioredis';
    const redis = new Redis();
    export const flush = async () => {
      const keys = await redis.keys('cache:*'); // want missing-limit
      if (keys.length) await redis.del(keys);
    };`,
  'a set that everybody shares': `
    import Redis from 'ioredis';
    const redis = new Redis();
    export const online = () => redis.smembers('online'); // want missing-limit`,
  'a whole list': `
    import Redis from 'ioredis';
    const redis = new Redis();
    const jobs = await redis.lrange('jobs', 0, -1); // want missing-limit
    const top = await redis.zrange('scores', 0, -1, 'WITHSCORES'); // want missing-limit`,
  'what belongs to one owner': `
    import Redis from 'ioredis';
    const redis = new Redis();
    export const members = (room: string) => redis.smembers(\`room:\${room}\`); // want missing-limit:note`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'ranges with an end, or from the end': `
    import Redis from 'ioredis';
    const redis = new Redis();
    await redis.lrange('jobs', 0, 99);
    await redis.lrange('jobs', -50, -1);
    await redis.zrevrange('scores', 0, size - 1, 'WITHSCORES');
    await redis.zrange('scores', offset, -1);`,
  'a hash is one thing with fields': `
    import Redis from 'ioredis';
    const redis = new Redis();
    const settings = await redis.hgetall('settings');
    const profile = await redis.hgetall('profile:' + id);`,
  'one key, some keys, counts and streams': `
    import Redis from 'ioredis';
    const redis = new Redis();
    await redis.get('a');
    await redis.mget('a', 'b');
    await redis.scard('online');
    for await (const keys of redis.scanStream({ match: 'cache:*' })) show(keys);`,
  'keys of anything else': `
    import Redis from 'ioredis';
    const redis = new Redis();
    show(Object.keys(redis.options), caches.keys(), new Map().keys(), cacheManager.keys('*'));`,
});
