import { ts, type Expression, type FunctionBody, type ObjectLiteralExpression } from '../code/compiler.ts';
import type { Scene } from '../code/scene.ts';
import { bare, calleeName, enclosingFunction, inOneLine, nameText, propertyValue, wrapped } from '../code/syntax.ts';
import { propertyHolding, resolverOf, servesGraphql, typeOfResolvers } from './resolver.ts';

/** The arguments that clients give to a field of GraphQL: which parameter of its resolver holds them, and which of them may be as large as clients like. */
export type FieldArguments = { index: number; isOpen: (name: string) => boolean };

/** The arguments that a function is given as the resolver of a field; undefined for functions that resolve none, or one that declares no arguments. */
export function fieldArguments(fn: FunctionBody, scene: Scene): FieldArguments | undefined {
  if (fn.parameters.length < 2) return undefined;
  const declared = argumentsBeside(fn);
  if (declared) return { index: indexBeside(fn), isOpen: (name) => isLeftOpen(declared, name) };
  return isInRootMap(fn) || isFieldOfMap(fn, scene) || isTypedAsRoot(fn) || isRootByItself(fn, scene) ? { index: 1, isOpen: () => true } : undefined;
}

const rootTypes = /^(?:Query|Root(?:Query)?|queries|rootValue)$/;

/** `Query: { users: (parent, { limit }) => … }`. */
function isInRootMap(fn: FunctionBody): boolean {
  const map = propertyHolding(fn)?.parent;
  const outer = map && wrapped(map).parent;
  if (!outer || !(ts.isPropertyAssignment(outer) || ts.isVariableDeclaration(outer))) return false;
  return rootTypes.test(nameText(outer.name) ?? '') || (ts.isVariableDeclaration(outer) && typeOfResolvers(outer.type) === 'Query');
}

/** `Thread: { replies: (thread, { first }) => … }` beside `Query: { … }`: fields of other types have arguments as well. */
function isFieldOfMap(fn: FunctionBody, scene: Scene): boolean {
  const map = propertyHolding(fn)?.parent;
  const outer = map && wrapped(map).parent;
  return outer !== undefined && ts.isPropertyAssignment(outer) && !/@(?:constraint|range|max)\b/.test(fn.getSourceFile().text) && outer.parent.properties.some(({ name }) => name !== undefined && rootTypes.test(nameText(name) ?? '')) && resolverOf(fn, scene) !== undefined;
}

/** `const users: NonNullable<QueryResolvers['users']> = (parent, { limit }) => …`. */
function isTypedAsRoot(fn: FunctionBody): boolean {
  const { parent } = wrapped(fn);
  if (!ts.isVariableDeclaration(parent) || !parent.type) return false;
  const [inner] = ts.isTypeReferenceNode(parent.type) ? (parent.type.typeArguments ?? []) : [];
  return typeOfResolvers(inner ?? parent.type) === 'Query';
}

/** What resolvers of the root types call the parent that they have no use for. */
const parents = /^(?:_+|_*(?:parent|root|rootValue|obj|source|src))$/;
const ofGraphql = /(?:^|[/.-])(?:graphql|gql|resolvers?)[/.-]/i;

/** A function that a file beside the schema gives: `export default (parent, { limit }) => …`. */
function isRootByItself(fn: FunctionBody, scene: Scene): boolean {
  const [parent, args] = fn.parameters;
  if (!parent || !args || ts.isMethodDeclaration(fn) || !ts.isIdentifier(parent.name) || !parents.test(parent.name.text) || parent.type?.kind === ts.SyntaxKind.StringKeyword) return false;
  if (ts.isIdentifier(args.name) && !/^_*(?:args?|arguments|input|params|variables)$/.test(args.name.text)) return false;
  return ofGraphql.test(fn.getSourceFile().fileName) && !enclosingFunction(fn) && servesGraphql(fn, scene);
}

// -- arguments that a field declares ----------------------------------------------------------------------------------

/** `{ type, args: { limit: … }, resolve(parent, args) … }`, as graphql-js, Pothos and Nexus declare a field. */
function argumentsBeside(fn: FunctionBody): ObjectLiteralExpression | undefined {
  const holder = propertyHolding(fn);
  if (!holder || nameText(holder.name) !== 'resolve' || !propertyValue(holder.parent, 'type')) return undefined;
  const declared = propertyValue(holder.parent, 'args');
  const fields = declared && bare(declared);
  return fields && ts.isObjectLiteralExpression(fields) ? fields : undefined;
}

/** The plugins of Pothos for databases hand a resolver what to select before all else. */
function indexBeside(fn: FunctionBody): number {
  const call = wrapped(propertyHolding(fn)!.parent).parent;
  return ts.isCallExpression(call) && /^(?:prisma|drizzle)/.test(calleeName(call) ?? '') ? 2 : 1;
}

/** True for an argument without a default, which leaves everything to whoever leaves it out, or of a builder that says nothing of its size. */
function isLeftOpen(fields: ObjectLiteralExpression, name: string): boolean {
  const declared = propertyValue(fields, name);
  const field = declared && bare(declared);
  if (!field) return false;
  if (ts.isStringLiteralLike(field)) return /^(?:Int|Float)$/.test(field.text);
  if (ts.isObjectLiteralExpression(field)) return propertyValue(field, 'type') !== undefined && !propertyValue(field, 'defaultValue');
  return ts.isCallExpression(field) && isOpenBuilder(field);
}

/** `t.arg.int({ required: true })`, `nonNull(intArg())`, `t.arg.int({ defaultValue: 5 })`; not with `validate: { max: 100 }`. */
function isOpenBuilder(field: Expression): boolean {
  return /\barg\.(?:int|float)\b|\b(?:int|float)Arg\b|\barg\(\s*\{[^}]*\btype:\s*['"](?:Int|Float)['"]|\b(?:nonNull|nullable)\(\s*['"](?:Int|Float)['"]\s*\)/.test(inOneLine(field, 400)) && !/\b(?:max|lte?|validate)\b/.test(inOneLine(field, 400));
}
