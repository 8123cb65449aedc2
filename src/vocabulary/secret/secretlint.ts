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

/** Account numbers are no secrets. */
const uninteresting = new Set(['AWSAccountID']);

type Report = { messageId: string; range: readonly [number, number] };
type Rule = { kind: KindName; find(text: string): Promise<Report[]> };
let rules: Promise<Rule[]> | undefined;

/** Loads secretlint's rules on the first file that needs them: most changes never do. */
function openRules(): Promise<Rule[]> {
  rules ??= import('@secretlint/secretlint-rule-preset-recommend').then(({ creator }) =>
    creator.rules.flatMap((rule) => {
      const kind = kindOfRule[rule.meta.id.replace(/^.*secretlint-rule-/, '')];
      return kind ? [{ kind, find: (text: string) => run(rule, kind, text) }] : [];
    }),
  );
  return rules;
}

type RuleCreator = typeof import('@secretlint/secretlint-rule-preset-recommend').creator.rules[number];

/**
 * Runs one rule over a text. The rules are run by ourselves, not by secretlint's core, which keeps a performance mark of every rule and text
 * for as long as the process lives. They get the text alone: neither a path that they could open, nor the comments by which whoever sends
 * the change could silence them without giving a reason.
 */
async function run(rule: RuleCreator, kind: KindName, text: string): Promise<Report[]> {
  const reports: Report[] = [];
  const context = {
    sharedOptions: {},
    createTranslator: () => (messageId: string) => ({ messageId, message: messageId }),
    report: ({ message, range }: { message: { messageId: string }; range: readonly [number, number] }) => void reports.push({ messageId: message.messageId, range }),
    ignore: () => undefined,
  } as unknown as Parameters<RuleCreator['create']>[0];
  // The identifiers of AWS keys are off by default; `.json` and `.p12` files, which other rules open, have no path here.
  const handler = rule.create(context, kind === 'aws' ? { enableIDScanRule: true } : {});
  await handler.file?.({ content: text, filePath: 'text', ext: '', contentType: 'text' } as Parameters<NonNullable<typeof handler.file>>[0]);
  return reports;
}

/** Every key in these stretches that secretlint's preset knows, dummies left out. */
export async function secretlintKeys(text: string, stretches: readonly Stretch[]): Promise<ProviderKey[]> {
  const found: ProviderKey[] = [];
  for (const { from, to } of stretches) {
    const piece = text.slice(from, to);
    if (!beginnings.test(piece)) continue;
    for (const { kind, find } of await openRules()) for (const report of await find(piece)) addKey(found, kind, piece, from, report);
  }
  return found;
}

function addKey(found: ProviderKey[], kind: KindName, piece: string, from: number, { messageId, range: [start, end] }: Report): void {
  if (uninteresting.has(messageId)) return;
  // Of AWS's secret keys the range is as long as the key but begins at its name.
  const key = messageId === 'AWSSecretAccessKey' ? /[A-Za-z0-9/+=]{40}(?![A-Za-z0-9/+=])/.exec(piece.slice(start, start + 200)) : undefined;
  if (key === null) return;
  const value = key?.[0] ?? piece.slice(start, end);
  if (isDummyKey(value) || (stricter[messageId] && !stricter[messageId].test(value))) return;
  const at = start + (key?.index ?? 0);
  found.push({ start: from + at, end: from + at + value.length, kind, live: true });
}

/** What the rules let pass but is none: other identifiers of AWS, npm's environment variables, words in the form of a Slack token. */
const stricter: Readonly<Record<string, RegExp>> = {
  AWSAccessKeyID: /^(?:AKIA|ASIA)[A-Z2-7]{16}$/,
  NPM_ACCESS_TOKEN: /^npm_[A-Za-z0-9]{36}$/,
  SLACK_TOKEN: /\d{8}|[A-Za-z0-9]{20}/,
  IncomingWebhook: /\/[A-Za-z0-9]{20,}$/,
};
