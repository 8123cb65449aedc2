import type { ts as C } from 'ts-morph';
import { ts, type CallExpression, type Expression, type FunctionBody, type Node } from '../code/compiler.ts';
import { assignmentsTo, declarationOf } from '../code/scope.ts';
import type { Scene } from '../code/scene.ts';
import { bare, endsFunction, hasHiddenProperties, isFunctionBody, memberAccess, nodesWithin, pathOf, propertyOf, rootName, spanOf, wrapped } from '../code/syntax.ts';
import type { Step } from '../model.ts';
import { givenFor, placeOf } from './given.ts';

/**
 * True where what this call gives, or leaves out, keeps the function that it calls from going on to this step of it: `format(order)` of `format(order, db?)`,
 * `load(request, { skipAuth: true })`, `send(message, credentials)` of one that loads credentials where it is given none.
 */
export function isKeptFrom(call: CallExpression, fn: FunctionBody, next: Step | undefined, scene: Scene, how: 'surely' | 'likely' = 'likely'): boolean {
  if (!next || !isTold(call, fn, next)) return false;
  return conditionsAround(fn, next.line).some(({ condition, holds, isFallback }) => {
    const sure = truthOf(condition, { call, fn }, scene);
    return isFallback && sure === undefined ? how === 'likely' && isGiven(condition, call, fn, scene) : sure === !holds;
  });
}

/** A function that is looked into, the call that runs it, and what it was called from in turn. */
type Frame = { call: CallExpression; fn: FunctionBody; outer?: Frame };

/**
 * True where what a call gives is handed on to a second one, or further, and keeps that from its step: `pack(note, { hint })`, which calls
 * `reactionOf(note, options.hint)`, which asks only where there is no hint.
 */
export function isKeptFurther(call: CallExpression, fn: FunctionBody, [, ...steps]: readonly Step[], scene: Scene, functionOf: (inner: CallExpression) => FunctionBody | undefined): boolean {
  return steps.length > 1 && isTold(call, fn, steps[0]!) && isKeptBehind({ call, fn }, steps, scene, functionOf);
}

/** Whether all that the step of a function may call is kept from the next one, or from one further on. */
function isKeptBehind(frame: Frame, [own, next, ...further]: readonly Step[], scene: Scene, functionOf: (inner: CallExpression) => FunctionBody | undefined): boolean {
  if (!own || !next) return false;
  const inner = callsOnLine(frame.fn, own.line).filter((each) => !each.arguments.some((given) => ts.isSpreadElement(given)));
  const ways = inner.flatMap((each): Frame[] => {
    const fn = functionOf(each);
    return fn?.body && fn !== frame.fn && pathOf(fn) === next.path && holdsLine(fn, next.line) ? [{ call: each, fn, outer: frame }] : [];
  });
  return ways.length > 0 && ways.every((way) => !isOnOneLine(way.fn) && !isOfThis(way.fn) && (conditionsAround(way.fn, next.line).some(({ condition, holds }) => truthOf(condition, way, scene) === !holds) || isKeptBehind(way, [next, ...further], scene, functionOf)));
}

/** True where it can be told which parameter gets what, and on which line of the function a step stands. */
function isTold(call: CallExpression, fn: FunctionBody, step: Step): boolean {
  return fn.body !== undefined && pathOf(fn) === step.path && !isOnOneLine(fn) && !isOfThis(fn) && !call.arguments.some((each) => ts.isSpreadElement(each));
}

const callsOf = new WeakMap<FunctionBody, Map<number, CallExpression[]>>();

function callsOnLine(fn: FunctionBody, line: number): readonly CallExpression[] {
  let known = callsOf.get(fn);
  if (!known) {
    callsOf.set(fn, (known = new Map()));
    for (const call of nodesWithin(fn.body!, ts.isCallExpression)) {
      const at = spanOf(call).line;
      known.set(at, [...(known.get(at) ?? []), call]);
    }
  }
  return known.get(line) ?? [];
}

/** What must hold, or not, for what stands on a line to run. A fallback runs where there is nothing else: `given ?? (await load())`. */
type Condition = { condition: Expression; holds: boolean; isFallback?: true };

const conditions = new WeakMap<FunctionBody, Map<number, Condition[]>>();

function conditionsAround(fn: FunctionBody, line: number): Condition[] {
  let known = conditions.get(fn);
  if (!known) conditions.set(fn, (known = new Map()));
  let found = known.get(line);
  if (!found) known.set(line, (found = readConditions(fn, line)));
  return found;
}

function readConditions(fn: FunctionBody, line: number): Condition[] {
  const found: Condition[] = [];
  const visit = (node: Node): void => {
    if (!holdsLine(node, line)) return;
    if (ts.isBlock(node)) found.push(...leftBefore(node, line));
    found.push(...conditionOf(node, line));
    ts.forEachChild(node, visit);
  };
  visit(fn.body!);
  return found;
}

/** `if (skip) return;`: what must not hold for the rest of a block. */
function leftBefore(block: C.Block, line: number): Condition[] {
  const before = block.statements.filter((statement) => spanOf(statement).endLine < line);
  return before.flatMap((each): Condition[] => (ts.isIfStatement(each) && !each.elseStatement && endsFunction(each.thenStatement) ? [{ condition: each.expression, holds: false }] : []));
}

function conditionOf(node: Node, line: number): Condition[] {
  if (ts.isIfStatement(node)) return ofBranch(node.expression, node.thenStatement, node.elseStatement, line);
  if (ts.isConditionalExpression(node)) return ofBranch(node.condition, node.whenTrue, node.whenFalse, line);
  // `(client ?? pool).query(…)` is asked either way.
  if (!ts.isBinaryExpression(node) || !holdsLine(node.right, line) || memberAccess(wrapped(node).parent) || !doesSomething(node.right)) return [];
  switch (node.operatorToken.kind) {
    case ts.SyntaxKind.AmpersandAmpersandToken:
      return [{ condition: node.left, holds: true }];
    case ts.SyntaxKind.BarBarToken:
      return [{ condition: node.left, holds: false }];
    case ts.SyntaxKind.QuestionQuestionToken:
      return [{ condition: node.left, holds: false, isFallback: true }];
    default:
      return [];
  }
}

/** False for `100` of `query(sql, options.limit || 100)`, which only stands on the line of what is done. */
function doesSomething(node: Node): boolean {
  return ts.isCallExpression(node) || ts.isNewExpression(node) || ts.isTaggedTemplateExpression(node) || (ts.forEachChild(node, (child) => doesSomething(child) || undefined) ?? false);
}

/** Where both branches stand on one line, a step does not say which it is in. */
function ofBranch(condition: Expression, then: Node, otherwise: Node | undefined, line: number): Condition[] {
  const inThen = holdsLine(then, line);
  const inElse = otherwise !== undefined && holdsLine(otherwise, line);
  return inThen === inElse ? [] : [{ condition, holds: inThen }];
}

/** Whether a condition of a function holds for what a call gives it; undefined where nobody can tell. */
function truthOf(condition: Expression, frame: Frame, scene: Scene): boolean | undefined {
  const node = bare(condition);
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) {
    const inner = truthOf(node.operand, frame, scene);
    return inner === undefined ? undefined : !inner;
  }
  if (ts.isBinaryExpression(node)) {
    const kind = node.operatorToken.kind;
    if (kind === ts.SyntaxKind.AmpersandAmpersandToken || kind === ts.SyntaxKind.BarBarToken) {
      const decisive = kind === ts.SyntaxKind.BarBarToken;
      const [left, right] = [truthOf(node.left, frame, scene), truthOf(node.right, frame, scene)];
      return left === decisive || right === decisive ? decisive : left === !decisive && right === !decisive ? !decisive : undefined;
    }
    return comparison(node, frame.call, frame.fn, scene);
  }
  let given = givenAt(node, frame.call, frame.fn, scene);
  for (let outer = frame.outer; outer && given !== undefined && given !== 'nothing' && truthOfGiven(given) === undefined; outer = outer.outer) given = givenAt(given, outer.call, outer.fn, scene);
  return given === undefined || given === 'nothing' ? given && false : truthOfGiven(given);
}

/** What a literal says, and that `req.loaders` are there: who has loaders hands them on. */
function truthOfGiven(given: Expression): boolean | undefined {
  return truthOfLiteral(given) ?? (memberAccess(given) && /^(?:data)?loaders?$/i.test(memberAccess(given)!.name) ? true : undefined);
}

function comparison(node: C.BinaryExpression, call: CallExpression, fn: FunctionBody, scene: Scene): boolean | undefined {
  const kind = node.operatorToken.kind;
  if (kind === ts.SyntaxKind.InKeyword) return holdsProperty(node, call, fn, scene);
  const isEqual = kind === ts.SyntaxKind.EqualsEqualsEqualsToken || kind === ts.SyntaxKind.EqualsEqualsToken;
  if (!isEqual && kind !== ts.SyntaxKind.ExclamationEqualsEqualsToken && kind !== ts.SyntaxKind.ExclamationEqualsToken) return undefined;
  const given = givenAt(node.left, call, fn, scene);
  const other = bare(node.right);
  if (given === undefined || given === 'nothing') return undefined;
  const same = sameConstant(given, other);
  return same === undefined ? undefined : same === isEqual;
}

/** `'email' in identifier`, of a literal that is given. */
function holdsProperty({ left, right }: C.BinaryExpression, call: CallExpression, fn: FunctionBody, scene: Scene): boolean | undefined {
  const given = givenAt(right, call, fn, scene);
  const isKnown = given !== undefined && given !== 'nothing' && ts.isObjectLiteralExpression(given) && !hasHiddenProperties(given);
  return isKnown && ts.isStringLiteralLike(left) ? propertyOf(given, left.text) !== undefined : undefined;
}

/** Whether two constants are the same: texts, numbers, members of one enum (`Access.Read`). */
function sameConstant(one: Expression, other: Expression): boolean | undefined {
  if ((ts.isStringLiteralLike(one) && ts.isStringLiteralLike(other)) || (ts.isNumericLiteral(one) && ts.isNumericLiteral(other))) return one.text === other.text;
  const { TrueKeyword, FalseKeyword } = ts.SyntaxKind;
  if ([one, other].every(({ kind }) => kind === TrueKeyword || kind === FalseKeyword)) return one.kind === other.kind;
  const [a, b] = [memberAccess(one), memberAccess(other)];
  const ofOneEnum = a && b && ts.isIdentifier(a.of) && ts.isIdentifier(b.of) && a.of.text === b.of.text && /^[A-Z]/.test(a.of.text);
  return ofOneEnum ? a.name === b.name : undefined;
}

/** What a call gives for an expression that is a parameter of the function, or a part of one. */
function givenAt(expression: Expression, call: CallExpression, fn: FunctionBody, scene: Scene): Expression | 'nothing' | undefined {
  if (isChanged(expression, fn)) return undefined;
  const byDefault = givenOrDefault(expression, call, fn);
  if (byDefault) return byDefault;
  const place = placeOf(expression, fn);
  const given = place && givenFor(call, place, scene);
  const handed = place && call.arguments[place.index];
  if (place && place.path.length > 0 && handed && isChanged(handed, call.getSourceFile())) return undefined;
  if (given === undefined || given === 'nothing') return given;
  return given === 'hidden' || given.path.length > 0 ? undefined : bare(given.value);
}

/** `load(id, withBans = false)`: what is given for the parameter, or what stands in for it. */
function givenOrDefault(expression: Expression, call: CallExpression, fn: FunctionBody): Expression | undefined {
  const node = bare(expression);
  const declared = ts.isIdentifier(node) ? declarationOf(node) : undefined;
  if (declared?.kind !== 'parameter' || !declared.node.initializer || !ts.isIdentifier(node) || assignmentsTo(node.text, declared.node).length > 0) return undefined;
  const index = fn.parameters.indexOf(declared.node);
  return index < 0 ? undefined : bare(call.arguments[index] ?? declared.node.initializer);
}

/** True where members of a variable are written somewhere: `options.full ??= true`. */
function isChanged(expression: Expression, within: Node): boolean {
  const root = rootName(expression);
  if (root === undefined) return false;
  let names = changed.get(within);
  if (!names) changed.set(within, (names = new Set([...within.getText().matchAll(changing)].map(([, member, given]) => (member ?? given)!))));
  return names.has(root);
}

const changed = new WeakMap<Node, Set<string>>();
const changing = /\b(\w+)\??(?:\.\w+|\[[^\]\n]{1,60}\])\s*(?:[-+*|&?]{0,2}=(?![=>]))|\b(?:Object\.assign\(|delete\s)\s*(\w+)/g;

/** `function load(this: Store, id)`: what stands there as a parameter is none. */
function isOfThis({ parameters: [first] }: FunctionBody): boolean {
  return first !== undefined && ts.isIdentifier(first.name) && first.name.text === 'this';
}

/** True where a call hands on a thing that it has, for one that is loaded where there is none: what it was given itself, has made or has waited for. */
function isGiven(expression: Expression, call: CallExpression, fn: FunctionBody, scene: Scene): boolean {
  const given = givenAt(expression, call, fn, scene);
  if (given === undefined || given === 'nothing' || !ts.isIdentifier(given)) return false;
  const declared = declarationOf(given);
  if (declared?.kind === 'parameter') return !declared.node.questionToken && !declared.node.initializer && !/\b(?:undefined|null|boolean)\b/.test(declared.node.type?.getText() ?? '');
  // `for (const { id, meta } of rows) check(id, meta)`: whoever takes it out of a row to hand it on has it.
  if (declared?.kind === 'binding') return !declared.node.initializer && !declared.node.dotDotDotToken && isOfElement(declared.node, scene);
  const made = declared?.kind === 'variable' ? declared.node.initializer : undefined;
  // `permissions.get(id)!` is known to be there.
  return made !== undefined && (ts.isAwaitExpression(made) || ts.isNewExpression(made) || ts.isNonNullExpression(made));
}

/** A name that the element of a loop, or of a list's callback, was taken apart into. */
function isOfElement(element: C.BindingElement, scene: Scene): boolean {
  const holder = element.parent.parent;
  const loop = ts.isVariableDeclaration(holder) ? holder.parent.parent : undefined;
  if (loop) return ts.isForOfStatement(loop) && !mayBeMissing(element, loop.expression, scene);
  const call = ts.isParameter(holder) ? wrapped(holder.parent).parent : undefined;
  const access = call && ts.isCallExpression(call) ? memberAccess(call.expression) : undefined;
  return access !== undefined && /^(?:map|forEach|flatMap|filter|some|every)$/.test(access.name) && !mayBeMissing(element, access.of, scene);
}

/** True where the type of a list is written beside it, and says that its elements need not have the member: `owner?: User`. */
function mayBeMissing({ name, propertyName }: C.BindingElement, list: Expression, scene: Scene): boolean {
  const declared = ts.isIdentifier(bare(list)) ? declarationOf(bare(list) as C.Identifier) : undefined;
  const type = declared?.kind === 'parameter' || declared?.kind === 'variable' ? declared.node.type : undefined;
  const of = type && (ts.isArrayTypeNode(type) ? type.elementType : ts.isTypeReferenceNode(type) ? type.typeArguments?.[0] : undefined);
  const value = of && !ts.isTypeLiteralNode(of) ? scene.valueOfType(of) : undefined;
  const written = value?.kind === 'interface' ? value.node : of;
  const holder = written && ts.isTypeAliasDeclaration(written) ? written.type : written;
  const members = holder && (ts.isTypeLiteralNode(holder) || ts.isInterfaceDeclaration(holder)) ? holder.members : [];
  const key = (propertyName ?? name).getText();
  const member = members.find((each) => each.name?.getText() === key);
  return member !== undefined && (member.questionToken !== undefined || (ts.isPropertySignature(member) && /\b(?:undefined|null)\b/.test(member.type?.getText() ?? '')));
}

function truthOfLiteral(node: Expression): boolean | undefined {
  if (node.kind === ts.SyntaxKind.TrueKeyword) return true;
  if (node.kind === ts.SyntaxKind.FalseKeyword || node.kind === ts.SyntaxKind.NullKeyword) return false;
  if (ts.isStringLiteralLike(node)) return node.text !== '';
  if (ts.isNumericLiteral(node)) return Number(node.text) !== 0;
  return ts.isObjectLiteralExpression(node) || ts.isArrayLiteralExpression(node) || ts.isNewExpression(node) || isFunctionBody(node) ? true : undefined;
}

function holdsLine(node: Node, at: number): boolean {
  const { line, endLine } = spanOf(node);
  return line <= at && at <= endLine;
}

/** True where a step, which names a line, says nothing of what it is in. */
function isOnOneLine(node: Node): boolean {
  const { line, endLine } = spanOf(node);
  return line === endLine;
}
