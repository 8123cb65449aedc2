/** Why a pattern matches nothing here: the code that comes nearest to it, and what is different there. */
import { ts, type CallExpression, type Expression, type NewExpression, type Node } from '../code/compiler.ts';
import { declarationOf } from '../code/scope.ts';
import type { Scene } from '../code/scene.ts';
import { bare, inOneLine, lineOf, memberAccess, nameText } from '../code/syntax.ts';
import type { CodeMatcher } from '../lessons/lesson.ts';
import { codeSpan } from '../lessons/say-matcher.ts';
import { noBindings, type Bindings } from './bindings.ts';
import { packageOf } from './origin.ts';
import { gapName, matchPattern, patternOf, type Pattern } from './pattern.ts';

/** Code that a pattern nearly matches, and what is different there. */
export type NearMiss = { node: Node; differs: string };

/** How near it is: the further the comparison came, the higher. */
type Graded = NearMiss & { passed: number };

/** Of some places the code that comes nearest to a pattern; undefined where nothing resembles it. */
export function nearestCode(code: CodeMatcher, places: Iterable<Node>, scene: Scene, bindings: Bindings = noBindings): NearMiss | undefined {
  let best: Graded | undefined;
  for (const node of places) {
    const miss = missAt(code, node, scene, bindings);
    if (miss && miss.passed > (best?.passed ?? 0)) best = miss;
  }
  return best;
}

/** What keeps a pattern from matching this very code; undefined where the two have nothing in common. */
export function differenceAt(code: CodeMatcher, node: Node, scene: Scene, bindings: Bindings): string | undefined {
  return missAt(code, node, scene, bindings)?.differs;
}

function missAt(code: CodeMatcher, node: Node, scene: Scene, bindings: Bindings): Graded | undefined {
  const pattern = patternOf(code);
  const alone = bindings.size > 0 ? matchPattern(pattern, node, noBindings, scene) : undefined;
  const differs = alone && sayOtherBinding(alone, bindings);
  return differs === undefined ? compared(pattern, node, scene, bindings) : { node, passed: 8, differs };
}

function sayOtherBinding(here: Bindings, before: Bindings): string | undefined {
  for (const [name, { text }] of here) {
    const known = before.get(name);
    if (known && known.text.replaceAll(/\s+/g, '') !== text.replaceAll(/\s+/g, '')) return `${codeSpan(name)} would be ${span(text)} here, and stands for ${span(known.text)} already`;
  }
  return undefined;
}

function compared(pattern: Pattern, node: Node, scene: Scene, bindings: Bindings): Graded | undefined {
  if (pattern.nodes.length > 1) return comparedRow(pattern, node, scene, bindings);
  const { from, ...anywhere } = pattern;
  if (from !== undefined && matchPattern(anywhere, node, bindings, scene)) return { node, passed: 9, differs: sayOrigin(node, from, scene) };
  const [wanted] = pattern.nodes as [Node];
  return isCallLike(wanted) && isCallLike(node) ? comparedCall(wanted, node, pattern, scene, bindings) : undefined;
}

/** Statements in a row: how many of them are there. */
function comparedRow(pattern: Pattern, node: Node, scene: Scene, bindings: Bindings): Graded | undefined {
  for (let count = pattern.nodes.length - 1; count > 0; count -= 1) {
    const nodes = pattern.nodes.slice(0, count);
    if (gapName(nodes.at(-1)!) !== undefined || !matchPattern({ ...pattern, nodes }, node, bindings, scene)) continue;
    const missing = pattern.nodes.slice(count).find((each) => gapName(each) === undefined)!;
    return { node, passed: count, differs: `no statement behind it in its block is ${span(missing.getText())}` };
  }
  return undefined;
}

type CallLike = CallExpression | NewExpression;

function isCallLike(node: Node): node is CallLike {
  return ts.isCallExpression(node) || ts.isNewExpression(node);
}

function comparedCall(wanted: CallLike, given: CallLike, pattern: Pattern, scene: Scene, bindings: Bindings): Graded | undefined {
  const [expected, present] = [bare(wanted.expression), bare(given.expression)];
  if (!holds(expected, present, pattern, scene, bindings)) {
    const name = lastName(expected);
    if (name === undefined || name !== lastName(present)) return undefined;
    return { node: given, passed: 1, differs: `the pattern calls ${span(expected.getText())}, and this is ${span(present.getText())}` };
  }
  if (wanted.kind !== given.kind) return { node: given, passed: 2, differs: ts.isNewExpression(wanted) ? 'it is called without `new`' : 'it is called with `new`' };
  return { node: given, ...comparedArguments(wanted.arguments ?? [], given.arguments ?? [], pattern, scene, bindings) };
}

function comparedArguments(wanted: readonly Expression[], given: readonly Expression[], pattern: Pattern, scene: Scene, bindings: Bindings): { passed: number; differs: string } {
  const gap = wanted.findIndex((each) => gapName(each) !== undefined);
  const leading = gap < 0 ? wanted : wanted.slice(0, gap);
  if (gap < 0 && wanted.length !== given.length) {
    return { passed: 3, differs: `it has ${numberOfArguments(given.length)}, and the pattern ${wanted.length === 0 ? 'none' : wanted.length} (\`$$$\` stands for any number)` };
  }
  for (const [index, each] of leading.entries()) {
    const argument = given[index];
    if (!argument) return { passed: 3, differs: `it has ${numberOfArguments(given.length)}, and the pattern at least ${wanted.filter((other) => gapName(other) === undefined).length}` };
    if (!holds(each, argument, pattern, scene, bindings)) return { passed: 4, differs: sayArgument(index, each, argument, pattern, scene, bindings) };
  }
  if (gap >= 0) {
    const behind = wanted.slice(gap).filter((each) => gapName(each) === undefined);
    if (behind.length > 0) return { passed: 4, differs: `no argument ${leading.length > 0 ? 'behind these ' : ''}is ${span(behind[0]!.getText())}` };
  }
  return { passed: 5, differs: 'a variable that the pattern names twice is different code there' };
}

function sayArgument(index: number, wanted: Expression, given: Expression, pattern: Pattern, scene: Scene, bindings: Bindings): string {
  const position = ['first', 'second', 'third'][index] ?? `${index + 1}th`;
  const [expected, present] = [bare(wanted), bare(given)];
  if (ts.isObjectLiteralExpression(expected) && ts.isObjectLiteralExpression(present)) {
    for (const property of expected.properties) {
      const name = property.name && nameText(property.name);
      if (name === undefined || name.startsWith('$')) continue;
      const there = present.properties.find((each) => each.name !== undefined && nameText(each.name) === name);
      if (!there) return `its ${position} argument has no property ${codeSpan(name)}`;
      if (ts.isPropertyAssignment(property) && ts.isPropertyAssignment(there) && !holds(property.initializer, there.initializer, pattern, scene, bindings)) {
        return `the ${codeSpan(name)} of its ${position} argument is ${span(there.initializer.getText())}, and not ${span(property.initializer.getText())}`;
      }
    }
  }
  return `its ${position} argument is ${span(given.getText())}, and not ${span(wanted.getText())}`;
}

/** Whether one part of a pattern matches a part of the code. */
function holds(wanted: Node, given: Node, pattern: Pattern, scene: Scene, bindings: Bindings): boolean {
  const part: Pattern = { nodes: [ts.isExpression(wanted) ? bare(wanted) : wanted], head: pattern.head, kinds: [], names: [] };
  return matchPattern(part, ts.isExpression(given) ? bare(given) : given, bindings, scene) !== undefined;
}

function lastName(callee: Expression): string | undefined {
  return ts.isIdentifier(callee) ? callee.text : memberAccess(callee)?.name;
}

function sayOrigin(node: Node, from: string, scene: Scene): string {
  let root = bare(node as Expression);
  for (;;) {
    const inner = memberAccess(root)?.of ?? (isCallLike(root) ? root.expression : ts.isTaggedTemplateExpression(root) ? root.tag : undefined);
    if (!inner) break;
    root = bare(inner);
  }
  const declared = ts.isIdentifier(root) ? declarationOf(root) : undefined;
  const origin = declared?.kind === 'import' ? declared.from : packageOf(scene.valueOf(root));
  if (origin !== undefined) return `${span(root.getText())} comes from ${codeSpan(origin)}, not from ${codeSpan(from)}`;
  if (declared && 'node' in declared) return `${span(root.getText())} is made on line ${lineOf(declared.node)}, and not seen to come from ${codeSpan(from)}`;
  return `${span(root.getText())} is not seen to come from ${codeSpan(from)}`;
}

function numberOfArguments(count: number): string {
  return count === 0 ? 'no arguments' : count === 1 ? 'one argument' : `${count} arguments`;
}

function span(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return codeSpan(line.length > 60 ? `${line.slice(0, 59)}…` : line);
}

/** A piece of code in a sentence. */
export function sayCode(node: Node): string {
  return codeSpan(inOneLine(node, 60));
}
