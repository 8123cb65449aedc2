import { samples } from '../samples.ts';

samples(['n-plus-one'], {
  'constant arithmetic bounds': `
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    const DAYS = 3;
    export async function go(start: Date) {
      for (let i = 0; i <= DAYS * 2; i++) {
        await prisma.memory.create({ data: { day: i, at: start } });
      }
      for (let i = 0; i < 24 * 7; i += 1) await prisma.memory.create({ data: { day: i, at: start } }); // want n-plus-one
      const width = DAYS + 1;
      for (let i = 0; i < width; i += 1) await prisma.memory.create({ data: { day: i, at: start } });
    }`,
  'given by the caller': `
    import { drizzle } from 'drizzle-orm/node-postgres';
    import { eq } from 'drizzle-orm';
    import { members } from './schema';
    const db = drizzle();
    async function resolvePermissions(userId: string): Promise<string[]> {
      const rows = await db.select().from(members).where(eq(members.userId, userId)).limit(1);
      return rows.map((row) => row.permission);
    }
    async function may(params: { action: string; resourceId: string; userId: string; grantedPermissions?: string[] }) {
      const { action, resourceId, userId, grantedPermissions } = params;
      const permissions = grantedPermissions ?? (await resolvePermissions(userId));
      return permissions.includes(\`\${action}:\${resourceId}\`);
    }
    export async function visible(targets: { resourceId: string }[], userId: string, permissionsByUserId: Map<string, string[]>) {
      const grantedPermissions = permissionsByUserId.get(userId)!;
      return Promise.all(targets.map(({ resourceId }) => may({ action: 'view', grantedPermissions, resourceId, userId })));
    }
    export async function visibleToo(targets: { resourceId: string }[], userId: string) {
      return Promise.all(targets.map(({ resourceId }) => may({ action: 'view', resourceId, userId }))); // want n-plus-one
    }
    export async function visibleThree(targets: { resourceId: string }[], userId: string) {
      const permissions = await resolvePermissions(userId);
      return Promise.all(targets.map(({ resourceId }) => may({ action: 'view', resourceId, userId, grantedPermissions: permissions })));
    }`,
  'walks down a path, one name after the other': `
    import { drizzle } from 'drizzle-orm/node-postgres';
    import { and, eq } from 'drizzle-orm';
    import { folders } from './schema';
    const db = drizzle();
    export async function resolve(path: string) {
      let parentId: string | null = null;
      let current: any;
      for (const segment of path.split('/')) {
        const [found] = await db.select().from(folders).where(and(eq(folders.parentId, parentId), eq(folders.name, segment))).limit(1); // want n-plus-one:note
        if (!found) return undefined;
        current = found;
        parentId = found.id;
      }
      return current;
    }
    export async function resolveAll(names: string[], rootId: string) {
      let parentId = rootId;
      for (const name of names) {
        let folder = await db.query.folders.findFirst({ where: and(eq(folders.parentId, parentId), eq(folders.name, name)) }); // want n-plus-one:note
        if (!folder) [folder] = await db.insert(folders).values({ parentId, name }).returning();
        parentId = folder.id;
      }
      return parentId;
    }
    export async function counted(names: string[]) {
      let total = 0;
      for (const name of names) {
        const folder = await db.query.folders.findFirst({ where: eq(folders.name, name) }); // want n-plus-one
        total += folder.size;
      }
      return total;
    }`,
  'a cache that only tests go round': `
    import { DataSource } from 'typeorm';
    import { LRUCache } from 'lru-cache';
    import { Piece } from './piece';
    declare const source: DataSource;
    const cache = new LRUCache<string, any>({ max: 100 });
    const isTesting = process.env.NODE_ENV === 'test';
    async function cachedOrFetch<T>(key: string, fetchFn: () => Promise<T>): Promise<T> {
      if (isTesting) {
        return fetchFn();
      }
      const cached = cache.get(key) as T | undefined;
      if (cached !== undefined) return cached;
      const result = await fetchFn();
      cache.set(key, result);
      return result;
    }
    async function registry() {
      return cachedOrFetch('registry', async () => source.getRepository(Piece).find());
    }
    export async function check(steps: { name: string }[]) {
      for (const step of steps) {
        const all = await registry();
        if (!all.find((piece) => piece.name === step.name)) throw new Error(step.name);
      }
    }`,
});

samples(['n-plus-one'], {
  'tools that a loop registers run later': `
    import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    export async function serve(flows: { name: string; id: string }[], server: McpServer) {
      for (const flow of flows) {
        server.tool(flow.name, {}, async () => {
          const found = await prisma.flow.findUnique({ where: { id: flow.id } });
          return { content: [{ type: 'text', text: String(found?.name) }] };
        });
      }
    }`,
  'kysely: rows of a stream, and a query for each': {
    'src/person.repository.ts': `
      import { Kysely } from 'kysely';
      import { DB } from './schema';
      export class PersonRepository {
        constructor(private db: Kysely<DB>) {}
        getAll(options: { thumbnailPath?: string } = {}) {
          return this.db.selectFrom('person').selectAll().$if(options.thumbnailPath !== undefined, (qb) => qb.where('thumbnailPath', '=', options.thumbnailPath!)).stream();
        }
        async getRandomFace(personId: string) {
          return this.db.selectFrom('face').selectAll().where('personId', '=', personId).executeTakeFirst();
        }
        update(person: { id: string; faceAssetId: string }) {
          return this.db.updateTable('person').set(person).where('id', '=', person.id).returningAll().executeTakeFirstOrThrow();
        }
      }`,
    'src/media.service.ts': `
      import { PersonRepository } from './person.repository';
      export class MediaService {
        constructor(private personRepository: PersonRepository, private jobs: { queueAll(jobs: object[]): Promise<void> }) {}
        async queue(force: boolean) {
          let jobs: object[] = [];
          const people = this.personRepository.getAll(force ? undefined : { thumbnailPath: '' });
          for await (const person of people) {
            if (!person.faceAssetId) {
              const face = await this.personRepository.getRandomFace(person.id); // want n-plus-one
              if (!face) {
                continue;
              }
              await this.personRepository.update({ id: person.id, faceAssetId: face.id });
            }
            jobs.push({ id: person.id });
            if (jobs.length >= 1000) {
              await this.jobs.queueAll(jobs);
              jobs = [];
            }
          }
        }
      }`,
  },
});

samples(['n-plus-one', 'missing-limit'], {
  'results beside others, and a query for each': `
    import { drizzle } from 'drizzle-orm/node-postgres';
    import { asc, eq } from 'drizzle-orm';
    import { evidence as evidences, reports, results as allResults } from './schemas';
    const serverDB = drizzle(process.env.URL!);
    export async function show(runId: string, resolveMeta: (id: string) => Promise<object>) {
      const [report, results] = await Promise.all([
        serverDB.query.reports.findFirst({ where: eq(reports.runId, runId) }),
        serverDB.select().from(allResults).where(eq(allResults.runId, runId)).orderBy(asc(allResults.at)), // want missing-limit:note
      ]);
      const full = await Promise.all(
        results.map(async (r) => {
          const evidence = await serverDB.select().from(evidences).where(eq(evidences.resultId, r.id)).orderBy(asc(evidences.createdAt)); // want n-plus-one missing-limit:note
          return { ...r, evidence: await Promise.all(evidence.map(async (e) => ({ ...e, ...(await resolveMeta(e.fileId)) }))) };
        }),
      );
      return { report, full };
    }`,
});

samples(['n-plus-one'], {
  'an id that a row has not is no relation that its query could have brought': {
    'src/person.repository.ts': `
      import { Kysely } from 'kysely';
      import { DB } from './schema';
      export class PersonRepository {
        constructor(private db: Kysely<DB>) {}
        getAll(options: { thumbnailPath?: string; faceAssetId?: string | null } = {}) {
          return this.db.selectFrom('person').selectAll().$if(options.faceAssetId === null, (qb) => qb.where('person.faceAssetId', 'is', null)).$if(options.thumbnailPath !== undefined, (qb) => qb.where('thumbnailPath', '=', options.thumbnailPath!)).stream();
        }
        async getRandomFace(personId: string) {
          return this.db.selectFrom('face').selectAll().where('personId', '=', personId).executeTakeFirst();
        }
        update(person: { id: string; faceAssetId: string }) {
          return this.db.updateTable('person').set(person).where('id', '=', person.id).returningAll().executeTakeFirstOrThrow();
        }
      }`,
    'src/media.service.ts': `
      import { PersonRepository } from './person.repository';
      export class MediaService {
        constructor(private personRepository: PersonRepository, private jobs: { queueAll(jobs: object[]): Promise<void> }) {}
        async queue(force: boolean) {
          let jobs: object[] = [];
          const people = this.personRepository.getAll(force ? undefined : { thumbnailPath: '' });
          for await (const person of people) {
            if (!person.faceAssetId) {
              const face = await this.personRepository.getRandomFace(person.id); // want n-plus-one
              if (!face) {
                continue;
              }
              await this.personRepository.update({ id: person.id, faceAssetId: face.id });
            }
            jobs.push({ id: person.id });
            if (jobs.length >= 1000) {
              await this.jobs.queueAll(jobs);
              jobs = [];
            }
          }
        }
      }`,
  },
});

samples(['n-plus-one', 'missing-limit'], {
  'rows that are read as they come': `
    import { Kysely } from 'kysely';
    import { DB } from './schema';
    export class Feed {
      constructor(private db: Kysely<DB>) {}
      private assetsOf(ownerId: string) {
        return this.db.selectFrom('asset').selectAll().where('ownerId', '=', ownerId).stream();
      }
      private async listOf(ownerId: string) {
        return this.db.selectFrom('asset').selectAll().where('ownerId', '=', ownerId).execute(); // want missing-limit:note
      }
      async send(partners: { id: string }[], response: { write(text: string): void }) {
        for (const partner of partners) {
          const assets = this.assetsOf(partner.id); // want n-plus-one:note
          for await (const asset of assets) response.write(JSON.stringify(asset));
        }
        for (const partner of partners) {
          const assets = await this.listOf(partner.id); // want n-plus-one
          for (const asset of assets) response.write(JSON.stringify(asset));
        }
      }
    }`,
  'names of an enum that another file holds': {
    'src/enum.ts': `
      export enum VectorIndex { CLIP = 'clip_index', FACE = 'face_index' }`,
    'src/database.repository.ts': `
      import { Kysely } from 'kysely';
      import { VectorIndex } from './enum';
      import { DB } from './schema';
      export class DatabaseRepository {
        constructor(private db: Kysely<DB>) {}
        private async lists(name: VectorIndex) {
          return this.db.selectFrom('smart_index').select('lists').where('name', '=', name).executeTakeFirst();
        }
        async reindexIfNeeded(names: VectorIndex[]) {
          for (const name of names) await this.lists(name);
        }
        async forRows(names: string[]) {
          for (const name of names) await this.lists(name as VectorIndex); // want n-plus-one
        }
      }`,
  },
});

samples(['n-plus-one'], {
  'a map of what the settings hold': `
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    type Definition = { id: string; name: string };
    export class Gateway {
      private definitions: Map<string, Definition>;
      private sessions: Map<string, { id: string }>;
      constructor(private config: { definitions: Definition[] }, sessions: { id: string }[]) {
        this.definitions = new Map(this.config.definitions.map((each) => [each.id, each]));
        this.sessions = new Map(sessions.map((each) => [each.id, each]));
      }
      async sync() {
        for (const platform of this.definitions.keys()) {
          await prisma.bot.findMany({ where: { platform }, take: 100 });
        }
        for (const id of this.sessions.keys()) {
          await prisma.bot.findMany({ where: { sessionId: id }, take: 100 }); // want n-plus-one
        }
      }
    }
    export async function unique(users: { teamId: string }[]) {
      for (const teamId of new Set(users.map((user) => user.teamId))) {
        await prisma.team.update({ where: { id: teamId }, data: { seen: true } }); // want n-plus-one
      }
      for (const role of new Set(['admin', 'owner'])) await prisma.role.count({ where: { role } });
    }`,
});

samples(['n-plus-one'], {
  'what only tests go through': `
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    enum Env { TESTING = 'test', PRODUCTION = 'prod' }
    const environment = process.env.APP_ENV as Env;
    const kept = new Map<string, { name: string }[]>();
    async function registry() {
      if (environment === Env.TESTING) {
        return prisma.piece.findMany({ take: 500 });
      }
      return kept.get('all') ?? [];
    }
    async function registryToo() {
      if (process.env.NODE_ENV === 'test') return prisma.piece.findMany({ take: 500 });
      return kept.get('all') ?? [];
    }
    async function registryInProduction() {
      if (process.env.NODE_ENV === 'production') return prisma.piece.findMany({ take: 500 });
      return kept.get('all') ?? [];
    }
    export async function check(steps: { name: string }[]) {
      for (const step of steps) {
        const all = [...(await registry()), ...(await registryToo())];
        if (!all.some((piece) => piece.name === step.name)) throw new Error(step.name);
      }
      for (const step of steps) {
        const all = await registryInProduction(); // want n-plus-one
        if (!all.some((piece) => piece.name === step.name)) throw new Error(step.name);
      }
    }`,
});

samples(['n-plus-one'], {
  'registries of what is alive, and calls that are given data': `
    import { PrismaClient } from '@prisma/client';
    import { sessionRegistry, connectionRegistry, userRegistry } from './registry';
    const prisma = new PrismaClient();
    export async function touch() {
      for (const userId of sessionRegistry.getUserIds()) {
        await prisma.user.update({ where: { id: userId }, data: { seenAt: new Date() } }); // want n-plus-one
      }
    }
    export async function flush() {
      await Promise.all(connectionRegistry.all().map(async (c) => prisma.device.findMany({ where: { userId: c.userId }, take: 5 }))); // want n-plus-one
    }
    export async function known(ids: string[]) {
      for (const id of userRegistry.filterKnown(ids)) await prisma.user.findUnique({ where: { id } }); // want n-plus-one
    }`,
});

samples(['n-plus-one'], {
  'a counter that starts as something worked out and is counted up': `
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    export async function fill(rows: { paid: boolean }[]) {
      let missing = 1 - 1;
      for (const row of rows) if (!row.paid) missing++;
      for (let i = 0; i < missing; i++) await prisma.slot.findFirst({ where: { position: i } }); // want n-plus-one
      let zero = 0;
      for (const row of rows) if (!row.paid) zero++;
      for (let i = 0; i < zero; i++) await prisma.slot.findFirst({ where: { position: i } }); // want n-plus-one
    }`,
});

samples(['n-plus-one'], {
  'a function that is handed over and waited for': `
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    async function traced<T>(name: string, run: () => Promise<T>): Promise<T> { return await run(); }
    export async function all(ids: string[]) {
      for (const id of ids) {
        await traced('load', async () => prisma.item.findUnique({ where: { id } })); // want n-plus-one
      }
    }
    export async function all2(ids: string[]) {
      for (const id of ids) {
        await traced('load', async () => prisma.item.findMany({ where: { id }, take: 3 })); // want n-plus-one
      }
    }`,
});

samples(['n-plus-one'], {
  'what is done for an element that failed': `
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    async function mark(id: string) {
      const row = await prisma.connection.findUnique({ where: { id } });
      await prisma.connection.update({ where: { id }, data: { failed: true, tries: row!.tries + 1 } });
    }
    export async function first(connections: { id: string; open(): Promise<object> }[]) {
      for (const connection of connections) {
        try {
          await connection.open();
        } catch (error) {
          await mark(connection.id); // want n-plus-one:note
        }
      }
    }`,
  'what a row is taken apart into is there': `
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    async function metaOf(id: string) {
      return prisma.resource.findUniqueOrThrow({ where: { id } });
    }
    async function assertUsable(params: { id: string; meta?: { locked: boolean } }) {
      const meta = params.meta ?? (await metaOf(params.id));
      if (meta.locked) throw new Error('locked');
    }
    export async function all(resolved: { id: string; meta: { locked: boolean } }[]) {
      for (const { id, meta } of resolved) await assertUsable({ id, meta });
    }
    export async function ids(rows: { id: string }[]) {
      for (const { id } of rows) await assertUsable({ id }); // want n-plus-one
    }`,
  'a language model is asked for each element anyway': `
    import { generateObject } from 'ai';
    import { drizzle } from 'drizzle-orm/node-postgres';
    import { eq } from 'drizzle-orm';
    import { documents, verdicts } from './schema';
    const db = drizzle(process.env.URL!);
    async function judge(item: { id: string; documentId: string }) {
      const [document] = await db.select().from(documents).where(eq(documents.id, item.documentId)).limit(1);
      const { object } = await generateObject({ model: 'large', prompt: document.text });
      await db.insert(verdicts).values({ id: item.id, object });
    }
    export async function all(items: { id: string; documentId: string }[]) {
      for (const item of items) await judge(item); // want n-plus-one:note
    }`,
  'a database on a desk': {
    'apps/desktop/src/store.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      export async function save(operations: { id: string }[]) {
        for (const { id } of operations) await prisma.record.delete({ where: { id } }); // want n-plus-one:note
      }`,
  },
});

samples('n-plus-one', {
  'statements of a builder': `
    import knexLib from 'knex';
    const knex = knexLib({ client: 'mysql' });
    export async function addColumn(transaction: any, table: string) {
      const builder = transaction.schema.table(table, (t) => t.string('name'));
      for (const statement of builder.toSQL()) {
        await knex.raw(statement.sql);
      }
    }
    export async function load(script: string) {
      for (const statement of script.split(';')) {
        await knex.raw(statement);
      }
    }
    export async function rows(ids: string[]) {
      for (const id of ids) {
        await knex('posts').where('id', id).first(); // want n-plus-one
      }
    }`,
});

samples('n-plus-one', {
  'statements and lists': `
    import { PrismaClient } from '@prisma/client';
    import fs from 'node:fs';
    const prisma = new PrismaClient();
    export async function run(filename: string) {
      let text = fs.readFileSync(filename).toString();
      let statements = text.split(';').map((statement) => statement.trim()).filter((statement) => statement !== '');
      for (let statement of statements) await prisma.$executeRawUnsafe(statement);
    }
    export async function invite(emails: string) {
      for (const email of emails.split(';')) await prisma.user.findUnique({ where: { email } }).then(console.log); // want n-plus-one
    }`,
});

samples('n-plus-one', {
  'groups and what drains': `
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    export async function payouts(programId: string) {
      const byPeriod = await prisma.partnerGroup.groupBy({ by: ['holdingPeriodDays'], where: { programId } });
      for (const { holdingPeriodDays } of byPeriod) {
        const groups = await prisma.partnerGroup.findMany({ where: { programId, holdingPeriodDays } });
        console.log(groups.length);
      }
    }
    export async function perUser() {
      const byUser = await prisma.post.groupBy({ by: ['userId'] });
      for (const { userId } of byUser) {
        await prisma.user.findUnique({ where: { id: userId } }).then(console.log); // want n-plus-one
      }
    }
    export async function drain(programs: { id: string }[]) {
      for (const program of programs) {
        while (true) {
          const due = await prisma.commission.findMany({ where: { programId: program.id, open: true }, take: 100 }); // want n-plus-one:note
          if (due.length === 0) break;
          await prisma.commission.updateMany({ where: { id: { in: due.map(({ id }) => id) } }, data: { open: false } });
        }
      }
    }`,
});

/** What the code itself registers, and who is there at the moment. */
samples('n-plus-one', {
  'jobs that a class registers': `
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    export class LocalJobs {
      private _jobDefinitions: Record<string, JobDefinition> = {};
      private _cronJobs: CronJob[] = [];
      private recipients: Recipient[] = [];
      defineJob(definition: JobDefinition) {
        this._jobDefinitions[definition.id] = { ...definition };
        if (definition.cron) this._cronJobs.push({ definition });
      }
      async load() { this.recipients = await prisma.recipient.findMany({ take: 100 }); }
      async trigger(name: string, payload: string) {
        const eligible = Object.values(this._jobDefinitions).filter((job) => job.name === name);
        await Promise.all(eligible.map(async (job) => { await prisma.backgroundJob.create({ data: { jobId: job.id, payload } }); }));
        for (const cronJob of this._cronJobs) await prisma.backgroundJob.create({ data: { jobId: cronJob.definition.id } });
        for (const recipient of this.recipients) await prisma.mail.create({ data: { to: recipient.email } }); // want n-plus-one
      }
    }`,
  'handlers that a module registers': `
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    const checks: Check[] = [];
    const members = new Map<string, Member>();
    export function registerCheck(check: Check) { checks.push(check); }
    export function registerMember(member: Member) { members.set(member.id, member); }
    export async function runChecks() {
      for (const check of checks) await prisma.checkRun.create({ data: { name: check.name, ok: await check.run() } });
      for (const member of members.values()) await prisma.presence.create({ data: { memberId: member.id } }); // want n-plus-one
    }`,
});

/** Scripts, whose statements are run as they stand, and texts that people type. */
samples('n-plus-one', {
  'statements that are run as they stand': `
    import { Pool } from 'pg';
    import fs from 'node:fs';
    const pool = new Pool();
    export async function migrate(path: string, content: string) {
      for (const part of fs.readFileSync(path, 'utf8').split('--> statement-breakpoint')) await pool.query(part);
      const queries = content.split(/;\\s*[\\r\\n]+/).filter(Boolean);
      for (const query of queries) await pool.query(query.trim());
      await Promise.all(queries.map((each) => pool.query(each)));
    }
    export async function look(descriptions: string, row: { commands: string }) {
      for (const text of descriptions.split(';')) await pool.query('SELECT id FROM parts WHERE text = $1 LIMIT 1', [text]); // want n-plus-one
      for (const command of row.commands.split(';')) await pool.query('SELECT id FROM commands WHERE name = $1 LIMIT 1', [command]); // want n-plus-one
    }`,
});
