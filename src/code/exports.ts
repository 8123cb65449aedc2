/** What a file of the repository exports under a name, also by way of files that pass on what others export. */
import { byPromise, likeness, mayExport, mostOpened, openedAtOnce, type Candidate } from './barrel.ts';
import type { ts as C } from 'ts-morph';
import { ts, type SourceFile } from './compiler.ts';
import { mixedIn } from './mixins.ts';
import { resolveModule } from './modules.ts';
import { isCode } from './opened-files.ts';
import { folderOf, joinPath } from './paths.ts';
import type { Scene } from './scene.ts';
import { pathOf } from './syntax.ts';
import { exportsOf, type Exports } from './scope.ts';
import { isSaying, isUnknown, unknown, type Value } from './value.ts';

const nothingExported: Exports = { named: new Map(), passedOn: [], aliases: [] };

/** `passed` are the files that a search came through already. */
export function exportedBy(path: string, name: string, passed: readonly string[], scene: Scene): Value {
  if (passed.includes(path) || passed.length > 12) return unknown;
  const text = scene.files.text(path);
  if (text === undefined || !mayExport(text, name)) return unknown;
  const tree = scene.files.tree(path);
  if (!tree) return unknown;
  const exports = exportsOf(tree);
  const own = exports.named.get(name);
  if (own) {
    if ('from' in own) return reExported(own.from, own.name, path, passed, scene);
    return scene.ofDeclaration(own.node);
  }
  if (exports.whole) return name === 'default' ? scene.valueOf(exports.whole) : scene.member(scene.valueOf(exports.whole), name);
  for (const alias of name === 'default' ? [] : exports.aliases) {
    const value = mixedIn(tree.statements, alias, name, scene);
    if (value) return value;
  }
  if (name === 'default' && exports.named.size > 0 && !isEsModule(tree)) return { kind: 'module', path };
  if (name === 'default') return unknown;
  return behindBarrel(path, exports.passedOn, name, passed, scene);
}

/** What one of the files that a barrel passes on, or of those behind them, exports under a name. Of the likeliest ones only some are opened. */
function behindBarrel(barrel: string, passedOn: readonly string[], name: string, passed: readonly string[], scene: Scene): Value {
  const candidates = (specifiers: readonly string[], from: string, depth: number): Candidate[] => specifiers.map((specifier) => ({ specifier, from, depth, likeness: likeness(specifier, name) }));
  const seen = new Set([barrel, ...passed]);
  let open = candidates(passedOn, barrel, 0).sort(byPromise);
  let beyond: Value = unknown;
  const left = { ...mostOpened };
  while (open.length > 0 && left.files > 0 && left.barrels > 0) {
    const some = open.splice(0, openedAtOnce);
    const before = scene.files.misses;
    const resolved = some.map(({ specifier, from }) => resolveModule(specifier, from, scene.files));
    // Here: a likelier file is still on its way, so nobody need open the others yet.
    if (scene.files.misses > before) return unknown;
    for (const [at, each] of resolved.entries()) {
      if (typeof each === 'string') continue;
      if ('package' in each) {
        if (isUnknown(beyond)) beyond = { kind: 'external', from: each.package, path: [name] };
        continue;
      }
      const { path } = each;
      const text = seen.has(path) ? undefined : scene.files.text(path);
      seen.add(path);
      if (text === undefined) continue;
      const tree = mayExport(text, name) ? scene.files.tree(path) : undefined;
      const { named, whole, passedOn: further } = tree ? exportsOf(tree) : nothingExported;
      left[further.length > 0 ? 'barrels' : 'files'] -= 1;
      const value = named.has(name) || whole ? exportedBy(path, name, [...passed, barrel], scene) : unknown;
      if (isSaying(value)) return value;
      if (further.length > 0) open = [...open, ...candidates(further, path, some[at]!.depth + 1)].sort(byPromise);
    }
  }
  return beyond;
}

function reExported(specifier: string, name: string, from: string, passed: readonly string[], scene: Scene): Value {
  const resolved = resolveModule(specifier, from, scene.files);
  if (resolved === 'pending' || resolved === 'unknown') return unknown;
  if ('package' in resolved) return { kind: 'external', from: resolved.package, path: [name] };
  return name === '*' ? { kind: 'module', path: resolved.path } : exportedBy(resolved.path, name, [...passed, from], scene);
}

/** What `require(specifier)` gives in the file at `from`. */
export function required(specifier: string, from: string, scene: Scene): Value {
  const resolved = resolveModule(specifier, from, scene.files);
  if (resolved === 'pending' || resolved === 'unknown') return unknown;
  if ('package' in resolved) return { kind: 'external', from: resolved.package, path: ['*'] };
  return wholeOf(resolved.path, scene);
}

/** What a file of CommonJS exports as a whole, or the file itself as a namespace. */
export function wholeOf(path: string, scene: Scene): Value {
  const tree = scene.files.tree(path);
  const whole = tree && exportsOf(tree).whole;
  return whole ? scene.valueOf(whole) : { kind: 'module', path };
}

function isEsModule(tree: SourceFile): boolean {
  return tree.statements.some((statement) => ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement) || ts.isExportAssignment(statement) ||
    (ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword)));
}

/** What a file is called that speaks to a database. */
const databases = /mongo|postgres|mysql|maria|sqlite|redis|sql/i;

/** `` require(`./${config.database}`) ``: the settings choose among files that do the same; the first that is called after a database stands for all. */
export function requiredByName(template: C.TemplateExpression, scene: Scene): Value {
  const [span] = template.templateSpans;
  const before = /^(\.[\w./-]*\/)([\w-]*)$/.exec(template.head.text);
  if (!span || template.templateSpans.length > 1 || !before) return unknown;
  const path = pathOf(template);
  const folder = joinPath(folderOf(path), before[1]!);
  const [name] = (folder === undefined ? undefined : scene.files.names(folder))?.filter((each) => each.startsWith(before[2]!) && databases.test(each) && (isCode(each) || each.endsWith('/'))) ?? [];
  return name === undefined ? unknown : required(`${before[1]!}${name.replace(/\/$|\.[cm]?[jt]s$/, '')}`, path, scene);
}
