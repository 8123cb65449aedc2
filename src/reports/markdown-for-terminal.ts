import { columnsOf } from './columns.ts';

/** Beyond this, lines of prose are hard to follow. In columns. */
const longestLine = 110;

type Style = 'bold' | 'dim' | 'red' | 'green' | 'cyan';
const codes: Record<Style, readonly [number, number]> = { bold: [1, 22], dim: [2, 22], red: [31, 39], green: [32, 39], cyan: [36, 39] };

function on(style: Style): string {
  return `\u001b[${codes[style][0]}m`;
}
function off(style: Style): string {
  return `\u001b[${codes[style][1]}m`;
}
function painted(style: Style, text: string): string {
  return on(style) + text + off(style);
}

/**
 * Our own Markdown (comments, pages of lessons) as it reads on a terminal with colours: headings, lists, code, quotes and folds,
 * wrapped to the width. What GitHub would not show, such as hidden markers, is left out.
 */
export function markdownForTerminal(markdown: string, width: number): string {
  const room = Math.max(40, Math.min(width, longestLine));
  const lines: string[] = [];
  let fence: { mark: string; language: string } | undefined;
  for (const line of withoutMarkers(markdown).split('\n')) {
    const mark = /^(`{3,})(.*)$/.exec(line);
    if (fence && line === fence.mark) fence = undefined;
    else if (fence) lines.push(`    ${codeLine(line, fence.language)}`);
    else if (mark) fence = { mark: mark[1]!, language: mark[2]! };
    else lines.push(...proseLine(line, room));
  }
  // Where something was left out, two blank lines may meet.
  return lines.filter((line, at) => line !== '' || lines[at - 1] !== '').join('\n');
}

function withoutMarkers(markdown: string): string {
  return markdown.replace(/^<!--[^\n]*-->\n?/gm, '').replace(/^<\/details>\n?/gm, '');
}

function codeLine(line: string, language: string): string {
  if (language !== 'diff') return painted('cyan', line);
  if (line.startsWith('+')) return painted('green', line);
  return line.startsWith('-') ? painted('red', line) : painted('dim', line);
}

function proseLine(line: string, room: number): string[] {
  if (line.trim() === '') return [''];
  if (/^-{3,}$/.test(line)) return [painted('dim', '─'.repeat(room))];
  const heading = /^#{1,6} (.*)$/.exec(line);
  if (heading) return [painted('bold', inline(heading[1]!))];
  const fold = /^<details[^>]*><summary>(.*)<\/summary>$/.exec(line);
  if (fold) return wrapped(`▾ ${inline(fold[1]!)}`, '', '  ', room);
  const quote = /^> ?(.*)$/.exec(line);
  if (quote) return wrapped(inline(quote[1]!.replace(/^\[!(\w+)\]$/, '**$1**')), painted('dim', '│ '), painted('dim', '│ '), room);
  const item = /^(- |\d{1,9}\. )(.*)$/.exec(line);
  if (item) return item[2]!.split('<br>').flatMap((part, at) => wrapped(inline(part), at === 0 ? item[1]! : ' '.repeat(item[1]!.length), ' '.repeat(item[1]!.length), room));
  return line.split('<br>').flatMap((part) => wrapped(inline(part), '', '', room));
}

const entities: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&#91;': '[', '&#8203;': '', '<span>$</span>': '$' };

/** One piece of inline Markdown at a time: an escape, an entity, code, a tag, a mark of emphasis, a link. Each alternative is bounded. */
const piece = /\\([!-/:-@[-`{-~])|(<span>\$<\/span>|&(?:amp|lt|gt|#91|#8203);)|(`{1,9})(?!`)|<(\/?)(sub|b|code)>|(\*\*)|\]\((https?:\/\/[^()\s]{1,2000})\)|(\[)(?=[^[\]\n]{1,400}\]\(https?:)/g;

/** A line's inline Markdown as text with styles. */
function inline(markdown: string): string {
  let shown = '';
  let isBold = false;
  let from = 0;
  piece.lastIndex = 0;
  for (let match = piece.exec(markdown); match; match = piece.exec(markdown)) {
    const [whole, escaped, entity, ticks, slash, tag, stars, address, bracket] = match;
    shown += markdown.slice(from, match.index);
    from = match.index + whole.length;
    if (escaped !== undefined) shown += escaped;
    else if (entity !== undefined) shown += entities[entity] ?? '';
    else if (tag !== undefined) shown += (slash === '' ? on : off)(({ sub: 'dim', b: 'bold', code: 'cyan' } as const)[tag as 'sub' | 'b' | 'code']);
    else if (stars !== undefined) {
      isBold = !isBold;
      shown += (isBold ? on : off)('bold');
    } else if (address !== undefined) shown += ` (${address.replaceAll('&amp;', '&')})`;
    else if (bracket === undefined && ticks !== undefined) {
      const end = closingTicks(markdown, ticks, from);
      if (end < 0) shown += ticks;
      else {
        shown += painted('cyan', unpadded(markdown.slice(from, end)));
        from = piece.lastIndex = end + ticks.length;
      }
    }
  }
  return shown + markdown.slice(from);
}

/** Where a run of exactly as many backticks closes the code. */
function closingTicks(markdown: string, ticks: string, from: number): number {
  for (let at = markdown.indexOf(ticks, from); at >= 0; ) {
    let end = at;
    while (markdown[end] === '`') end += 1;
    if (end - at === ticks.length) return at;
    at = markdown.indexOf(ticks, end);
  }
  return -1;
}

function unpadded(code: string): string {
  return code.startsWith(' ') && code.endsWith(' ') && code.includes('`') ? code.slice(1, -1) : code;
}

/** Wraps styled text; styles take no room, and go on over the end of a line. */
function wrapped(text: string, first: string, further: string, room: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && shownColumns(first) + shownColumns(longer) > room) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line].map((each, at) => (at === 0 ? first : further) + each);
}

function shownColumns(text: string): number {
  return columnsOf(text.replace(/\u001b\[\d+m/g, ''));
}
