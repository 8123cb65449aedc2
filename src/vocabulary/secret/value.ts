/** What a text says about itself: whether it could be a secret at all, and if so how it came to be. */

/** `random`: made by a machine. `chosen`: made up by a person. `guessable`: a default that anybody tries first. */
export type Strength = 'random' | 'chosen' | 'guessable';

/**
 * The shape of a value, once it is known to be no placeholder.
 * `random` and `mixed` (letters with digits or signs, as passwords have them) speak for themselves; a `word`, a `phrase` and a `label`
 * (words glued together, as identifiers and keys are) could as well be a caption, so their surroundings must tell.
 */
export type Shape = 'random' | 'mixed' | 'word' | 'phrase' | 'label';

/** No value longer than this is judged: what is longer is data. In UTF-16 units. */
export const longestValue = 4_000;

/** The words of an identifier or value, in lower case: `dbPassword2`, `DB_PASSWORD_2` and `db-password-2` are all db, password, 2. */
export function wordsOf(text: string): string[] {
  return (text.slice(0, 200).match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? []).map((word) => word.toLowerCase());
}

const squeezed = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '');

/** Words that make a value a stand-in, wherever they stand in it. */
const standIns = new Set([
  'your', 'yours', 'yoursecret', 'yourpassword', 'yourkey', 'yourtoken', 'yourapikey', 'changeme', 'changethis', 'changeit', 'replace', 'replaceme', 'replacewith', 'insert', 'enter', 'fill', 'example',
  'examplekey', 'sample', 'dummy', 'fake', 'mock', 'mocked', 'test', 'tests', 'tester', 'testing', 'placeholder', 'todo', 'fixme', 'tbd', 'redacted', 'masked', 'hidden', 'removed', 'omitted', 'foo', 'bar', 'foobar',
  'baz', 'qux', 'lorem', 'ipsum', 'here', 'goes', 'put', 'provide', 'generate', 'generated', 'some', 'something', 'none', 'null', 'nil', 'undefined', 'unset', 'notset', 'empty', 'required', 'optional', 'invalid',
  'incorrect', 'mismatch', 'must', 'cannot', 'failed', 'wrong', 'bad', 'missing', 'expired', 'random', 'invalidate', 'unused', 'nothing', 'anything', 'whatever', 'xxx', 'abc', 'xyz', 'asdf', 'blah', 'manager', 'configured', 'configure', 'paste', 'obtain',
  'obtained', 'copied', 'ignored', 'ignore', 'irrelevant', 'noop', 'stub', 'stubbed', 'build', 'buildtime', 'ci',
]);
/** The few of them that are long enough not to occur by chance inside a random text. */
const unmistakableStandIn = /example|change[-_ ]?me|placeholder|dummy|your[-_ ]?(?:secret|password|api|key|token|own|client)|redacted|replace[-_ ]?(?:me|with|this)|insert[-_ ]|x{5,}|X{5,}|sample|\bhere\b|^password[a-z]+$|^Eby8vdM02xNOcq|not[-_ ]?a?[-_ ]?(?:real|secret)|^this[-_ ]?is[-_ ]?(?:a|an|my|the)[-_ ]?(?:very|super|long|secret|password|key|token)/i;

/** Words that only name what should stand there: all of a value's words being such, it names itself. */
const naming = new Set([
  'password', 'passwd', 'pwd', 'pass', 'passphrase', 'passcode', 'secret', 'secrets', 'token', 'tokens', 'key', 'keys', 'api', 'apikey', 'client', 'app', 'application', 'id', 'access', 'auth', 'private', 'public', 'the', 'a', 'an', 'my', 'this', 'is', 'in',
  'of', 'for', 'value', 'string', 'db', 'database', 'user', 'username', 'account', 'service', 'webhook', 'signing', 'sign', 'encryption', 'session', 'cookie', 'jwt', 'mysecret', 'mypassword', 'mytoken', 'mykey', 'secretkey', 'accesskey', 'hash',
  'salt', 'credential', 'credentials', 'bearer', 'basic', 'oauth', 'oauth2', 'bot', 'refresh', 'login', 'new', 'old', 'current', 'confirm', 'confirmation', 'reset', 'forgot', 'change', 'update', 'send', 'verify', 'on', 'to', 'and', 'or', 'with', 'x',
]);

/** Single words that code and configuration use for anything but a secret. */
const plainWords = new Set([
  'string', 'number', 'boolean', 'bool', 'text', 'varchar', 'char', 'object', 'array', 'function', 'any', 'unknown', 'uuid', 'true', 'false', 'null', 'on', 'off', 'yes', 'no', 'ok', 'auto', 'enabled', 'disabled', 'bearer', 'basic', 'digest', 'jwt',
  'oauth', 'oauth2', 'header', 'headers', 'query', 'body', 'cookie', 'cookies', 'param', 'params', 'include', 'same-origin', 'omit', 'local', 'email', 'username', 'user', 'name', 'id', 'type', 'hash', 'hashed', 'plain', 'plaintext', 'encrypted', 'hex',
  'base64', 'utf8', 'utf-8', 'binary', 'buffer', 'json', 'read', 'write', 'readonly', 'sha1', 'sha256', 'sha384', 'sha512', 'md5', 'hs256', 'hs384', 'hs512', 'rs256', 'es256', 'eddsa', 'argon2', 'bcrypt', 'scrypt', 'pbkdf2', 'bytea', 'input', 'output', 'filled',
  'visible', 'valid', 'active', 'inactive', 'pending', 'success', 'error', 'failed', 'failure', 'loading', 'idle', 'ready', 'identifier', 'punctuation', 'keyword', 'operator', 'comment', 'eof', 'newline', 'whitespace', 'literal', 'variable', 'default', 'unauthorized', 'forbidden', 'weak', 'strong', 'medium', 'short', 'long', 'match', 'mismatch', 'show', 'new', 'old', 'current', 'both', 'either', 'all', 'self', 'env', 'environment', 'vault', 'file', 'inherit', 'outlined', 'contained', 'small', 'large', 'url', 'link', 'button', 'submit', 'reset', 'forgot', 'change', 'select', 'checkbox', 'textarea', 'never', 'always', 'sensitive', 'protected', 'internal', 'external', 'verified', 'unverified', 'next', 'previous', 'first', 'last', 'index', 'primary', 'secondary', 'eth', 'usdc', 'usdt', 'native', 'erc20', 'asc', 'desc',
]);

/** Passwords that come with the software, and those that everybody tries. */
const guessable = new Set([
  'admin', 'admin123', 'admin1234', 'adminadmin', 'administrator', 'root', 'rootroot', 'root123', 'toor', 'postgres', 'postgresql', 'mysql', 'mariadb', 'mongo', 'mongodb', 'redis', 'guest', 'user', 'rabbitmq', 'minio', 'minioadmin', 'minio123', 'elastic', 'sa', 'oracle', 'neo4j', 'clickhouse', 'letmein',
  'welcome', 'welcome1', 'qwerty', 'qwerty123', 'iloveyou', 'monkey', 'dragon', 'pass', 'pass123', 'pass1234', 'passw0rd', 'p@ssw0rd', 'p@ssword', 'password', 'password1', 'password12', 'password123', 'password1234', 'pwd', 'secret', 'secret123', 'supersecret', 'superpassword', 'docker', 'dev', 'devpassword', 'development',
  'local', 'localhost', 'master', 'default', 'demo', 'super', 'abc123', 'abcd1234', 'test', 'test123', 'test1234', 'testtest', 'changeme', 'changeit', 'temp', 'temporary', 'example', 'sample', 'superadmin', 'strapi', 'directus', 'keycloak', 'hasura', 'supabase', 'prisma', 'sa_password', 'mypassword', 'mysecretpassword', 'mysecret', 'examplepassword', 'shhh', 'shhhh', 'shhhhh',
]);

/** Whether this is one of the passwords that everybody knows. */
export const isWellKnown = (value: string) => guessable.has(value.toLowerCase());

/** Whether this is a word that code and configuration use for something else than a secret. */
export const isPlainWord = (value: string) => plainWords.has(value.toLowerCase());

/** Whether this is a password or secret that anybody would try first. */
export function isGuessable(value: string): boolean {
  const text = value.toLowerCase();
  return guessable.has(text) || guessable.has(text.replace(/[!.?]+$/, '')) || isSequence(text) || /^(.)\1*$/.test(text) || /^\d{1,6}$/.test(text) || saysSo.test(text);
}

/** What says itself that it protects nothing. */
const saysSo = /insecure|unsafe|do[-_ ]?not[-_ ]?(?:care|use)|^hunter2$/;

/** Whether most of the text climbs or falls step by step, such as `0123456789abcdef` or `abcdefgh`, or repeats one short piece. */
export function isSequence(text: string): boolean {
  if (text.length < 4 || text.length > 200) return false;
  let climbing = 0;
  for (let from = 0; from < text.length; ) {
    let to = from + 1;
    while (to < text.length && follows(text.charCodeAt(to - 1), text.charCodeAt(to))) to += 1;
    if (to - from >= 3) climbing += to - from;
    from = to;
  }
  return climbing >= text.length * 0.6 || repeatsItself(text);
}

/** One step up or down, or over the seams 9 to 0 and 9 to a. */
function follows(a: number, b: number): boolean {
  return b === a + 1 || (b === a - 1 && a !== 48) || (a === 57 && (b === 48 || b === 97 || b === 65));
}

/** Whether the text is one piece of up to 8 characters again and again. */
function repeatsItself(text: string): boolean {
  for (let period = 1; period <= 8 && period * 3 <= text.length; period += 1) {
    let same = period;
    while (same < text.length && text[same] === text[same - period]) same += 1;
    if (same === text.length) return true;
  }
  return false;
}

/** Marks of templates, and of references to a place where the secret really is. */
const template = /\$\{|\{\{|\}\}|\$\(|#\{|<%|%\(|%>|\[\[|@@|\.\.\.|…|<[a-z][^<>]{0,80}>|\*{3,}|x{4,}|X{4,}|•{2,}|_{4,}|#{4,}|\?{3,}|-{4,}|\u0000/i;
const wrapped = /^(?:<[^<>]*>|\[[^\]]*\]|\{[^}]*\}|%[^%]+%|__\w+__|@[\w.]+@|\$\w*|\$env:\w+|\$[A-Za-z_]\w*|:[a-z]\w*|![A-Za-z].*|\\?"?|'')$/;
const reference = /^(?:(?:aws-?)?(?:vault|ssm|secretsmanager|secrets?|op|ref\+?\w*|file|arn|kms|sops|encrypted|enc|doppler|infisical|keyvault|akv|credhub|conjur|env|gcpsm|sm|valueFrom|from)(?:[:/]|_file\b)|projects\/|ENC[[(]|\{cipher\}|AQICAH|\$ANSIBLE_VAULT|@Microsoft\.KeyVault|(?:process|import\.meta|Deno|Bun|os)\.env|System\.getenv|AgA|AgB[A-Za-z0-9+/]{60})/i;
const lookup = /^(?:config|cfg|conf|env|secrets?|vars?|params?|parameters|settings|process|this|self|input|inputs|props|options|opts|local|data|module|each|args|ctx|context|req|request|state|user|credentials?|steps|github|matrix|needs|values|Values|constants?|os|app|body|event|kwargs|resource|output|outputs)(?:\??\.[A-Za-z_]\w*|\[[^\]]*\])+(?:\(.*\))?!?$/;
const call = /^[A-Za-z_$][\w.$:]*\(.*\)?$/;

/** One-way results: what is stored instead of a password, checksums, and integrity strings. */
const digest = /^(?:\$2[abxy]\$|\$argon2|\$pbkdf2|\$scrypt|\$[156y]\$|\$apr1\$|\{S?SHA|pbkdf2[_:$]|scrypt[:$]|sha(?:1|256|384|512)[-:$=]|md5[-:$]|bcrypt\$)/i;
const uuid = /^\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?$/i;
/** Keys and addresses that are meant for everybody's eyes, or that are judged elsewhere by what they hold (signed tokens) or by what stands around them (Google's). */
const publicValue = /^(?:-----BEGIN (?:RSA |EC |DSA )?(?:PUBLIC KEY|CERTIFICATE)|ssh-(?:rsa|ed25519|dss)\s|ecdsa-sha2-|pk_(?:live|test)_|pk\.eyJ|AIza[\w-]{35}$|eyJ[\w-]+\.eyJ[\w-]+\.|sb_publishable_|phc_|G-[A-Z0-9]{8,12}$|UA-\d+|GTM-|ca-pub-|0x[0-9a-f]{40}$|age1[a-z0-9]{20}|npub1|xpub|did:|urn:|data:|blob:)/i;
const url = /^[a-z][a-z0-9+.-]{1,20}:\/\//i;
const filePath = /^(?:\.{0,2}\/|~\/|[A-Za-z]:\\|\\\\)|^@[\w-]+\/[\w./-]+$|\.(?:pem|crt|cer|key|pub|json|ya?ml|txt|env|jks|p12|pfx|[cm]?[jt]sx?|html?|css|png|svg|jpe?g|md|sh|php|py|go|rb|vue)$/i;
/** Names of packages, variables, settings and messages: parts of words joined by signs, no digits among the letters. */
const dotted = /^[A-Za-z][A-Za-z]*(?:[0-9]{0,2})(?:[-_.:/ ][A-Za-z][A-Za-z]*[0-9]{0,2})+$/;
const upperName = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/;
const mailAddress = /^[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+$/;
const date = /^\d{4}-\d\d-\d\d|^\d{1,2}:\d\d/;

/**
 * Whether a value merely stands where a secret will be: a template, a reference, a type, a word for itself.
 * `name` is what the value is given to, when that is known.
 */
export function isPlaceholder(value: string, name = ''): boolean {
  const text = value.trim();
  if (text.length === 0) return true;
  if (template.test(text) || wrapped.test(text) || reference.test(text) || lookup.test(text) || call.test(text)) return true;
  if (/(.)\1{5,}/.test(text) || plainWords.has(text.toLowerCase())) return true;
  if (unmistakableStandIn.test(text)) return true;
  const words = wordsOf(text);
  if (echoes(words, text, name)) return true;
  if (isRandom(text)) return separated(text).some((part) => standIns.has(part)) || isSequence(text);
  return words.some((word) => standIns.has(word)) || separated(text).some((part) => standIns.has(part)) || (isSequence(text) && text.length > 6);
}

const separated = (text: string) => text.toLowerCase().split(/[^a-z]+/).filter((part) => part.length > 2);

/** Whether the value only repeats its own name or names what should stand there: `DISCORD_CLIENT_SECRET=discord-client-secret`. */
function echoes(words: readonly string[], text: string, name: string): boolean {
  const own = squeezed(text);
  if (own.length === 0) return false;
  if (name !== '' && own === squeezed(name)) return true;
  if (words.length === 0 || words.join('').length < own.length * 0.8) return false;
  if (words.length === 1) return naming.has(words[0]!);
  const known = new Set(wordsOf(name));
  return words.every((word) => naming.has(word) || known.has(word) || /^\d{1,2}$/.test(word)) && !isRandom(text);
}

/** Whether the value is something else that is public or harmless by its form: a URL, a path, a digest, a public key, an identifier. */
export function isInnocentForm(value: string): boolean {
  const text = value.trim();
  return digest.test(text) || uuid.test(text) || publicValue.test(text) || url.test(text) || mailAddress.test(text) || date.test(text) || isPath(text) || upperName.test(text) || /^#[0-9a-f]{3,8}$/i.test(text) || isMarkup(text);
}

/** A path. Random base64 may begin with a slash as well, so what looks random is none unless it has the steps of a path. */
function isPath(text: string): boolean {
  if (!filePath.test(text)) return false;
  return !/^\/[^/]*$/.test(text) || !(isRandom(text) || hasSigns(text)) || /\.[a-z]{2,4}$/.test(text);
}

const hasSigns = (text: string) => /[%^&!#$*=?]/.test(text.slice(1));

/** Markup, queries, regular expressions, selectors and other text that has a grammar of its own. */
function isMarkup(text: string): boolean {
  return /^<\/?\w|\/>$|^\(\?|^\^.*\$$|\\[dwsb]|^(?:select|insert|update|delete|query|mutation|create|alter)\s/i.test(text) || /^[.#][a-z][\w-]*(?:[\s>+~.:[].*)?$/.test(text) || /=>|\|\||&&|;\s|\breturn\b/.test(text);
}

/** Letters that often follow each other in words of English code; nearly all words consist of them, and random letters do not. */
const commonPairs = new Set(
  (
    'er te re on in at en es ti nt se st ed le or ar et de co ro ta al an li me ge io ra ri ch it ec ma ng to is pa ne el ea em nd ve ' +
    'ns tr ou la un lo pr id ac ca da as ic ss ce ct na di si ut fi us he rt il ts pe ad om ol nc sc op ha ur am rs ag th po ai ue ll ' +
    'ex ke mo ep ie tt vi ck ig pl tc im mi md od ab sa ni rd rr ow ap ho ba su sh mp ef ul ds cr bl up sp va ot fo no cl so gr lt do ' +
    'qu ru bo ee ev cu oc ty oa rc ld ir ay ov be ew rm tu ia ry pt au bu lu rk nv oo ps og pi iv os tp wa dr wi xt wo dd fe ub um eb ' +
    'ip tl pu sk ms gi hi pp dl eg ls if fa rg nf eu du ly ga nu nk iz gs yp ey ks dt ok'
  ).split(' '),
);

/** The share of neighbouring letters that are usual in words, from 0 to 1; 1 when there are hardly any letters to judge. */
export function wordiness(text: string): number {
  let pairs = 0;
  let common = 0;
  const lower = text.toLowerCase();
  for (let at = 1; at < lower.length; at += 1) {
    if (!isLetter(lower.charCodeAt(at - 1)) || !isLetter(lower.charCodeAt(at))) continue;
    pairs += 1;
    if (commonPairs.has(lower.slice(at - 1, at + 1))) common += 1;
  }
  return pairs < 4 ? 1 : common / pairs;
}

const isLetter = (code: number) => code >= 97 && code <= 122;

/** Shannon's entropy, in bits a character. */
export function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

/** Whether a machine made this text: at least 16 characters without spaces that follow no language. */
export function isRandom(text: string): boolean {
  if (text.length < 16 || text.length > longestValue || /\s/.test(text)) return false;
  if (isRandomPiece(text)) return true;
  // Here: perhaps a random text behind a prefix that people can read, such as `prod_3f9c…`.
  return text.split(/[-_.:/@|]/).some((piece) => piece.length >= 20 && isRandomPiece(piece));
}

function isRandomPiece(text: string): boolean {
  const digits = count(text, /\d/g);
  const upper = count(text, /[A-Z]/g);
  const lower = count(text, /[a-z]/g);
  const signs = text.length - digits - upper - lower;
  if (upper + lower === 0 || signs > text.length * 0.4) return false;
  if (/^(?:0x)?[0-9a-fA-F]+$/.test(text)) return text.length >= 20 && digits >= 3 && (upper === 0 || lower <= 1) && entropyOf(text) >= 2.8;
  if (entropyOf(text) < 3.2) return false;
  // The signs between words are no sign of chance.
  const turns = changesOfClass(text.replace(/[-_.:/]/g, '')) / text.length;
  const wordy = wordiness(text);
  if (digits === 0) return wordy < (upper > 0 && lower > 0 ? 0.58 : 0.5) && signs <= text.length * 0.15;
  return (wordy < 0.6 && turns > 0.15) || (turns > 0.42 && wordy < 0.85) || (digits >= 5 && turns > 0.3 && upper > 0 && lower > 0);
}

const count = (text: string, what: RegExp) => text.match(what)?.length ?? 0;

/** How often a character is of another class (lower, upper, digit, sign) than the one before it. */
function changesOfClass(text: string): number {
  let changes = 0;
  for (let at = 1; at < text.length; at += 1) if (classOf(text.charCodeAt(at)) !== classOf(text.charCodeAt(at - 1))) changes += 1;
  return changes;
}

function classOf(code: number): number {
  if (code >= 97 && code <= 122) return 0;
  if (code >= 65 && code <= 90) return 1;
  return code >= 48 && code <= 57 ? 2 : 3;
}

/** The shape of a value that is neither placeholder nor innocent by form. */
export function shapeOf(value: string): Shape {
  const text = value.trim();
  if (isRandom(text)) return 'random';
  // Four groups of four letters are how Google writes the passwords it makes for applications.
  if (/^[a-z]{4}(?: [a-z]{4}){3}$/.test(text) && wordiness(text.replaceAll(' ', '')) < 0.55) return 'random';
  if (/\s/.test(text)) return 'phrase';
  if (/^[A-Za-z]+$/.test(text)) return /^(?:[a-z]+|[A-Z]+|[A-Z][a-z]+)$/.test(text) ? 'word' : wordiness(text) < 0.45 ? 'mixed' : 'label';
  if (/^\p{L}+$/u.test(text)) return 'word';
  if (dotted.test(text)) return 'label';
  if (/^\d+$/.test(text)) return 'word';
  return 'mixed';
}
