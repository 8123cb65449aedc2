// The compiler that ts-morph carries, cut down to what our code asks of it: nine megabytes hold a type checker, an emitter and an editor's
// services too, and whoever parses one file would have to load them all.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const requireFromHere = createRequire(import.meta.url);
const common = createRequire(requireFromHere.resolve('ts-morph')).resolve('@ts-morph/common');
/** The compiler inside the package on which ts-morph builds. */
export const wholeCompiler = path.join(path.dirname(common), 'typescript.js');

/** What stands around the compiler's statements, and between them the table of everything that it offers. */
const [opening, tableStart, tableEnd] = ['((module) => {\n"use strict";\n', 'var typescript_exports = {};\n', 'module.exports = __toCommonJS(typescript_exports);\n'];
const closing = '// Annotate the CommonJS export names for ESM import in node:';
/**
 * Lets the parser make nodes that know their own text. The whole compiler says so for symbols and types in the same breath, which lean on all
 * that an editor asks, and which a parser makes none of.
 */
const [wholeAllocator, allocator] = ['setObjectAllocator(getServicesObjectAllocator());\n', `setObjectAllocator({
  ...objectAllocator,
  ${['Node', 'Token', 'Identifier', 'PrivateIdentifier', 'SourceFile'].map((kind) => `get${kind}Constructor: () => ${kind}Object`).join(', ')},
});
`];

/**
 * One ES module with the compiler's statements that `names` lean on, directly or through others, in their order. A statement is kept when
 * its name is mentioned at all, so that too much may stay and never too little; what a statement does to a value (`fill(X)`, `X.y = …`) stays with that
 * value. Throws when the compiler is not written as expected, which a new version may bring.
 */
export function compilerWith(names) {
  const { ts } = requireFromHere('ts-morph');
  const { body, table } = partsOf(fs.readFileSync(wholeCompiler, 'utf8'));
  const offered = names.filter((name) => table.has(name));
  for (const needed of ['createSourceFile', 'forEachChild', 'SyntaxKind']) if (!offered.includes(needed)) throw new Error(`the compiler of ts-morph does not offer ${needed}, or our code does not ask for it any more`);
  const { statements } = ts.createSourceFile('typescript.js', body, { languageVersion: ts.ScriptTarget.Latest, jsDocParsingMode: ts.JSDocParsingMode.ParseNone });

  /** For each name the statements that give it or do something to it. */
  const about = new Map();
  const note = (name, statement) => about.set(name, [...(about.get(name) ?? []), statement]);
  for (const statement of statements) {
    for (const name of namesGivenBy(statement, ts)) note(name, statement);
    const changed = nameChangedBy(statement, ts);
    if (changed !== undefined) note(changed, statement);
  }

  const kept = new Set();
  const queue = [statements.at(-1), ...offered.flatMap((name) => about.get(table.get(name)))];
  for (let statement = queue.pop(); statement; statement = queue.pop()) {
    if (kept.has(statement)) continue;
    kept.add(statement);
    for (const name of mentionedIn(statement, ts)) queue.push(...(about.get(name) ?? []));
  }
  const texts = statements.filter((statement) => kept.has(statement)).map(({ pos, end }) => body.slice(pos, end));
  return `${texts.join('')}\nexport { ${offered.map((name) => `${table.get(name)} as ${name}`).join(', ')} };\n`;
}

/** The compiler's own statements, and under which name each offered thing stands among them. */
function partsOf(text) {
  const at = [opening, tableStart, tableEnd, wholeAllocator, closing].map((mark) => text.indexOf(mark));
  if (at.includes(-1)) throw new Error('the compiler of ts-morph is wrapped in another way than before: see scripts/compiler.mjs');
  const [start, table, afterTable, allocatorAt, end] = at;
  const entries = [...text.slice(table, afterTable).matchAll(/^ +(\w+): \(\) => (\w+),?$/gm)];
  const own = [[start + opening.length, table], [afterTable + tableEnd.length, allocatorAt], [allocatorAt + wholeAllocator.length, end]];
  return { body: `${own.map(([from, to]) => text.slice(from, to)).join('')}${allocator}`, table: new Map(entries.map(([, offered, name]) => [offered, name])) };
}

function namesGivenBy(statement, ts) {
  if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) return [statement.name.text];
  if (!ts.isVariableStatement(statement)) return [];
  const within = ({ name }) => (ts.isIdentifier(name) ? [name.text] : name.elements.flatMap((element) => (element.name ? within(element) : [])));
  return statement.declarationList.declarations.flatMap(within);
}

/** `X` of `((it) => …)(X || (X = {}))`, `__export(X, …)` and `X.y = …`; for any other call the function's own name, on whose value nothing leans. */
function nameChangedBy(statement, ts) {
  if (!ts.isExpressionStatement(statement)) return undefined;
  const { expression } = statement;
  if (ts.isBinaryExpression(expression)) return firstName(expression.left, ts);
  if (!ts.isCallExpression(expression)) return undefined;
  const { expression: callee, arguments: [first] } = expression;
  return firstName(ts.isParenthesizedExpression(callee) || callee.text === '__export' ? first : callee, ts);
}

function firstName(node, ts) {
  let at = node;
  while (at && !ts.isIdentifier(at)) at = ts.isBinaryExpression(at) ? at.left : at.expression;
  return at?.text;
}

/** All names in a statement that could stand for a value of the file: not those of members. */
function mentionedIn(statement, ts) {
  const names = new Set();
  const visit = (node) => {
    if (ts.isIdentifier(node)) names.add(node.text);
    else if (ts.isPropertyAccessExpression(node)) visit(node.expression);
    else if (ts.isPropertyAssignment(node) && ts.isIdentifier(node.name)) visit(node.initializer);
    else ts.forEachChild(node, visit);
  };
  visit(statement);
  return names;
}
