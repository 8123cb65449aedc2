import { ts, type CallExpression, type Expression, type FunctionBody, type Node, type ParameterDeclaration } from '../code/compiler.ts';
import { declarationOf } from '../code/scope.ts';
import type { Scene } from '../code/scene.ts';
import { bare, inOneLine, isFunctionBody, lastName, memberAccess, pathOf, propertyValue, returnedExpressions, wrapped } from '../code/syntax.ts';
import { takesOneOnly } from './one-taken.ts';
import { isTextual, plainText, textOf } from './query-text.ts';
import { queryAt, type Query } from './query.ts';
import { looksLikeSql, readSql, setsSameForAll } from './sql-text.ts';
import { isParameter } from './variable-uses.ts';

/** Wrappers followed one behind the other: a project's `query` around a pool's. */
const deepest = 3;

const ofWrapper = Symbol('query by wrapper');

/** `query('SELECT …')`, where `query` is a function of this repository that hands its text on to a database: for a reader, this call is the query. */
export function queryByWrapper(node: Node, scene: Scene): Query | undefined {
  if (!ts.isCallExpression(node)) return undefined;
  return node.arguments.some(mayBeSql) && runsTexts(node, scene) ? scene.remember(ofWrapper, node, () => read(node, scene), undefined) : undefined;
}

/** Where nothing runs statements of SQL, no text is one. */
function runsTexts(node: Node, scene: Scene): boolean {
  const dependencies = scene.dependencies(pathOf(node));
  return dependencies === undefined || drivers.some((each) => dependencies.has(each));
}

/** Packages whose statements are texts that projects hand around. ORMs take them as well, from a builder or a tag. */
const drivers = ['pg', 'mysql', 'mysql2', 'sqlite', 'sqlite3', 'better-sqlite3', 'mssql', 'oracledb', 'postgres', 'pg-promise', 'slonik', 'knex', 'sequelize', 'typeorm', '@prisma/client', '@clickhouse/client', '@libsql/client', '@neondatabase/serverless', '@vercel/postgres', '@planetscale/database', 'mariadb', 'serverless-mysql', 'cassandra-driver', 'massive', '@databases/pg', '@databases/mysql', '@databases/sqlite', 'duckdb'];

/** True for a call that may be given text of SQL. */
export function saysSql(node: CallExpression): boolean {
  return node.arguments.some(mayBeSql);
}

/** True for text of SQL, for texts that are put together, and for what is called like a statement. */
function mayBeSql(expression: Expression): boolean {
  const node = bare(expression);
  if (isTextual(node)) return looksLikeSql(plainText(node));
  if (ts.isBinaryExpression(node)) return node.operatorToken.kind === ts.SyntaxKind.PlusToken;
  if (ts.isIdentifier(node)) return likeStatement.test(node.text);
  const access = memberAccess(ts.isCallExpression(node) ? bare(node.expression) : node);
  if (!access) return false;
  return ts.isCallExpression(node) ? access.name === 'join' : [access.name, lastName(access.of) ?? ''].some((name) => likeStatement.test(name) && !anyConstant.test(name));
}

/** What people call a statement: `sql`, `ordersQuery`, `SELECT_ORDERS`. */
const likeStatement = /(?:^|[a-z\d_])(?:sql|Sql|SQL)|(?:^q|Q)uer(?:y|ies)$|(?:^s|S)tatements?$|(?:^s|S)tmts?$|^(?:q|text|select|insert|update|delete)$|^[A-Z][A-Z\d_]+$/;

/** Members of enumerations are written like constants; only one that says so is a statement. */
const anyConstant = /^(?!.*(?:SQL|QUER(?:Y|IES)|STATEMENT|STMT|SELECT|INSERT|UPDATE|DELETE))[A-Z][A-Z\d_]+$/;

function read(node: CallExpression, scene: Scene): Query | undefined {
  // The text first: it mostly stands in the file itself, whereas the function may lie in any other.
  const position = node.arguments.findIndex((each) => mayBeSql(each) && looksLikeSql(textOf(each, scene) ?? ''));
  const fn = position < 0 ? undefined : scene.calledFunction(node);
  const asked = fn && askedWith(fn, position, scene);
  if (!asked) return undefined;
  const text = textOf(node.arguments[position]!, scene)!;
  const facts = readSql(text);
  if (facts && facts.verb !== 'write' && givesOneRow(fn!, { scene, answersWithList: answersWithList(asked, node, scene), left: mostLooks })) return { ...asked, node, verb: 'read-one', bounded: true, scope: facts.scope, table: facts.table, batchable: true, says: inOneLine(node.expression, 60) };
  const bounded = (facts?.bounded === false && isStreamed(asked)) || facts?.bounded;
  return facts && { ...asked, node, verb: facts.verb, bounded: bounded === false && facts.chosen && takesOneOnly(node) ? undefined : bounded, scope: facts.scope, table: facts.table, batchable: setsSameForAll(text), says: inOneLine(node.expression, 60) };
}

/** `pool.query(sql).stream()`: rows come one after the other. */
function isStreamed({ node }: Query): boolean {
  return /^(?:stream|cursor|iterate)$/.test(memberAccess(wrapped(node).parent)?.name ?? '');
}

/** The query that a function makes with the text that is its parameter of this position. */
function askedWith(fn: FunctionBody, position: number, scene: Scene, depth = 0): Query | undefined {
  const parameter = fn.parameters[position];
  if (!parameter || !fn.body || depth >= deepest) return undefined;
  const isText = (node: Expression | undefined): boolean => {
    const inner = node && bare(node);
    if (inner && ts.isObjectLiteralExpression(inner)) return isText(propertyValue(inner, 'text') ?? propertyValue(inner, 'sql') ?? propertyValue(inner, 'query'));
    return inner !== undefined && (isParameter(inner, parameter) || isMadeOf(inner, parameter));
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

/** `const query = text.replaceAll('{{', '$')`, `text.trim()`: the same statement, in another spelling. */
function isMadeOf(node: Expression, parameter: ParameterDeclaration): boolean {
  const declared = ts.isIdentifier(node) ? declarationOf(node) : undefined;
  const made = declared?.kind === 'variable' && declared.node.initializer ? bare(declared.node.initializer) : node;
  const access = ts.isCallExpression(made) ? memberAccess(bare(made.expression)) : undefined;
  return access !== undefined && /^(?:replace|replaceAll|trim|trimEnd)$/.test(access.name) && isParameter(access.of, parameter);
}

/** How the answer of what runs the statement is read, and how many more expressions may be looked at. */
type Reading = { scene: Scene; answersWithList: boolean; left: number };
/** Expressions looked at for one function: a wrapper is short. */
const mostLooks = 100;

/** `[rows, fields]`: what mysql2 answers with its promises, and whoever hands it on; Sequelize puts something beside the rows as well. https://sidorares.github.io/node-mysql2/docs */
function answersWithList({ library }: Query, node: Node, scene: Scene): boolean {
  return library.name === 'sequelize' || (/^(?:mysql|knex)$/.test(library.name) && scene.dependencies(pathOf(node))?.has('mysql2') === true);
}

/** `async (text, values) => (await run(text, values)).rows[0] ?? null`: a function that gives the first row of an answer, or a part of it, and no other. */
function givesOneRow(fn: FunctionBody, reading: Reading, depth = 0): boolean {
  const given = returnedExpressions(fn).filter((each) => !isNothing(each));
  return given.length > 0 && given.every((each) => isFirstRow(bare(each), reading, depth));
}

function isNothing(expression: Expression): boolean {
  const node = bare(expression);
  return node.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(node) && node.text === 'undefined');
}

function isFirstRow(node: Expression, reading: Reading, depth: number): boolean {
  reading.left -= 1;
  if (depth >= deepest || reading.left < 0) return false;
  const isFirst = (each: Expression): boolean => isFirstRow(bare(each), reading, depth);
  if (ts.isAwaitExpression(node)) return isFirst(node.expression);
  if (ts.isBinaryExpression(node)) return /^(?:\?\?|\|\|)$/.test(node.operatorToken.getText()) && isFirst(node.left);
  if (ts.isConditionalExpression(node)) return !isNothing(node.whenTrue) && [node.whenTrue, node.whenFalse].every((each) => isNothing(each) || isFirst(each));
  if (ts.isElementAccessExpression(node) && memberAccess(bare(node.expression))?.name === 'recordsets') return false;
  if (ts.isElementAccessExpression(node)) return inOneLine(node.argumentExpression, 10) === '0' && !(reading.answersWithList && isAnswer(bare(node.expression), reading, depth));
  // `row.name`, but not the `rows` that one answer has.
  if (ts.isPropertyAccessExpression(node)) return node.name.text !== 'rows' && isFirst(node.expression);
  if (ts.isCallExpression(node)) {
    const called = reading.scene.calledFunction(node);
    return called !== undefined && givesOneRow(called, reading, depth + 1);
  }
  const declared = ts.isIdentifier(node) ? declarationOf(node) : undefined;
  if (declared?.kind === 'variable') return declared.node.initializer !== undefined && ts.isIdentifier(declared.node.name) && isFirstRow(bare(declared.node.initializer), reading, depth + 1);
  return declared?.kind === 'binding' && ts.isArrayBindingPattern(declared.node.parent) && declared.node.parent.elements[0] === declared.node && ts.isIdentifier(node) && /^(?:row|one|first|record|hit|\w+(?:Row|Record))$/.test(node.text);
}

/** True for what the driver answers itself, as long as nothing was taken out of it. */
function isAnswer(node: Expression, reading: Reading, depth: number): boolean {
  reading.left -= 1;
  if (depth >= deepest || reading.left < 0) return false;
  if (ts.isAwaitExpression(node)) return isAnswer(bare(node.expression), reading, depth);
  if (ts.isCallExpression(node)) {
    const called = reading.scene.calledFunction(node);
    return !called || returnedExpressions(called).some((each) => isAnswer(bare(each), reading, depth + 1));
  }
  const declared = ts.isIdentifier(node) ? declarationOf(node) : undefined;
  return declared?.kind === 'variable' && ts.isIdentifier(declared.node.name) && declared.node.initializer !== undefined && isAnswer(bare(declared.node.initializer), reading, depth + 1);
}
