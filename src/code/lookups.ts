/** What is taken out again of what holds things: `rows.find((row) => …)`, `byId.get(id)`, `keyBy(rows, 'id')[id]`. */
import { ts, type CallExpression, type Expression } from './compiler.ts';
import { callsOn, declarationOf } from './scope.ts';
import type { Scene } from './scene.ts';
import { bare, calleeName, isFunctionBody, memberAccess, returnedExpressions } from './syntax.ts';
import { isSaying, unknown, type Value } from './value.ts';

/** What a call takes out of a list or a map; undefined for everything else. */
export function takenOut(call: CallExpression, callee: Value, scene: Scene): Value | undefined {
  if (callee.kind !== 'member') return undefined;
  const first = call.arguments[0] && bare(call.arguments[0]);
  switch (callee.name) {
    case 'find':
    case 'findLast':
      return first && isFunctionBody(first) ? scene.elementOf(callee.of) : undefined;
    case 'pop':
    case 'shift':
      return !first && isList(callee.of) ? scene.elementOf(callee.of) : undefined;
    case 'get':
      return first && callee.of.kind === 'made' && callee.of.of.kind === 'global' && callee.of.of.name === 'Map' ? inMap(call, callee.of, scene) : undefined;
    default:
      return undefined;
  }
}

function isList(value: Value): boolean {
  return value.kind === 'result' || value.kind === 'list' || value.kind === 'array';
}

/** What `new Map(rows.map((row) => [row.id, row]))` holds, or what is put into it: `byId.set(row.id, row)`. */
function inMap(get: CallExpression, map: Extract<Value, { kind: 'made' }>, scene: Scene): Value | undefined {
  const entries = map.node && ts.isNewExpression(map.node) ? map.node.arguments?.[0] : undefined;
  const value = entries && ofEntries(entries, scene);
  if (value) return value;
  // `pools: Map<Use, Pool>`
  const typed = map.types?.[1] && scene.valueOfType(map.types[1]);
  if (typed && isSaying(typed)) return typed;
  const holder = memberAccess(bare(get.expression))?.of;
  const declared = holder && ts.isIdentifier(holder) ? declarationOf(holder) : undefined;
  if (declared?.kind !== 'variable' || !holder || !ts.isIdentifier(holder)) return undefined;
  for (const set of callsOn(holder.text, 'set', declared.node).slice(0, 4)) {
    const put = set.arguments[1] ? scene.valueOf(set.arguments[1]) : unknown;
    if (isSaying(put)) return put;
  }
  return undefined;
}

/** The second of each pair: `rows.map((row) => [row.id, row])`. */
function ofEntries(entries: Expression, scene: Scene): Value | undefined {
  const call = bare(entries);
  const pair = ts.isCallExpression(call) && calleeName(call) === 'map' ? call.arguments[0] && bare(call.arguments[0]) : undefined;
  const made = pair && isFunctionBody(pair) ? returnedExpressions(pair)[0] : undefined;
  const list = made && bare(made);
  const second = list && ts.isArrayLiteralExpression(list) ? list.elements[1] : undefined;
  return second && scene.valueOf(second);
}

/** `const [index, row] of rows.entries()`, `const [id, row] of Object.entries(byId)`: what stands second is one of them. */
export function pairOf(pair: Value, index: number, scene: Scene): Value | undefined {
  if (pair.kind !== 'element' || pair.of.kind !== 'result' || pair.of.of.kind !== 'member' || pair.of.of.name !== 'entries') return undefined;
  const { of: callee, node } = pair.of;
  if (index !== 1) return unknown;
  if (callee.kind === 'member' && callee.of.kind === 'global' && callee.of.name === 'Object') return node.arguments[0] && scene.elementOf(scene.valueOf(node.arguments[0]));
  return callee.kind === 'member' ? scene.elementOf(callee.of) : undefined;
}

/** Functions of lodash and its like that give the same things: in another order, fewer of them, or under keys. */
const sameThings = new Set(['keyBy', 'indexBy', 'sortBy', 'orderBy', 'uniqBy', 'uniq', 'compact', 'filter', 'reject', 'reverse', 'shuffle', 'sampleSize', 'take', 'drop', 'slice', 'values', 'toArray', 'differenceBy', 'groupBy', 'mapKeys']);

/** The list whose things a call gives again: `rows` of `sortBy(rows, 'at')`, `keyBy(rows, 'id')`, `Object.values(rows)`; or the value of `Object.fromEntries(rows.map((row) => [row.id, row]))`. */
export function sameThingsAs({ of, node }: Extract<Value, { kind: 'result' }>, scene: Scene): { list: Expression } | { element: Value } | undefined {
  const first = node.arguments[0];
  if (!first || ts.isSpreadElement(first)) return undefined;
  const name = of.kind === 'member' ? of.name : of.kind === 'external' ? of.path.at(-1)! : '';
  const holder = of.kind === 'member' ? of.of : of;
  if (name === 'fromEntries' && holder.kind === 'global' && holder.name === 'Object') {
    const element = ofEntries(first, scene);
    return element && { element };
  }
  return sameThings.has(name) && (isLodash(holder) || (name === 'values' && holder.kind === 'global' && holder.name === 'Object')) ? { list: first } : undefined;
}

function isLodash(value: Value): boolean {
  return value.kind === 'external' ? /^(?:lodash|underscore|ramda|radash|remeda|es-toolkit)(?:[-./]|$)/.test(value.from) : value.kind === 'global' && value.name === '_';
}
