/** Values as the flow through a function sees them: where their parts came from, and what was made of them on the way. */
import type { Expression, Node } from '../code/compiler.ts';
import type { SinkKind } from '../libraries/sinks.ts';

/**
 * One thing that came in through a parameter. `path` leads from the parameter to it: names of members, `name()` for what a
 * method gave, `[]` for an element.
 */
export type Trace = {
  parameter: number;
  path: readonly string[];
  /** The code of the function in which it was first read. */
  read: Node;
  /** The value itself, a text made with it, or a list that holds it. */
  form: 'raw' | 'text' | 'inside';
  /** The text begins with it. True for the value itself. */
  lead: boolean;
  /** What it was made harmless for on the way. */
  safeFor: readonly SinkKind[];
};

/** A text under construction: what is written out, and the traces of what was put in (none where that is nobody's input). */
export type Piece = string | readonly Trace[];

export type Tracked = {
  traces: readonly Trace[];
  /** Members that are known by name; elements of a written-out list by their index, `[]` for every element. */
  fields?: ReadonlyMap<string, Tracked>;
  pieces?: readonly Piece[];
};

/** The value that an expression was found to have. */
export type ValueAt = (expression: Expression) => Tracked;

export const nothing: Tracked = { traces: [] };

/** More traces than these say nothing new about one value. */
const mostTraces = 24;
/** Names followed into one parameter. */
const longestPath = 8;

/** Members within members that are looked at. */
const deepestField = 4;

/** True when some of it came in through a parameter. */
export function isTracked(value: Tracked, depth = 0): boolean {
  if (value.traces.length > 0) return true;
  if (!value.fields || depth > deepestField) return false;
  for (const field of value.fields.values()) if (isTracked(field, depth + 1)) return true;
  return false;
}

/** Every trace of a value and of its members. */
export function allTraces(value: Tracked, depth = 0): readonly Trace[] {
  if (!value.fields || depth > deepestField) return value.traces;
  return [...value.traces, ...[...value.fields.values()].flatMap((field) => allTraces(field, depth + 1))].slice(0, mostTraces);
}

/** Either of two values. */
export function either(one: Tracked, other: Tracked, depth = 0): Tracked {
  if (one === other || !carries(other)) return one;
  if (!carries(one) || depth > deepestField) return carries(one) ? one : other;
  const fields = new Map(one.fields);
  for (const [name, field] of other.fields ?? []) fields.set(name, fields.has(name) ? either(fields.get(name)!, field, depth + 1) : field);
  const pieces = piecesOfEither(one, other);
  return { traces: distinct([...one.traces, ...other.traces]), ...(fields.size > 0 && { fields }), ...(pieces && { pieces }) };
}

/** Of two texts the one that something came into; none where either may be something that came in, whole: `req.query.sort || 'id'`. */
function piecesOfEither(one: Tracked, other: Tracked): readonly Piece[] | undefined {
  if ([one, other].some(({ traces, pieces }) => traces.length > 0 && !pieces)) return undefined;
  const holds = ({ pieces }: Tracked): boolean => pieces?.some((piece) => typeof piece !== 'string') ?? false;
  return !holds(one) && holds(other) ? other.pieces : (one.pieces ?? other.pieces);
}

/** Any of these values. */
export function anyOf(values: readonly Tracked[]): Tracked {
  return values.reduce((one, other) => either(one, other), nothing);
}

function carries(value: Tracked): boolean {
  return value.traces.length > 0 || value.fields !== undefined || value.pieces !== undefined;
}

function distinct(traces: readonly Trace[]): Trace[] {
  const seen = new Set<string>();
  return traces.filter((trace) => {
    const key = `${trace.parameter} ${trace.path.join('.')} ${trace.form} ${trace.lead}`;
    return !seen.has(key) && seen.add(key);
  }).slice(0, mostTraces);
}

/** Traces alone, as a value. */
export function tracked(traces: readonly Trace[]): Tracked {
  return traces.length === 0 ? nothing : { traces: distinct(traces) };
}

/** The member of a value. `node` is the code that reads it, `of` the code that it is read from. */
export function memberOf(value: Tracked, name: string, node?: Node, of?: Node): Tracked {
  const known = value.fields?.get(name);
  if (known) return known;
  return tracked(value.traces.flatMap((trace) => step(trace, name, node, of) ?? []));
}

/** One element of a list. */
export function elementOf(value: Tracked): Tracked {
  let all = tracked(value.traces.flatMap((trace) => (trace.form === 'inside' ? { ...trace, form: 'raw' as const } : (step(trace, '[]') ?? []))));
  for (const [name, field] of value.fields ?? []) if (name === '[]' || /^\d+$/.test(name)) all = either(all, field);
  return all;
}

/** Names of values that find one thing. */
const finds = /(?:^|_|[a-z])(?:[iI][dD]s?|ID|[uU]uid|[sS]lug|[tT]oken|[kK]ey|[cC]ode|[hH]ash)$/;

/** True for what is named as a value that finds one thing: `body.orderId`, `query.slug`. */
export function findsOne({ path }: Pick<Trace, 'path'>): boolean {
  return finds.test(path.at(-1) ?? '');
}

/** Names of what holds inputs and is none itself, so that reading starts only behind it. */
const holders = /^(?:req|request|ctx|context|event|raw|url|URL|new URL|new URLSearchParams|nextUrl|searchParams|formData\(\)|headers|cookies)$/;

/** A trace one name further. Members of a text are no input any more, but pieces of it are. */
export function step(trace: Trace, name: string, node?: Node, of?: Node): Trace | undefined {
  const isIndex = name === '[]' || /^\d+$/.test(name);
  if (trace.form === 'text') return isIndex ? trace : undefined;
  if (trace.form === 'inside') return isIndex ? { ...trace, form: 'raw' } : undefined;
  if (trace.path.length >= longestPath) return undefined;
  // `req.body.name` is read as a whole; what goes through a variable was read where the variable got it.
  const read = node && (trace.path.length === 0 || trace.read === of || holders.test(trace.path.at(-1)!)) ? node : trace.read;
  return { ...trace, path: [...trace.path, isIndex ? '[]' : name], read };
}

/** Where a path leads within a value. `node` is the code in which all of it is read, when that is a call that was given the value. */
export function follow(value: Tracked, path: readonly string[], node?: Node): Tracked {
  let current = value;
  for (const name of path) current = name === '[]' ? elementOf(current) : memberOf(current, name, node, node);
  return current;
}

/** The value as a part of a text whose beginning is something else. */
export function asText(value: Tracked, leads = false): Tracked {
  if (!isTracked(value)) return value.pieces ? { traces: [], pieces: value.pieces } : nothing;
  return { ...tracked(allTraces(value).map((trace) => ({ ...trace, form: 'text' as const, lead: trace.lead && leads }))), ...(value.pieces && { pieces: value.pieces }) };
}

/** A list that holds these values. */
export function listOf(values: readonly Tracked[]): Tracked {
  if (!values.some((value) => carries(value))) return nothing;
  if (values.length > 20) return tracked(values.flatMap((value) => allTraces(value)).map((trace) => ({ ...trace, form: 'inside' as const })));
  return { traces: [], fields: new Map(values.map((value, index) => [String(index), value])) };
}

/** Texts and values one after the other. */
export function joined(parts: readonly Tracked[]): Tracked {
  const pieces: Piece[] = [];
  const traces: Trace[] = [];
  for (const part of parts) {
    const leads = isOpening(pieces);
    for (const piece of part.pieces ?? [allTraces(part)]) {
      if (typeof piece === 'string') {
        const last = pieces.at(-1);
        if (typeof last === 'string') pieces[pieces.length - 1] = last + piece;
        else pieces.push(piece);
        continue;
      }
      const opens = isOpening(pieces);
      const put = piece.map((trace) => ({ ...trace, form: 'text' as const, lead: trace.lead && opens }));
      pieces.push(put);
      traces.push(...put);
    }
    // What a value may be besides its text: `req.query.sort || 'id'`.
    if (part.pieces) traces.push(...part.traces.map((trace) => ({ ...trace, form: 'text' as const, lead: trace.lead && leads })));
  }
  return { traces: distinct(traces), pieces: pieces.slice(0, 200) };
}

/** True while nothing was said yet that settles where a link leads: the empty text, or a protocol alone. */
function isOpening(pieces: readonly Piece[]): boolean {
  return pieces.length === 0 || (pieces.length === 1 && typeof pieces[0] === 'string' && /^\s*(?:https?:)?(?:\/\/)?$/i.test(pieces[0]));
}

/** The text with `$$` for everything put in; undefined where none of it is written out. */
export function textOfPieces(value: Tracked): string | undefined {
  if (!value.pieces?.some((piece) => typeof piece === 'string')) return undefined;
  return value.pieces.map((piece) => (typeof piece === 'string' ? piece : '$$')).join('');
}

const valueFollows = /(?:=|<>|!=|<|>|\bi?like|\bin\s*\(|\bvalues\s*\([^()]*|,)\s*'%?$/i;

/** The traces that stand as a value between quotes within a statement: `… name = '$$'`. */
export function quotedTraces(value: Tracked): readonly Trace[] {
  const found: Trace[] = [];
  let isOpen = false;
  let before = '';
  for (const [index, piece] of (value.pieces ?? []).entries()) {
    if (typeof piece === 'string') {
      for (const character of piece) if (character === "'") isOpen = !isOpen;
      before = (before + piece).slice(-200);
      continue;
    }
    const after = value.pieces![index + 1];
    if (isOpen && valueFollows.test(before) && (typeof after !== 'string' || after.includes("'"))) found.push(...piece);
    before += '?';
  }
  return found;
}

/** The same value with each trace replaced; fields and texts follow. */
export function mapTraces(value: Tracked, change: (trace: Trace) => readonly Trace[], depth = 0): Tracked {
  const traces = distinct(value.traces.flatMap(change));
  const fields = value.fields && depth <= deepestField ? new Map([...value.fields].map(([name, field]) => [name, mapTraces(field, change, depth + 1)])) : undefined;
  const pieces = value.pieces?.map((piece) => (typeof piece === 'string' ? piece : piece.flatMap(change)));
  return { traces, ...(fields && { fields }), ...(pieces && { pieces }) };
}
