import { ts, type CallExpression, type Expression, type NewExpression, type Node } from '../code/compiler.ts';
import { declarationOf } from '../code/scope.ts';
import type { Scene } from '../code/scene.ts';
import { bare, calleeName, memberAccess, propertyValue } from '../code/syntax.ts';
import { builderTextMethods, responseNames, sinkGuides, sqlMethods, sqlTextMethods, type SinkGuide, type SinkKind } from '../libraries/sinks.ts';
import { beginning, isInChain } from './call-text.ts';
import { originOf, type Origin } from './callee-origin.ts';
import { callOn, handleByName, handleOf } from './handle.ts';

/** A call whose argument does harm when somebody else decides it. */
export type Sink = {
  kind: SinkKind;
  /** The argument that matters. */
  input: Expression;
  /**
   * What of it matters: any part of a text, only its beginning, text with markup in it, or (`sql-text`) a text that reads like SQL,
   * because nothing else tells that the call is a query.
   */
  need: 'any' | 'lead' | 'markup' | 'sql-text';
};

export type Call = CallExpression | NewExpression;

const byName = new Map<string, SinkGuide[]>();
for (const guide of sinkGuides) {
  for (const name of guide.names) {
    const last = name.slice(name.lastIndexOf('.') + 1);
    byName.set(last, [...(byName.get(last) ?? []), guide]);
  }
}

/** The ways in which a call can do harm, apart from what database queries do with objects. */
export function sinksAt(node: Call, scene: Scene): readonly Sink[] {
  return scene.remember(ofSinks, node, () => read(node, scene), []);
}

const ofSinks = Symbol('sinks');

function read(node: Call, scene: Scene): Sink[] {
  const name = ts.isCallExpression(node) ? calleeName(node) : ts.isIdentifier(node.expression) ? node.expression.text : undefined;
  if (name === undefined || !node.arguments?.length) return [];
  const guided = fromGuides(node, name, scene);
  if (guided.length > 0) return guided;
  if (!ts.isCallExpression(node)) return [];
  return [...onResponse(node, name), ...inSql(node, name, scene)];
}

/** Functions of packages and of the language. */
function fromGuides(node: Call, name: string, scene: Scene): Sink[] {
  const callee = bare(node.expression);
  // Any name may stand for the package itself: `got(url)`, `const run = promisify(exec)`.
  const guides = byName.get(name) ?? (ts.isIdentifier(callee) && declarationOf(callee) ? sinkGuides : undefined);
  if (!guides) return [];
  const origin = originOf(scene.valueOf(callee), systemFunction);
  if (!origin) return [];
  return guides.filter((guide) => fits(guide, origin) && !(guide.kind === 'url' && asksByFilter(node))).flatMap((guide) => [
    ...inputsOf(node, guide).map((input): Sink => ({ kind: guide.kind, input, need: guide.lead ? 'lead' : 'any' })),
    ...(guide.kind === 'shell' && guide.lead ? shellArguments(node) : []),
  ]);
}

/** `fetch(url, { agent: ssrfAgent(url) })`, `axios.get(url, { httpAgent: requestFilteringHttpAgent })`: what connects turns away addresses of one's own network. */
function asksByFilter({ arguments: given }: Call): boolean {
  const options = given?.map((each) => bare(each)).find((each) => ts.isObjectLiteralExpression(each));
  if (!options || !ts.isObjectLiteralExpression(options)) return false;
  return ['agent', 'httpAgent', 'httpsAgent', 'dispatcher', 'lookup'].some((name) => /ssrf|filtering|safe_?(?:agent|lookup|dispatcher)/i.test(propertyValue(options, name)?.getText().slice(0, 200) ?? ''));
}

/** The function of the system that `promisify` wraps, told by its name and by what the file imports. */
function systemFunction(name: string, call: CallExpression): Origin | undefined {
  const guide = byName.get(name)?.find(({ from }) => from[0] === 'child_process' || from[0] === 'fs');
  return guide && new RegExp(`['"](?:node:)?${guide.from[0]!}['"]`).test(call.getSourceFile().text) ? { from: guide.from[0]!, path: name } : undefined;
}

function fits(guide: SinkGuide, origin: Origin): boolean {
  const path = origin.path.replace(/^promises\./, '');
  return guide.from.includes(origin.from) && guide.names.includes(path);
}

function inputsOf(node: Call, guide: SinkGuide): Expression[] {
  const all = node.arguments ?? [];
  if (guide.argument < 0) return all.map((each) => bare(each));
  const given = all[guide.argument];
  if (!given || all.slice(0, guide.argument + 1).some((each) => ts.isSpreadElement(each))) return [];
  const input = bare(given);
  if (!ts.isObjectLiteralExpression(input)) return [input];
  return (guide.keys ?? []).flatMap((key) => propertyValue(input, key) ?? []);
}

/** `spawn('sh', ['-c', text])` and `spawn(command, args, { shell: true })`: there the arguments are the command line. */
function shellArguments(node: Call): Sink[] {
  const [command, list] = (node.arguments ?? []).map((each) => bare(each));
  if (!command || !list) return [];
  // `spawn(line, { shell: true })`: the whole line.
  if (ts.isObjectLiteralExpression(list)) return isTrue(propertyValue(list, 'shell')) ? [{ kind: 'shell', input: command, need: 'any' }] : [];
  const isShell = ts.isStringLiteralLike(command) && /^(?:\/(?:usr\/)?bin\/)?(?:sh|bash|zsh|cmd|cmd\.exe|powershell)$/.test(command.text);
  const options = node.arguments?.map((each) => bare(each)).find((each) => ts.isObjectLiteralExpression(each));
  const shell = options && ts.isObjectLiteralExpression(options) ? propertyValue(options, 'shell') : undefined;
  return isShell || isTrue(shell) ? [{ kind: 'shell', input: list, need: 'any' }] : [];
}

function isTrue(option: Expression | undefined): boolean {
  return option !== undefined && option.kind !== ts.SyntaxKind.FalseKeyword;
}

/** What a handler does with its response. The receiver is told by its name: responses are handed around as parameters. */
function onResponse(node: CallExpression, name: string): Sink[] {
  const access = memberAccess(bare(node.expression));
  if (!access || !isResponse(access.of)) return [];
  const [first, second] = node.arguments;
  if (!first) return [];
  switch (name) {
    case 'redirect':
    case 'location': {
      const target = second && ts.isNumericLiteral(bare(first)) ? second : second && /status|code/i.test(beginning(first, 60)) ? second : first;
      return [{ kind: 'redirect', input: bare(target), need: 'lead' }];
    }
    case 'setHeader':
    case 'header':
    case 'set':
      return second && ts.isStringLiteralLike(first) && /^location$/i.test(first.text) ? [{ kind: 'redirect', input: bare(second), need: 'lead' }] : [];
    case 'writeHead': {
      const headers = node.arguments.map((each) => bare(each)).find((each) => ts.isObjectLiteralExpression(each));
      const location = headers && ts.isObjectLiteralExpression(headers) ? (propertyValue(headers, 'Location') ?? propertyValue(headers, 'location')) : undefined;
      return location ? [{ kind: 'redirect', input: bare(location), need: 'lead' }] : [];
    }
    case 'sendFile':
    case 'sendfile':
    case 'download': {
      const options = node.arguments.find((each) => ts.isObjectLiteralExpression(bare(each)));
      // With a root, Express refuses to leave it.
      const rooted = options !== undefined && propertyValue(bare(options) as import('ts-morph').ts.ObjectLiteralExpression, 'root') !== undefined;
      return rooted ? [] : [{ kind: 'path', input: bare(first), need: 'any' }];
    }
    case 'send':
    case 'end':
    case 'write':
    case 'html':
      return [{ kind: 'html', input: bare(first), need: 'markup' }];
    default:
      return [];
  }
}

/** `res`, `res.status(302)`, `this.res`, `ctx.response`. */
function isResponse(receiver: Expression): boolean {
  let node = bare(receiver);
  for (let depth = 0; depth < 6; depth += 1) {
    if (ts.isIdentifier(node)) return responseNames.test(node.text);
    const access = memberAccess(node);
    if (access && responseNames.test(access.name)) return true;
    if (ts.isCallExpression(node)) node = bare(node.expression);
    else if (access) node = bare(access.of);
    else return false;
  }
  return false;
}

/** Calls that run the text of a statement. */
function inSql(node: CallExpression, name: string, scene: Scene): Sink[] {
  const access = memberAccess(bare(node.expression));
  const first = textIn(node.arguments[0]);
  if (!first) return [];
  if (sqlTextMethods.has(name)) return [{ kind: 'sql', input: first, need: 'any' }];
  if (name === 'literal' || name === 'raw') return makesSql(node, name, scene) ? [{ kind: 'sql', input: first, need: 'any' }] : access ? [{ kind: 'sql', input: first, need: 'sql-text' }] : [];
  if (!access) return [];
  if (builderTextMethods.has(name)) return isInChain(access.of, /^(?:createQueryBuilder|\w*[qQ]ueryBuilder|qb)$/) ? [{ kind: 'sql', input: first, need: 'any' }] : [];
  if (!sqlMethods.has(name)) return [];
  const handle = handleOf(access.of, scene) ?? handleByName(access.of, scene)[0];
  const text = handle && callOn(handle, name)?.text;
  const argument = text === undefined ? undefined : textIn(node.arguments[text]);
  return [argument ? { kind: 'sql', input: argument, need: 'any' } : { kind: 'sql', input: first, need: 'sql-text' }];
}

/** The text of `query(text)` and `query({ text, values })`. */
function textIn(argument: Expression | undefined): Expression | undefined {
  if (!argument || ts.isSpreadElement(argument)) return undefined;
  const node = bare(argument);
  if (!ts.isObjectLiteralExpression(node)) return node;
  return propertyValue(node, 'text') ?? propertyValue(node, 'sql') ?? propertyValue(node, 'query');
}

const sqlMakers = /^(?:@prisma\/client|sequelize|@sequelize\/core|sequelize-typescript|knex|drizzle-orm|kysely|@mikro-orm\/\w+|objection)$/;

/** `Prisma.raw(x)`, `sequelize.literal(x)`, `knex.raw(x)`, `sql.raw(x)`: text that becomes SQL as it is. */
function makesSql(node: CallExpression, name: string, scene: Scene): boolean {
  const callee = bare(node.expression);
  const access = memberAccess(callee);
  if (!access) {
    const value = scene.valueOf(callee);
    return value.kind === 'external' && sqlMakers.test(value.from);
  }
  const receiver = beginning(access.of, 60);
  if (name === 'literal') return /(?:^|\.)(?:sequelize|Sequelize|sql|db|models)(?:\.sequelize|\.Sequelize)?$/.test(receiver);
  if (/(?:^|\.)(?:Prisma|sql|knex|trx)$/.test(receiver)) return true;
  const handle = handleOf(access.of, scene);
  return handle !== undefined && (handle.library.name === 'knex' || handle.library.name === 'kysely');
}

/** The nodes at which it is worth asking. */
export function mayBeSink(node: Node): node is Call {
  return ts.isCallExpression(node) || ts.isNewExpression(node);
}
