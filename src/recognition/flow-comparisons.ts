/** What comparisons say of the values in them: `page < 1`, `kind === 'open'`, `typeof name === 'string'`. */
import type { ts as C } from 'ts-morph';
import { ts, type Expression } from '../code/compiler.ts';
import { bare, memberAccess } from '../code/syntax.ts';
import type { FlowRecord } from './flow-record.ts';
import { isTracked, type Tracked } from './tracked.ts';

/** What a comparison says about the values in it. */
export function noteComparison(node: C.BinaryExpression, left: Tracked, right: Tracked, record: FlowRecord, at: (expression: Expression) => Tracked): void {
  const operator = node.operatorToken.kind;
  if (operator === ts.SyntaxKind.InstanceOfKeyword) return record.check(left, 'type');
  if (operator === ts.SyntaxKind.InKeyword) return isTracked(right) ? undefined : record.check(left, 'content');
  for (const [one, value, other, otherValue] of [[node.left, left, node.right, right], [node.right, right, node.left, left]] as const) {
    const subject = bare(one);
    const against = bare(other);
    if (ts.isTypeOfExpression(subject)) {
      if (!(ts.isStringLiteralLike(against) && against.text === 'undefined')) record.check(at(subject.expression), 'type');
      continue;
    }
    if (isTracked(otherValue)) continue;
    if (isSize(operator)) {
      noteBound(subject, against, value, record, at);
      continue;
    }
    if (!isEquality(operator) || !isTracked(value) || isNothing(against)) continue;
    record.check(value, 'pin');
  }
}

/** `name.length > 100`, `page < 1`: a bound on a value. A length against nought is only a question of presence. */
function noteBound(subject: Expression, limit: Expression, value: Tracked, record: FlowRecord, at: (expression: Expression) => Tracked): void {
  const access = memberAccess(subject);
  if (access && (access.name === 'length' || access.name === 'size')) {
    if (!(ts.isNumericLiteral(limit) && Number(limit.text) <= 1)) record.check(at(access.of), 'type');
  } else record.check(value, 'type');
}

function isEquality(kind: C.SyntaxKind): boolean {
  return kind === ts.SyntaxKind.EqualsEqualsToken || kind === ts.SyntaxKind.EqualsEqualsEqualsToken || kind === ts.SyntaxKind.ExclamationEqualsToken || kind === ts.SyntaxKind.ExclamationEqualsEqualsToken;
}

function isSize(kind: C.SyntaxKind): boolean {
  return kind === ts.SyntaxKind.LessThanToken || kind === ts.SyntaxKind.LessThanEqualsToken || kind === ts.SyntaxKind.GreaterThanToken || kind === ts.SyntaxKind.GreaterThanEqualsToken;
}

/** Compared with nothing, a value is only asked for its presence. */
function isNothing(node: Expression): boolean {
  return node.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(node) && node.text === 'undefined') || (ts.isStringLiteralLike(node) && (node.text === '' || node.text === 'undefined' || node.text === 'null')) ||
    node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword || (ts.isNumericLiteral(node) && node.text === '0');
}
