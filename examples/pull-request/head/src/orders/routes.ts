import { Router } from 'express';
import { prisma } from '../db.js';
import { loadLines, total } from './order-lines.js';

export const orders = Router();

/** Orders that still have to be packed, the oldest first. */
orders.get('/open', async (req, res) => {
  const open = await prisma.order.findMany({
    where: { status: 'open' },
    orderBy: { placedAt: 'asc' },
  });
  res.json(open);
});

/** What was sold on one day, order by order. */
orders.get('/sold/:day', async (req, res) => {
  const start = new Date(req.params.day);
  const end = new Date(start.getTime() + 24 * 60 * 60 * 1000);
  const sold = await prisma.order.findMany({ where: { placedAt: { gte: start, lt: end } }, take: 500 });
  const summary = [];
  for (const order of sold) {
    const lines = await loadLines(order.id);
    summary.push({ order: order.id, total: total(lines) });
  }
  res.json(summary);
});

/** The totals of a handful of orders, asked for in one query. */
orders.get('/totals', async (req, res) => {
  const ids = String(req.query.ids).split(',').map(Number).slice(0, 20);
  const lines = await prisma.orderLine.findMany({ where: { orderId: { in: ids } } });
  res.json(ids.map((id) => ({ id, total: total(lines.filter((line) => line.orderId === id)) })));
});

orders.get('/:id', async (req, res) => {
  const order = await prisma.order.findUnique({ where: { id: Number(req.params.id) } });
  if (!order) return res.sendStatus(404);
  const lines = await loadLines(order.id);
  res.json({ ...order, lines, total: total(lines) });
});
