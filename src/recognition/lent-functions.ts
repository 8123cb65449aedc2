/** What is put on a model after it was made, by the schema that it is made of or beside its declaration. */
import type { ts as C } from 'ts-morph';
import { membersAssignedBeside, membersAssignedIn, statementsBeside } from '../code/assigned-members.ts';
import { ts, type CallExpression, type Expression, type FunctionBody, type Node } from '../code/compiler.ts';
import type { Scene } from '../code/scene.ts';
import { bare, enclosingFunction, isFunctionBody, memberAccess, nameText, propertyValue, wrapped } from '../code/syntax.ts';
import type { Value } from '../code/value.ts';
import type { Lent } from './lent-to.ts';

/** The function that the schema lends, of which the model was made that a value is or comes from. */
export function lentThroughSchema(value: Value, argument: number, to: Lent, name: string, scene: Scene): FunctionBody | undefined {
  const schema = schemaOf(value, argument, scene) ?? schemaOfType(value);
  return schema && lentBy(schema, to, name, scene);
}

/** `new Schema<IListing, …>` beside `type ListingDoc = HydratedDocument<IListing, …>`: the schema of what a type says. */
function schemaOfType(value: Value): C.NewExpression | undefined {
  const [rows] = (value.kind === 'made' && value.types) || [];
  const name = rows && ts.isTypeReferenceNode(rows) && ts.isIdentifier(rows.typeName) ? rows.typeName.text : undefined;
  if (name === undefined) return undefined;
  for (const statement of rows!.getSourceFile().statements) {
    for (const { initializer } of ts.isVariableStatement(statement) ? statement.declarationList.declarations : []) {
      const made = initializer && bare(initializer);
      const first = made && ts.isNewExpression(made) ? made.typeArguments?.[0] : undefined;
      if (first && ts.isTypeReferenceNode(first) && ts.isIdentifier(first.typeName) && first.typeName.text === name) return made as C.NewExpression;
    }
  }
  return undefined;
}

/** `this.rating()` in a function that a schema lends: what the same schema lends. */
export function lentBeside(node: Node, to: Lent, name: string, scene: Scene): FunctionBody | undefined {
  let fn = enclosingFunction(node);
  while (fn && ts.isArrowFunction(fn)) fn = enclosingFunction(fn);
  const { parent } = fn ? wrapped(fn) : { parent: undefined };
  const target = parent && ts.isBinaryExpression(parent) ? memberAccess(parent.left) : undefined;
  const schema = target && memberAccess(target.of)?.name === to ? scene.valueOf(memberAccess(target.of)!.of) : undefined;
  return schema?.kind === 'made' && schema.node && ts.isNewExpression(schema.node) ? lentBy(schema.node, to, name, scene) : undefined;
}

/** The calls that a value comes from, last one first: a document, the query that found it, the model. */
export function* resultsBehind(value: Value): Generator<Extract<Value, { kind: 'result' }>> {
  let current: Value | undefined = value;
  for (let depth = 0; current && depth < 12; depth += 1) {
    if (current.kind === 'result') yield current;
    current = 'of' in current ? (current.of as Value) : undefined;
  }
}

/** `User.byName = …`, `User.prototype.posts = …`, where `const User = sequelize.define(…)` stands. */
export function lentByModel(made: CallExpression | undefined, to: Lent, name: string): FunctionBody | undefined {
  const holder = made && wrapped(made).parent;
  if (!holder || !ts.isVariableDeclaration(holder) || !ts.isIdentifier(holder.name)) return undefined;
  const isModel = (node: Expression): boolean => ts.isIdentifier(node) && node.text === holder.name.getText();
  const put = membersAssignedBeside(holder).find(({ of, name: member }) => member === name && (to === 'statics' ? isModel(of) : isPrototype(of, isModel)));
  return put && asFunction(put.value);
}

function isPrototype(node: Expression, isModel: (node: Expression) => boolean): boolean {
  const access = memberAccess(node);
  return access?.name === 'prototype' && isModel(access.of);
}

/** The schema that the model was made of which a value comes from: a model, what it finds, or one document of that. */
function schemaOf(value: Value, argument: number, scene: Scene): C.NewExpression | undefined {
  for (const { node } of resultsBehind(value)) {
    const given = node.arguments[argument];
    const made = given && scene.valueOf(given);
    if (made?.kind === 'made' && made.node && ts.isNewExpression(made.node)) return made.node;
  }
  return undefined;
}

/** `schema.statics.name = …`, `schema.statics = { name() { … } }`, `schema.static('name', …)` in the schema's own file, or `statics` among its options. */
function lentBy(schema: C.NewExpression, to: Lent, name: string, scene: Scene): FunctionBody | undefined {
  const options = schema.arguments?.[1] && bare(schema.arguments[1]);
  const among = options && ts.isObjectLiteralExpression(options) ? functionIn(propertyValue(options, to), name) : undefined;
  const holder = wrapped(schema).parent;
  if (among || !ts.isVariableDeclaration(holder) || !ts.isIdentifier(holder.name)) return among;
  const isSchema = (node: Expression): boolean => ts.isIdentifier(node) && node.text === holder.name.getText();
  const beside = statementsBeside(holder);
  return assignedOn(beside, isSchema, to, name) ?? registered(beside, isSchema, to, name) ?? lentByPlugin(beside, isSchema, to, name, scene);
}

/** `schema.plugin(softDelete)`, which is a function of the repository that lends to whatever schema it is given. */
function lentByPlugin(statements: readonly C.Statement[], isSchema: (node: Expression) => boolean, to: Lent, name: string, scene: Scene): FunctionBody | undefined {
  for (const statement of statements) {
    const call = ts.isExpressionStatement(statement) && ts.isCallExpression(statement.expression) ? statement.expression : undefined;
    const access = call && memberAccess(call.expression);
    const [first] = call?.arguments ?? [];
    const plugin = access?.name === 'plugin' && isSchema(access.of) && first ? scene.valueOf(first) : undefined;
    const given = plugin?.kind === 'function' ? plugin.node.parameters[0]?.name : undefined;
    if (plugin?.kind !== 'function' || !given || !ts.isIdentifier(given) || !plugin.node.body || !ts.isBlock(plugin.node.body)) continue;
    const isGiven = (node: Expression): boolean => ts.isIdentifier(node) && node.text === given.text;
    const found = registered(plugin.node.body.statements, isGiven, to, name) ?? assignedOn(plugin.node.body.statements, isGiven, to, name);
    if (found) return found;
  }
  return undefined;
}

/** `schema.methods.restore = function () { … }` among the statements of a plugin. */
function assignedOn(statements: readonly C.Statement[], isSchema: (node: Expression) => boolean, to: Lent, name: string): FunctionBody | undefined {
  for (const { of, name: member, value } of membersAssignedIn(statements)) {
    const map = memberAccess(of);
    const found = member === name && map?.name === to && isSchema(map.of) ? asFunction(value) : member === to && isSchema(of) ? functionIn(value, name) : undefined;
    if (found) return found;
  }
  return undefined;
}

/** `schema.static('name', function () { … })`. */
function registered(statements: readonly C.Statement[], isSchema: (node: Expression) => boolean, to: Lent, name: string): FunctionBody | undefined {
  for (const statement of statements) {
    const call = ts.isExpressionStatement(statement) && ts.isCallExpression(statement.expression) ? statement.expression : undefined;
    const access = call && memberAccess(call.expression);
    const [first, second] = call?.arguments ?? [];
    if (access?.name === to.slice(0, -1) && isSchema(access.of) && first && second && ts.isStringLiteralLike(first) && first.text === name) return asFunction(second);
  }
  return undefined;
}

export function functionIn(map: Expression | undefined, name: string): FunctionBody | undefined {
  const object = map && bare(map);
  if (!object || !ts.isObjectLiteralExpression(object)) return undefined;
  const property = object.properties.find((each) => each.name && nameText(each.name) === name);
  return property && ts.isMethodDeclaration(property) ? property : property && ts.isPropertyAssignment(property) ? asFunction(property.initializer) : undefined;
}

function asFunction(node: Expression): FunctionBody | undefined {
  const fn = bare(node);
  return isFunctionBody(fn) && fn.body ? fn : undefined;
}
