/** Which library of ours a package, a file or an export belongs to. */
import { ts, type Node } from '../code/compiler.ts';
import { packageName } from '../code/manifests.ts';
import type { Scene } from '../code/scene.ts';
import { pathOf } from '../code/syntax.ts';
import type { Value } from '../code/value.ts';
import { libraries } from '../libraries/index.ts';
import type { Library } from '../libraries/library.ts';

/** An export of a package. */
export type External = Extract<Value, { kind: 'external' }>;

/** The export that a value is, also where the platform declares it and no import is needed: `Parse.Query`, `D1Database`. */
export function exportedOf(value: Value): External | undefined {
  if (value.kind === 'external') return value;
  if (value.kind === 'global') return platform.get(value.name);
  if (value.kind !== 'member') return undefined;
  const holder = value.of.kind === 'external' ? undefined : exportedOf(value.of);
  return holder && { ...holder, path: [...holder.path, value.name] };
}

const platform = new Map(libraries.flatMap(({ globals, packages }) =>
  Object.entries(globals ?? {}).map(([name, exported]): [string, External] => [name, { kind: 'external', from: packages[0]!, path: [exported] }])));

/** The library that a specifier belongs to. */
export function libraryOf(specifier: string): Library | undefined {
  const known = bySpecifier.get(specifier);
  if (known !== undefined) return known ?? undefined; // null: no library of ours
  const library = findLibrary(specifier);
  bySpecifier.set(specifier, library ?? null);
  return library;
}

const bySpecifier = new Map<string, Library | null>();

function findLibrary(specifier: string): Library | undefined {
  const name = packageName(specifier);
  const plain = forked.exec(name)?.[1];
  return libraries.find((library) => library.packages.includes(specifier) || library.packages.includes(name) || library.paths?.test(specifier) || (plain !== undefined && library.packages.includes(plain)));
}

/** `@acme/typeorm`: forks and thin covers, whose exports are those of the package that they are called after. */
const forked = /^@[\w.-]+\/(typeorm|knex|mongoose|sequelize|kysely|drizzle-orm)$/;

const used = new WeakMap<ReadonlyMap<string, string>, readonly Library[]>();

/** The libraries among the dependencies of the package that a node's file belongs to. */
export function librariesAt(node: Node, scene: Scene): readonly Library[] {
  const dependencies = scene.dependencies(pathOf(node));
  if (!dependencies) return [];
  let known = used.get(dependencies);
  if (!known) used.set(dependencies, (known = libraries.filter((library) => [...dependencies.keys()].some((name) => libraryOf(name) === library || library.packages.includes(name)))));
  return known;
}

/** `InjectModel` is a name of both @nestjs/mongoose and @nestjs/sequelize: the import decides. */
export function importsLibrary(node: Node, name: string, library: Library): boolean {
  return node.getSourceFile().statements.some((statement) =>
    ts.isImportDeclaration(statement) && ts.isStringLiteralLike(statement.moduleSpecifier) && library.packages.includes(statement.moduleSpecifier.text) &&
    statement.importClause?.namedBindings !== undefined && ts.isNamedImports(statement.importClause.namedBindings) &&
    statement.importClause.namedBindings.elements.some((element) => element.name.text === name));
}

/** True when the repository itself says what a value is, so that its name has nothing to add. */
export function leadsSomewhere(value: Value): boolean {
  switch (value.kind) {
    case 'instance':
    case 'class':
    case 'function':
    case 'array':
    case 'list':
    case 'literal':
    case 'module':
    case 'enum':
      return true;
    case 'object':
      // An object that starts empty is filled somewhere else, as registries of models are.
      return value.node.properties.length > 0;
    case 'external':
      // Of what a database package exports itself, its library's data says what it is: `import knex from 'knex'` is a factory and no client.
      return packagesOfLibraries.has(value.from);
    case 'made':
      // What another package calls `PrismaService` is most likely what its name says, so the name under which it is kept may tell.
      return value.of.kind === 'external' ? isForeign(value.of.from) && !calledLikeLibrary.test(value.of.path.at(-1) ?? '') : innocentTypes.has(value.of.kind === 'global' ? value.of.name : '');
    default:
      return false;
  }
}

const calledLikeLibrary = new RegExp(`^(?:${libraries.map(({ name }) => name.replaceAll(/\W/g, '')).join('|')})`, 'i');
const packagesOfLibraries = new Set(libraries.flatMap(({ packages }) => packages));
const innocentTypes = new Set(['Map', 'Set', 'WeakMap', 'URLSearchParams', 'Headers', 'FormData', 'Array', 'Date', 'RegExp', 'URL', 'AbortController']);

/** A package that is no database library, so that what it makes is none of ours. Relative specifiers are files we could not find. */
function isForeign(specifier: string): boolean {
  return !specifier.startsWith('.') && !specifier.startsWith('@/') && !specifier.startsWith('~') && libraryOf(specifier) === undefined && (specifier.startsWith('node:') || /^[a-z]/.test(specifier));
}
