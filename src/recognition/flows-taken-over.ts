/** What a called function does with what it is given, taken over by the function that calls it. */
import type { CallExpression } from '../code/compiler.ts';
import type { Scene } from '../code/scene.ts';
import { stepAt } from '../code/syntax.ts';
import type { FlowRecord, Flows, UseKind } from './flow-record.ts';
import { isKeptFrom } from './kept-from.ts';
import { looksLikeSql } from './sql-text.ts';
import { allTraces, follow, isTracked, mapTraces, nothing, textOfPieces, type Trace, type Tracked } from './tracked.ts';

/** Makes the uses of a called function ours, lets its checks hold here too, and tells what it gives. */
export function takeOver(flows: Flows, node: CallExpression, given: readonly Tracked[], record: FlowRecord, scene: Scene): Tracked {
  const source = (trace: Pick<Trace, 'parameter' | 'path'>): Tracked => follow(given[trace.parameter] ?? nothing, trace.path, node);
  const fn = scene.calledFunction(node);
  for (const use of flows.uses) {
    const value = source(use.trace);
    if (!isTracked(value) || (use.ifSql && !looksLikeSql(textOfPieces(value) ?? '')) || (fn && isKeptFrom(node, fn, stepAt(use.site), scene, 'surely'))) continue;
    const spreads = use.kind === 'write' || use.kind === 'filter' || use.kind === 'nosql' || use.kind === 'merge';
    for (const trace of spreads ? allTraces(value) : value.traces) {
      const passed = passedOn(trace, use.trace);
      if (!fitsKind(use.kind, passed)) continue;
      record.use(use.kind, passed, node, { behind: [use.site, ...use.behind], quoted: use.quoted, writes: use.writes, library: use.library });
    }
  }
  for (const check of flows.checks) {
    const gotWhole = given[check.parameter]?.traces.some((trace) => trace.path.length === 0) ?? false;
    record.check(source(check), check.level, check.inPassing || (gotWhole && check.level !== 'schema') ? { inPassing: true } : undefined);
  }
  return mapTraces(flows.returns, (trace) => allTraces(source(trace)).map((each) => passedOn(each, trace)));
}

/** A trace of ours after what the called function made of it. */
function passedOn(own: Trace, theirs: Trace): Trace {
  const form = theirs.form === 'raw' || own.form === 'inside' ? own.form : theirs.form;
  return { ...own, form, lead: own.lead && theirs.lead, safeFor: [...own.safeFor, ...theirs.safeFor] };
}

function fitsKind(kind: UseKind, trace: Trace): boolean {
  if (kind === 'nosql' || kind === 'mass-assignment' || kind === 'merge') return trace.form === 'raw';
  if (kind === 'redirect' || kind === 'url') return trace.lead;
  return true;
}
