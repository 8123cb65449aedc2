import { ts, type CallExpression, type ClassLikeDeclaration, type Decorator, type Expression, type FunctionBody, type Node, type SourceFile } from '../code/compiler.ts';
import { folderOf } from '../code/paths.ts';
import { isCode } from '../code/opened-files.ts';
import type { Scene } from '../code/scene.ts';
import { bare, calleeName, inOneLine, isFunctionBody, memberAccess, nameText, pathOf } from '../code/syntax.ts';
import type { Value } from '../code/value.ts';

/** Packages whose emitters call their listeners in this process. A socket has `emit` and `on` as well, but speaks to somebody else. */
const emitters = /^(?:node:)?events$|^(?:eventemitter[23]|emittery|mitt|tseep|nanoevents|tiny-emitter|typed-emitter|@nestjs\/(?:event-emitter|cqrs))$/;
const emits = /^(?:emit|emitAsync|emitSerial|publish)$/;
const registers = /^(?:on|addListener|prependListener)$/;

/** A function that runs whenever an event comes up. */
type Listener = { event: string; fn: FunctionBody; /** On whom it listens; absent where a decorator registers it. */ on?: Expression };

/** The listeners that an emitted event runs, as far as they stand in the same file, beside the emitter, or where Nest's are kept: in files of their own nearby. */
export function listenersOf(call: CallExpression, scene: Scene): FunctionBody[] {
  const access = emits.test(calleeName(call) ?? '') ? memberAccess(bare(call.expression)) : undefined;
  const event = access && call.arguments[0] ? eventOf(call.arguments[0]) : undefined;
  if (!access || event === undefined) return [];
  const emitter = scene.valueOf(access.of);
  const origin = emitterFrom(emitter, scene);
  if (origin === undefined) return [];
  const isNests = /^@nestjs\//.test(origin);
  const files = new Set([call.getSourceFile(), ...(homeOf(emitter) ?? []), ...(isNests ? nearby(pathOf(call), event, scene) : [])]);
  return [...files].flatMap((file) => listenersIn(file, scene)).filter((listener) => listener.event === event && (listener.on ? isSame(scene.valueOf(listener.on), emitter) : isNests)).map(({ fn }) => fn);
}

/** Files that are opened in search of one event's listeners. */
const mostNearby = 8;
const ofListenersFolder = /^(?:listeners?|handlers?|subscribers?|events?|event-?(?:listeners?|handlers?)|consumers?)\/$/i;
const ofListenersFile = /listen|subscri|handl|consum|[.-]events?[.-]/i;

/** The files in this folder, and in those for listeners in and beside it, that are named for listeners and say the event. */
function nearby(path: string, event: string, scene: Scene): SourceFile[] {
  const folder = folderOf(path);
  const inFolder = (outer: string, name: string): string => (outer === '' ? name : `${outer}/${name}`);
  const folders = [folder, ...[folder, folderOf(folder)].flatMap((outer) => (scene.files.names(outer) ?? []).filter((name) => ofListenersFolder.test(name)).map((name) => inFolder(outer, name.slice(0, -1))))];
  const found = [...new Set(folders)].flatMap((each) => (scene.files.names(each) ?? []).filter((name) => isCode(name) && ofListenersFile.test(name) && !/[.-](?:test|spec)\./.test(name)).map((name) => inFolder(each, name)));
  const said = event.replaceAll("'", '');
  return found.filter((each) => each !== path).slice(0, mostNearby).flatMap((each) => (scene.files.text(each)?.includes(said) ? (scene.files.tree(each) ?? []) : []));
}

/** What an event goes by: its text, the constant that names it, or the class of the event that is made. */
function eventOf(written: Expression): string | undefined {
  const node = bare(written);
  if (ts.isStringLiteralLike(node)) return `'${node.text}'`;
  if (ts.isNewExpression(node)) return ts.isIdentifier(node.expression) ? node.expression.text : undefined;
  return memberAccess(node) ? inOneLine(node) : undefined;
}

/** The package that an emitter is of. */
function emitterFrom(emitter: Value, scene: Scene): string | undefined {
  const of = emitter.kind === 'made' || emitter.kind === 'result' ? emitter.of : emitter.kind === 'instance' ? scene.lineage(emitter.node).at(-1)?.beyond : undefined;
  return of?.kind === 'external' && emitters.test(of.from) ? of.from : undefined;
}

/** The file in which an emitter is made. */
function homeOf(emitter: Value): SourceFile[] | undefined {
  return (emitter.kind === 'made' || emitter.kind === 'result' || emitter.kind === 'instance') && emitter.node ? [emitter.node.getSourceFile()] : undefined;
}

function isSame(one: Value, other: Value): boolean {
  return 'node' in one && 'node' in other && one.node !== undefined && one.node === other.node;
}

const ofListeners = Symbol('listeners');

function listenersIn(file: SourceFile, scene: Scene): Listener[] {
  if (!/\.(?:on|addListener|prependListener)\(|@(?:OnEvent|EventsHandler)\(/.test(file.text)) return [];
  return scene.remember(ofListeners, file, () => {
    const found: Listener[] = [];
    const visit = (node: Node): void => {
      if (ts.isCallExpression(node)) found.push(...registered(node, scene));
      else if (ts.isClassLike(node)) found.push(...handlers(node));
      ts.forEachChild(node, visit);
    };
    visit(file);
    return found;
  }, []);
}

/** `events.on('paid', async (order) => …)`, also with a function by its name. */
function registered(call: CallExpression, scene: Scene): Listener[] {
  const access = registers.test(calleeName(call) ?? '') ? memberAccess(bare(call.expression)) : undefined;
  const [first, second] = call.arguments;
  const event = access && first && second ? eventOf(first) : undefined;
  const value = event === undefined ? undefined : scene.valueOf(second!);
  return value?.kind === 'function' ? [{ event: event!, fn: value.node, on: access!.of }] : [];
}

/** `@OnEvent('paid') onPaid(order)`, and `@EventsHandler(Paid) class { handle(event) }`. */
function handlers(node: ClassLikeDeclaration): Listener[] {
  const handled = argumentsOf(ts.getDecorators(node), 'EventsHandler').flatMap((each) => (ts.isIdentifier(each) ? each.text : []));
  return node.members.filter((member) => isFunctionBody(member)).flatMap((fn) => {
    const events = argumentsOf(ts.canHaveDecorators(fn) ? ts.getDecorators(fn) : undefined, 'OnEvent').slice(0, 1).flatMap((each) => eventOf(each) ?? []);
    return [...events, ...(fn.name && nameText(fn.name) === 'handle' ? handled : [])].map((event) => ({ event, fn }));
  });
}

function argumentsOf(decorators: readonly Decorator[] | undefined, name: string): Expression[] {
  return (decorators ?? []).flatMap(({ expression }) => (ts.isCallExpression(expression) && calleeName(expression) === name ? [...expression.arguments] : []));
}
