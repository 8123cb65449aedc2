import { prisma } from '../db.js';

/** The lines of one order. */
export async function loadLines(orderId: number) {
  return prisma.orderLine.findMany({ where: { orderId } });
}

export function total(lines: { quantity: number; cents: number }[]): number {
  return lines.reduce((sum, line) => sum + line.quantity * line.cents, 0);
}
