/** Which class stands behind an interface: looked for where people keep them, beside it, and else by its name in the whole repository. */
import { ts, type ClassLikeDeclaration, type Node, type SourceFile } from './compiler.ts';
import { folderOf } from './modules.ts';
import { isCode, type OpenedFiles } from './opened-files.ts';
import { nameText } from './syntax.ts';

/** Files of a folder that are opened in search of one interface's classes. */
const most = 6;
/** Folders beside an interface in which its classes are kept. */
const usual = /^(?:impls?|implementations?|adapters?|infrastructure|persistence|prisma|typeorm|mikro-?orm|sequelize|mongo(?:db|ose)?|postgres|pg|mysql|sqlite|sql|drizzle|knex|kysely)\/$/i;
/** Doubles for tests say nothing about what runs. */
const doubles = /mock|fake|stub|dummy|noop|in-?memory|(?:^|[.-])(?:test|spec|e2e)(?:[.-]|$)/i;

/** The classes that implement an interface (or extend an abstract class), of its own file and of those beside it that bear its name. In the order of their paths. */
export function implementationsOf(declared: Node, files: OpenedFiles): ClassLikeDeclaration[] {
  const name = (ts.isInterfaceDeclaration(declared) || ts.isClassLike(declared) || ts.isTypeAliasDeclaration(declared)) && declared.name ? declared.name.text : undefined;
  if (name === undefined) return [];
  const own = declared.getSourceFile();
  const classesIn = (paths: readonly string[]): ClassLikeDeclaration[] => paths.filter((path) => `/${path}` !== own.fileName).slice(0, most).flatMap((path) => files.tree(path) ?? []).flatMap((tree) => classesFor(name, tree));
  const near = [...classesFor(name, own), ...classesIn(candidatesFor(name, folderOf(own.fileName.slice(1)), files))];
  return near.length > 0 || !mayBeFar.test(name) ? near : classesIn((files.mentioning(name) ?? []).filter((path) => bearsName(path.slice(path.lastIndexOf('/') + 1), stemOf(name)) && !ofTests.test(path)));
}

/** Interfaces whose classes lie in another layer: what is kept, and who serves it. */
const mayBeFar = /(?:Repository|Repo|Store|Storage|Dao|DAO|Dal|DAL|Gateway|Port|Adapter|Persistence|Service|Manager|Provider|Client|Reader|Writer|Finder|Loader|Query|Queries|Model|Contract|Interface)$/;
const ofTests = /(?:^|\/)(?:__)?(?:tests?|mocks?|fakes?|fixtures?|e2e|spec)(?:__)?\//i;

/** `IUserRepository`, `UserRepositoryInterface` → `userrepository`. */
function stemOf(name: string): string {
  return plain(name.replace(/^I(?=[A-Z])/, '').replace(/^(?:Abstract|Base)(?=[A-Z])|(?:Interface|Port|Contract)$/g, ''));
}

/** True for a file of code, and no double, that is called after what is looked for. */
function bearsName(fileName: string, stem: string): boolean {
  return isCode(fileName) && !doubles.test(fileName) && plain(fileName).includes(stem);
}

function candidatesFor(name: string, folder: string, files: OpenedFiles): string[] {
  const stem = stemOf(name);
  const names = files.names(folder) ?? [];
  const inFolder = (parent: string, each: string): string => (parent === '' ? each : `${parent}/${each}`);
  const further = names.filter((each) => usual.test(each)).map((each) => inFolder(folder, each.slice(0, -1)));
  return [folder, ...further].flatMap((parent) => (files.names(parent) ?? []).filter((each) => bearsName(each, stem)).map((each) => inFolder(parent, each)));
}

/** `prisma-user.repository.ts`, `UserRepository` → letters alone. */
function plain(name: string): string {
  return name.replaceAll(/[^A-Za-z]/g, '').toLowerCase();
}

function classesFor(name: string, tree: SourceFile): ClassLikeDeclaration[] {
  return tree.statements.filter((statement) => ts.isClassDeclaration(statement)).filter((statement) =>
    !doubles.test(statement.name?.text ?? '') && (statement.heritageClauses?.some((clause) => clause.types.some(({ expression }) => nameText(expression) === name)) ?? false));
}
