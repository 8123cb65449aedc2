/** What the member of a value by a name is, looked up where the value is defined in this repository. */
import type { ts as C } from 'ts-morph';
import { membersAssignedBeside, membersAssignedIn, statementsBeside } from './assigned-members.ts';
import { ts, type ClassElement, type ClassLikeDeclaration, type Expression, type FunctionBody, type Node, type TypeNode } from './compiler.ts';
import { fromFolder } from './filled-from-folder.ts';
import { implementationsOf, type Implementation } from './implementations.ts';
import { mixedIn } from './mixins.ts';
import { putOn } from './put-on.ts';
import type { Scene } from './scene.ts';
import { serverMethod } from './server-methods.ts';
import { hasModifier, isFunctionBody, memberAccess, nameText, propertyOf, wrapped, writtenType } from './syntax.ts';
import { better, isSaying, isUnknown, unknown, type Value } from './value.ts';

/** The member of a value by name, looked up where the value is defined in this repository. */
export function memberOf(of: Value, name: string, node: Node | undefined, scene: Scene): Value {
  switch (of.kind) {
    case 'external':
      // The interop of CommonJS: `pkg.default.X`, `import * as pkg`; both mean the export X.
      return { kind: 'external', from: of.from, path: of.path.length === 1 && of.path[0] === '*' ? [name] : [...of.path, name] };
    case 'module':
      return name === 'default' ? better(scene.exported(of.path, name), of) : scene.exported(of.path, name);
    case 'object':
      return objectMember(of.node, name, scene);
    case 'merged':
      return of.parts.map((part) => scene.deeper(() => scene.member(part, name, node)) ?? unknown).find(isSaying) ?? unknown;
    case 'function':
      return functionMember(of.node, name, scene);
    case 'class':
      return staticMember(of.node, name, node, scene);
    case 'instance':
      return instanceMember(of.node, name, node, scene);
    case 'interface': {
      const own = interfaceMember(of.node, name, scene);
      return isUnknown(own) ? (addedMember(of.adds, name, scene) ?? own) : own;
    }
    case 'made':
    case 'member':
    case 'parameter': {
      const added = of.kind === 'made' ? (of.of.kind === 'function' ? madeMember(of.of.node, name, scene) : addedMember(of.adds, name, scene)) : undefined;
      return added ?? better(putOn(of, name, scene), better(serverMethod(of, name, scene), { kind: 'member', of, name, ...(node && { node }) }));
    }
    case 'element':
      return (of.of.kind === 'object' ? memberOfSome(of.of.node, name, scene) : undefined) ?? { kind: 'member', of, name, ...(node && { node }) };
    case 'result':
    case 'global':
      return { kind: 'member', of, name, ...(node && { node }) };
    case 'array':
    case 'list':
      return { kind: 'member', of, name, ...(node && { node }) };
    default:
      return unknown;
  }
}

/** Things of one object that are looked through for a member which one of them is asked for. */
const mostThings = 12;

/** `handlers[kind].quote` of a table whose things all have it: that of one which waits for something, or else does the most. */
function memberOfSome(table: C.ObjectLiteralExpression, name: string, scene: Scene): Value | undefined {
  const found = table.properties.slice(0, mostThings).flatMap((property) => {
    const value = ts.isPropertyAssignment(property) ? scene.deeper(() => scene.member(scene.valueOf(property.initializer), name)) : undefined;
    return value?.kind === 'function' ? [value] : [];
  });
  const size = ({ node }: { node: FunctionBody }): number => node.getText().length + (/\bawait\b/.test(node.getText()) ? 100_000 : 0);
  return found.toSorted((one, other) => size(other) - size(one))[0];
}

/** `replica` of `Knex & { replica: () => Knex }`. */
function addedMember(adds: readonly Node[] = [], name: string, scene: Scene): Value | undefined {
  for (const each of adds) {
    const value = interfaceMember(each, name, scene);
    if (isSaying(value)) return value;
  }
  return undefined;
}

function objectMember(object: C.ObjectLiteralExpression, name: string, scene: Scene): Value {
  const property = propertyOf(object, name);
  if (property) {
    if (ts.isPropertyAssignment(property)) return scene.valueOf(property.initializer);
    if (ts.isShorthandPropertyAssignment(property)) return scene.named(property.name.text, object);
    if (ts.isMethodDeclaration(property)) return { kind: 'function', node: property };
    if (ts.isGetAccessorDeclaration(property)) return scene.returned(property);
  }
  for (const spread of object.properties) {
    if (!ts.isSpreadAssignment(spread)) continue;
    // An object may be spread into itself: `config = { ...config, debug }`.
    const value = scene.deeper(() => scene.member(scene.valueOf(spread.expression), name));
    if (value === undefined) return unknown;
    if (isSaying(value)) return value;
  }
  const put = putInto(object, scene).get(name);
  if (put) return scene.deeper(() => scene.valueOf(put)) ?? unknown;
  const holder = holderOf(object);
  return (ts.isVariableDeclaration(holder) && ts.isIdentifier(holder.name) ? mixedIn(statementsBeside(holder), holder.name.text, name, scene) : undefined) ?? fromFolder(object, name, scene);
}

/** `function Cart() {}; Cart.byUser = function (id) { … };`: what a function is given beside its declaration. */
function functionMember(fn: FunctionBody, name: string, scene: Scene): Value {
  const home = fn.parent;
  if (!ts.isFunctionDeclaration(fn) || !fn.name || !(ts.isSourceFile(home) || ts.isBlock(home))) return unknown;
  const { text } = fn.name;
  const put = membersAssignedIn(home.statements).find((each) => each.name === name && ts.isIdentifier(each.of) && each.of.text === text);
  return put ? (scene.deeper(() => scene.valueOf(put.value)) ?? unknown) : unknown;
}

/** A member of what `new` makes with a function: put on `this` in its body, or on its prototype. */
function madeMember(fn: FunctionBody, name: string, scene: Scene): Value | undefined {
  const own = fn.body && ts.isBlock(fn.body) ? membersAssignedIn(fn.body.statements).find((each) => each.name === name && each.of.kind === ts.SyntaxKind.ThisKeyword) : undefined;
  const ofOwn = own && (scene.deeper(() => scene.valueOf(own.value)) ?? unknown);
  if (ofOwn && isSaying(ofOwn)) return ofOwn;
  for (const { of, name: member, value } of membersAssignedIn(homeOf(fn))) {
    if (member === 'prototype' && isNameOf(of, fn)) {
      const found = scene.deeper(() => scene.member(scene.valueOf(value), name));
      if (found && isSaying(found)) return found;
    }
    const prototype = member === name ? memberAccess(of) : undefined;
    if (prototype?.name === 'prototype' && isNameOf(prototype.of, fn)) return scene.deeper(() => scene.valueOf(value)) ?? unknown;
  }
  return ofOwn;
}

/** The statements beside a function that is declared, or kept in a variable. */
function homeOf(fn: FunctionBody): readonly C.Statement[] {
  const { parent } = wrapped(fn);
  if (ts.isVariableDeclaration(parent)) return statementsBeside(parent);
  const home = ts.isBinaryExpression(parent) ? parent.parent.parent : fn.parent;
  return ts.isSourceFile(home) || ts.isBlock(home) ? home.statements : [];
}

/** True for the name that a function is declared, kept or exported under. */
function isNameOf(node: Expression, fn: FunctionBody): boolean {
  const { parent } = wrapped(fn);
  if (ts.isBinaryExpression(parent) && parent.left.getText() === node.getText()) return true;
  const name = ts.isVariableDeclaration(parent) ? parent.name : fn.name;
  return name !== undefined && ts.isIdentifier(name) && ts.isIdentifier(node) && node.text === name.text;
}

/** The function whose prototype a function is put on: `Dao.prototype.byId = function (id) { … }`. */
export function prototypeOwner(fn: FunctionBody): Expression | undefined {
  const { parent } = wrapped(fn);
  const target = ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken ? memberAccess(parent.left) : undefined;
  const prototype = target && memberAccess(target.of);
  return prototype?.name === 'prototype' ? prototype.of : undefined;
}

const ofPut = Symbol('what is put into an object');

/** `const db = {}; db.User = require('./user')(sequelize);`: members that an object is given where it is kept, by their names. */
function putInto(object: C.ObjectLiteralExpression, scene: Scene): ReadonlyMap<string, Expression> {
  const holder = holderOf(object);
  // `privileges.topics = {}; privileges.topics.can = function (id) { … };`
  const target = ts.isBinaryExpression(wrapped(object).parent) && ts.isPropertyAccessExpression((wrapped(object).parent as C.BinaryExpression).left) ? (wrapped(object).parent as C.BinaryExpression).left.getText() : undefined;
  if (target !== undefined && ts.isExpressionStatement(holder) && (ts.isBlock(holder.parent) || ts.isSourceFile(holder.parent))) {
    const { statements } = holder.parent;
    return scene.remember(ofPut, object, () => new Map(membersAssignedIn(statements).filter(({ of }) => of.getText() === target).map(({ name, value }) => [name, value])), nothingPut);
  }
  if (!ts.isVariableDeclaration(holder) || !ts.isIdentifier(holder.name)) return nothingPut;
  const { text } = holder.name;
  return scene.remember(ofPut, object, () => {
    const put = new Map<string, Expression>();
    for (const { of, name, value } of membersAssignedBeside(holder)) if (ts.isIdentifier(of) && of.text === text && !put.has(name)) put.set(name, value);
    return put;
  }, nothingPut);
}

/** What an object is put into; `var Event = module.exports = {}` puts it into the variable as well. */
function holderOf(object: C.ObjectLiteralExpression): Node {
  let { parent } = wrapped(object);
  while (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken && wrapped(parent).parent) parent = wrapped(parent).parent;
  return parent;
}

const nothingPut: ReadonlyMap<string, Expression> = new Map();

function instanceMember(node: ClassLikeDeclaration, name: string, at: Node | undefined, scene: Scene): Value {
  for (const { node: level, beyond, types } of lineageOf(node, scene)) {
    if (!level) return { kind: 'member', of: { kind: 'made', of: beyond, ...(types && { types }) }, name, ...(at && { node: at }) };
    const value = ownMember(level, name, false, scene);
    if (value) return value;
  }
  return unknown;
}

function staticMember(node: ClassLikeDeclaration, name: string, at: Node | undefined, scene: Scene): Value {
  for (const { node: level } of lineageOf(node, scene)) {
    // A static that the class inherits from a package keeps the class in sight: `User.findAll` with `class User extends Model`.
    if (!level) return { kind: 'member', of: { kind: 'class', node }, name, ...(at && { node: at }) };
    const value = ownMember(level, name, true, scene);
    if (value) return value;
  }
  return { kind: 'member', of: { kind: 'class', node }, name, ...(at && { node: at }) };
}

/** A class and what it extends, nearest first. */
export type Lineage = { node?: ClassLikeDeclaration; beyond: Value; types?: readonly TypeNode[] }[];

/** A class and what it extends, nearest first; the last may be a class of a package (`beyond`). */
export function lineageOf(node: ClassLikeDeclaration, scene: Scene): Lineage {
  const line: Lineage = [];
  for (let level: ClassLikeDeclaration | undefined = node; level && line.length < 8 && !line.some((each) => each.node === level); ) {
    line.push({ node: level, beyond: unknown });
    const heritage: C.ExpressionWithTypeArguments | undefined = level.heritageClauses?.find((clause) => clause.token === ts.SyntaxKind.ExtendsKeyword)?.types[0];
    if (!heritage) break;
    const parent: Value = scene.valueOf(heritage.expression);
    level = parent.kind === 'class' ? parent.node : undefined;
    if (!level && !isUnknown(parent)) line.push({ beyond: parent, ...(heritage.typeArguments && { types: heritage.typeArguments }) });
  }
  return line;
}

function ownMember(node: ClassLikeDeclaration, name: string, isStatic: boolean, scene: Scene): Value | undefined {
  let property: ClassElement | undefined;
  for (const element of node.members) {
    if (ts.isConstructorDeclaration(element)) {
      if (isStatic) continue;
      const injected = element.parameters.find((each) => each.modifiers?.length && ts.isIdentifier(each.name) && each.name.text === name);
      if (injected) return scene.ofParameter(injected);
      continue;
    }
    if (!element.name || nameText(element.name) !== name || hasModifier(element, ts.SyntaxKind.StaticKeyword) !== isStatic) continue;
    if (ts.isMethodDeclaration(element)) {
      if (element.body) return isLeftOpen(element) ? better(implemented(node, name, scene), { kind: 'function', node: element }) : { kind: 'function', node: element };
      property ??= element;
    } else if (ts.isGetAccessorDeclaration(element)) return scene.returned(element);
    else property = element;
  }
  if (!property) return isStatic ? undefined : assignedMember(node, name, scene);
  if (ts.isMethodDeclaration(property) && hasModifier(property, ts.SyntaxKind.AbstractKeyword)) return implemented(node, name, scene);
  if (!ts.isPropertyDeclaration(property)) return unknown;
  return ofProperty(node, property, name, scene);
}

/** `async handle() { throw new Error('handle() must be implemented'); }`: how JavaScript leaves a method to the classes that extend this one. */
function isLeftOpen({ body }: C.MethodDeclaration): boolean {
  const [only, ...others] = body?.statements ?? [];
  return only !== undefined && others.length === 0 && ts.isThrowStatement(only);
}

/** `scene.db = new Database()` of a class in JavaScript, which declares no members. */
function assignedMember(node: ClassLikeDeclaration, name: string, scene: Scene): Value | undefined {
  const assigned = assignedInConstructor(node, name);
  return assigned && scene.valueOf(assigned);
}

function ofProperty(node: ClassLikeDeclaration, property: C.PropertyDeclaration, name: string, scene: Scene): Value {
  const written = property.initializer ? scene.valueOf(property.initializer) : unknown;
  if (isSaying(written)) return written;
  const type = writtenType(property);
  const typed = type ? scene.valueOfType(type) : unknown;
  if (isSaying(typed)) return typed;
  const assigned = assignedInConstructor(node, name);
  const value = assigned ? scene.valueOf(assigned) : unknown;
  return isSaying(value) ? value : better(typed, written);
}

function interfaceMember(node: Node, name: string, scene: Scene): Value {
  return declaredMember(node, name, scene) ?? (ts.isInterfaceDeclaration(node) ? inheritedMember(node, name, scene) : unknown);
}

/** The member that an interface or a type literal itself declares. */
function declaredMember(node: Node, name: string, scene: Scene): Value | undefined {
  const holder = ts.isTypeAliasDeclaration(node) ? node.type : node;
  const members = ts.isInterfaceDeclaration(holder) || ts.isTypeLiteralNode(holder) ? holder.members : undefined;
  const found = members?.find((member) => member.name && nameText(member.name) === name);
  if (!found) return undefined;
  if (ts.isPropertySignature(found) && found.type && !ts.isFunctionTypeNode(found.type)) return (ts.isTypeLiteralNode(found.type) ? implementedPart(node, name, scene) : undefined) ?? scene.valueOfType(found.type);
  const method = implemented(node, name, scene);
  const type = ts.isMethodSignature(found) ? found.type : ts.isPropertySignature(found) && found.type && ts.isFunctionTypeNode(found.type) ? found.type.type : undefined;
  return isUnknown(method) && type ? { kind: 'maker', gives: type } : method;
}

/** `interface Context extends Base`: the member of what it extends, by way of others too. */
function inheritedMember(node: C.InterfaceDeclaration, name: string, scene: Scene): Value {
  if (!node.heritageClauses) return unknown;
  // What it extends may only declare the method, by what it gives.
  let declared: Value | undefined;
  for (const parent of scene.remember(ofAncestors, node, () => ancestorsOf(node, scene), [])) {
    const value = parent.kind === 'interface' ? declaredMember(parent.node, name, scene) : scene.deeper(() => scene.member(parent, name));
    if (!value || !isSaying(value)) continue;
    if (value.kind !== 'maker') return value;
    declared ??= value;
  }
  // The class behind this very interface may have it from a class that knows nothing of the interfaces.
  const method = implemented(node, name, scene);
  return isUnknown(method) ? (declared ?? unknown) : method;
}

const ofAncestors = Symbol('ancestors of an interface');
/** Types that an interface extends, by way of others too, as far as they are looked into. */
const mostAncestors = 40;

/** All that an interface extends, nearest first: other interfaces, instances of classes, types of packages. */
function ancestorsOf(node: C.InterfaceDeclaration, scene: Scene): Value[] {
  const found: Value[] = [];
  const seen = new Set<Node>([node]);
  for (let open: C.InterfaceDeclaration[] = [node]; open.length > 0 && found.length < mostAncestors; ) {
    const parents = open.flatMap(({ heritageClauses }) => heritageClauses?.flatMap(({ types }) => types.map(({ expression }) => scene.valueOf(expression))) ?? []);
    open = [];
    for (const parent of parents) {
      if (parent.kind !== 'interface') found.push(parent.kind === 'class' ? { kind: 'instance', node: parent.node } : parent.kind === 'external' ? { kind: 'made', of: parent } : parent);
      else if (!seen.has(parent.node)) {
        seen.add(parent.node);
        found.push(parent);
        if (ts.isInterfaceDeclaration(parent.node)) open.push(parent.node);
      }
    }
  }
  return found.slice(0, mostAncestors);
}

/** `accounts: { byId(id: string): Promise<Account> }`: what stands behind a part of an interface that is only spelled out there. */
function implementedPart(declared: Node, name: string, scene: Scene): Value | undefined {
  return firstBehind(declared, name, ['object', 'instance'], scene);
}

/** The method of what implements an interface, or of a class behind the abstract one that leaves it open. */
function implemented(declared: Node, name: string, scene: Scene): Value {
  return firstBehind(declared, name, ['function'], scene) ?? unknown;
}

function firstBehind(declared: Node, name: string, kinds: readonly Value['kind'][], scene: Scene): Value | undefined {
  return scene.deeper(() => implementationsOf(declared, scene.files).filter((node) => implementsThis(node, declared, scene)).map((node) => memberBehind(node, declared, name, scene)).find((value) => value !== undefined && kinds.includes(value.kind)));
}

/** What stands behind an interface may have inherited its methods; what stands behind an abstract class inherits them from there. */
function memberBehind(node: Implementation, declared: Node, name: string, scene: Scene): Value | undefined {
  if (ts.isObjectLiteralExpression(node)) return objectMember(node, name, scene);
  return ownMember(node, name, false, scene) ?? (ts.isClassLike(declared) ? undefined : scene.member({ kind: 'instance', node }, name));
}

/** False for what implements another interface of the same name. */
function implementsThis(node: Node, declared: Node, scene: Scene): boolean {
  const name = (declared as { name?: Node }).name;
  if (node.getSourceFile() === declared.getSourceFile() || !name || !ts.isIdentifier(name)) return true;
  const meant = scene.named(name.text, node);
  return meant.kind !== 'interface' && meant.kind !== 'class' ? true : meant.node === declared;
}

export function assignedInConstructor(node: ClassLikeDeclaration, name: string): Expression | undefined {
  for (const member of node.members) {
    if (!isFunctionBody(member) || !member.body || !ts.isBlock(member.body)) continue;
    for (const statement of member.body.statements) {
      if (!ts.isExpressionStatement(statement) || !ts.isBinaryExpression(statement.expression)) continue;
      const { left, right, operatorToken } = statement.expression;
      const target = memberAccess(left);
      if (operatorToken.kind === ts.SyntaxKind.EqualsToken && target?.name === name && target.of.kind === ts.SyntaxKind.ThisKeyword) return right;
    }
  }
  return undefined;
}
