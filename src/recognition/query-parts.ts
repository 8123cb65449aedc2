import { ts, type CallExpression, type Expression, type ObjectLiteralExpression } from '../code/compiler.ts';
import type { Scene } from '../code/scene.ts';
import { bare, memberAccess, nameText } from '../code/syntax.ts';
import { queryAt } from './query.ts';

/** What part a value plays in a query: it is stored, or it chooses rows. */
export type Role = 'data' | 'filter';

/** One argument of a query, or one part of it. */
export type Part = { role: Role; value: Expression };

/** A query as far as values go into it. */
export type QueryParts = {
  writes: boolean;
  /** The library's own name, where one was recognised. */
  library: string | undefined;
  parts: readonly Part[];
};

const ofParts = Symbol('query parts');

/** What goes into the query that this call is; undefined when it is none. */
export function queryPartsAt(node: CallExpression, scene: Scene): QueryParts | undefined {
  return scene.remember(ofParts, node, () => read(node, scene), undefined);
}

function read(node: CallExpression, scene: Scene): QueryParts | undefined {
  const query = queryAt(node, scene);
  if (query) {
    const chain = chainOf(node).flatMap((link) => partsOf(link));
    return { writes: query.verb === 'write' || chain.some(({ role }) => role === 'data'), library: query.library.name, parts: chain };
  }
  return byShape(node);
}

const writing = /^(?:create|insert|update|upsert|save|delete|destroy|remove|replace|increment|decrement|bulk)/i;
const reading = /^(?:find|count|get|first|one|all|aggregate|exists|fetch|load|list|search|paginate)/i;

/** `anything.find({ where: … })` and `anything.create({ data: … })`: an ORM's words, whoever holds the handle. */
function byShape(node: CallExpression): QueryParts | undefined {
  const name = memberAccess(bare(node.expression))?.name;
  if (name === undefined || !(writing.test(name) || reading.test(name))) return undefined;
  const options = node.arguments.map((each) => bare(each)).find((each) => ts.isObjectLiteralExpression(each));
  if (!options || !ts.isObjectLiteralExpression(options)) return undefined;
  const keys = new Set(options.properties.map((property) => property.name && nameText(property.name)));
  if (!keys.has('where') && !(keys.has('data') && keys.size === 1)) return undefined;
  return { writes: writing.test(name), library: undefined, parts: partsOf(node) };
}

/** The calls along a chain, the query itself first. */
function chainOf(node: CallExpression): CallExpression[] {
  const links: CallExpression[] = [];
  let current: Expression = node;
  for (let depth = 0; depth < 30; depth += 1) {
    const inner: Expression = bare(current);
    if (ts.isCallExpression(inner)) {
      links.push(inner);
      current = inner.expression;
      continue;
    }
    const access = memberAccess(inner);
    if (!access) break;
    current = access.of;
  }
  return links;
}

const storing = /^(?:create|insert|save|set|values|upsert|bulk|push|persist|patch|merge|build|add|update|replace|findOneAndUpdate|findByIdAndUpdate|findOneAndReplace|findOrCreate|increment|decrement)/;
const choosing = /^(?:where|and|or|not|having|eq|neq|find|get|count|exists|delete|del$|destroy|remove|match|filter|in$|ilike|like|gt|lt|gte|lte|on|one|first|preload|distinct|aggregate|contains|whereIn|query)/;
/** Arguments that shape the answer and choose no rows. */
const shaping = /^(?:orderBy|limit|offset|skip|take|select|from|populate|sort|include|returning|groupBy|lean|exec|then|catch|join|leftJoin|innerJoin|use|cache|setLock|getMany|getOne|toArray)/;
/** Methods whose first argument chooses and whose second is stored. */
const chooseThenStore = /^(?:update|updateOne|updateMany|replaceOne|findOneAndUpdate|findByIdAndUpdate|findOneAndReplace|findOneAndUpsert|upsert)$/;

function partsOf(link: CallExpression): Part[] {
  const name = memberAccess(bare(link.expression))?.name;
  if (name === undefined || shaping.test(name)) return [];
  const values = link.arguments.filter((each) => !ts.isSpreadElement(each)).map((each) => bare(each));
  const role: Role | undefined = storing.test(name) ? 'data' : choosing.test(name) ? 'filter' : undefined;
  if (!role) return [];
  if (chooseThenStore.test(name) && values.length >= 2 && !(isOptions(values[1]!))) {
    return [...asParts(values[0]!, 'filter'), ...asParts(values[1]!, 'data')];
  }
  return values.flatMap((value, index) => (index === 0 || isOptions(value) || role === 'filter' ? asParts(value, role) : []));
}

const dataKeys = new Set(['data', 'create', 'update', 'values', 'defaults', '$set', '$push', '$addToSet', '$setOnInsert']);
const filterKeys = new Set(['where', 'filter', 'criteria', 'query']);
const otherKeys = new Set(['take', 'skip', 'limit', 'offset', 'orderBy', 'order', 'include', 'select', 'attributes', 'transaction', 'returning', 'cursor', 'distinct', 'by', 'relations', 'raw', 'paranoid', 'with', 'columns', 'having', 'upsert', 'new', 'runValidators', 'session', 'lock', 'skipDuplicates', 'hooks', 'individualHooks', 'include']);

/** `{ where, data }`: an object of options says itself which part is which. */
function isOptions(value: Expression): boolean {
  return ts.isObjectLiteralExpression(value) && value.properties.some((property) => {
    const name = property.name && nameText(property.name);
    return name === 'where' || ((name === 'data' || name === 'transaction') && value.properties.length <= 3);
  });
}

function asParts(value: Expression, role: Role): Part[] {
  return ts.isObjectLiteralExpression(value) && isOptions(value) ? fromOptions(value) : [{ role, value }];
}

function fromOptions(options: ObjectLiteralExpression): Part[] {
  return options.properties.flatMap((property): Part[] => {
    if (ts.isSpreadAssignment(property)) return [{ role: 'data', value: bare(property.expression) }];
    const name = property.name && nameText(property.name);
    const value = ts.isPropertyAssignment(property) ? bare(property.initializer) : ts.isShorthandPropertyAssignment(property) ? property.name : undefined;
    if (name === undefined || !value || otherKeys.has(name)) return [];
    if (filterKeys.has(name)) return [{ role: 'filter', value }];
    return dataKeys.has(name) ? [{ role: 'data', value }] : [];
  });
}
