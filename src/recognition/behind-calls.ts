/** What is found behind calls: how functions of the repository are followed to something that they do. */
import { ts, type CallExpression, type FunctionBody, type NewExpression, type Node, type PropertyAccessExpression } from '../code/compiler.ts';
import type { ts as C } from 'ts-morph';
import { methodFoundByName } from '../code/found-by-name.ts';
import { declarationOf, type Declared } from '../code/scope.ts';
import type { Scene } from '../code/scene.ts';
import { bare, calleeName, isFunctionBody, lastName, nameText, requireArgument, stepAt, wrapped } from '../code/syntax.ts';
import type { Step } from '../model.ts';
import { runsWhenFull } from './branches-apart.ts';
import { isForTests } from './for-tests.ts';
import { methodOfRow } from './handle.ts';
import { lentMethod } from './lent-methods.ts';
import { messageHandler } from './message-handlers.ts';
import { isKeptFrom, isKeptFurther } from './kept-from.ts';
import { isKeptForAll } from './kept-for-all.ts';
import { listenersOf } from './listeners.ts';
import { isAnswerUsedAtOnce } from './used-at-once.ts';

/** Something that a function does, and the calls that lead to it, outermost first; the last step is the place itself. */
export type Done<What> = { what: What; chain: readonly Step[] };

/** Calls followed one behind the other. Four reach service → repository → base class → client. */
const deepest = 5;
/** Things told of one function; the first ones say enough. */
const most = 6;

/** Follows calls to one kind of thing: queries, say, or requests. */
export class Following<What> {
  private readonly at: (node: Node, scene: Scene) => What | undefined;
  /** One memory a depth: what a call near the end of the chain could not see must not speak for one near its beginning. */
  private readonly ofFunction = Array.from({ length: deepest }, (_, depth) => Symbol(`done by a function at ${depth}`));

  /** @param at what is looked for, where a node is one by itself. */
  constructor(at: (node: Node, scene: Scene) => What | undefined) {
    this.at = at;
  }

  /** What one call of this function does, in it or in what it calls. */
  doneBy(fn: FunctionBody, scene: Scene, depth = 0): readonly Done<What>[] {
    if (depth >= deepest || !fn.body) return [];
    return scene.remember(this.ofFunction[depth], fn, () => this.read(fn, scene, depth), []);
  }

  private read(fn: FunctionBody, scene: Scene, depth: number): Done<What>[] {
    const { found, calls } = this.standingIn(fn, scene);
    // What stands in the function itself says more than what hides behind its calls.
    for (const call of calls) {
      if (found.length >= most) break;
      found.push(...this.behind(call, scene, depth + 1).slice(0, most - found.length));
    }
    return found;
  }

  /** What stands in a function itself, or in the body of a loop, and its other calls, which may lead to more. */
  standingIn(root: Node, scene: Scene): { found: Done<What>[]; calls: (CallExpression | NewExpression)[] } {
    const found: Done<What>[] = [];
    const calls: (CallExpression | NewExpression)[] = [];
    const visit = (node: Node): void => {
      if (found.length >= most) return;
      if (ts.isClassLike(node)) return;
      if (isFunctionBody(node) && node !== root && !runsWhereItStands(node)) return;
      if (isKeptForAll(node)) return;
      if (ts.isIfStatement(node) && (isForTests(node.expression) || (isFunctionBody(root) && runsWhenFull(node, root)))) {
        if (node.elseStatement) visit(node.elseStatement);
        return;
      }
      const what = this.at(node, scene);
      if (what) found.push({ what, chain: [stepAt(node)] });
      else if (ts.isCallExpression(node) || ts.isNewExpression(node)) calls.push(node);
      ts.forEachChild(node, visit);
    };
    const start = isFunctionBody(root) ? root.body : root;
    if (start) visit(start);
    return { found, calls };
  }

  /** What a call does through functions of this repository: the one that it calls, the constructor, or the listeners of what it emits. */
  behind(call: CallExpression | NewExpression, scene: Scene, depth = 0): readonly Done<What>[] {
    const { functions, called } = runBy(call, scene);
    const done = functions.flatMap((fn) => this.doneBy(fn, scene, depth)).map(({ what, chain }) => ({ what, chain: [stepAt(call), ...chain] }));
    if (!called || !ts.isCallExpression(call)) return done;
    return done.filter(({ chain }) => !isKeptFrom(call, called, chain[1], scene) && !isKeptFurther(call, called, chain, scene, (inner) => functionRun(inner, scene)));
  }
}

/** The functions that a call runs; `called` is the one that gets its arguments as they stand. */
function runBy(call: CallExpression | NewExpression, scene: Scene): { functions: readonly FunctionBody[]; called?: FunctionBody } {
  if (ts.isNewExpression(call)) return { functions: constructorOf(call, scene) };
  const heard = listenersOf(call, scene);
  if (heard.length > 0 || mayBeQuick(call) || isAnswerUsedAtOnce(call, scene)) return { functions: heard };
  const fn = isKeptForRequest(call, scene) ? undefined : functionRun(call, scene);
  return fn && !isMerged(fn) ? { functions: [fn], called: fn } : { functions: [] };
}

/** `getViewer()` of `const getViewer = cache(async () => …)`: asked for once, as it is given nothing. */
function isKeptForRequest(call: CallExpression, scene: Scene): boolean {
  if (call.arguments.length > 0 || !ts.isIdentifier(call.expression)) return false;
  const value = scene.valueOf(call.expression);
  return value.kind === 'result' && keepsForRequest.test(calleeName(value.node) ?? '');
}

const keepsForRequest = /^(?:cache|reactCache|memo|once|p?[mM]emoi[sz]e\w*|moize)$/;

/** The function of this repository that a call runs: the one that it names, a method of a row or a model, or who does what is asked of a bus. */
export function functionRun(call: CallExpression, scene: Scene): FunctionBody | undefined {
  return scene.calledFunction(call) ?? methodOfRow(call, scene) ?? lentMethod(call, scene) ?? messageHandler(call, scene) ?? methodFoundByName(call, scene);
}

/** The constructor that `new` runs, of the class itself or of the nearest one that it extends. */
function constructorOf(made: NewExpression, scene: Scene): FunctionBody[] {
  const value = ts.isIdentifier(made.expression) && !declarationOf(made.expression) ? undefined : scene.valueOf(made.expression);
  if (value?.kind !== 'class') return [];
  for (const { node } of scene.lineage(value.node)) {
    const own = node?.members.find((member) => ts.isConstructorDeclaration(member) && member.body !== undefined);
    if (own) return [own as FunctionBody];
  }
  return [];
}

/** `@BatchLoader() byId(id)`: calls of one tick are merged before the method runs. */
function isMerged(fn: FunctionBody): boolean {
  return ts.isMethodDeclaration(fn) && (ts.getDecorators(fn)?.some(({ expression }) => /^(?:data_?loader|batch(?:ed|ing|loader|able)?|coalesced?)$/i.test((ts.isCallExpression(expression) ? calleeName(expression) : ts.isIdentifier(expression) ? expression.text : undefined) ?? '')) ?? false);
}

const builtIns = new Set([
  'push', 'pop', 'shift', 'map', 'filter', 'forEach', 'reduce', 'includes', 'join', 'split', 'slice', 'concat', 'indexOf', 'keys', 'values', 'entries', 'toString',
  'replace', 'trim', 'log', 'error', 'warn', 'info', 'debug', 'stringify', 'parse', 'then', 'catch', 'finally', 'has', 'toLowerCase', 'toUpperCase', 'startsWith',
  'endsWith', 'sort', 'some', 'every', 'toISOString', 'getTime', 'json', 'status', 'send', 'end', 'emit', 'assign', 'freeze', 'isArray', 'all', 'resolve', 'reject', 'test', 'match',
  'exec', 'floor', 'round', 'min', 'max', 'now', 'padStart', 'flat', 'flatMap', 'at', 'find', 'findIndex', 'apply', 'bind', 'call', 'on', 'once', 'next', 'require', 't',
]);

const ofTheLanguage = new Set([
  'Number', 'String', 'Boolean', 'BigInt', 'Symbol', 'Object', 'Array', 'Date', 'Error', 'TypeError', 'RangeError', 'Map', 'Set', 'WeakMap', 'WeakSet', 'RegExp', 'URL', 'URLSearchParams', 'Promise',
  'parseInt', 'parseFloat', 'isNaN', 'isFinite', 'encodeURIComponent', 'decodeURIComponent', 'encodeURI', 'decodeURI', 'structuredClone', 'atob', 'btoa',
]);

/** True for what the language itself gives under its own name: `Number(row.total)`, `new Date()`. */
export function isOfTheLanguage({ expression }: CallExpression | NewExpression): boolean {
  return ts.isIdentifier(expression) && ofTheLanguage.has(expression.text) && !declarationOf(expression);
}

/** Names of the language's own library on a receiver that is no class of ours: not worth opening files for. `this.find()` is. */
export function mayBeQuick(call: CallExpression): boolean {
  const name = calleeName(call);
  if (name === undefined || ofSchemas.test(name)) return true;
  if (!builtIns.has(name)) return false;
  if (levels.has(name) && ts.isPropertyAccessExpression(call.expression) && isLogger(call.expression.expression)) return true;
  // `send(user)` of `import { send } from './notifications'`, and `push(user)` of the file itself.
  if (ts.isIdentifier(call.expression)) {
    const declared = declarationOf(call.expression);
    return !isWrittenHere(declared) && !(shared.has(name) && isOfModule(declared));
  }
  return !ts.isPropertyAccessExpression(call.expression) || !(mayBeOurs(call.expression.expression) || isAskedOfOurs(call, name));
}

/** A function of the file, for which none need be opened. */
function isWrittenHere(declared: Declared | undefined): boolean {
  const written = declared?.kind === 'variable' ? declared.node.initializer : undefined;
  return declared?.kind === 'function' || (written !== undefined && isFunctionBody(bare(written)));
}

/** A function of the file, or one that it imports or requires. */
function isOfModule(declared: Declared | undefined): boolean {
  if (declared?.kind !== 'binding') return declared?.kind === 'import' || declared?.kind === 'function' || declared?.kind === 'variable';
  const holder = declared.node.parent.parent;
  return ts.isVariableDeclaration(holder) && holder.initializer !== undefined && requireArgument(holder.initializer) !== undefined;
}

/** What schemas are asked. Some may wait, but not for a database. */
const ofSchemas = /^(?:safeParse|safeParseAsync|parseAsync|validateSync|parseOrThrow)$/;

const levels = new Set(['log', 'error', 'warn', 'info', 'debug']);

/** `this.logger`, `log`: whatever it is, what it writes is for people. */
function isLogger(receiver: Node): boolean {
  const name = ts.isPropertyAccessExpression(receiver) ? receiver.name.text : ts.isIdentifier(receiver) ? receiver.text : '';
  return /^[_#]?(?:log|logger|console|\w+Logger)$/i.test(name);
}

function mayBeOurs(receiver: Node): boolean {
  return receiver.kind === ts.SyntaxKind.ThisKeyword || receiver.kind === ts.SyntaxKind.SuperKeyword ||
    (ts.isPropertyAccessExpression(receiver) && receiver.expression.kind === ts.SyntaxKind.ThisKeyword) || (ts.isIdentifier(receiver) && /^[A-Z]/.test(receiver.text));
}

/** Names that repositories share with lists and maps. */
const shared = new Set(['find', 'all', 'has', 'exec', 'send', 'push', 'resolve', 'values', 'entries']);
/** What holds the repositories or services of an application by their names. */
const bags = /(?:^|[a-z])(?:[rR]epos|[rR]epositories|[sS]ervices|[dD]aos|[sS]tores|[mM]odels|dataSources)$/;

/** `users.find(id)`, where `users` is made, declared to be of some type, or imported. A list is asked with a function. */
function isAskedOfOurs(call: CallExpression, name: string): boolean {
  const receiver = (call.expression as PropertyAccessExpression).expression;
  const first = call.arguments[0];
  if (!shared.has(name) || (first && ts.isFunctionLike(first))) return false;
  // `repos.alerts.push(id, text)`, `ctx.services.orders.all()`
  if (ts.isPropertyAccessExpression(receiver)) return bags.test(lastName(receiver.expression) ?? '');
  if (!ts.isIdentifier(receiver)) return false;
  const declared = declarationOf(receiver);
  if (declared?.kind === 'import') return true;
  if (declared?.kind === 'variable') return declared.node.initializer !== undefined && ts.isNewExpression(declared.node.initializer);
  // `({ orders }: Dependencies) => …`
  const holder = declared?.kind === 'binding' && ts.isObjectBindingPattern(declared.node.parent) ? declared.node.parent.parent : declared?.kind === 'parameter' ? declared.node : undefined;
  return holder !== undefined && ts.isParameter(holder) && holder.type !== undefined && ts.isTypeReferenceNode(holder.type);
}

const registers = /^(?:setTimeout|setInterval|scheduleJob|on|once|addListener|addEventListener|prependListener|subscribe|unsubscribe|describe|it|test|beforeEach|afterEach|beforeAll|afterAll|command|createServer|listen|setHandler|(?:add|define|set)(?:Tool|Command|Handler|Route|Hook|Resolver|Resource|Prompt|Method)|register\w*|observe|watch)$/;
const routes = /^(?:get|post|put|patch|delete|head|options|all|use|route)$/;

/**
 * True for a function that is passed to a call and so runs where it stands, as far as one can tell: callbacks of iterations,
 * transactions and wrappers. Handlers that are only registered, and what a timer starts, run later, at their own time.
 */
export function runsWhereItStands(fn: FunctionBody): boolean {
  const outer = wrapped(fn);
  const call = outer.parent;
  if (!call) return false;
  if (ts.isNewExpression(call)) return ts.isIdentifier(call.expression) && call.expression.text === 'Promise';
  if (ts.isPropertyAssignment(call)) return isRunByHelper(call);
  if (!ts.isCallExpression(call)) return false;
  if (call.expression === outer) return true; // (async () => { … })()
  const name = calleeName(call) ?? '';
  if (registers.test(name) || (name === 'tool' && ts.isPropertyAccessExpression(call.expression)) || isTimetable(call, name) || fillsCache(call, name)) return false;
  return !(routes.test(name) && (beginsWithText(call.arguments[0]) || isHandlerOfRequests(fn)));
}

/** `cron.schedule('0 3 * * *', () => …)` waits for its hour; `limiter.schedule(() => …)` only for its turn. */
function isTimetable(call: CallExpression, name: string): boolean {
  const when = call.arguments[0];
  return name === 'schedule' && when !== undefined && !ts.isFunctionLike(when) && !ts.isObjectLiteralExpression(when);
}

/** What asks a cache by a key, and fills it where it has nothing. */
const asksCache = /^(?:get|getOr[A-Z]\w*|wrap|remember|fetch|load|resolve|retrieve|cached?|with[A-Z]?\w*Cache|\w*(?:From|Through|from|through)Cache|memoi[sz]ed?|\w*[cC]ached?Or[A-Z]\w*|getCached[A-Z]?\w*)$/;

/** `requestCache.get(key, () => load(id))`, `withCache(key, () => load(id))`: what it loads is asked for once a key, however often it is wanted. */
function fillsCache(call: CallExpression, name: string): boolean {
  const loader = call.arguments.find((each) => ts.isFunctionLike(each));
  // What takes `(error, found)` is told what there is, and loads nothing.
  if (!loader || loader === call.arguments[0] || (loader as FunctionBody).parameters.length > 0 || !asksCache.test(name)) return false;
  if (!ts.isPropertyAccessExpression(call.expression)) return /(?:[cC]ached?|[mM]emo(?:i[sz]ed?)?)(?:$|Or[A-Z])|^getCached/.test(name);
  const of = call.expression.expression;
  return /(?:cache|memo)(?:Service|Manager|Store|Client)?$/i.test(ts.isPropertyAccessExpression(of) ? of.name.text : ts.isIdentifier(of) ? of.text : '');
}

const workOfHelper = /(?:Fn|Func|Callback)$|^(?:fn|run|task|work|action|operation|callback|execute|fetcher|loader)$|^(?:read|load|fetch|find|query|select|lookup)(?:[A-Z]\w*)?$/;

/** `await inBatches({ limit, deleteFn: async () => … })`: work among the options of a helper that is awaited, and so done when it is. */
function isRunByHelper(property: C.PropertyAssignment): boolean {
  const call = property.parent.parent;
  return workOfHelper.test(nameText(property.name) ?? '') && ts.isCallExpression(call) && ts.isAwaitExpression(call.parent);
}

/** `'/users'`, `` `/users/${id}` ``, `'/' + name`: the path of a route. */
function beginsWithText(node: Node | undefined): boolean {
  if (!node) return false;
  if (ts.isTemplateExpression(node)) return node.head.text !== '';
  return ts.isStringLiteralLike(node) || (ts.isBinaryExpression(node) && beginsWithText(node.left));
}

/** `(req, res) => …`, `(ctx, next) => …`. */
function isHandlerOfRequests({ parameters }: FunctionBody): boolean {
  const first = parameters[0]?.name;
  return parameters.length > 1 && first !== undefined && ts.isIdentifier(first) && /^_?(?:req|request|ctx|context|c)$/.test(first.text);
}
