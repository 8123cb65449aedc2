/** Rounds over groups of rows, in which one query takes all rows of the group. */
import type { ts as C } from 'ts-morph';
import { ts, type Expression, type FunctionBody, type Node } from '../code/compiler.ts';
import { declarationOf } from '../code/scope.ts';
import { bare, calleeName, isFunctionBody, memberAccess, nodesWithin, wrapped } from '../code/syntax.ts';

/** What a list is filtered or turned into, that holds as many. */
const listMembers = /^(?:map|filter|flatMap|slice|sort|toSorted|concat|values|keys)$/;
/** What the database compares a column with all elements of a list by, in the libraries' names and in SQL's. */
const comparesWithAll = /^(?:\$?_?in|op\.in|inIds|inArray|any|overlaps|containedIn|(?:and|or)?whereIn|has(?:Some|Every))$/i;

/**
 * True for a query that is made once a group, with the keys of all rows in it:
 * `for (const [queueId, rows] of groups) … .where('id', 'in', rows.map(({ id }) => id))`.
 */
export function takesWholeGroup(query: Node): boolean {
  const group = groupAround(query);
  return group !== undefined && nodesWithin(query, ts.isIdentifier).some((name) => listOf(name) === group && isComparedWithAll(name, query));
}

/** `for (const rows of Object.values(groupBy(commissions, byProgram))) await track({ rows })`: a call for each group, that is given all of the group. */
export function isGivenGroup(call: Node, loop: Node): boolean {
  if (!ts.isCallExpression(call) || !ts.isForOfStatement(loop) || !ts.isVariableDeclarationList(loop.initializer) || !isOfGroups(loop.expression)) return false;
  const name = loop.initializer.declarations[0]?.name;
  const group = name && (ts.isIdentifier(name) ? name.parent : secondOf(name));
  const isGroup = (node: Node): boolean => group !== undefined && ts.isIdentifier(node) && declarationOf(node)?.node === group;
  const given = call.arguments.map((each) => bare(each)).flatMap((each) => (ts.isObjectLiteralExpression(each) ? each.properties.flatMap((property) => (ts.isShorthandPropertyAssignment(property) ? [property.name] : ts.isPropertyAssignment(property) ? [bare(property.initializer)] : [])) : [each]));
  return given.some(isGroup);
}

/** `Object.values(groups)`, `groups.entries()`, of what a function that groups has made. */
function isOfGroups(list: Expression): boolean {
  const node = bare(list);
  const access = ts.isCallExpression(node) ? memberAccess(node.expression) : undefined;
  const of = access && /^(?:values|entries)$/.test(access.name) && ts.isCallExpression(node) ? (access.of.getText() === 'Object' ? node.arguments[0] : access.of) : node;
  const name = of && bare(of);
  const declared = name && ts.isIdentifier(name) ? declarationOf(name) : undefined;
  const made = declared?.kind === 'variable' && declared.node.initializer ? bare(declared.node.initializer) : name;
  return made !== undefined && ts.isCallExpression(made) && /^(?:group|bucket|partition|index)(?:By|ed|$)/i.test(calleeName(made) ?? '');
}

/** The second name of `[key, rows]` in the loop, or the callback of a list, right around a node. */
function groupAround(node: Node): Node | undefined {
  for (let up = node.parent; up; up = up.parent) {
    if (ts.isIterationStatement(up, false)) return ts.isForOfStatement(up) && ts.isVariableDeclarationList(up.initializer) ? secondOf(up.initializer.declarations[0]?.name) : undefined;
    const call = isFunctionBody(up) ? wrapped(up).parent : undefined;
    if (call && ts.isCallExpression(call) && /(?:map|each)\w*$/i.test(calleeName(call) ?? '')) return secondOf((up as FunctionBody).parameters[0]?.name);
    if (isFunctionBody(up) && !(call && ts.isCallExpression(call))) return undefined;
  }
  return undefined;
}

function secondOf(names: C.BindingName | undefined): Node | undefined {
  const second = names && ts.isArrayBindingPattern(names) && names.elements.length === 2 ? names.elements[1] : undefined;
  return second && ts.isBindingElement(second) && ts.isIdentifier(second.name) ? second : undefined;
}

/** What declares the list that a name stands for, or whose elements it holds: `rows` of `const ids = rows.filter(isNew).map(({ id }) => id)`. */
function listOf(name: Node, depth = 0): Node | undefined {
  const declared = ts.isIdentifier(name) ? declarationOf(name) : undefined;
  if (!declared || depth > 4) return undefined;
  if (declared.kind !== 'variable' || !declared.node.initializer) return declared.node;
  let made: Expression = bare(declared.node.initializer);
  while (ts.isCallExpression(made)) {
    const access = memberAccess(bare(made.expression));
    if (!access || !listMembers.test(access.name)) return undefined;
    made = bare(access.of);
  }
  return listOf(made, depth + 1);
}

/** True where a name within a query stands on the side of the list: `{ in: ids }`, `In(ids)`, `where('id', 'in', ids)`. */
function isComparedWithAll(name: Node, query: Node): boolean {
  for (let child = name, up = name.parent; up && child !== query; child = up, up = up.parent) {
    // `in: [role]`: one of them, and not the list.
    if (ts.isArrayLiteralExpression(up)) return false;
    if (ts.isPropertyAssignment(up) && child === up.initializer && comparesWithAll.test(up.name.getText().replaceAll(/[[\]'"]/g, '').replace('Sequelize.', ''))) return true;
    if (!ts.isCallExpression(up) || child === up.expression) continue;
    if (comparesWithAll.test(calleeName(up) ?? '')) return true;
    if (up.arguments.some((each) => ts.isStringLiteralLike(each) && /^in$/i.test(each.text.trim()))) return true;
  }
  return false;
}
