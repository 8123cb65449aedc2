import { ts, type CallExpression, type Expression, type FunctionBody, type Node } from '../code/compiler.ts';
import type { Scene } from '../code/scene.ts';
import { bare, calleeName, enclosingFunction, functionName, inOneLine, memberAccess, wrapped } from '../code/syntax.ts';
import { operationsOf, outermostCall } from './query-chain.ts';
import { usesOf, variableOf } from './variable-uses.ts';

/** What is called on a promise rather than on a query. */
export const promiseMembers = new Set(['then', 'catch', 'finally']);

/** True when a query that runs by being awaited is awaited, returned, collected or passed on; false for a sub-query and for one that is only built. */
export function isRun(node: Expression, scene: Scene, depth = 0): boolean {
  const outer = wrapped(node);
  const { parent } = outer;
  if (!parent) return false;
  for (let up: Node = node; up !== outer; up = up.parent) if (ts.isAwaitExpression(up.parent)) return true;
  if (ts.isArrowFunction(parent) && parent.body === outer) return !isBuilding(parent);
  if (ts.isReturnStatement(parent) && isBuilding(enclosingFunction(parent))) return false;
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

const building = /(?:quer(?:y|ies)|builder|qb)$|^(?:build|base)(?=[A-Z])/i;

/** `queryBuilder()`, `baseQuery()`: a function that gives a query to go on with, by its name, and awaits nothing. */
function isBuilding(fn: FunctionBody | undefined): boolean {
  if (!fn || (ts.canHaveModifiers(fn) && ts.getModifiers(fn)?.some((each) => each.kind === ts.SyntaxKind.AsyncKeyword))) return false;
  const name = functionName(fn)?.split('.').at(-1);
  return name !== undefined && building.test(name) && !/^(?:run|exec|fetch|load|do|perform|send)/i.test(name);
}

/** Builders that take a query as a part of another: `whereIn('id', Post.query().select('author_id'))`. */
const takesQueries = /^(?:and|or)?(?:where|having)(?:Not)?(?:In|Exists)?$|^(?:from|with|insert|insertInto|select|columns|returning|values|union|unionAll|intersect|except|join|leftJoin|innerJoin|inArray|notInArray|exists|notExists)$/i;

/** `query.toSQL()`: a query that is told, not asked. */
function isDescribed(call: CallExpression, scene: Scene): boolean {
  const end = operationsOf(call, scene).findLast((operation) => operation.at === call)?.call;
  return end !== undefined && !end.verb && !end.gives && !end.queues;
}

function lastArgumentIsFunction(node: Expression): boolean {
  const last = ts.isCallExpression(node) ? node.arguments.at(-1) : undefined;
  return last !== undefined && (ts.isArrowFunction(last) || ts.isFunctionExpression(last));
}
