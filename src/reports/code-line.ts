import { columnsOf, firstColumns, lastColumns } from './columns.ts';
import { visible } from './visible-text.ts';

/** A line of code cut to the room there is, with the column under which the caret belongs; counts both as shown. */
export function codeLine(source: string, column: number, room: number): { text: string; caret: number } {
  const indent = source.search(/\S/);
  const start = Math.max(0, indent);
  const at = Math.min(Math.max(column - 1, start), source.length);
  const before = asShown(source.slice(Math.max(start, at - 500), at).replace(/^[\udc00-\udfff]/, ''));
  const after = asShown(source.slice(at, at + 500).replace(/[\ud800-\udbff]$/, '').trimEnd());
  const most = Math.floor(room / 2);
  const left = columnsOf(before) <= most && at - start <= 500 ? before : `…${lastColumns(before, most - 1)}`;
  const caret = columnsOf(left);
  return { text: left + firstColumns(after, room - caret), caret };
}

function asShown(code: string): string {
  return visible(code.replaceAll('\t', '  ').replace(/[\r\n\u0085\u2028\u2029]/g, ' '));
}
