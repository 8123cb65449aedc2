import { samples } from '../samples.ts';

samples('n-plus-one', {
  'a module out of the container': `
    import { Modules } from '@medusajs/framework/utils';
    export const GET = async (req, res) => {
      const productModuleService = req.scope.resolve(Modules.PRODUCT);
      for (const item of req.items) {
        item.product = await productModuleService.retrieveProduct(item.product_id); // want n-plus-one
      }
    };`,
  'a module by its type': `
    import type { IOrderModuleService } from '@medusajs/framework/types';
    export class Reports {
      constructor(private readonly orders: IOrderModuleService) {}
      totals(customers: Customer[]) {
        return Promise.all(customers.map(({ id }) => this.orders.listOrders({ customer_id: id }, { take: 10 }))); // want n-plus-one
      }
    }`,
  'a module of one\'s own': {
    'src/modules/blog/service.ts': `
      import { MedusaService } from '@medusajs/framework/utils';
      import { Post } from './models/post';
      export default class BlogModuleService extends MedusaService({ Post }) {
        async publish(ids: string[]) {
          for (const id of ids) await this.updatePosts({ id, live: true }); // want n-plus-one:note
        }
      }`,
  },
  'a graph per element': `
    import { ContainerRegistrationKeys } from '@medusajs/framework/utils';
    const query = container.resolve(ContainerRegistrationKeys.QUERY);
    for (const id of ids) {
      const { data } = await query.graph({ entity: 'order', fields: ['*'], filters: { id } }); // want n-plus-one
      show(data);
    }`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'all ids at once': `
    import { Modules } from '@medusajs/framework/utils';
    const productModuleService = container.resolve(Modules.PRODUCT);
    const products = await productModuleService.listProducts({ id: ids }, { relations: ['variants'] });
    await productModuleService.updateProducts(changes);
    for (const product of products) show(product.variants);`,
  'a method that the class has itself': `
    import { MedusaService } from '@medusajs/framework/utils';
    class BlogModuleService extends MedusaService({ Post }) {
      createSlug(title: string) { return title.toLowerCase(); }
      slugs(titles: string[]) { return titles.map((title) => this.createSlug(title)); }
    }`,
  'lists of something else': `
    import { Modules } from '@medusajs/framework/utils';
    for (const name of names) show(await bucket.listObjects(name), factory.createWidget(name));`,
});

samples('missing-limit', {
  'a limit that was taken away': `
    import { Modules } from '@medusajs/framework/utils';
    const productModuleService = container.resolve(Modules.PRODUCT);
    const products = await productModuleService.listProducts({}, { take: null }); // want missing-limit`,
  'with a filter': `
    import type { IOrderModuleService } from '@medusajs/framework/types';
    export const open = (orders: IOrderModuleService) => orders.listOrders({ status: 'pending' }, { take: null, relations: ['items'] }); // want missing-limit`,
  'counted as well': `
    import type { ICustomerModuleService } from '@medusajs/types';
    export const all = (store: ICustomerModuleService) => store.listAndCountCustomers({}, { take: null }); // want missing-limit`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'fifteen unless more are asked for': `
    import { Modules } from '@medusajs/framework/utils';
    const productModuleService = container.resolve(Modules.PRODUCT);
    await productModuleService.listProducts();
    await productModuleService.listProducts({}, { take: 100, skip: 100 });`,
  'the records of a list': `
    import type { IOrderModuleService } from '@medusajs/framework/types';
    export const some = (orders: IOrderModuleService, ids: string[]) => orders.listOrders({ id: ids }, { take: null });`,
  'one record': `
    import type { IOrderModuleService } from '@medusajs/framework/types';
    export const one = (orders: IOrderModuleService, id: string) => orders.retrieveOrder(id, { relations: ['items'] });`,
});
