/** What a walk through a function notes: where something that came in is used, what is checked on the way, and what is read. */
import { ts, type FunctionBody, type Node, type ParameterDeclaration } from '../code/compiler.ts';
import type { SinkKind } from '../libraries/sinks.ts';
import type { Level } from './checking.ts';
import { allTraces, type Trace, type Tracked } from './tracked.ts';

/** What is done with a value that came in: a sink of text, or its part in a query. */
export type UseKind = SinkKind | 'write' | 'filter' | 'merge';

/** A place where something that came in through a parameter is used. */
export type Use = {
  kind: UseKind;
  trace: Trace;
  /** The code of this function that uses it: the sink or query itself, or the call that leads there. */
  site: Node;
  /** The code behind the site, in the functions that it calls; the last one is the sink or query. */
  behind: readonly Node[];
  /** A text whose caller must tell whether it reads like SQL. */
  ifSql: boolean;
  /** It stands between quotes in a statement. */
  quoted: boolean;
  /** The query changes rows. */
  writes: boolean;
  /** The database library, where one was recognised. */
  library: string | undefined;
};

/** A check of something that came in. It holds for everything that comes after it. */
export type Check = {
  parameter: number;
  path: readonly string[];
  level: Level;
  /** Made in passing by a function that was handed the whole request (who is signed in, say), not by one that is about this input. */
  inPassing?: true;
  /** Made by the rules of a class that is made of it. */
  byRules?: true;
};

/** What a function does with what comes in through its parameters. */
export type Flows = { uses: readonly Use[]; checks: readonly Check[]; returns: Tracked; reads: ReadonlyMap<Node, Trace> };

/** Uses and checks kept of one function. */
const mostUses = 120;
const mostChecks = 400;

/** What is known beside the kind of a use. */
export type UseDetails = Partial<Pick<Use, 'behind' | 'ifSql' | 'quoted' | 'writes' | 'library'>>;

/** Which of the things that a parameter leads to are worth following. */
export type Relevant = (trace: Pick<Trace, 'parameter' | 'path'>) => boolean;

/** Keeps the uses, checks and reads of one function, in the order of its text: what is checked before ends what comes after. */
export class FlowRecord {
  readonly uses: Use[] = [];
  readonly checks: Check[] = [];
  /** The outermost code that reads something of a parameter. */
  readonly reads = new Map<Node, Trace>();
  private readonly fn: FunctionBody;
  private readonly isOutermost: boolean;
  private readonly relevant: Relevant | undefined;

  constructor(fn: FunctionBody, isOutermost: boolean, relevant?: Relevant) {
    this.fn = fn;
    this.isOutermost = isOutermost;
    this.relevant = relevant;
  }

  worthFollowing(value: Tracked): Tracked {
    if (!this.relevant || value.traces.length === 0) return value;
    const traces = value.traces.filter(this.relevant);
    return traces.length === value.traces.length ? value : { ...value, traces };
  }

  /** What code reads of `inner`, as far as it is worth following. */
  read(node: Node, value: Tracked, inner: Node): Tracked {
    const read = this.worthFollowing(value);
    const own = read.traces.find((trace) => trace.read === node);
    if (own) {
      this.reads.delete(inner);
      this.reads.set(node, own);
    }
    return read;
  }

  check(value: Tracked, level: Level, more?: Pick<Check, 'inPassing' | 'byRules'>): void {
    for (const trace of level === 'schema' ? allTraces(value) : value.traces) {
      if (this.checks.length >= mostChecks) return;
      if (trace.form === 'inside' && level !== 'schema') continue;
      // A whole request is not checked by asking whether it `isMobile`.
      if (trace.path.length === 0 && this.isOutermost && level !== 'schema' && this.fn.parameters[trace.parameter] !== undefined && isRequestLike(this.fn.parameters[trace.parameter]!)) continue;
      this.checks.push({ parameter: trace.parameter, path: ofAddress(trace.path), level, ...more });
    }
  }

  use(kind: UseKind, trace: Trace, site: Node, more: UseDetails = {}): void {
    if (this.uses.length >= mostUses || trace.safeFor.includes(kind as SinkKind) || this.isChecked(trace, kind)) return;
    this.uses.push({ kind, trace, site, behind: more.behind ?? [], ifSql: more.ifSql ?? false, quoted: more.quoted ?? false, writes: more.writes ?? false, library: more.library });
  }

  private isChecked(trace: Trace, kind: UseKind): boolean {
    return this.checks.some((check) => check.parameter === trace.parameter && ends(check.level, kind) && isPrefix(check.path, trace.path));
  }
}

/** Whoever asks for the host of an address has checked the address: `new URL(req.query.url).hostname`. */
function ofAddress(path: readonly string[]): readonly string[] {
  const at = path.lastIndexOf('new URL');
  return at > 0 && /^(?:host|hostname|origin|href)$/.test(path[at + 1] ?? '') ? path.slice(0, at) : path;
}

/** True when a check of this level ends a use of this kind. */
function ends(level: Level, kind: UseKind): boolean {
  if (level === 'schema' || level === 'content' || level === 'pin') return true;
  if (level === 'host') return kind === 'url';
  return kind === 'write' || kind === 'filter' || kind === 'merge' || kind === 'nosql' || kind === 'mass-assignment';
}

/** True when one path leads to the other or to something around it. */
export function isPrefix(path: readonly string[], of: readonly string[]): boolean {
  return path.length <= of.length && path.every((name, index) => name === of[index]);
}

function isRequestLike(parameter: ParameterDeclaration): boolean {
  return ts.isIdentifier(parameter.name) && /^_?(?:req|request|ctx|context|c|event|res|response|reply)$/i.test(parameter.name.text);
}
