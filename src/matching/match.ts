import { ts, type Expression, type Node } from '../code/compiler.ts';
import type { Scene } from '../code/scene.ts';
import { bare, inOneLine, isFunctionBody, isWithin, wrapped } from '../code/syntax.ts';
import type { IsMatcher, Matcher, WhereTest } from '../lessons/lesson.ts';
import type { Step } from '../model.ts';
import { runsWhereItStands } from '../recognition/queries-of-function.ts';
import { wordNamed } from '../vocabulary/index.ts';
import type { Asked, CodeWord, Recognition } from '../vocabulary/word.ts';
import { bind, noBindings, type Bindings } from './bindings.ts';
import { argumentsOf, matchPattern, patternOf } from './pattern.ts';
import { matchesText } from './text-test.ts';

/** What was found while a matcher held: its variables, the lines it rests on, and what to do instead. */
export type Found = {
  bindings: Bindings;
  evidence: readonly Step[];
  advice: Readonly<Record<string, string>>;
  /** The surrounding code that an `inside` found: findings that share it tell one story. */
  around?: Node;
};

const nothingYet: Found = { bindings: noBindings, evidence: [], advice: {} };

/** Tests a matcher at a node. The first way in which everything holds is the answer. */
export function match(matcher: Matcher, node: Node, scene: Scene, found: Found = nothingYet): Found | undefined {
  if ((scene.testsLeft -= 1) < 0) throw new RangeError('conditions inside conditions multiply here beyond what is looked at');
  let current: Found | undefined = found;
  // Cheap tests first: patterns and surroundings before words that follow calls into other files.
  if (matcher.code) {
    const bindings = matchPattern(patternOf(matcher.code), node, current.bindings, scene);
    current = bindings && { ...current, bindings };
  }
  if (matcher.is && !mayBe(matcher.is, node)) return undefined;
  const dear = matcher.is && isDear(matcher.is);
  if (current && matcher.is && !dear) current = matchWord(matcher.is, node, scene, current);
  if (current && matcher.inside) current = matchInside(matcher.inside, node, scene, current);
  if (current && matcher.is && dear) current = matchWord(matcher.is, node, scene, current);
  for (const each of matcher.all ?? []) current = current && match(each, node, scene, current);
  if (current && matcher.any) current = firstOf(matcher.any, node, scene, current);
  if (current && matcher.contains) current = matchContains(matcher.contains, node, scene, current);
  if (current && matcher.without) current = isWithout(matcher.without, node, scene, current) ? current : undefined;
  for (const test of matcher.where ?? []) current = current && (holds(test, node, scene, current) ? current : undefined);
  if (current && matcher.not && match(matcher.not, node, scene, current)) return undefined;
  return current;
}

function firstOf(matchers: readonly Matcher[], node: Node, scene: Scene, found: Found): Found | undefined {
  for (const each of matchers) {
    const matched = match(each, node, scene, found);
    if (matched) return matched;
  }
  return undefined;
}

/** Words that may open other files are asked last. */
function isDear(matcher: IsMatcher): boolean {
  return matcher.word === 'db-call';
}

/** What the node's own syntax rules out need not be looked around for. */
function mayBe(matcher: IsMatcher, node: Node): boolean {
  const word = codeWord(matcher.word);
  return word !== undefined && kindsOf(word).has(node.kind) && (word.mayBe?.(node) ?? true);
}

function codeWord(name: string): CodeWord | undefined {
  const word = wordNamed(name);
  return word?.reads === 'code' ? word : undefined;
}

const kindsOfWord = new Map<string, ReadonlySet<number>>();

/** The kinds of node that a word is asked about. */
export function kindsOf(word: CodeWord): ReadonlySet<number> {
  let kinds = kindsOfWord.get(word.name);
  if (!kinds) kindsOfWord.set(word.name, (kinds = new Set(word.kinds())));
  return kinds;
}

const askedBy = new WeakMap<IsMatcher, Asked>();

function askedOf(matcher: IsMatcher): Asked {
  let asked = askedBy.get(matcher);
  if (!asked) askedBy.set(matcher, (asked = readAsked(matcher)));
  return asked;
}

function readAsked(matcher: IsMatcher): Asked {
  return Object.fromEntries(Object.entries(matcher.attributes).map(([name, test]) => [name, 'equals' in test ? test.equals : undefined]));
}

const recognitions = Symbol('recognitions');

function recognise(matcher: IsMatcher, word: CodeWord, node: Node, scene: Scene): Recognition | undefined {
  // Words that look at what is asked give different answers to different matchers; all others are asked once a node.
  const key = word.recognise.length > 2 ? matcher : word;
  return scene.remember(key ?? recognitions, node, () => word.recognise(node, scene, askedOf(matcher)), undefined);
}

function matchWord(matcher: IsMatcher, node: Node, scene: Scene, found: Found): Found | undefined {
  const word = codeWord(matcher.word);
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
function matchInside(matcher: Matcher, node: Node, scene: Scene, found: Found): Found | undefined {
  for (let up = node.parent; up && !ts.isSourceFile(up); up = up.parent) {
    const matched = mayHold(matcher, up) ? match(matcher, up, scene, found) : undefined;
    if (matched && isInExtent(matcher, node, up, scene)) return { ...matched, around: up };
    if (isFunctionBody(up) && !runsWhereItStands(up) && !isThunk(up)) return undefined;
    if (ts.isClassLike(up)) return undefined;
  }
  return undefined;
}

/** A function that is returned, or collected, by the callback around it: `map((x) => () => load(x))` for a limiter. */
function isThunk(fn: Node): boolean {
  const outer = wrapped(fn);
  if (ts.isArrowFunction(outer.parent) && outer.parent.body === outer) return true;
  return ts.isReturnStatement(outer.parent) && ts.isArrowFunction(outer);
}

function mayHold(matcher: Matcher, node: Node): boolean {
  if (!matcher.is) return true;
  const word = codeWord(matcher.is.word);
  return word !== undefined && kindsOf(word).has(node.kind);
}

/** Where a word says which of its parts count as inside (a loop's body, not its list), the node must stand in one. */
function isInExtent(matcher: Matcher, node: Node, around: Node, scene: Scene): boolean {
  const word = matcher.is && codeWord(matcher.is.word);
  const recognition = word && matcher.is && recognise(matcher.is, word, around, scene);
  if (!recognition?.extent) return true;
  return recognition.extent.some((part) => isWithin(node, part)) && !recognition.except?.some((part) => isWithin(node, part));
}

function matchContains(matcher: Matcher, node: Node, scene: Scene, found: Found): Found | undefined {
  let result: Found | undefined;
  const visit = (child: Node): void => {
    result ??= match(matcher, child, scene, found);
    if (!result) ts.forEachChild(child, visit);
  };
  ts.forEachChild(node, visit);
  return result;
}

/** True when nothing in the arguments matches and all of them can be seen. A constant of the same function is looked into. */
function isWithout(matcher: Matcher, node: Node, scene: Scene, found: Found): boolean {
  const parts = argumentsOf(node);
  const whole: readonly Node[] = parts.length > 0 ? parts : [node];
  return whole.every((part) => {
    const seen = visibleForm(part, scene);
    return seen !== undefined && !holdsSomewhere(matcher, seen, scene, found);
  });
}

/** The literal that an argument is or stands for; undefined where it cannot be seen: a spread, a parameter, a call. */
function visibleForm(part: Node, scene: Scene): Node | undefined {
  if (ts.isSpreadElement(part)) return undefined;
  const node = ts.isExpression(part) ? bare(part as Expression) : part;
  if (ts.isObjectLiteralExpression(node)) return node.properties.some((property) => ts.isSpreadAssignment(property)) ? undefined : node;
  if (ts.isIdentifier(node)) {
    const value = scene.valueOf(node);
    return value.kind === 'object' || value.kind === 'literal' || value.kind === 'array' ? value.node : undefined;
  }
  return ts.isCallExpression(node) ? undefined : node;
}

function holdsSomewhere(matcher: Matcher, node: Node, scene: Scene, found: Found): boolean {
  if (match(matcher, node, scene, found)) return true;
  return ts.forEachChild(node, (child) => holdsSomewhere(matcher, child, scene, found) || undefined) ?? false;
}

function holds(test: WhereTest, _node: Node, scene: Scene, found: Found): boolean {
  const bound = found.bindings.get(test.variable);
  if (!bound) return false;
  const node = bound.node && ts.isExpression(bound.node) ? bare(bound.node) : bound.node;
  if (test.text && !matchesText(test.text.source, node && ts.isStringLiteralLike(node) ? node.text : bound.text)) return false;
  if (test.literal !== undefined && isLiteral(node, scene) !== test.literal) return false;
  if (test.number && !compares(numberOf(node, scene), test.number)) return false;
  return !test.is || (node !== undefined && matchWord(test.is, node, scene, found) !== undefined);
}

function isLiteral(node: Node | undefined, scene: Scene): boolean {
  if (!node) return false;
  if (ts.isLiteralExpression(node)) return true;
  return ts.isIdentifier(node) && scene.valueOf(node).kind === 'literal';
}

function numberOf(node: Node | undefined, scene: Scene): number | undefined {
  if (!node) return undefined;
  if (ts.isNumericLiteral(node)) return Number(node.text.replaceAll('_', ''));
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusToken) {
    const value = numberOf(node.operand, scene);
    return value === undefined ? undefined : -value;
  }
  if (ts.isBinaryExpression(node)) return arithmetic(node, scene);
  if (!ts.isIdentifier(node)) return undefined;
  const value = scene.valueOf(node);
  return value.kind === 'literal' ? numberOf(value.node, scene) : undefined;
}

/** `60 * 1000` is a number to every reader. */
function arithmetic(node: import('ts-morph').ts.BinaryExpression, scene: Scene): number | undefined {
  const left = numberOf(bare(node.left), scene);
  const right = numberOf(bare(node.right), scene);
  if (left === undefined || right === undefined) return undefined;
  switch (node.operatorToken.kind) {
    case ts.SyntaxKind.AsteriskToken:
      return left * right;
    case ts.SyntaxKind.PlusToken:
      return left + right;
    case ts.SyntaxKind.MinusToken:
      return left - right;
    case ts.SyntaxKind.SlashToken:
      return left / right;
    default:
      return undefined;
  }
}

function compares(value: number | undefined, { operator, value: limit }: NonNullable<WhereTest['number']>): boolean {
  if (value === undefined) return false;
  switch (operator) {
    case '>':
      return value > limit;
    case '>=':
      return value >= limit;
    case '<':
      return value < limit;
    case '<=':
      return value <= limit;
    case '=':
      return value === limit;
  }
}
