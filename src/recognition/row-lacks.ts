/** Code that runs only for rows which came without a relation: `user.posts ?? (await loadPosts(user))`. */
import { ts, type Expression, type Node } from '../code/compiler.ts';
import { declarationOf } from '../code/scope.ts';
import type { Scene } from '../code/scene.ts';
import { bare, enclosingFunction, escaped, isFunctionBody, memberAccess, mentionsName } from '../code/syntax.ts';
import { bringingOf, type Bringing } from './brought-along.ts';

/** A row, and the relation of it that something stands in for. */
export type Lack = { row: Expression; relation: string };

/** Whether the query before has brought along what a node stands in for; undefined for a node that runs in any case. */
export function bringingInstead(node: Node, scene: Scene): Bringing | undefined {
  const lack = lackAround(node);
  return lack && bringingOf(lack.row, lack.relation, node, scene);
}

/** The relation that a row must lack for this node to run, where the node asks about that very row. */
export function lackAround(node: Node): Lack | undefined {
  for (let child = node, up = node.parent; up && !isFunctionBody(child); child = up, up = up.parent) {
    const lack = lackedIn(up, child);
    if (lack && mentionsName(node, (name) => name === lack.row.getText()) && isUsedBeside(lack, node)) return lack;
  }
  return undefined;
}

function lackedIn(up: Node, child: Node): Lack | undefined {
  if (ts.isBinaryExpression(up) && child === up.right && isDefault(up.operatorToken.kind)) return relationOf(up.left);
  if (ts.isConditionalExpression(up) && child !== up.condition) return testedBy(up.condition, child === up.whenTrue ? 'absent' : 'present');
  if (ts.isIfStatement(up) && child !== up.expression) return testedBy(up.expression, child === up.thenStatement ? 'absent' : 'present');
  if (!ts.isBlock(up)) return undefined;
  for (const statement of up.statements) {
    if (statement === child) break;
    const lack = ts.isIfStatement(statement) && leaves(statement.thenStatement) ? testedBy(statement.expression, 'present') : undefined;
    if (lack) return lack;
  }
  return undefined;
}

/** `??`, `||`, `??=`, `||=` */
function isDefault(kind: number): boolean {
  return kind === ts.SyntaxKind.QuestionQuestionToken || kind === ts.SyntaxKind.BarBarToken || kind === ts.SyntaxKind.QuestionQuestionEqualsToken || kind === ts.SyntaxKind.BarBarEqualsToken;
}

/** The relation whose presence, or absence, a condition stands for. */
function testedBy(condition: Expression, as: 'present' | 'absent'): Lack | undefined {
  const node = bare(condition);
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) return testedBy(node.operand, as === 'absent' ? 'present' : 'absent');
  if (ts.isBinaryExpression(node) && isNothing(node.right)) {
    const says = /^===?$/.test(node.operatorToken.getText()) ? 'absent' : /^!==?$/.test(node.operatorToken.getText()) ? 'present' : undefined;
    return says === as ? relationOf(node.left) : undefined;
  }
  return as === 'present' ? relationOf(node) : undefined;
}

function isNothing(side: Expression): boolean {
  const node = bare(side);
  return node.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(node) && node.text === 'undefined');
}

/** `user.posts`, `user.posts?.length` */
function relationOf(expression: Expression): Lack | undefined {
  const access = memberAccess(bare(expression));
  if (!access) return undefined;
  const of = bare(access.of);
  if (access.name === 'length') return relationOf(of);
  // A row without `ownerId` has no owner; whether its owner was loaded is another question.
  if (/(?:[a-z]I|_i)ds?$/.test(access.name)) return undefined;
  return ts.isIdentifier(of) && declarationOf(of) !== undefined ? { row: of, relation: access.name } : undefined;
}

function leaves(statement: Node): boolean {
  const last = ts.isBlock(statement) ? statement.statements.at(-1) : statement;
  return last !== undefined && (ts.isReturnStatement(last) || ts.isContinueStatement(last) || ts.isThrowStatement(last));
}

/** False for what is only tested, as a flag is, and stands in for nothing: `if (workspace.isQuarantined) continue;`. */
function isUsedBeside({ row, relation }: Lack, node: Node): boolean {
  if (/^(?:is|has|can|was|should)[A-Z_]/.test(relation)) return false;
  if (!ts.isIdentifier(row) || isInTheirPlace(node)) return true;
  const home = enclosingFunction(node) ?? node.getSourceFile();
  return [...home.getText().matchAll(new RegExp(`(?<![\\w$.])${escaped(row.text)}\\??\\.${escaped(relation)}(?![\\w$])`, 'g'))].length > 1;
}

/** `user.posts ?? (await load(user))`: in one expression with what it stands in for. */
function isInTheirPlace(node: Node): boolean {
  for (let child = node, up = node.parent; up && !ts.isStatement(child) && !isFunctionBody(child); child = up, up = up.parent) {
    if (ts.isBinaryExpression(up) && child === up.right && isDefault(up.operatorToken.kind)) return true;
  }
  return false;
}
