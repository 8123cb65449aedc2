/**
 * What a database library looks like in source, as plain data. A library names the *kinds* of thing it hands out (a
 * client, a model, a query under construction), how each kind is obtained, and what its members do. One interpreter
 * (src/recognition) reads them all, so a new library is a new file here and nothing else.
 */

/** What a query does. `raw` runs text that could not be read. */
export type Verb = 'read-many' | 'read-one' | 'write' | 'aggregate' | 'raw';

/** One member that is called, and what the call does. */
export type Call = {
  /** It is a query of this verb (run at once, or when the chain ends, see `runs`). */
  verb?: Verb;
  /** The kind of what it gives back: the same library's, by name. */
  gives?: string;
  /** The kind of the first parameter of a function passed as this argument: `{ 0: 'client' }` for a transaction's callback. */
  callback?: Readonly<Record<number, string>>;
  /** Its arguments are a query and what is added to it, each made by a call of its own: `query(users, where('age', '>', 20), limit(10))`. */
  parts?: true;
  /** Which argument is the object with filters and limits. */
  options?: number;
  /** Which argument is the filter itself. */
  filter?: number;
  /** Which argument holds the text of the query. */
  text?: number;
  /** Gives the value for a placeholder of a statement: its name comes first, the value last. */
  binds?: true;
  /** The call limits the rows that come back, by any of these. */
  bounds?: Bound | readonly Bound[];
  /** Gives the rows of all queries that it is given: `unionAll(drafts, orders)`. */
  gathers?: true;
  /** Unasked, the server gives one page of rows. See `lifts`. */
  capped?: true;
  /** Takes that page's limit away: `.all()` of dynamoose. Options that do so are in the library's `options.lifts`. */
  lifts?: true;
  /**
   * Which argument is the owner of what is read, such as the key of a set: `members('online')` reads what everybody shares,
   * `members(key)` what belongs to one. -1 where the thing itself is the owner: `user.related('posts').query()`.
   */
  owner?: number | readonly number[];
  /** Equality or membership by a column: `where('id', x)`, `whereIn('id', ids)`, `eq('id', x)`. */
  condition?: { column: number; membership?: true };
  /** Only a call with this many arguments counts (`save()` of a document against `save(entity)`). */
  leastArguments?: number;
  /** All names that an object among its arguments may have. A call with others is of a method that the project has written itself. */
  takes?: ReadonlySet<string>;
  /** Already one statement for many rows (`createMany`, `bulkWrite`): the repair, not the trouble, where it replaces a loop. */
  bulk?: true;
  /** Which argument names the table, entity or model. */
  table?: number;
  /** Which argument is a list of steps, some of which limit the result. */
  pipeline?: number;
  /** Which argument names the columns: where all of them are aggregates, one row comes back. */
  columns?: number;
  /** Which argument is a list of queries that are sent in one go. */
  sends?: number;
  /** The library itself merges calls of one tick into one query (Prisma's `findUnique`). */
  batches?: true;
  /** Only queues work that a later call sends in one go. */
  queues?: true;
  /** Which argument is a command, made by a class or function of the library's `commands`: that one decides what the call does. */
  command?: number;
  /** Queries in a function passed here are one unit of work, for less than the sum of them: a transaction of a database within the process. */
  unites?: true;
  /** The kind of one row of what it reads. */
  row?: string;
  /** A relation of a row that is only asked for where the query before has not brought it along: which argument names it, -1 where the member does. */
  onceFor?: number;
};

/** Where a limit stands (-1 when it needs no argument), and how "no limit" is written there. */
export type Bound = { argument: number; none?: readonly string[] };

/** One kind of thing that a library hands out. */
export type Kind = {
  /** Names under which people keep it; believed only where the package is a dependency. */
  names?: RegExp;
  /** Names that it has without any import or declaration, such as the models of Sails; believed only where the package is a dependency. */
  globals?: RegExp;
  /** What `new` makes of it, where it is a class: a document of a model. */
  made?: string;
  /** Members that are read, and the kind they are; `'*'` for all others. */
  members?: Readonly<Record<string, string>>;
  /** Members that are called; `'*'` for all others. */
  calls?: Readonly<Record<string, Call>>;
  /** Members that are generated, by the shape of their names: a row's `getPosts()`. Asked after `calls`. */
  patterns?: readonly { name: RegExp; call: Call }[];
  /** The kind of one row of what it finds, once it is awaited. */
  row?: string;
  /** The thing itself is called: `knex('users')`, `` sql`…` ``. */
  called?: Call;
  /** A query under construction: what makes it run. Without it, a call with a verb runs at once. */
  runs?: 'when-awaited' | 'by-terminal';
};

/** Code that identifies the library by its shape alone, where nothing else can be seen. */
export type Shape = {
  /** The member that is called. */
  calls: readonly string[];
  /** The kind that the receiver then is. */
  on: string;
  /** An object literal stands in this argument and has at least one of these keys. */
  object?: { argument: number; anyOf: readonly string[] };
  /** The first argument is text that begins like SQL. */
  sqlText?: true;
  /** The receiver is itself a member (`prisma.user`, `this.db.post`): one name more between root and call. */
  ofMember?: true;
  /** The text of the receiver: `db.query.users` of `db.query.users.findMany()`. */
  under?: RegExp;
  /** One of these is called further along the chain: `find(…).toArray()`. */
  before?: readonly string[];
  /** The argument that is a command of the library. */
  command?: number;
  /** Nothing is given to the call. */
  bare?: true;
  /** The name alone is too common: it counts only where the package is a dependency. */
  dependent?: true;
};

/** What an export of the package is: used as it stands, made with `new` or by declared type, called, or extended by a class. */
export type Export = { is?: string; made?: string; result?: string; extended?: string; extendedInstance?: string };

export type Library = {
  /** The name that cards and reports use. */
  name: string;
  /** The name as its authors write it. */
  title: string;
  /** Specifiers, sub-paths included. */
  packages: readonly string[];
  /** Specifiers that are no package, such as a generated client's path. */
  paths?: RegExp;
  /** By the export's name; `default` and `*` as in an import, `'?'` for every other one. */
  exports: Readonly<Record<string, Export>>;
  kinds: Readonly<Record<string, Kind>>;
  shapes?: readonly Shape[];
  /** Decorators on a parameter or property that say what is injected: `InjectRepository` → kind. */
  injected?: Readonly<Record<string, string>>;
  /** Classes and functions whose result is given to a call that sends it, and what it then does: `client.send(new GetCommand(…))`. Arguments are its own. */
  commands?: Readonly<Record<string, Call>>;
  /** Names that stand for exports of the package without an import: types and classes that the platform declares. */
  globals?: Readonly<Record<string, string>>;
  /**
   * Methods that are put on a model after it was made, and the kinds that get them: by a schema, which is that argument of the call that makes the
   * model (`schema.statics.x = …`, `schema.methods.x = …`), or by the model itself (`User.x = …`, `User.prototype.x = …`).
   */
  lends?: { argument?: number; statics: string; methods: string };
  /** The language of its texts, where it is not SQL. */
  language?: 'cypher';
  /** Files in which the same names work on a copy in memory, so that nothing is asked. */
  inMemory?: RegExp;
  /** It mostly holds copies, counters and locks, so that a query of another library beside one of these tells more. */
  holdsCopies?: true;
  /** The kind of the parent object that field resolvers of GraphQL get, where rows themselves query. */
  resolverParent?: string;
  /** Decorators of a member of an entity: where its type is a promise, reading it asks for the rows that it relates to. */
  lazyRelations?: readonly string[];
  /** Keys of an options object that limit the result, that hold the filter, and that join other tables. */
  options?: {
    bounds: readonly string[];
    filter: readonly string[];
    /** The key that names the table: `collection` of `payload.find({ collection: 'posts' })`. */
    table?: string;
    /** Keys that group the rows. */
    groups?: readonly string[];
    /** Keys whose object holds options as well: `pagination: { limit }`. */
    nested?: readonly string[];
    /** Keys and the values of theirs that take the page's limit away: `limit: 0`. */
    lifts?: Readonly<Record<string, readonly (string | number | boolean | null)[]>>;
  };
  /** Functions that make one value of many rows: `count()`, `sum(…)`. */
  aggregates?: readonly string[];
  /** Functions that make a filter a list of given keys: `In([...])`, `inArray(col, ids)`. */
  membership?: readonly string[];
  /** What to write instead, as one clause for a sentence. `{table}` stands for the table's name. */
  repair: { read: string; write: string; limit: string };
};
