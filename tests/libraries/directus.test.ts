import { samples } from '../samples.ts';

samples('n-plus-one', {
  'a request per element': `
    import { createDirectus, readItem, rest } from '@directus/sdk';
    const cms = createDirectus('https://cms.example').with(rest());
    for (const post of posts) {
      post.author = await cms.request(readItem('authors', post.author)); // want n-plus-one
    }`,
  'a client of another file': {
    'lib/directus.ts': `
      import { createDirectus, rest, staticToken } from '@directus/sdk';
      const client = createDirectus('https://cms.example').with(staticToken('x')).with(rest());
      export default client;`,
    'users.ts': `
      import { updateUser } from '@directus/sdk';
      import api from './lib/directus';
      export const block = (ids: string[]) => Promise.all(ids.map((id) => api.request(updateUser(id, { status: 'suspended' })))); // want n-plus-one`,
  },
  'a service of the server': {
    'package.json': '{ "dependencies": { "@directus/extensions-sdk": "13" } }',
    'src/index.js': `
      export default ({ action }, { services }) => {
        action('orders.create', async ({ payload }, { schema }) => {
          const itemsService = new services.ItemsService('stock', { schema });
          for (const line of payload.lines) {
            const [item] = await itemsService.readByQuery({ filter: { sku: { _eq: line.sku } }, limit: 1 }); // want n-plus-one
            show(item);
          }
        });
      };`,
  },

  // -- innocents ------------------------------------------------------------------------------------------------------
  'all items at once': `
    import { createDirectus, createItems, readItems, rest } from '@directus/sdk';
    const cms = createDirectus('https://cms.example').with(rest());
    const authors = await cms.request(readItems('authors', { filter: { id: { _in: ids } }, fields: ['*', 'posts.*'] }));
    await cms.request(createItems('posts', rows));
    for (const author of authors) show(author.posts);`,
  'requests to others': `
    import { readItem } from '@directus/sdk';
    for (const url of urls) show(await axios.request(url), await graph.request(query, { url }), readItem('a', url));`,
  'commands are only made': `
    import { readItem } from '@directus/sdk';
    const commands = ids.map((id) => readItem('posts', id));`,
});

samples('missing-limit', {
  'a limit of -1 is none': `
    import { createDirectus, readItems, rest } from '@directus/sdk';
    const cms = createDirectus('https://cms.example').with(rest());
    const posts = await cms.request(readItems('posts', { limit: -1, sort: ['-date'] })); // want missing-limit`,
  'users': `
    import { createDirectus, readUsers, rest } from '@directus/sdk';
    const users = await createDirectus('https://cms.example').with(rest()).request(readUsers({ limit: -1 })); // want missing-limit`,
  'on the server': `
    export async function all(service) {
      return service.readByQuery({ filter: { status: { _eq: 'open' } }, limit: -1 }); // want missing-limit
    }`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'a hundred unless more are asked for': `
    import { createDirectus, readItems, rest } from '@directus/sdk';
    const cms = createDirectus('https://cms.example').with(rest());
    await cms.request(readItems('posts'));
    await cms.request(readItems('posts', { limit: 20, page: 2 }));`,
  'the items of a list': `
    import { createDirectus, readItems, rest } from '@directus/sdk';
    const cms = createDirectus('https://cms.example').with(rest());
    await cms.request(readItems('posts', { filter: { id: { _in: ids } }, limit: -1 }));`,
  'one item and numbers': `
    import { aggregate, createDirectus, readItem, rest } from '@directus/sdk';
    const cms = createDirectus('https://cms.example').with(rest());
    await cms.request(readItem('posts', id));
    await cms.request(aggregate('posts', { aggregate: { count: '*' } }));`,
});
