import { samples } from '../samples.ts';

/** What only tests reach, and what looks like it. */
samples('n-plus-one', {
  'branches of tests, and what only looks like one': {
    'src/db.ts': `
      import { PrismaClient } from '@prisma/client';
      export const prisma = new PrismaClient();
      export async function loadPayment(id: string) { return fetch('/payments/' + id); }
      export async function loadProject() { return fetch('/project'); }`,
    'src/a.ts': `
      import { loadPayment, loadProject, prisma } from './db';
      import { currentAccount } from './account';
      async function f1(id: string) { const payment = await loadPayment(id); const isTest = payment.mode === 'test'; if (isTest) { await prisma.refund.create({ data: { id } }); } }
      export async function g1(ids: string[]) { for (const id of ids) await f1(id); } // want n-plus-one
      async function f2(id: string) { const isTest = currentAccount().mode === 'test'; if (isTest) { await prisma.refund.create({ data: { id } }); } }
      export async function g2(ids: string[]) { for (const id of ids) await f2(id); } // want n-plus-one
      async function f3(id: string) { const { environment } = await loadProject(); if (environment === 'test') { await prisma.refund.create({ data: { id } }); } }
      export async function g3(ids: string[]) { for (const id of ids) await f3(id); } // want n-plus-one
      async function f4(id: string, environment: { type: string }) { const isTest = environment.type === 'test'; if (isTest) { await prisma.charge.findFirst({ where: { orderId: id } }); } }
      export async function g4(ids: string[], e: { type: string }) { for (const id of ids) await f4(id, e); } // want n-plus-one
      async function f5(id: string, req: Request) { const isTest = process.env.ALLOW_TEST && req.query.test; if (isTest) { await prisma.charge.findFirst({ where: { orderId: id } }); } }
      export async function g5(ids: string[], req: Request) { for (const id of ids) await f5(id, req); } // want n-plus-one
      export function makeService({ prisma, config }: Deps) {
        async function one(id: string) { if (config.env === 'test') { console.log(await prisma.user.findUnique({ where: { id } })); } }
        return { async all(ids: string[]) { for (const id of ids) await one(id); } };
      }
      async function three(id: string, { env }: Ctx) { if (env.NODE_ENV === 'test') { console.log(await prisma.user.findUnique({ where: { id } })); } }
      export async function g6(ids: string[], ctx: Ctx) { for (const id of ids) await three(id, ctx); }
      const { env: { NODE_ENV } } = process;
      async function f7(id: string) { if ('test' === NODE_ENV) { console.log(await prisma.user.findUnique({ where: { id } })); } }
      export async function g7(ids: string[]) { for (const id of ids) await f7(id); }
      const inTest = typeof process !== 'undefined' && process.env.NODE_ENV === 'test';
      async function f8(id: string) { if (inTest) { console.log(await prisma.user.findUnique({ where: { id } })); } }
      export async function g8(ids: string[]) { for (const id of ids) await f8(id); }
      const isTests = process.env.NODE_ENV === 'test' ? true : false;
      async function f9(id: string) { if (isTests) { console.log(await prisma.user.findUnique({ where: { id } })); } }
      export async function g9(ids: string[]) { for (const id of ids) await f9(id); }
      const isTesting = ['test', 'ci'].includes(process.env.NODE_ENV!);
      async function f10(id: string) { if (isTesting) { console.log(await prisma.user.findUnique({ where: { id } })); } }
      export async function g10(ids: string[]) { for (const id of ids) await f10(id); }`,
  },
});
