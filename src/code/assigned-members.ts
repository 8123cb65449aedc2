import type { ts as C } from 'ts-morph';
import { ts, type Expression, type VariableDeclaration } from './compiler.ts';
import { memberAccess } from './syntax.ts';

/** `db.User = …`, `User.prototype.posts = …`: a member that is assigned, what it is a member of, and its value. */
export type AssignedMember = { of: Expression; name: string; value: Expression };

/** The statements of the block or file that a variable is declared in. */
export function statementsBeside(variable: VariableDeclaration): readonly C.Statement[] {
  const block = variable.parent.parent.parent;
  return ts.isSourceFile(block) || ts.isBlock(block) ? block.statements : [];
}

/** Members that statements beside a variable assign, of whatever it be. */
export function membersAssignedBeside(variable: VariableDeclaration): AssignedMember[] {
  return membersAssignedIn(statementsBeside(variable));
}

/** Members that statements assign, of whatever it be. */
export function membersAssignedIn(statements: readonly C.Statement[]): AssignedMember[] {
  return statements.flatMap((statement) => {
    const node = ts.isExpressionStatement(statement) ? statement.expression : undefined;
    const target = node && ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken ? memberAccess(node.left) : undefined;
    return target ? [{ of: target.of, name: target.name, value: (node as C.BinaryExpression).right }] : [];
  });
}
