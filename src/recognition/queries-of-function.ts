import { ts, type CallExpression, type FunctionBody, type Node } from '../code/compiler.ts';
import type { Scene } from '../code/scene.ts';
import { calleeName, isFunctionBody, stepAt, wrapped } from '../code/syntax.ts';
import type { Step } from '../model.ts';
import { queryAt, type Query } from './query.ts';

/** A query that a function makes, and the calls that lead to it, outermost first; the last step is the query. */
export type Reached = { query: Query; chain: readonly Step[] };

/** Calls followed one behind the other. Four reach service → repository → base class → client. */
const deepest = 5;
/** Queries told of one function; the first ones say enough. */
const most = 6;

/** One memory a depth: what a call near the end of the chain could not see must not speak for one near its beginning. */
const ofFunction = Array.from({ length: deepest }, (_, depth) => Symbol(`queries of function at ${depth}`));

/** The queries that one call of this function makes, in it or in what it calls. */
export function queriesOf(fn: FunctionBody, scene: Scene, depth = 0): readonly Reached[] {
  if (depth >= deepest || !fn.body) return [];
  return scene.remember(ofFunction[depth], fn, () => read(fn, scene, depth), []);
}

function read(fn: FunctionBody, scene: Scene, depth: number): Reached[] {
  const found: Reached[] = [];
  const calls: CallExpression[] = [];
  const visit = (node: Node): void => {
    if (found.length >= most) return;
    if (ts.isClassLike(node)) return;
    if (isFunctionBody(node) && node !== fn && !runsWhereItStands(node)) return;
    const query = queryAt(node, scene);
    if (query) found.push({ query, chain: [stepAt(node)] });
    else if (ts.isCallExpression(node)) calls.push(node);
    ts.forEachChild(node, visit);
  };
  visit(fn.body!);
  // What stands in the function itself says more than what hides behind its calls.
  for (const call of calls) {
    if (found.length >= most) break;
    found.push(...queriesBehind(call, scene, depth + 1).slice(0, most - found.length));
  }
  return found;
}

/** The queries that a call makes through a function of this repository. */
export function queriesBehind(call: CallExpression, scene: Scene, depth = 0): readonly Reached[] {
  if (mayBeQuick(call)) return [];
  const fn = scene.calledFunction(call);
  if (!fn) return [];
  return queriesOf(fn, scene, depth).map(({ query, chain }) => ({ query, chain: [stepAt(call), ...chain] }));
}

const builtIns = new Set([
  'push', 'pop', 'shift', 'map', 'filter', 'forEach', 'reduce', 'includes', 'join', 'split', 'slice', 'concat', 'indexOf', 'keys', 'values', 'entries', 'toString',
  'replace', 'trim', 'log', 'error', 'warn', 'info', 'debug', 'stringify', 'parse', 'then', 'catch', 'finally', 'has', 'toLowerCase', 'toUpperCase', 'startsWith',
  'endsWith', 'sort', 'some', 'every', 'toISOString', 'getTime', 'json', 'status', 'send', 'end', 'emit', 'assign', 'freeze', 'isArray', 'all', 'resolve', 'reject', 'test', 'match',
  'exec', 'floor', 'round', 'min', 'max', 'now', 'padStart', 'flat', 'flatMap', 'at', 'find', 'findIndex', 'apply', 'bind', 'call', 'on', 'once', 'next', 'require', 't',
]);

/** Names of the language's own library on a receiver that is no class of ours: not worth opening files for. `this.find()` is. */
function mayBeQuick(call: CallExpression): boolean {
  const name = calleeName(call);
  if (name === undefined) return true;
  return builtIns.has(name) && !(ts.isPropertyAccessExpression(call.expression) && mayBeOurs(call.expression.expression));
}

function mayBeOurs(receiver: Node): boolean {
  return receiver.kind === ts.SyntaxKind.ThisKeyword || receiver.kind === ts.SyntaxKind.SuperKeyword ||
    (ts.isPropertyAccessExpression(receiver) && receiver.expression.kind === ts.SyntaxKind.ThisKeyword) || (ts.isIdentifier(receiver) && /^[A-Z]/.test(receiver.text));
}

const registers = /^(?:on|once|addListener|addEventListener|prependListener|subscribe|unsubscribe|describe|it|test|beforeEach|afterEach|beforeAll|afterAll|command|createServer|listen|setHandler|register\w*|observe|watch)$/;
const routes = /^(?:get|post|put|patch|delete|head|options|all|use|route)$/;

/**
 * True for a function that is passed to a call and so runs where it stands, as far as one can tell: callbacks of iterations,
 * transactions and wrappers. Handlers that are only registered run later, at their own time.
 */
export function runsWhereItStands(fn: FunctionBody): boolean {
  const outer = wrapped(fn);
  const call = outer.parent;
  if (!call) return false;
  if (ts.isNewExpression(call)) return ts.isIdentifier(call.expression) && call.expression.text === 'Promise';
  if (!ts.isCallExpression(call)) return false;
  if (call.expression === outer) return true; // (async () => { … })()
  const name = calleeName(call) ?? '';
  if (registers.test(name)) return false;
  const first = call.arguments[0];
  return !(routes.test(name) && first && ts.isStringLiteralLike(first));
}
