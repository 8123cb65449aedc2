import { ts, type CallExpression, type Expression, type ObjectLiteralExpression, type TaggedTemplateExpression } from '../code/compiler.ts';
import { declarationOf } from '../code/scope.ts';
import type { Scene } from '../code/scene.ts';
import { argument, bare, propertyValue } from '../code/syntax.ts';
import type { Library } from '../libraries/library.ts';
import { argumentsOf, listOf, optionsAt, stagesOf } from './query-arguments.ts';
import { laterOperations, operationsOf } from './query-chain.ts';
import { isTextual } from './query-text.ts';

/** The expressions that say how many rows a query may bring: `take: n`, `.limit(n)`, `` LIMIT ${n} ``, `LIMIT $1` with its value. */
export function limitsAt(node: CallExpression | TaggedTemplateExpression, scene: Scene): Expression[] {
  if (ts.isTaggedTemplateExpression(node)) return limitsInTemplate(node.template);
  const found: Expression[] = [];
  for (const { call, given, handle } of [...operationsOf(node, scene), ...laterOperations(node, scene)]) {
    const written = argumentsOf(given);
    for (const bound of [call.bounds ?? []].flat()) {
      const limit = bound.argument < 0 ? undefined : written[bound.argument];
      if (limit) found.push(limit);
    }
    const options = call.options === undefined || ts.isTaggedTemplateExpression(given) ? undefined : optionsAt(given, call.options, scene);
    if (options && options !== 'hidden') found.push(...limitsInOptions(options, handle.library));
    const list = call.pipeline === undefined || !written[call.pipeline] ? undefined : listOf(bare(written[call.pipeline]!), scene);
    if (list) for (const stage of stagesOf(list, scene)) found.push(...[propertyValue(stage, '$limit') ?? []].flat());
    if (call.text !== undefined && written[call.text]) found.push(...limitsInText(written[call.text]!, written[call.text + 1]));
  }
  return found;
}

/** The same for a call of a project's own wrapper: `query('… LIMIT ?', [n])`. */
export function limitsInWrapper({ arguments: given }: CallExpression): Expression[] {
  return given.flatMap((each, at) => (isTextual(bare(each)) ? limitsInText(each, given[at + 1]) : []));
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

const before = /\b(?:limit|top|fetch\s+(?:first|next))\s*\(?\s*$/i;

/** What is put into a statement right behind its LIMIT. */
function limitsInTemplate(template: Expression): Expression[] {
  if (!ts.isTemplateExpression(template)) return [];
  return template.templateSpans.flatMap((span, index) => {
    const text = index === 0 ? template.head.text : template.templateSpans[index - 1]!.literal.text;
    return before.test(text) ? [span.expression] : [];
  });
}

/** The same for a text and the values that its placeholders stand for, also where they are members of one object. */
function limitsInText(written: Expression, values: Expression | undefined): Expression[] {
  const whole = bare(written);
  if (ts.isObjectLiteralExpression(whole)) {
    const text = propertyValue(whole, 'text') ?? propertyValue(whole, 'sql');
    return text ? limitsInText(text, propertyValue(whole, 'values')) : [];
  }
  const node = textBehind(whole);
  if (!node) return [];
  if (ts.isTemplateExpression(node)) return limitsInTemplate(node);
  if (ts.isBinaryExpression(node)) return limitsInSum(node);
  const list = values && bare(values);
  if (!isTextual(node) || !list || !ts.isArrayLiteralExpression(list)) return [];
  const { text } = node as Expression & { text: string };
  const numbered = /\b(?:limit|top)\s+\$(\d+)/i.exec(text)?.[1];
  const marked = /^(.*?)\b(?:limit|top)\s+\?/is.exec(text)?.[1];
  const position = numbered !== undefined ? Number(numbered) - 1 : marked !== undefined ? [...marked.matchAll(/\?/g)].length : -1;
  const value = position < 0 ? undefined : argument({ arguments: list.elements }, position);
  return value ? [value] : [];
}

/** `'… LIMIT ' + n`. */
function limitsInSum(node: import('ts-morph').ts.BinaryExpression): Expression[] {
  const parts: Expression[] = [];
  let current: Expression = node;
  while (ts.isBinaryExpression(current) && current.operatorToken.kind === ts.SyntaxKind.PlusToken && parts.length < 60) {
    parts.unshift(bare(current.right));
    current = bare(current.left);
  }
  parts.unshift(current);
  return parts.filter((_, index) => {
    const previous = parts[index - 1];
    return previous !== undefined && ts.isStringLiteralLike(previous) && before.test(previous.text);
  });
}

function textBehind(node: Expression): Expression | undefined {
  const declared = ts.isIdentifier(node) ? declarationOf(node) : undefined;
  if (declared?.kind === 'variable') return declared.node.initializer && bare(declared.node.initializer);
  return ts.isIdentifier(node) ? undefined : node;
}
