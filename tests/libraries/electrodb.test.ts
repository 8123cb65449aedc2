import { samples } from '../samples.ts';

const entity = `import { Entity } from 'electrodb';
      export const Orders = new Entity({ model: { entity: 'order', version: '1', service: 'shop' }, attributes: {}, indexes: {} }, { client, table: 'shop' });`;

samples('n-plus-one', {
  'one item after the other': {
    'orders.ts': entity,
    'load.ts': `
      import { Orders } from './orders';
      export async function load(ids: string[]) {
        const found = [];
        for (const id of ids) {
          const { data } = await Orders.get({ id }).go(); // want n-plus-one
          found.push(data);
        }
        return found;
      }`,
  },
  'a query per parent': {
    'orders.ts': entity,
    'load.ts': `
      import { Orders } from './orders';
      export const load = (users: User[]) => Promise.all(users.map((user) => Orders.query.byUser({ userId: user.id }).go())); // want n-plus-one`,
  },
  'one put after the other': `
    import { Entity } from 'electrodb';
    const rows = new Entity(schema, { client, table });
    for (const row of input) {
      await rows.put(row).go(); // want n-plus-one
    }`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'batches': `
    import { Entity } from 'electrodb';
    const rows = new Entity(schema, { client, table });
    await rows.get(ids.map((id) => ({ id }))).go();
    await rows.put(input).go();`,
  'a collection of a service': `
    import { Service } from 'electrodb';
    const shop = new Service({ orders, lines }, { client, table });
    const { data } = await shop.collections.ofUser({ userId }).go();
    for (const order of data.orders) show(order);`,
  'parameters are made, nothing is asked': `
    import { Entity } from 'electrodb';
    const rows = new Entity(schema, { client, table });
    const all = ids.map((id) => rows.get({ id }).params());
    for (const game of games) game.go();`,
});

samples('missing-limit', {
  'every page': `
    import { Entity } from 'electrodb';
    const rows = new Entity(schema, { client, table });
    export const all = () => rows.scan.go({ pages: 'all' }); // want missing-limit`,
  'every page of an index': `
    import { Entity } from 'electrodb';
    const rows = new Entity(schema, { client, table });
    const { data } = await rows.query.byStatus({ status: 'open' }).go({ pages: "all", order: 'desc' }); // want missing-limit`,
  'every page of a collection': `
    import { Service } from 'electrodb';
    const shop = new Service({ orders, lines });
    const { data } = await shop.collections.byStatus({ status: 'open' }).go({ pages: 'all' }); // want missing-limit`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'one page': `
    import { Entity } from 'electrodb';
    const rows = new Entity(schema, { client, table });
    await rows.query.byStatus({ status: 'open' }).go();`,
  'a limit': `
    import { Entity } from 'electrodb';
    const rows = new Entity(schema, { client, table });
    await rows.query.byStatus({ status: 'open' }).go({ limit: 20, pages: 'all' });
    await rows.query.byStatus({ status: 'open' }).where(open).go({ count: 20 });`,
  'options that cannot be seen': `
    import { Entity } from 'electrodb';
    const rows = new Entity(schema, { client, table });
    export const list = (options) => rows.query.byStatus({ status: 'open' }).go(options);`,
});
