import { Router } from 'express';
import { prisma } from '../db.js';
import { loadLines, total } from './order-lines.js';

export const orders = Router();

/** Orders that still have to be packed, the oldest first. */
orders.get('/open', async (req, res) => {
  const open = await prisma.order.findMany({
    where: { status: 'open' },
    orderBy: { placedAt: 'asc' },
    take: 50,
  });
  res.json(open);
});

orders.get('/:id', async (req, res) => {
  const order = await prisma.order.findUnique({ where: { id: Number(req.params.id) } });
  if (!order) return res.sendStatus(404);
  const lines = await loadLines(order.id);
  res.json({ ...order, lines, total: total(lines) });
});
