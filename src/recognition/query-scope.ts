import { ts, type CallExpression, type Expression, type Identifier, type NewExpression, type Node } from '../code/compiler.ts';
import { declarationOf } from '../code/scope.ts';
import type { Scene } from '../code/scene.ts';
import { argument, bare, calleeName, isWithin, lastName, memberAccess, nameText, propertyValue } from '../code/syntax.ts';
import type { Library } from '../libraries/library.ts';
import { columnsBuilt, conjunctions, hidesOptions, joinsObjects, listOf, literalGivenBy, literalOf, optionsAt, partsOfSpread, stagesOf } from './query-arguments.ts';
import { isOwnCall, operationsOf, type Operation } from './query-chain.ts';
import { isTextual, plainText } from './query-text.ts';
import { lastPart, scopeOfKeys } from './sql-text.ts';

/** How far filters reach: everything, one tenant, the children of one parent, or not to be seen. */
export type Scope = 'none' | 'tenant' | 'parent' | 'hidden';

/** How far the filters of a chain reach; `hidden` where what can be seen of them names neither a parent nor a tenant, and more of them cannot be seen. */
export function scopeOf(operations: readonly Operation[], library: Library, scene: Scene, depth = 0): Scope | undefined {
  const keys: string[] = [];
  let hidden = false;
  const run = operations.findLast(({ maybe }) => !maybe);
  for (const operation of operations) {
    const { call, given, unseen } = operation;
    if (ts.isTaggedTemplateExpression(given) || !holdsAlways(operation, run)) continue;
    const written = given.arguments ?? [];
    if (unseen && unseen.length > 0) hidden = true;
    const inner = call.table === undefined ? undefined : scopeOfInner(written[call.table], library, scene, depth);
    if (inner === 'parent') return 'parent';
    if (inner === 'tenant') keys.push('tenantId');
    if (inner === 'hidden') hidden = true;
    const options = call.options === undefined ? undefined : optionsAt(given, call.options, scene);
    if (options === 'hidden') hidden = true;
    const filters: (Expression | undefined)[] = [call.filter === undefined ? undefined : written[call.filter]];
    if (options && options !== 'hidden') {
      for (const key of library.options?.filter ?? []) filters.push(propertyValue(options, key));
      if (hidesOptions(options)) hidden = true;
    }
    const list = call.pipeline === undefined || !written[call.pipeline] ? undefined : listOf(bare(written[call.pipeline]!), scene);
    if (list) for (const stage of stagesOf(list, scene)) filters.push(propertyValue(stage, '$match'));
    else if (call.pipeline !== undefined) hidden = true;
    for (const filter of filters) {
      if (!filter) continue;
      if (!collectKeys(bare(filter), keys, scene, 0)) hidden = true;
    }
    if ([call.owner ?? []].flat().some((position) => isOneOwner(written, position, position === call.table))) return 'parent';
    // `.forTenant(id)`, `.ofUser(id)` of a builder of one's own.
    const chosenBy = isOwnCall(operation) && (given.arguments?.length ?? 0) > 0 ? /^(?:for|of|within|belongingTo|ownedBy)_?(?!(?:No)?(?:Key)?(?:Update|Share)$)([A-Z]\w*?)(?:Id)?$/.exec(operation.name)?.[1] : undefined;
    if (chosenBy !== undefined) keys.push(`${chosenBy[0]!.toLowerCase()}${chosenBy.slice(1)}Id`);
    if (call.condition) {
      const column = isEquality(given) ? argument(given, call.condition.column) : undefined;
      if (column && isTextual(column)) keys.push(lastPart(plainText(column)));
      else if (column && ts.isObjectLiteralExpression(column)) collectKeys(column, keys, scene, 0);
      else if (column) hidden = true;
    }
  }
  const scope = scopeOfKeys(keys);
  return scope !== 'parent' && hidden ? 'hidden' : scope;
}

/** False for what is done to a query under a condition, which chooses nothing without it: `if (userId) query.where({ userId })`. */
export function holdsAlways({ at, maybe }: Operation, run: Operation | undefined): boolean {
  return !maybe || !run || !isConditional(at, run.at);
}

/** True for a node in a branch that this other one is not in. */
function isConditional(node: Node, other: Node): boolean {
  for (let inner = node, up = node.parent; up && !isWithin(other, up); inner = up, up = up.parent) {
    if (ts.isIfStatement(up) && inner !== up.expression) return true;
    if (ts.isConditionalExpression(up) && inner !== up.condition) return true;
  }
  return false;
}

/** False for `.where('userId', '!=', id)`, which chooses all the others. */
function isEquality({ arguments: given }: CallExpression | NewExpression): boolean {
  const operator = given && given.length > 2 ? bare(given[1]!) : undefined;
  return !operator || !ts.isStringLiteralLike(operator) || /^(?:=|==|===|in|eq)$/i.test(operator.text);
}

/** Comparisons that leave any number of parents: `{ not: null }`, `{ $exists: false }`, `{ [Op.gt]: id }`. */
const choosesMany = /^(?:\$|Op\.)?(?:not|ne|neq|nin|notIn|isNot|exists|gte?|lte?)$/;
/** The same as calls: `isNotNull(table.parentId)`, `MoreThan(id)`. */
const callsChoosingMany = /^(?:is(?:Not)?Null|ne|neq|not|gte?|lte?|notInArray|MoreThan(?:OrEqual)?|LessThan(?:OrEqual)?)$/i;

/** `...(userId && { userId })`, `...(userId ? { userId } : {})`: without it, nothing of it holds. */
function isOptional(spread: Expression): boolean {
  const node = bare(spread);
  if (ts.isConditionalExpression(node)) return [node.whenTrue, node.whenFalse].some((each) => /^\(*(?:\{\s*\}|undefined|null)\)*$/.test(each.getText()));
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken;
}

/** False for a value that compares in another way than by being equal to something that is there. */
function isOneOfFew(value: Expression): boolean {
  const node = bare(value);
  if (node.kind === ts.SyntaxKind.NullKeyword) return false;
  if (ts.isCallExpression(node)) return !callsChoosingMany.test(calleeName(node) ?? '');
  if (!ts.isObjectLiteralExpression(node) || node.properties.length === 0) return true;
  return !node.properties.every((property) => {
    const name = property.name && (ts.isComputedPropertyName(property.name) ? property.name.expression.getText() : nameText(property.name));
    return name !== undefined && (choosesMany.test(name) || (ts.isPropertyAssignment(property) && property.initializer.kind === ts.SyntaxKind.NullKeyword));
  });
}

/** `from(latest)`, where `latest` is a query with filters of its own. */
function scopeOfInner(table: Expression | undefined, library: Library, scene: Scene, depth: number): Scope | undefined {
  const declared = table && depth < 3 && ts.isIdentifier(table) ? declarationOf(table) : undefined;
  const made = declared?.kind === 'variable' && declared.node.initializer ? bare(declared.node.initializer) : undefined;
  const operations = made && ts.isCallExpression(made) ? operationsOf(made, scene) : [];
  return operations.some(({ call }) => call.verb) ? scopeOf(operations, library, scene, depth + 1) : undefined;
}

/** How far filters reach that stand by themselves. */
export function scopeOfFilters(filters: readonly Expression[], scene: Scene): Scope | undefined {
  const keys: string[] = [];
  const seen = filters.every((filter) => collectKeys(bare(filter), keys, scene, 0));
  const scope = scopeOfKeys(keys);
  return scope === 'none' && !seen ? 'hidden' : scope;
}

/** Of two filters that both hold, how far they reach together. */
export function narrower(one: Scope | undefined, other: Scope | undefined): Scope | undefined {
  for (const scope of ['parent', 'tenant'] as const) if (one === scope || other === scope) return scope;
  return one === 'hidden' || other === 'hidden' ? 'hidden' : 'none';
}

/** `members(key)` reads what belongs to one; a key that is written out is everybody's. A table is one's own where its path says so: `` `users/${id}/orders` ``. */
function isOneOwner(written: readonly Expression[], position: number, isTable: boolean): boolean {
  const owner = written[position] && bare(written[position]);
  return position < 0 || (owner !== undefined && (isTable ? ts.isTemplateExpression(owner) : !ts.isStringLiteralLike(owner)));
}

/** `team: teamFilter(user)`, `envelope: envelopeWhere`: a filter of its own, by its name. */
function standsElsewhere(value: Expression): boolean {
  const name = ts.isCallExpression(value) ? calleeName(value) : ts.isIdentifier(value) ? value.text : undefined;
  return name !== undefined && /where|filter|criteria|conditions?$/i.test(name);
}

function isKnownCondition(name: Identifier, keys: string[], scene: Scene, depth: number): boolean {
  const declared = declarationOf(name);
  const made = declared?.kind === 'variable' && declared.node.initializer ? bare(declared.node.initializer) : undefined;
  return made !== undefined && ts.isCallExpression(made) && collectKeys(made, keys, scene, depth + 1);
}

function isAmongGiven(value: Expression): boolean {
  const node = bare(value);
  return ts.isObjectLiteralExpression(node) && propertyValue(node, 'in') !== undefined;
}

function isObjectIdGiven(property: Node): boolean {
  const declared = ts.isShorthandPropertyAssignment(property) ? declarationOf(property.name) : undefined;
  return declared?.kind === 'parameter' && declared.node.type !== undefined && /\bObjectId\b/.test(declared.node.type.getText());
}

/** Adds the columns that a filter speaks of. False when some of it cannot be seen. */
function collectKeys(filter: Expression, keys: string[], scene: Scene, depth: number): boolean {
  if (depth > 4) return false;
  if (ts.isStringLiteralLike(filter) || ts.isTemplateExpression(filter)) {
    // `tag.id = :tag` of a table that is joined chooses what belongs to that tag.
    for (const [, alias, name] of plainText(filter).matchAll(/(?:([A-Za-z_]\w*)["`]?\.["`]?)?([A-Za-z_]\w*)["`]?\s*(?:=|in\b)/gi)) keys.push(name!.toLowerCase() === 'id' && alias !== undefined ? `${alias}Id` : name!);
    return true;
  }
  if (ts.isCallExpression(filter)) {
    if (joinsObjects(filter)) return filter.arguments.map((each) => collectKeys(bare(each), keys, scene, depth + 1)).every(Boolean);
    // `findBy(ofWorkspace(id))`: a function of the project that makes the filter.
    const made = literalGivenBy(filter, scene);
    if (made) return collectKeys(made, keys, scene, depth + 1);
    if (scene.calledFunction(filter)) return false;
    if (callsChoosingMany.test(calleeName(filter) ?? '')) return true;
    // `omitBy({ userId, type }, isUndefined)`: some of it may be left out.
    const [first] = filter.arguments;
    if (first && ts.isObjectLiteralExpression(bare(first)) && /^(?:omit|pick|clean|strip|remove|without|compact|defined)/i.test(calleeName(filter) ?? '')) {
      collectKeys(bare(first), keys, scene, depth + 1);
      return false;
    }
    let seen = true;
    const joins = /^(?:and|or)$/.test(calleeName(filter) ?? '');
    for (const each of filter.arguments) {
      // `and(...scopeOf(user), unread)`: conditions that stand elsewhere.
      if (ts.isSpreadElement(each)) seen = false;
      const node = bare(each);
      if (joins && ts.isIdentifier(node) && !isKnownCondition(node, keys, scene, depth)) seen = false;
      const access = memberAccess(node);
      if (access) keys.push(access.name);
      else if (ts.isCallExpression(node)) seen = collectKeys(node, keys, scene, depth + 1) && seen;
    }
    return seen;
  }
  if (ts.isArrowFunction(filter)) {
    keys.push(...columnsBuilt(filter.body));
    const body = ts.isBlock(filter.body) ? undefined : bare(filter.body);
    return !body || !ts.isCallExpression(body) || !ts.isIdentifier(body.expression) || collectKeys(body, keys, scene, depth + 1);
  }
  const object = ts.isObjectLiteralExpression(filter) ? filter : literalOf(filter, scene);
  if (!object) return false;
  let seen = true;
  for (const property of object.properties) {
    if (ts.isSpreadAssignment(property)) {
      if (isOptional(property.expression)) continue;
      // A function that gives a part of the filter says what it chooses only where its object can be seen.
      for (const part of partsOfSpread(property.expression)) {
        const given = ts.isCallExpression(part) ? literalGivenBy(part, scene) : part;
        seen = given !== undefined && collectKeys(given, keys, scene, depth + 1) && seen;
      }
      continue;
    }
    const name = property.name && nameText(property.name);
    if (name === undefined) seen = false;
    else if (conjunctions.has(name) && ts.isPropertyAssignment(property)) {
      const value = bare(property.initializer);
      for (const part of ts.isArrayLiteralExpression(value) ? value.elements : [value]) seen = collectKeys(bare(part as Expression), keys, scene, depth + 1) && seen;
    } else if (!ts.isPropertyAssignment(property) || isOneOfFew(property.initializer)) {
      keys.push(lastPart(name));
      // `where: { order: { id } }`, `where: { members: { some: { userId } } }`: a relation's filter counts like the column behind it.
      const value = ts.isPropertyAssignment(property) ? bare(property.initializer) : undefined;
      // `transactionGroup: group`: the rows of one group.
      if (/[a-z](?:Group|Thread|Conversation|Batch)$/.test(name) && value && (ts.isIdentifier(value) || memberAccess(value))) keys.push(`${name}Id`);
      // `author: authorId`, `story: story._id`: a column that is called after what it points to, as documents have them.
      if (value && /(?:[a-z]Id|(?:^|_)id)$/.test(lastName(value) ?? '') && !/id$|^id_/i.test(name)) keys.push(`${name}Id`);
      // `course: request.param('id')`, `{ order }` of `order: Types.ObjectId`.
      if (((value && ts.isCallExpression(value) && value.arguments.length === 1 && ts.isStringLiteralLike(value.arguments[0]!) && /^id$|Id$/.test(value.arguments[0].text)) || isObjectIdGiven(property)) && !/id$|^id_/i.test(name)) keys.push(`${name}Id`);
      // `user: { email: { in: emails } }`: the rows of a list that is given.
      if (value && ts.isObjectLiteralExpression(value) && value.properties.some((each) => ts.isPropertyAssignment(each) && isAmongGiven(each.initializer))) keys.push(`${name}Id`);
      if (value && standsElsewhere(value)) seen = false;
      if (value && ts.isObjectLiteralExpression(value)) {
        if (value.properties.some((each) => each.name && ['id', 'token', 'slug', 'secondaryId'].includes(nameText(each.name) ?? ''))) keys.push(`${name}Id`);
        seen = collectKeys(value, keys, scene, depth + 1) && seen;
      }
    }
  }
  return seen;
}
