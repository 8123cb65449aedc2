import { samples } from '../samples.ts';

// How far the filter of a query reaches decides how loud a missing limit is: all of a parent's children are few, as a rule.
samples('missing-limit', {
  'a key that is only there, or is not one, chooses no parent': `
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    const channels = await prisma.channel.findMany({ where: { userId: { not: null } } }); // want missing-limit
    const others = await prisma.post.findMany({ where: { authorId: { not: author.id } } }); // want missing-limit
    const roots = await prisma.page.findMany({ where: { parentId: null } }); // want missing-limit
    const later = await prisma.post.findMany({ where: { authorId: { gt: last } } }); // want missing-limit
    const own = await prisma.post.findMany({ where: { authorId: author.id, parentId: null } }); // want missing-limit:note
    const same = await prisma.post.findMany({ where: { authorId: { equals: author.id } } }); // want missing-limit:note`,
  'the same with operators of Sequelize, of MongoDB and of TypeORM': {
    'sequelize.ts': `
      import { Model, Op } from 'sequelize';
      class Order extends Model {}
      const open = await Order.findAll({ where: { subscriptionId: { [Op.ne]: null } } }); // want missing-limit
      const ofOne = await Order.findAll({ where: { subscriptionId: subscription.id } }); // want missing-limit:note`,
    'mongoose.ts': `
      import mongoose from 'mongoose';
      const Change = mongoose.model('Change', schema);
      const roots = await Change.find({ _environmentId: env, _parentId: { $exists: false, $eq: null } }); // want missing-limit
      const ofOne = await Change.find({ _environmentId: env, _parentId: parent }); // want missing-limit:note`,
    'typeorm.ts': `
      import { IsNull, MoreThan, Not, Repository } from 'typeorm';
      class Reader {
        constructor(private readonly posts: Repository<Post>) {}
        kept = () => this.posts.find({ where: { authorId: Not(IsNull()) } }); // want missing-limit
        later = (last) => this.posts.find({ where: { authorId: MoreThan(last) } }); // want missing-limit
        ofOne = (authorId) => this.posts.find({ where: { authorId } }); // want missing-limit:note
      }`,
    'drizzle.ts': `
      import { drizzle } from 'drizzle-orm/node-postgres';
      import { and, eq, isNull, ne } from 'drizzle-orm';
      const db = drizzle(url);
      const roots = await db.select().from(pages).where(isNull(pages.parentId)); // want missing-limit
      const others = await db.select().from(pages).where(and(ne(pages.authorId, id), eq(pages.open, true))); // want missing-limit
      const ofOne = await db.select().from(pages).where(and(eq(pages.authorId, id), isNull(pages.parentId))); // want missing-limit:note`,
    'knex.ts': `
      import Knex from 'knex';
      const knex = Knex({ client: 'pg' });
      const others = await knex('posts').where('author_id', '!=', id); // want missing-limit
      const ofOne = await knex('posts').where('author_id', '=', id); // want missing-limit:note`,
  },
  'a filter that a function makes': {
    'filters.ts': `
      import { Equal } from 'typeorm';
      export const ofWorkspace = (workspaceId?: string) => {
        if (!workspaceId) throw new Error('no workspace');
        return { workspaceId: Equal(workspaceId) };
      };
      export const ofAuthor = (authorId: string) => ({ authorId });
      export function searched(input) { return input.all ? all(input) : some(input); }`,
    'posts.ts': `
      import { DataSource } from 'typeorm';
      import { ofWorkspace, ofAuthor, searched } from './filters';
      import { Post, Environment } from './entities';
      export async function list(source: DataSource, id: string) {
        const posts = await source.getRepository(Post).findBy(ofWorkspace(id)); // want missing-limit
        const few = await source.getRepository(Environment).findBy(ofWorkspace(id)); // want missing-limit:note
        const own = await source.getRepository(Post).findBy(ofAuthor(id)); // want missing-limit:note
        const found = await source.getRepository(Post).findBy(searched(id)); // want missing-limit:note
        return { posts, few, own, found };
      }`,
  },
  'what is chosen under a condition does not always hold': `
    import Knex from 'knex';
    const knex = Knex({ client: 'pg' });
    export async function list(environmentId, connectionId) {
      const query = knex('connections').where({ environment_id: environmentId }); // want missing-limit
      if (connectionId) query.where({ customer_id: connectionId });
      return query;
    }
    export async function ofOne(environmentId, connectionId, open) {
      const query = knex('connections').where({ environment_id: environmentId }); // want missing-limit:note
      query.where({ customer_id: connectionId });
      if (open) query.where({ open });
      return query;
    }`,
  'a part of a filter that may be left out': `
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    const maybe = await prisma.post.findMany({ where: { open: true, ...(userId && { userId }) } }); // want missing-limit
    const either = await prisma.post.findMany({ where: { open: true, ...(userId ? { userId } : {}) } }); // want missing-limit
    const always = await prisma.post.findMany({ where: { ...(open && { open }), userId } }); // want missing-limit:note`,
  'a filter as a function of the table': `
    import { drizzle } from 'drizzle-orm/node-postgres';
    const db = drizzle(url, { schema });
    const ofOne = await db.query.posts.findMany({ where: (posts, { and, eq }) => and(eq(posts.authorId, id), eq(posts.open, true)) }); // want missing-limit:note
    const all = await db.query.posts.findMany({ where: (posts, { eq }) => eq(posts.open, true) }); // want missing-limit
    const one = await db.query.posts.findMany({ where: (posts, { and, eq }) => and(eq(posts.id, id), eq(posts.open, true)) });
    const some = await db.query.posts.findMany({ where: (posts, { inArray }) => inArray(posts.id, ids) });
    const others = await db.query.posts.findMany({ where: (posts, operators) => operators.inArray(posts.id, ids) });`,
  'keys that begin with what others end with': `
    import mongoose from 'mongoose';
    const Row = mongoose.model('Row', schema);
    const ofTenant = await Row.find({ id_project: projectId }); // want missing-limit
    const ofTable = await Row.find({ id_project: projectId, id_table: tableId }); // want missing-limit:note`,
  'what one of them has a handful of': `
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    const codes = await prisma.backupCode.findMany({ where: { userId: user.id, used: false } });
    const factors = await prisma.twoFactorMethod.findMany({ where: { userId: user.id } });
    const addresses = await prisma.address.findMany({ where: { customerId: customer.id } });
    const posts = await prisma.post.findMany({ where: { userId: user.id } }); // want missing-limit:note
    const all = await prisma.address.findMany(); // want missing-limit`,
  'entities that a function of the repository is asked for': {
    'connection.ts': `
      import { DataSource, Repository } from 'typeorm';
      export class Connection {
        constructor(private readonly source: DataSource) {}
        getRepository<E>(ctx: Context, target: new () => E): Repository<E> { return ctx.manager.getRepository(target); }
      }`,
    'prices.ts': `
      import { Connection } from './connection';
      import { Article, ArticlePrice } from './entities';
      export class Prices {
        constructor(private readonly connection: Connection) {}
        of(ctx, articleId) { return this.connection.getRepository(ctx, ArticlePrice).find({ where: { articleId } }); }
        articles(ctx, shelfId) { return this.connection.getRepository(ctx, Article).find({ where: { shelfId } }); } // want missing-limit:note
      }`,
  },
  'tenants by the names that Mongoose gives to references': `
    import mongoose from 'mongoose';
    const Template = mongoose.model('Template', schema);
    const templates = await Template.find({ _environmentId: environmentId, _organizationId: organizationId }); // want missing-limit
    const ofGroup = await Template.find({ _environmentId: environmentId, _groupId: groupId }); // want missing-limit:note`,
  'columns that are called after what they point to': `
    import mongoose from 'mongoose';
    const Grade = mongoose.model('Grade', schema);
    const ofStudent = (studentId) => Grade.find({ student: studentId }); // want missing-limit:note
    const ofStory = (story) => Grade.find({ story: story._id, open: true }); // want missing-limit:note
    const ofOwner = (req) => Grade.find({ owner: req.user.id }); // want missing-limit:note
    const ofTerm = (term) => Grade.find({ term }); // want missing-limit
    const ofTenant = (req) => Grade.find({ organization: req.user.organizationId }); // want missing-limit`,
});
