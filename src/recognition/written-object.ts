import { ts, type Expression, type ObjectLiteralExpression } from '../code/compiler.ts';
import type { Scene } from '../code/scene.ts';
import { bare } from '../code/syntax.ts';

/** The object literal that an expression is, there or where it stands elsewhere. */
export function writtenObject(expression: Expression, scene: Scene): ObjectLiteralExpression | undefined {
  const node = bare(expression);
  if (ts.isObjectLiteralExpression(node)) return node;
  const value = scene.valueOf(node);
  return value.kind === 'object' ? value.node : undefined;
}
