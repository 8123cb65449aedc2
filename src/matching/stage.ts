/** Examples of a card as small changes: a project of one file, before and after, looked at by the way of a review. */
import type { Change } from '../change/change.ts';
import { diffLines } from '../change/line-diff.ts';
import { ts, type Node, type SourceFile } from '../code/compiler.ts';
import { isGenerated } from '../code/generated.ts';
import { packageName } from '../code/manifests.ts';
import { isCode, OpenedFiles } from '../code/opened-files.ts';
import { Scene } from '../code/scene.ts';
import { declarationOf } from '../code/scope.ts';
import type { CodeMatcher, Example, Lesson } from '../lessons/lesson.ts';
import { partsOf } from '../lessons/parts.ts';
import type { OwnWord } from '../lessons/read-vocabulary.ts';
import { libraries } from '../libraries/index.ts';
import { servers } from '../libraries/servers.ts';
import { compare } from './compare.ts';
import { examineCode, examineText, foundBy, lookAgain, type Sighting } from './examine.ts';
import { goneFrom } from './gone.ts';
import { examineLines } from './lines.ts';
import { match, matchersOf } from './match.ts';
import { ownWords } from './own-words.ts';
import { calleesPinnedBy } from './pattern.ts';
import { prepare, searchesIn, textWordOf } from './searches.ts';
import { changedPaths, examineChange } from './whole-change.ts';

/** Rounds in which an example may wish for files. It is a project of one file, so each wish is answered with "there is none". */
const mostRounds = 8;
/** So many conditions are tested for one example. */
const mostTests = 300_000;

/** One side of an example as a project that holds nothing else. */
export type Opened = { path: string; text: string; files: OpenedFiles; scene: Scene };
/** An example on its stage: as it stands, and as it stood where it says so. */
export type Staged = Opened & { before?: Opened; change: Change };

/** True where a card reads code, so that an example must be code. */
export function readsCode(lesson: Lesson): boolean {
  return !textWordOf(lesson) && lesson.detect !== undefined && partsOf(lesson.detect).some(({ reads }) => reads === 'code' || reads === 'removed');
}

/** Opens an example. Names that the card pins with `from` count as imported. The compiler must be loaded where it is code. */
export function stage(example: Example, lesson: Lesson, words: readonly OwnWord[] = []): Staged {
  const path = example.file ?? (readsCode(lesson) ? readableAs(example.code) : textWordOf(lesson) ? 'example.ts' : 'example.txt');
  const patterns = [...matchersOf(lesson), ...words.flatMap(({ entries }) => entries.map(({ matcher }) => matcher))].flatMap(({ code }) => code ?? []);
  const own = words.length > 0 ? ownWords(words, match) : undefined;
  const open = (side: 'head' | 'base', text: string): Opened => project(side, path, text, isCode(path) ? importsFor(patterns, project(side, path, text, '')) : '');
  const head = open('head', example.code);
  const base = example.before === undefined ? undefined : open('base', example.before);
  const change: Change = {
    base: 'base', head: 'head',
    files: [
      { path, ...(base && { basePath: path }), status: base ? 'modified' : 'added', binary: false, hunks: diffLines(base?.text ?? '', head.text), hunksKnown: true },
      ...(example.alsoChanged ?? []).map((other) => ({ path: other, basePath: other, status: 'modified' as const, binary: false, hunks: [], hunksKnown: true })),
    ],
  };
  for (const side of [head, base]) if (side) side.scene.own = own;
  for (const side of [head, base]) if (side) side.scene.changed = { ...changedPaths(change), ...(example.file === undefined && { anywhere: true }) };
  return { ...head, ...(base && { before: base }), change };
}

function readableAs(text: string): string {
  const names = ['example.ts', 'example.tsx', 'example.js'];
  return names.find((name) => parseErrors(project('head', name, text, '')).length === 0) ?? names[0]!;
}

export type ParseError = { messageText: string | import('ts-morph').ts.DiagnosticMessageChain; start: number };

/** What the parser says of code that is none. */
export function parseErrors({ path, files }: Opened): readonly ParseError[] {
  const tree = files.tree(path) as (SourceFile & { parseDiagnostics?: readonly ParseError[] }) | undefined;
  return tree?.parseDiagnostics ?? [];
}

function project(side: 'head' | 'base', path: string, text: string, imports: string): Opened {
  const files = new OpenedFiles();
  files.add(['package.json', path], new Map([['package.json', { text: manifestFor(text + imports) }], [path, { text: text + imports }]]));
  return { path, text, files, scene: new Scene(side, files) };
}

const specifiers = /\b(?:from|import|require\()\s*\(?\s*(['"])([^'"\n]{1,200})\1/g;

/** Every database and server library is a dependency, so that the names in an example are believed; and whatever it imports. */
function manifestFor(text: string): string {
  const imported = [...text.matchAll(specifiers)].map((match) => match[2]!).filter((specifier) => !/^(?:[./~#]|@\/|node:)/.test(specifier)).map(packageName);
  const known = [...libraries, ...Object.values(servers)].flatMap((library) => library.packages);
  return JSON.stringify({ name: 'example', dependencies: Object.fromEntries([...known, ...imported].map((name) => [name, '1.0.0'])) });
}

/** Imports of the pinned names that an example uses without saying where they come from. They stand behind its last line. */
function importsFor(patterns: readonly CodeMatcher[], { path, text, files }: Opened): string {
  const tree = patterns.some(({ from }) => from !== undefined) ? files.tree(path) : undefined;
  if (!tree) return '';
  const found = new Map<string, string>();
  for (const pattern of patterns) {
    if (pattern.from === undefined) continue;
    for (const name of calleesPinnedBy(pattern, text)) if (!found.has(name) && isUndeclared(name, tree)) found.set(name, specifierOf(pattern.from, path));
  }
  return [...found].map(([name, from]) => `\nimport { ${name} } from ${JSON.stringify(from)};`).join('');
}

function isUndeclared(name: string, node: Node): boolean {
  if (ts.isIdentifier(node) && node.text === name) return declarationOf(node) === undefined;
  return ts.forEachChild(node, (child) => isUndeclared(name, child) || undefined) ?? false;
}

/** A package by its name, a file of the repository as seen from the example. */
function specifierOf(from: string, path: string): string {
  if (!/^\.\/|\.[cm]?[jt]sx?$/.test(from)) return from;
  return `./${'../'.repeat(path.split('/').length - 1)}${from.replace(/^\.\//, '')}`;
}

/** What a card finds in an example: in code that stands alone all of it, in a change what the change brings. */
export function sightingsIn(staged: Staged, lesson: Lesson): Promise<Sighting[]> {
  return sightingsOf(staged, [lesson]);
}

/** What several cards find in an example. */
export async function sightingsOf(staged: Staged, lessons: readonly Lesson[]): Promise<Sighting[]> {
  const head = await lookFor(staged, lessons);
  const paths = staged.scene.changed!;
  const ofChange = examineChange(lessons, staged.change, paths, () => true).map(({ sighting }) => sighting);
  const present = head.filter(({ removed }) => !removed);
  if (!staged.before) return [...present, ...ofChange];
  const base = await lookFor(staged.before, lessons);
  const { introduced } = compare(present, base.filter(({ removed }) => !removed), staged.change);
  const gone = goneFrom(head.filter(({ removed }) => removed), base.filter(({ removed }) => removed), staged.change, () => true);
  return [...introduced, ...gone].map(({ sighting }) => sighting).concat(ofChange);
}

/** All that a card sees on one side of an example. */
export function look(opened: Opened, lesson: Lesson): Promise<Sighting[]> {
  return lookFor(opened, [lesson]);
}

async function lookFor({ path, text, files, scene }: Opened, lessons: readonly Lesson[]): Promise<Sighting[]> {
  const file = { path, text, generated: isGenerated(path, text), tree: () => files.tree(path) };
  const ofText = [...(await examineText(file, lessons)), ...examineLines(file, lessons, scene.changed)];
  const tree = lessons.some(readsCode) ? files.tree(path) : undefined;
  if (!tree || file.generated) return ofText;
  const prepared = prepare(lessons, scene.own);
  let look = examineCode(tree, scene, prepared, searchesIn(tree.text, prepared, () => true), mostTests * lessons.length);
  for (let round = 0; look.open.length > 0 && round < mostRounds; round += 1) {
    files.add([...files.wanted], new Map());
    files.addFolders([...files.wantedFolders], new Map());
    files.addMentions([...files.wantedWords], new Map());
    scene.renew();
    look = lookAgain(look, scene, mostTests * lessons.length);
  }
  return [...foundBy(look), ...ofText];
}
