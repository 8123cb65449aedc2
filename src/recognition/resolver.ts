import { ts, type Decorator, type FunctionBody, type Node, type SourceFile } from '../code/compiler.ts';
import type { Scene } from '../code/scene.ts';
import { inOneLine, nameText, propertyValue } from '../code/syntax.ts';

/** A resolver of one field of an object type: it runs once per object of the answer. */
export type Resolver = { type: string; field: string; parent: string };

const roots = /^(?:Query|Mutation|Subscription|RootQuery|RootMutation|\w*(?:Query|Mutation|Subscription)(?:Type|Root)?)$/;

/** The field that a function resolves; undefined for functions that are no field resolvers, and for the root types, which run once. */
export function resolverOf(fn: FunctionBody, scene: Scene): Resolver | undefined {
  if (!mentionsResolvers(fn.getSourceFile())) return undefined;
  return scene.remember(ofResolver, fn, () => (ts.isMethodDeclaration(fn) ? byDecorator(fn) : undefined) ?? byTypeObject(fn) ?? byMap(fn), undefined);
}

const mentioning = new WeakMap<SourceFile, boolean>();

function mentionsResolvers(file: SourceFile): boolean {
  let mentions = mentioning.get(file);
  if (mentions === undefined) mentioning.set(file, (mentions = /resolve|graphql/i.test(file.text)));
  return mentions;
}

const ofResolver = Symbol('resolver');

/** `@ResolveField() posts(@Parent() author)` of NestJS, `@FieldResolver()` of type-graphql. */
function byDecorator(fn: import('ts-morph').ts.MethodDeclaration): Resolver | undefined {
  const decorator = ts.getDecorators(fn)?.find((each) => /^(?:ResolveField|FieldResolver|ResolveProperty)$/.test(decoratorName(each)));
  if (!decorator) return undefined;
  const parent = fn.parameters.find((parameter) => ts.getDecorators(parameter)?.some((each) => /^(?:Parent|Root)$/.test(decoratorName(each))));
  const type = parent?.type ? inOneLine(parent.type, 40) : typeOfResolverClass(fn.parent);
  if (type !== undefined && roots.test(type)) return undefined;
  return { type: type ?? 'object', field: nameText(fn.name) ?? 'field', parent: parent ? inOneLine(parent.name, 40) : 'parent' };
}

function decoratorName(decorator: Decorator): string {
  const callee = ts.isCallExpression(decorator.expression) ? decorator.expression.expression : decorator.expression;
  return ts.isIdentifier(callee) ? callee.text : '';
}

function typeOfResolverClass(node: Node): string | undefined {
  if (!ts.isClassLike(node)) return undefined;
  const decorator = ts.getDecorators(node)?.find((each) => decoratorName(each) === 'Resolver');
  const argument = decorator && ts.isCallExpression(decorator.expression) ? decorator.expression.arguments[0] : undefined;
  if (!argument) return undefined;
  if (ts.isStringLiteralLike(argument)) return argument.text;
  return ts.isArrowFunction(argument) ? inOneLine(argument.body, 40) : inOneLine(argument, 40);
}

/** `resolve(parent) { … }` within the `fields` of a `new GraphQLObjectType({ name, fields })`, or of an interface's field map. */
function byTypeObject(fn: FunctionBody): Resolver | undefined {
  const name = ts.isMethodDeclaration(fn) ? nameText(fn.name) : ts.isPropertyAssignment(fn.parent) ? nameText(fn.parent.name) : undefined;
  if (name !== 'resolve' || fn.parameters.length === 0) return undefined;
  const fieldObject = ts.isMethodDeclaration(fn) ? fn.parent : fn.parent.parent;
  if (!ts.isObjectLiteralExpression(fieldObject) || !propertyValue(fieldObject, 'type')) return undefined;
  const field = ts.isPropertyAssignment(fieldObject.parent) ? (nameText(fieldObject.parent.name) ?? 'field') : 'field';
  const type = typeAround(fieldObject);
  if (type === undefined || roots.test(type)) return undefined;
  const parent = fn.parameters[0]!;
  // A root field ignores its first argument: `resolve(_, args)`.
  if (ts.isIdentifier(parent.name) && /^_+$|^_?root$/i.test(parent.name.text)) return undefined;
  return { type, field, parent: inOneLine(parent.name, 40) };
}

/** The name of the GraphQL type that a field map belongs to, or of the constant or function that holds the map. */
function typeAround(node: Node): string | undefined {
  for (let up: Node | undefined = node.parent; up; up = up.parent) {
    if (ts.isNewExpression(up) && /^GraphQL(?:ObjectType|InterfaceType)$/.test(inOneLine(up.expression, 40))) {
      const settings = up.arguments?.[0];
      const name = settings && ts.isObjectLiteralExpression(settings) ? propertyValue(settings, 'name') : undefined;
      return name && ts.isStringLiteralLike(name) ? name.text : 'object';
    }
    if (ts.isVariableDeclaration(up) && ts.isIdentifier(up.name) && /fields?$/i.test(up.name.text)) return up.name.text.replace(/_?fields?$/i, '') || 'object';
    if (ts.isFunctionDeclaration(up)) return up.name && /fields?$/i.test(up.name.text) ? up.name.text.replace(/_?fields?$/i, '') || 'object' : undefined;
  }
  return undefined;
}

/** `const resolvers = { Author: { posts(author) { … } } }`, the map of Apollo, Yoga and Mercurius. */
function byMap(fn: FunctionBody): Resolver | undefined {
  const holder = ts.isMethodDeclaration(fn) ? fn : ts.isPropertyAssignment(fn.parent) ? fn.parent : undefined;
  const map = holder?.parent;
  if (!holder || !map || !ts.isObjectLiteralExpression(map) || fn.parameters.length === 0) return undefined;
  const field = nameText(holder.name);
  const typeProperty = map.parent;
  if (field === undefined || field.startsWith('__') || !ts.isPropertyAssignment(typeProperty)) return undefined;
  const type = nameText(typeProperty.name);
  if (type === undefined || !/^[A-Z]/.test(type) || roots.test(type)) return undefined;
  const outer = typeProperty.parent.parent;
  const named = ts.isVariableDeclaration(outer) ? inOneLine(outer.name, 40) : ts.isPropertyAssignment(outer) ? nameText(outer.name) : undefined;
  if (named === undefined || !/resolvers?$/i.test(named)) return undefined;
  return { type, field, parent: inOneLine(fn.parameters[0]!.name, 40) };
}
