import { samples } from '../samples.ts';

samples('n-plus-one', {
  'a repository that is extended': {
    'users.ts': `
      import { DataSource } from 'typeorm';
      const source = new DataSource({});
      export const users = source.getRepository(User).extend({
        byName(name: string) { return this.findOneBy({ name }); },
        cleaned: (name: string) => name.trim(),
      });`,
    'use.ts': `
      import { users } from './users';
      export async function all(names: string[]) {
        for (const name of names) await users.byName(name); // want n-plus-one
        for (const name of names) await users.findOneBy({ name }); // want n-plus-one
        for (const name of names) show(users.cleaned(name));
      }`,
  },
  'a fork under a name of its own, and a container': {
    'package.json': '{ "dependencies": { "@acme/typeorm": "1", "@acme/di": "1" } }',
    'users.repository.ts': `
      import { DataSource, Repository } from '@acme/typeorm';
      export class UsersRepository extends Repository<User> {
        constructor(source: DataSource) { super(User, source.manager); }
      }`,
    'users.service.ts': `
      import { Container } from '@acme/di';
      import { UsersRepository } from './users.repository';
      export async function disable(ids: string[]) {
        for (const id of ids) await Container.get(UsersRepository).update(id, { active: false }); // want n-plus-one
        await Container.get(UsersRepository).update(ids, { active: false });
      }`,
  },
  'the other side of a relation, row by row': `
    import { Repository } from 'typeorm';
    export class UsersService {
      constructor(private readonly users: Repository<User>) {}
      async withPosts(all: User[]) {
        for (const user of all) user.posts = await this.users.createQueryBuilder().relation(User, 'posts').of(user).loadMany(); // want n-plus-one
        for (const user of all) await this.users.createQueryBuilder().relation('groups').of(user).add(group); // want n-plus-one
        await this.users.createQueryBuilder().relation('groups').of(all).add(group);
      }
      async pathOf(id: number, found: User[] = []): Promise<User[]> {
        const manager = await this.users.createQueryBuilder().relation(User, 'manager').of(id).loadOne(); // want n-plus-one:note
        return manager ? this.pathOf(manager.id, [...found, manager]) : found;
      }
    }`,
  'an injected repository': `
    import { Injectable } from '@nestjs/common';
    import { InjectRepository } from '@nestjs/typeorm';
    import { Repository } from 'typeorm';
    @Injectable()
    export class OrdersService {
      constructor(@InjectRepository(Order) private readonly orders: Repository<Order>, @InjectRepository(Line) private lines: Repository<Line>) {}
      async all() {
        const orders = await this.orders.find({ take: 100 });
        for (const order of orders) {
          order.lines = await this.lines.find({ where: { orderId: order.id } }); // want n-plus-one
        }
        return orders;
      }
    }`,
  'a repository without a decorator, by its type': `
    import { Repository } from 'typeorm';
    export class Importer {
      constructor(private users: Repository<User>) {}
      async run(rows: Row[]) {
        await Promise.all(rows.map(async (row) => {
          const user = await this.users.findOneBy({ email: row.email }); // want n-plus-one
          return user ?? row;
        }));
      }
    }`,
  'a repository of the data source': {
    'src/data-source.ts': `
      import { DataSource } from 'typeorm';
      export const AppDataSource = new DataSource({ type: 'postgres', entities: [] });`,
    'src/jobs/rank.ts': `
      import { AppDataSource } from '../data-source';
      import { Player } from '../entities/player';
      const players = AppDataSource.getRepository(Player);
      export async function rank(ids: string[]) {
        for (const id of ids) {
          await players.increment({ id }, 'rank', 1); // want n-plus-one:note
        }
      }`,
  },
  'the manager of a transaction': `
    import { DataSource } from 'typeorm';
    export async function move(source: DataSource, items: Item[]) {
      await source.transaction(async (entities) => {
        for (const item of items) {
          item.place = 'shelf';
          await entities.save(item); // want n-plus-one:note
        }
      });
    }`,
  'a query runner': `
    import { DataSource } from 'typeorm';
    export async function charge(dataSource: DataSource, accounts: Account[]) {
      const runner = dataSource.createQueryRunner();
      await runner.startTransaction();
      for (const account of accounts) {
        const found = await runner.manager.findOne(Account, { where: { id: account.id } }); // want n-plus-one
        await runner.manager.update(Account, found.id, { balance: 0 });
      }
      await runner.commitTransaction();
    }`,
  'entities that query themselves': `
    import { BaseEntity, Entity, PrimaryGeneratedColumn } from 'typeorm';
    @Entity()
    class Photo extends BaseEntity {
      @PrimaryGeneratedColumn() id: number;
    }
    export async function publish(ids: number[]) {
      for (const id of ids) {
        const photo = await Photo.findOneOrFail({ where: { id } }); // want n-plus-one
        photo.published = true;
        await photo.save();
      }
    }`,
  'a builder in a loop runs at its end': `
    import { getRepository } from 'typeorm';
    for (const team of teams) {
      team.size = await getRepository(Member) // want n-plus-one
        .createQueryBuilder('member')
        .where('member.teamId = :id', { id: team.id })
        .getCount();
    }`,
  'a repository of one\'s own, two files away': {
    'src/users.repository.ts': `
      import { EntityRepository, Repository } from 'typeorm';
      @EntityRepository(User)
      export class UserRepository extends Repository<User> {
        byName(name: string) { return this.findOne({ where: { name } }); }
      }`,
    'src/users.service.ts': `
      import { UserRepository } from './users.repository';
      export class UsersService {
        constructor(private readonly repository: UserRepository) {}
        async resolve(names: string[]) {
          const users = [];
          for (const name of names) users.push(await this.repository.byName(name)); // want n-plus-one
          return users;
        }
      }`,
  },
  'repositories that are extended, and relations that load when they are read': `
    import { DataSource } from 'typeorm';
    export async function run(source: DataSource, names: string[], users: User[]) {
      const extended = source.getRepository(User).extend({ byName(name: string) { return this.findOneBy({ name }); } });
      for (const name of names) await extended.byName(name); // want n-plus-one
      for (const user of users) show(await user.posts); // miss: lazy relations
    }`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'one query with In, or with relations': `
    import { In, Repository } from 'typeorm';
    export class Orders {
      constructor(private orders: Repository<Order>, private lines: Repository<Line>) {}
      async all(ids: string[]) {
        const lines = await this.lines.findBy({ orderId: In(ids) });
        const orders = await this.orders.find({ relations: { lines: true }, take: 50 });
        for (const order of orders) order.lines = lines.filter((line) => line.orderId === order.id);
        return orders;
      }
    }`,
  'entities are made in the loop and saved after it': `
    import { Repository } from 'typeorm';
    export async function load(repository: Repository<Row>, rows: unknown[]) {
      const made = [];
      for (const row of rows) made.push(repository.create(row));
      await repository.save(made, { chunk: 500 });
    }`,
  'a condition per element is no query': `
    import { DataSource } from 'typeorm';
    export async function search(source: DataSource, filters: Filter[]) {
      const query = source.getRepository(Photo).createQueryBuilder('photo').take(20);
      for (const filter of filters) query.andWhere(filter.sql, filter.values);
      return query.getMany();
    }`,
  'chunks': `
    import { Repository } from 'typeorm';
    import { chunk } from 'lodash';
    export async function store(repository: Repository<Row>, rows: Row[]) {
      for (const batch of chunk(rows, 200)) await repository.insert(batch);
    }`,
  'a repository of the domain that keeps a Map': `
    export class UserRepository {
      private users = new Map<string, User>();
      findOne(id: string) { return this.users.get(id); }
      save(user: User) { this.users.set(user.id, user); }
    }
    export class Service {
      constructor(private readonly userRepository: UserRepository) {}
      all(ids: string[]) {
        for (const id of ids) this.userRepository.save(this.userRepository.findOne(id)!);
      }
    }`,
});

samples('missing-limit', {
  'in a repository that is extended': `
    import { DataSource } from 'typeorm';
    const source = new DataSource({});
    export const users = source.getRepository(User).extend({
      active() { return this.find({ where: { active: true } }); }, // want missing-limit
      some() { return this.find({ where: { active: true }, take: 20 }); },
    });
    export const plain = lists.extend({ active() { return this.find({ where: { active: true } }); } });`,
  'all entities of a repository': `
    import { InjectRepository } from '@nestjs/typeorm';
    import { Repository } from 'typeorm';
    export class CatsService {
      constructor(@InjectRepository(Cat) private cats: Repository<Cat>) {}
      findAll() {
        return this.cats.find(); // want missing-limit
      }
      active() {
        return this.cats.find({ where: { active: true }, order: { name: 'ASC' } }); // want missing-limit
      }
    }`,
  'a builder without take': `
    import { getRepository } from 'typeorm';
    export const photos = () => getRepository(Photo).createQueryBuilder('photo').leftJoinAndSelect('photo.tags', 'tag').getMany(); // want missing-limit`,
  'a builder that is handed to a function which runs it': {
    'rows.ts': `
      import type { SelectQueryBuilder } from 'typeorm';
      export const allOf = <T>(builder: SelectQueryBuilder<T>) => builder.getMany();
      export const pageOf = <T>(builder: SelectQueryBuilder<T>, page: number) => builder.take(20).skip(20 * page).getMany();`,
    'photos.ts': `
      import { getRepository } from 'typeorm';
      import { allOf, pageOf } from './rows';
      export const photos = () => allOf(getRepository(Photo).createQueryBuilder('photo')); // want missing-limit
      export const newest = () => allOf(getRepository(Photo).createQueryBuilder('photo').orderBy('photo.id').limit(10));
      export const page = (n: number) => pageOf(getRepository(Photo).createQueryBuilder('photo'), n);`,
  },
  'an offset alone is no limit': `
    import { Repository } from 'typeorm';
    export const page = (photos: Repository<Photo>, skip: number) => photos.findAndCount({ skip, order: { id: 'ASC' } }); // want missing-limit`,
  'by the manager': `
    import { EntityManager } from 'typeorm';
    export async function report(manager: EntityManager) {
      return manager.find(Invoice, { where: { paid: false } }); // want missing-limit
    }`,
  'text without a limit': `
    import { DataSource } from 'typeorm';
    export async function report(source: DataSource) {
      return source.query('SELECT * FROM invoice WHERE paid = false'); // want missing-limit
    }`,
  'globals of older versions, and entities that query themselves': `
    import { BaseEntity, getConnection, getManager } from 'typeorm';
    class User extends BaseEntity {
      static active() {
        return this.find({ where: { active: true } }); // want missing-limit
      }
    }
    const all = await User.find(); // want missing-limit
    const some = await getManager().find(User); // want missing-limit
    const more = await getConnection().getRepository(User).find(); // want missing-limit
    const rows = await getConnection().createQueryBuilder().select('user').from(User, 'user').getMany(); // want missing-limit`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'take, limit and In': `
    import { In, Repository } from 'typeorm';
    export class Photos {
      constructor(private photos: Repository<Photo>) {}
      page(skip: number) { return this.photos.find({ skip, take: 20 }); }
      some(ids: string[]) { return this.photos.findBy({ id: In(ids) }); }
      top() { return this.photos.createQueryBuilder('photo').orderBy('photo.likes', 'DESC').limit(10).getMany(); }
      byIds(ids: string[]) { return this.photos.createQueryBuilder('photo').whereInIds(ids).getMany(); }
      one(id: string) { return this.photos.find({ where: { id } }); }
    }`,
  'the limit is set on the builder later': `
    import { Repository } from 'typeorm';
    export async function search(photos: Repository<Photo>, filter: Filter) {
      const query = photos.createQueryBuilder('photo');
      if (filter.text) query.where('photo.text = :text', filter);
      query.take(filter.size).skip(filter.from);
      return query.getManyAndCount();
    }`,
  'options that come from elsewhere': `
    import { FindManyOptions, Repository } from 'typeorm';
    export class Photos {
      constructor(private photos: Repository<Photo>) {}
      find(options: FindManyOptions<Photo>) { return this.photos.find(options); }
      all(options: FindManyOptions<Photo>) { return this.photos.find({ where: { hidden: false }, ...options }); }
    }`,
  'counts, single rows and writes': `
    import { Repository } from 'typeorm';
    export class Photos {
      constructor(private photos: Repository<Photo>) {}
      count() { return this.photos.count({ where: { hidden: true } }); }
      last() { return this.photos.findOne({ where: { hidden: false }, order: { id: 'DESC' } }); }
      hide() { return this.photos.update({ hidden: false }, { hidden: true }); }
      stream() { return this.photos.createQueryBuilder('photo').stream(); }
    }`,
});
