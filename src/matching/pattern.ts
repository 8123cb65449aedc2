import { ts, type CallExpression, type Expression, type Node, type ObjectLiteralExpression, type SourceFile, type Statement } from '../code/compiler.ts';
import type { Scene } from '../code/scene.ts';
import { bare, escaped, isFunctionBody, memberAccess, nameText } from '../code/syntax.ts';
import { Fault } from '../fault.ts';
import type { CodeMatcher } from '../lessons/lesson.ts';
import { bind, type Bindings } from './bindings.ts';
import { comesFrom, isAliasOf, isDefaultOf, mayHaveOtherName, takenFrom } from './origin.ts';

/** A `code:` pattern, parsed once. */
export type Pattern = {
  /** One expression or statement, or several statements in a row. */
  nodes: readonly Node[];
  from?: string;
  /** The `await`, type assertion or `!` that a pattern asks for, where it holds nothing but a variable: else wrapping makes no difference. */
  wrapping?: Node;
  /** The part whose callee `from` is about: the outermost call. */
  head: Node;
  /** The kinds of node at which it can begin; none for a variable alone, which is any expression. */
  kinds: readonly number[];
  /** What is called, where it is a member by name (`client.send`) and no import can rename it: what most calls are not. */
  callee?: { of?: string; name: string };
  /** Names without which a file cannot hold it. */
  names: readonly string[];
};

const single = /^\$[A-Z_][A-Z0-9_]*$/;
const many = /^\$\$\$(?:[A-Z_][A-Z0-9_]*)?$/;

const parsed = new WeakMap<CodeMatcher, Pattern>();

/** Parses a pattern, once. Throws the fault `lesson/bad-pattern` with the parser's own words at the pattern's own place. */
export function patternOf(matcher: CodeMatcher): Pattern {
  const known = parsed.get(matcher);
  if (known) return known;
  const pattern = parse(matcher);
  parsed.set(matcher, pattern);
  return pattern;
}

type ParseError = { code?: number; messageText: string | import('ts-morph').ts.DiagnosticMessageChain; start?: number };

// An object literal at the start of a statement would be a block: parentheses make every expression one. JSX is tried last.
const readings = [['/pattern.ts', '(', ')'], ['/pattern.ts', '', ''], ['/pattern.tsx', '(', ')'], ['/pattern.tsx', '', '']] as const;

function parse(matcher: CodeMatcher): Pattern {
  let told: ParseError | undefined;
  const { text, written } = withCases(matcher);
  for (const [file, before, after] of readings) {
    if (file.endsWith('x') && !text.includes('<')) continue;
    const tree = parseText(matcher, file, `${before}${text}\n${after}`);
    const error = firstError(tree);
    if (error) {
      if (before === '' && !told) told = { ...error, start: written(error.start ?? 0) };
      continue;
    }
    // Here: a function or class with a name is what a declaration looks like, so it is read as one.
    if (before !== '' && isNamedDeclaration(tree.statements[0])) continue;
    return patternIn(matcher, tree.statements);
  }
  throw badPattern(matcher, told ?? { messageText: 'this is no code' });
}

function firstError(tree: SourceFile): ParseError | undefined {
  return (tree as unknown as { parseDiagnostics: readonly ParseError[] }).parseDiagnostics[0];
}

/** What the parser says of anything else where a `switch` has its cases. */
const caseExpected = 1130;
/** No card asks for so many. */
const mostSwitches = 20;

/**
 * The text with the `$$$` of `switch ($X) { $$$ }` written as a case, since nothing else parses there; and where its offsets were
 * in the text as it is written.
 */
function withCases(matcher: CodeMatcher): { text: string; written: (offset: number) => number } {
  let { text } = matcher;
  const added: number[] = [];
  const written = (offset: number): number => offset - added.reduce((sum, at) => sum + (at < offset ? 'case :'.length : 0), 0);
  while (added.length < mostSwitches && text.includes('switch')) {
    const { code, start = 0 } = firstError(parseText(matcher, '/pattern.ts', text)) ?? {};
    const gap = code === caseExpected ? /^\$\$\$(?:[A-Z_][A-Z0-9_]*)?(?![\w$])/.exec(text.slice(start))?.[0] : undefined;
    if (gap === undefined) break;
    text = `${text.slice(0, start)}case ${gap}:${text.slice(start + gap.length)}`;
    added.push(start);
  }
  return { text, written };
}

function isNamedDeclaration(statement: Statement | undefined): boolean {
  const inner = statement && ts.isExpressionStatement(statement) ? bare(statement.expression) : undefined;
  return inner !== undefined && (ts.isFunctionExpression(inner) || ts.isClassExpression(inner)) && inner.name !== undefined;
}

function parseText(matcher: CodeMatcher, file: string, text: string): SourceFile {
  try {
    return ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw badPattern(matcher, { messageText: 'it is nested deeper than can be read' });
  }
}

function patternIn(matcher: CodeMatcher, statements: readonly Statement[]): Pattern {
  const written = statements.filter((statement) => !ts.isEmptyStatement(statement));
  while (written.length > 1 && gapName(written[0]!) === '$$$') written.shift();
  while (written.length > 1 && gapName(written.at(-1)!) === '$$$') written.pop();
  const [first, ...others] = written;
  if (!first) throw badPattern(matcher, { messageText: 'a pattern needs some code' });
  const isExpression = others.length === 0 && ts.isExpressionStatement(first);
  const nodes = isExpression ? [bare((first as import('ts-morph').ts.ExpressionStatement).expression)] : written;
  if (gapName(nodes[0]!) !== undefined) throw badPattern(matcher, { messageText: `${nodes[0]!.getText()} alone is any number of things, so it says nothing` });
  const callee = matcher.from === undefined ? calleeOf(nodes[0]!) : undefined;
  const wrapping = isExpression && isVariable(nodes[0]!) ? wrappingOf(nodes[0]!) : undefined;
  return { nodes, ...(callee && { callee }), ...(wrapping && { wrapping }), ...(matcher.from !== undefined && { from: matcher.from }), head: headOf(nodes[0]!), kinds: kindsOf(wrapping ?? nodes[0]!), names: namesIn(nodes).filter((name) => !isDefaultOf(name, matcher.from)) };
}

/** What wraps an expression directly, parentheses aside. */
function wrappingOf(node: Node): Node | undefined {
  let outer = node.parent;
  while (outer && ts.isParenthesizedExpression(outer)) outer = outer.parent;
  return outer && ts.isExpression(outer) && bare(outer) === bare(node as Expression) ? outer : undefined;
}

function isAssertion(node: Node): node is import('ts-morph').ts.AssertionExpression {
  return ts.isAsExpression(node) || ts.isTypeAssertionExpression(node);
}

/** True for code that wraps what it holds as the pattern does. */
function isWrappedAlike(wrapping: Node, code: Node): code is Expression {
  if (!isAssertion(wrapping) || !isAssertion(code)) return wrapping.kind === code.kind;
  const type = wrapping.type.getText();
  return single.test(type) || type.replaceAll(/\s/g, '') === code.type.getText().replaceAll(/\s/g, '');
}

function calleeOf(node: Node): Pattern['callee'] {
  const access = ts.isCallExpression(node) ? memberAccess(bare(node.expression)) : undefined;
  if (!access || single.test(access.name)) return undefined;
  const of = bare(access.of);
  return { name: access.name, ...(ts.isIdentifier(of) && !single.test(of.text) && { of: of.text }) };
}

/** False where the callee's own names already tell that it is another one. */
export function mayBeCallee({ name, of }: NonNullable<Pattern['callee']>, code: Node): boolean {
  if (!ts.isCallExpression(code) || !ts.isPropertyAccessExpression(code.expression)) return true;
  if (code.expression.name.text !== name) return false;
  const holder = code.expression.expression;
  return of === undefined || !ts.isIdentifier(holder) || holder.text === of || mayHaveOtherName(holder);
}

function badPattern(matcher: CodeMatcher, error: ParseError): Fault {
  const says = ts.flattenDiagnosticMessageText(error.messageText, ' ').replace(/\.$/, '');
  // What is missing at the end is missing behind the last character, not on the line below.
  const before = matcher.text.slice(0, Math.min(error.start ?? 0, matcher.text.length));
  const lines = before.split('\n');
  const code = matcher.text.replaceAll(/\s+/g, ' ').trim();
  return new Fault('lesson/bad-pattern', {
    message: `the pattern \`${code.length > 60 ? `${code.slice(0, 59)}…` : code}\` is not TypeScript: ${says}`,
    hint: `${/\.\.\.\s*[,)\]}]/.test(matcher.text) ? 'any number of things is written $$$, not ...; ' : ''}write an expression or statements as they would stand in the code, with $X for one part and $$$ for any number`,
    at: { file: matcher.at.file, line: matcher.at.line + lines.length - 1, column: matcher.at.column + lines.at(-1)!.length },
  });
}

function headOf(node: Node): Node {
  if (ts.isCallExpression(node) || ts.isNewExpression(node) || ts.isTaggedTemplateExpression(node)) return node;
  return ts.forEachChild(node, (child) => {
    const head = headOf(child);
    return ts.isCallExpression(head) || ts.isNewExpression(head) || ts.isTaggedTemplateExpression(head) ? head : undefined;
  }) ?? node;
}

function kindsOf(node: Node): readonly number[] {
  if (isVariable(node)) return [];
  const { SyntaxKind } = ts;
  if (isAssertion(node)) return [SyntaxKind.AsExpression, SyntaxKind.TypeAssertionExpression];
  if (ts.isIdentifier(node)) return [SyntaxKind.Identifier, SyntaxKind.PropertyAccessExpression, SyntaxKind.ElementAccessExpression];
  if (memberAccess(node)) return [SyntaxKind.PropertyAccessExpression, SyntaxKind.ElementAccessExpression, SyntaxKind.Identifier];
  if (ts.isStringLiteralLike(node)) return [SyntaxKind.StringLiteral, SyntaxKind.NoSubstitutionTemplateLiteral];
  if (ts.isFunctionDeclaration(node)) return [node.kind, SyntaxKind.FunctionExpression];
  if (ts.isClassDeclaration(node)) return [node.kind, SyntaxKind.ClassExpression];
  return [node.kind];
}

/** A declaration stands for an expression as well: `const a = function a() {}`. What has a name, or is a generator, is neither without. */
function isSameKind(wanted: Node, given: Node): boolean {
  const isKin = (ts.isFunctionDeclaration(wanted) && ts.isFunctionExpression(given)) || (ts.isClassDeclaration(wanted) && ts.isClassExpression(given));
  if (wanted.kind !== given.kind && !isKin) return false;
  return !(isFunctionBody(wanted) || ts.isClassLike(wanted) || ts.isImportClause(wanted)) || (hasPart(wanted, 'name') === hasPart(given, 'name') && hasPart(wanted, 'asteriskToken') === hasPart(given, 'asteriskToken'));
}

function hasPart(node: Node, part: 'name' | 'asteriskToken'): boolean {
  return part in node && (node as { [key in typeof part]?: Node })[part] !== undefined;
}

/** The names that must stand in a file's text for the pattern to match there, whatever the import calls them. */
function namesIn(nodes: readonly Node[]): string[] {
  const names = new Set<string>();
  const visit = (node: Node): void => {
    if ((ts.isIdentifier(node) || ts.isPrivateIdentifier(node)) && !node.text.startsWith('$')) names.add(node.text);
    ts.forEachChild(node, visit);
  };
  nodes.forEach(visit);
  return [...names];
}

/** What is done with every way in which a pattern matches; the first that gives an answer ends the search. */
export type Then<T> = (bindings: Bindings) => T | undefined;

/** Matches a pattern at a node in every way that its variables allow, until one of them satisfies `then`. */
export function searchPattern<T>(pattern: Pattern, code: Node, bindings: Bindings, scene: Scene, then: Then<T>): T | undefined {
  const [first] = pattern.nodes as [Node];
  if (pattern.callee && !mayBeCallee(pattern.callee, code)) return undefined;
  if (pattern.kinds.length > 0 && !pattern.kinds.includes(code.kind)) return undefined;
  if (pattern.wrapping) return isWrappedAlike(pattern.wrapping, code) ? new PatternSearch(pattern, scene).node(first, bare(code), bindings, then) : undefined;
  if (pattern.nodes.length > 1) return new PatternSearch(pattern, scene).row(pattern.nodes, followers(code), bindings, then, true);
  // Here: one expression or statement. What only names something in a type or a declaration is no use of it.
  if (ts.isExpression(first) && !isUsed(code)) return undefined;
  return new PatternSearch(pattern, scene).node(first, code, bindings, then);
}

/** Matches a pattern against code. Gives the bindings with those of the pattern added, or undefined. */
export function matchPattern(pattern: Pattern, code: Node, bindings: Bindings, scene: Scene): Bindings | undefined {
  return searchPattern(pattern, code, bindings, scene, (found) => found);
}

/** A statement and those after it in the same block. */
function followers(code: Node): readonly Node[] {
  const siblings = statementsOf(code.parent);
  const index = siblings?.indexOf(code as Statement) ?? -1;
  return index < 0 ? [] : siblings!.slice(index);
}

/** The statements that a block, file or clause of a switch holds. */
export function statementsOf(node: Node | undefined): readonly Statement[] | undefined {
  if (!node) return undefined;
  return ts.isBlock(node) || ts.isSourceFile(node) || ts.isModuleBlock(node) || ts.isCaseOrDefaultClause(node) ? node.statements : undefined;
}

/** True for an expression in its own right: not the name in a declaration, of a member or in a type, and not the wrapping of another one. */
function isUsed(code: Node): boolean {
  if (!ts.isExpression(code) || bare(code) !== code) return false;
  const { parent } = code;
  if (!parent || ts.isTypeNode(parent) || ts.isQualifiedName(parent) || ts.isTypeElement(parent)) return parent !== undefined && ts.isExpressionWithTypeArguments(parent) && isExtended(parent);
  if (!ts.isIdentifier(code)) return true;
  if (ts.isPropertyAccessExpression(parent)) return parent.name !== code;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  if (ts.isImportSpecifier(parent) || ts.isImportClause(parent) || ts.isNamespaceImport(parent) || ts.isExportSpecifier(parent) || ts.isLabeledStatement(parent)) return false;
  return !('name' in parent && parent.name === code) && !('propertyName' in parent && parent.propertyName === code);
}

function isExtended(node: Node): boolean {
  return ts.isHeritageClause(node.parent) && node.parent.token === ts.SyntaxKind.ExtendsKeyword;
}

/** Several `$$$` in one list can divide a long one in very many ways. So many steps are taken for one place, then it does not match. */
const mostSteps = 20_000;

/** One search of a pattern, in continuation style: every choice (where a gap ends, which property a key means) is tried until the rest holds. */
class PatternSearch {
  private readonly pattern: Pattern;
  private readonly scene: Scene;
  private steps = 0;

  constructor(pattern: Pattern, scene: Scene) {
    this.pattern = pattern;
    this.scene = scene;
  }

  node<T>(pattern: Node, code: Node, bindings: Bindings, then: Then<T>): T | undefined {
    if ((this.steps += 1) > mostSteps) return undefined;
    const wanted = ts.isExpression(pattern) ? bare(pattern) : pattern;
    const given = ts.isExpression(code) ? bare(code) : code;
    const { from, head } = this.pattern;
    if (from === undefined || wanted !== head) return this.form(wanted, given, bindings, then);
    // Where a name comes from may have to be looked up in other files, so its form is compared first.
    let isOurs: boolean | undefined;
    return this.form(wanted, given, bindings, (found) => ((isOurs ??= comesFrom(given, from, this.scene)) ? then(found) : undefined));
  }

  private form<T>(wanted: Node, given: Node, bindings: Bindings, then: Then<T>): T | undefined {
    if (ts.isIdentifier(wanted) && single.test(wanted.text)) return continued(wanted.text === '$_' ? bindings : bind(bindings, wanted.text, given), then);
    if (ts.isExpressionStatement(wanted) && isVariable(wanted.expression) && ts.isStatement(given) && !ts.isExpressionStatement(given)) return this.form(wanted.expression, given, bindings, then);
    if (isAnyTemplate(wanted) && ts.isTemplateLiteral(given)) return continued(wanted.text === '$$$' ? bindings : bind(bindings, wanted.text, given), then);
    if (ts.isStringLiteralLike(wanted) && ts.isStringLiteralLike(given)) return wanted.text === given.text ? then(bindings) : undefined;
    if (ts.isIdentifier(wanted)) return this.isNamed(wanted.text, given) ? then(bindings) : undefined;
    const member = memberAccess(wanted);
    if (member) return this.member(wanted, member, given, bindings, then);
    const [wantedBody, givenBody] = [soleStatement(wanted, given), soleStatement(given, wanted)];
    if (wantedBody !== wanted || givenBody !== given) return this.node(wantedBody, givenBody, bindings, then);
    if (!isSameKind(wanted, given)) return undefined;
    if (ts.isObjectBindingPattern(wanted) && ts.isObjectBindingPattern(given)) return this.elements(wanted.elements, given, bindings, then);
    if (ts.isObjectLiteralExpression(wanted) && ts.isObjectLiteralExpression(given)) return this.properties(wanted.properties, given, bindings, then);
    if (!hasSameOperator(wanted, given)) return undefined;
    const [expected, present] = comparable(wanted, given);
    return expected.length === 0 && present.length === 0 ? (leafText(wanted) === leafText(given) ? then(bindings) : undefined) : this.row(expected, present, bindings, then);
  }

  private isNamed(name: string, given: Node): boolean {
    if (ts.isIdentifier(given) && given.text === name) return true;
    return ts.isExpression(given) && isAliasOf(given, name, this.pattern.from, this.scene);
  }

  private member<T>(wanted: Node, { of, name }: { of: Expression; name: string }, given: Node, bindings: Bindings, then: Then<T>): T | undefined {
    const access = memberAccess(given);
    if (!access) return this.isMemberByName(of, name, given) ? then(bindings) : undefined;
    const isFree = single.test(name) && ts.isPropertyAccessExpression(wanted);
    if (!isFree && name !== access.name) return undefined;
    return this.node(of, access.of, bindings, (found) => continued(isFree && name !== '$_' ? bind(found, name, access.name) : found, then));
  }

  /** `readFileSync(…)` after `import { readFileSync } from 'fs'`, where the pattern says `fs.readFileSync(…)` from fs. */
  private isMemberByName(of: Expression, name: string, given: Node): boolean {
    const { from } = this.pattern;
    if (from === undefined || !ts.isIdentifier(of) || single.test(of.text) || !ts.isIdentifier(given)) return false;
    if (takenFrom(given)?.name === name) return true;
    const value = this.scene.valueOf(given);
    return value.kind === 'external' && value.path.length === 1 && value.path[0] === name;
  }

  /** Every property of the pattern stands in the code's literal; others may stand there too. */
  private properties<T>([wanted, ...rest]: readonly import('ts-morph').ts.ObjectLiteralElementLike[], given: ObjectLiteralExpression, bindings: Bindings, then: Then<T>): T | undefined {
    if (!wanted) return then(bindings);
    const goOn = (found: Bindings): T | undefined => this.properties(rest, given, found, then);
    const name = wanted.name && nameText(wanted.name);
    if (ts.isSpreadAssignment(wanted) || name === undefined || many.test(name)) return goOn(bindings);
    const isFree = single.test(name) && ts.isIdentifier(wanted.name!);
    const candidates = isFree ? given.properties : given.properties.filter((each) => each.name !== undefined && nameText(each.name) === name).slice(-1);
    for (const candidate of candidates) {
      const key = candidate.name && nameText(candidate.name);
      const named = isFree ? (key === undefined ? undefined : name === '$_' ? bindings : bind(bindings, name, key)) : bindings;
      const result = named && this.property(wanted, candidate, named, goOn);
      if (result !== undefined) return result;
    }
    return undefined;
  }

  /** The same of an object that is taken apart. */
  private elements<T>([wanted, ...rest]: readonly import('ts-morph').ts.BindingElement[], given: import('ts-morph').ts.ObjectBindingPattern, bindings: Bindings, then: Then<T>): T | undefined {
    if (!wanted) return then(bindings);
    const goOn = (found: Bindings): T | undefined => this.elements(rest, given, found, then);
    const key = nameText(wanted.propertyName ?? wanted.name);
    if (key !== undefined && many.test(key)) return goOn(bindings);
    const isFree = key !== undefined && single.test(key);
    for (const element of given.elements) {
      const name = nameText(element.propertyName ?? element.name);
      if (Boolean(element.dotDotDotToken) !== Boolean(wanted.dotDotDotToken) || (!isFree && name !== key)) continue;
      const named = isFree && wanted.propertyName ? (name === undefined ? undefined : bind(bindings, key, name)) : bindings;
      const result = named && this.node(wanted.name, element.name, named, goOn);
      if (result !== undefined) return result;
    }
    return undefined;
  }

  private property<T>(wanted: import('ts-morph').ts.ObjectLiteralElementLike, given: import('ts-morph').ts.ObjectLiteralElementLike, bindings: Bindings, then: Then<T>): T | undefined {
    // `{ key }` and `{ key() {} }` in a pattern ask for the key alone.
    if (!ts.isPropertyAssignment(wanted)) return then(bindings);
    if (ts.isPropertyAssignment(given)) return this.node(wanted.initializer, given.initializer, bindings, then);
    if (ts.isShorthandPropertyAssignment(given)) return this.node(wanted.initializer, given.name, bindings, then);
    return isVariable(wanted.initializer) ? this.node(wanted.initializer, given, bindings, then) : undefined;
  }

  /** Matches a row, where `$$$` takes any number of elements, as few as will do. An open row may go on in the code. */
  row<T>(wanted: readonly Node[], given: readonly Node[], bindings: Bindings, then: Then<T>, isOpen = false): T | undefined {
    const [first, ...rest] = wanted;
    if (!first) return given.length === 0 || isOpen ? then(bindings) : undefined;
    const gap = gapName(first);
    if (gap === undefined) {
      const [next, ...others] = given;
      return next && this.node(first, next, bindings, (found) => this.row(rest, others, found, then, isOpen));
    }
    const needed = rest.filter((each) => gapName(each) === undefined).length;
    const isLast = needed === rest.length && !isOpen;
    for (let taken = isLast ? Math.max(0, given.length - needed) : 0; taken <= given.length - needed; taken += 1) {
      if ((this.steps += 1) > mostSteps) return undefined;
      const kept = gap === '$$$' ? bindings : bind(bindings, gap, textOfRow(given.slice(0, taken)));
      const result = kept && this.row(rest, given.slice(taken), kept, then, isOpen);
      if (result !== undefined) return result;
    }
    return undefined;
  }
}

function continued<T>(bindings: Bindings | undefined, then: Then<T>): T | undefined {
  return bindings && then(bindings);
}

/** `` `$$$` ``: a template with whatever text. */
function isAnyTemplate(node: Node): node is import('ts-morph').ts.NoSubstitutionTemplateLiteral {
  return ts.isNoSubstitutionTemplateLiteral(node) && many.test(node.text);
}

function isVariable(node: Node): boolean {
  return ts.isIdentifier(node) && single.test(node.text);
}

function textOfRow(nodes: readonly Node[]): string {
  return nodes.map((each) => each.getText()).join(nodes.some((each) => ts.isStatement(each)) ? ' ' : ', ');
}

/** `if (x) return;` and `if (x) { return; }` are the same: a block of one statement goes for that statement, where the other side has no block. */
function soleStatement(node: Node, other: Node): Node {
  if (!ts.isBlock(node) || ts.isBlock(other) || !ts.isStatement(other) || ts.isFunctionLike(node.parent) || ts.isFunctionLike(other.parent)) return node;
  return node.statements.length === 1 ? node.statements[0]! : node;
}

function hasSameOperator(pattern: Node, code: Node): boolean {
  if (ts.isBinaryExpression(pattern) && ts.isBinaryExpression(code)) return pattern.operatorToken.kind === code.operatorToken.kind;
  if (ts.isPrefixUnaryExpression(pattern) && ts.isPrefixUnaryExpression(code)) return pattern.operator === code.operator;
  return !(ts.isPostfixUnaryExpression(pattern) && ts.isPostfixUnaryExpression(code)) || pattern.operator === code.operator;
}

/** What a node without children says itself. */
function leafText(node: Node): string | undefined {
  return 'text' in node && typeof node.text === 'string' ? node.text : undefined;
}

/** The children that mean something, in order. Modifiers and decorators count where the pattern has them, and so does the name of what is caught. */
function comparable(wanted: Node, given: Node): [Node[], Node[]] {
  const expected = childrenOf(wanted);
  const present = childrenOf(given).filter((child) => !ts.isModifierLike(child) || expected.some((each) => each.kind === child.kind && (!ts.isDecorator(each) || decoratorName(each) === decoratorName(child))));
  if (ts.isCatchClause(wanted) && ts.isCatchClause(given) && !wanted.variableDeclaration) return [expected, [given.block]];
  return [expected, present];
}

function decoratorName(node: Node): string | undefined {
  const called = ts.isDecorator(node) ? bare(node.expression) : undefined;
  return called && (ts.isCallExpression(called) ? bare(called.expression) : called).getText();
}

function childrenOf(node: Node): Node[] {
  const children: Node[] = [];
  ts.forEachChild(node, (child) => {
    if (ts.isHeritageClause(child) && child.token === ts.SyntaxKind.ImplementsKeyword) return;
    // Type arguments and a question mark before a dot change nothing about what runs.
    if ((!ts.isTypeNode(child) || ts.isHeritageClause(node)) && !ts.isTypeParameterDeclaration(child) && child.kind !== ts.SyntaxKind.QuestionDotToken && child.kind !== ts.SyntaxKind.ExclamationToken && child.kind !== ts.SyntaxKind.AsyncKeyword) children.push(child);
  });
  return children;
}

/** The name of a `$$$` that stands for any number of things; undefined for everything else. */
export function gapName(node: Node): string | undefined {
  const inner = ts.isExpressionStatement(node) || ts.isSpreadElement(node) || (ts.isCaseClause(node) && node.statements.every(ts.isEmptyStatement)) ? node.expression
    : ts.isParameter(node) || ts.isJsxAttribute(node) || (ts.isPropertyDeclaration(node) && !node.initializer) ? node.name
    : node;
  return ts.isIdentifier(inner) && many.test(inner.text) ? inner.text : undefined;
}

/** The arguments of a call that matched, for `without`. */
export function argumentsOf(node: Node): readonly Expression[] {
  const inner = ts.isExpression(node) ? bare(node) : node;
  return ts.isCallExpression(inner) || ts.isNewExpression(inner) ? ((inner as CallExpression).arguments ?? []) : [];
}

/** Of a call's arguments those that a pattern leaves to `$$$`; all of them where it has no gap. */
export function argumentsInGap(pattern: Pattern, given: readonly Expression[]): readonly Expression[] {
  const wanted = argumentsOf(pattern.nodes[0]!);
  const first = wanted.findIndex((each) => gapName(each) !== undefined);
  if (first < 0) return given;
  const behind = wanted.length - 1 - wanted.findLastIndex((each) => gapName(each) !== undefined);
  return given.slice(first, given.length - behind);
}

/** The names that a text uses as the beginning of what the pattern's `from` is about: `orders` in `orders.load()` for `$REPO.load()`. */
export function calleesPinnedBy(matcher: CodeMatcher, text: string): string[] {
  const { head } = patternOf(matcher);
  let root: Node = ts.isCallExpression(head) || ts.isNewExpression(head) ? head.expression : ts.isTaggedTemplateExpression(head) ? head.tag : head;
  let member: string | undefined;
  for (let access = memberAccess(root); access; access = memberAccess(root)) {
    member = access.name;
    root = bare(access.of);
  }
  if (!ts.isIdentifier(root)) return [];
  if (!single.test(root.text)) return new RegExp(`(?<![\\w$.])${escaped(root.text)}(?![\\w$])`).test(text) ? [root.text] : [];
  if (member === undefined || single.test(member)) return [];
  return [...new Set([...text.matchAll(new RegExp(`(?<![\\w$.])([A-Za-z_$][\\w$]{0,80})\\??\\.${escaped(member)}(?![\\w$])`, 'g'))].map((match) => match[1]!))];
}
