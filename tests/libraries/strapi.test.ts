import { samples } from '../samples.ts';

const manifest = '{ "dependencies": { "@strapi/strapi": "5.12.0" } }';

samples('n-plus-one', {
  'documents': {
    'package.json': manifest,
    'src/api/order/controllers/order.ts': `
      export default ({ strapi }) => ({
        async list(ctx) {
          for (const order of ctx.state.orders) {
            order.lines = await strapi.documents('api::line.line').findMany({ filters: { order: order.documentId }, limit: 50 }); // want n-plus-one
          }
        },
      });`,
  },
  'the entity service': {
    'package.json': manifest,
    'src/api/order/services/order.js': `
      module.exports = {
        load: (ids) => Promise.all(ids.map((id) => strapi.entityService.findOne('api::order.order', id, { populate: '*' }))), // want n-plus-one
      };`,
  },
  'the query engine': {
    'package.json': manifest,
    'src/jobs/clear.js': `
      module.exports = async ({ strapi }, ids) => {
        for (const id of ids) {
          await strapi.db.query('api::token.token').delete({ where: { id } }); // want n-plus-one
        }
      };`,
  },
  'a create for each row, with its hooks': {
    'package.json': manifest,
    'src/fill.ts': `
      import type { Core } from '@strapi/strapi';
      export const fill = async (cms: Core.Strapi, rows: Row[]) => {
        for (const data of rows) await cms.documents('api::row.row').create({ data }); // want n-plus-one
      };`,
  },

  // -- innocents ------------------------------------------------------------------------------------------------------
  'all ids at once, and populate': {
    'package.json': manifest,
    'src/load.js': `
      module.exports = async (ids, rows) => {
        const orders = await strapi.documents('api::order.order').findMany({ filters: { id: { $in: ids } }, populate: ['lines'] });
        await strapi.db.query('api::row.row').createMany({ data: rows });
        for (const order of orders) show(order.lines);
      };`,
  },
  'services, plugins and settings': {
    'package.json': manifest,
    'src/settings.js': `
      module.exports = () => {
        for (const name of names) show(strapi.config.get(name), strapi.plugin(name).service('query').find(name), strapi.contentTypes[name]);
      };`,
  },
  'a variable of the same name in another house': `
    for (const id of ids) show(await strapi.documents('a').findOne(id));`,
});

samples('missing-limit', {
  'every document': {
    'package.json': manifest,
    'src/list.ts': `
      export const list = ({ strapi }) => strapi.documents('api::order.order').findMany(); // want missing-limit`,
  },
  'filters and populate do not limit': {
    'package.json': manifest,
    'src/list.ts': `
      export const list = ({ strapi }) => strapi.entityService.findMany('api::order.order', { filters: { open: true }, populate: ['lines'] }); // want missing-limit`,
  },
  'the query engine': {
    'package.json': manifest,
    'src/list.js': `
      module.exports = async () => await strapi.db.query('api::order.order').findMany({ where: { open: true } }); // want missing-limit`,
  },
  'a limit of -1 is none': {
    'package.json': manifest,
    'src/list.js': `
      module.exports = async () => await strapi.entityService.findMany('api::order.order', { limit: -1 }); // want missing-limit`,
  },

  // -- innocents ------------------------------------------------------------------------------------------------------
  'limits of all kinds': {
    'package.json': manifest,
    'src/list.js': `
      module.exports = async ({ strapi }) => {
        await strapi.documents('api::order.order').findMany({ limit: 20, start: 40 });
        await strapi.documents('api::order.order').findMany({ pagination: { page: 1, pageSize: 20 } });
        await strapi.entityService.findPage('api::order.order', { page: 1 });
        await strapi.db.query('api::order.order').findMany({ where: { id: { $in: ids } } });
      };`,
  },
  'one document, and counts': {
    'package.json': manifest,
    'src/one.js': `
      module.exports = async ({ strapi }) => {
        await strapi.documents('api::order.order').findFirst({ filters: { open: true } });
        await strapi.documents('api::order.order').count({});
      };`,
  },
  'options that cannot be seen': {
    'package.json': manifest,
    'src/list.js': `
      module.exports = ({ strapi }, query) => strapi.entityService.findMany('api::order.order', query);`,
  },
});
