import { samples } from '../samples.ts';

const manifest = '{ "dependencies": { "sails": "1", "sails-hook-orm": "4" } }';

samples('n-plus-one', {
  'models are globals': {
    'package.json': manifest,
    'api/controllers/users/list.js': `
      module.exports = {
        fn: async function () {
          const users = await User.find().limit(50);
          for (const user of users) {
            user.posts = await Post.find({ author: user.id }); // want n-plus-one
          }
          return users;
        },
      };`,
  },
  'one record after the other': {
    'package.json': manifest,
    'api/helpers/tag.js': `
      module.exports = {
        fn: async function ({ names }) {
          await Promise.all(names.map(async (name) => {
            const tag = await Tag.findOne({ name }); // want n-plus-one
            if (!tag) await Tag.create({ name });
          }));
        },
      };`,
  },
  'models of the app': {
    'package.json': manifest,
    'api/services/Mail.js': `
      exports.send = async (ids) => {
        for (const id of ids) await sails.models.mail.updateOne({ id }).set({ sent: true }); // want n-plus-one
      };`,
  },
  'statements of one\'s own': {
    'package.json': manifest,
    'api/helpers/sum.js': `
      module.exports = async (ids) => {
        for (const id of ids) {
          const { rows } = await sails.sendNativeQuery('SELECT sum(total) AS total FROM orders WHERE customer = $1', [id]); // want n-plus-one
          show(rows);
        }
      };`,
  },

  // -- innocents ------------------------------------------------------------------------------------------------------
  'populate, all ids and createEach': {
    'package.json': manifest,
    'api/helpers/all.js': `
      module.exports = async (ids, rows) => {
        const users = await User.find({ id: ids }).populate('posts');
        await Post.createEach(rows);
        await Post.update({ author: { in: ids } }).set({ seen: true });
        for (const user of users) show(user.posts);
      };`,
  },
  'the language and its classes': {
    'package.json': manifest,
    'api/helpers/plain.js': `
      module.exports = (rows) => {
        for (const row of rows) {
          const copy = Object.create(row);
          show(copy, Array.from(row).find((cell) => cell.id), Reflect.get(row, 'id'));
        }
      };`,
  },
  'a package with a capital is no model': {
    'package.json': manifest,
    'api/helpers/pay.js': `
      const Payments = require('payments');
      module.exports = async (rows) => {
        for (const row of rows) await Payments.create(row);
      };`,
  },
  'without Sails, a global is nobody\'s model': `
    for (const id of ids) show(await Widget.findOne({ id }));`,
});

samples('missing-limit', {
  'everything': {
    'package.json': manifest,
    'api/controllers/users.js': `
      module.exports = async (req, res) => {
        const users = await User.find(); // want missing-limit
        return res.json(users);
      };`,
  },
  'a filter and an order do not limit': {
    'package.json': manifest,
    'api/controllers/users.js': `
      module.exports = async (req, res) => res.json(await User.find({ active: true }).sort('name ASC').populate('team')); // want missing-limit`,
  },
  'with a callback': {
    'package.json': manifest,
    'api/controllers/users.js': `
      module.exports = (req, res) => {
        User.find({ active: true }).exec((error, users) => res.json(users)); // want missing-limit
      };`,
  },

  // -- innocents ------------------------------------------------------------------------------------------------------
  'limits of all kinds': {
    'package.json': manifest,
    'api/controllers/users.js': `
      module.exports = async (req, res) => {
        await User.find({ active: true }).limit(20);
        await User.find({ where: { active: true }, limit: 20 });
        await User.find().paginate(1, 20);
        await User.find({ id: { in: req.ids } });
      };`,
  },
  'one record, counts and writes': {
    'package.json': manifest,
    'api/controllers/users.js': `
      module.exports = async (req, res) => {
        await User.findOne({ active: true });
        await User.count({ active: true });
        await User.destroy({ active: false });
      };`,
  },
  'rows one by one': {
    'package.json': manifest,
    'api/controllers/users.js': `
      module.exports = async (req, res) => {
        await User.stream({ active: true }).eachRecord(async (user) => show(user));
      };`,
  },
});
