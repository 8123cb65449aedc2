/** What runs before and after a piece of code, and what is checked on the way to it, within one function. */
import { ts, type Expression, type Node, type Statement } from '../code/compiler.ts';
import { declarationOf } from '../code/scope.ts';
import { bare, calleeName, isFunctionBody, wrapped } from '../code/syntax.ts';
import { runsWhereItStands } from '../recognition/behind-calls.ts';
import { statementsOf } from './pattern.ts';

/** True for the function (or class) that a search does not leave: callbacks that run where they stand are no boundary. */
export function isBoundary(node: Node): boolean {
  return ts.isClassLike(node) || (isFunctionBody(node) && !runsWhereItStands(node) && !isThunk(node));
}

/** A function that is returned, or collected, by the callback around it: `map((x) => () => load(x))` for a limiter. */
function isThunk(fn: Node): boolean {
  const outer = wrapped(fn);
  if (ts.isArrowFunction(outer.parent) && outer.parent.body === outer) return true;
  return ts.isReturnStatement(outer.parent) && ts.isArrowFunction(outer);
}

/** Every node that runs before this one in its function, nearest statement first. What leads out of the function does not count. */
export function* earlierThan(node: Node): Generator<Node> {
  for (const { up, inner } of around(node)) {
    const siblings = statementsOf(up);
    for (const sibling of siblings?.slice(0, siblings.indexOf(inner as Statement)).toReversed() ?? []) yield* staying(sibling);
    const test = testOf(up, inner);
    if (test) yield* nodesIn(test);
    if (ts.isTryStatement(up) && inner !== up.tryBlock) yield* nodesIn(up.tryBlock);
    // What is called on has run before its callbacks do: `log(a).then(() => charge(a))`.
    if (ts.isCallExpression(up) && inner !== up.expression && ts.isPropertyAccessExpression(up.expression)) yield* nodesIn(up.expression.expression);
  }
}

/** Every node that runs after this one in its function, nearest first. */
export function* laterThan(node: Node): Generator<Node> {
  for (const { up, inner } of around(node)) {
    const siblings = statementsOf(up);
    if (siblings) {
      const later = siblings.slice(siblings.indexOf(inner as Statement));
      const end = later.findIndex(leaves);
      for (const sibling of later.slice(1, end < 0 ? undefined : end + 1)) yield* nodesIn(sibling);
      // Here: whoever came this way leaves, so what stands behind the block is not reached.
      if (end >= 0) return;
    }
    if (ts.isTryStatement(up) && inner !== up.finallyBlock && up.finallyBlock) yield* nodesIn(up.finallyBlock);
  }
}

/** Every node of the checks on the way to this one: tests around it, tests that leave before it, and calls that stand alone before it. */
export function* checksBefore(node: Node): Generator<Node> {
  for (const { up, inner } of around(node)) {
    const test = testOf(up, inner);
    if (test) yield* inTest(test);
    const siblings = statementsOf(up);
    for (const sibling of siblings?.slice(0, siblings.indexOf(inner as Statement)).toReversed() ?? []) yield* checksIn(sibling);
  }
}

/** The nodes around a node up to the function's boundary, each with its child on the way. */
function* around(node: Node): Generator<{ up: Node; inner: Node }> {
  for (let inner = node; inner.parent; inner = inner.parent) {
    yield { up: inner.parent, inner };
    if (isBoundary(inner.parent)) return;
  }
}

/** What is tested before this child of a node runs. */
function testOf(up: Node, inner: Node): Expression | undefined {
  if (ts.isIfStatement(up) || ts.isWhileStatement(up)) return inner === up.expression ? undefined : up.expression;
  if (ts.isConditionalExpression(up)) return inner === up.condition ? undefined : up.condition;
  if (ts.isForStatement(up)) return inner === up.statement ? up.condition : undefined;
  if (ts.isBinaryExpression(up) && inner === up.right) {
    const operator = up.operatorToken.kind;
    return operator === ts.SyntaxKind.AmpersandAmpersandToken || operator === ts.SyntaxKind.BarBarToken || operator === ts.SyntaxKind.QuestionQuestionToken ? up.left : undefined;
  }
  return undefined;
}

/** The checks that an earlier statement makes for everything behind it. */
function* checksIn(statement: Statement): Generator<Node> {
  if (ts.isIfStatement(statement)) {
    if (leaves(statement.thenStatement) || (statement.elseStatement && leaves(statement.elseStatement))) yield* inTest(statement.expression);
    return;
  }
  if (ts.isTryStatement(statement)) {
    if (!statement.catchClause || leaves(statement.catchClause.block)) for (const each of statement.tryBlock.statements) yield* checksIn(each);
    return;
  }
  if (!ts.isExpressionStatement(statement)) return;
  const expression = bare(statement.expression);
  yield expression;
  // `assert(isPublic(url))`, `isPublic(url) || fail()`.
  if (ts.isCallExpression(expression) && /^(?:assert|invariant|ensure|expect|require|must|verify|check|ok$)/i.test(calleeName(expression) ?? '')) for (const each of expression.arguments) yield* inTest(each);
  if (ts.isBinaryExpression(expression)) yield* inTest(expression.left);
}

/** The nodes of a test, and of what a variable in it was made from: `const ok = isPublic(url); if (!ok) return;`. */
function* inTest(test: Expression): Generator<Node> {
  for (const node of nodesIn(test)) {
    yield node;
    const made = ts.isIdentifier(node) ? madeFrom(node) : undefined;
    if (made) yield* nodesIn(made);
  }
}

function madeFrom(name: import('ts-morph').ts.Identifier): Expression | undefined {
  let declared: Node | undefined = declarationOf(name)?.node;
  while (declared && (ts.isBindingElement(declared) || ts.isBindingName(declared))) declared = declared.parent;
  return declared && ts.isVariableDeclaration(declared) ? declared.initializer : undefined;
}

/** A node and what runs with it: functions that are only written down here run at another time. */
function* nodesIn(root: Node): Generator<Node> {
  const open = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    if (isFunctionBody(node) && !runsWhereItStands(node)) continue;
    if (ts.isClassLike(node) || ts.isTypeNode(node)) continue;
    yield node;
    open.push(...childrenOf(node).reverse());
  }
}

/** The same without branches that leave: who comes behind them has not taken them. */
function* staying(root: Node): Generator<Node> {
  if (!ts.isIfStatement(root)) {
    yield* nodesIn(root);
    return;
  }
  yield* nodesIn(root.expression);
  for (const branch of [root.thenStatement, root.elseStatement]) if (branch && !leaves(branch)) yield* nodesIn(branch);
}

function childrenOf(node: Node): Node[] {
  const children: Node[] = [];
  ts.forEachChild(node, (child) => {
    children.push(child);
  });
  return children;
}

/** True for a statement behind which nothing of its block runs. */
function leaves(statement: Statement): boolean {
  if (ts.isReturnStatement(statement) || ts.isThrowStatement(statement) || ts.isContinueStatement(statement) || ts.isBreakStatement(statement)) return true;
  if (ts.isBlock(statement)) return statement.statements.some(leaves);
  if (ts.isIfStatement(statement)) return statement.elseStatement !== undefined && leaves(statement.thenStatement) && leaves(statement.elseStatement);
  if (ts.isTryStatement(statement)) return (statement.finallyBlock !== undefined && leaves(statement.finallyBlock)) || (leaves(statement.tryBlock) && (!statement.catchClause || leaves(statement.catchClause.block)));
  if (!ts.isExpressionStatement(statement)) return false;
  const expression = bare(statement.expression);
  return ts.isCallExpression(expression) && /^(?:process|Deno)\.exit$|^(?:notFound|redirect|fail|abort)$/.test(expression.expression.getText());
}
