import { ts, type Node, type SourceFile } from '../code/compiler.ts';
import type { Scene } from '../code/scene.ts';
import { inOneLine, lineOf, stepAt } from '../code/syntax.ts';
import { sinkKinds, type SinkKind } from '../libraries/sinks.ts';
import type { Step } from '../model.ts';
import { callText } from '../recognition/call-text.ts';
import type { Use } from '../recognition/flow-record.ts';
import { textOf } from '../recognition/query-text.ts';
import { requestFactsOf, type OpenUse } from '../recognition/request-facts.ts';
import { mayBeSink, sinksAt, type Call } from '../recognition/sinks.ts';
import { looksLikeSql } from '../recognition/sql-text.ts';
import type { Asked, CodeWord, Recognition } from './word.ts';

type SinkAttributes = {
  kind: SinkKind;
  untrusted: boolean | undefined;
  from: 'request' | 'parameter' | undefined;
  source: string | undefined;
  input: string | undefined;
  via: 'direct' | 'call';
  call: string;
};

export const sink: CodeWord<SinkAttributes> = {
  name: 'sink',
  summary: 'a call that does harm when a client decides what goes into it',
  sees: 'text of SQL (raw queries of the database libraries, and any `query`, `execute` and the like whose text reads like SQL), filters of MongoDB, shells, evaluated code, paths of files, redirects, addresses of outgoing requests, markup in answers, regular expressions, and whole objects that are stored; the input is followed from the handler through variables, texts and calls',
  blindTo: 'sinks of libraries it does not know; input that takes a way which untrusted-input does not see; statements put together in another place than the function that runs them, unless a request was seen to reach them',
  reads: 'code',
  attributes: {
    kind: { means: 'what the harm is', values: sinkKinds },
    untrusted: { means: 'true when the input of a request was seen to reach it without a check', values: [true] },
    from: { means: '`request` when untrusted, `parameter` when a parameter of the function is put between quotes in a statement and its callers were not seen', values: ['request', 'parameter'] },
    source: { means: 'where in the request the input stands', values: ['body', 'query', 'params', 'headers', 'cookies', 'argument'] },
    input: { means: 'the input as it is read, such as `req.body.name`' },
    via: { means: '`direct` when the call is the sink, `call` when it leads to one', values: ['direct', 'call'] },
    call: { means: 'the call as a reader would say it' },
  },
  kinds: () => [ts.SyntaxKind.CallExpression, ts.SyntaxKind.NewExpression],
  heeds: ['kind', 'untrusted', 'from'],
  places: (asked) => (asksForInput(asked) ? reached : undefined),
  recognise(node, scene, asked) {
    if (!mayBeSink(node)) return undefined;
    const facts = requestFactsOf(node.getSourceFile(), scene);
    const wanted = asked?.['kind'];
    const open = facts.sinks.get(node)?.filter(({ use }) => isSinkKind(use.kind) && (!wanted || wanted.includes(use.kind)));
    if (open && open.length > 0) return ofRequest(node, open);
    const own = facts.ofParameters.get(node);
    if (own && (!wanted || wanted.includes('sql'))) return ofParameter(node, own);
    return asked && asksForInput(asked) ? undefined : unreached(node, scene, wanted);
  },
};

/** The calls of a file of which it is known what reaches them. */
function reached(tree: SourceFile, scene: Scene): Set<Node> {
  const { sinks, ofParameters } = requestFactsOf(tree, scene);
  return new Set([...sinks.keys(), ...ofParameters.keys()]);
}

function isSinkKind(kind: Use['kind']): kind is SinkKind {
  return (sinkKinds as readonly string[]).includes(kind);
}

function asksForInput(asked: Asked): boolean {
  return asked['untrusted'] !== undefined || asked['from'] !== undefined;
}

function ofRequest(node: Node, open: readonly OpenUse[]): Recognition<SinkAttributes> {
  const { use, source, input } = open.find((each) => each.use.behind.length === 0) ?? open[0]!;
  const kind = use.kind as SinkKind;
  const read = use.trace.read;
  const steps: Step[] = [stepAt(read), ...use.behind.map(stepAt)].filter((step) => step.line !== lineOf(node) || step.path !== stepAt(node).path);
  return {
    attributes: { kind, untrusted: true, from: 'request', source, input, via: use.behind.length > 0 ? 'call' : 'direct', call: callText(node) },
    evidence: steps,
    advice: kind === 'sql' ? { 'sql-injection': adviceForSql(use.behind.at(-1) ?? node) } : {},
  };
}

function ofParameter(node: Node, use: Use): Recognition<SinkAttributes> {
  const { read } = use.trace;
  return {
    attributes: { kind: 'sql', untrusted: undefined, from: 'parameter', source: undefined, input: inOneLine(ts.isParameter(read) ? read.name : read, 60), via: 'direct', call: callText(node) },
    evidence: [],
    advice: { 'sql-injection': adviceForSql(node) },
  };
}

/** A sink of which nothing is known but that it is one. */
function unreached(node: Call, scene: Scene, wanted: readonly (string | number | boolean)[] | undefined): Recognition<SinkAttributes> | undefined {
  for (const { kind, input, need } of sinksAt(node, scene)) {
    if (wanted && !wanted.includes(kind)) continue;
    const text = need === 'sql-text' || need === 'markup' ? textOf(input, scene) : undefined;
    if (need === 'sql-text' && !(text !== undefined && looksLikeSql(text))) continue;
    if (need === 'markup' && !(text !== undefined && /<[a-z!/]/i.test(text))) continue;
    return { attributes: { kind, untrusted: undefined, from: undefined, source: undefined, input: inOneLine(input, 60), via: 'direct', call: callText(node) } };
  }
  return undefined;
}

/** How the library in use takes values apart from its text. */
function adviceForSql(site: Node): string {
  const call = ts.isCallExpression(site) ? inOneLine(site.expression, 200) : '';
  if (/\$(?:query|execute)RawUnsafe/.test(call)) return 'Write it as a tag, `$queryRaw` and `$executeRaw` with the values in `${…}`: Prisma then sends them as parameters.';
  if (/Prisma\.raw$/.test(call)) return 'Leave the value in the `Prisma.sql` tag as `${…}`; `Prisma.raw` puts it into the text as it is.';
  if (/Raw$|knex\.raw|\braw$/.test(call)) return 'Put `?` where the value belongs, and give the values as the second argument: `raw(text, [value])`.';
  if (/sequelize/i.test(call)) return 'Put `:name` where the value belongs, and give it in `replacements`: the driver then keeps text and values apart.';
  if (/(?:where|Where|having)$/.test(call)) return 'Put `:name` where the value belongs, and give it in the second argument: `.where("name = :name", { name })`.';
  return 'Put a placeholder (`$1`, `?`) where the value belongs, and give the values as the second argument: text and values then travel apart.';
}
