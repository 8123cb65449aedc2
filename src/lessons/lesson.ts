import type { LessonCard, Severity } from '../model.ts';

/** A place in a card's text, so that whatever is found wrong later can still be shown there. Counts from 1. */
export type CardPlace = { file: string; line: number; column: number };

/** `is: word`, with the attributes asked for and the variables bound to attributes or to the matched code (`as`). */
export type IsMatcher = {
  word: string;
  /** Attribute → what is asked: a value (a list means any of them), or `$X` which binds the attribute's text. */
  attributes: Record<string, AttributeTest>;
  /** The variable that takes the matched code. */
  as?: string;
  at: CardPlace;
};
export type AttributeTest = { equals: (string | number | boolean)[] } | { bind: string };

/** `code: "…"`, a pattern in TypeScript with `$X`, `$_` and `$$$`. */
export type CodeMatcher = { text: string; from?: string; at: CardPlace };

/** What a variable must be, besides being bound. */
export type WhereTest = {
  variable: string;
  text?: { source: string; at: CardPlace };
  /** Such as `> 5000`, `<= 10`, `= 0`. */
  number?: { operator: '>' | '>=' | '<' | '<=' | '='; value: number };
  literal?: boolean;
  /** Any of these values. */
  'one-of'?: (string | number | boolean)[];
  is?: IsMatcher;
  at: CardPlace;
};

/** A matcher for the other end of a flow of values, and the variable for the part that the value flows into. */
export type FlowMatcher = Matcher & { into?: string };

/** One matcher of the `detect` language. Everything that is present must hold for the same node. */
export type Matcher = {
  is?: IsMatcher;
  code?: CodeMatcher;
  any?: Matcher[];
  all?: Matcher[];
  not?: Matcher;
  /** Some surrounding code, up to the function's boundary, matches. */
  inside?: Matcher;
  /** Something inside the matched code matches. */
  contains?: Matcher;
  /** Something after which it runs matches: an earlier statement of the same function, or a part of one. */
  after?: Matcher;
  /** Something that runs after it matches. */
  before?: Matcher;
  /** A check on the way to it matches: the test of an `if` around it or of one that leaves before it, or a call such as `assertX(…)`. */
  'guarded-by'?: Matcher;
  /** Its value flows into something that matches, in the same function or one call further; `into` says into which part of that. */
  reaches?: FlowMatcher;
  /** The value of something that matches flows into it; `into` says into which part of it. */
  'reached-by'?: FlowMatcher;
  /** Nothing inside the matched call's arguments matches; silent where the arguments cannot be seen. */
  without?: Matcher;
  /** Code that matched at the base has no counterpart at the head: the change took it away. */
  removed?: Matcher;
  /** The change touches one of these files, and none of those. */
  together?: { changed: string[]; needs: string[]; at: CardPlace };
  /** A line of the file matches this regular expression; its named groups are variables. */
  text?: { source: string; at: CardPlace };
  /** The file's path matches one of these globs. */
  file?: { globs: string[]; at: CardPlace };
  where?: WhereTest[];
  at: CardPlace;
};

/** One example of a card: code as it stands after a change, and what else is known of that change. */
export type Example = {
  code: string;
  /** The path it is given when it needs one (a lesson about `.env` files, say). */
  file?: string;
  /** What stood there before; absent for a file that is new. */
  before?: string;
  /** Other files that the same change touches. */
  alsoChanged?: string[];
  at: CardPlace;
};

/** A card after reading: every key known, every value of its kind, patterns and words still to be proven. */
export type Lesson = LessonCard & {
  /** Globs of the files it applies to, and of those it leaves alone. */
  scope: { files: string[]; except: string[] };
  /** The sentence for the diff, with `$X` for what was found. */
  message: string;
  /** Absent in a card that only tells a story. */
  detect?: Matcher;
  /** The first that holds decides the severity. */
  grades: { when: Matcher; severity: Severity }[];
  fineWhen: { matcher: Matcher; because: string }[];
  examples: { bad: Example[]; good: Example[] };
  /** The code to write instead, with `$X` for what was found. Offered as a suggestion only when it is always right (`safe`). */
  replace?: { text: string; safe: boolean; at: CardPlace };
  /** In a card without `detect`: the files and names whose change recalls its story in the summary. */
  touches?: { files: string[]; symbols: string[] };
  /** The day after which the card should be looked at again, as YYYY-MM-DD. */
  review?: string;
  /** The card's own text and file, for faults found later. */
  source: { file: string; text: string };
};
