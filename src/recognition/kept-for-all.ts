import { ts, type Expression, type Node, type Statement } from '../code/compiler.ts';
import { declarationOf } from '../code/scope.ts';
import { endsFunction, inOneLine, isFunctionBody } from '../code/syntax.ts';

/**
 * True for what is asked once, whoever calls and however often: `this.zones ??= load()`, `if (!zones) zones = await load();`, also after
 * `if (zones) return zones;`, and `const all = this.zones ?? (await load());` of a function that keeps it there. What is kept under a key is asked with every key.
 */
export function isKeptForAll(node: Node): boolean {
  if (!ts.isBinaryExpression(node) || !outlives(node.left)) return false;
  const { kind } = node.operatorToken;
  if (kind === ts.SyntaxKind.QuestionQuestionEqualsToken || kind === ts.SyntaxKind.BarBarEqualsToken) return true;
  if (kind === ts.SyntaxKind.QuestionQuestionToken || kind === ts.SyntaxKind.BarBarToken) return isKeptLater(node, inOneLine(node.left, 80));
  return kind === ts.SyntaxKind.EqualsToken && isOnlyWhereMissing(node, inOneLine(node.left, 80));
}

/** A member of the object itself, or a variable of the file: what is there in the next call as well. */
function outlives(target: Expression): boolean {
  if (!ts.isIdentifier(target)) return ts.isPropertyAccessExpression(target) && target.expression.kind === ts.SyntaxKind.ThisKeyword;
  const declared = declarationOf(target);
  return declared?.kind === 'variable' && ts.isSourceFile(declared.node.parent.parent.parent);
}

/** `const user = this.user ?? (await load()); …; this.user = user;`: what the function itself keeps. */
function isKeptLater(node: Node, target: string): boolean {
  let fn: Node | undefined = node;
  while (fn && !isFunctionBody(fn)) fn = fn.parent;
  return new RegExp(`(?<![\\w.])${target.replaceAll(/[$.]/g, '\\$&')}\\s*=(?!=)`).test(fn?.getText() ?? '');
}

/** Within `if (!zones)`, or behind `if (zones) return …`. */
function isOnlyWhereMissing(node: Node, target: string): boolean {
  for (let inner = node, up = node.parent; up && !isFunctionBody(inner); inner = up, up = up.parent) {
    if (ts.isIfStatement(up) && inner === up.thenStatement && asksWhether(up.expression, target, 'missing')) return true;
    const before = ts.isBlock(up) ? up.statements.slice(0, up.statements.indexOf(inner as Statement)) : [];
    if (before.some((each) => ts.isIfStatement(each) && endsFunction(each.thenStatement) && asksWhether(each.expression, target, 'there'))) return true;
  }
  return false;
}

function asksWhether(condition: Expression, target: string, how: 'missing' | 'there'): boolean {
  const name = target.replaceAll(/[$.]/g, '\\$&');
  const absent = new RegExp(`!\\s*${name}(?![\\w.])|(?<![\\w.])${name}\\s*={2,3}\\s*(?:undefined|null)\\b`).test(inOneLine(condition, 200));
  if (how === 'missing') return absent;
  return !absent && new RegExp(`(?<![\\w.!])${name}(?!\\w|\\s*={2,3})`).test(inOneLine(condition, 200));
}
