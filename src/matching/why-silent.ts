import { ts, type Node, type SourceFile } from '../code/compiler.ts';
import type { Scene } from '../code/scene.ts';
import { inOneLine, stepAt } from '../code/syntax.ts';
import type { AttributeTest, IsMatcher, Lesson, Matcher, WhereTest } from '../lessons/lesson.ts';
import { codeSpan, sayMatcher, sayTest } from '../lessons/say-matcher.ts';
import { codeWordNamed } from './own-words.ts';
import type { Attributes, TextFile } from '../vocabulary/word.ts';
import { bindAttributes, match, type Found } from './match.ts';
import { noBindings } from './bindings.ts';
import { textWordOf } from './searches.ts';

/** One thing that a card asks of a place, and how to say that it does not hold there. */
type Clause = { part: Matcher; otherwise: (node: Node, scene: Scene, found: Found) => string };

/** How far a card got at one node. */
type Progress = { node: Node; passed: number; failed: Clause | undefined; found: Found };

/** Why a card finds nothing in this file: the place that comes nearest, and the first thing that does not hold there. */
export function whySilent(lesson: Lesson, tree: SourceFile, scene: Scene): string {
  const best = nearestPlace(lesson.detect!, tree, scene);
  if (!best || best.passed === 0) return `it holds no ${sayMatcher(core(lesson.detect!))}`;
  const { line } = stepAt(best.node);
  const code = codeSpan(inOneLine(best.node, 60));
  if (best.failed) return `line ${line} comes nearest: ${code}, but ${best.failed.otherwise(best.node, scene, best.found)}`;
  const fine = lesson.fineWhen.find(({ matcher }) => match(matcher, best.node, scene, best.found));
  if (fine) return `line ${line} is found: ${code}, and then let pass by fine-when: ${fine.because}`;
  return `line ${line} comes nearest: ${code}`;
}

function nearestPlace(matcher: Matcher, tree: SourceFile, scene: Scene): Progress | undefined {
  const ways = waysOf(matcher);
  let best: Progress | undefined;
  const visit = (node: Node): void => {
    for (const clauses of ways) {
      const progress = follow(clauses, node, scene);
      if (!best || progress.passed > best.passed) best = progress;
    }
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(tree, visit);
  return best;
}

function follow(clauses: readonly Clause[], node: Node, scene: Scene): Progress {
  let found: Found = { bindings: noBindings, evidence: [], advice: {} };
  for (const [passed, clause] of clauses.entries()) {
    const next = match(clause.part, node, scene, found);
    if (!next) return { node, passed, failed: clause, found };
    found = next;
  }
  return { node, passed: clauses.length, failed: undefined, found };
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
  const { at } = matcher;
  const first = [...wordClauses(matcher), ...(matcher.code ? [clause({ code: matcher.code, at }, `it does not match ${codeSpan(matcher.code.text)}${matcher.code.from === undefined ? '' : ` from ${codeSpan(matcher.code.from)}`}`)] : [])];
  const rest = [
    ...(matcher.inside ? [clause({ inside: core(matcher.inside), at }, `it does not stand inside ${sayMatcher(core(matcher.inside))}`), clause({ inside: matcher.inside, at }, `it does not stand inside ${sayMatcher(matcher.inside)}`)] : []),
    ...(matcher.contains ? [clause({ contains: matcher.contains, at }, `there is no ${sayMatcher(matcher.contains)} inside it`)] : []),
    ...(matcher.after ? [clause({ after: matcher.after, at }, `nothing before it in its function is ${sayMatcher(matcher.after)}`)] : []),
    ...(matcher.before ? [clause({ before: matcher.before, at }, `nothing behind it in its function is ${sayMatcher(matcher.before)}`)] : []),
    ...(matcher['guarded-by'] ? [clause({ 'guarded-by': matcher['guarded-by'], at }, `no check on the way to it is ${sayMatcher(matcher['guarded-by'])}`)] : []),
    ...(matcher.reaches ? [clause({ reaches: matcher.reaches, at }, `its value is not seen to reach ${sayMatcher(matcher.reaches)}`)] : []),
    ...(matcher['reached-by'] ? [clause({ 'reached-by': matcher['reached-by'], at }, `nothing that is ${sayMatcher(matcher['reached-by'])} is seen to reach it`)] : []),
    ...(matcher.without ? [clause({ without: matcher.without, at }, `its arguments hold ${sayMatcher(matcher.without)}, or cannot be seen`)] : []),
    ...(matcher.where ?? []).map((test): Clause => ({ part: { where: [test], at }, otherwise: (_node, _scene, found) => sayWrongVariable(test, found) })),
    ...(matcher.not ? [clause({ not: matcher.not, at }, `${codeSpan('not')} rules it out: it is ${sayMatcher(matcher.not)}`)] : []),
  ];
  const branches = matcher.any ? matcher.any.flatMap(waysOf) : [[]];
  const together = (matcher.all ?? []).reduce<Clause[][]>((ways, each) => ways.flatMap((way) => waysOf(each).map((more) => [...way, ...more])), [[]]);
  return together.flatMap((all) => branches.map((branch) => [...first, ...all, ...branch, ...rest])).slice(0, mostWays);
}

/** Alternatives inside alternatives multiply; so many are tried. */
const mostWays = 64;

function clause(part: Matcher, otherwise: string): Clause {
  return { part, otherwise: () => otherwise };
}

/** The word itself, then each attribute alone, then all together with the variables. */
function wordClauses({ is, at }: Matcher): Clause[] {
  if (!is) return [];
  const attributes = Object.entries(is.attributes).filter(([, test]) => 'equals' in test);
  return [
    clause({ is: bareWord(is), at }, `it is no ${codeSpan(is.word)}`),
    ...attributes.map(([name, test]): Clause => ({
      part: { is: { ...bareWord(is), attributes: { [name]: test } }, at },
      otherwise: (node, scene) => sayAttribute(name, test, attributesAt(is, node, scene)),
    })),
    clause({ is, at }, 'a variable stands for other code already'),
  ];
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

function sayAttribute(name: string, test: AttributeTest, attributes: Attributes): string {
  const wanted = 'equals' in test ? test.equals.map((value) => codeSpan(String(value))).join(' or ') : '';
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
