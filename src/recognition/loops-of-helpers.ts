/** Helpers of the project that call what they are given once per element: `async function eachRow(rows, fn) { for (const row of rows) await fn(row); }`. */
import { ts, type CallExpression, type Expression, type FunctionBody, type Node } from '../code/compiler.ts';
import type { Scene } from '../code/scene.ts';
import { argument, bare, calleeName, isFunctionBody, nodesWithin, wrapped } from '../code/syntax.ts';
import { isParameter } from './variable-uses.ts';

/** What a call gives to such a helper: what is called, and the list that it is called for, if that is given too. */
export type GivenToHelper = {
  work: Expression;
  list: Expression | undefined;
  /** The places in the helper that stand around the call of it, innermost first; one of them is a loop. */
  around: readonly Node[];
};

/** Names of helpers that are worth opening a file for. */
const mayLoop = /each|every|(?:^|[a-z])(?:All|Map|Loop|Rows|Items|Records|List|Turn|Parallel|Series|Order)(?=[A-Z]|$)|^(?:map|all|loop|parallel|series)(?=[A-Z]|$)|iterat|sequen|seriali|batch|chunk|concurren|pool|throttl|limit|process|walk|visit|oneByOne|drain/i;
/** Those that need not be given a list: `eachTenant(async (tenant) => …)`. */
const findsList = /^(?:for|in|on|run|with|do)?_?(?:each|every|all)[A-Z_]/i;

/** What a call hands to a function of this repository which calls it in a loop, as far as its name says so. */
export function givenToHelper(call: CallExpression, scene: Scene): GivenToHelper | undefined {
  const name = calleeName(call);
  const work = name !== undefined && mayLoop.test(name) ? workOf(call) : undefined;
  if (!work || call.arguments.some((each) => ts.isSpreadElement(each))) return undefined;
  const list = call.arguments.find((each) => each !== work && mayBeList(bare(each)));
  if (!list && !findsList.test(name!)) return undefined;
  const helper = scene.calledFunction(call);
  const around = helper ? aroundCalls(helper, call.arguments.indexOf(work)) : [];
  return around.length > 0 ? { work, list, around } : undefined;
}

/** The function that is handed over: written in place, or else the last argument, by its name. */
function workOf(call: CallExpression): Expression | undefined {
  const written = call.arguments.find((each) => isFunctionBody(bare(each)));
  const last = call.arguments.length > 1 ? argument(call, call.arguments.length - 1) : undefined;
  return written ?? (last && (ts.isIdentifier(last) || ts.isPropertyAccessExpression(last)) ? last : undefined);
}

function mayBeList(node: Expression): boolean {
  return ts.isIdentifier(node) || ts.isPropertyAccessExpression(node) || ts.isCallExpression(node) || ts.isArrayLiteralExpression(node);
}

/** All that stands around the calls of a parameter, or around what it is handed on to. A function that is given back runs elsewhere, and who knows when. */
function aroundCalls(fn: FunctionBody, position: number): Node[] {
  const parameter = fn.parameters[position];
  if (!parameter || !ts.isIdentifier(parameter.name) || !fn.body) return [];
  const isGiven = (node: Expression): boolean => isParameter(node, parameter);
  const use = nodesWithin(fn.body, ts.isCallExpression).find((each) => isGiven(bare(each.expression)) || each.arguments.some(isGiven));
  const found: Node[] = [];
  for (let node: Node | undefined = use; node && node !== fn; node = node.parent) {
    if (isFunctionBody(node) && isGivenBack(node)) return [];
    found.push(node);
  }
  return found;
}

function isGivenBack(fn: FunctionBody): boolean {
  const { parent } = wrapped(fn);
  return ts.isReturnStatement(parent) || ts.isArrowFunction(parent) || ts.isPropertyAssignment(parent) || ts.isArrayLiteralExpression(parent);
}
