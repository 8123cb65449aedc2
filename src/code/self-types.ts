/** What a method that a class inherits gives, where that is of whatever class was asked: `static async find(where) { return rows.map((row) => new this(row)); }`. */
import { ts, type CallExpression, type ClassLikeDeclaration, type FunctionBody } from './compiler.ts';
import type { Scene } from './scene.ts';
import { bare, memberAccess } from './syntax.ts';
import type { Value } from './value.ts';

/** The same value, made of the class that the call asks where the method makes things of its own: `Room.find()` gives rooms. */
export function forReceiver(returned: Value, fn: FunctionBody, call: CallExpression, scene: Scene): Value {
  const base = fn.parent;
  const asked = ts.isClassLike(base) ? classAsked(call, scene) : undefined;
  if (!asked || asked === base) return returned;
  if (returned.kind === 'instance') return returned.node === base ? { ...returned, node: asked } : returned;
  const each = returned.kind === 'result' || returned.kind === 'list' || returned.kind === 'array' ? scene.elementOf(returned) : undefined;
  return each?.kind === 'instance' && each.node === base ? { kind: 'list', of: { ...each, node: asked } } : returned;
}

function classAsked(call: CallExpression, scene: Scene): ClassLikeDeclaration | undefined {
  const access = memberAccess(bare(call.expression));
  const receiver = access && scene.valueOf(access.of);
  return receiver?.kind === 'class' || receiver?.kind === 'instance' ? receiver.node : undefined;
}
