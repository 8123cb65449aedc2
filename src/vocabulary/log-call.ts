import { ts, type Expression, type Identifier, type Node } from '../code/compiler.ts';
import { declarationOf } from '../code/scope.ts';
import { bare, memberAccess } from '../code/syntax.ts';
import { kinds } from './secret/kinds.ts';
import { sensitiveName, shownName } from './secret/name.ts';
import { wordsOf } from './secret/value.ts';
import type { CodeWord } from './word.ts';

type LogCall = {
  level: string;
  logger: 'console' | 'logger';
  sensitive: true | undefined;
  gives: string | undefined;
  what: string | undefined;
};

/** Recognises calls that write to a log, and which of them are given something secret. */
export const logCall: CodeWord<LogCall> = {
  name: 'log-call',
  summary: 'a call that writes to a log',
  sees:
    'methods of `console`, and of whatever is called a logger (`logger.info`, `this.logger.warn`, `req.log.error`, `fastify.log.debug`, `winston.info` …); a sensitive value among its arguments: a variable, a property or a setting with a sensitive name, alone, in texts, objects, lists, choices and `JSON.stringify`; the headers `authorization` and `cookie`; all of `process.env`',
  blindTo:
    'functions of loggers without a receiver (`debug("app")`); objects that hold something sensitive among other things (`req.body`, `user`, `req.headers`); a bare `token`, which parsers and wallets have as well; values that went through a function, which may have masked them; loggers that mask by themselves (`redact` of pino)',
  reads: 'code',
  attributes: {
    level: { means: 'the name of the method: `info`, `error` …' },
    logger: { means: '`console`, or a `logger` of a library or of your own', values: ['console', 'logger'] },
    sensitive: { means: 'true when one of the arguments is a sensitive value', values: [true] },
    gives: { means: 'the sensitive value as it is written' },
    what: { means: 'what kind of value that is, in words, with its article: "a password"' },
  },
  kinds: () => [ts.SyntaxKind.CallExpression],
  heeds: ['level', 'logger', 'sensitive'],
  mayBe: (node) => ts.isCallExpression(node) && levelOf(node.expression) !== undefined,
  recognise(node, _scene, asked) {
    if (!ts.isCallExpression(node)) return undefined;
    const level = levelOf(node.expression);
    const logger = level === undefined ? undefined : loggerOf(bare(node.expression));
    if (level === undefined || logger === undefined) return undefined;
    const given = asked === undefined || 'sensitive' in asked || 'gives' in asked || 'what' in asked ? firstSensitive(node.arguments) : undefined;
    return { attributes: { level, logger, sensitive: given ? true : undefined, gives: given?.text, what: given && kinds[given.kind].what } };
  },
};

const levels = /^(?:trace|debug|verbose|silly|info|log|dir|table|notice|http|warn|warning|error|fatal|critical|crit|alert|emerg|emergency)$/;

function levelOf(callee: Expression): string | undefined {
  const name = memberAccess(bare(callee))?.name;
  return name !== undefined && levels.test(name) ? name : undefined;
}

/** What is called a logger. `log.info` is one, `Math.log` is none. */
const loggers = /^(?:log|logger|logging|winston|pino|bunyan|log4js|[\w$]{1,40}(?:Logger|Log|_logger|_log)|_log|_logger|LOGGER|LOG|Logger)$/;

function loggerOf(callee: Expression): 'console' | 'logger' | undefined {
  const receiver = memberAccess(callee)?.of;
  const inner = receiver && bare(receiver);
  if (!inner) return undefined;
  if (ts.isIdentifier(inner) && inner.text === 'console') return declarationOf(inner) ? undefined : 'console';
  const name = ts.isIdentifier(inner) ? inner.text : ts.isPropertyAccessExpression(inner) ? inner.name.text.replace(/^#/, '') : undefined;
  return name !== undefined && loggers.test(name) ? 'logger' : undefined;
}

type Given = { text: string; kind: 'password' | 'signing-key' | 'api-key' | 'token' | 'secret' };

/** How much of the arguments is looked at: what is larger is a table, not a message. */
const mostParts = 200;

/** The first sensitive value that arrives in the log as it is. */
function firstSensitive(given: readonly Expression[]): Given | undefined {
  const open: Node[] = given.toReversed();
  for (let parts = 0; parts < mostParts; parts += 1) {
    const next = open.pop();
    if (!next) return undefined;
    const found = sensitiveValue(next);
    if (found) return found;
    open.push(...partsOf(next).toReversed());
  }
  return undefined;
}

/** What a value is put together from, as far as the parts stay legible. */
function partsOf(node: Node): readonly Node[] {
  if (!ts.isExpression(node)) return [];
  const value = bare(node);
  if (value !== node) return [value];
  if (ts.isTemplateExpression(value)) return value.templateSpans.map((span) => span.expression);
  if (ts.isConditionalExpression(value)) return [value.whenTrue, value.whenFalse];
  if (ts.isBinaryExpression(value)) return binaryParts(value);
  if (ts.isArrayLiteralExpression(value)) return value.elements;
  if (ts.isSpreadElement(value)) return [value.expression];
  if (ts.isObjectLiteralExpression(value)) {
    return value.properties.flatMap((property): Node[] => {
      if (ts.isPropertyAssignment(property)) return [property.initializer];
      if (ts.isSpreadAssignment(property)) return [property.expression];
      return ts.isShorthandPropertyAssignment(property) ? [property.name] : [];
    });
  }
  return ts.isCallExpression(value) ? callParts(value) : [];
}

function binaryParts({ operatorToken, left, right }: import('ts-morph').ts.BinaryExpression): Node[] {
  switch (operatorToken.kind) {
    case ts.SyntaxKind.PlusToken:
    case ts.SyntaxKind.BarBarToken:
    case ts.SyntaxKind.QuestionQuestionToken:
      return [left, right];
    case ts.SyntaxKind.AmpersandAmpersandToken:
      return [right];
    default:
      return [];
  }
}

/** Calls that leave a value legible. With a second argument `JSON.stringify` chooses what it shows. */
function callParts({ expression, arguments: given }: import('ts-morph').ts.CallExpression): readonly Node[] {
  const callee = memberAccess(expression);
  const of = callee && ts.isIdentifier(callee.of) ? callee.of.text : undefined;
  const [first, second] = given;
  if (of === 'JSON' && callee?.name === 'stringify') return first && (!second || second.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(second) && second.text === 'undefined')) ? [first] : [];
  if (of === 'util' && /^(?:inspect|format)$/.test(callee!.name)) return given;
  if (ts.isIdentifier(expression) && /^(?:String|encodeURIComponent|inspect)$/.test(expression.text)) return given;
  return callee && given.length === 0 && /^(?:toString|trim)$/.test(callee.name) ? [callee.of] : [];
}

function sensitiveValue(node: Node): Given | undefined {
  if (ts.isIdentifier(node)) return isSensitiveVariable(node) ? givenAs(node.text, node) : undefined;
  if (!ts.isExpression(node)) return undefined;
  const value = bare(node);
  if (ts.isCallExpression(value)) return settingAsked(value);
  const access = memberAccess(value);
  if (!access) return undefined;
  const { of, name } = access;
  const holder = memberAccess(bare(of))?.name ?? (ts.isIdentifier(bare(of)) ? (bare(of) as Identifier).text : '');
  if (name === 'env' && holder === 'process') return { text: 'process.env', kind: 'secret' };
  if (/headers$/i.test(holder) && /^(?:authorization|cookie|set-cookie|x-api-key)$/i.test(name)) return { text: `${holder}.${name.toLowerCase()}`, kind: 'token' };
  // `Field.Password`, `errors.password` and `labels.token` are names of things, and words about them.
  if (isConstantOf(holder, name) || wordsAbout.test(wordsOf(holder).at(-1) ?? '')) return undefined;
  if (/^(?:token|tokens)$/i.test(name)) return /^(?:body|query|params|user|session|account|auth|credentials?|cookies|login|oauth|jwt)$/i.test(holder) ? { text: `${holder}.${name}`, kind: 'token' } : undefined;
  return givenAs(name, value);
}

/** Objects of this name hold words about secrets, not secrets. */
const wordsAbout = /^(?:errors?|labels?|messages?|fields?|types?|rules|schema|touched|placeholders?|columns?|keys|names|paths|routes|urls|events?|i18n|strings|texts?|validations?|states?|counts?|lengths?|flags|has|is)$/;

/** `config.get('JWT_SECRET')`, whose answer is what the name says. */
function settingAsked(call: import('ts-morph').ts.CallExpression): Given | undefined {
  const callee = memberAccess(call.expression);
  const [first] = call.arguments;
  if (!callee || !/^(?:get|getOrThrow|header)$/.test(callee.name) || !first || !ts.isStringLiteralLike(first)) return undefined;
  const name = first.text.slice(Math.max(first.text.lastIndexOf('.'), first.text.lastIndexOf(':')) + 1);
  return /^tokens?$/i.test(name) ? undefined : givenAs(name, call);
}

/** Enumerations and lists of names are written with capital letters, and so are their holders. */
function isConstantOf(holder: string, name: string): boolean {
  return /^[A-Z]/.test(holder) && /^[A-Z]/.test(name) && holder !== 'ENV';
}

/** Names of functions that do something about a secret, and are none. */
const deeds = /^(?:change|update|set|send|verify|check|validate|create|generate|get|fetch|load|save|store|compare|confirm|handle|on|use|with|needs|uses|allow|enable|disable|encrypt|decrypt|parse|find|delete|remove|revoke|rotate|ensure|prompt|ask)[A-Z_]|^resetPassword$/;

/** Values that were made harmless, or taken apart. */
const hidden = /^(?:masked|redacted|hidden|obfuscated|censored|truncated|shortened)|(?:^|[a-z])(?:[dD]ecoded|[pP]arsed)[A-Z_]/;

function givenAs(name: string, node: Node): Given | undefined {
  if (/^(?:tokens?|keys?|creds?|auth|jwts?|pass|pat|bearer|secrets|passwords|credentials)$/i.test(name) && !/^(?:jwt|pat|credentials)$/i.test(name)) return undefined;
  const promise = deeds.test(name) || hidden.test(name) ? undefined : sensitiveName(name);
  // Here: `storageKey`, `roleKey`. Often the name of something in a store.
  if (promise?.kind === 'secret' && /key$/i.test(name)) return undefined;
  const shown = promise && shownName(textOf(node));
  return promise && { text: shown ?? shownName(name) ?? promise.kind, kind: promise.kind };
}

function textOf(node: Node): string {
  const text = node.getText();
  return text.length <= 60 ? text : '';
}

/** Whether a variable holds what its name says: no function, no class, no caption, and nothing declared to be a number or a yes or no. */
function isSensitiveVariable(identifier: Identifier): boolean {
  const declared = declarationOf(identifier);
  if (!declared) return true;
  if (declared.kind === 'import') return !/^[A-Z]/.test(identifier.text) && sensitiveName(identifier.text)?.kind !== 'token';
  if (declared.kind !== 'variable' && declared.kind !== 'parameter' && declared.kind !== 'binding') return false;
  const { node } = declared;
  if ('type' in node && node.type && isNoText(node.type)) return false;
  const value = node.initializer && bare(node.initializer);
  return !value || !(ts.isStringLiteralLike(value) || ts.isNumericLiteral(value) || ts.isFunctionLike(value) || ts.isPrefixUnaryExpression(value) || isYesOrNo(value) || isStandIn(value));
}

function isNoText(type: Node): boolean {
  return type.kind === ts.SyntaxKind.BooleanKeyword || type.kind === ts.SyntaxKind.NumberKeyword || ts.isFunctionTypeNode(type);
}

function isYesOrNo(value: Expression): boolean {
  return value.kind === ts.SyntaxKind.TrueKeyword || value.kind === ts.SyntaxKind.FalseKeyword || (ts.isBinaryExpression(value) && /^[=!]==?$|^[<>]=?$/.test(value.operatorToken.getText()));
}

/** The outcome of a function that says it hides what it was given, or that gives something larger. */
function isStandIn(value: Expression): boolean {
  return ts.isCallExpression(value) && /mask|redact|obfuscat|censor|sanitiz|hide|hash|truncate|shorten|encrypt|decode|\.(?:json|slice|substring|substr|replace|replaceAll)$/i.test(value.expression.getText().slice(-80));
}
