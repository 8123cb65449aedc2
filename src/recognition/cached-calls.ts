/** Functions that keep what they have asked for, under a key or under all that they are given. */
import type { ts as C } from 'ts-morph';
import { ts, type CallExpression, type Expression, type FunctionBody, type Node } from '../code/compiler.ts';
import type { Scene } from '../code/scene.ts';
import { declarationOf } from '../code/scope.ts';
import { bare, calleeName, escaped, inOneLine, isFunctionBody, isWithin, memberAccess, mentionsName, nodesWithin, returnedExpressions } from '../code/syntax.ts';
import { functionRun } from './behind-calls.ts';
import { queries } from './queries-of-function.ts';

/** How a call is answered from what was kept: `by-key` where every key is asked for once, `always` where every round of the loop around gives the same key. */
export function answeredFromCache(call: CallExpression, scene: Scene): 'by-key' | 'always' | undefined {
  const fn = functionRun(call, scene);
  if (!fn?.body) return undefined;
  return answeredBy(fn, call, scene) ?? (isOfKept(fn, scene) ? 'by-key' : undefined);
}

const ofKept = Symbol('asks only what is kept');

/** `match(ticket)`, which asks for nothing but `await this.policiesFor(ticket.tenantId)`, which keeps what it gives. */
function isOfKept(fn: FunctionBody, scene: Scene): boolean {
  return scene.remember(ofKept, fn, () => {
    const { found, calls } = queries.standingIn(fn, scene);
    const asking = found.length > 0 ? [] : calls.filter((each) => queries.behind(each, scene).length > 0);
    return asking.length > 0 && asking.every((each) => ts.isCallExpression(each) && answeredFromCache(each, scene) !== undefined);
  }, false);
}

function answeredBy(fn: FunctionBody, call: CallExpression, scene: Scene): 'by-key' | 'always' | undefined {
  const isForOneRequest = isMemoized(call, scene);
  const keys = isForOneRequest ? fn.parameters.map((_, index) => index) : keysOf(fn, scene);
  if (!keys) return undefined;
  const given = keys.map((index) => call.arguments[index]);
  if (given.length > 0 && given.every((each) => each !== undefined && isSameEveryRound(each, call))) return 'always';
  // What is kept for one request alone is asked for as many keys as there are.
  return isForOneRequest ? undefined : 'by-key';
}

/** `export const hasAccess = cache(async (user, team) => …)` of React, `memoize(load)`. */
function isMemoized(call: CallExpression, scene: Scene): boolean {
  const value = scene.valueOf(call.expression);
  if (value.kind !== 'result') return false;
  const names = [calleeName(value.node), value.of.kind === 'external' ? value.of.path.at(-1) : undefined];
  return names.some((name) => name !== undefined && /^(?:cache|memo|p?[mM]emoi[sz]e\w*|moize)$/.test(name));
}

const ofKeys = Symbol('what a function keeps under keys');

/** `const hit = known.get(uri); if (hit) return hit; …; known.set(uri, actor);`: which of its parameters make the key; undefined for what keeps nothing. */
function keysOf(fn: FunctionBody, scene: Scene): readonly number[] | undefined {
  return scene.remember(ofKeys, fn, () => readKeys(fn) ?? keysBehind(fn, scene), undefined);
}

/** `const priceOf = (model) => remember(`price:${model}`, () => load(model))`: a function that is nothing but a call of one that keeps what it is asked for. */
function keysBehind(fn: FunctionBody, scene: Scene): readonly number[] | undefined {
  const [only, ...others] = returnedExpressions(fn);
  const call = only && others.length === 0 ? bare(only) : undefined;
  const keeper = call && ts.isCallExpression(call) ? functionRun(call, scene) : undefined;
  return keeper && keysOf(keeper, scene) ? fn.parameters.map((_, index) => index) : undefined;
}

function readKeys(fn: FunctionBody): number[] | undefined {
  if (!/\.set\(/.test(fn.body!.getText())) return undefined;
  const calls = nodesWithin(fn.body!, ts.isCallExpression).flatMap((call) => {
    const access = memberAccess(call.expression);
    const [key] = call.arguments;
    return access && key && /^(?:get|has|set)$/.test(access.name) && outlives(access.of, fn) ? [{ call, name: access.name, key, place: `${inOneLine(access.of, 80)} ${inOneLine(key, 200)}` }] : [];
  });
  const kept = new Set(calls.filter(({ name }) => name === 'set').map(({ place }) => place));
  const asked = calls.filter(({ name, place }) => name !== 'set' && kept.has(place));
  const [first] = asked;
  if (!first || !givesBack(fn, asked.map(({ call }) => call))) return undefined;
  return fn.parameters.flatMap(({ name }, index) => (ts.isIdentifier(name) && mentionsName(first.key, (each) => each === name.text) ? [index] : []));
}

/**
 * True where a function gives its caller what was kept, untouched: `return hit;`, `return known.get(uri);`. What is done with it first, as with a pool that is kept
 * for each tenant and then asked, is done in every round.
 */
function givesBack(fn: FunctionBody, asked: readonly CallExpression[]): boolean {
  const names = new Set(asked.flatMap(({ parent }) => (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name) ? [parent.name.text] : [])));
  return returnedExpressions(fn).some((each) => {
    const given = bare(each);
    return asked.some((call) => bare(call) === given) || (ts.isIdentifier(given) && names.has(given.text)) || (ts.isCallExpression(given) && asked.some((call) => inOneLine(call, 200).replace('.has(', '.get(') === inOneLine(given, 200)));
  });
}

/** A member of the object itself, or something that is declared outside of the function: there in the next call as well. */
function outlives(store: Expression, fn: FunctionBody): boolean {
  const node = bare(store);
  if (ts.isPropertyAccessExpression(node)) return node.expression.kind === ts.SyntaxKind.ThisKeyword;
  const declared = ts.isIdentifier(node) ? declarationOf(node) : undefined;
  return declared?.kind === 'variable' && !isWithin(declared.node, fn) && isLocalStore(declared.node);
}

/** A map or a cache of the process, and no client of a store elsewhere. */
function isLocalStore({ initializer }: C.VariableDeclaration): boolean {
  const made = initializer && bare(initializer);
  return made !== undefined && ts.isNewExpression(made) && /Map$|Cache$|^LRU/.test(made.expression.getText());
}

/** True for what is born outside of every loop of the function around a call, and given no other value in one of them. */
function isSameEveryRound(given: Expression, call: CallExpression): boolean {
  const round = outermostRound(call);
  if (!round) return false;
  return nodesWithin(given, ts.isIdentifier).every((name) => {
    const declared = declarationOf(name);
    return !declared || declared.kind === 'import' || (!isWithin(declared.node, round) && !isSetWithin(round, name.text));
  });
}

function isSetWithin(round: Node, name: string): boolean {
  return new RegExp(`(?<![\\w$.])${escaped(name)}\\s*(?:\\+\\+|--|[-+*/|&?]{0,2}=(?![=>]))|(?:\\+\\+|--)${escaped(name)}\\b`).test(round.getText());
}

/** The outermost loop around a node, also through callbacks that are run for each element, or the function around it where it stands in none. */
function outermostRound(node: Node): Node | undefined {
  let found: Node | undefined;
  for (let up = node.parent; up; up = up.parent) {
    if (ts.isIterationStatement(up, false)) found = up;
    if (!isFunctionBody(up)) continue;
    if (!ts.isCallExpression(up.parent) || !perElement.test(calleeName(up.parent) ?? '')) return found ?? up;
    found = up;
  }
  return found;
}

const perElement = /(?:map|each|filter|some|every|reduce|find|all)(?:Series|Limit|Async|Settled)?$/i;
