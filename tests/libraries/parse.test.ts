import { samples } from '../samples.ts';

samples('n-plus-one', {
  'Cloud Code needs no import': `
    Parse.Cloud.define('scores', async (request) => {
      for (const player of request.params.players) {
        const query = new Parse.Query('Score');
        query.equalTo('player', player);
        player.scores = await query.find(); // want n-plus-one
      }
    });`,
  'a query per element': `
    import Parse from 'parse/node';
    export const load = (ids: string[]) => Promise.all(ids.map((id) => new Parse.Query('User').get(id, { useMasterKey: true }))); // want n-plus-one`,
  'objects are saved one by one': `
    const Parse = require('parse/node');
    const Score = Parse.Object.extend('Score');
    async function add(rows) {
      for (const row of rows) {
        const score = new Score();
        score.set('points', row.points);
        await score.save(null, { useMasterKey: true }); // want n-plus-one
      }
    }`,
  'objects that a query found': `
    Parse.Cloud.job('clear', async () => {
      const query = new Parse.Query('Session');
      for (const session of await query.find()) {
        await session.destroy({ useMasterKey: true }); // want n-plus-one
      }
    });`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'all at once': `
    Parse.Cloud.define('scores', async ({ params }) => {
      const query = new Parse.Query('Score').containedIn('player', params.players).include('player');
      const scores = await query.find();
      for (const score of scores) score.increment('seen');
      await Parse.Object.saveAll(scores, { useMasterKey: true });
      await Parse.Object.fetchAll(scores.map((score) => score.get('player')));
    });`,
  'one object at a time, in batches of the library': `
    await new Parse.Query('Score').each((score) => show(score), { useMasterKey: true });`,
  'parsers have the same name': `
    for (const text of texts) show(Papa.Parse(text), JSON.parse(text), parser.find(text));`,
});

samples('missing-limit', {
  'every object': `
    const scores = await new Parse.Query('Score').findAll(); // want missing-limit`,
  'a condition does not limit': `
    import Parse from 'parse/node';
    const query = new Parse.Query('Score');
    query.equalTo('open', true);
    const scores = await query.findAll({ useMasterKey: true }); // want missing-limit`,
  'either or': `
    const query = Parse.Query.or(first, second);
    const scores = await query.findAll(); // want missing-limit`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'a hundred unless more are asked for': `
    await new Parse.Query('Score').find();
    await new Parse.Query('Score').limit(1000).find();`,
  'the objects of a list': `
    await new Parse.Query('Score').containedIn('objectId', ids).findAll();`,
  'one object and counts': `
    await new Parse.Query('Score').first();
    await new Parse.Query('Score').count();`,
});
