/** What secretlint knows of providers' formats, asked about the few lines that may hold one. */
import type { KindName } from './kinds.ts';
import type { Stretch } from './long-tokens.ts';
import { isDummyKey, type ProviderKey } from './providers.ts';

/** Each of secretlint's formats begins like this. What does not match cannot be reported, so the rest of a file is spared its rules. */
const beginnings =
  /\b(?:AKIA|ASIA|A3T[A-Z0-9])[A-Z0-9]{8}|(?:SECRET|[Ss]ecret)_?(?:ACCESS|[Aa]ccess)_?(?:KEY|[Kk]ey)|npm_[A-Za-z0-9_]{30}|_authToken=|x-oauth-basic@|xox[bpaor]-|xapp-|hooks\.slack\.com\/|sk-(?:proj|svcacct|admin|ant)-|T3BlbkFJ|gsk_[A-Za-z0-9]{20}|hf_[A-Za-z]{20}|lin_api_|ntn_[0-9]{6}|SG\.\w{8}|shp(?:pa|ca|at|ss)_|gh[pousr]_[A-Za-z0-9_]{20}|github_pat_|glpat-|glc_[A-Za-z0-9+/]{20}|glsa_|ops_ey|hv[sbr]\.[\w-]{20}|vc[piark]_[A-Za-z0-9]{16}|dapi[A-Fa-f0-9]{16}|dckr_pat_|figd_/;

/** What secretlint's rules are about, by the end of their names. Connection strings, basic authentication and private keys are read by our own words. */
const kindOfRule: Readonly<Record<string, KindName>> = {
  aws: 'aws', npm: 'npm', slack: 'slack', sendgrid: 'sendgrid', shopify: 'shopify', github: 'github', gitlab: 'gitlab', grafana: 'grafana', openai: 'openai', anthropic: 'anthropic',
  groq: 'groq', huggingface: 'huggingface', linear: 'linear', notion: 'notion', '1password': '1password', 'hashicorp-vault': 'vault', vercel: 'vercel', databricks: 'databricks', docker: 'docker', figma: 'figma',
};

/** Account numbers are no secrets, and of the identifiers of AWS only those of keys are worth a word. */
const uninteresting = new Set(['AWSAccountID', 'IGNORE_MESSAGE']);

type Lint = (fileName: string, text: string) => Promise<readonly { ruleId: string; messageId: string; range: readonly [number, number] }[]>;
let lint: Promise<Lint> | undefined;

/** Loads secretlint on the first file that needs it: most changes never do. */
function openSecretlint(): Promise<Lint> {
  lint ??= Promise.all([import('@secretlint/core'), import('@secretlint/secretlint-rule-preset-recommend')]).then(([{ lintSource }, { creator }]) => {
    // The preset hands no options on to its rules, so its rules are named one by one: the identifiers of AWS keys are off by default.
    // `secretlint-disable` is a rule, too; it is left out, for whoever sends the change would silence us without giving a reason.
    const rules = creator.rules
      .filter((rule) => !rule.meta.id.endsWith('filter-comments') && !/(?:basicauth|database-connection-string|privatekey|gcp)$/.test(rule.meta.id))
      .map((rule) => ({ id: rule.meta.id, rule, options: rule.meta.id.endsWith('-aws') ? { enableIDScanRule: true } : {} }));
    return async (fileName, content) => {
      const result = await lintSource({ source: { filePath: fileName, content, contentType: 'text' }, options: { maskSecrets: true, noPhysicFilePath: true, config: { rules } } });
      return result.messages;
    };
  });
  return lint;
}

/** Every key that secretlint's preset knows, dummies left out. Only the name of the file is told, for its rules must find no path to open. */
export async function secretlintKeys(path: string, text: string, stretches: readonly Stretch[]): Promise<ProviderKey[]> {
  const found: ProviderKey[] = [];
  const places = stretches.filter(({ from, to }) => beginnings.test(text.slice(from, to)));
  if (places.length === 0) return found;
  const lintText = await openSecretlint();
  const name = path.slice(path.lastIndexOf('/') + 1) || 'text';
  for (const place of places) {
    // Not from a byte order mark, which secretlint would take away and count wrongly from there.
    const from = text.charCodeAt(place.from) === 0xfeff ? place.from + 1 : place.from;
    const piece = text.slice(from, place.to);
    for (const { ruleId, messageId, range } of await lintText(name, piece)) {
      // npm's form of a token is also that of its environment variables, which have further underscores; `.npmrc` is read by our own words.
      const kind = kindOfRule[ruleId.replace(/^.*secretlint-rule-/, '')];
      if (!kind || uninteresting.has(messageId)) continue;
      const [start, end] = range;
      const value = piece.slice(start, end);
      if (messageId === 'AWSAccessKeyID' && !/^(?:AKIA|ASIA)[A-Z2-7]{16}$/.test(value)) continue;
      if (messageId === 'AWSSecretAccessKey') {
        // The range it gives is as long as the key but begins at the key's name.
        const key = /[A-Za-z0-9/+=]{40}(?![A-Za-z0-9/+=])/.exec(piece.slice(start, start + 200));
        if (!key || isDummyKey(key[0])) continue;
        found.push({ start: from + start + key.index, end: from + start + key.index + key[0].length, kind, live: true });
        continue;
      }
      if (kind === 'slack' && !/\d{8,}|[A-Za-z0-9]{20,}/.test(value)) continue;
      if (isDummyKey(value) || (kind === 'npm' && !/^npm_[A-Za-z0-9]{36}$/.test(value))) continue;
      found.push({ start: from + start, end: from + end, kind, live: true });
    }
  }
  return found;
}
