/** Methods that a hapi server keeps under names: `server.method('accounts.balance', fn)` is called as `request.server.methods.accounts.balance(id)`. https://hapi.dev/api/#server.methods */
import { ts, type Expression, type Node, type SourceFile } from './compiler.ts';
import { ofTests } from './implementations.ts';
import { isCode } from './opened-files.ts';
import type { Scene } from './scene.ts';
import { bare, calleeName, propertyOf, propertyValue } from './syntax.ts';
import { isSaying, unknown, type Value } from './value.ts';

/** Files that are opened in search of one method. */
const most = 4;

/** What a server's method is; of one whose answers the server keeps in a cache nothing is said. */
export function serverMethod(of: Value, name: string, scene: Scene): Value {
  const path = pathWithin(of);
  if (!path) return unknown;
  const full = [...path, name].join('.');
  const naming = new Set(scene.files.mentioning(name) ?? []);
  const paths = (scene.files.mentioning('method') ?? []).filter((each) => naming.has(each) && isCode(each) && !ofTests.test(each));
  const found = paths.slice(0, most).flatMap((each) => methodsIn(each, scene).get(full) ?? []);
  // Two servers of one repository may call different things the same.
  return found.length === 1 ? scene.valueOf(found[0]!) : unknown;
}

/** `['accounts']` of `request.server.methods.accounts`; undefined for what hangs on no server's methods. */
function pathWithin(value: Value): string[] | undefined {
  const names: string[] = [];
  for (let at = value; at.kind === 'member' && names.length < 5; at = at.of) {
    if (at.name === 'methods') return isServer(at.of) ? names : undefined;
    names.unshift(at.name);
  }
  return undefined;
}

function isServer(value: Value): boolean {
  if (value.kind === 'member') return value.name === 'server';
  if (value.kind === 'parameter') return ts.isIdentifier(value.node.name) && value.node.name.text === 'server';
  return isSaying(value) && (value.kind === 'made' || value.kind === 'result') && value.of.kind === 'external' && /^(?:@hapi\/)?hapi$/.test(value.of.from);
}

const methods = new WeakMap<SourceFile, ReadonlyMap<string, readonly Expression[]>>();

function methodsIn(path: string, scene: Scene): ReadonlyMap<string, readonly Expression[]> {
  const tree = scene.files.tree(path);
  if (!tree) return new Map();
  let all = methods.get(tree);
  if (!all) methods.set(tree, (all = allMethodsIn(tree)));
  return all;
}

function allMethodsIn(tree: SourceFile): Map<string, Expression[]> {
  const all = new Map<string, Expression[]>();
  const keep = (name: Expression | undefined, method: Expression | undefined, options: Expression | undefined): void => {
    if (!name || !method || !ts.isStringLiteralLike(bare(name))) return;
    const settings = options && bare(options);
    // Settings that stand elsewhere are mostly those of a cache.
    if (settings && (!ts.isObjectLiteralExpression(settings) || propertyOf(settings, 'cache'))) return;
    const { text } = bare(name) as { text?: string };
    all.set(text!, [...(all.get(text!) ?? []), method]);
  };
  // A stack of our own: code may be nested deeper than calls can be.
  const open: Node[] = [tree];
  for (let node = open.pop(); node; node = open.pop()) {
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && calleeName(node) === 'method' && node.arguments[0]) {
      const first = bare(node.arguments[0]);
      if (ts.isStringLiteralLike(first)) keep(first, node.arguments[1], node.arguments[2]);
      for (const each of ts.isArrayLiteralExpression(first) ? first.elements : [first]) {
        const settings = bare(each);
        if (ts.isObjectLiteralExpression(settings)) keep(propertyValue(settings, 'name'), propertyValue(settings, 'method'), propertyValue(settings, 'options'));
      }
    }
    ts.forEachChild(node, (child) => void open.push(child));
  }
  return all;
}
