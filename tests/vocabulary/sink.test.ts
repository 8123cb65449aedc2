import { describe, expect, test } from 'vitest';
import { builtInLesson, findingsIn, samples } from '../samples.ts';

samples('sql-injection', {
  'what a call gives keeps a function from its statement': {
    'package.json': '{ "dependencies": { "express": "5", "pg": "8" } }',
    'access.js': `
      const { Pool } = require('pg');
      const pool = new Pool();
      const Access = { Team: 1, Order: 2 };
      async function loadRow(access, id) {
        if (access === Access.Team) {
          return await pool.query(\`SELECT 1 FROM teams WHERE id = '\${id}'\`); // want sql-injection:warn
        }
        return await pool.query('SELECT 1 FROM orders WHERE id = $1', [id]);
      }
      module.exports = { Access, loadRow };`,
    'app.js': `
      const { Access, loadRow } = require('./access');
      const app = require('express')();
      app.get('/orders', async (req, res) => res.json(await loadRow(Access.Order, req.query.id)));
      app.get('/teams', async (req, res) => res.json(await loadRow(Access.Team, req.query.id))); // want sql-injection`,
  },
  'the body becomes SQL, in a template or a sum': `
    import express from 'express';
    import { Pool } from 'pg';
    const pool = new Pool();
    const app = express();
    app.post('/a', async (req, res) => {
      res.json(await pool.query(\`SELECT * FROM users WHERE login = '\${req.body.login}'\`)); // want sql-injection
    });
    app.post('/b', async (req, res) => {
      const { login } = req.body;
      let sql = 'SELECT * FROM users';
      if (login) sql += " WHERE login = '" + login + "'";
      const { rows } = await pool.query(sql); // want sql-injection
      res.json(rows);
    });
    app.post('/c', async (req, res) => {
      const text = \`SELECT * FROM users ORDER BY \${req.query.sort}\`;
      res.json(await pool.query({ text, values: [] })); // want sql-injection
    });`,
  'a handle that leads nowhere, and a text that reads like SQL': {
    'handlers.js': `
      var db = require('../models')
      module.exports.userSearch = function (req, res) {
        var query = "SELECT name,id FROM Users WHERE login='" + req.body.login + "'";
        db.sequelize.query(query, { model: db.User }).then(user => { // want sql-injection
          res.render('users', { user })
        })
      }`,
  },
  'the statement is put together in another file': {
    'routes/products.js': `
      var express = require('express');
      var url = require('url');
      var products = require('../model/products');
      var router = express.Router();
      router.get('/products/detail', function (req, res) {
        var params = url.parse(req.url, true).query;
        var id = params.id;
        products.getProduct(id).then((data) => res.render('product', { product: data })); // want sql-injection
      });`,
    'model/products.js': `
      var pgp = require('pg-promise')();
      var db = pgp(process.env.DB);
      function getProduct(id) {
        var q = "SELECT * FROM products WHERE id = '" + id + "';";
        return db.one(q); // want sql-injection:warn
      }
      module.exports = { getProduct: getProduct };`,
  },
  'a text is built here and run there': {
    'app.ts': `
      import express from 'express';
      import { run } from './run.ts';
      const app = express();
      app.get('/a', async (req, res) => { res.json(await run(\`SELECT * FROM t WHERE a = '\${req.query.a}'\`)); }); // want sql-injection
      app.get('/b', async (req, res) => { res.json(await run('SELECT * FROM t WHERE a = $1', [req.query.a])); });`,
    'run.ts': `
      import { Pool } from 'pg';
      const pool = new Pool();
      export const run = (text, values) => pool.query(text, values);`,
  },
  'texts of query builders that go in as they are': {
    'a.ts': `
      import express from 'express';
      const app = express();
      app.get('/prisma', async (req, res) => {
        res.json(await prisma.$queryRawUnsafe('SELECT * FROM t WHERE a = ' + req.query.a)); // want sql-injection
      });
      app.get('/knex', async (req, res) => {
        res.json(await knex('t').whereRaw(\`a = '\${req.query.a}'\`)); // want sql-injection
      });
      app.get('/typeorm', async (req, res) => {
        res.json(await repo.createQueryBuilder('t').where(\`t.a = '\${req.query.a}'\`).getMany()); // want sql-injection
      });
      app.get('/literal', async (req, res) => {
        res.json(await User.findAll({ order: sequelize.literal(req.query.sort) })); // want sql-injection
      });`,
    'package.json': '{ "dependencies": { "express": "4", "knex": "3", "typeorm": "0.3", "sequelize": "6", "@prisma/client": "5" } }',
  },
  'values beside the text': `
    import express from 'express';
    import { Pool } from 'pg';
    import { Prisma } from '@prisma/client';
    const pool = new Pool();
    const app = express();
    app.post('/a', async (req, res) => { res.json(await pool.query('SELECT * FROM users WHERE login = $1', [req.body.login])); });
    app.post('/b', async (req, res) => { res.json(await prisma.$queryRaw\`SELECT * FROM users WHERE login = \${req.body.login}\`); });
    app.post('/c', async (req, res) => { res.json(await knex('users').whereRaw('login = ?', [req.body.login])); });
    app.post('/d', async (req, res) => { res.json(await repo.createQueryBuilder('u').where('u.login = :login', { login: req.body.login }).getOne()); });
    app.post('/e', async (req, res) => {
      const places = req.body.ids.map((_, index) => \`$\${index + 1}\`).join(', ');
      res.json(await pool.query(\`SELECT * FROM users WHERE id IN (\${places})\`, req.body.ids));
    });`,
  'numbers, known names and checked values': `
    import express from 'express';
    import { Pool } from 'pg';
    const pool = new Pool();
    const app = express();
    const columns = { name: 'name', newest: 'created_at' };
    app.get('/a', async (req, res) => {
      res.json(await pool.query(\`SELECT * FROM users LIMIT \${parseInt(req.query.limit, 10)} OFFSET \${+req.query.offset}\`));
    });
    app.get('/b', async (req, res) => {
      res.json(await pool.query(\`SELECT * FROM users ORDER BY \${columns[req.query.sort]} \${req.query.desc ? 'DESC' : 'ASC'}\`));
    });
    app.get('/c', async (req, res) => {
      const { sort } = listQuery.parse(req.query);
      res.json(await pool.query(\`SELECT * FROM users ORDER BY \${sort}\`));
    });
    app.get('/d', async (req, res) => {
      if (!/^[a-z_]+$/.test(req.query.sort)) return res.sendStatus(400);
      res.json(await pool.query(\`SELECT * FROM users ORDER BY \${req.query.sort}\`));
    });
    app.get('/e', async (req, res) => {
      res.json(await pool.query('SELECT * FROM users WHERE login = ' + pool.escape(req.query.login)));
    });`,
  'a text that stands in for a missing input hides nothing': `
    import express from 'express';
    import util from 'node:util';
    import { Pool, format } from 'pg';
    const pool = new Pool();
    const app = express();
    app.get('/a', async (req, res) => {
      const sort = req.query.sort || 'id';
      res.json(await pool.query(\`SELECT * FROM users ORDER BY \${sort}\`)); // want sql-injection
    });
    app.get('/b', async (req, res) => {
      const { sort = 'id' } = req.query;
      res.json(await pool.query('SELECT * FROM users ORDER BY ' + sort)); // want sql-injection
    });
    app.get('/c', async (req, res) => {
      res.json(await pool.query("SELECT * FROM users WHERE name = '%s'".replace('%s', req.query.name))); // want sql-injection
    });
    app.get('/d', async (req, res) => {
      res.json(await pool.query(util.format("SELECT * FROM users WHERE name = '%s'", req.query.name))); // want sql-injection
    });
    app.get('/e', async (req, res) => {
      res.json(await pool.query(format('SELECT * FROM users WHERE name = %L', req.query.name)));
    });
    app.get('/f', async (req, res) => {
      const sort = req.query.sort === 'name' ? 'name' : 'id';
      res.json(await pool.query(\`SELECT * FROM users ORDER BY \${sort}\`));
    });
    app.get('/g', async (req, res) => {
      const sort = columns[req.query.sort] || 'id';
      res.json(await pool.query(\`SELECT * FROM users ORDER BY \${sort}\`));
    });`,
  'an id for which access was asked is one that exists': `
    import express from 'express';
    import { Pool } from 'pg';
    const pool = new Pool();
    const app = express();
    app.get('/a/:siteId', async (req, res) => {
      const { siteId } = req.params;
      if (!(await canViewSite(req.auth, siteId))) return res.sendStatus(403);
      res.json(await pool.query(\`SELECT * FROM visits WHERE site = '\${siteId}'\`));
    });
    app.get('/b', async (req, res) => {
      await assertSiteAccess(req.auth, req.query.siteId);
      res.json(await pool.query(\`SELECT * FROM visits WHERE site = '\${req.query.siteId}' AND page = '\${req.query.page}'\`)); // want sql-injection
    });
    app.get('/c', async (req, res) => {
      if (!(await canSearch(req.auth, req.query.text))) return res.sendStatus(403);
      res.json(await pool.query(\`SELECT * FROM visits WHERE page = '\${req.query.text}'\`)); // want sql-injection
    });
    app.get('/d', async (req, res) => {
      if (!(await canReadNote(req.auth, req.query.noteId))) return res.sendStatus(403); // want sql-injection
      res.sendStatus(204);
    });
    async function canReadNote(auth, noteId) {
      const { rows } = await pool.query(\`SELECT owner FROM notes WHERE id = '\${noteId}'\`);
      return rows[0]?.owner === auth.id;
    }
    app.get('/e', async (req, res) => {
      const { siteId } = req.query;
      cancel(siteId);
      res.json(await pool.query(\`SELECT * FROM visits WHERE site = '\${siteId}'\`)); // want sql-injection
    });`,
  'things that share a name with a query': `
    import express from 'express';
    const app = express();
    app.get('/a', (req, res) => { res.json(document.query(\`.user[name='\${req.query.name}']\`)); });
    app.get('/b', (req, res) => { res.json(cache.get(\`user:\${req.query.name}\`)); });
    app.get('/c', (req, res) => { logger.info(\`select an option from \${req.query.name}\`); res.end(); });`,
  'a parameter between quotes: whoever calls decides': `
    import { Pool } from 'pg';
    const pool = new Pool();
    export async function byName(name: string) {
      return pool.query(\`SELECT * FROM users WHERE name = '\${name}'\`); // want sql-injection:warn
    }
    export async function byAge(age: number) {
      return pool.query(\`SELECT * FROM users WHERE age = '\${age}'\`);
    }
    export async function truncate(table: string) {
      return pool.query(\`SELECT pg_get_serial_sequence('\${table}', 'id') FROM pg_class WHERE relname = '\${table}'\`);
    }
    export async function page(limit: string) {
      return pool.query(\`SELECT * FROM users LIMIT \${limit}\`);
    }
    const since = new Date().toISOString();
    export async function recent() {
      return pool.query(\`SELECT * FROM users WHERE at > '\${since}'\`);
    }`,
});

samples(['nosql-injection', 'mass-assignment'], {
  'a filter that may be an object': {
    'app.js': `
      const express = require('express');
      const mongoose = require('mongoose');
      const User = mongoose.model('User', new mongoose.Schema({ name: String }));
      const app = express();
      app.post('/a', async (req, res) => { res.json(await User.findOne({ name: req.body.name })); }); // want nosql-injection
      app.get('/b', async (req, res) => { res.json(await User.find(req.query)); }); // want nosql-injection
      app.get('/c/:id', async (req, res) => { res.json(await User.findById(req.params.id)); });
      app.post('/d', async (req, res) => { res.json(await User.findOne({ name: String(req.body.name) })); });
      app.post('/e', async (req, res) => { res.json(await User.findOne({ name: { $eq: req.body.name } })); });
      app.post('/f', async (req, res) => { res.json(await User.findOne({ name: req.body.name.trim() })); });`,
    'package.json': '{ "dependencies": { "express": "^4.18.0", "mongoose": "8" } }',
  },
  'the query is a chain, and the input stands at its beginning': {
    'app.js': `
      const express = require('express');
      const mongoose = require('mongoose');
      const User = mongoose.model('User', new mongoose.Schema({ name: String }));
      const app = express();
      app.get('/a', async (req, res) => { res.json(await User.find(req.query).sort('name').limit(10)); }); // want nosql-injection
      app.post('/b', async (req, res) => { res.json(await User.findOne({ name: req.body.name }).select('name').lean().exec()); }); // want nosql-injection
      app.post('/c', async (req, res) => { res.json(await User.findOne({ name: String(req.body.name) }).lean()); });
      app.post('/d', async (req, res) => { res.json(await User.find({ open: true }).sort('name').limit(10)); });`,
    'package.json': '{ "dependencies": { "express": "^4.18.0", "mongoose": "8" } }',
  },
  'everything that came is set': {
    'app.js': `
      const express = require('express');
      const mongoose = require('mongoose');
      const User = mongoose.model('User', new mongoose.Schema({ name: String }));
      const app = express();
      app.put('/a/:id', async (req, res) => { res.json(await User.findByIdAndUpdate(req.params.id, { $set: req.body })); }); // want mass-assignment
      app.put('/b/:id', async (req, res) => { res.json(await User.findByIdAndUpdate(req.params.id, { $set: { name: req.body.name } })); });
      app.put('/c/:id', async (req, res) => {
        const user = await User.findById(req.params.id);
        user.set(req.body);
        await user.save(); // want mass-assignment
      });
      app.put('/d/:id', async (req, res) => {
        const user = await User.findById(req.params.id);
        user.set('name', req.body.name);
        await user.save();
      });`,
    'package.json': '{ "dependencies": { "express": "^4.18.0", "mongoose": "8" } }',
  },
  'the checks of Meteor': {
    'server/login.js': `
      const { check, Match } = require('meteor/check');
      const mongoose = require('mongoose');
      const User = mongoose.model('User', new mongoose.Schema({ name: String }));
      WebApp.handlers.post('/a', async function (req, res) {
        const options = req.body;
        check(options, { name: String, code: Match.Optional(String) });
        res.end(await User.findOne({ name: options.name }));
      });
      WebApp.handlers.post('/b', async function (req, res) {
        const options = req.body;
        check(req.auth, { name: String });
        res.end(await User.findOne({ name: options.name })); // want nosql-injection
      });`,
  },
  'the checks of Meteor, which older code has without an import, say what their pattern says': {
    'server/orders.js': `
      import { Meteor } from 'meteor/meteor';
      import { Mongo } from 'meteor/mongo';
      const Orders = new Mongo.Collection('orders');
      Meteor.methods({
        async load(id) {
          check(id, String);
          return await Orders.findOneAsync({ _id: id });
        },
        async search(filter) {
          check(filter, Object);
          return await Orders.findOneAsync(filter); // want nosql-injection
        },
        async either(filter) {
          check(filter, Match.OneOf(Object, [Object]));
          return await Orders.findOneAsync(filter); // want nosql-injection
        },
        async named(id, options) {
          check(options, { depth: Number });
          return await Orders.findOneAsync({ _id: id }); // want nosql-injection
        },
        async rename(id, name) {
          check([id, name], [String]);
          await Orders.updateAsync(id, { $set: { name } });
        },
        async replace(id, order) {
          check(id, String);
          await Orders.updateAsync(id, { $set: order }); // want mass-assignment
        },
        async asked(id) {
          check(id, Match.Any);
          if (!Match.test(id, String)) return undefined;
          return await Orders.findOneAsync({ _id: id });
        },
        async unblocked(id) {
          if (this.connection) this.unblock();
          return await Orders.findOneAsync({ _id: id }); // want nosql-injection
        },
        async ofTheServer(id) {
          if (this.connection) throw new Meteor.Error('not-authorized');
          return await Orders.findOneAsync({ _id: id });
        },
      });`,
  },
  'with Express 5 a query string brings no objects': {
    'app.js': `
      const express = require('express');
      const mongoose = require('mongoose');
      const User = mongoose.model('User', new mongoose.Schema({ name: String }));
      express().get('/b', async (req, res) => { res.json(await User.find(req.query)); });`,
    'package.json': '{ "dependencies": { "express": "^5.0.0", "mongoose": "8" } }',
  },
  'everything that came is stored': {
    'app.ts': `
      import express from 'express';
      const app = express();
      app.post('/a', async (req, res) => { res.json(await prisma.user.create({ data: req.body })); }); // want mass-assignment
      app.post('/b', async (req, res) => { res.json(await prisma.user.create({ data: { ...req.body, role: 'user' } })); }); // want mass-assignment
      app.post('/c', async (req, res) => {
        const user = new User(req.body);
        await user.save(); // want mass-assignment
      });
      app.post('/d', async (req, res) => {
        const { name, email } = req.body;
        res.json(await prisma.user.create({ data: { name, email } }));
      });
      app.post('/e', async (req, res) => { res.json(await prisma.user.create({ data: newUser.parse(req.body) })); });`,
  },
});

samples(['command-injection', 'code-injection', 'path-traversal', 'open-redirect', 'ssrf'], {
  'a check of one thing settles no other': `
    import dns from 'dns';
    import { exec } from 'child_process';
    import express from 'express';
    import { Meteor } from 'meteor/meteor';
    const app = express();
    app.get('/ping', (req, res) => {
      dns.lookup(req.query.host, (error, address) => {
        exec(\`traceroute \${req.query.host}\`, (e, out) => res.send(out)); // want command-injection
      });
    });
    app.post('/field', (req, res) => {
      if (!allowed.includes(req.body.URL.host)) throw new Error('no');
      exec(\`convert \${req.body.file}\`, () => res.end()); // want command-injection
    });
    app.get('/convert', (req, res) => { convert(req.query.file); res.end(); }); // want command-injection
    function convert(file, options = {}) {
      if (options.shell === undefined) options.shell = true;
      if (options.shell) {
        exec(\`convert \${file}\`);
      }
    }
    Meteor.methods({
      a(cmd) { check(cmd, String); exec(\`convert \${cmd}\`); }, // want command-injection
      b(cmd) { check(cmd, Match.Maybe(String)); exec(\`convert \${cmd}\`); }, // want command-injection
      c(o) { check(o, { cmd: String }); exec(\`convert \${o.cmd}\`); }, // want command-injection
      d(n) { check(n, Match.Integer); exec(\`convert \${n}\`); },
    });`,
  'whoever asks for the host of an address has checked the address': `
    import { lookup } from 'node:dns/promises';
    import dns from 'dns';
    import express from 'express';
    const app = express();
    app.get('/a', async (req, res) => {
      const url = new URL(req.query.url);
      if (!allowed.has(url.hostname)) throw new Error('no');
      res.json(await fetch(url));
    });
    app.get('/b', async (req, res) => {
      const { hostname } = new URL(req.query.url);
      if (!hostname.endsWith('.acme.org')) throw new Error('no');
      res.json(await fetch(req.query.url));
    });
    app.get('/c', async (req, res) => {
      const url = new URL(req.query.url);
      if (url.protocol !== 'https:' || url.pathname === '/') throw new Error('no');
      res.json(await fetch(url)); // want ssrf
    });
    app.get('/d', async (req, res) => {
      const found = await dns.promises.lookup(new URL(req.query.url).hostname);
      if (inner.has(found.address)) throw new Error('no');
      res.json(await fetch(req.query.url));
    });
    app.get('/e', async (req, res) => {
      const url = await publicUrl(req.query.url);
      res.json(await fetch(url));
    });
    app.get('/f', async (req, res) => {
      const url = await anyUrl(req.query.url);
      res.json(await fetch(url)); // want ssrf
    });
    async function publicUrl(input) {
      const url = new URL(input);
      const { address } = await lookup(url.hostname);
      if (isPrivate(address)) throw new Error('no');
      return url;
    }
    async function anyUrl(input) {
      const url = new URL(input);
      await names.lookup(url.pathname);
      return url;
    }`,
  'shells': `
    import express from 'express';
    import { exec, execFile, spawn } from 'node:child_process';
    import { promisify } from 'node:util';
    const run = promisify(exec);
    const app = express();
    app.get('/a', (req, res) => { exec('ping ' + req.query.host); res.end(); }); // want command-injection
    app.get('/b', async (req, res) => { res.json(await run(\`convert \${req.query.file}\`)); }); // want command-injection
    app.get('/c', (req, res) => { spawn('sh', ['-c', 'ls ' + req.query.dir]); res.end(); }); // want command-injection
    app.get('/d', (req, res) => { execFile('ping', [req.query.host]); spawn('ls', [req.query.dir]); res.end(); });
    app.get('/e', (req, res) => { /ping/.exec(req.query.host); res.end(); });
    app.get('/f', (req, res) => {
      const item = req.query.item;
      if (typeof item === 'string' && item.match(/(http.*)/)) exec('identify ' + item.match(/(http.*)/)[1]); // want command-injection
      res.end();
    });`,
  'code': `
    import express from 'express';
    import vm from 'node:vm';
    import * as mathjs from 'mathjs';
    const app = express();
    app.post('/a', (req, res) => { res.json(eval(req.body.sum)); }); // want code-injection
    app.post('/b', (req, res) => { res.json(vm.runInNewContext(req.body.code, {})); }); // want code-injection
    app.post('/c', (req, res) => { res.json(mathjs.eval(req.body.sum)); }); // want code-injection
    app.post('/d', (req, res) => { res.json(new Function('x', req.body.code)(1)); }); // want code-injection
    app.post('/e', (req, res) => { res.json(model.evaluate(req.body.sum)); });`,
  'paths': `
    import express from 'express';
    import fs from 'node:fs/promises';
    import path from 'node:path';
    const app = express();
    app.get('/a/:name', async (req, res) => { res.send(await fs.readFile(path.join('files', req.params.name))); }); // want path-traversal
    app.get('/b', (req, res) => res.sendFile(\`/srv/\${req.query.file}\`)); // want path-traversal
    app.get('/c/:name', async (req, res) => { res.send(await fs.readFile(path.join('files', path.basename(req.params.name)))); });
    app.get('/d', (req, res) => res.sendFile(req.query.file, { root: 'files' }));
    app.post('/e', async (req, res) => { await fs.unlink(req.file.path); res.end(); });
    app.get('/f', async (req, res) => {
      if (req.query.file.includes('..')) return res.sendStatus(400);
      res.send(await fs.readFile(req.query.file));
    });`,
  'ways out of a folder that are taken away': `
    import express from 'express';
    import fs from 'node:fs';
    import path from 'node:path';
    const app = express();
    app.get('/a/:name', (req, res) => {
      const rest = path.normalize(req.params.name).replace(/^(\\.\\.(\\/|\\\\|$))+/, '');
      fs.readFile(path.join(folder, rest), (error, text) => res.end(text));
    });
    app.get('/b/:name', (req, res) => {
      const rest = req.params.name.replace(/\\.\\.\\//, '');
      fs.readFile(path.join(folder, rest), (error, text) => res.end(text)); // want path-traversal
    });
    app.get('/c/:name', (req, res) => {
      const rest = path.normalize(req.params.name).replace(/^\\.\\.\\//, '');
      fs.readFile(path.join(folder, rest), (error, text) => res.end(text)); // want path-traversal
    });
    app.get('/d/:name', (req, res) => {
      const rest = path.normalize(req.params.name).replace(/(\\.html)+$/, '');
      fs.readFile(path.join(folder, rest), (error, text) => res.end(text)); // want path-traversal
    });`,
  'redirects': `
    import express from 'express';
    const app = express();
    app.get('/a', (req, res) => res.redirect(req.query.next)); // want open-redirect
    app.get('/b', (req, res) => res.redirect(302, \`https://\${req.query.host}/x\`)); // want open-redirect
    app.get('/c', (req, res) => res.redirect('/search?q=' + req.query.q));
    app.get('/d', (req, res) => res.redirect(\`https://example.com/\${req.query.path}\`));
    app.get('/e', (req, res) => res.redirect('/login?next=' + req.url));
    app.get('/f', (req, res) => {
      const next = req.query.next;
      res.redirect(next.startsWith('/') && !next.startsWith('//') ? next : '/');
    });`,
  'redirects and addresses of Next': {
    'src/app/go/route.ts': `
      import { NextResponse, type NextRequest } from 'next/server';
      import { redirect } from 'next/navigation';
      export async function GET(request: NextRequest) {
        const to = request.nextUrl.searchParams.get('to');
        if (to === null) return NextResponse.redirect(new URL('/home', request.url));
        redirect(to); // want open-redirect
      }
      export async function POST(request: NextRequest) {
        const { image } = await request.json();
        return new Response((await fetch(image)).body); // want ssrf
      }`,
  },
  'addresses': `
    import express from 'express';
    import axios from 'axios';
    const app = express();
    app.get('/a', async (req, res) => { res.json(await fetch(req.query.url)); }); // want ssrf
    app.get('/b', async (req, res) => { res.json(await axios({ method: 'get', url: req.query.url })); }); // want ssrf
    app.get('/c', async (req, res) => { res.json(await axios.get(\`https://api.example.com/\${req.query.id}\`)); });
    app.get('/d', async (req, res) => { res.json(await axios.post(process.env.API, { url: req.query.url })); });
    app.get('/e', async (req, res) => { res.json(await fetch(\`\${base}/users/\${req.query.id}\`)); });
    app.get('/f', async (req, res) => { res.json(await store.fetch(req.query.url)); });`,
});

describe('what is told of a sink', () => {
  test('the way from the request to the statement', async () => {
    const [finding] = await findingsIn({
      'app.ts': `
        import express from 'express';
        import { find } from './find.ts';
        const app = express();
        app.get('/a', async (req, res) => {
          const { name } = req.query;
          res.json(await find(name));
        });`,
      'find.ts': `
        import { Pool } from 'pg';
        const pool = new Pool();
        export const find = (name) => pool.query(\`SELECT * FROM t WHERE a = '\${name}'\`);`,
    }, [builtInLesson('sql-injection')]);
    expect(finding!.message).toBe('`req.query.name` becomes a part of the statement that `find` runs.');
    expect(finding!.severity).toBe('block');
    expect(finding!.evidence.map(({ path, line }) => `${path}:${line}`)).toEqual(expect.arrayContaining(['app.ts:6', 'app.ts:7', 'find.ts:4']));
  });

  test('the advice is that of the library', async () => {
    const code = (call: string) => ({ 'app.ts': `import express from 'express'; express().get('/a', async (req, res) => { res.json(await ${call}); });`, 'package.json': '{ "dependencies": { "express": "4", "knex": "3", "@prisma/client": "5" } }' });
    const lessons = [builtInLesson('sql-injection')];
    expect((await findingsIn(code("prisma.$queryRawUnsafe('SELECT ' + req.query.a)"), lessons))[0]!.advice).toContain('$queryRaw');
    expect((await findingsIn(code("knex.raw('SELECT ' + req.query.a)"), lessons))[0]!.advice).toContain('second argument');
  });
});

samples(['ssrf'], {
  "an agent that turns away addresses of one's own network": `
    import express from 'express';
    import fetch from 'node-fetch';
    import { ssrfAgent } from './agent';
    const app = express();
    app.post('/proxy', async (req, res) => {
      const answer = await fetch(req.body.url, { agent: ssrfAgent(req.body.url) });
      res.send(await answer.text());
    });
    app.post('/open', async (req, res) => {
      const answer = await fetch(req.body.url, { agent: proxyAgent }); // want ssrf
      res.send(await answer.text());
    });`,
});
