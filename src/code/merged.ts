/** Objects that are joined to one: `module.exports = Object.assign({ User }, require('./billing'))`. */
import { ts, type CallExpression } from './compiler.ts';
import type { Scene } from './scene.ts';
import { bare } from './syntax.ts';
import { isSaying, type Value } from './value.ts';

/** Functions of lodash and its like that join objects. */
const joining = /^(?:assign|assignIn|extend|merge)$/;

/** What a call joins that puts objects into a first one; undefined for every other call. What is no plain object stays what it is, whatever is put on it. */
export function mergedBy({ arguments: given }: CallExpression, callee: Value, scene: Scene): Value | undefined {
  const [target, ...others] = given;
  if (!target || others.length === 0 || !joins(callee) || given.some((each) => ts.isSpreadElement(each))) return undefined;
  const first = scene.valueOf(target);
  if (!ts.isObjectLiteralExpression(bare(target)) && first.kind !== 'module' && first.kind !== 'object') return undefined;
  const parts = [...others.map((each) => scene.valueOf(each)).filter(isSaying).toReversed(), first];
  return { kind: 'merged', parts };
}

function joins(callee: Value): boolean {
  if (callee.kind === 'external') return /^(?:lodash|underscore|object-assign|extend|xtend|deepmerge)(?:[-./]|$)/.test(callee.from) && (joining.test(callee.path.at(-1)!) || !/^(?:lodash|underscore)$/.test(callee.from));
  if (callee.kind !== 'member') return false;
  return callee.of.kind === 'global' ? callee.of.name === 'Object' && callee.name === 'assign' : callee.of.kind === 'external' && /^(?:lodash|underscore)$/.test(callee.of.from) && joining.test(callee.name);
}
