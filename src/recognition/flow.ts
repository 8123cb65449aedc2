import { ts, type CallExpression, type Expression, type FunctionBody, type Node, type ObjectLiteralExpression } from '../code/compiler.ts';
import type { ts as C } from 'ts-morph';
import type { Scene } from '../code/scene.ts';
import { bare, calleeName, inOneLine, isFunctionBody, memberAccess, nameText } from '../code/syntax.ts';
import { FlowCalls } from './flow-calls.ts';
import { noteComparison } from './flow-checks.ts';
import { FlowRecord, type Flows, type Relevant } from './flow-record.ts';
import { HeldValues } from './held-values.ts';
import { queryAt } from './query.ts';
import { allTraces, either, elementOf, isTracked, joined, listOf, memberOf, nothing, textOfPieces, tracked, type Trace, type Tracked, type ValueAt } from './tracked.ts';

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

const ofHandler = Symbol('flows of handler');

/** The same for a function whose parameters are known: what leads to none of its inputs (a session, a response) is not followed. */
export function flowsOfHandler(fn: FunctionBody, scene: Scene, relevant: Relevant): Flows {
  return scene.remember(ofHandler, fn, () => new Walk(fn, scene, 0, relevant).run(), none);
}

const elementMethods = new Set(['map', 'forEach', 'filter', 'flatMap', 'find', 'some', 'every', 'findIndex', 'sort', 'reduce', 'each', 'findLast', 'groupBy']);

/** One walk through a function, in the order in which its text stands. */
class Walk {
  private readonly fn: FunctionBody;
  private readonly scene: Scene;
  private readonly depth: number;
  private readonly record: FlowRecord;
  private readonly held = new HeldValues();
  private readonly calls: FlowCalls;
  private readonly evaluated = new Map<Node, Tracked>();
  /** Collects what the function being walked returns, innermost last. */
  private readonly returning: Tracked[] = [];
  private branch = 0;
  private nodes = 0;
  private nesting = 0;

  constructor(fn: FunctionBody, scene: Scene, depth: number, relevant?: Relevant) {
    this.fn = fn;
    this.scene = scene;
    this.depth = depth;
    this.record = new FlowRecord(fn, depth === 0, relevant);
    this.calls = new FlowCalls(this.record, this.held, scene, this.valueAt, (node) => this.flowsBehind(node));
  }

  run(): Flows {
    for (const [index, parameter] of this.fn.parameters.entries()) {
      const whole = this.record.worthFollowing(tracked([{ parameter: index, path: [], read: parameter, form: 'raw', lead: true, safeFor: [] }]));
      this.bind(parameter.name, whole, parameter);
    }
    const returns = this.body(this.fn);
    const { uses, checks, reads } = this.record;
    return { uses, checks, returns, reads };
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
      this.held.declare(name, value, declaration, this.branch);
      return;
    }
    for (const [index, element] of name.elements.entries()) {
      if (ts.isOmittedExpression(element)) continue;
      let part: Tracked;
      if (ts.isArrayBindingPattern(name)) part = value.fields?.get(String(index)) ?? elementOf(value);
      else if (element.dotDotDotToken) part = value;
      else {
        const key = element.propertyName ? nameText(element.propertyName) : ts.isIdentifier(element.name) ? element.name.text : undefined;
        part = key === undefined ? nothing : this.record.worthFollowing(memberOf(value, key, element));
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

  private readonly valueAt: ValueAt = (expression) => this.evaluated.get(bare(expression)) ?? nothing;

  private read(node: Expression): Tracked {
    if (ts.isIdentifier(node)) return this.held.of(node);
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

  private member(node: Expression, of: Expression, name: string): Tracked {
    return isOwn(of) ? nothing : this.record.read(node, memberOf(this.evaluate(of), name, node, bare(of)), bare(of));
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
    return joined(parts.filter((part) => part.traces.length > 0 || part.pieces?.[0] !== '' || part.pieces.length > 1));
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
    const value = this.held.of(property.name);
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
    noteComparison(node, left, right, this.record, this.valueAt);
    return nothing;
  }

  private assign(node: C.BinaryExpression): Tracked {
    const right = this.evaluate(node.right);
    const target = bare(node.left);
    if (ts.isIdentifier(target)) {
      this.held.assign(target, right, node, this.branch);
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
    if (ts.isIdentifier(holder)) this.held.assignMember(holder, name, right);
  }

  // -- calls ----------------------------------------------------------------------------------------------------------

  private call(node: CallExpression): Tracked {
    const callee = bare(node.expression);
    const access = memberAccess(callee);
    let receiver = nothing;
    if (access) receiver = isOwn(access.of) ? nothing : this.evaluate(access.of);
    else if (isFunctionBody(callee)) return this.nested(callee, node.arguments.map((each) => this.evaluate(each)));
    else if (!ts.isIdentifier(callee)) this.evaluate(callee);
    const given = node.arguments.map((each) => (isFunctionBody(bare(each)) ? nothing : this.evaluate(each)));
    const name = calleeName(node) ?? '';
    const result = this.calls.call({ node, name, access, receiver, given });
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

  private construct(node: C.NewExpression): Tracked {
    const given = (node.arguments ?? []).map((each) => (isFunctionBody(bare(each)) ? nothing : this.evaluate(each)));
    for (const each of node.arguments ?? []) {
      const fn = bare(each);
      if (isFunctionBody(fn)) this.nested(fn, []);
    }
    return this.calls.construct(node, given);
  }

  /** What a function of the repository that is called does with what it is given. */
  private flowsBehind(node: CallExpression): Flows | undefined {
    const fn = this.scene.calledFunction(node);
    return fn && fn !== this.fn && this.depth < deepest ? flowsOf(fn, this.scene, this.depth + 1) : undefined;
  }
}

/** `this` and `super`: what they hold is not followed. */
function isOwn(node: Expression): boolean {
  return node.kind === ts.SyntaxKind.ThisKeyword || node.kind === ts.SyntaxKind.SuperKeyword;
}

function isAssignment(kind: C.SyntaxKind): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}
