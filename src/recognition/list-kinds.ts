/** What a list is to a loop over it: rows of data, of which there are more every day, or something that stays short. */
import type { ts as C } from 'ts-morph';
import { ts, type CallExpression, type Expression, type FunctionBody, type Node, type VariableDeclaration } from '../code/compiler.ts';
import { assignedInConstructor } from '../code/members.ts';
import { assignmentsTo, declarationOf } from '../code/scope.ts';
import type { Scene } from '../code/scene.ts';
import { argument, bare, calleeName, enclosingFunction, escaped, hasHiddenProperties, inOneLine, isFunctionBody, isWithin, memberAccess, propertyValue, returnedExpressions, withoutTypes, wrapped } from '../code/syntax.ts';
import { holdsKinds, isFixedList, mostConstants } from './kinds-by-type.ts';
import { isFilledByRegistering, isRegistry } from './registered.ts';
import { usesOf } from './variable-uses.ts';

/** Methods of lists whose first argument is called per element. */
export const elementMethods = new Set(['map', 'forEach', 'flatMap', 'filter', 'some', 'every', 'reduce', 'reduceRight', 'mapSeries', 'each', 'eachSeries', 'eachAsync', 'concatMap']);

/** Names of a loop variable that say "a piece of the list" rather than "an element". */
const pieces = /^(?:chunk|batch|slice|page|window|partition|bucket)(?:ed|es|s|Ids|Of\w+)?$|(?:Chunk|Batch|Page|Slice)$/;
/** What cuts a list into pieces, or a time into spans. */
const cutters = /chunk|batch|slices?Of|splitInto|inGroups|partition|windowed|paginate|eachPage|cursorPages|buckets|(?:date|time|day|week|month)(?:range|window|interval)s|each(?:day|week|month|hour)ofinterval/i;

/** What a list is to a loop over it: rows of data, or something that stays short. */
export type ListKind = 'data' | 'constant' | 'chunks' | 'attempts';

/** What kind of list an expression is; `item` is what the loop calls one element, if that says something. */
export function kindOfList(list: Expression, item: string, scene: Scene, depth = 0): ListKind {
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
    if (!access || !elementMethods.has(access.name) || !isConstant(access.of, scene)) return false;
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
  const columns = by && ts.isArrayLiteralExpression(bare(by)) ? [...(bare(by) as C.ArrayLiteralExpression).elements] : by ? [by] : [];
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
export function isCapacity(node: Expression): boolean {
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

/** An object literal whose keys are all written out, or an enum. */
export function isFixedObject(node: Expression, scene: Scene): boolean {
  const value = scene.valueOf(node);
  if (value.kind === 'enum') return true;
  return value.kind === 'object' && value.node.properties.length > 0 && !hasHiddenProperties(value.node);
}

/** So many rounds are no loop over data, whatever the list. */
const fewRounds = 3;

export function isSmallNumber(node: Expression, scene: Scene, most = mostConstants): boolean {
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
function isCounted({ name }: C.VariableDeclaration): boolean {
  if (!ts.isIdentifier(name)) return true;
  const text = escaped(name.text);
  return assignmentsTo(name.text, name).length > 0 || new RegExp(`(?:\\+\\+|--)${text}\\b|\\b${text}\\s{0,3}(?:\\+\\+|--|[-+*/]=)|[{,]\\s{0,3}${text}\\s{0,3}[,}][^;=]{0,200}\\}\\s{0,3}=(?!=)`).test(name.getSourceFile().text);
}

function calculated(left: number, operator: C.SyntaxKind, right: number): number | undefined {
  switch (operator) {
    case ts.SyntaxKind.PlusToken: return left + right;
    case ts.SyntaxKind.MinusToken: return left - right;
    case ts.SyntaxKind.AsteriskToken: return left * right;
    case ts.SyntaxKind.SlashToken: return left / right;
    default: return undefined;
  }
}
