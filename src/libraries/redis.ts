import type { Call, Kind, Library } from './library.ts';

const one: Call = { verb: 'read-one' };
const many: Call = { verb: 'read-many', owner: 0 };
const ranked: Call = { verb: 'read-many', owner: 0, bounds: [{ argument: 1, none: ['0'] }, { argument: 2, none: ['-1'] }] };
const listed: Call = { verb: 'read-many', bounds: { argument: -1 } };
const write: Call = { verb: 'write' };
const count: Call = { verb: 'aggregate' };

/** The commands as ioredis and Upstash spell them. A hash is one thing with fields, so `hgetall` reads one. */
const commands: Record<string, Call> = {
  get: one, getBuffer: one, getdel: one, getex: one, getrange: one, strlen: one, exists: one, ttl: one, pttl: one, type: one,
  hget: one, hgetall: one, hmget: one, hexists: one, hstrlen: one, sismember: one, smismember: one, zscore: one, zrank: one, zrevrank: one, lindex: one, srandmember: one,
  mget: listed, keys: { verb: 'read-many' }, smembers: many, hkeys: many, hvals: many, sunion: many, sinter: many, sdiff: many,
  lrange: ranked, zrange: ranked, zrevrange: ranked, scan: listed, hscan: listed, sscan: listed, zscan: listed,
  hlen: count, scard: count, llen: count, zcard: count, zcount: count, dbsize: count,
  set: write, setex: write, psetex: write, setnx: write, getset: write, append: write, incr: write, incrby: write, incrbyfloat: write, decr: write, decrby: write,
  del: write, unlink: write, expire: write, pexpire: write, expireat: write, persist: write, rename: write,
  hset: write, hmset: write, hsetnx: write, hdel: write, hincrby: write, hincrbyfloat: write,
  sadd: write, srem: write, spop: write, smove: write, lpush: write, rpush: write, lpop: write, rpop: write, lrem: write, ltrim: write, rpoplpush: write, lmove: write,
  zadd: write, zrem: write, zincrby: write, zremrangebyscore: write, zremrangebyrank: write, zpopmin: write, zpopmax: write, xadd: write, xdel: write, xack: write, pfadd: write,
  mset: { verb: 'write', bulk: true }, eval: { verb: 'raw' }, evalsha: { verb: 'raw' },
};

/** The words of node-redis: `hGetAll` beside the `HGETALL` that all of them understand. */
const camelCased = new Map(([
  'getBuffer', 'getDel', 'getEx', 'getRange', 'strLen', 'pTTL', 'hGet', 'hGetAll', 'hmGet', 'hExists', 'sIsMember', 'smIsMember', 'zScore', 'zRank', 'zRevRank', 'lIndex', 'sRandMember',
  'mGet', 'sMembers', 'hKeys', 'hVals', 'sUnion', 'sInter', 'sDiff', 'lRange', 'zRange', 'hScan', 'sScan', 'zScan', 'hLen', 'sCard', 'lLen', 'zCard', 'zCount', 'dbSize',
  'setEx', 'pSetEx', 'setNX', 'getSet', 'incrBy', 'incrByFloat', 'decrBy', 'pExpire', 'expireAt', 'hSet', 'hSetNX', 'hDel', 'hIncrBy', 'hIncrByFloat', 'sAdd', 'sRem', 'sPop', 'sMove',
  'lPush', 'rPush', 'lPop', 'rPop', 'lRem', 'lTrim', 'rPopLPush', 'lMove', 'zAdd', 'zRem', 'zIncrBy', 'zRemRangeByScore', 'zRemRangeByRank', 'zPopMin', 'zPopMax', 'xAdd', 'xDel', 'xAck', 'pfAdd', 'mSet', 'evalSha',
] as const).map((name) => [name, name.toLowerCase()]));

const allCommands: Record<string, Call> = { ...commands, ...Object.fromEntries([...camelCased].flatMap(([name, command]) => (commands[command] ? [[name, commands[command]]] : []))) };
/** The client writes commands of one tick to the socket together. */
const pipelined: Record<string, Call> = Object.fromEntries(Object.entries(allCommands).map(([name, call]) => [name, { ...call, batches: true }]));

const queue: Kind = { calls: { exec: { verb: 'write', bulk: true }, execAsPipeline: { verb: 'write', bulk: true }, discard: {}, '*': { queues: true, gives: 'queue' } } };
const makers: Record<string, Call> = { multi: { gives: 'queue' }, pipeline: { gives: 'queue' }, batch: { gives: 'queue' }, duplicate: { gives: 'client' }, connect: { gives: 'client' }, on: { gives: 'client' }, once: { gives: 'client' } };
const names = /^_?(?:\w*redis|redis\w*(?:client|connection|conn|instance|db|read|write)|(?:client|conn)redis)$/i;

const repair = {
  read: 'one `MGET` (or one pipeline, for other commands) reads all keys in one round trip',
  write: 'one pipeline sends all commands in one round trip; `DEL`, `SADD` and their kind take many values as well',
  limit: '`SCAN` (`HSCAN`, `SSCAN`) or a range with an end reads them in portions; `KEYS` keeps everybody else waiting',
};

/** Source: redis/node-redis README.md (auto-pipelining), docs/v3-to-v4.md. */
export const redis: Library = {
  name: 'redis',
  title: 'Redis',
  holdsCopies: true,
  packages: ['redis', '@redis/client', 'promise-redis', 'handy-redis'],
  exports: {
    createClient: { result: 'client', made: 'client' }, createCluster: { result: 'client' }, createClientPool: { result: 'client' }, createSentinel: { result: 'client' },
    'default.createClient': { result: 'client' }, RedisClientType: { made: 'client' }, RedisClusterType: { made: 'client' }, RedisClient: { made: 'client' }, RedisClientPoolType: { made: 'client' }, RedisClientMultiCommandType: { made: 'queue' },
  },
  kinds: {
    client: { names, members: { json: 'json' }, calls: { ...pipelined, ...makers } },
    json: { calls: { get: { ...one, batches: true }, mGet: listed, set: { ...write, batches: true }, del: { ...write, batches: true }, arrAppend: { ...write, batches: true } } },
    queue,
  },
  options: { bounds: ['LIMIT'], filter: [] },
  repair,
};

/** Source: redis/ioredis README.md. Auto-pipelining is an option that is off unless asked for. */
export const ioredis: Library = {
  name: 'ioredis',
  title: 'ioredis',
  holdsCopies: true,
  packages: ['ioredis'],
  exports: {
    default: { made: 'client' }, '*': { made: 'client' }, Redis: { made: 'client' }, Cluster: { made: 'client' }, 'default.Cluster': { made: 'client' }, 'Redis.Cluster': { made: 'client' },
    'default.Redis': { made: 'client' }, ChainableCommander: { made: 'queue' }, Pipeline: { made: 'queue' }, 'Redis.Redis': { made: 'client' }, 'Redis.Pipeline': { made: 'queue' },
  },
  kinds: { client: { names, calls: { ...commands, ...makers } }, queue },
  repair,
};

/** Source: npm:@upstash/redis@1.39.0 (auto-pipelining is on by default; every call is an HTTP request otherwise). */
export const upstash: Library = {
  name: 'upstash',
  title: 'Upstash Redis',
  holdsCopies: true,
  packages: ['@upstash/redis', '@vercel/kv'],
  exports: { Redis: { made: 'client' }, 'Redis.fromEnv': { result: 'client' }, kv: { is: 'client' }, default: { is: 'client' }, createClient: { result: 'client' }, VercelKV: { made: 'client' } },
  kinds: { client: { names, members: { json: 'json' }, calls: { ...pipelined, ...makers } }, json: { calls: { get: { ...one, batches: true }, set: { ...write, batches: true } } }, queue },
  repair,
};
