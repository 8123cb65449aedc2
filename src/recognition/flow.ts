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
import { deepMerges, settling } from '../libraries/sinks.ts';
import { checkingAt, isAccessQuestion, isSchema, levelOfPattern } from './checking.ts';
import { noteComparison } from './flow-comparisons.ts';
import { FlowEnds } from './flow-ends.ts';
import { FlowRecord, type Flows, type UseKind } from './flow-record.ts';
import { anyOf, givenByFunction, givenByMethod } from './known-functions.ts';
import { queryAt } from './query.ts';
import { looksLikeSql } from './sql-text.ts';
import {
  allTraces, asText, either, elementOf, findsOne, follow, isTracked, joined, listOf, mapTraces, memberOf, nothing, step, textOfPieces, tracked, type Trace, type Tracked,
} from './tracked.ts';

const none: Flows = { uses: [], checks: [], returns: nothing, reads: new Map() };

/** Calls followed one behind the other: controller → service → repository → helper. */
const deepest = 4;
/** Nodes looked at in one function; a longer one is not seen to its end. */
const mostNodes = 20_000;
/** Expressions within each other; deeper ones are nobody's handwriting. */
const mostNested = 400;

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

const elementMethods = new Set(['map', 'forEach', 'filter', 'flatMap', 'find', 'some', 'every', 'findIndex', 'sort', 'reduce', 'each', 'findLast', 'groupBy']);
const questions = new Set(['startsWith', 'endsWith', 'includes', 'indexOf', 'match', 'search', 'localeCompare']);
const making = new Set(['create', 'build', 'make', 'hydrate', 'fromJSON', 'fromJson', 'toEntity', 'toDomain', 'assign', 'merge', 'extend', 'defaults', 'instantiate']);

/** One walk through a function, in the order in which its text stands. */
class Walk {
  private readonly fn: FunctionBody;
  private readonly scene: Scene;
  private readonly depth: number;
  private readonly values = new Map<Node, Tracked>();
  private readonly evaluated = new Map<Node, Tracked>();
  private readonly branchOf = new Map<Node, number>();
  private readonly record: FlowRecord;
  private readonly ends: FlowEnds;
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
    this.record = new FlowRecord(fn, depth === 0);
    this.ends = new FlowEnds(this.record, scene, (each) => this.valueAt(each));
    this.relevant = relevant;
  }

  run(): Flows {
    for (const [index, parameter] of this.fn.parameters.entries()) {
      const whole = this.worthFollowing(tracked([{ parameter: index, path: [], read: parameter, form: 'raw', lead: true, safeFor: [] }]));
      this.bind(parameter.name, whole, parameter);
    }
    this.returns = this.body(this.fn);
    const { uses, checks, reads } = this.record;
    return { uses, checks, returns: this.returns, reads };
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
      this.record.check(this.evaluate(node.expression), 'pin');
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
        for (const trace of part.traces) if (trace.read === element) this.record.reads.set(element, trace);
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
    this.record.reads.delete(inner);
    this.record.reads.set(node, own);
  }

  private indexed(node: C.ElementAccessExpression): Tracked {
    const index = this.evaluate(node.argumentExpression);
    const list = this.evaluate(node.expression);
    // `ALLOWED[input]`: only what the table holds comes out.
    if (isTracked(index) && !isTracked(list)) this.record.check(index, 'pin');
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
    for (const trace of values.flatMap((value) => allTraces(value))) this.record.use(writes ? 'write' : 'filter', trace, node, { writes, library: query.library.name });
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
    noteComparison(node, left, right, this.record, (each) => this.valueAt(each));
    return nothing;
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
    this.record.reads.delete(target);
    if (isTracked(whole) && whole.traces.length > 0) {
      // `req.body = schema.parse(req.body)`: from here on it is what was put there.
      if (!isTracked(right) && this.branch === 0) for (const trace of whole.traces) this.record.checks.push({ parameter: trace.parameter, path: trace.path, level: 'schema' });
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
    if (!touched && access && this.unfinished.has(bare(access.of)) && !this.ends.query(node, name, access, receiver, given)) this.unfinished.add(node);
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
    this.ends.sinks(node);
    const inQuery = this.ends.query(node, name, access, receiver, given);
    if (inQuery) return undefined;
    if (access) this.unfinished.add(node);
    const followed = this.followed(node, given);
    // Only now: what the question itself does with an id, it does with one that nobody has looked up.
    if (isAccessQuestion(name)) for (const value of given) this.record.check({ traces: value.traces.filter((trace) => findsOne(trace)) }, 'pin');
    if (followed) return followed;
    if (making.has(name) && given.length > 0 && !isTracked(receiver)) return anyOf(given);
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
      this.record.check(checking.level === 'type' ? { traces: value.traces.filter((trace) => trace.form === 'raw') } : value, checking.level, checking.byRules && { byRules: true });
    }
    // `req.validate(schema)`, `request.validateUsing(validator)`: the receiver is what is checked.
    if (!any && isTracked(receiver) && checking.level === 'schema') this.record.check(receiver, 'schema');
    return checking.settles;
  }

  /** Functions and methods of the language and of well-known packages that make one value from another. */
  private transformed(node: CallExpression, name: string, access: ReturnType<typeof memberAccess>, receiver: Tracked, given: readonly Tracked[]): Tracked | undefined {
    if (isTracked(receiver)) return questions.has(name) ? this.questioned(node, name, receiver) : givenByMethod(node, name, receiver);
    const of = access && bare(access.of);
    const holder = of && ts.isIdentifier(of) ? of.text : undefined;
    if (holder === 'Object' && name === 'assign') {
      this.put(node.arguments[0] && bare(node.arguments[0]), given.slice(1), true);
      return anyOf(given);
    }
    if (!access && readers.has(name)) return this.stepped(node, `${name}()`, given[0] ?? nothing, bare(node.arguments[0]!));
    if (deepMerges.names.has(name) && this.isDeepMerge(node)) return this.merged(node, given);
    if (name === 'push' || name === 'unshift' || name === 'append' || name === 'add') return this.put(of, given);
    // `user.set(req.body)` of a document; with a key before it, the value is only one of many.
    if (name === 'set' && given.length === 1) return this.put(of, given, true);
    return givenByFunction(node, name, { holder, isPlain: !access }, receiver, given);
  }

  /** Adds values to what a variable holds: as elements of a list, or as members of an object. */
  private put(target: Node | undefined, given: readonly Tracked[], asMembers = false): Tracked | undefined {
    if (!target || !ts.isIdentifier(target)) return undefined;
    const declared = declarationOf(target);
    if (!declared || declared.kind === 'import') return undefined;
    const added = anyOf(given);
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
    for (const trace of given.slice(1).flatMap((each) => each.traces)) if (trace.form === 'raw') this.record.use('merge', trace, node);
    this.put(node.arguments[0] && bare(node.arguments[0]), given.slice(1), true);
    return anyOf(given);
  }

  /** `x.startsWith('/')`, `x.includes('..')`, `x.match(/^\w+$/)`: asked of what came in. */
  private questioned(node: CallExpression, name: string, receiver: Tracked): Tracked {
    if (name === 'match' || name === 'search') {
      const level = node.arguments[0] && levelOfPattern(node.arguments[0], this.scene);
      if (level) this.record.check(receiver, level);
      return name === 'match' ? listOf([asText(receiver, true)]) : nothing;
    }
    this.record.check(receiver, 'content');
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
    this.ends.sinks(node);
    const name = ts.isIdentifier(node.expression) ? node.expression.text : memberAccess(node.expression)?.name ?? '';
    const [first = nothing] = given;
    if (settling.test(name) || name === 'Date' || name === 'Error' || /Error$|Exception$/.test(name)) return nothing;
    if (name === 'URL' || name === 'URLSearchParams') return tracked(first.traces.flatMap((trace) => (trace.path.length > 0 && trace.form === 'raw' ? step(trace, name, node, bare(node.arguments![0]!)) ?? [] : { ...trace, form: 'text' as const })));
    if (name === 'Set' || name === 'Map' || name === 'Array') return listOf([elementOf(first)]);
    return first;
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
        this.record.use(use.kind, passed, node, { behind: [use.site, ...use.behind], quoted: use.quoted, writes: use.writes, library: use.library });
      }
    }
    for (const check of flows.checks) {
      const gotWhole = given[check.parameter]?.traces.some((trace) => trace.path.length === 0) ?? false;
      this.record.check(source(check), check.level, check.inPassing || (gotWhole && check.level !== 'schema') ? { inPassing: true } : undefined);
    }
    return mapTraces(flows.returns, (trace) => allTraces(source(trace)).flatMap((each) => this.passed(each, trace) ?? []));
  }

  /** A trace of ours after what the called function made of it. */
  private passed(own: Trace, theirs: Trace): Trace | undefined {
    if (theirs.form === 'raw') return { ...own, lead: own.lead && theirs.lead, safeFor: [...own.safeFor, ...theirs.safeFor] };
    return { ...own, form: own.form === 'inside' ? 'inside' : theirs.form, lead: own.lead && theirs.lead, safeFor: [...own.safeFor, ...theirs.safeFor] };
  }

}

function fitsKind(kind: UseKind, trace: Trace): boolean {
  if (kind === 'nosql' || kind === 'mass-assignment' || kind === 'merge') return trace.form === 'raw';
  if (kind === 'redirect' || kind === 'url') return trace.lead;
  return true;
}

/** True when a name stands among the arguments of a call. */
function mentions(expression: Expression, name: string): boolean {
  const node = bare(expression);
  return ts.isCallExpression(node) && node.arguments.some((each) => ts.isIdentifier(bare(each)) && (bare(each) as C.Identifier).text === name);
}

function isAssignment(kind: C.SyntaxKind): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}
