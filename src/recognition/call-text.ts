import { ts, type Node } from '../code/compiler.ts';
import { bare, calleeName, inOneLine, memberAccess } from '../code/syntax.ts';

/** A call as a reader would say it, without its arguments: `createUser`, `new Todo`, `db.update(…).set`. */
export function callText(node: Node): string {
  if (ts.isNewExpression(node)) return `new ${inOneLine(node.expression, 60)}`;
  if (!ts.isCallExpression(node)) return inOneLine(node, 60);
  const text = inOneLine(node.expression, 61);
  if (!text.includes('(') && text.length <= 60) return text;
  const name = calleeName(node) ?? 'call';
  let root = bare(node.expression);
  for (let depth = 0; depth < 30; depth += 1) {
    const access = ts.isCallExpression(root) ? undefined : memberAccess(root);
    if (access) root = bare(access.of);
    else if (ts.isCallExpression(root)) root = bare(root.expression);
    else break;
  }
  return ts.isIdentifier(root) || root.kind === ts.SyntaxKind.ThisKeyword ? `${inOneLine(root, 40)}.….${name}` : name;
}
