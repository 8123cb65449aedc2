/** Secrets that JavaScript and TypeScript hold as literals: behind a sensitive name, as a fallback, or where a call takes its key. */
import { ts, type CallExpression, type Expression, type NewExpression, type Node, type ObjectLiteralExpression, type SourceFile } from '../../code/compiler.ts';
import type { FoundSecret } from './finding.ts';
import { isCaption } from './lines.ts';
import { isBesidePassword, sensitiveName, sensitiveStems, shownName, type SensitiveName } from './name.ts';
import { isLocalHost } from './strings.ts';
import { isPlaceholder, isRandom, wordsOf } from './value.ts';
import { judge, type Standing } from './verdict.ts';

/** What a literal is given to, and what that promises. `loose` marks a name that is only a wrapper of the real one. */
type Role = { name: string; promise: SensitiveName; standing: Standing };

const password: SensitiveName = { kind: 'password', own: false };
const signingKey: SensitiveName = { kind: 'signing-key', own: true };
const walletKey: SensitiveName = { kind: 'signing-key', own: false };
const apiKey: SensitiveName = { kind: 'api-key', own: false };

/** Calls that take a key as their first argument, or behind another one. */
const takesFirst = /\b(?:Cryptr|cookieParser|cookieSignature|expressSession|hash|hashSync|compare|compareSync|scrypt|scryptSync|pbkdf2|pbkdf2Sync|Stripe|OpenAI|Anthropic|Resend|Mailgun|SendGrid|Octokit|setApiKey|setAccessToken|encode|from|Wallet|privateKeyToAccount)\s{0,2}\(\s{0,20}(?=["'`])/g;
const takesLater = /\b(?:jwtSign|jwtVerify|sign|verify|unsign|encode|decode|createHmac|create(?:C|Dec)ipher(?:iv)?|encrypt|decrypt|Hmac(?:MD5|SHA\d{1,3}|RIPEMD160)|compare|compareSync|Sequelize|auth|basicAuth|[tT]wilio|create(?:Server)?Client)\s{0,2}\(/g;
/** Lists of keys, as koa takes them, and of users with their passwords. */
const lists = /\bkeys\s{0,3}=\s{0,3}\[\s{0,20}(?=["'`])|\busers\s{0,3}:\s{0,3}\{/g;

/** What describes variables of the environment, and the defaults that it gives them. */
const describesEnvironment = /\b(?:cleanEnv|envalid|convict|process\.env|createEnv)\b/;
const defaultsOf = /\b(?:default|defaultValue)\s{0,2}:\s{0,20}(?=["'`])/g;

/** What may stand between a name and its value. */
const givesValue = /["'`\]?!)]{0,4}\s{0,4}(?::|={1,3}|!={1,2}|,|\|\||\?\??)/y;

/** How far behind a name or a call its literals may stand, and how many are looked at. */
const sight = { units: 220, literals: 5 };

/**
 * Whether parsing this file could bring anything to light: a sensitive name or a call that takes a key, with a literal near it that could be
 * one. Parsing costs a hundred times more than this, and most literals near such names are captions. `guessableToo` is false where nobody
 * would care for what everybody could guess.
 */
export function mayHoldLiterals(text: string, guessableToo: boolean): boolean {
  const counts = (promise: SensitiveName, name: string, value: string) => {
    const verdict = judge(promise, name, value, 'argument');
    return verdict !== undefined && (guessableToo || verdict.strength !== 'guessable');
  };
  const isUsable = (value: string) => counts(signingKey, '', value);
  for (const { index, 0: stem } of text.matchAll(sensitiveStems())) {
    const name = identifierAround(text, index, index + stem.length);
    if (!name) continue;
    // A bare `key` may be told by what it belongs to; then only a value that speaks for itself counts.
    const promise = sensitiveName(name.text) ?? (/^keys?$/i.test(name.text) ? apiKey : undefined);
    givesValue.lastIndex = name.end;
    if (!promise || !givesValue.test(text)) continue;
    const isSetter = text[givesValue.lastIndex - 1] === ',';
    if (hasPromisingLiteral(text, givesValue.lastIndex, isSetter ? /[;{}]/ : /[;{},]/, '', (value) => counts(promise, name.text, value))) return true;
  }
  if (describesEnvironment.test(text)) for (const { index, 0: given } of text.matchAll(defaultsOf)) if (hasPromisingLiteral(text, index + given.length, /[;,}]/, '', isUsable)) return true;
  for (const { index, 0: call } of text.matchAll(takesFirst)) if (hasPromisingLiteral(text, index + call.length, /[;,)]/, '', isUsable)) return true;
  for (const { index, 0: call } of text.matchAll(takesLater)) if (hasPromisingLiteral(text, index + call.length, /;/, ',', isUsable)) return true;
  for (const { index, 0: list } of text.matchAll(lists)) if (hasPromisingLiteral(text, index + list.length, /[;}\]]/, '', isUsable)) return true;
  return false;
}

function identifierAround(text: string, from: number, to: number): { text: string; end: number } | undefined {
  let start = from;
  let end = to;
  while (start > 0 && /[\w$]/.test(text[start - 1]!)) if (from - (start -= 1) > 60) return undefined;
  while (end < text.length && /[\w$]/.test(text[end]!)) if ((end += 1) - to > 60) return undefined;
  return { text: text.slice(start, end), end };
}

const literalText = /"([^"\\\n]{0,400}(?:\\.[^"\\\n]{0,200}){0,8})"|'([^'\\\n]{0,400}(?:\\.[^'\\\n]{0,200}){0,8})'|`([^`$\\]{0,400})`/g;

/** Whether a literal shortly behind this place, before anything that ends the expression, could be a secret. `after` is the sign it must follow. */
function hasPromisingLiteral(text: string, from: number, end: RegExp, after: string, isPromising: (value: string) => boolean): boolean {
  // Here: at most a few hundred units, so that hostile text of nothing but names stays cheap.
  const near = text.slice(from, from + sight.units + 400);
  let seen = 0;
  let last = 0;
  for (const match of near.matchAll(literalText)) {
    const between = near.slice(last, match.index);
    if (match.index > sight.units || (seen += 1) > sight.literals || end.test(between)) return false;
    last = match.index + match[0].length;
    if (after !== '' && !between.trimEnd().endsWith(after)) continue;
    if (isPromising(match[1] ?? match[2] ?? match[3] ?? '')) return true;
  }
  return false;
}

/** All secrets that stand in this file as literals. */
export function literalSecrets(tree: SourceFile): FoundSecret[] {
  const found: FoundSecret[] = [];
  const imports = new Map<string, string>();
  // A stack of our own: code may be nested deeper than calls can be.
  const open: Node[] = [tree];
  for (let node = open.pop(); node; node = open.pop()) {
    noteImport(node, imports);
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) {
      const secret = judgeLiteral(node, node.text, imports, tree);
      if (secret) found.push(secret);
      continue;
    }
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) continue;
    const from = open.length;
    ts.forEachChild(node, (child) => void open.push(child));
    reverse(open, from);
  }
  return found;
}

/** Puts what was pushed last in its order in the file, so that imports are met before what uses them. */
function reverse(list: Node[], from: number): void {
  for (let left = from, right = list.length - 1; left < right; left += 1, right -= 1) [list[left], list[right]] = [list[right]!, list[left]!];
}

function noteImport(node: Node, imports: Map<string, string>): void {
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
    const { importClause } = node;
    const from = node.moduleSpecifier.text;
    if (importClause?.name) imports.set(importClause.name.text, from);
    const bindings = importClause?.namedBindings;
    if (bindings && ts.isNamespaceImport(bindings)) imports.set(bindings.name.text, from);
    else if (bindings) for (const element of bindings.elements) imports.set(element.name.text, from);
  }
  if (ts.isVariableDeclaration(node) && node.initializer) {
    const from = requiredModule(node.initializer);
    if (from === undefined) return;
    if (ts.isIdentifier(node.name)) imports.set(node.name.text, from);
    else for (const element of node.name.elements) if (ts.isBindingElement(element) && ts.isIdentifier(element.name)) imports.set(element.name.text, from);
  }
}

/** The module of `require('x')`, `require('x').y` and `await import('x')`. */
function requiredModule(expression: Expression): string | undefined {
  let inner: Node = expression;
  while (ts.isPropertyAccessExpression(inner) || ts.isAwaitExpression(inner) || ts.isParenthesizedExpression(inner)) inner = inner.expression;
  if (!ts.isCallExpression(inner) || inner.arguments.length !== 1) return undefined;
  const [argument] = inner.arguments;
  const loads = inner.expression.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(inner.expression) && inner.expression.text === 'require');
  return loads && argument && ts.isStringLiteralLike(argument) ? argument.text : undefined;
}

function judgeLiteral(node: Expression, value: string, imports: ReadonlyMap<string, string>, tree: SourceFile): FoundSecret | undefined {
  if (value.length < 3 || value.length > 4_000) return undefined;
  const role = roleOf(node, value, imports);
  if (!role) return undefined;
  const verdict = judge(role.promise, role.name, value, role.standing);
  if (!verdict) return undefined;
  const start = node.getStart(tree) + 1;
  return { start, end: node.getEnd() - 1, kind: verdict.kind, name: shownName(role.name) ?? verdict.kind, strength: verdict.strength, live: false, local: verdict.kind === 'password' && (isForThisMachine(node) || (verdict.strength === 'guessable' && (isDatabase(role.name) || isDatabaseWithoutHost(node)))), staged: isStaged(node) };
}

/** What a literal is given to, seen from the literal outward. */
function roleOf(literal: Expression, value: string, imports: ReadonlyMap<string, string>): Role | undefined {
  let node: Node = literal;
  let fallbackOf: string | undefined;
  let isFallback = false;
  // Out of whatever leaves the value what it is: parentheses, assertions, the right side of `??` and `||`, a branch of `?:`.
  for (let steps = 0; steps < 12; steps += 1) {
    const parent: Node = node.parent;
    if (!parent) return undefined;
    if (ts.isParenthesizedExpression(parent) || ts.isAsExpression(parent) || ts.isSatisfiesExpression(parent) || ts.isNonNullExpression(parent) || ts.isTypeAssertionExpression(parent)) node = parent;
    else if (ts.isBinaryExpression(parent) && isDefaulting(parent.operatorToken.kind) && parent.right === node) {
      isFallback ||= isLookup(parent.left);
      fallbackOf ??= lookedUp(parent.left);
      node = parent;
    } else if (ts.isConditionalExpression(parent) && parent.condition !== node) {
      isFallback ||= isLookup(parent.whenTrue) || isLookup(parent.whenFalse) || isLookup(parent.condition);
      fallbackOf ??= lookedUp(parent.whenTrue) ?? lookedUp(parent.whenFalse);
      node = parent;
    } else break;
  }
  const parent = node.parent;
  if (isFallback && fallbackOf !== undefined) {
    const promise = sensitiveName(fallbackOf);
    if (promise) return { name: fallbackOf, promise, standing: 'fallback' };
  }
  return (
    roleInCall(node, parent, imports, isFallback) ??
    roleBesideComparison(node, parent) ??
    roleUnderName(node, parent, value, imports, isFallback)
  );
}

const isDefaulting = (kind: number) => kind === ts.SyntaxKind.QuestionQuestionToken || kind === ts.SyntaxKind.BarBarToken;

/** Whether an expression asks the environment or the configuration: what follows `??` is then used wherever that is silent. */
function isLookup(node: Node): boolean {
  const text = plainText(node);
  return /(?:^|\.)(?:env|ENV|config|settings|options|opts|conf|configService|argv|secrets)\b/.test(text);
}

/** The name that a lookup asks for: `process.env.X`, `env['X']`, `config.get('X')`. */
function lookedUp(node: Node): string | undefined {
  const bare = ts.isAwaitExpression(node) || ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node) ? node.expression : node;
  if (ts.isPropertyAccessExpression(bare)) return bare.name.text;
  if (ts.isIdentifier(bare)) return bare.text;
  if (ts.isElementAccessExpression(bare) && ts.isStringLiteralLike(bare.argumentExpression)) return bare.argumentExpression.text;
  if (ts.isBinaryExpression(bare) && isDefaulting(bare.operatorToken.kind)) return lookedUp(bare.right) ?? lookedUp(bare.left);
  const first = ts.isCallExpression(bare) ? bare.arguments[0] : undefined;
  return first && ts.isStringLiteralLike(first) ? lastPart(first.text) : undefined;
}

const lastPart = (name: string) => name.slice(Math.max(name.lastIndexOf('.'), name.lastIndexOf(':'), name.lastIndexOf('/')) + 1);

/** Dotted names as they are written; anything else ends the text. At most ten parts. */
function plainText(node: Node): string {
  const parts: string[] = [];
  let at: Node = node;
  for (let steps = 0; steps < 10; steps += 1) {
    if (ts.isPropertyAccessExpression(at)) {
      parts.unshift(at.name.text);
      at = at.expression;
    } else if (ts.isElementAccessExpression(at) || ts.isNonNullExpression(at) || ts.isAwaitExpression(at) || ts.isParenthesizedExpression(at)) at = at.expression;
    else if (ts.isCallExpression(at) || ts.isNewExpression(at)) at = at.expression;
    else {
      if (ts.isIdentifier(at)) parts.unshift(at.text);
      else if (at.kind === ts.SyntaxKind.ThisKeyword) parts.unshift('this');
      else if (ts.isMetaProperty(at)) parts.unshift('import.meta');
      break;
    }
  }
  return parts.join('.');
}

// --- Where calls take a key or a password ----------------------------------------------------------------------------------

/** Calls by their last name, with the argument that is the key. `of` must match the rest of the callee or the module it comes from. */
type KeyArgument = { call: RegExp; at: number; of?: RegExp; promise: SensitiveName };
const keyArguments: readonly KeyArgument[] = [
  { call: /^(?:sign|verify|jwtSign|jwtVerify)$/, at: 1, of: /jwt|jsonwebtoken|token|koa-jwt|jws|\bjose\b/i, promise: signingKey },
  { call: /^decode$/, at: 1, of: /jwt-simple/, promise: signingKey },
  { call: /^encode$/, at: 1, of: /jwt-simple/, promise: signingKey },
  { call: /^(?:createHmac|createCipheriv|createDecipheriv|createCipher|createDecipher)$/, at: 1, promise: signingKey },
  { call: /^Hmac(?:MD5|SHA\d+|RIPEMD160)$/, at: 1, promise: signingKey },
  { call: /^(?:encrypt|decrypt)$/, at: 1, of: /CryptoJS|\bAES\b|TripleDES|\bDES\b|Rabbit|RC4|crypto-js|cryptr/, promise: signingKey },
  { call: /^Cryptr$/, at: 0, promise: signingKey },
  { call: /^(?:cookieParser|cookieSignature|expressSession)$/, at: 0, promise: signingKey },
  { call: /^unsign$|^sign$/, at: 1, of: /cookie/i, promise: signingKey },
  { call: /^(?:scrypt|scryptSync|pbkdf2|pbkdf2Sync)$/, at: 0, promise: password },
  { call: /^(?:compare|compareSync)$/, at: 1, of: /bcrypt/i, promise: password },
  { call: /^(?:compare|compareSync|hash|hashSync)$/, at: 0, of: /bcrypt|argon2/i, promise: password },
  { call: /^verify$/, at: 1, of: /argon2/i, promise: password },
  { call: /^Sequelize$/, at: 2, promise: password },
  { call: /^(?:auth|basicAuth)$/, at: 1, of: /\w/, promise: password },
  { call: /^(?:twilio|Twilio)$/, at: 1, promise: apiKey },
  { call: /^(?:Wallet|privateKeyToAccount)$/, at: 0, promise: walletKey },
  { call: /^(?:createClient|createServerClient)$/, at: 1, of: /supabase/, promise: apiKey },
  { call: /^(?:Stripe|OpenAI|Anthropic|Resend|Mailgun|SendGrid|Configuration|Octokit|setApiKey|setAccessToken|PrismaNeon|Octokat|Pinecone|Replicate|Mixpanel)$/, at: 0, promise: apiKey },
];

/** Calls whose options hold a key under a plain name such as `secret`. */
const keyedOptions = /^(?:sessions?|cookies?|(?:express|koa|fastify|cookie|client|secure|hono)?(?:session|cookie|jwt|csrf)s?|jwks?|\w*jwt|auth|\w*auth|strategy|passport|iron|token|csrf|hmac|crypto|encrypt\w*|sign|signed|signer|totp|csurf)$/;
const signingOption = /^(?:secret|secrets|secretOrKey|secretOrPrivateKey|secretKey|key|keys|signingKey|encryptionKey|cookieSecret|password)$/;
/** Calls that open a connection with a password. */
const connecting = /^(?:Sequelize|createConnection|createPool|createPoolCluster|Pool|Client|knex|Knex|DataSource|createTransport|forRoot|forRootAsync|forFeature|Redis|IORedis|Cluster|connect|createClient|mysql|postgres|pgp|pgPromise|MongoClient|ConnectionPool|SMTPClient|ImapFlow|Imap|FTPClient|SftpClient|access|typeorm|defineConfig|MikroORM|init|register|initialize)$/;

function roleInCall(node: Node, parent: Node, imports: ReadonlyMap<string, string>, isFallback: boolean): Role | undefined {
  if (isCall(parent) && parent.expression !== node) {
    const at = (parent.arguments as readonly Node[] | undefined)?.indexOf(node) ?? -1;
    return at < 0 ? undefined : (roleOfArgument(parent, at, imports) ?? roleOfSetter(parent, at) ?? roleOfDefault(parent, at));
  }
  if (ts.isArrayLiteralExpression(parent)) return roleOfKeyList(parent, imports);
  if (!ts.isPropertyAssignment(parent) || parent.initializer !== node) return undefined;
  return roleOfOption(parent, imports, isFallback) ?? roleOfDefaultOption(parent);
}

const isCall = (node: Node): node is CallExpression | NewExpression => ts.isCallExpression(node) || ts.isNewExpression(node);

/** The callee as it is written, with the module it comes from where that is known. */
function calleeOf(call: CallExpression | NewExpression, imports: ReadonlyMap<string, string>): { last: string; whole: string; from: string } {
  const whole = plainText(call.expression);
  const from = imports.get(whole.slice(0, whole.indexOf('.') < 0 ? undefined : whole.indexOf('.'))) ?? '';
  return { last: whole.slice(whole.lastIndexOf('.') + 1), whole, from };
}

function roleOfArgument(call: CallExpression | NewExpression, at: number, imports: ReadonlyMap<string, string>): Role | undefined {
  const { last, whole, from } = calleeOf(call, imports);
  if (last === '') return undefined;
  const before = whole.slice(0, Math.max(0, whole.length - last.length - 1));
  for (const known of keyArguments) {
    if (known.at !== at || !known.call.test(last)) continue;
    if (known.of && !known.of.test(before) && !known.of.test(from)) continue;
    if (known.call.test('auth') && !isUserAndPassword(call)) continue;
    return { name: whole, promise: known.promise, standing: 'argument' };
  }
  // `new TextEncoder().encode('…')`, as jose wants its keys; `Buffer.from('…')` on its way into a key.
  const carries = (last === 'encode' && /TextEncoder/.test(whole)) || whole === 'Buffer.from';
  return carries && at === 0 ? roleOfCarrier(call, imports) : undefined;
}

/** `.auth('user', 'password')`: two literals, the first of which is no kind of scheme. */
function isUserAndPassword(call: CallExpression | NewExpression): boolean {
  const [user] = call.arguments ?? [];
  return call.arguments?.length === 2 && user !== undefined && ts.isStringLiteralLike(user) && ts.isPropertyAccessExpression(call.expression) && !/^(?:bearer|basic|local|jwt|google|github|facebook|\/.*|)$/i.test(user.text);
}

/** What the bytes of a text are used for: a name they are given to, or a call that signs. */
function roleOfCarrier(call: Node, imports: ReadonlyMap<string, string>): Role | undefined {
  const role = roleUnderName(call, call.parent, '', imports, false);
  if (role) return role.promise.own || role.promise.kind === 'password' ? { ...role, standing: 'argument' } : role;
  // `const KEY = Buffer.from('…', 'hex')`: bytes under the name of a key, and nothing else.
  if (isBytesOfKey(call)) return { name: nameOfTarget(call.parent, call)!, promise: signingKey, standing: 'argument' };
  if (!isCall(call.parent)) return undefined;
  const { last, whole } = calleeOf(call.parent, imports);
  const isKey = /^(?:sign|jwtVerify|jwtDecrypt|encrypt|createSecretKey|createHmac|createCipheriv|createDecipheriv|importKey)$/.test(last);
  const at = (call.parent.arguments as readonly Node[] | undefined)?.indexOf(call) ?? -1;
  return isKey && (/^create(?:Hmac|Cipheriv|Decipheriv)$|^jwt|^importKey$/.test(last) ? at === 1 : at === 0) ? { name: whole || last, promise: signingKey, standing: 'argument' } : undefined;
}

function isBytesOfKey(call: Node): boolean {
  const [text, encoding] = isCall(call) ? (call.arguments ?? []) : [];
  return /^_?key$/i.test(nameOfTarget(call.parent, call) ?? '') && text !== undefined && ts.isStringLiteralLike(text) && isRandom(text.text) && encoding !== undefined && ts.isStringLiteralLike(encoding) && /^(?:hex|base64|base64url)$/.test(encoding.text);
}

/** `app.set('jwtSecret', '…')`, `config.get('JWT_SECRET', '…')`, `headers.append('x-api-key', '…')`. */
function roleOfSetter(call: CallExpression | NewExpression, at: number): Role | undefined {
  const [first] = call.arguments ?? [];
  if (at !== 1 || !first || !ts.isStringLiteralLike(first) || !ts.isCallExpression(call)) return undefined;
  const promise = sensitiveName(lastPart(first.text));
  if (!promise || /\s/.test(first.text)) return undefined;
  const whole = plainText(call.expression);
  const last = whole.slice(whole.lastIndexOf('.') + 1);
  const isAsked = /^(?:get|getOrThrow|env|getEnv|readEnv|optional|value|str|string|envOr|getenv|default|withDefault|fromEnv|requireEnv)$/.test(last);
  if (!isAsked && !/^(?:set|setItem|append|put|setHeader|header|define|store|stubEnv|setEnv|addSecret|provide)$/.test(last)) return undefined;
  return { name: lastPart(first.text), promise, standing: isAsked ? 'fallback' : promise.own && /^set$/.test(last) ? 'assigned' : 'property' };
}

/** `JWT_SECRET: z.string().default('…')`. */
function roleOfDefault(call: CallExpression | NewExpression, at: number): Role | undefined {
  if (at !== 0 || !ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression) || !/^(?:default|catch|prefault|fallback)$/.test(call.expression.name.text)) return undefined;
  let top: Node = call;
  while (top.parent && ((ts.isPropertyAccessExpression(top.parent) && top.parent.expression === top) || (ts.isCallExpression(top.parent) && top.parent.expression === top))) top = top.parent;
  const name = nameOfTarget(top.parent, top);
  const promise = name === undefined ? undefined : sensitiveName(name);
  // A schema of what users send may well have a password with a default; that of the environment is written in capitals.
  return name !== undefined && promise && /^[A-Z][A-Z0-9_]+$/.test(name) ? { name, promise, standing: 'fallback' } : undefined;
}

/** `JWT_SECRET: str({ default: '…' })`, `secret: { doc: '…', default: '…', env: 'JWT_SECRET' }`: what describes a variable of the environment. */
function roleOfDefaultOption(property: Node & { name: Node; parent: Node }): Role | undefined {
  const object = property.parent;
  if (!/^(?:default|defaultValue|fallback)$/.test(propertyName(property.name) ?? '') || !ts.isObjectLiteralExpression(object)) return undefined;
  const said = object.properties.find((each) => ts.isPropertyAssignment(each) && /^(?:env|envVar|arg|from)$/.test(propertyName(each.name) ?? ''));
  const named = said && ts.isPropertyAssignment(said) && ts.isStringLiteralLike(said.initializer) ? said.initializer.text : undefined;
  const call = isCall(object.parent) ? object.parent : undefined;
  const name = named ?? (call && nameOfTarget(call.parent, call));
  if (name === undefined || !/^[A-Z][A-Z0-9_]+$/.test(name)) return undefined;
  const promise = sensitiveName(name) ?? (/_KEY$/.test(name) ? sensitiveName('API_KEY') : undefined);
  return promise && { name, promise, standing: 'fallback' };
}

/** `app.keys = ['…']`, `cookieSession({ keys: ['…'] })`, `session({ secret: ['…'] })`. */
function roleOfKeyList(list: Node, imports: ReadonlyMap<string, string>): Role | undefined {
  const { parent } = list;
  if (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken && ts.isPropertyAccessExpression(parent.left) && parent.left.name.text === 'keys' && /^(?:app|koa|server|this\.app)$/.test(plainText(parent.left.expression))) {
    return { name: 'app.keys', promise: signingKey, standing: 'argument' };
  }
  if (!ts.isPropertyAssignment(parent)) return undefined;
  const role = roleOfOption(parent, imports, false);
  return role?.promise.own ? role : undefined;
}

/** An option of a call that takes keys or opens a connection. */
function roleOfOption(property: Node & { name: Node }, imports: ReadonlyMap<string, string>, isFallback: boolean): Role | undefined {
  const name = propertyName(property.name);
  if (name === undefined) return undefined;
  const call = callAround(property);
  if (!call) return undefined;
  const { last, whole, from } = calleeOf(call.call, imports);
  const callee = [...wordsOf(whole.slice(-120)), ...wordsOf(from), ...argumentWords(call.call)];
  const standing: Standing = isFallback ? 'fallback' : 'argument';
  if (/^secretOr(?:Private)?Key$/.test(name)) return { name, promise: signingKey, standing };
  if (signingOption.test(name) && callee.some((word) => keyedOptions.test(word)) && !/^(?:passport\.(?:use|authenticate)|\w*\.?(?:post|get|put|patch|request|login|signIn|signUp|authorize|createUser))$|^(?:login|signIn|signUp|register)/i.test(whole)) {
    if (name === 'password') return callee.includes('iron') ? { name, promise: signingKey, standing } : undefined;
    // A key of its own in the options of a session: `key` is often the name of the cookie instead.
    if (/^keys?$/.test(name) && !callee.some((word) => /jwt|crypt|sign|hmac|iron/.test(word) || (name === 'keys' && /session|cookie/.test(word)))) return undefined;
    return { name: name === 'secret' || name === 'key' || name === 'keys' ? `${last || 'options'}.${name}` : name, promise: signingKey, standing };
  }
  const promise = sensitiveName(name);
  if (promise?.kind === 'password' && connecting.test(last) && (call.depth > 1 || hasConnectionBeside(property))) return { name, promise, standing };
  if (/basic-?auth/i.test(`${whole} ${from}`) && call.path.includes('users')) return { name: 'basicAuth.users', promise: password, standing: 'argument' };
  return undefined;
}

/** The words of what else is handed over: `app.register(jwt, { secret })` says by its first argument what the secret is for. */
function argumentWords(call: CallExpression | NewExpression): string[] {
  const first = call.arguments?.[0];
  if (!first || ts.isObjectLiteralExpression(first)) return [];
  const inner = ts.isCallExpression(first) ? (first.arguments[0] ?? first) : first;
  return wordsOf(ts.isStringLiteralLike(inner) ? inner.text : plainText(inner)).slice(0, 8);
}

/** The call whose argument holds this property, and through which properties. Functions are walls. */
function callAround(property: Node): { call: CallExpression | NewExpression; depth: number; path: string[] } | undefined {
  const path: string[] = [];
  let node: Node = property;
  for (let depth = 1; depth <= 5; depth += 1) {
    let object: Node = node.parent;
    if (!object || !ts.isObjectLiteralExpression(object)) return undefined;
    while (object.parent && (ts.isParenthesizedExpression(object.parent) || ts.isAsExpression(object.parent) || ts.isSatisfiesExpression(object.parent) || ts.isSpreadAssignment(object.parent))) object = object.parent;
    const holder: Node = object.parent;
    if (isCall(holder)) return { call: holder, depth, path };
    if (!ts.isPropertyAssignment(holder)) return undefined;
    path.unshift(propertyName(holder.name) ?? '');
    node = holder;
  }
  return undefined;
}

// --- Comparisons ------------------------------------------------------------------------------------------------------------

/** `req.body.password === '…'`: whoever reads the code knows the password. */
function roleBesideComparison(node: Node, parent: Node): Role | undefined {
  if (!ts.isBinaryExpression(parent)) return undefined;
  const { EqualsEqualsToken, EqualsEqualsEqualsToken, ExclamationEqualsToken, ExclamationEqualsEqualsToken } = ts.SyntaxKind;
  const kind = parent.operatorToken.kind;
  if (kind !== EqualsEqualsToken && kind !== EqualsEqualsEqualsToken && kind !== ExclamationEqualsToken && kind !== ExclamationEqualsEqualsToken) return undefined;
  const other = parent.left === node ? parent.right : parent.left;
  const name = lookedUp(other);
  const promise = name === undefined ? undefined : sensitiveName(name);
  if (name === undefined || !promise) return undefined;
  // `token === 'comment'` is how parsers talk; only passwords are compared with words.
  return { name, promise: promise.kind === 'password' ? promise : { ...promise, own: false }, standing: 'compared' };
}

// --- Names ------------------------------------------------------------------------------------------------------------------

function roleUnderName(node: Node, parent: Node, value: string, imports: ReadonlyMap<string, string>, isFallback: boolean): Role | undefined {
  const name = nameOfTarget(parent, node);
  if (name === undefined) return undefined;
  const full = ts.isPropertyAssignment(parent) ? nameWithOwner(parent, name) : name;
  if (full === undefined) return undefined;
  const promise = sensitiveName(full) ?? sensitiveName(name) ?? promiseOfHeader(name);
  if (!promise || ts.isEnumMember(parent)) return promise && ts.isEnumMember(parent) && isRandom(value) ? { name, promise: { ...promise, own: false }, standing: 'property' } : undefined;
  if (isFallback) return { name, promise, standing: 'fallback' };
  if (!ts.isPropertyAssignment(parent)) return { name, promise, standing: 'assigned' };
  const call = callAround(parent);
  if (call && /^(?:t|i18n|translate|describe|it|test|expect|defineMessages?|styled)$/.test(calleeOf(call.call, imports).last)) return undefined;
  return { name: full.replace('_', '.'), promise, standing: hasCredentialsBeside(parent) ? 'paired' : 'property' };
}

/** Objects whose values are words for people, or descriptions of data. */
const captions = /^(?:errors?|messages?|labels?|placeholders?|titles?|texts?|strings?|translations?|schemas?|types?|fields?|columns?|rules|validations?|validators?|help|tooltips?|hints?|i18n|enum|attributes|mapping|descriptions?|select|orderBy|where|include|projection|icons?|routes?|paths?|urls?|endpoints?|components?|classes|styles|colors?|theme)$/i;

/** A property of a plain name, such as `secret`, is called after what it belongs to: `jwt.secret`. Undefined inside captions. */
function nameWithOwner(property: Node, name: string): string | undefined {
  let owner: string | undefined;
  let node: Node = property;
  for (let steps = 0; steps < 4; steps += 1) {
    const object: Node = node.parent;
    if (!object || !ts.isObjectLiteralExpression(object)) break;
    const holder: Node = skipAssertions(object.parent, object);
    if (!ts.isPropertyAssignment(holder) && !ts.isVariableDeclaration(holder) && !ts.isPropertyDeclaration(holder)) break;
    const outer = propertyName(holder.name);
    if (outer !== undefined && captions.test(outer)) return undefined;
    owner ??= outer;
    node = holder;
  }
  return owner !== undefined && /^(?:secret|key|secretKey|password|pass|token|keys|secrets|privateKey|apiKey)$/.test(name) && /^[A-Za-z]\w{0,30}$/.test(owner) && !/^(?:default|exports?|config|options|opts|settings|data|body|props|params|headers|json|value|values|env|user|admin|credentials|auth)$/i.test(owner) ? `${owner}_${name}` : name;
}

/** The node that an object is given to, behind `as const` and the like. */
function skipAssertions(parent: Node, child: Node): Node {
  return parent && (ts.isAsExpression(parent) || ts.isSatisfiesExpression(parent) || ts.isParenthesizedExpression(parent)) && child ? skipAssertions(parent.parent, parent) : parent;
}

/** The name that a node is given to: by declaration, assignment, property, parameter or field. */
function nameOfTarget(parent: Node, node: Node): string | undefined {
  if (ts.isVariableDeclaration(parent) || ts.isParameter(parent) || ts.isBindingElement(parent) || ts.isPropertyDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isEnumMember(parent)) {
    return parent.initializer === node ? propertyName(parent.name) : undefined;
  }
  if (!ts.isBinaryExpression(parent) || parent.right !== node) return undefined;
  const { EqualsToken, QuestionQuestionEqualsToken, BarBarEqualsToken } = ts.SyntaxKind;
  const kind = parent.operatorToken.kind;
  return kind === EqualsToken || kind === QuestionQuestionEqualsToken || kind === BarBarEqualsToken ? lookedUp(parent.left) : undefined;
}

function propertyName(name: Node): string | undefined {
  if (ts.isIdentifier(name) || ts.isStringLiteralLike(name) || ts.isPrivateIdentifier(name)) return name.text.replace(/^#/, '');
  return ts.isComputedPropertyName(name) && ts.isStringLiteralLike(name.expression) ? name.expression.text : undefined;
}

/** `'x-api-key': '…'` and the like. */
function promiseOfHeader(name: string): SensitiveName | undefined {
  return /^x-(?:[\w-]+-)?(?:api-?key|auth-?token|access-?token|secret|token|auth)$/i.test(name) ? apiKey : undefined;
}

/** Whether a user name, a host or the like stands beside the property, as something else than a caption. */
function hasCredentialsBeside(property: Node): boolean {
  const object = property.parent as ObjectLiteralExpression;
  if (!ts.isObjectLiteralExpression(object)) return false;
  let isBeside = false;
  for (const sibling of object.properties.slice(0, 60)) {
    if (sibling === property || (!ts.isPropertyAssignment(sibling) && !ts.isShorthandPropertyAssignment(sibling))) continue;
    const name = propertyName(sibling.name);
    if (name === undefined) continue;
    const value = ts.isPropertyAssignment(sibling) ? sibling.initializer : undefined;
    if (value && ts.isStringLiteralLike(value) && value.text !== '') {
      // One caption among the siblings makes captions of them all.
      if (isCaption(name, value.text) && value.text.toLowerCase() !== name.toLowerCase() && /\s/.test(value.text) && !/^(?:name|title|full_?name|display_?name|first_?name|last_?name|from|bio|description|address|city|company)$/i.test(name)) return false;
      isBeside ||= isBesidePassword(name) && !isCaption(name, value.text) && !isPlaceholder(value.text, name);
      if (isBesidePassword(name) && /^(?:admin|root|user|postgres|test|guest|demo|sa)$/i.test(value.text)) isBeside = true;
    } else if (value && isBesidePassword(name) && !/^(?:type|name|role)$/i.test(name) && !ts.isArrowFunction(value) && !ts.isFunctionExpression(value) && !ts.isObjectLiteralExpression(value) && !ts.isStringLiteralLike(value)) {
      isBeside = true;
    }
  }
  return isBeside;
}

/** Whether the property stands in what opens a connection: a host, a user or a database is beside it. */
function hasConnectionBeside(property: Node): boolean {
  const object = property.parent as ObjectLiteralExpression;
  return object.properties.some((sibling) => sibling.name !== undefined && /^(?:host|hostname|server|port|user|username|database|db|dbName|url|uri|socket|dialect|type|client|name)$/i.test(propertyName(sibling.name) ?? ''));
}

/** Whether the credentials beside this literal are for the machine it runs on. */
function isForThisMachine(literal: Node): boolean {
  let node: Node | undefined = literal.parent;
  for (let steps = 0; node && steps < 6; steps += 1, node = node.parent) {
    if (!ts.isObjectLiteralExpression(node)) continue;
    for (const sibling of node.properties.slice(0, 60)) {
      if (!ts.isPropertyAssignment(sibling) || !/^(?:host|hostname|server|url|uri)$/i.test(propertyName(sibling.name) ?? '')) continue;
      const value = literalBehind(sibling.initializer);
      if (value !== undefined) return isLocalHost(value.replace(/^\w+:\/\/(?:[^@/]*@)?/, '').replace(/[/?].*$/, ''));
    }
  }
  return false;
}

/** Whether the object around names a database and no host: drivers then take the one on this machine. */
function isDatabaseWithoutHost({ parent: { parent } }: Node): boolean {
  if (!parent || !ts.isObjectLiteralExpression(parent)) return false;
  const names = parent.properties.slice(0, 60).map((each) => (each.name && propertyName(each.name)) ?? '');
  return names.includes('database') && names.some((name) => /^user(?:name)?$/.test(name)) && !names.some((name) => /^(?:host|hostname|server|url|uri|connectionString)$/.test(name)) && !parent.properties.some(ts.isSpreadAssignment);
}

/** A database with a password that everybody tries first is one that was set up for development. */
const isDatabase = (name: string) => /(?:^|[_.])(?:db|database|postgres\w*|pg|mysql|mariadb|mongo\w*|redis|rabbitmq|amqp|clickhouse|elastic\w*|minio|neo4j|sequelize|datasource|pool|createconnection|knex)|db_?pass/i.test(name.replace(/([a-z])([A-Z])/g, '$1_$2'));

const staging = /^(?:tests?|mocks?|mocked|fixtures?|fakes?|dummy|stubs?|samples?|examples?|demos?|stor(?:y|ies)|seeds?|spec)$/;

/** Addresses and hosts that nobody can have: https://www.rfc-editor.org/rfc/rfc2606 */
const ofNobody = /@(?:test|example|localhost)\.[a-z]{2,4}$|@?(?:^|[\w-]\.)[\w.-]*\.(?:test|example|invalid)$/i;
/** What people write beside a value that gives nothing away. */
const saidToBeNone = /\bnot (?:actually |really )?an? (?:real )?(?:secret|key|password|token)\b|\b(?:placeholder|dummy|fake) (?:value|secret|key|password|token|to|for|so|because)\b|\bbypass(?:es)? (?:\w+ ){0,2}validation\b/i;

/** Whether somebody wrote on the statement that what it holds is no secret. */
function isSaidToBeNone(literal: Node): boolean {
  let node = literal;
  while (node.parent && !ts.isStatement(node) && !ts.isPropertyAssignment(node) && !ts.isPropertyDeclaration(node)) node = node.parent;
  const remark = node.getSourceFile().text.slice(node.pos, node.getStart()).slice(-2_000);
  return saidToBeNone.test(remark) && !/\b(?:do not|don't|never|must not|no longer)\b/i.test(remark);
}

/** Names of people who stand for anybody. */
const anybody = /^(?:john|jane|joe)[ ._]?(?:doe|smith|bloggs|public)(?:\d*)(?:@|$)|@doe\.\w{2,4}$|^(?:max|erika)[ ._]?mustermann(?:@|$)/i;

/** `{ email: 'mod@test.com', password: 'hunter2' }`, `{ name: 'John Doe', password: 'hunter2' }`. */
function isOfNobody({ parent: { parent } }: Node): boolean {
  return parent !== undefined && ts.isObjectLiteralExpression(parent) && parent.properties.slice(0, 60).some((each) => {
    const text = ts.isPropertyAssignment(each) && ts.isStringLiteralLike(each.initializer) && each.initializer.text.length < 200 ? each.initializer.text : undefined;
    return text !== undefined && (anybody.test(text) || (/mail|user|login|host|handle|domain|account/i.test(propertyName(each.name!) ?? '') && ofNobody.test(text)));
  });
}

/** Whether the code around says that nothing here is real: the body of a test, a value called a sample or a mock, an account of nobody. */
function isStaged(literal: Node): boolean {
  if (isSaidToBeNone(literal) || isOfNobody(literal)) return true;
  let node: Node | undefined = literal.parent;
  for (let steps = 0; node && steps < 60; steps += 1, node = node.parent) {
    if (ts.isVariableDeclaration(node) || ts.isPropertyAssignment(node) || ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node) || ts.isClassDeclaration(node) || ts.isPropertyDeclaration(node)) {
      const name = node.name && propertyName(node.name);
      if (name && wordsOf(name).some((word) => staging.test(word))) return true;
    } else if (ts.isBinaryExpression(node) && ts.isPropertyAccessExpression(node.left) && /^(?:PreviewProps|defaultProps|args|story)$/.test(node.left.name.text)) return true; // what a preview of a mail or a component is shown with
    else if (ts.isCallExpression(node) && /^(?:describe|it|test|beforeEach|beforeAll|before|after|afterEach|afterAll|suite|bench|xit|xdescribe|mock|fn|doMock)(?:$|\.)|^(?:vi|jest)\./.test(plainText(node.expression))) return true;
  }
  return false;
}

/** The text of a literal, or of the literal that a lookup falls back to. */
function literalBehind(node: Expression): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  return ts.isBinaryExpression(node) && ts.isStringLiteralLike(node.right) ? node.right.text : undefined;
}
