/** What the rows of a query are read for, where the code around it shows that. */
import { ts, type CallExpression, type Expression, type Node } from '../code/compiler.ts';
import { argument, bare, calleeName, enclosingFunction, inOneLine, isFunctionBody, memberAccess, nodesWithin, rootName, rootOfMembers, wrapped } from '../code/syntax.ts';
import { usesOf, variableOf } from './variable-uses.ts';

/**
 * `lookup`: all of them fill a set, a map or an object, in which something else is looked up. `work`: something is done with each of them, and nobody
 * is given them, neither a caller nor who sent a request; and they are small, or worked on in batches.
 */
export type ReadFor = 'lookup' | 'work';

export function readFor(query: CallExpression): ReadFor | undefined {
  const rows = awaited(query);
  if (fillsLookup(rows)) return 'lookup';
  const variable = variableOf(rows as Expression);
  const uses = variable ? usesOf(variable).filter((use) => !isTestOfSize(use)) : [];
  if (uses.length > 0 && uses.every(fillsLookup)) return 'lookup';
  return (asksForFew(query) || worksInBatches(query)) && staysInside(rows, query) ? 'work' : undefined;
}

/** Columns of a row that is small. */
const fewColumns = 3;

/** `select: { id: true }`, `.select('id')`, `find({}, '_id')`, `SELECT id FROM …`: the rows are small, however many there are. */
function asksForFew(query: CallExpression): boolean {
  const text = inOneLine(query, 2_000);
  const listed = /\bselect:\s*\{([^{}]*)\}/.exec(text)?.[1] ?? /\b(?:attributes|columns|fields|select):\s*\[([^\]]*)\]/.exec(text)?.[1] ?? /\.(?:select|project|pluck|column)\(\s*\{?([^(){}]*)\}?\s*\)/.exec(text)?.[1] ?? /\bselect\s+(?!\*)([\w"'`.,\s]+?)\s+from\b/i.exec(text)?.[1];
  return listed !== undefined && listed.trim() !== '' && listed.trim() !== '*' && listed.split(/[,\s]*,[,\s]*|(?<=['"\w])\s+(?=['"\w])/).filter((each) => each.trim() !== '').length <= fewColumns;
}

/** The function cuts what it has read into pieces. */
function worksInBatches(query: CallExpression): boolean {
  return /\b(?:_\.)?chunk\w*\(|\bbatch(?:es|ed)?\w*\(|\.slice\(\s*i\s*,|\bpMap\(|\bpLimit\(|concurrency/i.test(enclosingFunction(query)?.getText() ?? '');
}

// -- work -------------------------------------------------------------------------------------------------------------

/** What hands something to somebody outside, by the name of its receiver or its own. */
const outward = /^(?:res|response|reply|rep|ctx|context|c|h|socket|ws|io|event|stream|out|output|callback|cb|done|next|resolve|self|port|channel)$/;

/** `send(res, rows)`: who answers is handed along. */
const handedWith = /^(?:res|response|reply|rep|ctx|context|socket|ws)$/;

/** What becomes of values in a function: which names are filled from what, what leaves it, and what it goes through. Each with the names that it mentions. */
type Ways = { own: ReadonlySet<string>; fills: ReadonlyMap<string, readonly Fill[]>; exits: readonly Mention[]; rounds: readonly Mention[] };
type Mention = { node: Node; names: ReadonlySet<string> };
type Fill = Mention & { targets: readonly string[] };

const waysIn = new WeakMap<Node, Ways>();

function waysOf(body: Node): Ways {
  let ways = waysIn.get(body);
  if (!ways) waysIn.set(body, (ways = readWays(body)));
  return ways;
}

function readWays(body: Node): Ways {
  const own = new Set([...nodesWithin(body, ts.isVariableDeclaration), ...nodesWithin(body, ts.isParameter)].flatMap(({ name }) => namesIn(name)));
  const fills = new Map<string, Fill[]>();
  const exits: Mention[] = [];
  const rounds: Mention[] = [];
  const visit = (node: Node, isOwn: boolean): void => {
    const [targets, source] = filled(node);
    const fill = source && targets.length > 0 ? { ...mention(source), targets } : undefined;
    for (const name of fill?.names ?? []) fills.set(name, [...(fills.get(name) ?? []), fill!]);
    exits.push(...given(node, isOwn).map(mention));
    const through = ts.isForOfStatement(node) ? node.expression : ts.isCallExpression(node) && /^(?:map|forEach|filter|reduce|flatMap|some|every)$/.test(calleeName(node) ?? '') ? node.expression : undefined;
    if (through) rounds.push(mention(through));
    ts.forEachChild(node, (child) => visit(child, isOwn && !isFunctionBody(child)));
  };
  visit(body, true);
  return { own, fills, exits, rounds };
}

const mention = (node: Node): Mention => ({ node, names: new Set(nodesWithin(node, ts.isIdentifier).map(({ text }) => text)) });

/** What a node gives to somebody outside of the function, which is its own or one within. */
function given(node: Node, isOwn: boolean): readonly Node[] {
  if ((isOwn && ts.isReturnStatement(node)) || ts.isYieldExpression(node)) return node.expression ? [node.expression] : [];
  if (ts.isCallExpression(node)) return outward.test(rootName(node.expression) ?? '') || node.arguments.some((each) => handedWith.test(inOneLine(each, 20))) ? node.arguments : [];
  const isPut = ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken;
  return isPut && (outward.test(rootName(node.left) ?? '') || rootOfMembers(node.left).kind === ts.SyntaxKind.ThisKeyword) ? [node.right] : [];
}

/** True where nothing that comes of the rows leaves the function: it gives nothing of them back, and answers nobody with them. */
function staysInside(rows: Node, query: Node): boolean {
  const fn = enclosingFunction(query);
  if (!fn?.body || !ts.isBlock(fn.body) || isGivenAtOnce(rows)) return false;
  const ways = waysOf(fn.body);
  const names = namesFilledFrom(rows, ways);
  if (!names) return false;
  const isOf = (each: Mention): boolean => overlaps(each.names, names);
  return ways.rounds.some(isOf) && !ways.exits.some((each) => isOf(each) && !isOnlyCount(each.node, names));
}

function overlaps(some: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  return [...others].some((each) => some.has(each));
}

/** `return await find(…)`, `() => find(…)`, `respond(await find(…))`: somebody else gets them. */
function isGivenAtOnce(rows: Node): boolean {
  for (let up = rows.parent; up; up = up.parent) {
    if (ts.isVariableDeclaration(up) || ts.isForOfStatement(up)) return false;
    if (ts.isBinaryExpression(up) && up.operatorToken.kind === ts.SyntaxKind.EqualsToken) return false;
    if (isFunctionBody(up) || ts.isStatement(up)) return !ts.isForOfStatement(up);
  }
  return true;
}

/** The names of a function under which the rows, or something made of them, are kept; undefined where one of them belongs to somebody else. */
function namesFilledFrom(rows: Node, { own, fills }: Ways): ReadonlySet<string> | undefined {
  const names = new Set(targetOf(rows));
  if (names.size === 0) return undefined;
  for (const name of names) {
    if (names.size > mostNames) return undefined;
    for (const { node, targets } of fills.get(name) ?? []) {
      if (targets.every((each) => names.has(each)) || isOnlyCount(node, names)) continue;
      if (targets.some((each) => !own.has(each))) return undefined;
      for (const each of targets) names.add(each);
    }
  }
  return names;
}

/** Names that are followed from one query on. */
const mostNames = 60;

/** What a node puts into which names: a declaration, an assignment, a loop's head, `list.push(x)`, `map.set(k, x)`. */
function filled(node: Node): [readonly string[], Node?] {
  if (ts.isVariableDeclaration(node) && node.initializer) return [namesIn(node.name), node.initializer];
  if (ts.isForOfStatement(node) && ts.isVariableDeclarationList(node.initializer)) return [node.initializer.declarations.flatMap(({ name }) => namesIn(name)), node.expression];
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken && ts.isIdentifier(node.left)) return [[node.left.text], node.right];
  if (!ts.isCallExpression(node)) return [[]];
  const access = memberAccess(node.expression);
  if (access && /^(?:push|unshift|add|set)$/.test(access.name) && ts.isIdentifier(access.of) && node.arguments.length > 0) return [[access.of.text], node.arguments.at(-1)!];
  // `rows.map((row) => …)`: what the callback is given.
  const callback = access && node.arguments[0] ? bare(node.arguments[0]) : undefined;
  return callback && isFunctionBody(callback) ? [callback.parameters.flatMap(({ name }) => namesIn(name)), access!.of] : [[]];
}

function targetOf(rows: Node): string[] {
  for (let up = rows.parent, inner: Node = rows; up; inner = up, up = up.parent) {
    if (ts.isVariableDeclaration(up)) return namesIn(up.name);
    if (ts.isForOfStatement(up) && up.expression === inner && ts.isVariableDeclarationList(up.initializer)) return up.initializer.declarations.flatMap(({ name }) => namesIn(name));
    if (ts.isBinaryExpression(up) && ts.isIdentifier(up.left)) return [up.left.text];
    if (ts.isStatement(up)) return [];
  }
  return [];
}

function namesIn(name: Node): string[] {
  return ts.isIdentifier(name) ? [name.text] : nodesWithin(name, ts.isBindingElement).flatMap((each) => (ts.isIdentifier(each.name) ? [each.name.text] : []));
}

/** `rows.length`, `deleted.count`: how many there were, and nothing of them. */
function isOnlyCount(node: Node, names: ReadonlySet<string>): boolean {
  const uses = nodesWithin(node, ts.isIdentifier).filter(({ text, parent }) => names.has(text) && !(ts.isPropertyAccessExpression(parent) && parent.name.text === text && parent.expression.getText() !== text) && !(ts.isPropertyAssignment(parent) && parent.name.getText() === text && parent.initializer.getText() !== text));
  return uses.length > 0 && uses.every((use) => isTestOfSize(use));
}

// -- look-ups ---------------------------------------------------------------------------------------------------------

function awaited(node: Node): Node {
  const outer = wrapped(node as Expression);
  return ts.isAwaitExpression(outer.parent) ? wrapped(outer.parent) : outer;
}

/** `rows.length === 0`: asked by nobody who reads the rows. */
function isTestOfSize(use: Node): boolean {
  return ts.isPropertyAccessExpression(use.parent) && use.parent.expression === use && use.parent.name.text === 'length';
}

const groupers = /^(?:keyBy|indexBy|groupBy|mapKeys|toMap|associateBy|fromEntries|mapToGroups?|countBy)$/;
/** Methods of lists after which the same rows, or something of each, are at hand. */
const passing = /^(?:map|flatMap|filter|flat|concat|entries|values)$/;

/** `new Set(rows.map((row) => row.id))`, `keyBy(rows, 'id')`, `rows.reduce((all, row) => …, {})`, `for (const row of rows) byId.set(row.id, row)`. */
function fillsLookup(node: Node): boolean {
  if (ts.isForOfStatement(node.parent) && node.parent.expression === node) return putsIn(node.parent.statement);
  let rows = wrapped(node as Expression);
  for (let link = memberAccess(rows.parent); link && bare(link.of) === bare(rows as Expression); link = memberAccess(rows.parent)) {
    const call = rows.parent.parent;
    if (!ts.isCallExpression(call) || call.expression !== rows.parent) return false;
    if (link.name === 'reduce') return isEmptyLookup(argument(call, 1));
    if (!passing.test(link.name)) return false;
    rows = wrapped(call);
  }
  const { parent } = rows;
  if (isFunctionBody(parent)) return false;
  if (ts.isNewExpression(parent)) return ts.isIdentifier(parent.expression) && /^(?:Weak)?(?:Set|Map)$/.test(parent.expression.text);
  return ts.isCallExpression(parent) && parent.arguments[0] === rows && groupers.test(calleeName(parent) ?? '');
}

/** Nothing but `byId.set(row.id, row)`, `ids.add(row.id)` and `byId[row.id] = row`. */
function putsIn(body: Node): boolean {
  const statements = ts.isBlock(body) ? body.statements : [body];
  return statements.length > 0 && statements.every((each) => {
    if (!ts.isExpressionStatement(each)) return false;
    const does = bare(each.expression);
    if (ts.isCallExpression(does)) return /^(?:set|add)$/.test(memberAccess(does.expression)?.name ?? '') && ts.isIdentifier(memberAccess(does.expression)!.of);
    return ts.isBinaryExpression(does) && does.operatorToken.kind === ts.SyntaxKind.EqualsToken && ts.isElementAccessExpression(does.left);
  });
}

/** `{}`, `new Map()`, also with a type said of it. */
function isEmptyLookup(start: Expression | undefined): boolean {
  const node = start && bare(start);
  if (!node) return false;
  return ts.isObjectLiteralExpression(node) ? node.properties.length === 0 : ts.isNewExpression(node) && ts.isIdentifier(node.expression) && /^(?:Set|Map)$/.test(node.expression.text);
}
