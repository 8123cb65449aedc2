import { ts } from './compiler.ts';
import type {
  ArrayLiteralExpression,
  CallExpression,
  ClassLikeDeclaration,
  FunctionBody,
  Node,
  ObjectLiteralExpression,
  ParameterDeclaration,
  TypeNode,
} from './compiler.ts';

/**
 * What an expression stands for, as far as the repository's own text tells. Code of the repository is followed to the
 * node that defines it; what comes from elsewhere stays symbolic, so that a room that knows libraries can read it:
 * `prisma.user` is `member(made(external('@prisma/client', ['PrismaClient'])), 'user')`.
 */
export type Value =
  /** Cannot be told, or not yet (a file is still wanted). */
  | { kind: 'unknown' }
  /** An export of a package that is not in this repository. `path` is `['default']`, `['*']` or the names leading to it. */
  | { kind: 'external'; from: string; path: readonly string[] }
  /** An instance: `new X()`, or anything declared to be of type X. `types` are the type arguments, `node` the `new` expression, `adds` what a type puts beside: `X & { … }`. */
  | { kind: 'made'; of: Value; types?: readonly TypeNode[]; node?: Node; adds?: readonly Node[] }
  /** What a call gives, where the callee's body cannot be read. */
  | { kind: 'result'; of: Value; node: CallExpression }
  /** A member of a value that cannot be looked into. */
  | { kind: 'member'; of: Value; name: string; node?: Node }
  /** One element of a list, or what a destructured array position holds. */
  | { kind: 'element'; of: Value }
  /** A list that is declared to hold things of this kind: `User[]`. */
  | { kind: 'list'; of: Value }
  /** A function that is only declared, by the type of what it gives: `makeService: (db: Db) => Service`. */
  | { kind: 'maker'; gives: TypeNode }
  /** A parameter that says nothing about itself. */
  | { kind: 'parameter'; node: ParameterDeclaration }
  | { kind: 'global'; name: string }
  | { kind: 'class'; node: ClassLikeDeclaration }
  | { kind: 'instance'; node: ClassLikeDeclaration; types?: readonly TypeNode[] }
  /** A type that is spelled out; `adds` are others that it is joined with: `Base & { … }`. */
  | { kind: 'interface'; node: Node; adds?: readonly Node[] }
  | { kind: 'function'; node: FunctionBody }
  | { kind: 'object'; node: ObjectLiteralExpression }
  /** What several objects are joined to, the later ones first: `Object.assign({}, models, more)`. */
  | { kind: 'merged'; parts: readonly Value[] }
  | { kind: 'array'; node: ArrayLiteralExpression }
  | { kind: 'literal'; node: Node }
  | { kind: 'enum'; node: Node }
  /** A file of the repository as a namespace. */
  | { kind: 'module'; path: string };

export const unknown: Value = { kind: 'unknown' };

/** True when nothing useful is known. */
export function isUnknown(value: Value): boolean {
  return value.kind === 'unknown';
}

/** True for what somebody hands in, of whom nothing is known, and for its members. */
export function isHandedIn(value: Value): boolean {
  return value.kind === 'member' ? isHandedIn(value.of) : value.kind === 'unknown' || value.kind === 'parameter';
}

/** True when a value leads somewhere: to code of this repository or into a package. */
export function isSaying(value: Value): boolean {
  return weight(value) > 1;
}

function weight(value: Value): number {
  switch (value.kind) {
    case 'unknown':
      return 0;
    case 'global':
    case 'parameter':
      return 1;
    case 'member':
    case 'element':
      return weight(value.of) > 1 ? 4 : 1;
    case 'result':
      return weight(value.of) > 1 ? 4 : 1;
    case 'literal':
      return 2;
    case 'interface':
    case 'maker':
      return 3;
    case 'made':
      return value.of.kind === 'global' ? 2 : 5;
    default:
      return 5;
  }
}

/** Of two possible values the one that says more. */
export function better(first: Value, second: Value): Value {
  return weight(second) > weight(first) ? second : first;
}

/** What `new` makes of a value, or what a type that names it means. */
export function instanceOf(callee: Value, types: readonly TypeNode[] | undefined, node?: Node): Value {
  if (callee.kind === 'class') return { kind: 'instance', node: callee.node, ...(types && { types }) };
  if (callee.kind === 'external' || callee.kind === 'made' || callee.kind === 'member' || callee.kind === 'result' || callee.kind === 'global') {
    return { kind: 'made', of: callee, ...(types && { types }), ...(node && { node }) };
  }
  // `function Dao(db) { this.users = … }`, as classes were written before there were any.
  return callee.kind === 'function' && isConstructor(callee.node) ? { kind: 'made', of: callee, ...(node && { node }) } : unknown;
}

/** True for a function that may be called with `new`. */
function isConstructor(fn: FunctionBody): boolean {
  return ts.isFunctionDeclaration(fn) || ts.isFunctionExpression(fn);
}
