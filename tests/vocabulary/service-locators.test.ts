import { samples } from '../samples.ts';

const users = `
      import type { Collection } from 'mongodb';
      import type { UsersModel } from './users-model';
      export class MongoUsersModel implements UsersModel {
        constructor(private readonly users: Collection) {}
        findOneById(id: string) { return this.users.findOne({ _id: id }); }
        label(id: string) { return id; }
      }`;

// What a container gives is the class, or the type, that it is asked for.
samples('n-plus-one', {
  'containers that are asked for a class': {
    'users-model.mongo.ts': users,
    'names.ts': `
      import { Container } from 'typedi';
      import { container } from 'tsyringe';
      import { MongoUsersModel } from './users-model.mongo';
      export async function names(ids: string[], moduleRef) {
        const users = Container.get(MongoUsersModel);
        for (const id of ids) await users.findOneById(id); // want n-plus-one
        for (const id of ids) await container.resolve(MongoUsersModel).findOneById(id); // want n-plus-one
        const found = moduleRef.get(MongoUsersModel, { strict: false });
        for (const id of ids) await found.findOneById(id); // want n-plus-one
        for (const id of ids) found.label(id);
      }`,
  },
  'containers that are asked for a type': {
    'users-model.ts': 'export interface UsersModel { findOneById(id: string): Promise<User>; label(id: string): string }',
    'users-model.mongo.ts': users,
    'names.ts': `
      import { container, TYPES } from './container';
      import type { UsersModel } from './users-model';
      import { MongoUsersModel } from './users-model.mongo';
      export async function names(ids: string[]) {
        const users = container.get<UsersModel>(TYPES.Users);
        for (const id of ids) await users.findOneById(id); // want n-plus-one
        const mongo = container.get<MongoUsersModel>('users');
        for (const id of ids) await mongo.findOneById(id); // want n-plus-one
      }`,
  },
  'a function of the repository that gives what its type parameter says': {
    'users-model.ts': 'export interface UsersModel { findOneById(id: string): Promise<User>; label(id: string): string }',
    'users-model.mongo.ts': users,
    'registry.ts': `
      const registry = new Map();
      export function proxify<T>(name: string): T { return new Proxy({}, { get: (_, key) => registry.get(name)[key] }) as T; }
      export class Di { static get<T>(type: new (...given: unknown[]) => T): T { return registry.get(type); } }`,
    'names.ts': `
      import { Di, proxify } from './registry';
      import type { UsersModel } from './users-model';
      import { MongoUsersModel } from './users-model.mongo';
      const Users = proxify<UsersModel>('users');
      export async function names(ids: string[]) {
        for (const id of ids) await Users.findOneById(id); // want n-plus-one
        for (const id of ids) await Di.get(MongoUsersModel).findOneById(id); // want n-plus-one
        for (const id of ids) Users.label(id);
      }`,
  },
  'things that a container hands over under their names': {
    'package.json': '{ "dependencies": { "awilix": "10", "objection": "3", "typeorm": "0.3" } }',
    'customers/customerRepo.js': `
      module.exports = class CustomerRepo {
        constructor({ models }) { this.Customer = models.Customer; }
        async get(id) { return this.Customer.query().findById(id).withGraphFetched('contacts'); }
        label(id) { return id; }
      };`,
    'services/product.js': `
      import { getRepository } from 'typeorm';
      export default class ProductService {
        async retrieve(id) { return await getRepository(Product).findOne({ where: { id } }); }
      }`,
    'dunning.js': `
      module.exports = ({ customerRepo, mailer }) => ({
        async run(invoices) {
          for (const invoice of invoices) await customerRepo.get(invoice.customerId); // want n-plus-one
          for (const invoice of invoices) mailer.queue(customerRepo.label(invoice.customerId));
        },
      });`,
    'cart.js': `
      export default class CartService {
        constructor({ productService }) { this.productService_ = productService; }
        async fill(cart) {
          for (const line of cart.lines) line.product = await this.productService_.retrieve(line.productId); // want n-plus-one
        }
      }`,
  },
  'what two applications put under one name, or a class inherits from a package, is left to its name': {
    'package.json': '{ "dependencies": { "@trpc/server": "10", "typeorm": "0.3", "@prisma/client": "5" } }',
    'admin/context.ts': `
      import { prisma } from './prisma';
      export const createContext = () => ({ services: { user: { async load(id) { return prisma.user.findFirst({ where: { id } }); } } } });`,
    'web/context.ts': `
      export const createContext = () => ({ services: { user: { async load(id) { return kept.get(id); } } } });`,
    'web/list.ts': `
      export const list = procedure.query(async ({ ctx, input }) => {
        for (const id of input.ids) await ctx.services.user.load(id);
      });`,
    'src/userRepository.js': `
      import { BaseRepository } from '@acme/db';
      export class UserRepository extends BaseRepository {
        async byMail(mail) { return this.findOne({ where: { mail } }); }
      }`,
    'src/job.js': `
      export async function run({ orderRepository, userRepository }) {
        for (const order of await orderRepository.find({ take: 100 })) {
          await userRepository.findOne({ where: { id: order.userId } }); // want n-plus-one
        }
      }`,
  },
  'a name that two classes bear, or that has something in its place, chooses none of them': {
    'shop/stock.service.js': `
      import { getRepository } from 'typeorm';
      export class StockService { async retrieve(id) { return await getRepository(Stock).findOne({ where: { id } }); } }`,
    'depot/stock.service.js': 'export class StockService { async retrieve(id) { return this.kept.get(id); } }',
    'price.js': `
      import { getRepository } from 'typeorm';
      export class PriceService { async retrieve(id) { return await getRepository(Price).findOne({ where: { id } }); } }`,
    'cart.js': `
      export const fill = ({ stockService, price, priceService = fixedPrices }) => async (cart) => {
        for (const line of cart.lines) line.stock = await stockService.retrieve(line.productId);
        for (const line of cart.lines) line.price = await price.retrieve(line.productId); // want n-plus-one
        for (const line of cart.lines) line.price = await priceService.retrieve(line.productId);
      };`,
  },
  'things that are put on an application under a name': {
    'package.json': '{ "dependencies": { "fastify": "4", "@fastify/postgres": "5" } }',
    'plugins/store.js': `
      import fp from 'fastify-plugin';
      import { createMenuStore } from '../store/menus.js';
      export default fp(async (app) => {
        app.decorate('store', { menus: createMenuStore(app.pg), names: new Map() });
        app.decorateRequest('menuQueries', createMenuStore(app.pg));
        app.decorate('clock', { dishes: () => Date.now() });
      });`,
    'store/menus.js': `
      export function createMenuStore(pg) {
        return {
          async dishes(menuId) {
            return (await pg.query('SELECT id FROM dishes WHERE menu_id = $1 LIMIT 40', [menuId])).rows;
          },
          label: (menuId) => menuId,
        };
      }`,
    'routes/menus.js': `
      export default async function menus(app) {
        const { menus: store } = app.store;
        app.get('/menus', async (req) => {
          for (const id of req.query.ids) await store.dishes(id); // want n-plus-one
          for (const id of req.query.ids) await req.server.store.menus.dishes(id); // want n-plus-one
          for (const id of req.query.ids) await req.menuQueries.dishes(id); // want n-plus-one
          for (const id of req.query.ids) await app.store.menus.label(id);
          for (const id of req.query.ids) await app.store.names.dishes(id);
          for (const id of req.query.ids) await app.clock.dishes(id);
        });
      }`,
  },
  'things that are put on a context under a name': {
    'package.json': '{ "dependencies": { "@trpc/server": "10", "graphql-yoga": "5", "knex": "3" } }',
    'projects.js': `
      export const projectRepo = (db) => ({
        latest: (id) => db('deployments').where({ id }).first(),
        label: (id) => id,
      });`,
    'router.js': `
      import { projectRepo } from './projects.js';
      import { procedure } from './trpc.js';
      const teamProcedure = procedure.use(async ({ ctx, next }) => {
        const repo = projectRepo(ctx.db);
        return next({ ctx: { ...ctx, repo } });
      });
      export const list = teamProcedure.query(async ({ ctx, input }) => {
        for (const id of input.ids) await ctx.repo.latest(id); // want n-plus-one
        for (const id of input.ids) await ctx.repo.label(id);
      });`,
    'server.js': `
      import { createYoga } from 'graphql-yoga';
      import knex from 'knex';
      import { projectRepo } from './projects.js';
      const db = knex({});
      export const yoga = createYoga({ schema, context: () => ({ dataSources: { projects: projectRepo(db) } }) });`,
    'resolvers.js': `
      export const names = async (parent, args, context) => {
        for (const id of args.ids) await context.dataSources.projects.latest(id); // want n-plus-one
        for (const id of args.ids) await context.dataSources.others.latest(id);
      };`,
  },
  'what an address or a cache answers is no service': `
    import axios from 'axios';
    interface User { name: string }
    export async function names(ids: string[], cache) {
      for (const id of ids) names.push((await cache.get<User>(id)).name);
      for (const key of [Name, Mail]) headers.push(request.get(key));
    }`,
});
