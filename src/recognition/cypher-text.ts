/** Reads a statement of Cypher just far enough: what it does, whether its rows are bounded. Anything unclear is undefined. */
import { scopeOfKeys, type SqlFacts } from './sql-text.ts';

const clauses = /\b(?:match|return|create|merge|delete|set|remove|unwind|call|with|limit|foreach|load\s+csv)\b/i;

/** What a statement of Cypher does; undefined when it is none that we can read. Holes stand as `$$`. */
export function readCypher(text: string): SqlFacts | undefined {
  const plain = text.replaceAll(/\/\/[^\n]*/g, ' ').replaceAll(/'[^'\n]*'|"[^"\n]*"/g, "''");
  if (!clauses.test(plain)) return undefined;
  const label = /\(\s*\w*\s*:\s*`?(\w+)/.exec(plain)?.[1];
  const table = label === undefined ? {} : { table: label };
  if (/\b(?:create|merge|delete|remove|foreach)\b/i.test(plain) || /\bset\s+\w+\s*(?:\.|\+?=|:)/i.test(plain)) return { verb: 'write', bounded: undefined, scope: 'none', ...table };
  const returned = /\breturn\b(?![\s\S]*\breturn\b)([\s\S]*)$/i.exec(plain)?.[1];
  if (returned === undefined) return { verb: 'raw', bounded: undefined, scope: 'none', ...table };
  const keys = [...plain.matchAll(/(\w+)\s*(?::|=|\bin\b)\s*(?=[$'\d])/gi)].map((match) => match[1]!);
  const scope = scopeOfKeys(keys);
  if (isAggregate(returned)) return { verb: 'aggregate', bounded: true, scope, ...table };
  // A part that is put in may well be the limit.
  const matched = plain.slice(0, plain.length - returned.length);
  // `WITH post ORDER BY post.createdAt LIMIT 10`: what is matched from there on hangs on these few.
  const bounded = /\blimit\b/i.test(returned) || /\bwith\b[^]*\blimit\b/i.test(matched) ? true : /\$\$\s*;?\s*$/.test(returned) ? undefined : keys.some((key) => /^(?:id|uuid|_id|email|slug)$/i.test(key)) && !/-\[|\]-|--/.test(matched);
  return { verb: /\blimit\s+1\b/i.test(returned) ? 'read-one' : 'read-many', bounded, scope, ...table };
}

/** Nothing but aggregates comes back, so that there is one row. */
function isAggregate(returned: string): boolean {
  return /^\s*(?:count|sum|avg|min|max|collect)\s*\([^()]*\)(?:\s+as\s+\w+)?(?:\s*,\s*(?:count|sum|avg|min|max|collect)\s*\([^()]*\)(?:\s+as\s+\w+)?)*\s*;?\s*$/i.test(returned);
}
