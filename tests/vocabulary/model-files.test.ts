import { samples } from '../samples.ts';

/** A workspace in which one package makes the model that others are handed. */
const membersOfCore = {
  'package.json': '{ "private": true, "workspaces": ["packages/*"] }',
  'packages/core/package.json': '{ "name": "core", "dependencies": { "bookshelf": "^1.2.0", "knex": "^2.0.0" } }',
  'packages/core/models/base.js': `
    const knex = require('knex')({ client: 'mysql2' });
    module.exports = require('bookshelf')(knex);`,
  'packages/core/models/member.js': `
    const bookshelf = require('./base');
    const Member = bookshelf.Model.extend({ tableName: 'members' });
    module.exports = { Member: bookshelf.model('Member', Member) };`,
};

/** Models that somebody hands over: by their names, by the files that make them, and by what comments say. */
samples(['missing-limit', 'n-plus-one'], {
  'models of Bookshelf by their names': {
    'package.json': '{ "dependencies": { "bookshelf": "^1.2.0", "knex": "^2.0.0" } }',
    'src/users.js': `
      class Users {
        constructor({ models, auth }) {
          this.models = models;
          this.auth = auth;
        }
        async lockAll(options) {
          const users = await this.models.User.findAll(options); // want missing-limit
          for (const user of users) {
            await user.save({ status: 'locked' }, options); // want n-plus-one
          }
        }
        async page(options) {
          const { data } = await this.models.User.findPage(options);
          return data;
        }
        async all() {
          const { data } = await this.models.User.findPage({ limit: 'all' }); // want missing-limit
          return data;
        }
        async tag(names) {
          for (const name of names) {
            await this.models.Tag.findOne({ name }); // want n-plus-one
          }
        }
        async byKind(rows) {
          for (const row of rows) {
            await this.models[this.kind].add(row); // want n-plus-one
          }
        }
        async known(rows) {
          const tags = await this.models.Tag.findAll({ filter: 'kind:open' }); // want missing-limit
          return rows.map((row) => tags.find((tag) => tag.get('name') === row.name));
        }
      }
      module.exports = Users;`,
    'src/clicks.js': `
      module.exports = class Clicks {
        #Click;
        #Member;
        constructor(deps) {
          this.#Click = deps.Click;
          this.#Member = deps.Member;
        }
        async list(options) {
          const collection = await this.#Click.findAll(options); // want missing-limit
          const found = [];
          for (const model of collection.models) {
            const member = await this.#Member.findOne({ id: model.get('member_id') }); // want n-plus-one
            found.push({ member, click: model.toJSON() });
          }
          return found;
        }
      };`,
    'src/registry.js': `
      class Registry {
        constructor(map) {
          this.map = map;
        }
        names(keys) {
          return keys.map((key) => this.map.findOne(key));
        }
      }
      module.exports = Registry;`,
  },
  'models of another package of the workspace': {
    ...membersOfCore,
    'packages/members/package.json': '{ "name": "members", "main": "index.js" }',
    'packages/members/lib/members.js': `
      class Members {
        constructor({ Member, Clock }) {
          this._Member = Member;
          this._Clock = Clock;
        }
        async invite(emails) {
          for (const email of emails) {
            const known = await this._Member.findOne({ email }); // want n-plus-one
            if (!known) await this._Member.add({ email, at: this._Clock.findOne() });
          }
        }
        async everybody() {
          return this._Member.findAll({ withRelated: ['labels'] }); // want missing-limit
        }
      }
      module.exports = Members;`,
  },
  'a client that is handed in, and a repository that is called after many': {
    ...membersOfCore,
    'packages/members/package.json': '{ "name": "members" }',
    'packages/members/lib/MemberRepository.js': `
      class MemberRepository {
        /** @param {{ findOne: (data: object) => Promise<object> }} Member */
        constructor(Member) {
          this._Member = Member;
        }
        async get(data) {
          return this._Member.findOne(data);
        }
      }
      module.exports = MemberRepository;`,
    'packages/mail/package.json': '{ "name": "mail" }',
    'packages/mail/lib/mail.js': `
      class Mail {
        #membersRepository;
        #db;
        /**
         * @param {object} dependencies
         * @param {object} dependencies.membersRepository
         */
        constructor({ membersRepository, db }) {
          this.#membersRepository = membersRepository;
          this.#db = db;
        }
        async test(emails) {
          for (const email of emails) {
            await this.#membersRepository.get({ email }); // want n-plus-one
          }
        }
        async count(emails) {
          for (const email of emails) {
            await this.#db.knex('recipients').where('email', email).first(); // want n-plus-one
          }
        }
        async all() {
          return this.#db.knex('recipients').select('id'); // want missing-limit
        }
      }
      module.exports = Mail;`,
  },
  'an interface that a comment says to be kept': {
    'packages/mail/package.json': '{ "name": "mail", "main": "src/index.ts" }',
    'packages/mail/src/EventRepository.ts': `
      export interface EventRepository {
        save(event: { id: string }): Promise<void>;
      }`,
    'packages/mail/src/EventService.ts': `
      import { EventRepository } from './EventRepository';
      export class EventService {
        constructor(private readonly events: EventRepository) {}
        async keep(payload: { id: string }[]) {
          for (const event of payload) {
            await this.events.save(event); // want n-plus-one
          }
        }
      }`,
    'packages/core/package.json': '{ "name": "core", "dependencies": { "bookshelf": "^1.2.0", "knex": "^2.0.0" } }',
    'packages/core/services/BookshelfEventRepository.js': `
      /**
       * @implements {EventRepository}
       */
      module.exports = class BookshelfEventRepository {
        #EventModel;
        constructor(EventModel) {
          this.#EventModel = EventModel;
        }
        async save(event) {
          await this.#EventModel.add({ id: event.id });
        }
      };`,
  },
  'processor': {
    'packages/mail/package.json': '{ "name": "mail" }',
    'packages/mail/lib/EmailEventProcessor.js': `
      class EmailEventProcessor {
        #db;
        #eventStorage;
        constructor({ db, eventStorage }) {
          this.#db = db;
          this.#eventStorage = eventStorage;
        }
        async handleDelivered(id, timestamp) {
          const recipient = await this.getRecipient(id);
          if (recipient) {
            await this.#eventStorage.handleDelivered(recipient);
          }
          return recipient;
        }
        async getRecipient(id) {
          const { id: emailRecipientId, member_id: memberId } = await this.#db.knex('email_recipients')
            .select('id', 'member_id')
            .where('member_email', id.email)
            .first() || {};
          return { emailRecipientId, memberId };
        }
      }
      module.exports = EmailEventProcessor;`,
    'packages/analytics/package.json': '{ "name": "analytics" }',
    'packages/analytics/lib/Service.js': `
      module.exports = class Service {
        eventProcessor;
        constructor({ eventProcessor }) {
          this.eventProcessor = eventProcessor;
        }
        async batch(events, result) {
          for (const event of events) {
            const one = await this.processEvent(event); // want n-plus-one
            result.merge(one);
          }
        }
        async processEvent(event) {
          if (event.type === 'delivered') {
            const recipient = await this.eventProcessor.handleDelivered({ email: event.email }, event.at);
            if (recipient) return recipient;
          }
          return undefined;
        }
      };`,
  },
});

samples(['missing-limit', 'n-plus-one'], {
  'calls that are named to a builder': `
    import bookshelfLib from 'bookshelf';
    import knexLib from 'knex';
    const bookshelf = bookshelfLib(knexLib({ client: 'mysql' }));
    const Token = bookshelf.Model.extend({ tableName: 'tokens' });
    export const expired = () => bookshelf.Collection.forge([], { model: Token }).query('where', 'expires', '<', Date.now()).fetch(); // want missing-limit
    export const few = () => bookshelf.Collection.forge([], { model: Token }).query('limit', 20).fetch();
    export const some = () => Token.query((qb) => qb.where('open', true).limit(5)).fetchAll();`,
  'a row that was waited for': {
    'package.json': '{ "dependencies": { "bookshelf": "^1.2.0", "knex": "^2.0.0" } }',
    'src/mails.js': `
      class Mails {
        constructor({ models }) {
          this.models = models;
        }
        async notify(comment, authors) {
          const post = await this.models.Post.findOne({ id: comment.get('post_id') });
          const member = await this.models.Member.findOne({ id: comment.get('member_id') });
          for (const author of authors) {
            const name = member.get('name') || 'Anonymous';
            this.send(author.get('email'), name, post.get('title'));
          }
        }
        async touch(comment, ids) {
          const post = await this.models.Post.findOne({ id: comment.get('post_id') });
          for (const id of ids) {
            await post.save({ last: id }); // want n-plus-one:note
          }
        }
      }
      module.exports = Mails;`,
  },
});

/** What only resembles a model, or a file of its name. */
samples(['missing-limit', 'n-plus-one'], {
  'what is written like a model of Bookshelf, and is none': {
    'package.json': '{ "dependencies": { "bookshelf": "^1.2.0", "knex": "^2.0.0", "three": "1", "@acme/notify": "1" } }',
    'src/a.js': `
      import { Notifications } from '@acme/notify';
      import { Scene } from 'three';
      import { Money } from '~/domain/money';
      const Emitter = require('./emitter');
      export async function all(items, Tracker) {
        for (const item of items) await Notifications.create(item);
        items.forEach((each) => Scene.add(each));
        items.map((each) => Money.create(each.amount));
        for (const item of items) Emitter.add(item);
        for (const item of items) Tracker.add(item);
      }
      export class View {
        constructor(model) { this.model = model; }
        fill(items) { items.forEach((each) => this.model.add(each)); }
      }`,
  },
  'stores of a page that are called like models': {
    'package.json': '{ "private": true, "workspaces": ["packages/*"] }',
    'packages/api/package.json': '{ "name": "api", "dependencies": { "mongoose": "^8.0.0" } }',
    'packages/api/src/models/order.js': `
      const mongoose = require('mongoose');
      module.exports = { Order: mongoose.model('Order', new mongoose.Schema({ name: String })) };`,
    'packages/web/package.json': '{ "name": "web", "dependencies": { "mobx": "6" } }',
    'packages/web/src/lines.js': `
      export const lines = (ids, ctx) => ids.map((id) => ctx.Order.findOne({ id }));`,
  },
  'names that only resemble a file': {
    'package.json': '{ "dependencies": { "knex": "^2.0.0", "@angular/core": "17" } }',
    'src/templates.js': `
      const knex = require('knex')({});
      exports.nameOf = async (id) => (await knex('templates').where('id', id).first()).name;
      exports.describe = async (id) => (await knex('templates').where('id', id).first()).name;`,
    'src/renderer.js': `
      export class Renderer {
        constructor(options) { this.options = options; }
        names(ids) { return ids.map((id) => this.options.template.nameOf(id)); }
      }`,
    'src/view.ts': `
      import { Input } from '@angular/core';
      export class View {
        @Input() template: any;
        labels(ids: string[]) { return ids.map((id) => this.template.describe(id)); }
      }`,
  },
  'once, or not': `
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    export async function some(rows) {
      const skip = new Set(await load());
      for (const row of rows) {
        if (skip.has(row.id)) continue;
        const post = await prisma.post.findFirst({ where: { userId: row.id } }); // want n-plus-one
        if (!post) skip.add(row.id);
      }
    }
    export async function queue(queue) {
      let lastError;
      while (queue.length) {
        const id = queue.shift();
        try {
          const user = await prisma.user.findUnique({ where: { id } }); // want n-plus-one
          console.log(user);
        } catch (error) {
          lastError = error;
        }
      }
      return lastError;
    }
    export async function skus(req) {
      for (const sku of req.body.skus.split(/[,;\\s]+/)) await prisma.product.findFirst({ where: { sku } }).then(console.log); // want n-plus-one
    }`,
});
