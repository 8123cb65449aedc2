import { ts, type CallExpression, type ClassLikeDeclaration, type Expression, type Node, type PropertyAccessExpression, type PropertyDeclaration } from '../code/compiler.ts';
import { declarationOf } from '../code/scope.ts';
import type { Scene } from '../code/scene.ts';
import { argument, bare, calleeName, hasHiddenProperties, memberAccess, nameText, propertyValue, writtenType } from '../code/syntax.ts';
import type { Library } from '../libraries/library.ts';
import { classOfRow, handleOf, importsLibrary, librariesAt } from './handle.ts';
import { optionsAt } from './query-arguments.ts';
import { chainOf, operationsOf } from './query-chain.ts';
import { promiseMembers } from './query-runs.ts';
import { sourceOf } from './row-source.ts';
import { usesOf } from './variable-uses.ts';

/** A member of an entity that is read, and loads the rows that it relates to. */
export type LazyRead = { node: PropertyAccessExpression; library: Library; isMany: boolean };

/** True for a member whose promise somebody takes: awaited, continued, given back, or collected by a callback. */
export function mayBeLazyRead(node: Node): node is PropertyAccessExpression {
  if (!ts.isPropertyAccessExpression(node) || !ts.isIdentifier(node.name) || promiseMembers.has(node.name.text)) return false;
  const { parent } = node;
  if (ts.isAwaitExpression(parent)) return true;
  if (ts.isReturnStatement(parent)) return true;
  if (ts.isPropertyAccessExpression(parent)) return parent.name.text === 'then' && ts.isCallExpression(parent.parent);
  return ts.isArrowFunction(parent) && parent.body === node && isCollected(parent);
}

/** `Promise.all(users.map((user) => user.posts))`. */
function isCollected(fn: Node): boolean {
  const call = fn.parent;
  const outer = ts.isCallExpression(call) ? call.parent : undefined;
  return outer !== undefined && ts.isCallExpression(outer) && /^(?:all|allSettled)$/.test(calleeName(outer) ?? '');
}

/** The lazy relation that is read here, where its entity's class declares one and the query before has not brought it along. */
export function lazyRelationAt(node: PropertyAccessExpression, scene: Scene): LazyRead | undefined {
  if (!mayBeLazyRead(node)) return undefined;
  const known = librariesAt(node, scene).filter(({ lazyRelations }) => lazyRelations);
  if (known.length === 0) return undefined;
  return scene.remember(ofLazyRead, node, () => {
    const entity = entityOf(node.expression, scene);
    const member = entity && declaredMember(entity, node.name.text, scene);
    const library = member && known.find((each) => isLazy(member, each));
    if (!member || !library || isBroughtAlong(node.expression, node.name.text, node, scene)) return undefined;
    return { node, library, isMany: isListOf(member) };
  }, undefined);
}

const ofLazyRead = Symbol('lazy read');

/** The class that an expression is an instance of: by its declared type, or as a row of a query. */
function entityOf(expression: Expression, scene: Scene): ClassLikeDeclaration | undefined {
  const value = scene.valueOf(expression);
  return value.kind === 'instance' ? value.node : classOfRow(handleOf(expression, scene));
}

function declaredMember(entity: ClassLikeDeclaration, name: string, scene: Scene): PropertyDeclaration | undefined {
  for (const { node } of scene.lineage(entity)) {
    const found = node?.members.find((member): member is PropertyDeclaration => ts.isPropertyDeclaration(member) && nameText(member.name) === name);
    if (found) return found;
  }
  return undefined;
}

/** `@OneToMany(() => Post, …) posts: Promise<Post[]>`. */
function isLazy(member: PropertyDeclaration, library: Library): boolean {
  if (!promised(member)) return false;
  return (ts.getDecorators(member) ?? []).some(({ expression }) => {
    const callee = ts.isCallExpression(expression) ? bare(expression.expression) : expression;
    return ts.isIdentifier(callee) && library.lazyRelations!.includes(callee.text) && importsLibrary(member, callee.text, library);
  });
}

function promised(member: PropertyDeclaration): import('ts-morph').ts.TypeNode | undefined {
  const type = writtenType(member);
  return type && ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName) && type.typeName.text === 'Promise' ? type.typeArguments?.[0] : undefined;
}

function isListOf(member: PropertyDeclaration): boolean {
  const type = promised(member);
  return type !== undefined && (ts.isArrayTypeNode(type) || /^(?:Readonly)?Array</.test(type.getText()));
}

/** True for a call that loads only what is not there yet, where the query before has brought it along: `author.books.loadItems()`. */
export function asksNothingNew(call: CallExpression, named: number, scene: Scene): boolean {
  const receiver = memberAccess(bare(call.expression))?.of;
  if (!receiver) return false;
  if (named >= 0) {
    const name = argument(call, named);
    return !name || !ts.isStringLiteralLike(name) || isBroughtAlong(receiver, name.text, call, scene);
  }
  const inner = bare(receiver);
  // `wrap(book.author).init()`: what is wrapped is meant.
  const relation = memberAccess(ts.isCallExpression(inner) ? bare(inner.arguments[0] ?? inner) : inner);
  return relation !== undefined && isBroughtAlong(relation.of, relation.name, call, scene);
}

/** Places that rows are followed back through: loop, variable, list. */
const deepest = 5;

/** True where the query that gave a row brought its relation along, or where that cannot be seen. Rows that are only handed in have brought nothing. */
function isBroughtAlong(row: Expression, relation: string, read: Node, scene: Scene, depth = 0): boolean {
  const node = bare(row);
  if (depth > deepest) return true;
  if (ts.isElementAccessExpression(node)) return isBroughtAlong(node.expression, relation, read, scene, depth + 1);
  if (ts.isIdentifier(node)) {
    const declared = declarationOf(node);
    if (declared?.kind === 'variable' && usesOf(declared.node).some((use) => isFilledBy(use, relation, read))) return true;
    const source = sourceOf(node);
    return source !== undefined && isBroughtAlong(source, relation, read, scene, depth + 1);
  }
  if (!ts.isCallExpression(node)) return false;
  if (mentions(textWithin(node), relation) || hidesOptions(node, relation, scene)) return true;
  const { root, links } = chainOf(node);
  return links.some(({ call }) => call && isMadeWithRelations(call, scene)) || (ts.isIdentifier(root) && isBroughtAlong(root, relation, read, scene, depth + 1));
}

/** A function of this repository that made the rows, and speaks of relations itself. */
function isMadeWithRelations(call: CallExpression, scene: Scene): boolean {
  const fn = scene.calledFunction(call);
  return fn !== undefined && /\b(?:relations|populate|preload)\b|JoinAndSelect/.test(fn.getText());
}

/** `em.populate(authors, ['books'])`, `query.leftJoinAndSelect('user.posts', 'post')`. */
function isFilledBy(use: Node, relation: string, read: Node): boolean {
  const { parent } = use;
  if (ts.isCallExpression(parent) && parent.expression !== use) return /populate|preload|load/i.test(calleeName(parent) ?? '') && mentions(parent.getText(), relation);
  const access = memberAccess(parent);
  return access?.of === use && ts.isCallExpression(parent.parent) && parent.parent !== read && mentions(parent.parent.getText(), relation);
}

/** A call's text with its chain, cut where a hostile file would make it long. */
function textWithin(call: CallExpression): string {
  return call.getText().slice(0, 8_000);
}

/** True where a text names a relation: quoted (`'user.posts'`), as a key (`posts: true`), or as all there are. */
function mentions(text: string, relation: string): boolean {
  const name = relation.replaceAll(/[$]/g, '\\$&');
  return new RegExp(`['"\`](?:[\\w.]*\\.)?${name}(?:\\.[\\w.]*)?['"\`]|\\b${name}\\s*:|['"\`]\\*['"\`]`).test(text);
}

/** True where options stand elsewhere, or leave open which relations come along. */
function hidesOptions(call: CallExpression, relation: string, scene: Scene): boolean {
  return operationsOf(call, scene).some(({ call: { options: position }, given }) => {
    if (position === undefined || ts.isTaggedTemplateExpression(given)) return false;
    const options = optionsAt(given, position, scene);
    if (options === undefined) return false;
    if (options === 'hidden' || hasHiddenProperties(options) || mentions(options.getText(), relation)) return true;
    return ['relations', 'populate'].some((key) => {
      const value = propertyValue(options, key);
      return value !== undefined && !ts.isArrayLiteralExpression(bare(value)) && !ts.isObjectLiteralExpression(bare(value));
    });
  });
}
