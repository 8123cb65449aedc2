import { ts, type CallExpression, type Expression, type FunctionBody, type Node, type Statement, type VariableDeclaration } from '../code/compiler.ts';
import { assignedInConstructor } from '../code/members.ts';
import { assignmentsTo, declarationOf } from '../code/scope.ts';
import type { Scene } from '../code/scene.ts';
import { argument, bare, calleeName, enclosingFunction, escaped, hasHiddenProperties, inOneLine, isFunctionBody, isWithin, memberAccess, nameText, nodesWithin, propertyValue, returnedExpressions, stepAt, withoutTypes, wrapped } from '../code/syntax.ts';
import { branchesForOne, leavingBranches } from '../recognition/branches-apart.ts';
import { keepsFirstFound } from '../recognition/first-found.ts';
import { givenToHelper } from '../recognition/loops-of-helpers.ts';
import { holdsKinds, isFixedList, mostConstants } from '../recognition/kinds-by-type.ts';
import { walksLevels } from '../recognition/levels.ts';
import { parentInPublication } from '../recognition/publications.ts';
import { isFilledByRegistering, isRegistry } from '../recognition/registered.ts';
import { resolverOf } from '../recognition/resolver.ts';
import { runsStatements } from '../recognition/script-statements.ts';
import { usesOf } from '../recognition/variable-uses.ts';
import type { CodeWord, Recognition } from './word.ts';

type Iteration = {
  /** What the loop goes over. Only `data` grows with the business. */
  over: 'data' | 'levels' | 'constant' | 'chunks' | 'pages' | 'attempts' | 'events';
  item: string;
  list: string;
};

export const iteration: CodeWord<Iteration> = {
  name: 'iteration',
  summary: 'code that runs once per element of something',
  sees: 'for, for…of, for…in, for await, while; array callbacks (map, forEach, flatMap, filter, some, every, reduce), also inside Promise.all; Promise.map and friends of bluebird, the async package, p-map, lodash; helpers of the project that call what they are given in a loop; field resolvers of GraphQL; the children of Meteor\'s composite publications; what TypeORM runs after each row that is loaded; functions that call themselves with what they have just loaded, level by level',
  blindTo: 'other recursion; operators of RxJS that stand alone; loops of a library it does not know',
  reads: 'code',
  attributes: {
    over: { means: 'what it goes over: rows of data, levels of a tree from one row to the next, a list written out in the code (or what is as short, such as the tools that a model calls), chunks, pages, attempts, or events as they happen', values: ['data', 'levels', 'constant', 'chunks', 'pages', 'attempts', 'events'] },
    item: { means: 'the name of one element' },
    list: { means: 'what is gone through, as a phrase' },
  },
  kinds: () => [
    ts.SyntaxKind.ForStatement, ts.SyntaxKind.ForOfStatement, ts.SyntaxKind.ForInStatement, ts.SyntaxKind.WhileStatement, ts.SyntaxKind.DoStatement,
    ts.SyntaxKind.CallExpression, ts.SyntaxKind.MethodDeclaration, ts.SyntaxKind.ArrowFunction, ts.SyntaxKind.FunctionExpression,
    ts.SyntaxKind.FunctionDeclaration,
  ],
  recognise(node, scene) {
    if (!isFunctionBody(node)) return roundsOf(node, scene) ?? (ts.isCallExpression(node) ? byHelper(node, scene) : undefined);
    return perParent(node, scene) ?? perPublished(node) ?? perLoaded(node) ?? perLevel(node, scene);
  },
};

/** The rounds of a loop, or of a call that is known to make some. */
function roundsOf(node: Node, scene: Scene): Recognition<Iteration> | undefined {
  if (ts.isForOfStatement(node) || ts.isForInStatement(node)) return overList(node, node.expression, nameOfInitializer(node.initializer), scene, node.statement);
  if (ts.isForStatement(node)) return counting(node, scene);
  if (ts.isWhileStatement(node) || ts.isDoStatement(node)) return whileLoop(node);
  return ts.isCallExpression(node) ? withCallback(node, scene) : undefined;
}

function overList(node: Node, list: Expression, item: string, scene: Scene, body: Statement): Recognition<Iteration> {
  return {
    attributes: { over: kindOfRounds(node, list, item, scene, body), item, list: inOneLine(bare(list)) },
    extent: [body],
    except: [...leavingBranches(body, item), ...branchesForOne(item, body)],
    evidence: [stepAt(node)],
  };
}

function kindOfRounds(node: Node, list: Expression, item: string, scene: Scene, body: Statement): Iteration['over'] {
  if (isList(item, body)) return 'chunks';
  if (isCounterOnly(item, body) || isTryingOut(list, body) || keepsFirstFound(body)) return 'attempts';
  if ((ts.isForInStatement(node) && isFixedObject(list, scene)) || runsStatements(list, item, body)) return 'constant';
  return (ts.isForOfStatement(node) && node.awaitModifier && isEvents(list)) || isMessages(list, item, body) ? 'events' : kindOfList(list, nameOfPiece(item, body), scene);
}

/** `for await (const event of streamEvents(session))`: each is worked on when it comes, and the next is not known yet. */
function isEvents(list: Expression): boolean {
  const node = bare(list);
  const name = ts.isCallExpression(node) ? (calleeName(node) ?? '') : ts.isIdentifier(node) ? node.text : (memberAccess(node)?.name ?? '');
  return /events$|^(?:on|once|watch|listen|subscribe|consume)(?=[A-Z]|$)|(?:subscription|listener|watcher|consumer|websocket|socket)s?$/i.test(name);
}

/** `event.Records` of which the `body` is read: the few messages that SQS or SNS hand to a function, each of which is done, or tried again, by itself. */
function isMessages(list: Expression, item: string, body: Node): boolean {
  return memberAccess(bare(list))?.name === 'Records' && hasMember(item, '\\.(?:body|messageId|receiptHandle|Sns)\\b', body);
}

/** The name of an element that may say it is a piece of a list; none for what is plainly one row. */
function nameOfPiece(item: string, body: Node | undefined): string {
  return body && isOneRow(item, body) ? '' : item;
}

/** True where the element is itself gone through as a list: `for (const rows of parts) insert(rows.map(toRow))`. What is asked for each of it is a loop of its own. */
function isList(item: string, body: Node): boolean {
  return hasMember(item, '\\.(?:map|flatMap|reduce|forEach|every|some)\\s*\\(', body);
}

/** `chunk.pageContent`, `page.id`: a piece of text or a page of a site, which is a row like any other, and not a piece of a list. */
function isOneRow(item: string, body: Node): boolean {
  return hasMember(item, '\\??\\.(?:_?id|uuid|\\w+Id|\\w*[nN]ame|title|slug|url|path|hash|status|type|kind|\\w*[tT]ext|\\w*[cC]ontent|metadata|embedding|vector|createdAt)(?![\\w$(])', body) || hasMember(item, '\\??\\.(?:(?:save|remove|destroy|delete|archive|reload|populate|toObject|toJSON)\\(|\\w+\\s*=(?!=))', body);
}

/** True where a member of the element that fits a pattern is mentioned. */
function hasMember(item: string, pattern: string, body: Node): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(item) && new RegExp(`(?<![\\w$.])${escaped(item)}\\s*${pattern}`).test(body.getText());
}

/** `for (const _ of rounds)`: nobody looks at the element, so the list only says how many rounds there are at most. */
function isCounterOnly(item: string, body: Statement): boolean {
  return /^_+\w*$/.test(item) && !new RegExp(`(?<![\\w$.])${item}(?![\\w$])`).test(body.getText());
}

/** `for (const email of candidatesFor(user))` with a way out: the next one is tried only where the one before would not do. */
function isTryingOut(list: Expression, body: Statement): boolean {
  const node = bare(list);
  const name = ts.isIdentifier(node) ? node.text : ts.isCallExpression(node) ? (calleeName(node) ?? '') : (memberAccess(node)?.name ?? '');
  return /candidates?(?=$|[A-Z])|fallbacks$|alternatives$|spellings$/i.test(name) && leavingBranches(body).length > 0;
}

/** Names of a loop variable that say "a piece of the list" rather than "an element". */
const pieces = /^(?:chunk|batch|slice|page|window|partition|bucket)(?:ed|es|s|Ids|Of\w+)?$|(?:Chunk|Batch|Page|Slice)$/;
/** What cuts a list into pieces, or a time into spans. */
const cutters = /chunk|batch|slices?Of|splitInto|inGroups|partition|windowed|paginate|eachPage|cursorPages|buckets|(?:date|time|day|week|month)(?:range|window|interval)s|each(?:day|week|month|hour)ofinterval/i;

function kindOfList(list: Expression, item: string, scene: Scene, depth = 0): Iteration['over'] {
  if (pieces.test(item)) return 'chunks';
  const node = bare(list);
  if (isWrittenOut(node, scene) || isSetting(node) || isOfEnum(node, scene) || holdsKinds(node, scene) || isFilledByRegistering(node, scene)) return 'constant';
  // `for await (const _ of setInterval(500))`: the clock makes the rounds.
  if (ts.isCallExpression(node) && /^(?:setInterval|interval)$/.test(calleeName(node) ?? '')) return 'attempts';
  // `plugins ?? []`: the list, or nothing.
  if (ts.isBinaryExpression(node) && /^(?:\?\?|\|\|)$/.test(node.operatorToken.getText()) && isEmptyList(node.right) && depth < 6) return kindOfList(node.left, item, scene, depth + 1);
  const [only, ...others] = ts.isArrayLiteralExpression(node) ? node.elements : [];
  if (only && others.length === 0 && ts.isSpreadElement(only) && depth < 6) return kindOfList(only.expression, item, scene, depth + 1);
  if (ts.isConditionalExpression(node)) return [node.whenTrue, node.whenFalse].every((each) => kindOfList(each, item, scene, depth + 1) === 'constant') ? 'constant' : 'data';
  const size = sizeOf(node);
  if (size) return isSmallNumber(bare(size), scene) || isCapacity(bare(size)) ? 'constant' : 'data';
  if (ts.isCallExpression(node)) {
    const name = calleeName(node) ?? '';
    // What is waited for has loaded what it gives: `await loadPaginated(query)` gives the rows of all pages.
    if (cutters.test(name) && !isAwaited(list)) return 'chunks';
    const access = memberAccess(bare(node.expression));
    if (access && /^(?:Object)$/.test(inOneLine(access.of, 20)) && /^(?:keys|values|entries)$/.test(access.name)) {
      const object = argument(node, 0);
      return object && (isFixedObject(object, scene) || isTable(bare(object), scene) || isSetting(object) || holdsKinds(bare(object), scene) || isFilledByRegistering(bare(object), scene)) ? 'constant' : 'data';
    }
    // `pinned.slice(0, 3)`, `take(pinned, 3)`
    const [first, second] = node.arguments;
    if (second && ((name === 'slice' && inOneLine(first!, 10) === '0') || name === 'take') && isSmallNumber(bare(second), scene, fewRounds)) return 'constant';
    if (access && listPreserving.has(access.name) && depth < 6) return kindOfList(access.of, item, scene, depth + 1);
    if (access && node.arguments.length === 0 && isRegistry(bare(access.of)) && !isAwaited(list)) return 'constant';
    if (name === 'toSQL' || isOfKinds(node)) return 'constant';
    if (ts.isIdentifier(bare(node.expression)) && name === 'range') return 'data';
    // `endpointsFor(options)` of a function that gives `ENDPOINTS.filter(…)`.
    const given = depth < 3 && !isAwaited(list) ? scene.calledFunction(node) : undefined;
    if (given && cutsPieces(given)) return 'chunks';
    // Nothing is as short as can be, and says nothing of what else is given.
    const results = given ? returnedExpressions(given).filter((each) => !isEmptyList(each)) : [];
    return results.length > 0 && results.every((each) => kindOfList(each, item, scene, depth + 2) === 'constant') ? 'constant' : 'data';
  }
  const held = depth < 6 ? heldBy(node, scene) : undefined;
  if (held) return kindOfList(held, item, scene, depth + 1);
  if (ts.isIdentifier(node) && depth < 6) {
    const declared = declarationOf(node);
    if (declared?.kind === 'variable' && declared.node.initializer && assignmentsTo(node.text, declared.node).length === 0) {
      const initializer = bare(declared.node.initializer);
      // A list that starts empty is filled somewhere.
      if (isEmptyList(initializer)) return isFilledByHand(declared.node, scene) ? 'constant' : 'data';
      if (heldBy(initializer, scene) && !isAddedTo(declared.node)) return kindOfList(initializer, item, scene, depth + 1);
      if (ts.isCallExpression(initializer) || ts.isConditionalExpression(initializer) || memberAccess(initializer)) return kindOfList(declared.node.initializer, item, scene, depth + 1);
    }
  }
  return 'data';
}

function isEmptyList(expression: Expression): boolean {
  const node = bare(expression);
  return ts.isArrayLiteralExpression(node) && node.elements.length === 0;
}

/** `seen.add(id)` of `const seen = new Set(first)`. */
function isAddedTo(variable: VariableDeclaration): boolean {
  return usesOf(variable).some((use) => memberAccess(use.parent)?.of === use && /^(?:add|set)$/.test(memberAccess(use.parent)!.name));
}

/** What is given a list and only looks at it. */
const readers = /^(?:all|allSettled|values|entries|from|p?[mM]ap|each|forEach\w*|Set|log|stringify|json)$/;

/** `const kinds = []; kinds.push('open'); if (old) kinds.push('closed');`: filled where it stands, and in no loop but one over what is short itself. */
function isFilledByHand(variable: VariableDeclaration, scene: Scene): boolean {
  const home = enclosingFunction(variable);
  if (!home || !ts.isIdentifier(variable.name)) return false;
  let pushed = 0;
  for (const use of usesOf(variable)) {
    const { parent } = use;
    const access = memberAccess(parent);
    const call = access?.of === use && ts.isCallExpression(parent.parent) && parent.parent.expression === parent ? parent.parent : undefined;
    if (call && /^(?:push|unshift)$/.test(access!.name)) {
      if (call.arguments.some((each) => ts.isSpreadElement(each)) || !isDoneFewTimes(call, home, scene)) return false;
      pushed += call.arguments.length;
    } else if (call && /^(?:splice|fill|concat)$/.test(access!.name)) return false;
    else if (ts.isCallExpression(parent) && parent.expression !== use && !readers.test(calleeName(parent) ?? '')) return false;
    else if (ts.isBinaryExpression(parent) && parent.left === use) return false;
  }
  return pushed > 0 && pushed <= mostConstants;
}

/** False for what stands in a loop over data, or in what is called for each of it. */
function isDoneFewTimes(node: Node, home: Node, scene: Scene): boolean {
  for (let up = node.parent; up && up !== home; up = up.parent) {
    if (ts.isIterationStatement(up, false) && !(ts.isForOfStatement(up) && isConstant(up.expression, scene))) return false;
    if (!isFunctionBody(up)) continue;
    const call = wrapped(up).parent;
    const access = call && ts.isCallExpression(call) ? memberAccess(bare(call.expression)) : undefined;
    if (!access || !methods.has(access.name) || !isConstant(access.of, scene)) return false;
  }
  return true;
}

function isConstant(list: Expression, scene: Scene): boolean {
  return kindOfList(list, '', scene, 3) === 'constant';
}

/** `parts.push(rows.slice(i, i + size))`, `yield rows.splice(0, size)`: a function that gives pieces of the list that it is given. */
function cutsPieces(fn: FunctionBody): boolean {
  const [list] = fn.parameters;
  if (!list || !ts.isIdentifier(list.name) || /^(?:string|Buffer)$/.test(list.type?.getText() ?? '')) return false;
  const cut = `(?:push\\(|yield)\\s*${escaped(list.name.text)}\\.(?:slice\\(\\s*(\\w+)\\s*,\\s*\\1\\s*\\+|splice\\(\\s*0\\s*,)`;
  return new RegExp(`(?<![\\w$.])(?:[\\w$]+\\.)?${cut}`).test(fn.getText());
}

/** `config.plugins` of `new Map(config.plugins.map((each) => [each.name, each]))`, also where a class keeps the map. */
function heldBy(node: Expression, scene: Scene): Expression | undefined {
  const access = memberAccess(node);
  const self = access?.of.kind === ts.SyntaxKind.ThisKeyword ? scene.valueOf(access.of) : undefined;
  if (self?.kind === 'instance' && new RegExp(`\\.${escaped(access!.name)}\\??\\.(?:add|set|push)\\(`).test(self.node.getText())) return undefined;
  const made = self?.kind === 'instance' ? assignedInConstructor(self.node, access!.name) : node;
  return made && ts.isNewExpression(made) && /^(?:Map|Set)$/.test(inOneLine(made.expression, 10)) && made.arguments?.length === 1 ? made.arguments[0] : undefined;
}

/** `prisma.group.groupBy({ by: ['plan'] })`: a group for each kind, which are few. By an id there is one for each of many rows. */
function isOfKinds(call: CallExpression): boolean {
  const options = calleeName(call) === 'groupBy' && call.arguments.length === 1 ? bare(call.arguments[0]!) : undefined;
  const by = options && ts.isObjectLiteralExpression(options) ? propertyValue(options, 'by') : undefined;
  const columns = by && ts.isArrayLiteralExpression(bare(by)) ? [...(bare(by) as import('ts-morph').ts.ArrayLiteralExpression).elements] : by ? [by] : [];
  return columns.length > 0 && columns.every((each) => ts.isStringLiteralLike(bare(each)) && !/id$|email|name|key|url|date|time|at$/i.test((bare(each) as { text?: string }).text!));
}

function isAwaited(expression: Expression): boolean {
  return ts.isAwaitExpression(withoutTypes(expression));
}

/** `SUPPORTED_METRICS`, `payload.config.collections`: what somebody wrote down once, and does not grow with the business; `message.tool_calls`. */
function isSetting(node: Expression): boolean {
  const access = memberAccess(node);
  const name = ts.isIdentifier(node) ? node.text : access?.name;
  const isConstant = ts.isIdentifier(node) && /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(node.text);
  return isConstant || (name !== undefined && /^tool_?calls$/i.test(name)) || (name !== undefined && /^default[A-Z]\w*s$/.test(name)) || (name !== undefined && /(?:^c|[a-z]C)onfig(?:uration)?$|^cfg$/.test(name)) || (access !== undefined && isSchema(bare(access.of))) || (access !== undefined && isSetting(bare(access.of)));
}

/** `schema` of `schema.fields`, `tableSchema` of `tableSchema.columns`. */
function isSchema(node: Expression): boolean {
  return /(?:^s|[a-z]S)chema$/.test(ts.isIdentifier(node) ? node.text : (memberAccess(node)?.name ?? ''));
}

/** `this.options.workerCount`, `shardCount`, `concurrency`: how much somebody set up, not how much there is. */
function isCapacity(node: Expression): boolean {
  const access = memberAccess(node);
  const name = ts.isIdentifier(node) ? node.text : (access?.name ?? '');
  return /(?:shard|worker|consumer|thread|replica|slot)s?(?:Count|Number)?$|concurrency$|parallelism$/i.test(name) || (access !== undefined && isSetting(bare(access.of)));
}

/** How many rounds a list of nothing is made for: `{ length: 3 }` of `Array.from`, `Array(3)`, `new Array(3)`. */
function sizeOf(node: Expression): Expression | undefined {
  if (ts.isObjectLiteralExpression(node)) return propertyValue(node, 'length');
  const isArray = (ts.isCallExpression(node) || ts.isNewExpression(node)) && ts.isIdentifier(node.expression) && node.expression.text === 'Array';
  return isArray && node.arguments?.length === 1 ? node.arguments[0] : undefined;
}

const listPreserving = new Set(['fill', 'filter', 'map', 'sort', 'reverse', 'slice', 'concat', 'entries', 'values', 'keys', 'toSorted', 'toReversed']);

/** `z.enum(['api', 'job']).options`, `pgEnum('kind', […]).enumValues`: kinds that the code itself lists. */
function isOfEnum(node: Expression, scene: Scene): boolean {
  const access = memberAccess(node);
  if (!access || !/^(?:options|enumValues|enum|Enum|Values)$/.test(access.name)) return false;
  const made = scene.valueOf(access.of);
  return made.kind === 'result' && /enum$/i.test(calleeName(made.node) ?? '');
}

/** `Object.values(ModelAdapters)`: a table that a module keeps under a name of its own. */
function isTable(node: Expression, scene: Scene): boolean {
  if (!ts.isIdentifier(node) || !/^[A-Z]/.test(node.text)) return false;
  const value = scene.valueOf(node);
  return value.kind === 'object' && value.node.properties.length > 0 && !new RegExp(`\\b${node.text}\\[[^\\]\\n]{1,80}\\]\\s*=(?!=)|\\bdelete\\s+${node.text}\\[`).test(value.node.getSourceFile().text);
}

/** A list literal of the code itself, in place or in a constant. */
function isWrittenOut(node: Expression, scene: Scene): boolean {
  const value = ts.isArrayLiteralExpression(node) ? { kind: 'array' as const, node } : scene.valueOf(node);
  if (value.kind === 'enum') return true;
  if (value.kind !== 'array') return false;
  return (value.node === node || isKept(value.node, node)) && isFixedList(value.node);
}

/** True for a literal that is a constant in sight of its use: of this function or of a module, and not filled later (`ids.push(id)`). */
function isKept(literal: Node, use: Node): boolean {
  const { parent } = wrapped(literal);
  const home = enclosingFunction(literal);
  if (home && !isWithin(use, home)) return false;
  if (ts.isVariableDeclaration(parent)) return !ts.isIdentifier(parent.name) || !isPushedTo(parent.name.text, parent);
  return ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent) || ts.isExportAssignment(parent);
}

const pushedIn = new WeakMap<Node, Set<string>>();

function isPushedTo(name: string, declaration: Node): boolean {
  const file = declaration.getSourceFile();
  let pushed = pushedIn.get(file);
  if (!pushed) {
    pushed = new Set([...file.text.matchAll(/\b(\w+)\s*\.\s*(?:push|unshift|splice)\s*\(/g)].map((match) => match[1]!));
    pushedIn.set(file, pushed);
  }
  return pushed.has(name);
}

function isFixedObject(node: Expression, scene: Scene): boolean {
  const value = scene.valueOf(node);
  if (value.kind === 'enum') return true;
  return value.kind === 'object' && value.node.properties.length > 0 && !hasHiddenProperties(value.node);
}

function nameOfInitializer(initializer: Node): string {
  if (ts.isVariableDeclarationList(initializer)) return initializer.declarations[0] ? inOneLine(initializer.declarations[0].name, 40) : 'element';
  return inOneLine(initializer, 40);
}

/** `for (let i = 0; i < n; i++)`. */
function counting(node: import('ts-morph').ts.ForStatement, scene: Scene): Recognition<Iteration> {
  const item = node.initializer ? nameOfInitializer(node.initializer) : 'round';
  const condition = node.condition ? inOneLine(node.condition, 200) : '';
  // `i < list.length`, or counting down or up to a length that the head keeps: `let i = list.length - 1`, `n = list.length`.
  const list = measuredList(condition) ?? (node.initializer && measuredList(inOneLine(node.initializer, 200)));
  return {
    attributes: { over: kindOfCount(node, condition, list, scene), item: list === undefined ? item : `${list.slice(list.lastIndexOf('.') + 1)}[${item}]`, list: list ?? (condition === '' ? 'an endless loop' : condition) },
    extent: [node.statement],
    except: leavingBranches(node.statement),
    evidence: [stepAt(node)],
  };
}

/** The list whose length a text speaks of. */
function measuredList(text: string): string | undefined {
  return /([\w.$]+)\.(?:length|size)\b/.exec(text)?.[1];
}

/** Steps from day to day: `day.setUTCDate(day.getUTCDate() + 1)`, `day = addDays(day, 1)`. Each round is a span of time. */
const spans = /\.set(?:UTC)?(?:Date|Month|FullYear|Hours)\(|\badd(?:Days|Weeks|Months|Hours)\(|\.(?:add|plus)\(\s*(?:1\s*,\s*['"]|\{)/;
const tries = /attempt|retr(?:y|ies)|\btries\b|maxTries/i;
const pagesBy = /page|batch|chunk|cursor|offset|hasMore|hasNext|after|skip/i;
/** Names of lists that hold pieces: `batches` of `for (let i = 0; i < batches.length; i++)`. */
const listsOfPieces = /(?:chunk|batch|slice|page)(?:e?s|ed\w*)$/i;

function kindOfCount(node: import('ts-morph').ts.ForStatement, condition: string, list: string | undefined, scene: Scene): Iteration['over'] {
  const step = node.incrementor ? inOneLine(node.incrementor, 80) : '';
  if (tries.test(condition)) return 'attempts';
  if (/[+-]=(?!\s*1\b)/.test(step) || spans.test(step)) return 'chunks';
  // `for (let i = 0; !page || page.size > 0; i++)`: rounds until there is no next page.
  if (!isCountedIn(node, condition) && asksForNextPage.test(node.statement.getText())) return 'pages';
  // `page <= Math.ceil(items.length / size)`: a portion a round.
  if (/\.(?:length|size)\s*\/\s*[\w.]+/.test(condition)) return 'chunks';
  if (list !== undefined) return listsOfPieces.test(list) ? 'chunks' : 'data';
  if (condition === '' || pagesBy.test(condition)) return 'pages';
  if (leavesAtEnd(node.statement)) return 'attempts';
  const limit = node.condition && ts.isBinaryExpression(node.condition) ? rounds(node, node.condition) : undefined;
  if (limit && (isSmallNumber(limit, scene) || isCapacity(limit))) return 'constant';
  return 'data';
}

const asksForNextPage = /\b(?:startAfter|skip|offset|cursor|pageToken|nextToken|ExclusiveStartKey)\b/;

/** True where the condition looks at the counter. */
function isCountedIn(node: import('ts-morph').ts.ForStatement, condition: string): boolean {
  const counter = node.initializer ? /^\w+/.exec(nameOfInitializer(node.initializer))?.[0] : undefined;
  return counter === undefined || new RegExp(`\\b${counter}\\b`).test(condition);
}

/** `for (let i = 1; i < 1000; i++) { … if (!taken) return name; }`: one number after the other is tried, until one will do. */
function leavesAtEnd(body: Statement): boolean {
  const last = ts.isBlock(body) ? body.statements.at(-1) : body;
  if (!last || !ts.isIfStatement(last) || last.elseStatement) return false;
  const end = ts.isBlock(last.thenStatement) ? last.thenStatement.statements.at(-1) : last.thenStatement;
  return end !== undefined && (ts.isReturnStatement(end) || ts.isBreakStatement(end));
}

/** What says how many rounds there are: where it counts up to, or where it counts down from. */
function rounds(node: import('ts-morph').ts.ForStatement, condition: import('ts-morph').ts.BinaryExpression): Expression | undefined {
  const operator = condition.operatorToken.kind;
  if (operator !== ts.SyntaxKind.GreaterThanToken && operator !== ts.SyntaxKind.GreaterThanEqualsToken) return bare(condition.right);
  const start = node.initializer && ts.isVariableDeclarationList(node.initializer) ? node.initializer.declarations[0]?.initializer : undefined;
  return start && bare(start);
}

/** So many rounds are no loop over data, whatever the list. */
const fewRounds = 3;

function isSmallNumber(node: Expression, scene: Scene, most = mostConstants): boolean {
  const number = numberOf(node, scene);
  return number !== undefined && number <= most;
}

/** `3`, `DAYS`, `DAYS * 2`: a number that the code itself says. */
function numberOf(expression: Expression, scene: Scene, depth = 0): number | undefined {
  const node = bare(expression);
  if (ts.isNumericLiteral(node)) return Number(node.text);
  if (!ts.isBinaryExpression(node)) {
    const declared = ts.isIdentifier(node) ? declarationOf(node) : undefined;
    // What is counted up is no number of the code's.
    if (declared?.kind === 'variable' && (declared.node.parent.flags & ts.NodeFlags.Const) === 0 && isCounted(declared.node)) return undefined;
    const value = scene.valueOf(node);
    if (value.kind === 'literal') return ts.isNumericLiteral(value.node) ? Number(value.node.text) : undefined;
    const made = declared?.kind === 'variable' ? declared.node.initializer : undefined;
    return made && ts.isBinaryExpression(bare(made)) && depth < 6 ? numberOf(made, scene, depth + 1) : undefined;
  }
  const [left, right] = depth < 6 ? [numberOf(node.left, scene, depth + 1), numberOf(node.right, scene, depth + 1)] : [];
  return left === undefined || right === undefined ? undefined : calculated(left, node.operatorToken.kind, right);
}

/** True for a variable that is given another value somewhere: `missing++`, `missing -= 1`, `({ missing } = found)`. */
function isCounted({ name }: import('ts-morph').ts.VariableDeclaration): boolean {
  if (!ts.isIdentifier(name)) return true;
  const text = escaped(name.text);
  return assignmentsTo(name.text, name).length > 0 || new RegExp(`(?:\\+\\+|--)${text}\\b|\\b${text}\\s{0,3}(?:\\+\\+|--|[-+*/]=)|[{,]\\s{0,3}${text}\\s{0,3}[,}][^;=]{0,200}\\}\\s{0,3}=(?!=)`).test(name.getSourceFile().text);
}

function calculated(left: number, operator: import('ts-morph').ts.SyntaxKind, right: number): number | undefined {
  switch (operator) {
    case ts.SyntaxKind.PlusToken: return left + right;
    case ts.SyntaxKind.MinusToken: return left - right;
    case ts.SyntaxKind.AsteriskToken: return left * right;
    case ts.SyntaxKind.SlashToken: return left / right;
    default: return undefined;
  }
}

/**
 * Around a query, a `while` is nearly always paging, draining or polling, which is the repair and not the trouble. It goes over data
 * only where it visibly takes element by element from a list.
 */
function whileLoop(node: import('ts-morph').ts.WhileStatement | import('ts-morph').ts.DoStatement): Recognition<Iteration> {
  const condition = inOneLine(node.expression, 200);
  const down = countsDown(node, condition);
  const list = down ?? measuredList(condition);
  const body = node.statement.getText();
  const takes = list === undefined ? undefined : `\\b${list.replaceAll(/[$.]/g, '\\$&')}\\s*\\.\\s*(?:shift|pop)\\(\\s*\\)`;
  const taken = takes !== undefined && new RegExp(takes).test(body);
  const name = taken ? new RegExp(`\\b(?:const|let|var)\\s+(\\w+)\\b[^=;\\n]{0,80}=\\s*${takes}`).exec(body)?.[1] : undefined;
  const counted = down !== undefined || countsUp(condition, body) || (list !== undefined && /\w+\s*<\s*[\w.$]+\.length/.test(condition) && /\b\w+\s*(?:\+\+|\+=\s*1\b)/.test(body));
  return {
    attributes: { over: taken || counted ? 'data' : tries.test(condition) ? 'attempts' : 'pages', item: list === undefined ? 'round' : (name ?? 'element'), list: list ?? condition },
    extent: [node.statement, node.expression],
    except: leavingBranches(node.statement),
    evidence: [stepAt(node)],
  };
}

/** `let i = users.length; while (i--) { … }`: the list, from its end. */
function countsDown(node: Node, condition: string): string | undefined {
  const counter = /^(\w+)--(?:\s*>\s*0)?$/.exec(condition)?.[1];
  return counter === undefined ? undefined : new RegExp(`\\b${counter}\\s*=\\s*([\\w.$]+)\\.length\\b`).exec((enclosingFunction(node) ?? node.getSourceFile()).getText())?.[1];
}

/** Names of what ends rounds that each depend on the one before. */
const endsRounds = /max|limit|depth|level|poll|round/i;

/** `while (i <= quantity) { …; i++; }` goes on to its end, whatever a round brings. */
function countsUp(condition: string, body: string): boolean {
  const counter = /^(\w+)\s*<=?\s*[A-Za-z_$][\w.$]*$/.exec(condition)?.[1];
  if (counter === undefined || [pagesBy, tries, endsRounds].some((each) => each.test(condition)) || /\b(?:break|return)\b/.test(body)) return false;
  return new RegExp(`\\b${counter}\\s*(?:\\+\\+|\\+=\\s*1\\b)`).test(body);
}

/** Methods of lists whose first argument is called per element. */
const methods = new Set(['map', 'forEach', 'flatMap', 'filter', 'some', 'every', 'reduce', 'reduceRight', 'mapSeries', 'each', 'eachSeries', 'eachAsync', 'concatMap']);
/** Functions that take the list first and the callback second (or third). */
const functions = /^(?:(?:p|async|parallel|sequential|concurrent)?(?:Map|Each|ForEach|Filter|All)(?:Series|Limit|Async|Of|Settled)?|each(?:Of)?(?:Series|Limit)?|forEach(?:Of)?(?:Series|Limit|Async)?|map(?:Series|Limit|Values|Async)?|mapValues|asyncForEach|asyncMap|forEachAsync|mapAsync|pMap|pEach|pMapSeries|pFilter|filterAsync|from|runInBatches|promiseMap|eachAsync|parallel|reduce(?:Right)?|flatMap|(?:filter|reject|some|every|concat)(?:Series|Limit)?)$/;

function withCallback(node: CallExpression, scene: Scene): Recognition<Iteration> | undefined {
  const name = calleeName(node);
  if (name === undefined) return undefined;
  const access = memberAccess(bare(node.expression));
  const first = callbackAt(node, 0);
  if (access && first && methods.has(name)) return callback(node, access.of, first, scene, name === 'reduce' || name === 'reduceRight' ? 1 : 0);
  const named = access && methods.has(name) && node.arguments.length === 1 ? namedCallback(node) : undefined;
  if (access && named) return byName(node, access.of, named, scene);
  if (!functions.test(name)) return undefined;
  const second = callbackAt(node, 1) ?? callbackAt(node, 2);
  const list = node.arguments[0];
  const other = second || !list || name === 'from' ? undefined : namedCallback(node, 1);
  if (other && list && !ts.isLiteralExpression(bare(list))) return byName(node, list, other, scene);
  if (!second || !list) return undefined;
  const entries = bare(list);
  // Array.from({ length: n }, fn) counts; it goes over data when n is not a small number.
  if (name === 'from' && access && inOneLine(access.of, 10) !== 'Array') return undefined;
  if (ts.isObjectLiteralExpression(entries) && !(name === 'from')) return undefined;
  return callback(node, list, second, scene, name.startsWith('reduce') ? 1 : 0);
}

/** `eachRow(rows, async (row) => …)`, where a function of the project goes through the rows: it says in which rounds. */
function byHelper(node: CallExpression, scene: Scene): Recognition<Iteration> | undefined {
  const given = givenToHelper(node, scene, roundsOf);
  if (!given) return undefined;
  const fn = bare(given.work);
  const parameter = isFunctionBody(fn) ? fn.parameters[0] : undefined;
  const item = parameter ? inOneLine(parameter.name, 40) : 'element';
  const body = isFunctionBody(fn) ? fn.body : undefined;
  const over = given.over === 'pieces' ? 'chunks' : given.over === 'data' && given.list ? kindOfList(given.list, nameOfPiece(item, body), scene) : given.over;
  return {
    attributes: { over: body && isList(item, body) ? 'chunks' : over, item, list: given.list ? inOneLine(bare(given.list)) : given.named },
    extent: [fn],
    except: body && ts.isBlock(body) ? branchesForOne(item, body) : [],
    evidence: [stepAt(node)],
  };
}

function callbackAt(node: CallExpression, index: number): FunctionBody | undefined {
  const fn = node.arguments[index] && bare(node.arguments[index]);
  if (!fn) return undefined;
  if (ts.isArrowFunction(fn) || ts.isFunctionExpression(fn)) return fn;
  // map(limit(async (x) => …)), forEach(wrap(fn)): the function inside the wrapper.
  if (ts.isCallExpression(fn)) {
    const inner = fn.arguments.map((each) => bare(each)).find((each) => ts.isArrowFunction(each) || ts.isFunctionExpression(each));
    return inner as FunctionBody | undefined;
  }
  return undefined;
}

/** `ids.map(loadUser)`: a function handed over by its name. */
function namedCallback(node: CallExpression, index = 0): Expression | undefined {
  const given = node.arguments[index] && bare(node.arguments[index]);
  const isBound = given && ts.isCallExpression(given) && memberAccess(bare(given.expression))?.name === 'bind';
  return given && (isBound || ts.isIdentifier(given) || ts.isPropertyAccessExpression(given)) ? given : undefined;
}

function byName(node: CallExpression, list: Expression, fn: Expression, scene: Scene): Recognition<Iteration> {
  return { attributes: { over: kindOfList(list, '', scene), item: 'element', list: inOneLine(bare(list)) }, extent: [fn], evidence: [stepAt(node)] };
}

function callback(node: CallExpression, list: Expression, fn: FunctionBody, scene: Scene, position: number): Recognition<Iteration> {
  const parameter = fn.parameters[position];
  const item = parameter ? inOneLine(parameter.name, 40) : 'element';
  const head = memberAccess(bare(node.expression));
  return {
    attributes: { over: fn.body && isList(item, fn.body) ? 'chunks' : fn.body && isMessages(list, item, fn.body) ? 'events' : fn.body && runsStatements(list, item, fn.body) ? 'constant' : kindOfList(list, nameOfPiece(item, fn.body), scene), item, list: inOneLine(bare(list)) },
    extent: [fn],
    except: fn.body && ts.isBlock(fn.body) ? branchesForOne(item, fn.body) : [],
    evidence: [stepAt(head && ts.isPropertyAccessExpression(bare(node.expression)) ? (bare(node.expression) as import('ts-morph').ts.PropertyAccessExpression).name : node)],
  };
}

/** A field resolver runs once per parent object, with no loop in sight. */
function perParent(fn: FunctionBody, scene: Scene): Recognition<Iteration> | undefined {
  const resolver = resolverOf(fn, scene);
  if (!resolver) return undefined;
  return {
    attributes: { over: 'data', item: resolver.type === 'object' ? resolver.parent : resolver.type, list: 'an answer' },
    extent: fn.body ? [fn.body] : [],
    evidence: [stepAt(fn)],
  };
}

/** A `find` among the children of a composite publication runs once per document of its parent. */
function perPublished(fn: FunctionBody): Recognition<Iteration> | undefined {
  const parent = parentInPublication(fn);
  if (parent === undefined) return undefined;
  return { attributes: { over: 'data', item: parent, list: 'a publication' }, extent: fn.body ? [fn.body] : [], evidence: [stepAt(fn)] };
}

/** What a subscriber of TypeORM does after each row that is loaded: `async afterLoad(post) { … }`, `@AfterLoad() async count() { … }`. */
function perLoaded(fn: FunctionBody): Recognition<Iteration> | undefined {
  if (!ts.isMethodDeclaration(fn) || !ts.isClassLike(fn.parent) || !/afterLoad/i.test(fn.getSourceFile().text)) return undefined;
  const isSubscriber = nameText(fn.name) === 'afterLoad' && /EntitySubscriberInterface|EventSubscriber/.test(fn.parent.getText());
  const isListener = (ts.getDecorators(fn) ?? []).some((each) => /^@AfterLoad\b/.test(each.getText()));
  if (!isSubscriber && !isListener) return undefined;
  const [row] = fn.parameters;
  return { attributes: { over: 'data', item: row ? inOneLine(row.name, 40) : 'row', list: 'what is loaded' }, extent: fn.body ? [fn.body] : [], evidence: [stepAt(fn)] };
}

/** What a function asks for that calls itself with what it has just loaded, it asks for once for every level. */
function perLevel(fn: FunctionBody, scene: Scene): Recognition<Iteration> | undefined {
  const name = walksLevels(fn, scene);
  if (name === undefined || !fn.body) return undefined;
  // A loop within has rounds of its own.
  return { attributes: { over: 'levels', item: 'level', list: name }, extent: [fn.body], except: nodesWithin(fn.body, isLoop), evidence: [stepAt(fn)] };
}

/** A loop, or a call that runs a function once per element. */
function isLoop(node: Node): node is Node {
  if (!ts.isCallExpression(node)) return ts.isIterationStatement(node, false);
  const name = calleeName(node) ?? '';
  return (methods.has(name) || functions.test(name)) && node.arguments.some((each) => isFunctionBody(bare(each)));
}
