import { RE2JS } from 're2js';

const compiled = new Map<string, RE2JS>();

/** A card's regular expression, which runs in time linear in the text whatever it is. The card was checked when it was read. */
export function expressionOf(source: string): RE2JS {
  let expression = compiled.get(source);
  if (!expression) compiled.set(source, (expression = RE2JS.compile(source)));
  return expression;
}

/** Tests a card's regular expression. */
export function matchesText(source: string, text: string): boolean {
  return expressionOf(source).matcher(text).find();
}
