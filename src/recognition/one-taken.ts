import { ts, type CallExpression, type Expression, type FunctionBody, type Node, type VariableDeclaration } from '../code/compiler.ts';
import { bare, isAwaitedWithin, isFunctionBody, memberAccess, mentionsName, wrapped } from '../code/syntax.ts';
import { mentionsOf, usesOf } from './variable-uses.ts';

/** Names of what holds all rows of an answer, where a driver gives it beside other things: `const [rows] = await connection.query(…)`. */
const manyRows = /^(?:rows?|results?|data|records?|docs|items|list)$|(?:Rows|Results?)$|[^s]s$/;

/**
 * True for a query of which whoever asked takes the first row and no other: `const [user] = await …`, `(await …)[0]`,
 * `.then((rows) => rows[0])`. It is meant to bring one row, by a key that the schema knows.
 */
export function takesOneOnly(query: Expression, depth = 0): boolean {
  const runner = depth < 2 ? takerOf(query) : undefined;
  if (runner) return takesOneOnly(runner, depth + 1);
  const outer = rowsOf(wrapped(query));
  const { parent } = outer;
  if (!parent) return false;
  if (isFirst(parent, outer)) return true;
  if (ts.isVariableDeclaration(parent)) return isOnePattern(parent.name) || areFirstsOfRows(parent) || (ts.isIdentifier(parent.name) && areFirsts(usesOf(parent)));
  const given = thenOf(query) ?? (ts.isCallExpression(parent.parent) && parent.parent.expression === parent ? thenOf(parent.parent) : undefined);
  return given !== undefined && givesFirst(bare(given));
}

/** `connection.run(query)`, where that is all that is done with a query which nobody has awaited: the call that gives its rows. */
function takerOf(query: Expression): CallExpression | undefined {
  const outer = wrapped(query);
  if (isAwaitedWithin(query, outer)) return undefined;
  const { parent } = outer;
  const uses = parent && ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name) ? usesOf(parent) : [];
  const given = uses.length === 1 ? wrapped(uses[0]!) : outer;
  const call = given.parent;
  return call && ts.isCallExpression(call) && call.expression !== given && memberAccess(call.expression) && call.arguments[0] === given ? call : undefined;
}

/** `answer.rows` of an answer: where drivers give the rows. */
function rowsOf(node: Node): Node {
  const access = memberAccess(node.parent);
  return access?.name === 'rows' && access.of === node ? wrapped(node.parent as Expression) : node;
}

/** What a call of `then` hands the rows to. */
function thenOf(node: Expression): Expression | undefined {
  return ts.isCallExpression(node) && memberAccess(node.expression)?.name === 'then' ? node.arguments[0] : undefined;
}

/** `x[0]`, `x.at(0)`, `x.shift()`. */
function isFirst(node: Node, of: Node): boolean {
  if (ts.isElementAccessExpression(node)) return node.expression === of && ts.isNumericLiteral(node.argumentExpression) && node.argumentExpression.text === '0';
  const access = memberAccess(node);
  if (!access || (access.name !== 'at' && access.name !== 'shift') || !ts.isCallExpression(node.parent)) return false;
  const [position] = node.parent.arguments;
  return access.name === 'shift' || (position !== undefined && ts.isNumericLiteral(position) && position.text === '0');
}

function isOnePattern(name: Node): boolean {
  if (!ts.isArrayBindingPattern(name) || name.elements.length !== 1) return false;
  const [element] = name.elements;
  return element !== undefined && ts.isBindingElement(element) && !element.dotDotDotToken && (!ts.isIdentifier(element.name) || !manyRows.test(element.name.text));
}

/** `const { rows } = await …; return rows[0];`, and `const [rows] = await …` of MySQL. */
function areFirstsOfRows({ name }: VariableDeclaration): boolean {
  const [rows] = ts.isArrayBindingPattern(name) ? name.elements : [];
  if (rows && ts.isBindingElement(rows)) return ts.isIdentifier(rows.name) && manyRows.test(rows.name.text) && areFirsts(mentionsOf(rows));
  const [only, ...others] = ts.isObjectBindingPattern(name) ? name.elements : [];
  if (!only || others.length > 0 || !ts.isIdentifier(only.name) || !/^(?:rows|records)$/.test((only.propertyName ?? only.name).getText())) return false;
  return ts.isIdentifier(only.name) && areFirsts(mentionsOf(only));
}

/** Every mention takes the first row, or asks whether there is any. */
function areFirsts(uses: readonly Node[]): boolean {
  let firsts = 0;
  for (const use of uses) {
    const outer = rowsOf(wrapped(use));
    if (isFirst(outer.parent, outer)) firsts += 1;
    else if (ts.isVariableDeclaration(outer.parent) && isOnePattern(outer.parent.name)) firsts += 1;
    else if (!/^(?:length|rowCount)$/.test(memberAccess(outer.parent)?.name ?? '') && !(ts.isPrefixUnaryExpression(outer.parent))) return false;
  }
  return firsts > 0;
}

/** `(rows) => rows[0]`, `([row]) => row`, `(rows) => (rows.length > 0 ? rows[0] : null)`, `first`, `takeFirst`. */
function givesFirst(given: Expression): boolean {
  if (ts.isIdentifier(given)) return /^(?:take)?(?:first|one|single|unique)/i.test(given.text);
  const parameter = isFunctionBody(given) ? given.parameters[0] : undefined;
  const body = isFunctionBody(given) ? onlyGiven(given) : undefined;
  if (!parameter || !body) return false;
  return isOnePattern(parameter.name) || (ts.isIdentifier(parameter.name) && isFirstOf(body, parameter.name.text));
}

/** What a function gives that does nothing else. */
function onlyGiven({ body }: FunctionBody): Expression | undefined {
  if (!body || !ts.isBlock(body)) return body;
  const [only, ...others] = body.statements;
  return only && others.length === 0 && ts.isReturnStatement(only) ? only.expression : undefined;
}

/** `rows[0]`, `rows[0] ?? null`, `rows.length > 0 ? rows[0] : null`: the first, or nothing of the rows. */
function isFirstOf(expression: Expression, rows: string): boolean {
  const node = bare(expression);
  const isOther = (each: Expression): boolean => !mentionsName(each, (name) => name === rows);
  if (ts.isBinaryExpression(node)) return /^(?:\?\?|\|\|)$/.test(node.operatorToken.getText()) && isFirstOf(node.left, rows) && isOther(node.right);
  if (ts.isConditionalExpression(node)) {
    const branches = [node.whenTrue, node.whenFalse];
    return branches.some((each) => isFirstOf(each, rows)) && branches.every((each) => isFirstOf(each, rows) || isOther(each));
  }
  const called = ts.isCallExpression(node) ? bare(node.expression) : node;
  const of = ts.isElementAccessExpression(called) ? called.expression : memberAccess(called)?.of;
  return of !== undefined && ts.isIdentifier(of) && of.text === rows && isFirst(called, of);
}
