import { samples } from '../samples.ts';

samples('n-plus-one', {
  'methods that a schema lends': {
    'user.js': `
      const mongoose = require('mongoose');
      const userSchema = new mongoose.Schema({ name: String }, { statics: { newest() { return this.findOne().sort('-_id'); } } });
      userSchema.statics.byName = async function (name) { return this.findOne({ name }); };
      userSchema.static('knows', function (name) { return this.exists({ name }); });
      userSchema.statics.plain = function (name) { return name.trim(); };
      userSchema.methods = { posts() { return mongoose.model('Post').find({ user: this._id }).limit(50); } };
      userSchema.method('touch', function () { return this.save(); });
      userSchema.methods.label = function () { return this.name; };
      module.exports = mongoose.model('User', userSchema);`,
    'use.js': `
      const User = require('./user');
      exports.all = async (names) => {
        for (const name of names) await User.byName(name); // want n-plus-one
        for (const name of names) await User.newest(name); // want n-plus-one
        for (const name of names) await User.knows(name); // want n-plus-one
        for (const name of names) show(User.plain(name));
        const users = await User.find().limit(10);
        for (const user of users) show(user, await user.posts()); // want n-plus-one
        for (const user of users) await user.touch(); // want n-plus-one:note
        for (const user of users) show(user.label());
      };`,
  },
  'documents that a callback is given': {
    'models.js': `
      var mongoose = require('mongoose');
      exports.Message = mongoose.model('Message', new mongoose.Schema({ read: Boolean }));`,
    'proxy.js': `
      var Message = require('./models').Message;
      exports.unreadOf = function (userId, callback) {
        Message.find({ userId: userId, read: false }, null, { sort: '-at', limit: 50 }, callback);
      };
      exports.unreadLaterOf = function (userId, callback) {
        exports.unreadOf(userId, callback);
      };`,
    'routes.js': `
      var Message = require('./models').Message;
      var proxy = require('./proxy');
      exports.readAll = function (req, res, next) {
        Message.find({ userId: req.user.id }, function (err, messages) {
          messages.forEach(function (message) {
            message.read = true;
            message.save(); // want n-plus-one:note
          });
        });
        proxy.unreadOf(req.user.id, function (err, messages) {
          for (var i = 0; i < messages.length; i++) {
            var message = messages[i];
            message.read = true;
            message.save(next); // want n-plus-one:note
          }
        });
        proxy.unreadLaterOf(req.user.id, (error, messages) => {
          for (const message of messages) message.save(next); // want n-plus-one:note
        });
        fs.readdir('drawings', function (err, drawings) {
          drawings.forEach(function (drawing) {
            drawing.shown = true;
            drawing.save();
          });
        });
      };`,
  },
  'a model of another file': {
    'models/Post.js': `
      const mongoose = require('mongoose');
      const postSchema = new mongoose.Schema({ title: String, author: mongoose.Types.ObjectId });
      module.exports = mongoose.model('Post', postSchema);`,
    'routes/users.js': `
      const Post = require('../models/Post');
      router.get('/', async (req, res) => {
        const users = await User.find().limit(50);
        for (const user of users) {
          user.posts = await Post.find({ author: user._id }).lean(); // want n-plus-one
        }
        res.json(users);
      });`,
  },
  'the idiom of hot reloading': {
    'src/models/team.ts': `
      import mongoose, { Schema, model, models } from 'mongoose';
      const schema = new Schema({ name: String });
      export default models.Team || model('Team', schema);`,
    'src/teams.ts': `
      import Team from './models/team';
      export const resolve = (ids: string[]) => Promise.all(ids.map((id) => Team.findById(id))); // want n-plus-one`,
  },
  'an injected model': `
    import { InjectModel } from '@nestjs/mongoose';
    import { Model } from 'mongoose';
    export class CatsService {
      constructor(@InjectModel(Cat.name) private catModel: Model<CatDocument>) {}
      async feed(names: string[]) {
        for (const name of names) {
          await this.catModel.updateOne({ name }, { $inc: { meals: 1 } }); // want n-plus-one
        }
      }
    }`,
  'documents that save themselves': `
    import { model } from 'mongoose';
    const Task = model('Task', schema);
    for (const row of rows) {
      await Task.create(row); // want n-plus-one
    }`,
  'existence is asked once per row': `
    import { getModelForClass } from '@typegoose/typegoose';
    const Tags = getModelForClass(Tag);
    export async function missing(names: string[]) {
      const result = [];
      for (const name of names) if (!(await Tags.exists({ name }))) result.push(name); // want n-plus-one
      return result;
    }`,
  'a query that ends in exec': `
    const mongoose = require('mongoose');
    const Seat = mongoose.model('Seat', seatSchema);
    async function fill(shows) {
      for (const show of shows) {
        show.free = await Seat.countDocuments({ show: show._id, taken: false }).exec(); // want n-plus-one
      }
    }`,
  'a model whose file cannot be seen, by its name': `
    import UserModel from '@acme/models/user';
    import mongoose from 'mongoose';
    for (const id of ids) {
      const user = await UserModel.findOne({ _id: id }); // want n-plus-one
    }`,
  'a static method of the schema': {
    'models/account.ts': `
      import { Schema, model } from 'mongoose';
      const schema = new Schema({ name: String });
      schema.statics.byName = function (name) { return this.findOne({ name }); };
      export const Account = model('Account', schema);`,
    'import.ts': `
      import { Account } from './models/account';
      for (const name of names) {
        const account = await Account.byName(name); // want n-plus-one
      }`,
  },
  'documents that were read before': `
    import { model } from 'mongoose';
    const User = model('User', schema);
    const users = await User.find({ active: true }).limit(10);
    for (const user of users) {
      user.seen = true;
      await user.save(); // want n-plus-one:note
    }
    for (const user of users) await user.populate('posts'); // want n-plus-one`,
  'callbacks': `
    const mongoose = require('mongoose');
    const User = mongoose.model('User', schema);
    users.forEach((user) => {
      User.findOne({ _id: user.boss }, (error, boss) => show(boss)); // want n-plus-one
    });`,
  'a repository for any model': `
    import { Document, Model } from 'mongoose';
    export class Repository<T extends Document> {
      constructor(protected readonly model: Model<T>) {}
      byIds(ids: string[]) { return Promise.all(ids.map((id) => this.model.findById(id))); } // want n-plus-one
    }`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'one query with $in, or with populate': `
    import { model } from 'mongoose';
    const Post = model('Post', schema);
    const posts = await Post.find({ author: { $in: users.map((user) => user._id) } });
    const page = await Post.find().populate('author').limit(20);
    for (const post of page) show(post, post.author);`,
  'one write for all': `
    import { model } from 'mongoose';
    const Task = model('Task', schema);
    const operations = [];
    for (const task of tasks) operations.push({ updateOne: { filter: { _id: task.id }, update: { $set: { done: true } } } });
    await Task.bulkWrite(operations);
    await Task.insertMany(rows.map((row) => ({ ...row })));`,
  'a cursor': `
    import { model } from 'mongoose';
    const Task = model('Task', schema);
    for await (const task of Task.find().cursor()) show(task);`,
  'arrays of sub-documents': `
    import { model } from 'mongoose';
    const Order = model('Order', schema);
    const order = await Order.findById(id);
    for (const line of lines) {
      const known = order.lines.find((each) => each.sku === line.sku);
      if (known) known.count += line.count;
      else order.lines.push(line);
    }
    await order.save();`,
  'documents that are only made': `
    import { model } from 'mongoose';
    const Task = model('Task', schema);
    const made = rows.map((row) => new Task(row));
    await Task.bulkSave(made);`,
});

samples('missing-limit', {
  'the model in a method that a schema lends': `
    import mongoose from 'mongoose';
    const schema = new mongoose.Schema({});
    schema.statics.active = function () { return this.find({ active: true }); }; // want missing-limit
    schema.statics.some = function () { return this.find({ active: true }).limit(20); };
    schema.statics.list = function (names) { return names.find((name) => name.length > 3); };`,
  'the driver below': `
    import mongoose from 'mongoose';
    const collection = (name) => mongoose.connection.db.collection(name);
    export const open = () => collection('orders').find({ status: 'open' }).toArray(); // want missing-limit
    export const paid = () => mongoose.connection.collection('orders').find({ status: 'paid' }).toArray(); // want missing-limit
    export const some = () => collection('orders').find({ status: 'open' }).limit(20).toArray();
    export const byIds = (ids) => collection('orders').find({ _id: { $in: ids } }).toArray();
    export const counted = () => collection('orders').countDocuments({ status: 'open' });`,
  'the whole collection': `
    const mongoose = require('mongoose');
    const Product = mongoose.model('Product', productSchema);
    app.get('/products', async (req, res) => res.json(await Product.find())); // want missing-limit`,
  'a filter that grows with the collection': `
    import { model } from 'mongoose';
    const Order = model('Order', schema);
    const open = await Order.find({ status: 'open' }).sort({ createdAt: -1 }).populate('customer').lean(); // want missing-limit`,
  'a query that is built step by step': `
    import { model } from 'mongoose';
    const Order = model('Order', schema);
    export async function search(filter) {
      let query = Order.find({ status: filter.status }); // want missing-limit
      if (filter.sort) query = query.sort(filter.sort);
      return query.exec();
    }`,
  'a pipeline without a limit': `
    import { model } from 'mongoose';
    const Order = model('Order', schema);
    const rows = await Order.aggregate([{ $match: { status: 'open' } }, { $sort: { total: -1 } }]); // want missing-limit`,
  'callbacks, and models by their name': `
    import mongoose from 'mongoose';
    const User = mongoose.model('User', schema);
    User.find({ active: true }, function (error, users) { res.json(users); }); // want missing-limit
    User.find({ active: true }).sort('name').exec((error, users) => res.json(users)); // want missing-limit
    const users = await mongoose.model('User').find({ active: true }); // want missing-limit
    exports.all = (callback) => {
      User.find({ active: true }, callback); // want missing-limit
    };
    User.find({ active: true }, proxy.done('users')); // want missing-limit
    const described = User.find({ active: true }, fields);`,
  'as many as there are, where somebody looks how many that is': `
    import { model } from 'mongoose';
    const Order = model('Order', schema);
    export async function list(winners) {
      const total = await Order.countDocuments({ status: 'open' });
      if (total > 1000) throw new Error('too many');
      const all = await Order.find({ status: 'open' }).limit(total);
      const count = winners.count();
      return Order.find({ status: 'open' }).limit(count);
    }`,
  'a limit of as many as there are': `
    import { model } from 'mongoose';
    const Order = model('Order', schema);
    export async function list(isPaged, size) {
      const total = await Order.countDocuments({ status: 'open' });
      const all = await Order.find({ status: 'open' }).limit(total); // want missing-limit
      const some = await Order.find({ status: 'open' }).limit(isPaged ? size : total); // want missing-limit:note
      const most = await Order.find({ status: 'open' }).limit(Number.MAX_SAFE_INTEGER); // want missing-limit
      const few = await Order.find({ status: 'open' }).limit(Math.min(total, 100));
      const count = await countOfPage();
      const page = await Order.find({ status: 'open' }).limit(count);
      return Order.find({ status: 'open' }).limit(isPaged ? size : 100);
    }`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'limits of all kinds': `
    import { model } from 'mongoose';
    const Order = model('Order', schema);
    const page = await Order.find({ status: 'open' }).skip(20).limit(20);
    const last = await Order.find({}, null, { limit: 10, sort: { _id: -1 } });
    const top = await Order.aggregate([{ $match: { status: 'open' } }, { $limit: 5 }]);
    const lucky = await Order.aggregate([{ $sample: { size: 3 } }]);
    const counts = await Order.aggregate([{ $group: { _id: '$status', n: { $sum: 1 } } }]);
    const pages = await Order.paginate({ status: 'open' }, { page: 2 });`,
  'a limit that is put on later': `
    import { model } from 'mongoose';
    const Order = model('Order', schema);
    export async function search(filter) {
      const query = Order.find({ status: filter.status });
      query.limit(filter.size);
      return query;
    }`,
  'the documents of a list, or one': `
    import { model } from 'mongoose';
    const Order = model('Order', schema);
    const some = await Order.find({ _id: { $in: ids } });
    const one = await Order.find({ _id: id });
    const first = await Order.findOne({ status: 'open' });`,
  'cursors, counts and writes': `
    import { model } from 'mongoose';
    const Order = model('Order', schema);
    for await (const order of Order.find({ status: 'open' }).cursor()) show(order);
    await Order.countDocuments({ status: 'open' });
    await Order.updateMany({ status: 'open' }, { $set: { status: 'closed' } });
    await Order.deleteMany({ status: 'void' });`,
  'find of an array': `
    import { model } from 'mongoose';
    const Order = model('Order', schema);
    const orders = await Order.find({ _id: { $in: ids } });
    const mine = orders.find((order) => order.id === id);`,
});

samples('n-plus-one', {
  'a model that a repository is given makes documents': {
    'src/base-repository.ts': `
      import { Model } from 'mongoose';
      export class BaseRepository<T> {
        constructor(protected MongooseModel: Model<T>) {}
        async create(data) {
          const entity = new this.MongooseModel(data);
          return await entity.save();
        }
        build(data) {
          return new this.MongooseModel(data);
        }
      }`,
    'src/details.ts': `
      import { BaseRepository } from './base-repository';
      import { Details } from './schema';
      export class DetailsRepository extends BaseRepository<Detail> {
        constructor() { super(Details); }
      }`,
    'src/jobs.ts': `
      import { DetailsRepository } from './details';
      export class Jobs {
        constructor(private details: DetailsRepository) {}
        store(jobs) {
          for (const job of jobs) this.details.create(job); // want n-plus-one
          for (const job of jobs) show(this.details.build(job));
        }
      }`,
  },
});
