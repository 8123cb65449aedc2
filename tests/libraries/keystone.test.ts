import { samples } from '../samples.ts';

samples('n-plus-one', {
  'items of the context': `
    import { list } from '@keystone-6/core';
    export const resolve = async (root, { ids }, context) => {
      for (const id of ids) {
        const post = await context.db.Post.findOne({ where: { id } }); // want n-plus-one
        show(post);
      }
    };`,
  'a query per element, with all rights': `
    import { list } from '@keystone-6/core';
    export const totals = (users, context) => Promise.all(users.map((user) => context.sudo().query.Post.count({ where: { author: { id: { equals: user.id } } } }))); // want n-plus-one`,
  'one update after the other': `
    import { getContext } from '@keystone-6/core/context';
    import * as PrismaModule from '.prisma/client';
    import config from './keystone';
    const keystone = getContext(config, PrismaModule);
    for (const id of ids) {
      await keystone.db.Post.updateOne({ where: { id }, data: { status: 'published' } }); // want n-plus-one
    }`,
  'a context by its type': `
    import type { KeystoneContext } from '@keystone-6/core/types';
    export async function fill(ks: KeystoneContext, rows: Row[]) {
      for (const row of rows) await ks.db.Row.createOne({ data: row }); // want n-plus-one
    }`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'all at once': `
    import { list } from '@keystone-6/core';
    export async function load(context, ids, rows) {
      const posts = await context.db.Post.findMany({ where: { id: { in: ids } } });
      await context.db.Post.createMany({ data: rows });
      await context.db.Post.updateMany({ data: posts.map(({ id }) => ({ where: { id }, data: { seen: true } })) });
    }`,
  'related items come with the query': `
    import { list } from '@keystone-6/core';
    const users = await context.query.User.findMany({ take: 20, query: 'id name posts { title }' });
    for (const user of users) show(user.posts);`,
  'contexts of other kinds': `
    import { list } from '@keystone-6/core';
    for (const id of ids) show(context.params.get(id), canvas.context.count(id));`,
});

samples('missing-limit', {
  'every item': `
    import { list } from '@keystone-6/core';
    export const posts = (root, args, context) => context.db.Post.findMany(); // want missing-limit`,
  'a condition does not limit': `
    import { list } from '@keystone-6/core';
    export const posts = (context) => context.query.Post.findMany({ where: { status: { equals: 'published' } }, query: 'id title' }); // want missing-limit`,
  'with all rights': `
    import { list } from '@keystone-6/core';
    export const posts = async (context) => {
      const all = await context.sudo().db.Post.findMany({ orderBy: { date: 'desc' } }); // want missing-limit
      return all.length;
    };`,
  'the children of one parent': `
    import { list } from '@keystone-6/core';
    export const posts = (user, context) => context.db.Post.findMany({ where: { author: { id: { equals: user.id } } } }); // want missing-limit:note`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'a limit': `
    import { list } from '@keystone-6/core';
    export const posts = (context) => context.db.Post.findMany({ take: 20, skip: 40 });`,
  'the items of a list': `
    import { list } from '@keystone-6/core';
    export const posts = (context, ids) => context.query.Post.findMany({ where: { id: { in: ids } }, query: 'id' });`,
  'one item and counts': `
    import { list } from '@keystone-6/core';
    export async function some(context) {
      await context.db.Post.findOne({ where: { id } });
      await context.db.Post.count();
    }`,
});
