import { ts, type Expression, type FunctionBody, type Node, type ParameterDeclaration } from '../code/compiler.ts';
import { declarationOf } from '../code/scope.ts';
import { bare, calleeName, endsFunction, isFunctionBody, memberAccess } from '../code/syntax.ts';
import { isParameter } from './variable-uses.ts';

/**
 * The parts of a field resolver that run only where the parent does not carry the field yet: `if (!build.user) return load(…)`,
 * `author.posts ?? load(…)`. Lists bring the field along; what is left is the way for a single object.
 */
export function fallbacksOf(fn: FunctionBody, parent: ParameterDeclaration): Node[] {
  if (!fn.body) return [];
  const found: Node[] = [];
  const visit = (node: Node): void => {
    if (ts.isIfStatement(node)) {
      const says = tested(node.expression, parent) ?? (asksAmongOthers(node.expression, parent) && givesOfParent(node.thenStatement, parent) ? 'present' : undefined);
      if (says === 'absent') found.push(node.thenStatement);
      if (says === 'present') found.push(...(node.elseStatement ? [node.elseStatement] : endsFunction(node.thenStatement) ? statementsAfter(node) : []));
    } else if (ts.isConditionalExpression(node)) {
      const says = tested(node.condition, parent);
      if (says) found.push(says === 'absent' ? node.whenTrue : node.whenFalse);
    } else if (ts.isBinaryExpression(node) && (node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken || node.operatorToken.kind === ts.SyntaxKind.BarBarToken)) {
      if (isOfParent(node.left, parent)) found.push(node.right);
    }
    if (!isFunctionBody(node) || node === fn) ts.forEachChild(node, visit);
  };
  visit(fn.body);
  return found;
}

/** `order.promotions && order.promotions.every(isTranslated)`: whether the parent carries something is a part of what is asked. */
function asksAmongOthers(condition: Expression, parent: ParameterDeclaration): boolean {
  const node = bare(condition);
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.AmpersandAmpersandToken) return tested(node, parent) === 'present';
  return asksAmongOthers(node.left, parent) || asksAmongOthers(node.right, parent);
}

/** `return order.promotions.map(translate)`. */
function givesOfParent(branch: Node, parent: ParameterDeclaration): boolean {
  const last = ts.isBlock(branch) ? branch.statements.at(-1) : branch;
  let given = last && ts.isReturnStatement(last) && last.expression ? bare(last.expression) : undefined;
  while (given && ts.isCallExpression(given)) given = memberAccess(bare(given.expression))?.of;
  return given !== undefined && isOfParent(given, parent);
}

/** What a condition asks of the parent: whether it carries something, or lacks it. */
function tested(condition: Expression, parent: ParameterDeclaration): 'present' | 'absent' | undefined {
  const node = bare(condition);
  if (isOfParent(node, parent)) return 'present';
  // `Array.isArray(zone.members)`
  if (ts.isCallExpression(node) && calleeName(node) === 'isArray' && node.arguments[0] && isOfParent(node.arguments[0], parent)) return 'present';
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) {
    const inner = tested(node.operand, parent);
    return inner && (inner === 'present' ? 'absent' : 'present');
  }
  if (!ts.isBinaryExpression(node)) return undefined;
  const operator = node.operatorToken.kind;
  if (operator === ts.SyntaxKind.AmpersandAmpersandToken || operator === ts.SyntaxKind.BarBarToken) {
    const sides = [tested(node.left, parent), tested(node.right, parent)];
    // `a && b` needs both, `a || b` any of them.
    const [any, both] = operator === ts.SyntaxKind.AmpersandAmpersandToken ? (['absent', 'present'] as const) : (['present', 'absent'] as const);
    return sides.includes(any) ? any : sides.every((side) => side === both) ? both : undefined;
  }
  const isNothing = (side: Expression): boolean => bare(side).kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(bare(side)) && (bare(side) as { text?: string }).text === 'undefined');
  const asked = isNothing(node.right) ? node.left : isNothing(node.left) ? node.right : undefined;
  if (!asked || !isOfParent(asked, parent)) return undefined;
  if (operator === ts.SyntaxKind.EqualsEqualsToken || operator === ts.SyntaxKind.EqualsEqualsEqualsToken) return 'absent';
  return operator === ts.SyntaxKind.ExclamationEqualsToken || operator === ts.SyntaxKind.ExclamationEqualsEqualsToken ? 'present' : undefined;
}

/** `author.posts`, `author.posts?.length`, or `posts` of a parent that is taken apart; the parent itself, and its keys, say nothing. */
function isOfParent(expression: Expression, parent: ParameterDeclaration): boolean {
  const node = bare(expression);
  const access = memberAccess(node);
  if (access) return isParameter(access.of, parent) ? !/id$/i.test(access.name) : isOfParent(access.of, parent);
  if (!ts.isIdentifier(node) || ts.isIdentifier(parent.name)) return false;
  const declared = declarationOf(node);
  return declared?.kind === 'binding' && declared.node.parent === parent.name && !/id$/i.test(node.text);
}

function statementsAfter(node: Node): Node[] {
  const block = node.parent;
  return ts.isBlock(block) ? block.statements.slice(block.statements.indexOf(node as never) + 1) : [];
}
