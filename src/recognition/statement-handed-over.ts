import { ts, type CallExpression, type Expression, type FunctionBody, type Node, type TaggedTemplateExpression } from '../code/compiler.ts';
import { declarationOf } from '../code/scope.ts';
import type { Scene } from '../code/scene.ts';
import { bare, calleeName, inOneLine } from '../code/syntax.ts';
import { sqlTemplate } from '../libraries/sql-template.ts';
import { handleOf } from './handle.ts';
import { takesOneOnly } from './one-taken.ts';
import { chainOf } from './query-chain.ts';
import { textOf } from './query-text.ts';
import { isAmongDependencies, type Query } from './query.ts';
import { readSql, setsSameForAll } from './sql-text.ts';
import { isParameter } from './variable-uses.ts';

const ofStatement = Symbol('query by statement');

/** `connection.sql(SQL`…`)`: whatever takes a statement that a tag has made asks it, unless it only adds to it or writes it down. */
export function queryByStatement(node: Node, scene: Scene): Query | undefined {
  if (!ts.isCallExpression(node) || !mayTakeStatement(node) || !isAmongDependencies(sqlTemplate.packages, node, scene)) return undefined;
  return scene.remember(ofStatement, node, () => read(node, scene), undefined);
}

/** True for a call of a member, or of a function, that is given a tagged text or a name for a statement. */
export function mayTakeStatement(node: CallExpression): boolean {
  return node.arguments.length > 0 && isStatementLike(bare(node.arguments[0]!)) && !addsOrTells.test(calleeName(node) ?? '');
}

/** What adds a statement to another, keeps it, or writes it down. */
const addsOrTells = /^(?:append|prepend\w*|push|unshift|concat|glue|join|map|set|add|log|debug|info|warn|error|trace|silly|verbose|stringify|String|expect)$/;
/** What people call a statement. */
const statementNames = /sql|statement|stmt|query|select|insert|update|delete|text/i;

function isStatementLike(node: Expression): boolean {
  return ts.isTaggedTemplateExpression(node) || (ts.isIdentifier(node) && statementNames.test(node.text)) || (ts.isCallExpression(node) && ts.isTaggedTemplateExpression(chainOf(node).root));
}

function read(node: CallExpression, scene: Scene): Query | undefined {
  const given = node.arguments[0]!;
  if (!madeByTag(given, scene)) return undefined;
  // A function that makes another statement of it asks nothing.
  const fn = scene.calledFunction(node);
  if (fn && !handsOn(fn)) return undefined;
  const text = textOf(given, scene);
  const facts = text === undefined ? undefined : readSql(text);
  if (!facts || facts.aside) return undefined;
  return {
    node, library: sqlTemplate, verb: facts.verb, bounded: facts.bounded === false && facts.chosen && takesOneOnly(node) ? undefined : facts.bounded, scope: facts.scope, table: facts.table,
    says: inOneLine(node.expression, 60), bulk: false, batchable: setsSameForAll(text!), writtenFrom: [], batches: false, eachTable: false,
  };
}

/** Whether a function gives what it is given to somebody else, whole or as its text. */
function handsOn({ parameters: [first], body }: FunctionBody): boolean {
  const isGiven = (each: Expression): boolean => {
    // A wrapper hands on all that it is given: `(...args) => run(...args)`.
    const node = bare(ts.isSpreadElement(each) ? each.expression : each);
    return isParameter(node, first!) || (ts.isPropertyAccessExpression(node) && isParameter(node.expression, first!));
  };
  const visit = (node: Node): boolean => (ts.isCallExpression(node) && node.arguments.some(isGiven) && !addsOrTells.test(calleeName(node) ?? '')) || (ts.forEachChild(node, visit) ?? false);
  return first !== undefined && body !== undefined && visit(body);
}

/** The tag behind a statement that stands in place, or in a variable. */
function madeByTag(expression: Expression, scene: Scene, depth = 0): TaggedTemplateExpression | undefined {
  const node = bare(expression);
  const root = ts.isCallExpression(node) ? chainOf(node).root : node;
  if (ts.isTaggedTemplateExpression(root)) return handleOf(root.tag, scene)?.library === sqlTemplate ? root : undefined;
  const declared = ts.isIdentifier(root) && depth < 3 ? declarationOf(root) : undefined;
  return declared?.kind === 'variable' && declared.node.initializer ? madeByTag(declared.node.initializer, scene, depth + 1) : undefined;
}
