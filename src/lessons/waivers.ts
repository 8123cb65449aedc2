import { isDay } from './day.ts';
import { isLessonId, longestLessonId } from './lesson-id.ts';

/** A `lesson-ok` comment: somebody says why lessons do not hold at one place. */
export type Waiver = {
  /** The lessons it names. */
  lessons: string[];
  reason: string;
  path: string;
  /** Where the comment stands. From 1. */
  line: number;
  column: number;
  /** The line it is about: its own when code stands there, else the next line of code. Absent when none follows. */
  target?: number;
  /** The last day on which it holds, as YYYY-MM-DD. */
  until?: string;
};

/** A comment that wants to be a waiver and cannot be understood. It waives nothing. */
export type MalformedWaiver = { line: number; column: number; message: string; hint: string };

export type FoundWaivers = { waivers: Waiver[]; malformed: MalformedWaiver[] };

const marker = 'lesson-ok';
/** Markers looked at on one line. */
const mostMarkers = 4;
const mostLessons = 10;
const longestReason = 500;
/** Comments are short; what a line holds further behind the marker is not read. In UTF-16 units. */
const longestComment = 2_000;

/** Which comments a language has. A file of an unknown kind may have any of them. */
type CommentStyle = { line: readonly string[]; block: readonly (readonly [open: string, close: string])[] };

const slashes: CommentStyle = { line: ['//'], block: [['/*', '*/']] };
const hash: CommentStyle = { line: ['#'], block: [] };
const dashes: CommentStyle = { line: ['--'], block: [['/*', '*/']] };
const markup: CommentStyle = { line: ['//'], block: [['<!--', '-->'], ['/*', '*/']] };
const any: CommentStyle = { line: ['//', '#', '--'], block: [['<!--', '-->'], ['/*', '*/']] };

const styles: Readonly<Record<string, CommentStyle>> = {
  ...byExtension(slashes, 'js mjs cjs jsx ts mts cts tsx java kt kts go rs c h cc cpp cs swift scala dart groovy json5 jsonc css scss less proto'),
  ...byExtension(hash, 'py rb sh bash zsh yml yaml toml tf env ini cfg conf properties pl r dockerfile makefile gitignore editorconfig'),
  ...byExtension(dashes, 'sql lua hs elm'),
  ...byExtension(markup, 'html htm vue svelte astro xml svg md mdx'),
  ...byExtension({ line: ['//', '#'], block: [['/*', '*/']] }, 'prisma graphql gql php'),
};

function byExtension(style: CommentStyle, extensions: string): Record<string, CommentStyle> {
  return Object.fromEntries(extensions.split(' ').map((extension) => [extension, style]));
}

/**
 * The waivers of a file: `// lesson-ok <id>[, <id>]: <reason> [until=YYYY-MM-DD]`, in any comment that the kind of file has.
 * The marker must be the first thing in its comment. A waiver without a reason, with a name that is no id or with a day that
 * is none is malformed, and a malformed one waives nothing. Looks at every line once, whatever it holds.
 */
export function findWaivers(text: string, path: string): FoundWaivers {
  const found: FoundWaivers = { waivers: [], malformed: [] };
  if (!text.includes(marker)) return found;
  const style = styleOf(path);
  /** Waivers on lines of their own that still look for their line of code. */
  let waiting: Waiver[] = [];
  /** What ends the comment that goes on over several lines, while waiters pass over it. */
  let openUntil: string | undefined;
  let number = 0;
  for (const line of linesOf(text)) {
    number++;
    for (const comment of line.includes(marker) ? commentsWithMarker(line, style) : []) {
      const waiver = readWaiver(line, comment, path, number, found.malformed);
      if (waiver && standsBesideCode(line, comment, style)) waiver.target = number;
      else if (waiver) waiting.push(waiver);
      if (waiver) found.waivers.push(waiver);
    }
    if (waiting.length === 0) continue;
    const rest = skipComments(line, style, openUntil);
    openUntil = rest.openUntil;
    if (!rest.hasCode) continue;
    for (const waiver of waiting) waiver.target = number;
    waiting = [];
    openUntil = undefined;
  }
  return found;
}

/** What a waiver says about a finding. Days are compared as texts; `today` is YYYY-MM-DD. */
export type WaiverEffect = 'holds' | 'expired' | 'elsewhere';

/** Whether a waiver speaks of a finding: of its lesson, in its file, on its line. An expired one does not hold. */
export function appliesTo(waiver: Waiver, finding: { lesson: string; path: string; line: number; endLine: number }, today: string): WaiverEffect {
  if (waiver.path !== finding.path || !waiver.lessons.includes(finding.lesson) || waiver.target === undefined) return 'elsewhere';
  // A comment behind the last line of a long call is about that call; one above or beside must meet the finding's own line.
  const isBehind = waiver.target === waiver.line && waiver.target === finding.endLine;
  if (waiver.target !== finding.line && !isBehind) return 'elsewhere';
  return waiver.until !== undefined && waiver.until < today ? 'expired' : 'holds';
}

/** A comment whose first word is the marker. Offsets count within its line. */
type Comment = { start: number; marker: number; opener: string; close?: string; isInString: boolean; comesFirst: boolean };

/** The comments on a line that hold the marker. A line with more of them than anybody writes is not searched to its end. */
function commentsWithMarker(line: string, style: CommentStyle): Comment[] {
  const comments: Comment[] = [];
  let from = 0;
  for (let tries = 0; tries < mostMarkers; tries++) {
    const at = line.indexOf(marker, from);
    if (at < 0) break;
    from = at + marker.length;
    // Here: a longer word, such as `lesson-okay`, is another word.
    const comment = /[\w-]/.test(line[from] ?? '') ? undefined : commentAt(line, at, style);
    if (!comment) continue;
    comments.push(comment);
    if (!comment.close) break;
  }
  return comments;
}

/** The comment that holds the marker at an offset, if it is a comment. */
function commentAt(line: string, at: number, style: CommentStyle): Comment | undefined {
  const opening = openerBefore(line, at, style);
  if (opening) return { ...opening, marker: at, isInString: opening.opener !== '<!--' && isInString(line, opening.start), comesFirst: true };
  // Here: the marker is not at the head of a comment. Prose may say so much; a whole waiver may not go unheard.
  if (!/^lesson-ok\s{1,20}[a-z0-9-]{1,60}\s?[:,]/.test(line.slice(at, at + 120))) return undefined;
  const start = commentStart(line, at, style);
  return start === undefined ? undefined : { start, marker: at, opener: '', isInString: isInString(line, start), comesFirst: false };
}

/** The comment that opens directly before an offset: only blanks and the ornament of the opener may stand between. */
function openerBefore(line: string, at: number, style: CommentStyle): { start: number; opener: string; close?: string } | undefined {
  let end = at;
  while (end > 0 && isBlank(line[end - 1])) end--;
  while (end > 0 && (line[end - 1] === '*' || line[end - 1] === '!') && line[end - 2] !== '/') end--;
  for (const [open, close] of style.block) if (line.endsWith(open, end)) return { start: end - open.length, opener: open, close };
  for (const opener of style.line) {
    if (!line.endsWith(opener, end)) continue;
    let start = end - opener.length;
    while (start > 0 && line[start - 1] === opener[0]) start--;
    return { start, opener };
  }
  return undefined;
}

/** Where a comment begins that an offset may lie in. */
function commentStart(line: string, at: number, style: CommentStyle): number | undefined {
  const lead = line.slice(0, at);
  if (/^\s*\*/.test(lead)) return lead.indexOf('*');
  const starts = [...style.line, ...style.block.map(([open]) => open)].map((opener) => lead.indexOf(opener)).filter((start) => start >= 0);
  return starts.length === 0 ? undefined : Math.min(...starts);
}

/** Whether a quote is open where the comment begins. Looks at the line alone, so strings over several lines are not seen. */
function isInString(line: string, offset: number): boolean {
  let quote = '';
  for (let index = 0; index < offset; index++) {
    const character = line[index]!;
    if (quote !== '' && character === '\\') index++;
    else if (character === quote) quote = '';
    else if (quote === '' && (character === '"' || character === "'" || character === '`')) quote = character;
  }
  return quote !== '';
}

function readWaiver(line: string, comment: Comment, path: string, number: number, malformed: MalformedWaiver[]): Waiver | undefined {
  const refuse = (message: string, hint: string): undefined => {
    malformed.push({ line: number, column: comment.marker + 1, message, hint });
    return undefined;
  };
  const form = (ids: string, end = ''): string => `write \`${comment.opener || '//'} ${marker} ${ids}: <reason>${end}${comment.close ? ` ${comment.close}` : ''}\``;
  if (comment.isInString) return refuse('this lesson-ok stands inside a text, not in a comment', form('<id>'));
  if (!comment.comesFirst) return refuse('lesson-ok must be the first word of its comment', form('<id>'));
  const content = contentOf(line, comment);
  const colon = content.indexOf(':');
  if (colon < 0) {
    const [id = ''] = content.trim().split(/\s/, 1);
    return refuse(id === '' ? 'this lesson-ok names no lesson' : 'this lesson-ok gives no reason', form(isLessonId(id) ? id : '<id>'));
  }
  const lessons = content.slice(0, colon).split(',').map((id) => id.trim());
  const wrong = lessons.find((id) => !isLessonId(id));
  if (wrong !== undefined) {
    if (wrong === '') return refuse('this lesson-ok names no lesson', form('<id>'));
    if (/\buntil\b/.test(wrong)) return refuse('until= stands at the end, behind the reason', form('<id>', ' until=2027-06-01'));
    const named = wrong.length > longestLessonId ? `${wrong.slice(0, longestLessonId - 1)}…` : wrong;
    return refuse(`"${named}" is not the id of a lesson`, isLessonId(wrong.toLowerCase()) ? `did you mean "${wrong.toLowerCase()}"?` : 'ids are lower-case words with hyphens, with commas between them; every lesson is named');
  }
  if (lessons.length > mostLessons) return refuse(`this lesson-ok names more than ${mostLessons} lessons`, 'one comment is about one place');
  return withReason(content.slice(colon + 1).trim(), { lessons: [...new Set(lessons)], path, line: number, column: comment.marker + 1 }, refuse, form(lessons.join(', ')));
}

function withReason(
  said: string, waiver: Omit<Waiver, 'reason'>, refuse: (message: string, hint: string) => undefined, form: string,
): Waiver | undefined {
  const lastWord = said.slice(said.search(/\S+$/));
  const hasEnd = lastWord.startsWith('until=');
  const reason = (hasEnd ? said.slice(0, said.length - lastWord.length) : said).trim();
  if (hasEnd) {
    const until = lastWord.slice('until='.length);
    if (!isDay(until)) return refuse('until= is not followed by a day', 'write until=2027-06-01');
    waiver.until = until;
  }
  // A day in other words would be taken for a part of the reason, and the waiver would hold for ever.
  if (/\buntil\s?[:=]?\s?["'(]?\d/i.test(reason) || /\buntil\s?=/i.test(reason)) return refuse('the day until which this holds cannot be read', 'write until=2027-06-01 as the last word');
  if (!/\p{L}.*[\p{L}\p{N}]/u.test(reason) || /^<.*>$/.test(reason)) return refuse('this lesson-ok gives no reason', form);
  return { ...waiver, reason: reason.slice(0, longestReason) };
}

/** What the comment says behind the marker. */
function contentOf(line: string, comment: Comment): string {
  const start = comment.marker + marker.length;
  const content = line.slice(start, start + longestComment);
  const end = comment.close ? content.indexOf(comment.close) : -1;
  return end < 0 ? content.trimEnd() : content.slice(0, end).trimEnd();
}

/** Code on the waiver's own line, before the comment or behind it. The braces around a comment in JSX are not code. */
function standsBesideCode(line: string, comment: Comment, style: CommentStyle): boolean {
  const before = line.slice(0, comment.start).trim();
  const closed = comment.close ? line.indexOf(comment.close, comment.marker) : -1;
  const behind = closed < 0 ? '' : line.slice(closed + comment.close!.length).trim();
  if (before === '{' && (behind === '}' || closed < 0)) return false;
  return hasCode(before, style) || hasCode(behind, style);
}

function hasCode(text: string, style: CommentStyle): boolean {
  return text !== '' && skipComments(text, style, undefined).hasCode;
}

/** Whether a line holds more than blanks and comments, and which comment is still open at its end. */
function skipComments(line: string, style: CommentStyle, openUntil: string | undefined): { hasCode: boolean; openUntil: string | undefined } {
  let offset = 0;
  let open = openUntil;
  for (;;) {
    if (open !== undefined) {
      const end = line.indexOf(open, offset);
      if (end < 0) return { hasCode: false, openUntil: open };
      offset = end + open.length;
      open = undefined;
      if (line[offset] === '}') offset++;
    }
    while (offset < line.length && isBlank(line[offset])) offset++;
    // The braces around a comment in JSX.
    const isBraced = line[offset] === '{';
    const block = style.block.find(([opener]) => line.startsWith(opener, isBraced ? offset + 1 : offset));
    if (block) {
      const end = line.indexOf(block[1], offset + (isBraced ? 1 : 0) + block[0].length);
      if (end < 0) return { hasCode: false, openUntil: block[1] };
      offset = end + block[1].length;
      if (isBraced && line[offset] === '}') offset++;
      continue;
    }
    if (offset >= line.length || style.line.some((opener) => line.startsWith(opener, offset))) return { hasCode: false, openUntil: undefined };
    return { hasCode: true, openUntil: undefined };
  }
}

function styleOf(path: string): CommentStyle {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  if (name.startsWith('.env')) return hash;
  const extension = name.slice(name.lastIndexOf('.') + 1);
  return Object.hasOwn(styles, extension) ? styles[extension]! : any;
}

function* linesOf(text: string): Generator<string> {
  let start = 0;
  while (start <= text.length) {
    const end = text.indexOf('\n', start);
    if (end < 0) {
      yield text.slice(start);
      return;
    }
    yield text.slice(start, text[end - 1] === '\r' ? end - 1 : end);
    start = end + 1;
  }
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t';
}
