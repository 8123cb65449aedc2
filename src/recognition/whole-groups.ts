/** Rounds over groups of rows, in which one query takes all rows of the group. */
import type { ts as C } from 'ts-morph';
import { ts, type Expression, type Node } from '../code/compiler.ts';
import { declarationOf } from '../code/scope.ts';
import { bare, calleeName, isFunctionBody, memberAccess, nodesWithin } from '../code/syntax.ts';

/** What a list is filtered or turned into, that holds as many. */
const listMembers = /^(?:map|filter|flatMap|slice|sort|toSorted|concat|values|keys)$/;
/** What the database compares a column with all elements of a list by, in the libraries' names and in SQL's. */
const comparesWithAll = /^(?:\$?_?in|op\.in|inIds|inArray|any|overlaps|containedIn|(?:and|or)?whereIn|has(?:Some|Every))$/i;

/**
 * True for a query that is made once a group, with the keys of all rows in it:
 * `for (const [queueId, rows] of groups) … .where('id', 'in', rows.map(({ id }) => id))`.
 */
export function takesWholeGroup(query: Node): boolean {
  const groups = groupsAround(query);
  if (groups.length === 0) return false;
  return nodesWithin(query, ts.isIdentifier).some((name) => {
    const list = listOf(name);
    return list !== undefined && groups.includes(list) && isComparedWithAll(name, query);
  });
}

/** The second names of `[key, rows]` in the loops and callbacks around a node. */
function groupsAround(node: Node): Node[] {
  const groups: Node[] = [];
  for (let up = node.parent; up; up = up.parent) {
    const names = ts.isForOfStatement(up) && ts.isVariableDeclarationList(up.initializer) ? up.initializer.declarations[0]?.name : isFunctionBody(up) ? up.parameters[0]?.name : undefined;
    const second = names && secondOf(names);
    if (second) groups.push(second);
  }
  return groups;
}

function secondOf(names: C.BindingName): Node | undefined {
  const second = ts.isArrayBindingPattern(names) && names.elements.length === 2 ? names.elements[1] : undefined;
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
    if (ts.isPropertyAssignment(up) && child === up.initializer && comparesWithAll.test(up.name.getText().replaceAll(/[[\]'"]/g, '').replace('Sequelize.', ''))) return true;
    if (!ts.isCallExpression(up) || child === up.expression) continue;
    if (comparesWithAll.test(calleeName(up) ?? '')) return true;
    if (up.arguments.some((each) => ts.isStringLiteralLike(each) && /^in$/i.test(each.text.trim()))) return true;
  }
  return false;
}
