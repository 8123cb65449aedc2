/** What the names of a function hold, as far as a walk through its text has come. */
import type { ts as C } from 'ts-morph';
import { ts, type Expression, type Node } from '../code/compiler.ts';
import { declarationOf } from '../code/scope.ts';
import { bare } from '../code/syntax.ts';
import { anyOf, either, isTracked, joined, nothing, type Tracked } from './tracked.ts';

/** The values of names, by their declarations. Branches are counted, so that what happens in one leaves what was there before. */
export class HeldValues {
  private readonly values = new Map<Node, Tracked>();
  private readonly branchOf = new Map<Node, number>();
  /** Names under which something is kept; every other name means nothing here. */
  private readonly names = new Set<string>();

  of(name: C.Identifier): Tracked {
    return this.names.has(name.text) ? this.before(declared(name)) : nothing;
  }

  declare(name: C.Identifier, value: Tracked, declaration: Node, branch: number): void {
    if (isTracked(value) || value.pieces || value.fields) this.keep(declaration, name, value);
    this.branchOf.set(declaration, branch);
  }

  /** `name = …`, `name += …` */
  assign(name: C.Identifier, value: Tracked, { operatorToken, right }: C.BinaryExpression, branch: number): void {
    const declaration = declared(name);
    if (!declaration) return;
    const before = this.before(declaration);
    if (operatorToken.kind === ts.SyntaxKind.PlusEqualsToken) return this.keep(declaration, name, joined([before, value]));
    const within = branch > (this.branchOf.get(declaration) ?? 0) || operatorToken.kind !== ts.SyntaxKind.EqualsToken;
    // `if (name) name = escape(name)`: what was made from the value itself stands for it from here on.
    const replaces = !within || (!isTracked(value) && mentions(right, name.text));
    this.keep(declaration, name, replaces ? value : either(value, before));
  }

  /** `name.member = …` */
  assignMember(name: C.Identifier, member: string, value: Tracked): void {
    const declaration = declared(name);
    if (!declaration) return;
    const before = this.before(declaration);
    if (before.traces.some((trace) => trace.path.length === 0)) return; // a parameter's own members: `res.locals = …`
    this.keep(declaration, name, withField(before, member, value));
  }

  /** Adds values to what a name holds: as elements of a list, or as members of an object. Undefined for what is no name. */
  put(target: Node | undefined, given: readonly Tracked[], asMembers = false): Tracked | undefined {
    const declaration = target && ts.isIdentifier(target) ? declared(target) : undefined;
    if (!declaration) return undefined;
    const added = anyOf(given);
    const before = this.before(declaration);
    this.keep(declaration, target as C.Identifier, asMembers ? either(before, added) : withField(before, '[]', either(before.fields?.get('[]') ?? nothing, added)));
    return nothing;
  }

  private before(declaration: Node | undefined): Tracked {
    return (declaration && this.values.get(declaration)) ?? nothing;
  }

  private keep(declaration: Node, name: C.Identifier, value: Tracked): void {
    this.values.set(declaration, value);
    this.names.add(name.text);
  }
}

/** Where a name is declared, unless another file does it. */
function declared(name: C.Identifier): Node | undefined {
  const found = declarationOf(name);
  return found && found.kind !== 'import' ? found.node : undefined;
}

function withField(value: Tracked, name: string, field: Tracked): Tracked {
  return { ...value, fields: new Map([...(value.fields ?? []), [name, field]]) };
}

/** True when a name stands among the arguments of a call. */
function mentions(expression: Expression, name: string): boolean {
  const node = bare(expression);
  return ts.isCallExpression(node) && node.arguments.some((each) => ts.isIdentifier(bare(each)) && (bare(each) as C.Identifier).text === name);
}
