/** Functions that a change made into something else for whoever calls them, though they are still called the same. */
import { ts, type CallExpression, type FunctionBody, type Identifier, type NewExpression, type Node, type SourceFile } from '../code/compiler.ts';
import { stemOf } from '../code/modules.ts';
import { exportsOf } from '../code/scope.ts';
import { pathOf, returnedExpressions, type Asked, type Scene } from '../code/scene.ts';
import { bare, enclosingFunction, functionName, isFunctionBody, lineOf, memberAccess, nameText, propertyOf, spanOf, stepAt, wrapped } from '../code/syntax.ts';
import type { Lesson, Matcher } from '../lessons/lesson.ts';
import type { Side, Step } from '../model.ts';
import { checkingAt } from '../recognition/checking.ts';
import { handlerOf } from '../recognition/handler.ts';
import { resolverOf } from '../recognition/resolver.ts';
import { mayBeQuick, type Following } from '../recognition/behind-calls.ts';
import { relationsBroughtBy } from '../recognition/brought-along.ts';
import { leavesLimitToCallers } from '../recognition/limit-left-out.ts';
import { queries } from '../recognition/queries-of-function.ts';
import { requests } from '../recognition/requests-of-function.ts';
import { sourceOf } from '../recognition/row-source.ts';
import type { Asked as Values, Attributes } from '../vocabulary/word.ts';
import { innerOf } from './match.ts';

/** What a lesson asks of calls that lead to a query, or to a request to another service. */
export type AskOfCalls = { lesson: string; word: string; asked: Values };

/** A function whose callers must be looked for: what it is called, what its file and owner are called, and where it stands at the head. */
export type Sought = {
  /**
   * It leads to a query or a request now; it no longer checks what it is given; or the rows that it gives come without a relation
   * or a limit which they had before.
   */
  why: 'deed' | 'check' | 'rows';
  names: readonly string[];
  /** A file that mentions none of these cannot mean this function. Empty where that cannot be told. */
  owners: readonly string[];
  /** What a file most likely says that calls it: the name of its file. */
  near: string;
  /** The class whose method it is: classes that extend it have it too. */
  inClass?: string;
  /** Relations that its rows come without now: a file that mentions none of them cannot miss one. Absent where that is not all that its rows lost. */
  lost?: readonly string[];
  /** Its first line at the head. */
  step: Step;
  endLine: number;
};

/** A file of code on both sides; what the change leaves alone is the same tree twice. */
export type CodePair = { head: SourceFile; base: SourceFile | undefined };

/** Functions asked about in one file; no file that people wrote has more. */
const mostFunctions = 2_000;
/** Calls followed one behind the other inside the changed files. */
const mostSteps = 3;
/** Shorter names stand everywhere. */
const shortestName = 2;

/** What the lessons ask of calls that lead to a query or a request in another function. Lessons that ask for these themselves do not depend on who calls. */
export function asksOfCalls(lessons: readonly Lesson[]): AskOfCalls[] {
  return lessons.flatMap(({ id, detect }) => within(detect).flatMap(({ is }) => {
    if (!is || !deeds.some(({ word }) => word === is.word)) return [];
    const asked: Values = Object.fromEntries(Object.entries(is.attributes).map(([name, test]) => [name, 'equals' in test ? test.equals : undefined]));
    return asked['via'] && !asked['via'].includes('call') ? [] : [{ lesson: id, word: is.word, asked }];
  }));
}

/** Something that a function does, as a call that leads to it would be told. */
type Deed = { word: string; node: Node; attributes: Attributes };

/** What stands in a function itself, and its other calls, which may lead to more. */
type Standing = { found: readonly Deed[]; calls: readonly (CallExpression | NewExpression)[] };

/** A kind of thing that functions do, and how it is found in them. */
type Kind = { word: string; standingIn(fn: FunctionBody, scene: Scene): Standing; behind(call: CallExpression | NewExpression, scene: Scene): Deed[] };

function kind<What extends { node: Node }>(word: string, following: Following<What>, attributesOf: (what: What) => Attributes): Kind {
  const deedOf = ({ what }: { what: What }): Deed => ({ word, node: what.node, attributes: { ...attributesOf(what), via: 'call' } });
  return {
    word,
    standingIn(fn, scene) {
      const { found, calls } = following.standingIn(fn, scene);
      return { found: found.map(deedOf), calls };
    },
    behind: (call, scene) => following.behind(call, scene).map(deedOf),
  };
}

const deeds: readonly Kind[] = [
  kind('db-call', queries, ({ verb, bounded, scope, table, batchable, batches, library }) => ({ verb, bounded, scope, table, batchable, batched: batches, client: library.title, 'each-table': false })),
  kind('http-call', requests, ({ client, verb, limited, url, many, whom, batches }) => ({ client, verb, timeout: limited, url, many: many !== undefined, whom, batched: batches })),
];

function askedAbout(asks: readonly AskOfCalls[]): Kind[] {
  return deeds.filter(({ word }) => asks.some((ask) => ask.word === word));
}

/** The lessons about what a client sends: what a called function checks, they need not. */
export function lessonsAboutChecks(lessons: readonly Lesson[]): Lesson[] {
  return lessons.filter(({ detect }) => within(detect).some(({ is }) => is?.word === 'untrusted-input' || is?.word === 'sink'));
}

function within(matcher: Matcher | undefined): Matcher[] {
  return matcher ? [matcher, ...innerOf(matcher).flatMap(within)] : [];
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
  return returnedExpressions(fn).some((each) => ts.isCallExpression(bare(each)) || namesWithin(each).some((name) => {
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
  return mentions(fn, names) && returnedExpressions(fn).some((each) => namesWithin(each).some((name) => {
    if (names.has(name.text)) return true;
    const source = sourceOf(name);
    return source !== undefined && namesWithin(source).some(({ text }) => names.has(text));
  }));
}

function namesWithin(node: Node): Identifier[] {
  const found: Identifier[] = [];
  const visit = (each: Node): void => {
    if (ts.isIdentifier(each)) found.push(each);
    ts.forEachChild(each, visit);
  };
  visit(node);
  return found;
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

/** The words to look for in the repository's text. */
export function wordsOf(sought: readonly Sought[]): string[] {
  return [...new Set(sought.flatMap(({ names, owners, near }) => [...names, ...owners, near]).filter((word) => isWord.test(word)))];
}

/** Names may be any text in quotes, and files may be called anything: only what code writes as it is can be looked for. */
const isWord = /^[\p{L}\p{N}_$][\p{L}\p{N}_$.-]{0,80}$/u;

/** True for a file that the functions can make repeat a lesson, by its text: one in which a relation is missed must mention it. */
export function mayMiss(text: string, sought: readonly Sought[]): boolean {
  return sought.some(({ lost }) => !lost || lost.some((name) => text.includes(name)));
}

/** True when a file that mentions these words names the very file of one of the functions. */
export function isNear(words: ReadonlySet<string>, sought: readonly Sought[]): boolean {
  return sought.some(({ near }) => words.has(near));
}

/** True when a file that mentions these words may extend the class of one of the functions. */
export function mayInherit(words: ReadonlySet<string>, sought: readonly Sought[]): boolean {
  return sought.some(({ inClass }) => inClass !== undefined && words.has(inClass));
}

/** True when a file that mentions these words may call one of the functions. */
export function mayCall(words: ReadonlySet<string>, sought: readonly Sought[]): boolean {
  return sought.some(({ names, owners }) => names.some((name) => words.has(name)) && (owners.length === 0 || owners.some((owner) => words.has(owner))));
}

type Named = {
  fn: FunctionBody;
  /** The functions, classes and keys that it stands in, and its own name. */
  symbol: string;
  /** The last part of it, as calls say it. */
  name: string;
};

const functionsBefore = new WeakMap<SourceFile, readonly Named[]>();

/** The functions of a file, as far as it is asked about. */
function functionsOf(tree: SourceFile, asked: Asked | undefined): readonly Named[] {
  const known = functionsBefore.get(tree);
  if (known) return known;
  const found: Named[] = [];
  functionsBefore.set(tree, found);
  const visit = (node: Node, around: string): void => {
    if (found.length >= mostFunctions || asked?.extentOf(node) === 'none') return;
    // The signatures of an overloaded function run nothing.
    const full = isFunctionBody(node) && node.body ? (functionName(node) ?? (isWhole(node) ? 'default' : undefined)) : undefined;
    const symbol = full === undefined ? around : `${around} ${full}`;
    if (full !== undefined) found.push({ fn: node as FunctionBody, symbol, name: full.slice(full.lastIndexOf('.') + 1) });
    ts.forEachChild(node, (child) => visit(child, symbol));
  };
  visit(tree, '');
  return found;
}

/** `export default async (id) => …`, `export default function (id) { … }` */
function isWhole(node: FunctionBody): boolean {
  return ts.isFunctionDeclaration(node) || ts.isExportAssignment(wrapped(node).parent);
}

/**
 * What a function of the head was at the base: in the same file the one that reads the same, else the one of the same name in the same
 * order; else one of that name from another changed file, for it may have moved.
 */
function counterpartsAmong(pairs: readonly CodePair[], asked: Asked | undefined): (named: Named) => FunctionBody | undefined {
  const inFile = new Map<string, FunctionBody[]>();
  const byText = new Map<string, FunctionBody>();
  const anywhere = new Map<string, FunctionBody>();
  const order = new Map<FunctionBody, number>();
  for (const { head, base } of pairs) {
    const path = pathOf(head);
    const seen = new Map<string, number>();
    for (const { fn, symbol } of functionsOf(head, asked)) {
      order.set(fn, seen.get(symbol) ?? 0);
      seen.set(symbol, (seen.get(symbol) ?? 0) + 1);
    }
    for (const { fn, symbol } of base ? functionsOf(base, asked) : []) {
      const key = `${path}\0${symbol}`;
      const before = inFile.get(key);
      if (before) before.push(fn);
      else inFile.set(key, [fn]);
      byText.set(`${key}\0${fn.getText()}`, fn);
      if (!anywhere.has(symbol)) anywhere.set(symbol, fn);
    }
  }
  return ({ fn, symbol }) => {
    const key = `${pathOf(fn)}\0${symbol}`;
    return byText.get(`${key}\0${fn.getText()}`) ?? inFile.get(key)?.[order.get(fn) ?? 0] ?? inFile.get(key)?.[0] ?? anywhere.get(symbol);
  };
}

/** True for what other code of the repository does not call: functions that serve requests, resolvers of fields, and components. */
function isCalledByFramework(named: Named, scene: Scene): boolean {
  const { fn } = named;
  return isComponent(named) || handlerOf(fn, scene) !== undefined || resolverOf(fn, scene) !== undefined || isFieldOfGraphql(fn);
}

/** `{ type: …, args: …, resolve(…) { … } }` */
function isFieldOfGraphql(fn: FunctionBody): boolean {
  const property = ts.isMethodDeclaration(fn) ? fn : wrapped(fn).parent;
  const { parent: object } = property;
  const isResolve = (ts.isMethodDeclaration(property) || ts.isPropertyAssignment(property)) && /^(?:resolve|subscribe)$/.test(nameText(property.name) ?? '');
  return isResolve && ts.isObjectLiteralExpression(object) && propertyOf(object, 'type') !== undefined;
}

/** True for a function that hands the request on: it has routes for callers. */
function isMiddleware({ parameters }: FunctionBody): boolean {
  return parameters.some(({ name }) => ts.isIdentifier(name) && /^_?next$/.test(name.text));
}

/** False for the constructor, which nobody calls by its name. */
function mayBeCalled({ fn }: Named): boolean {
  return !ts.isConstructorDeclaration(fn);
}

/** A component: what draws it calls it. */
function isComponent({ fn, name }: Named): boolean {
  return /^[A-Z]/.test(name) && /\.[jt]sx$/i.test(pathOf(fn));
}

/** A new method may take the place of one that the class inherited, and callers need not change for it. */
function mayOverride(fn: FunctionBody): boolean {
  return ts.isClassLike(fn.parent) && (fn.parent.heritageClauses?.length ?? 0) > 0;
}

/**
 * True where a function has a query or request of its own, or a call whose answer it waits for or hands on and behind which there is
 * one, that it did not have before.
 */
function hasNewWays(fn: FunctionBody, was: FunctionBody | undefined, scenes: Readonly<Record<Side, Scene>>, asks: readonly AskOfCalls[], isTold: (path: string, line: number) => boolean): boolean {
  const path = pathOf(fn);
  const now = standingIn(fn, scenes.head, asks);
  const before = was ? standingIn(was, scenes.base, asks) : { found: [], calls: [] };
  const levels = levelsOf(before.found, asks);
  const open = asks.filter(({ lesson }) => levels.get(lesson) !== 2);
  const known = new Set(before.calls.map((call) => call.expression.getText()));
  const calls = open.length === 0 ? [] : now.calls.filter((call) => ts.isCallExpression(call) && !isTold(path, lineOf(call)) && !known.has(call.expression.getText()) && !mayBeQuick(call) && isWaitedFor(call));
  const found = now.found.filter(({ node }) => !isTold(path, lineOf(node)));
  const reached = levelsOf([...found, ...behind(calls, scenes.head, open)], asks);
  const done = [...before.found];
  if (!isMore(reached, levels)) return false;
  // What it did before by way of its other calls, it was called for before.
  for (const call of before.calls) {
    done.push(...behind([call], scenes.base, open));
    if (!isMore(reached, levelsOf(done, asks))) return false;
  }
  return true;
}

function standingIn(fn: FunctionBody, scene: Scene, asks: readonly AskOfCalls[]): Standing {
  const each = askedAbout(asks).map((one) => one.standingIn(fn, scene));
  const found = each.flatMap((standing) => standing.found);
  const themselves = new Set<Node>(found.map(({ node }) => node));
  return { found, calls: [...new Set(each.flatMap(({ calls }) => calls))].filter((call) => !themselves.has(call)) };
}

/** True when the function awaits or returns what the call gives, alone or with others. Whoever asks a database does. */
function isWaitedFor(node: Node): boolean {
  for (let up = node.parent; up; up = up.parent) {
    if (ts.isAwaitExpression(up) || ts.isReturnStatement(up) || ts.isForOfStatement(up) || ts.isYieldExpression(up)) return true;
    if (isFunctionBody(up)) return ts.isArrowFunction(up) && !ts.isBlock(up.body);
    if (ts.isStatement(up) && !ts.isVariableStatement(up)) return false;
  }
  return false;
}

/** True where a function leads to more than before by calls of these names. */
function hasGained(fn: FunctionBody, was: FunctionBody, names: ReadonlySet<string>, scenes: Readonly<Record<Side, Scene>>, asks: readonly AskOfCalls[]): boolean {
  const [now, before] = [standingIn(fn, scenes.head, asks), standingIn(was, scenes.base, asks)];
  const named = ({ expression }: CallExpression | NewExpression): boolean => names.has(memberAccess(expression)?.name ?? (ts.isIdentifier(expression) ? expression.text : ''));
  const levels = levelsOf(behind(now.calls.filter(named), scenes.head, asks), asks);
  return isMore(levels, levelsOf([...before.found, ...behind(before.calls.filter(named), scenes.base, asks)], asks));
}

function behind(calls: readonly (CallExpression | NewExpression)[], scene: Scene, asks: readonly AskOfCalls[]): Deed[] {
  return calls.flatMap((call) => askedAbout(asks).flatMap((one) => one.behind(call, scene)));
}

/** What calls of a function may mean for each lesson: 2 that they are what it asks about, 1 that it depends on how they are awaited. */
type Levels = ReadonlyMap<string, number>;

function levelsOf(done: readonly Deed[], asks: readonly AskOfCalls[]): Levels {
  const levels = new Map<string, number>();
  for (const deed of done) {
    for (const { lesson, word, asked } of asks) {
      const level = word === deed.word ? levelOf(deed, asked) : 0;
      if (level > (levels.get(lesson) ?? 0)) levels.set(lesson, level);
    }
  }
  return levels;
}

function levelOf({ attributes: { batched, ...known } }: Deed, asked: Values): number {
  for (const [name, values] of Object.entries(asked)) {
    if (values && Object.hasOwn(known, name) && (known[name] === undefined || !values.includes(known[name]))) return 0;
  }
  return asked['batched'] === undefined || asked['batched'].includes(batched ?? false) ? 2 : 1;
}

function isMore(now: Levels, before: Levels): boolean {
  return [...now].some(([lesson, level]) => level > (before.get(lesson) ?? 0));
}

function mentions(fn: FunctionBody, names: ReadonlySet<string>): boolean {
  let found = false;
  const visit = (node: Node): void => {
    if (found) return;
    found = ts.isIdentifier(node) && names.has(node.text);
    ts.forEachChild(node, visit);
  };
  if (fn.body) visit(fn.body);
  return found;
}

/** What must be looked for to find those who call a function; nothing where only its own file can. */
function soughtFrom({ fn, name }: Named, why: Sought['why']): Sought[] {
  const tree = fn.getSourceFile();
  const called = calledAs(fn, name, tree);
  if (!called) return [];
  const names = called.names.filter((each) => each.length >= shortestName);
  return names.length > 0 ? [{ ...called, why, names, near: stemOf(pathOf(fn)), step: stepAt(fn), endLine: spanOf(fn, tree).endLine }] : [];
}

type Called = Pick<Sought, 'names' | 'owners' | 'inClass'>;

function calledAs(fn: FunctionBody, name: string, tree: SourceFile): Called | undefined {
  const holder = ts.isMethodDeclaration(fn) || ts.isGetAccessorDeclaration(fn) ? fn.parent : wrapped(fn).parent;
  const owner = ts.isPropertyDeclaration(holder) ? holder.parent : holder;
  if (ts.isClassLike(owner)) return isHidden(ts.isPropertyDeclaration(holder) ? holder : fn) ? undefined : { names: [name], owners: ownersOf(owner, tree), ...(owner.name && { inClass: owner.name.text }) };
  if (ts.isConstructorDeclaration(fn) || ts.isSetAccessorDeclaration(fn)) return undefined;
  const object = ts.isPropertyAssignment(holder) ? holder.parent : holder;
  if (ts.isObjectLiteralExpression(object)) {
    const owners = ownersOfObject(object, tree);
    return owners && { names: [name], owners };
  }
  if (ts.isBinaryExpression(holder) && memberAccess(holder.left)) return name === 'exports' ? byFile(tree) : { names: [name], owners: [] };
  const outer = enclosingFunction(fn);
  if (outer) return isHandedOut(name, outer) ? { names: [name], owners: [] } : undefined;
  return exportedAs(fn, name, tree);
}

function isHidden(member: Node): boolean {
  const { name } = member as { name?: Node };
  return (name !== undefined && ts.isPrivateIdentifier(name)) || (ts.canHaveModifiers(member) && (ts.getModifiers(member)?.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword) ?? false));
}

/** A class, what it extends and implements, and its file: whoever has an instance names one of them. */
function ownersOf(node: import('ts-morph').ts.ClassLikeDeclaration, tree: SourceFile): string[] {
  const parents = node.heritageClauses?.flatMap((clause) => clause.types.map(({ expression }) => memberAccess(expression)?.name ?? (ts.isIdentifier(expression) ? expression.text : ''))) ?? [];
  const named = [...(node.name ? [node.name.text] : []), ...parents].filter((each) => each.length >= shortestName);
  return [...new Set([...named, ...named.map(asVariable), stemOf(pathOf(tree))])];
}

function asVariable(name: string): string {
  return name.slice(0, 1).toLowerCase() + name.slice(1);
}

/**
 * The names of an object that a file keeps at its top, however deep inside it the function stands: `export const repos = { posts: { load } }`.
 * None for an object that some named function makes, whose users call it as they like. Undefined for one that is only handed to
 * a call, such as the options of a framework.
 */
function ownersOfObject(object: Node, tree: SourceFile): string[] | undefined {
  let outer = wrapped(object);
  while (ts.isPropertyAssignment(outer.parent)) outer = wrapped(outer.parent.parent);
  const holder = outer.parent;
  const stem = stemOf(pathOf(tree));
  if (ts.isExportAssignment(holder) || (ts.isBinaryExpression(holder) && memberAccess(holder.left))) return [stem];
  const fn = enclosingFunction(object);
  if (!fn) return ts.isVariableDeclaration(holder) && ts.isIdentifier(holder.name) ? [holder.name.text, stem] : undefined;
  const maker = wrapped(fn).parent;
  const isMaker = ts.isFunctionDeclaration(fn) || ts.isVariableDeclaration(maker) || ts.isExportAssignment(maker) || ts.isBinaryExpression(maker) || ts.isClassLike(fn.parent);
  return isMaker && (ts.isReturnStatement(holder) || ts.isVariableDeclaration(holder) || holder === fn) ? [] : undefined;
}

/** True when a function gives this name out in an object: `return { load }`. */
function isHandedOut(name: string, outer: FunctionBody): boolean {
  return returnedExpressions(outer).some((each) => {
    const given = bare(each);
    return ts.isObjectLiteralExpression(given) && propertyOf(given, name) !== undefined;
  });
}

/** The names under which a function at the top of its file can be imported; of a script without exports its own. */
function exportedAs(fn: FunctionBody, name: string, tree: SourceFile): Called | undefined {
  const { named, whole, passedOn } = exportsOf(tree);
  const holder = wrapped(fn).parent;
  const isIt = (node: Node): boolean => node === fn || node === holder || (ts.isIdentifier(node) && node.text === name);
  const names = [...named].flatMap(([exported, value]) => ('node' in value && isIt(value.node) ? [exported] : []));
  if (names.length === 0 && named.size === 0 && passedOn.length === 0 && !whole) return { names: [name], owners: [] };
  if (whole) {
    const given = bare(whole);
    if (isIt(given)) return byFile(tree);
    const property = ts.isObjectLiteralExpression(given) ? given.properties.find((each) => isPassed(each, name)) : undefined;
    const key = property?.name && nameText(property.name);
    if (key !== undefined) return { names: [key], owners: [] };
  }
  if (names.length === 0) return undefined;
  const fromFile = names.includes('default') ? byFile(tree).names : [];
  return { names: [...names.filter((each) => each !== 'default'), ...fromFile], owners: [] };
}

/** `{ load }` or `{ loadPosts: load }` */
function isPassed(property: import('ts-morph').ts.ObjectLiteralElementLike, name: string): boolean {
  if (ts.isShorthandPropertyAssignment(property)) return property.name.text === name;
  return ts.isPropertyAssignment(property) && ts.isIdentifier(property.initializer) && property.initializer.text === name;
}

/** What a file gives as a whole may be called anything; whoever takes it writes the file's name. */
function byFile(tree: SourceFile): Called {
  return { names: [stemOf(pathOf(tree))], owners: [] };
}

/** The names, and what a file's imports make of them: `{ load as loadPosts }`, and whatever it calls a file that is named so. */
function withLocalNames(names: ReadonlySet<string>, tree: SourceFile): ReadonlySet<string> {
  const all = new Set(names);
  const isNamedSo = (specifier: Node | undefined): boolean => specifier !== undefined && ts.isStringLiteralLike(specifier) && names.has(stemOf(specifier.text));
  const ofRequire = ({ name, initializer }: import('ts-morph').ts.VariableDeclaration): void => {
    const call = initializer && bare(initializer);
    if (!call || !ts.isCallExpression(call) || !ts.isIdentifier(call.expression) || call.expression.text !== 'require') return;
    if (ts.isIdentifier(name) && isNamedSo(call.arguments[0])) all.add(name.text);
    if (ts.isObjectBindingPattern(name)) for (const each of name.elements) if (each.propertyName && names.has(nameText(each.propertyName) ?? '') && ts.isIdentifier(each.name)) all.add(each.name.text);
  };
  for (const statement of tree.statements) {
    if (ts.isVariableStatement(statement)) statement.declarationList.declarations.forEach(ofRequire);
    if (!ts.isImportDeclaration(statement)) continue;
    const { name, namedBindings } = statement.importClause ?? {};
    if (name && isNamedSo(statement.moduleSpecifier)) all.add(name.text);
    if (namedBindings && ts.isNamedImports(namedBindings)) for (const each of namedBindings.elements) if (each.propertyName && names.has(each.propertyName.text)) all.add(each.name.text);
  }
  return all;
}

/** Classes that inherit a method which was sought: whoever has an instance of them may call it. */
function heirsIn(tree: SourceFile, sought: readonly Sought[]): Sought[] {
  const found: Sought[] = [];
  const visit = (node: Node): void => {
    if (ts.isClassLike(node) && node.name) {
      const parent = node.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)?.types[0]?.expression;
      const parentName = parent && (ts.isIdentifier(parent) ? parent.text : memberAccess(parent)?.name);
      for (const { inClass, ...each } of sought) {
        if (inClass !== undefined && inClass === parentName) found.push({ ...each, owners: ownersOf(node, tree), near: stemOf(pathOf(tree)), inClass: node.name.text });
      }
    }
    ts.forEachChild(node, visit);
  };
  if (sought.some(({ inClass }) => inClass !== undefined && tree.text.includes(inClass))) visit(tree);
  return found;
}

/** Names under which a file passes a function on that is called otherwise there: `export { load as loadPosts } from './posts'`. */
function aliasesIn(tree: SourceFile, sought: readonly Sought[]): Sought[] {
  const found: Sought[] = [];
  for (const [alias, value] of exportsOf(tree).named) {
    if (!('from' in value) || alias === value.name || alias === 'default' || alias.length < shortestName) continue;
    const meant = sought.find(({ names }) => names.includes(value.name)) ?? (value.name === 'default' ? sought[0] : undefined);
    if (meant) found.push({ why: meant.why, ...(meant.lost && { lost: meant.lost }), names: [alias], owners: [], near: stemOf(pathOf(tree)), step: stepAt(tree.statements[0] ?? tree), endLine: 1 });
  }
  return found;
}
