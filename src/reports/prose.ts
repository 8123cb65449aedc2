import { columnsOf } from './columns.ts';
import { spansOf } from './message-spans.ts';

/** Where code begins and ends while lines are wrapped, a column each as the backticks they may become; no visible text holds these. */
const codeStart = '\u0001';
const codeEnd = '\u0002';

/**
 * A message, whose code stands in backticks, as lines of at most `width` columns; a longer word has a line of its own.
 * With `paintCode` the code is painted, also where it runs over several lines; without, it stays in backticks.
 */
export function proseLines(message: string, width: number, paintCode?: (code: string) => string): string[] {
  const marked = spansOf(message).map((span) => (span.code ? codeStart + span.text + codeEnd : span.text)).join('');
  const lines = wrap(marked, width);
  return paintCode === undefined ? lines.map((line) => line.replace(/[\u0001\u0002]/g, '`')) : painted(lines, paintCode);
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && columnsOf(longer) > width) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}

function painted(lines: readonly string[], paintCode: (code: string) => string): string[] {
  let inCode = false;
  return lines.map((line) => {
    let shown = '';
    for (const part of line.split(/([\u0001\u0002])/)) {
      if (part === codeStart || part === codeEnd) inCode = part === codeStart;
      else if (part !== '') shown += inCode ? paintCode(part) : part;
    }
    return shown;
  });
}
