import { samples } from '../samples.ts';

samples('n-plus-one', {
  'a service of the app': {
    'package.json': '{ "dependencies": { "@feathersjs/feathers": "5" } }',
    'src/hooks/with-author.js': `
      module.exports = () => async (context) => {
        for (const post of context.result.data) {
          post.author = await context.app.service('users').get(post.authorId); // want n-plus-one
        }
        return context;
      };`,
  },
  'an app that was made here': `
    import { feathers } from '@feathersjs/feathers';
    import express from '@feathersjs/express';
    const server = express(feathers());
    export const load = (ids: string[]) => Promise.all(ids.map((id) => server.service('orders').find({ query: { customerId: id } }))); // want n-plus-one`,
  'a context by its type': `
    import type { HookContext } from '@feathersjs/feathers';
    export const notify = async (hook: HookContext) => {
      for (const id of hook.data.members) {
        await hook.app.service('mails').create({ to: id }); // want n-plus-one
      }
    };`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'all ids at once': {
    'package.json': '{ "dependencies": { "@feathersjs/feathers": "5" } }',
    'src/load.js': `
      module.exports = async (app, ids, rows) => {
        const users = await app.service('users').find({ query: { id: { $in: ids } }, paginate: false });
        await app.service('mails').create(rows);
        for (const user of users) show(user);
      };`,
  },
  'services are set up': {
    'package.json': '{ "dependencies": { "@feathersjs/feathers": "5" } }',
    'src/services.js': `
      module.exports = (app) => {
        for (const name of names) {
          app.use('/' + name, new Service());
          app.service(name).hooks(hooks);
          app.service(name).on('created', show);
        }
      };`,
  },
  'the app of another framework': `
    import express from 'express';
    const app = express();
    for (const name of names) show(app.get(name), app.service(name).find(name));`,
});

samples('missing-limit', {
  'without pagination': {
    'package.json': '{ "dependencies": { "@feathersjs/feathers": "5" } }',
    'src/all.js': `
      module.exports = (app) => app.service('users').find({ paginate: false }); // want missing-limit`,
  },
  'a condition does not limit': {
    'package.json': '{ "dependencies": { "@feathersjs/feathers": "5" } }',
    'src/all.js': `
      module.exports = (app) => app.service('users').find({ query: { active: true, $sort: { name: 1 } }, paginate: false }); // want missing-limit`,
  },
  'the method behind the hooks': {
    'package.json': '{ "dependencies": { "@feathersjs/feathers": "5" } }',
    'src/all.js': `
      module.exports = async (app) => {
        const users = await app.service('users')._find({ paginate: false }); // want missing-limit
        return users.length;
      };`,
  },
  'the children of one parent': {
    'package.json': '{ "dependencies": { "@feathersjs/feathers": "5" } }',
    'src/all.js': `
      module.exports = (app, id) => app.service('notes').find({ query: { orderId: id }, paginate: false }); // want missing-limit:note`,
  },

  // -- innocents ------------------------------------------------------------------------------------------------------
  'the service decides': {
    'package.json': '{ "dependencies": { "@feathersjs/feathers": "5" } }',
    'src/all.js': `
      module.exports = async (app) => app.service('users').find({ query: { active: true } });`,
  },
  'a limit': {
    'package.json': '{ "dependencies": { "@feathersjs/feathers": "5" } }',
    'src/all.js': `
      module.exports = async (app) => app.service('users').find({ query: { $limit: 20 }, paginate: false });`,
  },
  'the records of a list': {
    'package.json': '{ "dependencies": { "@feathersjs/feathers": "5" } }',
    'src/all.js': `
      module.exports = async (app, ids) => app.service('users').find({ query: { id: { $in: ids } }, paginate: false });`,
  },
});
