/** Tables that stay small because whoever adds a row is turned away when there are so many: `if ((await labels.count({ board })) >= 40) throw …`. */
import type { ts as C } from 'ts-morph';
import { ts, type Expression, type SourceFile } from '../code/compiler.ts';
import { declarationOf } from '../code/scope.ts';
import type { Scene } from '../code/scene.ts';
import { bare, endsFunction, memberAccess, nodesWithin } from '../code/syntax.ts';
import { queryAt } from './query.ts';

const ofFile = Symbol('tables that a file keeps few');
/** As many rows as nobody minds to load at once. */
const most = 1_000;

/** True for a table of which the same file lets nobody add more than a number that it names. */
export function isKeptFew(table: string | undefined, file: SourceFile, scene: Scene): boolean {
  return table !== undefined && scene.remember(ofFile, file, () => tablesKeptFew(file, scene), new Set<string>()).has(table);
}

function tablesKeptFew(file: SourceFile, scene: Scene): Set<string> {
  const found = new Set<string>();
  if (!/count|length/i.test(file.text)) return found;
  for (const { expression, thenStatement } of nodesWithin(file, ts.isIfStatement)) {
    const test = bare(expression);
    if (!ts.isBinaryExpression(test) || !isAtLeast(test) || !endsFunction(thenStatement) || !isCap(test.right, scene)) continue;
    const counted = countedBy(test.left);
    const query = counted && queryAt(counted, scene);
    if (query?.table !== undefined) found.add(query.table);
  }
  return found;
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
