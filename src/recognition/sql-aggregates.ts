/** Whether what a statement selects makes one value of all rows. Reads columns as they are written, so that what counts in one of them is not missed. */

/** Functions that make one value of all rows, those of ClickHouse among them. */
const aggregating = /^(?:count(?:if|distinct|_if|_big)?|approx_count_distinct|sum(?:if)?|min|max|avg|mean|bool_or|bool_and|bit_and|bit_or|every|stddev\w*|var(?:iance|_pop|_samp)|corr|covar_\w+|regr_\w+|median|mode|percentile_\w+|approx_percentile|json_agg|jsonb_agg|json_object_agg|jsonb_object_agg|array_agg|string_agg|group_concat|listagg|json_group_array|json_group_object|json_arrayagg|json_objectagg|total|uniq\w*|quantiles?\w*|any(?:last|if|_value)?|arg_?max|arg_?min|grouparray\w*|group_?uniq\w*)$/i;

/** Functions that make rows of one value. */
const multiplying = /^(?:unnest|generate_series|generate_subscripts|jsonb?_array_elements(?:_text)?|jsonb?_each(?:_text)?|jsonb?_object_keys|regexp_split_to_table|regexp_matches|string_to_table|explode|arrayjoin)$/i;

/** Words of the language among values; they say nothing of rows. */
const ofTheLanguage = /^(?:case|when|then|else|end|and|or|not|is|null|true|false|distinct|as|in|between|like|ilike|interval|array|at|time|zone|filter|within|over|all|any|some|asc|desc|nulls|first|last|current_date|current_time|current_timestamp|current_user|session_user|localtime|localtimestamp|separator|using|collate)$/i;
/** What a literal may begin with: `date '2026-01-01'`, `N'…'`. */
const ofLiterals = /^(?:date|time|timestamp|timestamptz|interval|n|e|b|x)$/i;
/** What functions about time are told to count. */
const units = /^(?:microseconds?|milliseconds?|seconds?|minutes?|hours?|days?|weeks?|months?|quarters?|years?|decades?|epoch|dow|doy|isodow)$/i;

/** What a piece of text is made of: values of one row, one value of all rows, or neither. */
type Made = 'row' | 'aggregate' | 'constant';

/** True when all columns of a list make one value of all rows, or are constant, and one at least looks at rows. */
export function areAggregates(list: string): boolean {
  const made = columnsIn(list).map((column) => madeOf(withoutAlias(column)));
  return made.includes('aggregate') && !made.includes('row');
}

/** A list of columns, taken apart. */
function columnsIn(list: string): string[] {
  const columns: string[] = [''];
  let depth = 0;
  for (const character of list) {
    if (character === '(') depth += 1;
    else if (character === ')') depth -= 1;
    if (character === ',' && depth === 0) columns.push('');
    else columns[columns.length - 1] += character;
  }
  return columns;
}

/** `count(*) total`, `sum(a) as "total"`, `max(b)::int AS [last]`: without the name. */
function withoutAlias(column: string): string {
  const named = column.replace(/\s+as\s+(?:["`[][^"`\]]*["`\]]|[\w$]+)\s*$/i, '');
  return named === column ? column.replace(/(?<=[)\w'"])\s+(?!(?:end|null|true|false|zone|precision|varying)\s*$)(?:["`][^"`]*["`]|[a-z_]\w*)\s*$/i, '') : named;
}

const tokens = /\s+|'(?:[^']|'')*'|::\s?[\w."]+(?: (?:precision|varying|with time zone|without time zone))?(?: ?\([\d, ]*\))?(?: ?\[ ?\])?|\d[\w.]*|\$\$|[$:@]\w+|["`[]?[a-z_][\w$.]*["`\]]?(?:\.["`]?[\w*]+["`]?)*|[()]|./gis;

/** What an expression is made of. Anything that is read as a column counts as one. */
function madeOf(expression: string, depth = 0): Made {
  if (depth > 20) return 'row';
  let [hasAggregate, hasRow] = [false, false];
  const take = (made: Made): void => {
    hasAggregate ||= made === 'aggregate';
    hasRow ||= made === 'row';
  };
  const all = [...expression.matchAll(tokens)].map(([text]) => text);
  for (let at = 0; at < all.length; at += 1) {
    const token = all[at]!;
    if (token === '(') {
      const end = closing(all, at);
      take(madeWithin(all.slice(at + 1, end).join(''), depth));
      at = end;
      continue;
    }
    if (!/^["`[]?[a-z_]/i.test(token)) continue;
    // `cast(sum(a) as double precision)`: what follows is the type.
    if (depth > 0 && /^as$/i.test(token)) break;
    const open = nextOf(all, at);
    if (all[open] !== '(') {
      const isPart = ofLiterals.test(token) && all[open]?.startsWith("'");
      // `extract(epoch from …)`, `timestampdiff(day, …)`, `collate "C"`.
      const isUnit = depth > 0 && (units.test(token) || /^from$/i.test(all[open] ?? '') || /^from$/i.test(token));
      const isOrder = /^collate$/i.test(all[before(all, at)] ?? '');
      if (!isPart && !isUnit && !isOrder && !ofTheLanguage.test(token)) hasRow = true;
      continue;
    }
    const end = closing(all, open);
    const inner = all.slice(open + 1, end).join('');
    const name = token.replace(/^\w+\./, '');
    // `$1 = any (owners)` asks whether it is among them.
    const isCompared = /^(?:any|every|some|all)$/i.test(name) && /^[=<>]$/.test(all[before(all, at)] ?? '');
    if (/^over$/i.test(all[nextOf(all, end)] ?? '') || multiplying.test(name)) hasRow = true;
    else if (aggregating.test(name) && !isCompared) hasAggregate = true;
    // `filter (where …)`, `within group (order by …)`: what they look at is part of what stands before.
    else if (!/^(?:filter|group|over)$/i.test(name)) take(madeWithin(inner, depth));
    at = end;
  }
  if (/^\s*\*\s*$/.test(expression)) hasRow = true;
  return hasRow ? 'row' : hasAggregate ? 'aggregate' : 'constant';
}

/** What stands in parentheses. A query among the columns gives one value of its own. */
function madeWithin(inner: string, depth: number): Made {
  return /^\s*select\b/i.test(inner) ? 'constant' : madeOf(inner, depth + 1);
}

/** Where the parenthesis closes that opens here. */
function closing(all: readonly string[], open: number): number {
  let depth = 0;
  for (let at = open; at < all.length; at += 1) {
    if (all[at] === '(') depth += 1;
    else if (all[at] === ')' && (depth -= 1) === 0) return at;
  }
  return all.length;
}

function nextOf(all: readonly string[], at: number): number {
  return /^\s+$/.test(all[at + 1] ?? '') ? at + 2 : at + 1;
}

function before(all: readonly string[], at: number): number {
  return /^\s+$/.test(all[at - 1] ?? '') ? at - 2 : at - 1;
}
