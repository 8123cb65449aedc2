/** What measures a number, and so caps it: comparisons, checks, the smaller of two. */
import type { ts as C } from 'ts-morph';
import { ts, type Expression, type FunctionBody, type Node } from '../code/compiler.ts';
import { bare, calleeName, enclosingFunction, inOneLine } from '../code/syntax.ts';

/** Functions that make a number of a text and leave its size alone. */
export const converting = /^(?:Number|parseInt|parseFloat|toNumber|toInteger|toInt|String|BigInt|floor|round|ceil|trunc|abs|max|parseNumber|toString|trim|valueOf|sql|raw|literal|unsafe|val)$/;

/** True for a condition in which something is measured against more than nought or one. */
export function compares(condition: Expression): boolean {
  let found = false;
  const visit = (node: Node): void => {
    if (ts.isBinaryExpression(node) && isSize(node.operatorToken.kind) && !isTiny(node.left) && !isTiny(node.right)) found = true;
    // `searchParams.has('limit')` asks whether there is one.
    if (ts.isCallExpression(node) && !asksForName(node) && /valid|check|within|allowed|includes|^has$|^in$/i.test(calleeName(node) ?? '')) found = true;
    if (!found) ts.forEachChild(node, visit);
  };
  visit(condition);
  return found;
}

/** `searchParams.has('limit')`, `Object.keys(query).includes('limit')`, `query.hasOwnProperty('limit')`, `Object.hasOwn(query, 'limit')`. */
function asksForName(call: C.CallExpression): boolean {
  const last = call.arguments.at(-1);
  const isNamed = last !== undefined && ts.isStringLiteralLike(bare(last));
  return isNamed && (/^(?:has|hasOwn|hasOwnProperty)$/.test(calleeName(call) ?? '') || (calleeName(call) === 'includes' && /\bkeys\([^()]*\)$/.test(inOneLine((call.expression as C.PropertyAccessExpression).expression, 120))));
}

/** `count > 50 ? count : 50`: the larger of both, which caps nothing. */
export function takesLarger({ condition, whenTrue, whenFalse }: C.ConditionalExpression): boolean {
  const test = bare(condition);
  if (!ts.isBinaryExpression(test) || !isSize(test.operatorToken.kind)) return false;
  const isMore = test.operatorToken.kind === ts.SyntaxKind.GreaterThanToken || test.operatorToken.kind === ts.SyntaxKind.GreaterThanEqualsToken;
  const [larger, smaller] = (isMore ? [test.left, test.right] : [test.right, test.left]).map((each) => measured(each));
  return measured(whenTrue) === larger && measured(whenFalse) === smaller;
}

function isSize(kind: C.SyntaxKind): boolean {
  return kind === ts.SyntaxKind.LessThanToken || kind === ts.SyntaxKind.LessThanEqualsToken || kind === ts.SyntaxKind.GreaterThanToken || kind === ts.SyntaxKind.GreaterThanEqualsToken;
}

function isLength(node: Expression): boolean {
  return /\.(?:length|size)$/.test(inOneLine(bare(node), 200));
}

function isTiny(node: Expression): boolean {
  const inner = bare(node);
  return ts.isNumericLiteral(inner) && Number(inner.text) <= 1;
}

const judgedIn = new WeakMap<Node, ReadonlySet<string>>();

/** True where the function measures this very value, or what `path` leads to within it, against something, puts a cap on it, or hands it to a check. */
export function isComparedIn(node: Expression, path: readonly string[] = []): boolean {
  const fn = enclosingFunction(node);
  if (!fn?.body) return false;
  const names = [inOneLine(node, 120), ...path];
  return names.some((_, at) => judged(fn).has(names.slice(0, at + 1).join('.')));
}

/** The texts of all values that a function judges. */
function judged(fn: FunctionBody): ReadonlySet<string> {
  const known = judgedIn.get(fn);
  if (known) return known;
  const texts = new Set<string>();
  const visit = (node: Node): void => {
    if (ts.isBinaryExpression(node) && isSize(node.operatorToken.kind) && !(ts.isConditionalExpression(node.parent) && node.parent.condition === node && takesLarger(node.parent))) {
      // `rows.length > limit` asks whether there are more.
      if (!isTiny(node.right) && !isLength(node.right)) texts.add(measured(node.left));
      if (!isTiny(node.left) && !isLength(node.left)) texts.add(measured(node.right));
    }
    if (ts.isCallExpression(node) && !asksForName(node) && /^(?:min|clamp\w*|includes|has|assert\w*|ensure\w*)$|valid|^check/i.test(calleeName(node) ?? '')) for (const each of node.arguments) texts.add(measured(each));
    ts.forEachChild(node, visit);
  };
  visit(fn);
  judgedIn.set(fn, texts);
  return texts;
}

/** What is measured: `limit` of `Number(limit)`, `parseInt(limit, 10)`, `+limit`. */
function measured(expression: Expression): string {
  const node = bare(expression);
  if (ts.isCallExpression(node) && converting.test(calleeName(node) ?? '') && node.arguments[0]) return measured(node.arguments[0]);
  return inOneLine(ts.isPrefixUnaryExpression(node) ? bare(node.operand) : node, 120);
}
