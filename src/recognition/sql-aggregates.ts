/** Whether what a statement selects makes one value of all rows. Reads columns as they are written, so that what counts in one of them is not missed. */

/** Functions that make one value of all rows, those of ClickHouse among them. */
const aggregating = /^(?:count(?:if|distinct|_if|_big)?|approx_count_distinct|sum(?:if)?|min|max|avg|mean|bool_or|bool_and|bit_and|bit_or|every|stddev\w*|var(?:iance|_pop|_samp)|corr|covar_\w+|regr_\w+|median|mode|percentile_\w+|approx_percentile|json_agg|jsonb_agg|json_object_agg|jsonb_object_agg|array_agg|string_agg|group_concat|listagg|json_group_array|json_group_object|json_arrayagg|json_objectagg|total|uniq\w*|quantiles?\w*|any(?:last|if|_value)?|arg_?max|arg_?min|grouparray\w*|group_?uniq\w*)$/i;

/** Words of the language among values; they say nothing of rows. */
const ofTheLanguage = /^(?:case|when|then|else|end|and|or|not|is|null|true|false|distinct|as|in|between|like|ilike|interval|at|time|zone|filter|within|over|all|asc|desc|nulls|first|last|current_date|current_timestamp|separator|using)$/i;

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
  return named === column ? column.replace(/(?<=[)\w'"])\s+(?!(?:end|null|true|false)\s*$)(?:["`][^"`]*["`]|[a-z_]\w*)\s*$/i, '') : named;
}

const tokens = /\s+|'(?:[^']|'')*'|::\s*[\w.]+(?:\s*\(\s*[\d,\s]*\))?(?:\s*\[\s*\])?|\d[\w.]*|\$\$|[$:@]\w+|["`[]?[a-z_][\w$.]*["`\]]?(?:\.["`]?[\w*]+["`]?)*|[()]|./gis;

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
      const inner = all.slice(at + 1, end).join('');
      // A query among the columns gives one value of its own.
      if (!/^\s*select\b/i.test(inner)) take(madeOf(inner, depth + 1));
      at = end;
    } else if (/^["`[]?[a-z_]/i.test(token)) {
      const open = nextOf(all, at);
      if (all[open] !== '(') {
        // `extract(epoch from …)`, `cast(… as int)`.
        const isPart = /^from$/i.test(all[open] ?? '') || /^from$/i.test(token) || /^as$/i.test(all[before(all, at)] ?? '');
        if (!isPart && !ofTheLanguage.test(token)) hasRow = true;
        continue;
      }
      const end = closing(all, open);
      const isWindow = /^over$/i.test(all[nextOf(all, end)] ?? '');
      if (isWindow) hasRow = true;
      else if (aggregating.test(token.replace(/^\w+\./, ''))) hasAggregate = true;
      // `filter (where …)`, `within group (order by …)`, `exists (select …)`: what they look at is part of what stands before, or a value of its own.
      else if (!/^(?:filter|group|exists|over)$/i.test(token)) take(madeOf(all.slice(open + 1, end).join(''), depth + 1));
      at = end;
    }
  }
  if (/^\s*\*\s*$/.test(expression)) hasRow = true;
  return hasRow ? 'row' : hasAggregate ? 'aggregate' : 'constant';
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
