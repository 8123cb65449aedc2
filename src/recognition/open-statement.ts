/** Statements that a function limits where its callers say so: `if (options.limit) sql += ' LIMIT ?'`. */
import { ts, type CallExpression, type Expression, type FunctionBody, type Node } from '../code/compiler.ts';
import { assignmentsTo, declarationOf } from '../code/scope.ts';
import type { Scene } from '../code/scene.ts';
import { bare, enclosingFunction, isWithin, lastName, memberAccess, nodesWithin, rootOfMembers } from '../code/syntax.ts';
import { placeOf, type Place } from './given.ts';
import type { Scope } from './query-scope.ts';
import { addition, isTextual, nameOfPut, textOf } from './query-text.ts';
import { lastPart, looksLikeSql, readSql } from './sql-text.ts';
import { usesOf } from './variable-uses.ts';

/** A statement that only callers limit. */
export type OpenStatement = {
  limits: readonly Place[];
  /** Where a caller gives an object of columns, from which its conditions are made. */
  filters: readonly Place[];
  /** Conditions that are there where something is given: `if (status) sql += ' AND status = ?'`. */
  choices: readonly { place: Place; column: string }[];
  scope: Scope;
};

/** A piece of a statement: text, or what is put in that says which rows, and what must hold for it to be there. */
type Piece = { text: string; filter?: undefined; condition?: Expression } | { text?: undefined; filter: Expression; condition?: Expression };

/** Pieces of a statement that are looked at. */
const mostPieces = 60;
const saysLimit = /\b(?:limit|fetch|top)\b/i;
/** What people call that which says how many. */
const likeLimit = /limit|take|top|first|max|page|pagin|size|count|amount/i;
/** What people call that which says which ones. */
const likeFilter = /where|filter|cond|criteria|clause/i;

/** What the statement of a call leaves to the callers of its function; undefined where something else limits it, or nobody can. */
export function openStatement(call: CallExpression, fn: FunctionBody, scene: Scene): OpenStatement | undefined {
  const written = call.arguments.find((each) => looksLikeSql(textOf(each, scene) ?? ''));
  const pieces = written && piecesOf(bare(written), fn, scene);
  if (!pieces || pieces.length > mostPieces) return undefined;
  const limits: Place[] = [];
  const filters: Place[] = [];
  const choices: { place: Place; column: string }[] = [];
  let text = '';
  for (const piece of pieces) {
    if (piece.condition) {
      const isLimit = piece.text !== undefined && saysLimit.test(piece.text);
      const place = isLimit ? placeNeeded(piece.condition, fn) : placeIn(piece.condition, fn);
      // Of two limits under conditions one may be there where the other is not.
      if (isLimit && (!place || limits.length > 0)) return undefined;
      if (isLimit) limits.push(place!);
      else if (place) for (const [, column] of piece.text?.matchAll(/(?<![\w.`"])([\w.`"]{1,100})\s*(?:=|in\b)/gi) ?? []) choices.push({ place, column: lastPart(column!.replaceAll(/[`"]/g, '')) });
    } else if (piece.text !== undefined) text += piece.text;
    else if (!addFilters(piece.filter, fn, filters)) return undefined;
  }
  const facts = readSql(text);
  if (limits.length === 0 || facts?.verb !== 'read-many' || facts.bounded !== false) return undefined;
  return { limits, filters, choices, scope: facts.scope };
}

/** A statement in its pieces: as it is written, or put together in a variable of the function. */
function piecesOf(node: Expression, fn: FunctionBody, scene: Scene): Piece[] | undefined {
  const declared = ts.isIdentifier(node) ? declarationOf(node) : undefined;
  if (declared?.kind !== 'variable') return ts.isTemplateExpression(node) || ts.isTaggedTemplateExpression(node) || ts.isBinaryExpression(node) ? inPlace(node, undefined, scene) : undefined;
  const { name, initializer } = declared.node;
  if (!ts.isIdentifier(name) || !initializer || enclosingFunction(declared.node) !== fn || assignmentsTo(name.text, declared.node).length > 0) return undefined;
  const pieces = inPlace(initializer, undefined, scene);
  for (const use of usesOf(declared.node)) {
    const added = addition(use);
    const condition = added && conditionAround(use, fn);
    if (condition === 'unclear') return undefined;
    if (added) pieces.push(...inPlace(added, condition, scene));
  }
  return pieces;
}

/** The pieces that a text has where it stands; `limit ? ' LIMIT ?' : ''` is there where its condition holds. */
function inPlace(expression: Expression, condition: Expression | undefined, scene: Scene): Piece[] {
  const node = bare(expression);
  const under = condition && { condition };
  if (ts.isTaggedTemplateExpression(node)) return inPlace(node.template, condition, scene);
  const made = ts.isCallExpression(node) && !condition ? madeWith(node) : undefined;
  if (made) return inPlace(made.written, made.condition, scene);
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) return [...inPlace(node.left, condition, scene), ...inPlace(node.right, condition, scene)];
  if (ts.isConditionalExpression(node) && isEmpty(node.whenFalse)) return inPlace(node.whenTrue, node.condition, scene);
  if (ts.isTemplateExpression(node)) return [{ text: ` ${node.head.text}`, ...under }, ...node.templateSpans.flatMap(({ expression: put, literal }, at): Piece[] => {
    const before = at === 0 ? node.head.text : node.templateSpans[at - 1]!.literal.text;
    const name = /\b(?:from|join|into|update)\s+\W?$/i.test(before) ? 'one_table' : nameOfPut(put, before);
    const own: Piece[] = name === undefined ? inPlace(put, condition, scene) : [{ text: name, ...under }];
    return [...own, { text: literal.text, ...under }];
  })];
  if (!isTextual(node) && likeFilter.test(madeOf(node).getText())) return [{ filter: node, ...under }];
  return [{ text: ` ${textOf(node, scene) ?? '$$'}`, ...under }];
}

/** `whereOf(filter)` of `clause.sql`, where `const clause = whereOf(filter)`. */
function madeOf(node: Expression): Expression {
  const root = rootOfMembers(node);
  const declared = ts.isIdentifier(root) ? declarationOf(root) : undefined;
  return declared?.kind === 'variable' && declared.node.initializer ? declared.node.initializer : node;
}

/** `` conditionalSql(limit, (limit) => sql`limit ${limit}`) ``: what a function of the project adds where something is given. */
function madeWith({ arguments: given }: CallExpression): { written: Expression; condition: Expression } | undefined {
  const [condition, making] = given;
  const fn = making && given.length === 2 ? bare(making) : undefined;
  const made = fn && ts.isArrowFunction(fn) && !ts.isBlock(fn.body) ? bare(fn.body) : undefined;
  return made && ts.isTaggedTemplateExpression(made) ? { written: made, condition: condition! } : undefined;
}

/** `''`, `` sql`` ``. */
function isEmpty(expression: Expression): boolean {
  const node = bare(expression);
  const text = ts.isTaggedTemplateExpression(node) ? node.template : node;
  return ts.isStringLiteralLike(text) && text.text.trim() === '';
}

/** The condition under which something is added: none, the one of the `if` around it, or unclear. */
function conditionAround(use: Node, fn: FunctionBody): Expression | 'unclear' | undefined {
  let found: Expression | undefined;
  for (let inner: Node = use, up = use.parent; up && inner !== fn; inner = up, up = up.parent) {
    if (ts.isIterationStatement(up, false) || ts.isConditionalExpression(up) || ts.isSwitchStatement(up) || (ts.isFunctionLike(up) && up !== fn)) return 'unclear';
    if (!ts.isIfStatement(up) || isWithin(use, up.expression)) continue;
    if (found || up.elseStatement) return 'unclear';
    found = up.expression;
  }
  return found;
}

/** The parameter, or the part of one, that says how many, without which a condition does not hold: `limit`, `limit > 0`, `limit !== undefined`, but not `!unlimited` or `limit !== -1`. */
function placeNeeded(condition: Expression, fn: FunctionBody): Place | undefined {
  return needed(condition).flatMap((each) => (likeLimit.test(lastName(each) ?? '') ? (placeOf(each, fn) ?? []) : []))[0];
}

function needed(condition: Expression): Expression[] {
  const node = bare(condition);
  if (ts.isIdentifier(node) || memberAccess(node)) return [node];
  if (ts.isTypeOfExpression(node)) return needed(node.expression);
  if (ts.isCallExpression(node)) return /^(?:Number|parseInt|Boolean|Number\.(?:parseInt|isInteger|isFinite|isSafeInteger))$/.test(node.expression.getText()) && node.arguments[0] ? needed(node.arguments[0]) : [];
  if (!ts.isBinaryExpression(node)) return [];
  const operator = node.operatorToken.getText();
  if (operator === '&&') return [...needed(node.left), ...needed(node.right)];
  const other = bare(node.right).getText();
  const fails = /^>=?$/.test(operator) || (operator === '!=' && /^(?:null|undefined)$/.test(other)) || (operator === '!==' && other === 'undefined') || (/^===?$/.test(operator) && /^(['"])number\1$/.test(other));
  return fails ? needed(node.left) : [];
}

/** The parameter, or the part of one, that a condition asks for. */
function placeIn(condition: Expression, fn: FunctionBody): Place | undefined {
  const named = nodesWithin(condition, (node): node is Expression => ts.isIdentifier(node) || ts.isPropertyAccessExpression(node));
  for (const each of [condition, ...named]) {
    const node = bare(each);
    const place = ts.isIdentifier(node) || memberAccess(node) ? placeOf(node, fn) : undefined;
    if (place) return place;
  }
  return undefined;
}

/** `this.whereClause(where)`, `clause.sql` of `const clause = whereOf(filter)`: the parameters that conditions are made of. False where none can be seen. */
function addFilters(piece: Expression, fn: FunctionBody, filters: Place[], depth = 0): boolean {
  const before = filters.length;
  for (const name of nodesWithin(piece, ts.isIdentifier)) {
    const declared = declarationOf(name);
    const place = declared?.kind === 'parameter' || declared?.kind === 'binding' ? placeOf(name, fn) : undefined;
    if (place) filters.push(place);
    else if (declared?.kind === 'variable' && declared.node.initializer && depth < 2) addFilters(declared.node.initializer, fn, filters, depth + 1);
  }
  return filters.length > before;
}
