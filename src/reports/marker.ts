/**
 * The hidden last line of everything we post, by which the next run knows its own: whose run it was (the `id` input, so that
 * several reviews live side by side), and which finding it speaks of, or `summary`.
 */
export type Marker = { run: string; lesson: string; fingerprint: string } | { run: string; summary: true };

/** The marker as an HTML comment, which GitHub does not show. Its parts cannot end the comment, whatever they hold. */
export function markerText(marker: Marker): string {
  const about = 'summary' in marker ? 'summary' : `${encoded(marker.lesson)} ${encoded(marker.fingerprint)}`;
  return `<!-- once-bitten:${encoded(marker.run)} ${about} -->`;
}

/**
 * The marker of a posted text. Only the very last line counts: code quoted further up may look like a marker, and means nothing.
 */
export function readMarker(body: string): Marker | undefined {
  const text = body.trimEnd();
  const last = text.slice(text.lastIndexOf('\n') + 1);
  const match = /^<!-- once-bitten:(\S+) (\S+)(?: (\S+))? -->$/.exec(last);
  const [, run, about, fingerprint] = match ?? [];
  if (run === undefined || about === undefined) return undefined;
  if (fingerprint === undefined) return about === 'summary' ? { run: decoded(run), summary: true } : undefined;
  return { run: decoded(run), lesson: decoded(about), fingerprint: decoded(fingerprint) };
}

/** Letters, digits, dots and single inner dashes stay; `~` stands for nothing, so that no part is ever empty. */
function encoded(part: string): string {
  if (part === '') return '~';
  return Array.from(new TextEncoder().encode(part), encodedByte).join('').replaceAll('--', '-%2D').replace(/-$/, '%2D');
}

function encodedByte(byte: number): string {
  const character = String.fromCharCode(byte);
  return /[A-Za-z0-9._:-]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}

function decoded(part: string): string {
  if (part === '~') return '';
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // Somebody else's edit of the comment: an odd name is as good as any, it will match nothing of ours.
  }
}
