/** Rounds of a loop that depend on each other: each asks by what the one before has found. */
import { ts, type Node } from '../code/compiler.ts';
import type { ts as C } from 'ts-morph';
import { declarationOf } from '../code/scope.ts';
import { enclosingStatement, isOnlyName, isWithin, mentionsName, nodesWithin } from '../code/syntax.ts';

const assignments = new WeakMap<Node, readonly C.BinaryExpression[]>();

/** What is assigned to names within a loop's body. */
function assignedIn(body: Node): readonly C.BinaryExpression[] {
  let known = assignments.get(body);
  if (!known) assignments.set(body, (known = nodesWithin(body, ts.isBinaryExpression).filter(({ left, operatorToken: { kind } }) => kind === ts.SyntaxKind.EqualsToken && ts.isIdentifier(left))));
  return known;
}

/** `for (const name of path) { const folder = await find({ name, parentId }); parentId = folder.id; }`: each asks by what the one before has found. */
export function isChained(node: Node, round: { body: Node; maker: Node }): boolean {
  if (!(ts.isForOfStatement(round.maker) || ts.isForInStatement(round.maker)) || !ts.isCallExpression(node)) return false;
  const statement = enclosingStatement(node);
  const asked = new Set(nodesWithin(node, ts.isIdentifier).filter((each) => !isOnlyName(each)).map((each) => declarationOf(each)?.node));
  const isAskedBy = (name: Node): boolean => {
    const declared = ts.isIdentifier(name) ? declarationOf(name) : undefined;
    return declared?.kind === 'variable' && asked.has(declared.node) && !isWithin(declared.node, round.maker);
  };
  if (!assignedIn(round.body).some(({ left }) => isAskedBy(left))) return false;
  const found = statement ? namesMadeOf(namesGivenBy(statement), round.body) : new Set<string>();
  return assignedIn(round.body).some(({ left, right }) => isAskedBy(left) && (isWithin(node, right) || mentionsName(right, (name) => found.has(name))));
}

const makings = new WeakMap<Node, ReadonlyMap<string, readonly string[]>>();

/** By each name what a loop's body makes of it: `current` by `candidates` and `isActive`, for `current = candidates.find(isActive)`. */
function makingsIn(body: Node): ReadonlyMap<string, readonly string[]> {
  const known = makings.get(body);
  if (known) return known;
  const found = new Map<string, string[]>();
  const note = (made: Node, of: Node): void => {
    if (!ts.isIdentifier(made)) return;
    for (const { text } of nodesWithin(of, ts.isIdentifier)) found.set(text, [...(found.get(text) ?? []).slice(0, mostMakings), made.text]);
  };
  for (const { left, right } of assignedIn(body)) note(left, right);
  for (const { name, initializer } of nodesWithin(body, ts.isVariableDeclaration)) if (initializer) note(name, initializer);
  makings.set(body, found);
  return found;
}

/** So many things are made of one name, as far as anybody looks. */
const mostMakings = 100;

/** Some names, and what a loop's body makes of them, by way of others too. */
function namesMadeOf(names: ReadonlySet<string>, body: Node): ReadonlySet<string> {
  const made = new Set(names);
  const makings = makingsIn(body);
  for (const name of made) for (const next of makings.get(name) ?? []) made.add(next);
  return made;
}

/** The names that a statement gives a value. */
export function namesGivenBy(statement: Node): ReadonlySet<string> {
  const names = new Set<string>();
  const add = (name: Node): void => {
    if (ts.isIdentifier(name)) names.add(name.text);
    else if (ts.isArrayLiteralExpression(name)) name.elements.forEach(add);
    else ts.forEachChild(name, (child) => (ts.isBindingElement(child) ? add(child.name) : undefined));
  };
  if (ts.isVariableStatement(statement)) for (const { name } of statement.declarationList.declarations) add(name);
  if (ts.isExpressionStatement(statement) && ts.isBinaryExpression(statement.expression)) add(statement.expression.left);
  return names;
}
