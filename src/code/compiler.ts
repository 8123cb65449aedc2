/**
 * The TypeScript compiler that ts-morph carries. It is some ten megabytes of code, so it is loaded by the first file that
 * must be parsed, and a change without JavaScript never pays for it. Therefore nothing may use `ts` while a module loads.
 */
import type { ts as Compiler } from 'ts-morph';
import { nestsAsyncTooDeep } from './async-nesting.ts';

/** The compiler's functions and constants; undefined until `openCompiler` has resolved. */
export let ts: typeof Compiler = undefined as unknown as typeof Compiler;

/** Loads the compiler once. Await it before anything is parsed. */
export async function openCompiler(): Promise<void> {
  if (ts) return;
  const module = await import('ts-morph');
  // A bundled CommonJS package offers its exports as `default` only.
  const morph = (module as unknown as { default?: typeof module }).default ?? module;
  ts = quick(morph.ts);
}

/** What is asked of nearly every node. Everything else is found behind it. */
const askedOften = /^(?:is[A-Z]\w*|forEachChild|SyntaxKind|NodeFlags)$/;

/**
 * The compiler offers its 2,000 names as getters of one object, and each look costs several times what the question behind it does.
 * The names asked at every node therefore stand as plain properties in front of it; engines know what hangs on a prototype best.
 */
function quick(compiler: typeof Compiler): typeof Compiler {
  const front = Object.create(compiler) as Record<string, unknown>;
  for (const name of Object.keys(compiler)) if (askedOften.test(name)) Object.defineProperty(front, name, { value: compiler[name as keyof typeof Compiler] });
  return Object.create(front) as typeof Compiler;
}

/** Parses one file, whatever other files there are; as what its name says, unless said. Throws a RangeError for code that is nested deeper than the stack, or than the compiler reads in good time. */
export function parse(path: string, text: string, kind?: Compiler.ScriptKind): SourceFile {
  if (nestsAsyncTooDeep(text)) throw new RangeError('async functions are nested too deep');
  // In JavaScript comments say the types. Elsewhere the code does, and parsing the tags of its comments would cost a tenth more.
  const mode = /\.[cm]?jsx?$/i.test(path) ? ts.JSDocParsingMode.ParseAll : ts.JSDocParsingMode.ParseNone;
  const options = { languageVersion: ts.ScriptTarget.Latest, jsDocParsingMode: mode };
  if (mode === ts.JSDocParsingMode.ParseAll) return ts.createSourceFile(path, text, options, true, kind);
  const tree = ts.createSourceFile(path, text, options, false, kind);
  setParents(tree);
  return tree;
}

/** Without comments that are nodes, this takes half the time that the compiler's own way does. */
function setParents(node: Node): void {
  ts.forEachChild(node, (child) => {
    (child as { parent: Node }).parent = node;
    setParents(child);
  });
}

// The compiler's types under their own names, so that readers of nodes need no second import.
export type Node = Compiler.Node;
export type SourceFile = Compiler.SourceFile;
export type Expression = Compiler.Expression;
export type Statement = Compiler.Statement;
export type Identifier = Compiler.Identifier;
export type CallExpression = Compiler.CallExpression;
export type NewExpression = Compiler.NewExpression;
export type TaggedTemplateExpression = Compiler.TaggedTemplateExpression;
export type PropertyAccessExpression = Compiler.PropertyAccessExpression;
export type ElementAccessExpression = Compiler.ElementAccessExpression;
export type ObjectLiteralExpression = Compiler.ObjectLiteralExpression;
export type ArrayLiteralExpression = Compiler.ArrayLiteralExpression;
export type TemplateExpression = Compiler.TemplateExpression;
export type TypeNode = Compiler.TypeNode;
export type BindingElement = Compiler.BindingElement;
export type ClassLikeDeclaration = Compiler.ClassLikeDeclaration;
export type InterfaceDeclaration = Compiler.InterfaceDeclaration;
export type ClassElement = Compiler.ClassElement;
export type FunctionBody = Compiler.FunctionLikeDeclaration;
export type ParameterDeclaration = Compiler.ParameterDeclaration;
export type VariableDeclaration = Compiler.VariableDeclaration;
export type PropertyDeclaration = Compiler.PropertyDeclaration;
export type Declaration = Compiler.Declaration;
export type Decorator = Compiler.Decorator;
export type SyntaxKind = Compiler.SyntaxKind;
