/** Things that are put on an application, a request or a context under a name: `app.decorate('store', store)`, `context: () => ({ repos })`. */
import { ts, type Expression, type Node, type SourceFile } from './compiler.ts';
import { ofTests } from './implementations.ts';
import { isCode } from './opened-files.ts';
import type { Scene } from './scene.ts';
import { bare, calleeName, functionName, isFunctionBody, memberAccess, nameText, propertyValue, returnedExpressions } from './syntax.ts';
import { isSaying, unknown, type Value } from './value.ts';

/** What people call things that keep or load something. Clients of databases are told by their names alone. */
const keepers = /(?:^|[a-z])(?:[sS]tores?|[rR]epos?|[rR]epositor(?:y|ies)|[sS]ervices?|[dD]aos?|[mM]odels?|[lL]oaders?|[qQ]ueries|[mM]anagers?|[gG]ateways?|dataSources)$/;
/** Names of what things are put on. */
const holders = /^(?:app|fastify|server|instance|req|request|c|ctx|context|_?ctx|_?context)$/;
/** Words of files that put something on something. */
const puts = ['decorate', 'decorateRequest', 'createContext', 'createTRPCContext', 'context', 'locals', 'ctx'] as const;
/** Files that are opened in search of one name. */
const most = 3;

/** What a member of a parameter is that nothing else tells of, where one place of the repository puts it there under its name. */
export function putOn(holder: Value, name: string, scene: Scene): Value {
  if (!keepers.test(name) || !isHolder(holder)) return unknown;
  const naming = new Set(scene.files.mentioning(name) ?? []);
  const paths = puts.flatMap((word) => scene.files.mentioning(word) ?? []).filter((path) => naming.has(path) && isCode(path) && !ofTests.test(path));
  for (const path of [...new Set(paths)].slice(0, most)) {
    const tree = scene.files.tree(path);
    for (const put of tree ? putIn(tree, name) : []) {
      const value = scene.valueOf(put);
      if (isSaying(value)) return value;
    }
  }
  return unknown;
}

function isHolder(value: Value): boolean {
  if (value.kind === 'parameter') return ts.isIdentifier(value.node.name) && holders.test(value.node.name.text);
  if (value.kind === 'made') return value.of.kind === 'external' && /^(?:fastify|koa|express)$/.test(value.of.from);
  if (value.kind !== 'member') return false;
  // `({ ctx }) => …`, `req.server`, `app.locals`.
  return /^(?:ctx|context)$/.test(value.name) ? value.of.kind === 'parameter' : /^(?:server|app|locals)$/.test(value.name) && isHolder(value.of);
}

/** Whatever a file puts on something under a name. */
function putIn(tree: SourceFile, name: string): Expression[] {
  const found: Expression[] = [];
  const visit = (node: Node): void => {
    if (ts.isCallExpression(node) && /^decorate(?:Request|Reply)?$/.test(calleeName(node) ?? '')) {
      const [given, value] = node.arguments;
      if (given && value && ts.isStringLiteralLike(given) && given.text === name) found.push(value);
    } else if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
      const access = memberAccess(node.left);
      const holder = access && (ts.isIdentifier(access.of) ? access.of.text : memberAccess(access.of)?.name);
      if (access?.name === name && holder !== undefined && (holders.test(holder) || holder === 'locals')) found.push(node.right);
    } else if (isFunctionBody(node) && node.body && /context$/i.test(functionName(node) ?? '')) {
      for (const returned of returnedExpressions(node)) found.push(...ofLiteral(returned, name));
    } else if (ts.isPropertyAssignment(node) && /^(?:ctx|context)$/.test(nameText(node.name) ?? '')) found.push(...ofLiteral(node.initializer, name));
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

function ofLiteral(expression: Expression, name: string): Expression[] {
  const node = bare(expression);
  const value = ts.isObjectLiteralExpression(node) ? propertyValue(node, name) : undefined;
  return value ? [value] : [];
}
