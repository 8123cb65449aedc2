import type { ChangedFile } from '../change/change.ts';
import { commentLine } from '../change/lines.ts';
import { carryOut, carryOutSummary, deleteComment, type Scene } from '../github/act.ts';
import type { Client } from '../github/client.ts';
import { plan, planSummary, twins, type Posted, type Wanted } from '../github/plan.ts';
import { conversationOf, type Conversation, type Thread } from '../github/situation.ts';
import type { Finding, Note, Review } from '../model.ts';
import { comment, type CommentOptions } from '../reports/comment.ts';
import { cardOf } from '../reports/lesson-cards.ts';
import { markerText, readMarker } from '../reports/marker.ts';
import { place, verdictOf, worstFirst } from '../reports/placement.ts';
import { summary } from '../reports/summary.ts';
import type { Inputs } from './inputs.ts';
import type { Looked } from './look-on-github.ts';

/** Where the words go. Without a scene nobody comments: findings are then told in the check and the job summary alone. */
export type Stage = { client: Client; inputs: Inputs; scene?: Scene; options: CommentOptions };

/** Decides where each finding is told, tells it there, and gives the review as it was told. */
export async function speakOnGitHub(stage: Stage, looked: Looked, said: { threads: readonly Thread[]; conversation: readonly Conversation[] }): Promise<Review> {
  const { client, scene, inputs } = stage;
  if (!scene || inputs.comments === 'off') return withVerdict(looked, placed(looked, [], 0), []);
  let posted = postedOf(said.threads, inputs.id);
  for (let tries = 1; ; tries += 1) {
    const findings = placed(looked, posted, inputs.comments === 'inline' ? looked.settings.comments.inline : 0);
    const planned = plan(posted, wantedOf(findings, looked, stage));
    const outcome = await carryOut(client, scene, planned, (gone) => goneText(gone, scene, inputs));
    // An answer was lost on the way: what GitHub did of it is looked up, never guessed.
    if (outcome.isUncertain && tries < 3) {
      posted = postedOf((await conversationOf(client, scene, scene.number)).threads, inputs.id);
      continue;
    }
    const review = withVerdict(looked, findings.map((finding) => whereItWent(finding, outcome.placed)), refusalNotes(outcome.refused));
    const body = outcome.refused ? undefined : summary({ ...review, notes: review.notes.filter(isWorthAComment) }, stage.options);
    const wroteSummary = outcome.refused ? false : await speakSummary(stage, scene, said.conversation, body);
    if (outcome.wrote || wroteSummary) await retireTwins(stage, scene, body);
    return review;
  }
}

function keyOf({ lesson, fingerprint }: { lesson: string; fingerprint: string }): string {
  return `${lesson} ${fingerprint}`;
}

/** In the marker of a comment whose finding is gone; should it come back, it is a new one. */
const gone = 'gone:';

function postedOf(threads: readonly Thread[], run: string): Posted[] {
  return threads.flatMap((thread) => {
    const marker = thread.isOurs ? readMarker(thread.body) : undefined;
    if (!marker || marker.run !== run || 'summary' in marker) return [];
    const { id, commentId, body, on, isResolved, isAnswered, mayResolve } = thread;
    return [{ key: keyOf(marker), id, commentId, body, on, isResolved, isAnswered, mayResolve, isGone: marker.fingerprint.startsWith(gone) }];
  });
}

/**
 * Findings with their places. One that has its comment keeps it, wherever the limits now fall; what the limits leave goes to the
 * new ones.
 */
function placed({ review, change, settings }: Looked, posted: readonly Posted[], inline: number): Finding[] {
  const standing = new Map(posted.filter((each) => !each.isGone).map((each) => [each.key, each]));
  const kept = review.findings.flatMap((finding): Finding[] => {
    const own = standing.get(keyOf(finding));
    return own && mayBeCommented(finding) ? [{ ...finding, placement: own.on === 'file' ? 'file' : 'inline' }] : [];
  });
  const isKept = new Set(kept.map(keyOf));
  const files = new Map<string, ChangedFile>(change.files.map((file) => [file.path, file]));
  const fresh = place(
    review.findings.filter((finding) => !isKept.has(keyOf(finding))),
    { inline: Math.max(0, inline - kept.length), perLesson: settings.comments.perLesson },
    (path, line, endLine) => {
      const file = files.get(path);
      return file && commentLine(file, line, endLine);
    },
    (path) => files.has(path),
  );
  return [...kept, ...withinLesson(fresh, kept, settings.comments.perLesson)].sort(worstFirst);
}

/** A finding that became a note, or whose lesson went on trial, is no longer told in the diff. */
function mayBeCommented({ severity, status }: Finding): boolean {
  return severity !== 'note' && status === 'active';
}

/** Comments of a lesson that stand already count toward what one lesson may have. */
function withinLesson(fresh: readonly Finding[], kept: readonly Finding[], perLesson: number): Finding[] {
  const used = new Map<string, number>();
  for (const { lesson } of kept) used.set(lesson, (used.get(lesson) ?? 0) + 1);
  return fresh.map((finding) => {
    if (finding.placement !== 'inline' && finding.placement !== 'file') return finding;
    const count = (used.get(finding.lesson) ?? 0) + 1;
    used.set(finding.lesson, count);
    return count > perLesson ? { ...finding, placement: 'summary' as const } : finding;
  });
}

function wantedOf(findings: readonly Finding[], { review, change }: Looked, { options }: Stage): Wanted[] {
  const files = new Map<string, ChangedFile>(change.files.map((file) => [file.path, file]));
  return findings.flatMap((finding): Wanted[] => {
    if (finding.placement !== 'inline' && finding.placement !== 'file') return [];
    const file = files.get(finding.path);
    const line = finding.placement === 'inline' && file ? commentLine(file, finding.line, finding.endLine) : undefined;
    return [{
      key: keyOf(finding),
      path: finding.path,
      ...(line !== undefined && { line }),
      body: (on) => comment({ ...finding, placement: on === 'line' ? 'inline' : 'file' }, cardOf(review.lessons, finding.lesson), options),
    }];
  });
}

function goneText(posted: Posted, scene: Scene, { id }: Inputs): string {
  const marker = readMarker(posted.body);
  const lesson = marker && 'lesson' in marker ? marker.lesson : '';
  const fingerprint = marker && 'fingerprint' in marker ? marker.fingerprint : '';
  const said = posted.body.slice(0, posted.body.trimEnd().lastIndexOf('\n')).trim();
  return `Gone as of commit ${scene.head.slice(0, 10)}.\n\n<details><summary>What was said</summary>\n\n${said}\n\n</details>\n\n${markerText({ run: id, lesson, fingerprint: `${gone}${fingerprint}` })}`;
}

function whereItWent(finding: Finding, where: ReadonlyMap<string, 'line' | 'file' | 'left'>): Finding {
  const went = where.get(keyOf(finding));
  if (went === undefined) return finding;
  return { ...finding, placement: went === 'line' ? 'inline' : went === 'file' ? 'file' : 'summary' };
}

function withVerdict({ review, settings }: Looked, findings: Finding[], notes: readonly Note[]): Review {
  const all = [...review.notes, ...notes];
  return { ...review, findings, notes: all, verdict: verdictOf(findings, all, settings.gate) };
}

/** What a person must know on the pull request itself; the rest is told in the check. */
function isWorthAComment({ code, incomplete }: Note): boolean {
  return incomplete || !['lesson/replaced', 'lesson/repaired', 'review/callers'].includes(code);
}

function refusalNotes(refused: 'permission' | 'limit' | undefined): Note[] {
  if (refused === 'permission') {
    return [{ code: 'github/permission', message: 'The token may not comment on this pull request, so all findings are told in the check and the job summary.', hint: 'add `pull-requests: write` under `permissions:` in the workflow; for forks, add the second workflow of the README', incomplete: false }];
  }
  if (refused === 'limit') return [{ code: 'github/limit', message: 'GitHub takes no more comments for now, so the other findings are told in the check and the job summary.', incomplete: false }];
  return [];
}

async function speakSummary({ client, inputs }: Stage, scene: Scene, conversation: readonly Conversation[], body: string | undefined): Promise<boolean> {
  const outcome = await carryOutSummary(client, scene, planSummary(summariesOf(conversation, inputs.id), body));
  if (!outcome.isUncertain) return outcome.wrote;
  const now = await conversationOf(client, scene, scene.number);
  return (await carryOutSummary(client, scene, planSummary(summariesOf(now.conversation, inputs.id), body))).wrote;
}

function summariesOf(conversation: readonly Conversation[], run: string): Conversation[] {
  return conversation.filter((each) => {
    const marker = each.isOurs ? readMarker(each.body) : undefined;
    return marker !== undefined && 'summary' in marker && marker.run === run;
  });
}

/** Another run may have spoken at the same moment: whoever looks afterwards takes the younger copies away. */
async function retireTwins({ client, inputs }: Stage, scene: Scene, body: string | undefined): Promise<void> {
  const { threads, conversation } = await conversationOf(client, scene, scene.number);
  for (const twin of twins(postedOf(threads, inputs.id))) await deleteComment(client, scene, twin);
  const { remove } = planSummary(summariesOf(conversation, inputs.id), body);
  if (remove.length > 0) await carryOutSummary(client, scene, { remove });
}
