/** Tables that stay small because whoever adds a row is turned away when there are so many: `if ((await labels.count({ board })) >= 40) throw …`. */
import type { ts as C } from 'ts-morph';
import { ts, type Expression, type FunctionBody, type SourceFile } from '../code/compiler.ts';
import { declarationOf } from '../code/scope.ts';
import type { Scene } from '../code/scene.ts';
import { bare, calleeName, enclosingFunction, endsFunction, memberAccess, nameText, nodesWithin } from '../code/syntax.ts';
import { queryAt, type Query } from './query.ts';

const ofFile = Symbol('tables that a file keeps few');
/** As many rows as nobody minds to load at once. */
const most = 1_000;

/** What is counted before a row is added: of which table, and which of its columns say what counts. */
type Count = { table: string; columns: readonly string[] };

/** True for a list of which the same file lets nobody add more than a number that it names: all that is counted, or fewer of them. */
export function isKeptFew({ table, node }: Query, scene: Scene): boolean {
  if (table === undefined) return false;
  const file = node.getSourceFile();
  const counts = scene.remember(ofFile, file, () => countsBeforeAdding(file, scene), new Array<Count>());
  return counts.some((each) => each.table === table && each.columns.every((column) => new RegExp(`\\b${column}\\b`).test(node.getText())));
}

function countsBeforeAdding(file: SourceFile, scene: Scene): Count[] {
  if (!/count|length/i.test(file.text)) return [];
  const added = new Map<FunctionBody, ReadonlyMap<string, number>>();
  return nodesWithin(file, ts.isIfStatement).flatMap((statement): Count[] => {
    const test = bare(statement.expression);
    if (!ts.isBinaryExpression(test) || !isAtLeast(test) || !endsFunction(statement.thenStatement) || !isCap(test.right, scene)) return [];
    const counted = countedBy(test.left);
    const query = counted && queryAt(counted, scene);
    const columns = query && columnsOf(query);
    const fn = enclosingFunction(statement);
    if (query?.table === undefined || !columns || !fn) return [];
    let last = added.get(fn);
    if (!last) added.set(fn, (last = lastAdded(fn, scene)));
    return (last.get(query.table.toLowerCase()) ?? -1) > statement.end ? [{ table: query.table, columns }] : [];
  });
}

/** Columns of the filter of what counts; undefined for a filter that asks for a span of time, which limits how fast rows are added. */
function columnsOf({ node }: Query): string[] | undefined {
  const text = node.getText();
  if (/\b(?:gte?|lte?)\b|\$(?:gte?|lte?)\b|\b(?:MoreThan|LessThan|Between)\w*\(|(?<!=)[<>]|interval|created_?at|\bsince\b/i.test(text)) return undefined;
  const named = nodesWithin(node, ts.isObjectLiteralExpression).flatMap(({ properties }) => properties.flatMap((each) => (each.name ? (nameText(each.name) ?? []) : [])));
  const written = [...text.matchAll(/\b(\w+)\s*=\s*(?:\$\d|\?|:\w)/g)].map((each) => each[1]!);
  return [...named, ...written].filter((each) => /^\w+$/.test(each) && !/^(?:where|select|take|limit|attributes|columns|_count)$/.test(each));
}

/** Where a function last adds to which table: `prisma.label.create(…)`, `em.create(Label, …)`. Names of tables in small letters. */
function lastAdded(fn: FunctionBody, scene: Scene): Map<string, number> {
  const last = new Map<string, number>();
  for (const call of nodesWithin(fn, ts.isCallExpression)) {
    const query = queryAt(call, scene);
    const isNamed = /^(?:create|insert|save|add|persist|build)\w*$/i.test(calleeName(call) ?? '');
    if (query?.verb === 'write' && query.table !== undefined) last.set(query.table.toLowerCase(), call.pos);
    if (isNamed) for (const { text } of call.arguments.filter(ts.isIdentifier)) last.set(text.toLowerCase(), call.pos);
  }
  return last;
}

function isAtLeast({ operatorToken: { kind } }: C.BinaryExpression): boolean {
  return kind === ts.SyntaxKind.GreaterThanEqualsToken || kind === ts.SyntaxKind.GreaterThanToken;
}

/** `40`, `MAX_LABELS`, `limits.labels`, `LABELS_PER_BOARD`. */
function isCap(expression: Expression, scene: Scene): boolean {
  const node = bare(expression);
  const value = ts.isNumericLiteral(node) ? undefined : scene.valueOf(node);
  const literal = ts.isNumericLiteral(node) ? node : value?.kind === 'literal' && ts.isNumericLiteral(value.node) ? value.node : undefined;
  if (literal) return Number(literal.text.replaceAll('_', '')) > 1 && Number(literal.text.replaceAll('_', '')) <= most;
  return /max|limit|quota|per[A-Z_]|PER_/.test(memberAccess(node)?.name ?? (ts.isIdentifier(node) ? node.text : ''));
}

/** The query that counts: `await labels.count(…)`, `existing.length` of rows that were found, or what a variable keeps of either. */
function countedBy(expression: Expression, depth = 0): Expression | undefined {
  const node = bare(expression);
  if (ts.isCallExpression(node)) return node;
  const access = memberAccess(node);
  if (access?.name === 'length' || access?.name === 'size') return depth < 3 ? countedBy(access.of, depth + 1) : undefined;
  const declared = ts.isIdentifier(node) ? declarationOf(node) : undefined;
  const made = declared?.kind === 'variable' && ts.isIdentifier(declared.node.name) ? declared.node.initializer : undefined;
  return made && depth < 3 ? countedBy(made, depth + 1) : undefined;
}
