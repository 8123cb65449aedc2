import type { ts as C } from 'ts-morph';
import { ts, type Expression, type Node } from '../code/compiler.ts';
import { declarationOf } from '../code/scope.ts';
import { bare, enclosingFunction, endsFunction, inOneLine, isFunctionBody, isOnlyName, memberAccess, nameText, nodesWithin } from '../code/syntax.ts';

/**
 * True for what is asked once, whoever calls and however often: `this.zones ??= load()`, `if (!zones) zones = await load();`, also after
 * `if (zones) return zones;`, and `const all = this.zones ?? (await load());` of a function that keeps it there. What is kept under a key is asked with every key.
 */
export function isKeptForAll(node: Node): boolean {
  if (ts.isIfStatement(node.parent) && node.parent.thenStatement === node) return fillsWhatIsMissing(node.parent);
  if (!ts.isBinaryExpression(node) || !outlives(node.left)) return false;
  const { kind } = node.operatorToken;
  if (kind === ts.SyntaxKind.QuestionQuestionEqualsToken || kind === ts.SyntaxKind.BarBarEqualsToken) return true;
  if (kind === ts.SyntaxKind.QuestionQuestionToken || kind === ts.SyntaxKind.BarBarToken) return isKeptLater(node);
  return kind === ts.SyntaxKind.EqualsToken && isOnlyWhereMissing(node, inOneLine(node.left, 80));
}

/** A member of the object itself, or a variable of the file: what is there in the next call as well. */
function outlives(target: Expression): boolean {
  if (!ts.isIdentifier(target)) return ts.isPropertyAccessExpression(target) && target.expression.kind === ts.SyntaxKind.ThisKeyword;
  const declared = declarationOf(target);
  return declared?.kind === 'variable' && ts.isSourceFile(declared.node.parent.parent.parent);
}

/**
 * `const user = this.user ?? (await load()); …; this.user = user;`: what the function itself keeps. What is asked for by the object's own data
 * (`load(this.row.userId)`) is asked once for each object.
 */
function isKeptLater({ left, right }: C.BinaryExpression): boolean {
  const fn = enclosingFunction(left);
  if (!fn || !memberAccess(left) || /\bthis\.\w+(?!\w|\s*\()/.test(right.getText())) return false;
  let names = keptNames.get(fn);
  if (!names) keptNames.set(fn, (names = new Set([...fn.getText().matchAll(/\bthis\.(\w+)\s*=(?!=|\s*(?:null|undefined)\b)/g)].map(([, name]) => name!))));
  return names.has(memberAccess(left)!.name);
}

const keptNames = new WeakMap<Node, Set<string>>();

/** Within `if (!zones)`, or behind `if (zones) return …`. */
function isOnlyWhereMissing(node: Node, target: string): boolean {
  for (let inner = node, up = node.parent; up && !isFunctionBody(inner); inner = up, up = up.parent) {
    if (ts.isIfStatement(up) && inner === up.thenStatement && asksWhether(inOneLine(up.expression, 200), target, 'missing')) return true;
    if (ts.isBlock(up) && leavingIn(up).some(({ at, condition }) => at < inner.pos && condition.includes(target) && asksWhether(condition, target, 'there'))) return true;
  }
  return false;
}

/** The conditions under which a block is left early, and where they stand. */
function leavingIn(block: C.Block): readonly { at: number; condition: string }[] {
  let found = leaving.get(block);
  if (!found) leaving.set(block, (found = block.statements.flatMap((each) => (ts.isIfStatement(each) && endsFunction(each.thenStatement) ? [{ at: each.pos, condition: inOneLine(each.expression, 200) }] : []))));
  return found;
}

const leaving = new WeakMap<Node, readonly { at: number; condition: string }[]>();

function asksWhether(condition: string, target: string, how: 'missing' | 'there'): boolean {
  const name = target.replaceAll(/[$.]/g, '\\$&');
  const absent = new RegExp(`!\\s*${name}(?![\\w.])|(?<![\\w.])${name}\\s*={2,3}\\s*(?:undefined|null)\\b`).test(condition);
  if (how === 'missing') return absent;
  return !absent && new RegExp(`(?<![\\w.!])${name}(?!\\w|\\s*={2,3})`).test(condition);
}

/**
 * `if (!plans) { const all = await load(); plans = new Map(…); }`, `if (!this.values || this.isOld()) await this.load();` where `load` fills `values`. What is
 * asked for by what the function is given, or by the object's own data, is asked for each of them.
 */
function fillsWhatIsMissing(statement: C.IfStatement): boolean {
  const { expression, thenStatement } = statement;
  const fn = enclosingFunction(statement);
  const parameters = new Set((fn?.parameters ?? []).flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : [])));
  const isOwn = (node: Node): boolean => nodesWithin(node, ts.isIdentifier).some((each) => parameters.has(each.text) && !isOnlyName(each));
  if (isOwn(expression)) return false;
  return missingIn(expression).some((target) => {
    if (!outlives(target)) return false;
    const isFilled = new RegExp(String.raw`(?<![\w$.])${inOneLine(target, 80).replaceAll(/[$.]/g, String.raw`\$&`)}\s*(?:\?\?|\|\|)?=(?!=|\s*(?:null|undefined)\b)`);
    const method = methodOfThis(thenStatement);
    const filling = isFilled.test(thenStatement.getText()) ? thenStatement : method === undefined ? undefined : methodsOf(thenStatement.getSourceFile()).get(method)?.body;
    if (!filling || !isFilled.test(filling.getText())) return false;
    return !nodesWithin(filling, ts.isCallExpression).some((call) => call.arguments.some((each) => isOwn(each) || /\bthis\.(?!\w+\s*\()/.test(each.getText())));
  });
}

/** What a condition finds to be missing: `!plans`, `plans === null`, `!plans || isOld()`. */
function missingIn(condition: Expression): Expression[] {
  const node = bare(condition);
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) return [bare(node.operand)];
  if (!ts.isBinaryExpression(node)) return [];
  if (node.operatorToken.kind === ts.SyntaxKind.BarBarToken) return [...missingIn(node.left), ...missingIn(node.right)];
  return /^===?$/.test(node.operatorToken.getText()) && /^(?:undefined|null)$/.test(node.right.getText()) ? [bare(node.left)] : [];
}

/** `load` of a branch that is `await this.load();` alone. */
function methodOfThis(statement: Node): string | undefined {
  const only = ts.isBlock(statement) && statement.statements.length === 1 ? statement.statements[0]! : statement;
  const call = ts.isExpressionStatement(only) ? bare(only.expression) : undefined;
  const access = call && ts.isCallExpression(call) && call.arguments.length === 0 ? memberAccess(call.expression) : undefined;
  return access?.of.kind === ts.SyntaxKind.ThisKeyword ? access.name : undefined;
}

const methods = new WeakMap<Node, ReadonlyMap<string, C.MethodDeclaration>>();

/** The methods of a file by their names; the last of a name stands for all of them. */
function methodsOf(file: Node): ReadonlyMap<string, C.MethodDeclaration> {
  let known = methods.get(file);
  if (!known) methods.set(file, (known = new Map(nodesWithin(file, ts.isMethodDeclaration).map((each) => [nameText(each.name) ?? '', each]))));
  return known;
}
