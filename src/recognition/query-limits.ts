import { ts, type CallExpression, type Expression, type ObjectLiteralExpression, type TaggedTemplateExpression } from '../code/compiler.ts';
import type { Scene } from '../code/scene.ts';
import { bare, propertyValue } from '../code/syntax.ts';
import type { Library } from '../libraries/library.ts';
import { argumentsOf, listOf, optionsAt, stagesOf } from './query-arguments.ts';
import { laterOperations, operationsOf, type Operation } from './query-chain.ts';
import { isTextual } from './query-text.ts';
import { limitsInStatement, type Values } from './statement-limits.ts';

/** The expressions that say how many rows a query may bring: `take: n`, `.limit(n)`, `` LIMIT ${n} ``, `LIMIT $1` with its value. */
export function limitsAt(node: CallExpression | TaggedTemplateExpression, scene: Scene): Expression[] {
  if (ts.isTaggedTemplateExpression(node)) return limitsInStatement(node, { apart: [] }, scene);
  const found: Expression[] = [];
  const operations = [...operationsOf(node, scene), ...laterOperations(node, scene)];
  for (const [at, { call, given, handle }] of operations.entries()) {
    const written = argumentsOf(given);
    for (const bound of [call.bounds ?? []].flat()) {
      const limit = bound.argument < 0 ? undefined : written[bound.argument];
      if (limit) found.push(limit);
    }
    const options = call.options === undefined || ts.isTaggedTemplateExpression(given) ? undefined : optionsAt(given, call.options, scene);
    if (options && options !== 'hidden') found.push(...limitsInOptions(options, handle.library));
    const list = call.pipeline === undefined || !written[call.pipeline] ? undefined : listOf(bare(written[call.pipeline]!), scene);
    if (list) for (const stage of stagesOf(list, scene)) found.push(...[propertyValue(stage, '$limit') ?? []].flat());
    if (call.text !== undefined && written[call.text]) found.push(...limitsInStatement(written[call.text]!, valuesOf(written[call.text + 1], operations.slice(at + 1)), scene, boundBefore(operations)));
  }
  return found;
}

/** Where options that stand elsewhere may hold a limit: what is given, and the name under which. */
export function hiddenLimitsAt(node: CallExpression | TaggedTemplateExpression, scene: Scene): { given: Expression; name: string }[] {
  if (ts.isTaggedTemplateExpression(node)) return [];
  return operationsOf(node, scene).flatMap(({ call, given, handle }) => {
    if (call.options === undefined || ts.isTaggedTemplateExpression(given)) return [];
    const names = handle.library.options?.bounds ?? [];
    const options = optionsAt(given, call.options, scene);
    // `find({ where, ...page })`
    const spread = options && options !== 'hidden' && !names.some((name) => propertyValue(options, name)) ? lastThatMayHold(names, options, scene) : [];
    const written = options === 'hidden' ? [argumentsOf(given)[call.options] ?? []].flat() : spread;
    return written.flatMap((each) => names.map((name) => ({ given: each, name })));
  });
}

/** The spreads of options that may hold one of these: none where the last of them shows it, for that one counts. */
function lastThatMayHold(names: readonly string[], options: ObjectLiteralExpression, scene: Scene): Expression[] {
  const spreads = options.properties.flatMap((each) => (ts.isSpreadAssignment(each) ? each.expression : []));
  const shown = spreads.findLastIndex((each) => {
    const value = scene.valueOf(each);
    return value.kind === 'object' && names.some((name) => propertyValue(value.node, name));
  });
  return spreads.slice(shown + 1);
}

/** What is given for a statement's placeholders: beside it, or to what runs it later (`prepare(sql).bind(…).all(…)`), often each by itself. */
function valuesOf(beside: Expression | undefined, later: readonly Operation[]): Values {
  if (beside) return { together: beside };
  const given = later.map((each) => argumentsOf(each.given)).find((each) => each.length > 0) ?? [];
  const [first] = given;
  const isTogether = first && given.length === 1 && (ts.isArrayLiteralExpression(bare(first)) || ts.isObjectLiteralExpression(bare(first)));
  return isTogether ? { together: first } : { apart: given };
}

/** What calls of their own give for a statement's placeholders: `input('size', sql.Int, size)`. */
function boundBefore(operations: readonly Operation[]): ReadonlyMap<string, Expression> {
  return new Map(operations.filter(({ call }) => call.binds).flatMap(({ given }): [string, Expression][] => {
    const [first, ...others] = argumentsOf(given);
    const name = first && bare(first);
    const value = others.at(-1);
    return name && value && ts.isStringLiteralLike(name) ? [[name.text, value]] : [];
  }));
}

/** The same for a call of a project's own wrapper: `query('… LIMIT ?', [n])`. */
export function limitsInWrapper({ arguments: given }: CallExpression, scene: Scene): Expression[] {
  return given.flatMap((each, at) => (isTextual(bare(each)) ? limitsInStatement(each, { together: given[at + 1] }, scene) : []));
}

function limitsInOptions(options: ObjectLiteralExpression, { options: keys }: Library, depth = 0): Expression[] {
  if (!keys || depth > 3) return [];
  const inner = (keys.nested ?? []).flatMap((key) => {
    const value = propertyValue(options, key);
    const object = value && bare(value);
    return object && ts.isObjectLiteralExpression(object) ? limitsInOptions(object, { options: keys } as Library, depth + 1) : [];
  });
  return [...keys.bounds.flatMap((key) => propertyValue(options, key) ?? []), ...inner];
}
