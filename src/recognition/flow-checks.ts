/** What comparisons and calls check of the values in them: `page < 1`, `kind === 'open'`, `schema.parse(body)`, `name.startsWith('/')`. */
import type { ts as C } from 'ts-morph';
import { ts, type CallExpression, type Expression } from '../code/compiler.ts';
import type { Scene } from '../code/scene.ts';
import { bare, memberAccess } from '../code/syntax.ts';
import { checkingAt, levelOfPattern } from './checking.ts';
import type { FlowRecord } from './flow-record.ts';
import { asText, isTracked, listOf, nothing, type Tracked, type ValueAt } from './tracked.ts';

/** What a comparison says about the values in it. */
export function noteComparison(node: C.BinaryExpression, left: Tracked, right: Tracked, record: FlowRecord, at: ValueAt): void {
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
function noteBound(subject: Expression, limit: Expression, value: Tracked, record: FlowRecord, at: ValueAt): void {
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

/** Notes what a call checks. True when its result stands for the checked value. */
export function noteCheckingCall(node: CallExpression, receiver: Tracked, scene: Scene, record: FlowRecord, at: ValueAt): boolean {
  const checking = checkingAt(node, scene);
  if (!checking) return false;
  let any = false;
  for (const each of checking.of) {
    const value = at(each);
    if (!isTracked(value)) continue;
    any = true;
    // Whatever went through `String(…)` is a text: asking that says nothing about what came in.
    record.check(checking.level === 'type' ? { traces: value.traces.filter((trace) => trace.form === 'raw') } : value, checking.level, checking.byRules && { byRules: true });
  }
  // `req.validate(schema)`, `request.validateUsing(validator)`: the receiver is what is checked.
  if (!any && isTracked(receiver) && checking.level === 'schema') record.check(receiver, 'schema');
  return checking.settles;
}

const questions = new Set(['startsWith', 'endsWith', 'includes', 'indexOf', 'match', 'search', 'localeCompare']);

/** `x.startsWith('/')`, `x.includes('..')`, `x.match(/^\w+$/)`: notes what is asked of what came in. Undefined for what is no question. */
export function answered(node: CallExpression, name: string, receiver: Tracked, scene: Scene, record: FlowRecord): Tracked | undefined {
  if (!questions.has(name)) return undefined;
  if (name === 'match' || name === 'search') {
    const level = node.arguments[0] && levelOfPattern(node.arguments[0], scene);
    if (level) record.check(receiver, level);
    return name === 'match' ? listOf([asText(receiver, true)]) : nothing;
  }
  record.check(receiver, 'content');
  return nothing;
}
