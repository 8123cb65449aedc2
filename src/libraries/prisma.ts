import type { Call, Library } from './library.ts';

const many: Call = { verb: 'read-many', options: 0 };
const one: Call = { verb: 'read-one', options: 0 };
const write: Call = { verb: 'write', options: 0 };
const bulk: Call = { verb: 'write', options: 0, bulk: true };
const aggregate: Call = { verb: 'aggregate', options: 0 };
const unique: Call = { verb: 'read-one', options: 0, batches: true };

/** Source: prisma/prisma@7.9.x packages/client/src/runtime/getPrismaClient.ts, core/jsonProtocol/getBatchId.ts (which calls are batched). */
export const prisma: Library = {
  name: 'prisma',
  title: 'Prisma',
  packages: ['@prisma/client', '.prisma/client', '@prisma/extension-accelerate', '@zenstackhq/runtime', 'nestjs-prisma'],
  paths: /(?:^|\/)(?:generated|\.prisma)\/|(?:^|\/)prisma\/(?:generated|client)|(?:^|\/)generated-prisma|(?:^|\/)prisma-(?:client|generated)|@prisma\/client/,
  exports: {
    PrismaClient: { made: 'client', extended: 'none', extendedInstance: 'client' },
    // Of nestjs-prisma.
    PrismaService: { made: 'client', extended: 'none', extendedInstance: 'client' },
    'Prisma.TransactionClient': { made: 'client' },
    'Prisma.DefaultPrismaClient': { made: 'client' },
    'Prisma.UserDelegate': { made: 'model' },
    enhance: { result: 'client' },
  },
  kinds: {
    client: {
      names: /^(?:_?prisma(?:Client|Service|ReadOnly)?|#prisma\w*|tx|trx|db|\$?replica|prismaTx|transaction)$/,
      members: { '*': 'model' },
      calls: {
        $transaction: { callback: { 0: 'client' }, sends: 0 },
        $extends: { gives: 'client' },
        $connect: {},
        $disconnect: {},
        $on: {},
        $use: {},
        $queryRaw: { verb: 'raw', text: 0 },
        $queryRawUnsafe: { verb: 'raw', text: 0 },
        $queryRawTyped: { verb: 'raw' },
        $executeRaw: { verb: 'write', text: 0 },
        $executeRawUnsafe: { verb: 'write', text: 0 },
        $replica: { gives: 'client' },
        $primary: { gives: 'client' },
      },
    },
    model: {
      calls: {
        findMany: many,
        findUnique: unique,
        findUniqueOrThrow: unique,
        findFirst: one,
        findFirstOrThrow: one,
        create: write,
        update: write,
        upsert: write,
        delete: write,
        createMany: bulk,
        createManyAndReturn: bulk,
        updateMany: bulk,
        updateManyAndReturn: bulk,
        deleteMany: bulk,
        count: aggregate,
        aggregate,
        groupBy: { verb: 'aggregate', options: 0 },
        findRaw: { verb: 'read-many' },
        aggregateRaw: { verb: 'read-many' },
      },
    },
    none: {},
  },
  shapes: [
    {
      calls: ['findMany', 'findUnique', 'findUniqueOrThrow', 'findFirst', 'findFirstOrThrow', 'createMany', 'createManyAndReturn', 'updateMany', 'updateManyAndReturn', 'deleteMany', 'upsert', 'groupBy', 'aggregate', 'count', 'create', 'update', 'delete'],
      on: 'model',
      object: { argument: 0, anyOf: ['where', 'data', 'include', 'select', 'take', 'by', 'distinct', 'orderBy', 'cursor'] },
      ofMember: true,
    },
    { calls: ['$transaction', '$queryRaw', '$executeRaw', '$queryRawUnsafe', '$executeRawUnsafe', '$extends'], on: 'client' },
  ],
  options: { bounds: ['take'], filter: ['where'] },
  repair: {
    read: 'one `findMany` with `where: { …: { in: ids } }`, or an `include` on the query before the loop, loads the same rows at once',
    write: 'one `createMany`, `updateMany` or `deleteMany` does the same work; where every row gets other values, a nested write or one `$transaction([...])`',
    limit: '`take` with a cursor (or `skip`) reads them page by page',
  },
};
