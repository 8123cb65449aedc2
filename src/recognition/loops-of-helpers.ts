/** Helpers of the project that call what they are given once per element: `async function eachRow(rows, fn) { for (const row of rows) await fn(row); }`. */
import { ts, type CallExpression, type Expression, type FunctionBody, type Node, type ParameterDeclaration } from '../code/compiler.ts';
import { declarationOf } from '../code/scope.ts';
import type { Scene } from '../code/scene.ts';
import { argument, bare, calleeName, escaped, isFunctionBody, isWithin, nodesWithin, wrapped } from '../code/syntax.ts';
import { runsWhereItStands } from './behind-calls.ts';
import { isParameter } from './variable-uses.ts';

/** The rounds of a loop, or of a call that is known to make some: what they go over, where they run, and where not. */
export type Rounds<Over extends string> = { attributes: { over: Over; list: string }; extent?: readonly Node[]; except?: readonly Node[] };
type RoundsOf<Over extends string> = (node: Node, scene: Scene) => Rounds<Over> | undefined;

/** What a call gives to such a helper: what is called in which rounds, and the list that they go over, if that is given too. */
export type GivenToHelper<Over extends string> = { work: Expression; over: Over | 'pieces'; list: Expression | undefined; named: string };

/** Names of helpers that are worth opening a file for. */
const mayLoop = /each|every|(?:^|[a-z])(?:All|Map|Loop|Rows|Items|Records|List|Turn|Parallel|Series|Order)(?=[A-Z]|$)|^(?:map|all|loop|parallel|series)(?=[A-Z]|$)|iterat|sequen|seriali|batch|chunk|concurren|pool|throttl|limit|process|walk|visit|oneByOne|drain/i;
/** Those that need not be given a list: `eachTenant(async (tenant) => …)`. */
const findsList = /^(?:for|in|on|run|with|do)?_?(?:each|every|all)[A-Z_]/i;
/** What a thing is asked that is no row but a database: each is another one. */
const asksClient = '\\s*\\??\\.\\s*(?:query|raw|execute|connect|transaction|\\$\\w+|collection|getRepository)\\s*[(<`]';

/** What a call hands to a function of this repository which calls it in a loop, as far as its name says so. */
export function givenToHelper<Over extends string>(call: CallExpression, scene: Scene, roundsOf: RoundsOf<Over>): GivenToHelper<Over> | undefined {
  const name = calleeName(call);
  const work = name !== undefined && mayLoop.test(name) ? workOf(call) : undefined;
  if (!work || call.arguments.some((each) => ts.isSpreadElement(each)) || !(call.arguments.length > 1 || findsList.test(name!)) || isForClients(bare(work))) return undefined;
  const helper = scene.calledFunction(call);
  const position = call.arguments.indexOf(work);
  const loop = helper && position < byPosition.length ? scene.remember(byPosition[position], helper, () => loopCalling(helper, position, scene, roundsOf), undefined) : undefined;
  if (!loop) return undefined;
  const list = loop.parameter === undefined ? undefined : argument(call, loop.parameter);
  return list || findsList.test(name!) ? { work, over: loop.over, list, named: loop.named } : undefined;
}

/** A memory for each position in which functions are given. */
const byPosition = Array.from({ length: 6 }, (_, position) => Symbol(`loop that calls argument ${position}`));

/** The function that is handed over: written in place, or else the last argument, by its name. */
function workOf(call: CallExpression): Expression | undefined {
  const written = call.arguments.find((each) => isFunctionBody(bare(each)));
  const last = call.arguments.length > 1 ? argument(call, call.arguments.length - 1) : undefined;
  return written ?? (last && (ts.isIdentifier(last) || ts.isPropertyAccessExpression(last)) ? last : undefined);
}

/** `(shard) => shard.query(…)`: what it is called with is another database each time. */
function isForClients(work: Expression): boolean {
  const name = isFunctionBody(work) ? work.parameters[0]?.name : undefined;
  return name !== undefined && ts.isIdentifier(name) && new RegExp(`(?<![\\w$.])${escaped(name.text)}${asksClient}`).test(work.getText());
}

/** The loop in which a function calls what it is given, and the parameter that has its list. */
type Loop<Over extends string> = { over: Over | 'pieces'; parameter: number | undefined; named: string };

/** Calls of one parameter that are looked at. */
const mostUses = 6;

function loopCalling<Over extends string>(fn: FunctionBody, position: number, scene: Scene, roundsOf: RoundsOf<Over>): Loop<Over> | undefined {
  const parameter = fn.parameters[position];
  if (!parameter || !ts.isIdentifier(parameter.name) || !fn.body) return undefined;
  const uses = nodesWithin(fn.body, ts.isIdentifier).filter((each) => each.text === (parameter.name as { text?: string }).text && isParameter(each, parameter));
  for (const use of uses.slice(0, mostUses)) {
    const found = loopAround(use, parameter, fn, scene, roundsOf);
    if (found) return found;
  }
  return undefined;
}

function loopAround<Over extends string>(use: Node, parameter: ParameterDeclaration, fn: FunctionBody, scene: Scene, roundsOf: RoundsOf<Over>): Loop<Over> | undefined {
  const outer = wrapped(use);
  const call = ts.isCallExpression(outer.parent) && outer.parent.expression === outer ? outer.parent : undefined;
  let tried: Loop<Over> | undefined;
  for (let node: Node = call ?? use; node !== fn && node.parent; node = node.parent) {
    if (ts.isCatchClause(node) || (isFunctionBody(node) && !runsHere(node))) return undefined;
    const rounds = roundsOf(node, scene);
    const runs = rounds?.extent?.some((part) => isWithin(use, part)) && !rounds.except?.some((part) => isWithin(use, part));
    // What a round leaves by, it does at most once.
    if (call && rounds?.except?.some((part) => isWithin(use, part))) return undefined;
    // A name that is handed on is called by what is known to call it, and by nothing else.
    if (!rounds || !runs || !(call ?? rounds.extent?.some((part) => part === use || bare(part as Expression) === use))) continue;
    const named = rounds.attributes.list;
    const loop: Loop<Over> = { over: call && givesPiece(call, named, fn) ? 'pieces' : rounds.attributes.over, parameter: parameterBehind(named, parameter, fn), named };
    // What is tried again within a loop is done for each of its elements.
    if (loop.over !== 'attempts') return loop;
    tried ??= loop;
  }
  return tried;
}

/** False for a function that is given back, kept or registered: it runs elsewhere, and who knows when. One that a variable holds is called by the helper itself. */
function runsHere(fn: FunctionBody): boolean {
  const { parent } = wrapped(fn);
  return ts.isFunctionDeclaration(fn) || ts.isVariableDeclaration(parent) || (ts.isCallExpression(parent) && runsWhereItStands(fn));
}

const cutting = /\.(?:slice|splice|subarray)\(|chunk|batch/i;

/** `fn(rows.slice(i, i + size))`, `fn(part)` of what was cut before, `fn(buffer)` of what came together. */
function givesPiece(call: CallExpression, list: string, fn: FunctionBody): boolean {
  const given = call.arguments[0] && bare(call.arguments[0]);
  if (!given) return false;
  if (cutting.test(given.getText())) return true;
  const declared = ts.isIdentifier(given) ? declarationOf(given) : undefined;
  const made = declared?.kind === 'variable' ? declared.node.initializer : undefined;
  if (made && (cutting.test(made.getText()) || ts.isArrayLiteralExpression(bare(made)))) return true;
  return new RegExp(`(?<![\\w$.])${escaped(list)}\\.push\\(\\s*[\\w.]+\\.(?:slice|splice)\\(`).test(fn.getText());
}

/** The parameter that a list is, or is made of: `rows`, `[...rows]`, `const open = rows.filter(…)`. */
function parameterBehind(list: string, work: ParameterDeclaration, fn: FunctionBody, depth = 0): number | undefined {
  const mentions = (name: string): boolean => new RegExp(`(?<![\\w$.])${escaped(name)}(?![\\w$])`).test(list);
  const found = fn.parameters.findIndex((each) => each !== work && ts.isIdentifier(each.name) && mentions(each.name.text));
  if (found >= 0 || depth > 1) return found < 0 ? undefined : found;
  for (const { name, initializer } of nodesWithin(fn.body!, ts.isVariableDeclaration)) {
    if (initializer && ts.isIdentifier(name) && mentions(name.text) && !isFunctionBody(bare(initializer))) return parameterBehind(initializer.getText(), work, fn, depth + 1);
  }
  return undefined;
}
