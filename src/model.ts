/** The plain nouns that every room shares. This file imports nothing and runs nothing. */

/** The two sides of a change: where it starts, and what it would leave behind. */
export type Side = 'base' | 'head';

/** How loudly a lesson speaks. `block` fails the required check; `note` is never shown inline. */
export type Severity = 'note' | 'warn' | 'block';

/** Where a lesson stands in its life: `trial` speaks in the summary only, `draft` and `retired` do not speak. */
export type Status = 'draft' | 'trial' | 'active' | 'retired';

/** A place in a file. Lines and columns count from 1; the end is the last character's line and the column after it. */
export type Span = { path: string; line: number; column: number; endLine: number; endColumn: number };

/** One step of the explanation: a line of code that the finding rests on. */
export type Step = { path: string; line: number; text: string };

/** Where a finding is shown: on its line, on its file, in the summary, or nowhere (a scan has no diff). */
export type Placement = 'inline' | 'file' | 'summary' | 'none';

/** A place where a change repeats a lesson. Plain data: it can be printed, compared and sent. */
export type Finding = {
  lesson: string;
  severity: Severity;
  status: Status;
  path: string;
  line: number;
  endLine: number;
  column: number;
  /** What this line does, with the code's own names. May hold `code` in backticks; everything else in it is text. */
  message: string;
  /** What to do instead, in the idiom of the library in use. Falls back to the card's own `lesson`. */
  advice: string;
  evidence: Step[];
  /** What the same is said of in the same loop (or handler): the lines that the message names, and what leads from them to their ends. For machines; a reader finds them in the code. */
  alike?: Step[];
  /** Survives moves, renames of files and reformatting; holds neither path nor line nor a secret's value. */
  fingerprint: string;
  /** True when the change brought it; null in a scan, which has no base to compare with. */
  introduced: true | null;
  placement: Placement;
  /** The commit of the pull request in which it stands, when it is no longer at the head. */
  commit?: string;
};

/** A finding that somebody settled, and the reason given. */
export type Waived = Finding & { waiver: { reason: string; path: string; line: number; until?: string } };

/** A finding of the base that the change repaired. */
export type Fixed = { lesson: string; path: string; line: number; message: string; fingerprint: string };

/** Something a reader should know about the review itself: a faulty card, an unused waiver, a limit that was met. */
export type Note = {
  /** Machine-readable, such as `waiver/unused` or `lesson/unknown-word`. */
  code: string;
  message: string;
  hint?: string;
  path?: string;
  line?: number;
  column?: number;
  /** True when the review did not see all it should have: the verdict is then `incomplete`. */
  incomplete: boolean;
};

/** A file that was not reviewed, and why. Policy (binary, too large, generated) passes; everything else is also an incomplete note. */
export type Skipped = { path: string; why: 'binary' | 'too-large' | 'generated' | 'symlink' | 'submodule' | 'unreadable' | 'ignored' | 'budget' };

export type Verdict = 'pass' | 'warn' | 'block' | 'incomplete';

/** What a report needs to know of a lesson that spoke. */
export type LessonCard = {
  id: string;
  title: string;
  severity: Severity;
  status: Status;
  story: { what: string; cost: Cost };
  lesson: string;
  links: Record<string, string>;
  ask: string[];
  /** What to do, step by step, when the card says it. */
  steps: string[];
  /** `built-in`, or the path of the team's card in the repository; of one in another repository `owner/repo/path@ref`. */
  origin: string;
  /** Where the card can be read in full. */
  link?: string;
  /** False when the card forbids `lesson-ok`. */
  waivable: boolean;
};

/** What a mistake cost, as far as anybody wrote it down. Money is free text ("about 18,000 EUR"). */
export type Cost = { minutes?: number; users?: number; money?: string | number; 'people-days'?: number };

export type Stats = {
  files: number;
  parsed: number;
  readOutsideChange: number;
  rounds: number;
  milliseconds: number;
};

/** The whole outcome of one review or scan: what every report prints. */
export type Review = {
  schema: 'once-bitten.review/1';
  /** Absent in a scan. */
  base?: string;
  head: string;
  verdict: Verdict;
  findings: Finding[];
  fixed: Fixed[];
  waived: Waived[];
  notes: Note[];
  skipped: Skipped[];
  /** The cards of all lessons that were looked for, by id. */
  lessons: Record<string, LessonCard>;
  stats: Stats;
};
