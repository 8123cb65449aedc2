/** Methods that are put on a model after it was made: `userSchema.statics.byName = function (name) { … }`, `User.prototype.posts = function () { … }`. */
import type { ts as C } from 'ts-morph';
import { ts, type CallExpression, type Expression, type FunctionBody } from '../code/compiler.ts';
import type { Scene } from '../code/scene.ts';
import { bare, calleeName, isFunctionBody, memberAccess, nameText, propertyValue, wrapped } from '../code/syntax.ts';
import type { Value } from '../code/value.ts';
import type { Library } from '../libraries/library.ts';
import { handleOf, handleOfValue, isExtended, type Handle } from './handle.ts';
import type { Lent } from './lent-to.ts';

/** The function that a call runs, where it was put on a model or its rows. */
export function lentMethod(call: CallExpression, scene: Scene): FunctionBody | undefined {
  const access = memberAccess(bare(call.expression));
  const handle = access && handleOf(access.of, scene);
  if (!access || !handle) return undefined;
  const { lends } = handle.library;
  if (!lends) return addedTo(scene.valueOf(access.of), handle, access.name);
  const to = handle.kind === lends.statics ? 'statics' : handle.kind === lends.methods ? 'methods' : undefined;
  if (!to) return undefined;
  const value = scene.valueOf(access.of);
  if (lends.argument === undefined) return lentByModel(modelOf(value, handle.library, lends.statics, scene), to, access.name);
  const schema = schemaOf(value, lends.argument, scene);
  return schema && lentBy(schema, to, access.name);
}

/** `getRepository(User).extend({ byName(name) { … } })`: what was added to a thing that stays what it is. */
function addedTo(value: Value, handle: Handle, name: string): FunctionBody | undefined {
  return value.kind === 'result' && calleeName(value.node) === 'extend' && isExtended(handle) ? functionIn(value.node.arguments[0], name) : undefined;
}

/** The call that made the model which a value is, or comes from. */
function modelOf(value: Value, library: Library, kind: string, scene: Scene): CallExpression | undefined {
  for (let current: Value | undefined = value, depth = 0; current && depth < 12; depth += 1) {
    const handle = current.kind === 'result' ? handleOfValue(current, scene) : undefined;
    if (current.kind === 'result' && handle?.library === library && handle.kind === kind && ts.isVariableDeclaration(wrapped(current.node).parent)) return current.node;
    current = 'of' in current ? (current.of as Value) : undefined;
  }
  return undefined;
}

/** `User.byName = …`, `User.prototype.posts = …`, where `const User = sequelize.define(…)` stands. */
function lentByModel(made: CallExpression | undefined, to: Lent, name: string): FunctionBody | undefined {
  const holder = made && wrapped(made).parent;
  if (!holder || !ts.isVariableDeclaration(holder) || !ts.isIdentifier(holder.name)) return undefined;
  const kept = holder.name.text;
  const block = holder.parent.parent.parent;
  for (const statement of ts.isSourceFile(block) || ts.isBlock(block) ? block.statements : []) {
    const node = ts.isExpressionStatement(statement) ? statement.expression : undefined;
    const target = node && ts.isBinaryExpression(node) ? memberAccess(node.left) : undefined;
    if (target?.name !== name || !node || !ts.isBinaryExpression(node)) continue;
    const prototype = memberAccess(target.of);
    const of = to === 'statics' ? target.of : prototype?.name === 'prototype' ? prototype.of : undefined;
    if (of && ts.isIdentifier(of) && of.text === kept) return asFunction(node.right);
  }
  return undefined;
}

/** The schema that the model was made of which a value comes from: a model, what it finds, or one document of that. */
function schemaOf(value: Value, argument: number, scene: Scene): C.NewExpression | undefined {
  for (let current: Value | undefined = value, depth = 0; current && depth < 12; depth += 1) {
    if (current.kind === 'result') {
      const given: Expression | undefined = current.node.arguments[argument];
      const made = given && scene.valueOf(given);
      if (made?.kind === 'made' && made.node && ts.isNewExpression(made.node)) return made.node;
    }
    current = 'of' in current ? (current.of as Value) : undefined;
  }
  return undefined;
}

/** `schema.statics.name = …`, `schema.statics = { name() { … } }`, `schema.static('name', …)` in the schema's own file, or `statics` among its options. */
function lentBy(schema: C.NewExpression, to: Lent, name: string): FunctionBody | undefined {
  const options = schema.arguments?.[1] && bare(schema.arguments[1]);
  const among = options && ts.isObjectLiteralExpression(options) ? functionIn(propertyValue(options, to), name) : undefined;
  const holder = wrapped(schema).parent;
  if (among || !ts.isVariableDeclaration(holder) || !ts.isIdentifier(holder.name)) return among;
  const kept = holder.name.text;
  for (const statement of schema.getSourceFile().statements) {
    const node = ts.isExpressionStatement(statement) ? statement.expression : undefined;
    if (!node) continue;
    const found = ts.isBinaryExpression(node) ? assigned(node, kept, to, name) : ts.isCallExpression(node) ? registered(node, kept, to, name) : undefined;
    if (found) return found;
  }
  return undefined;
}

function assigned({ left, right }: C.BinaryExpression, kept: string, to: Lent, name: string): FunctionBody | undefined {
  const target = memberAccess(left);
  if (!target) return undefined;
  const isOf = (node: Expression): boolean => ts.isIdentifier(node) && node.text === kept;
  if (target.name === to && isOf(target.of)) return functionIn(right, name);
  const holder = memberAccess(target.of);
  return target.name === name && holder?.name === to && isOf(holder.of) ? asFunction(right) : undefined;
}

function registered(call: CallExpression, kept: string, to: Lent, name: string): FunctionBody | undefined {
  const access = memberAccess(call.expression);
  const [first, second] = call.arguments;
  const isCalled = access?.name === to.slice(0, -1) && ts.isIdentifier(access.of) && access.of.text === kept;
  return isCalled && first && second && ts.isStringLiteralLike(first) && first.text === name ? asFunction(second) : undefined;
}

function functionIn(map: Expression | undefined, name: string): FunctionBody | undefined {
  const object = map && bare(map);
  if (!object || !ts.isObjectLiteralExpression(object)) return undefined;
  const property = object.properties.find((each) => each.name && nameText(each.name) === name);
  return property && ts.isMethodDeclaration(property) ? property : property && ts.isPropertyAssignment(property) ? asFunction(property.initializer) : undefined;
}

function asFunction(node: Expression): FunctionBody | undefined {
  const fn = bare(node);
  return isFunctionBody(fn) && fn.body ? fn : undefined;
}
