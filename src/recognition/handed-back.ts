/** Queries that a function is given and gives back: `await visible(db('orders'), tenant).orderBy('at')`. */
import { ts, type CallExpression, type Expression, type Node, type VariableDeclaration } from '../code/compiler.ts';
import { declarationOf } from '../code/scope.ts';
import type { Scene } from '../code/scene.ts';
import { bare, calleeName, isAwaitedWithin, memberAccess, wrapped } from '../code/syntax.ts';
import { promiseMembers, type Handle } from './handle.ts';
import { endsWithTaker, limitOfTaker } from './handed-on.ts';
import { takesOneOnly } from './one-taken.ts';
import { isAggregating } from './query-aggregates.ts';
import { isBounded } from './query-bounds.ts';
import { chainOf, operationsAlong, operationsOf, outermostCall, type Operation } from './query-chain.ts';
import { isForItself, usesOf, variableOf } from './variable-uses.ts';

/** A query is handed from function to function so many times. */
const mostHands = 3;
/** Mentions of one variable that are looked at, the last ones. */
const mostUses = 200;

/** Builders that take a query as a part of another: `whereIn('id', Post.query().select('author_id'))`. */
const takesQueries = /^(?:and|or)?(?:where|having)(?:Not)?(?:In|Exists)?$|^(?:from|with|insert|insertInto|select|columns|returning|values|union|unionAll|intersect|except|join|leftJoin|innerJoin|inArray|notInArray|exists|notExists)$/i;

/** True for a call that takes queries as parts of another one; `from(query)` of RxJS reads it. */
export function takesParts(call: CallExpression): boolean {
  const name = calleeName(call) ?? '';
  return takesQueries.test(name) && !(name === 'from' && ts.isIdentifier(call.expression));
}

/** A query so far: what it was begun with, and what was said of it. */
type Made = { handle: Handle; operations: readonly Operation[] };

/** What is asked of a run: its last call, and all that was said of the query by then. */
type Judge = (end: Expression, made: Made, scene: Scene) => boolean;

/** Where a look at one query is: what is asked of its runs, and the variables that it came through. */
type Look = { judge: Judge; scene: Scene; seen: Set<VariableDeclaration> };

/** Whether a query is run at all, once the function that it was handed to has given it back. */
export function isRunAfter(node: Expression, handed: CallExpression, scene: Scene): boolean {
  const made = madeOf(node, scene);
  return !made || isGiven(handed, made, { judge: () => true, scene, seen: new Set() }, 0);
}

/** Whether some run of it reads all its rows, by what is said of it from there on. */
export function isReadWhole(node: Expression, handed: CallExpression, scene: Scene): boolean {
  const made = madeOf(node, scene);
  if (!made) return true;
  return !isDoneByTaker(node, made, scene) && isGiven(handed, made, { judge: isWhole, scene, seen: new Set() }, 0);
}

/** What is handed over: a chain, or the variable that a query is kept in. */
function madeOf(node: Expression, scene: Scene): Made | undefined {
  const declared = ts.isIdentifier(node) ? declarationOf(node) : undefined;
  const made = declared?.kind === 'variable' && declared.node.initializer ? bare(declared.node.initializer) : node;
  const operations = ts.isCallExpression(made) ? operationsOf(made, scene) : [];
  const last = operations.findLast(({ maybe }) => !maybe);
  return last && { handle: { ...last.handle, kind: last.call.gives ?? last.handle.kind }, operations };
}

/** True where the function that is given the query limits it, counts it, or changes its rows. */
function isDoneByTaker(given: Expression, { handle: { library } }: Made, scene: Scene): boolean {
  return limitOfTaker(given, library, scene) !== false || endsWithTaker(given, library, scene);
}

function isGiven(given: CallExpression, made: Made, look: Look, hands: number): boolean {
  if (isAwaitedWithin(given, wrapped(given))) return look.judge(given, made, look.scene);
  const variable = variableOf(given);
  if (!variable) return isReadBy(given, made, look, hands);
  if (look.seen.has(variable)) return false;
  look.seen.add(variable);
  const uses = usesOf(variable).slice(-mostUses) as Expression[];
  const shaping = new Set(uses.filter((use) => isForItself(outermostCall(use) ?? use, variable)));
  const shaped = [...shaping].flatMap((use) => operationsAfter(use, made.handle) ?? []);
  return uses.some((use) => !shaping.has(use) && isReadBy(use, { ...made, operations: [...made.operations, ...shaped] }, look, hands));
}

/** Whether one mention, and the chain that hangs on it, is such a run. */
function isReadBy(at: Expression, made: Made, look: Look, hands: number): boolean {
  const further = operationsAfter(at, made.handle);
  if (!further) return false;
  const whole: Made = { ...made, operations: [...made.operations, ...further] };
  const end = (further.at(-1)?.at as CallExpression | undefined) ?? at;
  const outer = wrapped(end);
  const { parent } = outer;
  if (ts.isCallExpression(parent) && parent.expression !== outer) {
    if (hands >= mostHands || takesParts(parent)) return false;
    return !(look.judge === isWhole && isDoneByTaker(end, made, look.scene)) && isGiven(parent, whole, look, hands + 1);
  }
  return (isAwaitedWithin(end, outer) || isRunHere(outer)) && look.judge(end, whole, look.scene);
}

/** True for what is returned, collected or told what to do with its rows; what is read as it comes is no list. */
function isRunHere(outer: Node): boolean {
  const { parent } = outer;
  if (ts.isReturnStatement(parent) || ts.isYieldExpression(parent) || ts.isArrayLiteralExpression(parent) || ts.isPropertyAssignment(parent)) return true;
  return (ts.isArrowFunction(parent) && parent.body === outer) || promiseMembers.has(memberAccess(parent)?.name ?? '');
}

function isWhole(end: Expression, { handle: { library }, operations }: Made, scene: Scene): boolean {
  if (operations.some(({ call: { verb } }) => verb !== undefined && verb !== 'read-many' && verb !== 'raw') || isAggregating(operations, library)) return false;
  return isBounded(operations, library, scene) === false && !takesOneOnly(end as CallExpression);
}

/** What the chain does that hangs on a mention. Undefined where it does something unknown, or only tells of the query: `.as('sub')`, `.toSQL()`. */
function operationsAfter(at: Expression, handle: Handle): Operation[] | undefined {
  const end = outermostCall(at);
  if (!end) return [];
  const { links } = chainOf(end);
  const further = links.slice(links.findIndex(({ call }) => call === bare(at)) + 1);
  const told = further.findIndex(({ name }) => promiseMembers.has(name));
  const own = told < 0 ? further : further.slice(0, told);
  const found = operationsAlong(handle, own);
  return found.length === own.length && found.every(({ call }) => call.verb ?? call.gives ?? call.queues) ? found : undefined;
}
