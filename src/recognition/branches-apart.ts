/** Branches of a loop that do not run for each of its elements: those that leave it, those that work off a batch, those for one element alone. */
import type { ts as C } from 'ts-morph';
import { ts, type Expression, type Identifier, type Node, type Statement } from '../code/compiler.ts';
import { declarationOf } from '../code/scope.ts';
import { inOneLine, isFunctionBody, isWithin, nodesWithin } from '../code/syntax.ts';

/** Branches of a loop's body that end in leaving it: what they do, they do at most once. */
export function leavingBranches(body: Statement, item?: string): Node[] {
  const found: Node[] = [];
  const visit = (node: Node, inner: boolean): void => {
    if (isFunctionBody(node) || ts.isClassLike(node)) return;
    const loop = ts.isIterationStatement(node, false);
    if (ts.isBlock(node) || ts.isCaseOrDefaultClause(node)) {
      const last = node.statements.at(-1);
      if (last && node !== body && leaves(last, inner)) found.push(node);
      else if (last && node === body && leaves(last, false)) found.push(...node.statements.slice(lastContinue(node.statements) + 1));
    } else if (ts.isIfStatement(node) && isFlushTest(node.expression, body, item)) found.push(node.thenStatement);
    else if (ts.isReturnStatement(node) || ts.isThrowStatement(node)) found.push(node);
    ts.forEachChild(node, (child) => visit(child, inner || loop || ts.isSwitchStatement(node)));
  };
  visit(body, false);
  return found;
}

/** `if (batch.length >= 500) await flush()`, `if (i % 500 === 0) …`: what follows runs once per batch. The size of an element says nothing of the kind. */
function isFlushTest(test: Expression, body: Node, item: string | undefined): boolean {
  if (item !== undefined && new RegExp(`(?:^[(!]*|[<>=]\\s*)${item.replaceAll(/\W/g, '\\$&')}\\b`).test(inOneLine(test, 200))) return false;
  if (nodesWithin(test, ts.isIdentifier).some((each) => isSizeOf(each) && isBornIn(each, body))) return false;
  return /\.(?:length|size)\s*(?:>=?\s*[\w.]*[A-Za-z0-9]|===?\s*(?:\d{2}|[A-Z][A-Z\d_]*\b|[\w.]*(?:[sS]ize|[lL]imit|[mM]ax)\b))|%\s*[\w.]+\s*===?\s*0|\b(?:count|pending|ops|queued)\w*\s*>=\s*\w/.test(inOneLine(test, 200)) && !/\.(?:length|size)\s*>=?\s*[01]\b/.test(inOneLine(test, 200));
}

/** `if (this.pending >= LIMIT) await this.flush();` in a function that is called for each element: it runs once for each batch that has come together. */
export function runsWhenFull({ expression, thenStatement }: C.IfStatement, fn: Node): boolean {
  return empties.test(thenStatement.getText()) && isFlushTest(expression, fn, undefined) && /\bthis\.|^[^.]*$/.test(inOneLine(expression, 200).replaceAll(/\.(?:length|size)\b/g, ''));
}

/** What works off all that has come together: `this.flush()`, `batch.commit()`, `this.rows = []`. */
const empties = /\b(?:flush|commit|drain|dump|splice|clear|reset)\w*\s*\(|=\s*\[\s*\]|\.length\s*=\s*0|\b(?:pending|count|size)\w*\s*=\s*0\b/i;

/** `orders` of `orders.length`, `count` itself. */
function isSizeOf(node: Identifier): boolean {
  const { parent } = node;
  return ts.isPropertyAccessExpression(parent) && parent.expression === node ? /^(?:length|size)$/.test(parent.name.text) : /^(?:count|pending|ops|queued)/.test(node.text);
}

function isBornIn(node: Identifier, body: Node): boolean {
  const declared = declarationOf(node);
  return declared !== undefined && isWithin(declared.node, body);
}

/** After the last statement that may `continue`, a body that ends in `break` runs once; before it, any number of times. */
function lastContinue(statements: readonly Statement[]): number {
  return statements.findLastIndex((statement) => /\bcontinue\b/.test(statement.getText()));
}

function leaves(statement: Statement, inner: boolean): boolean {
  return ts.isReturnStatement(statement) || ts.isThrowStatement(statement) || (ts.isBreakStatement(statement) && !inner);
}

/** `switch (key) { case 'settings': … }`, `if (key === 'settings') …`: what stands there is for one element alone. */
export function branchesForOne(item: string, body: Statement): Node[] {
  const found: Node[] = [];
  const isItem = (node: Expression): boolean => ts.isIdentifier(node) && node.text === item;
  // `workspace.id === ACME_WORKSPACE_ID`: there is one of these.
  const isKeyOfOne = ({ left, right }: C.BinaryExpression): boolean => ts.isPropertyAccessExpression(left) && isItem(left.expression) && /^(?:id|_id|uuid|slug)$/.test(left.name.text) && ((ts.isIdentifier(right) && /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(right.text)) || ts.isStringLiteralLike(right));
  const visit = (node: Node): void => {
    if (isFunctionBody(node)) return;
    if (ts.isSwitchStatement(node) && isItem(node.expression)) found.push(...node.caseBlock.clauses.filter((each) => ts.isCaseClause(each) && ts.isStringLiteralLike(each.expression)));
    if (ts.isIfStatement(node) && ts.isBinaryExpression(node.expression) && node.expression.operatorToken.kind === ts.SyntaxKind.EqualsEqualsEqualsToken && ((isItem(node.expression.left) && ts.isStringLiteralLike(node.expression.right)) || isKeyOfOne(node.expression))) found.push(node.thenStatement);
    ts.forEachChild(node, visit);
  };
  visit(body);
  return found;
}
