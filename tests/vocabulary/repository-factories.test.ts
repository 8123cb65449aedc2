import { samples } from '../samples.ts';

samples(['missing-limit'], {
  'typeorm: repositories that a factory gives': {
    'src/repo-factory.ts': `
      import { EntityManager, EntitySchema, ObjectLiteral, Repository } from 'typeorm';
      import { databaseConnection } from './database';
      type RepoGetter<T extends ObjectLiteral = ObjectLiteral> = (entityManager?: EntityManager) => Repository<T>;
      const instances = new Map<EntitySchema, RepoGetter>();
      export const repoFactory = <T extends ObjectLiteral>(entity: EntitySchema<T>): RepoGetter<T> => {
        if (instances.has(entity)) return instances.get(entity) as RepoGetter<T>;
        const newInstance: RepoGetter<T> = (entityManager?: EntityManager) => entityManager?.getRepository(entity) ?? databaseConnection().getRepository(entity);
        instances.set(entity, newInstance as RepoGetter);
        return newInstance;
      };`,
    'src/database.ts': `
      import { DataSource } from 'typeorm';
      let connection: DataSource | null = null;
      export const databaseConnection = (): DataSource => (connection ??= new DataSource({ type: 'postgres' }));`,
    'src/user-service.ts': `
      import { Equal, In } from 'typeorm';
      import { repoFactory } from './repo-factory';
      import { UserEntity, OrderEntity } from './entities';
      export const userRepo = repoFactory(UserEntity);
      const orderRepo = repoFactory(OrderEntity);
      export const userService = {
        async list({ platformId }: { platformId: string }) {
          const users = await userRepo().findBy({ platformId }); // want missing-limit:note
          return { data: users, next: null };
        },
        async all({ projectId }: { projectId: string }) {
          return orderRepo().find({ where: { projectId } }); // want missing-limit
        },
        async releases({ projectId }: { projectId: string }) {
          const releases = await orderRepo().find({ where: [{ projectId: Equal(projectId) }], order: { created: 'ASC' } }); // want missing-limit:note
          return releases;
        },
        async some({ ids }: { ids: string[] }) {
          return orderRepo().find({ where: { id: In(ids) } });
        },
      };`,
    'src/entities.ts': `
      import { EntitySchema } from 'typeorm';
      export const UserEntity = new EntitySchema<{ id: string; platformId: string }>({ name: 'user', columns: { id: { type: String, primary: true }, platformId: { type: String } } });
      export const OrderEntity = new EntitySchema<{ id: string; projectId: string }>({ name: 'order', columns: { id: { type: String, primary: true }, projectId: { type: String } } });`,
  },
});
