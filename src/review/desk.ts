import { mostSteps, type Change, type Source, type Steps } from '../change/change.ts';
import { isBinaryName } from '../code/binary-name.ts';
import { openCompiler, type SourceFile } from '../code/compiler.ts';
import { isGenerated } from '../code/generated.ts';
import { projectFilesFor } from '../code/manifests.ts';
import { wishForPackages } from '../code/workspaces.ts';
import { codeEndings, isCode, OpenedFiles } from '../code/opened-files.ts';
import { Scene, type Asked } from '../code/scene.ts';
import { scopeMatcher } from '../lessons/glob.ts';
import type { Lesson } from '../lessons/lesson.ts';
import { byPlace, type Introduced } from '../matching/compare.ts';
import { examineCode, examineText, foundBy, lookAgain, type Look, type Sighting } from '../matching/examine.ts';
import { goneFrom } from '../matching/gone.ts';
import { leftBehind, outlivesItsLine, type LeftBehind } from '../matching/left-behind.ts';
import { examineLines, readsLines } from '../matching/lines.ts';
import { match } from '../matching/match.ts';
import { ownWords } from '../matching/own-words.ts';
import { prepare, searchesIn, textWordOf, type Prepared } from '../matching/searches.ts';
import { changedPaths, examineChange } from '../matching/whole-change.ts';
import { secretsAmong, withhold, type Secrets } from '../matching/withhold.ts';
import type { Note, Side, Skipped } from '../model.ts';
import { askedOf } from './asked.ts';
import { callersOf } from './callers.ts';
import type { ReviewInput } from './input.ts';

/** Rounds of following: each fetches at once what the one before wished for. */
const mostRounds = 16;
/** Files outside the change that one review opens. */
const mostOutside = 1_200;
/** So many parsed files are kept at once; beyond it all are closed, so that a change of thousands of files fits into memory. */
const mostTrees = 1_000;
/** Words that are searched for at once: more of them are mentioned nowhere, as far as a review knows. */
const mostWords = 200;

/** What one review has on its desk: the opened files of both sides, and what was said about them so far. */
export class Desk {
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
  private readonly changed: ReadonlySet<string>;
  private prepared: Prepared | undefined;
  private commits: Promise<Steps> | undefined;
  /** Paths of the head that were looked at to their end. */
  private readonly seen = new Set<string>();

  constructor(input: ReviewInput, started: number, progress: ReviewInput['progress']) {
    this.input = input;
    this.started = started;
    this.progress = progress;
    this.change = 'change' in input.subject ? input.subject.change : undefined;
    const files = this.change?.files ?? [];
    this.changed = new Set(files.flatMap((file) => [file.path, file.basePath ?? file.path]));
    this.head = new OpenedFiles();
    this.base = new OpenedFiles({ files: this.head, changed: this.changed });
    this.scenes = { head: new Scene('head', this.head), base: new Scene('base', this.base) };
    if (input.words?.length) this.scenes.head.own = this.scenes.base.own = ownWords(input.words, match);
    if (this.change) this.scenes.head.changed = this.scenes.base.changed = changedPaths(this.change);
    const isReviewed = scopeMatcher(['**'], input.ignore);
    this.isIgnored = (path) => !isReviewed(path);
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
    this.askForCommits();
    if (code.length > 0) await this.openPackages();
    this.paths = paths.filter((path) => this.canLookAt(path));
    if (code.length > 0) this.prepared = prepare(this.input.lessons, this.scenes.head.own);
    if (this.change && this.prepared) this.scenes.head.asked = this.scenes.base.asked = this.asked(this.change, this.prepared);
  }

  /** Lists the packages of a workspace, where the manifests say that it is one, before anybody has to wait for them. */
  private async openPackages(): Promise<void> {
    wishForPackages(this.head);
    if (this.head.wantedFolders.size > 0) await this.fetchWishes('head');
  }

  private asked(change: Change, prepared: Prepared): Asked | undefined {
    const isLookedAt = (path: string, text: string): boolean => !isGenerated(path, text) && searchesIn(text, prepared, (lesson) => this.applies(lesson, path)).length > 0;
    return askedOf(change, { head: this.head, base: this.base }, isLookedAt, prepared.looksBeside);
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
      // What is asked about of the changed files is known by their nodes.
      this[side].closeTrees(this.scenes[side].asked ? this.changed : new Set());
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

  /** Asked for early, so that the answer is there when it is needed. A failure is told to whoever waits for it. */
  private askForCommits(): void {
    const { lessons, steps } = this.input;
    this.commits = lessons.some(outlivesItsLine) ? steps?.() : undefined;
    this.commits?.catch(() => undefined);
  }

  /** What commits on the way to the head had and it has not. Commits that nobody could look at are told. */
  async past(known: readonly Sighting[]): Promise<LeftBehind[]> {
    const { lessons, today } = this.input;
    const steps = await this.commits;
    if (!steps) return [];
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
      test = scopeMatcher(files.length > 0 ? files : ['**'], except);
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
    const words = [...files.wantedWords];
    const [, names, mentions] = await Promise.all([
      this.fetch(side, wanted),
      folders.length > 0 ? this.input.reader.list(side, folders) : undefined,
      words.length > 0 ? this.input.reader.search?.({ words: words.slice(0, mostWords), endings: codeEndings }) : undefined,
    ]);
    this.outside += wanted.filter((path) => files.text(path) !== undefined).length;
    if (names) files.addFolders(folders, names);
    files.addMentions(words, mentions?.files ?? new Map());
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
