import { drizzle } from './drizzle.ts';
import { firestore } from './firestore.ts';
import { knex } from './knex.ts';
import { kysely } from './kysely.ts';
import { bookshelf } from './bookshelf.ts';
import { lucid } from './lucid.ts';
import { mikroOrm } from './mikro-orm.ts';
import { objection } from './objection.ts';
import { waterline } from './waterline.ts';
import type { Library } from './library.ts';
import { mongodb } from './mongodb.ts';
import { mongoose } from './mongoose.ts';
import { prisma } from './prisma.ts';
import { ioredis, redis, upstash } from './redis.ts';
import { sequelize } from './sequelize.ts';
import { d1, libsql, sqlite } from './sqlite.ts';
import { mysql, pg, pgPromise, postgresJs, slonik } from './sql-drivers.ts';
import { supabase } from './supabase.ts';
import { typeorm } from './typeorm.ts';

/** Every database library we know. Order decides only between shapes that two of them share. */
export const libraries: readonly Library[] = [
  drizzle, prisma, typeorm, sequelize, mongoose, mongodb, kysely, knex, supabase, slonik, pgPromise, postgresJs, mysql, pg, firestore,
  mikroOrm, objection, bookshelf, lucid, waterline,
  redis, upstash, ioredis, d1, libsql, sqlite,
];
