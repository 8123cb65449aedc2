/** Functions that call themselves once for every level of something: the ancestors of a row, say. */
import { ts, type CallExpression, type FunctionBody, type Node } from '../code/compiler.ts';
import type { Scene } from '../code/scene.ts';
import { declarationOf } from '../code/scope.ts';
import { bare, functionName, isFunctionBody, memberAccess } from '../code/syntax.ts';
import { runsWhereItStands } from './behind-calls.ts';

/** Members of an answer that lead to its next page, or to another try. */
const toNextPage = /cursor|next|token|page|offset|skip|after|last|attempt|retry/i;
/** Members and names of what a level leads up to. */
const upwards = /parent|ancestor|root|manager|superior|above|^_?id$|[a-z]Id$|_id$/i;
/** What waits before it asks again. */
const waits = /\b(?:setTimeout|sleep|delay|wait\w*|backoff)\s*\(/i;

/**
 * The name of a function that calls itself with what it has just waited for: `const parent = await load(id); return ancestors(parent.parentId)`.
 * Undefined where it walks pages, or tries again.
 */
export function walksLevels(fn: FunctionBody, scene: Scene): string | undefined {
  return scene.remember(ofLevels, fn, () => read(fn), undefined);
}

const ofLevels = Symbol('levels');

function read(fn: FunctionBody): string | undefined {
  const name = functionName(fn)?.split('.').at(-1);
  const text = name === undefined ? '' : (fn.body?.getText() ?? '');
  if (name === undefined || !text.includes(`${name}(`) || waits.test(text)) return undefined;
  return callsOfItself(fn, name).some((call) => call.arguments.some((given) => isOfAwaited(given, fn))) ? name : undefined;
}

function callsOfItself(fn: FunctionBody, name: string): CallExpression[] {
  const found: CallExpression[] = [];
  const isMethod = ts.isMethodDeclaration(fn) || ts.isPropertyDeclaration(fn.parent);
  const visit = (node: Node): void => {
    if (isFunctionBody(node) && !runsWhereItStands(node)) return;
    if (ts.isCallExpression(node)) {
      const callee = bare(node.expression);
      const access = memberAccess(callee);
      if (isMethod ? access?.of.kind === ts.SyntaxKind.ThisKeyword && access.name === name : ts.isIdentifier(callee) && callee.text === name) found.push(node);
    }
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(fn.body!, visit);
  return found;
}

/** `parent`, `parent.id`, `parent.parent.id` of `const parent = await …` in the function itself. */
function isOfAwaited(given: Node, fn: FunctionBody): boolean {
  let node = bare(given as CallExpression);
  if (!upwards.test(memberAccess(node)?.name ?? (ts.isIdentifier(node) ? (node as { text: string }).text : ''))) return false;
  for (let access = memberAccess(node); access; access = memberAccess(node)) {
    if (toNextPage.test(access.name)) return false;
    node = bare(access.of) as CallExpression;
  }
  const declared = ts.isIdentifier(node) ? declarationOf(node) : undefined;
  if (declared?.kind !== 'variable' || !declared.node.initializer || !ts.isIdentifier(declared.node.name) || toNextPage.test(declared.node.name.text)) return false;
  return ts.isAwaitExpression(declared.node.initializer) && declared.node.pos > fn.pos && declared.node.end <= fn.end;
}
