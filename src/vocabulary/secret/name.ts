/** What a name promises: whether the thing it names is a secret, and of what kind. */
import { isRandom, wordsOf } from './value.ts';

/** The kinds of secret that a name alone can tell. */
export type NamedKind = 'password' | 'signing-key' | 'api-key' | 'token' | 'secret';

/**
 * A sensitive name. `own` is true for secrets that this program itself invents and checks (a signing key, a session secret): any
 * literal will do there and works for an attacker too, whereas a placeholder for a third party's key does no harm.
 */
export type SensitiveName = { kind: NamedKind; own: boolean };

/** A text without any of these stems and commands holds no sensitive name. Cheap: for asking before anything is looked at closely. */
export const sensitiveStem = /pass|pwd|secret|token|key|cred|auth|senha|\bpw\b|_pw\b|jwt|bearer|\bcurl\b|\bmysql|docker\s{1,3}login|identified\s{1,3}by/i;

/** Finds where a sensitive name may stand; each hit is then judged as a whole name. */
export const sensitiveStems = () => /pass(?:w(?:or)?d|wort|phrase|code)?|pwd|secret|token|keys?(?![a-z])|creds?(?![a-z])|credentials?|auth(?![a-z])|authorization|senha|pw(?![a-z])/gi;

/** Words at the end of a name that leave it what it was: `JWT_SECRET_PROD`, `password2`, `apiKeyValue`. */
const trailing = new Set([
  'value', 'default', 'fallback', 'prod', 'production', 'dev', 'development', 'staging', 'stage', 'local', 'live', 'sandbox', 'raw', 'plain', 'plaintext', 'base', 'base64', 'b64', 'hex', 'str', 'string', 'text', 'admin', 'root', 'main', 'primary', 'secondary',
  'current', 'v', 'const', 'literal', 'db', 'database', 'app', 'api', 'server', 'backend', 'master', 'here', 'preview', 'qa', 'uat', 'us', 'eu', 'global', 'env',
]);

/** Words that turn the rest of the name into something that is no secret, wherever they stand. */
const disarming = new Set([
  'is', 'has', 'should', 'can', 'show', 'hide', 'forgot', 'forget', 'invalid', 'incorrect', 'wrong', 'missing', 'no', 'not', 'without', 'require', 'requires', 'required', 'min', 'max', 'num', 'count', 'placeholder', 'label', 'title', 'message', 'error', 'err', 'hashed',
  'encrypted', 'ciphertext', 'digest', 'public', 'publishable', 'pub', 'publickey', 'anon', 'regex', 'regexp', 'pattern', 'schema', 'type', 'field', 'input', 'column', 'strength', 'policy', 'length', 'expires', 'expiry', 'expiration', 'ttl', 'lifetime', 'duration', 'timeout', 'redacted',
  'masked', 'obfuscated', 'censored', 'i18n', 'l10n', 'locale', 'translation', 'toggle', 'visibility', 'validator', 'rule', 'rules', 'ids', 'names', 'bypass', 'compass', 'passing', 'passed', 'trespass', 'passive', 'name',
]);

/** Words that tell another sort of token or key: one that pages, sorts, finds or names something. */
const otherSort = new Set([
  'next', 'page', 'pagination', 'continuation', 'cursor', 'sync', 'csrf', 'xsrf', 'authenticity', 'antiforgery', 'design', 'color', 'css', 'style', 'site', 'sitekey', 'header', 'param', 'event', 'action', 'route', 'path', 'url', 'uri', 'endpoint', 'topic', 'queue', 'erc20', 'nft', 'contract',
  'mint', 'address', 'lexer', 'syntax', 'highlight', 'scope', 'scopes', 'foreign', 'sort', 'partition', 'cache', 'cached', 'localstorage', 'object', 'query', 'keyboard', 'hot', 'row', 'dedup', 'dedupe', 'idempotency', 'idempotent', 'routing', 'unique', 'composite', 'index',
  'lookup', 'map', 'group', 'prop', 'react', 'registry', 'fingerprint', 'thumbprint', 'checksum', 'integrity', 'etag', 'commit', 'sha', 'sha256', 'sha1', 'md5', 'nonce', 'state', 'mode', 'usage', 'usages', 'prefix', 'suffix', 'tokenizer', 'tokens', 'passport', 'ws', 'accept', 'gas', 'fcm', 'device', 'push',
  'license', 'feature', 'flag', 'metric', 'legacy', 'version', 'checkout', 'cart', 'download', 'upload', 'preview', 'invite', 'invitation', 'verification', 'confirmation', 'unsubscribe', 'hash', 'play',
]);

/** What makes a `key` a secret one. */
const secretKeyOf = new Set([
  'api', 'secret', 'private', 'priv', 'access', 'auth', 'authentication', 'authorization', 'encryption', 'encrypt', 'encrypting', 'decryption', 'decrypt', 'signing', 'sign', 'signature', 'crypto', 'cryptography', 'cipher', 'aes', 'hmac', 'jwt', 'jwk', 'refresh', 'master', 'service', 'account', 'app', 'application', 'session', 'cookie', 'admin', 'server',
  'webhook', 'storage', 'db', 'database', 'subscription', 'integration', 'bot', 'deploy', 'ssh', 'role', 'security', 'password', 'consumer', 'client', 'developer', 'openai', 'stripe', 'sendgrid', 'mailgun', 'mailchimp', 'twilio', 'aws', 'gcp', 'azure', 'google', 'github', 'gitlab', 'slack', 'anthropic', 'groq', 'mistral', 'cohere', 'gemini',
  'huggingface', 'replicate', 'pinecone', 'algolia', 'resend', 'postmark', 'mandrill', 'sparkpost', 'brevo', 'sendinblue', 'cloudflare', 'cloudinary', 'datadog', 'newrelic', 'rollbar', 'bugsnag', 'honeycomb', 'airtable', 'notion', 'linear', 'supabase', 'paypal', 'razorpay', 'paystack', 'mollie', 'adyen', 'plaid', 'braintree', 'shopify', 'twitter', 'facebook', 'telegram',
  'discord', 'deepl', 'elevenlabs', 'deepgram', 'tavily', 'serper', 'serpapi', 'perplexity', 'openrouter', 'langsmith', 'langfuse', 'fireworks', 'together', 'exa', 'weather', 'openweather', 'openweathermap', 'tinybird', 'upstash', 'typesense', 'meilisearch', 'elastic', 'elasticsearch', 'hubspot', 'intercom', 'zendesk', 'vonage', 'nexmo', 'plivo', 'etherscan', 'infura',
  'alchemy', 'wallet', 'deployer', 'giphy', 'tmdb', 'omdb', 'youtube', 'loops', 'novu', 'trigger', 'inngest', 'clerk', 'workos', 'svix', 'knock', 'vapid',
]);

/** What says that this program made the secret up itself. */
const ownWords = new Set(['jwt', 'jws', 'session', 'cookie', 'cookies', 'encryption', 'encrypt', 'encrypting', 'encrypter', 'decryption', 'decrypt', 'crypto', 'cipher', 'aes', 'hmac', 'sign', 'signing', 'signature', 'nextauth', 'betterauth', 'csrf', 'internal', 'cron', 'passport', 'hash', 'hashing']);

const passwordEnd = /^(?:pass|pw|pwd|passwd|passw|password|passwords|passphrase|passcode|passwort|senha|contrasena|kennwort|(?:my|db|user|admin|root|smtp|mail|email|login|postgres|pg|mysql|mongo|redis|auth|default|super|sudo|new|master|database|account|ftp|ssh)?(?:password|passwd|pwd)|(?:db|user|smtp|pg|mysql|mail|auth|login|email|redis)pass)$/;
const secretEnd = /^(?:secret|secrets|(?:client|app|jwt|session|api|auth|cookie|my|access|token|webhook|shared|consumer|refresh)secret)$/;
const tokenEnd = /^(?:token|(?:access|auth|api|bot|refresh|bearer|jwt|user|session|id|my|github|gh|slack|npm|oauth|personal|admin|private|secret)token|pat|jwt|bearer)$/;
const keyEnd = /^(?:key|keys|(?:api|secret|private|access|auth|encryption|signing|jwt|session|master|my|app|service|account|storage|crypto)key)$/;

/** What this name promises; undefined when it is nothing secret. */
export function sensitiveName(name: string): SensitiveName | undefined {
  const words = wordsOf(name);
  while (words.length > 1 && (trailing.has(words.at(-1)!) || /^\d+$/.test(words.at(-1)!))) words.pop();
  const last = words.at(-1);
  if (last === undefined) return undefined;
  const before = words.slice(0, -1);
  // `NEXT_PUBLIC_…`, `VITE_…` and their like are sent to every browser: whatever they are called, they are no secrets any more.
  if (isSentToBrowsers(words)) return undefined;
  if (before.some((word) => disarming.has(word))) return undefined;
  if (passwordEnd.test(last)) return last === 'pass' && throughNotWord.test(before.at(-1) ?? '') ? undefined : { kind: 'password', own: false };
  const own = words.some((word) => ownWords.has(word)) || /^(?:jwt|session|cookie)(?:secret|key)$/.test(last);
  if (secretEnd.test(last)) return own || isOurSecret(before) ? { kind: 'signing-key', own: true } : { kind: 'secret', own: false };
  if (last === 'key' && before.includes('secret') && before.includes('or')) return { kind: 'signing-key', own: true };
  if (before.some((word) => otherSort.has(word))) return undefined;
  if (tokenEnd.test(last)) return { kind: 'token', own: false };
  if (keyEnd.test(last)) return sensitiveKey(last, before, own);
  if (/^(?:credential|credentials|creds?)$/.test(last)) return { kind: 'secret', own: false };
  if (/^(?:authorization)$/.test(last) && before.length <= 1) return { kind: 'token', own: false };
  return name === '_auth' ? { kind: 'secret', own: false } : undefined;
}

/** `firstPass`, `boardingPass`: something that is gone through, or shown at a gate. */
const throughNotWord = /^(?:first|second|single|multi|one|two|render|by|season|boarding|bus|test|tests|all)$/;

/** `SECRET`, `APP_SECRET`, `AUTH_SECRET`, `ACCESS_TOKEN_SECRET`: with no third party in the name, it is of our own making. */
function isOurSecret(before: readonly string[]): boolean {
  return before.length === 0 || (before.length === 1 && /^(?:app|application)$/.test(before[0]!)) || /^(?:auth|token)$/.test(before.at(-1)!);
}

function sensitiveKey(last: string, before: readonly string[], own: boolean): SensitiveName | undefined {
  const previous = before.at(-1);
  if (last !== 'key' && last !== 'keys') return /secret|encryption|signing|jwt|session|crypto/.test(last) ? { kind: 'signing-key', own: true } : { kind: 'api-key', own: false };
  if (previous === undefined) return undefined;
  if (!secretKeyOf.has(previous) && !/(?:api|secret|private|access|encryption|signing)$/.test(previous)) return undefined;
  // Here: a key that could as well be the name of something, such as that of a cookie or a row.
  if (/^(?:session|storage|db|database|role|client|account|service|app|application|admin|server|subscription|integration|password|cookie|sign|together|trigger|linear|weather)$/.test(previous) && (!own || /^(?:session|cookie)$/.test(previous))) {
    return { kind: 'secret', own: false };
  }
  if (previous === 'secret' && before.length === 1) return { kind: 'signing-key', own: true };
  return own && previous !== 'api' ? { kind: 'signing-key', own: true } : { kind: 'api-key', own: false };
}

/** Whether a name is one of those that bundlers copy into what browsers load. */
export function isSentToBrowsers(words: readonly string[]): boolean {
  if (words.length > 1 && (words[0] === 'vite' || words[0] === 'public')) return true;
  return words.some((word, at) => (words[at + 1] === 'public' && /^(?:next|nuxt|expo|plasmo|gatsby)$/.test(word)) || (words[at + 1] === 'app' && /^(?:react|vue)$/.test(word)));
}

/** Names beside a password that make its object a set of credentials. */
const besidePassword = /^(?:user|users?_?name|user_?id|login|log_?in|email|mail|host|host_?name|server|data_?base|data_?base_?name|db|db_?name|port|dialect|account|account_?id|client|client_?id|name|uri|url|service|secure|role|first_?name|display_?name|type)$/i;

/** Whether something of this name beside a password shows that both are credentials. */
export function isBesidePassword(name: string): boolean {
  return besidePassword.test(name);
}

/** A name fit to be shown: an identifier of at most 60 characters. What is not one is left out, for it might be the secret itself. */
export function shownName(name: string): string | undefined {
  const text = name.replace(/^["'`[\]]+|["'`[\]]+$/g, '');
  return /^[A-Za-z_$@][\w$.@ -]{0,59}$/.test(text) && !isRandom(text) ? text : undefined;
}
