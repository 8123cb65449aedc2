import type { Side } from '../model.ts';

/** One line of a hunk as the diff shows it, without its line feed; a carriage return belongs to the text. */
export type HunkLine = {
  kind: 'context' | 'added' | 'removed';
  text: string;
  /** The last line of its file, where that file does not end in a line feed. */
  unterminated?: true;
};

/** A run of changed lines with three lines of context, as GitHub shows it. Lines count from 1. */
export type Hunk = { baseStart: number; baseLines: number; headStart: number; headLines: number; lines: HunkLine[] };

/** A file that the change touches. */
export type ChangedFile = {
  /** The path at the head; for a deleted file the path at the base. */
  path: string;
  /** The path at the base; absent for an added file. */
  basePath?: string;
  status: 'added' | 'modified' | 'deleted' | 'renamed';
  /** Its content at the head (at the base, for a deleted file) is no text. */
  binary: boolean;
  /**
   * Set when what stands at the head (at the base, for a deleted file) is a symbolic link or a submodule: no code of this
   * repository. A link that turned into a file is an added file: all of its code is new. A link that was only renamed is not
   * told apart by a diff; its source will say so.
   */
  special?: 'symlink' | 'submodule';
  hunks: Hunk[];
  /** False when the diff's text was not given (too large for the API): unknown, never "unchanged". */
  hunksKnown: boolean;
};

/** What happens between two revisions. */
export type Change = { base: string; head: string; files: ChangedFile[] };

/**
 * The commits of a pull request on its way to the head, oldest first, each as the change it makes to its first parent. Merges are left
 * out, for they bring nothing of their own, and the head itself, which the change as a whole shows.
 */
export type Steps = {
  changes: readonly Change[];
  /** Commits that are too many to be looked at. */
  tooMany: number;
  /** Commits that could not be had. */
  missing: number;
  /** Commits of which not all files were told, because there are too many of them. */
  partial?: number;
};

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
  /** Looks through all files of the head for words. Absent, or answering undefined, where that cannot be done. */
  search?(search: Search): Promise<Mentions | undefined>;
};

/** What to look for: whole words of code (letters, digits, `_`, `$`, `-` and `.`), in files with one of these endings, written without their dot. */
export type Search = { words: readonly string[]; endings: readonly string[] };

/** Which of the words each file mentions, by path. */
export type Mentions = {
  files: ReadonlyMap<string, ReadonlySet<string>>;
  /** False where some file could not be looked through, or a bound was met. */
  isWhole: boolean;
};

/** So many commits of one pull request are looked at, the newest. */
export const mostSteps = 50;

/** Files above this size are skipped and named. In bytes of UTF-8. */
export const largestFile = 1_048_576;
