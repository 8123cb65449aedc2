/**
 * The whole story on one page: a change comes in, its code is opened on both sides, lessons are looked for, both sides are
 * compared, and what the change brought comes out. Text in, values out: nothing here touches disk, network or environment.
 */
import picomatch from 'picomatch';
import type { Change, ChangedFile, Reader, Source } from './change/change.ts';
import { baseLineOf } from './change/lines.ts';
import { openCompiler, type SourceFile } from './code/compiler.ts';
import { isGenerated } from './code/generated.ts';
import { projectFilesFor } from './code/modules.ts';
import { isCode, OpenedFiles } from './code/opened-files.ts';
import { Scene } from './code/scene.ts';
import type { Lesson } from './lessons/lesson.ts';
import { waiversIn, type WaiverBook } from './lessons/waiver-book.ts';
import { byPlace, compare, fingerprints } from './matching/compare.ts';
import { examineCode, examineText, prepare, textWordOf, type Prepared, type Sighting } from './matching/examine.ts';
import type { Finding, Fixed, LessonCard, Note, Review, Side, Skipped, Waived } from './model.ts';

/** Rounds of following: each fetches at once what the one before wished for. */
const mostRounds = 8;
/** Files outside the change that one review opens. */
const mostOutside = 1_200;

export type ReviewInput = {
  reader: Reader;
  /** The change to review; for a scan, the files to look at as they stand. */
  subject: { change: Change } | { head: string; paths: readonly string[] };
  lessons: readonly Lesson[];
  /** Globs of files that the team wants left alone. */
  ignore: readonly string[];
  /** Which waivers in the code hold: all, none, or those that were there before the change (`older`). */
  waivers: boolean | 'older';
  /** The day on which waivers are judged, as YYYY-MM-DD. */
  today: string;
  /** What is already known to be wrong: faulty cards, faulty settings. */
  notes?: readonly Note[];
  /** Milliseconds since some fixed moment, and how many of them this review may take. */
  clock: () => number;
  budget?: number;
};

/** Reviews a change, or looks at files as they stand. Placement and verdict are the door's to add: they depend on where it speaks. */
export async function review(input: ReviewInput): Promise<Omit<Review, 'verdict'>> {
  const started = input.clock();
  const desk = new Desk(input, started);
  await desk.open();
  const head = await desk.examine('head');
  const base = desk.change ? await desk.examine('base') : [];
  const { introduced, fixed } = desk.change
    ? compare(head, base, desk.change)
    : { introduced: [...fingerprints(head)].map(([sighting, fingerprint]) => ({ sighting, fingerprint })), fixed: [] };
  const findings = oneStoryEach(introduced.map(({ sighting, fingerprint }) => ({ sighting, finding: desk.finding(sighting, fingerprint) })));
  const { open, waived } = desk.applyWaivers(findings);
  return {
    schema: 'once-bitten.review/1',
    ...(desk.change && { base: desk.change.base }),
    head: desk.change ? desk.change.head : 'paths' in input.subject ? input.subject.head : '',
    findings: open,
    fixed: fixed.filter(({ sighting }) => desk.isStillThere(sighting.span.path)).map(({ sighting, fingerprint }) => fixedOf(sighting, fingerprint)),
    waived,
    notes: desk.notes,
    skipped: desk.skipped,
    lessons: cardsOf(input.lessons),
    stats: {
      files: desk.paths.length,
      parsed: desk.head.parsed + desk.base.parsed,
      readOutsideChange: desk.outside,
      rounds: desk.rounds,
      milliseconds: Math.round(input.clock() - started),
    },
  };
}

/** What one review has on its desk: the opened files of both sides, and what was said about them so far. */
class Desk {
  readonly change: Change | undefined;
  readonly head: OpenedFiles;
  readonly base: OpenedFiles;
  readonly notes: Note[];
  readonly skipped: Skipped[] = [];
  /** The files to look at, by their path at the head (at the base for deleted ones). */
  paths: string[] = [];
  rounds = 0;
  outside = 0;
  private readonly input: ReviewInput;
  private readonly started: number;
  private readonly scenes: Record<Side, Scene>;
  private readonly changedAtHead: Set<string>;
  private readonly changedAtBase: Set<string>;
  private readonly isIgnored: (path: string) => boolean;
  private readonly applying = new Map<string, (path: string) => boolean>();
  private prepared: Prepared | undefined;
  private book: WaiverBook | undefined;

  constructor(input: ReviewInput, started: number) {
    this.input = input;
    this.started = started;
    this.change = 'change' in input.subject ? input.subject.change : undefined;
    this.notes = [...(input.notes ?? [])];
    const files = this.change?.files ?? [];
    this.changedAtHead = new Set(files.flatMap((file) => [file.path, file.basePath ?? file.path]));
    this.changedAtBase = this.changedAtHead;
    this.head = new OpenedFiles();
    this.base = new OpenedFiles({ files: this.head, changed: this.changedAtBase });
    this.scenes = { head: new Scene('head', this.head), base: new Scene('base', this.base) };
    this.isIgnored = input.ignore.length > 0 ? picomatch([...input.ignore], { dot: true }) : () => false;
  }

  /** Reads what will be looked at, and the project's own files about itself, in one request a side. */
  async open(): Promise<void> {
    const wanted = this.change ? this.filesOfChange(this.change) : 'paths' in this.input.subject ? [...this.input.subject.paths] : [];
    const paths = wanted.filter((path) => this.isIgnored(path) ? this.skip(path, 'ignored') : true);
    const code = paths.filter(isCode);
    if (code.length > 0) await openCompiler();
    const about = new Set(code.flatMap(projectFilesFor));
    const before = this.change?.files.flatMap((file) => file.basePath ?? []).filter((path) => !this.isIgnored(path)) ?? [];
    // Both sides at once: where requests cost, what is asked for at the same moment goes in one.
    await Promise.all([this.fetch('head', [...paths, ...about]), this.fetch('base', before)]);
    this.paths = paths.filter((path) => this.canLookAt(path));
    if (code.length > 0) this.prepared = prepare(this.input.lessons);
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
      this.skip(path, why);
      if (why === 'unreadable') this.note({ code: 'review/unreadable', message: `\`${path}\` could not be read, so it was not reviewed.`, path, incomplete: true });
      return false;
    }
    return this.head.text(path) !== undefined;
  }

  private note(note: Note): void {
    this.notes.push(note);
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
    const found = new Map<string, Sighting[]>();
    const paths = this.pathsOf(side);
    const files = this[side];
    let pending = paths.filter((path) => isCode(path) && this.prepared !== undefined);
    const looked = new Set<string>();
    for (let round = 0; pending.length > 0; round += 1) {
      const again: string[] = [];
      for (const path of pending) {
        if (this.isSpent()) break;
        const before = files.misses;
        found.set(path, this.lookAt(path, side));
        if (files.misses > before) again.push(path);
        looked.add(path);
      }
      if (again.length === 0 || this.isSpent() || !(await this.grant(side, round))) break;
      this.scenes[side].forget();
      pending = again;
    }
    this.sayWhatWasLeftOut(paths.filter((path) => isCode(path) && this.prepared !== undefined && !looked.has(path)));
    const sightings = paths.flatMap((path) => found.get(path) ?? []);
    for (const path of paths) sightings.push(...(await this.readText(path, side)));
    return sightings.sort(byPlace);
  }

  private pathsOf(side: Side): string[] {
    if (side === 'head' || !this.change) return this.paths;
    return this.change.files.filter((file) => file.basePath !== undefined && !file.binary && !file.special).map((file) => file.basePath!).filter((path) => !this.isIgnored(path) && this.base.text(path) !== undefined);
  }

  private lookAt(path: string, side: Side): Sighting[] {
    const text = this[side].text(path);
    if (text === undefined || isGenerated(path, text)) {
      if (side === 'head' && text !== undefined) this.skip(path, 'generated');
      return [];
    }
    const tree = this[side].tree(path);
    if (!tree) return [];
    try {
      return examineCode(tree, this.scenes[side], this.prepared!, (lesson) => this.applies(lesson, path));
    } catch (error) {
      // A word that stumbles over a file leaves a note, and the review goes on.
      this.note({ code: 'review/stumbled', message: `Reading \`${path}\` failed on our side (${error instanceof Error ? error.message.slice(0, 200) : 'unknown error'}), so it was not fully reviewed.`, hint: 'please report this with the file, or set it aside with `ignore`', path, incomplete: true });
      return [];
    }
  }

  private async readText(path: string, side: Side): Promise<Sighting[]> {
    const text = this[side].text(path);
    if (text === undefined) return [];
    const lessons = this.input.lessons.filter((lesson) => textWordOf(lesson) && this.applies(lesson, path));
    if (lessons.length === 0) return [];
    const tree = (): SourceFile | undefined => this[side].tree(path);
    return examineText({ path, text, generated: isGenerated(path, text), tree }, lessons);
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
    if (left.length === 0) return;
    for (const path of left) this.skip(path, 'budget');
    this.note({ code: 'review/budget', message: `The time allowed for this review ran out; ${left.length} file${left.length === 1 ? ' was' : 's were'} not reviewed.`, hint: 'raise `time-budget`, or split the change', incomplete: true });
  }

  finding(sighting: Sighting, fingerprint: string): Finding {
    const lesson = this.input.lessons.find((each) => each.id === sighting.lesson)!;
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
      introduced: this.change ? true : null,
      placement: 'none',
    };
  }

  /** True for a path that the head still has; what was deleted with its file was not repaired. */
  isStillThere(basePath: string): boolean {
    const file = this.change?.files.find((each: ChangedFile) => each.basePath === basePath);
    return file === undefined || file.status !== 'deleted';
  }

  /** True for a line of the head that the change did not write. */
  private wasThere(path: string, line: number): boolean {
    const file = this.change?.files.find((each: ChangedFile) => each.path === path);
    return file === undefined || baseLineOf(file, line) !== undefined;
  }

  /** Takes out what was settled in the code, and says which waivers settle nothing. */
  applyWaivers(findings: readonly Finding[]): { open: Finding[]; waived: Waived[] } {
    if (!this.input.waivers) return { open: [...findings], waived: [] };
    const texts = new Map(this.paths.flatMap((path) => {
      const text = this.head.text(path);
      return text?.includes('lesson-ok') ? [[path, text] as const] : [];
    }));
    this.book = waiversIn(texts, this.input.today);
    const counts = this.input.waivers === 'older' ? (path: string, line: number): boolean => this.wasThere(path, line) : undefined;
    const settled = this.book.settle(findings, (id) => this.input.lessons.find((lesson) => lesson.id === id)?.waivable ?? true, counts);
    this.notes.push(...settled.notes);
    return settled;
  }
}

/** Findings of one lesson in one loop tell one story: the first stands for all, and names how many more there are. */
function oneStoryEach(entries: readonly { sighting: Sighting; finding: Finding }[]): Finding[] {
  const stories = new Map<string, Finding>();
  const told: Finding[] = [];
  for (const { sighting, finding } of entries) {
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
