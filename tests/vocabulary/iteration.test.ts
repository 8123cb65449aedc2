import { expect, test } from 'vitest';
import { builtInLesson, findingsIn, samples } from '../samples.ts';

// One query stands for all: what is tested here is the code around it.

samples('n-plus-one', {
  'a script that is run by hand': {
    'scripts/repair.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      for (const user of users) await prisma.post.findMany({ where: { userId: user.id } }); // want n-plus-one:note`,
  },
  'timers start what they start at another time': `
    const later = new Map();
    function closeLater(poll) {
      later.set(poll.id, setTimeout(async () => prisma.poll.update({ where: { id: poll.id }, data: { open: false } }), poll.expiry - Date.now()));
    }
    for (const poll of polls) closeLater(poll);
    for (const poll of polls) setTimeout(() => prisma.poll.delete({ where: { id: poll.id } }), poll.expiry - Date.now());
    setInterval(async () => {
      for (const poll of polls) await prisma.poll.findUnique({ where: { id: poll.id } }); // want n-plus-one
    }, 60_000);
    for (const poll of polls) {
      await prisma.poll.findUnique({ where: { id: poll.id } }); // want n-plus-one
      await new Promise((resolve) => setTimeout(resolve, 100));
    }`,
  'a list that only counts the rounds': `
    const rounds = Array.from({ length: mostRounds });
    for (const _ of rounds) {
      const { count } = await prisma.session.deleteMany({ where: { expired: true } });
      if (count === 0) break;
    }
    for (const _user of users) await prisma.session.count({ where: { userId: _user.id } }); // want n-plus-one`,
  // -- loops that go over data ----------------------------------------------------------------------------------------
  'for … of': `
    for (const user of users) {
      await prisma.post.findFirst({ where: { userId: user.id } }); // want n-plus-one
    }`,
  'for … of over a member, a call, an awaited call': `
    for (const user of page.users) await prisma.post.findFirst({ where: { userId: user.id } }); // want n-plus-one
    for (const user of team.members()) await prisma.post.findFirst({ where: { userId: user.id } }); // want n-plus-one
    for (const user of await load()) await prisma.post.findFirst({ where: { userId: user.id } }); // want n-plus-one
    for (const [id, user] of Object.entries(byId)) await prisma.post.findFirst({ where: { userId: id } }); // want n-plus-one
    for (const [id] of names) await prisma.post.findFirst({ where: { userId: id } }); // want n-plus-one`,
  'for … in': `
    for (const id in usersById) {
      await prisma.post.findFirst({ where: { userId: id } }); // want n-plus-one
    }
    for (const index in users) await prisma.post.findFirst({ where: { userId: users[index].id } }); // want n-plus-one`,
  'for await … of': `
    for await (const message of messages) {
      await prisma.post.findFirst({ where: { key: message.key } }); // want n-plus-one
    }`,
  'counting': `
    for (let i = 0; i < users.length; i++) {
      await prisma.post.findFirst({ where: { userId: users[i].id } }); // want n-plus-one
    }
    for (let i = users.length - 1; i >= 0; i--) await prisma.post.findFirst({ where: { userId: users[i].id } }); // want n-plus-one
    for (let i = 0, n = users.length; i < n; i += 1) await prisma.post.findFirst({ where: { userId: users[i].id } }); // want n-plus-one`,
  'taking element by element': `
    while (queue.length) {
      const user = queue.shift();
      await prisma.post.findFirst({ where: { userId: user.id } }); // want n-plus-one
    }
    let i = 0;
    while (i < users.length) {
      await prisma.post.findFirst({ where: { userId: users[i].id } }); // want n-plus-one
      i++;
    }
    do {
      await prisma.post.findFirst({ where: { userId: stack.pop().id } }); // want n-plus-one
    } while (stack.length > 0);`,
  'loops within loops tell one story': `
    for (const team of teams) {
      for (const user of team.users) {
        await prisma.post.findFirst({ where: { userId: user.id } }); // want n-plus-one
        await prisma.comment.findFirst({ where: { userId: user.id } });
      }
    }`,
  'only the inner loop queries': `
    for (const part of ['day', 'week']) {
      for (const user of users) {
        await prisma.post.findFirst({ where: { userId: user.id, part } }); // want n-plus-one
      }
    }`,
  'a constant loop within a loop over data': `
    for (const user of users) {
      for (const part of ['day', 'week']) {
        await prisma.post.findFirst({ where: { userId: user.id, part } }); // want n-plus-one
      }
    }`,
  'a condition, a switch, a try and a block change nothing': `
    for (const user of users) {
      if (user.active) {
        try {
          switch (user.kind) {
            case 'author': {
              await prisma.post.findFirst({ where: { userId: user.id } }); // want n-plus-one
              break;
            }
          }
        } catch (error) {
          log(error);
        }
      }
    }`,
  'continue is no end': `
    for (const user of users) {
      if (!user.active) continue;
      await prisma.post.findFirst({ where: { userId: user.id } }); // want n-plus-one
    }`,
  'the query stands in the condition, in an argument, in a template': `
    for (const user of users) {
      if ((await prisma.post.count({ where: { userId: user.id } })) > 0) show(user); // want n-plus-one
    }
    for (const user of users) show(await prisma.post.findFirst({ where: { userId: user.id } })); // want n-plus-one
    for (const user of users) texts.push(\`\${await prisma.post.count({ where: { userId: user.id } })} posts\`); // want n-plus-one`,

  // -- callbacks ------------------------------------------------------------------------------------------------------
  'forEach': `
    users.forEach(async (user) => {
      await prisma.post.findFirst({ where: { userId: user.id } }); // want n-plus-one
    });
    users.forEach(async function (user) {
      await prisma.post.findFirst({ where: { userId: user.id } }); // want n-plus-one
    });
    users?.forEach((user) => void prisma.post.findFirst({ where: { userId: user.id } })); // want n-plus-one`,
  'map within Promise.all, in all its spellings': `
    await Promise.all(users.map((user) => prisma.post.findFirst({ where: { userId: user.id } }))); // want n-plus-one
    await Promise.all(users.map(async (user) => {
      const post = await prisma.post.findFirst({ where: { userId: user.id } }); // want n-plus-one
      return post;
    }));
    const waiting = users.map((user) => {
      return prisma.post.findFirst({ where: { userId: user.id } }); // want n-plus-one
    });
    await Promise.all(waiting);
    await Promise.allSettled(users.filter((user) => user.active).map((user) => prisma.post.findFirst({ where: { userId: user.id } }))); // want n-plus-one
    await Promise.all([...users.map((user) => prisma.post.findFirst({ where: { userId: user.id } }))]); // want n-plus-one
    await Promise.all(Array.from(users, (user) => prisma.post.findFirst({ where: { userId: user.id } }))); // want n-plus-one
    await Promise.all(Object.values(byId).map((user) => prisma.post.findFirst({ where: { userId: user.id } }))); // want n-plus-one
    await Promise.all((await load()).map((user) => prisma.post.findFirst({ where: { userId: user.id } }))); // want n-plus-one`,
  'promises that a loop collects': `
    const waiting = [];
    for (const user of users) waiting.push(prisma.post.findFirst({ where: { userId: user.id } })); // want n-plus-one
    await Promise.all(waiting);`,
  'reduce': `
    await users.reduce(async (previous, user) => {
      await previous;
      await prisma.post.findFirst({ where: { userId: user.id } }); // want n-plus-one
    }, Promise.resolve());
    users.reduce((chain, user) => chain.then(() => prisma.post.findFirst({ where: { userId: user.id } })), Promise.resolve()); // want n-plus-one`,
  'filter, some, every, flatMap': `
    users.filter(async (user) => await prisma.post.findFirst({ where: { userId: user.id } })); // want n-plus-one
    users.some(async (user) => await prisma.post.findFirst({ where: { userId: user.id } })); // want n-plus-one
    users.every(async (user) => await prisma.post.findFirst({ where: { userId: user.id } })); // want n-plus-one
    users.flatMap(async (user) => await prisma.post.findFirst({ where: { userId: user.id } })); // want n-plus-one`,
  'bluebird': `
    import Bluebird from 'bluebird';
    await Bluebird.map(users, (user) => prisma.post.findFirst({ where: { userId: user.id } }), { concurrency: 5 }); // want n-plus-one
    await Bluebird.each(users, (user) => prisma.post.findFirst({ where: { userId: user.id } })); // want n-plus-one
    await Bluebird.mapSeries(users, async (user) => prisma.post.findFirst({ where: { userId: user.id } })); // want n-plus-one
    await load().map((user) => prisma.post.findFirst({ where: { userId: user.id } })); // want n-plus-one`,
  'the async package': `
    import async from 'async';
    await async.eachSeries(users, async (user) => prisma.post.findFirst({ where: { userId: user.id } })); // want n-plus-one
    await async.eachLimit(users, 5, async (user) => prisma.post.findFirst({ where: { userId: user.id } })); // want n-plus-one
    await async.mapLimit(users, 5, async (user) => prisma.post.findFirst({ where: { userId: user.id } })); // want n-plus-one
    async.forEach(users, (user, done) => { prisma.post.findFirst({ where: { userId: user.id } }).then(() => done(), done); }); // want n-plus-one`,
  'p-map and its family': `
    import pMap from 'p-map';
    import pEach from 'p-each-series';
    await pMap(users, (user) => prisma.post.findFirst({ where: { userId: user.id } }), { concurrency: 5 }); // want n-plus-one
    await pEach(users, (user) => prisma.post.findFirst({ where: { userId: user.id } })); // want n-plus-one`,
  'lodash': `
    import _ from 'lodash';
    import forEach from 'lodash/forEach';
    _.forEach(users, async (user) => { await prisma.post.findFirst({ where: { userId: user.id } }); }); // want n-plus-one
    await Promise.all(_.map(users, (user) => prisma.post.findFirst({ where: { userId: user.id } }))); // want n-plus-one
    forEach(users, async (user) => { await prisma.post.findFirst({ where: { userId: user.id } }); }); // want n-plus-one
    await Promise.all(_.mapValues(byId, (user) => prisma.post.findFirst({ where: { userId: user.id } }))); // want n-plus-one`,
  'thunks for a limiter': `
    import pLimit from 'p-limit';
    const limit = pLimit(5);
    await Promise.all(users.map((user) => limit(() => prisma.post.findFirst({ where: { userId: user.id } })))); // want n-plus-one
    await Promise.all(users.map((user) => limit(async () => {
      await prisma.post.findFirst({ where: { userId: user.id } }); // want n-plus-one
    })));
    const tasks = users.map((user) => () => prisma.post.findFirst({ where: { userId: user.id } })); // want n-plus-one
    await inOrder(tasks);`,
  'a callback by its name': `
    const load = (user) => prisma.post.findFirst({ where: { userId: user.id } });
    async function store(user) { await prisma.post.create({ data: user }); }
    await Promise.all(users.map(load)); // want n-plus-one
    users.forEach(store); // want n-plus-one
    await Promise.all(users.map((user) => load(user))); // want n-plus-one`,
  'a generator': `
    async function* withPosts(users) {
      for (const user of users) {
        yield { user, post: await prisma.post.findFirst({ where: { userId: user.id } }) }; // want n-plus-one
      }
    }`,
  'a wrapper within the loop': `
    for (const user of users) {
      await retry(() => prisma.post.findFirst({ where: { userId: user.id } }), { times: 3 }); // want n-plus-one
    }
    for (const user of users) {
      await prisma.$transaction(async (tx) => {
        await tx.post.findFirst({ where: { userId: user.id } }); // want n-plus-one
      });
    }
    for (const user of users) {
      await (async () => {
        await prisma.post.findFirst({ where: { userId: user.id } }); // want n-plus-one
      })();
    }
    for (const user of users) await new Promise((resolve) => prisma.post.findFirst({ where: { userId: user.id } }).then(resolve)); // want n-plus-one`,
  'a chain of promises within the loop': `
    for (const user of users) {
      authorise(user).then(() => prisma.post.findFirst({ where: { userId: user.id } })).catch(log); // want n-plus-one
    }`,

  // -- fields of an answer --------------------------------------------------------------------------------------------
  'field resolvers run once per object': `
    export const resolvers = {
      Query: {
        users: () => prisma.user.findMany({ take: 50 }),
      },
      User: {
        posts: (user) => prisma.post.findMany({ where: { userId: user.id } }), // want n-plus-one
        async newest(user) {
          return prisma.post.findFirst({ where: { userId: user.id } }); // want n-plus-one
        },
      },
    };`,
  'field resolvers of classes': `
    import { Parent, ResolveField, Resolver, Query } from '@nestjs/graphql';
    @Resolver(() => User)
    export class UserResolver {
      constructor(private readonly prisma: PrismaService) {}
      @Query(() => [User])
      users() { return this.prisma.user.findMany({ take: 50 }); }
      @ResolveField()
      posts(@Parent() user: User) {
        return this.prisma.post.findMany({ where: { userId: user.id } }); // want n-plus-one
      }
    }`,
  'field resolvers of type objects': `
    import { GraphQLObjectType, GraphQLList } from 'graphql';
    const UserType = new GraphQLObjectType({
      name: 'User',
      fields: () => ({
        posts: {
          type: new GraphQLList(PostType),
          resolve: (user) => prisma.post.findMany({ where: { userId: user.id } }), // want n-plus-one
        },
      }),
    });
    const RootQuery = new GraphQLObjectType({
      name: 'RootQueryType',
      fields: { user: { type: UserType, resolve: (parent, args) => prisma.user.findFirst({ where: { id: args.id } }) } },
    });`,
  'field resolvers of what the parent mostly carries already': `
    import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
    @Resolver(() => Build)
    export class BuildResolver {
      @ResolveField()
      async user(@Parent() build: Build) {
        if (!build.user) return prisma.user.findFirst({ where: { id: build.userId } }); // want n-plus-one:note
        return build.user;
      }
      @ResolveField()
      async action(@Parent() build: Build) {
        if (build.action !== undefined) return build.action;
        return prisma.action.findFirst({ where: { id: build.actionId } }); // want n-plus-one:note
      }
      @ResolveField()
      async lines(@Parent() build: Build) {
        return build.lines ?? (await prisma.line.findMany({ where: { buildId: build.id }, take: 50 })); // want n-plus-one:note
      }
      @ResolveField()
      async members(@Parent() build: Build) {
        if (Array.isArray(build.members)) return build.members;
        return prisma.member.findMany({ where: { buildId: build.id }, take: 50 }); // want n-plus-one:note
      }
      @ResolveField()
      async texts(@Parent() build: Build) {
        if (build.texts && (build.texts.length === 0 || build.texts[0].translated)) return build.texts.map((text) => translate(text));
        return prisma.text.findMany({ where: { buildId: build.id }, take: 50 }); // want n-plus-one:note
      }
      @ResolveField()
      async notes(@Parent() build: Build) {
        if (build.notes && isOpen(build)) return [];
        return prisma.note.findMany({ where: { buildId: build.id }, take: 50 }); // want n-plus-one
      }
      @ResolveField()
      async owner(@Parent() build: Build) {
        if (!build.ownerId) return null;
        return prisma.user.findFirst({ where: { id: build.ownerId } }); // want n-plus-one
      }
      @ResolveField()
      async events(@Parent() build: Build) {
        if (build.events && build.events.length > 0) show(build);
        return prisma.event.findMany({ where: { buildId: build.id }, take: 50 }); // want n-plus-one
      }
    }
    export const resolvers = {
      Author: {
        posts: ({ id, posts }) => posts ?? prisma.post.findMany({ where: { authorId: id }, take: 50 }), // want n-plus-one:note
        books: ({ id }) => prisma.book.findMany({ where: { authorId: id }, take: 50 }), // want n-plus-one
        pages: (author) => (author.pages ? author.pages : prisma.page.findMany({ where: { authorId: author.id }, take: 50 })), // want n-plus-one:note
      },
    };`,
  'field resolvers that ask a loader': `
    export const resolvers = {
      User: {
        posts: (user, _args, { loaders }) => loaders.posts.load(user.id),
      },
    };`,

  // -- loops that do not grow with the data ---------------------------------------------------------------------------
  'a list that is written out': `
    for (const role of ['admin', 'editor', 'reader']) await prisma.role.findFirst({ where: { role } });
    const kinds = ['day', 'week'] as const;
    for (const kind of kinds) await prisma.stats.findFirst({ where: { kind } });
    await Promise.all(kinds.map((kind) => prisma.stats.findFirst({ where: { kind } })));
    await Promise.all([1, 2, 3].map((level) => prisma.stats.findFirst({ where: { level } })));`,
  'a list that is written out in another file': {
    'kinds.ts': `
      export const KINDS = ['day', 'week', 'month'];
      export enum Level { Low = 'low', High = 'high' }
      export const limits = { free: 10, pro: 100 };`,
    'stats.ts': `
      import { KINDS, Level, limits } from './kinds';
      for (const kind of KINDS) await prisma.stats.findFirst({ where: { kind } });
      for (const level of Object.values(Level)) await prisma.stats.findFirst({ where: { level } });
      for (const plan of Object.keys(limits)) await prisma.stats.findFirst({ where: { plan } });
      for (const [plan, limit] of Object.entries(limits)) await prisma.stats.findFirst({ where: { plan, limit } });`,
  },
  'a list that starts with constants and is filled is data': `
    const ids = ['root'];
    for (const user of users) ids.push(user.id);
    for (const id of ids) await prisma.user.findFirst({ where: { id } }); // want n-plus-one`,
  'one list or another, both written out': `
    const regions = only ? [only] : [Region.Europe, Region.America];
    await Promise.all(regions.map((region) => prisma.stats.findFirst({ where: { region } })));
    for (const region of all ? ['eu', 'us'] : ['eu']) await prisma.stats.findFirst({ where: { region } });
    const some = only ? [only] : found;
    for (const region of some) await prisma.stats.findFirst({ where: { region } }); // want n-plus-one`,
  'rows that were loaded page by page, or in batches': `
    const active = await loadPaginated(query);
    for (const post of active.concat(others)) await prisma.post.findFirst({ where: { id: post.id } }); // want n-plus-one
    for (const user of await getUsersInBatches(ids)) await prisma.post.findFirst({ where: { userId: user.id } }); // want n-plus-one
    for await (const some of paginate(query)) await prisma.post.findFirst({ where: { id: { in: some } } });
    for (const some of chunk(ids, 100)) await prisma.post.findFirst({ where: { id: { in: some } } });
    const parts = splitIntoBatches(ids);
    for (const ids of parts) await prisma.post.findFirst({ where: { id: { in: ids } } });`,
  'an element that is a list is a piece of one': `
    await Promise.all(sequences.map((seq) => prisma.post.createMany({ data: seq.map((post) => ({ ...post })) })));
    for (const ids of lists) await Promise.all(ids.map((id) => prisma.post.findFirst({ where: { id } }))); // want n-plus-one
    for (const id of ids) if (id.length > 3) await prisma.post.findFirst({ where: { id } }); // want n-plus-one`,
  'what a schema declares is written down': `
    for (const [key, field] of Object.entries(schema.fields)) await prisma.column.findFirst({ where: { key } });
    for (const field of document.fields) await prisma.field.findFirst({ where: { id: field.id } }); // want n-plus-one`,
  'one number after the other until one will do': `
    for (let i = 1; i < 1000; i++) {
      const taken = await prisma.post.findFirst({ where: { slug: slug + i } });
      if (!taken) return slug + i;
    }
    for (let i = 0; i < users.length; i++) {
      const post = await prisma.post.findFirst({ where: { userId: users[i].id } }); // want n-plus-one
      if (!post) return users[i];
    }`,
  'one after the other until one gives something that outlives the loop': `
    let found;
    for (const name of names) {
      found = await prisma.user.findFirst({ where: { name } });
      if (found) break;
    }
    let last;
    for (const name of names) {
      last = await prisma.user.findFirst({ where: { name } }); // want n-plus-one
      if (!last) break;
    }
    for (const name of names) {
      last = await prisma.user.findFirst({ where: { name } }); // want n-plus-one
      if (last) console.log(last);
    }`,
  'one after the other until one gives something': `
    for (const name of names) {
      const user = await prisma.user.findFirst({ where: { name } });
      if (user) return user;
    }
    for (const name of names) {
      const user = await prisma.user.findFirst({ where: { name } });
      if (user?.active && user.email !== null) {
        result = user;
        break;
      }
    }
    for (const key of keys) {
      const setting = await prisma.setting.findFirst({ where: { key } });
      if (setting !== null) return { key, value: setting.value };
    }`,
  'a look at each, of which one may be the last': `
    for (const id of ids) {
      const user = await prisma.user.findFirst({ where: { id } }); // want n-plus-one
      if (!user) return null;
    }
    for (const name of names) {
      const taken = await prisma.user.findFirst({ where: { name } }); // want n-plus-one
      if (taken) return reply.status(409).send({ name });
    }
    for (const name of names) {
      const user = await prisma.user.findFirst({ where: { name } }); // want n-plus-one
      if (user === null) return user;
    }
    for (const name of names) {
      const user = await prisma.user.findFirst({ where: { name } }); // want n-plus-one
      if (user) found.push(user);
    }`,
  'lists and records whose declared type says which few things there are': {
    'types.ts': `
      export enum Metric { Views = 'views', Clicks = 'clicks' }
      export type ProviderName = 'google' | 'github' | (typeof more)[number];
      const more = ['apple'] as const;
      export type EventType = 'open' | 'click';
      export type UserKey = string;`,
    'usage.ts': `
      import { PrismaClient } from '@prisma/client';
      import { Metric, type EventType, type ProviderName, type UserKey } from './types';
      const prisma = new PrismaClient();
      export async function store(totals: Record<Metric, number>, metrics: Metric[], providers: Set<ProviderName>, keys: UserKey[], byKey: Record<UserKey, number>, parts?: Partial<Record<'a' | 'b', number>>) {
        for (const [metric, value] of Object.entries(totals)) await prisma.usage.create({ data: { metric, value } });
        for (const metric of metrics) await prisma.usage.create({ data: { metric } });
        for (const provider of providers) await prisma.connection.create({ data: { provider } });
        for (const part of Object.keys(parts)) await prisma.part.create({ data: { part } });
        for (const key of keys) await prisma.usage.create({ data: { key } }); // want n-plus-one
        const pending: (typeof users)[number][] = [];
        const users = await prisma.user.findMany({ take: 100 });
        for (const user of users) if (!user.mailed) pending.push(user);
        for (const user of pending) await prisma.mail.create({ data: { userId: user.id } }); // want n-plus-one
        const types: EventType[] = keys.map((key) => key.type);
        for (const type of types) await prisma.total.create({ data: { type } }); // want n-plus-one
        for (const [key, value] of Object.entries(byKey)) await prisma.usage.create({ data: { key, value } }); // want n-plus-one
      }`,
  },
  'constants by their name, and what stands in the configuration': `
    import { SUPPORTED_METRICS } from '@acme/metrics';
    for (const metric of SUPPORTED_METRICS) await prisma.stats.findFirst({ where: { metric } });
    for (const role of app.config.roles) await prisma.role.findFirst({ where: { role } });
    for (const [name, role] of Object.entries(rolesConfig)) await prisma.role.findFirst({ where: { role, name } });
    await Promise.all(pluginConfig.roles.filter(Boolean).map((role) => prisma.role.findFirst({ where: { role } })));
    for (const id of configured.ids) await prisma.user.findFirst({ where: { id } }); // want n-plus-one`,
  'a small number of rounds': `
    for (let level = 1; level <= 3; level++) await prisma.stats.findFirst({ where: { level } });
    const levels = 5;
    for (let level = 0; level < levels; level += 1) await prisma.stats.findFirst({ where: { level } });
    await Promise.all(Array.from({ length: 3 }, (_, level) => prisma.stats.findFirst({ where: { level } })));`,
  'every form of a loop, over what is written out in the code': `
    import Bluebird from 'bluebird';
    import async from 'async';
    import pMap from 'p-map';
    import pLimit from 'p-limit';
    import _ from 'lodash';
    const kinds = ['post', 'page'] as const;
    const titles = { post: 'Post', page: 'Page' };
    const limit = pLimit(2);
    for (let i = 0; i < 3; i++) await prisma.kind.findFirst({ where: { rank: i } });
    for (const kind of kinds) await prisma.kind.findFirst({ where: { kind } });
    for (const kind in titles) await prisma.kind.findFirst({ where: { kind } });
    for await (const kind of kinds) await prisma.kind.findFirst({ where: { kind } });
    kinds.forEach(async (kind) => { await prisma.kind.findFirst({ where: { kind } }); });
    await Promise.all(kinds.map((kind) => prisma.kind.findFirst({ where: { kind } })));
    await Promise.allSettled(kinds.map(async (kind) => {
      return prisma.kind.findFirst({ where: { kind } });
    }));
    await kinds.reduce(async (before, kind) => { await before; await prisma.kind.findFirst({ where: { kind } }); }, Promise.resolve());
    await Bluebird.map(kinds, (kind) => prisma.kind.findFirst({ where: { kind } }));
    await async.eachSeries(kinds, async (kind) => prisma.kind.findFirst({ where: { kind } }));
    await pMap(kinds, (kind) => prisma.kind.findFirst({ where: { kind } }));
    await Promise.all(kinds.map((kind) => limit(() => prisma.kind.findFirst({ where: { kind } }))));
    _.forEach(kinds, async (kind) => { await prisma.kind.findFirst({ where: { kind } }); });
    async function* all() { for (const kind of kinds) yield await prisma.kind.findFirst({ where: { kind } }); }`,
  'every form of a loop, with nothing asked within': `
    import Bluebird from 'bluebird';
    import async from 'async';
    import pMap from 'p-map';
    import pLimit from 'p-limit';
    const limit = pLimit(2);
    const posts = await prisma.post.findMany({ where: { userId: { in: users.map((user) => user.id) } } });
    const byUser = Map.groupBy(posts, (post) => post.userId);
    for (let i = 0; i < users.length; i++) users[i].posts = byUser.get(users[i].id);
    for (const user of users) user.posts = byUser.get(user.id);
    for (const id in byId) byId[id].posts = byUser.get(id);
    for await (const user of stream) show(user, byUser.get(user.id));
    do { const user = users.shift(); show(byUser.get(user.id)); } while (users.length > 0);
    users.forEach((user) => { user.posts = byUser.get(user.id); });
    await Promise.all(users.map(async (user) => mail(user, byUser.get(user.id))));
    await Bluebird.map(users, (user) => mail(user, byUser.get(user.id)));
    await async.eachSeries(users, async (user) => mail(user, byUser.get(user.id)));
    await pMap(users, (user) => mail(user, byUser.get(user.id)), { concurrency: 2 });
    await Promise.all(users.map((user) => limit(() => mail(user, byUser.get(user.id)))));
    function* shown() { for (const user of users) yield { user, posts: byUser.get(user.id) }; }`,
  'a while that counts': `
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    let i = 1;
    while (i <= quantity) {
      await prisma.item.create({ data: { productId } }); // want n-plus-one
      i++;
    }
    let page = 1;
    while (page <= totalPages) {
      await prisma.item.findMany({ take: 100, skip: page * 100 });
      page++;
    }
    while (depth < deepest) {
      if (!node?.parentId) break;
      node = await prisma.folder.findUnique({ where: { id: node.parentId } });
      depth++;
    }
    while (polls < MOST_POLLS) {
      const job = await prisma.job.findUnique({ where: { id } });
      if (job?.done) return job;
      polls++;
    }
    let found;
    while (rounds < maxRounds) found = await prisma.item.findFirst({ where: { open: true } });`,
  'a count that nobody looks at, around pages': `
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    let rows;
    for (let i = 0; !rows || rows.length > 0; i++) {
      rows = await prisma.item.findMany({ take: 100, skip: i * 100 });
    }`,
  'a callback with a branch for one of the elements': `
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    const told = await Promise.all(claims.map(async (claim) => {
      switch (claim) {
        case 'name': return user.name;
        case 'roles': return prisma.role.findMany({ where: { userId: user.id } });
        default: return undefined;
      }
    }));
    const one = await Promise.all(claims.map(async (claim) => {
      if (claim === 'roles') return prisma.role.findMany({ where: { userId: user.id } });
      return undefined;
    }));
    const all = await Promise.all(claims.map(async (claim) => {
      switch (user.kind) {
        case 'name': return user.name;
        default: return prisma.claim.findMany({ where: { claim } }); // want n-plus-one
      }
    }));`,
  'pieces of a text, pages of a site and batches of goods are rows': `
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    for (const chunk of response.chunks) await prisma.chunk.create({ data: { text: chunk.pageContent } }); // want n-plus-one
    await Promise.all(site.pages.map(async (page) => prisma.visit.count({ where: { pageId: page.id } }))); // want n-plus-one
    for (const batch of delivery.batches) await prisma.batch.findMany({ where: { supplier: batch.supplierId } }); // want n-plus-one
    for (const batch of batches) await prisma.user.findMany({ where: { id: { in: batch } } });
    for (const page of pages) await prisma.user.findMany({ skip: page.offset, take: page.size });
    for (const batch of inBatches) await prisma.user.createMany({ data: batch.items });`,
  'chunks': `
    import { chunk } from 'lodash';
    import _ from 'lodash';
    for (const ids of chunk(all, 100)) await prisma.user.findMany({ where: { id: { in: ids } } });
    for (const batch of batches) await prisma.user.createMany({ data: batch });
    for (let i = 0; i < all.length; i += 100) await prisma.user.createMany({ data: all.slice(i, i + 100) });
    for (let i = 0; i < all.length; i += size) await prisma.user.createMany({ data: all.slice(i, i + size) });
    await Promise.all(_.chunk(all, 100).map((ids) => prisma.user.findMany({ where: { id: { in: ids } } })));
    const parts = splitIntoChunks(all);
    for (const part of parts) await prisma.user.createMany({ data: part });
    while (all.length > 0) await prisma.user.createMany({ data: all.splice(0, 100) });
    for (let i = 0; i < batches.length; i++) await prisma.user.createMany({ data: batches[i] });
    for (let i = 0; i < totalBatches; i++) await prisma.user.findMany({ take: 100, skip: i * 100 });`,
  'counting down': `
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    function last(ids) {
      let i = ids.length;
      while (i--) prisma.user.findFirst({ where: { name: ids[i] } }); // want n-plus-one
    }
    function tries() {
      let left = 3;
      while (left--) prisma.user.findFirst({ where: { name: 'a' } });
    }`,
  'levels of a tree, one function call each': `
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    async function ancestorsOf(id, found = []) {
      const parent = await prisma.category.findFirst({ where: { children: { some: { id } } } }); // want n-plus-one:note
      return parent ? ancestorsOf(parent.id, [...found, parent]) : found;
    }
    const rootOf = async (id) => {
      const folder = await prisma.folder.findUnique({ where: { id } }); // want n-plus-one:note
      if (!folder.parentId) return folder;
      return rootOf(folder.parentId);
    };
    class Categories {
      async pathOf(id) {
        const category = await prisma.category.findUnique({ where: { id } }); // want n-plus-one:note
        return category.parentId ? [...(await this.pathOf(category.parentId)), category] : [category];
      }
      async pagesOf(cursor) {
        const page = await prisma.category.findMany({ take: 100, cursor });
        return page.length < 100 ? page : [...page, ...(await this.pagesOf(page.at(-1).id))];
      }
      async untilDone(id) {
        const job = await prisma.job.findUnique({ where: { id } });
        if (job.done) return job;
        await sleep(1000);
        return this.untilDone(job.id);
      }
      async find(id) {
        const category = await prisma.category.findUnique({ where: { id } });
        return this.cache.find(category.id);
      }
    }
    async function slugFor(name, count = 0) {
      const taken = await prisma.post.findUnique({ where: { slug: name + count } });
      return taken ? slugFor(name, count + 1) : name + count;
    }`,
  'no groups: lists of an element outside, one of a pair, and loops within levels': `
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    async function tagged([tenant, tags], users) {
      for (const user of users) await prisma.post.findMany({ where: { authorId: user.id, tag: { in: tags } } }); // want n-plus-one
    }
    for (const [org, tags] of tagsOf) for (const user of users) await prisma.post.findMany({ where: { authorId: user.id, tag: { in: tags } } }); // want n-plus-one
    for (const [userId, role] of pairs) await prisma.post.findMany({ where: { authorId: userId, role: { in: [role] } } }); // want n-plus-one
    async function subtree(parent) {
      const above = await prisma.node.findFirst({ where: { children: { some: { key: parent.key } } } }); // want n-plus-one:note
      for (const child of above.children) await prisma.file.findFirst({ where: { nodeId: child.id } }); // want n-plus-one
      return subtree(above.parent);
    }
    async function below(ids) {
      const children = await prisma.node.findMany({ where: { parentId: { in: ids } }, take: 100 });
      return [...children, ...(await below(children))];
    }
    async function ensure(name) {
      const made = await prisma.user.create({ data: { name } });
      return ensure(made);
    }
    for (const name of names) await prisma[name].count();
    await Promise.all(names.map((name) => prisma[name].deleteMany()));`,
  'groups, all rows of which one query takes': `
    for (const [queueId, group] of byQueue) {
      await prisma.report.updateMany({ where: { id: { in: group.map((report) => report.id) } }, data: { queueId } });
      const fresh = group.filter((report) => report.isNew).map((report) => report.id);
      if (fresh.length > 0) await prisma.report.updateMany({ where: { id: { in: fresh } }, data: { queueId, isNew: false } });
    }
    await Promise.all(Object.entries(idsByTenant).map(([tenantId, ids]) => prisma.user.findMany({ where: { tenantId, id: { in: ids } } })));
    for (const [userId, posts] of byUser) {
      await prisma.user.findUnique({ where: { id: userId } }); // want n-plus-one
      for (const post of posts) await prisma.post.update({ where: { id: post.id }, data: { seen: true } }); // want n-plus-one
    }
    for (const [id, tags] of Object.entries(tagsByPost)) await prisma.post.findFirst({ where: { id, tags: { equals: tags } } }); // want n-plus-one
    for (const [id, { ids }] of Object.entries(listsByPost)) await prisma.tag.findMany({ where: { id: { in: ids } } }); // want n-plus-one
    for (const user of users) await prisma.post.findMany({ where: { id: { in: user.postIds } } }); // want n-plus-one`,
  'pages': `
    let cursor = null;
    do {
      const page = await prisma.user.findMany({ take: 100, cursor });
      cursor = page.at(-1)?.id;
    } while (cursor);
    for (let page = 0; ; page++) {
      const rows = await prisma.user.findMany({ take: 100, skip: page * 100 });
      if (rows.length < 100) break;
    }
    let hasMore = true;
    while (hasMore) {
      const rows = await prisma.user.findMany({ take: 100 });
      hasMore = rows.length === 100;
    }
    let rows;
    while ((rows = await prisma.user.findMany({ take: 100 })).length > 0) show(rows);`,
  'workers and shards, as many as were set up': `
    for (let id = 0; id < this.options.consumerCount; id++) await prisma.job.findFirst({ where: { id } });
    await Promise.all(Array.from({ length: shardCount }, (_, id) => prisma.job.findFirst({ where: { id } })));
    await Promise.all(Array.from({ length: concurrency }, (_, id) => prisma.job.findFirst({ where: { id } })));
    for (let id = 0; id < jobCount; id++) await prisma.job.findFirst({ where: { id } }); // want n-plus-one`,
  'the clock': `
    import { setInterval } from 'node:timers/promises';
    for await (const _ of setInterval(500)) await prisma.job.findFirst({ where: { open: true } });`,
  'attempts and polling': `
    for (let attempt = 0; attempt < maxAttempts; attempt++) {
      const job = await prisma.job.findFirst({ where: { id } });
      if (job.done) break;
    }
    let retries = 5;
    while (retries-- > 0) await prisma.job.findFirst({ where: { id } });
    while (!(await prisma.job.findFirst({ where: { id, done: true } }))) await sleep(1000);
    for (;;) {
      await prisma.job.findFirst({ where: { id } });
      await sleep(1000);
    }`,
  'a name that is not taken yet': `
    let slug = base;
    while (await prisma.page.findFirst({ where: { slug } })) slug = next(slug);
    for (let i = 1; i < 10; i++) {
      const taken = await prisma.page.findFirst({ where: { slug: base + i } });
      if (!taken) return base + i;
    }`,
  'one element is found, and then the loop is left': `
    for (const user of users) {
      if (user.id !== wanted) continue;
      const post = await prisma.post.findFirst({ where: { userId: user.id } });
      return post;
    }
    for (const user of users) {
      if (user.id === wanted) {
        await prisma.post.findFirst({ where: { userId: user.id } });
        break;
      }
    }
    for (const user of users) {
      if (user.broken) throw new Error(await prisma.text.findFirst({ where: { key: 'broken' } }));
    }`,
  'the query makes the list': `
    for (const user of await prisma.user.findMany({ take: 50 })) show(user);
    (await prisma.user.findMany({ take: 50 })).map((user) => user.name);
    const names = await prisma.user.findMany({ take: 50 }).then((users) => users.map((user) => user.name));
    users.reduce((all, user) => ({ ...all, [user.id]: user }), await prisma.user.findFirst());
    for (let i = 0, n = await prisma.user.count(); i < n; i++) show(i);`,
  'the loop stands within a callback of the query': `
    prisma.user.findMany({ take: 50 }).then((users) => {
      for (const user of users) show(user);
    });`,
  'a find of an array is no query': `
    import { users, roles } from './data';
    for (const user of users) {
      user.role = roles.find((role) => role.id === user.roleId);
      const known = users.filter((each) => each.team === user.team).map((each) => each.id).includes(user.id);
      show(user, known, byId.get(user.id), params.get('page'), cache.has(user.id), pattern.exec(user.name));
    }`,
  'routes that are registered in a loop run later': `
    import express from 'express';
    const app = express();
    for (const model of models) {
      app.get('/' + model.name, async (req, res) => res.json(await prisma.post.findFirst({ where: { id: req.params.id } })));
      router.route('/x').post(async (req, res) => res.json(await prisma.post.findFirst({ where: { id: req.params.id } })));
    }
    models.forEach((model) => {
      app.post(\`/\${model.name}\`, async (req, res) => res.json(await prisma.post.create({ data: req.body })));
    });`,
  'handlers that are registered in a loop run later': `
    for (const name of events) {
      bus.on(name, async (event) => { await prisma.event.create({ data: event }); });
      element.addEventListener('click', async () => { await prisma.event.create({ data: {} }); });
    }
    handlers.forEach((handler) => emitter.once(handler.name, async () => prisma.event.create({ data: handler })));
    for (const plan of plans) cron.schedule(plan.cron, async () => { await prisma.event.create({ data: plan }); });`,
  'a function that is made in a loop runs later': `
    for (const name of names) {
      api[name] = async (input) => prisma.post.findFirst({ where: { name, ...input } });
      class Source { load() { return prisma.post.findFirst({ where: { name } }); } }
    }
    const handlers = names.map((name) => ({ name, handle: async () => prisma.post.findFirst({ where: { name } }) }));`,
  'a query that stands in where no loader is at hand': `
    const load = (id, loaders) => (loaders ? loaders.user.load(id) : prisma.user.findFirst({ where: { id } }));
    export async function all(ids, { loaders }) {
      for (const id of ids) await load(id, loaders);
      for (const id of ids) await (loaders?.user.load(id) ?? prisma.user.findFirst({ where: { id } }));
      for (const id of ids) {
        if (loaders) await loaders.user.load(id);
        else await prisma.user.findFirst({ where: { id } });
      }
    }`,
  'a query that stands in where nothing was loaded': `
    export async function all(users, loaded) {
      for (const user of users) {
        const plan = loaded ? user.plan : await prisma.plan.findFirst({ where: { userId: user.id } }); // want n-plus-one
      }
    }`,
  'a loader asks once for all that one tick wants': `
    import DataLoader from 'dataloader';
    const posts = new DataLoader(async (ids) => {
      const rows = await prisma.post.findMany({ where: { id: { in: [...ids] } } });
      return ids.map((id) => rows.find((row) => row.id === id));
    });
    for (const user of users) user.posts = posts.load(user.id);
    await Promise.all(users.map((user) => posts.load(user.id)));`,
  'a batch is flushed when it is full': `
    let batch = [];
    for (const row of rows) {
      batch.push(row);
      if (batch.length >= 500) {
        await prisma.row.createMany({ data: batch });
        batch = [];
      }
    }
    if (batch.length > 0) await prisma.row.createMany({ data: batch });`,
  'recursion by way of another function is not followed': `
    async function ancestors(id) {
      const node = await prisma.node.findFirst({ where: { id } });
      return [...(await above(node)), node]; // miss: two functions that call each other
    }
    function above(node) { return node.parentId ? ancestors(node.parentId) : []; }`,
  'observables': `
    import { from, mergeMap, concatMap } from 'rxjs';
    users$.pipe(mergeMap((user) => prisma.post.findFirst({ where: { userId: user.id } }))); // miss: operators of RxJS that stand alone`,
});

test.each([
  ['for (const user of users) {', 'await prisma.post.findFirst({ where: { userId: user.id } });', 'every `user` of `users`'],
  ['while (queue.length > 0) { const next: User | undefined = queue.shift();', 'await prisma.post.findFirst({ where: { userId: next.id } });', 'every `next` of `queue`'],
  ['while (queue.length > 0) {', 'await prisma.post.findFirst({ where: { userId: queue.pop()!.id } });', 'every `element` of `queue`'],
])('what is gone over is told by its name: %s', async (head, query, told) => {
  const [finding] = await findingsIn({ 'a.ts': `${head}\n  ${query}\n}` }, [builtInLesson('n-plus-one')]);
  expect(finding!.message).toContain(told);
});

test('a chain over several lines is named as if it stood on one', async () => {
  const code = `
    const store = { posts: { of: (id) => prisma.post.findFirst({ where: { userId: id } }) } };
    await Promise.all(users.map((user) =>
      store
        .posts
        ?.of(user.id)));`;
  const [finding] = await findingsIn({ 'a.ts': code }, [builtInLesson('n-plus-one')]);
  expect(finding!.message).toContain('`store.posts?.of`');
});

test('of several queries in one loop the first names the lines of the others, and no step of its evidence leads there', async () => {
  const code = `
    for (const user of users) {
      user.posts = await prisma.post.findMany({ where: { userId: user.id } });
      user.team = await prisma.team.findFirst({ where: { id: user.teamId } });
      await prisma.visit.count({ where: { userId: user.id } }); await prisma.visit.count({ where: { teamId: user.teamId } });
    }`;
  const [finding, ...others] = await findingsIn({ 'a.ts': code }, [builtInLesson('n-plus-one')]);
  expect(others).toEqual([]);
  expect([finding!.line, finding!.message]).toEqual([3, '`prisma.post.findMany` goes to the database once for every `user` of `users`. The same goes for lines 4 and 5.']);
  expect(finding!.evidence.map(({ line }) => line)).toEqual([2, 3]);
});

samples('n-plus-one', {
  'events are worked on as they come, and a model calls a handful of tools': `
    for await (const event of streamEvents(session)) await prisma.event.findFirst({ where: { id: event.id } });
    for await (const message of consumer) await prisma.order.findFirst({ where: { id: message.orderId } });
    for await (const [change] of on(emitter, 'change')) await prisma.change.create({ data: change });
    await Promise.all(run.required_action.submit_tool_outputs.tool_calls.map(async (call) => prisma.entity.findFirst({ where: { name: call.name } })));
    const actions = run.required_action.submit_tool_outputs.tool_calls;
    for (const action of actions) await prisma.entity.findFirst({ where: { name: action.name } });
    for (const call of message.toolCalls) await prisma.entity.findFirst({ where: { name: call.name } });
    for await (const user of User.find().cursor()) await prisma.post.findMany({ where: { userId: user.id } }); // want n-plus-one
    for (const event of events) await prisma.event.findFirst({ where: { id: event.id } }); // want n-plus-one
    for await (const event of events.map(load)) await prisma.event.findFirst({ where: { id: event.id } }); // want n-plus-one`,
});
