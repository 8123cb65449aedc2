import { createHash } from 'node:crypto';
import { largestFile, type Source } from '../change/change.ts';

/** A file as GraphQL tells it: what kind of entry it is, and its text where GitHub takes it for text. */
export type Entry = {
  mode: number;
  oid: string;
  object: { byteSize?: number; isTruncated?: boolean; isBinary?: boolean | null; text?: string | null; entries?: { name: string; type: string }[] | null } | null;
};

/** The fields of an `Entry` without its text's neighbours: for files. */
export const entryFields = 'mode oid object { ... on Blob { byteSize isTruncated isBinary text } }';

/** The mode of a symbolic link. */
export const symlink = 0o120000;
const submodule = 0o160000;
const folder = 0o040000;

/** Git looks for a NUL in so many bytes, and takes a file that has one for binary. */
const bytesLookedAt = 8000;

/**
 * What an entry tells without another request. `ask` where the bytes themselves are needed: GraphQL cuts long texts, and may
 * alter ones that are not UTF-8, so a text counts only when it is the very blob, by its hash. Undefined for a folder.
 */
export function sourceOfEntry({ mode, oid, object }: Entry): Source | 'ask' | undefined {
  if (mode === folder) return undefined;
  if (mode === symlink) return { unread: 'symlink' };
  if (mode === submodule) return { unread: 'submodule' };
  if (!object || object.byteSize === undefined) return 'ask';
  if (object.byteSize > largestFile) return { unread: 'too-large' };
  if (typeof object.text !== 'string' || object.isTruncated === true) return 'ask';
  const bytes = Buffer.from(object.text, 'utf8');
  return isBlob(bytes, oid) ? sourceOfBytes(bytes) : 'ask';
}

/** True when these bytes are the blob of this name: what git would call them is what they are called. */
export function isBlob(bytes: Buffer, oid: string): boolean {
  const algorithm = oid.length === 64 ? 'sha256' : 'sha1';
  return createHash(algorithm).update(`blob ${bytes.length}\0`).update(bytes).digest('hex') === oid;
}

/** The source that these bytes are, judged as git judges them: text as it stands, or binary. */
export function sourceOfBytes(bytes: Buffer): Source {
  if (bytes.length > largestFile) return { unread: 'too-large' };
  if (bytes.subarray(0, bytesLookedAt).includes(0)) return { unread: 'binary' };
  return { text: bytes.toString('utf8') };
}
