/** Things that a container hands over under their names: `({ customerRepo, logger }) => …`, `constructor({ productService })`. */
import { ts, type BindingElement, type ClassLikeDeclaration, type ParameterDeclaration, type SourceFile, type TypeNode } from './compiler.ts';
import { bearsName, classIn, ofTests, plainName } from './implementations.ts';
import type { Scene } from './scene.ts';
import { isFunctionBody, writtenType } from './syntax.ts';
import { unknown, type Value } from './value.ts';

/** What people call things that keep or load something. The names of others, such as a `client`, stand for packages as well. */
const keepers = /^_?(?:store|repo|repository|dao|dal|[a-z]\w*(?:Service|Repository|Repo|Store|Dao|DAO|Dal|DAL|Manager|Gateway|Loader|Queries|Facade|UseCase))_?$/;
/** Files of a class's name that are opened in search of it. */
const most = 3;

/** The one class of the repository that something without a type is called after: `CustomerRepo` of `customerRepo`. */
export function injectedByName(node: BindingElement | ParameterDeclaration, scene: Scene): Value {
  const { name } = node;
  if (!ts.isIdentifier(name) || !keepers.test(name.text) || node.initializer || !isHandedOver(node)) return unknown;
  const own = name.text.replaceAll(/^_|_$/g, '');
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
  return unknown;
}

/** The classes of a name in files that bear it. */
function classesOf(className: string, scene: Scene): ClassLikeDeclaration[] {
  const paths = (scene.files.mentioning(className) ?? []).filter((path) => bearsName(path.slice(path.lastIndexOf('/') + 1), plainName(className.replace(/(?<=.)(?:Service|Repository|Repo)$/, ''))) && !ofTests.test(path));
  return paths.slice(0, most).flatMap((path) => classesNamed(className, scene.files.tree(path)));
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
  return ts.isObjectBindingPattern(node.parent) && ts.isParameter(holder) && tellsNothing(writtenType(holder));
}

/** No type, or `@param {object} dependencies`, whatever its lines tell of the members. */
function tellsNothing(type: TypeNode | undefined): boolean {
  if (!type || type.kind === ts.SyntaxKind.ObjectKeyword || ts.isJSDocTypeLiteral(type)) return true;
  return ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName) && type.typeName.text === 'Object';
}

function classesNamed(name: string, tree: SourceFile | undefined): ClassLikeDeclaration[] {
  return (tree?.statements ?? []).flatMap((statement) => classIn(statement) ?? []).filter((node) => node.name?.text === name);
}
