import { describe, expect, test } from 'vitest';
import { likeliestFirst, mayExport } from '../../src/code/barrel.ts';
import { samples } from '../samples.ts';

describe('likeliestFirst', () => {
  test('puts first what shares the most words, whatever their endings', () => {
    expect(likeliestFirst(['./layout', './message', './message-template', './repositories'], 'MessageTemplateRepository', false)).toEqual([['./message-template'], ['./message', './repositories'], ['./layout']]);
    expect(likeliestFirst(['./users/index', './a'], 'getUser', false)).toEqual([['./users/index', './a']]);
    expect(likeliestFirst(['./only'], 'x', true)).toEqual([['./only']]);
    expect(likeliestFirst([], 'x', true)).toEqual([]);
  });

  test('leaves the unlikely of a long barrel alone', () => {
    const many = [...Array.from({ length: 30 }, (_, index) => `./part${index}`), './user.entity'];
    expect(likeliestFirst(many, 'UserEntity', false)).toEqual([['./user.entity']]);
    expect(likeliestFirst(many.slice(-10), 'UserEntity', true)).toEqual([['./user.entity']]);
    expect(likeliestFirst(many.slice(-10), 'UserEntity', false).flat()).toHaveLength(10);
  });
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
    'src/lib/index.ts': `${Array.from({ length: 25 }, (_, index) => `export * from './part${index}';`).join('\n')}
export * from './loaders';`,
    'src/lib/loaders.ts': `import { prisma } from '../prisma';
export const latest = (userId: string) => prisma.order.findFirst({ where: { userId } });`,
    'src/report.ts': `import { latest } from './lib';
for (const user of users) show(await latest(user.id)); // miss: of a long barrel only likely files are opened`,
  },
});
