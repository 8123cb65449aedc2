import { samples } from '../samples.ts';

/** Names that mean something else than they seem to, and conditions that choose less. */
samples(['n-plus-one', 'missing-limit', 'unbounded-limit'], {
  'include owner': `
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    app.get('/projects', async (req, res) => {
      const projects = await prisma.project.findMany({ include: { owner: true } }); // want missing-limit
      res.json(projects);
    });`,
  'select isDefault': `
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    app.get('/pm', async (req, res) => {
      const items = await prisma.paymentMethod.findMany({ // want missing-limit
        select: { id: true, brand: true, isDefault: true },
      });
      res.json(items);
    });`,
  'typeorm relations owner': `
    import { Repository } from 'typeorm';
    import { InjectRepository } from '@nestjs/typeorm';
    import { Injectable } from '@nestjs/common';
    import { Order } from './order.entity';
    @Injectable()
    export class S {
      constructor(@InjectRepository(Order) private readonly orders: Repository<Order>) {}
      all() {
        return this.orders.find({ relations: { customer: true, owner: true } }); // want missing-limit
      }
    }`,
  'not admin': `
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    app.get('/pm', async (req, res) => {
      const users = await prisma.user.findMany({ where: { role: { not: 'admin' } } }); // want missing-limit
      res.json(users);
    });`,
  'role entity': {
    'src/role.entity.ts': `
      import { Entity, Column } from 'typeorm';
      @Entity('roles')
      export class RoleEntity { @Column() name: string; }`,
    'src/roles.service.ts': `
      import { Repository } from 'typeorm';
      import { InjectRepository } from '@nestjs/typeorm';
      import { Injectable } from '@nestjs/common';
      import { RoleEntity } from './role.entity';
      @Injectable()
      export class RolesService {
        constructor(@InjectRepository(RoleEntity) private readonly roles: Repository<RoleEntity>) {}
        all() {
          return this.roles.find();
        }
      }`,
  },
  'category entity scope none': {
    'src/category.entity.ts': `
      import { Entity, Column } from 'typeorm';
      @Entity('categories')
      export class CategoryEntity { @Column() name: string; }`,
    'src/categories.service.ts': `
      import { Repository } from 'typeorm';
      import { InjectRepository } from '@nestjs/typeorm';
      import { Injectable } from '@nestjs/common';
      import { CategoryEntity } from './category.entity';
      @Injectable()
      export class CategoriesService {
        constructor(@InjectRepository(CategoryEntity) private readonly categories: Repository<CategoryEntity>) {}
        all() {
          return this.categories.find({ order: { name: 'ASC' } });
        }
      }`,
  },
  'mongoose category model class': {
    'src/category.schema.ts': `
      import { Schema, Prop, SchemaFactory } from '@nestjs/mongoose';
      @Schema()
      export class CategoryDoc { @Prop() name: string; }
      export const CategorySchema = SchemaFactory.createForClass(CategoryDoc);`,
    'src/categories.service.ts': `
      import { Model } from 'mongoose';
      import { InjectModel } from '@nestjs/mongoose';
      import { Injectable } from '@nestjs/common';
      import { CategoryDoc } from './category.schema';
      @Injectable()
      export class CategoriesService {
        constructor(@InjectModel(CategoryDoc.name) private readonly categories: Model<CategoryDoc>) {}
        all() {
          return this.categories.find().exec();
        }
      }`,
  },
  'mikro repo': {
    'src/role.entity.ts': `
      import { Entity, Property } from '@mikro-orm/core';
      @Entity()
      export class RoleEntity { @Property() name!: string; }`,
    'src/roles.service.ts': `
      import { EntityRepository } from '@mikro-orm/postgresql';
      import { InjectRepository } from '@mikro-orm/nestjs';
      import { RoleEntity } from './role.entity';
      export class RolesService {
        constructor(@InjectRepository(RoleEntity) private readonly roleRepository: EntityRepository<RoleEntity>) {}
        all() {
          return this.roleRepository.findAll();
        }
      }`,
  },
  'country class repo extends': {
    'src/country.ts': `
      import { Entity, Column, Repository } from 'typeorm';
      @Entity('countries')
      export class CountryEntity { @Column() name: string; }
      export class CountryRepository extends Repository<CountryEntity> {
        list() { return this.find(); }
      }`,
  },
  'use case execute over split ids': `
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    class DeleteUser {
      async execute(id: string) { await prisma.user.delete({ where: { id } }); }
    }
    const deleteUser = new DeleteUser();
    app.delete('/users', async (req, res) => {
      const ids = String(req.query.ids).split(',');
      for (const id of ids) {
        await deleteUser.execute(id); // want n-plus-one
      }
      res.sendStatus(204);
    });`,
  'key of one not item': `
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    export async function apply(orders, event) {
      for (const order of orders) {
        if (event.key === 'order.shipped') {
          await prisma.order.findMany({ where: { parentId: order.id }, take: 10 }); // want n-plus-one
        }
      }
    }`,
  'category id constant': `
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    const GIFT_CATEGORY_ID = 7;
    export async function apply(products) {
      for (const product of products) {
        if (product.category.id === GIFT_CATEGORY_ID) {
          product.cards = await prisma.giftCard.findMany({ where: { productId: product.id }, take: 10 }); // want n-plus-one
        }
      }
    }`,
  'plan slug': `
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    export async function apply(members) {
      for (const member of members) {
        if (member.plan.slug === 'pro') {
          member.seats = await prisma.seat.findMany({ where: { memberId: member.id }, take: 10 }); // want n-plus-one
        }
      }
    }`,
  'returned pushed list': `
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    function idsOf(orders) {
      const ids = [];
      for (const order of orders) ids.push(order.customerId);
      return ids;
    }
    export async function apply(orders) {
      const out = [];
      for (const id of idsOf(orders)) {
        out.push(await prisma.customer.findUnique({ where: { id } })); // want n-plus-one
      }
      return out;
    }`,
  'returned Set list': `
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    function idsOf(orders) {
      const ids = new Set();
      orders.forEach((order) => ids.add(order.customerId));
      return [...ids];
    }
    export async function apply(orders) {
      const out = [];
      for (const id of idsOf(orders)) {
        out.push(await prisma.customer.findUnique({ where: { id } })); // want n-plus-one
      }
      return out;
    }`,
  'returned mapped accumulators': `
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    function byCustomer(orders) {
      const groups = {};
      for (const order of orders) (groups[order.customerId] ??= []).push(order);
      return groups;
    }
    export async function apply(orders) {
      const out = [];
      for (const id of Object.keys(byCustomer(orders))) {
        out.push(await prisma.customer.findUnique({ where: { id } })); // want n-plus-one
      }
      return out;
    }`,
  'registered webhooks': `
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    const participants = [];
    export function registerParticipant(participant) { participants.push(participant); }
    export async function notifyAll() {
      for (const participant of participants) {
        await prisma.participant.findMany({ where: { parentId: participant.id }, take: 5 }); // want n-plus-one
      }
    }`,
  'cap in class by count': `
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    class Importer {
      errors = [];
      async importRow(row) {
        if (this.errors.length >= 10) { throw new Error('too many'); }
        await prisma.customer.findUnique({ where: { id: row.customerId } });
      }
    }
    const importer = new Importer();
    export async function run(rows) {
      for (const row of rows) {
        await importer.importRow(row); // want n-plus-one
      }
    }`,
  'discord member addRole': {
    'src/bot/roles.js': `
      const { Client } = require('discord.js');
      exports.grant = async (guild, role) => {
        const members = await guild.members.fetch();
        for (const member of members.values()) {
          await member.addRole(role);
        }
      };`,
    'src/models/User.js': `
      const { Model } = require('sequelize');
      class User extends Model {
        async addRole(role) { return User.update({ role }, { where: { id: this.id } }); }
      }
      module.exports = User;`,
    'package.json': '{"name":"x","dependencies":{"discord.js":"*","sequelize":"*"}}',
  },
  'sockets notify': {
    'src/ws/hub.js': `
      const WebSocket = require('ws');
      const clients = new Set();
      exports.broadcast = async (text) => {
        for (const client of clients) {
          await client.sendNotification(text);
        }
      };`,
    'src/models/Notification.js': `
      const mongoose = require('mongoose');
      const schema = new mongoose.Schema({ text: String });
      schema.statics.sendNotification = function (text) { return this.create({ text }); };
      module.exports = mongoose.model('Notification', schema);`,
    'package.json': '{"name":"x","dependencies":{"ws":"*","mongoose":"*"}}',
  },
  'parameter named file': {
    'src/upload.js': `
      const store = async (file) => { await file.moveTo('/tmp'); };
      exports.upload = async (files) => { for (const file of files) await store(file); };`,
    'src/models/File.js': `
      const mongoose = require('mongoose');
      const schema = new mongoose.Schema({ text: String });
      schema.methods.moveTo = function (dir) { return this.model('File').updateOne({ _id: this._id }, { dir }); };
      module.exports = mongoose.model('File', schema);`,
    'package.json': '{"name":"x","dependencies":{"express-fileupload":"*","mongoose":"*"}}',
  },
  'nest default options of a base class': {
    'src/base.service.ts': `
      import { Repository, FindManyOptions } from 'typeorm';
      export abstract class BaseService<T> {
        constructor(protected readonly repo: Repository<T>) {}
        protected options(): FindManyOptions<T> { return {}; }
        findAll() { return this.repo.find(this.options()); }
      }`,
    'src/user.service.ts': `
      import { BaseService } from './base.service';
      import { User } from './user';
      export class UserService extends BaseService<User> {
        protected options() { return { take: 50 }; }
      }`,
  },
  'private models package absent express': {
    'package.json': '{"name":"server","dependencies":{"mongoose":"*","express":"*","@acme/models":"*"}}',
    'src/orders.js': `
      const { Order } = require('@acme/models');
      exports.open = async () => {
        return Order.find({ open: true }).sort({ createdAt: -1 }).lean(); // want missing-limit
      };
      exports.withCustomers = async (orders) => {
        for (const order of orders) {
          order.customer = await Customer.findById(order.customerId); // want n-plus-one
        }
      };`,
  },
  'send cjs': {
    'src/notifications.js': `
      const { PrismaClient } = require('@prisma/client');
      const prisma = new PrismaClient();
      async function send(user, text) {
        return prisma.notification.create({ data: { userId: user.id, text } });
      }
      module.exports = { send };`,
    'src/run.js': `
      const { send } = require('./notifications');
      exports.run = async (users) => {
        for (const user of users) {
          await send(user, 'hello ' + user.name); // want n-plus-one
        }
      };`,
  },
  'knex forUser builder etc': `
    import knex from 'knex';
    const db = knex({});
    export const go = (status) => db('orders').where({ status }).forUpdate('orders'); // want missing-limit`,
  'flush inside if with length of request items': `
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    export class Checkout {
      constructor(private readonly lines: Line[]) {}
      private async priceOf(line) {
        if (this.lines.length > 10) {
          const rule = await prisma.bulkPrice.findFirst({ where: { productId: line.productId } });
          if (rule) return rule.price;
        }
        return line.price;
      }
      async total() {
        let total = 0;
        for (const line of this.lines) total += await this.priceOf(line); // want n-plus-one
        return total;
      }
    }`,
  'one of several conditions': `
    import { PrismaClient } from '@prisma/client';
    import mongoose from 'mongoose';
    const prisma = new PrismaClient();
    const Order = mongoose.model('Order', new mongoose.Schema({}));
    export const either = () => prisma.user.findMany({ where: { OR: [{ isActive: true }, { invited: true }] } }); // want missing-limit
    export const found = (id: string, slug: string) => prisma.user.findMany({ where: { OR: [{ id }, { slug }] } });
    export const listed = (ids: string[], slugs: string[]) => prisma.user.findMany({ where: { OR: [{ id: { in: ids } }, { slug: { in: slugs } }] } });
    export const half = (ids: string[]) => prisma.user.findMany({ where: { OR: [{ id: { in: ids } }, { isActive: true }] } }); // want missing-limit
    export const orders = () => Order.find({ $or: [{ status: 'open' }, { status: 'new' }] }); // want missing-limit
    export const others = (id: string) => prisma.user.findMany({ where: { NOT: [{ id }] } }); // want missing-limit`,
});

/** Checks that a router puts before what stands below a path. */
samples('no-validation', {
  'app.use path validate': `
    import express from 'express';
    import { PrismaClient } from '@prisma/client';
    import { validate } from './validate';
    import { userSchema } from './schemas';
    const prisma = new PrismaClient();
    const app = express();
    app.use(express.json());
    app.use('/api/users', validate(userSchema));
    app.post('/api/users', async (req, res) => {
      res.json(await prisma.user.create({ data: { name: req.body.name, email: req.body.email } }));
    });`,
  'app.use path validator plain': `
    import express from 'express';
    import { PrismaClient } from '@prisma/client';
    import { validateBody } from './validate';
    const prisma = new PrismaClient();
    const app = express();
    app.use(express.json());
    app.use('/api', validateBody);
    app.post('/api/users', async (req, res) => {
      res.json(await prisma.user.create({ data: { name: req.body.name, email: req.body.email } }));
    });`,
  'router.use in array': `
    import express from 'express';
    import { PrismaClient } from '@prisma/client';
    import { validate } from './validate';
    import { schema } from './schemas';
    const prisma = new PrismaClient();
    const router = express.Router();
    router.use(['/a', '/b'], validate(schema));
    router.post('/a', async (req, res) => {
      res.json(await prisma.user.create({ data: { name: req.body.name } }));
    });`,
  'router.use path id param': `
    import express from 'express';
    import { PrismaClient } from '@prisma/client';
    import { validateBody } from './validate';
    import { schema } from './schemas';
    const prisma = new PrismaClient();
    const router = express.Router();
    router.use('/orders', validateBody(schema));
    router.put('/orders/:id', async (req, res) => {
      res.json(await prisma.user.update({ where: { id: req.params.id }, data: { name: req.body.name } }));
    });`,
});
