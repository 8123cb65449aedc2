import { ts, type CallExpression, type Expression, type FunctionBody, type Node } from '../code/compiler.ts';
import type { Scene } from '../code/scene.ts';
import { bare, pathOf, spanOf } from '../code/syntax.ts';
import type { Step } from '../model.ts';
import { givenFor, placeOf } from './open-query.ts';

/** True where the function that is called goes on to its query only with something that this call does not give: `format(order)` of `format(order, db?)`. */
export function lacksWhatItNeeds(call: CallExpression, chain: readonly Step[], scene: Scene): boolean {
  const [, next] = chain;
  const fn = next && scene.calledFunction(call);
  if (!fn?.body || pathOf(fn) !== next!.path || isOnOneLine(fn) || call.arguments.some((each) => ts.isSpreadElement(each))) return false;
  return conditionsAround(fn, next!.line).some((condition) => {
    const place = placeOf(condition, fn);
    return place !== undefined && givenFor(call, place, scene) === 'nothing';
  });
}

/** The parameters that must be there for what stands on a line of a function: `if (db) { … }`, `db ? … : …`, `db && …`. */
function conditionsAround(fn: FunctionBody, line: number): Expression[] {
  const found: Expression[] = [];
  const visit = (node: Node): void => {
    if (!holdsLine(node, line)) return;
    const guarded = guardedPart(node);
    // Where both branches stand on one line, a step does not say which it is in.
    if (guarded && holdsLine(guarded.part, line) && !(guarded.other && holdsLine(guarded.other, line))) found.push(...conjuncts(guarded.condition));
    ts.forEachChild(node, visit);
  };
  visit(fn.body!);
  return found;
}

type Guarded = { condition: Expression; part: Node; other: Node | undefined };

function guardedPart(node: Node): Guarded | undefined {
  if (ts.isIfStatement(node)) return { condition: node.expression, part: node.thenStatement, other: node.elseStatement };
  if (ts.isConditionalExpression(node)) return { condition: node.condition, part: node.whenTrue, other: node.whenFalse };
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken ? { condition: node.left, part: node.right, other: undefined } : undefined;
}

function holdsLine(node: Node, at: number): boolean {
  const { line, endLine } = spanOf(node);
  return line <= at && at <= endLine;
}

/** True where a step, which names a line, says nothing of what it is in. */
function isOnOneLine(node: Node): boolean {
  const { line, endLine } = spanOf(node);
  return line === endLine;
}

function conjuncts(condition: Expression): Expression[] {
  const node = bare(condition);
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken ? [...conjuncts(node.left), ...conjuncts(node.right)] : [node];
}
