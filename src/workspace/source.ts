import type { Source } from '../change/change.ts';

/** Git looks for a NUL in so many bytes, and takes a file that has one for binary; UTF-16 is among them. */
const bytesLookedAt = 8000;

/** The source that these bytes are: UTF-8 as it stands (byte order mark and carriage returns kept, invalid bytes replaced), or binary. */
export function sourceOf(content: Buffer): Source {
  if (content.subarray(0, bytesLookedAt).includes(0)) return { unread: 'binary' };
  return { text: content.toString('utf8') };
}
