/** Where a value comes from: backwards through one function, into what it calls and out to who calls it, one call deep. */
import { ts, type CallExpression, type Expression, type FunctionBody, type Node, type ParameterDeclaration } from '../code/compiler.ts';
import { assignmentsTo, declarationOf } from '../code/scope.ts';
import type { Scene } from '../code/scene.ts';
import { bare, calleeName, enclosingFunction, isFunctionBody, memberAccess, nodesWithin, returnedExpressions } from '../code/syntax.ts';

/** Pieces of code looked at for one value. */
const mostPieces = 2_000;
/** Calls followed one behind the other, into functions or out of them. */
const deepestCall = 1;

/** Functions of the language and everybody's tools that make a value from their arguments. What others make is unknown, and unknown is no flow. */
const passing = new Set(['String', 'decodeURI', 'decodeURIComponent', 'encodeURI', 'encodeURIComponent', 'unescape', 'escape', 'atob', 'btoa', 'parse', 'stringify', 'assign', 'freeze', 'structuredClone', 'resolve', 'all', 'allSettled', 'from', 'of', 'values', 'entries', 'fromEntries', 'concat', 'join', 'format']);
/** Objects that only hold what they are made with. */
const holding = new Set(['URL', 'URLSearchParams', 'Map', 'Set', 'Array', 'Request', 'String']);
/** Methods that say something about a value and give nothing of it. */
const asking = new Set(['includes', 'startsWith', 'endsWith', 'test', 'has', 'indexOf', 'some', 'every', 'findIndex', 'localeCompare']);
const elementMethods = new Set(['map', 'forEach', 'filter', 'flatMap', 'find', 'some', 'every', 'reduce', 'then']);

type Step = { node: Node; depth: number; /** The call through which the function at hand was entered: its parameters are that call's arguments. */ entered: CallExpression | undefined };

/** Every piece of code whose value may be in this one, the nearest first; the piece itself is the first. */
export function* sourcesOf(expression: Node, scene: Scene): Generator<Node> {
  const seen = new Set<Node>();
  const open: Step[] = [{ node: expression, depth: 0, entered: undefined }];
  for (let step = open.shift(); step && seen.size < mostPieces; step = open.shift()) {
    const node = ts.isExpression(step.node) ? bare(step.node) : step.node;
    if (seen.has(node)) continue;
    seen.add(node);
    yield node;
    open.push(...behind(node, step, scene));
  }
}

function behind(node: Node, step: Step, scene: Scene): Step[] {
  const same = (...nodes: readonly (Node | undefined)[]): Step[] => nodes.flatMap((each) => (each ? [{ ...step, node: each }] : []));
  if (ts.isIdentifier(node)) return ofName(node, step);
  const access = memberAccess(node);
  if (access) return [...same(access.of), ...ofMember(access.of, access.name, step, scene)];
  if (ts.isElementAccessExpression(node)) return same(node.expression);
  if (ts.isTemplateExpression(node)) return same(...node.templateSpans.map((span) => span.expression));
  if (ts.isTaggedTemplateExpression(node)) return same(node.template);
  if (ts.isConditionalExpression(node)) return same(node.whenTrue, node.whenFalse);
  if (ts.isBinaryExpression(node)) return same(...ofBinary(node));
  if (ts.isObjectLiteralExpression(node)) return same(...node.properties.map((property) => (ts.isPropertyAssignment(property) ? property.initializer : ts.isSpreadAssignment(property) ? property.expression : ts.isShorthandPropertyAssignment(property) ? property.name : undefined)));
  if (ts.isArrayLiteralExpression(node)) return same(...node.elements);
  if (ts.isSpreadElement(node)) return same(node.expression);
  if (ts.isNewExpression(node)) return ts.isIdentifier(node.expression) && holding.has(node.expression.text) ? same(...(node.arguments ?? [])) : [];
  if (ts.isCallExpression(node)) return ofCall(node, step, scene);
  return ts.isParameter(node) ? ofParameter(node, step, scene) : [];
}

function ofBinary(node: import('ts-morph').ts.BinaryExpression): Expression[] {
  switch (node.operatorToken.kind) {
    case ts.SyntaxKind.PlusToken:
    case ts.SyntaxKind.BarBarToken:
    case ts.SyntaxKind.QuestionQuestionToken:
      return [node.left, node.right];
    case ts.SyntaxKind.AmpersandAmpersandToken:
    case ts.SyntaxKind.CommaToken:
    case ts.SyntaxKind.EqualsToken:
      return [node.right];
    default:
      return [];
  }
}

function ofName(node: import('ts-morph').ts.Identifier, step: Step): Step[] {
  const declared = declarationOf(node);
  if (!declared) return [];
  if (declared.kind === 'parameter') return [{ ...step, node: declared.node }];
  if (declared.kind === 'binding') return ofBinding(declared.node, step);
  if (declared.kind !== 'variable') return [];
  const { node: variable } = declared;
  const loop = variable.parent.parent;
  const made = ts.isForOfStatement(loop) ? loop.expression : variable.initializer;
  const later = ts.isIdentifier(variable.name) && !(variable.parent.flags & ts.NodeFlags.Const) ? assignmentsTo(variable.name.text, variable) : [];
  return [made, ...later].flatMap((each) => (each ? [{ ...step, node: each }] : []));
}

/** `const { url } = req.body`: the name itself, and what it was taken from. */
function ofBinding(element: import('ts-morph').ts.BindingElement, step: Step): Step[] {
  let holder: Node = element;
  while (ts.isBindingElement(holder) || ts.isObjectBindingPattern(holder) || ts.isArrayBindingPattern(holder)) holder = holder.parent;
  const from = ts.isVariableDeclaration(holder) ? (ts.isForOfStatement(holder.parent.parent) ? holder.parent.parent.expression : holder.initializer) : ts.isParameter(holder) ? holder : undefined;
  return [element, ...(element.initializer ? [element.initializer] : []), ...(from ? [from] : [])].map((node) => ({ ...step, node }));
}

/** `options.url = input` in the same function, before or after: what was put into a member. */
function ofMember(of: Expression, name: string, step: Step, scene: Scene): Step[] {
  const object = bare(of);
  const declared = ts.isIdentifier(object) ? declarationOf(object) : undefined;
  if (declared?.kind !== 'variable') return [];
  const body = enclosingFunction(declared.node) ?? declared.node.getSourceFile();
  const puts = scene.remember(putInto, body, () => assignedMembers(body), []);
  return puts.filter((put) => put.name === name && ts.isIdentifier(put.of) && declarationOf(put.of)?.node === declared.node).map(({ value }) => ({ ...step, node: value }));
}

const putInto = Symbol('what is put into members');
type Put = { of: Expression; name: string; value: Expression };

function assignedMembers(body: Node): Put[] {
  const found: Put[] = [];
  const visit = (node: Node): void => {
    const target = ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken ? memberAccess(node.left) : undefined;
    if (target && found.length < 500) found.push({ of: bare(target.of), name: target.name, value: (node as import('ts-morph').ts.BinaryExpression).right });
    ts.forEachChild(node, visit);
  };
  visit(body);
  return found;
}

/** What a call gives: what the function returns, where it can be read; else the receiver of a method, and the arguments of what only passes them on. */
function ofCall(node: CallExpression, step: Step, scene: Scene): Step[] {
  const fn = scene.calledFunction(node);
  if (fn) return step.depth < deepestCall ? returnedExpressions(fn).map((each) => ({ node: each, depth: step.depth + 1, entered: node })) : [];
  const name = calleeName(node) ?? '';
  if (asking.has(name)) return [];
  const receiver = memberAccess(bare(node.expression))?.of;
  const given = passing.has(name) ? node.arguments : [];
  return [...(receiver ? [receiver] : []), ...given].map((each) => ({ ...step, node: each }));
}

/** What is passed for a parameter: by the call that was followed here, by the iteration that calls back, or by callers in the same file. */
function ofParameter(parameter: ParameterDeclaration, step: Step, scene: Scene): Step[] {
  const fn = parameter.parent;
  if (!isFunctionBody(fn)) return [];
  const index = fn.parameters.indexOf(parameter);
  const own = parameter.initializer ? [{ ...step, node: parameter.initializer }] : [];
  if (step.entered && scene.calledFunction(step.entered) === fn) {
    const passed = argumentAt(step.entered, index);
    return passed ? [...own, { node: passed, depth: step.depth, entered: undefined }] : own;
  }
  const call = fn.parent;
  if (ts.isCallExpression(call) && call.expression !== fn) {
    const list = memberAccess(bare(call.expression));
    return list && elementMethods.has(list.name) && index === (list.name === 'reduce' ? 1 : 0) ? [...own, { ...step, node: list.of }] : own;
  }
  if (step.depth >= deepestCall) return own;
  return [...own, ...callersOf(fn, scene).flatMap((each) => argumentAt(each, index) ?? []).map((node) => ({ node, depth: step.depth + 1, entered: undefined }))];
}

function argumentAt(call: CallExpression, index: number): Expression | undefined {
  const before = call.arguments.slice(0, index + 1);
  return before.length <= index || before.some((each) => ts.isSpreadElement(each)) ? undefined : before[index];
}

const ofFile = Symbol('calls of a file');

/** The calls of a function in its own file. */
function callersOf(fn: FunctionBody, scene: Scene): CallExpression[] {
  const file = fn.getSourceFile();
  const calls = scene.remember(ofFile, file, () => nodesWithin(file, ts.isCallExpression), []);
  const name = fn.name && ts.isIdentifier(fn.name) ? fn.name.text : ts.isVariableDeclaration(fn.parent) && ts.isIdentifier(fn.parent.name) ? fn.parent.name.text : undefined;
  return name === undefined ? [] : calls.filter((call) => calleeName(call) === name && scene.calledFunction(call) === fn).slice(0, 50);
}
