import { ts, type CallExpression, type Expression, type FunctionBody, type Node, type VariableDeclaration } from '../code/compiler.ts';
import type { ts as C } from 'ts-morph';
import type { Scene } from '../code/scene.ts';
import { callsByName, declarationOf } from '../code/scope.ts';
import { bare, calleeName, enclosingFunction, functionName, hasModifier, inOneLine, isAwaitedWithin, isWithin, memberAccess, wrapped } from '../code/syntax.ts';
import { isReadWhole, isRunAfter, takesParts } from './handed-back.ts';
import { limitOfTaker } from './handed-on.ts';
import { promiseMembers } from './handle.ts';
import { operationsOf, outermostCall } from './query-chain.ts';
import { usesOf, variableOf } from './variable-uses.ts';

/** True when a query that runs by being awaited is awaited, returned, collected or passed on; false for a sub-query and for one that is only built. */
export function isRun(node: Expression, scene: Scene, depth = 0): boolean {
  const outer = wrapped(node);
  const { parent } = outer;
  if (!parent) return false;
  if (isAwaitedWithin(node, outer)) return true;
  if (ts.isArrowFunction(parent) && parent.body === outer) return !isOnlyBuilt(node, parent, scene) && !isGivenToBuilder(parent, scene);
  if (ts.isReturnStatement(parent) && isOnlyBuilt(node, enclosingFunction(parent), scene)) return false;
  if (ts.isPropertyAssignment(parent) && isPartOfQuery(parent, scene)) return false;
  if (ts.isArrayLiteralExpression(parent) && isListOfParts(parent)) return false;
  if (ts.isReturnStatement(parent) || ts.isYieldExpression(parent) || ts.isArrayLiteralExpression(parent) || ts.isPropertyAssignment(parent)) return true;
  if (ts.isConditionalExpression(parent) || (ts.isBinaryExpression(parent) && parent.operatorToken.kind !== ts.SyntaxKind.EqualsToken)) return isRun(parent, scene, depth);
  const member = memberAccess(parent);
  if (member) return true;
  if (ts.isExpressionStatement(parent)) return lastArgumentIsFunction(node) || /\.exec\s*\(/.test(inOneLine(node, 4_000));
  if (ts.isCallExpression(parent) && parent.expression !== outer) {
    if (isMadeObservable(parent)) return true;
    const handed = handedTo(node, scene);
    return handed !== undefined && isRunAfter(node, handed, scene);
  }
  return runOf(node, scene, depth) !== undefined;
}

/** `from(this.users.find())`, `defer(() => query)` of RxJS, which wait for it as soon as somebody listens. */
function isMadeObservable({ expression }: CallExpression): boolean {
  const declared = ts.isIdentifier(expression) && /^(?:from|lastValueFrom|firstValueFrom)$/.test(expression.text) ? declarationOf(expression) : undefined;
  return declared?.kind === 'import' && declared.from === 'rxjs';
}

/** The call that a query is handed to as an argument, and that is no query by itself. What was awaited is rows, which anybody may be handed. */
function handedTo(node: Expression, scene: Scene): CallExpression | undefined {
  const outer = wrapped(node);
  const { parent: call } = outer;
  if (!call || !ts.isCallExpression(call) || call.expression === outer || isAwaitedWithin(node, outer)) return undefined;
  const name = calleeName(call) ?? '';
  return takesParts(call) || makesQuery.test(name) || isQueryItself(call, scene) ? undefined : call;
}

/** False where all that runs a query are functions which it is handed to, and what is said of it there or afterwards leaves few of its rows, or none. */
export function mayReadWhole(node: Expression, scene: Scene): boolean {
  const own = handedTo(node, scene);
  if (own) return isReadWhole(node, own, scene);
  const runs = runsOf(node, scene).map((use) => outermostCall(use) ?? (use as Expression));
  return runs.length === 0 || runs.some((end) => {
    const handed = handedTo(end, scene);
    return !handed || isReadWhole(end, handed, scene);
  });
}

/** False also for a function that goes on with the query which it is given, and gives it back: `paged(db('orders'), page)`. */
function isQueryItself(call: CallExpression, scene: Scene): boolean {
  return operationsOf(call, scene).some(({ call: { verb }, maybe, began }) => !maybe || verb !== undefined || began !== undefined);
}

/** Mentions of one variable that are looked at. */
const mostUses = 200;

/** What runs a query that is kept in a variable: `await query.orderBy('at')` of `const query = …`. */
export function runOf(node: Expression, scene: Scene, depth = 0): Node | undefined {
  const variable = variableOf(node);
  return variable && depth <= 2 ? usesOf(variable).slice(-mostUses).find((use) => runs(use, variable, scene, depth)) : undefined;
}

/** All that runs it: `await posts.insert(post)`, and `await posts.where('open', true)` elsewhere; nothing where it was awaited before it was kept. */
export function runsOf(node: Expression, scene: Scene): Node[] {
  const variable = isAwaitedWithin(node, wrapped(node)) ? undefined : variableOf(node);
  return variable ? usesOf(variable).slice(-mostUses).filter((use) => runs(use, variable, scene, 0)) : [];
}

function runs(use: Node, variable: VariableDeclaration, scene: Scene, depth: number): boolean {
  const call = outermostCall(use);
  // `query = query.where(…)` goes on with it.
  if (call && (isDescribed(call, scene) || variableOf(call) === variable)) return false;
  return call ? isRun(call, scene, depth + 1) || promiseMembers.has(memberAccess(bare(call.expression))?.name ?? '') : isRun(use as Expression, scene, depth + 1);
}

/** `with('open', (query) => query.from('orders').where(…))`: a part of the query around. */
function isGivenToBuilder(fn: Node, scene: Scene): boolean {
  const call = wrapped(fn).parent;
  if (!ts.isCallExpression(call)) return false;
  if (/^with(?:Recursive|Materialized|NotMaterialized)?$/.test(calleeName(call) ?? '') && call.arguments.length > 1) return true;
  return takesPart.test(calleeName(call) ?? '') && operationsOf(call, scene).length > 0;
}

/** Calls of a builder whose function makes a part of the query: `whereIn('id', (ids) => ids.select(…))`. */
const takesPart = /^(?:(?:and|or)?where|(?:and|or)?having|join|leftJoin|union|from|select|insert)\w*$/i;

/** `insert({ teamId: knex('teams').select('id').where(…) })`: a value that the database looks up itself. */
function isPartOfQuery(property: Node, scene: Scene): boolean {
  const values = wrapped(property.parent);
  const list = ts.isArrayLiteralExpression(values.parent) ? wrapped(values.parent) : values;
  const call = list.parent;
  return ts.isCallExpression(call) && call.expression !== list && /^(?:insert|update|values|set|merge|where)/.test(calleeName(call) ?? '') && operationsOf(call, scene).length > 0;
}

/** `db.union([open, paid])`, `db.raw('exists (?)', [orders])`: queries that another one has in it. */
function isListOfParts(list: C.ArrayLiteralExpression): boolean {
  const { parent: call } = wrapped(list);
  return ts.isCallExpression(call) && call.expression !== list && (takesParts(call) || /raw$/i.test(calleeName(call) ?? ''));
}

const building = /(?:quer(?:y|ies)|builder|qb|sql|statement)$|^(?:build|base)(?=[A-Z])|^_?q$/i;

/** What a method is called that gives rows, also to the classes that inherit it. */
const reading = /^(?:find|get|list|load|fetch|search|read|all|many|paginate|export)/i;

/** What is given back for others to go on with; a statement in words is complete, whatever its function is called. */
function isOnlyBuilt(node: Expression, fn: FunctionBody | undefined, scene: Scene): boolean {
  // `() => knex.queryBuilder()`: nothing is asked for yet.
  if (ts.isCallExpression(node) && calleeName(node) === 'queryBuilder' && node.arguments.length === 0) return true;
  return isBuilding(fn, scene) && !(ts.isCallExpression(node) && operationsOf(node, scene).some(({ call }) => call.verb === 'raw' && call.text !== undefined));
}

/** `queryBuilder()`, `baseQuery()`, a protected `table()`: a function that gives a query to go on with, by its name, and awaits nothing. */
export function isBuilding(fn: FunctionBody | undefined, scene: Scene): boolean {
  if (!fn || (ts.canHaveModifiers(fn) && ts.getModifiers(fn)?.some((each) => each.kind === ts.SyntaxKind.AsyncKeyword))) return false;
  const name = functionName(fn)?.split('.').at(-1);
  if (name === undefined) return false;
  return (building.test(name) && !/^(?:run|exec|fetch|load|do|perform|send)/i.test(name)) || (hasModifier(fn, ts.SyntaxKind.ProtectedKeyword) && !reading.test(name)) || isGoneOnWith(name, fn, scene);
}

/** True where every call of a function in its own file goes on with what it gives, or hands it on: `this.activeKeys(id).first('name')`, `build(this.open())`. */
function isGoneOnWith(name: string, fn: FunctionBody, scene: Scene): boolean {
  const isContinued = (call: CallExpression): boolean => {
    const member = memberAccess(call.parent);
    return (member?.of === call && !promiseMembers.has(member.name)) || isLimitedByTaker(call, scene);
  };
  const named = (callsByName(fn.getSourceFile()).get(name) ?? []).filter((call) => !isWithin(call, fn));
  if (!named.some(isContinued)) return false;
  const calls = named.filter((call) => scene.calledFunction(call) === fn);
  return calls.length > 0 && calls.every((call) => isContinued(call) || isHandedOn(call));
}

/** `build(this.open())`: an argument of a function that is no promise's. */
function isHandedOn(call: CallExpression): boolean {
  const outer = wrapped(call);
  const { parent } = outer;
  return !isAwaitedWithin(call, outer) && ts.isCallExpression(parent) && parent.expression !== outer && !/^Promise\b/.test(parent.expression.getText());
}

/** `window(this.filtered(region), page)`, whose function limits what it is given. */
function isLimitedByTaker(call: CallExpression, scene: Scene): boolean {
  const { parent } = wrapped(call);
  return ts.isCallExpression(parent) && parent.expression !== call && limitOfTaker(call, undefined, scene) === true;
}

/** `getOrdersBaseQuery(knex, ids)`: a function that makes a query of its own, with the one that it is given as a part. */
const makesQuery = /^_?(?:get|make|build|create)\w*(?:Query|QueryBuilder)$/;

/** `query.toSQL()`: a query that is told, not asked. */
function isDescribed(call: CallExpression, scene: Scene): boolean {
  const end = operationsOf(call, scene).findLast((operation) => operation.at === call)?.call;
  return end !== undefined && !end.verb && !end.gives && !end.queues;
}

/** `find({ … }, (error, rows) => …)`, `find({ … }, callback)`, `find({ … }, proxy.done('rows'))`. */
function lastArgumentIsFunction(node: Expression): boolean {
  const last = ts.isCallExpression(node) ? node.arguments.at(-1) : undefined;
  if (!last || takesPart.test(calleeName(node as CallExpression) ?? '')) return false;
  if (ts.isIdentifier(last)) return /^(?:cb|callback|done|next|fn)$|(?:Callback|Cb)$/.test(last.text);
  return ts.isArrowFunction(last) || ts.isFunctionExpression(last) || (ts.isCallExpression(last) && /^(?:done|group|bind|errorHandler)$/.test(calleeName(last) ?? ''));
}
