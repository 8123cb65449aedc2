/** Names of one file: which declaration an identifier means. Lexical scopes only; nothing is executed or type-checked. */
import type { ts as C } from 'ts-morph';
import { ts, type CallExpression, type Expression, type Identifier, type Node, type SourceFile } from './compiler.ts';
import { escaped, lastName, requireArgument, rootOfMembers } from './syntax.ts';

/** What a name was declared as. */
export type Declared =
  | { kind: 'variable'; node: C.VariableDeclaration }
  | { kind: 'binding'; node: C.BindingElement }
  | { kind: 'parameter'; node: C.ParameterDeclaration }
  | { kind: 'function'; node: C.FunctionDeclaration | C.FunctionExpression }
  | { kind: 'class'; node: C.ClassLikeDeclaration }
  | { kind: 'import'; from: string; name: string; node: Node }
  | { kind: 'type'; node: C.InterfaceDeclaration | C.TypeAliasDeclaration }
  | { kind: 'enum'; node: C.EnumDeclaration }
  | { kind: 'caught'; node: C.VariableDeclaration };

type Names = Map<string, Declared>;
const namesOfScope = new WeakMap<Node, Names>();

/** The declaration that this identifier means; undefined for globals. */
export function declarationOf(identifier: Identifier): Declared | undefined {
  return declarationNamed(identifier.text, identifier);
}

/** The declaration that a name would mean at this node. */
export function declarationNamed(name: string, at: Node): Declared | undefined {
  for (let scope: Node | undefined = at; scope; scope = scope.parent) {
    if (!isScope(scope)) continue;
    const found = namesIn(scope).get(name);
    if (found) return found;
  }
  return undefined;
}

/** Every expression assigned to a variable after its declaration (`x = …`), in the scope that declares it. */
export function assignmentsTo(name: string, declaration: Node): readonly Expression[] {
  return byName(assignmentsOfScope, scopeOf(declaration), (node) =>
    ts.isBinaryExpression(node) && ts.isIdentifier(node.left) && isAssignment(node.operatorToken.kind) ? [node.left.text, node.right] : undefined).get(name) ?? [];
}

/** Every `name.method(…)` in the scope that declares the name. */
export function callsOn(name: string, method: string, declaration: Node): readonly CallExpression[] {
  return byName(callsOfScope, scopeOf(declaration), (node) =>
    ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && ts.isIdentifier(node.expression.expression) ? [`${node.expression.expression.text}.${node.expression.name.text}`, node] : undefined).get(`${name}.${method}`) ?? [];
}

/** The calls of a file by the last name of what is called, in the order of the text. */
export function callsByName(file: SourceFile): ReadonlyMap<string, readonly CallExpression[]> {
  return byName(callsOfFile, file, (node) => {
    const name = ts.isCallExpression(node) ? lastName(node.expression) : undefined;
    return name === undefined ? undefined : [name, node as CallExpression];
  });
}

type ByName<T> = ReadonlyMap<string, readonly T[]>;
const assignmentsOfScope = new WeakMap<Node, ByName<Expression>>();
const callsOfScope = new WeakMap<Node, ByName<CallExpression>>();
const callsOfFile = new WeakMap<Node, ByName<CallExpression>>();

/** The block or file that declares what is declared here. */
function scopeOf(declaration: Node): Node {
  let scope = declaration;
  while (scope.parent && !ts.isSourceFile(scope) && !ts.isBlock(scope)) scope = scope.parent;
  return scope;
}

/** What stands within a node, by names; gone through once. */
function byName<T>(known: WeakMap<Node, ByName<T>>, within: Node, entryOf: (node: Node) => readonly [string, T] | undefined): ByName<T> {
  const before = known.get(within);
  if (before) return before;
  const all = new Map<string, T[]>();
  const visit = (node: Node): void => {
    const entry = entryOf(node);
    if (entry) all.get(entry[0])?.push(entry[1]) ?? all.set(entry[0], [entry[1]]);
    ts.forEachChild(node, visit);
  };
  visit(within);
  known.set(within, all);
  return all;
}

function isAssignment(kind: C.SyntaxKind): boolean {
  return kind === ts.SyntaxKind.EqualsToken || kind === ts.SyntaxKind.QuestionQuestionEqualsToken || kind === ts.SyntaxKind.BarBarEqualsToken;
}

let scopeKinds: ReadonlySet<number> | undefined;

/** Asked at every step of every climb, so it looks at the kind alone. */
function isScope(node: Node): boolean {
  const { SyntaxKind: kind } = ts;
  scopeKinds ??= new Set([
    kind.SourceFile, kind.Block, kind.ForStatement, kind.ForOfStatement, kind.ForInStatement, kind.CatchClause, kind.ModuleBlock, kind.CaseBlock,
    kind.ClassDeclaration, kind.ClassExpression, kind.FunctionDeclaration, kind.FunctionExpression, kind.ArrowFunction, kind.MethodDeclaration, kind.Constructor,
    kind.GetAccessor, kind.SetAccessor, kind.MethodSignature, kind.CallSignature, kind.ConstructSignature, kind.IndexSignature, kind.FunctionType, kind.ConstructorType,
  ]);
  return scopeKinds.has(node.kind);
}

function namesIn(scope: Node): Names {
  const known = namesOfScope.get(scope);
  if (known) return known;
  const names: Names = new Map();
  namesOfScope.set(scope, names);
  if (ts.isFunctionLike(scope)) declareFunction(scope, names);
  else if (ts.isForStatement(scope) || ts.isForOfStatement(scope) || ts.isForInStatement(scope)) {
    if (scope.initializer && ts.isVariableDeclarationList(scope.initializer)) declareList(scope.initializer, names);
  } else if (ts.isCatchClause(scope)) {
    const caught = scope.variableDeclaration;
    if (caught && ts.isIdentifier(caught.name)) names.set(caught.name.text, { kind: 'caught', node: caught });
  } else if (ts.isCaseBlock(scope)) {
    for (const clause of scope.clauses) for (const statement of clause.statements) declareStatement(statement, names);
  } else if (ts.isClassLike(scope)) {
    if (scope.name) names.set(scope.name.text, { kind: 'class', node: scope });
  } else if (ts.isSourceFile(scope) || ts.isBlock(scope) || ts.isModuleBlock(scope)) {
    for (const statement of scope.statements) declareStatement(statement, names);
    hoistVars(scope, names);
  }
  return names;
}

function declareFunction(fn: C.SignatureDeclaration, names: Names): void {
  if (ts.isFunctionExpression(fn) && fn.name) names.set(fn.name.text, { kind: 'function', node: fn });
  for (const parameter of fn.parameters ?? []) {
    if (ts.isIdentifier(parameter.name)) names.set(parameter.name.text, { kind: 'parameter', node: parameter });
    else declarePattern(parameter.name, names);
  }
}

function declareStatement(statement: Node, names: Names): void {
  if (ts.isVariableStatement(statement)) declareList(statement.declarationList, names);
  else if (ts.isFunctionDeclaration(statement)) {
    // Overload signatures come first; the one with a body is what runs.
    if (statement.name && (statement.body || !names.has(statement.name.text))) names.set(statement.name.text, { kind: 'function', node: statement });
  } else if (ts.isClassDeclaration(statement)) {
    if (statement.name) names.set(statement.name.text, { kind: 'class', node: statement });
  } else if (ts.isImportDeclaration(statement)) declareImport(statement, names);
  else if (ts.isImportEqualsDeclaration(statement)) {
    const reference = statement.moduleReference;
    if (ts.isExternalModuleReference(reference) && ts.isStringLiteralLike(reference.expression)) {
      names.set(statement.name.text, { kind: 'import', from: reference.expression.text, name: '*', node: statement });
    }
  } else if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) {
    if (!names.has(statement.name.text)) names.set(statement.name.text, { kind: 'type', node: statement });
  } else if (ts.isEnumDeclaration(statement)) names.set(statement.name.text, { kind: 'enum', node: statement });
}

function declareImport(statement: C.ImportDeclaration, names: Names): void {
  if (!ts.isStringLiteralLike(statement.moduleSpecifier) || !statement.importClause) return;
  const from = statement.moduleSpecifier.text;
  const { name, namedBindings } = statement.importClause;
  if (name) names.set(name.text, { kind: 'import', from, name: 'default', node: statement });
  if (!namedBindings) return;
  if (ts.isNamespaceImport(namedBindings)) names.set(namedBindings.name.text, { kind: 'import', from, name: '*', node: statement });
  else for (const each of namedBindings.elements) {
    names.set(each.name.text, { kind: 'import', from, name: (each.propertyName ?? each.name).text, node: statement });
  }
}

function declareList(list: C.VariableDeclarationList, names: Names): void {
  for (const declaration of list.declarations) {
    if (ts.isIdentifier(declaration.name)) names.set(declaration.name.text, { kind: 'variable', node: declaration });
    else declarePattern(declaration.name, names);
  }
}

function declarePattern(pattern: C.BindingPattern, names: Names): void {
  for (const element of pattern.elements) {
    if (ts.isOmittedExpression(element)) continue;
    if (ts.isIdentifier(element.name)) names.set(element.name.text, { kind: 'binding', node: element });
    else declarePattern(element.name, names);
  }
}

/** `var` belongs to the function, wherever in it the declaration stands. */
function hoistVars(scope: Node, names: Names): void {
  if (!ts.isSourceFile(scope) && !(scope.parent && ts.isFunctionLike(scope.parent))) return;
  if (!/\bvar\b/.test(scope.getSourceFile().text)) return;
  const visit = (node: Node): void => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) return;
    if (ts.isVariableDeclarationList(node) && !(node.flags & ts.NodeFlags.BlockScoped)) {
      const own: Names = new Map();
      declareList(node, own);
      for (const [name, declared] of own) if (!names.has(name)) names.set(name, declared);
    }
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(scope, visit);
}

/** What a module offers under each name, and where it passes other modules on. */
export type Exports = {
  named: Map<string, { node: Node } | { from: string; name: string }>;
  /** `export * from '…'` */
  passedOn: string[];
  /** Names for `module.exports` itself: `const Posts = module.exports;`. */
  aliases: string[];
  /** `module.exports = …`: what the whole module is. */
  whole?: Expression;
};

const exportsOfFile = new WeakMap<SourceFile, Exports>();

/** What a file exports, in ES or CommonJS spelling. */
export function exportsOf(file: SourceFile): Exports {
  const known = exportsOfFile.get(file);
  if (known) return known;
  const exports: Exports = { named: new Map(), passedOn: [], aliases: [] };
  for (const statement of file.statements) exportStatement(statement, exports);
  exportsOfFile.set(file, exports);
  return exports;
}

function exportStatement(statement: Node, exports: Exports): void {
  if (ts.isExportDeclaration(statement)) {
    const from = statement.moduleSpecifier && ts.isStringLiteralLike(statement.moduleSpecifier) ? statement.moduleSpecifier.text : undefined;
    if (!statement.exportClause) {
      if (from !== undefined) exports.passedOn.push(from);
    } else if (ts.isNamespaceExport(statement.exportClause)) {
      if (from !== undefined) exports.named.set(statement.exportClause.name.text, { from, name: '*' });
    } else for (const each of statement.exportClause.elements) {
      const name = (each.propertyName ?? each.name).text;
      exports.named.set(each.name.text, from === undefined ? { node: each.propertyName ?? each.name } : { from, name });
    }
    return;
  }
  if (ts.isExportAssignment(statement)) {
    if (statement.isExportEquals) exports.whole = statement.expression;
    else exports.named.set('default', { node: statement.expression });
    return;
  }
  if (ts.isExpressionStatement(statement)) return exportAssignment(statement.expression, exports);
  // `var find = exports.find = function () { … };`
  if (ts.isVariableStatement(statement)) for (const { name, initializer } of statement.declarationList.declarations) {
    if (initializer && ts.isBinaryExpression(initializer)) exportAssignment(initializer, exports);
    if (initializer && ts.isIdentifier(name) && (isModuleExports(initializer) || (ts.isIdentifier(initializer) && initializer.text === 'exports'))) exports.aliases.push(name.text);
  }
  const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
  if (!modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword)) return;
  const isDefault = modifiers.some((modifier) => modifier.kind === ts.SyntaxKind.DefaultKeyword);
  if (ts.isVariableStatement(statement)) {
    const names: Names = new Map();
    declareList(statement.declarationList, names);
    for (const [name, declared] of names) if (declared.kind !== 'import') exports.named.set(name, { node: declared.node });
  } else if (ts.isFunctionDeclaration(statement)) {
    const name = isDefault ? 'default' : statement.name?.text;
    if (name !== undefined && (statement.body || !exports.named.has(name))) exports.named.set(name, { node: statement });
  } else if (ts.isClassDeclaration(statement) || ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement) || ts.isEnumDeclaration(statement)) {
    const name = isDefault ? 'default' : statement.name?.text;
    const known = statement.name && exports.named.get(statement.name.text);
    const value = known && 'node' in known ? known.node : undefined;
    const isSaid = value !== undefined && (ts.isTypeAliasDeclaration(statement) || ts.isInterfaceDeclaration(statement)) && isSchemasType(statement, value);
    if (name !== undefined && !isSaid) exports.named.set(name, { node: statement });
  }
}

/** Types that only say what a schema has are short. */
const longestInference = 400;

/** `export type Query = Static<typeof Query>`: a type that says nothing which the schema of that name does not. A function's or an object's type says more of it. */
function isSchemasType(type: C.TypeAliasDeclaration | C.InterfaceDeclaration, value: Node): boolean {
  const said = ts.isTypeAliasDeclaration(type) ? type.type.getText() : (type.heritageClauses ?? []).map((clause) => clause.getText()).join(' ');
  if (said.length > longestInference) return false;
  const name = `typeof\\s+${escaped(type.name.text)}`;
  if (new RegExp(`\\b(?:Static\\w*|\\w*[iI]nfer\\w*|[iI]nput|[oO]utput|FromSchema|TypeOf|Type|Asserts|SchemaType|JTDDataType)\\s*<\\s*${name}(?![\\w$])|${name}\\.(?:infer\\w*|static|Type|_type|_output|_input)\\b`).test(said)) return true;
  const made = ts.isVariableDeclaration(value) && value.initializer ? value.initializer.getText().slice(0, 60) : '';
  return /^(?:z|zod|Type|t|v|yup|[jJ]oi|S|Schema)\s*\.\s*\w+\(/.test(made);
}

/** `module.exports = x`, `exports.a = x`, `module.exports.a = x`, and chains of them. */
function exportAssignment(expression: Expression, exports: Exports): void {
  const targets: Expression[] = [];
  let value = expression;
  // Compilers write chains of hundreds: `exports.a = exports.b = … = void 0`.
  while (ts.isBinaryExpression(value) && value.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
    targets.push(value.left);
    value = value.right;
  }
  for (const target of targets) {
    if (!ts.isPropertyAccessExpression(target)) continue;
    if (isModuleExports(target)) exports.whole = value;
    else if (isModuleExports(target.expression) || (ts.isIdentifier(target.expression) && (target.expression.text === 'exports' || exports.aliases.includes(target.expression.text)))) exports.named.set(target.name.text, { node: value });
  }
}

function isModuleExports(node: Node): boolean {
  return ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'module' && node.name.text === 'exports';
}

/** The specifier of the import, or of the `require`, that a name comes from: `../models`. */
export function specifierOf(name: Identifier): string | undefined {
  const declared = declarationOf(name);
  if (declared?.kind === 'import') return declared.from;
  return declared && 'node' in declared ? requiredFrom(declared.node) : undefined;
}

/** The specifier of `const { User } = require('../models')`, or of `const User = require('../models').User`. */
function requiredFrom(node: Node): string | undefined {
  let up: Node | undefined = node;
  while (up && !ts.isVariableDeclaration(up)) up = up.parent;
  const first = up?.initializer && requireArgument(rootOfMembers(up.initializer));
  return first && ts.isStringLiteralLike(first) ? first.text : undefined;
}
