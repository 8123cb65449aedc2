import { ts, type CallExpression, type Expression, type FunctionBody, type Node, type Statement } from '../code/compiler.ts';
import type { Scene } from '../code/scene.ts';
import { bare, calleeName, enclosingFunction, escaped, inOneLine, isFunctionBody, memberAccess, nameText, nodesWithin, stepAt } from '../code/syntax.ts';
import { branchesForOne, leavingBranches } from '../recognition/branches-apart.ts';
import { keepsFirstFound } from '../recognition/first-found.ts';
import { walksLevels } from '../recognition/levels.ts';
import { elementMethods, isCapacity, isFixedObject, isSmallNumber, kindOfList } from '../recognition/list-kinds.ts';
import { givenToHelper } from '../recognition/loops-of-helpers.ts';
import { parentInPublication } from '../recognition/publications.ts';
import { resolverOf } from '../recognition/resolver.ts';
import { runsStatements } from '../recognition/script-statements.ts';
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

/** Functions that take the list first and the callback second (or third). */
const functions = /^(?:(?:p|async|parallel|sequential|concurrent)?(?:Map|Each|ForEach|Filter|All)(?:Series|Limit|Async|Of|Settled)?|each(?:Of)?(?:Series|Limit)?|forEach(?:Of)?(?:Series|Limit|Async)?|map(?:Series|Limit|Values|Async)?|mapValues|asyncForEach|asyncMap|forEachAsync|mapAsync|pMap|pEach|pMapSeries|pFilter|filterAsync|from|runInBatches|promiseMap|eachAsync|parallel|reduce(?:Right)?|flatMap|(?:filter|reject|some|every|concat)(?:Series|Limit)?)$/;

function withCallback(node: CallExpression, scene: Scene): Recognition<Iteration> | undefined {
  const name = calleeName(node);
  if (name === undefined) return undefined;
  const access = memberAccess(bare(node.expression));
  const first = callbackAt(node, 0);
  if (access && first && elementMethods.has(name)) return callback(node, access.of, first, scene, name === 'reduce' || name === 'reduceRight' ? 1 : 0);
  const named = access && elementMethods.has(name) && node.arguments.length === 1 ? namedCallback(node) : undefined;
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
  return (elementMethods.has(name) || functions.test(name)) && node.arguments.some((each) => isFunctionBody(bare(each)));
}
