import { ts, type Identifier, type Node, type SourceFile } from '../code/compiler.ts';
import { declarationOf } from '../code/scope.ts';
import { bare, calleeName } from '../code/syntax.ts';

/** True for a variable whose object is added to somewhere in its file, so that its literal does not say all: `options.timeout = 5`. */
export function isFilledLater(node: Node): boolean {
  if (!ts.isIdentifier(node)) return false;
  const declared = declarationOf(node);
  if (declared?.kind !== 'variable') return false;
  return (filledIn(declared.node.getSourceFile()).get(node.text) ?? []).some((use) => declarationOf(use)?.node === declared.node);
}

const filledBefore = new WeakMap<SourceFile, ReadonlyMap<string, readonly Identifier[]>>();

/** Names by which objects of a file are added to. */
function filledIn(file: SourceFile): ReadonlyMap<string, readonly Identifier[]> {
  const known = filledBefore.get(file);
  if (known) return known;
  const names = new Map<string, Identifier[]>();
  const add = (of: Node | undefined): void => {
    if (of && ts.isIdentifier(of)) names.set(of.text, [...(names.get(of.text) ?? []), of]);
  };
  const visit = (node: Node): void => {
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken) add(memberOf(node.left));
    else if (ts.isCallExpression(node)) for (const each of givenToFill(node)) add(each);
    ts.forEachChild(node, visit);
  };
  visit(file);
  filledBefore.set(file, names);
  return names;
}

/** The object at the beginning of `options.a.b` and `options[key]`. */
function memberOf(left: Node): Node | undefined {
  let node: Node = left;
  let isMember = false;
  while (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) {
    node = bare(node.expression);
    isMember = true;
  }
  return isMember ? node : undefined;
}

/** Names of functions that add to what they are given, such as `configure(options)`. */
const filling = /^(?:set|add|apply|configure|setup|fill|enrich|prepare|populate|patch|decorate|init|normali[sz]e|update)/i;

/** What a call may add to: the target of `Object.assign(options, …)`, and what is given to such a function when nothing is made of its answer. */
function givenToFill(call: import('ts-morph').ts.CallExpression): readonly Node[] {
  const name = calleeName(call) ?? '';
  if (/^(?:assign|merge|defaults|extend)/.test(name)) return call.arguments.slice(0, 1).map(bare);
  const isAlone = ts.isExpressionStatement(call.parent) || (ts.isAwaitExpression(call.parent) && ts.isExpressionStatement(call.parent.parent));
  return isAlone && filling.test(name) ? call.arguments.map(bare) : [];
}
