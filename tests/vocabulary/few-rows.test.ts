import { samples } from '../samples.ts';

samples(['missing-limit'], {
  'kysely: tables in which a database describes itself': `
    import { Kysely, sql } from 'kysely';
    export const getTables = (db: Kysely<any>, schema: string) => db.selectFrom('information_schema.tables').where('table_schema', '=', schema).selectAll().execute();
    export const getIndexes = (db: Kysely<any>) => db.selectFrom('pg_index as ix').innerJoin('pg_class as i', 'ix.indexrelid', 'i.oid').select(['i.relname as name']).execute();
    export const orders = (db: Kysely<any>) => db.selectFrom('orders as o').selectAll().execute(); // want missing-limit`,
  'kysely: one row without a table': `
    import { Kysely, sql } from 'kysely';
    export async function upsertFaces(db: Kysely<any>, added: any[]) {
      let query = db.selectFrom(sql\`(select 1)\`.as('dummy'));
      await query.execute();
      await db.selectFrom(sql\`(select id from faces)\`.as('f')).execute(); // want missing-limit
    }`,
});

samples(['missing-limit'], {
  'groups of rows with a condition on the group are as many as rows': `
    import { Repository } from 'typeorm';
    import { Person } from './person.entity';
    export class PersonRepository {
      constructor(private people: Repository<Person>) {}
      getAll(userId: string) {
        return this.people.createQueryBuilder('person').leftJoin('person.faces', 'face').where('person.ownerId = :userId', { userId }).having('COUNT(face.assetId) >= :faces', { faces: 1 }).groupBy('person.id').getMany(); // want missing-limit:note
      }
      getAllWithoutFaces() {
        return this.people.createQueryBuilder('person').leftJoin('person.faces', 'face').having('COUNT(face.assetId) = 0').groupBy('person.id').getMany(); // want missing-limit
      }
      twins() {
        return this.people.createQueryBuilder('person').select('person.email').groupBy('person.email').having('COUNT(*) > 1').getRawMany();
      }
    }`,
});
