import { ts, type CallExpression, type Expression, type FunctionBody, type VariableDeclaration } from '../code/compiler.ts';
import { assignmentsTo, declarationOf } from '../code/scope.ts';
import type { Scene } from '../code/scene.ts';
import { bare, calleeName, hasHiddenProperties, mentionsName, nodesWithin, propertyValue, returnedExpressions, stepAt } from '../code/syntax.ts';
import type { Step } from '../model.ts';
import { mayBeQuick } from './behind-calls.ts';
import { givenFor, placeOf, type Place } from './given.ts';
import { openStatement } from './open-statement.ts';
import { queries } from './queries-of-function.ts';
import { literalOf, partsOfSpread } from './query-arguments.ts';
import { boundsByColumn, boundsByFilter } from './query-bounds.ts';
import { queryByWrapper, saysSql } from './query-by-wrapper.ts';
import { laterOperations, operationsOf } from './query-chain.ts';
import { limitsAt } from './query-limits.ts';
import { holdsAlways, narrower, scopeOfFilters, type Scope } from './query-scope.ts';
import { isTextual } from './query-text.ts';
import type { Query } from './query.ts';
import { scopeOfKeys } from './sql-text.ts';

/** A query in a function, or behind it, that nothing limits but what a caller gives. */
export type OpenQuery = {
  query: Query;
  limits: readonly Place[];
  /** Where a caller says which rows, besides what the code says itself. */
  filters: readonly Place[];
  scope: Scope | undefined;
  /** Conditions that are there where a caller gives something. */
  choices?: readonly { place: Place; column: string }[];
  /** From the function to the query. */
  chain: readonly Step[];
};

/** Names of functions that give lists. Others are not worth opening files for. */
export const givesLists = /^(?:find|list|search|fetch|query|all|get(?:All|Many|\w+s$)|load(?:All|Many|\w+s$)|history|\w+s(?:Of|For|By|Between|Since)(?=[A-Z]|$))(?!One|First|Unique|Count|By(?:Id|Pk|Key)s?\b)/;

/** False for a call that gives no list, by its name. */
export function mayGiveList(call: CallExpression): boolean {
  return givesLists.test(calleeName(call) ?? '') && !mayBeQuick(call);
}

/** Functions that hand what they are given on to the next: a service, its repository, the base of that. */
const deepest = 3;

const ofFunction = Array.from({ length: deepest }, (_, depth) => Symbol(`open query at ${depth}`));

/** The query of a function that only its callers can limit. */
export function openQueryOf(fn: FunctionBody, scene: Scene, depth = 0): OpenQuery | undefined {
  return depth >= deepest ? undefined : scene.remember(ofFunction[depth]!, fn, () => read(fn, scene, depth), undefined);
}

function read(fn: FunctionBody, scene: Scene, depth: number): OpenQuery | undefined {
  const reads = queries.standingIn(fn, scene).found.map(({ what }) => what).filter(({ verb }) => verb === 'read-many');
  if (reads.length === 0) return ofWrapper(fn, scene) ?? handedOn(fn, scene, depth);
  // The same of several tables, whichever is read.
  const [first, ...others] = reads.map((query) => openedBy(query, fn, scene));
  return first && others.every((other) => other && samePlaces(first.limits, other.limits) && samePlaces(first.filters, other.filters)) ? first : undefined;
}

/** The same of a statement that a wrapper of the project runs. */
function ofWrapper(fn: FunctionBody, scene: Scene): OpenQuery | undefined {
  if (!fn.body || !/\blimit\b|\bfetch\b/i.test(fn.body.getText())) return undefined;
  const found = nodesWithin(fn.body, ts.isCallExpression).flatMap((call) => (saysSql(call) ? (queryByWrapper(call, scene) ?? []) : []));
  return found.length === 1 && found[0]!.verb === 'read-many' ? ofStatement(found[0]!, fn, scene) : undefined;
}

function ofStatement(query: Query, fn: FunctionBody, scene: Scene): OpenQuery | undefined {
  const open = ts.isCallExpression(query.node) ? openStatement(query.node, fn, scene) : undefined;
  return open && { query, ...open, chain: [stepAt(query.node)] };
}

const samePlaces = (one: readonly Place[], other: readonly Place[]): boolean => JSON.stringify(one) === JSON.stringify(other);

/** What a query in a function leaves to its callers, where nothing else limits it. */
export function openedBy(query: Query, fn: FunctionBody, scene: Scene): OpenQuery | undefined {
  if (!ts.isCallExpression(query.node) || (query.bounded === false && query.scope !== 'hidden')) return undefined;
  const operations = [...operationsOf(query.node, scene), ...laterOperations(query.node, scene)];
  if (operations.some(({ call }) => call.text !== undefined)) return ofStatement(query, fn, scene);
  const limits: Place[] = [];
  const filters: Place[] = [];
  let unseen = false;
  for (const limit of limitsAt(query.node, scene)) {
    const place = placeOf(limit, fn);
    if (!place) return undefined;
    // A query that is put together in a variable is asked at each of its steps.
    if (!limits.some((each) => samePlaces([each], [place]))) limits.push(place);
  }
  const { options: keys } = query.library;
  const run = operations.findLast(({ maybe }) => !maybe);
  for (const operation of operations) {
    const { call, given: sent } = operation;
    if (ts.isTaggedTemplateExpression(sent)) return undefined;
    if ([call.bounds ?? []].flat().some(({ argument }) => argument < 0) || call.pipeline !== undefined || call.capped) return undefined;
    if (call.condition && holdsAlways(operation, run) && boundsByColumn(sent, call.condition)) return undefined;
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
    // `where(filter)` takes an object as well as a column.
    const filterHere = call.filter !== undefined ? written[call.filter] : call.condition && written.length === 1 && !isTextual(bare(written[0]!)) ? written[0] : undefined;
    for (const filter of [filterHere, ...(literal && keys ? keys.filter.map((key) => propertyValue(literal, key)) : [])]) {
      if (!filter) continue;
      if (boundsByFilter(bare(filter), query.library, scene)) return undefined;
      // `where('order.open')`: text that bounds nothing.
      if (isTextual(bare(filter))) continue;
      const place = filterPlaceOf(filter, fn, scene);
      const known = place ? undefined : literalOf(filter, scene);
      if (place) filters.push(place);
      else if (!known) return undefined;
      else {
        for (const property of known.properties) {
          if (!ts.isSpreadAssignment(property)) continue;
          const part = filterPlaceOf(property.expression, fn, scene);
          if (part) filters.push(part);
          else unseen ||= partsOfSpread(property.expression).some((each) => !literalOf(each, scene));
        }
      }
    }
  }
  // What a parameter hides is looked into where it is given.
  const scope = query.scope === 'hidden' && !unseen ? 'none' : query.scope;
  // `list(filter) { return this.model.find(filter); }`: who calls it says which rows, and nobody can say how many.
  const isForCallers = limits.length > 0 || (filters.length > 0 && query.bounded === false && query.scope === 'hidden');
  return isForCallers ? { query, limits, filters, scope, chain: [stepAt(query.node)] } : undefined;
}

/** `return this.orders.find(filter, options)`: a function that hands its limit on to another one. */
function handedOn(fn: FunctionBody, scene: Scene, depth: number): OpenQuery | undefined {
  for (const returned of returnedExpressions(fn)) {
    const call = bare(returned);
    const inner = ts.isCallExpression(call) && mayGiveList(call) && !call.arguments.some((each) => ts.isSpreadElement(each)) ? scene.calledFunction(call) : undefined;
    const open = inner && inner !== fn && openQueryOf(inner, scene, depth + 1);
    if (open) return through(call as CallExpression, open, fn, scene);
  }
  return undefined;
}

function through(call: CallExpression, open: OpenQuery, fn: FunctionBody, scene: Scene): OpenQuery | undefined {
  const limits: Place[] = [];
  const filters: Place[] = [];
  const written: Expression[] = [];
  for (const { keys, ...limit } of open.limits) {
    const found = givenFor(call, limit, scene);
    const place = typeof found === 'string' ? undefined : placeOf(found.value, fn);
    if (!place || typeof found === 'string') return undefined;
    limits.push({ index: place.index, path: [...place.path, ...found.path], ...(keys && { keys }) });
  }
  for (const filter of open.filters) {
    const found = givenFor(call, filter, scene);
    if (found === 'nothing') continue;
    if (found === 'hidden') return undefined;
    const place = filterPlaceOf(found.value, fn, scene);
    const known = found.path.length === 0 ? literalOf(found.value, scene) : undefined;
    if (place) filters.push({ index: place.index, path: [...place.path, ...found.path] });
    else if (!known || hasHiddenProperties(known) || boundsByFilter(known, open.query.library, scene)) return undefined;
    else written.push(known);
  }
  const choices: { place: Place; column: string }[] = [];
  const columns: string[] = [];
  for (const { place: choice, column } of open.choices ?? []) {
    const found = givenFor(call, choice, scene);
    const place = typeof found === 'string' ? undefined : placeOf(found.value, fn);
    if (place && typeof found !== 'string') choices.push({ place: { index: place.index, path: [...place.path, ...found.path] }, column });
    else if (found !== 'nothing') columns.push(column);
  }
  return { query: open.query, limits, filters, choices, scope: [scopeOfFilters(written, scene), scopeOfKeys(columns)].reduce(narrower, open.scope), chain: [stepAt(call), ...open.chain] };
}

/** The same for a filter, which a variable may have narrowed. */
function filterPlaceOf(filter: Expression, fn: FunctionBody, scene: Scene): Place | undefined {
  const node = bare(filter);
  const declared = ts.isIdentifier(node) ? declarationOf(node) : undefined;
  const narrowed = ts.isCallExpression(node) ? narrowedBy(node, scene) : undefined;
  if (narrowed) return filterPlaceOf(narrowed, fn, scene);
  return placeOf(declared?.kind === 'variable' && onlyNarrowed(declared.node) ? declared.node.initializer! : node, fn);
}

/** `filter` of `this.notDeleted(filter)`, which gives it back with more in it, or as it is. */
function narrowedBy(call: CallExpression, scene: Scene): Expression | undefined {
  const [only, ...others] = call.arguments;
  const fn = only && others.length === 0 && !ts.isSpreadElement(only) ? scene.calledFunction(call) : undefined;
  const name = fn?.parameters[0]?.name;
  const results = fn && name && ts.isIdentifier(name) ? returnedExpressions(fn) : [];
  return results.length > 0 && results.every((each) => keepsAll(each, (name as { text?: string }).text!)) ? only : undefined;
}

/** `filter`, `{ deletedAt: null, ...filter }`, either of both. */
function keepsAll(expression: Expression, name: string): boolean {
  const node = bare(expression);
  if (ts.isIdentifier(node)) return node.text === name;
  if (ts.isConditionalExpression(node)) return keepsAll(node.whenTrue, name) && keepsAll(node.whenFalse, name);
  return ts.isObjectLiteralExpression(node) && node.properties.some((each) => ts.isSpreadAssignment(each) && keepsAll(each.expression, name));
}

/** `let whole = where; if (old) whole = { AND: [where, …] };`: a name for the same rows, or for fewer of them. */
function onlyNarrowed({ name, initializer }: VariableDeclaration): boolean {
  const source = initializer && bare(initializer);
  return source !== undefined && ts.isIdentifier(source) && ts.isIdentifier(name) && assignmentsTo(name.text, name).every((value) => mentionsName(value, (each) => each === source.text));
}
