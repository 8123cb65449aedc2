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
  const to = fn && lentTo(fn);
  if (to) return { to };
  const map = fn && (ts.isMethodDeclaration(fn) ? fn.parent : ts.isPropertyAssignment(wrapped(fn).parent) ? wrapped(fn).parent.parent : undefined);
  const call = map && ts.isObjectLiteralExpression(map) ? wrapped(map).parent : undefined;
  const extended = call && ts.isCallExpression(call) ? memberAccess(call.expression) : undefined;
  if (extended?.name === 'extend') return { to: 'itself', by: extended.of };
  const { parent } = fn ? wrapped(fn) : node;
  const target = parent && ts.isBinaryExpression(parent) ? memberAccess(parent.left) : undefined;
  const prototype = target && memberAccess(target.of);
  if (!target) return undefined;
  return prototype?.name === 'prototype' ? { to: 'methods', by: prototype.of } : { to: 'statics', by: target.of };
}

function lentTo(fn: FunctionBody): Lent | undefined {
  const { parent } = wrapped(fn);
  if (ts.isBinaryExpression(parent)) return lentName(memberAccess(memberAccess(parent.left)?.of ?? parent.left)?.name);
  if (ts.isCallExpression(parent)) {
    const name = memberAccess(parent.expression)?.name;
    return name === 'static' || name === 'method' ? lentName(`${name}s`) : undefined;
  }
  const map: Node | undefined = ts.isMethodDeclaration(fn) ? fn.parent : ts.isPropertyAssignment(parent) ? parent.parent : undefined;
  const holder = map && ts.isObjectLiteralExpression(map) ? wrapped(map).parent : undefined;
  if (!holder) return undefined;
  return lentName(ts.isBinaryExpression(holder) ? memberAccess(holder.left)?.name : ts.isPropertyAssignment(holder) ? nameText(holder.name) : undefined);
}

function lentName(name: string | undefined): Lent | undefined {
  return name === 'statics' || name === 'methods' ? name : undefined;
}
