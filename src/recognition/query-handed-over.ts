import { ts, type CallExpression, type Expression, type FunctionBody, type Node, type ParameterDeclaration } from '../code/compiler.ts';
import type { Scene } from '../code/scene.ts';
import { bare } from '../code/syntax.ts';
import { libraries } from '../libraries/index.ts';
import { handleOf, type Handle } from './handle.ts';
import { chainOf, operationsOf, operationsOfValue, operationsOn, type Operation } from './query-chain.ts';
import { queryOf, type Query } from './query.ts';
import { isParameter } from './variable-uses.ts';

/** A query is handed on from function to function so many times. */
const mostHands = 3;

const ofHandedOver = Symbol('query handed over');

/** `getValues(users.where('age', '>', 20))`, where the function runs the query that it is given: for a reader, this call is the query. */
export function queryHandedOver(node: Node, scene: Scene): Query | undefined {
  if (!ts.isCallExpression(node) || !mayHandOver(node)) return undefined;
  return scene.remember(ofHandedOver, node, () => read(node, scene), undefined);
}

/** Names of calls that give a query which another call runs. */
const builderNames = new Set(libraries.flatMap(({ kinds, exports }) => [
  ...Object.values(kinds).flatMap(({ calls }) => Object.entries(calls ?? {}).flatMap(([name, { gives }]) => (name !== '*' && kinds[gives ?? '']?.runs === 'by-terminal' ? [name] : []))),
  ...Object.entries(exports).flatMap(([name, { is }]) => (kinds[kinds[is ?? '']?.called?.gives ?? '']?.runs === 'by-terminal' ? [name] : [])),
]));

/** True for a call that is given a name, or a chain that may be a query. */
export function mayHandOver(node: CallExpression): boolean {
  return node.arguments.some(mayBeQuery);
}

function mayBeQuery(argument: Expression): boolean {
  const given = bare(argument);
  if (!ts.isCallExpression(given)) return ts.isIdentifier(given) && likeQuery.test(given.text) && !constant.test(given.text);
  const { root, links } = chainOf(given);
  return links.some(({ name }) => builderNames.has(name)) || (ts.isIdentifier(root) && (builderNames.has(root.text) || likeQuery.test(root.text)));
}

/** What people call a query or where it begins. */
const likeQuery = /(?:quer(?:y|ies)|builder|qb|ref|coll|collection|cursor|s)$|^q$/i;

/** `ROLES`: a list of texts that never changes. */
const constant = /^[A-Z][A-Z\d_]+$/;

function read(node: CallExpression, scene: Scene): Query | undefined {
  for (const [position, each] of node.arguments.entries()) {
    const handle = mayBeQuery(each) ? handleOf(each, scene) : undefined;
    if (!handle || handle.library.kinds[handle.kind]?.runs !== 'by-terminal') continue;
    const made = operationsOfValue(each, scene);
    if (made.length === 0) continue;
    const fn = scene.calledFunction(node);
    const run = fn && runIn(fn, position, handle, scene, 0);
    if (run) return queryOf(node, [...made, ...run], scene);
  }
  return undefined;
}

/** What a function does to the query that is its parameter of this position, where that runs it. */
function runIn(fn: FunctionBody, position: number, handle: Handle, scene: Scene, depth: number): readonly Operation[] | undefined {
  const parameter = fn.parameters[position];
  if (!parameter || !fn.body || depth >= mostHands) return undefined;
  let found: readonly Operation[] | undefined;
  const visit = (node: Node): void => {
    if (found || ts.isClassLike(node)) return;
    ts.forEachChild(node, visit);
    if (!found && ts.isCallExpression(node)) found = runAt(node, parameter, handle, scene, depth);
  };
  visit(fn.body);
  return found;
}

function runAt(node: CallExpression, parameter: ParameterDeclaration, handle: Handle, scene: Scene, depth: number): readonly Operation[] | undefined {
  const { root } = chainOf(node);
  const operations = isParameter(root, parameter) ? operationsOn(handle, node) : operationsOf(node, scene);
  const end = operations.findLast(({ maybe }) => !maybe);
  if (end?.at === node && end.call.verb && (isParameter(root, parameter) || isPartOf(node, parameter))) return operations.map((each) => seen(each, parameter));
  const at = node.arguments.findIndex((each) => isParameter(each, parameter));
  const inner = at < 0 || operations.length > 0 ? undefined : scene.calledFunction(node);
  return inner && runIn(inner, at, handle, scene, depth + 1);
}

/** The parameter is known where the function is called. */
function seen(operation: Operation, parameter: ParameterDeclaration): Operation {
  return operation.unseen ? { ...operation, unseen: operation.unseen.filter((each) => !isParameter(each, parameter)) } : operation;
}

/** `getDocs(query(base, limit(20)))`: the parameter is a part of what the call is given. */
function isPartOf(call: CallExpression, parameter: ParameterDeclaration): boolean {
  return call.arguments.some((each) => {
    const node = bare(each);
    return isParameter(node, parameter) || (ts.isCallExpression(node) && isPartOf(node, parameter));
  });
}
