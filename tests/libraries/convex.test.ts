import { samples } from '../samples.ts';

// Functions run beside the database: a read per element is worth a thought, and no more.
samples('n-plus-one', {
  'one read after the other': `
    import { v } from 'convex/values';
    import { query } from './_generated/server';
    export const list = query({
      args: { ids: v.array(v.id('users')) },
      handler: async (ctx, args) => {
        const users = [];
        for (const id of args.ids) users.push(await ctx.db.get(id)); // want n-plus-one:note
        return users;
      },
    });`,
  'a range per element': `
    import { query } from './_generated/server';
    import { v } from 'convex/values';
    export const list = query({
      args: {},
      handler: async (ctx) => {
        const channels = await ctx.db.query('channels').take(20);
        for (const channel of channels) {
          channel.latest = await ctx.db.query('messages').withIndex('by_channel', (q) => q.eq('channelId', channel._id)).order('desc').first(); // want n-plus-one:note
        }
        return channels;
      },
    });`,
  'a mutation per element, from an action': `
    import type { ActionCtx } from 'convex/server';
    import { internal } from './_generated/api';
    export async function load(ctx: ActionCtx, rows: Row[]) {
      for (const row of rows) {
        await ctx.runMutation(internal.rows.add, { row }); // want n-plus-one:note
      }
    }`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'all at the same time': `
    import { query } from './_generated/server';
    import { v } from 'convex/values';
    export const list = query({
      args: {},
      handler: async (ctx, args) => Promise.all(args.ids.map((id) => ctx.db.get(id))),
    });`,
  'page by page': `
    import { query } from './_generated/server';
    import { v } from 'convex/values';
    export const list = query({
      args: {},
      handler: async (ctx, args) => {
        const page = await ctx.db.query('messages').paginate(args.options);
        for (const message of page.page) show(message);
      },
    });`,
  'a database of another kind': `
    for (const id of ids) show(ctx.store.get(id), await box.db.get(id));`,
});

samples('missing-limit', {
  'a database that is handed in, where nothing else is known': `
    export const everybody = (db) => db.query('users').collect(); // want missing-limit`,
  'everything': `
    import { query } from './_generated/server';
    import { v } from 'convex/values';
    export const list = query({ args: {}, handler: async (ctx) => ctx.db.query('messages').collect() }); // want missing-limit`,
  'a filter does not limit': `
    import { query } from './_generated/server';
    import { v } from 'convex/values';
    export const list = query({
      args: {},
      handler: async (ctx) => {
        const open = await ctx.db.query('tasks').filter((q) => q.eq(q.field('open'), true)).order('desc').collect(); // want missing-limit
        return open;
      },
    });`,
  'a range over a status': `
    import { v } from 'convex/values';
    export async function openTasks(db) {
      return await db.query('tasks').withIndex('by_status', (q) => q.eq('status', 'open')).collect(); // want missing-limit
    }`,
  'the children of one parent': `
    import { v } from 'convex/values';
    export async function messages(ctx, id) {
      return await ctx.db.query('messages').withIndex('by_channel', (q) => q.eq('channelId', id)).collect(); // want missing-limit:note
    }`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'limits of all kinds': `
    import { v } from 'convex/values';
    export async function some(ctx, options) {
      await ctx.db.query('messages').order('desc').take(20);
      await ctx.db.query('messages').paginate(options);
      await ctx.db.query('messages').first();
    }`,
  'one, by a key': `
    import { v } from 'convex/values';
    export async function one(ctx, email) {
      await ctx.db.query('users').withIndex('by_email', (q) => q.eq('email', email)).unique();
      await ctx.db.query('users').withIndex('by_email', (q) => q.eq('email', email)).collect();
    }`,
  'collect of something else': `
    import { collect } from 'collect.js';
    show(collect(rows).where('a').all(), metrics.collect(), registry.query('a').collect());`,
});
