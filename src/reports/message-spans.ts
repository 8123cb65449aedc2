/** A piece of a message: code that stood in backticks, or words. */
export type MessageSpan = { code: boolean; text: string };

/** Whoever quotes code with more backticks in a row than this is not writing for readers; the run is then plain text. */
const longestFence = 100;

/**
 * The pieces of a message whose code stands in backticks. As in Markdown, a run of n backticks opens code that the next run
 * of exactly n closes, so code that itself holds backticks is quoted with a longer run. A run without a partner is plain text.
 */
export function spansOf(message: string): MessageSpan[] {
  const runs = [...message.matchAll(/`+/g)].map((run) => ({ start: run.index, length: run[0].length }));
  const spans: MessageSpan[] = [];
  let position = 0;
  for (let index = 0; index < runs.length; ) {
    const open = runs[index]!;
    const closing = open.length > longestFence ? -1 : partnerOf(runs, index);
    if (closing < 0) {
      index++;
      continue;
    }
    const close = runs[closing]!;
    add(spans, false, message.slice(position, open.start));
    add(spans, true, withoutPadding(message.slice(open.start + open.length, close.start)));
    position = close.start + close.length;
    index = closing + 1;
  }
  add(spans, false, message.slice(position));
  return spans;
}

/** The nearest later run of the same length, within a bounded look-ahead so that thousands of stray backticks stay cheap. */
function partnerOf(runs: { length: number }[], open: number): number {
  const end = Math.min(runs.length, open + 1 + 200);
  for (let index = open + 1; index < end; index++) if (runs[index]!.length === runs[open]!.length) return index;
  return -1;
}

/** The one space on each side that keeps a fence apart from code that begins or ends with a backtick. */
function withoutPadding(code: string): string {
  const padded = code.length > 2 && code.startsWith(' ') && code.endsWith(' ') && code.trim() !== '';
  return padded ? code.slice(1, -1) : code;
}

function add(spans: MessageSpan[], code: boolean, text: string): void {
  if (text !== '') spans.push({ code, text });
}
