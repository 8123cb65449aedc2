import { createHmac, randomBytes } from 'node:crypto';
import { ts, type Node, type SourceFile } from '../code/compiler.ts';
import type { OwnWords, Scene } from '../code/scene.ts';
import { enclosingStatement, functionName, isFunctionBody, nameText, spanOf, stepAt } from '../code/syntax.ts';
import type { Lesson, Matcher } from '../lessons/lesson.ts';
import { partsOf } from '../lessons/parts.ts';
import type { Severity, Span, Step } from '../model.ts';
import { wordNamed } from '../vocabulary/index.ts';
import type { TextFile, TextWord } from '../vocabulary/word.ts';
import { fillIn, noBindings } from './bindings.ts';
import { normalised } from './fingerprint.ts';
import { bindAttributes, kindsOf, match, type Found } from './match.ts';
import { codeWordNamed } from './own-words.ts';
import { patternOf } from './pattern.ts';

/** A place where code repeats a lesson, on one side of a change. Plain data: no node leaves this room. */
export type Sighting = {
  lesson: string;
  severity: Severity;
  span: Span;
  /** The lines of the whole statement, for mapping it through the diff. */
  statement: { line: number; endLine: number };
  message: string;
  advice: string;
  evidence: Step[];
  /** Who it is across versions: the functions around it, and the matched code without names that may change. */
  symbol: string;
  code: string;
  /** The lesson is about code that a change takes away: it counts where the other side has none. */
  removed?: true;
  /**
   * What a finding about text was found in, as a digest under a key that this process alone knows. Only for telling a text that
   * moved from one that changed: it is compared with the other side and leaves the review with nobody.
   */
  content?: string;
  /** Sightings of one lesson with the same group tell one story (one loop, say). */
  group?: string;
};

/** One thing that a lesson looks for in code. */
type Search = { lesson: Lesson; detect: Matcher; removed: boolean; names: readonly string[] };

/** What is looked for by the kind of node at which each may begin, so that one walk serves all lessons. */
export type Prepared = { byKind: ReadonlyMap<number, readonly Search[]>; everywhere: readonly Search[] };

/** Prepares the lessons that look at code. The compiler must be loaded. Throws `lesson/bad-pattern`. */
export function prepare(lessons: readonly Lesson[], own?: OwnWords): Prepared {
  const byKind = new Map<number, Search[]>();
  const everywhere: Search[] = [];
  for (const search of lessons.flatMap(searchesOf)) {
    const kinds = startsAt(search.detect, own);
    if (!kinds) everywhere.push(search);
    else for (const kind of kinds) byKind.set(kind, [...(byKind.get(kind) ?? []), search]);
  }
  return { byKind, everywhere };
}

function searchesOf(lesson: Lesson): Search[] {
  if (!lesson.detect || textWordOf(lesson)) return [];
  const parts = partsOf(lesson.detect).filter(({ reads }) => reads === 'code' || reads === 'removed');
  return parts.map(({ reads, matcher }) => ({ lesson, detect: matcher, removed: reads === 'removed', names: namesNeeded(matcher) }));
}

/** The kinds of node at which a matcher can hold; undefined for any. */
function startsAt(matcher: Matcher, own: OwnWords | undefined): ReadonlySet<number> | undefined {
  if (matcher.is) {
    const word = codeWordNamed(matcher.is.word, own);
    return word ? kindsOf(word) : new Set();
  }
  if (matcher.code) {
    const { kinds } = patternOf(matcher.code);
    return kinds.length > 0 ? new Set(kinds) : undefined;
  }
  for (const each of matcher.all ?? []) {
    const kinds = startsAt(each, own);
    if (kinds) return kinds;
  }
  if (!matcher.any) return undefined;
  const kinds = new Set<number>();
  for (const each of matcher.any) {
    const its = startsAt(each, own);
    if (!its) return undefined;
    for (const kind of its) kinds.add(kind);
  }
  return kinds;
}

/** The word about text that a lesson begins with, where it does. */
export function textWordOf(lesson: Lesson): TextWord | undefined {
  const word = lesson.detect?.is && wordNamed(lesson.detect.is.word);
  return word?.reads === 'text' ? word : undefined;
}

/** The names without which a file's text cannot hold what a matcher looks for. */
function namesNeeded(matcher: Matcher): readonly string[] {
  return [...(matcher.code ? patternOf(matcher.code).names : []), ...(matcher.all ?? []).flatMap(namesNeeded)];
}

/** So many conditions are tested for one file, and for each thing looked for so many more as it has characters: several times what ordinary code takes. */
const mostTests = 200_000;

/**
 * Finds where a file's code repeats the lessons. Throws a RangeError for code, or a card, that takes more than `most` tests or
 * a deeper stack: the file is then not fully looked at.
 */
export function examineCode(tree: SourceFile, scene: Scene, prepared: Prepared, applies: (lesson: Lesson) => boolean, most?: number): Sighting[] {
  const found: Sighting[] = [];
  const mayBeHere = ({ lesson, names }: Search): boolean => names.every((name) => tree.text.includes(name)) && applies(lesson);
  const byKind = new Map([...prepared.byKind].map(([kind, searches]) => [kind, searches.filter(mayBeHere)] as const).filter(([, searches]) => searches.length > 0));
  const everywhere = prepared.everywhere.filter(mayBeHere);
  if (byKind.size === 0 && everywhere.length === 0) return found;
  const searches = new Set([...everywhere, ...[...byKind.values()].flat()]).size;
  scene.testsLeft = most ?? mostTests + searches * tree.text.length;
  const at = (search: Search, node: Node): void => {
    const sighting = sightingAt(search, node, tree, scene);
    if (sighting) found.push(sighting);
  };
  const visit = (node: Node): void => {
    for (const search of byKind.get(node.kind) ?? []) at(search, node);
    for (const search of everywhere) at(search, node);
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(tree, visit);
  return found;
}

function sightingAt({ lesson, detect, removed }: Search, node: Node, tree: SourceFile, scene: Scene): Sighting | undefined {
  const matched = match(detect, node, scene);
  if (!matched || lesson.fineWhen.some(({ matcher }) => match(matcher, node, scene, matched))) return undefined;
  return { ...sightingOf(lesson, node, tree, scene, matched), ...(removed && { removed }) };
}

function sightingOf(lesson: Lesson, node: Node, tree: SourceFile, scene: Scene, found: Found): Sighting {
  const span = spanOf(node, tree);
  const statement = enclosingStatement(node);
  const lines = statement ? spanOf(statement, tree) : span;
  const own = stepAt(node);
  // The chain as a reader walks it: the surrounding code, this call, and what lies behind it.
  const [around, behind] = split(found, node);
  return {
    lesson: lesson.id,
    severity: gradeOf(lesson, node, scene, found),
    span,
    statement: { line: lines.line, endLine: lines.endLine },
    message: fillIn(lesson.message, found.bindings),
    advice: found.advice[lesson.id] ?? lesson.lesson,
    evidence: around.length + behind.length > 0 ? [...around, own, ...behind] : [],
    symbol: symbolOf(node),
    code: normalised(node),
    ...(found.around && { group: `${lesson.id} ${span.path} ${found.around.getStart(tree)}` }),
  };
}

/** Evidence of what lies around the node comes before it, everything else after. */
function split(found: Found, node: Node): [Step[], Step[]] {
  const path = node.getSourceFile().fileName.slice(1);
  const line = stepAt(node).line;
  const around = found.evidence.filter((step) => found.around && step.path === path && step.line <= line && step.line >= stepAt(found.around).line - 1 && step.line !== line);
  const first = around.slice(0, 1);
  return [first, found.evidence.filter((step) => !first.includes(step) && !(step.path === path && step.line === line))];
}

function gradeOf(lesson: Lesson, node: Node, scene: Scene, found: Found): Severity {
  for (const { when, severity } of lesson.grades) if (match(when, node, scene, found)) return severity;
  return lesson.severity;
}

/** The functions and keys around a node, outermost first: stays the same when the file is renamed or the function moved. */
function symbolOf(node: Node): string {
  const names: string[] = [];
  for (let up = node.parent; up; up = up.parent) {
    const name = isFunctionBody(up) ? functionName(up) : ts.isPropertyAssignment(up) ? nameText(up.name) : undefined;
    if (name !== undefined) names.unshift(name);
  }
  return names.join(' › ');
}

/** Finds where a file's text repeats the lessons that read text. */
export async function examineText(file: TextFile, lessons: readonly Lesson[]): Promise<Sighting[]> {
  const found: Sighting[] = [];
  const answers = new Map<TextWord, Awaited<ReturnType<TextWord['recogniseText']>>>();
  for (const lesson of lessons) {
    const word = textWordOf(lesson);
    const matcher = lesson.detect?.is;
    if (!word || !matcher || (word.hint && !word.hint.test(file.text))) continue;
    if (!answers.has(word)) answers.set(word, await word.recogniseText(file));
    for (const recognition of answers.get(word)!) {
      const bindings = bindAttributes(matcher, recognition, '', noBindings);
      if (!bindings) continue;
      const passes = (each: Matcher): boolean => each.is !== undefined && each.is.word === word.name && bindAttributes(each.is, recognition, '', bindings) !== undefined;
      if (lesson.fineWhen.some((each) => passes(each.matcher)) || (lesson.detect?.not && passes(lesson.detect.not))) continue;
      const span = spanInText(file, recognition.start, recognition.end);
      found.push({
        lesson: lesson.id,
        severity: lesson.grades.find(({ when }) => passes(when))?.severity ?? lesson.severity,
        span,
        statement: { line: span.line, endLine: span.endLine },
        message: fillIn(lesson.message, bindings),
        advice: recognition.advice?.[lesson.id] ?? lesson.lesson,
        evidence: [...(recognition.evidence ?? [])],
        symbol: '',
        code: recognition.identity,
        content: contentOf(file.text.slice(recognition.start, recognition.end)),
      });
    }
  }
  return found;
}

const key = randomBytes(16);

function contentOf(text: string): string {
  return createHmac('sha256', key).update(text).digest('base64');
}

function spanInText({ path, text }: TextFile, start: number, end: number): Span {
  const [line, column] = placeIn(text, start);
  const [endLine, endColumn] = placeIn(text, end);
  return { path, line, column, endLine, endColumn };
}

function placeIn(text: string, offset: number): [number, number] {
  let line = 1;
  let from = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) {
    line += 1;
    from = at + 1;
  }
  return [line, offset - from + 1];
}
