import type { ts as C } from 'ts-morph';
import { ts, type CallExpression, type ClassLikeDeclaration, type Expression, type FunctionBody, type Identifier, type Node, type ParameterDeclaration, type TypeNode } from '../code/compiler.ts';
import { declarationOf, type Declared } from '../code/scope.ts';
import type { Scene } from '../code/scene.ts';
import { argument, bare, isFunctionBody, memberAccess, nameText, pathOf, requireArgument, returnedExpressions, singular } from '../code/syntax.ts';
import { isSaying, type Value } from '../code/value.ts';
import { libraries } from '../libraries/index.ts';
import type { Call, Export, Library } from '../libraries/library.ts';
import { isAwaited } from './awaited.ts';
import { exportedOf, importsLibrary, leadsSomewhere, librariesAt, libraryOf, type External } from './known-libraries.ts';
import { lentThroughSchema } from './lent-functions.ts';
import { lentAround, type Lent } from './lent-to.ts';
import { resolverOf } from './resolver.ts';
import { givenBeside, isModelsName, modelsCalled, saysNothing } from './untyped.ts';

/** A thing that a library hands out: which library, which of its kinds, and the class of this repository that its rows are of, where one is named. */
export type Handle = { library: Library; kind: string; rows?: ClassLikeDeclaration };

/** The library's thing that an expression is, by where its value comes from. Names alone are not asked here. */
export function handleOf(expression: Expression, scene: Scene): Handle | undefined {
  const handle = onceAwaited(handleOfValue(scene.valueOf(expression), scene), expression, scene) ?? handleByDecorator(expression, scene) ?? lentThis(expression, scene) ?? rowByName(expression, scene);
  return handle?.library.resolverParent === undefined || handle.kind === handle.library.resolverParent ? handle : (parentRow(expression, scene) ?? handle);
}

/** `const user = await User.findOne(…)`: a query that reads or writes one row is that row, once it was awaited. */
function onceAwaited(handle: Handle | undefined, expression: Expression, scene: Scene): Handle | undefined {
  const { runs, row } = (handle && handle.library.kinds[handle.kind]) ?? {};
  if (!handle || runs !== 'when-awaited' || row === undefined || !isAwaited(expression)) return handle;
  return isOfOneRow(scene.valueOf(expression), scene) ? { ...handle, kind: row } : handle;
}

/** True for a chain of calls the last of which that asks for anything asks for one row. */
function isOfOneRow(value: Value, scene: Scene): boolean {
  let current: Value | undefined = value;
  for (let depth = 0; current?.kind === 'result' && depth < 12; depth += 1) {
    const call = callOfResult(current, scene, 0)?.call ?? lentQuery(current, scene, 0)?.asks;
    if (call?.verb !== undefined) return call.verb === 'read-one' || (call.verb === 'write' && !call.bulk);
    current = current.of.kind === 'member' ? current.of.of : undefined;
  }
  return false;
}

/** True for a thing that `extend({ … })` gives with some methods more. */
export function isExtended({ library, kind }: Handle): boolean {
  return library.kinds[kind]?.calls?.['extend']?.gives === kind;
}

/** `this` in a method that is put on a model after it was made: the model, or a row. */
function lentThis(expression: Expression, scene: Scene): Handle | undefined {
  // `this.constructor.findOne(…)` in a method of a document.
  const access = memberAccess(expression);
  if (access?.name === 'constructor' && access.of.kind === ts.SyntaxKind.ThisKeyword) return lentAround(access.of)?.to === 'methods' ? modelOfLent(expression, 'statics', scene) : undefined;
  const lent = expression.kind === ts.SyntaxKind.ThisKeyword ? lentAround(expression) : undefined;
  if (!lent) return undefined;
  if (lent.to === 'itself') {
    const handle = lent.by && handleOf(lent.by, scene);
    return handle && isExtended(handle) ? handle : undefined;
  }
  if (lent.by) {
    const handle = handleOf(lent.by, scene);
    const lends = handle?.library.lends;
    return handle && lends && lends.argument === undefined && handle.kind === lends.statics ? { library: handle.library, kind: lends[lent.to] } : undefined;
  }
  return modelOfLent(expression, lent.to, scene);
}

function modelOfLent(expression: Expression, to: Lent, scene: Scene): Handle | undefined {
  const library = librariesAt(expression, scene).find(({ lends }) => lends?.argument !== undefined);
  return library?.lends && { library, kind: library.lends[to] };
}

/** `resolve(account: typeof models.Account)`: what a field resolver gets is a row, though its type names the model. */
function parentRow(expression: Expression, scene: Scene): Handle | undefined {
  const node = bare(expression);
  const declared = ts.isIdentifier(node) ? declarationOf(node) : undefined;
  const fn = declared?.kind === 'parameter' ? declared.node.parent : undefined;
  return fn && isFunctionBody(fn) && declared?.kind === 'parameter' && fn.parameters[0] === declared.node ? resolvedRow(fn, scene) : undefined;
}

// A long chain asks for its beginning several times at every link, so each value is interpreted once, or once until the files that it waits for have come.
const handles = new WeakMap<Value, { handle: Handle | undefined; pendingIn: number | undefined }>();

export function handleOfValue(value: Value, scene: Scene, depth = 0): Handle | undefined {
  if (depth > 24) return undefined;
  const known = handles.get(value);
  if (known && known.pendingIn === undefined) return known.handle;
  if (known?.pendingIn === scene.round) {
    scene.files.miss();
    return known.handle;
  }
  const { misses } = scene.files;
  const handle = interpret(value, scene, depth);
  handles.set(value, { handle, pendingIn: scene.files.misses > misses ? scene.round : undefined });
  return handle;
}

function interpret(value: Value, scene: Scene, depth: number): Handle | undefined {
  switch (value.kind) {
    case 'external':
      return exportOf(value, 'is') ?? handleWithin(value, scene, depth);
    case 'global': {
      const exported = exportedOf(value);
      return exported && handleOfValue(exported, scene, depth + 1);
    }
    case 'made': {
      const exported = exportedOf(value.of);
      return withRows((exported && exportOf(exported, 'made')) ?? madeBy(handleOfValue(value.of, scene, depth + 1)), classOfTypes(value.types, scene));
    }
    case 'result':
      return handleOfResult(value, scene, depth);
    case 'member': {
      const holder = handleOfValue(value.of, scene, depth + 1);
      const exported = holder ? undefined : exportedOf(value);
      return holder ? memberOf(holder, value.name, scene, depth + 1) : exported && exportOf(exported, 'is');
    }
    case 'class':
      return handleOfClass(value.node, 'extended', scene, depth);
    case 'instance':
      return handleOfClass(value.node, 'extendedInstance', scene, depth);
    case 'element':
      return handleOfElement(value.of, scene, depth);
    case 'parameter':
      return handleOfParameter(value.node, scene, depth);
    default:
      return undefined;
  }
}

/** Methods of lists that give the same elements. */
export const sameElements = new Set(['filter', 'slice', 'sort', 'reverse', 'toSorted', 'toReversed', 'splice']);
/** Methods of lists that give other things. */
const otherElements = new Set(['map', 'flatMap', 'reduce', 'entries', 'keys']);

/** What an element of a list is: a row, where the list is what a query gave, or a part of it. */
function handleOfElement(list: Value, scene: Scene, depth: number): Handle | undefined {
  if (list.kind === 'result' && list.of.kind === 'member') {
    if (otherElements.has(list.of.name)) return undefined;
    if (sameElements.has(list.of.name)) return handleOfElement(list.of.of, scene, depth + 1);
  }
  if (list.kind === 'parameter') return ts.isIdentifier(list.node.name) && saysNothing(list.node.type) ? rowCalled(singular(list.node.name.text), list.node, scene, depth) ?? rowOfList(handleOfValue(list, scene, depth + 1)) : undefined;
  const query = list.kind === 'result' ? callOfResult(list, scene, depth) : undefined;
  if (list.kind === 'result' && query?.call.verb === 'read-many' && query.call.row && !query.call.gives) return withRows({ ...query.handle, kind: query.call.row }, rowsNamed(query.call, list.node, scene));
  return rowOfList(handleOfValue(list, scene, depth + 1));
}

function rowOfList(whole: Handle | undefined): Handle | undefined {
  const { row, members } = (whole && whole.library.kinds[whole.kind]) ?? {};
  // `prisma[this.model]`, `db.models[name]`: one of those that it has members for.
  const kind = row ?? members?.['*'];
  return whole && kind !== undefined ? { ...whole, kind } : undefined;
}

/** The handle with a class for its rows, where one is named; else with the one that it has. */
function withRows(handle: Handle | undefined, rows: ClassLikeDeclaration | undefined): Handle | undefined {
  return handle && rows ? { ...handle, rows } : handle;
}

/** `Repository<User>`: the class that rows are of. */
function classOfTypes(types: readonly TypeNode[] | undefined, scene: Scene): ClassLikeDeclaration | undefined {
  const value = types?.[0] && scene.valueOfType(types[0]);
  return value?.kind === 'instance' ? value.node : undefined;
}

/** `getRepository(User)`, `em.find(User, …)`. */
function classOfArgument(call: CallExpression, position: number, scene: Scene): ClassLikeDeclaration | undefined {
  const given = argument(call, position);
  const value = given && scene.valueOf(given);
  return value?.kind === 'class' ? value.node : undefined;
}

/** The class that a call names for what it reads. */
function rowsNamed({ table }: Call, call: CallExpression, scene: Scene): ClassLikeDeclaration | undefined {
  return table === undefined ? undefined : classOfArgument(call, table, scene);
}

/** The kinds of every library that are rows. */
const rowKinds = new Map(libraries.map((library): [Library, ReadonlySet<string>] => [library, new Set(Object.values(library.kinds).flatMap(({ row, calls }) => [row, ...Object.values(calls ?? {}).map((call) => call.row)]).filter((kind) => kind !== undefined))]));

/** True for one of the rows that a query gives. */
export function isRow({ library, kind }: Handle): boolean {
  return rowKinds.get(library)?.has(kind) ?? false;
}

/** The class of the repository that a row is of, where that is known. */
export function classOfRow(handle: Handle | undefined): ClassLikeDeclaration | undefined {
  return handle && isRow(handle) ? handle.rows : undefined;
}

/** The method that the class of a row has itself: `user.latestPosts()` of the users that a query gave. */
export function methodOfRow(call: CallExpression, scene: Scene): FunctionBody | undefined {
  const access = memberAccess(bare(call.expression));
  const node = access && classOfRow(handleOf(access.of, scene));
  const method = node && scene.member({ kind: 'instance', node }, access.name);
  return method?.kind === 'function' && method.node.body ? method.node : undefined;
}

/** What `new` makes of a thing that is a class: `new User()` of a model is a document. */
function madeBy(handle: Handle | undefined): Handle | undefined {
  const kind = handle && handle.library.kinds[handle.kind]?.made;
  return kind === undefined ? undefined : { ...handle!, kind };
}

/** What a member of a handle is, when it is read and not called. Of a row, its class says it: `author.books` is a collection. */
export function memberOf(handle: Handle, name: string, scene: Scene, depth = 0): Handle | undefined {
  const node = classOfRow(handle);
  if (node) return handleOfValue(scene.member({ kind: 'instance', node }, name), scene, depth);
  const { members, calls } = handle.library.kinds[handle.kind] ?? {};
  const own = members && Object.hasOwn(members, name) ? members[name] : undefined;
  const kind = own ?? (calls && Object.hasOwn(calls, name) ? undefined : members?.['*']);
  return kind === undefined ? undefined : { ...handle, kind };
}

/** What is called on a promise rather than on a query. */
export const promiseMembers = new Set(['then', 'catch', 'finally']);

/** What calling a member of a handle does. */
export function callOn(handle: Handle, name: string): Call | undefined {
  const { calls, patterns } = handle.library.kinds[handle.kind] ?? {};
  if (calls && Object.hasOwn(calls, name)) return calls[name];
  return patterns?.find((pattern) => pattern.name.test(name))?.call ?? (promiseMembers.has(name) ? undefined : calls?.['*']);
}

function exportOf(value: External, how: keyof Export): Handle | undefined {
  const library = libraryOf(value.from);
  if (!library) return undefined;
  const kind = library.exports[value.path.join('.')]?.[how] ?? library.exports[value.path.slice(1).join('.')]?.[how];
  return kind === undefined ? undefined : { library, kind };
}

/** `mongoose.models.User`: what lies within an export that is a thing itself. */
function handleWithin(value: External, scene: Scene, depth: number): Handle | undefined {
  const holder = holderOf(value);
  const handle = holder && handleOfValue(holder, scene, depth + 1);
  return handle && memberOf(handle, value.path.at(-1)!, scene, depth + 1);
}

function holderOf(value: External): Value | undefined {
  return value.path.length > 1 ? { ...value, path: value.path.slice(0, -1) } : undefined;
}

function callOfResult(value: Extract<Value, { kind: 'result' }>, scene: Scene, depth: number): { handle: Handle; call: Call } | undefined {
  const { of } = value;
  const holder = of.kind === 'member' ? of.of : of.kind === 'external' ? holderOf(of) : undefined;
  const name = of.kind === 'member' ? of.name : of.kind === 'external' ? of.path.at(-1)! : '';
  const handle = holder && handleOfValue(holder, scene, depth + 1);
  const call = handle && callOn(handle, name);
  return handle && call ? { handle, call } : undefined;
}

function handleOfResult(value: Extract<Value, { kind: 'result' }>, scene: Scene, depth: number): Handle | undefined {
  const from = exportedOf(value.of);
  const exported = from && (exportOf(from, 'result') ?? calledHandle(exportOf(from, 'is')));
  if (exported) return withRows(exported, classOfArgument(value.node, 0, scene));
  const called = callOfResult(value, scene, depth);
  if (called) {
    const kind = called.call.gives ?? (called.call.verb === 'read-one' || (called.call.verb === 'write' && !called.call.bulk) ? called.call.row : undefined);
    return kind === undefined ? undefined : withRows({ ...called.handle, kind }, rowsNamed(called.call, value.node, scene));
  }
  return calledHandle(handleOfValue(value.of, scene, depth + 1)) ?? lentQuery(value, scene, depth)?.handle;
}

type Along = { handle: Handle; /** The last call that asks for anything. */ asks?: Call };

/** `User.byEmail(email)`: what a function gives that the schema lends to the model. */
function lentQuery({ of }: Extract<Value, { kind: 'result' }>, scene: Scene, depth: number): Along | undefined {
  const holder = of.kind === 'member' && depth < 16 ? handleOfValue(of.of, scene, depth + 1) : undefined;
  const lends = holder?.library.lends;
  if (of.kind !== 'member' || lends?.argument === undefined || holder?.kind !== lends.statics) return undefined;
  const fn = lentThroughSchema(of.of, lends.argument, 'statics', of.name, scene);
  for (const each of fn ? returnedExpressions(fn).slice(0, 4) : []) {
    const found = along(each, scene);
    if (found) return found;
  }
  return undefined;
}

/** What a chain of calls on a thing of a library gives, by the calls alone. */
function along(expression: Expression, scene: Scene): Along | undefined {
  const node = bare(expression);
  const access = ts.isCallExpression(node) ? memberAccess(bare(node.expression)) : undefined;
  if (!access) {
    const handle = lentThis(node, scene);
    return handle && { handle };
  }
  const before = along(access.of, scene);
  const call = before && callOn(before.handle, access.name);
  const kind = call && (call.gives ?? call.row);
  return kind === undefined ? undefined : { handle: { ...before!.handle, kind }, asks: call?.verb ? call : before!.asks! };
}

/** What calling the thing itself gives: `knex('users')` is a query. */
function calledHandle(handle: Handle | undefined): Handle | undefined {
  const gives = handle && handle.library.kinds[handle.kind]?.called?.gives;
  return gives === undefined ? undefined : { library: handle!.library, kind: gives };
}

function handleOfClass(node: ClassLikeDeclaration, how: 'extended' | 'extendedInstance', scene: Scene, depth: number): Handle | undefined {
  const { beyond, types } = scene.lineage(node).at(-1) ?? {};
  if (!beyond) return undefined;
  const exported = exportedOf(beyond);
  const extended = exported && exportOf(exported, how);
  // A repository names the class of its rows; a model is that class.
  if (extended) return withRows(extended, how === 'extended' || rowKinds.get(extended.library)?.has(extended.kind) ? node : classOfTypes(types, scene));
  // `class User extends bookshelf.Model`: a class that is a thing of the library itself.
  const parent = handleOfValue(beyond, scene, depth + 1);
  const made = madeBy(parent);
  if (made) return withRows(how === 'extended' ? parent : made, node);
  // `class PrismaService extends client.$extends(…)`: what the call gives.
  return how === 'extendedInstance' && beyond.kind === 'result' ? parent : undefined;
}

/** A parameter: what a callback is told, what a decorator injects, what its name says, or what the file's own calls give. */
function handleOfParameter(parameter: ParameterDeclaration, scene: Scene, depth: number): Handle | undefined {
  const fn = parameter.parent;
  const first = isFunctionBody(fn) && fn.parameters[0] === parameter ? fn : undefined;
  const resolved = first && resolvedRow(first, scene);
  if (resolved) return resolved;
  if (first?.parent && ts.isCallExpression(first.parent)) return toldBy(first.parent, first, scene, depth);
  return byParameterDecorator(parameter, scene) ?? byOwnName(parameter, scene) ?? byCallsBeside(parameter, scene, depth);
}

/** What a call tells the callback that it takes: `client.transaction(async (tx) => …)`, or a function of the package itself: `runTransaction(db, async (transaction) => …)`. */
function toldBy(call: CallExpression, callback: FunctionBody, scene: Scene, depth: number): Handle | undefined {
  const access = memberAccess(bare(call.expression));
  const position = call.arguments.indexOf(callback as never);
  const holder = handleOfValue(scene.valueOf(access?.of ?? call.expression), scene, depth + 1) ?? (access && handleByName(access.of, scene)[0]);
  if (!holder) return undefined;
  const does = access ? callOn(holder, access.name) : holder.library.kinds[holder.kind]?.called;
  const kind = does?.callback?.[position];
  return kind === undefined ? undefined : { library: holder.library, kind };
}

/** `order.save()`, where the file knows a model `Order`: what nothing else tells, and is called as a row of it. */
function rowByName(expression: Expression, scene: Scene): Handle | undefined {
  const node = bare(expression);
  const declared = ts.isIdentifier(node) && isModelsName.test(node.text) ? declarationOf(node) : undefined;
  const type = declared?.kind === 'parameter' || declared?.kind === 'variable' ? declared.node.type : undefined;
  return declared && ts.isIdentifier(node) && isLocal[declared.kind] && saysNothing(type) && isUntold(scene.valueOf(node), scene) ? rowCalled(node.text, node, scene, 0) : undefined;
}

/** True where neither the repository nor a library says what a value, or the list that it is an element of, is. */
function isUntold(value: Value, scene: Scene): boolean {
  if (!isSaying(value)) return true;
  let source = value;
  while (source.kind === 'element' || source.kind === 'member') source = source.of;
  return source.kind === 'result' && handleOfValue(source, scene, 1) === undefined;
}

const isLocal: { [kind in Declared['kind']]?: true } = { parameter: true, variable: true, binding: true };

/** The row of the model that a file knows under the same name: `order` of `Order` or `OrderModel`. */
function rowCalled(name: string, at: Node, scene: Scene, depth: number): Handle | undefined {
  for (const value of modelsCalled(name, at, scene)) {
    const handle = value.kind === 'class' ? handleOfClass(value.node, 'extendedInstance', scene, depth + 1) : madeBy(handleOfValue(value, scene, depth + 1));
    if (handle) return handle;
  }
  return undefined;
}

/** `async function close(order) { … }`: what calls in the same file hand over. */
function byCallsBeside(parameter: ParameterDeclaration, scene: Scene, depth: number): Handle | undefined {
  if (depth > 16) return undefined;
  for (const given of givenBeside(parameter)) {
    const handle = onceAwaited(handleOfValue(scene.valueOf(given), scene, depth + 8), given, scene);
    if (handle) return handle;
  }
  return undefined;
}

/** Where a row may come from that a parameter stands for: what the file's own calls hand over, or the model that it is called after. */
export function sourcesOfParameter(expression: Expression, scene: Scene): Value[] {
  const node = bare(expression);
  const declared = ts.isIdentifier(node) ? declarationOf(node) : undefined;
  if (!declared || !ts.isIdentifier(node) || !isLocal[declared.kind]) return [];
  const given = declared.kind === 'parameter' ? givenBeside(declared.node).map((each) => scene.valueOf(each)) : [];
  return [...given, ...modelsCalled(node.text, node, scene)];
}

/** `(sequelize, DataTypes) => sequelize.define('User', …)`: a parameter without a type that is called as one library's things are. */
function byOwnName({ name, type }: ParameterDeclaration, scene: Scene): Handle | undefined {
  if (type || !ts.isIdentifier(name)) return undefined;
  const { text } = name;
  const found = librariesAt(name, scene).flatMap((library) => Object.entries(library.kinds).filter(([, { names }]) => names?.test(text)).map(([kind]) => ({ library, kind })));
  return found.length === 1 ? found[0] : undefined;
}

/** The parent object that a field resolver gets: a row, where the package's only database library hands out rows that query. */
function resolvedRow(fn: FunctionBody, scene: Scene): Handle | undefined {
  if (!resolverOf(fn, scene)) return undefined;
  const library = librariesAt(fn, scene).find((each) => each.resolverParent !== undefined);
  return library && { library, kind: library.resolverParent! };
}

/** What a decorator injects into a parameter or property: `@InjectRepository(User) private users`. */
function byParameterDecorator(node: ParameterDeclaration | Node, scene: Scene): Handle | undefined {
  const decorators = ts.canHaveDecorators(node) ? ts.getDecorators(node) : undefined;
  for (const decorator of decorators ?? []) {
    const callee = ts.isCallExpression(decorator.expression) ? decorator.expression.expression : decorator.expression;
    if (!ts.isIdentifier(callee)) continue;
    for (const library of libraries) {
      const kind = library.injected?.[callee.text];
      if (kind === undefined || !importsLibrary(node, callee.text, library)) continue;
      return withRows({ library, kind }, ts.isCallExpression(decorator.expression) ? classOfArgument(decorator.expression, 0, scene) : undefined);
    }
  }
  return undefined;
}

/** `this.users` whose declaration carries an injecting decorator, whatever its declared type. */
function handleByDecorator(expression: Expression, scene: Scene): Handle | undefined {
  const access = memberAccess(bare(expression));
  if (!access || access.of.kind !== ts.SyntaxKind.ThisKeyword) return undefined;
  const self = scene.valueOf(access.of);
  if (self.kind !== 'instance') return undefined;
  for (const member of self.node.members) {
    if (ts.isPropertyDeclaration(member) && ts.isIdentifier(member.name) && member.name.text === access.name) return byParameterDecorator(member, scene);
    if (!ts.isConstructorDeclaration(member)) continue;
    const parameter = member.parameters.find((each) => ts.isIdentifier(each.name) && each.name.text === access.name);
    if (parameter) return byParameterDecorator(parameter, scene);
  }
  return undefined;
}

/**
 * The things that an expression may be by the name it is kept under, where its value leads nowhere. A name is believed only
 * when the library is among the dependencies of the file's package.
 */
export function handleByName(expression: Expression, scene: Scene): Handle[] {
  const node = bare(expression);
  const name = ts.isIdentifier(node) || ts.isPrivateIdentifier(node) ? node.text : (memberAccess(node)?.name ?? nameAskedFor(node));
  if (name === undefined) return [];
  const value = scene.valueOf(node);
  if (leadsSomewhere(value)) return [];
  const registry = registryOf(node, scene);
  const found: Handle[] = [];
  for (const library of librariesAt(node, scene)) {
    for (const [kind, { names, globals }] of Object.entries(library.kinds)) {
      if (names?.test(name) || (value.kind === 'global' && ts.isIdentifier(node) && globals?.test(name))) found.push({ library, kind });
    }
    const kept = registry === undefined || !registry.text.includes(library.packages[0]!) ? undefined : Object.values(library.kinds).find(({ names, members }) => members?.['*'] !== undefined && names?.test(registry.name))?.members?.['*'];
    if (kept !== undefined && found.every((each) => each.library !== library)) found.push({ library, kind: kept });
  }
  if (found.length > 0 || !ts.isIdentifier(node)) return found;
  const kept = scene.remember(ofKeptThing, node, () => keptByName(node, scene), undefined);
  return kept ? [kept] : [];
}

/** `em` of `c.get('em')`, `db` of `container.resolve('db')`: what a context or a container is asked for by its name. */
function nameAskedFor(node: Expression): string | undefined {
  const [name, ...others] = ts.isCallExpression(node) ? node.arguments : [];
  const access = ts.isCallExpression(node) ? memberAccess(bare(node.expression)) : undefined;
  return access && name && others.length === 0 && ts.isStringLiteralLike(bare(name)) && /^(?:get|resolve)$/.test(access.name) ? (bare(name) as { text?: string }).text : undefined;
}

const ofKeptThing = Symbol('what a name was kept as');
/** Members and calls between a name that tells what it is and the variable in which a part of it is kept. */
const deepestKept = 6;

/** `const users = app.prisma.user`, `const { user } = ctx.db`, `const rows = app.mongo.db.collection('rows')`: a part of what only its name tells. */
function keptByName(name: Identifier, scene: Scene): Handle | undefined {
  const declared = declarationOf(name);
  if (declared?.kind === 'variable') return declared.node.initializer && partByName(declared.node.initializer, scene, 0);
  if (declared?.kind !== 'binding' || declared.node.dotDotDotToken || !ts.isObjectBindingPattern(declared.node.parent)) return undefined;
  const holder = declared.node.parent.parent;
  const whole = ts.isVariableDeclaration(holder) && holder.initializer ? partByName(holder.initializer, scene, 0) : undefined;
  const member = nameText(declared.node.propertyName ?? (declared.node.name as Identifier));
  return whole && member !== undefined ? memberOf(whole, member, scene) : undefined;
}

function partByName(expression: Expression, scene: Scene, depth: number): Handle | undefined {
  const node = bare(expression);
  if (depth > deepestKept) return undefined;
  const own = handleOf(node, scene) ?? (ts.isCallExpression(node) ? undefined : handleByName(node, scene)[0]);
  if (own) return own;
  const access = memberAccess(ts.isCallExpression(node) ? bare(node.expression) : node);
  const whole = access && partByName(access.of, scene, depth + 1);
  if (!whole) return undefined;
  if (!ts.isCallExpression(node)) return memberOf(whole, access!.name, scene);
  const kind = callOn(whole, access!.name)?.gives;
  return kind === undefined ? undefined : { library: whole.library, kind };
}

/** `models` of `const { User } = require('../models')`, and what stands there: where a thing that is written like a class comes from, which the file does not name. */
function registryOf(node: Expression, scene: Scene): { name: string; text: string } | undefined {
  const declared = ts.isIdentifier(node) && /^[A-Z][a-z]/.test(node.text) ? declarationOf(node) : undefined;
  const from = declared?.kind === 'import' ? declared.from : declared?.kind === 'binding' ? requiredBy(declared.node) : undefined;
  const file = from === undefined ? undefined : scene.imported(from, '*', pathOf(node));
  const text = file?.kind === 'module' ? scene.files.text(file.path) : undefined;
  return text === undefined || from === undefined ? undefined : { name: from.replace(/\/(?:index(?:\.\w+)?)?$/, '').split('/').at(-1)!, text };
}

/** What a pattern takes apart, where that is `require('…')`. */
function requiredBy(element: C.BindingElement): string | undefined {
  const holder = element.parent.parent;
  const first = ts.isVariableDeclaration(holder) && holder.initializer ? requireArgument(bare(holder.initializer)) : undefined;
  return first && ts.isStringLiteralLike(first) ? first.text : undefined;
}
