/** Secrets that a text gives away by its own form, in whatever file it stands: connection strings, signed tokens, private keys, headers. */
import type { FoundSecret } from './finding.ts';
import { isGuessable, isInnocentForm, isPlaceholder, isRandom, shapeOf, type Strength } from './value.ts';

/** What a form says; the name is filled in by whoever knows what stands before it. */
export type FormSecret = Omit<FoundSecret, 'name'>;

/** All secrets of this kind in a text. */
export function secretsByForm(text: string, plainOnly: boolean): FormSecret[] {
  const found = privateKeys(text);
  if (plainOnly) return found;
  return [...found, ...connections(text), ...attributeStrings(text), ...signedTokens(text), ...headers(text), ...queries(text)];
}

/** `scheme://user:password@host`. The parts exclude each other's ends, so that the search is linear. */
const withUserInfo = /(?<scheme>(?:jdbc:)?[a-z][a-z0-9+.-]{1,24}):\/\/(?<user>[^\s:@/'"`<>(){},\\]{0,100}):(?<password>[^\s@/'"`\\]{1,200})@(?<host>\[[0-9a-f:]{2,40}\]|[^\s/:?#'"`,;)\]}<>\\]{1,200})/iy;
const databases = /^(?:(?:jdbc:)?(?:postgres(?:ql)?|mysqlx?|mariadb|mongodb|rediss?|amqps?|mssql|sqlserver|cockroachdb|clickhouse|cassandra|couchdb|neo4j|bolt|nats|mqtts?|kafka|ldaps?|smtps?|imaps?|sftp|ftps?|ssh|stomp|influxdb|oracle|db2|libsql|turso|prisma\+?\w*|sqlite|jdbc|cloudinary)(?:\+[\w.]+)?)$/i;

function connections(text: string): FormSecret[] {
  const found: FormSecret[] = [];
  let after = 0;
  for (let mark = text.indexOf('://'); mark >= 0; mark = text.indexOf('://', mark + 3)) {
    // Most addresses have no user in them; the search proper begins only where an @ follows.
    if (mark < after || !hasUser(text, mark + 3)) continue;
    const before = /(?:jdbc:)?[a-z][a-z0-9+.-]{1,24}$/i.exec(text.slice(Math.max(0, mark - 32), mark));
    if (!before) continue;
    withUserInfo.lastIndex = mark - before[0].length;
    const match = withUserInfo.exec(text);
    if (!match) continue;
    after = withUserInfo.lastIndex;
    const { scheme = '', user = '', password = '', host = '' } = match.groups ?? {};
    const web = /^(?:https?|wss?|git(?:\+\w+)?)$/i.test(scheme);
    if (!web && !databases.test(scheme) && !isRandom(password)) continue;
    if (isTemplate(match[0]) || isTemplate(user) || /^(?:password|pass|pwd|passwd|pw|p|secret|token|key|apikey|x-oauth-basic|x|oauth2|mypassword|yourpassword|your|user|username|db_?password|db_?pass|my_?pass)$/i.test(password)) continue;
    if (isPlaceholder(password) || /^(?:your|my|some|the)?[-_]?(?:example|sample|host|hostname|server|domain)(?:$|[.:])|example\.(?:com|org|net)|\.example$|^(?:host|hostname|server|address|ip|domain|\.\.\.)$/i.test(host)) continue;
    if (password.length < 3 || (web && !isWebPassword(user, password, host))) continue;
    const start = match.index + match[0].length - host.length - 1 - password.length;
    const local = isLocalHost(host);
    const plain = safelyDecoded(password);
    const strength: Strength = isRandom(plain) ? 'random' : isGuessable(plain) || plain.toLowerCase() === user.toLowerCase() || words(user).includes(plain.toLowerCase()) ? 'guessable' : 'chosen';
    found.push({ start, end: start + password.length, kind: web ? 'basic-auth' : 'connection-string', strength, live: false, local });
  }
  return found;
}

const words = (text: string) => text.toLowerCase().split(/[^a-z0-9]+/);
const isTemplate = (text: string) => /\$|\{|\}|%[A-Z_]{3,}%|<|>|\*{2,}|\.{3}|…|#\{|\[|\]/.test(text.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '').replace(/@\[[0-9a-f:]+\]/i, '@'));

/** Whether an @ follows before the address can have ended. */
function hasUser(text: string, from: number): boolean {
  const last = Math.min(text.length, from + 320);
  for (let at = from; at < last; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 64) return true;
    if (code <= 32 || code === 34 || code === 39 || code === 47 || code === 96) return false;
  }
  return false;
}

/** In web addresses, documentation and proxies write `user:pass@` everywhere; only what looks made counts. */
function isWebPassword(user: string, password: string, host: string): boolean {
  if (/^(?:user|username|me|foo|bar|name|login|usr|u|alice|bob|john|joe|jane|admin|test)$/i.test(user) && !isRandom(password)) return false;
  if (isLocalHost(host) || !host.includes('.')) return isRandom(password);
  const shape = shapeOf(password);
  return shape === 'random' || (shape === 'mixed' && password.length >= 8);
}

/** A machine that only the developer, or the containers beside this one, can reach. */
export function isLocalHost(host: string): boolean {
  return /^(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[?::1\]?|host\.docker\.internal|[\w-]+\.(?:local|localhost|test|internal|svc\.cluster\.local)|[A-Za-z][\w-]*)(?::\d+)?$/i.test(host);
}

function safelyDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** `Server=…;User Id=…;Password=…`, as .NET, ODBC and Azure write it. */
const attributes = /\b(?:Server|Data Source|Host|AccountName|User ID|User|Uid|Endpoint)\s?=(?<first>[^;"'\n]{1,120});[^"'\n]{0,240}?\b(?:Password|Pwd)\s?=(?<password>[^;"'\n{}$<>%\\]{3,100})/gi;

function attributeStrings(text: string): FormSecret[] {
  if (!/(?:assword|ASSWORD|[Pp]wd|PWD)\s?=/.test(text)) return [];
  const found: FormSecret[] = [];
  for (const match of text.matchAll(attributes)) {
    const { first = '', password = '' } = match.groups ?? {};
    if (isPlaceholder(password, 'password') || /^(?:password|pwd)$/i.test(password)) continue;
    const start = match.index + match[0].length - password.length;
    found.push({ start, end: start + password.length, kind: 'connection-string', strength: isRandom(password) ? 'random' : isGuessable(password) ? 'guessable' : 'chosen', live: false, local: isLocalHost(first.replace(/^tcp:|,\d+$/g, '').replace(/^\.$|^\(local\)$/, 'localhost')) });
  }
  return found;
}

/** Header, claims and signature of a JSON Web Token. */
const signedToken = /(?<![\w.-])eyJ[\w-]{8,2000}\.eyJ(?<claims>[\w-]{4,3000})\.(?<signature>[\w-]{20,1500})(?![\w-])/g;

/** The same once more in base64, as manifests write it. */
const encodedToken = /(?<![\w+/=-])ZXlK[A-Za-z0-9+/]{60,8000}={0,2}(?![\w+/-])/g;

function signedTokens(text: string): FormSecret[] {
  const found: FormSecret[] = [];
  const add = (start: number, end: number, token: RegExpMatchArray): void => {
    const claims = Buffer.from(`eyJ${token.groups?.['claims'] ?? ''}`, 'base64url').toString('utf8');
    // Here: the token of the specification's own web site, a key that its issuer calls anonymous, or a demonstration's, or letters repeated to fill the form.
    if (/"name"\s*:\s*"John Doe"|"role"\s*:\s*"anon"|"sub"\s*:\s*"1234567890"|"iss"\s*:\s*"supabase-demo"|example/i.test(claims) || !isRandom(token.groups?.['signature'] ?? '')) return;
    const live = /"role"\s*:\s*"service_role"/.test(claims);
    found.push({ start, end, kind: live ? 'supabase' : 'jwt', strength: 'random', live, local: false });
  };
  if (text.includes('eyJ')) for (const match of text.matchAll(signedToken)) add(match.index, match.index + match[0].length, match);
  if (!text.includes('ZXlK')) return found;
  for (const { index, 0: encoded } of text.matchAll(encodedToken)) {
    const [token] = Buffer.from(encoded, 'base64').toString('latin1').matchAll(signedToken);
    if (token) add(index, index + encoded.length, token);
  }
  return found;
}

const pemBegin = /-----BEGIN (?:(?:RSA|DSA|EC|OPENSSH|PGP|ENCRYPTED|ANY) )?PRIVATE KEY(?: BLOCK)?-----/g;

function privateKeys(text: string): FormSecret[] {
  if (!text.includes('PRIVATE KEY')) return [];
  const found: FormSecret[] = [];
  for (const match of text.matchAll(pemBegin)) {
    const body = text.slice(match.index + match[0].length, match.index + match[0].length + 12_000);
    const mark = body.indexOf('-----');
    const end = body.startsWith('-----END', mark) ? mark : -1;
    if (mark >= 0 && end < 0) continue;
    const inside = (end < 0 ? body.slice(0, 4_000) : body.slice(0, end)).replace(/\\+[nrt]|["'`+,\s\\]|#.*$|^(?:Proc-Type|DEK-Info|Version|Comment|Hash):.*$/gm, '');
    // What is between the marks must be a key: at least 60 characters of base64 that are no stand-in.
    if (/^[A-Za-z0-9+/=_-]*/.exec(inside)![0].length < 60 || /x{6,}|(.)\1{11,}|example|placeholder|your/i.test(inside.slice(0, 300).replace(/A{12,}/g, 'A')) || !isRandom(inside.slice(20, 60).replace(/[+/=]/g, 'q7'))) continue;
    const stop = end < 0 ? match.index + match[0].length : match.index + match[0].length + end + (/^-----END [A-Z ]{0,40}-----/.exec(body.slice(end, end + 60))?.[0].length ?? 0);
    found.push({ start: match.index, end: stop, kind: 'private-key', strength: 'random', live: false, local: false });
  }
  return found;
}

const header = /authorization["'`\]]{0,3}\s{0,10}[:=,]\s{0,10}["'`]{0,2}(?<scheme>Bearer|Basic|Token|ApiKey)\s{1,3}(?<value>[A-Za-z0-9._~+/=-]{6,2000})/gi;
const basic = /(?:["'`]|\s-H\s.{0,30}:\s?)Basic (?<value>[A-Za-z0-9+/]{8,400}={0,2})["'`]/g;

/** `Authorization: Bearer …` and `Authorization: Basic …`, with the credentials in plain sight. */
function headers(text: string): FormSecret[] {
  const found: FormSecret[] = [];
  if (!/uthorization|UTHORIZATION|Basic /.test(text)) return found;
  for (const match of text.matchAll(header)) {
    const { scheme = '', value = '' } = match.groups ?? {};
    const start = match.index + match[0].length - value.length;
    const secret = /^basic$/i.test(scheme) ? basicAuth(value, start) : bearer(value, start);
    if (secret) found.push(secret);
  }
  for (const match of text.matchAll(basic)) {
    const value = match.groups?.['value'] ?? '';
    const secret = basicAuth(value, match.index + match[0].length - 1 - value.length);
    if (secret) found.push(secret);
  }
  return found;
}

function bearer(value: string, start: number): FormSecret | undefined {
  if (!isRandom(value) || isPlaceholder(value) || isInnocentForm(value) || value.length < 20) return undefined;
  return { start, end: start + value.length, kind: 'token', strength: 'random', live: false, local: false };
}

/** The base64 of `user:password`. */
function basicAuth(value: string, start: number): FormSecret | undefined {
  const plain = Buffer.from(value, 'base64').toString('utf8');
  const colon = plain.indexOf(':');
  const password = plain.slice(colon + 1);
  if (colon < 0 || !/^[\x20-\x7e]+$/.test(plain) || plain.length < 4 || (isPlaceholder(password) && isPlaceholder(plain.slice(0, colon)))) return undefined;
  if (/^(?:user(?:name)?|foo|test|aladdin|admin):(?:pass(?:word)?|bar|test|open ?sesame|x|secret)$/i.test(plain) || isPlaceholder(password)) return undefined;
  return { start, end: start + value.length, kind: 'basic-auth', strength: isRandom(password) ? 'random' : isGuessable(password) ? 'guessable' : 'chosen', live: false, local: false };
}

const query = /[?&](?:api[-_]?key|access[-_]?token|auth[-_]?token|token|secret|client[-_]?secret|app[-_]?secret|password|sig|signature|key)=(?<value>[\w.~%-]{20,300})(?![\w.~%{$-])/gi;

/** Keys handed over in an address. */
function queries(text: string): FormSecret[] {
  const found: FormSecret[] = [];
  if (!/[?&]\w*(?:key|token|secret|password|sig|signature)=/i.test(text)) return found;
  for (const match of text.matchAll(query)) {
    const value = match.groups?.['value'] ?? '';
    if (!isRandom(value) || isPlaceholder(value) || isInnocentForm(value)) continue;
    const start = match.index + match[0].length - value.length;
    found.push({ start, end: start + value.length, kind: 'token', strength: 'random', live: false, local: false });
  }
  return found;
}
