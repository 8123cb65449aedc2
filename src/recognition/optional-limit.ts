import type { ts as C } from 'ts-morph';
import { ts, type CallExpression, type Expression, type FunctionBody, type Identifier, type Node, type ObjectLiteralExpression, type TypeNode } from '../code/compiler.ts';
import type { Scene } from '../code/scene.ts';
import { declarationOf } from '../code/scope.ts';
import { bare, enclosingFunction, endsFunction, hasHiddenProperties, inOneLine, isOnlyName, memberAccess, nameText, nodesWithin, propertyValue } from '../code/syntax.ts';
import type { Library } from '../libraries/library.ts';
import type { Place } from './given.ts';
import { openedBy } from './open-query.ts';
import { argumentOf, optionsAt } from './query-arguments.ts';
import { boundsByFilter, isAllThereAre } from './query-bounds.ts';
import { operationsOf } from './query-chain.ts';
import { limitsAt } from './query-limits.ts';
import type { Query } from './query.ts';
import { usesOf } from './variable-uses.ts';

/**
 * True for a query that is limited only where somebody wants it to be: by an argument that may be left out, or `isPaged ? size : total`.
 */
export function isLimitOptional(query: Query, scene: Scene): boolean {
  if (query.verb !== 'read-many' || query.bounded === false || !ts.isCallExpression(query.node)) return false;
  return limitsAt(query.node, scene).some((limit) => isOtherwiseAll(bare(limit))) || isSpreadIfAsked(query.node, scene) || isSetIfAsked(query.node, scene) || isLeftToCallers(query, query.node, scene);
}

/** `find({ where, ...(limit ? { take: limit } : {}) })`: limited where a number was given, and by nothing else. */
function isSpreadIfAsked(node: CallExpression, scene: Scene): boolean {
  return operationsOf(node, scene).some(({ call, given, handle: { library } }) => {
    const keys = library.options?.bounds ?? [];
    const options = call.options === undefined || ts.isTaggedTemplateExpression(given) ? undefined : optionsAt(given, call.options, scene);
    if (!options || options === 'hidden' || saysHowMany(options, library, scene)) return false;
    const limits = options.properties.flatMap((each) => (ts.isSpreadAssignment(each) ? limitIfAsked(bare(each.expression), keys) : []));
    return limits.length === 1 && limits[0] === 'asked';
  });
}

/** `if (limit) options.limit = limit; … find(options)`: the same, said later. */
function isSetIfAsked(node: CallExpression, scene: Scene): boolean {
  return operationsOf(node, scene).some(({ call, given, handle: { library } }) => {
    const keys = library.options?.bounds ?? [];
    const written = call.options === undefined ? undefined : argumentOf(given, call.options);
    const declared = written && ts.isIdentifier(written) ? declarationOf(written) : undefined;
    const literal = declared?.kind === 'variable' && declared.node.initializer ? bare(declared.node.initializer) : undefined;
    if (declared?.kind !== 'variable' || !literal || !ts.isObjectLiteralExpression(literal) || hasHiddenProperties(literal) || saysHowMany(literal, library, scene)) return false;
    const set = usesOf(declared.node).flatMap((use): C.BinaryExpression[] => {
      const access = memberAccess(use.parent);
      const { parent } = use.parent;
      return access?.of === use && keys.includes(access.name) && ts.isBinaryExpression(parent) && parent.left === use.parent ? [parent] : [];
    });
    // Anybody else who has the options may say a limit too.
    return set.length === 1 && usesOf(declared.node).every((use) => use === written || memberAccess(use.parent)?.of === use) && isUnderItself(set[0]!);
  });
}

/** True for options that have a limit already, or a filter that leaves few rows. */
function saysHowMany(options: ObjectLiteralExpression, library: Library, scene: Scene): boolean {
  const { bounds = [], filter = [] } = library.options ?? {};
  return bounds.some((key) => propertyValue(options, key)) || filter.flatMap((key) => propertyValue(options, key) ?? []).some((each) => boundsByFilter(bare(each), library, scene));
}

/** `if (limit) { options.limit = limit; }`, with nothing in its place. */
function isUnderItself(assignment: C.BinaryExpression): boolean {
  const statement = assignment.parent;
  const block = ts.isBlock(statement.parent) ? statement.parent : statement;
  const { parent } = block;
  return assignment.operatorToken.kind === ts.SyntaxKind.EqualsToken && ts.isExpressionStatement(statement) && ts.isIfStatement(parent) && parent.thenStatement === block && !parent.elseStatement && isAboutNumber(parent.expression, assignment.right);
}

/** Whether a spread brings a limit, and only where the number itself is there. */
function limitIfAsked(spread: Expression, keys: readonly string[]): ('asked' | 'other')[] {
  const isChoice = ts.isConditionalExpression(spread);
  const isAnd = ts.isBinaryExpression(spread) && spread.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken;
  if (!isChoice && !isAnd) return ts.isObjectLiteralExpression(spread) && keys.some((key) => propertyValue(spread, key)) ? ['other'] : ts.isObjectLiteralExpression(spread) ? [] : ['other'];
  const then = bare(isChoice ? spread.whenTrue : spread.right);
  const limit = ts.isObjectLiteralExpression(then) ? keys.flatMap((key) => propertyValue(then, key) ?? [])[0] : undefined;
  if (!limit) return [];
  const otherwise = isChoice ? bare(spread.whenFalse) : undefined;
  const isNothing = !otherwise || (ts.isObjectLiteralExpression(otherwise) ? otherwise.properties.length === 0 : inOneLine(otherwise, 10) === 'undefined');
  const condition = isChoice ? spread.condition : spread.left;
  return [isNothing && isAboutNumber(condition, limit) ? 'asked' : 'other'];
}

/** `limit`, `limit !== undefined`, `options?.limit`: the condition asks for what the limit is made of. */
function isAboutNumber(condition: Expression, limit: Expression): boolean {
  if (nodesWithin(condition, ts.isIdentifier).some(isAlwaysThere)) return false;
  const asked = inOneLine(condition, 120).replace(/\s*(?:!==?\s*(?:undefined|null)|>\s*0)$/, '').replaceAll('?.', '.');
  return /^[\w.]+$/.test(asked) && inOneLine(limit, 120).replaceAll('?.', '.').includes(asked);
}

/** `limit` of `(limit = 50)`, `{ limit = 50 }`, `const limit = Math.min(wanted ?? 20, 100)`: there is always one. */
function isAlwaysThere(node: Identifier): boolean {
  const declared = isOnlyName(node) ? undefined : declarationOf(node);
  if (declared?.kind === 'parameter' || declared?.kind === 'binding') return declared.node.initializer !== undefined;
  return declared?.kind === 'variable' && declared.node.initializer !== undefined && /\?\?|\|\||\bMath\.(?:min|max)\(|\bclamp\w*\(/.test(declared.node.initializer.getText());
}

/** `isPaged ? size : total`. */
function isOtherwiseAll(limit: Expression): boolean {
  return ts.isConditionalExpression(limit) && [limit.whenTrue, limit.whenFalse].some((each) => isAllThereAre(bare(each)));
}

/**
 * True for a query whose only limit is one that callers may leave out: `take: limit` of `(limit?: number)`, with no default. Where they choose
 * the rows as well, as of the `find` of a base class, it is not for the query to limit them.
 */
function isLeftToCallers(query: Query, node: CallExpression, scene: Scene): boolean {
  const fn = query.scope === 'hidden' ? undefined : enclosingFunction(node);
  const open = fn && openedBy(query, fn, scene);
  // Of a statement that is put together, the callers are told which leave it out.
  return open !== undefined && !open.choices && open.filters.length === 0 && open.limits.every((place) => mayBeLeftOut(place, fn!, scene)) && !isMinded(limitsAt(node, scene), node, fn!);
}

/** True where the function minds what is left out: it leaves before the query, asks it in one branch alone, or puts something in its place. */
function isMinded(limits: readonly Expression[], query: Node, fn: FunctionBody): boolean {
  const texts = limits.map((each) => each.getText());
  const says = (node: Node): boolean => texts.some((text) => mentionsText(node, text));
  for (let inner: Node = query, up = query.parent; up && inner !== fn; inner = up, up = up.parent) {
    if ((ts.isIfStatement(up) && inner !== up.expression && says(up.expression)) || (ts.isConditionalExpression(up) && inner !== up.condition && says(up.condition))) return true;
    const earlier = ts.isBlock(up) ? up.statements.slice(0, up.statements.indexOf(inner as never)) : [];
    if (earlier.some((each) => (ts.isIfStatement(each) && says(each.expression) && endsFunction(each.thenStatement)) || (ts.isExpressionStatement(each) && ts.isBinaryExpression(each.expression) && texts.includes(each.expression.left.getText())))) return true;
  }
  return false;
}

function mentionsText(node: Node, text: string): boolean {
  return node.getText() === text || (ts.forEachChild(node, (child) => mentionsText(child, text) || undefined) ?? false);
}

/** True where the types say that nothing need be given for a place. Plain JavaScript never says so. */
function mayBeLeftOut({ index, path, keys }: Place, fn: FunctionBody, scene: Scene): boolean {
  const parameter = fn.parameters[index];
  if (!parameter || keys) return false;
  if (parameter.questionToken || parameter.initializer) return true;
  let { type } = parameter;
  for (const name of path) {
    const member = type && declaredIn(type, name, scene);
    if (!member) return false;
    if (member.questionToken) return true;
    ({ type } = member);
  }
  return type !== undefined && ts.isUnionTypeNode(type) && type.types.some((each) => isNone(each));
}

/** What a type literal or an interface says of one of its members. */
function declaredIn(type: TypeNode, name: string, scene: Scene): C.PropertySignature | undefined {
  const value = scene.valueOfType(type);
  const holder = value.kind !== 'interface' ? undefined : ts.isTypeAliasDeclaration(value.node) ? value.node.type : value.node;
  const members = holder && (ts.isTypeLiteralNode(holder) || ts.isInterfaceDeclaration(holder)) ? holder.members : undefined;
  return members?.find((each): each is C.PropertySignature => ts.isPropertySignature(each) && nameText(each.name) === name);
}

function isNone(type: TypeNode): boolean {
  return type.kind === ts.SyntaxKind.UndefinedKeyword || (ts.isLiteralTypeNode(type) && type.literal.kind === ts.SyntaxKind.NullKeyword);
}
