/** What lessons look for in code, arranged so that one walk through a file serves them all and most nodes are asked nothing. */
import { type Node, type SourceFile } from '../code/compiler.ts';
import type { OwnWords, Scene } from '../code/scene.ts';
import type { IsMatcher, Lesson, Matcher } from '../lessons/lesson.ts';
import { partsOf } from '../lessons/parts.ts';
import { wordNamed } from '../vocabulary/index.ts';
import type { CodeWord, TextWord } from '../vocabulary/word.ts';
import { askedOf, kindsOf, matchersOf, questionOf } from './match.ts';
import { codeWordNamed } from './own-words.ts';
import { mayBeCallee, patternOf } from './pattern.ts';

/** The only nodes of a file at which something can be. */
export type Places = (tree: SourceFile, scene: Scene) => Iterable<Node>;

/** One thing that a lesson looks for in code. */
export type Search = {
  lesson: Lesson;
  detect: Matcher;
  removed: boolean;
  /** Where a word can say for a whole file where it holds, nobody need walk through the file. */
  places: Places | undefined;
  /** The kinds of node at which it may begin; undefined for any. */
  kinds: ReadonlySet<number> | undefined;
  /** False where the node's own syntax rules it out. */
  mayBegin: ((node: Node) => boolean) | undefined;
  /** The surroundings without which it cannot hold, as bits. */
  within: number;
};

/** Something that must stand around what is looked for, up to the function's boundary. */
export type Surrounding = { matcher: IsMatcher; word: CodeWord; kinds: ReadonlySet<number>; bit: number };

export type Prepared = {
  searches: readonly Search[];
  surroundings: readonly Surrounding[];
  /** Some of them depend on statements beside the one that they are about. */
  looksBeside: boolean;
};

/** So many surroundings are told apart by their bits; a card that asks for a further one looks around at every node. */
const mostSurroundings = 30;

/** Prepares the lessons that look at code. The compiler must be loaded. Throws `lesson/bad-pattern`. */
export function prepare(lessons: readonly Lesson[], own?: OwnWords): Prepared {
  const surroundings = new Map<unknown, Surrounding>();
  const withinOf = ({ inside }: Matcher): number => {
    const word = inside?.is && codeWordNamed(inside.is.word, own);
    if (!word) return 0;
    const question = questionOf(inside.is!, word);
    const known = surroundings.get(question);
    if (known || surroundings.size >= mostSurroundings) return known?.bit ?? 0;
    const surrounding = { matcher: inside.is!, word, kinds: kindsOf(word), bit: 1 << surroundings.size };
    surroundings.set(question, surrounding);
    return surrounding.bit;
  };
  const searches = lessons.flatMap((lesson) => partsOfCode(lesson).map(({ matcher, removed }): Search => ({
    lesson, detect: matcher, removed, places: placesOf(matcher, own), kinds: startsAt(matcher, own), mayBegin: mayBeginAt(matcher, own), within: withinOf(matcher),
  })));
  return { searches, surroundings: [...surroundings.values()], looksBeside: lessons.some((lesson) => matchersOf(lesson).some(looksBeside)) };
}

function looksBeside(matcher: Matcher): boolean {
  return matcher.after !== undefined || matcher.before !== undefined || matcher['guarded-by'] !== undefined || (matcher.code !== undefined && patternOf(matcher.code).nodes.length > 1);
}

function partsOfCode(lesson: Lesson): { matcher: Matcher; removed: boolean }[] {
  if (!lesson.detect || textWordOf(lesson)) return [];
  return partsOf(lesson.detect).filter(({ reads }) => reads === 'code' || reads === 'removed').map(({ reads, matcher }) => ({ matcher, removed: reads === 'removed' }));
}

/** The word about text that a lesson begins with, where it does. */
export function textWordOf(lesson: Lesson): TextWord | undefined {
  const word = lesson.detect?.is && wordNamed(lesson.detect.is.word);
  return word?.reads === 'text' ? word : undefined;
}

/** The places where a matcher can hold, where its word knows them for a whole file. */
function placesOf(matcher: Matcher, own: OwnWords | undefined): Places | undefined {
  if (matcher.is) return codeWordNamed(matcher.is.word, own)?.places?.(askedOf(matcher.is));
  for (const each of matcher.all ?? []) {
    const places = placesOf(each, own);
    if (places) return places;
  }
  const ways = (matcher.code ? undefined : matcher.any)?.map((each) => placesOf(each, own)) ?? [];
  if (ways.length === 0 || ways.includes(undefined)) return undefined;
  return (tree, scene) => new Set((ways as Places[]).flatMap((places) => [...places(tree, scene)]));
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

function mayBeginAt({ is, code, any }: Matcher, own: OwnWords | undefined): Search['mayBegin'] {
  const word = is && codeWordNamed(is.word, own);
  if (word?.mayBe) {
    const asked = askedOf(is!);
    return (node) => word.mayBe!(node, asked);
  }
  if (!is && !code && any) {
    const ways = any.map((each) => ({ kinds: startsAt(each, own), may: mayBeginAt(each, own) }));
    return (node) => ways.some(({ kinds, may }) => (kinds?.has(node.kind) ?? true) && (may?.(node) ?? true));
  }
  const callee = code && patternOf(code).callee;
  return callee && ((node) => mayBeCallee(callee, node));
}

/** What can be found in a file at all, by its text: where that is nothing, the file need not be parsed. */
export function searchesIn(text: string, { searches }: Prepared, applies: (lesson: Lesson) => boolean): Search[] {
  return searches.filter(({ lesson, detect }) => mayHold(detect, text) && applies(lesson));
}

/** False where a text lacks a name that the matcher asks for. */
function mayHold(matcher: Matcher, text: string): boolean {
  const { code, all = [], any, inside, contains, after, before } = matcher;
  if (code && !patternOf(code).names.every((name) => text.includes(name))) return false;
  // What relations find stands in the same file; only the flow of values leads elsewhere.
  const needed = [...all, inside, contains, after, before, matcher['guarded-by']];
  return needed.every((each) => each === undefined || mayHold(each, text)) && (any === undefined || any.some((each) => mayHold(each, text)));
}
