import { ts, type ArrayLiteralExpression, type CallExpression, type Expression, type NewExpression, type Node, type ObjectLiteralExpression, type TaggedTemplateExpression, type VariableDeclaration } from '../code/compiler.ts';
import { assignmentsTo, declarationOf } from '../code/scope.ts';
import type { Scene } from '../code/scene.ts';
import { argument, bare, calleeName, enclosingFunction, hasHiddenProperties, inOneLine, isWithin, memberAccess, nameText, propertyValue, wrapped } from '../code/syntax.ts';
import { libraries } from '../libraries/index.ts';
import type { Call, Library, Shape, Verb } from '../libraries/library.ts';
import { callOn, handleByName, handleOf, leadsSomewhere, librariesAt, libraryOf, memberOf, type Handle } from './handle.ts';
import { readCypher } from './cypher-text.ts';
import { isAggregateText, looksLikeSql, readSql, scopeOfKeys, setsSameForAll, type SqlFacts } from './sql-text.ts';

/** A query that code asks a database, as far as its own text tells. */
export type Query = {
  node: CallExpression | TaggedTemplateExpression;
  library: Library;
  verb: Verb;
  /** Whether the rows that come back are limited. Undefined where that cannot be seen. */
  bounded: boolean | undefined;
  /** How far the filter reaches: everything, all of one tenant, or the children of one parent. Undefined where no filter can be seen. */
  scope: 'none' | 'tenant' | 'parent' | undefined;
  table: string | undefined;
  /** The call as a reader would say it: `prisma.post.findMany`. */
  says: string;
  /** One statement for many rows. */
  bulk: boolean;
  /** Whether one statement could do the same for all rows: reads, inserts, deletes, and updates that write the same values. */
  batchable: boolean;
  /** The library merges calls of the same tick. */
  batches: boolean;
  /** Every round of the loop around asks another table, so that one query could not stand for all. */
  eachTable: boolean;
};

type Link = { name: string; node: Expression; call: CallExpression | undefined };
type Operation = {
  call: Call;
  /** What decides: the member that is called, or the command that it sends. */
  name: string;
  link: Link | undefined;
  at: CallExpression | TaggedTemplateExpression;
  /** Whose arguments say more: the call itself, or the command that it sends. */
  given: CallExpression | TaggedTemplateExpression | NewExpression;
  handle: Handle;
  maybe: boolean;
};

const ofQuery = Symbol('query');
const promiseMembers = new Set(['then', 'catch', 'finally']);

/** The query that this call is; undefined when it is none, or only a part of one. */
export function queryAt(node: Node, scene: Scene): Query | undefined {
  if (ts.isTaggedTemplateExpression(node)) return scene.remember(ofQuery, node, () => taggedQuery(node, scene), undefined);
  if (!ts.isCallExpression(node)) return undefined;
  return scene.remember(ofQuery, node, () => calledQuery(node, scene) ?? ownQuery(node, scene), undefined);
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
    scope: scope as Query['scope'],
    table: typeof table === 'string' ? table : undefined,
    says: inOneLine(node.expression, 60),
    bulk: false,
    batchable: batchable !== false,
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
  if (!mayQuery(node)) return undefined;
  if (isInnerLink(node, scene)) return undefined;
  const operations = operationsOf(node, scene);
  const last = operations.findLast((operation) => !operation.maybe);
  if (!last || last.at !== node) return undefined;
  return factsOf(node, operations, scene);
}

/** Names of calls that are queries in some library. A chain without one of them is no query, whatever it hangs on. */
const queryNames = new Set(libraries.flatMap(({ kinds }) => Object.values(kinds).flatMap(({ calls }) => Object.entries(calls ?? {}).filter(([, call]) => call.verb).map(([name]) => name))));
/** Calls that send a command, and the places where it stands. */
const senders = new Map(libraries.flatMap(({ kinds }) => Object.values(kinds).flatMap(({ calls }) => Object.entries(calls ?? {}).flatMap(([name, { command }]) => (command === undefined ? [] : [[name, command] as const])))));
const commandNames = new Set(libraries.flatMap(({ commands }) => Object.keys(commands ?? {})));
const queryPatterns = libraries.flatMap(({ kinds }) => Object.values(kinds).flatMap(({ patterns }) => (patterns ?? []).map(({ name }) => name)));

function mayQuery(node: CallExpression): boolean {
  const { links } = chainOf(node);
  return links.some(({ name, call }) => {
    if (!call) return false;
    if (name !== '') return queryNames.has(name) || (senders.has(name) && mayCommand(argument(call, senders.get(name)!))) || queryPatterns.some((pattern) => pattern.test(name));
    // `knex('users')` alone reads a table; any other plain call is a function of somebody's.
    const first = call.arguments[0];
    return first !== undefined && (links.length > 1 || ts.isStringLiteralLike(first) || ts.isTemplateExpression(first));
  });
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

/** `x.name(…)` where x is this very node (not awaited in between). */
function outerMember(node: Expression): { name: string; call: CallExpression } | undefined {
  let inner: Node = node;
  while (ts.isParenthesizedExpression(inner.parent) || ts.isNonNullExpression(inner.parent)) inner = inner.parent;
  const access = inner.parent && memberAccess(inner.parent);
  if (!access || access.of !== inner) return undefined;
  const call = wrapped(inner.parent).parent === undefined ? undefined : inner.parent.parent;
  return call && ts.isCallExpression(call) && call.expression === inner.parent ? { name: access.name, call } : undefined;
}

const ofOperations = Symbol('operations');

/** Everything that is done to one query, innermost first, along a chain of calls and back through the variable it was kept in. */
export function operationsOf(node: CallExpression, scene: Scene): readonly Operation[] {
  return scene.remember(ofOperations, node, () => readOperations(node, scene, 0), []);
}

function readOperations(node: CallExpression, scene: Scene, depth: number): Operation[] {
  const { root, links } = chainOf(node);
  const candidates = rootHandles(root, links, scene);
  for (const { handle, from } of candidates) {
    const operations = followLinks(handle, links.slice(from), scene, root, depth);
    if (operations.some(({ call, maybe }) => !maybe && (call.verb || call.queues))) return operations;
    if (operations.length > 0 && candidates.length === 1) return operations;
  }
  return [];
}

/** The root of a chain and its links, innermost first: `this.prisma.user.findMany()` is `this` and three links. */
function chainOf(node: CallExpression): { root: Expression; links: Link[] } {
  const links: Link[] = [];
  let current: Expression = node;
  for (;;) {
    const inner: Expression = withoutParentheses(current);
    const call: CallExpression | undefined = ts.isCallExpression(inner) ? inner : undefined;
    const callee: Expression = call ? withoutParentheses(call.expression) : inner;
    const access: ReturnType<typeof memberAccess> = memberAccess(callee);
    if (access) {
      links.unshift({ name: access.name, node: inner, call });
      current = access.of;
    } else if (call) {
      // `knex('users')`: the root itself is called.
      links.unshift({ name: '', node: inner, call });
      return { root: callee, links };
    } else return { root: inner, links };
  }
}

function withoutParentheses(node: Expression): Expression {
  let inner = node;
  // `await` stays: what is awaited is rows, not a query any more. Types and parentheses change nothing.
  while (ts.isParenthesizedExpression(inner) || ts.isNonNullExpression(inner) || ts.isAsExpression(inner) || ts.isSatisfiesExpression(inner)) inner = inner.expression;
  return inner;
}

/** Where along the chain a library's thing comes into view, and which. Evidence by value first, then by shape, then by name. */
function rootHandles(root: Expression, links: readonly Link[], scene: Scene): { handle: Handle; from: number }[] {
  if (ts.isAwaitExpression(root) && links.length === 0) return [];
  const prefixes: { node: Expression; from: number }[] = [{ node: root, from: 0 }];
  links.forEach((link, index) => {
    if (!link.call && index < links.length - 1) prefixes.push({ node: link.node, from: index + 1 });
  });
  for (const { node, from } of prefixes) {
    const handle = handleOf(node, scene);
    if (handle) return [{ handle, from }];
  }
  // A call somewhere in the chain may give the thing: `getConnection().manager.find()`.
  for (const [index, link] of links.entries()) {
    if (!link.call || index === links.length - 1) continue;
    const handle = handleOf(link.node, scene);
    if (handle) return [{ handle, from: index + 1 }];
  }
  // What is called directly decides: a module or object on the way may hold anything.
  const receiver = prefixes.at(-1)!.node;
  if (receiver.kind !== ts.SyntaxKind.ThisKeyword && leadsSomewhere(scene.valueOf(receiver))) return [];
  // A name counts only with its package among the dependencies, so it says more than a shape, which libraries share.
  const named = prefixes.flatMap(({ node, from }) => handleByName(node, scene).map((handle) => ({ handle, from })));
  return [...named, ...handlesByShape(links, scene, root)];
}

/** Every shape under the names of its calls, in the order of the libraries. */
const shapesByCall = new Map<string, { library: Library; shape: Shape }[]>();
for (const library of libraries) {
  for (const shape of library.shapes ?? []) for (const name of shape.calls) shapesByCall.set(name, [...(shapesByCall.get(name) ?? []), { library, shape }]);
}

function handlesByShape(links: readonly Link[], scene: Scene, root: Expression): { handle: Handle; from: number }[] {
  for (const [index, link] of links.entries()) {
    const shapes = link.call ? shapesByCall.get(link.name) : undefined;
    if (!shapes) continue;
    const used = librariesAt(root, scene);
    const fitting = shapes.filter(({ library, shape }) => (!shape.dependent || used.includes(library)) && fits(shape, library, link, index, root, scene));
    // Where two libraries share a shape, the one that the package depends on is meant.
    const found = fitting.find(({ library }) => used.includes(library)) ?? fitting[0];
    if (found) return [{ handle: { library: found.library, kind: found.shape.on }, from: index }];
  }
  return [];
}

function fits(shape: Shape, library: Library, link: Link, index: number, root: Expression, scene: Scene): boolean {
  if (!link.call) return false;
  if (shape.ofMember && !(index >= 1 || memberAccess(root))) return false;
  const receiver = memberAccess(bare(link.call.expression));
  if (shape.under && !(receiver && shape.under.test(inOneLine(receiver.of, 4_000)))) return false;
  if (shape.sqlText) {
    const text = argument(link.call, 0);
    return text !== undefined && isTextual(text) && looksLikeSql(plainText(text));
  }
  if (shape.command !== undefined && !commandOf(link.call, shape.command, library, scene)) return false;
  if (!shape.object) return true;
  const object = argument(link.call, shape.object.argument);
  return object !== undefined && ts.isObjectLiteralExpression(object) && object.properties.some((property) => property.name && shape.object!.anyOf.includes(nameText(property.name) ?? ''));
}

function followLinks(start: Handle, links: readonly Link[], scene: Scene, root: Expression, depth: number): Operation[] {
  const operations: Operation[] = depth < 3 ? earlierOperations(root, scene, depth) : [];
  let handle: Handle | undefined = start;
  for (const link of links) {
    if (!handle) break;
    if (!link.call) {
      handle = memberOf(handle, link.name);
      continue;
    }
    const call: Call | undefined = link.name === '' ? handle.library.kinds[handle.kind]?.called : callOn(handle, link.name);
    if (!call || link.call.arguments.length < (call.leastArguments ?? 0)) break;
    // A method that a class of this repository has itself is followed, not assumed.
    if (link.name !== '' && scene.valueOf(link.call.expression).kind === 'function') break;
    const sent: ReturnType<typeof commandOf> = call.command === undefined ? { call, name: link.name, given: link.call } : commandOf(link.call, call.command, handle.library, scene);
    if (!sent) break;
    operations.push({ ...sent, link, at: link.call, handle, maybe: false });
    handle = sent.call.gives === undefined ? undefined : { library: handle.library, kind: sent.call.gives };
  }
  return operations;
}

/** The command that a call sends: `client.send(new GetCommand(…))`, also where it was kept in a variable first. */
function commandOf(call: CallExpression, position: number, library: Library, scene: Scene): Pick<Operation, 'call' | 'name' | 'given'> | undefined {
  const sent = argument(call, position);
  if (!sent || !library.commands) return undefined;
  const value = scene.valueOf(sent);
  if ((value.kind !== 'made' && value.kind !== 'result') || value.of.kind !== 'external' || libraryOf(value.of.from) !== library) return undefined;
  const name = value.of.path.at(-1)!;
  const given = value.node;
  if (!given || !(ts.isNewExpression(given) || ts.isCallExpression(given)) || !Object.hasOwn(library.commands, name)) return undefined;
  return { call: library.commands[name]!, name, given };
}

/** What was done to a query before, where it was kept in a variable: its making, and every call on the variable. */
function earlierOperations(root: Expression, scene: Scene, depth: number): Operation[] {
  if (!ts.isIdentifier(root)) return [];
  const declared = declarationOf(root);
  if (declared?.kind !== 'variable' || !ts.isIdentifier(declared.node.name)) return [];
  const made = [declared.node.initializer, ...assignmentsTo(declared.node.name.text, declared.node)].filter((each) => each !== undefined);
  const making = made.flatMap((expression) => chainOperations(expression, scene, depth + 1)).map((operation) => ({ ...operation, maybe: true }));
  const last = making.at(-1);
  const isBuilder = last?.call.gives !== undefined && last.handle.library.kinds[last.call.gives]?.runs !== undefined;
  // `query.take(10);` as a statement of its own shapes every later use. What another use reads is another query.
  return isBuilder ? [...making, ...operationsOnUses(declared.node, root, scene).filter(({ call }) => !call.verb)] : making;
}

function chainOperations(expression: Expression, scene: Scene, depth: number): Operation[] {
  const node = bare(expression);
  if (ts.isConditionalExpression(node)) return [...chainOperations(node.whenTrue, scene, depth), ...chainOperations(node.whenFalse, scene, depth)];
  return ts.isCallExpression(node) && depth < 4 ? readOperations(node, scene, depth) : [];
}

/** Calls on a query after it was put into a variable: `query.limit(10)`, `query = query.where(…)`. */
function laterOperations(node: CallExpression, scene: Scene): Operation[] {
  const variable = variableOf(node);
  return variable ? operationsOnUses(variable, node, scene) : [];
}

/** What is called on a variable, but not by way of `except`: one of its mentions, or a call. */
function operationsOnUses(variable: VariableDeclaration, except: Node, scene: Scene): Operation[] {
  const found: Operation[] = [];
  for (const use of usesOf(variable)) {
    const call = outermostCall(use);
    if (!call || call === except || use === except) continue;
    const { links } = chainOf(call);
    const handle = handleOf(use as Expression, scene);
    if (!handle) continue;
    let current: Handle | undefined = handle;
    for (const link of links) {
      if (!current || !link.call) break;
      const step: Call | undefined = callOn(current, link.name);
      if (!step) break;
      found.push({ call: step, name: link.name, link, at: link.call, given: link.call, handle: current, maybe: true });
      current = step.gives === undefined ? undefined : { library: current.library, kind: step.gives };
    }
  }
  return found;
}

function outermostCall(use: Node): CallExpression | undefined {
  let call: CallExpression | undefined;
  for (let next = outerMember(use as Expression); next; next = outerMember(next.call)) call = next.call;
  return call;
}

/** The variable that an expression is put into when it is declared or assigned. */
function variableOf(node: Expression): VariableDeclaration | undefined {
  const outer = wrapped(node);
  if (ts.isVariableDeclaration(outer.parent) && ts.isIdentifier(outer.parent.name)) return outer.parent;
  if (ts.isBinaryExpression(outer.parent) && outer.parent.operatorToken.kind === ts.SyntaxKind.EqualsToken && ts.isIdentifier(outer.parent.left)) {
    const declared = declarationOf(outer.parent.left);
    return declared?.kind === 'variable' ? declared.node : undefined;
  }
  return undefined;
}

const ofUses = new WeakMap<Node, Node[]>();

/** Every other mention of a variable in the function (or file) that declares it. */
export function usesOf(variable: VariableDeclaration): Node[] {
  const known = ofUses.get(variable);
  if (known) return known;
  const uses: Node[] = [];
  const name = (variable.name as { text?: string }).text;
  const visit = (node: Node): void => {
    if (ts.isIdentifier(node) && node.text === name && node !== variable.name) {
      const declared = declarationOf(node);
      if (declared?.kind === 'variable' && declared.node === variable) uses.push(node);
    }
    ts.forEachChild(node, visit);
  };
  visit(enclosingFunction(variable) ?? variable.getSourceFile());
  ofUses.set(variable, uses);
  return uses;
}

function factsOf(node: CallExpression, own: readonly Operation[], scene: Scene): Query | undefined {
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
  const verb = isAggregating(own, handle.library) ? 'aggregate' : strongest(verbs.map((operation) => operation.call.verb!));
  const sql = verb === 'raw' ? sqlOf(own, scene) : undefined;
  const table = sql?.table ?? tableOf(own);
  const isPage = isOnePage(operations, handle.library, scene);
  return {
    node,
    library: handle.library,
    verb: sql?.verb ?? verb,
    bounded: isPage !== false ? isPage : sql ? isBounded(operations, handle.library, scene) || sql.bounded : verb === 'raw' ? undefined : boundedOf(operations, end, handle.library, scene),
    scope: sql ? sql.scope : scopeOf(operations, handle.library, scene),
    table,
    says: says(node, own),
    bulk: verbs.some((operation) => operation.call.bulk),
    batchable: verb !== 'write' || isBatchable(node, own),
    batches: own.some((operation) => operation.call.batches),
    eachTable: isOfEachTable(node, own),
  };
}

/** Of the verbs along a chain the one that decides: `select().from().where().limit(1)` reads, `insert().returning()` writes. */
function strongest(verbs: readonly Verb[]): Verb {
  for (const verb of ['write', 'aggregate', 'read-one', 'raw'] as const) if (verbs.includes(verb)) return verb;
  return 'read-many';
}

/** `select({ total: count() })` reads one row, unless it is grouped. */
function isAggregating(own: readonly Operation[], library: Library): boolean {
  if (!library.aggregates || own.some(({ link }) => link?.name === 'groupBy')) return false;
  return own.some(({ call, given }) => {
    const columns = call.columns === undefined ? undefined : argumentOf(given, call.columns);
    if (!columns || !ts.isObjectLiteralExpression(columns) || columns.properties.length === 0) return false;
    return columns.properties.every((column) => ts.isPropertyAssignment(column) && isAggregate(column.initializer, library.aggregates!));
  });
}

function isAggregate(column: Expression, functions: readonly string[]): boolean {
  const node = bare(column);
  if (ts.isTaggedTemplateExpression(node)) return isAggregateText(plainText(node.template));
  if (!ts.isCallExpression(node)) return false;
  // `count().mapWith(Number)`, `` sql`count(*)`.as('total') ``.
  const access = memberAccess(bare(node.expression));
  return functions.includes(calleeName(node) ?? '') || (access !== undefined && isAggregate(access.of, functions));
}

/** The call as a reader would say it: up to what decides about it, with the table where the call names it. */
function says(node: CallExpression | TaggedTemplateExpression, operations: readonly Operation[] = []): string {
  if (ts.isTaggedTemplateExpression(node)) return inOneLine(node.tag, 40);
  const { root, links } = chainOf(node);
  const own = operations.filter((operation) => !operation.maybe);
  const deciding = own.findLast((operation) => operation.call.verb);
  const end = links.findIndex((link) => link.call === deciding?.at);
  const naming = own.find((operation) => operation.call.table !== undefined && operation.link?.call && isShortText(argument(operation.link.call, operation.call.table)));
  const parts = links.map((link, index) => {
    const table = link.call && link.call === naming?.at ? `('${(argument(link.call, naming.call.table!) as { text?: string }).text}')` : '';
    const shown = !link.call || table !== '' || index === end || links.length <= 3;
    const command = index === end && deciding!.given !== deciding!.at ? `(${ts.isNewExpression(deciding!.given) ? 'new ' : ''}${deciding!.name})` : '';
    return shown && (index <= end || end < 0 || table !== '') ? `${link.name === '' ? '' : `.${link.name}`}${table}${command}` : '';
  });
  return `${inOneLine(root, 40)}${parts.join('')}`;
}

const updates = /^(?:update|upsert|save|set|replace|increment|decrement|patch|merge|findOneAnd|findByIdAnd|findAndModify|onConflict|\$executeRaw|query|execute|none|run)/i;

/** Inserts and deletes have a form for many rows. An update has one when it writes nothing of the element it stands for. */
function isBatchable(node: CallExpression, operations: readonly Operation[]): boolean {
  const writing = operations.find((operation) => operation.call.verb === 'write');
  if (!writing?.link || writing.handle.library.language === 'cypher' || !updates.test(writing.name)) return true;
  // `insertInto('row').values(row).execute()`: the chain says what its end does.
  if (chainOf(node).links.some((link) => link.call && /^(?:insert|delete)/.test(link.name))) return true;
  const text = [argument(node, 0), ...operations.map(({ call, given }) => (call.text === undefined ? undefined : argumentOf(given, call.text)))].find((each) => each && isTextual(each) && looksLikeSql(plainText(each)));
  if (text) return setsSameForAll(plainText(text));
  const values = writing.given === writing.at ? valuesWritten(node) : valuesAmong(argumentsOf(writing.given));
  return values !== undefined && !mentionsElement(values, node);
}

/** What an update writes: Prisma's `data`, the values of `set(…)`, the operators of a document database, the first object of the others. */
function valuesWritten(node: CallExpression): Expression | undefined {
  const { links } = chainOf(node);
  const set = links.find((link) => link.call && link.name === 'set')?.call;
  if (set) return set.arguments[0];
  const updating = links.findLast((link) => link.call && updates.test(link.name))?.call;
  return updating && valuesAmong(updating.arguments);
}

function valuesAmong(given: readonly Expression[]): Expression | undefined {
  const objects = given.map((each) => bare(each)).filter((each): each is ObjectLiteralExpression => ts.isObjectLiteralExpression(each));
  for (const object of objects) {
    const data = propertyValue(object, 'data') ?? (hasOperators(object) ? object : undefined);
    if (data) return data;
  }
  // `update({ status }, { where: { id } })` of Sequelize, `.update({ status })` of Knex and Supabase, `update(id, { status })` of TypeORM.
  return objects.find((each) => !propertyValue(each, 'where'));
}

/** `{ $set: …, $inc: … }`: what a document database changes; `$or` and its kind belong to filters. */
function hasOperators(object: ObjectLiteralExpression): boolean {
  return object.properties.some((property) => property.name && /^\$(?!(?:and|or|nor|expr|text|where|comment)$)/.test(nameText(property.name) ?? ''));
}

/** True when an expression uses a name that is born in the loop around the call. */
function mentionsElement(values: Expression, call: Node, isMeant = (home: Node): boolean => isWithin(call, home)): boolean {
  let mentions = false;
  const visit = (node: Node): void => {
    if (ts.isIdentifier(node) && !(ts.isPropertyAccessExpression(node.parent) && node.parent.name === node) && !(ts.isPropertyAssignment(node.parent) && node.parent.name === node)) {
      const declared = declarationOf(node);
      const home = declared && declared.kind !== 'import' ? loopOf(declared.node) : undefined;
      if (home && isMeant(home)) mentions = true;
    }
    if (!mentions) ts.forEachChild(node, visit);
  };
  visit(values);
  return mentions;
}

/** The loop or inner function that a declaration belongs to. */
function loopOf(declaration: Node): Node | undefined {
  for (let up = declaration.parent; up; up = up.parent) {
    if (ts.isIterationStatement(up, false)) return up;
    if (ts.isArrowFunction(up) || ts.isFunctionExpression(up)) return ts.isCallExpression(up.parent) ? up : undefined;
    if (ts.isFunctionLike(up)) return undefined;
  }
  return undefined;
}

function isShortText(node: Expression | undefined): boolean {
  return node !== undefined && ts.isStringLiteralLike(node) && node.text.length <= 40;
}

/** True when a query that runs by being awaited is awaited, returned, collected or passed on; false for a sub-query and for one that is only built. */
function isRun(node: Expression, scene: Scene, depth = 0): boolean {
  const outer = wrapped(node);
  const { parent } = outer;
  if (!parent) return false;
  for (let up: Node = node; up !== outer; up = up.parent) if (ts.isAwaitExpression(up.parent)) return true;
  if (ts.isArrowFunction(parent) && parent.body === outer) return true;
  if (ts.isReturnStatement(parent) || ts.isYieldExpression(parent) || ts.isArrayLiteralExpression(parent) || ts.isPropertyAssignment(parent)) return true;
  if (ts.isConditionalExpression(parent) || (ts.isBinaryExpression(parent) && parent.operatorToken.kind !== ts.SyntaxKind.EqualsToken)) return isRun(parent, scene, depth);
  const member = memberAccess(parent);
  if (member) return true;
  if (ts.isExpressionStatement(parent)) return lastArgumentIsFunction(node) || /\.exec\s*\(/.test(inOneLine(node, 4_000));
  if (ts.isCallExpression(parent) && parent.expression !== outer) return !takesQueries.test(calleeName(parent) ?? '') && operationsOf(parent, scene).length === 0;
  const variable = variableOf(node);
  if (!variable || depth > 2) return false;
  return usesOf(variable).some((use) => {
    const call = outermostCall(use);
    if (call && isDescribed(call, scene)) return false;
    return call ? isRun(call, scene, depth + 1) || promiseMembers.has(memberAccess(bare(call.expression))?.name ?? '') : isRun(use as Expression, scene, depth + 1);
  });
}

/** Builders that take a query as a part of another: `whereIn('id', Post.query().select('author_id'))`. */
const takesQueries = /^(?:and|or)?(?:where|having)(?:Not)?(?:In|Exists)?$|^(?:from|with|union|unionAll|intersect|except|join|leftJoin|innerJoin|inArray|notInArray|exists|notExists)$/i;

/** `query.toSQL()`: a query that is told, not asked. */
function isDescribed(call: CallExpression, scene: Scene): boolean {
  const end = operationsOf(call, scene).findLast((operation) => operation.at === call)?.call;
  return end !== undefined && !end.verb && !end.gives && !end.queues;
}

function lastArgumentIsFunction(node: Expression): boolean {
  const last = ts.isCallExpression(node) ? node.arguments.at(-1) : undefined;
  return last !== undefined && (ts.isArrowFunction(last) || ts.isFunctionExpression(last));
}

/** What names the table, where the call says it: an argument, or a key of its options. */
function writtenTable(operations: readonly Operation[]): Expression | undefined {
  for (const { call, given, handle } of operations) {
    const key = handle.library.options?.table;
    const options = key === undefined || call.options === undefined ? undefined : argumentOf(given, call.options);
    const inOptions = options && ts.isObjectLiteralExpression(options) ? propertyValue(options, key!) : undefined;
    const table = inOptions ? bare(inOptions) : call.table === undefined ? undefined : argumentOf(given, call.table);
    if (table) return table;
  }
  return undefined;
}

/** Every round of the loop right around asks another table, as it goes over tables and not over rows. */
function isOfEachTable(node: CallExpression, operations: readonly Operation[]): boolean {
  const table = writtenTable(operations);
  const loop = loopOf(node);
  return table !== undefined && loop !== undefined && (ts.isIdentifier(table) || memberAccess(table) !== undefined) && mentionsElement(table, node, (home) => home === loop);
}

function tableOf(operations: readonly Operation[]): string | undefined {
  const written = writtenTable(operations);
  if (written) return ts.isStringLiteralLike(written) ? written.text : inOneLine(written, 40);
  // `prisma.post.findMany`, `User.findAll`, `db.query.users.findMany`: the name before the verb.
  const verb = operations.find((operation) => operation.call.verb);
  const access = verb && ts.isCallExpression(verb.at) ? memberAccess(bare(verb.at.expression)) : undefined;
  const holder = access && bare(access.of);
  if (!holder) return undefined;
  if (ts.isIdentifier(holder)) return holder.text;
  return memberAccess(holder)?.name;
}

// -- what bounds a result ---------------------------------------------------------------------------------------------

function boundedOf(operations: readonly Operation[], end: Call, library: Library, scene: Scene): boolean | undefined {
  const bounded = isBounded(operations, library, scene);
  // A cursor that is handed on: how much of it is read cannot be seen here.
  const isCursor = library.kinds[end.gives ?? '']?.runs === 'by-terminal';
  return bounded === false && isCursor ? undefined : bounded;
}

/** Keys of a filter whose parts must all hold. */
const conjunctions = new Set(['AND', '$and', 'and', '_and']);
const uniqueKeys = new Set(['id', '_id', 'uuid', 'guid', 'email', 'slug', 'username', 'token', 'ID']);

function isBounded(operations: readonly Operation[], library: Library, scene: Scene): boolean | undefined {
  let hidden = false;
  for (const { call, given } of operations) {
    if (ts.isTaggedTemplateExpression(given)) continue;
    const written = given.arguments ?? [];
    if ([call.bounds ?? []].flat().some((bound) => bound.argument < 0 || isLimit(argument(given, bound.argument) ?? written[0], bound.none))) return true;
    if (call.condition && boundsByColumn(given, call.condition)) return true;
    if (call.filter !== undefined) {
      const filter = written[call.filter];
      if (filter && boundsByFilter(bare(filter), library, scene)) return true;
    }
    if (call.pipeline !== undefined) {
      const answer = boundsByPipeline(written[call.pipeline], library, scene);
      if (answer === true) return true;
      hidden ||= answer === undefined;
    }
    if (call.options !== undefined) {
      const options = optionsAt(given, call.options, scene);
      if (options === 'hidden') hidden = true;
      else if (options) {
        const answer = boundsByOptions(options, library, scene);
        if (answer === true) return true;
        if (answer === undefined) hidden = true;
      }
    }
    if (written.some((each) => ts.isSpreadElement(each))) hidden = true;
  }
  return hidden ? undefined : false;
}

function argumentOf(given: Operation['given'], index: number): Expression | undefined {
  return ts.isTaggedTemplateExpression(given) ? undefined : argument(given, index);
}

function argumentsOf(given: Operation['given']): readonly Expression[] {
  return ts.isTaggedTemplateExpression(given) ? [] : (given.arguments ?? []);
}

/** Whether the server gives a page of its own accord, and nothing takes that away. Undefined where it cannot be seen. */
function isOnePage(operations: readonly Operation[], library: Library, scene: Scene): boolean | undefined {
  if (!operations.some(({ call }) => call.capped)) return false;
  if (operations.some(({ call }) => call.lifts)) return false;
  for (const { call, given } of operations) {
    if (call.options === undefined || ts.isTaggedTemplateExpression(given)) continue;
    const options = optionsAt(given, call.options, scene);
    if (options === 'hidden') return undefined;
    if (options && liftsPage(options, library)) return false;
  }
  return true;
}

/** `limit: 0`, `pagination: false`: how a library spells "all of them". */
function liftsPage(options: ObjectLiteralExpression, library: Library): boolean {
  const { lifts = {}, nested = [] } = library.options ?? {};
  const spelled = Object.entries(lifts).some(([key, values]) => {
    const value = propertyValue(options, key);
    const written = value && bare(value);
    return written !== undefined && values.some((each) => (ts.isStringLiteralLike(written) ? written.text === each : inOneLine(written, 20) === String(each)));
  });
  return spelled || nested.some((key) => {
    const inner = propertyValue(options, key);
    const object = inner && bare(inner);
    return object !== undefined && ts.isObjectLiteralExpression(object) && liftsPage(object, library);
  });
}

/** A limit that is written as "none" is none. */
function isLimit(value: Expression | undefined, none: readonly string[] = []): boolean {
  if (!value) return false;
  const node = bare(value);
  if (none.includes(inOneLine(node, 20))) return false;
  return !(ts.isIdentifier(node) && (node.text === 'undefined' || node.text === 'Infinity')) && node.kind !== ts.SyntaxKind.NullKeyword;
}

function optionsAt(call: CallExpression | NewExpression, index: number, scene: Scene): ObjectLiteralExpression | 'hidden' | undefined {
  const given = call.arguments ?? [];
  if (given.slice(0, index + 1).some((each) => ts.isSpreadElement(each))) return 'hidden';
  const written = given[index];
  if (!written) return undefined;
  const node = bare(written);
  if (ts.isObjectLiteralExpression(node)) return node;
  const value = scene.valueOf(node);
  return value.kind === 'object' ? value.node : ts.isFunctionLike(node) ? undefined : 'hidden';
}

function boundsByOptions(options: ObjectLiteralExpression, library: Library, scene: Scene, depth = 0): boolean | undefined {
  const keys: NonNullable<Library['options']> = library.options ?? { bounds: [], filter: [] };
  for (const property of options.properties) {
    const name = property.name && nameText(property.name);
    if (name !== undefined && keys.bounds.includes(name)) {
      const value = propertyValue(options, name);
      if (!value || isLimit(value, (keys.lifts?.[name] ?? []).map(String))) return true;
    }
    if (name !== undefined && keys.filter.includes(name)) {
      const value = propertyValue(options, name);
      if (value && boundsByFilter(bare(value), library, scene)) return true;
    }
    if (name !== undefined && library.options?.nested?.includes(name)) {
      const value = propertyValue(options, name);
      const inner = value && bare(value);
      if (inner && ts.isObjectLiteralExpression(inner) && depth < 4 && boundsByOptions(inner, library, scene, depth + 1)) return true;
    }
  }
  let hidden = false;
  for (const spread of options.properties) {
    if (!ts.isSpreadAssignment(spread)) continue;
    for (const part of partsOfSpread(spread.expression)) {
      const value = scene.valueOf(part);
      if (value.kind !== 'object' || depth > 3) {
        hidden = true;
        continue;
      }
      const answer = boundsByOptions(value.node, library, scene, depth + 1);
      if (answer === true) return true;
      hidden ||= answer === undefined;
    }
  }
  return hidden ? undefined : false;
}

/** `...(cond && { take: 5 })`, `...(a ? {…} : {…})`: every object that the spread may be. */
function partsOfSpread(expression: Expression): Expression[] {
  const node = bare(expression);
  if (ts.isConditionalExpression(node)) return [...partsOfSpread(node.whenTrue), ...partsOfSpread(node.whenFalse)];
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken) return partsOfSpread(node.right);
  return [node];
}

/** `where('id', x)`, `whereIn('status', list)`, `where('id', 'in', ids)`, `.eq('id', x)`. */
function boundsByColumn(call: CallExpression | NewExpression, condition: { column: number; membership?: true }): boolean {
  const column = argument(call, condition.column);
  if (!column) return false;
  if (ts.isObjectLiteralExpression(column)) return column.properties.some((property) => property.name && uniqueKeys.has(lastPart(nameText(property.name) ?? '')));
  if (!ts.isStringLiteralLike(column)) return false;
  if (condition.membership) return true;
  const operator = (call.arguments?.length ?? 0) > 2 ? argument(call, condition.column + 1) : undefined;
  const word = operator && ts.isStringLiteralLike(operator) ? operator.text.toLowerCase() : '=';
  if (word === 'in') return true;
  return (word === '=' || word === '==' || word === '===') && uniqueKeys.has(lastPart(column.text));
}

function lastPart(column: string): string {
  return column.slice(column.lastIndexOf('.') + 1);
}

/** True when a filter names at most one row by a unique key, or the rows of a given list. */
function boundsByFilter(filter: Expression, library: Library, scene: Scene, depth = 0): boolean {
  if (depth > 4) return false;
  if (ts.isStringLiteralLike(filter) || ts.isTemplateExpression(filter)) {
    const text = plainText(filter);
    return /(?:^|[.\s"`(])(?:id|uuid|_id|email|slug)["`]?\s*=\s*:\w+/i.test(text) || /\bin\s*\(\s*:\.\.\./i.test(text);
  }
  if (ts.isCallExpression(filter)) return boundsByCondition(filter, library, scene, depth);
  if (ts.isArrowFunction(filter)) return columnsBuilt(filter.body).some((column) => uniqueKeys.has(column));
  const object = ts.isObjectLiteralExpression(filter) ? filter : literalOf(filter, scene);
  if (!object) return false;
  return object.properties.some((property) => {
    const name = property.name && nameText(property.name);
    if (name === undefined) return false;
    if (ts.isShorthandPropertyAssignment(property)) return uniqueKeys.has(lastPart(name));
    if (!ts.isPropertyAssignment(property)) return false;
    const value = bare(property.initializer);
    if (conjunctions.has(name) && (ts.isArrayLiteralExpression(value) || ts.isObjectLiteralExpression(value))) {
      const parts = ts.isArrayLiteralExpression(value) ? value.elements : [value];
      return parts.some((part) => boundsByFilter(bare(part as Expression), library, scene, depth + 1));
    }
    if (isMembership(value, library)) return true;
    if (!uniqueKeys.has(lastPart(name))) return name.includes('_') && ts.isObjectLiteralExpression(value) && value.properties.length > 1 && library.name === 'prisma';
    return !ts.isObjectLiteralExpression(value) || value.properties.some((each) => each.name && ['equals', 'eq', '$eq', '_eq'].includes(nameText(each.name) ?? ''));
  });
}

/** Whether a stage of a pipeline limits the result. Undefined where some of its stages cannot be seen. */
function boundsByPipeline(written: Expression | undefined, library: Library, scene: Scene): boolean | undefined {
  if (!written) return false;
  const node = bare(written);
  const list = listOf(node, scene);
  if (!list) return undefined;
  const stages = stagesOf(list, scene);
  if (stages.some((stage) => isBoundingStage(stage, library, scene))) return true;
  return stages.length < list.elements.length || isFilledLater(node) ? undefined : false;
}

function listOf(node: Expression, scene: Scene): ArrayLiteralExpression | undefined {
  if (ts.isArrayLiteralExpression(node)) return node;
  const value = scene.valueOf(node);
  return value.kind === 'array' ? value.node : undefined;
}

/** The stages of a pipeline that are written out. */
function stagesOf(list: ArrayLiteralExpression, scene: Scene): ObjectLiteralExpression[] {
  return list.elements.flatMap((element) => (ts.isSpreadElement(element) ? [] : (literalOf(element, scene) ?? [])));
}

/** `stages.push(…)`: more stands in the list than its literal says. */
function isFilledLater(node: Expression): boolean {
  const declared = ts.isIdentifier(node) ? declarationOf(node) : undefined;
  return declared?.kind === 'variable' && usesOf(declared.node).some((use) => /^(?:push|unshift|splice)$/.test(memberAccess(use.parent)?.name ?? ''));
}

/** A stage of an aggregation pipeline that leaves few documents: `$limit`, a count, groups, a match by key. */
function isBoundingStage(stage: ObjectLiteralExpression, library: Library, scene: Scene): boolean {
  if (['$limit', '$count', '$sample', '$facet', '$bucket', '$bucketAuto', '$sortByCount', '$out', '$merge'].some((name) => propertyValue(stage, name))) return true;
  // Groups are counted in kinds rather than in documents; where they are not, nothing here says so.
  if (propertyValue(stage, '$group')) return true;
  const matched = propertyValue(stage, '$match');
  return matched !== undefined && boundsByFilter(bare(matched), library, scene);
}

function isMembership(value: Expression, library: Library): boolean {
  if (ts.isArrayLiteralExpression(value)) return true;
  if (ts.isCallExpression(value)) return library.membership?.includes(inOneLine(value.expression, 40)) ?? false;
  return ts.isObjectLiteralExpression(value) && value.properties.some((property) => {
    const name = property.name && (ts.isComputedPropertyName(property.name) ? inOneLine(property.name.expression, 40) : nameText(property.name));
    return name !== undefined && /^(?:[$_]?in|(?:Sequelize\.)?Op\.in)$/.test(name);
  });
}

/** Drizzle's conditions: `eq(users.id, x)`, `inArray(users.id, ids)`, and `and(…)` around them. */
function boundsByCondition(call: CallExpression, library: Library, scene: Scene, depth: number): boolean {
  const name = inOneLine(call.expression, 40);
  if (library.membership?.includes(name)) return true;
  if (name === 'and') return call.arguments.some((each) => boundsByFilter(bare(each), library, scene, depth + 1));
  if (name !== 'eq') return false;
  const column = argument(call, 0);
  const access = column && memberAccess(column);
  return access !== undefined && uniqueKeys.has(access.name);
}

function literalOf(expression: Expression, scene: Scene): ObjectLiteralExpression | undefined {
  const value = scene.valueOf(expression);
  return value.kind === 'object' ? value.node : undefined;
}

// -- how far a filter reaches -----------------------------------------------------------------------------------------

function scopeOf(operations: readonly Operation[], library: Library, scene: Scene): Query['scope'] {
  const keys: string[] = [];
  let hidden = false;
  for (const { call, given } of operations) {
    if (ts.isTaggedTemplateExpression(given)) continue;
    const written = given.arguments ?? [];
    const options = call.options === undefined ? undefined : optionsAt(given, call.options, scene);
    if (options === 'hidden') hidden = true;
    const filters: (Expression | undefined)[] = [call.filter === undefined ? undefined : written[call.filter]];
    if (options && options !== 'hidden') {
      for (const key of library.options?.filter ?? []) filters.push(propertyValue(options, key));
      if (hasHiddenProperties(options)) hidden = true;
    }
    const list = call.pipeline === undefined || !written[call.pipeline] ? undefined : listOf(bare(written[call.pipeline]!), scene);
    if (list) for (const stage of stagesOf(list, scene)) filters.push(propertyValue(stage, '$match'));
    else if (call.pipeline !== undefined) hidden = true;
    for (const filter of filters) {
      if (!filter) continue;
      if (!collectKeys(bare(filter), keys, scene, 0)) hidden = true;
    }
    if (call.owner !== undefined && isOneOwner(written, call.owner)) return 'parent';
    if (call.condition) {
      const column = argument(given, call.condition.column);
      if (column && ts.isStringLiteralLike(column)) keys.push(lastPart(column.text));
      else if (column && ts.isObjectLiteralExpression(column)) collectKeys(column, keys, scene, 0);
      else if (column) hidden = true;
    }
  }
  const scope = scopeOfKeys(keys);
  return scope === 'parent' || !hidden ? scope : undefined;
}

/** `members(key)` reads what belongs to one; a key that is written out is everybody's. */
function isOneOwner(written: readonly Expression[], position: number): boolean {
  const owner = written[position];
  return position < 0 || (owner !== undefined && !ts.isStringLiteralLike(bare(owner)));
}

/** The columns of a filter that a function builds: `(q) => q.eq('userId', id).eq('open', true)`. */
function columnsBuilt(body: Node): string[] {
  const columns: string[] = [];
  const visit = (node: Node): void => {
    const column = ts.isCallExpression(node) && /^(?:eq|in)$/.test(calleeName(node) ?? '') ? argument(node, 0) : undefined;
    if (column && ts.isStringLiteralLike(column)) columns.push(lastPart(column.text));
    ts.forEachChild(node, visit);
  };
  visit(body);
  return columns;
}

/** Adds the columns that a filter speaks of. False when some of it cannot be seen. */
function collectKeys(filter: Expression, keys: string[], scene: Scene, depth: number): boolean {
  if (depth > 4) return false;
  if (ts.isStringLiteralLike(filter) || ts.isTemplateExpression(filter)) {
    for (const match of plainText(filter).matchAll(/([A-Za-z_]\w*)["`]?\s*(?:=|in\b)/gi)) keys.push(match[1]!);
    return true;
  }
  if (ts.isCallExpression(filter)) {
    let seen = true;
    for (const each of filter.arguments) {
      const node = bare(each);
      const access = memberAccess(node);
      if (access) keys.push(access.name);
      else if (ts.isCallExpression(node)) seen = collectKeys(node, keys, scene, depth + 1) && seen;
    }
    return seen;
  }
  if (ts.isArrowFunction(filter)) {
    keys.push(...columnsBuilt(filter.body));
    return true;
  }
  const object = ts.isObjectLiteralExpression(filter) ? filter : literalOf(filter, scene);
  if (!object) return false;
  let seen = true;
  for (const property of object.properties) {
    if (ts.isSpreadAssignment(property)) {
      for (const part of partsOfSpread(property.expression)) seen = collectKeys(part, keys, scene, depth + 1) && seen;
      continue;
    }
    const name = property.name && nameText(property.name);
    if (name === undefined) seen = false;
    else if (conjunctions.has(name) && ts.isPropertyAssignment(property)) {
      const value = bare(property.initializer);
      for (const part of ts.isArrayLiteralExpression(value) ? value.elements : [value]) seen = collectKeys(bare(part as Expression), keys, scene, depth + 1) && seen;
    } else {
      keys.push(lastPart(name));
      // `where: { order: { id } }`, `where: { members: { some: { userId } } }`: a relation's filter counts like the column behind it.
      const value = ts.isPropertyAssignment(property) ? bare(property.initializer) : undefined;
      if (value && ts.isObjectLiteralExpression(value)) {
        if (value.properties.some((each) => each.name && ['id', 'token', 'slug', 'secondaryId'].includes(nameText(each.name) ?? ''))) keys.push(`${name}Id`);
        seen = collectKeys(value, keys, scene, depth + 1) && seen;
      }
    }
  }
  return seen;
}

// -- text of queries --------------------------------------------------------------------------------------------------

function taggedQuery(node: TaggedTemplateExpression, scene: Scene): Query | undefined {
  if (ts.isTemplateSpan(wrapped(node).parent)) return undefined; // a fragment inside another tag
  const access = memberAccess(bare(node.tag));
  const holder = access ? (handleOf(access.of, scene) ?? handleByName(access.of, scene)[0] ?? handleByTag(access, scene)) : undefined;
  const call = access && holder ? callOn(holder, access.name) : undefined;
  const own = access ? undefined : handleOf(node.tag, scene);
  const called = own && own.library.kinds[own.kind]?.called;
  const how = call?.verb ? call : called;
  const library = call?.verb ? holder?.library : own?.library;
  if (!how?.verb || !library) return undefined;
  if (called && library.kinds[own!.kind]?.runs === 'when-awaited' && !isRun(node as never, scene)) return undefined;
  const sql = how.verb === 'write' ? undefined : readText(plainText(node.template), library);
  // `` sql`…`.cursor(100) `` reads in portions.
  const next = how.gives === undefined ? undefined : outerMember(node);
  const end = next && callOn({ library, kind: how.gives! }, next.name);
  if (called && library.kinds[own!.kind]?.runs === 'by-terminal' && !end?.verb) return undefined;
  const isLimited = end?.bounds !== undefined;
  return {
    node, library, verb: sql?.verb ?? how.verb, bounded: isLimited || sql?.bounded, scope: sql?.scope, table: sql?.table,
    says: says(node), bulk: false, batchable: true, batches: false, eachTable: false,
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

function readText(text: string, library: Library): SqlFacts | undefined {
  return library.language === 'cypher' ? readCypher(text) : readSql(text);
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

/** The text of a query where it can be read: a literal, a template, a tag, a constant that holds one, or `{ text: … }`, `{ query: … }`. */
export function textOf(expression: Expression | undefined, scene: Scene, depth = 0): string | undefined {
  if (!expression || depth > 4) return undefined;
  const node = bare(expression);
  if (isTextual(node)) return plainText(node);
  if (ts.isTaggedTemplateExpression(node)) return plainText(node.template);
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    const left = textOf(node.left, scene, depth + 1);
    const right = textOf(node.right, scene, depth + 1);
    return left === undefined && right === undefined ? undefined : `${left ?? ' $$ '}${right ?? ' $$ '}`;
  }
  if (ts.isObjectLiteralExpression(node)) return textOf(propertyValue(node, 'text') ?? propertyValue(node, 'sql') ?? propertyValue(node, 'query'), scene, depth + 1);
  if (ts.isIdentifier(node)) {
    const declared = declarationOf(node);
    if (declared?.kind === 'variable' && declared.node.initializer) {
      const later = assignmentsTo(node.text, declared.node);
      const first = textOf(declared.node.initializer, scene, depth + 1);
      // `sql += ' LIMIT 10'`: what is added later may well be the limit.
      return first !== undefined && (later.length > 0 || grows(declared.node)) ? `${first} $$` : first;
    }
    const value = scene.valueOf(node);
    return value.kind === 'literal' ? textOf(value.node as Expression, scene, depth + 1) : undefined;
  }
  if (ts.isCallExpression(node)) {
    const value = scene.valueOf(node);
    if (value.kind === 'literal') return textOf(value.node as Expression, scene, depth + 1);
    // Tags called with options, such as sql.type(schema)`…`, and helpers that wrap a text.
    return textOf(node.arguments.find((each) => isTextual(bare(each))), scene, depth + 1);
  }
  return undefined;
}

function grows(variable: VariableDeclaration): boolean {
  return usesOf(variable).some((use) => use.parent && ts.isBinaryExpression(use.parent) && use.parent.left === use && use.parent.operatorToken.kind === ts.SyntaxKind.PlusEqualsToken);
}

function isTextual(node: Expression): boolean {
  return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
}

/** A literal's text with `$$` for everything put in. */
export function plainText(node: Node): string {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node)) return node.head.text + node.templateSpans.map((span) => `$$${span.literal.text}`).join('');
  return '';
}
