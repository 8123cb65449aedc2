import { describe, expect, test } from 'vitest';
import { readLesson } from '../../src/lessons/read-lesson.ts';
import type { Lesson } from '../../src/lessons/lesson.ts';
import { contradictions, untestedClauses } from '../../src/matching/strength.ts';
import { vocabulary } from '../../src/vocabulary/index.ts';

const known = { words: new Map(vocabulary.map((word) => [word.name, word])) };

function card(detect: string, bad: readonly string[], good: readonly string[], more = '', id = 'sample'): Lesson {
  const text = `id: ${id}\ntitle: A sample\nstory: { what: It happened. }\nlesson: Do it otherwise.\nmessage: It is here.\ndetect: ${detect}\nexamples: { bad: ${JSON.stringify(bad)}, good: ${JSON.stringify(good)} }\n${more}`;
  const { lesson, faults } = readLesson(text, `${id}.yml`, { knownWords: known });
  if (!lesson) throw new Error(faults.map(({ message }) => message).join('\n'));
  return lesson;
}
const untested = async (...args: Parameters<typeof card>): Promise<string[]> => (await untestedClauses(card(...args))).map(({ message, line, column }) => `${line}:${column} ${message}`);

describe('clauses that no example notices', () => {
  test('are told, with their place', async () => {
    expect(await untested('{ code: "f($X)", inside: { is: iteration }, where: { $X: { literal: true } } }', ['for (const a of b) f(1)'], ['g(1)'])).toEqual([
      '6:34 no example notices when `inside` is dropped', '6:62 no example notices when what `where` asks of $X is dropped',
    ]);
    expect(await untested('{ code: "f($X)", inside: { is: iteration }, where: { $X: { literal: true } } }', ['for (const a of b) f(1)'], ['f(1)', 'for (const a of b) f(a)'])).toEqual([]);
  });

  test('branches, attributes, from, relations inside relations, fine-when', async () => {
    expect(await untested('{ any: [ { code: "f()" }, { code: "g()" } ] }', ['f()'], ['h()'])).toEqual([expect.stringContaining('this branch of `any`')]);
    expect(await untested('{ any: [ { code: "f()" }, { code: "g()" } ] }', ['f()', 'g()'], ['h()'])).toEqual([]);
    expect(await untested('{ is: { iteration: { over: data } } }', ['for (const a of b) c(a)'], ['1'])).toEqual([expect.stringContaining('`over` of iteration')]);
    expect(await untested('{ code: "new Queue($$$)", from: bullmq }', ['new Queue()'], ['1'])).toEqual([expect.stringContaining('`from: bullmq`')]);
    expect(await untested('{ code: "f()", not: { inside: { code: "if ($C) $B" } } }', ['f()'], ['if (a) f()'])).toEqual([]);
    expect(await untested('{ code: "f($X)" }', ['f(1)'], ['g()'], 'fine-when: [ { code: "f(2)", because: it is fine } ]\n')).toEqual([expect.stringContaining('fine-when "it is fine"')]);
    expect(await untested('{ code: "f($X)" }', ['f(1)'], ['f(2)'], 'fine-when: [ { code: "f(2)", because: it is fine } ]\n')).toEqual([]);
  });

  test('what a change takes away, lines, files that go together', async () => {
    const removed = '{ removed: { code: "f()", inside: { code: "if ($C) $B" } } }';
    const text = (good: string): Lesson => {
      const yaml = `id: a\ntitle: A\nstory: { what: W. }\nlesson: L.\nmessage: M.\ndetect: ${removed}\nexamples: { bad: [{ before: "if (a) f()", after: "if (a) g()" }], good: [${good}] }\n`;
      return readLesson(yaml, 'a.yml', { knownWords: known }).lesson!;
    };
    expect((await untestedClauses(text('{ before: a, after: b }'))).map(({ message }) => message)).toEqual(['no example notices when `inside` is dropped']);
    expect(await untestedClauses(text('{ before: "f()", after: "g()" }'))).toEqual([]);
    expect(await untested('{ text: "x", file: "*.ini" }', ['x'], ['y'])).toEqual([expect.stringContaining('`file`')]);
  });
});

describe('contradictions', () => {
  test('a good example of one card that another one catches, once a pair', async () => {
    const one = card('{ code: "f($X)" }', ['f(1)'], ['g(1)', 'g(2)'], '', 'one');
    const other = card('{ code: "g($X)" }', ['g(1)'], ['f(1)'], '', 'other');
    const third = card('{ code: "h($X)" }', ['h(1)'], ['i(1)'], '', 'third');
    expect((await contradictions([one, other, third])).map(({ message, path, line }) => `${path}:${line} ${message}`)).toEqual([
      'one.yml:7 the card other catches this good example of one', 'other.yml:7 the card one catches this good example of other',
    ]);
  });

  test('not outside the scope of the other one, and not for drafts', async () => {
    const one = card('{ code: "f($X)" }', ['f(1)'], ['g(1)'], '', 'one');
    expect(await contradictions([one, card('{ code: "g($X)" }', ['g(1)'], ['h(1)'], 'status: draft\n', 'other')])).toEqual([]);
  });
});
