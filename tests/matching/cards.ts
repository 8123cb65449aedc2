import { readLesson } from '../../src/lessons/read-lesson.ts';
import type { Lesson } from '../../src/lessons/lesson.ts';
import { vocabulary } from '../../src/vocabulary/index.ts';
import { findingsIn } from '../samples.ts';
import type { Files } from '../in-memory.ts';

const knownWords = { words: new Map(vocabulary.map((word) => [word.name, word])) };

/** A card around a `detect` written as YAML on one line. */
export function cardOf(detect: string, more = ''): Lesson {
  const text = `id: sample\ntitle: A sample\nstory: { what: It happened. }\nlesson: Do it otherwise.\nmessage: ${more.includes('message:') ? '' : '"It is here."'}\ndetect: ${detect}\nexamples: { bad: [{ before: "1", after: "2" }], good: ["2"] }\n${more}`
    .replace(/message: \n([\s\S]*)message: (.*)\n?/, (_all, between: string, message: string) => `message: ${message}\n${between}`);
  const { lesson, faults } = readLesson(text, 'sample.yml', { knownWords });
  if (!lesson) throw new Error(faults.map((fault) => `${fault.message} (${fault.hint ?? ''})`).join('\n'));
  return lesson;
}

/** The lines of a sample on which a card finds something; of several files as `path:line`. */
export async function linesOf(detect: string, sample: string | Files, more = ''): Promise<(number | string)[]> {
  const files = typeof sample === 'string' ? { 'sample.ts': sample } : sample;
  const findings = await findingsIn(files, [cardOf(detect, more)]);
  return findings.map(({ path, line }) => (typeof sample === 'string' ? line : `${path}:${line}`));
}

/** The messages of what a card finds in a sample. */
export async function messagesOf(detect: string, message: string, sample: string): Promise<string[]> {
  return (await findingsIn({ 'sample.ts': sample }, [cardOf(detect, `message: ${JSON.stringify(message)}\n`)])).map((finding) => finding.message);
}
