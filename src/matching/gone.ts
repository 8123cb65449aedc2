/** What a change took away, shown where it was. */
import type { Change, ChangedFile, Hunk } from '../change/change.ts';
import { headLineOf, isAdded } from '../change/lines.ts';
import { compare, type Introduced } from './compare.ts';
import type { Sighting } from './examine.ts';

/** Lines around a removed one among which one that is still there is looked for. */
const farthest = 2_000;

/**
 * The sightings of the base that have no counterpart at the head, as findings at the head: on the line nearest to where they
 * were, or on the first line of a file that is gone.
 * @param isSeen whether this file of the head was looked at to its end; what may still be in one that was not is unknown.
 */
export function goneFrom(head: readonly Sighting[], base: readonly Sighting[], change: Change, isSeen: (path: string) => boolean): Introduced[] {
  const byBasePath = new Map(change.files.flatMap((file) => (file.basePath === undefined ? [] : [[file.basePath, file] as const])));
  return compare(base, head, reversed(change)).introduced.flatMap(({ sighting, fingerprint }) => {
    const file = byBasePath.get(sighting.span.path);
    if (!file || (file.status !== 'deleted' && !isSeen(file.path))) return [];
    return [{ sighting: { ...sighting, ...placeAtHead(sighting, file) }, fingerprint }];
  });
}

/** The change that would undo this one. */
function reversed({ base, head, files }: Change): Change {
  return {
    base: head,
    head: base,
    files: files.map(({ path, basePath, status, hunks, ...rest }): ChangedFile => ({
      ...rest,
      path: basePath ?? path,
      ...(status !== 'deleted' && { basePath: path }),
      status: status === 'deleted' ? 'added' : status === 'added' ? 'deleted' : status,
      hunks: hunks.map(reversedHunk),
    })),
  };
}

function reversedHunk({ baseStart, baseLines, headStart, headLines, lines }: Hunk): Hunk {
  const turned = { context: 'context', added: 'removed', removed: 'added' } as const;
  return { baseStart: headStart, baseLines: headLines, headStart: baseStart, headLines: baseLines, lines: lines.map((line) => ({ ...line, kind: turned[line.kind] })) };
}

function placeAtHead({ span }: Sighting, file: ChangedFile): Pick<Sighting, 'span' | 'statement'> {
  const line = file.status === 'deleted' ? 1 : nearestHeadLine(file, span.line);
  return { span: { path: file.path, line, column: 1, endLine: line, endColumn: 1 }, statement: { line, endLine: line } };
}

/** The line itself where it is still there; what was written in its place; else the next line that was there before, or the one above. */
function nearestHeadLine(file: ChangedFile, baseLine: number): number {
  for (let line = baseLine; line <= baseLine + farthest; line += 1) {
    const next = headLineOf(file, line);
    if (next === undefined) continue;
    let first = next;
    while (line > baseLine && first > 1 && isAdded(file, first - 1)) first -= 1;
    // A remark in its place (why it may go, say) is no code: the next line that is some stands for it.
    while (first < next && isRemark(file, first)) first += 1;
    return first;
  }
  for (let line = baseLine - 1; line >= Math.max(1, baseLine - farthest); line -= 1) {
    const above = headLineOf(file, line);
    if (above !== undefined) return above;
  }
  return 1;
}

function isRemark({ hunks }: ChangedFile, headLine: number): boolean {
  for (const { headStart, lines } of hunks) {
    let line = headStart;
    for (const { kind, text } of lines) {
      if (kind === 'removed') continue;
      if (line === headLine) return /^\s*(?:\/\/|\/\*|\*|#|--|<!--|$)/.test(text);
      line += 1;
    }
  }
  return false;
}
