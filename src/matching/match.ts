import { ts, type Expression, type Node, type ObjectLiteralExpression } from '../code/compiler.ts';
import type { Scene } from '../code/scene.ts';
import { declarationOf } from '../code/scope.ts';
import { bare, inOneLine, isWithin, nameText, pathOf, stepAt } from '../code/syntax.ts';
import { bindingsOf } from '../lessons/bindings.ts';
import type { FlowMatcher, IsMatcher, Lesson, Matcher, WhereTest } from '../lessons/lesson.ts';
import { looksForSomething } from '../lessons/looks-for.ts';
import { mentionsInCode } from '../lessons/variables.ts';
import type { Step } from '../model.ts';
import { sourcesOf } from '../recognition/value-sources.ts';
import type { Asked, CodeWord, Recognition } from '../vocabulary/word.ts';
import { bind, noBindings, type Bindings } from './bindings.ts';
import { isAmong, isIncomplete } from './changed-paths.ts';
import { isFilledLater } from './filled-later.ts';
import { codeWordNamed } from './own-words.ts';
import { argumentsInGap, argumentsOf, patternOf, searchPattern } from './pattern.ts';
import { checksBefore, earlierThan, isBoundary, laterThan } from './surroundings.ts';
import { compares } from './number-test.ts';
import { isLiteral, isReassigned, isValue, numberOf, textsOf } from './written.ts';
import { matchesText } from './text-test.ts';

/** What was found while a matcher held: its variables, the lines it rests on, and what to do instead. */
export type Found = {
  bindings: Bindings;
  evidence: readonly Step[];
  advice: Readonly<Record<string, string>>;
  /** A word says that it is less than it looks. */
  mild?: true;
  /** How many places a call leads to. */
  reaches?: number;
  /** The surrounding code that an `inside` found: findings that share it tell one story. */
  around?: Node;
};

const nothingYet: Found = { bindings: noBindings, evidence: [], advice: {} };

/** Tests a matcher at a node. The first way in which everything holds is the answer. */
export function match(matcher: Matcher, node: Node, scene: Scene, found: Found = nothingYet): Found | undefined {
  return search(matcher, node, scene, found, (each) => each);
}

/** What else must hold. A clause that has several ways to hold tries the next one when the rest says no. */
type Then = (found: Found) => Found | undefined;
type Clause = (node: Node, scene: Scene, found: Found, then: Then) => Found | undefined;

/** Tries every way in which a matcher holds at a node, until one of them satisfies `then` as well. */
function search(matcher: Matcher, node: Node, scene: Scene, found: Found, then: Then): Found | undefined {
  if ((scene.testsLeft -= 1) < 0) throw new RangeError('conditions inside conditions multiply here beyond what is looked at');
  const clauses = clausesOf(matcher);
  const from = (index: number, so: Found): Found | undefined => {
    const clause = clauses[index];
    return clause ? clause(node, scene, so, (next) => from(index + 1, next)) : then(so);
  };
  return from(0, found);
}

const clausesBefore = new WeakMap<Matcher, readonly Clause[]>();

/** The clauses of a matcher, each behind those that bind what it asks about, and cheap ones first. */
function clausesOf(matcher: Matcher): readonly Clause[] {
  const known = clausesBefore.get(matcher);
  if (known) return known;
  const clauses = orderedClauses(matcher);
  clausesBefore.set(matcher, clauses);
  return clauses;
}

function orderedClauses(matcher: Matcher): Clause[] {
  const { code, is, inside, all = [], any, contains, after, before, without, not } = matcher;
  const guard = matcher['guarded-by'];
  const { file, together } = matcher;
  const clauses: Clause[] = [];
  if (matcher.text || matcher.removed) return [() => undefined]; // they read something else than a piece of code
  if (file) clauses.push((node, _scene, found, then) => (isAmong(file.globs, pathOf(node)) ? then(found) : undefined));
  if (together) clauses.push((_node, scene, found, then) => (isIncomplete(together, scene.changed) ? then(found) : undefined));
  if (code) clauses.push((node, scene, found, then) => searchPattern(patternOf(code), node, found.bindings, scene, (bindings) => then({ ...found, bindings })));
  if (is) clauses.push((node, scene, found, then) => (mayBe(is, node, scene) ? then(found) : undefined));
  const word: Clause | undefined = is && ((node, scene, found, then) => continued(matchWord(is, node, scene, found), then));
  // Words that may open other files are asked after what stands around has been looked at, unless that asks about what the word binds.
  const isLate = is !== undefined && isDear(is) && !(inside && dependsOn(inside, new Set(bindingsOf({ is, at: matcher.at }).sure)));
  if (word && !isLate) clauses.push(word);
  if (inside) clauses.push((node, scene, found, then) => searchAround(inside, node, scene, found, then));
  if (word && isLate) clauses.push(word);
  for (const each of inOrderOfBinding(all)) clauses.push((node, scene, found, then) => search(each, node, scene, found, then));
  if (any) clauses.push((node, scene, found, then) => firstOf(any, (each) => search(each, node, scene, found, then)));
  if (contains) clauses.push((node, scene, found, then) => searchBelow(contains, node, scene, found, then));
  if (after) clauses.push((node, scene, found, then) => firstOf(earlierThan(node), (each) => search(after, each, scene, found, then)));
  if (before) clauses.push((node, scene, found, then) => firstOf(laterThan(node), (each) => search(before, each, scene, found, then)));
  if (guard) clauses.push((node, scene, found, then) => firstOf(checksBefore(node), (each) => search(guard, each, scene, found, then)));
  const { reaches, 'reached-by': reachedBy } = matcher;
  if (reachedBy) clauses.push((node, scene, found, then) => searchSources(reachedBy, node, scene, found, then));
  if (reaches) clauses.push((node, scene, found, then) => searchUses(reaches, node, scene, found, then));
  if (without) clauses.push((node, scene, found, then) => (isWithout(matcher, without, node, scene, found) ? then(found) : undefined));
  for (const test of matcher.where ?? []) clauses.push((node, scene, found, then) => (holds(test, node, scene, found) ? then(found) : undefined));
  if (not) clauses.push((node, scene, found, then) => (match(not, node, scene, found) ? undefined : then(found)));
  return clauses;
}

function continued(found: Found | undefined, then: Then): Found | undefined {
  return found && then(found);
}

function firstOf<T>(items: Iterable<T>, ask: (item: T) => Found | undefined): Found | undefined {
  for (const item of items) {
    const found = ask(item);
    if (found) return found;
  }
  return undefined;
}

/** Matchers that stand side by side: those that bind before those that ask about what others bind, those that only rule out last. */
function inOrderOfBinding(matchers: readonly Matcher[]): Matcher[] {
  const rank = (matcher: Matcher): number => {
    const others = new Set(matchers.flatMap((each) => (each === matcher ? [] : [...bindingsOf(each).sure])));
    for (const own of bindingsOf(matcher).sure) others.delete(own);
    return (looksForSomething(matcher) ? 0 : 2) + (dependsOn(matcher, others) ? 1 : 0);
  };
  return [...matchers].sort((one, other) => rank(one) - rank(other));
}

/** True when something that narrows the matcher down asks about one of these variables. */
function dependsOn(matcher: Matcher, variables: ReadonlySet<string>): boolean {
  if (matcher.where?.some((test) => variables.has(test.variable))) return true;
  const narrowing = [matcher.not, matcher.without].some((each) => each !== undefined && [...mentionedIn(each)].some((name) => variables.has(name)));
  return narrowing || innerOf(matcher).some((each) => dependsOn(each, variables));
}

function mentionedIn(matcher: Matcher): Set<string> {
  const { sure, perhaps, ruledOut } = bindingsOf(matcher);
  const inCode = matcher.code ? mentionsInCode(matcher.code.text).variables.map(({ name }) => name) : [];
  return new Set([...sure, ...perhaps, ...ruledOut, ...inCode, ...(matcher.where ?? []).map(({ variable }) => variable)]);
}

/** Every matcher directly inside another one. */
export function innerOf(matcher: Matcher): Matcher[] {
  const { inside, contains, after, before, reaches, without, not, all = [], any = [] } = matcher;
  return [inside, contains, after, before, matcher['guarded-by'], reaches, matcher['reached-by'], matcher.removed, without, not, ...all, ...any].filter((each) => each !== undefined);
}

/** A matcher and all those inside it. */
export function matchersWithin(matcher: Matcher | undefined): Matcher[] {
  return matcher ? [matcher, ...innerOf(matcher).flatMap(matchersWithin)] : [];
}

/** Every matcher of a card, also those inside others. */
export function matchersOf(lesson: Lesson): Matcher[] {
  return [lesson.detect, ...lesson.grades.map(({ when }) => when), ...lesson.fineWhen.map(({ matcher }) => matcher)].flatMap(matchersWithin);
}

/** Words that may open other files. */
function isDear(matcher: IsMatcher): boolean {
  return codeWordNamed(matcher.word, undefined)?.followsCalls === true;
}

/** What the node's own syntax rules out need not be looked around for. */
function mayBe(matcher: IsMatcher, node: Node, scene: Scene): boolean {
  const word = wordOf(matcher, scene);
  return word !== undefined && kindsOf(word).has(node.kind) && (word.mayBe?.(node, askedOf(matcher)) ?? true);
}

const wordsOfMatchers = new WeakMap<IsMatcher, { own: Scene['own']; word: CodeWord | undefined }>();

/** The word that a matcher asks for, looked up once as long as the repository is the same. */
function wordOf(matcher: IsMatcher, { own }: Scene): CodeWord | undefined {
  const known = wordsOfMatchers.get(matcher);
  if (known && known.own === own) return known.word;
  const word = codeWordNamed(matcher.word, own);
  wordsOfMatchers.set(matcher, { own, word });
  return word;
}

const kindsOfWord = new WeakMap<CodeWord, ReadonlySet<number>>();

/** The kinds of node that a word is asked about. */
export function kindsOf(word: CodeWord): ReadonlySet<number> {
  let kinds = kindsOfWord.get(word);
  if (!kinds) kindsOfWord.set(word, (kinds = new Set(word.kinds())));
  return kinds;
}

const askedBy = new WeakMap<IsMatcher, Asked>();

/** What a card asks of a word: the values that it accepts, by attribute. */
export function askedOf(matcher: IsMatcher): Asked {
  let asked = askedBy.get(matcher);
  if (!asked) askedBy.set(matcher, (asked = readAsked(matcher)));
  return asked;
}

function readAsked(matcher: IsMatcher): Asked {
  return Object.fromEntries(Object.entries(matcher.attributes).map(([name, test]) => [name, 'equals' in test ? test.equals : undefined]));
}

const questions = new WeakMap<CodeWord, Map<string, object>>();
const questionsBefore = new WeakMap<IsMatcher, { word: CodeWord; question: object }>();

/** One key for all matchers that ask a word the same, as far as it heeds what is asked. */
export function questionOf(matcher: IsMatcher, word: CodeWord): object {
  if (word.recognise.length < 3) return word;
  if (!word.heeds) return matcher;
  const before = questionsBefore.get(matcher);
  if (before?.word === word) return before.question;
  const asked = askedOf(matcher);
  const text = JSON.stringify(word.heeds.map((name) => asked[name] ?? name in asked));
  let known = questions.get(word);
  if (!known) questions.set(word, (known = new Map()));
  const question = known.get(text) ?? {};
  known.set(text, question);
  questionsBefore.set(matcher, { word, question });
  return question;
}

/** What a word says of a node when a card asks for it. All cards that ask the same share the answer. */
export function recognise(matcher: IsMatcher, word: CodeWord, node: Node, scene: Scene): Recognition | undefined {
  return scene.remember(questionOf(matcher, word), node, () => word.recognise(node, scene, askedOf(matcher)), undefined);
}

function matchWord(matcher: IsMatcher, node: Node, scene: Scene, found: Found): Found | undefined {
  const word = wordOf(matcher, scene);
  if (!word || !kindsOf(word).has(node.kind)) return undefined;
  const recognition = recognise(matcher, word, node, scene);
  if (!recognition) return undefined;
  const bindings = bindAttributes(matcher, recognition, node, found.bindings);
  if (!bindings) return undefined;
  return {
    ...found,
    bindings,
    evidence: [...found.evidence, ...(recognition.evidence ?? [])],
    advice: { ...found.advice, ...recognition.advice },
    ...(recognition.mild && { mild: true }), ...(recognition.reaches && { reaches: recognition.reaches }),
  };
}

/** Tests and binds attributes. What is unknown satisfies no test and binds nothing. */
export function bindAttributes(matcher: IsMatcher, recognition: { attributes: Recognition['attributes'] }, node: Node | string, bindings: Bindings): Bindings | undefined {
  let current: Bindings | undefined = bindings;
  for (const [name, test] of Object.entries(matcher.attributes)) {
    const value = recognition.attributes[name];
    if ('equals' in test) {
      if (value === undefined || !test.equals.includes(value)) return undefined;
    } else if (value !== undefined) current = current && bind(current, test.bind, String(value));
  }
  if (!current || matcher.as === undefined) return current;
  // Where a word has its own way to say the code (`prisma.post.findMany`), that is what a reader should see.
  const says = recognition.attributes['call'];
  return bind(current, matcher.as, typeof says === 'string' ? says : typeof node === 'string' ? node : inOneLine(node, 80));
}

/** Climbs to the function's boundary; callbacks that run where they stand are no boundary. */
function searchAround(matcher: Matcher, node: Node, scene: Scene, found: Found, then: Then): Found | undefined {
  for (let up = node.parent; up && !ts.isSourceFile(up); up = up.parent) {
    const around = up;
    const matched = mayHold(matcher, up, scene) ? search(matcher, up, scene, found, (each) => (isInExtent(matcher, node, around, scene) ? then({ ...each, around }) : undefined)) : undefined;
    if (matched) return matched;
    if (isBoundary(up)) return undefined;
  }
  return undefined;
}

function mayHold(matcher: Matcher, node: Node, scene: Scene): boolean {
  if (!matcher.is) return true;
  const word = wordOf(matcher.is, scene);
  return word !== undefined && kindsOf(word).has(node.kind);
}

/** Where a word says which of its parts count as inside (a loop's body, not its list), the node must stand in one. */
export function isInExtent(matcher: Matcher, node: Node, around: Node, scene: Scene): boolean {
  const word = matcher.is && wordOf(matcher.is, scene);
  const recognition = word && matcher.is && recognise(matcher.is, word, around, scene);
  if (!recognition?.extent) return true;
  return recognition.extent.some((part) => isWithin(node, part)) && !recognition.except?.some((part) => isWithin(node, part));
}

function searchBelow(matcher: Matcher, node: Node, scene: Scene, found: Found, then: Then): Found | undefined {
  return ts.forEachChild(node, (child) => search(matcher, child, scene, found, then) ?? searchBelow(matcher, child, scene, found, then));
}

/** Tries everything whose value flows into the node, or into the part of it that a variable stands for. */
function searchSources({ into, ...matcher }: FlowMatcher, node: Node, scene: Scene, found: Found, then: Then): Found | undefined {
  return firstOf(partsOfFlow(into, node, found), (part) => firstOf(sourcesOf(part, scene), (source) => (source === node ? undefined : search(sourceMatcher(matcher), source, scene, found, (each) => then(withStep(each, source, node))))));
}

const sourceMatchers = new WeakMap<object, Matcher>();

/** One matcher for all searches, so that what is known of it is kept. */
function sourceMatcher(matcher: Matcher): Matcher {
  const known = sourceMatchers.get(matcher.at);
  if (!known) sourceMatchers.set(matcher.at, matcher);
  return known ?? matcher;
}

/** Tries everything in the function, and in the functions that it calls, into which the node's value flows. */
function searchUses({ into, ...matcher }: FlowMatcher, node: Node, scene: Scene, found: Found, then: Then): Found | undefined {
  return firstOf(usesAround(node, scene), (use) => (use === node ? undefined : search(sourceMatcher(matcher), use, scene, found, (each) => {
    const flows = partsOfFlow(into, use, each).some((part) => contains(sourcesOf(part, scene), node));
    return flows ? then(withStep(each, use, node)) : undefined;
  })));
}

function contains(nodes: Iterable<Node>, wanted: Node): boolean {
  for (const each of nodes) if (each === wanted) return true;
  return false;
}

/** The parts of a piece of code that values flow into: what a variable stands for, else a call's arguments, else all of it. */
function partsOfFlow(into: string | undefined, node: Node, { bindings }: Found): readonly Node[] {
  if (into === undefined) {
    const given = argumentsOf(node);
    return given.length > 0 ? given : [node];
  }
  const bound = bindings.get(into);
  if (!bound) return [];
  return bound.node ? [bound.node] : partsWithText(bound.text, node);
}

/** What a word names by its text alone. */
function partsWithText(text: string, node: Node): Node[] {
  if (ts.isExpression(node) && node.getText() === text) return [node];
  const found: Node[] = [];
  ts.forEachChild(node, (child) => {
    if (found.length === 0) found.push(...partsWithText(text, child));
  });
  return found;
}

const mostUses = 400;

/** Calls and the like around a node, up to the function's boundary, and in the functions that are called there. */
function* usesAround(node: Node, scene: Scene): Generator<Node> {
  let around: Node = node;
  while (around.parent && !isBoundary(around)) around = around.parent;
  let left = mostUses;
  const called = new Set<Node>();
  for (const use of descendants(around)) {
    if (!ts.isCallExpression(use) && !ts.isNewExpression(use) && !ts.isTaggedTemplateExpression(use) && !ts.isBinaryExpression(use)) continue;
    if ((left -= 1) < 0) return;
    yield use;
    const fn = ts.isCallExpression(use) ? scene.calledFunction(use) : undefined;
    if (fn?.body && !isWithin(node, fn)) called.add(fn.body);
  }
  for (const body of called) for (const use of descendants(body)) if ((ts.isCallExpression(use) || ts.isNewExpression(use)) && (left -= 1) >= 0) yield use;
}

function* descendants(root: Node): Generator<Node> {
  const open = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    yield node;
    const children: Node[] = [];
    ts.forEachChild(node, (child) => {
      children.push(child);
    });
    open.push(...children.reverse());
  }
}

/** Shows the other end of a flow as evidence, where it stands on another line. */
function withStep(found: Found, end: Node, node: Node): Found {
  const step = stepAt(end);
  return step.line === stepAt(node).line && end.getSourceFile() === node.getSourceFile() ? found : { ...found, evidence: [...found.evidence, step] };
}

/**
 * True when nothing in the arguments matches and all that could hold it can be seen. A constant is looked into, wherever it
 * is; of a pattern with a gap, only what the gap took is looked at, because the card has named the rest.
 */
function isWithout(whole: Matcher, matcher: Matcher, node: Node, scene: Scene, found: Found): boolean {
  const given = argumentsOf(node);
  if (given.length === 0 && argumentless(node)) return true;
  if (given.some((part) => ts.isSpreadElement(part))) return false;
  const parts: readonly Node[] = given.length === 0 ? [node] : whole.code ? argumentsInGap(patternOf(whole.code), given) : given;
  const seen = parts.map((part) => visibleForm(part, scene));
  if (seen.some((part) => part !== undefined && holdsSomewhere(matcher, part, scene, found))) return false;
  const options = seen.filter((part) => part !== undefined && ts.isObjectLiteralExpression(part)) as ObjectLiteralExpression[];
  // Where the options are written out, another argument that cannot be seen is no options.
  if (options.length === 0 && seen.includes(undefined)) return false;
  return options.every((object) => isWithoutNested(matcher, object, scene, found, 0));
}

function argumentless(node: Node): boolean {
  const inner = ts.isExpression(node) ? bare(node) : node;
  return ts.isCallExpression(inner) || ts.isNewExpression(inner);
}

/** What an object takes from elsewhere: a spread that cannot be seen may hold anything, and so may a name that says it holds options. */
function isWithoutNested(matcher: Matcher, object: ObjectLiteralExpression, scene: Scene, found: Found, depth: number): boolean {
  return depth > 6 || object.properties.every((property) => {
    const isSpread = ts.isSpreadAssignment(property);
    const value = isSpread ? property.expression : ts.isPropertyAssignment(property) ? property.initializer : ts.isShorthandPropertyAssignment(property) ? property.name : undefined;
    // A key that is computed may be the one that is looked for. Further in it is hardly an option: `headers: { [name]: value }`.
    if (depth === 0 && property.name && nameText(property.name) === undefined) return false;
    if (!value) return true;
    const seen = ts.isShorthandPropertyAssignment(property) ? visibleName(property.name, scene) : visibleForm(value, scene);
    if (!seen) return !isSpread && !/(?:options|opts|config|configuration|settings|defaults)$/i.test(property.name ? (nameText(property.name) ?? '') : '');
    if (seen !== bare(value) && holdsSomewhere(matcher, seen, scene, found)) return false;
    return !ts.isObjectLiteralExpression(seen) || isWithoutNested(matcher, seen, scene, found, depth + 1);
  });
}

/** The literal that an argument is or stands for; undefined where it cannot be seen: a spread, a parameter, a call. */
export function visibleForm(part: Node, scene: Scene): Node | undefined {
  if (ts.isSpreadElement(part)) return undefined;
  const node = ts.isExpression(part) ? bare(part as Expression) : part;
  if (ts.isObjectLiteralExpression(node)) return node;
  if (ts.isIdentifier(node) || ts.isPropertyAccessExpression(node)) return isPlain(node) ? node : visibleName(node, scene);
  return ts.isCallExpression(node) || ts.isConditionalExpression(node) ? undefined : node;
}

function visibleName(node: Expression, scene: Scene): Node | undefined {
  if (isReassigned(node) || isFilledLater(node)) return undefined;
  const value = scene.valueOf(node);
  return value.kind === 'object' || value.kind === 'literal' || value.kind === 'array' || value.kind === 'function' ? value.node : undefined;
}

/** A parameter that is declared to be a text, a number or a truth value. */
function isPlain(node: Expression): boolean {
  const declared = ts.isIdentifier(node) ? declarationOf(node) : undefined;
  if (ts.isIdentifier(node) && node.text === 'undefined') return true;
  const type = declared?.kind === 'parameter' || declared?.kind === 'variable' ? declared.node.type : undefined;
  return type !== undefined && (type.kind === ts.SyntaxKind.StringKeyword || type.kind === ts.SyntaxKind.NumberKeyword || type.kind === ts.SyntaxKind.BooleanKeyword);
}

function holdsSomewhere(matcher: Matcher, node: Node, scene: Scene, found: Found): boolean {
  if (match(matcher, node, scene, found)) return true;
  return ts.forEachChild(node, (child) => holdsSomewhere(matcher, child, scene, found) || undefined) ?? false;
}

function holds(test: WhereTest, _node: Node, scene: Scene, found: Found): boolean {
  const bound = found.bindings.get(test.variable);
  if (!bound) return false;
  const node = bound.node && ts.isExpression(bound.node) ? bare(bound.node) : bound.node;
  if (test.text && !textsOf(node, bound.text, scene).some((text) => matchesText(test.text!.source, text))) return false;
  if (test.literal !== undefined && isLiteral(node, scene) !== test.literal) return false;
  if (test.number && !compares(numberOf(node, scene), test.number)) return false;
  if (test['one-of'] && !test['one-of'].some((value) => isValue(value, node, bound.text, scene))) return false;
  return !test.is || (node !== undefined && matchWord(test.is, node, scene, found) !== undefined);
}
