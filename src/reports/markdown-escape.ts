import { spansOf } from './message-spans.ts';
import { brief } from './visible-text.ts';

/**
 * What keeps hostile text from becoming Markdown, HTML or one of GitHub's own references. GitHub looks for mentions, issue
 * numbers, commits, addresses and emoji in the *rendered* text, where a backslash no longer helps; there a zero-width space
 * parts what would be recognised. A dollar sign, which may open a formula, is wrapped as GitHub's own docs advise.
 */

const zeroWidthSpace = '&#8203;';

const htmlEntities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', $: '<span>$</span>' };

/** Text of at most `most` UTF-16 units as Markdown that shows exactly this text, on one line. */
export function markdownText(text: string, most = 600): string {
  return withSafeStart(escaped(brief(text, most)));
}

/** Text for the inside of an HTML element such as `<summary>`, where GitHub reads no Markdown. */
export function htmlText(text: string, most = 600): string {
  return withoutReferences(brief(text, most), (character) => htmlEntities[character] ?? (character === '[' ? '&#91;' : character));
}

/** Code of at most `most` UTF-16 units as a code span that shows exactly this code, on one line; '' for nothing but space. */
export function codeSpan(code: string, most = 160): string {
  return codeSpanOf(brief(code, most));
}

function codeSpanOf(shown: string): string {
  if (shown === '') return '';
  // A pipe would end a table's cell, and `##[` is a command wherever the runner's log shows it: neither can be escaped in a code span.
  if (shown.includes('|') || shown.includes('##[')) return `<code>${escaped(shown)}</code>`;
  const longest = (shown.match(/`+/g) ?? []).reduce((length, run) => Math.max(length, run.length), 0);
  const fence = '`'.repeat(longest + 1);
  const space = shown.startsWith('`') || shown.endsWith('`') ? ' ' : '';
  return fence + space + shown + space + fence;
}

/** A message, whose code stands in backticks, as Markdown of at most about `most` shown characters. */
export function markdownMessage(message: string, most = 600): string {
  const spans = spansOf(brief(message, most));
  return withSafeStart(spans.map((span) => (span.code ? codeOrSpace(span.text) : escaped(span.text))).join(''));
}

function codeOrSpace(code: string): string {
  return codeSpanOf(code.trim()) || ' ';
}

/** A link whose label is Markdown already; only the label where the address is not a plain web address. */
export function markdownLink(label: string, address: string | undefined): string {
  const href = address === undefined ? undefined : webAddress(address);
  if (href === undefined) return label;
  return `[${label}](${href.replaceAll('&', '&amp;')})`;
}

/**
 * The address in its normal form when it is one of the web (http or https), carries no password and has a bearable length.
 * Nothing is left in it that could end a Markdown link or a log's line.
 */
export function webAddress(address: string): string | undefined {
  if (address.length > 2000 || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined;
  if (url.username !== '' || url.password !== '') return undefined;
  // Browsers bear a second number sign, the standard for addresses (RFC 3986) does not.
  url.hash = url.hash.slice(1).replaceAll('#', '%23');
  return url.href.replace(/[\s"$'()<>[\\\]^`{|}]/g, percentEncoded);
}

/** A character of ASCII as an address holds it when it must not mean anything: `%2A`. */
export function percentEncoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

/** Everything but the start of a line, which `withSafeStart` looks after. */
function escaped(shown: string): string {
  return withoutReferences(shown, (character) => htmlEntities[character] ?? `\\${character}`);
}

/** What GitHub would recognise in rendered text, or Markdown would act upon: each alternative matches a bounded length. */
const special = new RegExp(
  [
    /(?<reference>@(?=\S)|#(?=\d)|GH-(?=\d)|:(?=\/\/|:|[\w+-]{1,50}:)|www(?=\.)|\b(?=[0-9a-f]{0,39}[a-f])(?=[0-9a-f]{0,39}\d)[0-9a-f]{4}(?=[0-9a-f]{3,36}\b))/,
    /(?<character>[&<>$\\`*_~[\]|#])/,
  ]
    .map((part) => part.source)
    .join('|'),
  'gi',
);

function withoutReferences(shown: string, escape: (character: string) => string): string {
  return shown.replace(special, (match, reference: string | undefined) => {
    if (reference === undefined) return escape(match);
    return (match === '#' ? escape(match) : match) + zeroWidthSpace;
  });
}

/** A list's mark, a rule, a heading's underline or a table's border at the start of a line becomes plain text. */
function withSafeStart(markdown: string): string {
  return markdown.replace(/^(?:\d{1,9}(?=[.)])|(?=[-+=:]))/, '$&\\');
}
