/** Code that only administrators get to, as it says itself: few call it, and seldom. */
import { ts, type Expression, type FunctionBody, type Node, type Statement } from '../code/compiler.ts';
import { bare, calleeName, endsFunction, inOneLine, isFunctionBody, memberAccess, wrapped } from '../code/syntax.ts';

const role = String.raw`(?:super_?)?(?:admin(?:istrator)?|staff|super_?user)`;
/** `throwErrorIfNotAdmin(user)`, `requireAdmin`, `adminOnly`. */
const asserting = new RegExp(`^(?:assert|require|ensure|check|verify|throw|enforce|must|only|validate|authori[sz]e)\\w*${role}|^${role}(?:only|required|guard|procedure)$`, 'i');
const asking = new RegExp(`\\b(?:is|has|not)_?\\w*${role}\\b`, 'i');

/** True where a function around lets administrators alone get as far as this node: by a statement before, a handler before, or a decorator. */
export function isForAdmins(node: Node): boolean {
  for (let inner: Node = node, up = node.parent; up; inner = up, up = up.parent) {
    if (ts.isBlock(up) && isFunctionBody(up.parent) && up.statements.slice(0, up.statements.indexOf(inner as Statement)).some(turnsOthersAway)) return true;
    if (isFunctionBody(up) && (isDecoratedForAdmins(up) || standsBehindGuard(up))) return true;
  }
  return false;
}

function turnsOthersAway(statement: Statement): boolean {
  if (ts.isExpressionStatement(statement)) return assertsAdmin(statement.expression);
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.some(({ initializer }) => initializer !== undefined && assertsAdmin(initializer));
  if (!ts.isIfStatement(statement) || !endsFunction(statement.thenStatement)) return false;
  const test = inOneLine(statement.expression, 200);
  return asking.test(test) && test.includes('!') && !asksForOneTenant.test(test);
}

/** `user.isAdmin(args.collectiveId)`: every tenant has its own. `isAdmin(user.id)` asks for the whole product. */
const asksForOneTenant = new RegExp(String.raw`${role}\w*\((?:[^()]*,)?\s*(?![\w.?]*(?:user|account|member|session|me\b))[\w.?]*(?:[a-z]Id|_id|\bid)\s*[,)]`, 'i');

function assertsAdmin(expression: Expression): boolean {
  const call = bare(ts.isAwaitExpression(expression) ? expression.expression : expression);
  return ts.isCallExpression(call) && asserting.test(calleeName(call) ?? '');
}

/** `@UseGuards(AdminGuard)`, `@Roles('admin')`, of the method or of its class. */
function isDecoratedForAdmins(fn: FunctionBody): boolean {
  return [fn, fn.parent].some((each) => ts.canHaveDecorators(each) && ts.getDecorators(each)?.some((decorator) => /^(?:UseGuards|Roles|Auth\w*|RequireRoles?)\(/.test(inOneLine(decorator.expression, 200)) && new RegExp(role, 'i').test(inOneLine(decorator.expression, 200))));
}

/** `router.get('/users', requireAdmin, list)`, `adminProcedure.query(list)`. */
function standsBehindGuard(fn: FunctionBody): boolean {
  const given = wrapped(fn);
  const call = given.parent;
  if (!ts.isCallExpression(call) || call.expression === given) return false;
  const isGuard = (each: Expression): boolean => asserting.test(ts.isCallExpression(each) ? (calleeName(each) ?? '') : ts.isIdentifier(each) ? each.text : (memberAccess(each)?.name ?? ''));
  if (call.arguments.some((each) => each !== given && isGuard(bare(each)))) return true;
  for (let of = chainBelow(call.expression); of; of = chainBelow(of)) if (isGuard(of)) return true;
  return false;
}

/** `adminProcedure.input(x)` of `adminProcedure.input(x).query`, and `adminProcedure` of that. */
function chainBelow(node: Expression): Expression | undefined {
  const inner = bare(node);
  const of = memberAccess(ts.isCallExpression(inner) ? bare(inner.expression) : inner)?.of;
  return of && bare(of);
}
