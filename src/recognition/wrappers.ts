/** Functions of a repository that end in a database call: what a team may want to name in its vocabulary. */
import { ts, type CallExpression, type FunctionBody, type Node, type SourceFile } from '../code/compiler.ts';
import type { Scene } from '../code/scene.ts';
import { bare, calleeName, functionName, inOneLine, isFunctionBody, lastName, lineOf, memberAccess, nameText, nodesWithin, pathOf } from '../code/syntax.ts';
import { queries } from './queries-of-function.ts';
import { queryAt, type Query } from './query.ts';

/** A wrapper: where it stands, what it does, and how it is called. */
export type Wrapper = {
  /** As a reader would say it: `OrdersRepo.load`. */
  name: string;
  path: string;
  line: number;
  verb: Query['verb'];
  table: string | undefined;
  /** Calls that lead to it, and calls by its name that cannot be followed to any function. */
  calls: number;
  unseen: number;
  /** The commonest way to call it: `this.orders.load`. */
  called: string;
};

type Candidate = { fn: FunctionBody; name: string; method: string; holder: string; query: Query };

/** Wrappers in these files that are called from somewhere, the most called first. Every file must be opened. */
export function wrappersIn(trees: readonly SourceFile[], scene: Scene): Wrapper[] {
  const candidates = trees.flatMap((tree) => candidatesIn(tree, scene));
  const byMethod = new Map<string, Candidate[]>();
  for (const candidate of candidates) byMethod.set(candidate.method, [...(byMethod.get(candidate.method) ?? []), candidate]);
  const calls = new Map<Candidate, { seen: string[]; unseen: string[] }>();
  for (const tree of trees) for (const call of nodesWithin(tree, ts.isCallExpression)) countCall(call, byMethod, calls, scene);
  return candidates.flatMap((candidate): Wrapper[] => {
    const known = calls.get(candidate);
    if (!known) return [];
    const { fn, name, query } = candidate;
    return [{ name, path: pathOf(fn), line: lineOf(fn), verb: query.verb, table: query.table, calls: known.seen.length + known.unseen.length, unseen: known.unseen.length, called: commonest([...known.unseen, ...known.seen]) }];
  }).sort((one, other) => other.calls - one.calls || (one.name < other.name ? -1 : 1));
}

function candidatesIn(tree: SourceFile, scene: Scene): Candidate[] {
  const found: Candidate[] = [];
  const visit = (node: Node): void => {
    const candidate = isFunctionBody(node) && !ts.isConstructorDeclaration(node) ? candidateOf(node, scene) : undefined;
    if (candidate) found.push(candidate);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

function candidateOf(fn: FunctionBody, scene: Scene): Candidate | undefined {
  const name = functionName(fn);
  const method = name?.split('.').at(-1);
  if (name === undefined || method === undefined) return undefined;
  // Only what asks the database itself: what calls such a function is found through it.
  const direct = queries.doneBy(fn, scene).find(({ chain }) => chain.length === 1);
  if (!direct) return undefined;
  const holder = name.includes('.') ? name.split('.')[0]! : (objectName(fn) ?? '');
  return { fn, name: holder === '' || name.includes('.') ? name : `${holder}.${name}`, method, holder, query: direct.what };
}

/** `ordersRepo` of `const ordersRepo = { async load() { … } }`. */
function objectName(fn: FunctionBody): string | undefined {
  const object = ts.isObjectLiteralExpression(fn.parent) ? fn.parent : ts.isPropertyAssignment(fn.parent) ? fn.parent.parent : undefined;
  const holder = object?.parent;
  return holder && ts.isVariableDeclaration(holder) ? nameText(holder.name) : undefined;
}

function countCall(call: CallExpression, byMethod: ReadonlyMap<string, Candidate[]>, calls: Map<Candidate, { seen: string[]; unseen: string[] }>, scene: Scene): void {
  const candidates = byMethod.get(calleeName(call) ?? '');
  if (!candidates || queryAt(call, scene)) return;
  const fn = scene.calledFunction(call);
  const receiver = memberAccess(bare(call.expression))?.of;
  const meant = fn ? candidates.find((candidate) => candidate.fn === fn) : candidates.find(({ holder }) => receiver !== undefined && holder !== '' && isLike(lastName(receiver) ?? '', holder));
  if (!meant) return;
  const known = calls.get(meant) ?? { seen: [], unseen: [] };
  calls.set(meant, known);
  (fn ? known.seen : known.unseen).push(inOneLine(call.expression, 80));
}

/** `ordersRepo` and `orders` are what people call an instance of OrdersRepo. */
function isLike(name: string, holder: string): boolean {
  const [one, other] = [name.toLowerCase(), holder.toLowerCase()];
  return one.length > 2 && (one === other || other.startsWith(one) || one.endsWith(other));
}

function commonest(texts: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].sort((one, other) => other[1] - one[1])[0]![0];
}
