/** Files that put members on what they are handed: `require('./create')(Posts)`, where `module.exports = function (Posts) { Posts.create = … }`. */
import type { ts as C } from 'ts-morph';
import { membersAssignedIn } from './assigned-members.ts';
import { ts, type Expression, type FunctionBody, type ParameterDeclaration } from './compiler.ts';
import { likeness, mostOpened } from './barrel.ts';
import { resolveModule } from './modules.ts';
import type { Scene } from './scene.ts';
import { bare, isFunctionBody, memberAccess, nodesWithin, pathOf, requireArgument, wrapped } from './syntax.ts';
import { isSaying, unknown, type Value } from './value.ts';

/** The member that one of the files puts on the thing of a name, by what the statements beside it hand to whom. */
export function mixedIn(statements: readonly C.Statement[], holder: string, name: string, scene: Scene): Value | undefined {
  const mixins = mixinsFor(statements, holder).sort((one, other) => likeness(other.specifier, name) - likeness(one.specifier, name));
  for (const { position, made } of mixins.slice(0, mostOpened.files)) {
    const mixin = scene.deeper(() => scene.valueOf(made));
    const parameter = mixin?.kind === 'function' ? mixin.node.parameters[position]?.name : undefined;
    if (mixin?.kind !== 'function' || !parameter || !ts.isIdentifier(parameter) || !mixin.node.body || !ts.isBlock(mixin.node.body)) continue;
    const put = membersAssignedIn(mixin.node.body.statements).find((each) => each.name === name && ts.isIdentifier(each.of) && each.of.text === parameter.text);
    const value = put && scene.deeper(() => scene.valueOf(put.value));
    if (value && isSaying(value)) return value;
  }
  return undefined;
}

/** `require('./create')(Posts);` beside a thing, or in a function of its file that sets it up. */
function mixinsFor(statements: readonly C.Statement[], holder: string): Mixin[] {
  const beside = statements.flatMap((statement) => mixinOf(statement, holder) ?? []);
  const file = statements[0]?.getSourceFile();
  if (beside.length > 0 || !file || !/\brequire\([^()\n]{1,200}\)\(/.test(file.text)) return beside;
  let all = statementsOf.get(file);
  if (!all) statementsOf.set(file, (all = nodesWithin(file, ts.isExpressionStatement).filter(({ expression }) => ts.isCallExpression(expression) && ts.isCallExpression(expression.expression))));
  return all.flatMap((statement) => mixinOf(statement, holder) ?? []);
}

/** The statements of a file that call what a call gives. */
const statementsOf = new WeakMap<C.SourceFile, readonly C.ExpressionStatement[]>();

type Mixin = { specifier: string; position: number; made: Expression };

/** What people call the thing that a mixin adds to. Anything else, an `app` or a `router`, is asked for nothing that it was given here. */
const likeThing = /^(?:[A-Z]\w*|module|exports|self)$/;
const ofHanded = Symbol('what a mixin is handed');

/** `module.exports = function (Posts) { … }` in `posts/data.js`: what the file of its folder hands to it. */
export function handedToMixin(parameter: ParameterDeclaration, scene: Scene): Value {
  const fn = parameter.parent;
  if (!ts.isIdentifier(parameter.name) || parameter.type || !likeThing.test(parameter.name.text) || !isFunctionBody(fn) || !isWhole(fn)) return unknown;
  return scene.remember(ofHanded, parameter, () => handedBy(fn.parameters.indexOf(parameter), pathOf(fn), scene), unknown);
}

/** True for a function that is all that its file exports. */
function isWhole(fn: FunctionBody): boolean {
  const { parent } = wrapped(fn);
  return ts.isBinaryExpression(parent) && memberAccess(parent.left)?.name === 'exports' && ts.isExpressionStatement(parent.parent);
}

function handedBy(position: number, path: string, scene: Scene): Value {
  const folder = path.split('/').at(-2);
  const resolved = folder === undefined ? 'unknown' : resolveModule(`../${folder}`, path, scene.files);
  const tree = typeof resolved === 'object' && 'path' in resolved ? scene.files.tree(resolved.path) : undefined;
  for (const statement of tree?.statements ?? []) {
    const call = ts.isExpressionStatement(statement) ? bare(statement.expression) : undefined;
    const given = call && ts.isCallExpression(call) ? call.arguments[position] : undefined;
    const mixin = given && ts.isIdentifier(given) ? mixinOf(statement, given.text) : undefined;
    const target = mixin && resolveModule(mixin.specifier, pathOf(tree!), scene.files);
    if (mixin && typeof target === 'object' && 'path' in target && target.path === path) return scene.deeper(() => scene.valueOf(given!)) ?? unknown;
  }
  return unknown;
}

/** `require('./create')(Posts);` */
function mixinOf(statement: C.Statement, holder: string): Mixin | undefined {
  const call = ts.isExpressionStatement(statement) ? bare(statement.expression) : undefined;
  const made = call && ts.isCallExpression(call) ? bare(call.expression) : undefined;
  const specifier = made && requireArgument(made);
  if (!specifier || !ts.isStringLiteralLike(specifier) || !call || !ts.isCallExpression(call)) return undefined;
  const position = call.arguments.findIndex((each) => ts.isIdentifier(each) && each.text === holder);
  return position < 0 ? undefined : { specifier: specifier.text, position, made: made! };
}
