import { samples } from '../samples.ts';

samples(['unbounded-limit'], {
  "fastify: a paginator of the project's own that is told how many": {
    'src/pagination/build-paginator.ts': `
      import { EntitySchema, ObjectLiteral } from 'typeorm';
      import Paginator from './paginator';
      export type PagingQuery = { afterCursor?: string; limit?: number; order?: 'ASC' | 'DESC' };
      export function buildPaginator<Entity extends ObjectLiteral>(options: { entity: EntitySchema<Entity>; query?: PagingQuery }): Paginator<Entity> {
        const { entity, query = {} } = options;
        const paginator = new Paginator<Entity>(entity);
        if (query.afterCursor) paginator.setAfterCursor(query.afterCursor);
        if (query.limit) {
          paginator.setLimit(query.limit);
        }
        return paginator;
      }`,
    'src/pagination/paginator.ts': `
      import { EntitySchema, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
      export default class Paginator<Entity extends ObjectLiteral> {
        private afterCursor: string | null = null;
        private limit = 100;
        public constructor(private readonly entity: EntitySchema) {}
        public setAfterCursor(cursor: string): void { this.afterCursor = cursor; }
        public setLimit(limit: number): void { this.limit = limit; }
        public async paginate(builder: SelectQueryBuilder<Entity>) {
          const result = await this.append(builder).getRawAndEntities();
          const hasMore = result.entities.length > this.limit;
          return { data: result.entities, hasMore };
        }
        private append(builder: SelectQueryBuilder<Entity>): SelectQueryBuilder<Entity> {
          const cloned = new SelectQueryBuilder<Entity>(builder);
          cloned.take(this.limit + 1);
          return cloned;
        }
      }`,
    'src/run.service.ts': `
      import { DataSource } from 'typeorm';
      import { buildPaginator } from './pagination/build-paginator';
      import { RunEntity } from './run.entity';
      const source = new DataSource({ type: 'postgres' });
      export const runService = (log: unknown) => ({
        async list({ projectId, limit, cursor }: ListParams) {
          const paginator = buildPaginator<Run>({ entity: RunEntity, query: { limit, order: 'DESC', afterCursor: cursor ?? undefined } });
          const query = source.getRepository(RunEntity).createQueryBuilder('run').where({ projectId });
          const { data, hasMore } = await paginator.paginate(query);
          return { data, hasMore };
        },
      });
      type ListParams = { projectId: string; limit: number; cursor: string | null };`,
    'src/run.controller.ts': `
      import { FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
      import { ListRunsQuery, ListCapped } from './dto';
      import { runService } from './run.service';
      export const runController: FastifyPluginAsyncTypebox = async (app) => {
        app.get('/', ListRequest, async (request) => {
          return runService(request.log).list({ // want unbounded-limit
            projectId: request.query.projectId,
            cursor: request.query.cursor ?? null,
            limit: Number(request.query.limit ?? 10),
          });
        });
        app.get('/mine', { schema: { querystring: Type.Omit(ListRunsQuery, ['projectId']) } }, async (request) => {
          return runService(request.log).list({ projectId: request.principal.projectId, cursor: null, limit: request.query.limit ?? 1000000 }); // want unbounded-limit
        });
        app.get('/capped', { schema: { querystring: ListCapped } }, async (request) => {
          return runService(request.log).list({ projectId: request.query.projectId, cursor: null, limit: request.query.limit ?? 10 });
        });
      };
      const ListRequest = { config: { security: 'all' }, schema: { tags: ['runs'], querystring: ListRunsQuery } };`,
    'src/dto.ts': `
      import { Static, Type } from '@sinclair/typebox';
      export const ListRunsQuery = Type.Object({ projectId: Type.String(), limit: Type.Optional(Type.Number({})), cursor: Type.Optional(Type.String({})) });
      export const ListCapped = Type.Object({ projectId: Type.String(), limit: Type.Optional(Type.Number({ maximum: 100 })) });`,
    'src/run.entity.ts': `
      import { EntitySchema } from 'typeorm';
      export const RunEntity = new EntitySchema<Run>({ name: 'run', columns: { id: { type: String, primary: true }, projectId: { type: String } } });`,
  },
  'a paginator that caps what it is told': {
    'src/paginate.ts': `
      import { Knex } from 'knex';
      const MAX_PAGE = 100;
      export async function paginate(query: Knex.QueryBuilder, { page = 1, limit = 20 }: { page?: number; limit?: number }) {
        const size = Math.min(limit, MAX_PAGE);
        return query.limit(size).offset((page - 1) * size);
      }`,
    'src/paginate-freely.ts': `
      import { Knex } from 'knex';
      export async function paginateFreely(query: Knex.QueryBuilder, { page = 1, limit = 20 }: { page?: number; limit?: number }) {
        return query.limit(limit).offset((page - 1) * limit);
      }`,
    'src/app.ts': `
      import express from 'express';
      import knex from 'knex';
      import { paginate } from './paginate';
      import { paginateFreely } from './paginate-freely';
      const db = knex({ client: 'pg' });
      const app = express();
      app.get('/orders', async (req, res) => {
        res.json(await paginate(db('orders').orderBy('id'), { limit: Number(req.query.limit) }));
      });
      app.get('/all', async (req, res) => {
        res.json(await paginateFreely(db('orders').orderBy('id'), { limit: Number(req.query.limit) })); // want unbounded-limit
      });`,
  },
});

samples(['unbounded-limit'], {
  'a query that is handed to a function which limits it': `
    import { Knex } from 'knex';
    import knex from 'knex';
    import express from 'express';
    const db = knex({ client: 'pg' });
    const app = express();
    async function freely(query: Knex.QueryBuilder, limit: number) {
      return query.limit(limit);
    }
    async function untyped(query, limit) {
      return query.limit(limit).offset(3);
    }
    app.get('/all', async (req, res) => {
      res.json(await freely(db('orders').orderBy('id'), Number(req.query.limit))); // want unbounded-limit
    });
    app.get('/all2', async (req, res) => {
      res.json(await untyped(db('orders').orderBy('id'), Number(req.query.limit))); // want unbounded-limit
    });`,
});

samples(['missing-limit'], {
  'a query that is handed to a function which goes on with it': `
    import { Knex } from 'knex';
    import knex from 'knex';
    import express from 'express';
    const db = knex({ client: 'pg' });
    const app = express();
    async function freely(query: Knex.QueryBuilder) {
      return query.orderBy('x');
    }
    async function named(query) {
      return query.orderBy('x');
    }
    app.get('/all', async (req, res) => {
      res.json(await freely(db('orders').orderBy('id'))); // want missing-limit
    });
    app.get('/all', async (req, res) => {
      res.json(await freely(db('orders'))); // want missing-limit
    });
    app.get('/all', async (req, res) => {
      res.json(await named(db('orders').orderBy('id'))); // want missing-limit
    });`,
});

samples(['missing-limit'], {
  'handed on: a script, all in one file': `
    import knex from 'knex';
    const db = knex({});
    function paginate(q: any, page: number) { q.limit(20).offset(page * 20); }
    const query = db('orders').where('status', 'open');
    paginate(query, 1);
    export const rows = await query;`,
});
