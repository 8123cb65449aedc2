import type { ts as C } from 'ts-morph';
import { ts, type Decorator, type Expression, type FunctionBody, type Identifier, type Node, type ObjectLiteralExpression, type SourceFile, type TypeNode } from '../code/compiler.ts';
import type { Scene } from '../code/scene.ts';
import { declarationOf } from '../code/scope.ts';
import { bare, calleeName, escaped, hasModifier, inOneLine, isFunctionBody, memberAccess, nameText, nodesWithin, pathOf, propertyOf, propertyValue, rootOfMembers, wrapped } from '../code/syntax.ts';

/** A resolver of one field of an object type: it runs once per object of the answer. */
export type Resolver = { type: string; field: string; parent: string };

/** The root types, and others of which an answer has one: who is asking. */
const roots = /^(?:Query|Mutation|Subscription|RootQuery|RootMutation|\w*(?:Query|Mutation|Subscription)(?:Type|Root)?|(?:Viewer|Me|Self|CurrentUser|LoggedInUser|AuthenticatedUser)(?:Model|Type|Object|Entity)?)$/;

/** The field that a function resolves; undefined for functions that are no field resolvers, and for the root types, which run once. */
export function resolverOf(fn: FunctionBody, scene: Scene): Resolver | undefined {
  if (!mentionsResolvers(fn.getSourceFile())) return undefined;
  return scene.remember(ofResolver, fn, () => (ts.isMethodDeclaration(fn) ? byDecorator(fn) : undefined) ?? byTypeObject(fn) ?? byBuilder(fn) ?? byMap(fn, scene) ?? byType(fn) ?? (servesGraphql(fn, scene) ? byFile(fn) : undefined), undefined);
}

const mentioning = new WeakMap<SourceFile, boolean>();

function mentionsResolvers(file: SourceFile): boolean {
  let mentions = mentioning.get(file);
  if (mentions === undefined) mentioning.set(file, (mentions = /resolve|graphql/i.test(file.text) || /resolve|graphql/i.test(file.fileName)));
  return mentions;
}

const ofResolver = Symbol('resolver');

/** `@ResolveField() posts(@Parent() author)` of NestJS, `@FieldResolver()` of type-graphql. */
function byDecorator(fn: C.MethodDeclaration): Resolver | undefined {
  const decorator = ts.getDecorators(fn)?.find((each) => /^(?:ResolveField|FieldResolver|ResolveProperty)$/.test(decoratorName(each)));
  if (!decorator) return undefined;
  const parent = fn.parameters.find((parameter) => ts.getDecorators(parameter)?.some((each) => /^(?:Parent|Root)$/.test(decoratorName(each))));
  const type = parent?.type ? inOneLine(parent.type, 40) : typeOfResolverClass(fn.parent);
  if (type !== undefined && roots.test(type)) return undefined;
  return { type: type ?? 'object', field: nameText(fn.name) ?? 'field', parent: parent ? inOneLine(parent.name, 40) : 'parent' };
}

/** The name of a decorator that is called, or stands alone; empty for a member of something. */
export function decoratorName(decorator: Decorator): string {
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

/** Calls whose `fields` make an object type with Pothos, those that add fields to one, and those of Nexus, whose `definition` does. */
const objectTypes = /^(?:objectType|object|simpleObject|interfaceType|interface|implement|node|(?:prisma|drizzle|loadable)(?:Object|Node|Interface))$/;
const addedFields = /^(?:object|interface|(?:prisma|drizzle)(?:Object|Interface))Fields?$/;
const definitions = /^(?:objectType|extendType|interfaceType)$/;

/** `fields: (t) => ({ posts: t.field({ resolve }) })` of Pothos, `definition(t) { t.field('posts', { resolve }) }` of Nexus. */
function byBuilder(fn: FunctionBody): Resolver | undefined {
  const holder = holderOf(fn);
  const call = holder && nameText(holder.name) === 'resolve' ? holder.parent.parent : undefined;
  if (!call || !ts.isCallExpression(call)) return undefined;
  const made = calleeName(call) ?? '';
  const builder = rootOf(call.expression);
  const declared = builder && declarationOf(builder);
  const around = declared?.kind === 'parameter' ? declared.node.parent : undefined;
  // What a loadable field resolves is the ids that its `load` is given together.
  if (!around || !isFunctionBody(around) || made.startsWith('loadable')) return undefined;
  const type = typeBuiltWith(around);
  const parent = fn.parameters[/^(?:prisma|drizzle)/.test(made) ? 1 : 0];
  if (type === undefined || !parent || !isPerObject(type)) return undefined;
  const [first] = call.arguments;
  const field = first && ts.isStringLiteralLike(first) ? first.text : ts.isPropertyAssignment(call.parent) ? nameText(call.parent.name) : undefined;
  return { type, field: field ?? 'field', parent: inOneLine(parent.name, 40) };
}

/** The identifier at the root of a chain: `t` of `t.nonNull.list.field`. */
function rootOf(callee: Expression): Identifier | undefined {
  const node = rootOfMembers(callee);
  return ts.isIdentifier(node) ? node : undefined;
}

/** The object type whose fields a function makes. */
function typeBuiltWith(fn: FunctionBody): string | undefined {
  const { parent } = fn;
  if (ts.isCallExpression(parent)) return addedFields.test(calleeName(parent) ?? '') ? nameOfType(parent.arguments[0]) : undefined;
  const holder = holderOf(fn);
  const call = holder?.parent.parent;
  if (!holder || !call || !ts.isCallExpression(call)) return undefined;
  const key = nameText(holder.name);
  const name = calleeName(call) ?? '';
  if (key === 'definition' && definitions.test(name)) return nameOfType(propertyValue(holder.parent, 'name') ?? propertyValue(holder.parent, 'type'));
  if (key !== 'fields' || !objectTypes.test(name)) return undefined;
  return nameOfType(name === 'implement' ? memberAccess(call.expression)?.of : call.arguments[0]);
}

function nameOfType(written: Expression | undefined): string | undefined {
  const node = written && bare(written);
  if (!node) return undefined;
  if (ts.isStringLiteralLike(node)) return node.text;
  return ts.isIdentifier(node) ? node.text : memberAccess(node)?.name ?? 'object';
}

/** The property of an object literal whose value a function is, by itself or within a guard: `posts: authenticated((user) => …)`. */
function holderOf(fn: Node): Property | undefined {
  const call = wrapped(fn).parent;
  return propertyHolding(!ts.isMethodDeclaration(fn) && call && ts.isCallExpression(call) && call.expression !== wrapped(fn) ? call : fn);
}

/** A member of an object literal that has a value: written out, or a method. */
type Property = (C.MethodDeclaration | C.PropertyAssignment) & { parent: ObjectLiteralExpression };

/** The property of an object literal whose value this is. */
export function propertyHolding(value: Node): Property | undefined {
  if (ts.isMethodDeclaration(value)) return ts.isObjectLiteralExpression(value.parent) ? (value as C.MethodDeclaration & { parent: ObjectLiteralExpression }) : undefined;
  const outer = wrapped(value);
  return ts.isPropertyAssignment(outer.parent) && outer.parent.initializer === outer ? outer.parent : undefined;
}

/** `const resolvers = { Author: { posts(author) { … } } }`, the map of Apollo, Yoga and Mercurius, in one piece or in parts. */
function byMap(fn: FunctionBody, scene: Scene): Resolver | undefined {
  const own = holderOf(fn);
  if (!own || fn.parameters.length === 0) return undefined;
  // `posts: { resolve(author) { … } }`.
  const inner = nameText(own.name) === 'resolve' && ts.isPropertyAssignment(own.parent.parent) ? own.parent.parent : undefined;
  const holder = inner ?? own;
  const field = nameText(holder.name);
  const type = typeOfMap(holder.parent, fn, scene);
  if (field === undefined || field.startsWith('__') || type === undefined || !isPerObject(type)) return undefined;
  return { type, field, parent: inOneLine(fn.parameters[0]!.name, 40) };
}

/** The type that a map of fields belongs to, where its place, its type or its company says that it holds resolvers. */
function typeOfMap(map: ObjectLiteralExpression, fn: FunctionBody, scene: Scene): string | undefined {
  const { parent } = wrapped(map);
  if (ts.isPropertyAssignment(parent)) {
    const type = nameText(parent.name);
    return type !== undefined && /^[A-Z]/.test(type) && isMapOfResolvers(parent.parent, scene) ? type : undefined;
  }
  const file = map.getSourceFile();
  if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)) {
    const name = parent.name.text;
    const typed = typeOfResolvers(parent.type) ?? (ts.isSatisfiesExpression(map.parent) ? typeOfResolvers(map.parent.type) : undefined);
    if (typed !== undefined) return typed;
    const said = /^([A-Za-z]\w*?)(?:Field)?Resolvers?$/.exec(name)?.[1];
    if (said !== undefined && readsParent(fn) && servesGraphql(fn, scene)) return said.charAt(0).toUpperCase() + said.slice(1);
    return /^[A-Z][a-z]/.test(name) && (listedIn(file).has(name) || (isInFolderOfResolvers(file) && readsParent(fn))) ? name : undefined;
  }
  const name = /(?:^|\/)([A-Z][a-z]\w*)\.\w+$/.exec(file.fileName)?.[1];
  return isWholeOfFile(parent) && isInFolderOfResolvers(file) && readsParent(fn) ? name : undefined;
}

/** `resolvers: { … }`, `{ … } satisfies Resolvers`, or an object that holds the root types as well. */
function isMapOfResolvers(map: ObjectLiteralExpression, scene: Scene): boolean {
  if (ts.isSatisfiesExpression(map.parent) && /^I?Resolvers\b/.test(inOneLine(map.parent.type, 40))) return true;
  const { parent } = wrapped(map);
  if (ts.isVariableDeclaration(parent) && (/resolvers?$/i.test(inOneLine(parent.name, 40)) || (parent.type !== undefined && /^I?Resolvers\b/.test(inOneLine(parent.type, 40))))) return true;
  if (ts.isPropertyAssignment(parent)) return /resolvers?$/i.test(nameText(parent.name) ?? '');
  return ['Query', 'Mutation'].some((root) => propertyOf(map, root)) || (isWholeOfFile(parent) && /resolvers?\.\w+$/i.test(map.getSourceFile().fileName) && servesGraphql(map, scene));
}

/** `export default { … }`, `module.exports = { … }`. */
function isWholeOfFile(parent: Node): boolean {
  return ts.isExportAssignment(parent) || (ts.isBinaryExpression(parent) && memberAccess(parent.left)?.name === 'exports');
}

/** `UserResolvers` of generated types, also of a single field: `UserResolvers['posts']`. */
export function typeOfResolvers(type: TypeNode | undefined): string | undefined {
  const named = type && ts.isIndexedAccessTypeNode(type) ? type.objectType : type;
  return named && ts.isTypeReferenceNode(named) && ts.isIdentifier(named.typeName) ? /^(\w+)Resolvers$/.exec(named.typeName.text)?.[1] : undefined;
}

/** `const recent: UserResolvers['recent'] = (user) => …`. */
function byType(fn: FunctionBody): Resolver | undefined {
  const { parent } = wrapped(fn);
  if (!ts.isVariableDeclaration(parent) || !parent.type || !ts.isIndexedAccessTypeNode(parent.type) || fn.parameters.length === 0) return undefined;
  const type = typeOfResolvers(parent.type);
  return type !== undefined && isPerObject(type) ? { type, field: inOneLine(parent.name, 40), parent: inOneLine(fn.parameters[0]!.name, 40) } : undefined;
}

/** `resolvers/User/posts.js`, which exports one function. */
function byFile(fn: FunctionBody): Resolver | undefined {
  const [, type, field] = /(?:^|\/)resolvers?\/(?:[\w-]+\/)*([A-Z]\w*)\/(\w+)\.\w+$/.exec(fn.getSourceFile().fileName) ?? [];
  if (type === undefined || field === undefined || !isPerObject(type) || fn.parameters.length === 0 || !isWholeExport(fn, field) || !readsParent(fn)) return undefined;
  return { type, field, parent: inOneLine(fn.parameters[0]!.name, 40) };
}

/** What a file exports by default, or under its own name. */
function isWholeExport(fn: FunctionBody, name: string): boolean {
  if (ts.isFunctionDeclaration(fn)) return hasModifier(fn, ts.SyntaxKind.ExportKeyword) && (hasModifier(fn, ts.SyntaxKind.DefaultKeyword) || fn.name?.text === name);
  const { parent } = wrapped(fn);
  return isWholeOfFile(parent) || (ts.isVariableDeclaration(parent) && nameText(parent.name) === name && ts.isVariableStatement(parent.parent.parent) && hasModifier(parent.parent.parent, ts.SyntaxKind.ExportKeyword));
}

/** True in a project that has a server of GraphQL, or does not say what it has. Names alone also belong to other things that resolve. */
export function servesGraphql(node: Node, scene: Scene): boolean {
  const dependencies = scene.dependencies(pathOf(node));
  return !dependencies || [...dependencies.keys()].some((name) => /graphql|apollo|mercurius|pothos|nexus/i.test(name));
}

/** False for types of which an answer holds one: the roots, and what a mutation or a page gives. */
function isPerObject(type: string): boolean {
  return !roots.test(type) && !/(?:Payload|Response)$/.test(type);
}

const listed = new WeakMap<SourceFile, ReadonlySet<string>>();

/** Names that a file puts beside the root types: `module.exports = { Query, User }`, `{ Query: { … }, User }`. */
function listedIn(file: SourceFile): ReadonlySet<string> {
  let names = listed.get(file);
  if (!names) {
    const maps = nodesWithin(file, ts.isObjectLiteralExpression).filter((map) => ['Query', 'Mutation'].some((root) => propertyOf(map, root)));
    const inMaps = maps.flatMap(({ properties }) => properties.flatMap((each) => (ts.isShorthandPropertyAssignment(each) ? each.name.text : ts.isPropertyAssignment(each) && ts.isIdentifier(each.initializer) ? each.initializer.text : [])));
    const clauses = file.statements.flatMap((each) => (ts.isExportDeclaration(each) && each.exportClause && ts.isNamedExports(each.exportClause) ? [each.exportClause.elements.map(({ name }) => name.text)] : []));
    listed.set(file, (names = new Set([...inMaps, ...clauses.filter((clause) => clause.includes('Query') || clause.includes('Mutation')).flat()])));
  }
  return names;
}

function isInFolderOfResolvers(file: SourceFile): boolean {
  return /(?:^|\/)resolvers?\/(?:[\w-]+\/)?[\w.-]+$/i.test(file.fileName);
}

/** True where a function reads something of its first parameter; resolvers of the root types have nothing to read there. */
function readsParent(fn: FunctionBody): boolean {
  const name = fn.parameters[0]?.name;
  if (!name || !fn.body) return false;
  if (!ts.isIdentifier(name)) return true;
  const start = fn.body.getText();
  return new RegExp(`(?<![\\w$.])${escaped(name.text)}(?:\\?\\.|\\.|\\[)`).test(start);
}
