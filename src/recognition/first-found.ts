import type { ts as C } from 'ts-morph';
import { ts, type Expression, type Statement } from '../code/compiler.ts';
import { bare, rootName } from '../code/syntax.ts';

/**
 * `const row = await find(name); if (row) return row;` at the end of a round: one after the other is tried until one gives something, and
 * that is all that is kept.
 */
export function keepsFirstFound(body: Statement): boolean {
  const statements = ts.isBlock(body) ? body.statements : [];
  const last = statements.at(-1);
  if (!last || !ts.isIfStatement(last) || last.elseStatement) return false;
  if (keepsInOuter(statements.at(-2), last)) return true;
  return statements.some((statement) => ts.isVariableStatement(statement) && statement.declarationList.declarations.some(({ name, initializer }) => {
    if (!ts.isIdentifier(name) || !initializer || !ts.isCallExpression(bare(initializer))) return false;
    return saysIsThere(last.expression, name.text) && leavesWith(last.thenStatement, name.text);
  }));
}

/** `found = await find(name); if (found) break;`, where `found` outlives the loop. */
function keepsInOuter(statement: Statement | undefined, { expression, thenStatement }: C.IfStatement): boolean {
  const node = statement && ts.isExpressionStatement(statement) ? statement.expression : undefined;
  if (!node || !ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.EqualsToken || !ts.isCallExpression(bare(node.right))) return false;
  return ts.isIdentifier(node.left) && ts.isBreakStatement(lastOf(thenStatement)) && saysIsThere(expression, node.left.text);
}

function lastOf(branch: Statement): Statement {
  return ts.isBlock(branch) ? (branch.statements.at(-1) ?? branch) : branch;
}

/** `row`, `row?.id`, `row !== null`, `row && isActive(row)`, `row.state === 'open'`; not `!row`, nor `row === null`. */
function saysIsThere(test: Expression, name: string): boolean {
  const node = bare(test);
  if (!ts.isBinaryExpression(node)) return rootName(node) === name;
  const operator = node.operatorToken.kind;
  if (operator === ts.SyntaxKind.AmpersandAmpersandToken) return saysIsThere(node.left, name) || saysIsThere(node.right, name);
  if (operator === ts.SyntaxKind.BarBarToken || rootName(bare(node.left)) !== name) return false;
  const isEqual = operator === ts.SyntaxKind.EqualsEqualsEqualsToken || operator === ts.SyntaxKind.EqualsEqualsToken;
  return !isEqual || !/^(?:null|undefined|0|false)$/.test(node.right.getText());
}

/** `return row`, `return { row, name }`, `result = row; break`. */
function leavesWith(branch: Statement, name: string): boolean {
  const statements = ts.isBlock(branch) ? branch.statements : [branch];
  const last = statements.at(-1);
  const kept = last && ts.isReturnStatement(last) ? last.expression : last && ts.isBreakStatement(last) ? assignedIn(statements.at(-2)) : undefined;
  if (!kept) return false;
  const node = bare(kept);
  if (!ts.isObjectLiteralExpression(node)) return rootName(node) === name;
  return node.properties.some((property) => (ts.isShorthandPropertyAssignment(property) ? property.name.text === name : ts.isPropertyAssignment(property) && rootName(bare(property.initializer)) === name));
}

function assignedIn(statement: Statement | undefined): Expression | undefined {
  const node = statement && ts.isExpressionStatement(statement) ? statement.expression : undefined;
  return node && ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken ? node.right : undefined;
}

/** `row` of `row?.owner.id`. */
