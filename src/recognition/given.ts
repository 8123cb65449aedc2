/** What a call gives for the parameters of a function, and for parts of them. */
import { ts, type CallExpression, type Expression, type FunctionBody, type ParameterDeclaration } from '../code/compiler.ts';
import { assignmentsTo, declarationOf } from '../code/scope.ts';
import type { Scene } from '../code/scene.ts';
import { bare, hasHiddenProperties, isWithin, memberAccess, nameText, propertyOf, propertyValue } from '../code/syntax.ts';
import { literalOf } from './query-arguments.ts';

/** A parameter, and the way into what it is given. Keys are alternatives: any of them limits. */
export type Place = { index: number; path: readonly string[]; keys?: readonly string[] };

/** `limit`, `options?.limit`, or a name that either was taken apart into: the parameter behind it, where nothing stands in for what is left out. */
export function placeOf(expression: Expression, fn: FunctionBody, depth = 0): Place | undefined {
  const node = bare(expression);
  if (depth > 6) return undefined;
  const access = memberAccess(node);
  if (access) return within(placeOf(access.of, fn, depth + 1), access.name);
  const declared = ts.isIdentifier(node) ? declarationOf(node) : undefined;
  // `limit = limit ?? 50`: it is not what a caller gave any more.
  if (ts.isIdentifier(node) && (declared?.kind === 'parameter' || declared?.kind === 'binding') && assignmentsTo(node.text, declared.node).some((value) => isWithin(value, fn))) return undefined;
  if (declared?.kind === 'parameter') return ofParameter(declared.node, fn);
  if (declared?.kind !== 'binding' || standsIn(declared.node.initializer) || declared.node.dotDotDotToken || !ts.isObjectBindingPattern(declared.node.parent)) return undefined;
  const holder = declared.node.parent.parent;
  const name = nameText(declared.node.propertyName ?? declared.node.name);
  const whole = ts.isParameter(holder) ? ofParameter(holder, fn) : ts.isVariableDeclaration(holder) && holder.initializer ? placeOf(holder.initializer, fn, depth + 1) : undefined;
  return name === undefined ? undefined : within(whole, name);
}

/** What a pattern gives where nothing is given; `null` and `undefined` are nothing. */
function standsIn(initializer: Expression | undefined): boolean {
  return initializer !== undefined && initializer.kind !== ts.SyntaxKind.NullKeyword && !isNothing(initializer);
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

/** The expression that a call gives for a place, or what it belongs to with the rest of the way; `hidden` where that cannot be followed. */
export function givenFor(call: CallExpression, { index, path }: Omit<Place, 'keys'>, scene: Scene): { value: Expression; path: readonly string[] } | 'nothing' | 'hidden' {
  let value: Expression | undefined = call.arguments[index];
  for (const [at, name] of path.entries()) {
    if (!value || isNothing(value)) return 'nothing';
    const literal = literalOf(value, scene);
    if (!literal) return { value, path: path.slice(at) };
    if (hasHiddenProperties(literal)) return 'hidden';
    const property = propertyOf(literal, name);
    value = propertyValue(literal, name);
    if (property && !value) return 'hidden';
  }
  return !value || isNothing(value) ? 'nothing' : { value, path: [] };
}

function isNothing(value: Expression): boolean {
  const node = bare(value);
  return ts.isIdentifier(node) && node.text === 'undefined';
}
