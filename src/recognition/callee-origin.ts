/** Where what is called comes from: a package and a name in it, or the language itself. */
import { ts, type CallExpression } from '../code/compiler.ts';
import { bare, memberAccess } from '../code/syntax.ts';
import type { Value } from '../code/value.ts';

/** `child_process` and `exec`; `global` and `fetch`. `call` is what made the instance that is called, where one did: `axios.create({…})`. */
export type Origin = { from: string; path: string; call?: CallExpression };

/** A function that may be wrapped into a promise, by its package and name. */
export type Promisified = (name: string, call: CallExpression) => Origin | undefined;

/** The package and name that a callee comes from: `exec` of `child_process`, also behind `promisify`. */
export function originOf(value: Value, promisified?: Promisified, depth = 0): Origin | undefined {
  if (depth > 4) return undefined;
  switch (value.kind) {
    case 'global':
      return { from: 'global', path: value.name };
    case 'external':
      // The interop of CommonJS: `cp.default.exec` is `exec`.
      return { from: value.from, path: (value.path.length > 1 && value.path[0] === 'default' ? value.path.slice(1) : value.path).join('.') };
    case 'member': {
      const holder = originOf(value.of, promisified, depth + 1);
      if (!holder) return undefined;
      return { ...holder, path: holder.path === '*' || holder.path === 'default' ? value.name : `${holder.path}.${value.name}` };
    }
    case 'result': {
      const called = originOf(value.of, promisified, depth + 1);
      if (!called) return undefined;
      if (/(?:^|\.)promisify(?:All)?$/.test(called.path)) return promisified && promisedBy(value.node, promisified);
      // An instance with settings: `got.extend({…})`, `axios.create({…})`.
      return /(?:^|\.)(?:create|extend|defaults)$/.test(called.path) ? { from: called.from, path: 'default', call: value.node } : undefined;
    }
    case 'made':
      return originOf(value.of, promisified, depth + 1);
    default:
      return undefined;
  }
}

/** `promisify(child_process.exec)`: the function inside. */
function promisedBy(call: CallExpression, promisified: Promisified): Origin | undefined {
  const inner = call.arguments[0] && bare(call.arguments[0]);
  const name = inner && (ts.isIdentifier(inner) ? inner.text : memberAccess(inner)?.name);
  return name === undefined ? undefined : promisified(name, call);
}
