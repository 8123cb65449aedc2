import { samples } from '../samples.ts';

samples('n-plus-one', {
  'a model of another file': {
    'models/Pet.js': `
      const { Model } = require('objection');
      class Pet extends Model {
        static get tableName() { return 'pets'; }
      }
      module.exports = Pet;`,
    'owners.js': `
      const Pet = require('./models/Pet');
      exports.withPets = async (owners) => {
        for (const owner of owners) {
          owner.pets = await Pet.query().where('owner_id', owner.id); // want n-plus-one
        }
        return owners;
      };`,
  },
  'a model of a base class': {
    'src/base.ts': `
      import { Model } from 'objection';
      export class BaseModel extends Model { static modelPaths = [__dirname]; }`,
    'src/person.ts': `
      import { BaseModel } from './base';
      export class Person extends BaseModel { static tableName = 'people'; }`,
    'src/load.ts': `
      import { Person } from './person';
      export const load = (ids: number[]) => Promise.all(ids.map((id) => Person.query().findById(id).throwIfNotFound())); // want n-plus-one`,
  },
  'related rows of each row': `
    import { Person } from './person';
    const people = await Person.query().limit(20);
    for (const person of people) {
      const pets = await person.$relatedQuery('pets').select('name'); // want n-plus-one
      show(person, pets);
    }`,
  'a graph for each row': `
    for (const person of people) {
      await person.$fetchGraph('pets.toys'); // want n-plus-one
    }`,
  'one patch after the other': `
    import { Model } from 'objection';
    class Order extends Model { static tableName = 'orders'; }
    for (const id of ids) {
      await Order.query().findById(id).patch({ status: 'sent' }); // want n-plus-one
    }
    for (const order of orders) await order.$query().delete(); // want n-plus-one`,
  'one insert after the other': `
    import { Model } from 'objection';
    class Order extends Model { static tableName = 'orders'; }
    await Order.transaction(async (trx) => {
      for (const row of rows) await Order.query(trx).insert(row); // want n-plus-one
    });`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'the related rows come with the query': `
    import { Model } from 'objection';
    class Person extends Model { static tableName = 'people'; }
    const people = await Person.query().withGraphFetched('pets').limit(20);
    await Person.fetchGraph(people, 'address');
    const pets = await Person.relatedQuery('pets').for(people.map((person) => person.id));
    for (const person of people) show(person.pets, person.$toJson());`,
  'one query by all ids, one insert for all rows': `
    import { Model } from 'objection';
    class Person extends Model { static tableName = 'people'; }
    const people = await Person.query().findByIds(ids);
    await Person.query().patch({ seen: true }).whereIn('id', ids);
    await Person.query().insert(rows);
    await Person.query().upsertGraph(rows);`,
  'conditions are put on a query in a loop': `
    import { Model } from 'objection';
    class Person extends Model { static tableName = 'people'; }
    const query = Person.query().limit(20);
    for (const [column, value] of Object.entries(filters)) query.where(column, value);
    const people = await query;`,
  'rows are made from JSON': `
    import { Model } from 'objection';
    class Person extends Model { static tableName = 'people'; }
    const people = rows.map((row) => Person.fromJson(row));
    for (const person of people) person.$set({ seen: true });`,
});

samples('missing-limit', {
  'the whole table': `
    import { Model } from 'objection';
    class Person extends Model { static tableName = 'people'; }
    export const people = () => Person.query(); // want missing-limit`,
  'a filter and an order do not limit': `
    import { Model } from 'objection';
    class Person extends Model { static tableName = 'people'; }
    export async function people() {
      return await Person.query().select('id', 'name').where('active', true).orderBy('name'); // want missing-limit
    }`,
  'joined and fetched with their pets': `
    import { Model } from 'objection';
    class Person extends Model { static tableName = 'people'; }
    const people = await Person.query().withGraphFetched('pets'); // want missing-limit`,
  'models that hang on something': {
    'package.json': '{ "dependencies": { "objection": "3", "pg": "8" } }',
    'tags.js': `
      exports.all = async () => SITE.models.tags.query().orderBy('tag'); // want missing-limit
      exports.page = async (index) => SITE.models.tags.query().orderBy('tag').page(index, 20);
      exports.raw = async (client) => client.query('SELECT 1');
      exports.one = async (id) => await Tag.query().findById(id);`,
  },
  'the children of one parent': `
    import { Model } from 'objection';
    class Pet extends Model { static tableName = 'pets'; }
    export const pets = async (id: number) => Pet.query().where('owner_id', id); // want missing-limit:note
    export const toys = async (pet: Pet) => pet.$relatedQuery('toys'); // want missing-limit:note`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'limits of all kinds': `
    import { Model } from 'objection';
    class Person extends Model { static tableName = 'people'; }
    await Person.query().where('active', true).page(0, 20);
    await Person.query().range(0, 19);
    await Person.query().orderBy('name').limit(20);
    await Person.query().findByIds(ids);
    await Person.query().whereIn('team', teams);`,
  'one row, counts and writes': `
    import { Model } from 'objection';
    class Person extends Model { static tableName = 'people'; }
    await Person.query().first();
    await Person.query().findOne({ email });
    await Person.query().where('active', true).resultSize();
    await Person.query().delete().where('active', false);
    await person.$query().patch({ name });`,
  'a sub-query': `
    import { Model } from 'objection';
    class Person extends Model { static tableName = 'people'; }
    const teams = await Team.query().whereIn('id', Person.query().select('team_id').where('active', true));`,
});
