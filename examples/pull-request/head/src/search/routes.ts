import { Router } from 'express';
import { prisma } from '../db.js';

export const search = Router();

/** Customers whose name holds a word. */
search.get('/customers', async (req, res) => {
  const word = String(req.query.q);
  const found = await prisma.$queryRawUnsafe(
    `SELECT id, name FROM "Customer" WHERE name ILIKE '%${word}%' ORDER BY name LIMIT 20`,
  );
  res.json(found);
});

/** Articles whose name begins like that. */
search.get('/articles', async (req, res) => {
  const prefix = `${String(req.query.q)}%`;
  const found = await prisma.$queryRaw`
    SELECT DISTINCT article FROM "OrderLine" WHERE article ILIKE ${prefix} ORDER BY article LIMIT 20`;
  res.json(found);
});
