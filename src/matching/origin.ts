/** Where a name in code comes from: what `from` pins, and what an import calls something. */
import { ts, type Expression, type Node, type SourceFile } from '../code/compiler.ts';
import { resolveModule } from '../code/modules.ts';
import { folderOf, joinPath } from '../code/paths.ts';
import { declarationOf } from '../code/scope.ts';
import type { Scene } from '../code/scene.ts';
import { bare, memberAccess, nameText, pathOf } from '../code/syntax.ts';
import type { Value } from '../code/value.ts';

/** True when what is called, constructed or named here comes from a package, or from a file of the repository. */
export function comesFrom(code: Node, from: string, scene: Scene): boolean {
  const callee = calleeOf(code);
  const root = rootOf(callee);
  const taken = ts.isIdentifier(root) ? takenFrom(root) : undefined;
  if (taken && isSpecifierOf(taken.from, from, pathOf(root))) return true;
  const value = scene.valueOf(callee);
  const external = packageOf(value);
  return external !== undefined ? isPackage(external, from) : liesIn(value, from, root, scene);
}

/** The module that a name is taken from, as it is written there, and what it is called in it: `*` for the whole. */
export function takenFrom(name: import('ts-morph').ts.Identifier): { from: string; name: string } | undefined {
  const declared = declarationOf(name);
  if (declared?.kind === 'import') return { from: declared.from, name: declared.name };
  if (declared?.kind === 'variable') return partOfModule(declared.node.initializer);
  if (declared?.kind !== 'binding' || !ts.isVariableDeclaration(declared.node.parent.parent)) return undefined;
  const whole = partOfModule(declared.node.parent.parent.initializer);
  const part = ts.isObjectBindingPattern(declared.node.parent) ? nameText(declared.node.propertyName ?? declared.node.name) : undefined;
  return whole?.name === '*' && part !== undefined ? { from: whole.from, name: part } : undefined;
}

/** `require('a')`, `await import('a')`, or a member of what they give. */
function partOfModule(code: Expression | undefined): { from: string; name: string } | undefined {
  const made = code && bare(code);
  if (!made) return undefined;
  const access = memberAccess(made);
  if (access) {
    const whole = partOfModule(access.of);
    return whole?.name === '*' ? { from: whole.from, name: access.name } : undefined;
  }
  const [specifier] = ts.isCallExpression(made) ? made.arguments : [];
  if (!ts.isCallExpression(made) || !specifier || !ts.isStringLiteralLike(specifier)) return undefined;
  const loads = made.expression.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(made.expression) && made.expression.text === 'require' && !declarationOf(made.expression));
  return loads ? { from: specifier.text, name: '*' } : undefined;
}

function calleeOf(code: Node): Expression {
  const node = bare(code as Expression);
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) return node.expression;
  return ts.isTaggedTemplateExpression(node) ? node.tag : node;
}

/** What stands at the beginning of a chain: `a` of `a.b().c`. */
function rootOf(expression: Expression): Expression {
  let root = bare(expression);
  for (;;) {
    const inner: Expression | undefined = memberAccess(root)?.of ?? (ts.isCallExpression(root) || ts.isNewExpression(root) ? root.expression : undefined);
    if (!inner) return root;
    root = bare(inner);
  }
}

/** The package that a value leads back to. */
export function packageOf(value: Value): string | undefined {
  for (let current = value; ; ) {
    if (current.kind === 'external') return current.from;
    if (current.kind === 'member' || current.kind === 'made' || current.kind === 'result' || current.kind === 'element') current = current.of;
    else return undefined;
  }
}

/** True for the package itself and what lies below it: `lodash/chunk` is lodash. */
function isPackage(specifier: string, from: string): boolean {
  const [given, wanted] = [specifier, from].map((each) => each.replace(/^node:/, '')) as [string, string];
  return given === wanted || given.startsWith(`${wanted}/`);
}

function isSpecifierOf(specifier: string, from: string, path: string): boolean {
  if (!specifier.startsWith('.')) return isPackage(specifier, from);
  const file = joinPath(folderOf(path), specifier);
  return file !== undefined && isFile(file, from);
}

/** The ending of a file with code, as `from` writes it. */
const codeEnding = /\.[cm]?[jt]sx?$/;

/** True when a path leads to the file that `from` names, whatever endings are written. A bare name is a package and no file. */
function isFile(path: string, from: string): boolean {
  if (/^[\w.:-]+$/.test(from) && !codeEnding.test(from)) return false;
  const plain = (each: string): string => each.replace(/^\.\//, '').replace(codeEnding, '').replace(/\/index$/, '');
  return plain(path) === plain(from);
}

/** Code of the repository: `from` names its file, or the workspace package that it belongs to. */
function liesIn(value: Value, from: string, at: Node, scene: Scene): boolean {
  const path = value.kind === 'module' ? value.path : 'node' in value && value.node && value.kind !== 'parameter' ? pathOf(value.node) : undefined;
  if (path === undefined) return false;
  if (isFile(path, from)) return path !== pathOf(at);
  if (!/^@?[\w.-]+(?:\/[\w.-]+)?$/.test(from)) return false;
  const resolved = resolveModule(from, pathOf(at), scene.files);
  if (typeof resolved === 'string' || !('path' in resolved)) return false;
  const folder = resolved.path.replace(/(?:^|\/)(?:src|lib|dist|build)\/.*$/, '');
  const own = folder === resolved.path ? folderOf(resolved.path) : folder;
  return own !== '' && path.startsWith(`${own}/`) && path !== pathOf(at);
}

/** True when code calls an import something else than the package does: `Q` after `import { Queue as Q }`, `queues.Queue` after `import * as queues`. */
export function isAliasOf(given: Expression, name: string, from: string | undefined, scene: Scene): boolean {
  if (ts.isIdentifier(given)) return isRenamed(given, name, from, scene);
  const access = memberAccess(given);
  if (!access || access.name !== name) return false;
  if (partOfModule(given)) return true;
  if (!ts.isIdentifier(access.of) || !otherNamesIn(given.getSourceFile()).get(access.of.text)?.has('*')) return false;
  const declared = declarationOf(access.of);
  if (declared?.kind === 'import') return declared.name === '*' || (declared.name === 'default' && from !== undefined);
  return declared?.kind === 'variable' && isRequired(declared.node.initializer, scene);
}

/** False for a name that stands for nothing that is called otherwise elsewhere. */
export function mayHaveOtherName(name: import('ts-morph').ts.Identifier): boolean {
  return otherNamesIn(name.getSourceFile()).has(name.text);
}

const otherNames = new WeakMap<SourceFile, ReadonlyMap<string, ReadonlySet<string>>>();

/**
 * What names of a file may be called elsewhere: the exported name of a renamed import, the member that a variable was taken
 * from, `*` for whole modules. Asked for every name that a pattern does not say, so it is read off the file once.
 */
function otherNamesIn(file: SourceFile): ReadonlyMap<string, ReadonlySet<string>> {
  const known = otherNames.get(file);
  if (known) return known;
  const names = new Map<string, Set<string>>();
  const add = (local: string, name: string): void => void (names.get(local)?.add(name) ?? names.set(local, new Set([name])));
  const visit = (node: Node): void => {
    if (ts.isImportSpecifier(node) && node.propertyName) add(node.name.text, node.propertyName.text === 'default' ? '*' : node.propertyName.text);
    else if (ts.isNamespaceImport(node) || ts.isImportEqualsDeclaration(node) || (ts.isImportClause(node) && node.name)) add(node.name!.text, '*');
    else if (ts.isBindingElement(node) && node.propertyName && ts.isIdentifier(node.name)) add(node.name.text, nameText(node.propertyName) ?? '');
    else if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer) {
      const made = bare(node.initializer);
      const access = memberAccess(made);
      if (access) add(node.name.text, access.name === 'default' ? '*' : access.name);
      else if (ts.isIdentifier(made)) add(node.name.text, made.text);
      else if (ts.isCallExpression(made)) add(node.name.text, '*');
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  otherNames.set(file, names);
  return names;
}

function isRenamed(given: import('ts-morph').ts.Identifier, name: string, from: string | undefined, scene: Scene): boolean {
  const others = otherNamesIn(given.getSourceFile()).get(given.text);
  if (!others || !(others.has(name) || (others.has('*') && isDefaultOf(name, from)))) return false;
  const taken = takenFrom(given);
  if (taken) return taken.name === name || ((taken.name === 'default' || taken.name === '*') && from !== undefined && isSpecifierOf(taken.from, from, pathOf(given)) && isDefaultOf(name, from));
  const declared = declarationOf(given);
  if (declared?.kind !== 'binding' && declared?.kind !== 'variable') return false;
  // Only a declaration that mentions the name is worth following.
  const written = declared.kind === 'binding' ? declared.node.getText() : (declared.node.initializer?.getText() ?? '');
  if (!written.slice(0, 400).includes(name)) return false;
  const value = scene.valueOf(given);
  return value.kind === 'external' && value.path.at(-1) === name;
}

function isRequired(initializer: Expression | undefined, scene: Scene): boolean {
  if (!initializer) return false;
  const value = scene.valueOf(initializer);
  return value.kind === 'external' && value.path.at(-1) === '*';
}

/** A default import has whatever name its file gave it; a name like the package's or the file's own tells that it is meant. */
export function isDefaultOf(name: string, from: string | undefined): boolean {
  return from !== undefined && folded(from.split('/').at(-1)!.replace(codeEnding, '')) === folded(name);
}

function folded(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}
