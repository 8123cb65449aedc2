/** Rounds over the statements of a script, each of which is run as it stands: a migration, a dump, a schema. */
import { ts, type Expression, type Node } from '../code/compiler.ts';
import { declarationOf } from '../code/scope.ts';
import { bare, escaped, memberAccess } from '../code/syntax.ts';

/** What stands between statements: `';'`, `/;\s*\n/`, drizzle's breakpoints, `GO` of SQL Server. */
const betweenStatements = /;|breakpoint|\bGO\b/;

/** What leaves a list of texts a list of texts. */
const stillTexts = /^(?:map|filter|slice|concat|reverse)$/;
/** Calls that are given a statement as a whole. */
const running = '(?:query|execute|exec|run|raw|unsafe|\\$executeRawUnsafe|\\$queryRawUnsafe|executeSql|runSql|runQuery)';

/** `for (const statement of text.split(';')) await pool.query(statement)`: the element is all that the query says. What people typed is split like that as well, and stands beside a text of the code's own. */
export function runsStatements(list: Expression, item: string, body: Node): boolean {
  if (!/^[A-Za-z_$][\w$]*(?:\[\w+\])?$/.test(item) || !isSplit(list)) return false;
  return new RegExp(`(?<![\\w$])${running}\\s*(?:<[^<>]{0,80}>)?\\(\\s*${escaped(item)}(?:\\.trim\\(\\))?\\s*[,)]`).test(body.getText());
}

/** `text.split(…)`, also kept in a variable, and with empty ones left out. */
function isSplit(list: Expression, depth = 0): boolean {
  const node = bare(list);
  if (depth > 6) return false;
  const declared = ts.isIdentifier(node) ? declarationOf(node) : undefined;
  if (declared?.kind === 'variable') return declared.node.initializer !== undefined && isSplit(declared.node.initializer, depth + 1);
  const access = ts.isCallExpression(node) ? memberAccess(bare(node.expression)) : undefined;
  const [separator] = ts.isCallExpression(node) ? node.arguments : [];
  return access !== undefined && ((access.name === 'split' && separator !== undefined && betweenStatements.test(separator.getText())) || (stillTexts.test(access.name) && isSplit(access.of, depth + 1)));
}
