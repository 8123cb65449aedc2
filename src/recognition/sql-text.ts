/** Reads the text of a query just far enough: what it does, whether its rows are bounded, which table. Anything unclear is undefined. */
import type { Verb } from '../libraries/library.ts';
import { areAggregates } from './sql-aggregates.ts';

export type SqlFacts = {
  /** Rows are chosen by a condition, and come in no order. */
  chosen?: boolean;
  /** It makes or changes tables, asks the database about them, or says how statements are run: no rows are asked for or written. */
  aside?: true;
  verb: Verb; bounded: boolean | undefined; table?: string;
  /** How far its conditions reach; `hidden` where a column is put in. */
  scope: 'none' | 'tenant' | 'parent' | 'hidden' };

/** Stands for every value that is put into the text. */
export const hole = '$$';

const statement = /^\s*(?:\(\s*)*(select|with|insert|update|delete|replace|merge|call|begin|commit|create|alter|drop|truncate|set|show|explain|lock|values|pragma|upsert|copy|vacuum|analyze|refresh|listen|notify|savepoint|rollback|reindex|cluster|grant|revoke|comment)\b/i;

/** Statements about tables and transactions. */
const asides = new Set(['create', 'alter', 'drop', 'begin', 'commit', 'rollback', 'savepoint', 'set', 'vacuum', 'analyze', 'listen', 'notify', 'lock', 'reindex', 'cluster', 'grant', 'revoke', 'comment']);

/** True when text begins like a statement of SQL. */
export function looksLikeSql(text: string): boolean {
  return statement.test(withoutComments(text)) && /\b(?:from|into|set|table|values|select|index|returning|where)\b/i.test(text);
}

/** Statements that people write are shorter. */
const longest = 50_000;

/** What a statement does; undefined when it is no SQL that we can read. `holes` stand as `$$`. */
export function readSql(text: string, depth = 0, around?: string): SqlFacts | undefined {
  if (text.length > longest) return undefined;
  // `payload->>'accountId'` is a column like any other.
  const plain = withoutComments(text).replaceAll(/\s+/g, ' ').replaceAll(/->>? ?'(\w+)'|#>>? ?'\{(\w+)\}'/g, '.$1$2').replaceAll(/\bin ?\( ?select unnest ?\(/gi, '= any ((').replaceAll(/'(?:[^']|'')*'/g, "''");
  const whole = around ?? plain;
  const first = statement.exec(plain)?.[1]?.toLowerCase();
  if (first === undefined) return undefined;
  const claims = claimedRows(plain, depth);
  if (claims) return { ...claims, verb: 'read-many' };
  if (first === 'insert' || first === 'update' || first === 'delete' || first === 'replace' || first === 'merge' || first === 'truncate' || first === 'upsert') {
    return { verb: 'write', bounded: undefined, scope: 'none', ...tableIn(plain) };
  }
  if (first === 'with' && /\)\s*(?:insert|update|delete)\b/i.test(plain)) return { verb: 'write', bounded: undefined, scope: 'none' };
  if (asides.has(first) || aboutTables.test(plain)) return { verb: 'raw', bounded: undefined, scope: 'none', aside: true };
  if (first !== 'select' && first !== 'with') return { verb: 'raw', bounded: undefined, scope: 'none' };
  const select = first === 'with' ? lastSelect(plain) : withoutParentheses(plain);
  const outer = withoutNested(select);
  if (select === undefined || outer === undefined) return { verb: 'raw', bounded: undefined, scope: 'none' };
  const united = unitedIn(select);
  if (select.trimStart().startsWith('(') && !/\bfrom\b/i.test(outer)) return ofParts(united, outer, depth, whole);
  if (!/\bfrom\b(?!\s+dual\b)/i.test(outer)) return { verb: 'read-one', bounded: true, scope: 'none' };
  // `from monthly_totals($1)`: how many rows a function of the database gives is written there.
  if (/\bfrom\s+(?:[\w$."]+|\$\$)\s*\(\)/i.test(outer)) return { verb: 'read-many', bounded: undefined, scope: 'none' };
  const scope = scopeOfSource(outer, whole);
  if (united.length === 1 ? isAggregate(select) : isOfAggregates(united)) return { verb: 'aggregate', bounded: true, scope, ...tableIn(outer) };
  const bounded = isBounded(outer) || isOfFewRows(outer, select, whole, depth) || (depth < 3 && united.length > 1 && united.every((part) => readSql(part, depth + 1, whole)?.bounded === true));
  return { verb: /\blimit\s+1\b/i.test(outer) || isByUniqueKey(outer) ? 'read-one' : 'read-many', bounded: bounded || (endsOpen(outer) || isGrouped(outer) || isOfKinds(outer) || isOfGroups(select, whole, depth) ? undefined : false), scope, chosen: (/\bwhere\b/i.test(outer) || (/\bfrom\s*\(\)/i.test(outer) && /\bwhere\b/i.test(select))) && !/\border\s+by\b/i.test(outer), ...tableIn(outer) };
}

/** `(select … from a limit 5) union all (select … from b limit 5)`: as few rows as all parts have. */
function ofParts(parts: readonly string[], outer: string, depth: number, whole: string): SqlFacts {
  const read = depth > 3 ? [] : parts.map((part) => readSql(within(part.trimStart(), /^\(/) ?? part, depth + 1, whole));
  const isLimited = /\blimit\b|\bfetch (?:first|next)\b/i.test(outer) || (read.length > 0 && read.every((each) => each?.bounded === true));
  const [first] = read;
  return { verb: 'read-many', bounded: isLimited || (read.some((each) => each?.bounded === false) ? false : undefined), scope: first?.scope ?? 'none', ...(first?.table !== undefined && { table: first.table }) };
}

function withoutComments(text: string): string {
  return text.replaceAll(/--[^\n]*|\/\*[\s\S]*?\*\//g, ' ');
}

/** `(select …)` without what stands around it. */
function withoutParentheses(text: string): string {
  let inner = text.trim();
  for (let layer = 0; layer < 4 && inner.startsWith('(') && within(inner, /^\(/)?.length === inner.length - 2; layer += 1) inner = inner.slice(1, -1).trim();
  return inner;
}

/** A statement without what stands in parentheses, so that a sub-query's LIMIT is not taken for its own. */
function withoutNested(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  let depth = 0;
  let outer = '';
  for (const character of text) {
    if (character === '(') {
      if (depth === 0) outer += '(';
      depth += 1;
    } else if (character === ')') {
      depth -= 1;
      if (depth === 0) outer += ')';
    } else if (depth <= 0) outer += character;
  }
  return outer;
}

/** The select that a `with` leads to: the first one outside all parentheses. */
function lastSelect(text: string): string | undefined {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1;
    else if (text[at] === ')') depth -= 1;
    else if (depth === 0 && /^select\b/i.test(text.slice(at, at + 7)) && at > 0) return text.slice(at);
  }
  return undefined;
}

const catalogs = '(?:information_schema|pg_catalog|sqlite_master|sqlite_schema|(?:sys|mysql)\\s*\\.|pg_(?:am|amop|amproc|attrdef|attribute|auth_members|authid|available_extensions|available_extension_versions|buffercache|cast|class|collation|constraint|conversion|cursors|database|default_acl|depend|description|enum|event_trigger|extension|file_settings|foreign_\\w+|group|hba_file_rules|index|indexes|inherits|init_privs|language|largeobject\\w*|locks|matviews|namespace|opclass|operator|opfamily|partitioned_table|policies|policy|prepared_\\w+|proc|publication\\w*|range|replication_\\w+|rewrite|roles|rules|seclabels?|sequences?|settings|shadow|shdepend|shdescription|stat\\w*|statio\\w*|subscription\\w*|tables|tablespace|timezone_\\w+|transform|trigger|ts_\\w+|type|user|user_mappings?|views)\\b)';
const catalog = new RegExp(`\\b(?:from|join)\\s+["\`[]?${catalogs}`, 'i');
const ofCatalog = new RegExp(`^["\`[]?${catalogs}`, 'i');

/** True for a table in which a database describes itself: `information_schema.tables`, `pg_index as ix`. */
export function isCatalog(table: string): boolean {
  return ofCatalog.test(table);
}

/** `to_regclass('orders')`: whether there is such a table. */
const aboutTables = /^\s*select\s+(?:pg_catalog\.)?to_reg(?:class|type|proc|namespace)\s*\(/i;

/** `WHERE ranked.rn <= 20`: the rows were numbered, and the first are taken. */
const byRowNumber = /\b(?:rn|row_?num(?:ber)?|rank(?:ing)?)["`]?\s*<=?\s*(?:\$\$|\$?\d|\?|:\w)/i;

function isBounded(text: string): boolean {
  return catalog.test(text) || byRowNumber.test(text) || /\blimit\b|\bfetch\s+(?:first|next)\b|\bselect\s+(?:distinct\s+)?top\b|\brownum\b/i.test(text) || isByUniqueKey(text) || isAmongSome(text);
}

/** `author_id in (…)`, `slug = any($1)`: the rows of a list that is given, unless it is a list of kinds. */
function isAmongSome(text: string): boolean {
  // `from unnest($1::int[]) as wanted (id)`, `join json_each(?) ids on …`: a list that is given stands among the tables.
  if (/\b(?:from|join)\s+(?:unnest|json_each|json_array_elements(?:_text)?|jsonb_array_elements(?:_text)?|json_table|openjson)(?:\s*\(|$)/i.test(text)) return true;
  return [...text.matchAll(/\b(?:\w+\.)?["`]?(\w+)["`]?\s*(?:\bin\s*[({]|=\s*any\s*\()/gi)].some(([, column]) => column!.toLowerCase() !== 'not' && !tellsKinds(column!));
}

/** The only source is a query of its own that is limited: `from (select … limit 10) latest`, and `with latest as (…) select … from latest`. */
function isOfFewRows(outer: string, select: string, whole: string, depth: number): boolean {
  if (depth > 3 || /\bjoin\b|\bunion\b/i.test(outer)) return false;
  const [, source, after = ''] = /\bfrom\s+(\(\)|["`]?\w+["`]?)(?:\s+(?:as\s+)?["`]?\w+["`]?)?\s*(\S?)/i.exec(outer) ?? [];
  if (source === undefined || after === ',') return false;
  const inner = source === '()' ? within(select, /\bfrom\s*\(/i) : namedQuery(source, whole);
  return inner !== undefined && (readSql(inner, depth + 1, whole)?.bounded === true || changesFewRows(inner, whole, depth));
}

/**
 * All its rows come from queries of its own whose rows are groups, or that nobody can see: `from (select day, count(*) … group by day) d`, and
 * `with daily as (…), sizes as (…) select … from daily join sizes on …`.
 */
function isOfGroups(select: string, whole: string, depth: number): boolean {
  const sources = depth > 3 ? undefined : sourcesOf(select, whole);
  return sources !== undefined && sources.length > 0 && sources.every((source) => source.trim() === hole || (/^\s*(?:select|with)\b/i.test(source) && readSql(source, depth + 1, whole)?.bounded !== false));
}

/** The queries that a select reads from and joins; undefined where it reads a table as well. */
function sourcesOf(select: string, whole: string): string[] | undefined {
  const sources: string[] = [];
  let depth = 0;
  for (const { 0: mark, 1: name, index } of select.matchAll(/[()]|\b(?:from|join)\s+(?:lateral\s+)?(?:(?=\()|["`]?([\w.]+|\$\$)["`]?)/gi)) {
    if (mark === '(') depth += 1;
    else if (mark === ')') depth -= 1;
    else if (depth === 0) {
      const source = name === undefined ? within(select.slice(index + mark.length), /^\(/) : namedQuery(name, whole);
      if (source === undefined) return undefined;
      sources.push(source);
    }
  }
  const listed = /\bfrom\b([\s\S]*?)(?:\bwhere\b|\bgroup\b|\border\b|\bjoin\b|$)/i.exec(withoutNested(select) ?? '')?.[1];
  return listed?.includes(',') ? undefined : sources;
}

/** `latest` of `with latest as (select …)`. */
function namedQuery(name: string, whole: string): string | undefined {
  return within(whole, new RegExp(`\\b${name.replace(/\W/g, '')}["\`]?(?:\\s*\\([^()]*\\))?\\s+as\\s+(?:(?:not\\s+)?materialized\\s*)?\\(`, 'i'));
}

/** `update users set … from previous where users.id = previous.id returning …`: the row of a key, or of few rows that stand beside. */
function changesFewRows(inner: string, whole: string, depth: number): boolean {
  const outer = withoutNested(inner) ?? '';
  if (!/^\s*(?:update|delete)\b/i.test(outer)) return false;
  if (isByUniqueKey(outer)) return true;
  const [, beside, alias = beside] = /\b(?:from|using)\s+(\w+)\b(?:\s+(?:as\s+)?(?!where\b|returning\b)(\w+))?/i.exec(outer) ?? [];
  const where = /\bwhere\b([\s\S]*)/i.exec(outer)?.[1];
  if (beside === undefined || where === undefined || depth >= 3 || /\bor\b/i.test(where)) return false;
  const { table } = tableIn(outer);
  const isKey = (column: string): boolean => /^(?:id|_id|uuid)$/i.test(column) || isOwnKey(column, table);
  const isBeside = (name: string | undefined): boolean => name !== undefined && [beside, alias].some((each) => each!.toLowerCase() === name.toLowerCase());
  const isJoinedByKey = [...where.matchAll(/(?:(\w+)["`]?\.["`]?)?(\w+)["`]?\s*=\s*["`]?(\w+)["`]?\.["`]?(\w+)/g)].some(([, one, key, other, second]) => (isBeside(other) ? isKey(key!) : isBeside(one) && isKey(second!)));
  const rows = isJoinedByKey ? namedQuery(beside, whole) : undefined;
  return rows !== undefined && readSql(rows, depth + 1, whole)?.bounded === true;
}

/** How far a statement reaches whose rows come from a query that is named before it: as far as that one, or as the rows that a recursive one begins with. */
function scopeOfSource(outer: string, whole: string): SqlFacts['scope'] {
  const own = scopeOf(outer);
  const source = own === 'none' ? /\bfrom\s+["`]?(\w+)/i.exec(outer)?.[1] : undefined;
  const inner = source === undefined ? undefined : namedQuery(source, whole);
  const [beginning] = inner === undefined ? [] : unitedIn(inner);
  const first = withoutNested(beginning);
  if (first === undefined) return own;
  return isByUniqueKey(first) || isAmongSome(first) ? 'parent' : scopeOf(first);
}

/**
 * `update jobs set … where id in (select id from jobs where … for update skip locked) returning *`: a worker takes all that is due, not the
 * next few, where what it locks has no limit.
 */
function claimedRows(text: string, depth: number): SqlFacts | undefined {
  if (depth > 0 || !/\bskip\s+locked\b/i.test(text) || !/\breturning\b/i.test(text)) return undefined;
  const locked = [...text.matchAll(/\(\s*(?=select\b)/gi)].map(({ index }) => within(text.slice(index), /^\(/)).find((inner) => /\bskip\s+locked\b/i.test(withoutNested(inner) ?? ''));
  const facts = locked === undefined ? undefined : readSql(locked, depth + 1);
  return facts?.verb === 'read-many' && facts.bounded === false ? facts : undefined;
}

/** What stands in the parentheses that this ends with. */
function within(text: string, opening: RegExp): string | undefined {
  const found = opening.exec(text);
  if (!found) return undefined;
  const start = found.index + found[0].length;
  let depth = 1;
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1;
    else if (text[at] === ')') depth -= 1;
    if (depth === 0) return text.slice(start, at);
  }
  return undefined;
}

/** `where id = ?`, `from orders where order_id = ?`, with nothing that widens it again. */
function isByUniqueKey(text: string): boolean {
  const where = /\bwhere\b([\s\S]*)/i.exec(text)?.[1];
  if (where === undefined || /\bor\b/i.test(where) || /\bjoin\b/i.test(text)) return false;
  const { table } = tableIn(text);
  return [...where.matchAll(/(?:^|[\s("`.])(\w+)["`]?\s*=\s*(?:\$\$|\$\d|\?|:\w|@\w|'')/gi)].some(([, column]) => /^(?:id|_id|uuid|guid|email|slug|username)$/i.test(column!) || isOwnKey(column!, table));
}

/** `survey_id` of `survey`, `orderId` of `orders`, `permit_no` of `permits`, `coupon_code` of `coupons`: a key that is called after its table. */
export function isOwnKey(column: string, table: string | undefined): boolean {
  const name = table === undefined ? '' : letters(table.slice(table.lastIndexOf('.') + 1));
  const named = /^(\w+?)(?:id|uuid|_(?:no|nr|number|code|ref|key))$/i.exec(column)?.[1];
  return name !== '' && named !== undefined && [name, name.replace(/s$/, ''), name.replace(/es$/, ''), name.replace(/ies$/, 'y')].includes(letters(named));
}

/** Columns that tell kinds of rows: a list of them chooses any number of rows, whoever gives it. */
const ofKinds = /^(?:\w*_)?(?:status|state|type|kind|role|category|level|visibility|locale|language|country|currency|source|platform|severity|priority|mode)$|(?:Status|State|Type|Kind|Role|Category|Level|Visibility|Locale|Language|Country|Currency|Severity|Priority)$/;

/** `status`, `eventType`. */
export function tellsKinds(column: string): boolean {
  return ofKinds.test(column);
}

const letters = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** True for a column of which every row of its table has another value: `orders.id`, `survey.survey_id`. */
export function isKeyOfRows(column: string, table: string | undefined): boolean {
  const [name = '', of = table] = column.replaceAll(/["`]/g, '').split('.').reverse();
  return name.toLowerCase() === 'id' || isOwnKey(name, of) || isOwnKey(name, table) || ofPeople.test(name);
}

/** People, of whom there are ever more: one group for each of them is no small number. */
const ofPeople = /^(?:user|customer|account|member|contact|visitor|session|author|creator|player|subscriber|recipient)_?id$/i;

/** Only aggregates between SELECT and FROM, and no GROUP BY. */
function isAggregate(select: string): boolean {
  const outer = withoutNested(select) ?? '';
  if (/\bgroup\s+by\b/i.test(outer)) return false;
  const list = columnsOf(select);
  return list !== undefined && areAggregates(list);
}

/** What stands between SELECT and the FROM that belongs to it. */
function columnsOf(select: string): string | undefined {
  const start = /\bselect\b(?:\s+(?:all|distinct)\b)?/i.exec(select);
  if (!start) return undefined;
  const from = start.index + start[0].length;
  let depth = 0;
  for (const { 0: mark, index } of select.slice(from).matchAll(/[()]|\bfrom\b/gi)) {
    if (mark === '(') depth += 1;
    else if (mark === ')') depth -= 1;
    else if (depth === 0) return select.slice(from, from + index);
  }
  return undefined;
}

/** Groups are counted in kinds rather than in rows; where they are not, nothing here says so. */
function isGrouped(text: string): boolean {
  const by = /\bgroup\s+by\b([\s\S]*?)(?:\border\s+by\b|\bhaving\b|\blimit\b|;|$)/i.exec(text)?.[1];
  if (by === undefined || !/\b(?:count|sum|min|max|avg|\w+_agg|uniq\w*|quantile\w*|any|arg_?max|arg_?min|group_?concat)\s*\(/i.test(text)) return false;
  const { table } = tableIn(text);
  const fixed = new Set([...text.matchAll(/\b(\w+)["`]? ?= ?(?:\$|\?|:\w|@\w|')/g)].map(([, column]) => column));
  const having = /\bhaving\b([\s\S]*)/i.exec(text)?.[1];
  const alias = /\bfrom\s+["`]?[\w.]+["`]?(?:\s+as)?\s+["`]?(\w+)/i.exec(text)?.[1];
  const isKey = (column: string): boolean => (having === undefined ? isKeyOfRows(column, table) : isKeyWithin(column, having, [...[alias, table].filter((each) => each !== undefined), ...peopleJoined(text)], /\bjoin\b/i.test(text)));
  return !by.split(',').map((column) => column.trim().replaceAll(/["`]/g, '')).some((column) => !fixed.has(lastPart(column)) && isKey(column));
}

/**
 * True for a key of which every row is a group of its own, even where only some groups are let through: that chooses among the rows. Of groups by
 * the key of something else only few may be meant, unless of people, as of those that are looked for because they are there twice.
 */
export function isKeyWithin(column: string, having: string, names: readonly string[], isJoined: boolean): boolean {
  const [name = '', of] = column.replaceAll(/["`]/g, '').split('.').reverse();
  if ((!isJoined && /\bcount\b[^<>]*>\s*1(?!\d)/i.test(having)) || (of !== undefined && !names.some((each) => lastPart(each).toLowerCase() === of.toLowerCase()))) return false;
  return name.toLowerCase() === 'id' || names.some((each) => isOwnKey(name, each));
}

/** `u` of `join users u on …`, and the table itself. */
function peopleJoined(text: string): string[] {
  return [...text.matchAll(/\bjoin\s+["`]?((?:user|customer|account|member|contact|visitor|player|subscriber|person)s?|people)["`]?(?:\s+(?:as\s+)?(?!on\b|using\b)["`]?(\w+))?/gi)].flatMap(([, table, alias]) => (alias === undefined ? [table!] : [table!, alias]));
}

/** The column of `table.column`. */
export function lastPart(column: string): string {
  return column.slice(column.lastIndexOf('.') + 1);
}

/** `select 'a', count(*) from a union all select 'b', count(*) from b`: one row for each part. */
function isOfAggregates(parts: readonly string[]): boolean {
  return parts.every((part) => isAggregate(part) || !/\bfrom\b/i.test(withoutNested(part) ?? ''));
}

/** The selects that a UNION outside of all parentheses joins. */
function unitedIn(select: string): string[] {
  const parts: string[] = [];
  let [depth, start] = [0, 0];
  for (const { 0: mark, index } of select.matchAll(/[()]|\bunion\b(?:\s+(?:all|distinct)\b)?/gi)) {
    if (mark === '(') depth += 1;
    else if (mark === ')') depth -= 1;
    else if (depth === 0) {
      parts.push(select.slice(start, index));
      start = index + mark.length;
    }
  }
  return [...parts, select.slice(start)];
}

/** `SELECT DISTINCT country FROM …`: as many rows as there are kinds, which nothing here says. */
function isOfKinds(text: string): boolean {
  return /\bselect\s+distinct\s+["`]?[\w.]+["`]?\s+from\b/i.test(text);
}

/** True for the text of one column that makes one value of many rows: `count(*)`. A window (`over`) does not. */
export function isAggregateText(text: string): boolean {
  return text.length <= longest && areAggregates(text.replaceAll(/\s+/g, ' ').replaceAll(/'(?:[^']|'')*'/g, "''"));
}

/** True when one statement could do the same for many rows: inserts, deletes, and updates that set nothing that is put in. */
export function setsSameForAll(text: string): boolean {
  const plain = withoutComments(text);
  if (!/^\s*update\b/i.test(plain)) return true;
  const set = /\bset\b([\s\S]*?)(?:\bwhere\b|$)/i.exec(plain)?.[1] ?? '';
  return !/\$\$|\$\d|\?|[:@]\w/.test(set);
}

/** The text ends in something put in, which may well be the limit. */
function endsOpen(text: string): boolean {
  return /\$\$\s*;?\s*$/.test(text) && !/(?:[=<>.]|\b(?:like|offset|from|join|by|asc|desc|and|where|is|not))\s*\$\$\s*;?\s*$/i.test(text);
}

function tableIn(text: string): { table?: string } {
  const name = /\b(?:from|into|update)\s+["`[]?([\w.]+)/i.exec(text)?.[1];
  return name === undefined || name === hole ? {} : { table: name };
}

function scopeOf(text: string): SqlFacts['scope'] {
  const where = /\bwhere\b([\s\S]*?)(?:\border\b|\bgroup\b|\blimit\b|$)/i.exec(text)?.[1];
  if (where === undefined) return 'none';
  const keys = [...where.matchAll(/["`]?(\w+)["`]?\s*(?:=|in\b)/gi)].map((match) => match[1]!);
  // What is joined to one row; and what hangs on one side of the tables that Prisma keeps between two models.
  if (/\bjoin\b/i.test(text) && keys.includes('id')) keys.push('rowId');
  if (/\bfrom\s+["`]_\w+["`]/i.test(text) && keys.some((key) => key === 'A' || key === 'B')) keys.push('rowId');
  const scope = scopeOfKeys(keys);
  // `` where ${fields.userId} = ${userId} ``
  return scope === 'none' && /(?:^|[\s(])\$\$ ?(?:=|in\b) ?\(?\$\$/i.test(where) ? 'hidden' : scope;
}

const tenants = /^_?(?:tenant|org|organi[sz]ation|workspace|project|team|company|account|shop|store|env|environment|site|app|customer_?account|space|instance)(?:_?u?id)?$/i;

/** How far a filter over these columns reaches: everything, one tenant, or the children of one parent. */
export function scopeOfKeys(keys: readonly string[]): 'none' | 'tenant' | 'parent' {
  // `id_project` is `project_id` to some.
  const columns = keys.map((key) => key.replace(/^id_(\w+)$/, '$1_id'));
  if (columns.some((key) => /(?:[a-z]Id|_id|Uuid|_uuid)$|^[abcefgmnprtu]id$/.test(key) && !tenants.test(key))) return 'parent';
  return columns.some((key) => tenants.test(key)) ? 'tenant' : 'none';
}
