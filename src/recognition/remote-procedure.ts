/** Calls of procedures that run in another service: gRPC, tRPC, Connect, microservices of NestJS, JSON-RPC. */
import { ts, type CallExpression, type ClassLikeDeclaration, type Expression, type NewExpression, type Node } from '../code/compiler.ts';
import type { ts as C } from 'ts-morph';
import { resolveModule } from '../code/modules.ts';
import { declarationOf, exportsOf } from '../code/scope.ts';
import type { Scene } from '../code/scene.ts';
import { argument, bare, decapitalised, inOneLine, isFunctionBody, lastName, memberAccess, nameText, pathOf, propertyOf } from '../code/syntax.ts';
import type { Value } from '../code/value.ts';
import { asks, changesSomething, type RequestVerb } from '../libraries/http-clients.ts';
import { isNoProcedure, rpcClients, type RpcClient } from '../libraries/rpc-clients.ts';
import { promisedMethod, type Method } from './promised-method.ts';
import { originOf } from './callee-origin.ts';
import { projectUses } from './project-uses.ts';
import { writtenObject } from './written-object.ts';

/** A procedure of another service that is called. */
export type RemoteCall = {
  client: string;
  verb: RequestVerb | undefined;
  limited: boolean | undefined;
  /** The service's name, where the code says it. */
  service: string | undefined;
  says: string;
  /** What asks for many at once, where the client has it. */
  many: string | undefined;
  /** Calls of one tick go out as one request, as far as one can tell. */
  batches: boolean;
};

/** A client, and the call or construction that made it. */
type Made = { rpc: RpcClient; by: CallExpression | NewExpression | undefined; service: string | undefined };

/** Names of calls that are procedures of some client wherever they are called, or may well be one. */
const calledSo = new Set(rpcClients.flatMap(({ methods }) => Object.keys(methods ?? {})));

/** The procedure that a call runs in another service. */
export function remoteCallAt(node: CallExpression, scene: Scene): RemoteCall | undefined {
  const callee = calleeOf(node, scene);
  if (!callee || isNoProcedure.test(callee.name) || !mayCallFrom(node, callee.name, scene)) return undefined;
  const made = madeOf(callee.of, scene);
  if (!made) return undefined;
  const { rpc, by, service } = made;
  const method = rpc.methods ? (Object.hasOwn(rpc.methods, callee.name) ? rpc.methods[callee.name] : undefined) : { named: 'by-name' as const };
  if (!method || isOwnMethod(callee.access, scene) || (rpc.many !== undefined && isPartOfBatch(node, callee.name))) return undefined;
  const batches = rpc.batching !== undefined && isBatching(by, rpc.batching.by, scene);
  return {
    client: rpc.title,
    verb: 'verb' in method && method.verb ? method.verb : verbOf(method.named === 'by-text' ? textOf(node) : callee.name),
    limited: isLimited(node, rpc, scene),
    service,
    says: saysOf(node),
    many: rpc.batching ? (batches ? rpc.batching.present : rpc.batching.absent) : rpc.many,
    batches,
  };
}

/** `client.request([client.request('add', [1, 2]), …], done)`: what stands within is only described. */
function isPartOfBatch(node: CallExpression, name: string): boolean {
  for (let up: Node = node.parent; up && !ts.isStatement(up); up = up.parent) if (ts.isCallExpression(up) && memberAccess(bare(up.expression))?.name === name) return true;
  return false;
}

/** `client.getUser(…)`, or `getUser(…)` that was made of it by `promisify(client.getUser).bind(client)`. */
function calleeOf(node: CallExpression, scene: Scene): Method | undefined {
  const callee = bare(node.expression);
  const access = memberAccess(callee);
  if (access) return { ...access, access: callee };
  const value = ts.isIdentifier(callee) && declarationOf(callee) ? scene.valueOf(callee) : undefined;
  return value && promisedMethod(value);
}

/** False where neither the name nor the packages that a file may use make a procedure likely: most calls end here. */
function mayCallFrom(node: CallExpression, name: string, scene: Scene): boolean {
  if (calledSo.has(name)) return true;
  const known = usesClient(node, scene);
  return known !== undefined && (known || asks.test(decapitalised(name)) || changesSomething.test(decapitalised(name)));
}

const usesClient = projectUses((name) => rpcClients.some(({ from }) => from.test(name)) || /^(?:hono|jayson)$/.test(name));

/** The client that an expression is, or a part of one: `client.post.byId`. */
function madeOf(of: Expression, scene: Scene): Made | undefined {
  return scene.remember(ofClient, of, () => {
    const value = scene.valueOf(of);
    return ofValue(value, scene) ?? (leadsNowhere(value) ? ofSource(of, scene) : undefined);
  }, undefined);
}

const ofClient = Symbol('client of procedures');

/** An interface says what can be called, not who is called; of what is unknown, the construction may still say enough. */
function leadsNowhere({ kind }: Value): boolean {
  return kind === 'unknown' || kind === 'interface' || kind === 'global' || kind === 'maker';
}

function ofValue(value: Value, scene: Scene, depth = 0): Made | undefined {
  if (depth > 8) return undefined;
  switch (value.kind) {
    case 'member':
      return ofValue(value.of, scene, depth + 1);
    case 'result':
      return byOrigin(value.of, value.node) ?? ofValue(value.of, scene, depth + 1);
    case 'made': {
      const by = value.node && ts.isNewExpression(value.node) ? value.node : undefined;
      return byOrigin(value.of, by) ?? (by && byConstruction(by, scene));
    }
    case 'instance':
      return byParent(value.node, scene);
    case 'interface':
      return ts.isInterfaceDeclaration(value.node) ? byParentInterface(value.node, scene) : undefined;
    default:
      return undefined;
  }
}

/** `createTRPCClient(…)`, `new JSONRPCClient(…)`, a thing of the type `ClientProxy`. */
function byOrigin(of: Value, by: CallExpression | NewExpression | undefined): Made | undefined {
  const origin = originOf(of);
  const rpc = origin && rpcClients.find(({ from, clients }) => from.test(origin.from) && clients?.test(withoutDefault(origin.path)));
  return rpc && { rpc, by, service: by && serviceGiven(by) };
}

/** `default.Client.http`, as CommonJS has it. */
function withoutDefault(path: string): string {
  return path.replace(/^(?:default|\*)\./, '');
}

/** `new UserServiceClient(address, credentials.createInsecure())`, wherever the class comes from. */
function byConstruction(made: NewExpression, scene: Scene): Made | undefined {
  for (const given of made.arguments?.slice(0, 3) ?? []) {
    const value = ts.isSpreadElement(given) ? undefined : scene.valueOf(given);
    const origin = value && originOf(value.kind === 'result' ? value.of : value);
    const rpc = origin && rpcClients.find(({ from, madeWith }) => from.test(origin.from) && madeWith?.test(withoutDefault(origin.path)));
    if (rpc) return { rpc, by: made, service: serviceNamed(lastName(made.expression)) };
  }
  return undefined;
}

/** A class of this repository, written by a generator, that extends the client of the package. */
function byParent(node: ClassLikeDeclaration, scene: Scene): Made | undefined {
  const beyond = scene.lineage(node).at(-1)?.beyond;
  return beyond && extending(beyond, node.name?.text);
}

function byParentInterface(node: C.InterfaceDeclaration, scene: Scene): Made | undefined {
  const parents = node.heritageClauses?.flatMap(({ types }) => types) ?? [];
  for (const { expression } of parents) {
    const found = extending(scene.valueOf(expression), node.name.text);
    if (found) return found;
  }
  return undefined;
}

function extending(parent: Value, name: string | undefined): Made | undefined {
  const origin = originOf(parent);
  const rpc = origin && rpcClients.find(({ from, parents }) => from.test(origin.from) && parents?.test(withoutDefault(origin.path)));
  return rpc && { rpc, by: undefined, service: serviceNamed(name) };
}

/** What made a thing whose type says nothing: the construction in its variable or member, here or in the file that it is imported from. */
function ofSource(of: Expression, scene: Scene): Made | undefined {
  for (const source of sourcesOf(bare(of), scene)) {
    const node = bare(source);
    const found = ts.isNewExpression(node) ? byConstruction(node, scene) : ofValue(scene.valueOf(node), scene);
    if (found) return found;
  }
  return undefined;
}

function sourcesOf(node: Expression, scene: Scene): Expression[] {
  const access = memberAccess(node);
  if (access) return access.of.kind === ts.SyntaxKind.ThisKeyword ? assignedToMember(node, access.name) : [];
  const declared = ts.isIdentifier(node) ? declarationOf(node) : undefined;
  if (declared?.kind === 'variable') return declared.node.initializer ? [declared.node.initializer] : [];
  if (declared?.kind !== 'import') return [];
  const resolved = resolveModule(declared.from, pathOf(node), scene.files);
  const tree = typeof resolved === 'object' && 'path' in resolved ? scene.files.tree(resolved.path) : undefined;
  if (!tree) return [];
  const { named, whole } = exportsOf(tree);
  const exported = named.get(declared.name);
  if (exported && 'node' in exported) return ts.isVariableDeclaration(exported.node) && exported.node.initializer ? [exported.node.initializer] : ts.isIdentifier(exported.node) ? sourcesOf(exported.node, scene) : [];
  const given = declared.name === 'default' && whole ? bare(whole) : undefined;
  return given ? (ts.isIdentifier(given) ? sourcesOf(given, scene) : [given]) : [];
}

/** `this.users = this.client.getService(…)`, wherever in its class. */
function assignedToMember(node: Node, name: string): Expression[] {
  let owner: Node | undefined = node;
  while (owner && !ts.isClassLike(owner)) owner = owner.parent;
  if (!owner) return [];
  const found: Expression[] = [];
  const visit = (each: Node): void => {
    if (ts.isPropertyDeclaration(each) && nameText(each.name) === name && each.initializer) found.push(each.initializer);
    if (ts.isBinaryExpression(each) && each.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
      const target = memberAccess(each.left);
      if (target?.name === name && target.of.kind === ts.SyntaxKind.ThisKeyword) found.push(each.right);
    }
    ts.forEachChild(each, visit);
  };
  visit(owner);
  return found;
}

/** A method that the repository has written itself is followed, and is no procedure. */
function isOwnMethod(access: Expression, scene: Scene): boolean {
  const value = scene.valueOf(access);
  return value.kind === 'function' && value.node.body !== undefined;
}

/** `createClient(UserService, transport)`, `getService('UserService')`. */
function serviceGiven(by: CallExpression | NewExpression): string | undefined {
  const first = argument(by, 0);
  if (!first) return undefined;
  return serviceNamed(ts.isStringLiteralLike(first) ? first.text : ts.isIdentifier(first) && /^[A-Z]/.test(first.text) ? first.text : undefined);
}

/** `UserService` of `UserServiceClient`. */
function serviceNamed(name: string | undefined): string | undefined {
  return name !== undefined && /^[A-Z]\w{1,50}$/.test(name) ? name.replace(/(?<=\w)Client$/, '') : undefined;
}

/** True where what made the client names what batches, or where that stands elsewhere. */
function isBatching(by: CallExpression | NewExpression | undefined, batching: RegExp, scene: Scene): boolean {
  const given = by && argument(by, 0);
  return !given || mayName(given, batching, scene);
}

/** Settings are followed through so many names. */
const mostNames = 3;

function mayName(root: Expression, batching: RegExp, scene: Scene, depth = 0): boolean {
  let found = false;
  const visit = (node: Node): void => {
    if (found || isFunctionBody(node)) return;
    if (ts.isIdentifier(node) && (node === root || isPart(node))) {
      const made = depth < mostNames ? writtenAs(scene.valueOf(node)) : undefined;
      found = !made || mayName(made, batching, scene, depth + 1);
      return;
    }
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) found = batching.test(lastName(node.expression) ?? '');
    ts.forEachChild(node, visit);
  };
  visit(root);
  return found;
}

/** A name that stands for the list of links or plugins, or for one of them: not one within a link's own settings. */
function isPart(name: C.Identifier): boolean {
  const { parent } = name;
  if (ts.isSpreadElement(parent) || ts.isSpreadAssignment(parent) || ts.isArrayLiteralExpression(parent)) return true;
  const key = ts.isPropertyAssignment(parent) && parent.initializer === name ? nameText(parent.name) : ts.isShorthandPropertyAssignment(parent) ? name.text : undefined;
  return key === 'links' || key === 'plugins';
}

function writtenAs(value: Value): Expression | undefined {
  if (value.kind === 'object' || value.kind === 'array' || value.kind === 'result') return value.node;
  return value.kind === 'made' && value.node && ts.isNewExpression(value.node) ? value.node : undefined;
}

function verbOf(name: string | undefined): RequestVerb | undefined {
  // `{ cmd: 'get_user' }`, `users.find`, `GetUser`
  for (const part of name?.split(/[.:/\s]/) ?? []) {
    const action = decapitalised(part);
    if (asks.test(action)) return 'read';
    if (changesSomething.test(action)) return 'write';
  }
  return undefined;
}

/** The name of the procedure that the first argument gives, as a text or within a pattern. */
function textOf(node: CallExpression): string | undefined {
  const first = argument(node, 0);
  if (!first) return undefined;
  if (ts.isStringLiteralLike(first)) return first.text;
  const pattern = ts.isObjectLiteralExpression(first) ? first.properties.map((each) => (ts.isPropertyAssignment(each) ? bare(each.initializer) : undefined)).find((each) => each && ts.isStringLiteralLike(each)) : undefined;
  return pattern && ts.isStringLiteralLike(pattern) ? pattern.text : undefined;
}

function isLimited(node: CallExpression, { limits, isUnlimited }: RpcClient, scene: Scene): boolean | undefined {
  const options = node.arguments.slice(1).map((each) => (ts.isSpreadElement(each) ? undefined : writtenObject(each, scene)));
  if (options.some((each) => each && limits.some((limit) => propertyOf(each, limit) !== undefined))) return true;
  return isUnlimited && node.arguments.slice(1).every((each) => ts.isFunctionLike(bare(each)) || ts.isObjectLiteralExpression(bare(each))) ? false : undefined;
}

function saysOf(node: CallExpression): string {
  const text = inOneLine(node.expression, 60);
  return text.includes('(') ? (lastName(node.expression) ?? text) : text;
}
