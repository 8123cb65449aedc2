/** Why each element of a loop is done by itself, where the code around a query shows it. */
import { ts, type CallExpression, type FunctionBody, type Node } from '../code/compiler.ts';
import type { ts as C } from 'ts-morph';
import type { Scene } from '../code/scene.ts';
import { declarationOf } from '../code/scope.ts';
import { argument, bare, calleeName, enclosingFunction, inOneLine, isAwaitedWithin, isFunctionBody, isWithin, memberAccess, mentionsName, nodesWithin, propertyOf, returnedExpressions, wrapped } from '../code/syntax.ts';
import { Following, functionRun, runsWhereItStands, type Done } from './behind-calls.ts';
import { answeredFromCache } from './cached-calls.ts';
import { isChained, namesGivenBy } from './chained-rounds.ts';
import { effectIn, reachesOutside } from './effects.ts';
import { fallbacksOf } from './preloaded.ts';
import { queries } from './queries-of-function.ts';
import { queryAt, type Query } from './query.ts';
import { resolverOf } from './resolver.ts';
import { startsTogether } from './sent-together.ts';
import { usesOf } from './variable-uses.ts';
import { isGivenGroup } from './whole-groups.ts';

/**
 * `step`: a step of a durable workflow that is this element's own. `transaction`: a unit of work of its own, begun for it. `outcome`: a
 * write that says what became of it, once its mail was sent, its file stored, its request made, or once it failed. `isolated`: writes of a
 * function whose failure is caught for this element alone. `once`: what it asks for is kept, and asked for once a key. `pages`: rows of its
 * own, read page by page. `fallback`: all at once was tried before. `merged`: all start at once, and the library merges what they look
 * up. `migration`: work that is done once, as the names around it say. `lock`: a lock of its own, held in a store of copies.
 * `unless-loaded`: a field resolver that asks only where its parent does not carry the field. `operation`: a function that writes to three tables or more for it,
 * or looks up several things and writes. `effect`: it has a mail sent, a request made or a pause for each element anyway. `chained`: it asks by what the round
 * before has brought.
 */
export type OneByOne = 'chained' | 'effect' | 'unless-loaded' | 'merged' | 'operation' | 'migration' | 'lock' | 'step' | 'transaction' | 'outcome' | 'isolated' | 'once' | 'pages' | 'fallback';

/** One round of a loop: what runs for one element, and the loop or the call that makes the rounds. */
type Round = { body: Node; maker: Node };

/** @param reached the query that the node is, or the queries behind the call. */
export function oneByOne(node: Node, reached: readonly Done<Query>[], scene: Scene): OneByOne | undefined {
  if (startsTogether(node, reached, scene)) return 'merged';
  if (isOfMigration(node)) return 'migration';
  if (isLock(node, reached)) return 'lock';
  if (isUnlessLoaded(node, scene)) return 'unless-loaded';
  if (isOfConnection(node, scene)) return 'pages';
  if (isGivenToForEach(node) && reached.every(({ what }) => what.library.holdsCopies)) return 'merged';
  const round = roundAround(node);
  if (!round) return undefined;
  if (isOnItsWay(node, round, reached)) return 'merged';
  if (isChained(node, round)) return 'chained';
  if (isStepOfItsOwn(node, round, scene)) return 'step';
  if (isUnitOfItsOwn(node, round, reached, scene)) return 'transaction';
  const onlyWrites = reached.length > 0 && reached.every(({ what }) => what.verb === 'write');
  if ((onlyWrites && saysWhatBecame(node, round, scene)) || isOfFailure(node, round)) return 'outcome';
  if (onlyWrites && ts.isCallExpression(node) && !queryAt(node, scene) && isIsolated(node, round)) return 'isolated';
  if ((ts.isCallExpression(node) && writesToSeveralTables(reached)) || writesToSeveralTables(doneInRound(round, scene))) return 'operation';
  if (isAskedOnce(node, round) || (ts.isCallExpression(node) && !queryAt(node, scene) && answeredFromCache(node, scene))) return 'once';
  if (isFallback(round.maker)) return 'fallback';
  if (isPageOfItsOwn(node, round) || isGivenGroup(node, round.maker)) return 'pages';
  return hasWorkOfItsOwn(node, round, reached, scene) ? 'effect' : undefined;
}

/** False for look-ups beside other work: all of them can be made before, whatever else is done for each element. */
function hasWorkOfItsOwn(node: Node, round: Round, reached: readonly Done<Query>[], scene: Scene): boolean {
  const query = queryAt(node, scene);
  if (query && query.verb !== 'write') return false;
  const body = !query && ts.isCallExpression(node) ? functionRun(node, scene)?.body : undefined;
  if (body !== undefined && reachesOutside(body, scene)) return true;
  return reached.some(({ what: { verb } }) => verb === 'write') && reachesOutside(round.body, scene);
}

/** Commands to a store of copies that nobody awaits one by one: all of them are under way together. */
function isOnItsWay(node: Node, round: Round, reached: readonly Done<Query>[]): boolean {
  if (!reached.every(({ what, chain }) => what.library.holdsCopies && chain.length <= 2)) return false;
  return ts.isExpressionStatement(node.parent) || (ts.isCallExpression(round.maker) && isWithin(node, round.body) && reached.length === 1);
}

/** `keys.forEach(cache.remove);`, which waits for nothing. */
function isGivenToForEach(node: Node): boolean {
  const call = node.parent;
  return ts.isCallExpression(call) && call.expression !== node && calleeName(call) === 'forEach' && ts.isExpressionStatement(call.parent);
}

const perElement = /(?:map|each|filter|some|every|reduce|reduceRight|series|parallel|batches)(?:Series|Limit|Async|Of|Settled|Values|Right)?$/i;

function roundAround(node: Node): Round | undefined {
  for (let inner = node, up = node.parent; up; inner = up, up = up.parent) {
    if (ts.isIterationStatement(up, false) && up.statement === inner) return { body: inner, maker: up };
    if (!isFunctionBody(up)) continue;
    const call = wrapped(up).parent;
    if (call && ts.isCallExpression(call) && call.expression !== wrapped(up) && perElement.test(calleeName(call) ?? '')) return { body: up, maker: call };
    if (!runsWhereItStands(up) && !ts.isArrowFunction(up)) return undefined;
  }
  return undefined;
}

/** The functions around a node within its round, innermost first, each with the call that it is given to. */
function* givenAround(node: Node, round: Round): Generator<{ fn: FunctionBody; call: CallExpression }> {
  for (let up = node.parent; up && up !== round.body; up = up.parent) {
    if (!isFunctionBody(up)) continue;
    const call = wrapped(up).parent;
    if (call && ts.isCallExpression(call) && call.expression !== wrapped(up)) yield { fn: up, call };
  }
}

// -- migrations -------------------------------------------------------------------------------------------------------

const saysMigration = /migrat|back_?fill/i;

/** A function or a class around that is called a migration or a backfill. */
function isOfMigration(node: Node): boolean {
  for (let up = node.parent; up; up = up.parent) {
    const name = isFunctionBody(up) || ts.isClassLike(up) ? (up.name ?? nameOfHolder(up)) : undefined;
    if (name && ts.isIdentifier(name) && saysMigration.test(name.text)) return true;
  }
  return false;
}

/** `const backfill = async () => …`, `{ backfill: async () => … }`. */
function nameOfHolder(fn: Node): Node | undefined {
  const { parent } = wrapped(fn);
  return ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) ? parent.name : undefined;
}

// -- locks ------------------------------------------------------------------------------------------------------------

/** `acquireLock(key)`, `lease.renew(key)`: locks are taken one after the other, in one order, so that nobody waits for somebody who waits. */
function isLock(node: Node, reached: readonly Done<Query>[]): boolean {
  if (!ts.isCallExpression(node) || !reached.every(({ what }) => what.library.holdsCopies)) return false;
  return /(?:^|[a-z_.])(?:lock|Lock|lease|Lease|mutex|Mutex|semaphore|Semaphore)(?:s|[A-Z_.]|$)/.test(node.expression.getText());
}

// -- field resolvers --------------------------------------------------------------------------------------------------

/** `return { nodes, totalCount, limit, offset };`: a field that is a list with pages of its own, which is asked for of one parent and seldom of many. */
function isOfConnection(node: Node, scene: Scene): boolean {
  for (let fn = enclosingFunction(node); fn; fn = enclosingFunction(fn)) {
    if (!resolverOf(fn, scene)) continue;
    const round = roundAround(node);
    // A loop within has rounds of its own.
    if (round && isWithin(round.maker, fn)) return false;
    return returnedExpressions(fn).map((each) => bare(each)).some((each) => ts.isObjectLiteralExpression(each) && ['totalCount', 'pageInfo'].some((name) => propertyOf(each, name)) && ['nodes', 'edges', 'items', 'limit', 'offset'].some((name) => propertyOf(each, name)));
  }
  return false;
}

/** `if (order.payments) return order.payments;` before it: lists may well bring the field along. */
function isUnlessLoaded(node: Node, scene: Scene): boolean {
  for (let fn = enclosingFunction(node); fn; fn = enclosingFunction(fn)) {
    const resolver = resolverOf(fn, scene);
    const parent = resolver && fn.parameters.find(({ name }) => inOneLine(name, 40) === resolver.parent);
    // A loop within has rounds of its own.
    const round = roundAround(node);
    if (parent) return !(round && isWithin(round.maker, fn)) && fallbacksOf(fn, parent).some((each) => isWithin(node, each));
  }
  return false;
}

// -- steps ------------------------------------------------------------------------------------------------------------

/** The calls that make a step: Inngest and Upstash `run`, Cloudflare `do`, Restate and DBOS, `runTask` and its kin. */
const steppers = /^(?:run|do|step|runTask|runStep|runActivity|invoke|task)$/;
const holders = /^(?:step|steps|io|workflow|wf|DBOS)$/;

/**
 * `` step.run(`merge-${id}`, async () => …) `` within the round, or a function that declares itself to be a step. One step around the
 * whole loop makes none of each element.
 */
function isStepOfItsOwn(node: Node, round: Round, scene: Scene): boolean {
  for (const { call } of givenAround(node, round)) if (makesStep(call)) return true;
  const fn = ts.isCallExpression(node) ? scene.calledFunction(node) : undefined;
  return fn?.body !== undefined && ts.isBlock(fn.body) && fn.body.statements.some((each) => ts.isExpressionStatement(each) && ts.isStringLiteral(each.expression) && each.expression.text === 'use step');
}

/** A name made of the element tells the steps apart; a plain one will do where the holder is called a step or a workflow. */
function makesStep(call: CallExpression): boolean {
  const access = memberAccess(bare(call.expression));
  const name = argument(call, 0);
  if (!access || !name || !steppers.test(access.name)) return false;
  if (ts.isTemplateExpression(name) || (ts.isBinaryExpression(name) && name.operatorToken.kind === ts.SyntaxKind.PlusToken)) return true;
  const holder = bare(access.of);
  return ts.isStringLiteralLike(name) && holders.test(ts.isIdentifier(holder) ? holder.text : (memberAccess(holder)?.name ?? ''));
}

// -- units of work ----------------------------------------------------------------------------------------------------

const begins = /^(?:\$?transaction|transactional|(?:run|with|in|do|execute|use|wrap)\w*transaction|begin|tx(?:If)?)$/i;
/** `withOptionalTransaction(tx, …)` joins the one that it is given. */
const joins = /optional|existing|maybe|same/i;
const byHand = /^(?:start|begin)Transaction$/;
/** Names of a transaction that somebody else began. */
const handed = /^(?:tx|trx|t|transaction|transacting|queryRunner)$/i;
/** Calls that are followed to a transaction: the function that is called, and what it calls. */
const depthOfTransactions = 3;

const transactions = new Following((node: Node): CallExpression | undefined => (ts.isCallExpression(node) && beginsTransaction(node) ? node : undefined));

function beginsTransaction(call: CallExpression): boolean {
  const name = calleeName(call) ?? '';
  if (byHand.test(name)) return true;
  return begins.test(name) && !joins.test(name) && workOf(call) !== undefined;
}

function workOf(call: CallExpression): FunctionBody | undefined {
  return call.arguments.map((each) => bare(each)).find((each): each is typeof each & FunctionBody => isFunctionBody(each)) as FunctionBody | undefined;
}

/** A transaction around the query, or in the function that is called, which writes; or writes whose results decide what is read next. */
function isUnitOfItsOwn(node: Node, round: Round, reached: readonly Done<Query>[], scene: Scene): boolean {
  for (const { fn, call } of givenAround(node, round)) {
    const done = beginsTransaction(call) ? queries.doneBy(fn, scene, 1) : [];
    if (writes(done) && !(isPlain(done) && !usesResults(fn))) return true;
  }
  if (!ts.isCallExpression(node) || queryAt(node, scene)) return false;
  if (readsWhatItWrote(reached)) return true;
  if (isHandedTransaction(node)) return false;
  return transactions.behind(node, scene, depthOfTransactions).some(({ what }) => {
    const work = workOf(what);
    const done = work ? queries.doneBy(work, scene, 1) : reached;
    // Beside plain writes, what the function looks up first or does to the outside makes it one piece of work.
    return writes(done) && !(isPlain(done) && !(work && usesResults(work)) && isPlain(reached) && !doesMore(node, scene));
  });
}

function writes(done: readonly Done<Query>[]): boolean {
  return done.some(({ what }) => what.verb === 'write');
}

/** Writes alone, each of which one statement could do for all rows: a single transaction around all of them would do. */
function isPlain(done: readonly Done<Query>[]): boolean {
  return done.every(({ what }) => what.verb === 'write' && what.batchable);
}

/** `const { count } = await update(…); if (count === 0) return;`: what was done decides what is done next. */
function usesResults(fn: FunctionBody): boolean {
  if (!fn.body || !ts.isBlock(fn.body)) return false;
  const { statements } = fn.body;
  return statements.some((each, index) => /\bawait\b/.test(each.getText()) && saysOf(namesGivenBy(each), statements.slice(index + 1)));
}

/** `catch (error) { await markUnavailable(row.id); throw error; }`: what is done for an element that failed, which few do. */
function isOfFailure(node: Node, round: Round): boolean {
  for (let up = node.parent; up && up !== round.body; up = up.parent) if (ts.isCatchClause(up)) return true;
  return false;
}

function doesMore(call: CallExpression, scene: Scene): boolean {
  const body = scene.calledFunction(call)?.body;
  return body !== undefined && effectIn(body, scene) !== undefined;
}

function isHandedTransaction(call: CallExpression): boolean {
  return call.arguments.some((each) => {
    const given = bare(each);
    if (ts.isIdentifier(given)) return handed.test(given.text);
    return ts.isObjectLiteralExpression(given) && given.properties.some(({ name }) => name && ts.isIdentifier(name) && handed.test(name.text));
  });
}

/** Several writes, and every read behind the first of them in the same function: no read can be made for all elements before. */
function readsWhatItWrote(reached: readonly Done<Query>[]): boolean {
  const own = reached.filter(({ chain }) => chain.length === 2).map(({ what }) => what);
  if (own.length < reached.length || own.filter(({ verb, library }) => verb === 'write' && !library.holdsCopies).length < 2) return false;
  const first = own.find(({ verb }) => verb === 'write')!;
  const reads = own.filter(({ verb }) => verb !== 'write');
  return reads.length > 0 && reads.every(({ node }) => node.getSourceFile() === first.node.getSourceFile() && node.pos > first.node.pos);
}

// -- outcomes ---------------------------------------------------------------------------------------------------------

/**
 * In the branch for what failed, or behind something done for this element that no statement takes back: it says what that gave, or
 * one element comes after the other, so that what was done stays known when the next one fails. Where all are under way at the same
 * time, a plain mark can be set for all of them afterwards.
 */
function saysWhatBecame(node: Node, round: Round, scene: Scene): boolean {
  const tests: Node[] = [];
  for (let inner = node, up = node.parent; up && inner !== round.body; inner = up, up = up.parent) {
    if (ts.isCatchClause(up)) return true;
    if (ts.isIfStatement(up) && inner !== up.expression) tests.push(up.expression);
    for (const each of earlierIn(up, inner)) {
      if (effectIn(each, scene) && (isInTurn(round) || each === tests.at(-1) || saysOf(namesGivenBy(each), [node, ...tests]))) return true;
      if (ts.isIfStatement(each)) tests.push(each.expression);
    }
  }
  return ts.isCallExpression(node) && !queryAt(node, scene) && storesAfterEffect(node, round, scene);
}

/** A loop that awaits waits for each element, unlike a list whose callbacks are all started. */
function isInTurn({ maker }: Round): boolean {
  return ts.isIterationStatement(maker, false);
}

function saysOf(names: ReadonlySet<string>, nodes: readonly Node[]): boolean {
  return names.size > 0 && nodes.some((node) => mentionsName(node, (name) => names.has(name)));
}

/** What runs right before this child of a node does: earlier statements, nearest first, the test of a branch, what a promise waits for. */
function earlierIn(up: Node, inner: Node): readonly Node[] {
  if (ts.isBlock(up) || ts.isCaseOrDefaultClause(up)) return up.statements.slice(0, up.statements.indexOf(inner as never)).toReversed();
  if (ts.isIfStatement(up) && inner !== up.expression) return [up.expression];
  if (ts.isCallExpression(up) && inner !== up.expression) {
    const access = memberAccess(up.expression);
    return access?.name === 'then' ? [access.of] : [];
  }
  return [];
}

/** `putFile(file)`: a function that uploads or sends first, and then writes down what that gave. */
function storesAfterEffect(call: CallExpression, round: Round, scene: Scene): boolean {
  const body = scene.calledFunction(call)?.body;
  if (!body || !ts.isBlock(body)) return false;
  const done = body.statements.findIndex((each) => effectIn(each, scene));
  if (done < 0) return false;
  const names = namesGivenBy(body.statements[done]!);
  return body.statements.slice(done + 1).some((each) => (isInTurn(round) || saysOf(names, [each])) && leadsToQuery(each, scene));
}

function leadsToQuery(root: Node, scene: Scene): boolean {
  let leads = false;
  const visit = (each: Node): void => {
    if (leads || (isFunctionBody(each) && !runsWhereItStands(each))) return;
    if (queryAt(each, scene) || (ts.isCallExpression(each) && queries.behind(each, scene, depthOfTransactions).length > 0)) leads = true;
    else ts.forEachChild(each, visit);
  };
  visit(root);
  return leads;
}

/** Within a `try` of the round whose failure is caught there, so that the other elements go on. */
function isIsolated(node: Node, round: Round): boolean {
  for (let inner = node, up = node.parent; up && inner !== round.body; inner = up, up = up.parent) {
    if (ts.isTryStatement(up) && inner === up.tryBlock && up.catchClause && !endsLoop(up.catchClause)) return true;
  }
  return false;
}

function endsLoop({ block }: { block: Node }): boolean {
  let ends = false;
  const visit = (node: Node): void => {
    if (ends || isFunctionBody(node)) return;
    if (ts.isThrowStatement(node) || ts.isBreakStatement(node)) ends = true;
    ts.forEachChild(node, visit);
  };
  visit(block);
  return ends;
}

/** What writes to three tables or more, or works with four, is an operation of its own, and would have to be written anew for many elements. */
function writesToSeveralTables(reached: readonly Done<Query>[]): boolean {
  const stored = reached.filter(({ what: { library } }) => !library.holdsCopies).map(({ what }) => what);
  const written = new Set(stored.flatMap(({ verb, table }) => (verb === 'write' ? (table ?? []) : [])));
  const read = new Set(stored.flatMap(({ verb, table }) => (verb === 'write' ? [] : (table ?? []))));
  return written.size > 2 || (written.size > 0 && written.size + read.size > 3);
}

const ofRounds = Symbol('queries of a round');

/** All queries that one round makes, in its own body and behind its calls. */
function doneInRound({ body }: Round, scene: Scene): readonly Done<Query>[] {
  return scene.remember(ofRounds, body, () => {
    const { found, calls } = queries.standingIn(body, scene);
    return [...found, ...calls.slice(0, mostCallsOfRound).flatMap((call) => queries.behind(call, scene))];
  }, []);
}

/** Calls of one round that are followed; an operation shows itself in fewer. */
const mostCallsOfRound = 40;

// -- once, pages and fallbacks ----------------------------------------------------------------------------------------

/** `if (rates[key] === undefined) rates[key] = await load(key)`, `if (!known.has(key)) known.set(key, await load(key))`, `rates[key] ??= …`. */
function isAskedOnce(node: Node, round: Round): boolean {
  for (let inner = node, up = node.parent; up && inner !== round.body; inner = up, up = up.parent) {
    if (isFunctionBody(up)) return false;
    if (ts.isBinaryExpression(up) && inner === up.right && up.operatorToken.kind === ts.SyntaxKind.QuestionQuestionEqualsToken && ts.isElementAccessExpression(up.left)) return isOutside(up.left.expression, round);
    if (ts.isBlock(up) && isLeftWhereKept(up, inner, round)) return true;
    if (!ts.isIfStatement(up) || inner !== up.thenStatement) continue;
    const kept = missingIn(up.expression);
    if (kept && isOutside(kept, round) && isFilledIn(inner, kept.getText())) return true;
    if (flagsNotSet(up.expression).some((flag) => isOutside(flag, round) && isSetIn(inner, flag.text))) return true;
  }
  return false;
}

/** Of one block: what keeps the keys that make it leave the round, where it always keeps them afterwards, and the statement that asks. */
const leftFrom = new WeakMap<C.Block, ReadonlyMap<C.Expression, number>>();

/** `if (known.has(key)) continue;` before, and `known.add(key)` beside it. */
function isLeftWhereKept(block: C.Block, statement: Node, round: Round): boolean {
  let kept = leftFrom.get(block);
  if (!kept) leftFrom.set(block, (kept = holdersThatLeave(block)));
  if (kept.size === 0) return false;
  const at = block.statements.indexOf(statement as C.Statement);
  return [...kept].some(([holder, from]) => from < at && isOutside(holder, round));
}

function holdersThatLeave(block: C.Block): Map<C.Expression, number> {
  const asked = block.statements.flatMap((each, at): [C.Expression, number][] => {
    if (!ts.isIfStatement(each) || each.elseStatement) return [];
    const last = ts.isBlock(each.thenStatement) ? each.thenStatement.statements.at(-1) : each.thenStatement;
    const holder = last && (ts.isContinueStatement(last) || ts.isReturnStatement(last)) ? holderAsked(each.expression) : undefined;
    return holder ? [[holder, at]] : [];
  });
  if (asked.length === 0) return new Map();
  const filled = new Set(block.statements.flatMap((each) => (ts.isExpressionStatement(each) ? (holderFilled(each.expression) ?? []) : [])));
  return new Map(asked.filter(([holder]) => filled.has(holder.getText())));
}

/** What `known.add(key)`, `known.set(key, row)` and `known[key] = row` fill. */
function holderFilled(expression: C.Expression): string | undefined {
  if (ts.isBinaryExpression(expression)) return expression.operatorToken.kind === ts.SyntaxKind.EqualsToken && ts.isElementAccessExpression(expression.left) ? expression.left.expression.getText() : undefined;
  const access = ts.isCallExpression(expression) ? memberAccess(expression.expression) : undefined;
  return access && /^(?:set|add)$/.test(access.name) ? access.of.getText() : undefined;
}

/** `map` of `map.has(key)`, `map.get(key)`, `map[key]`, and of a name that stands for one of these. */
function holderAsked(test: C.Expression): C.Expression | undefined {
  const node = bare(test);
  if (ts.isElementAccessExpression(node)) return node.expression;
  const declared = ts.isIdentifier(node) ? declarationOf(node) : undefined;
  if (declared?.kind === 'variable') return declared.node.initializer && !ts.isIdentifier(bare(declared.node.initializer)) ? holderAsked(declared.node.initializer) : undefined;
  const access = ts.isCallExpression(node) ? memberAccess(node.expression) : undefined;
  return access && /^(?:has|get)$/.test(access.name) ? access.of : undefined;
}

/** What a test finds to lack a key: `!map.has(key)`, `!map.get(key)`, `!rates[key]`, `rates[key] === undefined`, `!known` of `const known = map.get(key)`. */
function missingIn(test: C.Expression): C.Expression | undefined {
  const node = bare(test);
  const isEmpty = ts.isBinaryExpression(node) && /^===?$/.test(node.operatorToken.getText()) && /^(?:undefined|null)$/.test(node.right.getText());
  const asked = isEmpty ? bare(node.left) : ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken ? bare(node.operand) : undefined;
  return asked && holderAsked(asked);
}

/** `done` of `!done && isAdmin(user)`. */
function flagsNotSet(test: C.Expression): C.Identifier[] {
  const node = bare(test);
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken) return [...flagsNotSet(node.left), ...flagsNotSet(node.right)];
  const flag = ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken ? bare(node.operand) : undefined;
  return flag && ts.isIdentifier(flag) ? [flag] : [];
}

function isSetIn(branch: Node, flag: string): boolean {
  return nodesWithin(branch, ts.isBinaryExpression).some(({ left, operatorToken, right }) => operatorToken.kind === ts.SyntaxKind.EqualsToken && right.kind === ts.SyntaxKind.TrueKeyword && ts.isIdentifier(left) && left.text === flag);
}

/** What is kept within the round is empty in the next one. */
function isOutside(kept: C.Expression, round: Round): boolean {
  const declared = ts.isIdentifier(kept) ? declarationOf(kept) : undefined;
  return declared === undefined ? memberAccess(kept) !== undefined : !isWithin(declared.node, round.body);
}

function isFilledIn(branch: Node, kept: string): boolean {
  let fills = false;
  const visit = (each: Node): void => {
    if ((ts.isBinaryExpression(each) || ts.isCallExpression(each)) && holderFilled(each) === kept) fills = true;
    if (!fills) ts.forEachChild(each, visit);
  };
  visit(branch);
  return fills;
}

/** `do { [cursor, keys] = await redis.scan(cursor) } while (cursor !== '0')`: the inner loop pages, by what the last page said. */
function isPageOfItsOwn(node: Node, { maker }: Round): boolean {
  if (isStreamed(node)) return true;
  if (!ts.isCallExpression(node) || !(ts.isWhileStatement(maker) || ts.isDoStatement(maker) || ts.isForStatement(maker))) return false;
  const names = new Set<string>();
  const visit = (each: Node): void => {
    if (ts.isBinaryExpression(each) && each.operatorToken.kind === ts.SyntaxKind.EqualsToken && ts.isIdentifier(each.left) && tellsPages.test(each.left.text)) names.add(each.left.text);
    ts.forEachChild(each, visit);
  };
  visit(maker.statement);
  if (isDrained(maker)) return true;
  const condition = ts.isForStatement(maker) ? maker.condition : maker.expression;
  // What is done in a loop that goes on from page to page is done once a page, whether or not it is told where the page begins.
  const isGoneOn = condition !== undefined && !/\.(?:length|size)\b/.test(condition.getText()) && mentionsName(condition, (name) => names.has(name));
  return names.size > 0 && (isGoneOn || node.arguments.some((each) => mentionsName(each, (name) => names.has(name))));
}

/** `while (true) { const due = await findMany({ …, take: 100 }); if (due.length === 0) break; … }`: a portion a round, until none is left. */
function isDrained(maker: C.WhileStatement | C.DoStatement | C.ForStatement): boolean {
  const body = maker.statement.getText();
  return /\b(?:take|limit|first|batchSize)\b/i.test(body) && /\bif\s*\(\s*(?:!\s*[\w.]+\.length|[\w.]+\.length\s*(?:===?\s*0|<\s*[\w.]+))\s*\)\s*\{?\s*(?:break|return)\b/.test(body);
}

/** Names of what says where the next page begins. */
const tellsPages = /cursor|token|offset|page|after|last|next|skip/i;

/** `const rows = repository.backfill(id); for await (const row of rows) send(row);`: rows that are read as they come. */
function isStreamed(node: Node): boolean {
  if (!ts.isCallExpression(node)) return false;
  const outer = wrapped(node);
  if (isAwaitedWithin(node, outer)) return false;
  const isRead = (list: Node): boolean => ts.isForOfStatement(list.parent) && list.parent.expression === list && list.parent.awaitModifier !== undefined;
  if (isRead(outer)) return true;
  const { parent } = outer;
  return ts.isVariableDeclaration(parent) && parent.initializer === node && usesOf(parent).some(isRead);
}

/** The loop goes over a list that one call was given as a whole before, which failed: `try { await insertMany(rows) } catch { for (const row of rows) … }`. */
function isFallback(maker: Node): boolean {
  const list = ts.isForOfStatement(maker) ? bare(maker.expression) : ts.isCallExpression(maker) ? (memberAccess(bare(maker.expression))?.of ?? maker) : undefined;
  if (!list || !ts.isIdentifier(list)) return false;
  for (let inner = maker, up = maker.parent; up && !(isFunctionBody(up) && !runsWhereItStands(up)); inner = up, up = up.parent) {
    if (ts.isTryStatement(up) && inner === up.catchClause && takesWhole(up, list.text)) return true;
    if (ts.isBlock(up) && up.statements.slice(0, up.statements.indexOf(inner as never)).some((each) => ts.isTryStatement(each) && leavesWhenDone(each) && takesWhole(each, list.text))) return true;
  }
  return false;
}

function leavesWhenDone({ tryBlock, catchClause }: C.TryStatement): boolean {
  const last = tryBlock.statements.at(-1);
  const end = catchClause?.block.statements.at(-1);
  return last !== undefined && ts.isReturnStatement(last) && !(end && (ts.isReturnStatement(end) || ts.isThrowStatement(end)));
}

function takesWhole({ tryBlock }: C.TryStatement, list: string): boolean {
  let takes = false;
  const visit = (each: Node): void => {
    if (ts.isAwaitExpression(each)) {
      const call = bare(each);
      if (ts.isCallExpression(call) && call.arguments.some((given) => mentionsName(given, (name) => name === list)) && !isWithinRound(call, tryBlock)) takes = true;
    }
    if (!takes) ts.forEachChild(each, visit);
  };
  visit(tryBlock);
  return takes;
}

function isWithinRound(node: Node, outer: Node): boolean {
  const round = roundAround(node);
  return round !== undefined && isWithin(round.body, outer);
}
