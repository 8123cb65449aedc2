import type { Node } from '../code/compiler.ts';

/** What a variable of a card stands for: a piece of code, or a word's own text. */
export type Bound = { text: string; node?: Node };
export type Bindings = ReadonlyMap<string, Bound>;

export const noBindings: Bindings = new Map();

/** Adds a binding. Undefined when the variable already means other code: the same name is the same code. */
export function bind(bindings: Bindings, name: string, to: Node | string): Bindings | undefined {
  const text = typeof to === 'string' ? to : to.getText();
  const known = bindings.get(name);
  if (known) return sameCode(known.text, text) ? bindings : undefined;
  return new Map(bindings).set(name, typeof to === 'string' ? { text } : { text, node: to });
}

function sameCode(one: string, other: string): boolean {
  return one === other || one.replaceAll(/\s+/g, '') === other.replaceAll(/\s+/g, '');
}

/** A card's sentence with its variables filled in. Where a word did not say what one stands for, its name has to do: `item` for `$ITEM`. */
export function fillIn(sentence: string, bindings: Bindings): string {
  return sentence.replaceAll(/(?:\$\$\$|\$)[A-Z][A-Z0-9_]*/g, (name) => {
    const bound = bindings.get(name);
    return bound ? short(bound.text) : name.replace(/^\$+/, '').replaceAll('_', ' ').toLowerCase();
  });
}

/** Code fit for a sentence: one line, no backticks that would end its span, at most 80 characters. */
function short(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').replaceAll('`', "'").trim();
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}
