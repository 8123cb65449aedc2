/** Keys that tell by their own form who issued them, beyond those that secretlint knows. */
import { entropyOf, isSequence } from './value.ts';
import type { KindName } from './kinds.ts';
import type { Stretch } from './long-tokens.ts';

/** One issuer's format. */
type Format = {
  kind: KindName;
  /** A text without this cannot hold the format; looked for first, for it costs next to nothing. */
  anchor: string;
  /** The whole key, each with bounded repetition. A group named `secret` is the key when more than that must match. */
  form: RegExp;
  /** True when such a key opens something real wherever it stands. */
  live: boolean;
  /** True when the form has no mark of its own, so that long stretches of base64 or hexadecimal digits can hold it by chance. */
  bland?: true;
  /** True when dots may part the key anywhere, so that it need not have a long run; its anchor is rare enough to search the whole text. */
  broken?: true;
  /** True when the anchor stands in the middle of the form, which begins like any word. */
  midway?: true;
};

const formats: readonly Format[] = [
  { kind: 'stripe', anchor: 'k_live_', form: /\b[sr]k_live_[A-Za-z0-9]{16,250}(?![A-Za-z0-9_])/g, live: true },
  { kind: 'stripe', anchor: 'k_test_', form: /\b[sr]k_test_[A-Za-z0-9]{16,250}(?![A-Za-z0-9_])/g, live: false },
  { kind: 'stripe', anchor: 'k_prod_', form: /\b[sr]k_prod_[A-Za-z0-9]{16,250}(?![A-Za-z0-9_])/g, live: true },
  { kind: 'webhook', anchor: 'whsec_', form: /\bwhsec_[A-Za-z0-9+/]{24,100}={0,2}(?![A-Za-z0-9_+/])/g, live: false },
  { kind: 'google', anchor: 'AIza', form: /(?<![\w-])AIza[\w-]{35}(?![\w-])/g, live: false },
  { kind: 'google', anchor: 'GOCSPX-', form: /\bGOCSPX-[\w-]{28}(?![\w-])/g, live: true },
  { kind: 'google', anchor: 'ya29.', form: /\bya29\.[\w-]{40,400}/g, live: false },
  { kind: 'aws', anchor: 'ABSK', form: /\bABSK[A-Za-z0-9+/]{109,269}={0,2}/g, live: true },
  { kind: 'gitlab', anchor: 'gl', form: /(?<![\w-])gl(?:dt|rt|cbt|ptt|oas|soat|agent|ft|imt|ffct)-[\w.-]{20,120}(?![\w-])/g, live: true },
  { kind: 'slack', anchor: 'xoxe', form: /\bxoxe(?:\.xox[bp])?-\d-[A-Za-z0-9]{100,250}/g, live: true },
  { kind: 'slack', anchor: 'hooks.slack.com/workflows/', form: /hooks\.slack\.com\/(?<secret>workflows\/[A-Za-z0-9+/]{40,60})/g, live: true },
  { kind: 'twilio', anchor: 'SK', form: /(?<![A-Za-z0-9_/+-])SK[0-9a-f]{32}(?![A-Za-z0-9])/g, live: true, bland: true },
  { kind: 'mailgun', anchor: 'key-', form: /(?<![\w-])key-[0-9a-f]{32}(?![\w-])/g, live: true },
  { kind: 'mailchimp', anchor: '-us', form: /(?<![\w-])[0-9a-f]{32}-us\d{1,2}(?![\w-])/g, live: true, bland: true, midway: true },
  { kind: 'brevo', anchor: 'xkeysib-', form: /\bxkeysib-[0-9a-f]{64}-[A-Za-z0-9]{16}\b/g, live: true },
  { kind: 'resend', anchor: 're_', form: /(?<![\w-])re_[A-Za-z0-9]{8}_[A-Za-z0-9]{24}(?![\w-])/g, live: true },
  { kind: 'postman', anchor: 'PMAK-', form: /\bPMAK-[0-9a-f]{24}-[0-9a-f]{34}\b/g, live: true },
  { kind: 'pypi', anchor: 'pypi-AgE', form: /\bpypi-AgE[\w-]{50,1000}/g, live: true },
  { kind: 'rubygems', anchor: 'rubygems_', form: /\brubygems_[0-9a-f]{48}\b/g, live: true },
  { kind: 'nuget', anchor: 'oy2', form: /(?<![\w-])oy2[a-z0-9]{43}(?![\w-])/g, live: true, bland: true },
  { kind: 'digitalocean', anchor: '_v1_', form: /\bdo[opr]_v1_[0-9a-f]{64}\b/g, live: true },
  { kind: 'doppler', anchor: 'dp.', form: /(?<![\w.])dp\.(?:pt|st|ct|sa|scim|audit)\.(?:[\w-]{2,35}\.)?[A-Za-z0-9]{40,44}(?![\w])/g, live: true },
  { kind: 'planetscale', anchor: 'pscale_', form: /\bpscale_(?:tkn|pw|oauth)_[\w.=-]{32,64}/g, live: true },
  { kind: 'pulumi', anchor: 'pul-', form: /(?<![\w-])pul-[0-9a-f]{40}\b/g, live: true },
  { kind: 'terraform', anchor: '.atlasv1.', form: /\b[A-Za-z0-9]{14}\.atlasv1\.[\w=-]{60,70}/g, live: true },
  { kind: 'fly', anchor: 'fo1_', form: /\bfo1_[\w-]{43}(?![\w-])/g, live: true },
  { kind: 'fly', anchor: 'fm', form: /\bfm[12][ar]?_[A-Za-z0-9+/]{100,600}={0,3}/g, live: true },
  { kind: 'heroku', anchor: 'HRKU-AA', form: /\bHRKU-AA[\w-]{58}/g, live: true },
  { kind: 'sentry', anchor: 'sntry', form: /\bsntry(?:u_[0-9a-f]{64}|s_eyJ[\w+/=-]{60,400})/g, live: true },
  { kind: 'square', anchor: 'sq0', form: /\bsq0(?:atp-[\w-]{22}|csp-[\w-]{43})(?![\w-])/g, live: true },
  { kind: 'square', anchor: 'EAAA', form: /(?<![\w+/-])EAAA[\w-]{60}(?![\w+/-])/g, live: true, bland: true },
  { kind: '1password', anchor: 'A3-', form: /\bA3-[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})(?:-[A-Z0-9]{5}){3}\b/g, live: true },
  { kind: 'age', anchor: 'AGE-SECRET-KEY-1', form: /AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}/g, live: true },
  { kind: 'microsoft', anchor: 'Q~', form: /(?<![\w~.-])[\w~.-]{3}\dQ~[\w~.-]{31,34}(?![\w~.-])/g, live: true, bland: true, broken: true },
  { kind: 'azure', anchor: 'Key=', form: /(?:Account|Shared[Aa]ccess)Key=(?<secret>[A-Za-z0-9+/]{43,86}={1,2})/g, live: true },
  { kind: 'telegram', anchor: ':AA', form: /(?<![\w/:-])\d{8,10}:AA[\w-]{33}(?![\w-])/g, live: true, bland: true, midway: true },
  { kind: 'supabase', anchor: 'sb_secret_', form: /\bsb_secret_[\w-]{20,60}/g, live: true },
  { kind: 'supabase', anchor: 'sbp_', form: /\bsbp_[0-9a-f]{40}\b/g, live: true },
  { kind: 'openai', anchor: 'sk-', form: /(?<![\w-])sk-(?:proj|svcacct|admin)-[\w-]{40,200}(?![\w-])/g, live: true },
  { kind: 'anthropic', anchor: 'sk-ant-', form: /(?<![\w-])sk-ant-(?:admin\d\d|api\d\d|oat\d\d)-[\w-]{80,120}(?![\w-])/g, live: true },
  { kind: 'openrouter', anchor: 'sk-or-', form: /(?<![\w-])sk-or-v1-[0-9a-f]{64}\b/g, live: true },
  { kind: 'perplexity', anchor: 'pplx-', form: /\bpplx-[A-Za-z0-9]{48}\b/g, live: true },
  { kind: 'replicate', anchor: 'r8_', form: /\br8_[A-Za-z0-9]{37}\b/g, live: true },
  { kind: 'langsmith', anchor: 'lsv2_', form: /\blsv2_(?:pt|sk)_[0-9a-f]{32}_[0-9a-f]{10}\b/g, live: true },
  { kind: 'pinecone', anchor: 'pcsk_', form: /\bpcsk_\w{50,100}/g, live: true },
  { kind: 'discord', anchor: '/webhooks/', form: /discord(?:app)?\.com\/(?<secret>api\/webhooks\/\d{17,20}\/[\w-]{60,72})/g, live: true },
  { kind: 'discord', anchor: '.', form: /(?<![\w.-])[MNO][A-Za-z0-9_-]{23,25}\.[\w-]{6}\.[\w-]{27,38}(?![\w.-])/g, live: true, bland: true, midway: true },
  { kind: 'microsoft-teams', anchor: 'webhook.office.com/', form: /webhook\.office\.com\/(?<secret>webhookb2\/[0-9a-f-]{36}@[0-9a-f-]{36}\/IncomingWebhook\/[0-9a-f]{32}\/[0-9a-f-]{36})/g, live: true },
  { kind: 'facebook', anchor: 'EAA', form: /(?<![\w+/-])EAA[A-Za-z0-9]{90,250}(?![\w+/-])/g, live: true, bland: true },
  { kind: 'facebook', anchor: '|', form: /(?<![\w|])\d{15,16}\|(?=[\w-]*[a-z])(?=[\w-]*[A-Z])[\w-]{27}(?![\w-])/g, live: true, midway: true },
  { kind: 'sourcegraph', anchor: 'sgp_', form: /\bsgp_(?:(?:local|[a-fA-F0-9]{16})_)?[a-fA-F0-9]{40}\b/g, live: true },
  { kind: 'openshift', anchor: 'sha256~', form: /\bsha256~[\w-]{43}(?![\w-])/g, live: true },
  { kind: 'twitter', anchor: 'AAAAAAAAAAAAAAAAAAAA', form: /(?<![\w%/+])A{21,22}[A-Za-z0-9]{8,20}(?:%[0-9A-F]{2}[A-Za-z0-9]{0,80}){1,12}(?![\w%/+])/g, live: true },
  { kind: 'airtable', anchor: 'pat', form: /(?<![\w-])pat[A-Za-z0-9]{14}\.[0-9a-f]{64}\b/g, live: true, midway: true },
  { kind: 'hubspot', anchor: 'pat-', form: /\bpat-(?:na|eu)\d-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, live: true },
  { kind: 'atlassian', anchor: 'AT', form: /\b(?:ATATT3[\w=-]{180,250}|ATBB[A-Za-z0-9]{32})(?![\w-])/g, live: true },
  { kind: 'newrelic', anchor: 'NRAK-', form: /\bNRAK-[A-Z0-9]{27}\b/g, live: true },
  { kind: 'contentful', anchor: 'CFPAT-', form: /\bCFPAT-[\w-]{43}(?![\w-])/g, live: true },
  { kind: 'mapbox', anchor: 'sk.eyJ', form: /\bsk\.eyJ[\w-]{40,200}\.[\w-]{20,60}/g, live: true },
  { kind: 'sonar', anchor: 'sq', form: /\bsq[pau]_[0-9a-f]{40}\b/g, live: true },
  { kind: 'tailscale', anchor: 'tskey-', form: /\btskey-(?:auth|api|client|scim|webhook)-[A-Za-z0-9]{6,30}-[A-Za-z0-9]{20,60}/g, live: true },
  { kind: 'neon', anchor: 'napi_', form: /\bnapi_[a-z0-9]{64}\b/g, live: true },
  { kind: 'posthog', anchor: 'phx_', form: /\bphx_[A-Za-z0-9]{40,60}\b/g, live: true },
  { kind: 'inngest', anchor: 'signkey-', form: /\bsignkey-(?:prod|branch)-[0-9a-f]{32,64}\b/g, live: true },
  { kind: 'cloudflare', anchor: 'cf', form: /(?<![\w-])cf(?:at|ut|k)_[A-Za-z0-9]{40}[0-9a-f]{8}(?![\w-])/g, live: true },
  { kind: 'cloudflare', anchor: 'v1.0-', form: /\bv1\.0-[0-9a-f]{24}-[0-9a-f]{146}\b/g, live: true },
  { kind: 'github', anchor: 'ghs_', form: /\bghs_\d{1,12}_eyJ[\w-]{10,400}\.eyJ[\w-]{10,600}\.[\w-]{20,700}/g, live: true },
  { kind: 'huggingface', anchor: 'api_org_', form: /\bapi_org_[A-Za-z]{34}\b/g, live: true },
  { kind: 'shippo', anchor: 'shippo_live_', form: /\bshippo_live_[0-9a-f]{40}\b/g, live: true },
  { kind: 'flutterwave', anchor: 'FLWSECK', form: /\bFLWSECK-[0-9a-f]{32}-X\b/g, live: true },
  { kind: 'easypost', anchor: 'EZAK', form: /(?<![\w-])EZAK[A-Za-z0-9]{54}(?![\w-])/g, live: true },
  { kind: 'prefect', anchor: 'pnu_', form: /\bpnu_[A-Za-z0-9]{36}\b/g, live: true },
  { kind: 'readme', anchor: 'rdme_', form: /\brdme_[a-z0-9]{70}\b/g, live: true },
  { kind: 'trigger', anchor: 'tr_', form: /(?<![\w-])tr_(?:prod|stg)_[A-Za-z0-9]{20,40}(?![\w-])/g, live: true },
];

/** How the formats begin, in one search: for the texts without any of it, which are nearly all, only those known by their middle are left. */
const anyBeginning =
  /[sr]k_(?:live|test|prod)_|whsec_|AIza[\w-]{8}|GOCSPX-|ya29\.|ABSK[A-Za-z0-9+/]{20}|gl(?:dt|rt|cbt|ptt|oas|soat|agent|ft|imt|ffct)-[\w.-]{20}|xoxe|slack\.com\/workflows|SK[0-9a-f]{16}|key-[0-9a-f]{16}|xkeysib-|re_[A-Za-z0-9]{8}_|PMAK-|pypi-AgE|rubygems_|oy2[a-z0-9]{30}|do[opr]_v1_|dp\.(?:pt|st|ct|sa|scim|audit)\.|pscale_|pul-[0-9a-f]{16}|\.atlasv1\.|fo1_|fm[12][ar]?_|HRKU-AA|sntry[us]_|sq0(?:atp|csp)-|EAA[A-Za-z0-9_-]{30}|A3-[A-Z0-9]{6}-|AGE-SECRET-KEY|(?:Account|ccess)Key=|sb_secret_|sbp_|sk-(?:proj|svcacct|admin|ant|or)-|pplx-|r8_[A-Za-z0-9]{20}|lsv2_|pcsk_|api\/webhooks\/|webhookb2\/|A{20}|pat-(?:na|eu)\d-|ATATT3|ATBB|NRAK-|CFPAT-|sk\.eyJ|sq[pau]_|tskey-|napi_|phx_|signkey-|tr_(?:prod|stg)_|cf(?:at|ut|k)_|v1\.0-[0-9a-f]{24}-|ghs_\d{1,12}_eyJ|api_org_|shippo_live_|FLWSECK-|EZAK[A-Za-z0-9]{20}|pnu_|rdme_|sgp_|sha256~/;

/** A key found by its form. */
export type ProviderKey = { start: number; end: number; kind: KindName; live: boolean };

/** Every key in these stretches whose form tells its issuer, dummies left out; `unmistakable` leaves the bland forms out as well. */
export function providerKeys(text: string, stretches: readonly Stretch[], unmistakable: boolean): ProviderKey[] {
  const found: ProviderKey[] = [];
  const usual = formats.filter(({ bland, broken }) => !broken && !(unmistakable && bland));
  for (const { from, to } of stretches) {
    const piece = text.slice(from, to);
    const mayBegin = anyBeginning.test(piece);
    for (const format of usual) if (mayBegin || format.midway) addKeys(found, format, text, piece, from);
  }
  if (!unmistakable) for (const format of formats) if (format.broken) addKeys(found, format, text, text, 0);
  return found;
}

/** Adds the keys of one format in a piece of the text that begins at `from`. */
function addKeys(found: ProviderKey[], { kind, anchor, form, live }: Format, text: string, piece: string, from: number): void {
  if (!piece.includes(anchor)) return;
  for (const match of piece.matchAll(form)) {
    const value = match.groups?.['secret'] ?? match[0];
    const start = match.index + match[0].length - value.length;
    const end = start + value.length;
    // Here: cut short for showing, or nothing but an example of the form.
    if (isDummyKey(value) || /^[*.…x#]{3}|^…/.test(piece.slice(end, end + 3))) continue;
    found.push({ start: from + start, end: from + end, kind: issuerOf(kind, text, from + start), live });
  }
}

/** Clerk and Paystack gave their keys the prefix that Stripe has; the line says whose key it is. */
function issuerOf(kind: KindName, text: string, start: number): KindName {
  if (kind !== 'stripe') return kind;
  const before = text.slice(text.lastIndexOf('\n', start) + 1, start).slice(-120);
  return /clerk/i.test(before) ? 'clerk' : /paystack/i.test(before) ? 'paystack' : 'stripe';
}

/** Whether something with a provider's form is only there to show the form: no real key has so little variety, or says "example". */
export function isDummyKey(value: string): boolean {
  if (/example|placeholder|dummy|your[-_]|redacted|change[-_]?me|x{5,}|\*{3,}|\.{3}|(.)\1{6,}|0123456789|123456789|abcdefgh|deadbeef|fake|devstoreaccount|Eby8vdM02xNOcq|not[-_]?a?[-_]?real|secret[-_]?key[-_]?here|TokenHere$/i.test(value.replace(/^A{20,}/, ''))) return true;
  const body = value.replace(/^(?:[A-Za-z0-9]{2,10}[-_.])+?(?=[\w+/=-]{12,}$)/, '');
  if (isSequence(body)) return true;
  return entropyOf(body) < (/^[0-9a-f-]+$/i.test(body) ? 2.4 : 3);
}
