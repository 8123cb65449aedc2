import { ts, type CallExpression, type Expression, type Identifier, type Node, type VariableDeclaration } from '../code/compiler.ts';
import { assignmentsTo, declarationOf } from '../code/scope.ts';
import type { Scene } from '../code/scene.ts';
import { bare, memberAccess, propertyValue, returnedExpressions } from '../code/syntax.ts';
import type { Library } from '../libraries/library.ts';
import { readCypher } from './cypher-text.ts';
import { readSql, type SqlFacts } from './sql-text.ts';
import { usesOf } from './variable-uses.ts';

/** What a statement of the library's language does. */
export function readText(text: string, library: Library): SqlFacts | undefined {
  return library.language === 'cypher' ? readCypher(text) : readSql(text);
}

/** The text of a query where it can be read: a literal, a template, a tag, a constant that holds one, or `{ text: … }`, `{ query: … }`. */
export function textOf(expression: Expression | undefined, scene: Scene, depth = 0): string | undefined {
  if (!expression || depth > 4) return undefined;
  const node = bare(expression);
  if (isTextual(node)) return plainText(node, (put) => statementPutIn(put, scene, depth));
  if (ts.isTaggedTemplateExpression(node)) return plainText(node.template, (put) => statementPutIn(put, scene, depth));
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    const left = textOf(node.left, scene, depth + 1);
    const right = textOf(node.right, scene, depth + 1);
    return left === undefined && right === undefined ? undefined : `${left ?? ' $$ '}${right ?? ' $$ '}`;
  }
  if (ts.isObjectLiteralExpression(node)) return textOf(propertyValue(node, 'text') ?? propertyValue(node, 'sql') ?? propertyValue(node, 'query'), scene, depth + 1);
  if (ts.isIdentifier(node)) {
    const declared = declarationOf(node);
    if (declared?.kind === 'variable' && declared.node.initializer) return scene.remember(ofVariable, declared.node, () => textOfVariable(declared.node, node.text, scene, depth), undefined);
    const value = scene.valueOf(node);
    return value.kind === 'literal' ? textOf(value.node as Expression, scene, depth + 1) : undefined;
  }
  if (memberAccess(node)) {
    const value = scene.valueOf(node);
    return value.kind === 'literal' ? textOf(value.node as Expression, scene, depth + 1) : undefined;
  }
  if (ts.isCallExpression(node)) {
    const joined = textOfJoined(node, scene, depth);
    if (joined !== undefined) return joined;
    const value = scene.valueOf(node);
    if (value.kind === 'literal') return textOf(value.node as Expression, scene, depth + 1);
    const given = textGivenBy(node, scene, depth);
    if (given !== undefined) return given;
    // Tags called with options, such as sql.type(schema)`…`, and helpers that wrap a text.
    return textOf(node.arguments.find((each) => isTextual(bare(each))), scene, depth + 1);
  }
  return undefined;
}

/** The one statement that a function of the repository gives: `this.#open()`. */
function textGivenBy(call: CallExpression, scene: Scene, depth: number): string | undefined {
  const fn = call.arguments.some((each) => isTextual(bare(each))) ? undefined : scene.calledFunction(call);
  const [only, ...others] = fn ? returnedExpressions(fn).map((each) => bare(each)) : [];
  return only && others.length === 0 && (isTextual(only) || ts.isTaggedTemplateExpression(only)) ? textOf(only, scene, depth + 1) : undefined;
}

/** A whole statement that is kept in a variable and put into another one: `` sql`select * from (${orders}) as o` ``; or a limit that a call may put in. */
function statementPutIn(put: Expression, scene: Scene, depth: number): string | undefined {
  const node = bare(put);
  // `` conditional(limit, (limit) => sql`limit ${limit}`) ``
  if (ts.isCallExpression(node) && /`\s*limit\b/i.test(node.getText())) return ' limit $$ ';
  const declared = ts.isIdentifier(node) ? declarationOf(node) : undefined;
  const made = declared?.kind === 'variable' && declared.node.initializer ? bare(declared.node.initializer) : undefined;
  const text = made && ts.isTaggedTemplateExpression(made) ? textOf(node, scene, depth + 1) : undefined;
  return text !== undefined && /^\s*\(*\s*(?:select|with)\b/i.test(text) ? text : undefined;
}

/** `['SELECT …', 'FROM …'].join(' ')`, also of a list in a variable: what is pushed to it later may be there or not. */
function textOfJoined(call: CallExpression, scene: Scene, depth: number): string | undefined {
  const access = memberAccess(bare(call.expression));
  if (access?.name !== 'join') return undefined;
  const list = bare(access.of);
  const declared = ts.isIdentifier(list) ? declarationOf(list) : undefined;
  const variable = declared?.kind === 'variable' && ts.isIdentifier(declared.node.name) ? declared.node : undefined;
  const written = variable?.initializer ? bare(variable.initializer) : list;
  if (!ts.isArrayLiteralExpression(written)) return undefined;
  const [first, ...others] = written.elements.slice(0, mostPieces).map((each) => textOf(each, scene, depth + 1));
  if (first === undefined) return undefined;
  return `${[first, ...others.map((each) => each ?? '$$')].join(' ')}${variable ? addedTo(variable, scene, depth) : ''}`;
}

/** Pieces of a statement that are read, one after the other. */
const mostPieces = 200;

const ofVariable = Symbol('text of a variable');
/** Of a longer statement the rest is left out, as if it were put in. */
const longest = 20_000;

function textOfVariable(variable: VariableDeclaration, name: string, scene: Scene, depth: number): string | undefined {
  const first = textOf(variable.initializer, scene, depth + 1);
  if (first === undefined) return undefined;
  // `sql = paged(sql)`: what comes later may well be the limit.
  const whole = `${first}${addedTo(variable, scene, depth)}${assignmentsTo(name, variable).length > 0 ? ' $$' : ''}`;
  return whole.length > longest ? `${whole.slice(0, longest)} $$` : whole;
}

/**
 * What is added to a text that is kept in a variable: `sql += …`, `statement.append(…)`. Under a condition, only a limit counts: a filter may
 * not be there. What is added for each element of a list is none.
 */
function addedTo(variable: VariableDeclaration, scene: Scene, depth: number): string {
  const home = enclosingBlock(variable);
  let before = variable.initializer ? (textOf(variable.initializer, scene, depth + 1) ?? '') : '';
  return usesOf(variable).map((use) => {
    const added = addition(use);
    if (!added) return '';
    const text = ` ${textOf(added, scene, depth + 1) ?? '$$'}`;
    const block = enclosingBlock(use);
    // `… WHERE ` or `… WHERE id = 1`, whichever branch it is: without it there is no statement, or no condition.
    const completes = byUniqueKey.test(text) && (/\bwhere\s*$/i.test(before) || /^\s*where\b/i.test(text));
    if (block === home) before += text;
    return block === home || completes || saysLimit.test(text) || (!(block && isForEachElement(block)) && /\$\$\s*$/.test(text) && !comparesWithLast.test(text)) ? text : '';
  }).join('');
}

const saysLimit = /\b(?:limit|fetch|top|rownum)\b/i;
const byUniqueKey = /(?:^|[\s.(`"])(?:id|uuid|guid|email|slug|username|token)[`"]?\s*(?:=|in\b)/i;
/** `… and status = $$`: what is put in last is compared with, and no limit. */
const comparesWithLast = /(?:[=<>(,]|\b(?:like|ilike|in|between|any))\s*[$@:]?['"%]{0,2}\$\$\s*$/i;

/** A loop over data, or what is called for each of it; not a list that is written out in the code, nor a helper. */
function isForEachElement(block: Node): boolean {
  if (ts.isForOfStatement(block)) return !ts.isArrayLiteralExpression(bare(block.expression));
  const call = block.parent;
  return ts.isIterationStatement(block, false) || (call !== undefined && ts.isCallExpression(call) && call.expression !== block && /^(?:forEach|map)$/.test(memberAccess(call.expression)?.name ?? ''));
}

/** What is added to a text where it is mentioned: `sql += …`, `statement.append(…)`. */
export function addition(use: Node): Expression | undefined {
  const { parent } = use;
  if (parent && ts.isBinaryExpression(parent) && parent.left === use && parent.operatorToken.kind === ts.SyntaxKind.PlusEqualsToken) return parent.right;
  const call = parent && /^(?:append|push)$/.test(memberAccess(parent)?.name ?? '') ? parent.parent : undefined;
  return call && ts.isCallExpression(call) ? call.arguments[0] : undefined;
}

/** The branch, loop or function that a node is in. */
function enclosingBlock(node: Node): Node | undefined {
  let up: Node | undefined = node.parent;
  while (up && !ts.isFunctionLike(up) && !ts.isIfStatement(up) && !ts.isIterationStatement(up, false) && !ts.isConditionalExpression(up)) up = up.parent;
  return up;
}

/** True for a string or a template: text that stands in the code. */
export function isTextual(node: Expression): boolean {
  return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
}

/** `fields.userId`, `orders.fields.userId`, `columns.userId`: how statements that are put together name a column. */
function columnName(put: Expression): string | undefined {
  const access = memberAccess(bare(put));
  const holder = access && bare(access.of);
  const name = holder && (ts.isIdentifier(holder) ? holder.text : memberAccess(holder)?.name);
  return name !== undefined && /^(?:fields|columns|cols)$/.test(name) ? access!.name : undefined;
}

/** `from ${Orders.table}`, `join ${orders}`: how they name a table. */
function tableName(put: Expression, before: string): string | undefined {
  if (!/\b(?:from|join|into|update)\s+$/i.test(before)) return undefined;
  const node = bare(put);
  const access = memberAccess(node);
  const named = access && /^(?:table|tableName|name|identifier)$/.test(access.name) ? bare(access.of) : node;
  if (!ts.isIdentifier(named)) return undefined;
  return /^(?:table|tableName|name)$/i.test(named.text) ? entityTakenApart(named) : named.text;
}

/** `Users` of `table`, where `const { table, fields } = identifiersOf(Users)`. */
function entityTakenApart(name: Identifier): string | undefined {
  const declared = declarationOf(name);
  const holder = declared?.kind === 'binding' ? declared.node.parent.parent : undefined;
  const made = holder && ts.isVariableDeclaration(holder) && holder.initializer ? bare(holder.initializer) : undefined;
  const entity = made && ts.isCallExpression(made) && made.arguments[0] ? bare(made.arguments[0]) : undefined;
  return entity && ts.isIdentifier(entity) && /^[A-Z]/.test(entity.text) ? entity.text : undefined;
}

/** The column or table that stands for what is put into a statement, by how it is called and what stands before it. */
export function nameOfPut(put: Expression, before: string): string | undefined {
  return columnName(put) ?? tableName(put, before);
}

/**
 * A literal's text with `$$` for everything put in but the names of tables and columns.
 * @param known what is put in, where that can be told.
 */
export function plainText(node: Node, known?: (put: Expression) => string | undefined): string {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node)) {
    let before = node.head.text;
    return before + node.templateSpans.map(({ expression, literal }) => {
      const put = known?.(expression) ?? nameOfPut(expression, before) ?? '$$';
      before = literal.text;
      return put + before;
    }).join('');
  }
  return '';
}
