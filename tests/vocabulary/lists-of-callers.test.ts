import { samples } from '../samples.ts';

/** Lists whose rows, options or limits stand in another place: in a base class, in a function, in a builder of one's own, in what the table is. */
samples('missing-limit', {
  'lists of a base class, told where they are asked for': {
    'base.dao.ts': `
      import type { Collection, Filter, FindOptions } from 'mongodb';
      export abstract class BaseDao<T extends object> {
        protected softDelete = true;
        constructor(private readonly col: Collection<T>) {}
        protected scope(filter: Filter<T>): Filter<T> {
          return this.softDelete ? ({ deletedAt: null, ...filter } as Filter<T>) : filter;
        }
        find(filter: Filter<T> = {}, options: FindOptions<T> = {}) {
          return this.col.find(this.scope(filter), options).toArray();
        }
      }`,
    'trip.dao.ts': `
      import { BaseDao } from './base.dao';
      export class TripDao extends BaseDao<Trip> {
        running(date: Date) {
          return this.find({ status: 'running', startedAt: { $lt: date } }); // want missing-limit
        }
        latest() {
          return this.find({ status: 'done' }, { sort: { startedAt: -1 }, limit: 20 });
        }
        some(ids: string[]) {
          return this.find({ _id: { $in: ids } });
        }
        ofVehicle(vehicleId: string) {
          return this.find({ vehicleId }, { sort: { startedAt: -1 } }); // want missing-limit:note
        }
      }`,
  },
  'lists whose rows callers choose, and nobody limits': {
    'source.ts': `
      import type { FilterQuery, Model } from 'mongoose';
      export abstract class Source<T> {
        constructor(protected readonly model: Model<T>) {}
        protected list(filter: FilterQuery<T>, sort: Record<string, 1 | -1> = { createdAt: -1 }) {
          return this.model.find(filter).sort(sort).exec(); // want missing-limit:note
        }
      }`,
    'orders.ts': `
      import { Types } from 'mongoose';
      import { Source } from './source';
      export class Orders extends Source<Order> {
        open() {
          return this.list({ status: 'open' }); // want missing-limit:note
        }
        one(ids: string[]) {
          return this.list({ _id: { $in: ids } });
        }
        disputes(order: Types.ObjectId) {
          return this.list({ order }); // want missing-limit:note
        }
      }`,
  },
  'options that a function gives, and a limit that is put on them': `
    import { type FindManyOptions, Repository } from 'typeorm';
    import { Deal } from './deal.entity';
    function openDeals(workspaceId: string): FindManyOptions<Deal> {
      return { where: { workspaceId, status: 'open' } };
    }
    function topDeals(workspaceId: string, take: number): FindManyOptions<Deal> {
      return { ...openDeals(workspaceId), take };
    }
    export class Deals {
      constructor(private readonly deals: Repository<Deal>) {}
      open(workspaceId: string) {
        return this.deals.find(openDeals(workspaceId)); // want missing-limit
      }
      top(workspaceId: string) {
        return this.deals.find(topDeals(workspaceId, 10));
      }
      page(workspaceId: string, size: number) {
        const options: FindManyOptions<Deal> = { where: { workspaceId } };
        options.take = Math.min(size, 50);
        return this.deals.find(options);
      }
    }`,
  'builders with words of their own': {
    'models.js': `
      import { Model, QueryBuilder } from 'objection';
      class OwnBuilder extends QueryBuilder {
        forTenant(tenantId) { return this.where('tenant_id', tenantId); }
        async eachBatch(size, work) { await work(await this.clone().limit(size)); }
      }
      export class Ticket extends Model {
        static get QueryBuilder() { return OwnBuilder; }
        static get modifiers() {
          return {
            board: (builder) => builder.select('id').limit(200),
            unsolved: (builder) => builder.whereNot('status', 'solved'),
          };
        }
        static board(tenantId) { return this.query().forTenant(tenantId).modify('board'); }
        static unsolved(tenantId) { return this.query().forTenant(tenantId).modify('unsolved'); } // want missing-limit
        static async work(handle) { await this.query().eachBatch(200, handle); }
      }
      export class Macro extends Model {
        static get QueryBuilder() { return OwnBuilder; }
        static all(tenantId) { return this.query().forTenant(tenantId); }
      }`,
  },
  'what a context is asked for by its name': `
    import type { EntityManager } from '@mikro-orm/postgresql';
    import { AuditEvent } from './entities';
    export async function events(c: Context) {
      return c.json(await c.get('em').find(AuditEvent, {})); // want missing-limit
    }
    export async function lessons(c: Context) {
      return c.json(await c.get('em').find(AuditEvent, { course: c.req.param('id') })); // want missing-limit:note
    }
    export async function flags(c: Context) {
      return c.json(c.get('flags').find((flag: string) => flag === 'x'));
    }`,
  'few of many, by what they are': `
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    export const staff = () => prisma.user.findMany({ where: { isStaff: true } }); // want missing-limit:note
    export const defaults = (teamId: string) => prisma.room.findMany({ where: { teamId, isDefault: true } }); // want missing-limit:note
    export const admins = (teamId: string) => prisma.user.findMany({ where: { teamId, role: { in: ['owner', 'admin'] } } }); // want missing-limit:note
    export const readers = (teamId: string) => prisma.user.findMany({ where: { teamId, role: 'reader' } }); // want missing-limit
    export const macros = (teamId: string) => prisma.macro.findMany({ where: { teamId } });
    export const lines = (orderId: string) => prisma.orderLine.findMany({ where: { orderId } });
    export const tiers = () => prisma.commissionTier.findMany();
    export const rows = (sheetId: string) => prisma.sheetRow.findMany({ where: { sheetId } }); // want missing-limit:note`,
  'a sum of Firestore': `
    import { AggregateField, getFirestore } from 'firebase-admin/firestore';
    const db = getFirestore();
    export const distance = () => db.collection('workouts').aggregate({ total: AggregateField.sum('distance') }).get();
    export const all = () => db.collection('workouts').get(); // want missing-limit`,
});

/** What procedures of tRPC find in their context. */
samples(['n-plus-one', 'missing-limit'], {
  'the context that procedures begin with': {
    'packages/db/package.json': '{ "name": "@acme/db", "main": "./index.ts", "dependencies": { "drizzle-orm": "0.36", "postgres": "3" } }',
    'packages/db/index.ts': `
      import { drizzle } from 'drizzle-orm/postgres-js';
      import postgres from 'postgres';
      export const db = drizzle(postgres('x'));`,
    'api/package.json': '{ "name": "api", "dependencies": { "@trpc/server": "11", "@acme/db": "workspace:*" } }',
    'package.json': '{ "private": true, "workspaces": ["packages/*", "api"] }',
    'api/trpc.ts': `
      import { db } from '@acme/db';
      import { initTRPC } from '@trpc/server';
      export const createContext = async ({ req }: { req: Request }) => ({ db, flags: new Map<string, boolean>(), userId: req.headers.get('x-user') });
      export type Context = Awaited<ReturnType<typeof createContext>>;
      const t = initTRPC.context<Context>().create({});
      export const router = t.router;
      export const procedure = t.procedure.use(({ ctx, next }) => next({ ctx: { ...ctx, userId: ctx.userId! } }));`,
    'api/customers.ts': `
      import { z } from 'zod';
      import { eq } from 'drizzle-orm';
      import { procedure, router } from './trpc';
      import { customers } from './schema';
      export const customerRouter = router({
        all: procedure.query(async ({ ctx }) => {
          const rows = await ctx.db // want missing-limit
            .select({ value: customers.id })
            .from(customers);
          return rows.sort();
        }),
        rename: procedure.input(z.object({ ids: z.array(z.string()) })).mutation(async ({ ctx, input }) => {
          for (const id of input.ids) await ctx.db.update(customers).set({ seen: true }).where(eq(customers.id, id)); // want n-plus-one
          for (const id of input.ids) ctx.flags.get(id);
        }),
      });`,
  },
});

/** Tables by the type that a base class is given; parts of one thing, and the same seen from what they are parts of. */
samples('missing-limit', {
  'rows by the type that a base class is given': {
    'nest.ts': `
      import { Prop, Schema, SchemaFactory, InjectModel } from '@nestjs/mongoose';
      import { Model, Types, Document } from 'mongoose';
      @Schema()
      export class Category extends Document {
        @Prop({ type: Types.ObjectId, ref: 'Category' }) parent: Types.ObjectId;
        @Prop() name: string;
      }
      export const CategorySchema = SchemaFactory.createForClass(Category);
      export abstract class EntityRepository<T extends Document> {
        constructor(protected readonly entityModel: Model<T>) {}
        async find(filter: object, options: any = {}): Promise<T[]> {
          return this.entityModel.find(filter, null, options).exec();
        }
      }
      export class CategoryRepository extends EntityRepository<Category> {
        constructor(@InjectModel(Category.name) model: Model<Category>) { super(model); }
        all() {
          return this.entityModel.find().sort('name').exec();
        }
        children(parent: Types.ObjectId) {
          return this.find({ parent });
        }
      }`,
    'orders.ts': `
      import { InjectModel } from '@nestjs/mongoose';
      import { Model } from 'mongoose';
      import { EntityRepository, Category } from './nest';
      export class OrderRepository extends EntityRepository<Order> {
        constructor(@InjectModel('Order') model: Model<Order>, private categories: Model<Category>) { super(model); }
        all() { return this.entityModel.find().exec(); } // want missing-limit
        kinds() { return this.categories.find().exec(); }
      }`,
    'typeorm.ts': `
      import { Repository, DataSource, Entity, Column } from 'typeorm';
      @Entity('categories')
      export class Category { @Column() name: string; }
      export class CategoryRepo {
        private ormRepository: Repository<Category>;
        constructor(ds: DataSource) { this.ormRepository = ds.getRepository(Category); }
        all() { return this.ormRepository.find({ order: { name: 'ASC' } }); }
      }`,
  },
  'lines of one order, and of one product': {
    'a.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      export const lines = (orderId: string) => prisma.orderItem.findMany({ where: { orderId } });
      export const sold = (variantId: string) => prisma.orderItem.findMany({ where: { variantId } }); // want missing-limit:note
      export const sold2 = (productId: string) => prisma.orderItem.findMany({ include: { order: true }, where: { productId } }); // want missing-limit:note
      export const withProduct = (orderId: string) => prisma.orderItem.findMany({ where: { orderId }, select: { productId: true } });`,
    'b.ts': `
      import knex from 'knex';
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      const db = knex({ client: 'pg' });
      export const lines = (orderId: string) => db('order_lines').where('order_id', orderId).select('product_id');
      export const sold = (productId: string) => db('order_lines').where('product_id', productId); // want missing-limit:note
      export const variants = (productId: string) => prisma.productVariant.findMany({ where: { productId } });
      export const read = (id: string) => db.raw('select product_id from order_lines where order_id = ?', [id]);`,
  },
});
