/** What a card's examples leave untested, and where cards contradict each other: advice for whoever writes them. */
import { openCompiler } from '../code/compiler.ts';
import { isCode } from '../code/opened-files.ts';
import { scopeMatcher } from '../lessons/glob.ts';
import type { CardPlace, Example, Lesson, Matcher } from '../lessons/lesson.ts';
import type { OwnWord } from '../lessons/read-vocabulary.ts';
import type { Note } from '../model.ts';
import { textWordOf } from './searches.ts';
import { readsCode, sightingsOf, stage } from './stage.ts';

/** A card without one of its clauses, and how to speak of that clause. */
type Weaker = { lesson: Lesson; clause: string; at: CardPlace; /** What would notice: a good example, for what only narrows down. */ needs: 'good' | 'bad' };

/** Variants of one card that are tried. */
const mostVariants = 60;

/** The clauses of a proven card that could be dropped without any example noticing. Cards about words of text are left out. */
export async function untestedClauses(lesson: Lesson, words: readonly OwnWord[] = []): Promise<Note[]> {
  if (!lesson.detect || textWordOf(lesson)) return [];
  if (readsCode(lesson)) await openCompiler();
  const notes: Note[] = [];
  for (const { lesson: weaker, clause, at, needs } of weakerThan(lesson).slice(0, mostVariants)) {
    if (!(await holdsProof(weaker, words))) continue;
    notes.push({
      code: 'lesson/untested-clause', message: `no example notices when ${clause} is dropped`, path: at.file, line: at.line, column: at.column, incomplete: false,
      hint: needs === 'good' ? 'add a good example that only this leaves alone, or drop it' : 'add a bad example that only this catches, or drop it',
    });
  }
  return notes;
}

async function holdsProof(lesson: Lesson, words: readonly OwnWord[]): Promise<boolean> {
  try {
    for (const example of lesson.examples.bad) if ((await hits(example, lesson, words)).length === 0) return false;
    for (const example of lesson.examples.good) if ((await hits(example, lesson, words)).length > 0) return false;
    return true;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return false;
  }
}

async function hits(example: Example, lesson: Lesson, words: readonly OwnWord[]): Promise<readonly unknown[]> {
  return isInScope(example, lesson) ? sightingsOf(stage(example, lesson, words), [lesson]) : [];
}

function isInScope({ file }: Example, lesson: Lesson): boolean {
  return file === undefined || scopeMatcher(lesson.scope.files, lesson.scope.except)(file);
}

function weakerThan(lesson: Lesson): Weaker[] {
  const ofDetect = weakenings(lesson.detect!).map(({ matcher, ...rest }) => ({ ...rest, lesson: { ...lesson, detect: matcher } }));
  const ofFine = lesson.fineWhen.map(({ matcher, because }, index): Weaker => ({
    lesson: { ...lesson, fineWhen: lesson.fineWhen.toSpliced(index, 1) }, clause: `fine-when "${because.slice(0, 60)}"`, at: matcher.at, needs: 'good',
  }));
  return [...ofDetect, ...ofFine];
}

type Weakening = { matcher: Matcher; clause: string; at: CardPlace; needs: 'good' | 'bad' };

const narrowing = ['inside', 'contains', 'after', 'before', 'guarded-by', 'reaches', 'reached-by', 'without', 'not', 'file', 'together'] as const;

/** Every way to drop one clause of a matcher, or of a matcher inside it. */
function weakenings(matcher: Matcher): Weakening[] {
  const found: Weakening[] = [];
  const hasSubject = matcher.is ?? matcher.code ?? matcher.text ?? matcher.removed ?? matcher.any ?? matcher.all;
  for (const key of narrowing) {
    const inner = matcher[key];
    if (!inner) continue;
    const { [key]: _dropped, ...rest } = matcher;
    if (hasSubject) found.push({ matcher: rest, clause: `\`${key}\``, at: inner.at, needs: 'good' });
    if (key === 'file' || key === 'together') continue;
    for (const each of weakenings(inner as Matcher)) found.push({ ...each, matcher: { ...matcher, [key]: each.matcher }, needs: isTurned(key) ? turned(each.needs) : each.needs });
  }
  if (matcher.code?.from !== undefined) {
    const { from, ...code } = matcher.code;
    found.push({ matcher: { ...matcher, code }, clause: `\`from: ${from}\``, at: code.at, needs: 'good' });
  }
  for (const [name, test] of Object.entries(matcher.is?.attributes ?? {})) {
    if (!('equals' in test)) continue;
    const { [name]: _dropped, ...attributes } = matcher.is!.attributes;
    found.push({ matcher: { ...matcher, is: { ...matcher.is!, attributes } }, clause: `\`${name}\` of ${matcher.is!.word}`, at: matcher.is!.at, needs: 'good' });
  }
  for (const [index, test] of (matcher.where ?? []).entries()) found.push({ matcher: { ...matcher, where: matcher.where!.toSpliced(index, 1) }, clause: `what \`where\` asks of ${test.variable}`, at: test.at, needs: 'good' });
  for (const key of ['all', 'any'] as const) {
    for (const [index, each] of (matcher[key] ?? []).entries()) {
      const others = matcher[key]!.toSpliced(index, 1);
      if (others.length > 0) found.push({ matcher: { ...matcher, [key]: others }, clause: key === 'all' ? 'this part of `all`' : 'this branch of `any`', at: each.at, needs: key === 'all' ? 'good' : 'bad' });
      for (const inner of weakenings(each)) found.push({ ...inner, matcher: { ...matcher, [key]: matcher[key]!.with(index, inner.matcher) } });
    }
  }
  if (matcher.removed) for (const each of weakenings(matcher.removed)) found.push({ ...each, matcher: { ...matcher, removed: each.matcher } });
  return found;
}

/** What only rules out finds more when it is stricter. */
function isTurned(key: string): boolean {
  return key === 'not' || key === 'without';
}

function turned(needs: 'good' | 'bad'): 'good' | 'bad' {
  return needs === 'good' ? 'bad' : 'good';
}

/** Good examples of one card that another one catches. At least one of the two is a card of the team. */
export async function contradictions(lessons: readonly Lesson[], words: readonly OwnWord[] = []): Promise<Note[]> {
  const looking = lessons.filter((lesson) => lesson.detect && !textWordOf(lesson) && lesson.status !== 'draft' && lesson.status !== 'retired');
  if (looking.some(readsCode)) await openCompiler();
  const notes: Note[] = [];
  for (const owner of looking) {
    const others = looking.filter((other) => other !== owner && (other.origin !== 'built-in' || owner.origin !== 'built-in'));
    const told = new Set<string>();
    for (const example of owner.examples.good) {
      if (example.file !== undefined && !isCode(example.file) && others.every(readsCode)) continue;
      for (const id of await caughtBy(example, owner, others, words)) {
        // One example of a pair is enough to show where they differ.
        if (!told.has(id)) notes.push(contradiction(owner, example, others.find((other) => other.id === id)!));
        told.add(id);
      }
    }
  }
  return notes;
}

async function caughtBy(example: Example, owner: Lesson, others: readonly Lesson[], words: readonly OwnWord[]): Promise<Set<string>> {
  try {
    const meant = others.filter((other) => isInScope(example, other) && readsCode(other) === readsCode(owner));
    const staged = stage(example, owner, words);
    // What the change of somebody else's example touches besides is unknown.
    for (const side of [staged, staged.before]) if (side?.scene.changed) side.scene.changed = { paths: side.scene.changed.paths };
    return new Set((await sightingsOf(staged, meant)).map(({ lesson }) => lesson));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return new Set();
  }
}

function contradiction(owner: Lesson, example: Example, other: Lesson): Note {
  const [shown, by] = owner.origin === 'built-in' ? [other.source, `it catches a good example of the built-in lesson ${owner.id}`] : [owner.source, `the card ${other.id} catches this good example of ${owner.id}`];
  return {
    code: 'lesson/contradiction', message: by, path: shown.file, ...(owner.origin === 'built-in' ? { line: 1, column: 1 } : { line: example.at.line, column: example.at.column }), incomplete: false,
    hint: 'a reader who follows one card should not be stopped by another: narrow one of them, or change the example',
  };
}
