/** Who does what is asked of a bus: `this.queryBus.execute(new GetProgress(id))` runs the class that `@QueryHandler(GetProgress)` stands on. */
import { ts, type CallExpression, type ClassLikeDeclaration, type FunctionBody, type Node } from '../code/compiler.ts';
import type { Scene } from '../code/scene.ts';
import { bare, isFunctionBody, lastName, memberAccess, nameText } from '../code/syntax.ts';

/** Files that are opened for the handler of one message. */
const mostFiles = 3;
const ofMessage = Symbol('handler of a message');

/** The method that a call of a bus runs. */
export function messageHandler(call: CallExpression, scene: Scene): FunctionBody | undefined {
  const access = memberAccess(bare(call.expression));
  if (!access || !asksBus.test(access.name) || !isBus.test(lastName(access.of) ?? '')) return undefined;
  return scene.remember(ofMessage, call, () => find(call, scene), undefined);
}

const asksBus = /^(?:execute|send|dispatch|ask|query|invoke)$/;
const isBus = /(?:bus|mediator)_?$/i;

function find(call: CallExpression, scene: Scene): FunctionBody | undefined {
  const name = messageName(call, scene);
  if (name === undefined) return undefined;
  const told = new RegExp(`Handler\\(\\s*${name}\\b`);
  const files = (scene.files.mentioning(name) ?? []).filter((path) => told.test(scene.files.text(path) ?? '')).slice(0, mostFiles);
  for (const path of files) {
    for (const statement of scene.files.tree(path)?.statements ?? []) {
      const method = ts.isClassDeclaration(statement) && handles(statement, name) ? methodOf(statement) : undefined;
      if (method) return method;
    }
  }
  return undefined;
}

/** The class of the message that a call sends: `new GetProgress(id)`, there or in a variable. */
function messageName(call: CallExpression, scene: Scene): string | undefined {
  const given = call.arguments[0] && bare(call.arguments[0]);
  if (!given) return undefined;
  if (ts.isNewExpression(given)) return ts.isIdentifier(given.expression) ? given.expression.text : undefined;
  const value = scene.valueOf(given);
  return value.kind === 'instance' ? value.node.name?.text : undefined;
}

function handles(node: ClassLikeDeclaration, name: string): boolean {
  return (ts.canHaveDecorators(node) ? (ts.getDecorators(node) ?? []) : []).some(({ expression }: { expression: Node }) =>
    ts.isCallExpression(expression) && /Handler$/.test(lastName(expression.expression) ?? '') && expression.arguments.some((each) => ts.isIdentifier(each) && each.text === name));
}

function methodOf(node: ClassLikeDeclaration): FunctionBody | undefined {
  const method = node.members.find((member) => member.name !== undefined && /^(?:execute|handle)$/.test(nameText(member.name) ?? ''));
  return method && isFunctionBody(method) ? method : undefined;
}
