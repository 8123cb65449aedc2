import { samples } from '../samples.ts';

samples('missing-limit', {
  'conditional limits': {
    'package.json': `
      { "dependencies": { "@mikro-orm/postgresql": "^5.9", "typeorm": "0.3", "knex": "3", "@prisma/client": "5" } }`,
    'a.ts': `
      import { EntityRepository } from '@mikro-orm/postgresql';
      import { Card } from './card.entity';
      export class CardRepository extends EntityRepository<Card> {
        archived(boardId: string, { assignee, limit }: { assignee?: string; limit?: number }) {
          const qb = this.createQueryBuilder('c').select('*').where({ board: boardId, archivedAt: { $ne: null } }); // want missing-limit:note
          if (assignee) qb.andWhere({ assignee });
          if (limit) qb.limit(limit);
          return qb.orderBy({ archivedAt: 'desc' }).getResultList();
        }
        all() {
          const qb = this.createQueryBuilder('c').select('*').where({ archivedAt: { $ne: null } }); // want missing-limit
          return qb.orderBy({ archivedAt: 'desc' }).getResultList();
        }
      }`,
    'b.ts': `
      import { Repository } from 'typeorm';
      import { Card } from './card.entity';
      export class Cards {
        constructor(private readonly repo: Repository<Card>) {}
        archived(options: { limit?: number }) {
          const qb = this.repo.createQueryBuilder('c').where('c.archived');
          if (options.limit) qb.limit(options.limit);
          return qb.getMany(); // want missing-limit:note
        }
      }`,
    'c.ts': `
      import knex from 'knex';
      const db = knex({});
      export function archived(options: { limit?: number }) {
        const query = db('cards').where('archived', true); // want missing-limit:note
        if (options.limit) query.limit(options.limit);
        return query;
      }
      export function archived2({ limit }: { limit?: number } = {}) {
        let query = db('cards').where('archived', true); // want missing-limit:note
        if (limit) query = query.limit(limit);
        return query;
      }`,
    'd.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      export function archived(options: { limit?: number }) {
        return prisma.card.findMany({ where: { archived: true }, ...(options.limit ? { take: options.limit } : {}) }); // want missing-limit:note
      }
      export function archived2(options: { limit?: number }) {
        return prisma.card.findMany({ where: { archived: true }, take: options.limit }); // want missing-limit:note
      }`,
  },
  'builders whose limit callers may leave out': {
    'package.json': `
      { "dependencies": { "typeorm": "0.3" } }`,
    'b.ts': `
      import { Repository } from 'typeorm';
      import { Card } from './card.entity';
      export class Cards {
        constructor(private readonly repo: Repository<Card>) {}
        a(options: { limit?: number }) {
          const qb = this.repo.createQueryBuilder('c').where('c.archived');
          qb.limit(options.limit);
          return qb.getMany(); // want missing-limit:note
        }
        b(options: { limit?: number }) {
          return this.repo.createQueryBuilder('c').where('c.archived').limit(options.limit).getMany(); // want missing-limit:note
        }
        c(options: { limit?: number }) {
          const qb = this.repo.createQueryBuilder('c').where('c.archived');
          if (options.limit) qb.limit(options.limit);
          return qb.getMany(); // want missing-limit:note
        }
        d(limit?: number) {
          const qb = this.repo.createQueryBuilder('c').where('c.archived');
          if (limit) qb.limit(limit);
          return qb.getMany(); // want missing-limit:note
        }
        e() {
          const qb = this.repo.createQueryBuilder('c').where('c.archived');
          return qb.getMany(); // want missing-limit
        }
      }`,
  },
  'what is limited by something else, or by default': {
    'package.json': `
      { "dependencies": { "typeorm": "0.3", "@prisma/client": "5" } }`,
    'b.ts': `
      import { Repository } from 'typeorm';
      import { PrismaClient } from '@prisma/client';
      import { Card } from './card.entity';
      const prisma = new PrismaClient();
      export class Cards {
        constructor(private readonly repo: Repository<Card>) {}
        a(id: string, limit?: number) {
          const qb = this.repo.createQueryBuilder('c').where('c.id = :id', { id });
          if (limit) qb.limit(limit);
          return qb.getMany();
        }
        b(limit = 20) {
          return this.repo.createQueryBuilder('c').where('c.archived').limit(limit).getMany();
        }
        c(cursor?: string) {
          return prisma.card.findMany({ take: 20, ...(cursor ? { cursor: { id: cursor }, skip: 1 } : {}) });
        }
        d(page?: number) {
          return prisma.card.findMany({ where: {}, ...(page ? { take: 20, skip: page * 20 } : { take: 20 }) });
        }
        e(ids: string[], limit?: number) {
          return prisma.card.findMany({ where: { id: { in: ids } }, ...(limit && { take: limit }) });
        }
        f(limit?: number) {
          return prisma.card.findMany({ where: { open: true }, ...(limit && { take: limit }) }); // want missing-limit:note
        }
      }`,
  },
});
