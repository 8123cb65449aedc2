import { appwrite } from './appwrite.ts';
import { bookshelf } from './bookshelf.ts';
import { cassandra } from './cassandra.ts';
import { clickhouse } from './clickhouse.ts';
import { convex } from './convex.ts';
import { directus } from './directus.ts';
import { drizzle } from './drizzle.ts';
import { dynamodb, dynamoose, electrodb } from './dynamodb.ts';
import { elasticsearch } from './elasticsearch.ts';
import { feathers } from './feathers.ts';
import { firestore } from './firestore.ts';
import { keystone } from './keystone.ts';
import { knex } from './knex.ts';
import { kysely } from './kysely.ts';
import type { Library } from './library.ts';
import { lucid } from './lucid.ts';
import { medusa } from './medusa.ts';
import { mikroOrm } from './mikro-orm.ts';
import { mongodb } from './mongodb.ts';
import { mongoose } from './mongoose.ts';
import { mssql } from './mssql.ts';
import { neo4j } from './neo4j.ts';
import { objection } from './objection.ts';
import { oracledb } from './oracledb.ts';
import { parse } from './parse.ts';
import { payload } from './payload.ts';
import { prisma } from './prisma.ts';
import { redbean } from './redbean.ts';
import { ioredis, redis, upstash } from './redis.ts';
import { sequelize } from './sequelize.ts';
import { mysql, pg, pgPromise, postgresJs, slonik } from './sql-drivers.ts';
import { sqlTemplate } from './sql-template.ts';
import { d1, libsql, sqlite } from './sqlite.ts';
import { strapi } from './strapi.ts';
import { supabase } from './supabase.ts';
import { typeorm } from './typeorm.ts';
import { waterline } from './waterline.ts';

/** Every database library we know. Order decides only between shapes that two of them share. */
export const libraries: readonly Library[] = [
  payload, keystone, strapi, medusa, directus, convex, parse, feathers, appwrite,
  drizzle, prisma, typeorm, sequelize, mongoose, mongodb, kysely, knex, supabase, slonik, pgPromise, postgresJs, mysql, pg, firestore,
  mikroOrm, objection, bookshelf, lucid, waterline,
  redbean, redis, upstash, ioredis, d1, libsql, sqlite, sqlTemplate,
  dynamodb, electrodb, dynamoose, elasticsearch, neo4j, cassandra, mssql, oracledb, clickhouse,
];
