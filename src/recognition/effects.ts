/** Things done to the world outside the database that no statement takes back: a mail, a stored file, a request, a job. */
import { ts, type CallExpression, type FunctionBody, type Node, type Statement } from '../code/compiler.ts';
import { declarationOf } from '../code/scope.ts';
import type { Scene } from '../code/scene.ts';
import { bare, calleeName, inOneLine, isFunctionBody, memberAccess } from '../code/syntax.ts';
import { isOfTheLanguage, mayBeQuick, runsWhereItStands } from './behind-calls.ts';
import { handleOf } from './handle.ts';
import { queries } from './queries-of-function.ts';
import { queryAt } from './query.ts';
import { requestAt } from './request.ts';

/** Waits on purpose between two elements. */
const waits = /^(?:sleep|delay|wait|pause|setTimeout|wait(?:For)?(?:Ms|Seconds))$/;

/** A request of any kind, a wait, or other such work that an element has done for itself. */
export function reachesOutside(root: Node, scene: Scene): boolean {
  return scene.remember(ofReach, root, () => findsOutside(root, scene), false);
}

const ofReach = Symbol('reaches outside');

function findsOutside(root: Node, scene: Scene): boolean {
  if (effectIn(root, scene)) return true;
  let found = false;
  const visit = (node: Node): void => {
    if (found || (isFunctionBody(node) && !runsWhereItStands(node)) || ts.isClassLike(node)) return;
    if (ts.isAwaitExpression(node) && ts.isCallExpression(bare(node.expression))) {
      const call = bare(node.expression) as CallExpression;
      found = isPause(call) || isOfFiles(call) || isOfModel(call) || requestAt(call, scene) !== undefined;
    }
    ts.forEachChild(node, visit);
  };
  visit(root);
  return found;
}

/** `rename(from, to)` of `node:fs/promises`, `fs.readFile(path)`. */
function isOfFiles(call: CallExpression): boolean {
  const access = memberAccess(bare(call.expression));
  if (access) return ofFiles.test(access.name) && /^(?:fs|fsp|fse|fsPromises|(?:fs\.)?promises)$/.test(inOneLine(access.of, 20));
  const declared = ts.isIdentifier(call.expression) && ofFiles.test(call.expression.text) ? declarationOf(call.expression) : undefined;
  return declared?.kind === 'import' && /^(?:node:)?fs(?:\/promises|-extra)?$/.test(declared.from);
}

/** `generateText({ … })`, `openai.chat.completions.create(…)`, `embeddings.embedQuery(text)`: what a language model is asked takes longer than any query. */
function isOfModel(call: CallExpression): boolean {
  return ofModels.test(inOneLine(bare(call.expression), 120));
}

const ofModels = /(?:^|\.)(?:generate(?:Text|Object|Content|Image|Speech)|stream(?:Text|Object)|embed(?:Many|Query|Documents)|completions\.(?:create|parse))$|(?:openai|anthropic|claude|llm|groq|mistral|gemini|\bai)\w*(?:\.\w+)?\.(?:messages|responses|embeddings|transcriptions|images)\.(?:create|parse|generate|edit)$/i;

/** What is done with files. */
const ofFiles = /^(?:readFile|writeFile|appendFile|copyFile|rename|unlink|rm|mkdir|readdir)$/;

/** `sleep(1000)`, `delay(PAUSE_MS)`. */
function isPause(call: CallExpression): boolean {
  const length = call.arguments.at(-1);
  return waits.test(calleeName(call) ?? '') && length !== undefined && /^[\d_ *+]+$|ms\b|_MS\b|delay|pause|interval|timeout|seconds|throttle/i.test(inOneLine(length, 60));
}

/** What functions of a project call such work, whoever does it: `sendMail`, `uploadFile`, `enqueueJob`, `notifyOwner`. */
const work = new RegExp([
  '^(?:re)?send(?:$|[A-Z])', '^(?:deliver|notify|publish|enqueue|dispatch|upload|charge|refund|capture)(?:$|[A-Z])', '^trigger(?:$|Job|Task|Workflow|Webhook|Event|AndWait)',
  '^(?:put|delete|remove|copy|move|save|store|write|destroy)\\w*(?:File|Object|Blob|Image|Attachment|Asset|Pdf|Upload)s?(?:$|[A-Z])', '^(?:unlink|rm|writeFile)$',
].join('|'));
/** What answers the request at hand sends nothing to anybody else. */
const answers = /^(?:res|response|reply|ctx|socket|ws)$/;

/** Such work that is waited for in a statement or expression, in a branch that goes on behind it. */
export function effectIn(root: Node, scene: Scene): CallExpression | undefined {
  let found: CallExpression | undefined;
  const visit = (node: Node, awaited: boolean): void => {
    if (found || (isFunctionBody(node) && !runsWhereItStands(node)) || ts.isClassLike(node)) return;
    if (awaited && ts.isCallExpression(node) && isEffect(node, scene)) found = node;
    if (ts.isIfStatement(node)) {
      visit(node.expression, awaited);
      for (const branch of [node.thenStatement, node.elseStatement]) if (branch && !leaves(branch)) visit(branch, awaited);
      return;
    }
    ts.forEachChild(node, (child) => visit(child, awaited || ts.isAwaitExpression(node)));
  };
  visit(root, ts.isExpression(root) && ts.isCallExpression(root));
  return found;
}

function isEffect(call: CallExpression, scene: Scene): boolean {
  if (requestAt(call, scene)?.verb === 'write') return true;
  if (!work.test(calleeName(call) ?? '')) return false;
  const holder = memberAccess(bare(call.expression))?.of;
  return !(holder && ts.isIdentifier(holder) && answers.test(holder.text)) && queryAt(call, scene) === undefined && !onlyAsksDatabase(call, scene);
}

/** `notifications.send(user, text)` of this repository, which inserts a row and does nothing else. */
function onlyAsksDatabase(call: CallExpression, scene: Scene): boolean {
  const fn = scene.calledFunction(call);
  return fn?.body !== undefined && queries.doneBy(fn, scene).length > 0 && !reachesOutside(fn.body, scene) && isHarmless(fn, scene, 0);
}

/** True for a function in which each call asks a database, makes something for it, or is of the language: what else it does may be a job or a message. */
function isHarmless(fn: FunctionBody, scene: Scene, depth: number): boolean {
  return scene.remember(ofHarm, fn, () => queries.standingIn(fn, scene).calls.every((call) => {
    if (isOfTheLanguage(call) || ts.isNewExpression(call)) return true;
    const access = memberAccess(bare(call.expression));
    const handle = access && handleOf(access.of, scene);
    if (handle) return !handle.library.holdsCopies;
    const inner = scene.calledFunction(call);
    if (inner?.body) return depth < 3 && isHarmless(inner, scene, depth + 1);
    return mayBeQuick(call) && !/^(?:send|emit|publish|add|push)$/.test(calleeName(call) ?? '');
  }), true);
}

const ofHarm = Symbol('harmless');

function leaves(branch: Statement): boolean {
  const last = ts.isBlock(branch) ? branch.statements.at(-1) : branch;
  return last !== undefined && (ts.isReturnStatement(last) || ts.isThrowStatement(last) || ts.isContinueStatement(last) || ts.isBreakStatement(last));
}
