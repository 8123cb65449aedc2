/**
 * The whole story on one page: a change comes in, its code is opened on both sides, lessons are looked for, both sides are
 * compared, and what the change brought comes out. Text in, values out: nothing here touches disk, network or environment.
 */
import picomatch from 'picomatch';
import { mostSteps, type Change, type ChangedFile, type Reader, type Source, type Steps } from './change/change.ts';
import { baseLineOf, isAdded } from './change/lines.ts';
import { isBinaryName } from './code/binary-name.ts';
import { openCompiler, type SourceFile } from './code/compiler.ts';
import { isGenerated } from './code/generated.ts';
import { projectFilesFor } from './code/modules.ts';
import { isCode, OpenedFiles } from './code/opened-files.ts';
import { Scene } from './code/scene.ts';
import type { Lesson } from './lessons/lesson.ts';
import type { SettledPlace } from './lessons/settings.ts';
import type { OwnWord } from './lessons/read-vocabulary.ts';
import { waiversIn } from './lessons/waiver-book.ts';
import type { Waiver } from './lessons/waivers.ts';
import { byPlace, compare, fingerprints, type Introduced } from './matching/compare.ts';
import { examineCode, examineText, foundBy, lookAgain, type Look, type Sighting } from './matching/examine.ts';
import { names } from './matching/fingerprint.ts';
import { goneFrom } from './matching/gone.ts';
import { leftBehind, outlivesItsLine, type LeftBehind } from './matching/left-behind.ts';
import { examineLines, readsLines } from './matching/lines.ts';
import { match } from './matching/match.ts';
import { ownWords } from './matching/own-words.ts';
import { prepare, searchesIn, textWordOf, type Prepared } from './matching/searches.ts';
import { changedPaths, examineChange, reminders } from './matching/whole-change.ts';
import { secretsAmong, withhold, withoutSecrets, type Secrets } from './matching/withhold.ts';
import type { Finding, Fixed, LessonCard, Note, Review, Side, Skipped, Waived } from './model.ts';
import { callersOf } from './review/callers.ts';

/** Rounds of following: each fetches at once what the one before wished for. */
const mostRounds = 16;
/** Files outside the change that one review opens. */
const mostOutside = 1_200;
/** So many parsed files are kept at once; beyond it all are closed, so that a change of thousands of files fits into memory. */
const mostTrees = 1_000;
/** A scan opens so many files at a time, and forgets them before it goes on: a repository of any size fits into memory. */
const mostAtOnce = 100;

export type ReviewInput = {
  reader: Reader;
  /** The change to review; for a scan, the files to look at as they stand. */
  subject: { change: Change } | { head: string; paths: readonly string[] };
  lessons: readonly Lesson[];
  /** The team's own words. */
  words?: readonly OwnWord[];
  /** Globs of files that the team wants left alone. */
  ignore: readonly string[];
  /** The commits that lead to the head of the change, asked for when a lesson is about what outlives its line. */
  steps?: () => Promise<Steps>;
  /** What the settings settle by path and fingerprint. */
  places?: readonly SettledPlace[];
  /** Which waivers in the code hold: all, none, or those that were there before the change (`older`). */
  waivers: boolean | 'older';
  /** The day on which waivers are judged, as YYYY-MM-DD. */
  today: string;
  /** What is already known to be wrong: faulty cards, faulty settings. */
  notes?: readonly Note[];
  /** Milliseconds since some fixed moment, and how many of them this review may take. */
  clock: () => number;
  budget?: number;
  /** Told now and then how much is done, from 0 to 1. */
  progress?: (share: number) => void;
};

/** Reviews a change, or looks at files as they stand. Placement and verdict are the door's to add: they depend on where it speaks. */
export async function review(input: ReviewInput): Promise<Omit<Review, 'verdict'>> {
  const started = input.clock();
  const change = 'change' in input.subject ? input.subject.change : undefined;
  const sittings = await sitFor(input, started);
  const head = sittings.flatMap((sitting) => sitting.head);
  const { introduced, fixed } = change ? compare(head, sittings.flatMap((sitting) => sitting.base), change) : { introduced: asTheyStand(head), fixed: [] };
  const brought = sittings.flatMap((sitting) => [...sitting.brought, ...notToldYet(sitting.called, introduced)]);
  const all = brought.length > 0 ? [...introduced, ...brought].sort((one, other) => byPlace(one.sighting, other.sighting)) : introduced;
  const findings = all.map(({ sighting, fingerprint }): Entry => ({ sighting, finding: findingOf(sighting, fingerprint, input) }));
  const past = sittings.flatMap((sitting) => sitting.past).map((each): Entry => ({ sighting: each.sighting, finding: { ...findingOf(each.sighting, each.fingerprint, input), commit: each.commit }, ...(each.waiver && { waiver: each.waiver }) }));
  const settled = settle([...findings, ...past], head, sittings, input);
  const left = sum(sittings, (sitting) => sitting.left);
  const told = (text: string): string => sittings.reduce((so, { secrets }) => withoutSecrets(so, secrets), text);
  return {
    schema: 'once-bitten.review/1',
    ...(change && { base: change.base }),
    head: 'change' in input.subject ? input.subject.change.head : input.subject.head,
    findings: settled.open,
    fixed: fixed.filter(({ sighting }) => isStillThere(sighting.span.path, change)).map(({ sighting, fingerprint }) => fixedOf(sighting, fingerprint)),
    waived: settled.waived.map((each) => ({ ...each, waiver: { ...each.waiver, reason: told(each.waiver.reason) } })),
    notes: [...(input.notes ?? []), ...sittings.flatMap((sitting) => sitting.notes), ...(left > 0 ? [spent(left)] : []), ...settled.notes.map((note) => ({ ...note, message: told(note.message), ...(note.hint !== undefined && { hint: told(note.hint) }) })), ...(change ? reminders(input.lessons, change) : [])],
    skipped: sittings.flatMap((sitting) => sitting.skipped),
    lessons: cardsOf(input.lessons),
    stats: {
      files: sum(sittings, (sitting) => sitting.files),
      parsed: sum(sittings, (sitting) => sitting.parsed),
      readOutsideChange: sum(sittings, (sitting) => sitting.outside),
      rounds: sum(sittings, (sitting) => sitting.rounds),
      milliseconds: Math.round(input.clock() - started),
    },
  };
}

/** What is left of some files once they have been looked at: plain data, so that their text and trees can go. */
type Sitting = {
  head: Sighting[];
  base: Sighting[];
  /** What only the change as such shows: code that it took away, files that should have changed together. */
  brought: Introduced[];
  /** What the change brought about in files that it leaves alone. */
  called: Introduced[];
  /** What earlier commits of the change had. */
  past: LeftBehind[];
  notes: Note[];
  skipped: Skipped[];
  /** What must not be told, as it stands at the head. */
  secrets: Secrets;
  /** The texts that hold waivers, by path. */
  withWaivers: ReadonlyMap<string, string>;
  files: number;
  parsed: number;
  outside: number;
  rounds: number;
  /** Files that the time did not suffice for. */
  left: number;
};

/** A change is looked at as one, because its files answer for each other's counterparts; a scan some files at a time. */
async function sitFor(input: ReviewInput, started: number): Promise<Sitting[]> {
  if ('change' in input.subject) return [await sit(input, started, input.progress)];
  const { head, paths } = input.subject;
  const sittings: Sitting[] = [];
  for (let at = 0; at < paths.length; at += mostAtOnce) {
    const some = paths.slice(at, at + mostAtOnce);
    sittings.push(await sit({ ...input, subject: { head, paths: some } }, started, (share) => input.progress?.((at + share * some.length) / paths.length)));
  }
  return sittings;
}

async function sit(input: ReviewInput, started: number, progress: ReviewInput['progress']): Promise<Sitting> {
  const desk = new Desk(input, started, progress);
  await desk.open();
  const head = await desk.examine('head');
  const base = desk.change ? await desk.examine('base') : [];
  const brought = desk.change ? desk.brought(head, base, desk.change) : [];
  const called = desk.change ? await desk.called(head, desk.change) : [];
  const past = desk.change ? await desk.past([...head, ...base]) : [];
  const { notes, skipped, outside, rounds, left } = desk;
  return { head: head.filter(isPresent), base: base.filter(isPresent), brought, called, past, notes, skipped, secrets: desk.secrets.head, withWaivers: desk.textsWith('lesson-ok'), files: desk.paths.length, parsed: desk.head.parsed + desk.base.parsed, outside, rounds, left };
}

/** False for what counts only where the other side has none. */
function isPresent({ removed }: Sighting): boolean {
  return !removed;
}

/** A line that repeats a lesson by itself says so once, whoever calls it. */
function notToldYet(called: readonly Introduced[], introduced: readonly Introduced[]): Introduced[] {
  const told = new Set(introduced.map(({ sighting: { lesson, span } }) => `${lesson} ${span.line} ${span.path}`));
  return called.filter(({ sighting: { lesson, span } }) => !told.has(`${lesson} ${span.line} ${span.path}`));
}

function asTheyStand(head: readonly Sighting[]): Introduced[] {
  return [...fingerprints(head)].map(([sighting, fingerprint]) => ({ sighting, fingerprint }));
}

function sum<T>(items: readonly T[], count: (item: T) => number): number {
  return items.reduce((total, item) => total + count(item), 0);
}

function spent(left: number): Note {
  return { code: 'review/budget', message: `The time allowed for this review ran out; ${left} file${left === 1 ? ' was' : 's were'} not reviewed.`, hint: 'raise `time-budget`, or split the change', incomplete: true };
}

/** What one review has on its desk: the opened files of both sides, and what was said about them so far. */
class Desk {
  readonly change: Change | undefined;
  readonly head: OpenedFiles;
  readonly base: OpenedFiles;
  readonly notes: Note[] = [];
  readonly skipped: Skipped[] = [];
  /** The files to look at, by their path at the head (at the base for deleted ones). */
  paths: string[] = [];
  rounds = 0;
  outside = 0;
  /** Files that the time did not suffice for. */
  left = 0;
  /** What must not be told, by the lines of each side. */
  readonly secrets: Record<Side, Secrets> = { head: new Map(), base: new Map() };
  private steps = 0;
  private readonly input: ReviewInput;
  private readonly started: number;
  private readonly progress: ReviewInput['progress'];
  private readonly scenes: Record<Side, Scene>;
  private readonly isIgnored: (path: string) => boolean;
  private readonly applying = new Map<string, (path: string) => boolean>();
  private prepared: Prepared | undefined;
  /** Paths of the head that were looked at to their end. */
  private readonly seen = new Set<string>();

  constructor(input: ReviewInput, started: number, progress: ReviewInput['progress']) {
    this.input = input;
    this.started = started;
    this.progress = progress;
    this.change = 'change' in input.subject ? input.subject.change : undefined;
    const files = this.change?.files ?? [];
    const changed = new Set(files.flatMap((file) => [file.path, file.basePath ?? file.path]));
    this.head = new OpenedFiles();
    this.base = new OpenedFiles({ files: this.head, changed });
    this.scenes = { head: new Scene('head', this.head), base: new Scene('base', this.base) };
    if (input.words?.length) this.scenes.head.own = this.scenes.base.own = ownWords(input.words, match);
    if (this.change) this.scenes.head.changed = this.scenes.base.changed = changedPaths(this.change);
    this.isIgnored = input.ignore.length > 0 ? picomatch([...input.ignore], { dot: true }) : () => false;
  }

  /** Reads what will be looked at, and the project's own files about itself, in one request a side. */
  async open(): Promise<void> {
    const wanted = this.change ? this.filesOfChange(this.change) : 'paths' in this.input.subject ? [...this.input.subject.paths] : [];
    const paths = wanted.filter((path) => this.isIgnored(path) ? this.skip(path, 'ignored') : true);
    const code = paths.filter(isCode);
    const about = new Set(code.flatMap(projectFilesFor));
    const before = this.change?.files.flatMap((file) => file.basePath ?? []).filter((path) => !this.isIgnored(path)) ?? [];
    // Both sides at once: where requests cost, what is asked for at the same moment goes in one. The compiler loads while they are on their way.
    const compiler = code.length > 0 || before.some(isCode) ? openCompiler() : undefined;
    await Promise.all([this.fetch('head', [...paths, ...about]), this.fetch('base', before), compiler]);
    this.paths = paths.filter((path) => this.canLookAt(path));
    if (code.length > 0) this.prepared = prepare(this.input.lessons, this.scenes.head.own);
  }

  private filesOfChange(change: Change): string[] {
    return change.files.flatMap((file) => {
      if (file.status === 'deleted') return [];
      if (file.special) return this.skip(file.path, file.special) || [];
      return file.binary ? this.skip(file.path, 'binary') || [] : [file.path];
    });
  }

  private skip(path: string, why: Skipped['why']): false {
    this.skipped.push({ path, why });
    return false;
  }

  private readonly unread = new Map<string, Skipped['why']>();

  private canLookAt(path: string): boolean {
    const why = this.unread.get(path);
    if (why !== undefined) {
      // Here: what the name alone tells to be no text would be passed over anyway; everything else might hold what a lesson is about.
      const isPolicy = why !== 'unreadable' || isBinaryName(path);
      this.skip(path, isPolicy && why === 'unreadable' ? 'binary' : why);
      if (!isPolicy) this.notes.push({ code: 'review/unreadable', message: `\`${path}\` could not be read, so it was not reviewed.`, path, incomplete: true });
      return false;
    }
    return this.head.text(path) !== undefined;
  }

  /** Fetches paths of one side; what the change leaves alone is only ever asked of the head. */
  private async fetch(side: Side, paths: readonly string[]): Promise<void> {
    if (paths.length === 0) return;
    const answers = await this.input.reader.read(side, paths);
    this[side].add(paths, answers);
    if (side === 'head') for (const [path, source] of answers) this.remember(path, source);
  }

  private remember(path: string, source: Source): void {
    if ('unread' in source) this.unread.set(path, source.unread);
  }

  /** Looks for all lessons on one side, in rounds: files that were wished for are fetched, and the files that wished are looked at again. */
  async examine(side: Side): Promise<Sighting[]> {
    const looks = new Map<string, Look | undefined>();
    const paths = this.pathsOf(side);
    let pending = paths.filter((path) => isCode(path) && this.prepared !== undefined);
    for (let round = 0; pending.length > 0; round += 1) {
      const again: string[] = [];
      for (const path of pending) {
        if (this.isSpent()) break;
        const look = this.lookAt(path, side, looks.get(path));
        looks.set(path, look);
        if (look && look.open.length > 0) again.push(path);
        if (round === 0) this.step();
        this.makeRoom();
      }
      if (again.length === 0 || this.isSpent() || !(await this.grant(side, round))) break;
      this.scenes[side].renew();
      pending = again;
    }
    this.sayWhatWasLeftOut(paths.filter((path) => isCode(path) && this.prepared !== undefined && !looks.has(path)));
    const sightings = [...looks.values()].flatMap((look) => (look ? foundBy(look) : []));
    for (const path of paths) {
      sightings.push(...(await this.readText(path, side)));
      this.step();
      this.makeRoom();
    }
    this.secrets[side] = secretsAmong(sightings, (path) => this[side].text(path));
    return withhold(sightings, this.secrets[side]).sort(byPlace);
  }

  private makeRoom(): void {
    if (this.head.openTrees + this.base.openTrees <= mostTrees) return;
    for (const side of ['head', 'base'] as const) {
      this[side].closeTrees();
      this.scenes[side].forget();
    }
  }

  private pathsOf(side: Side): string[] {
    if (side === 'head' || !this.change) return this.paths;
    return this.change.files.filter((file) => file.basePath !== undefined && !file.binary && !file.special).map((file) => file.basePath!).filter((path) => !this.isIgnored(path) && this.base.text(path) !== undefined);
  }

  /** Looks at a file for the first time, or at what an earlier look left open. Undefined where there is nothing to look at. */
  private lookAt(path: string, side: Side, before: Look | undefined): Look | undefined {
    const text = this[side].text(path);
    if (text === undefined || isGenerated(path, text)) {
      if (side === 'head' && text !== undefined) this.skip(path, 'generated');
      return undefined;
    }
    const searches = searchesIn(text, this.prepared!, (lesson) => this.applies(lesson, path));
    if (searches.length === 0) {
      if (side === 'head') this.seen.add(path);
      return undefined;
    }
    const tree = this[side].tree(path);
    if (!tree) {
      if (side === 'head' && this.head.tooDeep.has(path)) this.notes.push({ code: 'review/too-deep', message: `The code of \`${path}\` is nested deeper than can be read, so it was not reviewed.`, hint: 'split it, or set the file aside with `ignore`', path, incomplete: true });
      return undefined;
    }
    try {
      // A tree that was closed in between is another one now, so the places that were open in it are gone.
      const look = before?.tree === tree ? lookAgain(before, this.scenes[side]) : examineCode(tree, this.scenes[side], this.prepared!, searches);
      if (side === 'head') this.seen.add(path);
      return look;
    } catch (error) {
      // A word that stumbles over a file leaves a note, and the review goes on.
      this.notes.push({ code: 'review/stumbled', message: `Reading \`${path}\` failed on our side (${error instanceof Error ? error.message.slice(0, 200) : 'unknown error'}), so it was not fully reviewed.`, hint: 'please report this with the file, or set it aside with `ignore`', path, incomplete: true });
      return undefined;
    }
  }

  private async readText(path: string, side: Side): Promise<Sighting[]> {
    const text = this[side].text(path);
    if (text === undefined) return [];
    const lessons = this.input.lessons.filter((lesson) => (textWordOf(lesson) || readsLines(lesson)) && this.applies(lesson, path));
    if (lessons.length === 0) return [];
    if (side === 'head' && !isCode(path)) this.seen.add(path);
    const tree = (): SourceFile | undefined => this[side].tree(path);
    const file = { path, text, generated: isGenerated(path, text), tree };
    return [...(await examineText(file, lessons)), ...examineLines(file, lessons, this.scenes[side].changed)];
  }

  /** What only the change as such shows. What a file holds that could not be looked at is unknown, and so not gone. */
  brought(head: readonly Sighting[], base: readonly Sighting[], change: Change): Introduced[] {
    const isGone = ({ removed }: Sighting): boolean => removed === true;
    const gone = this.left > 0 ? [] : goneFrom(head.filter(isGone), base.filter(isGone), change, (path) => this.seen.has(path));
    const files = change.files.filter(({ path }) => !this.isIgnored(path));
    return [...gone, ...examineChange(this.input.lessons, { ...change, files }, changedPaths(change), (lesson, path) => this.applies(lesson, path))];
  }

  /** What the change brought about in files that it leaves alone. */
  async called(told: readonly Sighting[], change: Change): Promise<Introduced[]> {
    if (!this.prepared) return [];
    const { brought, notes } = await callersOf(change, told, {
      reader: this.input.reader, files: { head: this.head, base: this.base }, scenes: this.scenes,
      lessons: this.input.lessons, waivers: this.input.waivers !== false, today: this.input.today,
      applies: (lesson, path) => this.applies(lesson, path),
      isIgnored: this.isIgnored,
      isSeen: (path) => this.seen.has(path),
      fetch: (paths) => this.fetch('head', paths),
      grant: () => this.grantBoth(),
      count: (files) => void (this.outside += files),
      makeRoom: () => this.makeRoom(),
      isSpent: () => this.isSpent(),
    });
    this.notes.push(...notes);
    return brought;
  }

  private async grantBoth(): Promise<boolean> {
    if (this.outside >= mostOutside) return false;
    this.rounds += 1;
    await Promise.all([this.fetchWishes('head'), this.fetchWishes('base')]);
    for (const side of ['head', 'base'] as const) this.scenes[side].renew();
    return true;
  }

  /** What commits on the way to the head had and it has not. Commits that nobody could look at are told. */
  async past(known: readonly Sighting[]): Promise<LeftBehind[]> {
    const { lessons, steps: ask, today } = this.input;
    if (!ask || !lessons.some(outlivesItsLine)) return [];
    const steps = await ask();
    const holds = (path: string, text: string): boolean => [this.head, this.base].some((files) => files.text(path)?.includes(text));
    const { found, left, partial } = await leftBehind(steps.changes, { lessons, applies: (lesson, path) => !this.isIgnored(path) && this.applies(lesson, path), known, holds, today, isSpent: () => this.isSpent() });
    const commits = (count: number): string => `${count} commit${count === 1 ? '' : 's'} of this change`;
    const why = 'were not looked at for secrets that a later one took away';
    if (steps.tooMany > 0) this.notes.push({ code: 'review/many-commits', message: `The first ${commits(steps.tooMany)} ${why}: only the newest ${mostSteps} are.`, incomplete: false });
    const cut = partial + (steps.partial ?? 0);
    if (cut > 0) this.notes.push({ code: 'review/large-commits', message: `Only a part of ${commits(cut)} could be had, so the rest was not looked at for secrets that a later one took away.`, incomplete: false });
    if (steps.missing > 0) this.notes.push({ code: 'review/missing-commits', message: `GitHub did not show ${commits(steps.missing)}, so they ${why}.`, hint: 'run the job again', incomplete: true });
    if (left > 0) this.notes.push({ code: 'review/budget', message: `The time allowed for this review ran out; ${commits(left)} ${why}.`, hint: 'raise `time-budget`, or split the change', incomplete: true });
    return found;
  }

  private applies(lesson: Lesson, path: string): boolean {
    let test = this.applying.get(lesson.id);
    if (!test) {
      const { files, except } = lesson.scope;
      test = files.length === 0 && except.length === 0 ? () => true : picomatch(files.length > 0 ? files : ['**'], { dot: true, ignore: except });
      this.applying.set(lesson.id, test);
    }
    return test(path) && lesson.status !== 'draft' && lesson.status !== 'retired';
  }

  /** Fetches what was wished for. False when nothing could be granted, because the bounds of following are reached. */
  private async grant(side: Side, round: number): Promise<boolean> {
    if (round >= mostRounds || this.outside >= mostOutside) return false;
    this.rounds += 1;
    await Promise.all((side === 'head' ? (['head'] as const) : (['head', 'base'] as const)).map((each) => this.fetchWishes(each)));
    return true;
  }

  private async fetchWishes(side: Side): Promise<void> {
    const files = this[side];
    const wanted = [...files.wanted];
    const folders = [...files.wantedFolders];
    const [, names] = await Promise.all([this.fetch(side, wanted), folders.length > 0 ? this.input.reader.list(side, folders) : undefined]);
    this.outside += wanted.filter((path) => files.text(path) !== undefined).length;
    if (names) files.addFolders(folders, names);
  }

  private isSpent(): boolean {
    return this.input.budget !== undefined && this.input.clock() - this.started > this.input.budget;
  }

  private sayWhatWasLeftOut(left: readonly string[]): void {
    for (const path of left) this.skip(path, 'budget');
    this.left += left.length;
  }

  /** A file is looked at twice on each side: for its code and for its text. */
  private step(): void {
    this.steps += 1;
    this.progress?.(Math.min(1, this.steps / (this.paths.length * (this.change ? 4 : 2))));
  }

  /** The texts of the head that hold a word, by path. */
  textsWith(word: string): Map<string, string> {
    return new Map(this.paths.flatMap((path) => {
      const text = this.head.text(path);
      return text?.includes(word) ? [[path, text] as const] : [];
    }));
  }
}

function findingOf(sighting: Sighting, fingerprint: string, { lessons, subject }: ReviewInput): Finding {
  const lesson = lessons.find((each) => each.id === sighting.lesson)!;
  const { span } = sighting;
  return {
    lesson: lesson.id,
    severity: sighting.severity,
    status: lesson.status,
    path: span.path,
    line: span.line,
    endLine: span.endLine,
    column: span.column,
    message: sighting.message,
    advice: sighting.advice,
    evidence: sighting.evidence,
    fingerprint,
    introduced: 'change' in subject ? true : null,
    placement: 'none',
  };
}

/** True for a path that the head still has; what was deleted with its file was not repaired. */
function isStillThere(basePath: string, change: Change | undefined): boolean {
  const file = change?.files.find((each: ChangedFile) => each.basePath === basePath);
  return file === undefined || file.status !== 'deleted';
}

type Entry = { sighting: Sighting; finding: Finding; /** What the commit itself says of it, for what stands in an earlier one. */ waiver?: Waiver };

/** Takes out what was settled in the code, one place at a time, and says which waivers settle nothing. What is left is told as stories. */
function settle(entries: readonly Entry[], head: readonly Sighting[], sittings: readonly Sitting[], { lessons, subject, waivers, places = [], today }: ReviewInput): { open: Finding[]; waived: Waived[]; notes: Note[] } {
  const files = new Map('change' in subject ? subject.change.files.map((file) => [file.path, file]) : []);
  const texts = new Map(waivers ? sittings.flatMap((sitting) => [...sitting.withWaivers]) : []);
  const isNew = (path: string, line: number): boolean => !('change' in subject) || files.get(path) === undefined || isAdded(files.get(path)!, line);
  const wasThere = (path: string, line: number): boolean => files.get(path) === undefined || baseLineOf(files.get(path)!, line) !== undefined;
  const standing = head.map(({ lesson, span }) => ({ lesson, path: span.path, line: span.line, endLine: span.endLine }));
  const book = waiversIn(texts, today, isNew);
  const isWaivable = (id: string): boolean => lessons.find((lesson) => lesson.id === id)?.waivable ?? true;
  const sightings = new Map(entries.map(({ finding, sighting }) => [finding, sighting]));
  const placesOf = (finding: Finding): SettledPlace[] => {
    const { symbol, code } = sightings.get(finding)!;
    return places.filter((place) => place.path === finding.path && names(place.fingerprint, finding.lesson, symbol, code));
  };
  const ofCommits = entries.flatMap(({ finding, waiver }): Waived[] => {
    if (!waiver || waivers !== true || !isWaivable(finding.lesson)) return [];
    return [{ ...finding, waiver: { reason: waiver.reason, path: waiver.path, line: waiver.line, ...(waiver.until !== undefined && { until: waiver.until }) } }];
  });
  const done = new Set(ofCommits.map(({ fingerprint }) => fingerprint));
  const asked = entries.map(({ finding }) => finding).filter(({ commit, fingerprint }) => commit === undefined || !done.has(fingerprint));
  const { open, waived, notes } = book.settle(asked, isWaivable, { standing, places: placesOf, ...(waivers === 'older' && { counts: wasThere }) });
  const stillOpen = new Set(open);
  return { open: oneStoryEach(entries.filter(({ finding }) => stillOpen.has(finding))), waived: [...waived, ...ofCommits], notes };
}

/** Findings of one lesson in one loop tell one story: the gravest, of equals the first, stands for all, and names how many more there are. */
function oneStoryEach(entries: readonly Entry[]): Finding[] {
  const stories = new Map<string, Finding>();
  const told: Finding[] = [];
  const gravity = { block: 0, warn: 1, note: 2 };
  for (const { sighting, finding } of entries.toSorted((one, other) => gravity[one.finding.severity] - gravity[other.finding.severity])) {
    const first = sighting.group === undefined ? undefined : stories.get(sighting.group);
    if (!first) {
      told.push(finding);
      if (sighting.group !== undefined) stories.set(sighting.group, finding);
      continue;
    }
    const own = sighting.evidence.find((step) => step.path === finding.path && step.line === finding.line);
    if (own && !first.evidence.some((step) => step.path === own.path && step.line === own.line)) first.evidence.push(own);
  }
  return told;
}

function fixedOf({ lesson, span, message }: Sighting, fingerprint: string): Fixed {
  return { lesson, path: span.path, line: span.line, message, fingerprint };
}

function cardsOf(lessons: readonly Lesson[]): Record<string, LessonCard> {
  return Object.fromEntries(lessons.map((lesson) => [lesson.id, {
    id: lesson.id, title: lesson.title, severity: lesson.severity, status: lesson.status, story: lesson.story, lesson: lesson.lesson,
    links: lesson.links, ask: lesson.ask, steps: lesson.steps, origin: lesson.origin, waivable: lesson.waivable, ...(lesson.link !== undefined && { link: lesson.link }),
  }]));
}
