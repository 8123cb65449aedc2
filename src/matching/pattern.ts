import { newProject, ts, type CallExpression, type Expression, type Node, type SourceFile } from '../code/compiler.ts';
import type { Scene } from '../code/scene.ts';
import { bare, memberAccess, nameText } from '../code/syntax.ts';
import type { Value } from '../code/value.ts';
import { Fault } from '../fault.ts';
import type { CodeMatcher } from '../lessons/lesson.ts';
import { bind, type Bindings } from './bindings.ts';

/** A `code:` pattern, parsed once. */
export type Pattern = { node: Node; from?: string; kinds: readonly number[] };

const single = /^\$[A-Z_][A-Z0-9_]*$/;
const many = /^\$\$\$(?:[A-Z_][A-Z0-9_]*)?$/;

const parsed = new WeakMap<CodeMatcher, Pattern>();

/** Parses a pattern, once. Throws the fault `lesson/bad-pattern` with the parser's own words under the pattern's column. */
export function patternOf(matcher: CodeMatcher): Pattern {
  const known = parsed.get(matcher);
  if (known) return known;
  const pattern = parse(matcher);
  parsed.set(matcher, pattern);
  return pattern;
}

function parse(matcher: CodeMatcher): Pattern {
  // An object literal at the start of a statement would be a block: parentheses make every expression one.
  for (const [before, after] of [['(', ')'], ['', '']] as const) {
    const tree = parseText(matcher, `${before}${matcher.text}\n${after}`);
    const errors = (tree as unknown as { parseDiagnostics: { messageText: string | { messageText: string }; start?: number }[] }).parseDiagnostics;
    if (errors.length > 0 && before === '(') continue;
    if (errors.length > 0) throw badPattern(matcher, errors[0]!);
    const [statement, ...others] = tree.statements;
    if (!statement || others.length > 0) throw badPattern(matcher, { messageText: statement ? 'a pattern is one expression or one statement' : 'a pattern needs some code' });
    const node = ts.isExpressionStatement(statement) ? bare(statement.expression) : statement;
    return { node, ...(matcher.from !== undefined && { from: matcher.from }), kinds: kindsOf(node) };
  }
  throw badPattern(matcher, { messageText: 'this is not TypeScript' });
}

function parseText(matcher: CodeMatcher, text: string): SourceFile {
  try {
    return newProject().createSourceFile('/pattern.ts', text).compilerNode;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw badPattern(matcher, { messageText: 'it is nested deeper than can be read' });
  }
}

function badPattern(matcher: CodeMatcher, error: { messageText: string | { messageText: string }; start?: number }): Fault {
  const says = (typeof error.messageText === 'string' ? error.messageText : error.messageText.messageText).replace(/\.$/, '');
  // What is missing at the end is missing behind the last character, not on the line below.
  const offset = Math.min(error.start ?? 0, matcher.text.length);
  return new Fault('lesson/bad-pattern', {
    message: `the pattern \`${matcher.text}\` is not TypeScript: ${says}`,
    hint: 'write an expression or a statement as it would stand in the code, with $X for one part and $$$ for any number',
    at: { file: matcher.at.file, line: matcher.at.line, column: matcher.at.column + offset },
  });
}

/** The kinds of node at which a pattern can match: a variable alone matches any expression, so it has no kinds. */
function kindsOf(node: Node): readonly number[] {
  if (ts.isIdentifier(node) && (single.test(node.text) || many.test(node.text))) return [];
  return [node.kind];
}

/** Matches a pattern against code. Gives the bindings with those of the pattern added, or undefined. */
export function matchPattern(pattern: Pattern, code: Node, bindings: Bindings, scene: Scene): Bindings | undefined {
  steps = 0;
  const matched = matchNode(pattern.node, code, bindings, scene);
  if (!matched || pattern.from === undefined) return matched;
  return comesFrom(code, pattern.from, scene) ? matched : undefined;
}

/** True when what is called, constructed or named here comes from the package. */
function comesFrom(code: Node, from: string, scene: Scene): boolean {
  const node = bare(code as Expression);
  const callee = ts.isCallExpression(node) || ts.isNewExpression(node) ? node.expression : ts.isTaggedTemplateExpression(node) ? node.tag : node;
  return packageOf(scene.valueOf(callee as Expression)) === from;
}

/** The package that a value leads back to. */
export function packageOf(value: Value): string | undefined {
  for (let current = value; ; ) {
    if (current.kind === 'external') return current.from;
    if (current.kind === 'member' || current.kind === 'made' || current.kind === 'result' || current.kind === 'element') current = current.of;
    else return undefined;
  }
}

function matchNode(pattern: Node, code: Node, bindings: Bindings, scene: Scene): Bindings | undefined {
  const wanted = ts.isExpression(pattern) ? bare(pattern) : pattern;
  const given = ts.isExpression(code) ? bare(code) : code;
  if (ts.isIdentifier(wanted) && single.test(wanted.text)) return wanted.text === '$_' ? bindings : bind(bindings, wanted.text, given);
  if (ts.isExpressionStatement(wanted) && ts.isExpressionStatement(given)) return matchNode(wanted.expression, given.expression, bindings, scene);
  if (ts.isStringLiteralLike(wanted) && ts.isStringLiteralLike(given)) return wanted.text === given.text ? bindings : undefined;
  if (ts.isIdentifier(wanted) && ts.isIdentifier(given)) return wanted.text === given.text || isAliasOf(given, wanted.text, scene) ? bindings : undefined;
  const wantedMember = memberAccess(wanted);
  const givenMember = memberAccess(given);
  if (wantedMember && givenMember) return matchMember(wanted, wantedMember, givenMember, bindings, scene);
  if (wanted.kind !== given.kind) return undefined;
  if (ts.isObjectLiteralExpression(wanted) && ts.isObjectLiteralExpression(given)) return matchObject(wanted, given, bindings, scene);
  return matchChildren(childrenOf(wanted), childrenOf(given), wanted, given, bindings, scene);
}

/** An imported name goes by its exported one: `import { Queue as Q }` matches a pattern that says `Queue`. */
function isAliasOf(given: Expression, name: string, scene: Scene): boolean {
  const value = scene.valueOf(given);
  return value.kind === 'external' && value.path.at(-1) === name;
}

function matchMember(pattern: Node, wanted: { of: Expression; name: string }, given: { of: Expression; name: string }, bindings: Bindings, scene: Scene): Bindings | undefined {
  const object = matchNode(wanted.of, given.of, bindings, scene);
  if (!object) return undefined;
  if (single.test(wanted.name) && ts.isPropertyAccessExpression(pattern)) return wanted.name === '$_' ? object : bind(object, wanted.name, given.name);
  return wanted.name === given.name ? object : undefined;
}

/** Every property of the pattern stands in the code's literal; others may stand there too. */
function matchObject(wanted: import('ts-morph').ts.ObjectLiteralExpression, given: import('ts-morph').ts.ObjectLiteralExpression, bindings: Bindings, scene: Scene): Bindings | undefined {
  let current: Bindings | undefined = bindings;
  for (const property of wanted.properties) {
    if (!current) return undefined;
    if (ts.isSpreadAssignment(property) || (ts.isShorthandPropertyAssignment(property) && many.test(property.name.text))) continue;
    const name = property.name && nameText(property.name);
    const found = given.properties.findLast((each) => each.name !== undefined && nameText(each.name) === name);
    if (!found) return undefined;
    if (ts.isPropertyAssignment(property) && ts.isPropertyAssignment(found)) current = matchNode(property.initializer, found.initializer, current, scene);
    else if (ts.isPropertyAssignment(property) && ts.isShorthandPropertyAssignment(found)) current = matchNode(property.initializer, found.name, current, scene);
    else if (ts.isPropertyAssignment(property) && ts.isMethodDeclaration(found)) current = isVariable(property.initializer) ? current : undefined;
  }
  return current;
}

function isVariable(node: Node): boolean {
  return ts.isIdentifier(node) && single.test(node.text);
}

/** The children that mean something, in order; tokens such as operators count, punctuation does not reach `forEachChild`. */
function childrenOf(node: Node): Node[] {
  const children: Node[] = [];
  ts.forEachChild(node, (child) => {
    // Type arguments and a question mark before a dot change nothing about what runs.
    if (!ts.isTypeNode(child) && child.kind !== ts.SyntaxKind.QuestionDotToken && child.kind !== ts.SyntaxKind.AsyncKeyword) children.push(child);
  });
  return children;
}

function matchChildren(wanted: readonly Node[], given: readonly Node[], pattern: Node, code: Node, bindings: Bindings, scene: Scene): Bindings | undefined {
  if (ts.isBinaryExpression(pattern) && ts.isBinaryExpression(code) && pattern.operatorToken.kind !== code.operatorToken.kind) return undefined;
  if (ts.isLiteralExpression(pattern) && ts.isLiteralExpression(code) && pattern.text !== code.text) return undefined;
  if ((ts.isPrefixUnaryExpression(pattern) && ts.isPrefixUnaryExpression(code)) || (ts.isPostfixUnaryExpression(pattern) && ts.isPostfixUnaryExpression(code))) {
    if (pattern.operator !== code.operator) return undefined;
  }
  return matchList(wanted, given, bindings, scene);
}

/** Several `$$$` in one list can divide a long one in very many ways. So many steps are taken for one place, then it does not match. */
const mostSteps = 20_000;
let steps = 0;

/** Matches a list, where `$$$` takes any number of elements, as few as will do. */
function matchList(wanted: readonly Node[], given: readonly Node[], bindings: Bindings, scene: Scene): Bindings | undefined {
  if (steps++ > mostSteps) return undefined;
  const [first, ...rest] = wanted;
  if (!first) return given.length === 0 ? bindings : undefined;
  const gap = gapName(first);
  if (gap === undefined) {
    const [next, ...others] = given;
    const matched = next && matchNode(first, next, bindings, scene);
    return matched && matchList(rest, others, matched, scene);
  }
  for (let taken = 0; taken <= given.length; taken += 1) {
    const kept = gap === '$$$' ? bindings : bind(bindings, gap, given.slice(0, taken).map((each) => each.getText()).join(', '));
    const matched = kept && matchList(rest, given.slice(taken), kept, scene);
    if (matched) return matched;
  }
  return undefined;
}

function gapName(node: Node): string | undefined {
  const inner = ts.isExpressionStatement(node) ? node.expression : ts.isSpreadElement(node) ? node.expression : ts.isParameter(node) ? node.name : node;
  return ts.isIdentifier(inner) && many.test(inner.text) ? inner.text : undefined;
}

/** The arguments of a call that matched, for `without`. */
export function argumentsOf(node: Node): readonly Expression[] {
  const inner = ts.isExpression(node) ? bare(node) : node;
  return ts.isCallExpression(inner) || ts.isNewExpression(inner) ? ((inner as CallExpression).arguments ?? []) : [];
}
