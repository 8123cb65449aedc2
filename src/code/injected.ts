/** Things that a container hands over under their names: `({ customerRepo, logger }) => …`, `constructor({ productService })`. */
import { ts, type BindingElement, type ClassLikeDeclaration, type Expression, type Node, type ParameterDeclaration, type SourceFile, type TypeNode } from './compiler.ts';
import { bearsName, classIn, ofTests, plainName } from './implementations.ts';
import type { Scene } from './scene.ts';
import { calleeName, isFunctionBody, nameText, nodesWithin, pathOf, writtenType } from './syntax.ts';
import { isSaying, unknown, type Value } from './value.ts';

/** What people call things that keep or load something. The names of others, such as a `client`, stand for packages as well. */
const keepers = /^_?(?:store|repo|repository|dao|dal|[a-z]\w*(?:Service|Repository|Repo|Store|Dao|DAO|Dal|DAL|Manager|Gateway|Loader|Queries|Facade|UseCase))_?$/;
/** Files of a class's name that are opened in search of it. */
const most = 3;

/** The one class of the repository that something without a type is called after: `CustomerRepo` of `customerRepo`. */
export function injectedByName(node: BindingElement | ParameterDeclaration, scene: Scene): Value {
  const { name } = node;
  if (!ts.isIdentifier(name) || node.initializer || !isHandedOver(node)) return unknown;
  return calledAfter(name.text, node, scene);
}

/** What people call a thing in which others are put under their names, whatever package it is of. */
const holders = /^(?:cradle|container|state|locals|deps|dependencies)$/;

/** True for a value of which nothing is known, and for what something holds that anything may have been put into: `ctx.state.container.cradle.customerRepo`. */
export function mayBeAnything(value: Value): boolean {
  if (!isSaying(value)) return true;
  for (let of: Value | undefined = value, depth = 0; of && depth < 8; depth += 1) {
    if (of.kind !== 'member') return false;
    if (of.of.kind === 'member' && holders.test(of.of.name)) return true;
    of = of.of;
  }
  return false;
}

/** The same of a member, of whose owner nothing is known: `this.customerRepo`, which is declared to be anything, `cradle(ctx).customerRepo`. */
export function calledAfter(name: string, at: Node, scene: Scene): Value {
  if (!keepers.test(name)) return unknown;
  const own = name.replaceAll(/^_|_$/g, '');
  const className = own[0]!.toUpperCase() + own.slice(1);
  // `usersRepository` of `UserRepository`.
  const ofOne = className.replace(/s(?=(?:Service|Repository|Repo|Store|Dao|DAO|Dal|DAL)$)/, '');
  for (const each of new Set([className, ofOne])) {
    const found = classesOf(each, scene);
    const [only, ...others] = found;
    // What a class inherits from a package nobody sees; then its name says more.
    if (only && others.length === 0 && isWholeInSight(only, scene)) return { kind: 'instance', node: only };
    if (only) return unknown;
  }
  return scene.dependencies(pathOf(at))?.has('awilix') ? registered(own, scene) : unknown;
}

/** `userService: asFunction(makeUserService).singleton()`: what awilix is told to hand over under a name. */
function registered(name: string, scene: Scene): Value {
  const naming = new Set(scene.files.mentioning(name) ?? []);
  const paths = (scene.files.mentioning('asFunction') ?? []).filter((path) => naming.has(path) && !ofTests.test(path));
  const told = paths.slice(0, most).flatMap((path) => registrationsIn(scene.files.tree(path)).get(name) ?? []);
  const [only, ...others] = told;
  if (!only || others.length > 0) return unknown;
  const made = scene.valueOf(only);
  return made.kind === 'function' ? scene.returned(made.node) : unknown;
}

const ofRegistrations = new WeakMap<SourceFile, ReadonlyMap<string, Expression[]>>();

/** What stands in `asFunction(…)`, by the names under which a file registers it. */
function registrationsIn(tree: SourceFile | undefined): ReadonlyMap<string, Expression[]> {
  const known = tree && ofRegistrations.get(tree);
  if (known || !tree) return known ?? new Map();
  const found = new Map<string, Expression[]>();
  for (const call of nodesWithin(tree, ts.isCallExpression)) {
    const given = calleeName(call) === 'asFunction' ? call.arguments[0] : undefined;
    let up: Node = call;
    // `asFunction(make).singleton()`
    while (given && up.parent && (ts.isPropertyAccessExpression(up.parent) || (ts.isCallExpression(up.parent) && up.parent.expression === up))) up = up.parent;
    const { parent } = up;
    const name = !given ? undefined : ts.isPropertyAssignment(parent) ? nameText(parent.name) : ts.isCallExpression(parent) && ts.isStringLiteralLike(parent.arguments[0]!) ? parent.arguments[0].text : undefined;
    if (given && name !== undefined) found.set(name, [...(found.get(name) ?? []), given]);
  }
  ofRegistrations.set(tree, found);
  return found;
}

/** The classes of a name in files that bear it, or else in those that are called after its kind: `class LegRepo` in `shipment-repo.js`. */
function classesOf(className: string, scene: Scene): ClassLikeDeclaration[] {
  const paths = (scene.files.mentioning(className) ?? []).filter((path) => !ofTests.test(path));
  const inFiles = (stem: string): ClassLikeDeclaration[] => paths.filter((path) => bearsName(path.slice(path.lastIndexOf('/') + 1), stem)).slice(0, most).flatMap((path) => classesNamed(className, scene.files.tree(path)));
  const called = inFiles(plainName(className.replace(/(?<=.)(?:Service|Repository|Repo)$/, '')));
  const kind = /[a-z](Service|Repositor|Repo|Store|Dao|DAO|Dal|DAL|Queries)\w*$/.exec(className)?.[1];
  return called.length > 0 || kind === undefined ? called : inFiles(kind.toLowerCase());
}

/** True for a class that extends only what can be opened. */
function isWholeInSight(node: ClassLikeDeclaration, scene: Scene): boolean {
  const last = scene.lineage(node).at(-1)?.node;
  return last !== undefined && !last.heritageClauses?.some(({ token }) => token === ts.SyntaxKind.ExtendsKeyword);
}

/** A parameter without a type, or what is taken out of one. */
function isHandedOver(node: BindingElement | ParameterDeclaration): boolean {
  if (ts.isParameter(node)) return tellsNothing(writtenType(node)) && isFunctionBody(node.parent);
  const holder = node.parent.parent;
  return ts.isObjectBindingPattern(node.parent) && (ts.isVariableDeclaration(holder) || (ts.isParameter(holder) && tellsNothing(writtenType(holder))));
}

/** No type, `any`, or `@param {object} dependencies`, whatever its lines tell of the members. */
function tellsNothing(type: TypeNode | undefined): boolean {
  if (!type || type.kind === ts.SyntaxKind.ObjectKeyword || type.kind === ts.SyntaxKind.AnyKeyword || ts.isJSDocTypeLiteral(type)) return true;
  return ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName) && type.typeName.text === 'Object';
}

function classesNamed(name: string, tree: SourceFile | undefined): ClassLikeDeclaration[] {
  return (tree?.statements ?? []).flatMap((statement) => classIn(statement) ?? []).filter((node) => node.name?.text === name);
}
