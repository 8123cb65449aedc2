/** Files of components, whose code stands between the tags of a page. */
const holders = /\.(?:vue|svelte)$/i;

/** True for files that hold their code between `<script>` and `</script>`. */
export function embedsScript(path: string): boolean {
  return holders.test(path);
}

/** The code of such a file at its own lines and columns: everything else becomes blank. */
export function scriptsOf(text: string): string {
  const kept: string[] = [];
  let at = 0;
  for (const { from, to } of blocksIn(text)) {
    kept.push(blank(text.slice(at, from)), text.slice(from, to));
    at = to;
  }
  return kept.join('') + blank(text.slice(at));
}

/** A block of another type holds data. */
const isCodeType = /^(?:module|(?:text|application)\/(?:java|type|ecma)script)$/i;
const opening = /<script(?:\s[^>]{0,500})?>/gi;

/** What stands between the tags. One that is never closed goes to the end, as browsers read it. */
function* blocksIn(text: string): Generator<{ from: number; to: number }> {
  opening.lastIndex = 0;
  for (let tag = opening.exec(text); tag; tag = opening.exec(text)) {
    const from = tag.index + tag[0].length;
    const closing = text.slice(from).search(/<\/script\s{0,20}>/i);
    const to = closing < 0 ? text.length : from + closing;
    const type = /\stype\s*=\s*["']?([^"'\s>]+)/i.exec(tag[0])?.[1];
    if (type === undefined || isCodeType.test(type)) yield { from, to };
    opening.lastIndex = to;
  }
}

function blank(text: string): string {
  return text.replaceAll(/[^\r\n]/g, ' ');
}
