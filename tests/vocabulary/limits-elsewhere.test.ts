import { samples } from '../samples.ts';

/** Limits that stand in another place than the query, and rows that are few for another reason. */
samples('missing-limit', {
  'a function of the repository makes the query and limits it': {
    'package.json': '{ "dependencies": { "typeorm": "^0.3.0" } }',
    'lists.ts': `
      import { DataSource } from 'typeorm';
      export class Lists {
        constructor(private readonly source: DataSource) {}
        build(entity, options) {
          const qb = this.source.getRepository(entity).createQueryBuilder('e');
          qb.setFindOptions({ take: options.take ?? 100, skip: options.skip });
          if (options.sort) qb.orderBy(options.sort);
          return qb;
        }
        all(entity) {
          const qb = this.source.getRepository(entity).createQueryBuilder('e');
          qb.orderBy('e.id');
          return qb;
        }
      }`,
    'users.ts': `
      import { Lists } from './lists';
      import { User } from './user';
      export class Users {
        constructor(private readonly lists: Lists) {}
        page(options) { return this.lists.build(User, options).getManyAndCount(); }
        everything() { return this.lists.all(User).getMany(); } // want missing-limit
        async named(options) {
          const qb = this.lists.build(User, options);
          qb.andWhere('e.name IS NOT NULL');
          return await qb.getMany();
        }
        async namedOfAll() {
          const qb = this.lists.all(User);
          return await qb.getMany(); // want missing-limit
        }
      }`,
  },
  'the key of a table that is joined': `
    import { DataSource } from 'typeorm';
    const source = new DataSource(options);
    const ofTag = await source.getRepository(Post).createQueryBuilder('post').leftJoin('post.tags', 'tag').where('tag.id = :tag', { tag }).getMany(); // want missing-limit:note
    const ofTags = await source.getRepository(Post).createQueryBuilder('post').leftJoin('post.tags', 'tag').where('tag.id IN (:...tags)', { tags }).getMany(); // want missing-limit:note
    const own = await source.getRepository(Post).createQueryBuilder('post').where('post.id IN (:...ids)', { ids }).getMany();
    const one = await source.createQueryBuilder().select('post').from(Post, 'post').where('post.id = :id', { id }).getMany();`,
  'groups of Sequelize': `
    import { fn, Model } from 'sequelize';
    class Post extends Model {}
    const counts = await Post.findAll({ attributes: ['userId', [fn('COUNT', '*'), 'count']], where: { open: true }, group: ['userId'] });
    const distinct = await Post.findAll({ where: { open: true }, group: ['Post.id'], include: ['tags'] }); // want missing-limit`,
  'models of another package': `
    import { PostModel, remodel } from '@acme/models';
    const posts = await PostModel.find({ open: true }).exec(); // want missing-limit
    const found = await remodel.find({ open: true }).exec();`,
  'tables that somebody keeps by hand': `
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    const categories = await prisma.category.findMany({ where: { primary: true } });
    const methods = await prisma.shippingMethod.findMany({ where: { enabled: true } });`,
  'a query that is handed to a function': {
    'paging.ts': `
      export function limitTo(query, { take }) { query.take(take); }
      export function page(query, options) { limitTo(query, options); }
      export function join(query) { query.leftJoinAndSelect('e.owner', 'owner'); }
      export const sorted = (query) => query.orderBy('e.id');`,
    'users.ts': `
      import { FindOptionsUtils, Repository } from 'typeorm';
      import { applyPaging } from 'paging-for-typeorm';
      import { join, limitTo, page, sorted } from './paging';
      import { User } from './user';
      export class Users {
        constructor(private readonly users: Repository<User>) {}
        async limited(options) {
          const query = this.users.createQueryBuilder('e');
          limitTo(query, options);
          return query.getMany();
        }
        async handedOn(options) {
          let query = this.users.createQueryBuilder('e');
          query = page(query, options);
          return query.getMany();
        }
        async unseen(options) {
          const query = this.users.createQueryBuilder('e');
          applyPaging(query, options);
          return query.getMany();
        }
        async eager() {
          const query = this.users.createQueryBuilder('e');
          FindOptionsUtils.applyFindManyOptionsOrConditionsToQueryBuilder(query, { relations: ['owner'] });
          FindOptionsUtils.joinEagerRelations(query, query.alias, this.metadata);
          return query.getMany(); // want missing-limit
        }
        async joined() {
          const query = this.users.createQueryBuilder('e');
          join(query);
          return query.getMany(); // want missing-limit
        }
        async inOrder() {
          let query = this.users.createQueryBuilder('e');
          query = sorted(query);
          return query.getMany(); // want missing-limit
        }
        build(options) {
          const query = this.users.createQueryBuilder('e');
          FindOptionsUtils.applyFindManyOptionsOrConditionsToQueryBuilder(query, { take: options.take });
          query.orderBy('e.id');
          return query;
        }
        built(options) { return this.build(options).getManyAndCount(); }
      }`,
  },
  'a function that gives a query to go on with': `
    import knex from 'knex';
    const db = knex({ client: 'pg' });
    export class Sessions {
      private queryBuilder() { return db.select('*').from('sessions'); }
      byId(id) { return this.queryBuilder().where({ id }).first(); }
      list() { return db.select('*').from('sessions'); } // want missing-limit
    }
    const baseQuery = () => db('orders').where({ open: true });
    const openOrders = async () => db('orders').where({ open: true }); // want missing-limit`,
  'one row is chosen, by a key that only the schema knows': `
    import knex from 'knex';
    const db = knex({ client: 'pg' });
    export async function environment(name) {
      const [found] = await db('environments').where({ name });
      return found;
    }
    export async function account(name) {
      const rows = await db('accounts').where({ name });
      if (!rows.length) return undefined;
      return rows[0];
    }
    export const plan = (name) => db('plans').where({ name }).then(([first]) => first);
    export async function newest() {
      const [found] = await db('environments').orderBy('created_at', 'desc'); // want missing-limit
      return found;
    }
    export async function newestOf(name) {
      const [found] = await db('environments').where({ name }).orderBy('created_at', 'desc'); // want missing-limit
      return found;
    }
    export async function all(name) {
      const rows = await db('environments').where({ name }); // want missing-limit
      return rows.map((row) => row.id);
    }`,
  'columns in templates': `
    import knex from 'knex';
    const db = knex({ client: 'pg' });
    const TABLE = 'orders';
    export const some = async (ids) => db(TABLE).whereIn(\`\${TABLE}.external_id\`, ids);
    export const one = async (id) => db(TABLE).where(\`\${TABLE}.id\`, id);
    export const of = async (userId) => db(TABLE).where(\`\${TABLE}.user_id\`, userId); // want missing-limit:note
    export const open = async () => db(TABLE).where(\`\${TABLE}.open\`, true); // want missing-limit`,
  'groups are few': `
    import knex from 'knex';
    const db = knex({ client: 'pg' });
    export const counts = async () => db('orders').select('state', db.raw('COUNT(1) AS count')).where({ open: true }).groupBy('state');
    export const lines = async () => db('orders').select('state').where({ open: true }); // want missing-limit`,
  'text that is a part of another statement': `
    import knex from 'knex';
    const db = knex({ client: 'pg' });
    export async function store(rows, trx = db) {
      await trx('records').insert(rows.map((row) => ({ id: row.id, json: trx.raw('NULL'), at: trx.raw('now()') })));
      await trx('records').insert(trx.raw('SELECT id, name FROM drafts')).onConflict(['id']).merge();
      const { rows: found } = await trx.raw('SELECT id, name FROM drafts'); // want missing-limit
      return found;
    }`,
  'what a database says of itself': `
    import { Pool } from 'pg';
    const pool = new Pool();
    export const columns = (table) => pool.query('SELECT column_name FROM information_schema.columns WHERE table_name = $1', [table]);
    export const tables = () => pool.query('SELECT tablename FROM pg_catalog.pg_tables');
    export const rows = () => pool.query('SELECT name FROM tables_of_guests'); // want missing-limit`,
  'a filter that stands elsewhere is worth a thought only': `
    import { PrismaClient } from '@prisma/client';
    import { authorFilter } from '@acme/filters';
    const prisma = new PrismaClient();
    export const hooks = (author) => prisma.webhook.findMany({ where: { enabled: true, author: authorFilter(author) } }); // want missing-limit:note
    export const tokens = (whereInput) => prisma.token.findMany({ where: whereInput }); // want missing-limit:note
    export const enabled = () => prisma.webhook.findMany({ where: { enabled: true } }); // want missing-limit
    export const ofTeam = (teamId, rest) => prisma.webhook.findMany({ where: { teamId, ...rest } }); // want missing-limit:note`,
});

samples('n-plus-one', {
  'text that is a value among others': `
    import knex from 'knex';
    const db = knex({ client: 'pg' });
    const rows = orders.map((order) => ({ id: order.id, at: db.raw('now()'), total: db.raw('?? + 1', ['total']) }));
    await db('orders').insert(rows);
    for (const order of orders) await db.raw('SELECT 1 FROM orders WHERE id = ?', [order.id]); // want n-plus-one`,
  'from day to day': `
    for (let day = new Date(from); day <= until; day.setUTCDate(day.getUTCDate() + 1)) await prisma.total.findFirst({ where: { day } });
    for (let day = from; day <= until; day = addDays(day, 1)) await prisma.total.findFirst({ where: { day } });
    for (let i = 0; i < days.length; i++) await prisma.total.findFirst({ where: { day: days[i] } }); // want n-plus-one`,
  'what the code itself brings': `
    for (const role of defaultRoles) await prisma.role.upsert({ where: { name: role.name }, create: role, update: role });
    await Promise.all(Object.keys(defaultActions).map((name) => prisma.action.create({ data: { name } })));
    for (const role of roles) await prisma.role.findFirst({ where: { name: role.name } }); // want n-plus-one`,
});

samples('missing-limit', {
  'what people set up by hand stays few': `
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    export const servers = (workspaceId) => prisma.customMcpServer.findMany({ where: { workspaceId } });
    export const scopes = () => prisma.oauthUserScope.findMany();
    export const telescopes = () => prisma.telescope.findMany(); // want missing-limit
    export const observers = (workspaceId) => prisma.videoObserver.findMany({ where: { workspaceId } }); // want missing-limit
    export const channels = (projectId) => prisma.alertChannel.findMany({ where: { projectId, enabled: true } });
    export const environments = (orgId) => prisma.environment.findMany({ where: { orgId } }); // want missing-limit:note
    export const admins = (orgId) => prisma.member.findMany({ where: { orgId, role: 'administrator', suspended: false } }); // want missing-limit:note
    export const owners = (orgId) => prisma.member.findMany({ where: { orgId, role: Role.OWNER } }); // want missing-limit:note
    export const guests = (orgId) => prisma.member.findMany({ where: { orgId, role: 'guest' } }); // want missing-limit
    export const inRole = (orgId, role) => prisma.member.findMany({ where: { orgId, role } }); // want missing-limit
    export const ofGroup = (group) => prisma.transaction.findMany({ where: { transactionGroup: group, refund: false } }); // want missing-limit:note
    export const inGroups = () => prisma.transaction.findMany({ where: { transactionGroup: 'open' } }); // want missing-limit
    export const plans = () => prisma.plan.findMany({ orderBy: { price: 'asc' } });
    export const countries = () => prisma.country.findMany();
    export const users = (orgId) => prisma.user.findMany({ where: { orgId } }); // want missing-limit
    export const channelMessages = (projectId) => prisma.channelMessage.findMany({ where: { projectId } }); // want missing-limit
    export const allEnvironments = () => prisma.environment.findMany({ where: { archived: false } }); // want missing-limit
    export const teams = () => prisma.team.findMany(); // want missing-limit`,
  'conditions that stand elsewhere, and queries inside of queries': `
    import { and, eq, isNull } from 'drizzle-orm';
    import { drizzle } from 'drizzle-orm/node-postgres';
    import { chats, events } from './schema';
    import { visibleTo } from './visible';
    const db = drizzle(url);
    const isOpen = isNull(chats.closedAt);
    export async function mine(user) {
      return db.select().from(chats).where(and(...visibleTo(user), isOpen)); // want missing-limit:note
    }
    export async function open(orgId) {
      return db.select().from(chats).where(and(eq(chats.orgId, orgId), isOpen)); // want missing-limit
    }
    export async function latest(userId) {
      const newest = db.selectDistinctOn([events.chatId]).from(events).where(eq(events.userId, userId)).as('newest');
      return db.select().from(newest).where(eq(newest.kind, 'open')); // want missing-limit:note
    }
    export async function all() {
      const newest = db.selectDistinctOn([events.chatId]).from(events).where(eq(events.kind, 'open')).as('newest');
      return db.select().from(newest); // want missing-limit
    }`,
  'a part of the filter that a function gives': `
    import { PrismaClient } from '@prisma/client';
    import { byIds } from './filters';
    const prisma = new PrismaClient();
    const open = (): Prisma.DocumentWhereInput => { return { state: 'open' }; };
    export const some = (teamId, ids) => prisma.document.findMany({ where: { ...byIds(ids), teamId } }); // want missing-limit:note
    export const all = (teamId) => prisma.document.findMany({ where: { ...open(), teamId } }); // want missing-limit`,
  'tables by their names in the code': `
    import { createPool, sql } from 'slonik';
    const pool = await createPool(url);
    const TABLE = 'team_environments';
    export const plans = () => pool.any(sql\`select * from \${plans.table}\`);
    export const users = () => pool.any(sql\`select * from \${users.table}\`); // want missing-limit`,
  'rows of a list that is given, of one row that is joined, and the first of each': `
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    export const members = (orgId, emails) => prisma.orgMember.findMany({ where: { orgId, user: { email: { in: emails } } } }); // want missing-limit:note
    export const active = (orgId) => prisma.orgMember.findMany({ where: { orgId, user: { active: { equals: true } } } }); // want missing-limit
    export const joined = (id) => prisma.$queryRaw\`SELECT o.id, l.sku FROM orders o LEFT JOIN lines l ON l.order_ref = o.id WHERE o."id" = \${id}\`; // want missing-limit:note
    export const linked = (id) => prisma.$queryRaw\`SELECT "B" FROM "_TagToPost" WHERE "A" = \${id}\`; // want missing-limit:note
    export const all = (state) => prisma.$queryRaw\`SELECT o.code, l.sku FROM orders o LEFT JOIN lines l ON l.order_ref = o.id WHERE o.state = \${state}\`; // want missing-limit
    export const firsts = (state) => prisma.$queryRaw\`SELECT code FROM (SELECT code, ROW_NUMBER() OVER (PARTITION BY owner) AS rn FROM orders WHERE state = \${state}) ranked WHERE ranked.rn <= \${most}\`;`,
  'a key within a column of JSON': `
    import { Pool } from 'pg';
    const pool = new Pool();
    export const grants = (id) => pool.query("SELECT payload FROM grants WHERE kind = 'open' AND payload->>'accountOwnerId' = $1", [id]); // want missing-limit:note
    export const open = () => pool.query("SELECT payload FROM grants WHERE payload->>'kind' = 'open'"); // want missing-limit`,
  'queries that are values of others, or that every caller goes on with': `
    import knex from 'knex';
    const db = knex({ client: 'pg' });
    export const save = (teamId, key) => db('configs').insert({ name: 'a', owner: db('owners').select('id').where({ team: teamId, key }) });
    export const open = () => db.with('mine', (query) => query.from('owners').select('id').where({ kind: 'a' })).select('*').from('mine').limit(10);
    class Keys {
      active(team) { return db('keys').where('team', team).whereNull('revoked'); }
      async newest(team) { return this.active(team).orderBy('id', 'desc').first(); }
      async names(team) { return this.active(team).select('name').limit(20); }
    }
    class Others {
      active(team) { return db('keys').where('team', team).whereNull('revoked'); } // want missing-limit
      async names(team) { return (await this.active(team)).map((key) => key.name); }
    }
    const TABLE = 'environments';
    export const ofTeam = async (teamId) => db(TABLE).select('name').where({ team_id: teamId }); // want missing-limit:note
    export const tables = async (name) => {
      const open = await db('configs').select('id').where({ kind: name });
      return { open };
    };`,
});

samples('n-plus-one', {
  'a value that the database looks up itself is no query of its own': `
    import knex from 'knex';
    const db = knex({ client: 'pg' });
    for (const row of rows) {
      await db('configs').insert({ name: row.name, owner: db('owners').select('id').where({ key: row.key }) }); // want n-plus-one
    }`,
  'whether there is such a table': `
    for (const name of names) await prisma.$queryRawUnsafe('SELECT to_regclass($1)::text AS oid', name);`,
  'branches for one element, and candidates that are tried one after the other': `
    for (const key of Object.keys(changes)) {
      switch (key) {
        case 'settings': {
          await prisma.setting.findMany({ where: { accountId } });
          break;
        }
        default:
          await prisma.field.findMany({ where: { key } }); // want n-plus-one
      }
      if (key === 'owner') await prisma.owner.findMany({ where: { accountId } });
    }
    for (const row of rows) {
      switch (row.kind) {
        case 'open':
          await prisma.entry.findMany({ where: { rowId: row.id } }); // want n-plus-one
      }
    }
    async function findByEmail(address) {
      for (const email of emailCandidates(address)) {
        const found = await prisma.user.findFirst({ where: { email } });
        if (found) return found;
      }
      for (const candidate of candidates) {
        candidate.posts = await prisma.post.findMany({ where: { userId: candidate.id } }); // want n-plus-one
      }
    }
    for (const bucket of dayBuckets(start, end)) await prisma.event.findMany({ where: { day: bucket.day } });`,
});

// Helpers that a query is given to, and what is done with what they give back.
samples(['n-plus-one', 'missing-limit', 'unbounded-limit'], {
  'knex, filters by a helper, limited later': {
    'src/a.ts': `
      import knex from 'knex';
      const db = knex({ client: 'pg' });
      const withTenant = (query: any, tenant: string) => query.where('tenant', tenant);
      export async function list(tenant: string) {
        const query = withTenant(db('orders'), tenant);
        const rows = await query.orderBy('at').limit(20);
        return rows;
      }`,
  },
  'knex, filters by an imported helper of a package': {
    'src/a.ts': `
      import knex from 'knex';
      import { withTenant } from '@acme/db';
      const db = knex({ client: 'pg' });
      export async function list(tenant: string) {
        const query = withTenant(db('orders').select('*'), tenant);
        return query.orderBy('at').limit(20);
      }`,
  },
  'knex, helper directly, then limited': {
    'src/a.ts': `
      import knex from 'knex';
      const db = knex({ client: 'pg' });
      function withTenant(query: any, tenant: string) { return query.where('tenant', tenant); }
      export async function list(tenant: string) {
        return await withTenant(db('orders').where('open', true), tenant).orderBy('at').limit(20);
      }`,
  },
  'drizzle dynamic': {
    'src/a.ts': `
      import { drizzle } from 'drizzle-orm/node-postgres';
      import { orders } from './schema';
      const db = drizzle(process.env.URL!);
      function withTenant(qb: any, tenant: string) { return qb.where(eq(orders.tenant, tenant)); }
      export async function list(tenant: string) {
        const query = withTenant(db.select().from(orders).$dynamic(), tenant);
        const rows = await query.limit(20);
        return rows;
      }`,
    'src/schema.ts': `
      import { pgTable, text } from 'drizzle-orm/pg-core';
      export const orders = pgTable('orders', { tenant: text('tenant') });`,
  },
  'kysely': {
    'src/a.ts': `
      import { Kysely } from 'kysely';
      const db = new Kysely<any>({} as any);
      function withTenant(qb: any, tenant: string) { return qb.where('tenant', '=', tenant); }
      export async function list(tenant: string) {
        const query = withTenant(db.selectFrom('orders').selectAll(), tenant);
        return await query.limit(20).execute();
      }`,
  },
  'kysely reassigned': {
    'src/a.ts': `
      import { Kysely } from 'kysely';
      const db = new Kysely<any>({} as any);
      export async function list(tenant: string, status?: string) {
        let query = db.selectFrom('orders').selectAll().where('tenant', '=', tenant);
        if (status) query = query.where('status', '=', status);
        query = applySort(query);
        return await query.limit(20).execute();
      }
      function applySort(q: any) { return q.orderBy('at'); }`,
  },
  'typeorm helper': {
    'src/a.ts': `
      import { DataSource } from 'typeorm';
      import { Order } from './order';
      const ds = new DataSource({} as any);
      function visibleTo(qb: any, user: string) { return qb.andWhere('o.owner = :user', { user }); }
      export async function list(user: string) {
        const qb = visibleTo(ds.getRepository(Order).createQueryBuilder('o').where('o.open'), user);
        return qb.take(20).getMany();
      }`,
    'src/order.ts': `
      import { Entity } from 'typeorm';
      @Entity() export class Order { id: string; }`,
  },
  'mongoose helper': {
    'src/a.ts': `
      import mongoose from 'mongoose';
      const Order = mongoose.model('Order', new mongoose.Schema({ owner: String }));
      function visible(q: any) { return q.where({ deleted: false }); }
      export async function list(owner: string) {
        const rows = await visible(Order.find({ owner })).limit(20).lean();
        return rows;
      }`,
  },
  'promises gathered': {
    'src/a.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      export async function home() {
        const orders = prisma.order.findMany(); // want missing-limit
        const users = prisma.user.findMany({ where: { active: true } }); // want missing-limit
        const [o, u] = await Promise.all([orders, users]);
        return { o, u };
      }`,
  },
  'promise handed to a function': {
    'src/a.ts': `
      import { PrismaClient } from '@prisma/client';
      import { timeout } from 'p-timeout';
      const prisma = new PrismaClient();
      export async function home(res: any) {
        const orders = prisma.order.findMany(); // want missing-limit
        res.json(await timeout(orders, 100));
      }`,
  },
  'typeorm builder logged, unlimited': {
    'src/a.ts': `
      import { DataSource } from 'typeorm';
      import { Order } from './order';
      import { logger } from '@acme/logger';
      const ds = new DataSource({} as any);
      export async function list(user: string) {
        const qb = ds.getRepository(Order).createQueryBuilder('o').where('o.open = true');
        logger.debug(qb.getSql());
        return qb.getMany(); // want missing-limit
      }`,
    'src/order.ts': `
      import { Entity } from 'typeorm';
      @Entity() export class Order { id: string; }`,
  },
  'drizzle union limited': {
    'src/a.ts': `
      import { drizzle } from 'drizzle-orm/node-postgres';
      import { union, unionAll } from 'drizzle-orm/pg-core';
      import { orders, drafts } from './schema';
      const db = drizzle(process.env.URL!);
      export const one = () => unionAll(db.select().from(orders).limit(5), db.select().from(drafts).limit(5));
      export const two = async () => await union(db.select().from(orders), db.select().from(drafts)).orderBy(orders.at).limit(10);
      export const three = async () => { const rows = await unionAll(db.select({ id: orders.id }).from(orders).limit(5), db.select({ id: drafts.id }).from(drafts).limit(5)); return rows; };
      export const four = async () => { const all = union(db.select().from(orders), db.select().from(drafts)).as('all'); return db.select().from(all).limit(10); };
      export const five = async () => { const rows = await unionAll(db.select({ n: count() }).from(orders), db.select({ n: count() }).from(drafts)); return rows; };
      export const six = async (id: string) => { const rows = await unionAll(db.select().from(orders).where(eq(orders.id, id)), db.select().from(drafts).where(eq(drafts.id, id))); return rows; };`,
    'src/schema.ts': `
      import { pgTable, text } from 'drizzle-orm/pg-core';
      export const orders = pgTable('orders', { id: text('id').primaryKey(), at: text('at') });
      export const drafts = pgTable('drafts', { id: text('id').primaryKey(), at: text('at') });`,
  },
  'drizzle first row compared': {
    'src/a.ts': `
      import { drizzle } from 'drizzle-orm/node-postgres';
      import { orders } from './schema';
      const db = drizzle(process.env.URL!);
      export const has = (email: string) => db.select().from(orders).where(eq(orders.email, email)).then((rows) => rows[0] !== undefined);
      export const last = (email: string) => db.select().from(orders).where(eq(orders.email, email)).then((rows) => (rows.length ? rows[0] : null));`,
    'src/schema.ts': `
      import { pgTable, text } from 'drizzle-orm/pg-core';
      export const orders = pgTable('orders', { id: text('id').primaryKey(), email: text('email') });`,
  },
  'helper around a find in other libraries, limited after': {
    'src/a.ts': `
      import { Kysely } from 'kysely';
      const db = new Kysely<any>({} as any);
      function withTenant(qb: any, tenant: string) { return qb.where('tenant', '=', tenant); }
      export const one = (tenant: string) => withTenant(db.selectFrom('orders').selectAll(), tenant).limit(20).execute();
      export const count = async (tenant: string) => { const row = await withTenant(db.selectFrom('orders').select(({ fn }: any) => fn.countAll().as('n')), tenant).executeTakeFirst(); return row; };`,
  },
  'drizzle: helper awaited directly without limit': {
    'src/a.ts': `
      import { drizzle } from 'drizzle-orm/node-postgres';
      import { orders } from './schema';
      import { eq, sql } from 'drizzle-orm';
      const db = drizzle(process.env.URL!);
      function withPagination(qb: any, page: number, size = 20) { return qb.limit(size).offset((page - 1) * size); }
      function visible(qb: any, tenant: string) { return qb.where(eq(orders.tenant, tenant)); }
      export const a = async (page: number) => await withPagination(db.select().from(orders).$dynamic(), page);
      export const b = async (t: string) => await visible(db.select().from(orders).$dynamic(), t); // want missing-limit
      export const c = async (t: string, page: number) => await withPagination(visible(db.select().from(orders).$dynamic(), t), page);
      export const d = async (t: string, page: number) => { const q = visible(db.select().from(orders).$dynamic(), t); return await withPagination(q, page); };
      export const e = async (t: string) => { const [row] = await visible(db.select().from(orders).$dynamic(), t).limit(1); return row; };
      export const f = async (t: string) => { const rows = await visible(db.select().from(orders).$dynamic(), t).limit(20).offset(0); return rows; };`,
    'src/schema.ts': `
      import { pgTable, text } from 'drizzle-orm/pg-core';
      export const orders = pgTable('orders', { tenant: text('tenant') });`,
  },
  'knex class helper': {
    'src/a.ts': `
      import knex from 'knex';
      const db = knex({ client: 'pg' });
      export class Orders {
        private scoped(query: any, tenant: string) { return query.where('tenant', tenant); }
        async list(tenant: string) { return this.scoped(db('orders').select('*'), tenant).orderBy('at').limit(20); }
        async one(tenant: string, id: string) { return this.scoped(db('orders').select('*'), tenant).where({ id }).first(); }
        async total(tenant: string) { const [{ n }] = await this.scoped(db('orders'), tenant).count('* as n'); return n; }
        async remove(tenant: string) { await this.scoped(db('orders'), tenant).delete(); }
        async rename(tenant: string) { await this.scoped(db('orders'), tenant).update({ a: 1 }); }
      }`,
  },
  'loop with scoped helper writes': {
    'src/a.ts': `
      import knex from 'knex';
      const db = knex({ client: 'pg' });
      function scoped(query: any, tenant: string) { return query.where('tenant', tenant); }
      export async function closeAll(tenant: string, status: string) {
        const base = scoped(db('orders'), tenant);
        await base.clone().where({ status }).update({ open: false });
        const n = await base.clone().count('* as n');
        return n;
      }`,
  },
  'mongoose helper findOne': {
    'src/a.ts': `
      import mongoose from 'mongoose';
      const Order = mongoose.model('Order', new mongoose.Schema({ owner: String }));
      function visible(q: any) { return q.where({ deleted: false }); }
      function populated(q: any) { return q.populate('lines').lean(); }
      export const n = (owner: string) => visible(Order.find({ owner })).countDocuments();
      export const page = (owner: string) => populated(Order.find({ owner }).limit(20));
      export const page2 = async (owner: string) => await populated(Order.find({ owner })).limit(20);
      export const page3 = async (owner: string) => await visible(Order.find({ owner })).sort('-at').skip(0).limit(20).exec();`,
  },
  'typeorm helper on builder then getOne': {
    'src/a.ts': `
      import { DataSource } from 'typeorm';
      import { Order } from './order';
      const ds = new DataSource({} as any);
      function visibleTo(qb: any, user: string) { return qb.andWhere('o.owner = :user', { user }); }
      export const a = (user: string) => visibleTo(ds.getRepository(Order).createQueryBuilder('o'), user).getOne();
      export const b = (user: string) => visibleTo(ds.getRepository(Order).createQueryBuilder('o'), user).take(5).getMany();`,
    'src/order.ts': `
      import { Entity } from 'typeorm';
      @Entity() export class Order { id: string; }`,
  },
  'union variants': {
    'src/a.ts': `
      import { drizzle } from 'drizzle-orm/node-postgres';
      import { unionAll, except } from 'drizzle-orm/pg-core';
      import { orders, drafts } from './schema';
      const db = drizzle(process.env.URL!);
      export async function recent() {
        const a = db.select().from(orders).orderBy(orders.at).limit(5);
        const b = db.select().from(drafts).orderBy(drafts.at).limit(5);
        return await unionAll(a, b);
      }
      export async function ids() {
        const sub = unionAll(db.select({ id: orders.id }).from(orders), db.select({ id: drafts.id }).from(drafts));
        return await db.select().from(orders).where(inArray(orders.id, sub)).limit(10);
      }
      export async function sub2() {
        const all = unionAll(db.select({ id: orders.id }).from(orders), db.select({ id: drafts.id }).from(drafts)).as('all');
        return await db.select({ n: count() }).from(all);
      }
      export async function open() {
        return await unionAll(db.select().from(orders), db.select().from(drafts)); // want missing-limit
      }
      export async function chained() {
        return await db.select().from(orders).limit(5).unionAll(db.select().from(drafts).limit(5));
      }`,
    'src/schema.ts': `
      import { pgTable, text } from 'drizzle-orm/pg-core';
      export const orders = pgTable('orders', { id: text('id').primaryKey(), at: text('at') });
      export const drafts = pgTable('drafts', { id: text('id').primaryKey(), at: text('at') });`,
  },
  'sort helper with the limit in options': {
    'src/a.ts': `
      import knex from 'knex';
      import { applySearch } from './search';
      import { decorate } from '@acme/knex-utils';
      const db = knex({ client: 'pg' });
      export async function a(term: string) {
        const query = db('orders').where('open', true); // want missing-limit
        applySearch(query, term);
        return await query;
      }
      export async function b(term: string) {
        const query = db('orders').where('open', true);
        decorate(query);
        return await query;
      }`,
    'src/search.ts': `
      export function applySearch(query: any, term: string) { query.where('name', 'like', term); }`,
  },
});

// What a helper gives back is asked as well, and judged by what is said of it after.
samples(['missing-limit'], {
  'a helper of a query, then …': {
    'src/a.ts': `
      import { drizzle } from 'drizzle-orm/node-postgres';
      import { orders } from './schema';
      import { eq } from 'drizzle-orm';
      const db = drizzle(process.env.URL!);
      function visible(qb: any, tenant: string) { return qb.where(eq(orders.tenant, tenant)); }
      export const a = (t: string) => visible(db.select().from(orders).$dynamic(), t).then((rows: any) => rows.map((r: any) => r.tenant)); // want missing-limit
      export const b = async (t: string) => { const [x] = await Promise.all([visible(db.select().from(orders).$dynamic(), t)]); return x; }; // want missing-limit
      export const c = async (t: string) => { const q = visible(db.select().from(orders).$dynamic(), t); return await q; }; // want missing-limit
      export const d = async (t: string) => { const q = visible(db.select().from(orders).$dynamic(), t); const rows = await q; return rows.filter((r: any) => r.tenant); }; // want missing-limit
      export const e = async (t: string) => { const q = visible(db.select().from(orders).$dynamic(), t); const rows = await q.orderBy(orders.tenant); return rows; }; // want missing-limit
      export const f = async (t: string) => await visible(db.select().from(orders).$dynamic(), t).orderBy(orders.tenant); // want missing-limit
      export const g = async (t: string) => { for (const r of await visible(db.select().from(orders).$dynamic(), t)) print(r); }; // want missing-limit
      export const h = (t: string) => visible(db.select().from(orders).$dynamic(), t); // want missing-limit
      export const i = async (t: string) => ({ rows: await visible(db.select().from(orders).$dynamic(), t) }); // want missing-limit
      export const j = async (t: string) => { const rows = await timed(visible(db.select().from(orders).$dynamic(), t)); return rows; }; // want missing-limit`,
    'src/schema.ts': `
      import { pgTable, text } from 'drizzle-orm/pg-core';
      export const orders = pgTable('orders', { tenant: text('tenant') });`,
  },
  'foreign helper and filter': {
    'src/a.ts': `
      import { drizzle } from 'drizzle-orm/node-postgres';
      import { orders } from './schema';
      import { use } from 'react';
      import { timed } from './timed';
      import Bluebird from 'bluebird';
      const db = drizzle(process.env.URL!);
      export function Page() { const rows = use(db.select().from(orders)); return rows.filter((r) => r.tenant === 'x'); } // want missing-limit
      export function b() { return use(db.select().from(orders)).filter((r: any) => r.tenant); } // want missing-limit
      export function c() { return Bluebird.resolve(db.select().from(orders)).filter((r: any) => r.tenant); } // want missing-limit
      export async function d() { const p = timed(db.select().from(orders)); const rows = await p; return rows.filter((r: any) => r.tenant); } // want missing-limit
      export async function e() { const rows = await timed(db.select().from(orders)); return rows.filter((r: any) => r.tenant); } // want missing-limit
      export async function f() { return (await timed(db.select().from(orders))).filter((r: any) => r.tenant); } // want missing-limit`,
    'src/timed.ts': `
      export async function timed<T>(p: Promise<T>): Promise<T> { const s = Date.now(); try { return await p; } finally { console.log(Date.now() - s); } }`,
    'src/schema.ts': `
      import { pgTable, text } from 'drizzle-orm/pg-core';
      export const orders = pgTable('orders', { tenant: text('tenant') });`,
  },
  'mongoose helper': {
    'src/a.ts': `
      import mongoose, { Schema } from 'mongoose';
      const Order = mongoose.model('Order', new Schema({ tenant: String, at: Date }));
      const visible = (q: any, t: string) => q.where('tenant', t);
      export const a = (t: string) => visible(Order.find(), t).then((rows: any) => rows.map((r: any) => r.tenant)); // want missing-limit
      export const b = (t: string) => visible(Order.find(), t).lean(); // want missing-limit
      export const c = async (t: string) => await visible(Order.find(), t).sort('at').exec(); // want missing-limit
      export const d = async (t: string) => { const q = visible(Order.find(), t); q.sort('at'); return await q.exec(); }; // want missing-limit
      export const e = async (t: string) => { const q = visible(Order.find(), t); const [rows, n] = await Promise.all([q.lean(), Order.countDocuments()]); return { rows, n }; }; // want missing-limit
      export const f = async (t: string) => { const q = foreign(Order.find(), t); const rows = await q.lean(); return rows; }; // want missing-limit
      export const g = async (t: string) => await foreign(Order.find(), t).lean(); // want missing-limit`,
  },
  'knex and update': {
    'src/a.ts': `
      import knex from 'knex';
      const db = knex({ client: 'pg' });
      const visible = (q: any, t: string) => q.where('tenant', t);
      export const a = (t: string) => visible(db('orders').select('*'), t).then((rows: any) => rows.length); // want missing-limit
      export const b = async (t: string) => { const rows = await visible(db('orders').select('*'), t); return rows; }; // want missing-limit
      export const c = async (t: string) => { const [rows] = await Promise.all([visible(db('orders').select('*'), t)]); return rows; }; // want missing-limit
      export async function* d(t: string) { yield visible(db('orders').select('*'), t); } // want missing-limit
      export const e = async (t: string) => { const q = visible(db('orders').select('*'), t); if (t) q.orderBy('at'); const rows = await q; return rows; }; // want missing-limit`,
  },
});
