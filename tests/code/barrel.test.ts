import { expect, test } from 'vitest';
import { likeness, mayExport } from '../../src/code/barrel.ts';
import { samples } from '../samples.ts';

test.each([
  ['./message-template', 'MessageTemplateRepository', 2],
  ['./message', 'MessageTemplateRepository', 1],
  ['./repositories', 'MessageTemplateRepository', 1],
  ['./layout', 'MessageTemplateRepository', 0],
  ['./users/user.entity.js', 'UserEntity', 2],
  ['./users/', 'getUser', 1],
])('%s has as much in common with %s: %i', (specifier, name, expected) => {
  expect(likeness(specifier, name)).toBe(expected);
});

test.each([
  ['export const users = 1;', 'users', true],
  ['export const users = 1;', 'orders', false],
  ["export * from './orders';", 'orders', true],
  ['module.exports = require("./lib");', 'orders', true],
  ['__exportStar(require("./lib"), exports);', 'orders', true],
  ['export default 1;', 'default', true],
])('%s may export %s: %s', (text, name, expected) => {
  expect(mayExport(text, name)).toBe(expected);
});

const repository = `import { prisma } from '../prisma';
export class OrderRepository {
  byUser(userId: string) { return prisma.order.findMany({ where: { userId }, take: 10 }); }
}`;

samples('n-plus-one', {
  'through a barrel of barrels with many files': {
    'src/prisma.ts': `import { PrismaClient } from '@prisma/client';
export const prisma = new PrismaClient();`,
    'src/dal/index.ts': `export * from './types';
export * from './repositories';`,
    'src/dal/types.ts': 'export type Id = string;',
    'src/dal/repositories/index.ts': `${Array.from({ length: 12 }, (_, index) => `export * from './thing${index}';`).join('\n')}
export * from './order';`,
    'src/dal/repositories/order/index.ts': "export * from './order.repository';",
    'src/dal/repositories/order/order.repository.ts': repository.replace('../prisma', '../../../prisma'),
    'src/report.ts': `import { OrderRepository } from './dal';
export class Report {
  constructor(private readonly orders: OrderRepository) {}
  async run(users: User[]) {
    for (const user of users) show(await this.orders.byUser(user.id)); // want n-plus-one
  }
}`,
  },
  'a name that says nothing of its file, in a short barrel': {
    'src/prisma.ts': `import { PrismaClient } from '@prisma/client';
export const prisma = new PrismaClient();`,
    'src/lib/index.ts': `export * from './format';
export * from './loaders';`,
    'src/lib/format.ts': 'export const money = (cents: number) => cents / 100;',
    'src/lib/loaders.ts': `import { prisma } from '../prisma';
export const latest = (userId: string) => prisma.order.findFirst({ where: { userId } });`,
    'src/report.ts': `import { latest, money } from './lib';
for (const user of users) {
  show(money(1));
  show(await latest(user.id)); // want n-plus-one
}`,
  },
  'one of many that nothing points to': {
    'src/prisma.ts': `import { PrismaClient } from '@prisma/client';
export const prisma = new PrismaClient();`,
    ...Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`src/lib/part${index}.ts`, `export const part${index} = ${index};`])),
    'src/lib/index.ts': `${Array.from({ length: 40 }, (_, index) => `export * from './part${index}';`).join('\n')}
export * from './loaders';`,
    'src/lib/loaders.ts': `import { prisma } from '../prisma';
export const latest = (userId: string) => prisma.order.findFirst({ where: { userId } });`,
    'src/report.ts': `import { latest } from './lib';
for (const user of users) show(await latest(user.id)); // miss: only so many files are opened where nothing tells which`,
  },
});
