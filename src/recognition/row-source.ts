import { ts, type Expression, type Identifier } from '../code/compiler.ts';
import type { ts as C } from 'ts-morph';
import { declarationOf } from '../code/scope.ts';
import { bare, isFunctionBody, memberAccess, wrapped } from '../code/syntax.ts';

/** What a name takes its value from: the list that a loop goes over or a callback is called for, else what the variable is made of. */
export function sourceOf(name: Identifier): Expression | undefined {
  const declared = declarationOf(name);
  switch (declared?.kind) {
    case 'variable':
      return madeFrom(declared.node);
    case 'parameter':
      return listOfCallback(declared.node);
    case 'binding': {
      const holder = declared.node.parent.parent;
      return ts.isVariableDeclaration(holder) ? madeFrom(holder) : undefined;
    }
    default:
      return undefined;
  }
}

/** True for a name that stands for one element of its source: the variable of a loop, or what a list hands to a callback. */
export function isElement(name: Identifier): boolean {
  const declared = declarationOf(name);
  if (declared?.kind === 'variable') return ts.isForOfStatement(declared.node.parent.parent);
  return declared?.kind === 'parameter' && declared.node.parent.parameters[0] === declared.node;
}

function madeFrom(variable: C.VariableDeclaration): Expression | undefined {
  const loop = variable.parent.parent;
  return ts.isForOfStatement(loop) ? loop.expression : variable.initializer;
}

/** `users.map((user) => …)`, `pMap(users, (user) => …)`: the list of which a parameter is an element. */
function listOfCallback(parameter: C.ParameterDeclaration): Expression | undefined {
  const fn = parameter.parent;
  const call = isFunctionBody(fn) ? wrapped(fn).parent : undefined;
  if (!call || !ts.isCallExpression(call) || call.expression === wrapped(fn)) return undefined;
  return call.arguments[0] === wrapped(fn) ? memberAccess(bare(call.expression))?.of : call.arguments[0];
}
