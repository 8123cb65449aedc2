/** What the procedures of a chain hand to those behind them: `procedure.use(({ next }) => next({ ctx: { orders } })).query(({ ctx }) => ctx.orders)`. */
import { ts, type CallExpression, type Expression, type FunctionBody, type ParameterDeclaration, type TypeNode } from './compiler.ts';
import type { Scene } from './scene.ts';
import { bare, calleeName, isFunctionBody, memberAccess, nodesWithin, propertyObject, propertyValue, wrapped } from './syntax.ts';
import { isSaying, unknown, type Value } from './value.ts';

/** What ends a chain with the function that answers, or adds to what it is given. */
const answering = /^(?:query|mutation|subscription|use|handler|action)$/;
/** Links of a chain that are followed back, also through the variables that it was kept in. */
const mostLinks = 24;

/** A member of the context that a function is given, where the chain before it puts the thing there. */
export function givenByChain(parameter: ParameterDeclaration, name: string, scene: Scene): Value {
  const call = wrapped(parameter.parent).parent;
  if (!call || !ts.isCallExpression(call) || call.arguments[0] !== wrapped(parameter.parent) || !answering.test(calleeName(call) ?? '')) return unknown;
  const { used, base } = chainBefore(call, scene);
  for (const each of used) {
    const given = contextFrom(each, name, scene);
    if (given && isSaying(given)) return given;
  }
  return base ? scene.member(scene.valueOfType(base), name) : unknown;
}

/** What is handed to `use` before a call, nearest first, and the type of the context that the chain begins with. */
function chainBefore(call: CallExpression, scene: Scene): { used: Expression[]; base?: TypeNode } {
  const used: Expression[] = [];
  let node: Expression | undefined = memberAccess(bare(call.expression))?.of;
  for (let step = 0; node && step < mostLinks; step += 1) {
    const link: Expression = bare(node);
    if (ts.isCallExpression(link)) {
      const access: ReturnType<typeof memberAccess> = memberAccess(bare(link.expression));
      if (access?.name === 'use' && link.arguments[0]) used.push(link.arguments[0]);
      node = access?.of;
    } else {
      const kept = scene.valueOf(link);
      const base = kept.kind === 'member' && kept.name === 'procedure' && kept.of.kind === 'result' ? contextOf(kept.of.node) : undefined;
      if (base) return { used, base };
      node = kept.kind === 'result' ? kept.node : undefined;
    }
  }
  return { used };
}

/** `Context` of `initTRPC.context<Context>().create({ … })`. */
function contextOf(create: CallExpression): TypeNode | undefined {
  const before = memberAccess(bare(create.expression))?.of;
  const call = before && bare(before);
  return call && ts.isCallExpression(call) && calleeName(call) === 'context' ? call.typeArguments?.[0] : undefined;
}

/** `orders` of `next({ ctx: { orders: new Orders(db) } })`. */
function contextFrom(used: Expression, name: string, scene: Scene): Value | undefined {
  const fn = functionIn(used, scene);
  if (!fn?.body) return undefined;
  for (const call of nodesWithin(fn.body, ts.isCallExpression)) {
    const [options] = calleeName(call) === 'next' ? call.arguments : [];
    const handed = options && bare(options);
    const context = handed && ts.isObjectLiteralExpression(handed) ? propertyObject(handed, 'ctx') : undefined;
    const given = context && propertyValue(context, name);
    if (given) return scene.valueOf(given);
  }
  return undefined;
}

/** A function, or the one that a call makes a middleware of: `t.middleware(async ({ next }) => …)`. */
function functionIn(used: Expression, scene: Scene): FunctionBody | undefined {
  const node = bare(used);
  if (isFunctionBody(node)) return node;
  const value = scene.valueOf(node);
  if (value.kind === 'function') return value.node;
  const made = value.kind === 'result' ? value.node.arguments.map((each) => bare(each)).find((each) => isFunctionBody(each)) : undefined;
  return made as FunctionBody | undefined;
}
