import { samples } from '../samples.ts';

const base = `
      import { Model } from 'mongoose';
      export class BaseRepository<T> {
        constructor(protected readonly model: Model<T>) {}
        find(filter, options?: { limit?: number }) { return this.model.find(filter).limit(options?.limit); }
        list(filter, { limit, skip = 0 }: { limit?: number; skip?: number } = {}) { return this.model.find(filter, null, { limit, skip }); }
        some(filter, options: { limit?: number } = {}) { return this.model.find(filter).limit(options.limit ?? 50); }
        paged(filter, limit = 50) { return this.model.find(filter).limit(limit); }
        listByIds(ids, options?: { limit?: number }) { return this.model.find({ _id: { $in: ids } }).limit(options?.limit); }
        async findLatest(limit?: number) {
          const query = this.model.find({ hidden: false }).sort('-at');
          if (limit) query.limit(limit);
          return query;
        }
      }`;

/** A limit that is an argument which the caller may leave out: the query is not to blame, the call is. */
samples('missing-limit', {
  'a base repository, and a service that leaves the limit out': {
    'base.repository.ts': base,
    'users.repository.ts': `
      import { BaseRepository } from './base.repository';
      export class UsersRepository extends BaseRepository<User> {}`,
    'users.service.ts': `
      import { UsersRepository } from './users.repository';
      export class UsersService {
        constructor(private readonly users: UsersRepository) {}
        active() { return this.users.find({ active: true }); } // want missing-limit
        all() { return this.users.find({}, {}); } // want missing-limit
        async listed() {
          const users = await this.users.list({ active: true }, { skip: 20 }); // want missing-limit
          return users;
        }
        ofAuthor(authorId: string) { return this.users.find({ authorId }); } // want missing-limit:note
        latest() { return this.users.findLatest(); } // want missing-limit
      }`,
  },
  'limits that are given, have a default, or cannot be seen': {
    'base.repository.ts': base,
    'users.repository.ts': `
      import { BaseRepository } from './base.repository';
      export class UsersRepository extends BaseRepository<User> {}`,
    'users.service.ts': `
      import { UsersRepository } from './users.repository';
      export class UsersService {
        constructor(private readonly users: UsersRepository) {}
        page() { return this.users.find({ active: true }, { limit: 20 }); }
        listed() { return this.users.list({ active: true }, { limit: 20 }); }
        some() { return this.users.some({ active: true }); }
        paged() { return this.users.paged({ active: true }); }
        passed(options) { return this.users.find({ active: true }, options); }
        spread(options) { return this.users.find({ active: true }, { ...options }); }
        through(filter) { return this.users.find(filter); }
        byIds(ids: string[]) { return this.users.find({ _id: { $in: ids } }); }
        byKey(email: string) { return this.users.find({ email }); }
        listByIds(ids: string[]) { return this.users.listByIds(ids); }
        latest() { return this.users.findLatest(10); }
        async first() { return (await this.users.find({ active: true }))[0]; }
        named(names: string[]) { return names.find((name) => name.length > 3); }
      }`,
  },
  'options that are passed through as they are': {
    'orders.service.ts': `
      import { InjectRepository } from '@nestjs/typeorm';
      import { FindManyOptions, In, Repository } from 'typeorm';
      export class OrdersService {
        constructor(@InjectRepository(Order) private readonly orders: Repository<Order>) {}
        find(options?: FindManyOptions<Order>) { return this.orders.find(options); }
      }`,
    'orders.controller.ts': `
      import { In } from 'typeorm';
      import { OrdersService } from './orders.service';
      export class OrdersController {
        constructor(private readonly service: OrdersService) {}
        all() { return this.service.find(); } // want missing-limit
        open() { return this.service.find({ where: { status: 'open' }, order: { id: 'DESC' } }); } // want missing-limit
        page() { return this.service.find({ where: { status: 'open' }, take: 20 }); }
        some(ids: string[]) { return this.service.find({ where: { id: In(ids) } }); }
        hidden(where) { return this.service.find({ where }); }
        passed(options) { return this.service.find(options); }
      }`,
  },
});
