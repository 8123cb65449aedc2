/** Lists and records that cannot grow with the business, because their declared type says which few things there are: `Metric[]`, `Record<Metric, number>`. */
import { ts, type ArrayLiteralExpression, type Expression, type Node, type TypeNode } from '../code/compiler.ts';
import { declarationOf, specifierOf } from '../code/scope.ts';
import type { Scene } from '../code/scene.ts';

/** More names or elements than this, written out, are data after all. */
export const mostConstants = 30;

/** Types whose names say that they are kinds. Others (`User[]`) are not worth opening a file for. */
const soundsLikeKinds = /(?:Types?|Kinds?|Status(?:es)?|States?|Metrics?|Roles?|Providers?|Channels?|Levels?|Modes?|Categor(?:y|ies)|Permissions?|Scopes?|Features?|Periods?|Intervals?|Languages?|Locales?|Keys?|Names?|Enum|Codes?|Platforms?|Methods?|Env|Environments?|Plans?|Tiers?|Regions?)$/;

/** Files of nothing but kinds: `src/enum`, `./order.enums`. */
const ofEnums = /(?:^|[/.-])enums?(?:[/.]|$)/i;

/** True for a variable or parameter that is declared to hold kinds, or something for each kind. */
export function holdsKinds(node: Expression, scene: Scene): boolean {
  const declared = ts.isIdentifier(node) ? declarationOf(node) : undefined;
  const type = declared?.kind === 'parameter' || declared?.kind === 'variable' ? declared.node.type : undefined;
  // A list that is filled or made from data has one of them for each row.
  const kinds = type && (declared?.kind === 'parameter' || !isList(type)) ? heldBy(type) : undefined;
  return kinds !== undefined && isOfKinds(kinds, scene);
}

/** `K` of `K[]`, `Set<K>`, `Record<K, V>`, `Partial<Record<K, V>>`. */
function heldBy(type: TypeNode): TypeNode | undefined {
  if (ts.isArrayTypeNode(type)) return type.elementType;
  if (ts.isTypeOperatorNode(type)) return heldBy(type.type);
  if (!ts.isTypeReferenceNode(type) || !ts.isIdentifier(type.typeName)) return undefined;
  const [first] = type.typeArguments ?? [];
  if (/^(?:Partial|Readonly|Required)$/.test(type.typeName.text)) return first && heldBy(first);
  return /^(?:Readonly)?(?:Array|Set|Map)$|^Record$/.test(type.typeName.text) ? first : undefined;
}

/** Lists may have the same kind many times, sets and records may not. */
function isList(type: TypeNode): boolean {
  const plain = ts.isTypeOperatorNode(type) ? type.type : type;
  return ts.isArrayTypeNode(plain) || (ts.isTypeReferenceNode(plain) && /Array$/.test(plain.typeName.getText()));
}

/** True for a list literal with all that it has, and not much. */
export function isFixedList({ elements }: ArrayLiteralExpression): boolean {
  return elements.length > 0 && elements.length <= mostConstants && !elements.some((each) => ts.isSpreadElement(each));
}

/** `typeof states` of a list or an object that stands in the code with all it has. */
function isWrittenOut(type: TypeNode, scene: Scene): boolean {
  const query = ts.isParenthesizedTypeNode(type) ? type.type : type;
  const value = ts.isTypeQueryNode(query) && ts.isIdentifier(query.exprName) ? scene.named(query.exprName.text, query) : undefined;
  if (value?.kind === 'enum') return true;
  if (value?.kind === 'array') return isFixedList(value.node);
  return value?.kind === 'object' && value.node.properties.length > 0 && value.node.properties.length <= mostConstants && !value.node.properties.some((each) => ts.isSpreadAssignment(each));
}

function isOfKinds(type: TypeNode, scene: Scene, depth = 0): boolean {
  if (depth > 4) return false;
  if (ts.isParenthesizedTypeNode(type)) return isOfKinds(type.type, scene, depth + 1);
  if (ts.isLiteralTypeNode(type)) return ts.isStringLiteralLike(type.literal);
  if (ts.isUnionTypeNode(type)) return type.types.length <= mostConstants && type.types.every((each) => isOfKinds(each, scene, depth + 1));
  // `keyof typeof prices`, `(typeof states)[number]`
  if (ts.isTypeOperatorNode(type)) return type.operator === ts.SyntaxKind.KeyOfKeyword && isWrittenOut(type.type, scene);
  if (ts.isIndexedAccessTypeNode(type)) return isWrittenOut(type.objectType, scene);
  if (!ts.isTypeReferenceNode(type) || !ts.isIdentifier(type.typeName) || type.typeArguments || !(soundsLikeKinds.test(type.typeName.text) || ofEnums.test(specifierOf(type.typeName) ?? ''))) return false;
  const value = scene.named(type.typeName.text, type.typeName);
  if (value.kind === 'enum') return true;
  const alias: Node | undefined = value.kind === 'interface' ? value.node : undefined;
  return alias !== undefined && ts.isTypeAliasDeclaration(alias) && isOfKinds(alias.type, scene, depth + 1);
}
