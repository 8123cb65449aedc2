import { ts, type FunctionBody, type Node, type SourceFile } from '../code/compiler.ts';
import type { Scene } from '../code/scene.ts';
import { argument, functionName, inOneLine, isFunctionBody, mentionsName, pathOf } from '../code/syntax.ts';
import { servers, type InputSource } from '../libraries/servers.ts';
import { operatorGuards } from '../libraries/validators.ts';
import { isPrefix, type Flows, type Use, type UseKind } from './flow-record.ts';
import { flowsOf, flowsOfHandler } from './flow.ts';
import { handlerOf, handlersIn, isCheckedBefore, isTextOnly, mayBecomeInput, sourceOf, type Handler } from './handler.ts';
import { findsOne, type Trace } from './tracked.ts';

/** An input of a request that is used without having been checked. */
export type OpenUse = {
  use: Use;
  source: InputSource;
  handler: Handler;
  /** The input as a reader would write it, such as `req.body.name`. */
  input: string;
};

/** A place where a handler reads an input. */
export type InputRead = {
  handler: Handler;
  source: InputSource;
  /** Undefined where it is used for nothing that matters, or where a check may stand in a file that was not found. */
  validated: boolean | undefined;
  /** Other input of the same kind is checked in the handler. */
  othersValidated: boolean;
  /** What it is used for without a check. */
  uses: readonly OpenUse[];
  /** A whole object without a checked type, which the handler hands on. */
  handedOn: boolean;
};

/** What one file does with requests. */
export type RequestFacts = {
  reads: ReadonlyMap<Node, InputRead>;
  /** By the call in which it does harm or which leads there. */
  sinks: ReadonlyMap<Node, readonly OpenUse[]>;
  /** Statements of SQL into which a function of this file puts a parameter of its own, between quotes. */
  ofParameters: ReadonlyMap<Node, Use>;
};

const none: RequestFacts = { reads: new Map(), sinks: new Map(), ofParameters: new Map() };
const ofFile = Symbol('request facts');

/** Reads what a file does with requests, once. */
export function requestFactsOf(tree: SourceFile, scene: Scene): RequestFacts {
  return scene.remember(ofFile, tree, () => read(tree, scene), none);
}

function read(tree: SourceFile, scene: Scene): RequestFacts {
  const reads = new Map<Node, InputRead>();
  const sinks = new Map<Node, OpenUse[]>();
  const reached = new Set<Node>();
  const mayHoldParameters = mayPutIntoSql(tree.text);
  for (const handler of handlersIn(tree, scene).values()) {
    // Where a statement holds a parameter, every handler may be the one that reaches it.
    if (!mayHoldParameters && scene.asked && !scene.asked.includes(handler.fn)) continue;
    const flows = flowsOfHandler(handler.fn, scene, (trace) => mayBecomeInput(handler, trace));
    const open = openUses(handler, flows, scene);
    for (const each of open) {
      sinks.set(each.use.site, [...(sinks.get(each.use.site) ?? []), each]);
      reached.add(each.use.behind.at(-1) ?? each.use.site);
    }
    for (const [node, entry] of readsOf(handler, flows, open, scene)) if (!reads.has(node)) reads.set(node, entry);
  }
  return { reads, sinks, ofParameters: mayHoldParameters ? parametersInSql(tree, scene, reached) : new Map() };
}

/** The uses of a handler's inputs that nothing checked. */
function openUses(handler: Handler, flows: Flows, scene: Scene): OpenUse[] {
  if (handler.checked === 'all' || handler.checked === 'unknown') return [];
  return flows.uses.flatMap((use): OpenUse[] => {
    const origin = sourceOf(handler, use.trace);
    if (!origin || isCheckedBefore(handler, use.trace.parameter, origin.source) || isPassedToHandler(use, handler, scene)) return [];
    if (isTextOnly(handler, use.trace) && !harmfulTexts.has(use.kind)) return [];
    return matters(use, origin, handler, scene) ? [{ use, source: origin.source, handler, input: inputText(use.trace, flows) }] : [];
  });
}

/** Where a text does harm, though it is nothing but a text. */
const harmfulTexts: ReadonlySet<UseKind> = new Set(['sql', 'shell', 'eval', 'path', 'redirect', 'url', 'html', 'regexp']);

/** What was read, and the names that were taken from it afterwards. */
function inputText({ read, path }: Trace, flows: Flows): string {
  const base = readText(read);
  const names = path.slice(ts.isParameter(read) ? 0 : (flows.reads.get(read)?.path.length ?? path.length)).filter((name) => /^[\w$]+$/.test(name));
  const text = [base, ...names].join('.');
  return text.length > 60 ? base : text;
}

/** A parameter goes by its name, a name in a pattern by what it stands for, everything else by its own text. */
function readText(read: Node): string {
  return inOneLine(ts.isParameter(read) || ts.isBindingElement(read) ? read.name : read, 60);
}

/** A dispatcher that hands its request to another handler leaves the matter to that one. */
function isPassedToHandler(use: Use, handler: Handler, scene: Scene): boolean {
  if (use.behind.length === 0 || !ts.isCallExpression(use.site)) return false;
  const fn = scene.calledFunction(use.site);
  const called = fn && handlerOf(fn, scene);
  if (!called) return false;
  const given = argument(use.site, called.request);
  const parameter = handler.fn.parameters[handler.request];
  return given !== undefined && parameter !== undefined && ts.isIdentifier(given) && ts.isIdentifier(parameter.name) && given.text === parameter.name.text;
}

/** Whether this kind of use can do harm with an input that arrives this way. */
function matters({ kind, trace, ifSql }: Use, { source, rest }: { source: InputSource; rest: readonly string[] }, handler: Handler, scene: Scene): boolean {
  if (ifSql) return false;
  switch (kind) {
    case 'nosql':
      return mayBeObject(source, trace, handler, scene) && !hasOperatorGuard(handler.fn, scene);
    case 'mass-assignment':
      // Adonis' `request.only([…])` takes the named fields.
      return rest.length === 0 && trace.path.at(-1) !== 'only()' && (source === 'body' || source === 'argument') && mayBeObject(source, trace, handler, scene);
    case 'merge':
      return mayBeObject(source, trace, handler, scene);
    case 'redirect':
    case 'url':
    case 'path':
    case 'html':
    case 'regexp':
      return source !== 'headers' && source !== 'cookies';
    case 'write':
    case 'filter':
      return source !== 'headers' && source !== 'cookies';
    default:
      return true;
  }
}

/** JSON brings objects, and so does the query string of Express; forms and path parameters bring texts. */
function mayBeObject(source: InputSource, trace: Trace, handler: Handler, scene: Scene): boolean {
  if (trace.path.some((name) => /^(?:get|getAll|query|param|text|header)\(\)$/.test(name))) return false;
  if (source === 'argument') return !isScalar(handler.fn, trace.parameter) && !isForm(handler.fn, trace.parameter);
  if (source === 'body') return !isScalar(handler.fn, trace.parameter);
  return source === 'query' && 'nestedQuery' in servers[handler.server] && !isExpress5(handler.fn, scene);
}

/** Since its fifth version Express reads query strings into texts and lists of texts only. */
function isExpress5(fn: FunctionBody, scene: Scene): boolean {
  return /^[\^~>=\s]*5/.test(scene.dependencies(pathOf(fn))?.get('express') ?? '');
}

function isScalar(fn: FunctionBody, index: number): boolean {
  const kind = fn.parameters[index]?.type?.kind;
  return kind === ts.SyntaxKind.StringKeyword || kind === ts.SyntaxKind.NumberKeyword || kind === ts.SyntaxKind.BooleanKeyword;
}

function isForm(fn: FunctionBody, index: number): boolean {
  return fn.parameters[index]?.type?.getText() === 'FormData';
}

function hasOperatorGuard(fn: FunctionBody, scene: Scene): boolean {
  const dependencies = scene.dependencies(pathOf(fn));
  return dependencies !== undefined && operatorGuards.some((each) => dependencies.has(each));
}

// -- reads -------------------------------------------------------------------------------------------------------------

function readsOf(handler: Handler, flows: Flows, open: readonly OpenUse[], scene: Scene): Map<Node, InputRead> {
  const byRead = new Map<Node, { source: InputSource; trace: Trace; uses: OpenUse[] }>();
  const note = (trace: Trace, source: InputSource): { uses: OpenUse[] } => {
    let entry = byRead.get(trace.read);
    if (!entry) byRead.set(trace.read, (entry = { source, trace, uses: [] }));
    return entry;
  };
  for (const trace of flows.reads.values()) {
    const origin = sourceOf(handler, trace);
    if (origin) note(trace, origin.source);
  }
  for (const each of open) note(each.use.trace, each.source).uses.push(each);
  for (const [index, input] of handler.inputs) {
    const parameter = handler.fn.parameters[index];
    if (parameter) note({ parameter: index, path: [], read: parameter, form: 'raw', lead: true, safeFor: [] }, input.source);
  }
  // Where something is stored unchecked, that is the story; ids that only choose its row would repeat it.
  const isGrave = open.some((each) => isWorthNoting(each, scene) && each.source !== 'params' && each.source !== 'query' && (each.use.kind === 'write' || (each.use.kind === 'filter' && !isLookup(each, scene))));
  return new Map([...byRead].map(([node, { source, trace, uses }]) => [node, describe(handler, flows, source, trace, isGrave ? uses.filter((each) => !isLookup(each, scene)) : uses, scene)]));
}

function describe(handler: Handler, flows: Flows, source: InputSource, trace: Trace, uses: readonly OpenUse[], scene: Scene): InputRead {
  const handedOn = isHandedOn(handler, flows, trace, scene);
  const mattering = uses.filter((each) => isWorthNoting(each, scene));
  const isUnknown = handler.checked === 'unknown';
  const checked = isCheckedBefore(handler, trace.parameter, source) || flows.checks.some((check) => check.level !== 'pin' && check.parameter === trace.parameter && (isPrefix(check.path, trace.path) || isPrefix(trace.path, check.path)));
  return {
    handler, source, uses: mattering, handedOn,
    validated: isUnknown ? undefined : mattering.length > 0 || handedOn ? false : checked ? true : undefined,
    othersValidated: flows.checks.some((check) => check.level !== 'pin' && !check.inPassing && sourceOf(handler, check)?.source === source),
  };
}

/** True for a use that only finds rows by an id or by a plain text: a wrong one finds nothing. */
export function isLookup({ use, source, handler }: OpenUse, scene: Scene): boolean {
  if (use.kind !== 'filter') return false;
  return source === 'params' || findsOne(use.trace) || (source === 'argument' && findsOne({ path: [...argumentName(handler.fn, use.trace), ...use.trace.path] })) || use.trace.form === 'text' || !mayBeObject(source, use.trace, handler, scene);
}

/** The name of an argument that is the input itself: `monitorId` of `async (monitorId) => …`. */
function argumentName({ parameters }: FunctionBody, { parameter }: Trace): string[] {
  const name = parameters[parameter]?.name;
  return name && ts.isIdentifier(name) ? [name.text] : [];
}

/** What is stored, merged or chosen by deserves a word; ids in a path and look-ups by a handler that only reads do not. */
function isWorthNoting(open: OpenUse, scene: Scene): boolean {
  const { use, source, handler } = open;
  if (use.kind === 'write' || use.kind === 'filter' || use.kind === 'merge') {
    if (isOriginVerified(handler, scene)) return false;
    // MongoDB's ids are told apart from other texts, and a wrong one is an error of its own.
    if (source === 'params') return use.kind === 'filter' && changes(handler) && (use.library === 'mongoose' || use.library === 'mongodb');
  }
  return !isLookup(open, scene) || use.writes || changes(handler);
}

/** A signature over the request says who wrote it, which is as good as a check of what it says. */
function isOriginVerified({ fn }: Handler, scene: Scene): boolean {
  return scene.remember(ofOrigin, fn, () => signed.test(fn.getText()), false);
}

const ofOrigin = Symbol('origin verified');
const signed = /verif\w{0,40}(?:Signature|Webhook|Hmac)|[wW]ebhooks?\(?[^()]{0,60}\)?\.(?:verify|unwrap)|constructEvent|timingSafeEqual|createHmac|isValidSignature|(?:check|validate)\w{0,40}Signature/;

const changing = /(?:^|\.)(?:create|add|update|edit|modify|change|reset|delete|destroy|remove|save|set|post|put|patch|insert|store|register|submit)/i;

/** True for a handler that is there to change something, by its method or by its name. */
export function changes({ method, fn }: Handler): boolean {
  if (method !== undefined) return method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS';
  return changing.test(functionName(fn) ?? '');
}

/** A parameter whose whole object nobody checks, and of which the handler makes use. */
function isHandedOn(handler: Handler, flows: Flows, trace: Trace, scene: Scene): boolean {
  const input = handler.inputs.get(trace.parameter);
  if (!input?.loose || trace.path.length > 0 || input.source === 'params' || handler.checked === 'all' || isOriginVerified(handler, scene)) return false;
  const parameter = handler.fn.parameters[trace.parameter]!;
  // What says nothing of its shape deserves a word even where the rules of a command catch it later.
  const isUntyped = parameter.type === undefined || parameter.type.kind === ts.SyntaxKind.AnyKeyword || parameter.type.kind === ts.SyntaxKind.UnknownKeyword;
  if (flows.checks.some((check) => check.parameter === trace.parameter && check.level !== 'pin' && !(check.byRules && isUntyped))) return false;
  if (!ts.isIdentifier(parameter.name) || !handler.fn.body) return true;
  const name = parameter.name.text;
  return mentionsName(handler.fn.body, (each) => each === name);
}

// -- statements with parameters in them --------------------------------------------------------------------------------

const sqlWords = /\b(?:select|insert\s+into|update|delete\s+from|where)\b/i;
const putBetweenQuotes = /'\$\{|'%?["`]\s*\+|'%\$\{/;

/** False for code that puts nothing between the quotes of a statement, by its text. */
export function mayPutIntoSql(text: string): boolean {
  return sqlWords.test(text) && putBetweenQuotes.test(text);
}

function parametersInSql(tree: SourceFile, scene: Scene, reached: ReadonlySet<Node>): Map<Node, Use> {
  const found = new Map<Node, Use>();
  const visit = (node: Node): void => {
    if (isFunctionBody(node) && node.body && functionName(node) !== undefined && !handlerOf(node, scene) && putBetweenQuotes.test(node.getText())) {
      for (const use of flowsOf(node, scene).uses) {
        if (use.kind === 'sql' && use.quoted && use.behind.length === 0 && !reached.has(use.site) && mayBeAnyText(node, use.trace)) found.set(use.site, use);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** Names of what code chooses, and clients seldom do. */
const chosenByCode = /^(?:db|database|databaseName|dbName|table|tableName|schema|column|columnName|field|fieldName|key|type|kind|role|status|state|mode|sort|order|direction|period|interval|unit|currency|locale|lang|language|env|prefix|suffix|alias|channel|channelName|index|version|timezone|tz|format|constraint|trigger)s?$/i;

/** True for a parameter that may well be somebody's text: numbers, dates and names of tables carry no quotes. */
function mayBeAnyText(fn: FunctionBody, trace: Trace): boolean {
  if (trace.path.length > 2 || trace.path.some((name) => name.endsWith('()'))) return false;
  const parameter = fn.parameters[trace.parameter];
  const name = trace.path.findLast((each) => each !== '[]') ?? (parameter && ts.isIdentifier(parameter.name) ? parameter.name.text : '');
  if (chosenByCode.test(name)) return false;
  const type = trace.path.length === 0 ? parameter?.type : undefined;
  return type === undefined || type.kind === ts.SyntaxKind.StringKeyword || type.kind === ts.SyntaxKind.AnyKeyword || type.kind === ts.SyntaxKind.UnknownKeyword;
}
