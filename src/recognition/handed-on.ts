import { ts, type CallExpression, type Expression, type FunctionBody, type Node, type VariableDeclaration } from '../code/compiler.ts';
import { declarationOf } from '../code/scope.ts';
import type { Scene } from '../code/scene.ts';
import { bare, calleeName, enclosingFunction, isAwaitedWithin, isFunctionBody, isWithin, memberAccess, nameText, nodesWithin, returnedExpressions, wrapped } from '../code/syntax.ts';
import { libraries } from '../libraries/index.ts';
import type { Call, Kind, Library } from '../libraries/library.ts';
import { handleOf } from './handle.ts';
import { chainOf, mayContinue, operationsOf } from './query-chain.ts';
import { isForItself, usesOf, variableOf } from './variable-uses.ts';

/** A builder is handed on from function to function so many times. */
const mostHands = 3;

/**
 * Whether somebody limits a query that is put together in a variable and handed to other functions: `paginate(query, options);`. Undefined where
 * one of them cannot be looked into.
 */
export function limitedByOthers(node: CallExpression, library: Library, scene: Scene): boolean | undefined {
  // `const query = db('orders').where(…); paginate(query, page);`
  const variable = variableOf(node);
  const kept = variable?.initializer && !ts.isAwaitExpression(variable.initializer) ? variable : undefined;
  const answers: (boolean | undefined)[] = [...new Set([...(kept ? [kept] : []), ...buildersOf(node, scene, 0)])].flatMap((builder) => usesOf(builder).map((use) => limitOfHand(use, builder, library, scene)));
  answers.push(limitOfTaker(node, library, scene));
  return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
}

/** `await paged(db('posts').where(…), options)`: what the function does that is given the whole query, and gives it back. Without a library any may be meant. */
export function limitOfTaker(node: Expression, library: Library | undefined, scene: Scene): boolean | undefined {
  const given = wrapped(node);
  const call = given.parent;
  if (!call || !ts.isCallExpression(call) || call.expression === given) return false;
  // What is awaited before it is given away is rows, and no query any more.
  if (isAwaitedWithin(node, given)) return false;
  const fn = scene.calledFunction(call);
  return fn ? limitWithin(fn, call.arguments.indexOf(given as Expression), library, scene, 1) : /paginat|(?:^|[a-z])(?:Page|Limit)(?:d|ed)?(?![a-z])|^(?:page|limit)(?:d|ed)?(?![a-z])/.test(calleeName(call) ?? '') ? undefined : false;
}

/** `countOf(query)`, `remove(query)`: whether the function that is given a query asks for something else than its rows. */
export function endsWithTaker(given: Expression, library: Library, scene: Scene): boolean {
  const outer = wrapped(given);
  const call = outer.parent;
  const fn = call && ts.isCallExpression(call) && call.expression !== outer ? scene.calledFunction(call) : undefined;
  const name = fn?.parameters[(call as CallExpression).arguments.indexOf(outer as Expression)]?.name;
  if (!fn?.body || !name || !ts.isIdentifier(name)) return false;
  const ending = callsOf(library, 'ends');
  const ends = nodesWithin(fn.body, ts.isCallExpression).filter((each) => {
    const access = memberAccess(bare(each.expression));
    return access !== undefined && ending.has(access.name) && rootOf(access.of) === name.text;
  });
  return ends.length > 0 && !readsItAsWell(fn, name.text, ends);
}

/** `const total = await query.clone().count(); return { total, rows: await query };`: another run of the same query, which ends in nothing of the kind. */
function readsItAsWell(fn: FunctionBody, name: string, ends: readonly CallExpression[]): boolean {
  const isRead = (node: Expression): boolean => rootOf(node) === name && !ends.some((each) => isWithin(each, node) || isWithin(node, each));
  if (nodesWithin(fn.body!, ts.isAwaitExpression).some(({ expression }) => isRead(expression))) return true;
  // `Promise.all([query, query.resultSize()])`
  return nodesWithin(fn.body!, ts.isArrayLiteralExpression).some((list) => ts.isCallExpression(list.parent) && calleeName(list.parent) === 'all' && list.elements.some((each) => isRead(each)));
}

/** The variables in which the query of a chain was put together, here and in the functions that gave it. */
function buildersOf(node: Expression, scene: Scene, depth: number): VariableDeclaration[] {
  const inner = bare(node);
  const { root, links } = ts.isCallExpression(inner) ? chainOf(inner) : { root: inner, links: [] };
  const declared = ts.isIdentifier(root) ? declarationOf(root) : undefined;
  const builder = declared?.kind === 'variable' && isPutTogether(declared.node) && isQuery(root, scene) ? declared.node : undefined;
  if (depth >= mostHands) return builder ? [builder] : [];
  const made = builder?.initializer && ts.isCallExpression(bare(builder.initializer)) ? [bare(builder.initializer) as CallExpression] : [];
  const givers = [...links.flatMap(({ call }) => call ?? []), ...made].flatMap((call) => scene.calledFunction(call) ?? []);
  return [...(builder ? [builder] : []), ...givers.flatMap((fn) => returnedExpressions(fn).flatMap((given) => buildersOf(given, scene, depth + 1)))];
}

/** False for what a file keeps for all its functions, and for functions themselves: no query is put together in them. */
function isPutTogether(variable: VariableDeclaration): boolean {
  const made = variable.initializer && bare(variable.initializer);
  return ts.isIdentifier(variable.name) && enclosingFunction(variable) !== undefined && !(made && isFunctionBody(made));
}

/** False for a client or a model, which others keep as well: that says nothing of the queries which are asked of it. */
function isQuery(root: Expression, scene: Scene): boolean {
  const handle = handleOf(root, scene);
  return handle === undefined || mayContinue(handle);
}

/** `paginate(query);`, `query = paginate(query);`: what the function does to it. False for other uses. */
function limitOfHand(use: Node, builder: VariableDeclaration, library: Library, scene: Scene): boolean | undefined {
  const given = wrapped(use);
  const call = given.parent;
  if (!call || !ts.isCallExpression(call) || call.expression === given || !isForItself(call, builder)) return false;
  const fn = scene.calledFunction(call);
  if (fn) return limitWithin(fn, call.arguments.indexOf(given as Expression), library, scene, 1);
  return operationsOf(call, scene).length > 0 || saysSomethingElse(call, given) ? false : undefined;
}

const otherThings = /^(?:add|apply|set|use|with)?_?(?:joins?|relations?|selects?|columns?|orders?|sorts?|sorting|wheres?|conditions?|locks?|log|debug|trace|explain)(?=[A-Z_]|$)/;
const limitKeys = /^(?:take|limit|top|first|last|max|size|count|page|per_?page|page_?size|paginat\w*|cursor|options?|query|params?|args?)$/i;

/** `joinEagerRelations(query, alias)`, `applyOptions(query, { relations })`: what a function does that cannot be looked into, by its name or by all that it is given. */
function saysSomethingElse(call: CallExpression, builder: Node): boolean {
  if (otherThings.test(calleeName(call) ?? '')) return true;
  const others = call.arguments.filter((each) => each !== builder).map((each) => bare(each));
  return others.length > 0 && others.every((each) => ts.isObjectLiteralExpression(each) && each.properties.every(({ name }) => name !== undefined && !limitKeys.test(nameText(name) ?? 'options')));
}

/** Whether a function limits the query that it is given at a position. */
function limitWithin(fn: FunctionBody, position: number, library: Library | undefined, scene: Scene, depth: number): boolean | undefined {
  const name = fn.parameters[position]?.name;
  if (!fn.body || !name || !ts.isIdentifier(name)) return undefined;
  const bounding = callsOf(library, 'bounds');
  let answer: boolean | undefined = false;
  const visit = (node: Node): void => {
    if (answer === true) return;
    if (ts.isCallExpression(node)) {
      const access = memberAccess(bare(node.expression));
      if (access && bounding.has(access.name) && rootOf(access.of) === name.text) answer = true;
      const handed = node.arguments.findIndex((each) => rootOf(each) === name.text);
      if (handed >= 0 && answer !== true) {
        const inner = depth < mostHands ? scene.calledFunction(node) : undefined;
        const further = inner && inner !== fn ? limitWithin(inner, handed, library, scene, depth + 1) : inner ? false : undefined;
        if (further !== false) answer = further;
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(fn.body);
  return answer;
}

function rootOf(expression: Expression): string | undefined {
  const node = bare(expression);
  const { root } = ts.isCallExpression(node) ? chainOf(node) : { root: node };
  return ts.isIdentifier(root) ? root.text : undefined;
}

/** Calls that limit a query, and calls on one that ask for a single row, a number, or a change. */
const asked = {
  bounds: (call: Call, runs: Kind['runs']): boolean => runs !== undefined && call.bounds !== undefined,
  ends: (call: Call, runs: Kind['runs']): boolean => runs !== undefined && call.verb !== undefined && call.verb !== 'read-many' && call.verb !== 'raw',
};

const ofLibrary = { bounds: new Map<Library | undefined, ReadonlySet<string>>(), ends: new Map<Library | undefined, ReadonlySet<string>>() };

/** The names of such calls of one library, or of any. */
function callsOf(library: Library | undefined, what: keyof typeof asked): ReadonlySet<string> {
  let names = ofLibrary[what].get(library);
  if (!names) {
    names = new Set((library ? [library] : libraries).flatMap(({ kinds }) => Object.values(kinds)).flatMap(({ calls, runs }) => Object.entries(calls ?? {}).flatMap(([name, call]) => (asked[what](call, runs) ? [name] : []))));
    ofLibrary[what].set(library, names);
  }
  return names;
}
