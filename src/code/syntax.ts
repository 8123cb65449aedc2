/** Questions about nodes that their own file answers. */
import type { Span, Step } from '../model.ts';
import {
  ts,
  type CallExpression,
  type ClassLikeDeclaration,
  type Expression,
  type FunctionBody,
  type Identifier,
  type InterfaceDeclaration,
  type Node,
  type ObjectLiteralExpression,
  type ParameterDeclaration,
  type PropertyDeclaration,
  type SourceFile,
  type Statement,
  type SyntaxKind,
  type TypeNode,
  type VariableDeclaration,
} from './compiler.ts';

/** The expression without what changes its type but not its value: parentheses, `await` (and the `yield` of a coroutine), `as`, `satisfies`, `!`, `<T>`. */
export function bare(node: Expression): Expression {
  let inner = node;
  for (;;) {
    if (
      ts.isParenthesizedExpression(inner) || ts.isAwaitExpression(inner) || ts.isAsExpression(inner) ||
      ts.isSatisfiesExpression(inner) || ts.isNonNullExpression(inner) || ts.isTypeAssertionExpression(inner)
    ) inner = inner.expression;
    else if (ts.isYieldExpression(inner) && inner.expression && !inner.asteriskToken) inner = inner.expression;
    else return inner;
  }
}

/** The outermost node that is this expression in other wrapping: `await (x as T)!` for `x`. */
export function wrapped(node: Node): Node {
  let outer = node;
  while (
    outer.parent &&
    (ts.isParenthesizedExpression(outer.parent) || ts.isAwaitExpression(outer.parent) || ts.isAsExpression(outer.parent) ||
      ts.isSatisfiesExpression(outer.parent) || ts.isNonNullExpression(outer.parent) || ts.isTypeAssertionExpression(outer.parent) || isAnswered(outer.parent))
  ) outer = outer.parent;
  return outer;
}

/** True where an `await` stands between a node and what it is wrapped in. */
export function isAwaitedWithin(node: Node, outer: Node): boolean {
  for (let up = node; up !== outer; up = up.parent) if (ts.isAwaitExpression(up.parent)) return true;
  return false;
}

/** A name, or any other text, as a part of a regular expression that means just that. */
export function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** The expression without parentheses and what says its type; `await` stays. */
export function withoutTypes(expression: Expression): Expression {
  let node = expression;
  while (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isNonNullExpression(node) || ts.isSatisfiesExpression(node) || ts.isTypeAssertionExpression(node)) node = node.expression;
  return node;
}

/** `const rows = yield load()`: whoever runs a coroutine answers with what was waited for. A `yield` that nothing takes up hands something out. */
function isAnswered(node: Node): boolean {
  return ts.isYieldExpression(node) && node.asteriskToken === undefined && !ts.isExpressionStatement(node.parent);
}

/** `order` of `orders`, `category` of `categories`, `user` of `userList`; a name that is no plural is given back. */
export function singular(name: string): string {
  const one = name.replace(/List$/, '');
  if (/ies$/i.test(one)) return `${one.slice(0, -3)}y`;
  return /(?:ch|sh|ss|x|z)es$/i.test(one) ? one.slice(0, -2) : one.replace(/(?<=[^s])s$/i, '');
}

/** True for functions of every spelling that have a body of their own. */
export function isFunctionBody(node: Node): node is FunctionBody {
  return (
    ts.isFunctionDeclaration(node) || ts.isFunctionExpression(node) || ts.isArrowFunction(node) || ts.isMethodDeclaration(node) ||
    ts.isConstructorDeclaration(node) || ts.isGetAccessorDeclaration(node) || ts.isSetAccessorDeclaration(node)
  );
}

/** The function whose body holds this node directly; undefined at the top of the file. */
export function enclosingFunction(node: Node): FunctionBody | undefined {
  for (let up = node.parent; up; up = up.parent) if (isFunctionBody(up)) return up;
  return undefined;
}

/** The statement that holds this node. */
export function enclosingStatement(node: Node): Statement | undefined {
  for (let up: Node | undefined = node; up && !ts.isSourceFile(up); up = up.parent) {
    if (ts.isStatement(up) && !ts.isBlock(up)) return up;
  }
  return undefined;
}

/** True when `node` lies within `outer`, or is it. Both from one file. */
export function isWithin(node: Node, outer: Node): boolean {
  for (let up: Node | undefined = node; up; up = up.parent) if (up === outer) return true;
  return false;
}

/** The property, method or shorthand of this name, spelled out in the literal itself. The last one wins, as at run time. */
export function propertyOf(object: ObjectLiteralExpression, name: string) {
  return object.properties.findLast((property) => property.name !== undefined && nameText(property.name) === name);
}

/** The value written for a property of an object literal; undefined for methods, accessors and absent properties. */
export function propertyValue(object: ObjectLiteralExpression, name: string): Expression | undefined {
  const property = propertyOf(object, name);
  if (!property) return undefined;
  if (ts.isPropertyAssignment(property)) return property.initializer;
  return ts.isShorthandPropertyAssignment(property) ? property.name : undefined;
}

/** The object literal that is written as a property's value. */
export function propertyObject(object: ObjectLiteralExpression, name: string): ObjectLiteralExpression | undefined {
  const value = propertyValue(object, name);
  const node = value && bare(value);
  return node && ts.isObjectLiteralExpression(node) ? node : undefined;
}

/** True when the literal takes properties from somewhere that cannot be read off it: a spread or a computed name. */
export function hasHiddenProperties(object: ObjectLiteralExpression): boolean {
  return object.properties.some((property) => ts.isSpreadAssignment(property) || (property.name && nameText(property.name) === undefined));
}

/** The text of a name that is written out (`a`, `'a'`, `["a"]`, `#a`); undefined for computed ones. */
export function nameText(name: Node): string | undefined {
  if (ts.isIdentifier(name) || ts.isPrivateIdentifier(name)) return name.text;
  if (ts.isStringLiteralLike(name) || ts.isNumericLiteral(name)) return name.text;
  if (ts.isComputedPropertyName(name)) return ts.isStringLiteralLike(name.expression) ? name.expression.text : undefined;
  return undefined;
}

/** What a member access names: `a.b` and `a['b']` give `{ of: a, name: 'b' }`. */
export function memberAccess(node: Node): { of: Expression; name: string } | undefined {
  if (ts.isPropertyAccessExpression(node)) return { of: node.expression, name: node.name.text };
  if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression)) {
    return { of: node.expression, name: node.argumentExpression.text };
  }
  return undefined;
}

/** The last name of an expression: `c` of `a.b.c`, `f` of `f`. */
export function lastName(expression: Expression): string | undefined {
  const node = bare(expression);
  return ts.isIdentifier(node) ? node.text : memberAccess(node)?.name;
}

/** The last name of the callee: `c` of `a.b.c()`, `f` of `f()`. */
export function calleeName(call: CallExpression): string | undefined {
  return lastName(call.expression);
}

/** What stands at the beginning of a chain of members: `row` of `row?.owner.id`. */
export function rootOfMembers(expression: Expression): Expression {
  let node = bare(expression);
  for (let access = memberAccess(node); access; access = memberAccess(node)) node = bare(access.of);
  return node;
}

/** The name at the beginning of a chain of members: `row` of `row?.owner.id`. */
export function rootName(expression: Expression): string | undefined {
  const root = rootOfMembers(expression);
  return ts.isIdentifier(root) ? root.text : undefined;
}

/** What `require(…)` is given, where an expression is such a call. */
export function requireArgument(node: Node): Expression | undefined {
  return ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'require' ? node.arguments[0] : undefined;
}

/** What people call an instance of a class, or a method that a procedure is called by: `postsService` of `PostsService`. */
export function decapitalised(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** The names of what a class or an interface extends and implements. */
export function parentNames(node: ClassLikeDeclaration | InterfaceDeclaration): string[] {
  return (node.heritageClauses ?? []).flatMap(({ types }) => types.flatMap(({ expression }) => lastName(expression) ?? []));
}

/** True for a member that no other class can name: `#load`, `private load`. */
export function isPrivate(member: Node): boolean {
  const { name } = member as { name?: Node };
  return (name !== undefined && ts.isPrivateIdentifier(name)) || (ts.canHaveModifiers(member) && (ts.getModifiers(member)?.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword) ?? false));
}

/** The nodes of a kind at or under a node, in the order of the text. */
export function nodesWithin<Kind extends Node>(root: Node, isMeant: (node: Node) => node is Kind): Kind[] {
  const found: Kind[] = [];
  const visit = (node: Node): void => {
    if (isMeant(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(root);
  return found;
}

/** True where one of the names that are meant stands at or under a node. */
export function mentionsName(root: Node, isMeant: (name: string) => boolean): boolean {
  let found = false;
  const visit = (node: Node): void => {
    if (found) return;
    found = ts.isIdentifier(node) && isMeant(node.text);
    ts.forEachChild(node, visit);
  };
  visit(root);
  return found;
}

/** The name of a member or of a property, which stands for no value of its own. */
export function isOnlyName(node: Identifier): boolean {
  const { parent } = node;
  return (ts.isPropertyAccessExpression(parent) && parent.name === node) || (ts.isPropertyAssignment(parent) && parent.name === node);
}

/** The call's argument of this position, without wrapping; undefined where it is absent or hidden behind a spread. */
export function argument(call: { arguments?: readonly Expression[] | undefined }, index: number): Expression | undefined {
  const before = call.arguments?.slice(0, index + 1) ?? [];
  if (before.length <= index || before.some((each) => ts.isSpreadElement(each))) return undefined;
  return bare(before[index]!);
}

/** The function's name as a reader would say it: `Class.method`, `object.key`, `name`, or undefined for one without a name. */
export function functionName(fn: Node): string | undefined {
  const own = 'name' in fn && fn.name ? nameText(fn.name as Node) : undefined;
  if (ts.isConstructorDeclaration(fn)) return className(fn.parent, 'constructor');
  if (ts.isMethodDeclaration(fn) || ts.isGetAccessorDeclaration(fn) || ts.isSetAccessorDeclaration(fn)) {
    return own === undefined ? undefined : className(fn.parent, own);
  }
  if (own !== undefined) return own;
  const holder = wrapped(fn).parent;
  if (!holder) return undefined;
  if (ts.isVariableDeclaration(holder) && ts.isIdentifier(holder.name)) return holder.name.text;
  if (ts.isPropertyAssignment(holder) || ts.isPropertyDeclaration(holder)) {
    const name = nameText(holder.name);
    return name === undefined ? undefined : ts.isPropertyDeclaration(holder) ? className(holder.parent, name) : name;
  }
  if (ts.isBinaryExpression(holder)) return memberAccess(holder.left)?.name;
  return undefined;
}

function className(node: Node, member: string): string {
  return ts.isClassLike(node) && node.name ? `${node.name.text}.${member}` : member;
}

/** True for a branch whose last statement ends the function: `return`, `throw`. */
export function endsFunction(branch: Node): boolean {
  const last = ts.isBlock(branch) ? branch.statements.at(-1) : branch;
  return last !== undefined && (ts.isReturnStatement(last) || ts.isThrowStatement(last));
}

/** The expressions that a function returns, without those of functions inside it. */
export function returnedExpressions(fn: FunctionBody): Expression[] {
  if (!fn.body) return [];
  if (!ts.isBlock(fn.body)) return [fn.body];
  const found: Expression[] = [];
  const visit = (node: Node): void => {
    if (isFunctionBody(node) || ts.isClassLike(node)) return;
    if (ts.isReturnStatement(node) && node.expression) found.push(node.expression);
    ts.forEachChild(node, visit);
  };
  visit(fn.body);
  return found;
}

/** The place of a node in its file. */
export function spanOf(node: Node, file: SourceFile = node.getSourceFile()): Span {
  const start = file.getLineAndCharacterOfPosition(node.getStart(file));
  const end = file.getLineAndCharacterOfPosition(node.getEnd());
  return {
    path: file.fileName.slice(1),
    line: start.line + 1,
    column: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

/** The line a node starts on, counted from 1. */
export function lineOf(node: Node): number {
  const file = node.getSourceFile();
  return file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
}

/** A step of evidence: the node's first line as it stands. */
export function stepAt(node: Node): Step {
  const file = node.getSourceFile();
  const line = lineOf(node);
  const start = file.getLineStarts()[line - 1]!;
  const end = file.text.indexOf('\n', start);
  return { path: file.fileName.slice(1), line, text: file.text.slice(start, end < 0 ? undefined : end).trim().slice(0, 200) };
}

/** A node's text on one line, cut to what a sentence can carry. A chain that is written over several lines reads as if on one. */
export function inOneLine(node: Node, longest = 60): string {
  const text = node.getText().replaceAll(/\s+/g, (space, at: number, whole: string) => (/^\s*\n/.test(space) && startsMember(whole, at + space.length) ? '' : ' '));
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

/** True where `.name` or `?.name` begins. */
function startsMember(text: string, at: number): boolean {
  return /^\??\.[\w$#]/.test(text.slice(at, at + 3));
}

/** The type that is written for a value: behind its name or, in JavaScript, in the comment before it. */
export function writtenType(node: ParameterDeclaration | VariableDeclaration | PropertyDeclaration): TypeNode | undefined {
  return node.type ?? (isJavaScript(node) ? ts.getJSDocType(node) : undefined);
}

/** The type that is written for what a function gives back. */
export function writtenReturnType(fn: FunctionBody): TypeNode | undefined {
  return fn.type ?? (isJavaScript(fn) ? ts.getJSDocReturnType(fn) : undefined);
}

function isJavaScript(node: Node): boolean {
  return (node.flags & ts.NodeFlags.JavaScriptFile) !== 0;
}

export function hasModifier(node: Node, kind: SyntaxKind): boolean {
  return ts.canHaveModifiers(node) && (ts.getModifiers(node)?.some((modifier) => modifier.kind === kind) ?? false);
}

/** The path of the file that a node stands in, relative to the repository. */
export function pathOf(node: Node): string {
  return node.getSourceFile().fileName.slice(1);
}
