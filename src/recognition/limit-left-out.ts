import { ts, type CallExpression, type Expression, type FunctionBody } from '../code/compiler.ts';
import type { Scene } from '../code/scene.ts';
import { bare, functionName, memberAccess, returnedExpressions, stepAt, wrapped } from '../code/syntax.ts';
import type { Step } from '../model.ts';
import { takesOneOnly } from './one-taken.ts';
import { givenFor, type Place } from './given.ts';
import { givesLists, mayGiveList, openQueryOf } from './open-query.ts';
import { isPublished } from './publications.ts';
import { literalOf } from './query-arguments.ts';
import { boundsByFilter, isAllThereAre, isUniqueKey } from './query-bounds.ts';
import { operationsOf } from './query-chain.ts';
import { narrower, scopeOfFilters, type Scope } from './query-scope.ts';
import type { Query } from './query.ts';
import { scopeOfKeys } from './sql-text.ts';
import { usesOf, variableOf } from './variable-uses.ts';

/** A call that leaves out what would limit the rows of the query it leads to, though the function takes it. */
export type LeftOut = { query: Query; scope: Scope | undefined; chain: readonly Step[] };

/** The query whose limit a call leaves out. Silent where options or filter stand elsewhere: they may well limit it. */
export function limitLeftOut(call: CallExpression, scene: Scene): LeftOut | undefined {
  if (!mayGiveList(call) || call.arguments.some((each) => ts.isSpreadElement(each))) return undefined;
  const fn = scene.calledFunction(call);
  const open = fn && openQueryOf(fn, scene);
  if (!open || !open.limits.every((limit) => isLeftOut(call, limit, scene)) || takesOneOnly(call) || isOnlyCounted(call) || isGoneThrough(call) || isCursorHandedOn(call, fn!, open.query, scene)) return undefined;
  const filters = open.filters.map((place) => given(call, place, scene));
  if (filters.includes('hidden')) return undefined;
  const seen = filters.filter((each) => typeof each === 'object');
  if (seen.some((each) => boundsByFilter(each, open.query.library, scene))) return undefined;
  const chosen = (open.choices ?? []).filter(({ place }) => given(call, place, scene) !== 'nothing').map(({ column }) => column);
  if (chosen.some((column) => isUniqueKey(column))) return undefined;
  const scope = [scopeOfFilters(seen, scene), scopeOfKeys(chosen)].reduce(narrower, open.scope);
  // Nothing could have been given: that the list is long is said of the query as well, and what its table is stands there.
  if (open.limits.length === 0 && scope !== 'hidden') return { query: open.query, scope: 'hidden', chain: [stepAt(call), ...open.chain] };
  return scope === 'hidden' ? undefined : { query: open.query, scope, chain: [stepAt(call), ...open.chain] };
}

/** True for a function that gives a list, whose query nothing limits but what a caller gives. */
export function leavesLimitToCallers(fn: FunctionBody, scene: Scene): boolean {
  return givesLists.test(functionName(fn)?.split('.').at(-1) ?? '') && openQueryOf(fn, scene) !== undefined;
}

function isLeftOut(call: CallExpression, place: Place, scene: Scene): boolean {
  return (place.keys ?? ['']).every((key) => {
    const found = givenFor(call, key === '' ? place : { index: place.index, path: [...place.path, key] }, scene);
    return found === 'nothing' || (typeof found === 'object' && found.path.length === 0 && isAllThereAre(bare(found.value)));
  });
}

/** What a call gives for a place; `hidden` where that stands elsewhere. */
function given(call: CallExpression, place: Place, scene: Scene): Expression | 'nothing' | 'hidden' {
  const found = givenFor(call, place, scene);
  // A filter is looked into by who asks; of everything else it is enough that it is there.
  return typeof found === 'string' ? found : found.path.length > 0 ? 'hidden' : (literalOf(found.value, scene) ?? 'hidden');
}

/** `return this.find({ open: true });`, where that gives a cursor: how much of it is read cannot be seen here. */
function isCursorHandedOn(call: CallExpression, fn: FunctionBody, { node }: Query, scene: Scene): boolean {
  const { parent } = wrapped(call);
  if ((!ts.isReturnStatement(parent) && !ts.isArrowFunction(parent)) || isPublished(call)) return false;
  if (!returnedExpressions(fn).some((each) => bare(each) === node)) return false;
  const end = ts.isCallExpression(node) ? operationsOf(node, scene).at(-1) : undefined;
  return end !== undefined && end.handle.library.kinds[end.call.gives ?? '']?.runs === 'by-terminal';
}

/** `for await (const card of cards(query))`: rows come one after another, as a cursor has them. */
function isGoneThrough(call: CallExpression): boolean {
  const { parent } = call;
  return ts.isForOfStatement(parent) && parent.expression === call && parent.awaitModifier !== undefined;
}

/** `const cursor = await cards(query); return cursor.count();` */
function isOnlyCounted(call: CallExpression): boolean {
  const variable = variableOf(call);
  const uses = variable ? usesOf(variable).map((use) => memberAccess(use.parent)?.name) : [];
  return uses.length > 0 && uses.every((name) => /^count(?:Async|Documents)?$/.test(name ?? ''));
}
