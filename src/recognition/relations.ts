import { ts, type CallExpression, type ClassLikeDeclaration, type Expression, type Node, type PropertyAccessExpression, type PropertyDeclaration } from '../code/compiler.ts';
import type { Scene } from '../code/scene.ts';
import { argument, bare, calleeName, memberAccess, nameText, writtenType } from '../code/syntax.ts';
import type { Library } from '../libraries/library.ts';
import type { Step } from '../model.ts';
import { bringingOf, type Bringing } from './brought-along.ts';
import { classOfRow, handleOf, promiseMembers } from './handle.ts';
import { importsLibrary, librariesAt } from './known-libraries.ts';
import type { Lack } from './row-lacks.ts';

/** A member of an entity that is read, and loads the rows that it relates to. */
export type LazyRead = {
  node: PropertyAccessExpression;
  library: Library;
  isMany: boolean;
  /** Where the row comes from without the relation, as far as that is another function. */
  from: readonly Step[];
};

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
    const bringing = member && library && bringingOf(node.expression, node.name.text, node, scene);
    return bringing?.says === 'missing' ? { node, library: library!, isMany: isListOf(member!), from: bringing.from } : undefined;
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

/** The relation of a row that a call loads unless it is there already, and the row: `author.books.loadItems()`. */
function loadedBy(call: CallExpression, named: number): Lack | undefined {
  const receiver = memberAccess(bare(call.expression))?.of;
  if (!receiver) return undefined;
  if (named >= 0) {
    const name = argument(call, named);
    return name && ts.isStringLiteralLike(name) ? { row: receiver, relation: name.text } : undefined;
  }
  const inner = bare(receiver);
  // `wrap(book.author).init()`: what is wrapped is meant.
  const relation = memberAccess(ts.isCallExpression(inner) ? bare(inner.arguments[0] ?? inner) : inner);
  return relation && { row: relation.of, relation: relation.name };
}

/**
 * Whether the query before has brought along what a call loads only where it is not there yet. What names no relation of a row always
 * asks, unless the name of the relation is nowhere to be seen.
 */
export function bringingForLoad(call: CallExpression, named: number, scene: Scene): Bringing & { lack?: Lack } {
  const lack = loadedBy(call, named);
  if (lack) return { ...bringingOf(lack.row, lack.relation, call, scene), lack };
  return named >= 0 && memberAccess(bare(call.expression)) ? { says: 'unknown' } : { says: 'missing', from: [] };
}
