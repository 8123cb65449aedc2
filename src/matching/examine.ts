import { createHmac, randomBytes } from 'node:crypto';
import { ts, type Node, type SourceFile } from '../code/compiler.ts';
import type { Scene } from '../code/scene.ts';
import { enclosingStatement, functionName, isFunctionBody, nameText, spanOf, stepAt } from '../code/syntax.ts';
import type { Lesson, Matcher } from '../lessons/lesson.ts';
import type { Severity, Span, Step } from '../model.ts';
import type { TextFile, TextWord } from '../vocabulary/word.ts';
import { fillIn, noBindings } from './bindings.ts';
import { normalised } from './fingerprint.ts';
import { bindAttributes, match, recognise, type Found } from './match.ts';
import { textWordOf, type Places, type Prepared, type Search, type Surrounding } from './searches.ts';
import { isBoundary } from './surroundings.ts';

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
  /** It is about a secret, which stands between these offsets and must not be shown. */
  secret?: { start: number; end: number };
  /** It is less than it looks, as a limit that callers may leave out. */
  mild?: true;
  /** How many places a call leads to: a call that is edited and leads to more of them does more harm. */
  reaches?: number;
  /** Sightings of one lesson with the same group tell one story (one loop, say). */
  group?: string;
};

/** So many conditions are tested for one file, and for each thing looked for so many more as it has characters: several times what ordinary code takes. */
const mostTests = 200_000;

/** What a look at a file gave so far. */
export type Look = {
  tree: SourceFile;
  settled: readonly Sighting[];
  /** What could not be settled, because a file was missing that is on its way. */
  open: readonly Question[];
};

/** What is looked for at a node, or in a whole file as long as nobody can say where in it; and what was found without all that bears on it. */
type Question = { search: Search; node?: Node; provisional: readonly Sighting[] };

/**
 * Finds where a file's code repeats the lessons, by the searches that its text leaves. Throws a RangeError for code, or a card, that takes more than `most` tests or
 * a deeper stack: the file is then not fully looked at.
 */
export function examineCode(tree: SourceFile, scene: Scene, prepared: Prepared, searches: readonly Search[], most?: number): Look {
  const look = new Looking(tree, scene, most ?? mostTests + searches.length * tree.text.length);
  for (const search of searches) if (search.places) look.whole(search, search.places);
  look.through(searches.filter(({ places }) => !places), prepared);
  return look.result();
}

/** Asks again what an earlier look left open, now that files have come. Throws like `examineCode`. */
export function lookAgain({ tree, settled, open }: Look, scene: Scene, most?: number): Look {
  const look = new Looking(tree, scene, most ?? mostTests + new Set(open.map(({ search }) => search)).size * tree.text.length, settled);
  for (const { search, node } of open) {
    if (node) look.at(search, node);
    else if (search.places) look.whole(search, search.places);
  }
  return look.result();
}

/** All that a look has found so far. */
export function foundBy({ settled, open }: Look): Sighting[] {
  return [...settled, ...open.flatMap(({ provisional }) => provisional)];
}

class Looking {
  private readonly tree: SourceFile;
  private readonly scene: Scene;
  private readonly settled: Sighting[];
  private readonly open: Question[] = [];

  constructor(tree: SourceFile, scene: Scene, most: number, settled: readonly Sighting[] = []) {
    this.tree = tree;
    this.scene = scene;
    this.settled = [...settled];
    scene.testsLeft = most;
  }

  result(): Look {
    return { tree: this.tree, settled: this.settled, open: this.open };
  }

  at(search: Search, node: Node): void {
    const before = this.scene.files.misses;
    const sighting = sightingAt(search, node, this.tree, this.scene);
    if (this.scene.files.misses > before) this.open.push({ search, node, provisional: sighting ? [sighting] : [] });
    else if (sighting) this.settled.push(sighting);
  }

  /** Asks at the places alone that a word names for a whole file. */
  whole(search: Search, places: Places): void {
    const before = this.scene.files.misses;
    const nodes = [...places(this.tree, this.scene)].filter((node) => node.getSourceFile() === this.tree && (this.scene.asked?.includes(node) ?? true));
    if (this.scene.files.misses === before) {
      for (const node of nodes) this.at(search, node);
      return;
    }
    const provisional = nodes.flatMap((node) => sightingAt(search, node, this.tree, this.scene) ?? []);
    this.open.push({ search, provisional });
  }

  /** Walks once, for all searches, through what is asked about of the file. */
  through(searches: readonly Search[], { surroundings }: Prepared): void {
    if (searches.length === 0) return;
    const byKind: Search[][] = [];
    for (const search of searches) for (const kind of search.kinds ?? []) (byKind[kind] ??= []).push(search);
    const everywhere = searches.filter(({ kinds }) => !kinds);
    const needed = surroundings.filter(({ bit }) => searches.some(({ within }) => (within & bit) !== 0));
    const none: readonly Search[] = [];
    const look = (node: Node, around: Around): Around => {
      for (const search of byKind[node.kind] ?? none) if ((search.mayBegin?.(node) ?? true) && this.isWithin(search, around)) this.at(search, node);
      for (const search of everywhere) if (this.isWithin(search, around)) this.at(search, node);
      let below = around && isBoundary(node) ? undefined : around;
      for (const surrounding of needed) if (surrounding.kinds.has(node.kind)) below = { surrounding, node, holds: undefined, outer: below };
      return below;
    };
    const whole = (node: Node, around: Around): void => {
      const below = look(node, around);
      ts.forEachChild(node, (child) => whole(child, below));
    };
    const surface = (node: Node, around: Around): void => {
      if (isBoundary(node)) return;
      const below = look(node, around);
      ts.forEachChild(node, (child) => surface(child, below));
    };
    const part = (node: Node, around: Around): void => {
      const extent = this.scene.asked?.extentOf(node);
      if (extent === 'none') return;
      if (extent === 'surface') surface(node, around);
      else if (extent === 'through') {
        const below = look(node, around);
        ts.forEachChild(node, (child) => part(child, below));
      } else whole(node, around);
    };
    ts.forEachChild(this.tree, (child) => part(child, undefined));
  }

  /** True where all that must stand around a search does, or may: what cannot be said yet may be. Asked only once something stands inside. */
  private isWithin({ within }: Search, around: Around): boolean {
    for (let left = within, each = around; left !== 0; each = each.outer) {
      if (!each) return false;
      if ((left & each.surrounding.bit) !== 0 && (each.holds ??= this.maySurround(each.surrounding, each.node))) left &= ~each.surrounding.bit;
    }
    return true;
  }

  private maySurround({ matcher, word }: Surrounding, node: Node): boolean {
    const before = this.scene.files.misses;
    return recognise(matcher, word, node, this.scene) !== undefined || this.scene.files.misses > before;
  }
}

/** Code that may surround what stands below it, innermost first, up to the function's boundary. */
type Around = { surrounding: Surrounding; node: Node; /** Undefined until somebody asks. */ holds: boolean | undefined; outer: Around } | undefined;

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
    ...(found.mild && { mild: true }), ...(found.reaches && { reaches: found.reaches }),
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
  const lines = linesIn(file.text);
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
      const span = spanInText(file.path, lines, recognition.start, recognition.end);
      found.push({
        lesson: lesson.id,
        severity: lesson.grades.find(({ when }) => passes(when))?.severity ?? lesson.severity,
        span,
        statement: { line: span.line, endLine: span.endLine },
        message: fillIn(lesson.message, bindings),
        advice: recognition.advice?.[lesson.id] ?? lesson.lesson,
        evidence: [...(recognition.evidence ?? []), ...(word.aboutSecrets ? [{ path: file.path, line: span.line, text: '' }] : [])],
        symbol: '',
        code: recognition.identity,
        ...(recognition.about !== 'file' && { content: contentOf(file.text.slice(recognition.start, recognition.end)) }),
        ...(word.aboutSecrets && { secret: { start: recognition.start, end: recognition.end } }),
        ...(recognition.countsWhenGone && { removed: true as const }),
        ...(recognition.group !== undefined && { group: `${lesson.id} ${file.path} ${recognition.group}` }),
      });
    }
  }
  return found;
}

const key = randomBytes(16);

function contentOf(text: string): string {
  return createHmac('sha256', key).update(text).digest('base64');
}

function spanInText(path: string, lines: Lines, start: number, end: number): Span {
  const [line, column] = lines.placeOf(start);
  const [endLine, endColumn] = lines.placeOf(end);
  return { path, line, column, endLine, endColumn };
}

type Lines = { /** Line and column of an offset. */ placeOf(offset: number): [number, number] };

/** The lines of a text, looked up by halving: a file may hold as many secrets as it has lines. */
function linesIn(text: string): Lines {
  let starts: number[] | undefined;
  return {
    placeOf(offset) {
      if (!starts) {
        starts = [0];
        for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
      }
      let [low, high] = [0, starts.length - 1];
      while (low < high) {
        const middle = (low + high + 1) >>> 1;
        if (starts[middle]! <= offset) low = middle;
        else high = middle - 1;
      }
      return [low + 1, offset - starts[low]! + 1];
    },
  };
}
