/** What Meteor publishes: cursors whose documents all go to the client. */
import { ts, type Expression, type FunctionBody, type Node, type ObjectLiteralExpression } from '../code/compiler.ts';
import { bare, enclosingFunction, inOneLine, isFunctionBody, nameText, propertyOf, wrapped } from '../code/syntax.ts';

/** `Meteor.publish('posts', function () { return Posts.find(…); })`: all that the cursor leads to goes to the client. */
export function isPublished(node: Node): boolean {
  const given = wrapped(node).parent;
  const fn = ts.isReturnStatement(given) ? enclosingFunction(given) : ts.isArrowFunction(given) && given.body === wrapped(node) ? given : undefined;
  const call = fn && wrapped(fn).parent;
  return call !== undefined && ts.isCallExpression(call) && /^(?:Meteor\.publish|(?:Meteor\.)?publishComposite)$/.test(inOneLine(call.expression, 40));
}

/**
 * The parameter for the parent document of a `find` among the `children` of a composite publication: it runs once for every document that the
 * level above finds. Undefined where each of the levels above finds one document, and for all other functions.
 * Source: https://github.com/Meteor-Community-Packages/meteor-publish-composite
 */
export function parentInPublication(fn: FunctionBody): string | undefined {
  if (nameOf(fn) !== 'find' || !fn.parameters[0]) return undefined;
  const level = levelOf(fn);
  const above = level && levelAbove(level);
  return above && findsMany(above) ? inOneLine(fn.parameters[0].name, 40) : undefined;
}

function nameOf(fn: FunctionBody): string | undefined {
  return ts.isMethodDeclaration(fn) ? nameText(fn.name) : ts.isPropertyAssignment(fn.parent) ? nameText(fn.parent.name) : undefined;
}

/** The object that holds a `find` and its `children`. */
function levelOf(fn: FunctionBody): ObjectLiteralExpression | undefined {
  const object = ts.isMethodDeclaration(fn) ? fn.parent : fn.parent.parent;
  return ts.isObjectLiteralExpression(object) ? object : undefined;
}

/** The level that one of these `children` belongs to, where it is written out in place. */
function levelAbove(level: ObjectLiteralExpression): ObjectLiteralExpression | undefined {
  const list = wrapped(level).parent;
  const property = ts.isArrayLiteralExpression(list) ? wrapped(list).parent : undefined;
  return property && ts.isPropertyAssignment(property) && nameText(property.name) === 'children' ? property.parent : undefined;
}

function findsMany(level: ObjectLiteralExpression): boolean {
  const above = levelAbove(level);
  if (above && findsMany(above)) return true;
  const find = propertyOf(level, 'find');
  const fn = find && (ts.isMethodDeclaration(find) ? find : ts.isPropertyAssignment(find) ? bare(find.initializer as Expression) : undefined);
  return fn !== undefined && isFunctionBody(fn) && !/(?<!\.)\b_id(?:,|:(?!\s*\{)|\s*\})|\blimit:\s*1\b/.test(fn.getText());
}
