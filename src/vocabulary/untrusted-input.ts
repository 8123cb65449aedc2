import { ts, type Node } from '../code/compiler.ts';
import { inOneLine, pathOf, stepAt } from '../code/syntax.ts';
import type { Scene } from '../code/scene.ts';
import type { InputSource } from '../libraries/servers.ts';
import type { Step } from '../model.ts';
import { callText } from '../recognition/call-text.ts';
import type { UseKind } from '../recognition/flow-record.ts';
import { changes, isLookup, requestFactsOf, type InputRead, type OpenUse } from '../recognition/request-facts.ts';
import type { Asked, CodeWord } from './word.ts';

type UntrustedInput = {
  source: InputSource;
  validated: boolean | undefined;
  use: UseKind | 'handed-on' | undefined;
  'only-finds': boolean;
  input: string;
  into: string | undefined;
  changes: boolean;
  'others-validated': boolean;
};

const uses = ['write', 'filter', 'merge', 'handed-on', 'mass-assignment', 'sql', 'nosql', 'shell', 'eval', 'path', 'redirect', 'url', 'html', 'regexp'] as const;

export const untrustedInput: CodeWord<UntrustedInput> = {
  name: 'untrusted-input',
  summary: 'the place where a request handler reads what a client sent',
  sees: 'body, query, path parameters, headers and cookies of the frameworks that request-handler knows, and the arguments of server actions; followed through variables, destructuring, templates, literals, list callbacks and up to four calls into functions of this repository; a schema, a pipe, a guard, an allow-list or a conversion to a number on the way counts as a check, a type assertion does not',
  blindTo: 'values kept on `this`, in a session or in a database and used later; functions of packages, which might check or store; checks that stand in a branch count for everything after them; presence is no check and is not reported either',
  reads: 'code',
  attributes: {
    source: { means: 'where in the request it stands', values: ['body', 'query', 'params', 'headers', 'cookies', 'argument'] },
    validated: { means: 'true when it is checked before it is used; false when it is used for something that matters and nothing checks it', values: [true, false] },
    use: { means: 'what an unchecked input is used for: stored (`write`), to choose rows (`filter`), merged deeply into an object, handed on whole, or one of the sinks', values: uses },
    'only-finds': { means: 'it does nothing but choose rows, by an id or by a text that cannot be anything else', values: [true, false] },
    input: { means: 'the input as it is read, such as `req.body.name`' },
    into: { means: 'the call that uses it, such as `createUser`' },
    changes: { means: 'the handler is there to change something, by its method, its name or its query', values: [true, false] },
    'others-validated': { means: 'other input of the same source is checked in the handler', values: [true, false] },
  },
  kinds: () => [
    ts.SyntaxKind.PropertyAccessExpression, ts.SyntaxKind.ElementAccessExpression, ts.SyntaxKind.CallExpression, ts.SyntaxKind.BindingElement, ts.SyntaxKind.Parameter, ts.SyntaxKind.NewExpression,
  ],
  heeds: ['use'],
  places: () => (tree, scene) => requestFactsOf(tree, scene).reads.keys(),
  recognise(node, scene, asked) {
    const read = requestFactsOf(node.getSourceFile(), scene).reads.get(node);
    if (!read) return undefined;
    const chosen = chooseUse(read, asked);
    return {
      attributes: {
        source: read.source,
        validated: read.validated,
        use: chosen ? chosen.use.kind : read.handedOn ? 'handed-on' : undefined,
        'only-finds': read.uses.length > 0 && read.uses.every((each) => isLookup(each, scene)),
        input: saysInput(read, node),
        into: chosen ? callText(chosen.use.site) : undefined,
        changes: changes(read.handler) || (chosen?.use.writes ?? false),
        'others-validated': read.othersValidated,
      },
      ...(chosen && { evidence: stepsOf(chosen, node) }),
      advice: adviceFor(read, scene),
    };
  },
};

/** Of several uses the one that a card asks for; otherwise the one that matters most. */
function chooseUse(read: InputRead, asked: Asked | undefined): OpenUse | undefined {
  const wanted = asked?.['use'];
  const fitting = wanted ? read.uses.filter(({ use }) => wanted.includes(use.kind)) : read.uses;
  return fitting.toSorted((one, other) => uses.indexOf(one.use.kind) - uses.indexOf(other.use.kind))[0];
}

/** The one value that is used, or what several are read from. A parameter is told with its type. */
function saysInput(read: InputRead, node: Node): string {
  const inputs = new Set(read.uses.map(({ input }) => input));
  if (inputs.size === 1) return [...inputs][0]!;
  if (!ts.isParameter(node)) return inOneLine(ts.isBindingElement(node) ? node.name : node, 60);
  return node.type ? `${inOneLine(node.name, 40)}: ${inOneLine(node.type, 30)}` : inOneLine(node.name, 40);
}

function stepsOf({ use }: OpenUse, node: Node): Step[] {
  const steps = [use.site, ...use.behind].map(stepAt);
  const own = stepAt(node);
  return steps.filter((step) => step.path !== own.path || step.line !== own.line);
}

const idioms: readonly [string, string][] = [
  ['zod', 'describe it with a zod schema and go on with what `schema.parse(…)` gives'],
  ['joi', 'describe it with a Joi schema, and go on with the `value` of `schema.validate(…)` after looking at its `error`'],
  ['yup', 'describe it with a yup schema and go on with what `await schema.validate(…)` gives'],
  ['valibot', 'describe it with a valibot schema and go on with what `v.parse(schema, …)` gives'],
  ['express-validator', 'add a chain for each field to the route, and answer 400 when `validationResult(req)` is not empty'],
  ['@sinclair/typebox', 'describe it with a TypeBox schema and check it with `Value.Check` (or as the route\'s `schema`)'],
  ['@vinejs/vine', 'describe it with a Vine schema and go on with what `validator.validate(…)` gives'],
];

/** What to do in the words of the validation library that the project has already. */
function adviceFor(read: InputRead, scene: Scene): Record<string, string> {
  if (read.handler.server === 'nest') return { 'no-validation': 'Declare the parameter as a class with class-validator decorators (types and interfaces are gone when the program runs), so that the `ValidationPipe` can check it.' };
  const dependencies = scene.dependencies(pathOf(read.handler.fn));
  const idiom = idioms.find(([name]) => dependencies?.has(name));
  return idiom ? { 'no-validation': `Check it before it is used: ${idiom[1]}.` } : {};
}
