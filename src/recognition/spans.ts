/** Filters that ask for a span of time, or of numbers, with both ends: what one owner has in it is a matter of days, not of years. */
import type { Node } from '../code/compiler.ts';
import { inOneLine } from '../code/syntax.ts';

/** As far as a statement is read. */
const longest = 4_000;

const [above, below] = [String.raw`(?:\$|_|Op\.|\[Op\.)?gte?\]?`, String.raw`(?:\$|_|Op\.|\[Op\.)?lte?\]?`];
/** `{ gte: from, lt: to }`, in either order. */
const inObject = new RegExp(String.raw`\{[^{}]{0,200}\b${above}\s*:[^{}]{0,200}\b${below}\s*:|\{[^{}]{0,200}\b${below}\s*:[^{}]{0,200}\b${above}\s*:|\{[^{}]{0,200}\$gte?\s*:[^{}]{0,200}\$lte?\s*:`);
/** `startsAt: { lt: to }, endsAt: { gt: from }`: what overlaps with a span. */
const overlapping = new RegExp(String.raw`(?:start|begin|from)\w*:\s*\{\s*${below}\s*:[^{}]{0,200}\}[^{}]{0,80}(?:end|until|to|finish)\w*:\s*\{\s*${above}\s*:`, 'i');
const between = /\b[bB]etween\(|\bwhereBetween\(|\bBETWEEN\b/;
/** `at >= $1 AND at < $2`, `gte(t.at, from), lt(t.at, to)`, `.where('at', '>=', from).where('at', '<', to)`. */
const inWords = [
  /([\w.]+)\s*>=?\s*(?:\$\d+|[?:@]\w*|\$\{[^}]{0,80}\})[\s\S]{0,60}?\band\s+\1\s*<=?/i,
  /\bgte?\(\s*([\w.]+)\s*,[\s\S]{0,160}?\blte?\(\s*\1\s*,/,
  /['"]([\w.]+)['"]\s*,\s*['"]>=?['"]\s*,[\s\S]{0,160}?['"]\1['"]\s*,\s*['"]<=?['"]/,
];

/** True for a query whose filter has both ends of a span. */
export function asksForSpan(query: Node): boolean {
  const text = inOneLine(query, longest);
  return inObject.test(text) || overlapping.test(text) || between.test(text) || inWords.some((each) => each.test(text));
}
