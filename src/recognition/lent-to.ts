import { ts, type Expression, type FunctionBody, type Node } from '../code/compiler.ts';
import { enclosingFunction, memberAccess, nameText, wrapped } from '../code/syntax.ts';

/** To whom a schema lends a method: the model, or its documents. */
export type Lent = 'statics' | 'methods';

/**
 * To whom the function is lent that `this` at a node belongs to, by where it stands: `userSchema.statics.byName = function () { … }`; or `by`
 * which thing, if that is a model: `User.prototype.posts = function () { … }`, or a repository: `users.extend({ byName() { … } })`.
 */
export function lentAround(node: Node): { to: Lent | 'itself'; by?: Expression } | undefined {
  let fn = enclosingFunction(node);
  while (fn && ts.isArrowFunction(fn)) fn = enclosingFunction(fn);
  if (!fn) return undefined;
  const to = lentTo(fn);
  if (to) return { to };
  const taker = takerOf(fn);
  const extended = taker && ts.isCallExpression(taker) ? memberAccess(taker.expression) : undefined;
  if (extended?.name === 'extend') return { to: 'itself', by: extended.of };
  const { parent } = wrapped(fn);
  const target = ts.isBinaryExpression(parent) ? memberAccess(parent.left) : undefined;
  const prototype = target && memberAccess(target.of);
  return prototype?.name === 'prototype' ? { to: 'methods', by: prototype.of } : target && { to: 'statics', by: target.of };
}

function lentTo(fn: FunctionBody): Lent | undefined {
  const { parent } = wrapped(fn);
  if (ts.isBinaryExpression(parent)) return lentName(memberAccess(memberAccess(parent.left)?.of ?? parent.left)?.name);
  if (ts.isCallExpression(parent)) {
    const name = memberAccess(parent.expression)?.name;
    return name === 'static' || name === 'method' ? lentName(`${name}s`) : undefined;
  }
  const taker = takerOf(fn);
  return taker && lentName(ts.isBinaryExpression(taker) ? memberAccess(taker.left)?.name : ts.isPropertyAssignment(taker) ? nameText(taker.name) : undefined);
}

/** What takes the object that a function is a member of: an assignment, a property, a call. */
function takerOf(fn: FunctionBody): Node | undefined {
  const { parent } = wrapped(fn);
  const map = ts.isMethodDeclaration(fn) ? fn.parent : ts.isPropertyAssignment(parent) ? parent.parent : undefined;
  return map && ts.isObjectLiteralExpression(map) ? wrapped(map).parent : undefined;
}

function lentName(name: string | undefined): Lent | undefined {
  return name === 'statics' || name === 'methods' ? name : undefined;
}
