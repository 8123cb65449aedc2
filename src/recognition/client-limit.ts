/**
 * Who says how many rows a query brings: followed back from the limit, through variables, conversions, defaults and calls, to
 * what a client sent. Whatever may cap the number on the way (`Math.min`, a comparison, a schema's `max`, a function that
 * nobody can look into) makes it a number of ours.
 */
import { ts, type CallExpression, type Expression, type FunctionBody, type Node, type ParameterDeclaration } from '../code/compiler.ts';
import type { ts as C } from 'ts-morph';
import { assignmentsTo, declarationOf } from '../code/scope.ts';
import type { Scene } from '../code/scene.ts';
import { bare, calleeName, enclosingFunction, inOneLine, isFunctionBody, isWithin, memberAccess, nameText, propertyValue, returnedExpressions, stepAt } from '../code/syntax.ts';
import type { Value } from '../code/value.ts';
import { readers } from '../libraries/servers.ts';
import type { Step } from '../model.ts';
import { functionRun, mayBeQuick } from './behind-calls.ts';
import { argumentDecorator, capped, functionOfDecorator, givenTo, isServed, type Given } from './client-input.ts';
import { areOpen, fieldOf, leavesOpen, readsBySchema, rulesOf, schemaAt } from './declared-sizes.ts';
import { handlerOf } from './handler.ts';
import { libraries } from '../libraries/index.ts';
import { queries } from './queries-of-function.ts';
import { queryByWrapper, saysSql } from './query-by-wrapper.ts';
import { chainOf, operationsOf } from './query-chain.ts';
import { hiddenLimitsAt, limitsAt, limitsInWrapper } from './query-limits.ts';
import { mayHaveVerb, queryAt, type Query } from './query.ts';
import { compares, converting, isComparedIn, takesLarger } from './size-caps.ts';

/** A limit that a client names. */
export type ClientLimit = {
  /** As a reader would say it: `req.query.limit`. */
  input: string;
  /** The query, and the calls that lead to it from the place that was asked about. */
  query: Query;
  chain: readonly Step[];
};

/** Where a number comes from: what a parameter may hold, or the code itself. */
type Origin = Given | { kind: 'ours' };

const ours: Origin = { kind: 'ours' };

/** Steps followed back from a limit, and calls between a handler and the query. */
const deepest = 16;
const deepestCalls = 4;
/** Limits told of one function. */
const most = 4;

const ofCall = Symbol('client limit');

/** The limit of this query, or of a query behind this call, that a client names and that nothing caps. */
export function clientLimit(node: Node, scene: Scene): ClientLimit | undefined {
  if (!ts.isCallExpression(node) && !ts.isTaggedTemplateExpression(node)) return undefined;
  return scene.remember(ofCall, node, () => read(node, scene), undefined);
}

function read(node: CallExpression | C.TaggedTemplateExpression, scene: Scene): ClientLimit | undefined {
  const query = listAt(node, scene);
  if (query) {
    for (const limit of limitsAt(node, scene)) {
      const origin = originOf(limit, [], scene, 0);
      if (origin.kind === 'client') return { input: origin.input, query, chain: isWithin(limit, node) ? [] : [stepAt(limit)] };
    }
    for (const { given, name } of hiddenLimitsAt(node, scene)) {
      const origin = originOf(given, [name], scene, 0);
      if (origin.kind === 'client') return { input: origin.input, query, chain: [] };
    }
    return undefined;
  }
  const wrapped = ts.isCallExpression(node) ? queryByWrapper(node, scene) : undefined;
  if (wrapped && ts.isCallExpression(node)) {
    const origin = limitsInWrapper(node, scene).map((limit) => originOf(limit, [], scene, 0)).find(({ kind }) => kind === 'client');
    return origin?.kind === 'client' ? { input: origin.input, query: wrapped, chain: [] } : undefined;
  }
  if (!ts.isCallExpression(node) || mayBeQuick(node)) return undefined;
  const fn = (mayHandOnLimit(node) || handsOnInput(node, scene)) && isServed(node, scene) ? functionRun(node, scene) : undefined;
  if (!fn) return undefined;
  for (const { parameter, path, query: behind, chain } of limitsOf(fn, scene, 0)) {
    const argument = node.arguments[fn.parameters.indexOf(parameter)];
    const origin = argument ? originOf(argument, path, scene, 0) : ours;
    const limited = origin.kind === 'client' ? (behind ?? limitedBy(node, scene)) : undefined;
    if (origin.kind === 'client' && limited) return { input: origin.input, query: limited, chain };
  }
  return undefined;
}

/** The list that a call limits: one that it is given, or else what the function around it reads. */
function limitedBy(call: CallExpression, scene: Scene): Query | undefined {
  const given = call.arguments.map((each) => listAt(bare(each), scene)).find((query) => query !== undefined);
  const fn = enclosingFunction(call);
  return given ?? (fn && queries.doneBy(fn, scene).find(({ what: { verb, node } }) => verb === 'read-many' && !hasWrittenLimit(node, scene))?.what);
}

/** `take: 20`: what somebody else says makes no difference to it. */
function hasWrittenLimit(query: Node, scene: Scene): boolean {
  const limits = ts.isCallExpression(query) || ts.isTaggedTemplateExpression(query) ? limitsAt(query, scene) : [];
  return limits.length > 0 && limits.every((limit) => ts.isNumericLiteral(bare(limit)));
}

/** Names of how many there may be. */
const saysHowMany = /limit|take|size|count|per_?page|\bpage|first|last|\btop|rows|max|amount|quantity|\bnum|\bn\b|paginat|\bshow\b|length|many|results|entries|batch|window/i;
/** Names of what a client sends as a whole. */
const saysInput = /query|body|params|args|input|payload|dto|opt|filter|search|\breq\b|request|\bctx\b|context|event|data|criteria/i;
/** Names of functions that may well give lists. Following every call of a handler would open the whole project. */
const soundsLikeList = /^(?:all|find|list|search|fetch|query|browse|paginate|index|lookup|explore|filter|history|feed|recent|latest|rank|top|popular|trending|related|similar|suggest|random|load|read|get(?!\w*(?:By(?:Id|Uuid|Slug|Email|Token|Key|Name)|One|Count|Unique|Single)\b))\w*/;

/** False for calls that hand on nothing that could be a number of a client's, as far as names say. */
function mayHandOnLimit(call: CallExpression): boolean {
  const givesList = soundsLikeList.test(calleeName(call) ?? '');
  return call.arguments.some((each) => !isFunctionBody(bare(each)) && mayHoldInput(each, givesList));
}

const mayChange = /^_?#?(?:create|add|insert|save|store|update|upsert|patch|put|set|delete|remove|destroy|send|emit|publish|write|register|log|verify|validate|check|assert|sign)(?=[A-Z_]|$)/;

/** `this.replay(user, frame)`: a handler hands all on that it was sent. */
function handsOnInput(call: CallExpression, scene: Scene): boolean {
  const fn = mayChange.test(calleeName(call) ?? '') ? undefined : enclosingFunction(call);
  // `permits.inspections(id, request.query)`
  if (fn && call.arguments.some((each) => wholeInput.test(inOneLine(bare(each), 40)))) return true;
  const inputs = fn && handlerOf(fn, scene)?.inputs;
  const names = fn ? fn.parameters.filter((each, index) => inputs?.has(index) || argumentDecorator(each)).map(({ name }) => name) : [];
  return names.some((name) => ts.isIdentifier(name) && call.arguments.some((each) => ts.isIdentifier(bare(each)) && (bare(each) as C.Identifier).text === name.text));
}

const wholeInput = /^(?:req|request|ctx|context|c|event|this)(?:\.(?:req|request))?\.(?:query|queryStringParameters)$/;

/** False for what says of itself that it is no number of a client's. */
function mayHoldInput(expression: Expression, givesList: boolean): boolean {
  const node = bare(expression);
  if (ts.isLiteralExpression(node)) return false;
  const text = inOneLine(node, 400);
  return saysHowMany.test(text) || (givesList && saysInput.test(text)) || isNumberOfInput(node);
}

/** `show` of `const show = Number(url.searchParams.get('show'))`, alone or as a property: whatever it is called, a number that was sent. */
function isNumberOfInput(node: Expression): boolean {
  if (ts.isObjectLiteralExpression(node)) return node.properties.some((each) => (ts.isShorthandPropertyAssignment(each) ? isNumberOfInput(each.name) : ts.isPropertyAssignment(each) && isNumberOfInput(bare(each.initializer))));
  const declared = ts.isIdentifier(node) ? declarationOf(node) : undefined;
  const made = declared?.kind === 'variable' && declared.node.initializer ? inOneLine(declared.node.initializer, 200) : '';
  return /\b(?:Number|parseInt|parseFloat)\b|(?:^|[=?:|(]\s*)\+/.test(made) && /\b(?:query|searchParams|params|body|args)\b/.test(made);
}

/** The query that a node is, unless its names say that it loads no list: what stands behind those need not be opened. */
function listAt(node: Node, scene: Scene): Query | undefined {
  return mayHaveVerb(node, ['read-many']) || (ts.isCallExpression(node) && saysSql(node)) ? queryAt(node, scene) : undefined;
}

/** `query`: undefined where the function limits what is put together elsewhere. */
type Limit = { parameter: ParameterDeclaration; path: readonly string[]; query: Query | undefined; chain: readonly Step[] };

const ofFunction = Array.from({ length: deepestCalls }, (_, depth) => Symbol(`limits of function at ${depth}`));

/** The parameters of a function that become the limit of a query in it or behind it. */
function limitsOf(fn: FunctionBody, scene: Scene, depth: number): readonly Limit[] {
  if (depth >= deepestCalls || !fn.body || fn.parameters.length === 0) return [];
  return scene.remember(ofFunction[depth], fn, () => readLimits(fn, scene, depth), []);
}

function readLimits(fn: FunctionBody, scene: Scene, depth: number): Limit[] {
  const found: Limit[] = [];
  const calls: CallExpression[] = [];
  const note = (expression: Expression, path: readonly string[], query: Query | undefined, chain: readonly Step[]): void => {
    const origin = originOf(expression, path, scene, 0);
    if (origin.kind === 'parameter' && fn.parameters.includes(origin.parameter)) found.push({ parameter: origin.parameter, path: origin.path, query, chain });
  };
  const visit = (node: Node): void => {
    if (found.length >= most || ts.isClassLike(node)) return;
    const query = listAt(node, scene);
    const wrapped = query ? undefined : queryByWrapper(node, scene);
    if (query && !ts.isPropertyAccessExpression(query.node)) {
      for (const limit of limitsAt(query.node, scene)) note(limit, [], query, [stepAt(node)]);
      for (const { given, name } of hiddenLimitsAt(query.node, scene)) note(given, [name], query, [stepAt(node)]);
    } else if (wrapped && ts.isCallExpression(node)) for (const limit of limitsInWrapper(node, scene)) note(limit, [], wrapped, [stepAt(node)]);
    else if (ts.isCallExpression(node)) {
      const limits = [...limitsOfBuilder(node, scene), ...limitsToldTo(node, scene)];
      for (const limit of limits) note(limit, [], undefined, [stepAt(node)]);
      if (limits.length === 0 && mayHandOnLimit(node)) calls.push(node);
    }
    ts.forEachChild(node, visit);
  };
  visit(fn.body!);
  for (const call of calls) {
    const inner = found.length < most ? functionRun(call, scene) : undefined;
    if (!inner || inner === fn) continue;
    for (const { parameter, path, query, chain } of limitsOf(inner, scene, depth + 1)) {
      const argument = call.arguments[inner.parameters.indexOf(parameter)];
      if (argument) note(argument, path, query ?? limitedBy(call, scene), [stepAt(call), ...chain]);
    }
  }
  return found;
}

/** `query.limit(size)` of a query that was handed in, and goes on elsewhere. */
function limitsOfBuilder(node: CallExpression, scene: Scene): readonly Expression[] {
  const { root, links } = chainOf(node);
  const isGiven = ts.isIdentifier(root) && declarationOf(root)?.kind === 'parameter' && links.some(({ name }) => builderLimits.has(name));
  return isGiven && operationsOf(node, scene).at(-1)?.at === node ? limitsAt(node, scene) : [];
}

/** Calls that limit a query under construction, in whatever library. */
const builderLimits = new Set(libraries.flatMap(({ kinds }) => Object.values(kinds).flatMap(({ runs, calls }) => (runs === undefined ? [] : Object.entries(calls ?? {}).filter(([, { bounds }]) => bounds).map(([name]) => name)))));

/** `pages.setLimit(size)` of a class of the repository that only keeps the number. */
function limitsToldTo(node: CallExpression, scene: Scene): readonly Expression[] {
  const [only, ...others] = node.arguments;
  if (!only || others.length > 0 || !/^(?:set|with)_?(?:limit|take|page_?size|per_?page)$/i.test(calleeName(node) ?? '')) return [];
  const fn = scene.calledFunction(node);
  return fn?.body && ts.isMethodDeclaration(fn) && keepsOnly(fn) && !capsAnything.test(fn.parent.getText()) ? [only] : [];
}

/** `this.limit = limit`, and perhaps itself given back. */
function keepsOnly({ body }: C.MethodDeclaration): boolean {
  const [first, second, ...others] = body?.statements ?? [];
  return first !== undefined && ts.isExpressionStatement(first) && /^this\.[\w$]+\s*=\s*[\w$]+$/.test(first.expression.getText()) && (second === undefined || ts.isReturnStatement(second)) && others.length === 0;
}

const capsAnything = /\bmin\s*\(|clamp|\bmax_?(?:limit|take|size|page|per|rows|results)|[<>]=?\s*[A-Z][A-Z_]*(?:MAX|LIMIT)/i;

// -- back from a limit ------------------------------------------------------------------------------------------------

/** Expressions looked at for one limit. Variables that are given one another in turn multiply. */
const mostSteps = 1_000;
let steps = 0;

const capping = /^(?:min|clamp\w*|cap\w*|limitTo|bounded?|inRange|constrain|coerceLimit)$/i;

/** Where the value comes from that `path` leads to within an expression. */
function originOf(expression: Expression, path: readonly string[], scene: Scene, depth: number): Origin {
  if (depth === 0) steps = 0;
  if (depth > deepest || (steps += 1) > mostSteps) return capped;
  const node = bare(expression);
  const on = (next: Expression, further: readonly string[] = path): Origin => originOf(next, further, scene, depth + 1);
  if (ts.isIdentifier(node)) return ofName(node, path, scene, depth);
  const access = memberAccess(node);
  if (access) return isComparedIn(node, path) ? capped : on(access.of, [access.name, ...path]);
  if (ts.isCallExpression(node)) return ofCalled(node, path, scene, depth);
  if (ts.isNewExpression(node)) {
    const name = inOneLine(node.expression, 40);
    const [first] = node.arguments ?? [];
    return first && (name === 'URL' || name === 'URLSearchParams') ? on(first, [name, ...path]) : ofMade(node, path, scene, depth);
  }
  if (ts.isObjectLiteralExpression(node)) return ofProperty(node, path, scene, depth);
  if (ts.isPrefixUnaryExpression(node)) return on(node.operand);
  if (ts.isBinaryExpression(node)) return node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken ? on(node.right) : either(on(node.left), on(node.right));
  if (ts.isConditionalExpression(node)) return compares(node.condition) && !takesLarger(node) ? capped : either(on(node.whenTrue), on(node.whenFalse));
  return ts.isLiteralExpression(node) || node.kind === ts.SyntaxKind.NullKeyword ? ours : capped;
}

/** What may come from either side: a cap on one side may be meant for both. */
function either(one: Origin, other: Origin): Origin {
  if (one.kind === 'capped' || other.kind === 'capped') return capped;
  if (one.kind === 'client' || other.kind === 'ours') return one;
  return other;
}

function ofProperty(object: C.ObjectLiteralExpression, path: readonly string[], scene: Scene, depth: number): Origin {
  const [name, ...rest] = path;
  if (name === undefined) return capped;
  const value = propertyValue(object, name);
  if (value) return originOf(value, rest, scene, depth + 1);
  const spread = object.properties.findLast((each) => ts.isSpreadAssignment(each));
  return spread && ts.isSpreadAssignment(spread) ? originOf(spread.expression, path, scene, depth + 1) : ours;
}

function ofName(node: C.Identifier, path: readonly string[], scene: Scene, depth: number): Origin {
  if (node.text === 'undefined') return ours;
  const declared = declarationOf(node);
  if (!declared || isComparedIn(node, path)) return capped;
  switch (declared.kind) {
    case 'variable': {
      const { initializer, name } = declared.node;
      const written = [initializer, ...(ts.isIdentifier(name) ? assignmentsTo(name.text, declared.node) : [])].filter((each) => each !== undefined);
      return written.length === 0 ? capped : once(declared.node, () => written.map((each) => originOf(each, path, scene, depth + 1)).reduce(either));
    }
    case 'binding': {
      const later = assignmentsTo(node.text, declared.node);
      return once(declared.node, () => later.map((each) => originOf(each, path, scene, depth + 1)).reduce(either, ofBinding(declared.node, path, scene, depth)));
    }
    case 'parameter':
      return ofParameter(declared.node, path, scene);
    default:
      return capped;
  }
}

const following = new Set<Node>();

/** `limit = Number(limit)`: what a variable is given of itself says nothing more of where it comes from. */
function once(declared: Node, ask: () => Origin): Origin {
  if (following.has(declared)) return ours;
  following.add(declared);
  try {
    return ask();
  } finally {
    following.delete(declared);
  }
}

/** `const { limit = 20 } = req.query`: back to what the pattern takes apart. */
function ofBinding(element: C.BindingElement, path: readonly string[], scene: Scene, depth: number): Origin {
  const pattern = element.parent;
  const name = element.propertyName ? nameText(element.propertyName) : ts.isIdentifier(element.name) ? element.name.text : undefined;
  if (ts.isArrayBindingPattern(pattern) || name === undefined) return capped;
  const further = element.dotDotDotToken ? path : [name, ...path];
  const holder = pattern.parent;
  if (ts.isBindingElement(holder)) return ofBinding(holder, further, scene, depth + 1);
  if (ts.isParameter(holder)) return ofParameter(holder, further, scene);
  return holder.initializer ? originOf(holder.initializer, further, scene, depth + 1) : capped;
}

function ofCalled(node: CallExpression, path: readonly string[], scene: Scene, depth: number): Origin {
  const name = calleeName(node) ?? '';
  const access = memberAccess(bare(node.expression));
  const [first] = node.arguments;
  if (capping.test(name)) return capped;
  if (converting.test(name) && path.length === 0) {
    if (node.arguments.length === 0 || (access && /^(?:toString|trim|valueOf)$/.test(name))) return access ? originOf(access.of, path, scene, depth + 1) : capped;
    return node.arguments.slice(0, name === 'max' ? undefined : 1).map((each) => originOf(each, path, scene, depth + 1)).reduce(either);
  }
  if (name === 'pick' && first && path[0] !== undefined) return picks(node, path[0], scene) ? originOf(first, path, scene, depth + 1) : ours;
  if (fillsUp.test(name) && path.length > 0 && node.arguments.length > 1) return ofFilledUp(node, path, scene, depth);
  if (!access && first && readers.has(name)) return originOf(first, [`${name}()`, ...path], scene, depth + 1);
  const schema = access && readsBySchema.test(name) ? schemaAt(scene.valueOf(access.of), scene) : undefined;
  if (schema && first) return leavesOpen(schema, path.filter((each) => each !== 'data' && each !== 'value'), scene) ? originOf(first, [path.at(-1)!], scene, depth + 1) : capped;
  const carried = access && first && makesCarriers.test(name) ? ofCarrier(scene.valueOf(access.of), first, path, scene, depth) : undefined;
  if (carried) return carried;
  const fn = scene.calledFunction(node);
  if (fn) return ofReturned(fn, node, path, scene, depth);
  if (!access) return capped;
  // `req.json()`, `searchParams.get('limit')`: whether it leads to an input is for the handler to say.
  const key = first && ts.isStringLiteralLike(first) ? [first.text] : [];
  return originOf(access.of, [`${name}()`, ...key, ...path], scene, depth + 1);
}

/** `defaults(req.query, { limit: 50 })`: the first that has it counts; of `assign({}, req.query, { limit: 50 })` the last. */
function ofFilledUp(node: CallExpression, path: readonly string[], scene: Scene, depth: number): Origin {
  const given = /^defaults/.test(calleeName(node) ?? '') ? [...node.arguments] : node.arguments.toReversed();
  for (const each of given) {
    const object = bare(each);
    const lacks = ts.isObjectLiteralExpression(object) && !propertyValue(object, path[0]!) && !object.properties.some(ts.isSpreadAssignment);
    if (!lacks) return originOf(each, path, scene, depth + 1);
  }
  return ours;
}

/** `pick(req.query, ['limit', 'page'])`, `_.pick(req.query, 'limit')`: the same under the same names. */
function picks({ arguments: [, ...names] }: CallExpression, name: string, scene: Scene): boolean {
  const written = names.flatMap((each) => {
    const list = ts.isIdentifier(bare(each)) ? scene.valueOf(each) : undefined;
    const node = list?.kind === 'array' ? list.node : bare(each);
    return ts.isArrayLiteralExpression(node) ? [...node.elements] : [each];
  });
  return written.some((each) => ts.isStringLiteralLike(bare(each)) && (bare(each) as C.StringLiteral).text === name);
}

const fillsUp = /^(?:defaults|defaultsDeep|merge|extend|assign)$/;

/** Static methods by which classes that only carry values are made of an object. */
const makesCarriers = /^(?:create|of|from|build|make)$/;

/** `ListUsersCommand.create({ limit })`: the field of a class that carries what it is given, unless its own rules cap it. */
function ofCarrier(made: Value, given: Expression, path: readonly string[], scene: Scene, depth: number): Origin | undefined {
  const object = bare(given);
  const [name] = path;
  if (made.kind !== 'class' || name === undefined || !ts.isObjectLiteralExpression(object)) return undefined;
  const field = fieldOf(made.node, name, scene);
  return field && areOpen(rulesOf(field)) ? ofProperty(object, path, scene, depth + 1) : undefined;
}

/** `new ListUsersQuery(limit)` of `constructor(readonly limit: number)`. */
function ofMade(node: C.NewExpression, [name, ...rest]: readonly string[], scene: Scene, depth: number): Origin {
  const made = name === undefined ? undefined : scene.valueOf(node.expression);
  const own = made?.kind === 'class' ? made.node.members.find((each): each is C.ConstructorDeclaration => ts.isConstructorDeclaration(each) && each.body !== undefined) : undefined;
  const index = own?.parameters.findIndex((each) => each.modifiers?.length && nameText(each.name) === name) ?? -1;
  const given = index < 0 ? undefined : node.arguments?.[index];
  return given && !ts.isSpreadElement(given) ? originOf(given, rest, scene, depth + 1) : capped;
}

/** What a function of the repository gives back, said in the terms of its caller. */
function ofReturned(fn: FunctionBody, call: CallExpression, path: readonly string[], scene: Scene, depth: number): Origin {
  if (!fn.body || depth > 10) return capped;
  const results = returnedExpressions(fn);
  if (results.length === 0) return capped;
  const origin = results.map((each) => originOf(each, path, scene, depth + 3)).reduce(either);
  if (origin.kind !== 'parameter') return origin;
  const argument = call.arguments[fn.parameters.indexOf(origin.parameter)];
  return argument && !ts.isSpreadElement(argument) ? originOf(argument, origin.path, scene, depth + 3) : capped;
}

/** What a parameter holds: what a decorator of the repository's own makes of the request, or what a client or a caller gives. */
function ofParameter(parameter: ParameterDeclaration, path: readonly string[], scene: Scene): Origin {
  const own = functionOfDecorator(parameter, scene);
  return own ? returnedExpressions(own).map((each) => originOf(each, path, scene, 4)).reduce(either, ours) : givenTo(parameter, path, scene);
}
