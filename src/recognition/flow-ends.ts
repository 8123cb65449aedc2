/** Where what came in ends: in the sinks and queries that calls are. */
import type { CallExpression, NewExpression, Node } from '../code/compiler.ts';
import type { Scene } from '../code/scene.ts';
import { inOneLine, type memberAccess } from '../code/syntax.ts';
import type { FlowRecord } from './flow-record.ts';
import { queryPartsAt } from './query-parts.ts';
import { sinksAt } from './sinks.ts';
import { looksLikeSql } from './sql-text.ts';
import { allTraces, isTracked, quotedTraces, textOfPieces, type Tracked, type ValueAt } from './tracked.ts';

/** A call by its name, with the values of what it is called on and of what it is given. */
export type CallWithValues = { node: CallExpression; name: string; access: ReturnType<typeof memberAccess>; receiver: Tracked; given: readonly Tracked[] };

/** Notes what goes into a sink of text: a command line, a statement, a path. */
export function noteSinks(node: CallExpression | NewExpression, scene: Scene, record: FlowRecord, at: ValueAt): void {
  for (const { kind, input, need } of sinksAt(node, scene)) {
    const value = at(input);
    const text = textOfPieces(value);
    if (need === 'markup' && !(text !== undefined && /<[a-z!/]/i.test(text))) continue;
    const reads = need !== 'sql-text' || (text !== undefined && looksLikeSql(text));
    if (!reads && text !== undefined) continue;
    const quoted = kind === 'sql' ? quotedTraces(value) : [];
    const ofInput = kind === 'shell' ? allTraces(value) : value.traces;
    for (const trace of ofInput) {
      if (trace.form === 'inside' && kind !== 'shell') continue;
      if (need === 'lead' && !trace.lead) continue;
      record.use(kind, trace, node, { ifSql: !reads, quoted: quoted.some((each) => each.parameter === trace.parameter && each.path.join() === trace.path.join()) });
    }
  }
}

/** Notes what goes into a query. True when the call is one. */
export function noteQuery(call: CallWithValues, scene: Scene, record: FlowRecord, at: ValueAt): boolean {
  const { node, name, access, receiver } = call;
  if (name === 'save' && access && isTracked(receiver) && !receiver.traces.some((trace) => trace.path.length === 0)) {
    for (const trace of allTraces(receiver)) record.use('write', trace, node, { writes: true });
    for (const trace of receiver.traces) if (trace.form === 'raw') record.use('mass-assignment', trace, node);
    return true;
  }
  const parts = queryPartsAt(node, scene);
  if (!parts) return noteStored(call, record);
  const inMongo = parts.library === 'mongoose' || parts.library === 'mongodb';
  for (const { role, value: expression } of parts.parts) {
    const value = at(expression);
    if (!isTracked(value)) continue;
    for (const trace of allTraces(value)) record.use(role === 'data' ? 'write' : 'filter', trace, node, { writes: parts.writes, library: parts.library });
    const whole = [value, ...(role === 'data' ? ['$set', '$setOnInsert'] : []).flatMap((name) => value.fields?.get(name) ?? [])];
    if (role === 'data') for (const trace of whole.flatMap(({ traces }) => traces)) if (trace.form === 'raw') record.use('mass-assignment', trace, node);
    if (role === 'filter' && inMongo) noteOperators(value, node, record);
  }
  return true;
}

/** Notes what of a filter may bring operators of its own: every value that is not put behind an operator already. */
function noteOperators(filter: Tracked, node: Node, record: FlowRecord, depth = 0): void {
  for (const trace of filter.traces) if (trace.form === 'raw') record.use('nosql', trace, node);
  for (const [name, field] of depth < 4 ? (filter.fields ?? []) : []) {
    if (name === '$where') for (const trace of allTraces(field)) record.use('nosql', trace, node);
    else if (!name.startsWith('$') || /^\$(?:or|and|nor|match)$/.test(name)) noteOperators(field, node, record, depth + 1);
  }
}

/** Notes writes whose handle leads nowhere, by unmistakable names: `userRepository.save(user)`, `redis.set(key, value)`. True when the call is one. */
function noteStored({ node, name, access, given }: CallWithValues, record: FlowRecord): boolean {
  if (!access) return false;
  const receiver = inOneLine(access.of, 80);
  const inRepository = name === 'save' && /(?:repo|repository|manager|\bem|model)$/i.test(receiver);
  const inRedis = /redis\w*(?:\.client|\(\))?$|redis\.\w*client$|RedisService\.client$/i.test(receiver) && /^(?:set|setex|setEx|hset|hSet|hmset|lpush|lPush|rpush|rPush|sadd|sAdd|publish|append)$/.test(name);
  if (!inRepository && !inRedis) return false;
  for (const value of inRedis ? given.slice(1) : given.slice(0, 1)) for (const trace of allTraces(value)) record.use('write', trace, node, { writes: true });
  if (inRepository) for (const trace of given[0]?.traces ?? []) if (trace.form === 'raw') record.use('mass-assignment', trace, node);
  return true;
}
