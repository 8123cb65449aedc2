/** What calls do with what came in, and what they give. */
import { ts, type CallExpression, type Expression, type NewExpression, type Node } from '../code/compiler.ts';
import type { Scene } from '../code/scene.ts';
import { bare } from '../code/syntax.ts';
import { readers } from '../libraries/servers.ts';
import { deepMerges } from '../libraries/sinks.ts';
import { isAccessQuestion, isSchema } from './checking.ts';
import { answered, noteCheckingCall } from './flow-checks.ts';
import { noteQuery, noteSinks, type CallWithValues } from './flow-ends.ts';
import type { FlowRecord, Flows } from './flow-record.ts';
import { takeOver } from './flows-taken-over.ts';
import type { HeldValues } from './held-values.ts';
import { givenByFunction, givenByMethod, givenByNew } from './known-functions.ts';
import { anyOf, findsOne, isTracked, nothing, step, tracked, type Tracked, type ValueAt } from './tracked.ts';

const making = new Set(['create', 'build', 'make', 'hydrate', 'fromJSON', 'fromJson', 'toEntity', 'toDomain', 'assign', 'merge', 'extend', 'defaults', 'instantiate']);

/** Reads the calls of one function, in the order of its text: notes what they do, and tells what they give. */
export class FlowCalls {
  private readonly record: FlowRecord;
  private readonly held: HeldValues;
  private readonly scene: Scene;
  private readonly at: ValueAt;
  /** What the function that is called does with what comes in. */
  private readonly flowsBehind: (node: CallExpression) => Flows | undefined;
  /** Calls that something went into, and which are no query by themselves but may be the beginning of one. */
  private readonly unfinished = new Set<Node>();

  constructor(record: FlowRecord, held: HeldValues, scene: Scene, at: ValueAt, flowsBehind: (node: CallExpression) => Flows | undefined) {
    this.record = record;
    this.held = held;
    this.scene = scene;
    this.at = at;
    this.flowsBehind = flowsBehind;
  }

  /** What a call gives. Undefined: nothing is known of it. */
  call(call: CallWithValues): Tracked | undefined {
    const { node, access, receiver, given } = call;
    if (isTracked(receiver) || given.some((each) => isTracked(each))) return this.withInput(call);
    // `User.find(req.query).limit(20)`: the query is the whole chain, and what came in stands further up.
    if (access && this.unfinished.has(bare(access.of)) && !noteQuery(call, this.scene, this.record, this.at)) this.unfinished.add(node);
    return undefined;
  }

  /** What `new` gives. */
  construct(node: NewExpression, given: readonly Tracked[]): Tracked {
    if (!given.some((each) => isTracked(each))) return nothing;
    noteSinks(node, this.scene, this.record, this.at);
    return givenByNew(node, given[0] ?? nothing);
  }

  private withInput(call: CallWithValues): Tracked | undefined {
    const { node, name, access, receiver, given } = call;
    if (noteCheckingCall(node, receiver, this.scene, this.record, this.at)) return nothing;
    const known = this.byKnownName(call);
    if (known) return known;
    noteSinks(node, this.scene, this.record, this.at);
    if (noteQuery(call, this.scene, this.record, this.at)) return undefined;
    if (access) this.unfinished.add(node);
    const flows = this.flowsBehind(node);
    const followed = flows && takeOver(flows, node, given, this.record, this.scene);
    // Only now: what the question itself does with an id, it does with one that nobody has looked up.
    if (isAccessQuestion(name)) for (const value of given) this.record.check({ traces: value.traces.filter((trace) => findsOne(trace)) }, 'pin');
    if (followed) return followed;
    if (making.has(name) && given.length > 0 && !isTracked(receiver)) return anyOf(given);
    return access ? this.byMethod(node, name, access.of, receiver) : undefined;
  }

  /** Functions and methods of the language and of well-known packages that make one value from another. */
  private byKnownName({ node, name, access, receiver, given }: CallWithValues): Tracked | undefined {
    if (isTracked(receiver)) return answered(node, name, receiver, this.scene, this.record) ?? givenByMethod(node, name, receiver);
    const of = access && bare(access.of);
    const holder = of && ts.isIdentifier(of) ? of.text : undefined;
    if (holder === 'Object' && name === 'assign') return this.assigned(node, given);
    if (!access && readers.has(name)) return this.stepped(node, `${name}()`, given[0] ?? nothing, bare(node.arguments[0]!));
    if (deepMerges.names.has(name) && isDeepMerge(node, this.scene)) {
      for (const trace of given.slice(1).flatMap((each) => each.traces)) if (trace.form === 'raw') this.record.use('merge', trace, node);
      return this.assigned(node, given);
    }
    if (name === 'push' || name === 'unshift' || name === 'append' || name === 'add') return this.held.put(of, given);
    // `user.set(req.body)` of a document; with a key before it, the value is only one of many.
    if (name === 'set' && given.length === 1) return this.held.put(of, given, true);
    return givenByFunction(node, name, { holder, isPlain: !access }, receiver, given);
  }

  /** `Object.assign(target, …)`: the target holds what it is given from here on. */
  private assigned(node: CallExpression, given: readonly Tracked[]): Tracked {
    this.held.put(node.arguments[0] && bare(node.arguments[0]), given.slice(1), true);
    return anyOf(given);
  }

  /** A method of something that came in whose meaning the name tells only together with where it stands: `req.json()`, `data.get('x')`. */
  private byMethod(node: CallExpression, name: string, of: Expression, receiver: Tracked): Tracked | undefined {
    if (receiver.traces.length === 0 || isSchema(of, this.scene)) return undefined;
    const value = this.stepped(node, `${name}()`, receiver, bare(of));
    const key = node.arguments[0] && bare(node.arguments[0]);
    return key && ts.isStringLiteralLike(key) ? this.stepped(node, key.text, value, node) : value;
  }

  private stepped(node: Node, name: string, value: Tracked, inner: Node): Tracked {
    return this.record.read(node, tracked(value.traces.flatMap((trace) => step(trace, name, node, inner) ?? [])), inner);
  }
}

function isDeepMerge(node: CallExpression, scene: Scene): boolean {
  let value = scene.valueOf(node.expression);
  while (value.kind === 'member') value = value.of;
  return value.kind === 'external' && deepMerges.from.includes(value.from);
}
