/**
 * Methods of things that nothing says what they are: `daos.slas.minutesFor(priority)`, `({ orders }) => orders.close(id)`. Where one file that is called
 * after the thing declares a method of this name, and no other does, that one is meant.
 */
import type { ts as C } from 'ts-morph';
import { ts, type CallExpression, type Expression, type FunctionBody, type Node, type SourceFile } from './compiler.ts';
import { ofTests, plainName } from './implementations.ts';
import { assignedInConstructor } from './members.ts';
import { isCode } from './opened-files.ts';
import type { Scene } from './scene.ts';
import { declarationOf } from './scope.ts';
import { bare, calleeName, enclosingFunction, functionName, isFunctionBody, memberAccess, nameText, pathOf, singular, wrapped } from './syntax.ts';
import { isSaying, type Value } from './value.ts';

/** Files that are opened in search of one method. */
const most = 3;
/** Names that lists, maps, texts, promises, streams and clients of packages share with what people write themselves. */
const everybodys = /^(?:get|set|has|add|delete|clear|keys|values|entries|forEach|map|filter|find|findIndex|some|every|reduce|push|pop|shift|unshift|slice|splice|sort|concat|join|includes|indexOf|flat|flatMap|then|catch|finally|call|apply|bind|toString|toJSON|toObject|valueOf|trim|split|replace|match|test|exec|on|once|off|emit|write|end|pipe|read|send|json|status|next|done|run|use|handle|init|start|stop|open|close|connect|log|info|warn|error|debug|parse|stringify|format|query|execute|create|update|remove|save|insert|load|fetch|request|post|put|patch|count|all|one|first|last|sum|min|max|build|make|resolve|reject|register|subscribe|publish|dispatch|append|prepare|populate|select|where|limit|exists|lean|resolved)$/;
/** What people call what keeps things or does things for others, alone or as a bag of them. */
const keepers = /(?:[sS]tores?|[rR]epos?|[rR]epositor(?:y|ies)|[sS]ervices?|[dD]aos?|[dD]als?|[mM]odels?|[qQ]ueries|[mM]anagers?|[gG]ateways?|[fF]acades?|[lL]oaders?|dataSources|deps|dependencies|[uU]se[cC]ases?)$/;

/** What people call the thing that everything else hangs on. */
const holders = /^_?(?:ctx|context|deps|app|server|fastify|hub|container|cradle|core|kernel|locals)$/;

const ofCall = Symbol('found by its name');

/** The method that a call runs, where only names tell. */
export function methodFoundByName(call: CallExpression, scene: Scene): FunctionBody | undefined {
  const access = memberAccess(bare(call.expression));
  // A row that is awaited to say what it is, is no plain object.
  const isTold = access?.name === 'toJSON' && ts.isAwaitExpression(call.parent) && isRow(bare(access.of));
  if (!access || (everybodys.test(access.name) && !isTold)) return undefined;
  return scene.remember(ofCall, call, () => find(access.name, access.of, scene), undefined);
}

/** Folders of what rows are made of. */
const ofRows = /(?:^|\/)(?:models?|entit(?:y|ies)|collections?|schemas?|domain)\//i;

function find(method: string, of: Expression, scene: Scene): FunctionBody | undefined {
  const node = bare(of);
  const each = isRow(node);
  const one = !each && isOneOfAModel(node, of, scene);
  const row = each || one;
  const model = row ? undefined : modelCalled(node);
  const names = model === undefined ? namesAlong(node) : [model];
  if (names.length === 0 || (!row && model === undefined && (!isHandedOver(node, names, scene) || isSaying(scene.valueOf(of))))) return undefined;
  const stems = (row ? names.slice(0, 1) : names).map(stemOf).filter((each) => each.length > 2);
  const own = pathOf(of);
  // `stripeService.charges`: a package's own things.
  if ([...(scene.dependencies(own)?.keys() ?? [])].some((each) => stems.includes(plainName(each)))) return undefined;
  const paths = (scene.files.mentioning(method) ?? []).filter((path) => isCode(path) && !ofTests.test(path) && (!row || ofRows.test(path)) && stems.some((stem) => (one ? isNamed(path, stem) : isCalledAfter(path, stem))));
  const found = paths.toSorted((one, other) => fit(other, stems) - fit(one, stems) || (one < other ? -1 : 1)).slice(0, most).flatMap((path) => (path === own ? [] : methodsNamed(method, scene.files.tree(path))));
  if (found.length === 1) return found[0];
  if (found.length === 0 && each) return onlyOneOfModels(method, scene, (fn) => isNamedInSource(node, holderOf(fn)));
  if (found.length === 0 && isModel(node, scene)) return onlyOneOfModels(method, scene, () => true);
  const ofThis = found.filter((each) => stems.some((stem) => plainName(holderOf(each)).includes(stem)));
  return ofThis.length === 1 ? ofThis[0] : undefined;
}

/** `order` of `for (const order of orders)` and of `orders.map((order) => …)`. */
function isRow(node: Expression): boolean {
  const declared = ts.isIdentifier(node) ? declarationOf(node) : undefined;
  if (declared?.kind === 'variable') return ts.isForOfStatement(declared.node.parent.parent);
  if (declared?.kind !== 'parameter' || declared.node.parent.parameters[0] !== declared.node) return false;
  const call = wrapped(declared.node.parent).parent;
  return call !== undefined && ts.isCallExpression(call) && /^(?:map|forEach|flatMap|filter|each|some|every)\w*$/.test(calleeName(call) ?? '');
}

/** Names of things that are no rows as often as they are. */
const anything = /^(?:file|image|stream|socket|element|node|page|form|map|list|query|date|event|request|response|client|connection|option|item|entry|value|row|record|data|result)$/i;

/** `channel` of `function present(channel) { … }`, `req.channel`: what nothing says what it is, and may be a row by its name. */
function isOneOfAModel(node: Expression, of: Expression, scene: Scene): boolean {
  const declared = ts.isIdentifier(node) ? declarationOf(node) : undefined;
  const access = memberAccess(node);
  const isLocal = (declared?.kind === 'parameter' && !declared.node.type && !declared.node.initializer) || (declared?.kind === 'variable' && enclosingFunction(declared.node) !== undefined && !declared.node.type) || (access !== undefined && /^(?:req|request|ctx|context|state|locals)$/.test(memberAccess(access.of)?.name ?? (ts.isIdentifier(access.of) ? access.of.text : '')));
  const [name = ''] = namesAlong(node);
  return isLocal && singular(name) === name && !keepers.test(name) && !anything.test(name) && !isSaying(scene.valueOf(of));
}

/** `Organization`, `this.models.Organization`, `modelClass`: what is called as models are, and nothing says what it is. */
function isModel(node: Expression, scene: Scene): boolean {
  const [name = ''] = namesAlong(node);
  return (/^[A-Z][a-z]\w*$/.test(name) ? namesAlong(node).some((each) => /^(?:models?|db)$/i.test(each)) || ts.isIdentifier(node) : /^(?:model|modelClass|Model)$/.test(name)) && !isSaying(scene.valueOf(node));
}

/** `organization.refreshStats()`, `Organization.upsertBy(…)`: the one method of this name in all files of models, by whatever class it is inherited. */
function onlyOneOfModels(method: string, scene: Scene, isMeant: (fn: FunctionBody) => boolean): FunctionBody | undefined {
  if (!/[a-z][A-Z]/.test(method)) return undefined;
  const paths = (scene.files.mentioning(method) ?? []).filter((path) => isCode(path) && !ofTests.test(path) && ofRows.test(path));
  if (paths.length > most) return undefined;
  const found = paths.flatMap((path) => methodsNamed(method, scene.files.tree(path)));
  return found.length === 1 && isMeant(found[0]!) ? found[0] : undefined;
}

/** True for a row that is called after a class (`memberCollective` of `Collective`), or comes from a list that mentions it: `source` of `await Organization.listByIds(ids)`. */
function isNamedInSource(node: Expression, holder: string): boolean {
  if (holder === '' || !ts.isIdentifier(node)) return false;
  const list = sourceOf(node);
  const made = list && ts.isIdentifier(bare(list)) ? declarationOf(bare(list) as C.Identifier) : undefined;
  const text = made?.kind === 'variable' ? made.node.initializer?.getText() : list?.getText();
  return plainName(node.text).endsWith(plainName(holder)) || (text !== undefined && new RegExp(`(?<![\\w$])${holder}s?(?![\\w$])`, 'i').test(text.slice(0, 400)));
}

/** `orders` of `for (const order of orders)` and of `orders.map((order) => …)`. */
function sourceOf(row: C.Identifier): Expression | undefined {
  const declared = declarationOf(row);
  if (declared?.kind === 'variable' && ts.isForOfStatement(declared.node.parent.parent)) return declared.node.parent.parent.expression;
  const call = declared?.kind === 'parameter' ? wrapped(declared.node.parent).parent : undefined;
  return call && ts.isCallExpression(call) ? memberAccess(bare(call.expression))?.of : undefined;
}

/** `Comment` of `mongoose.model('Comment')`, also kept in a variable: a model that another file has made. */
function modelCalled(node: Expression): string | undefined {
  const declared = ts.isIdentifier(node) ? declarationOf(node) : undefined;
  const made = declared?.kind === 'variable' && declared.node.initializer ? bare(declared.node.initializer) : node;
  const [name, ...others] = ts.isCallExpression(made) && calleeName(made) === 'model' ? made.arguments : [];
  return name && others.length === 0 && ts.isStringLiteralLike(name) ? name.text : undefined;
}

/** The names that lead to a thing, the nearest first: `slas`, `daos` of `daos.slas`; `progress` of `this.server.services().progress`. */
function namesAlong(node: Expression): string[] {
  const names: string[] = [];
  let at: Expression = node;
  for (let depth = 0; depth < 6; depth += 1) {
    if (ts.isIdentifier(at)) return [...names, at.text];
    const access = memberAccess(at);
    if (access) names.push(access.name);
    const call = ts.isCallExpression(at) ? at : undefined;
    const asked = call?.arguments[0] && bare(call.arguments[0]);
    // `scope.resolve('files')`, `container.get('files')`
    if (call && asked && ts.isStringLiteralLike(asked) && /^(?:resolve|get|make|cradle|\w*(?:[sS]ervice|[rR]epository|[rR]epo|[sS]tore|[mM]anager|[mM]odel))$/.test(calleeName(call) ?? '')) return [asked.text, 'services'];
    if (!access && !call) return names;
    at = bare(access ? access.of : call!.expression);
  }
  return names;
}

/** True for what somebody else hands over: a keeper, a member of a bag of them, or something taken out of a parameter or of what a call gives. */
function isHandedOver(node: Expression, [nearest, ...others]: readonly string[], scene: Scene): boolean {
  const declared = ts.isIdentifier(node) ? declarationOf(node) : undefined;
  // What stands in for it where nothing is handed over tells more.
  if ((declared?.kind === 'binding' || declared?.kind === 'parameter') && declared.node.initializer) return false;
  if (keepers.test(nearest!) || others.some((each) => keepers.test(each))) return true;
  // `this.files` of `constructor({ files }) { this.files = files; }`.
  const access = memberAccess(node);
  if (access?.of.kind === ts.SyntaxKind.ThisKeyword) return isParameterAtHeart(scene.valueOf(node)) || isTakenFromParameter(access.of, access.name, scene);
  // `ctx.applications`, `app.ledger`
  const root = access && bare(access.of);
  if (root && ts.isIdentifier(root) && holders.test(root.text)) return declarationOf(root)?.kind === 'parameter' || declarationOf(root)?.kind === 'binding';
  if (declared?.kind !== 'binding' || !ts.isObjectBindingPattern(declared.node.parent)) return false;
  const holder = declared.node.parent.parent;
  if (ts.isParameter(holder)) return isFunctionBody(holder.parent);
  const made = ts.isVariableDeclaration(holder) && holder.initializer ? bare(holder.initializer) : undefined;
  // `const { Ticket } = this.models`, `const { alerts } = repos`
  const whole = made && (ts.isIdentifier(made) ? made.text : memberAccess(made)?.name);
  return made !== undefined && ((ts.isCallExpression(made) && keepers.test(calleeName(made) ?? '')) || (whole !== undefined && keepers.test(whole) && !isSaying(scene.valueOf(made))));
}

function isParameterAtHeart(value: Value): boolean {
  let at = value;
  while (at.kind === 'member') at = at.of;
  return at.kind === 'parameter';
}

/** `this.files = files;` in the constructor, of what the constructor was given. */
function isTakenFromParameter(self: Expression, name: string, scene: Scene): boolean {
  const holder = scene.valueOf(self);
  const given = holder.kind === 'instance' ? assignedInConstructor(holder.node, name) : undefined;
  const declared = given && ts.isIdentifier(bare(given)) ? declarationOf(bare(given) as C.Identifier) : undefined;
  return declared?.kind === 'binding' || declared?.kind === 'parameter';
}

/** `slas`, `slaDao` → `sla`: what a thing is about. */
function stemOf(name: string): string {
  const plain = name.replace(/^[_#]+/, '').replace(/(?<=[a-z])(?:Service|Repository|Repo|Store|Dao|DAO|Dal|Model|Manager|Gateway|Facade|Loader|Queries)s?$/, '');
  return plainName(singular(plain));
}

/** True for a file whose own name, or whose folder's, says what it is about: `queries.js` of `query`. */
function isCalledAfter(path: string, stem: string): boolean {
  const many = stem.endsWith('y') ? `${stem.slice(0, -1)}ies` : stem;
  return path.split('/').slice(-2).some((part) => plainName(part).includes(stem) || plainName(part).includes(many));
}

/** `models/Channel.js`, `channel.model.ts`, `channel/index.js` of `channel`. */
function isNamed(path: string, stem: string): boolean {
  const [folder = '', file = ''] = path.split('/').slice(-2);
  const own = file.replace(/(?:[.-](?:model|entity|schema))?\.[cm]?[jt]s$/i, '');
  return plainName(singular(own === 'index' ? folder : own)) === stem;
}

/** How well a file's own name fits: the nearest name counts most. */
function fit(path: string, stems: readonly string[]): number {
  const file = plainName(path.slice(path.lastIndexOf('/') + 1));
  const at = stems.findIndex((stem) => file.includes(stem));
  return at < 0 ? 0 : stems.length - at + (file.startsWith(stems[at]!) ? 0.5 : 0);
}

const declaredIn = new WeakMap<SourceFile, ReadonlyMap<string, readonly FunctionBody[]>>();

function methodsNamed(name: string, tree: SourceFile | undefined): readonly FunctionBody[] {
  if (!tree) return [];
  let all = declaredIn.get(tree);
  if (!all) declaredIn.set(tree, (all = methodsIn(tree)));
  return all.get(name) ?? [];
}

/** All methods of classes and object literals, and functions put into members or exported, by their names. */
function methodsIn(tree: SourceFile): Map<string, FunctionBody[]> {
  const all = new Map<string, FunctionBody[]>();
  const note = (name: Node | undefined, value: Node | undefined): void => {
    const text = name && nameText(name);
    const fn = value && (ts.isExpression(value) ? bare(value) : value);
    if (text !== undefined && fn && isFunctionBody(fn) && fn.body) all.set(text, [...(all.get(text) ?? []), fn]);
  };
  // A stack of our own: code may be nested deeper than calls can be.
  const open: Node[] = [tree];
  for (let node = open.pop(); node; node = open.pop()) {
    if (ts.isMethodDeclaration(node)) note(node.name, node);
    else if (ts.isPropertyAssignment(node) || ts.isPropertyDeclaration(node)) note(node.name, node.initializer);
    else if (ts.isFunctionDeclaration(node) && node.parent === tree) note(node.name, node);
    else if (ts.isVariableDeclaration(node) && node.parent.parent.parent === tree) note(node.name, node.initializer);
    else if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken && ts.isPropertyAccessExpression(node.left)) note(node.left.name, node.right);
    ts.forEachChild(node, (child) => void open.push(child));
  }
  return all;
}

/** The name of the class, the variable or the function that holds a method. */
function holderOf(fn: FunctionBody): string {
  for (let up = fn.parent; up; up = up.parent) {
    if (ts.isClassLike(up) && up.name) return up.name.text;
    if (ts.isVariableDeclaration(up) && ts.isIdentifier(up.name) && up.initializer && wrapped(fn) !== up.initializer) return up.name.text;
    if (isFunctionBody(up)) return functionName(up) ?? '';
    if (ts.isBinaryExpression(up) && ts.isPropertyAccessExpression(up.left)) return (up.left.expression as C.Expression).getText().replace(/\.prototype$/, '');
  }
  return '';
}
