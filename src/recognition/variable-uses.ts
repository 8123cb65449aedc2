import { ts, type BindingElement, type Expression, type Identifier, type Node, type ParameterDeclaration, type VariableDeclaration } from '../code/compiler.ts';
import { declarationOf } from '../code/scope.ts';
import { bare, enclosingFunction, isOnlyName, wrapped } from '../code/syntax.ts';

/** The variable that an expression is put into when it is declared or assigned. */
export function variableOf(node: Expression): VariableDeclaration | undefined {
  const outer = wrapped(node);
  if (ts.isVariableDeclaration(outer.parent) && ts.isIdentifier(outer.parent.name)) return outer.parent;
  if (ts.isBinaryExpression(outer.parent) && outer.parent.operatorToken.kind === ts.SyntaxKind.EqualsToken && outer.parent.right === outer && ts.isIdentifier(outer.parent.left)) {
    const declared = declarationOf(outer.parent.left);
    return declared?.kind === 'variable' ? declared.node : undefined;
  }
  return undefined;
}

/** True for `query.limit(10);`, `void query.limit(10);` and `query = paginate(query);`: made for what it does to the variable, and whose result, if any, takes its place. */
export function isForItself(node: Expression, variable: VariableDeclaration): boolean {
  const { parent } = wrapped(node);
  return ts.isExpressionStatement(ts.isVoidExpression(parent) ? parent.parent : parent) || variableOf(node) === variable;
}

/** True for the name of this parameter, and nothing more. */
export function isParameter(expression: Expression, parameter: ParameterDeclaration): boolean {
  const node = bare(expression);
  const declared = ts.isIdentifier(node) ? declarationOf(node) : undefined;
  return declared?.kind === 'parameter' && declared.node === parameter;
}

const ofUses = new WeakMap<Node, Node[]>();

/** Every other mention of a variable in the function (or file) that declares it. */
export function usesOf(variable: VariableDeclaration): Node[] {
  return mentionsOf(variable);
}

/** Every other mention of a name in the function (or file) that declares it, also where a pattern does. */
export function mentionsOf(declaration: VariableDeclaration | BindingElement): Node[] {
  const known = ofUses.get(declaration);
  if (known) return known;
  const name = (declaration.name as { text?: string }).text;
  const mentions = (name === undefined ? undefined : mentionsWithin(enclosingFunction(declaration) ?? declaration.getSourceFile()).get(name)) ?? [];
  const uses = mentions.filter((node) => {
    const declared = node === declaration.name || isOnlyName(node) ? undefined : declarationOf(node);
    return (declared?.kind === 'variable' || declared?.kind === 'binding') && declared.node === declaration;
  });
  ofUses.set(declaration, uses);
  return uses;
}

const ofMentions = new WeakMap<Node, ReadonlyMap<string, Identifier[]>>();

/** All names within a function or file, and where they stand. */
function mentionsWithin(root: Node): ReadonlyMap<string, Identifier[]> {
  const known = ofMentions.get(root);
  if (known) return known;
  const mentions = new Map<string, Identifier[]>();
  const visit = (node: Node): void => {
    if (ts.isIdentifier(node)) {
      const others = mentions.get(node.text);
      if (others) others.push(node);
      else mentions.set(node.text, [node]);
    }
    ts.forEachChild(node, visit);
  };
  visit(root);
  ofMentions.set(root, mentions);
  return mentions;
}
