/** The parts of a file that mean something by themselves: statements at its top, members of classes, and of objects with functions that are kept there. */
import type { Lines } from '../change/lines.ts';
import { ts, type Expression, type FunctionBody, type Node, type SourceFile, type Statement } from '../code/compiler.ts';
import { stemOf } from '../code/paths.ts';
import { bare, calleeName, decapitalised, isFunctionBody, isPrivate, memberAccess, nameText, pathOf } from '../code/syntax.ts';
import type { Side } from '../model.ts';

/** One part of a file. What holds members is a part as well, of all that is not theirs. */
export type Part = {
  path: string;
  side: Side;
  node: Node;
  /** Its own lines, with the comment above it. */
  lines: readonly Lines[];
  /** Its own text. */
  text: string;
  /** The names by which other code means it. */
  names: readonly string[];
  /** Its names mean something in its own file only. */
  isLocal: boolean;
  /** Who means a member by its name mentions one of these as well: what it belongs to, or its file. */
  owners: readonly string[];
  /** What it listens to: whoever says this may run it. */
  events: readonly string[];
  /**
   * `option`: what stands beside it in its object depends on it. `script`: it runs when the file is loaded.
   * `alias`: a name that a file gives to what it imports; its text is what that is called elsewhere. */
  kind: 'function' | 'value' | 'option' | 'members' | 'type' | 'script' | 'import' | 'alias';
  holder: Part | undefined;
  members: readonly Part[];
  /** The nodes from its own down to those whose children the members are. */
  way: readonly Node[];
};

/** The parts of a file in the order of its text, each holder before its members. */
export function partsOf(tree: SourceFile, side: Side): Part[] {
  const file = new File(tree, side);
  return tree.statements.flatMap((statement) => file.partsOfStatement(statement));
}

type Made = Pick<Part, 'node' | 'names' | 'kind'> & { holder?: Part | undefined; isLocal?: boolean };

class File {
  private readonly tree: SourceFile;
  private readonly side: Side;
  private readonly path: string;

  constructor(tree: SourceFile, side: Side) {
    this.tree = tree;
    this.side = side;
    this.path = pathOf(tree);
  }

  partsOfStatement(node: Statement, holder?: Part): Part[] {
    if (ts.isClassDeclaration(node)) return this.withMembers({ node, names: this.withDefault(node, node.name), kind: 'members' }, [node], node.members, (member, holder) => this.member(member, holder));
    if (ts.isInterfaceDeclaration(node)) return this.withMembers({ node, names: [node.name.text], kind: 'type' }, [node], node.members, (member, holder) => [this.typeMember(member, holder)]);
    if (ts.isTypeAliasDeclaration(node) && ts.isTypeLiteralNode(node.type)) return this.withMembers({ node, names: [node.name.text], kind: 'type' }, [node, node.type], node.type.members, (member, holder) => [this.typeMember(member, holder)]);
    if (ts.isTypeAliasDeclaration(node) || ts.isEnumDeclaration(node) || ts.isModuleDeclaration(node)) return [this.alone({ node, names: [node.name.text], kind: 'value' })];
    if (ts.isFunctionDeclaration(node)) return this.ofFunction({ node, names: this.withDefault(node, node.name), kind: 'function', holder }, node);
    if (ts.isImportDeclaration(node)) return [this.alone({ node, names: [], kind: 'import' }), ...this.imported(node)];
    if (ts.isImportEqualsDeclaration(node)) return [this.alone({ node, names: [node.name.text], kind: 'value', holder })];
    if (ts.isVariableStatement(node)) return this.variables(node, holder);
    if (ts.isExportAssignment(node)) return this.kept({ node, names: this.stems, kind: 'value' }, node.expression);
    if (ts.isExportDeclaration(node)) return [this.alone({ node, names: exportedNames(node) ?? this.stems, kind: 'value' })];
    if (ts.isExpressionStatement(node)) return this.expression(node, bare(node.expression), holder);
    if (ts.isReturnStatement(node) && node.expression) return this.kept({ node, names: [], kind: 'value', holder }, node.expression);
    return [this.alone({ node, names: [], kind: 'script', holder })];
  }

  private get stem(): string {
    return stemOf(this.path);
  }

  /** What others call the file: a package goes by its folder, whatever it calls the folder of its code. */
  private get stems(): string[] {
    const above = this.path.split('/').at(-3);
    return above !== undefined && /^(?:src|lib|source)$/.test(this.stem) ? [this.stem, above] : [this.stem];
  }

  /** What a file exports as its default is called by the file's name, if by any. */
  private withDefault(node: Node, name: Node | undefined): string[] {
    const isDefault = ts.canHaveModifiers(node) && ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword);
    return [...(name && ts.isIdentifier(name) ? [name.text] : []), ...(isDefault ? this.stems : [])];
  }

  private alone(made: Made): Part {
    const start = startOf(made.node, this.tree);
    return this.part(made, [this.linesOf(start, made.node.end)], this.tree.text.slice(start, made.node.end), []);
  }

  private part({ node, names, kind, holder, isLocal = false }: Made, lines: readonly Lines[], text: string, way: readonly Node[]): Part {
    return { path: this.path, side: this.side, node, lines, text, names, isLocal, owners: holder ? ownersWith(holder, this.stem) : [], events: [], kind, holder, members: [], way };
  }

  /** A holder and its members. What is left when the members are taken out is its own. */
  private withMembers<T extends Node>(made: Made, way: readonly Node[], members: readonly T[], partsFor: (member: T, holder: Part) => Part[]): Part[] {
    const { text } = this.tree;
    const lines: Lines[] = [];
    const texts: string[] = [];
    const add = (from: number, to: number): void => {
      const own = text.slice(from, to);
      // Commas between members belong to none of them.
      if (!/[^\s,;]/.test(own)) return;
      const [first, last] = [from + own.search(/[^\s,;]/), from + own.trimEnd().length];
      lines.push(this.linesOf(first, last));
      texts.push(own);
    };
    let at = startOf(made.node, this.tree);
    for (const member of members) {
      add(at, startOf(member, this.tree));
      at = member.end;
    }
    add(at, made.node.end);
    const holder = this.part(made, lines, texts.join(' '), way);
    const parts = members.map((member) => partsFor(member, holder));
    (holder as { members: readonly Part[] }).members = parts.flatMap((each) => each.filter((part) => part.holder === holder));
    return [holder, ...parts.flat()];
  }

  private linesOf(start: number, end: number): Lines {
    return [this.tree.getLineAndCharacterOfPosition(start).line + 1, this.tree.getLineAndCharacterOfPosition(Math.max(start, end - 1)).line + 1];
  }

  // -- classes and types ------------------------------------------------------------------------------------------------

  private member(node: import('ts-morph').ts.ClassElement, holder: Part): Part[] {
    if (ts.isConstructorDeclaration(node)) return this.construct(node, holder);
    const name = node.name && nameText(node.name);
    if (isFunctionBody(node)) return [{ ...this.alone({ node, names: name === undefined ? [] : [name], kind: 'function', holder, isLocal: isPrivate(node) }), events: eventsOf(node, name) }];
    // Rules and columns say something about the class as a whole.
    const isDecorated = ts.canHaveDecorators(node) && (ts.getDecorators(node)?.length ?? 0) > 0;
    if (isDecorated) return [{ ...this.alone({ node, names: holder.names, kind: 'type', holder }), owners: [] }];
    const isPlain = ts.isPropertyDeclaration(node) && !node.initializer && node.type !== undefined && isPlainType(node.type);
    return [this.alone({ node, names: name === undefined || isPlain ? [] : [name], kind: 'type', holder, isLocal: isPrivate(node) })];
  }

  /** What a constructor keeps is meant by its names; each parameter that is a field is one by itself. */
  private construct(node: import('ts-morph').ts.ConstructorDeclaration, holder: Part): Part[] {
    const fields = node.parameters.filter((parameter) => ts.canHaveModifiers(parameter) && (ts.getModifiers(parameter)?.length ?? 0) > 0 && ts.isIdentifier(parameter.name));
    const kept = (node.body?.getText(this.tree).match(/\bthis\.[\w$]+(?=\s*=[^=])/g) ?? []).map((each) => each.slice('this.'.length));
    return this.withMembers({ node, names: [...new Set(kept)], kind: 'function', holder }, [node], fields, (field, own) => [this.alone({ node: field, names: [(field.name as import('ts-morph').ts.Identifier).text], kind: 'type', holder: own, isLocal: isPrivate(field) })]);
  }

  private typeMember(node: import('ts-morph').ts.TypeElement, holder: Part): Part {
    const name = node.name && nameText(node.name);
    const isPlain = ts.isPropertySignature(node) && node.type !== undefined && isPlainType(node.type);
    return this.alone({ node, names: name === undefined || isPlain ? [] : [name], kind: 'type', holder });
  }

  // -- variables, functions and what is exported --------------------------------------------------------------------------

  private variables(node: import('ts-morph').ts.VariableStatement, holder: Part | undefined): Part[] {
    const { declarations } = node.declarationList;
    const [only] = declarations;
    const made: Made = { node, names: declarations.flatMap(({ name }) => namesOfPattern(name)), kind: 'value', holder };
    return declarations.length === 1 && only!.initializer ? this.kept(made, only!.initializer) : [this.alone(made)];
  }

  private expression(node: import('ts-morph').ts.ExpressionStatement, expression: Expression, holder: Part | undefined): Part[] {
    if (ts.isBinaryExpression(expression) && expression.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
      const target = memberAccess(expression.left);
      const isWhole = target?.name === 'exports';
      const names = isWhole ? this.stems : target ? [target.name] : ts.isIdentifier(expression.left) ? [expression.left.text] : [];
      return this.kept({ node, names, kind: 'value', holder }, expression.right);
    }
    return this.kept({ node, names: registersRoute(expression) ? [] : rootName(expression), kind: 'script', holder }, expression);
  }

  /** A value that is kept under these names: a function, or something that holds some. */
  private kept(made: Made, value: Expression): Part[] {
    const inner = bare(value);
    if (isFunctionBody(inner)) return this.ofFunction({ ...made, kind: 'function' }, inner);
    const members = mayHoldFunction(inner, this.tree) ? membersOf(inner) : [];
    if (!members.some(holdsFunction)) return [this.alone(made)];
    const isRoute = members.some((member) => ts.isObjectLiteralElementLike(member) && handles.test(member.name ? (nameText(member.name) ?? '') : ''));
    return this.withMembers({ ...made, kind: made.kind === 'script' ? 'script' : 'members' }, wayTo(members, made.node), members, (member, holder) => {
      if (!ts.isObjectLiteralElementLike(member)) return this.ofFunction({ node: member, names: made.names, kind: 'function', holder }, member as FunctionBody);
      const name = member.name && nameText(member.name);
      const own: Made = { node: member, names: name === undefined ? [] : [name], kind: isRoute || name === undefined ? 'option' : 'value', holder };
      if (isFunctionBody(member)) return this.ofFunction({ ...own, kind: 'function' }, member);
      return ts.isPropertyAssignment(member) ? this.kept(own, member.initializer) : [this.alone(own)];
    });
  }

  /** A function is one part, unless it only holds others: a plugin with its routes, a factory with the methods that it makes. */
  private ofFunction(made: Made, fn: FunctionBody): Part[] {
    const statements = fn.body && ts.isBlock(fn.body) ? fn.body.statements : undefined;
    if (!statements || !onlyHolds(statements, this.tree)) return [this.alone(made)];
    return this.withMembers(made, wayTo(statements, made.node), statements, (statement, holder) => this.partsOfStatement(statement, holder));
  }

  // -- imports ------------------------------------------------------------------------------------------------------------

  /** Names that a file gives to what it imports, where they are its own: each stands for what it is called elsewhere. */
  private imported(node: import('ts-morph').ts.ImportDeclaration): Part[] {
    const { name, namedBindings } = node.importClause ?? {};
    const from = ts.isStringLiteralLike(node.moduleSpecifier) ? stemOf(node.moduleSpecifier.text) : '';
    const renamed = (local: string, text: string): Part => ({ ...this.alone({ node, names: [local], kind: 'alias', isLocal: true }), text });
    const whole = [...(name ? [name] : []), ...(namedBindings && ts.isNamespaceImport(namedBindings) ? [namedBindings.name] : [])].map(({ text }) => renamed(text, from));
    const named = namedBindings && ts.isNamedImports(namedBindings) ? namedBindings.elements.flatMap((each) => (each.propertyName ? [renamed(each.name.text, each.propertyName.text)] : [])) : [];
    return [...whole, ...named];
  }
}

/** `@OnEvent('order.paid') onPaid()`, and `handle()` of `@EventsHandler(OrderPaid) class`. */
function eventsOf(fn: FunctionBody, name: string | undefined): string[] {
  const said = (node: Node, decorator: RegExp): string[] => (ts.canHaveDecorators(node) ? (ts.getDecorators(node) ?? []) : []).flatMap(({ expression }) => {
    if (!ts.isCallExpression(expression) || !decorator.test(calleeName(expression) ?? '')) return [];
    return expression.arguments.flatMap((each) => (ts.isStringLiteralLike(each) || ts.isIdentifier(each) ? each.text : (memberAccess(each)?.name ?? [])));
  });
  return [...said(fn, /^(?:On[A-Z]\w*|\w*Pattern|Process|Processor|Subscribe\w*)$/), ...(name === 'handle' || name === 'execute' ? said(fn.parent, /Handler$/) : [])];
}

/** The outermost holder as a class and as a variable, and its file: `PostsService`, `postsService`, `posts` of `posts.service.ts`. */
function ownersWith(holder: Part, stem: string): string[] {
  if (holder.holder) return ownersWith(holder.holder, stem);
  const names = holder.names.flatMap((name) => [name, decapitalised(name)]);
  return [...new Set([...names, stem.split(/[.-]/)[0]!])].filter((name) => name.length > 1);
}

/** Where a node begins with the comments right above it, which may say its types or why a lesson does not hold. */
function startOf(node: Node, { text }: SourceFile): number {
  let at = node.pos;
  while (isSpace(text.charCodeAt(at))) at += 1;
  if (text.charCodeAt(at) !== slash) return at;
  // A comment on the line where something else ends belongs to that.
  for (const comment of ts.getLeadingCommentRanges(text, node.pos) ?? []) if (node.pos === 0 || text.slice(node.pos, comment.pos).includes('\n')) return comment.pos;
  return node.getStart();
}

const slash = '/'.charCodeAt(0);
const isSpace = (code: number): boolean => code <= 32 || code === 0xa0 || code === 0xfeff;

/** What an expression holds that is a part by itself: the members of its object, else the functions that it is made with, in the order of the text. */
function membersOf(value: Node): Node[] {
  if (ts.isObjectLiteralExpression(value)) return [...value.properties];
  const found: Node[] = [];
  const visit = (node: Node): void => {
    if (isFunctionBody(node)) found.push(node);
    else if (ts.isObjectLiteralExpression(node) && holdsFunction(node)) found.push(...node.properties);
    else if (!ts.isClassLike(node)) ts.forEachChild(node, visit);
  };
  visit(value);
  return found;
}

function holdsFunction(node: Node): boolean {
  return isFunctionBody(node) || (!ts.isClassLike(node) && (ts.forEachChild(node, (child) => holdsFunction(child) || undefined) ?? false));
}

/** Every node from the first down to these, and none twice. */
function wayTo(members: readonly Node[], from: Node): Node[] {
  const way = new Set<Node>([from]);
  for (const member of members) for (let node = member.parent; !way.has(node); node = node.parent) way.add(node);
  return [...way];
}

/** Keys of objects whose other members say how requests are handled. */
const handles = /^(?:handler|handle|resolve|run|execute|action|loader)$/;

/** True for statements among which several functions stand, and nothing that runs on its own account. */
function onlyHolds(statements: readonly Statement[], tree: SourceFile): boolean {
  const holding = statements.filter((statement) => ts.isFunctionDeclaration(statement) || (mayHoldFunction(statement, tree) && (ts.isExpressionStatement(statement) || ts.isReturnStatement(statement) || holdsOneItself(statement))));
  if (holding.length < 2 || statements.some((statement) => ts.isIterationStatement(statement, true) || ts.isTryStatement(statement) || ts.isSwitchStatement(statement))) return false;
  return holding.filter(holdsFunction).length > 1;
}

/** False where the text of a node says that no function stands in it. */
function mayHoldFunction({ pos, end }: Node, { text }: SourceFile): boolean {
  return /=>|\bfunction\b|\)[^(){};]{0,200}\{/.test(text.slice(pos, end));
}

/** `const load = async (id) => …` */
function holdsOneItself(statement: Statement): boolean {
  return ts.isVariableStatement(statement) && statement.declarationList.declarations.some(({ initializer }) => initializer !== undefined && isFunctionBody(bare(initializer)));
}

function namesOfPattern(name: import('ts-morph').ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : namesOfPattern(element.name)));
}

/** `export { load as loadPosts } from './posts'`; undefined for `export * from './posts'`. */
function exportedNames({ exportClause }: import('ts-morph').ts.ExportDeclaration): string[] | undefined {
  if (!exportClause) return undefined;
  return ts.isNamespaceExport(exportClause) ? [exportClause.name.text] : exportClause.elements.map(({ name }) => name.text);
}

const verbs = new Set(['get', 'post', 'put', 'patch', 'delete', 'del', 'head', 'options', 'all']);

/** `router.get('/posts', list)`: it says something of its handlers, and nothing of the router. */
function registersRoute(expression: Expression): boolean {
  if (!ts.isCallExpression(expression)) return false;
  const access = memberAccess(bare(expression.expression));
  return access !== undefined && verbs.has(access.name) && expression.arguments.length > 1 && ts.isIdentifier(bare(access.of));
}

/** What a statement does something to: `app` of `app.use(helmet())`. */
function rootName(expression: Expression): string[] {
  let node: Expression = expression;
  for (;;) {
    const inner = bare(node);
    const access = memberAccess(inner);
    if (access) node = access.of;
    else if (ts.isCallExpression(inner) || ts.isNewExpression(inner) || ts.isElementAccessExpression(inner)) node = inner.expression;
    else if (ts.isAwaitExpression(inner)) node = inner.expression;
    else return ts.isIdentifier(inner) ? [inner.text] : [];
  }
}

/** Texts, numbers and the like, and lists of them: nothing stands behind them. */
function isPlainType(type: import('ts-morph').ts.TypeNode): boolean {
  if (ts.isArrayTypeNode(type)) return isPlainType(type.elementType);
  if (ts.isUnionTypeNode(type)) return type.types.every(isPlainType);
  return ts.isLiteralTypeNode(type) || type.kind === ts.SyntaxKind.StringKeyword || type.kind === ts.SyntaxKind.NumberKeyword || type.kind === ts.SyntaxKind.BooleanKeyword || type.kind === ts.SyntaxKind.UndefinedKeyword;
}
