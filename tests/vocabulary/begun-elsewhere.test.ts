import { samples } from '../samples.ts';

/** Queries and statements that another function begins, limits that somebody may say later, rows that stay few. */
samples('missing-limit', {
  'knex builder from a function, other file, declared QueryBuilder': {
    'src/db.ts': `
      import knex from 'knex';
      import type { Knex } from 'knex';
      export class KnexDatabase {
        knex: Knex;
        constructor() { this.knex = knex({ client: 'pg' }); }
      }
      const db = new KnexDatabase();
      export default db;
      export const schema = (): Knex.QueryBuilder => db.knex.queryBuilder();`,
    'src/syncs.ts': `
      import db, { schema } from './db';
      export const a = async (environmentId: number) => {
        const results = await schema().select('name', 'id').from('syncs').where({ environment_id: environmentId }); // want missing-limit
        return results;
      };
      export const b = async () => {
        return schema().from('syncs').select('*'); // want missing-limit
      };
      export const c = async (id: number) => schema().from('syncs').where({ id }).first();
      export const d = async () => schema().from('syncs').select('*').limit(20);
      export const e = async () => {
        await schema().from('syncs').where({ deleted: true }).delete();
      };`,
  },
  'a builder without a table, of another file': {
    'src/db.ts': `
      import knex from 'knex';
      export const client = knex({ client: 'pg' });
      export const schema = () => client.queryBuilder();`,
    'src/syncs.ts': `
      import { schema } from './db';
      export const a = async (environmentId: number) => {
        const results = await schema().select('name', 'id').from('syncs').where({ environment_id: environmentId }); // want missing-limit
        return results;
      };
      export const d = async () => schema().from('syncs').select('*').limit(20);`,
  },
  'a builder without a table, of the same file': {
    'src/syncs.ts': `
      import knex from 'knex';
      const client = knex({ client: 'pg' });
      const schema = () => client.queryBuilder();
      export const a = async (environmentId: number) => {
        const results = await schema().select('name', 'id').from('syncs').where({ environment_id: environmentId }); // want missing-limit
        return results;
      };`,
  },
  'a builder without a table that is called a query': {
    'src/syncs.ts': `
      import knex from 'knex';
      const client = knex({ client: 'pg' });
      const baseQuery = () => client.queryBuilder();
      export const a = async (environmentId: number) => {
        const results = await baseQuery().select('name', 'id').from('syncs').where({ environment_id: environmentId }); // want missing-limit
        return results;
      };`,
  },
  'a builder with its table': {
    'src/syncs.ts': `
      import knex from 'knex';
      const client = knex({ client: 'pg' });
      const syncs = () => client('syncs');
      export const a = async (environmentId: number) => {
        const results = await syncs().select('name', 'id').where({ environment_id: environmentId }); // want missing-limit
        return results;
      };
      export const a2 = async (environmentId: number) => syncs().where({ id: environmentId }).first();`,
  },
  'a method that gives a query of Mongoose': {
    'src/list.js': `
      const mongoose = require('mongoose');
      class List {
        constructor(key) {
          this.model = mongoose.model(key, new mongoose.Schema({}));
        }
        async a(args) { const rows = await this.buildItemsQuery(args); return rows.map(String); } // want missing-limit
        async c(args) { return await this.buildItemsQuery(args).sort('x'); } // want missing-limit
        async d(args) { return await this.buildItemsQuery(args).limit(3); }
        buildItemsQuery(args) {
          return this.model.find({ open: true });
        }
      }
      module.exports = List;`,
  },
  'a function that gives a query of Mongoose': {
    'src/list.js': `
      const mongoose = require('mongoose');
      const Item = mongoose.model('Item', new mongoose.Schema({}));
      function buildItemsQuery(args) {
        return Item.find({ open: true });
      }
      exports.a = async (args) => { const rows = await buildItemsQuery(args); return rows.map(String); } // want missing-limit
      exports.c = async (args) => { return await buildItemsQuery(args).sort('x'); } // want missing-limit
      exports.d = async (args) => { return await buildItemsQuery(args).limit(3); }`,
  },
  'a function that gives a query of Knex': {
    'src/list.js': `
      const db = require('knex')({});
      function buildItemsQuery(args) {
        return db('items').where({ open: true });
      }
      exports.a = async (args) => { const rows = await buildItemsQuery(args); return rows.map(String); } // want missing-limit
      exports.c = async (args) => { return await buildItemsQuery(args).orderBy('x'); } // want missing-limit
      exports.d = async (args) => { return await buildItemsQuery(args).limit(3); }`,
  },
  'a function that gives a query which it kept': {
    'src/list.js': `
      const db = require('knex')({});
      function buildItemsQuery(args) {
        const query = db('items').where({ open: true });
        if (args.sort) query.orderBy(args.sort);
        return query;
      }
      exports.a = async (args) => { const rows = await buildItemsQuery(args); return rows.map(String); } // want missing-limit
      exports.c = async (args) => { return await buildItemsQuery(args).orderBy('x'); } // want missing-limit
      exports.d = async (args) => { return await buildItemsQuery(args).limit(3); }`,
  },
  'tables chosen from a table of names': {
    'src/bookshelf.js': `
      const bookshelf = require('bookshelf');
      const knex = require('knex');
      const ghostBookshelf = bookshelf(knex({}));
      module.exports = ghostBookshelf;`,
    'src/base.js': `
      const ghostBookshelf = require('./bookshelf');
      const tableNames = { Post: 'posts', User: 'users' };
      exports.raw = function (modelName, filter) {
        let query = ghostBookshelf.knex(tableNames[modelName]); // want missing-limit
        query.select(['id']);
        return query.then((objects) => objects.map(String));
      };
      exports.raw2 = function (modelName, filter) {
        let query = ghostBookshelf.knex('posts'); // want missing-limit
        query.select(['id']);
        return query.then((objects) => objects.map(String));
      };
      exports.raw3 = function (modelName, filter) {
        return ghostBookshelf.knex(tableNames[modelName]).select('id').then((objects) => objects.map(String)); // want missing-limit
      };
      exports.raw4 = function (modelName, filter) {
        return ghostBookshelf.knex(tableNames[modelName]).select('id').limit(10).then((objects) => objects.map(String));
      };
      exports.raw5 = function (modelName, id) {
        return ghostBookshelf.knex(tableNames[modelName]).where({ id }).first();
      };`,
  },
  'knex element table': {
    'src/base.js': `
      const knex = require('knex')({});
      const tableNames = { Post: 'posts', User: 'users' };
      exports.raw = function (modelName) {
        return knex(tableNames[modelName]).select('id'); // want missing-limit
      };`,
  },
  'one of two clients, called with a table': {
    'src/db.js': `
      const knex = require('knex')({});
      module.exports = { knex };`,
    'src/base.js': `
      const db = require('./db');
      exports.raw = function (tableName, options) {
        const query = (options.transacting || db.knex)(tableName); // want missing-limit
        return query.select();
      };
      exports.raw2 = function (tableName, options) {
        return (options.transacting || db.knex)(tableName).select(); // want missing-limit
      };
      exports.raw3 = function (tableName, options) {
        return (options.transacting || db.knex)(tableName).select().limit(10);
      };
      exports.raw4 = function (tableName, options) {
        const query = db.knex(tableName); // want missing-limit
        return query.select();
      };
      exports.raw5 = function (options) {
        const client = options.transacting ?? db.knex;
        return client('posts').select('id'); // want missing-limit
      };
      exports.raw6 = function (options) {
        return (options.transacting ?? db.knex)('posts').select('id'); // want missing-limit
      };
      exports.raw7 = function (options) {
        return (options.transacting ?? db.knex)('posts').where({ id: 1 });
      };`,
  },
  'a conditional limit behind a context': {
    'src/queries/users-roles.ts': `
      import type { CommonQueryMethods } from 'slonik';
      import { sql } from 'slonik';
      import { conditionalSql, convertToIdentifiers } from '../utils/sql';
      import { UsersRoles } from '@acme/schemas';
      const { table, fields } = convertToIdentifiers(UsersRoles);
      export const createUsersRolesQueries = (pool: CommonQueryMethods) => {
        const findUsersRolesByRoleId = async (roleId: string, limit?: number) =>
          pool.any<UsersRole>(sql\`
            select \${sql.join(Object.values(fields), sql\`,\`)}
            from \${table}
            where \${fields.roleId}=\${roleId}
            \${conditionalSql(limit, (value) => sql\`limit \${value}\`)}
          \`);
        return { findUsersRolesByRoleId };
      };`,
    'src/utils/sql.ts': `
      import { sql } from 'slonik';
      export const conditionalSql = <T>(value: T, build: (value: NonNullable<T>) => any) => value ? build(value as any) : sql\`\`;
      export const convertToIdentifiers = (s: any) => s;`,
    'src/tenants/Queries.ts': `
      import type { CommonQueryMethods } from 'slonik';
      import { createUsersRolesQueries } from '../queries/users-roles';
      export default class Queries {
        usersRoles = createUsersRolesQueries(this.pool);
        constructor(public readonly pool: CommonQueryMethods) {}
      }`,
    'src/tenants/TenantContext.ts': `
      import type Queries from './Queries';
      export default abstract class TenantContext {
        public abstract readonly queries: Queries;
      }`,
    'src/routes/a.ts': `
      import type TenantContext from '../tenants/TenantContext';
      import type Router from 'koa-router';
      export default function a(router: Router, { queries }: TenantContext) {
        const { usersRoles: { findUsersRolesByRoleId } } = queries;
        router.get('/roles/:id/users', async (ctx, next) => {
          const usersRoles = await findUsersRolesByRoleId(ctx.params.id); // want missing-limit:note
          ctx.body = usersRoles;
        });
        router.get('/roles/:id/few', async (ctx, next) => {
          const usersRoles = await findUsersRolesByRoleId(ctx.params.id, 3);
          ctx.body = usersRoles;
        });
      }`,
    'src/routes/types.ts': `
      import type TenantContext from '../tenants/TenantContext';
      import type Router from 'koa-router';
      type RouterInit<T> = (router: T, tenant: TenantContext) => void;
      export type RouterInitArgs<T> = Parameters<RouterInit<T>>;`,
    'src/routes/b.ts': `
      import type { RouterInitArgs } from './types';
      export default function b<T>(...[router, { queries }]: RouterInitArgs<T>) {
        const { usersRoles: { findUsersRolesByRoleId } } = queries;
        router.get('/roles/:id/users', async (ctx, next) => {
          const usersRoles = await findUsersRolesByRoleId(ctx.params.id); // want missing-limit:note
          ctx.body = usersRoles;
        });
        router.get('/roles/:id/few', async (ctx, next) => {
          const usersRoles = await findUsersRolesByRoleId(ctx.params.id, 3);
          ctx.body = usersRoles;
        });
      }`,
    'src/routes/c.ts': `
      import type TenantContext from '../tenants/TenantContext';
      import type Router from 'koa-router';
      export default function c(...[router, { queries }]: [Router, TenantContext]) {
        router.get('/roles/:id/users', async (ctx, next) => {
          ctx.body = await queries.usersRoles.findUsersRolesByRoleId(ctx.params.id); // want missing-limit:note
        });
        router.get('/roles/:id/few', async (ctx, next) => {
          ctx.body = await queries.usersRoles.findUsersRolesByRoleId(ctx.params.id, 3);
        });
      }`,
  },
  'slonik conditional limit whole object': {
    'src/q.ts': `
      import type { CommonQueryMethods } from 'slonik';
      import { sql } from 'slonik';
      export const conditionalSql = <T>(value: T, build: (value: NonNullable<T>) => any) => value ? build(value as any) : sql\`\`;
      export const findApps = async (pool: CommonQueryMethods, pagination?: { limit: number; offset: number }) =>
          pool.any<UsersRole>(sql\`
            select id
            from applications
            order by created_at desc
            \${conditionalSql(pagination, ({ limit, offset }) => sql\`limit \${limit} offset \${offset}\`)}
          \`);
      export async function a(pool: CommonQueryMethods) {
        const usersRoles = await findApps(pool); // want missing-limit
        return usersRoles;
      }
      export async function b(pool: CommonQueryMethods) {
        return await findApps(pool, { limit: 20, offset: 0 });
      }`,
  },
  'a conditional limit in a fragment': {
    'src/q.ts': `
      import type { CommonQueryMethods } from 'slonik';
      import { sql } from 'slonik';
      export const findUsersRolesByRoleId = async (pool: CommonQueryMethods, roleId: string, limit?: number) =>
          pool.any<UsersRole>(sql\`
            select id
            from users_roles
            where role_id=\${roleId}
            \${limit ? sql\`limit \${limit}\` : sql\`\`}
          \`);
      export async function a(pool: CommonQueryMethods, id: string) {
        const usersRoles = await findUsersRolesByRoleId(pool, id); // want missing-limit:note
        return usersRoles;
      }
      export async function b(pool: CommonQueryMethods, id: string) {
        return await findUsersRolesByRoleId(pool, id, 3);
      }`,
  },
  'a conditional limit in text of pg': {
    'src/q.ts': `
      import { Pool } from 'pg';
      const pool = new Pool();
      export const findUsersRolesByRoleId = async (roleId: string, limit?: number) =>
          pool.query(\`select id from users_roles where role_id=$1 \${limit ? \`limit \${limit}\` : ''}\`, [roleId]);
      export async function a(id: string) {
        const usersRoles = await findUsersRolesByRoleId(id); // want missing-limit:note
        return usersRoles;
      }
      export async function b(id: string) {
        return await findUsersRolesByRoleId(id, 3);
      }`,
  },
  'limit assigned later': `
    import { Sequelize, Model, Op } from 'sequelize';
    import models from './models';
    export class Comment extends Model {}
    export async function list(id: number, { limit, offset, tag }: { limit?: number; offset?: number; tag?: string }) {
      const query: any = { where: { ConversationId: id }, order: [['createdAt', 'DESC']] };
      if (limit) {
        query.limit = limit;
      }
      if (offset) query.offset = offset;
      if (tag) query.where.tags = { [Op.contains]: [tag] };
      const result = await Comment.findAndCountAll(query); // want missing-limit:note
      return result;
    }
    export async function listB(id: number, { limit = 50 }: { limit?: number }) {
      const query: any = { where: { ConversationId: id } };
      if (limit) query.limit = limit;
      return Comment.findAll(query);
    }
    export async function listC(id: number, limit: number) {
      const query: any = { where: { ConversationId: id } };
      query.limit = limit;
      return Comment.findAll(query);
    }`,
  'a key that may be undefined': `
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    export const a = (userId?: string, q?: string) => prisma.post.findMany({ where: { title: q, id: userId ?? undefined } }); // want missing-limit
    export const b = (userId?: string, q?: string) => prisma.post.findMany({ where: { title: q, id: userId ? userId : undefined } }); // want missing-limit
    export const c = (ids?: string[]) => prisma.post.findMany({ where: { id: ids ? { in: ids } : undefined } }); // want missing-limit
    export const d = (ids: string[]) => prisma.post.findMany({ where: { id: { in: ids } } });`,
  'call asks for all': {
    'src/flow-service.ts': `
      import { DataSource } from 'typeorm';
      import { Flow } from './flow';
      export const flowService = (ds: DataSource) => ({
        async list({ projectIds, limit }: { projectIds: string[]; limit: number }) {
          const data = await ds.getRepository(Flow).find({ where: { open: true }, take: limit });
          return { data };
        },
      });`,
    'src/mcp.ts': `
      import { flowService } from './flow-service';
      export async function listFlows(ds: any, projectId: string) {
        const flows = await flowService(ds).list({ projectIds: [projectId], limit: 1000000 }); // want missing-limit
        return flows.data;
      }
      export async function few(ds: any, projectId: string) {
        return (await flowService(ds).list({ projectIds: [projectId], limit: 100 })).data;
      }`,
  },
  'statement given by method, slonik': `
    import { sql, type CommonQueryMethods } from 'slonik';
    export class Invitations {
      constructor(public readonly pool: CommonQueryMethods) {}
      async all() {
        return this.pool.any(this.#find()); // want missing-limit
      }
      async page(limit: number, offset: number) {
        return this.pool.any(this.#findPage(limit, offset));
      }
      async byId(id: string) {
        return this.pool.any(this.#findOne(id));
      }
      #find() { return sql\`select id, name from invitations where open = true order by id\`; }
      #findPage(limit: number, offset: number) { return sql\`select id, name from invitations limit \${limit} offset \${offset}\`; }
      #findOne(id: string) { return sql\`select id, name from invitations where id = \${id}\`; }
    }`,
  'statement given by function, pg': `
    import { Pool } from 'pg';
    const pool = new Pool();
    const openOrders = () => \`select id, name from orders where open = true\`;
    const someOrders = () => \`select id, name from orders where open = true limit 10\`;
    export const a = () => pool.query(openOrders()); // want missing-limit
    export const b = () => pool.query(someOrders());`,
  'a wrapper that spells the statement otherwise': {
    'lib/db.ts': `
      import { Pool } from 'pg';
      const client = new Pool();
      export async function rawQuery(sql: string, data: any): Promise<any> { const query = sql.replace(/x/g, '?'); return client.query(query, data); }`,
    'queries/a.ts': `
      import { rawQuery } from '../lib/db';
      export async function a(websiteId: string) {
        return rawQuery(\`select id from website_event where website_id = $1\`, [websiteId]); // want missing-limit:note
      }`,
  },
  'a wrapper around raw statements of Prisma': {
    'lib/db.ts': `
      import { PrismaClient } from '@prisma/client';
      const client = new PrismaClient();
      export async function rawQuery(sql: string, data: any): Promise<any> { return client.$queryRawUnsafe(sql, ...data); }`,
    'queries/a.ts': `
      import { rawQuery } from '../lib/db';
      export async function a(websiteId: string) {
        return rawQuery(\`select id from website_event where website_id = $1\`, [websiteId]); // want missing-limit:note
      }`,
  },
  'OR of a mapped list': `
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    export const a = (environmentId: string, groups: { task: string; print: string }[]) => prisma.errorGroupState.findMany({ where: { environmentId, OR: groups.map((e) => ({ taskIdentifier: e.task, errorFingerprint: e.print })) } });
    export const b = (environmentId: string) => prisma.errorGroupState.findMany({ where: { environmentId, OR: [{ status: 'a' }, { status: 'b' }] } }); // want missing-limit`,
  'knex distinct of one column': `
    import knex from 'knex';
    const db = knex({});
    export const a = async (id: number) => db('survey_observation').distinct('itis_tsn').where('survey_id', id);
    export const b = async (id: number) => db('survey_observation').distinct('*').where('survey_id', id); // want missing-limit:note`,
  'builder in an arrow property': `
    import knex from 'knex';
    const db = knex({});
    export class Strategy {
      constructor(private id: number) {}
      async stream() { return this._getSql().stream(); }
      _getSql = () => {
        const queryBuilder = db.queryBuilder().select('*').from('survey_observation').where('survey_id', this.id);
        return queryBuilder;
      };
    }`,
  'admins of one': `
    import { Model } from 'sequelize';
    export class Member extends Model {}
    export const a = (id: number) => Member.findAll({ where: { CollectiveId: id, role: 'ADMIN' } });`,
});

/** Names of tables in statements. */
samples('missing-limit', {
  'a table that is taken out of what a function makes of an entity': {
    'src/queries/connector.ts': `
      import { Connectors, Users } from '@acme/schemas';
      import type { CommonQueryMethods } from 'slonik';
      import { sql } from 'slonik';
      import { convertToIdentifiers, manyRows } from '../utils/sql';
      const { table, fields } = convertToIdentifiers(Connectors);
      export const createConnectorQueries = (pool: CommonQueryMethods) => {
        const findAllConnectors = async () => manyRows(pool.query<Connector>(sql\`select \${sql.join(Object.values(fields), sql\`, \`)} from \${table} order by \${fields.id} asc\`));
        return { findAllConnectors };
      };`,
    'src/queries/users.ts': `
      import { Users } from '@acme/schemas';
      import type { CommonQueryMethods } from 'slonik';
      import { sql } from 'slonik';
      import { convertToIdentifiers, manyRows } from '../utils/sql';
      const { table, fields } = convertToIdentifiers(Users);
      export const createUserQueries = (pool: CommonQueryMethods) => {
        const findAllUsers = async () => manyRows(pool.query<User>(sql\`select \${sql.join(Object.values(fields), sql\`, \`)} from \${table} order by \${fields.id} asc\`)); // want missing-limit
        return { findAllUsers };
      };`,
    'src/utils/sql.ts': `
      export const convertToIdentifiers = (s: any) => ({ table: s.table, fields: s.fields });
      export const manyRows = async (q: any) => (await q).rows;`,
  },
});
