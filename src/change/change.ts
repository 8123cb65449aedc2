import type { Side } from '../model.ts';

/** One line of a hunk as the diff shows it. */
export type HunkLine = { kind: 'context' | 'added' | 'removed'; text: string };

/** A run of changed lines with three lines of context, as GitHub shows it. Lines count from 1. */
export type Hunk = { baseStart: number; baseLines: number; headStart: number; headLines: number; lines: HunkLine[] };

/** A file that the change touches. */
export type ChangedFile = {
  /** The path at the head; for a deleted file the path at the base. */
  path: string;
  /** The path at the base; absent for an added file. */
  basePath?: string;
  status: 'added' | 'modified' | 'deleted' | 'renamed';
  binary: boolean;
  /** True for a symbolic link or a submodule on either side: its content is no code of this repository. */
  special?: 'symlink' | 'submodule';
  hunks: Hunk[];
  /** False when the diff's text was not given (too large for the API): unknown, never "unchanged". */
  hunksKnown: boolean;
};

/** What happens between two revisions. */
export type Change = { base: string; head: string; files: ChangedFile[] };

/** The text of a file, or why there is none. A path that does not exist is absent from the answer instead. */
export type Source = { text: string } | { unread: 'binary' | 'too-large' | 'symlink' | 'submodule' | 'unreadable' };

/**
 * Where text comes from: git objects, the disk, or GitHub. Every path is relative to the repository, with forward slashes.
 * Asked in batches; one call is one request where requests cost.
 */
export type Reader = {
  /** The sources at these paths. Paths that do not exist on that side are left out of the answer. */
  read(side: Side, paths: readonly string[]): Promise<Map<string, Source>>;
  /** The names directly inside these folders ('' is the root); a folder's own name ends with '/'. Missing folders are left out. */
  list(side: Side, folders: readonly string[]): Promise<Map<string, string[]>>;
};

/** Files above this size are skipped and named. In bytes of UTF-8. */
export const largestFile = 1_048_576;
