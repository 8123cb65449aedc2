/** Why a card that reads more than code finds nothing in an example. */
import { codeSpan, sayMatcher } from '../lessons/say-matcher.ts';
import type { Lesson, Matcher } from '../lessons/lesson.ts';
import { partsOf, type Part } from '../lessons/parts.ts';
import { isAmong } from './changed-paths.ts';
import { look, type Staged } from './stage.ts';
import { matchesText } from './text-test.ts';
import { whySilent } from './why-silent.ts';

/** The reason in words; undefined for a card that looks at code as it stands, of which `whySilent` says more. */
export async function whyPartsSilent(staged: Staged, lesson: Lesson): Promise<string | undefined> {
  const parts = partsOf(lesson.detect!);
  if (parts.every(({ reads }) => reads === 'code')) return staged.before ? whyNotNew(staged, lesson) : undefined;
  const reasons: string[] = [];
  for (const part of parts) reasons.push(await whyNot(part, staged, lesson));
  return [...new Set(reasons)].join('; ');
}

/** Code that was there before is not what the change brings. */
async function whyNotNew(staged: Staged, lesson: Lesson): Promise<string | undefined> {
  const after = await look(staged, lesson);
  return after.length > 0 ? 'what is found after the change was there before it' : undefined;
}

function whyNot(part: Part, staged: Staged, lesson: Lesson): string | Promise<string> {
  const { path, files, scene, text } = staged;
  const { matcher } = part;
  switch (part.reads) {
    case 'removed':
      return whyNotGone(staged, { ...lesson, detect: matcher });
    case 'lines':
      return namesOf(matcher).some((globs) => !isAmong(globs, path)) && !scene.changed?.anywhere ? notNamed(matcher, path) : whyNoLine(matcher, text);
    case 'file':
      return notNamed(matcher, path);
    case 'change':
      return `${sayMatcher(matcher)}: the change touches ${scene.changed!.paths.map(codeSpan).join(', ')}`;
    case 'code': {
      const tree = files.tree(path);
      return tree ? whySilent({ ...lesson, detect: matcher }, tree, scene) : `${path} is no JavaScript or TypeScript`;
    }
  }
}

async function whyNotGone(staged: Staged, lesson: Lesson): Promise<string> {
  if (!staged.before) return 'what a change takes away is shown by { before, after }';
  const before = await look(staged.before, lesson);
  if (before.length > 0) return `${sayMatcher(lesson.detect!)} is there after the change as well`;
  const tree = staged.before.files.tree(staged.path);
  return tree ? `before the change ${whySilent(lesson, tree, staged.before.scene)}` : `${staged.path} is no JavaScript or TypeScript`;
}

function namesOf({ file, all = [] }: Matcher): (readonly string[])[] {
  return [...(file ? [file.globs] : []), ...all.flatMap(namesOf)];
}

function notNamed(matcher: Matcher, path: string): string {
  return `${codeSpan(path)} is not ${namesOf(matcher).map((globs) => globs.map(codeSpan).join(' or ')).join(' and ')}`;
}

function expressionsOf({ text, all = [] }: Matcher): string[] {
  return [...(text ? [text.source] : []), ...all.flatMap(expressionsOf)];
}

function whyNoLine(matcher: Matcher, text: string): string {
  const lines = text.split(/\r\n|\n|\r/);
  const missing = expressionsOf(matcher).find((source) => !lines.some((line) => matchesText(source, line.slice(0, 4_000))));
  return missing === undefined ? 'its lines match, but another condition rules them out' : `no line of it matches ${codeSpan(missing)}`;
}
