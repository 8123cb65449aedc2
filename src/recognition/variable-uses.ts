import { ts, type Expression, type Node, type VariableDeclaration } from '../code/compiler.ts';
import { declarationOf } from '../code/scope.ts';
import { enclosingFunction, wrapped } from '../code/syntax.ts';

/** The variable that an expression is put into when it is declared or assigned. */
export function variableOf(node: Expression): VariableDeclaration | undefined {
  const outer = wrapped(node);
  if (ts.isVariableDeclaration(outer.parent) && ts.isIdentifier(outer.parent.name)) return outer.parent;
  if (ts.isBinaryExpression(outer.parent) && outer.parent.operatorToken.kind === ts.SyntaxKind.EqualsToken && ts.isIdentifier(outer.parent.left)) {
    const declared = declarationOf(outer.parent.left);
    return declared?.kind === 'variable' ? declared.node : undefined;
  }
  return undefined;
}

const ofUses = new WeakMap<Node, Node[]>();

/** Every other mention of a variable in the function (or file) that declares it. */
export function usesOf(variable: VariableDeclaration): Node[] {
  const known = ofUses.get(variable);
  if (known) return known;
  const uses: Node[] = [];
  const name = (variable.name as { text?: string }).text;
  const visit = (node: Node): void => {
    if (ts.isIdentifier(node) && node.text === name && node !== variable.name) {
      const declared = declarationOf(node);
      if (declared?.kind === 'variable' && declared.node === variable) uses.push(node);
    }
    ts.forEachChild(node, visit);
  };
  visit(enclosingFunction(variable) ?? variable.getSourceFile());
  ofUses.set(variable, uses);
  return uses;
}
