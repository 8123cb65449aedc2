import { samples } from '../samples.ts';

samples('n-plus-one', {
  'methods that are put on a model': {
    'models/index.js': `
      const { Sequelize, DataTypes } = require('sequelize');
      exports.User = require('./user')(new Sequelize(process.env.DATABASE_URL), DataTypes);`,
    'models/user.js': `
      module.exports = (sequelize, DataTypes) => {
        const User = sequelize.define('User', {});
        User.prototype.latest = function () { return User.findOne({ where: { managerId: this.id } }); };
        User.prototype.touch = async function () { await this.save(); };
        User.prototype.label = function () { return this.name.trim(); };
        User.byName = async function (name) { return this.findOne({ where: { name } }); };
        User.cleaned = (name) => name.trim();
        return User;
      };`,
    'use.js': `
      const { User } = require('./models');
      exports.all = async (names) => {
        for (const name of names) await User.byName(name); // want n-plus-one
        for (const name of names) show(User.cleaned(name));
        const users = await User.findAll({ limit: 10 });
        for (const user of users) show(await user.latest()); // want n-plus-one
        for (const user of users) await user.touch(); // want n-plus-one:note
        for (const user of users) show(user.label());
      };`,
  },
  'a parent whose type names the model': {
    'models.ts': `
      import { Sequelize } from 'sequelize';
      const sequelize = new Sequelize('');
      const models = { Account: sequelize.define('Account', {}) };
      export default models;`,
    'fields.ts': `
      import { GraphQLInt } from 'graphql';
      import models from './models';
      export const AccountFields = {
        host: {
          type: GraphQLInt,
          async resolve(account: typeof models.Account) { return account.getHostCollective(); }, // want n-plus-one
        },
      };`,
  },
  'models that an index makes, one by one': {
    'models/index.js': `
      const { Sequelize, DataTypes } = require('sequelize');
      const sequelize = new Sequelize(process.env.DATABASE_URL);
      const db = {};
      db.User = require('./user')(sequelize, DataTypes);
      db.helpers = require('./helpers')(sequelize);
      module.exports = db;`,
    'models/user.js': `
      module.exports = (db, types) => {
        const User = db.define('User', { name: types.STRING });
        return User;
      };`,
    'models/helpers.js': 'module.exports = () => ({ update(user) { return user; } });',
    'users.js': `
      const { User, helpers } = require('./models');
      const db = require('./models');
      const Account = db.User;
      exports.all = async (rows) => {
        for (const row of rows) await User.create(row); // want n-plus-one
        for (const row of rows) await Account.update({ seen: true }, { where: { name: row.name } }); // want n-plus-one
        for (const row of rows) await helpers.update(row);
      };`,
  },
  'models that an index finds in its folder': {
    'models/index.js': `
      const fs = require('fs');
      const path = require('path');
      const Sequelize = require('sequelize');
      const db = {};
      const sequelize = new Sequelize(process.env.DATABASE_URL);
      fs.readdirSync(__dirname).forEach((file) => {
        const model = require(path.join(__dirname, file))(sequelize, Sequelize.DataTypes);
        db[model.name] = model;
      });
      module.exports = db;`,
    'users.js': `
      const { User } = require('./models');
      const { Mails } = require('./mails');
      exports.all = async (rows) => {
        for (const row of rows) await User.create(row); // want n-plus-one
        for (const row of rows) await Mails.create(row);
      };`,
  },
  'rows of unknown origin that write in a transaction': `
    import { sequelize } from './lib/sequelize';
    import { Op } from 'sequelize';
    import { fetchVendor, canvas } from '@acme/vendors';
    const vendor = await fetchVendor();
    await Promise.all(vendor.methods.map((method) => method.update({ saved: method.saved }, { transaction }))); // want n-plus-one:note
    for (const method of vendor.methods) await method.destroy({ transaction }); // want n-plus-one
    for (const method of vendor.methods) await method.update({ saved: false });
    for (const method of vendor.methods) canvas.update(method, { animation: false });`,
  'a model of the registry': {
    'models/index.js': `
      const { Sequelize, DataTypes } = require('sequelize');
      const sequelize = new Sequelize(process.env.DATABASE_URL);
      const User = sequelize.define('User', { name: DataTypes.STRING });
      const Post = sequelize.define('Post', { title: DataTypes.STRING });
      User.hasMany(Post);
      module.exports = { sequelize, User, Post };`,
    'controllers/users.js': `
      const { User, Post } = require('../models');
      exports.index = async (req, res) => {
        const users = await User.findAll({ limit: 20 });
        for (const user of users) {
          user.dataValues.posts = await Post.findAll({ where: { userId: user.id } }); // want n-plus-one
        }
        res.json(users);
      };`,
  },
  'a class that extends Model': `
    import { Model, DataTypes } from 'sequelize';
    class Account extends Model {}
    Account.init({ name: DataTypes.STRING }, { sequelize });
    export const resolve = (rows) => Promise.all(rows.map((row) => Account.findByPk(row.accountId))); // want n-plus-one`,
  'a member of the registry': `
    const db = require('../models');
    async function totals(orders) {
      for (let i = 0; i < orders.length; i++) {
        orders[i].customer = await db.Customer.findOne({ where: { id: orders[i].customerId } }); // want n-plus-one
      }
    }`,
  'rows that save themselves': `
    import { Model } from 'sequelize';
    class Task extends Model {}
    const tasks = await Task.findAll({ where: { done: false }, limit: 100 });
    for (const task of tasks) {
      task.done = true;
      await task.save(); // want n-plus-one:note
    }`,
  'the getters that associations generate': `
    import { Model } from 'sequelize-typescript';
    class Project extends Model {}
    const projects = await Project.findAll({ limit: 10 });
    for (const project of projects) {
      show(project, await project.getTasks()); // want n-plus-one
    }`,
  'an injected model': `
    import { InjectModel } from '@nestjs/sequelize';
    import { Cat } from './cat.model';
    export class CatsService {
      constructor(@InjectModel(Cat) private readonly cats: typeof Cat) {}
      async rename(names: Record<string, string>) {
        for (const [id, name] of Object.entries(names)) {
          await this.cats.update({ name }, { where: { id } }); // want n-plus-one:note
        }
      }
    }`,
  'raw text': `
    const { sequelize } = require('../models');
    const { Sequelize } = require('sequelize');
    async function archive(ids) {
      const database = new Sequelize('sqlite::memory:');
      for (const id of ids) {
        await database.query('UPDATE tasks SET archived = 1 WHERE id = ?', { replacements: [id] }); // want n-plus-one
      }
    }`,
  'rows that a promise or a list hands to a callback': `
    import { Model } from 'sequelize';
    class User extends Model {}
    User.findAll({ limit: 5 }).then((users) => Promise.all(users.map((user) => user.getPosts()))); // want n-plus-one
    User.findAll({ limit: 5 }).then((users) => Promise.all(users.map((user) => user.getPosts({ where: { open: true }, limit: 5 })))); // want n-plus-one
    User.findAll({ limit: 5 }).then((users) => Promise.all(users.map((user) => user.getBalance({ loaders, asOf }))));
    User.findAll({ limit: 5 }).then((users) => {
      users.forEach((user) => user.destroy()); // want n-plus-one
    });`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'the related rows come with the query, or by all ids': `
    import { Model, Op } from 'sequelize';
    class User extends Model {}
    class Post extends Model {}
    const users = await User.findAll({ include: [{ model: Post, as: 'posts' }], limit: 20 });
    const posts = await Post.findAll({ where: { userId: { [Op.in]: users.map((user) => user.id) } } });
    for (const user of users) show(user, user.posts, posts.filter((post) => post.userId === user.id));`,
  'all rows in one insert': `
    import { Model } from 'sequelize';
    class User extends Model {}
    const rows = names.map((name) => User.build({ name }));
    await User.bulkCreate(rows.map((row) => row.toJSON()));`,
  'what a row holds already': `
    import { Model } from 'sequelize';
    class Project extends Model {}
    const projects = await Project.findAll({ limit: 10 });
    for (const project of projects) {
      show(project.get('name'), project.getDataValue('name'), project.toJSON(), project.get({ plain: true }));
    }`,
  'the models of the registry are wired up': `
    const db = {};
    for (const name of Object.keys(db)) if (db[name].associate) db[name].associate(db);`,
  'an update of all rows at once': `
    import { Model, Op } from 'sequelize';
    class Task extends Model {}
    await Task.update({ done: true }, { where: { id: ids } });
    for (const id of ids) notify(id);`,
});

samples('missing-limit', {
  'the class of a row': `
    import { Model } from 'sequelize-typescript';
    class Document extends Model {
      async similar() { return (this.constructor as typeof Document).unscoped().findAll({ where: { status: this.status } }); } // want missing-limit
      async plain() { return this.constructor.findAll({ where: { status: this.status } }); } // want missing-limit
      async some() { return this.constructor.findAll({ where: { status: this.status }, limit: 20 }); }
    }`,
  'the whole table': `
    const { User } = require('./models');
    const { Model } = require('sequelize');
    class Customer extends Model {}
    exports.all = (req, res) => Customer.findAll().then((rows) => res.json(rows)); // want missing-limit`,
  'a filter that grows with the table': `
    import { Model } from 'sequelize';
    class Order extends Model {}
    const open = await Order.findAll({ where: { status: 'open' }, include: [Line] }); // want missing-limit
    const both = await Order.findAndCountAll({ offset: 20, order: [['id', 'DESC']] }); // want missing-limit`,
  'a scope is no limit': `
    import { Model } from 'sequelize';
    class Order extends Model {}
    const open = await Order.scope('open').findAll({ raw: true }); // want missing-limit`,
  'text without a limit': `
    import { Sequelize, QueryTypes } from 'sequelize';
    const database = new Sequelize(url);
    const rows = await database.query('SELECT * FROM orders WHERE status = :status', { type: QueryTypes.SELECT, replacements: { status } }); // want missing-limit`,
  'the children of one parent': `
    import { Model } from 'sequelize';
    class Line extends Model {}
    const lines = await Note.findAll({ where: { orderId: order.id } }); // want missing-limit:note`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'a limit': `
    import { Model } from 'sequelize';
    class Order extends Model {}
    const page = await Order.findAndCountAll({ limit: 20, offset: 40 });
    const shared = { limit: size };
    const other = await Order.findAll({ where: { status: 'open' }, ...shared });`,
  'the rows of a list': `
    import { Model, Op } from 'sequelize';
    class Order extends Model {}
    const some = await Order.findAll({ where: { id: [1, 2, 3] } });
    const more = await Order.findAll({ where: { id: { [Op.in]: ids } } });
    const mine = await Order.findAll({ where: { id: ids } });`,
  'counts, single rows and writes': `
    import { Model } from 'sequelize';
    class Order extends Model {}
    await Order.count({ where: { status: 'open' } });
    await Order.findOne({ where: { status: 'open' }, order: [['id', 'DESC']] });
    await Order.destroy({ where: { status: 'void' } });
    await Order.max('total');`,
  'a look-alike on something else': `
    const nodes = wrapper.findAll('.row');
    const rows = screen.findAll({ name: 'row' });`,
});
