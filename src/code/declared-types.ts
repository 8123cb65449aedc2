/** What is meant by a type, as it is written. */
import type { ts as C } from 'ts-morph';
import { ts, type Node, type TypeNode } from './compiler.ts';
import type { Scene } from './scene.ts';
import { declarationNamed, declarationOf } from './scope.ts';
import { pathOf } from './syntax.ts';
import { better, instanceOf, unknown, type Value } from './value.ts';

/** Types that are joined in one, as far as they are looked into. */
const mostParts = 20;

/** Types of lists, by their names. */
const lists = new Set(['Array', 'ReadonlyArray', 'Set', 'ReadonlySet', 'Iterable']);
const seeThrough = new Set(['Promise', 'Awaited', 'Readonly', 'Partial', 'Required', 'NonNullable', 'PromiseLike', 'Omit', 'Pick', 'DeepPartial', 'Extract', 'Exclude']);

/** What a value of a type stands for. */
export function readType(type: TypeNode, scene: Scene): Value {
  if (ts.isParenthesizedTypeNode(type)) return scene.valueOfType(type.type);
  if (ts.isTypeReferenceNode(type)) return ofTypeReference(type, scene);
  if (ts.isTypeQueryNode(type)) return ofEntity(type.exprName, scene);
  if (ts.isImportTypeNode(type)) return ofImportType(type, scene);
  if (ts.isUnionTypeNode(type) || ts.isIntersectionTypeNode(type)) {
    let best: Value = unknown;
    const values = type.types.map((each) => scene.valueOfType(each));
    for (const value of values) best = better(best, value);
    if ((best.kind !== 'made' && best.kind !== 'interface') || !ts.isIntersectionTypeNode(type)) return best;
    const adds = values.flatMap((value) => (value.kind === 'interface' && value !== best ? [value.node, ...(value.adds ?? [])] : []));
    return adds.length > 0 ? { ...best, adds: [...new Set([...(best.adds ?? []), ...adds])].slice(0, mostParts) } : best;
  }
  if (ts.isArrayTypeNode(type)) return listOf(type.elementType, scene);
  if (ts.isIndexedAccessTypeNode(type) && ts.isLiteralTypeNode(type.indexType) && ts.isStringLiteralLike(type.indexType.literal)) {
    return scene.member(scene.valueOfType(type.objectType), type.indexType.literal.text);
  }
  if (ts.isTypeOperatorNode(type)) return scene.valueOfType(type.type);
  if (ts.isFunctionTypeNode(type)) return { kind: 'maker', gives: type.type };
  if (ts.isTypeLiteralNode(type)) return { kind: 'interface', node: type.parent && ts.isTypeAliasDeclaration(type.parent) ? type.parent : type };
  return unknown;
}

/** A list says more than its name only where its elements are things of a class: rows of other kinds are better told by where they come from. */
function listOf(element: TypeNode, scene: Scene): Value {
  const of = scene.valueOfType(element);
  return of.kind === 'instance' ? { kind: 'list', of } : unknown;
}

function ofTypeReference(type: C.TypeReferenceNode, scene: Scene): Value {
  const first = type.typeArguments?.[0];
  if (ts.isIdentifier(type.typeName) && first && !declarationOf(type.typeName)) {
    if (lists.has(type.typeName.text)) return listOf(first, scene);
    if (seeThrough.has(type.typeName.text)) return scene.valueOfType(first);
    if (type.typeName.text === 'ReturnType') {
      const value = scene.valueOfType(first);
      return value.kind === 'function' ? scene.returned(value.node) : value.kind === 'external' || value.kind === 'member' ? { kind: 'made', of: value } : unknown;
    }
    if (type.typeName.text === 'InstanceType') return instanceOf(scene.valueOfType(first), undefined);
  }
  const value = ofEntity(type.typeName, scene);
  if (value.kind === 'interface' && ts.isTypeAliasDeclaration(value.node) && !ts.isTypeLiteralNode(value.node.type)) return scene.valueOfType(value.node.type);
  if (value.kind === 'global' || value.kind === 'parameter') return value.kind === 'global' && declarationNamed(value.name, type) === undefined ? { kind: 'made', of: value, ...(type.typeArguments && { types: type.typeArguments }) } : unknown;
  return value.kind === 'interface' || value.kind === 'enum' ? value : instanceOf(value, type.typeArguments);
}

/** `import('pg').Pool`. */
function ofImportType({ argument, qualifier, isTypeOf, typeArguments }: C.ImportTypeNode, scene: Scene): Value {
  if (!ts.isLiteralTypeNode(argument) || !ts.isStringLiteralLike(argument.literal)) return unknown;
  const names = qualifier ? namesOf(qualifier) : ['default'];
  const first = scene.imported(argument.literal.text, names[0]!, pathOf(argument));
  const value = names.slice(1).reduce((of: Value, name) => scene.member(of, name), first);
  return isTypeOf || value.kind === 'interface' || value.kind === 'enum' ? value : instanceOf(value, typeArguments);
}

function ofEntity(name: C.EntityName, scene: Scene): Value {
  if (ts.isIdentifier(name)) return isTypeParameter(name.text, name) ? unknown : scene.named(name.text, name);
  return scene.member(ofEntity(name.left, scene), name.right.text);
}

/** The value at one place of a tuple type, also of `Parameters<typeof f>`. */
export function tupleElement(type: TypeNode, index: number, scene: Scene, depth = 0): Value {
  if (depth > 6) return unknown;
  if (ts.isTupleTypeNode(type)) {
    const element = type.elements[index];
    return element ? scene.valueOfType(ts.isNamedTupleMember(element) ? element.type : element) : unknown;
  }
  if (!ts.isTypeReferenceNode(type)) return unknown;
  const [first] = type.typeArguments ?? [];
  if (ts.isIdentifier(type.typeName) && type.typeName.text === 'Parameters' && first) {
    const fn = functionType(first, 0, scene);
    const parameter = fn?.parameters[index];
    return parameter?.type ? scene.valueOfType(parameter.type) : unknown;
  }
  const named = ofEntity(type.typeName, scene);
  return named.kind === 'interface' && ts.isTypeAliasDeclaration(named.node) ? tupleElement(named.node.type, index, scene, depth + 1) : unknown;
}

function functionType(type: TypeNode, depth: number, scene: Scene): C.SignatureDeclaration | undefined {
  if (depth > 6) return undefined;
  if (ts.isFunctionTypeNode(type)) return type;
  const named = ts.isTypeReferenceNode(type) ? ofEntity(type.typeName, scene) : ts.isTypeQueryNode(type) ? ofEntity(type.exprName, scene) : unknown;
  if (named.kind === 'function') return named.node;
  return named.kind === 'interface' && ts.isTypeAliasDeclaration(named.node) ? functionType(named.node.type, depth + 1, scene) : undefined;
}

function namesOf(name: C.EntityName): string[] {
  return ts.isIdentifier(name) ? [name.text] : [...namesOf(name.left), name.right.text];
}

function isTypeParameter(name: string, at: Node): boolean {
  for (let up = at.parent; up; up = up.parent) {
    if ((ts.isFunctionLike(up) || ts.isClassLike(up) || ts.isInterfaceDeclaration(up) || ts.isTypeAliasDeclaration(up)) && up.typeParameters?.some((each) => each.name.text === name)) return true;
  }
  return false;
}
