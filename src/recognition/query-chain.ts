import { ts, type CallExpression, type Expression, type FunctionBody, type Identifier, type NewExpression, type Node, type TaggedTemplateExpression, type VariableDeclaration } from '../code/compiler.ts';
import { assignmentsTo, declarationOf } from '../code/scope.ts';
import { assignedInConstructor } from '../code/members.ts';
import type { Scene } from '../code/scene.ts';
import { argument, bare, escaped, hasModifier, inOneLine, isAwaitedWithin, isWithin, lastName, memberAccess, nameText, returnedExpressions, wrapped } from '../code/syntax.ts';
import { isHandedIn } from '../code/value.ts';
import { libraries } from '../libraries/index.ts';
import type { Call, Library, Shape, Verb } from '../libraries/library.ts';
import { isAwaited } from './awaited.ts';
import { callOn, handleByName, handleOf, isRow, memberOf, methodOfRow, sameElements, type Handle } from './handle.ts';
import { leadsSomewhere, librariesAt, libraryOf } from './known-libraries.ts';
import { modelByFile } from './model-files.ts';
import { isElement, sourceOf } from './row-source.ts';
import { isTextual, plainText } from './query-text.ts';
import { looksLikeSql } from './sql-text.ts';
import { isForItself, usesOf, variableOf } from './variable-uses.ts';

/** One step of a chain: a member that is called, or only passed through. */
type Link = { name: string; node: Expression; call: CallExpression | undefined };

/** One call of a chain and what the library's data says about it. `maybe` where it was made elsewhere, on the variable that the query is kept in. */
export type Operation = {
  call: Call;
  /** What decides: the member that is called, or the command that it sends. */
  name: string;
  link: Link | undefined;
  at: CallExpression | TaggedTemplateExpression;
  /** Whose arguments say more: the call itself, or the command that it sends. */
  given: CallExpression | TaggedTemplateExpression | NewExpression;
  handle: Handle;
  maybe: boolean;
  /** What it reads that a function of the repository began and gave back. */
  began?: Verb;
  /** Parts of the query that come from somewhere else: `base` of `query(base, limit(10))`. */
  unseen?: readonly Expression[];
};

/** A call that the library has none of. */
export function isOwnCall({ name, handle: { library, kind } }: Operation): boolean {
  const { calls } = library.kinds[kind] ?? {};
  return calls !== undefined && Object.hasOwn(calls, '*') && !Object.hasOwn(calls, name);
}

/** Variables that a query is followed back through, in one function. */
const deepestMaking = 4;

const ofOperations = Symbol('operations');

/** Everything that is done to one query, innermost first, along a chain of calls and back through the variable it was kept in. */
export function operationsOf(node: CallExpression, scene: Scene): readonly Operation[] {
  return scene.remember(ofOperations, node, () => readOperations(node, scene, 0), []);
}

function readOperations(node: CallExpression, scene: Scene, depth: number, within: readonly VariableDeclaration[] = []): Operation[] {
  const { root, links } = chainOf(node);
  const made = madeElsewhere(node, scene, depth);
  if (made.length > 0) return made;
  const candidates = rootHandles(root, links, scene);
  for (const { handle, from, isCalled } of candidates) {
    const own = isCalled ? links.slice(from).with(0, { ...links[from]!, name: '' }) : links.slice(from);
    const operations = followLinks(handle, own, links[from - 1], scene, root, depth, within);
    if (operations.some(({ call, maybe }) => !maybe && (call.verb || call.queues))) return operations;
    if (operations.length > 0 && candidates.length === 1) return operations;
  }
  return [];
}

/** The root of a chain and its links, innermost first: `this.prisma.user.findMany()` is `this` and three links. */
export function chainOf(node: CallExpression): { root: Expression; links: Link[] } {
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

/** What people call a client that is itself called: `this.knex('users')`, `ctx.db('users')`. */
const calledClient = /(?:knex|db|database|trx|tx|transaction|conn(?:ection)?|client|orm|qb|query_?builder|replica|writer|reader|sql)_*$/i;
/** What comes next where something else is called with a table. */
const afterTable = /^(?:select|where\w*|andWhere\w*|insert|update|del|delete|first|(?:left|right|inner|full|cross)?[jJ]oin|orderBy|count|pluck|returning|increment|decrement|truncate)$/;

/** What is called with a table, or with the like of one, and is no client. */
const ofBuilders = /^(?:from|into|table|as|ref|raw|schema|collection|model|with\w*|select|insert|update|where\w*|\w*[jJ]oin\w*|(?:order|group|key|sort|count|sum)(?:By|Distinct|Raw)?|having\w*|(?:distinct|returning|pluck|column|columns|alias|on|using|modify|scope|populate|clone|limit|offset|skip|min|max|avg|first|eager|fetch|set|index)|find\w*|(?:create|get|use|require)[A-Z]?\w*)$/;

/** True for a member that may be a client which is itself called. `next` is what is called on what it gives. */
export function mayBeCalledClient({ name, call }: Link, next: Link | undefined): boolean {
  return call !== undefined && call.arguments.length > 0 && name !== '' && (calledClient.test(name) || (next?.call !== undefined && afterTable.test(next.name) && !ofBuilders.test(name)));
}

/** What goes on with a query that a method has begun. */
const goesOn = /^(?:where\w*|andWhere\w*|orWhere\w*|select|(?:left|right|inner|full|cross)?[jJ]oin\w*|orderBy\w*|groupBy|modify|withGraph\w+|populate|sort|limit|offset)$/;

/** What people call a function that begins a query, and is no hook. */
const begins = /^(?!use[A-Z])\w*(?:[a-z]Quer(?:y|ies)|QueryBuilder|[a-z]Qb)$/;

/** `this.q().where(…)`, `await buildOrdersQuery(filter)`: a method or a function that may have begun a query. */
export function mayBeBegun({ call }: Link, next: Link | undefined): boolean {
  if (!call) return false;
  const callee = bare(call.expression);
  const access = memberAccess(callee);
  if (!access) return ts.isIdentifier(callee) && begins.test(callee.text);
  return access.of.kind === ts.SyntaxKind.ThisKeyword && (begins.test(access.name) || (next?.call !== undefined && goesOn.test(next.name)));
}

/** `('users')`, `(TABLE)`, `(this.tableName)`: given a table, and nothing else. */
function saysTable({ arguments: given }: CallExpression): boolean {
  const [first] = given;
  return first !== undefined && given.length === 1 && (isTextual(bare(first)) || /[tT]able|[nN]ame$|^[A-Z]/.test(lastName(first) ?? '') || isAmongTables(first));
}

/** `tableNames[model]`. */
export function isAmongTables(expression: Expression): boolean {
  const node = bare(expression);
  return ts.isElementAccessExpression(node) && /tables?(?:names?)?$/i.test(lastName(node.expression) ?? '');
}

/** A client that is itself called: one that hangs on something, or one that only what is done with the table tells. */
function handleOfCalled(links: readonly Link[], scene: Scene): { handle: Handle; from: number; isCalled: true } | undefined {
  const from = links.findIndex((link, at) => link.name === '' || mayBeCalledClient(link, links[at + 1]));
  const link = links[from];
  if (!link) return undefined;
  const callee = bare(link.call!.expression);
  const known = link.name === '' ? undefined : handleOf(callee, scene);
  const handle = [known ?? calledByName(link, links[from + 1], callee, scene)].flat().find((each) => each.library.kinds[each.kind]?.called?.table !== undefined);
  return handle && { handle, from, isCalled: true };
}

function calledByName({ call, name }: Link, next: Link | undefined, callee: Expression, scene: Scene): Handle[] {
  if (!saysTable(call!)) return [];
  // `this.db.knex('users').where(…)`: a library by its own name, which its package need not list where a client is handed in.
  const own = next?.call && afterTable.test(next.name) && isHandedIn(scene.valueOf(callee)) ? libraries.find((library) => library.name === lastName(callee)) : undefined;
  const named = name === '' ? [] : own ? Object.keys(own.kinds).map((kind) => ({ library: own, kind })) : handleByName(callee, scene);
  // `db('users').where(…)`: whatever the client is called, where the package has the library.
  if (named.length > 0 || !ts.isStringLiteralLike(bare(call!.arguments[0]!)) || !next?.call || !afterTable.test(next.name) || ofBuilders.test(lastName(callee) ?? '') || !isHandedIn(scene.valueOf(callee))) return named;
  return librariesAt(callee, scene).flatMap((library) => Object.entries(library.kinds).flatMap(([kind, { called }]) => (called?.table === undefined ? [] : [{ library, kind }])));
}

/** Where along the chain a library's thing comes into view, and which; `isCalled` where the first link calls the thing itself. Evidence by value first, then by shape, then by name. */
function rootHandles(root: Expression, links: readonly Link[], scene: Scene): { handle: Handle; from: number; isCalled?: boolean }[] {
  if (ts.isAwaitExpression(root) && links.length === 0) return [];
  const called = handleOfCalled(links, scene);
  if (called) return [called];
  const prefixes: { node: Expression; from: number }[] = [{ node: root, from: 0 }];
  links.forEach((link, index) => {
    if (!link.call && index < links.length - 1) prefixes.push({ node: link.node, from: index + 1 });
  });
  for (const { node, from } of prefixes) {
    const handle = handleOf(node, scene) ?? (from === 0 && ts.isIdentifier(node) ? rowBySource(node, scene) : undefined);
    // `db.replica()('users')`: what the repository adds to a client may give another one.
    const next = links[from];
    // `this.constructor.findAll()`: the class, and not the row.
    if (next?.name === 'constructor' && !next.call) continue;
    if (handle && next && !next.call && isOwnMember(node, next.name, scene)) continue;
    if (handle && next?.call && next.name !== '' && from < links.length - 1 && !callOn(handle, next.name)) {
      const given = handleOf(next.node, scene);
      if (given) return [{ handle: given, from: from + 1 }];
    }
    if (handle) return [{ handle, from }];
  }
  // A call somewhere in the chain may give the thing: `getConnection().manager.find()`.
  for (const [index, link] of links.entries()) {
    if (!link.call || index === links.length - 1) continue;
    const handle = handleOf(link.node, scene) ?? (/^(?:get|resolve)$/.test(link.name) ? handleByName(link.node, scene)[0] : handleBegunBy(link.call, scene));
    if (handle) return [{ handle, from: index + 1 }];
  }
  // What is called directly decides: a module or object on the way may hold anything.
  const receiver = prefixes.at(-1)!.node;
  if (receiver.kind !== ts.SyntaxKind.ThisKeyword && leadsSomewhere(scene.valueOf(receiver))) return [];
  // A name counts only with its package among the dependencies, so it says more than a shape, which libraries share.
  const named = prefixes.flatMap(({ node, from }) => handleByName(node, scene).map((handle) => ({ handle, from })));
  const shaped = handlesByShape(links, scene, root);
  if (named.length > 0 || shaped.length > 0) return [...named, ...shaped];
  const other = handleOfOtherUse(links, scene) ?? handleOfModelFile(links, scene);
  return other ? [other] : [];
}

/** `db` of `this.prisma.db.user`, where `class PrismaService extends PrismaClient` has a getter or a field of that name: what it is says the repository. */
function isOwnMember(node: Expression, name: string, scene: Scene): boolean {
  const value = scene.valueOf(node);
  return value.kind === 'instance' && scene.lineage(value.node).some(({ node: level }) => level?.members.some((each) => each.name !== undefined && (ts.isGetAccessorDeclaration(each) || ts.isPropertyDeclaration(each)) && nameText(each.name) === name));
}

/** `this._Member.findOne(…)`: a model that somebody hands over, and a file of this repository makes. */
function handleOfModelFile(links: readonly Link[], scene: Scene): { handle: Handle; from: number } | undefined {
  const from = links.findIndex(({ call }) => call);
  const receiver = links[from]?.call && memberAccess(bare(links[from].call.expression))?.of;
  const handle = receiver && modelByFile(receiver, scene);
  return handle && callOn(handle, links[from]!.name) ? { handle, from } : undefined;
}

/** The row that a name stands for, where only its shape, or the name of its model, tells the query that gave it. */
function rowBySource(name: Identifier, scene: Scene): Handle | undefined {
  if (leadsSomewhere(scene.valueOf(name))) return undefined;
  let source = sourceOf(name);
  if (!isElement(name)) return source && isAwaited(name) && ts.isCallExpression(bare(source)) ? rowOfCall(bare(source) as CallExpression, 'one', scene) : undefined;
  for (let step = 0; source && step < 4; step += 1) {
    const node = bare(source);
    const call: CallExpression | undefined = ts.isCallExpression(node) ? node : undefined;
    const access: ReturnType<typeof memberAccess> = call && memberAccess(bare(call.expression));
    if (ts.isIdentifier(node) && !isElement(node)) source = sourceOf(node);
    else if (access && sameElements.has(access.name)) source = access.of;
    // `posts.models` of what `Post.fetchAll()` gave.
    else if (!call && memberAccess(node) && holdsRows.has(memberAccess(node)!.name)) source = memberAccess(node)!.of;
    else return call && rowOfCall(call, 'many', scene);
  }
  return undefined;
}

/** Members under which some library keeps the rows of what a query gives. */
const holdsRows = new Set(libraries.flatMap(({ kinds }) => Object.entries(kinds).flatMap(([kind, { row, members }]) => (row === undefined ? [] : Object.entries(members ?? {}).flatMap(([name, of]) => (of === kind ? name : []))))));

/** The row, or one of the rows, that a call gives. */
function rowOfCall(call: CallExpression, how: 'one' | 'many', scene: Scene): Handle | undefined {
  const operations = operationsOf(call, scene);
  const last = operations.findLast((operation) => !operation.maybe);
  if (last?.at !== call) return undefined;
  const { library } = last.handle;
  if (how === 'many') {
    // A list of its own kind, which needs no more to be one: `for (const post of await Post.fetchAll())`.
    const list = last.call.gives === undefined ? undefined : library.kinds[last.call.gives];
    const row = list ? (list.runs === undefined ? list.row : undefined) : last.call.row;
    return last.call.verb !== 'read-many' || row === undefined ? undefined : { library, kind: row };
  }
  const asks = operations.findLast(({ call: { verb } }) => verb !== undefined)?.call;
  const kind = asks && (asks.verb === 'read-one' || (asks.verb === 'write' && !asks.bulk)) ? (last.call.gives === undefined ? last.call.row : library.kinds[last.call.gives]?.row) : undefined;
  return kind === undefined ? undefined : { library, kind };
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
    const fitting = shapes.filter(({ library, shape }) => (!shape.dependent || (used.includes(library) && mayBeOf(library, root, scene))) && fits(shape, library, links, index, root, scene));
    // Where two libraries share a shape, the one that the package depends on is meant.
    const found = fitting.find(({ library }) => used.includes(library)) ?? fitting[0];
    if (found) return [{ handle: { library: found.library, kind: found.shape.on }, from: index }];
  }
  return [];
}

/** False for what another package gives, unless it is one of models: `Channels` of `@slack/client`, whatever library the project's package lists. */
function mayBeOf(library: Library, root: Expression, scene: Scene): boolean {
  const value = scene.valueOf(root);
  return value.kind !== 'external' || libraryOf(value.from) === library || /model|entit|db\b|database|orm\b|prisma|schema|data|persist|repo|core|shared|common|domain/i.test(value.from);
}

const ofShapes = Symbol('handles by shape');

/** `carts.findOne(…)` beside `carts.updateOne({ _id })`: another call on the same name, in the same function or class, has an unmistakable shape. */
function handleOfOtherUse(links: readonly Link[], scene: Scene): { handle: Handle; from: number } | undefined {
  const from = links.findIndex(({ call }) => call);
  const link = links[from];
  const receiver = link?.call && memberAccess(bare(link.call.expression))?.of;
  if (!receiver || !calledOnShapes.has(link.name) || !(ts.isIdentifier(receiver) || memberAccess(receiver))) return undefined;
  const handle = handlesByReceiver(homeOf(receiver), scene).get(inOneLine(receiver, 120));
  return handle && callOn(handle, link.name) ? { handle, from } : undefined;
}

/** Every name that can be called on what a shape tells. */
const calledOnShapes = new Set(libraries.flatMap(({ shapes = [], kinds }) => shapes.flatMap(({ on }) => Object.keys(kinds[on]?.calls ?? {}))));
const namesOfShapes = new RegExp(`\\.\\s*(?:${[...shapesByCall.keys()].map(escaped).join('|')})\\s*[<(]`);

/** Where the same name means the same thing: the class around what hangs on `this`, else the outermost function. */
function homeOf(receiver: Expression): Node {
  const isOwn = /^this\b/.test(inOneLine(receiver, 120));
  let home: Node = receiver;
  for (let up: Node = receiver; up.parent; up = up.parent) {
    if (isOwn ? ts.isClassLike(up) : ts.isFunctionLike(up)) home = up;
    if (ts.isClassLike(up)) break;
  }
  return home;
}

/** What shapes tell of the receivers of calls in a function or class, by their text. */
function handlesByReceiver(home: Node, scene: Scene): ReadonlyMap<string, Handle> {
  return scene.remember(ofShapes, home, () => {
    const found = new Map<string, Handle>();
    if (!namesOfShapes.test(home.getText())) return found;
    const visit = (node: Node): void => {
      const access = ts.isCallExpression(node) ? memberAccess(bare(node.expression)) : undefined;
      if (access && shapesByCall.has(access.name)) {
        const call = node as CallExpression;
        const receiver = inOneLine(access.of, 120);
        const { root, links } = chainOf(outermostCall(access.of) ?? call);
        const own = links.findIndex((link) => link.call === call);
        const told = found.has(receiver) ? undefined : handlesByShape(links, scene, root).find(({ from }) => from === own);
        if (told) found.set(receiver, told.handle);
      }
      ts.forEachChild(node, visit);
    };
    visit(home);
    return found;
  }, new Map());
}

/** `RECENT_ORDERS`, `SQL.recent`, `queries.byId`: names under which people keep statements. */
const namesStatement = /^(?:[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*|(?:this\.)?(?:sql|queries|query|statements?)\.\w+|[A-Z]+\.\w+)$/;

function fits(shape: Shape, library: Library, links: readonly Link[], index: number, root: Expression, scene: Scene): boolean {
  const link = links[index]!;
  if (!link.call) return false;
  if (shape.bare && link.call.arguments.length > 0) return false;
  if (shape.ofMember && !(index >= 1 || memberAccess(root))) return false;
  const receiver = memberAccess(bare(link.call.expression));
  if (shape.under && !(receiver && shape.under.test(inOneLine(receiver.of, 4_000)))) return false;
  if (shape.before && !links.slice(index + 1).some(({ name, call }) => call && shape.before!.includes(name))) return false;
  if (shape.sqlText) {
    const text = argument(link.call, 0);
    const written = text && !isTextual(text) && namesStatement.test(inOneLine(text, 60)) ? scene.valueOf(text) : undefined;
    const statement = written?.kind === 'literal' ? (written.node as Expression) : text;
    return statement !== undefined && isTextual(statement) && looksLikeSql(plainText(statement));
  }
  if (shape.command !== undefined && !commandOf(link.call, shape.command, library, scene)) return false;
  if (!shape.object) return true;
  const object = argument(link.call, shape.object.argument);
  return object !== undefined && ts.isObjectLiteralExpression(object) && object.properties.some((property) => property.name && shape.object!.anyOf.includes(nameText(property.name) ?? ''));
}

/** What a function of this repository did to the query that it gives back: `this.lists.build(User, options)` has set a limit of its own. */
function madeElsewhere(call: CallExpression, scene: Scene, depth: number): Operation[] {
  const fn = depth < deepestMaking ? scene.calledFunction(call) : undefined;
  const handle = fn && (handleOf(call, scene) ?? handleBegunBy(call, scene));
  if (!fn || !handle || handle.library.kinds[handle.kind]?.runs === undefined) return [];
  return madeBy(fn, scene);
}

function madeBy(fn: FunctionBody, scene: Scene): Operation[] {
  return scene.remember(ofMaking, fn, () => scene.deeper(() => operationsMadeBy(fn, scene)) ?? [], []);
}

/** `alive(db).where(…)` of `const alive = (db) => db('orders').whereNull('deleted_at')`: the client is handed in, so that only the chain it begins tells what it gives. */
function handleBegunBy(call: CallExpression, scene: Scene): Handle | undefined {
  const fn = scene.calledFunction(call);
  if (!fn || hasModifier(fn, ts.SyntaxKind.AsyncKeyword)) return undefined;
  const end = madeBy(fn, scene).at(-1);
  const kind = end?.call.gives;
  return kind !== undefined && end!.handle.library.kinds[kind]?.runs === 'when-awaited' ? { library: end!.handle.library, kind } : undefined;
}

const ofMaking = Symbol('operations made by a function');
/** Operations told of one function that gives a query. */
const mostOperations = 60;

function operationsMadeBy(fn: FunctionBody, scene: Scene): Operation[] {
  return returnedExpressions(fn).slice(0, mostOperations).flatMap((each) => {
    const node = withoutParentheses(each);
    const operations = ts.isCallExpression(node) ? readOperations(node, scene, 1) : earlierOperations(node, scene, 1);
    // `const query = db('orders'); … return query;`
    const declared = ts.isIdentifier(node) ? declarationOf(node) : undefined;
    const start = declared?.kind === 'variable' ? declared.node.initializer : undefined;
    // What it read, this call reads; how, and how much of it, still holds.
    return operations.map(({ call: { verb, ...call }, ...operation }) => ({ ...operation, call, maybe: true, ...(verb && (!operation.maybe || (start && isWithin(operation.at, start))) && { began: verb }) }));
  }).slice(0, mostOperations);
}

function followLinks(start: Handle, links: readonly Link[], before: Link | undefined, scene: Scene, root: Expression, depth: number, within: readonly VariableDeclaration[]): Operation[] {
  const operations: Operation[] = depth < deepestMaking && mayContinue(start) && !(isRow(start) && isAwaited(root)) && scene.valueOf(root).kind !== 'element' ? [...earlierOperations(root, scene, depth, within), ...(before?.call ? madeElsewhere(before.call, scene, depth) : keptOperations(before, start, scene, depth, within))] : [];
  let handle: Handle | undefined = start;
  for (const link of links) {
    if (!handle) break;
    if (!link.call) {
      handle = memberOf(handle, link.name, scene);
      continue;
    }
    const call: Call | undefined = link.name === '' ? handle.library.kinds[handle.kind]?.called : callOn(handle, link.name);
    if (!call || link.call.arguments.length < (call.leastArguments ?? 0) || takesOthers(link.call, call)) break;
    // A method that a class of this repository has itself is followed, not assumed.
    if (link.name !== '' && (scene.valueOf(link.call.expression).kind === 'function' || methodOfRow(link.call, scene))) break;
    const sent: ReturnType<typeof commandOf> = call.command === undefined ? { call, name: link.name, given: link.call } : commandOf(link.call, call.command, handle.library, scene);
    if (!sent) break;
    const parts = call.parts && depth < 4 ? partsOf(link.call, scene, depth + 1, within) : undefined;
    if (parts) operations.push(...parts.operations);
    operations.push({ ...sent, ...(parts && { unseen: parts.unseen }), link, at: link.call, handle, maybe: false });
    handle = sent.call.gives === undefined ? undefined : { ...handle, kind: sent.call.gives };
  }
  return operations;
}

/** `account.getBalance({ loaders })`: no association takes that. */
function takesOthers({ arguments: given }: CallExpression, { takes }: Call): boolean {
  return takes !== undefined && given.some((each) => {
    const node = bare(each);
    return ts.isObjectLiteralExpression(node) && node.properties.some(({ name }) => name !== undefined && !takes.has(nameText(name) ?? ''));
  });
}

/** `this.statements.byName.all(name)`, `this.searching.all(term)`: what was done to a query that is kept in a member. */
function keptOperations(member: Link | undefined, { library, kind }: Handle, scene: Scene, depth: number, within: readonly VariableDeclaration[]): Operation[] {
  if (!member || library.kinds[kind]?.runs !== undefined || !isPrepared(library, kind)) return [];
  const value = scene.valueOf(member.node);
  const made = value.kind === 'result' ? value.node : assignedToMember(member.node, scene);
  return made ? chainOperations(made, scene, depth + 1, within).map((operation) => ({ ...operation, maybe: true })) : [];
}

/** True for a kind that a statement has by its text, which then runs it without saying it again. */
function isPrepared(library: Library, kind: string): boolean {
  return Object.values(library.kinds).some(({ calls }) => Object.values(calls ?? {}).some(({ text, gives, verb }) => text !== undefined && verb === undefined && gives === kind));
}

function assignedToMember(node: Node, scene: Scene): Expression | undefined {
  const access = memberAccess(node);
  const self = access && access.of.kind === ts.SyntaxKind.ThisKeyword ? scene.valueOf(access.of) : undefined;
  return self?.kind === 'instance' ? assignedInConstructor(self.node, access!.name) : undefined;
}

/** False for a client, a model or a row that is no query itself: what was asked to come by it is over. */
export function mayContinue(handle: Handle): boolean {
  const { runs, calls = {} } = handle.library.kinds[handle.kind] ?? {};
  if (runs !== undefined) return true;
  if (isRow(handle)) return Object.values(calls).some(({ condition }) => condition !== undefined);
  return Object.values(handle.library.kinds).every((kind) => kind.runs === undefined);
}

/** What is done to a query by the arguments of a call that are its parts: `query(users, where('age', '>', 20), limit(10))`. */
function partsOf(call: CallExpression, scene: Scene, depth: number, within: readonly VariableDeclaration[]): { operations: readonly Operation[]; unseen: readonly Expression[] } {
  const parts = call.arguments.map((each) => ({ each, operations: operationsOfValue(each, scene, depth, within) }));
  return { operations: parts.flatMap(({ operations }) => operations), unseen: parts.filter(({ each, operations }) => operations.length === 0 && !isImportedQuery(each, scene)).map(({ each }) => each) };
}

/** A constant of another file, which is a collection or another beginning of queries by its type. */
function isImportedQuery(expression: Expression, scene: Scene): boolean {
  const node = withoutParentheses(expression);
  if (!ts.isIdentifier(node) || declarationOf(node)?.kind !== 'import') return false;
  return isBuilderItself(node, scene);
}

/** Everything that was done to a query which stands somewhere as a value: a chain, a variable, or what another file exports. */
export function operationsOfValue(expression: Expression, scene: Scene, depth = 0, within: readonly VariableDeclaration[] = []): readonly Operation[] {
  const node = withoutParentheses(expression);
  if (ts.isCallExpression(node)) return depth === 0 ? operationsOf(node, scene) : readOperations(node, scene, depth, within);
  if (!ts.isIdentifier(node) || declarationOf(node)?.kind !== 'import') return earlierOperations(node, scene, depth, within);
  const value = scene.valueOf(node);
  return value.kind === 'result' && ts.isCallExpression(value.node) && depth < 4 ? readOperations(value.node, scene, depth + 1, within) : [];
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

/** The last assignments to one variable that are looked at, and its mentions: code that a program wrote may have thousands. */
const mostMakings = 60;
const mostUses = 400;

/**
 * What was done to a query before, where it was kept in a variable: its making, and every call on the variable. `within` are the variables that
 * are asked about already: `query = query.where(…)` is made of itself.
 */
function earlierOperations(root: Expression, scene: Scene, depth: number, within: readonly VariableDeclaration[] = []): Operation[] {
  if (!ts.isIdentifier(root)) return [];
  const declared = declarationOf(root);
  if (declared?.kind !== 'variable' || !ts.isIdentifier(declared.node.name) || within.includes(declared.node)) return [];
  const made = [declared.node.initializer, ...assignmentsTo(declared.node.name.text, declared.node).slice(-mostMakings)].filter((each) => each !== undefined);
  const inner = [...within, declared.node];
  const making = made.flatMap((expression) => chainOperations(expression, scene, depth + 1, inner)).map((operation) => ({ ...operation, maybe: true }));
  const last = making.at(-1);
  const isBuilder = last ? last.call.gives !== undefined && last.handle.library.kinds[last.call.gives]?.runs !== undefined : made.some((each) => ts.isNewExpression(bare(each))) && isBuilderItself(root, scene);
  // `query.take(10);` as a statement of its own shapes every later use. What another use makes of it is another query.
  if (!isBuilder) return making;
  const shaping = callsOnUses(declared.node, scene).filter(({ use, call }) => use !== root && isForItself(withCondition(call), declared.node));
  return [...making, ...shaping.flatMap(({ operations }) => operations.filter(({ call }) => !call.verb))];
}

/** `const query = new Parse.Query('Order')`. */
function isBuilderItself(root: Expression, scene: Scene): boolean {
  const handle = handleOf(root, scene);
  return handle !== undefined && handle.library.kinds[handle.kind]?.runs !== undefined;
}

/** `open && query.where(…);`, `query = open ? query.where(…) : query;`: the whole that a call is a branch of. */
function withCondition(call: CallExpression): Expression {
  let whole: Expression = call;
  for (;;) {
    const { parent } = wrapped(whole);
    if (!ts.isConditionalExpression(parent) && !(ts.isBinaryExpression(parent) && parent.operatorToken.kind !== ts.SyntaxKind.EqualsToken)) return whole;
    whole = parent;
  }
}

function chainOperations(expression: Expression, scene: Scene, depth: number, within: readonly VariableDeclaration[]): Operation[] {
  const node = bare(expression);
  if (ts.isConditionalExpression(node)) return [...chainOperations(node.whenTrue, scene, depth, within), ...chainOperations(node.whenFalse, scene, depth, within)];
  return ts.isCallExpression(node) && depth <= deepestMaking ? readOperations(node, scene, depth, within) : [];
}

/** Calls on a query after it was put into a variable: `query.limit(10)`, `query = query.where(…)`. What was awaited is rows by then. */
export function laterOperations(node: CallExpression, scene: Scene): Operation[] {
  const variable = variableOf(node);
  return variable && !(isAwaitedWithin(node, wrapped(node)) && runsWhenAwaited(node, scene)) ? operationsOnUses(variable, node, scene) : [];
}

function runsWhenAwaited(node: CallExpression, scene: Scene): boolean {
  const end = operationsOf(node, scene).findLast(({ maybe }) => !maybe);
  return end !== undefined && end.handle.library.kinds[end.call.gives ?? end.handle.kind]?.runs === 'when-awaited';
}

/** What is called on a variable, but not by way of `except`: one of its mentions, or a call. */
function operationsOnUses(variable: VariableDeclaration, except: Node, scene: Scene): Operation[] {
  return callsOnUses(variable, scene).flatMap(({ use, call, operations }) => (call === except || use === except ? [] : operations));
}

/** The calls that hang on one mention of the variable that a call is put into: `insert` of `await posts.insert(post)`. */
export function operationsAt(use: Node, made: CallExpression, scene: Scene): readonly Operation[] {
  const variable = variableOf(made);
  return (variable && callsOnUses(variable, scene).find((each) => each.use === use)?.operations) ?? [];
}

type CalledUse = { use: Node; call: CallExpression; operations: readonly Operation[] };
const ofUses = Symbol('calls on uses');

/** The calls that hang on each mention of a variable, which is what was `made` where its value does not say. A query that is put together asks for those of all steps at every step. */
function callsOnUses(variable: VariableDeclaration, scene: Scene): readonly CalledUse[] {
  return scene.remember(ofUses, variable, () => {
    const called = usesOf(variable).slice(-mostUses).flatMap((use) => ({ use, call: outermostCall(use) })).filter(({ call }) => call !== undefined);
    if (called.length === 0) return [];
    const made = madeBySteps(variable, scene);
    return called.flatMap(({ use, call }): CalledUse[] => {
      const operations = operationsFrom(use as Expression, call!, scene, made);
      return operations.length > 0 ? [{ use, call: call!, operations }] : [];
    });
  }, []);
}

/** What a chain makes that is put into a variable: the only evidence where no value tells what it begins with, but its calls do. */
function madeBySteps({ initializer }: VariableDeclaration, scene: Scene): Handle | undefined {
  const made = initializer && bare(initializer);
  if (!made || !ts.isCallExpression(made) || handleOf(made, scene)) return undefined;
  const last = operationsOf(made, scene).at(-1);
  return last?.call.gives === undefined || last.at !== made ? undefined : { ...last.handle, kind: last.call.gives };
}

function operationsFrom(use: Expression, call: CallExpression, scene: Scene, made: Handle | undefined): Operation[] {
  const handle = handleOf(use, scene) ?? made;
  return handle ? operationsOn(handle, call).map((operation) => ({ ...operation, maybe: true })) : [];
}

/** What a chain does to the thing that it begins with. */
export function operationsOn(handle: Handle, call: CallExpression): Operation[] {
  return operationsAlong(handle, chainOf(call).links);
}

/** The same of some links of a chain, as far as they are known. */
export function operationsAlong(handle: Handle, links: readonly Link[]): Operation[] {
  const found: Operation[] = [];
  let current: Handle | undefined = handle;
  for (const link of links) {
    if (!current || !link.call) break;
    const step: Call | undefined = callOn(current, link.name);
    if (!step) break;
    found.push({ call: step, name: link.name, link, at: link.call, given: link.call, handle: current, maybe: false });
    current = step.gives === undefined ? undefined : { library: current.library, kind: step.gives };
  }
  return found;
}

/** The last call of the chain that hangs on this mention: `query.where(…).limit(5)` of `query`. */
export function outermostCall(use: Node): CallExpression | undefined {
  let call: CallExpression | undefined;
  for (let next = outerMember(use as Expression); next; next = outerMember(next.call)) call = next.call;
  return call;
}

/** `x.name(…)` where x is this very node (not awaited in between). */
export function outerMember(node: Expression): { name: string; call: CallExpression } | undefined {
  let inner: Node = node;
  while (ts.isParenthesizedExpression(inner.parent) || ts.isNonNullExpression(inner.parent)) inner = inner.parent;
  const access = inner.parent && memberAccess(inner.parent);
  if (!access || access.of !== inner) return undefined;
  const call = wrapped(inner.parent).parent === undefined ? undefined : inner.parent.parent;
  return call && ts.isCallExpression(call) && call.expression === inner.parent ? { name: access.name, call } : undefined;
}
