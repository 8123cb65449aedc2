import fs from 'node:fs';
import { describe, expect, test } from 'vitest';
import { packageName } from '../src/code/manifests.ts';
import { isCode } from '../src/code/opened-files.ts';
import type { Lesson } from '../src/lessons/lesson.ts';
import { readLesson } from '../src/lessons/read-lesson.ts';
import type { Finding } from '../src/model.ts';
import { review } from '../src/review.ts';
import { vocabulary } from '../src/vocabulary/index.ts';
import { inMemory, type Files } from './in-memory.ts';

/**
 * Code with its expectation on its lines, by a name that tells why. `// want <id>` marks a line that a lesson must find (several
 * ids are separated by spaces; `<id>:note` where it speaks with another severity than the card's own), `// miss: <why>` one that we
 * cannot see yet. Every other line must stay silent. Several queries of one loop tell one story, so only the first has a mark.
 */
export type Samples = Readonly<Record<string, string | Files>>;

/** Runs built-in lessons over samples. A sample without a package.json gets one that lists what it imports. */
export function samples(lessons: string | readonly string[], cases: Samples): void {
  const ids = [lessons].flat();
  describe(ids.join(', '), () => {
    for (const [name, sample] of Object.entries(cases)) {
      const files = typeof sample === 'string' ? { 'sample.ts': sample } : sample;
      test(name, async () => {
        const earned = withMarks(files, await findingsIn(withoutMarks(files), ids.map(builtInLesson)));
        expect(earned, `these are the marks that this sample earned:\n\n${earned}\n`).toBe(asOneText(files));
      });
    }
  });
}

/** Looks through all files as `scan` does. A review that could not see everything throws. */
export async function findingsIn(sample: Files, lessons: readonly Lesson[]): Promise<Finding[]> {
  const files = withManifest(sample);
  const { findings, notes } = await review({
    reader: inMemory({ head: files }), subject: { head: 'head', paths: Object.keys(files).filter(isCode) }, lessons, ignore: [], waivers: true, today: '2026-06-01', clock: () => 0,
  });
  if (notes.length > 0) throw new Error(notes.map((note) => `${note.code}: ${note.message}`).join('\n'));
  return findings;
}

const known = new Map<string, Lesson>();

/** A card of the `lessons` folder, read from its text. */
export function builtInLesson(id: string): Lesson {
  const read = known.get(id);
  if (read) return read;
  const file = `lessons/${id}.yml`;
  const { lesson, faults } = readLesson(fs.readFileSync(file, 'utf8'), file, { knownWords: { words: new Map(vocabulary.map((word) => [word.name, word])) }, origin: 'built-in' });
  if (!lesson) throw new Error(`${file} has faults: ${faults.map((fault) => fault.message).join('; ')}`);
  known.set(id, lesson);
  return lesson;
}

const mark = /[ \t]*\/\/ (?:want (?<ids>[\w: -]+?)|miss: .*)[ \t]*$/;

/** The code alone, so that a mark within a template is no part of the text. */
export function withoutMarks(files: Files): Files {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [path, text.split('\n').map((line) => line.replace(mark, '')).join('\n')]));
}

/** The files with the marks that they earned in place of those they bear. A miss that is still missed keeps its mark. */
function withMarks(files: Files, findings: readonly Finding[]): string {
  return asOneText(Object.fromEntries(Object.entries(files).map(([path, text]) => {
    const found = new Map<number, Set<string>>();
    for (const finding of findings.filter((each) => each.path === path)) {
      if (!found.has(finding.line)) found.set(finding.line, new Set());
      found.get(finding.line)!.add(finding.severity === builtInLesson(finding.lesson).severity ? finding.lesson : `${finding.lesson}:${finding.severity}`);
    }
    return [path, text.split('\n').map((line, index) => marked(line, found.get(index + 1))).join('\n')];
  })));
}

function marked(line: string, lessons: ReadonlySet<string> | undefined): string {
  const old = mark.exec(line);
  if (!lessons) return old?.groups?.['ids'] === undefined ? line : line.slice(0, old.index);
  // In the order in which they were written, so that only what differs shows.
  const wanted = old?.groups?.['ids']?.split(' ') ?? [];
  const ids = [...wanted.filter((id) => lessons.has(id)), ...[...lessons].filter((id) => !wanted.includes(id)).sort()];
  return `${old ? line.slice(0, old.index) : line} // want ${ids.join(' ')}`;
}

function asOneText(files: Files): string {
  const entries = Object.entries(files);
  return entries.map(([path, text]) => (entries.length === 1 ? text : `--- ${path}\n${text}`)).map((text) => text.replaceAll(/[ \t]+(?=\/\/ want )/g, ' ')).join('\n');
}

/** Every package that a specifier in the text leads to. */
const specifiers = /\b(?:from|import|require\()\s*\(?\s*(['"])([^'"\n]+)\1/g;

function withManifest(files: Files): Files {
  if (Object.keys(files).some((path) => path.endsWith('package.json'))) return files;
  const used = Object.values(files).flatMap((text) => [...text.matchAll(specifiers)].map((match) => match[2]!));
  const packages = used.filter((specifier) => !/^(?:[./~#]|@\/|node:)/.test(specifier)).map(packageName);
  return { ...files, 'package.json': JSON.stringify({ name: 'sample', dependencies: Object.fromEntries(packages.map((name) => [name, '*'])) }) };
}
