import { samples } from '../samples.ts';

samples('n-plus-one', {
  'another call on the same name tells what it is': {
    'package.json': '{ "dependencies": { "mongodb": "6" } }',
    'carts.ts': `
      export async function refresh({ Cart, context }, carts) {
        for (const cart of carts) {
          const updated = await Cart.findOne({ _id: cart._id }); // want n-plus-one
          emit(updated);
        }
        await Cart.updateOne({ _id: first }, { $set: { checked: true } });
      }
      export class Carts {
        constructor({ collections }) { this.carts = collections.carts; }
        touch = (id) => this.carts.updateOne({ _id: id }, { $set: { touched: true } });
        async all(ids) {
          for (const id of ids) await this.carts.findOne({ _id: id }); // want n-plus-one
        }
      }`,
  },
  'it tells nothing of other names, and of the same name elsewhere': {
    'package.json': '{ "dependencies": { "mongodb": "6" } }',
    'carts.ts': `
      export async function refresh({ Cart, list }, carts) {
        for (const cart of carts) await list.findOne({ _id: cart._id });
        await Cart.updateOne({ _id: first }, { $set: { checked: true } });
      }
      export async function others({ Cart }, carts) {
        for (const cart of carts) await Cart.findOne({ _id: cart._id });
      }`,
  },
});
