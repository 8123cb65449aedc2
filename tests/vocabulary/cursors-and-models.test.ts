import { samples } from '../samples.ts';

/** Cursors that a model's methods give, and models that stand behind interfaces, factories and stores. */
samples(['missing-limit', 'n-plus-one'], {
  'cursors by way of a base class': {
    'package.json': '{ "dependencies": { "mongodb": "^6.0.0" } }',
    'src/BaseRaw.ts': `
      import type { Collection, Db, Filter, FindOptions } from 'mongodb';
      export abstract class BaseRaw<T> {
        col: Collection<T>;
        constructor(private db: Db, name: string) { this.col = db.collection(name); }
        find(query: Filter<T> = {}, options?: FindOptions<T>) { return this.col.find(query, options); }
      }`,
    'src/Rooms.ts': `
      import { BaseRaw } from './BaseRaw';
      export class RoomsRaw extends BaseRaw<{ _id: string; t: string }> {
        findOpen() { return this.find({ open: true }); }
        findOpenTyped(options) {
          return this.find({ open: true, t: 'c' }, options);
        }
        async all() {
          return this.find({ open: true }).toArray(); // want missing-limit
        }
      }`,
  },
  'direct cursors': {
    'package.json': '{ "dependencies": { "mongodb": "^6.0.0" } }',
    'src/Rooms.ts': `
      import type { Collection, Db } from 'mongodb';
      export class RoomsRaw {
        col: Collection<{ _id: string }>;
        constructor(db: Db) { this.col = db.collection('rooms'); }
        findOpen() { return this.col.find({ open: true }); }
        findByTeam(teamId: string) { return this.col.find({ teamId }); }
        find(query, options?) { return this.col.find(query, options); }
        findClosed() { return this.find({ open: false }); }
      }`,
    'src/lib.ts': `
      import { RoomsRaw } from './Rooms';
      const Rooms = new RoomsRaw(db);
      export async function open() {
        const list = await Rooms.findOpen().toArray(); // want missing-limit
        return list.map(({ _id }) => _id);
      }
      export async function few() {
        return Rooms.findOpen().limit(20).toArray();
      }
      export async function team(id: string) {
        return Rooms.findByTeam(id).toArray(); // want missing-limit
      }
      export async function closed() {
        return Rooms.findClosed().toArray(); // miss: the method takes options, which may limit it
      }
      export async function each() {
        for await (const room of Rooms.findClosed()) console.log(room);
      }
      export function pass() {
        return Rooms.findOpen();
      }`,
  },
  'proxified models': {
    'package.json': '{ "private": true, "workspaces": ["apps/*", "packages/*"] }',
    'packages/models/package.json': '{ "name": "@acme/models", "main": "src/index.ts", "dependencies": { "mongodb": "^6.0.0" } }',
    'packages/models/src/proxify.ts': `
      const lazy = new Map<string, any>();
      export function registerModel<T>(name: string, instance: T): void { lazy.set(name, instance); }
      export function proxify<T extends object>(name: string): T {
        return new Proxy({} as T, { get: (_, prop) => lazy.get(name)[prop] });
      }`,
    'packages/models/src/index.ts': `
      import type { IUsersModel, IRoomsModel } from '@acme/model-typings';
      import { proxify } from './proxify';
      export { registerModel } from './proxify';
      export const Users = proxify<IUsersModel>('IUsersModel');
      export const Rooms = proxify<IRoomsModel>('IRoomsModel');`,
    'packages/model-typings/package.json': '{ "name": "@acme/model-typings", "main": "src/index.ts" }',
    'packages/model-typings/src/index.ts': `
      export * from './models/IUsersModel';
      export * from './models/IRoomsModel';
      export * from './models/IBaseModel';`,
    'packages/model-typings/src/models/IBaseModel.ts': `
      import type { Collection, Filter, FindCursor, FindOptions } from 'mongodb';
      export interface IBaseModel<T> {
        col: Collection<T>;
        find(query?: Filter<T>, options?: FindOptions<T>): FindCursor<T>;
        findOne(query?: Filter<T>, options?: FindOptions<T>): Promise<T | null>;
        findOneById(id: string, options?: FindOptions<T>): Promise<T | null>;
      }`,
    'packages/model-typings/src/models/IUsersModel.ts': `
      import type { IBaseModel } from './IBaseModel';
      export interface IUsersModel extends IBaseModel<{ _id: string; name: string }> {
        findOneByName(name: string): Promise<{ _id: string } | null>;
        setSeen(id: string): Promise<unknown>;
      }`,
    'packages/model-typings/src/models/IRoomsModel.ts': `
      import type { IBaseModel } from './IBaseModel';
      export interface IRoomsModel extends IBaseModel<{ _id: string; t: string }> {
        findOpen(): import('mongodb').FindCursor<{ _id: string }>;
      }`,
    'apps/server/package.json': '{ "name": "server", "dependencies": { "@acme/models": "workspace:^", "mongodb": "^6.0.0" } }',
    'apps/server/src/models/raw/BaseRaw.ts': `
      import type { IBaseModel } from '@acme/model-typings';
      import type { Collection, Db, Filter, FindOptions } from 'mongodb';
      export abstract class BaseRaw<T> implements IBaseModel<T> {
        col: Collection<T>;
        constructor(private db: Db, name: string) { this.col = db.collection(name); }
        find(query: Filter<T> = {}, options?: FindOptions<T>) { return this.col.find(query, options); }
        findOne(query: Filter<T> = {}, options?: FindOptions<T>) { return this.col.findOne(query, options); }
        findOneById(id: string, options?: FindOptions<T>) { return this.findOne({ _id: id } as any, options); }
      }`,
    'apps/server/src/models/raw/Users.ts': `
      import type { IUsersModel } from '@acme/model-typings';
      import { BaseRaw } from './BaseRaw';
      export class UsersRaw extends BaseRaw<{ _id: string; name: string }> implements IUsersModel {
        findOneByName(name: string) { return this.findOne({ name }); }
        setSeen(id: string) { return this.col.updateOne({ _id: id }, { $set: { seen: true } }); }
      }`,
    'apps/server/src/models/raw/Rooms.ts': `
      import type { IRoomsModel } from '@acme/model-typings';
      import { BaseRaw } from './BaseRaw';
      export class RoomsRaw extends BaseRaw<{ _id: string; t: string }> implements IRoomsModel {
        findOpen() { return this.find({ open: true }); }
      }`,
    'apps/server/src/lib/notify.ts': `
      import { Rooms, Users } from '@acme/models';
      export async function notify(ids: string[], names: string[]) {
        for await (const id of ids) {
          const user = await Users.findOneById(id, { projection: { name: 1 } }); // want n-plus-one
          console.log(user?.name);
        }
        for (const name of names) {
          await Users.findOneByName(name); // want n-plus-one
        }
        await Promise.all(ids.map((id) => Users.setSeen(id))); // want n-plus-one
      }
      export async function rooms() {
        return Rooms.find({ t: 'c' }).toArray(); // want missing-limit
      }
      export async function open() {
        const list = await Rooms.findOpen().toArray(); // miss: what a cursor was made with, by way of a method that takes options, is hidden
        return list.map(({ _id }) => _id);
      }`,
  },
  'factories of data access': {
    'src/db/ormify.ts': `
      import type { Knex } from 'knex';
      export const ormify = (db: Knex, table: string) => ({
        find: async (filter: object, { limit, offset, tx }: { limit?: number; offset?: number; tx?: Knex } = {}) => {
          const query = (tx || db)(table).where(filter);
          if (limit) void query.limit(limit);
          if (offset) void query.offset(offset);
          return query;
        },
        findOne: async (filter: object, tx?: Knex) => (tx || db)(table).where(filter).first('*'),
        create: async (data: object, tx?: Knex) => { const [row] = await (tx || db)(table).insert(data).returning('*'); return row; },
      });`,
    'src/services/user/user-dal.ts': `
      import type { Knex } from 'knex';
      import { ormify } from '../../db/ormify';
      export type TUserDALFactory = ReturnType<typeof userDALFactory>;
      export const userDALFactory = (db: Knex) => {
        const orm = ormify(db, 'users');
        const findByTeam = async (teamId: string) => db('users').where({ teamId }).select('*'); // want missing-limit
        return { ...orm, findByTeam };
      };`,
    'src/services/user/user-service.ts': `
      import type { TUserDALFactory } from './user-dal';
      type TDep = { userDAL: Pick<TUserDALFactory, 'findOne' | 'create' | 'find'> };
      export const userServiceFactory = ({ userDAL }: TDep) => {
        const invite = async (emails: string[]) => {
          for await (const email of emails) {
            const known = await userDAL.findOne({ email }); // want n-plus-one
            if (!known) await userDAL.create({ email });
          }
        };
        const list = async () => userDAL.find({ active: true }); // want missing-limit
        return { invite, list };
      };`,
  },
  'stores': {
    'src/db/event-store.ts': `
      import { Knex } from 'knex';
      const TABLE = 'events';
      export type Db = Knex;
      export class EventStore {
        constructor(private db: Db) {}
        async getEvents(): Promise<object[]> {
          const rows = await this.db.select('id', 'type').from(TABLE).orderBy('created_at', 'desc'); // want missing-limit
          return rows.map((row) => ({ ...row }));
        }
        async getRecent(): Promise<object[]> {
          return this.db.select('id', 'type').from(TABLE).limit(100).orderBy('created_at', 'desc');
        }
        async get(id: number) { return this.db(TABLE).where({ id }).first(); }
      }`,
    'src/services/event-service.ts': `
      import type { EventStore } from '../db/event-store';
      export class EventService {
        private eventStore: EventStore;
        constructor({ eventStore }: { eventStore: EventStore }) { this.eventStore = eventStore; }
        async many(ids: number[]) {
          const all = [];
          for (const id of ids) all.push(await this.eventStore.get(id)); // want n-plus-one
          return all;
        }
      }`,
  },
});
