/** Calls that cannot ask anybody, because nobody waits for what they give. */
import { ts, type CallExpression, type Node } from '../code/compiler.ts';
import type { Scene } from '../code/scene.ts';
import { calleeName, wrapped } from '../code/syntax.ts';
import { projectUses } from './project-uses.ts';
import { usesOf } from './variable-uses.ts';

/**
 * True for a call whose answer is used as it is: what asks somebody else gives a promise, and nobody compares, adds or tests one.
 * `users.filter((user) => isAdult(user))`, `if (!isValid(row))`, `` `${nameOf(user)}` ``.
 */
export function isUsedAtOnce(call: CallExpression, scene: Scene): boolean {
  return isPlainValue(call) && !mayAskAtOnce(call, scene);
}

/** The same for a function's answer, which is no query under construction: also where it is kept and read, or put among the options of a call that is waited for. */
export function isAnswerUsedAtOnce(call: CallExpression, scene: Scene): boolean {
  return (isPlainValue(call) || isKept(call)) && !mayAskAtOnce(call, scene);
}

function isKept({ parent }: CallExpression): boolean {
  if (ts.isVariableDeclaration(parent)) return ts.isObjectBindingPattern(parent.name) || usesOf(parent).some(isMemberRead);
  return ts.isPropertyAssignment(parent) && isOptionOfAwaited(parent);
}

function isPlainValue(call: CallExpression): boolean {
  const outer = wrapped(call);
  for (let node: Node = call; node !== outer; node = node.parent) if (ts.isAwaitExpression(node.parent)) return false;
  const { parent } = outer;
  if (ts.isPrefixUnaryExpression(parent) || ts.isTemplateSpan(parent) || ts.isSpreadAssignment(parent)) return true;
  // What an attribute is given may well be a promise that its component waits for.
  if (ts.isJsxExpression(parent)) return !ts.isJsxAttribute(parent.parent);
  if (ts.isIfStatement(parent) || ts.isWhileStatement(parent) || ts.isDoStatement(parent)) return parent.expression === outer;
  if (ts.isConditionalExpression(parent)) return parent.condition === outer;
  if (ts.isBinaryExpression(parent)) return comparing.has(ts.tokenToString(parent.operatorToken.kind) ?? '') || (parent.left === outer && parent.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken);
  if (ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent)) return parent.expression === outer && !(ts.isPropertyAccessExpression(parent) && ofPromises.test(parent.name.text)) && !(ts.isCallExpression(parent.parent) && parent.parent.expression === parent);
  return ts.isArrowFunction(parent) && parent.body === outer && isPredicate(parent);
}

/** `row.name`, and nothing that a promise has. */
function isMemberRead(use: Node): boolean {
  const { parent } = use;
  return ts.isPropertyAccessExpression(parent) && parent.expression === use && !ofPromises.test(parent.name.text);
}

/** `await log.create({ data: entryOf(user) })`: whoever waits for the whole is given values. */
function isOptionOfAwaited(property: Node): boolean {
  let object: Node = property.parent;
  while (ts.isPropertyAssignment(object.parent)) object = object.parent.parent;
  const call = object.parent;
  return ts.isCallExpression(call) && call.expression !== object && ts.isAwaitExpression(call.parent);
}

const comparing = new Set(['===', '!==', '==', '!=', '<', '>', '<=', '>=', '+', '-', '*', '/', '%', '**', 'in', 'instanceof', '+=', '-=']);
const ofPromises = /^(?:then|catch|finally)$/;

/** `rows.filter((row) => …)`: lists ask such functions and do not wait. */
function isPredicate(fn: Node): boolean {
  const outer = wrapped(fn);
  return ts.isCallExpression(outer.parent) && /^(?:filter|some|every|find|findIndex|findLast|sort|toSorted)$/.test(calleeName(outer.parent) ?? '') && outer.parent.arguments[0] === outer;
}

/** True where the project may use a driver that answers at once. */
function mayAskAtOnce(call: CallExpression, scene: Scene): boolean {
  return (usesOneAtOnce(call, scene) ?? true) || atOnce.test(call.getSourceFile().text);
}

const atOnce = /sqlite|sql\.js|meteor|fibers|deasync|\bbun\b|bun-types|synckit|sync-r(?:pc|equest)/i;
const usesOneAtOnce = projectUses((name) => atOnce.test(name));
