/** Functions that a change made into something else for whoever calls them, though they are still called the same. */
import { ts, type FunctionBody, type Node, type SourceFile } from '../code/compiler.ts';
import type { Scene } from '../code/scene.ts';
import { bare, nodesWithin, returnedExpressions } from '../code/syntax.ts';
import type { Lesson } from '../lessons/lesson.ts';
import type { Side } from '../model.ts';
import { relationsBroughtBy } from '../recognition/brought-along.ts';
import { checkingAt } from '../recognition/checking.ts';
import { leavesLimitToCallers } from '../recognition/limit-left-out.ts';
import { queries } from '../recognition/queries-of-function.ts';
import { sourceOf } from '../recognition/row-source.ts';
import { hasGained, hasNewWays, type AskOfCalls } from './deeds.ts';
import { counterpartsAmong, functionsOf, isCalledByFramework, isComponent, isMiddleware, mayBeCalled, mayOverride, mentions, type CodePair, type Named } from './functions-of-change.ts';
import { matchersWithin } from './match.ts';
import { aliasesIn, heirsIn, soughtFrom, withLocalNames, type Sought } from './sought.ts';

/** Calls followed one behind the other inside the changed files. */
const mostSteps = 3;

/** The lessons about what a client sends: what a called function checks, they need not. */
export function lessonsAboutChecks(lessons: readonly Lesson[]): Lesson[] {
  return lessons.filter(({ detect }) => matchersWithin(detect).some(({ is }) => is?.word === 'untrusted-input' || is?.word === 'sink'));
}

/**
 * The functions of changed files that lead to a query or a request which a lesson asks about, and did not before. Only what is new in a
 * function is followed, so that a change without such a function opens no further file.
 * @param isTold whether this line of the head repeats such a lesson by itself: whoever calls it adds nothing.
 */
export function changedFunctions(pairs: readonly CodePair[], scenes: Readonly<Record<Side, Scene>>, asks: readonly AskOfCalls[], isTold: (path: string, line: number) => boolean): Sought[] {
  const here = pairs.flatMap(({ head }) => functionsOf(head, scenes.head.asked));
  const counterpartOf = counterpartsAmong(pairs, scenes.head.asked);
  const gained = new Set<Named>();
  for (const named of here) {
    const was = counterpartOf(named);
    if (was ? was.getText() === named.fn.getText() : !mayOverride(named.fn)) continue;
    if (isCalledByFramework(named, scenes.head)) continue;
    if (mayBeCalled(named) && hasNewWays(named.fn, was, scenes, asks, isTold)) gained.add(named);
  }
  // What calls them in the changed files has changed with them, though its own text may be the same.
  for (let step = 0, last = [...gained]; step < mostSteps && last.length > 0; step += 1) {
    const names = new Set(last.map(({ name }) => name));
    last = here.filter((named) => !gained.has(named) && mayBeCalled(named) && mentions(named.fn, names) && hasGained(named.fn, counterpartOf(named) ?? named.fn, names, scenes, asks));
    for (const named of last) gained.add(named);
  }
  return [...gained].flatMap((named) => soughtFrom(named, 'deed'));
}

/** The functions of changed files that checked something against a schema, and do so no longer. */
export function uncheckedFunctions(pairs: readonly CodePair[], scenes: Readonly<Record<Side, Scene>>): Sought[] {
  const counterpartOf = counterpartsAmong(pairs, scenes.head.asked);
  return pairs.flatMap(({ head }) => functionsOf(head, scenes.head.asked)).flatMap((named) => {
    const was = counterpartOf(named);
    if (!was || was.getText() === named.fn.getText() || checksIn(named.fn, scenes.head) >= checksIn(was, scenes.base)) return [];
    return isCalledByFramework(named, scenes.head) && !isMiddleware(named.fn) ? [] : soughtFrom(named, 'check');
  });
}

/**
 * The functions of changed files whose rows came with a relation, or within a limit of the function's own, and do so no longer; and
 * those of these files that give such rows on.
 */
export function leanerFunctions(pairs: readonly CodePair[], scenes: Readonly<Record<Side, Scene>>): Sought[] {
  const here = pairs.flatMap(({ head }) => functionsOf(head, scenes.head.asked));
  const counterpartOf = counterpartsAmong(pairs, scenes.head.asked);
  const constants = changedConstants(pairs);
  const lossOf = (named: Named): Loss | undefined => {
    const was = isComponent(named) ? undefined : counterpartOf(named);
    if (!was || (was.getText() === named.fn.getText() && !mentions(named.fn, constants)) || !givesRows(was, scenes.base)) return undefined;
    if (isCalledByFramework(named, scenes.head)) return undefined;
    if (leavesLimitToCallers(named.fn, scenes.head) && !leavesLimitToCallers(was, scenes.base)) return 'limit';
    const now = relationsBroughtBy(named.fn, scenes.head);
    const lost = [...relationsBroughtBy(was, scenes.base)].filter((name) => !now.has(name));
    return lost.length > 0 ? lost : undefined;
  };
  const leaner = new Map<Named, Loss>(here.flatMap((named) => {
    const loss = lossOf(named);
    return loss ? [[named, loss] as const] : [];
  }));
  for (let step = 0, last = [...leaner]; step < mostSteps && last.length > 0; step += 1) {
    const losses = new Map(last.map(([{ name }, loss]) => [name, loss]));
    last = here.flatMap((named): [Named, Loss][] => {
      const loss = leaner.has(named) || isCalledByFramework(named, scenes.head) ? undefined : [...losses].find(([name]) => givesOn(named.fn, new Set([name])))?.[1];
      return loss ? [[named, loss]] : [];
    });
    for (const [named, loss] of last) leaner.set(named, loss);
  }
  return [...leaner].flatMap(([named, loss]) => soughtFrom(named, 'rows').map((each) => (loss === 'limit' ? each : { ...each, lost: loss })));
}

/** What the rows of a function come without now: relations, or the limit that stood in for what callers leave out. */
type Loss = readonly string[] | 'limit';

/** True for a function that gives back what a query of its own gave. */
function givesRows(fn: FunctionBody, scene: Scene): boolean {
  if (!queries.standingIn(fn, scene).found.some(({ what: { verb } }) => verb === 'read-many' || verb === 'read-one')) return false;
  return returnedExpressions(fn).some((each) => ts.isCallExpression(bare(each)) || nodesWithin(each, ts.isIdentifier).some((name) => {
    const source = sourceOf(name);
    return source !== undefined && ts.isCallExpression(bare(source));
  }));
}

/** The names of what stands at the top of a file, is no function, and reads otherwise than before: `const withPosts = { posts: true }`. */
function changedConstants(pairs: readonly CodePair[]): ReadonlySet<string> {
  const textsIn = (tree: SourceFile): Map<string, string> => new Map(tree.statements.flatMap((statement) => (ts.isVariableStatement(statement) ? statement.declarationList.declarations : [])).flatMap(({ name, initializer }) => {
    const value = initializer && bare(initializer);
    return ts.isIdentifier(name) && value && (ts.isObjectLiteralExpression(value) || ts.isArrayLiteralExpression(value)) ? [[name.text, value.getText()] as const] : [];
  }));
  return new Set(pairs.flatMap(({ head, base }) => {
    const before = base && textsIn(base);
    return before ? [...textsIn(head)].flatMap(([name, text]) => (before.has(name) && before.get(name) !== text ? [name] : [])) : [];
  }));
}

/** True for a function that gives on what one of these gave it, as it is or within something else. */
function givesOn(fn: FunctionBody, names: ReadonlySet<string>): boolean {
  return mentions(fn, names) && returnedExpressions(fn).some((each) => nodesWithin(each, ts.isIdentifier).some((name) => {
    if (names.has(name.text)) return true;
    const source = sourceOf(name);
    return source !== undefined && nodesWithin(source, ts.isIdentifier).some(({ text }) => names.has(text));
  }));
}

function checksIn(fn: FunctionBody, scene: Scene): number {
  let count = 0;
  const visit = (node: Node): void => {
    if (ts.isCallExpression(node) && checkingAt(node, scene)?.level === 'schema') count += 1;
    ts.forEachChild(node, visit);
  };
  if (fn.body) visit(fn.body);
  return count;
}

/**
 * The functions of unchanged files that lead to such a query or request through a function that was sought, or give its rows on, names
 * under which files pass one on, and classes that inherit one.
 */
export function linksIn(trees: readonly SourceFile[], sought: readonly Sought[], scenes: Readonly<Record<Side, Scene>>, asks: readonly AskOfCalls[]): Sought[] {
  const leaner = sought.filter(({ why }) => why === 'rows');
  const [names, ofRows] = [new Set(sought.flatMap((each) => each.names)), new Set(leaner.flatMap((each) => each.names))];
  const lost = leaner.every((each) => each.lost) ? [...new Set(leaner.flatMap((each) => each.lost ?? []))] : undefined;
  return trees.flatMap((tree) => {
    const here = withLocalNames(names, tree);
    const rowsHere = ofRows.size > 0 ? withLocalNames(ofRows, tree) : ofRows;
    const calling = functionsOf(tree, scenes.head.asked).flatMap((named): Sought[] => {
      if (!mentions(named.fn, here)) return [];
      if (hasGained(named.fn, named.fn, here, scenes, asks)) return soughtFrom(named, 'deed');
      return ofRows.size > 0 && givesOn(named.fn, rowsHere) ? soughtFrom(named, 'rows').map((each) => ({ ...each, ...(lost && { lost }) })) : [];
    });
    return [...calling, ...aliasesIn(tree, sought), ...heirsIn(tree, sought)];
  });
}
