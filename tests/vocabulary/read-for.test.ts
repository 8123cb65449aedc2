import { samples } from '../samples.ts';

samples('missing-limit', {
  'rows that something is done with, and that nobody is given': {
    'package.json': `
      { "dependencies": { "@prisma/client": "5", "express": "4" } }`,
    'a.ts': `
      import { PrismaClient } from '@prisma/client';
      import express from 'express';
      const prisma = new PrismaClient();
      const app = express();
      export async function remind() {
        const due = await prisma.invoice.findMany({ where: { due: { lt: new Date() } }, select: { id: true, name: true } }); // want missing-limit:note
        for (const invoice of due) await enqueue('remind', invoice.id);
      }
      export async function whole() {
        const due = await prisma.invoice.findMany({ where: { due: { lt: new Date() } } }); // want missing-limit
        for (const invoice of due) await enqueue('remind', invoice.id);
      }
      export async function inParts() {
        const due = await prisma.invoice.findMany({ where: { due: { lt: new Date() } } }); // want missing-limit:note
        for (const part of chunk(due, 100)) await enqueueAll('remind', part);
      }
      export async function close(teamId: string) {
        const open = await prisma.order.findMany({ where: { status: 'open' } }); // want missing-limit
        const ids = open.map((order) => order.id);
        await prisma.order.updateMany({ where: { id: { in: ids } }, data: { status: 'closed' } });
        return { closed: open.length };
      }
      export async function due() {
        const found = await prisma.invoice.findMany({ where: { due: { lt: new Date() } }, select: { id: true, name: true } }); // want missing-limit
        for (const invoice of found) await enqueue('remind', invoice.id);
        return found;
      }
      export async function names() {
        const found = await prisma.invoice.findMany({ where: { due: { lt: new Date() } }, select: { id: true, name: true } }); // want missing-limit
        const all = [];
        for (const invoice of found) all.push(invoice.name);
        return all;
      }
      let kept = [];
      export async function keep() {
        const found = await prisma.invoice.findMany({ where: { due: { lt: new Date() } }, select: { id: true, name: true } }); // want missing-limit
        for (const invoice of found) kept.push(invoice.name);
      }
      app.get('/invoices', async (req, res) => {
        const found = await prisma.invoice.findMany({ where: { due: { lt: new Date() } }, select: { id: true, name: true } }); // want missing-limit
        const views = found.map((invoice) => ({ id: invoice.id }));
        res.json(views);
      });
      app.post('/invoices/remind', async (req, res) => {
        const found = await prisma.invoice.findMany({ where: { due: { lt: new Date() } }, select: { id: true, name: true } }); // want missing-limit:note
        for (const invoice of found) await enqueue('remind', invoice.id);
        res.json({ reminded: found.length });
      });
      export async function* each() {
        const found = await prisma.invoice.findMany({ where: { due: { lt: new Date() } }, select: { id: true, name: true } }); // want missing-limit
        for (const invoice of found) yield invoice;
      }
      export function withCallback(done: (error: unknown, rows: unknown) => void) {
        return prisma.$transaction(async (tx) => {
          const found = await tx.invoice.findMany({ where: { due: { lt: new Date() } }, select: { id: true } }); // want missing-limit
          found.forEach((invoice) => check(invoice));
          done(null, found);
        });
      }`,
  },
});
