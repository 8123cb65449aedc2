import { samples } from '../samples.ts';

samples('n-plus-one', {
  'the one of a request': `
    export const afterRead = async ({ doc, req }) => {
      for (const tag of doc.tags) {
        const found = await req.payload.find({ collection: 'posts', where: { tags: { equals: tag } }, limit: 3 }); // want n-plus-one
        tag.posts = found.docs;
      }
    };`,
  'got by its config': `
    import config from '@payload-config';
    import { getPayload } from 'payload';
    const cms = await getPayload({ config });
    const authors = await Promise.all(ids.map((id) => cms.findByID({ collection: 'authors', id }))); // want n-plus-one`,
  'one update after the other': `
    import type { Payload } from 'payload';
    export async function publish(payload: Payload, ids: string[]) {
      for (const id of ids) {
        await payload.update({ collection: 'posts', id, data: { _status: 'published' } }); // want n-plus-one
      }
    }`,
  'a create for each row': `
    import type { Payload } from 'payload';
    export async function fill(payload: Payload, rows: Row[]) {
      for (const row of rows) await payload.create({ collection: 'rows', data: row }); // want n-plus-one
    }`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'all ids at once': `
    import type { Payload } from 'payload';
    export async function load(payload: Payload, ids: string[]) {
      const { docs } = await payload.find({ collection: 'authors', where: { id: { in: ids } }, limit: ids.length });
      await payload.update({ collection: 'authors', where: { id: { in: ids } }, data: { seen: true } });
      for (const doc of docs) show(doc);
    }`,
  'the payload of a message': `
    for (const message of messages) {
      const { payload } = message;
      show(payload.find((part) => part.id), payload.create({ slug: 'a' }), payload.count());
    }`,
  'a loop over collections asks another one every time': `
    export async function purge({ req }, collections) {
      for (const { slug } of collections) await req.payload.delete({ collection: slug, where: { tenant: { equals: 1 } } });
      for (const slug of slugs) {
        for (const id of ids) await req.payload.delete({ collection: slug, id }); // want n-plus-one
      }
    }`,
  'a fixed list of collections': `
    import type { Payload } from 'payload';
    export const clear = async (payload: Payload) => {
      for (const collection of ['posts', 'tags']) await payload.delete({ collection, where: {} });
    };`,
});

samples('missing-limit', {
  'without pagination': `
    import type { Payload } from 'payload';
    export const posts = (payload: Payload) => payload.find({ collection: 'posts', pagination: false }); // want missing-limit`,
  'a limit of nothing is none': `
    export const posts = async ({ req }) => req.payload.find({ collection: 'posts', limit: 0, depth: 0 }); // want missing-limit`,
  'a condition does not limit': `
    import { getPayload } from 'payload';
    const cms = await getPayload({ config });
    const posts = await cms.find({ collection: 'posts', where: { status: { equals: 'published' } }, limit: 0, sort: '-date' }); // want missing-limit`,
  'the children of one parent': `
    export const lines = ({ req }, id) => req.payload.find({ collection: 'notes', where: { orderId: { equals: id } }, pagination: false }); // want missing-limit:note`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'a page, asked for or not': `
    export async function pages({ req }) {
      await req.payload.find({ collection: 'posts' });
      await req.payload.find({ collection: 'posts', limit: 100, page: 2 });
      await req.payload.find({ collection: 'posts', limit: 1, pagination: false });
    }`,
  'the documents of a list, or one': `
    export async function some({ req }, ids) {
      await req.payload.find({ collection: 'posts', where: { id: { in: ids } }, pagination: false });
      await req.payload.find({ collection: 'posts', where: { and: [{ slug: { equals: 'home' } }, { live: { equals: true } }] }, limit: 0 });
    }`,
  'counts and globals': `
    export async function count({ req }) {
      await req.payload.count({ collection: 'posts' });
      await req.payload.findGlobal({ slug: 'footer' });
    }`,
});
