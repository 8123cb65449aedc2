import fs from 'node:fs';
import { Fault, formatFault } from '../fault.ts';
import type { Lesson } from '../lessons/lesson.ts';
import { knownWith, type OwnWord } from '../lessons/read-vocabulary.ts';
import { prove } from '../matching/prove.ts';
import { codeLine } from '../reports/code-line.ts';
import { asSentence, counted, duration } from '../reports/phrases.ts';
import { byPlace } from '../reports/placement.ts';
import { brief, withoutLogCommand } from '../reports/visible-text.ts';
import { isWithheld } from '../reports/withheld.ts';
import type { Command } from './command.ts';
import { deliver, reportOf } from './deliver.ts';
import { exitCode } from './exit-code.ts';
import { lessonNamed, lessonsAtHand, wordsOf } from './find-lesson.ts';
import { cardOnDisk } from './lessons-in-force.ts';
import { reviewChange, scanAll, type Looked } from './look.ts';
import { progressOn } from './progress.ts';
import { knownWords, readCard } from './team-cards.ts';
import type { Terminal } from './terminal.ts';

/** `try`: one card over the repository or a change, whatever its status. What is wrong with the card is told as well. */
export const run: Command = async ({ options, paths }, terminal) => {
  const words = await wordsOf(options);
  const { lesson, faults } = await cardToTry(paths[0]!, options.repo, words);
  for (const fault of faults) terminal.say(`${formatFault(fault)}\n\n`);
  if (!lesson) return exitCode.mistaken;
  const proofs = await prove(lesson, words);
  for (const fault of proofs) terminal.say(`${formatFault(fault)}\n\n`);
  // A pattern that does not parse finds nothing anywhere.
  if (proofs.some(({ code }) => code === 'lesson/bad-pattern' || code === 'lesson/not-built')) return exitCode.mistaken;
  const looked = withoutWaiverNotes(await lookFor(lesson, options, terminal));
  const isPlain = options.format === undefined || options.format === 'terminal';
  const text = isPlain ? placesReport(looked, lesson, proofs, options.base !== undefined, terminal) : await reportOf(looked, options, terminal);
  deliver(text, options.output, terminal);
  if (looked.review.verdict === 'incomplete') return exitCode.incomplete;
  return proofs.length > 0 ? exitCode.mistaken : exitCode.fine;
};

/** The card in a file, or the lesson of this id. */
async function cardToTry(card: string, repo: string | undefined, words: readonly OwnWord[]): Promise<{ lesson?: Lesson; faults: Fault[] }> {
  if (!fs.existsSync(card)) {
    if (/[./\\]/.test(card)) throw new Fault('usage/no-such-path', { message: `there is no card ${card}`, hint: 'name a card file, or the id of a lesson' });
    return { lesson: lessonNamed(card, await lessonsAtHand(repo === undefined ? {} : { repo })), faults: [] };
  }
  const read = cardOnDisk(card);
  if (read instanceof Fault) return { faults: [read] };
  const { lesson, faults } = await readCard(read, knownWith(knownWords, words));
  if (lesson && !lesson.detect) return { faults: [new Fault('usage/wrong-value', { message: `${card} only tells a story: it has no "detect" to try`, hint: 'say in detect what to look for' })] };
  return { ...(lesson && { lesson }), faults };
}

type Options = Parameters<Command>[0]['options'];

async function lookFor(lesson: Lesson, options: Options, terminal: Terminal): Promise<Looked> {
  const only = [{ ...lesson, status: 'active' as const }];
  const progress = progressOn(terminal, 'Looking through');
  const { base, head, repo } = options;
  const wishes = { only, progress: progress.at };
  return (base === undefined ? scanAll({ repo, head }, [], wishes) : reviewChange({ repo, base, head }, wishes)).finally(progress.end);
}

/** Waivers speak of all lessons, and only one was looked for: what they settle cannot be told here. */
function withoutWaiverNotes(looked: Looked): Looked {
  const { review } = looked;
  return { ...looked, review: { ...review, notes: review.notes.filter(({ code }) => code !== 'waiver/unused' && code !== 'waiver/malformed') } };
}

function placesReport({ review, lineOf }: Looked, lesson: Lesson, proofs: readonly Fault[], isChange: boolean, terminal: Terminal): string {
  const bold = (text: string): string => (terminal.colour ? `\u001b[1m${text}\u001b[22m` : text);
  const places = [...review.findings].sort(byPlace).flatMap((finding) => {
    const line = isWithheld(finding) ? undefined : lineOf(finding.path, finding.line);
    return [
      `${bold(`${brief(finding.path, 400)}:${finding.line}:${finding.column}`)}  ${finding.severity}`,
      `  ${asSentence(brief(finding.message, 300))}`,
      ...(line === undefined ? [] : [`  ${String(finding.line).padStart(5)} │ ${codeLine(line, finding.column, Math.max(40, terminal.width) - 10).text}`]),
      '',
    ];
  });
  const notes = review.notes.map((note) => `${note.path === undefined ? '' : `${brief(note.path, 400)}  `}${asSentence(brief(note.message, 300))}`);
  const lines = [...places, ...notes, ...(notes.length > 0 ? [''] : []), closing(review, lesson, proofs, isChange)];
  return `${lines.map(withoutLogCommand).join('\n')}\n`;
}

function closing({ findings, waived, stats }: Looked['review'], lesson: Lesson, proofs: readonly Fault[], isChange: boolean): string {
  const files = new Set(findings.map(({ path }) => path)).size;
  const found = findings.length === 0 ? 'No place' : `${counted(findings.length, 'place')} in ${counted(files, 'file')}`;
  const settled = waived.length > 0 ? `, ${waived.length} waived` : '';
  const proof = proofs.length > 0 ? `${counted(proofs.length, 'example')} of the card ${proofs.length === 1 ? 'fails' : 'fail'}.` : `All ${lesson.examples.bad.length + lesson.examples.good.length} examples of the card hold.`;
  return `${found}${settled}: ${counted(stats.files, 'file')} ${isChange ? 'of the change ' : ''}looked at in ${duration(stats.milliseconds)}. ${proof}`;
}
