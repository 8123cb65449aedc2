import { ts, type Expression, type Node, type SourceFile } from '../code/compiler.ts';
import type { Scene } from '../code/scene.ts';
import { inOneLine, isFunctionBody, lineOf, pathOf } from '../code/syntax.ts';
import type { AttributeTest, CardPlace, CodeMatcher, FlowMatcher, IsMatcher, Lesson, Matcher, WhereTest } from '../lessons/lesson.ts';
import { codeSpan, sayMatcher, sayTest } from '../lessons/say-matcher.ts';
import type { Attributes, TextFile } from '../vocabulary/word.ts';
import { noBindings } from './bindings.ts';
import { textWordOf } from './searches.ts';
import { bindAttributes, isInExtent, match, visibleForm, type Found } from './match.ts';
import { codeWordNamed } from './own-words.ts';
import { argumentsInGap, argumentsOf, patternOf } from './pattern.ts';
import { checksBefore, earlierThan, isBoundary, laterThan } from './surroundings.ts';
import { differenceAt, nearestCode, sayCode } from './why-no-pattern.ts';

/** One thing that a card asks of a place, how a reader would say it, and how to say that it does not hold there. */
type Clause = { part: Matcher; says: string; otherwise: Otherwise };
type Otherwise = (node: Node, scene: Scene, found: Found) => string;

/** How far a card got at one node, on one of its ways. */
type Progress = { node: Node; clauses: readonly Clause[]; passed: number; failed: Clause | undefined; found: Found };

const nothingYet: Found = { bindings: noBindings, evidence: [], advice: {} };

/**
 * Why a card finds nothing in this file: the place that comes nearest with the first thing that does not hold there, and how many
 * places are left after each clause. One or two lines.
 */
export function whySilent(lesson: Lesson, tree: SourceFile, scene: Scene): string {
  const detect = lesson.detect!;
  const best = nearestAmong(detect, below(tree), scene);
  if (!best || best.passed === 0) return whyNoneAtAll(core(detect), tree, scene);
  const place = `line ${lineOf(best.node)}`;
  const code = sayCode(best.node);
  if (best.failed) return [`${place} comes nearest: ${code}, but ${best.failed.otherwise(best.node, scene, best.found)}`, ...sayCounts(best.clauses, tree, scene)].join('\n');
  const fine = lesson.fineWhen.find(({ matcher }) => match(matcher, best.node, scene, best.found));
  if (fine) return `${place} is found: ${code}, and then let pass by fine-when: ${fine.because}`;
  return `${place} comes nearest: ${code}`;
}

/** Nothing of what the card looks for is there: the nearest code, and what tells whether the word could see it. */
function whyNoneAtAll(looked: Matcher, tree: SourceFile, scene: Scene): string {
  const wanted = [looked, ...(looked.any ?? [])];
  const lines = [`it holds no ${sayMatcher(looked)}`];
  for (const { code } of wanted) {
    const near = code && nearestCode(code, below(tree), scene);
    if (near && lines.length === 1) lines[0] += `; line ${lineOf(near.node)} comes nearest: ${sayCode(near.node)}, but ${near.differs}`;
  }
  const [word] = wanted.flatMap(({ is }) => is?.word ?? []);
  if (word !== undefined) lines.push(`(once-bitten words tells what ${codeSpan(word)} sees; vocabulary.yml teaches it the functions of your code)`);
  return lines.join('\n');
}

/** Of some places the one at which a matcher gets furthest; of equals the first. */
function nearestAmong(matcher: Matcher, places: Iterable<Node>, scene: Scene, found: Found = nothingYet): Progress | undefined {
  const ways = waysOf(matcher);
  let best: Progress | undefined;
  for (const node of places) {
    for (const clauses of ways) {
      const progress = follow(clauses, node, scene, found);
      if (!best || progress.passed > best.passed) best = progress;
    }
  }
  return best;
}

function follow(clauses: readonly Clause[], node: Node, scene: Scene, before: Found): Progress {
  let found = before;
  for (const [passed, clause] of clauses.entries()) {
    const next = match(clause.part, node, scene, found);
    if (!next) return { node, clauses, passed, failed: clause, found };
    found = next;
  }
  return { node, clauses, passed: clauses.length, failed: undefined, found };
}

/** How many places are left after each clause, up to the first that leaves none. One clause alone has nothing to count. */
function sayCounts(clauses: readonly Clause[], tree: SourceFile, scene: Scene): string[] {
  const left = clauses.map(() => 0);
  for (const node of below(tree)) {
    const { passed } = follow(clauses, node, scene, nothingYet);
    for (let index = 0; index < passed; index += 1) left[index]! += 1;
  }
  const counts = clauses.map(({ says }, index) => ({ says, count: left[index]! })).filter(({ says }) => says !== '');
  const end = counts.findIndex(({ count }) => count === 0);
  const told = end < 0 ? counts : counts.slice(0, end + 1);
  if (told.length < 2) return [];
  const [first, ...others] = told;
  return [`(${[`clause by clause: ${first!.says} holds at ${first!.count} ${first!.count === 1 ? 'place' : 'places'}`, ...others.map(({ says, count }) => `${says} at ${count === 0 ? 'none' : count} of them`)].join('; ')})`];
}

/** Every node below this one, in the order of the text. */
function* below(root: Node): Generator<Node> {
  const children: Node[] = [];
  ts.forEachChild(root, (child) => {
    children.push(child);
  });
  for (const child of children) {
    yield child;
    yield* below(child);
  }
}

/** What is looked for, without what narrows it down. */
function core(matcher: Matcher): Matcher {
  const { at } = matcher;
  if (matcher.is) return { is: bareWord(matcher.is), at };
  if (matcher.code) return { code: matcher.code, at };
  if (matcher.any) return { any: matcher.any.map(core), at };
  return matcher.all?.[0] ? core(matcher.all[0]) : matcher;
}

function bareWord(is: IsMatcher): IsMatcher {
  return { word: is.word, attributes: {}, at: is.at };
}

/** The clauses of a matcher in the order in which a reader thinks of them, once for every alternative that it has. */
function waysOf(matcher: Matcher): Clause[][] {
  const { at, is, code, inside, contains, after, before, reaches, without, not, file, together, 'guarded-by': guard, 'reached-by': reachedBy } = matcher;
  const first = [...(is ? wordClauses(is, at) : []), ...(code ? [codeClause(code, at)] : [])];
  const rest = [
    ...(file ? [clause({ file, at }, `in ${file.globs.map(codeSpan).join(' or ')}`, (node) => `its file is ${codeSpan(pathOf(node))}`)] : []),
    ...(together ? [clause({ together, at }, sayMatcher({ together, at }), (_node, scene) => `the change touches ${scene.changed?.paths.map(codeSpan).join(', ') ?? 'nothing else'}`)] : []),
    ...(inside ? insideClauses(inside, at) : []),
    ...(contains ? [clause({ contains, at }, sayMatcher({ contains, at }), (node, scene, found) => sayAbsence(contains, 'inside it', below(node), node, scene, found))] : []),
    ...(after ? [clause({ after, at }, sayMatcher({ after, at }), (node, scene, found) => sayAbsence(after, 'before it in its function', earlierThan(node), node, scene, found))] : []),
    ...(before ? [clause({ before, at }, sayMatcher({ before, at }), (node, scene, found) => sayAbsence(before, 'behind it in its function', laterThan(node), node, scene, found))] : []),
    ...(guard ? [clause({ 'guarded-by': guard, at }, sayMatcher({ 'guarded-by': guard, at }), (node, scene, found) => sayAbsence(guard, 'among the checks on the way to it', checksBefore(node), node, scene, found))] : []),
    ...(reaches ? [clause({ reaches, at }, sayMatcher({ reaches, at }), (node, scene, found) => sayNoFlow(reaches, 'and this is not seen to flow into it', node, scene, found))] : []),
    ...(reachedBy ? [clause({ 'reached-by': reachedBy, at }, sayMatcher({ 'reached-by': reachedBy, at }), (node, scene, found) => sayNoFlow(reachedBy, `and is not seen to flow into ${reachedBy.into === undefined ? 'this' : codeSpan(reachedBy.into)}`, node, scene, found))] : []),
    ...(without ? [clause({ without, ...(code && { code }), at }, sayMatcher({ without, at }), (node, scene, found) => sayPresence(without, code ? argumentsInGap(patternOf(code), argumentsOf(node)) : argumentsOf(node), scene, found))] : []),
    ...(matcher.where ?? []).map((test) => clause({ where: [test], at }, sayMatcher({ where: [test], at }), (_node, _scene, found) => sayWrongVariable(test, found))),
    ...(not ? [clause({ not, at }, sayMatcher({ not, at }), () => `${codeSpan('not')} rules it out: it is ${sayMatcher(not)}`)] : []),
  ].map((each) => ({ ...each, says: each.says.replace(/^, /, '') }));
  const branches = matcher.any ? matcher.any.flatMap(waysOf) : [[]];
  const sideBySide = (matcher.all ?? []).reduce<Clause[][]>((ways, each) => ways.flatMap((way) => waysOf(each).map((more) => [...way, ...more])), [[]]);
  return sideBySide.flatMap((all) => branches.map((branch) => [...first, ...all, ...branch, ...rest])).slice(0, mostWays);
}

/** Alternatives inside alternatives multiply; so many are tried. */
const mostWays = 64;

function clause(part: Matcher, says: string, otherwise: Otherwise): Clause {
  return { part, says, otherwise };
}

function codeClause(code: CodeMatcher, at: CardPlace): Clause {
  const pattern = sayMatcher({ code, at });
  return clause({ code, at }, pattern, (node, scene, found) => {
    const difference = differenceAt(code, node, scene, found.bindings);
    return `it does not match ${pattern}${difference === undefined ? '' : `: ${difference}`}`;
  });
}

/** The word itself, then each attribute alone, then all together with the variables. */
function wordClauses(is: IsMatcher, at: CardPlace): Clause[] {
  const attributes = Object.entries(is.attributes).filter(([, test]) => 'equals' in test);
  return [
    clause({ is: bareWord(is), at }, codeSpan(is.word), () => `it is no ${codeSpan(is.word)}`),
    ...attributes.map(([name, test]) => clause(
      { is: { ...bareWord(is), attributes: { [name]: test } }, at }, `${name} ${sayValues(test)}`, (node, scene) => sayAttribute(name, test, attributesAt(is, node, scene)),
    )),
    clause({ is, at }, '', (node, scene, found) => sayOtherCode(is, node, scene, found)),
  ];
}

/** A variable of a word that stands for something else already. */
function sayOtherCode(is: IsMatcher, node: Node, scene: Scene, { bindings }: Found): string {
  const attributes = attributesAt(is, node, scene);
  for (const [name, test] of Object.entries(is.attributes)) {
    const known = 'bind' in test ? bindings.get(test.bind) : undefined;
    const value = attributes[name];
    if (known && 'bind' in test && value !== undefined && known.text !== String(value)) return `its ${codeSpan(name)} is ${codeSpan(String(value))}, and ${codeSpan(test.bind)} stands for ${codeSpan(known.text.slice(0, 60))} already`;
  }
  return 'a variable stands for other code already';
}

/** What must stand around it: something of the kind, and then exactly that. */
function insideClauses(inside: Matcher, at: CardPlace): Clause[] {
  const kind = core(inside);
  const otherwise: Otherwise = (node, scene, found) => sayNotInside(inside, node, scene, found);
  const [rough, exact] = [sayMatcher({ inside: kind, at }), sayMatcher({ inside, at })];
  return [clause({ inside: kind, at }, rough === exact ? '' : rough, otherwise), clause({ inside, at }, exact, otherwise)];
}

function sayNotInside(inside: Matcher, node: Node, scene: Scene, found: Found): string {
  const around = surroundings(node);
  const best = nearestAmong(inside, around, scene, found);
  if (best && best.passed > 0) {
    const there = `it stands in ${sayPlace(best.node)}`;
    if (best.failed) return `${there}, which is no ${sayMatcher(inside)}: ${best.failed.otherwise(best.node, scene, best.found)}`;
    return isInExtent(inside, node, best.node, scene) ? `${there}, but not in all of these at once` : `${there}, in a part of it that does not count as inside: its head, or a branch that leaves it`;
  }
  const boundary = around.at(-1);
  for (let up = boundary?.parent; up && !ts.isSourceFile(up); up = up.parent) {
    if (match(inside, up, scene, found)) return `it does not stand inside ${sayMatcher(inside)}: the search ends at its function, ${sayPlace(boundary!)}, and ${sayPlace(up)} is further out`;
  }
  return `it does not stand inside ${sayMatcher(inside)}: ${sayAround(around)}`;
}

/** Everything around a node that a search looks at, up to the function's boundary. */
function surroundings(node: Node): Node[] {
  const around: Node[] = [];
  for (let up = node.parent; up && !ts.isSourceFile(up); up = up.parent) {
    around.push(up);
    if (isBoundary(up)) break;
  }
  return around;
}

function sayAround(around: readonly Node[]): string {
  const telling = around.filter((each) => isFunctionBody(each) || ts.isIfStatement(each) || ts.isIterationStatement(each, false) || ts.isTryStatement(each) || ts.isClassLike(each) || (ts.isCallExpression(each) && each.arguments.some((argument) => around.includes(argument))));
  return telling.length === 0 ? 'nothing stands around it' : `around it stands ${telling.slice(0, 3).map(sayPlace).join(', then ')}`;
}

/** Code and its line; of a loop, a condition or a function with a block only its head. */
function sayPlace(node: Node): string {
  const body = ts.isIfStatement(node) ? node.thenStatement : ts.isIterationStatement(node, false) ? node.statement : isFunctionBody(node) ? node.body : undefined;
  const head = body && ts.isBlock(body) ? node.getText().slice(0, body.getStart() - node.getStart()).trim() : undefined;
  return `${head ? codeSpan(head.length > 60 ? `${head.slice(0, 59)}…` : head) : codeSpan(inOneLine(node, 60))} (line ${lineOf(node)})`;
}

/** Nothing of the wanted kind is where it should be; what comes nearest there, or where else it stands. */
function sayAbsence(wanted: Matcher, where: string, candidates: Iterable<Node>, node: Node, scene: Scene, found: Found): string {
  const absent = `nothing ${where} is ${sayMatcher(wanted)}`;
  const places = [...candidates];
  const best = nearestAmong(wanted, places, scene, found);
  if (best?.failed && best.passed > 0) return `${absent}; nearest is ${sayPlace(best.node)}, but ${best.failed.otherwise(best.node, scene, best.found)}`;
  const near = wanted.code && nearestCode(wanted.code, places, scene, found.bindings);
  if (near) return `${absent}; nearest is ${sayPlace(near.node)}, but ${near.differs}`;
  for (const each of below(node.getSourceFile())) {
    if (match(wanted, each, scene, found)) return `${absent}; ${sayPlace(each)} is, but does not stand there`;
  }
  return absent;
}

function sayNoFlow({ into: _into, ...end }: FlowMatcher, otherwise: string, node: Node, scene: Scene, found: Found): string {
  const best = nearestAmong(end, below(node.getSourceFile()), scene, found);
  if (!best || best.passed === 0) return `nothing here is ${sayMatcher(end)}`;
  if (best.failed) return `nothing here is ${sayMatcher(end)}; nearest is ${sayPlace(best.node)}, but ${best.failed.otherwise(best.node, scene, best.found)}`;
  return `${sayPlace(best.node)} is ${sayMatcher(end)}, ${otherwise}`;
}

/** What `without` meets in the arguments, or which of them cannot be seen. */
function sayPresence(without: Matcher, given: readonly Expression[], scene: Scene, found: Found): string {
  const forms = given.map((argument) => ({ argument, seen: visibleForm(argument, scene) }));
  for (const { argument, seen } of forms) {
    for (const form of new Set([argument, seen ?? argument])) {
      for (const each of [form, ...below(form)]) if (match(without, each, scene, found)) return `its arguments hold ${sayMatcher(without)}: ${sayPlace(each)}`;
    }
  }
  const spread = forms.flatMap(({ seen }) => (seen ? [seen, ...below(seen)] : [])).find(ts.isSpreadAssignment);
  const hidden = spread ?? forms.find(({ seen }) => seen === undefined)?.argument;
  const advice = spread ? '' : '; where it is never what is looked for, give it a name of its own in the pattern before `$$$`, such as `f($URL, $$$)`';
  return hidden ? `what ${sayCode(hidden)} holds cannot be seen, so nothing is known to be missing${advice}` : `its arguments hold ${sayMatcher(without)}, or cannot be seen`;
}

function sayWrongVariable(test: WhereTest, { bindings }: Found): string {
  const bound = bindings.get(test.variable);
  const value = bound ? codeSpan(bound.text.slice(0, 60)) : 'not bound there';
  return `${codeSpan(test.variable)} is ${value}, and the card wants one that ${sayTest(test)}`;
}

function attributesAt(is: IsMatcher, node: Node, scene: Scene): Attributes {
  const word = codeWordNamed(is.word, scene.own);
  const asked = Object.fromEntries(Object.entries(is.attributes).map(([name, test]) => [name, 'equals' in test ? test.equals : undefined]));
  return (word?.reads === 'code' ? word.recognise(node, scene, asked)?.attributes : undefined) ?? {};
}

function sayValues(test: AttributeTest): string {
  return 'equals' in test ? test.equals.map((value) => codeSpan(String(value))).join(' or ') : '';
}

function sayAttribute(name: string, test: AttributeTest, attributes: Attributes): string {
  const wanted = sayValues(test);
  const value = attributes[name];
  return `its ${codeSpan(name)} is ${value === undefined ? 'unknown' : codeSpan(String(value))}, not ${wanted}`;
}

/** Why a card about the text of files finds nothing in this one. */
export async function whyTextSilent(lesson: Lesson, file: TextFile): Promise<string> {
  const word = textWordOf(lesson)!;
  const is = lesson.detect!.is!;
  const seen = word.hint && !word.hint.test(file.text) ? [] : await word.recogniseText(file);
  const [first] = seen;
  if (!first) return `it holds no ${codeSpan(word.name)}`;
  for (const [name, test] of Object.entries(is.attributes)) {
    if ('equals' in test && !seen.some(({ attributes }) => bindAttributes({ ...bareWord(is), attributes: { [name]: test } }, { attributes }, '', noBindings))) {
      return `a ${codeSpan(word.name)} is found, but ${sayAttribute(name, test, first.attributes)}`;
    }
  }
  return `a ${codeSpan(word.name)} is found, and then let pass by \`not\` or fine-when`;
}
