import type { Change, Reader, Steps } from '../change/change.ts';
import { commentLine } from '../change/lines.ts';
import type { Lesson } from '../lessons/lesson.ts';
import type { Note, Review } from '../model.ts';
import { place, verdictOf } from '../reports/placement.ts';
import { review } from '../review.ts';
import type { ReviewInput } from '../review/input.ts';
import { openDisk } from '../workspace/disk.ts';
import { changeBetween, changeInWorkingTree, defaultBranch, findRepository, mergeBase, resolveRevision, stepsBetween, workingTree } from '../workspace/git.ts';
import { openObjects, type OpenReader } from '../workspace/objects.ts';
import { scanFiles } from '../workspace/scan-files.ts';
import { cardNotes } from './card-notes.ts';
import { withAddress } from './home.ts';
import { cardTextsAt, inForce, meetsAny, noteOfFault, proven, withCardsIn, type InForce } from './lessons-in-force.ts';
import { tidyMemory } from './tidy-memory.ts';

/** Where a command looks: a repository, and the revisions as the user named them. */
export type Place = { repo?: string | undefined; base?: string | undefined; head?: string | undefined; lessons?: string | undefined };

/** How a command wants it. */
export type Wishes = {
  /** Lessons to look for in place of those in force here; they are taken as they come. */
  only?: readonly Lesson[];
  /** Told now and then how much is done, from 0 to 1, of how many files. */
  progress?: (share: number, files: number) => void;
  /** Milliseconds that the review may take; what is left then is named. */
  budget?: number;
  /** The commits that lead to the head of the change. */
  steps?: () => Promise<Steps>;
};

/** A review with what its reports need beside it. */
export type Looked = {
  review: Review;
  inForce: InForce;
  /** The text of a line of the head, for lines that findings stand on. */
  lineOf: (path: string, line: number) => string | undefined;
};

/** Reviews a change between two revisions, or between a revision and the working tree. */
export async function reviewChange(place: Place, wishes: Wishes = {}): Promise<Looked> {
  const repo = await repositoryOf(place);
  const named = place.head === undefined ? undefined : resolveRevision(repo, place.head);
  const [head, base] = await Promise.all([named, baseOf(repo, place.base, named)]);
  const [change, reader] = await Promise.all([
    head === undefined ? changeInWorkingTree(repo, base) : changeBetween(repo, base, head),
    head === undefined ? openDisk(repo, { base }) : openObjects(repo, { base, head }),
  ]);
  const steps = () => stepsBetween(repo, base, head ?? 'HEAD', head !== undefined);
  return lookAndClose(reader, { change }, place, { steps, ...wishes });
}

/** Looks through whole files, of a revision or of the working tree. */
export async function scanAll(place: Place, paths: readonly string[], wishes: Wishes = {}): Promise<Looked> {
  const repo = await repositoryOf(place);
  const head = place.head === undefined ? undefined : await resolveRevision(repo, place.head);
  const files = await scanFiles(repo, head, paths);
  const reader = head === undefined ? await openDisk(repo) : await openObjects(repo, { head });
  return lookAndClose(reader, { head: head ?? workingTree, paths: files }, place, wishes);
}

/** The repository's work tree, or the git folder of a bare one. */
export async function repositoryOf(place: Place): Promise<string> {
  const { root, gitFolder } = await findRepository(place.repo ?? '.');
  return root ?? gitFolder;
}

/** The base as the user wrote it; without one, where the head left the default branch. */
async function baseOf(repo: string, base: string | undefined, head: Promise<string> | undefined): Promise<string> {
  if (base !== undefined) return resolveRevision(repo, base);
  const [branch, newest] = await Promise.all([defaultBranch(repo), head ?? 'HEAD']);
  return mergeBase(repo, branch, newest);
}

type Subject = ReviewInput['subject'];

async function lookAndClose(reader: OpenReader, subject: Subject, place: Place, wishes: Wishes): Promise<Looked> {
  try {
    return await look(reader, subject, place.lessons, wishes);
  } finally {
    await reader.close();
  }
}

/** Looks at a change or at files through any reader. Lessons and settings are those of the base; in a scan, of what is scanned. */
export async function look(reader: Reader, subject: Subject, lessonsFolder: string | undefined, wishes: Wishes = {}): Promise<Looked> {
  const { force, notes } = wishes.only ? await onlySettings(reader, subject, wishes.only) : await whatHolds(reader, subject, lessonsFolder);
  return lookWith(reader, subject, force, notes, wishes);
}

/** Looks with lessons and settings that are known already. */
export async function lookWith(reader: Reader, subject: Subject, force: InForce, notes: readonly Note[], wishes: Pick<Wishes, 'progress' | 'budget' | 'steps'> = {}): Promise<Looked> {
  const { settings } = force;
  const files = 'change' in subject ? subject.change.files.length : subject.paths.length;
  const looked = await review({
    reader, subject, notes: [...force.notes, ...notes], lessons: force.lessons.map(withAddress), ignore: settings.ignore,
    waivers: settings.waivers.allow && (settings.waivers.byAuthor ? true : 'older'),
    today: new Date().toISOString().slice(0, 10), clock: () => performance.now(),
    places: settings.waivers.places,
    tidy: tidyMemory,
    ...(force.words && { words: force.words }),
    ...(wishes.steps && { steps: wishes.steps }),
    ...(wishes.budget !== undefined && { budget: wishes.budget }),
    ...(wishes.progress && { progress: (share: number) => wishes.progress!(share, files) }),
  });
  const change = 'change' in subject ? subject.change : undefined;
  const placed = withPlaces(looked, change, force);
  return { review: placed, inForce: force, lineOf: await linesOf(reader, placed) };
}

/** The lessons in force, and what is wrong with cards and settings. Cards of a folder of the user's take the place of the repository's. */
async function whatHolds(reader: Reader, subject: Subject, folder: string | undefined): Promise<{ force: InForce; notes: Note[] }> {
  const texts = await cardTextsAt(reader, 'change' in subject ? 'base' : 'head');
  const chosen = folder === undefined ? texts : withCardsIn(folder, texts);
  const paths = 'change' in subject ? subject.change.files.flatMap((file) => [file.path, file.basePath ?? file.path]) : subject.paths;
  const force = await proven(await inForce(chosen), meetsAny(paths));
  const isRepositorys = folder === undefined && 'change' in subject;
  return { force, notes: isRepositorys ? await cardNotes(force, texts, subject.change, reader) : force.faults.map(noteOfFault) };
}

/** The repository's settings, with some lessons in place of those that they choose. */
async function onlySettings(reader: Reader, subject: Subject, lessons: readonly Lesson[]): Promise<{ force: InForce; notes: Note[] }> {
  const texts = await cardTextsAt(reader, 'change' in subject ? 'base' : 'head');
  const force = await proven(await inForce({ ...texts, cards: [] }), () => false);
  return { force: { ...force, lessons: [...lessons], faults: [], notes: [] }, notes: [] };
}

/** Adds what depends on where it is shown: the place of every finding, and the verdict. */
function withPlaces(looked: Omit<Review, 'verdict'>, change: Change | undefined, { settings }: InForce): Review {
  const files = new Map(change?.files.map((file) => [file.path, file]));
  const findings = place(
    looked.findings,
    { inline: settings.comments.inline, perLesson: settings.comments.perLesson },
    (file, line, endLine) => {
      const changed = files.get(file);
      return changed && commentLine(changed, line, endLine);
    },
    (file) => files.has(file),
  );
  return { ...looked, findings, verdict: verdictOf(findings, looked.notes, settings.gate) };
}

/** The lines that findings stand on, read before the reader is closed. */
async function linesOf(reader: Reader, { findings }: Review): Promise<Looked['lineOf']> {
  const paths = [...new Set(findings.map((finding) => finding.path))];
  const sources = paths.length === 0 ? new Map() : await reader.read('head', paths);
  const wanted = new Map<string, string>();
  for (const path of paths) {
    const source = sources.get(path);
    if (!source || !('text' in source)) continue;
    const lines = source.text.split('\n');
    for (const finding of findings) if (finding.path === path) wanted.set(`${finding.line} ${path}`, lines[finding.line - 1] ?? '');
  }
  return (path, line) => wanted.get(`${line} ${path}`);
}
