import { RE2JS } from 're2js';

const compiled = new Map<string, RE2JS>();

/** Tests a card's regular expression, in time linear in the text whatever the expression. The card was checked when it was read. */
export function matchesText(source: string, text: string): boolean {
  let expression = compiled.get(source);
  if (!expression) compiled.set(source, (expression = RE2JS.compile(source)));
  return expression.matcher(text).find();
}
