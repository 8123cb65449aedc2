/** Which class stands behind an interface: looked for where people keep them, beside it, and else by its name in the whole repository. */
import type { ts as C } from 'ts-morph';
import { ts, type ClassLikeDeclaration, type Node, type SourceFile, type TypeNode } from './compiler.ts';
import { folderOf } from './paths.ts';
import { isCode, type OpenedFiles } from './opened-files.ts';
import { bare, escaped, isFunctionBody, nameText, returnedExpressions, wrapped } from './syntax.ts';

/** Files of a folder that are opened in search of one interface's classes. */
const most = 6;
/** Folders beside an interface in which its classes are kept. */
const usual = /^(?:impls?|implementations?|adapters?|infrastructure|persistence|prisma|typeorm|mikro-?orm|sequelize|mongo(?:db|ose)?|postgres|pg|mysql|sqlite|sql|drizzle|knex|kysely)\/$/i;
/** Doubles for tests say nothing about what runs. */
const doubles = /mock|fake|stub|dummy|noop|in-?memory|^memory-?(?:store|repo|dao|adapter)|(?:^|[.-])(?:test|spec|e2e)(?:[.-]|$)/i;

/** What stands behind an interface: a class that implements it, or an object that a constant or a function says is one. */
export type Implementation = ClassLikeDeclaration | C.ObjectLiteralExpression;

/** What implements an interface (or extends an abstract class), in its own file and in those that bear its name. In the order of their paths. */
export function implementationsOf(declared: Node, files: OpenedFiles): Implementation[] {
  const name = (ts.isInterfaceDeclaration(declared) || ts.isClassLike(declared) || ts.isTypeAliasDeclaration(declared)) && declared.name ? declared.name.text : undefined;
  if (name === undefined) return [];
  const own = declared.getSourceFile();
  const foundIn = (paths: readonly string[]): Implementation[] => paths.filter((path) => `/${path}` !== own.fileName).slice(0, most).flatMap((path) => files.tree(path) ?? []).flatMap((tree) => implementing(name, tree));
  const near = [...implementing(name, own), ...foundIn(candidatesFor(name, folderOf(own.fileName.slice(1)), files))];
  // An abstract class that leaves all to others always has some.
  if (near.length > 0 || !(mayBeFar.test(name) || (ts.isClassLike(declared) && isAllAbstract(declared)))) return near;
  const naming = (files.mentioning(name) ?? []).filter((path) => isCode(path) && !ofTests.test(path) && !doubles.test(path.slice(path.lastIndexOf('/') + 1)));
  const called = foundIn(naming.filter((path) => bearsName(path.slice(path.lastIndexOf('/') + 1), stemOf(name))));
  return called.length > 0 ? called : foundIn(naming.filter((path) => ofLayers.test(path)));
}

/** Where several classes that stand behind interfaces may share a file: `listing/infra/prisma-listing.repository.ts`. */
const ofLayers = /(?:^|\/)(?:impls?|implementations?|adapters?|infra|infrastructure|persistence|data|db|database|prisma|typeorm|mikro-?orm|sequelize|mongo(?:db|ose)?|postgres|pg|mysql|sqlite|sql|drizzle|knex|kysely)\/|(?:^|[/.-])(?:prisma|typeorm|mikro-?orm|sequelize|mongo(?:ose)?|postgres|pg|mysql|sql|drizzle|knex|kysely)[.-]/i;

function isAllAbstract({ members }: ClassLikeDeclaration): boolean {
  return members.length > 0 && members.every((each) => ts.canHaveModifiers(each) && ts.getModifiers(each)?.some(({ kind }) => kind === ts.SyntaxKind.AbstractKeyword));
}

/** Interfaces whose classes lie in another layer: what is kept, and who serves it. */
const mayBeFar = /(?:Repository|Repo|Store|Storage|Dao|DAO|Dal|DAL|Gateway|Port|Adapter|Persistence|Service|Manager|Provider|Client|Reader|Writer|Finder|Loader|Query|Queries|Model|Contract|Interface|Directory|Catalog|Registry|Notifier|Inbox|Outbox|Ledger)$/;
/** Folders whose code no program runs. */
export const ofTests = /(?:^|\/)(?:__)?(?:tests?|mocks?|fakes?|fixtures?|e2e|spec)(?:__)?\//i;

/** `IUserRepository`, `UserRepositoryInterface` → `userrepository`; `IUsersModel` → `users`. */
function stemOf(name: string): string {
  return plainName(name.replace(/^I(?=[A-Z])/, '').replace(/^(?:Abstract|Base)(?=[A-Z])|(?:Interface|Port|Contract|Model)$/g, ''));
}

/** True for a file of code, and no double, that is called after what is looked for; `orders-repository.js` of `orderrepository` as well. */
export function bearsName(fileName: string, stem: string): boolean {
  return isCode(fileName) && !doubles.test(fileName) && (plainName(fileName).includes(stem) || ofOne(plainName(fileName)).includes(ofOne(stem)));
}

/** `ordersrepository` → `orderrepository`. */
function ofOne(plain: string): string {
  return plain.replace(/s(?=(?:repository|repo|store|service|dao|dal|gateway|storage)(?:$|[^a-z]|[cm]?[jt]sx?$))/, '');
}

function candidatesFor(name: string, folder: string, files: OpenedFiles): string[] {
  const stem = stemOf(name);
  const names = files.names(folder) ?? [];
  const inFolder = (parent: string, each: string): string => (parent === '' ? each : `${parent}/${each}`);
  const further = names.filter((each) => usual.test(each)).map((each) => inFolder(folder, each.slice(0, -1)));
  return [folder, ...further].flatMap((parent) => (files.names(parent) ?? []).filter((each) => bearsName(each, stem)).map((each) => inFolder(parent, each)));
}

/** `prisma-user.repository.ts`, `UserRepository` → letters alone. */
export function plainName(name: string): string {
  return name.replaceAll(/[^A-Za-z]/g, '').toLowerCase();
}

function implementing(name: string, tree: SourceFile): Implementation[] {
  const classes = classesFor(name, tree);
  return classes.length > 0 ? classes : tree.statements.flatMap((statement) => objectsOf(statement, name));
}

/** `const users: UserRepository = { … }`, `const makeUsers = (db): UserRepository => ({ … })`. */
function objectsOf(statement: C.Statement, name: string): C.ObjectLiteralExpression[] {
  const isOf = (type: TypeNode | undefined): boolean => type !== undefined && ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName) && type.typeName.text === name;
  const made = ts.isVariableStatement(statement) ? statement.declarationList.declarations.map(({ type, initializer }) => ({ type, node: initializer && bare(initializer) })) : [{ type: undefined, node: statement }];
  return made.flatMap(({ type, node }) => {
    if (!node) return [];
    if (ts.isObjectLiteralExpression(node)) return isOf(type) ? [node] : [];
    return isFunctionBody(node) && isOf(node.type) ? returnedExpressions(node).map((each) => bare(each)).filter((each) => ts.isObjectLiteralExpression(each)) : [];
  });
}

function classesFor(name: string, tree: SourceFile): ClassLikeDeclaration[] {
  return tree.statements.flatMap((statement) => classIn(statement) ?? []).filter((node) =>
    !doubles.test(node.name?.text ?? '') && ((node.heritageClauses?.some((clause) => clause.types.some(({ expression }) => nameText(expression) === name)) ?? false) || says(node, name)));
}

/** A class of its own, or one that a file of CommonJS exports. */
export function classIn(statement: C.Statement): ClassLikeDeclaration | undefined {
  if (ts.isClassDeclaration(statement)) return statement;
  const assigned = ts.isExpressionStatement(statement) && ts.isBinaryExpression(statement.expression) ? bare(statement.expression.right) : undefined;
  return assigned && ts.isClassExpression(assigned) ? assigned : undefined;
}

/** Remarks before a class are read so far. In characters. */
const longestRemark = 2_000;

/** `@implements {UserRepository}` of a class in JavaScript, which cannot say it otherwise. */
function says(node: ClassLikeDeclaration, name: string): boolean {
  const { text } = node.getSourceFile();
  const statement = ts.isClassExpression(node) ? wrapped(node).parent.parent : node;
  return text.includes('@implements') && new RegExp(`@implements\\s+\\{?\\s*${escaped(name)}\\b`).test(text.slice(Math.max(statement.getFullStart(), node.getStart() - longestRemark), node.getStart()));
}
