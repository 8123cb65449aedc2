import { ts, type CallExpression, type Expression, type Node } from '../code/compiler.ts';
import { declarationOf } from '../code/scope.ts';
import type { Scene } from '../code/scene.ts';
import { argument, bare, calleeName, inOneLine, isFunctionBody, memberAccess, pathOf } from '../code/syntax.ts';
import { libraries } from '../libraries/index.ts';
import { clientLimit } from '../recognition/client-limit.ts';
import { functionRun, isOfTheLanguage, type Done } from '../recognition/behind-calls.ts';
import { answeredFromCache } from '../recognition/cached-calls.ts';
import { bringingOf, type Bringing } from '../recognition/brought-along.ts';
import { queries } from '../recognition/queries-of-function.ts';
import { queryByWrapper, saysSql } from '../recognition/query-by-wrapper.ts';
import { mayHandOver, queryHandedOver } from '../recognition/query-handed-over.ts';
import { isForAdmins } from '../recognition/for-admins.ts';
import { limitLeftOut } from '../recognition/limit-left-out.ts';
import { isLimitOptional } from '../recognition/optional-limit.ts';
import { isKeptFew } from '../recognition/kept-few.ts';
import { oneByOne, type OneByOne } from '../recognition/one-by-one.ts';
import { mayGiveList } from '../recognition/open-query.ts';
import { givesEachClient, givesOthers } from '../recognition/query-writes.ts';
import { mayHaveVerb, queryAt, type Query } from '../recognition/query.ts';
import { readFor, type ReadFor } from '../recognition/read-for.ts';
import { mayBeLazyRead } from '../recognition/relations.ts';
import { bringingInstead, lackAround } from '../recognition/row-lacks.ts';
import { isAwaitedAlone, isInsteadOfLoader, isSentTogether, isUnited } from '../recognition/sent-together.ts';
import { mayTakeStatement, queryByStatement } from '../recognition/statement-handed-over.ts';
import { takesWholeGroup } from '../recognition/whole-groups.ts';
import type { Asked, CodeWord, Recognition } from './word.ts';

type DbCall = {
  verb: string;
  bounded: boolean | undefined;
  scope: string | undefined;
  client: string;
  table: string | undefined;
  via: 'direct' | 'call';
  call: string;
  /** Calls go to the database together. */
  batched: boolean;
  /** One statement could do the same for all rows. */
  batchable: boolean;
  /** Every round of the loop around asks another table. */
  'each-table': boolean;
  /** Why the elements of the loop around are each done by themselves. */
  'one-by-one'?: OneByOne | undefined;
  /** What the rows are read for. */
  'read-for'?: ReadFor | undefined;
  /** Nobody can add more than a few rows. */
  'kept-few'?: true | undefined;
  /** Only administrators get here. */
  'for-admins'?: boolean;
  /** Who says how many rows come back, where that is a client and nothing caps it. */
  'limited-by'?: 'client';
  /** The limit as the code reads it. */
  limit?: string;
  /** It is limited only where somebody wants it to be. */
  'optional-limit'?: true;
  /** The function that is called takes a limit, and the call leaves it out. */
  'leaves-out'?: 'limit';
};

export const dbCall: CodeWord<DbCall> = {
  name: 'db-call',
  summary: 'a call that asks a database, itself or through functions of this repository',
  sees: `${libraryTitles().join(', ')}, by imports, constructors, declared types, decorators and unmistakable shapes; calls of functions, methods, injected classes and constructors that lead to one, across files; events that a listener takes up which stands beside the emitter, or (with Nest) in a file for listeners nearby; relations that are loaded by being read, by \`load\` or \`init\`, or by a query that stands in for them (\`user.posts ?? (await …)\`), where the query before has not brought them along, across files`,
  blindTo: 'handles that come out of untyped parameters with unusual names; what a container hands over, or what is put on an application or a context, under a name that says nothing of storing or loading, or that two places give; interfaces without a class, or whose class bears another name and lies elsewhere; members by a computed name; relations that an entity loads eagerly, or whose names a caller gives; more than five calls between loop and query',
  reads: 'code',
  attributes: {
    verb: { means: 'what the query does', values: ['read-many', 'read-one', 'write', 'aggregate', 'raw'] },
    bounded: { means: 'whether the rows that come back are limited', values: [true, false] },
    scope: { means: 'how far the filter reaches: everything, all of one tenant, the children of one parent, or as far as a filter goes that stands elsewhere', values: ['none', 'tenant', 'parent', 'hidden'] },
    client: { means: 'the library, such as `prisma`' },
    table: { means: 'the table, model or collection' },
    via: { means: '`direct` when the call is the query, `call` when it leads to one', values: ['direct', 'call'] },
    call: { means: 'the call as a reader would say it, such as `prisma.post.findMany`' },
    batched: { means: 'such calls go to the database together: the library merges those of one tick, or they are collected and sent in one go', values: [true, false] },
    batchable: { means: 'one statement could do the same for all rows; false for an update that writes other values to each', values: [true, false] },
    'each-table': { means: 'the loop right around goes over tables or databases: every round asks another one', values: [true, false] },
    'one-by-one': {
      means: 'why each element of the loop around is done by itself, where the code shows it: all start at once and the library may have them `merged`; a field resolver asks only where its parent does not carry the field (`unless-loaded`); it is a `migration` or a backfill, as the names around say; it takes or frees a `lock`; it is an `operation` that writes to several tables, or reads some and writes; an `effect` comes with each element anyway, such as a request, a mail or a pause; its rounds are `chained`, each asking by what the one before has found; a `step` of a durable workflow is its own; a `transaction` is begun for it; a write says the `outcome`, once its mail was sent, its file stored, its request made, or once it failed; its writes are `isolated`, their failure caught while the others go on; what is asked for is kept, and asked for `once` a key; its rows are read in `pages`; or all at once was tried before (`fallback`)',
      values: ['merged', 'unless-loaded', 'migration', 'lock', 'operation', 'effect', 'chained', 'step', 'transaction', 'outcome', 'isolated', 'once', 'pages', 'fallback'],
    },
    'read-for': { means: '`lookup` where all rows only fill a set, a map or an object in which something else is looked up, `work` where something is done with each of them and neither a caller nor a request is given any, and they are small or worked on in batches', values: ['lookup', 'work'] },
    'kept-few': { means: 'the same file turns away who adds more than a number that it names', values: [true] },
    'for-admins': { means: 'only administrators get here: a check, a guard or a decorator around says so', values: [true, false] },
    'limited-by': { means: '`client` where a request names the limit, here or by way of calls, and nothing on the way caps it', values: ['client'] },
    limit: { means: 'that limit as the code reads it, such as `req.query.limit`' },
    'optional-limit': { means: 'nothing limits it but an argument that callers may leave out, which has no default, or a page that somebody may ask for or not', values: [true] },
    'leaves-out': { means: '`limit` where the function that is called takes a limit, and nothing else limits its query, but the call gives none', values: ['limit'] },
  },
  kinds: () => [ts.SyntaxKind.CallExpression, ts.SyntaxKind.NewExpression, ts.SyntaxKind.TaggedTemplateExpression, ts.SyntaxKind.Identifier, ts.SyntaxKind.PropertyAccessExpression],
  mayBe(node, asked) {
    if ((ts.isCallExpression(node) || ts.isNewExpression(node)) && isOfTheLanguage(node)) return false;
    if (ts.isCallExpression(node)) return asked['leaves-out'] ? mayGiveList(node) : !asked['verb'] || !asksForDirectOnly(asked) || mayHaveVerb(node, asked['verb']) || saysSql(node) || mayHandOver(node) || mayTakeStatement(node);
    return !asked['leaves-out'] && (ts.isTaggedTemplateExpression(node) || mayBeLazyRead(node) || (!asked['limited-by'] && !asksForDirectOnly(asked) && (ts.isNewExpression(node) || isHandedOver(node))));
  },
  followsCalls: true,
  heeds: ['via', 'limited-by', 'leaves-out', 'verb', 'one-by-one', 'read-for', 'kept-few', 'for-admins'],
  recognise(node, scene, asked) {
    if (asked?.['limited-by']) return byClient(node, scene);
    if (asked?.['leaves-out']) return withoutLimit(node, scene);
    const query = (isRuledOut(node, scene, asked) ? undefined : queryAt(node, scene)) ?? queryByWrapper(node, scene) ?? queryHandedOver(node, scene) ?? queryByStatement(node, scene);
    if (query) return withReason(ofQuery(query, node as Expression, scene), node, [{ what: query, chain: [] }], scene, asked);
    if (asksForDirectOnly(asked)) return undefined;
    const bound = boundFunction(node);
    if (bound) return behind(queriesOfValue(bound, scene), bound, scene);
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      const reached = queries.behind(node, scene).filter(({ what: { library } }) => !library.inMemory?.test(pathOf(node)));
      return withReason(behind(reached, ts.isCallExpression(node) ? node.expression : node, scene), node, reached, scene, asked);
    }
    const handed = isHandedOver(node) ? queriesOfValue(node, scene) : [];
    return withReason(behind(handed, node, scene), node, handed, scene, asked);
  },
};

/** As a reader looks for them, whatever their case; without a collator, which takes longer to load than all else here. */
function libraryTitles(): string[] {
  const lower = (title: string): string => title.toLowerCase();
  return libraries.map(({ title }) => title).toSorted((one, other) => (lower(one) < lower(other) ? -1 : 1));
}

/** Who asks for queries of some verbs alone need not know what stands behind names of others. A repository may call its own queries anything. */
function isRuledOut(node: Node, scene: Scene, asked: Asked | undefined): boolean {
  return asked?.['verb'] !== undefined && asksForDirectOnly(asked) && !scene.own?.has('db-call') && !mayHaveVerb(node, asked['verb']);
}

/** Why it is done one by one, what for, or for whom, takes a look around, which only who asks for it pays for. */
function withReason(told: Recognition<DbCall> | undefined, node: Node, reached: readonly Done<Query>[], scene: Scene, asked: Asked | undefined): Recognition<DbCall> | undefined {
  if (!told || !asked) return told;
  const reason = 'one-by-one' in asked ? { 'one-by-one': oneByOne(node, reached, scene) } : {};
  const purpose = 'read-for' in asked && ts.isCallExpression(node) ? { 'read-for': readFor(node) } : {};
  const query = 'kept-few' in asked ? queryAt(node, scene) : undefined;
  const few = query && isKeptFew(query, scene) ? { 'kept-few': true as const } : {};
  const callers = 'for-admins' in asked ? { 'for-admins': isForAdmins(node) } : {};
  return { ...told, attributes: { ...told.attributes, ...reason, ...purpose, ...few, ...callers } };
}

/** A query, or a call that leads to one, whose limit a client names. Nothing else is of interest to who asks for it. */
function byClient(node: Node, scene: Scene): Recognition<DbCall> | undefined {
  const found = clientLimit(node, scene);
  if (!found) return undefined;
  const { attributes, advice } = ofQuery(found.query, node as Expression, scene);
  const isDirect = found.query.node === node;
  return {
    attributes: { ...attributes, via: isDirect ? 'direct' : 'call', call: isDirect ? found.query.says : inOneLine((node as CallExpression).expression, 60), 'limited-by': 'client', limit: found.input },
    evidence: found.chain,
    ...(advice && { advice }),
  };
}

/** A call that could have limited the query behind it, and does not. */
function withoutLimit(node: Node, scene: Scene): Recognition<DbCall> | undefined {
  const found = ts.isCallExpression(node) && !queryAt(node, scene) ? limitLeftOut(node, scene) : undefined;
  if (!found) return undefined;
  const told = behind([{ what: found.query, chain: found.chain }], (node as CallExpression).expression, scene);
  return told && { ...told, attributes: { ...told.attributes, bounded: false, scope: found.scope, table: tableLeftOut(told.attributes.table, node as CallExpression, scene), 'leaves-out': 'limit' } };
}

/** The table of a query in a base class, which calls it what every table is called: what the class is called that is asked says more. */
function tableLeftOut(table: string | undefined, call: CallExpression, scene: Scene): string | undefined {
  const isAnyTable = table === undefined || /^(?:this\.)?_?(?:repo|repository|model|table|tableName|collection|delegate|entity|entities)$/i.test(table);
  // `plans.listSubscribers()` gives no plans.
  return isAnyTable && /^(?:find|list|all|get|query|search|fetch)(?:All|Many|By\w+|Where|Page)?$/.test(calleeName(call) ?? '') ? (thingsAsked(call, scene) ?? table) : table;
}

/** `Role` of `Role.all()` and of `this.roleRepository.all()`: what a class is called that gives rows says what they are. */
function thingsAsked(call: CallExpression, scene: Scene): string | undefined {
  const access = memberAccess(bare(call.expression));
  const asked = access && scene.valueOf(access.of);
  return asked?.kind === 'class' || asked?.kind === 'instance' ? asked.node.name?.text.replace(/(?<=.)(?:Repository|Repo|Service|Store|Dao|DAO|Dal|Model)$/, '') : undefined;
}

function asksForDirectOnly(asked: Asked | undefined): boolean {
  return asked?.['via']?.every((value) => value === 'direct') ?? false;
}

function ofQuery(query: Query, node: Expression, scene: Scene): Recognition<DbCall> {
  const instead = bringingInstead(node, scene);
  const from = [...(query.elsewhere ?? []), ...(query.lacked?.from ?? (instead?.says === 'missing' ? instead.from : []))];
  // Where a client names the limit, that says more.
  const isOptional = isLimitOptional(query, scene) && clientLimit(node, scene) === undefined;
  return {
    attributes: {
      verb: query.verb, bounded: isOptional ? false : query.bounded, ...(isOptional && { 'optional-limit': true as const }), scope: query.scope, client: query.library.title, table: query.table, via: 'direct', call: query.says,
      batched: (query.batches && !isAwaitedAlone(node)) || isSentTogether(node, scene) || isInsteadOfLoader(node) || instead?.says === 'brought' || isUnited(node, query.library, scene) || takesWholeGroup(node), batchable: query.batchable, 'each-table': query.eachTable,
    },
    ...(from.length > 0 && { evidence: from }),
    ...(isOptional && { mild: true as const }),
    advice: isOptional ? { ...adviceFor(query), 'missing-limit': 'a limit that may be left out needs another in its place, such as 50' } : adviceFor(query),
  };
}

/** A function given by its name to a call: `ids.map(loadUser)`, `inBatches(ids, this.load)`. */
function isHandedOver(node: Node): node is Expression {
  if (!ts.isCallExpression(node.parent) || node.parent.expression === node) return false;
  const callee = calleeName(node.parent) ?? '';
  if (makesElements.test(callee) || keepsForLater.test(callee)) return false;
  if (ts.isIdentifier(node)) return !/^[A-Z]/.test(node.text) && mayBeFunction(node);
  return ts.isPropertyAccessExpression(node) && (forEachElement.test(callee) || saysWhatIsDone.test(node.name.text));
}

/** `dao.load` of `rows.map(dao.load.bind(dao))`: what a list calls for each of its elements. */
function boundFunction(node: Node): Expression | undefined {
  const access = ts.isCallExpression(node) ? memberAccess(node.expression) : undefined;
  if (access?.name !== 'bind' || !ts.isCallExpression(node.parent) || node.parent.expression === node) return undefined;
  return forEachElement.test(calleeName(node.parent) ?? '') ? access.of : undefined;
}

/** What calls a function for each element. */
const forEachElement = /^(?:map\w*|flatMap|forEach\w*|each\w*|concurrently|parallel\w*|series|pMap|asyncMap|mapAsync)$/i;
/** Names of functions. Most members that are handed over are no functions, and to know would take the types of half a project. */
const saysWhatIsDone = /^_?#?(?:get|find|fetch|load|list|search|query|read|count|create|insert|add|update|upsert|patch|save|store|write|delete|remove|sync|import|export|migrate|send|process|handle|run|exec|do|apply|resolve|refresh|check|enrich|hydrate|populate|attach|lookup|touch|archive|publish)(?=[A-Z_]|$)/;

/** What takes a component draws it, sooner or later. */
const makesElements = /^(?:createElement|cloneElement|jsxs?|h|memo|forwardRef|lazy)$/;

/** What only takes down who is to be told when something happens. */
const keepsForLater = /^(?:on|once|off|listen\w*|subscribe\w*|unsubscribe\w*|add\w*Listener|remove\w*Listener|register\w*|watch\w*|observe\w*|use|defer\w*)$/;

/** False for what a loop or a caller gives, and for what is plainly no function. */
function mayBeFunction(node: import('../code/compiler.ts').Identifier): boolean {
  const declared = declarationOf(node);
  if (declared?.kind === 'parameter') return false;
  if (declared?.kind !== 'variable') return true;
  const made = declared.node.initializer && bare(declared.node.initializer);
  return made !== undefined && !ts.isAwaitExpression(declared.node.initializer!) && (isFunctionBody(made) || ts.isCallExpression(made) || ts.isIdentifier(made) || ts.isPropertyAccessExpression(made));
}

function queriesOfValue(node: Expression, scene: Scene): readonly Done<Query>[] {
  const value = scene.valueOf(node);
  return value.kind === 'function' ? queries.doneBy(value.node, scene) : [];
}

function behind(done: readonly Done<Query>[], called: Node, scene: Scene): Recognition<DbCall> | undefined {
  const call = ts.isCallExpression(called.parent) && called.parent.expression === called ? called.parent : undefined;
  const bringings = new Map(done.map((each) => [each, call && bringingFor(each, call, scene)]));
  const reached = done.filter((each) => bringings.get(each)?.says !== 'brought');
  if (reached.length === 0) return undefined;
  const telling = tellingOne(reached);
  const { what: query, chain } = telling;
  const instead = call && bringingInstead(call, scene);
  const missing = [bringings.get(telling), instead].flatMap((each) => (each?.says === 'missing' ? each.from : []));
  return {
    attributes: {
      verb: query.verb, bounded: query.bounded, scope: query.scope, client: query.library.title, table: query.table, via: 'call',
      call: inOneLine(called, 60), batchable: query.batchable && !(call && chain.length === 2 && givesOthers(call, query.writtenFrom)), 'each-table': call !== undefined && givesEachClient(call, functionRun(call, scene), scene),
      batched: (reached.every(({ what }) => what.batches) && !isAwaitedAlone(called.parent)) || (call !== undefined && (answeredFromCache(call, scene) === 'always' || isInsteadOfLoader(call))) || isUnited(called, query.library, scene) || instead?.says === 'brought',
    },
    ...(call && { reaches: reached.length }),
    evidence: [...(call || ts.isNewExpression(called) ? chain.slice(1) : chain), ...missing],
    advice: adviceFor(query),
  };
}

/** For a query that runs only where the row which a function is given lacks a relation: whether the row that this call gives has it. */
function bringingFor({ what: { node, lacked }, chain }: Done<Query>, call: CallExpression, scene: Scene): Bringing | undefined {
  if (chain.length !== 2) return undefined;
  const lack = lacked ?? lackAround(node);
  const declared = lack && ts.isIdentifier(lack.row) ? declarationOf(lack.row) : undefined;
  const given = declared?.kind === 'parameter' ? argument(call, declared.node.parent.parameters.indexOf(declared.node)) : undefined;
  if (!given) return undefined;
  const found = bringingOf(given, lack!.relation, call, scene);
  // What is asked for only where it is not there is silent in doubt; what code asks for itself is not.
  return lacked && found.says === 'unknown' ? { says: 'brought' } : found;
}

/** A read tells the story best: it is what grows, and what can be asked once for all rows. A look into a cache tells least. */
function tellingOne(reached: readonly Done<Query>[]): Done<Query> {
  const stored = reached.filter(({ what }) => !what.library.holdsCopies);
  const telling = stored.length > 0 ? stored : reached;
  return telling.find(({ what }) => what.verb !== 'write') ?? telling[0]!;
}

function adviceFor({ library, verb }: Query): Record<string, string> {
  return {
    'n-plus-one': verb === 'write' ? library.repair.write : library.repair.read,
    'missing-limit': library.repair.limit,
  };
}
