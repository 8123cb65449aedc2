/** What functions and methods of the language, and of well-known packages, make of the values that they are given. */
import { ts, type CallExpression, type NewExpression } from '../code/compiler.ts';
import { declarationOf } from '../code/scope.ts';
import { bare, memberAccess, requireArgument } from '../code/syntax.ts';
import { cleaners, settling, tidying, type SinkKind } from '../libraries/sinks.ts';
import { keepsOnlyKnown, stripsWayOut } from './checking.ts';
import { anyOf, asText, elementOf, joined, listOf, mapTraces, nothing, step, tracked, type Tracked } from './tracked.ts';

const samePart = new Set(['filter', 'slice', 'concat', 'flat', 'reverse', 'sort', 'splice', 'toSorted', 'values', 'catch', 'finally', 'valueOf', 'freeze', 'toObject', 'toJSON', 'lean']);
const oneElement = new Set(['find', 'at', 'pop', 'shift', 'findLast', 'next']);
const textMethods = new Set(['trim', 'trimStart', 'trimEnd', 'toLowerCase', 'toUpperCase', 'slice', 'substring', 'substr', 'replace', 'replaceAll', 'padStart', 'padEnd', 'normalize', 'toString', 'concat', 'repeat', 'toLocaleLowerCase', 'toLocaleUpperCase']);
const passing = new Set(['structuredClone', 'cloneDeep', 'clone', 'freeze', 'resolve', 'fromEntries', 'from', 'plainToInstance', 'plainToClass', 'camelcaseKeys', 'isolate', 'compact', 'uniq', 'flatten', 'of', 'toPlainObject', 'instanceToPlain']);

/** What a method gives of something that came in. Undefined where that is not known. */
export function givenByMethod(node: CallExpression, name: string, receiver: Tracked): Tracked | undefined {
  if (samePart.has(name)) return receiver;
  if (oneElement.has(name) && name !== 'next') return elementOf(receiver);
  if (name === 'join') return joinedList(node, receiver);
  if (name === 'split') return listOf([asText(receiver, true)]);
  if (name === 'replace' && keepsOnlyKnown(node)) return nothing;
  if (name === 'replace' && stripsWayOut(node)) return safeFor(asText(receiver), ['path']);
  return textMethods.has(name) && !isObjectLike(receiver) ? asText(receiver, true) : undefined;
}

/** `['DELETE FROM orders', condition].join(' ')`: the text that a list becomes, as far as it is written out; what was put into it later stands at its end. */
function joinedList(node: CallExpression, { fields, traces }: Tracked): Tracked {
  const written = [...(fields ?? [])].filter(([name]) => name === '[]' || /^\d+$/.test(name)).map(([, value]) => value);
  if (!written.some(({ pieces }) => pieces)) return asText({ traces, ...(fields && { fields }) });
  const [given] = node.arguments;
  const separator: Tracked = { traces: [], pieces: [given && ts.isStringLiteralLike(given) ? given.text : ','] };
  const text = joined(written.flatMap((each, index) => (index === 0 ? [each] : [separator, each])));
  return { ...text, traces: [...text.traces, ...asText({ traces }).traces] };
}

/** How a function is called: as a member of something that has a name, or plainly. */
type Callee = { holder: string | undefined; isPlain: boolean };

/** What a function gives of what it is given. Undefined where that is not known. */
export function givenByFunction(node: CallExpression, name: string, { holder, isPlain }: Callee, receiver: Tracked, given: readonly Tracked[]): Tracked | undefined {
  const first = given[0] ?? nothing;
  if (settling.test(name) || tidying.test(name)) return nothing;
  const cleaner = cleaners.find(({ names }) => names.test(name));
  if (cleaner) return safeFor(asText(first, true), cleaner.for);
  if (holder === 'JSON') return name === 'parse' ? tracked(first.traces.map((trace) => ({ ...trace, form: 'raw' as const }))) : asText(first);
  if (holder === 'Object') return givenByObject(name, first);
  if (holder === 'Promise' && (name === 'all' || name === 'allSettled')) return first;
  if (isPlain && name === 'String') return asText(first, true);
  if (/^(?:decodeURI|decodeURIComponent|unescape|atob|btoa)$/.test(name) || holder === 'Buffer') return asText(first, true);
  if (/^(?:join|resolve|normalize)$/.test(name) && ((holder !== undefined && /^(?:path|posix|win32|Path|nodePath|upath)$/.test(holder)) || (isPlain && comesFromPath(node)))) return asText(joined(given.map((each) => asText(each, true))));
  if (name === 'parse' && holder !== undefined && /^(?:url|Url|URL|qs|querystring|queryString)$/.test(holder)) return tracked(first.traces.flatMap((trace) => step(trace, 'parse()', node, bare(node.arguments[0]!)) ?? []));
  if (/^(?:pick|omit)(?:By)?$/.test(name)) return safeFor(anyOf(given), ['mass-assignment']);
  if (passing.has(name) && holder !== 'this') return anyOf(given);
  if ((name === 'replace' || name === 'replaceAll') && receiver.pieces && given[1]) return joined([receiver, asText(given[1])]);
  return name === 'format' && holder === 'util' && first.pieces ? joined(given.map((each) => asText(each))) : undefined;
}

/** `join(root, name)` of `import { join } from 'node:path'`, or of `const { join } = require('path')`. */
function comesFromPath({ expression }: CallExpression): boolean {
  const declared = ts.isIdentifier(expression) ? declarationOf(expression) : undefined;
  const holder = declared?.kind === 'binding' ? declared.node.parent.parent : undefined;
  const required = holder && ts.isVariableDeclaration(holder) && holder.initializer ? requireArgument(bare(holder.initializer)) : undefined;
  const from = declared?.kind === 'import' ? declared.from : required && ts.isStringLiteralLike(required) ? required.text : undefined;
  return from !== undefined && /^(?:node:)?path(?:\/(?:posix|win32))?$|^(?:upath|pathe)$/.test(from);
}

/** `Object.keys(x)` and its kin. */
function givenByObject(name: string, given: Tracked): Tracked {
  if (name === 'keys') return asText(given);
  if (name === 'values') return listOf([elementOf(given)]);
  return name === 'entries' ? listOf([listOf([asText(given), elementOf(given)])]) : given;
}

/** What `new` gives: of most classes, what it was given. */
export function givenByNew(node: NewExpression, first: Tracked): Tracked {
  const name = ts.isIdentifier(node.expression) ? node.expression.text : memberAccess(node.expression)?.name ?? '';
  if (settling.test(name) || name === 'Date' || name === 'Error' || /Error$|Exception$/.test(name)) return nothing;
  if (name === 'URL' || name === 'URLSearchParams') return tracked(first.traces.flatMap((trace) => (trace.form === 'raw' ? step(trace, `new ${name}`, node, bare(node.arguments![0]!)) ?? [] : { ...trace, form: 'text' as const })));
  return name === 'Set' || name === 'Map' || name === 'Array' ? listOf([elementOf(first)]) : first;
}

function safeFor(value: Tracked, kinds: readonly SinkKind[]): Tracked {
  return mapTraces(value, (trace) => [{ ...trace, safeFor: [...trace.safeFor, ...kinds] }]);
}

function isObjectLike(value: Tracked): boolean {
  return value.fields !== undefined && value.traces.length === 0;
}
