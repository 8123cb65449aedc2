import { samples } from '../samples.ts';

/** Lists that are put together by hand, portions, and long chains. */
samples('n-plus-one', {
  'a chain of twelve links that another function begins': {
    'status.ts': `
      import { Kysely } from 'kysely';
      export const statusQuery = (db: Kysely<any>) => db
        .selectFrom('status')
        .selectAll('status')
        .leftJoin('account', 'account.did', 'status.did')
        .select(['account.name'])
        .leftJoin('record', 'record.did', 'status.did')
        .select(['record.uri'])
        .leftJoin('stats', 'stats.did', 'status.did')
        .select(['stats.count'])
        .leftJoin('tags', 'tags.did', 'status.did')
        .select(['tags.name'])
        .leftJoin('a', 'a.did', 'status.did')
        .select(['a.name']);`,
    'views.ts': `
      import { Kysely } from 'kysely';
      import { statusQuery } from './status';
      export class Views {
        constructor(private db: Kysely<any>) {}
        async all(records: { cid: string }[]) {
          return Promise.all(records.map(async (record) => {
            const blob = await this.blob(record.cid); // want n-plus-one
            return { ...record, blob };
          }));
        }
        async blob(cid: string) {
          return statusQuery(this.db).where('status.cid', '=', cid).executeTakeFirst();
        }
      }`,
  },
  'the long chain is not run': {
    'status.ts': `
      import { Kysely } from 'kysely';
      export const statusQuery = (db: Kysely<any>) => db
        .selectFrom('status').selectAll('status')
        .leftJoin('account', 'account.did', 'status.did').select(['account.name'])
        .leftJoin('record', 'record.did', 'status.did').select(['record.uri'])
        .leftJoin('stats', 'stats.did', 'status.did').select(['stats.count'])
        .leftJoin('tags', 'tags.did', 'status.did').select(['tags.name'])
        .leftJoin('a', 'a.did', 'status.did').select(['a.name']);`,
    'views.ts': `
      import { Kysely } from 'kysely';
      import { statusQuery } from './status';
      export function texts(db: Kysely<any>, cids: string[]) { return cids.map((cid) => statusQuery(db).where('status.cid', '=', cid).compile().sql); }
      export async function whole(db: Kysely<any>, cids: string[]) { return statusQuery(db).where('status.cid', 'in', cids).execute(); }`,
  },
  'a list that is put together by hand': `
    import { PrismaClient } from '@prisma/client';
    const db = new PrismaClient();
    function linksOf(record: any) {
      if (record.kind === 'follow') {
        if (typeof record.subject !== 'string') return [];
        return [{ path: 'subject', to: record.subject }];
      }
      return [];
    }
    export async function literalOrNone(record: any) { for (const link of linksOf(record)) console.log(await db.link.findMany({ where: { to: link.to } })); }
    function limitsOf(order: any, ip?: string) {
      const limits: any[] = [];
      if (order.email) {
        limits.push({ key: \`email_\${order.email}\` });
        if (order.to) limits.push({ key: \`email_\${order.email}_\${order.to}\` });
      }
      if (ip) limits.push({ key: \`ip_\${ip}\` });
      return limits;
    }
    export async function pushedElsewhere(order: any, ip: string) {
      const limits = limitsOf(order, ip);
      for (const limit of limits) console.log(await db.limit.findFirst({ where: { key: limit.key } }));
    }
    export async function pushedHere(body: any) {
      const targets: Array<{ env: string; id: string }> = [];
      if (body.live) targets.push({ env: 'live', id: body.live });
      if (body.sandbox) targets.push({ env: 'sandbox', id: body.sandbox });
      for (const { env, id } of targets) console.log(await db.token.findFirst({ where: { env, id } }));
    }
    export async function setOfTwo(ctx: any) {
      const recipients = new Set<string>([ctx.owner, ctx.requester]);
      await Promise.all([...recipients].map(async (id) => { console.log(await db.user.findMany({ where: { team: id } })); }));
    }`,
  'filled from settings; a setting or nothing': `
    import { PrismaClient } from '@prisma/client';
    const db = new PrismaClient();
    export class Service {
      ctx: any;
      async seed() {
        const members: Array<{ role: string; did: string }> = [];
        this.ctx.cfg.access.admins.forEach((did: string) => members.push({ role: 'admin', did }));
        this.ctx.cfg.access.triage.forEach((did: string) => members.push({ role: 'triage', did }));
        for (const member of members) await db.member.create({ data: member });
      }
    }
    export async function run(props: any) { for (const model of props.syncConfig.models || []) console.log(await db.record.findMany({ where: { model } })); }`,
  'lists of data that start empty': `
    import { PrismaClient } from '@prisma/client';
    const db = new PrismaClient();
    function linksOf(records: any[]) {
      if (records.length === 0) return [];
      const links: any[] = [];
      for (const record of records) links.push({ to: record.subject });
      return links;
    }
    export async function filled(records: any[]) { for (const link of linksOf(records)) console.log(await db.link.findMany({ where: { to: link.to } })); } // want n-plus-one
    export async function inLoop(rows: any[]) {
      const ids: string[] = [];
      for (const row of rows) if (row.on) ids.push(row.id);
      for (const id of ids) console.log(await db.a.findFirst({ where: { id } })); // want n-plus-one
    }
    export async function inCallback(rows: any[]) {
      const ids: string[] = [];
      rows.forEach((row) => ids.push(row.id));
      for (const id of ids) console.log(await db.a.findFirst({ where: { id } })); // want n-plus-one
    }
    export async function spread(rows: any[]) {
      const ids: string[] = [];
      ids.push(...rows.map((row) => row.id));
      for (const id of ids) console.log(await db.a.findFirst({ where: { id } })); // want n-plus-one
    }
    declare function fill(ids: string[]): void;
    export async function handedOn() {
      const ids: string[] = [];
      ids.push('a');
      fill(ids);
      for (const id of ids) console.log(await db.a.findFirst({ where: { id } })); // want n-plus-one
    }
    export async function addedLater(ctx: any, rows: any[]) {
      const recipients = new Set<string>([ctx.owner, ctx.requester]);
      for (const row of rows) recipients.add(row.userId);
      await Promise.all([...recipients].map(async (id) => { console.log(await db.user.findMany({ where: { team: id } })); })); // want n-plus-one
    }
    export async function orNothing(props: any) { for (const order of props.orders || []) console.log(await db.record.findMany({ where: { orderId: order.id } })); } // want n-plus-one`,
  'a portion a round': `
    import { PrismaClient } from '@prisma/client';
    const db = new PrismaClient();
    export async function sitemaps(items: string[], size: number) {
      for (let page = 1; page <= Math.ceil(items.length / size); page += 1) {
        const urls = items.slice((page - 1) * size, page * size);
        await db.sitemap.create({ data: { urls } });
      }
    }`,
  'an element a round': `
    import { PrismaClient } from '@prisma/client';
    const db = new PrismaClient();
    export async function all(items: string[]) {
      for (let i = 0; i < items.length; i += 1) await db.sitemap.create({ data: { url: items[i] } }); // want n-plus-one
    }`,
});

/** Flags that are no relations, and look-ups that a wrapper waits for. */
samples('n-plus-one', {
  'a flag of the row leaves the round, and the query selected it': `
    import { PrismaClient } from '@prisma/client';
    const db = new PrismaClient();
    async function usage({ workspaceId }: { workspaceId: string }) {
      const bots = await db.bot.findMany({ where: { workspaceId }, select: { id: true } });
      return db.result.count({ where: { botId: { in: bots.map((each) => each.id) } } });
    }
    export async function behindCall() {
      const workspaces = await db.workspace.findMany({ where: { active: true }, select: { id: true, isQuarantined: true } });
      for (const workspace of workspaces) {
        if (workspace.isQuarantined) continue;
        console.log(await usage({ workspaceId: workspace.id })); // want n-plus-one
      }
    }
    export async function direct() {
      const workspaces = await db.workspace.findMany({ where: { active: true }, select: { id: true, archived: true } });
      for (const workspace of workspaces) {
        if (workspace.archived) continue;
        console.log(await db.result.findMany({ where: { workspaceId: workspace.id } })); // want n-plus-one
      }
    }
    export async function negated() {
      const workspaces = await db.workspace.findMany({ select: { id: true, archived: true } });
      for (const workspace of workspaces) {
        if (!workspace.archived) console.log(await db.member.findMany({ where: { workspaceId: workspace.id } })); // want n-plus-one
      }
    }`,
  'a relation that was brought along, with something in its place': `
    import { PrismaClient } from '@prisma/client';
    const db = new PrismaClient();
    async function membersOf(workspace: any) {
      if (workspace.members) return workspace.members;
      return db.member.findMany({ where: { workspaceId: workspace.id } });
    }
    export async function behindCall() {
      const workspaces = await db.workspace.findMany({ where: { active: true }, include: { members: true } });
      for (const workspace of workspaces) console.log(await membersOf(workspace));
    }
    export async function used() {
      const workspaces = await db.workspace.findMany({ where: { active: true }, include: { members: true } });
      for (const workspace of workspaces) {
        if (workspace.members) { console.log(workspace.members); continue; }
        console.log(await db.member.findMany({ where: { workspaceId: workspace.id } }));
      }
    }
    export async function operator() {
      const workspaces = await db.workspace.findMany({ include: { members: true } });
      for (const workspace of workspaces) console.log(workspace.members ?? (await db.member.findMany({ where: { workspaceId: workspace.id } })));
    }`,
  'a look-up that a wrapper waits for is awaited by itself': `
    import { PrismaClient } from '@prisma/client';
    import { ResultAsync } from 'neverthrow';
    const db = new PrismaClient();
    declare function withTimeout<T>(p: Promise<T>, ms: number): Promise<T>;
    export async function wrapped(rows: { key: string }[]) {
      for (const row of rows) console.log(await ResultAsync.fromPromise(db.secret.findUnique({ where: { key: row.key } }), () => null).unwrapOr(null)); // want n-plus-one
    }
    export async function timed(rows: { key: string }[]) {
      for (const row of rows) console.log(await withTimeout(db.secret.findUnique({ where: { key: row.key } }), 500)); // want n-plus-one
    }`,
  'all under way together': `
    import { PrismaClient } from '@prisma/client';
    const db = new PrismaClient();
    declare function withTimeout<T>(p: Promise<T>, ms: number): Promise<T>;
    export async function b(rows: { key: string }[]) { return Promise.all(rows.map((row) => db.secret.findUnique({ where: { key: row.key } }))); }
    export async function c(rows: { key: string }[]) { return Promise.all(rows.map((row) => withTimeout(db.secret.findUnique({ where: { key: row.key } }), 500))); }
    export async function d(rows: { key: string }[]) {
      const all: Promise<unknown>[] = [];
      for (const row of rows) all.push(withTimeout(db.secret.findUnique({ where: { key: row.key } }), 500));
      await Promise.all(all);
    }`,
});
