import { samples } from '../samples.ts';

/** Limits by other ways from a client: fields of GraphQL, loads of SvelteKit, decorators of the project's own. */
samples('unbounded-limit', {
  'the limit of a tag': {
    'src/lib/journal.ts': `
      import postgres from 'postgres';
      const sql = postgres('x');
      export async function entriesOf(userId: number, opts: { show?: number; before?: Date } = {}) {
        const { show = 30, before = new Date() } = opts;
        return sql\`select id from entries where user_id = \${userId} and written_at < \${before} order by written_at desc limit \${show}\`;
      }
      export async function direct(userId: number, show: number) {
        return sql\`select id from entries where user_id = \${userId} order by written_at desc limit \${show}\`;
      }`,
    'src/routes/journal/+page.server.ts': `
      import { error } from '@sveltejs/kit';
      import { direct, entriesOf } from '../../lib/journal';
      export const load = async ({ locals, url }) => {
        const show = url.searchParams.has('show') ? Number(url.searchParams.get('show')) : undefined;
        return await entriesOf(locals.user.id, { show }); // want unbounded-limit
      };`,
    'src/routes/a/+page.server.ts': `
      import { error } from '@sveltejs/kit';
      import { direct, entriesOf } from '../../lib/journal';
      export const load = async ({ locals, url }) => {
        const show = Number(url.searchParams.get('show'));
        return await entriesOf(locals.user.id, { show }); // want unbounded-limit
      };`,
    'src/routes/b/+page.server.ts': `
      import { error } from '@sveltejs/kit';
      import { direct, entriesOf } from '../../lib/journal';
      export const load = async ({ locals, url }) => {
        const show = Number(url.searchParams.get('show'));
        return await direct(locals.user.id, show); // want unbounded-limit
      };`,
    'src/routes/c/+page.server.ts': `
      import { error } from '@sveltejs/kit';
      import { direct, entriesOf } from '../../lib/journal';
      import type { PageServerLoad } from './$types';
      export const load: PageServerLoad = async ({ locals, url }) => {
        const show = Number(url.searchParams.get('show'));
        return await direct(locals.user.id, show); // want unbounded-limit
      };`,
  },
  'apollo': `
    import { PrismaClient } from '@prisma/client';
    import { ApolloServer } from '@apollo/server';
    const prisma = new PrismaClient();
    export const resolvers = {
      Query: {
        threads: (_: unknown, args: { first: number }) => prisma.thread.findMany({ take: args.first }), // want unbounded-limit
      },
      Thread: {
        replies: (thread: { id: string }, args: { first: number }) => prisma.reply.findMany({ where: { threadId: thread.id }, take: args.first }), // want unbounded-limit
        votes: async (thread: { id: string }, { first }: { first: number }) => prisma.vote.findMany({ where: { threadId: thread.id }, take: first }), // want unbounded-limit
      },
    };`,
  'a decorator of one\'s own': {
    'src/page-of.ts': `
      import { createParamDecorator, ExecutionContext } from '@nestjs/common';
      export const PageOf = createParamDecorator((fallback: number, ctx: ExecutionContext) => {
        const { query } = ctx.switchToHttp().getRequest();
        const quantity = Number.parseInt(query.quantity, 10);
        return { quantity: Number.isNaN(quantity) ? fallback : quantity };
      });
      export const CappedPage = createParamDecorator((_: unknown, ctx: ExecutionContext) => {
        const request = ctx.switchToHttp().getRequest();
        return { quantity: Math.min(Number(request.query.quantity) || 20, 100) };
      });`,
    'src/courses.controller.ts': `
      import { Controller, Get } from '@nestjs/common';
      import { Repository } from 'typeorm';
      import { InjectRepository } from '@nestjs/typeorm';
      import { Course } from './course.entity';
      import { CappedPage, PageOf } from './page-of';
      @Controller('courses')
      export class CoursesController {
        constructor(@InjectRepository(Course) private readonly courses: Repository<Course>) {}
        @Get()
        catalog(@PageOf(12) page: { quantity: number }) {
          return this.courses.find({ take: page.quantity }); // want unbounded-limit
        }
        @Get('few')
        few(@CappedPage() page: { quantity: number }) {
          return this.courses.find({ take: page.quantity });
        }
      }`,
  },
});

/** Whatever the number is called. */
samples('unbounded-limit', {
  'the limit of a tag': {
    'src/lib/journal.ts': `
      import postgres from 'postgres';
      const sql = postgres('x');
      export async function direct(userId: number, show: number) {
        return sql\`select id from entries where user_id = \${userId} order by written_at desc limit \${show}\`;
      }`,
    'src/app.ts': `
      import express from 'express';
      import { direct } from './lib/journal';
      const app = express();
      app.get('/a', async (req, res) => {
        res.json(await direct(3, Number(req.query.show))); // want unbounded-limit
      });`,
    'src/routes/c/+server.ts': `
      import { json } from '@sveltejs/kit';
      import { direct } from '../../lib/journal';
      export const GET = async ({ url }) => {
        const show = Number(url.searchParams.get('show'));
        return json(await direct(3, show)); // want unbounded-limit
      };`,
    'src/routes/d/+server.ts': `
      import { json } from '@sveltejs/kit';
      import { direct } from '../../lib/journal';
      export const GET = async ({ url }) => {
        const size = Number(url.searchParams.get('size'));
        return json(await direct(3, size)); // want unbounded-limit
      };`,
  },
});

/** Limits and what looks like one, where several layers, decorators and builders of one's own lie between. */
samples(['missing-limit', 'unbounded-limit'], {
  'slonik limit': {
    'src/documents.ts': `
      import { createSqlTag, type DatabasePool } from 'slonik';
      const sql = createSqlTag({ typeAliases: {} });
      export function documentsSql(pool: DatabasePool) {
        return {
          inFolder: (folderId: number, chunk: number) => pool.any(sql.typeAlias('doc')\`SELECT id FROM documents WHERE folder_id = \${folderId} ORDER BY title LIMIT \${chunk}\`),
        };
      }`,
    'src/plugin.ts': `
      import type { FastifyInstance } from 'fastify';
      import { z } from 'zod';
      import { documentsSql } from './documents';
      const folderQuery = z.object({ chunk: z.string().regex(/^\\d+$/).transform(Number).default('50') });
      const plainQuery = z.object({ chunk: z.coerce.number().default(50) });
      const fewQuery = z.object({ chunk: z.coerce.number().max(100).default(50) });
      export async function documentsPlugin(app: FastifyInstance) {
        const q = documentsSql(app.pool);
        app.get('/folders/:folderId/documents', async (req) => {
          const { chunk } = folderQuery.parse(req.query);
          return q.inFolder(Number(req.params.folderId), chunk); // want unbounded-limit
        });
        app.get('/b/:folderId/documents', async (req) => {
          const { chunk } = plainQuery.parse(req.query);
          return q.inFolder(Number(req.params.folderId), chunk); // want unbounded-limit
        });
        app.get('/c/:folderId/documents', async (req) => {
          const { chunk } = fewQuery.parse(req.query);
          return q.inFolder(Number(req.params.folderId), chunk);
        });
      }`,
  },
  'all of a query is handed on': {
    'src/permits.js': `
      import { Pool } from 'pg';
      const pool = new Pool();
      const INSPECTIONS = \`
        SELECT inspected_on FROM permit_inspections WHERE permit_no = $1
        ORDER BY inspected_on DESC LIMIT $2 OFFSET $3\`;
      export async function inspections(permitNo, { quantity, from }) {
        const { rows } = await pool.query(INSPECTIONS, [permitNo, quantity, from]);
        return rows;
      }
      export async function get(permitNo) {
        const { rows } = await pool.query({ name: 'permit', text: 'SELECT * FROM permits WHERE permit_no = $1', values: [permitNo] });
        return rows[0];
      }`,
    'src/routes.js': `
      import express from 'express';
      import { inspections } from './permits.js';
      const app = express();
      app.get('/permits/:no/inspections', async (req, res) => {
        res.json(await inspections(req.params.no, req.query)); // want unbounded-limit
      });`,
  },
  'picked and filled up': `
    const express = require('express');
    const { pick, defaults } = require('lodash');
    const mongoose = require('mongoose');
    const Run = mongoose.model('Run', new mongoose.Schema({ lab: String }));
    const OPTIONS = ['limit', 'skip', 'sort'];
    const app = express();
    app.get('/runs', async (req, res) => {
      const options = defaults(pick(req.query, OPTIONS), { limit: 50, sort: '-startedAt' });
      const runs = await Run.find({ lab: req.query.lab }, null, options); // want unbounded-limit
      res.json({ runs });
    });
    app.get('/few', async (req, res) => {
      const options = defaults(pick(req.query, ['skip', 'sort']), { limit: 50, sort: '-startedAt' });
      res.json(await Run.find({ lab: req.query.lab }, null, options));
    });`,
  'decorators of routing-controllers': {
    'src/stats.controller.ts': `
      import { Get, JsonController, QueryParam } from 'routing-controllers';
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      @JsonController('/stats')
      export class StatsController {
        @Get('/readings')
        readings(@QueryParam('chunk') chunk?: number) {
          return prisma.reading.findMany({ take: chunk }); // want unbounded-limit
        }
        @Get('/few')
        few(@QueryParam('chunk') chunk = 20) {
          return prisma.reading.findMany({ take: Math.min(chunk, 100) });
        }
      }`,
  },
  'a controller of tsoa': {
    'src/tender.controller.ts': `
      import { Controller, Get, Path, Query, Route } from 'tsoa';
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      @Route('tenders')
      export class TenderController extends Controller {
        @Get('{id}/offers')
        public async offers(@Path() id: string, @Query() entries?: number) {
          return prisma.offer.findMany({ where: { tenderId: id }, take: entries }); // want unbounded-limit
        }
        /**
         * @maximum entries 100
         */
        @Get('{id}/few')
        public async few(@Path() id: string, @Query() entries = 20) {
          return prisma.offer.findMany({ where: { tenderId: id }, take: entries });
        }
      }`,
  },
  'pothos default': `
    import SchemaBuilder from '@pothos/core';
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    const builder = new SchemaBuilder({});
    builder.queryFields((t) => ({
      logs: t.field({
        type: ['Log'],
        args: { amount: t.arg.int({ defaultValue: 5 }) },
        resolve: (_root, { amount }) => prisma.log.findMany({ take: amount ?? 5 }), // want unbounded-limit
      }),
      few: t.field({
        type: ['Log'],
        args: { amount: t.arg.int({ defaultValue: 5, validate: { max: 100 } }) },
        resolve: (_root, { amount }) => prisma.log.findMany({ take: amount }),
      }),
    }));`,
  'builders of one\'s own': `
    import { Model, QueryBuilder } from 'objection';
    class PagedBuilder extends QueryBuilder {
      slicePage(no: number, size: number) {
        return this.page(no, Math.min(size || 25, 100));
      }
    }
    class Base extends Model { static QueryBuilder = PagedBuilder; }
    class Inspection extends Base { static tableName = 'inspections'; }
    class Finding extends Base { static tableName = 'findings'; }
    export const page = (siteId: number, no: number, size: number) => Inspection.query().where({ siteId }).orderBy('at').slicePage(no, size);
    export async function open(siteId: number) {
      return Finding.query().where('siteId', siteId).whereNull('closedAt'); // want missing-limit
    }
    export async function count(siteId: number) {
      return Finding.query().joinRelated('inspection').where({ 'inspection.siteId': siteId, severity: 'major' }).resultSize();
    }`,
  'ids of documents': `
    import { FieldPath, getFirestore } from 'firebase-admin/firestore';
    const db = getFirestore();
    export async function some(ids: string[]) {
      return (await db.collection('listings').where(FieldPath.documentId(), 'in', ids).get()).docs;
    }`,
  'a builder that a function limits': `
    import { MikroORM } from '@mikro-orm/postgresql';
    const orm = await MikroORM.init();
    function window(qb, index: number, entries: number) {
      const n = entries > 0 ? Math.min(entries, 40) : 40;
      return qb.limit(n, index * n);
    }
    export class Tenders {
      private filtered(region?: string) {
        const qb = orm.em.createQueryBuilder(Tender, 't').select('*');
        if (region) qb.andWhere({ region });
        return qb.orderBy({ publishedAt: 'desc' });
      }
      page(region: string, index: number, entries: number) {
        return window(this.filtered(region), index, entries).getResultList();
      }
    }`,
  'what is called with a name, and is no table': {
    'package.json': '{ "dependencies": { "knex": "^3.0.0", "objection": "^3.0.0" } }',
    'src/service.ts': `
      import { Finding } from '../models/finding';
      import { store } from '../lost';
      export class Inspections {
        severe(siteId: number) {
          return Finding.query().joinRelated('inspection').where({ siteId, severity: 'major' }).resultSize();
        }
        newest(name: string) {
          return store.sorted().orderBy('at').first();
        }
        all() {
          return store.db('inspections').where({ open: true }); // want missing-limit
        }
      }`,
  },
});

samples('unbounded-limit', {
  'fields of a resolver class': {
    'src/args.ts': `
      import { ArgsType, Field, Int } from '@nestjs/graphql';
      import { Max, Min } from 'class-validator';
      @ArgsType()
      export class ConnectionArgs {
        @Field(() => Int)
        @Min(1)
        first!: number;
        @Field({ nullable: true })
        after?: string;
      }
      @ArgsType()
      export class FewArgs {
        @Field(() => Int)
        @Min(1)
        @Max(50)
        first!: number;
      }`,
    'src/artworks.service.ts': `
      import { DataSource } from 'typeorm';
      import { ConnectionArgs, FewArgs } from './args';
      import { ArtworkEntity } from './artwork.entity';
      export class ArtworksService {
        constructor(private readonly ds: DataSource) {}
        async connection(artistId: string, { first, after }: ConnectionArgs) {
          const rows = await this.ds.manager.find(ArtworkEntity, { where: { artistId }, take: first + 1 });
          return { rows: rows.slice(0, first), hasNextPage: rows.length > first };
        }
        async few(artistId: string, { first }: FewArgs) {
          return this.ds.manager.find(ArtworkEntity, { where: { artistId }, take: first });
        }
      }`,
    'src/artist.resolver.ts': `
      import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
      import { ConnectionArgs, FewArgs } from './args';
      import { ArtworksService } from './artworks.service';
      @Resolver(() => Artist)
      export class ArtistResolver {
        constructor(private readonly artworks: ArtworksService) {}
        @ResolveField(() => [Artwork])
        artworksConnection(@Parent() artist: Artist, @Args() args: ConnectionArgs) {
          return this.artworks.connection(artist.id, args); // want unbounded-limit
        }
        @ResolveField(() => [Artwork])
        few(@Parent() artist: Artist, @Args() args: FewArgs) {
          return this.artworks.few(artist.id, args);
        }
      }`,
  },
  'replacements': `
    import { Sequelize, QueryTypes } from 'sequelize';
    import express from 'express';
    const sequelize = new Sequelize('x');
    const app = express();
    async function readings({ meterId, chunk = 96 }) {
      return sequelize.query('SELECT kwh FROM readings WHERE meter_id = :meterId ORDER BY at DESC LIMIT :chunk', { replacements: { meterId, chunk }, type: QueryTypes.SELECT });
    }
    app.get('/a', async (req, res) => {
      res.json(await readings({ meterId: req.query.meter, chunk: Number(req.query.chunk) })); // want unbounded-limit
    });
    app.get('/b', async (req, res) => {
      res.json(await sequelize.query('SELECT kwh FROM readings ORDER BY at DESC LIMIT :chunk', { replacements: { chunk: Number(req.query.chunk) }, type: QueryTypes.SELECT })); // want unbounded-limit
    });
    app.get('/c', async (req, res) => {
      res.json(await sequelize.query('SELECT kwh FROM readings ORDER BY at DESC LIMIT ?', { replacements: [Number(req.query.chunk)], type: QueryTypes.SELECT })); // want unbounded-limit
    });`,
});

/** Caps by the order in which objects are put together, by pipes, and by checks. */
samples(['missing-limit', 'unbounded-limit'], {
  'what is filled up, and what counts last': `
    import _ from 'lodash';
    import express from 'express';
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    const app = express();
    app.get('/a', async (req, res) => {
      const options = Object.assign({}, req.query, { limit: 50 });
      res.json(await prisma.user.findMany({ take: options.limit }));
    });
    app.get('/b', async (req, res) => {
      const options = Object.assign({ limit: 50 }, req.query);
      res.json(await prisma.user.findMany({ take: options.limit })); // want unbounded-limit
    });
    app.get('/c', async (req, res) => {
      const options = _.defaults({ limit: 20 }, req.query);
      res.json(await prisma.user.findMany({ take: options.limit }));
    });
    app.get('/d', async (req, res) => {
      const limit = res.locals.validator.isValid('limit') ? Number(req.query.limit) : 20;
      res.json(await prisma.user.findMany({ take: limit }));
    });`,
  'a pipe that one\'s own decorator is given': {
    'src/page.ts': `
      import { createParamDecorator } from '@nestjs/common';
      import { IsInt, Max } from 'class-validator';
      export class PageDto { @IsInt() @Max(100) size: number; }
      export const PageOf = createParamDecorator((data, ctx) => {
        const request = ctx.switchToHttp().getRequest();
        return { size: Number(request.query.size) };
      });`,
    'src/users.controller.ts': `
      import { Controller, Get, ValidationPipe } from '@nestjs/common';
      import { PrismaClient } from '@prisma/client';
      import { PageDto, PageOf } from './page';
      const prisma = new PrismaClient();
      @Controller('users')
      export class UsersController {
        @Get()
        list(@PageOf(new ValidationPipe({ validateCustomDecorators: true })) page: PageDto) {
          return prisma.user.findMany({ take: page.size });
        }
      }`,
  },
  'ranges of documents': `
    import { FieldPath, getFirestore } from 'firebase-admin/firestore';
    const db = getFirestore();
    export async function from(prefix: string) {
      return (await db.collection('listings').where(FieldPath.documentId(), '>=', prefix).get()).docs; // want missing-limit
    }`,
});
