import { ts, type CallExpression, type Expression, type FunctionBody, type Node } from '../code/compiler.ts';
import type { Scene } from '../code/scene.ts';
import { bare, inOneLine, isFunctionBody, propertyValue } from '../code/syntax.ts';
import { plainText } from './query-text.ts';
import { queryAt, type Query } from './query.ts';
import { looksLikeSql, readSql, setsSameForAll } from './sql-text.ts';
import { isParameter } from './variable-uses.ts';

/** Wrappers followed one behind the other: a project's `query` around a pool's. */
const deepest = 3;

const ofWrapper = Symbol('query by wrapper');

/** `query('SELECT …')`, where `query` is a function of this repository that hands its text on to a database: for a reader, this call is the query. */
export function queryByWrapper(node: Node, scene: Scene): Query | undefined {
  if (!ts.isCallExpression(node)) return undefined;
  const position = node.arguments.findIndex((each) => textOfSql(each) !== undefined);
  return position < 0 ? undefined : scene.remember(ofWrapper, node, () => read(node, position, scene), undefined);
}

/** True for a call that is given text of SQL. */
export function saysSql(node: CallExpression): boolean {
  return node.arguments.some((each) => textOfSql(each) !== undefined);
}

function read(node: CallExpression, position: number, scene: Scene): Query | undefined {
  const fn = scene.calledFunction(node);
  const asked = fn && askedWith(fn, position, scene);
  const text = textOfSql(node.arguments[position]!)!;
  const facts = asked && readSql(text);
  return facts && { ...asked, node, verb: facts.verb, bounded: facts.bounded, scope: facts.scope, table: facts.table, batchable: setsSameForAll(text), says: inOneLine(node.expression, 60) };
}

function textOfSql(expression: Expression): string | undefined {
  const node = bare(expression);
  if (!ts.isStringLiteralLike(node) && !ts.isTemplateExpression(node)) return undefined;
  const text = plainText(node);
  return looksLikeSql(text) ? text : undefined;
}

/** The query that a function makes with the text that is its parameter of this position. */
function askedWith(fn: FunctionBody, position: number, scene: Scene, depth = 0): Query | undefined {
  const parameter = fn.parameters[position];
  if (!parameter || !fn.body || depth >= deepest) return undefined;
  const isText = (node: Expression | undefined): boolean => {
    const inner = node && bare(node);
    if (inner && ts.isObjectLiteralExpression(inner)) return isText(propertyValue(inner, 'text') ?? propertyValue(inner, 'sql'));
    return inner !== undefined && isParameter(inner, parameter);
  };
  let found: Query | undefined;
  const visit = (node: Node): void => {
    if (found || ts.isClassLike(node)) return;
    if (ts.isCallExpression(node)) {
      const at = node.arguments.findIndex(isText);
      const query = at < 0 ? undefined : queryAt(node, scene);
      const inner = at < 0 || query ? undefined : scene.calledFunction(node);
      found = query?.verb === 'raw' ? query : inner && isFunctionBody(inner) ? askedWith(inner, at, scene, depth + 1) : undefined;
    }
    ts.forEachChild(node, visit);
  };
  visit(fn.body);
  return found;
}
