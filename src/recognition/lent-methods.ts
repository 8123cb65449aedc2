/** Methods that are put on a model after it was made: `userSchema.statics.byName = function (name) { … }`, `User.prototype.posts = function () { … }`. */
import { ts, type CallExpression, type FunctionBody } from '../code/compiler.ts';
import type { Scene } from '../code/scene.ts';
import { bare, calleeName, memberAccess, wrapped } from '../code/syntax.ts';
import type { Value } from '../code/value.ts';
import type { Library } from '../libraries/library.ts';
import { handleOf, handleOfValue, isExtended, sourcesOfParameter, type Handle } from './handle.ts';
import { functionIn, lentBeside, lentByModel, lentThroughSchema, resultsBehind } from './lent-functions.ts';

/** The function that a call runs, where it was put on a model or its rows. */
export function lentMethod(call: CallExpression, scene: Scene): FunctionBody | undefined {
  const access = memberAccess(bare(call.expression));
  const handle = access && handleOf(access.of, scene);
  if (!access || !handle) return undefined;
  const { lends } = handle.library;
  if (!lends) return addedTo(scene.valueOf(access.of), handle, access.name);
  const to = handle.kind === lends.statics ? 'statics' : handle.kind === lends.methods ? 'methods' : undefined;
  if (!to) return undefined;
  const beside = access.of.kind === ts.SyntaxKind.ThisKeyword && lends.argument !== undefined ? lentBeside(access.of, to, access.name, scene) : undefined;
  if (beside) return beside;
  for (const value of [scene.valueOf(access.of), ...sourcesOfParameter(access.of, scene)]) {
    const found = lends.argument === undefined ? lentByModel(modelOf(value, handle.library, lends.statics, scene), to, access.name) : lentThroughSchema(value, lends.argument, to, access.name, scene);
    if (found) return found;
  }
  return undefined;
}

/** `getRepository(User).extend({ byName(name) { … } })`: what was added to a thing that stays what it is. */
function addedTo(value: Value, handle: Handle, name: string): FunctionBody | undefined {
  return value.kind === 'result' && calleeName(value.node) === 'extend' && isExtended(handle) ? functionIn(value.node.arguments[0], name) : undefined;
}

/** The call that made the model which a value is, or comes from. */
function modelOf(value: Value, library: Library, kind: string, scene: Scene): CallExpression | undefined {
  for (const result of resultsBehind(value)) {
    const handle = handleOfValue(result, scene);
    if (handle?.library === library && handle.kind === kind && ts.isVariableDeclaration(wrapped(result.node).parent)) return result.node;
  }
  return undefined;
}

