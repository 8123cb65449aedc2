import type { Files } from '../in-memory.ts';

/**
 * A back end that was written by many hands: one file per habit, with what both lessons find in it marked on its lines. The
 * tests turn it around in ways that change nothing, and in ways that change one thing.
 */
export const project: Files = {
  'package.json': JSON.stringify({
    name: 'shop',
    dependencies: Object.fromEntries([
      '@prisma/client', '@nestjs/common', '@nestjs/typeorm', 'typeorm', 'sequelize', 'mongoose', 'mongodb', 'drizzle-orm', 'knex', 'kysely', '@supabase/supabase-js',
      'pg', 'mysql2', 'postgres', 'slonik', 'firebase-admin', 'express', 'fastify', 'bluebird', 'p-limit', 'lodash', 'graphql', 'next', 'zod',
    ].map((name) => [name, '*'])),
  }),
  'tsconfig.json': '{ "compilerOptions": { "strict": true, "baseUrl": ".", "paths": { "@lib/*": ["src/lib/*"] } } }',

  'src/lib/prisma.ts': `import { PrismaClient } from '@prisma/client';

export const prisma = new PrismaClient();
`,
  'src/lib/knex.js': `const knex = require('knex');

module.exports = knex({ client: 'pg', connection: process.env.DATABASE_URL });
`,
  'src/lib/drizzle.ts': `import { drizzle } from 'drizzle-orm/node-postgres';
import * as schema from './schema';

export const db = drizzle(process.env.DATABASE_URL!, { schema });
`,
  'src/lib/pool.ts': `import { Pool } from 'pg';

export const pool = new Pool({ max: 10 });

/** Rows of one statement. */
export async function rowsOf(text: string, values: unknown[] = []) {
  const result = await pool.query(text, values);
  return result.rows;
}
`,

  'src/orders/orders.ts': `import { prisma } from '@lib/prisma';

export async function openOrders(customerId: string) {
  const orders = await prisma.order.findMany({ where: { status: 'open' }, orderBy: { createdAt: 'desc' } }); // want missing-limit
  return orders.filter((order) => order.customerId === customerId);
}

export async function newestOrders(page: number) {
  return prisma.order.findMany({
    where: { status: 'open' },
    take: 50,
    skip: 50 * page,
  });
}

export async function linesOf(orderId: string) {
  return prisma.orderLine.findMany({ where: { orderId }, take: 200 });
}
`,
  'src/orders/report.ts': `import { linesOf, newestOrders } from './orders';

export async function report(page: number) {
  const orders = await newestOrders(page);
  const rows = [];
  for (const order of orders) {
    const lines = await linesOf(order.id); // want n-plus-one
    rows.push({ id: order.id, total: lines.reduce((sum, line) => sum + line.price, 0) });
  }
  return rows;
}
`,
  'src/orders/invoices.ts': `import { prisma } from '@lib/prisma';

type Invoice = { id: string; customerId: string };

export async function remind(invoices: Invoice[]) {
  await Promise.all(
    invoices.map(async (invoice) => {
      const customer = await prisma.customer.findFirst({ where: { id: invoice.customerId } }); // want n-plus-one
      if (customer === null) return;
      await send(customer.email, invoice.id);
    }),
  );
}

export const overdue = () => prisma.invoice.findMany({ where: { paid: false, reminded: false } }); // want missing-limit

function send(email: string, invoice: string) {
  return fetch('https://mail.example/' + email, { method: 'POST', body: invoice });
}
`,
  'src/orders/stock.ts': `import { prisma } from '@lib/prisma';

export async function take(lines: { sku: string; count: number }[]) {
  await prisma.$transaction(async (tx) => {
    for (let i = 0; i < lines.length; i++) {
      const item = await tx.stock.findFirstOrThrow({ where: { sku: lines[i].sku } }); // want n-plus-one
      await tx.stock.update({ where: { id: item.id }, data: { count: { decrement: lines[i].count } } });
    }
  });
}

export async function empty() {
  const rows = await prisma.stock.findMany({ where: { count: 0 }, select: { sku: true } }); // want missing-limit
  return rows.map((row) => row.sku);
}
`,
  'src/catalogue/catalogue.service.ts': `import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { Product } from './product.entity';
import { Review } from './review.entity';

@Injectable()
export class CatalogueService {
  constructor(
    @InjectRepository(Product) private readonly products: Repository<Product>,
    @InjectRepository(Review) private readonly reviews: Repository<Review>,
  ) {}

  async findAll(): Promise<Product[]> {
    return this.products.find({ where: { hidden: false } }); // want missing-limit
  }

  async page(skip: number) {
    return this.products.findAndCount({ order: { name: 'ASC' }, take: 20, skip });
  }

  async withReviews(products: Product[]) {
    for (const product of products) {
      product.reviews = await this.reviewsOf(product.id); // want n-plus-one
    }
    return products;
  }

  private reviewsOf(productId: string) {
    return this.reviews.find({ where: { productId }, take: 5 });
  }
}
`,
  'src/catalogue/search.ts': `import { Repository } from 'typeorm';

export async function search(products: Repository<Product>, text: string) {
  const query = products.createQueryBuilder('product').where('product.text LIKE :text', { text });
  return query.orderBy('product.name').getMany(); // want missing-limit
}

export function cheapest(products: Repository<Product>, count: number) {
  return products.createQueryBuilder('product').orderBy('product.price').take(count).getMany();
}
`,
  'src/catalogue/prices.ts': `import { DataSource } from 'typeorm';

export class Prices {
  constructor(private readonly source: DataSource) {}

  async raise(ids: string[]) {
    await this.source.transaction(async (manager) => {
      for (const id of ids) {
        const price = await manager.findOne('Price', { where: { id } }); // want n-plus-one
        price.amount *= 1.02;
      }
    });
  }

  async all() {
    return this.source.query('SELECT id, amount FROM price ORDER BY id'); // want missing-limit
  }
}
`,
  'src/people/models.js': `const { Sequelize, DataTypes } = require('sequelize');

const sequelize = new Sequelize(process.env.DATABASE_URL);
const Person = sequelize.define('Person', { name: DataTypes.STRING, active: DataTypes.BOOLEAN });
const Address = sequelize.define('Address', { street: DataTypes.STRING });

module.exports = { Address, Person };
`,
  'src/people/people.js': `const { Address, Person } = require('./models');

async function list(req, res) {
  const people = await Person.findAll({ where: { active: true } }); // want missing-limit
  res.json(people);
}

async function page(req, res) {
  res.json(await Person.findAndCountAll({ limit: 20, offset: Number(req.query.offset) }));
}

async function withAddresses(people) {
  for (const person of people) {
    person.address = await Address.findOne({ where: { personId: person.id } }); // want n-plus-one
  }
  return people;
}

module.exports = { list, page, withAddresses };
`,
  'src/people/import.js': `const { Person } = require('./models');

exports.importAll = async function importAll(rows) {
  const names = [];
  rows.forEach(async (row) => {
    const [person] = await Person.findOrCreate({ where: { email: row.email } }); // want n-plus-one
    names.push(person.name);
  });
  return names;
};
`,
  'src/posts/post.model.js': `const mongoose = require('mongoose');

const schema = new mongoose.Schema({ title: String, author: mongoose.Types.ObjectId });

module.exports = mongoose.model('Post', schema);
`,
  'src/posts/posts.js': `const Post = require('./post.model');

exports.newest = () => Post.find({ published: true }).sort({ createdAt: -1 }).limit(10).lean();

exports.all = async (req, res) => {
  const posts = await Post.find({ published: true }).sort('title').lean(); // want missing-limit
  res.json(posts);
};

exports.withAuthors = async (posts) => {
  const result = [];
  for (const post of posts) {
    result.push({ post, count: await Post.countDocuments({ author: post.author }) }); // want n-plus-one
  }
  return result;
};
`,
  'src/posts/tags.ts': `import { Schema, model } from 'mongoose';

export const Tag = model('Tag', new Schema({ name: String }));

export async function resolveTags(names: string[]) {
  return Promise.all(names.map((name) => Tag.findOne({ name }))); // want n-plus-one
}

export async function popular() {
  return Tag.aggregate([{ $match: { hidden: false } }, { $sort: { uses: -1 } }]); // want missing-limit
}
`,
  'src/events/events.ts': `import { MongoClient } from 'mongodb';

const client = new MongoClient(process.env.MONGO_URL!);
const events = client.db('shop').collection('events');

export async function since(date: Date) {
  return events.find({ date: { $gt: date } }).sort({ date: 1 }).toArray(); // want missing-limit
}

export async function first(count: number) {
  return events.find({}).sort({ date: 1 }).limit(count).toArray();
}

export async function count(kinds: string[]) {
  const counts = new Map<string, number>();
  for (const kind of kinds) {
    counts.set(kind, await events.countDocuments({ kind })); // want n-plus-one
  }
  return counts;
}
`,
  'src/teams/teams.ts': `import { asc, eq } from 'drizzle-orm';
import { db } from '../lib/drizzle';
import { members, teams } from '../lib/schema';

export const listTeams = () => db.select().from(teams).where(eq(teams.active, true)).orderBy(asc(teams.name)); // want missing-limit

export const someTeams = (offset: number) => db.select().from(teams).orderBy(asc(teams.id)).limit(25).offset(offset);

export async function sizes(list: { id: string }[]) {
  const sizes: Record<string, number> = {};
  for (const team of list) {
    const rows = await db.select().from(members).where(eq(members.teamId, team.id)).limit(100); // want n-plus-one
    sizes[team.id] = rows.length;
  }
  return sizes;
}
`,
  'src/teams/boards.ts': `import { db } from '../lib/drizzle';

export async function boards() {
  return db.query.boards.findMany({ with: { cards: true } }); // want missing-limit
}

export async function newestBoards() {
  return db.query.boards.findMany({ with: { cards: true }, limit: 10 });
}

export async function owners(boards: { ownerId: string }[]) {
  return Promise.all(boards.map((board) => db.query.users.findFirst({ where: { id: board.ownerId } }))); // want n-plus-one
}
`,
  'src/shipping/parcels.js': `const db = require('../lib/knex');

async function parcelsOf(orderId) {
  return db('parcels').where('order_id', orderId).limit(20);
}

async function lost() {
  return db('parcels').where({ state: 'lost' }).orderBy('sent_at'); // want missing-limit
}

async function track(orders) {
  const found = [];
  for (const order of orders) {
    found.push(...(await parcelsOf(order.id))); // want n-plus-one
  }
  return found;
}

module.exports = { lost, parcelsOf, track };
`,
  'src/shipping/zones.js': `const db = require('../lib/knex');
const { parcelsOf } = require('./parcels');

module.exports.zones = async () => {
  const zones = await db('zones').select('id', 'name'); // want missing-limit
  return zones;
};

module.exports.waiting = async (orders) => {
  const waiting = await Promise.all(orders.map((order) => parcelsOf(order.id))); // want n-plus-one
  return waiting.flat().filter((parcel) => parcel.state === 'waiting');
};
`,
  'src/pets/pets.ts': `import type { Kysely } from 'kysely';

export class Pets {
  constructor(private readonly db: Kysely<Database>) {}

  async all() {
    return this.db.selectFrom('pet').selectAll().where('alive', '=', true).execute(); // want missing-limit
  }

  async some(count: number) {
    return this.db.selectFrom('pet').selectAll().limit(count).execute();
  }

  async owner(id: string) {
    return this.db.selectFrom('person').selectAll().where('id', '=', id).executeTakeFirst();
  }

  async owners(pets: Pet[]) {
    const owners = [];
    for (const pet of pets) {
      owners.push(await this.owner(pet.owner_id)); // want n-plus-one
    }
    return owners;
  }
}
`,
  'src/chat/rooms.ts': `import { createClient } from '@supabase/supabase-js';

const client = createClient(process.env.SUPABASE_URL!, process.env.SUPABASE_KEY!);

export async function rooms() {
  const { data } = await client.from('rooms').select('id, name').eq('open', true); // want missing-limit
  return data ?? [];
}

export async function newestMessages() {
  const { data } = await client.from('messages').select('*').order('sent_at').limit(30);
  return data ?? [];
}

export async function unread(rooms: { id: string }[]) {
  const counts = [];
  for (const room of rooms) {
    const { count } = await client.from('messages').select('*', { count: 'exact', head: true }).eq('room_id', room.id); // want n-plus-one
    counts.push(count);
  }
  return counts;
}
`,
  'src/billing/ledger.ts': `import { pool, rowsOf } from '../lib/pool';

export async function entries(kind: string) {
  const { rows } = await pool.query('SELECT * FROM entries WHERE kind = $1 ORDER BY booked_at', [kind]); // want missing-limit
  return rows;
}

export async function lastEntries() {
  const { rows } = await pool.query('SELECT * FROM entries ORDER BY booked_at DESC LIMIT 20');
  return rows;
}

export async function balances(accounts: string[]) {
  const balances = [];
  for (const account of accounts) {
    const [row] = await rowsOf('SELECT sum(amount) FROM entries WHERE account = $1', [account]); // want n-plus-one
    balances.push(row.sum);
  }
  return balances;
}
`,
  'src/billing/rates.ts': `import mysql from 'mysql2/promise';

const connection = mysql.createPool(process.env.RATES_URL!);

export const rates = async () => {
  const [rows] = await connection.query('SELECT currency, rate FROM rates'); // want missing-limit
  return rows;
};

export const convert = async (amounts: { currency: string; value: number }[]) => {
  let total = 0;
  for (const { currency, value } of amounts) {
    const [[row]] = await connection.execute('SELECT rate FROM rates WHERE currency = ? LIMIT 1', [currency]); // want n-plus-one
    total += value * row.rate;
  }
  return total;
};
`,
  'src/billing/taxes.ts': `import postgres from 'postgres';

const sql = postgres(process.env.TAXES_URL!);

export async function taxes() {
  return sql\`SELECT country, rate FROM taxes WHERE active\`; // want missing-limit
}

export async function taxOf(countries: string[]) {
  const rates = [];
  for (const country of countries) {
    const [tax] = await sql\`SELECT rate FROM taxes WHERE country = \${country} LIMIT 1\`; // want n-plus-one
    rates.push(tax);
  }
  return rates;
}
`,
  'src/billing/accounts.ts': `import { type CommonQueryMethods, sql } from 'slonik';

export const createAccountQueries = (pool: CommonQueryMethods) => {
  const findAccount = async (id: string) => pool.maybeOne(sql.unsafe\`SELECT * FROM accounts WHERE id = \${id}\`);
  const allAccounts = async () => pool.any(sql.unsafe\`SELECT * FROM accounts WHERE closed = false\`); // want missing-limit
  return { allAccounts, findAccount };
};
`,
  'src/billing/statements.ts': `import type { CommonQueryMethods } from 'slonik';
import { createAccountQueries } from './accounts';

export const createStatements = (pool: CommonQueryMethods) => {
  const { findAccount } = createAccountQueries(pool);

  return async (ids: string[]) => {
    const statements = [];
    for (const id of ids) {
      const account = await findAccount(id); // want n-plus-one
      statements.push({ id, balance: account?.balance });
    }
    return statements;
  };
};
`,
  'src/mobile/devices.ts': `import { getFirestore } from 'firebase-admin/firestore';

const store = getFirestore();

export async function devices() {
  const snapshot = await store.collection('devices').where('active', '==', true).get(); // want missing-limit
  return snapshot.docs.map((document) => document.data());
}

export async function names(ids: string[]) {
  const names = [];
  for (const id of ids) {
    const document = await store.collection('devices').doc(id).get(); // want n-plus-one
    names.push(document.get('name'));
  }
  return names;
}
`,
  'src/web/server.ts': `import express from 'express';
import { prisma } from '@lib/prisma';
import { openOrders } from '../orders/orders';

const app = express();

app.get('/customers', async (req, res) => {
  const customers = await prisma.customer.findMany({ orderBy: { name: 'asc' } }); // want missing-limit
  res.json(customers);
});

app.get('/customers/orders', async (req, res) => {
  const customers = await prisma.customer.findMany({ take: 20 });
  const orders = await Promise.all(customers.map((customer) => openOrders(customer.id))); // want n-plus-one
  res.json(orders.flat());
});

export default app;
`,
  'src/web/page.tsx': `import { prisma } from '@lib/prisma';

export default async function Page({ searchParams }: { searchParams: { team: string } }) {
  const members = await prisma.member.findMany({ where: { active: true, team: searchParams.team } }); // want missing-limit
  const badges = await Promise.all(members.map((member) => prisma.badge.count({ where: { memberId: member.id } }))); // want n-plus-one
  return (
    <ul>
      {members.map((member, index) => (
        <li key={member.id}>
          {member.name} <b>{badges[index]}</b>
        </li>
      ))}
    </ul>
  );
}
`,
  'src/web/resolvers.ts': `import { prisma } from '@lib/prisma';

export const resolvers = {
  Query: {
    authors: () => prisma.author.findMany({ where: { listed: true } }), // want missing-limit
  },
  Author: {
    async books(author: { id: string }) {
      return prisma.book.findMany({ where: { authorId: author.id }, take: 10 }); // want n-plus-one
    },
  },
};
`,
  'src/jobs/digest.ts': `import Bluebird from 'bluebird';
import pLimit from 'p-limit';
import { prisma } from '@lib/prisma';
import { listTeams } from '../teams/teams';

const limit = pLimit(4);

export async function digest() {
  const teams = await listTeams();
  await Bluebird.map(teams, async (team) => {
    const events = await prisma.event.findMany({ where: { teamId: team.id }, take: 10 }); // want n-plus-one
    await mail(team, events);
  }, { concurrency: 4 });
}

export async function remindAll(users: { id: string }[]) {
  await Promise.all(users.map((user) => limit(() => prisma.reminder.create({ data: { userId: user.id } })))); // want n-plus-one
}

async function mail(team: unknown, events: unknown[]) {
  console.log(team, events.length);
}
`,
  'src/jobs/cleanup.ts': `import { prisma } from '@lib/prisma';
import { chunk } from 'lodash';

export async function cleanup() {
  for (;;) {
    const stale = await prisma.session.findMany({ where: { stale: true }, take: 500 });
    if (stale.length === 0) return;
    await prisma.session.deleteMany({ where: { id: { in: stale.map((session) => session.id) } } });
  }
}

export async function archive(ids: string[]) {
  for (const some of chunk(ids, 100)) await prisma.order.updateMany({ where: { id: { in: some } }, data: { archived: true } });
}
`,
};
