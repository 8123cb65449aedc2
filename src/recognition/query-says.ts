import { ts, type CallExpression, type ClassElement, type ClassLikeDeclaration, type Expression, type Node, type TaggedTemplateExpression } from '../code/compiler.ts';
import type { Scene } from '../code/scene.ts';
import { argument, bare, inOneLine, memberAccess, nameText, propertyValue } from '../code/syntax.ts';
import { argumentOf } from './query-arguments.ts';
import { chainOf, type Operation } from './query-chain.ts';

/** The call as a reader would say it: up to what decides about it, with the table where the call names it. */
export function says(node: CallExpression | TaggedTemplateExpression, operations: readonly Operation[] = []): string {
  if (ts.isTaggedTemplateExpression(node)) return inOneLine(node.tag, 40);
  const { root, links } = chainOf(node);
  const own = operations.filter((operation) => !operation.maybe);
  const deciding = own.findLast((operation) => operation.call.verb);
  const end = links.findIndex((link) => link.call === deciding?.at);
  const naming = own.find((operation) => operation.call.table !== undefined && operation.link?.call && isShortName(argument(operation.link.call, operation.call.table)));
  const parts = links.map((link, index) => {
    const table = link.call && link.call === naming?.at ? `(${inOneLine(argument(link.call, naming.call.table!)!, 44)})` : '';
    // `c.get('em').find(User)`: what was asked for says more than that it was.
    const asked = link.call && /^(?:get|resolve)$/.test(link.name) && index < links.length - 1 && link.call.arguments.length === 1 && isShortName(bare(link.call.arguments[0]!)) ? `(${inOneLine(link.call.arguments[0]!, 44)})` : '';
    const shown = !link.call || index === 0 || table !== '' || index === end || links.length <= 3;
    const command = index === end && deciding!.given !== deciding!.at ? `(${ts.isNewExpression(deciding!.given) ? 'new ' : ''}${deciding!.name})` : '';
    return shown && (index <= end || end < 0 || table !== '') ? `${link.name === '' ? '' : `.${link.name}`}${table}${asked}${command}` : '';
  });
  const start = inOneLine(root, 40);
  return `${ts.isBinaryExpression(root) || ts.isConditionalExpression(root) ? `(${start})` : start}${parts.join('')}`;
}

function isShortName(node: Expression | undefined): boolean {
  return node !== undefined && (ts.isStringLiteralLike(node) || ts.isIdentifier(node)) && node.text.length <= 40;
}

/** What names the table, where the call says it: an argument, or a key of its options. */
export function writtenTable(operations: readonly Operation[]): Expression | undefined {
  for (const { call, given, handle } of operations) {
    const key = handle.library.options?.table;
    const options = key === undefined || call.options === undefined ? undefined : argumentOf(given, call.options);
    const inOptions = options && ts.isObjectLiteralExpression(options) ? propertyValue(options, key!) : undefined;
    const table = inOptions ? bare(inOptions) : call.table === undefined ? undefined : argumentOf(given, call.table);
    if (table) return table;
  }
  return undefined;
}

/** A name that is written out, in place or in a constant; also the key of a list of models. */
function textOfName(written: Expression, scene: Scene): string | undefined {
  const node = ts.isElementAccessExpression(written) ? bare(written.argumentExpression) : written;
  if (ts.isStringLiteralLike(node)) return node.text;
  const value = ts.isIdentifier(node) ? scene.valueOf(node) : undefined;
  return value?.kind === 'literal' && ts.isStringLiteralLike(value.node) ? value.node.text : undefined;
}

/** The table, model or collection, as the code names it. */
export function tableOf(operations: readonly Operation[], scene: Scene): string | undefined {
  const written = writtenTable(operations);
  if (written) return textOfName(written, scene) ?? inOneLine(written, 40);
  // `prisma.post.findMany`, `User.findAll`, `db.query.users.findMany`: the name before the verb.
  const verb = operations.find((operation) => operation.call.verb);
  const access = verb && ts.isCallExpression(verb.at) ? memberAccess(bare(verb.at.expression)) : undefined;
  const holder = access && bare(access.of);
  if (!holder) return undefined;
  // `this.fields.find()` of a repository of `FieldDefinition`, `this.query()` in a class `SlaPolicy`.
  const rows = verb!.handle.rows?.name?.text ?? (holder.kind === ts.SyntaxKind.ThisKeyword ? classAround(holder)?.name?.text : rowsOfBase(holder));
  if (rows !== undefined) return withoutSuffix(rows);
  const name = ts.isIdentifier(holder) ? holder.text : (memberAccess(holder)?.name ?? entityGivenIn(verb!.at as CallExpression));
  return name === undefined ? undefined : withoutSuffix(name);
}

/** `Role` of `RoleEntity`, `roles` of `rolesRepository`: what is kept, by whatever keeps it. */
function withoutSuffix(name: string): string {
  return name.replace(/(?<=[a-z\d])(?:Entity|Model|Doc|Document|Schema|Class|Repository|Repo|Dao|DAO|Orm)$/, '');
}

function classAround(node: Expression): ClassLikeDeclaration | undefined {
  for (let up = node.parent as Node; up; up = up.parent) if (ts.isClassLike(up)) return up;
  return undefined;
}

/** `Category` of `this.entityModel` in `class Categories extends EntityRepository<Category>`, which inherits the member. */
function rowsOfBase(holder: Expression): string | undefined {
  const access = memberAccess(holder);
  const around = access?.of.kind === ts.SyntaxKind.ThisKeyword ? classAround(holder) : undefined;
  if (!around || around.members.some((each) => hasMember(each, access!.name))) return undefined;
  const base = around.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)?.types[0];
  const [rows, ...others] = (base?.typeArguments ?? []).flatMap((each) => (ts.isTypeReferenceNode(each) && ts.isIdentifier(each.typeName) ? each.typeName.text : []));
  return others.length === 0 ? rows : undefined;
}

function hasMember(element: ClassElement, name: string): boolean {
  if (!ts.isConstructorDeclaration(element)) return element.name !== undefined && nameText(element.name) === name;
  return element.parameters.some((each) => each.modifiers?.length && ts.isIdentifier(each.name) && each.name.text === name);
}

/** `Price` of `this.connection.getRepository(ctx, Price).find(…)`: what a function of the repository is asked for. */
function entityGivenIn(node: CallExpression): string | undefined {
  const given = chainOf(node).links.flatMap(({ call, name }) => (call && givers.test(name) ? call.arguments : [])).map((each) => bare(each));
  return given.find((each) => ts.isIdentifier(each) && /^[A-Z]/.test(each.text))?.getText();
}

const givers = /^(?:get|for|of|with)?(?:Repository|Repo|Model|Table|Collection)(?:For|Of)?$/i;
