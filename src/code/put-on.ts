/** Things that are put on an application, a request or a context under a name: `app.decorate('store', store)`, `context: () => ({ repos })`. */
import { ts, type Expression, type Node, type ParameterDeclaration, type SourceFile } from './compiler.ts';
import { ofTests } from './implementations.ts';
import { isCode } from './opened-files.ts';
import { givenByChain } from './procedure-context.ts';
import type { Scene } from './scene.ts';
import { bare, calleeName, functionName, isFunctionBody, memberAccess, nameText, returnedExpressions } from './syntax.ts';
import { isSaying, unknown, type Value } from './value.ts';

/** What people call things that keep something or ask for it. Clients of databases are told by their names alone, and loaders ask for many at once. */
const keepers = /(?:^|[a-z])(?:[sS]tores?|[rR]epos?|[rR]epositor(?:y|ies)|[sS]ervices?|[dD]aos?|[mM]odels?|[qQ]ueries|[mM]anagers?|[gG]ateways?|dataSources)$/;
/** Names of what things are put on. */
const holders = /^(?:app|fastify|server|instance|req|request|c|_?ctx|_?context)$/;
/** Words of files that put something on something. */
const puts = ['decorate', 'decorateRequest', 'createContext', 'createTRPCContext', 'context', 'locals', 'ctx'] as const;
/** Files that are opened in search of one name. */
const most = 3;

/** What a member of a parameter is that nothing else tells of, where one place of the repository puts it there under its name. */
export function putOn(holder: Value, name: string, scene: Scene): Value {
  const byChain = holder.kind === 'member' && holder.name === 'ctx' && holder.of.kind === 'parameter' ? givenByChain(holder.of.node, name, scene) : unknown;
  if (isSaying(byChain)) return byChain;
  if (!keepers.test(name) || !isHolder(holder)) return unknown;
  const naming = new Set(scene.files.mentioning(name) ?? []);
  const paths = puts.flatMap((word) => scene.files.mentioning(word) ?? []).filter((path) => naming.has(path) && isCode(path) && !ofTests.test(path));
  const found = [...new Set(paths)].slice(0, most).flatMap((path) => putIn(path, name, scene)).map((put) => scene.valueOf(put)).filter(isSaying);
  // Of two applications in one repository nobody knows which one is meant, unless both have the same.
  const [first] = found;
  return first && found.every((each) => isSameThing(each, first)) ? first : unknown;
}

function isSameThing(one: Value, other: Value): boolean {
  return one === other || (one.kind === 'instance' && other.kind === 'instance' && one.node === other.node);
}

function isHolder(value: Value): boolean {
  if (value.kind === 'parameter') return ts.isIdentifier(value.node.name) ? holders.test(value.node.name.text) : isThirdOfResolver(value.node);
  if (value.kind === 'made') return value.of.kind === 'external' && /^(?:fastify|koa|express)$/.test(value.of.from);
  if (value.kind !== 'member') return false;
  // `({ ctx }) => …`, `req.server`, `app.locals`.
  return /^(?:ctx|context)$/.test(value.name) ? value.of.kind === 'parameter' : /^(?:server|app|locals)$/.test(value.name) && isHolder(value.of);
}

/** `(event, args, { services }) => …`: the context of a resolver, taken apart. With Pothos one argument more may stand before it. */
function isThirdOfResolver(parameter: ParameterDeclaration): boolean {
  const position = parameter.parent.parameters.indexOf(parameter);
  return ts.isObjectBindingPattern(parameter.name) && (position === 2 || position === 3);
}

/** Whatever a file puts on something under a name. */
function putIn(path: string, name: string, scene: Scene): readonly Expression[] {
  const tree = scene.files.tree(path);
  if (!tree) return [];
  let all = puttings.get(tree);
  if (!all) puttings.set(tree, (all = allPutIn(tree)));
  return all.get(name) ?? [];
}

const puttings = new WeakMap<SourceFile, ReadonlyMap<string, readonly Expression[]>>();

function allPutIn(tree: SourceFile): Map<string, Expression[]> {
  const all = new Map<string, Expression[]>();
  const put = (name: string, value: Expression): void => {
    if (keepers.test(name)) all.set(name, [...(all.get(name) ?? []), value]);
  };
  const putAll = (literal: Expression): void => {
    const node = bare(literal);
    if (!ts.isObjectLiteralExpression(node)) return;
    for (const property of node.properties) {
      if (ts.isPropertyAssignment(property)) put(nameText(property.name) ?? '', property.initializer);
      else if (ts.isShorthandPropertyAssignment(property)) put(property.name.text, property.name);
    }
  };
  // A stack of our own: code may be nested deeper than calls can be.
  const open: Node[] = [tree];
  for (let node = open.pop(); node; node = open.pop()) {
    if (ts.isCallExpression(node) && /^decorate(?:Request|Reply)?$/.test(calleeName(node) ?? '')) {
      const [given, value] = node.arguments;
      if (given && value && ts.isStringLiteralLike(given)) put(given.text, value);
    } else if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
      const access = memberAccess(node.left);
      const holder = access && (ts.isIdentifier(access.of) ? access.of.text : memberAccess(access.of)?.name);
      if (access && holder !== undefined && (holders.test(holder) || holder === 'locals')) put(access.name, node.right);
    } else if (isFunctionBody(node) && node.body && /context$/i.test(functionName(node) ?? '')) returnedExpressions(node).forEach(putAll);
    else if (ts.isPropertyAssignment(node) && /^(?:ctx|context)$/.test(nameText(node.name) ?? '')) putAll(node.initializer);
    ts.forEachChild(node, (child) => void open.push(child));
  }
  return all;
}
