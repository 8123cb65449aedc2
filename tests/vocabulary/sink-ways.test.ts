import { describe, expect, test } from 'vitest';
import type { Files } from '../in-memory.ts';
import { builtInLesson, findingsIn } from '../samples.ts';

/** Every place where a client's word does harm, and every way from the request to it: each is told. */
type Sink = { packages: readonly string[]; imports?: string; /** What does harm, with `@` for the word. */ does: string; files?: Files };

const pg: Sink = { packages: ['pg'], imports: "import { Pool } from 'pg';\nconst pool = new Pool();", does: '' };
const sinks: Record<string, Sink> = {
  'SQL, a template': { ...pg, does: "await pool.query(`SELECT * FROM posts WHERE title = '${@}'`)" },
  'SQL, put together': { ...pg, does: "await pool.query(\"SELECT * FROM posts WHERE title = '\" + @ + \"'\")" },
  'SQL, an order': { ...pg, does: 'await pool.query(`SELECT * FROM posts ORDER BY ${@} LIMIT 20`)' },
  'SQL, a table': { ...pg, does: 'await pool.query(`SELECT * FROM ${@} LIMIT 20`)' },
  'SQL, in a variable': { ...pg, does: "const text = `SELECT * FROM posts WHERE title LIKE '%${@}%'`;\n  await pool.query(text)" },
  'SQL, added to': { ...pg, does: "let text = 'SELECT * FROM posts WHERE open';\n  text += ` AND title = '${@}'`;\n  await pool.query(text)" },
  'SQL, joined conditions': { ...pg, does: "const conditions = ['open'];\n  conditions.push(`title = '${@}'`);\n  await pool.query(`SELECT * FROM posts WHERE ${conditions.join(' AND ')}`)" },
  'SQL, mysql': { packages: ['mysql2'], imports: "import mysql from 'mysql2/promise';\nconst db = mysql.createPool({});", does: 'await db.query(`SELECT * FROM posts WHERE id = ${@}`)' },
  'SQL, the project\'s own function': { packages: ['pg'], imports: "import { query } from './db';", files: { 'db.ts': "import { Pool } from 'pg';\nconst pool = new Pool();\nexport const query = (text, values) => pool.query(text, values);" }, does: "await query(`SELECT * FROM posts WHERE title = '${@}'`)" },
  'SQL, Prisma': { packages: ['@prisma/client'], imports: "import { PrismaClient } from '@prisma/client';\nconst prisma = new PrismaClient();", does: "await prisma.$queryRawUnsafe(`SELECT * FROM posts WHERE title = '${@}'`)" },
  'SQL, Prisma, raw': { packages: ['@prisma/client'], imports: "import { Prisma, PrismaClient } from '@prisma/client';\nconst prisma = new PrismaClient();", does: 'await prisma.$queryRaw`SELECT * FROM posts ORDER BY ${Prisma.raw(@)}`' },
  'SQL, Sequelize': { packages: ['sequelize'], imports: "import { Sequelize } from 'sequelize';\nconst sequelize = new Sequelize(url);", does: "await sequelize.query(`SELECT * FROM posts WHERE title = '${@}'`)" },
  'SQL, Sequelize, literal': { packages: ['sequelize'], imports: "import { Sequelize } from 'sequelize';\nconst sequelize = new Sequelize(url);\nconst Post = sequelize.define('Post', {});", does: 'await Post.findAll({ order: Sequelize.literal(@) })' },
  'SQL, TypeORM': { packages: ['typeorm'], imports: "import { DataSource } from 'typeorm';\nimport { Post } from './post';\nconst source = new DataSource({});", does: "await source.getRepository(Post).createQueryBuilder('p').where(`p.title = '${@}'`).getMany()" },
  'SQL, TypeORM, selected': { packages: ['typeorm'], imports: "import { DataSource } from 'typeorm';\nimport { Post } from './post';\nconst source = new DataSource({});", does: "await source.getRepository(Post).createQueryBuilder('p').select(`date_trunc('${@}', p.at)`, 'bucket').getRawMany()" },
  'SQL, TypeORM, having': { packages: ['typeorm'], imports: "import { DataSource } from 'typeorm';\nimport { Post } from './post';\nconst source = new DataSource({});", does: "const qb = source.getRepository(Post).createQueryBuilder('p').groupBy('p.day');\n  qb.having(`count(*) > ${@}`);\n  await qb.getRawMany()" },
  'SQL, Knex, raw': { packages: ['knex'], imports: "import knex from 'knex';\nconst db = knex({ client: 'pg' });", does: "await db('posts').orderByRaw(`${@} NULLS LAST`)" },
  'SQL, Knex, raw where': { packages: ['knex'], imports: "import knex from 'knex';\nconst db = knex({ client: 'pg' });", does: "await db('posts').whereRaw(`title = '${@}'`)" },
  'SQL, Drizzle, raw': { packages: ['drizzle-orm'], imports: "import { drizzle } from 'drizzle-orm/node-postgres';\nimport { sql } from 'drizzle-orm';\nconst db = drizzle(url);", does: 'await db.select().from(posts).orderBy(sql.raw(@))' },
  'SQL, Kysely, raw': { packages: ['kysely'], imports: "import { Kysely, sql } from 'kysely';\nconst db = new Kysely({});", does: "await db.selectFrom('posts').selectAll().orderBy(sql.raw(@)).execute()" },
  'SQL, postgres.js, unsafe': { packages: ['postgres'], imports: "import postgres from 'postgres';\nconst sql = postgres(url);", does: "await sql.unsafe(`SELECT * FROM posts WHERE title = '${@}'`)" },
  'SQL, better-sqlite3': { packages: ['better-sqlite3'], imports: "import Database from 'better-sqlite3';\nconst db = new Database('a.db');", does: "db.prepare(`SELECT * FROM posts WHERE title = '${@}'`).all()" },
  'Mongo, an operator': { packages: ['mongodb'], imports: "import { MongoClient } from 'mongodb';\nconst posts = new MongoClient(url).db().collection('posts');", does: 'await posts.findOne({ title: @ })' },
  'Mongo, $where': { packages: ['mongodb'], imports: "import { MongoClient } from 'mongodb';\nconst posts = new MongoClient(url).db().collection('posts');", does: "await posts.find({ $where: `this.title == '${@}'` }).toArray()" },
  'Mongoose, an operator': { packages: ['mongoose'], imports: "import mongoose from 'mongoose';\nconst Post = mongoose.model('Post', schema);", does: 'await Post.findOne({ title: @ })' },
  'a shell': { packages: [], imports: "import { exec } from 'node:child_process';", does: 'exec(`convert ${@} out.png`)' },
  'a shell, promised': { packages: [], imports: "import { exec } from 'node:child_process';\nimport { promisify } from 'node:util';\nconst run = promisify(exec);", does: 'await run(`convert ${@} out.png`)' },
  'a shell of the project': { packages: [], imports: "import { sh } from './sh';", files: { 'sh.js': "const { exec } = require('child_process');\nconst { promisify } = require('util');\nexports.sh = promisify(exec);" }, does: 'await sh(`convert ${@} out.png`)' },
  'execSync': { packages: [], imports: "import { execSync } from 'child_process';", does: "execSync('ping -c 1 ' + @)" },
  'spawn with a shell': { packages: [], imports: "import { spawn } from 'child_process';", does: "spawn('convert ' + @, { shell: true })" },
  'eval': { packages: [], does: 'eval(@)' },
  'a function of text': { packages: [], does: "new Function('a', @)(1)" },
  'vm': { packages: [], imports: "import vm from 'node:vm';", does: 'vm.runInNewContext(@)' },
  'a file that is read': { packages: [], imports: "import fs from 'node:fs/promises';\nimport path from 'node:path';", does: "await fs.readFile(path.join('/data', @))" },
  'a file that is written': { packages: [], imports: "import fs from 'node:fs';", does: 'fs.writeFileSync(`/data/${@}`, text)' },
  'a file that is streamed': { packages: [], imports: "import fs from 'node:fs';\nimport path from 'node:path';", does: "const full = path.resolve('/data', @);\n  fs.createReadStream(full).pipe(res)" },
  'a file that is sent': { packages: [], imports: "import path from 'node:path';", does: "res.sendFile(path.join('/data', @))" },
  'a file that is deleted': { packages: ['fs-extra'], imports: "import fse from 'fs-extra';", does: 'await fse.remove(`/data/${@}`)' },
  'a redirect': { packages: [], does: 'res.redirect(@)' },
  'a redirect with its status': { packages: [], does: 'res.redirect(302, @)' },
  'a redirect by its header': { packages: [], does: 'res.writeHead(302, { Location: @ });\n  res.end()' },
  'a redirect, set': { packages: [], does: "res.setHeader('Location', @);\n  res.status(302).end()" },
  'an address, fetched': { packages: [], does: 'await fetch(@)' },
  'an address, axios': { packages: ['axios'], imports: "import axios from 'axios';", does: 'await axios.get(@)' },
  'an address in options': { packages: ['axios'], imports: "import axios from 'axios';", does: "await axios({ method: 'get', url: @ })" },
  'an address, got': { packages: ['got'], imports: "import got from 'got';", does: 'await got(@).json()' },
  'an address, undici': { packages: ['undici'], imports: "import { request } from 'undici';", does: 'await request(@)' },
  'an address, http': { packages: [], imports: "import https from 'node:https';", does: 'https.get(@, (answer) => answer.pipe(res))' },
};

/** From the request to the word, and on to where it does harm; `@` is the harm, with the word in its parentheses. */
const flows: Record<string, (sink: Sink, does: (word: string) => string) => Files> = {
  'as it comes': (sink, does) => ({ 'handler.ts': route(sink.imports ?? '', does('req.body.word')) }),
  'taken apart': (sink, does) => ({ 'handler.ts': route(sink.imports ?? '', `const { word } = req.body;\n  ${does('word')}`) }),
  'renamed, with a default': (sink, does) => ({ 'handler.ts': route(sink.imports ?? '', `const given = req.body.word || 'none';\n  ${does('given')}`) }),
  'with an empty default': (sink, does) => ({ 'handler.ts': route(sink.imports ?? '', `const word = req.body.word || '';\n  ${does('word')}`) }),
  'with a default where it is taken apart': (sink, does) => ({ 'handler.ts': route(sink.imports ?? '', `const { word = '' } = req.body;\n  ${does('word')}`) }),
  'by a function of the file': (sink, does) => ({ 'handler.ts': route(sink.imports ?? '', 'await harm(req.body.word, res)', `async function harm(word, res) {\n  ${does('word')};\n}`) }),
  'by a service': (sink, does) => ({
    'service.ts': `${sink.imports ?? ''}\nexport class Service {\n  async harm(word: string, res) {\n  ${does('word')};\n  }\n}\nexport const service = new Service();`,
    'handler.ts': route('', 'await service.harm(req.body.word, res)', "import { service } from './service';"),
  }),
  'among options, by two functions': (sink, does) => ({
    'store.ts': `${sink.imports ?? ''}\nexport async function harm({ word, limit }, res) {\n  ${does('word')};\n}`,
    'service.ts': "import { harm } from './store';\nexport const search = async (options, res) => harm({ ...options, limit: 20 }, res);",
    'handler.ts': route('', 'await search({ word: req.body.word }, res)', "import { search } from './service';"),
  }),
};

const route = (imports: string, body: string, above = ''): string => `import express from 'express';\n${imports}\n${above}\nconst app = express();\napp.post('/posts', async (req, res) => {\n  ${body};\n});`;

const lessons = ['no-validation', 'sql-injection', 'nosql-injection', 'command-injection', 'code-injection', 'path-traversal', 'open-redirect', 'ssrf', 'mass-assignment'].map(builtInLesson);
async function told(files: Files, { packages, files: more = {} }: Sink): Promise<string[]> {
  const manifest = JSON.stringify({ dependencies: Object.fromEntries([...packages, 'express'].map((each) => [each, '*'])) });
  return (await findingsIn({ 'package.json': manifest, ...more, ...files }, lessons)).map(({ lesson }) => lesson);
}

describe.each(Object.entries(sinks))('%s', (_, sink) => {
  test.each(Object.entries(flows))('%s', async (_way, filesFor) => {
    expect(await told(filesFor(sink, (word) => sink.does.replace('@', word)), sink)).not.toEqual([]);
  });
});
