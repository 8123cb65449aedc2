import { openCompiler, ts } from '../code/compiler.ts';
import { isGenerated } from '../code/generated.ts';
import { isCode } from '../code/opened-files.ts';
import { Fault } from '../fault.ts';
import { scopeMatcher } from '../lessons/glob.ts';
import type { CardPlace, Example, IsMatcher, Lesson, Matcher } from '../lessons/lesson.ts';
import type { OwnWord } from '../lessons/read-vocabulary.ts';
import { faultInCard } from '../lessons/source-text.ts';
import { wordNamed } from '../vocabulary/index.ts';
import type { Sighting } from './examine.ts';
import { innerOf, matchersOf } from './match.ts';
import { patternOf } from './pattern.ts';
import { textWordOf } from './searches.ts';
import { parseErrors, readsCode, sightingsIn, stage, type Staged } from './stage.ts';
import { whyPartsSilent } from './why-parts-silent.ts';
import { whySilent, whyTextSilent } from './why-silent.ts';

/** So many conditions are tested for one example: it is a few lines. */
const mostTests = 300_000;

/**
 * Proves a card: its patterns parse, every bad example is caught, every good one is left alone. An example is examined as a
 * small project of its own, by the same way as a change. Gives all faults, in the order of the card's text; none for a card
 * without `detect`, which has nothing to prove. Loads the compiler unless the card is about text alone.
 */
export async function prove(lesson: Lesson, words: readonly OwnWord[] = []): Promise<Fault[]> {
  if (!lesson.detect) return [];
  if (readsCode(lesson) || [...lesson.examples.bad, ...lesson.examples.good].some(({ file }) => file === undefined || isCode(file))) await openCompiler();
  const unusable = [...textFaults(lesson), ...(textWordOf(lesson) ? [] : patternFaults(lesson))];
  if (unusable.length > 0) return inOrder(unusable);
  const faults: Fault[] = [];
  for (const example of lesson.examples.bad) faults.push(...(await proveOne(proveBad, example, lesson, words)));
  for (const example of lesson.examples.good) faults.push(...(await proveOne(proveGood, example, lesson, words)));
  return inOrder(faults);
}

/** A card that comes with a change is as hostile as all of it: what takes too long or goes too deep is a fault of the card. */
async function proveOne(how: typeof proveBad, example: Example, lesson: Lesson, words: readonly OwnWord[]): Promise<Fault[]> {
  try {
    return await how(example, lesson, words);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return [faultInCard(lesson.source, example.at, { code: 'lesson/example-not-parsed', message: 'this example takes too long to look at', hint: 'show the mistake in a few lines, and ask for it with fewer conditions inside each other', length: firstLineLength(example) })];
  }
}

function inOrder(faults: Fault[]): Fault[] {
  return faults.sort((one, other) => (one.at?.line ?? 0) - (other.at?.line ?? 0) || (one.at?.column ?? 0) - (other.at?.column ?? 0));
}

async function proveBad(example: Example, lesson: Lesson, words: readonly OwnWord[]): Promise<Fault[]> {
  const opened = stage(example, lesson, words);
  const sightings = await sightingsIn(opened, lesson);
  if (isInScope(example, lesson) && sightings.length > 0) return [];
  const broken = brokenCode(opened, lesson);
  return [faultInCard(lesson.source, example.at, {
    code: 'lesson/bad-example-silent',
    message: 'the card does not catch this bad example',
    hint: !isInScope(example, lesson) ? `the card leaves ${example.file} alone: see scope` : broken ?? await reasonFor(opened, lesson),
    length: firstLineLength(example),
  })];
}

async function proveGood(example: Example, lesson: Lesson, words: readonly OwnWord[]): Promise<Fault[]> {
  if (!isInScope(example, lesson)) return [];
  const opened = stage(example, lesson, words);
  const [hit] = await sightingsIn(opened, lesson);
  const broken = brokenCode(opened, lesson);
  if (hit) {
    return [faultInCard(lesson.source, placeInExample(hit, example, lesson), {
      code: 'lesson/good-example-hit',
      message: `the card catches this good example: ${hit.message}`,
      hint: 'narrow `detect`, say under fine-when why it is fine, or move the example to bad',
    })];
  }
  if (broken === undefined) return [];
  return [faultInCard(lesson.source, example.at, { code: 'lesson/example-not-parsed', message: 'this good example proves nothing', hint: broken, length: firstLineLength(example) })];
}

/** An example without a file of its own stands wherever the card looks. */
function isInScope({ file }: Example, lesson: Lesson): boolean {
  return file === undefined || scopeMatcher(lesson.scope.files, lesson.scope.except)(file);
}

async function reasonFor(staged: Staged, lesson: Lesson): Promise<string> {
  const { path, text, files, scene } = staged;
  if (files.tooDeep.has(path)) return 'it is nested deeper than can be read';
  if (textWordOf(lesson)) return whyTextSilent(lesson, { path, text, generated: isGenerated(path, text), tree: () => files.tree(path) });
  const other = await whyPartsSilent(staged, lesson);
  if (other !== undefined) return other;
  const tree = files.tree(path);
  if (!tree) return `${path} is no JavaScript or TypeScript, and this card looks at code`;
  if (isGenerated(path, text)) return `${path} counts as generated, and generated files are left alone`;
  scene.testsLeft = mostTests;
  return whySilent(lesson, tree, scene);
}

/** What the parser says of code that is none, where the card looks at code; undefined where it parses. */
function brokenCode(opened: Staged, lesson: Lesson): string | undefined {
  if (!readsCode(lesson) || !isCode(opened.path)) return undefined;
  const [error] = parseErrors(opened);
  if (!error) return undefined;
  const says = ts.flattenDiagnosticMessageText(error.messageText, ' ').replace(/\.$/, '');
  const line = opened.text.slice(0, error.start).split('\n').length;
  return `it is not TypeScript: ${says} (line ${line} of the example)`;
}

/** Every pattern of the card that is not TypeScript, shown at its place. */
function patternFaults(lesson: Lesson): Fault[] {
  return faultsOfPatterns(matchersOf(lesson), lesson.source);
}

/** Every pattern of a team's words that is not TypeScript. Loads the compiler. */
export async function proveWords(words: readonly OwnWord[]): Promise<Fault[]> {
  return (await Promise.all(words.map(({ entries, source }) => provePatterns(entries.map(({ matcher }) => matcher), source)))).flat();
}

/** Every pattern of these matchers, and of those inside of them, that is not TypeScript. Loads the compiler. */
export async function provePatterns(matchers: readonly Matcher[], source: { file: string; text: string }): Promise<Fault[]> {
  await openCompiler();
  const within = (matcher: Matcher): Matcher[] => [matcher, ...innerOf(matcher).flatMap(within)];
  return faultsOfPatterns(matchers.flatMap(within), source);
}

/** A team's words as far as they can be used, and the faults of the others. Without words, no compiler is loaded. */
export async function soundWords(words: readonly OwnWord[]): Promise<{ words: OwnWord[]; faults: Fault[] }> {
  const faults: Fault[] = [];
  const sound: OwnWord[] = [];
  for (const word of words) {
    const found = await proveWords([word]);
    faults.push(...found);
    if (found.length === 0) sound.push(word);
  }
  return { words: sound, faults };
}

function faultsOfPatterns(matchers: readonly Matcher[], source: { file: string; text: string }): Fault[] {
  return matchers.flatMap(({ code }) => {
    if (!code) return [];
    try {
      patternOf(code);
      return [];
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      return [faultInCard(source, error.at as CardPlace, { code: error.code, message: error.message, ...(error.hint !== undefined && { hint: error.hint }) })];
    }
  });
}

/** A word about text is asked about whole files, so it can only stand at the top, and what stands beside it can only be about the same word. */
function textFaults(lesson: Lesson): Fault[] {
  const misplaced = (is: IsMatcher): Fault => faultInCard(lesson.source, is.at, {
    code: 'lesson/not-built',
    message: `\`${is.word}\` reads the text of files, so it cannot stand here`,
    hint: `write detect: { is: ${is.word} }; beside it stand \`not\`, grades and fine-when about the same word`,
    length: is.word.length,
  });
  const isText = (is: IsMatcher | undefined): is is IsMatcher => is !== undefined && wordNamed(is.word)?.reads === 'text';
  const top = lesson.detect!;
  if (!textWordOf(lesson)) {
    return matchersOf(lesson).flatMap((matcher) => [matcher.is, ...(matcher.where ?? []).map((test) => test.is)].filter(isText).map(misplaced));
  }
  const word = top.is!.word;
  const beside = [top.not, ...lesson.grades.map(({ when }) => when), ...lesson.fineWhen.map(({ matcher }) => matcher)].filter((matcher) => matcher !== undefined);
  const faults = beside.filter((matcher) => matcher.is?.word !== word || hasMoreThan(matcher, ['is'])).map((matcher) => elsewhere(matcher, word, lesson));
  return hasMoreThan(top, ['is', 'not']) ? [elsewhere(top, word, lesson), ...faults] : faults;
}

function hasMoreThan(matcher: Matcher, keys: readonly string[]): boolean {
  return Object.keys(matcher).some((key) => key !== 'at' && !keys.includes(key));
}

function elsewhere(matcher: Matcher, word: string, lesson: Lesson): Fault {
  return faultInCard(lesson.source, matcher.at, {
    code: 'lesson/not-built',
    message: `a card about \`${word}\` reads the text of files, and can only ask more about the same word here`,
    hint: `write { is: { ${word}: { attribute: value } } }`,
  });
}

/** Where in the card a line of an example stands; the example's beginning where YAML's folding or escapes hide that. */
function placeInExample({ span }: Sighting, example: Example, { source }: Lesson): CardPlace {
  const written = source.text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/);
  const wanted = example.code.split('\n')[span.line - 1] ?? '';
  const at = { ...example.at, line: example.at.line + span.line - 1 };
  const isThere = written[at.line - 1]?.startsWith(wanted, at.column - 1) === true;
  return isThere ? { ...at, column: at.column + span.column - 1 } : example.at;
}

function firstLineLength({ code }: Example): number {
  return Math.max(1, code.split('\n')[0]!.length);
}
