import { samples } from '../samples.ts';

/** How projects wire their code: by folders, names, bags, base classes, ports, plugins; each with what looks the same and asks nobody. */
samples('n-plus-one', {
  'models that a file fills from its folder': {
    'models/index.js': `
      const fs = require('fs');
      const path = require('path');
      const { Sequelize, DataTypes } = require('sequelize');
      const sequelize = new Sequelize(process.env.DATABASE_URL);
      const db = {};
      fs.readdirSync(__dirname).filter((file) => file !== 'index.js').forEach((file) => {
        const model = require(path.join(__dirname, file))(sequelize, DataTypes);
        db[model.name] = model;
      });
      db.sequelize = sequelize;
      module.exports = db;`,
    'models/Document.js': `
      const { Model } = require('sequelize');
      module.exports = (sequelize, DataTypes) => {
        class Document extends Model {
          static findBySlug(teamId, slug) {
            return this.findOne({ where: { teamId, slug } });
          }
          static titleOf(row) {
            return row.title.trim();
          }
          lastRevision() {
            return sequelize.models.Revision.findOne({ where: { documentId: this.id } });
          }
          path() {
            return \`/doc/\${this.slug}\`;
          }
        }
        Document.init({ title: DataTypes.STRING }, { sequelize, modelName: 'Document' });
        return Document;
      };`,
    'jobs.js': `
      const { Document, sequelize } = require('./models');
      async function links(teamId, slugs) {
        for (const slug of slugs) await Document.findBySlug(teamId, slug); // want n-plus-one
        for (const slug of slugs) Document.titleOf({ title: slug });
      }
      async function revisions() {
        const documents = await Document.findAll({ limit: 100 });
        for (const document of documents) await document.lastRevision(); // want n-plus-one
        return documents.map((document) => document.path());
      }
      module.exports = { links, revisions };`,
  },
  'rows that a function is given under the name of their model': {
    'models/Channel.js': `
      const { Model } = require('objection');
      class Channel extends Model {
        lastMessage() {
          return this.$relatedQuery('messages').first();
        }
        label() {
          return '#' + this.name;
        }
      }
      module.exports = { Channel };`,
    'presenters/index.js': `
      async function presentChannel(channel) {
        return { name: channel.name, last: await channel.lastMessage() };
      }
      const presentName = (channel) => channel.label();
      module.exports = { presentChannel, presentName };`,
    'routes/channels.js': `
      const { presentChannel, presentName } = require('../presenters');
      module.exports = async (req, res) => {
        const channels = await req.user.visible();
        res.json({ data: await Promise.all(channels.map((channel) => presentChannel(channel))), names: channels.map(presentName) }); // want n-plus-one
      };`,
  },
  'methods that only one of the models has, whatever its file is called': {
    'models/BaseModel.js': `
      import { Model } from 'objection';
      export class BaseModel extends Model {
        static async upsertBy(keys, attributes) {
          const existing = await this.query().findOne(keys);
          return existing ?? this.query().insertAndFetch({ ...keys, ...attributes });
        }
      }`,
    'models/Customer.js': `
      import { BaseModel } from './BaseModel.js';
      export class Customer extends BaseModel {
        fullName() { return this.name; }
        toCard() { return this.$query().first(); }
      }
      export class Organization extends BaseModel {
        async refreshStats() {
          return this.$query().patch({ customers: await this.$relatedQuery('customers').resultSize() });
        }
      }`,
    'models/Invoice.js': `
      import { BaseModel } from './BaseModel.js';
      export class Invoice extends BaseModel {
        toCard() { return { number: this.number }; }
      }`,
    'services/stats.js': `
      export class Stats {
        constructor({ models }) { this.models = models; }
        async refresh(organizations) {
          for (const organization of organizations) await organization.refreshStats(); // want n-plus-one
          for (const one of organizations) one.fullName();
          for (const one of organizations) await one.toCard();
        }
        async take(records) {
          const { Organization } = this.models;
          for (const record of records) await Organization.upsertBy({ externalId: record.id }, { name: record.name }); // want n-plus-one
          for (const record of records) await this.models.Customer.upsertBy({ externalId: record.id }, { name: record.name }); // want n-plus-one
        }
      }`,
  },
  'repositories that somebody hands over in a bag': {
    'repositories/alerts.js': `
      import { pool } from '../db.js';
      export const lastFired = (ruleId) => pool.query('SELECT max(fired_at) FROM alerts WHERE rule_id = $1', [ruleId]);
      export const textOf = (rule) => \`\${rule.name} fired\`;`,
    'db.js': `
      import pg from 'pg';
      export const pool = new pg.Pool();`,
    'services/alerting.js': `
      export function createAlerting({ repos, log }) {
        const { alerts } = repos;
        return async function evaluate(rules) {
          for (const rule of rules) log.info(await alerts.lastFired(rule.id)); // want n-plus-one
          for (const rule of rules) log.info(await alerts.textOf(rule));
        };
      }`,
  },
  'methods that a base class leaves to others by throwing': {
    'importers/BaseImporter.js': `
      export class BaseImporter {
        async handle() {
          throw new Error('handle() must be implemented');
        }
        async check(record) {
          if (!record.id) throw new Error('no id');
        }
        async run(records) {
          for (const record of records) {
            await this.check(record);
            await this.handle(record); // want n-plus-one
          }
        }
      }`,
    'importers/CsvImporter.js': `
      import { PrismaClient } from '@prisma/client';
      import { BaseImporter } from './BaseImporter.js';
      const prisma = new PrismaClient();
      export class CsvImporter extends BaseImporter {
        async handle(record) {
          return prisma.customer.findFirst({ where: { email: record.email } });
        }
      }`,
  },
  'a client that a class of the repository keeps beside its own': {
    'prisma.service.ts': `
      import { PrismaClient } from '@prisma/client';
      const extend = (client: PrismaClient) => client.$extends({}).$extends({});
      export type Db = ReturnType<typeof extend>;
      export class PrismaService extends PrismaClient {
        private readonly extended = extend(this);
        readonly flags = new Map<string, boolean>();
        get db(): Db {
          return this.extended;
        }
      }`,
    'threads.ts': `
      import { PrismaService } from './prisma.service';
      export class Threads {
        constructor(private readonly prisma: PrismaService) {}
        async titles(ids: string[]) {
          for (const id of ids) await this.prisma.db.thread.findFirst({ where: { id } }); // want n-plus-one
          for (const id of ids) this.prisma.flags.get(id);
        }
      }`,
  },
  'ports that are abstract classes, and share a file with others behind them': {
    'domain/ports.ts': `
      export abstract class GuestDirectory {
        abstract byId(id: string): Promise<{ id: string }>;
        abstract label(id: string): string;
      }`,
    'infra/prisma-booking.repository.ts': `
      import { PrismaClient } from '@prisma/client';
      import { GuestDirectory } from '../domain/ports';
      export class PrismaGuestDirectory extends GuestDirectory {
        constructor(private readonly prisma: PrismaClient) { super(); }
        byId(id: string) { return this.prisma.user.findFirstOrThrow({ where: { id } }); }
        label(id: string) { return \`guest \${id}\`; }
      }`,
    'application/remind.ts': `
      import { GuestDirectory } from '../domain/ports';
      export class Remind {
        constructor(private readonly guests: GuestDirectory) {}
        async run(bookings: { guestId: string }[]) {
          for (const booking of bookings) await this.guests.byId(booking.guestId); // want n-plus-one
          return bookings.map((booking) => this.guests.label(booking.guestId));
        }
      }`,
  },
  'the repository that an entity names': {
    'entities.ts': `
      import { Entity, PrimaryKey } from '@mikro-orm/core';
      import { EnrolmentRepository } from './enrolment.repository';
      @Entity({ repository: () => EnrolmentRepository })
      export class Enrolment { @PrimaryKey() id!: string; }`,
    'enrolment.repository.ts': `
      import { EntityRepository } from '@mikro-orm/postgresql';
      export class EnrolmentRepository extends EntityRepository<any> {
        activeCount(course: string) { return this.count({ course }); }
        labelOf(course: string) { return \`course \${course}\`; }
      }`,
    'job.ts': `
      import type { EntityManager } from '@mikro-orm/postgresql';
      import { Enrolment } from './entities';
      export async function counts(em: EntityManager, courses: string[]) {
        for (const course of courses) await em.getRepository(Enrolment).activeCount(course); // want n-plus-one
        for (const course of courses) em.getRepository(Enrolment).labelOf(course);
      }`,
  },
  'methods of documents by their type, and by plugins': {
    'message.model.ts': `
      import { HydratedDocument, model, Schema } from 'mongoose';
      import { softDelete } from './plugins';
      export interface IMessage { body: string }
      interface MessageMethods { author(): Promise<unknown>; short(): string; softDelete(): Promise<unknown> }
      export type MessageDoc = HydratedDocument<IMessage, MessageMethods>;
      const messageSchema = new Schema<IMessage, any, MessageMethods>({ body: String });
      messageSchema.plugin(softDelete);
      messageSchema.method('author', function () { return User.findById(this.userId); });
      messageSchema.method('short', function () { return this.body.slice(0, 20); });
      export const Message = model<IMessage>('Message', messageSchema);
      export const User = model('User', new Schema({ name: String }));`,
    'plugins.ts': `
      import { Schema } from 'mongoose';
      export function softDelete(schema: Schema<any>) {
        schema.method('softDelete', function () { this.deletedAt = new Date(); return this.save(); });
        schema.methods.isGone = function () { return this.deletedAt !== null; };
      }`,
    'use.ts': `
      import { Message, type MessageDoc } from './message.model';
      export async function authors(one: MessageDoc) {
        const messages = await Message.find({}).limit(20);
        for (const message of messages) await message.author(); // want n-plus-one
        for (const message of messages) await message.softDelete(); // want n-plus-one:note
        for (const message of messages) message.isGone();
        const tags = one.body.split(' ');
        for (const tag of tags) await one.author(); // want n-plus-one
        return messages.map((message) => message.short());
      }`,
  },
  'writes that are collected, and sent when enough have come together': `
    import { getFirestore, type DocumentReference, type WriteBatch } from 'firebase-admin/firestore';
    const db = getFirestore();
    const BATCH_LIMIT = 400;
    export class BatchWriter {
      private batch: WriteBatch = db.batch();
      private pending = 0;
      async set(ref: DocumentReference, data: object) {
        this.batch.set(ref, data);
        await this.tick();
      }
      async setNow(ref: DocumentReference, data: object) {
        this.batch.set(ref, data);
        await this.flush();
      }
      async flush() {
        await this.batch.commit();
        this.batch = db.batch();
        this.pending = 0;
      }
      private async tick() {
        this.pending++;
        if (this.pending >= BATCH_LIMIT) await this.flush();
      }
    }
    export async function importUsers(rows: { id: string }[]) {
      const writer = new BatchWriter();
      for (const row of rows) await writer.set(db.collection('users').doc(row.id), row);
      await writer.flush();
    }
    export async function importSlowly(rows: { id: string }[]) {
      const writer = new BatchWriter();
      for (const row of rows) await writer.setNow(db.collection('users').doc(row.id), row); // want n-plus-one
    }`,
  'what is called sending, and only inserts a row': {
    'notifications.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      export const send = (userId: string, text: string) => prisma.notification.create({ data: { userId, text } });
      export async function sendMail(userId: string, text: string) {
        await fetch('https://mail.example.com', { method: 'POST', body: text });
        return prisma.notification.create({ data: { userId, text } });
      }`,
    'job.ts': `
      import { send, sendMail } from './notifications';
      export async function remind(users: { id: string }[]) {
        for (const user of users) await send(user.id, 'tomorrow'); // want n-plus-one
      }
      export async function mail(users: { id: string }[]) {
        for (const user of users) await sendMail(user.id, 'tomorrow'); // want n-plus-one:note
      }`,
  },
  'asks only what is kept, by way of another function': `
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    export class Sla {
      private policies = new Map<string, object[]>();
      async policiesFor(tenantId: string) {
        if (!this.policies.has(tenantId)) this.policies.set(tenantId, await prisma.policy.findMany({ where: { tenantId }, take: 50 }));
        return this.policies.get(tenantId);
      }
      async match(ticket: { tenantId: string }) {
        const policies = await this.policiesFor(ticket.tenantId);
        return policies![0];
      }
      async preview(tickets: { tenantId: string }[]) {
        for (const ticket of tickets) await this.match(ticket); // want n-plus-one:note
      }
    }`,
});

/** Clients that are handed in, and methods that a server keeps. */
samples(['missing-limit', 'n-plus-one'], {
  'A base of every query that takes the client': {
    'lib/db/index.js': `
      const knex = require('knex');
      exports.db = knex({ client: 'pg' });`,
    'lib/repositories/shipments.js': `
      'use strict';
      const alive = (db) => db('shipments').whereNull('deleted_at');
      const forAccount = (db, accountId) => alive(db).where('account_id', accountId).select('*').orderBy('created_at', 'desc'); // want missing-limit
      const undelivered = (db, before) => {
        return alive(db) // want missing-limit
          .whereNull('delivered_at')
          .where('promised_at', '<', before)
          .select('id', 'reference', 'account_id', 'driver_id', 'promised_at');
      };
      const one = (db, id) => alive(db).where({ id }).first();
      const some = (db, id) => alive(db).where('account_id', id).limit(10);
      module.exports = { forAccount, undelivered, one, some };`,
    'lib/plugins/shipments.js': `
      const shipments = require('../repositories/shipments');
      module.exports = { name: 's', register: (server) => server.route({ method: 'GET', path: '/', handler: (request) => shipments.undelivered(request.server.app.db, new Date()) }) };`,
  },
  'Methods of a hapi server': {
    'lib/server.js': `
      const Hapi = require('@hapi/hapi');
      const knex = require('knex');
      const methods = require('./methods');
      const server = Hapi.server({ port: 80 });
      server.app.db = knex({ client: 'pg' });
      methods.register(server);`,
    'lib/accounts.js': `
      exports.all = (db) => db('accounts').select('*').limit(100);
      exports.balance = (db, id) => db('ledger').where({ account_id: id }).sum('amount');
      exports.one = (db, id) => db('accounts').where({ id }).first();
      exports.again = (db, id) => db('accounts').where({ id, again: true }).first();`,
    'lib/methods.js': `
      const accounts = require('./accounts');
      exports.register = (server) => {
        const db = server.app.db;
        server.method('accounts.balance', (id) => accounts.balance(db, id));
        server.method({ name: 'accounts.one', method: (id) => accounts.one(db, id) });
        server.method([{ name: 'accounts.again', method: async (id) => accounts.again(db, id) }]);
        server.method('accounts.kept', (id) => accounts.one(db, id), { cache: { expiresIn: 1000 } });
        server.method('accounts.named', (id) => id + 1);
      };`,
    'lib/admin.js': `
      const accounts = require('./accounts');
      const list = async (request) => {
        const { server } = request;
        const rows = await accounts.all(server.app.db);
        for (const row of rows) row.balance = await server.methods.accounts.balance(row.id); // want n-plus-one
        for (const row of rows) row.one = await server.methods.accounts.one(row.id); // want n-plus-one
        for (const row of rows) row.again = await server.methods.accounts.again(row.id); // want n-plus-one
        for (const row of rows) row.kept = await server.methods.accounts.kept(row.id);
        for (const row of rows) row.named = await server.methods.accounts.named(row.id);
        for (const row of rows) row.other = await server.methods.others.named(row.id);
        return rows;
      };
      const map = async (request) => {
        const { app, methods } = request.server;
        const rows = await accounts.all(app.db);
        return Promise.all(rows.map((row) => methods.accounts.balance(row.id))); // want n-plus-one
      };
      module.exports = { name: 'admin', register: (server) => server.route([{ method: 'GET', path: '/', handler: list }, { method: 'GET', path: '/map', handler: map }]) };`,
  },
  'raw on a client handed in': {
    'package.json': '{"name":"x","dependencies":{"knex":"*","@hapi/hapi":"*"}}',
    'a.js': `
      exports.balance = async (db, accountId) => {
        const { rows } = await db.raw('select coalesce(sum(total), 0) as due from invoices where account_id = ? and status = ?', [accountId, 'open']);
        return Number(rows[0].due);
      };
      const all = async (db, rows) => {
        for (const row of rows) row.b = await exports.balance(db, row.id); // want n-plus-one
      };
      const claims = async (request) => {
        const db = request.server.app.db;
        const result = await db.raw('select c.*, s.reference from claims c join shipments s on s.id = c.shipment_id order by c.id desc'); // want missing-limit
        return result.rows;
      };
      const claims2 = async (request) => {
        const { db } = request.server.app;
        const result = await db.raw('select * from claims'); // want missing-limit
        return result.rows;
      };
      const claims3 = async (db) => {
        const { rows } = await db.raw('select * from claims order by id'); // want missing-limit
        return rows;
      };`,
  },
});

/** Wrappers around drivers that give one row, one value, or all. */
samples('missing-limit', {
  'a wrapper that gives one value of one row': {
    'db.js': `
      import pg from 'pg';
      export const pool = new pg.Pool({});
      export function query(text, params = [], client = pool) { return client.query(text, params); }
      export async function one(text, params, client) {
        const { rows } = await query(text, params, client);
        return rows[0] ?? null;
      }
      export async function scalar(text, params, client) {
        const row = await one(text, params, client);
        return row ? Object.values(row)[0] : null;
      }
      export async function name(text, params) {
        return (await one(text, params))?.name;
      }
      export async function all(text, params) {
        const { rows } = await query(text, params);
        return rows;
      }
      export async function names(text, params) {
        const rows = await all(text, params);
        return rows.map((row) => row.name);
      }`,
    'repo.js': `
      import * as db from './db.js';
      export const role = (workspaceId, userId) => db.scalar('SELECT role FROM members WHERE workspace_id = $1 AND user_id = $2', [workspaceId, userId]);
      export const open = () => db.scalar("SELECT role FROM members WHERE state = 'open'");
      export const named = () => db.name("SELECT role FROM members WHERE state = 'open'");
      export const list = () => db.names("SELECT name FROM members WHERE state = 'open'"); // want missing-limit`,
  },
  'the rows of mysql2 lie first in its answer': {
    'package.json': '{"name":"x","dependencies":{"mysql2":"*"}}',
    'db.js': `
      import mysql from 'mysql2/promise';
      export const pool = mysql.createPool({});
      export async function all(text, params) { return (await pool.query(text, params))[0]; }
      export async function list(text, params) { const answer = await pool.execute(text, params); return answer[0]; }
      export async function both(text, params) { const [rows] = await pool.execute(text, params); return rows; }
      export async function one(text, params) { const [rows] = await pool.execute(text, params); return rows[0]; }
      export async function first(text, params) { const answer = await pool.execute(text, params); return answer[0][0]; }`,
    'repo.js': `
      import * as db from './db.js';
      export const a = () => db.all("SELECT role FROM members WHERE state = 'open'"); // want missing-limit
      export const b = () => db.list("SELECT role FROM members WHERE state = 'open'"); // want missing-limit
      export const c = () => db.both("SELECT role FROM members WHERE state = 'open'"); // want missing-limit
      export const d = () => db.one("SELECT role FROM members WHERE state = 'open'");
      export const e = () => db.first("SELECT role FROM members WHERE state = 'open'");`,
  },
});

/** Helpers that go through rows, models that a file joins, base classes that make rows of whatever class was asked. */
samples('n-plus-one', {
  'a helper of the project that goes through rows and calls what it is given': {
    'helpers/index.js': `
      exports.eachRow = async function (rows, fn) {
        for (const row of rows) await fn(row);
      };
      exports.inTurn = (rows, limit, work) => rows.reduce((before, row) => before.then(() => work(row)), Promise.resolve());
      exports.inSlices = async function (rows, fn) {
        for (let i = 0; i < rows.length; i += 200) await fn(rows.slice(i, i + 200));
      };
      exports.withRetries = async function (rows, fn) {
        for (let attempt = 0; attempt < 3; attempt += 1) {
          try { return await fn(rows); } catch (error) { if (attempt === 2) throw error; }
        }
      };
      exports.allAtOnce = (rows, work) => Promise.all(rows.map(work));
      const again = async (rows, work, at = 0) => (at < rows.length ? (await work(rows[at]), again(rows, work, at + 1)) : undefined);
      exports.batchAgain = again;
      exports.once = async function (rows, fn) {
        const lock = await take();
        await fn(rows);
        for (const row of rows) lock.free(row);
      };`,
    'jobs/a.js': `
      const { Pool } = require('pg');
      const helpers = require('../helpers');
      const { eachRow } = require('../helpers');
      const pool = new Pool();
      const mark = (row) => pool.query('UPDATE students SET seen = true WHERE id = $1', [row.id]);
      async function flag() {
        const { rows } = await pool.query('SELECT id FROM students LIMIT 100');
        await helpers.eachRow(rows, async (row) => {
          await pool.query('UPDATE students SET seen = true WHERE id = $1', [row.id]); // want n-plus-one
        });
        await helpers.inTurn(rows, 5, async (row) => {
          await pool.query('UPDATE students SET seen = true WHERE id = $1', [row.id]); // want n-plus-one
        });
        await eachRow(rows, mark); // want n-plus-one
        await helpers.allAtOnce(rows, async ({ id }) => {
          await pool.query('UPDATE students SET seen = true WHERE id = $1', [id]); // want n-plus-one
        });
        await helpers.batchAgain(rows, async (row) => {
          await pool.query('UPDATE students SET seen = true WHERE id = $1', [row.id]);
        });
        await helpers.inSlices(rows, async (part) => {
          await pool.query('UPDATE students SET seen = true WHERE id = ANY($1)', [part.map((row) => row.id)]);
        });
        await helpers.withRetries(rows, async (all) => {
          await pool.query('UPDATE students SET seen = true WHERE id = ANY($1)', [all.map((row) => row.id)]);
        });
        await helpers.eachRow(['a', 'b'], async (name) => {
          await pool.query('UPDATE jobs SET seen = true WHERE name = $1', [name]);
        });
        await helpers.once(rows, async (all) => {
          await pool.query('UPDATE students SET seen = true WHERE id = ANY($1)', [all.map((row) => row.id)]);
        });
      }`,
  },
  'models that a file joins from several others': {
    'db.js': `
      const mysql = require('mysql2/promise');
      module.exports = mysql.createPool(process.env.DATABASE_URL);`,
    'models/index.js': `
      module.exports = Object.assign({ Pupil: require('./Pupil') }, require('./finance'));`,
    'models/Pupil.js': `
      const db = require('../db');
      class Pupil {
        static byNumber(no) { return db.query('SELECT * FROM pupils WHERE no = ? LIMIT 1', [no]); }
        static label(no) { return '#' + no; }
      }
      module.exports = Pupil;`,
    'models/finance.js': `
      const db = require('../db');
      class Invoice {
        static due(id) { return db.query('SELECT SUM(amount) AS due FROM invoices WHERE pupil_id = ?', [id]); }
        static title(id) { return 'Invoice ' + id; }
      }
      module.exports = { Invoice };`,
    'routes.js': `
      const { Pupil, Invoice } = require('./models');
      exports.importAll = async (req, res) => {
        for (const row of req.body.rows) {
          await Pupil.byNumber(row.no); // want n-plus-one
        }
        for (const row of req.body.rows) {
          await Invoice.due(row.id); // want n-plus-one
          Invoice.title(row.id);
          Pupil.label(row.no);
        }
      };`,
  },
  'rows that a base class makes of whatever class was asked': {
    'db.js': `
      const mysql = require('mysql2/promise');
      module.exports = mysql.createPool(process.env.DATABASE_URL);`,
    'models/Base.js': `
      const db = require('../db');
      class Base {
        constructor(row) { Object.assign(this, row); }
        static async find(where, options = {}) {
          const [rows] = await db.query(\`SELECT * FROM \${this.table} WHERE ? LIMIT ?\`, [where, options.limit || 100]);
          return rows.map((row) => new this(row));
        }
        static async findOne(where) {
          const [row] = await this.find(where, { limit: 1 });
          return row || null;
        }
      }
      module.exports = Base;`,
    'models/Room.js': `
      const Base = require('./Base');
      const db = require('../db');
      class Room extends Base {
        static get table() { return 'rooms'; }
        static active() { return this.find({ archived: 0 }); }
        slots() { return db.query('SELECT slot FROM slots WHERE room_id = ? LIMIT 50', [this.id]); }
        keeper() { return Keeper.findOne({ id: this.keeper_id }); }
        name() { return this.label.trim(); }
      }
      class Keeper extends Base {
        static get table() { return 'keepers'; }
        phone() { return db.query('SELECT phone FROM phones WHERE keeper_id = ? LIMIT 1', [this.id]); }
      }
      module.exports = Room;`,
    'routes.js': `
      const Room = require('./models/Room');
      exports.all = async (req, res) => {
        const rooms = await Room.active();
        for (const room of rooms) {
          room.title = room.name();
          room.list = await room.slots(); // want n-plus-one
        }
        for (const room of rooms) await room.keeper(); // want n-plus-one
        const keepers = await Promise.all(rooms.map((room) => room.keeper())); // want n-plus-one
        for (const keeper of keepers) {
          await keeper.phone(); // want n-plus-one
        }
      };`,
  },
});

/** Contexts that are taken apart, names that lists have as well, lanes, pieces. */
samples('n-plus-one', {
  'the third argument of a resolver, taken apart': {
    'context.ts': `
      import { PrismaClient } from '@prisma/client';
      import { makeServices } from './services';
      const prisma = new PrismaClient();
      export async function createContext() {
        const ctx: any = { prisma };
        ctx.services = makeServices(prisma);
        return ctx;
      }`,
    'services.ts': `
      import type { PrismaClient } from '@prisma/client';
      export function makeServices(prisma: PrismaClient) {
        return {
          events: {
            remaining: (id: string) => prisma.ticket.count({ where: { eventId: id } }),
            label: (id: string) => \`event \${id}\`,
          },
        };
      }`,
    'schema.ts': `
      import SchemaBuilder from '@pothos/core';
      export const builder = new SchemaBuilder<any>({});
      export const Event = builder.objectType('Event', {
        fields: (t) => ({
          remaining: t.int({ resolve: (event, _args, { services }) => services.events.remaining(event.id) }), // want n-plus-one
          label: t.string({ resolve: (event, _args, { services }) => services.events.label(event.id) }),
        }),
      });`,
  },
  'a function of the file that is called like a method of lists': {
    'notify.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      export function notifier() {
        const push = (userId: string, body: string) => prisma.notification.create({ data: { userId, body } });
        async function match(userId: string) { return prisma.user.update({ where: { id: userId }, data: { seen: true } }); }
        return async (ids: string[], all: string[]) => {
          for (const id of ids) await push(id, 'hello'); // want n-plus-one
          for (const id of ids) await match(id); // want n-plus-one
          for (const id of ids) all.push(id);
        };
      }`,
  },
  'a helper that runs several at a time': {
    'lib.ts': `
      export async function eachLimited<T>(items: readonly T[], width: number, fn: (item: T, i: number) => Promise<unknown>) {
        let next = 0;
        const lane = async () => {
          while (next < items.length) {
            const i = next++;
            await fn(items[i], i);
          }
        };
        await Promise.all(Array.from({ length: Math.min(width, items.length) }, lane));
      }
      export const eachLazily = (items: string[], fn: (item: string) => Promise<unknown>) => items.map((item) => () => fn(item));`,
    'orders.ts': `
      import { PrismaClient } from '@prisma/client';
      import { eachLimited } from './lib';
      const prisma = new PrismaClient();
      export async function refund(orders: { id: string }[]) {
        await eachLimited(orders, 5, async (order) => {
          await prisma.ticket.updateMany({ where: { orderId: order.id }, data: { voidedAt: new Date() } }); // want n-plus-one
        });
      }`,
  },
  'pieces that a function of the project cuts': {
    'lib.ts': `
      export function slices<T>(rows: T[], n = 400) {
        const out: T[][] = [];
        for (let i = 0; i < rows.length; i += n) out.push(rows.slice(i, i + n));
        return out;
      }
      export function* parts<T>(rows: T[], n = 400) {
        while (rows.length > 0) yield rows.splice(0, n);
      }
      export const open = <T extends { open: boolean }>(rows: T[]) => {
        const out: T[] = [];
        for (const row of rows.slice(0, 500)) if (row.open) out.push(row);
        return out;
      };`,
    'alerts.ts': `
      import { drizzle } from 'drizzle-orm/libsql';
      import { alerts } from './schema';
      import { open, parts, slices } from './lib';
      const db = drizzle(process.env.DATABASE_URL!);
      export async function write(rows: { userId: string; open: boolean }[]) {
        for (const some of slices(rows)) await db.insert(alerts).values(some);
        for (const some of parts(rows, 10)) await db.insert(alerts).values(some);
        for (const row of open(rows)) await db.insert(alerts).values(row); // want n-plus-one
      }`,
  },
  'statements of Drizzle that were prepared before': {
    'budgets.ts': `
      import { eq, sql } from 'drizzle-orm';
      import { drizzle } from 'drizzle-orm/libsql';
      import { budgets } from './schema';
      const db = drizzle(process.env.DATABASE_URL!);
      const set = db.update(budgets).set({ amount: sql\`\${sql.placeholder('amount')}\` }).where(eq(budgets.id, sql.placeholder('id'))).prepare();
      const noteStatement = db.insert(budgets).values({ id: sql.placeholder('id') }).prepare();
      export async function scale(rows: { id: string; amount: number }[]) {
        await Promise.all(rows.map(({ id, amount }) => set.run({ id, amount }))); // want n-plus-one:note
        for (const row of rows) await noteStatement.execute({ id: row.id }); // want n-plus-one
        await set.run({ id: rows[0].id, amount: 1 });
      }`,
  },
  'a repository among others, with a method that is called like one of lists': {
    'repos.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      export const repos = {
        alerts: { push: (userId: string, body: string) => prisma.alert.create({ data: { userId, body } }), list: [] as string[] },
        queue: [] as string[],
      };`,
    'routes.ts': `
      import { repos } from './repos';
      export async function nudge(ids: string[]) {
        for (const id of ids) await repos.alerts.push(id, 'hello'); // want n-plus-one
        for (const id of ids) repos.alerts.list.push(id);
        for (const id of ids) repos.queue.push(id);
      }`,
  },
});

/** Things that a container hands over, and a base class that begins queries. */
samples(['missing-limit', 'n-plus-one'], {
  'repositories that a container hands over by their names, and the query that their base class begins': {
    'base.js': `
      class BaseRepo {
        constructor(Model, { knex }) { this.Model = Model; this.knex = knex; }
        q(trx) { return this.Model.query(trx); }
        byId(id, trx) { return this.q(trx).findById(id); }
        patch(id, data) { return this.q().patchAndFetchById(id, data); }
        async *pages(build) { const rows = await build(this.q()).limit(10); yield rows; }
      }
      module.exports = BaseRepo;`,
    'models.js': `
      const { Model } = require('objection');
      class Tariff extends Model { static tableName = 'tariffs'; }
      class Carrier extends Model { static tableName = 'carriers'; }
      module.exports = { Tariff, Carrier };`,
    'repos/tariff-repo.js': `
      const BaseRepo = require('../base');
      const { Tariff, Carrier } = require('../models');
      class TariffRepo extends BaseRepo {
        constructor(deps) { super(Tariff, deps); this.carrierRepo = deps.carrierRepo; }
        current() { return this.q().whereNull('expiredAt'); } // want missing-limit
        open() { return this.q().modify('open').orderBy('eta'); } // want missing-limit
        few() { return this.q().whereNull('expiredAt').limit(20); }
        async named(rows) { for (const row of rows) row.carrier = await this.carrierRepo.byId(row.carrierId); } // want n-plus-one
      }
      class CarrierRepo extends BaseRepo {
        constructor(deps) { super(Carrier, deps); }
      }
      module.exports = { TariffRepo, CarrierRepo };`,
    'cli.js': `
      const { buildContainer } = require('./container');
      async function index(percent) {
        const { carrierRepo, tariffRepo } = buildContainer().cradle;
        for (const t of percent) await carrierRepo.byId(t.id); // want n-plus-one
        for (const t of percent) await tariffRepo.byId(t.id); // want n-plus-one
      }
      module.exports = { index };`,
    'service.ts': `
      export class DispatchService {
        private carrierRepo: any;
        private logger: any;
        constructor({ logger, carrierRepo }: any) { Object.assign(this, { logger, carrierRepo }); }
        async depart(legs: any[]) {
          for (const leg of legs) await this.carrierRepo.patch(leg.id, { status: 'departed' }); // want n-plus-one:note
          for (const leg of legs) this.logger.info(leg.id);
        }
      }`,
    'routes.ts': `
      import { Context } from 'koa';
      const cradle = (ctx: Context): any => ctx.state.container.cradle;
      export const archive = async (ctx: Context) => {
        const { carrierRepo } = cradle(ctx);
        for (const id of (ctx.request as any).body.ids) await carrierRepo.patch(id, { archivedAt: new Date() }); // want n-plus-one:note
        for (const id of (ctx.request as any).body.ids) await cradle(ctx).carrierRepo.byId(id); // want n-plus-one
      };`,
    'container.js': `
      const { createContainer, asClass } = require('awilix');
      const { TariffRepo, CarrierRepo } = require('./repos/tariff-repo');
      exports.buildContainer = () => createContainer().register({ tariffRepo: asClass(TariffRepo), carrierRepo: asClass(CarrierRepo) });`,
  },
});

/** What awilix makes, and what a queue brings. */
samples('n-plus-one', {
  'services that awilix makes with a function': {
    'container.js': `
      const { createContainer, asFunction, asValue } = require('awilix');
      const { PrismaClient } = require('@prisma/client');
      const makeQuotes = require('./quotes');
      const { makeRates } = require('./rates');
      exports.buildContainer = () => {
        const container = createContainer();
        container.register({ prisma: asValue(new PrismaClient()), quoteService: asFunction(makeQuotes).singleton() });
        container.register('rateStore', asFunction(makeRates));
        return container;
      };`,
    'quotes.js': `
      module.exports = ({ prisma }) => ({
        price: (lane) => prisma.rate.findFirst({ where: { lane } }),
        name: (lane) => lane.trim(),
      });`,
    'rates.js': `
      exports.makeRates = ({ prisma }) => ({ of: async (id) => prisma.rate.findFirst({ where: { id } }), label: (id) => \`rate \${id}\` });`,
    'routes.js': `
      exports.prices = ({ quoteService, rateStore }) => async (req, res) => {
        const prices = [];
        for (const lane of req.body.lanes) prices.push(await quoteService.price(lane)); // want n-plus-one
        for (const lane of req.body.lanes) prices.push(quoteService.name(lane));
        for (const id of req.body.ids) prices.push(await rateStore.of(id)); // want n-plus-one
        for (const id of req.body.ids) prices.push(rateStore.label(id));
        res.json(prices);
      };`,
  },
  'messages of a queue': {
    'handler.ts': `
      import { PrismaClient } from '@prisma/client';
      import type { SQSHandler } from 'aws-lambda';
      const prisma = new PrismaClient();
      export const handler: SQSHandler = async (event) => {
        for (const record of event.Records) await prisma.order.update({ where: { id: record.body }, data: { seen: true } });
        await Promise.all(event.Records.map(async (record) => prisma.order.update({ where: { id: record.body }, data: { seen: true } })));
        for (const record of event.Records) {
          for (const id of JSON.parse(record.body).ids) await prisma.order.update({ where: { id }, data: { seen: true } }); // want n-plus-one
        }
      };`,
  },
});
