/** Where things without a type may come from, by what their names and the calls of their own file say. */
import { ts, type Expression, type Node, type ParameterDeclaration, type TypeNode } from '../code/compiler.ts';
import { callsByName, declarationNamed } from '../code/scope.ts';
import type { Scene } from '../code/scene.ts';
import { argument, functionName, isFunctionBody } from '../code/syntax.ts';
import type { Value } from '../code/value.ts';

/** True where a type is left out, or is `any`. */
export function saysNothing(type: TypeNode | undefined): boolean {
  return type === undefined || type.kind === ts.SyntaxKind.AnyKeyword;
}

/** A name that may be that of a row, as its model's begins with a capital. */
export const isModelsName = /^[a-z]{3}/;

/** The models that a file knows under the same name: `Order` or `OrderModel` of `order`. */
export function modelsCalled(name: string, at: Node, scene: Scene): Value[] {
  if (!isModelsName.test(name)) return [];
  const model = name[0]!.toUpperCase() + name.slice(1);
  return [model, `${model}Model`].flatMap((each) => (declarationNamed(each, at) ? [scene.named(each, at)] : []));
}

/** Calls of one function that are asked what they hand over. */
const mostCallsAsked = 3;

/** What calls in the same file hand over for a parameter without a type. */
export function givenBeside(parameter: ParameterDeclaration): Expression[] {
  const fn = parameter.parent;
  const name = isFunctionBody(fn) && saysNothing(parameter.type) && ts.isIdentifier(parameter.name) ? functionName(fn) : undefined;
  if (name === undefined) return [];
  const position = fn.parameters.indexOf(parameter as never);
  return (callsByName(fn.getSourceFile()).get(name) ?? []).slice(0, mostCallsAsked).flatMap((call) => argument(call, position) ?? []);
}
