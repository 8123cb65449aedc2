import { parse as parseFile, ts, type Identifier, type Node, type SourceFile } from '../../src/code/compiler.ts';
import { declarationOf, type Declared } from '../../src/code/scope.ts';
import type { Files } from '../in-memory.ts';

/** What people do to code without changing what it does. Each takes a file's text and gives another, or the same where it finds nothing to do. */

function parse(path: string, text: string): SourceFile {
  return parseFile(`/${path}`, text);
}

type Edit = { start: number; end: number; text: string };

function edited(text: string, edits: readonly Edit[]): string {
  return edits.toSorted((one, other) => other.start - one.start).reduce((all, { start, end, text: inserted }) => all.slice(0, start) + inserted + all.slice(end), text);
}

function walk(node: Node, visit: (node: Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

const isLocal = (declared: Declared | undefined): declared is Declared => declared !== undefined && ['variable', 'parameter', 'binding'].includes(declared.kind);

/** Gives every variable and parameter within functions another name. What the file offers to others keeps its own. */
export function renameLocals(path: string, text: string): string {
  const tree = parse(path, text);
  const edits: Edit[] = [];
  walk(tree, (node) => {
    if (!ts.isIdentifier(node) || isNameOfMember(node)) return;
    const declared = isDeclaringName(node) ? undefined : declarationOf(node);
    const at = isDeclaringName(node) ? node.parent : isLocal(declared) ? declared.node : undefined;
    if (!at || !isWithinFunction(at) || isParameterProperty(at)) return;
    const renamed = `${node.text}Again`;
    const { parent } = node;
    const start = node.getStart(tree);
    const isShorthand = ts.isShorthandPropertyAssignment(parent) || (ts.isBindingElement(parent) && parent.name === node && !parent.propertyName && !parent.dotDotDotToken && ts.isObjectBindingPattern(parent.parent));
    edits.push({ start, end: node.getEnd(), text: isShorthand ? `${node.text}: ${renamed}` : renamed });
  });
  return edited(text, edits);
}

function isDeclaringName(node: Identifier): boolean {
  const { parent } = node;
  return (ts.isVariableDeclaration(parent) || ts.isParameter(parent) || ts.isBindingElement(parent)) && parent.name === node;
}

/** The name of a member, a key, a method, a type: none of them is a local. */
function isNameOfMember(node: Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  if (ts.isBindingElement(parent)) return parent.propertyName === node;
  if (ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent) || ts.isMethodDeclaration(parent) || ts.isPropertyDeclaration(parent) || ts.isJsxAttribute(parent)) return parent.name === node;
  return ts.isTypeNode(parent) || ts.isQualifiedName(parent);
}

function isWithinFunction(node: Node): boolean {
  for (let up = node.parent; up; up = up.parent) if (ts.isFunctionLike(up) && 'body' in up && up.body) return true;
  return false;
}

function isParameterProperty(node: Node): boolean {
  return ts.isParameter(node) && node.modifiers !== undefined && node.modifiers.length > 0;
}

/** The file as TypeScript's own printer would write it: no blank lines, its own indentation and line breaks. */
export function print(path: string, text: string): string {
  return ts.createPrinter({ newLine: ts.NewLineKind.LineFeed }).printFile(parse(path, text));
}

/** Other quotes, other indentation, no semicolons where a line ends, chains on one line, and the line ends of another system. */
export function restyle(path: string, text: string): string {
  const tree = parse(path, text);
  const edits: Edit[] = [];
  const within = (position: number): Node => {
    let found: Node = tree;
    const visit = (node: Node): void => {
      if (node.getStart(tree) > position || node.getEnd() <= position) return;
      found = node;
      ts.forEachChild(node, visit);
    };
    ts.forEachChild(tree, visit);
    return found;
  };
  walk(tree, (node) => {
    const start = node.getStart(tree);
    const end = node.getEnd();
    if (ts.isStringLiteral(node) && text[start] === "'" && !/["\\]/.test(node.text)) edits.push({ start, end, text: `"${node.text}"` });
    if (ts.isExpressionStatement(node) && text[end - 1] === ';' && text[end] === '\n' && !/^\s*[[(`+\-/]/.test(text.slice(end))) edits.push({ start: end - 1, end, text: '' });
  });
  for (const match of text.matchAll(/\n[ \t]+(?=\.)|^( {2})+/gm)) {
    const inner = within(match.index + match[0].length - (match[0].startsWith('\n') ? 0 : 1));
    if (ts.isTemplateExpression(inner) || ts.isNoSubstitutionTemplateLiteral(inner) || ts.isTemplateSpan(inner) || ts.isJsxText(inner)) continue;
    const isChain = match[0].startsWith('\n');
    edits.push({ start: match.index, end: match.index + match[0].length, text: isChain ? '' : match[0].replaceAll('  ', '\t') });
  }
  return edited(text, distinct(edits)).replaceAll(/(?<!\r)\n/g, '\r\n');
}

function distinct(edits: readonly Edit[]): Edit[] {
  return edits.toSorted((one, other) => one.start - other.start || other.end - one.end).filter((each, at, all) => at === 0 || each.start >= all[at - 1]!.end);
}

/** Puts every argument, element and property on a line of its own. */
export function spread(path: string, text: string): string {
  const tree = parse(path, text);
  const edits: Edit[] = [];
  walk(tree, (node) => {
    const parts = ts.isCallExpression(node) ? node.arguments : ts.isObjectLiteralExpression(node) ? node.properties : ts.isArrayLiteralExpression(node) ? node.elements : [];
    for (const part of parts) edits.push({ start: part.getStart(tree), end: part.getStart(tree), text: '\n' });
  });
  return edited(text, edits);
}

/** The members of every class, and the functions of the file, in the opposite order. */
export function reorder(path: string, text: string): string {
  const tree = parse(path, text);
  const edits: Edit[] = [];
  const swap = (nodes: readonly Node[]): void => {
    const texts = nodes.map((node) => text.slice(node.getStart(tree), node.getEnd()));
    for (const [at, node] of nodes.entries()) edits.push({ start: node.getStart(tree), end: node.getEnd(), text: texts[texts.length - 1 - at]! });
  };
  swap(tree.statements.filter((statement) => ts.isFunctionDeclaration(statement)));
  for (const statement of tree.statements) if (ts.isClassDeclaration(statement)) swap(statement.members.filter((member) => ts.isMethodDeclaration(member)));
  return edited(text, edits);
}

/** Gives every function and method another name. Whoever imports one goes on calling it by the old name. */
export function renameFunctions(files: Files): Files {
  const trees = Object.entries(files).filter(([path]) => /\.[jt]sx?$/.test(path)).map(([path, text]) => ({ path, text, tree: parse(path, text) }));
  const offered = new Set(trees.flatMap(({ tree }) => namedFunctions(tree).map((name) => name.text)));
  const renamed = trees.map(({ path, text, tree }): [string, string] => {
    const declaring = new Set<Node>(namedFunctions(tree).map((name) => name.parent));
    const methods = new Set([...declaring].filter((each) => ts.isMethodDeclaration(each)).map((each) => (each.name as Identifier).text));
    const edits: Edit[] = [];
    walk(tree, (node) => {
      if (!ts.isIdentifier(node)) return;
      const put = (after: string): number => edits.push({ start: node.getStart(tree), end: node.getEnd(), text: after });
      const { parent } = node;
      if (ts.isImportSpecifier(parent)) {
        if (parent.name === node && !parent.propertyName && isOfProject(parent) && offered.has(node.text)) put(`${node.text}Anew as ${node.text}`);
      } else if (declaring.has(parent) && 'name' in parent && parent.name === node) put(`${node.text}Anew`);
      else if (ts.isPropertyAccessExpression(parent) && parent.name === node) {
        if (parent.expression.kind === ts.SyntaxKind.ThisKeyword && methods.has(node.text)) put(`${node.text}Anew`);
      } else if (!isNameOfMember(node) && declaring.has(declarationOf(node)?.node as Node)) put(ts.isShorthandPropertyAssignment(parent) ? `${node.text}: ${node.text}Anew` : `${node.text}Anew`);
    });
    return [path, edited(text, edits)];
  });
  return { ...files, ...Object.fromEntries(renamed) };
}

/** The names of function declarations, of functions kept in constants, and of methods. */
function namedFunctions(tree: SourceFile): Identifier[] {
  const names: Identifier[] = [];
  walk(tree, (node) => {
    const isOne = ts.isFunctionDeclaration(node) || (ts.isMethodDeclaration(node) && ts.isClassLike(node.parent)) || (ts.isVariableDeclaration(node) && node.initializer && ts.isFunctionLike(node.initializer));
    if (isOne && node.name && ts.isIdentifier(node.name)) names.push(node.name);
  });
  return names;
}

function isOfProject(specifier: Node): boolean {
  const declaration = specifier.parent.parent.parent;
  return ts.isImportDeclaration(declaration) && ts.isStringLiteral(declaration.moduleSpecifier) && /^(?:\.|@lib\/)/.test(declaration.moduleSpecifier.text);
}

/** Moves a file and tells everybody who imports it. `to` lies in the same folder. */
export function renameFile(files: Files, from: string, to: string): Files {
  const bare = (path: string): string => path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, '');
  const speaks = new RegExp(`(?<=['"][^'"\\n]*/)${bare(from).replaceAll('.', '\\.')}(?=['"])`, 'g');
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [path === from ? to : path, text.replaceAll(speaks, bare(to))]));
}

/** A function that needs nothing of its file but the imports. */
export type Movable = { path: string; name: string };

/** The top-level functions of a file that could as well stand elsewhere. */
export function movableFunctions(path: string, text: string): Movable[] {
  const tree = parse(path, text);
  return tree.statements.flatMap((statement) => {
    if (!ts.isFunctionDeclaration(statement) || !statement.name) return [];
    let isFree = true;
    walk(statement, (node) => {
      if (!ts.isIdentifier(node) || isNameOfMember(node)) return;
      const declared = declarationOf(node);
      const home = declared && declared.kind !== 'import' && declared.node;
      if (home && (home.pos < statement.pos || home.end > statement.end)) isFree = false;
    });
    return isFree ? [{ path, name: statement.name.text }] : [];
  });
}

/** Moves a function into a file of its own beside the old one, which imports it (and passes it on, where it was offered). */
export function moveFunction(files: Files, { path, name }: Movable, to: string): Files {
  const text = files[path]!;
  const tree = parse(path, text);
  const moved = tree.statements.find((statement) => ts.isFunctionDeclaration(statement) && statement.name?.text === name)!;
  const imports = tree.statements.filter((statement) => ts.isImportDeclaration(statement)).map((statement) => statement.getText(tree)).join('\n');
  const body = moved.getText(tree).replace(/^export /, '');
  const specifier = `./${to.slice(to.lastIndexOf('/') + 1).replace(/\.\w+$/, '')}`;
  const isOffered = moved.getText(tree).startsWith('export ');
  const rest = edited(text, [{ start: moved.getStart(tree), end: moved.getEnd(), text: '' }]);
  return { ...files, [path]: `import { ${name} } from '${specifier}';\n${isOffered ? `export { ${name} };\n` : ''}${rest}`, [to]: `${imports}\n\nexport ${body}\n` };
}
