import { ts, type CallExpression, type Expression, type FunctionBody, type Node, type VariableDeclaration } from '../code/compiler.ts';
import { declarationOf } from '../code/scope.ts';
import type { Scene } from '../code/scene.ts';
import { argument, bare, calleeName, enclosingFunction, isAwaitedWithin, isFunctionBody, memberAccess, nodesWithin, wrapped } from '../code/syntax.ts';
import { libraries } from '../libraries/index.ts';
import type { Library } from '../libraries/library.ts';
import type { Done } from './behind-calls.ts';
import { operationsOf } from './query-chain.ts';
import type { Query } from './query.ts';
import { resolverOf } from './resolver.ts';
import { usesOf } from './variable-uses.ts';

/** Places that a value is followed through: callback, list, variable, call. */
const deepest = 6;

/**
 * True for a query that nobody awaits on its own, because it goes into a list that the library sends in one go:
 * `$transaction(rows.map((row) => db.row.update(…)))`, or a list that is filled in a loop first.
 */
export function isSentTogether(node: Expression, scene: Scene, depth = 0): boolean {
  if (depth >= deepest) return false;
  const outer = wrapped(node);
  if (isAwaitedWithin(node, outer)) return false;
  const { parent } = outer;
  if (!parent) return false;
  const fn = isResultOf(outer);
  if (fn) {
    const call = wrapped(fn).parent;
    return call !== undefined && ts.isCallExpression(call) && /^(?:map|flatMap)$/.test(calleeName(call) ?? '') && isSentTogether(call, scene, depth + 1);
  }
  if (ts.isArrayLiteralExpression(parent) || ts.isConditionalExpression(parent)) return isSentTogether(parent, scene, depth + 1);
  if (ts.isSpreadElement(parent)) return isSentTogether(parent.parent as Expression, scene, depth + 1);
  if (ts.isVariableDeclaration(parent)) return isKeptForSending(parent, scene, depth);
  return ts.isCallExpression(parent) && parent.expression !== outer && isTakenForSending(parent, outer, scene, depth);
}

const loaders = /(?<![\p{L}\p{N}_$])\w*loaders?(?![\p{L}\p{N}_$])/iu;

/**
 * True for a query that runs only where no loader is at hand: `loaders ? loaders.user.load(id) : User.findByPk(id)`. Where many ask,
 * there is one, and it collects what they ask for.
 */
export function isInsteadOfLoader(node: Node): boolean {
  for (let child = node, up = node.parent; up && !isFunctionBody(up); child = up, up = up.parent) {
    if (ts.isConditionalExpression(up) && child !== up.condition && loaders.test(up.condition.getText())) return true;
    if (ts.isIfStatement(up) && child !== up.expression && loaders.test(up.expression.getText())) return true;
    if (ts.isBinaryExpression(up) && child === up.right && /^(?:\?\?|\|\|)$/.test(up.operatorToken.getText()) && loaders.test(up.left.getText())) return true;
  }
  return false;
}

/** The function whose result an expression is. */
function isResultOf(node: Node): Node | undefined {
  const { parent } = node;
  if (ts.isArrowFunction(parent) && parent.body === node) return parent;
  return ts.isReturnStatement(parent) ? enclosingFunction(parent) : undefined;
}

/** `$transaction([…])` itself, or `writes.push(…)` into a list that is sent later. */
function isTakenForSending(call: CallExpression, given: Node, scene: Scene, depth: number): boolean {
  const access = memberAccess(bare(call.expression));
  if (access?.name === 'push' && ts.isIdentifier(access.of)) {
    const declared = declarationOf(access.of);
    return declared?.kind === 'variable' && isKeptForSending(declared.node, scene, depth);
  }
  const position = call.arguments.indexOf(given as Expression);
  return operationsOf(call, scene).some((operation) => operation.at === call && operation.call.sends === position);
}

function isKeptForSending(variable: VariableDeclaration, scene: Scene, depth: number): boolean {
  return usesOf(variable).some((use) => isSentTogether(use as Expression, scene, depth + 1));
}

/** The calls of a library that make one unit of work of what stands in them. Few libraries have any. */
const uniting = new Map(libraries.flatMap((library): [Library, ReadonlySet<string>][] => {
  const names = Object.values(library.kinds).flatMap(({ calls }) => Object.entries(calls ?? {}).filter(([, call]) => call.unites).map(([name]) => name));
  return names.length === 0 ? [] : [[library, new Set(names)]];
}));

/**
 * True for a query within a transaction of a database that runs in the process: `db.transaction(() => { for (…) insert.run(…) })`,
 * also one that was begun by hand with `exec('BEGIN')`.
 */
export function isUnited(node: Node, library: Library, scene: Scene): boolean {
  const names = uniting.get(library);
  if (!names) return false;
  for (let fn = enclosingFunction(node); fn; fn = enclosingFunction(fn)) {
    const call = wrapped(fn).parent;
    if (call && ts.isCallExpression(call) && unites(call, names, library, scene)) return true;
  }
  return beginsBefore(node, names, library, scene);
}

function unites(call: CallExpression, names: ReadonlySet<string>, library: Library, scene: Scene): boolean {
  return names.has(calleeName(call) ?? '') && operationsOf(call, scene).some((operation) => operation.at === call && operation.call.unites && operation.handle.library === library);
}

/** `exec('BEGIN')` somewhere before, in the same function or file. */
function beginsBefore(node: Node, names: ReadonlySet<string>, library: Library, scene: Scene): boolean {
  let found = false;
  const visit = (each: Node): void => {
    if (found || each.pos >= node.pos || isFunctionBody(each)) return;
    const text = ts.isCallExpression(each) ? argument(each, 0) : undefined;
    if (text && ts.isStringLiteralLike(text) && /^\s*(?:begin|savepoint)\b/i.test(text.text) && unites(each as CallExpression, names, library, scene)) found = true;
    ts.forEachChild(each, visit);
  };
  ts.forEachChild(enclosingFunction(node)?.body ?? node.getSourceFile(), visit);
  return found;
}

/** What takes promises to wait for several of them together. */
const gathers = /^(?:all|allSettled|race|any|push|unshift|concat|add|set|map|\$transaction)$/;

/** A promise that is awaited on its own leaves nothing to merge; one that is returned or collected shares the tick with its neighbours. */
export function isAwaitedAlone(node: Node): boolean {
  let whole = node;
  // `await prisma.user.findUnique(…).posts()`
  while (whole.parent && ts.isPropertyAccessExpression(whole.parent) && ts.isCallExpression(whole.parent.parent) && whole.parent.parent.expression === whole.parent) whole = whole.parent.parent;
  if (whole.parent === undefined || ts.isAwaitExpression(whole.parent)) return whole.parent !== undefined;
  // `await withTimeout(prisma.user.findUnique(…), 500)`
  if (ts.isCallExpression(whole.parent) && whole.parent.expression !== whole && !gathers.test(calleeName(whole.parent) ?? '')) return isAwaitedAlone(whole.parent);
  // `await traced('load', () => prisma.user.findUnique(…))`
  const fn = ts.isArrowFunction(whole.parent) && whole.parent.body === whole ? wrapped(whole.parent) : undefined;
  const call = fn?.parent;
  return call !== undefined && ts.isCallExpression(call) && ts.isIdentifier(call.expression) && call.arguments.some((each) => each === fn) && ts.isAwaitExpression(call.parent);
}

/**
 * True for a look-up that is awaited and shares its tick nevertheless: the first that a function awaits which is run for all elements at
 * once. `reached` are the queries behind a call.
 */
export function startsTogether(node: Node, reached: readonly Done<Query>[], scene: Scene): boolean {
  if (!isAwaitedAlone(node) || !reached.every(({ what, chain }) => what.batches && chain.length <= 2 && functionThatBeginsWith(what.node))) return false;
  const fn = functionThatBeginsWith(node.parent);
  return fn !== undefined && (isMapped(fn) || resolverOf(fn, scene) !== undefined);
}

/** The function that waits for this first, outside of all loops. */
function functionThatBeginsWith(node: Node): FunctionBody | undefined {
  const fn = enclosingFunction(node);
  if (!fn?.body) return undefined;
  for (let up = node.parent; up !== fn; up = up.parent) if (ts.isIterationStatement(up, false)) return undefined;
  return firstWaited(fn.body) <= node.pos ? undefined : fn;
}

const firstIn = new WeakMap<Node, number>();

/** Where the first thing that a function waits for ends. */
function firstWaited(body: Node): number {
  let first = firstIn.get(body);
  if (first === undefined) firstIn.set(body, (first = nodesWithin(body, ts.isAwaitExpression).reduce((least, { end }) => Math.min(least, end), Infinity)));
  return first;
}

/** `rows.map(async (row) => …)` starts all before one of them goes on. */
function isMapped(fn: FunctionBody): boolean {
  const given = wrapped(fn);
  return ts.isCallExpression(given.parent) && given.parent.expression !== given && calleeName(given.parent) === 'map';
}
