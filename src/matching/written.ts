/** What code says to a reader: the number, the text or the value that is written there, constants followed. */
import { ts, type Node } from '../code/compiler.ts';
import type { Scene } from '../code/scene.ts';
import { assignmentsTo, declarationOf } from '../code/scope.ts';
import { bare } from '../code/syntax.ts';

/** Constants of constants, sums of sums: so far is looked. */
const deepest = 40;

/** True for a variable that is given another value somewhere, so that its first one says nothing. */
export function isReassigned(node: Node): boolean {
  const declared = ts.isIdentifier(node) ? declarationOf(node) : undefined;
  if (declared?.kind !== 'variable' || declared.node.parent.flags & ts.NodeFlags.Const) return false;
  return assignmentsTo((node as import('ts-morph').ts.Identifier).text, declared.node).length > 0;
}

/** The literal that a constant stands for; the node itself where it is none. */
function literalOf(node: Node, scene: Scene): Node {
  if ((!ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node)) || isReassigned(node)) return node;
  const known = scene.valueOf(node);
  return known.kind === 'literal' ? known.node : node;
}

/** True when code is this value: a text by what it says, a number however it is written, everything else by its own text. */
export function isValue(value: string | number | boolean, node: Node | undefined, text: string, scene: Scene): boolean {
  if (typeof value === 'number') return numberOf(node, scene) === value || text === String(value);
  const written = node && literalOf(node, scene);
  return written && ts.isStringLiteralLike(written) ? written.text === String(value) : text === String(value);
}

/** True for what is written out: literals, what is put together of them, and constants that stand for them. */
export function isLiteral(node: Node | undefined, scene: Scene, depth = 0): boolean {
  if (!node || depth > deepest) return false;
  if (ts.isExpression(node) && bare(node) !== node) return isLiteral(bare(node), scene, depth + 1);
  const { TrueKeyword, FalseKeyword, NullKeyword } = ts.SyntaxKind;
  if (ts.isLiteralExpression(node) || node.kind === TrueKeyword || node.kind === FalseKeyword || node.kind === NullKeyword) return true;
  if (ts.isPrefixUnaryExpression(node)) return isLiteral(node.operand, scene, depth + 1);
  if (ts.isBinaryExpression(node)) return isLiteral(node.left, scene, depth + 1) && isLiteral(node.right, scene, depth + 1);
  if (ts.isTemplateExpression(node)) return node.templateSpans.every(({ expression }) => isLiteral(expression, scene, depth + 1));
  if (ts.isIdentifier(node) && node.text === 'undefined') return true;
  const written = literalOf(node, scene);
  return written !== node && isLiteral(written, scene, depth + 1);
}

/** The number that code is: `60 * 1000`, `5_000`, a constant. */
export function numberOf(node: Node | undefined, scene: Scene, depth = 0): number | undefined {
  if (!node || depth > deepest) return undefined;
  if (ts.isExpression(node) && bare(node) !== node) return numberOf(bare(node), scene, depth + 1);
  if (ts.isNumericLiteral(node)) return Number(node.text.replaceAll('_', ''));
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusToken) {
    const value = numberOf(node.operand, scene, depth + 1);
    return value === undefined ? undefined : -value;
  }
  if (ts.isBinaryExpression(node)) return arithmetic(node, scene, depth);
  const declared = ts.isIdentifier(node) ? declarationOf(node) : undefined;
  if (declared?.kind === 'variable' && declared.node.initializer && declared.node.parent.flags & ts.NodeFlags.Const) return numberOf(declared.node.initializer, scene, depth + 1);
  const written = literalOf(node, scene);
  return written === node ? undefined : numberOf(written, scene, depth + 1);
}

/** `60 * 1000` is a number to every reader. */
function arithmetic(node: import('ts-morph').ts.BinaryExpression, scene: Scene, depth: number): number | undefined {
  const left = numberOf(node.left, scene, depth + 1);
  const right = numberOf(node.right, scene, depth + 1);
  if (left === undefined || right === undefined) return undefined;
  switch (node.operatorToken.kind) {
    case ts.SyntaxKind.AsteriskToken:
      return left * right;
    case ts.SyntaxKind.PlusToken:
      return left + right;
    case ts.SyntaxKind.MinusToken:
      return left - right;
    case ts.SyntaxKind.SlashToken:
      return left / right;
    default:
      return undefined;
  }
}

/** The texts that a card's expression is tried on: what a string or template says, its pieces joined, and what a constant stands for. */
export function textsOf(node: Node | undefined, text: string, scene: Scene): string[] {
  if (!node) return [text];
  const said = saidBy(node) ?? text;
  const written = literalOf(node, scene);
  return written === node ? [said] : [said, saidBy(written) ?? written.getText()];
}

/** What a string, a template or a sum of them says; what is put in stands as `${…}`. Undefined for other code. */
function saidBy(node: Node, depth = 0): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node)) return node.getText().slice(1, -1);
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.PlusToken || depth > deepest) return undefined;
  const [left, right] = [bare(node.left), bare(node.right)];
  const [before, behind] = [saidBy(left, depth + 1), saidBy(right, depth + 1)];
  if (before === undefined && behind === undefined) return undefined;
  return `${before ?? `\${${left.getText()}}`}${behind ?? `\${${right.getText()}}`}`;
}
