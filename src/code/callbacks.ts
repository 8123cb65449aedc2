/** What functions that are handed over stand for: what they are given when they are called, and what is done by who takes them. */
import { ts, type CallExpression, type FunctionBody, type Node, type ParameterDeclaration } from './compiler.ts';
import type { Scene } from './scene.ts';
import { bare, calleeName, isFunctionBody, memberAccess, returnedExpressions, wrapped } from './syntax.ts';
import { isSaying, unknown, type Value } from './value.ts';

/** Methods of lists that call their first argument with an element. */
const perElement = new Set(['map', 'forEach', 'flatMap', 'filter', 'find', 'some', 'every', 'reduce', 'reduceRight']);

/** What a callback is given for a parameter: an element of a list, what a promise gives, or what a callback of Node is told. */
export function givenToCallback(node: ParameterDeclaration, scene: Scene): Value {
  const fn = wrapped(node.parent);
  const call = fn.parent;
  if (!call || !ts.isCallExpression(call)) return unknown;
  const given = call.arguments[0] === fn ? givenByLanguage(node, call, scene) : givenByList(node, call, scene);
  return !isSaying(given) && call.arguments.at(-1) === fn && isResultOfNode(node) ? resultByCallback(call, scene) : given;
}

function givenByLanguage(node: ParameterDeclaration, call: CallExpression, scene: Scene): Value {
  const access = memberAccess(bare(call.expression));
  const position = node.parent.parameters.indexOf(node);
  if (!access) return unknown;
  if (access.name === 'then') return position === 0 ? scene.valueOf(access.of) : unknown;
  if (position !== (access.name.startsWith('reduce') ? 1 : 0) || !perElement.has(access.name)) return unknown;
  return scene.elementOf(scene.valueOf(access.of));
}

/** Functions that are given a list and call what comes after it with its elements: those of lodash, bluebird, async and p-map, and those that projects write. */
const overLists = /^(?:(?:p|async)?(?:[mM]ap|[eE]ach|[fF]orEach|[fF]ilter|[sS]ome|[eE]very|[rR]educe|[fF]latMap)(?:Series|Limit|Async|Of)?|asyncForEach|asyncMap|promiseMap|find|concatMap|(?:for|in)?[eE]ach[A-Z]\w*)$/;

/** `_.each(users, (user) => …)`, `async.eachLimit(users, 5, (user, done) => …)`, `Promise.map(users, (user) => …)`. */
function givenByList(node: ParameterDeclaration, call: CallExpression, scene: Scene): Value {
  const [list] = call.arguments;
  const name = calleeName(call) ?? '';
  const position = node.parent.parameters.indexOf(node);
  if (!list || !overLists.test(name) || position !== (/reduce/i.test(name) ? 1 : 0)) return unknown;
  const value = scene.valueOf(list);
  return isSaying(value) ? scene.elementOf(value) : unknown;
}

/** `messages` of `function (error, messages) { … }`. */
function isResultOfNode(node: ParameterDeclaration): boolean {
  const [error, result] = node.parent.parameters;
  return result === node && error !== undefined && ts.isIdentifier(error.name) && /^_?e(?:rr|rror)?$/.test(error.name.text);
}

/** `Message.find(query, callback)`: a callback of Node is told what the call would give to who awaits it, also where a function of the repository hands it on. */
function resultByCallback(call: CallExpression, scene: Scene, depth = 0): Value {
  const callee = scene.valueOf(call.expression);
  if (callee.kind !== 'function') return isSaying(callee) ? { kind: 'result', of: callee, node: call } : unknown;
  const parameter = callee.node.parameters[call.arguments.length - 1]?.name;
  if (!parameter || !ts.isIdentifier(parameter) || !callee.node.body || depth > 2) return unknown;
  const handed = callsByLastName(callee.node, scene).get(parameter.text);
  return handed ? resultByCallback(handed, scene, depth + 1) : unknown;
}

const ofLastNames = Symbol('calls by the name of their last argument');

/** The first call in a function for each name that stands last in one: `find(query, callback)` for `callback`. */
function callsByLastName(fn: FunctionBody, scene: Scene): ReadonlyMap<string, CallExpression> {
  return scene.remember(ofLastNames, fn, () => {
    const found = new Map<string, CallExpression>();
    const visit = (node: Node): void => {
      const last = ts.isCallExpression(node) ? node.arguments.at(-1) : undefined;
      if (last && ts.isIdentifier(last) && !found.has(last.text)) found.set(last.text, node as CallExpression);
      ts.forEachChild(node, visit);
    };
    visit(fn.body!);
    return found;
  }, new Map());
}

/** `const find = cache.memoize(async (id) => …)`: of a function that gives another one which runs its argument, the argument says what is done. */
export function wrappedBy(wrapper: FunctionBody, inner: FunctionBody, call: CallExpression): Value | undefined {
  for (const [index, parameter] of wrapper.parameters.entries()) {
    const given = call.arguments[index] && bare(call.arguments[index]);
    if (!given || !isFunctionBody(given) || !ts.isIdentifier(parameter.name) || !inner.body || !calls(inner.body, parameter.name.text)) continue;
    return { kind: 'function', node: given };
  }
  return undefined;
}

/** True where a name is called, or handed its arguments by `call` or `apply`. */
function calls(body: Node, name: string): boolean {
  let found = false;
  const visit = (node: Node): void => {
    if (found) return;
    if (ts.isCallExpression(node)) {
      const callee = bare(node.expression);
      const access = memberAccess(callee);
      const called = access && (access.name === 'call' || access.name === 'apply') ? bare(access.of) : callee;
      if (ts.isIdentifier(called) && called.text === name) found = true;
    }
    ts.forEachChild(node, visit);
  };
  visit(body);
  return found;
}

const ofStanding = Symbol('stands for what it loads');

/** `const lazily = (load) => new Proxy({}, …)`: of a function whose result stands for what another one loads, the argument that loads it. */
export function loadedThrough(fn: FunctionBody, call: CallExpression, scene: Scene): FunctionBody | undefined {
  if (!scene.remember(ofStanding, fn, () => returnedExpressions(fn).some((each) => isProxy(bare(each))), false)) return undefined;
  return call.arguments.map((each) => bare(each)).find((each) => isFunctionBody(each));
}

function isProxy(node: Node): boolean {
  return ts.isNewExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'Proxy';
}

/** What a function gives that takes it from a parameter: `sequelize.define(…)` of `(sequelize) => sequelize.define(…)`, with the argument in its place. */
export function withArguments(value: Value, fn: FunctionBody, call: CallExpression, scene: Scene, depth = 0): Value {
  if (depth > 6) return unknown;
  switch (value.kind) {
    case 'parameter': {
      const given = value.node.parent === fn ? call.arguments[fn.parameters.indexOf(value.node)] : undefined;
      return given && !ts.isSpreadElement(given) ? scene.valueOf(given) : unknown;
    }
    case 'member': {
      const of = withArguments(value.of, fn, call, scene, depth + 1);
      return isSaying(of) ? scene.member(of, value.name, value.node) : unknown;
    }
    case 'result': {
      const of = withArguments(value.of, fn, call, scene, depth + 1);
      return isSaying(of) ? { ...value, of } : unknown;
    }
    default:
      return unknown;
  }
}
