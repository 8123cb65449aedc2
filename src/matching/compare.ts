import type { Change, ChangedFile } from '../change/change.ts';
import { headLineOf, isReplacement, type Lines } from '../change/lines.ts';
import { escaped } from '../code/syntax.ts';
import { fingerprint } from './fingerprint.ts';
import type { Sighting } from './examine.ts';

/** A sighting at the head that the change brought, with its fingerprint. */
export type Introduced = { sighting: Sighting; fingerprint: string };

/** What a change did: what it brought, what was there before and still is, and what it took away. */
export type Comparison = { introduced: Introduced[]; fixed: Introduced[] };

/**
 * Finds the counterparts of the head's sightings at the base. A sighting without one was introduced. Passes from sure to
 * likely: the same line; the same code in the same function; the same statement, as the diff maps it; the same code elsewhere (a move).
 */
export function compare(head: readonly Sighting[], base: readonly Sighting[], change: Change): Comparison {
  const files = new Map(change.files.map((file) => [file.path, file]));
  const left = new Set(base);
  const prints = fingerprints(head);
  const byCode = groupBy(base, codeOf);
  const places: Places = { files, byBase: new Map(change.files.map((file) => [file.basePath, file])), asked: new Map() };
  const inPlace = withoutCounterpart(head, base, left, files, isAsGrave);
  const introduced = inPlace.filter((each) => {
    const moved = remaining(byCode.get(codeOf(each)), left).filter((other) => isAsGrave(other, each) && mayHaveMoved(other, each, places));
    const counterpart = nearest(each, moved, files);
    return !(counterpart && left.delete(counterpart));
  });
  // What has become graver is introduced, and what it was before is not repaired.
  withoutCounterpart(introduced, base, left, files, () => true);
  const basePrints = fingerprints(base);
  return {
    introduced: introduced.map((sighting) => ({ sighting, fingerprint: prints.get(sighting)! })),
    fixed: [...left].map((sighting) => ({ sighting, fingerprint: basePrints.get(sighting)! })),
  };
}

/** The head's sightings that have no counterpart in their place; those of the others are taken from what is left of the base. */
function withoutCounterpart(head: readonly Sighting[], base: readonly Sighting[], left: Set<Sighting>, files: ReadonlyMap<string, ChangedFile>, mayBe: (before: Sighting, now: Sighting) => boolean): Sighting[] {
  const byIdentity = groupBy(base, identityOf);
  const same = (each: Sighting): Sighting[] => remaining(byIdentity.get(identityOf(each)), left).filter((other) => mayBe(other, each));
  // What stands on an unchanged line and was there before is itself, whatever resembles it elsewhere.
  let rest = head.filter((each) => {
    const file = files.get(each.span.path);
    const itself = same(each).find((other) => file && other.span.path === file.basePath && headLineOf(file, other.span.line) === each.span.line);
    return !(itself && left.delete(itself));
  });
  rest = rest.filter((each) => {
    const counterpart = nearest(each, same(each), files);
    return !(counterpart && left.delete(counterpart));
  });
  const edited = likestPairs(rest, [...left], files, mayBe);
  for (const counterpart of edited.values()) left.delete(counterpart);
  return rest.filter((each) => !edited.has(each));
}

/**
 * What was worth a note and is worth a comment now, or was less than it looked, has become another thing: a limit that callers could give
 * is gone, say. So has a call that was edited and leads to more queries than before.
 */
function isAsGrave(before: Sighting, now: Sighting): boolean {
  return (before.severity !== 'note' || now.severity === 'note') && (!before.mild || now.mild === true) && (before.code === now.code || (before.reaches ?? 1) >= (now.reaches ?? 1));
}

/** The files of a change by both of their paths, and what was found out about places of the base. */
type Places = { files: ReadonlyMap<string, ChangedFile>; byBase: ReadonlyMap<string | undefined, ChangedFile>; asked: Map<Sighting, boolean> };

/** Words without which code says little: `this.repo.find()`, `pool.query(text)`. */
const fewestWords = 4;
/** Calls that say nothing of what they ask for, and holders that stand for any table. */
const saysNothing = /^(?:execute|query|queryRaw|raw|run|all|get|exec|each|any|many|manyOrNone|unsafe|fetch|send|request|\$queryRaw|\$queryRawUnsafe)$/i;
const standsForAny = /^(?:repo(?:sitory)?|model|db|client|manager|em)$/i;

/** True where code says enough to be known in another file, and its old place asks the same no more; else it is known by the function around it. */
function mayHaveMoved(before: Sighting, now: Sighting, places: Places): boolean {
  if (before.content !== undefined || before.span.path === (places.files.get(now.span.path)?.basePath ?? now.span.path)) return true;
  if (before.symbol === now.symbol) return true;
  const called = calledNames(now);
  if (namesIn(now).length < fewestWords && called.length > 0 && (saysNothing.test(called.at(-1)!) || (called.length === 2 && (isVariable(called[0]!) || standsForAny.test(called[0]!))))) {
    const own = (symbol: string): string => symbol.slice(Math.max(symbol.lastIndexOf('.'), symbol.lastIndexOf(' ')) + 1);
    return !wordsOf(now).has('this') && own(before.symbol) === own(now.symbol);
  }
  let isAsked = places.asked.get(before);
  if (isAsked === undefined) places.asked.set(before, (isAsked = isAskedStill(before, called, places)));
  return !isAsked;
}

/** `db`, `order`, `findMany` of `db.order.findMany({ where })`; `loadUser` of `loadUser(id)`. Variables are numbers: `$0`. */
function calledNames({ code }: Sighting): readonly string[] {
  const called = /^(?:await )?(?:this \. )?([\w$]+(?: \??\. [\w$]+)*) /.exec(code)?.[1];
  return called?.split(/ \??\. /) ?? [];
}

/** `$0`, which stands for a variable in code that is compared. */
function isVariable(name: string): boolean {
  return /^\$\d+$/.test(name);
}

/** The names in code that are its own, in their order. */
function namesIn(sighting: Sighting): string[] {
  return [...wordsOf(sighting)].filter((word) => word !== 'this' && !isVariable(word));
}

/** True where the change asks the same thing anew in place of what it takes away, with a limit, say: that was mended, and has not moved. */
function isAskedStill(before: Sighting, called: readonly string[], { byBase }: Places): boolean {
  const { span } = before;
  const hunk = byBase.get(span.path)?.hunks.find(({ baseStart, baseLines }) => span.line >= baseStart && span.line < baseStart + baseLines);
  if (!hunk || called.length === 0) return false;
  const added = hunk.lines.flatMap(({ kind, text }) => (kind === 'added' ? [text.replace(/^\s*(?:\/\/|\/?\*).*|\s\/\/\s.*$/, '')] : [])).join('\n');
  const own = [...namesIn(before)].map(unquoted).filter((word) => !called.includes(word));
  const written = [...namesIn(before)].filter((word) => /^(?:(['"`]).*\1|\d[\w.]*)$/s.test(word)).map(unquoted);
  return [...added.matchAll(askingAnew(called))].some(({ 0: { length }, index }) => {
    const statement = statementAt(added, index + length);
    // What says little, many others say as well: `db('orders').count()`.
    if (own.length < 2 && !saysLimit.test(statement)) return false;
    const words = new Set(statement.match(/[\p{L}\p{N}_$]+/gu));
    // `status: 'paid'` is asked for beside `status: 'open'`: another query.
    if (!written.every((word) => partsOf(word).every((part) => words.has(part)))) return false;
    return own.filter((word) => partsOf(word).every((part) => words.has(part))).length >= own.length * asMuchAsTheSame;
  });
}

const saysLimit = /\b(?:limit|take|top|paginate|page|forPage|perPage|first)\b\s*[:(,}]/;

/** Of the words of a query, so many stand in another one that asks the same. What limits it comes on top. */
const asMuchAsTheSame = 0.75;
/** A statement is read so far. In characters. */
const longestStatement = 800;

/** The rest of a statement that goes on at a place; where no semicolon ends it, a line does that begins another one. */
function statementAt(text: string, from: number): string {
  const rest = text.slice(from, from + longestStatement);
  const end = /;|\n\s*(?:\n|const\b|let\b|var\b|return\b|await\b|if\b|for\b|throw\b)/.exec(rest);
  return end ? rest.slice(0, end.index) : rest;
}

const unquoted = (word: string): string => word.replaceAll(/['"`]/g, '');
const partsOf = (word: string): readonly string[] => word.match(/[\p{L}\p{N}_$]+/gu) ?? [];

/** Calls for one row, and writes: what is asked instead for all of them begins alike (`findUnique`, `findMany`). */
const ofOne = /(?:Unique|First|One|By(?:Id|Pk|Key)|OrThrow|OrFail)|^(?:create|insert|update|upsert|save|delete|remove|destroy|count|exists)/;

/** Finds `db.order.findMany` and its like (`findManyAndCount`) for `db.order.findMany`, `db.user.findMany` for `db.user.findUnique`. */
function askingAnew([first = '', ...others]: readonly string[]): RegExp {
  const dot = '\\s*[?!]?\\.\\s*';
  const root = `(?<![\\w$])${isVariable(first) ? '[\\w$]+' : escaped(first)}`;
  const last = others.pop();
  if (last === undefined) return new RegExp(`${root}\\s*\\(`, 'g');
  const verb = /^\$?[a-z]+/.exec(last)?.[0] ?? last;
  const call = ofOne.test(last) && !isVariable(first) ? `${escaped(verb)}(?![a-z])[\\w$]*` : `${escaped(last)}(?:And\\w+|With\\w+|Pag\\w+)?(?![\\w$])`;
  return new RegExp(`${[root, ...others.map(escaped)].join(dot)}${dot}${call}`, 'g');
}

/** The same code of one lesson, wherever it stands. */
function codeOf({ lesson, code, content = '' }: Sighting): string {
  return `${lesson}\0${code}\0${content}`;
}

/** The same code in the same function; of text, the very same text, for another password under the same name is another leak. */
function identityOf({ lesson, symbol, code, content = '' }: Sighting): string {
  return `${lesson}\0${symbol}\0${code}\0${content}`;
}

/** Every sighting's fingerprint. Equal ones of one side are numbered in the order of their places. */
export function fingerprints(sightings: readonly Sighting[]): Map<Sighting, string> {
  const seen = new Map<string, number>();
  const prints = new Map<Sighting, string>();
  for (const sighting of [...sightings].sort(byPlace)) {
    const key = `${sighting.lesson}\0${sighting.symbol}\0${sighting.code}`;
    const occurrence = seen.get(key) ?? 0;
    seen.set(key, occurrence + 1);
    prints.set(sighting, fingerprint(sighting.lesson, sighting.symbol, sighting.code, occurrence));
  }
  return prints;
}

export function byPlace(one: Sighting, other: Sighting): number {
  if (one.span.path !== other.span.path) return one.span.path < other.span.path ? -1 : 1;
  return one.span.line - other.span.line || one.span.column - other.span.column;
}

/** The sightings whose statement was edited, each with what it was before. Where one run of lines holds several, the likest belong together. */
function likestPairs(head: readonly Sighting[], base: readonly Sighting[], files: ReadonlyMap<string, ChangedFile>, mayBe: (before: Sighting, now: Sighting) => boolean): Map<Sighting, Sighting> {
  const inFile = groupBy(base, (each) => `${each.lesson}\0${each.span.path}`);
  const pairs = head.flatMap((sighting) => {
    const file = files.get(sighting.span.path);
    const others = file ? (inFile.get(`${sighting.lesson}\0${file.basePath}`) ?? []) : [];
    return others.filter((other) => mayBe(other, sighting) && isSameStatement(sighting, other, file!)).map((other) => ({ sighting, other, likeness: likeness(sighting, other) }));
  });
  const found = new Map<Sighting, Sighting>();
  const taken = new Set<Sighting>();
  for (const { sighting, other } of pairs.sort((one, two) => two.likeness - one.likeness)) {
    if (found.has(sighting) || taken.has(other)) continue;
    found.set(sighting, other);
    taken.add(other);
  }
  return found;
}

function remaining(candidates: readonly Sighting[] | undefined, left: ReadonlySet<Sighting>): Sighting[] {
  return (candidates ?? []).filter((each) => left.has(each));
}

/** Of several counterparts the one in the same file whose line is nearest. */
function nearest(sighting: Sighting, candidates: readonly Sighting[], files: ReadonlyMap<string, ChangedFile>): Sighting | undefined {
  const file = files.get(sighting.span.path);
  const distance = (other: Sighting): number => {
    if (!file || other.span.path !== file.basePath) return 1_000_000;
    return Math.abs((headLineOf(file, other.span.line) ?? other.span.line) - sighting.span.line);
  };
  let best: { candidate: Sighting; distance: number } | undefined;
  for (const candidate of candidates) {
    const far = distance(candidate);
    if (!best || far < best.distance) best = { candidate, distance: far };
  }
  return best?.candidate;
}

/** True when the diff says that both stand in one statement: they share an unchanged line, or one run of lines replaces the other. */
function isSameStatement(sighting: Sighting, other: Sighting, file: ChangedFile): boolean {
  if (other.span.path !== file.basePath) return false;
  for (let line = other.statement.line; line <= Math.min(other.statement.endLine, other.statement.line + 60); line += 1) {
    const mapped = headLineOf(file, line);
    // An unchanged line of the statement that both hold; a closing bracket shared by chance is too little, the symbol must agree or the code resemble.
    if (mapped !== undefined && mapped >= sighting.statement.line && mapped <= sighting.statement.endLine && isAlike(sighting, other)) return true;
  }
  const lines = ({ statement }: Sighting): Lines => [statement.line, statement.endLine];
  return isReplacement(file, lines(other), lines(sighting)) && isAlike(sighting, other);
}

/** Edited code still resembles itself: half of the words of the shorter one at least. */
function isAlike(one: Sighting, other: Sighting): boolean {
  if (one.content !== other.content) return false;
  const [words, others] = [wordsOf(one), wordsOf(other)];
  return shared(words, others) * 2 >= Math.min(words.size, others.size);
}

/** From 0 (nothing in common) to 1 (the same words). */
function likeness(one: Sighting, other: Sighting): number {
  const [words, others] = [wordsOf(one), wordsOf(other)];
  return shared(words, others) / Math.max(words.size, others.size, 1);
}

function shared(words: ReadonlySet<string>, others: ReadonlySet<string>): number {
  return [...words].filter((word) => others.has(word)).length;
}

const wordsBefore = new WeakMap<Sighting, ReadonlySet<string>>();

/** Names and values; brackets and dots stand in all code alike. */
function wordsOf(sighting: Sighting): ReadonlySet<string> {
  let words = wordsBefore.get(sighting);
  if (!words) wordsBefore.set(sighting, (words = new Set(sighting.code.split(/\s+/).filter((word) => /[\p{L}\p{N}_$]/u.test(word)))));
  return words;
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}
