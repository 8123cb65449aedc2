import fs from 'node:fs';
import path from 'node:path';
import type { Change } from '../change/change.ts';
import { commentLine } from '../change/lines.ts';
import type { Lesson } from '../lessons/lesson.ts';
import type { Review } from '../model.ts';
import { place, verdictOf } from '../reports/placement.ts';
import { review } from '../review.ts';
import { changeBetween, changeInWorkingTree, defaultBranch, findRepository, mergeBase, resolveRevision, workingTree } from '../workspace/git.ts';
import { openDisk } from '../workspace/disk.ts';
import { openObjects, type OpenReader } from '../workspace/objects.ts';
import { scanFiles } from '../workspace/scan-files.ts';
import { cardTextsAt, cardTextsIn, inForce, noteOfFault, type InForce } from './lessons-in-force.ts';

/** Where a command looks: a repository, and the revisions as the user named them. */
export type Place = { repo?: string | undefined; base?: string | undefined; head?: string | undefined; lessons?: string | undefined };

/** A review with what its reports need beside it. */
export type Looked = { review: Review; inForce: InForce; change?: Change };

/** Reviews a change between two revisions, or between a revision and the working tree. */
export async function reviewChange(place: Place, choose: (inForce: InForce) => readonly Lesson[] = ({ lessons }) => lessons): Promise<Looked> {
  const repo = await repositoryOf(place);
  const head = place.head === undefined ? undefined : await resolveRevision(repo, place.head);
  const base = await baseOf(repo, place.base, head);
  const change = head === undefined ? await changeInWorkingTree(repo, base) : await changeBetween(repo, base, head);
  const reader = head === undefined ? await openDisk(repo, { base }) : await openObjects(repo, { base, head });
  return withReader(reader, place, choose, { change }, 'base');
}

/** The repository's work tree, or the git folder of a bare one. */
async function repositoryOf(place: Place): Promise<string> {
  const { root, gitFolder } = await findRepository(place.repo ?? '.');
  return root ?? gitFolder;
}

/** The base as the user wrote it; without one, where the head left the default branch. */
async function baseOf(repo: string, base: string | undefined, head: string | undefined): Promise<string> {
  if (base !== undefined) return resolveRevision(repo, base);
  return mergeBase(repo, await defaultBranch(repo), head ?? 'HEAD');
}

/** Looks through whole files, of a revision or of the working tree. */
export async function scan(place: Place, paths: readonly string[], choose: (inForce: InForce) => readonly Lesson[] = ({ lessons }) => lessons): Promise<Looked> {
  const repo = await repositoryOf(place);
  const head = place.head === undefined ? undefined : await resolveRevision(repo, place.head);
  const files = await scanFiles(repo, head, paths);
  const reader = head === undefined ? await openDisk(repo) : await openObjects(repo, { head });
  return withReader(reader, place, choose, { head: head ?? workingTree, paths: files }, 'head');
}

async function withReader(reader: OpenReader, place: Place, choose: (inForce: InForce) => readonly Lesson[], subject: Parameters<typeof review>[0]['subject'], side: 'base' | 'head'): Promise<Looked> {
  try {
    const texts = await cardTextsAt(reader, side);
    const force = await inForce(place.lessons === undefined ? texts : { ...texts, cards: cardTextsIn(place.lessons) });
    const change = 'change' in subject ? subject.change : undefined;
    const looked = await review({
      reader, subject, lessons: choose(force), ignore: force.settings.ignore, waivers: force.settings.waivers.allow,
      today: new Date().toISOString().slice(0, 10), notes: [...force.notes, ...force.faults.map(noteOfFault)], clock: () => performance.now(),
    });
    return { review: placed(looked, change, force), inForce: force, ...(change && { change }) };
  } finally {
    reader.close();
  }
}

/** Adds what depends on where it is shown: the place of every finding, and the verdict. */
function placed(looked: Omit<Review, 'verdict'>, change: Change | undefined, { settings }: InForce): Review {
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

/** Writes a report where it belongs: to a file, or to standard output. */
export function deliver(text: string, output: string | undefined): void {
  const whole = text.endsWith('\n') ? text : `${text}\n`;
  if (output === undefined) process.stdout.write(whole);
  else {
    fs.mkdirSync(path.dirname(path.resolve(output)), { recursive: true });
    fs.writeFileSync(output, whole);
  }
}

