import type { ChangedFile } from '../../src/change/change.ts';
import { baseLineOf, headLineOf, isAdded, isInDiff } from '../../src/change/lines.ts';

/** The text that a file's hunks make of its base. Throws where a hunk does not find the lines it speaks of. */
export function applied(file: ChangedFile, base: string): string {
  const lines = linesOf(base);
  const made: string[] = [];
  let next = 0;
  for (const hunk of file.hunks) {
    const start = hunk.baseLines === 0 ? hunk.baseStart : hunk.baseStart - 1;
    made.push(...lines.slice(next, start));
    next = start;
    for (const { kind, text, unterminated } of hunk.lines) {
      const line = unterminated ? text : `${text}\n`;
      if (kind !== 'added') {
        if (lines[next] !== line) throw new Error(`${file.path}: line ${next + 1} of the base is ${JSON.stringify(lines[next])}, not ${JSON.stringify(line)}`);
        next += 1;
      }
      if (kind !== 'removed') made.push(line);
    }
  }
  return [...made, ...lines.slice(next)].join('');
}

/** What is wrong with the mapping of a file's lines, given both texts; nothing, when all is well. */
export function misplacedLines(file: ChangedFile, base: string, head: string): string[] {
  const [before, after] = [linesOf(base), linesOf(head)];
  const wrong: string[] = [];
  after.forEach((text, at) => {
    const line = at + 1;
    const old = baseLineOf(file, line);
    if ((old === undefined) !== isAdded(file, line)) wrong.push(`head ${line} is neither old nor added, or both`);
    if (old !== undefined && headLineOf(file, old) !== line) wrong.push(`head ${line} does not come back from base ${old}`);
    if (old !== undefined && before[old - 1] !== text) wrong.push(`head ${line} is another text than base ${old}`);
    if (isAdded(file, line) && !isInDiff(file, line)) wrong.push(`head ${line} was added outside the diff`);
  });
  return wrong;
}

function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
