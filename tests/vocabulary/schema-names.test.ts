import { samples } from '../samples.ts';

/** A name that stands for a value and for a type. */
samples(['n-plus-one', 'unbounded-limit'], {
  'a type of the name of what is no schema': {
    'src/orders.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      export const Orders = () => ({ byId: (id: string) => prisma.order.findUnique({ where: { id } }) });
      export type Orders = ReturnType<typeof Orders>;
      export const Tags = { byId: (id: string) => prisma.tag.findUnique({ where: { id } }) };
      export type Tags = typeof Tags;`,
    'src/use.ts': `
      import type { Orders, Tags } from './orders';
      export async function names(orders: Orders, ids: string[]) {
        for (const id of ids) console.log(await orders.byId(id)); // want n-plus-one
      }
      export async function tagged(tags: Tags, ids: string[]) {
        for (const id of ids) console.log(await tags.byId(id)); // want n-plus-one
      }`,
  },
  'a type beside its schema': {
    'src/schema.ts': `
      import { Type, type Static } from '@sinclair/typebox';
      import { z } from 'zod';
      export const A = Type.Object({ limit: Type.Optional(Type.Number({})) });
      export interface A extends Static<typeof A> {}
      export type M = { limit: number };
      export const M = z.object({ limit: z.number() });`,
    'src/routes.ts': `
      import Fastify from 'fastify';
      import { PrismaClient } from '@prisma/client';
      import { A, M } from './schema';
      const prisma = new PrismaClient();
      const app = Fastify();
      app.get('/a', { schema: { querystring: A } }, async (request) => prisma.run.findMany({ take: request.query.limit })); // want unbounded-limit
      app.post('/m', async (request) => {
        const body = M.parse(request.body);
        return prisma.run.findMany({ take: body.limit }); // want unbounded-limit
      });`,
  },
});
