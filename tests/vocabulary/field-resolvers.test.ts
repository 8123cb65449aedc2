import { samples } from '../samples.ts';

const service = `
      import { prisma } from './db';
      export class PostService {
        ofUser(userId: string) { return prisma.post.findMany({ where: { userId }, take: 50 }); }
        inOneGo(userIds: readonly string[]) { return prisma.post.findMany({ where: { userId: { in: userIds } }, take: 5000 }); }
      }
      export const postService = new PostService();`;
const db = `
      import { PrismaClient } from '@prisma/client';
      export const prisma = new PrismaClient();`;
const loader = `
      import DataLoader from 'dataloader';
      import { postService } from './post.service';
      export const postsLoader = () => new DataLoader(async (ids: readonly string[]) => {
        const posts = await postService.inOneGo(ids);
        return ids.map((id) => posts.filter((post) => post.userId === id));
      });`;

/** A resolver of one field runs once per object of the answer, however its server has it written down. */
samples('n-plus-one', {
  'NestJS, and the query in a service': {
    'db.ts': db, 'post.service.ts': service, 'loader.ts': loader,
    'user.resolver.ts': `
      import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
      import { PostService } from './post.service';
      import { postsLoader } from './loader';
      @Resolver(() => User)
      export class UserResolver {
        private readonly loader = postsLoader();
        constructor(private readonly posts: PostService) {}
        @Query(() => User)
        user(@Args('id') id: string) { return this.posts.ofUser(id); }
        @ResolveField('posts', () => [Post])
        async userPosts(@Parent() user: User) { return this.posts.ofUser(user.id); } // want n-plus-one
        @ResolveField(() => [Post])
        recent(@Parent() { id }: User) { return this.loader.load(id); }
        @ResolveField(() => [Post])
        shared(@Parent() user: User, @Context() { loaders }: { loaders: Loaders }) { return loaders.posts.load(user.id); }
      }`,
  },
  'NestJS with lazy relations': {
    'user.entity.ts': `
      import { Entity, OneToMany } from 'typeorm';
      import { Post } from './post.entity';
      @Entity()
      export class User {
        @OneToMany(() => Post, (post) => post.author) posts: Promise<Post[]>;
        name: string;
      }`,
    'post.entity.ts': `export class Post {}`,
    'user.resolver.ts': `
      import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
      import { User } from './user.entity';
      @Resolver(() => User)
      export class UserResolver {
        @ResolveField()
        posts(@Parent() user: User) { return user.posts; } // want n-plus-one
        @ResolveField()
        async label(@Parent() user: User) { return user.name; }
      }`,
  },
  'type-graphql': {
    'db.ts': db, 'post.service.ts': service, 'loader.ts': loader,
    'user.resolver.ts': `
      import { Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
      import { postService } from './post.service';
      import { postsLoader } from './loader';
      @Resolver((of) => User)
      export class UserResolver {
        @FieldResolver(() => [Post])
        posts(@Root() user: User) { return postService.ofUser(user.id); } // want n-plus-one
        @FieldResolver(() => [Post])
        loaded(@Root() user: User, @Ctx() ctx) { return ctx.postsLoader.load(user.id); }
        @FieldResolver(() => String)
        initials(@Root() user: User) { return user.name[0]; }
        @Mutation(() => [Post])
        publish(@Root() root: unknown, id: string) { return postService.ofUser(id); }
      }`,
  },
  'a map of resolvers that is exported as it stands': {
    'db.ts': db, 'post.service.ts': service,
    'graphql/schema.ts': `
      import { postService } from '../post.service';
      export default {
        Query: { posts: (_root, { userId }) => postService.ofUser(userId) },
        User: {
          posts: (user) => postService.ofUser(user.id), // want n-plus-one
          name: (user) => user.name.trim(),
        },
        Subscription: { added: { subscribe: (root) => postService.ofUser(root.id) } },
      };`,
    'other.js': `
      const { postService } = require('./post.service');
      const Query = { posts: (_, { userId }) => postService.ofUser(userId) };
      const User = {
        posts: (user) => postService.ofUser(user.id), // want n-plus-one
      };
      const Helper = { posts: (user) => postService.ofUser(user.id) };
      module.exports = { Query, User, resolveType: () => 'User' };`,
  },
  'a map that its type gives away': {
    'db.ts': db, 'post.service.ts': service,
    'user.ts': `
      import type { Resolvers, UserResolvers, QueryResolvers, MutationResolvers } from './generated/graphql';
      import { postService } from './post.service';
      export const User: UserResolvers = {
        posts: (user, _args, _context) => postService.ofUser(user.id), // want n-plus-one
      };
      export const recent: UserResolvers['recent'] = async (user) => postService.ofUser(user.id); // want n-plus-one
      export const all = {
        Account: { posts: (account) => postService.ofUser(account.userId) }, // want n-plus-one
      } satisfies Resolvers;
      export const Queries: QueryResolvers = { posts: (root, { userId }) => postService.ofUser(userId) };
      export const published: MutationResolvers['publish'] = (root, { userId }) => postService.ofUser(userId);`,
  },
  'resolvers of other things, and maps that are listed': {
    'package.json': '{ "dependencies": { "@prisma/client": "5" } }',
    'db.ts': db, 'post.service.ts': service,
    'src/addresses.ts': `
      import { postService } from '../post.service';
      export const addressResolvers = { home: (input) => postService.ofUser(input.homeId) };`,
    'src/tenant-resolver.ts': `
      import { postService } from '../post.service';
      export default { Tenant: { byHost: (req) => postService.ofUser(req.host) } };`,
    'src/resolvers/Address/lookup.ts': `
      import { postService } from '../../../post.service';
      export default async function lookup(input) { return postService.ofUser(input.id); }`,
    'src/listed.js': `
      // graphql
      const { postService } = require('../post.service');
      const Query = { mine: () => [] };
      const User = { posts: (user) => postService.ofUser(user.id) }; // want n-plus-one
      export { Query, User };`,
    'src/named.js': `
      // graphql
      const { postService } = require('../post.service');
      const Query = { mine: () => [] };
      const Author = { posts: (user) => postService.ofUser(user.id) }; // want n-plus-one
      module.exports = { Query: Query, Author: Author };`,
    'src/user.resolver.ts': `
      import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
      import { prisma } from '../db';
      @Resolver(() => User)
      export class UserResolver {
        @ResolveField()
        async posts(@Parent() user: User) {
          if (user.posts) return user.posts;
          const found = [];
          for (const id of user.postIds) found.push(await prisma.post.findFirst({ where: { id, open: true } })); // want n-plus-one
          return found;
        }
      }`,
  },
  'one file a field': {
    'package.json': '{ "dependencies": { "@prisma/client": "5", "graphql": "16" } }',
    'db.ts': db, 'post.service.ts': service,
    'src/resolvers/User/posts.js': `
      import { postService } from '../../../post.service';
      export default async function userPosts(user, args, context) {
        return postService.ofUser(user.id); // want n-plus-one
      }
      function format(user) { return postService.ofUser(user.id); }`,
    'src/graphql/resolvers/User/recent.ts': `
      import { postService } from '../../../../post.service';
      export const recent = (user) => postService.ofUser(user.id); // want n-plus-one`,
    'src/resolvers/Query/user.js': `
      import { postService } from '../../../post.service';
      export default async function user(parent, args) { return postService.ofUser(parent.id ?? args.id); }`,
    'src/resolvers/User/mine.js': `
      import { postService } from '../../../post.service';
      export default async function mine(_, args) { return postService.ofUser(args.id); }`,
  },
  'maps that their names and their files give away': {
    'package.json': '{ "dependencies": { "@prisma/client": "5", "@apollo/server": "4" } }',
    'db.ts': db, 'post.service.ts': service,
    'src/user/resolvers.ts': `
      import { postService } from '../../post.service';
      export default {
        User: { posts: (user) => postService.ofUser(user.id) }, // want n-plus-one
        Query: { mine: (_, args, { userId }) => postService.ofUser(userId) },
      };`,
    'src/user/user.resolver.ts': `
      import { postService } from '../../post.service';
      export const userResolvers = {
        posts: async (user) => postService.ofUser(user.id), // want n-plus-one
        mine: (_, args, { userId }) => postService.ofUser(userId),
      };`,
    'src/schema.ts': `
      import { postService } from '../post.service';
      const User = { posts: (user) => postService.ofUser(user.id) }; // want n-plus-one
      const Unlisted = { posts: (user) => postService.ofUser(user.id) };
      export const resolvers = { Query: { mine: (_, { id }) => postService.ofUser(id) }, User };`,
  },
  'one file a type, in a folder of resolvers': {
    'db.ts': db, 'post.service.ts': service,
    'graphql/resolvers/User.js': `
      import { postService } from '../../post.service';
      export default {
        posts: (parent, args, context) => postService.ofUser(parent.id), // want n-plus-one
        loaded: (parent, args, { loaders }) => loaders.posts.load(parent.id),
      };`,
    'graphql/resolvers/Account.ts': `
      import { postService } from '../../post.service';
      const Account = {
        posts(account, _args, _ctx) { return postService.ofUser(account.userId); }, // want n-plus-one
      };
      export { Account };`,
    'graphql/resolvers/Query.js': `
      import { postService } from '../../post.service';
      export default { posts: (parent, { userId }) => postService.ofUser(userId) };`,
    'graphql/resolvers/posts.js': `
      import { postService } from '../../post.service';
      export default { posts: (parent, { userId }) => postService.ofUser(userId) };`,
    'services/Registry.js': `
      import { postService } from '../post.service';
      export default { posts: (user) => postService.ofUser(user.id) };`,
  },
  'guards and wrappers around a resolver': {
    'db.ts': db, 'post.service.ts': service,
    'resolvers.ts': `
      import { combineResolvers } from 'graphql-resolvers';
      import { isAuthenticated, authenticated } from './guards';
      import { postService } from './post.service';
      export const resolvers = {
        Query: { posts: authenticated((root, { userId }) => postService.ofUser(userId)) },
        User: {
          posts: combineResolvers(isAuthenticated, (user, _args) => postService.ofUser(user.id)), // want n-plus-one
          drafts: authenticated(async (user) => postService.ofUser(user.id)), // want n-plus-one
          cached: authenticated(async (user, _args, { loaders }) => loaders.posts.load(user.id)),
        },
      };`,
  },
  'Yoga': {
    'db.ts': db, 'post.service.ts': service, 'loader.ts': loader,
    'server.ts': `
      import { createSchema, createYoga } from 'graphql-yoga';
      import { postService } from './post.service';
      import { typeDefs } from './types';
      export const yoga = createYoga({
        schema: createSchema({
          typeDefs,
          resolvers: {
            Query: { posts: (_, args) => postService.ofUser(args.userId) },
            User: {
              posts: (user) => postService.ofUser(user.id), // want n-plus-one
              loaded: (user, _, context) => context.posts.load(user.id),
            },
          },
        }),
      });`,
  },
  'Pothos': {
    'db.ts': db, 'post.service.ts': service,
    'builder.ts': `
      import SchemaBuilder from '@pothos/core';
      export const builder = new SchemaBuilder({});`,
    'user.ts': `
      import { builder } from './builder';
      import { postService } from './post.service';
      const User = builder.objectRef('User');
      User.implement({
        fields: (t) => ({
          name: t.exposeString('name'),
          posts: t.field({ type: [Post], resolve: (user) => postService.ofUser(user.id) }), // want n-plus-one
          related: t.relation('posts'),
          loaded: t.loadableList({ type: Post, load: (ids) => postService.inOneGo(ids), resolve: (user) => user.id }),
        }),
      });
      builder.objectType('Account', {
        fields: (t) => ({
          posts: t.field({
            type: [Post],
            resolve(account) {
              return postService.ofUser(account.userId); // want n-plus-one
            },
          }),
        }),
      });
      builder.objectField(User, 'drafts', (t) => t.field({ type: [Post], resolve: (user) => postService.ofUser(user.id) })); // want n-plus-one
      builder.prismaObject('Team', {
        fields: (t) => ({
          posts: t.prismaField({ type: [Post], resolve: (query, team) => postService.ofUser(team.id) }), // want n-plus-one
        }),
      });
      builder.queryType({ fields: (t) => ({ posts: t.field({ type: [Post], resolve: (root, args) => postService.ofUser(args.id) }) }) });
      builder.queryField('posts', (t) => t.field({ type: [Post], resolve: (root, args) => postService.ofUser(args.id) }));
      builder.mutationFields((t) => ({ publish: t.field({ type: Post, resolve: (root, args) => postService.ofUser(args.id) }) }));`,
  },
  'Nexus': {
    'db.ts': db, 'post.service.ts': service,
    'types.ts': `
      import { extendType, objectType, queryType } from 'nexus';
      import { postService } from './post.service';
      export const User = objectType({
        name: 'User',
        definition(t) {
          t.id('id');
          t.list.field('posts', {
            type: 'Post',
            resolve: (user) => postService.ofUser(user.id), // want n-plus-one
          });
          t.nonNull.list.nonNull.field('loaded', { type: 'Post', resolve: (user, _, ctx) => ctx.loaders.posts.load(user.id) });
        },
      });
      export const more = extendType({
        type: 'Account',
        definition: (t) => {
          t.field('posts', { type: 'Post', async resolve(account) { return postService.ofUser(account.userId); } }); // want n-plus-one
        },
      });
      export const Query = objectType({
        name: 'Query',
        definition(t) { t.list.field('posts', { type: 'Post', resolve: (root, args) => postService.ofUser(args.userId) }); },
      });
      export const queries = extendType({ type: 'Query', definition(t) { t.field('a', { type: 'Post', resolve: (root, args) => postService.ofUser(args.userId) }); } });
      export const others = queryType({ definition(t) { t.field('b', { type: 'Post', resolve: (root, args) => postService.ofUser(args.userId) }); } });`,
  },
  'Mercurius merges in its loaders': {
    'db.ts': db, 'post.service.ts': service,
    'app.ts': `
      import mercurius from 'mercurius';
      import { postService } from './post.service';
      const loaders = {
        User: {
          async posts(queries) {
            const posts = await postService.inOneGo(queries.map(({ obj }) => obj.id));
            return queries.map(({ obj }) => posts.filter((post) => post.userId === obj.id));
          },
          async drafts(queries) {
            return Promise.all(queries.map(({ obj }) => postService.ofUser(obj.id))); // want n-plus-one
          },
        },
      };
      const resolvers = {
        Query: { posts: (_, { userId }) => postService.ofUser(userId) },
        User: {
          recent: (user) => postService.ofUser(user.id), // want n-plus-one
        },
      };
      app.register(mercurius, { schema, resolvers, loaders });`,
  },
  'a loader that asks once per id': {
    'db.ts': db, 'post.service.ts': service,
    'loader.ts': `
      import DataLoader from 'dataloader';
      import { postService } from './post.service';
      export const posts = new DataLoader((ids) => Promise.all(ids.map((id) => postService.ofUser(id)))); // want n-plus-one`,
  },
  'resolvers that are named, and defined elsewhere': {
    'db.ts': db, 'post.service.ts': service,
    'user-posts.ts': `
      import { postService } from './post.service';
      export const userPosts = (user) => postService.ofUser(user.id);`,
    'resolvers.ts': `
      import { userPosts } from './user-posts';
      export const resolvers = {
        User: { posts: userPosts }, // miss: a function that only its name brings into the map
      };`,
  },
});

/** Fields that are lists with pages of their own. */
samples('n-plus-one', {
  'fields with pages of their own': `
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    export const resolvers = {
      Query: { hosts: () => prisma.host.findMany({ take: 20 }) },
      Host: {
        agreements: async (host, { limit, offset }) => {
          const nodes = await prisma.agreement.findMany({ where: { hostId: host.id }, take: Math.min(limit, 100), skip: offset }); // want n-plus-one:note
          return { nodes, totalCount: 0, limit, offset };
        },
        reports: async (host, { limit, offset }) => {
          const nodes = await prisma.report.findMany({ where: { hostId: host.id }, take: Math.min(limit, 100), skip: offset }); // want n-plus-one:note
          for (const node of nodes) node.author = await prisma.user.findFirst({ where: { id: node.authorId } }); // want n-plus-one
          return { nodes, totalCount: 0, limit, offset };
        },
        owner: (host) => prisma.user.findFirst({ where: { id: host.ownerId } }), // want n-plus-one
      },
    };`,
});
