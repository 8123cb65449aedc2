import { ts, type Expression } from '../code/compiler.ts';
import { argument, bare, memberAccess } from '../code/syntax.ts';
import type { Value } from '../code/value.ts';
import { originOf } from './callee-origin.ts';

/** A method, what it belongs to, and where it is named. */
export type Method = { of: Expression; name: string; access: Expression };

/** The method inside `promisify(client.getUser).bind(client)` or `promisify(client.getUser.bind(client))`. */
export function promisedMethod(value: Value): Method | undefined {
  if (value.kind !== 'result') return undefined;
  if (value.of.kind === 'member' && value.of.name === 'bind') return promisedMethod(value.of.of);
  const { from, path } = originOf(value.of) ?? {};
  if (from === undefined || !(/(?:^|\.)(?:promisify|denodeify)$/.test(path!) || promisifiers.has(from))) return undefined;
  const given = argument(value.node, 0);
  const inner = given && ts.isCallExpression(given) ? memberAccess(bare(given.expression)) : undefined;
  const method = inner?.name === 'bind' ? bare(inner.of) : given;
  const access = method && memberAccess(method);
  return access && method ? { ...access, access: method } : undefined;
}

/** Packages whose only export does so. */
const promisifiers = new Set(['pify', 'es6-promisify', 'util.promisify', 'util-promisify']);
