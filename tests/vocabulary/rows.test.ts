import { samples } from '../samples.ts';

const typeormUser = `
      import { Entity, OneToMany, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';
      import { Post } from './post.entity';
      @Entity()
      export class User {
        @PrimaryGeneratedColumn() id: number;
        @OneToMany(() => Post, (post) => post.author) posts: Promise<Post[]>;
        @OneToMany(() => Post, (post) => post.editor) edited: Post[];
        avatar: Promise<Buffer>;
      }`;
const typeormPost = `
      import { Entity, ManyToOne } from 'typeorm';
      import { User } from './user.entity';
      @Entity()
      export class Post {
        @ManyToOne('User', { lazy: true }) author: Promise<User>;
      }`;
const mikroAuthor = `
      import { Collection, Entity, ManyToOne, OneToMany, Ref } from '@mikro-orm/core';
      import { Book } from './book.entity';
      import { Publisher } from './publisher.entity';
      @Entity()
      export class Author {
        @OneToMany(() => Book, (book) => book.author) books = new Collection<Book>(this);
        @ManyToOne(() => Publisher, { ref: true }) publisher!: Ref<Publisher>;
        cache: Cache;
      }`;

/** What is known of the rows that a query gave: which class they are of, what a member of theirs asks, and what the query brought along. */
samples('n-plus-one', {
  'TypeORM loads a lazy relation when it is read': {
    'user.entity.ts': typeormUser,
    'post.entity.ts': typeormPost,
    'users.service.ts': `
      import { InjectRepository } from '@nestjs/typeorm';
      import { Repository } from 'typeorm';
      import { User } from './user.entity';
      export class UsersService {
        constructor(@InjectRepository(User) private readonly users: Repository<User>) {}
        async page() {
          const users = await this.users.find({ take: 20 });
          for (const user of users) show(user, await user.posts); // want n-plus-one
          for (const user of users) show(user, (await user.posts).length); // want n-plus-one
          return Promise.all(users.map((user) => user.posts)); // want n-plus-one
        }
        async counted() {
          const [users, total] = await this.users.findAndCount({ take: 20 });
          await Promise.all(users.map(async (user) => user.posts.then((posts) => show(posts, total)))); // want n-plus-one
        }
        async built() {
          const users = await this.users.createQueryBuilder('user').where('user.active').take(10).getMany();
          for (const user of users) show(await user.posts); // want n-plus-one
        }
        async given(users: User[]) {
          for (const user of users) {
            const posts = await user.posts; // want n-plus-one
            for (const post of posts) show(await post.author); // want n-plus-one
          }
        }
      }`,
    'report.ts': `
      import { DataSource } from 'typeorm';
      import { User } from './user.entity';
      export async function report(source: DataSource) {
        const users = await source.manager.find(User, { take: 5 });
        for (const user of users) show(await user.posts); // want n-plus-one
        const others = await source.getRepository(User).findBy({ active: true });
        for (const user of others) show(await user.posts); // want n-plus-one
      }`,
  },
  'TypeORM relations that are there already, and members that are none': {
    'user.entity.ts': typeormUser,
    'post.entity.ts': typeormPost,
    'users.service.ts': `
      import { InjectRepository } from '@nestjs/typeorm';
      import { Repository } from 'typeorm';
      import { User } from './user.entity';
      import { lists } from './lists';
      export class UsersService {
        constructor(@InjectRepository(User) private readonly users: Repository<User>) {}
        async page(options) {
          const users = await this.users.find({ take: 20, relations: { posts: true } });
          for (const user of users) show(user, await user.posts);
          const joined = await this.users.createQueryBuilder('user').leftJoinAndSelect('user.posts', 'post').take(10).getMany();
          for (const user of joined) show(user, await user.posts);
          const hidden = await this.users.find(options);
          for (const user of hidden) show(user, await user.posts);
          for (const user of await this.all()) show(user, await user.posts);
          for (const user of users) show(user.edited, await user.edited, await user.avatar);
        }
        private all(): Promise<User[]> { return this.users.find({ take: 20, relations: ['posts'] }); }
        async one(id: number) {
          const user = await this.users.findOneBy({ id });
          show(await user.posts);
        }
        async filled(users: User[]) {
          for (const user of users) user.posts = Promise.resolve([]);
        }
      }`,
  },
  'TypeORM rows of a function that brings along another relation, or the one that is read': {
    'user.entity.ts': typeormUser.replace('edited: Post[]', 'edited: Promise<Post[]>'),
    'post.entity.ts': typeormPost,
    'users.ts': `
      import { Repository } from 'typeorm';
      import { User } from './user.entity';
      const shown = { edited: true };
      export class Users {
        constructor(private readonly users: Repository<User>) {}
        edited(): Promise<User[]> { return this.users.find({ take: 20, relations: { edited: true } }); }
        shown(): Promise<User[]> { return this.users.find({ take: 20, relations: shown }); }
        open(relations): Promise<User[]> { return this.users.find({ take: 20, relations }); }
        async counted(): Promise<{ rows: User[]; total: number }> {
          const rows = await this.edited();
          return { rows, total: rows.length };
        }
      }`,
    'page.ts': `
      import { Users } from './users';
      export async function page(users: Users) {
        for (const user of await users.edited()) show(await user.posts); // want n-plus-one
        for (const user of await users.edited()) show(await user.edited);
        for (const user of await users.shown()) show(await user.posts); // want n-plus-one
        for (const user of await users.shown()) show(await user.edited);
        for (const user of await users.open(['posts'])) show(await user.posts);
        const { rows } = await users.counted();
        for (const user of rows) show(await user.edited);
      }`,
  },
  'a function that reads the relation of the row it is given': {
    'user.entity.ts': typeormUser,
    'post.entity.ts': typeormPost,
    'show.ts': `
      import { User } from './user.entity';
      export async function show(user: User) { return (await user.posts).length; }`,
    'page.ts': `
      import { Repository } from 'typeorm';
      import { User } from './user.entity';
      import { show } from './show';
      export async function page(repository: Repository<User>) {
        const users = await repository.find({ take: 20 });
        for (const user of users) await show(user); // want n-plus-one
        const whole = await repository.find({ take: 20, relations: { posts: true } });
        for (const user of whole) await show(user);
      }`,
  },
  'a query that stands in for a relation which did not come along': {
    'posts.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      export async function postsOf(user) {
        if (user.posts) return user.posts;
        return prisma.post.findMany({ where: { userId: user.id } });
      }
      export async function feed() {
        const users = await prisma.user.findMany({ take: 20 });
        for (const user of users) {
          user.posts ??= await prisma.post.findMany({ where: { userId: user.id } }); // want n-plus-one
        }
        for (const user of users) show(user.posts ?? (await postsOf(user))); // want n-plus-one
        for (const user of users) await postsOf(user); // want n-plus-one
      }`,
  },
  'a query that stands in for a relation, where it came along': {
    'posts.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      export async function postsOf(user) {
        if (user.posts) return user.posts;
        return prisma.post.findMany({ where: { userId: user.id } });
      }
      export async function feed() {
        const users = await prisma.user.findMany({ take: 20, include: { posts: true } });
        for (const user of users) {
          user.posts ??= await prisma.post.findMany({ where: { userId: user.id } });
          if (!user.posts) await prisma.post.findMany({ where: { userId: user.id } });
          const posts = user.posts ? user.posts : await prisma.post.findMany({ where: { userId: user.id } });
          show(posts, user.posts ?? (await postsOf(user)));
          await postsOf(user);
        }
        for (const user of users) {
          const plan = user.posts ? await prisma.plan.findFirst({ where: { userId: user.id } }) : undefined; // want n-plus-one
        }
        for (const user of users) {
          const any = user.posts ?? (await prisma.post.findMany({ take: 3 })); // want n-plus-one
        }
      }`,
  },
  'Mongoose documents that a query gave': `
    import { model, Schema } from 'mongoose';
    const Post = model('Post', new Schema({}));
    export async function feed() {
      const posts = await Post.find({ open: true }).sort('-at').limit(20);
      for (const post of posts) await post.populate('author'); // want n-plus-one
      await Promise.all(posts.map((post) => post.populate({ path: 'comments' }))); // want n-plus-one
      for await (const post of Post.find().limit(100).cursor()) await post.populate('author'); // want n-plus-one
      for (const post of posts.filter((each) => each.open)) await post.populate('author').execPopulate(); // want n-plus-one
      for (const post of posts) {
        post.seen = true;
        await post.save(); // want n-plus-one:note
      }
    }`,
  'Mongoose: what is no document, or is populated at once': `
    import { model, Schema } from 'mongoose';
    import { Card } from './card';
    const Post = model('Post', new Schema({}));
    export async function feed() {
      const posts = await Post.find({ open: true }).limit(20).populate('author');
      for (const post of posts) show(post.author, post.toObject(), post.get('title'));
      await Post.populate(posts, { path: 'comments' });
      const plain = await Post.find().limit(20).lean();
      for (const post of plain) post.populate('author');
      const tags = await Post.distinct('tag');
      for (const tag of tags) tag.save();
      const cards = posts.map((post) => new Card(post));
      for (const card of cards) await card.save();
      const post = await Post.findById('1');
      await post.populate('author');
    }`,
  'MikroORM collections and references of the rows of a query': {
    'author.entity.ts': mikroAuthor,
    'book.entity.ts': `
      import { Entity, ManyToOne } from '@mikro-orm/core';
      import { Author } from './author.entity';
      @Entity()
      export class Book {
        @ManyToOne(() => Author) author!: Author;
      }`,
    'publisher.entity.ts': `export class Publisher {}`,
    'authors.ts': `
      import { EntityManager, wrap } from '@mikro-orm/core';
      import { EntityRepository } from '@mikro-orm/postgresql';
      import { Author } from './author.entity';
      import { Book } from './book.entity';
      export async function list(em: EntityManager, repository: EntityRepository<Author>) {
        const authors = await em.find(Author, { active: true }, { limit: 20 });
        for (const author of authors) {
          await author.books.init(); // want n-plus-one
        }
        for (const author of authors) show(await author.publisher.load()); // want n-plus-one
        for (const author of await repository.findAll({ limit: 20 })) show(await author.books.loadItems()); // want n-plus-one
        const books = await em.find(Book, {}, { limit: 20 });
        for (const book of books) await wrap(book.author).init(); // want n-plus-one
      }`,
  },
  'MikroORM: what was populated, and init of something else': {
    'author.entity.ts': mikroAuthor,
    'book.entity.ts': `export class Book {}`,
    'publisher.entity.ts': `export class Publisher {}`,
    'authors.ts': `
      import { EntityManager } from '@mikro-orm/core';
      import { Author } from './author.entity';
      import { plugins } from './plugins';
      export async function list(em: EntityManager, populate) {
        const authors = await em.find(Author, { active: true }, { limit: 20, populate: ['books', 'publisher'] });
        for (const author of authors) {
          show(await author.books.loadItems(), await author.publisher.load());
        }
        const others = await em.find(Author, {}, { limit: 20, populate });
        for (const author of others) show(await author.books.loadItems());
        const later = await em.find(Author, {}, { limit: 20 });
        await em.populate(later, ['books']);
        for (const author of later) show(await author.books.loadItems());
        for (const author of later) author.cache.load();
        for (const plugin of plugins) await plugin.init();
      }`,
  },
  'Sequelize rows, counted along or not': `
    import { Model } from 'sequelize';
    class User extends Model {}
    const { rows, count } = await User.findAndCountAll({ limit: 20 });
    for (const user of rows) show(await user.getPosts()); // want n-plus-one
    const found = await User.findAndCountAll({ limit: 20 });
    for (const user of found.rows) show(await user.countPosts()); // want n-plus-one
    const users = await User.findAll({ limit: 20 });
    for (const user of users.slice(0, 5)) show(await user.$get('posts')); // want n-plus-one
    for (const user of users) await user.$count('posts'); // want n-plus-one`,
  'Sequelize rows of a registry that nobody can look into': {
    'package.json': '{"dependencies": {"sequelize": "6"}}',
    'documents.js': `
    const models = require('../models');
    const { Document } = models;
    async function users() {
      const documents = await Document.findAll({ where: { type: 'form' } });
      for (const document of documents) show(await document.getHost()); // want n-plus-one
      return Document.findAll({ where: { type: 'form' } }).map((document) => document.getHost()).filter((host) => host); // want n-plus-one
    }
    async function others() {
      const names = await Document.findAll({ where: { type: 'form' } }).map((document) => makeName(document));
      for (const name of names) show(name.getHost());
      for (const page of await pages.findAll({ name: 'page' })) page.getHost();
      const document = await Document.findOne({ where: { type: 'form' } });
      for (const part of document) part.getHost();
    }`,
  },
  'Sequelize: what is no row': `
    import { Model } from 'sequelize';
    class User extends Model {}
    const users = await User.findAll({ limit: 20, include: ['posts'] });
    const views = users.map((user) => makeView(user));
    for (const view of views) view.getPosts();
    for (const user of users) show(user.posts, user.get('posts'), user.getFullName());`,
  'a method of the row that asks': {
    'user.ts': `
      import { Model } from 'sequelize';
      import { Post } from './post';
      export class User extends Model {
        latestPosts() { return Post.findAll({ where: { userId: this.id }, limit: 3 }); }
        shortName() { return this.name.slice(0, 3); }
      }`,
    'post.ts': `
      import { Model } from 'sequelize';
      export class Post extends Model {}`,
    'page.ts': `
      import { User } from './user';
      export async function page() {
        const users = await User.findAll({ limit: 20 });
        for (const user of users) {
          show(user.shortName());
        }
        for (const user of users) show(await user.latestPosts()); // want n-plus-one
      }`,
  },
  'Objection rows': `
    import { Model } from 'objection';
    class Person extends Model {}
    const people = await Person.query().limit(20);
    for (const person of people) await person.$relatedQuery('pets'); // want n-plus-one
    for (const person of people) await person.$fetchGraph('pets'); // want n-plus-one
    const { results } = await Person.query().page(0, 20);
    await Promise.all(results.map((person) => person.$fetchGraph('[pets, children]'))); // want n-plus-one`,
  'Objection: the graph comes with the query': `
    import { Model } from 'objection';
    class Person extends Model {}
    const people = await Person.query().withGraphFetched('pets').limit(20);
    for (const person of people) show(person.pets, person.$toJson());
    await Person.fetchGraph(people, 'children');`,
  'Lucid rows': `
    import { BaseModel } from '@adonisjs/lucid/orm';
    class User extends BaseModel {}
    const users = await User.query().limit(20);
    for (const user of users) await user.load('posts'); // want n-plus-one
    for (const user of users) show(await user.related('posts').query().limit(3)); // want n-plus-one
    for (const user of users) await user.loadOnce('posts'); // want n-plus-one`,
  'Lucid: what is preloaded': `
    import { BaseModel } from '@adonisjs/lucid/orm';
    class User extends BaseModel {}
    const users = await User.query().preload('posts').limit(20);
    for (const user of users) await user.loadOnce('posts');
    for (const user of users) show(user.posts, user.serialize());`,
  'Bookshelf rows': `
    const bookshelf = require('bookshelf')(knex);
    const User = bookshelf.model('User', { tableName: 'users' });
    async function list() {
      const users = await User.fetchAll();
      for (const user of users) await user.load(['posts']); // want n-plus-one
      for (const user of users.models) show(await user.related('posts').fetch()); // want n-plus-one
      return Promise.all(users.map((user) => user.related('posts').fetch())); // want n-plus-one
    }`,
  'Bookshelf: what was fetched along': `
    const bookshelf = require('bookshelf')(knex);
    const User = bookshelf.model('User', { tableName: 'users' });
    async function list() {
      const users = await User.fetchAll({ withRelated: ['posts'] });
      for (const user of users) show(user.related('posts').toJSON(), user.get('name'));
    }`,
});
