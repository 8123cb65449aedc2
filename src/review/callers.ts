/** The other direction: what a change brings about in files that it leaves alone. */
import type { Change, Reader } from '../change/change.ts';
import { isGenerated } from '../code/generated.ts';
import { projectFilesFor } from '../code/manifests.ts';
import { codeEndings, isCode, type OpenedFiles } from '../code/opened-files.ts';
import type { Scene } from '../code/scene.ts';
import type { Lesson } from '../lessons/lesson.ts';
import { appliesTo, findWaivers } from '../lessons/waivers.ts';
import { calledFrom } from '../matching/called-from.ts';
import { changedFunctions, leanerFunctions, lessonsAboutChecks, linksIn, uncheckedFunctions } from '../matching/changed-functions.ts';
import type { Introduced } from '../matching/compare.ts';
import { asksOfCalls, type AskOfCalls } from '../matching/deeds.ts';
import { examineCode, foundBy, lookAgain, type Look, type Sighting } from '../matching/examine.ts';
import type { CodePair } from '../matching/functions-of-change.ts';
import { prepare, searchesIn, type Prepared } from '../matching/searches.ts';
import { isNear, mayCall, mayInherit, mayMiss, wordsOf, type Sought } from '../matching/sought.ts';
import type { Note, Side } from '../model.ts';

/** Unchanged files that are looked at because they may call what changed. */
const mostCallers = 200;
/** Calls from one unchanged file to the next, on the way to what changed. */
const mostLinks = 3;
/** In a change of more files of code than this nobody looks for what each of its functions became. */
const mostChanged = 500;
/** A change that makes more words worth looking for is about everything. */
const mostWords = 120;
/** Rounds of following that are spent on telling what became of changed functions, and on all that may call them. */
const roundsForChanged = 3;
const roundsForCallers = 8;

/** What lies on the desk of a review once both sides of the change have been looked at. */
export type Table = {
  reader: Reader;
  files: Readonly<Record<Side, OpenedFiles>>;
  scenes: Readonly<Record<Side, Scene>>;
  lessons: readonly Lesson[];
  /** False where no waiver counts. */
  waivers: boolean;
  today: string;
  applies(lesson: Lesson, path: string): boolean;
  isIgnored(path: string): boolean;
  /** True for a path of the head whose code was looked at to its end. */
  isSeen(path: string): boolean;
  /** Fetches paths of the head. */
  fetch(paths: readonly string[]): Promise<void>;
  /** Fetches what both sides wish for, and forgets what was concluded without it. False where the bounds of following are reached. */
  grant(): Promise<boolean>;
  /** Told how many more files outside the change were opened. */
  count(files: number): void;
  makeRoom(): void;
  isSpent(): boolean;
};

/**
 * Functions of changed files that lead to a query or a request now, and did not before, are looked for by name in the rest of the repository, and
 * so are those that call them; likewise those that no longer check what they are given, and those whose rows come without a relation or a limit that they had before.
 * Nothing is searched where no function changed so.
 * @param told what the head shows of the changed files themselves.
 */
export async function callersOf(change: Change, told: readonly Sighting[], table: Table): Promise<{ brought: Introduced[]; notes: Note[] }> {
  const asks = asksOfCalls(table.lessons);
  const aboutChecks = lessonsAboutChecks(table.lessons);
  if (asks.length + aboutChecks.length === 0 || table.isSpent()) return { brought: [], notes: [] };
  const size = change.files.filter(({ path }) => table.isSeen(path)).length;
  if (size > mostChanged) return { brought: [], notes: [noteOf(`Callers in other files were not looked for, because this change holds ${size} files of code.`)] };
  const search = new CallerSearch(change, asks, aboutChecks, table);
  try {
    return { brought: await search.run(told), notes: search.notes };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    // Here: code that is nested deeper than can be walked through once more. The change itself was reviewed, or told as unreviewed.
    return { brought: [], notes: [noteOf('Callers in other files were not looked for, because the code of this change is nested too deep.')] };
  }
}

/** What both sides show of a file that the change leaves alone. */
type Caller = { head: Sighting[]; base: Sighting[] };

class CallerSearch {
  readonly notes: Note[] = [];
  private readonly callers = new Map<string, Caller>();
  private readonly change: Change;
  private readonly asks: readonly AskOfCalls[];
  private readonly table: Table;
  /** The lessons that can be repeated by what somebody else's function does: those that ask about calls, and those that checks answer. */
  private readonly aboutCalls: readonly Lesson[];
  private readonly aboutChecks: readonly Lesson[];
  private lessons: readonly Lesson[];
  private readonly changed: ReadonlySet<string>;
  private roundsLeft = roundsForChanged;

  constructor(change: Change, asks: readonly AskOfCalls[], aboutChecks: readonly Lesson[], table: Table) {
    this.change = change;
    this.asks = asks;
    this.table = table;
    this.aboutCalls = table.lessons.filter(({ id }) => asks.some(({ lesson }) => lesson === id));
    this.aboutChecks = aboutChecks;
    this.lessons = [...new Set([...this.aboutCalls, ...aboutChecks])];
    this.changed = new Set(change.files.flatMap((file) => [file.path, file.basePath ?? file.path]));
  }

  async run(told: readonly Sighting[]): Promise<Introduced[]> {
    const lines = new Set(told.flatMap(({ lesson, span, mild }) => (!mild && this.aboutCalls.some(({ id }) => id === lesson) ? [`${span.line} ${span.path}`] : [])));
    const isTold = (path: string, line: number): boolean => lines.has(`${line} ${path}`);
    const { scenes } = this.table;
    const changed = await this.settled(() => {
      const pairs = this.codePairs();
      return [...(this.asks.length > 0 ? [...changedFunctions(pairs, scenes, this.asks, isTold), ...leanerFunctions(pairs, scenes)] : []), ...(this.aboutChecks.length > 0 ? uncheckedFunctions(pairs, scenes) : [])];
    });
    if (changed.length === 0) return [];
    const isAbout = (reason: Sought['why']): boolean => changed.some(({ why }) => why === reason);
    this.lessons = [...new Set([...(isAbout('deed') || isAbout('rows') ? this.aboutCalls : []), ...(isAbout('check') ? this.aboutChecks : [])])];
    this.roundsLeft = roundsForCallers;
    const prepared = prepare(this.lessons, scenes.head.own);
    const known = new Set<string>();
    for (let link = 0, sought = changed; link < mostLinks && sought.length > 0; link += 1) {
      for (const each of sought) known.add(keyOf(each));
      const paths = await this.search(sought);
      if (!paths) break;
      const last = sought;
      await this.lookAt(paths, prepared, (path) => mayMiss(this.table.files.head.text(path) ?? '', last));
      sought = link + 1 < mostLinks ? (await this.settled(() => linksIn(this.trees(), last, scenes, this.asks))).filter((each) => !known.has(keyOf(each))) : [];
    }
    const all = [...this.callers.values()];
    return calledFrom(all.flatMap(({ head }) => head), all.flatMap(({ base }) => base), this.change, changed, (path, line) => this.textAt(path, line));
  }

  private readonly lines = new Map<string, readonly string[]>();

  private textAt(path: string, line: number): string {
    let lines = this.lines.get(path);
    if (!lines) this.lines.set(path, (lines = (this.table.files.head.text(path) ?? '').split('\n')));
    return (lines[line - 1] ?? '').trim().slice(0, 200);
  }

  private codePairs(): CodePair[] {
    const { head, base } = this.table.files;
    return this.change.files.flatMap((file) => {
      const tree = this.table.isSeen(file.path) && this.isOfInterest(file.path) ? head.tree(file.path) : undefined;
      return tree ? [{ head: tree, base: file.basePath === undefined || !isCode(file.basePath) ? undefined : base.tree(file.basePath) }] : [];
    });
  }

  /** The files through which a call may lead to what was sought: those that were looked at, and those of the change. */
  private trees(): CodePair['head'][] {
    return [...[...this.callers.keys()].flatMap((path) => this.table.files.head.tree(path) ?? []), ...this.codePairs().map(({ head }) => head)];
  }

  /** False for files that these lessons leave alone, such as tests. */
  private isOfInterest(path: string): boolean {
    return this.lessons.some((lesson) => this.table.applies(lesson, path));
  }

  /** The unchanged files that may call these functions, opened; undefined where nothing can be searched. */
  private async search(sought: readonly Sought[]): Promise<string[] | undefined> {
    const words = wordsOf(sought);
    const mentions = words.length > mostWords || this.table.isSpent() ? undefined : await this.table.reader.search?.({ words, endings: codeEndings });
    if (!mentions) {
      this.note('callers in other files were not searched.');
      return undefined;
    }
    const isCaller = (path: string): boolean => isCode(path) && !this.changed.has(path) && !this.callers.has(path) && !this.table.isIgnored(path) && this.isOfInterest(path);
    const able = [...mentions.files].filter(([path, said]) => (mayCall(said, sought) || mayInherit(said, sought)) && isCaller(path));
    // Those that name the very file come first; then by name, so that the order never depends on chance.
    const rank = ([path, said]: (typeof able)[number]): string => `${isNear(said, sought) ? 0 : 1} ${path}`;
    const found = able.sort((one, other) => (rank(one) < rank(other) ? -1 : 1)).map(([path]) => path);
    const paths = found.slice(0, mostCallers - this.callers.size);
    if (paths.length < found.length) this.note(`of the ${found.length + this.callers.size} other files that may call them, ${paths.length + this.callers.size} were looked at.`);
    else if (!mentions.isWhole) this.note('callers were not searched in all other files, because some could not be looked through.');
    await this.table.fetch([...paths, ...new Set(paths.flatMap(projectFilesFor))].filter((path) => this.table.files.head.isNew(path)));
    this.table.count(paths.length);
    return paths.filter((path) => {
      const text = this.table.files.head.text(path);
      return text !== undefined && !isGenerated(path, text);
    });
  }

  private note(what: string): void {
    if (this.notes.length === 0) this.notes.push(noteOf(`What functions of this change do for their callers is not the same any more; ${what}`));
  }

  /** Looks at files on both sides. What the base could not see of one is unknown, and so nothing in it was brought about. */
  private async lookAt(paths: readonly string[], prepared: Prepared, mayRepeat: (path: string) => boolean): Promise<void> {
    for (const path of paths) this.callers.set(path, { head: [], base: [] });
    const head = await this.sightingsIn(paths.filter(mayRepeat), 'head', prepared);
    const base = await this.sightingsIn(paths.filter((path) => head.get(path)?.length), 'base', prepared);
    for (const [path, before] of base) {
      this.callers.set(path, { head: head.get(path)!.filter((each) => !each.removed && !this.isSettled(each)), base: before });
    }
  }

  /** What a side shows, by path; a file whose code could not be followed to its end is left out at the base. */
  private async sightingsIn(paths: readonly string[], side: Side, prepared: Prepared): Promise<Map<string, Sighting[]>> {
    const looks = new Map<string, Look>();
    let pending = paths;
    while (pending.length > 0 && !this.table.isSpent()) {
      const again: string[] = [];
      for (const path of pending) {
        const look = this.examine(path, side, prepared, looks.get(path));
        if (look) looks.set(path, look);
        else looks.delete(path);
        if (look && look.open.length > 0) again.push(path);
        this.table.makeRoom();
      }
      if (again.length === 0 || !(await this.grant())) break;
      pending = again;
    }
    return new Map([...looks].filter(([, { open }]) => side === 'head' || open.length === 0).map(([path, look]) => [path, foundBy(look)]));
  }

  /** Undefined where reading fails: the file is then as good as not found. */
  private examine(path: string, side: Side, prepared: Prepared, before: Look | undefined): Look | undefined {
    const tree = this.table.files[side].tree(path);
    const scene = this.table.scenes[side];
    try {
      if (before && before.tree === tree) return lookAgain(before, scene);
      return tree && examineCode(tree, scene, prepared, searchesIn(tree.text, prepared, (lesson) => this.table.applies(lesson, path)));
    } catch {
      return undefined;
    }
  }

  /** True for a place in an unchanged file where somebody said before that the lesson does not hold. */
  private isSettled({ lesson, span }: Sighting): boolean {
    const text = this.table.files.head.text(span.path);
    const isWaivable = this.table.waivers && this.lessons.some(({ id, waivable }) => id === lesson && waivable);
    if (!isWaivable || !text?.includes('lesson-ok')) return false;
    return findWaivers(text, span.path).waivers.some((waiver) => appliesTo(waiver, { lesson, ...span }, this.table.today) === 'holds');
  }

  /** Asks until the files that an answer wishes for are there, or the bounds are reached. */
  private async settled<T>(ask: () => T): Promise<T> {
    const { head, base } = this.table.files;
    for (;;) {
      const before = head.misses + base.misses;
      const answer = ask();
      if (head.misses + base.misses === before || this.table.isSpent() || !(await this.grant())) return answer;
    }
  }

  private async grant(): Promise<boolean> {
    this.roundsLeft -= 1;
    return this.roundsLeft >= 0 && this.table.grant();
  }
}

/** The change itself was reviewed: what stays unknown of other files is told, and makes nothing incomplete. */
function noteOf(message: string): Note {
  return { code: 'review/callers', message, incomplete: false };
}

function keyOf({ names, owners }: Sought): string {
  return [...names, '', ...owners].join(' ');
}
