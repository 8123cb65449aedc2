/** What the query that gave rows brought along with them: relations that nobody need ask for any more. */
import { ts, type CallExpression, type Expression, type FunctionBody, type Node } from '../code/compiler.ts';
import { declarationOf } from '../code/scope.ts';
import type { Scene } from '../code/scene.ts';
import { bare, calleeName, hasHiddenProperties, memberAccess, nameText, propertyValue, returnedExpressions, stepAt } from '../code/syntax.ts';
import type { Step } from '../model.ts';
import { optionsAt } from './query-arguments.ts';
import { chainOf, operationsOf } from './query-chain.ts';
import { sourceOf } from './row-source.ts';
import { usesOf } from './variable-uses.ts';

/**
 * Whether rows came with a relation. `from`: where those without it come from, as far as that is another function than the one that
 * reads them.
 */
export type Bringing = { says: 'brought' | 'unknown' } | { says: 'missing'; from: readonly Step[] };

/** Places that rows are followed back through: loop, variable, list, function. */
const deepest = 12;

const unseen: Bringing = { says: 'unknown' };
const brought: Bringing = { says: 'brought' };
const missing: Bringing = { says: 'missing', from: [] };

/** Whether the query that gave a row brought its relation along. Rows that are only handed in have brought nothing. */
export function bringingOf(row: Expression, relation: string, read: Node, scene: Scene): Bringing {
  return new Rows(relation, read, scene).at(row, 0);
}

class Rows {
  private readonly relation: string;
  private readonly read: Node;
  private readonly scene: Scene;

  constructor(relation: string, read: Node, scene: Scene) {
    this.relation = relation;
    this.read = read;
    this.scene = scene;
  }

  at(row: Expression, depth: number): Bringing {
    const node = bare(row);
    if (depth > deepest) return unseen;
    if (ts.isElementAccessExpression(node)) return this.at(node.expression, depth + 1);
    if (ts.isIdentifier(node)) return this.ofName(node, depth);
    if (ts.isConditionalExpression(node)) return either([this.at(node.whenTrue, depth + 1), this.at(node.whenFalse, depth + 1)]);
    if (ts.isObjectLiteralExpression(node)) return either(node.properties.flatMap((each) => (ts.isPropertyAssignment(each) ? [this.at(each.initializer, depth + 1)] : ts.isShorthandPropertyAssignment(each) ? [this.at(each.name, depth + 1)] : [])));
    return ts.isCallExpression(node) ? this.ofCall(node, depth) : missing;
  }

  private ofName(node: import('ts-morph').ts.Identifier, depth: number): Bringing {
    const declared = declarationOf(node);
    const variable = declared?.kind === 'variable' ? declared.node : undefined;
    if (variable && usesOf(variable).some((use) => this.isFilledBy(use))) return brought;
    const source = sourceOf(node);
    if (source === undefined) return missing;
    const found = this.at(source, depth + 1);
    // Rows that are kept in a variable first come from a line that no loop shows.
    const call = bare(source);
    const isKept = found.says === 'missing' && found.from.length > 0 && ts.isCallExpression(call) && variable !== undefined && !ts.isForOfStatement(variable.parent.parent);
    return isKept ? { says: 'missing', from: withFirst(stepAt(call), found.from) } : found;
  }

  private ofCall(node: CallExpression, depth: number): Bringing {
    if (namesRelation(textWithin(node), this.relation)) return brought;
    if (this.hidesOptions(node)) return unseen;
    const { root, links } = chainOf(node);
    for (const { call } of links) {
      const fn = call && this.scene.calledFunction(call);
      if (fn) return this.givenBy(fn, depth + 1);
    }
    return ts.isIdentifier(root) ? this.at(root, depth + 1) : missing;
  }

  /** Rows that a function of this repository gives. */
  private givenBy(fn: FunctionBody, depth: number): Bringing {
    if (namesRelation(textWithin(fn), this.relation)) return brought;
    if (depth > deepest || hidesRelations(fn, this.relation, this.scene)) return unseen;
    return either(returnedExpressions(fn).slice(0, 6).map((each): Bringing => {
      const found = this.at(each, depth + 1);
      return found.says === 'missing' ? { says: 'missing', from: withFirst(stepAt(queryIn(each)), found.from) } : found;
    }));
  }

  /** `em.populate(authors, ['books'])`, `query.leftJoinAndSelect('user.posts', 'post')`. */
  private isFilledBy(use: Node): boolean {
    const { parent } = use;
    if (ts.isCallExpression(parent) && parent.expression !== use) return /populate|preload|load/i.test(calleeName(parent) ?? '') && namesRelation(parent.getText(), this.relation);
    const access = memberAccess(parent);
    return access?.of === use && ts.isCallExpression(parent.parent) && parent.parent !== this.read && namesRelation(parent.parent.getText(), this.relation);
  }

  /** True where options stand elsewhere, or leave open which relations come along. */
  private hidesOptions(call: CallExpression): boolean {
    return operationsOf(call, this.scene).some(({ call: { options: position }, given }) => {
      if (position === undefined || ts.isTaggedTemplateExpression(given)) return false;
      const options = optionsAt(given, position, this.scene);
      if (options === undefined) return false;
      return options === 'hidden' || hasHiddenProperties(options) || namesRelation(options.getText(), this.relation) || keysOfRelations.some((key) => {
        const value = propertyValue(options, key);
        return value !== undefined && mayName(value, this.relation, this.scene);
      });
    });
  }
}

/** Of several ways to come by rows, what is surely missing in all. */
function either(ways: readonly Bringing[]): Bringing {
  return ways.find(({ says }) => says === 'brought') ?? ways.find(({ says }) => says === 'unknown') ?? ways[0] ?? missing;
}

function withFirst(first: Step, steps: readonly Step[]): readonly Step[] {
  const isFirst = steps[0]?.path === first.path && steps[0].line === first.line;
  return isFirst ? steps : [first, ...steps];
}

/** The query, or the call of another function, that an expression stands for. */
function queryIn(expression: Expression): Node {
  const node = bare(expression);
  const source = ts.isIdentifier(node) ? sourceOf(node) : undefined;
  return source ? bare(source) : node;
}

/** Keys of options, and methods of a chain or of what holds rows, that say which relations come along. */
const keysOfRelations = ['relations', 'populate', 'include', 'select', 'with', 'withRelated', 'eager'] as const;
const callsOfRelations = /JoinAndSelect$|^(?:populate|preload|withGraph\w*|eager|joinEager|withRelated)$/;

/** True where a function speaks of relations without naming them: `relations`, `populate(authors, paths)`. */
function hidesRelations(fn: FunctionBody, relation: string, scene: Scene): boolean {
  let hidden = false;
  const visit = (node: Node): void => {
    if (hidden) return;
    if (ts.isShorthandPropertyAssignment(node) && isKeyOfRelations(node.name.text)) hidden = mayName(node.name, relation, scene);
    else if (ts.isPropertyAssignment(node) && isKeyOfRelations(nameText(node.name))) hidden = mayName(node.initializer, relation, scene);
    else if (ts.isCallExpression(node) && callsOfRelations.test(calleeName(node) ?? '') && node.arguments.length > 0) hidden = !node.arguments.some((each) => isWritten(bare(each)));
    ts.forEachChild(node, visit);
  };
  if (/relations|populate|preload|include|JoinAndSelect|with|eager/i.test(fn.getText())) ts.forEachChild(fn, visit);
  return hidden;
}

function isKeyOfRelations(name: string | undefined): boolean {
  return keysOfRelations.some((key) => key === name);
}

function isWritten(node: Node): boolean {
  return ts.isStringLiteralLike(node) || ts.isArrayLiteralExpression(node) || ts.isObjectLiteralExpression(node) || ts.isFunctionLike(node);
}

/** True where a value says that a relation comes along, or cannot be seen. */
function mayName(value: Expression, relation: string, scene: Scene): boolean {
  const node = bare(value);
  const written = isWritten(node) ? node : writtenElsewhere(node, scene);
  if (!written) return true;
  const isOpen = ts.isObjectLiteralExpression(written) ? hasHiddenProperties(written) : ts.isArrayLiteralExpression(written) && written.elements.some((each) => !isWritten(bare(each)));
  return isOpen || namesRelation(written.getText(), relation);
}

function writtenElsewhere(node: Expression, scene: Scene): Node | undefined {
  const value = scene.valueOf(node);
  return value.kind === 'object' || value.kind === 'array' ? value.node : undefined;
}

/** A text with its chain, cut where a hostile file would make it long. */
function textWithin(node: Node): string {
  return node.getText().slice(0, 8_000);
}

/** True where a text names a relation: quoted (`'user.posts'`), as a key (`posts: true`), or as all there are. */
function namesRelation(text: string, relation: string): boolean {
  const name = relation.replaceAll(/[$]/g, '\\$&');
  return new RegExp(`['"\`](?:[\\w.]*\\.)?${name}(?:\\.[\\w.]*)?['"\`]|\\b${name}\\s*:|['"\`]\\*['"\`]`).test(text);
}

/** The relations that a function's queries bring along, by name. */
export function relationsBroughtBy(fn: FunctionBody, scene: Scene): ReadonlySet<string> {
  const names = new Set<string>();
  const collect = (node: Node, depth = 0): void => {
    if (depth > 8) return;
    if (ts.isStringLiteralLike(node)) for (const part of node.text.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? []) names.add(part);
    if (ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)) names.add(nameText(node.name) ?? '');
    ts.forEachChild(node, (child) => collect(child, depth + 1));
  };
  const collectValue = (value: Expression): void => {
    const node = bare(value);
    collect(isWritten(node) ? node : (writtenElsewhere(node, scene) ?? node));
  };
  const visit = (node: Node): void => {
    if (ts.isShorthandPropertyAssignment(node) && isKeyOfRelations(node.name.text)) collectValue(node.name);
    else if (ts.isPropertyAssignment(node) && isKeyOfRelations(nameText(node.name))) collectValue(node.initializer);
    else if (ts.isCallExpression(node) && callsOfRelations.test(calleeName(node) ?? '')) node.arguments.forEach(collectValue);
    ts.forEachChild(node, visit);
  };
  if (fn.body) visit(fn.body);
  return names;
}
