import { ts, type CallExpression, type Expression, type Node, type PropertyAccessExpression, type TaggedTemplateExpression } from '../code/compiler.ts';
import { declarationOf, specifierOf } from '../code/scope.ts';
import type { Scene } from '../code/scene.ts';
import { argument, bare, enclosingFunction, inOneLine, isAwaitedWithin, isFunctionBody, memberAccess, pathOf, propertyOf, stepAt, wrapped } from '../code/syntax.ts';
import { libraries } from '../libraries/index.ts';
import type { Library, Verb } from '../libraries/library.ts';
import type { Step } from '../model.ts';
import { limitedByOthers } from './handed-on.ts';
import { callOn, handleByName, handleOf, promiseMembers, type Handle } from './handle.ts';
import { leadsSomewhere } from './known-libraries.ts';
import { isAggregating } from './query-aggregates.ts';
import { argumentOf, argumentsOf, optionsAt } from './query-arguments.ts';
import { boundedOf, isBounded, isOnePage } from './query-bounds.ts';
import { chainOf, isAmongTables, laterOperations, mayBeBegun, mayBeCalledClient, operationsAt, operationsOf, outerMember, type Operation } from './query-chain.ts';
import { takesOneOnly } from './one-taken.ts';
import { bringingForLoad, lazyRelationAt, type LazyRead } from './relations.ts';
import { promisedMethod } from './promised-method.ts';
import { isBuilding, isRun, mayReadWhole, runOf, runsOf } from './query-runs.ts';
import type { Lack } from './row-lacks.ts';
import { isUsedAtOnce } from './used-at-once.ts';
import { says, tableOf } from './query-says.ts';
import { scopeOf, type Scope } from './query-scope.ts';
import { plainText, readText, textOf } from './query-text.ts';
import { isBatchable, isOfEachClient, isOfEachTable, writtenFrom, type Given } from './query-writes.ts';
import { looksLikeSql, type SqlFacts } from './sql-text.ts';

/** A query that code asks a database, as far as its own text tells. */
export type Query = {
  node: CallExpression | TaggedTemplateExpression | PropertyAccessExpression;
  library: Library;
  verb: Verb;
  /** Whether the rows that come back are limited. Undefined where that cannot be seen. */
  bounded: boolean | undefined;
  /** How far the filter reaches: everything, all of one tenant, the children of one parent, or as far as a filter goes that cannot be seen. */
  scope: Scope | undefined;
  table: string | undefined;
  /** The call as a reader would say it: `prisma.post.findMany`. */
  says: string;
  /** One statement for many rows. */
  bulk: boolean;
  /** Whether one statement could do the same for all rows: reads, inserts, deletes, and updates that write the same values. */
  batchable: boolean;
  /** Parameters of the function around whose values an update writes. */
  writtenFrom: readonly Given[];
  /** The library merges calls of the same tick. */
  batches: boolean;
  /** Every round of the loop around asks another table or another database, so that one query could not stand for all. */
  eachTable: boolean;
  /** Where else it stands that is put together over several statements: its beginning, and what runs it. */
  elsewhere?: readonly Step[];
  /** For a relation that is loaded unless it is there: the row and its relation, and where the row comes from without it, as far as that is another function. */
  lacked?: Lack & { from: readonly Step[] };
};

const ofQuery = Symbol('query');

/** The query that this call is; undefined when it is none, or only a part of one. */
export function queryAt(node: Node, scene: Scene): Query | undefined {
  if (ts.isTaggedTemplateExpression(node)) return scene.remember(ofQuery, node, () => taggedQuery(node, scene), undefined);
  if (ts.isPropertyAccessExpression(node)) {
    const read = lazyRelationAt(node, scene);
    return read && queryOfRead(read);
  }
  if (!ts.isCallExpression(node)) return undefined;
  return scene.remember(ofQuery, node, () => calledQuery(node, scene) ?? promisedQuery(node, scene) ?? ownQuery(node, scene), undefined);
}

/** A relation that is loaded by being read: the rows of one parent, or one row. */
function queryOfRead({ node, library, isMany, from }: LazyRead): Query {
  return {
    node, library, verb: isMany ? 'read-many' : 'read-one', bounded: undefined, scope: 'parent', table: undefined,
    says: inOneLine(node, 60), bulk: false, batchable: true, writtenFrom: [], batches: false, eachTable: false, lacked: { row: node.expression, relation: node.name.text, from },
  };
}

/** A call that the repository itself says to be a query: a wrapper that no library's data knows. */
function ownQuery(node: CallExpression, scene: Scene): Query | undefined {
  const known = scene.own?.get('db-call')?.at(node, scene);
  if (!known) return undefined;
  const { verb = 'raw', bounded, scope, table, client, batched, batchable } = known;
  return {
    node,
    library: ownLibrary(typeof client === 'string' ? client : 'the own code of this repository'),
    verb: verb as Verb,
    bounded: typeof bounded === 'boolean' ? bounded : undefined,
    scope: scope as Scope | undefined,
    table: typeof table === 'string' ? table : undefined,
    says: inOneLine(node.expression, 60),
    bulk: false,
    batchable: batchable !== false,
    writtenFrom: [],
    batches: batched === true,
    eachTable: false,
  };
}

function ownLibrary(title: string): Library {
  return {
    name: 'own', title, packages: [], exports: {}, kinds: {},
    repair: { read: 'one call with all ids, before the loop, loads the same rows at once', write: 'one call with all rows does the same work', limit: 'a limit and a cursor read them page by page' },
  };
}

function calledQuery(node: CallExpression, scene: Scene): Query | undefined {
  if (!mayQuery(node, scene) || isUsedAtOnce(node, scene)) return undefined;
  if (isInnerLink(node, scene)) return undefined;
  const operations = operationsOf(node, scene);
  const last = operations.findLast((operation) => !operation.maybe);
  if (!last || last.at !== node || last.handle.library.inMemory?.test(pathOf(node))) return undefined;
  return queryOf(node, operations, scene);
}

/** `getOrder(id)`, which `promisify(db.get.bind(db))` has made: the method, called. */
function promisedQuery(node: CallExpression, scene: Scene): Query | undefined {
  if (!mayBePromised(node, scene)) return undefined;
  const method = promisedMethod(scene.valueOf(node.expression));
  const handle = method && (handleOf(method.of, scene) ?? handleByName(method.of, scene)[0]);
  const call = handle && callOn(handle, method.name);
  return call?.verb ? queryOf(node, [{ call, name: method!.name, link: undefined, at: node, given: node, handle: handle!, maybe: false }], scene) : undefined;
}

/** True where this file, or the one that the called thing is imported from, makes promises of methods. Clients that give promises themselves need none. */
function mayBePromised(node: CallExpression, scene: Scene): boolean {
  const file = node.getSourceFile();
  if (scene.remember(ofPromises, file, () => /promisif|\bpify\b|denodeify/.test(file.text), false)) return true;
  const dependencies = scene.dependencies(pathOf(node));
  if (!callbackClients.some((each) => dependencies?.has(each))) return false;
  const callee = bare(node.expression);
  const root = memberAccess(callee)?.of ?? callee;
  const from = ts.isIdentifier(root) ? specifierOf(root) : undefined;
  const name = from?.slice(from.lastIndexOf('/') + 1).replace(/\.[cm]?[jt]s$/, '');
  return name !== undefined && ['promisify', 'pify'].some((word) => scene.files.mentioning(word)?.some((path) => path.split('/').slice(-2).some((part) => part.replace(/\.\w+$/, '') === name)));
}

const ofPromises = Symbol('makes promises of methods');
const callbackClients = ['sqlite3', 'mysql', 'mysql2', 'redis', 'memcached', 'oracledb', 'cassandra-driver', 'nedb'];

/** Names of calls that are queries in some library. A chain without one of them is no query, whatever it hangs on. */
const queryNames = new Set(libraries.flatMap(({ kinds }) => Object.values(kinds).flatMap(({ calls }) => Object.entries(calls ?? {}).filter(([, call]) => call.verb).map(([name]) => name))));
/** Calls that send a command, and the places where it stands. */
const senders = new Map(libraries.flatMap(({ kinds }) => Object.values(kinds).flatMap(({ calls }) => Object.entries(calls ?? {}).flatMap(([name, { command }]) => (command === undefined ? [] : [[name, command] as const])))));
/** Functions of packages that are queries by themselves: `getDoc(reference)`. */
const functionNames = new Set(libraries.flatMap(({ exports, kinds }) => Object.entries(exports).filter(([name, { is }]) => name !== 'default' && name !== '*' && kinds[is ?? '']?.called?.verb).map(([name]) => name)));
const commandNames = new Set(libraries.flatMap(({ commands }) => Object.keys(commands ?? {})));
const patterns = libraries.flatMap(({ kinds, packages }) => Object.values(kinds).flatMap(({ patterns }) => (patterns ?? []).map(({ name }) => ({ name, packages }))));

/** What calls of a name do, in whatever library. */
const verbsOfNames = new Map<string, Set<Verb>>();
for (const { kinds } of libraries) for (const { calls } of Object.values(kinds)) for (const [name, { verb }] of Object.entries(calls ?? {})) if (verb) verbsOfNames.set(name, (verbsOfNames.get(name) ?? new Set()).add(verb));

/** False where the names along a chain rule out that it is a query of these verbs: what `create` gives is no list of rows. What its text says is open. */
export function mayHaveVerb(node: Node, verbs: readonly unknown[]): boolean {
  if (!ts.isCallExpression(node)) return true;
  return chainOf(node).links.some((link, at, links) => {
    const { name, call } = link;
    if (!call || isOfList(name, call)) return false;
    const known = verbsOfNames.get(name);
    return name === '' || mayBeCalledClient(link, links[at + 1]) || mayBeBegun(link, links[at + 1]) || known?.has('raw') || verbs.some((verb) => known?.has(verb as Verb)) || senders.has(name) || patterns.some((pattern) => pattern.name.test(name));
  });
}

function mayQuery(node: CallExpression, scene: Scene): boolean {
  const { links } = chainOf(node);
  return links.some((link, at) => {
    const { name, call } = link;
    if (!call || isOfList(name, call)) return false;
    if (mayBeBegun(link, links[at + 1])) return true;
    if (mayBeCalledClient(link, links[at + 1]) && (takingTables.includes(name) || mayTakeTable(call, links[at + 1]?.name, scene))) return true;
    if (name !== '') return queryNames.has(name) || (senders.has(name) && mayCommand(argument(call, senders.get(name)!))) || mayBeGenerated(name, node, scene);
    return functionNames.has(inOneLine(call.expression, 40)) || mayTakeTable(call, links.length > 1 ? links[1]!.name : undefined, scene);
  });
}

/** A member whose name is generated, such as `user.getPosts()`, where the project has a library that does so. */
function mayBeGenerated(name: string, node: CallExpression, scene: Scene): boolean {
  return patterns.some((pattern) => pattern.name.test(name) && isAmongDependencies(pattern.packages, node, scene));
}

/** What is called on lists, texts and numbers. */
const ofPlainValues = /^(?:map|filter|forEach|reduce|includes|some|every|find|slice|split|trim|replace(?:All)?|to(?:String|Fixed|LowerCase|UpperCase|ISOString|Be|Equal|StrictEqual)|startsWith|endsWith|push|sort|flat|flatMap|padStart|format)$/;

/** `rows.filter((row) => …)`: lists ask functions, databases are asked with values. */
function isOfList(name: string, { arguments: [first] }: CallExpression): boolean {
  return first !== undefined && isFunctionBody(bare(first)) && ofPlainValues.test(name);
}

/** `knex('users')` reads a table, alone or with more behind it; any other plain call is a function of somebody's. */
function mayTakeTable({ arguments: [first] }: CallExpression, next: string | undefined, scene: Scene): boolean {
  if (!first || (next !== undefined && (promiseMembers.has(next) || ofPlainValues.test(next)))) return false;
  if (!ts.isStringLiteralLike(first)) return next !== undefined || ts.isTemplateExpression(first) || (namesTable(first) && isAmongDependencies(takingTables, first, scene));
  return looksLikeSql(first.text) || (/^[\w$.]+(?:\s+(?:as\s+)?\w+)?$/i.test(first.text) && isAmongDependencies(takingTables, first, scene));
}

/** `TABLE`, `USERS_TABLE`, `tables.users`, `tableName`, `this.table`. */
function namesTable(node: Expression): boolean {
  const access = memberAccess(bare(node));
  if (isAmongTables(node)) return true;
  const name = access ? memberAccess(access.of)?.name ?? (ts.isIdentifier(access.of) ? access.of.text : '') : ts.isIdentifier(node) ? node.text : '';
  return /table/i.test(name) || /^table(?:_?[nN]ame)?$/.test(access?.name ?? '') || (!access && /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/.test(name));
}

/** Packages whose client is called with the name of a table. */
const takingTables = libraries.filter(({ kinds }) => Object.values(kinds).some(({ called }) => called?.table !== undefined)).flatMap(({ packages }) => packages);

/** True where a file's project has one of these packages, or does not say what it has. */
export function isAmongDependencies(packages: readonly string[], node: Node, scene: Scene): boolean {
  const dependencies = scene.dependencies(pathOf(node));
  return !dependencies || packages.some((each) => dependencies.has(each));
}

/** `new GetCommand(…)`, `readItems(…)`, or a name that may stand for one. */
function mayCommand(given: Expression | undefined): boolean {
  const node = given && bare(given);
  if (!node) return false;
  const made = ts.isNewExpression(node) || ts.isCallExpression(node) ? node.expression : undefined;
  if (made) return commandNames.has(memberAccess(made)?.name ?? (ts.isIdentifier(made) ? made.text : ''));
  return ts.isIdentifier(node) && declarationOf(node)?.kind === 'variable';
}

/** True when a further call on this one is still part of the same query, so that the outer call speaks for it. */
function isInnerLink(node: CallExpression, scene: Scene): boolean {
  const access = outerMember(node);
  if (!access || promiseMembers.has(access.name)) return false;
  const outer = operationsOf(access.call, scene);
  return outer.some((operation) => operation.at === access.call);
}

/** The query that a call is, by what is done along its chain, or in the function that it hands a query to. */
export function queryOf(node: CallExpression, along: readonly Operation[], scene: Scene): Query | undefined {
  const own = asBegun(along, scene);
  const handle = own.findLast((operation) => !operation.maybe)!.handle;
  const runs = handle.library.kinds[handle.kind]?.runs ?? handle.library.kinds[own.at(-1)?.call.gives ?? '']?.runs;
  const operations = [...own, ...laterOperations(node, scene)];
  const verbs = own.filter((operation) => operation.call.verb);
  if (verbs.length === 0) return undefined;
  if (runs === 'by-terminal' && !own.findLast((operation) => !operation.maybe)!.call.verb) return undefined;
  // `.as('sub')`, `.toSQL()`: a query that is described, not asked.
  const end = own.findLast((operation) => !operation.maybe)!.call;
  if (runs !== undefined && !end.verb && !end.gives && !end.queues) return undefined;
  // A chain on a kept query is its continuation; the making speaks for both, unless the end alone runs it.
  if (runs === 'when-awaited' && (own[0]?.maybe || !isRun(node, scene))) return undefined;
  const built = isAggregating(own, handle.library) ? 'aggregate' : strongest(verbs.map((operation) => operation.call.verb!));
  const verb = (built === 'read-many' && runs === 'when-awaited' ? verbOfRuns(node, scene) : undefined) ?? built;
  const written = verb === 'raw' || verb === 'write' ? sqlOf(own, scene) : undefined;
  if (written?.aside) return undefined;
  const sql = verb === 'raw' ? written : undefined;
  const table = sql ? sql.table : tableOf(own, scene);
  const bringing = end.onceFor !== undefined && ts.isCallExpression(node) ? bringingForLoad(node, end.onceFor, scene) : undefined;
  if (bringing && bringing.says !== 'missing') return undefined;
  const isPage = isOnePage(operations, handle.library, scene);
  if (verb === 'raw' && !sql && runs === 'when-awaited' && isFragment(node, own, scene)) return undefined;
  const seen = isPage !== false ? isPage : sql ? isBounded(operations, handle.library, scene) || sql.bounded : verb === 'raw' ? undefined : boundedOf(operations, end, handle.library, scene);
  const gathered = own.find(({ call }) => call.gathers);
  const bounded = seen === false && (isGivenQuery(node, own[0]!) || (runs === 'when-awaited' && verb === 'read-many' && !mayReadWhole(node, scene))) ? undefined : seen === false && gathered ? boundedTogether(gathered, scene) : seen === false && verb === 'read-many' ? limitedByOthers(node, handle.library, scene) : seen;
  return {
    node,
    library: handle.library,
    verb: sql?.verb ?? verb,
    // A row is chosen, and only the first taken: which key makes it the only one is for the schema to know. Where rows are sorted, more are meant.
    bounded: bounded === false && (sql ? sql.chosen : isChosen(operations, scene)) && takesOneOnly(node) ? undefined : bounded,
    scope: sql ? sql.scope : scopeOf(operations, handle.library, scene),
    table,
    says: says(node, own),
    bulk: verbs.some((operation) => operation.call.bulk),
    batchable: verb !== 'write' || isBatchable(node, own),
    writtenFrom: verb === 'write' ? writtenFrom(node, own) : [],
    batches: own.some((operation) => operation.call.batches),
    eachTable: isOfEachTable(node, own) || isOfEachClient(node, own.find((operation) => !operation.maybe)!),
    elsewhere: stepsOf(node, own, scene),
    ...(bringing?.says === 'missing' && bringing.lack && { lacked: { ...bringing.lack, from: bringing.from } }),
  };
}

/** The lines of the same file where a query begins that was kept in a variable, and where what is kept is run. */
function stepsOf(node: CallExpression, own: readonly Operation[], scene: Scene): Step[] {
  const begins = own[0]?.maybe ? own[0].at : undefined;
  const { line } = stepAt(node);
  return [begins, runOf(node, scene)].flatMap((each) => (each?.getSourceFile() === node.getSourceFile() ? stepAt(each) : [])).filter((step) => step.line !== line);
}

/** `this.baseQuery().where(…)`: what a function began that only builds, this call reads; where the function itself runs it, it is told there. */
function asBegun(own: readonly Operation[], scene: Scene): readonly Operation[] {
  const begun = own.find(({ began }) => began);
  if (!begun || (begun.name !== 'queryBuilder' && !isBuilding(enclosingFunction(begun.at), scene))) return own;
  return own.map((each) => (each.began ? { ...each, call: { ...each.call, verb: each.began }, maybe: false } : each));
}

/** `query.get()`, where the query is a parameter: what limits it is known to whoever calls the function. */
function isGivenQuery(node: CallExpression, { handle }: Operation): boolean {
  const { root } = chainOf(node);
  return handle.library.kinds[handle.kind]?.runs !== undefined && ts.isIdentifier(root) && declarationOf(root)?.kind === 'parameter';
}

/** True where a filter chooses the rows and nothing sorts them. */
function isChosen(operations: readonly Operation[], scene: Scene): boolean {
  let chosen = false;
  // `with('upserted', …).from('upserted')`: what chooses stands in the query that is named before.
  const table = tableOf(operations, scene);
  if (table !== undefined && operations.some(({ name, given }) => /^with(?:Recursive|Materialized)?$/.test(name) && argumentOf(given, 0)?.getText().slice(1, -1) === table)) chosen = true;
  for (const { call, name, given, handle } of operations) {
    if (/^(?:orderBy|order|sort|addOrderBy|orderByRaw)$/.test(name)) return false;
    if (call.condition || (call.filter !== undefined && argumentOf(given, call.filter))) chosen = true;
    const options = call.options === undefined || ts.isTaggedTemplateExpression(given) ? undefined : optionsAt(given, call.options, scene);
    if (!options || options === 'hidden') continue;
    if (['orderBy', 'order', 'sort'].some((key) => propertyOf(options, key))) return false;
    if (handle.library.options?.filter.some((key) => propertyOf(options, key))) chosen = true;
  }
  return chosen;
}

/** `raw('NULL')` as a value among others: text that is no statement, and that nobody awaits. */
function isFragment(node: CallExpression, own: readonly Operation[], scene: Scene): boolean {
  if (ts.isAwaitExpression(node.parent)) return false;
  const text = own.map(({ call, given }) => (call.text === undefined ? undefined : textOf(argumentOf(given, call.text), scene))).find((each) => each !== undefined);
  return text !== undefined && !/^\s*\$\$/.test(text) && !looksLikeSql(text) && !/^\s*(?:call|exec(?:ute)?|begin|commit|rollback|set|show|lock|vacuum|analyze|refresh|listen|notify|pragma)\b/i.test(text);
}

/** Of the verbs along a chain the one that decides: `select().from().where().limit(1)` reads, `insert().returning()` writes. */
function strongest(verbs: readonly Verb[]): Verb {
  for (const verb of ['write', 'aggregate', 'read-one', 'raw'] as const) if (verbs.includes(verb)) return verb;
  return 'read-many';
}

/** `const posts = knex('posts'); … await posts.insert(post)`: what all runs of a kept builder do, where none of them reads a list; `posts.update(values);` makes all of them writes. */
function verbOfRuns(node: CallExpression, scene: Scene): Verb | undefined {
  if (laterOperations(node, scene).some(({ call, at }) => call.verb === 'write' && ts.isExpressionStatement(wrapped(at).parent) && !isAwaitedWithin(at, wrapped(at)))) return 'write';
  const verbs = runsOf(node, scene).map((run) => strongest(operationsAt(run, node, scene).flatMap(({ call }) => call.verb ?? [])));
  return verbs.length === 0 || verbs.some((verb) => verb === 'read-many' || verb === 'raw') ? undefined : strongest(verbs);
}

/** Whether each of the queries is limited whose rows are given together: one that is not leaves the whole open. */
function boundedTogether({ given }: Operation, scene: Scene): boolean | undefined {
  const parts = argumentsOf(given).map((each) => {
    const made = scene.valueOf(each);
    const own = made.kind === 'result' ? operationsOf(made.node, scene) : [];
    const end = own.at(-1);
    if (made.kind !== 'result' || !end) return undefined;
    return isAggregating(own, end.handle.library) || boundedOf([...own, ...laterOperations(made.node, scene)], end.call, end.handle.library, scene);
  });
  return parts.includes(false) ? false : parts.length === 0 || parts.includes(undefined) ? undefined : true;
}

/** What the text of a statement says, also where it was prepared before it is run. */
function sqlOf(operations: readonly Operation[], scene: Scene): SqlFacts | undefined {
  for (const { call, given, handle } of operations) {
    if (call.text === undefined || ts.isTaggedTemplateExpression(given)) continue;
    const text = textOf(given.arguments?.[call.text], scene);
    const facts = text === undefined ? undefined : readText(text, handle.library);
    if (facts) return facts;
  }
  return undefined;
}

function taggedQuery(node: TaggedTemplateExpression, scene: Scene): Query | undefined {
  if (ts.isTemplateSpan(wrapped(node).parent)) return undefined; // a fragment inside another tag
  const access = memberAccess(bare(node.tag));
  const holder = access ? (handleOf(access.of, scene) ?? handleByName(access.of, scene)[0] ?? handleByTag(access, scene)) : undefined;
  const call = access && holder ? callOn(holder, access.name) : undefined;
  const own = call?.verb ? undefined : (handleOf(node.tag, scene) ?? handleByName(node.tag, scene).find(({ library, kind }) => library.kinds[kind]?.called?.text !== undefined));
  const called = own && own.library.kinds[own.kind]?.called;
  const how = call?.verb ? call : called;
  const library = call?.verb ? holder?.library : own?.library;
  if (!how?.verb || !library) return undefined;
  if (called && library.kinds[own!.kind]?.runs === 'when-awaited' && !isRun(node as never, scene)) return undefined;
  const written = readText(plainText(node.template), library);
  if (written?.aside) return undefined;
  const sql = how.verb === 'write' ? undefined : written;
  // `` sql`…`.cursor(100) `` reads in portions.
  const next = how.gives === undefined ? undefined : outerMember(node);
  const end = next && callOn({ library, kind: how.gives! }, next.name);
  if (called && library.kinds[own!.kind]?.runs === 'by-terminal' && !end?.verb) return undefined;
  const isLimited = end?.bounds !== undefined;
  return {
    node, library, verb: sql?.verb ?? how.verb, bounded: isLimited || (sql?.bounded === false && sql.chosen && takesOneOnly(node) ? undefined : sql?.bounded), scope: sql?.scope, table: sql?.table,
    says: says(node), bulk: false, batchable: true, writtenFrom: [], batches: false, eachTable: false,
  };
}

/** `` db.$queryRaw`…` ``: a tag whose name alone says whose it is. */
function handleByTag({ of, name }: { of: Expression; name: string }, scene: Scene): Handle | undefined {
  if (leadsSomewhere(scene.valueOf(of))) return undefined;
  for (const library of libraries) {
    const shape = library.shapes?.find((each) => each.calls.includes(name) && !each.object && !each.sqlText && !each.ofMember && !each.under);
    if (shape) return { library, kind: shape.on };
  }
  return undefined;
}
