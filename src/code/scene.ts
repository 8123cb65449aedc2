import type { ts as C } from 'ts-morph';
import type { Side } from '../model.ts';
import {
  ts,
  type CallExpression,
  type ClassLikeDeclaration,
  type Expression,
  type FunctionBody,
  type Node,
  type ParameterDeclaration,
  type TypeNode,
} from './compiler.ts';
import { givenToCallback, loadedThrough, withArguments, wrappedBy } from './callbacks.ts';
import { readType, tupleElement } from './declared-types.ts';
import { calledAfter, injectedByName, mayBeAnything } from './injected.ts';
import { exportedBy, required, requiredByName, wholeOf } from './exports.ts';
import { pairOf, sameThingsAs, takenOut } from './lookups.ts';
import { mergedBy } from './merged.ts';
import { handedToMixin } from './mixins.ts';
import { forReceiver } from './self-types.ts';
import { locatedBy } from './service-locators.ts';
import { lineageOf, memberOf, prototypeOwner, type Lineage } from './members.ts';
import { dependenciesOf } from './manifests.ts';
import { resolveModule } from './modules.ts';
import type { OpenedFiles } from './opened-files.ts';
import { assignmentsTo, declarationNamed, declarationOf, type Declared } from './scope.ts';
import { bare, calleeName, enclosingFunction, hasModifier, isFunctionBody, memberAccess, nameText, pathOf, returnedExpressions, wrapped, writtenReturnType, writtenType } from './syntax.ts';
import { better, instanceOf, isSaying, isUnknown, unknown, type Value } from './value.ts';

/** Definitions followed one behind the other before an answer is given up. */
const deepest = 24;
/** Calls of a chain from which on it is asked from its beginning, and at most so many of them. */
const longChain = 5;
const longestChain = 200;
/** Expressions looked at for one question. Keeps a hostile file from stalling the review. */
const mostSteps = 4_000;

/** What a repository says of its own code, by the word that it extends or adds: asked where what is built in knows nothing. */
export type OwnWords = ReadonlyMap<string, { word: unknown; at(node: Node, scene: Scene): Readonly<Record<string, string | number | boolean | undefined>> | undefined }>;



/** How much of a piece of code is asked about: all of it, itself and those of its members that are, what runs as the file is loaded, nothing. */
export type Extent = 'whole' | 'through' | 'surface' | 'none';

/** The code that is asked about. */
export type Asked = {
  /** Undefined for what is no part of a file by itself: it belongs to the part around it. */
  extentOf(node: Node): Extent | undefined;
  /** True for code in a part that is asked about. */
  includes(node: Node): boolean;
};

/**
 * All that a word may look at: the opened files of one side, and what can be asked of them. Questions about code that
 * is not opened answer "unknown" and leave a wish with the files, which the next round grants.
 */
export class Scene {
  readonly side: Side;
  readonly files: OpenedFiles;
  /** So many tests of conditions may still be made for the file at hand: conditions inside conditions multiply. */
  testsLeft = Infinity;
  /** The paths that the change at hand touches; absent in a scan. `anywhere`: the code at hand stands in a file without a name. */
  changed: { paths: readonly string[]; anywhere?: true } | undefined = undefined;
  /** What is asked about of the files that are looked at; absent where that is all of them. */
  asked: Asked | undefined = undefined;
  /** The repository's own words, where it has some. */
  own: OwnWords | undefined = undefined;
  /** Counts how often files came: what was concluded while some were missing holds until the next time. */
  round = 0;
  private readonly exportsBefore = new Map<string, Value>();
  private readonly memory = new Map<unknown, Map<Node, Remembered>>();
  private readonly following = new Set<Node>();
  private depth = 0;
  private inChain = false;
  private steps = 0;

  constructor(side: Side, files: OpenedFiles) {
    this.side = side;
    this.files = files;
  }

  /** Computes something about a node once. While `compute` runs, asking again for the same node gives `meanwhile`, so that recursion ends. */
  remember<T>(subject: unknown, node: Node, compute: () => T, meanwhile: T): T {
    const known = this.recall(subject, node);
    if (known) return known.value as T;
    this.keep(subject, node, meanwhile, false);
    const before = this.files.misses;
    const value = compute();
    this.keep(subject, node, value, this.files.misses > before);
    return value;
  }

  /** What was concluded before. Recalling a conclusion that waits for a file counts as missing that file again. */
  private recall(subject: unknown, node: Node): Remembered | undefined {
    const known = this.memory.get(subject)?.get(node);
    if (known?.pendingIn === undefined) return known;
    if (known.pendingIn !== this.round) return undefined;
    this.files.miss();
    return known;
  }

  private keep(subject: unknown, node: Node, value: unknown, pending: boolean): void {
    let known = this.memory.get(subject);
    if (!known) this.memory.set(subject, (known = new Map()));
    known.set(node, { value, pendingIn: pending ? this.round : undefined });
  }

  /** Files have come: what was concluded while they were missing is asked anew. */
  renew(): void {
    this.round += 1;
  }

  /** Forgets all conclusions, and with them the trees that they are about. */
  forget(): void {
    this.memory.clear();
    this.exportsBefore.clear();
  }

  /** The packages that a file may use, with their ranges; undefined where no package.json can be seen. */
  dependencies(path: string): ReadonlyMap<string, string> | undefined {
    return dependenciesOf(path, this.files);
  }

  /** What an expression stands for. */
  valueOf(expression: Expression): Value {
    if (this.depth === 0) this.steps = 0;
    if (this.depth >= deepest || this.steps++ > mostSteps || this.following.has(expression)) return unknown;
    const known = this.recall(valueOfMemory, expression);
    if (known) return known.value as Value;
    const before = this.files.misses;
    this.askFromBeginning(expression);
    this.following.add(expression);
    this.depth += 1;
    const value = this.follow(expression);
    this.depth -= 1;
    this.following.delete(expression);
    // Deep inside a chain of definitions an answer may have been cut short by the guards: keep those that are whole.
    if (this.depth === 0 || !isUnknown(value)) this.keep(valueOfMemory, expression, value, this.files.misses > before);
    return value;
  }

  /** A chain of calls is as deep as it is long: asked from its beginning, each link finds the one before it answered. */
  private askFromBeginning(expression: Expression): void {
    if (this.inChain || !ts.isCallExpression(expression)) return;
    const links: Expression[] = [];
    for (let node: Expression = expression; ts.isCallExpression(node) && links.length < longestChain; ) {
      const access: ReturnType<typeof memberAccess> = memberAccess(bare(node.expression));
      if (!access) break;
      node = access.of;
      if (ts.isCallExpression(node)) links.push(node);
    }
    if (links.length < longChain) return;
    this.inChain = true;
    for (const link of links.reverse()) this.valueOf(link);
    this.inChain = false;
  }

  private follow(expression: Expression): Value {
    const node = bare(expression);
    if (ts.isIdentifier(node)) {
      const value = this.named(node.text, node);
      return isUnknown(value) ? this.assertedType(expression) : value;
    }
    if (node.kind === ts.SyntaxKind.ThisKeyword) return this.thisAt(node);
    if (node.kind === ts.SyntaxKind.SuperKeyword) return this.superAt(node);
    const access = memberAccess(node);
    if (access && access.name === 'exports' && isModule(access.of)) return wholeOf(pathOf(node), this);
    if (access && access.name === 'constructor') return classOf(this.valueOf(access.of)) ?? this.assertedType(expression);
    if (access) {
      const value = this.member(this.valueOf(access.of), access.name, node);
      return mayBeAnything(value) ? better(better(this.assertedType(expression), value), calledAfter(access.name, node, this)) : value;
    }
    // `users[i]`: one of them.
    if (ts.isElementAccessExpression(node)) {
      const value = this.elementOf(this.valueOf(node.expression));
      return isUnknown(value) || value.kind === 'element' ? better(this.assertedType(expression), value) : value;
    }
    if (ts.isCallExpression(node)) {
      const value = this.callResult(node);
      return isUnknown(value) || value.kind === 'result' ? better(this.assertedType(expression), value) : value;
    }
    if (ts.isNewExpression(node)) return instanceOf(this.valueOf(node.expression), node.typeArguments, node);
    if (isFunctionBody(node)) return { kind: 'function', node };
    if (ts.isClassExpression(node)) return { kind: 'class', node };
    if (ts.isObjectLiteralExpression(node)) return { kind: 'object', node };
    if (ts.isArrayLiteralExpression(node)) return { kind: 'array', node };
    if (ts.isLiteralExpression(node) || ts.isTemplateExpression(node)) return { kind: 'literal', node };
    if (ts.isConditionalExpression(node)) return better(this.valueOf(node.whenTrue), this.valueOf(node.whenFalse));
    if (ts.isBinaryExpression(node)) return this.ofBinary(node);
    return this.assertedType(expression);
  }

  private ofBinary(node: C.BinaryExpression): Value {
    switch (node.operatorToken.kind) {
      case ts.SyntaxKind.QuestionQuestionToken:
      case ts.SyntaxKind.BarBarToken:
      case ts.SyntaxKind.QuestionQuestionEqualsToken:
      case ts.SyntaxKind.BarBarEqualsToken:
        // `globalThis.prisma ?? new PrismaClient()`: the side that says more.
        return better(this.valueOf(node.right), this.valueOf(node.left));
      case ts.SyntaxKind.AmpersandAmpersandToken:
      case ts.SyntaxKind.EqualsToken:
      case ts.SyntaxKind.CommaToken:
        return this.valueOf(node.right);
      default:
        return unknown;
    }
  }

  private assertedType(expression: Expression): Value {
    for (let node: Expression = expression; ; ) {
      if (ts.isAsExpression(node) || ts.isTypeAssertionExpression(node)) {
        const value = this.valueOfType(node.type);
        if (!isUnknown(value)) return value;
        node = node.expression;
      } else if (ts.isParenthesizedExpression(node) || ts.isAwaitExpression(node) || ts.isNonNullExpression(node) || ts.isSatisfiesExpression(node)) {
        node = node.expression;
      } else return unknown;
    }
  }

  /** What a name means at a node. */
  named(name: string, at: Node): Value {
    const declared = declarationNamed(name, at);
    if (!declared && name === 'exports') return { kind: 'module', path: pathOf(at) };
    return declared ? this.ofDeclared(declared) : { kind: 'global', name };
  }

  private ofDeclared(declared: Declared): Value {
    switch (declared.kind) {
      case 'import':
        return this.imported(declared.from, declared.name, pathOf(declared.node));
      case 'function':
        return { kind: 'function', node: declared.node };
      case 'class':
        return { kind: 'class', node: declared.node };
      case 'type':
        return { kind: 'interface', node: declared.node };
      case 'enum':
        return { kind: 'enum', node: declared.node };
      case 'parameter':
        return this.ofParameter(declared.node);
      case 'variable':
        return this.ofVariable(declared.node);
      case 'binding':
        return this.ofBinding(declared.node);
      case 'caught':
        return unknown;
    }
  }

  private ofVariable(node: C.VariableDeclaration): Value {
    const loop = node.parent.parent;
    if (ts.isForOfStatement(loop)) return this.elementOf(this.valueOf(loop.expression));
    const written = node.initializer ? this.valueOf(node.initializer) : unknown;
    const type = writtenType(node);
    // A list that starts empty says only what it is declared to hold, and what is kept only that it is kept: what is put there where it was not says more.
    if (isSaying(written) && !(written.kind === 'array' && written.node.elements.length === 0 && type) && !isKept(written)) return written;
    const typed = type ? this.valueOfType(type) : unknown;
    if (isSaying(typed)) return typed;
    if (ts.isIdentifier(node.name) && !(node.parent.flags & ts.NodeFlags.Const)) {
      for (const later of assignmentsTo(node.name.text, node).slice(0, 8)) {
        const value = this.valueOf(later);
        if (isSaying(value)) return value;
      }
    }
    return better(typed, written);
  }

  /** `const { a: { b } } = x` and `const [first] = xs`, to any depth. */
  private ofBinding(node: C.BindingElement): Value {
    const holder = node.parent.parent;
    const whole = ts.isBindingElement(holder) ? this.ofBinding(holder) : ts.isParameter(holder) ? this.ofParameter(holder) : this.ofVariable(holder);
    if (ts.isArrayBindingPattern(node.parent)) {
      const index = node.parent.elements.indexOf(node);
      const literal = whole.kind === 'array' ? whole.node.elements[index] : undefined;
      if (literal) return this.valueOf(literal);
      const typed = (ts.isParameter(holder) || ts.isVariableDeclaration(holder)) && holder.type ? tupleElement(holder.type, index, this) : unknown;
      return isSaying(typed) ? typed : (this.settled(whole, index) ?? pairOf(whole, index, this) ?? this.elementOf(whole));
    }
    if (node.dotDotDotToken) return whole;
    const name = node.propertyName ? nameText(node.propertyName) : ts.isIdentifier(node.name) ? node.name.text : undefined;
    if (name === undefined) return unknown;
    const value = this.member(whole, name, node);
    if (mayBeAnything(value) && !node.initializer) return better(injectedByName(node, this), value);
    return isSaying(value) || !node.initializer ? value : better(value, this.valueOf(node.initializer));
  }

  /** `const [a, b] = await Promise.all([f(), g()])`: the call at that place. */
  private settled(whole: Value, index: number): Value | undefined {
    if (whole.kind !== 'result' || whole.of.kind !== 'member' || whole.of.name !== 'all') return undefined;
    const list = whole.node.arguments[0] && bare(whole.node.arguments[0]);
    const element = list && ts.isArrayLiteralExpression(list) ? list.elements[index] : undefined;
    return element && !ts.isSpreadElement(element) ? this.valueOf(element) : undefined;
  }

  /** What a parameter stands for, by its type, its default or what is given to it. */
  ofParameter(node: ParameterDeclaration): Value {
    const type = writtenType(node);
    const typed = type ? this.valueOfType(type) : unknown;
    const initial = node.initializer ? this.valueOf(node.initializer) : unknown;
    // `runner: Runner = pool`: what stands in for it says more than a type that only lists its methods.
    if (isSaying(typed) && !(typed.kind === 'interface' && (initial.kind === 'made' || initial.kind === 'instance'))) return typed;
    if (isSaying(initial)) return initial;
    const given = better(givenToCallback(node, this), handedToMixin(node, this));
    if (isSaying(given)) return given;
    const injected = injectedByName(node, this);
    return isSaying(injected) ? injected : { kind: 'parameter', node };
  }

  /** The value of an import in the file at `from`. */
  imported(specifier: string, name: string, from: string): Value {
    const resolved = resolveModule(specifier, from, this.files);
    if (resolved === 'unknown' && madeByTools.test(specifier)) return { kind: 'external', from: specifier, path: [name] };
    if (resolved === 'pending' || resolved === 'unknown') return unknown;
    if ('package' in resolved) return { kind: 'external', from: resolved.package, path: [name] };
    return name === '*' ? { kind: 'module', path: resolved.path } : this.exported(resolved.path, name);
  }

  /** What a file of the repository exports under a name. */
  exported(path: string, name: string): Value {
    const key = `${name} ${path}`;
    const known = this.exportsBefore.get(key);
    if (known) return known;
    const before = this.files.misses;
    const value = exportedBy(path, name, [], this);
    if (this.files.misses === before) this.exportsBefore.set(key, value);
    return value;
  }

  /** What a declaration stands for. */
  ofDeclaration(node: Node): Value {
    if (ts.isVariableDeclaration(node)) return this.ofVariable(node);
    if (ts.isBindingElement(node)) return this.ofBinding(node);
    if (isFunctionBody(node)) return { kind: 'function', node };
    if (ts.isClassLike(node)) return { kind: 'class', node };
    if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return { kind: 'interface', node };
    if (ts.isEnumDeclaration(node)) return { kind: 'enum', node };
    return ts.isExpression(node) ? this.valueOf(node) : unknown;
  }

  /** What `this` is at a node: the instance of its class, or the object literal whose method it stands in. */
  private thisAt(node: Node): Value {
    for (let up = node.parent; up; up = up.parent) {
      if (ts.isClassElement(up) && hasModifier(up, ts.SyntaxKind.StaticKeyword) && ts.isClassLike(up.parent)) return { kind: 'class', node: up.parent };
      if (ts.isClassLike(up)) return { kind: 'instance', node: up };
      if (ts.isObjectLiteralExpression(up) && holdsThis(node, up)) return { kind: 'object', node: up };
      const owner = ts.isFunctionExpression(up) ? prototypeOwner(up) : undefined;
      if (owner) return instanceOf(this.valueOf(owner), undefined);
      if (ts.isFunctionDeclaration(up)) return up.name && /^[A-Z]/.test(up.name.text) ? instanceOf({ kind: 'function', node: up }, undefined) : unknown;
    }
    return unknown;
  }

  /** What `super` is at a node: an instance of what its class extends. */
  private superAt(node: Node): Value {
    const self = this.thisAt(node);
    const parent = self.kind === 'instance' ? lineageOf(self.node, this)[1] : undefined;
    if (!parent) return unknown;
    return parent.node ? { kind: 'instance', node: parent.node } : { kind: 'made', of: parent.beyond, ...(parent.types && { types: parent.types }) };
  }

  private callResult(node: CallExpression): Value {
    const callee = bare(node.expression);
    const first = node.arguments[0];
    if (first && ts.isIdentifier(callee) && callee.text === 'require' && !declarationOf(callee)) {
      if (ts.isStringLiteralLike(first)) return required(first.text, pathOf(node), this);
      if (ts.isTemplateExpression(first)) return requiredByName(first, this);
    }
    if (callee.kind === ts.SyntaxKind.ImportKeyword && first && ts.isStringLiteralLike(first)) return this.imported(first.text, '*', pathOf(node));
    const access = memberAccess(callee);
    // `dao.load.bind(dao)`: the same function.
    if (access?.name === 'bind') {
      const bound = this.valueOf(access.of);
      if (bound.kind === 'function') return bound;
    }
    const value = this.valueOf(callee);
    const located = locatedBy(node, value, this);
    if (located) return located;
    if (value.kind === 'function') {
      const loader = loadedThrough(value.node, node, this);
      if (loader) return this.returned(loader);
      const returned = this.returned(value.node);
      if (returned.kind === 'function') return wrappedBy(value.node, returned.node, node) ?? returned;
      return isSaying(returned) ? forReceiver(returned, value.node, node, this) : withArguments(returned, value.node, node, this);
    }
    if (value.kind === 'maker') return this.valueOfType(value.gives);
    const made = takenOut(node, value, this) ?? mergedBy(node, value, this);
    if (made) return made;
    if (value.kind === 'external' || value.kind === 'member' || value.kind === 'result' || value.kind === 'made' || value.kind === 'global' || value.kind === 'instance') {
      return { kind: 'result', of: value, node };
    }
    return unknown;
  }

  /** What a function of the repository gives back: what its return type names, else the first returned expression that says something. */
  returned(fn: FunctionBody): Value {
    const known = this.recall(returnedMemory, fn);
    if (known) return known.value as Value;
    if (this.following.has(fn)) return unknown;
    const before = this.files.misses;
    this.following.add(fn);
    const value = this.readReturned(fn);
    this.following.delete(fn);
    if (this.depth === 0 || !isUnknown(value)) this.keep(returnedMemory, fn, value, this.files.misses > before);
    return value;
  }

  private readReturned(fn: FunctionBody): Value {
    const type = writtenReturnType(fn);
    const typed = type ? this.valueOfType(type) : unknown;
    if (isSaying(typed) && typed.kind !== 'interface') return typed;
    if (!fn.body) return typed;
    if (!ts.isBlock(fn.body)) return better(typed, this.valueOf(fn.body));
    let first = typed;
    for (const expression of returnedExpressions(fn).slice(0, 6)) {
      const value = this.valueOf(expression);
      if (isSaying(value) && value.kind !== 'literal') return value;
      if (isUnknown(first) && value.kind === 'result') first = value;
    }
    return first;
  }

  /** An element of a list value. */
  elementOf(list: Value): Value {
    if (list.kind === 'array') {
      const first = list.node.elements[0];
      if (first && ts.isSpreadElement(first)) return this.elementOf(this.valueOf(first.expression));
      return first ? this.valueOf(first) : unknown;
    }
    if (list.kind === 'list') return list.of;
    // `codes.filter(…)`, `codes.sort(…)`: the same things, in another list.
    if (list.kind === 'result' && list.of.kind === 'member' && list.of.of.kind === 'list' && samePart.has(list.of.name)) return list.of.of.of;
    const same = list.kind === 'result' ? sameThingsAs(list, this) : undefined;
    if (same) return 'element' in same ? same.element : this.elementOf(this.valueOf(same.list));
    return this.madeOfEach(list) ?? (isUnknown(list) ? unknown : { kind: 'element', of: list });
  }

  /** `users.map((user) => new Presenter(user))`, also once all promises of it are awaited: a list of what the callback makes. */
  private madeOfEach(list: Value): Value | undefined {
    if (list.kind !== 'result' || list.of.kind !== 'member') return undefined;
    const given = list.node.arguments[0];
    if (!given) return undefined;
    if (list.of.name === 'all' && list.of.of.kind === 'global' && list.of.of.name === 'Promise') {
      const settled = this.valueOf(given);
      return settled.kind === 'array' ? undefined : this.madeOfEach(settled);
    }
    const callback = list.of.name === 'map' ? bare(given) : undefined;
    const made = callback && isFunctionBody(callback) ? this.returned(callback) : unknown;
    return made.kind === 'instance' ? made : undefined;
  }

  /** The member of a value by name, looked up where the value is defined in this repository. */
  member(of: Value, name: string, node?: Node): Value {
    return memberOf(of, name, node, this);
  }

  /** A class and what it extends, nearest first; the last may be a class of a package (`beyond`). */
  lineage(node: ClassLikeDeclaration): Lineage {
    return lineageOf(node, this);
  }

  /** Asks for something one definition further on; undefined where that is too far. */
  deeper<T>(ask: () => T): T | undefined {
    if (this.depth >= deepest) return undefined;
    this.depth += 1;
    const found = ask();
    this.depth -= 1;
    return found;
  }

  /** What a value of a declared type stands for. */
  valueOfType(type: TypeNode): Value {
    if (this.depth >= deepest || this.steps++ > mostSteps) return unknown;
    this.depth += 1;
    const value = readType(type, this);
    this.depth -= 1;
    return value;
  }

  /** The function of this repository that a call runs; undefined for everything else. */
  calledFunction(call: CallExpression): FunctionBody | undefined {
    const value = this.valueOf(call.expression);
    if (value.kind === 'result') return functionWithin(value);
    return value.kind === 'function' && value.node.body ? value.node : undefined;
  }
}

/** Folders whose code is made when a project is built, and lies in no repository. */
const madeByTools = /(?:^|[/._-])(?:generated|prisma)(?:[/._-]|$)/i;

/** Functions of packages that give a function which does the same, seldomer or observed. */
const wrappers = /^(?:p?[mM]emoi[sz]e\w*|moize|memo|cache|unstable_cache|throttle|debounce|wrap\w*|with(?:Span|Cache|Trac\w+|Retr\w+|Lock)|traced?|instrument\w*)$/;

/** The function that a wrapper of a package was given, whatever name the package's is imported under. */
function functionWithin({ of, node: made }: Extract<Value, { kind: 'result' }>): FunctionBody | undefined {
  const names = [calleeName(made), of.kind === 'external' ? of.path.at(-1) : undefined];
  const given = names.some((name) => name !== undefined && wrappers.test(name)) && made.arguments[0] ? bare(made.arguments[0]) : undefined;
  return given && isFunctionBody(given) && given.body ? given : undefined;
}

/** A conclusion, and the round in which it was drawn while a file was still missing. */
type Remembered = { value: unknown; pendingIn: number | undefined };

/** Methods of lists that give a list of the same things. */
const samePart = new Set(['filter', 'slice', 'concat', 'reverse', 'sort', 'toSorted', 'toReversed', 'splice', 'values']);


const valueOfMemory = Symbol('value');
const returnedMemory = Symbol('returned');


/** `cache.get(key)` of a thing that the repository does not say. */
function isKept(value: Value): boolean {
  return value.kind === 'result' && value.of.kind === 'member' && value.of.name === 'get';
}

/** `this.constructor`, in a method. */
function classOf(value: Value): Value | undefined {
  return value.kind === 'instance' ? { kind: 'class', node: value.node } : undefined;
}

/** True when `this` at a node means this object: it stands in a method, or in a function that is a property's value. */
function holdsThis(node: Node, object: Node): boolean {
  let fn = enclosingFunction(node);
  while (fn && ts.isArrowFunction(fn)) fn = enclosingFunction(fn);
  if (!fn) return false;
  const holder = wrapped(fn).parent;
  return fn.parent === object || (holder !== undefined && ts.isPropertyAssignment(holder) && holder.parent === object);
}

/** The `module` that each file of CommonJS is given. */
function isModule(node: Expression): boolean {
  return ts.isIdentifier(node) && node.text === 'module' && !declarationOf(node);
}
