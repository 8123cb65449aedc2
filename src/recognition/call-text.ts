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

/** The first characters of a node on one line, without reading the rest of it: enough for a look at names. */
export function beginning(node: Node, longest: number): string {
  const file = node.getSourceFile();
  const start = node.getStart(file);
  return file.text.slice(start, Math.min(node.getEnd(), start + longest)).replaceAll(/\s+/g, ' ');
}

/** True when one of the names is called or read along a chain: `createQueryBuilder` in `repo.createQueryBuilder('u').where(…)`. */
export function isInChain(node: Node, names: RegExp): boolean {
  let current = node;
  for (let depth = 0; depth < 40; depth += 1) {
    const inner = ts.isExpression(current) ? bare(current) : current;
    if (ts.isIdentifier(inner)) return names.test(inner.text);
    const access = memberAccess(inner);
    if (access) {
      if (names.test(access.name)) return true;
      current = access.of;
    } else if (ts.isCallExpression(inner)) current = inner.expression;
    else return false;
  }
  return false;
}
