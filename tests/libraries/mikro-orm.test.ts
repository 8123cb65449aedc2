import { samples } from '../samples.ts';

samples('n-plus-one', {
  'an entity manager by its type': `
    import { EntityManager } from '@mikro-orm/postgresql';
    import { Book } from './book.entity';
    export class Shelf {
      constructor(private readonly em: EntityManager) {}
      async fill(authors: Author[]) {
        for (const author of authors) {
          author.shelf = await this.em.find(Book, { author: author.id }); // want n-plus-one
        }
      }
    }`,
  'a fork of the one that was started': {
    'db.ts': `
      import { MikroORM } from '@mikro-orm/core';
      import config from './mikro-orm.config';
      export const orm = await MikroORM.init(config);`,
    'sync.ts': `
      import { orm } from './db';
      import { User } from './user';
      export async function sync(rows: Row[]) {
        const entities = orm.em.fork();
        await Promise.all(rows.map(async (row) => {
          const user = await entities.findOneOrFail(User, { email: row.email }); // want n-plus-one
          user.name = row.name;
        }));
        await entities.flush();
      }`,
  },
  'a repository that NestJS injects': `
    import { InjectRepository } from '@mikro-orm/nestjs';
    import { EntityRepository } from '@mikro-orm/core';
    import { Tag } from './tag.entity';
    export class Tags {
      constructor(@InjectRepository(Tag) private readonly store: EntityRepository<Tag>) {}
      async ids(names: string[]) {
        const found = [];
        for (const name of names) found.push(await this.store.findOne({ name })); // want n-plus-one
        return found;
      }
    }`,
  'everything is written after each element': `
    import { EntityManager } from '@mikro-orm/core';
    import { Order } from './order';
    export async function close(em: EntityManager, orders: Order[]) {
      for (const order of orders) {
        order.status = 'closed';
        await em.persistAndFlush(order); // want n-plus-one
      }
    }`,
  'queued and flushed in the loop': `
    import { EntityManager } from '@mikro-orm/mysql';
    import { Order } from './order';
    export async function add(em: EntityManager, rows: Row[]) {
      for (const row of rows) {
        em.create(Order, row);
        await em.flush(); // want n-plus-one
      }
    }`,
  'a builder per element, in a transaction': `
    import { MikroORM } from '@mikro-orm/postgresql';
    import { Stock } from './stock';
    const orm = await MikroORM.init();
    await orm.em.transactional(async (inner) => {
      for (const { sku } of lines) {
        const stock = await inner.createQueryBuilder(Stock).where({ sku }).getSingleResult(); // want n-plus-one
        show(stock);
      }
    });`,
  'a collection is loaded for each parent': `
    import { EntityManager } from '@mikro-orm/core';
    import { Author } from './author';
    export async function shelves(em: EntityManager) {
      const authors = await em.find(Author, {}, { limit: 20 });
      for (const author of authors) {
        show(await author.books.loadItems()); // want n-plus-one
      }
    }`,
  'the same, by the method that many things have': `
    import { EntityManager } from '@mikro-orm/core';
    import { Author } from './author';
    export async function shelves(em: EntityManager) {
      for (const author of await em.find(Author, {}, { limit: 20 })) {
        await author.books.init(); // want n-plus-one
      }
    }`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'queued in the loop, flushed after it': `
    import { EntityManager } from '@mikro-orm/core';
    import { Order } from './order';
    export async function add(em: EntityManager, rows: Row[]) {
      for (const row of rows) {
        const order = em.create(Order, row);
        order.customer = em.getReference(Customer, row.customer);
        em.persist(order);
      }
      await em.flush();
    }`,
  'populate, and one query by all ids': `
    import { EntityManager } from '@mikro-orm/core';
    import { Author, Book } from './entities';
    export async function shelves(em: EntityManager, ids: number[]) {
      const authors = await em.find(Author, { id: { $in: ids } }, { populate: ['books'] });
      const books = await em.find(Book, { author: { $in: ids } });
      await em.populate(authors, ['address']);
      for (const author of authors) show(author, books.filter((book) => book.author === author.id));
    }`,
  'loaded collections answer from memory': `
    import { Collection } from '@mikro-orm/core';
    for (const author of authors) {
      show(author.books.getItems(), author.books.find((book) => book.isNew), author.books.count(), author.books.map(title));
    }`,
  'all rows in one statement': `
    import { EntityManager } from '@mikro-orm/core';
    import { Order } from './order';
    export async function add(em: EntityManager, rows: Row[]) {
      await em.insertMany(Order, rows);
      await em.upsertMany(Order, rows);
      await em.nativeUpdate(Order, { id: { $in: rows.map((row) => row.id) } }, { status: 'seen' });
    }`,
});

samples('missing-limit', {
  'everything': `
    import { EntityManager } from '@mikro-orm/core';
    import { User } from './user';
    export const users = (em: EntityManager) => em.find(User, {}); // want missing-limit`,
  'a filter and an order do not limit': `
    import { EntityManager } from '@mikro-orm/core';
    import { User } from './user';
    export const users = (em: EntityManager) => em.find(User, { active: true }, { orderBy: { name: 'asc' }, populate: ['team'] }); // want missing-limit`,
  'all of a repository': `
    import { EntityRepository } from '@mikro-orm/core';
    export class Users {
      constructor(private readonly users: EntityRepository<User>) {}
      list() { return this.users.findAll({ populate: ['team'] }); } // want missing-limit
    }`,
  'a builder': `
    import { SqlEntityManager } from '@mikro-orm/sql';
    import { User } from './user';
    export const users = async (em: SqlEntityManager) => em.createQueryBuilder(User, 'u').where({ active: true }).getResultList(); // want missing-limit`,
  'the children of one parent': `
    import { EntityManager } from '@mikro-orm/core';
    import { Book } from './book';
    export const books = (em: EntityManager, authorId: number) => em.find(Book, { authorId }); // want missing-limit:note`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'limits of all kinds': `
    import { EntityManager } from '@mikro-orm/core';
    import { User } from './user';
    export async function users(em: EntityManager, page: number) {
      await em.find(User, { active: true }, { limit: 20, offset: page * 20 });
      await em.findAndCount(User, {}, { limit: 20 });
      await em.findByCursor(User, {}, { first: 20 });
      await em.getRepository(User).findAll({ limit: 20 });
      await em.qb(User).where({ active: true }).limit(20).getResult();
    }`,
  'the rows of a list, or one': `
    import { EntityManager } from '@mikro-orm/core';
    import { User } from './user';
    export async function users(em: EntityManager, ids: number[]) {
      await em.find(User, { id: { $in: ids } });
      await em.find(User, { id: ids });
      await em.findOne(User, { active: true });
    }`,
  'counts, writes and what is only built': `
    import { EntityManager } from '@mikro-orm/core';
    import { User } from './user';
    export async function users(em: EntityManager) {
      await em.count(User, { active: true });
      await em.nativeDelete(User, { active: false });
      const inner = em.createQueryBuilder(User).where({ active: true });
      return inner.getFormattedQuery();
    }`,
});

/** Relations of rows that a context's manager finds, by their references. */
samples('n-plus-one', {
  'a': `
    import type { EntityManager } from '@mikro-orm/postgresql';
    import { Module } from './entities';
    export async function outline(c: Context) {
      const modules = await c.get('em').find(Module, { course: c.req.param('id') }, { limit: 10 });
      for (const module of modules) {
        await module.lessons.init(); // want n-plus-one
      }
    }`,
  'b': `
    import type { EntityManager } from '@mikro-orm/postgresql';
    import { Module, Certificate } from './entities';
    export async function outline(em: EntityManager) {
      const modules = await em.find(Module, { course: 1 }, { limit: 10 });
      for (const module of modules) {
        await module.lessons.init(); // want n-plus-one
      }
      const certificates = await em.find(Certificate, { course: 1 }, { limit: 10 });
      await Promise.all(certificates.map(async (cert) => {
        const enrolment = await cert.enrolment.loadOrFail(); // want n-plus-one
        const course = await enrolment.course.loadOrFail();
        return course;
      }));
    }`,
});
