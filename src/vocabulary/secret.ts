import { formatOf, isShortLived, whereOf, type Format, type Where } from './secret/places.ts';
import { literalSecrets, mayHoldLiterals } from './secret/code.ts';
import type { FoundSecret } from './secret/finding.ts';
import { kindNames, kinds, type KindName } from './secret/kinds.ts';
import { namedSecrets } from './secret/lines.ts';
import { aroundLongTokens } from './secret/long-tokens.ts';
import { sensitiveStem, shownName } from './secret/name.ts';
import { providerKeys, type ProviderKey } from './secret/providers.ts';
import { secretlintKeys } from './secret/secretlint.ts';
import { secretsByForm, type FormSecret } from './secret/strings.ts';
import { isRandom, type Strength } from './secret/value.ts';
import type { Attributes, TextFile, TextRecognition, TextWord } from './word.ts';

/** What the word says of a secret. None of it holds the value: `shows` has at most its first four characters. */
export type SecretAttributes = Attributes & {
  kind: KindName;
  what: string;
  name: string;
  shows: string;
  strength: Strength;
  live: boolean;
  local: boolean;
  where: Where;
  allowed: boolean;
};

/** Recognises passwords, keys and tokens in the text of any file. */
export const secret: TextWord<SecretAttributes> = {
  reads: 'text',
  name: 'secret',
  summary: 'a password, key or token that is written into a file',
  sees:
    "providers' keys by their form (secretlint's recommended rules and some sixty forms of our own); private keys, signed tokens, passwords in connection strings, addresses and headers; literals behind a sensitive name, " +
    'as a variable, property, field, parameter, comparison or default of an environment variable; literals where a call takes its key or password (`jwt.sign`, `createHmac`, `session`, `cookieParser`, `new Sequelize`, `bcrypt.compare` …); ' +
    'sensitive names in `.env` files, YAML, JSON, TOML, properties, Dockerfiles, shell scripts, Terraform, XML, notebooks, documents and other languages',
  blindTo:
    'values put together from parts or decoded at run time; UUIDs and numbers used as keys; names that tell nothing (`const x = "…"`) unless the value has a provider\'s form; words that a caption could have, unless a user name or host stands beside them; ' +
    'in tests, examples and documents, what everybody would guess (`123456`, `test-secret`); ' +
    'in lock files, style sheets, translations, minified and generated files everything but unmistakable forms; attributes of JSX and HTML; keys that are meant for browsers (`pk_…`, `NEXT_PUBLIC_…`, Firebase)',
  attributes: {
    kind: { means: 'who issued it, or what it is for', values: kindNames },
    what: { means: 'the kind in words, with its article: "a GitHub token"' },
    name: { means: "what it is given to: a variable, a key or the call that takes it; the file's name where nothing names it" },
    shows: { means: 'as much of it as may be told: its length, and up to four characters where a machine made it' },
    strength: { means: 'made by a machine, made up by a person, or a default that anybody tries first', values: ['random', 'chosen', 'guessable'] },
    live: { means: 'it has the form of a key that opens something real, and no test key', values: [true, false] },
    local: { means: "it opens something on the developer's machine or between its containers only", values: [true, false] },
    where: { means: 'what the file is for, by its path', values: ['code', 'config', 'test', 'example', 'docs'] },
    allowed: { means: 'the line bears the mark by which another scanner lets it pass (`gitleaks:allow`, `pragma: allowlist secret` …)', values: [true, false] },
  },
  aboutSecrets: true,
  recogniseText,
};

async function recogniseText(file: TextFile): Promise<readonly TextRecognition<SecretAttributes>[]> {
  const format = formatOf(file.path);
  // Here: machines wrote it, or it holds checksums and captions. Only what cannot be anything else is worth saying.
  const unmistakable = file.generated || format === 'opaque';
  const stretches = aroundLongTokens(file.text);
  const keys = [...providerKeys(file.text, stretches, unmistakable), ...(await secretlintKeys(file.text, stretches))];
  const where = whereOf(file.path);
  const found = [
    ...keys.filter((key) => (key.live || !unmistakable) && !isForBrowsers(file.text, key)).map((key) => asFound(file.text, { ...key, strength: 'random', local: false })),
    ...secretsByForm(file.text, unmistakable).filter((form) => !isSampleAddress(form, where)).map((form) => asFound(file.text, form)),
    ...(unmistakable ? [] : secretsByName(file, format, where)),
  ];
  const isMarked = allowedHere.test(file.text) || allowedBelow.test(file.text);
  return withoutTwins(found)
    .map((one) => recognition(file, one, where, isMarked && isAllowed(file.text, one)))
    .filter(({ attributes }) => attributes.strength !== 'guessable' || !isStaging(attributes.where));
}

/** Where things are shown or tried out, what everybody would guess is no secret. */
const isStaging = (where: Where) => where === 'test' || where === 'example' || where === 'docs';

function secretsByName(file: TextFile, format: Format, where: Where): FoundSecret[] {
  if (format !== 'script') return sensitiveStem.test(file.text) ? namedSecrets(file.text, format, where === 'example') : [];
  if (!mayHoldLiterals(file.text, !isStaging(where))) return [];
  const tree = file.tree();
  return tree ? literalSecrets(tree) : namedSecrets(file.text, 'other', false);
}

/** In a file that shows which settings there are, the address of a database is expected to have a password, and a made-up one. */
function isSampleAddress({ kind, strength, local }: FormSecret, where: Where): boolean {
  return where === 'example' && kind === 'connection-string' && (strength === 'guessable' || (local && strength !== 'random'));
}

/** Google's keys are often made for browsers, and those of Firebase always are. */
function isForBrowsers(text: string, key: ProviderKey): boolean {
  if (key.kind !== 'google' || key.live) return false;
  const around = text.slice(Math.max(0, key.start - 400), key.end + 400);
  return /authDomain|auth_domain|messagingSenderId|GCM_SENDER_ID|firebaseapp\.com|firebaseConfig|mobilesdk|maps\.googleapis|google_maps|GOOGLE_MAPS|PUBLIC_|VITE_|REACT_APP_|EXPO_|youtubei|INNERTUBE|FIREBASE_/i.test(around);
}

function asFound(text: string, form: FormSecret | (ProviderKey & { strength: Strength; local: boolean })): FoundSecret {
  return { ...form, name: nameBefore(text, form) ?? '' };
}

const named = /(?<name>[A-Za-z_$@][\w$.@-]{0,59})["'`\\\]]{0,3}\)?\s{0,8}(?::\s?\w{1,20}\s?=|[:=]{1,3}>?|,|\(|\?\?=?|\|\|=?)\s{0,8}(?:new\s+URL\(|[rbfu]?["'`\\(]{0,4})(?:(?:Bearer|Basic|token)\s)?$/;

/** The name that the line gives to what begins here. */
function nameBefore(text: string, { start, kind }: { start: number; kind: KindName }): string | undefined {
  const line = text.slice(Math.max(0, start - 300), start);
  let before = line.slice(line.lastIndexOf('\n') + 1);
  if (kind === 'connection-string' || kind === 'basic-auth') before = before.replace(/[\w+.:-]{1,40}:\/\/[^\s"'`]*$/, '');
  else if (/^(?:slack|discord|microsoft-teams)$/.test(kind)) before = before.replace(/https?:\/\/[^\s"'`]*$/, '').replace(/[\w./-]*$/, '');
  const name = named.exec(before.slice(-140))?.groups?.['name'];
  if (name === undefined || isRandom(name) || /^https?$|^(?:Bearer|Basic|const|let|var|return|export)$/.test(name)) return undefined;
  return shownName(name.slice(name.lastIndexOf('.') + 1));
}

/** Of recognitions that overlap the first stands, for the list goes from sure to less sure; a name that a later one knows is kept. */
function withoutTwins(found: readonly FoundSecret[]): FoundSecret[] {
  const kept: FoundSecret[] = [];
  const byStart = found.map((one, rank) => ({ one, rank })).sort((a, b) => a.one.start - b.one.start || a.rank - b.rank);
  let last: (typeof byStart)[number] | undefined;
  for (const next of byStart) {
    if (!last || next.one.start >= last.one.end) {
      kept.push(next.one);
      last = next;
      continue;
    }
    const [sure, other] = next.rank < last.rank ? [next, last] : [last, next];
    const merged = { ...sure.one, name: sure.one.name || other.one.name };
    kept[kept.length - 1] = merged;
    last = { one: { ...merged, end: Math.max(sure.one.end, other.one.end) }, rank: sure.rank };
  }
  return kept;
}

function recognition(file: TextFile, one: FoundSecret, where: Where, allowed: boolean): TextRecognition<SecretAttributes> {
  const { what, rotate } = kinds[one.kind];
  const { kind, strength, live, local } = one;
  return {
    start: one.start,
    end: one.end,
    identity: one.name ? `${kind} ${one.name}` : kind,
    attributes: { kind, what, name: one.name || fileName(file.path), shows: shown(file.text, one), strength, live: live && !isCalledExample(one.name), local: local || (kind !== 'connection-string' && isShortLived(file.path, strength)), where: placeOf(file.text, one, where), allowed },
    advice: { 'secret-in-code': adviceFor(kind, rotate) },
  };
}

/** Descriptions of interfaces give examples, which look as real as can be. */
const isCalledExample = (name: string) => /^(?:example|sample|placeholder|mock|fake|dummy)/i.test(name);

/** Code that only stages something counts as a test, wherever its file lies. */
function placeOf(text: string, one: FoundSecret, where: Where): Where {
  if (isCalledExample(one.name)) return where === 'test' ? where : 'docs';
  if (where === 'code' && isInDocComment(text, one.start)) return 'docs';
  if (one.strength !== 'random' && isExampleInRemark(text, one.start)) return where === 'test' ? where : 'docs';
  return one.staged && where === 'code' ? 'test' : where;
}

/** Whether a line of a documentation comment (` * …`) leads to this place. */
function isInDocComment(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - 400), start);
  return /^[ \t]{0,40}\*(?:\s|$)/.test(before.slice(before.lastIndexOf('\n') + 1));
}

/** Whether a remark says that what follows is an example: `# example: PASSWORD=admin`. */
function isExampleInRemark(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - 200), start);
  return /^[ \t]{0,20}(?:REM[ \t]|#|\/\/|;|--|\*).*\b(?:examples?|e\.g\.|for instance)(?![\w-])/i.test(before.slice(before.lastIndexOf('\n') + 1));
}

const fileName = (path: string) => shownName(path.slice(path.lastIndexOf('/') + 1)) ?? 'this file';

/** What to do with this kind, in one sentence. */
function adviceFor(kind: KindName, rotate: string): string {
  const instead = kind === 'private-key' ? 'keep the new one out of the repository, in a secrets manager' : 'read the new one from the environment or a secrets manager';
  return `Treat it as public from the first push on: ${rotate}, then ${instead}.`;
}

/** Length and, for what a machine made, up to four characters: never more than a quarter of it. */
function shown(text: string, { start, end, kind, strength }: FoundSecret): string {
  const length = end - start;
  const size = `${length} character${length === 1 ? '' : 's'}`;
  const few = Math.min(4, Math.floor(length / 4));
  const first = text.slice(start, start + few);
  return strength === 'random' && kind !== 'private-key' && length >= 16 && /^[\w.-]+$/.test(first) ? `${first}…, ${size}` : size;
}

const allowedHere = /gitleaks:allow|pragma:\s?allowlist secret|pragma:\s?whitelist secret|trufflehog:ignore|secretlint-disable-line|ggignore|nosecret|nosec\b/i;
const allowedBelow = /pragma:\s?allowlist nextline secret|secretlint-disable-next-line/i;

/** Whether another scanner's mark for a harmless secret stands on the line, or above it for the next one. */
function isAllowed(text: string, { start }: FoundSecret): boolean {
  const [line = '', above = ''] = text.slice(Math.max(0, start - 600), start).split('\n').reverse();
  const rest = text.slice(start, start + 2_400);
  const end = rest.indexOf('\n');
  return allowedHere.test(line) || allowedHere.test(end < 0 ? rest : rest.slice(0, end)) || allowedBelow.test(above);
}
