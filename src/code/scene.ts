import type { ts as C } from 'ts-morph';
import type { Side } from '../model.ts';
import {
  ts,
  type CallExpression,
  type ClassElement,
  type ClassLikeDeclaration,
  type Expression,
  type FunctionBody,
  type Node,
  type ParameterDeclaration,
  type SourceFile,
  type TypeNode,
} from './compiler.ts';
import { implementationsOf } from './implementations.ts';
import { byPromise, likeness, mayExport, mostOpened, openedAtOnce, type Candidate } from './barrel.ts';
import { dependenciesOf, resolveModule } from './modules.ts';
import type { OpenedFiles } from './opened-files.ts';
import { assignmentsTo, declarationNamed, declarationOf, exportsOf, type Declared, type Exports } from './scope.ts';
import { bare, enclosingFunction, isFunctionBody, memberAccess, nameText, propertyOf, wrapped, writtenReturnType, writtenType } from './syntax.ts';
import { isUnknown, unknown, type Value } from './value.ts';

/** Definitions followed one behind the other before an answer is given up. */
const deepest = 24;
/** Expressions looked at for one question. Keeps a hostile file from stalling the review. */
const mostSteps = 4_000;

/** What a repository says of its own code, by the word that it extends or adds: asked where what is built in knows nothing. */
export type OwnWords = ReadonlyMap<string, { word: unknown; at(node: Node, scene: Scene): Readonly<Record<string, string | number | boolean | undefined>> | undefined }>;

const nothingExported: Exports = { named: new Map(), passedOn: [] };

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
  private readonly exportsBefore = new Map<string, Value>();
  private readonly memory = new Map<unknown, Map<Node, Remembered>>();
  private round = 0;
  private readonly following = new Set<Node>();
  private depth = 0;
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
    this.following.add(expression);
    this.depth += 1;
    const value = this.follow(expression);
    this.depth -= 1;
    this.following.delete(expression);
    // Deep inside a chain of definitions an answer may have been cut short by the guards: keep those that are whole.
    if (this.depth === 0 || !isUnknown(value)) this.keep(valueOfMemory, expression, value, this.files.misses > before);
    return value;
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
    if (access) {
      const value = this.member(this.valueOf(access.of), access.name, node);
      return isUnknown(value) ? this.assertedType(expression) : value;
    }
    if (ts.isCallExpression(node)) {
      const value = this.callResult(node);
      return isUnknown(value) || value.kind === 'result' ? this.better(this.assertedType(expression), value) : value;
    }
    if (ts.isNewExpression(node)) return this.instanceOf(this.valueOf(node.expression), node.typeArguments, node);
    if (isFunctionBody(node)) return { kind: 'function', node };
    if (ts.isClassExpression(node)) return { kind: 'class', node };
    if (ts.isObjectLiteralExpression(node)) return { kind: 'object', node };
    if (ts.isArrayLiteralExpression(node)) return { kind: 'array', node };
    if (ts.isLiteralExpression(node) || ts.isTemplateExpression(node)) return { kind: 'literal', node };
    if (ts.isConditionalExpression(node)) return this.better(this.valueOf(node.whenTrue), this.valueOf(node.whenFalse));
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
        return this.better(this.valueOf(node.right), this.valueOf(node.left));
      case ts.SyntaxKind.AmpersandAmpersandToken:
      case ts.SyntaxKind.EqualsToken:
      case ts.SyntaxKind.CommaToken:
        return this.valueOf(node.right);
      default:
        return unknown;
    }
  }

  /** Of two possible values the one that says more. */
  private better(first: Value, second: Value): Value {
    return weight(second) > weight(first) ? second : first;
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
    // A list that starts empty says only what it is declared to hold.
    if (isSaying(written) && !(written.kind === 'array' && written.node.elements.length === 0 && type)) return written;
    const typed = type ? this.valueOfType(type) : unknown;
    if (isSaying(typed)) return typed;
    if (ts.isIdentifier(node.name) && !(node.parent.flags & ts.NodeFlags.Const)) {
      for (const later of assignmentsTo(node.name.text, node).slice(0, 8)) {
        const value = this.valueOf(later);
        if (isSaying(value)) return value;
      }
    }
    return this.better(typed, written);
  }

  /** `const { a: { b } } = x` and `const [first] = xs`, to any depth. */
  private ofBinding(node: C.BindingElement): Value {
    const holder = node.parent.parent;
    const whole = ts.isBindingElement(holder) ? this.ofBinding(holder) : ts.isParameter(holder) ? this.ofParameter(holder) : this.ofVariable(holder);
    if (ts.isArrayBindingPattern(node.parent)) {
      const index = node.parent.elements.indexOf(node);
      const literal = whole.kind === 'array' ? whole.node.elements[index] : undefined;
      if (literal) return this.valueOf(literal);
      const typed = (ts.isParameter(holder) || ts.isVariableDeclaration(holder)) && holder.type ? this.tupleElement(holder.type, index) : unknown;
      return isSaying(typed) ? typed : (this.settled(whole, index) ?? this.elementOf(whole));
    }
    if (node.dotDotDotToken) return whole;
    const name = node.propertyName ? nameText(node.propertyName) : ts.isIdentifier(node.name) ? node.name.text : undefined;
    if (name === undefined) return unknown;
    const value = this.member(whole, name, node);
    return isSaying(value) || !node.initializer ? value : this.better(value, this.valueOf(node.initializer));
  }

  /** `const [a, b] = await Promise.all([f(), g()])`: the call at that place. */
  private settled(whole: Value, index: number): Value | undefined {
    if (whole.kind !== 'result' || whole.of.kind !== 'member' || whole.of.name !== 'all') return undefined;
    const list = whole.node.arguments[0] && bare(whole.node.arguments[0]);
    const element = list && ts.isArrayLiteralExpression(list) ? list.elements[index] : undefined;
    return element && !ts.isSpreadElement(element) ? this.valueOf(element) : undefined;
  }

  /** The value at one place of a tuple type, also of `Parameters<typeof f>`. */
  private tupleElement(type: TypeNode, index: number, depth = 0): Value {
    if (depth > 6) return unknown;
    if (ts.isTupleTypeNode(type)) {
      const element = type.elements[index];
      return element ? this.valueOfType(ts.isNamedTupleMember(element) ? element.type : element) : unknown;
    }
    if (!ts.isTypeReferenceNode(type)) return unknown;
    const [first] = type.typeArguments ?? [];
    if (ts.isIdentifier(type.typeName) && type.typeName.text === 'Parameters' && first) {
      const fn = this.functionType(first, 0);
      const parameter = fn?.parameters[index];
      return parameter?.type ? this.valueOfType(parameter.type) : unknown;
    }
    const named = this.ofEntity(type.typeName);
    return named.kind === 'interface' && ts.isTypeAliasDeclaration(named.node) ? this.tupleElement(named.node.type, index, depth + 1) : unknown;
  }

  private functionType(type: TypeNode, depth: number): C.SignatureDeclaration | undefined {
    if (depth > 6) return undefined;
    if (ts.isFunctionTypeNode(type)) return type;
    const named = ts.isTypeReferenceNode(type) ? this.ofEntity(type.typeName) : ts.isTypeQueryNode(type) ? this.ofEntity(type.exprName) : unknown;
    if (named.kind === 'function') return named.node;
    return named.kind === 'interface' && ts.isTypeAliasDeclaration(named.node) ? this.functionType(named.node.type, depth + 1) : undefined;
  }

  private ofParameter(node: ParameterDeclaration): Value {
    const type = writtenType(node);
    const typed = type ? this.valueOfType(type) : unknown;
    if (isSaying(typed)) return typed;
    const initial = node.initializer ? this.valueOf(node.initializer) : unknown;
    if (isSaying(initial)) return initial;
    const given = this.givenToCallback(node);
    return isSaying(given) ? given : { kind: 'parameter', node };
  }

  /** What the language itself hands to a callback: an element of a list, or what a promise gives. */
  private givenToCallback(node: ParameterDeclaration): Value {
    const fn = node.parent;
    const call = wrapped(fn).parent;
    if (!call || !ts.isCallExpression(call) || call.arguments[0] !== wrapped(fn)) return unknown;
    const access = memberAccess(bare(call.expression));
    const position = fn.parameters.indexOf(node);
    if (!access) return unknown;
    if (access.name === 'then') return position === 0 ? this.valueOf(access.of) : unknown;
    if (position !== (access.name.startsWith('reduce') ? 1 : 0) || !perElement.has(access.name)) return unknown;
    return this.elementOf(this.valueOf(access.of));
  }

  /** The value of an import in the file at `from`. */
  imported(specifier: string, name: string, from: string): Value {
    const resolved = resolveModule(specifier, from, this.files);
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
    const value = this.exportedBy(path, name, []);
    if (this.files.misses === before) this.exportsBefore.set(key, value);
    return value;
  }

  private exportedBy(path: string, name: string, passed: readonly string[]): Value {
    if (passed.includes(path) || passed.length > 12) return unknown;
    const text = this.files.text(path);
    if (text === undefined || !mayExport(text, name)) return unknown;
    const tree = this.files.tree(path);
    if (!tree) return unknown;
    const exports = exportsOf(tree);
    const own = exports.named.get(name);
    if (own) {
      if ('from' in own) return this.reExported(own.from, own.name, path, passed);
      return this.ofNode(own.node);
    }
    if (exports.whole) return name === 'default' ? this.valueOf(exports.whole) : this.member(this.valueOf(exports.whole), name);
    if (name === 'default' && exports.named.size > 0 && !isEsModule(tree)) return { kind: 'module', path };
    if (name === 'default') return unknown;
    return this.behindBarrel(path, exports.passedOn, name, passed);
  }

  /** What one of the files that a barrel passes on, or of those behind them, exports under a name. Of the likeliest ones only some are opened. */
  private behindBarrel(barrel: string, passedOn: readonly string[], name: string, passed: readonly string[]): Value {
    const candidates = (specifiers: readonly string[], from: string, depth: number): Candidate[] => specifiers.map((specifier) => ({ specifier, from, depth, likeness: likeness(specifier, name) }));
    const seen = new Set([barrel, ...passed]);
    let open = candidates(passedOn, barrel, 0).sort(byPromise);
    let beyond: Value = unknown;
    const left = { ...mostOpened };
    while (open.length > 0 && left.files > 0 && left.barrels > 0) {
      const some = open.splice(0, openedAtOnce);
      const before = this.files.misses;
      const resolved = some.map(({ specifier, from }) => resolveModule(specifier, from, this.files));
      // Here: a likelier file is still on its way, so nobody need open the others yet.
      if (this.files.misses > before) return unknown;
      for (const [at, each] of resolved.entries()) {
        if (typeof each === 'string') continue;
        if ('package' in each) {
          if (isUnknown(beyond)) beyond = { kind: 'external', from: each.package, path: [name] };
          continue;
        }
        const { path } = each;
        const text = seen.has(path) ? undefined : this.files.text(path);
        seen.add(path);
        if (text === undefined) continue;
        const tree = mayExport(text, name) ? this.files.tree(path) : undefined;
        const { named, whole, passedOn: further } = tree ? exportsOf(tree) : nothingExported;
        left[further.length > 0 ? 'barrels' : 'files'] -= 1;
        const value = named.has(name) || whole ? this.exportedBy(path, name, [...passed, barrel]) : unknown;
        if (isSaying(value)) return value;
        if (further.length > 0) open = [...open, ...candidates(further, path, some[at]!.depth + 1)].sort(byPromise);
      }
    }
    return beyond;
  }

  private reExported(specifier: string, name: string, from: string, passed: readonly string[]): Value {
    const resolved = resolveModule(specifier, from, this.files);
    if (resolved === 'pending' || resolved === 'unknown') return unknown;
    if ('package' in resolved) return { kind: 'external', from: resolved.package, path: [name] };
    return name === '*' ? { kind: 'module', path: resolved.path } : this.exportedBy(resolved.path, name, [...passed, from]);
  }

  private ofNode(node: Node): Value {
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
      if (ts.isFunctionDeclaration(up)) return unknown;
    }
    return unknown;
  }

  /** What `super` is at a node: an instance of what its class extends. */
  private superAt(node: Node): Value {
    const self = this.thisAt(node);
    const parent = self.kind === 'instance' ? this.lineage(self.node)[1] : undefined;
    if (!parent) return unknown;
    return parent.node ? { kind: 'instance', node: parent.node } : { kind: 'made', of: parent.beyond, ...(parent.types && { types: parent.types }) };
  }

  private instanceOf(callee: Value, types: readonly TypeNode[] | undefined, node?: Node): Value {
    if (callee.kind === 'class') return { kind: 'instance', node: callee.node, ...(types && { types }) };
    if (callee.kind === 'external' || callee.kind === 'member' || callee.kind === 'result' || callee.kind === 'global') {
      return { kind: 'made', of: callee, ...(types && { types }), ...(node && { node }) };
    }
    return unknown;
  }

  private callResult(node: CallExpression): Value {
    const callee = bare(node.expression);
    const first = node.arguments[0];
    if (ts.isIdentifier(callee) && callee.text === 'require' && first && ts.isStringLiteralLike(first) && !declarationOf(callee)) {
      return this.required(first.text, pathOf(node));
    }
    if (callee.kind === ts.SyntaxKind.ImportKeyword && first && ts.isStringLiteralLike(first)) return this.imported(first.text, '*', pathOf(node));
    const value = this.valueOf(callee);
    if (value.kind === 'function') {
      const returned = this.returned(value.node);
      if (returned.kind === 'function') return this.wrappedBy(value.node, returned.node, node) ?? returned;
      return isSaying(returned) ? returned : unknown;
    }
    if (value.kind === 'maker') return this.valueOfType(value.gives);
    if (value.kind === 'external' || value.kind === 'member' || value.kind === 'result' || value.kind === 'made' || value.kind === 'global' || value.kind === 'instance') {
      return { kind: 'result', of: value, node };
    }
    return unknown;
  }

  /** `const find = cache.memoize(async (id) => …)`: of a function that gives another one which runs its argument, the argument says what is done. */
  private wrappedBy(wrapper: FunctionBody, inner: FunctionBody, call: CallExpression): Value | undefined {
    for (const [index, parameter] of wrapper.parameters.entries()) {
      const given = call.arguments[index] && bare(call.arguments[index]);
      if (!given || !isFunctionBody(given) || !ts.isIdentifier(parameter.name) || !inner.body || !calls(inner.body, parameter.name.text)) continue;
      return { kind: 'function', node: given };
    }
    return undefined;
  }

  private required(specifier: string, from: string): Value {
    const resolved = resolveModule(specifier, from, this.files);
    if (resolved === 'pending' || resolved === 'unknown') return unknown;
    if ('package' in resolved) return { kind: 'external', from: resolved.package, path: ['*'] };
    const tree = this.files.tree(resolved.path);
    const whole = tree && exportsOf(tree).whole;
    return whole ? this.valueOf(whole) : { kind: 'module', path: resolved.path };
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
    if (!ts.isBlock(fn.body)) return this.better(typed, this.valueOf(fn.body));
    for (const expression of returnedExpressions(fn).slice(0, 6)) {
      const value = this.valueOf(expression);
      if (isSaying(value) && value.kind !== 'literal') return value;
    }
    return typed;
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
    switch (of.kind) {
      case 'external':
        // The interop of CommonJS: `pkg.default.X`, `import * as pkg`; both mean the export X.
        return { kind: 'external', from: of.from, path: of.path.length === 1 && of.path[0] === '*' ? [name] : [...of.path, name] };
      case 'module':
        return name === 'default' ? this.better(this.exported(of.path, name), of) : this.exported(of.path, name);
      case 'object':
        return this.objectMember(of.node, name);
      case 'class':
        return this.staticMember(of.node, name, node);
      case 'instance':
        return this.instanceMember(of.node, name, node);
      case 'interface':
        return this.interfaceMember(of.node, name);
      case 'made':
      case 'result':
      case 'member':
      case 'element':
      case 'parameter':
      case 'global':
        return { kind: 'member', of, name, ...(node && { node }) };
      case 'array':
      case 'list':
        return { kind: 'member', of, name, ...(node && { node }) };
      default:
        return unknown;
    }
  }

  private objectMember(object: C.ObjectLiteralExpression, name: string): Value {
    const property = propertyOf(object, name);
    if (property) {
      if (ts.isPropertyAssignment(property)) return this.valueOf(property.initializer);
      if (ts.isShorthandPropertyAssignment(property)) return this.named(property.name.text, object);
      if (ts.isMethodDeclaration(property)) return { kind: 'function', node: property };
      if (ts.isGetAccessorDeclaration(property)) return this.returned(property);
    }
    for (const spread of object.properties) {
      if (!ts.isSpreadAssignment(spread)) continue;
      // An object may be spread into itself: `config = { ...config, debug }`.
      if (this.depth >= deepest) return unknown;
      this.depth += 1;
      const value = this.member(this.valueOf(spread.expression), name);
      this.depth -= 1;
      if (isSaying(value)) return value;
    }
    return unknown;
  }

  private instanceMember(node: ClassLikeDeclaration, name: string, at?: Node): Value {
    for (const { node: level, beyond, types } of this.lineage(node)) {
      if (!level) return { kind: 'member', of: { kind: 'made', of: beyond, ...(types && { types }) }, name, ...(at && { node: at }) };
      const value = this.ownMember(level, name, false);
      if (value) return value;
    }
    return unknown;
  }

  private staticMember(node: ClassLikeDeclaration, name: string, at?: Node): Value {
    for (const { node: level, beyond } of this.lineage(node)) {
      // A static that the class inherits from a package keeps the class in sight: `User.findAll` with `class User extends Model`.
      if (!level) return { kind: 'member', of: { kind: 'class', node }, name, ...(at && { node: at }) };
      const value = this.ownMember(level, name, true);
      if (value) return value;
      void beyond;
    }
    return { kind: 'member', of: { kind: 'class', node }, name, ...(at && { node: at }) };
  }

  /** A class and what it extends, nearest first; the last may be a class of a package (`beyond`). */
  lineage(node: ClassLikeDeclaration): { node?: ClassLikeDeclaration; beyond: Value; types?: readonly TypeNode[] }[] {
    const line: { node?: ClassLikeDeclaration; beyond: Value; types?: readonly TypeNode[] }[] = [];
    for (let level: ClassLikeDeclaration | undefined = node; level && line.length < 8 && !line.some((each) => each.node === level); ) {
      line.push({ node: level, beyond: unknown });
      const heritage: C.ExpressionWithTypeArguments | undefined = level.heritageClauses?.find((clause) => clause.token === ts.SyntaxKind.ExtendsKeyword)?.types[0];
      if (!heritage) break;
      const parent: Value = this.valueOf(heritage.expression);
      level = parent.kind === 'class' ? parent.node : undefined;
      if (!level && !isUnknown(parent)) line.push({ beyond: parent, ...(heritage.typeArguments && { types: heritage.typeArguments }) });
    }
    return line;
  }

  private ownMember(node: ClassLikeDeclaration, name: string, isStatic: boolean): Value | undefined {
    let property: ClassElement | undefined;
    for (const element of node.members) {
      if (ts.isConstructorDeclaration(element)) {
        if (isStatic) continue;
        const injected = element.parameters.find((each) => each.modifiers?.length && ts.isIdentifier(each.name) && each.name.text === name);
        if (injected) return this.ofParameter(injected);
        continue;
      }
      if (!element.name || nameText(element.name) !== name || hasModifier(element, ts.SyntaxKind.StaticKeyword) !== isStatic) continue;
      if (ts.isMethodDeclaration(element)) {
        if (element.body) return { kind: 'function', node: element };
        property ??= element;
      } else if (ts.isGetAccessorDeclaration(element)) return this.returned(element);
      else property = element;
    }
    if (!property) return isStatic ? undefined : this.assignedMember(node, name);
    if (ts.isMethodDeclaration(property) && hasModifier(property, ts.SyntaxKind.AbstractKeyword)) return this.implemented(node, name);
    if (!ts.isPropertyDeclaration(property)) return unknown;
    return this.ofProperty(node, property, name);
  }

  /** `this.db = new Database()` of a class in JavaScript, which declares no members. */
  private assignedMember(node: ClassLikeDeclaration, name: string): Value | undefined {
    const assigned = assignedInConstructor(node, name);
    return assigned && this.valueOf(assigned);
  }

  private ofProperty(node: ClassLikeDeclaration, property: C.PropertyDeclaration, name: string): Value {
    const written = property.initializer ? this.valueOf(property.initializer) : unknown;
    if (isSaying(written)) return written;
    const type = writtenType(property);
    const typed = type ? this.valueOfType(type) : unknown;
    if (isSaying(typed)) return typed;
    const assigned = assignedInConstructor(node, name);
    const value = assigned ? this.valueOf(assigned) : unknown;
    return isSaying(value) ? value : this.better(typed, written);
  }

  private interfaceMember(node: Node, name: string): Value {
    const members = ts.isInterfaceDeclaration(node) ? node.members : ts.isTypeAliasDeclaration(node) && ts.isTypeLiteralNode(node.type) ? node.type.members : undefined;
    if (!members) return unknown;
    const found = members.find((member) => member.name && nameText(member.name) === name);
    if (found && ts.isPropertySignature(found) && found.type && !ts.isFunctionTypeNode(found.type)) return this.valueOfType(found.type);
    if (!found) return unknown;
    const implemented = this.implemented(node, name);
    const type = ts.isMethodSignature(found) ? found.type : ts.isPropertySignature(found) && found.type && ts.isFunctionTypeNode(found.type) ? found.type.type : undefined;
    return isUnknown(implemented) && type ? { kind: 'maker', gives: type } : implemented;
  }

  /** The method of a class that stands beside its interface, or beside the abstract class that leaves it open. */
  private implemented(declared: Node, name: string): Value {
    if (this.depth >= deepest) return unknown;
    this.depth += 1;
    const found = implementationsOf(declared, this.files).map((node) => this.ownMember(node, name, false)).find((value) => value?.kind === 'function');
    this.depth -= 1;
    return found ?? unknown;
  }

  /** What a value of a declared type stands for. */
  valueOfType(type: TypeNode): Value {
    if (this.depth >= deepest || this.steps++ > mostSteps) return unknown;
    this.depth += 1;
    const value = this.readType(type);
    this.depth -= 1;
    return value;
  }

  private readType(type: TypeNode): Value {
    if (ts.isParenthesizedTypeNode(type)) return this.valueOfType(type.type);
    if (ts.isTypeReferenceNode(type)) return this.ofTypeReference(type);
    if (ts.isTypeQueryNode(type)) return this.ofEntity(type.exprName);
    if (ts.isImportTypeNode(type)) return this.ofImportType(type);
    if (ts.isUnionTypeNode(type) || ts.isIntersectionTypeNode(type)) {
      let best: Value = unknown;
      for (const each of type.types) best = this.better(best, this.valueOfType(each));
      return best;
    }
    if (ts.isArrayTypeNode(type)) return this.listOf(type.elementType);
    if (ts.isIndexedAccessTypeNode(type) && ts.isLiteralTypeNode(type.indexType) && ts.isStringLiteralLike(type.indexType.literal)) {
      return this.member(this.valueOfType(type.objectType), type.indexType.literal.text);
    }
    if (ts.isTypeOperatorNode(type)) return this.valueOfType(type.type);
    if (ts.isFunctionTypeNode(type)) return { kind: 'maker', gives: type.type };
    if (ts.isTypeLiteralNode(type)) return { kind: 'interface', node: type.parent && ts.isTypeAliasDeclaration(type.parent) ? type.parent : type };
    return unknown;
  }

  /** A list says more than its name only where its elements are things of a class: rows of other kinds are better told by where they come from. */
  private listOf(element: TypeNode): Value {
    const of = this.valueOfType(element);
    return of.kind === 'instance' ? { kind: 'list', of } : unknown;
  }

  private ofTypeReference(type: C.TypeReferenceNode): Value {
    const first = type.typeArguments?.[0];
    if (ts.isIdentifier(type.typeName) && first && !declarationOf(type.typeName)) {
      if (lists.has(type.typeName.text)) return this.listOf(first);
      if (seeThrough.has(type.typeName.text)) return this.valueOfType(first);
      if (type.typeName.text === 'ReturnType') {
        const value = this.valueOfType(first);
        return value.kind === 'function' ? this.returned(value.node) : value.kind === 'external' || value.kind === 'member' ? { kind: 'made', of: value } : unknown;
      }
      if (type.typeName.text === 'InstanceType') return this.instanceOf(this.valueOfType(first), undefined);
    }
    const value = this.ofEntity(type.typeName);
    if (value.kind === 'interface' && ts.isTypeAliasDeclaration(value.node) && !ts.isTypeLiteralNode(value.node.type)) return this.valueOfType(value.node.type);
    if (value.kind === 'global' || value.kind === 'parameter') return value.kind === 'global' && declarationNamed(value.name, type) === undefined ? { kind: 'made', of: value, ...(type.typeArguments && { types: type.typeArguments }) } : unknown;
    return value.kind === 'interface' || value.kind === 'enum' ? value : this.instanceOf(value, type.typeArguments);
  }

  /** `import('pg').Pool`. */
  private ofImportType({ argument, qualifier, isTypeOf, typeArguments }: C.ImportTypeNode): Value {
    if (!ts.isLiteralTypeNode(argument) || !ts.isStringLiteralLike(argument.literal)) return unknown;
    const names = qualifier ? namesOf(qualifier) : ['default'];
    const first = this.imported(argument.literal.text, names[0]!, pathOf(argument));
    const value = names.slice(1).reduce((of: Value, name) => this.member(of, name), first);
    return isTypeOf || value.kind === 'interface' || value.kind === 'enum' ? value : this.instanceOf(value, typeArguments);
  }

  private ofEntity(name: C.EntityName): Value {
    if (ts.isIdentifier(name)) return isTypeParameter(name.text, name) ? unknown : this.named(name.text, name);
    return this.member(this.ofEntity(name.left), name.right.text);
  }

  /** The function of this repository that a call runs; undefined for everything else. */
  calledFunction(call: CallExpression): FunctionBody | undefined {
    const value = this.valueOf(call.expression);
    if (value.kind === 'result') return functionWithin(value.node);
    return value.kind === 'function' && value.node.body ? value.node : undefined;
  }
}

/** Functions of packages that give a function which does the same, seldomer or observed. */
const wrappers = /^(?:p?[mM]emoi[sz]e\w*|moize|memo|cache|unstable_cache|throttle|debounce|wrap\w*|with(?:Span|Cache|Trac\w+|Retr\w+|Lock)|traced?|instrument\w*)$/;

/** The function that a wrapper of a package was given. */
function functionWithin(made: CallExpression): FunctionBody | undefined {
  const callee = bare(made.expression);
  const name = ts.isIdentifier(callee) ? callee.text : memberAccess(callee)?.name;
  const given = name !== undefined && wrappers.test(name) && made.arguments[0] ? bare(made.arguments[0]) : undefined;
  return given && isFunctionBody(given) && given.body ? given : undefined;
}

/** True where a name is called, or handed its arguments by `call` or `apply`. */
function calls(body: Node, name: string): boolean {
  let found = false;
  const visit = (node: Node): void => {
    if (found) return;
    if (ts.isCallExpression(node)) {
      const callee = bare(node.expression);
      const access = memberAccess(callee);
      const called = access && (access.name === 'call' || access.name === 'apply') ? bare(access.of) : callee;
      if (ts.isIdentifier(called) && called.text === name) found = true;
    }
    ts.forEachChild(node, visit);
  };
  visit(body);
  return found;
}

/** A conclusion, and the round in which it was drawn while a file was still missing. */
type Remembered = { value: unknown; pendingIn: number | undefined };

/** Methods of lists that call their first argument with an element. */
const perElement = new Set(['map', 'forEach', 'flatMap', 'filter', 'find', 'some', 'every', 'reduce', 'reduceRight']);

/** Methods of lists that give a list of the same things. */
const samePart = new Set(['filter', 'slice', 'concat', 'reverse', 'sort', 'toSorted', 'toReversed', 'splice', 'values']);
/** Types of lists, by their names. */
const lists = new Set(['Array', 'ReadonlyArray', 'Set', 'ReadonlySet', 'Iterable']);

const valueOfMemory = Symbol('value');
const returnedMemory = Symbol('returned');
const seeThrough = new Set(['Promise', 'Awaited', 'Readonly', 'Partial', 'Required', 'NonNullable', 'PromiseLike', 'Omit', 'Pick', 'DeepPartial', 'Extract', 'Exclude']);

/** True when a value leads somewhere: to code of this repository or into a package. */
function isSaying(value: Value): boolean {
  return weight(value) > 1;
}

function weight(value: Value): number {
  switch (value.kind) {
    case 'unknown':
      return 0;
    case 'global':
    case 'parameter':
      return 1;
    case 'member':
    case 'element':
      return weight(value.of) > 1 ? 4 : 1;
    case 'result':
      return weight(value.of) > 1 ? 4 : 1;
    case 'literal':
      return 2;
    case 'interface':
    case 'maker':
      return 3;
    case 'made':
      return value.of.kind === 'global' ? 2 : 5;
    default:
      return 5;
  }
}

/** The path of the file that a node stands in, relative to the repository. */
export function pathOf(node: Node): string {
  return node.getSourceFile().fileName.slice(1);
}

function isEsModule(tree: SourceFile): boolean {
  return tree.statements.some((statement) => ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement) || ts.isExportAssignment(statement) ||
    (ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword)));
}

function hasModifier(node: Node, kind: C.SyntaxKind): boolean {
  return ts.canHaveModifiers(node) && (ts.getModifiers(node)?.some((modifier) => modifier.kind === kind) ?? false);
}

/** True when `this` at a node means this object: it stands in a method, or in a function that is a property's value. */
function holdsThis(node: Node, object: Node): boolean {
  let fn = enclosingFunction(node);
  while (fn && ts.isArrowFunction(fn)) fn = enclosingFunction(fn);
  if (!fn) return false;
  const holder = wrapped(fn).parent;
  return fn.parent === object || (holder !== undefined && ts.isPropertyAssignment(holder) && holder.parent === object);
}

function assignedInConstructor(node: ClassLikeDeclaration, name: string): Expression | undefined {
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

/** The expressions that a function returns, without those of functions inside it. */
export function returnedExpressions(fn: FunctionBody): Expression[] {
  if (!fn.body) return [];
  if (!ts.isBlock(fn.body)) return [fn.body];
  const found: Expression[] = [];
  const visit = (node: Node): void => {
    if (isFunctionBody(node) || ts.isClassLike(node)) return;
    if (ts.isReturnStatement(node) && node.expression) found.push(node.expression);
    ts.forEachChild(node, visit);
  };
  visit(fn.body);
  return found;
}

function namesOf(name: C.EntityName): string[] {
  return ts.isIdentifier(name) ? [name.text] : [...namesOf(name.left), name.right.text];
}

function isTypeParameter(name: string, at: Node): boolean {
  for (let up = at.parent; up; up = up.parent) {
    if ((ts.isFunctionLike(up) || ts.isClassLike(up) || ts.isInterfaceDeclaration(up) || ts.isTypeAliasDeclaration(up)) && up.typeParameters?.some((each) => each.name.text === name)) return true;
  }
  return false;
}
