/** Whether a value has been waited for: what a query is made of, or what it gave. */
import { ts, type Expression, type VariableDeclaration } from '../code/compiler.ts';
import { assignmentsTo, declarationOf } from '../code/scope.ts';
import { bare, withoutTypes } from '../code/syntax.ts';

/** True for `await x`, a name that holds such, and what a callback is told: all of them come after the waiting. */
export function isAwaited(expression: Expression): boolean {
  if (holdsAwait(expression)) return true;
  const node = bare(expression);
  const declared = ts.isIdentifier(node) ? declarationOf(node) : undefined;
  switch (declared?.kind) {
    // What a callback is called with; what anybody else hands on may still be a query, but nobody does that with a row.
    case 'parameter':
      return true;
    case 'variable':
      return isSetAwaited(declared.node);
    case 'binding': {
      const holder = declared.node.parent.parent;
      return ts.isVariableDeclaration(holder) && isSetAwaited(holder);
    }
    default:
      return false;
  }
}

function isSetAwaited(variable: VariableDeclaration): boolean {
  if (variable.initializer && holdsAwait(variable.initializer)) return true;
  return ts.isIdentifier(variable.name) && !(variable.parent.flags & ts.NodeFlags.Const) && assignmentsTo(variable.name.text, variable).slice(0, 8).some(holdsAwait);
}

/** `await x`, also as one side of `??` or `||`. */
function holdsAwait(expression: Expression): boolean {
  const node = withoutTypes(expression);
  if (ts.isBinaryExpression(node)) return holdsAwait(node.left) || holdsAwait(node.right);
  return ts.isAwaitExpression(node) || (ts.isYieldExpression(node) && node.asteriskToken === undefined);
}
