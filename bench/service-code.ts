/**
 * Service code as teams write it, made up here: modules of Express, Nest, Prisma and TypeORM that import each other, 150 to 400
 * lines each, and the edits of a working day. The same every time, so that two runs of the benchmark measure the same work.
 */

/** Files of one side: path → text. */
export type Files = Record<string, string>;

type Domain = { noun: string; Noun: string; plural: string; Plural: string; fields: readonly string[]; neighbour: string; random: Random };
type Random = () => number;

const nouns = [
  'invoice', 'order', 'customer', 'shipment', 'product', 'payment', 'contract', 'ticket', 'account', 'session', 'vehicle', 'booking', 'subscription', 'voucher', 'supplier',
  'warehouse', 'campaign', 'document', 'project', 'employee', 'lesson', 'device', 'sensor', 'recipe', 'channel', 'article', 'comment', 'refund', 'tariff', 'delivery',
];
const fieldNames = ['status', 'ownerId', 'region', 'currency', 'amount', 'title', 'reference', 'category', 'priority', 'language', 'externalId', 'tenantId', 'note', 'colour', 'weight', 'source'];

/** So many modules, eight to a domain, below `folder`. */
export function serviceCode(count: number, folder = 'src'): Files {
  const files: Files = {};
  for (let index = 0; Object.keys(files).length < count; index += 1) Object.assign(files, firstOf(modulesOf(domainAt(index), folder), count - Object.keys(files).length));
  return files;
}

function firstOf(files: Files, most: number): Files {
  return Object.fromEntries(Object.entries(files).slice(0, most));
}

function domainAt(index: number): Domain {
  const name = (at: number): string => `${nouns[at % nouns.length]}${at < nouns.length ? '' : `${'abcdefghijklmnopqrstuvwxyz'[Math.floor(at / nouns.length) % 26]}${Math.floor(at / nouns.length / 26) || ''}`}`;
  const random = randomFrom(index + 1);
  const noun = name(index);
  const plural = noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`;
  const fields = [...fieldNames].sort(() => random() - 0.5).slice(0, 10);
  return { noun, Noun: capital(noun), plural, Plural: capital(plural), fields, neighbour: name(Math.max(0, index - 1)), random };
}

function modulesOf(domain: Domain, folder: string): Files {
  const { noun, plural } = domain;
  const at = (kind: string): string => `${folder}/${plural}/${noun}.${kind}.ts`;
  return {
    [at('queries')]: prismaModule(domain),
    [at('routes')]: expressModule(domain),
    [at('schema')]: schemaModule(domain),
    [at('entity')]: entityModule(domain),
    [at('repository')]: repositoryModule(domain),
    [at('service')]: nestService(domain),
    [at('controller')]: nestController(domain),
    [at('pricing')]: pureModule(domain),
  };
}

function prismaModule(domain: Domain): string {
  const { noun, Noun, plural, Plural, fields, neighbour, random } = domain;
  const members = fields.flatMap((field) => {
    const Field = capital(field);
    const all = [
      `/** ${Plural} by ${field}, newest first. */
export async function list${Plural}By${Field}(${field}: string, page = 0): Promise<${Noun}[]> {
  const rows = await prisma.${noun}.findMany({
    where: { ${field}, archivedAt: null },
    orderBy: { createdAt: 'desc' },
    skip: page * pageSize,
    take: pageSize,
  });
  return rows.map((row) => fromRow(row));
}`,
      `export async function count${Plural}By${Field}(): Promise<Map<string, number>> {
  const groups = await prisma.${noun}.groupBy({ by: ['${field}'], _count: { _all: true } });
  const counts = new Map<string, number>();
  for (const group of groups) {
    const key = String(group.${field} ?? 'none');
    counts.set(key, (counts.get(key) ?? 0) + group._count._all);
  }
  return counts;
}`,
      `export async function change${Field}Of${Noun}(id: string, ${field}: string, by: Actor): Promise<${Noun}> {
  const before = await prisma.${noun}.findUnique({ where: { id } });
  if (!before) throw new NotFound('${noun}', id);
  if (before.${field} === ${field}) return fromRow(before);
  const [after] = await prisma.$transaction([
    prisma.${noun}.update({ where: { id }, data: { ${field}, changedBy: by.id } }),
    prisma.auditEntry.create({ data: { subject: '${noun}', subjectId: id, field: '${field}', from: String(before.${field}), to: ${field}, by: by.id } }),
  ]);
  logger.info({ id, ${field} }, '${noun}: ${field} changed');
  return fromRow(after);
}`,
      `export async function ${plural}With${capital(neighbour)}By${Field}(${field}: string): Promise<Summary[]> {
  const rows = await prisma.${noun}.findMany({ where: { ${field} }, select: { id: true, ${field}: true, amount: true }, take: 200 });
  const ids = rows.map((row) => row.id);
  const related = await prisma.${neighbour}.findMany({ where: { ${noun}Id: { in: ids } } });
  const byParent = new Map(related.map((each) => [each.${noun}Id, each]));
  return rows.map((row) => ({ id: row.id, label: \`\${row.${field}} \${byParent.get(row.id)?.id ?? ''}\`.trim(), total: row.amount ?? 0 }));
}`,
    ];
    if (random() < 0.25) {
      all.push(`/** Runs at night; fills what imports left open. */
export async function complete${Field}Of${Plural}(): Promise<number> {
  const open = await prisma.${noun}.findMany({ where: { ${field}: null }, take: 100 });
  let changed = 0;
  for (const row of open) {
    const guess = await prisma.${neighbour}.findFirst({ where: { ${noun}Id: row.id } });
    if (!guess) continue;
    await prisma.${noun}.update({ where: { id: row.id }, data: { ${field}: guess.${field} } });
    changed += 1;
  }
  return changed;
}`);
    }
    return all;
  });
  return module(domain, `import { PrismaClient } from '@prisma/client';
import { logger } from '../shared/logger';
import { NotFound } from '../shared/errors';
import type { Actor } from '../shared/actor';
import type { ${Noun}, Summary } from './${noun}.entity';

const prisma = new PrismaClient();
const pageSize = 50;

function fromRow(row: Record<string, unknown>): ${Noun} {
  return { ...row, id: String(row.id), createdAt: new Date(String(row.createdAt)) } as ${Noun};
}`, members);
}

function expressModule(domain: Domain): string {
  const { noun, Noun, plural, Plural, fields, random } = domain;
  const members = fields.flatMap((field) => {
    const Field = capital(field);
    return [
      `${plural}.get('/by-${dashed(field)}/:${field}', async (req, res, next) => {
  try {
    const { ${field} } = ${field}Params.parse(req.params);
    const page = Number(req.query.page ?? 0);
    const found = await list${Plural}By${Field}(${field}, page);
    res.json({ items: found.map((each) => present${Noun}(each)), page });
  } catch (error) {
    next(error);
  }
});`,
      `${plural}.patch('/:id/${dashed(field)}', requireUser, async (req, res, next) => {
  try {
    const body = ${random() < 0.85 ? `change${Field}.parse(req.body)` : 'req.body'};
    const changed = await change${Field}Of${Noun}(req.params.id, body.${field}, req.user);
    res.json(present${Noun}(changed));
  } catch (error) {
    next(error);
  }
});`,
      `/** The numbers above the list, by ${field}. */
async function headlineBy${Field}(_req: Request, res: Response): Promise<void> {
  const counts = await count${Plural}By${Field}();
  const rows = [...counts].sort(([, one], [, other]) => other - one).slice(0, 12);
  const total = rows.reduce((sum, [, count]) => sum + count, 0);
  res.setHeader('cache-control', 'private, max-age=60');
  res.json({ total, rows: rows.map(([key, count]) => ({ key, count, share: total === 0 ? 0 : count / total })) });
}
${plural}.get('/headline/${dashed(field)}', headlineBy${Field});`,
    ];
  });
  return module(domain, `import { Router, type Request, type Response } from 'express';
import { requireUser } from '../shared/session';
import { ${fields.map((field) => `change${capital(field)}Of${Noun}, count${Plural}By${capital(field)}, list${Plural}By${capital(field)}`).join(',\n  ')} } from './${noun}.queries';
import { ${fields.map((field) => `change${capital(field)}, ${field}Params`).join(', ')} } from './${noun}.schema';
import type { ${Noun} } from './${noun}.entity';

export const ${plural} = Router();

function present${Noun}(each: ${Noun}): Record<string, unknown> {
  const { id, createdAt, ...rest } = each;
  return { id, createdAt: createdAt.toISOString(), ...rest };
}`, members);
}

function schemaModule(domain: Domain): string {
  const { noun, Noun, fields } = domain;
  const members = fields.flatMap((field) => [
    `export const ${field}Params = z.object({ ${field}: z.string().min(1).max(80) });`,
    `export const change${capital(field)} = z.object({
  ${field}: z.string().trim().min(1).max(200),
  reason: z.string().max(500).optional(),
  notify: z.boolean().default(false),
});
export type Change${capital(field)} = z.infer<typeof change${capital(field)}>;`,
    `/** What an import may say about ${field}; spreadsheets are generous with spaces. */
export const imported${capital(field)} = z
  .string()
  .transform((text) => text.replace(/\\s+/g, ' ').trim())
  .refine((text) => text.length > 0, { message: '${field} must not be empty' })
  .refine((text) => !text.startsWith('='), { message: '${field} must not be a formula' })
  .transform((text) => (text.toLowerCase() === 'unknown' ? undefined : text));`,
    `export function describe${capital(field)}(value: string | undefined, locale = 'en'): string {
  if (value === undefined) return locale === 'de' ? 'unbekannt' : 'unknown';
  switch (value) {
    case 'open':
      return locale === 'de' ? 'offen' : 'open';
    case 'closed':
      return locale === 'de' ? 'geschlossen' : 'closed';
    case 'waiting':
      return locale === 'de' ? 'wartend' : 'waiting';
    default:
      return value.charAt(0).toUpperCase() + value.slice(1).replaceAll('_', ' ');
  }
}`,
  ]);
  return module(domain, `import { z } from 'zod';

export const ${noun}Id = z.string().uuid();

export const new${Noun} = z.object({
${fields.map((field) => `  ${field}: z.string().max(200).optional(),`).join('\n')}
  amount: z.number().nonnegative().default(0),
});
export type New${Noun} = z.infer<typeof new${Noun}>;`, members);
}

function entityModule(domain: Domain): string {
  const { noun, Noun, plural, Plural, fields } = domain;
  const members = fields.flatMap((field) => [
    `@Entity({ name: '${plural}_${dashed(field).replaceAll('-', '_')}_history' })
@Index(['${noun}Id', 'changedAt'])
export class ${Noun}${capital(field)}Change {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column({ type: 'uuid' })
  ${noun}Id!: string;

  @ManyToOne(() => ${Noun}Entity, (${noun}) => ${noun}.id, { onDelete: 'CASCADE' })
  ${noun}!: ${Noun}Entity;

  @Column({ type: 'varchar', length: 200, nullable: true })
  before!: string | null;

  @Column({ type: 'varchar', length: 200, nullable: true })
  after!: string | null;

  @CreateDateColumn({ type: 'timestamptz' })
  changedAt!: Date;

  get isRemoval(): boolean {
    return this.before !== null && this.after === null;
  }
}`,
  ]);
  return module(domain, `import { Column, CreateDateColumn, Entity, Index, ManyToOne, PrimaryGeneratedColumn, UpdateDateColumn } from 'typeorm';

export type ${Noun} = { id: string; createdAt: Date; amount?: number; ${fields.map((field) => `${field}?: string`).join('; ')} };
export type Summary = { id: string; label: string; total: number };

@Entity({ name: '${plural}' })
export class ${Noun}Entity {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

${fields.map((field) => `  @Column({ type: 'varchar', length: 200, nullable: true })\n  ${field}!: string | null;`).join('\n\n')}

  @Column({ type: 'numeric', precision: 12, scale: 2, default: 0 })
  total!: string;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt!: Date;

  @UpdateDateColumn({ type: 'timestamptz' })
  updatedAt!: Date;
}

export const all${Plural} = [${Noun}Entity] as const;`, members);
}

function repositoryModule(domain: Domain): string {
  const { noun, Noun, Plural, fields, random } = domain;
  const members = fields.flatMap((field) => {
    const Field = capital(field);
    return [
      `  async findBy${Field}(${field}: string, limit = 100): Promise<${Noun}Entity[]> {
    return this.rows
      .createQueryBuilder('${noun}')
      .where('${noun}.${field} = :${field}', { ${field} })
      .orderBy('${noun}.createdAt', 'DESC')
      .take(limit)
      .getMany();
  }`,
      `  async mostRecentBy${Field}(${field}: string): Promise<${Noun}Entity | null> {
    return this.rows.findOne({ where: { ${field} }, order: { createdAt: 'DESC' } });
  }`,
      `  /** Every ${field} in use, with how often. */
  async ${field}InUse(): Promise<{ ${field}: string; uses: number }[]> {
    const raw = await this.rows
      .createQueryBuilder('${noun}')
      .select('${noun}.${field}', '${field}')
      .addSelect('COUNT(*)', 'uses')
      .groupBy('${noun}.${field}')
      .getRawMany<{ ${field}: string; uses: string }>();
    return raw.map((each) => ({ ${field}: each.${field}, uses: Number(each.uses) }));
  }`,
      `  async replace${Field}(from: string, to: string, by: string): Promise<number> {
    const { affected } = await this.rows.update({ ${field}: from }, { ${field}: to });
    await this.changes${Field}.insert({ before: from, after: to });
    this.logger.log(\`\${affected ?? 0} ${noun}: ${field} replaced by \${by}\`);
    return affected ?? 0;
  }`,
      ...(random() < 0.2 ? [`  async historyOf${Field}(ids: readonly string[]): Promise<Map<string, ${Noun}${Field}Change[]>> {
    const history = new Map<string, ${Noun}${Field}Change[]>();
    for (const id of ids) {
      history.set(id, await this.changes${Field}.find({ where: { ${noun}Id: id }, order: { changedAt: 'ASC' } }));
    }
    return history;
  }`] : []),
    ];
  });
  return classModule(domain, `import { Injectable, Logger } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { ${Noun}Entity, ${fields.map((field) => `${Noun}${capital(field)}Change`).join(', ')} } from './${noun}.entity';

@Injectable()
export class ${Plural}Repository {
  private readonly logger = new Logger('${noun}');

  constructor(
    @InjectRepository(${Noun}Entity) private readonly rows: Repository<${Noun}Entity>,
${fields.map((field) => `    @InjectRepository(${Noun}${capital(field)}Change) private readonly changes${capital(field)}: Repository<${Noun}${capital(field)}Change>,`).join('\n')}
  ) {}`, members);
}

function nestService(domain: Domain): string {
  const { noun, Noun, Plural, fields } = domain;
  const members = fields.flatMap((field) => {
    const Field = capital(field);
    return [
      `  async overviewBy${Field}(${field}: string): Promise<Overview> {
    const rows = await this.${noun}Rows.findBy${Field}(${field}, 200);
    const totals = rows.map((row) => Number(row.total));
    return {
      key: ${field},
      count: rows.length,
      total: totals.reduce((sum, each) => sum + each, 0),
      average: mean(totals),
      largest: Math.max(0, ...totals),
    };
  }`,
      `  async rename${Field}(from: string, to: string, by: string): Promise<number> {
    if (from === to) return 0;
    const taken = await this.${noun}Rows.mostRecentBy${Field}(to);
    if (taken) throw new ConflictException(\`\${to} is in use\`);
    const changed = await this.${noun}Rows.replace${Field}(from, to, by);
    this.events.emit('${noun}.${field}.renamed', { from, to, changed });
    return changed;
  }`,
      `  async ${field}Report(limit = 20): Promise<string[]> {
    const uses = await this.${noun}Rows.${field}InUse();
    return uses
      .filter((each) => each.uses > 1)
      .sort((one, other) => other.uses - one.uses)
      .slice(0, limit)
      .map((each, place) => \`\${place + 1}. \${each.${field}} (\${each.uses})\`);
  }`,
    ];
  });
  return classModule(domain, `import { ConflictException, Injectable } from '@nestjs/common';
import { EventEmitter2 } from '@nestjs/event-emitter';
import { mean } from './${noun}.pricing';
import { ${Plural}Repository } from './${noun}.repository';

export type Overview = { key: string; count: number; total: number; average: number; largest: number };

@Injectable()
export class ${Plural}Service {
  constructor(
    private readonly ${noun}Rows: ${Plural}Repository,
    private readonly events: EventEmitter2,
  ) {}`, members, `/** A ${noun} as the outside knows it. */
export type ${Noun}View = { id: string; total: number; labels: readonly string[] };`);
}

function nestController(domain: Domain): string {
  const { noun, Noun, plural, Plural, fields } = domain;
  const members = fields.flatMap((field) => {
    const Field = capital(field);
    return [
      `  @Get('${dashed(field)}/:${field}')
  @ApiOperation({ summary: '${Plural} of one ${field}' })
  async by${Field}(@Param('${field}') ${field}: string): Promise<Overview> {
    return this.${plural}.overviewBy${Field}(${field});
  }`,
      `  @Post('${dashed(field)}/rename')
  @Roles('editor')
  @UsePipes(new ValidationPipe({ whitelist: true }))
  async rename${Field}(@Body() body: Rename${Noun}${Field}, @CurrentUser() user: User): Promise<{ changed: number }> {
    const changed = await this.${plural}.rename${Field}(body.from, body.to, user.id);
    return { changed };
  }`,
      `  @Get('${dashed(field)}-report')
  @Header('content-type', 'text/plain')
  async ${field}Report(@Query('limit', new DefaultValuePipe(20), ParseIntPipe) limit: number): Promise<string> {
    const lines = await this.${plural}.${field}Report(Math.min(limit, 100));
    return lines.length === 0 ? 'nothing to report' : lines.join('\\n');
  }`,
    ];
  });
  return classModule(domain, `import { Body, Controller, DefaultValuePipe, Get, Header, Param, ParseIntPipe, Post, Query, UsePipes, ValidationPipe } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import { CurrentUser, Roles, type User } from '../shared/session';
import { ${Plural}Service, type Overview } from './${noun}.service';

${fields.map((field) => `class Rename${Noun}${capital(field)} {
  @IsString()
  @MaxLength(200)
  from!: string;

  @IsString()
  @MaxLength(200)
  to!: string;
}`).join('\n\n')}

@Controller('${plural}')
export class ${Plural}Controller {
  constructor(private readonly ${plural}: ${Plural}Service) {}`, members);
}

function pureModule(domain: Domain): string {
  const { noun, Noun, fields } = domain;
  const members = fields.flatMap((field) => {
    const Field = capital(field);
    return [
      `/** Groups by ${field}; what has none comes last. */
export function groupBy${Field}<T extends { ${field}?: string | null }>(rows: readonly T[]): [string, T[]][] {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const key = row.${field} ?? '';
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups].sort(([one], [other]) => (one === '' ? 1 : other === '' ? -1 : one.localeCompare(other)));
}`,
      `export function discountBy${Field}(lines: readonly Line[], ${field}: string, rates: Readonly<Record<string, number>>): number {
  const rate = rates[${field}] ?? rates.default ?? 0;
  let discount = 0;
  for (const { quantity, price, isReduced } of lines) {
    if (isReduced) continue;
    const gross = quantity * price;
    if (gross < smallest) continue;
    discount += Math.round(gross * rate * 100) / 100;
  }
  return Math.min(discount, ceilings.${field} ?? Number.POSITIVE_INFINITY);
}`,
      `export async function retry${Field}<T>(work: () => Promise<T>, attempts = 3): Promise<T> {
  let last: unknown;
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      last = error;
      await new Promise((done) => setTimeout(done, attempt * 200));
    }
  }
  throw new Error(\`${noun} ${field}: gave up after \${attempts} attempts\`, { cause: last });
}`,
    ];
  });
  return module(domain, `export type Line = { quantity: number; price: number; isReduced?: boolean };
export type ${Noun}Totals = { net: number; tax: number; gross: number };

const smallest = 0.01;
const ceilings: Partial<Record<string, number>> = { ${fields.slice(0, 3).map((field, index) => `${field}: ${(index + 1) * 250}`).join(', ')} };

export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, each) => sum + each, 0) / values.length;
}

export function totals(lines: readonly Line[], taxRate: number): ${Noun}Totals {
  const net = lines.reduce((sum, { quantity, price }) => sum + quantity * price, 0);
  const tax = Math.round(net * taxRate * 100) / 100;
  return { net, tax, gross: net + tax };
}`, members);
}

/** Between so many and so many members: what a module of 150 to 400 lines holds. */
const fewestLines = 150;
const mostLines = 400;

function module({ random }: Domain, head: string, members: readonly string[]): string {
  return `${[head, ...enough(head, members, random)].join('\n\n')}\n`;
}

function classModule({ random }: Domain, head: string, members: readonly string[], tail?: string): string {
  return `${[head, ...enough(head, members, random)].join('\n\n')}\n}\n${tail === undefined ? '' : `\n${tail}\n`}`;
}

function enough(head: string, members: readonly string[], random: Random): string[] {
  const wanted = fewestLines + random() * (mostLines - fewestLines - 40);
  const chosen: string[] = [];
  let lines = linesOf(head);
  for (const member of members) {
    if (lines >= wanted) break;
    chosen.push(member);
    lines += linesOf(member) + 1;
  }
  return chosen;
}

/**
 * What a pull request leaves of these files: each is edited as its kind is edited on an ordinary day. One forgets a limit, one asks
 * per row, the others rename, guard, log, move and add what nobody would remark on.
 */
export function edited(files: Files): Files {
  return Object.fromEntries(Object.entries(files).map(([path, text], index) => [path, edits.reduce((before, edit, at) => ((index + at) % 3 === 0 ? edit(before, index) : before), addition(path, text, index))]));
}

/** Edits that a module survives whatever it holds. */
const edits: readonly ((text: string, index: number) => string)[] = [
  (text) => text.replace(/const rows = ([^;]+;)([\s\S]*?)\n {0,2}\}/, (whole) => whole.replaceAll(/\brows\b/g, 'found')),
  (text) => text.replace(/^(.*)orderBy: \{ createdAt: 'desc' \},$/m, "$1orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],"),
  (text, index) => (index % 16 === 8 ? text.replace(/\n *take: pageSize,(?=\n)/, '') : text.replace('const pageSize = 50;', 'const pageSize = 100;')),
  (text) => text.replace('max(200)', 'max(250)').replace('length: 200', 'length: 250'),
  (text) => text.replace(/^( *)(const counts = .*)$/m, "$1const started = performance.now();\n$1$2\n$1metrics.observe('headline', performance.now() - started);"),
  (text) => text.replace(/^( *)if \(from === to\) return 0;$/m, '$1if (from === to || to.trim() === \'\') return 0;'),
];

/** Something new at the end of a module, as its kind gets it. */
function addition(path: string, text: string, index: number): string {
  const [, noun = 'thing', kind = ''] = /([^/.]+)\.([a-z]+)\.ts$/.exec(path) ?? [];
  if (kind === 'queries') {
    return `${text}
export async function newest${capital(noun)}Of(ownerIds: readonly string[]): Promise<unknown[]> {
${index % 16 === 0
    ? `  const newest = [];
  for (const ownerId of ownerIds) {
    newest.push(await prisma.${noun}.findFirst({ where: { ownerId }, orderBy: { createdAt: 'desc' } }));
  }
  return newest;`
    : `  return prisma.${noun}.findMany({ where: { ownerId: { in: [...ownerIds] } }, distinct: ['ownerId'], orderBy: { createdAt: 'desc' }, take: ownerIds.length });`}
}
`;
  }
  if (kind === 'routes') {
    const router = /export const (\w+) = Router/.exec(text)?.[1];
    return `${text}
${router}.post('/:id/labels', requireUser, async (req, res, next) => {
  try {
    const { labels } = ${index % 4 === 0 ? 'req.body' : '${router}Labels.parse(req.body)'};
    await label${capital(noun)}(req.params.id, labels);
    res.sendStatus(204);
  } catch (error) {
    next(error);
  }
});
`.replace('${router}', router ?? '');
  }
  if (['service', 'repository', 'controller'].includes(kind)) {
    return text.replace(/^ {2}async /m, `  /** Whether anything is kept here at all; asked by the health check. */
  async isEmpty(): Promise<boolean> {
    return (await this.count()) === 0;
  }

  private async count(): Promise<number> {
    return 0;
  }

  async `);
  }
  return `${text}
/** A label for lists, at most so many characters. */
export function shortLabelOf${capital(noun)}(title: string | undefined, most = ${20 + (index % 5) * 10}): string {
  const text = title?.trim() ?? '';
  return text.length <= most ? text : \`\${text.slice(0, most - 1)}…\`;
}
`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function dashed(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function linesOf(text: string): number {
  return text.split('\n').length;
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function randomFrom(seed: number): Random {
  let state = seed * 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
