import type { Change, Source } from '../change/change.ts';
import { isProjectFile } from '../code/manifests.ts';
import { isCode } from '../code/opened-files.ts';
import { cardNotes } from '../commands/card-notes.ts';
import { cardTextsOf, inForce, meetsAny, proven } from '../commands/lessons-in-force.ts';
import { openApi } from '../github/api-reader.ts';
import { withPureRenames } from '../github/api-change.ts';
import type { Client } from '../github/client.ts';
import { stepsOfPull } from '../github/steps.ts';
import type { Settings } from '../lessons/settings.ts';
import type { Review } from '../model.ts';
import { review } from '../review.ts';
import { workspaceFile } from '../workspace/workspace-file.ts';
import type { Inputs } from './inputs.ts';
import { lessonAddress } from './links.ts';
import type { Runner } from './runner.ts';
import { atTheirEntries, withSharedCards } from './shared-cards.ts';
import type { Subject } from './subject.ts';

/** A review without places and verdict, and what these depend on. */
export type Looked = { review: Omit<Review, 'verdict'>; change: Change; settings: Settings };

/** Text that is worth a second look where GitHub calls it binary: what a person may have written. */
const written = /(?:^|\/)(?:[^.]*|\.env[^/]*)$|\.(?:json|ya?ml|toml|env|ini|cfg|conf|properties|sql|sh|txt|md|html?|xml|vue|svelte|prisma|graphql|tf|pem|key)$/i;

/** Reviews one subject: the change and both sides through the API, cards and settings from the base tip. */
export async function lookOnGitHub(client: Client, runner: Runner, inputs: Inputs, subject: Subject, left: () => number): Promise<Looked> {
  const own = cardTextsOf(subject.situation.sources, inputs.lessons, namesIn(inputs.lessons, subject.situation.sources));
  const [base, told] = await Promise.all([withSharedCards(own, client, runner, subject.tip), subject.change()]);
  const force = await proven(await inForce(base), meetsAny(told.change.files.flatMap((file) => [file.path, file.basePath ?? file.path])));
  const { workspace } = runner;
  const reader = openApi(client, runner.repository, { base: told.change.base, head: subject.head }, {
    oids: told.oids,
    mayBeText: (path) => isCode(path) || written.test(path),
    keeps: isProjectFile,
    ...(workspace !== undefined && { local: (path: string) => workspaceFile(workspace, path) }),
  });
  const change = await withPureRenames(told.change, reader.isSame);
  const notes = [...told.notes, ...force.notes, ...atTheirEntries(await cardNotes(force, base, change, reader, inputs.lessons), base)];
  const { pull } = subject;
  const looked = await review({
    reader, subject: { change }, notes, ignore: force.settings.ignore, waivers: waiversThatHold(force.settings, subject.isFromFork),
    lessons: force.lessons.map((lesson) => ({ ...lesson, link: lesson.link ?? lessonAddress(lesson, runner, subject.tip) })),
    places: force.settings.waivers.places,
    ...(force.words && { words: force.words }),
    ...(pull && { steps: () => stepsOfPull(client, runner.repository, pull.commits, subject.head) }),
    today: new Date().toISOString().slice(0, 10), clock: () => performance.now(),
    // What is left after it must do for telling of it.
    budget: Math.max(1_000, left() * 0.8),
  });
  return { review: looked, change, settings: { ...force.settings, gate: inputs.gate ?? force.settings.gate } };
}

/** The waivers that a change brings itself hold only where the settings trust its author. */
function waiversThatHold({ waivers }: Settings, isFromFork: boolean): boolean | 'older' {
  if (!waivers.allow) return false;
  return waivers.byAuthor && (waivers.fromForks || !isFromFork) ? true : 'older';
}

function namesIn(folder: string, sources: ReadonlyMap<string, Source>): string[] {
  return [...sources.keys()].filter((file) => file.startsWith(`${folder}/`)).map((file) => file.slice(folder.length + 1));
}
