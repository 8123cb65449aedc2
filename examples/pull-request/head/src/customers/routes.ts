import { Router } from 'express';
import { z } from 'zod';
import { prisma } from '../db.js';

export const customers = Router();

const newCustomer = z.object({ email: z.email(), name: z.string().min(1).max(200) });

customers.post('/', async (req, res) => {
  const parsed = newCustomer.safeParse(req.body);
  if (!parsed.success) return res.status(400).json({ errors: parsed.error.issues });
  const customer = await prisma.customer.create({ data: parsed.data });
  res.status(201).json(customer);
});

customers.put('/:id/address', async (req, res) => {
  const { street, city, postcode } = req.body;
  const address = await prisma.address.create({
    data: { customerId: Number(req.params.id), street, city, postcode },
  });
  res.json(address);
});
