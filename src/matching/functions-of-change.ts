/** The functions of changed files, each with what it was before. */
import { ts, type FunctionBody, type Node, type SourceFile } from '../code/compiler.ts';
import type { Asked, Scene } from '../code/scene.ts';
import { functionName, isFunctionBody, mentionsName, nameText, pathOf, propertyOf, wrapped } from '../code/syntax.ts';
import { handlerOf } from '../recognition/handler.ts';
import { resolverOf } from '../recognition/resolver.ts';

/** A file of code on both sides; what the change leaves alone is the same tree twice. */
export type CodePair = { head: SourceFile; base: SourceFile | undefined };

/** Functions asked about in one file; no file that people wrote has more. */
const mostFunctions = 2_000;

export type Named = {
  fn: FunctionBody;
  /** The functions, classes and keys that it stands in, and its own name. */
  symbol: string;
  /** The last part of it, as calls say it. */
  name: string;
};

const functionsBefore = new WeakMap<SourceFile, readonly Named[]>();

/** The functions of a file, as far as it is asked about. */
export function functionsOf(tree: SourceFile, asked: Asked | undefined): readonly Named[] {
  const known = functionsBefore.get(tree);
  if (known) return known;
  const found: Named[] = [];
  functionsBefore.set(tree, found);
  const visit = (node: Node, around: string): void => {
    if (found.length >= mostFunctions || asked?.extentOf(node) === 'none') return;
    // The signatures of an overloaded function run nothing.
    const full = isFunctionBody(node) && node.body ? (functionName(node) ?? (isWhole(node) ? 'default' : undefined)) : undefined;
    const symbol = full === undefined ? around : `${around} ${full}`;
    if (full !== undefined) found.push({ fn: node as FunctionBody, symbol, name: full.slice(full.lastIndexOf('.') + 1) });
    ts.forEachChild(node, (child) => visit(child, symbol));
  };
  visit(tree, '');
  return found;
}

/** `export default async (id) => …`, `export default function (id) { … }` */
function isWhole(node: FunctionBody): boolean {
  return ts.isFunctionDeclaration(node) || ts.isExportAssignment(wrapped(node).parent);
}

/**
 * What a function of the head was at the base: in the same file the one that reads the same, else the one of the same name in the same
 * order; else one of that name from another changed file, for it may have moved.
 */
export function counterpartsAmong(pairs: readonly CodePair[], asked: Asked | undefined): (named: Named) => FunctionBody | undefined {
  const inFile = new Map<string, FunctionBody[]>();
  const byText = new Map<string, FunctionBody>();
  const anywhere = new Map<string, FunctionBody>();
  const order = new Map<FunctionBody, number>();
  for (const { head, base } of pairs) {
    const path = pathOf(head);
    const seen = new Map<string, number>();
    for (const { fn, symbol } of functionsOf(head, asked)) {
      order.set(fn, seen.get(symbol) ?? 0);
      seen.set(symbol, (seen.get(symbol) ?? 0) + 1);
    }
    for (const { fn, symbol } of base ? functionsOf(base, asked) : []) {
      const key = `${path}\0${symbol}`;
      const before = inFile.get(key);
      if (before) before.push(fn);
      else inFile.set(key, [fn]);
      byText.set(`${key}\0${fn.getText()}`, fn);
      if (!anywhere.has(symbol)) anywhere.set(symbol, fn);
    }
  }
  return ({ fn, symbol }) => {
    const key = `${pathOf(fn)}\0${symbol}`;
    return byText.get(`${key}\0${fn.getText()}`) ?? inFile.get(key)?.[order.get(fn) ?? 0] ?? inFile.get(key)?.[0] ?? anywhere.get(symbol);
  };
}

/** True for what other code of the repository does not call: functions that serve requests, resolvers of fields, and components. */
export function isCalledByFramework(named: Named, scene: Scene): boolean {
  const { fn } = named;
  return isComponent(named) || handlerOf(fn, scene) !== undefined || resolverOf(fn, scene) !== undefined || isFieldOfGraphql(fn);
}

/** `{ type: …, args: …, resolve(…) { … } }` */
function isFieldOfGraphql(fn: FunctionBody): boolean {
  const property = ts.isMethodDeclaration(fn) ? fn : wrapped(fn).parent;
  const { parent: object } = property;
  const isResolve = (ts.isMethodDeclaration(property) || ts.isPropertyAssignment(property)) && /^(?:resolve|subscribe)$/.test(nameText(property.name) ?? '');
  return isResolve && ts.isObjectLiteralExpression(object) && propertyOf(object, 'type') !== undefined;
}

/** True for a function that hands the request on: it has routes for callers. */
export function isMiddleware({ parameters }: FunctionBody): boolean {
  return parameters.some(({ name }) => ts.isIdentifier(name) && /^_?next$/.test(name.text));
}

/** False for the constructor, which nobody calls by its name. */
export function mayBeCalled({ fn }: Named): boolean {
  return !ts.isConstructorDeclaration(fn);
}

/** A component: what draws it calls it. */
export function isComponent({ fn, name }: Named): boolean {
  return /^[A-Z]/.test(name) && /\.[jt]sx$/i.test(pathOf(fn));
}

/** A new method may take the place of one that the class inherited, and callers need not change for it. */
export function mayOverride(fn: FunctionBody): boolean {
  return ts.isClassLike(fn.parent) && (fn.parent.heritageClauses?.length ?? 0) > 0;
}

export function mentions({ body }: FunctionBody, names: ReadonlySet<string>): boolean {
  return body !== undefined && mentionsName(body, (name) => names.has(name));
}
