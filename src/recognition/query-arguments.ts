import { ts, type ArrayLiteralExpression, type CallExpression, type Expression, type NewExpression, type Node, type ObjectLiteralExpression } from '../code/compiler.ts';
import { declarationOf } from '../code/scope.ts';
import type { Scene } from '../code/scene.ts';
import { argument, bare, calleeName, enclosingFunction, memberAccess, nameText, returnedExpressions, wrapped } from '../code/syntax.ts';
import type { Operation } from './query-chain.ts';
import { lastPart } from './sql-text.ts';
import { usesOf } from './variable-uses.ts';

/** Names of options that limit. */
const limiting = /^(?:limit|take|first|top|max\w*|page_?size)$/i;

/** Keys of a filter whose parts must all hold. */
export const conjunctions = new Set(['AND', '$and', 'and', '_and']);

/** What stands at a position of a call; a tag has only text. */
export function argumentOf(given: Operation['given'], index: number): Expression | undefined {
  return ts.isTaggedTemplateExpression(given) ? undefined : argument(given, index);
}

/** Everything that a call is given; a tag has only text. */
export function argumentsOf(given: Operation['given']): readonly Expression[] {
  return ts.isTaggedTemplateExpression(given) ? [] : (given.arguments ?? []);
}

/** The options that a call is given; `hidden` where they are something else than a literal that can be found. */
export function optionsAt(call: CallExpression | NewExpression, index: number, scene: Scene): ObjectLiteralExpression | 'hidden' | undefined {
  const given = call.arguments ?? [];
  if (given.slice(0, index + 1).some((each) => ts.isSpreadElement(each))) return 'hidden';
  const written = given[index];
  if (!written) return undefined;
  const node = bare(written);
  if (ts.isObjectLiteralExpression(node)) return node;
  if (isLimitedLater(node, scene)) return 'hidden';
  return literalOf(node, scene) ?? literalGivenBy(node, scene) ?? (ts.isFunctionLike(node) ? undefined : 'hidden');
}

/** `options.limit = size;`, `Object.assign(options, pageOf(request));` on the way from the literal to the query. */
function isLimitedLater(node: Expression, scene: Scene): boolean {
  const declared = ts.isIdentifier(node) ? declarationOf(node) : undefined;
  return declared?.kind === 'variable' && usesOf(declared.node).some((use) => {
    if (isFilledAtOnce(use, scene)) return true;
    const access = memberAccess(use.parent);
    return access?.of === use && limiting.test(access.name) && ts.isBinaryExpression(use.parent.parent) && use.parent.parent.left === use.parent && /=$/.test(use.parent.parent.operatorToken.getText());
  });
}

/** `Object.assign({}, open, { _id: id })`: a filter that has all that its parts have. */
export function joinsObjects({ expression }: CallExpression): boolean {
  return expression.getText() === 'Object.assign';
}

/** True where all that some object has is put into options: one that is not written out, or says a limit. */
function isFilledAtOnce(use: Node, scene: Scene): boolean {
  const call = use.parent;
  if (!ts.isCallExpression(call) || call.arguments[0] !== use || !/^(?:Object|_|lodash)\.(?:assign|merge|extend)$/.test(call.expression.getText())) return false;
  return call.arguments.slice(1).some((each) => {
    const literal = literalGivenBy(bare(each), scene);
    return !literal || literal.properties.some(({ name }) => name === undefined || limiting.test(nameText(name) ?? 'limit'));
  });
}

/** The object literal that a function gives back, whatever type it declares: `openDeals(workspace)`. */
export function literalGivenBy(node: Expression, scene: Scene): ObjectLiteralExpression | undefined {
  const known = literalOf(node, scene);
  // What a method of `this` gives, a class that extends this one may give otherwise.
  const isOwn = ts.isCallExpression(node) && memberAccess(bare(node.expression))?.of.kind === ts.SyntaxKind.ThisKeyword;
  const fn = known || isOwn || !ts.isCallExpression(node) ? undefined : scene.calledFunction(node);
  const [only, ...others] = fn ? returnedExpressions(fn).map((each) => bare(each)) : [];
  return known ?? (only && others.length === 0 && ts.isObjectLiteralExpression(only) ? only : undefined);
}

/** The object literal that a value is known to be. What stands in for a parameter that is left out says nothing of what is given. */
export function literalOf(expression: Expression, scene: Scene): ObjectLiteralExpression | undefined {
  const node = bare(expression);
  if (ts.isIdentifier(node) && declarationOf(node)?.kind === 'parameter') return undefined;
  const value = scene.valueOf(node);
  return value.kind === 'object' ? value.node : undefined;
}

/** `...(cond && { take: 5 })`, `...(a ? {…} : {…})`: every object that the spread may be. */
export function partsOfSpread(expression: Expression): Expression[] {
  const node = bare(expression);
  if (isSelection(node)) return [];
  if (ts.isConditionalExpression(node)) return [...partsOfSpread(node.whenTrue), ...partsOfSpread(node.whenFalse)];
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken) return partsOfSpread(node.right);
  return [node];
}

/** `query` of `t.prismaField({ resolve: (query) => … })`: what to select and to include, and no limit. https://pothos-graphql.dev/docs/plugins/prisma/prisma-field */
function isSelection(node: Expression): boolean {
  const declared = ts.isIdentifier(node) ? declarationOf(node) : undefined;
  const fn = declared?.kind === 'parameter' ? enclosingFunction(declared.node.name) : undefined;
  if (declared?.kind !== 'parameter' || fn?.parameters[0] !== declared.node) return false;
  const property = ts.isMethodDeclaration(fn) ? fn : wrapped(fn).parent;
  const field = property.parent?.parent;
  return (ts.isPropertyAssignment(property) || ts.isMethodDeclaration(property)) && nameText(property.name) === 'resolve' && field !== undefined && ts.isCallExpression(field) && /^prismaField/.test(calleeName(field) ?? '');
}

/** True for options that take properties from where they cannot be read off. */
export function hidesOptions(options: ObjectLiteralExpression): boolean {
  return options.properties.some((property) => (ts.isSpreadAssignment(property) ? !isSelection(bare(property.expression)) : property.name && nameText(property.name) === undefined));
}

/** The array literal that a value is known to be. */
export function listOf(node: Expression, scene: Scene): ArrayLiteralExpression | undefined {
  if (ts.isArrayLiteralExpression(node)) return node;
  const value = scene.valueOf(node);
  return value.kind === 'array' ? value.node : undefined;
}

/** The stages of a pipeline that are written out. */
export function stagesOf(list: ArrayLiteralExpression, scene: Scene): ObjectLiteralExpression[] {
  return list.elements.flatMap((element) => (ts.isSpreadElement(element) ? [] : (literalOf(element, scene) ?? [])));
}

/** The columns of a filter that a function builds: `(q) => q.eq('userId', id).eq('open', true)`. */
export function columnsBuilt(body: Node): string[] {
  const columns: string[] = [];
  const visit = (node: Node): void => {
    const column = ts.isCallExpression(node) && /^(?:eq|in)$/.test(calleeName(node) ?? '') ? argument(node, 0) : undefined;
    if (column && ts.isStringLiteralLike(column)) columns.push(lastPart(column.text));
    ts.forEachChild(node, visit);
  };
  visit(body);
  return columns;
}
