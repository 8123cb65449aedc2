import path from 'node:path/posix';
import { ts, type Node } from '../src/code/compiler.ts';

/** One import of a source file. `path` is set for files of this repository, `package` for what comes from outside. */
export type Import = { specifier: string; path?: string; package?: string; isType: boolean; isDynamic: boolean };

/** Everything that a source file imports, re-exports, loads when needed, or names in a type; read from its syntax. */
export function importsOf(file: string, text: string): Import[] {
  const found: Import[] = [];
  const add = (specifier: Node | undefined, isType: boolean, isDynamic: boolean): void => {
    if (specifier && ts.isStringLiteral(specifier)) found.push({ ...whereTo(file, specifier.text), specifier: specifier.text, isType, isDynamic });
  };
  const visit = (node: Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, node.importClause?.isTypeOnly ?? false, false);
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly, false);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true, true);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) add(node.arguments[0], false, true);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return found;
}

function whereTo(file: string, specifier: string): Pick<Import, 'path' | 'package'> {
  if (specifier.startsWith('.')) return { path: path.join(path.dirname(file), specifier) };
  if (specifier.startsWith('node:')) return {};
  return { package: specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/') };
}
