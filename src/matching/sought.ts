/** How the callers of a function are found: what it is called, by whom it may be meant, and which files may mean it. */
import { ts, type FunctionBody, type Node, type SourceFile } from '../code/compiler.ts';
import { stemOf } from '../code/paths.ts';
import { exportsOf } from '../code/scope.ts';
import { bare, decapitalised, enclosingFunction, isPrivate, lastName, memberAccess, nameText, parentNames, pathOf, propertyOf, returnedExpressions, spanOf, stepAt, wrapped } from '../code/syntax.ts';
import type { Step } from '../model.ts';
import type { Named } from './functions-of-change.ts';

/** A function whose callers must be looked for: what it is called, what its file and owner are called, and where it stands at the head. */
export type Sought = {
  /**
   * It leads to a query or a request now; it no longer checks what it is given; or the rows that it gives come without a relation
   * or a limit which they had before.
   */
  why: 'deed' | 'check' | 'rows';
  names: readonly string[];
  /** A file that mentions none of these cannot mean this function. Empty where that cannot be told. */
  owners: readonly string[];
  /** What a file most likely says that calls it: the name of its file. */
  near: string;
  /** The class whose method it is: classes that extend it have it too. */
  inClass?: string;
  /** Relations that its rows come without now: a file that mentions none of them cannot miss one. Absent where that is not all that its rows lost. */
  lost?: readonly string[];
  /** Its first line at the head. */
  step: Step;
  endLine: number;
};

/** Shorter names stand everywhere. */
const shortestName = 2;

/** The words to look for in the repository's text. */
export function wordsOf(sought: readonly Sought[]): string[] {
  return [...new Set(sought.flatMap(({ names, owners, near }) => [...names, ...owners, near]).filter((word) => isWord.test(word)))];
}

/** Names may be any text in quotes, and files may be called anything: only what code writes as it is can be looked for. */
const isWord = /^[\p{L}\p{N}_$][\p{L}\p{N}_$.-]{0,80}$/u;

/** True for a file that the functions can make repeat a lesson, by its text: one in which a relation is missed must mention it. */
export function mayMiss(text: string, sought: readonly Sought[]): boolean {
  return sought.some(({ lost }) => !lost || lost.some((name) => text.includes(name)));
}

/** True when a file that mentions these words names the very file of one of the functions. */
export function isNear(words: ReadonlySet<string>, sought: readonly Sought[]): boolean {
  return sought.some(({ near }) => words.has(near));
}

/** True when a file that mentions these words may extend the class of one of the functions. */
export function mayInherit(words: ReadonlySet<string>, sought: readonly Sought[]): boolean {
  return sought.some(({ inClass }) => inClass !== undefined && words.has(inClass));
}

/** True when a file that mentions these words may call one of the functions. */
export function mayCall(words: ReadonlySet<string>, sought: readonly Sought[]): boolean {
  return sought.some(({ names, owners }) => names.some((name) => words.has(name)) && (owners.length === 0 || owners.some((owner) => words.has(owner))));
}

/** What must be looked for to find those who call a function; nothing where only its own file can. */
export function soughtFrom({ fn, name }: Named, why: Sought['why']): Sought[] {
  const tree = fn.getSourceFile();
  const called = calledAs(fn, name, tree);
  if (!called) return [];
  const names = called.names.filter((each) => each.length >= shortestName);
  return names.length > 0 ? [{ ...called, why, names, near: stemOf(pathOf(fn)), step: stepAt(fn), endLine: spanOf(fn, tree).endLine }] : [];
}

type Called = Pick<Sought, 'names' | 'owners' | 'inClass'>;

function calledAs(fn: FunctionBody, name: string, tree: SourceFile): Called | undefined {
  const holder = ts.isMethodDeclaration(fn) || ts.isGetAccessorDeclaration(fn) ? fn.parent : wrapped(fn).parent;
  const owner = ts.isPropertyDeclaration(holder) ? holder.parent : holder;
  if (ts.isClassLike(owner)) return isPrivate(ts.isPropertyDeclaration(holder) ? holder : fn) ? undefined : { names: [name], owners: ownersOf(owner, tree), ...(owner.name && { inClass: owner.name.text }) };
  if (ts.isConstructorDeclaration(fn) || ts.isSetAccessorDeclaration(fn)) return undefined;
  const object = ts.isPropertyAssignment(holder) ? holder.parent : holder;
  if (ts.isObjectLiteralExpression(object)) {
    const owners = ownersOfObject(object, tree);
    return owners && { names: [name], owners };
  }
  if (ts.isBinaryExpression(holder) && memberAccess(holder.left)) return name === 'exports' ? byFile(tree) : { names: [name], owners: [] };
  const outer = enclosingFunction(fn);
  if (outer) return isHandedOut(name, outer) ? { names: [name], owners: [] } : undefined;
  return exportedAs(fn, name, tree);
}

/** A class, what it extends and implements, and its file: whoever has an instance names one of them. */
function ownersOf(node: import('ts-morph').ts.ClassLikeDeclaration, tree: SourceFile): string[] {
  const named = [...(node.name ? [node.name.text] : []), ...parentNames(node)].filter((each) => each.length >= shortestName);
  return [...new Set([...named, ...named.map(decapitalised), stemOf(pathOf(tree))])];
}

/**
 * The names of an object that a file keeps at its top, however deep inside it the function stands: `export const repos = { posts: { load } }`.
 * None for an object that some named function makes, whose users call it as they like. Undefined for one that is only handed to
 * a call, such as the options of a framework.
 */
function ownersOfObject(object: Node, tree: SourceFile): string[] | undefined {
  let outer = wrapped(object);
  while (ts.isPropertyAssignment(outer.parent)) outer = wrapped(outer.parent.parent);
  const holder = outer.parent;
  const stem = stemOf(pathOf(tree));
  if (ts.isExportAssignment(holder) || (ts.isBinaryExpression(holder) && memberAccess(holder.left))) return [stem];
  const fn = enclosingFunction(object);
  if (!fn) return ts.isVariableDeclaration(holder) && ts.isIdentifier(holder.name) ? [holder.name.text, stem] : undefined;
  const maker = wrapped(fn).parent;
  const isMaker = ts.isFunctionDeclaration(fn) || ts.isVariableDeclaration(maker) || ts.isExportAssignment(maker) || ts.isBinaryExpression(maker) || ts.isClassLike(fn.parent);
  return isMaker && (ts.isReturnStatement(holder) || ts.isVariableDeclaration(holder) || holder === fn) ? [] : undefined;
}

/** True when a function gives this name out in an object: `return { load }`. */
function isHandedOut(name: string, outer: FunctionBody): boolean {
  return returnedExpressions(outer).some((each) => {
    const given = bare(each);
    return ts.isObjectLiteralExpression(given) && propertyOf(given, name) !== undefined;
  });
}

/** The names under which a function at the top of its file can be imported; of a script without exports its own. */
function exportedAs(fn: FunctionBody, name: string, tree: SourceFile): Called | undefined {
  const { named, whole, passedOn } = exportsOf(tree);
  const holder = wrapped(fn).parent;
  const isIt = (node: Node): boolean => node === fn || node === holder || (ts.isIdentifier(node) && node.text === name);
  const names = [...named].flatMap(([exported, value]) => ('node' in value && isIt(value.node) ? [exported] : []));
  if (names.length === 0 && named.size === 0 && passedOn.length === 0 && !whole) return { names: [name], owners: [] };
  if (whole) {
    const given = bare(whole);
    if (isIt(given)) return byFile(tree);
    const property = ts.isObjectLiteralExpression(given) ? given.properties.find((each) => isPassed(each, name)) : undefined;
    const key = property?.name && nameText(property.name);
    if (key !== undefined) return { names: [key], owners: [] };
  }
  if (names.length === 0) return undefined;
  const fromFile = names.includes('default') ? byFile(tree).names : [];
  return { names: [...names.filter((each) => each !== 'default'), ...fromFile], owners: [] };
}

/** `{ load }` or `{ loadPosts: load }` */
function isPassed(property: import('ts-morph').ts.ObjectLiteralElementLike, name: string): boolean {
  if (ts.isShorthandPropertyAssignment(property)) return property.name.text === name;
  return ts.isPropertyAssignment(property) && ts.isIdentifier(property.initializer) && property.initializer.text === name;
}

/** What a file gives as a whole may be called anything; whoever takes it writes the file's name. */
function byFile(tree: SourceFile): Called {
  return { names: [stemOf(pathOf(tree))], owners: [] };
}

/** The names, and what a file's imports make of them: `{ load as loadPosts }`, and whatever it calls a file that is named so. */
export function withLocalNames(names: ReadonlySet<string>, tree: SourceFile): ReadonlySet<string> {
  const all = new Set(names);
  const isNamedSo = (specifier: Node | undefined): boolean => specifier !== undefined && ts.isStringLiteralLike(specifier) && names.has(stemOf(specifier.text));
  const ofRequire = ({ name, initializer }: import('ts-morph').ts.VariableDeclaration): void => {
    const call = initializer && bare(initializer);
    if (!call || !ts.isCallExpression(call) || !ts.isIdentifier(call.expression) || call.expression.text !== 'require') return;
    if (ts.isIdentifier(name) && isNamedSo(call.arguments[0])) all.add(name.text);
    if (ts.isObjectBindingPattern(name)) for (const each of name.elements) if (each.propertyName && names.has(nameText(each.propertyName) ?? '') && ts.isIdentifier(each.name)) all.add(each.name.text);
  };
  for (const statement of tree.statements) {
    if (ts.isVariableStatement(statement)) statement.declarationList.declarations.forEach(ofRequire);
    if (!ts.isImportDeclaration(statement)) continue;
    const { name, namedBindings } = statement.importClause ?? {};
    if (name && isNamedSo(statement.moduleSpecifier)) all.add(name.text);
    if (namedBindings && ts.isNamedImports(namedBindings)) for (const each of namedBindings.elements) if (each.propertyName && names.has(each.propertyName.text)) all.add(each.name.text);
  }
  return all;
}

/** Classes that inherit a method which was sought: whoever has an instance of them may call it. */
export function heirsIn(tree: SourceFile, sought: readonly Sought[]): Sought[] {
  const found: Sought[] = [];
  const visit = (node: Node): void => {
    if (ts.isClassLike(node) && node.name) {
      const parent = node.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)?.types[0]?.expression;
      const parentName = parent && lastName(parent);
      for (const { inClass, ...each } of sought) {
        if (inClass !== undefined && inClass === parentName) found.push({ ...each, owners: ownersOf(node, tree), near: stemOf(pathOf(tree)), inClass: node.name.text });
      }
    }
    ts.forEachChild(node, visit);
  };
  if (sought.some(({ inClass }) => inClass !== undefined && tree.text.includes(inClass))) visit(tree);
  return found;
}

/** Names under which a file passes a function on that is called otherwise there: `export { load as loadPosts } from './posts'`. */
export function aliasesIn(tree: SourceFile, sought: readonly Sought[]): Sought[] {
  const found: Sought[] = [];
  for (const [alias, value] of exportsOf(tree).named) {
    if (!('from' in value) || alias === value.name || alias === 'default' || alias.length < shortestName) continue;
    const meant = sought.find(({ names }) => names.includes(value.name)) ?? (value.name === 'default' ? sought[0] : undefined);
    if (meant) found.push({ why: meant.why, ...(meant.lost && { lost: meant.lost }), names: [alias], owners: [], near: stemOf(pathOf(tree)), step: stepAt(tree.statements[0] ?? tree), endLine: 1 });
  }
  return found;
}
