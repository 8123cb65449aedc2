/** Whether a value in its place is a secret: what its name promises, what it looks like, and where it stands, weighed together. */
import { sensitiveName, type NamedKind, type SensitiveName } from './name.ts';
import { isGuessable, isInnocentForm, isPlaceholder, isPlainWord, isSequence, longestValue, isWellKnown, shapeOf, wordiness, wordsOf, type Strength } from './value.ts';

/**
 * Where a value stands.
 * `argument`: where a call takes its key or password. `fallback`: what is used when the environment says nothing.
 * `assigned`: given to a variable, field or parameter. `property`: a key of an object; `paired`: one beside a user name, host or the like.
 * `compared`: what an input is compared with. `env`: a line of a file of settings with nothing but values.
 * `sample`: such a line in a file that shows which settings there are. `config`: a key of a YAML, JSON or TOML file. `prose`: an example in a text.
 */
export type Standing = 'argument' | 'fallback' | 'assigned' | 'property' | 'paired' | 'compared' | 'env' | 'sample' | 'config' | 'prose';

/** What came out: the kind and how hard it would be to guess. */
export type Verdict = { kind: NamedKind; strength: Strength };

/** Judges a value by the name it is given to. Undefined: no secret, or nobody could tell. */
export function judgeNamed(name: string, value: string, standing: Standing): Verdict | undefined {
  const promise = sensitiveName(name);
  return promise && judge(promise, name, value, standing);
}

/** Judges a value of which it is known what it should be, whatever it is called. */
export function judge(promise: SensitiveName, name: string, value: string, standing: Standing): Verdict | undefined {
  if (value.length < 3 || value.length > longestValue || isInnocentForm(value)) return undefined;
  const { kind, own } = promise;
  const plain = decoded(value);
  if (plain !== undefined && (isPlaceholder(plain, name) || readsOnly.test(plain))) return undefined;
  if (isPlaceholder(value, name)) return isUsableStandIn(kind, own, name, value, standing) ? { kind, strength: 'guessable' } : undefined;
  const shape = shapeOf(value);
  if (shape === 'random') return { kind, strength: 'random' };
  if (standing === 'prose') return undefined;
  // Where only samples are expected, a made-up word is one; what a person would hardly make up was copied from somewhere.
  if (standing === 'sample') return shape === 'mixed' && value.length >= 10 && !isGuessable(value) && wordiness(value) < 0.7 && /\d/.test(value) ? { kind, strength: 'chosen' } : undefined;
  const strength: Strength = isGuessable(value) || wordsOf(name).includes(value.toLowerCase()) ? 'guessable' : 'chosen';
  if (kind === 'password') return isPassword(value, shape, standing) ? { kind, strength } : undefined;
  if (own) return isSigningKey(value, shape, standing) ? { kind, strength } : undefined;
  return shape === 'mixed' && value.length >= 10 && /\d/.test(value) && /[a-z]/i.test(value) && !/[\s'"`(){}[\]|,;]/.test(value) && !isSequence(value) ? { kind, strength } : undefined;
}

/** Tokens of Nx Cloud say themselves what they allow. One that only reads caches is meant to be committed. */
const readsOnly = /^[0-9a-f-]{36}\|read$/;

/** The text behind base64, which manifests use for placeholders as well as for secrets; undefined where there is none to read. */
function decoded(value: string): string | undefined {
  if (value.length % 4 !== 0 || value.length > 400 || !/^[A-Za-z0-9+/]{8,}={0,2}$/.test(value)) return undefined;
  const text = Buffer.from(value, 'base64').toString('latin1').trimEnd();
  return /^[\x20-\x7e]{4,}$/.test(text) ? text : undefined;
}

type Shape = ReturnType<typeof shapeOf>;

/** People choose their passwords: anything will do, so the place must show that it is one and no caption. */
function isPassword(value: string, shape: Shape, standing: Standing): boolean {
  switch (standing) {
    case 'argument':
    case 'fallback':
    case 'env':
      return true;
    case 'paired':
      return shape !== 'phrase' && !(shape === 'label' && /[.:/]/.test(value));
    case 'config':
      return shape === 'mixed' ? !/\s/.test(value) : shape !== 'phrase' && !/^[A-Z][a-z]+$/.test(value);
    case 'assigned':
    case 'compared':
      return shape === 'mixed' ? value.length >= 4 : shape === 'word' && value.length >= 4 && !/^[A-Z][a-z]+$/.test(value);
    default:
      return shape === 'mixed' && value.length >= 6 && /\d/.test(value) && /[a-z]/i.test(value) && !/[/|:,;(){}<>[\]]/.test(value);
  }
}

/** A key of our own making works whatever it is, but its name is also a popular name for settings and tokens of injection. */
function isSigningKey(value: string, shape: Shape, standing: Standing): boolean {
  if (standing === 'argument' || standing === 'fallback') return true;
  if (standing === 'env') return shape !== 'word' || value.length >= 4;
  if (standing === 'config' || standing === 'property') return shape === 'mixed' && value.length >= 8;
  return shape === 'mixed' || (shape === 'word' && value.length >= 5) || (shape === 'phrase' && value.length >= 8 && standing === 'assigned' && value.split(/\s+/).length <= 6);
}

/**
 * A stand-in in running code is no stand-in: `jwt.sign(payload, 'your-secret-key')` signs with it, and whoever reads the code can sign as well.
 * Not so for a key of somebody else's, which simply does not work.
 */
function isUsableStandIn(kind: NamedKind, own: boolean, name: string, value: string, standing: Standing): boolean {
  if (/[<>{}$*\u2026]|\.{3}/.test(value) || value.trim().length < 3 || isPlainWord(value)) return false;
  if (standing === 'argument') return own || (kind === 'password' && !/\s/.test(value));
  if (standing === 'fallback') return (own && /[a-z]/i.test(value) && !/^(?:undefined|null|none|n\/a|false|true)$/i.test(value)) || (kind === 'password' && isGuessable(value));
  if (standing === 'compared') return kind === 'password' && isWellKnown(value);
  if (standing === 'paired' && kind === 'password') return isWellKnown(value) && squeezed(value) !== squeezed(name) && !squeezed(name).endsWith(squeezed(value));
  if (standing === 'env') return (own || kind === 'password') && isWellKnown(value) && !/change|example|sample|test/i.test(value);
  // Here: `const JWT_SECRET = 'your-secret-key'`. A value that only repeats the name is the name of something.
  if (!own || (standing !== 'assigned' && standing !== 'property' && standing !== 'paired') || !/jwt|session|cookie|encrypt|crypt/i.test(name)) return false;
  return /secret|change|your|key/i.test(value) && /[-_ ]/.test(value) && squeezed(value) !== squeezed(name) && !/^[A-Z0-9_]+$/.test(value) && !/[.:/]/.test(value) && !/test/i.test(value);
}

const squeezed = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '');
