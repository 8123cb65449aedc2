import { ts, type CallExpression, type Expression, type FunctionBody, type ParameterDeclaration } from '../code/compiler.ts';
import { declarationOf } from '../code/scope.ts';
import type { Scene } from '../code/scene.ts';
import { bare, calleeName, functionName, hasHiddenProperties, memberAccess, nameText, propertyOf, propertyValue, stepAt } from '../code/syntax.ts';
import type { Step } from '../model.ts';
import { mayBeQuick } from './behind-calls.ts';
import { takesOneOnly } from './one-taken.ts';
import { queries } from './queries-of-function.ts';
import { literalOf } from './query-arguments.ts';
import { boundsByColumn, boundsByFilter } from './query-bounds.ts';
import { laterOperations, operationsOf } from './query-chain.ts';
import { limitsAt } from './query-limits.ts';
import { scopeOfFilters, type Scope } from './query-scope.ts';
import type { Query } from './query.ts';

/** A call that leaves out what would limit the rows of the query it leads to, though the function takes it. */
export type LeftOut = { query: Query; scope: Scope | undefined; chain: readonly Step[] };

/** Names of functions that give lists. Others are not worth opening files for. */
const givesLists = /^(?:find|list|search|fetch|query|all|get(?:All|Many|\w+s$)|load(?:All|Many|\w+s$))(?!One|First|Unique|Count|By(?:Id|Pk|Key)s?\b)/;

/** False for a call that gives no list, by its name. */
export function mayGiveList(call: CallExpression): boolean {
  return givesLists.test(calleeName(call) ?? '') && !mayBeQuick(call);
}

/** The query whose limit a call leaves out. Silent where options or filter stand elsewhere: they may well limit it. */
export function limitLeftOut(call: CallExpression, scene: Scene): LeftOut | undefined {
  if (!mayGiveList(call) || call.arguments.some((each) => ts.isSpreadElement(each))) return undefined;
  const fn = scene.calledFunction(call);
  const open = fn && scene.remember(ofOpenQuery, fn, () => openQueryOf(fn, scene), undefined);
  if (!open || !open.limits.every((limit) => isLeftOut(call, limit, scene)) || takesOneOnly(call)) return undefined;
  const filters = open.filters.map((place) => given(call, place, scene));
  if (filters.includes('hidden')) return undefined;
  const seen = filters.filter((each) => typeof each === 'object');
  if (seen.some((each) => boundsByFilter(each, open.query.library, scene))) return undefined;
  const scope = narrower(open.query.scope, scopeOfFilters(seen, scene));
  return scope === 'hidden' ? undefined : { query: open.query, scope, chain: [stepAt(call), stepAt(open.query.node)] };
}

/** True for a function that gives a list, whose query nothing limits but what a caller gives. */
export function leavesLimitToCallers(fn: FunctionBody, scene: Scene): boolean {
  return givesLists.test(functionName(fn)?.split('.').at(-1) ?? '') && scene.remember(ofOpenQuery, fn, () => openQueryOf(fn, scene), undefined) !== undefined;
}

const ofOpenQuery = Symbol('open query');

/** A parameter, and the way into what it is given. Keys are alternatives: any of them limits. */
type Place = { index: number; path: readonly string[]; keys?: readonly string[] };

/** A query of a function that nothing limits but what a caller gives. */
type OpenQuery = { query: Query; limits: readonly Place[]; filters: readonly Place[] };

function openQueryOf(fn: FunctionBody, scene: Scene): OpenQuery | undefined {
  const reads = queries.standingIn(fn, scene).found.map(({ what }) => what).filter(({ verb }) => verb === 'read-many');
  const [query] = reads;
  if (!query || reads.length > 1 || !ts.isCallExpression(query.node) || query.bounded === false) return undefined;
  const limits: Place[] = [];
  const filters: Place[] = [];
  for (const limit of limitsAt(query.node, scene)) {
    const place = placeOf(limit, fn);
    if (!place) return undefined;
    limits.push(place);
  }
  const { options: keys } = query.library;
  for (const { call, given: sent } of [...operationsOf(query.node, scene), ...laterOperations(query.node, scene)]) {
    if (ts.isTaggedTemplateExpression(sent)) return undefined;
    if ([call.bounds ?? []].flat().some(({ argument }) => argument < 0) || call.pipeline !== undefined || call.text !== undefined || call.capped) return undefined;
    if (call.condition && boundsByColumn(sent, call.condition)) return undefined;
    const written = sent.arguments ?? [];
    const options = call.options === undefined || !written[call.options] ? undefined : bare(written[call.options]!);
    const literal = options && literalOf(options, scene);
    if (literal && hasHiddenProperties(literal)) return undefined;
    if (options && !literal && call.options !== call.filter) {
      const place = placeOf(options, fn);
      if (!place || !keys || keys.bounds.length === 0) return undefined;
      limits.push({ ...place, keys: keys.bounds });
      for (const key of keys.filter) filters.push({ ...place, path: [...place.path, key] });
    }
    const filterHere = call.filter === undefined ? undefined : written[call.filter];
    for (const filter of [filterHere, ...(literal && keys ? keys.filter.map((key) => propertyValue(literal, key)) : [])]) {
      if (!filter) continue;
      if (boundsByFilter(bare(filter), query.library, scene)) return undefined;
      const place = placeOf(filter, fn);
      if (place) filters.push(place);
      else if (!literalOf(filter, scene)) return undefined;
    }
  }
  return limits.length > 0 ? { query, limits, filters } : undefined;
}

/** `limit`, `options?.limit`, or a name that either was taken apart into: the parameter behind it, where nothing stands in for what is left out. */
function placeOf(expression: Expression, fn: FunctionBody, depth = 0): Place | undefined {
  const node = bare(expression);
  if (depth > 6) return undefined;
  const access = memberAccess(node);
  if (access) return within(placeOf(access.of, fn, depth + 1), access.name);
  const declared = ts.isIdentifier(node) ? declarationOf(node) : undefined;
  if (declared?.kind === 'parameter') return ofParameter(declared.node, fn);
  if (declared?.kind !== 'binding' || declared.node.initializer || declared.node.dotDotDotToken || !ts.isObjectBindingPattern(declared.node.parent)) return undefined;
  const holder = declared.node.parent.parent;
  const name = nameText(declared.node.propertyName ?? declared.node.name);
  const whole = ts.isParameter(holder) ? ofParameter(holder, fn) : ts.isVariableDeclaration(holder) && holder.initializer ? placeOf(holder.initializer, fn, depth + 1) : undefined;
  return name === undefined ? undefined : within(whole, name);
}

/** A parameter that may be left out without anything in its place; `{}` is nothing. */
function ofParameter(parameter: ParameterDeclaration, fn: FunctionBody): Place | undefined {
  const index = fn.parameters.indexOf(parameter);
  const initial = parameter.initializer && bare(parameter.initializer);
  return index < 0 || parameter.dotDotDotToken || (initial && !(ts.isObjectLiteralExpression(initial) && initial.properties.length === 0)) ? undefined : { index, path: [] };
}

function within(place: Place | undefined, name: string): Place | undefined {
  return place && { ...place, path: [...place.path, name] };
}

function isLeftOut(call: CallExpression, place: Place, scene: Scene): boolean {
  if (!place.keys) return given(call, place, scene) === 'nothing';
  return place.keys.every((key) => given(call, { index: place.index, path: [...place.path, key] }, scene) === 'nothing');
}

/** What a call gives for a place; `hidden` where that stands elsewhere. */
function given(call: CallExpression, { index, path }: Place, scene: Scene): Expression | 'nothing' | 'hidden' {
  let value: Expression | undefined = call.arguments[index];
  for (const name of path) {
    if (!value || isNothing(value)) return 'nothing';
    const literal = literalOf(value, scene);
    if (!literal || hasHiddenProperties(literal)) return 'hidden';
    const property = propertyOf(literal, name);
    value = propertyValue(literal, name);
    if (property && !value) return 'hidden';
  }
  if (!value || isNothing(value)) return 'nothing';
  // A filter is looked into by who asks; of everything else it is enough that it is there.
  return literalOf(value, scene) ?? 'hidden';
}

function isNothing(value: Expression): boolean {
  const node = bare(value);
  return ts.isIdentifier(node) && node.text === 'undefined';
}

/** Of two filters that both hold, how far they reach together. */
function narrower(one: Scope | undefined, other: Scope | undefined): Scope | undefined {
  for (const scope of ['parent', 'tenant'] as const) if (one === scope || other === scope) return scope;
  return other === 'hidden' ? 'hidden' : 'none';
}
