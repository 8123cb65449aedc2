import { ts, type Expression, type FunctionBody, type Node } from '../code/compiler.ts';
import type { Scene } from '../code/scene.ts';
import { bare, calleeName, inOneLine, isFunctionBody, memberAccess, returnedExpressions } from '../code/syntax.ts';
import type { InputSource } from '../libraries/servers.ts';
import { checkingAt } from './checking.ts';

const ofMiddleware = Symbol('checked by middleware');
const nothing: ReadonlySet<InputSource> = new Set();

/** Names of what stands before handlers for other reasons: their files are not opened. */
const otherwise = /auth|login|session|csrf|limit|throttl|cors|helmet|upload|multer|cache|logg|locale|timeout|async|catch|error/i;

/**
 * The parts of a request that a function of the repository checks against a schema, when it stands before a handler: read off its own
 * body, or off that of the function which makes it. Nothing for what cannot be seen.
 */
export function checkedByMiddleware(expression: Expression, scene: Scene): ReadonlySet<InputSource> {
  const node = bare(expression);
  const name = ts.isCallExpression(node) ? calleeName(node) : ts.isIdentifier(node) ? node.text : memberAccess(node)?.name;
  if (!isFunctionBody(node) && (name === undefined || otherwise.test(name))) return nothing;
  return scene.remember(ofMiddleware, node, () => sourcesCheckedIn(functionsFor(node, scene), scene), nothing);
}

function functionsFor(node: Expression, scene: Scene): FunctionBody[] {
  if (isFunctionBody(node)) return [node];
  if (!ts.isCallExpression(node)) {
    const value = scene.valueOf(node);
    return value.kind === 'function' ? [value.node] : [];
  }
  const maker = scene.calledFunction(node);
  return (maker ? returnedExpressions(maker) : []).flatMap((each) => {
    const made = bare(each);
    return isFunctionBody(made) ? [made] : [];
  });
}

function sourcesCheckedIn(functions: readonly FunctionBody[], scene: Scene): ReadonlySet<InputSource> {
  const found = new Set<InputSource>();
  const visit = (node: Node): void => {
    if (ts.isCallExpression(node)) {
      const checking = checkingAt(node, scene);
      if (checking?.level === 'schema') for (const each of checking.of) for (const [, source] of inOneLine(each, 200).matchAll(parts)) found.add(source as InputSource);
    }
    ts.forEachChild(node, visit);
  };
  for (const fn of functions) if (fn.body) visit(fn.body);
  return found;
}

/** `req.body`, `ctx.request.body`, and `body` taken from either. */
const parts = /(?:^|[.{ ,])(body|query|params|headers|cookies)(?![\w$])/g;
