import { ts, type CallExpression, type Expression, type FunctionBody, type Identifier, type Node, type ObjectLiteralExpression, type ParameterDeclaration } from '../code/compiler.ts';
import type { Scene } from '../code/scene.ts';
import { declarationOf } from '../code/scope.ts';
import { argument, bare, calleeName, isOnlyName, isWithin, memberAccess, nameText, nodesWithin, propertyValue } from '../code/syntax.ts';
import type { Library } from '../libraries/library.ts';
import { handleByName, handleOf } from './handle.ts';
import { argumentOf, argumentsOf } from './query-arguments.ts';
import { chainOf, type Operation } from './query-chain.ts';
import { writtenTable } from './query-says.ts';
import { isTextual, plainText } from './query-text.ts';
import { looksLikeSql, setsSameForAll } from './sql-text.ts';

const updates = /^(?:update|upsert|save|set|replace|increment|decrement|patch|merge|findOneAnd|findByIdAnd|findAndModify|onConflict|\$executeRaw|query|execute|none|run)/i;

/** Inserts and deletes have a form for many rows. An update has one when it writes nothing of the element it stands for. */
export function isBatchable(node: CallExpression, operations: readonly Operation[]): boolean {
  const writing = operations.find((operation) => operation.call.verb === 'write');
  if (!writing?.link || writing.handle.library.language === 'cypher' || !updates.test(writing.name)) return true;
  if (writing.name === 'save' && isNew(chainOf(node).root) && insertsMany(writing.handle.library)) return true;
  // `insertInto('row').values(row).execute()`: the chain says what its end does.
  if (chainOf(node).links.some((link) => link.call && /^(?:insert|delete)/.test(link.name))) return true;
  const text = [argument(node, 0), ...operations.map(({ call, given }) => (call.text === undefined ? undefined : argumentOf(given, call.text)))].find((each) => each && isTextual(each) && looksLikeSql(plainText(each)));
  if (text) return setsSameForAll(plainText(text));
  const values = writing.given === writing.at ? valuesWritten(node) : valuesAmong(argumentsOf(writing.given));
  return values !== undefined && !mentionsElement(values, node);
}

/** `new User(data)`, also kept in a variable: to save it is to insert it. */
function isNew(root: Expression): boolean {
  const declared = ts.isIdentifier(root) ? declarationOf(root) : undefined;
  const made = declared?.kind === 'variable' ? declared.node.initializer : root;
  return made !== undefined && ts.isNewExpression(bare(made));
}

function insertsMany({ kinds }: Library): boolean {
  return Object.values(kinds).some(({ calls }) => Object.values(calls ?? {}).some(({ bulk }) => bulk));
}

/** A parameter of a function, or the name that is taken out of it, whose value a query writes. */
export type Given = { parameter: ParameterDeclaration; name: string | undefined };

/** Which parameters of the function around say what an update writes: its caller knows whether each row gets another value. */
export function writtenFrom(node: CallExpression, operations: readonly Operation[]): Given[] {
  const writing = operations.find((operation) => operation.call.verb === 'write');
  if (!writing?.link || !updates.test(writing.name)) return [];
  const values = writing.given === writing.at ? valuesWritten(node) : valuesAmong(argumentsOf(writing.given));
  const found: Given[] = [];
  const visit = (each: Node): void => {
    if (ts.isIdentifier(each) && !isOnlyName(each)) {
      const declared = declarationOf(each);
      const holder = declared?.kind === 'binding' ? declared.node.parent.parent : declared?.kind === 'parameter' ? declared.node : undefined;
      if (holder && ts.isParameter(holder)) found.push({ parameter: holder, name: declared?.kind === 'binding' ? nameText(declared.node.propertyName ?? declared.node.name) : undefined });
    }
    ts.forEachChild(each, visit);
  };
  if (values) visit(values);
  return found;
}

/** True for a call that gives a function other values to write for each element of the loop around. */
export function givesOthers(call: CallExpression, given: readonly Given[]): boolean {
  return given.some(({ parameter, name }) => {
    const fn = parameter.parent;
    const written = argument(call, (fn.parameters as readonly Node[]).indexOf(parameter));
    const value = written && name !== undefined && ts.isObjectLiteralExpression(written) ? propertyValue(written, name) : written;
    return value !== undefined && mentionsElement(value, call);
  });
}

/** What an update writes: Prisma's `data`, the values of `set(…)`, the operators of a document database, the first object of the others. */
function valuesWritten(node: CallExpression): Expression | undefined {
  const { links } = chainOf(node);
  const set = links.find((link) => link.call && link.name === 'set')?.call;
  if (set) return set.arguments[0];
  const updating = links.findLast((link) => link.call && updates.test(link.name))?.call;
  return updating && valuesAmong(updating.arguments);
}

function valuesAmong(given: readonly Expression[]): Expression | undefined {
  const objects = given.map((each) => bare(each)).filter((each): each is ObjectLiteralExpression => ts.isObjectLiteralExpression(each));
  for (const object of objects) {
    const data = propertyValue(object, 'data') ?? (hasOperators(object) ? object : undefined);
    if (data) return data;
  }
  // `update({ status }, { where: { id } })` of Sequelize, `.update({ status })` of Knex and Supabase, `update(id, { status })` of TypeORM.
  return objects.find((each) => !propertyValue(each, 'where'));
}

/** `{ $set: …, $inc: … }`: what a document database changes; `$or` and its kind belong to filters. */
function hasOperators(object: ObjectLiteralExpression): boolean {
  return object.properties.some((property) => property.name && /^\$(?!(?:and|or|nor|expr|text|where|comment)$)/.test(nameText(property.name) ?? ''));
}

/** Every round of the loop right around asks another table, as it goes over tables and not over rows. */
export function isOfEachTable(node: CallExpression, operations: readonly Operation[]): boolean {
  const table = writtenTable(operations);
  const loop = loopOf(node);
  return table !== undefined && loop !== undefined && (ts.isIdentifier(table) || memberAccess(table) !== undefined) && mentionsElement(table, node, (home) => home === loop);
}

/**
 * Every round of the loop right around asks another database, as it goes over clients, shards or regions: what the query hangs on is itself
 * what the loop gives. A row that queries is no such thing: `user.getPosts()`.
 */
export function isOfEachClient(node: CallExpression, { handle }: Operation): boolean {
  const { root, links } = chainOf(node);
  // `prisma[name].count()`: the element chooses the model.
  const chosen = ts.isElementAccessExpression(root) ? root.argumentExpression : root;
  if ((chosen === root && !ts.isIdentifier(root)) || links.length === 0 || !isShared.test(handle.kind)) return false;
  const loop = roundAround(node);
  return loop !== undefined && mentionsElement(chosen, node, (home) => home === loop);
}

/**
 * `for (const { redis, keys } of groups) await clear(redis, keys)`: every round gives another client to the function that is called, or what it gets
 * itself one by.
 */
export function givesEachClient(call: CallExpression, fn: FunctionBody | undefined, scene: Scene): boolean {
  const loop = roundAround(call);
  if (!loop) return false;
  // `new InvoiceDao(db).open()`
  const maker = memberAccess(bare(call.expression));
  const made = maker && bare(maker.of);
  const among = made && (ts.isNewExpression(made) || ts.isCallExpression(made)) ? [...call.arguments, ...(made.arguments ?? [])] : call.arguments;
  const given = among.flatMap((each) => {
    const node = bare(each);
    if (!ts.isObjectLiteralExpression(node)) return [node];
    return node.properties.flatMap((property) => (ts.isShorthandPropertyAssignment(property) ? property.name : ts.isPropertyAssignment(property) ? bare(property.initializer) : []));
  });
  // `context.db` of each element may well be the same one.
  if (given.some((each) => ts.isIdentifier(each) && isClient(each, scene) && mentionsElement(each, call, (home) => home === loop))) return true;
  if (!fn) return false;
  const by = scene.remember(ofOpened, fn, () => opensClientBy(fn), new Set<number>());
  return by.size > 0 && call.arguments.some((each, at) => by.has(at) && mentionsElement(bare(each), call, (home) => home === loop));
}

const ofOpened = Symbol('parameters by which a function gets itself a client');
const clients = /^(?:\w*(?:[pP]ool|[dD]ata[sS]ource|[kK]nex|[pP]risma|[dD]atabase)|db|(?:tenant|shard|org|region|site)_?(?:[dD]b|DB|Conn(?:ection)?)|conn|mongo)$/;

/** `const pool = tenants.pool(name)`: the parameters by which a function gets itself a client, which it then asks. */
function opensClientBy(fn: FunctionBody): Set<number> {
  const found = new Set<number>();
  if (!fn.body) return found;
  for (const { name, initializer } of nodesWithin(fn.body, ts.isVariableDeclaration)) {
    const made = initializer && bare(initializer);
    if (!made || !ts.isCallExpression(made) || !ts.isIdentifier(name) || !clients.test(name.text) || asksForRow.test(calleeName(made) ?? '')) continue;
    const given = made.arguments.flatMap((each) => (ts.isIdentifier(bare(each)) ? [(bare(each) as Identifier).text] : []));
    for (const [index, parameter] of fn.parameters.entries()) if (ts.isIdentifier(parameter.name) && given.includes(parameter.name.text)) found.add(index);
  }
  return found;
}

/** Names of what gives a row, which may well be called like a client. */
const asksForRow = /^(?:find|load|fetch|select|query|read|search|lookup|retrieve)/i;

/** By what it is, or by a name that nobody gives to a row: a `client` may be a customer. */
function isClient(node: Identifier, scene: Scene): boolean {
  const byName = /redis|^db|Db$|database|prisma|knex|pool$|connection$|dataSource|mongo/i.test(node.text) ? handleByName(node, scene) : [];
  return [handleOf(node, scene) ?? [], byName].flat().some(({ kind }) => isShared.test(kind) && kind !== 'model' && kind !== 'repository');
}

/** The loop right around a node, whatever runs its callbacks: `for (…) await withRetry(() => redis.get(key))`. */
function roundAround(node: Node): Node | undefined {
  for (let up = node.parent; up; up = up.parent) {
    if (ts.isIterationStatement(up, false) || ((ts.isArrowFunction(up) || ts.isFunctionExpression(up)) && isRoundOf(up))) return up;
    if (ts.isFunctionLike(up) && !ts.isArrowFunction(up) && !ts.isFunctionExpression(up)) return undefined;
  }
  return undefined;
}

/** Kinds of thing that stand for a database or one of its tables, whichever rows are asked for. */
const isShared = /^(?:client|connection|database|pool|orm|em|manager|driver|model|repository)$/;

/** False for a function that is run once, such as the body of a transaction. */
function isRoundOf(loop: Node): boolean {
  return ts.isIterationStatement(loop, false) || (ts.isCallExpression(loop.parent) && /^(?:map|forEach|flatMap|filter|some|every)/.test(calleeName(loop.parent) ?? ''));
}

/** True when an expression uses a name that is born in the loop around the call. */
function mentionsElement(values: Expression, call: Node, isMeant = (home: Node): boolean => isWithin(call, home)): boolean {
  let mentions = false;
  const visit = (node: Node): void => {
    if (ts.isIdentifier(node) && !isOnlyName(node)) {
      const declared = declarationOf(node);
      const home = declared && declared.kind !== 'import' ? loopOf(declared.node) : undefined;
      if (home && isMeant(home)) mentions = true;
    }
    if (!mentions) ts.forEachChild(node, visit);
  };
  visit(values);
  return mentions;
}

/** The loop or inner function that a declaration belongs to. */
function loopOf(declaration: Node): Node | undefined {
  for (let up = declaration.parent; up; up = up.parent) {
    if (ts.isIterationStatement(up, false)) return up;
    if (ts.isArrowFunction(up) || ts.isFunctionExpression(up)) return ts.isCallExpression(up.parent) ? up : undefined;
    if (ts.isFunctionLike(up)) return undefined;
  }
  return undefined;
}
