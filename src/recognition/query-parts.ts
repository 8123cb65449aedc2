import { ts, type CallExpression, type Expression, type ObjectLiteralExpression } from '../code/compiler.ts';
import { specifierOf } from '../code/scope.ts';
import type { Scene } from '../code/scene.ts';
import { bare, lastName, memberAccess, nameText, pathOf } from '../code/syntax.ts';
import { sqlMethods } from '../libraries/sinks.ts';
import { beginning } from './call-text.ts';
import { leadsSomewhere } from './known-libraries.ts';
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
    if (keyed.has(query.library.name)) return { writes: query.verb === 'write', library: query.library.name, parts: valuesOfKey(node, query.verb === 'write') };
    const chain = chainOf(node).flatMap((link) => valuesOfText(link, query.verb === 'write') ?? partsOf(link));
    // A call that says nothing of its arguments, such as `client.send(new PutCommand({ … }))`, does with all of them what it does.
    const parts = chain.length > 0 ? chain : node.arguments.filter((each) => !ts.isSpreadElement(each)).map((each): Part => ({ role: query.verb === 'write' ? 'data' : 'filter', value: bare(each) }));
    return { writes: query.verb === 'write', library: query.library.name, parts };
  }
  return byShape(node) ?? byModel(node, scene);
}

/** Stores in which every value stands beside its key. */
const keyed = new Set(['redis', 'ioredis', 'upstash', 'keyv', 'kv', 'memcached']);

/** `redis.set(key, value)`: the key only finds, what stands behind it is stored. */
function valuesOfKey(node: CallExpression, writes: boolean): Part[] {
  const values = node.arguments.filter((each) => !ts.isSpreadElement(each)).map((each) => bare(each));
  return values.flatMap((value, index): Part[] => (index > 0 && writes ? [{ role: 'data', value }] : index === 0 && !writes ? [{ role: 'filter', value }] : []));
}

/** `query('INSERT …', [values])`: what is done with the values stands in the text. */
function valuesOfText(link: CallExpression, writes: boolean): Part[] | undefined {
  const name = memberAccess(bare(link.expression))?.name;
  if (name === undefined || !sqlMethods.has(name) || link.arguments.length < 2 || !isText(link.arguments[0]!)) return undefined;
  const role = writes && !onlyChooses(beginning(bare(link.arguments[0]!), 2_000)) ? 'data' : 'filter';
  return link.arguments.slice(1).filter((each) => !ts.isSpreadElement(each)).map((each) => ({ role, value: bare(each) }));
}

/** `DELETE FROM orders WHERE id = ?`, `UPDATE orders SET closed = true WHERE id = $1`: all that is put in chooses rows. */
function onlyChooses(text: string): boolean {
  if (/^['"`]\s*delete\b/i.test(text)) return true;
  const [before, after] = text.split(/\bwhere\b/i);
  return /^['"`]\s*update\b/i.test(text) && after !== undefined && !/\?|[$:@]\w|\$\{|%s/.test(before!);
}

function isText(expression: Expression): boolean {
  const node = bare(expression);
  return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node) || ts.isIdentifier(node) || (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken);
}

const modelMethods = /^(?:create|bulkCreate|insertMany|insert|update|updateOne|updateMany|upsert|destroy|deleteOne|deleteMany|find|findAll|findOne|findByPk|findById|findOrCreate|findAndCountAll|findOneAndUpdate|findByIdAndUpdate|findOneAndDelete|findByIdAndDelete|count)$/;
const modelPackages = ['sequelize', 'sequelize-typescript', '@sequelize/core', 'mongoose', 'objection', 'bookshelf', 'waterline', 'sails', '@adonisjs/lucid', 'typeorm'];

/** `db.User.create(…)`, where a folder of models is gathered at run time so that nobody can follow it. */
function byModel(node: CallExpression, scene: Scene): QueryParts | undefined {
  const access = memberAccess(bare(node.expression));
  if (!access || !modelMethods.test(access.name) || !isGatheredModel(bare(access.of))) return undefined;
  const dependencies = scene.dependencies(pathOf(node));
  const library = modelPackages.find((each) => dependencies?.has(each));
  if (library === undefined || leadsSomewhere(scene.valueOf(access.of))) return undefined;
  return { writes: writing.test(access.name), library, parts: partsOf(node) };
}

function isGatheredModel(receiver: Expression): boolean {
  const member = memberAccess(receiver);
  if (member) return /^[A-Z]/.test(member.name) && /^(?:db|models?|database|orm)$/.test(lastName(member.of) ?? '');
  if (!ts.isIdentifier(receiver) || !/^[A-Z][a-z]/.test(receiver.text)) return false;
  const from = specifierOf(receiver);
  return from !== undefined && /(?:^|[/.])(?:models?|entit(?:y|ies)|schemas?|db|database)(?:$|[/.])/i.test(from);
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

const storing = /^(?:create|insert|save|put|index|set|values|upsert|bulk|push|persist|patch|merge|build|add|update|replace|findOneAndUpdate|findByIdAndUpdate|findOneAndReplace|findOrCreate|increment|decrement)/;
const choosing = /^(?:where|and|or|not|having|eq|neq|find|get|count|exists|delete|del$|destroy|remove|match|filter|in$|ilike|like|gt|lt|gte|lte|on|one|first|preload|distinct|aggregate|contains|whereIn|query)/;
/** Arguments that shape the answer and choose no rows. */
const shaping = /^(?:orderBy|limit|offset|skip|take|select|from|populate|sort|include|returning|groupBy|lean|exec|then|catch|join|leftJoin|innerJoin|use|cache|setLock|getMany|getOne|toArray)/;
/** Methods whose first argument chooses and whose second is stored. */
const chooseThenStore = /^(?:update|updateOne|updateMany|replaceOne|findOneAndUpdate|findByIdAndUpdate|findOneAndReplace|findOneAndUpsert|upsert)(?:Async)?$/;

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
  return ts.isObjectLiteralExpression(value) && isOptions(value) ? fromOptions(value, role) : [{ role, value }];
}

function fromOptions(options: ObjectLiteralExpression, role: Role): Part[] {
  return options.properties.flatMap((property): Part[] => {
    if (ts.isSpreadAssignment(property)) return [{ role, value: bare(property.expression) }];
    const name = property.name && nameText(property.name);
    const value = ts.isPropertyAssignment(property) ? bare(property.initializer) : ts.isShorthandPropertyAssignment(property) ? property.name : undefined;
    if (name === undefined || !value || otherKeys.has(name)) return [];
    if (filterKeys.has(name)) return [{ role: 'filter', value }];
    return dataKeys.has(name) ? [{ role: 'data', value }] : [];
  });
}
