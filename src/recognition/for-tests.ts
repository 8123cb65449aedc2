/** Branches that only tests reach: `if (process.env.NODE_ENV === 'test')`, `if (isTestEnvironment)`. Nobody's data ever comes through them. */
import { ts, type CallExpression, type Expression, type Identifier, type Node } from '../code/compiler.ts';
import { declarationOf } from '../code/scope.ts';
import { bare, calleeName, lastName, memberAccess } from '../code/syntax.ts';

/** Names that only the process around gives. */
const ofProcess = /^(?:NODE_ENV|VITEST|VITEST_WORKER_ID|JEST_WORKER_ID|process)$/;
/** Names under which people keep what the process was started with. What is called `env` alone may be a row's. */
const settings = /(?:^|[a-z_])(?:config|configuration|settings)$/i;
const saysTest = /^(?:(?:is|in)_?)test(?:s|ing)?(?:_?env(?:ironment)?)?$|^(?:VITEST|JEST_WORKER_ID)$/i;

/** True for a condition that holds in tests alone. */
export function isForTests(condition: Expression): boolean {
  const node = bare(condition);
  if (!ts.isBinaryExpression(node)) return saysTest.test(lastName(node) ?? '') && isSetUp(node);
  const { EqualsEqualsEqualsToken, EqualsEqualsToken } = ts.SyntaxKind;
  if (node.operatorToken.kind !== EqualsEqualsEqualsToken && node.operatorToken.kind !== EqualsEqualsToken) return false;
  return [[node.left, node.right], [node.right, node.left]].some(([said, against]) => {
    const other = bare(against!);
    return /env/i.test(lastName(said!) ?? '') && isSetUp(said!) && /^test(?:s|ing)?$/i.test(ts.isStringLiteralLike(other) ? other.text : (lastName(other) ?? ''));
  });
}

/** True for what the process was started with: not what a function is given, nor a member of a row. */
function isSetUp(expression: Expression, depth = 0): boolean {
  const node = bare(expression);
  if (depth > 8) return false;
  if (ofProcess.test(lastName(node) ?? '')) return true;
  if (ts.isCallExpression(node)) return isAskedOfSettings(node, depth);
  const access = memberAccess(node);
  if (access) return isSetUp(access.of, depth + 1);
  if (ts.isBinaryExpression(node)) return [node.left, node.right].every((each) => isFixed(each) || isSetUp(each, depth + 1));
  if (ts.isConditionalExpression(node)) return isSetUp(node.condition, depth + 1);
  if (ts.isPrefixUnaryExpression(node)) return isSetUp(node.operand, depth + 1);
  if (ts.isTypeOfExpression(node) || ts.isElementAccessExpression(node)) return isSetUp(node.expression, depth + 1);
  if (!ts.isIdentifier(node)) return node.kind === ts.SyntaxKind.ThisKeyword || ts.isMetaProperty(node);
  return isNameSetUp(node, depth);
}

function isNameSetUp(node: Identifier, depth: number): boolean {
  const declared = declarationOf(node);
  switch (declared?.kind) {
    case undefined:
    case 'import':
      return true;
    case 'variable':
      return declared.node.initializer !== undefined && isSetUp(declared.node.initializer, depth + 1);
    case 'binding': {
      let holder: Node = declared.node;
      while (ts.isBindingElement(holder) || ts.isObjectBindingPattern(holder) || ts.isArrayBindingPattern(holder)) holder = holder.parent;
      if (ts.isVariableDeclaration(holder)) return holder.initializer !== undefined && isSetUp(holder.initializer, depth + 1);
      return depth > 0 && settings.test(node.text);
    }
    case 'parameter':
      return depth > 0 && settings.test(node.text);
    default:
      return false;
  }
}

/** `config.get('env')`, `getConfig()`, `['test', 'ci'].includes(process.env.NODE_ENV)`: asked of no row, and with nothing of one. */
function isAskedOfSettings(call: CallExpression, depth: number): boolean {
  const access = memberAccess(bare(call.expression));
  if (access && ts.isArrayLiteralExpression(bare(access.of))) return call.arguments.every((each) => isSetUp(each, depth + 1));
  if (!call.arguments.every(isFixed)) return false;
  return /(?:config|settings|env(?:ironment)?)$/i.test(calleeName(call) ?? '') || (access !== undefined && (settings.test(lastName(access.of) ?? '') || /^env$/i.test(lastName(access.of) ?? '')) && isSetUp(access.of, depth + 1));
}

function isFixed(expression: Expression): boolean {
  const node = bare(expression);
  return ts.isStringLiteralLike(node) || ts.isNumericLiteral(node) || node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword || node.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(node) && node.text === 'undefined');
}
