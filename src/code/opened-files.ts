import type { Source } from '../change/change.ts';
import { parse, ts, type SourceFile } from './compiler.ts';
import { embedsScript, scriptsOf } from './embedded-script.ts';

/** What the names of files end with that the compiler can parse, or that hold what it can parse. */
export const codeEndings = ['ts', 'tsx', 'js', 'jsx', 'mts', 'cts', 'mjs', 'cjs', 'vue', 'svelte'] as const;

const code = /\.[cm]?[jt]sx?$/i;
const declarations = /\.d\.[cm]?ts$/i;

/** True for files that the compiler can parse, or that hold what it can parse. Declaration files hold no code that runs. */
export function isCode(path: string): boolean {
  return (code.test(path) && !declarations.test(path)) || embedsScript(path);
}

/** What was opened at one revision. A path that nobody has fetched yet is wanted; one that does not exist is not. */
export class OpenedFiles {
  /** Paths and folders that were asked for and are not here yet. */
  readonly wanted = new Set<string>();
  readonly wantedFolders = new Set<string>();
  /** Words of which somebody asked where the repository mentions them. */
  readonly wantedWords = new Set<string>();
  /** How many files were parsed for this side. */
  parsed = 0;
  /** How often an answer had to do without a file that is not here yet. */
  misses = 0;
  /** Code that the compiler cannot parse, because it is nested deeper than any stack. */
  readonly tooDeep = new Set<string>();
  private readonly sources = new Map<string, Source | 'absent'>();
  private readonly folders = new Map<string, readonly string[]>();
  private readonly mentions = new Map<string, readonly string[]>();
  private readonly trees = new Map<string, SourceFile>();
  private readonly behind: { files: OpenedFiles; changed: ReadonlySet<string> } | undefined;

  /** @param behind the other side, which answers for every path that the change leaves as it is. */
  constructor(behind?: { files: OpenedFiles; changed: ReadonlySet<string> }) {
    this.behind = behind;
  }

  /** Takes in what a reader answered; what it did not answer does not exist. */
  add(asked: Iterable<string>, answers: ReadonlyMap<string, Source>): void {
    for (const path of asked) {
      this.wanted.delete(path);
      this.sources.set(path, answers.get(path) ?? 'absent');
    }
  }

  addFolders(asked: Iterable<string>, answers: ReadonlyMap<string, readonly string[]>): void {
    for (const folder of asked) {
      this.wantedFolders.delete(folder);
      this.folders.set(folder, answers.get(folder) ?? []);
    }
  }

  /** Takes in which files mention the words that were asked for; what is said of none is mentioned nowhere. */
  addMentions(asked: Iterable<string>, found: ReadonlyMap<string, ReadonlySet<string>>): void {
    for (const word of asked) {
      this.wantedWords.delete(word);
      this.mentions.set(word, [...found].filter(([, words]) => words.has(word)).map(([path]) => path).toSorted());
    }
  }

  /** True for a path that nobody has fetched yet. */
  isNew(path: string): boolean {
    return !this.sources.has(path);
  }

  /** The file's text; undefined when it does not exist, cannot be read, or is still wanted. */
  text(path: string): string | undefined {
    const source = this.source(path);
    return source && source !== 'absent' && 'text' in source ? source.text : undefined;
  }

  /** The names in a folder, folders with a closing slash; undefined while wanted. */
  names(folder: string): readonly string[] | undefined {
    if (this.behind && !touches(this.behind.changed, folder)) return this.askBehind((files) => files.names(folder));
    const names = this.folders.get(folder);
    if (!names) {
      this.wantedFolders.add(folder);
      this.misses += 1;
    }
    return names;
  }

  /** The files of the head that mention a word; undefined while wanted. */
  mentioning(word: string): readonly string[] | undefined {
    if (this.behind) return this.askBehind((files) => files.mentioning(word));
    const paths = this.mentions.get(word);
    if (!paths) {
      this.wantedWords.add(word);
      this.misses += 1;
    }
    return paths;
  }

  /** The parsed file, parsed once; undefined when there is no text or it is no code. */
  tree(path: string): SourceFile | undefined {
    if (this.answeredBehind(path)) return this.askBehind((files) => files.tree(path));
    const parsed = this.trees.get(path);
    if (parsed) return parsed;
    const text = this.text(path);
    if (text === undefined || !isCode(path) || this.tooDeep.has(path)) return undefined;
    const tree = this.parse(path, text);
    if (!tree) return undefined;
    this.trees.set(path, tree);
    this.parsed += 1;
    return tree;
  }

  /** How many parsed files are kept. */
  get openTrees(): number {
    return this.trees.size;
  }

  /** Lets go of parsed files, but for these; one that is asked for again is parsed again. What was concluded about their nodes must be forgotten with them. */
  closeTrees(except: ReadonlySet<string>): void {
    for (const path of this.trees.keys()) if (!except.has(path)) this.trees.delete(path);
  }

  private parse(path: string, text: string): SourceFile | undefined {
    try {
      return embedsScript(path) ? parse(`/${path}`, scriptsOf(text), ts.ScriptKind.TS) : parse(`/${path}`, text);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.tooDeep.add(path);
      return undefined;
    }
  }

  /** Every path whose text is here. */
  get paths(): string[] {
    return [...this.sources].filter(([, source]) => source !== 'absent').map(([path]) => path);
  }

  private source(path: string): Source | 'absent' | undefined {
    if (this.answeredBehind(path)) return this.askBehind((files) => files.source(path));
    const source = this.sources.get(path);
    if (!source) {
      this.wanted.add(path);
      this.misses += 1;
    }
    return source;
  }

  /** Counts a miss that another conclusion already suffered. */
  miss(): void {
    this.misses += 1;
  }

  /** Asks the other side, and makes its misses our own. */
  private askBehind<T>(ask: (files: OpenedFiles) => T): T {
    const { files } = this.behind!;
    const before = files.misses;
    const answer = ask(files);
    this.misses += files.misses - before;
    return answer;
  }

  private answeredBehind(path: string): boolean {
    return this.behind !== undefined && !this.behind.changed.has(path);
  }
}

function touches(changed: ReadonlySet<string>, folder: string): boolean {
  const prefix = folder === '' ? '' : `${folder}/`;
  for (const path of changed) if (path.startsWith(prefix)) return true;
  return false;
}
