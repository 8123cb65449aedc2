/** What the rows of a query are read for, where the code around it shows that. */
import { ts, type CallExpression, type Expression, type Node } from '../code/compiler.ts';
import { argument, bare, calleeName, isFunctionBody, memberAccess, wrapped } from '../code/syntax.ts';
import { usesOf, variableOf } from './variable-uses.ts';

/** `lookup`: all of them fill a set, a map or an object, in which something else is looked up. */
export type ReadFor = 'lookup';

export function readFor(query: CallExpression): ReadFor | undefined {
  const rows = awaited(query);
  if (fillsLookup(rows)) return 'lookup';
  const variable = variableOf(rows as Expression);
  if (!variable) return undefined;
  const uses = usesOf(variable).filter((use) => !isTestOfSize(use));
  return uses.length > 0 && uses.every(fillsLookup) ? 'lookup' : undefined;
}

function awaited(node: Node): Node {
  const outer = wrapped(node as Expression);
  return ts.isAwaitExpression(outer.parent) ? wrapped(outer.parent) : outer;
}

/** `rows.length === 0`: asked by nobody who reads the rows. */
function isTestOfSize(use: Node): boolean {
  return ts.isPropertyAccessExpression(use.parent) && use.parent.expression === use && use.parent.name.text === 'length';
}

const groupers = /^(?:keyBy|indexBy|groupBy|mapKeys|toMap|associateBy|fromEntries|mapToGroups?|countBy)$/;
/** Methods of lists after which the same rows, or something of each, are at hand. */
const passing = /^(?:map|flatMap|filter|flat|concat|entries|values)$/;

/** `new Set(rows.map((row) => row.id))`, `keyBy(rows, 'id')`, `rows.reduce((all, row) => …, {})`, `for (const row of rows) byId.set(row.id, row)`. */
function fillsLookup(node: Node): boolean {
  if (ts.isForOfStatement(node.parent) && node.parent.expression === node) return putsIn(node.parent.statement);
  let rows = wrapped(node as Expression);
  for (let link = memberAccess(rows.parent); link && bare(link.of) === bare(rows as Expression); link = memberAccess(rows.parent)) {
    const call = rows.parent.parent;
    if (!ts.isCallExpression(call) || call.expression !== rows.parent) return false;
    if (link.name === 'reduce') return isEmptyLookup(argument(call, 1));
    if (!passing.test(link.name)) return false;
    rows = wrapped(call);
  }
  const { parent } = rows;
  if (isFunctionBody(parent)) return false;
  if (ts.isNewExpression(parent)) return ts.isIdentifier(parent.expression) && /^(?:Weak)?(?:Set|Map)$/.test(parent.expression.text);
  return ts.isCallExpression(parent) && parent.arguments[0] === rows && groupers.test(calleeName(parent) ?? '');
}

/** Nothing but `byId.set(row.id, row)`, `ids.add(row.id)` and `byId[row.id] = row`. */
function putsIn(body: Node): boolean {
  const statements = ts.isBlock(body) ? body.statements : [body];
  return statements.length > 0 && statements.every((each) => {
    if (!ts.isExpressionStatement(each)) return false;
    const does = bare(each.expression);
    if (ts.isCallExpression(does)) return /^(?:set|add)$/.test(memberAccess(does.expression)?.name ?? '') && ts.isIdentifier(memberAccess(does.expression)!.of);
    return ts.isBinaryExpression(does) && does.operatorToken.kind === ts.SyntaxKind.EqualsToken && ts.isElementAccessExpression(does.left);
  });
}

/** `{}`, `new Map()`, also with a type said of it. */
function isEmptyLookup(start: Expression | undefined): boolean {
  const node = start && bare(start);
  if (!node) return false;
  return ts.isObjectLiteralExpression(node) ? node.properties.length === 0 : ts.isNewExpression(node) && ts.isIdentifier(node.expression) && /^(?:Set|Map)$/.test(node.expression.text);
}
