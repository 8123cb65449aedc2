/** How many rows a statement may bring, by what is put into its text behind LIMIT, or given for the placeholder that stands there. */
import { ts, type Expression, type VariableDeclaration } from '../code/compiler.ts';
import { declarationOf } from '../code/scope.ts';
import type { Scene } from '../code/scene.ts';
import { bare, memberAccess, propertyValue } from '../code/syntax.ts';
import { addition, isTextual } from './query-text.ts';
import { usesOf } from './variable-uses.ts';

/** A text as it is put together: what is written, and what is put in between. */
type Piece = string | Expression;

/** What is given for a statement's placeholders: one list or one object with their names, or each by itself. */
export type Values = { together: Expression | undefined; apart?: undefined } | { together?: undefined; apart: readonly Expression[] };

/** Stands in a joined text for each expression that is put in. */
const put = '\0';
const marks = /\?|\$\0/g;
const place = String.raw`(?:\0|\?|\$\d+|\$\0|[:@]\w+)`;
/** MySQL takes `LIMIT offset, count` as well. */
const limits = new RegExp(String.raw`\b(?:limit|top|fetch\s+(?:first|next))\s*\(?\s*(${place})(?:\s*,\s*(${place}|\d+))?`, 'gi');

/** Limits of one statement that are looked at. For each the text is gone through, so that thousands of them would stall a review. */
const mostLimits = 20;

const noNames: ReadonlyMap<string, Expression> = new Map();

/**
 * The expressions that a statement's limits come to.
 * @param named what was given for its placeholders by their names before.
 */
export function limitsInStatement(written: Expression, values: Values, scene: Scene, named: ReadonlyMap<string, Expression> = noNames): Expression[] {
  const whole = bare(written);
  if (ts.isObjectLiteralExpression(whole)) {
    const text = propertyValue(whole, 'text') ?? propertyValue(whole, 'sql');
    const own = propertyValue(whole, 'values');
    return text ? limitsInStatement(text, own ? { together: own } : values, scene, named) : [];
  }
  const pieces = piecesOf(whole, scene, 0);
  const joined = pieces.map((each) => (typeof each === 'string' ? each : put)).join('');
  const puts = pieces.filter((each) => typeof each !== 'string');
  return [...joined.matchAll(limits)].slice(0, mostLimits).flatMap((match) => {
    const [all, first, second] = match;
    const chosen = second ?? first!;
    const end = match.index + all.length;
    if (chosen === put) return [puts[countOf(/\0/g, joined.slice(0, end)) - 1]!];
    return valueOf(chosen, joined.slice(0, end - chosen.length), joined.slice(end), values) ?? named.get(chosen.slice(1)) ?? [];
  });
}

function piecesOf(expression: Expression, scene: Scene, depth: number): Piece[] {
  const node = bare(expression);
  if (depth > 60) return [node];
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isTaggedTemplateExpression(node)) return piecesOf(node.template, scene, depth + 1);
  if (ts.isTemplateExpression(node)) return [node.head.text, ...node.templateSpans.flatMap(({ expression: each, literal }) => [isTextual(bare(each)) ? ' ' : each, literal.text])];
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) return [...piecesOf(node.left, scene, depth + 1), ...piecesOf(node.right, scene, depth + 1)];
  const declared = ts.isIdentifier(node) ? declarationOf(node) : undefined;
  if (depth > 3) return [node];
  // `statements.recent`, `import { RECENT } from './statements'`
  if (memberAccess(node) || declared?.kind === 'import') {
    const kept = scene.valueOf(node);
    return kept.kind === 'literal' && ts.isExpression(kept.node) ? piecesOf(kept.node, scene, depth + 1) : [node];
  }
  if (declared?.kind !== 'variable' || !declared.node.initializer) return [node];
  return [...piecesOf(declared.node.initializer, scene, depth + 1), ...usesOf(declared.node).flatMap((use) => {
    const added = addition(use);
    return added ? [' ', ...piecesOf(added, scene, depth + 4)] : [];
  })];
}

/** What is given for a placeholder. Of a text or a list that is put together, only the end is known; a limit stands there. */
function valueOf(chosen: string, before: string, after: string, values: Values): Expression | undefined {
  if (/^\d/.test(chosen)) return undefined;
  if (/^[:@]/.test(chosen)) return values.together && namedValue(values.together, chosen.slice(1));
  const list: Listed | undefined = values.apart ? { isWhole: true, elements: values.apart } : values.together && listed(values.together);
  if (!list) return undefined;
  const { isWhole, elements } = list;
  if (/^\$\d/.test(chosen)) return isWhole ? elements[Number(chosen.slice(1)) - 1] : undefined;
  const at = isWhole && !before.includes(put) ? countOf(marks, before) : elements.length - 1 - countOf(marks, after);
  return elements[at];
}

/** `{ limit }`, also as the `replacements` or `bind` of Sequelize. */
function namedValue(values: Expression, name: string): Expression | undefined {
  const node = bare(values);
  if (!ts.isObjectLiteralExpression(node)) return undefined;
  const inner = propertyValue(node, 'replacements') ?? propertyValue(node, 'bind');
  return inner ? namedValue(inner, name) : propertyValue(node, name);
}

/** The members of a list: all of them, or those at its end. */
type Listed = { isWhole: boolean; elements: readonly Expression[] };

function listed(expression: Expression): Listed | undefined {
  const node = bare(expression);
  if (ts.isArrayLiteralExpression(node)) {
    const spread = node.elements.findLastIndex((each) => ts.isSpreadElement(each));
    return { isWhole: spread < 0, elements: node.elements.slice(spread + 1) };
  }
  // `{ replacements: [teamId, size] }` of Sequelize.
  const inner = ts.isObjectLiteralExpression(node) ? (propertyValue(node, 'replacements') ?? propertyValue(node, 'bind')) : undefined;
  if (inner) return listed(inner);
  const call = ts.isCallExpression(node) ? memberAccess(node.expression) : undefined;
  if (call?.name === 'concat') {
    const added = ts.isCallExpression(node) ? node.arguments.flatMap((each) => listed(each)?.elements ?? [each]) : [];
    return { isWhole: false, elements: added };
  }
  const declared = ts.isIdentifier(node) ? declarationOf(node) : undefined;
  return declared?.kind === 'variable' ? pushed(declared.node) : undefined;
}

/** `const values = [id]; values.push(limit, offset);`. */
function pushed(variable: VariableDeclaration): Listed | undefined {
  const start = variable.initializer && ts.isArrayLiteralExpression(bare(variable.initializer)) ? listed(variable.initializer) : undefined;
  const added = usesOf(variable).flatMap((use) => {
    const call = memberAccess(use.parent)?.name === 'push' ? use.parent.parent : undefined;
    return call && ts.isCallExpression(call) && call.expression === use.parent ? [...call.arguments] : [];
  });
  if (!start && added.length === 0) return undefined;
  return { isWhole: (start?.isWhole ?? false) && added.length === 0, elements: [...(start?.elements ?? []), ...added] };
}

function countOf(mark: RegExp, text: string): number {
  return [...text.matchAll(mark)].length;
}
