import { ts, type CallExpression, type Expression, type NewExpression, type ObjectLiteralExpression, type VariableDeclaration } from '../code/compiler.ts';
import { assignmentsTo, declarationOf } from '../code/scope.ts';
import type { Scene } from '../code/scene.ts';
import { argument, bare, calleeName, escaped, inOneLine, memberAccess, nameText, propertyValue } from '../code/syntax.ts';
import type { Call, Library } from '../libraries/library.ts';
import { isPublished } from './publications.ts';
import { argumentOf, argumentsOf, columnsBuilt, conjunctions, joinsObjects, listOf, literalOf, optionsAt, partsOfSpread, stagesOf } from './query-arguments.ts';
import { isOwnCall, type Operation } from './query-chain.ts';
import { holdsAlways } from './query-scope.ts';
import { tableOf, writtenTable } from './query-says.ts';
import { isTextual, plainText } from './query-text.ts';
import { isCatalog, isKeyOfRows, isKeyWithin, isOwnKey, lastPart, readSql, tellsKinds } from './sql-text.ts';
import { usesOf } from './variable-uses.ts';

const grouping = /^(?:add)?[gG]roupBy(?:Raw)?$/;

/** Whether the rows of a query under construction are limited: by its calls, or by whoever reads its cursor. */
export function boundedOf(operations: readonly Operation[], end: Call, library: Library, scene: Scene): boolean | undefined {
  const bounded = isBounded(operations, library, scene);
  // Groups are counted in kinds rather than in rows; where they are not, nothing here says so.
  if (bounded === false && operations.some(({ name }) => grouping.test(name)) && !isGroupedByRows(operations, scene)) return undefined;
  // A cursor that is handed on: how much of it is read cannot be seen here.
  const isCursor = library.kinds[end.gives ?? '']?.runs === 'by-terminal';
  return bounded === false && isCursor && !isPublished(operations.at(-1)!.at) ? undefined : bounded;
}

/** `groupBy('orders.id', …)`: each row is a group of its own. */
function isGroupedByRows(operations: readonly Operation[], scene: Scene): boolean {
  const table = tableOf(operations, scene);
  const having = operations.filter(({ name }) => /having/i.test(name)).map(({ given }) => given.getText()).join(' ');
  const names = [...aliasesOf(operations), ...(table === undefined ? [] : [table])];
  const isKey = (column: string): boolean => (having === '' ? isKeyOfRows(column, table) : isKeyWithin(column, having, names, operations.some(({ name }) => /join/i.test(name))));
  const fixed = operations.flatMap((operation) => conditionColumns(operation));
  const written = operations.filter(({ name }) => grouping.test(name)).flatMap(({ given }) => argumentsOf(given)).map((each) => bare(each));
  const columns = written.flatMap((each) => (ts.isArrayLiteralExpression(each) ? each.elements.map((element) => bare(element)) : [each]));
  return columns.some((column) => isTextual(column) && !fixed.includes(lastPart(plainText(column))) && isKey(plainText(column)));
}

/** The columns that a call of the chain is a condition on: `where('orders.id', id)`, `where({ open: true })`. */
function conditionColumns({ call, given }: Operation): string[] {
  const column = call.condition && argumentOf(given, call.condition.column);
  if (!column) return [];
  if (ts.isObjectLiteralExpression(column)) return column.properties.map(({ name }) => lastPart((name && nameText(name)) ?? ''));
  return isTextual(column) ? [lastPart(plainText(column))] : [];
}

/** `.from('survey').where('survey_id', id)`: a key that is called after its table, and nothing joined to it. */
function isByOwnKey(operations: readonly Operation[], scene: Scene): boolean {
  const table = tableOf(operations, scene);
  if (table === undefined || operations.some(({ name }) => /join/i.test(name))) return false;
  const run = operations.findLast(({ maybe }) => !maybe);
  return operations.some((operation) => {
    const { call, given } = operation;
    const column = call.condition && argumentOf(given, call.condition.column);
    // With three arguments the second compares, which need not be by being equal.
    const isEqual = column !== undefined && (ts.isObjectLiteralExpression(column) || argumentsOf(given).length === 2);
    return isEqual && holdsAlways(operation, run) && conditionColumns(operation).some((each) => isOwnKey(each, table));
  });
}

/** Whether a call of the chain limits the rows. Undefined where one of them hides what it is given. */
export function isBounded(operations: readonly Operation[], library: Library, scene: Scene): boolean | undefined {
  let hidden = false;
  const aliases = aliasesOf(operations);
  const run = operations.findLast(({ maybe }) => !maybe);
  for (const operation of operations) {
    const { call, given, unseen } = operation;
    if (ts.isTaggedTemplateExpression(given)) continue;
    const written = given.arguments ?? [];
    if (unseen && unseen.length > 0) hidden = true;
    if ([call.bounds ?? []].flat().some((bound) => bound.argument < 0 || isLimit(argument(given, bound.argument) ?? written[0], bound.none))) return true;
    const isSure = (call.condition !== undefined || call.filter !== undefined) && holdsAlways(operation, run);
    if (isSure && call.condition && boundsByColumn(given, call.condition)) return true;
    if (isSure && call.filter !== undefined) {
      const filter = written[call.filter];
      if (filter && (isTextual(bare(filter)) ? boundsByText(plainText(bare(filter)), aliases) : boundsByFilter(bare(filter), library, scene))) return true;
    }
    if (call.pipeline !== undefined) {
      const answer = boundsByPipeline(written[call.pipeline], library, scene);
      if (answer === true) return true;
      hidden ||= answer === undefined;
    }
    if (call.options !== undefined) {
      const options = optionsAt(given, call.options, scene);
      if (options === 'hidden') hidden = true;
      else if (options) {
        const answer = boundsByOptions(options, library, scene);
        if (answer === true) return true;
        if (answer === undefined) hidden = true;
      }
    }
    if (written.some((each) => ts.isSpreadElement(each))) hidden = true;
    // `.with('page', (query) => query.limit(20))`: it may read that page, and join others to it. `.modify(paginate)`, `.modify((query) => query.limit(20))`.
    if (/^(?:with|modify)(?=[A-Z]|$)/.test(operation.name) && written.some((each) => /\blimit\b|pagina/i.test(each.getText()))) hidden = true;
    // `.eachBatch(200, work)` of a builder of one's own; `.modify('board')`, where the model says that it limits.
    if (isOwnCall(operation) && /^(?:each|in|by|for_?each)?_?(?:batch|chunk|page)(?!_?size)|^(?:each|stream|iterate)/i.test(operation.name)) hidden = true;
    if (operation.name === 'modify' && limitsByName(operation)) hidden = true;
    // `.slicePage(no, size)` of a builder of one's own.
    if (isOwnCall(operation) && /^(?!by)\w*?(?:pag(?:e|inat)|limit|slice|window|(?:^|[a-z])[tT]op(?![a-z]))/i.test(operation.name)) hidden = true;
    // `.distinct('species')`: as many rows as there are kinds.
    const [only, ...others] = operation.name === 'distinct' ? written.map((each) => bare(each)) : [];
    if (only && others.length === 0 && ts.isStringLiteralLike(only) && !/\*|(?:^|[._])(?:uu)?id$|Id$/.test(only.text)) hidden = true;
    // `.scope({ method: ['page', n] })`, `.$call(page(n))`: what is called so may well limit.
    if (/^(?:scope|withScopes|applyScopes|modify|\$call)$/.test(operation.name) && written.some((each) => /\b(?:page|paged|recent|latest|newest|top|window|first\w*)\b|limit|pagina|recent/i.test(each.getText()))) hidden = true;
  }
  return isByOwnKey(operations, scene) || isOfFewRows(operations, scene) || (hidden ? undefined : false);
}

/** `static modifiers = { board: (query) => query.limit(200) }`. */
function limitsByName({ given, handle: { rows } }: Operation): boolean {
  const name = argumentOf(given, 0);
  return name !== undefined && rows !== undefined && ts.isStringLiteralLike(name) && new RegExp(`(?<![\\w$])${escaped(name.text)}['"]?\\s*[:(][^\\n]{0,300}\\.limit\\(`).test(rows.getText());
}

/** What a database says about itself, and `` selectFrom(sql`(select 1)`.as('one')) ``: a source of few rows, unless others are joined to it. */
function isOfFewRows(operations: readonly Operation[], scene: Scene): boolean {
  const table = writtenTable(operations);
  if (!table) return false;
  const joined = operations.filter(({ name }) => /join/i.test(name)).map(({ given }) => argumentOf(given, 0));
  const name = tableOf(operations, scene);
  if (name !== undefined && isCatalog(name)) return joined.every((each) => each !== undefined && isTextual(each) && isCatalog(plainText(each)));
  const access = ts.isCallExpression(table) ? memberAccess(bare(table.expression)) : undefined;
  const source = access?.name === 'as' ? bare(access.of) : table;
  return joined.length === 0 && ts.isTaggedTemplateExpression(source) && readSql(plainText(source.template))?.bounded === true;
}

/** The names that a query gives to what it reads: `createQueryBuilder('product')`, `.from(Product, 'product')`. */
function aliasesOf(operations: readonly Operation[]): string[] {
  return operations.flatMap(({ name, given }) => (/^(?:createQueryBuilder|from)$/.test(name) && !ts.isTaggedTemplateExpression(given) ? (given.arguments ?? []) : []).flatMap((each) => (ts.isStringLiteralLike(bare(each)) ? (bare(each) as { text?: string }).text! : [])));
}

/** `product.id = :id`, `id = ?`, `id IN (:...ids)`, `… LIMIT 20`. A key of another table that is joined may belong to any number of rows. */
function boundsByText(text: string, aliases: readonly string[]): boolean {
  const isOwn = (alias: string | undefined): boolean => alias === undefined || aliases.length === 0 || aliases.includes(alias);
  const keys = text.matchAll(/(?:["`]?(\w+)["`]?\.)?(?<![\w])["`]?(?:id|uuid|_id|email|slug)["`]?\s*=\s*(?::\w+|\?)/gi);
  const lists = text.matchAll(/(?:["`]?(\w+)["`]?\.)?["`]?\w+["`]?\s+in\s*\(\s*:\.\.\./gi);
  // Libraries that are given all that stands behind WHERE.
  if (/\blimit\s+(?:\d|\?|:\w|\$)/i.test(text)) return true;
  return [...keys, ...lists].some(([, alias]) => isOwn(alias));
}

/** Whether the server gives a page of its own accord, and nothing takes that away. Undefined where it cannot be seen. */
export function isOnePage(operations: readonly Operation[], library: Library, scene: Scene): boolean | undefined {
  if (!operations.some(({ call }) => call.capped)) return false;
  if (operations.some(({ call }) => call.lifts)) return false;
  for (const { call, given } of operations) {
    if (call.options === undefined || ts.isTaggedTemplateExpression(given)) continue;
    const options = optionsAt(given, call.options, scene);
    if (options === 'hidden') return undefined;
    if (options && liftsPage(options, library)) return false;
  }
  return true;
}

/** `limit: 0`, `pagination: false`: how a library spells "all of them". */
function liftsPage(options: ObjectLiteralExpression, library: Library): boolean {
  const { lifts = {}, nested = [] } = library.options ?? {};
  const spelled = Object.entries(lifts).some(([key, values]) => {
    const value = propertyValue(options, key);
    const written = value && bare(value);
    return written !== undefined && values.some((each) => (ts.isStringLiteralLike(written) ? written.text === each : inOneLine(written, 20) === String(each)));
  });
  return spelled || nested.some((key) => {
    const inner = propertyValue(options, key);
    const object = inner && bare(inner);
    return object !== undefined && ts.isObjectLiteralExpression(object) && liftsPage(object, library);
  });
}

/** A limit that is written as "none" is none. */
function isLimit(value: Expression | undefined, none: readonly string[] = []): boolean {
  if (!value) return false;
  const node = bare(value);
  if (none.includes(ts.isStringLiteralLike(node) ? node.text : inOneLine(node, 20)) || isAllThereAre(node)) return false;
  return !(ts.isIdentifier(node) && (node.text === 'undefined' || node.text === 'Infinity')) && node.kind !== ts.SyntaxKind.NullKeyword;
}

/** `if (count > 1000) throw …`: somebody looks at how many there are. */
function isMeasured(variable: VariableDeclaration): boolean {
  return usesOf(variable).some(({ parent }) => ts.isBinaryExpression(parent) && /^[<>]=?$/.test(parent.operatorToken.getText()));
}

/** A number that nobody's rows are ever to reach. */
const asGoodAsAll = 500_000;

/** `Number.MAX_SAFE_INTEGER`, `1_000_000`, the count of all rows: as many as there are. */
export function isAllThereAre(node: Expression): boolean {
  if (ts.isNumericLiteral(node)) return Number(node.text) >= asGoodAsAll;
  if (ts.isPropertyAccessExpression(node)) return /^Number\.MAX_(?:SAFE_INTEGER|VALUE)$/.test(node.getText());
  const declared = ts.isIdentifier(node) ? declarationOf(node) : undefined;
  const made = declared?.kind === 'variable' && declared.node.initializer && ts.isAwaitExpression(declared.node.initializer) && assignmentsTo((node as { text?: string }).text!, declared.node).length === 0 && !isMeasured(declared.node) ? bare(declared.node.initializer) : undefined;
  return made !== undefined && ts.isCallExpression(made) && !/\b(?:take|limit)\b/.test(made.getText()) && /^(?:estimated)?count(?:Documents|Async|By|All)?$/i.test(calleeName(made) ?? '');
}

function boundsByOptions(options: ObjectLiteralExpression, library: Library, scene: Scene, depth = 0): boolean | undefined {
  const keys: NonNullable<Library['options']> = library.options ?? { bounds: [], filter: [] };
  for (const property of options.properties) {
    const name = property.name && nameText(property.name);
    if (name !== undefined && keys.bounds.includes(name)) {
      const value = propertyValue(options, name);
      if (!value || isLimit(value, (keys.lifts?.[name] ?? []).map(String))) return true;
    }
    if (name !== undefined && keys.filter.includes(name)) {
      const value = propertyValue(options, name);
      if (value && boundsByFilter(bare(value), library, scene)) return true;
    }
    if (name !== undefined && library.options?.nested?.includes(name)) {
      const value = propertyValue(options, name);
      const inner = value && bare(value);
      if (inner && ts.isObjectLiteralExpression(inner) && depth < 4 && boundsByOptions(inner, library, scene, depth + 1)) return true;
    }
  }
  // Groups are counted in kinds rather than in rows; where they are not, nothing here says so. By their own key each row is one.
  let hidden = (library.options?.groups ?? []).some((key) => {
    const by = propertyValue(options, key);
    return by !== undefined && !/['"](?:\w+\.)?id['"]/.test(by.getText());
  });
  for (const spread of options.properties) {
    if (!ts.isSpreadAssignment(spread)) continue;
    for (const part of partsOfSpread(spread.expression)) {
      const value = scene.valueOf(part);
      if (value.kind !== 'object' || depth > 3) {
        hidden = true;
        continue;
      }
      const answer = boundsByOptions(value.node, library, scene, depth + 1);
      if (answer === true) return true;
      hidden ||= answer === undefined;
    }
  }
  return hidden ? undefined : false;
}

/** `where('id', x)`, `whereIn('status', list)`, `where('id', 'in', ids)`, `.eq('id', x)`. */
export function boundsByColumn(call: CallExpression | NewExpression, condition: { column: number; membership?: true }): boolean {
  const column = argument(call, condition.column);
  if (!column) return false;
  if (ts.isObjectLiteralExpression(column)) return column.properties.some((property) => property.name && uniqueKeys.has(lastPart(nameText(property.name) ?? '')));
  // `FieldPath.documentId()`
  const name = isTextual(column) ? lastPart(plainText(column)) : ts.isCallExpression(column) && calleeName(column) === 'documentId' ? 'id' : undefined;
  if (condition.membership) return isAmongGiven(name, argument(call, condition.column + 1));
  if (name === undefined) return false;
  const operator = (call.arguments?.length ?? 0) > 2 ? argument(call, condition.column + 1) : undefined;
  const word = operator && ts.isStringLiteralLike(operator) ? operator.text.toLowerCase() : '=';
  if (word === 'in') return isAmongGiven(name, argument(call, condition.column + 2));
  return (word === '=' || word === '==' || word === '===') && uniqueKeys.has(name);
}

/** True where a column is to be in a list of rows: one of keys, or one that is given and tells no kinds. */
function isAmongGiven(column: string | undefined, list: Expression | undefined): boolean {
  return (column !== undefined && uniqueKeys.has(column)) || isGivenList(column, list);
}

function isGivenList(column: string | undefined, list: Expression | undefined): boolean {
  return !isFixedList(list) && !(column !== undefined && tellsKinds(column));
}

/** Keys of a filter one of whose parts is enough, or whose parts must not hold. */
const disjunctions = new Set(['OR', '$or', 'or', '_or', 'NOT', '$nor', 'NOR', 'not', '_not']);

const uniqueKeys = new Set(['id', '_id', 'uuid', 'guid', 'email', 'slug', 'username', 'token', 'ID']);

/** True for a column that names one row: `id`, `orders.slug`. */
export function isUniqueKey(column: string): boolean {
  return uniqueKeys.has(lastPart(column));
}

/** True when a filter names at most one row by a unique key, or the rows of a given list. */
export function boundsByFilter(filter: Expression, library: Library, scene: Scene, depth = 0): boolean {
  if (depth > 4) return false;
  if (ts.isStringLiteralLike(filter) || ts.isTemplateExpression(filter)) return boundsByText(plainText(filter), []);
  if (ts.isCallExpression(filter)) return boundsByCondition(filter, library, scene, depth);
  if (ts.isArrowFunction(filter)) {
    if (columnsBuilt(filter.body).some((column) => uniqueKeys.has(column))) return true;
    return !ts.isBlock(filter.body) && ts.isCallExpression(bare(filter.body)) && boundsByFilter(bare(filter.body), library, scene, depth + 1);
  }
  const object = ts.isObjectLiteralExpression(filter) ? filter : literalOf(filter, scene);
  if (!object) return false;
  return object.properties.some((property) => {
    const name = property.name && nameText(property.name);
    if (name === undefined) return false;
    if (ts.isShorthandPropertyAssignment(property)) return uniqueKeys.has(lastPart(name));
    if (!ts.isPropertyAssignment(property)) return false;
    const value = bare(property.initializer);
    if (conjunctions.has(name) && (ts.isArrayLiteralExpression(value) || ts.isObjectLiteralExpression(value))) {
      const parts = ts.isArrayLiteralExpression(value) ? value.elements : [value];
      return parts.some((part) => boundsByFilter(bare(part as Expression), library, scene, depth + 1));
    }
    // `OR: [{ id }, { slug }]`: as few as all of them together.
    if (disjunctions.has(name)) {
      // `OR: keys.map(({ task, print }) => ({ task, print }))`: as many as are given.
      if (!/no[tr]$/i.test(name) && isMapped(value)) return true;
      const parts = ts.isArrayLiteralExpression(value) && !/no[tr]$/i.test(name) ? value.elements : [];
      return parts.length > 0 && parts.every((part) => !ts.isSpreadElement(part) && boundsByFilter(bare(part), library, scene, depth + 1));
    }
    if (leavesOut.has(library.name) && mayBeUndefined(value)) return false;
    if (isMembership(value, library)) return isAmongGiven(lastPart(name), listGiven(value));
    if (!uniqueKeys.has(lastPart(name))) return name.includes('_') && ts.isObjectLiteralExpression(value) && value.properties.length > 1 && library.name === 'prisma';
    return !ts.isObjectLiteralExpression(value) || value.properties.some((each) => each.name && ['equals', 'eq', '$eq', '_eq'].includes(nameText(each.name) ?? ''));
  });
}

/** `keys.map(({ task, print }) => ({ task, print }))`, unless it is kinds that tell nothing of one row. */
function isMapped(value: Expression): boolean {
  const fn = ts.isCallExpression(value) && calleeName(value) === 'map' && value.arguments[0] ? bare(value.arguments[0]) : undefined;
  const made = fn && ts.isArrowFunction(fn) && !ts.isBlock(fn.body) ? bare(fn.body) : undefined;
  return made !== undefined && ts.isObjectLiteralExpression(made) && made.properties.length > 1 && made.properties.every((each) => ts.isPropertyAssignment(each) || ts.isShorthandPropertyAssignment(each));
}

/** Libraries for which a filter that is `undefined` is none. */
const leavesOut = new Set(['prisma', 'typeorm']);

/** `id ?? undefined`, `ids ? { in: ids } : undefined`: whoever writes so means to leave the filter out. */
function mayBeUndefined(value: Expression): boolean {
  const isUndefined = (node: Expression): boolean => inOneLine(bare(node), 10) === 'undefined';
  if (ts.isConditionalExpression(value)) return isUndefined(value.whenTrue) || isUndefined(value.whenFalse);
  return ts.isBinaryExpression(value) && /^(?:\?\?|\|\|)$/.test(value.operatorToken.getText()) && isUndefined(value.right);
}

/** Whether a stage of a pipeline limits the result. Undefined where some of its stages cannot be seen. */
function boundsByPipeline(written: Expression | undefined, library: Library, scene: Scene): boolean | undefined {
  if (!written) return false;
  const node = bare(written);
  const list = listOf(node, scene);
  if (!list) return undefined;
  const stages = stagesOf(list, scene);
  if (stages.some((stage) => isBoundingStage(stage, library, scene))) return true;
  return stages.length < list.elements.length || isFilledLater(node) ? undefined : false;
}

/** `stages.push(…)`: more stands in the list than its literal says. */
function isFilledLater(node: Expression): boolean {
  const declared = ts.isIdentifier(node) ? declarationOf(node) : undefined;
  return declared?.kind === 'variable' && usesOf(declared.node).some((use) => /^(?:push|unshift|splice)$/.test(memberAccess(use.parent)?.name ?? ''));
}

/** A stage of an aggregation pipeline that leaves few documents: `$limit`, a count, groups, a match by key. */
function isBoundingStage(stage: ObjectLiteralExpression, library: Library, scene: Scene): boolean {
  if (['$limit', '$count', '$sample', '$facet', '$bucket', '$bucketAuto', '$sortByCount', '$out', '$merge'].some((name) => propertyValue(stage, name))) return true;
  // Groups are counted in kinds rather than in documents; where they are not, nothing here says so.
  if (propertyValue(stage, '$group')) return true;
  const matched = propertyValue(stage, '$match');
  return matched !== undefined && boundsByFilter(bare(matched), library, scene);
}

/** The list that a column is to be in: `['a', 'b']`, `{ in: kinds }`, `In(kinds)`. */
function listGiven(value: Expression): Expression | undefined {
  if (ts.isCallExpression(value)) return value.arguments[value.arguments.length > 1 ? 1 : 0];
  if (!ts.isObjectLiteralExpression(value)) return value;
  const property = value.properties.find((each) => each.name && /in$/.test(ts.isComputedPropertyName(each.name) ? inOneLine(each.name.expression, 40) : (nameText(each.name) ?? '')));
  return property && ts.isPropertyAssignment(property) ? bare(property.initializer) : undefined;
}

/** `['open', 'paid']`, `[Status.Open]`, `DEFAULT_DOMAINS`: what is written once, for kinds of rows of which there may be any number. */
function isFixedList(list: Expression | undefined): boolean {
  if (!list) return false;
  if (ts.isIdentifier(list)) return isConstantName(list.text);
  return ts.isArrayLiteralExpression(list) && list.elements.length > 0 && list.elements.every((each) => {
    const element = bare(each);
    if (ts.isIdentifier(element)) return isConstantName(element.text);
    const access = memberAccess(element);
    return ts.isStringLiteralLike(element) || (access !== undefined && ts.isIdentifier(access.of) && /^[A-Z]/.test(access.of.text));
  });
}

const isConstantName = (name: string): boolean => /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(name);

function isMembership(value: Expression, library: Library): boolean {
  if (ts.isArrayLiteralExpression(value)) return true;
  if (ts.isCallExpression(value)) return library.membership?.includes(inOneLine(value.expression, 40)) ?? false;
  return ts.isObjectLiteralExpression(value) && value.properties.some((property) => {
    const name = property.name && (ts.isComputedPropertyName(property.name) ? inOneLine(property.name.expression, 40) : nameText(property.name));
    return name !== undefined && /^(?:[$_]?in|(?:Sequelize\.)?Op\.in)$/.test(name);
  });
}

/** Drizzle's conditions: `eq(users.id, x)`, `inArray(users.id, ids)`, and `and(…)` around them. */
function boundsByCondition(call: CallExpression, library: Library, scene: Scene, depth: number): boolean {
  const name = calleeName(call) ?? '';
  if (joinsObjects(call)) return call.arguments.some((each) => boundsByFilter(bare(each), library, scene, depth + 1));
  if (library.membership?.includes(name)) return isGivenList(call.arguments[0] && memberAccess(bare(call.arguments[0]))?.name, argument(call, 1));
  if (name === 'and') return call.arguments.some((each) => boundsByFilter(bare(each), library, scene, depth + 1));
  if (name !== 'eq') return false;
  const column = argument(call, 0);
  const access = column && memberAccess(column);
  return access !== undefined && uniqueKeys.has(access.name);
}
