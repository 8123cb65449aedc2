import {
  ts,
  type CallExpression,
  type Expression,
  type FunctionBody,
  type Node,
  type ObjectLiteralExpression,
} from '../code/compiler.ts';
import type { ts as C } from 'ts-morph';
import { declarationOf } from '../code/scope.ts';
import type { Scene } from '../code/scene.ts';
import { bare, calleeName, inOneLine, isFunctionBody, memberAccess, nameText } from '../code/syntax.ts';
import { readers } from '../libraries/servers.ts';
import { cleaners, deepMerges, settling, tidying, type SinkKind } from '../libraries/sinks.ts';
import { checkingAt, isAccessQuestion, isSchema, keepsOnlyKnown, levelOfPattern, stripsWayOut, type Level } from './checking.ts';
import { queryPartsAt } from './query-parts.ts';
import { queryAt } from './query.ts';
import { looksLikeSql } from './sql-text.ts';
import { sinksAt } from './sinks.ts';
import {
  allTraces, asText, either, elementOf, findsOne, follow, isTracked, joined, listOf, mapTraces, memberOf, nothing, quotedTraces, step, textOfPieces, tracked, type Trace, type Tracked,
} from './tracked.ts';

/** What is done with a value that came in: a sink of text, or its part in a query. */
export type UseKind = SinkKind | 'write' | 'filter' | 'merge';

/** A place where something that came in through a parameter is used. */
export type Use = {
  kind: UseKind;
  trace: Trace;
  /** The code of this function that uses it: the sink or query itself, or the call that leads there. */
  site: Node;
  /** The code behind the site, in the functions that it calls; the last one is the sink or query. */
  behind: readonly Node[];
  /** A text whose caller must tell whether it reads like SQL. */
  ifSql: boolean;
  /** It stands between quotes in a statement. */
  quoted: boolean;
  /** The query changes rows. */
  writes: boolean;
  /** The database library, where one was recognised. */
  library: string | undefined;
};

/** A check of something that came in. It holds for everything that comes after it. */
export type Check = {
  parameter: number;
  path: readonly string[];
  level: Level;
  /** Made in passing by a function that was handed the whole request (who is signed in, say), not by one that is about this input. */
  inPassing?: true;
  /** Made by the rules of a class that is made of it. */
  byRules?: true;
};

/** What a function does with what comes in through its parameters. */
export type Flows = { uses: readonly Use[]; checks: readonly Check[]; returns: Tracked; reads: ReadonlyMap<Node, Trace> };

const none: Flows = { uses: [], checks: [], returns: nothing, reads: new Map() };

/** Calls followed one behind the other: controller → service → repository → helper. */
const deepest = 4;
/** Nodes looked at in one function; a longer one is not seen to its end. */
const mostNodes = 20_000;
/** Expressions within each other; deeper ones are nobody's handwriting. */
const mostNested = 400;
/** Uses and checks kept of one function. */
const mostUses = 120;
const mostChecks = 400;

/** One memory for every depth, so that an answer does not depend on who asked first. */
const ofFunction = Array.from({ length: deepest + 1 }, (_, depth) => Symbol(`flows ${depth}`));

/** Follows what comes in through a function's parameters to where it is used, checked and returned, also through the functions it calls. */
export function flowsOf(fn: FunctionBody, scene: Scene, depth = 0): Flows {
  if (!fn.body || depth > deepest) return none;
  return scene.remember(ofFunction[depth], fn, () => new Walk(fn, scene, depth).run(), none);
}

/** Which of the things that a parameter leads to are worth following. */
export type Relevant = (trace: Pick<Trace, 'parameter' | 'path'>) => boolean;

const ofHandler = Symbol('flows of handler');

/** The same for a function whose parameters are known: what leads to none of its inputs (a session, a response) is not followed. */
export function flowsOfHandler(fn: FunctionBody, scene: Scene, relevant: Relevant): Flows {
  return scene.remember(ofHandler, fn, () => new Walk(fn, scene, 0, relevant).run(), none);
}

/** True when a check of this level ends a use of this kind. */
export function ends(level: Level, kind: UseKind): boolean {
  if (level === 'schema' || level === 'content' || level === 'pin') return true;
  return kind === 'write' || kind === 'filter' || kind === 'merge' || kind === 'nosql' || kind === 'mass-assignment';
}

const elementMethods = new Set(['map', 'forEach', 'filter', 'flatMap', 'find', 'some', 'every', 'findIndex', 'sort', 'reduce', 'each', 'findLast', 'groupBy']);
const samePart = new Set(['filter', 'slice', 'concat', 'flat', 'reverse', 'sort', 'splice', 'toSorted', 'values', 'catch', 'finally', 'valueOf', 'freeze', 'toObject', 'toJSON', 'lean']);
const oneElement = new Set(['find', 'at', 'pop', 'shift', 'findLast', 'next']);
const textMethods = new Set(['trim', 'trimStart', 'trimEnd', 'toLowerCase', 'toUpperCase', 'slice', 'substring', 'substr', 'replace', 'replaceAll', 'padStart', 'padEnd', 'normalize', 'toString', 'concat', 'repeat', 'toLocaleLowerCase', 'toLocaleUpperCase']);
const questions = new Set(['startsWith', 'endsWith', 'includes', 'indexOf', 'match', 'search', 'localeCompare']);
const passing = new Set(['structuredClone', 'cloneDeep', 'clone', 'freeze', 'resolve', 'fromEntries', 'from', 'plainToInstance', 'plainToClass', 'camelcaseKeys', 'isolate', 'compact', 'uniq', 'flatten', 'of', 'toPlainObject', 'instanceToPlain']);
const making = new Set(['create', 'build', 'make', 'hydrate', 'fromJSON', 'fromJson', 'toEntity', 'toDomain', 'assign', 'merge', 'extend', 'defaults', 'instantiate']);

/** One walk through a function, in the order in which its text stands. */
class Walk {
  private readonly fn: FunctionBody;
  private readonly scene: Scene;
  private readonly depth: number;
  private readonly values = new Map<Node, Tracked>();
  private readonly evaluated = new Map<Node, Tracked>();
  private readonly branchOf = new Map<Node, number>();
  private readonly uses: Use[] = [];
  private readonly checks: Check[] = [];
  private readonly reads = new Map<Node, Trace>();
  /** Calls that something went into, and which are no query by themselves but may be the beginning of one. */
  private readonly unfinished = new Set<Node>();
  private returns: Tracked = nothing;
  private branch = 0;
  private nodes = 0;
  private nesting = 0;
  /** Collects what the function being walked returns, innermost last. */
  private readonly returning: Tracked[] = [];

  private readonly relevant: Relevant | undefined;
  /** Names under which something is kept; every other name means nothing here. */
  private readonly names = new Set<string>();

  constructor(fn: FunctionBody, scene: Scene, depth: number, relevant?: Relevant) {
    this.fn = fn;
    this.scene = scene;
    this.depth = depth;
    this.relevant = relevant;
  }

  run(): Flows {
    for (const [index, parameter] of this.fn.parameters.entries()) {
      const whole = this.worthFollowing(tracked([{ parameter: index, path: [], read: parameter, form: 'raw', lead: true, safeFor: [] }]));
      this.bind(parameter.name, whole, parameter);
    }
    this.returns = this.body(this.fn);
    return { uses: this.uses, checks: this.checks, returns: this.returns, reads: this.reads };
  }

  private worthFollowing(value: Tracked): Tracked {
    if (!this.relevant || value.traces.length === 0) return value;
    const traces = value.traces.filter(this.relevant);
    return traces.length === value.traces.length ? value : { ...value, traces };
  }

  private keep(declaration: Node, name: string, value: Tracked): void {
    this.values.set(declaration, value);
    this.names.add(name);
  }

  /** Walks a function's body and gives what it returns. */
  private body(fn: FunctionBody): Tracked {
    if (!fn.body) return nothing;
    if (!ts.isBlock(fn.body)) return this.evaluate(fn.body);
    this.returning.push(nothing);
    this.statement(fn.body);
    return this.returning.pop()!;
  }

  // -- statements -----------------------------------------------------------------------------------------------------

  private statement(node: Node): void {
    if (this.nodes++ > mostNodes) return;
    if (ts.isVariableDeclaration(node)) {
      this.bind(node.name, node.initializer ? this.evaluate(node.initializer) : nothing, node);
    } else if (ts.isReturnStatement(node)) {
      const value = node.expression ? this.evaluate(node.expression) : nothing;
      if (this.returning.length > 0) this.returning[this.returning.length - 1] = either(this.returning.at(-1)!, value);
    } else if (ts.isIfStatement(node)) {
      this.evaluate(node.expression);
      this.inBranch(() => this.statement(node.thenStatement));
      if (node.elseStatement) this.inBranch(() => this.statement(node.elseStatement!));
    } else if (ts.isForOfStatement(node) || ts.isForInStatement(node)) {
      const list = this.evaluate(node.expression);
      const [declared] = ts.isVariableDeclarationList(node.initializer) ? node.initializer.declarations : [];
      // The keys that `for…in` gives are names; their values are reached through the object.
      this.inBranch(() => {
        if (declared && ts.isForOfStatement(node)) this.bind(declared.name, elementOf(list), declared);
        this.statement(node.statement);
      });
    } else if (ts.isSwitchStatement(node)) {
      this.check(this.evaluate(node.expression), 'pin');
      for (const clause of node.caseBlock.clauses) this.inBranch(() => clause.statements.forEach((each) => this.statement(each)));
    } else if (ts.isIterationStatement(node, false)) {
      this.inBranch(() => ts.forEachChild(node, (child) => this.statement(child)));
    } else if (ts.isCatchClause(node)) {
      this.inBranch(() => this.statement(node.block));
    } else if (isFunctionBody(node)) {
      this.nested(node, []);
    } else if (ts.isClassLike(node) || ts.isTypeNode(node)) {
      return;
    } else if (ts.isExpression(node)) {
      this.evaluate(node);
    } else ts.forEachChild(node, (child) => this.statement(child));
  }

  private inBranch(walk: () => void): void {
    this.branch += 1;
    walk();
    this.branch -= 1;
  }

  /** A function inside this one: it sees the same variables. Its own parameters get what its caller is known to pass. */
  private nested(fn: FunctionBody, given: readonly Tracked[]): Tracked {
    for (const [index, parameter] of fn.parameters.entries()) this.bind(parameter.name, given[index] ?? nothing, parameter);
    let result = nothing;
    this.inBranch(() => { result = this.body(fn); });
    return result;
  }

  /** Gives a name, or every name of a pattern, its value. */
  private bind(name: C.BindingName, value: Tracked, declaration: Node): void {
    if (ts.isIdentifier(name)) {
      if (isTracked(value) || value.pieces || value.fields) this.keep(declaration, name.text, value);
      this.branchOf.set(declaration, this.branch);
      return;
    }
    for (const [index, element] of name.elements.entries()) {
      if (ts.isOmittedExpression(element)) continue;
      let part: Tracked;
      if (ts.isArrayBindingPattern(name)) part = value.fields?.get(String(index)) ?? elementOf(value);
      else if (element.dotDotDotToken) part = value;
      else {
        const key = element.propertyName ? nameText(element.propertyName) : ts.isIdentifier(element.name) ? element.name.text : undefined;
        part = key === undefined ? nothing : this.worthFollowing(memberOf(value, key, element));
        for (const trace of part.traces) if (trace.read === element) this.reads.set(element, trace);
      }
      if (element.initializer) part = either(part, this.evaluate(element.initializer));
      this.bind(element.name, part, element);
    }
  }

  // -- expressions ----------------------------------------------------------------------------------------------------

  private evaluate(expression: Expression): Tracked {
    const node = bare(expression);
    if (this.nodes++ > mostNodes || this.nesting >= mostNested) return nothing;
    this.nesting += 1;
    const value = this.read(node);
    this.nesting -= 1;
    this.evaluated.set(node, value);
    return value;
  }

  private valueAt(expression: Expression): Tracked {
    return this.evaluated.get(bare(expression)) ?? nothing;
  }

  private read(node: Expression): Tracked {
    if (ts.isIdentifier(node)) return this.variable(node);
    if (ts.isStringLiteralLike(node)) return { traces: [], pieces: [node.text] };
    if (ts.isTemplateExpression(node)) return this.template(node);
    const access = memberAccess(node);
    if (access) return this.member(node, access.of, access.name);
    if (ts.isElementAccessExpression(node)) return this.indexed(node);
    if (ts.isCallExpression(node)) return this.call(node);
    if (ts.isNewExpression(node)) return this.construct(node);
    if (ts.isObjectLiteralExpression(node)) return this.object(node);
    if (ts.isArrayLiteralExpression(node)) return listOf(node.elements.map((each) => (ts.isSpreadElement(each) ? elementOf(this.evaluate(each.expression)) : this.evaluate(each))));
    if (ts.isBinaryExpression(node)) return this.binary(node);
    if (ts.isConditionalExpression(node)) {
      this.evaluate(node.condition);
      let value = nothing;
      this.inBranch(() => { value = either(this.evaluate(node.whenTrue), this.evaluate(node.whenFalse)); });
      return value;
    }
    if (isFunctionBody(node)) return this.nested(node, []) && nothing;
    if (ts.isTaggedTemplateExpression(node)) return this.tagged(node);
    if (ts.isSpreadElement(node)) return this.evaluate(node.expression);
    if (ts.isYieldExpression(node)) return node.expression ? this.evaluate(node.expression) : nothing;
    if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) return this.evaluate(node.operand) && nothing;
    if (ts.isClassExpression(node)) return nothing;
    ts.forEachChild(node, (child) => this.statement(child));
    return nothing;
  }

  private variable(node: C.Identifier): Tracked {
    if (!this.names.has(node.text)) return nothing;
    const declared = declarationOf(node);
    if (!declared || declared.kind === 'import') return nothing;
    return this.values.get(declared.node) ?? nothing;
  }

  private member(node: Expression, of: Expression, name: string): Tracked {
    if (of.kind === ts.SyntaxKind.ThisKeyword || of.kind === ts.SyntaxKind.SuperKeyword) return nothing;
    const value = this.worthFollowing(memberOf(this.evaluate(of), name, node, bare(of)));
    this.noteRead(node, value, bare(of));
    return value;
  }

  /** Remembers the outermost code that reads something of a parameter. */
  private noteRead(node: Node, value: Tracked, inner: Node): void {
    const own = value.traces.find((trace) => trace.read === node);
    if (!own) return;
    this.reads.delete(inner);
    this.reads.set(node, own);
  }

  private indexed(node: C.ElementAccessExpression): Tracked {
    const index = this.evaluate(node.argumentExpression);
    const list = this.evaluate(node.expression);
    // `ALLOWED[input]`: only what the table holds comes out.
    if (isTracked(index) && !isTracked(list)) this.check(index, 'pin');
    if (ts.isNumericLiteral(node.argumentExpression)) {
      const known = list.fields?.get(node.argumentExpression.text);
      if (known) return known;
    }
    const text = textOfPieces(index);
    return text !== undefined && !text.includes('$$') ? memberOf(list, text) : elementOf(list);
  }

  private template(node: C.TemplateExpression): Tracked {
    const parts: Tracked[] = [{ traces: [], pieces: [node.head.text] }];
    for (const span of node.templateSpans) parts.push(this.evaluate(span.expression), { traces: [], pieces: [span.literal.text] });
    return joined(parts.filter((part) => part.pieces?.[0] !== '' || part.pieces.length > 1));
  }

  /** A tag takes its values as values: `` sql`… ${x}` `` is no text. */
  private tagged(node: C.TaggedTemplateExpression): Tracked {
    if (!ts.isTemplateExpression(node.template)) return nothing;
    const values = node.template.templateSpans.map((span) => this.evaluate(span.expression));
    const query = values.some((each) => isTracked(each)) ? queryAt(node, this.scene) : undefined;
    if (!query) return nothing;
    const writes = query.verb === 'write' || /^\s*(?:insert|update|delete|merge)\b/i.test(node.template.head.text);
    for (const trace of values.flatMap((value) => allTraces(value))) this.use(writes ? 'write' : 'filter', trace, node, { writes, library: query.library.name });
    return nothing;
  }

  private object(node: ObjectLiteralExpression): Tracked {
    const fields = new Map<string, Tracked>();
    let traces: readonly Trace[] = [];
    for (const property of node.properties) {
      if (ts.isSpreadAssignment(property)) {
        const spread = this.evaluate(property.expression);
        traces = [...traces, ...spread.traces];
        for (const [name, field] of spread.fields ?? []) fields.set(name, field);
      } else if (ts.isPropertyAssignment(property) || ts.isShorthandPropertyAssignment(property)) {
        const value = ts.isPropertyAssignment(property) ? this.evaluate(property.initializer) : this.shorthand(property);
        if (ts.isComputedPropertyName(property.name) && !ts.isStringLiteralLike(property.name.expression)) this.evaluate(property.name.expression);
        const name = nameText(property.name) ?? `[${inOneLine(property.name, 40)}]`;
        fields.set(name, value);
      } else if (isFunctionBody(property)) this.nested(property, []);
    }
    return { traces: tracked(traces).traces, fields };
  }

  private shorthand(property: C.ShorthandPropertyAssignment): Tracked {
    const value = this.variable(property.name);
    this.evaluated.set(property.name, value);
    return value;
  }

  private binary(node: C.BinaryExpression): Tracked {
    const operator = node.operatorToken.kind;
    if (isAssignment(operator)) return this.assign(node);
    const left = this.evaluate(node.left);
    if (operator === ts.SyntaxKind.AmpersandAmpersandToken || operator === ts.SyntaxKind.BarBarToken || operator === ts.SyntaxKind.QuestionQuestionToken) {
      let right = nothing;
      this.inBranch(() => { right = this.evaluate(node.right); });
      return operator === ts.SyntaxKind.AmpersandAmpersandToken ? right : either(left, right);
    }
    const right = this.evaluate(node.right);
    if (operator === ts.SyntaxKind.CommaToken) return right;
    if (operator === ts.SyntaxKind.PlusToken) return left.pieces || right.pieces || isTracked(left) || isTracked(right) ? joined([left, right]) : nothing;
    this.comparison(node, operator, left, right);
    return nothing;
  }

  /** What a comparison says about the values in it. */
  private comparison(node: C.BinaryExpression, operator: C.SyntaxKind, left: Tracked, right: Tracked): void {
    if (operator === ts.SyntaxKind.InstanceOfKeyword) return this.check(left, 'type');
    if (operator === ts.SyntaxKind.InKeyword) return isTracked(right) ? undefined : this.check(left, 'content');
    for (const [one, value, other, otherValue] of [[node.left, left, node.right, right], [node.right, right, node.left, left]] as const) {
      const subject = bare(one);
      const against = bare(other);
      if (ts.isTypeOfExpression(subject)) {
        if (!(ts.isStringLiteralLike(against) && against.text === 'undefined')) this.check(this.valueAt(subject.expression), 'type');
        continue;
      }
      if (isTracked(otherValue)) continue;
      if (isSize(operator)) {
        this.bounds(subject, against, value);
        continue;
      }
      if (!isEquality(operator) || !isTracked(value) || isNothing(against)) continue;
      this.check(value, 'pin');
    }
  }

  /** `name.length > 100`, `page < 1`: a bound on a value. A length against nought is only a question of presence. */
  private bounds(subject: Expression, limit: Expression, value: Tracked): void {
    const access = memberAccess(subject);
    if (access && (access.name === 'length' || access.name === 'size')) {
      if (!(ts.isNumericLiteral(limit) && Number(limit.text) <= 1)) this.check(this.valueAt(access.of), 'type');
    } else this.check(value, 'type');
  }

  private assign(node: C.BinaryExpression): Tracked {
    const right = this.evaluate(node.right);
    const target = bare(node.left);
    const grows = node.operatorToken.kind === ts.SyntaxKind.PlusEqualsToken;
    if (ts.isIdentifier(target)) {
      const declared = declarationOf(target);
      if (!declared || declared.kind === 'import') return right;
      const before = this.values.get(declared.node) ?? nothing;
      const within = this.branch > (this.branchOf.get(declared.node) ?? 0) || node.operatorToken.kind !== ts.SyntaxKind.EqualsToken;
      // `if (name) name = escape(name)`: what was made from the value itself stands for it from here on.
      const replaces = !within || (!isTracked(right) && mentions(node.right, target.text));
      this.keep(declared.node, target.text, grows ? joined([before, right]) : replaces ? right : either(right, before));
      return right;
    }
    if (ts.isArrayLiteralExpression(target) || ts.isObjectLiteralExpression(target)) return right;
    const access = memberAccess(target);
    if (access) this.assignMember(access.of, access.name, target, right);
    else this.evaluate(target);
    return right;
  }

  private assignMember(of: Expression, name: string, target: Expression, right: Tracked): void {
    const holder = bare(of);
    const whole = this.evaluate(target);
    this.reads.delete(target);
    if (isTracked(whole) && whole.traces.length > 0) {
      // `req.body = schema.parse(req.body)`: from here on it is what was put there.
      if (!isTracked(right) && this.branch === 0) for (const trace of whole.traces) this.checks.push({ parameter: trace.parameter, path: trace.path, level: 'schema' });
      return;
    }
    if (!ts.isIdentifier(holder)) return;
    const declared = declarationOf(holder);
    if (!declared || declared.kind === 'import') return;
    const before = this.values.get(declared.node) ?? nothing;
    if (before.traces.some((trace) => trace.path.length === 0)) return; // a parameter's own members: `res.locals = …`
    this.keep(declared.node, holder.text, { ...before, fields: new Map([...(before.fields ?? []), [name, right]]) });
  }

  // -- calls ----------------------------------------------------------------------------------------------------------

  private call(node: CallExpression): Tracked {
    const callee = bare(node.expression);
    const access = memberAccess(callee);
    let receiver = nothing;
    if (access) receiver = access.of.kind === ts.SyntaxKind.ThisKeyword || access.of.kind === ts.SyntaxKind.SuperKeyword ? nothing : this.evaluate(access.of);
    else if (isFunctionBody(callee)) return this.nested(callee, node.arguments.map((each) => this.evaluate(each)));
    else if (!ts.isIdentifier(callee)) this.evaluate(callee);
    const given = node.arguments.map((each) => (isFunctionBody(bare(each)) ? nothing : this.evaluate(each)));
    const name = calleeName(node) ?? '';
    const touched = isTracked(receiver) || given.some((each) => isTracked(each));
    const result = touched ? this.meaning(node, name, access, receiver, given) : undefined;
    // `User.find(req.query).limit(20)`: the query is the whole chain, and what came in stands further up.
    if (!touched && access && this.unfinished.has(bare(access.of)) && !this.query(node, name, access, receiver, given)) this.unfinished.add(node);
    const returned = this.callbacks(node, name, receiver, given);
    if (result) return result;
    return returned && (name === 'map' || name === 'flatMap') ? { traces: [], fields: new Map([['[]', returned]]) } : nothing;
  }

  /** Walks the functions among a call's arguments; those that get the elements of a list get their traces. */
  private callbacks(node: CallExpression, name: string, receiver: Tracked, given: readonly Tracked[]): Tracked | undefined {
    let first: Tracked | undefined;
    for (const each of node.arguments) {
      const fn = bare(each);
      if (!isFunctionBody(fn)) continue;
      const passed = elementMethods.has(name) ? [isTracked(receiver) ? elementOf(receiver) : elementOf(given[0] ?? nothing)] : name === 'then' ? [receiver] : [];
      const value = this.nested(fn, name === 'reduce' ? [nothing, ...passed] : passed);
      first ??= value;
    }
    return first;
  }

  /** What a call does with what came in, and what it gives. Undefined: nothing is known of what it gives. */
  private meaning(node: CallExpression, name: string, access: ReturnType<typeof memberAccess>, receiver: Tracked, given: readonly Tracked[]): Tracked | undefined {
    const settled = this.checked(node, receiver);
    if (settled) return nothing;
    const known = this.transformed(node, name, access, receiver, given);
    if (known) return known;
    this.sinks(node);
    const inQuery = this.query(node, name, access, receiver, given);
    if (inQuery) return undefined;
    if (access) this.unfinished.add(node);
    const followed = this.followed(node, given);
    // Only now: what the question itself does with an id, it does with one that nobody has looked up.
    if (isAccessQuestion(name)) for (const value of given) this.check({ traces: value.traces.filter((trace) => findsOne(trace)) }, 'pin');
    if (followed) return followed;
    if (making.has(name) && given.length > 0 && !isTracked(receiver)) return sumOf(given);
    return access ? this.byMethod(node, name, access.of, receiver) : undefined;
  }

  /** Notes what a call checks. True when its result stands for the checked value. */
  private checked(node: CallExpression, receiver: Tracked): boolean {
    const checking = checkingAt(node, this.scene);
    if (!checking) return false;
    let any = false;
    for (const each of checking.of) {
      const value = this.valueAt(each);
      if (!isTracked(value)) continue;
      any = true;
      // Whatever went through `String(…)` is a text: asking that says nothing about what came in.
      this.check(checking.level === 'type' ? { traces: value.traces.filter((trace) => trace.form === 'raw') } : value, checking.level, checking.byRules && { byRules: true });
    }
    // `req.validate(schema)`, `request.validateUsing(validator)`: the receiver is what is checked.
    if (!any && isTracked(receiver) && checking.level === 'schema') this.check(receiver, 'schema');
    return checking.settles;
  }

  private check(value: Tracked, level: Level, more?: Pick<Check, 'inPassing' | 'byRules'>): void {
    for (const trace of level === 'schema' ? allTraces(value) : value.traces) {
      if (this.checks.length >= mostChecks) return;
      if (trace.form === 'inside' && level !== 'schema') continue;
      // A whole request is not checked by asking whether it `isMobile`.
      if (trace.path.length === 0 && this.depth === 0 && level !== 'schema' && this.fn.parameters[trace.parameter] !== undefined && isRequestLike(this.fn.parameters[trace.parameter]!)) continue;
      this.checks.push({ parameter: trace.parameter, path: trace.path, level, ...more });
    }
  }

  /** Functions and methods of the language and of well-known packages that make one value from another. */
  private transformed(node: CallExpression, name: string, access: ReturnType<typeof memberAccess>, receiver: Tracked, given: readonly Tracked[]): Tracked | undefined {
    const of = access && bare(access.of);
    const holder = of && ts.isIdentifier(of) ? of.text : undefined;
    if (!isTracked(receiver)) {
      const first = given[0] ?? nothing;
      if (settling.test(name)) return nothing;
      if (tidying.test(name)) return nothing;
      const cleaner = cleaners.find(({ names }) => names.test(name));
      if (cleaner) return mapTraces(asText(first, true), (trace) => [{ ...trace, safeFor: [...trace.safeFor, ...cleaner.for] }]);
      if (holder === 'JSON') return name === 'parse' ? tracked(first.traces.map((trace) => ({ ...trace, form: 'raw' as const }))) : asText(first);
      if (holder === 'Object') return this.ofObject(node, name, given);
      if (holder === 'Promise' && (name === 'all' || name === 'allSettled')) return first;
      if (!access && name === 'String') return asText(first, true);
      if (/^(?:decodeURI|decodeURIComponent|unescape|atob|btoa)$/.test(name) || holder === 'Buffer') return asText(first, true);
      if ((name === 'join' || name === 'resolve' || name === 'normalize') && holder !== undefined && /^(?:path|posix|win32|Path|nodePath|upath)$/.test(holder)) return asText(joined(given.map((each) => asText(each, true))));
      if (name === 'parse' && holder !== undefined && /^(?:url|Url|URL|qs|querystring|queryString)$/.test(holder)) return tracked(first.traces.flatMap((trace) => step(trace, 'parse()', node, bare(node.arguments[0]!)) ?? []));
      if (!access && readers.has(name)) return this.stepped(node, `${name}()`, first, bare(node.arguments[0]!));
      if (deepMerges.names.has(name) && this.isDeepMerge(node)) return this.merged(node, given);
      if (/^(?:pick|omit)(?:By)?$/.test(name)) return mapTraces(sumOf(given), (trace) => [{ ...trace, safeFor: [...trace.safeFor, 'mass-assignment'] }]);
      if (passing.has(name) && (holder === undefined || holder !== 'this')) return sumOf(given);
      if (name === 'push' || name === 'unshift' || name === 'append' || name === 'add') return this.put(of, given);
      // `user.set(req.body)` of a document; with a key before it, the value is only one of many.
      if (name === 'set' && given.length === 1) return this.put(of, given, true);
      if ((name === 'replace' || name === 'replaceAll') && receiver.pieces && given[1]) return joined([receiver, asText(given[1])]);
      if (name === 'format' && holder === 'util' && first.pieces) return joined(given.map((each) => asText(each)));
      return undefined;
    }
    if (samePart.has(name)) return receiver;
    if (oneElement.has(name) && name !== 'next') return elementOf(receiver);
    if (name === 'join') return asText(receiver);
    if (name === 'split') return listOf([asText(receiver, true)]);
    if (questions.has(name)) return this.questioned(node, name, receiver);
    if (name === 'replace' && keepsOnlyKnown(node)) return nothing;
    if (name === 'replace' && stripsWayOut(node)) return mapTraces(asText(receiver), (trace) => [{ ...trace, safeFor: [...trace.safeFor, 'path'] }]);
    if (textMethods.has(name) && !isObjectLike(receiver)) return asText(receiver, true);
    return undefined;
  }

  private ofObject(node: CallExpression, name: string, given: readonly Tracked[]): Tracked | undefined {
    if (name === 'assign') {
      const sum = sumOf(given);
      this.put(node.arguments[0] && bare(node.arguments[0]), given.slice(1), true);
      return sum;
    }
    if (name === 'keys') return asText(given[0] ?? nothing);
    if (name === 'values') return listOf([elementOf(given[0] ?? nothing)]);
    if (name === 'entries') return listOf([listOf([asText(given[0] ?? nothing), elementOf(given[0] ?? nothing)])]);
    return given[0];
  }

  /** Adds values to what a variable holds: as elements of a list, or as members of an object. */
  private put(target: Node | undefined, given: readonly Tracked[], asMembers = false): Tracked | undefined {
    if (!target || !ts.isIdentifier(target)) return undefined;
    const declared = declarationOf(target);
    if (!declared || declared.kind === 'import') return undefined;
    const added = sumOf(given);
    const before = this.values.get(declared.node) ?? nothing;
    this.keep(declared.node, target.text, asMembers ? either(before, added) : { ...before, fields: new Map([...(before.fields ?? []), ['[]', either(before.fields?.get('[]') ?? nothing, added)]]) });
    return nothing;
  }

  private isDeepMerge(node: CallExpression): boolean {
    let value = this.scene.valueOf(node.expression);
    while (value.kind === 'member') value = value.of;
    return value.kind === 'external' && deepMerges.from.includes(value.from);
  }

  private merged(node: CallExpression, given: readonly Tracked[]): Tracked {
    for (const trace of given.slice(1).flatMap((each) => each.traces)) if (trace.form === 'raw') this.use('merge', trace, node);
    this.put(node.arguments[0] && bare(node.arguments[0]), given.slice(1), true);
    return sumOf(given);
  }

  /** `x.startsWith('/')`, `x.includes('..')`, `x.match(/^\w+$/)`: asked of what came in. */
  private questioned(node: CallExpression, name: string, receiver: Tracked): Tracked {
    if (name === 'match' || name === 'search') {
      const level = node.arguments[0] && levelOfPattern(node.arguments[0], this.scene);
      if (level) this.check(receiver, level);
      return name === 'match' ? listOf([asText(receiver, true)]) : nothing;
    }
    this.check(receiver, 'content');
    return nothing;
  }

  /** A method of something that came in whose meaning the name tells only together with where it stands: `req.json()`, `data.get('x')`. */
  private byMethod(node: CallExpression, name: string, of: Expression, receiver: Tracked): Tracked | undefined {
    if (receiver.traces.length === 0 || isSchema(of, this.scene)) return undefined;
    const value = this.stepped(node, `${name}()`, receiver, bare(of));
    const key = node.arguments[0] && bare(node.arguments[0]);
    return key && ts.isStringLiteralLike(key) ? this.stepped(node, key.text, value, node) : value;
  }

  private stepped(node: Node, name: string, value: Tracked, inner: Node): Tracked {
    const next = this.worthFollowing(tracked(value.traces.flatMap((trace) => step(trace, name, node, inner) ?? [])));
    this.noteRead(node, next, inner);
    return next;
  }

  private construct(node: C.NewExpression): Tracked {
    const given = (node.arguments ?? []).map((each) => (isFunctionBody(bare(each)) ? nothing : this.evaluate(each)));
    for (const each of node.arguments ?? []) {
      const fn = bare(each);
      if (isFunctionBody(fn)) this.nested(fn, []);
    }
    if (!given.some((each) => isTracked(each))) return nothing;
    this.sinks(node);
    const name = ts.isIdentifier(node.expression) ? node.expression.text : memberAccess(node.expression)?.name ?? '';
    const [first = nothing] = given;
    if (settling.test(name) || name === 'Date' || name === 'Error' || /Error$|Exception$/.test(name)) return nothing;
    if (name === 'URL' || name === 'URLSearchParams') return tracked(first.traces.flatMap((trace) => (trace.path.length > 0 && trace.form === 'raw' ? step(trace, name, node, bare(node.arguments![0]!)) ?? [] : { ...trace, form: 'text' as const })));
    if (name === 'Set' || name === 'Map' || name === 'Array') return listOf([elementOf(first)]);
    return first;
  }

  // -- where it ends --------------------------------------------------------------------------------------------------

  private sinks(node: CallExpression | C.NewExpression): void {
    for (const { kind, input, need } of sinksAt(node, this.scene)) {
      const value = this.valueAt(input);
      const text = textOfPieces(value);
      if (need === 'markup' && !(text !== undefined && /<[a-z!/]/i.test(text))) continue;
      const reads = need !== 'sql-text' || (text !== undefined && looksLikeSql(text));
      if (!reads && text !== undefined) continue;
      const quoted = kind === 'sql' ? quotedTraces(value) : [];
      const ofInput = kind === 'shell' ? allTraces(value) : value.traces;
      for (const trace of ofInput) {
        if (trace.form === 'inside' && kind !== 'shell') continue;
        if (need === 'lead' && !trace.lead) continue;
        this.use(kind, trace, node, { ifSql: !reads, quoted: quoted.some((each) => each.parameter === trace.parameter && each.path.join() === trace.path.join()) });
      }
    }
  }

  /** Notes what goes into a query. True when the call is one. */
  private query(node: CallExpression, name: string, access: ReturnType<typeof memberAccess>, receiver: Tracked, given: readonly Tracked[]): boolean {
    if (name === 'save' && access && isTracked(receiver) && !receiver.traces.some((trace) => trace.path.length === 0)) {
      for (const trace of allTraces(receiver)) this.use('write', trace, node, { writes: true });
      for (const trace of receiver.traces) if (trace.form === 'raw') this.use('mass-assignment', trace, node);
      return true;
    }
    const parts = queryPartsAt(node, this.scene);
    if (!parts) return this.stored(node, name, access, given);
    const inMongo = parts.library === 'mongoose' || parts.library === 'mongodb';
    for (const { role, value: expression } of parts.parts) {
      const value = this.valueAt(expression);
      if (!isTracked(value)) continue;
      for (const trace of allTraces(value)) this.use(role === 'data' ? 'write' : 'filter', trace, node, { writes: parts.writes, library: parts.library });
      const whole = [value, ...(role === 'data' ? ['$set', '$setOnInsert'] : []).flatMap((name) => value.fields?.get(name) ?? [])];
      if (role === 'data') for (const trace of whole.flatMap(({ traces }) => traces)) if (trace.form === 'raw') this.use('mass-assignment', trace, node);
      if (role === 'filter' && inMongo) this.operators(value, node);
    }
    return true;
  }

  /** What of a filter may bring operators of its own: every value that is not put behind an operator already. */
  private operators(filter: Tracked, node: Node, depth = 0): void {
    for (const trace of filter.traces) if (trace.form === 'raw') this.use('nosql', trace, node);
    for (const [name, field] of depth < 4 ? (filter.fields ?? []) : []) {
      if (name === '$where') for (const trace of allTraces(field)) this.use('nosql', trace, node);
      else if (!name.startsWith('$') || /^\$(?:or|and|nor|match)$/.test(name)) this.operators(field, node, depth + 1);
    }
  }

  /** Writes whose handle leads nowhere, by unmistakable names: `userRepository.save(user)`, `redis.set(key, value)`. */
  private stored(node: CallExpression, name: string, access: ReturnType<typeof memberAccess>, given: readonly Tracked[]): boolean {
    if (!access) return false;
    const receiver = inOneLine(access.of, 80);
    const inRepository = name === 'save' && /(?:repo|repository|manager|\bem|model)$/i.test(receiver);
    const inRedis = /redis\w*(?:\.client|\(\))?$|redis\.\w*client$|RedisService\.client$/i.test(receiver) && /^(?:set|setex|setEx|hset|hSet|hmset|lpush|lPush|rpush|rPush|sadd|sAdd|publish|append)$/.test(name);
    if (!inRepository && !inRedis) return false;
    for (const value of inRedis ? given.slice(1) : given.slice(0, 1)) for (const trace of allTraces(value)) this.use('write', trace, node, { writes: true });
    if (inRepository) for (const trace of given[0]?.traces ?? []) if (trace.form === 'raw') this.use('mass-assignment', trace, node);
    return true;
  }

  /** Follows a call into a function of the repository: its uses become ours, its checks hold here too, and we know what it gives. */
  private followed(node: CallExpression, given: readonly Tracked[]): Tracked | undefined {
    const fn = this.scene.calledFunction(node);
    if (!fn || fn === this.fn || this.depth >= deepest) return undefined;
    const flows = flowsOf(fn, this.scene, this.depth + 1);
    const source = (trace: { parameter: number; path: readonly string[] }): Tracked => follow(given[trace.parameter] ?? nothing, trace.path, node);
    for (const use of flows.uses) {
      const value = source(use.trace);
      if (!isTracked(value) || (use.ifSql && !looksLikeSql(textOfPieces(value) ?? ''))) continue;
      const spreads = use.kind === 'write' || use.kind === 'filter' || use.kind === 'nosql' || use.kind === 'merge';
      for (const trace of spreads ? allTraces(value) : value.traces) {
        const passed = this.passed(trace, use.trace);
        if (!passed || !fitsKind(use.kind, passed)) continue;
        this.use(use.kind, passed, node, { behind: [use.site, ...use.behind], quoted: use.quoted, writes: use.writes, library: use.library });
      }
    }
    for (const check of flows.checks) {
      const gotWhole = given[check.parameter]?.traces.some((trace) => trace.path.length === 0) ?? false;
      this.check(source(check), check.level, check.inPassing || (gotWhole && check.level !== 'schema') ? { inPassing: true } : undefined);
    }
    return mapTraces(flows.returns, (trace) => allTraces(source(trace)).flatMap((each) => this.passed(each, trace) ?? []));
  }

  /** A trace of ours after what the called function made of it. */
  private passed(own: Trace, theirs: Trace): Trace | undefined {
    if (theirs.form === 'raw') return { ...own, lead: own.lead && theirs.lead, safeFor: [...own.safeFor, ...theirs.safeFor] };
    return { ...own, form: own.form === 'inside' ? 'inside' : theirs.form, lead: own.lead && theirs.lead, safeFor: [...own.safeFor, ...theirs.safeFor] };
  }

  private use(kind: UseKind, trace: Trace, site: Node, more: Partial<Pick<Use, 'behind' | 'ifSql' | 'quoted' | 'writes' | 'library'>> = {}): void {
    if (this.uses.length >= mostUses || trace.safeFor.includes(kind as SinkKind) || this.isChecked(trace, kind)) return;
    this.uses.push({ kind, trace, site, behind: more.behind ?? [], ifSql: more.ifSql ?? false, quoted: more.quoted ?? false, writes: more.writes ?? false, library: more.library });
  }

  private isChecked(trace: Trace, kind: UseKind): boolean {
    return this.checks.some((check) => check.parameter === trace.parameter && ends(check.level, kind) && isPrefix(check.path, trace.path));
  }
}

/** Any of these values. */
function sumOf(values: readonly Tracked[]): Tracked {
  return values.reduce((one, other) => either(one, other), nothing);
}

function fitsKind(kind: UseKind, trace: Trace): boolean {
  if (kind === 'nosql' || kind === 'mass-assignment' || kind === 'merge') return trace.form === 'raw';
  if (kind === 'redirect' || kind === 'url') return trace.lead;
  return true;
}

/** True when one path leads to the other or to something around it. */
export function isPrefix(path: readonly string[], of: readonly string[]): boolean {
  return path.length <= of.length && path.every((name, index) => name === of[index]);
}

/** True when a name stands among the arguments of a call. */
function mentions(expression: Expression, name: string): boolean {
  const node = bare(expression);
  return ts.isCallExpression(node) && node.arguments.some((each) => ts.isIdentifier(bare(each)) && (bare(each) as C.Identifier).text === name);
}

function isAssignment(kind: C.SyntaxKind): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

function isEquality(kind: C.SyntaxKind): boolean {
  return kind === ts.SyntaxKind.EqualsEqualsToken || kind === ts.SyntaxKind.EqualsEqualsEqualsToken || kind === ts.SyntaxKind.ExclamationEqualsToken || kind === ts.SyntaxKind.ExclamationEqualsEqualsToken;
}

function isSize(kind: C.SyntaxKind): boolean {
  return kind === ts.SyntaxKind.LessThanToken || kind === ts.SyntaxKind.LessThanEqualsToken || kind === ts.SyntaxKind.GreaterThanToken || kind === ts.SyntaxKind.GreaterThanEqualsToken;
}

/** Compared with nothing, a value is only asked for its presence. */
function isNothing(node: Expression): boolean {
  return node.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(node) && node.text === 'undefined') || (ts.isStringLiteralLike(node) && (node.text === '' || node.text === 'undefined' || node.text === 'null')) ||
    node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword || (ts.isNumericLiteral(node) && node.text === '0');
}

function isObjectLike(value: Tracked): boolean {
  return value.fields !== undefined && value.traces.length === 0;
}

function isRequestLike(parameter: C.ParameterDeclaration): boolean {
  return ts.isIdentifier(parameter.name) && /^_?(?:req|request|ctx|context|c|event|res|response|reply)$/i.test(parameter.name.text);
}
