/** Secrets behind a name in files that are no JavaScript: settings, manifests, scripts, documents and other languages. */
import type { FoundSecret } from './finding.ts';
import { isBesidePassword, sensitiveName, sensitiveStems, shownName } from './name.ts';
import type { Format } from './places.ts';
import { judge, judgeNamed, type Standing, type Verdict } from './verdict.ts';
import { isRandom } from './value.ts';

/** A name with the value it is given, and where both stand. */
type Pair = { name: string; nameStart: number; value: string; start: number; quoted: boolean; standing?: Standing };

/** How far a name may reach to either side of the stem it was found by, and how long a value may be. In UTF-16 units. */
const longest = { name: 60, value: 2_000, gap: 24 };

/** All secrets that stand behind a sensitive name in a text of this format. */
export function namedSecrets(text: string, format: Format, isSample: boolean): FoundSecret[] {
  const found: FoundSecret[] = [];
  const seen = new Set<number>();
  const isContainers = format === 'yaml' && /^\s{0,4}(?:services|image|container_name):/m.test(text.slice(0, 20_000));
  const add = (pair: Pair, verdict: Verdict | undefined) => {
    if (!verdict || seen.has(pair.start)) return;
    seen.add(pair.start);
    found.push({ start: pair.start, end: pair.start + pair.value.length, kind: verdict.kind, name: nameOf(text, pair, format) ?? verdict.kind, strength: verdict.strength, live: false, local: verdict.kind === 'password' && (isContainers || isBesideLocalHost(text, pair)) });
  };
  let after = 0;
  for (const { index, 0: stem } of text.matchAll(sensitiveStems())) {
    if (index < after) continue;
    const name = nameAround(text, index, index + stem.length);
    if (!name) continue;
    after = name.end;
    const pair = pairAt(text, name, format);
    if (!pair) continue;
    // What a value holds is no name any more, and looking again would make long lines expensive.
    if (!pair.value.includes('${')) after = pair.start + pair.value.length;
    add(pair, judgePair(text, pair, format, isSample));
  }
  for (const pair of detachedPairs(text, format)) add(pair, judgePair(text, pair, format, isSample));
  return found;
}

/** The name as it may be shown. Where a line of `.env` was written right behind another, what stands before the name is the end of a value. */
function nameOf(text: string, { name, nameStart }: Pair, format: Format): string | undefined {
  return format === 'env' && lineBefore(text, nameStart, longest.value).includes('=') ? undefined : shownName(name);
}

type Name = { text: string; start: number; end: number };

const isNamePart = (code: number) => (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95 || code === 45 || code === 46 || code === 36;

/** The whole name around a stem. */
function nameAround(text: string, from: number, to: number): Name | undefined {
  let start = from;
  let end = to;
  while (start > 0 && isNamePart(text.charCodeAt(start - 1))) if (from - (start -= 1) > longest.name) return undefined;
  while (end < text.length && isNamePart(text.charCodeAt(end))) if ((end += 1) - to > longest.name) return undefined;
  const name = text.slice(start, end).replace(/^[-.]+/, '');
  return { text: name.slice(name.lastIndexOf('.') + 1), start: end - name.length, end };
}

/** Formats in which a value needs no quotes. */
const bare: Readonly<Partial<Record<Format, RegExp>>> = {
  env: /[^\r\n]{1,2000}/y,
  properties: /[^\r\n]{1,2000}/y,
  yaml: /[^\r\n]{1,2000}/y,
  docker: /[^\s;&|<>()]{1,2000}/y,
  shell: /[^\s;&|<>()]{1,2000}/y,
  markdown: /[^\s;&|<>()]{1,2000}/y,
};

/** The line up to here, or as much of its end as fits. */
function lineBefore(text: string, at: number, most: number): string {
  const piece = text.slice(Math.max(0, at - most), at);
  return piece.slice(piece.lastIndexOf('\n') + 1);
}

/** What is given to this name, right behind it. */
function pairAt(text: string, name: Name, format: Format): Pair | undefined {
  let at = name.end;
  const opening = text[name.start - 1];
  if (opening === '{' && text[name.start - 2] === '$') return defaultOf(text, name);
  if (text[at] === '=' && (/["'`]/.test(opening ?? '') || text.slice(name.start - 2, name.start) === '\\n')) return lineInText(text, name);
  // Quotes around the name itself, escaped inside notebooks and the like.
  while (at < text.length && /["'`\\\]]/.test(text[at]!) && at - name.end < 3) at += 1;
  const gap = /\s{0,24}(?:<[^<>\n]{1,40}>\s?)?(?::\s?(?:str|string|String|&str|\w{1,20}\??)\s{0,8}=(?![=>])|(?:string|\[\]byte)\s{0,8}=(?![=>])|\.=|:{0,3}=(?:=|>)?|:=|=>|:|,(?=\s{0,4}["'])|>(?!=)|\?=)\s{0,24}/y;
  gap.lastIndex = at;
  const separator = gap.exec(text);
  const flagged = /^\s{0,4}-{1,2}$/.test(text.slice(Math.max(0, name.start - 3), name.start)) || text.slice(Math.max(0, name.start - 2), name.start) === '--';
  if (!separator) return spaceSeparated(text, name, format, flagged);
  if (separator[0].includes('>') && !separator[0].includes('=')) return elementOf(text, name, format, gap.lastIndex);
  if (separator[0].startsWith('=') && separator[0].includes('\n')) return undefined;
  if (/\n/.test(separator[0]) && !/^(?:json|other)$/.test(format)) return undefined;
  // A comma is an assignment only where a setter takes both: `config.set("password", "…")`; elsewhere it parts a list.
  if (/^\s*,/.test(separator[0]) && !/[(]\s{0,3}["'`\\]{0,2}$/.test(text.slice(Math.max(0, name.start - 8), name.start))) return undefined;
  // In YAML an equals sign belongs to a command or a list of variables, whose values end at a space.
  return valueAt(text, name, gap.lastIndex, format === 'yaml' && separator[0].trim() === '=' ? 'shell' : format, opening === '"' || opening === "'");
}

/** `${NAME:-value}`, as shells and containers write defaults. */
function defaultOf(text: string, name: Name): Pair | undefined {
  const rest = /:?[-=](?<value>[^}\s"'`$]{3,400})\}/y;
  rest.lastIndex = name.end;
  const value = rest.exec(text)?.groups?.['value'];
  return value === undefined ? undefined : { name: name.text, nameStart: name.start, value, start: rest.lastIndex - 1 - value.length, quoted: true };
}

/** `"NAME=value"`, `"…\\nNAME=value\\n…"`: a setting within a quoted text. */
function lineInText(text: string, name: Name): Pair | undefined {
  const rest = /=(?<value>[^\s"'`\\$<>{}]{3,400})(?=["'`\\])/y;
  rest.lastIndex = name.end;
  const value = rest.exec(text)?.groups?.['value'];
  return value === undefined ? undefined : { name: name.text, nameStart: name.start, value, start: name.end + 1, quoted: true };
}

/** `ENV NAME value`, `--password value`, `PASSWORD 'value'`. */
function spaceSeparated(text: string, name: Name, format: Format, flagged: boolean): Pair | undefined {
  const line = lineBefore(text, name.start, 200);
  const space = /[ \t]{1,4}/y;
  space.lastIndex = name.end;
  if (!space.exec(text)) return undefined;
  const isInstruction = format === 'docker' && /^\s*(?:ENV|ARG)\s+$/i.test(line);
  const isFlag = flagged && /^(?:docker|shell|markdown|yaml)$/.test(format);
  const isNetrc = format === 'properties' && /^\s*(?:machine\s\S+\s+)?(?:login\s\S+\s+)?$/.test(line) && name.text === 'password';
  if (isInstruction || isFlag || isNetrc) return valueAt(text, name, space.lastIndex, format, false);
  return undefined;
}

/** `<password>value</password>`. */
function elementOf(text: string, name: Name, format: Format, at: number): Pair | undefined {
  if (format !== 'xml' && format !== 'other') return undefined;
  if (text[name.start - 1] !== '<') return undefined;
  const value = /[^<>\s]{1,400}(?=\s{0,60}<\/)/y;
  value.lastIndex = at;
  const match = value.exec(text);
  return match ? { name: name.text, nameStart: name.start, value: match[0], start: at, quoted: true } : undefined;
}

function valueAt(text: string, name: Name, at: number, format: Format, quotedName: boolean): Pair | undefined {
  const quote = /(?:[rbuf@]|\\)?(?:"""|["'`])/y;
  quote.lastIndex = at;
  const open = quote.exec(text)?.[0];
  if (open !== undefined) {
    const mark = open.slice(-1);
    const escaped = open.startsWith('\\');
    const from = at + open.length;
    const end = closing(text, from, mark, escaped);
    if (end === undefined) return undefined;
    return { name: name.text, nameStart: name.start, value: text.slice(from, end), start: from, quoted: true };
  }
  const rest = bare[format];
  if (!rest || (quotedName && format !== 'yaml')) return undefined;
  if (format === 'markdown' && !/^[A-Z][A-Z0-9_]+$/.test(name.text) && !text.slice(Math.max(0, name.start - 2), name.start).includes('--')) return undefined;
  rest.lastIndex = at;
  const whole = rest.exec(text)?.[0] ?? '';
  const lead = format === 'yaml' ? (/^!(?:!str|binary)\s+/.exec(whole)?.[0].length ?? 0) : 0;
  // A comment behind the value is none of it; a sign without a space before it is.
  let value = whole.slice(lead).replace(format === 'properties' ? /\s[;#].*$|^[;#].*$/ : /\s#.*$|^#.*$/, '').trimEnd();
  if (format === 'yaml') value = value.replace(/,$/, '').replace(/^[|>][-+]?$/, '');
  if (format === 'shell' || format === 'docker') value = value.replace(/["'\\)]+$/, '');
  return value === '' ? undefined : { name: name.text, nameStart: name.start, value, start: at + lead, quoted: false };
}

/** Where a quoted value ends: on the same line, at the first such mark that is not escaped. */
function closing(text: string, from: number, mark: string, escaped: boolean): number | undefined {
  const last = Math.min(text.length, from + longest.value);
  for (let at = from; at < last; at += 1) {
    const character = text[at];
    if (character === '\n') return undefined;
    if (character === '\\') {
      if (escaped && text[at + 1] === mark) return at;
      at += 1;
    } else if (character === mark) return at;
  }
  return undefined;
}

/** A name in one place and its value in another: lists of `name` and `value`, variables with a `default`, elements with attributes. */
function* detachedPairs(text: string, format: Format): Generator<Pair> {
  if (format === 'yaml' || format === 'json') yield* matches(text, /["']?\b(?:name|key|Name|Key|ParameterKey)["']?\s{0,3}:\s{0,3}["']?(?<name>[A-Za-z_][\w.-]{2,60})["']?\s{0,3},?\s{1,40}["']?(?:value|Value|default|ParameterValue)["']?\s{0,3}:\s{0,3}["']?(?<value>[^\s"',}][^\n"',}]{0,400})/g);
  if (format === 'terraform') yield* matches(text, /variable\s{1,3}"(?<name>[\w-]{3,60})"\s{0,3}\{[^{}]{0,400}?\bdefault\s{0,10}=\s{0,10}"(?<value>[^"\n]{1,400})"/g);
  if (format === 'xml' || format === 'other') yield* matches(text, /\b(?:name|key)="(?<name>[\w.-]{3,60})"\s{1,4}value="(?<value>[^"\n]{1,400})"/g);
  if (format === 'shell' || format === 'docker' || format === 'yaml' || format === 'markdown') {
    yield* matches(text, /\bcurl\b[^\n]{0,300}?\s(?:-u|--user)[\s=]{1,3}["']?(?<name>)[^\s"':]{1,60}:(?<value>[^\s"'@$]{4,80})/g, 'argument');
    yield* matches(text, /\bdocker\s{1,3}login\b[^\n]{0,160}?\s(?:-p|--password)[\s=]{1,3}["']?(?<name>)(?<value>[^\s"'$-][^\s"'$]{3,120})/g, 'argument');
    yield* matches(text, /-H\s{0,2}["']?(?<name>[\w-]{0,20}(?:api-?key|token|secret))\s?:\s?(?<value>[\w.~+/=-]{10,300})["']/gi, 'property');
    yield* matches(text, /\b(?<name>sshpass)\s{1,3}-p\s{0,2}["']?(?<value>[^\s"'$]{3,80})/g);
    yield* matches(text, /\bmysql(?:dump|admin)?\b[^\n|;]{0,120}?\s-p(?<name>)["']?(?<value>[^\s"'$-][^\s"'$]{2,80})/g);
  }
  if (format === 'other') yield* matches(text, /\b(?:IDENTIFIED\s{1,3}BY|(?<name>PASSWORD))\s{1,3}'(?<value>[^'\n]{3,200})'/gi, 'config');
}

function* matches(text: string, pattern: RegExp, standing?: Standing): Generator<Pair> {
  for (const match of text.matchAll(pattern)) {
    const value = (match.groups?.['value'] ?? '').trimEnd();
    const name = match.groups?.['name'] || 'password';
    const start = match.index + match[0].lastIndexOf(value);
    yield { name: name === 'sshpass' ? 'password' : name, nameStart: match.index, value, start, quoted: true, ...(standing && { standing }) };
  }
}

function judgePair(text: string, pair: Pair, format: Format, isSample: boolean): Verdict | undefined {
  if (!sensitiveName(pair.name) && !isSettingsKey(pair.name)) return undefined;
  const usual = pair.standing ?? standingOf(text, pair, format);
  const standing = isSample && usual === 'env' ? 'sample' : usual;
  const value = pair.value.replace(/\\n$/, '');
  if (!pair.quoted && (/^["']|["']$/.test(value) || (format === 'yaml' && /\s/.test(value)))) return undefined;
  const verdict = judgeNamed(pair.name, value, standing);
  if (verdict) return verdict;
  // A name such as `GITHUB_KEY` or `STRIPE_SKEY` promises little, but in a file of nothing but settings a random value keeps the promise.
  return usual === 'env' && !sensitiveName(pair.name) && isSettingsKey(pair.name) && isRandom(value) ? judge({ kind: 'api-key', own: false }, pair.name, value, 'prose') : undefined;
}

const isSettingsKey = (name: string) => /^[A-Z][A-Z0-9_]*_(?:S?KEY|KEY_\w+|SECRET_\w+|TOKEN_\w+)$/.test(name) && !/PUBLIC|PUBLISH|SITE|PKEY|_ID$|KEY_ID|SECRET_ID|_NAME|_URL|_ARN|_PATH|CLIENT_KEY|PROJECT|SENTRY|POSTHOG|MIXPANEL|SEGMENT|AMPLITUDE|ANALYTICS|MEASUREMENT|MAPS?_|FIREBASE|HASH|ANON|CACHE|APP_KEY_ID|TTL|EXPIR/.test(name);

function standingOf(text: string, pair: Pair, format: Format): Standing {
  switch (format) {
    case 'env':
    case 'properties':
      return 'env';
    case 'docker':
    case 'terraform':
      return 'env';
    case 'shell':
      return pair.quoted || /^[A-Z][A-Z0-9_]*$/.test(pair.name) ? 'assigned' : 'config';
    case 'markdown':
      return 'prose';
    case 'yaml':
    case 'json':
    case 'toml':
    case 'xml':
      return /^[A-Z][A-Z0-9_]+$/.test(pair.name) ? 'env' : hasCredentialsBeside(text, pair) ? 'config' : 'property';
    default:
      return hasCredentialsBeside(text, pair) ? 'config' : 'property';
  }
}

/** How far around a value the other parts of the credentials may stand. In UTF-16 units. */
const neighbourhood = 240;
const keyBefore = /["']?([A-Za-z][\w.-]{1,30})["']?\s{0,4}[:=]\s{0,4}["']?([^\n"',}]{0,80})/g;

/** Whether a user name, a host or the like is set beside the value, as something else than a caption. */
function hasCredentialsBeside(text: string, pair: Pair): boolean {
  const from = Math.max(0, pair.nameStart - neighbourhood);
  const around = text.slice(from, pair.nameStart) + '\n' + text.slice(pair.start + pair.value.length, pair.start + pair.value.length + neighbourhood);
  for (const [, key = '', value = ''] of around.matchAll(keyBefore)) {
    const name = key.slice(key.lastIndexOf('.') + 1);
    if (isBesidePassword(name) && !/^(?:type|name|role|url|uri|email|service|title)$/i.test(name) && value.trim() !== '' && !isCaption(name, value.trim())) return true;
  }
  return false;
}

/** Whether a value only puts its key into people's words. */
export function isCaption(key: string, value: string): boolean {
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '');
  return plain(value) === plain(key) || /\s/.test(value) || /^[A-Z][a-z]+$/.test(value) || /[^\x00-\x7f]/.test(value) || /^[{[]/.test(value) || /^(?:string|number|text|boolean|object|required|varchar|char)\b/i.test(value);
}

const localHost = /["']?\b\w*?(?:host|hostname|server|url|uri|HOST|URL)\w*["']?\s{0,4}[:=]\s{0,4}["']?(?:\w+:\/\/(?:[^\s@'"]{0,80}@)?)?(?:localhost|127\.0\.0\.1|0\.0\.0\.0|::1|host\.docker\.internal)/i;

/** Whether the values around name this very machine. */
function isBesideLocalHost(text: string, pair: Pair): boolean {
  const from = Math.max(0, pair.nameStart - 2 * neighbourhood);
  return localHost.test(text.slice(from, pair.start)) || localHost.test(text.slice(pair.start, pair.start + 2 * neighbourhood));
}
