import { createHash } from 'node:crypto';
import { ts, type Node } from '../code/compiler.ts';
import { declarationOf } from '../code/scope.ts';

/** Longest piece of code that goes into a fingerprint; a longer one is told apart well enough by its beginning. */
const longest = 2_000;

/**
 * Code as it counts for "the same": without white space, comments, quote style and trailing commas, and with local names
 * replaced by their order, so that renaming a variable changes nothing.
 */
export function normalised(node: Node): string {
  const file = node.getSourceFile();
  const names = new Map<string, string>();
  let text = '';
  const visit = (child: Node): void => {
    if (text.length > longest || ts.isTypeNode(child)) return;
    if (ts.isIdentifier(child)) text += `${isShorthand(child) ? `${child.text} : ` : ''}${localName(child, names)} `;
    else if (ts.isStringLiteralLike(child)) text += `'${child.text}' `;
    else if (child.getChildCount(file) === 0) {
      const token = child.getText(file);
      if (token !== ',' && token !== ';' && token !== '(' && token !== ')') text += `${token} `;
    } else for (const each of child.getChildren(file)) visit(each);
  };
  visit(node);
  return text;
}

function localName(identifier: import('ts-morph').ts.Identifier, names: Map<string, string>): string {
  const { parent } = identifier;
  // Names of members and keys are no variables.
  if ((ts.isPropertyAccessExpression(parent) && parent.name === identifier) || (ts.isPropertyAssignment(parent) && parent.name === identifier)) return identifier.text;
  const declared = declarationOf(identifier);
  if (!declared || (declared.kind !== 'variable' && declared.kind !== 'parameter' && declared.kind !== 'binding')) return identifier.text;
  let name = names.get(identifier.text);
  if (name === undefined) names.set(identifier.text, (name = `$${names.size}`));
  return name;
}

/** `{ name }` of an object or a pattern, which says the same as `{ name: name }`. */
function isShorthand({ parent, text }: import('ts-morph').ts.Identifier): boolean {
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  return ts.isBindingElement(parent) && !parent.propertyName && !parent.dotDotDotToken && ts.isObjectBindingPattern(parent.parent) && ts.isIdentifier(parent.name) && parent.name.text === text;
}

/** What tells one finding from all others of a review, without path, line or any text of the code. 16 hexadecimal digits. */
export function fingerprint(lesson: string, symbol: string, code: string, occurrence: number): string {
  return createHash('sha256').update([lesson, symbol, code, occurrence].join('\0')).digest('hex').slice(0, 16);
}

/** Equal findings of one file are numbered in the order of their places; nobody numbers more. */
const mostAlike = 50;

/** Whether a fingerprint names this finding, whichever of several alike it is: what else a change touches must not matter. */
export function names(print: string, lesson: string, symbol: string, code: string): boolean {
  for (let occurrence = 0; occurrence < mostAlike; occurrence += 1) if (fingerprint(lesson, symbol, code, occurrence) === print) return true;
  return false;
}
